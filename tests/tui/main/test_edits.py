from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

import pytest

from tests.tui.main.fake_host import FakeHost
from tracker.errors import (
    Conflict,
    Difference,
    EntryUnreadable,
    NothingToUndo,
    TrackerError,
    WatchlistLocked,
    WatchlistUnwritable,
)
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.service import Outcome
from tracker.tui.main.edits import TRIES, EditRunner, describe_last_step, step_claims, toggle_tags

DONE = Outcome("done", ("a",))
LOCKED = WatchlistUnwritable("It is locked.")
WAITING = "Waiting for tracker refresh to finish writing the watchlist."
SHOW = Show(id="a", title="Amber", status=Status.FILMING)


class FakeEdits:
    """Has a conflict about the fields that it is told of, and writes down the rest."""

    def __init__(self, *differences: Difference, refuses: bool = False) -> None:
        self.differences = differences
        self.refuses = refuses
        self.written: list[dict[str, Any]] = []
        self.aside: list[dict[str, Any]] = []

    def set_fields(self, values: dict[str, dict[str, Any]], seen: object = None) -> Outcome:
        if seen is not None and self.differences:
            raise Conflict("Both changed it.", self.differences)
        self.written += values.values()
        return DONE

    def set_aside(self, show_id: str, values: dict[str, Any]) -> None:
        del show_id
        if self.refuses:
            raise LOCKED
        self.aside.append(values)


def refuse(error: TrackerError) -> Callable[[], NoReturn]:
    def edit() -> NoReturn:
        raise error

    return edit


def runner(host: FakeHost, edits: FakeEdits | None = None) -> EditRunner:
    return EditRunner(host, edits or FakeEdits())  # type: ignore[arg-type]  # all of it that is used


def test_run_shows_the_outcome() -> None:
    host = FakeHost()
    runner(host).run(lambda: DONE)
    assert host.edits == [DONE]


@pytest.mark.parametrize(
    ("error", "keep", "is_kept"),
    [(LOCKED, True, True), (LOCKED, False, False), (EntryUnreadable("It is torn."), True, False)],
)
def test_run_keeps_what_cannot_be_saved(error: TrackerError, keep: bool, is_kept: bool) -> None:
    host = FakeHost()
    edits = runner(host)
    edits.run(refuse(error), keep=keep)
    assert bool(edits.unsaved) is is_kept
    assert host.messages == [f"{error}{' Your edit is kept. Press Ctrl+S to retry.' if is_kept else ''}"]


def locked(times: int, outcome: Outcome = DONE) -> Callable[[], Outcome]:
    """Return an edit that another process is in the way of, so many times."""
    left = iter(range(times))

    def edit() -> Outcome:
        if next(left, None) is not None:
            raise WatchlistLocked("It is held.", "tracker refresh")
        return outcome

    return edit


class PatientHost(FakeHost):
    """Leaves it to the test when a timer runs out."""

    def __init__(self) -> None:
        super().__init__()
        self.timers: list[Callable[[], Any]] = []

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> object:
        del delay
        self.timers.append(callback)
        return None

    def run_timers(self) -> int:
        """Let all timers run out, one after another, and return how many there were."""
        count = 0
        while self.timers:
            self.timers.pop(0)()
            count += 1
        return count


@pytest.mark.parametrize(("times", "messages"), [(1, []), (3, [WAITING])])
def test_run_waits_for_another_process(times: int, messages: list[str]) -> None:
    host, later = PatientHost(), Outcome("later")
    edits = runner(host)
    edits.run(locked(times))
    edits.run(lambda: later)
    assert (len(edits.unsaved), host.edits) == (2, [])
    assert host.run_timers() == times
    assert (edits.unsaved, host.edits, host.messages) == ([], [DONE, later], messages)
    edits.run(lambda: later)
    assert host.edits == [DONE, later, later]


def test_run_gives_up_to_wait() -> None:
    host = PatientHost()
    edits = runner(host)
    edits.run(locked(TRIES + 1))
    assert host.run_timers() == TRIES
    assert host.messages[1:] == ["It is held. Your edit is kept. Press Ctrl+S to retry."]
    edits.save_again()
    assert (edits.unsaved, host.edits) == ([], [DONE])


def test_run_of_a_refused_edit_shows_the_list_again() -> None:
    host = FakeHost()
    runner(host).run(refuse(NothingToUndo("No.")))
    assert (host.messages, host.calls) == (["No."], ["show_watchlist"])


