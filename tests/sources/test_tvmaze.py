from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from tests.fake_sources import FakeClock, FakeSources, faults
from tracker.errors import BadResponse, BadValue, Cancelled, SourceDenied, SourceNotFound, SourcePaused
from tracker.model.episode import Episode
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.status import STARTED, Status
from tracker.model.window import Precision, Window
from tracker.sources.base import LastSeen, RecordFailure
from tracker.sources.http.client import HttpClient
from tracker.sources.tvmaze import Tvmaze, parse_revisions, parse_search, parse_show
from tracker.text import MAX_LINE, MAX_PARAGRAPHS

TODAY: Final = date(2026, 11, 23)
SHOW: Final[dict[str, Any]] = {
    "id": 900101,
    "url": "http://www.tvmaze.com/shows/900101/the-paper-lighthouse",
    "name": "The Paper Lighthouse",
    "type": "Scripted",
    "language": "English",
    "genres": ["Drama", "Science-Fiction"],
    "status": "Running",
    "premiered": "2025-03-04",
    "officialSite": "https://network.example/paper-lighthouse",
    "network": {"id": 1, "name": "Harbour One", "country": {"name": "Canada", "code": "CA", "timezone": "x"}},
    "webChannel": None,
    "externals": {"tvrage": None, "thetvdb": 777001, "imdb": "tt9990001"},
    "summary": "<p><b>The Paper Lighthouse</b> keeps a harbour &amp; its ghosts.</p><p>Second part.</p>",
    "updated": 1780000000,
    "_embedded": {
        "cast": [
            {"person": {"id": 1, "name": "Ines  Quell\u202e"}, "character": {"id": 2, "name": "The Keeper"}},
            {"person": {"id": 1, "name": "Ines Quell"}, "character": {"id": 3, "name": "Her sister"}},
            {"person": {"id": 4, "name": "Bo Tarn"}, "character": None},
        ],
        "crew": [
            {"type": "Director", "person": {"name": "Ada Finch"}},
            {"type": "Creator", "person": {"name": "Rui Sala"}},
            {"type": "Gaffer", "person": {"name": "Nobody Asked"}},
        ],
        "akas": [
            {"name": "The Lighthouse of Paper", "country": None},
            {"name": "紙の灯台", "country": {"name": "Japan", "code": "JP", "timezone": "Asia/Tokyo"}},
            {"name": "The Paper Lighthouse", "country": None},
        ],
        "nextepisode": {
            "id": 5, "season": 2, "number": 3, "name": "Fog", "airdate": "2026-12-01", "airtime": "21:00",
            "airstamp": "2026-12-02T02:00:00+00:00",
        },
    },
}  # fmt: skip


def parse(**changed: object) -> SourceRecord:
    return parse_show(json.dumps({**SHOW, **changed}).encode(), TODAY)


def test_record_of_a_show_on_air() -> None:
    record = parse()
    assert record == SourceRecord(
        source="tvmaze", key="900101", title="The Paper Lighthouse",
        url="https://www.tvmaze.com/shows/900101/the-paper-lighthouse", aliases=("The Lighthouse of Paper", "紙の灯台"),
        language="en", kind="series", raw_status="Running",
        compatible_statuses=(Status.AIRING, Status.RELEASED, Status.HIATUS), status=Status.AIRING,
        release=Window("2025-03-04", date(2025, 3, 4), date(2025, 3, 4), Precision.DAY), networks=("Harbour One",),
        countries=("CA",), genres=("drama", "science-fiction"), directors=("Ada Finch",), writers=("Rui Sala",),
        synopsis="The Paper Lighthouse keeps a harbour & its ghosts.\n\nSecond part.",
        cast=(Credit("Ines Quell", "The Keeper / Her sister"), Credit("Bo Tarn")),
        ids=(("imdb", "tt9990001"), ("thetvdb", "777001")), homepage="https://network.example/paper-lighthouse",
        next_episode=Episode(2, 3, "Fog", date(2026, 12, 1), datetime(2026, 12, 2, 2, 0, tzinfo=UTC)),
        revision="1780000000",
    )  # fmt: skip


