"""Backups of a watchlist: its last versions as plain files in the state folder."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.private_files import make_private_folder
from tracker.store.app_state import state_name
from tracker.store.files.stamp import real_path
from tracker.store.files.temporary import is_leftover, link_new, new_temporary, open_new
from tracker.store.files.writing import is_open_for_writing
from tracker.store.replaced_files import FOLDER, ReplacedFile, find_replaced_files

MAX_BACKUPS: Final = 20
"""How many backups are kept."""
MAX_BYTES: Final = 64_000_000
"""Size of all backups together; the newest is kept whatever its size."""
MAX_COPIED_BYTES: Final = 1_000_000
"""Up to this size the text of a save is copied at once; a larger file is kept when the next save replaces it."""
_NAME: Final = re.compile(r"(\d+)\.toml")


class Backup(NamedTuple):
    """One earlier version of the file."""

    number: int
    """1 is the newest."""
    path: Path
    size: int
    at: float
    """When its bytes were written, in seconds since the epoch."""


class BackupFolder:
    """The backups of one watchlist, numbered in order; the clock may jump.

    A backup has the time stamp and the size of the file that it is a copy of, and is recognized by them.

    The replaced file itself is kept as well where a program has that open for writing, or where the system does not say
    whether one has. On another disk than the watchlist it stays in the watchlist's folder as a hidden file until it is
    closed, and a link leads to it.
    """

    def __init__(self, folder: Path, watchlist: Path) -> None:
        self.folder = folder / state_name(watchlist)
        self._open = folder / FOLDER
        self._watchlist = watchlist

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups, newest first; none if the folder cannot be read."""
        backups: list[Backup] = []
        with suppress(OSError):
            for _, path in reversed(self._numbered()):
                state = path.stat()
                backups.append(Backup(len(backups) + 1, path, state.st_size, state.st_mtime))
        return tuple(backups)

    def add_file(self, path: Path, *, move: bool = False) -> None:
        """Keep the file at `path` as the newest backup, unless it is one already.

        Args:
            path: A version of the watchlist.
            move: Whether the file itself may be moved, which costs nothing on the same disk.

        Raises:
            OSError: The folder or the disk refuses.
        """
        state = path.stat()
        same = self._find(state.st_size, state.st_mtime_ns)
        if same is not None and same.read_bytes() == path.read_bytes():
            return
        if move and state.st_nlink == 1 and (target := self._move(path)) is not None:
            _drop_from_memory(target)
        else:
            self._put(path.read_bytes(), state.st_mtime_ns)
        self._prune()

    def add_text(self, data: bytes, modified_ns: int) -> None:
        """Keep the bytes of a file, written at that time, as the newest backup, unless they are one already.

        Raises:
            OSError: The folder or the disk refuses.
        """
        if self._find(len(data), modified_ns) is None:
            self._put(data, modified_ns)
            self._prune()

    def add_open(self, path: Path, data: bytes, modified_ns: int) -> None:
        """Keep a replaced file that a program may have open for writing, and a backup of what it held.

        Args:
            path: The file, which is moved.
            data: The bytes that were replaced; it may have others by now.
            modified_ns: When they were written.

        Raises:
            OSError: The folder or the disk refuses.
        """
        backup = self._find(len(data), modified_ns)
        if backup is None or os.path.lexists(self._open_name(backup)):
            backup = self._put(data, modified_ns)
        kept = self._open_name(backup)
        make_private_folder(self._open)
        with suppress(PermissionError):
            # Of a group's list, it may be another member's file.
            path.chmod(0o600)
        try:
            path.rename(kept)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            real = real_path(self._watchlist)
            beside = real.with_name(f".{real.name[:60]}.{os.urandom(8).hex()}.{FOLDER}")
            # The link is made first, so that no file is left that nothing leads to.
            kept.symlink_to(beside)
            path.rename(beside)
        self._prune()

    def replaced_files(self) -> list[ReplacedFile]:
        """Return the replaced files that a program may still have open, oldest first."""
        return [file for file in find_replaced_files(self.folder.parent) if file.backup.parent == self.folder]

    def _open_name(self, backup: Path) -> Path:
        return self._open / f"{self.folder.name}.{backup.stem}"

    def settle(self, replaced: ReplacedFile, data: bytes, modified_ns: int) -> None:
        """Keep what a replaced file holds by now as the newest backup; forget the file, unless it is still open.

        Raises:
            OSError: The folder or the disk refuses.
        """
        backup = self._put(data, modified_ns) if replaced.is_changed and data.strip() else replaced.backup
        if is_open_for_writing(replaced.path) is False:
            self._forget(replaced.path)
        else:
            replaced.path.rename(self._open_name(backup))

    def _forget(self, path: Path) -> None:
        if path.is_symlink():
            path.resolve().unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    def is_unknown(self, size: int, modified_ns: int) -> bool:
        """Return whether there are backups, and none is of this size and time."""
        try:
            return bool(self._numbered()) and self._find(size, modified_ns) is None
        except OSError:
            return False

    def _put(self, data: bytes, modified_ns: int) -> Path:
        make_private_folder(self.folder)
        handle, temporary = new_temporary(self.folder / "version")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.utime(temporary, ns=(modified_ns, modified_ns))
            return self._link(temporary)
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _link(self, path: Path) -> Path:
        """Give a finished file the next number as a second name."""
        while True:
            target = self._next()
            with suppress(FileExistsError):
                # Another process may have the number since this moment.
                if not link_new(path, target):
                    os.close(open_new(target))
                    path.replace(target)
                return target

    def _move(self, path: Path) -> Path | None:
        """Make the file itself the next backup; None if that is impossible, as on another disk."""
        try:
            path.chmod(0o600)
            target = self._link(path)
        except OSError:
            return None
        with suppress(OSError):
            path.unlink()
        return target

    def _numbered(self) -> list[tuple[int, Path]]:
        """Return the files of the backups by number, oldest first."""
        try:
            paths = [*self.folder.iterdir()]
        except FileNotFoundError:
            return []
        return sorted((int(found[1]), path) for path in paths if (found := _NAME.fullmatch(path.name)))

    def _find(self, size: int, modified_ns: int) -> Path | None:
        for _, path in reversed(self._numbered()):
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) == (size, modified_ns):
                return path
        return None

    def _next(self) -> Path:
        make_private_folder(self.folder)
        numbered = self._numbered()
        return self.folder / f"{numbered[-1][0] + 1 if numbered else 1:06d}.toml"

    def _prune(self) -> None:
        with suppress(OSError):
            for path in filter(is_leftover, self.folder.iterdir()):
                path.unlink()
        size = 0
        changed = {replaced.backup for replaced in self.replaced_files() if replaced.is_changed}
        for place, (_, path) in enumerate(reversed(self._numbered())):
            with suppress(OSError):
                size += path.stat().st_size
                if place and (place >= MAX_BACKUPS or size > MAX_BYTES) and path not in changed:
                    self._forget(self._open_name(path))
                    path.unlink()


def _drop_from_memory(path: Path) -> None:
    """Let the system drop its cache of a file that will hardly be read."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)
