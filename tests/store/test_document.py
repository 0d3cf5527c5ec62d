from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.model.show import Show
from tracker.store.document import read_blocks
from tracker.store.snapshot import read_snapshot

PIECES = st.sampled_from(
    [
        "\ufeff", "\n", "\r\n", "\r", "\u2028", "# a comment\n", "# [[show]]\n", "format = 1\n",
        "[[show]]\n", "[[show]]\r\n", "  [[ show ]]  # mine\n", '[["show"]]\n', "[['person']]\n", "[[person]]\n",
        "[[show.history]]\n", "[show.ids]\n", "[mine]\n", 'title = "Paper Moon Inn"\n', "title = 'Old Ferry'\r\n",
        'synopsis = """\n', '"""\n', "notes = '''\n", "'''\n", '"""', "rating = 7\n", "status = \"filming\"",
        "on = 2026-01-05\n", "x = [\n", "]\n", "{", "\\", "옛날 집\n",
    ]
)  # fmt: skip


def titles(text: str) -> list[str]:
    return [show.title for show in read_snapshot(text).watchlist.shows]


@given(st.lists(PIECES, max_size=25).map("".join))
def test_blocks_joined_are_the_text(text: str) -> None:
    assert "".join(block.text for block in read_blocks(text)) == text


@given(st.text(max_size=80))
def test_read_any_text(text: str) -> None:
    contents = read_snapshot(text)
    assert "".join(block.text for block in contents.blocks) == text


@given(st.lists(PIECES, max_size=15).map("".join))
def test_read_known_blocks(text: str) -> None:
    fresh = read_snapshot(text)
    assert read_snapshot(text, read_snapshot(text[: len(text) // 2])) == fresh
    assert read_snapshot(text, fresh) == fresh


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=15), st.lists(PIECES, max_size=3), st.integers(0, 15), st.integers(0, 15))
def test_reread_after_a_change(pieces: list[str], new: list[str], start: int, stop: int) -> None:
    text = "".join([*pieces[:start], *new, *pieces[max(start, stop) :]])
    again, anew = read_snapshot(text, read_snapshot("".join(pieces))), read_snapshot(text)
    assert again == anew


@given(st.lists(PIECES, max_size=12).map("".join))
def test_entry_behind_anything(junk: str) -> None:
    assume('"""' not in junk and "'''" not in junk)
    assert titles(junk + '\n[[show]]\ntitle = "Last Tram"\n')[-1:] == ["Last Tram"]


@pytest.mark.parametrize("header", ["[[show]]", "[[ show ]]", '[["show"]]', "[['show']]", "\t[[\tshow ]]\t# here"])
def test_header_spellings(header: str) -> None:
    assert titles(f'{header}\ntitle = "First"\n{header}\ntitle = "Second"\n') == ["First", "Second"]


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_header_in_a_long_text(quotes: str) -> None:
    text = f'[[show]]\ntitle="First"\nnotes = {quotes}\n[[show]]\ntitle="no"\n[[person]]\n{quotes}\n[[show]]\ntitle="B"'
    contents = read_snapshot(text)
    assert [show.title for show in contents.watchlist.shows] == ["First", "B"]
    assert '[[show]]\ntitle="no"' in contents.watchlist.shows[0].notes


def test_many_headers_in_a_long_text() -> None:
    many = "[[show]]\n" * 20
    assert titles(f'[[show]]\ntitle = "First"\nnotes = """\n{many}"""\n[[show]]\ntitle = "B"\n') == ["First", "B"]


def test_header_in_a_list() -> None:
    assert titles('[[show]]\ntitle = "First"\nmine = [\n  [["show"]],\n]\n') == ["First"]


def test_header_in_a_comment() -> None:
    assert titles('[[show]]\ntitle = "First"\n# [[show]]\n# title = "no"\n') == ["First"]


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff[[show]]\ntitle = "First"\n',
        '\ufeff# top\r\n[[show]]\r\ntitle = "First"\r\n',
        '[[show]]\r\ntitle = "First"\nnotes = "x"\r\n',
        '[[show]]\ntitle = "First"',
        '[[show]] # c\ntitle = "First"\n# the end',
    ],
)
def test_bom_and_line_ends(text: str) -> None:
    contents = read_snapshot(text)
    assert [show.title for show in contents.watchlist.shows] == ["First"]
    assert not contents.watchlist.damaged


