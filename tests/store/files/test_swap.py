from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest

from tracker.store.files import atomic, swap
from tracker.store.files.stamp import read_stamp
from tracker.store.files.temporary import find_aside


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    return path


@pytest.fixture(params=["links", "renames that replace nothing", "neither"])
def no_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files cannot be exchanged, and there is something else, or nothing, to put a file to a free name by."""
    rename = swap._rename

    def refuse(one: Path, other: Path, how: tuple[int, int]) -> bool:
        return request.param.startswith("renames") and how == swap._NO_REPLACE and rename(one, other, how)

    def refuse_link(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(swap, "_rename", refuse)
    if request.param == "neither":
        monkeypatch.setattr(os, "link", refuse_link)


@pytest.mark.usefixtures("no_exchange")
def test_write_without_exchange(path: Path) -> None:
    kept = []
    atomic.write(path, b"new", read_stamp(path), lambda old: kept.append(old.read_bytes()))
    assert (path.read_bytes(), kept, list(path.parent.iterdir())) == (b"new", [b"old"], [path])


@pytest.mark.usefixtures("no_exchange")
@pytest.mark.parametrize("saves", [["theirs"], ["theirs", "later"]])
def test_save_at_the_rename(path: Path, monkeypatch: pytest.MonkeyPatch, saves: list[str]) -> None:
    """Other programs save right before the old file is taken away, and once more right behind."""
    rename = Path.rename
    waiting, kept = list(saves), []

    def save() -> None:
        new = path.with_name("new")
        new.write_text(waiting.pop(0))
        os.replace(new, path)  # noqa: PTH105 - not the one that is watched

    def seen(old: Path, new: Path) -> Path:
        if old != path:
            return rename(old, new)
        save()
        renamed = rename(old, new)
        if waiting:
            save()
        return renamed

    stamp = read_stamp(path)
    monkeypatch.setattr(Path, "rename", seen)
    with pytest.raises(swap.ChangedMeanwhileError) as changed:
        atomic.write(path, b"new", stamp, lambda old: kept.append(old.read_text()))
    assert path.read_text() == saves[-1]
    assert kept == saves[:-1]
    assert changed.value.lost == (b"theirs" if len(saves) > 1 else None)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("no_exchange")
def test_save_into_the_gap(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, kept = Path.rename, []

    def seen(old: Path, new: Path) -> Path:
        renamed = rename(old, new)
        if old == path:
            path.write_bytes(b"theirs")
        return renamed

    monkeypatch.setattr(Path, "rename", seen)
    with pytest.raises(swap.ChangedMeanwhileError):
        atomic.write(path, b"new", read_stamp(path), lambda old: kept.append(old.read_bytes()))
    assert (path.read_bytes(), kept, list(path.parent.iterdir())) == (b"theirs", [b"old"], [path])


@pytest.mark.usefixtures("no_exchange")
def test_restore_aside(path: Path) -> None:
    aside = path.with_name(".list.here-1-0123456789abcdef.aside.old.tmp")
    path.rename(aside)
    assert find_aside(path) == aside
    swap.restore_aside(path)
    assert (path.read_bytes(), list(path.parent.iterdir())) == (b"old", [path])
    aside.write_bytes(b"older")
    swap.restore_aside(path)
    assert path.read_bytes() == b"old"


def test_find_aside_is_no_link(path: Path) -> None:
    path.rename(path.with_name("other"))
    path.with_name(".list.here-1-0123456789abcdef.aside.old.tmp").symlink_to("other")
    assert find_aside(path) is None


def test_rename_on_macos(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    class System:
        @staticmethod
        def renamex_np(*arguments: object) -> int:
            calls.append(arguments)
            return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: System)
    assert swap._rename(path, path.with_name("new"), swap._EXCHANGE)
    assert swap._rename(path, path.with_name("new"), swap._NO_REPLACE)
    one, other = os.fsencode(path), os.fsencode(path.with_name("new"))
    assert calls == [(one, other, 2), (one, other, 4)]
