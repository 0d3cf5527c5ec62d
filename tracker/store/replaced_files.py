"""Files that an edit replaced and that another program may still have open: what is written into them comes late."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.model.show import Show
from tracker.store.snapshot import read_snapshot

FOLDER: Final = "open"
"""The folder of such files, of all watchlists, beside those of their backups."""


class ReplacedFile(NamedTuple):
    """A file that was the watchlist and that another program has open for writing, maybe; it knows of no other."""

    path: Path
    """`open/NAME.000012`; a link to it where it is on another disk."""
    backup: Path
    """`NAME/000012.toml`: what it held when it was replaced."""
    is_changed: bool
    """Whether somebody has written into it since."""


def find_replaced_files(versions: Path) -> Iterator[ReplacedFile]:
    """Yield the replaced files of all watchlists, oldest first.

    Args:
        versions: The folder of the backups.
    """
    with suppress(OSError):
        for name in sorted(os.listdir(versions / FOLDER)):  # noqa: PTH208 - all commands pay for it
            watchlist, _, number = name.rpartition(".")
            path, backup = versions / FOLDER / name, versions / watchlist / f"{number}.toml"
            with suppress(OSError):
                now, then = path.stat(), backup.stat()
                yield ReplacedFile(path, backup, (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns))


def is_continued(before: bytes, after: bytes) -> bool:
    """Return whether a file goes on where another one of its name ended, as by a program that writes piece by piece.

    That found the name free, and its piece became a file. One that writes the list anew begins as the list begins, or
    has shows of the list.
    """
    begin = before.partition(b"\n")[0]
    if not after or (after.startswith(begin[: len(after)]) and not begin.startswith(b"[")):
        return False
    try:
        joined = read_snapshot((before + after).decode())
    except UnicodeDecodeError:
        return False
    shows = [block.value.id or block.value.title for block in joined.blocks if isinstance(block.value, Show)]
    return len(shows) == len(set(shows))
