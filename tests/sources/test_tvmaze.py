from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fake_sources import FakeClock, FakeSources, faults
from tests.fake_sources.faults import Fault
from tests.sources.conftest import MakeClient
from tracker.errors import BadResponse, BadValue, Cancelled, SourceBusy, SourceDenied, SourceError, SourceNotFound
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.sources.base import LastSeen, RecordFailure
from tracker.sources.http.client import HttpClient, TimeLimits
from tracker.sources.tvmaze import Tvmaze


@pytest.fixture
def make_source(fake_sources: FakeSources, clock: FakeClock) -> Callable[[HttpClient], Tvmaze]:
    return lambda client: Tvmaze(client, clock.moment, at=fake_sources.address("tvmaze"))


@pytest.fixture
def source(client: HttpClient, make_source: Callable[[HttpClient], Tvmaze]) -> Tvmaze:
    return make_source(client)


def observed(found: Iterable[SourceRecord | RecordFailure]) -> list[SourceRecord]:
    """Return observations, of which none failed."""
    one_by_one = list(found)
    assert not [failure for failure in one_by_one if isinstance(failure, RecordFailure)]
    return [one for one in one_by_one if isinstance(one, SourceRecord)]


def known(
    fake_sources: FakeSources, clock: FakeClock, ids: Iterable[int], ago: timedelta = timedelta(hours=1)
) -> dict[str, LastSeen]:
    """Return what was heard of shows so long ago."""
    return {str(one): LastSeen(fake_sources.revision("tvmaze", one), clock.moment() - ago) for one in ids}


# Searching


def test_shows_of_the_same_name_are_told_apart(fake_sources: FakeSources, source: Tvmaze) -> None:
    first, second = source.search("paper lanterns")
    assert (first.title, second.title) == ("Paper Lanterns", "Paper Lanterns")
    assert (first.key, first.year, first.networks, first.countries) == ("101", 2026, ("Lumen",), ("JP",))
    assert (second.key, second.year, second.networks, second.countries) == ("113", 2019, ("Northgate",), ("CA",))
    assert fake_sources.count("tvmaze", "/search/shows") == 1


def test_a_title_in_another_script_is_found(source: Tvmaze) -> None:
    assert [found.title for found in source.search("かみのあかり")] == ["Paper Lanterns"]


def test_nothing_is_found_where_nothing_is(source: Tvmaze) -> None:
    assert source.search("a show that nobody invented") == ()


def test_the_words_arrive_as_they_were_typed(fake_sources: FakeSources, source: Tvmaze) -> None:
    source.search("a&b=c #d ? 한 %20")
    assert fake_sources.requests[0].query == {"q": ["a&b=c #d ? 한 %20"]}


# Observing


def test_a_show_is_observed_with_all_that_is_told_of_it(fake_sources: FakeSources, source: Tvmaze) -> None:
    (seen,) = observed(source.fetch(["101"]))
    assert seen == SourceRecord(
        source="tvmaze", key="101", title="Paper Lanterns", url="https://www.tvmaze.com/shows/101/paper-lanterns",
        original_title="かみのあかり", aliases=("かみのあかり", "Laternen aus Papier"), kind="series",
        raw_status="In Development", compatible_statuses=seen.compatible_statuses, status=seen.status,
        release=seen.release, networks=("Lumen",),
        countries=("JP",), genres=("drama", "romance"), directors=("Ito Haruna",), writers=("Ines Vale",),
        synopsis="Paper Lanterns tells of a lamp maker and a diver, who keep one promise.",
        cast=(Credit("Han Seorin", "Mio"), Credit("Abel Kuro", "Ren")),
        ids=(("imdb", "tt99000101"), ("thetvdb", "990101")), homepage="https://lumen.example/lanterns",
        revision=fake_sources.revision("tvmaze", 101),
    )  # fmt: skip
    assert seen.release is not None
    assert seen.release.earliest == seen.release.latest == date(2026, 5, 14)
    assert fake_sources.count("tvmaze") == 1