def test_record_of_an_announced_show() -> None:
    nothing = dict.fromkeys(("premiered", "officialSite", "network", "summary", "_embedded"))
    record = parse(status="In Development", webChannel={"name": "Streamly", "country": None}, externals={}, **nothing)
    assert (record.release, record.status, record.networks) == (None, Status.ANNOUNCED, ("Streamly",))
    assert (record.countries, record.ids, record.homepage, record.synopsis, record.cast) == ((), (), "", "", ())


@pytest.mark.parametrize(
    ("word", "premiered", "status"),
    [
        ("In Development", None, Status.ANNOUNCED),
        ("In Development", "2027-02-03", Status.SCHEDULED),
        ("Running", "2027-02-03", Status.SCHEDULED),
        ("To Be Determined", "2027-02-03", Status.SCHEDULED),
        ("Running", "2026-11-23", Status.AIRING),
        ("To Be Determined", "2025-02-03", Status.AIRING),  # its next episode has a day
        ("Ended", "2025-02-03", Status.RELEASED),
        ("In Hibernation", "2025-02-03", None),
        (None, "2025-02-03", None),
    ],
)
def test_status_by_word_and_date(word: str | None, premiered: str | None, status: Status | None) -> None:
    record = parse(status=word, premiered=premiered)
    assert record.status is status
    assert record.raw_status == (word or "")
    assert (status in record.compatible_statuses) if status else record.compatible_statuses == ()
    if status is Status.ANNOUNCED:
        assert Status.FILMING in record.compatible_statuses
        assert Status.SCHEDULED not in record.compatible_statuses


def test_year_of_a_premiere_is_no_schedule() -> None:
    record = parse(status="In Development", premiered="2027-12-31")
    assert (record.release and record.release.text, record.status) == ("2027", Status.ANNOUNCED)
    assert {Status.FILMING, Status.SCHEDULED} <= set(record.compatible_statuses)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({}, datetime(2026, 12, 2, 2, 0, tzinfo=UTC)),
        ({"airtime": ""}, None),
        ({"airstamp": None}, None),
        ({"airstamp": "soon"}, None),
        ({"airstamp": "0001-01-01T00:00:00+14:00"}, None),
    ],
)
def test_time_of_the_next_episode(changed: dict[str, object], at: datetime | None) -> None:
    episode = parse(_embedded={"nextepisode": {**SHOW["_embedded"]["nextepisode"], **changed}}).next_episode
    assert episode is not None
    assert (episode.on, episode.at) == (date(2026, 12, 1), at)


def test_search_and_revisions() -> None:
    hits = [{"score": 9.5, "show": {**SHOW, "id": 2}}, {"score": 0.1, "show": SHOW}]
    assert [record.key for record in parse_search(json.dumps(hits).encode(), TODAY)] == ["2", "900101"]
    assert parse_search(b"[]", TODAY) == ()
    assert parse_revisions(b'{"900101": 1780000000, "900102": 5}') == {"900101": "1780000000", "900102": "5"}
    assert parse_revisions(b"{}") == parse_revisions(b"[]") == {}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"null", r"unexpected answer"),
        (b'{"name": "Not Found", "message": "", "code": 0, "status": 404}', "unexpected answer"),
        (b'{"id": 5, "name": "Fog", "season": 2}', "it is about no show"),
        (b'{"id": "five", "name": "Fog", "genres": []}', r"id is no number"),
        (b'{"id": -5, "name": "Fog", "genres": []}', r"id is out of range"),
    ],
)
def test_body_of_another_form(body: bytes, sentence: str) -> None:
    with pytest.raises(BadResponse, match=f"^TVmaze .*{sentence}"):
        parse_show(body, TODAY)


JAPAN: Final = {"code": "JP"}
AMERICA: Final = {"code": "US"}


def aka(name: str, country: str | None) -> dict[str, object]:
    return {"name": name, "country": {"code": country} if country is not None else None}


