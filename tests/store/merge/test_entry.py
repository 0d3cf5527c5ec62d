from __future__ import annotations

import pytest

from tracker.store.merge.entry import MergeError, merge_entry
from tracker.store.toml import parser

ENTRY = """\
[[show]]
title = "Old Ferry"
status = "filming"
tags = [
  "pier",  # where it is
  "boat",
]
cast = [
  { actor = "Mina Doe", role = "Ann" },  # she
]

[show.links]
trailer = "https://example.org/t"

[own]
x = 1

# behind
"""


def merged(base: str, ours: str, theirs: str, kind: str = "show") -> str:
    result = merge_entry(kind, base, ours, theirs)
    assert result.conflicts == ()
    return result.text


def test_merge_entry_keeps_lines_of_lists() -> None:
    ours = ENTRY.replace('  "boat",\n', '  "boat",\n  "sea",\n')
    theirs = ENTRY.replace('  "boat",\n', "").replace('"Ann" }', '"Ann", about = "the pilot" }')
    text = merged(ENTRY, ours, theirs)
    assert '"pier",  # where it is' in text
    assert "# she" in text
    show = parser.parse(text)["show"][0]
    assert show["tags"] == ["pier", "sea"]
    assert show["cast"] == [{"actor": "Mina Doe", "role": "Ann", "about": "the pilot"}]


def test_merge_entry_puts_keys_before_tables() -> None:
    ours = ENTRY.replace("trailer", 'site = "https://example.org/s"\ntrailer')
    theirs = ENTRY.replace('status = "filming"\n', 'status = "filming"\nrating = 4\n').replace(
        "x = 1\n", "x = 1\ny = 2\n"
    )
    expected = ours.replace('status = "filming"\n', 'status = "filming"\nrating = 4\n').replace(
        "x = 1\n", "x = 1\ny = 2\n"
    )
    assert merged(ENTRY, ours, theirs) == expected


def test_merge_entry_with_two_notations_of_a_table() -> None:
    base = '[[show]]\ntitle = "A"\nids = { tvmaze = 1 }\n'
    dotted = '[[show]]\ntitle = "A"\nids.tvmaze = 1\nids.imdb = "tt1"\n'
    text = merged(base, base.replace("= 1 }", '= 1, wikidata = "Q1" }'), dotted)
    assert parser.parse(text)["show"][0]["ids"] == {"tvmaze": 1, "imdb": "tt1", "wikidata": "Q1"}


def test_merge_entry_keeps_comment_of_a_conflict() -> None:
    base = '[[show]]\ntitle = "A"\ntags = ["a"]\n'
    text = merged(base, base.replace('["a"]', '["a", "b"] # mine'), base.replace('["a"]', '["a", "c"] # hers'))
    assert text == '[[show]]\ntitle = "A"\n# hers\ntags = ["a", "b", "c"] # mine\n'


def test_merge_entry_with_inline_history() -> None:
    base = '[[show]]\ntitle = "A"\nhistory = [{ on = 2026-01-05, note = "a" }]\n'
    ours = base.replace("}]", '}, { on = 2026-01-07, note = "b" }]')
    theirs = base.replace("}]", '}, { on = 2026-01-06, note = "c" }]')
    notes = [claim["note"] for claim in parser.parse(merged(base, ours, theirs))["show"][0]["history"]]
    assert notes == ["a", "c", "b"]


def test_merge_head_tables() -> None:
    base = "format = 1\n\n[own]\nx = 1\n"
    assert merged(base, "mine = 2\n" + base, base + "y = 2\n", "head") == "mine = 2\n" + base + "y = 2\n"


def test_merge_head_conflict() -> None:
    [clash] = merge_entry("head", "own = 1\n", "own = 2\n", "own = 3\n").conflicts
    assert clash.path == ("own",)


@pytest.mark.parametrize(
    "broken", ["[[show]]\ntitle = \n", '[[show]]\ntitle = "A"\ntitle = "B"\n', "[[show]]\n" + "x = [" * 300]
)
def test_merge_entry_that_is_not_toml(broken: str) -> None:
    with pytest.raises(MergeError):
        merge_entry("show", ENTRY, broken, ENTRY.replace("Old", "New"))


def test_merge_comment_that_goes_back_to_its_key() -> None:
    with_key = '[[show]]\ntitle = "Old Ferry"\nrating = 3  # mine\n'
    without, ours = (f'[[show]]\ntitle = "Old Ferry"\n{notes}# mine\n' for notes in ("", 'notes = "t"\n'))
    merged = merge_entry("show", without, ours, with_key)
    assert merged.text == '[[show]]\ntitle = "Old Ferry"\nnotes = "t"\nrating = 3  # mine\n'
