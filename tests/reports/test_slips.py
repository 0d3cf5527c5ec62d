from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, claims, said, statuses, story, windows
from tests.model.test_history import HARBOUR_LIGHTS
from tracker.model.history import Claim, fold_history
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.reports.slips import (
    NO_NETWORK,
    Median,
    SlipRecord,
    SlipReport,
    SlipStats,
    describe_record,
    reported_state,
    slip_record,
    slip_report,
)

ANNOUNCED, RELEASED, AIRING, SCHEDULED = Status.ANNOUNCED, Status.RELEASED, Status.AIRING, Status.SCHEDULED
histories = st.lists(claims, max_size=5).map(tuple)
lists = st.lists(
    st.tuples(
        histories,
        st.lists(st.sampled_from(["Lumen", "Kestrel", "Évasion", "evasion"]), max_size=2, unique=True).map(tuple),
        st.sampled_from(["Amber", "Élan", "Zenith"]),
    ),
    max_size=5,
).map(
    lambda told: [
        Show(str(place), title, networks=networks, history=history)
        for place, (history, networks, title) in enumerate(told)
    ]
)


def show(*history: Claim, id: str = "a", networks: tuple[str, ...] = ("Lumen",)) -> Show:  # noqa: A002
    return Show(id, id.upper(), networks=networks, history=history)


def record(*history: Claim, today: date = TODAY) -> SlipRecord:
    return slip_record(show(*history), today)


def slipping(days: int, id: str, *networks: str) -> Show:  # noqa: A002
    late = date(2026, 1, 1) + timedelta(days)
    return show(said("2025-01-01", "2026-01-01"), said("2025-02-01", f"{late}"), id=id, networks=networks)


def kept(id: str, *networks: str) -> Show:  # noqa: A002
    return show(said("2025-01-01", "2026-01-01"), id=id, networks=networks)


def naive_median(numbers: list[int]) -> float | None:
    ordered = sorted(numbers)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def test_record_story() -> None:
    found = record(*HARBOUR_LIGHTS)
    assert [promise.window.text for promise in found.promises] == ["2025", "2025-08", "2026-05-14"]
    assert (found.slips, found.slipped_days, found.drift) == ((256,), 256, 134)
    assert (found.announced_on, found.released_on, found.days_to_out) == (None, None, None)
    assert found.has_promise


def test_record_withdrawn() -> None:
    again = record(*story("2025-01-01 2025-08; 2025-07-01 TBA; 2026-01-27 2026-05-14"))
    assert [promise.window.text for promise in again.promises] == ["2025-08", "2026-05-14"]
    assert (again.slips, again.drift, again.is_withdrawn) == ((256,), 256, False)
    withdrawn = record(*story("2025-01-01 2025-08; 2025-07-01 TBA"))
    assert (withdrawn.has_promise, withdrawn.is_withdrawn, withdrawn.drift) == (True, True, None)
    for nothing in (record(*story("2025-01-01 TBA")), record()):
        assert (nothing.promises, nothing.has_promise, nothing.is_withdrawn, nothing.drift) == ((), False, False, None)


def test_record_slips_and_drift() -> None:
    found = record(*story("2025-01 2026-05-10; 2025-02 2026-05-20; 2025-03 2026-05-15; 2025-04 2026-05-18"))
    assert (found.slips, found.slipped_days, found.drift) == ((10, 3), 13, 8)
    assert record(*story("2025-01-01 2026-05-10; 2025-02-01 2026-05-01")).drift == -9


