"""Read the watchlist file, and notice changes by other programs."""

from __future__ import annotations

import errno
import gc
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistMissing, WatchlistUnreadable
from tracker.store.files.stamp import FileStamp, is_own, read_stamp, real_path
from tracker.store.files.temporary import find_aside, is_leftover
from tracker.store.files.writing import CAN_ASK, SOMEBODY, Writer, find_writer
from tracker.store.snapshot import Snapshot, read_format, read_snapshot, read_snapshot_in_parts
from tracker.text import clean_line

MAX_BYTES: Final = 256 * 1024 * 1024
"""Larger files are refused: no person wrote them."""
_TICK: Final = 11_000_000
"""Nanoseconds between two ticks of a file system's clock, and a little; Linux has 10 million at most."""
_COARSE_TICK: Final = 2_100_000_000
PATIENCE: Final = 3.0
"""Seconds to wait for a program that is writing the file."""
_FRESH: Final = 10_000_000_000
"""Nanoseconds after its last change during which it is asked who has the file open: no pause of a writer is longer."""
_QUIET: Final = 30_000_000 if CAN_ASK else 250_000_000
"""Nanoseconds without a change after which a file that nobody is known to write counts as whole."""
_LOOKS: Final = 3
"""How often a missing file is looked for: it may come back between two looks."""
_PAUSES: Final = (0.01, 0.02, 0.03, 0.05)
"""Seconds between attempts to read a file that is being written; the last again and again."""


class RawFile(NamedTuple):
    """The bytes of a file at one moment."""

    data: bytes
    stamp: FileStamp
    writer: str
    """The program that was still writing it then; "" for none."""


class FileVersion(NamedTuple):
    """The file at one moment."""

    snapshot: Snapshot
    stamp: FileStamp
    read_at: int
    """When it was read or written, in nanoseconds since the epoch."""
    writer: str = ""
    """The program that was still writing it then, so that this may be a part of it; "" for none."""

    @property
    def is_certain(self) -> bool:
        """Whether it is whole, and any later write gives the file another stamp.

        Two writes within one tick of the file system's clock may leave the same time. Some know whole seconds only,
        and FAT every other one.
        """
        modified_ns = self.stamp.modified_ns
        return not self.writer and self.read_at - modified_ns > (_TICK if modified_ns % 1_000_000_000 else _COARSE_TICK)


