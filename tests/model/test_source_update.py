from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, said, statuses, windows
from tracker.model.episode import Episode
from tracker.model.history import Claim, Effect, fold_history
from tracker.model.proposal import find_proposals
from tracker.model.provenance import FOLLOWABLE
from tracker.model.release import Release
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import REVERT_WITHIN, SourceState, next_episode
from tracker.model.source_update import SourceUpdate, is_other_season, status_change, update
from tracker.model.status import LINE, Status
from tracker.model.window_parser import parse_window

TODAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)

# Sets as in the reference about the services: TVmaze tells little, a date tells more.
UNDATED = (
    Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED,
)  # fmt: skip
IN_DEVELOPMENT: dict[str, Any] = {
    "raw_status": "In Development",
    "compatible_statuses": UNDATED,
    "status": Status.ANNOUNCED,
}
DATED: dict[str, Any] = {
    "raw_status": "In Development", "compatible_statuses": (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED),
    "status": Status.SCHEDULED,
}  # fmt: skip
FILMING: dict[str, Any] = {
    "raw_status": "In Production",
    "compatible_statuses": (Status.FILMING,),
    "status": Status.FILMING,
}
RUNNING: dict[str, Any] = {
    "raw_status": "Running", "compatible_statuses": (Status.AIRING, Status.RELEASED, Status.HIATUS),
    "status": Status.AIRING,
}  # fmt: skip
CANCELED: dict[str, Any] = {
    "raw_status": "Canceled",
    "compatible_statuses": (Status.CANCELLED,),
    "status": Status.CANCELLED,
}

FIELDS: dict[str, tuple[Any, Any]] = {
    "title": ("Old Ferry", "The Old Ferry"),
    "original_title": ("옛 배", "낡은 배"),
    "aliases": (("Ferry",), ("Ferry", "The Boat")),
    "networks": (("Lumen",), ("Kestrel",)),
    "countries": (("KR",), ("KR", "JP")),
    "genres": (("drama",), ("romance",)),
    "directors": (("Ada Moor",), ("Jun Abe",)),
    "writers": (("Ada Moor",), ()),
    "synopsis": ("A ferry.", "A ferry and its keeper."),
    "cast": ((Credit("Mira Solé"),), (Credit("Mira Solé", "Anna"), Credit("Jo Vane"))),
}


def record(release: str = "", /, **more: Any) -> SourceRecord:
    window = parse_window(release) if release else None
    return SourceRecord(
        **{"source": "tvmaze", "key": "7", "title": "", "url": "https://tv.example/7", "release": window, **more}
    )


def show(*told: Claim, **more: Any) -> Show:
    return Show("old-ferry", "Old Ferry", **more).with_claims(*told)


def state_of(*records: SourceRecord, at: datetime = NOW - 30 * DAY) -> SourceState:
    """Return the state of a source after these records, ten days apart."""
    state: SourceState | None = None
    for number, one in enumerate(records):
        state = next_state(state, one, at - 10 * DAY * (len(records) - 1 - number))
    assert state is not None
    return state


def claim_of(update: SourceUpdate) -> Any:
    """Return the only claim of an update, None for none."""
    return next(iter(update.claims), None)


def next_state(state: SourceState | None, now: SourceRecord, at: datetime) -> SourceState:
    return update(Show("a", "A"), state, now, at, at.date()).state


def news(story: Show, before: SourceRecord | None, now: SourceRecord) -> SourceUpdate:
    return update(story, state_of(before) if before is not None else None, now, NOW, TODAY)


observations = st.builds(
    lambda text, covers, status, release, networks, synopsis: SourceRecord(
        "tvmaze", "7", "Old Ferry", raw_status=text, compatible_statuses=covers, status=status, release=release,
        networks=networks, synopsis=synopsis,
    ),
    st.sampled_from(["", "In Development", "Running", "Ended", "Who knows"]),
    st.lists(statuses, max_size=3).map(tuple),
    st.none() | statuses,
    st.none() | windows,
    st.sampled_from([(), ("Lumen",), ("Kestrel",)]),
    st.sampled_from(["", "A ferry.", "A boat."]),
)  # fmt: skip
told_claims = st.builds(lambda claim, own: claim._replace(source="tvmaze") if own else claim, claims, st.booleans())
shows = st.builds(
    lambda told, kind, follows: show(*told, kind=kind, follows=follows),
    st.lists(told_claims, max_size=4),
    st.sampled_from(["series", "film", "special"]),
    st.dictionaries(st.sampled_from([*FOLLOWABLE, "rating"]), st.sampled_from(["tvmaze", "tmdb"]), max_size=3),
)


