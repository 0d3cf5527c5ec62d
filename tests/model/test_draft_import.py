from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, story
from tracker.model.article_draft import LIST_FIELDS, Article, Draft, Fact
from tracker.model.draft_import import ImportPlan, find_matches, plan_import
from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

PUBLISHED = date(2026, 3, 2)
ARTICLE = Article("…", published=PUBLISHED, url="https://www.pier.example/news/7", outlet="The Pier Post")
LISTS = ("networks", "directors", "writers", "countries", "locations")


def fact(field: str, value: str, role: str = "", quote: str = "") -> Fact:
    window = parse_window(value) if field == "release" else None
    return Fact(field, value, quote or f"It says {value}.", 0, 0.5, role, window)


def draft(**fields: str | tuple[str, ...]) -> Draft:
    """Return a draft; an actor is written as "Mina Doe = Ann"."""
    facts = []
    for field, given_ in fields.items():
        for value in (given_,) if isinstance(given_, str) else given_:
            name, _, role = value.partition(" = ")
            facts.append(fact(field, name, role))
    return Draft(tuple(facts))


def said(on: str, release: str = "", status: Status | None = None, source: str = "Lumen", url: str = "") -> Claim:
    return Claim(date.fromisoformat(on), "", status, parse_window(release) if release else None, source, url)


FERRY = Show(
    "old-ferry",
    "Old Ferry",
    original_title="古い渡し船",
    aliases=("The Ferry",),
    directors=("Ada Poe",),
    cast=(Credit("Mina Doe", "", "the pilot"), Credit("Seo Jun-ho", "Captain")),
).with_claims(said("2025-06-01", "2026", Status.ANNOUNCED))


def take(given_: Draft, show: Show | None = FERRY, article: Article = ARTICLE) -> ImportPlan:
    return plan_import(given_, article, show, TODAY)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Old Ferry", "same title"), ("OLD FERRY!", "same title"), ("“Old Ferry”", "same title"),
        ("the ferry", "also known as The Ferry"), ("古い渡し船", "same original title"), ("New Ferry", ""), ("", ""),
    ],
)  # fmt: skip
def test_match_title(title: str, why: str) -> None:
    found = find_matches(draft(title=title), (Show("x", "Tram"), FERRY))
    assert [(one.show.id, one.reason, one.has_same_title) for one in found] == (
        [("old-ferry", why, True)] if why else []
    )


def test_match_people() -> None:
    one = draft(title="Untitled", cast=("Mina Doe", "Nobody Else"))
    two = draft(title="Untitled", cast=("Mina Doe", "Seo Junho = Captain"))
    beside = draft(title="Untitled", cast=("Mina Doe",), directors=("Ada Poe",))
    assert find_matches(one, (FERRY,)) == ()
    assert [found.reason for found in find_matches(two, (FERRY,))] == ["Mina Doe and 1 other in its cast"]
    assert [found.reason for found in find_matches(beside, (FERRY,))] == ["Mina Doe and 1 other among its people"]
    assert not find_matches(two, (FERRY,))[0].has_same_title


def test_match_order() -> None:
    other = Show("other", "Last Tram", cast=FERRY.cast)
    found = find_matches(draft(title="Old Ferry", cast=("Mina Doe", "Seo Jun-ho")), (other, FERRY))
    assert [one.show.id for one in found] == ["old-ferry", "other"]


def test_claim() -> None:
    found = take(draft(title="Old Ferry", status="scheduled", release="2026-05-14"))
    assert found.claim == Claim(
        PUBLISHED,
        "",
        Status.SCHEDULED,
        parse_window("2026-05-14"),
        "The Pier Post",
        "https://www.pier.example/news/7",
        "“It says 2026-05-14.”",
    )
    assert found.show.status is Status.SCHEDULED
    assert found.show.release == parse_window("2026-05-14")
    assert found.values == {}
    assert found.effects == ("date narrowed: 2026 → 14 May 2026", "status announced → scheduled")