@pytest.mark.parametrize("text", ["", "\ufeff", "# only\n# comments\n", "format = 1\n", "\r\n\r\n"])
def test_file_without_entries(text: str) -> None:
    watchlist = read_snapshot(text).watchlist
    assert (watchlist.shows, watchlist.damaged) == ((), ())


DAMAGES = {
    "syntax": ('title = "Bad"\nstatus filming\n', 2),
    "open quote": ('title = "Bad"\nnotes = "open\nrating = 3\n', 2),
    "wrong type": ('title = "Bad"\n\nnetworks = [1]\n', 3),
    "unknown status": ('title = "Bad"\nstatus = "sideways"\n', 2),
    "unknown status, spaced": ('title = "Bad"\nrating = 3\n  "status"   =  "sideways"\n', 3),
    "impossible date": ('title = "Bad"\nrelease = 2026-02-30\n', 2),
    "impossible date in quotes": ('title = "Bad"\nrelease = "2026-02-30"\n', 2),
    "in the second claim": (
        'title = "Bad"\n[[show.history]]\nstatus = "filming"\n[[show.history]]\nstatus = "sideways"\n', 5,
    ),
    "in a claim of a list": ('title = "Bad"\nhistory = [\n  { status = "sideways" },\n]\n', 2),
    "no title": ("rating = 3\n", 0),
    "empty title": ('rating = 3\ntitle = " "\n', 2),
    "no title, dots in a text": ('notes = """\n... and so on"""\n', 0),
    "a key in a text": ('title = "Bad"\nnotes = """\nstatus = "no"\n"""\nstatus = "sideways"\n', 5),
    "behind U+2028": ('title = "Bad"\nnotes = "a\u2028b"\nstatus = "sideways"\n', 3),
    "rating": ('title = "Bad"\nrating = 11\n', 2),
    "endless rating": (f'title = "Bad"\nrating = 1{"0" * 400}\n', 2),
    "claim header with quotes": ('title = "Bad"\n[["show".history]]\nstatus = "sideways"\n', 3),
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("body", "line"), DAMAGES.values(), ids=DAMAGES)
def test_damaged_entry(body: str, line: int, newline: str) -> None:
    text = (
        f'# head\n\n[[show]]\ntitle="First"\n\n# about\n[[show]]\n{body}\n[[person]]\nname="P"\n[[show]]\ntitle="B"\n'
    )
    watchlist = read_snapshot(text.replace("\n", newline)).watchlist
    assert [show.title for show in watchlist.shows] == ["First", "B"]
    assert [person.name for person in watchlist.people] == ["P"]
    assert [(damage.line, damage.start) for damage in watchlist.damaged] == [(7 + line, 7)]
    assert re.search(r"\.$|: \S", watchlist.damaged[0].reason)


def test_unclosed_long_text() -> None:
    text = '[[show]]\ntitle = "First"\n[[show]]\ntitle = "Bad"\nnotes = """\nopen\n[[show]]\ntitle = "B"\n'
    watchlist = read_snapshot(text).watchlist
    assert [show.title for show in watchlist.shows] == ["First", "B"]
    assert [damage.title for damage in watchlist.damaged] == ["Bad"]
    assert 5 <= watchlist.damaged[0].line <= 6


def test_duplicate_id() -> None:
    text = '[[show]]\nid = "a"\ntitle = "First"\n[[show]]\ntitle = "B"\nids = { imdb = "tt1" }\nid = "a"\n'
    watchlist = read_snapshot(text).watchlist
    assert [show.title for show in watchlist.shows] == ["First"]
    assert [damage.line for damage in watchlist.damaged] == [7]
    assert "line 1" in watchlist.damaged[0].reason


def test_single_table() -> None:
    damages = read_snapshot('# one\n# two\n\n[show]\ntitle = "Bad"\n').watchlist.damaged
    assert [damage.line for damage in damages] == [4]


