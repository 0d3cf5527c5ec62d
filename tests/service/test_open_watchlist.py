from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tracker.errors import WatchlistUnreadable
from tracker.model.history import Claim
from tracker.model.release import Preference
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.service.file_monitor import (
    FULL_POLL_EVERY,
    RETRIES,
    CopiesChanged,
    DayChanged,
    FileChanged,
    FileLost,
    FileMonitor,
    LockChanged,
)  # fmt: skip
from tracker.service.open_watchlist import OpenWatchlist

FERRY = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n'
NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time
REGIONAL = """format = 1
[[show]]
title = "A"
release = 2026-10-02
[[show.history]]
on = 2026-01-01
release = 2026-05-14
region = "US"
source = "Lumen"
[[show.history]]
on = 2026-02-01
release = 2026-10-02
region = "JP"
source = "Kestrel"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.toml"
    path.write_text(FERRY)
    return path


def start(path: Path | None, as_of: date | None = None, region: str = "") -> OpenWatchlist:
    return OpenWatchlist(Paths(path), as_of=as_of, now=lambda: NOW, preference=lambda: Preference(region))


# Opening


@pytest.mark.parametrize("kind", ["missing", "folder", "latin-1", "circle"])
def test_unreadable_list(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bad.toml"
    match kind:
        case "folder":
            path.mkdir()
        case "latin-1":
            path.write_bytes(b'[[show]]\ntitle = "caf\xe9"\n')
        case "circle":
            path.symlink_to(path)
    with pytest.raises(WatchlistUnreadable, match=r"bad\.toml:2:" if kind == "latin-1" else r"bad\.toml") as refusal:
        start(path).open()
    assert refusal.value.EXIT_CODE == 3


def test_open_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    notes = "word " * 100
    path.write_text(
        "".join(f'[[show]]\ntitle = "Show {n}"\nstatus = "filming"\nnotes = "{notes}"\n' for n in range(600))
    )
    parts = list(start(path).open_in_parts())
    assert [part.is_complete for part in parts] == [False, True]
    assert parts[-1] == start(path).open()


BY_HAND = '[[show]]\ntitle = "Old Ferry"\nstatus = "released"\n[[show.history]]\non = 2026-01-01\nstatus = "filming"\n'


def test_hand_edit_is_shown(path: Path) -> None:
    path.write_text(BY_HAND)
    watchlist = start(path)
    [_, claim] = watchlist.open().get("old-ferry").history
    assert claim == Claim(NOW.date(), status=Status.RELEASED, source="me", is_hand_edit=True)
    assert watchlist.hand_edits == {"old-ferry": claim._replace(is_hand_edit=False)}


def test_baseline_is_no_hand_edit(path: Path) -> None:
    path.write_text('[[show]]\ntitle = "Old Ferry"\nstatus = "released"\nrelease = 2025\n')
    watchlist = start(path)
    show = watchlist.open().get("old-ferry")
    assert (show.status, show.history, watchlist.hand_edits) == (Status.RELEASED, (), {})


def first_seen(watchlist: OpenWatchlist) -> date | None:
    return watchlist.open().get("old-ferry").history[-1].on


def touch(path: Path, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T12:00").timestamp()
    os.utime(path, (moment, moment))


def test_hand_edit_day_is_that_of_the_file(path: Path) -> None:
    path.write_text(BY_HAND)
    touch(path, "2026-02-03")
    assert first_seen(start(path)) == date(2026, 2, 3)


def test_hand_edit_day_is_kept(path: Path) -> None:
    path.write_text(BY_HAND)
    touch(path, "2026-02-03")
    watchlist = start(path)
    watchlist.open()
    watchlist.keep_hand_edit_days()
    path.write_text(BY_HAND + '\n[[show]]\ntitle = "Last Tram"\n')
    assert first_seen(start(path)) == date(2026, 2, 3)
    # Another edit of the same entry is another claim.
    path.write_text(BY_HAND.replace("released", "cancelled"))
    assert first_seen(start(path)) == NOW.date()


def test_hand_edit_day_of_a_clock_that_was_ahead(path: Path) -> None:
    path.write_text(BY_HAND)
    touch(path, "2037-01-01")
    ahead = OpenWatchlist(Paths(path), now=lambda: NOW.replace(year=2037))
    ahead.open()
    ahead.keep_hand_edit_days()
    assert first_seen(start(path)) == NOW.date()


def test_hand_edit_day_that_cannot_be_kept(path: Path) -> None:
    path.write_text(BY_HAND)
    Paths(path).state.parent.mkdir(parents=True, exist_ok=True)
    Paths(path).state.write_text("a file is in the way")
    watchlist = start(path)
    watchlist.open()
    watchlist.keep_hand_edit_days()
    assert first_seen(start(path)) == NOW.date()


@pytest.mark.parametrize("as_of", [NOW.date(), date(2027, 1, 1)])
def test_as_of_today_is_the_list(path: Path, as_of: date) -> None:
    path.write_text('[[show]]\ntitle = "Old Ferry"\nstatus = "filming"\n')
    assert start(path, as_of).open() == start(path).open()
    assert start(path, date(2026, 1, 1)).open().get("old-ferry").status is None


def test_reread(path: Path) -> None:
    watchlist = start(path)
    watchlist.open()
    assert watchlist.reread() is None
    path.write_text(FERRY.replace('"Old Ferry"', '"Old Ferry"\nrating = 5'))
    version = watchlist.reread()
    assert version is not None
    assert watchlist.reread() is None
    assert watchlist.adopt(version).changed[0].after.rating == 5
    path.write_text(FERRY)
    watchlist.open()
    # The version is older than the file by now.
    assert not watchlist.adopt(version).show_ids


def test_lines_and_texts(path: Path) -> None:
    watchlist = start(path)
    watchlist.open()
    assert [watchlist.line_of(show_id) for show_id in ("old-ferry", "last-tram", "nobody")] == [1, 4, 1]
    assert watchlist.text_of("last-tram") == '[[show]]\ntitle = "Last Tram"\n'
    assert watchlist.text_of("nobody") == ""


@pytest.mark.parametrize(("as_of", "release"), [(None, "2026-10-02"), (date(2026, 1, 15), "2026-05-14")])
def test_region(path: Path, as_of: date | None, release: str) -> None:
    path.write_text(REGIONAL)
    watchlist = start(path, as_of, region="JP")
    assert watchlist.open().get("a").release == parse_window(release)
    assert not watchlist.hand_edits


# What happens to the file


class Copies:
    """The conflicted copies that a test puts there."""

    def __init__(self) -> None:
        self.stamp, self.paths = 1, tuple[Path, ...]()

    def folder_stamp(self) -> int:
        return self.stamp

    def find(self) -> tuple[Path, ...]:
        return self.paths


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def monitor(path: Path) -> tuple[FileMonitor, Copies, Clock]:
    clock, copies = Clock(), Copies()
    watchlist = OpenWatchlist(Paths(path), now=clock)
    watchlist.open()
    monitor = FileMonitor(watchlist, copies, str)  # type: ignore[arg-type]
    assert monitor.poll() == []
    return monitor, copies, clock


def test_poll_of_a_changed_file(path: Path) -> None:
    files, _, _ = monitor(path)
    path.write_text(FERRY + "# more\n")
    [event] = files.poll()
    assert isinstance(event, FileChanged)
    assert event.version.snapshot.text.endswith("# more\n")
    assert files.poll() == []


def test_poll_of_a_lost_file(path: Path) -> None:
    files, _, _ = monitor(path)
    path.unlink()
    assert [files.poll() for _ in range(RETRIES + 1)] == [[]] * (RETRIES + 1)
    [event] = files.poll()
    assert isinstance(event, FileLost)
    assert files.poll() == []
    path.write_text(FERRY)
    assert [type(event) for event in files.poll()] == [FileChanged]
    path.unlink()
    assert [type(event) for event in files.poll_all(patient=False)] == [FileLost]


def test_poll_of_everything_else(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, copies, clock = monitor(path)
    clock.now += timedelta(days=1)
    copies.stamp, copies.paths = 2, (path.with_name("copy.toml"),)
    monkeypatch.setattr("tracker.store.watchlist_file.WatchlistFile.why_unwritable", "no.")
    polls: list[Callable[[], list[object]]] = [files.poll] * FULL_POLL_EVERY  # type: ignore[list-item]
    *few, everything = [poll() for poll in polls]
    assert few == [[]] * (FULL_POLL_EVERY - 1)
    assert everything == [DayChanged(date(2026, 3, 2)), LockChanged(False), CopiesChanged(copies.paths)]
    copies.stamp = 3
    assert files.poll_all() == []