@pytest.mark.parametrize(
    ("text", "fields", "effects"),
    [
        ("2025-06-01 announced 2026", {"release": "2027"}, "slipped 365 days: 2026 → 2027"),
        ("2025-06-01 announced 2026", {"release": "2025"}, "brought forward 365 days: 2026 → 2025"),
        ("2025-06-01 announced 2026", {"release": "2026"}, "2026 confirmed"),
        ("2025-06-01 announced 2026", {"release": "2026/2027"}, "2026–2027 is vaguer; 2026 stays"),
        ("2025-06-01 announced 2026", {"release": "TBA"}, "TBA is vaguer; 2026 stays"),
        ("2025-09-01 2026; 2026-04-01 2027", {"release": "2026"}, "2026: a newer claim says 2027"),
        ("2025-06-01 announced 2026 @The Pier Post", {"release": "TBA"}, "2026 withdrawn"),
        ("2025-06-01 announced 2026", {"release": "Aug 2026"}, "date narrowed: 2026 → Aug 2026"),
        ("2025-06-01 announced 2026", {"status": "announced"}, "status announced confirmed"),
        ("", {"status": "filming", "release": "2027"}, "date 2027; status filming"),
        (
            "2025-06-01 announced 2026; 2026-04-01 scheduled 2026-12", {"status": "filming", "release": "2027"},
            "2027: a newer claim says Dec 2026; filming: a newer claim says scheduled; slipped 1×, +365 days",
        ),
    ],
)  # fmt: skip
def test_claim_effects(text: str, fields: dict[str, str], effects: str) -> None:
    found = take(draft(**fields), Show("tram", "Last Tram").with_claims(*story(text)))
    assert "; ".join(found.effects) == effects


def test_already_recorded() -> None:
    given_ = draft(title="Old Ferry", status="scheduled", release="2026-05-14")
    once = take(given_).show
    again = take(given_, once)
    assert again.is_empty
    assert again.show is once
    assert again.effects == ("nothing new: already recorded on 2026-03-02",)
    more = take(Draft((*given_.facts, fact("networks", "Harbour TV"))), once)
    assert more.claim is None
    assert more.effects == ("Harbour TV added to the networks", "status and release: already recorded on 2026-03-02")


def test_already_recorded_without_url() -> None:
    given_ = draft(status="scheduled")
    bare = ARTICLE._replace(url="")
    once = take(given_, article=bare).show
    assert take(given_, once, bare).claim is None
    assert take(given_, once, bare._replace(published=date(2026, 3, 3))).claim is not None


def test_undated_article() -> None:
    found = take(draft(status="filming"), article=ARTICLE._replace(published=None))
    assert found.claim is not None
    assert found.claim.on is None
    assert found.show.status is Status.ANNOUNCED
    assert found.effects[-1] == "undated, so dated claims outrank it"


@pytest.mark.parametrize(("published", "words"), [(date(2027, 1, 1), ""), (date(2026, 4, 30), "2026-04")])
def test_claim_never_in_future(published: date, words: str) -> None:
    claim = take(draft(status="filming"), article=ARTICLE._replace(published=published, published_text=words)).claim
    assert claim is not None
    assert (claim.on, claim.on_text) == (TODAY, "")


def test_claim_of_a_month() -> None:
    month = ARTICLE._replace(published=date(2026, 3, 31), published_text="2026-03")
    claim = take(draft(status="filming"), article=month).claim
    assert claim is not None
    assert (claim.on, claim.date_text) == (date(2026, 3, 31), "2026-03")


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("The Pier Post", "https://x.example/1", "The Pier Post"),
        ("", "https://www.x.example/1", "x.example"),
        ("", "", ""),
    ],
)
def test_source(outlet: str, url: str, source: str) -> None:
    claim = take(draft(status="filming"), article=ARTICLE._replace(outlet=outlet, url=url)).claim
    assert claim is not None
    assert claim.source == source


def test_fields_filled() -> None:
    given_ = draft(
        title="Ferry of Old",
        kind="series",
        synopsis="A pilot stays on her boat.",
        networks=("Harbour TV", "harbour tv"),
        cast=("Mina Doe = Ann", "Seo Junho = Somebody Else", "Ida Roe = Bea"),
        directors=("ada poe",),
        writers=("Ada Poe", "Lee Sol"),
        countries=("Japan", "South Korea"),
    )
    found = take(given_)
    assert dict(found.values) == {
        "aliases": ("The Ferry", "Ferry of Old"),
        "synopsis": "A pilot stays on her boat.",
        "cast": (Credit("Mina Doe", "Ann", "the pilot"), Credit("Seo Jun-ho", "Captain"), Credit("Ida Roe", "Bea")),
        "networks": ("Harbour TV",),
        "writers": ("Ada Poe", "Lee Sol"),
        "countries": ("JP", "KR"),
    }
    assert (found.show.title, found.show.kind) == ("Old Ferry", FERRY.kind)
    assert found.effects == (
        "also known as Ferry of Old",
        "synopsis filled in",
        "1 name added to the cast",
        "1 role filled in",
        "Harbour TV added to the networks",
        "2 names added to the writers",
        "2 names added to the countries",
    )


def test_role_of_a_new_name() -> None:
    found = take(draft(cast=("Kim Foo", "Kim Foo = Bea")))
    assert found.show.cast[-1] == Credit("Kim Foo", "Bea")
    assert found.effects == ("1 name added to the cast",)