def test_damaged_entry_id() -> None:
    damages = read_snapshot('[[show]]\nid = "ferry"\ntitle = "Old Ferry"\nstatus = "sideways"\n').watchlist.damaged
    assert [damage.show_id for damage in damages] == ["ferry"]


def test_deep_nesting() -> None:
    # A crash of the parser takes the process with it, so the reading is done in another one.
    import subprocess
    import sys

    program = (
        "from tracker.store.snapshot import read_snapshot\n"
        "text = '[[show]]\\ntitle = \"Bad\"\\nx = ' + '[' * 50000 + '\\n[[show]]\\ntitle = \"B\"\\n'\n"
        "watchlist = read_snapshot(text).watchlist\n"
        "assert [s.title for s in watchlist.shows] == ['B'] and len(watchlist.damaged) == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("title", "show_id"),
    [
        ("Paper Moon Inn", "paper-moon-inn"),
        ("Café d'Été!", "cafe-dete"),
        ("[Oshi no Ko]", "oshi-no-ko"),
        ("옛날 집", "옛날-집"),
        ("!!!", "show"),
    ],
)
def test_id_from_title(title: str, show_id: str) -> None:
    assert [show.id for show in read_snapshot(f"[[show]]\ntitle = '''{title}'''\n").watchlist.shows] == [show_id]


def test_id_gives_way_to_a_written_one() -> None:
    text = '[[show]]\ntitle = "Inn"\n[[show]]\ntitle = "Inn"\n[[show]]\nid = "inn"\ntitle = "Other"\n'
    assert [show.id for show in read_snapshot(text).watchlist.shows] == ["inn-2", "inn-3", "inn"]


@given(st.lists(st.tuples(st.sampled_from(["Inn", "Inn 2", "inn!", "Ferry"]), st.sampled_from(["", "inn", "inn-2"]))))
def test_ids_are_unique(entries: list[tuple[str, str]]) -> None:
    text = "".join(f'[[show]]\ntitle = "{title}"\n' + (f'id = "{i}"\n' if i else "") for title, i in entries)
    contents = read_snapshot(text)
    ids = [show.id for show in contents.watchlist.shows]
    assert len(set(ids)) == len(ids)
    assert len(ids) + len(contents.watchlist.damaged) == len(entries)
    assert all(isinstance(contents.block_of(show_id).value, Show) for show_id in ids)


MARKED = "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n"
TRAM = '[[show]]\ntitle = "Last Tram"\n'


@pytest.mark.parametrize(
    ("conflict", "line"),
    [
        (MARKED.format(TRAM, TRAM + "rating = 3\n"), 4),
        (MARKED.format(MARKED.format(TRAM, TRAM + "rating = 3\n"), TRAM + "rating = 4\n"), 4),
        (MARKED.format(TRAM, MARKED.format("", TRAM + "rating = 4\n")), 4),
        (TRAM + MARKED.format("rating = 3\n", "rating = 4\n"), 6),
        (TRAM + 'synopsis = """\n' + MARKED.format("One.\n", "Two.\n") + '"""\n', 7),
    ],
)
def test_conflict_is_one_damaged_entry(conflict: str, line: int) -> None:
    first, last = '[[show]]\ntitle = "Paper Kite"\n\n', '\n[[show]]\ntitle = "Salt Road"\n'
    watchlist = read_snapshot(first + conflict + last).watchlist
    assert [show.title for show in watchlist.shows] == ["Paper Kite", "Salt Road"]
    [damage] = watchlist.damaged
    assert (damage.line, damage.title) == (line, "Last Tram")
    assert "two versions here (ours and theirs)" in damage.reason


def test_conflict_that_is_not_closed_takes_in_no_other() -> None:
    text = f"<<<<<<< ours\n{TRAM}\n" + MARKED.format('[[show]]\ntitle = "Salt Road"\n', "")
    watchlist = read_snapshot(text).watchlist
    assert [show.title for show in watchlist.shows] == ["Last Tram"]
    assert [damage.title for damage in watchlist.damaged] == ["", "Salt Road"]
