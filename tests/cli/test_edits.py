from __future__ import annotations

import fcntl
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import Run
from tracker.paths import Paths
from tracker.store.app_state import state_name


def entry(path: Path, place: int) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(path.read_text())["show"][place]
    return table


def test_add_prints_the_id(run: Run, path: Path) -> None:
    code, out, _ = run(
        "add",
        "Paper Moon Inn",
        "--status",
        "in production",
        "--release",
        "2026-Q3",
        "--network",
        "tvQ",
        "--network",
        "K1",
        "--country",
        "Japan",
    )
    assert (code, out) == (0, "paper-moon-inn\n")
    show = entry(path, 3)
    assert (show["status"], show["release"], show["networks"]) == ("filming", "2026-Q3", ["tvQ", "K1"])
    assert show["countries"] == ["JP"]
    assert [(claim["status"], claim["source"]) for claim in show["history"]] == [("filming", "me")]


def test_add_drops_escape_sequences(run: Run, path: Path) -> None:
    run("add", "a\x1b]52;c;Zm9v\x07b")
    assert entry(path, 3)["title"] == "a]52;c;Zm9vb"


@pytest.mark.usefixtures("path")
def test_add_of_a_known_title(run: Run) -> None:
    code, out, err = run("add", "Old Ferry")
    assert (code, out) == (0, "old-ferry-2\n")
    assert "old-ferry" in err
    code, out, err = run("add", "古い 渡し船")
    assert (code, out) == (0, "古い-渡し船\n")
    assert "old-ferry has this as its original title" in err


def test_add_makes_a_missing_list(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new" / "mine.toml"
    code, out, err = run("--watchlist", str(new), "add", "Last Bus")
    assert (code, out) == (0, "last-bus\n")
    assert str(new) in err
    assert [show["title"] for show in tomllib.loads(new.read_text())["show"]] == ["Last Bus"]


def test_edit_says_who_it_waits_for(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Paths(path).state / "locks" / f"{state_name(path)}.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text("1 tracker refresh")
    for name in ("NOTICE_AFTER", "TIMEOUT"):
        monkeypatch.setattr(f"tracker.store.files.lock.{name}", 1e-9)
    os.utime(path, (1, 1))  # one that was written just now may be waited for too
    before = path.read_text()
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        code, out, err = run("set", "old-ferry", "rating=3")
        assert run("list")[0] == 0
    waiting, refused = err.splitlines()
    assert (code, out, path.read_text()) == (3, "", before)
    assert waiting == "Waiting for tracker refresh (process 1) to finish writing the watchlist …"
    assert "locked by tracker refresh (process 1)" in refused


def test_status_appends_a_claim(run: Run, path: Path) -> None:
    code, out, err = run(
        "status", "last-tram", "dated", "--on", "2026-02-01", "--release", "14 May 2026",
        "--source", "tvQ", "--url", "https://example.org/3", "--note", "at last",
    )  # fmt: skip
    assert (code, out) == (0, "")
    assert "Last Tram" in err
    show = entry(path, 2)
    assert show["status"] == "scheduled"
    assert {**show["history"][0], "on": str(show["history"][0]["on"])} == {
        "on": "2026-02-01", "status": "scheduled", "release": "14 May 2026", "source": "tvQ",
        "url": "https://example.org/3", "note": "at last",
    }  # fmt: skip


def test_words_count_from_the_day_they_were_said(run: Run, path: Path) -> None:
    assert run("status", "last-tram", "filming", "--on", "2026-02-01", "--release", "next year")[0] == 0
    [claim] = entry(path, 2)["history"]
    assert (claim["release"], claim["note"]) == ("2027", "next year")
    assert run("set", "old-ferry", "release=14.05.2027")[0] == 0
    assert 'release = "14.05.2027"' in path.read_text()


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("set", "old-ferry", "release=03/04/2027"),
         "“03/04/2027” can be 3 Apr 2027 or 4 Mar 2027. Write 2027-04-03 or 2027-03-04."),
        (("status", "old-ferry", "filming", "--on", "03/04/2026"), "--on: “03/04/2026” can be"),
        (("status", "old-ferry", "filming", "--on", ""), "--on: A date is missing."),
        (("status", "old-ferry", "filming", "--on", "2099"), "--on: “2099” is in the future."),
        (("status", "old-ferry", "filming", "--on", "someday"), "--on: Not a date: “someday”."),
        (("status", "old-ferry", "dated", "--on", "2026", "--release", "next month"), "counts from a day"),
        (("list", "--as-of", "2026-05"), "--as-of: Not a day: “2026-05”."),
        (("news", "--since", "someday"), "--since: Not a date: “someday”."),
    ],
)  # fmt: skip
def test_date_that_is_not_clear(run: Run, path: Path, argv: tuple[str, ...], sentence: str) -> None:
    before = path.read_bytes()
    code, out, err = run(*argv)
    assert (code, out, path.read_bytes()) == (2, "", before)
    assert sentence in err


