from __future__ import annotations

import os
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
    with pytest.raises(WatchlistUnreadable, match="cannot be looked at"):
        state_name(link)
