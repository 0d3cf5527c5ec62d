"""The owner's command that is given the news."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fake_sources import faults
from tests.fake_sources.shows import LUMEN
from tests.service.conftest import Home, entry, said

TOP, CLAIM = said("scheduled", "2026-11-27")
TRAM = entry("Slow Tram", TOP, "ids = { tvmaze = 103 }", claims=[CLAIM])
KEEP = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read() + b'\\n')"
"""A command that keeps what it is given."""


def a_command(code: str, *arguments: object) -> str:
    """Return a command line that runs Python."""
    return shlex.join([sys.executable, "-c", code, *map(str, arguments)])


@pytest.fixture
def given(home: Home, tmp_path: Path) -> Callable[[], list[dict[str, Any]]]:
    """A function that returns what the command of the settings was given, each time."""
    kept = tmp_path / "given"
    home.ask("tvmaze", notify=a_command(KEEP, kept))
    home.write(TRAM)
    assert home.run("refresh").code == 0
    assert not kept.exists()
    return lambda: [json.loads(line) for line in kept.read_bytes().splitlines()] if kept.exists() else []


def changed(home: Home, **fields: object) -> None:
    """Let TVmaze say something else of the tram, some days later."""
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, **fields)
    home.forget_answers()


def test_the_command_is_given_the_news_as_json(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    changed(home, premiered="2027-03-05")
    ran = home.run("refresh")
    [told] = given()
    [news] = told["news"]
    assert (news["id"], news["title"], news["grade"], news["source"]) == ("slow-tram", "Slow Tram", "loud", "tvmaze")
    assert (news["url"], news["at"][:10]) == ("https://www.tvmaze.com/shows/103/slow-tram", "2026-11-27")
    assert "5 Mar 2027" in news["text"]
    assert (ran.code, "command" in ran.err) == (0, False)


def test_a_title_in_another_script_arrives_as_it_is(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    home.edit('title = "Slow Tram"', 'id = "slow-tram"\ntitle = "느린 전차 “[x]”"')
    changed(home, premiered="2027-03-05")
    home.run("refresh")
    assert given()[0]["news"][0]["title"] == "느린 전차 “[x]”"


def test_the_command_is_not_run_without_news(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    home.later(days=4)
    home.run("refresh")
    assert given() == []


def test_the_command_is_not_run_for_what_is_quiet(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    changed(home, synopsis="Other.")
    home.run("refresh")
    assert [one.grade for one in home.tracker().inbox.items()] == ["quiet"]
    assert given() == []


def test_what_is_quiet_is_left_out(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    home.write(TRAM, entry("Rain Ledger", "ids = { tvmaze = 109 }"))
    home.run("refresh")
    home.fake_sources.change("tvmaze", 109, synopsis="Other.")
    changed(home, network=LUMEN)
    home.run("refresh", "--force")
    assert [one["id"] for one in given()[-1]["news"]] == ["slow-tram"]


def test_the_command_is_not_run_twice_for_the_same(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    changed(home, premiered="2027-03-05")
    home.run("refresh")
    home.run("refresh", "--force")
    home.run("news")
    assert len(given()) == 1


def test_a_dry_run_runs_no_command(home: Home, given: Callable[[], list[dict[str, Any]]]) -> None:
    changed(home, premiered="2027-03-05")
    home.run("refresh", "--dry-run")
    assert given() == []


def test_the_command_is_run_for_what_was_heard_before_a_service_failed(
    home: Home, given: Callable[[], list[dict[str, Any]]]
) -> None:
    home.write(TRAM, entry("Rain Ledger", "ids = { tvmaze = 109 }"))
    changed(home, premiered="2027-03-05")
    home.fake_sources.fail("tvmaze", faults.half_json, path="/shows/109")
    home.run("refresh")
    assert [one["id"] for one in given()[0]["news"]] == ["slow-tram"]


def test_no_shell_reads_the_news_or_the_command(home: Home, tmp_path: Path) -> None:
    kept = tmp_path / "given; touch more"
    home.ask("tvmaze", notify=a_command(KEEP, kept, "$(touch more)", "| cat"))
    home.write(TRAM.replace("Slow Tram", "$(touch more); `touch more`"))
    home.run("refresh")
    changed(home, premiered="2027-03-05")
    home.run("refresh")
    assert json.loads(kept.read_bytes())["news"][0]["title"] == "$(touch more); `touch more`"
    assert not [one for one in tmp_path.iterdir() if one.name == "more"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("nobody-has-such-a-program --now", "cannot be started"),
        (a_command("raise SystemExit(3)"), "3"),
        (a_command("import sys; print('mine', file=sys.stderr); raise SystemExit(1)"), "1"),
        ("notify 'news", "quote"),
    ],
)
def test_a_command_that_fails_is_told_in_a_sentence_and_the_news_is_kept(home: Home, command: str, words: str) -> None:
    home.ask("tvmaze", notify=command)
    home.write(TRAM)
    home.run("refresh")
    changed(home, premiered="2027-03-05")
    ran = home.run("refresh")
    [sentence] = [line for line in ran.err.splitlines() if "command" in line]
    assert words in sentence
    assert sentence.endswith(".")
    assert "mine" not in ran.err
    assert ran.code == 0
    assert home.show("slow-tram").history[-1].source == "tvmaze"
    assert len(home.tracker().inbox.unread()) == 1


def test_a_command_that_takes_no_news_is_no_trouble(home: Home) -> None:
    # It ends before it is given anything, which breaks the pipe.
    home.ask("tvmaze", notify=a_command("import sys; sys.stdin.close()"))
    home.write(TRAM)
    home.run("refresh")
    changed(home, premiered="2027-03-05", synopsis="Other. " * 20_000)
    ran = home.run("refresh")
    assert (ran.code, "Traceback" in ran.err) == (0, False)


def test_a_command_that_is_no_text_is_told_as_a_wrong_setting(home: Home) -> None:
    home.ask("tvmaze", notify=["notify"])
    home.write(TRAM)
    assert "notify" in home.tracker().settings.error