def test_set_changes_only_the_named_fields(run: Run, path: Path) -> None:
    before = path.read_text()
    code, out, err = run("set", "old-ferry", "watch=watched", "tags=pier, sea")
    assert (code, out) == (0, "")
    assert err
    expected = before.replace('watch = "planned"', 'watch = "watched"').replace(
        'tags = ["pier"]', 'tags = ["pier", "sea"]'
    )
    assert path.read_text() == expected


def test_set_countries_by_name(run: Run, path: Path) -> None:
    assert run("set", "old-ferry", "country=south korea, jp, Ruritania")[0] == 0
    assert entry(path, 0)["countries"] == ["KR", "JP", "Ruritania"]
    code, _, err = run("set", "old-ferry", "country=Congo")
    assert code == 2
    assert "CG" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "old-ferry", "links=trailer = lumen.example/x"),
        ("status", "old-ferry", "out", "--url", "lumen.example/x"),
        ("add", "Salt Road", "--note", "n", "--url", "lumen.example/x"),
        ("set", "old-ferry", 'links=trailer = "lumen.example/x"'),
    ],
)
def test_link_that_is_none_is_refused(run: Run, path: Path, arguments: tuple[str, ...]) -> None:
    before = path.read_text()
    code, _, err = run(*arguments)
    assert code == 2
    assert "Try https://lumen.example/x" in err
    assert path.read_text() == before


def test_set_value_with_equals_sign(run: Run, path: Path) -> None:
    run("set", "last-tram", "notes=a=b")
    assert entry(path, 2)["notes"] == "a=b"


def test_set_empty_value_removes_the_key(run: Run, path: Path) -> None:
    before = path.read_text()
    assert run("set", "old-ferry", "watch=")[0] == 0
    assert path.read_text() == before.replace('watch = "planned"\n', "")


def test_edits_are_undone_and_redone_to_the_byte(run: Run, path: Path) -> None:
    commands = [
        ["add", "Paper Moon Inn"],
        ["status", "last-tram", "filming"],
        ["set", "old-ferry", "rating=8", "title=Older Ferry"],
        ["remove", "옛날-집"],
    ]
    run("list")
    states = [path.read_bytes()]
    for command in commands:
        assert run(*command)[0] == 0
        states.append(path.read_bytes())
    for state in states[-2::-1]:
        assert run("undo")[0] == 0
        assert path.read_bytes() == state
    assert run("undo")[0] == 1
    for state in states[1:]:
        assert run("redo")[0] == 0
        assert path.read_bytes() == state
    assert run("redo")[0] == 1


def test_hand_edited_status(run: Run, path: Path) -> None:
    text = path.read_text().replace(
        'status = "filming"\nrelease = "2027"\nnetworks', 'status = "out"\nrelease = "2027"\nnetworks'
    )
    path.write_text(text)
    code, out, err = run("list", "ferry", "--json")
    assert (code, err, json.loads(out)[0]["status"]) == (0, "", "released")
    assert "by hand, not yet in the history" in run("show", "old-ferry")[1]
    assert [step["by_hand"] for step in json.loads(run("show", "old-ferry", "--json")[1])["history"]][-2:] == [
        False,
        True,
    ]
    assert path.read_text() == text
    assert run("note")[::2] == (0, "Old Ferry: released added to the history\n")
    claims = entry(path, 0)["history"]
    assert (claims[-1]["status"], claims[-1]["source"], len(claims)) == ("released", "me", 3)
    assert run("undo")[0] == 0
    assert path.read_text() == text


@pytest.mark.usefixtures("path")
def test_remove(run: Run) -> None:
    assert run("remove", "old-ferry")[0] == 0
    assert [show["id"] for show in json.loads(run("list", "--json")[1])] == ["옛날-집", "last-tram"]


def test_path_prints_all_places(run: Run, path: Path, tmp_path: Path) -> None:
    code, out, err = run("path")
    assert (code, err) == (0, "")
    assert str(path) in out
    assert str(tmp_path / "state") in out
    assert str(tmp_path / "config") in out


@pytest.mark.parametrize("text", ['show = [{title = "inline"}]\n', '{"a": 1}', "show = 3\n"])
def test_add_to_an_unreadable_header_is_3(run: Run, path: Path, text: str) -> None:
    path.write_text(text)
    code, out, err = run("add", "Z")
    assert (code, out) == (3, "")
    assert "Fix line 1" in err
    assert path.read_text() == text
    assert "empty" not in run("list")[2]


def test_overruled_claim_is_said(run: Run, path: Path) -> None:
    path.write_text(
        '[[show]]\ntitle = "A"\nstatus = "scheduled"\n[[show.history]]\non = 2026-01-05\nstatus = "scheduled"\n'
    )
    assert "a newer claim says scheduled" in run("status", "a", "filming", "--on", "2025-01-01")[2]