@pytest.mark.parametrize(
    ("language", "network", "akas", "original", "aliases"),
    [
        # An alias without a country is of the show's own (https://www.tvmaze.com/api).
        ("English", "US", [aka("Бумажный маяк", "RU")], "", ()),
        ("English", "US", [aka("Lighthouse", None), aka("紙の灯台", "JP")], "", ("Lighthouse", "紙の灯台")),
        ("Japanese", "JP", [aka("Papierturm", "DE"), aka("紙の灯台", None)], "紙の灯台", ()),
        ("Japanese", "JP", [aka("Kami no Todai", None), aka("紙の灯台", None)], "紙の灯台", ("Kami no Todai",)),
        ("Japanese", "JP", [aka("紙灯台", "JP"), aka("紙の灯台", None)], "紙の灯台", ("紙灯台",)),
        ("Japanese", "JP", [aka("紙の灯台", "JP")], "紙の灯台", ()),
        ("Japanese", "JP", [aka("종이 등대", "KR"), aka("纸灯塔", "CN")], "", ("종이 등대", "纸灯塔")),
        ("Korean", "KR", [aka("紙の灯台", "JP"), aka("종이 등대", "KR")], "종이 등대", ("紙の灯台",)),
        ("Thai", "TH", [aka("Prapakan", None), aka("ประภาคาร", "TH")], "ประภาคาร", ("Prapakan",)),
        ("German", "DE", [aka("Der Papierturm", "DE")], "", ("Der Papierturm",)),
        ("German", "DE", [aka("Der Papierturm", None)], "Der Papierturm", ()),
        ("German", "DE", [aka("The Paper-Lighthouse!", None), aka("Turm", None)], "Turm", ()),
        (None, "JP", [aka("紙の灯台", None)], "紙の灯台", ()),
        (None, "CA", [aka("Lighthouse", None)], "", ("Lighthouse",)),
        # A country that can't be read is none of ours, and no sign that the alias is of the show's own.
        ("Japanese", "JP", [{"name": "紙の灯台", "country": 5}], "", ("紙の灯台",)),
        ("Japanese", "JP", [{"name": "紙の灯台"}], "", ("紙の灯台",)),
    ],
)
def test_original_title_and_aliases(
    language: str | None, network: str, akas: list[object], original: str, aliases: tuple[str, ...]
) -> None:
    channel = {"name": "Harbour One", "country": {"code": network}}
    record = parse(language=language, network=channel, _embedded={"akas": akas})
    assert (record.original_title, record.aliases) == (original, aliases)


def test_aliases_are_few_and_in_one_order() -> None:
    foreign = [aka(f"Title in {code}", code) for code in ("FR", "TH", "US", "HK", "TW", "CN", "KR", "JP", "DE", "GB")]
    own = [aka("The paper lighthouse!", None), aka("Own", None), aka("OWN", "CA")]
    body = json.dumps({**SHOW, "_embedded": {"akas": [*foreign, *own]}}).encode()
    codes = ("DE", "JP", "KR", "CN", "TW", "HK", "TH")
    assert parse_show(body, TODAY, "DE").aliases == ("Own", *(f"Title in {code}" for code in codes))


@pytest.mark.parametrize(
    ("language", "network", "web", "countries"),
    [
        ("English", {"name": "Harbour One", "country": AMERICA}, {"name": "Netflix", "country": None}, ("US",)),
        ("English", {"name": "Harbour One", "country": {"code": "UK"}}, None, ("GB",)),
        # A streamer's home is not where its shows are made.
        ("English", None, {"name": "Netflix", "country": AMERICA}, ()),
        ("English", None, {"name": "Streamly", "country": {"code": "GB"}}, ("GB",)),
        ("English", None, {"name": "Streamly", "country": JAPAN}, ()),
        ("Thai", None, {"name": "Streamly", "country": {"code": "CN"}}, ("TH",)),
        ("Korean", None, {"name": "Netflix", "country": AMERICA}, ("KR",)),
        ("Japanese", None, {"name": "Netflix", "country": None}, ("JP",)),
        ("Chinese", None, {"name": "Streamly", "country": {"code": "TW"}}, ("TW",)),
        ("Chinese", None, {"name": "Netflix", "country": AMERICA}, ()),
        ("Spanish", None, {"name": "Netflix", "country": AMERICA}, ()),
        (None, None, {"name": "Streamly", "country": AMERICA}, ()),
    ],
)
def test_country_of_a_show(language: str | None, network: object, web: object, countries: tuple[str, ...]) -> None:
    assert parse(language=language, network=network, webChannel=web).countries == countries


