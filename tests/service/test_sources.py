from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.fake_sources import faults
from tests.service.conftest import CLEARED, Home, Program, Ran, StubSource, entry, said
from tracker.errors import BadResponse, BadValue, Cancelled, SourceOffline
from tracker.model.season import Season
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.window_parser import parse_window
from tracker.service.sources import describe_failures, user_agent

# Searching

TRAM = SourceRecord("tvmaze", "103", "Slow Tram", ids=(("imdb", "tt3"),))
LABELS = ("TVmaze", "TMDB", "Wikidata")


@pytest.fixture
def stubs() -> list[StubSource]:
    return [
        StubSource("tvmaze", TRAM, TRAM._replace(key="104", ids=())),
        StubSource("tmdb", TRAM._replace(source="tmdb", key="tv/203")),
        StubSource("wikidata", TRAM._replace(source="wikidata", key="Q3", ids=())),
    ]


@pytest.fixture
def program(tmp_path: Path, stubs: list[StubSource]) -> Program:
    program = Program(tmp_path / "list.toml", *stubs)
    program.write()
    return program


def found(program: Program, title: str = "Slow Tram", only: str = "") -> list[list[str]]:
    results = program.tracker().sources.search(title, only).results
    return sorted(sorted(map(str, result.source_ids)) for result in results)


def test_search_merges_by_id(program: Program) -> None:
    assert found(program) == [["tmdb:tv/203", "tvmaze:103"], ["tvmaze:104"], ["wikidata:Q3"]]
    assert found(program, only="tmdb") == [["tmdb:tv/203"]]
    assert found(program, "Nothing") == []
    assert not program.tracker().has_source_states


def test_search_leaves_out_what_has_no_title(program: Program, stubs: list[StubSource]) -> None:
    stubs[0].records["105"] = TRAM._replace(key="105", title="", ids=())
    assert found(program, "") == []


def test_search_of_a_source_that_is_not_enabled(program: Program, stubs: list[StubSource]) -> None:
    program.sources = tuple(stubs[:2])
    with pytest.raises(BadValue, match="“wikidata” is not enabled"):
        found(program, only="wikidata")


def test_search_with_failures(program: Program, stubs: list[StubSource], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(words: str) -> tuple[SourceRecord, ...]:
        raise BadResponse("it gave no JSON.")

    monkeypatch.setattr(stubs[1], "search", fail)
    results = program.tracker().sources.search("Slow Tram")
    assert [str(failure) for failure in results.failures] == ["it gave no JSON."]
    assert (len(results.results), results.asked) == (3, LABELS)
    for stub in stubs:
        monkeypatch.setattr(stub, "search", fail)
    results = program.tracker().sources.search("Slow Tram")
    assert (len(results.failures), results.results, results.asked) == (3, (), ())


def test_fetch(program: Program) -> None:
    wanted = [SourceId("tvmaze", "103"), SourceId("tvmaze", "9"), SourceId("tmdb", "tv/203")]
    answers = list(program.tracker().sources.fetch(wanted))
    assert {str(one.source_id) for one in answers if isinstance(one, SourceRecord)} == {"tvmaze:103", "tmdb:tv/203"}
    assert [str(one) for one in answers if not isinstance(one, SourceRecord)] == ["TVmaze has no 9."]


def test_fetch_of_a_season(program: Program, stubs: list[StubSource]) -> None:
    season = Season(2, release=parse_window("2027"))
    stubs[0].change("103", seasons=(season,), release=parse_window("2025"))
    ids = [SourceId("tvmaze", "103"), SourceId("tvmaze", "103", 2), SourceId("tvmaze", "103", 9)]
    records = [one for one in program.tracker().sources.fetch(ids) if isinstance(one, SourceRecord)]
    assert [one.source_id for one in records] == ids
    assert [one.year for one in records] == [2025, 2027, None]


def test_fetch_of_a_record_that_is_a_season(program: Program, stubs: list[StubSource]) -> None:
    stubs[2].change("Q3", season=2, seasons=(Season(2),))
    ids = [SourceId("wikidata", "Q3"), SourceId("wikidata", "Q3", 2), SourceId("wikidata", "Q3", 3)]
    first, second, third = program.tracker().sources.fetch(ids)
    assert [record.source_id for record in (first, second) if isinstance(record, SourceRecord)] == [ids[1]] * 2
    assert str(third) == "wikidata:Q3 is season 2 of Slow Tram, not season 3."


def test_fetch_without_a_title(program: Program, stubs: list[StubSource]) -> None:
    stubs[0].change("103", title="")
    [answer] = program.tracker().sources.fetch([SourceId("tvmaze", "103")])
    assert str(answer) == "tvmaze:103 has no title at TVmaze, so it can't be used."


def test_only_a_refresh_lets_wikidata_put_it_off(home: Home) -> None:
    home.ask("wikidata")
    home.write()
    for words in (["search", "tram"], ["add", "--from", "wikidata:Q990000103"], ["link", "slow-tram", "tt99000103"]):
        assert home.run(*words).code == 0
    assert not any("maxlag" in request.query for request in home.fake_sources.requests)
    home.fake_sources.requests.clear()
    assert home.run("refresh", "--force").code == 0
    assert home.fake_sources.requests
    assert all(request.query["maxlag"] == ["5"] for request in home.fake_sources.requests)


def test_stop_and_close(home: Home) -> None:
    sources = home.make(home.paths).sources
    first = sources.enabled
    assert sources.enabled is first
    sources.stop()
    assert sources.enabled is not first
    sources.close()


def test_user_agent_names_an_address_only_if_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"release-tracker/[0-9a-z.+]+", user_agent())
    monkeypatch.setattr("tracker.HOME", "https://tracker.example")
    assert user_agent().endswith(" (+https://tracker.example)")


