from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import Run, claim, entry, episode, keep_next_episodes, set_today, squeezed
from tracker.paths import starter_list

MONDAY = "2026-11-23"
HARBOUR_LIGHTS = entry(
    "Harbour Lights",
    claim("2024-06-28", "announced", "2025", source="Kestrel (agency)"),
    claim("2025-02-12", "", "2025-08", source="Lumen", url="https://example.org/2"),
    claim("2025-03-05", "", "second half of 2025", source="Evening Paper"),
    claim("2026-01-27", "scheduled", "2026-05-14", source="Lumen"),
    networks=["Lumen"],
)
FATES = ("kept", "later", "earlier", "withdrawn", "missed", "open")
NOTHING = {
    "shows": 0, "promised": 0, "slipped": 0, "promises": {"all": 0, **dict.fromkeys(FATES, 0)},
    "slip": {"median_days": None, "cases": 0, "total_days": 0}, "announced_to_out": {"median_days": None, "cases": 0},
}  # fmt: skip
HEADS = "dates kept later earlier withdrawn missed open typical slip slips typical wait"


def ledger(run: Run, *argv: str, on: str = MONDAY) -> dict[str, Any]:
    code, out, err = run("--as-of", on, "slips", "--json", *argv)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def slipping(title: str, *days: str, **fields: object) -> str:
    """Return a show to which these days were given, one after another."""
    return entry(title, *(claim(f"2025-01-{n:02}", "filming", day) for n, day in enumerate(days, 1)), **fields)


def announced(title: str, on: str, *later: str, **fields: object) -> str:
    return entry(title, claim(on, "announced"), *later, **fields)


