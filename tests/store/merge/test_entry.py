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


def test_lists_over_several_lines_keep_their_lines_and_comments() -> None:
    ours = ENTRY.replace('  "boat",\n', '  "boat",\n  "sea",\n')
    theirs = ENTRY.replace('  "boat",\n', "").replace('"Ann" }', '"Ann", about = "the pilot" }')
    text = merged(ENTRY, ours, theirs)
    assert '"pier",  # where it is' in text
    assert "# she" in text
    show = parser.parse(text)["show"][0]
    assert show["tags"] == ["pier", "sea"]
    assert show["cast"] == [{"actor": "Mina Doe", "role": "Ann", "about": "the pilot"}]


def test_keys_are_put_before_tables_and_into_their_own() -> None:
    ours = ENTRY.replace("trailer", 'site = "https://example.org/s"\ntrailer')
    theirs = ENTRY.replace('status = "filming"\n', 'status = "filming"\nrating = 4\n').replace(
        "x = 1\n", "x = 1\ny = 2\n"
    )
    expected = ours.replace('status = "filming"\n', 'status = "filming"\nrating = 4\n').replace(
        "x = 1\n", "x = 1\ny = 2\n"
    )
    assert merged(ENTRY, ours, theirs) == expected


def test_a_table_written_in_another_way_on_the_other_side_is_merged_all_the_same() -> None:
    base = '[[show]]\ntitle = "A"\nids = { tvmaze = 1 }\n'
    dotted = '[[show]]\ntitle = "A"\nids.tvmaze = 1\nids.imdb = "tt1"\n'
    text = merged(base, base.replace("= 1 }", '= 1, wikidata = "Q1" }'), dotted)
    assert parser.parse(text)["show"][0]["ids"] == {"tvmaze": 1, "imdb": "tt1", "wikidata": "Q1"}


def test_a_comment_behind_a_value_that_both_changed_is_kept_above_it() -> None:
    base = '[[show]]\ntitle = "A"\ntags = ["a"]\n'
    text = merged(base, base.replace('["a"]', '["a", "b"] # mine'), base.replace('["a"]', '["a", "c"] # hers'))
    assert text == '[[show]]\ntitle = "A"\n# hers\ntags = ["a", "b", "c"] # mine\n'


def test_a_history_written_inline_is_united_too() -> None:
    base = '[[show]]\ntitle = "A"\nhistory = [{ on = 2026-01-05, note = "a" }]\n'
    ours = base.replace("}]", '}, { on = 2026-01-07, note = "b" }]')
    theirs = base.replace("}]", '}, { on = 2026-01-06, note = "c" }]')
    notes = [claim["note"] for claim in parser.parse(merged(base, ours, theirs))["show"][0]["history"]]
    assert notes == ["a", "c", "b"]


def test_tables_of_the_owner_are_merged_by_key_in_the_head() -> None:
    base = "format = 1\n\n[own]\nx = 1\n"
    assert merged(base, "mine = 2\n" + base, base + "y = 2\n", "head") == "mine = 2\n" + base + "y = 2\n"


def test_a_value_of_the_head_that_both_changed_is_a_clash() -> None:
    [clash] = merge_entry("head", "own = 1\n", "own = 2\n", "own = 3\n").conflicts
    assert clash.path == ("own",)


@pytest.mark.parametrize(
    "broken", ["[[show]]\ntitle = \n", '[[show]]\ntitle = "A"\ntitle = "B"\n', "[[show]]\n" + "x = [" * 300]
)
def test_what_is_not_toml_is_refused(broken: str) -> None:
    with pytest.raises(MergeError):
        merge_entry("show", ENTRY, broken, ENTRY.replace("Old", "New"))
