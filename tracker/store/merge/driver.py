"""Merging three files on the disk, as git asks of a merge driver."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import WatchlistUnwritable
from tracker.store import atomic
from tracker.store.contents import read_contents
from tracker.store.merge.files import Dispute, merge_files
from tracker.store.watchlist_file import WatchlistFile, reason


def merge_into(base: Path, ours: Path, theirs: Path) -> tuple[Dispute, ...]:
    """Write into `ours` what both sides changed since `base`, and return what is in dispute.

    Raises:
        WatchlistUnreadable: One of the files cannot be read.
        WatchlistUnwritable: `ours` cannot be written; it is untouched.
    """
    before, mine, other = (_text(path) for path in (base, ours, theirs))
    merged = merge_files(before, mine, other)
    try:
        atomic.write(ours, merged.text.encode())
    except OSError as error:
        raise WatchlistUnwritable(f"{ours} cannot be written: {reason(error)}. The file is as it was.") from None
    return merged.disputes


def _text(path: Path) -> str:
    file = WatchlistFile(path)
    text = file.text()
    file.must_know(read_contents(text.split("[[", 1)[0]))
    return text
