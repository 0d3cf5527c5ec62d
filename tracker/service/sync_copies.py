"""Conflicted copies that a sync program left beside the watchlist, and the merge driver of git."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import Conflict
from tracker.model.diff import WatchlistDiff, diff_watchlists
from tracker.model.formatting import describe_diff
from tracker.service.backups import Backups
from tracker.service.edits import Edits
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.store.snapshot import read_snapshot
from tracker.store.watchlist_file import WatchlistFile, explain_os_error
from tracker.text import clean_line

if TYPE_CHECKING:
    from tracker.store.merge.driver import FileMerge
    from tracker.store.merge.three_way import ConflictKey, EntryConflict
    from tracker.store.operations import MergeCopy


class CopyConflict(NamedTuple):
    """Something that the list and a copy have each in its own way."""

    title: str  # of the show
    field: str  # the field; "" where the entry as a whole is meant
    in_file: str
    in_copy: str
    place: ConflictKey  # the key of the answer for `SyncCopies.merge`
    why: str = ""  # why the entry as a whole is at stake, as a sentence

    @property
    def sentence(self) -> str:
        if not self.field:
            return f"{self.title}: {self.why}"
        return f"{self.title}: “{self.field}” is {self.in_file} in the file, {self.in_copy} in the copy."


class CopyPreview(NamedTuple):
    """What merging a copy would change."""

    path: Path
    diff: WatchlistDiff  # without the conflicts
    conflicts: tuple[CopyConflict, ...]  # what a person has to decide

    @property
    def name(self) -> str:
        return clean_line(self.path.name)


class SyncCopies:
    """The conflicted copies of one watchlist."""

    def __init__(self, watchlist: OpenWatchlist, edits: Edits, backups: Backups) -> None:
        self._watchlist = watchlist
        self._edits = edits
        self._backups = backups

    def folder_stamp(self) -> int:
        """Return when a file was last added to or removed from the list's folder, in nanoseconds; 0 for no folder.

        Far cheaper than `find`.
        """
        path = self._watchlist.path
        try:
            return max(folder.stat().st_mtime_ns for folder in (path.parent, Path(os.path.realpath(path)).parent))
        except OSError:
            return 0

    def find(self) -> tuple[Path, ...]:
        from tracker.store.merge.sync_copies import find_sync_copies

        return find_sync_copies(self._watchlist.path)

    def preview(self, path: Path) -> CopyPreview:
        """Return what merging a copy would change, and what a person has to decide."""
        snapshot = self._watchlist.file.read().snapshot
        merged = _plan_merge(path, {}).merge(snapshot)
        after = read_snapshot(merged.text, snapshot).watchlist
        return CopyPreview(path, diff_watchlists(snapshot.watchlist, after), tuple(_find_conflicts(merged.conflicts)))

    def merge(self, path: Path, answers: Mapping[ConflictKey, bool]) -> Outcome:
        """Merge a copy into the list, and move it among the backups.

        `answers` says for the place of each conflict of `preview` whether the copy's value is taken.

        Raises:
            Conflict: There are other conflicts by now.
        """
        before = self._watchlist.current
        self._edits.apply(_plan_merge(path, answers))
        diff = diff_watchlists(before, self._watchlist.current)
        label = f"{clean_line(path.name)} merged: {describe_diff(diff) or 'nothing new'}"
        try:
            self._backups.put_away(path)
        except OSError as error:
            label += f"; can't move the copy away: {explain_os_error(error)}"
        return Outcome(label, diff.show_ids)

    def merge_all(self, side: str = "") -> Iterator[Outcome]:
        """Merge one copy after another, without a person to ask; in a conflict the value of a side counts.

        Raises:
            Conflict: There is a conflict, and `side` is neither "file" nor "copy"; that copy stays as it is.
        """
        for path in self.find():
            self._watchlist.open()
            preview = self.preview(path)
            if preview.conflicts and not side:
                sentences = "\n".join(conflict.sentence for conflict in preview.conflicts)
                raise Conflict(f"{preview.name} was not merged. Choose with --take file or --take copy:\n{sentences}")
            yield self.merge(path, {conflict.place: side == "copy" for conflict in preview.conflicts})


def _plan_merge(path: Path, answers: Mapping[ConflictKey, bool]) -> MergeCopy:
    from tracker.store.operations import MergeCopy

    return MergeCopy(WatchlistFile(path).read_text(), f"{clean_line(path.name)} merged", answers)


def _find_conflicts(conflicts: Iterable[EntryConflict]) -> Iterator[CopyConflict]:
    from tracker.store.merge.conflicts import field_label, show_difference

    for conflict in conflicts:
        title = clean_line(conflict.title)
        for field in conflict.fields:
            in_file, in_copy = show_difference(field.ours, field.theirs)
            yield CopyConflict(title, field_label(field), in_file, in_copy, (conflict.entry, field.path))
        if not conflict.fields:
            there = "as it is there"
            yield CopyConflict(title, "", there, there, (conflict.entry, ()), f"{conflict.reason}.")


def merge_files(base: Path, ours: Path, theirs: Path) -> FileMerge:
    """Write into `ours` what both sides changed since `base`."""
    from tracker.store.merge.driver import merge_into

    return merge_into(base, ours, theirs)