@pytest.mark.parametrize(
    ("text", "announced_on", "released_on"),
    [
        # the day that was given
        ("2024-01-10 announced; 2024-12-01 scheduled 2025-03-10; 2025-03-11 released", "2024-01-10", "2025-03-10"),
        ("2024-01-10 announced 2025-03-10; 2025-03-11 airing; 2025-06-01 hiatus", "2024-01-10", "2025-03-10"),
        ("2024-01-10 announced 2025-03-10; 2025-03-11 airing; 2025-06 cancelled 2026-05", "2024-01-10", "2025-03-10"),
        # without a day, that of the first claim
        ("2024-01-10 announced 2025-03; 2025-03-11 airing", "2024-01-10", "2025-03-11"),
        ("2024-01-10 announced 2025-03; 2025-03-11 airing; 2025-06-01 released", "2024-01-10", "2025-03-11"),
        ("2024-01-10 announced ~2025-03-10; 2025-03-11 airing", "2024-01-10", "2025-03-11"),
        ("2024-01-10 announced; 2025-03-11 released", "2024-01-10", "2025-03-11"),
        # a missed day, and one that was ahead
        ("2025-01-01 announced 2025-08-01; 2026-02-01 released", "2025-01-01", "2026-02-01"),
        ("2025-01-01 announced 2025-08-01; 2025-08-20 released", "2025-01-01", "2025-08-01"),
        ("2025-01-01 announced 2025-08-01; 2026-02-01 released 2026-01-15", "2025-01-01", "2026-01-15"),
        ("2025-01-01 announced 2025-08-01; 2025-07-20 released", "2025-01-01", "2025-07-20"),
        # an unknown day, and what is dated again
        ("2024-01-10 announced 2025; 2025-03 released", "2024-01-10", ""),
        ("? released 2025", "", ""),
        ("2025-01-01 announced; 2025-04 released; 2025-09-12 released", "2025-01-01", ""),
        ("2024-01-01 announced; 2025-01-01 released; 2025-01-03 scheduled 2026-05-14", "2024-01-01", ""),
        # the first announcement, where the history has it
        ("2024-03-01 announced; 2024-01-10 announced; 2024-05-01", "2024-01-10", ""),
        ("2024-01-01 rumored; 2024-02-01 announced", "2024-02-01", ""),
        ("2024-01-01 filming 2025; 2025-01-01 announced", "", ""),
        ("2024 announced; 2025-06-01 filming", "", ""),
        ("? announced; 2025-01-01 announced", "", ""),
        ("2024-01-01 rumored 2025", "", ""),
        ("2024-01-01 2025", "", ""),
    ],
)  # fmt: skip
def test_record_days(text: str, announced_on: str, released_on: str) -> None:
    found = record(*story(text))
    assert [str(day or "") for day in (found.announced_on, found.released_on)] == [announced_on, released_on]
    if announced_on and released_on:
        days = (date.fromisoformat(released_on) - date.fromisoformat(announced_on)).days
        assert found.days_to_out == days
    else:
        assert found.days_to_out is None


@pytest.mark.parametrize("status", [status for status in Status if not status.is_out])
def test_record_days_not_out(status: Status) -> None:
    assert record(*story(f"2024-01-10 announced 2025-03-10; 2025-03-11 {status.value}")).released_on is None


def test_record_days_out_before_announcement() -> None:
    assert record(*story("2024-01-10 announced 2023-12-24; 2024-01-20 released")).days_to_out is None
    assert record(*story("2024-01-10 announced 2024-01-10; 2024-01-20 released")).days_to_out == 0


@pytest.mark.parametrize(
    ("days", "middle", "whole", "cases"),
    [
        ([], None, None, 0), ([7], 7, 7, 1), ([9, 1], 5, 5, 2), ([30, 1, 2], 2, 2, 3), ([1, 2], 1.5, 2, 2),
        ([2, 3], 2.5, 3, 2), ([4, 1, 2, 1], 1.5, 2, 4),
    ],
)  # fmt: skip
def test_median(days: list[int], middle: float | None, whole: int | None, cases: int) -> None:
    found = Median.of(days)
    assert (found.days, found.whole_days, found.cases) == (middle, whole, cases)


@given(st.lists(st.integers(0, 5000)))
def test_median_any(days: list[int]) -> None:
    assert Median.of(iter(days)) == (naive_median(days), len(days))