def test_people_are_few() -> None:
    people = [("Writer", "First"), *(("Director", f"D{number}") for number in range(9)), ("Creator", "Maker")]
    crew = [{"type": job, "person": {"name": name}} for job, name in people]
    cast: list[dict[str, object]] = [
        {"person": {"name": f"Actor {number}"}, "character": {"name": f"Role {number} (voice)"}} for number in range(30)
    ]
    cast[1] = {"person": {"name": "Host"}, "character": {"name": "Host"}, "self": True}
    record = parse(_embedded={"crew": crew, "cast": cast})
    assert (record.writers, record.directors) == (("Maker", "First"), ("D0", "D1", "D2", "D3"))
    assert record.cast[:3] == (Credit("Actor 0", "Role 0"), Credit("Host"), Credit("Actor 2", "Role 2"))
    assert len(record.cast) == 20


def episodes(*days: str) -> list[dict[str, object]]:
    return [{"season": 1, "number": number, "airdate": day} for number, day in enumerate(days, 1)]


@pytest.mark.parametrize(
    ("word", "order", "days", "later", "status", "agrees"),
    [
        # TVmaze's word may stay for weeks when all episodes were shown.
        ("Running", 2, ["2026-11-13", "2026-11-20"], [], Status.RELEASED, {Status.RELEASED, Status.HIATUS}),
        ("Running", None, ["2026-11-13", "2026-11-20"], [], Status.AIRING, set(STARTED)),
        ("Running", None, ["2026-10-02"], [], Status.RELEASED, set(STARTED)),
        ("Running", 3, ["2026-11-13", "2026-11-20", "2026-11-27"], [], Status.AIRING, {Status.AIRING, Status.HIATUS}),
        ("Running", 1, ["2026-10-02"], [{"number": 2, "premiereDate": "2027-10-01"}], Status.RELEASED, set(STARTED)),
        ("In Development", None, ["2026-11-20", "2026-11-27"], [], Status.AIRING, {Status.AIRING, Status.HIATUS}),
        ("Ended", None, ["2026-11-20"], [], Status.RELEASED, {Status.RELEASED, Status.CANCELLED}),
        ("Ended", None, ["2026-11-20", "2026-11-27"], [], Status.AIRING, {Status.AIRING, Status.HIATUS}),
    ],
)
def test_status_agrees_with_what_was_shown(
    word: str, order: int | None, days: list[str], later: list[object], status: Status, agrees: set[Status]
) -> None:
    seasons = [{"number": 1, "premiereDate": days[0], "episodeOrder": order}, *later]
    record = parse(status=word, premiered=days[0], _embedded={"episodes": episodes(*days), "seasons": seasons})
    assert (record.status, set(record.compatible_statuses)) == (status, agrees)


def test_seasons_tell_the_status_where_no_episode_is_listed() -> None:
    season = {"number": 1, "premiereDate": "2025-03-04", "endDate": "2025-05-06", "episodeOrder": 10}
    assert parse(_embedded={"seasons": [season, {"number": 2}]}).status is Status.RELEASED


def test_show_without_a_title() -> None:
    with pytest.raises(BadResponse, match=r"^tvmaze:900101 has no title at TVmaze"):
        parse(name=" ", _embedded=None)
    assert parse(name=None).title == "The Lighthouse of Paper"
    hits = [{"show": {**SHOW, "name": None, "_embedded": None}}, {"show": {**SHOW, "id": 2}}]
    assert [record.key for record in parse_search(json.dumps(hits).encode(), TODAY)] == ["2"]


# Requests


@pytest.fixture
def source(client: HttpClient, fake_sources: FakeSources, clock: FakeClock) -> Tvmaze:
    return Tvmaze(client, clock.moment, at=fake_sources.address("tvmaze"))


def last_seen(
    fake_sources: FakeSources, clock: FakeClock, ids: Iterable[int], ago: timedelta = timedelta(hours=1)
) -> dict[str, LastSeen]:
    return {str(id_): LastSeen(fake_sources.revision("tvmaze", id_), clock.moment() - ago) for id_ in ids}


