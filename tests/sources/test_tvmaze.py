from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sources.conftest import MakeClient
from tests.world import Clock, World, faults
from tests.world.faults import Fault
from tracker.errors import BadValue, Busy, Denied, SourceError, Stopped, Unknown, Unreadable
from tracker.model.observation import Observation
from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.sources.base import Failure, Known
from tracker.sources.client import Client, Limits
from tracker.sources.tvmaze import Tvmaze


@pytest.fixture
def make_source(world: World, clock: Clock) -> Callable[[Client], Tvmaze]:
    return lambda client: Tvmaze(client, clock.moment, at=world.address("tvmaze"))


@pytest.fixture
def source(client: Client, make_source: Callable[[Client], Tvmaze]) -> Tvmaze:
    return make_source(client)


def observed(found: Iterable[Observation | Failure]) -> list[Observation]:
    """Return observations, of which none failed."""
    one_by_one = list(found)
    assert not [failure for failure in one_by_one if isinstance(failure, Failure)]
    return [one for one in one_by_one if isinstance(one, Observation)]


def known(world: World, clock: Clock, ids: Iterable[int], ago: timedelta = timedelta(hours=1)) -> dict[str, Known]:
    """Return what was heard of shows so long ago."""
    return {str(one): Known(world.stamp("tvmaze", one), clock.moment() - ago) for one in ids}


# Searching


def test_shows_of_the_same_name_are_told_apart(world: World, source: Tvmaze) -> None:
    first, second = source.search("paper lanterns")
    assert (first.title, second.title) == ("Paper Lanterns", "Paper Lanterns")
    assert (first.key, first.year, first.networks, first.countries) == ("101", 2026, ("Lumen",), ("JP",))
    assert (second.key, second.year, second.networks, second.countries) == ("113", 2019, ("Northgate",), ("CA",))
    assert world.count("tvmaze", "/search/shows") == 1


def test_a_title_in_another_script_is_found(source: Tvmaze) -> None:
    assert [found.title for found in source.search("かみのあかり")] == ["Paper Lanterns"]


def test_nothing_is_found_where_nothing_is(source: Tvmaze) -> None:
    assert source.search("a show that nobody invented") == ()


def test_the_words_arrive_as_they_were_typed(world: World, source: Tvmaze) -> None:
    source.search("a&b=c #d ? 한 %20")
    assert world.requests[0].query == {"q": ["a&b=c #d ? 한 %20"]}


# Observing


def test_a_show_is_observed_with_all_that_is_told_of_it(world: World, source: Tvmaze) -> None:
    (seen,) = observed(source.observe(["101"]))
    assert seen == Observation(
        source="tvmaze", key="101", title="Paper Lanterns", url="https://www.tvmaze.com/shows/101/paper-lanterns",
        original_title="かみのあかり", aliases=("かみのあかり", "Laternen aus Papier"), kind="series",
        word="In Development", covers=seen.covers, status=seen.status, release=seen.release, networks=("Lumen",),
        countries=("JP",), genres=("drama", "romance"), directors=("Ito Haruna",), writers=("Ines Vale",),
        synopsis="Paper Lanterns tells of a lamp maker and a diver, who keep one promise.",
        cast=(Credit("Han Seorin", "Mio"), Credit("Abel Kuro", "Ren")),
        ids=(("imdb", "tt99000101"), ("thetvdb", "990101")), site="https://lumen.example/lanterns",
        stamp=world.stamp("tvmaze", 101),
    )  # fmt: skip
    assert seen.release is not None
    assert seen.release.earliest == seen.release.latest == date(2026, 5, 14)
    assert world.count("tvmaze") == 1


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
    (seen,) = observed(source.observe([key]))
    assert seen.status is status
    assert status in seen.covers
    assert (seen.release.earliest if seen.release else None) == day


def test_a_word_that_nobody_has_heard_is_kept_and_says_nothing(world: World, source: Tvmaze) -> None:
    world.change("tvmaze", 101, word="Fermenting")
    (seen,) = observed(source.observe(["101"]))
    assert (seen.word, seen.covers, seen.status) == ("Fermenting", (), None)


def test_an_episode_has_its_moment_only_where_one_is_known(source: Tvmaze) -> None:
    moon, orchard, tram = observed(source.observe(["110", "104", "103"]))
    assert moon.next_episode is not None
    assert moon.next_episode.at == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert (moon.next_episode.season, moon.next_episode.number, moon.next_episode.title) == (1, 9, "Slag")
    assert orchard.next_episode is not None
    assert (orchard.next_episode.on, orchard.next_episode.at) == (date(2026, 11, 30), None)
    assert tram.next_episode is None


def test_a_streamer_of_the_whole_world_is_a_network_without_a_country(source: Tvmaze) -> None:
    (seen,) = observed(source.observe(["104"]))
    assert (seen.networks, seen.countries) == (("Farlight",), ())


def test_hard_titles_come_as_harmless_text(source: Tvmaze) -> None:
    brackets, markup, escapes = observed(source.observe(["114", "115", "116"]))
    assert brackets.title == "[Bracket] Foo [/] bar"
    assert brackets.cast == (Credit("[b]Nils Arken[/b]", "[@click=app.quit]x"),)
    assert markup.title == "Salt & Pepper <Live>"
    assert markup.synopsis == "Fish & chips, 3 < 4 – café talk.\n\nSecond part\ngoes on\n\n• one\n• two"
    assert escapes.title == "종소리 ]52;c;eA== Bell"
    assert escapes.synopsis == "A bell[2J rings."
    assert escapes.cast == (Credit("Bae Iseul", "The [31mbell"),)


