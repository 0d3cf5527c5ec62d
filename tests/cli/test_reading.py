"""Looking never writes: no command that is no edit, or is refused, leaves a trace outside of the cache folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import SHOWS
from tests.cli.helpers import Run
from tests.files import write_settled
from tracker.cli.parser import COMMANDS

READING: Final[dict[str, Sequence[str]]] = {
    "list": ("", "--json", "--ids", "ferry", "--sort title", "net:harbour"),
    "show": ("old-ferry", "old-ferry --json", "nobody"),
    "today": ("", "--json", "--exit-code"),
    "calendar": ("", "--months 3", "--json"),
    "slips": ("", "--json"),
    "export": ("ics", "ics - ferry", "ics --alarms"),
    "news": ("", "--json", "--since 2026-01-01"),
    "check": ("",),
    "path": ("",),
    "help": ("", "file", "nobody"),
    "completion": ("bash",),
    "clip": ("ARTICLE", "ARTICLE --json", "/dev/null", "ARTICLE --to nobody"),
    "search": ("ferry --source nobody",),
    "refresh": ("--dry-run", "--dry-run old-ferry --json", "nobody"),
    "remind": ("--dry-run", "--dry-run --json"),
    "restore": ("--list", "99"),
    "merge": ("", "nothing nowhere never"),
    "add": ("X --status sideways", "--from nobody:1"),
    "status": ("nobody filming", "old-ferry sideways"),
    "set": ("nobody tags=x", "old-ferry nonsense", "old-ferry rating=99"),
    "remove": ("nobody",),
    "undo": ("",),
    "redo": ("",),
    "note": ("nobody",),
    "link": ("nobody tvmaze:1",),
}
"""Arguments with which a command only looks, or is refused."""
EDITING: Final = (
    "add X", "status old-ferry released", "set old-ferry tags=x", "remove old-ferry", "undo", "redo", "note",
    "restore 1", "clip ARTICLE --to old-ferry", "clip ARTICLE --add", "refresh", "link old-ferry tvmaze:7",
    "news --mark-seen", "remind",
)  # fmt: skip
"""Edits, which a look at the past refuses."""
ARTICLE: Final = (
    "Lumen confirmed on 23 November 2026 that the upcoming drama series “Salt Road” premieres in March 2027."
)
LISTS: Final[dict[str, bytes | None]] = {
    "as the program writes it": SHOWS.encode(),
    "by hand": b'[[show]]\ntitle = "Old Ferry"\nstatus = "announced"\nrelease = 2027\n',
    "edited by hand": SHOWS.replace('release = "2027"\nnetworks', 'release = "2028"\nnetworks').encode(),
    "odd": b"\xef\xbb\xbf" + SHOWS.replace("\n", "\r\n").encode()[:-2],
    "damaged": SHOWS.replace('kind = "film"', 'kind = "film').encode() + b'\n[[show]]\nstatus = "x"\n',
    "half written": SHOWS.encode()[: len(SHOWS) // 2],
    "in conflict": f"{SHOWS}<<<<<<< ours\n[[show]]\n=======\n>>>>>>> theirs\n".encode(),
    "no UTF-8": SHOWS.encode("utf-16"),
    "empty": b"",
    "absent": None,
}


def look(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return what is in a folder, with everything that a write changes."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes() if path.is_file() else b"",
            *(getattr(path.stat(), f"st_{name}") for name in ("ino", "mode", "mtime_ns", "ctime_ns")),
        )
        for path in folder.rglob("*")
    }


def test_every_command_is_looked_at() -> None:
    assert READING.keys() == COMMANDS.keys()


@pytest.mark.parametrize(
    ("name", "is_known"),
    [*((name, True) for name in LISTS), *((name, False) for name in ("as the program writes it", "by hand", "absent"))],
)
def test_looking_writes_nothing(run: Run, tmp_path: Path, name: str, is_known: bool) -> None:
    text, path, article = LISTS[name], tmp_path / "list.toml", tmp_path / "article.txt"
    article.write_text(ARTICLE)
    if is_known:
        # The program has edited this list before, and keeps a state of it.
        write_settled(path, SHOWS.encode())
        assert run("set", "old-ferry", "tags=x")[0] == 0
        assert run("news", "--mark-seen")[0] == 0
        path.unlink()
    if text is not None:
        write_settled(path, text)
    before = look(tmp_path)
    # What the arguments and the day change is tried with one list; all others see each command once.
    is_usual = name == "as the program writes it"
    commands = [
        f"{command} {arguments}" for command, rows in READING.items() for arguments in rows[: None if is_usual else 1]
    ]
    if is_known:
        commands = [command for command in commands if command not in ("undo ", "redo ")]
    commands += [f"{command} --as-of 2026-01-01" for command in ((*commands, *EDITING) if is_usual else EDITING)]
    for command in commands:
        code, _, err = run(*(str(article) if word == "ARTICLE" else word for word in command.split()))
        assert "Traceback" not in err
        assert (command, look(tmp_path)) == (command, before)
        assert code in range(6)
