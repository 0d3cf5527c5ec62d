from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

HOSTILE = ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40]
ESCAPE = "a\\u001b]52;c;Zm9v\\u0007b"


def ids(run: Run, *argv: str) -> list[str]:
    code, out, _ = run("list", "--json", *argv)
    assert code == 0
    return [show["id"] for show in json.loads(out)]


@pytest.mark.usefixtures("path")
def test_the_list_is_printed_under_headings_with_nothing_on_stderr(run: Run) -> None:
    code, out, err = run("list", "--as-of", "2026-03-01")
    assert (code, err) == (0, "")
    headings = [line for line in out.splitlines() if not line.startswith(" ")]
    assert headings == ["OVERDUE", "2027", "NO DATE"]
    assert out.splitlines()[1].split() == ["◆", "옛날", "집", "scheduled", "10", "Jan", "2025", "overdue", "옛날-집"]


@pytest.mark.usefixtures("path")
def test_an_entry_in_json_has_exactly_the_promised_values(run: Run) -> None:
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
def test_what_nobody_said_is_null_in_json(run: Run) -> None:
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


def test_tba_is_a_window_without_days_in_json(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\nrelease = "TBA"\n[[show.history]]\non = 2026-01-01\nrelease = "TBA"\n')
    _, out, _ = run("list", "--json")
    [show] = json.loads(out)
    assert show["window"] == {
        "text": "TBA", "edtf": None, "earliest": None, "latest": None, "precision": "tba", "approximate": False,
    }  # fmt: skip
    assert show["countdown"] is None


@pytest.mark.usefixtures("path")
def test_shows_of_which_nothing_had_been_said_are_not_in_the_past(run: Run) -> None:
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
def test_a_query_may_begin_with_a_minus(run: Run, query: list[str], found: list[str]) -> None:
    assert sorted(ids(run, "--as-of", "2026-03-01", *query)) == sorted(found)


@pytest.mark.usefixtures("path")
def test_no_match_is_fine_and_is_told_on_stderr(run: Run) -> None:
    code, out, err = run("list", "zeppelin")
    assert (code, out) == (0, "")
    assert err
    assert run("list", "zeppelin", "--json") == (0, "[]\n", "")


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize(("key", "first"), [("title", "last-tram"), ("status", "old-ferry"), ("claim", "old-ferry")])
def test_the_order_can_be_chosen(run: Run, key: str, first: str) -> None:
    assert ids(run, "--sort", key)[0] == first


@pytest.mark.parametrize("release", ["2026-12/2027-02", "2026-05-14/2026-06-20", "2026-10-12/2027-11-13"])
def test_a_long_window_is_printed_whole_where_nothing_limits_the_width(run: Run, path: Path, release: str) -> None:
    path.write_text(f'[[show]]\ntitle = "A"\n[[show.history]]\non = 2026-01-01\nrelease = "{release}"\n')
    assert "…" not in run("list", "--as-of", "2026-03-01")[1]


def test_a_countdown_is_printed_whole_where_nothing_limits_the_width(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\n[[show.history]]\non = 2026-01-01\nrelease = "2026-05"\n')
    assert "…" not in run("list", "--as-of", "2026-05-31")[1]


@pytest.mark.parametrize(
    "line", [f'status = "{ESCAPE}"', f'ids = {{ "{ESCAPE}" = [] }}', f'links = {{ "{ESCAPE}" = 1 }}']
)
@pytest.mark.parametrize("command", ["list", "check"])
def test_no_escape_sequence_of_a_damaged_entry_reaches_the_terminal(
    run: Run, path: Path, command: str, line: str
) -> None:
    path.write_text(f'[[show]]\ntitle = "{ESCAPE}"\n{line}\n')
    _, out, err = run(command)
    assert "]52;c;Zm9v" in out + err
    assert not any(char in out + err for char in "\x1b\x07\x9b")


def test_an_empty_list_is_fine(run: Run, path: Path) -> None:
    path.write_text("")
    code, out, err = run("list")
    assert (code, out) == (0, "")
    assert "add" in err


def test_a_reader_that_goes_away_is_no_error(path: Path) -> None:
    path.write_text("".join(f"[[show]]\ntitle = 'Show {n}'\n" for n in range(3000)))
    command = [sys.executable, "-m", "tracker", "--watchlist", str(path), "list"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()