@pytest.mark.parametrize(
    ("key", "status", "day"),
    [
        ("103", Status.SCHEDULED, date(2026, 11, 27)),
        ("106", Status.ANNOUNCED, None),
        ("108", Status.ANNOUNCED, None),
        ("110", Status.AIRING, date(2026, 10, 2)),
        ("111", Status.RELEASED, date(2025, 3, 1)),
        ("112", Status.ANNOUNCED, None),
    ],
)
def test_what_a_show_is_follows_from_word_and_day(source: Tvmaze, key: str, status: Status, day: date | None) -> None:
    (seen,) = observed(source.fetch([key]))
    assert seen.status is status
    assert status in seen.compatible_statuses
    assert (seen.release.earliest if seen.release else None) == day


def test_a_word_that_nobody_has_heard_is_kept_and_says_nothing(fake_sources: FakeSources, source: Tvmaze) -> None:
    fake_sources.change("tvmaze", 101, word="Fermenting")
    (seen,) = observed(source.fetch(["101"]))
    assert (seen.raw_status, seen.compatible_statuses, seen.status) == ("Fermenting", (), None)


def test_an_episode_has_its_moment_only_where_one_is_known(source: Tvmaze) -> None:
    moon, orchard, tram = observed(source.fetch(["110", "104", "103"]))
    assert moon.next_episode is not None
    assert moon.next_episode.at == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert (moon.next_episode.season, moon.next_episode.number, moon.next_episode.title) == (1, 9, "Slag")
    assert orchard.next_episode is not None
    assert (orchard.next_episode.on, orchard.next_episode.at) == (date(2026, 11, 30), None)
    assert tram.next_episode is None


def test_a_streamer_of_the_whole_world_is_a_network_without_a_country(source: Tvmaze) -> None:
    (seen,) = observed(source.fetch(["104"]))
    assert (seen.networks, seen.countries) == (("Farlight",), ())


def test_hard_titles_come_as_harmless_text(source: Tvmaze) -> None:
    brackets, markup, escapes = observed(source.fetch(["114", "115", "116"]))
    assert brackets.title == "[Bracket] Foo [/] bar"
    assert brackets.cast == (Credit("[b]Nils Arken[/b]", "[@click=app.quit]x"),)
    assert markup.title == "Salt & Pepper <Live>"
    assert markup.synopsis == "Fish & chips, 3 < 4 – café talk.\n\nSecond part\ngoes on\n\n• one\n• two"
    assert escapes.title == "종소리 ]52;c;eA== Bell"
    assert escapes.synopsis == "A bell[2J rings."
    assert escapes.cast == (Credit("Bae Iseul", "The [31mbell"),)


def test_a_show_that_moved_is_seen_when_the_answer_of_before_is_old(
    fake_sources: FakeSources, source: Tvmaze, clock: FakeClock
) -> None:
    (before,) = observed(source.fetch(["101"]))
    fake_sources.change("tvmaze", 101, premiered="2027-03-05")
    clock.advance(3601)
    (after,) = observed(source.fetch(["101"]))
    assert after.release is not None
    assert after.release.earliest == date(2027, 3, 5)
    assert (before.status, after.status) == (Status.ANNOUNCED, Status.SCHEDULED)
    assert int(after.revision) > int(before.revision)


def test_a_deleted_show_is_a_failure_and_the_others_come(fake_sources: FakeSources, source: Tvmaze) -> None:
    fake_sources.remove("tvmaze", 102)
    first, gone, last = list(source.fetch(["101", "102", "103"]))
    assert isinstance(gone, RecordFailure)
    assert (gone.key, type(gone.error), str(gone.error)) == ("102", SourceNotFound, "TVmaze has no show 102.")
    assert [one.key for one in (first, last)] == ["101", "103"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.status(500), SourceBusy),
        (faults.html, BadResponse),
        (faults.half_json, BadResponse),
        (faults.cut_short, BadResponse),
        (faults.null, BadResponse),
        (faults.latin1, BadResponse),
        (faults.status(404, b"null"), SourceNotFound),
        (faults.status(422), BadResponse),
        (faults.gzip_bomb, BadResponse),
    ],
)
def test_a_fault_in_one_show_does_not_stop_the_others(
    fake_sources: FakeSources, source: Tvmaze, fault: Fault, kind: type[SourceError]
) -> None:
    fake_sources.fail("tvmaze", fault, path="/shows/102")
    found = list(source.fetch(["101", "102", "103"]))
    assert [one.key for one in found] == ["101", "102", "103"]
    assert [type(one.error) for one in found if isinstance(one, RecordFailure)] == [kind]
    assert isinstance(found[1], RecordFailure)


