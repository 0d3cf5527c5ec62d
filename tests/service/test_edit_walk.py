"""What recording one status goes through, counted."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomlrt

import tracker
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.service import Tracker
from tracker.store import show_writer
from tracker.store.backups import BackupFolder
from tracker.store.files import atomic
from tracker.store.journal import Journal
from tracker.store.toml import parser

HERE = Path(tracker.__file__).parent
OTHERS = '[[show]]\ntitle = "Salt Road"\n\n[[person]]\nname = "Ines Oru"\n'
HISTORY = '\n[[show.history]]\non = 2026-01-05\nstatus = "announced"\n'
ENTRIES = {
    "long": f'[[show]]\nid = "paper-kite"\ntitle = "Paper Kite"\nstatus = "announced"\n{HISTORY}\n# about the next\n',
    "short": '[[show]]\ntitle = "Paper Kite"  # mine\n',
    "baseline": "[[show]]\ntitle = 'Paper Kite'\nrelease = 2027-05-01\nstatus='announced'# they say\n",
    "by hand": f'[[show]]\ntitle = "Paper Kite"\nstatus = "cancelled"\n{HISTORY}',
    "tables": f'[[show]]\r\ntitle = "Paper Kite"\r\nids.tvmaze = 1\r\n[show.links]\r\na = "b"\r\n{HISTORY}',
    "no status": f'[[show]]\ntitle = "Paper Kite"\ncast = [\n  {{ actor = "Ines Oru" }},\n]\n{HISTORY}',
}
FILMING = {"paper-kite": Claim(status=Status.FILMING)}

Make = Callable[..., Tracker]


@pytest.mark.parametrize("name", ENTRIES)
def test_record_parses_the_entry_twice(name: str, make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = make_tracker(ENTRIES[name] + OTHERS)
    opened.watchlist.open()
    texts: list[str] = []

    def count(module: object, function: str) -> None:
        parse = getattr(module, function)

        def call(text: str) -> object:
            texts.append(text)
            return parse(text)

        monkeypatch.setattr(module, function, call)

    # Every way to a parser: the fast one, the one that checks, and the one that edits.
    count(parser, "_loads_fast")
    count(tomli, "loads")
    count(tomlrt, "loads")
    opened.edits.record(FILMING)
    assert len(texts) == 2
    assert texts[0] == ENTRIES[name]
    assert texts[1] == opened.watchlist.text_of("paper-kite") != texts[0]
    assert opened.watchlist.current.get("paper-kite").status is Status.FILMING


def test_record_crosses_ten_files(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts the files that are on the stack when the steps of an edit are made, and those of the steps.

    The steps: the show is changed, then its text, which is parsed again; the file is written, a backup and a line of
    the journal are made. What these call to do it, as to encode a value or to sync a folder, is not counted.
    """
    opened = make_tracker(ENTRIES["long"] + OTHERS)
    opened.watchlist.open()
    crossed: set[str] = set()

    def follow(owner: object, function: str) -> None:
        step = getattr(owner, function)

        def call(*given: Any, **named: Any) -> Any:
            files = map(Path, [*(frame.filename for frame in inspect.stack(0)), inspect.getfile(step)])
            crossed.update(str(file.relative_to(HERE)) for file in files if file.is_relative_to(HERE))
            return step(*given, **named)

        monkeypatch.setattr(owner, function, call)

    follow(Show, "record")
    follow(show_writer, "edit_block")
    follow(parser, "parse_strictly")
    follow(atomic, "write")
    follow(Journal, "add")
    follow(BackupFolder, "add_text")
    opened.edits.record(FILMING)
    assert sorted(crossed) == [
        "model/show.py",
        "service/edits.py",
        "store/backups.py",
        "store/files/atomic.py",
        "store/journal.py",
        "store/operations.py",
        "store/show_writer.py",
        "store/toml/editor.py",
        "store/toml/parser.py",
        "store/writer.py",
    ]
