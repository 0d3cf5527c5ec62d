"""The owner's token for TMDB: where it comes from, and that it goes nowhere else."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tests.fake_sources import faults
from tests.service.conftest import Home, Ran, entry, said

KEY = "0123456789abcdef0123456789abcdef"
"""Of the form of those that go into the query."""
BEARER = "eyJhbGciOiJub25lIn0.c2VjcmV0LXdvcmQ.bm9ib2R5"
TOP, CLAIM = said("scheduled", "2026-11-27")
TRAM = entry("Slow Tram", TOP, 'ids = { tmdb = "tv/203" }', claims=[CLAIM])


def printing(text: str, *more: str) -> str:
    """Return a command that prints."""
    return shlex.join([sys.executable, "-c", f"print({text!r})", *more])


def told_nowhere(home: Home, secret: str, *runs: Ran) -> None:
    """Assert that a secret is in no output, and in no file but the settings."""
    for ran in runs:
        assert secret not in ran.out
        assert secret not in ran.err
    folders = (home.path.parent, home.paths.state, home.paths.cache)
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    assert len(files) > 2
    for one in files:
        assert secret.encode() not in one.read_bytes(), one


@pytest.mark.parametrize("token", [KEY, BEARER])
@pytest.mark.parametrize("where", ["TMDB_TOKEN", "TMDB_API_KEY", "settings", "command"])
def test_the_token_reaches_tmdb_and_nobody_else(
    home: Home, monkeypatch: pytest.MonkeyPatch, token: str, where: str
) -> None:
    home.fake_sources.allow_token = token
    match where:
        case "settings":
            home.ask(tmdb={"token": token})
        case "command":
            home.ask(tmdb={"token_command": printing(token)})
        case _:
            home.ask(tmdb={})
            monkeypatch.setenv(where, token)
    home.write(TRAM)
    runs = [
        home.run("search", "slow", "tram"), home.run("search", "slow", "tram", "--json"),
        home.run("add", "--from", "tmdb:movie/205"), home.run("refresh"), home.run("show", "slow-tram"),
        home.run("news"), home.run("list"), home.run("path"),
    ]  # fmt: skip
    assert [ran.code for ran in runs] == [0] * len(runs)
    assert "tmdb:tv/203" in runs[0].out
    told_nowhere(home, token, *runs)
    for request in home.fake_sources.requests:
        sent = "Authorization" if token == BEARER else "api_key"
        has = f"Bearer {token}" in request.headers.values() or [token] in request.query.values()
        assert has is (request.service == "tmdb")
        assert token not in request.path
        if request.service == "tmdb":
            assert (request.headers.get("authorization") is not None) is (sent == "Authorization")


def test_the_environment_goes_before_the_settings_and_these_before_the_command(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write()
    first = {"token": home.fake_sources.allow_token, "token_command": printing("wrong")}
    home.ask("tmdb", tmdb=first)
    assert home.run("search", "slow", "tram").code == 0
    monkeypatch.setenv("TMDB_TOKEN", home.fake_sources.allow_token)
    home.ask("tmdb", tmdb={"token": "wrong"})
    assert home.run("search", "slow", "tram").code == 0


def test_without_a_word_about_services_a_token_enables_tmdb(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.ask()
    lines = home.paths.settings.read_text().splitlines()
    at = lines.index("[tmdb]")
    home.paths.settings.write_text("\n".join([*lines[1:at], *lines[at + 2 :]]) + "\n")
    home.write()
    assert "tmdb:" not in home.run("search", "slow", "tram").out
    assert {one.service for one in home.fake_sources.requests} == {"tvmaze"}
    monkeypatch.setenv("TMDB_TOKEN", home.fake_sources.allow_token)
    assert "tmdb:tv/203" in home.run("search", "slow", "tram").out
    assert {one.service for one in home.fake_sources.requests} == {"tvmaze", "tmdb"}


@pytest.mark.parametrize("words", [["search", "slow", "tram", "--source", "tmdb"], ["refresh"]])
@pytest.mark.parametrize(
    "tmdb",
    [
        {"token": "secret-but-wrong"},
        {"token_command": printing("secret-but-wrong")},
        {"token_command": shlex.join([sys.executable, "-c", "print('secret-but-wrong'); raise SystemExit(1)"])},
        {"token_command": printing("", "secret-but-wrong")},
        {"token_command": "no-such-program secret-but-wrong"},
        {"token_command": "print 'secret-but-wrong"},
        {},
    ],
    ids=["wrong", "wrong by command", "command fails", "command prints nothing", "no command", "open quote", "none"],
)
def test_a_token_that_does_not_do_is_told_without_being_told(
    home: Home, tmdb: dict[str, str], words: list[str]
) -> None:
    before = home.write(TRAM)
    home.ask("tvmaze", "tmdb", tmdb=tmdb)
    ran = home.run(*words)
    assert ran.code == 5
    assert "TMDB" in ran.err
    assert "token" in ran.err
    assert "Traceback" not in ran.err
    assert "secret" not in ran.out + ran.err
    assert home.path.read_bytes() == before
    if home.paths.state.exists():
        assert not [one for one in home.paths.state.rglob("*") if one.is_file() and b"secret" in one.read_bytes()]


BROKEN = {
    "wrong": {"token": "secret-but-wrong"},
    "command fails": {"token_command": "no-such-program secret"},
    "none": dict[str, str](),
}


@pytest.mark.parametrize("name", BROKEN)
def test_without_a_token_the_other_services_are_asked(home: Home, name: str) -> None:
    home.ask("tvmaze", "tmdb", tmdb=BROKEN[name])
    home.write(TRAM.replace("{ tmdb", "{ tvmaze = 103, tmdb"))
    found = home.run("search", "slow", "tram")
    assert ("tvmaze:103" in found.out, found.code) == (True, 0)
    assert "TMDB" in found.err
    home.fake_sources.requests.clear()
    ran = home.run("refresh")
    assert home.fake_sources.count("tvmaze") == 1
    assert "TMDB" in ran.err


@pytest.mark.parametrize(
    "fault",
    [faults.status(500), faults.status(401), faults.html, faults.other_host, faults.round_in_circles, faults.closed],
)
@pytest.mark.parametrize("token", [KEY, BEARER])
def test_no_fault_makes_the_token_known(home: Home, token: str, fault: faults.Fault) -> None:
    home.fake_sources.allow_token = token
    home.ask("tmdb")
    home.write(TRAM)
    assert home.run("refresh").code == 0
    home.later(days=1)
    home.forget_answers()
    home.fake_sources.fail("tmdb", fault)
    runs = [home.run("refresh"), home.run("search", "slow", "tram")]
    assert runs[1].code == 5
    told_nowhere(home, token, *runs)


def test_the_owner_alone_can_read_what_is_kept(home: Home) -> None:
    home.write(TRAM)
    home.run("refresh")
    home.run("search", "slow", "tram")
    kept = [one for folder in (home.paths.state, home.paths.cache) for one in folder.rglob("*.sqlite")]
    assert len(kept) >= 3
    assert [oct(one.stat().st_mode & 0o077) for one in kept] == ["0o0"] * len(kept)


def test_a_command_is_run_only_where_tmdb_is_asked(home: Home, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    touch = shlex.join([sys.executable, "-c", f"open({str(trace)!r}, 'w').close(); print('x')"])
    home.write(TRAM.replace("tmdb", "tvmaze").replace('"tv/203"', "103"))
    home.ask("tvmaze", tmdb={"token_command": touch})
    home.run("list")
    home.run("show", "slow-tram")
    home.run("search", "slow", "tram")
    home.run("refresh")
    assert not trace.exists()
