"""Bursts of real keys into the app in a terminal of its own: `python -m tests.tui.bursts --count 50 --seed 1`.

Each run types random jobs, as fast as a terminal can or with pauses of up to 50 ms, resizes the terminal meanwhile, and
pastes with brackets and without. Then the app must still answer and end with code 0; nothing that was typed once may be
saved twice, nor more edits than keys that save; and the list must be readable. What fails is printed with its keys.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.tui.helpers import SAMPLE
from tests.tui.session import Session, app_command
from tracker.store.check import find_problems
from tracker.store.snapshot import read_snapshot

ESCAPE: Final = b"\x1b"
SAVING: Final = b"\r\x13[]NyuHpnwd-0123456789*eT \x12"
"""Keys that may save an edit where they are typed alone."""
SINGLE_KEYS: Final = [
    *(bytes([code]) for code in range(0x20, 0x7F) if bytes([code]) not in (b"[", b"O", b"o")),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x1b[Z", b"\x1b[3~"),
    *(b"\t", b"\r", b"\x7f", ESCAPE, b"\x13", b"\x04", b"\x15", b"\x0e", b"\x07", b"\x12", b"\x10", "한".encode()),
]
"""What is pressed at random: not what opens a browser."""
TIRELESS: Final = 60
"""How often it is tried to leave whatever is open."""
SIZES: Final = ((24, 80), (40, 120), (12, 40), (30, 100), (8, 20))


class Burst(NamedTuple):
    """What is typed, piece by piece."""

    pieces: Sequence[bytes]
    tokens: Sequence[str]
    """Words that were typed once each into what is saved."""
    is_exact: bool = False
    """Whether each job leads back to the list, so that each word must be saved."""

    @property
    def saves(self) -> int:
        """How many edits the keys can save at most."""
        return sum(piece[:1] in SAVING for piece in self.pieces)


class Failure(NamedTuple):
    """What went wrong."""

    what: str
    burst: Burst
    output: bytes


def random_burst(random: Random, jobs: int) -> Burst:
    """Return the keys of random jobs, one piece a key or a paste."""
    pieces: list[bytes] = []
    tokens: list[str] = []

    def word() -> str:
        tokens.append(f"zq{len(tokens)}{random.choice('abc')}x")
        return tokens[-1]

    def keys(text: str) -> list[bytes]:
        return [char.encode() for char in text]

    def paste(text: str) -> list[bytes]:
        return [b"\x1b[200~" + text.encode() + b"\x1b[201~"]

    def enters() -> list[bytes]:
        return [b"\r"] * random.randint(1, 3)

    def moves() -> list[bytes]:
        return random.choices([b"j", b"k", b"\x1b[B", b"G", b"g"], k=random.randint(0, 3))

    choices: dict[str, Callable[[], list[bytes]]] = {
        "add": lambda: [b"A", *keys(word()), *enters()],
        "add, pasted": lambda: [b"A", *paste(f"{word()}\n"), *enters()],
        "lines": lambda: [*paste(f"- {word()}\r\n- {word()}\n\n"), *enters()],
        "line": lambda: [*paste(word()), *enters()],
        "status": lambda: [*moves(), b"s", *random.choices([b"j", b"r", b"f"], k=random.randint(0, 2)), *enters()],
        "claim": lambda: [b"n", *keys("2029"), b"\t", b"\t", b"\t", *keys(word()), *enters()],
        "tag": lambda: [b"T", *keys(word()), *enters()],
        "filter": lambda: [b"/", *keys(random.choice(["salt", "Kestrel", "is:overdue", "x:"])), *enters(), *moves()],
        "palette": lambda: [b"\x10", *keys("Slow"), *enters()],
        "edit": lambda: [b"e", b"\x1b[F", *keys(word()), *[b"\x13"] * random.randint(1, 3)],
        "remove": lambda: [b"d", *random.choice([enters(), [ESCAPE], [b"y", b"y"], [b"n"]])],
        "undo": lambda: random.choices([b"u", b"\x12"], k=random.randint(1, 3)),
        "mine": lambda: [b"w", b"w", *random.choice([[], [b"*", b"8", b"\r", b"\r"]])],
        "look": lambda: [random.choice([b"?", b"5", b"i", b"v", b"1", b"2", b"3", b"4", b"z", b"p", b"L", b"c", b"a"])],
        "pane": lambda: [b"\t", *moves(), random.choice([b"e", b"n", b"\r", b"d"]), *enters()],
        "paste": lambda: paste(random.choice(["a\nb\nc", "\n", "", "x" * 5_000, "밤\r\n빵\t\x1b[31m", "one"])),
        "bare paste": lambda: [b"A", *keys(word()), b"\r", *keys("second line")],
        "any": lambda: random.choices(SINGLE_KEYS, k=random.randint(1, 12)),
        "leave": lambda: [ESCAPE] * random.randint(1, 3),
        "click": lambda: [_click(random)],
    }
    for _ in range(jobs):
        pieces += choices[random.choice([*choices])]()
    return Burst(pieces, tokens)


def exact_burst(random: Random, jobs: int) -> Burst:
    """Return the keys of jobs that each save a word and lead back to the list."""
    tokens = [f"zq{number}x" for number in range(jobs)]
    pieces: list[bytes] = []
    for token in tokens:
        word = [letter.encode() for letter in token]
        detour = random.choice(
            [b"?\x1b", b"5\x1b", b"/salt\r", b"\x1b", b"jj", b"\x10Slow\r", b"v\x1b", b"u\x12", b"  ", b""]
        )
        if detour != b"u\x12" or pieces:
            pieces += [detour[at : at + 1] for at in range(len(detour))]
        job = random.choice([[b"A", *word, b"\r"], [b"T", *word, b"\r"], [b"n", b"\t", b"\t", b"\t", *word, b"\r"]])
        pieces += [*job, ESCAPE] if detour[:1] == b"/" else job
    return Burst(pieces, tokens, is_exact=True)


def _click(random: Random) -> bytes:
    place = f"{random.randint(1, 100)};{random.randint(1, 30)}"
    return f"\x1b[<0;{place}M\x1b[<0;{place}m".encode()


def run_burst(folder: Path, random: Random, jobs: int) -> Failure | None:
    """Type a random burst into the app on a list in a folder, and return what went wrong."""
    burst = (exact_burst if random.random() < 0.3 else random_burst)(random, jobs)
    path = folder / "list.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    _put_settings(folder)
    app = Session(app_command(folder), environment={**os.environ, **_environment(folder)})
    try:
        app.wait_for(b"12 shows", b"\x1b[?2004h")
        _type_all(app, random, burst.pieces)
        what = _leave(app)
    except AssertionError as error:
        what = str(error)[:300]
    finally:
        app.close()
    if b"Traceback" in app.output or b"Error:" in app.output:
        what = "a traceback"
    what = what or _judge_file(folder, path, burst)
    return Failure(what, burst, app.output) if what else None


def _type_all(app: Session, random: Random, pieces: Sequence[bytes]) -> None:
    pause = random.choice([0.0, 0.0, 0.005, 0.02, 0.05])
    together = random.choice([1, 3, 10, 1000]) if pause else 1000
    for start in range(0, len(pieces), together):
        app.type(b"".join(pieces[start : start + together]))
        end = time.monotonic() + random.uniform(0, pause)
        while time.monotonic() < end:
            app.read()
        if random.random() < 0.1:
            app.resize(*random.choice(SIZES))


def _leave(app: Session) -> str:
    """Leave all that is open and the app; return what went wrong."""
    app.resize(30, 100)
    for _ in range(TIRELESS):
        for key in (ESCAPE, ESCAPE, b"q"):
            if app.code is None:
                app.type(key)
                _read(app, 0.15)
        if app.code is not None:
            return "" if app.code == 0 else f"it ended with code {app.code}"
    return "it does not end"


def _read(app: Session, seconds: float) -> None:
    end = time.monotonic() + seconds
    while app.poll() is None and time.monotonic() < end:
        app.read()


def _judge_file(folder: Path, path: Path, burst: Burst) -> str:
    text = path.read_text(encoding="utf-8")
    snapshot = read_snapshot(text)
    if problems := find_problems(snapshot, date.today() + timedelta(days=10_000)):  # noqa: DTZ011 - of no matter
        return f"the list is damaged: {problems[0]}"
    lost = [token for token in burst.tokens if token not in text]
    if burst.is_exact and lost:
        return f"{lost} were not saved"
    for token in burst.tokens:
        titles = sum(token in show.title for show in snapshot.watchlist.shows)
        notes = Counter(show.id for show in snapshot.watchlist.shows for claim in show.history if token in claim.note)
        if titles > 1 or any(count > 1 for count in notes.values()):
            return f"{token} was saved twice"
    records = [line for log in folder.rglob("*.jsonl") for line in log.read_text(encoding="utf-8").splitlines()]
    edits = sum("did" in json.loads(line) for line in records)
    if edits > burst.saves:
        return f"{edits} edits were saved, of {burst.saves} keys that save"
    return ""


def _environment(folder: Path) -> dict[str, str]:
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("STATE", "CONFIG", "CACHE", "DATA")}
    return homes | {"TERM": "xterm-256color", "EDITOR": "true", "PYTHONUNBUFFERED": "1"}


def _put_settings(folder: Path) -> None:
    settings = folder / "config" / "release-tracker" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("sources = []\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of the first run; the next have the numbers behind it")
    parser.add_argument("--count", type=int, default=20, help="how many runs")
    parser.add_argument("--jobs", type=int, default=12, help="how many jobs each run types")
    options = parser.parse_args()
    failures = 0
    for seed in range(options.seed, options.seed + options.count):
        with tempfile.TemporaryDirectory() as folder:
            failure = run_burst(Path(folder), Random(seed), options.jobs)
        if failure is None:
            continue
        failures += 1
        keys = b" ".join(failure.burst.pieces)
        print(f"seed {seed}: {failure.what}\n  keys: {keys!r}\n  {failure.output[-600:]!r}", flush=True)  # noqa: T201
    print(f"{failures} of {options.count} runs failed")  # noqa: T201
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
