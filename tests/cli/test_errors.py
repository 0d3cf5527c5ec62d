from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn
from unicodedata import category

import pytest

from tests.cli.helpers import Run
from tracker.cli import context, main


@pytest.mark.parametrize(
    "argv",
    [
        ["show", "nobody"],
        ["status", "nobody", "filming"],
        ["set", "nobody", "rating=5"],
        ["remove", "nobody"],
        ["undo"],
        ["redo"],
    ],
    ids=" ".join,
)
def test_refusals_are_1(run: Run, path: Path, argv: list[str]) -> None:
    run("list")
    before = path.read_bytes()
    code, out, err = run(*argv)
    assert (code, out) == (1, "")
    assert err.startswith("tracker: ")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "argv",
    [
        ["status", "old-ferry", "sideways"],
        ["status", "old-ferry", "filming", "--release", "some day"],
        ["status", "old-ferry", "filming", "--on", "2026-02-30"],
        ["status", "old-ferry"],
        ["set", "old-ferry", "rating=11"],
        ["set", "old-ferry", "colour=red"],
        ["set", "old-ferry", "rating"],
        ["set", "old-ferry", "title="],
        ["set", "old-ferry"],
        ["add", " "],
        ["add", "X", "--kind", "opera"],
        ["list", "colour:red"],
        ["list", 'an open "quote'],
        ["list", "--sort", "colour"],
        ["--as-of", "2025-02-30", "list"],
        ["frobnicate"],
        ["show"],
    ],
    ids=" ".join,
)
def test_usage_errors_are_2(run: Run, path: Path, argv: list[str]) -> None:
    run("list")
    before = path.read_bytes()
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "is_helped"),
    [(["add", "Slow", "Tram"], True), (["show", "Old", "Ferry"], True), (["list", "--foo"], False)],
)
def test_titles_without_quotes(run: Run, argv: list[str], is_helped: bool) -> None:
    assert ("Put a title of several words in quotes." in run(*argv)[2]) is is_helped


@pytest.mark.parametrize(
    "argv", [["set", "old-ferry", "notes=caf\udce9"], ["add", "\udcff\x1b[1m"], ["list", "--watchlist", "\udce9.toml"]]
)
def test_not_utf_8_is_2(run: Run, path: Path, argv: list[str]) -> None:
    before = path.read_bytes()
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert err.endswith(" is not UTF-8. Set your terminal, or save your script, to UTF-8.\n")
    assert "\x1b" not in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('[[show]]\ntitle = "Salt"\n'.encode("utf-16"), " is UTF-16 text"),
        ('[[show]]\ntitle = "Salt"\n'.encode("utf-16-be"), " is UTF-16 text"),
        ('[[show]]\ntitle = "Salt"\n'.encode("utf-32"), " is UTF-32 text"),
        ('[[show]]\ntitle = "é"\n'.encode() + b'notes = "\xe9"\n', ":3:10: this is not UTF-8, perhaps “é” in an older"),
    ],
)
def test_other_encodings_are_3(run: Run, path: Path, data: bytes, reason: str) -> None:
    path.write_bytes(data)
    for argv in (["list"], ["check"], ["set", "salt", "rating=5"], ["add", "Paper Kite"]):
        code, out, err = run(*argv)
        assert (code, out) == (3, "")
        assert f"{path}{reason}" in err
        assert err.endswith("Save it as UTF-8 in your editor. Nothing was written.\n") or "older encoding" in err
    assert path.read_bytes() == data


@pytest.mark.parametrize("command", [["list"], ["show", "x"], ["check"], ["remove", "x"], ["undo"]], ids=" ".join)
@pytest.mark.parametrize("what", ["missing", "folder", "latin-1"])
def test_unreadable_list_is_3(run: Run, tmp_path: Path, command: list[str], what: str) -> None:
    path = tmp_path / "bad.toml"
    if what == "folder":
        path.mkdir()
    elif what == "latin-1":
        path.write_bytes(b"title = '\xe9'")
    code, out, err = run("--watchlist", str(path), *command)
    assert (code, out) == (3, "")
    assert str(path) in err
    assert path.exists() == (what != "missing")


