from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.cli.helpers import Run
from tracker.model.history import fold_history, sort_claims
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths, starter_list
from tracker.service import Tracker

NOW = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the program's clock is local time


@pytest.fixture(autouse=True)
def nobody_named_a_list(monkeypatch: pytest.MonkeyPatch, own_folders: None) -> None:
    monkeypatch.delenv("TRACKER_WATCHLIST")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "starter.toml"
    path.write_bytes(starter_list().read_bytes())
    return path


@pytest.fixture
def watchlist(copy: Path) -> Watchlist:
    return Tracker(Paths(copy), now=lambda: NOW).watchlist.open()


@pytest.mark.parametrize("command", ["list", "today", "check", "undo", "set a tags=x"])
def test_no_command_makes_a_list(run: Run, tmp_path: Path, command: str) -> None:
    place = tmp_path / "data" / "release-tracker" / "watchlist.toml"
    code, out, err = run(*command.split())
    assert (code, out) == (3, "")
    assert f"no watchlist at {place} yet. To start with examples, run `tracker`" in err
    assert [*tmp_path.iterdir()] == []


ARTICLE = "Netflix confirmed on Monday that the upcoming drama series “Salt Road” will premiere in March 2027."


def test_an_article_is_read_without_a_list(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in ((), ("--json",)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
        code, out, err = run("clip", "-", *arguments)
        assert (code, "Salt Road" in out, "watchlist" in err) == (0, True, False)
        assert "not on your list" in out or '"matches": []' in out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run("clip", "-", "--to", "salt-road")[:2] == (3, "")
    assert [*tmp_path.iterdir()] == []


def test_a_clipped_article_begins_a_list(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "data" / "release-tracker" / "watchlist.toml"
    for arguments, code, words in (
        (["--add"], 0, f"No watchlist at {place} yet"),
        ([], 0, f"{place} is gone"),
        (["--add"], 3, f"{place} is gone"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
        found, _, err = run("clip", "-", *arguments)
        assert (found, words in err, err) == (code, True, err)
        # It is gone after the first turn; then reading tells so, and only adding is refused.
        place.unlink(missing_ok=True)


def test_add_begins_a_list(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "data" / "release-tracker" / "watchlist.toml"
    code, out, err = run("add", "Salt Road")
    assert (code, out) == (0, "salt-road\n")
    assert f"No watchlist at {place} yet" in err
    assert place.read_text().endswith('format = 1\n\n[[show]]\nid = "salt-road"\ntitle = "Salt Road"\n')
    place.unlink()
    assert (run("add", "Salt Road")[0], run("restore", "1")[2]) == (3, "Version 1 restored. Your list is back.\n")
    assert json.loads(run("list", "--json")[1])[0]["id"] == "salt-road"


def test_starter_has_no_hand_edits(copy: Path, watchlist: Watchlist) -> None:
    tracker = Tracker(Paths(copy), now=lambda: NOW)
    tracker.watchlist.open()
    assert not tracker.watchlist.hand_edits
    assert copy.read_bytes() == starter_list().read_bytes()
    assert not [claim for show in watchlist.shows for claim in show.history if claim.source == "me"]


def test_starter_fields_match_the_history(watchlist: Watchlist) -> None:
    assert len(watchlist.shows) >= 10
    for show in watchlist.shows:
        standing = fold_history(show.history)
        assert (show.id, show.status, show.release) == (show.id, standing.status, standing.window)


def test_starter_claims_have_day_source_and_url(watchlist: Watchlist) -> None:
    claims = [(show.id, claim) for show in watchlist.shows for claim in show.history]
    assert not [found for found in claims if not (found[1].source and found[1].url.startswith(("https://", "http://")))]
    assert not [found for found in claims if found[1].on is None or found[1].on > date(2026, 11, 23)]


def test_starter_claims_are_sorted(watchlist: Watchlist) -> None:
    assert [show.id for show in watchlist.shows if list(show.history) != sort_claims(show.history)] == []


def test_soul_mate_leads_have_a_card(watchlist: Watchlist) -> None:
    cast = [credit.actor for credit in watchlist.get("soul-mate").cast]
    assert {"Ok Taecyeon", "Hayato Isomura"} <= set(cast)
    for name in ("Ok Taecyeon", "Hayato Isomura"):
        card = watchlist.person(name)
        assert card is not None
        assert card.about
        assert card.known_for


@pytest.mark.parametrize(
    ("day", "status", "edtf", "overdue", "slips"),
    [
        ("2024-07-01", "filming", "2025", False, (0, 0)),
        ("2025-08-31", "filming", "2025-08", False, (0, 0)),
        ("2025-09-01", "filming", "2025-08", True, (0, 0)),
        ("2026-05-14", "scheduled", "2026-05-14", False, (1, 256)),
        ("2026-05-15", "scheduled", "2026-05-14", True, (1, 256)),
    ],
)
def test_soul_mate_as_of(
    run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch, day: str, status: str, edtf: str, overdue: bool,
    slips: tuple[int, int],
) -> None:  # fmt: skip
    monkeypatch.setenv("TRACKER_WATCHLIST", str(copy))
    show = json.loads(run("--as-of", day, "show", "soul-mate", "--json")[1])
    assert (show["status"], show["window"]["edtf"], show["overdue"]) == (status, edtf, overdue)
    assert (show["slips"], show["slipped_days"]) == slips
    late = json.loads(run("list", "is:overdue", "--json", "--as-of", day)[1])
    assert ("soul-mate" in [show["id"] for show in late]) is overdue
