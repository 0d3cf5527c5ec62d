from __future__ import annotations

import os
import struct
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn

import pytest

from tracker.store.files import atomic

ACCESS = "system.posix_acl_access"
ACCESS_LIST = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", *entry)
    for entry in ((1, 6, 0xFFFFFFFF), (2, 4, 2002), (4, 0, 0xFFFFFFFF), (16, 4, 0xFFFFFFFF), (32, 0, 0xFFFFFFFF))
)
"""The owner writes, the user 2002 reads, nobody else does anything; as in the kernel's posix_acl_xattr.h."""


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


def let_only_the_group_stay(monkeypatch: pytest.MonkeyPatch, *groups: int) -> None:
    """Refuse what the system refuses somebody who is in these groups and is not root."""
    give = os.fchown

    def give_to_group(handle: int, owner: int, group: int) -> None:
        if owner not in (-1, os.geteuid()) or group not in groups:
            raise PermissionError(1, "Operation not permitted")
        give(handle, owner, group)

    monkeypatch.setattr(os, "fchown", give_to_group)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_write_another_owners_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    os.chown(path, 2002, 3000)
    path.chmod(0o660)
    let_only_the_group_stay(monkeypatch, 3000)
    atomic.write(path, b"new")
    state = path.stat()
    assert (path.read_bytes(), state.st_uid, state.st_gid, state.st_mode & 0o777) == (b"new", 0, 3000, 0o660)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize(("mode", "written"), [(0o640, b"old"), (0o644, b"new")])
def test_write_of_a_foreign_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, written: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    os.chown(path, 0, 3000)
    path.chmod(mode)
    let_only_the_group_stay(monkeypatch)
    with nullcontext() if written == b"new" else pytest.raises(OSError, match="belongs to a group"):
        atomic.write(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (written, [path])


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="a system without extended attributes")
def test_write_keeps_attributes(tmp_path: Path) -> None:
    path, other = tmp_path / "list", tmp_path / "other"
    for place in (path, other):
        place.write_bytes(b"old")
        place.chmod(0o640)
    try:
        os.setxattr(path, "user.note", b"mine")
        os.setxattr(path, ACCESS, ACCESS_LIST)
        # What a new file has of its folder must not be more than the old one has.
        os.setxattr(tmp_path, ACCESS.replace("access", "default"), ACCESS_LIST)
    except OSError:
        pytest.skip("a file system without extended attributes")
    atomic.write(path, b"new")
    atomic.write(other, b"new")
    assert (os.getxattr(path, "user.note"), os.getxattr(path, ACCESS)) == (b"mine", ACCESS_LIST)
    assert (os.listxattr(other), other.stat().st_mode & 0o777) == ([], 0o640)


def test_write_of_a_hard_link(tmp_path: Path) -> None:
    path, twin = tmp_path / "list", tmp_path / "twin"
    path.write_bytes(b"old")
    twin.hardlink_to(path)
    with pytest.raises(OSError, match="2 hard links"):
        atomic.write(path, b"new")
    assert (path.read_bytes(), path.samefile(twin), len([*tmp_path.iterdir()])) == (b"old", True, 2)
    twin.unlink()
    atomic.write(path, b"new")
    assert path.read_bytes() == b"new"


def test_write_in_a_sticky_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    tmp_path.chmod(0o1777)
    atomic.write(path, b"new")
    monkeypatch.setattr(os, "geteuid", lambda: 2001)
    with pytest.raises(OSError, match="sticky"):
        atomic.write(path, b"newer")
    assert (path.read_bytes(), [*tmp_path.iterdir()]) == (b"new", [path])


@pytest.mark.parametrize("mode", [None, 0o600, 0o664])
def test_write_mode_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int | None) -> None:
    path = tmp_path / "list"
    if mode is not None:
        path.write_bytes(b"old")
        path.chmod(mode)
    modes, write = [], os.write

    def note_mode(handle: int, data: bytes) -> int:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, data)

    monkeypatch.setattr(os, "write", note_mode)
    mask = os.umask(0o027)
    try:
        atomic.write(path, b"new")
    finally:
        os.umask(mask)
    assert modes == [path.stat().st_mode & 0o777] == [mode or 0o640]


def test_write_private(tmp_path: Path) -> None:
    mask = os.umask(0)
    path = tmp_path / "state" / "deep" / "a.json"
    try:
        atomic.write_private(path, b"one")
        os.umask(0o777)
        atomic.write_private(path, b"two", durable=True)
    finally:
        os.umask(mask)
    modes = [place.stat().st_mode & 0o777 for place in (path, path.parent, path.parent.parent)]
    assert (path.read_bytes(), modes, [*path.parent.iterdir()]) == (b"two", [0o600, 0o700, 0o700], [path])


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
