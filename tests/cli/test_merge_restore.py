from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import Run
from tracker.cli.context import Context
from tracker.model.watchlist import Watchlist

BASE = '[[show]]\ntitle = "Old Ferry"\nrating = 3\n\n[[show]]\ntitle = "Last Tram"\n'


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, Path, Path]:
    files = (tmp_path / "base", tmp_path / "ours", tmp_path / "theirs")
    for file in files:
        file.write_text(BASE)
    return files


def test_merge_writes_the_second_file(run: Run, three: tuple[Path, Path, Path]) -> None:
    _, ours, theirs = three
    ours.write_text(BASE.replace("rating = 3", "rating = 4"))
    theirs.write_text(BASE + 'tags = ["x"]\n')
    assert run("merge", *map(str, three)) == (0, "", "")
    assert ours.read_text() == BASE.replace("rating = 3", "rating = 4") + 'tags = ["x"]\n'


def test_merge_conflict_is_4(run: Run, three: tuple[Path, Path, Path]) -> None:
    _, ours, theirs = three
    ours.write_text(BASE.replace("rating = 3", "rating = 4"))
    theirs.write_text(BASE.replace("rating = 3", "rating = 5"))
    code, out, err = run("merge", *map(str, three))
    assert (code, out) == (4, "")
    assert err == "Conflict: Old Ferry: “rating” is “4” in ours, “5” in theirs.\n"
    assert ours.read_text().startswith("<<<<<<< ours\n")


def test_merge_of_a_missing_file_is_3(run: Run, three: tuple[Path, Path, Path]) -> None:
    three[2].unlink()
    code, _, err = run("merge", *map(str, three))
    assert code == 3
    assert str(three[2]) in err
    assert three[1].read_text() == BASE


@pytest.mark.parametrize("count", [1, 2, 4])
def test_merge_of_other_numbers_of_files_is_2(run: Run, three: tuple[Path, Path, Path], count: int) -> None:
    assert run("merge", *[str(three[0])] * count)[0] == 2


def git(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_merges_by_field(tmp_path: Path) -> None:
    folder = tmp_path / "dotfiles"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name, value in (("user.name", "Mina"), ("user.email", "mina@example.org"), ("merge.conflictStyle", "merge")):
        git(folder, "config", name, value)
    git(folder, "config", "merge.tracker.driver", f"'{sys.executable}' -m tracker merge %O %A %B")
    (folder / ".gitattributes").write_text("*.toml merge=tracker\n")
    path = folder / "list.toml"

    def commit(text: str) -> None:
        path.write_text(text)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "x")

    def claim(day: int, note: str) -> str:
        return f'\n[[show.history]]\non = 2026-01-{day:02}\nnote = "{note}"\n'

    commit(BASE)
    git(folder, "checkout", "-q", "-b", "laptop")
    commit(BASE.replace("rating = 3", "rating = 4") + claim(9, "laptop"))
    git(folder, "checkout", "-q", "main")
    commit(BASE.replace("rating = 3\n", 'rating = 3\ntags = ["x"]\n') + claim(7, "desk"))
    git(folder, "merge", "-q", "--no-edit", "laptop")
    merged = path.read_text()
    assert merged == BASE.replace("rating = 3\n", 'rating = 4\ntags = ["x"]\n') + claim(7, "desk") + claim(9, "laptop")
    git(folder, "checkout", "-q", "laptop")
    commit(merged.replace("rating = 4", "rating = 9"))
    git(folder, "checkout", "-q", "main")
    commit(merged.replace("rating = 4", "rating = 1"))
    git(folder, "merge", "-q", "--no-edit", "laptop", code=1)
    assert git(folder, "diff", "--name-only", "--diff-filter=U").split() == ["list.toml"]
    text = path.read_text()
    assert text.count("<<<<<<<") == text.count("=======") == text.count(">>>>>>>") == 1
    assert text.index(">>>>>>>") < text.index("Last Tram")


def test_sync_copy_is_merged_and_removed(run: Run, path: Path) -> None:
    copy = path.with_name("list.sync-conflict-20261123-101500-ABCDEFG.toml")
    copy.write_text(path.read_text().replace('tags = ["pier"]', 'tags = ["pier", "new"]'))
    code, out, err = run("merge")
    assert (code, out) == (0, "")
    assert err == f"{copy.name} merged: Old Ferry: new tags\n"
    assert not copy.exists()
    assert 'tags = ["pier", "new"]' in path.read_text()
    assert run("merge")[2] == f"No conflicted copies next to {path}.\n"