def test_full_disk_is_3(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    run("list")
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", refuse)
    code, out, err = run("set", "old-ferry", "rating=8")
    assert (code, out) == (3, "")
    assert str(path) in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "argv",
    [["show", "ferry"], ["status", "ferry", "filming"], ["set", "ferry", "rating=5"], ["remove", "ferry"]],
    ids=" ".join,
)
def test_unreadable_entry_is_3(run: Run, path: Path, argv: list[str]) -> None:
    path.write_text('[[show]]\nid = "ferry"\ntitle = "Old Ferry"\nstatus = "sideways"\n')
    code, out, err = run(*argv)
    assert (code, out) == (3, "")
    assert "4" in err
    assert "sideways" in err


def test_undo_conflict_is_4(run: Run, path: Path) -> None:
    run("list")
    run("set", "last-tram", "rating=8")
    path.write_text(path.read_text().replace("rating = 8", "rating = 9"))
    changed = path.read_bytes()
    code, out, err = run("undo")
    assert (code, out) == (4, "")
    assert err.startswith("tracker: ")
    assert path.read_bytes() == changed


def test_check_prints_problems(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\nstatus = "sideways"\n\n[[show]]\nrating = 3\n[[show]]\ntitle = "B"\n')
    code, out, _ = run("check")
    assert code == 3
    assert [
        line.startswith(start) for line, start in zip(out.splitlines(), (f"{path}:3: ", f"{path}:5: "), strict=True)
    ] == [True, True]


@pytest.mark.usefixtures("path")
def test_check_without_problems(run: Run) -> None:
    code, out, _ = run("check")
    assert (code, out) == (0, "")


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "X"],
        ["set", "old-ferry", "rating=5"],
        ["remove", "old-ferry"],
        ["undo"],
        ["redo"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("before", [True, False], ids=["before", "behind"])
def test_as_of_refuses_edits(run: Run, path: Path, argv: list[str], before: bool) -> None:
    run("set", "old-ferry", "rating=8")
    text = path.read_bytes()
    day = ["--as-of", "2026-02-01"]
    code, out, err = run(*day, *argv) if before else run(*argv, *day)
    assert (code, out) == (1, "")
    assert "2026-02-01" in err
    assert path.read_bytes() == text


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("tracker ")


def test_app_needs_a_terminal(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert "terminal" in err


def test_app_opens_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setattr(context, "terminal_width", lambda: 80)
    monkeypatch.setattr("tracker.tui.app.run", lambda tracker: 7)
    assert run() == (7, "", "")


@pytest.mark.parametrize(
    ("error", "code"),
    [(BrokenPipeError(), 0), (KeyboardInterrupt(), 130), (OSError(28, "No space left on device"), 1)],
    ids=repr,
)
def test_interrupted_output(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    def fail(_: context.Context) -> int:
        raise error

    monkeypatch.setattr(main, "find_command", lambda name: fail)
    monkeypatch.setattr(main, "_discard_stdout", lambda: None)
    assert run("list")[:2] == (code, "")


@pytest.mark.parametrize(
    "argv",
    [
        ["show", "{}"], ["status", "old-ferry", "{}"], ["set", "old-ferry", "{}"], ["set", "old-ferry", "kind={}"],
        ["add", "x", "--status", "{}"], ["link", "old-ferry", "{}"], ["merge", "{}", "{}", "{}"], ["list", "is:{}"],
        ["export", "ics", "{}/x/y"], ["--as-of", "{}", "list"], ["--watchlist", "{}", "list"], ["{}"], ["list", "--{}"],
        ["--watchlist", "{}.toml", "path"], ["clip", "{}"], ["restore", "{}"], ["completion", "{}"],
    ],
    ids=lambda argv: " ".join(argv).replace("{}", "HOSTILE"),
)  # fmt: skip
def test_what_was_typed_is_printed_as_text(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    monkeypatch.setattr(context, "terminal_width", lambda: 80)
    path.write_text('[[show]]\ntitle = "Old Ferry"\n')
    _, out, err = run(*(word.format("\x1b]0;PWN\x07\x1b[31mX\u202e") for word in argv))
    assert "PWN" in out + err
    assert not [char for char in out + err if category(char) in ("Cc", "Cf") and char != "\n"]


def test_sentences_have_an_end(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "Old Ferry"\n')
    code, _, err = run("show", "x" * 100_000)
    assert code == 1
    assert len(err) < 3_000


def test_path_into_a_pipe_is_as_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\u202eb.toml"
    assert str(path) in run("--watchlist", str(path), "path")[1]