def test_note_without_status() -> None:
    found = take(draft(title="Old Ferry", directors=("Ida Roe",), cast=("Kim Foo",)))
    assert found.claim is not None
    assert (found.claim.status, found.claim.release, found.claim.note) == (None, None, "“It says Kim Foo.”")
    assert found.effects == ("1 name added to the cast", "Ida Roe added to the directors")


def test_nothing_new() -> None:
    found = take(draft(title="Old Ferry", directors=("Ada Poe",)))
    assert found.is_empty
    assert found.effects == ("nothing new: your list already says all of it",)


def test_field_stops_following() -> None:
    show = FERRY._replace(follows={"cast": "tvmaze", "networks": "tvmaze"})
    found = take(draft(cast=("Ida Roe",)), show)
    assert found.values["follows"] == {"networks": "tvmaze"}
    assert found.effects == ("1 name added to the cast", "cast no longer follows TVmaze")


def test_new_show() -> None:
    given_ = draft(
        title="Salt Road", kind="film", release="2027", synopsis="A road.", cast=("Mina Doe = Ann", "Mina Doe"),
        networks=("Harbour TV",), countries=("Japan",),
    )  # fmt: skip
    found = take(given_, None, ARTICLE._replace(published=None))
    show = found.show
    assert (show.title, show.kind, show.release, show.synopsis) == (
        "Salt Road",
        "film",
        parse_window("2027"),
        "A road.",
    )
    assert (show.cast, show.networks, show.countries) == ((Credit("Mina Doe", "Ann"),), ("Harbour TV",), ("JP",))
    assert found.claim is not None
    assert found.claim.on == TODAY
    assert show.history == (found.claim,)
    assert found.effects == ("a new film, 2027",)


NAMES = st.sampled_from(
    ["Mina Doe", "mina doe", "Seo Jun-ho", "Seo Junho", "Ida Roe", "김수", "Ada Poe", "JP", "Japan", "-"]
)
ROLES = st.sampled_from(["", "Ann", "Bea"])
FACTS = st.one_of(
    st.builds(fact, st.sampled_from([name for name in LIST_FIELDS if name != "cast"]), NAMES),
    st.builds(fact, st.just("cast"), NAMES, ROLES),
)
SINGLES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Old Ferry", "Tram", "古い渡し船"]),
        "status": st.sampled_from([status.value for status in Status]),
        "release": st.sampled_from(["2026", "TBA", "2026-05", "2027-01-02", "late 2025"]),
        "synopsis": st.just("A story."),
        "kind": st.sampled_from(["film", "series"]),
    },
)
DRAFTS = st.builds(
    lambda ones, many: Draft((*(fact(name, value) for name, value in ones.items()), *many)),
    SINGLES,
    st.lists(FACTS, max_size=8),
)
CREDITS = st.lists(st.builds(Credit, NAMES, ROLES, st.sampled_from(["", "who"])), max_size=4).map(tuple)
CLAIMS = st.builds(said, st.sampled_from(["2024-01-01", "2026-04-01"]), st.sampled_from(["2026", "2025-12"]))


def _entry(cast: tuple[Credit, ...], names: tuple[str, ...], synopsis: str, claims: list[Claim]) -> Show:
    show = Show("old-ferry", "Old Ferry", cast=cast, synopsis=synopsis, networks=names, directors=names, writers=names)
    return show._replace(countries=names, locations=names).with_claims(*claims)


ENTRIES = st.builds(
    _entry,
    CREDITS,
    st.lists(NAMES, max_size=3).map(tuple),
    st.sampled_from(["", "Mine."]),
    st.lists(CLAIMS, max_size=2),
)
PAGES = st.builds(Article, st.just("…"), published=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))


@given(DRAFTS, PAGES, ENTRIES)
def test_any_draft_overwrites_nothing(given_: Draft, page: Article, show: Show) -> None:
    found = plan_import(given_, page, show, TODAY)
    after = found.show
    assert (after.id, after.title, after.kind) == (show.id, show.title, show.kind)
    assert after.synopsis == show.synopsis or not show.synopsis
    for name in ("aliases", *LISTS):
        assert getattr(after, name)[: len(getattr(show, name))] == getattr(show, name)
    for before, now in zip(show.cast, after.cast, strict=False):
        assert now in (before, before._replace(role=now.role))
        assert now.role == before.role or not before.role
    assert len(after.cast) >= len(show.cast)
    assert after.history == show.history + ((found.claim,) if found.claim is not None else ())
    assert all(getattr(show, name) != value for name, value in found.values.items())
    assert found.effects
    again = plan_import(given_, page, after, TODAY)
    assert again.is_empty
