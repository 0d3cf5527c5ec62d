"""Changing the watchlist on the disk: by operations, one writer at a time, each of them undoable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tracker.errors import Conflict, NothingToUndo, WatchlistUnwritable
from tracker.store import atomic
from tracker.store.contents import Contents
from tracker.store.journal import Entry, Journal, Replacement
from tracker.store.lock import locked
from tracker.store.naming import name_for
from tracker.store.operations import Operation
from tracker.store.undo import inverse, replaced
from tracker.store.watchlist_file import WatchlistFile, reason


class Editor:
    """The way by which a watchlist file is changed, with its journal and its lock."""

    def __init__(self, file: WatchlistFile, state: Path, now: Callable[[], datetime]) -> None:
        self.journal = Journal(state / "journal", file.path)
        self._file = file
        self.trouble = ""
        """What went wrong beside an edit that was saved; "" for nothing."""
        self._lock = state / "locks" / f"{name_for(file.path)}.lock"
        self._now = now

    def apply(self, operation: Operation) -> Contents:
        """Apply an edit to the file as it is now, and note it in the journal.

        Raises:
            TrackerError: The edit does not fit the file, or the file cannot be written; it is untouched.
        """
        with locked(self._lock):
            plan = operation.apply(self._file.load())
            if plan.replacements:
                self._write(plan.contents)
                self._note(lambda: self.journal.add(Entry(operation.label, self._stamp(), plan.replacements)))
            return self._file.contents

    def was_undone(self, label: str) -> bool:
        """Return whether an edit of this label is among those that were taken back last."""
        return any(entry.label == label for entry in self.journal.read()[1])

    def undo(self) -> str:
        """Take the last edit back and return its label.

        Raises:
            NothingToUndo: There is none.
            Conflict: The text that it wrote was changed since.
        """
        with locked(self._lock):
            done, _ = self.journal.read()
            if not done:
                raise NothingToUndo("there is nothing to undo.")
            self._replace(inverse(done[-1].replacements), done[-1].label, "undone")
            self._note(self.journal.mark_undone)
            return done[-1].label

    def redo(self) -> str:
        """Bring the last undone edit again and return its label.

        Raises:
            NothingToUndo: There is none.
            Conflict: The text that it changed was changed since.
        """
        with locked(self._lock):
            _, undone = self.journal.read()
            if not undone:
                raise NothingToUndo("there is nothing to redo.")
            self._replace(undone[-1].replacements, undone[-1].label, "redone")
            self._note(self.journal.mark_redone)
            return undone[-1].label

    def _replace(self, pieces: tuple[Replacement, ...], label: str, verb: str) -> None:
        contents = replaced(self._file.load(), pieces)
        if contents is None:
            self._note(self.journal.skip_undo if verb == "undone" else self.journal.skip_redo)
            raise Conflict(
                f"“{label}” cannot be {verb}: the entry was changed since. The file is as it was; "
                "the next try goes to the edit beyond it."
            )
        self._write(contents)

    def _write(self, contents: Contents) -> None:
        try:
            atomic.write(self._file.path, contents.data)
        except OSError as error:
            raise WatchlistUnwritable(
                f"{self._file.path} cannot be written: {reason(error)}. The file is as it was."
            ) from None
        self._file.written(contents)

    def _note(self, note: Callable[[], None]) -> None:
        self.trouble = ""
        try:
            note()
        except OSError as error:
            self.trouble = f"saved, but not undoable: {self.journal.path} cannot be written, {reason(error)}"

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")
