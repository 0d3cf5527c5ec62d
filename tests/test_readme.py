"""README says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.cli.parser import COMMANDS
from tracker.model.window_parser import parse_window
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS
from tracker.tui import bindings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
FORMAT = (Path(__file__).parent.parent / "data" / "FORMAT.md").read_text(encoding="utf-8")


def between(start: str, stop: str) -> str:
    found = re.search(f"{re.escape(start)}(.*?){re.escape(stop)}", README, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_key_table_matches_bindings() -> None:
    assert between("held to them by a test -->", "<!-- /keys -->") == bindings.markdown_table()


def test_action_names_match_bindings() -> None:
    assert between("<!-- names -->", "<!-- /names -->") == bindings.markdown_names()


def test_commands_are_all_described() -> None:
    assert [command for command in COMMANDS if f"tracker {command}" not in README] == []


def test_query_words_are_all_described() -> None:
    # The other names of two fields are left out there.
    words = [*(name for name in QUERY_FIELDS if name not in ("network", "actor")), *IS_PROPERTIES]
    assert [word for word in words if word not in between("### Queries", "## Development")] == []


def test_releases_of_the_table_can_be_read() -> None:
    for cell in re.findall(r"^\| (`.*?) \|", FORMAT.split("## Releases")[1].split("A newer window")[0], re.MULTILINE):
        for text in re.findall(r"`(.+?)`", cell):
            assert parse_window(text).text == text
