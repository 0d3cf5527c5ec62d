from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tracker.errors import ReadOnly, WatchlistMissing, WatchlistUnwritable
from tracker.model.show import Show
from tracker.paths import Paths, starter_list
from tracker.service import Tracker
from tracker.service.new_list import explain_missing

NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time
MINE = '[[show]]\ntitle = "Paper Kite"\n'


@pytest.fixture
def path() -> Path:
    """Return the default place, whose folder is not there yet."""
    return Paths().watchlist


def start(given: Path | None = None, as_of: date | None = None) -> Tracker:
    return Tracker(Paths(given), as_of=as_of, now=lambda: NOW)


def use(path: Path, given: Path | None = None) -> None:
    """Let the program know a list, and take it away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE)
    tracker = start(given)
    tracker.watchlist.open()
    tracker.edits.set_fields({"paper-kite": {"rating": 8}})
    path.unlink()


def arrive(path: Path, monkeypatch: pytest.MonkeyPatch, call: str = "link") -> None:
    """Let a list arrive right before the program puts its own there."""
    do = getattr(os, call)

    def arrive_first(*arguments: object) -> object:
        if not path.exists():
            path.write_text(MINE)
        return do(*arguments)

    monkeypatch.setattr(os, call, arrive_first)


def test_starter_is_made_once(path: Path) -> None:
    mask = os.umask(0)
    try:
        assert start().new_list.make_starter()
    finally:
        os.umask(mask)
    assert [place.stat().st_mode & 0o777 for place in (path, path.parent)] == [0o644, 0o700]
    assert path.read_bytes() == starter_list().read_bytes()
    assert not start().new_list.make_starter()
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("kind", ["named", "as of a day", "link", "known"])
def test_no_starter(path: Path, tmp_path: Path, kind: str) -> None:
    given, as_of = None, None
    match kind:
        case "named":
            given = path = tmp_path / "list.toml"
        case "as of a day":
            as_of = date(2025, 9, 1)
        case "link":
            path.parent.mkdir(parents=True)
            path.symlink_to(tmp_path / "away.toml")
        case "known":
            use(path)
    assert not start(given, as_of).new_list.make_starter()
    assert not path.exists()


def test_starter_does_not_replace_a_list(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(path, monkeypatch)
    assert not start().new_list.make_starter()
    assert path.read_text() == MINE
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("has_links", [True, False])
def test_first_show_begins_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    path = tmp_path / "deep" / "list.toml"
    if not has_links:
        monkeypatch.setattr("tracker.store.files.atomic.link_new", lambda *_: False)
    tracker = start(path)
    tracker.edits.add(Show("", "Salt Road"))
    assert [show.title for show in tracker.watchlist.current.shows] == ["Salt Road"]
    assert "# My watchlist" in path.read_text()
    assert [*path.parent.iterdir()] == [path]
    tracker.edits.undo()
    assert (tracker.watchlist.current.shows, tracker.watchlist.check()) == ((), ())


@pytest.mark.parametrize("has_links", [True, False])
def test_first_show_on_a_list_that_arrived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    path = tmp_path / "list.toml"
    arrive(path, monkeypatch)
    if not has_links:
        monkeypatch.setattr("tracker.store.files.atomic.link_new", lambda *_: path.write_text(MINE) == 0)
    tracker = start(path)
    tracker.edits.add(Show("", "Salt Road"))
    assert [show.title for show in tracker.watchlist.current.shows] == ["Paper Kite", "Salt Road"]
    assert path.read_text().startswith(MINE)


def test_first_show_as_of_a_day(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly):
        start(tmp_path / "list.toml", date(2025, 9, 1)).edits.add(Show("", "Salt Road"))
    assert not (tmp_path / "list.toml").exists()


def test_first_show_where_a_list_was(path: Path) -> None:
    use(path)
    with pytest.raises(WatchlistMissing, match="is gone"):
        start().edits.add(Show("", "Salt Road"))
    assert not path.exists()
    assert start().new_list.make_empty()


def test_show_for_a_list_that_is_gone_while_open(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(MINE)
    tracker = start()
    tracker.watchlist.open()
    path.unlink()
    with pytest.raises(WatchlistMissing):
        tracker.edits.add(Show("", "Salt Road"))
    assert not path.exists()


@pytest.mark.parametrize("has_links", [True, False])
def test_new_list_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool) -> None:
    if not has_links:
        monkeypatch.setattr("tracker.store.files.atomic.link_new", lambda *_: False)
    syncs = iter([None] if not has_links else [])

    def sync(handle: int) -> None:
        if next(syncs, handle) is not None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(WatchlistUnwritable, match=r"Can.t create .*: the disk is full"):
        start(tmp_path / "list.toml").new_list.make_empty()
    assert [*tmp_path.iterdir()] == []


def test_restore_of_a_list_whose_folder_is_gone(path: Path, tmp_path: Path) -> None:
    named = tmp_path / "usb" / "list.toml"
    for place, given in ((path, None), (named, named)):
        use(place, given)
        place.parent.rmdir()
    start().backups.restore(1)
    assert path.read_text() == MINE + "rating = 8\n"
    with pytest.raises(WatchlistMissing, match="Is its drive connected"):
        start(named).backups.restore(1)
    assert not named.parent.exists()


def test_restore_as_of_a_day(path: Path) -> None:
    use(path)
    with pytest.raises(ReadOnly):
        start(as_of=date(2025, 9, 1)).backups.restore(1)
    assert not path.exists()


def test_restore_of_a_missing_list(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(path)
    start().backups.restore(1)
    assert path.read_text() == MINE + "rating = 8\n"
    path.unlink()
    arrive(path, monkeypatch)
    with pytest.raises(WatchlistUnwritable, match="just written by another program"):
        start().backups.restore(1)
    assert path.read_text() == MINE


@pytest.mark.parametrize(
    ("prepare", "is_named", "sentence"),
    [
        (
            None,
            False,
            '{path} yet. To start with examples, run `tracker`. To start an empty one, run `tracker add "A title"`.',
        ),
        (
            None,
            True,
            "no watchlist at {path} yet. To start an empty one, run `tracker --watchlist '{path}' add \"A title\"`.",
        ),
        (use, False, "{path} is gone. To get it back as of 2026-"),
    ],
)
def test_missing_list_says_what_to_do(
    path: Path, tmp_path: Path, prepare: Callable[[Path], None] | None, is_named: bool, sentence: str
) -> None:
    given = tmp_path / "my list.toml" if is_named else None
    if prepare is not None:
        prepare(path)
    with pytest.raises(WatchlistMissing) as missing:
        start(given).watchlist.open()
    assert sentence.format(path=given or path) in str(missing.value)


def test_missing_folder_and_link(tmp_path: Path) -> None:
    away = tmp_path / "usb" / "list.toml"
    link = tmp_path / "list.toml"
    link.symlink_to(away)
    for path in (away, link):
        assert f"there is no folder {tmp_path / 'usb'}" in explain_missing(Paths(path))
    assert not start(link).new_list.may_begin
    away.parent.mkdir()
    assert 'add "A title"`' in explain_missing(Paths(link))
    start(link).edits.add(Show("", "Salt Road"))
    assert (link.is_symlink(), away.is_file()) == (True, True)


def test_disk_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    paths = Paths(tmp_path / "list.toml")
    monkeypatch.setattr(os, "access", lambda *_: False)
    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, fail)
    assert "there is no folder" in explain_missing(paths)
