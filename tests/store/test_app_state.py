from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.mutations import SOME
from tracker.errors import WatchlistUnreadable
from tracker.store.app_state import AppState, LastSeenFile, state_name


@pytest.fixture
def seen(tmp_path: Path) -> LastSeenFile:
    return LastSeenFile(tmp_path / "state", tmp_path / "list.toml")


def test_last_seen_missing(seen: LastSeenFile) -> None:
    assert seen.read() is None
    assert not seen.path.parent.exists()


@SOME
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_last_seen_round_trip(tmp_path_factory: pytest.TempPathFactory, states: list[bytes]) -> None:
    folder = tmp_path_factory.getbasetemp()
    for state in states:
        LastSeenFile(folder / "seen-states", folder / "list.toml").save(state)
        assert LastSeenFile(folder / "seen-states", folder / "list.toml").read() == state


def test_last_seen_is_private(seen: LastSeenFile) -> None:
    before = os.umask(0)
    try:
        seen.save(b"one")
        seen.save(b"two")
    finally:
        os.umask(before)
    assert seen.path.stat().st_mode & 0o777 == 0o600
    assert seen.path.parent.stat().st_mode & 0o777 == 0o700
    assert list(seen.path.parent.iterdir()) == [seen.path]


def test_last_seen_per_file(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.toml").write_text("")
    (tmp_path / "link.toml").symlink_to(tmp_path / "a" / "list.toml")
    one, other, link = (LastSeenFile(tmp_path, tmp_path / name) for name in ("a/list.toml", "b/list.toml", "link.toml"))
    one.save(b"one")
    other.save(b"other")
    assert (one.read(), other.read(), link.read()) == (b"one", b"other", b"one")


def test_last_seen_not_writable(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    seen = LastSeenFile(tmp_path / "state", tmp_path / "list.toml")
    seen.save(b"one")
    assert seen.read() is None


def test_last_seen_is_a_folder(seen: LastSeenFile) -> None:
    seen.path.mkdir(parents=True)
    assert seen.read() is None
    seen.save(b"one")
    assert seen.read() is None


def test_last_seen_edits(seen: LastSeenFile, tmp_path: Path) -> None:
    again = LastSeenFile(tmp_path / "state", tmp_path / "list.toml")
    seen.save(b"one two three")
    base = seen.path.read_bytes()
    seen.save_edit(b"one two three", b"one 2\n three", (4, 3, 2))
    seen.save_edit(b"one 2\n three", b"one 2\n", (6, 6, 0))
    assert (again.read(), again.has(b"one 2\n"), seen.path.read_bytes()) == (b"one 2\n", True, base)
    # Another process goes on, and what this one remembers is no longer true.
    again.save_edit(b"one 2\n", b"0 2\n", (0, 3, 1))
    assert (seen.has(b"one 2\n"), seen.has(b"0 2\n"), seen.read()) == (False, True, b"0 2\n")
    seen.save_edit(b"something else", b"something", (9, 5, 0))
    assert (again.read(), seen.path.read_bytes()) == (b"something", b"something")


def test_last_seen_edits_written_whole_at_times(seen: LastSeenFile) -> None:
    texts = [str(number).encode() * 5_000 for number in range(10, 40)]
    seen.save(texts[0])
    for before, after in pairwise(texts):
        seen.save_edit(before, after, (0, len(before), len(after)))
        assert seen.read() == after
        assert sum(path.stat().st_size for path in seen.path.parent.iterdir()) < 200_000
    assert seen.path.read_bytes() != texts[0]


@pytest.mark.parametrize("damage", [b"9 9 9\nxx", b"0 1 0\nx\n", b"99999999999 1 1\nab\n", b"0 0 9999999999", b"\xff"])
def test_last_seen_edits_damaged(seen: LastSeenFile, damage: bytes) -> None:
    seen.save(b"one")
    seen.save_edit(b"one", b"two", (0, 3, 3))
    edits = seen.path.with_suffix(".edits")
    good = edits.read_bytes()
    edits.write_bytes(good + damage)
    assert seen.read() == b"two"
    edits.write_bytes(damage + good)
    assert seen.read() == b"one"
    # An earlier version of the program knows no edits and writes the whole.
    edits.write_bytes(good)
    (new := seen.path.with_suffix(".new")).write_bytes(b"three")
    new.replace(seen.path)
    assert seen.read() == b"three"
    seen.save_edit(b"three", b"four", (0, 5, 4))
    assert (seen.has(b"four"), seen.read()) == (True, b"four")


@pytest.mark.parametrize("text", [None, "", "[1]", '{"a": ', "\x00", '{"a":' + "[" * 100_000])
def test_app_state_that_cannot_be_read(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "state" / "app.json"
    if text is not None:
        path.parent.mkdir()
        path.write_text(text)
    assert AppState(path).load() == {}
    AppState(path).save({"sort": "title", "옛날": [1]})
    assert AppState(path).load() == {"sort": "title", "옛날": [1]}
    AppState(path, keeps=False).save({})
    assert AppState(path).load()["sort"] == "title"


def test_state_name_of_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "list.toml"
    link.symlink_to(link)
    with pytest.raises(WatchlistUnreadable, match="Can't look at"):
        state_name(link)
