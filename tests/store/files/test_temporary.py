from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.store.files.temporary import find_leftovers, is_leftover, new_temporary, open_new


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_temporary_is_new(tmp_path: Path) -> None:
    target = tmp_path / ("옛날 집" * 20 + ".toml")
    made = [new_temporary(target) for _ in range(3)]
    for handle, _ in made:
        os.close(handle)
    assert len({path.name for _, path in made}) == 3
    assert {path.stat().st_mode & 0o777 for _, path in made} == {0o600}
    assert all(len(path.name.encode()) <= 255 and path.name.endswith(".tmp") for _, path in made)


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_open_new_of_what_is_there(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "new", tmp_path / "other"
    if kind != "dangling":
        other.write_text("mine")
    if kind == "file":
        path.write_text("mine")
    else:
        path.symlink_to(other)
    with pytest.raises(FileExistsError):
        open_new(path)
    assert other.exists() is (kind != "dangling")


def test_leftovers(tmp_path: Path) -> None:
    target = tmp_path / "list.toml"
    handle, alive = new_temporary(target)
    os.close(handle)
    dead = tmp_path / alive.name.replace(f"-{os.getpid()}-", f"-{dead_process()}-")
    old = dead.with_suffix(".old.tmp")
    # As earlier versions named them.
    plain = tmp_path / f"{dead.name.rsplit('-', 1)[0]}.tmp"
    for path in (dead, old, plain):
        path.write_text("")
    other = tmp_path / dead.name.replace("list", "other")
    other.write_text("")
    link = tmp_path / f"{dead.stem[:-4]}0000.tmp"
    link.symlink_to(dead)
    assert sorted(find_leftovers(target)) == sorted([dead, old, plain])
    assert [is_leftover(path) for path in (other, link, alive)] == [True, False, False]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_leftover_of_somebody_else(tmp_path: Path) -> None:
    handle, path = new_temporary(tmp_path / "list.toml")
    os.close(handle)
    dead = path.rename(tmp_path / path.name.replace(f"-{os.getpid()}-", f"-{dead_process()}-"))
    assert is_leftover(dead)
    os.chown(dead, 2002, -1)
    assert not is_leftover(dead)


@pytest.mark.parametrize(("umask", "mode"), [(0, 0o644), (0o027, 0o640), (0o777, 0o600)])
def test_open_new_mode(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        for name, wanted in (("shared", 0o644), ("private", None)):
            os.close(open_new(tmp_path / name, wanted))
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("shared", "private")] == [mode, 0o600]