def test_search_tells_shows_of_one_name_apart(fake_sources: FakeSources, source: Tvmaze) -> None:
    first, second = source.search("paper lanterns")
    assert (first.key, first.title, first.year, first.countries) == ("101", "Paper Lanterns", 2026, ("JP",))
    assert (second.key, second.title, second.year, second.countries) == ("113", "Paper Lanterns", 2019, ("CA",))
    assert [record.title for record in source.search("かみのあかり")] == ["Paper Lanterns"]
    assert source.search("a&b=c #d ? 한 %20") == ()
    assert [request.query["q"] for request in fake_sources.requests][2] == ["a&b=c #d ? 한 %20"]


@pytest.mark.parametrize(("site", "key"), [("imdb", "tt99000101"), ("thetvdb", "990101")])
def test_look_up_follows_to_the_show(fake_sources: FakeSources, source: Tvmaze, site: str, key: str) -> None:
    [record] = source.look_up(site, key)
    assert (record.key, dict(record.ids)[site]) == ("101", key)
    assert [request.path for request in fake_sources.requests] == ["/lookup/shows", "/shows/101"]
    source.look_up(site, key)
    assert len(fake_sources.requests) == 2


def test_look_up_of_what_is_not_there(fake_sources: FakeSources, source: Tvmaze) -> None:
    assert source.look_up("imdb", "tt1") == ()
    assert source.look_up("wikidata", "Q1") == ()
    assert fake_sources.count("tvmaze") == 1
    fake_sources.fail("tvmaze", faults.null)
    assert source.look_up("imdb", "tt2") == ()


def test_fetch_takes_one_request(fake_sources: FakeSources, source: Tvmaze) -> None:
    (record,) = source.fetch(["101"])
    assert isinstance(record, SourceRecord)
    assert (record.title, record.original_title, record.cast[0]) == (
        "Paper Lanterns", "かみのあかり", Credit("Han Seorin", "Mio"),
    )  # fmt: skip
    assert fake_sources.count("tvmaze") == 1


def test_fetch_of_hostile_text(source: Tvmaze) -> None:
    records = [record for record in source.fetch(["114", "115", "116"]) if isinstance(record, SourceRecord)]
    brackets, markup, escapes = records
    assert brackets.title == "[Bracket] Foo [/] bar"
    assert brackets.cast == (Credit("[b]Nils Arken[/b]", "[@click=app.quit]x"),)
    assert markup.title == "Salt & Pepper <Live>"
    assert markup.synopsis == "Fish & chips, 3 < 4 – café talk.\n\nSecond part\ngoes on\n\n• one\n• two"
    assert (escapes.title, escapes.synopsis) == ("종소리 ]52;c;eA== Bell", "A bell[2J rings.")
    assert escapes.cast == (Credit("Bae Iseul", "The [31mbell"),)


def test_fetch_goes_on_after_a_failure(fake_sources: FakeSources, source: Tvmaze) -> None:
    fake_sources.remove("tvmaze", 102)
    fake_sources.fail("tvmaze", faults.half_json, path="/shows/103")
    first, gone, broken, last = source.fetch(["101", "102", "103", "104"])
    assert isinstance(gone, RecordFailure)
    assert (gone.key, type(gone.error), str(gone.error)) == (
        "102",
        SourceNotFound,
        "TVmaze has no show 102. Check the id, or search for the title.",
    )
    assert isinstance(broken, RecordFailure)
    assert (broken.key, type(broken.error)) == ("103", BadResponse)
    assert [first.key, last.key] == ["101", "104"]


def test_fetch_ends_when_nothing_can_be_had(fake_sources: FakeSources, client: HttpClient, source: Tvmaze) -> None:
    fake_sources.fail("tvmaze", faults.status(401), path="/shows/102")
    with pytest.raises(SourceDenied):
        list(source.fetch(["102", "101", "103"]))
    assert fake_sources.count("tvmaze") == 1
    records = source.fetch(["101", "103"])
    next(records)
    client.stop()
    with pytest.raises(Cancelled):
        next(records)
    assert fake_sources.count("tvmaze") == 2


def test_fetch_of_a_show_that_became_another(fake_sources: FakeSources, source: Tvmaze) -> None:
    fake_sources.fail("tvmaze", faults.redirect("/shows/102", 301), path="/shows/101")
    [failure] = source.fetch(["101"])
    assert isinstance(failure, RecordFailure)
    assert str(failure.error) == "TVmaze has tvmaze:102 instead of 101 now. Link that if it is the show."


