from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.mutations import SOME
from tracker.store.app_state import LastSeenFile


@pytest.fixture
def seen(tmp_path: Path) -> LastSeenFile:
    return LastSeenFile(tmp_path / "state", tmp_path / "list.toml")


def test_a_list_that_nobody_saw_yet_has_no_last_state_and_nothing_is_made(seen: LastSeenFile) -> None:
    assert seen.read() is None
    assert not seen.path.parent.exists()


@SOME
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_the_last_state_is_read_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, states: list[bytes]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for state in states:
        LastSeenFile(folder / "seen-states", folder / "list.toml").save(state)
        assert LastSeenFile(folder / "seen-states", folder / "list.toml").read() == state


def test_it_is_for_its_owner_alone_and_nothing_lies_beside_it(seen: LastSeenFile) -> None:
    before = os.umask(0)
    try:
        seen.save(b"one")
        seen.save(b"two")
    finally:
        os.umask(before)
    assert seen.path.stat().st_mode & 0o777 == 0o600
    assert seen.path.parent.stat().st_mode & 0o777 == 0o700
    assert list(seen.path.parent.iterdir()) == [seen.path]


def test_each_list_has_its_own_and_a_link_has_the_one_of_its_file(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.toml").write_text("")
    (tmp_path / "link.toml").symlink_to(tmp_path / "a" / "list.toml")
    one, other, link = (LastSeenFile(tmp_path, tmp_path / name) for name in ("a/list.toml", "b/list.toml", "link.toml"))
    one.save(b"one")
    other.save(b"other")
    assert (one.read(), other.read(), link.read()) == (b"one", b"other", b"one")


def test_where_it_cannot_be_kept_the_same_news_comes_again_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    seen = LastSeenFile(tmp_path / "state", tmp_path / "list.toml")
    seen.save(b"one")
    assert seen.read() is None


def test_a_folder_in_its_place_is_no_state(seen: LastSeenFile) -> None:
    seen.path.mkdir(parents=True)
    assert seen.read() is None
    seen.save(b"one")
    assert seen.read() is None
