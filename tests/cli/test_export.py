from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import vobject

from tests.cli.conftest import SHOWS
from tests.cli.helpers import Run
from tracker.export.ics import event_uid
from tracker.model.episode import Episode
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState
from tracker.paths import Paths
from tracker.store.app_state import source_db_path
from tracker.store.source_db import SourceDatabase

THEN: Final = ("--as-of", "2026-03-01")
"""A day on which Old Ferry comes in 2027, and the old house is overdue."""
FOREIGN: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Another//Program//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\nSUMMARY:A birthday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def seen(text: str) -> dict[str, dict[str, str]]:
    """Return the entries of a calendar by their summaries."""
    calendar = vobject.readOne(text)
    return {
        entry.summary.value: {name: str(found[0].value) for name, found in entry.contents.items()}
        for entry in calendar.contents.get("vevent", [])
    }


@pytest.fixture
def home(tmp_path: Path, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in which the program runs; the list has been opened once."""
    assert path.exists()
    run("list")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def target(home: Path) -> Path:
    return home / "shows.ics"


def exported(run: Run, target: Path, *words: str) -> dict[str, dict[str, str]]:
    code, out, _ = run("export", "ics", str(target), *words)
    assert (code, out) == (0, "")
    return seen(target.read_bytes().decode())


# where to


def test_stdout_is_the_default(run: Run, home: Path) -> None:
    code, out, err = run("export", "ics", *THEN)
    assert (code, err) == (0, "")
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    assert out.endswith("END:VCALENDAR\r\n")
    assert "\n" not in out.replace("\r\n", "")
    assert list(seen(out)) == ["Old Ferry (some time in 2027)", "옛날 집 (overdue: no report of a release)"]
    assert run("export", "ics", "-", *THEN) == (0, out, "")
    assert list(home.iterdir()) == []


def test_file_gets_the_calendar(run: Run, target: Path) -> None:
    _, wanted, _ = run("export", "ics", *THEN)
    code, out, err = run(*THEN, "export", "ics", str(target))
    assert (code, out) == (0, "")
    assert target.read_bytes() == wanted.encode()
    assert str(target) in err
    assert "2 entries" in err
    assert [one.name for one in target.parent.iterdir()] == ["shows.ics"]


def test_tilde_is_the_home_folder(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    assert run("export", "ics", "~/shows.ics")[0] == 0
    assert (home / "shows.ics").exists()


def test_link_and_file_mode_are_kept(run: Run, home: Path, target: Path) -> None:
    exported(run, target, "ferry")
    target.chmod(0o640)
    link = home / "link.ics"
    link.symlink_to(target.name)
    assert len(exported(run, link)) == 2
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640


def test_new_file_is_readable_by_all(run: Run, target: Path) -> None:
    mask = os.umask(0o022)
    try:
        exported(run, target)
    finally:
        os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o644


# what is refused


def _put(content: str) -> Callable[[Path, Path], Path]:
    def put(home: Path, _: Path) -> Path:
        (home / "there").write_bytes(content.encode())
        return home / "there"

    return put


def _linked(home: Path, _: Path) -> Path:
    (home / "there").write_bytes(FOREIGN.encode())
    (home / "link").symlink_to("there")
    return home / "link"


def _folder(home: Path, _: Path) -> Path:
    (home / "there").mkdir()
    return home / "there"


def _below_a_file(home: Path, _: Path) -> Path:
    (home / "there").write_text("a file")
    return home / "there" / "shows.ics"


def _loop(home: Path, _: Path) -> Path:
    (home / "there").symlink_to("here")
    (home / "here").symlink_to("there")
    return home / "here"


PLACES: Final[dict[str, Callable[[Path, Path], Path]]] = {
    "another program's calendar": _put(FOREIGN),
    "a TOML file": _put(SHOWS),
    "a link to another program's calendar": _linked,
    "the list itself": lambda _, path: path,
    "a folder": _folder,
    "a folder that is not there": lambda home, _: home / "there" / "shows.ics",
    "a file in the place of a folder": _below_a_file,
    "links that lead nowhere": _loop,
    "a name that is too long": lambda home, _: home / ("x" * 300),
}


def contents(folder: Path) -> dict[str, bytes | str]:
    return {
        one.name: os.readlink(one) if one.is_symlink() else one.read_bytes() if one.is_file() else "folder"  # noqa: PTH115
        for one in folder.iterdir()
    }


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_foreign_target_is_refused(run: Run, home: Path, path: Path, place: Callable[[Path, Path], Path]) -> None:
    there = place(home, path)
    before = contents(home), path.read_bytes()
    code, out, err = run("export", "ics", str(there))
    assert (code, out) == (1, "")
    assert err.startswith("tracker: ")
    assert str(there) in err
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    assert (contents(home), path.read_bytes()) == before


def test_read_only_file_is_kept(run: Run, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported(run, target, "ferry")
    before = target.read_bytes()
    target.chmod(0o444)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    code, out, err = run("export", "ics", str(target))
    assert (code, out) == (1, "")
    assert str(target) in err
    assert err.count("\n") == 1
    assert target.read_bytes() == before
    assert [one.name for one in target.parent.iterdir()] == ["shows.ics"]


@pytest.mark.parametrize(
    "words",
    [
        ["net:harbour"],
        ["-is:overdue", "ferry"],
        ["before:2027"],
        ['title:"old ferry"'],
        ["-pier"],
    ],
    ids=" ".join,
)
def test_query_in_place_of_the_file_is_2(run: Run, home: Path, words: list[str]) -> None:
    code, out, err = run("export", "ics", *words)
    assert (code, out) == (2, "")
    assert words[0] in err
    assert "filter" in err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [[], ["csv"], ["ics", "-", "colour:red"], ["ics", "-", "is:nothing"], ["ics", "-", "--precision", "hour"],
     ["ics", "-", 'an open "quote'], ["ics", "-", "--as-of", "2026"]],
    ids=" ".join,
)  # fmt: skip
def test_usage_errors_are_2(run: Run, home: Path, words: list[str]) -> None:
    code, out, err = run("export", *words)
    assert (code, out) == (2, "")
    assert err
    assert list(home.iterdir()) == []


def test_unreadable_list_keeps_the_file(run: Run, target: Path, path: Path) -> None:
    exported(run, target)
    before = target.read_bytes()
    path.write_bytes(b"\xff")
    assert run("export", "ics", str(target))[0] == 3
    path.unlink()
    assert run("export", "ics", str(target))[0] == 3
    assert target.read_bytes() == before


# what


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["net:harbour"], ["Old Ferry"]),
        (["-net:harbour"], ["옛날 집"]),
        (["is:overdue"], ["옛날 집"]),
        (["is:overdue", "net:harbour"], []),
        (["--precision", "day"], ["옛날 집"]),
        (["--precision", "year"], ["Old Ferry", "옛날 집"]),
        (["net:harbour", "--precision", "day"], []),
    ],
    ids=" ".join,
)
def test_query_and_precision_select_events(run: Run, target: Path, words: list[str], found: list[str]) -> None:
    entries = exported(run, target, *words, *THEN)
    assert [summary.split(" (")[0] for summary in entries] == found
    assert f"{len(found)} entr" in run("export", "ics", str(target), *words, *THEN)[2]


@pytest.mark.usefixtures("home")
def test_event_has_what_the_list_knows(run: Run) -> None:
    _, out, _ = run("export", "ics", "-", "ferry", *THEN)
    entry = seen(out)["Old Ferry (some time in 2027)"]
    assert (entry["dtstart"], entry["dtend"]) == ("2027-01-01", "2028-01-01")
    assert (entry["status"], entry["uid"]) == ("TENTATIVE", event_uid("old-ferry"))
    assert entry["url"] == "https://example.org/2"
    assert "古い渡し船 · filming · Harbour TV" in entry["description"]
    assert "The Harbour Post" in entry["description"]
    assert entry["categories"] == "['Harbour TV', 'film', 'pier']"


def test_damaged_entry_is_reported(run: Run, target: Path, path: Path) -> None:
    path.write_text(SHOWS + '\n[[show]]\ntitle = "Dead Pier"\nstatus = "sideways"\n', encoding="utf-8")
    code, _, err = run("export", "ics", str(target))
    assert code == 0
    assert "Dead Pier" in err
    assert "sideways" in err
    assert len(seen(target.read_bytes().decode())) == 2


# episodes


@pytest.fixture
def aired(path: Path, home: Path) -> None:
    assert home.exists()
    moment = datetime(2999, 11, 28, 13, tzinfo=UTC)
    SourceDatabase(source_db_path(Paths().state, path)).save(
        [
            SourceState(
                SourceRecord("tvmaze", "7", "Old Ferry", next_episode=Episode(1, 3, "Pier", moment.date(), moment)),
                moment,
            )
        ]
    )


@pytest.mark.usefixtures("aired")
def test_episode_is_an_event_of_its_own(run: Run, target: Path) -> None:
    entries = exported(run, target, "ferry", "--precision", "day")
    [(summary, entry)] = entries.items()
    assert (summary, entry["dtstart"], entry["status"]) == (
        "Old Ferry S1E3 “Pier”", "2999-11-28 13:00:00+00:00", "CONFIRMED",
    )  # fmt: skip
    assert entry["uid"] != event_uid("old-ferry")
    assert b"\r\nDTSTART:29991128T130000Z\r\n" in target.read_bytes()
    assert len(exported(run, target)) == 3


@pytest.mark.usefixtures("aired")
@pytest.mark.parametrize("words", [["--no-episodes"], [*THEN], ["-ferry"]], ids=" ".join)
def test_episodes_are_left_out(run: Run, target: Path, words: list[str]) -> None:
    assert not any("S1E3" in summary for summary in exported(run, target, *words))


# what happens to a show


@pytest.mark.parametrize(
    "change",
    [
        ["set", "old-ferry", "title=New Ferry"],
        ["status", "old-ferry", "scheduled", "--release", "2030-01-01"],
        ["add", "Old Ferry", "--release", "2031"],
    ],
    ids=" ".join,
)
def test_uid_stays(run: Run, target: Path, change: list[str]) -> None:
    [before] = exported(run, target, "net:harbour").values()
    assert run(*change)[0] == 0
    [after] = exported(run, target, "net:harbour").values()
    assert after["uid"] == before["uid"] == event_uid("old-ferry")


@pytest.mark.parametrize(
    ("command", "heavy"), [("list", {"icalendar", "sqlite3"}), ("export", {"textual", "rich", "httpx", "tomlrt"})]
)
def test_only_export_imports_the_calendar_library(path: Path, command: str, heavy: set[str]) -> None:
    program = (
        "import sys\nfrom tracker.cli.main import main\n"
        "code = main(sys.argv[1:])\nprint(code, *sorted(sys.modules), file=sys.stderr)"
    )
    words = {"list": ["list"], "export": ["export", "ics"]}[command]
    argv = [sys.executable, "-c", program, "--watchlist", str(path), *words]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    code, *modules = done.stderr.splitlines()[-1].split()
    assert (code, heavy & set(modules)) == ("0", set())