@pytest.mark.parametrize("kind", ["series", "film", "special"])
def test_status_change_any(kind: str) -> None:
    known_sets = (UNDATED, DATED["compatible_statuses"], RUNNING["compatible_statuses"], tuple(Status))
    sets = [(), *((status,) for status in Status), *known_sets]
    for today, theirs, covers in product([None, *Status], [None, *Status], sets):
        moved = status_change(
            Show("a", "A", kind=kind, status=today), record(compatible_statuses=covers, status=theirs), is_news=True
        )
        case = (today, theirs, covers)
        if theirs is None or today in covers:
            assert moved is None, case
            continue
        told = Status.RELEASED if theirs is Status.AIRING and kind != "series" else theirs
        assert moved in (None, told), case
        if today in LINE and told in LINE and moved is not None:
            assert LINE.index(moved) > LINE.index(today), case
        if today not in LINE or told not in LINE or LINE.index(told) > LINE.index(today):
            # It lies outside of the set and not behind: so it contradicts.
            assert moved is (told if told is not today else None), case


@pytest.mark.parametrize(
    ("today", "theirs", "status"),
    [
        (Status.FILMING, IN_DEVELOPMENT, None), (Status.SCHEDULED, IN_DEVELOPMENT, None),
        (Status.RELEASED, IN_DEVELOPMENT, None), (Status.POSTPONED, IN_DEVELOPMENT, None),
        (None, IN_DEVELOPMENT, Status.ANNOUNCED), (Status.ANNOUNCED, DATED, Status.SCHEDULED),
        (Status.FILMING, DATED, None), (Status.SCHEDULED, RUNNING, Status.AIRING), (Status.HIATUS, RUNNING, None),
        (Status.RELEASED, RUNNING, None), (Status.POSTPONED, RUNNING, Status.AIRING),
        (Status.SCHEDULED, CANCELED, Status.CANCELLED), (Status.CANCELLED, CANCELED, None),
        (Status.POSTPONED, DATED, Status.SCHEDULED), (Status.POST_PRODUCTION, FILMING, None),
        (Status.CANCELLED, FILMING, Status.FILMING),
    ],
)  # fmt: skip
def test_status_change_news(today: Status | None, theirs: dict[str, Any], status: Status | None) -> None:
    story = show(Claim(date(2026, 3, 1), status=today, source="Lumen")) if today else show()
    found = news(story, record(raw_status="something else"), record(**theirs))
    assert (claim_of(found).status if claim_of(found) else None) is status
    grades = [item.grade for item in found.lines if item.field == "status"]
    # A word that agrees with the show's status is no news.
    assert grades == (["loud"] if status else [] if today in theirs["compatible_statuses"] else ["quiet"])


def test_claim_of_a_record() -> None:
    found = news(show(), record(), record("2026-10-02", region="JP", **DATED))
    assert claim_of(found) == Claim(
        TODAY, "", Status.SCHEDULED, parse_window("2026-10-02"), "tvmaze", "https://tv.example/7", "", "JP"
    )


@given(shows, observations, observations)
def test_same_record_again(story: Show, first: SourceRecord, last: SourceRecord) -> None:
    story = story._replace(follows={})
    found = update(story, state_of(first, last), last, NOW, TODAY)
    assert found == SourceUpdate(found.state)