def test_networks_order() -> None:
    shows = [
        kept("a", "Lumen"), kept("b", "Lumen"), slipping(10, "c", "Lumen"),
        slipping(5, "d", "Kestrel"), slipping(7, "e", "Kestrel"), slipping(30, "f", "Viaduct"),
        kept("g", "Quarry"), kept("h", "Quarry"), kept("i", "Amber TV"), slipping(99, "j"),
        kept("k", "Lumen", "Viaduct"),
        show(said("2025-01-01", status=Status.FILMING), id="l", networks=("Foundry",)),
    ]  # fmt: skip
    found = slip_report(shows, TODAY)
    assert [(one.name, one.slipped, one.promised, one.shows) for one in found.networks] == [
        ("Kestrel", 2, 2, 2), ("Viaduct", 1, 1, 2), ("Lumen", 1, 4, 4), ("Quarry", 0, 2, 2), ("Amber TV", 0, 1, 1),
        ("Foundry", 0, 0, 1), (NO_NETWORK, 1, 1, 1),
    ]  # fmt: skip
    assert [(one.slip.days, one.slip.cases) for one in found.networks] == [
        (6, 2), (30, 1), (10, 1), (None, 0), (None, 0), (None, 0), (99, 1),
    ]  # fmt: skip
    assert found.networks[2].share == 0.25
    assert found.networks[5].share == 0.0


def test_networks_spelling() -> None:
    found = slip_report([kept("a", "Évasion"), slipping(10, "b", "EVASION")], TODAY)
    assert [(one.name, one.shows, one.slipped) for one in found.networks] == [("Évasion", 2, 1)]


def test_records_order() -> None:
    twice = show(*(said(f"2025-0{month}-01", f"2026-01-0{month}") for month in (1, 2, 3)), id="c")
    shows = [kept("z", "Lumen"), kept("e", "Lumen"), slipping(30, "b"), slipping(60, "d"), twice, show(id="n")]
    found = slip_report(shows, TODAY)
    assert "".join(one.show.id for one in found.records) == "cdbez"
    assert (found.total.shows, found.total.promised, found.total.slipped) == (6, 5, 3)
    assert found.total.slip == (15.5, 4)


def test_records_without_promise() -> None:
    quiet = show(said("2024-01-10", status=ANNOUNCED), said("2025-03-11", status=RELEASED))
    found = slip_report([quiet], TODAY)
    assert [one.show for one in found.records] == [quiet]
    assert (found.total.promised, found.total.announced_to_out, found.total.has_cases) == (0, (426, 1), True)


def test_report_empty() -> None:
    assert slip_report([], TODAY) == SlipReport((), SlipStats("", 0, 0, 0, Median(None, 0), Median(None, 0)), ())


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        # put off after the date was given, before or after it passed
        ("2025-01-01 2026-03; 2026-02-01 postponed", "2026-03"),
        ("2025-01-01 2026-03; 2026-04-10 postponed", "2026-03"),
        ("2025-01-01 2026-03; 2026-02-01 hiatus", "2026-03"),
        ("2025-01-01 2026-03; 2026-02-01 postponed TBA", "2026-03"),
        ("2025-01-01 2026-03; 2026-02-01 TBA", "2026-03"), ("? postponed 2026-03", "2026-03"),
        ("2025-01-01 2026-03; 2026-02-01 postponed; 2026-02-10 filming; 2026-04-01 postponed", "2026-03"),
        # the date is still ahead, or a new one was given
        ("2025-01-01 2026-05; 2026-02-01 postponed", ""), ("2025-01-01 2026-04; 2026-02-01 postponed", ""),
        ("2025-01-01 2026-03; 2026-02-01 postponed 2026-09", ""),
        ("2025-01-01 2026-03; 2026-02-01 postponed; 2026-04-01 2027", ""),
        ("2025-01-01 2026-01; 2026-01-20 postponed 2026-03", ""),
        # it only is late, is out, was out before it paused, or will never come
        ("2025-01-01 2026-03", ""), ("2025-01-01 2026-03; 2026-02-01 postponed; 2026-04-01 airing", ""),
        ("2025-01-01 2026-03; 2026-03-10 airing; 2026-04-01 hiatus", ""),
        ("2025-01-01 2026-03; 2026-02-01 postponed; 2026-04-01 cancelled", ""), ("2026-02-01 postponed", ""), ("", ""),
    ],
)  # fmt: skip
def test_record_missed(text: str, missed: str) -> None:
    found = record(*story(text))
    assert (found.missed.text if found.missed else "") == missed
    assert found.slip_count == len(found.slips)


