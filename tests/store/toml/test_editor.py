from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.toml.editor import edit_block, format_block, format_value
from tracker.store.toml.statements import split_trailing
from tracker.text import clean

ODD = """\
\t[[ "show" ]]  # an odd header
   title   =   'Old Ferry'    # literal
\r
status='filming'#no space
# between
release = "2026"
networks = [ "One",
\t"Two" , # second
   ]
mine.shelf = 3
"quoted key"   = { a=1,b = [ 2 ] }
synopsis = '''
[[show]] is no header here
'''

 [show.ids]   # mine
 tvmaze = 7
 [ show . mood ]
 rain = true

[[show.history]]  # first
on=2026-01-05
status = 'filming'

[colours]   # belongs to nobody
x  =  1

# about the next one
"""

BLOCK = """\
[[show]]
title = "Old Ferry"
cast = [
  { actor = "Mina Doe", role = "Ann", shoe = 38 },  # the lead
  { actor = "Jo Park" },
]
rating = 5  # mine
tags = ["a"]
"""

WRAPPED = """\
[[show]]
title = "Old Ferry"
cast = [
  {
    actor = "Mina Doe",
    role = "Ann",  # the lead
  },
  { actor = "Jo Park", },
]
ids = {
  tvmaze = 7,  # found by hand

  # its own number
  own = { a = 1, },
}
links = { a = "http://x",
}  # one
rating = 5  # mine
history = [
  {
    on = 2026-01-05,
    note = "a\\e\\x41",
  }
]
"""
"""What TOML 1.1 reads and 1.0 does not."""


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and came, ends included, where the texts differ as blocks of lines."""
    from difflib import SequenceMatcher

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    went, came = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            went += old[a:b]
            came += new[c:d]
    return went, came


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_edit_status(newline: str) -> None:
    text = ODD.replace("\r\n", "\n").replace("\n", newline)
    after = edit_block("show", text, {"status": "scheduled"})
    assert after == text.replace("status='filming'#no", "status='scheduled'#no")


def test_append_claim_line_ends() -> None:
    text = ODD.replace("\r\n", "\n").replace("\n", "\r\n")
    after = edit_block("show", text, {}, [{"on": date(2026, 3, 1), "note": 'it\'s "on"'}])
    went, came = changed(text, after)
    assert went == []
    assert "".join(came).replace("\r\n", "\n").strip() == ('[[show.history]]\non = 2026-03-01\nnote = "it\'s \\"on\\""')
    assert "".join(came).count("\n") == "".join(came).count("\r\n")
    assert len(tomllib.loads(after)["show"][0]["history"]) == 2


def test_edit_beside_wrapped_tables() -> None:
    assert edit_block("show", WRAPPED, {"rating": 6}) == WRAPPED.replace("= 5", "= 6")


def test_edit_within_wrapped_tables() -> None:
    cast = [{"actor": "Mina Doe", "role": "Ann"}, {"actor": "Jo Park", "role": "Bo"}]
    ids = {"tvmaze": 7, "own": {"a": 1}, "imdb": "tt1"}
    went, came = changed(WRAPPED, edit_block("show", WRAPPED, {"cast": cast, "ids": ids}))
    assert went == ['  { actor = "Jo Park", },\n']
    assert [line.strip() for line in came] == ['{ actor = "Jo Park", role = "Bo", },', 'imdb = "tt1",']


def test_edit_keeps_bom() -> None:
    assert edit_block("show", "\ufeff" + BLOCK, {"rating": 6}) == "\ufeff" + BLOCK.replace("= 5", "= 6")


def test_add_key() -> None:
    went, came = changed(ODD, edit_block("show", ODD, {"rating": 7}))
    assert (went, [line.rstrip() for line in came]) == ([], ["rating = 7"])
    assert tomllib.loads(edit_block("show", ODD, {"rating": 7}))["show"][0]["rating"] == 7


def test_remove_key() -> None:
    assert edit_block("show", BLOCK, {"rating": None}) == BLOCK.replace("rating = 5  # mine\n", "# mine\n")


def test_remove_long_text() -> None:
    after = edit_block("show", ODD, {"synopsis": None})
    assert changed(ODD, after) == (["synopsis = '''\n", "[[show]] is no header here\n", "'''\n"], [])


def test_add_name_to_list() -> None:
    went, came = changed(ODD, edit_block("show", ODD, {"networks": ["One", "Two", "Three"]}))
    assert not went or went == ['\t"Two" , # second\n']
    assert '"Three"' in "".join(came)
    assert "# second" in edit_block("show", ODD, {"networks": ["One", "Two", "Three"]})


def test_add_actor() -> None:
    cast = [{"actor": "Mina Doe", "role": "Ann", "shoe": 38}, {"actor": "Jo Park"}, {"actor": "Lee"}]
    after = edit_block("show", BLOCK, {"cast": cast})
    assert changed(BLOCK, after)[0] == []
    assert tomllib.loads(after)["show"][0]["cast"] == cast


def test_add_actor_as_table() -> None:
    text = (
        '[[show]]\ntitle = "A"\n\n[[show.cast]]\nactor = "X"  # lead\n\n[[show.history]]\non = 2026-01-01\nnote = "n"\n'
    )
    after = edit_block("show", text, {"cast": [{"actor": "X"}, {"actor": "Y"}]})
    assert changed(text, after)[0] == []


@pytest.mark.parametrize(
    "history",
    [
        'history = [ { on = 2026-01-01, note = "a" } ] # c\n',
        'history = [\n  # first\n  { on = 2026-01-01, note = "a" }, # c\n]\n',
        '[[show.history]]\non = 2026-01-01\nnote = "a"\n\n[show.links]\na = "http://x"\n',
        '[["show"."history"]]\non = 2026-01-01\nnote = "a"\n',
        '\t[[ show . history ]] # c\n\ton = 2026-01-01\n\tnote = "a"\n\t[show.history.mine]\n\tx = 1\n',
        '[show.links]\na = "http://x"\n[[show.history]]\non = 2026-01-01\nnote = "a"\n[own]\nx = [\n  "[[show]]"\n]\n',
    ],
)
def test_append_claim(history: str) -> None:
    text = f'[[show]]\ntitle = "A"\n{history}'
    claim = {"on": date(2026, 3, 1), "note": "b"}
    after = edit_block("show", text, {}, [claim])
    before, now = tomllib.loads(text), tomllib.loads(after)
    assert now["show"][0].pop("history") == [*before["show"][0].pop("history"), claim]
    assert now == before
    assert all(line in after for line in text.splitlines() if "history" not in line)


def test_trailing_lines() -> None:
    body, tail = split_trailing('[[show]]\ntitle = "A"\n# mine\n\n# about B\n\n')
    assert (body, tail) == ('[[show]]\ntitle = "A"\n# mine\n', "\n# about B\n\n")


def test_trailing_comment_in_a_long_text() -> None:
    text = '[[show]]\ntitle = "A"\nnotes = """\n\n# text\n\n"""\n'
    assert split_trailing(text) == (text, "")


