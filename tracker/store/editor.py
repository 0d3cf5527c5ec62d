"""Changing the watchlist on the disk: by operations, one writer at a time, each of them undoable."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from tracker.errors import Conflict, NothingToUndo, WatchlistUnwritable
from tracker.store import atomic
from tracker.store.contents import Contents
from tracker.store.journal import Entry, Journal, Replacement
from tracker.store.lock import locked
from tracker.store.naming import name_for
from tracker.store.operations import NoteHandEdits, Operation, Plan
from tracker.store.overwritten import overwritten
from tracker.store.stamp import stamp_of
from tracker.store.undo import inverse, replaced
from tracker.store.versions import COPIED_BYTES, Versions
from tracker.store.watchlist_file import Reading, WatchlistFile, reason

MOST_TRIES: Final = 50
"""How often an edit is made anew because the file was written meanwhile."""


class Beside:
    """What goes on beside the edits of a file: nothing, unless somebody tells changes by other hands from its own."""

    def found(self, contents: Contents) -> None:
        """Take note of the file as it is before an edit of this program."""

    def wrote(self, contents: Contents) -> None:
        """Take note of the file as an edit of this program left it."""


class Editor:
    """The way by which a watchlist file is changed, with its journal, its lock and its earlier versions."""

    def __init__(
        self, file: WatchlistFile, state: Path, now: Callable[[], datetime], beside: Beside | None = None
    ) -> None:
        self.journal = Journal(state / "journal", file.path)
        self.versions = Versions(state / "versions", file.path)
        self._file = file
        self.trouble = ""
        """What went wrong beside an edit that was saved; "" for nothing."""
        self._lock = state / "locks" / f"{name_for(file.path)}.lock"
        self._now = now
        self._beside = beside or Beside()

    def apply(self, operation: Operation) -> Contents:
        """Apply an edit to the file as it is now, and note it in the journal.

        Raises:
            TrackerError: The edit does not fit the file, or the file cannot be written; it is untouched.
        """
        with locked(self._lock):
            plan = self._write(operation.apply, notes=isinstance(operation, NoteHandEdits))
            if plan.replacements:
                self._note(lambda: self.journal.add(self._entry(operation, plan)))
            return self._file.contents

    def leave(self, operation: Operation) -> None:
        """Put an edit that is not to be made into the journal, so that redo makes it.

        Raises:
            TrackerError: The edit does not fit the file.
        """
        with locked(self._lock):
            plan = operation.apply(self._file.load())
            if plan.replacements:
                self._note(lambda: self.journal.add_aside(self._entry(operation, plan)))

    def put_overwritten_aside(self) -> tuple[str, ...]:
        """Find edits that another program's save of an older text took back; redo brings them. Return their labels."""
        with locked(self._lock):
            done, _ = self.journal.read()
            places = overwritten(done, (block.text for block in self._file.load().blocks)) if done else []
            if places:
                self._note(lambda: self.journal.put_aside(places))
            return tuple(done[place].label for place in places)

    @property
    def is_foreign(self) -> bool:
        """Whether somebody else seems to have written the file last; not known of a large one."""
        stamp = self._file.now
        return stamp is not None and stamp.size <= COPIED_BYTES and self.versions.is_other(stamp.size, stamp.changed)

    def was_undone(self, label: str) -> bool:
        """Return whether an edit of this label is among those that were taken back last."""
        return any(entry.label == label for entry in self.journal.read()[1])

    def undo(self) -> str:
        """Take the last edit back and return its label.

        Raises:
            NothingToUndo: There is none.
            Conflict: What it wrote was changed since.
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
            Conflict: What it changed was changed since.
        """
        with locked(self._lock):
            _, undone = self.journal.read()
            if not undone:
                raise NothingToUndo("there is nothing to redo.")
            self._replace(undone[-1].replacements, undone[-1].label, "redone")
            self._note(self.journal.mark_redone)
            return undone[-1].label

    def put(self, data: bytes) -> None:
        """Replace the whole file by `data`, be it unreadable or gone; what it was is kept as a version.

        Raises:
            WatchlistUnwritable: The file cannot be kept or written; it is untouched.
        """
        with locked(self._lock):
            try:
                if (stamp := stamp_of(self._file.path)) is not None:
                    self.versions.keep_file(self._file.path)
                atomic.write(self._file.path, data, stamp)
            except atomic.ChangedMeanwhileError:
                raise WatchlistUnwritable(f"{self._file.path} was written by another program just now.") from None
            except OSError as error:
                raise self._unwritable(error) from None

    def _replace(self, pieces: tuple[Replacement, ...], label: str, verb: str) -> None:
        def plan(contents: Contents) -> Plan:
            after = replaced(contents, pieces)
            if isinstance(after, Contents):
                return Plan(pieces, after)
            self._note(self.journal.skip_undo if verb == "undone" else self.journal.skip_redo)
            raise Conflict(
                f"“{label}” cannot be {verb}: {after}. The file is as it was; the next try goes to the edit beyond it."
            )

        self._write(plan)

    def _write(self, edit: Callable[[Contents], Plan], *, notes: bool = False) -> Plan:
        """Make an edit of the file as it is now, again if somebody without the lock writes the file at that moment.

        Args:
            edit: The edit.
            notes: Whether it only writes down what somebody else edited.
        """
        plan: Plan | None = None
        for _ in range(MOST_TRIES):
            contents = self._loaded()
            if plan is not None and _stands(plan, contents):
                return plan
            if not notes:
                self._beside.found(contents)
            plan = edit(contents)
            if not plan.replacements:
                return plan
            try:
                self._put(plan.contents)
            except atomic.ChangedMeanwhileError as changed:
                if changed.lost is not None:
                    self._bring_in(contents, changed.lost)
                else:
                    # Nobody can have read ours, so nobody can have gone on with it.
                    plan = None
            else:
                (self._beside.found if notes else self._beside.wrote)(plan.contents)
                return plan
        raise WatchlistUnwritable(
            f"{self._file.path} is being written all the time by another program; try again when that has ended."
        )

    def _bring_in(self, base: Contents, lost: bytes) -> None:
        """Merge what one program wrote with what another wrote over it at the same moment; it is kept in any case."""
        from tracker.store.merge.files import merge_files
        from tracker.store.whole import rewritten  # three writers within a millisecond are rare

        with suppress(UnicodeDecodeError, atomic.ChangedMeanwhileError):
            contents = self._loaded()
            plan = rewritten(contents, merge_files(base.text, contents.text, lost.decode(), taken=()).text)
            if plan.replacements:
                self._put(plan.contents)

    def _loaded(self) -> Contents:
        """Return the file as it is now; what it was when it was last looked at is kept, if another program wrote it."""
        contents = self._file.load(settled=True)
        self.keep_former()
        return contents

    def keep_former(self) -> None:
        """Keep as a version what the file was before another program wrote it, which kept no copy."""
        if (former := self._file.pop_former()) is not None:
            with suppress(OSError):
                self.versions.keep_text(former.contents.data, former.stamp.changed)

    def _put(self, contents: Contents) -> None:
        def keep(old: Path) -> None:
            self.versions.keep_file(old, move=True)

        try:
            stamp = atomic.write(self._file.path, contents.data, self._file.stamp, keep)
            now = time.time_ns()
        except OSError as error:
            raise self._unwritable(error) from None
        self._file.take(Reading(contents, stamp, now))
        if len(contents.data) <= COPIED_BYTES:
            with suppress(OSError):
                self.versions.keep_text(contents.data, stamp.changed)

    def _unwritable(self, error: OSError) -> WatchlistUnwritable:
        return WatchlistUnwritable(f"{self._file.path} cannot be written: {reason(error)}. The file is as it was.")

    def _note(self, note: Callable[[], None]) -> None:
        self.trouble = ""
        try:
            note()
        except OSError as error:
            self.trouble = f"saved, but not undoable: {self.journal.path} cannot be written, {reason(error)}"

    def _entry(self, operation: Operation, plan: Plan) -> Entry:
        return Entry(operation.label, self._now().isoformat(timespec="seconds"), plan.replacements)


def _stands(plan: Plan, contents: Contents) -> bool:
    """Return whether the file has just what an edit was to write: another program had read it and went on."""
    # Counted, since an edit may make an entry like another one.
    have, meant = (Counter(block.text for block in side.blocks) for side in (contents, plan.contents))
    return all(
        have[piece.after] >= meant[piece.after] > 0 if piece.after else have[piece.before] <= meant[piece.before]
        for piece in plan.replacements
    )
