"""A watchlist and an edit of it, to be set up again and again, and what must hold when the edit was disturbed."""

from __future__ import annotations

import mmap
import os
import re
import shutil
import struct
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from tests.store.proofs.ptrace_child import pause
from tracker.errors import NothingToUndo, TrackerError
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store.backups import BackupFolder
from tracker.store.journal import Journal
from tracker.store.watchlist_file import WatchlistFile

NOW: Final = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time
SMALL, MIDDLE, LARGE = 100, 130_000, 2_000_000
_LONG_AGO: Final = 1_700_000_000_000_000_000
"""When files of a scene were written: a file that was written just now may be waited for."""

LOST: Final = "lost: "
"""How a complaint begins that is about the text of the watchlist."""
DONE, REFUSED, CRASHED = 0, 3, 4

Act = Callable[[Tracker], object]


def _rate(tracker: Tracker) -> None:
    tracker.edits.set_fields({"old-ferry": {"rating": 3}})


def _record(tracker: Tracker) -> None:
    tracker.edits.record({"old-ferry": Claim(status=Status.RELEASED)})


def _put(tracker: Tracker) -> None:
    tracker._writer.replace_file(text_of(SMALL).encode() + b"# another text\n")


class Edit(NamedTuple):
    """An edit, and how the watchlist came to where it starts."""

    act: Act
    before: tuple[Act, ...] = (_rate,)
    back: Act | None = lambda tracker: tracker.edits.undo()
    """What takes it back; None where nothing does."""
    text: str = ""
    """What the list has more."""


_TWINS: Final = """
[[show]]
title = "Last Bus"
rating = 6

[[show]]
title = "Last Bus"

[[show]]
title = "Harbour"
"""
_COMMENTED: Final = '\n[[show]]\ntitle = "Last Bus"\n\n# --- harbour ---\n\n[[show]]\ntitle = "Harbour"\n'

EDITS: Final = {
    "record": Edit(_record),
    "first": Edit(_record, before=()),
    "set": Edit(lambda tracker: tracker.edits.set_fields({"old-ferry": {"rating": 8, "tags": ("pier",)}})),
    "add": Edit(lambda tracker: tracker.edits.add(Show("", "Last Tram", tags=("pier",)), Claim(status=Status.FILMING))),
    "remove": Edit(lambda tracker: tracker.edits.remove(["old-ferry"])),
    "undo": Edit(
        lambda tracker: tracker.edits.undo(), before=(_rate, _record), back=lambda tracker: tracker.edits.redo()
    ),
    "redo": Edit(lambda tracker: tracker.edits.redo(), before=(_rate, _record, lambda tracker: tracker.edits.undo())),
    "restore": Edit(lambda tracker: tracker.backups.restore(2), before=(_rate, _record)),
    "put": Edit(_put, back=None),
    "twin": Edit(lambda tracker: tracker.edits.set_fields({"last-bus-2": {"rating": 6}}), text=_TWINS),
    "commented": Edit(lambda tracker: tracker.edits.remove(["last-bus"]), text=_COMMENTED),
}
"""Every way in which the program changes a watchlist.

"first" is the first of all, without a state folder, "twin" makes an entry equal to the one before it, and
"commented" takes one out behind which a comment stays.
"""


