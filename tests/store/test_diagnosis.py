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
        ("release = someday", 11, "someday is not a date; write a day as release = 2026-05-14"),
        ("release = 2026-02-30", 11, "2026-02-30 is not a day in the calendar."),
        ("release =", 10, "release has no value"),
        ("status = filming", 10, 'filming needs quotes: status = "filming"'),
        ("watch = TRUE", 9, "write true, not TRUE: watch = true"),
        ("rating = 7,5", 10, "7,5 is not a number that TOML can read: rating = 7.5"),
        ("rating = 5;", 11, "“;” after the value"),
        ("rating == 5", 9, "“=” appears twice"),
        ("rating: 7", 7, "“:” instead of “=”: rating = 7"),
        ("rating 7", 1, "this line has no “=”"),
        ("original title = 'x'", 1, "a key can't have spaces"),
        ('título = "x"', 1, 'needs quotes: "título" = "x"'),
        ("rating = 1\nrating = 2", 1, "rating appears twice"),
        ('notes = "a" rating = 5', 13, "a second key starts here"),
        ("tags = a, b", 8, 'a, b needs quotes and brackets: tags = ["a", "b"]'),
        ('tags = "a", "b"', 8, 'a list needs brackets: tags = ["a", "b"]'),
        ('tags = ["a" "b"]', 13, "a comma is missing before this."),
        ("tags = [must-see]", 9, 'must-see needs quotes: "must-see"'),
        ('tags = ["a",, "b"]', 13, "an item is missing"),
        ('tags = ["a", "b"', 8, "this list is not closed; “]” is missing."),
        ("ids = { tvmaze = 1 imdb = 'tt1' }", 20, "a comma is missing before this."),
        ("ids = { imdb = tt1 }", 16, 'tt1 needs quotes: "tt1"'),
        ("ids = { tvmaze = 1\nrating = 5", 7, "this table is not closed; “}” is missing."),
        ("cast = [\n  {\n  actor = 'A'\n  role = 'B'\n  }\n]", 3, "a comma is missing before this."),
        ("[show.ids\ntvmaze = 1", 1, "this header is not closed: [show.ids]"),
        ("[[show.history]\non = 2026-01-01", 1, "needs two brackets on each side: [[show.history]]"),
        ("notes = “It’s fine”", 9, 'curly quotes; use straight ones: notes = "It’s fine"'),
        ("notes = „fine“ # „so“", 9, 'curly quotes; use straight ones: notes = "fine"'),
        ('notes = "fine”', 14, 'curly quotes; use straight ones: notes = "fine"'),
        ("tags = [‘a’, ‘b’]", 9, 'curly quotes; use straight ones: tags = ["a", "b"]'),
        ('notes = "Tom’s road', 9, 'this quote is not closed: notes = "Tom’s road"'),
        ("notes = 'It's fine'", 12, 'ends the text too early; put the text in double quotes: notes = "It'),
        ('notes = "say "yes""', 14, "a quote ends the text too early; put the text in single quotes: notes = 'say"),
        ('notes = "C:\\users"', 12, "a backslash starts an escape code"),
        ('notes = """open', 9, 'this text is not closed; """ is missing'),
        ('notes = "a\x07b"', 11, "an invisible character (control character, U+0007) here; delete it."),
        ("\u3000rating = 5", 1, "a full-width space (U+3000) here; use an ordinary space or none."),
        ("rating = 5\u00a0", 11, "a no-break space (U+00A0) here"),
        ("rating ＝ 5", 8, "“＝” is a full-width character; use “=”."),
        ('tags = ［"a"]', 8, "“［” is a full-width character; use “[”."),
        ("rat\u200bing = 5", 4, "an invisible character (zero width space, U+200B) here; delete it."),
        ("\ufeffrating = 5", 1, "an invisible character (byte order mark, U+FEFF) here"),
        ("rating = \u200e5", 10, "an invisible character (left-to-right mark, U+200E) here"),
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
        (2, "“[person]” doesn't start an entry; write [[person]].")
    ]


@pytest.mark.parametrize(
    "own", ["[shows]\nx = 1\n", '[mine]\nlist = [\n  ["[show]"],\n]\n', 'own = """\n[show]\n"""\n']
)
def test_header_of_the_owner(own: str) -> None:
    assert not read_snapshot(f"{FIRST}{own}{LAST}").watchlist.damaged


def test_wrong_first_header_read_again() -> None:
    contents = read_snapshot('\ufeff[show]\ntitle = "Two"\n')
    assert read_snapshot(contents.text, contents) == contents