@pytest.mark.parametrize(
    ("told", "slips"),
    [
        ("2026-04-10 2027-03", (365,)), ("2026-04-10 2026", (275,)), ("2026-04-10 2026-H1", (91,)),
        ("2026-04-10 2026-02", ()),
        ("2026-04-10 TBA; 2026-04-11 2027-03", (365,)), ("2026-04-10 released 2026", ()), ("2026-03-20 2026", ()),
    ],
)  # fmt: skip
def test_missed_date_is_one_slip(told: str, slips: tuple[int, ...]) -> None:
    """A new date is the slip of the date that was missed, also where it is a wider one."""
    before = "2025-01-01 2026-03; 2026-02-01 postponed"
    assert (record(*story(before)).slip_count, record(*story(before)).slips) == (0, ())
    found = record(*story(f"{before}; {told}"))
    assert (found.slips, found.missed, found.slip_count) == (slips, None, len(slips))


def test_missed_in_figures() -> None:
    late = show(*story("2025-01-01 2026-03; 2026-02-01 postponed"))
    found = slip_report([late, slipping(10, "b", "Lumen"), kept("c", "Lumen")], TODAY)
    assert (found.total.slipped, found.total.promised, found.total.slip) == (2, 3, (10, 1))
    assert slip_report([late], date(2026, 3, 31)).total.slipped == 0
    assert [describe_record(one) for one in found.records] == ["1×, +10 days", "missed", ""]
    twice = record(*story("2025-01-01 2026-01; 2025-02-01 2026-03; 2026-02-01 postponed"))
    assert describe_record(twice) == "1×, +59 days, missed"


@pytest.mark.parametrize(
    ("text", "promised", "slips"),
    [
        # the network, the press, a source and an unnamed one count
        ("2025-01-01 2026-01; 2025-02-01 2026-02", 1, [28]),
        ("2025-01-01 2026-01 @Paper; 2025-02-01 2026-02 @Paper", 1, [28]),
        ("2025-01-01 2026-01 @tvmaze; 2025-02-01 2026-02 @tmdb", 1, [28]),
        # what the owner guessed does not
        ("2025-01-01 2026-01 @me; 2025-02-01 2026-02", 1, []), ("2025-01-01 2026-01; 2025-02-01 2026-02 @me", 1, []),
        ("2025-01-01 2026-01 @me; 2025-02-01 2026-02 @me", 0, []), ("2025-01-01 2026-01 @Me (a guess)", 0, []),
        ("2025-01-01 2026-01; 2025-02-01 2026-02 @me; 2025-03-01 2026-03", 1, [59]),
        ("2025-01-01 2026-01; 2025-02-01 2025-12 @me; 2025-03-01 2026-01", 1, []),
        ("? 2026-01 @me; 2025-02-01 filming 2026-02", 1, []), ("2025-01-01 2026-02 @me; 2026-03-01 postponed", 0, []),
        # nor does a rumour
        ("2025-01-01 rumored 2026-01 @Paper; 2025-02-01 filming 2026-02", 1, []),
        ("2025-01-01 rumored @Paper; 2025-02-01 2026-01 @Paper; 2025-03-01 announced 2026-02", 1, []),
    ],
)  # fmt: skip
def test_figures_count_what_others_said(text: str, promised: int, slips: list[int]) -> None:
    found = slip_report([show(*story(text))], TODAY)
    for figures in (found.total, *found.networks):
        assert (figures.promised, figures.slip) == (promised, (naive_median(slips), len(slips)))
        assert figures.slipped == len(slips)


def test_each_network_is_held_to_its_own_word() -> None:
    text = "2025-01-01 2026-01 @Lumen; 2025-02-01 2026-02 @Kestrel; 2025-03-01 2026-04 @Kestrel; 2025-04-01 2026-05 @P"
    found = slip_report([show(*story(text), networks=("Lumen", "Kestrel"))], TODAY)
    assert {one.name: (one.promised, one.slip) for one in found.networks} == {
        "Lumen": (1, (120, 1)), "Kestrel": (1, (46, 2)),
    }  # fmt: skip
    assert found.total.slip == (31, 3)