def test_a_show_that_moved_is_seen_when_the_answer_of_before_is_old(world: World, source: Tvmaze, clock: Clock) -> None:
    (before,) = observed(source.observe(["101"]))
    world.change("tvmaze", 101, premiered="2027-03-05")
    clock.advance(3601)
    (after,) = observed(source.observe(["101"]))
    assert after.release is not None
    assert after.release.earliest == date(2027, 3, 5)
    assert (before.status, after.status) == (Status.ANNOUNCED, Status.SCHEDULED)
    assert int(after.stamp) > int(before.stamp)


def test_a_deleted_show_is_a_failure_and_the_others_come(world: World, source: Tvmaze) -> None:
    world.remove("tvmaze", 102)
    first, gone, last = list(source.observe(["101", "102", "103"]))
    assert isinstance(gone, Failure)
    assert (gone.key, type(gone.error), str(gone.error)) == ("102", Unknown, "TVmaze has no show 102.")
    assert [one.key for one in (first, last)] == ["101", "103"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.status(500), Busy),
        (faults.html, Unreadable),
        (faults.half_json, Unreadable),
        (faults.cut_short, Unreadable),
        (faults.null, Unreadable),
        (faults.latin1, Unreadable),
        (faults.status(404, b"null"), Unknown),
        (faults.status(422), Unreadable),
        (faults.gzip_bomb, Unreadable),
    ],
)
def test_a_fault_in_one_show_does_not_stop_the_others(
    world: World, source: Tvmaze, fault: Fault, kind: type[SourceError]
) -> None:
    world.fail("tvmaze", fault, path="/shows/102")
    found = list(source.observe(["101", "102", "103"]))
    assert [one.key for one in found] == ["101", "102", "103"]
    assert [type(one.error) for one in found if isinstance(one, Failure)] == [kind]
    assert isinstance(found[1], Failure)


@pytest.mark.parametrize(("fault", "limits", "kind"), [(faults.status(401), None, Denied)])
def test_when_nothing_can_be_had_nothing_more_is_asked(
    world: World,
    make_client: MakeClient,
    make_source: Callable[[Client], Tvmaze],
    fault: Fault,
    limits: Limits | None,
    kind: type[SourceError],
) -> None:
    world.fail("tvmaze", fault, path="/shows/102")
    with pytest.raises(kind):
        list(make_source(make_client(limits)).observe(["102", "101", "103"]))
    assert world.count("tvmaze") == 1


def test_after_a_long_pause_was_asked_for_the_rest_is_not_asked_at_all(world: World, source: Tvmaze) -> None:
    world.fail("tvmaze", faults.too_many(3600), path="/shows/102")
    found = list(source.observe(["101", "102", "103", "104"]))
    assert [isinstance(one, Failure) for one in found] == [False, True, True, True]
    assert world.count("tvmaze") == 2


def test_a_stop_ends_the_whole_work(world: World, client: Client, source: Tvmaze) -> None:
    work = source.observe(["101", "102", "103"])
    next(work)
    client.stop()
    with pytest.raises(Stopped):
        next(work)
    assert world.count("tvmaze") == 1


def test_what_is_no_id_is_not_asked_for(world: World, source: Tvmaze) -> None:
    with pytest.raises(BadValue):
        list(source.observe(["../people/1"]))
    assert world.requests == []


# Asking only for what moved


def test_of_a_thousand_shows_only_those_that_changed_are_asked_for(world: World, source: Tvmaze, clock: Clock) -> None:
    shows = world.many(1000)
    before = known(world, clock, (show.tvmaze for show in shows if show.tvmaze is not None))
    changed = sorted(before)[::100]
    for key in changed:
        world.change("tvmaze", key, premiered="2028-01-31")
    moved = source.moved(before)
    assert moved == frozenset(changed)
    seen = observed(source.observe(sorted(moved)))
    assert {one.year for one in seen} == {2028}
    assert world.count("tvmaze") == len(world.requests) == 1 + 10
    assert world.connections("tvmaze") == 1


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
    world: World, source: Tvmaze, clock: Clock, ago: timedelta, since: list[str]
) -> None:
    before = known(world, clock, [101, 102]) | known(world, clock, [103], ago)
    assert source.moved(before) == frozenset()
    assert world.requests[0].query.get("since", []) == since


def test_a_show_of_which_nothing_was_heard_is_always_asked_for(world: World, source: Tvmaze, clock: Clock) -> None:
    before = {**known(world, clock, [101, 102]), "103": Known("", clock.moment())}
    assert source.moved(before) == {"103"}


def test_for_a_single_show_no_feed_is_asked(world: World, source: Tvmaze, clock: Clock) -> None:
    assert source.moved(known(world, clock, [101])) == {"101"}
    assert source.moved({}) == frozenset()
    assert world.requests == []


def test_a_feed_that_cannot_be_read_is_an_error(world: World, source: Tvmaze, clock: Clock) -> None:
    world.fail("tvmaze", faults.half_json, path="/updates/*")
    with pytest.raises(Unreadable):
        source.moved(known(world, clock, [101, 102]) | known(world, clock, [103], timedelta(days=40)))
