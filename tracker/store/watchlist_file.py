"""The watchlist on the disk, as far as it is read."""

from __future__ import annotations

import errno
import gc
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistUnreadable
from tracker.store.contents import Contents, format_of, read_contents, read_in_parts
from tracker.store.real import real_path
from tracker.store.stamp import Stamp, stamp_of

MOST_BYTES: Final = 256 * 1024 * 1024
"""Larger files are refused: no hand wrote them."""
_TICK: Final = 11_000_000
"""Nanoseconds between two ticks of the clock of a file system, and a little; Linux has 10 million at most."""
_COARSE_TICK: Final = 2_100_000_000
_HOT: Final = 30_000_000
"""Nanoseconds for which a file that was written in place may still be unfinished."""
_PAUSES: Final = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.2)
"""Seconds between looks at a file that is being written."""


class Reading(NamedTuple):
    """The file as it was at one moment."""

    contents: Contents
    stamp: Stamp
    at: int
    """When it was so for certain, in nanoseconds since the epoch."""

    @property
    def is_certain(self) -> bool:
        """Whether any write after this moment has given the file another stamp.

        Clocks of file systems tick; a write within one tick after another may leave the same time.
        Some know whole seconds only, and FAT every other one.
        """
        changed = self.stamp.changed
        return self.at - changed > (_TICK if changed % 1_000_000_000 else _COARSE_TICK)


