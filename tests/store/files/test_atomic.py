from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from tracker.store.files import atomic


def refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_write_new_file(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        atomic.write(tmp_path / "new", b"a\r\n\x00")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").read_bytes() == b"a\r\n\x00"
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_write_keeps_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    path.chmod(mode)
    atomic.write(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o7777) == (b"new", mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_write_keeps_owner(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    os.chown(path, 12345, 12346)
    atomic.write(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_write_follows_links(tmp_path: Path) -> None:
    real = tmp_path / "there" / "real"
    real.parent.mkdir()
    real.write_bytes(b"old")
    near, far = tmp_path / "near", tmp_path / "far"
    near.symlink_to("there/real")
    far.symlink_to(near)
    atomic.write(far, b"new")
    assert (far.is_symlink(), near.is_symlink(), real.read_bytes()) == (True, True, b"new")
    assert sorted(tmp_path.iterdir()) == [far, near, real.parent]


@pytest.mark.parametrize("call", ["replace", "fsync", "write"])
def test_write_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match="No space"):
        atomic.write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_order_of_syncs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    sync, replace = os.fsync, os.replace

    def seen_sync(handle: int) -> None:
        calls.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112
        sync(handle)

    def seen_replace(old: Path, new: Path) -> None:
        calls.append("rename")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", seen_sync)
    monkeypatch.setattr(os, "replace", seen_replace)
    atomic.write(tmp_path / "list", b"new")
    assert calls == ["file", "rename", "folder"]


def test_write_read_only_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    path.chmod(0o444)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    atomic.write(tmp_path / "list", b"0123456789")
    assert (tmp_path / "list").read_bytes() == b"0123456789"
