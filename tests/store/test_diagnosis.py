from __future__ import annotations

import pytest

from tracker.model.watchlist import DamagedEntry
from tracker.store.snapshot import read_snapshot

FIRST = 'format = 1\n[[show]]\ntitle = "Paper Kite"\n\n'
LAST = '\n# about\n[[show]]\ntitle = "Salt Road"\n'


def read_damaged(entry: str) -> DamagedEntry:
    """Return the one damaged entry of a file in which the entries around it can be read."""
    text = f"{FIRST}{entry}{LAST}"
    contents = read_snapshot(text)
    assert contents.text == text
    assert [show.title for show in contents.watchlist.shows] == ["Paper Kite", "Salt Road"]
    [damage] = contents.watchlist.damaged
    assert damage.text == entry + LAST.partition("[[")[0]
    return damage


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("release = 2026-05", 11, '2026-05 needs quotes: release = "2026-05"'),
        ("release = 2026-Q3  # or so", 11, '2026-Q3 needs quotes: release = "2026-Q3"'),
        ("release = 2026-5-14", 11, '2026-5-14 needs quotes: release = "2026-5-14"'),
        ("release = 2026/05", 11, '2026/05 needs quotes: release = "2026/05"'),
        ("release = summer 2026", 11, 'summer 2026 needs quotes: release = "summer 2026"'),
        ("release = 2026−05−14", 11, "2026−05−14 needs plain digits and hyphens: release = 2026-05-14"),
        ("release = someday", 11, "someday is no date; a day is written release = 2026-05-14"),
        ("release = 2026-02-30", 11, "2026-02-30 is not a day of the calendar."),
        ("release =", 10, "the value of release is missing"),
        ("status = filming", 10, 'filming needs quotes: status = "filming"'),
        ("watch = TRUE", 9, "TRUE is written true: watch = true"),
        ("rating = 7,5", 10, "7,5 is no number as TOML writes it: rating = 7.5"),
        ("rating = 5;", 11, "“;” stands behind the value"),
        ("rating == 5", 9, "“=” stands twice"),
        ("rating: 7", 7, "“:” stands where “=” belongs: rating = 7"),
        ("rating 7", 1, "this line is no key with a value"),
        ("original title = 'x'", 1, "a key has no spaces"),
        ('título = "x"', 1, 'needs quotes: "título" = "x"'),
        ("rating = 1\nrating = 2", 1, "the key rating stands twice"),
        ('notes = "a" rating = 5', 13, "a second key begins here"),
        ("tags = a, b", 8, 'a, b needs quotes and brackets: tags = ["a", "b"]'),
        ('tags = "a", "b"', 8, 'a list needs brackets: tags = ["a", "b"]'),
        ('tags = ["a" "b"]', 13, "a comma is missing before this."),
        ("tags = [must-see]", 9, 'must-see needs quotes: "must-see"'),
        ('tags = ["a",, "b"]', 13, "an item is missing"),
        ('tags = ["a", "b"', 8, "the list that begins here is not closed; “]” is missing."),
        ("ids = { tvmaze = 1 imdb = 'tt1' }", 20, "a comma is missing before this."),
        ("ids = { imdb = tt1 }", 16, 'tt1 needs quotes: "tt1"'),
        ("ids = { tvmaze = 1\nrating = 5", 7, "the table that begins here is not closed; “}” is missing."),
        ("cast = [\n  {\n  actor = 'A'\n  role = 'B'\n  }\n]", 3, "a comma is missing before this."),
        ("[show.ids\ntvmaze = 1", 1, "a header is not closed: [show.ids]"),
        ("[[show.history]\non = 2026-01-01", 1, "has two brackets on each side: [[show.history]]"),
        ("notes = “It’s fine”", 9, 'curly quotes stand here; write straight ones: notes = "It’s fine"'),
        ("notes = „fine“ # „so“", 9, 'curly quotes stand here; write straight ones: notes = "fine"'),
        ('notes = "fine”', 14, 'curly quotes stand here; write straight ones: notes = "fine"'),
        ("tags = [‘a’, ‘b’]", 9, 'curly quotes stand here; write straight ones: tags = ["a", "b"]'),
        ('notes = "Tom’s road', 9, 'the quote that begins here is not closed: notes = "Tom’s road"'),
        ("notes = 'It's fine'", 12, 'ends the text too early here; write it in double quotes: notes = "It'),
        ('notes = "say "yes""', 14, "a quote ends the text too early here; write it in single quotes: notes = 'say"),
        ('notes = "C:\\users"', 12, "a backslash begins a code here"),
        ('notes = """open', 9, 'the text that begins here is not closed; """ is missing'),
        ('notes = "a\x07b"', 11, "an invisible sign (control character, U+0007) stands here; delete it."),
        ("\u3000rating = 5", 1, "a full-width space (U+3000) stands here; write an ordinary space or none."),
        ("rating = 5\u00a0", 11, "a no-break space (U+00A0) stands here"),
        ("rating ＝ 5", 8, "“＝” is a full-width sign; write “=”."),
        ('tags = ［"a"]', 8, "“［” is a full-width sign; write “[”."),
        ("rat\u200bing = 5", 4, "an invisible sign (zero width space, U+200B) stands here; delete it."),
        ("\ufeffrating = 5", 1, "an invisible sign (byte order mark, U+FEFF) stands here"),
        ("rating = \u200e5", 10, "an invisible sign (left-to-right mark, U+200E) stands here"),
    ],
)  # fmt: skip
def test_wrong_row(row: str, column: int, reason: str) -> None:
    damage = read_damaged(f'[[show]]\ntitle = "Two"\n{row}\n')
    assert reason in damage.reason
    assert damage.column == column
    assert damage.title == "Two"


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("[show]", 1), ("[[shows]]  # mine", 1), ("[[Show]]", 1), ("[[show]", 1), (" [ show ]", 2), ("［［show］］", 1),
        ("[[sh\u200bow]]", 5), ("\ufeff[[show]]", 1), ("\u3000[[show]]", 1), ("[[show\u00ad]]", 7),
    ],
)  # fmt: skip
def test_wrong_header(header: str, column: int) -> None:
    damage = read_damaged(f'{header}\ntitle = "Two"\n')
    assert (damage.line, damage.column, damage.show_id) == (5, column, "two")
    assert damage.reason.endswith("[[show]].") or "byte order mark" in damage.reason


def test_wrong_first_header() -> None:
    damaged = read_snapshot('\ufeff# mine\n[person]\nname = "Mina Doe"\n' + FIRST.partition("\n")[2]).watchlist.damaged
    assert [(damage.line, damage.reason) for damage in damaged] == [
        (2, "“[person]” begins no entry; write [[person]].")
    ]


@pytest.mark.parametrize(
    "own", ["[shows]\nx = 1\n", '[mine]\nlist = [\n  ["[show]"],\n]\n', 'own = """\n[show]\n"""\n']
)
def test_header_of_the_owner(own: str) -> None:
    assert not read_snapshot(f"{FIRST}{own}{LAST}").watchlist.damaged


def test_wrong_first_header_read_again() -> None:
    contents = read_snapshot('\ufeff[show]\ntitle = "Two"\n')
    assert read_snapshot(contents.text, contents) == contents