def text_of(size: int) -> str:
    """Return a list of about that many bytes."""
    text = '# mine\n[[show]]\ntitle = "Old Ferry"  # hers\n\n[[show]]\ntitle = "Paper Moon Inn"\n# end\n'
    more = (
        f'\n[[show]]\ntitle = "Harbour {number}"\nnotes = """\n{"The lantern was borrowed. " * 40}"""\n'
        for number in range(size // 1000)
    )
    return text + "".join(more)


class Told(NamedTuple):
    """What a child told of its attempt."""

    code: int
    """DONE, REFUSED (by a TrackerError) or CRASHED (by anything else)."""
    text: str
    """Of the error; of an edit that was saved, the trouble beside it."""


class Scenario:
    """A folder with a watchlist and the state of the program, made anew by `reset`."""

    def __init__(self, folder: Path, name: str, size: int = SMALL, *, linked: bool = False) -> None:
        self.folder, self.name, self.linked = folder, name, linked
        self.edit = EDITS[name]
        self.real = folder / "lists" / "list.toml"
        self.path = folder / "links" / "link.toml" if linked else self.real
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        for path in (self.real, self.path):
            path.parent.mkdir(exist_ok=True)
        self.real.write_bytes((text_of(size) + self.edit.text).encode())
        self.real.chmod(0o644)
        if linked:
            self.path.symlink_to("../lists/list.toml")
        first = self._tracker()
        for act in self.edit.before:
            act(first)
        os.utime(self.real, ns=(_LONG_AGO, _LONG_AGO))
        self.old = self.real.read_bytes()
        self._saved = dict(self._look())
        self._kept = self._versions()
        self.edit.act(self._tracker())
        # The edit was made once: what it imports is there, and what it writes is known.
        self.new = self.real.read_bytes()
        self.other = self._tracker()
        self.reset()
        self._checked_save()
        self.reset()
        self.tracker = self._tracker()
        self._board = mmap.mmap(-1, 16_384)

    def reset(self) -> None:
        """Put everything back as it was before the edit."""
        for path in self.folder.iterdir():
            shutil.rmtree(path)
        for path, (data, mode, changed) in self._saved.items():
            if data is None:
                path.mkdir(mode=mode)
            elif isinstance(data, str):
                path.symlink_to(data)
            else:
                path.write_bytes(data)
                path.chmod(mode)
                os.utime(path, ns=(changed, changed))

    def body(self) -> int:
        """Make the edit, in the child; pause; where it was refused, make it again."""
        code = self._attempt()
        pause()
        if code == REFUSED:
            code = self._attempt()
        return code

    def told(self) -> Told:
        """Return what the child's last attempt came to."""
        code, size = struct.unpack_from("ii", self._board, 0)
        return Told(code, self._board[8 : 8 + size].decode())

    def _attempt(self) -> int:
        code, text = DONE, ""
        try:
            outcome = self.edit.act(self.tracker)
            text = self.tracker._writer.warning
            if self.name == "restore" and not getattr(outcome, "returns", False):
                text = text or "it cannot be undone"
        except TrackerError as error:
            code, text = REFUSED, f"{type(error).__name__}: {error}"
        except BaseException as error:  # noqa: BLE001 - it is told to the watcher, whatever it is
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/tracker/" in frame.filename]
            at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            code, text = CRASHED, f"{type(error).__name__}: {error} at {at}"
        # Through shared memory, so that no system call is needed to tell.
        data = text.encode()
        struct.pack_into(f"ii{len(data)}s", self._board, 0, code, len(data), data)
        return code

    def is_old(self) -> bool:
        """Return whether the file is byte for byte as before the edit."""
        return self._bytes() == self.old

    def is_new(self) -> bool:
        """Return whether the file is byte for byte as after it."""
        return self._bytes() == self.new

    def after_kill(self) -> Iterator[str]:
        """Look at what a killed edit left, save again, and complain of all that is not as promised."""
        if not (self.is_old() or self.is_new()):
            yield f"{LOST}the file is neither the old nor the new text, but {self._bytes()[:300]!r}"
            return
        yield from self._odd_state()
        yield from self._next_save()

    def after_fault(self, told: Told) -> Iterator[str]:
        """Look at what an edit left that met a fault and was then made again, if need be; save again and complain."""
        if not self.is_new():
            yield f"{LOST}the edit was made after the fault was gone, and the file has not its text"
            return
        yield from self._odd_state()
        if self.edit.back is not None and not told.text:
            try:
                self.edit.back(self.other)
            except TrackerError as error:
                yield f"saved without a word of trouble, and cannot be taken back: {error}"
            else:
                if not self.is_old():
                    yield "saved without a word of trouble, and taking it back does something else"
        yield from self._next_save()

    def after_meddling(self, marks: list[bytes], *, made: bool, text: str) -> Iterator[str]:
        """Complain unless the file has what others wrote during the edit, and beside that is as the edit says."""
        yield from self._lost(marks)
        if self._without(marks) != (self.new if made else self.old):
            told = "success" if made else f"failure ({text})"
            yield f"{LOST}it says {told}, and beside what others wrote the file is not so"
        yield from self._next_save()

    def after_meddled_kill(self, mark: bytes) -> Iterator[str]:
        """Complain unless what another wrote can still be had, be it from an earlier version."""
        if self._without([mark]) not in (self.old, self.new):
            yield f"{LOST}the file is neither the old nor the new text, but {self._bytes()[:300]!r}"
        yield from self._next_save()
        if mark not in self._bytes() and not any(mark in data for data in self._versions()):
            yield f"{LOST}{mark!r} is nowhere"

    def _lost(self, marks: list[bytes]) -> Iterator[str]:
        for mark in marks:
            if (times := self._bytes().count(mark)) != 1:
                kept = any(mark in data for data in self._versions())
                yield f"{LOST}{mark!r} stands {times} times in the file" + (
                    ", but in an earlier version" if kept else ""
                )

    def _without(self, marks: list[bytes]) -> bytes:
        data = self._bytes()
        for mark in marks:
            data = data.replace(mark, b"", 1)
        return data

    def leftovers(self) -> Iterator[str]:
        """Complain of every file beside the watchlist."""
        for path in self.real.parent.iterdir():
            if path != self.real:
                yield f"{path.name} was left"

    def versions_whole(self, *more: bytes) -> Iterator[str]:
        """Complain of an earlier version that is gone, or that is no state the file ever had."""
        kept = self._versions()
        for data in self._kept:
            if data not in kept:
                yield "an earlier version is gone"
        for data in kept:
            if data not in (*self._kept, self.old, self.new, *more):
                yield f"an earlier version is cut: {len(data)} bytes"

    def _odd_state(self) -> Iterator[str]:
        if self.linked and not self.path.is_symlink():
            yield "the link is a file now"
        if self.real.exists() and (mode := self.real.stat().st_mode & 0o7777) != 0o644:
            yield f"the file has the mode {mode:o}"
        for path in (self.folder / "state").rglob("*"):
            if path.is_file() and (mode := path.stat().st_mode & 0o777) != 0o600:
                yield f"{path.relative_to(self.folder)} has the mode {mode:o}"
        yield from self.versions_whole()

    def _next_save(self) -> Iterator[str]:
        before = self._bytes()
        try:
            self._checked_save()
        except (TrackerError, OSError, AssertionError) as error:
            yield f"the next save goes wrong: {type(error).__name__}: {error}"
            return
        yield from self.leftovers()
        done, _ = self._journal().read()
        if not done or "Paper Moon Inn" not in done[-1].label:
            yield "the next save is not in the journal"
        with suppress(NothingToUndo):
            self.other.edits.undo()
        if self._bytes() != before:
            yield "the next save cannot be taken back"

    def _checked_save(self) -> None:
        before = self._bytes()
        self.other.watchlist.open()
        self.other.edits.set_fields({"paper-moon-inn": {"rating": 7}})
        after = self._bytes()
        assert after != before
        assert after.replace(b"rating = 7\n", b"", 1) == before

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError:
            # A save that cannot exchange two files takes the old one away for a moment; readers must find it.
            try:
                return WatchlistFile(self.path).read_bytes()
            except TrackerError as error:
                return str(error).encode()

    def _tracker(self) -> Tracker:
        tracker = Tracker(Paths(self.path), now=lambda: NOW)
        tracker.watchlist.open()
        return tracker

    def _journal(self) -> Journal:
        return Journal(self.tracker.paths.state / "journal", self.path)

    def _versions(self) -> list[bytes]:
        folder = BackupFolder(Paths(self.path).state / "versions", self.path).folder
        files = sorted(folder.iterdir()) if folder.exists() else []
        return [path.read_bytes() for path in files if re.fullmatch(r"\d+\.toml", path.name)]

    def _look(self) -> Iterator[tuple[Path, tuple[bytes | str | None, int, int]]]:
        for path in sorted(self.folder.rglob("*")):
            state = path.lstat()
            data = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
            yield path, (data, state.st_mode & 0o7777, state.st_mtime_ns)
