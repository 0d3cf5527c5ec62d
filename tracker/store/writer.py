"""The one way to change the watchlist file: an edit at a time, each of them undoable."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from threading import local
from typing import Final, Protocol

from tracker.errors import Conflict, NothingToUndo, WatchlistLocked, WatchlistUnreadable, WatchlistUnwritable
from tracker.store.app_state import state_name
from tracker.store.backups import MAX_COPIED_BYTES, BackupFolder
from tracker.store.document import begins_entry
from tracker.store.files import atomic
from tracker.store.files.lock import Waiting, hold_lock
from tracker.store.files.stamp import FileStamp, read_stamp, real_path
from tracker.store.files.swap import ChangedMeanwhileError, restore_aside
from tracker.store.files.writing import is_open_for_writing
from tracker.store.journal import Journal, JournalEntry, TextChange
from tracker.store.merge.three_way import EntryConflict, merge_files
from tracker.store.operations import EditPlan, Operation, plan_rewrite
from tracker.store.replaced_files import ReplacedFile, is_continued
from tracker.store.snapshot import Snapshot
from tracker.store.undo import apply_changes, find_lost_edits, invert_changes
from tracker.store.watchlist_file import PATIENCE, FileVersion, WatchlistFile, explain_os_error
from tracker.text import clean_line

_LATE: Final = "what another program wrote into the file that an edit had replaced"
_AS_A_VERSION: Final = "`tracker restore --list` has it"
MAX_TRIES: Final = 50
"""How often an edit is planned anew because another program wrote the file meanwhile."""


class EditObserver(Protocol):
    """Tells this program's edits from changes by others."""

    def before_edit(self, snapshot: Snapshot) -> None:
        """Note the file as it is before an edit."""

    def after_edit(self, before: Snapshot, after: Snapshot) -> None:
        """Note the file as an edit left it."""