@pytest.mark.parametrize(("fault", "limits", "kind"), [(faults.status(401), None, SourceDenied)])
def test_when_nothing_can_be_had_nothing_more_is_asked(
    fake_sources: FakeSources,
    make_client: MakeClient,
    make_source: Callable[[HttpClient], Tvmaze],
    fault: Fault,
    limits: TimeLimits | None,
    kind: type[SourceError],
) -> None:
    fake_sources.fail("tvmaze", fault, path="/shows/102")
    with pytest.raises(kind):
        list(make_source(make_client(limits)).fetch(["102", "101", "103"]))
    assert fake_sources.count("tvmaze") == 1


def test_after_a_long_pause_was_asked_for_the_rest_is_not_asked_at_all(
    fake_sources: FakeSources, source: Tvmaze
) -> None:
    fake_sources.fail("tvmaze", faults.too_many(3600), path="/shows/102")
    found = list(source.fetch(["101", "102", "103", "104"]))
    assert [isinstance(one, RecordFailure) for one in found] == [False, True, True, True]
    assert fake_sources.count("tvmaze") == 2


def test_a_stop_ends_the_whole_work(fake_sources: FakeSources, client: HttpClient, source: Tvmaze) -> None:
    work = source.fetch(["101", "102", "103"])
    next(work)
    client.stop()
    with pytest.raises(Cancelled):
        next(work)
    assert fake_sources.count("tvmaze") == 1


def test_what_is_no_id_is_not_asked_for(fake_sources: FakeSources, source: Tvmaze) -> None:
    with pytest.raises(BadValue):
        list(source.fetch(["../people/1"]))
    assert fake_sources.requests == []


# Asking only for what moved


def test_of_a_thousand_shows_only_those_that_changed_are_asked_for(
    fake_sources: FakeSources, source: Tvmaze, clock: FakeClock
) -> None:
    shows = fake_sources.add_many(1000)
    before = known(fake_sources, clock, (show.tvmaze for show in shows if show.tvmaze is not None))
    changed = sorted(before)[::100]
    for key in changed:
        fake_sources.change("tvmaze", key, premiered="2028-01-31")
    moved = source.changed_since(before)
    assert moved == frozenset(changed)
    seen = observed(source.fetch(sorted(moved)))
    assert {one.year for one in seen} == {2028}
    assert fake_sources.count("tvmaze") == len(fake_sources.requests) == 1 + 10
    assert fake_sources.connections("tvmaze") == 1


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
def test_the_feed_reaches_back_further_than_the_oldest_question(
    fake_sources: FakeSources, source: Tvmaze, clock: FakeClock, ago: timedelta, since: list[str]
) -> None:
    before = known(fake_sources, clock, [101, 102]) | known(fake_sources, clock, [103], ago)
    assert source.changed_since(before) == frozenset()
    assert fake_sources.requests[0].query.get("since", []) == since


def test_a_show_of_which_nothing_was_heard_is_always_asked_for(
    fake_sources: FakeSources, source: Tvmaze, clock: FakeClock
) -> None:
    before = {**known(fake_sources, clock, [101, 102]), "103": LastSeen("", clock.moment())}
    assert source.changed_since(before) == {"103"}


def test_for_a_single_show_no_feed_is_asked(fake_sources: FakeSources, source: Tvmaze, clock: FakeClock) -> None:
    assert source.changed_since(known(fake_sources, clock, [101])) == {"101"}
    assert source.changed_since({}) == frozenset()
    assert fake_sources.requests == []


def test_a_feed_that_cannot_be_read_is_an_error(fake_sources: FakeSources, source: Tvmaze, clock: FakeClock) -> None:
    fake_sources.fail("tvmaze", faults.half_json, path="/updates/*")
    with pytest.raises(BadResponse):
        source.changed_since(
            known(fake_sources, clock, [101, 102]) | known(fake_sources, clock, [103], timedelta(days=40))
        )
