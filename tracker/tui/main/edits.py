"""Running edits: what came of them, those that could not be saved, and values that both sides changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from tracker.errors import (
    Conflict,
    EntryUnreadable,
    TrackerError,
    WatchlistLocked,
    WatchlistUnreadable,
    WatchlistUnwritable,
)
from tracker.model.fields import FIELDS
from tracker.model.formatting import plural
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import step_status
from tracker.service import Outcome
from tracker.service.edits import Edits
from tracker.tui.bindings import key_named
from tracker.tui.main.host import Host

Edit = Callable[[], Outcome]
"""An edit that can be tried again."""
TRY_EVERY: Final = 0.45
"""Seconds until an edit is tried again that another process was in the way of."""
TRIES: Final = 10
"""How often it is."""


def step_claims(shows: Iterable[Show], by: int, today: date) -> dict[str, Claim]:
    """Return the claims, by show id, that move shows so many steps along the line; none for those at its end."""
    steps = ((show.id, step_status(show.status, by, show.kind)) for show in shows)
    return {show_id: Claim(on=today, status=status) for show_id, status in steps if status is not None}


def describe_last_step(shows: Sequence[Show], by: int) -> str:
    """Return why none of these shows can move further in this direction."""
    if len(shows) > 1:
        return "All of them are already released." if by > 0 else "None of them has an earlier status."
    [show] = shows
    if show.status is None:
        return f"{show.title} has no status yet."
    return f"{show.title} is already {show.status.value}." if by > 0 else f"No status comes before {show.status.value}."


def toggle_tags(shows: Sequence[Show], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the new tags, by show id: a tag that all shows have is taken away, another is given to all."""
    names = tuple(names)
    gone = {name for name in names if all(name in show.tags for show in shows)}
    values = {}
    for show in shows:
        tags = tuple(dict.fromkeys(tag for tag in (*show.tags, *names) if tag not in gone))
        if tags != show.tags:
            values[show.id] = {"tags": tags}
    return values