def test_own_dates_are_listed_and_wait_counts() -> None:
    one = show(*story("2024-01-10 announced; 2024-06-01 2025-03-10 @me; 2025-03-11 released @me"))
    found = slip_report([one], TODAY)
    assert (found.total.promised, found.total.announced_to_out) == (0, (425, 1))
    assert [len(record.promises) for record in found.records] == [1]
    assert found.has_uncounted
    assert not slip_report([kept("a")], TODAY).has_uncounted


@given(histories, st.none() | statuses, st.none() | windows)
def test_record_is_of_history_alone(history: tuple[Claim, ...], status: Status | None, release: Window | None) -> None:
    one = show(*history)
    assume(history)
    by_hand = one._replace(status=status, release=release)
    assert slip_record(by_hand, TODAY)[1:] == slip_record(one, TODAY)[1:]
    assert slip_record(one, TODAY, fold_history(history)) == slip_record(one, TODAY)


@given(histories)
def test_record_agrees_with_history(history: tuple[Claim, ...]) -> None:
    one = show(*history)
    found, standing = slip_record(one, TODAY), one.history_state
    assert found.slipped_days == sum(found.slips) == standing.slipped_days
    assert len(found.slips) == standing.slips
    assert all(days > 0 for days in found.slips)
    assert not any(promise.window.is_tba for promise in found.promises)
    assert found.has_promise == any(claim.release and not claim.release.is_tba for claim in history)
    days = [promise.window.latest for promise in found.promises]
    last = standing.window.latest if standing.window is not None else None
    assert found.drift == ((last - days[0]).days if last is not None and days[0] is not None else None)
    assert found.is_withdrawn == (found.has_promise and last is None)
    assert found.released_on is None or any(claim.status is not None and claim.status.is_out for claim in history)
    assert found.days_to_out is None or found.days_to_out >= 0


@given(lists)
def test_report_any_list(shows: list[Show]) -> None:
    found = slip_report(shows, TODAY)
    records = {one.id: slip_record(one, TODAY) for one in shows}

    def check(figures: SlipStats, theirs: list[Show]) -> None:
        reported = {
            one.id: slip_record(one, TODAY, reported_state(one, one.history_state, figures.name)) for one in theirs
        }
        slips = [days for one in reported.values() for days in one.slips]
        to_out = [days for one in theirs if (days := records[one.id].days_to_out) is not None]
        assert figures.shows == len(theirs)
        assert figures.promised == sum(one.has_promise for one in reported.values())
        assert figures.slipped == sum(bool(one.slips) or one.missed is not None for one in reported.values())
        assert figures.slip == (naive_median(slips), len(slips))
        assert figures.announced_to_out == (naive_median(to_out), len(to_out))
        assert 0 <= figures.slipped <= figures.promised <= figures.shows
        assert figures.share == (figures.slipped / figures.promised if figures.promised else 0)

    check(found.total, shows)
    for figures in found.networks:
        wanted = {"Évasion", "evasion"} if figures.name in ("Évasion", "evasion") else {figures.name}
        # A show under two spellings of one network is left to the test of spellings.
        if not any({"Évasion", "evasion"} <= set(one.networks) for one in shows):
            check(figures, [one for one in shows if wanted & set(one.networks or (NO_NETWORK,))])
    named = [figures for figures in found.networks if figures.name != NO_NETWORK]
    assert [one.share for one in named] == sorted((one.share for one in named), reverse=True)
    assert found.networks[: len(named)] == tuple(named)
    order = [(one.slip_count, one.slipped_days) for one in found.records]
    assert order == sorted(order, reverse=True)
    told = {one.show.id for one in found.records}
    assert told == {one.id for one in shows if records[one.id].promises or records[one.id].days_to_out is not None}
    assert all(one.has_cases == bool(one.promised or one.announced_to_out.cases) for one in found.networks)