class WatchlistWriter:
    """Writes edits to the watchlist file, with a lock, a journal and backups.

    Args:
        file: The file.
        state: The state folder.
        now: The clock.
        observer: Is told of the file before and after each edit.
        waiting: How it waits for another process that writes; for another program 3 seconds at most.
    """

    def __init__(
        self,
        file: WatchlistFile,
        state: Path,
        now: Callable[[], datetime],
        observer: EditObserver | None = None,
        waiting: Waiting = Waiting(),  # noqa: B008 - a value
    ) -> None:
        self.journal = Journal(state / "journal", file.path)
        self.backups = BackupFolder(state / "versions", file.path)
        self._notices: list[str] = []  # of the last edit
        self._file = file
        self._lock = state / "locks" / f"{state_name(file.path)}.lock"
        self._waiting = waiting
        self._held = local()  # how often this thread holds the lock
        self._now = now
        self._observer = observer

    @property
    def warning(self) -> str:
        """What went wrong with the journal of the last edit, and what else is to be said of it; "" for nothing."""
        return "; ".join(self._notices)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the lock between processes while the body runs, which may hold it again.

        Raises:
            WatchlistLocked: Another process holds it for too long, or another program is writing the file.
        """
        depth = getattr(self._held, "depth", 0)
        if not depth:
            # Nobody should wait for the lock while this waits for the file.
            self._refuse_if_written(self._file.wait_until_quiet(self._patience))
        with nullcontext() if depth else hold_lock(self._lock, self._waiting):
            self._held.depth = depth + 1
            try:
                if not depth:
                    self._notices.clear()
                    with suppress(OSError):
                        restore_aside(real_path(self._file.path))
                yield
            finally:
                self._held.depth = depth

    def apply(self, operation: Operation) -> Snapshot:
        """Apply an edit to the file as it is now, and add it to the journal.

        What another program wrote into a file that an earlier edit replaced is brought in first.

        Raises:
            TrackerError: The edit does not fit the file, or the file cannot be written; it is untouched.
        """
        with self.hold():
            for replaced in self.backups.replaced_files():
                self._bring_in(replaced)
            plan = self._write(operation.apply)
            if plan.changes:
                self._log(lambda: self.journal.add(self._entry(operation.label, plan)))
            return self._file.snapshot

    def set_aside(self, operation: Operation) -> None:
        """Add an edit that is not made to the journal, so that redo makes it.

        Raises:
            TrackerError: The edit does not fit the file.
        """
        with self.hold():
            plan = operation.apply(self._file.load())
            if plan.changes:
                self._log(lambda: self.journal.add_aside(self._entry(operation.label, plan)))

    def set_lost_edits_aside(self) -> tuple[str, ...]:
        """Find edits that another program's save of an older text took back; redo makes them. Return their labels."""
        if not self._find_lost_edits():
            # The app looks at each start, and reading waits for nobody.
            return ()
        with self.hold():
            if lost := self._find_lost_edits():
                self._log(lambda: self.journal.set_aside([*lost]))
            return tuple(lost.values())

    @property
    def has_external_change(self) -> bool:
        """Whether somebody else seems to have written the file last; not known of a large one."""
        stamp = self._file.current_stamp
        if stamp is None or stamp.size > MAX_COPIED_BYTES:
            return False
        return self.backups.is_unknown(stamp.size, stamp.modified_ns)

    def undo(self) -> str:
        """Undo the last edit and return its label; raise `Conflict` if what it wrote was changed since."""
        with self.hold():
            entry = self.next_undo()
            self._replay(invert_changes(entry.changes), entry.label, "undo", self.journal.skip_undo)
            self._log(self.journal.mark_undone)
            return entry.label

    def redo(self) -> str:
        """Make the last undone edit again and return its label; raise `Conflict` as `undo`."""
        with self.hold():
            entry = self.next_redo()
            self._replay(entry.changes, entry.label, "redo", self.journal.skip_redo)
            self._log(self.journal.mark_redone)
            return entry.label

    def next_undo(self) -> JournalEntry:
        """Return what `undo` takes back; raise `NothingToUndo` if there is nothing."""
        if not (done := self.journal.read()[0]):
            raise NothingToUndo("Nothing to undo.")
        return done[-1]

    def next_redo(self) -> JournalEntry:
        """Return what `redo` makes again; raise `NothingToUndo` if there is nothing."""
        if not (undone := self.journal.read()[1]):
            raise NothingToUndo("Nothing to redo.")
        return undone[-1]

    def make_file(self, data: bytes) -> bool:
        """Make the file where it is missing, and return whether it was.

        Raises:
            WatchlistUnwritable: It cannot be made.
        """
        with self.hold():
            try:
                atomic.create(self._file.path, data)
            except FileExistsError:
                return False
            except OSError as error:
                raise WatchlistUnwritable(f"Can't create {self._file.path}: {explain_os_error(error)}.") from None
            return True

    def replace_file(self, data: bytes) -> None:
        """Replace the whole file, even if it is unreadable or missing; a backup of it is kept.

        Raises:
            WatchlistUnwritable: The backup or the file cannot be written; the file is untouched.
        """
        with self.hold():
            try:
                if (stamp := read_stamp(self._file.path)) is not None:
                    self._refuse_if_written(self._file.read_raw(settled=True, patience=self._patience).writer)
                    self.backups.add_file(self._file.path)
                    atomic.write(self._file.path, data, stamp)
                else:
                    atomic.create(self._file.path, data)
            except (ChangedMeanwhileError, FileExistsError):
                raise WatchlistUnwritable(f"{self._file.path} was just written by another program.") from None
            except OSError as error:
                raise self._unwritable(error) from None

    def back_up_replaced(self) -> None:
        """Keep what the file was before another program wrote it, which kept no copy."""
        if (replaced := self._file.pop_replaced()) is not None:
            with suppress(OSError):
                self.backups.add_text(replaced.snapshot.data, replaced.stamp.modified_ns)

    def _find_lost_edits(self) -> dict[int, str]:
        """Return the labels of edits that left the file though nobody undid them, by their places in the journal."""
        done, _ = self.journal.read()
        blocks = self._file.load(patience=0).blocks if done else ()
        # A part of the file says nothing about the rest.
        lost = find_lost_edits(done, (block.text for block in blocks)) if not self._file.writer else []
        return {index: done[index].label for index in lost}

    def _replay(self, changes: tuple[TextChange, ...], label: str, verb: str, skip: Callable[[], None]) -> None:
        def plan(snapshot: Snapshot) -> EditPlan:
            after = apply_changes(snapshot, changes)
            if isinstance(after, Snapshot):
                return EditPlan(changes, after)
            self._log(skip)
            raise Conflict(f"Can't {verb} “{label}”: {after}. The file is unchanged. To skip this edit, {verb} again.")

        self._write(plan)

    def _write(self, edit: Callable[[Snapshot], EditPlan], *, is_external: bool = False) -> EditPlan:
        """Plan and write an edit; again if somebody without the lock writes the file at that moment.

        Args:
            edit: Plans the edit.
            is_external: Whether it writes what another program meant to be in the file, which is no edit of ours.
        """
        observer = None if is_external else self._observer
        plan: EditPlan | None = None
        for _ in range(MAX_TRIES):
            version = self._file.read(settled=True, patience=self._patience)
            self._refuse_if_written(version.writer)
            self._file.adopt_external(version)
            snapshot = version.snapshot
            self.back_up_replaced()
            if plan is not None and _is_in_file(plan, snapshot):
                return plan
            if observer is not None:
                observer.before_edit(snapshot)
            plan = edit(snapshot)
            if not plan.changes:
                return plan
            try:
                self._put(plan.snapshot)
            except ChangedMeanwhileError as changed:
                if changed.lost is not None:
                    self._merge_lost(snapshot, changed.lost)
                else:
                    # Nobody can have read ours, so nobody can have gone on with it.
                    plan = None
            else:
                if observer is not None:
                    observer.after_edit(snapshot, plan.snapshot)
                return plan
        raise WatchlistUnwritable(
            f"Another program keeps writing to {self._file.path}. Try again when it has finished."
        )

    def _merge_lost(self, base: Snapshot, lost: bytes) -> None:
        """Merge what had the name of the list with what another program put there; a backup has it anyway."""
        with suppress(UnicodeDecodeError, ChangedMeanwhileError):
            raw = self._file.read_raw(settled=True, patience=self._patience)
            if is_continued(lost, raw.data):
                text = (lost + raw.data).decode()
                self._notices.append("another program went on writing a new file; its text was added to your list")
            elif lost != base.data:
                text = merge_files(base.text, raw.data.decode(), lost.decode(), take_theirs=()).text
                self._notices.append(f"another program's save was overwritten by a third program; {_AS_A_VERSION}")
            else:
                return
            if not raw.writer and text.encode() != raw.data:
                self._replace(text.encode(), raw.stamp)

    def _put(self, snapshot: Snapshot) -> None:
        stamp = self._replace(snapshot.data, self._file.stamp)
        now = time.time_ns()
        self._file.adopt(FileVersion(snapshot, stamp, now))
        if len(snapshot.data) <= MAX_COPIED_BYTES:
            with suppress(OSError):
                self.backups.add_text(snapshot.data, stamp.modified_ns)

    def _replace(self, data: bytes, expected: FileStamp | None) -> FileStamp:
        try:
            return atomic.write(self._file.path, data, expected, self._keep)
        except OSError as error:
            raise self._unwritable(error) from None

    @property
    def _patience(self) -> float:
        return min(PATIENCE, self._waiting.patience())

    def _refuse_if_written(self, writer: str) -> None:
        if writer:
            raise WatchlistLocked(
                f"{self._file.path} is being written by {writer}. Nothing was changed; try again when it has finished.",
                writer,
            )

    def _keep(self, old: Path) -> None:
        """Keep the file that a save replaced, or one that a save left which died."""
        if is_open_for_writing(old) is False:
            self.backups.add_file(old, move=True)
            return
        state, replaced = FileStamp.of(old.stat()), self._file.stamp
        if replaced is not None and state[:2] == replaced[:2]:
            self.backups.add_open(old, self._file.snapshot.data, replaced.modified_ns)
        else:
            self.backups.add_open(old, old.read_bytes(), state.modified_ns)

    def _bring_in(self, replaced: ReplacedFile) -> None:
        """Merge into the list what another program wrote into a file that was replaced.

        As a whole it becomes a backup. Where both sides changed the same, the list stays as it is.
        """
        with suppress(OSError, WatchlistUnreadable):
            if not replaced.is_changed:
                self.backups.settle(replaced, b"", 0)
                return
            before = replaced.backup.read_bytes()
            late = WatchlistFile(replaced.path).read_raw(settled=True, patience=self._patience)
            if late.writer:
                self._notices.append(f"{late.writer} is still writing to the file that an earlier edit replaced")
                return
            # An empty file is one that is going to be written, or that is not worth a merge which empties the list.
            if late.data.strip() and late.data != before:
                self._merge_late(before, late.data)
            self.backups.settle(replaced, late.data, late.stamp.modified_ns)

    def _merge_late(self, before: bytes, late: bytes) -> None:
        conflicts: list[EntryConflict] = []

        def plan(snapshot: Snapshot) -> EditPlan:
            merged = merge_files(before.decode(), snapshot.text, late.decode(), take_theirs=())
            conflicts[:] = merged.conflicts
            return plan_rewrite(snapshot, merged.text)

        try:
            done = self._write(plan, is_external=True)
        except UnicodeDecodeError:
            self._notices.append(f"{_LATE} is not UTF-8; {_AS_A_VERSION}")
            return
        label = f"merged {_LATE}"
        if done.changes:
            self._log(lambda: self.journal.add(self._entry(label, done)))
        if conflicts:
            titles = clean_line(", ".join(conflict.title for conflict in conflicts))
            self._notices.append(f"{label}, except where your list says something else ({titles}); {_AS_A_VERSION}")
        elif done.changes:
            self._notices.append(label)

    def _unwritable(self, error: OSError) -> WatchlistUnwritable:
        reason = explain_os_error(error)
        return WatchlistUnwritable(f"Can't write {self._file.path}: {reason}. The file is unchanged.")

    def _log(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            reason = explain_os_error(error)
            self._notices.append(f"saved, but can't be undone: can't write {self.journal.path}, {reason}")

    def _entry(self, label: str, plan: EditPlan) -> JournalEntry:
        return JournalEntry(label, self._now().isoformat(timespec="seconds"), plan.changes)


def _is_in_file(plan: EditPlan, snapshot: Snapshot) -> bool:
    """Return whether the file has what an edit was to write: another program had read it and went on."""
    # Counted, since an edit may make an entry like another one.
    have, meant = (Counter(block.text for block in side.blocks) for side in (snapshot, plan.snapshot))
    return all(
        have[change.after] >= meant[change.after] > 0
        if change.loose or begins_entry(change.after)
        # What remains of a removed entry is a part of the one before it.
        else have[change.before] <= meant[change.before]
        for change in plan.changes
    )
