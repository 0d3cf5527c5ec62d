from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import Run, claim, entry, episode, keep_next_episodes, set_today, squeezed, zone
from tracker.paths import Paths

MONDAY = "2026-11-23"


def dated(title: str, release: str, status: str = "scheduled", **fields: object) -> str:
    return entry(title, claim("2026-03-01", status, release), **fields)


ALL = (
    dated("Someday", "TBA", "announced")
    + entry("Last Tram")
    + dated("Old Mill", "2028", "rumored")
    + dated("Two Rivers", "2027-H1", "filming")
    + dated("Snow Line", "2027-Q1", "filming")
    + dated("Paper Moon", "2027-01", "filming")
    + dated("Harbour Week", "2026-12-01/2026-12-03", networks=["Lumen", "tvQ"])
    + dated("Night Ferry", "2026-12-24")
    + dated("First Light", "2026-11-23", networks=["Harbour TV"])
    + dated("Salt Road", "2026-05-14")
    + dated("Done", "2026-05-14", "released")
    + dated("Called Off", "2026-12-24", "cancelled")
)


@pytest.fixture(autouse=True)
def weeks_begin_on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


def entries(run: Run, *argv: str, on: str = MONDAY) -> list[dict[str, Any]]:
    code, out, err = run("--as-of", on, "calendar", "--json", *argv)
    assert (code, err) == (0, "")
    return list(json.loads(out))


def ids(run: Run, *argv: str, on: str = MONDAY) -> list[str]:
    return [found["id"] for found in entries(run, *argv, on=on)]


def headings(out: str) -> list[str]:
    return [line for line in out.splitlines() if not line.startswith(" ")]


