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
from tracker.store.app_state import state_name
from tracker.store.backups import MAX_COPIED_BYTES, BackupFolder
from tracker.store.files import atomic
from tracker.store.files.lock import hold_lock
from tracker.store.files.stamp import read_stamp
from tracker.store.journal import Journal, JournalEntry, TextChange
from tracker.store.operations import EditPlan, Operation, RecordHandEdits
from tracker.store.snapshot import Snapshot
from tracker.store.undo import apply_changes, find_lost_edits, invert_changes
from tracker.store.watchlist_file import FileVersion, WatchlistFile, explain_os_error

MAX_TRIES: Final = 50
"""How often an edit is made anew because the file was written meanwhile."""


class EditObserver:
    """What goes on beside the edits of a file: nothing, unless somebody tells changes by other hands from its own."""

    def before_edit(self, contents: Snapshot) -> None:
        """Take note of the file as it is before an edit of this program."""

    def after_edit(self, contents: Snapshot) -> None:
        """Take note of the file as an edit of this program left it."""


class WatchlistWriter:
    """The way by which a watchlist file is changed, with its journal, its lock and its earlier versions."""

    def __init__(
        self, file: WatchlistFile, state: Path, now: Callable[[], datetime], beside: EditObserver | None = None
    ) -> None:
        self.journal = Journal(state / "journal", file.path)
        self.backups = BackupFolder(state / "versions", file.path)
        self._file = file
        self.warning = ""
        """What went wrong beside an edit that was saved; "" for nothing."""
        self._lock = state / "locks" / f"{state_name(file.path)}.lock"
        self._now = now
        self._beside = beside or EditObserver()

    def apply(self, operation: Operation) -> Snapshot:
        """Apply an edit to the file as it is now, and note it in the journal.

        Raises:
            TrackerError: The edit does not fit the file, or the file cannot be written; it is untouched.
        """
        with hold_lock(self._lock):
            plan = self._write(operation.apply, notes=isinstance(operation, RecordHandEdits))
            if plan.changes:
                self._note(lambda: self.journal.add(self._entry(operation, plan)))
            return self._file.snapshot

    def set_aside(self, operation: Operation) -> None:
        """Put an edit that is not to be made into the journal, so that redo makes it.

        Raises:
            TrackerError: The edit does not fit the file.
        """
        with hold_lock(self._lock):
            plan = operation.apply(self._file.load())
            if plan.changes:
                self._note(lambda: self.journal.add_aside(self._entry(operation, plan)))

    def set_lost_edits_aside(self) -> tuple[str, ...]:
        """Find edits that another program's save of an older text took back; redo brings them. Return their labels."""
        with hold_lock(self._lock):
            done, _ = self.journal.read()
            places = find_lost_edits(done, (block.text for block in self._file.load().blocks)) if done else []
            if places:
                self._note(lambda: self.journal.set_aside(places))
            return tuple(done[place].label for place in places)

    @property
    def has_external_change(self) -> bool:
        """Whether somebody else seems to have written the file last; not known of a large one."""
        stamp = self._file.current_stamp
        return (
            stamp is not None
            and stamp.size <= MAX_COPIED_BYTES
            and self.backups.is_unknown(stamp.size, stamp.modified_ns)
        )

    def was_undone(self, label: str) -> bool:
        """Return whether an edit of this label is among those that were taken back last."""
        return any(entry.label == label for entry in self.journal.read()[1])

    def undo(self) -> str:
        """Take the last edit back and return its label.

        Raises:
            NothingToUndo: There is none.
            Conflict: What it wrote was changed since.
        """
        with hold_lock(self._lock):
            done, _ = self.journal.read()
            if not done:
                raise NothingToUndo("there is nothing to undo.")
            self._replace(invert_changes(done[-1].changes), done[-1].label, "undone")
            self._note(self.journal.mark_undone)
            return done[-1].label

    def redo(self) -> str:
        """Bring the last undone edit again and return its label.

        Raises:
            NothingToUndo: There is none.
            Conflict: What it changed was changed since.
        """
        with hold_lock(self._lock):
            _, undone = self.journal.read()
            if not undone:
                raise NothingToUndo("there is nothing to redo.")
            self._replace(undone[-1].changes, undone[-1].label, "redone")
            self._note(self.journal.mark_redone)
            return undone[-1].label

    def replace_file(self, data: bytes) -> None:
        """Replace the whole file by `data`, be it unreadable or gone; what it was is kept as a version.

        Raises:
            WatchlistUnwritable: The file cannot be kept or written; it is untouched.
        """
        with hold_lock(self._lock):
            try:
                if (stamp := read_stamp(self._file.path)) is not None:
                    self.backups.add_file(self._file.path)
                atomic.write(self._file.path, data, stamp)
            except atomic.ChangedMeanwhileError:
                raise WatchlistUnwritable(f"{self._file.path} was written by another program just now.") from None
            except OSError as error:
                raise self._unwritable(error) from None

    def _replace(self, pieces: tuple[TextChange, ...], label: str, verb: str) -> None:
        def plan(contents: Snapshot) -> EditPlan:
            after = apply_changes(contents, pieces)
            if isinstance(after, Snapshot):
                return EditPlan(pieces, after)
            self._note(self.journal.skip_undo if verb == "undone" else self.journal.skip_redo)
            raise Conflict(
                f"“{label}” cannot be {verb}: {after}. The file is as it was; the next try goes to the edit beyond it."
            )

        self._write(plan)

    def _write(self, edit: Callable[[Snapshot], EditPlan], *, notes: bool = False) -> EditPlan:
        """Make an edit of the file as it is now, again if somebody without the lock writes the file at that moment.

        Args:
            edit: The edit.
            notes: Whether it only writes down what somebody else edited.
        """
        plan: EditPlan | None = None
        for _ in range(MAX_TRIES):
            contents = self._loaded()
            if plan is not None and _stands(plan, contents):
                return plan
            if not notes:
                self._beside.before_edit(contents)
            plan = edit(contents)
            if not plan.changes:
                return plan
            try:
                self._put(plan.snapshot)
            except atomic.ChangedMeanwhileError as changed:
                if changed.lost is not None:
                    self._bring_in(contents, changed.lost)
                else:
                    # Nobody can have read ours, so nobody can have gone on with it.
                    plan = None
            else:
                (self._beside.before_edit if notes else self._beside.after_edit)(plan.snapshot)
                return plan
        raise WatchlistUnwritable(
            f"{self._file.path} is being written all the time by another program; try again when that has ended."
        )

    def _bring_in(self, base: Snapshot, lost: bytes) -> None:
        """Merge what one program wrote with what another wrote over it at the same moment; it is kept in any case."""
        from tracker.store.merge.three_way import merge_files
        from tracker.store.operations import plan_rewrite  # three writers within a millisecond are rare

        with suppress(UnicodeDecodeError, atomic.ChangedMeanwhileError):
            contents = self._loaded()
            plan = plan_rewrite(contents, merge_files(base.text, contents.text, lost.decode(), taken=()).text)
            if plan.changes:
                self._put(plan.snapshot)

    def _loaded(self) -> Snapshot:
        """Return the file as it is now; what it was when it was last looked at is kept, if another program wrote it."""
        contents = self._file.load(settled=True)
        self.back_up_replaced()
        return contents

    def back_up_replaced(self) -> None:
        """Keep as a version what the file was before another program wrote it, which kept no copy."""
        if (former := self._file.pop_replaced()) is not None:
            with suppress(OSError):
                self.backups.add_text(former.snapshot.data, former.stamp.modified_ns)

    def _put(self, contents: Snapshot) -> None:
        def keep(old: Path) -> None:
            self.backups.add_file(old, move=True)

        try:
            stamp = atomic.write(self._file.path, contents.data, self._file.stamp, keep)
            now = time.time_ns()
        except OSError as error:
            raise self._unwritable(error) from None
        self._file.adopt(FileVersion(contents, stamp, now))
        if len(contents.data) <= MAX_COPIED_BYTES:
            with suppress(OSError):
                self.backups.add_text(contents.data, stamp.modified_ns)

    def _unwritable(self, error: OSError) -> WatchlistUnwritable:
        return WatchlistUnwritable(
            f"{self._file.path} cannot be written: {explain_os_error(error)}. The file is as it was."
        )

    def _note(self, note: Callable[[], None]) -> None:
        self.warning = ""
        try:
            note()
        except OSError as error:
            self.warning = f"saved, but not undoable: {self.journal.path} cannot be written, {explain_os_error(error)}"

    def _entry(self, operation: Operation, plan: EditPlan) -> JournalEntry:
        return JournalEntry(operation.label, self._now().isoformat(timespec="seconds"), plan.changes)


def _stands(plan: EditPlan, contents: Snapshot) -> bool:
    """Return whether the file has just what an edit was to write: another program had read it and went on."""
    # Counted, since an edit may make an entry like another one.
    have, meant = (Counter(block.text for block in side.blocks) for side in (contents, plan.snapshot))
    return all(
        have[piece.after] >= meant[piece.after] > 0 if piece.after else have[piece.before] <= meant[piece.before]
        for piece in plan.changes
    )