@pytest.mark.parametrize("text", ['a\n"', 'a\n""', 'a\n"""', 'a\n""""', '\n"""b"""\n"', "a\n\\", 'a\n\\"', "\n\n"])
def test_long_text_ends(text: str) -> None:
    assert tomllib.loads(f"v = {format_value(text)}\n") == {"v": text}


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=12).map(clean) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='ab é"\\.', max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_format_value_round_trip(value: Any) -> None:
    assert tomllib.loads(f"v = {format_value(value)}\n") == {"v": value}


TEXTS = st.text(alphabet="ab\"'\\\n#é[]=", max_size=12)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "status": st.sampled_from(["scheduled", "released"]),
        "release": st.dates(date(2000, 1, 1), date(2100, 1, 1)) | st.sampled_from(["2027", "TBA"]),
        "networks": st.lists(TEXTS, max_size=3),
        "rating": st.none() | st.integers(0, 10) | st.just(7.5),
        "synopsis": st.none() | TEXTS,
        "tags": st.none() | st.lists(TEXTS, max_size=3),
        "ids": st.dictionaries(st.sampled_from(["tvmaze", "imdb", "a b"]), TEXTS, max_size=3),
        "links": st.dictionaries(st.sampled_from(["a", "b c"]), TEXTS, max_size=2),
        "cast": st.lists(st.fixed_dictionaries({"actor": st.sampled_from(["Mina Doe", "Jo Park", "#}"])}), max_size=3),
        "new key": TEXTS,
    },
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("block", [ODD, BLOCK, WRAPPED, "[[show]]\ntitle=''"])
@given(changes=CHANGES, claims=st.lists(st.fixed_dictionaries({"on": st.dates(), "note": TEXTS}), max_size=2))
def test_edit_any_changes(block: str, newline: str, changes: Mapping[str, Any], claims: list[dict[str, Any]]) -> None:
    text = block.replace("\r\n", "\n").replace("\n", newline)
    # What TOML 1.0 reads before, it reads after.
    loads = tomli.loads if block is WRAPPED else tomllib.loads
    before = loads(text)
    after = loads(edit_block("show", text, changes, claims))
    [show] = before["show"]
    for key, value in changes.items():
        if value is None:
            show.pop(key, None)
        else:
            show[key] = value
    if claims:
        show["history"] = [*show.get("history", []), *claims]
    assert after == before


@given(
    st.lists(st.fixed_dictionaries({"title": TEXTS, "notes": TEXTS}, optional={"mine": VALUES}), min_size=1, max_size=1)
)
def test_format_block_round_trip(tables: list[dict[str, Any]]) -> None:
    assert tomllib.loads(format_block("show", tables[0])) == {"show": tables}


def test_trailing_after_a_long_text() -> None:
    body = "[[show]]\ntitle = 'A'\nnotes = '''\n# none\n\n# text'''\n"
    assert split_trailing(body + " \n# about the next\n") == (body, " \n# about the next\n")
    assert split_trailing(body + "# mine\n\n# next") == (body + "# mine\n", "\n# next")


@pytest.mark.parametrize(
    "written",
    [
        'cast = [  # one\n  { actor = "X" },  # two\n  # three\n]  # four\n',
        '[[show.cast]]  # one\nactor = "X"  # two\n# three\n[show.cast.mine]\nx = 1  # four\n',
    ],
)
def test_removed_list_leaves_comments(written: str) -> None:
    after = edit_block("show", f'[[show]]\ntitle = "A"\n{written}\n[own]\ny = 2\n', {"cast": None, "rating": 3})
    assert tomllib.loads(after) == {"show": [{"title": "A", "rating": 3}], "own": {"y": 2}}
    assert [line.strip() for line in after.split("\n") if "#" in line] == ["# one", "# two", "# three", "# four"]


@pytest.mark.parametrize(
    "value", ['"#"', "'''\n# \"\"\" ]\n'''", "[[1], # ]\n 2]", '{ a = "}" }', "2026-05-01 10:00:00"]
)
def test_replaced_value_ends_where_it_ends(value: str) -> None:
    text = f'[[show]]\ntitle = "A"\nnotes = {value}  # "mine" ]\n# below\nrating = 3\n'
    assert edit_block("show", text, {"notes": "b"}) == text.replace(value, '"b"')
