"""The merge driver of git: merges base, ours and theirs, and writes the result into ours.

How git calls one and reads its exit code: https://git-scm.com/docs/gitattributes ("Defining a custom merge driver").
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistUnreadable, WatchlistUnwritable
from tracker.store.files import atomic
from tracker.store.merge.conflicts import describe_entry_conflict
from tracker.store.merge.three_way import NAMES, EntryConflict, merge_files, merge_line_by_line
from tracker.store.watchlist_file import WatchlistFile, explain_os_error

_MARKED: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                  (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
"""Encodings that a mark at the beginning of the file tells; UTF-32 first, whose mark begins with that of UTF-16."""


class FileMerge(NamedTuple):
    """What a merge of files came to."""

    conflicts: tuple[str, ...]
    """What a person must look at, as sentences."""
    note: str = ""
    """Why the files were merged line by line, as a sentence; "" if they were merged entry by entry."""


def merge_into(base: Path, ours: Path, theirs: Path) -> FileMerge:
    """Write into `ours` what both sides changed since `base`, with conflict markers where both changed the same.

    If one of the files cannot be read as a watchlist, all are merged line by line.

    Raises:
        WatchlistUnreadable: One of the files is missing, or no file.
        WatchlistUnwritable: `ours` cannot be written; it is untouched.
    """
    files = [WatchlistFile(path) for path in (base, ours, theirs)]
    note = ""
    try:
        base_text, our_text, their_text = (file.read_text() for file in files)
        text, conflicts = merge_files(base_text, our_text, their_text)
        data = text.encode()
    except WatchlistUnreadable as error:
        note = f"Merged line by line, because this can't be read as a watchlist: {error}"
        data, conflicts = _merge_bytes(*(file.read_bytes() for file in files))
    _write(ours, data)
    sentences = [describe_entry_conflict(conflict, NAMES) for conflict in conflicts]
    if note and not sentences:
        # Lines fit together more easily than entries; git must not go on as if nothing were to be done.
        sentences += _find_reading_errors(ours)
    return FileMerge(tuple(sentences), note)


def _write(path: Path, data: bytes) -> None:
    try:
        atomic.write(path, data)
    except OSError as error:
        reason = explain_os_error(error)
        raise WatchlistUnwritable(f"Can't write {path}: {reason}. The file is unchanged.") from None


def _find_reading_errors(path: Path) -> Iterator[str]:
    try:
        damaged = WatchlistFile(path).load().watchlist.damaged
    except WatchlistUnreadable as error:
        yield f"The merged file can't be read: {error}"
    else:
        yield from (f"Line {entry.line} of the merged file: {entry.reason}" for entry in damaged)


def _merge_bytes(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, tuple[EntryConflict, ...]]:
    """Merge files of any encoding line by line; UTF-16 and UTF-32 become UTF-8."""
    if theirs in (ours, base):
        return ours, ()
    if ours == base:
        return theirs, ()
    # Latin-1 has a character for each byte.
    base_text, our_text, their_text = (_to_utf8(data).decode("latin-1") for data in (base, ours, theirs))
    merged = merge_line_by_line(base_text, our_text, their_text)
    return merged.text.encode("latin-1"), merged.conflicts


def _to_utf8(data: bytes) -> bytes:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode()
            except UnicodeError:
                return data
    return data