@given(shows, st.lists(observations, min_size=1, max_size=4), st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_any_records(story: Show, row: list[SourceRecord], hours: list[int]) -> None:
    before: SourceState | None = None
    at = NOW
    for now, wait in zip(row, hours, strict=False):
        at += timedelta(hours=wait)
        found = update(story, before, now, at, at.date())
        assert all(item.grade in ("loud", "normal", "quiet") and item.text for item in found.lines)
        assert all(story.follows.get(name, now.source) == now.source for name in found.fields)
        assert all(not getattr(story, name) or name not in found.filled for name in found.fields)
        assert {name: getattr(now, name) for name in found.fields} == found.fields
        for claim in found.claims:
            assert not found.reverts
            assert claim.source == now.source
            assert claim.status or claim.release
            assert claim.release is None or claim.release.is_tba or claim.release is now.release
            story = story.with_claims(claim)
        before = next_state(before, now, at)


@given(shows, observations)
def test_first_date_within_known(story: Show, now: SourceRecord) -> None:
    claim = claim_of(update(story, None, now, NOW, TODAY))
    if claim is not None and claim.release is not None and story.release is not None:
        assert story.release.contains(claim.release)


@given(shows, observations)
def test_first_status_not_back(story: Show, now: SourceRecord) -> None:
    claim = claim_of(update(story, None, now, NOW, TODAY))
    if claim is not None and claim.status is not None and story.status in LINE and claim.status in LINE:
        assert claim.status.rank > story.status.rank


@pytest.mark.parametrize(
    ("known", "first", "taken"),
    [
        ("", "2026", "2026"), ("TBA", "2026-10", "2026-10"), ("2026", "2026-10-02", "2026-10-02"),
        ("2026-10-02", "2026-10-02", None), ("2026-10-02", "2 October 2026", None),
        ("2026-10-02", "2026-10-03", None), ("2026-10-02", "2026", None), ("2026", "2027", None),
        ("2026-Q3", "2026-09/2026-10", None),
    ],
)  # fmt: skip
def test_first_date(known: str, first: str, taken: str | None) -> None:
    story = show(said("2026-03-01", known)) if known else show()
    claim = claim_of(news(story, None, record(first, raw_status="Who knows")))
    assert (claim.release.text if claim and claim.release else None) == taken


def test_first_record_contradicts() -> None:
    story = show(said("2026-03-01", "2026-10-02", status=Status.FILMING))
    first = record("2027-02", **DATED | {"compatible_statuses": (Status.SCHEDULED,)})
    assert claim_of(news(story, None, first)) is None
    assert "release" in [one.field for one in find_proposals(story, [state_of(first, at=NOW)])]


@pytest.mark.parametrize("dropped", ["2026-10-02", "2026-10", "2026"])
def test_date_vanished(dropped: str) -> None:
    story = show(said("2026-03-01", dropped, "tvmaze", Status.SCHEDULED))
    found = news(story, record(dropped, **DATED), record(**DATED))
    assert claim_of(found) is not None
    assert claim_of(found).release is not None
    assert claim_of(found).release.is_tba
    assert "no longer has a date" in claim_of(found).note
    after = story.with_claims(claim_of(found))
    assert (after.release, after.history_state.steps[-1].effect) == (parse_window("TBA"), Effect.WITHDRAWN)
    assert [item.grade for item in found.lines] == ["loud"]


def test_date_vanished_of_a_scheduled_show() -> None:
    filming, dated = said("2026-02-01", "", status=Status.FILMING), said("2026-03-01", "2026-10-02", "tvmaze")
    for told, status in (((filming, dated), Status.FILMING), ((dated,), Status.ANNOUNCED)):
        story = show(*(told[:-1]), told[-1]._replace(status=Status.SCHEDULED))
        after = story.with_claims(*news(story, record("2026-10-02", **DATED), record(**IN_DEVELOPMENT)).claims)
        assert (after.release, after.status) == (parse_window("TBA"), status)
    wrapped = record(
        raw_status="Post Production", compatible_statuses=(Status.POST_PRODUCTION, Status.SCHEDULED),
        status=Status.POST_PRODUCTION,
    )  # fmt: skip
    assert claim_of(news(story, record("2026-10-02", **DATED), wrapped)).status is Status.POST_PRODUCTION
    elsewhere = show(said("2026-03-01", "2026-10-02", "Lumen", Status.SCHEDULED))
    found = news(elsewhere, record("2026-10-02", **DATED), record(**IN_DEVELOPMENT))
    assert elsewhere.with_claims(*found.claims).status is Status.SCHEDULED


def test_word_without_a_status_is_told_beside_a_date() -> None:
    story = show(said("2026-03-01", "2026-10-02", "tvmaze", Status.SCHEDULED))
    found = news(story, record("2026-10-02", **DATED), record(raw_status="Ended"))
    assert [item.text for item in found.lines] == [
        "TBA (2 Oct 2026 withdrawn)", "status there: “In Development” → “Ended”",
    ]  # fmt: skip


def film_dates(*dates: tuple[str, str, str]) -> SourceRecord:
    """Return the record of a film with these dates: window, country and medium; the first one counts."""
    releases = [Release(parse_window(text), region, medium) for text, region, medium in dates]
    first = releases[0]
    return record(dates[0][0], region=first.region, medium=first.medium, releases=tuple(releases), **FILMING)


@pytest.mark.parametrize(
    ("known", "before", "now", "lines"),
    [
        # The first date of the country that counts is loud, also after a festival.
        (("2026", "", ""), [("2026", "", "")], [("2026-12-18", "KR", "cinema")],
         [("loud", "18 Dec 2026 cinema in KR (narrowed from 2026)")]),
        (("2026-09-05", "IT", "premiere"), [("2026-09-05", "IT", "premiere")],
         [("2026-12-18", "KR", "cinema"), ("2026-09-05", "IT", "premiere")], [("loud", "18 Dec 2026 cinema in KR")]),
        # It is quiet where the source had it before, and only the settings are others.
        (("2026-09-05", "IT", "cinema"), [("2026-09-05", "IT", "cinema"), ("2026-12-18", "KR", "cinema")],
         [("2026-12-18", "KR", "cinema"), ("2026-09-05", "IT", "cinema")], [("quiet", "18 Dec 2026 cinema in KR")]),
        # What comes after the cinemas is compared with nothing.
        (("2026-12-18", "KR", "cinema"), [("2026-12-18", "KR", "cinema")],
         [("2026-12-18", "KR", "cinema"), ("2027-02-01", "KR", "digital")], [("quiet", "1 Feb 2027 digital in KR")]),
    ],
)  # fmt: skip
def test_new_date_of_a_film(
    known: tuple[str, str, str], before: list[Any], now: list[Any], lines: list[tuple[str, str]]
) -> None:
    date_, region, medium = known
    first = said("2026-03-01", date_, "tvmaze", Status.FILMING)._replace(region=region, medium=medium)
    found = news(show(first, kind="film", countries=("KR",)), film_dates(*before), film_dates(*now))
    assert [(item.grade, item.text) for item in found.lines] == lines


def test_date_vanished_from_one_source() -> None:
    story = show(said("2026-03-01", "2026-10-02", "Lumen", Status.SCHEDULED))
    found = news(story, record("2026-10-02", **DATED), record(**DATED))
    assert claim_of(found) is not None
    assert story.with_claims(claim_of(found)).release == parse_window("2026-10-02")
    assert [item.grade for item in found.lines] == ["normal"]


@pytest.mark.parametrize(
    ("before", "now", "taken"),
    [
        ("2026-10-03", "2026-11-06", None),  # as far beside the other source as before
        ("2026-10-03", "2026-11-07", "2026-11-07"),
        ("2026-10-03", "2026-12-15", "2026-12-15"),
        ("2026-10-25", "2026-10-23", None),  # it moved its own day a little, which was another before
        ("2026-10-25", "2026-12-24", "2026-12-24"),
        ("2026-10-25", "2026-11-05", "2026-11-05"),
        ("2026-11-05", "2026-11-06", "2026-11-06"),  # it said the same as the other source, and moves its date
        ("", "2026-11-04", None),
        ("", "2026-12-24", None),
        ("2026-12", "2026-12-24", "2026-12-24"),
    ],
)
def test_day_that_only_differs_from_that_of_another_online_source_is_a_proposal(
    before: str, now: str, taken: str | None
) -> None:
    story = show(said("2026-01-02", "2026-11-05", "tmdb"))
    found = news(story, record(before, **DATED), record(now, **DATED))
    assert [claim.release and claim.release.text for claim in found.claims] == ([taken] if taken else [])
    assert [line.grade for line in found.lines if line.text.endswith("there (5 Nov 2026 stays)")] == ["quiet"] * (
        not taken
    )
    offers = [one.field for one in find_proposals(found.apply(story, story).with_claims(*found.claims), [found.state])]
    assert ("release" in offers) == (taken is None)
    theirs = show(said("2026-01-02", "2026-11-05", "Lumen"))
    assert [claim.release and claim.release.text for claim in news(theirs, record(before), record(now)).claims] == [now]


@pytest.mark.parametrize("known", ["", "TBA"])
def test_date_vanished_unknown(known: str) -> None:
    story = show(said("2026-03-01", known, status=Status.FILMING))
    assert claim_of(news(story, record("2026-10-02", **FILMING), record(**FILMING))) is None


@pytest.mark.parametrize("status", [Status.AIRING, Status.RELEASED])
@pytest.mark.parametrize("now", ["2026-04-03", "2026-03-30", "2026-03", "TBA", ""])
def test_date_corrected_after_release(status: Status, now: str) -> None:
    story = show(said("2026-04-01", "2026-04-01", status=status))
    before = record("2026-04-01", **RUNNING)
    assert claim_of(news(story, before, record(now, **RUNNING))) is None
    state = next_state(state_of(before), record(now, **RUNNING), NOW)
    says_another = now not in ("TBA", "")
    assert ("release" in [one.field for one in find_proposals(story, [state])]) is says_another


def test_claim_not_repeated() -> None:
    story = show(said("2026-03-01", "2026-10-02", "tvmaze"), said("2026-03-02", "2027", "me"))
    found = news(story, record("2026-11"), record("2026-10-02"))
    assert claim_of(found) is None


def test_other_season() -> None:
    story = show(said("2026-03-01", "2027", status=Status.ANNOUNCED))
    earlier = record("2019-04-01", raw_status="Ended", compatible_statuses=(Status.RELEASED,), status=Status.RELEASED)
    assert is_other_season(story, earlier)
    assert claim_of(news(story, None, earlier)) is None
    assert claim_of(news(story, record("2018"), earlier)) is None
    assert not is_other_season(story._replace(status=Status.AIRING), earlier)
    assert not is_other_season(story, record("2026"))


A = record("2026-05-14", **DATED)
FLAPS = {
    "a date": A._replace(release=parse_window("2026-09-01")),
    "no date": A._replace(release=None),
    "a status": record("2026-05-14", **CANCELED),
    "both": record("2026-09-01", **CANCELED),
}


@pytest.mark.parametrize("between", FLAPS.values(), ids=FLAPS)
@pytest.mark.parametrize("gap", [timedelta(0), timedelta(hours=1), timedelta(days=2, hours=23)], ids=str)
def test_reverted_soon(between: SourceRecord, gap: timedelta) -> None:
    story = show(said("2026-03-01", "2026-05-14", "tvmaze", Status.SCHEDULED))
    before = next_state(state_of(A), between, NOW)
    found = update(story, before, A, NOW + gap, (NOW + gap).date())
    assert (found.reverts, claim_of(found), [item.grade for item in found.lines]) == (True, None, ["quiet"])
    assert "again" in found.lines[0].text


def test_reverted_again_is_meant() -> None:
    between = FLAPS["a date"]
    state = next_state(next_state(state_of(A), between, NOW), A, NOW + timedelta(hours=1))
    assert state.was_reverted
    found = update(show(said("2026-03-01", "2026-05-14", "tvmaze")), state, between, NOW + timedelta(hours=2), TODAY)
    assert (found.reverts, claim_of(found) is not None) == (False, True)


def test_reverted_keeps_followed_field() -> None:
    changed = FLAPS["a date"]._replace(synopsis="A ferry.")
    state = next_state(state_of(A), changed, NOW)
    story = show(said("2026-03-01", "2026-05-14", "tvmaze", Status.SCHEDULED), follows={"synopsis": "tvmaze"})
    back = changed._replace(release=A.release)
    found = update(story._replace(synopsis="A ferry."), state, back, NOW + DAY, TODAY)
    assert (found.reverts, found.fields) == (True, {"synopsis": "A ferry."})
    for synopsis in ("", "Mine."):
        assert update(story._replace(synopsis=synopsis), state, back, NOW + DAY, TODAY).fields == {}


@pytest.mark.parametrize("between", FLAPS.values(), ids=FLAPS)
def test_reverted_late(between: SourceRecord) -> None:
    story = show(said("2026-03-01", "2026-05-14", "tvmaze", Status.SCHEDULED))
    first = update(story, state_of(A), between, NOW, TODAY)
    assert claim_of(first) is not None
    story = story.with_claims(claim_of(first))
    later = NOW + REVERT_WITHIN + timedelta(seconds=1)
    found = update(story, next_state(state_of(A), between, NOW), A, later, later.date())
    assert claim_of(found) is not None
    assert not found.reverts
    assert [item.grade for item in (*first.lines, *found.lines)] == ["loud", "loud"]
    after = story.with_claims(claim_of(found))
    assert (after.status, after.release) == (Status.SCHEDULED, parse_window("2026-05-14"))


def test_third_record() -> None:
    story = show(said("2026-03-01", "2026-05-14", "tvmaze", Status.SCHEDULED))
    before = next_state(state_of(A), FLAPS["a date"], NOW)
    found = update(story, before, A._replace(release=parse_window("2026-05-21")), NOW + DAY, TODAY + DAY)
    assert not found.reverts
    assert claim_of(found) is not None


def test_half_reverted() -> None:
    story = show(said("2026-03-01", "2026-05-14", "tvmaze", Status.SCHEDULED))
    before = next_state(state_of(A), FLAPS["both"], NOW)
    found = update(story, before, FLAPS["a status"], NOW + DAY, TODAY + DAY)
    assert not found.reverts


def test_revert_time_counts_from_change() -> None:
    between = FLAPS["a date"]
    before = next_state(next_state(state_of(A), between, NOW), between, NOW + 2 * DAY)
    assert before.changed_at == NOW
    assert not update(show(), before, A, NOW + 4 * DAY, TODAY + 4 * DAY).reverts


@pytest.mark.parametrize("name", FIELDS)
def test_followed_field(name: str) -> None:
    old, new = FIELDS[name]
    before, now = record(**{name: old}), record(**{name: new or ("Jun Abe",)})
    story = show()._replace(**{name: old})
    following = story._replace(follows={name: "tvmaze"})
    assert news(following, before, now).fields == {name: getattr(now, name)}
    assert news(story, before, now).fields == {}
    assert news(story._replace(follows={name: "tmdb"}), before, now).fields == {}
    # A source's wording is no news to somebody who has their own.
    is_fact = name in ("title", "networks", "countries", "directors", "writers", "cast")
    assert [item.field for item in news(story, before, now).lines] == ([name] if is_fact else [])


@pytest.mark.parametrize("name", FIELDS)
def test_followed_field_edited(name: str) -> None:
    old, new = FIELDS[name]
    new = new or ("Jun Abe",)
    texts = {"title": "My Ferry", "original_title": "나의 배", "synopsis": "Mine.", "cast": (Credit("Ivo Brandt"),)}
    mine: dict[str, Any] = {name: texts.get(name, ("Mine",))}
    story = show(follows={name: "tvmaze"})._replace(**mine)
    assert news(story, record(**{name: old}), record(**{name: new})).fields == {}
    offered = find_proposals(story, [state_of(record(**{name: old}), record(**{name: new}))])
    # A source's wording is not offered for the owner's; names are.
    assert [one.field for one in offered] == (
        [] if name in ("original_title", "aliases", "genres", "synopsis") else [name]
    )


@pytest.mark.parametrize("name", FIELDS)
def test_empty_value_keeps(name: str) -> None:
    old, _ = FIELDS[name]
    story = show(follows={name: "tvmaze"})._replace(**{name: old})
    empty = "" if isinstance(old, str) else ()
    found = news(story, record(**{name: old}), record(**{name: empty}))
    assert (found.fields, found.lines) == ({}, ())


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "title"])
def test_followed_field_empty(name: str) -> None:
    old, _ = FIELDS[name]
    assert news(show(follows={name: "tvmaze"}), None, record(**{name: old})).fields == {name: old}
    assert news(show(), None, record(**{name: old})).fields == {name: old}
    for other in ("tmdb", "me"):
        assert news(show(follows={name: other}), None, record(**{name: old})).fields == {}