def test_submit_leaves_the_refusal_to_the_form() -> None:
    host = FakeHost()
    edits = runner(host)
    with pytest.raises(WatchlistUnwritable):
        edits.submit(refuse(LOCKED))
    assert (host.messages, host.calls, edits.unsaved) == ([], ["show_watchlist"], [])


def test_save_again_goes_on_in_order_until_the_file_refuses() -> None:
    host = FakeHost()
    edits = runner(host)
    edits.unsaved = [lambda: DONE, refuse(NothingToUndo("It is gone.")), refuse(LOCKED), lambda: DONE]
    edits.save_again()
    assert host.edits == [DONE]
    assert host.messages == ["An unsaved edit no longer applies: It is gone.", "It is locked."]
    assert len(edits.unsaved) == 2


def test_save_again_without_unsaved_edits() -> None:
    host = FakeHost()
    runner(host).save_again()
    assert host.messages == ["Everything is saved"]


def test_may_leave_warns_once_of_unsaved_edits() -> None:
    host = FakeHost()
    edits = runner(host)
    assert edits.may_leave()
    edits.unsaved = [lambda: DONE, lambda: DONE]
    assert not edits.may_leave()
    assert host.messages == ["2 edits are not saved. Press Ctrl+S to retry, or q again to quit without saving."]
    assert edits.may_leave()


BOTH = (Difference("a", "rating", "3", "4"), Difference("a", "watch", "planned", "dropped"))


@pytest.mark.parametrize(
    ("answers", "written", "aside"),
    [
        ((1, 1), {"rating": 4, "watch": "dropped", "tags": ()}, None),
        ((0, 1), {"watch": "dropped", "tags": ()}, {"rating": 4}),
        ((0, 0), {"tags": ()}, {"rating": 4, "watch": "dropped"}),
    ],
)
def test_conflict_asks_which_values_count(
    answers: tuple[int, ...], written: dict[str, Any], aside: dict[str, Any] | None
) -> None:
    host, edits = FakeHost(*answers), FakeEdits(*BOTH)
    runner(host, edits).set_fields(SHOW, {"rating": 4, "watch": "dropped", "tags": ()})
    assert [question.sides for question in host.questions] == [
        (("the file's", "3"), ("yours", "4")),
        (("the file's", "planned"), ("yours", "dropped")),
    ]
    assert (edits.written, edits.aside) == ([written], [aside] if aside else [])


def test_conflict_whose_value_cannot_be_set_aside() -> None:
    host = FakeHost(0)
    runner(host, FakeEdits(BOTH[0], refuses=True)).set_fields(SHOW, {"rating": 4})
    assert host.messages == ["It is locked."]


def test_set_fields_of_nothing_is_no_edit() -> None:
    host = FakeHost()
    runner(host).set_fields(SHOW, {})
    assert host.edits == []


def test_step_claims() -> None:
    end = Show(id="b", title="Birch", status=Status.RELEASED)
    [(show_id, claim)] = step_claims([SHOW, end], 1, date(2026, 11, 23)).items()
    assert (show_id, claim.on, claim.status) == ("a", date(2026, 11, 23), Status.POST_PRODUCTION)


@pytest.mark.parametrize(
    ("statuses", "by", "words"),
    [
        ([Status.RELEASED], 1, "Amber is already released."),
        ([Status.RUMORED], -1, "No status comes before rumored."),
        ([None], -1, "Amber has no status yet."),
        ([Status.RELEASED] * 2, 1, "All of them are already released."),
        ([Status.RUMORED, None], -1, "None of them has an earlier status."),
    ],
)
def test_describe_last_step(statuses: list[Status | None], by: int, words: str) -> None:
    shows = [SHOW._replace(status=status) for status in statuses]
    assert step_claims(shows, by, date(2026, 11, 23)) == {}
    assert describe_last_step(shows, by) == words


def test_toggle_tags() -> None:
    other = Show(id="b", title="Birch", tags=("old", "both"))
    show = SHOW._replace(tags=("both",))
    assert toggle_tags([show, other], ["both", "new"]) == {"a": {"tags": ("new",)}, "b": {"tags": ("old", "new")}}
    assert toggle_tags([show, other], ["both"]) == {"a": {"tags": ()}, "b": {"tags": ("old",)}}
    assert toggle_tags([other], []) == {}
