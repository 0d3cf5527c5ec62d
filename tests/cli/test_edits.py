from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]


def entry(path: Path, place: int) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(path.read_text())["show"][place]
    return table


def test_adding_prints_the_id_and_nothing_else_on_stdout(run: Run, path: Path) -> None:
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
    )
    assert (code, out) == (0, "paper-moon-inn\n")
    show = entry(path, 3)
    assert (show["status"], show["release"], show["networks"]) == ("filming", "2026-Q3", ["tvQ", "K1"])
    assert [(claim["status"], claim["source"]) for claim in show["history"]] == [("filming", "me")]


@pytest.mark.parametrize("title", ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40, 'say "hi" \\ twice'])
def test_a_title_of_any_kind_can_be_added_and_found_again(run: Run, path: Path, title: str) -> None:
    _, out, _ = run("add", title)
    assert entry(path, 3)["title"] == title
    assert json.loads(run("show", out.strip(), "--json")[1])["title"] == title


def test_an_escape_sequence_in_a_title_is_not_kept(run: Run, path: Path) -> None:
    run("add", "a\x1b]52;c;Zm9v\x07b")
    assert entry(path, 3)["title"] == "a]52;c;Zm9vb"


@pytest.mark.usefixtures("path")
def test_a_title_that_is_on_the_list_gets_an_id_of_its_own_and_is_told(run: Run) -> None:
    code, out, err = run("add", "Old Ferry")
    assert (code, out) == (0, "old-ferry-2\n")
    assert "old-ferry" in err


def test_adding_to_a_named_list_that_is_not_there_makes_it_and_says_so(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new" / "mine.toml"
    code, out, err = run("--watchlist", str(new), "add", "Last Bus")
    assert (code, out) == (0, "last-bus\n")
    assert str(new) in err
    assert [show["title"] for show in tomllib.loads(new.read_text())["show"]] == ["Last Bus"]


def test_recording_a_status_appends_the_claim_and_narrates_on_stderr(run: Run, path: Path) -> None:
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


def test_setting_fields_changes_just_these(run: Run, path: Path) -> None:
    before = path.read_text()
    code, out, err = run("set", "old-ferry", "watch=watched", "tags=pier, sea")
    assert (code, out) == (0, "")
    assert err
    expected = before.replace('watch = "planned"', 'watch = "watched"').replace(
        'tags = ["pier"]', 'tags = ["pier", "sea"]'
    )
    assert path.read_text() == expected


def test_a_value_may_hold_an_equals_sign(run: Run, path: Path) -> None:
    run("set", "last-tram", "notes=a=b")
    assert entry(path, 2)["notes"] == "a=b"


def test_an_empty_value_takes_the_key_away(run: Run, path: Path) -> None:
    before = path.read_text()
    assert run("set", "old-ferry", "watch=")[0] == 0
    assert path.read_text() == before.replace('watch = "planned"\n', "")


def test_every_command_that_edits_is_undone_and_redone_to_the_byte(run: Run, path: Path) -> None:
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


def test_a_status_written_by_hand_is_noted_by_the_next_command_and_told_on_stderr(run: Run, path: Path) -> None:
    text = path.read_text().replace(
        'status = "filming"\nrelease = "2027"\nnetworks', 'status = "out"\nrelease = "2027"\nnetworks'
    )
    path.write_text(text)
    code, out, err = run("list", "ferry", "--json")
    assert code == 0
    assert json.loads(out)[0]["status"] == "released"
    assert "Old Ferry" in err
    claims = entry(path, 0)["history"]
    assert (claims[-1]["status"], claims[-1]["source"], len(claims)) == ("released", "me", 3)
    assert run("list", "ferry", "--json")[2] == ""
    assert run("undo")[0] == 0
    assert path.read_text() == text.replace('status = "out"', 'status = "filming"')


@pytest.mark.usefixtures("path")
def test_removing_takes_the_show_off_the_list(run: Run) -> None:
    assert run("remove", "old-ferry")[0] == 0
    assert [show["id"] for show in json.loads(run("list", "--json")[1])] == ["옛날-집", "last-tram"]


def test_path_prints_where_everything_is(run: Run, path: Path, tmp_path: Path) -> None:
    code, out, err = run("path")
    assert (code, err) == (0, "")
    assert str(path) in out
    assert str(tmp_path / "state") in out
    assert str(tmp_path / "config") in out
