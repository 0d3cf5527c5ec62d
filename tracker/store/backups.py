"""Earlier versions of a watchlist, kept as plain files in the state folder."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.store.app_state import state_name
from tracker.store.files import atomic

MAX_BACKUPS: Final = 20
"""How many versions are kept."""
MAX_BYTES: Final = 64_000_000
"""How large they may be together; the newest is kept whatever its size."""
MAX_COPIED_BYTES: Final = 1_000_000
"""Up to this size the text of a save is kept at once; of a larger file when the next save replaces it."""
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What file systems without hard links answer."""
_NAME: Final = re.compile(r"(\d+)\.toml")


class Backup(NamedTuple):
    """One earlier state of the file."""

    number: int
    """1 is the newest."""
    path: Path
    """Where it is kept; a file like the watchlist itself."""
    size: int
    """In bytes."""
    at: float
    """When its bytes were written, in seconds since the epoch."""


class BackupFolder:
    """The last versions of one watchlist, numbered as they came and not by the clock, which may jump.

    A version has the time stamp and the size of the state that it is a copy of, by which it is known again.
    """

    def __init__(self, folder: Path, watchlist: Path) -> None:
        self.folder = folder / state_name(watchlist)
        """Where they are kept; it need not exist."""

    def backups(self) -> tuple[Backup, ...]:
        """Return the versions that are kept, newest first; a folder that cannot be read has none."""
        found: list[Backup] = []
        with suppress(OSError):
            for _, path in reversed(self._numbered()):
                state = path.stat()
                found.append(Backup(len(found) + 1, path, state.st_size, state.st_mtime))
        return tuple(found)

    def add_file(self, path: Path, *, move: bool = False) -> None:
        """Keep the file at `path` as the newest version, unless it is one already.

        Args:
            path: A state of the watchlist.
            move: Whether the file itself may be taken, which costs nothing on the same disk.

        Raises:
            OSError: The folder or the disk refuses.
        """
        state = path.stat()
        same = self._found(state.st_size, state.st_mtime_ns)
        if same is not None and same.read_bytes() == path.read_bytes():
            return
        if move and state.st_nlink == 1 and (target := self._taken(path)) is not None:
            _forget(target)
        else:
            self._put(path.read_bytes(), state.st_mtime_ns)
        self._prune()

    def add_text(self, data: bytes, changed: int) -> None:
        """Keep a text that is in memory as the newest version, unless it is one already.

        Args:
            data: The bytes of the watchlist.
            changed: When they were written, in nanoseconds since the epoch.

        Raises:
            OSError: The folder or the disk refuses.
        """
        if self._found(len(data), changed) is None:
            self._put(data, changed)
            self._prune()

    def is_unknown(self, size: int, changed: int) -> bool:
        """Return whether versions are kept, and none is of this size and time."""
        try:
            return bool(self._numbered()) and self._found(size, changed) is None
        except OSError:
            return False

    def _put(self, data: bytes, changed: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = atomic.temporary_name(self.folder / "version")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.utime(temporary, ns=(changed, changed))
            self._name(temporary)
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _name(self, path: Path) -> Path:
        """Give a file that is ready the next number, beside the name that it has."""
        while True:
            target = self._next()
            try:
                os.link(path, target)
            except FileExistsError:
                # Another process took the number at the same moment.
                continue
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                if not _renamed(path, target):
                    continue
            return target

    def _taken(self, path: Path) -> Path | None:
        """Make the file itself the next version; None where that is impossible, as on another disk."""
        try:
            path.chmod(0o600)
            target = self._name(path)
        except OSError:
            return None
        with suppress(OSError):
            path.unlink()
        return target

    def _numbered(self) -> list[tuple[int, Path]]:
        """Return the versions by number, oldest first.

        Raises:
            OSError: The folder is there and cannot be listed.
        """
        try:
            paths = [*self.folder.iterdir()]
        except FileNotFoundError:
            return []
        return sorted((int(found[1]), path) for path in paths if (found := _NAME.fullmatch(path.name)))

    def _found(self, size: int, changed: int) -> Path | None:
        """Return the version of this size and time, which another process may have kept; None where there is none."""
        for _, path in reversed(self._numbered()):
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) == (size, changed):
                return path
        return None

    def _next(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        numbered = self._numbered()
        return self.folder / f"{numbered[-1][0] + 1 if numbered else 1:06d}.toml"

    def _prune(self) -> None:
        with suppress(OSError):
            for path in filter(atomic.is_leftover, self.folder.iterdir()):
                path.unlink()
        size = 0
        for place, (_, path) in enumerate(reversed(self._numbered())):
            with suppress(OSError):
                size += path.stat().st_size
                if place and (place >= MAX_BACKUPS or size > MAX_BYTES):
                    path.unlink()


def _renamed(path: Path, target: Path) -> bool:
    """Give a file a name that is free, where it cannot have two for a moment; return whether it was free."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    path.replace(target)
    return True


def _forget(path: Path) -> None:
    """Let the system take the memory back in which it holds a file that will hardly be read."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)
