"""Several processes that change one list at the same time, and an editor that writes it: nothing may be lost."""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final

from tests.store.proofs.external_writes import Hand, with_mark
from tests.store.proofs.scenario import NOW
from tracker.errors import Conflict, TrackerError, UnknownShow, WatchlistUnreadable, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store.files.lock import hold_lock
from tracker.store.files.stamp import read_stamp

WRITERS: Final = 3
SHARED: Final = 8
"""Shows that all writers record claims of."""
MOST_TRIES: Final = 100_000
"""Of one edit; so many are never needed."""
MOST_CHANGES: Final = 20_000
"""After so many the editor stops; its comments shall not fill the list."""
AGAIN: Final = (WatchlistUnreadable, WatchlistUnwritable, Conflict, UnknownShow)
"""What a loop of a shell tries again: an editor may have the file away, or half written, for a moment."""


class Board:
    """Numbers that processes share: what each came to."""

    _SLOT = 4096

    def __init__(self, slots: int) -> None:
        self._memory = mmap.mmap(-1, self._SLOT * (slots + 1))

    def tell(self, slot: int, what: dict[str, int]) -> None:
        """Note what a process came to, so far or in the end."""
        data = json.dumps(what).encode()
        struct.pack_into(f"i{len(data)}s", self._memory, self._SLOT * slot, len(data), data)

    def told(self, slot: int) -> Counter[str]:
        """Return what a process noted."""
        (size,) = struct.unpack_from("i", self._memory, self._SLOT * slot)
        at = self._SLOT * slot + 4
        return Counter(json.loads(self._memory[at : at + size] or b"{}"))


def text_for(writers: int) -> str:
    """Return a list with a show for each writer, those that all record claims of, and the editor's."""
    titles = [*(f"Writer {writer}" for writer in range(writers)), *(f"Old Ferry {number}" for number in range(SHARED))]
    shows = "".join(f'[[show]]\ntitle = "{title}"\n\n' for title in titles)
    return f'{shows}[[show]]\ntitle = "Paper Moon Inn"\n# end\n'


def write(path: Path, writer: int, edits: int, *, fresh: bool) -> Counter[str]:
    """Make edits, each of which can be told from all others; return how many had to be tried again, and why."""
    again: Counter[str] = Counter()
    tracker = Tracker(Paths(path), now=lambda: NOW)
    _until(tracker.watchlist.open, tracker, again)
    for number in range(edits):
        if fresh:
            tracker = Tracker(Paths(path), now=lambda: NOW)
            _until(tracker.watchlist.open, tracker, again)
        elif number % 7 == 0:
            # The app looks at the file when its clock ticks.
            _until(tracker.watchlist.open, tracker, again)
        _until(lambda: _edit(tracker, writer, number), tracker, again)  # noqa: B023 - it is called at once
    return again


def _edit(tracker: Tracker, writer: int, number: int) -> None:
    mark = f"w{writer}-{number}"
    if number % 3 == 0:
        tracker.edits.record({f"old-ferry-{number % SHARED}": Claim(note=mark)})
    elif number % 3 == 1:
        own = tracker.watchlist.current.get(f"writer-{writer}")
        tracker.edits.set_fields({own.id: {"tags": (*own.tags, mark)}})
    else:
        tracker.edits.add(Show("", f"Last Tram {mark}"))


def _until(act: Callable[[], object], tracker: Tracker, again: Counter[str]) -> None:
    refused: set[str] = set()
    for tries in count():
        try:
            act()
        except AGAIN as error:
            if tries > MOST_TRIES:
                raise
            refused.add(type(error).__name__)
        else:
            again.update(refused)
            return
        with suppress(*AGAIN):
            tracker.watchlist.open()


def meddle(path: Path, lock: Path, has_ended: Callable[[], bool], tell: Callable[[dict[str, int]], None]) -> None:
    """Change the list all the time as editors do, one comment each time, until the writers have ended.

    An editor that looks whether the file is still the one that it read, and then writes, has a moment
    between the two in which it overwrites what another saved, and no other program can prevent that. So
    that only losses of the tracker count, this one has no such moment: it takes the file away by a rename
    and looks at what it has taken, or it holds the tracker's lock for the look and the writing.
    """
    made: Counter[str] = Counter()
    hand = Hand(hot=True)
    for way in cycle(("in place", "rename", "backup")):
        if has_ended() or sum(made.values()) >= MOST_CHANGES:
            break
        mark = b"# e%d\n" % sum(made.values())
        if way == "backup":
            for _ in hand.by_backup(path, mark):
                pass
        else:
            _under_lock(path, lock, hand.in_place if way == "in place" else hand.rename, mark)
        made[way] += 1
        tell(made)