def test_only_show_fields_follow() -> None:
    assert not set(FOLLOWABLE) & {"rating", "watch", "tags", "notes", "history", "status", "release", "ids"}
    assert news(show(follows={"status": "tvmaze", "key": "tvmaze", "url": "tvmaze"}), None, record()).fields == {}


def test_is_there_again() -> None:
    gone = state_of(record())._replace(is_removed=True)
    found = update(show(), gone, record(), NOW, TODAY)
    assert [(item.grade, item.text) for item in found.lines] == [("normal", "is back")]
    assert not next_state(gone, record(), NOW).is_removed


def test_since_when() -> None:
    last = state_of(record("2026-05", synopsis="A ferry."), record("2026-05-14", synopsis="A ferry."), at=NOW)
    assert last.since_when("synopsis") == TODAY - 10 * DAY
    assert last.since_when("release") == TODAY
    assert last.since_when("cast") is None
    assert last.checked_at == NOW


@given(observations, observations, observations)
def test_previous(first: SourceRecord, second: SourceRecord, third: SourceRecord) -> None:
    last = state_of(first, second, third, at=NOW)
    rows = [
        (one.raw_status, one.status, one.release.key[:3] if one.release else None) for one in (first, second, third)
    ]
    former = last.previous and (
        last.previous.raw_status, last.previous.status, last.previous.release.key[:3] if last.previous.release else None
    )  # fmt: skip
    if rows[1] != rows[2]:
        assert (former, last.changed_at) == (rows[1], NOW)
    elif rows[0] != rows[1]:
        assert (former, last.changed_at) == (rows[0], NOW - 10 * DAY)
    else:
        assert (former, last.changed_at) == (None, None)


