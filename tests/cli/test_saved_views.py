"""Saved views in the commands that take a query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Run
from tracker.paths import Paths

SETTINGS = """\
[views]
ferry = { query = "country:JP", key = "f2" }
by-title = { query = "-@ferry", sort = "title" }
networks = { group = "network" }
"옛날" = "title:옛날"
"""


@pytest.fixture(autouse=True)
def settings(path: Path) -> Path:
    place = Paths(path).settings
    place.parent.mkdir(parents=True)
    place.write_text(SETTINGS, encoding="utf-8")
    return place


def ids(run: Run, *argv: str) -> list[str]:
    code, out, err = run("list", "--ids", *argv)
    assert (code, err) == (0, "")
    return out.split()


def test_list_of_a_view(run: Run) -> None:
    assert ids(run, "@ferry") == ["old-ferry"]
    assert ids(run, "@옛날") == ["옛날-집"]
    assert ids(run, "-@ferry", "tram") == ["last-tram"]
    assert ids(run, "@ferry", "or", "@옛날") == ["옛날-집", "old-ferry"]


def test_list_of_a_view_in_its_order(run: Run) -> None:
    def titles(*argv: str) -> list[str]:
        return [show["title"] for show in json.loads(run("list", "--json", *argv)[1])]

    assert titles("@by-title") == ["Last Tram", "옛날 집"]
    assert titles("@by-title", "--sort", "release") == ["옛날 집", "Last Tram"]
    assert titles("-@by-title") == ["Old Ferry"]
    assert ids(run, "@by-title") == ["last-tram", "옛날-집"]
    assert ids(run, "--sort", "title") == ["last-tram", "old-ferry", "옛날-집"]


def test_list_of_a_view_under_its_headings(run: Run) -> None:
    lines = run("list", "@networks")[1].splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["HARBOUR TV", "NO NETWORK"]


def test_reports_of_a_view(run: Run) -> None:
    assert "Old Ferry" in run("calendar", "@ferry", "--as-of", "2026-03-01")[1]
    assert "Old Ferry" not in run("calendar", "@옛날", "--as-of", "2026-03-01")[1]
    assert "옛날 집" in run("today", "@옛날", "--as-of", "2025-01-10")[1]
    assert run("today", "@ferry", "--as-of", "2025-01-10")[1] == ""
    assert [show["id"] for show in json.loads(run("slips", "@ferry", "--json")[1])["shows"]] == ["old-ferry"]


def test_export_of_a_view(run: Run) -> None:
    calendar = run("export", "ics", "-", "@옛날")[1]
    assert ("옛날 집" in calendar, "Old Ferry" in calendar) == (True, False)
    code, out, err = run("export", "ics", "@옛날")
    assert (code, out) == (2, "")
    assert err == "tracker: “@옛날” is a filter. Put a file name before it, or - for standard output.\n"


def test_view_is_unknown(run: Run) -> None:
    assert run("list", "@fery") == (2, "", "tracker: There is no saved view “@fery”. Did you mean @ferry?\n")


def test_views_are_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["@ferry\tcountry:JP", "@by-title\t-@ferry", "@networks\t", "@옛날\ttitle:옛날"]
    assert run("list", "--views") == (0, "\n".join([*rows, ""]), "")
    monkeypatch.setattr("tracker.cli.context.terminal_width", lambda: 40)
    assert run("list", "--views")[1].splitlines()[0] == "@ferry     country:JP"


def test_no_views_are_printed(run: Run, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.unlink()
    assert run("list", "--views") == (0, "", "")
    monkeypatch.setattr("tracker.cli.context.terminal_width", lambda: 40)
    assert run("list", "--views")[2].startswith("No saved views yet.")


def test_settings_with_a_mistake_are_told(run: Run, settings: Path) -> None:
    settings.write_text('한국 = "x"\n[views]\nferry = { query = "country:JP", sort = "name" }\n', encoding="utf-8")
    code, out, err = run("list", "--ids", "@ferry")
    assert (code, out) == (0, "old-ferry\n")
    assert f'{settings}:1: a name with letters other than A to Z needs quotes: "한국".' in err
    assert f"{settings}: “views.ferry.sort” must be one of release, title" in err
    # Where no view is named, the settings are not read.
    assert run("list", "--ids", "ferry") == (0, "old-ferry\n", "")
