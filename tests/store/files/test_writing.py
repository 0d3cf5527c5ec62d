from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.store.other_program import OtherProgram
from tracker.store.files.writing import find_writer, is_open_for_writing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")


@pytest.mark.parametrize(("way", "is_writing"), [("3>>", True), ("3<>", True), ("3<", False)])
def test_find_writer(tmp_path: Path, way: str, is_writing: bool) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    with OtherProgram(path) as shell:
        shell.do(f"exec {way} list")
        assert bool(find_writer(path.stat())) is is_writing
        assert is_open_for_writing(path) is is_writing
        shell.do("exec 3>&-")
        assert (find_writer(path.stat()), is_open_for_writing(path)) == (None, False)


def test_find_writer_of_a_moved_file(tmp_path: Path) -> None:
    path, other = tmp_path / "list", tmp_path / "other"
    path.write_bytes(b"old")
    with OtherProgram(path) as shell:
        shell.do("exec 3>>list")
        path.rename(other)
        path.write_bytes(b"new")
        assert find_writer(other.stat())
        assert find_writer(path.stat()) is None


def test_find_writer_leaves_out_this_process(tmp_path: Path) -> None:
    path = tmp_path / "list"
    with path.open("wb"):
        assert find_writer(path.stat()) is None
