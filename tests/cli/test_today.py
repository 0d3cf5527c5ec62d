from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import Run, claim, entry, episode, keep_next_episodes, set_today, zone
from tracker.model.episode import Episode

MONDAY = "2026-11-23"
WEEK = (
    entry("Quiet Tide", claim("2026-03-01", "announced"), claim("2026-11-23", "filming", "2028"))
    + entry("Paper Moon", claim("2026-03-01", "scheduled", "2026-11-26"))
    + entry("Salt Road", claim("2026-03-01", "filming", "2026-11-20"))
    + entry("Night Ferry", claim("2026-03-01", "scheduled", "2026-11-23"), networks=["Harbour TV"])
    + entry("Far Shore", claim("2026-03-01", "announced", "2027"))
)


def lines(run: Run, *argv: str, on: str = MONDAY) -> list[dict[str, Any]]:
    code, out, err = run("--as-of", on, "today", "--json", *argv)
    assert (code, err) == (0, "")
    return list(json.loads(out))


def test_one_line_for_each_show(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    code, out, err = run("today", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "today      ◆ Night Ferry  comes out today",
        "overdue    ◑ Salt Road    20 Nov 2026 has passed, no report of a release",
        "this week  ◆ Paper Moon   Thu 26 Nov",
        "changed    ◑ Quiet Tide   filming, 2028",
    ]


def test_json_of_a_line(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    assert lines(run, "ferry") == [
        {
            "id": "night-ferry",
            "title": "Night Ferry",
            "status": "scheduled",
            "kinds": ["today"],
            "text": "comes out today",
            "window": {
                "text": "2026-11-23", "edtf": "2026-11-23", "earliest": "2026-11-23", "latest": "2026-11-23",
                "precision": "day", "approximate": False,
            },
            "networks": ["Harbour TV"],
        }
    ]  # fmt: skip


def test_json_has_null_for_what_is_unknown(run: Run, path: Path) -> None:
    path.write_text(
        entry("Dateless", claim("2026-03-01", "announced"), claim("2026-11-23", "filming"))
        + entry("Unstated", claim("2026-03-01", "", "2027"), claim("2026-11-23", "", "2028"))
    )
    told = {line["id"]: (line["status"], line["window"]) for line in lines(run)}
    assert told["dateless"] == ("filming", None)
    assert told["unstated"][0] is None


def test_default_day_is_today(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(WEEK)
    set_today(monkeypatch, "2026-11-26")
    assert run("today", "moon")[1] == "today      ◆ Paper Moon  comes out today\n"


@pytest.mark.parametrize(
    ("argv", "code"),
    [(["ferry"], 0), (["--exit-code", "ferry"], 0), (["shore"], 0), (["--exit-code", "shore"], 1),
     (["--exit-code", "zeppelin"], 1), (["zeppelin"], 0)],
)  # fmt: skip
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_exit_code_option(run: Run, path: Path, argv: list[str], code: int, form: list[str]) -> None:
    path.write_text(WEEK)
    assert run("today", "--as-of", MONDAY, *form, *argv)[0] == code


@pytest.mark.parametrize("text", ["", "format = 1\n", entry("Far Shore", claim("2026-03-01", "announced", "2027"))])
def test_nothing_to_tell(run: Run, path: Path, text: str) -> None:
    path.write_text(text)
    assert run("today", "--as-of", MONDAY)[:2] == (0, "")
    assert run("today", "--as-of", MONDAY, "--json")[:2] == (0, "[]\n")


AIRING = entry("Night Ferry", claim("2026-03-01", "airing", "2026-10-05"), ids={"tvmaze": 7})


@pytest.mark.parametrize(
    ("name", "at", "on", "words"),
    [
        ("KST-9", "2026-11-23T13:00", "2026-11-23", "S1E8 22:00 today"),
        ("EST5", "2026-11-24T01:00", "2026-11-23", "S1E8 20:00 today"),
        ("KST-9", "2026-11-24T01:00", "2026-11-23", "S1E8 10:00 Tue 24 Nov"),
        ("UTC0", "", "2026-11-23", "S1E8 today"),
    ],
)
def test_episode_time_is_local(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, name: str, at: str, on: str, words: str
) -> None:
    path.write_text(AIRING)
    keep_next_episodes(path, {"tvmaze:7": episode(1, 8, on, at)})
    set_today(monkeypatch, MONDAY)
    with zone(name):
        [line] = json.loads(run("today", "--json")[1])
    assert (line["text"], line["kinds"]) == (words, ["today" if words.endswith("today") else "week"])


def test_as_of_knows_no_episodes(run: Run, path: Path) -> None:
    path.write_text(AIRING)
    keep_next_episodes(path, {"tvmaze:7": episode(1, 8, MONDAY)})
    assert lines(run) == []


@pytest.mark.parametrize(
    ("where", "day", "on", "at", "told"),
    [
        ("KST-9", "2026-11-23", date(2026, 11, 22), datetime(2026, 11, 23, 2, tzinfo=UTC), "S1E3 11:00 today"),
        ("EST5", "2026-11-24", date(2026, 11, 24), datetime(2026, 11, 24, 1, tzinfo=UTC), ""),
        ("KST-9", "2026-11-23", date(2026, 11, 23), datetime(9999, 12, 31, 23, tzinfo=UTC), "S1E3 today"),
    ],
)
def test_episode_today_is_in_local_time(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, where: str, day: str, on: date, at: datetime, told: str
) -> None:
    path.write_text(entry("A", claim("2026-03-01", "airing", "2026-10-01"), ids={"tvmaze": 1}))
    keep_next_episodes(path, {"tvmaze:1": Episode(1, 3, "", on, at)})
    set_today(monkeypatch, day)
    with zone(where):
        assert run("today")[1] == (f"today      ▶ A  {told}\n" if told else "")
        [found] = json.loads(run("calendar", "--json")[1]) if told else [{"day": day}]
        assert found["day"] == day