def test_fetch_ends_at_a_long_pause(fake_sources: FakeSources, source: Tvmaze) -> None:
    fake_sources.fail("tvmaze", faults.too_many(3600), path="/shows/102")
    results = source.fetch(["101", "102", "103", "104"])
    assert isinstance(next(results), SourceRecord)
    with pytest.raises(SourcePaused):
        next(results)
    assert fake_sources.count("tvmaze") == 2


def test_fetch_of_no_id(fake_sources: FakeSources, source: Tvmaze) -> None:
    with pytest.raises(BadValue):
        list(source.fetch(["../people/1"]))
    assert fake_sources.requests == []


def test_changed_since_asks_once(fake_sources: FakeSources, source: Tvmaze, clock: FakeClock) -> None:
    shows = fake_sources.add_many(1000)
    known = last_seen(fake_sources, clock, (show.tvmaze for show in shows if show.tvmaze is not None))
    changed = sorted(known)[::100]
    for key in changed:
        fake_sources.change("tvmaze", key, premiered="2028-01-31")
    assert source.changed_since(known) == frozenset(changed)
    assert fake_sources.count("tvmaze") == 1


@pytest.mark.parametrize(
    ("ago", "since"),
    [
        (timedelta(hours=1), ["day"]),
        (timedelta(hours=22), ["day"]),
        (timedelta(hours=24), ["week"]),
        (timedelta(days=7), ["month"]),
        (timedelta(days=30), []),
    ],
)
def test_feed_reaches_back_to_the_oldest(
    fake_sources: FakeSources, source: Tvmaze, clock: FakeClock, ago: timedelta, since: list[str]
) -> None:
    known = last_seen(fake_sources, clock, [101, 102]) | last_seen(fake_sources, clock, [103], ago)
    assert source.changed_since(known) == frozenset()
    assert fake_sources.requests[0].query.get("since", []) == since
    # Only the feed of all times says that a show is gone.
    gone = {"999": LastSeen("1", clock.moment() - ago)}
    assert source.changed_since(known | gone) == (set() if since else {"999"})


def test_changed_since_of_few_and_new_shows(fake_sources: FakeSources, source: Tvmaze, clock: FakeClock) -> None:
    assert source.changed_since(last_seen(fake_sources, clock, [101])) == {"101"}
    assert source.changed_since({}) == frozenset()
    assert fake_sources.requests == []
    new = {"103": LastSeen("", clock.moment()), "104": LastSeen("1", None)}
    assert source.changed_since({**last_seen(fake_sources, clock, [101, 102]), **new}) == {"103", "104"}


@pytest.mark.parametrize("premiered", ["2027-01-01", "2027-12-31"])
def test_first_or_last_day_of_a_year(premiered: str) -> None:
    body = json.dumps(SHOW | {"status": "In Development", "premiered": premiered}).encode()
    # Also on that very day.
    for today in (date(2026, 12, 31), date.fromisoformat(premiered)):
        assert parse_show(body, today).release == Window("2027", date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "Running"},
        {"status": "To Be Determined"},
        {"status": "In Development", "_embedded": {"episodes": [{"season": 1, "number": 1, "airdate": "2027-01-01"}]}},
        {"status": "In Development", "_embedded": {"nextepisode": {"season": 1, "number": 1, "airdate": "2027-01-01"}}},
    ],
)
def test_premiere_on_a_first_of_january(changed: dict[str, object]) -> None:
    release = parse(premiered="2027-01-01", **changed).release
    assert release is not None
    assert (release.text, release.precision) == ("2027-01-01", Precision.DAY)


def test_lengths_of_hostile_texts() -> None:
    record = parse(
        name="Salt" + " " * 300_000 + "Road",
        network={"name": "N" * 300_000},
        officialSite="https://x.example/" + "a" * 300_000,
        summary="<a " * 100_000,
    )
    assert record.title == "Salt Road"
    assert [len(name) for name in record.networks] == [MAX_LINE]
    assert record.homepage == ""
    assert len(record.synopsis) <= MAX_PARAGRAPHS
