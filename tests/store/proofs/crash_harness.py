"""Saves that are killed or lied to, one after the other.

To be run in a process of its own, see `harness_process.py`, which has one thread and forks for each trial: so a
trial costs milliseconds and not the start of an interpreter.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, NamedTuple

from tests.store.proofs.ptrace_child import CHANGING_CALLS, SPACE_CALLS, Call, Child
from tests.store.proofs.scenario import CRASHED, DONE, LOST, REFUSED, Scenario

MOST_STOPS: Final = 30_000
"""An edit that makes so many calls goes round in a circle."""
MOST_COMPLAINTS: Final = 200
"""After so many no more trials are made."""


class Tally:
    """How many trials there were, and what went wrong in them."""

    def __init__(self) -> None:
        self.tried = 0
        self.refused = 0
        """In how many of them the edit was refused, which is no loss."""
        self.lost = 0
        """In how many the text of the watchlist was not as promised."""
        self.complaints: list[str] = []

    @property
    def is_enough(self) -> bool:
        """Whether so much went wrong that no more need be tried."""
        return len(self.complaints) >= MOST_COMPLAINTS

    def judge(self, where: str, complaints: Iterable[str], *, refused: bool = False) -> None:
        """Note a trial and what is to be complained of."""
        found = [*complaints]
        self.tried += 1
        self.refused += refused
        self.lost += any(complaint.startswith(LOST) for complaint in found)
        self.complaints += [f"{where}: {complaint}" for complaint in found]


class Lie(NamedTuple):
    """A fault that a system call meets."""

    name: str
    number: int = 0
    """The errno; 0 for a write that takes only half of its bytes."""
    lasts: bool = False
    """Whether all such calls that follow meet it as well."""
    calls: frozenset[str] | None = None
    """Which calls it can meet; None for all that have to do with files."""

    def meets(self, call: Call, child: Child) -> bool:
        """Return whether this call can meet it."""
        if not (call.is_entry and call.name):
            return False
        if self.calls is None or call.name in self.calls:
            return True
        if call.name in ("openat", "open"):
            return child.opens_for_writing if self.calls is CHANGING_CALLS else child.opens_anew
        return False


_WRITES: Final = frozenset({"write", "pwrite64"})
LIES: Final = {
    **{
        name: Lie(name, getattr(errno, name))
        for name in ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT", "EINTR", "ENOENT")
    },
    "short write": Lie("short write", calls=_WRITES),
    "full from here on": Lie("full from here on", errno.ENOSPC, lasts=True, calls=SPACE_CALLS),
    "read-only from here on": Lie("read-only from here on", errno.EROFS, lasts=True, calls=CHANGING_CALLS),
    "gone from here on": Lie("gone from here on", errno.EIO, lasts=True),
    "not to be listed from here on": Lie(
        "not to be listed from here on", errno.EACCES, lasts=True, calls=frozenset({"getdents64"})
    ),
}
"""All faults by name: of one call, of one write that is not finished, and those that last."""


def kills(scene: Scenario, *, stride: int = 1, changing: bool = False) -> Tally:
    """Kill the edit at each stop, or each `stride`th; 2 leaves out the exits, behind which nothing happens."""
    tally = Tally()
    for stop in count(1, stride):
        scene.reset()
        with Child(scene.body) as child:
            call = _walk(child, stop, changing=changing)
            if call is None:
                assert scene.is_new(), "an edit that nobody disturbed was not made"
                return tally
            child.kill()
        tally.judge(f"{scene.name} killed at stop {stop}, {words_of(call)}", scene.after_kill())
        if tally.is_enough:
            break
    return tally


def faults(scene: Scenario, lies: list[Lie], *, stride: int = 1) -> Tally:
    """Let each call of the edit meet each fault, or one call each of them in turn where `stride` is their number."""
    tally = Tally()
    for place, lie in enumerate(lies):
        for number in count(1 + place % stride, stride):
            scene.reset()
            with Child(scene.body) as child:
                met = _meet(child, lie, number)
                if met is None or tally.is_enough:
                    break
                refused = scene.told().code == REFUSED
                where = f"{scene.name}, {lie.name} at call {number}, {met}"
                tally.judge(where, _after_lie(scene, child), refused=refused)
    return tally


def _after_lie(scene: Scenario, child: Child) -> Iterator[str]:
    """Complain of what an edit that was lied to says and did, and of its next try."""
    told = scene.told()
    if child.code is not None or not child.is_paused:
        yield "it does not end" if child.code is None else f"it ended with {child.code}"
        return
    if told.code == CRASHED:
        yield f"no refusal but {told.text}"
    if told.code == DONE and not scene.is_new():
        yield f"{LOST}it says success, and the file has not its text"
    if told.code == REFUSED and not scene.is_old():
        yield f"{LOST}it says failure ({told.text}), and the file is changed"
    if not (scene.is_old() or scene.is_new()):
        yield f"{LOST}the file is neither the old nor the new text"
    child.go_on()
    told = scene.told()
    if told.code == REFUSED:
        yield f"after it was gone, the same edit fails: {told.text}"
    elif told.code == DONE:
        yield from scene.after_fault(told)


def _walk(child: Child, stops: int, *, changing: bool) -> Call | None:
    """Go that many stops on and return where that is; None where the edit is over before."""
    change = LIES["read-only from here on"]
    while call := child.step():
        if not changing or change.meets(call, child):
            stops -= 1
            if stops == 0:
                break
    return call


def _meet(child: Child, lie: Lie, number: int) -> str | None:
    """Go on until the edit is over, lying to it; return the name of the first call that was lied to, None for none."""
    met, seen, stops = None, 0, 0
    while (call := child.step()) and stops < MOST_STOPS:
        stops += 1
        if not lie.meets(call, child):
            continue
        seen += 1
        if seen < number:
            continue
        met = met or call.name
        if lie.number == 0:
            child.halve()
        elif call.name == "close":
            # Linux lets go of the handle whatever it answers.
            child.step()
            child.refuse(lie.number)
        else:
            child.refuse(lie.number)
        if not lie.lasts:
            child.go_on()
            break
    return met


def words_of(call: Call | None) -> str:
    """Return where a stop is."""
    return f"{'before' if call.is_entry else 'after'} {call.name or 'another call'}" if call else "at once"


def stay(turn: int) -> None:
    """Keep this process and its children on one processor: from one to the other a stop takes twice as long."""
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {allowed[turn % len(allowed)]})
