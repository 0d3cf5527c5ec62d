from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Run

HOSTILE = ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40]
ESCAPE = "a\\u001b]52;c;Zm9v\\u0007b"


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


def test_json_of_tba(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\nrelease = "TBA"\n[[show.history]]\non = 2026-01-01\nrelease = "TBA"\n')
    _, out, _ = run("list", "--json")
    [show] = json.loads(out)
    assert show["window"] == {
        "text": "TBA", "edtf": None, "earliest": None, "latest": None, "precision": "tba", "approximate": False,
    }  # fmt: skip
    assert show["countdown"] is None


@pytest.mark.usefixtures("path")
def test_as_of_leaves_out_unmentioned_shows(run: Run) -> None:
    assert ids(run, "--as-of", "2025-01-01") == ["옛날-집", "last-tram"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["-status:filming"], ["옛날-집", "last-tram"]),
        (["-tag:pier", "-status:scheduled"], ["last-tram"]),
        (["ferry", "-tag:pier"], []),
        (["is:overdue"], ["옛날-집"]),
        (["mina", "doe"], ["old-ferry"]),
        (['cast:"mina doe"'], ["old-ferry"]),
        (["집"], ["옛날-집"]),
        (["渡し"], ["old-ferry"]),
        (["net:harbour", "year:2027"], ["old-ferry"]),
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


@pytest.mark.parametrize(
    "line", [f'status = "{ESCAPE}"', f'ids = {{ "{ESCAPE}" = [] }}', f'links = {{ "{ESCAPE}" = 1 }}']
)
@pytest.mark.parametrize("command", ["list", "check"])
def test_no_escape_sequence_of_damaged_entries(run: Run, path: Path, command: str, line: str) -> None:
    path.write_text(f'[[show]]\ntitle = "{ESCAPE}"\n{line}\n')
    _, out, err = run(command)
    assert "]52;c;Zm9v" in out + err
    assert not any(char in out + err for char in "\x1b\x07\x9b")


def test_empty_list(run: Run, path: Path) -> None:
    path.write_text("")
    code, out, err = run("list")
    assert (code, out) == (0, "")
    assert "add" in err


@pytest.mark.usefixtures("path")
def test_no_match_is_said_on_stderr(run: Run) -> None:
    assert run("list", "zeppelin") == (0, "", "no show matches.\n")
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


@pytest.mark.parametrize(
    ("release", "day"),
    [("2026-12/2027-02", "2026-03-01"), ("2026-10-12/2027-11-13", "2026-03-01"), ("2026-05", "2026-05-31")],
)
def test_window_and_countdown_are_whole_without_terminal(run: Run, path: Path, release: str, day: str) -> None:
    path.write_text(f'[[show]]\ntitle = "A"\n[[show.history]]\non = 2026-01-01\nrelease = "{release}"\n')
    assert "…" not in run("list", "--as-of", day)[1]
