"""What was done to a file, so that it can be undone and done again, also after a restart.

The journal is a list of lines of JSON in the user's state folder, one journal for each watchlist:
`{"did": …}`, `{"undid": n}`, `{"redid": n}`, `{"left": "undo"}`, `{"aside": […]}`, `{"left out": …}`. A line that a
crash cut short is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.store.app_state import state_name
from tracker.store.files import atomic

MAX_ENTRIES: Final = 200
"""How many edits can be taken back."""
ASIDE_FOR: Final = 20
"""For how many further edits redo still brings an edit that was put aside."""
_MOST_BYTES: Final = 4_000_000


class TextChange(NamedTuple):
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


class JournalEntry(NamedTuple):
    """One edit: a sentence about it, when it was made, and its replacements."""

    label: str
    at: str
    changes: tuple[TextChange, ...]


class _Waiting(NamedTuple):
    """An edit that is not in the file and can be done."""

    entry: JournalEntry
    since: int
    """How many edits had been made by then."""
    is_aside: bool = False
    """Whether nobody undid it."""


class Journal:
    """The edits of one watchlist, oldest first, with a mark between done and undone ones."""

    def __init__(self, folder: Path, watchlist: Path) -> None:
        self.path = folder / f"{state_name(watchlist)}.jsonl"
        """The file of the journal; it need not exist."""

    def read(self) -> tuple[list[JournalEntry], list[JournalEntry]]:
        """Return what can be undone, last edit last, and what can be redone, next one last.

        Both what was undone and what was put aside can be redone, the newest first. A new edit ends the
        first; the second goes on for a while.
        """
        done, waiting = self._stacks()
        return done[-MAX_ENTRIES:], [one.entry for one in waiting]

    def _stacks(self) -> tuple[list[JournalEntry], list[_Waiting]]:
        done: list[JournalEntry] = []
        waiting: list[_Waiting] = []
        edits = 0
        for record in self._records():
            match record:
                case {"did": dict(data)} if (entry := _entry(data)) is not None:
                    done.append(entry)
                    edits += 1
                    waiting = [one for one in waiting if one.is_aside and edits - one.since <= ASIDE_FOR]
                case {"undid": _} if done:
                    waiting.append(_Waiting(done.pop(), edits))
                case {"redid": _} if waiting:
                    done.append(waiting.pop().entry)
                case {"left out": dict(data)} if (entry := _entry(data)) is not None:
                    waiting.append(_Waiting(entry, edits, is_aside=True))
                case {"aside": [*places]}:
                    lost = [done[place] for place in sorted(filter(_is_number, places)) if place < len(done)]
                    waiting += [_Waiting(entry, edits, is_aside=True) for entry in reversed(lost)]
                    done = [entry for place, entry in enumerate(done) if place not in places]
                case {"left": "undo"} if done:
                    done.pop()
                case {"left": "redo"} if waiting:
                    waiting.pop()
        return done, waiting

    def add(self, entry: JournalEntry) -> None:
        """Note an edit; what was undone before can no longer be redone."""
        self._append({"did": _record(entry)})

    def mark_undone(self) -> None:
        """Note that the last edit was taken back."""
        self._append({"undid": 1})

    def mark_redone(self) -> None:
        """Note that the last undone edit was done again."""
        self._append({"redid": 1})

    def set_aside(self, places: Sequence[int]) -> None:
        """Note that edits are not in the file though nobody undid them, so that redo brings them, for a while.

        Args:
            places: Which of the edits that `read` gives as done, oldest first.
        """
        forgotten = max(0, len(self._stacks()[0]) - MAX_ENTRIES)
        self._append({"aside": [place + forgotten for place in places]})

    def add_aside(self, entry: JournalEntry) -> None:
        """Note an edit that was not made, so that redo makes it; what was undone stays as it is."""
        self._append({"left out": _record(entry)})

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
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(handle, rest) :]
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
        done, waiting = self._stacks()
        undone = _newest([one.entry for one in waiting if not one.is_aside])
        aside = _newest([one.entry for one in waiting if one.is_aside])
        records: list[dict[str, Any]] = [{"did": _record(entry)} for entry in [*_newest(done), *reversed(undone)]]
        records += [{"undid": 1}] * len(undone)
        records += [{"left out": _record(entry)} for entry in aside]
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        atomic.write(self.path, text.encode("utf-8", errors="replace"))


def _newest(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    kept: list[JournalEntry] = []
    size = 0
    for entry in reversed(entries):
        size += sum(len(piece.before) + len(piece.after) for piece in entry.changes)
        if size > _MOST_BYTES // 4 and kept:
            break
        kept.append(entry)
    return kept[::-1]


def _entry(data: dict[str, Any]) -> JournalEntry | None:
    try:
        pieces = tuple(TextChange(**piece) for piece in data["replacements"])
        entry = JournalEntry(data["label"], data["at"], pieces)
    except (KeyError, TypeError):
        return None
    whole = all(
        isinstance(text, str)
        for text in (entry.label, *(t for p in pieces for t in (p.before, p.after, p.lead, p.follow, p.gap)))
    )
    return entry if whole else None


def _is_number(place: object) -> bool:
    return type(place) is int and place >= 0


def _record(entry: JournalEntry) -> dict[str, Any]:
    return {"label": entry.label, "at": entry.at, "replacements": [piece._asdict() for piece in entry.changes]}