@pytest.mark.parametrize(("side", "expected"), [("file", '"planned"'), ("copy", '"dropped"')])
def test_sync_copy_conflict_needs_a_side(run: Run, path: Path, side: str, expected: str) -> None:
    copy = path.with_name("list.sync-conflict-20261123-101500-ABCDEFG.toml")
    copy.write_text(path.read_text().replace('"planned"', '"dropped"'))
    before = path.read_text()
    code, _, err = run("merge")
    assert code == 4
    assert "Old Ferry: “watch” is “planned” in the file, “dropped” in the copy." in err
    assert path.read_text() == before
    assert run("merge", "--take", side)[0] == 0
    assert f"watch = {expected}" in path.read_text()
    assert not copy.exists()


def test_sync_copy_with_another_show_of_one_id(run: Run, path: Path) -> None:
    copy = path.with_name("list.sync-conflict-20261123-101500-ABCDEFG.toml")
    path.write_text('[[show]]\nid = "kite"\ntitle = "Paper Kite"\n')
    copy.write_text('[[show]]\nid = "kite"\ntitle = "Salt Road"\n')
    before = path.read_text()
    code, _, err = run("merge")
    assert code == 4
    assert "Paper Kite: the copy has “Salt Road” with the same id, kite." in err
    assert path.read_text() == before


def test_merge_of_an_unreadable_side(run: Run, three: tuple[Path, Path, Path]) -> None:
    _, ours, theirs = three
    ours.write_bytes(BASE.replace("rating = 3", 'rating = 4\nnotes = "é"').encode("latin-1"))
    theirs.write_text(BASE.replace("rating = 3", "rating = 5"))
    code, _, err = run("merge", *map(str, three))
    assert code == 4
    assert "Merged line by line" in err
    assert "Conflict: line 3: ours and theirs differ from here on." in err
    assert b'<<<<<<< ours\nrating = 4\nnotes = "\xe9"\n=======\nrating = 5\n>>>>>>> theirs\n' in ours.read_bytes()


def test_restore(run: Run, path: Path) -> None:
    first = path.read_text()
    assert run("restore", "--list")[:2] == (0, "")
    run("set", "old-ferry", "rating=8")
    code, out, _ = run("restore", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2"]
    assert "same as the file now" in out.splitlines()[0]
    assert out.splitlines()[1].endswith("Old Ferry: no rating")
    assert run("restore")[1] == out
    code, out, err = run("restore", "2")
    assert (code, out, err) == (0, "", "Version 2 restored. `tracker undo` takes it back.\n")
    assert path.read_text() == first
    run("undo")
    assert "rating = 8" in path.read_text()


def test_restore_of_an_unknown_version_is_2(run: Run, path: Path) -> None:
    run("set", "old-ferry", "rating=8")
    before = path.read_text()
    code, _, err = run("restore", "7")
    assert code == 2
    assert "There is no version 7; the oldest is 2." in err
    assert path.read_text() == before


def test_restore_over_an_unreadable_file(run: Run, path: Path) -> None:
    first = path.read_text()
    run("set", "old-ferry", "rating=8")
    path.write_bytes(b"\xff")
    assert run("list")[0] == 3
    assert run("restore", "2")[2] == "Version 2 restored. The text it replaced is version 2 now.\n"
    assert path.read_text() == first


@pytest.mark.parametrize("command", [["list"], ["set", "old-ferry", "rating=8"], ["check"]])
def test_nul_byte_is_3_and_names_restore(run: Run, path: Path, command: list[str]) -> None:
    path.write_bytes(path.read_bytes() + b"\x00")
    lines = path.read_bytes().count(b"\n") + 1
    code, out, err = run(*command)
    assert (code, out) == (3, "")
    assert f"{path}:{lines}: there is a NUL byte" in err
    assert "tracker restore --list" in err


def test_missing_folder_is_3(run: Run, path: Path) -> None:
    code, _, err = run("--watchlist", str(path.parent / "drive" / "list.toml"), "list")
    assert code == 3
    assert f"there is no folder {path.parent / 'drive'}" in err


def test_set_conflict_is_4_and_redo_writes_mine(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_list = Context.open

    def meddled(context: Context) -> Watchlist:
        watchlist = open_list(context)
        path.write_text(path.read_text().replace('watch = "planned"', 'watch = "watched"'))
        return watchlist

    with monkeypatch.context() as patch:
        patch.setattr(Context, "open", meddled)
        code, _, err = run("set", "old-ferry", "watch=dropped")
    assert code == 4
    assert "the file has “watched”, you have “dropped”" in err
    assert 'watch = "watched"' in path.read_text()
    assert run("redo")[0] == 0
    assert 'watch = "dropped"' in path.read_text()
