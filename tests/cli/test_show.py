from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import Run

pytestmark = pytest.mark.usefixtures("path")


def test_show_prints_everything(run: Run) -> None:
    code, out, err = run("show", "old-ferry", "--as-of", "2026-03-01")
    assert (code, err) == (0, "")
    for word in ("Old Ferry", "古い渡し船", "filming", "2027", "Harbour TV", "Japan", "pier", "planned", "Mina Doe",
                 "Ann", "the pilot", "https://example.org/t", "https://example.org/2", "The Harbour Post",
                 "a year later", "2025-06-01", "365 days"):  # fmt: skip
        assert word in out


def test_show_json(run: Run) -> None:
    _, out, _ = run("show", "old-ferry", "--json", "--as-of", "2026-03-01")
    show = json.loads(out)
    assert {key: show[key] for key in ("cast", "links", "ids", "follows", "proposals", "aliases", "genres")} == {
        "cast": [{"actor": "Mina Doe", "role": "Ann", "about": "the pilot"}],
        "links": {"trailer": "https://example.org/t"},
        "ids": {"tvmaze": 7},
        "follows": {},
        "proposals": [],
        "aliases": [],
        "genres": [],
    }
    assert {"directors", "writers", "synopsis", "notes", "locations", "history"} <= set(show)
    assert [claim["on"] for claim in show["history"]] == ["2025-06-01", "2026-01-05"]
    assert {key: show["history"][1][key] for key in ("status", "source", "url", "note")} == {
        "status": "filming",
        "source": "The Harbour Post",
        "url": "https://example.org/2",
        "note": "a year later",
    }


def test_show_json_has_what_list_has(run: Run) -> None:
    [listed] = json.loads(run("list", "ferry", "--json", "--as-of", "2026-03-01")[1])
    shown = json.loads(run("show", "old-ferry", "--json", "--as-of", "2026-03-01")[1])
    assert {key: shown[key] for key in listed} == listed


def test_show_prints_who_says_what_of_several(run: Run, path: Path) -> None:
    assert "Who says what" not in run("show", "old-ferry")[1]
    run("status", "old-ferry", "filming", "--release", "2028")
    out = run("show", "old-ferry")[1].split("Who says what\n")[1]
    assert [line.split()[0] for line in out.splitlines()[:2]] == ["me", "The"]