class WatchlistFile:
    """One watchlist file and its version that was last read or written.

    Its methods raise `WatchlistUnreadable` if the file is no file, too large, not UTF-8, or not text, and
    `WatchlistMissing` if there is none.

    Args:
        path: The file.
        explain_missing: Returns the sentence that says that there is none.
    """

    def __init__(self, path: Path, explain_missing: Callable[[], str] | None = None) -> None:
        self.path = path
        self._explain_missing = explain_missing or (lambda: f"{path} does not exist.")
        self._last: FileVersion | None = None
        self._replaced: FileVersion | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The file as it was last read or written."""
        return self._last.snapshot if self._last is not None else self.load()

    @property
    def stamp(self) -> FileStamp | None:
        """The stamp of `snapshot`; None before the first read."""
        return self._last.stamp if self._last is not None else None

    @property
    def writer(self) -> str:
        """The program that was writing the file when it was read last, see `FileVersion`; "" for none."""
        return self._last.writer if self._last is not None else ""

    def adopt(self, version: FileVersion) -> None:
        """Take a version that was written here, or read first, as the current one."""
        self._last = version

    def adopt_external(self, version: FileVersion) -> None:
        """Take a version that another program may have written as the current one."""
        if self._last is not None and version.snapshot.data != self._last.snapshot.data:
            self._replaced = self._last
        self._last = version

    @property
    def has_replaced(self) -> bool:
        """Whether another program wrote the file, and nobody asked for the version before yet."""
        return self._replaced is not None

    def pop_replaced(self) -> FileVersion | None:
        """Return the version before another program wrote the file, once; None if none did."""
        replaced, self._replaced = self._replaced, None
        return replaced

    @property
    def why_unwritable(self) -> str:
        """Why the file or its folder cannot be written, as a sentence; "" if they can."""
        try:
            real = real_path(self.path)
        except OSError as error:
            return f"Can't write {self.path}: {explain_os_error(error)}."
        if not os.access(real.parent, os.F_OK):
            return f"Can't write {self.path}: there is no folder {real.parent}."
        if os.access(real, os.F_OK) and not os.access(real, os.W_OK):
            return f"Can't write {self.path}: it is read-only (chmod u+w changes that), or its disk is."
        if not os.access(real.parent, os.W_OK | os.X_OK):
            return f"Can't write {self.path}: its folder {real.parent} is read-only (chmod u+wx changes that)."
        return ""

    @property
    def current_stamp(self) -> FileStamp | None:
        """The stamp of the file on the disk; None if it is missing. Reads nothing."""
        return read_stamp(self.path)

    def is_current(self, version: FileVersion) -> bool:
        """Return whether the file on the disk is still this version."""
        return self.current_stamp == version.stamp

    def load(self, *, settled: bool = False, patience: float = PATIENCE) -> Snapshot:
        """Read the file if it changed.

        While a program is writing it, this waits, and then takes what is there, see `writer`.

        Args:
            settled: Whether to wait also for a program that only seems to be writing it, as an edit does.
            patience: Seconds to wait.
        """
        self.adopt_external(self.read(settled=settled, patience=patience))
        return self.snapshot

    def read(self, *, settled: bool = False, patience: float = PATIENCE) -> FileVersion:
        """Read the file as `load` does, and leave it to the caller to adopt it. Blocks; call from a worker thread."""
        now = time.time_ns()
        if self._last is not None and self._last.is_certain and self.current_stamp == self._last.stamp:
            return self._last
        data, stamp, writer = self.read_raw(settled=settled, patience=patience)
        known = self._last.snapshot if self._last is not None else None
        if known is not None and known.data == data:
            return FileVersion(known, stamp, now, writer)
        text = self._decode(data)
        with _no_collection():
            return FileVersion(self.check_format(read_snapshot(text, known, data)), stamp, now, writer)

    def read_text(self) -> str:
        """Return the text of the file without reading its entries."""
        text = self._decode(self.read_bytes())
        self.check_format(read_snapshot(text.split("[[", 1)[0]))
        return text

    def read_bytes(self) -> bytes:
        """Return the bytes of the file, whatever they are."""
        return self.read_raw().data

    def load_in_parts(self) -> Iterator[Snapshot]:
        """Read the file, and yield a long one twice: an incomplete snapshot at once, then the whole; never wait."""
        now = time.time_ns()
        data, stamp, writer = self.read_raw(patience=0)
        parts = read_snapshot_in_parts(self._decode(data), data)
        while True:
            with _no_collection():
                part = next(parts, None)
            if part is None:
                return
            part = self.check_format(part)
            if part.watchlist.is_complete:
                self.adopt(FileVersion(part, stamp, now, writer))
            yield part

    def check_format(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot.

        Raises:
            WatchlistUnreadable: Its format is newer than this program.
        """
        if (number := read_format(snapshot)) > 1:
            raise WatchlistUnreadable(
                f"{self.path} has format {number}, but this version only reads format 1. Install a newer tracker."
            )
        return snapshot

    def read_raw(self, *, settled: bool = False, patience: float = PATIENCE) -> RawFile:
        """Read the bytes of the file, whatever they are; waits as `load` does."""
        writer: Writer | None = None
        for _ in self._tries(patience):
            data, state, is_torn = self._read_once()
            writer = SOMEBODY if is_torn else self._find_writer(state, writer, settled=settled)
            if writer is None:
                break
        return RawFile(data, FileStamp.of(state), writer.name if writer is not None else "")

    def wait_until_quiet(self, patience: float = PATIENCE) -> str:
        """Wait as an edit does until no program is writing the file; return the one that still is, "" for none."""
        writer: Writer | None = None
        with suppress(OSError):
            for _ in self._tries(patience):
                writer = self._find_writer(self.path.stat(), writer, settled=True)
                if writer is None:
                    break
        return writer.name if writer is not None else ""

    def _tries(self, patience: float) -> Iterator[None]:
        """Yield at least once, and again after pauses as long as there is patience."""
        if self._last is not None and self._last.writer and time.time_ns() - self._last.read_at < _FRESH:
            # What was waited for in vain just now, before the edit, is not waited for again.
            patience = 0
        end = time.monotonic() + patience
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            yield
            if time.monotonic() + pause > end:
                return
            time.sleep(pause)

    def _find_writer(self, state: os.stat_result, known: Writer | None, *, settled: bool) -> Writer | None:
        """Return who is writing the file which had this state when it was read; None if that is whole."""
        age = time.time_ns() - state.st_mtime_ns
        if abs(age) > _FRESH or is_own(state):
            return None
        if (writer := find_writer(state, known)) is not None:
            return writer
        # A new file that was renamed to this name was touched once more after its last byte.
        is_in_place = state.st_ctime_ns == state.st_mtime_ns
        is_hot = 0 <= age < _QUIET and is_in_place and (settled or not CAN_ASK)
        # Whoever ended just now may have written more before.
        return SOMEBODY if is_hot or self.current_stamp != FileStamp.of(state) else None

    def _read_once(self) -> tuple[bytes, os.stat_result, bool]:
        """Return the bytes, the state of the file, and whether it was written while it was read."""
        try:
            for _ in range(_LOOKS):
                with suppress(FileNotFoundError):
                    return self._read_at(self.path)
                # A save that cannot exchange two files takes the old one away for a moment, or was killed in it.
                with suppress(FileNotFoundError):
                    if (aside := find_aside(real_path(self.path))) is not None:
                        data, state, _ = self._read_at(aside)
                        return data, state, not is_leftover(aside)
            return self._read_at(self.path)
        except FileNotFoundError:
            raise WatchlistMissing(self._explain_missing()) from None
        except OSError as error:
            raise WatchlistUnreadable(f"Can't read {self.path}: {explain_os_error(error)}.") from None

    def _read_at(self, path: Path) -> tuple[bytes, os.stat_result, bool]:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not a regular file"
            raise WatchlistUnreadable(f"{self.path} is {kind}. Choose a file with --watchlist.")
        if found.st_size > MAX_BYTES:
            raise WatchlistUnreadable(f"{self.path} has {found.st_size:,} bytes, too many for a watchlist.")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(MAX_BYTES)
            after = os.fstat(file.fileno())
        stamp = FileStamp.of(after)
        # Where another file has the name by now, nobody looks after this one: it may be emptied.
        is_torn = FileStamp.of(before) != stamp or len(data) != after.st_size or read_stamp(path) != stamp
        return data, after, is_torn

    def _decode(self, data: bytes) -> str:
        if encoding := _wide_encoding(data):
            raise WatchlistUnreadable(
                f"{self.path} is {encoding} text, as some editors on Windows save it. "
                "Save it as UTF-8 in your editor. Nothing was written."
            )
        if (at := data.find(b"\0")) >= 0:
            line = data.count(b"\n", 0, at) + 1
            raise WatchlistUnreadable(
                f"{self.path}:{line}: there is a NUL byte here, as after a disk crash. "
                "Delete it, or restore an earlier version (`tracker restore --list`)."
            )
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode()) + 1
            old = data[error.start : error.start + 1].decode("cp1252", "replace")
            raise WatchlistUnreadable(
                f"{self.path}:{line}:{column}: this is not UTF-8, perhaps “{clean_line(old)}” in an older encoding. "
                "Save the file as UTF-8 in your editor. Nothing was written."
            ) from None


def _wide_encoding(data: bytes) -> str:
    """Return the name of an encoding of two or four bytes a character, "" for none."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    beginning = data[:200]
    has_gaps = len(beginning) > 3 and any(beginning[::2]) is not any(beginning[1::2])
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) or has_gaps else ""


def explain_os_error(error: OSError) -> str:
    """Return why the system refused, in plain words."""
    return _REASONS.get(error.errno or 0) or (error.strerror or "").lower() or str(error)


_REASONS: Final = {
    errno.ENOENT: "it does not exist",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EDQUOT: "your disk quota is used up",
    errno.ELOOP: "the link points back to itself",
}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from walking over lists that only grow; it halves the time to read."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
