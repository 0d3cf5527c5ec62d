from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Run, entry, episode, keep_next_episodes, set_today
from tests.cli.test_imports import check
from tracker.paths import Paths

RULES = 'remind = ["7d", "1d", "0d", "overdue"]\n'
FERRY = "Old Ferry comes out tomorrow, Thu 14 May 2026 (Lumen)\n"
TIDES = "Tale of Tides is expected this month, May 2026\n"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list with a show that comes tomorrow, and one that comes this month."""
    path = tmp_path / "list.toml"
    shows = (entry("Old Ferry", release="2026-05-14", networks=["Lumen"]), entry("Tale of Tides", release="2026-05"))
    path.write_text("\n".join(shows), encoding="utf-8")
    settings = Paths(path).settings
    settings.parent.mkdir(parents=True)
    settings.write_text(RULES, encoding="utf-8")
    set_today(monkeypatch, "2026-05-01")
    return path


def test_each_is_printed_once(listed: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("remind", "--dry-run") == (0, TIDES, "")
    assert run("remind") == (0, TIDES, "")
    assert run("remind") == (0, "", "")
    set_today(monkeypatch, "2026-05-13")
    assert run("remind", "--dry-run") == run("remind") == (0, FERRY, "")
    assert json.loads(run("remind", "--json")[1]) == []
    _, news, _ = run("news")
    assert "Old Ferry: comes out tomorrow, Thu 14 May 2026 (Lumen)  — reminder" in news


def test_json(listed: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, "2026-05-13")
    reminder, tides = json.loads(run("remind", "--json")[1])
    assert (tides["rule"], tides["release"]) == ("start", "2026-05")
    assert reminder.items() >= {
        "id": "old-ferry", "title": "Old Ferry", "text": FERRY.removeprefix("Old Ferry ").strip(), "grade": "normal",
        "source": "reminder", "rule": "1d", "release": "2026-05-14",
    }.items()  # fmt: skip


def test_nothing_is_set(listed: Path, run: Run) -> None:
    Paths(listed).settings.write_text("", encoding="utf-8")
    code, out, err = run("remind")
    assert (code, out) == (0, "")
    assert err.startswith("No reminders are set. Write remind = [")
    assert run("export", "ics", "--alarms")[2].startswith("No reminders are set.")


def test_nothing_is_due(listed: Path, run: Run, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, "2026-04-30")
    assert run("remind") == (0, "", "Nothing is due today.\n")


def test_the_past_is_refused(listed: Path, run: Run) -> None:
    code, out, err = run("remind", "--as-of", "2026-05-13")
    assert (code, out, err) == (2, "", "tracker: Reminders are for today. Leave out --as-of.\n")


def test_settings_that_are_wrong(listed: Path, run: Run) -> None:
    Paths(listed).settings.write_text('remind = ["soon"]\n', encoding="utf-8")
    assert '“remind” must be a list like ["7d", "1d", "0d", "overdue"].' in run("remind")[2]


def test_list_that_is_missing(listed: Path, run: Run) -> None:
    listed.unlink()
    assert run("remind")[0] == 3


def test_notify_command_that_fails(listed: Path, run: Run) -> None:
    Paths(listed).settings.write_text(f'{RULES}notify = "notify \'news"\n', encoding="utf-8")
    assert run("remind") == (0, TIDES, "The notify command has an unclosed quote.\n")
    # It is in the news, and not told a second time.
    assert run("remind") == (0, "", "")


def test_rules_of_one_show(listed: Path, run: Run) -> None:
    before = listed.read_text(encoding="utf-8")
    assert run("set", "tale-of-tides", "remind=never")[2] == "Tale of Tides: no reminders\n"
    assert "remind = []\n" in listed.read_text(encoding="utf-8")
    assert run("remind") == (0, "", "")
    assert json.loads(run("show", "tale-of-tides", "--json")[1])["remind"] == []
    assert run("set", "tale-of-tides", "remind=2w, Overdue")[2] == "Tale of Tides: new reminders\n"
    assert 'remind = ["2w", "overdue"]\n' in listed.read_text(encoding="utf-8")
    assert "remind       2w, overdue\n" in run("show", "tale-of-tides")[1]
    assert run("set", "tale-of-tides", "remind=soon")[0] == 2
    assert run("set", "tale-of-tides", "remind=")[2] == "Tale of Tides: reminders as in the settings\n"
    assert listed.read_text(encoding="utf-8").replace('id = "tale-of-tides"\n', "") == before


def test_rules_that_cannot_be_read_are_reported(listed: Path, run: Run) -> None:
    listed.write_text(entry("Old Ferry", remind=["7d", "soon"]), encoding="utf-8")
    code, out, _ = run("check")
    assert code == 3
    assert out.endswith(": Not a reminder: “soon”. Use 7d, 2w, 0d for the day itself, or overdue.\n")


def test_reminders_need_no_network_and_nothing_heavy(listed: Path) -> None:
    listed.write_text('[[show]]\ntitle = "Old Ferry"\nrelease = "2000/2999"\nids = { tvmaze = 7 }\n', encoding="utf-8")
    keep_next_episodes(listed, {"tvmaze:7": episode(2, 1, "2999-01-01")})
    check(listed, "remind")