def test_order_from_overdue_along_the_time(run: Run, path: Path) -> None:
    path.write_text(ALL)
    code, out, err = run("calendar", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert squeezed(out) == [
        "Overdue",
        "◆ Salt Road 14 May 2026 overdue",
        "Mon 23 Nov 2026 · today",
        "◆ First Light 23 Nov 2026 today Harbour TV",
        "1–3 Dec 2026",
        "◆ Harbour Week 1–3 Dec 2026 in 8–10 days Lumen, tvQ",
        "Thu 24 Dec 2026",
        "◆ Night Ferry 24 Dec 2026 in 4 weeks",
        "January 2027",
        "◑ Paper Moon Jan 2027 in 1–3 months",
        "First quarter of 2027",
        "◑ Snow Line Q1 2027 in 1–5 months",
        "First half of 2027",
        "◑ Two Rivers H1 2027 in 1–8 months",
        "2028",
        "◌ Old Mill 2028 in 1–3 years",
        "TBA",
        "○ Someday TBA",
        "No date",
        "Last Tram",
    ]


def test_first_weekday_from_the_settings(run: Run, path: Path) -> None:
    path.write_text(dated("A", "2026-11-22/2026-11-28"))
    Paths(path).settings.parent.mkdir(parents=True)
    Paths(path).settings.write_text('week_starts = "sunday"\n')
    assert headings(run("calendar", "--as-of", "2026-11-20")[1]) == ["Week of Sun 22 Nov 2026"]


def test_first_weekday_from_the_locale(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(dated("A", "2026-11-22/2026-11-28"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert headings(run("calendar", "--as-of", "2026-11-20")[1]) == ["Week of Sun 22 Nov 2026"]


def test_json_of_an_entry(run: Run, path: Path) -> None:
    path.write_text(dated("Paper Moon", "2027-01", "filming", networks=["Harbour TV"]))
    assert entries(run) == [
        {
            "day": None,
            "group": "January 2027",
            "id": "paper-moon",
            "title": "Paper Moon",
            "status": "filming",
            "overdue": False,
            "window": {
                "text": "2027-01", "edtf": "2027-01", "earliest": "2027-01-01", "latest": "2027-01-31",
                "precision": "month", "approximate": False,
            },
            "countdown": {"min_days": 39, "max_days": 69},
            "episode": None,
            "networks": ["Harbour TV"],
        }
    ]  # fmt: skip


def test_json_has_null_for_what_is_unknown(run: Run, path: Path) -> None:
    path.write_text(entry("Last Tram") + dated("Someday", "TBA", ""))
    tba, tram = entries(run)
    assert [tram[key] for key in ("status", "window", "countdown", "episode")] == [None] * 4
    assert (tba["countdown"], tba["window"]["earliest"], tba["window"]["latest"]) == (None, None, None)


@pytest.mark.parametrize(
    ("day", "months", "last", "next_one"),
    [
        ("2026-11-23", "1", "2026-11-30", "2026-12-01"),
        ("2026-11-23", "2", "2026-12-31", "2027-01-01"),
        ("2026-11-01", "14", "2027-12-31", "2028-01-01"),
    ],
)
def test_months_end_with_a_month(run: Run, path: Path, day: str, months: str, last: str, next_one: str) -> None:
    path.write_text(dated(last, last) + dated(next_one, next_one))
    assert ids(run, "--months", months, on=day) == [last]


@pytest.mark.parametrize("months", ["0", "-1", "-0", "x", "", " ", "1.5", "1000", "1e2", "²", "99999999999999999999"])
@pytest.mark.parametrize("form", ["{0} {1}", "{0}={1}"])
def test_months_that_are_no_number(run: Run, path: Path, months: str, form: str) -> None:
    path.write_text(ALL)
    argv = form.format("--months", months)
    code, out, err = run("calendar", *([argv] if "=" in form else argv.split(" ", 1)))
    assert (code, out) == (2, "")
    assert err.rstrip().endswith("Write 1 to 999.")


@pytest.mark.parametrize(
    ("text", "argv"), [("", []), ("format = 1\n", []), (ALL, ["zeppelin"]), (dated("A", "2027"), ["--months", "1"])]
)
def test_nothing_to_come_is_said_on_stderr(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, err = run("calendar", "--as-of", MONDAY, *argv)
    assert (code, out) == (0, "")
    assert err
    assert run("calendar", "--as-of", MONDAY, "--json", *argv)[:2] == (0, "[]\n")


def airing(title: str, **fields: object) -> str:
    return dated(title, "2026-10-05", "airing", **fields)


def test_episode_is_under_its_day(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(airing("Tide", ids={"tvmaze": 7}, networks=["Lumen"]) + dated("Night Ferry", "2026-11-30"))
    keep_next_episodes(path, {"tvmaze:7": episode(1, 8, "2026-11-28", "2026-11-28T13:00")})
    set_today(monkeypatch, MONDAY)
    with zone("KST-9"):
        assert squeezed(run("calendar")[1]) == [
            "Sat 28 Nov 2026",
            "▶ Tide S1E8 22:00 Lumen",
            "Mon 30 Nov 2026",
            "◆ Night Ferry 30 Nov 2026 in 7 days",
        ]


def test_json_of_an_episode(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(airing("A", ids={"tvmaze": 7}) + airing("B", ids={"tvmaze": 8}))
    keep_next_episodes(
        path,
        {
            "tvmaze:7": episode(1, 8, "2026-11-24", "2026-11-24T13:00", "The “Harbour”"),
            "tvmaze:8": episode(None, None, "2026-11-26"),
        },
    )
    set_today(monkeypatch, MONDAY)
    with zone("KST-9"):
        first, second = json.loads(run("calendar", "--json")[1])
    assert first["group"] == "Tue 24 Nov 2026"
    assert first["episode"] == {
        "season": 1, "number": 8, "title": "The “Harbour”", "on": "2026-11-24", "at": "2026-11-24T13:00:00+00:00",
    }  # fmt: skip
    assert [second["episode"][key] for key in ("season", "number", "on", "at")] == [None, None, "2026-11-26", None]


def test_as_of_knows_no_episodes(run: Run, path: Path) -> None:
    path.write_text(dated("A", "2026-12-24", ids={"tvmaze": 7}) + airing("B", ids={"tvmaze": 8}))
    keep_next_episodes(path, {"tvmaze:7": episode(1, 1, "2026-12-24"), "tvmaze:8": episode(1, 8, "2026-11-24")})
    assert "S1E" not in run("calendar", "--as-of", MONDAY)[1]
    assert {found["episode"] for found in entries(run)} == {None}
