from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, claims, said, statuses, story, windows
from tests.model.test_history import HARBOUR_LIGHTS
from tracker.model.history import ME, Claim, fold_history, mark_tracks, source_name
from tracker.model.release import Preference
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.reports.slips import (
    NO_NETWORK,
    Fate,
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
    out = said(f"{late}", status=AIRING)
    return show(said("2025-01-01", "2026-01-01"), said("2025-02-01", f"{late}"), out, id=id, networks=networks)


def kept(id: str, *networks: str) -> Show:  # noqa: A002
    return show(said("2025-01-01", "2026-01-01"), said("2026-01-01", status=AIRING), id=id, networks=networks)


def naive_median(numbers: list[int]) -> float | None:
    ordered = sorted(numbers)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def test_record_story() -> None:
    found = record(*HARBOUR_LIGHTS)
    assert [date.window.text for date in found.dates] == ["2025", "2025-08", "2026-05-14"]
    assert (found.slips, found.slipped_days, found.drift) == ((256,), 256, 134)
    assert (found.announced_on, found.released_on, found.days_to_out) == (None, None, None)
    # The year became a month, which is the promise that was broken; it had passed without a word.
    assert [(one.window.text, one.claim.source, one.fate, one.days, one.was_missed) for one in found.promises] == [
        ("2025-08", "Lumen", Fate.LATER, 256, True), ("2026-05-14", "Lumen", Fate.OPEN, 0, False),
    ]  # fmt: skip


def test_record_withdrawn() -> None:
    again = record(*story("2025-01-01 2025-08; 2025-07-01 TBA; 2026-01-27 2026-05-14"))
    assert [date.window.text for date in again.dates] == ["2025-08", "2026-05-14"]
    assert (again.slips, again.drift, again.is_withdrawn) == ((256,), 256, False)
    withdrawn = record(*story("2025-01-01 2025-08; 2025-07-01 TBA"))
    assert (withdrawn.is_withdrawn, withdrawn.drift, withdrawn.slips) == (True, None, ())
    for nothing in (record(*story("2025-01-01 TBA")), record()):
        assert (nothing.promises, nothing.dates, nothing.is_withdrawn, nothing.drift) == ((), (), False, None)


@pytest.mark.parametrize(
    ("text", "fates"),
    [
        # kept: out in time, or said soon after; a day that was named first, or a report with a day in the window
        ("2025-01-01 2026-03; 2026-03-10 airing", "kept"), ("2025-01-01 2026-03; 2026-04-10 released", "kept"),
        ("2025-01-01 2026-02-01; 2026-04-10 released 2026-02-01", "kept"),
        ("2025-01-01 2025; 2025-06-01 2025-12; 2026-01-10 released 2025-12-20", "kept"),
        ("2025-01-01 2026-03; 2026-03-10 released @me", "kept"), ("? filming 2026-03; ? released", "kept"),
        # missed: passed without a word, whether it came out later or not
        ("2025-01-01 2026-03", "missed"), ("2025-01-01 2025-08; 2026-02-01 released", "missed"),
        ("2025-01-01 2025-08; 2025-09-01 2025 @Paper", "missed"),
        # moved, once, whether it had been missed or withdrawn before
        ("2025-01-01 2026-03; 2025-02-01 2026-09", "later open"),
        ("2025-01-01 2025-03; 2026-02-01 2026-09", "later! open"),
        ("2025-01-01 2025-03; 2025-02-01 TBA; 2026-02-01 2026-09", "later open"),
        ("2025-01-01 2025-03; 2025-02-01 postponed; 2026-02-01 2026-09", "later open"),
        ("2025-01-01 2025-03; 2025-02-01 postponed 2026-09", "later open"),
        ("2025-01-01 2026-09; 2025-02-01 2026-08", "earlier open"),
        ("2025-01-01 2025-08; 2026-02-01 released 2026-01-15", "later!"),
        ("2025-01-01 2026-03; 2025-02-01 released 2025-02-01", "earlier"),
        # withdrawn: to be announced, put off, or cancelled, before it passed or after
        ("2025-01-01 2026-09; 2025-02-01 TBA", "withdrawn"), ("2025-01-01 2026-09; 2025-02-01 postponed", "withdrawn"),
        ("2025-01-01 2026-09; 2025-02-01 hiatus", "withdrawn"),
        ("2025-01-01 2026-09; 2025-02-01 cancelled", "withdrawn"),
        ("2025-01-01 2026-03; 2026-02-01 postponed", "withdrawn"),
        ("2025-01-01 2026-03; 2026-04-10 postponed", "withdrawn!"),
        ("2025-01-01 2026-09; 2025-02-01 TBA; 2025-03-01 filming", "withdrawn"),
        # and given again it is another promise
        ("2025-01-01 2026-09; 2025-02-01 TBA; 2025-03-01 2026-09", "withdrawn open"),
        ("2025-01-01 2026; 2025-02-01 TBA; 2025-03-01 2026-09", "withdrawn open"),
        # put off and taken up again, without a word about the date, or with the same one
        ("2025-01-01 2026-09; 2025-02-01 postponed; 2025-03-01 filming", "open"),
        ("2025-01-01 2026-09; 2025-02-01 postponed; 2025-03-01 2026-09", "open"),
        # the same promise, more exact or vaguer
        ("2025-01-01 2026; 2025-02-01 2026-09; 2025-03-01 2026-H2", "open"),
        # not a promise: what the owner says, a rumour, a report that it is out, and the date of one
        ("2025-01-01 2026-09 @me", ""), ("2025-01-01 rumored 2026-09 @Paper", ""),
        ("2025-01-01 released 2024-12-24", ""),
        ("2025-01-01 2025-03; 2025-03-01 airing; 2025-04-01 2025-02-28", "kept"),
        ("2025-01-01 2026-09; 2025-02-01 postponed @me", "open"), ("2025-01-01 2026-09; 2025-02-01 TBA @me", "open"),
        # the next season is another one
        ("2025-01-01 2025-03; 2025-03-01 airing; 2025-04-01 scheduled 2026-09; 2025-05-01 2026-10", "kept later open"),
        ("2025-01-01 2025-03; 2025-03-01 airing; 2025-04-01 announced TBA; 2025-05-01 2026-10", "kept open"),
        ("2025-01-01 airing 2024-12-24; 2025-01-02 announced TBA; 2025-01-03 2026-10", "open"),
    ],
)  # fmt: skip
def test_fates(text: str, fates: str) -> None:
    found = record(*story(text))
    assert " ".join(one.fate.value + "!" * one.was_missed for one in found.promises) == fates


@given(histories, st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_every_promise_has_one_fate(history: tuple[Claim, ...], today: date) -> None:
    found = record(*history, today=today)
    fates = [one.fate for one in found.promises]
    assert Fate.OPEN not in fates[:-1]
    assert Fate.MISSED not in fates[:-1] or any(claim.status and claim.status.is_out for claim in history)
    one = show(*history)
    reported = reported_state(one, one.history_state)
    assert (len(found.moved_later), sum(found.moved_later)) == (reported.slips, reported.slipped_days)
    assert all((one.days > 0) is (one.fate is Fate.LATER) for one in found.promises)
    assert all(source_name(one.claim.source) != ME for one in found.promises)
    assert all(one.claim in history and not one.window.is_tba for one in found.promises)
    [figures, *_] = slip_report([show(*history)], today).networks
    assert sum(map(figures.count, Fate)) == len(found.promises)


@given(histories, st.lists(st.tuples(st.integers(0, 6), claims), max_size=3))
def test_owner_changes_no_figure(history: tuple[Claim, ...], own: list[tuple[int, Claim]]) -> None:
    """Only the owner's word that it is out counts, and never against anybody."""
    history = tuple(claim for claim in history if source_name(claim.source) != ME)
    before, told = record(*history), [*history]
    for place, claim in own:
        told.insert(place, claim._replace(source=ME))
    after = record(*told)
    if not any(claim.status is not None and claim.status.is_out for _, claim in own):
        assert after.promises == before.promises
    assert [one.fate for one in after.promises].count(Fate.LATER) <= [one.fate for one in before.promises].count(
        Fate.LATER
    )


TRACKED = st.builds(
    lambda claim, region, medium: claim._replace(region=region, medium=medium),
    claims, st.sampled_from(["", "JP", "KR"]), st.sampled_from(["", "cinema", "digital"]),
)  # fmt: skip


@given(st.lists(TRACKED, max_size=4), st.lists(st.tuples(st.integers(0, 4), TRACKED), max_size=3))
def test_owner_changes_no_figure_of_a_film(others: list[Claim], own: list[tuple[int, Claim]]) -> None:
    """The country and medium that count are those that others gave dates for, too."""
    others = [claim for claim in others if source_name(claim.source) != ME]
    told = [*others]
    for place, claim in own:
        told.insert(place, claim._replace(source=ME, status=None))
    assume(pick(others) == pick(told))
    marked = [mark_tracks(tuple(history), Preference("JP", ("digital",)), ("KR",)) for history in (others, told)]
    before, after = (slip_record(show(*history)._replace(countries=("KR",)), TODAY) for history in marked)
    fates = [
        [(one.window, one.claim.source, one.fate, one.days) for one in found.promises] for found in (before, after)
    ]
    assert fates[0] == fates[1]


def test_first_date_of_a_country_is_no_slip_though_the_owner_had_one() -> None:
    world, mine, theirs = story("2025-01-01 2026-05; 2025-02-01 2026-07 @me; 2025-03-01 2026-08")
    told = (world, mine._replace(region="JP"), theirs._replace(region="JP"))
    one = show(*mark_tracks(told, Preference("JP"), ("KR",)))._replace(countries=("KR",))
    assert [promise.fate for promise in slip_record(one, TODAY).promises] == [Fate.OPEN]


def pick(history: list[Claim]) -> list[Claim]:
    """Return the claims of others that count for the owner."""
    marked = mark_tracks(tuple(history), Preference("JP", ("digital",)), ("KR",))
    return [claim.unmarked for claim in marked if not claim.is_other_track and source_name(claim.source) != ME]


@given(histories, st.randoms(use_true_random=False))
def test_order_of_the_file_counts_within_a_day_only(history: tuple[Claim, ...], chance: Random) -> None:
    days = sorted({claim.on or date.min for claim in history}, key=lambda _: chance.random())
    moved = [claim for day in days for claim in history if (claim.on or date.min) == day]
    assert record(*moved).promises == record(*history).promises


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
    assert found.networks[2].share == 0.2
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
    assert slip_report([], TODAY) == SlipReport((), SlipStats("", 0, (), 0, 0, Median(None, 0), 0, Median(None, 0)), ())


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
    before = "2025-01-01 2026-03"
    assert (record(*story(before)).broken, record(*story(before)).slips) == (1, ())
    found = record(*story(f"{before}; {told}"))
    assert found.slips == slips
    assert found.promises[0].fate is not Fate.MISSED or not found.promises[1:]


def test_missed_in_figures() -> None:
    late = show(*story("2025-01-01 2026-03"))
    found = slip_report([late, slipping(10, "b", "Lumen"), kept("c", "Lumen")], TODAY)
    assert (found.total.slipped, found.total.promised, found.total.slip, found.total.slipped_days) == (
        1,
        3,
        (10, 1),
        10,
    )
    assert [found.total.count(fate) for fate in Fate] == [2, 1, 0, 0, 1, 0]
    assert slip_report([late], date(2026, 3, 31)).total.count(Fate.MISSED) == 0
    assert [describe_record(one) for one in found.records] == ["1×, +10 days", "missed", ""]
    assert describe_record(record(*story("2025-01-01 2026-03; 2026-02-01 postponed"))) == "withdrawn"


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
    assert [len(record.dates) for record in found.records] == [1]
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
    assert bool(found.dates) == any(claim.release and not claim.release.is_tba for claim in history)
    assert not any(date.window.is_tba for date in found.dates)
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
        fates = [promise.fate for one in reported.values() for promise in one.promises]
        to_out = [days for one in theirs if (days := records[one.id].days_to_out) is not None]
        assert figures.shows == len(theirs)
        assert figures.promised == sum(bool(one.promises) for one in reported.values())
        assert figures.slipped == sum(bool(one.slips) for one in reported.values())
        assert [*figures.fates] == fates
        assert figures.slipped_days == sum(slips)
        assert figures.slip == (naive_median(slips), len(slips))
        assert figures.announced_to_out == (naive_median(to_out), len(to_out))
        assert 0 <= figures.slipped <= figures.promised <= figures.shows
        kept = sum(map(figures.count, (Fate.KEPT, Fate.EARLIER, Fate.OPEN)))
        assert figures.share == pytest.approx(1 - kept / len(fates) if fates else 0)

    check(found.total, shows)
    for figures in found.networks:
        wanted = {"Évasion", "evasion"} if figures.name in ("Évasion", "evasion") else {figures.name}
        # A show under two spellings of one network is left to the test of spellings.
        if not any({"Évasion", "evasion"} <= set(one.networks) for one in shows):
            check(figures, [one for one in shows if wanted & set(one.networks or (NO_NETWORK,))])
    named = [figures for figures in found.networks if figures.name != NO_NETWORK]
    assert [one.share for one in named] == sorted((one.share for one in named), reverse=True)
    assert found.networks[: len(named)] == tuple(named)
    order = [(len(one.slips), one.slipped_days) for one in found.records]
    assert order == sorted(order, reverse=True)
    told = {one.show.id for one in found.records}
    assert told == {one.id for one in shows if records[one.id].dates or records[one.id].days_to_out is not None}
    assert all(one.has_cases == bool(one.promised or one.announced_to_out.cases) for one in found.networks)
    # Each promise was made by somebody, and only one.
    assert sorted(fate.value for one in found.sources for fate in one.fates) == sorted(
        fate.value for fate in found.total.fates
    )
    assert "me" not in {one.name for one in found.sources}


def test_sources_are_who_said_it_last() -> None:
    text = "2025-01-01 2025 @Kestrel (agency); 2025-02-01 2025-08 @Lumen Japan line-up, via Paper"
    text = f"{text}; 2026-01-27 2026-05 @tvmaze"
    found = slip_report([show(*story(text), networks=("Lumen",)), slipping(9, "b", "Lumen")], TODAY)
    assert [(one.name, one.count(Fate.LATER), one.count(Fate.OPEN), one.slipped_days) for one in found.sources] == [
        ("Lumen", 2, 0, 282), ("TVmaze", 0, 1, 0),
    ]  # fmt: skip