def test_other_spelling_is_no_change() -> None:
    last = state_of(record("2026-Q3"), record("Q3 2026"), at=NOW)
    assert (last.previous, last.since_when("release")) == (None, TODAY - 10 * DAY)
    assert (
        fold_history([said("2026-03-01", "2026-Q3"), said("2026-03-02", "Q3 2026")]).steps[-1].effect
        is Effect.CONFIRMED
    )


def test_next_episode() -> None:
    timed = Episode(1, 3, "", date(2026, 11, 28), datetime(2026, 11, 28, 13, tzinfo=UTC))
    plain = Episode(1, 3, "", date(2026, 11, 28))
    tmdb = state_of(record(source="tmdb", key="tv/7", next_episode=plain))
    tvmaze = state_of(record(next_episode=timed))
    assert next_episode([tmdb, tvmaze], TODAY) == next_episode([tvmaze, tmdb], TODAY) == (timed, "tvmaze")
    assert next_episode([tmdb, state_of(record())], TODAY) == (plain, "tmdb")
    assert next_episode([state_of(record())], TODAY) is None


# Filling


OWN: dict[str, Any] = {
    "title": "My Ferry", "original_title": "나의 배", "synopsis": "Mine.", "cast": (Credit("Ivo Brandt"),),
    **dict.fromkeys(("aliases", "networks", "countries", "genres", "directors", "writers"), ("Mine",)),
}  # fmt: skip
records_with_fields = st.builds(
    lambda values, source: record(title="Old Ferry", source=source)._replace(**values),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(pair) for name, pair in FIELDS.items()}),
    st.sampled_from(["tvmaze", "tmdb"]),
)
stories = st.builds(
    lambda owned, follows: show(ids={"tvmaze": 7, "tmdb": "tv/7"}, follows=follows)._replace(
        **{name: OWN[name] for name in owned}
    ),
    st.sets(st.sampled_from([*OWN])),
    st.dictionaries(st.sampled_from(FOLLOWABLE), st.sampled_from(["tvmaze", "tmdb", "me"]), max_size=4),
)


