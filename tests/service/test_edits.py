from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tracker.errors import BadValue, ReadOnly, UnknownShow, WatchlistUnreadable
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths, starter_list
from tracker.service import Tracker

FERRY = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n'
NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    monkeypatch.delenv("TRACKER_WATCHLIST", raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.toml"
    path.write_text(FERRY)
    return path


def start(path: Path | None, as_of: date | None = None) -> Tracker:
    return Tracker(Paths(path), as_of=as_of, now=lambda: NOW)


def opened(path: Path | None, as_of: date | None = None) -> Tracker:
    tracker = start(path, as_of)
    tracker.watchlist.open()
    return tracker


def test_the_first_start_puts_the_starter_list_in_the_data_folder_byte_for_byte(tmp_path: Path) -> None:
    tracker = start(None)
    assert tracker.watchlist.make_starter()
    assert tracker.watchlist.path == tmp_path / "data" / "release-tracker" / "watchlist.toml"
    assert tracker.watchlist.path.read_bytes() == starter_list().read_bytes()
    assert not start(None).watchlist.make_starter()


def test_a_list_that_somebody_named_is_not_made_out_of_the_starter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not start(tmp_path / "named.toml").watchlist.make_starter()
    monkeypatch.setenv("TRACKER_WATCHLIST", str(tmp_path / "other.toml"))
    assert not start(None).watchlist.make_starter()
    assert list(tmp_path.glob("*.toml")) == []


def test_the_named_list_goes_before_the_one_of_the_environment(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_WATCHLIST", str(tmp_path / "other.toml"))
    assert (start(path).watchlist.path, start(None).watchlist.path) == (path, tmp_path / "other.toml")


def test_an_empty_list_is_made_only_where_nothing_is(path: Path, tmp_path: Path) -> None:
    new = start(tmp_path / "deep" / "new.toml")
    new.watchlist.make_empty()
    assert new.watchlist.open().shows == ()
    assert new.watchlist.check() == ()
    with pytest.raises(WatchlistUnreadable):
        start(path).watchlist.make_empty()
    assert path.read_text() == FERRY


@pytest.mark.parametrize("what", ["missing", "folder", "latin-1", "link in a circle"])
def test_a_list_that_cannot_be_read_says_so_with_its_path(tmp_path: Path, what: str) -> None:
    path = tmp_path / "bad.toml"
    match what:
        case "folder":
            path.mkdir()
        case "latin-1":
            path.write_bytes(b'[[show]]\ntitle = "caf\xe9"\n')
        case "link in a circle":
            path.symlink_to(path)
    with pytest.raises(WatchlistUnreadable, match=r"bad\.toml") as refused:
        start(path).watchlist.open()
    assert refused.value.EXIT_CODE == 3


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(b'[[show]]\ntitle = "caf\xe9"\n')
    with pytest.raises(WatchlistUnreadable, match=r":2:"):
        start(path).watchlist.open()


def test_a_claim_is_of_today_and_of_me_where_nothing_else_is_said(path: Path) -> None:
    tracker = opened(path)
    outcome = tracker.edits.record({"old-ferry": Claim(status=Status.RELEASED)})
    assert tracker.watchlist.current.get("old-ferry").history == (Claim(TODAY, status=Status.RELEASED, source="me"),)
    assert "Old Ferry" in outcome.label
    assert outcome.show_ids == ("old-ferry",)


def test_a_claim_about_several_shows_is_one_edit(path: Path) -> None:
    tracker = opened(path)
    tracker.edits.record(
        {"old-ferry": Claim(release=parse_window("2027")), "last-tram": Claim(release=parse_window("2027"))}
    )
    assert [str(show.release and show.release.text) for show in tracker.watchlist.current.shows] == ["2027", "2027"]
    tracker.edits.undo()
    assert path.read_text() == FERRY


def test_a_claim_that_says_nothing_is_refused(path: Path) -> None:
    with pytest.raises(BadValue):
        opened(path).edits.record({"old-ferry": Claim(source="a paper")})


def test_a_status_that_is_set_is_a_claim(path: Path) -> None:
    tracker = opened(path)
    tracker.edits.set_fields({"old-ferry": {"status": Status.FILMING}})
    show = tracker.watchlist.current.get("old-ferry")
    assert (show.status, show.history) == (Status.FILMING, (Claim(TODAY, status=Status.FILMING, source="me"),))


@pytest.mark.parametrize("name", ["status", "release"])
def test_what_the_claims_say_is_not_emptied(path: Path, name: str) -> None:
    tracker = opened(path)
    tracker.edits.record({"old-ferry": Claim(status=Status.FILMING, release=parse_window("2027"))})
    before = path.read_bytes()
    with pytest.raises(BadValue):
        tracker.edits.set_fields({"old-ferry": {"rating": 5, name: None}})
    assert path.read_bytes() == before


def test_setting_what_is_there_already_writes_nothing(path: Path) -> None:
    tracker = opened(path)
    stamp = path.stat().st_mtime_ns, path.stat().st_ino
    tracker.edits.set_fields({"old-ferry": {"title": "Old Ferry", "tags": ()}})
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == stamp


def test_a_show_keeps_its_id_when_its_title_changes(path: Path) -> None:
    tracker = opened(path)
    outcome = tracker.edits.set_fields({"old-ferry": {"title": "New Ferry", "status": Status.FILMING}})
    assert outcome.show_ids == ("old-ferry",)
    assert opened(path).watchlist.current.get("old-ferry").title == "New Ferry"
    assert tracker.watchlist.current.get("old-ferry").status is Status.FILMING


def test_new_shows_of_one_title_get_ids_of_their_own(path: Path) -> None:
    tracker = opened(path)
    ids = [tracker.edits.add(Show("", "Old Ferry")).show_ids[0] for _ in range(3)]
    assert ids == ["old-ferry-2", "old-ferry-3", "old-ferry-4"]
    assert tracker.watchlist.current.damaged == ()


def test_a_new_show_does_not_take_the_id_of_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[show]]\nid = "old-ferry"\ntitle = "Old Ferry"\nstatus = "sideways"\n')
    opened(path).edits.add(Show("", "Old Ferry"))
    path.write_text(path.read_text().replace("sideways", "filming"))
    assert opened(path).watchlist.current.damaged == ()


def test_the_past_knows_only_what_had_been_said_and_changes_nothing(path: Path) -> None:
    opened(path).edits.record(
        {"old-ferry": Claim(date(2026, 2, 1), status=Status.FILMING, release=parse_window("2027"))}
    )
    opened(path).edits.record({"old-ferry": Claim(date(2026, 2, 20), release=parse_window("2028"))})
    before = path.read_bytes()
    tracker = opened(path, as_of=date(2026, 2, 10))
    show = tracker.watchlist.current.get("old-ferry")
    assert (show.status, show.release, len(show.history)) == (Status.FILMING, parse_window("2027"), 1)
    assert tracker.watchlist.today == date(2026, 2, 10)
    edits: list[Callable[[], object]] = [
        lambda: tracker.edits.record({"old-ferry": Claim(note="x")}),
        lambda: tracker.edits.set_fields({"old-ferry": {"rating": 5}}),
        lambda: tracker.edits.add(Show("", "X")),
        lambda: tracker.edits.remove(["old-ferry"]),
        tracker.edits.undo,
        tracker.edits.redo,
    ]
    for edit in edits:
        with pytest.raises(ReadOnly, match="2026-02-10"):
            edit()
    assert path.read_bytes() == before


def test_a_look_at_the_past_notes_no_hand_edit(path: Path) -> None:
    path.write_text(FERRY.replace('"Old Ferry"\n', '"Old Ferry"\nstatus = "filming"\n'))
    before = path.read_bytes()
    assert opened(path, as_of=date(2026, 2, 10)).edits.record_hand_edits() is None
    assert path.read_bytes() == before


def test_the_line_of_a_show_is_where_its_entry_begins(path: Path) -> None:
    tracker = opened(path)
    assert [tracker.watchlist.line_of(show_id) for show_id in ("old-ferry", "last-tram", "nobody")] == [1, 4, 1]


def test_the_parts_of_a_long_list_end_with_what_open_gives(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    notes = "word " * 100
    path.write_text(
        "".join(f'[[show]]\ntitle = "Show {n}"\nstatus = "filming"\nnotes = "{notes}"\n' for n in range(600))
    )
    parts = list(start(path).watchlist.open_in_parts())
    assert [part.is_complete for part in parts] == [False, True]
    assert parts[-1] == start(path).watchlist.open()


@pytest.mark.parametrize("show_id", ["", "nobody", "old ferry"])
def test_an_unknown_show_is_refused_and_the_file_untouched(path: Path, show_id: str) -> None:
    tracker = opened(path)
    with pytest.raises(UnknownShow):
        tracker.edits.remove([show_id])
    with pytest.raises(UnknownShow):
        tracker.edits.record({"old-ferry": Claim(note="n"), show_id: Claim(note="n")})
    assert path.read_text() == FERRY


def test_a_state_folder_that_cannot_be_written_loses_no_edit(path: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file stands in the way")
    tracker = opened(path)
    assert "not undoable" in tracker.edits.set_fields({"old-ferry": {"rating": 5}}).label
    assert opened(path).watchlist.current.get("old-ferry").rating == 5
