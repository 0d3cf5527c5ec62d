"""A program that writes the list in pieces, commands and the open app beside it: no line that it wrote may be lost.

Each round has a list of its own and is a process with children of its own: one writes, one is the app without its
screen, the others are commands. Rounds run side by side, since most of their time is waiting.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final

from tests.store.proofs.concurrent_writers import fork
from tracker.cli.main import main
from tracker.errors import TrackerError
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.service.file_monitor import FileChanged
from tracker.store.backups import BackupFolder

SHOWS: Final = 8
SIDE_BY_SIDE: Final = 8
"""Rounds at a time; each reader looks at all processes, so that more of them would wait for one another."""
WAYS: Final = ("truncated", "late", "appended")
"""How the program writes: it empties the list and keeps it open; it has the list open for a while before it begins, and
keeps it open; it opens it anew for each piece."""
_READING: Final = (["list"], ["today"], ["list", "--json"])


def by_slow_writers(place: Path, rounds: int, ways: tuple[str, ...], *, seed: int = 1) -> dict[str, Any]:
    """Play so many rounds, and return what came of them."""
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    waiting = list(range(rounds))
    playing: dict[int, int] = {}
    ended: list[dict[str, Any]] = []
    while waiting or playing:
        while waiting and len(playing) < SIDE_BY_SIDE:
            number = waiting.pop(0)
            way = ways[number % len(ways)]
            folder = place / f"round-{number}"
            playing[fork(lambda: _play(folder, way, random.Random(seed * 1_000_003 + number)))] = number  # noqa: B023
        pid, status = os.wait()
        if (number := playing.pop(pid, -1)) >= 0:
            folder = place / f"round-{number}"
            result = folder / "result.json"
            ended.append(
                json.loads(result.read_text())
                if status == 0 and result.exists()
                else {"complaints": [f"the round ended with {os.waitstatus_to_exitcode(status)}"]}
            )
            ended[-1]["complaints"] = [f"round {number}: {words}" for words in ended[-1]["complaints"]]
    counted: Counter[str] = Counter()
    for outcome in ended:
        counted.update({name: count for name, count in outcome.items() if isinstance(count, int)})
    return {"rounds": rounds, **counted, "complaints": [words for outcome in ended for words in outcome["complaints"]]}


def _play(folder: Path, way: str, chance: random.Random) -> None:
    folder.mkdir()
    path = folder / "list.toml"
    path.write_text(_text("announced", "before", chance))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    # The program has edited the list before, so that there is a state.
    _run(folder, ["set", "show-7", "rating=1"])
    if chance.random() < 0.5:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    lasts = chance.uniform(0.1, 2.0)
    text = _text("filming", "after", chance).encode()
    cuts = sorted(chance.sample(range(1, len(text)), chance.randint(2, 20) - 1))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    pauses = [chance.random() for _ in pieces]
    pauses = [pause * lasts / sum(pauses) for pause in pauses]
    stop = folder / "stop"
    app = fork(lambda: _be_the_app(folder, stop, chance.uniform(0, lasts)))
    writer = fork(lambda: _write(path, way, pieces, pauses))
    actions = [list(chance.choice(_READING)), list(chance.choice(_READING)), ["set", "show-3", "rating=3"]]
    moments = sorted((chance.uniform(0, lasts), number) for number in range(len(actions)))
    began, children = time.monotonic(), [writer]
    for moment, number in moments:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        action = actions[number]
        children.append(fork(lambda: _run(folder, action, f"said-{number}")))  # noqa: B023
    for child in children:
        os.waitpid(child, 0)
    _run(folder, ["set", "show-0", "rating=9"], "said-last")
    stop.touch()
    os.waitpid(app, 0)
    (folder / "result.json").write_text(json.dumps(_judge(folder, path, way, text)))


def _edits(said: dict[str, Any]) -> bool:
    return bool(said["argv"][0] == "set")


def _judge(folder: Path, path: Path, way: str, text: bytes) -> dict[str, Any]:
    said = {one.name: json.loads(one.read_text()) for one in folder.glob("said-*")}
    complaints = [
        f"{' '.join(words['argv'])} ended with {words['code']}: {words['err']}"
        for words in said.values()
        if words["code"] not in (0, 3) and "No show has" not in words["err"]
    ]
    complaints += [f"{words['argv']}: {words['err']}" for words in said.values() if words["code"] and not _edits(words)]
    unknown = sum("No show has" in words["err"] for words in said.values())
    if said["said-last"]["code"]:
        complaints.append(f"the last edit: {said['said-last']['err']}")
    if unknown and way != "appended":
        complaints.append("No show has the id, it says of half a file")
    have = Counter(path.read_bytes().splitlines())
    # An edit may have gone on with a line; what was cut may have been joined in another way.
    missing = Counter(line for line in text.splitlines() if line.strip()) - have
    kept: Counter[bytes] = Counter()
    for backup in BackupFolder(Paths(path).state / "versions", path).folder.glob("*.toml"):
        kept |= Counter(backup.read_bytes().splitlines())
    in_a_version = {line: count for line, count in missing.items() if kept[line] >= count}
    lost = sum((len(line) + 1) * count for line, count in missing.items() if line not in in_a_version)
    is_told = any("tracker restore --list" in words["err"] for words in said.values())
    if lost:
        complaints.append(f"lost {lost} bytes, {[*missing][:3]}")
    if in_a_version and not is_told:
        complaints.append(f"only in a version, and nobody said so: {[*in_a_version][:3]}")
    return {
        "bytes written": len(text),
        "bytes lost": lost,
        "bytes only in a version that was told": sum((len(line) + 1) * n for line, n in in_a_version.items()),
        "commands": len(said),
        "ids not found while nobody had the file open": unknown,
        "edits refused": sum(words["code"] == 3 for words in said.values()),
        "parts said to be parts": sum("may be only a part" in words["err"] for words in said.values()),
        "brought in": sum("merged what another program wrote" in words["err"] for words in said.values()),
        "complaints": complaints,
    }


def _text(status: str, word: str, chance: random.Random) -> str:
    shows = [
        f"# {word} {number}, {chance.random()}\n[[show]]\n"
        f'id = "show-{number}"\ntitle = "Harbour {number}"\nstatus = "{status}"\nrelease = "2028"\n'
        f'notes = "{word} {chance.random()}"\n\n'
        f'[[show.history]]\non = 2026-01-0{1 + (word == "after")}\nstatus = "{status}"\nrelease = "2028"\n'
        f'source = "The Harbour Post"\nnote = "{word} {number} {chance.random()}"\n'
        for number in range(SHOWS + (word == "after"))
    ]
    return "format = 1\n\n" + "\n".join(shows)


def _write(path: Path, way: str, pieces: list[bytes], pauses: list[float]) -> None:
    if way == "appended":
        for number, (piece, pause) in enumerate(zip(pieces, pauses, strict=True)):
            with path.open("ab" if number else "wb") as file:
                file.write(piece)
            time.sleep(pause)
        return
    with path.open("r+b" if way == "late" else "wb", buffering=0) as file:
        if way == "late":
            time.sleep(sum(pauses) / 2)
            pauses = [pause / 2 for pause in pauses]
            file.truncate(0)
        for piece, pause in zip(pieces, pauses, strict=True):
            file.write(piece)
            time.sleep(pause)


def _run(folder: Path, argv: list[str], name: str = "") -> None:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--watchlist", str(folder / "list.toml"), *argv])
    if name:
        said = {"argv": argv, "code": code, "out": len(out.getvalue()), "err": err.getvalue()}
        (folder / f"{name}.new").write_text(json.dumps(said))
        (folder / f"{name}.new").rename(folder / name)


def _be_the_app(folder: Path, stop: Path, edit_after: float) -> None:
    """Poll the file in a thread as the app does, show what it has, and make one edit."""
    tracker = Tracker(Paths(folder / "list.toml"))
    with suppress(TrackerError):
        tracker.watchlist.open()
    tracker.patience = lambda: 0.1
    events: Queue[object] = Queue()

    def poll() -> None:
        while not stop.exists():
            for event in tracker.monitor.poll():
                events.put(event)
            time.sleep(0.1)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    began, is_made = time.monotonic(), False
    while not stop.exists():
        with suppress(Empty):
            event = events.get(timeout=0.05)
            if isinstance(event, FileChanged):
                tracker.watchlist.adopt(event.version)
        if not is_made and time.monotonic() - began > edit_after:
            # An edit that is refused is kept, and made again.
            with suppress(TrackerError):
                tracker.edits.set_fields({"show-5": {"rating": 5}})
                is_made = True
    thread.join()
