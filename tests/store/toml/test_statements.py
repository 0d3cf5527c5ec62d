from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.toml import parser
from tracker.store.toml.statements import HEADER, TAIL, segments, statements

ENTRY = """\
[[show]]  # mine
title = "Old Ferry"   # its name
# about the status
status = "filming"
ids.tvmaze = 7
notes = '''
# no comment
[[show]]
'''
cast = [  # all of them
  { actor = "Mina Doe", role = "Ann" },

  # the pilot
  { actor = "Jo Roe" },
]

[show.links]
# where
trailer = "https://example.org/t"

[[show.history]]
on = 2026-01-05
status = "filming"
[show.history.own]
x = 1

[[show.seasons]]
n = 1
[[show.seasons]]
n = 2
[own]
x = [
  1 ] # end
# last

# behind
"""


def keys(text: str) -> list[str]:
    return [".".join(unit.key[:1] if unit.key[0].startswith("[[h") else unit.key) for unit in segments("show", text)]


def test_segments() -> None:
    assert keys(ENTRY) == [
        *HEADER, "title", "status", "ids.tvmaze", "notes", "cast", ".links", "links.trailer",
        "[[history]]", "[[seasons]]", "[own]", *TAIL,
    ]  # fmt: skip


def test_segments_comments() -> None:
    found = {unit.key: unit for unit in segments("show", ENTRY)}
    assert found[("status",)].lead == "# about the status\n"
    assert found[("links", "trailer")].lead == "# where\n"
    assert found[("[own]",)].text.endswith("# end\n# last\n")
    assert found[TAIL].text == "\n# behind\n"


def test_segments_same_claims() -> None:
    claim = "\n[[show.history]]\non = 2026-01-05\nnote = 'x'\n"
    found = segments("show", '[[show]]\ntitle = "A"\n' + claim + claim)
    assert len({unit.key for unit in found}) == 5


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n", "# x"])
def test_segments_joined(newline: str, bom: str, end: str) -> None:
    text = bom + (ENTRY.rstrip("\n") + "\n" + end).replace("\n", newline)
    assert "".join(unit.lead + unit.text for unit in segments("show", text)) == text


def test_segments_of_the_head() -> None:
    text = "# list\nformat = 1\nmine = 2\n\n[own]\nx = 1\n[own.sub]\ny = 2\n"
    assert [unit.key for unit in segments("head", text)] == [("format",), ("mine",), ("[own]",), TAIL]


@given(st.lists(st.sampled_from([*ENTRY.splitlines(keepends=True), '"""', "x = 1\n", "]\n", "\\"]), max_size=12))
def test_statements_joined(lines: list[str]) -> None:
    text = "".join(lines)
    assert "".join(statement.lead + statement.text for statement in statements(text)) == text


def test_statements_are_toml() -> None:
    for statement in statements(ENTRY):
        assert parser.is_toml(statement.text), statement
