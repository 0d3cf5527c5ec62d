from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.scene import (
    ESCAPE,
    HOSTILE,
    Run,
    claim,
    entry,
    episode,
    heard,
    into_a_pipe,
    on_a_terminal,
    stand_on,
)
from tracker.paths import starter
from tracker.text import cells

MONDAY = "2026-11-23"
HARBOUR_LIGHTS = entry(
    "Harbour Lights",
    claim("2024-06-28", "announced", "2025", source="Kestrel (agency)"),
    claim("2025-02-12", "", "2025-08", source="Lumen", url="https://example.org/2"),
    claim("2025-03-05", "", "second half of 2025", source="Evening Paper"),
    claim("2026-01-27", "scheduled", "2026-05-14", source="Lumen"),
    networks=["Lumen"],
)
NOTHING = {
    "shows": 0, "promised": 0, "slipped": 0, "slip": {"median_days": None, "cases": 0},
    "announced_to_out": {"median_days": None, "cases": 0},
}  # fmt: skip


def ledger(run: Run, *argv: str, on: str = MONDAY) -> dict[str, Any]:
    code, out, err = run("--as-of", on, "slips", "--json", *argv)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def record(run: Run, *argv: str, on: str = MONDAY) -> dict[str, Any]:
    [found] = ledger(run, *argv, on=on)["shows"]
    return dict(found)


def squeezed(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines()]


def slipping(title: str, *days: str, **fields: object) -> str:
    """Return a show to which these days were given, one after another."""
    return entry(title, *(claim(f"2025-01-{n:02}", "filming", day) for n, day in enumerate(days, 1)), **fields)


def announced(title: str, on: str, *later: str, **fields: object) -> str:
    return entry(title, claim(on, "announced"), *later, **fields)


