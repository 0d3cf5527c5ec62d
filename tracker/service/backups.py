"""Keeping a watchlist safe: earlier versions, and copies that a sync program left."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BadValue, Conflict, TrackerError, WatchlistUnreadable
from tracker.model.diff import WatchlistDiff, diff_watchlists
from tracker.model.formatting import describe_diff
from tracker.service.edits import Edits
from tracker.service.outcome import Outcome
from tracker.store.snapshot import Snapshot, make_snapshot, read_snapshot
from tracker.store.watchlist_file import WatchlistFile, explain_os_error
from tracker.text import clean_line

if TYPE_CHECKING:
    from tracker.store.backups import Backup
    from tracker.store.merge.three_way import ConflictKey, EntryConflict
    from tracker.store.operations import MergeCopy


class BackupInfo(NamedTuple):
    """An earlier version of the list."""

    backup: Backup
    is_current: bool
    """Whether the file is just so now."""
    summary: str
    """What going back to it would change, as a line; "" for nothing that a show says."""


class CopyConflict(NamedTuple):
    """Something that the list and a copy have each in its own way."""

    title: str
    """Of the show."""
    field: str
    """The field; "" where the entry as a whole is meant."""
    in_file: str
    in_copy: str
    place: ConflictKey
    """By which `merge_copy` is told the answer."""
    why: str = ""
    """Why the entry as a whole is at stake, as a sentence."""

    @property
    def sentence(self) -> str:
        """Both values, as a sentence."""
        if not self.field:
            return f"{self.title}: {self.why}"
        return f"{self.title}: “{self.field}” is {self.in_file} in the file, {self.in_copy} in the copy."


class CopyPreview(NamedTuple):
    """A copy of the list that a sync program left, and what merging it comes to."""

    path: Path
    diff: WatchlistDiff
    """Without what is to be decided."""
    conflicts: tuple[CopyConflict, ...]
    """What a person is to decide."""

    @property
    def name(self) -> str:
        """The name of the copy, for the screen."""
        return clean_line(self.path.name)


class Backups(Edits):
    """One watchlist with its earlier versions and its copies."""

    def list_backups(self) -> tuple[BackupInfo, ...]:
        """Return the earlier versions that are kept, newest first; also where the list itself cannot be read."""
        try:
            self.open()
            now = self._file.snapshot
        except WatchlistUnreadable:
            now = make_snapshot(b"", ())
        found = []
        for version in self._writer.backups.backups():
            with suppress(OSError):
                data = version.path.read_bytes()
                found.append(BackupInfo(version, data == now.data, _summarize(now, data)))
        return tuple(found)

    def restore(self, number: int) -> Outcome:
        """Give the file the text of an earlier version; the text of now is kept as a version too.

        Undo takes it back, and `Outcome.returns` says so, unless what was there could not be read.

        Args:
            number: The version, 1 for the newest.

        Raises:
            BadValue: There is no such version.
            TrackerError: It cannot be read, or the list cannot be written.
        """
        from tracker.store.operations import ReplaceText

        kept = self._writer.backups.backups()
        if not 1 <= number <= len(kept):
            have = f"there are {len(kept)}" if kept else "there is none yet"
            raise BadValue(f"there is no version {number}: {have}; tracker restore --list shows them.")
        version = kept[number - 1]
        label = f"version {number} restored"
        data = self._read_bytes(version.path)
        try:
            return self._apply(ReplaceText(data.decode(), label), ())._replace(returns=True)
        except (WatchlistUnreadable, UnicodeDecodeError):
            # What is there now cannot be read: so it is replaced as it is, which no journal can tell.
            self._writer.replace_file(data)
            self.open()
            return Outcome(label)

    def folder_stamp(self) -> int:
        """Return when something came into the list's folder or went from it, in nanoseconds; 0 for no folder.

        It costs next to nothing, and saves looking for copies.
        """
        real = Path(os.path.realpath(self.path))
        try:
            return max(folder.stat().st_mtime_ns for folder in (self.path.parent, real.parent))
        except OSError:
            return 0

    def find_copies(self) -> tuple[Path, ...]:
        """Return the conflicted copies that a sync program left beside the list."""
        from tracker.store.merge.sync_copies import find_sync_copies

        return find_sync_copies(self.path)

    def preview_copy(self, path: Path) -> CopyPreview:
        """Return what merging a copy would change, and what a person is to decide.

        Raises:
            WatchlistUnreadable: The copy or the list cannot be read.
        """
        contents = self._file.read().snapshot
        merged = self._plan_merge(path, {}).merged(contents)
        after = read_snapshot(merged.text, contents).watchlist
        return CopyPreview(path, diff_watchlists(contents.watchlist, after), tuple(_find_conflicts(merged.conflicts)))

    def merge_copy(self, path: Path, answers: Mapping[ConflictKey, bool]) -> Outcome:
        """Bring into the list what a copy has, and put the copy away among the earlier versions.

        Args:
            path: The copy.
            answers: For each choice of `look_at_copy`, by its place, whether the copy's is taken.

        Raises:
            Conflict: Something else is to be decided by now.
            TrackerError: The copy cannot be read, or the list cannot be written; both are as they were.
        """
        operation = self._plan_merge(path, answers)
        before = self._watchlist
        self._apply(operation, ())
        changes = diff_watchlists(before, self._watchlist)
        label = f"{clean_line(path.name)} merged: {describe_diff(changes) or 'nothing new in it'}"
        try:
            self._writer.backups.add_file(path)
            path.unlink()
        except OSError as error:
            label += f"; the copy cannot be put away: {explain_os_error(error)}"
        return Outcome(label, changes.show_ids)

    def merge_copies(self, side: str = "") -> Iterator[Outcome]:
        """Merge one copy after another, without a person to ask.

        Args:
            side: "file" or "copy", which of them counts where both have something else; "" for neither.

        Raises:
            Conflict: Both have something else, and no side was named; that copy stays as it is.
            TrackerError: As `merge_copy`.
        """
        for path in self.find_copies():
            self.open()
            copy = self.preview_copy(path)
            if copy.conflicts and not side:
                told = "\n".join(choice.sentence for choice in copy.conflicts)
                raise Conflict(f"{copy.name} was not merged; say --take file or --take copy:\n{told}")
            yield self.merge_copy(path, {choice.place: side == "copy" for choice in copy.conflicts})

    def _plan_merge(self, path: Path, answers: Mapping[ConflictKey, bool]) -> MergeCopy:
        from tracker.store.operations import MergeCopy

        return MergeCopy(WatchlistFile(path).read_text(), f"{clean_line(path.name)} merged", answers)

    def _read_bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise WatchlistUnreadable(f"{path} cannot be read: {explain_os_error(error)}.") from None


def _find_conflicts(disputes: Iterable[EntryConflict]) -> Iterator[CopyConflict]:
    from tracker.store.merge.conflicts import field_label, show_difference

    for one in disputes:
        title = clean_line(one.title)
        for clash in one.fields:
            in_file, in_copy = show_difference(clash.ours, clash.theirs)
            yield CopyConflict(title, field_label(clash), in_file, in_copy, (one.entry, clash.path))
        if not one.fields:
            yield CopyConflict(title, "", "as it is there", "as it is there", (one.entry, ()), f"{one.reason}.")


def merge_files(base: Path, ours: Path, theirs: Path) -> tuple[str, ...]:
    """Write into `ours` what both sides changed since `base`, and return sentences about what is in dispute.

    Raises:
        WatchlistUnreadable: One of the files cannot be read.
        WatchlistUnwritable: `ours` cannot be written; it is untouched.
    """
    from tracker.store.merge.conflicts import describe_entry_conflict
    from tracker.store.merge.three_way import merge_into

    return tuple(describe_entry_conflict(dispute, ("ours", "theirs")) for dispute in merge_into(base, ours, theirs))


def _summarize(now: Snapshot, data: bytes) -> str:
    """Return what going to that text would change, as a line."""
    try:
        return describe_diff(diff_watchlists(now.watchlist, read_snapshot(data.decode(), now).watchlist))
    except (UnicodeDecodeError, TrackerError):
        return "cannot be read"
