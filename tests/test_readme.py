"""README says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.cli.parser import COMMANDS
from tracker.model.query import FIELDS, IS
from tracker.model.window_parse import parse_window
from tracker.tui import keys

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def between(start: str, stop: str) -> str:
    found = re.search(f"{re.escape(start)}(.*?){re.escape(stop)}", README, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_the_table_of_keys_is_that_of_the_bindings() -> None:
    assert between("held to them by a test -->", "<!-- /keys -->") == keys.table()


def test_the_names_of_actions_are_those_of_the_bindings() -> None:
    assert between("<!-- names -->", "<!-- /names -->") == keys.names()


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_is_told(command: str) -> None:
    assert f"tracker {command}" in README


@pytest.mark.parametrize("word", [name for name in FIELDS if name not in ("network", "actor")] + list(IS))
def test_every_word_of_the_filter_is_told(word: str) -> None:
    assert word in between("### Queries", "## Development")


def test_every_release_in_the_table_can_be_read() -> None:
    for cell in re.findall(r"^\| (`.*?) \|", between("## Releases", "A newer window"), re.MULTILINE):
        for text in re.findall(r"`(.+?)`", cell):
            assert parse_window(text).text == text
