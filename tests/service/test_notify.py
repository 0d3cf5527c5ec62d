from __future__ import annotations

import json
import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fake_sources import faults
from tests.service.conftest import Home, entry, said
from tracker.model.news import NewsItem
from tracker.service.notify import run_notify_command

KEEP = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read() + b'\\n')"
"""A command that keeps what it is given."""
LOUD = NewsItem(datetime(2026, 11, 23, 12, tzinfo=UTC), "loud", "slow-tram", "Slow Tram", "5 Mar 2027", "tvmaze")


def command(code: str, *arguments: object) -> str:
    """Return a command line that runs Python."""
    return shlex.join([sys.executable, "-c", code, *map(str, arguments)])


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def read(kept: Path) -> list[list[str]]:
    """Return the ids that the command was given, each time."""
    lines = kept.read_bytes().splitlines() if kept.exists() else []
    return [[item["id"] for item in json.loads(line)["news"]] for line in lines]


def test_command_gets_json(kept: Path) -> None:
    items = [
        LOUD._replace(title="느린 전차 “[x]”"),
        LOUD._replace(grade="quiet"),
        LOUD._replace(grade="normal", url="u"),
    ]
    assert run_notify_command(command(KEEP, kept), items) == ""
    given = json.loads(kept.read_bytes())["news"]
    assert given == [items[0].as_json(), items[2].as_json()]


@pytest.mark.parametrize("items", [[], [LOUD._replace(grade="quiet")]])
def test_command_is_not_run_for_nothing(kept: Path, items: list[NewsItem]) -> None:
    assert run_notify_command(command(KEEP, kept), items) == ""
    assert run_notify_command("", [LOUD]) == ""
    assert not kept.exists()


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    kept = tmp_path / "given; touch more"
    item = LOUD._replace(title="$(touch more); `touch more`")
    assert run_notify_command(command(KEEP, kept, "$(touch more)", "| cat"), [item]) == ""
    assert json.loads(kept.read_bytes())["news"][0]["title"] == item.title
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nobody-has-such-a-program --now", "Can't start the notify command: No such file or directory."),
        (command("raise SystemExit(3)"), "The notify command ended with code 3."),
        (
            command("import sys; print('mine', file=sys.stderr); raise SystemExit(1)"),
            "The notify command ended with code 1.",
        ),
        ("notify 'news", "The notify command has an unclosed quote."),
    ],
)
def test_command_that_fails(line: str, sentence: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_notify_command(line, [LOUD]) == sentence
    assert capfd.readouterr() == ("", "")


def test_command_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.service.notify.SECONDS", 0.05)
    slow = command("import time; time.sleep(9)")
    assert run_notify_command(slow, [LOUD]) == "The notify command took longer than 0.05 seconds."


def test_command_that_reads_nothing() -> None:
    # It ends before it is given anything, which breaks the pipe.
    assert run_notify_command(command("import sys; sys.stdin.close()"), [LOUD._replace(text="x" * 200_000)]) == ""


def test_refresh_runs_the_command(home: Home, kept: Path) -> None:
    home.ask("tvmaze", notify=command(KEEP, kept))
    top, claim = said("scheduled", "2026-11-27")
    home.write(
        entry("Slow Tram", top, "ids = { tvmaze = 103 }", claims=[claim]), entry("Rain", "ids = { tvmaze = 109 }")
    )
    assert home.run("refresh").code == 0
    assert read(kept) == []
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.fake_sources.fail("tvmaze", faults.half_json, path="/shows/109")
    home.forget_answers()
    home.run("refresh", "--dry-run")
    assert read(kept) == []
    home.run("refresh")
    assert read(kept) == [["slow-tram"]]
    home.run("refresh", "--force")
    home.run("news")
    assert len(read(kept)) == 1


def test_refresh_with_a_command_that_fails(home: Home) -> None:
    home.ask("tvmaze", notify="notify 'news")
    top, claim = said("scheduled", "2026-11-27")
    home.write(entry("Slow Tram", top, "ids = { tvmaze = 103 }", claims=[claim]))
    home.run("refresh")
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.forget_answers()
    ran = home.run("refresh")
    assert (ran.code, "The notify command has an unclosed quote." in ran.err) == (0, True)
    assert [item.grade for item in home.tracker().inbox.unread()] == ["loud", "quiet"]


def test_refresh_gives_reminders_too(home: Home, kept: Path) -> None:
    top, claim = said("scheduled", "2026-11-27")
    home.write(entry("Slow Tram", top, "ids = { tvmaze = 103 }", claims=[claim]))
    # Without a command they are left to the app and to `remind`.
    home.ask("tvmaze", remind=["30d"])
    home.run("remind")
    home.later(days=1)
    day = home.tracker().today + timedelta(days=30)
    home.write(entry("Old Ferry", f"release = {day}"))
    assert home.run("refresh").out == ""
    home.ask("tvmaze", remind=["30d"], notify=command(KEEP, kept))
    assert home.run("refresh", "--dry-run").out == ""
    ran = home.run("refresh", "--json")
    [reminder] = json.loads(ran.out)["reminders"]
    assert (reminder["id"], reminder["rule"]) == ("old-ferry", "30d")
    assert json.loads(kept.read_bytes()) == {"news": [], "reminders": [reminder]}
    assert home.run("remind").out == ""


def test_wrong_setting(home: Home) -> None:
    home.ask("tvmaze", notify=["notify"])
    home.write()
    assert "notify" in home.tracker().settings.error
