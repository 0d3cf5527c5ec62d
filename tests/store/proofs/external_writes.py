"""An editor that writes the file in the middle of a save: at a chosen system call, so that no luck is needed.

While it writes, the save stands still; so it always looks right before it writes, as a careful program does,
and whatever gets lost then was lost by the save.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from tests.store.proofs.crash_harness import Tally, words_of
from tests.store.proofs.ptrace_child import Call, Child
from tests.store.proofs.scenario import CRASHED, DONE, REFUSED, Scenario
from tracker.store.files.temporary import find_aside

_CLOCK = count(1_710_000_000_000_000_000, 1_000_000_000)


def with_mark(text: bytes, mark: bytes, place: bytes = b"# end\n") -> bytes:
    """Return the text with a comment more before the one that is named."""
    return text.replace(place, mark + place, 1)


class Hand:
    """An editor that adds comments to a list."""

    def __init__(self, *, hot: bool, place: bytes = b"# end\n") -> None:
        self._hot, self._place = hot, place

    def ways(self) -> dict[str, Callable[[Path, bytes], Iterator[None]]]:
        """Return how it can save: generators that yield where others may come between."""
        return {"in place": self._in_place, "rename": self._rename, "backup": self.by_backup}

    def in_place(self, path: Path, text: bytes) -> None:
        """Empty the file and write it anew."""
        path.write_bytes(text)
        self._date(path)

    def rename(self, path: Path, text: bytes) -> None:
        """Write a new file and rename it over the old one."""
        self._new(path, text).replace(path)

    def by_backup(self, path: Path, mark: bytes) -> Iterator[None]:
        """Rename the old file away, so that it is nobody else's, look at it, and make a new one in its place."""
        away = path.with_name(f"{path.name}~")
        while True:
            taken = read = _text(path)
            with suppress(FileNotFoundError):
                path.rename(away)
                yield
                taken = away.read_bytes()
            if taken == read:
                new = self._new(path, with_mark(read, mark, self._place))
            else:
                # What was taken is not what was read: back with it, and another try.
                new = path.with_name("4913")
                os.link(away, new)
            # Where somebody put a file there meanwhile, it counts, and the change is made in that one.
            there = False
            with suppress(FileExistsError):
                os.link(new, path)
                there = True
            new.unlink()
            away.unlink(missing_ok=True)
            if there and taken == read:
                return

    def _in_place(self, path: Path, mark: bytes) -> Iterator[None]:
        self.in_place(path, with_mark(_text(path), mark, self._place))
        yield from ()

    def _rename(self, path: Path, mark: bytes) -> Iterator[None]:
        self.rename(path, with_mark(_text(path), mark, self._place))
        yield from ()

    def _new(self, path: Path, text: bytes) -> Path:
        new = path.with_name("4913")
        new.write_bytes(text)
        new.chmod(0o644)
        self._date(new)
        return new

    def _date(self, path: Path) -> None:
        if not self._hot:
            now = next(_CLOCK)
            os.utime(path, ns=(now, now))


def _text(path: Path) -> bytes:
    """Return the bytes of the file, also while a save that cannot exchange two files has it away."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    aside = find_aside(path)
    assert aside is not None, "the file is gone"
    return aside.read_bytes()


WAYS: Final = tuple(Hand(hot=False).ways())


def meddled(scene: Scenario, way: str, *, stride: int = 1, gap: int = 0, hot: bool = False) -> Tally:
    """Have an editor save at each stop of the edit, or each `stride`th."""
    tally, ways = Tally(), Hand(hot=hot).ways()
    for stop in count(1, stride):
        scene.reset()
        with Child(scene.body) as child:
            if not child.steps(stop - 1) or (call := child.step()) is None:
                return tally
            saving = ways[way](scene.real, b"# one\n")
            next(saving, None)
            child.steps(gap)
            _finish(saving)
            where = f"{scene.name}, {way} at stop {stop}, {words_of(call)}, gap {gap}"
            _judge(scene, child, tally, where, [b"# one\n"])
    return tally


def meddled_twice(scene: Scenario, ways: tuple[str, str], *, gap: int = 0, most: int = 40) -> Tally:
    """Have one editor save right before the new file takes its place, and another at each of the next stops."""
    tally, first, second = Tally(), Hand(hot=False), Hand(hot=False, place=b"# mine\n")
    for later in range(most):
        scene.reset()
        with Child(scene.body) as child:
            if not _to_exchange(child):
                return tally
            _finish(first.ways()[ways[0]](scene.real, b"# one\n"))
            call = None
            for _ in range(later):
                if (call := child.step()) is None:
                    return tally
            saving = second.ways()[ways[1]](scene.real, b"# two\n")
            next(saving, None)
            child.steps(gap)
            _finish(saving)
            where = f"{scene.name}, {ways[0]}, then {ways[1]} {later} stops later, {words_of(call)}, gap {gap}"
            _judge(scene, child, tally, where, [b"# one\n", b"# two\n"])
    return tally


def meddled_and_killed(scene: Scenario, way: str, most: int = 40) -> Tally:
    """Have an editor save right before the new file takes its place, and kill the edit at each of the next stops."""
    tally, hand = Tally(), Hand(hot=False).ways()
    for later in range(1, most):
        scene.reset()
        with Child(scene.body) as child:
            if not _to_exchange(child):
                return tally
            _finish(hand[way](scene.real, b"# one\n"))
            call = None
            for _ in range(later):
                if (call := child.step()) is None:
                    return tally
            child.kill()
        where = f"{scene.name}, {way}, and killed {later} stops later, {words_of(call)}"
        tally.judge(where, scene.after_meddled_kill(b"# one\n"))
    return tally


def _to_exchange(child: Child) -> bool:
    """Go on to where the old file leaves its name."""
    renames = 0
    while call := child.step():
        # The first rename makes the new file one that is to be kept.
        renames += call == Call("rename", is_entry=True)
        if call == Call("renameat2", is_entry=True) or renames == 2:
            return True
    return False


def _finish(saving: Iterator[None]) -> None:
    for _ in saving:
        pass


def _judge(scene: Scenario, child: Child, tally: Tally, where: str, marks: list[bytes]) -> None:
    child.go_on()
    told = scene.told()
    if told.code == CRASHED:
        tally.judge(where, [f"no refusal but {told.text}"])
        return
    found = scene.after_meddling(marks, made=told.code == DONE, text=told.text)
    tally.judge(where, found, refused=told.code == REFUSED)