def test_failures_in_sentences() -> None:
    offline = []
    for label in LABELS:
        offline.append(SourceOffline(f"Can't reach {label}. Are you offline?"))
        offline[-1].source = label
    bad = BadResponse("TMDB gave no JSON.")
    assert describe_failures([offline[0], bad, *offline[1:], bad, Cancelled("stopped")]) == [
        "Can't reach TVmaze, TMDB and Wikidata. Are you offline?", "TMDB gave no JSON.",
    ]  # fmt: skip
    assert describe_failures([]) == []


# The owner's token for TMDB

KEY = "0123456789abcdef0123456789abcdef"
"""Of the form of those that go into the query."""
BEARER = "eyJhbGciOiJub25lIn0.c2VjcmV0LXdvcmQ.bm9ib2R5"
TOP, CLAIM = said("scheduled", "2026-11-27")
LINKED = entry("Slow Tram", TOP, CLEARED, 'ids = { tmdb = "tv/203" }', claims=[CLAIM])
SEARCH = ["search", "slow", "tram"]


def printing(text: str, *more: str) -> str:
    """Return a command that prints."""
    return shlex.join([sys.executable, "-c", f"print({text!r})", *more])


def told_nowhere(home: Home, secret: str, *runs: Ran) -> None:
    """Assert that a secret is in no output, and in no file but the settings."""
    assert all(secret not in ran.out + ran.err for ran in runs)
    folders = (home.path.parent, home.paths.state, home.paths.cache)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if secret.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("token", "where"), [(KEY, "TMDB_TOKEN"), (BEARER, "TMDB_API_KEY"), (KEY, "settings"), (BEARER, "command")]
)
def test_token_reaches_tmdb_alone(home: Home, monkeypatch: pytest.MonkeyPatch, token: str, where: str) -> None:
    home.fake_sources.allow_token = token
    match where:
        case "settings":
            home.ask(tmdb={"token": token})
        case "command":
            home.ask(tmdb={"token_command": printing(token)})
        case _:
            home.ask(tmdb={})
            monkeypatch.setenv(where, token)
    home.write(LINKED)
    runs = [home.run(*SEARCH), home.run("add", "--from", "tmdb:movie/205"), home.run("refresh"), home.run("news")]
    assert [ran.code for ran in runs] == [0] * len(runs)
    assert "tmdb:tv/203" in runs[0].out
    told_nowhere(home, token, *runs)
    for request in home.fake_sources.requests:
        is_header = f"Bearer {token}" == request.headers.get("authorization")
        is_query = [token] in request.query.values()
        assert (is_header, is_query) == (
            request.service == "tmdb" and token == BEARER,
            request.service == "tmdb" and token == KEY,
        )
        assert token not in request.path


def test_token_order(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.write()
    home.ask("tmdb", tmdb={"token": home.fake_sources.allow_token, "token_command": printing("wrong")})
    assert home.run(*SEARCH).code == 0
    monkeypatch.setenv("TMDB_TOKEN", home.fake_sources.allow_token)
    home.ask("tmdb", tmdb={"token": "wrong"})
    assert home.run(*SEARCH).code == 0


def test_token_enables_tmdb(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.write()
    home.paths.settings.write_text("")
    assert home.tracker().sources.names == ("tvmaze",)
    monkeypatch.setenv("TMDB_TOKEN", KEY)
    assert home.tracker().sources.names == ("tvmaze", "tmdb")


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
def test_token_that_does_not_do(home: Home, tmdb: dict[str, str]) -> None:
    before = home.write(LINKED.replace("{ tmdb", "{ tvmaze = 103, tmdb"))
    home.ask("tvmaze", "tmdb", tmdb=tmdb)
    runs = [home.run(*SEARCH, "--source", "tmdb"), home.run(*SEARCH), home.run("refresh")]
    assert [ran.code for ran in runs] == [5, 0, 5]
    assert "tvmaze:103" in runs[1].out
    for ran in runs:
        assert ("TMDB" in ran.err, "token" in ran.err, "Traceback" in ran.err) == (True, True, False)
    assert home.path.read_bytes() == before
    told_nowhere(home, "secret", *runs)


@pytest.mark.parametrize("fault", [faults.status(401), faults.html, faults.other_host, faults.closed])
@pytest.mark.parametrize("token", [KEY, BEARER])
def test_token_in_faults(home: Home, token: str, fault: faults.Fault) -> None:
    home.fake_sources.allow_token = token
    home.ask("tmdb")
    home.write(LINKED)
    home.fake_sources.fail("tmdb", fault)
    runs = [home.run("refresh"), home.run(*SEARCH)]
    assert [ran.code for ran in runs] == [5, 5]
    told_nowhere(home, token, *runs)


def test_token_command_is_run_for_tmdb_only(home: Home, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    home.write(LINKED.replace('tmdb = "tv/203"', "tvmaze = 103"))
    touch = shlex.join([sys.executable, "-c", f"open({str(trace)!r}, 'w').close(); print('x')"])
    home.ask("tvmaze", tmdb={"token_command": touch})
    for words in (["list"], ["show", "slow-tram"], SEARCH, ["refresh"]):
        assert home.run(*words).code == 0
    assert not trace.exists()
