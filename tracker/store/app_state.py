"""What the program keeps about one watchlist from one run to the next, and the names of such files."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tracker.errors import WatchlistUnreadable
from tracker.json_reader import read_json
from tracker.model.show import Show
from tracker.private_files import open_private
from tracker.store.files import atomic
from tracker.store.files.stamp import FileStamp, read_stamp, real_path


def state_name(watchlist: Path) -> str:
    """Return a file name for this watchlist's state: stem plus a hash of the path.

    Raises:
        WatchlistUnreadable: The links on the way to the watchlist cannot be followed.
    """
    try:
        real = real_path(watchlist)
    except OSError as error:
        raise WatchlistUnreadable(f"Can't look at {watchlist}: {error.strerror or error}.") from None
    digest = hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()
    return f"{real.stem[:40]}-{digest}"


def source_db_path(state: Path, watchlist: Path) -> Path:
    """Return the path of the `SourceDatabase` of a watchlist, which need not exist.

    Raises:
        WatchlistUnreadable: As `state_name`.
    """
    return state / "witness" / f"{state_name(watchlist)}.sqlite"


def reminder_db_path(state: Path, watchlist: Path) -> Path:
    """Return the path of the `ReminderDatabase` of a watchlist, which need not exist.

    Raises:
        WatchlistUnreadable: As `state_name`.
    """
    return state / "reminders" / f"{state_name(watchlist)}.sqlite"


class AppState:
    """Small values by name, kept in a JSON file.

    Args:
        path: The file, which need not exist.
        keeps: Whether anything is saved at all.
    """

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self._path = path
        self._keeps = keeps

    def load(self) -> dict[str, Any]:
        """Return the saved values; none if the file is missing or cannot be read."""
        try:
            values = read_json(self._path.read_bytes())
        except OSError:
            return {}
        return values if isinstance(values, dict) else {}

    def save(self, values: Mapping[str, Any]) -> None:
        """Save the values for the next run, if possible."""
        if not self._keeps:
            return
        with suppress(OSError):
            text = json.dumps(dict(values), ensure_ascii=False, indent=1)
            atomic.write_private(self._path, text.encode("utf-8", errors="replace"), durable=True)


class HandEditDays:
    """The days on which edits of status and release by hand were first seen, until a history has them."""

    def __init__(self, state: Path, watchlist: Path) -> None:
        self._state = state
        self._watchlist = watchlist

    @cached_property
    def _file(self) -> AppState:
        return AppState(self._state / "hand-edits" / f"{state_name(self._watchlist)}.json")

    @cached_property
    def _days(self) -> dict[str, list[str]]:
        return {show_id: days for show_id, days in self._file.load().items() if _are_texts(days)}

    def get(self, show: Show) -> date | None:
        """Return the day of the edit that this show has now, None for one that is not known."""
        match self._days.get(show.id):
            case [values, day] if values == _edited_values(show):
                with suppress(ValueError):
                    return date.fromisoformat(day)
        return None

    def set(self, show: Show, day: date) -> None:
        """Remember the day of the edit that this show has now; nothing is written before `save`."""
        self._days[show.id] = [_edited_values(show), day.isoformat()]

    def save(self, show_ids: Iterable[str]) -> None:
        """Keep the days of these shows for later runs, and no others, if possible."""
        # An edit is made by then: it must not fail because the disk is gone right behind it.
        with suppress(WatchlistUnreadable):
            days = {show_id: self._days[show_id] for show_id in show_ids if show_id in self._days}
            if days != self._file.load():
                self._file.save(days)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _edited_values(show: Show) -> str:
    return f"{show.status.value if show.status else ''} {show.release.text if show.release else ''}"


class LastSeenFile:
    """The watchlist as its owner saw it last, to find what others changed since.

    Edits of this program since are kept beside it, so that a long list is not written twice for each. That file begins
    with the stamp of the one that it belongs to; each edit is its place, how many bytes it replaces and by how many, on
    a line, then both. What does not fit is passed over.
    """

    def __init__(self, state: Path, watchlist: Path) -> None:
        self.path = state / "seen" / f"{state_name(watchlist)}.toml"
        self._edits = self.path.with_suffix(".edits")
        self._last: tuple[FileStamp | None, FileStamp | None, bytes] | None = None

    @property
    def exists(self) -> bool:
        try:
            return self.path.exists()
        except OSError:
            return False

    def read(self) -> bytes | None:
        """Return the bytes; None if there are none, or they cannot be read."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            edits, header = self._edits.read_bytes(), self._header()
            if edits.startswith(header):
                return _apply_edits(data, edits, len(header))
        return data

    def has(self, data: bytes) -> bool:
        """Return whether these are the bytes, which are not read again if they are those of the last call or save."""
        now = (*self._stamps(), data)
        if self._last != now:
            self._last = now if self.read() == data else None
        return self._last is not None

    def save(self, data: bytes) -> None:
        """Save the bytes; if that is impossible, or the power fails, the same news comes again."""
        with suppress(OSError):
            # No sync: a loss costs nothing but news that was seen.
            atomic.write_private(self.path, data)
            self._edits.unlink(missing_ok=True)
            self._last = (*self._stamps(), data)

    def save_edit(self, before: bytes, after: bytes, place: tuple[int, int, int]) -> None:
        """Save the bytes that an edit made of those before.

        Args:
            before: The bytes before it.
            after: The bytes after it.
            place: The byte from which they differ, how many bytes the edit replaces there, and by how many.
        """
        at, old, new = place
        if old + new > _MAX_EDITS or not self.has(before):
            self.save(after)
            return
        with suppress(OSError):
            header = self._header()
            handle = open_private(self._edits, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            try:
                if (size := os.fstat(handle).st_size) < _MAX_EDITS:
                    if os.read(handle, len(header)) != header:
                        os.ftruncate(handle, size := 0)
                    edit = b"%d %d %d\n%b%b\n" % (at, old, new, before[at : at + old], after[at : at + new])
                    atomic.write_all(handle, edit if size else header + edit)
                    self._last = (*self._stamps(), after)
                    return
            finally:
                os.close(handle)
        self.save(after)

    def _header(self) -> bytes:
        state = self.path.stat()
        return b"%d %d %d\n" % (state.st_ino, state.st_size, state.st_mtime_ns)

    def _stamps(self) -> tuple[FileStamp | None, FileStamp | None]:
        return read_stamp(self.path), read_stamp(self._edits)


_MAX_EDITS: Final = 64_000
"""Bytes of edits after which the whole is written again."""
_EDIT: Final = re.compile(rb"(\d{1,12}) (\d{1,12}) (\d{1,12})\n")


def _apply_edits(data: bytes, edits: bytes, start: int) -> bytes:
    after = bytearray(data)
    while head := _EDIT.match(edits, start):
        at, old, new = map(int, head.groups())
        middle, end = head.end() + old, head.end() + old + new
        if after[at : at + old] != edits[head.end() : middle] or edits[end : end + 1] != b"\n":
            break
        after[at : at + old] = edits[middle:end]
        start = end + 1
    return bytes(after)
