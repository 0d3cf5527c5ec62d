"""Edits that can be undone and redone, also after a restart.

The journal is a file of JSON lines in the state folder: `{"did": edit}`, `{"undid": 1}`, `{"redid": 1}`,
`{"left": "undo"}` (or "redo": skipped), `{"aside": [indexes]}` (lost edits), `{"left out": edit}` (never made). A line
that is damaged, or that a crash cut short, is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.json_reader import read_json
from tracker.private_files import open_private
from tracker.store.app_state import state_name
from tracker.store.files import atomic

MAX_ENTRIES: Final = 200
"""How many edits can be undone."""
ASIDE_FOR: Final = 20
"""For how many further edits redo still makes an edit that was set aside."""
_MAX_BYTES: Final = 4_000_000


class TextChange(NamedTuple):
    """One piece of text before and after an edit, "" if it was not there; the fields are keys of the journal file."""

    before: str
    after: str
    lead: str = ""
    """The text directly before the piece, to find its place again."""
    follow: str = ""
    """The text directly behind it."""
    line: int = 1
    """Where the piece began, from 1; a hint among equal places."""
    gap: str = ""
    """What was put between an added entry and the text before it."""
    loose: bool = False
    """Whether it is no entry, but a run of lines."""


class JournalEntry(NamedTuple):
    """One edit: a sentence about it, its moment in ISO format, and its changes."""

    label: str
    at: str
    changes: tuple[TextChange, ...]


class _Undone(NamedTuple):
    """An edit that is not in the file and that redo makes."""

    entry: JournalEntry
    since: int
    """How many edits had been made by then."""
    is_aside: bool = False
    """Whether it was set aside, not undone."""


class Journal:
    """The edits of one watchlist, oldest first, with a mark between done and undone ones."""

    def __init__(self, folder: Path, watchlist: Path) -> None:
        self.path = folder / f"{state_name(watchlist)}.jsonl"

    def read(self) -> tuple[list[JournalEntry], list[JournalEntry]]:
        """Return what can be undone and what can be redone, next one last.

        A new edit ends the redo of undone edits; edits that were set aside can be redone for a while.
        """
        done, undone = self._stacks()
        return done[-MAX_ENTRIES:], [edit.entry for edit in undone]

    def _stacks(self) -> tuple[list[JournalEntry], list[_Undone]]:
        done: list[JournalEntry] = []
        undone: list[_Undone] = []
        count = 0
        for record in self._records():
            match record:
                case {"did": dict(data)} if (entry := _decode(data)) is not None:
                    done.append(entry)
                    count += 1
                    undone = [edit for edit in undone if edit.is_aside and count - edit.since <= ASIDE_FOR]
                case {"undid": _} if done:
                    undone.append(_Undone(done.pop(), count))
                case {"redid": _} if undone:
                    done.append(undone.pop().entry)
                case {"left out": dict(data)} if (entry := _decode(data)) is not None:
                    undone.append(_Undone(entry, count, is_aside=True))
                case {"aside": [*indexes]}:
                    lost = [done[i] for i in sorted(filter(_is_index, indexes)) if i < len(done)]
                    undone += [_Undone(entry, count, is_aside=True) for entry in reversed(lost)]
                    done = [entry for i, entry in enumerate(done) if i not in indexes]
                case {"left": "undo"} if done:
                    done.pop()
                case {"left": "redo"} if undone:
                    undone.pop()
        return done, undone

    def add(self, entry: JournalEntry) -> None:
        """Add an edit; what was undone before can no longer be redone."""
        self._append({"did": _encode(entry)})

    def mark_undone(self) -> None:
        self._append({"undid": 1})

    def mark_redone(self) -> None:
        self._append({"redid": 1})

    def set_aside(self, indexes: Sequence[int]) -> None:
        """Note that edits are not in the file though nobody undid them, so that redo makes them, for a while.

        Args:
            indexes: Of the edits that `read` gives as done.
        """
        forgotten = max(0, len(self._stacks()[0]) - MAX_ENTRIES)
        self._append({"aside": [index + forgotten for index in indexes]})

    def add_aside(self, entry: JournalEntry) -> None:
        """Add an edit that was not made, so that redo makes it; what was undone stays as it is."""
        self._append({"left out": _encode(entry)})

    def skip_undo(self) -> None:
        """Note that the last edit can no longer be undone, so that the one before it can."""
        self._append({"left": "undo"})

    def skip_redo(self) -> None:
        """Note that the last undone edit can no longer be made again."""
        self._append({"left": "redo"})

    def _records(self) -> Iterator[dict[str, Any]]:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return
        for line in lines:
            if isinstance(record := read_json(line), dict):
                yield record

    def _append(self, record: dict[str, Any]) -> None:
        line = _to_line(record)
        handle = open_private(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            if self._is_cut():
                line = b"\n" + line
            atomic.write_all(handle, line)
            size = os.fstat(handle).st_size
        finally:
            os.close(handle)
        if size > _MAX_BYTES:
            self._prune()

    def _is_cut(self) -> bool:
        """Return whether a crash left the last line without its end."""
        with self.path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return False
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"

    def _prune(self) -> None:
        """Write the newer half of the edits anew, as one whole file."""
        done, waiting = self._stacks()
        undone = _newest([edit.entry for edit in waiting if not edit.is_aside])
        aside = _newest([edit.entry for edit in waiting if edit.is_aside])
        records: list[dict[str, Any]] = [{"did": _encode(entry)} for entry in [*_newest(done), *reversed(undone)]]
        records += [{"undid": 1}] * len(undone)
        records += [{"left out": _encode(entry)} for entry in aside]
        atomic.write_private(self.path, b"".join(map(_to_line, records)), durable=True)


def _newest(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    kept: list[JournalEntry] = []
    size = 0
    for entry in reversed(entries):
        size += sum(len(change.before) + len(change.after) for change in entry.changes)
        if size > _MAX_BYTES // 4 and kept:
            break
        kept.append(entry)
    return kept[::-1]


def _decode(data: dict[str, Any]) -> JournalEntry | None:
    try:
        changes = tuple(TextChange(**change) for change in data["replacements"])
        entry = JournalEntry(data["label"], data["at"], changes)
    except (KeyError, TypeError):
        return None
    texts = [entry.label, *(t for c in changes for t in (c.before, c.after, c.lead, c.follow, c.gap))]
    are_lines = all(type(change.line) is int for change in changes)
    return entry if are_lines and all(map(_is_text, texts)) else None


def _encode(entry: JournalEntry) -> dict[str, Any]:
    return {"label": entry.label, "at": entry.at, "replacements": [change._asdict() for change in entry.changes]}


def _to_line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"


def _is_text(value: object) -> bool:
    # A half of a pair of surrogates cannot be written into any file.
    return isinstance(value, str) and value.encode(errors="replace").decode() == value


def _is_index(value: object) -> bool:
    return type(value) is int and value >= 0
