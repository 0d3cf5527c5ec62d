"""What was done to a file, so that it can be undone and done again, also after a restart.

The journal is a list of lines of JSON in the user's state folder, one journal for each watchlist:
`{"did": …}`, `{"undid": n}`, `{"redid": n}`. A line that a crash cut short is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.store.naming import name_for

MOST_ENTRIES: Final = 200
"""How many edits can be taken back."""
_MOST_BYTES: Final = 4_000_000


class Replacement(NamedTuple):
    """One piece of the file's text before and after an edit; "" where it was not there."""

    before: str
    after: str
    lead: str = ""
    """The text directly before the piece, by which the place of what is no entry is found again."""
    follow: str = ""
    """The text directly behind it."""
    line: int = 1
    """Where the piece began, from 1; a hint among equal places."""
    gap: str = ""
    """What was put between an added entry and the text before it."""
    loose: bool = False
    """Whether it is no entry, but any row of lines, found again by what stands around it."""


class Entry(NamedTuple):
    """One edit: a sentence about it, when it was made, and its replacements."""

    label: str
    at: str
    replacements: tuple[Replacement, ...]


class Journal:
    """The edits of one watchlist, oldest first, with a mark between done and undone ones."""

    def __init__(self, folder: Path, watchlist: Path) -> None:
        self.path = folder / f"{name_for(watchlist)}.jsonl"
        """The file of the journal; it need not exist."""

    def read(self) -> tuple[list[Entry], list[Entry]]:
        """Return what can be undone, last edit last, and what can be redone, next one last."""
        done: list[Entry] = []
        undone: list[Entry] = []
        for record in self._records():
            match record:
                case {"did": dict(data)} if (entry := _entry(data)) is not None:
                    done.append(entry)
                    undone.clear()
                case {"undid": _} if done:
                    undone.append(done.pop())
                case {"redid": _} if undone:
                    done.append(undone.pop())
                case {"left": "undo"} if done:
                    done.pop()
                case {"left": "redo"} if undone:
                    undone.pop()
        return done[-MOST_ENTRIES:], undone

    def add(self, entry: Entry) -> None:
        """Note an edit; what was undone before can no longer be redone."""
        self._append({"did": _record(entry)})

    def mark_undone(self) -> None:
        """Note that the last edit was taken back."""
        self._append({"undid": 1})

    def mark_redone(self) -> None:
        """Note that the last undone edit was done again."""
        self._append({"redid": 1})

    def skip_undo(self) -> None:
        """Note that the last edit can no longer be taken back, so that the one before it can."""
        self._append({"left": "undo"})

    def skip_redo(self) -> None:
        """Note that the last undone edit can no longer be done again."""
        self._append({"left": "redo"})

    def _records(self) -> list[dict[str, Any]]:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return []
        records = []
        for line in lines:
            try:
                record = json.loads(line.decode("utf-8", errors="replace"))
            except ValueError:
                continue
            if isinstance(record, dict):
                records.append(record)
        return records

    def _append(self, record: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            if self._is_cut():
                line = b"\n" + line
            os.write(handle, line)
            size = os.fstat(handle).st_size
        finally:
            os.close(handle)
        if size > _MOST_BYTES:
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
        done, undone = self.read()
        records: list[dict[str, Any]] = [{"did": _record(entry)} for entry in [*_newest(done), *reversed(undone)]]
        records += [{"undid": 1}] * len(undone)
        temporary = self.path.with_suffix(".tmp")
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        temporary.write_text(text, encoding="utf-8", errors="replace")
        temporary.chmod(0o600)
        temporary.replace(self.path)


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    size = 0
    for entry in reversed(entries):
        size += sum(len(piece.before) + len(piece.after) for piece in entry.replacements)
        if size > _MOST_BYTES // 4 and kept:
            break
        kept.append(entry)
    return kept[::-1]


def _entry(data: dict[str, Any]) -> Entry | None:
    try:
        pieces = tuple(Replacement(**piece) for piece in data["replacements"])
        entry = Entry(data["label"], data["at"], pieces)
    except (KeyError, TypeError):
        return None
    whole = all(
        isinstance(text, str)
        for text in (entry.label, *(t for p in pieces for t in (p.before, p.after, p.lead, p.follow, p.gap)))
    )
    return entry if whole else None


def _record(entry: Entry) -> dict[str, Any]:
    return {"label": entry.label, "at": entry.at, "replacements": [piece._asdict() for piece in entry.replacements]}
