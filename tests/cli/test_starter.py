from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.model.history import fold, in_order
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths, starter
from tracker.service import Tracker

NOW = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the program's clock is local time

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def nobody_named_a_list(monkeypatch: pytest.MonkeyPatch, own_folders: None) -> None:
    monkeypatch.delenv("TRACKER_WATCHLIST")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "starter.toml"
    path.write_bytes(starter().read_bytes())
    return path


@pytest.fixture
def watchlist(copy: Path) -> Watchlist:
    return Tracker(Paths(copy), now=lambda: NOW).open()


def soul_mate(run: Run, day: str) -> dict[str, Any]:
    code, out, _ = run("--as-of", day, "show", "soul-mate", "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_soul_mate_in_july_2024_is_filming_for_2025(run: Run) -> None:
    show = soul_mate(run, "2024-07-01")
    assert (show["status"], show["window"]["text"], show["overdue"]) == ("filming", "2025", False)
    assert (show["window"]["precision"], show["window"]["earliest"]) == ("year", "2025-01-01")


def test_soul_mate_in_march_2025_is_for_august(run: Run) -> None:
    show = soul_mate(run, "2025-03-01")
    assert (show["window"]["edtf"], show["window"]["precision"], show["slips"]) == ("2025-08", "month", 0)


def test_soul_mate_on_the_last_of_august_2025_is_not_late_yet(run: Run) -> None:
    show = soul_mate(run, "2025-08-31")
    assert (show["overdue"], show["window"]["edtf"]) == (False, "2025-08")


def test_soul_mate_in_september_2025_is_overdue(run: Run) -> None:
    show = soul_mate(run, "2025-09-01")
    assert (show["overdue"], show["window"]["edtf"], show["status"]) == (True, "2025-08", "filming")


def test_soul_mate_in_february_2026_has_a_day_and_one_slip(run: Run) -> None:
    show = soul_mate(run, "2026-02-01")
    assert (show["status"], show["window"]["edtf"], show["window"]["precision"]) == ("scheduled", "2026-05-14", "day")
    assert (show["slips"], show["slipped_days"], show["overdue"]) == (1, 256, False)
    assert show["countdown"] == {"min_days": 102, "max_days": 102}


@pytest.mark.parametrize(("day", "overdue"), [("2026-05-14", False), ("2026-05-15", True), ("2026-11-23", True)])
def test_soul_mate_is_overdue_from_the_day_after(run: Run, day: str, overdue: bool) -> None:
    assert soul_mate(run, day)["overdue"] is overdue


def test_soul_mate_is_found_by_its_being_late(run: Run) -> None:
    for day, found in (("2025-08-31", False), ("2025-09-01", True), ("2026-02-01", False), ("2026-11-23", True)):
        _, out, _ = run("list", "is:overdue", "--json", "--as-of", day)
        assert ("soul-mate" in [show["id"] for show in json.loads(out)]) is found


def test_soul_mate_before_anybody_spoke_of_it_is_not_on_the_list(run: Run) -> None:
    _, out, _ = run("list", "--json", "--as-of", "2024-06-26")
    assert "soul-mate" not in [show["id"] for show in json.loads(out)]


def test_the_first_start_copies_the_starter_and_says_where(run: Run, tmp_path: Path) -> None:
    code, out, err = run("list")
    place = tmp_path / "data" / "release-tracker" / "watchlist.toml"
    assert code == 0
    assert "Soul Mate" in out
    assert str(place) in err
    assert place.read_bytes() == starter().read_bytes()
    assert run("list") == (0, out, "")


def test_a_first_start_that_looks_at_the_past_changes_nothing_but_makes_the_list(run: Run, tmp_path: Path) -> None:
    assert run("--as-of", "2025-09-01", "list")[0] == 0
    assert (tmp_path / "data" / "release-tracker" / "watchlist.toml").read_bytes() == starter().read_bytes()


def test_check_finds_nothing_in_the_starter(run: Run, copy: Path) -> None:
    assert run("--watchlist", str(copy), "check")[:2] == (0, "")


def test_nothing_in_the_starter_counts_as_a_hand_edit(copy: Path, watchlist: Watchlist) -> None:
    tracker = Tracker(Paths(copy), now=lambda: NOW)
    tracker.open()
    assert tracker.note_hand_edits() is None
    assert copy.read_bytes() == starter().read_bytes()
    assert not [claim for show in watchlist.shows for claim in show.history if claim.source == "me"]


def test_status_and_release_of_each_show_are_what_its_history_comes_to(watchlist: Watchlist) -> None:
    assert len(watchlist.shows) >= 10
    for show in watchlist.shows:
        standing = fold(show.history)
        assert (show.id, show.status, show.release) == (show.id, standing.status, standing.window)


def test_every_claim_of_the_starter_has_a_day_a_source_and_a_page(watchlist: Watchlist) -> None:
    claims = [(show.id, claim) for show in watchlist.shows for claim in show.history]
    assert not [found for found in claims if not (found[1].source and found[1].url.startswith(("https://", "http://")))]
    assert not [found for found in claims if found[1].on is None or found[1].on > date(2026, 11, 23)]


def test_the_claims_of_the_starter_stand_oldest_first(watchlist: Watchlist) -> None:
    assert [show.id for show in watchlist.shows if list(show.history) != in_order(show.history)] == []


def test_both_leads_of_soul_mate_have_a_card(watchlist: Watchlist) -> None:
    cast = [credit.actor for credit in watchlist.get("soul-mate").cast]
    assert {"Ok Taecyeon", "Hayato Isomura"} <= set(cast)
    for name in ("Ok Taecyeon", "Hayato Isomura"):
        card = watchlist.person(name)
        assert card is not None
        assert card.about
        assert card.known_for


def test_a_status_recorded_in_the_starter_leaves_every_other_byte(run: Run, copy: Path) -> None:
    text = copy.read_text(encoding="utf-8")
    assert (
        run("--watchlist", str(copy), "status", "soul-mate", "released", "--on", "2026-05-14", "--source", "me")[0] == 0
    )
    claim = '\n[[show.history]]\non = 2026-05-14\nstatus = "released"\nsource = "me"\n'
    last = 'note = "worldwide, exclusive, 14 May"\n'
    expected = text.replace('status = "scheduled" ', 'status = "released" ', 1).replace(last, last + claim)
    assert copy.read_text(encoding="utf-8") == expected
    assert run("--watchlist", str(copy), "undo")[0] == 0
    assert copy.read_text(encoding="utf-8") == text
