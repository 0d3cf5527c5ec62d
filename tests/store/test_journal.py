from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store import journal as module
from tracker.store.journal import Journal, JournalEntry, TextChange


def entry(label: str, text: str = "b") -> JournalEntry:
    return JournalEntry(label, "2026-03-01T12:00:00", (TextChange("a", text, "lead", "follow", 7),))


def labels(journal: Journal) -> tuple[list[str], list[str]]:
    done, undone = journal.read()
    return [one.label for one in done], [one.label for one in undone]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state", tmp_path / "list.toml")


def test_journal_missing(journal: Journal) -> None:
    assert journal.read() == ([], [])


@pytest.mark.parametrize("text", ["b\n", "b\r\n\t\"'", "옛날\u2028집\x85\x0c", "\ufeff", "\x1b]52;c;Zm9v\x07"])
def test_journal_round_trip(journal: Journal, tmp_path: Path, text: str) -> None:
    journal.add(entry("one", text))
    assert Journal(tmp_path / "state", tmp_path / "list.toml").read() == ([entry("one", text)], [])


@given(st.lists(st.sampled_from(["add", "undo", "redo"]), max_size=30))
def test_journal_stacks(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    journal = Journal(tmp_path_factory.mktemp("state"), Path("list.toml"))
    done: list[str] = []
    undone: list[str] = []
    for number, step in enumerate(steps):
        if step == "add":
            journal.add(entry(str(number)))
            done.append(str(number))
            undone.clear()
        elif step == "undo" and done:
            journal.mark_undone()
            undone.append(done.pop())
        elif step == "redo" and undone:
            journal.mark_redone()
            done.append(undone.pop())
        assert labels(journal) == (done, undone)


def test_journal_cut_line(journal: Journal) -> None:
    journal.add(entry("one"))
    whole = journal.path.read_bytes()
    journal.add(entry("two"))
    journal.path.write_bytes(journal.path.read_bytes()[: len(whole) + 20])
    assert labels(journal) == (["one"], [])


def test_journal_after_a_cut_line(journal: Journal) -> None:
    journal.add(entry("one"))
    journal.path.write_bytes(journal.path.read_bytes() + b'{"did": {"label": "cu')
    journal.add(entry("two"))
    assert labels(journal) == (["one", "two"], [])


@pytest.mark.parametrize(
    "line",
    [
        "[]", "1", '"x"', "{}", '{"did": 1}', '{"did": {}}', '{"did": {"label": "x"}}', "\x00", "[" * 100_000,
        '{"did":' * 50_000, '{"undid": ' + "9" * 10_000 + "}",
        '{"did": {"label": "x", "at": "", "replacements": [{"before": "\\ud800", "after": ""}]}}',
        '{"did": {"label": "x", "at": "", "replacements": [{"before": "a", "after": "", "line": "first"}]}}',
    ],
)  # fmt: skip
def test_journal_foreign_line(journal: Journal, line: str) -> None:
    journal.add(entry("one"))
    with journal.path.open("a") as file:
        file.write(line + "\n")
    journal.add(entry("two"))
    assert labels(journal) == (["one", "two"], [])


def test_journal_mode(journal: Journal) -> None:
    journal.add(entry("one"))
    assert journal.path.stat().st_mode & 0o777 == 0o600


def test_journal_pruned(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        journal.add(entry(str(number), "x" * 100))
    journal.mark_undone()
    size = journal.path.stat().st_size
    monkeypatch.setattr(module, "_MAX_BYTES", 4000)
    journal.mark_undone()
    done, undone = labels(journal)
    assert journal.path.stat().st_size < size / 2
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert (done[-1], undone) == ("47", ["49", "48"])
    assert all(json.loads(line) for line in journal.path.read_text().splitlines())
    assert [file.name for file in journal.path.parent.iterdir()] == [journal.path.name]


def test_journal_per_file(tmp_path: Path) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "a" / "list.toml")
    one, other, link = (Journal(tmp_path, tmp_path / name).path for name in ("a/list.toml", "b/list.toml", "link.toml"))
    assert one != other
    assert one == link
