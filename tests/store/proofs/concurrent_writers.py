"""Several processes that change one list at the same time, and an editor that writes it: nothing may be lost."""

from __future__ import annotations

import os
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
from tracker.store.app_state import state_name
from tracker.store.files.lock import Waiting, hold_lock
from tracker.store.files.stamp import read_stamp

WRITERS: Final = 3
SHARED: Final = 8
"""Shows that all writers record claims of."""
MAX_TRIES: Final = 100_000
AGAIN: Final = (WatchlistUnreadable, WatchlistUnwritable, Conflict, UnknownShow)
"""What a loop of a shell tries again: an editor may have the file away, or half written, for a moment."""


def by_processes(place: Path, edits: int, changes: int) -> dict[str, Any]:
    """Let processes and an editor write one list at the same time, and return what came of it.

    The editor stops after so many changes: its comments shall not fill the list, nor the processes wait for ever.
    """
    path = _start(place, WRITERS)
    writers = [fork(lambda n=n: write(path, n, edits, fresh=n == 1)) for n in range(WRITERS)]  # type: ignore[misc]
    ended = place / "ended"
    log = place / "changes"
    editor = fork(lambda: change_as_editors(path, log, lambda number: number >= changes or ended.exists()))
    codes = [os.waitstatus_to_exitcode(os.waitpid(writer, 0)[1]) for writer in writers]
    ended.touch()
    codes.append(os.waitstatus_to_exitcode(os.waitpid(editor, 0)[1]))
    ways = log.read_text().split()
    complaints = [*(f"a process ended with {code}" for code in codes if code), *lost(path, WRITERS, edits, len(ways))]
    if len(set(ways)) < 3:
        complaints.append("the editor did not come to write in each way")
    return {"edits": WRITERS * edits, "changes": len(ways), "complaints": complaints}


def by_threads(place: Path, edits: int) -> dict[str, Any]:
    """Let two threads of this process write one list at the same time, each with a tracker of its own."""
    path = _start(place, 2)
    start = threading.Barrier(2)

    def run(writer: int) -> None:
        start.wait()
        write(path, writer, edits, fresh=False)

    threads = [threading.Thread(target=run, args=(writer,)) for writer in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"edits": 2 * edits, "complaints": [*lost(path, 2, edits, 0)]}


def write(path: Path, writer: int, edits: int, *, fresh: bool) -> None:
    """Make edits, each of which can be told from all others; a fresh writer opens the list for each of them."""
    tracker = Tracker(Paths(path), now=lambda: NOW)
    _until(tracker.watchlist.open, tracker)
    for number in range(edits):
        if fresh:
            tracker = Tracker(Paths(path), now=lambda: NOW)
        if fresh or number % 7 == 0:
            # The app looks at the file when its clock ticks.
            _until(tracker.watchlist.open, tracker)
        _until(lambda: _edit(tracker, writer, number), tracker)  # noqa: B023 - it is called at once


def _edit(tracker: Tracker, writer: int, number: int) -> None:
    mark = f"w{writer}-{number}"
    if number % 3 == 0:
        tracker.edits.record({f"old-ferry-{number % SHARED}": Claim(note=mark)})
    elif number % 3 == 1:
        own = tracker.watchlist.current.get(f"writer-{writer}")
        tracker.edits.set_fields({own.id: {"tags": (*own.tags, mark)}})
    else:
        tracker.edits.add(Show("", f"Last Tram {mark}"))


def _until(act: Callable[[], object], tracker: Tracker) -> None:
    for tries in count():
        try:
            act()
        except AGAIN:
            if tries > MAX_TRIES:
                raise
        else:
            return
        with suppress(*AGAIN):
            tracker.watchlist.open()


def change_as_editors(path: Path, changes: Path, has_ended: Callable[[int], bool]) -> None:
    """Change the list all the time as editors do, one comment each time, until the writers have ended.

    An editor that looks whether the file is still the one that it read, and then writes, has a moment
    between the two in which it overwrites what another saved, and no other program can prevent that. So
    that only losses of the tracker count, this one has no such moment: it takes the file away by a rename
    and looks at what it has taken, or it holds the tracker's lock for the look and the writing.
    """
    hand = Hand(hot=True)
    lock = Paths(path).state / "locks" / f"{state_name(path)}.lock"
    with changes.open("w", buffering=1) as log:
        for number, way in enumerate(cycle(("in-place", "rename", "backup"))):
            if has_ended(number):
                break
            mark = b"# e%d\n" % number
            if way == "backup":
                for _ in hand.by_backup(path, mark):
                    pass
            else:
                _under_lock(path, lock, hand.in_place if way == "in-place" else hand.rename, mark)
            log.write(f"{way}\n")


def _under_lock(path: Path, lock: Path, save: Callable[[Path, bytes], None], mark: bytes) -> None:
    is_saved = False
    while not is_saved:
        stamp = read_stamp(path)
        text = with_mark(path.read_bytes(), mark)
        with hold_lock(lock, Waiting(patience=lambda: 60)):
            if is_saved := read_stamp(path) == stamp:
                save(path, text)


def lost(path: Path, writers: int, edits: int, changes: int) -> Iterator[str]:
    """Say which edits and changes are not in the list, or more than once."""
    watchlist = Tracker(Paths(path), now=lambda: NOW).watchlist.open()
    if watchlist.damaged:
        yield f"damaged: {watchlist.damaged[0].reason}"
    found = Counter(
        word
        for show in watchlist.shows
        for word in (*(claim.note for claim in show.history), *show.tags, show.title.removeprefix("Last Tram "))
    )
    found += Counter(line.decode() for line in path.read_bytes().splitlines() if line.startswith(b"# e"))
    marks = [f"w{writer}-{number}" for writer in range(writers) for number in range(edits)]
    for mark in [*marks, *(f"# e{number}" for number in range(changes))]:
        if found[mark] != 1:
            yield f"{mark} is there {found[mark]} times"
    for left in path.parent.iterdir():
        if left != path:
            yield f"{left.name} was left"


def _start(place: Path, writers: int) -> Path:
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    path = place / "lists" / "list.toml"
    path.parent.mkdir()
    titles = [*(f"Writer {writer}" for writer in range(writers)), *(f"Old Ferry {number}" for number in range(SHARED))]
    shows = "".join(f'[[show]]\ntitle = "{title}"\n\n' for title in titles)
    path.write_text(f'{shows}[[show]]\ntitle = "Paper Moon Inn"\n# end\n')
    return path


def fork(run: Callable[[], None]) -> int:
    """Run a function in a child process and return its pid; it exits with 0 if the function returns."""
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