def test_figures_come_first_and_then_the_story_of_each_show(run: Run, path: Path) -> None:
    path.write_text(
        HARBOUR_LIGHTS
        + slipping("Old Mill", "2026-03-01", "2026-03-15", "2026-04-14", "2026-04-07", networks=["Lumen", "tvQ"])
        + announced("Tide", "2025-01-01", claim("2025-06-01", "released", "2025-06-01"))
        + entry("Last Tram", networks=["Harbour TV"])
    )
    code, out, err = run("slips", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert squeezed(out) == [
        "slipped one slip, median announced to out, median",
        "all shows 2 of 3 30 days (of 3 slips) 151 days (of 1 show)",
        "Lumen 2 of 2 30 days (of 3 slips) –",
        "tvQ 1 of 1 22 days (of 2 slips) –",
        "No network 0 of 1 – 151 days (of 1 show)",
        "",
        "◑ Old Mill 2×, +44 days 1 Mar 2026 → 15 Mar 2026 (+14 days) → 14 Apr 2026 (+30 days) → 7 Apr 2026 (-7 days)",
        "◆ Harbour Lights 1×, +256 days 2025 → Aug 2025 (narrowed) → 14 May 2026 (+256 days)",
        "● Tide out after 151 days 1 Jun 2025",
    ]


def test_a_ledger_in_json_has_exactly_the_promised_values(run: Run, path: Path) -> None:
    path.write_text(HARBOUR_LIGHTS)
    figures = {
        "shows": 1, "promised": 1, "slipped": 1, "slip": {"median_days": 256, "cases": 1},
        "announced_to_out": {"median_days": None, "cases": 0},
    }  # fmt: skip
    found = ledger(run)
    assert found["all"] == figures
    assert found["networks"] == [{"network": "Lumen", **figures}]
    [show] = found["shows"]
    said = show.pop("promises")
    assert show == {
        "id": "harbour-lights", "title": "Harbour Lights", "status": "scheduled", "networks": ["Lumen"],
        "slips": 1, "slipped_days": 256, "drift_days": 134, "withdrawn": False,
        "announced": "2024-06-28", "out": None, "days_to_out": None,
    }  # fmt: skip
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


@pytest.mark.parametrize(("day", "slips", "promises"), [("2025-03-01", 0, 2), ("2026-01-26", 0, 2), (MONDAY, 1, 3)])
def test_what_was_claimed_later_is_not_counted_on_a_day_of_the_past(
    run: Run, path: Path, day: str, slips: int, promises: int
) -> None:
    path.write_text(HARBOUR_LIGHTS + slipping("Later", "2026-03-01").replace("2025-01", "2026-10"))
    found = ledger(run, on=day)
    [show] = [one for one in found["shows"] if one["id"] == "harbour-lights"]
    assert (show["slips"], len(show["promises"])) == (slips, promises)
    assert found["all"]["slip"]["cases"] == slips
    assert found["all"]["shows"] == (2 if day == MONDAY else 1)


def test_before_a_show_is_out_nobody_knows_when_it_will_be(run: Run, path: Path) -> None:
    path.write_text(
        announced("A", "2025-01-01", claim("2025-03-01", "", "2025-06-01"), claim("2025-06-01", "released"))
    )
    assert record(run, on="2025-05-31")["out"] is None
    assert record(run, on="2025-06-01")["out"] == "2025-06-01"


@pytest.mark.parametrize(
    ("days", "in_json", "in_text"),
    [
        (["2026-03-01", "2026-03-11"], 10, "10 days (of 1 slip)"),
        (["2026-03-01", "2026-03-11", "2026-03-31"], 15, "15 days (of 2 slips)"),
        (["2026-03-01", "2026-03-11", "2026-03-22"], 10.5, "11 days (of 2 slips)"),
        (["2026-03-01", "2026-03-11", "2026-03-31", "2027-03-31"], 20, "20 days (of 3 slips)"),
    ],
)
def test_a_median_has_its_cases_beside_it(run: Run, path: Path, days: list[str], in_json: float, in_text: str) -> None:
    path.write_text(slipping("A", *days))
    assert ledger(run)["all"]["slip"] == {"median_days": in_json, "cases": len(days) - 1}
    assert in_text in run("slips", "--as-of", MONDAY)[1].splitlines()[1]


def test_slips_are_counted_one_by_one_and_shows_once(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2026", "2027", "2028") + slipping("B", "2026") + entry("C"))
    whole = ledger(run)["all"]
    assert (whole["shows"], whole["promised"], whole["slipped"], whole["slip"]["cases"]) == (3, 2, 1, 2)
    assert "1 of 2" in run("slips", "--as-of", MONDAY)[1].splitlines()[1]


@pytest.mark.parametrize(
    ("days", "slips", "slipped_days"),
    [
        (["2026", "2026-05"], 0, 0),
        (["2026-05", "2026"], 0, 0),
        (["2026-05", "2026-04"], 0, 0),
        (["2026-05", "2026-05"], 0, 0),
        (["2026-05", "TBA"], 0, 0),
        (["TBA", "2026-05"], 0, 0),
        (["2026-05", "2026-06"], 1, 30),
        (["2026-05-14", "2026-05-15"], 1, 1),
        (["2026-05", "TBA", "2026-06"], 1, 30),
        (["2026-06", "2026-05", "2026-06"], 1, 30),
        (["2026", "2027-02"], 1, 59),
    ],
)
def test_only_what_moves_the_window_later_is_a_slip(
    run: Run, path: Path, days: list[str], slips: int, slipped_days: int
) -> None:
    path.write_text(slipping("A", *days))
    found = record(run)
    assert (found["slips"], found["slipped_days"]) == (slips, slipped_days)


def test_a_date_that_passed_in_silence_is_no_slip_yet(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2025-05-14"))
    assert ledger(run)["all"]["slipped"] == 0


def test_no_tba_is_among_the_dates_that_were_given(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "TBA", "2026-05", "TBA", "2026-06") + slipping("B", "TBA"))
    assert [one["window"]["text"] for one in record(run)["promises"]] == ["2026-05", "2026-06"]
    assert ledger(run)["all"]["promised"] == 1


@pytest.mark.parametrize(
    ("later", "out"),
    [
        (claim("2026-03-01", "released", "2026-02-10"), "2026-02-10"),
        (claim("2026-03-01", "airing", "2026-02-10"), "2026-02-10"),
        (claim("2026-03-01", "released", "2026"), "2026-03-01"),
        (claim("2026-03-01", "released", "~2026-02-10"), "2026-03-01"),
        (claim("2026-03-01", "released"), "2026-03-01"),
        (claim("2026-03-01", "airing") + claim("2026-05-01", "released"), "2026-03-01"),
        (claim("2026-03", "released", "2026"), None),
        (claim("", "released", "2026"), None),
        (claim("2026-03-01", "scheduled", "2026-02-10"), None),
        (claim("2026-03-01", "cancelled"), None),
    ],
)
def test_a_show_is_out_on_its_very_day_else_when_it_was_first_said_to_be(
    run: Run, path: Path, later: str, out: str | None
) -> None:
    path.write_text(entry("A", claim("2025-01-01", "announced", "2026"), later))
    code, printed, _ = run("slips", "--json")
    [found] = json.loads(printed)["shows"]
    assert (code, found["out"]) == (0, out)


def test_the_way_from_announced_to_out_is_in_days_with_its_cases(run: Run, path: Path) -> None:
    out = claim("2026-02-01", "released", "2026-01-31")
    path.write_text(
        announced("A", "2026-01-01", out, networks=["Lumen"])
        + announced("B", "2025-01-31", out, networks=["Lumen"])
        + announced("C", "2026-01-11", out)
        + announced("D", "2025-01-31", claim("2026-02-01", "filming", "2027"))
    )
    found = ledger(run)
    assert {one["id"]: one["days_to_out"] for one in found["shows"]} == {"a": 30, "b": 365, "c": 20, "d": None}
    assert found["all"]["announced_to_out"] == {"median_days": 30, "cases": 3}
    assert found["networks"][0]["announced_to_out"] == {"median_days": 197.5, "cases": 2}
    assert "198 days (of 2 shows)" in run("slips", "--as-of", MONDAY)[1].splitlines()[2]


@pytest.mark.parametrize("first", ["rumored", "filming", "scheduled", ""])
def test_a_history_without_an_announcement_tells_nothing_of_the_way_to_out(run: Run, path: Path, first: str) -> None:
    path.write_text(entry("A", claim("2025-01-01", first, "2026"), claim("2026-02-01", "released", "2026-01-31")))
    found = record(run)
    assert (found["announced"], found["out"], found["days_to_out"]) == (None, "2026-01-31", None)
    assert ledger(run)["all"]["announced_to_out"] == {"median_days": None, "cases": 0}


def test_a_show_that_was_announced_after_it_was_out_is_no_case(run: Run, path: Path) -> None:
    path.write_text(announced("A", "2026-02-01", claim("2026-02-02", "released", "2026-01-31")))
    assert record(run)["days_to_out"] is None
    assert ledger(run)["all"]["announced_to_out"]["cases"] == 0


def test_who_was_out_on_the_day_of_its_announcement_took_no_days(run: Run, path: Path) -> None:
    path.write_text(announced("A", "2026-02-01", claim("2026-02-01", "released", "2026-02-01")))
    assert ledger(run)["all"]["announced_to_out"] == {"median_days": 0, "cases": 1}
    assert "0 days (of 1 show)" in run("slips", "--as-of", MONDAY)[1].splitlines()[1]


def test_the_networks_that_slip_most_come_first_and_none_of_all_last(run: Run, path: Path) -> None:
    late, kept = ("2026", "2027"), ("2026",)
    path.write_text(
        slipping("A", *late)
        + slipping("B", *kept, networks=["Kept"])
        + slipping("C", *late, networks=["Half"])
        + slipping("D", *kept, networks=["Half"])
        + slipping("E", *late, networks=["Always"])
        + slipping("F", *late, networks=["Thrice"])
        + slipping("G", *late, networks=["Thrice"])
        + slipping("H", *late, networks=["Thrice"])
    )
    found = ledger(run)["networks"]
    assert [(one["network"], one["slipped"], one["promised"]) for one in found] == [
        ("Thrice", 3, 3), ("Always", 1, 1), ("Half", 1, 2), ("Kept", 0, 1), ("No network", 1, 1),
    ]  # fmt: skip
    printed = run("slips", "--as-of", MONDAY)[1].splitlines()[2:7]
    assert [row.split()[0] for row in printed] == ["Thrice", "Always", "Half", "Kept", "No"]


def test_a_show_of_several_networks_counts_for_each_and_once_for_all(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2026", "2027", networks=["Lumen", "tvQ"]))
    found = ledger(run)
    assert [(one["network"], one["slip"]["cases"]) for one in found["networks"]] == [("Lumen", 1), ("tvQ", 1)]
    assert (found["all"]["shows"], found["all"]["slip"]["cases"]) == (1, 1)


def test_a_network_is_one_however_it_is_written(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2026", networks=["Télé Nord"]) + slipping("B", "2027", networks=["TELE NORD"]))
    assert [(one["network"], one["shows"]) for one in ledger(run)["networks"]] == [("Télé Nord", 2)]


def test_who_slipped_most_often_comes_first_then_furthest_then_by_title(run: Run, path: Path) -> None:
    path.write_text(
        slipping("Kept b", "2026")
        + slipping("Kept A", "2026")
        + slipping("Once", "2026", "2027")
        + slipping("Further", "2026", "2029")
        + slipping("Twice", "2026-03-01", "2026-03-02", "2026-03-03")
    )
    expected = ["twice", "further", "once", "kept-a", "kept-b"]
    assert [one["id"] for one in ledger(run)["shows"]] == expected
    rows = run("slips", "--as-of", MONDAY)[1].split("\n\n")[1].splitlines()
    assert [row[2:].split("  ")[0] for row in rows] == ["Twice", "Further", "Once", "Kept A", "Kept b"]


def test_the_drift_is_from_the_first_date_to_the_last(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2026-03-01", "2026-04-01", "2026-02-27"))
    found = record(run)
    assert (found["drift_days"], found["slipped_days"]) == (-2, 31)


def test_what_services_say_counts_for_nothing(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(slipping("A", "2026-12-01", "2026-12-24", ids={"tvmaze": 7}))
    stand_on(monkeypatch, MONDAY)
    before = run("slips", "--json")
    heard(path, {"tvmaze:7": episode(1, 1, "2027-06-01")})
    assert run("slips", "--json") == before


def test_the_figures_are_those_of_the_list(run: Run) -> None:
    argv = ("--watchlist", str(starter()), "--json", "--as-of", MONDAY)
    listed = {show["id"]: (show["slips"], show["slipped_days"]) for show in json.loads(run("list", *argv)[1])}
    found = json.loads(run("slips", *argv)[1])
    told = {show["id"]: (show["slips"], show["slipped_days"]) for show in found["shows"]}
    assert told == {show_id: listed[show_id] for show_id in told}
    assert {show_id for show_id, (slips, _) in listed.items() if slips} <= set(told)
    assert found["all"]["shows"] == len(listed)
    assert found["all"]["slip"]["cases"] == sum(slips for slips, _ in listed.values())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["harbour"], ["harbour-lights"]),
        (["-net:lumen"], ["b"]),
        (["-status:scheduled"], ["b", "a"]),
        (["status:scheduled", "-net:tvq"], ["harbour-lights"]),
        (["is:slipped"], ["b", "harbour-lights"]),
    ],
)
def test_a_query_chooses_whom_the_figures_are_about(run: Run, path: Path, query: list[str], found: list[str]) -> None:
    path.write_text(HARBOUR_LIGHTS + slipping("A", "2026", networks=["Lumen"]) + slipping("B", "2026", "2029"))
    told = ledger(run, *query)
    assert [one["id"] for one in told["shows"]] == found
    assert told["all"]["promised"] == len(found)


def test_options_may_stand_behind_a_query_that_begins_with_a_minus(run: Run, path: Path) -> None:
    path.write_text(HARBOUR_LIGHTS + slipping("A", "2026"))
    code, out, _ = run("slips", "-status:scheduled", "--json", "--as-of", MONDAY)
    assert (code, [one["id"] for one in json.loads(out)["shows"]]) == (0, ["a"])


@pytest.mark.parametrize("query", ["status:sideways", "colour:red", '"open'])
def test_a_query_that_makes_no_sense_is_refused(run: Run, path: Path, query: str) -> None:
    path.write_text(HARBOUR_LIGHTS)
    code, out, err = run("slips", query)
    assert (code, out) == (2, "")
    assert err.startswith("tracker: ")


@pytest.mark.parametrize(
    ("text", "argv"), [("", []), (entry("A"), []), (HARBOUR_LIGHTS, ["zeppelin"]), (slipping("A", "TBA"), [])]
)
def test_where_no_date_was_given_that_is_told_on_stderr(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, err = run("slips", "--as-of", MONDAY, *argv)
    assert (code, out) == (0, "")
    assert err


@pytest.mark.parametrize(("text", "argv"), [("", []), (HARBOUR_LIGHTS, ["zeppelin"])])
def test_figures_of_nothing_are_null_with_no_cases(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, _ = run("slips", "--json", *argv)
    assert (code, json.loads(out)) == (0, {"all": NOTHING, "networks": [], "shows": []})


def test_what_never_slipped_has_no_median(run: Run, path: Path) -> None:
    path.write_text(slipping("A", "2026"))
    assert ledger(run)["all"]["slip"] == {"median_days": None, "cases": 0}
    assert squeezed(run("slips", "--as-of", MONDAY)[1])[1] == "all shows 0 of 1 – –"


def test_a_list_that_is_not_there_cannot_be_read(run: Run) -> None:
    code, out, err = run("slips")
    assert (code, out) == (3, "")
    assert err


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_damaged_entries_are_told_on_stderr_and_the_rest_is_counted(run: Run, path: Path, form: list[str]) -> None:
    path.write_text(entry("Sideways", status="sideways") + HARBOUR_LIGHTS)
    code, out, err = run("slips", *form)
    assert code == 0
    assert "Harbour Lights" in out
    assert "Sideways" not in out
    assert err.startswith(f"{path}:3: ")


def test_columns_are_aligned_in_cells_whatever_the_script(run: Run, path: Path) -> None:
    path.write_text("".join(slipping(t, "2026", "2027", id=f"n{n}") for n, t in enumerate(HOSTILE)))
    rows = run("slips", "--as-of", MONDAY)[1].split("\n\n")[1].splitlines()
    assert len(rows) == len(HOSTILE)
    assert all(any(title in row for row in rows) for title in HOSTILE)
    assert len({cells(row.partition("1×")[0]) for row in rows}) == 1
    assert len({cells(row) for row in rows}) == 1


def test_figures_are_aligned_in_cells_whatever_the_script(run: Run, path: Path) -> None:
    names = ["ソウルテレビ", "tvQ", "가나다", "[Oshi no TV]", "Télé Nord"]
    path.write_text("".join(slipping(f"S{n}", "2026", "2027", networks=[name]) for n, name in enumerate(names)))
    figures = run("slips", "--as-of", MONDAY)[1].split("\n\n")[0].splitlines()[2:]
    assert {row.split("  ")[0] for row in figures} == set(names)
    assert len({cells(row.partition("1 of 1")[0]) for row in figures}) == 1
    assert len({cells(row.partition("365 days")[0]) for row in figures}) == 1


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_escape_sequence_of_the_file_reaches_the_terminal(run: Run, path: Path, form: list[str]) -> None:
    said = claim("2026-03-01", "filming", "2027", source=ESCAPE, url=ESCAPE)
    path.write_text(entry(ESCAPE, said, id="x", networks=[ESCAPE]))
    code, out, err = run("slips", *form)
    assert code == 0
    assert "]52;c;Zm9v" in out
    assert not any(char in out + err for char in "\x1b\x07\x9b")


def test_the_signs_may_be_ascii(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(HARBOUR_LIGHTS)
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert run("slips", "--as-of", MONDAY)[1].splitlines()[-1].startswith("d Harbour Lights")


def test_looking_at_the_past_leaves_the_file_as_it_is(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), status="scheduled", release="2028"))
    before = path.read_bytes()
    run("slips", "--as-of", MONDAY)
    assert path.read_bytes() == before


def test_an_edit_by_hand_is_a_claim_like_others(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), release="2028"))
    code, out, err = run("slips", "--json")
    [found] = json.loads(out)["shows"]
    assert (code, found["slips"], found["promises"][-1]["source"]) == (0, 1, "me")
    assert err


def test_a_pipe_gets_no_colour_and_whole_stories(path: Path) -> None:
    title = "The very long story of a ferry that came late and later and later still"
    path.write_text(slipping(title, *(str(year) for year in range(2026, 2046))))
    printed = into_a_pipe(path, "slips", "--as-of", MONDAY)
    assert "\x1b" not in printed
    assert title in printed
    assert printed.endswith(" → 2045 (+365 days)\n")


def test_a_terminal_gets_colour_unless_no_color_says_otherwise(path: Path) -> None:
    path.write_text(HARBOUR_LIGHTS)
    assert "\x1b[" in on_a_terminal(path, "slips", "--as-of", MONDAY)
    plain = on_a_terminal(path, "slips", "--as-of", MONDAY, NO_COLOR="1")
    assert "Harbour Lights" in plain
    assert "\x1b" not in plain


def test_a_line_fits_on_a_terminal(path: Path) -> None:
    titles = ["The very long story of a ferry that came late", "ソウルメイト" * 5]
    path.write_text("".join(slipping(title, "2026", "2027-03-01", "2028", networks=["Lumen"]) for title in titles))
    printed = on_a_terminal(path, "slips", "--as-of", MONDAY, columns=80, NO_COLOR="1").splitlines()
    assert all(cells(line) <= 80 for line in printed)
