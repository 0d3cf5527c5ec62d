"""What asks services, on the command line: words, JSON, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fake_sources import faults
from tests.fake_sources.bodies import EPISODE
from tests.service.conftest import CLEARED, Home, Ran, at_home, entry, said
from tracker.model.news import NewsItem

TOP, CLAIM = said("scheduled", "2026-11-27")
BARE = entry("Slow Tram", TOP, 'networks = ["Kestrel"]', claims=[CLAIM])
TRAM = entry("Slow Tram", TOP, CLEARED, "ids = { tvmaze = 103 }", claims=[CLAIM])
TRAM_URL = "https://www.tvmaze.com/shows/103/slow-tram"
TVMAZE = "Data by TVmaze (https://www.tvmaze.com), CC BY-SA 4.0"
TMDB = "This product uses the TMDB API but is not endorsed or certified by TMDB."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Home]:
    with at_home(tmp_path, monkeypatch, capsys) as home:
        home.write(TRAM, entry("Low Tide"))
        yield home


def changed(home: Home, *words: str, **fields: object) -> Ran:
    """Let TVmaze be heard once, say something else of the tram four days later, and refresh."""
    home.refresh(force=True)
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, **fields)
    home.forget_answers()
    return home.run("refresh", *words)


def parsed(ran: Ran) -> Any:
    """Return what was printed as JSON, for no other reader than a program."""
    return json.loads(ran.out)


# search


def test_search(home: Home) -> None:
    ran = home.run("search", "paper", "lanterns")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Paper Lanterns  かみのあかり",
        "    2026 · Lumen · JP · series · In Development",
        "    tvmaze:101           https://www.tvmaze.com/shows/101/paper-lanterns",
        "    tmdb:tv/201          https://www.themoviedb.org/tv/201",
        "    wikidata:Q990000101  https://www.wikidata.org/wiki/Q990000101",
        "Paper Lanterns",
        "    2019 · Northgate · CA · series · Ended",
        "    tvmaze:113           https://www.tvmaze.com/shows/113/paper-lanterns",
        "    tmdb:tv/213          https://www.themoviedb.org/tv/213",
        "    wikidata:Q990000113  https://www.wikidata.org/wiki/Q990000113",
    ]


def test_search_needs_no_list(home: Home) -> None:
    home.path.unlink(missing_ok=True)
    ran = home.run("search", "slow", "tram")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Slow Tram")
    assert "watchlist" not in ran.err
    assert not home.path.exists()


def test_search_prints_notices(home: Home) -> None:
    ran = home.run("search", "paper", "lanterns")
    assert TVMAZE in ran.err
    assert TMDB in ran.err
    assert "Wikidata" in ran.err
    assert "TMDB" not in home.run("search", "paper", "lanterns", "--source", "tvmaze").err


def test_search_json(home: Home) -> None:
    first, second = parsed(home.run("search", "paper", "lanterns", "--json"))
    assert first == {
        "title": "Paper Lanterns", "original_title": "かみのあかり", "year": 2026, "kind": "series",
        "networks": ["Lumen"], "countries": ["JP"], "status": "In Development",
        "references": ["tvmaze:101", "tmdb:tv/201", "wikidata:Q990000101"],
        "urls": [
            "https://www.tvmaze.com/shows/101/paper-lanterns", "https://www.themoviedb.org/tv/201",
            "https://www.wikidata.org/wiki/Q990000101",
        ],
        "on_list": None,
    }  # fmt: skip
    assert (second["year"], second["networks"], second["status"]) == (2019, ["Northgate"], "Ended")


def test_search_marks_known_shows(home: Home) -> None:
    ran = home.run("search", "slow", "tram")
    assert "already on your list: slow-tram" in ran.out
    assert [one["on_list"] for one in parsed(home.run("search", "slow", "tram", "--json"))] == ["slow-tram"]


def test_search_without_results(home: Home) -> None:
    ran = home.run("search", "nobody's", "show")
    assert (ran.code, ran.out) == (0, "")
    assert all(name in ran.err for name in ("TVmaze", "TMDB", "Wikidata", "nobody's show"))
    assert parsed(home.run("search", "nobody's", "show", "--json")) == []


def test_search_without_answers_is_5(home: Home) -> None:
    for service in ("tvmaze", "tmdb", "wikidata"):
        home.fake_sources.fail(service, faults.html)
    ran = home.run("search", "slow", "tram")
    assert (ran.code, ran.out) == (5, "")
    assert len([line for line in ran.err.splitlines() if "web page" in line]) == 3
    ran = home.run("search", "slow", "tram", "--json")
    assert ran.code == 5
    told = parsed(ran)
    assert sorted(one["source"] for one in told) == ["tmdb", "tvmaze", "wikidata"]
    assert all("web page" in one["failure"] for one in told)


@pytest.mark.parametrize(
    "words",
    [["search"], ["search", "  "], ["search", "x", "--source", "tvmase"], ["search", "x", "--source", "tmdb"],
     ["add", "--from", "tvmaze"], ["add", "--from", "tvmaze:x"], ["add", "--from", "tmdb:203"],
     ["add", "--from", "imdb:nm99000103"], ["search", "https://www.imdb.com/list/ls7"],
     ["add", "Title", "--from", "tvmaze:103"], ["add", "https://m.imdb.com/title/tt99000101"], ["link", "slow-tram"],
     ["link", "slow-tram", "tvmaze:../1"], ["news", "--since", "2026"], ["news", "--undo", "one"],
     ["refresh", "--as-of", "2026-01-01"]],
)  # fmt: skip
def test_usage_errors_ask_nobody(home: Home, words: list[str]) -> None:
    home.ask("tvmaze")
    before = home.path.read_bytes()
    ran = home.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err
    assert home.fake_sources.requests == []
    assert home.path.read_bytes() == before


@pytest.mark.parametrize("words", [["search", "bracket"], ["search", "종소리"], ["search", "salt", "pepper"]])
def test_search_prints_no_escape_sequence(home: Home, words: list[str]) -> None:
    ran = home.run(*words)
    assert ran.out
    assert not [c for c in ran.out + ran.err if not c.isprintable() and c != "\n"]
    as_json = home.run(*words, "--json")
    assert parsed(as_json)
    assert not [c for c in as_json.out if not c.isprintable() and c != "\n"]


@pytest.mark.parametrize(
    "words",
    ["tt99000101", "imdb:tt99000101", "https://www.imdb.com/title/tt99000101/", "thetvdb:990101", "tvmaze:101",
     "https://www.themoviedb.org/tv/201-paper-lanterns", "Q990000101", "https://m.wikidata.org/wiki/Q990000101"],
)  # fmt: skip
def test_search_for_an_id_finds_it_everywhere(home: Home, words: str) -> None:
    [found] = parsed(home.run("search", words, "--json"))
    assert found["references"] == ["tvmaze:101", "tmdb:tv/201", "wikidata:Q990000101"]


def test_search_for_an_id_that_nobody_has(home: Home) -> None:
    ran = home.run("search", "tt99990101")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Nothing found for “tt99990101” on TVmaze, TMDB or Wikidata.\n"
    ran = home.run("search", EPISODE)
    assert "an episode of tmdb:tv/201" in ran.err
    ran = home.run("link", "low-tide", "imdb:tt99990101")
    assert ran.code == 5
    assert "No show at TVmaze, TMDB or Wikidata has the id imdb:tt99990101." in ran.err


def test_search_for_an_address_of_a_source_that_is_not_enabled(home: Home) -> None:
    home.ask("tvmaze")
    ran = home.run("search", "https://www.themoviedb.org/tv/201")
    assert ran.code == 2
    assert "“tmdb” is not enabled" in ran.err


# add --from


def test_add_from_prints_the_id(home: Home) -> None:
    ran = home.run("add", "--from", "tvmaze:101")
    assert (ran.code, ran.out) == (0, "paper-lanterns\n")
    assert home.show("paper-lanterns").ids["tvmaze"] == 101


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("https://www.tvmaze.com/shows/101/paper-lanterns/episodes", {"tvmaze": 101}),
        ("https://m.imdb.com/title/tt99000101/?ref_=x", {"tvmaze": 101, "tmdb": "tv/201", "wikidata": "Q990000101"}),
        ("thetvdb:990101", {"tvmaze": 101, "tmdb": "tv/201", "wikidata": "Q990000101"}),
    ],
)
def test_add_from_what_was_pasted(home: Home, words: str, ids: dict[str, str | int]) -> None:
    assert home.run("add", "--from", words).out == "paper-lanterns\n"
    linked = home.show("paper-lanterns").ids
    assert {name: linked[name] for name in ids} == ids
    assert linked["imdb"] == "tt99000101"
    assert set(home.show("paper-lanterns").follows.values()) <= ids.keys()


def test_add_from_notes_the_same_title(home: Home) -> None:
    home.run("add", "--from", "tvmaze:101")
    ran = home.run("add", "--from", "tvmaze:113")
    assert ran.out == "paper-lanterns-2\n"
    assert "paper-lanterns has the same title" in ran.err


# link


def test_link(home: Home) -> None:
    home.write(BARE)
    ran = home.run("link", "slow-tram", "tvmaze:103")
    assert (ran.code, ran.out) == (0, "")
    assert "Slow Tram" in ran.err
    assert "tvmaze:103" in ran.err


def test_link_not_is_remembered(home: Home) -> None:
    before = home.write(BARE, entry("Low Tide"))
    assert home.run("link", "slow-tram", "tvmaze:103", "--not").code == 0
    assert "is this it" not in home.run("refresh").out
    assert home.path.read_bytes() == before
    home.run("link", "slow-tram", "tvmaze:103")
    assert "still linked" in home.run("link", "slow-tram", "tvmaze:103", "--not").err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["link", "slow-trom", "tvmaze:103"], 1, "slow-tram"),
        (["link", "slow-tram", "tvmaze:999"], 5, "999"),
        (["link", "low-tide", "tvmaze:103"], 1, "slow-tram"),
        (["add", "--from", "tvmaze:103"], 1, "slow-tram"),
        (["refresh", "slow-trom"], 1, "slow-tram"),
        (["link", "low-tide", "tvmaze:101", "tvmaze:113"], 2, "tvmaze:101 and tvmaze:113 are two shows"),
        (["add", "--from", "tvmaze:101", "--from", "tvmaze:113"], 2, "two shows"),
        (["news", "--undo", "1"], 1, "1"),
    ],
)
def test_refusals(home: Home, words: list[str], code: int, told: str) -> None:
    before = home.path.read_bytes()
    ran = home.run(*words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert home.path.read_bytes() == before


# refresh


def test_refresh_prints_news(home: Home) -> None:
    ran = changed(home, premiered="2027-03-05")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == (
        f"! Slow Tram: 5 Mar 2027 (slipped 98 days from 27 Nov 2026)  — TVmaze {TRAM_URL}"
    )
    assert ran.err.splitlines()[-1] == "1 refreshed, 1 news (1 important)."
    assert "\r" not in ran.err


def test_refresh_prints_progress_on_a_terminal(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "\r\x1b[K1 of 2  Slow Tram" in home.run("refresh").err


def test_refresh_prints_proposals(home: Home) -> None:
    home.write(TRAM.replace("ids =", 'networks = ["Quay"]\nids ='))
    ran = home.run("refresh")
    [line] = [line for line in ran.out.splitlines() if "networks" in line]
    assert all(word in line for word in ("?", "Slow Tram", "Quay", "Kestrel", "TVmaze", "2026-11-23"))


def test_refresh_prints_what_a_source_adds(home: Home) -> None:
    home.write(TRAM.replace("ids =", 'cast = [{ actor = "Jo Vane" }]\nids ='))
    ran = home.run("refresh")
    [line] = [line for line in ran.out.splitlines() if "cast" in line]
    assert line == "? Slow Tram: cast: TVmaze adds “Bae Iseul = The driver” since 2026-11-23"


def test_refresh_json(home: Home) -> None:
    home.write(TRAM.replace("ids =", 'networks = ["Quay"]\nids ='))
    told = parsed(changed(home, "--json", premiered="2027-03-05"))
    assert (told["asked"], told["failures"]) == (1, [])
    [news] = told["news"]
    assert (news["id"], news["grade"], news["source"], news["url"]) == ("slow-tram", "loud", "tvmaze", TRAM_URL)
    [proposal] = [one for one in told["proposals"] if one["field"] == "networks"]
    assert proposal == {
        "id": "slow-tram", "field": "networks", "source": "tvmaze", "mine": "Quay", "theirs": "Kestrel",
        "since": "2026-11-23", "url": TRAM_URL,
    }  # fmt: skip


def test_refresh_json_of_a_failing_source(home: Home) -> None:
    home.fake_sources.fail("tvmaze", faults.status(403))
    ran = home.run("refresh", "--json")
    told = parsed(ran)
    assert (ran.code, told["news"]) == (5, [])
    assert ["TVmaze" in one for one in told["failures"]] == [True]


def test_refresh_says_every_failure(home: Home) -> None:
    home.write(entry("Slow Tram", 'ids = { tvmaze = 103, tmdb = "tv/203", wikidata = "Q990000103" }'))
    for source in ("tvmaze", "tmdb", "wikidata"):
        home.fake_sources.fail(source, faults.status(503))
    ran = home.run("refresh")
    assert ran.code == 5
    assert all(name in ran.err for name in ("TVmaze", "TMDB", "Wikidata"))


def test_refresh_too_early(home: Home) -> None:
    home.run("refresh")
    home.fake_sources.requests.clear()
    ran = home.run("refresh")
    assert ran.code == 0
    assert "Nothing is due" in ran.err
    assert home.fake_sources.requests == []


def test_refresh_of_a_show_that_is_not_linked(home: Home) -> None:
    ran = home.run("refresh", "low-tide")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        "Low Tide isn't linked to a source. Run `tracker search 'Low Tide'`, then `tracker link low-tide SOURCE:ID`.\n"
    )
    assert home.fake_sources.requests == []
    assert "Low Tide isn't linked" in home.run("refresh", "low-tide", "slow-tram").err
    assert parsed(home.run("refresh", "low-tide", "--json"))["unlinked"] == ["low-tide"]
    home.ask("tvmaze")
    home.write(entry("Low Tide", 'ids = { tmdb = "tv/203" }'))
    assert home.run("refresh", "low-tide").err == (
        "Low Tide is linked to no enabled source, only to TMDB. Change `sources` in the settings.\n"
    )


def test_refresh_of_a_list_of_one_show_searches(home: Home) -> None:
    home.write(BARE)
    assert "is this it?" in home.run("refresh").out


def test_refresh_force_skips_the_cache(home: Home) -> None:
    home.run("refresh", "slow-tram")
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    assert "5 Mar 2027" not in home.run("refresh", "slow-tram").out
    assert "5 Mar 2027" in home.run("refresh", "slow-tram", "--force").out
    home.fake_sources.requests.clear()
    home.run("refresh", "--force")
    read = [request for request in home.fake_sources.requests if request.path == "/shows/103"]
    assert [request.headers["cache-control"] for request in read] == ["no-cache"]


def test_refresh_waits_for_a_source(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    home.fake_sources.fail("tvmaze", faults.too_many(30), times=1)
    ran = home.run("refresh", "slow-tram")
    assert ran.code == 0
    assert "0 of 1  TVmaze: waiting 30 s" in ran.err
    assert "1 refreshed" in ran.err


def test_match_offer_prints_both_commands(home: Home) -> None:
    home.write(BARE, entry("Low Tide"))
    lines = home.run("refresh").out.splitlines()
    assert "is this it?" in lines[0]
    yes, no = (line.split(": ", 1)[1].strip() for line in lines[1:3])
    assert (yes, no) == ("tracker link slow-tram tvmaze:103 tmdb:tv/203 wikidata:Q990000103", f"{yes} --not")
    assert home.run(*yes.split()[1:]).code == 0
    assert home.show("slow-tram").ids["tvmaze"] == 103


# news


def test_news_until_marked_as_seen(home: Home) -> None:
    changed(home, premiered="2027-03-05")
    line = f"! 2026-11-27  Slow Tram: 5 Mar 2027 (slipped 98 days from 27 Nov 2026)  — TVmaze {TRAM_URL}"
    assert home.run("news").out.splitlines() == [line]
    assert home.run("news", "--mark-seen").out.splitlines() == [line]
    ran = home.run("news")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Nothing new since you last looked.\n"


def test_news_of_a_grade_of_a_later_version(home: Home) -> None:
    home.write(entry("Salt Road"))
    tracker = home.tracker()
    tracker.inbox.add([NewsItem(tracker.watchlist.moment, grade, "a", "A", grade) for grade in ("shrill", "loud")])
    run = home.run("news")
    assert run.code == 0
    assert run.out.index("loud") < run.out.index("shrill")


def test_news_since_a_day(home: Home) -> None:
    changed(home, premiered="2027-03-05")
    home.run("news", "--mark-seen")
    assert len(home.run("news", "--since", "2026-11-27").out.splitlines()) == 1
    ran = home.run("news", "--since", "2026-11-28")
    assert (ran.out, ran.err) == ("", "Nothing new since 2026-11-28.\n")


def test_news_json(home: Home) -> None:
    changed(home, premiered="2027-03-05")
    [news] = parsed(home.run("news", "--json"))
    assert news == {
        "at": "2026-11-27T12:00:00+00:00", "grade": "loud", "id": "slow-tram", "title": "Slow Tram",
        "text": "5 Mar 2027 (slipped 98 days from 27 Nov 2026)", "source": "tvmaze", "url": TRAM_URL, "offer": None,
        "offers_entry": False, "seen": False, "number": 1,
    }  # fmt: skip
    home.run("news", "--mark-seen")
    assert parsed(home.run("news", "--json")) == []
    assert [one["seen"] for one in parsed(home.run("news", "--json", "--since", "2026-11-01"))] == [True]


def test_news_undo(home: Home) -> None:
    before = home.text
    changed(home, premiered="2027-03-05")
    assert home.text != before
    [news] = parsed(home.run("news", "--json"))
    ran = home.run("news", "--undo", str(news["number"]))
    assert (ran.code, ran.out) == (0, "")
    assert "Slow Tram" in ran.err
    assert home.text == before
    assert home.run("news").out == ""


# show


def test_show_prints_claims_of_sources(home: Home) -> None:
    changed(home, premiered="2027-03-05")
    lines = home.run("show", "slow-tram").out.splitlines()
    at = lines.index("Who says what")
    theirs, mine = lines[at + 1 : at + 3]
    assert theirs.split()[:7] == ["TVmaze", "5", "Mar", "2027", "In", "Development", "2026-11-27"]
    assert mine.split()[:7] == ["Lumen", "Post", "27", "Nov", "2026", "scheduled", "2026-01-10"]
    assert ("counts" in theirs, "counts" in mine) == (True, False)
    assert lines[-1] == f"{TVMAZE}  {TRAM_URL}"


def test_show_json_of_sources(home: Home) -> None:
    home.write(entry("Copper Moon", "ids = { tvmaze = 110 }", 'networks = ["Quay"]'))
    home.run("refresh")
    shown = parsed(home.run("show", "copper-moon", "--json"))
    assert shown["next_episode"] == {
        "season": 1, "number": 9, "title": "Slag", "on": "2026-11-27", "at": "2026-11-27T13:30:00+00:00",
    }  # fmt: skip
    assert [one["theirs"] for one in shown["proposals"] if one["field"] == "networks"] == ["Lumen"]
    assert [(one["source"], one["status"]) for one in shown["voices"]] == [("tvmaze", "Running")]
    assert shown["notices"] == [TVMAZE]


def test_show_providers_of_the_region(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.write(entry("Paper Lanterns", 'ids = { tmdb = "tv/201" }'))
    home.run("refresh")
    assert "to watch     Farlight" in home.run("show", "paper-lanterns").out
    assert parsed(home.run("show", "paper-lanterns", "--json"))["providers"] == ["Farlight"]


def test_show_marks_a_removed_record(home: Home) -> None:
    home.refresh(force=True)
    home.fake_sources.remove("tvmaze", 103)
    home.later(days=4)
    home.forget_answers()
    home.run("refresh")
    [line] = [line for line in home.run("show", "slow-tram").out.splitlines() if line.strip().startswith("TVmaze ")]
    assert "gone" in line


def test_show_as_of_knows_no_sources(home: Home) -> None:
    changed(home, premiered="2027-03-05")
    out = home.run("--as-of", "2026-11-20", "show", "slow-tram").out
    assert "\n  tvmaze " not in out
    assert "5 Mar 2027" not in out


# A list that cannot be read


@pytest.mark.parametrize(
    "words",
    [["search", "slow"], ["refresh"], ["news"], ["link", "slow-tram", "tvmaze:103"], ["add", "--from", "tvmaze:101"]],
)
def test_unreadable_list_asks_nobody(home: Home, words: list[str]) -> None:
    home.path.write_bytes(b'[[show]]\ntitle = "caf\xe9"\n')
    ran = home.run(*words)
    assert (ran.code, ran.out) == (3, "")
    assert "list.toml" in ran.err
    assert home.fake_sources.requests == []


# What is not paid for

PROGRAM = """\
import sys
from tracker.cli.main import main
code = main(sys.argv[1:])
heavy = {"httpx", "msgspec", "sqlite3", "ssl", "textual"}
print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def loaded(home: Home, *words: str) -> str:
    """Return the exit code of a command, and what it loads of what only services need."""
    argv = [sys.executable, "-c", PROGRAM, "--watchlist", str(home.path), *words]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stderr.splitlines()[-1]


@pytest.mark.parametrize("words", [["show", "slow-tram"], ["show", "slow-tram", "--json"]])
def test_show_before_a_refresh_imports_nothing(home: Home, words: list[str]) -> None:
    assert loaded(home, *words) == "0 []"


def test_show_after_a_refresh_imports_no_client(home: Home) -> None:
    home.run("refresh")
    assert loaded(home, "list") == "0 []"
    assert "httpx" not in loaded(home, "show", "slow-tram")