class WatchlistFile:
    """One watchlist file and what was last read of it or written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where the file is; a symlink stays one."""
        self._last: Reading | None = None
        self._former: Reading | None = None

    @property
    def contents(self) -> Contents:
        """The file as it was last read or written."""
        return self._last.contents if self._last is not None else self.load()

    @property
    def stamp(self) -> Stamp | None:
        """The state of the file that `contents` is; None while nothing was read."""
        return self._last.stamp if self._last is not None else None

    def take(self, reading: Reading) -> None:
        """Take note that the file now is as it was written, or read first."""
        self._last = reading

    def follow(self, reading: Reading) -> None:
        """Take note that the file was read again, maybe after another program wrote it."""
        if self._last is not None and reading.contents.data != self._last.contents.data:
            self._former = self._last
        self._last = reading

    @property
    def has_former(self) -> bool:
        """Whether another program wrote the file, and nobody asked yet for what it was before."""
        return self._former is not None

    def pop_former(self) -> Reading | None:
        """Return what the file was before another program wrote it, once; None where none did."""
        former, self._former = self._former, None
        return former

    @property
    def why_unwritable(self) -> str:
        """Why file or folder would not take a new text, as a sentence; "" where they would."""
        try:
            real = real_path(self.path)
        except OSError as error:
            return f"{self.path} cannot be written: {reason(error)}."
        if not os.access(real.parent, os.F_OK):
            return f"{self.path} cannot be written: the folder {real.parent} is not there."
        if os.access(real, os.F_OK) and not os.access(real, os.W_OK):
            return f"{self.path} cannot be written: it is read-only (chmod u+w makes it yours again), or its disk is."
        if not os.access(real.parent, os.W_OK | os.X_OK):
            return f"{self.path} cannot be written: its folder {real.parent} takes no new files (chmod u+wx)."
        return ""

    @property
    def now(self) -> Stamp | None:
        """The state that the file on the disk has now, None where there is none; costs no reading."""
        return stamp_of(self.path)

    def is_still(self, reading: Reading) -> bool:
        """Return whether the file on the disk is as it was read."""
        return self.now == reading.stamp

    def load(self, *, settled: bool = False) -> Contents:
        """Read the file, as far as it is not known already.

        Args:
            settled: Whether to wait for a program that seems to be in the middle of writing it.

        Raises:
            WatchlistUnreadable: It is missing, no file, too large, not UTF-8 or not text.
        """
        self.follow(self.read(settled=settled))
        return self.contents

    def read(self, *, settled: bool = False) -> Reading:
        """Read the file as `load` does, but leave it to the caller to `take` it; for use beside the screen.

        Raises:
            WatchlistUnreadable: As `load`.
        """
        now = time.time_ns()
        if self._last is not None and self._last.is_certain and self.now == self._last.stamp:
            return self._last
        data, stamp = self._read(settled=settled)
        known = self._last.contents if self._last is not None else None
        if known is not None and known.data == data:
            return Reading(known, stamp, now)
        text = self._decoded(data)
        with _no_collection():
            return Reading(self.must_know(read_contents(text, known, data)), stamp, now)

    def text(self) -> str:
        """Return the text of the file without reading its entries.

        Raises:
            WatchlistUnreadable: As `load`.
        """
        return self._decoded(self._read()[0])

    def load_in_parts(self) -> Iterator[Contents]:
        """Read the file and give a long one twice: a first, incomplete list at once, then the whole.

        Raises:
            WatchlistUnreadable: As `load`.
        """
        now = time.time_ns()
        data, stamp = self._read()
        parts = read_in_parts(self._decoded(data), data)
        while True:
            with _no_collection():
                part = next(parts, None)
            if part is None:
                return
            part = self.must_know(part)
            if part.watchlist.complete:
                self.take(Reading(part, stamp, now))
            yield part

    def must_know(self, contents: Contents) -> Contents:
        """Return the contents, if they are of a format that this program knows.

        Raises:
            WatchlistUnreadable: They are of a newer one.
        """
        if (number := format_of(contents)) > 1:
            raise WatchlistUnreadable(
                f"{self.path} has format {number}, and this program knows 1; install a newer tracker."
            )
        return contents

    def _read(self, *, settled: bool = False) -> tuple[bytes, Stamp]:
        tries = iter(_PAUSES)
        while True:
            data, state, is_torn = self._read_once()
            pause = next(tries, None)
            if pause is None or not (is_torn or (settled and _is_hot(state))):
                return data, Stamp.of(state)
            time.sleep(pause)

    def _read_once(self) -> tuple[bytes, os.stat_result, bool]:
        """Return the bytes, the state of the file, and whether it was written while it was read."""
        try:
            found = self.path.stat()
            if not stat.S_ISREG(found.st_mode):
                kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
                raise WatchlistUnreadable(f"{self.path} is {kind}; name a file with --watchlist.")
            if found.st_size > MOST_BYTES:
                raise WatchlistUnreadable(f"{self.path} has {found.st_size:,} bytes; that is no watchlist.")
            with self.path.open("rb") as file:
                before = os.fstat(file.fileno())
                data = file.read(MOST_BYTES)
                after = os.fstat(file.fileno())
                return data, after, Stamp.of(before) != Stamp.of(after) or len(data) != after.st_size
        except OSError as error:
            raise WatchlistUnreadable(f"{self.path} cannot be read: {self._reason(error)}.") from None

    def _reason(self, error: OSError) -> str:
        if error.errno == errno.ENOENT and not os.access(self.path.parent, os.F_OK):
            return f"the folder {self.path.parent} is not there (a drive that is not connected?)"
        return reason(error)

    def _decoded(self, data: bytes) -> str:
        if (at := data.find(b"\0")) >= 0:
            line = data.count(b"\n", 0, at) + 1
            raise WatchlistUnreadable(
                f"{self.path}:{line}: a NUL byte stands here, as after a crash of the disk; "
                "take it out, or get an earlier version: tracker restore --list."
            )
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise WatchlistUnreadable(
                f"{self.path}:{line}: this is not UTF-8; save the file as UTF-8 in your editor."
            ) from None


def _is_hot(state: os.stat_result) -> bool:
    """Return whether somebody may be in the middle of writing the file in place.

    The bytes changed just now, and nothing was done to the file after them: a program that writes a
    new file and renames it, as this one does, touches it once more after its last byte.
    """
    age = time.time_ns() - state.st_mtime_ns
    return 0 <= age < _HOT and state.st_ctime_ns == state.st_mtime_ns


def reason(error: OSError) -> str:
    """Return why the system refused, in plain words."""
    match error.errno:
        case errno.ENOENT:
            return "it does not exist"
        case errno.EACCES | errno.EPERM:
            return "permission is denied"
        case errno.ENOSPC:
            return "the disk is full"
        case errno.EROFS:
            return "the disk is read-only"
        case errno.EDQUOT:
            return "your quota of the disk is used up"
        case errno.ELOOP:
            return "the link leads back to itself"
    return (error.strerror or str(error)).lower()


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking over a list that only grows; it halves the time to read."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
