"""Backups of the watchlist: earlier versions of the file, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BadValue, TrackerError, WatchlistUnreadable
from tracker.model.diff import diff_watchlists
from tracker.model.formatting import describe_diff
from tracker.service.edits import Edits
from tracker.service.new_list import NewList
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.store.snapshot import Snapshot, make_snapshot, read_snapshot
from tracker.store.watchlist_file import explain_os_error

if TYPE_CHECKING:
    from tracker.store.backups import Backup
    from tracker.store.writer import WatchlistWriter


class BackupInfo(NamedTuple):
    """An earlier version of the list."""

    backup: Backup
    is_current: bool  # whether the file has this very text now
    summary: str  # what restoring it would change, as a line; "" for nothing that a show says


class Backups:
    """The backups of one watchlist; its writer is made at the first use."""

    def __init__(
        self, watchlist: OpenWatchlist, new_list: NewList, edits: Edits, make_writer: Callable[[], WatchlistWriter]
    ) -> None:
        self._watchlist = watchlist
        self._new_list = new_list
        self._edits = edits
        self._make_writer = make_writer

    @cached_property
    def _writer(self) -> WatchlistWriter:
        return self._make_writer()

    def list_all(self) -> tuple[BackupInfo, ...]:
        """Return all backups, newest first; also where the list itself cannot be read."""
        try:
            self._watchlist.open()
            snapshot = self._watchlist.snapshot
        except WatchlistUnreadable:
            snapshot = make_snapshot(b"", ())
        infos = []
        for backup in self._writer.backups.backups():
            with suppress(OSError):
                data = backup.path.read_bytes()
                infos.append(BackupInfo(backup, data == snapshot.data, _summarize(snapshot, data)))
        return tuple(infos)

    def restore(self, number: int) -> Outcome:
        """Give the file the text of a backup; the text of now becomes a backup too.

        Undo takes it back, and `Outcome.returns` says so, unless what was there could not be read, or was gone.

        Raises:
            BadValue: There is no backup of this number; 1 is the newest.
        """
        from tracker.store.operations import ReplaceText

        backups = self._writer.backups.backups()
        if not 1 <= number <= len(backups):
            if not backups:
                raise BadValue("There are no earlier versions yet.")
            numbers = f"the oldest is {len(backups)}" if number > 0 else "the newest is 1"
            raise BadValue(f"There is no version {number}; {numbers}. `tracker restore --list` shows them all.")
        label = f"Version {number} restored"
        path = backups[number - 1].path
        try:
            data = path.read_bytes()
        except OSError as error:
            raise WatchlistUnreadable(f"Can't read {path}: {explain_os_error(error)}.") from None
        if self._watchlist.file.current_stamp is None and self._watchlist.as_of is None:
            self._new_list.bring_back(data)
            self._watchlist.open()
            return Outcome(label)
        try:
            return self._edits.apply(ReplaceText(data.decode(), label))._replace(returns=True)
        except (WatchlistUnreadable, UnicodeDecodeError):
            # What is there now cannot be read: so it is replaced as it is, which no journal can tell.
            self._writer.replace_file(data)
            self._watchlist.open()
            return Outcome(label)

    def back_up_replaced(self) -> None:
        """Back up what the file was before another program wrote it. Blocks."""
        if self._watchlist.file.has_replaced:
            self._writer.back_up_replaced()

    def put_away(self, path: Path) -> None:
        """Move a file among the backups; may raise `OSError`."""
        self._writer.backups.add_file(path)
        path.unlink()


def _summarize(snapshot: Snapshot, data: bytes) -> str:
    try:
        return describe_diff(diff_watchlists(snapshot.watchlist, read_snapshot(data.decode(), snapshot).watchlist))
    except (UnicodeDecodeError, TrackerError):
        return "can't be read"