def _under_lock(path: Path, lock: Path, save: Callable[[Path, bytes], None], mark: bytes) -> None:
    is_saved = False
    while not is_saved:
        stamp = read_stamp(path)
        text = with_mark(path.read_bytes(), mark)
        with hold_lock(lock, patience=60):
            if is_saved := read_stamp(path) == stamp:
                save(path, text)


def lost(path: Path, writers: int, edits: int, changes: int) -> Iterator[str]:
    """Say which edits and changes are not in the list, or more than once."""
    tracker = Tracker(Paths(path), now=lambda: NOW)
    watchlist = tracker.watchlist.open()
    if watchlist.damaged:
        yield f"damaged: {watchlist.damaged[0].reason}"
    found = Counter(
        word
        for show in watchlist.shows
        for word in (*(claim.note for claim in show.history), *show.tags, show.title.removeprefix("Last Tram "))
    )
    marks = Counter(line for line in path.read_bytes().splitlines() if line.startswith(b"# e"))
    for writer in range(writers):
        for number in range(edits):
            if (times := found[f"w{writer}-{number}"]) != 1:
                yield f"edit {number} of writer {writer} is there {times} times"
    for number in range(changes):
        if (times := marks[b"# e%d" % number]) != 1:
            yield f"change {number} of the editor is there {times} times"
    for left in path.parent.iterdir():
        if left != path:
            yield f"{left.name} was left"


def by_processes(place: Path, edits: int, *, editor: bool = True, lock: bool = True) -> dict[str, Any]:
    """Let processes write one list at the same time, and return what came of it."""
    path = _start(place, WRITERS, lock=lock)
    board = Board(WRITERS + 1)
    locks = Tracker(Paths(path))._writer._lock
    writers = [
        _fork(lambda n=n: board.tell(n, write(path, n, edits, fresh=n == 1)))  # type: ignore[misc]
        for n in range(WRITERS)
    ]
    ended = mmap.mmap(-1, 1)
    if editor:
        editing = _fork(lambda: meddle(path, locks, lambda: ended[0] == 1, lambda made: board.tell(WRITERS, made)))
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in writers]
    ended[0] = 1
    if editor:
        codes.append(os.waitstatus_to_exitcode(os.waitpid(editing, 0)[1]))
    made = board.told(WRITERS)
    gone = [*lost(path, WRITERS, edits, sum(made.values()))]
    return {
        "edits": WRITERS * edits,
        "changes": dict(made),
        "again": dict(sum((board.told(n) for n in range(WRITERS)), Counter())),
        "lost": len(gone),
        "complaints": [*(f"a process ended with {code}" for code in codes if code), *gone],
    }


def by_threads(place: Path, edits: int, *, lock: bool = True) -> dict[str, Any]:
    """Let two threads of this process write one list at the same time, each with a tracker of its own."""
    path = _start(place, 2, lock=lock)
    start, again = threading.Barrier(2), [Counter[str](), Counter[str]()]

    def run(writer: int) -> None:
        start.wait()
        again[writer] = write(path, writer, edits, fresh=False)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gone = [*lost(path, 2, edits, 0)]
    return {
        "edits": 2 * edits,
        "changes": {},
        "again": dict(again[0] + again[1]),
        "lost": len(gone),
        "complaints": gone,
    }


def _start(place: Path, writers: int, *, lock: bool) -> Path:
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    if not lock:
        # A file where the folder should be: so no lock can be made, and no journal.
        (place / "state").write_bytes(b"")
    path = place / "lists" / "list.toml"
    path.parent.mkdir()
    path.write_bytes(text_for(writers).encode())
    return path


def _fork(run: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:  # pragma: no cover - the child
        code = 1
        try:
            run()
            code = 0
        except TrackerError as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        except BaseException:  # noqa: BLE001 - a child must not go on as its parent
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return pid