def applied(story: Show, found: SourceUpdate) -> Show:
    return found.apply(story, story)


@given(stories, st.lists(records_with_fields, max_size=5))
def test_own_fields_stay(story: Show, row: list[SourceRecord]) -> None:
    states: dict[str, SourceState] = {}
    owned = {name: value for name, value in OWN.items() if getattr(story, name) == value}
    cleared = {name for name, source in story.follows.items() if source == "me" and name not in owned} - {"title"}
    for now in row:
        others = [state for source, state in states.items() if source != now.source]
        before = story
        found = update(story, states.get(now.source), now, NOW, TODAY, others)
        story = applied(story, found)
        assert {name: getattr(story, name) for name in owned} == owned
        assert not any(getattr(story, name) for name in cleared)
        assert all(story.follows[name] == now.source for name in found.filled)
        # Nothing is told of a field that did not change, but what is worth a question.
        changed = {name for name in FOLLOWABLE if getattr(story, name) != getattr(before, name)}
        assert {line.field for line in found.lines if "yours stays" not in line.text} <= changed
        states[now.source] = found.state
        again = update(story, found.state, now, NOW, TODAY, others)
        assert (again.claims, again.fields, again.lines) == ((), {}, ())


@given(records_with_fields, records_with_fields)
def test_filled_by_the_first(one: SourceRecord, other: SourceRecord) -> None:
    one, other = one._replace(source="tvmaze"), other._replace(source="tmdb")
    story = applied(show(ids={"tvmaze": 7}), update(show(ids={"tvmaze": 7}), None, one, NOW, TODAY))
    later = update(story, None, other, NOW, TODAY, [SourceState.first(one, NOW, TODAY)])
    assert all(not getattr(one, name) for name in later.filled)
    assert not any(getattr(one, name) for name in later.fields)


