from __future__ import annotations

from pathlib import Path

import pytest

from tracker.store.merge.driver import FileMerge, merge_into
from tracker.store.snapshot import read_snapshot

BASE = '# my list\n\n[[show]]\ntitle = "Old Ferry"\nrating = 3\n\n[[show]]\ntitle = "Last Tram"\n'
OURS = BASE.replace('"Old Ferry"\n', '"Old Ferry"\nnotes = "mine"\n')
THEIRS = BASE.replace('"Last Tram"\n', '"Last Tram"\nnotes = "hers"\n')
LATIN = BASE.replace("my list", "my list (café)").encode("latin-1")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [tmp_path / name for name in ("base", "ours", "theirs")]


def merge(files: list[Path], *sides: bytes) -> tuple[FileMerge, bytes]:
    for file, data in zip(files, sides, strict=True):
        file.write_bytes(data)
    return merge_into(files[0], files[1], files[2]), files[1].read_bytes()


def utf16(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-16")


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (BASE.encode(), utf16(OURS), THEIRS.encode()),
        (BASE.encode(), OURS.encode(), utf16(THEIRS)),
        (BASE.encode(), OURS.encode("utf-32"), THEIRS.encode()),
        (utf16(BASE), OURS.encode(), THEIRS.encode()),
        (LATIN, OURS.encode(), LATIN + b'notes = "hers"\n'),
    ],
)
def test_merge_line_by_line(files: list[Path], base: bytes, ours: bytes, theirs: bytes) -> None:
    result, data = merge(files, base, ours, theirs)
    assert result.conflicts == ()
    assert "line by line" in result.note
    shows = read_snapshot(data.decode()).watchlist.shows
    assert [show.notes for show in shows] == ["mine", "hers"]


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (LATIN, THEIRS.encode(), "UTF-8"),
        (OURS.encode(), THEIRS.encode() + b"\0" * 20, "NUL"),
        (OURS.encode(), b"format = 2\n" + THEIRS.encode(), "format 2"),
    ],
)
def test_merged_file_that_cannot_be_read_is_a_conflict(
    files: list[Path], ours: bytes, theirs: bytes, reason: str
) -> None:
    result, data = merge(files, BASE.encode(), ours, theirs)
    assert [reason in sentence for sentence in result.conflicts] == [True]
    lines = data.split(b"\n")
    assert [line for line in ours.split(b"\n") if line not in (*lines, b"# my list")] == []
    assert [line for line in theirs.split(b"\n") if line not in (*lines, b"# my list")] == []


def test_lines_that_make_a_damaged_entry_are_a_conflict(files: list[Path]) -> None:
    ours = OURS.replace('notes = "mine"', 'tags = ["a"]')
    theirs = BASE.replace("rating = 3\n", 'rating = 3\ntags = ["b"]\n')
    result, _ = merge(files, BASE.encode(), utf16(ours), theirs.encode())
    assert ["twice" in sentence for sentence in result.conflicts] == [True]


def test_merge_line_by_line_marks_conflicts(files: list[Path]) -> None:
    ours, theirs = (
        BASE.replace("rating = 3", f'rating = {rating}\nnotes = "{notes}"').encode("latin-1")
        for rating, notes in ((4, "été"), (5, "über"))
    )
    result, data = merge(files, BASE.encode(), ours, theirs)
    assert "line 5" in result.conflicts[0]
    mine, other = 'rating = 4\nnotes = "été"\n', 'rating = 5\nnotes = "über"\n'
    marked = f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n"
    assert data.decode("latin-1") == BASE.replace("rating = 3\n", marked)


def test_merge_with_a_base_that_has_nothing_in_common(files: list[Path]) -> None:
    result, data = merge(files, b"\0\xff\xfe", OURS.encode(), THEIRS.encode())
    assert len(result.conflicts) == 2
    watchlist = read_snapshot(data.decode()).watchlist
    assert ["mine" in damage.text for damage in watchlist.damaged] == [True, False]
    assert all("two versions" in damage.reason for damage in watchlist.damaged)
    assert data.count(b'title = "Old Ferry"') == 1
