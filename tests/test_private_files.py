from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.paths import APP
from tracker.private_files import make_private_folder, open_private

MASKS = [0, 0o077, 0o777]


@pytest.fixture(params=MASKS, ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_private_file_and_its_folders(tmp_path: Path, umask: None) -> None:
    path = tmp_path / "state" / APP / "versions" / "list"
    for _ in range(2):
        os.close(open_private(path, os.O_RDWR | os.O_CREAT))
    assert [mode(place) for place in (path, *path.parents[:3])] == [0o600, 0o700, 0o700, 0o700]


@pytest.mark.parametrize("below", [".", "locks", "versions/list"])
def test_private_folder_is_closed_again(tmp_path: Path, below: str) -> None:
    own = tmp_path / "state" / APP
    folder = own / below
    folder.mkdir(parents=True)
    for place in (folder, own, own.parent):
        place.chmod(0o755)
    make_private_folder(folder)
    assert [mode(place) for place in (folder, own, own.parent)] == [0o700, 0o700, 0o755]


def test_private_file_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_text("")
    path.chmod(0o644)
    os.close(open_private(path, os.O_RDWR))
    assert mode(path) == 0o600
