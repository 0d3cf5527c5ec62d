from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Run


def ids(run: Run, *argv: str) -> list[str]:
    code, out, _ = run("list", "--json", *argv)
    assert code == 0
    return [show["id"] for show in json.loads(out)]


@pytest.mark.usefixtures("path")
def test_list_under_headings(run: Run) -> None:
    code, out, err = run("list", "--as-of", "2026-03-01")
    assert (code, err) == (0, "")
    headings = [line for line in out.splitlines() if not line.startswith(" ")]
    assert headings == ["OVERDUE", "2027", "NO DATE"]
    assert out.splitlines()[1].split() == ["◆", "옛날", "집", "scheduled", "10", "Jan", "2025", "overdue", "옛날-집"]


def test_list_shows_what_is_mine(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(
        '[[show]]\ntitle = "Paper Kite"\nwatch = "watched"\nrating = 7.5\n\n'
        '[[show]]\ntitle = "Salt Road"\nrating = 8\n\n'
        '[[show]]\ntitle = "Slow Tram"\n'
    )
    rows = [line.split() for line in run("list")[1].splitlines()[1:]]
    assert [row[:-1] for row in rows] == [
        ["Paper", "Kite", "✓7½", "–"],
        ["Salt", "Road", "★", "8", "–"],
        ["Slow", "Tram", "–"],
    ]
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert "w7+" in run("list")[1]


def test_near_matches_are_marked(run: Run, path: Path) -> None:
    path.write_text('[[show]]\nid = "squid"\ntitle = "Squid Tram"\n\n[[show]]\nid = "salt"\ntitle = "Salt"\n')
    said = "Nothing matches “sqiud”. Near matches:\n"
    assert run("list", "--ids", "sqiud") == (0, "", "Nothing matches “sqiud”. Near matches: squid\n")
    code, out, err = run("list", "sqiud")
    assert (code, err) == (0, said)
    assert "Squid Tram" in out
    assert [show["near"] for show in json.loads(run("list", "--json", "sqiud")[1])] == [True]
    assert ["near" in show for show in json.loads(run("list", "--json", "squid")[1])] == [False]
    assert run("list", "sqxxd")[1] == ""
    assert run("calendar", "sqiud")[2].startswith(said)
    assert json.loads(run("calendar", "--json", "sqiud")[1]) == []
    assert "Squid" not in run("export", "ics", "-", "sqiud")[1]
    assert "Did you mean squid?" in run("show", "sqiud")[2]


@pytest.mark.usefixtures("path")
def test_json_of_an_entry(run: Run) -> None:
    _, out, _ = run("--as-of", "2026-03-01", "list", "ferry", "--json")
    [show] = json.loads(out)
    expected = {
        "id": "old-ferry",
        "title": "Old Ferry",
        "original_title": "古い渡し船",
        "kind": "film",
        "status": "filming",
        "overdue": False,
        "window": {
            "text": "2027", "edtf": "2027", "earliest": "2027-01-01", "latest": "2027-12-31",
            "precision": "year", "approximate": False,
        },
        "countdown": {"min_days": 306, "max_days": 670},
        "slips": 1,
        "slipped_days": 365,
        "networks": ["Harbour TV"],
        "countries": ["JP"],
        "tags": ["pier"],
        "watch": "planned",
        "rating": None,
        "last_claim": "2026-01-05",
    }  # fmt: skip
    assert {key: show[key] for key in expected} == expected


@pytest.mark.usefixtures("path")
def test_json_has_null_for_what_is_unknown(run: Run) -> None:
    _, out, _ = run("list", "tram", "--json")
    [show] = json.loads(out)
    assert [show[key] for key in ("status", "window", "countdown", "last_claim", "overdue")] == [
        None,
        None,
        None,
        None,
        False,
    ]
    assert [show[key] for key in ("networks", "countries", "tags", "slips", "slipped_days")] == [[], [], [], 0, 0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["-status:filming"], ["옛날-집", "last-tram"]),
        (["ferry", "-tag:pier"], []),
        (['cast:"mina doe"'], ["old-ferry"]),
        (["-t"], ["옛날-집"]),
    ],
)
@pytest.mark.usefixtures("path")
def test_query_may_begin_with_a_minus(run: Run, query: list[str], found: list[str]) -> None:
    assert sorted(ids(run, "--as-of", "2026-03-01", *query)) == sorted(found)


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize(("key", "first"), [("title", "last-tram"), ("status", "old-ferry"), ("claim", "old-ferry")])
def test_sort(run: Run, key: str, first: str) -> None:
    assert ids(run, "--sort", key)[0] == first


def test_empty_list(run: Run, path: Path) -> None:
    path.write_text("")
    code, out, err = run("list")
    assert (code, out) == (0, "")
    assert "add" in err


@pytest.mark.usefixtures("path")
def test_no_match_is_said_on_stderr(run: Run) -> None:
    assert run("list", "zeppelin") == (0, "", "No show matches.\n")
    assert run("list", "zeppelin", "--json") == (0, "[]\n", "")


def test_one_long_title_does_not_widen_all_lines(run: Run, path: Path) -> None:
    path.write_text(f'[[show]]\ntitle = "{"a" * 5000}"\n[[show]]\ntitle = "B"\n')
    assert min(map(len, run("list")[1].splitlines()[1:])) < 400


@pytest.mark.usefixtures("terminal", "path")
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    assert "\x1b" in run("list")[1]
    monkeypatch.setenv(name, value)
    assert "\x1b" not in run("list")[1]
