from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.shows import LUMEN, FakeShow
from tests.tui.helpers import HOSTILE, RunningApp
from tests.tui.online import Home, ask
from tracker.tui.terminal_notify import notify_sequence

ITERM: Mapping[str, str] = {"TERM_PROGRAM": "iTerm.app", "TERM": "xterm-256color"}
URXVT: Mapping[str, str] = {"TERM": "rxvt-unicode-256color"}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def listened(app: RunningApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is written to the terminal from here on."""
    written: list[str] = []
    monkeypatch.setattr(app.app._driver, "write", written.append)
    return written


async def hear_of_a_slip(app: RunningApp, fake_sources: FakeSources) -> None:
    await app.select("Slow Tram")
    await ask(app, "r")
    fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    await ask(app, "r")


OSC_9, OSC_777 = "\x1b]9;Slow Tram: 5 Mar 2027\x1b\\", "\x1b]777;notify;Slow Tram;5 Mar 2027\x1b\\"


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        (ITERM, OSC_9),
        ({"TERM_PROGRAM": "WezTerm", "TERM": "xterm-256color"}, OSC_9),
        ({"TERM_PROGRAM": "ghostty", "TERM": "xterm-ghostty"}, OSC_9),
        ({"TERM": "xterm-kitty"}, OSC_9),
        (URXVT, OSC_777),
        ({"TERM": "foot"}, OSC_777),
        ({"TERM": "foot-extra"}, OSC_777),
        ({}, ""),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "dumb"}, ""),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux"}, ""),
        ({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"}, ""),
        ({"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, ""),
        # A multiplexer within a terminal is not that terminal.
        ({"TERM": "screen-256color", "VTE_VERSION": "7600", "TMUX": "/tmp/x"}, ""),
        ({"TERM": "screen-256color", "TERM_PROGRAM": "iTerm.app", "STY": "1.x"}, ""),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
)
def test_notify_sequence(environment: Mapping[str, str], sequence: str) -> None:
    assert notify_sequence(environment, "Slow Tram", "5 Mar 2027") == sequence


@pytest.mark.parametrize("environment", [ITERM, URXVT], ids=["OSC 9", "OSC 777"])
@pytest.mark.parametrize("text", [*HOSTILE, "a;b;c", "x\x1b\\y", "x\x9cy", "x\x07y", "x\ny", "x\u2028y"], ids=repr)
def test_notice_of_hostile_text(environment: Mapping[str, str], text: str) -> None:
    for sequence in (notify_sequence(environment, text, "word"), notify_sequence(environment, "word", text)):
        parts = re.fullmatch(r"\x1b\](?:9;([^;]*)|777;notify;([^;]*);([^;]*))\x1b\\", sequence, re.DOTALL)
        assert parts is not None
        for part in parts.groups(""):
            assert not CONTROLS.search(part)


async def test_loud_news_is_sent_to_the_terminal(
    home: Home, fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "WezTerm")
    async with home.open() as app:
        written = listened(app, monkeypatch)
        await hear_of_a_slip(app, fake_sources)
        [told] = [text for text in written if "\x1b]9;" in text]
        assert told.startswith("\x1b]9;Slow Tram: ")
        assert "5 Mar 2027" in told


async def test_normal_news_is_not_sent_to_the_terminal(
    home: Home, fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "WezTerm")
    async with home.open() as app:
        written = listened(app, monkeypatch)
        await app.select("Slow Tram")
        await ask(app, "r")
        fake_sources.change("tvmaze", 103, network=LUMEN)
        await ask(app, "r")
        assert "1 news" in app.toasts[-1]
        assert [text for text in written if "\x1b]9;" in text] == []


async def test_hostile_title_is_sent_as_text(
    home: Home, fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "rxvt-unicode-256color")
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    fake_sources.add(FakeShow(title="Bell", tvmaze=700, premiered="2027-01-05"))
    text = (
        '[[show]]\ntitle = "Bell; \\u001b]52;c;eA==\\u0007 \\u202eover"\nids = { tvmaze = 700 }\nrelease = 2027-01-05\n'
    )
    async with home.open(text) as app:
        written = listened(app, monkeypatch)
        await ask(app, "r")
        fake_sources.change("tvmaze", 700, premiered="2027-03-05")
        await ask(app, "r")
        told = [text for text in written if "\x1b]777;" in text][-1]
        assert told.startswith("\x1b]777;notify;Bell, ]52,c,eA== over;")
        assert told.count("\x1b") == 2
        assert told.count(";") == 3


async def test_notify_command_gets_the_news(home: Home, fake_sources: FakeSources, tmp_path: Path) -> None:
    script, got = tmp_path / "tell.py", tmp_path / "told.json"
    script.write_text(f"import sys; open({str(got)!r}, 'a').write(sys.stdin.read())")
    home.set("tvmaze", notify=f"{sys.executable} {script}")
    async with home.open() as app:
        await app.select("Slow Tram")
        await ask(app, "r")
        # Where there is no news, nobody is told.
        assert not got.exists()
        fake_sources.change("tvmaze", 103, premiered="2027-03-05")
        await ask(app, "r")
        told = json.loads(got.read_text())
        assert "Slow Tram" in json.dumps(told)
        assert "https://www.tvmaze.com/shows/103/slow-tram" in json.dumps(told)


async def test_notify_command_that_fails(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", notify=f"{os.sep}nowhere{os.sep}tell --secret abc")
    async with home.open() as app:
        await hear_of_a_slip(app, fake_sources)
        assert any("notify" in toast for toast in app.toasts)
        assert not any("abc" in toast for toast in app.toasts)
        assert "1 unread" in app.counts
