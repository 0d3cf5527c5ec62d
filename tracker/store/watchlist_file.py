"""The watchlist on the disk, as far as it is read."""

from __future__ import annotations

import errno
import gc
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.errors import WatchlistUnreadable
from tracker.store.contents import Contents, format_of, read_contents, read_in_parts

MOST_BYTES: Final = 256 * 1024 * 1024
"""Larger files are refused: no hand wrote them."""


class WatchlistFile:
    """One watchlist file and what was last read of it or written to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """Where the file is; a symlink stays one."""
        self._contents: Contents | None = None

    @property
    def contents(self) -> Contents:
        """The file as it was last read or written."""
        return self._contents if self._contents is not None else self.load()

    def written(self, contents: Contents) -> None:
        """Take note that the file now has these contents."""
        self._contents = contents

    @property
    def is_writable(self) -> bool:
        """Whether file and folder would take a new text; a file that is not there yet, its folder."""
        real = Path(os.path.realpath(self.path))
        return os.access(real.parent, os.W_OK) and (os.access(real, os.W_OK) or not real.exists())

    def load(self) -> Contents:
        """Read the file, as far as it is not known already.

        Raises:
            WatchlistUnreadable: It is missing, no file, too large or not UTF-8.
        """
        data = self._read()
        if self._contents is None or self._contents.data != data:
            text = self._decoded(data)
            with _no_collection():
                self._contents = self._known(read_contents(text, self._contents))
        return self._contents

    def load_in_parts(self) -> Iterator[Contents]:
        """Read the file and give a long one twice: a first, incomplete list at once, then the whole.

        Raises:
            WatchlistUnreadable: As `load`.
        """
        data = self._read()
        parts = read_in_parts(self._decoded(data), data)
        while True:
            with _no_collection():
                part = next(parts, None)
            if part is None:
                return
            part = self._known(part)
            if part.watchlist.complete:
                self._contents = part
            yield part

    def _known(self, contents: Contents) -> Contents:
        if (number := format_of(contents)) > 1:
            raise WatchlistUnreadable(
                f"{self.path} has format {number}, and this program knows 1; install a newer tracker."
            )
        return contents

    def _read(self) -> bytes:
        try:
            found = self.path.stat()
            if not stat.S_ISREG(found.st_mode):
                kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
                raise WatchlistUnreadable(f"{self.path} is {kind}; name a file with --watchlist.")
            if found.st_size > MOST_BYTES:
                raise WatchlistUnreadable(f"{self.path} has {found.st_size:,} bytes; that is no watchlist.")
            return self.path.read_bytes()
        except OSError as error:
            raise WatchlistUnreadable(f"{self.path} cannot be read: {reason(error)}.") from None

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise WatchlistUnreadable(
                f"{self.path}:{line}: this is not UTF-8; save the file as UTF-8 in your editor."
            ) from None


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
