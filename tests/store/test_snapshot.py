from __future__ import annotations

import pytest

from tracker.store.document import read_block
from tracker.store.snapshot import find_difference, read_snapshot, replace_blocks

SHOWS = (
    '[[show]]\nid = "paper-kite"\ntitle = "Paper Kite — 종이 연"\nstatus = "filming"\n',
    '[[show]]\ntitle = "Salt Road"\n',
    '[[show]]\ntitle = "Salt Road"\n[[show.history]]\nstatus = "filming"\nrelease = "2027"\nregion = "KR"\n',
    '[[person]]\nname = "Ines Oru"\n',
    '[[show]]\ntitle = "Last Ferry"\nstatus = "airing"\n[[show.history]]\nstatus = "filming"\n',
)


@pytest.mark.parametrize(
    "new",
    [
        {0: '[[show]]\nid = "paper-kite"\ntitle = "Papierdrachen 연"\nstatus = "airing"\n'},
        {0: '[[show]]\nid = "salt-road"\ntitle = "Paper Kite"\n'},
        {1: '[[show]]\ntitle = "Salt Road"\nstatus = "airing"\n[[show.history]]\nstatus = "filming"\n'},
        {1: '[[show]]\ntitle = "Salt Roads"\n'},
        {2: '[[show]]\ntitle = "Salt Road"\nwatch = "planned"\n', 4: '[[show]]\ntitle = "Last Ferry"\n'},
        {3: '[[person]]\nname = "Ines Oru"\nfollow = true\n', 4: "[[show]]\nthis is none\n"},
        {4: SHOWS[4] + "# to the end\n", 0: SHOWS[0], 1: SHOWS[1].replace("Road", "Road\\u0020")},
    ],
)
def test_replace_blocks_as_read_anew(new: dict[int, str]) -> None:
    before = read_snapshot("format = 1\n\n" + "".join(SHOWS))
    assert before.watchlist.get("salt-road-2").release is not None
    blocks = {number + 1: read_block("person" if "person" in text else "show", text) for number, text in new.items()}
    after = replace_blocks(before, blocks)
    assert after == read_snapshot("format = 1\n\n" + "".join(new.get(n, text) for n, text in enumerate(SHOWS)))
    assert after.data == after.text.encode()
    assert all(after.watchlist.get(show.id) is show for show in after.watchlist.shows)


@pytest.mark.parametrize(
    ("now", "removed", "added"),
    [
        ("123", 0, 0),
        ("", 3, 0),
        ("1", 2, 0),
        ("12x3", 0, 1),
        ("x123", 0, 1),
        ("123x", 0, 1),
        ("3", 2, 0),
        ("xyz", 3, 3),
    ],
)
def test_find_difference(now: str, removed: int, added: int) -> None:
    entries = {letter: f'[[show]]\ntitle = "종이 {letter}"\n' for letter in "123xyz"}
    before = read_snapshot("".join(map(entries.__getitem__, "123")))
    after = read_snapshot("".join(map(entries.__getitem__, now)), before)
    start, old, new = find_difference(before, after)
    assert before.data[:start] + after.data[start : start + new] + before.data[start + old :] == after.data
    size = len(entries["1"].encode())
    assert (old, new) == (removed * size, added * size)
