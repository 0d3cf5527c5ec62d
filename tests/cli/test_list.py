from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.text import cells

Run = Callable[..., tuple[int, str, str]]

HOSTILE = ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40]
ESCAPE = "a\\u001b]52;c;Zm9v\\u0007b"


def ids(run: Run, *argv: str) -> list[str]:
    code, out, _ = run("list", "--json", *argv)
    assert code == 0
    return [show["id"] for show in json.loads(out)]


def on_a_terminal(path: Path, **environment: str) -> str:
    near, far = pty.openpty()
    base = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    subprocess.run(
        [sys.executable, "-m", "tracker", "--watchlist", str(path), "list"],
        stdout=far, stderr=subprocess.DEVNULL, env={**base, "TERM": "xterm-256color", **environment}, check=True,
    )  # fmt: skip
    os.close(far)
    text = b""
    while True:
        try:
            more = os.read(near, 65536)
        except OSError:
            break
        if not more:
            break
        text += more
    os.close(near)
    return text.decode()


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
@pytest.mark.parametrize(
    "argv", [["--as-of", "2025-09-01", "list", "--json"], ["list", "--json", "--as-of", "2025-09-01"]]
)
def test_the_day_may_stand_on_either_side_of_the_command(run: Run, argv: list[str]) -> None:
    code, out, _ = run(*argv)
    assert code == 0
    assert {show["id"]: show["status"] for show in json.loads(out)} == {
        "old-ferry": "announced", "옛날-집": "scheduled", "last-tram": None,
    }  # fmt: skip


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


def test_columns_are_aligned_in_cells_whatever_the_script(run: Run, path: Path) -> None:
    titles = [*HOSTILE, "a", "ソウルメイト", "é\u0301", "👩\u200d👩\u200d👧 family"]
    path.write_text("".join(f"[[show]]\nid = 'n{n}'\ntitle = '{title}'\n" for n, title in enumerate(titles)))
    _, out, _ = run("list")
    rows = [line for line in out.splitlines() if line.startswith(" ")]
    assert len(rows) == len(titles)
    assert len({cells(row.rstrip()[: -len("n0")]) for row in rows}) == 1
    assert all(any(title in row for row in rows) for title in titles)


@pytest.mark.parametrize("release", ["2026-12/2027-02", "2026-05-14/2026-06-20", "2026-10-12/2027-11-13"])
def test_a_long_window_is_printed_whole_where_nothing_limits_the_width(run: Run, path: Path, release: str) -> None:
    path.write_text(f'[[show]]\ntitle = "A"\n[[show.history]]\non = 2026-01-01\nrelease = "{release}"\n')
    assert "…" not in run("list", "--as-of", "2026-03-01")[1]


def test_a_countdown_is_printed_whole_where_nothing_limits_the_width(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\n[[show.history]]\non = 2026-01-01\nrelease = "2026-05"\n')
    assert "…" not in run("list", "--as-of", "2026-05-31")[1]


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["show", "x"], ["show", "x", "--json"]])
def test_no_escape_sequence_of_the_file_reaches_the_terminal(run: Run, path: Path, command: list[str]) -> None:
    path.write_text(
        f'[[show]]\nid = "x"\ntitle = "{ESCAPE}"\nsynopsis = "{ESCAPE}"\nnetworks = ["{ESCAPE}"]\n'
        f'links = {{ "{ESCAPE}" = "{ESCAPE}" }}\nids = {{ "{ESCAPE}" = "{ESCAPE}" }}\n'
        f'[[show.history]]\non = 2026-01-01\nsource = "{ESCAPE}"\nnote = "{ESCAPE}"\nurl = "{ESCAPE}"\n'
    )
    code, out, err = run(*command)
    assert code == 0
    assert "]52;c;Zm9v" in out
    assert not any(char in out + err for char in "\x1b\x07\x9b")


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


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_printed_as_it_is(run: Run, path: Path, title: str) -> None:
    path.write_text(f"[[show]]\nid = 'x'\ntitle = '{title}'\n")
    assert title in run("list")[1]
    assert json.loads(run("list", "--json")[1])[0]["title"] == title
    assert run("show", "x")[1].startswith(title)


def test_damaged_entries_are_told_on_stderr_with_path_and_line_and_the_rest_is_listed(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\nstatus = "sideways"\n[[show]]\ntitle = "B"\n')
    code, out, err = run("list")
    assert code == 0
    assert out.split()[-1] == "b"
    assert err.startswith(f"{path}:3: ")


def test_an_empty_list_is_fine(run: Run, path: Path) -> None:
    path.write_text("")
    code, out, err = run("list")
    assert (code, out) == (0, "")
    assert "add" in err


def test_a_pipe_gets_no_colour(path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "--watchlist", str(path), "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Old Ferry" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_terminal_gets_colour_unless_no_color_says_otherwise(path: Path) -> None:
    assert "\x1b[" in on_a_terminal(path)
    plain = on_a_terminal(path, NO_COLOR="1")
    assert "Old Ferry" in plain
    assert "\x1b" not in plain


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