def test_filled_years_later() -> None:
    story = show(ids={"tvmaze": 7})
    state = update(story, None, record(**IN_DEVELOPMENT), NOW, TODAY).state
    later = record(cast=(Credit("Mira Solé", "Anna"),), networks=("Lumen",), synopsis="A ferry.", **IN_DEVELOPMENT)
    found = update(story, state, later, NOW + 400 * DAY, TODAY + 400 * DAY)
    story = applied(story, found)
    assert (story.cast, story.networks, story.synopsis) == (later.cast, ("Lumen",), "A ferry.")
    assert story.follows == dict.fromkeys(("networks", "synopsis", "cast"), "tvmaze")
    assert [(line.grade, line.text) for line in found.lines] == [
        ("quiet", "networks: Lumen"), ("quiet", "new synopsis"), ("quiet", "cast: Mira Solé"),
    ]  # fmt: skip
    # What it follows changes with the source.
    found = update(story, found.state, later._replace(synopsis="A boat."), NOW + 401 * DAY, TODAY + 401 * DAY)
    assert applied(story, found).synopsis == "A boat."


@pytest.mark.parametrize("follows", [{}, {"cast": "tvmaze"}, {"cast": "tmdb"}, {"cast": "me"}])
def test_cleared_field_is_proposed(follows: dict[str, str]) -> None:
    # Undone, or cleared by hand with or without its line in `follows`, or in the app.
    story = show(ids={"tvmaze": 7, "tmdb": "tv/7"}, follows=follows)
    known = state_of(record(cast=(Credit("Mira Solé"),)))
    other = record(source="tmdb", key="tv/7", cast=(Credit("Ivo Brandt"),))
    assert update(story, known, known.record._replace(cast=(Credit("Ada Moor"),)), NOW, TODAY).filled == frozenset()
    if follows != {"cast": "tmdb"}:
        assert update(story, None, other, NOW, TODAY, [known]).filled == frozenset()
    assert [one.field for one in find_proposals(story, [known])] == ["cast"]