class EditRunner:
    """Runs edits, tells what came of them, and keeps those that file or disk refused."""

    def __init__(self, host: Host, edits: Edits) -> None:
        self._host = host
        self._edits = edits
        self.unsaved: list[Edit] = []
        """Edits that can be tried again, oldest first."""
        self._tries_left = 0
        """How often they are tried again without being asked."""
        self._has_warned = False

    def run(self, edit: Edit, *, keep: bool = True) -> None:
        """Run an edit; a refusal becomes a message, and the edit is kept if `keep` and the file cannot be written.

        Where another process is writing, it is tried again some times.
        """
        if keep and self._tries_left:
            # Behind those that wait already.
            self._keep(edit)
            return
        try:
            outcome = edit()
        except WatchlistLocked as error:
            if not keep:
                self._notify_error(str(error))
                return
            self._keep(edit)
            self._tries_left = TRIES
            self._host.set_timer(TRY_EVERY, self._try_again)
        except (WatchlistUnwritable, WatchlistUnreadable) as error:
            hint = ""
            if keep and not isinstance(error, EntryUnreadable):
                hint = _kept_hint()
                self._keep(edit)
            self._notify_error(f"{error}{hint}")
        except TrackerError as error:
            self._host.show_watchlist()
            self._notify_error(str(error))
        else:
            self._host.show_edit(outcome)

    def submit(self, edit: Edit) -> None:
        """Run an edit of a dialog, which stays open where it is refused.

        Raises:
            TrackerError: It was refused; what the file has now is shown.
        """
        try:
            outcome = edit()
        except TrackerError:
            self._host.show_watchlist()
            raise
        self._host.show_edit(outcome)

    def set_fields(self, show: Show, values: Mapping[str, Any]) -> None:
        """Set fields of a show as it was when the form was opened.

        Of values that changed in the file meanwhile, the person is asked which counts.

        Raises:
            TrackerError: It was refused for another reason.
        """
        if values:
            try:
                self.submit(lambda: self._edits.set_fields({show.id: values}, {show.id: show}))
            except Conflict as conflict:
                # The form may close: both values go on to the person.
                self._settle(show, values, conflict)

    def _settle(self, show: Show, values: Mapping[str, Any], conflict: Conflict) -> None:
        from tracker.tui.dialogs.choose import Question

        redo = key_named("redo").in_words
        questions = [
            Question(
                show.title,
                FIELDS[difference.field].label,
                "This changed in the file while you were editing it.",
                (("the file's", difference.in_file), ("yours", difference.wanted)),
                f"The other value isn't lost: u brings back the file's, {redo} yours.",
            )
            for difference in conflict.differences
        ]

        def settle(answers: list[int]) -> None:
            mine = {
                difference.field: bool(answer) for difference, answer in zip(conflict.differences, answers, strict=True)
            }
            written = {name: value for name, value in values.items() if mine.get(name, True)}
            if written:
                self.run(lambda: self._edits.set_fields({show.id: written}))
            if len(written) < len(values):
                self._set_aside(show, {name: value for name, value in values.items() if name not in written})

        self._host.ask_each(questions, settle)

    def _set_aside(self, show: Show, values: Mapping[str, Any]) -> None:
        try:
            self._edits.set_aside(show.id, values)
        except TrackerError as error:
            self._notify_error(str(error))
            return
        self._host.show_watchlist()
        words = f"{show.title}: kept the file's value. Press {key_named('redo').in_words} to use yours."
        self._host.notify(words, markup=False, timeout=8)

    def save_again(self) -> None:
        """Try what could not be saved, oldest first."""
        if not self.unsaved:
            self._host.notify("Everything is saved", markup=False, timeout=3)
        try:
            self._save_all()
        except (WatchlistUnwritable, WatchlistUnreadable) as error:
            self._notify_error(str(error))
        self._host.show_watchlist()

    def _try_again(self) -> None:
        """Try again what another process was in the way of; say who it is, and when it takes too long."""
        self._tries_left -= 1
        try:
            self._save_all()
        except WatchlistLocked as error:
            if self._tries_left:
                if self._tries_left == TRIES - 1:
                    words = f"Waiting for {error.holder} to finish writing the watchlist."
                    self._host.notify(words, markup=False, timeout=TRIES * TRY_EVERY)
                self._host.set_timer(TRY_EVERY, self._try_again)
                return
            self._notify_error(f"{error}{_kept_hint()}")
        except (WatchlistUnwritable, WatchlistUnreadable) as error:
            self._notify_error(f"{error}{_kept_hint()}")
        self._tries_left = 0
        self._host.show_watchlist()

    def _save_all(self) -> None:
        """Try what could not be saved, oldest first.

        Raises:
            WatchlistUnwritable: The next one cannot be saved yet.
            WatchlistUnreadable: The same.
        """
        while self.unsaved:
            try:
                outcome = self.unsaved[0]()
            except (WatchlistUnwritable, WatchlistUnreadable):
                raise
            except TrackerError as error:
                # It fits the list no more, and never will: it must not bar the others.
                self._notify_error(f"An unsaved edit no longer applies: {error}")
            else:
                self._host.show_edit(outcome)
            del self.unsaved[0]

    def _keep(self, edit: Edit) -> None:
        self.unsaved.append(edit)
        self._host.update_header()

    def may_leave(self) -> bool:
        """Return whether the app may end; edits that are not saved are told of once."""
        if not self.unsaved or self._has_warned:
            return True
        self._has_warned = True
        many = f"{plural(len(self.unsaved), 'edit')} {'is' if len(self.unsaved) == 1 else 'are'}"
        again = key_named("save-again").in_words
        words = f"{many} not saved. Press {again} to retry, or q again to quit without saving."
        self._host.notify(words, severity="warning", markup=False, timeout=10)
        return False

    def _notify_error(self, message: str) -> None:
        self._host.notify(message, severity="error", markup=False, timeout=15)


def _kept_hint() -> str:
    return f" Your edit is kept. Press {key_named('save-again').in_words} to retry."