def test_figures_and_then_shows(run: Run, path: Path) -> None:
    path.write_text(
        HARBOUR_LIGHTS
        + slipping("Old Mill", "2026-03-01", "2026-03-15", "2026-04-14", "2026-04-07", networks=["Lumen", "tvQ"])
        + announced("Tide", "2025-01-01", claim("2025-06-01", "released", "2025-06-01"))
        + entry("Last Tram", networks=["Harbour TV"])
    )
    code, out, err = run("slips", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert squeezed(out) == [
        HEADS,
        "all shows 6 – 3 1 – 2 – 4 weeks +300 days 5 months",
        "Lumen 6 – 3 1 – 2 – 4 weeks +300 days –",
        "tvQ 4 – 2 1 – 1 – 3 weeks +44 days –",
        "No network – – – – – – – – – 5 months",
        "",
        f"said by {HEADS}",
        "Lumen 2 – 1 – – 1 – 8 months +256 days –",
        "",
        (
            "◑ Old Mill 2×, +44 days 1 Mar 2026 → 15 Mar 2026 (+14 days) → 14 Apr 2026 (+30 days)"
            " → 7 Apr 2026 (-7 days) → missed"
        ),
        "◆ Harbour Lights 1×, +256 days 2025 → Aug 2025 (narrowed) → 14 May 2026 (+256 days) → missed",
        "● Tide out after 5 months 1 Jun 2025",
    ]


def test_json_of_slips(run: Run, path: Path) -> None:
    path.write_text(HARBOUR_LIGHTS)
    figures = {
        "shows": 1, "promised": 1, "slipped": 1,
        "promises": {"all": 2, **dict.fromkeys(FATES, 0), "later": 1, "missed": 1},
        "slip": {"median_days": 256, "cases": 1, "total_days": 256},
        "announced_to_out": {"median_days": None, "cases": 0},
    }  # fmt: skip
    found = ledger(run)
    assert found["all"] == figures
    assert found["networks"] == [{"network": "Lumen", **figures}]
    assert found["sources"] == [{"source": "Lumen", **figures}]
    [show] = found["shows"]
    said, fates = show.pop("promises"), show.pop("fates")
    assert show == {
        "id": "harbour-lights", "title": "Harbour Lights", "status": "scheduled", "networks": ["Lumen"],
        "slips": 1, "slipped_days": 256, "drift_days": 134, "withdrawn": False, "missed": said[-1]["window"],
        "announced": "2024-06-28", "out": None, "days_to_out": None,
    }  # fmt: skip
    assert [(one["window"]["edtf"], one["source"], one["fate"], one["days"], one["missed_first"]) for one in fates] == [
        ("2025-08", "Lumen", "later", 256, True), ("2026-05-14", "Lumen", "missed", 0, False),
    ]  # fmt: skip
    assert [(one["on"], one["source"], one["effect"], one["days"], one["window"]["edtf"]) for one in said] == [
        ("2024-06-28", "Kestrel (agency)", "first", 0, "2025"),
        ("2025-02-12", "Lumen", "narrowed", 0, "2025-08"),
        ("2026-01-27", "Lumen", "slipped", 256, "2026-05-14"),
    ]
    assert said[1]["url"] == "https://example.org/2"
    assert said[1]["window"] == {
        "text": "2025-08", "edtf": "2025-08", "earliest": "2025-08-01", "latest": "2025-08-31",
        "precision": "month", "approximate": False,
    }  # fmt: skip


def test_sources_do_not_count(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(slipping("A", "2026-12-01", "2026-12-24", ids={"tvmaze": 7}))
    set_today(monkeypatch, MONDAY)
    before = run("slips", "--json")
    keep_next_episodes(path, {"tvmaze:7": episode(1, 1, "2027-06-01")})
    assert run("slips", "--json") == before


def test_figures_match_the_list(run: Run) -> None:
    argv = ("--watchlist", str(starter_list()), "--json", "--as-of", MONDAY)
    listed = {show["id"]: (show["slips"], show["slipped_days"]) for show in json.loads(run("list", *argv)[1])}
    found = json.loads(run("slips", *argv)[1])
    told = {show["id"]: (show["slips"], show["slipped_days"]) for show in found["shows"]}
    assert told == {show_id: listed[show_id] for show_id in told}
    assert {show_id for show_id, (slips, _) in listed.items() if slips} <= set(told)
    assert found["all"]["shows"] == len(listed)
    assert found["all"]["slip"]["cases"] == sum(slips for slips, _ in listed.values())


def test_own_and_missed_dates(run: Run, path: Path) -> None:
    path.write_text(
        entry(
            "Tide", claim("2025-01-01", "", "2026-05", source="me"), claim("2025-02-01", "", "2026-08", source="Lumen")
        )
        + entry("Reef", claim("2025-01-01", "", "2026-05", source="Post"), claim("2026-04-01", "postponed"))
        + entry("Spit", claim("2025-01-01", "", "2026-05", source="Lumen"))
    )
    code, out, err = run("slips", "--as-of", MONDAY)
    assert code == 0
    assert squeezed(out) == [
        HEADS, "all shows 3 – – – 1 2 – – – –", "No network 3 – – – 1 2 – – – –", "", f"said by {HEADS}",
        "Lumen 2 – – – – 2 – – – –", "Post 1 – – – 1 – – – – –", "", "▽ Reef withdrawn May 2026 → withdrawn",
        "Spit missed May 2026 → missed", "Tide missed May 2026 (me) → Aug 2026 (corrected) → missed",
    ]  # fmt: skip
    assert "your own dates" in err
    found = [(show["slips"], show["missed"] and show["missed"]["text"]) for show in ledger(run)["shows"]]
    assert found == [(0, None), (0, "2026-05"), (0, "2026-08")]


@pytest.mark.parametrize(
    ("text", "argv"), [("", []), (entry("A"), []), (HARBOUR_LIGHTS, ["zeppelin"]), (slipping("A", "TBA"), [])]
)
def test_no_dates_is_said_on_stderr(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, err = run("slips", "--as-of", MONDAY, *argv)
    assert (code, out) == (0, "")
    assert err


@pytest.mark.parametrize(("text", "argv"), [("", []), (HARBOUR_LIGHTS, ["zeppelin"])])
def test_json_of_no_slips(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, _ = run("slips", "--json", *argv)
    assert (code, json.loads(out)) == (0, {"all": NOTHING, "networks": [], "sources": [], "shows": []})


@pytest.mark.usefixtures("terminal")
def test_oldest_dates_are_left_out_on_a_terminal(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    path.write_text(slipping("A" * 40, "2026-01-01", "2027-05-14") + slipping("B", *map(str, range(2026, 2040))))
    rows = run("slips", "--as-of", MONDAY)[1].split("\n\n")[-1].splitlines()
    assert "  … → 2039 (+365 days)" in rows[0]
    assert "  … → 14 May 2027 (+498 da" in rows[1]