def test_edit_while_asked_wins() -> None:
    seen = show(ids={"tvmaze": 7})
    found = update(seen, None, record(networks=("Lumen",), synopsis="A ferry."), NOW, TODAY)
    after = found.apply(seen._replace(networks=("Mine",)), seen)
    assert (after.networks, after.synopsis, after.follows) == (("Mine",), "A ferry.", {"synopsis": "tvmaze"})


def test_people_of_a_season_are_not_filled() -> None:
    story = show(season=2, ids={"tvmaze": 7})
    found = update(story, None, record(season=2, cast=(Credit("Mira Solé"),), genres=("drama",)), NOW, TODAY)
    assert found.fields == {"genres": ("drama",)}


@pytest.mark.parametrize(
    ("baseline", "release", "is_filled"),
    [
        ({"status": Status.ANNOUNCED}, "2019-02-03", False),
        ({"release": parse_window("2027")}, "2019-02-03", False),
        ({"status": Status.ANNOUNCED}, "2026-03-03", True),  # out since a few weeks
        ({"status": Status.RELEASED}, "2019-02-03", True),
        ({"release": parse_window("2019")}, "2019-02-03", True),
        ({}, "2019-02-03", True),
    ],
)
def test_fields_of_what_has_been_out_for_long_are_not_filled_where_the_entry_is_to_come(
    baseline: dict[str, Any], release: str, is_filled: bool
) -> None:
    awaited = Show("old-ferry", "Old Ferry", ids={"tvmaze": 7}, **baseline)
    found = update(awaited, None, record(release, synopsis="A ferry."), NOW, TODAY)
    assert bool(found.filled) == is_filled


def test_fields_of_another_season_are_not_filled() -> None:
    story = show(said("2026-03-01", "2026-10-02"), ids={"tvmaze": 7})
    assert update(story, None, record("2019-02-03", synopsis="A ferry."), NOW, TODAY).fields == {}


@pytest.mark.parametrize(("day", "told"), [("2026-04-16", 1), ("2026-04-14", 0)])
def test_premiere_that_was_held_is_not_withdrawn(day: str, told: int) -> None:
    premiere, cinema = Release(parse_window(day), "KR", "premiere"), Release(parse_window("2026-10-02"), "KR", "cinema")
    first = record("2026-10-02", kind="film", region="KR", medium="cinema", releases=(premiere, cinema))
    story = show(*(first.claim(one, TODAY - 9 * DAY) for one in first.dates))
    assert len(news(story, first, first._replace(releases=(cinema,))).claims) == told
