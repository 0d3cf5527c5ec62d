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
    zone,
)
from tracker.paths import Paths
from tracker.store.naming import witness_path
from tracker.text import cells

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


def squeezed(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines()]


def headings(out: str) -> list[str]:
    return [line for line in out.splitlines() if not line.startswith(" ")]


def test_overdue_comes_first_then_days_and_then_what_is_ever_vaguer(run: Run, path: Path) -> None:
    path.write_text(ALL)
    code, out, err = run("calendar", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert squeezed(out) == [
        "Overdue",
        "◆ Salt Road 14 May 2026 overdue",
        "Mon 23 Nov 2026 · today",
        "◆ First Light 23 Nov 2026 today Harbour TV",
        "Thu 24 Dec 2026",
        "◆ Night Ferry 24 Dec 2026 in 4 weeks",
        "Week of Mon 30 Nov 2026",
        "◆ Harbour Week 1–3 Dec 2026 in 8–10 days Lumen, tvQ",
        "January 2027",
        "◑ Paper Moon Jan 2027 in 6–10 weeks",
        "First quarter of 2027",
        "◑ Snow Line Q1 2027 in 1–4 months",
        "First half of 2027",
        "◑ Two Rivers H1 2027 in 1–7 months",
        "2028",
        "◌ Old Mill 2028 in 1–2 years",
        "TBA",
        "○ Someday TBA",
        "No date",
        "Last Tram",
    ]


@pytest.mark.parametrize(
    ("release", "heading"),
    [
        ("2026-11-23", "Mon 23 Nov 2026 · today"),
        ("2026-11-24", "Tue 24 Nov 2026"),
        ("2026-11-24/2026-11-26", "Week of Mon 23 Nov 2026"),
        ("2026-12-28/2027-01-03", "Week of Mon 28 Dec 2026"),
        ("2026-11-28/2026-12-01", "28 Nov–1 Dec 2026"),
        ("2026-11", "November 2026"),
        ("2027-03", "March 2027"),
        ("2026-12-12/2027-01-13", "12 Dec 2026–13 Jan 2027"),
        ("2026-Q4", "Fourth quarter of 2026"),
        ("2027-Q2", "Second quarter of 2027"),
        ("winter 2026", "Winter 2026"),
        ("summer 2027", "Summer 2027"),
        ("2026-12/2027-02", "Dec 2026–Feb 2027"),
        ("2026-H2", "Second half of 2026"),
        ("2027", "2027"),
        ("~2027", "2027"),
        ("TBA", "TBA"),
        ("2026-11-22", "Overdue"),
        ("2026-10", "Overdue"),
        ("2025", "Overdue"),
    ],
)
def test_a_show_stands_under_what_its_date_says_and_no_more(run: Run, path: Path, release: str, heading: str) -> None:
    path.write_text(dated("A", release))
    assert headings(run("calendar", "--as-of", MONDAY)[1]) == [heading]
    assert [found["group"] for found in entries(run)] == [heading.removesuffix(" · today")]


def test_the_day_on_which_weeks_begin_can_be_set(run: Run, path: Path) -> None:
    path.write_text(dated("A", "2026-11-22/2026-11-28"))
    Paths(path).settings.parent.mkdir(parents=True)
    Paths(path).settings.write_text('week_starts = "sunday"\n')
    assert headings(run("calendar", "--as-of", "2026-11-20")[1]) == ["Week of Sun 22 Nov 2026"]


def test_the_day_on_which_weeks_begin_is_that_of_the_country(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(dated("A", "2026-11-22/2026-11-28"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert headings(run("calendar", "--as-of", "2026-11-20")[1]) == ["Week of Sun 22 Nov 2026"]


def test_days_come_in_their_order_and_the_longest_overdue_first(run: Run, path: Path) -> None:
    days = ["2027-01-02", "2026-11-20", "2026-11-30", "2026-12-31", "2026-03-01", "2026-11-24"]
    path.write_text("".join(dated(day, day) for day in days))
    assert ids(run) == sorted(days)


def test_what_is_equally_vague_comes_in_the_order_of_its_end(run: Run, path: Path) -> None:
    path.write_text("".join(dated(name, name) for name in ("2027-Q2", "2026-Q4", "2028", "2027-03", "2027", "2026-12")))
    assert ids(run) == ["2026-12", "2027-03", "2026-q4", "2027-q2", "2027", "2028"]


def test_one_heading_stands_over_all_that_come_then(run: Run, path: Path) -> None:
    path.write_text(dated("B", "2026-12-24") + dated("Other", "2026-12-25") + dated("A", "2026-12-24"))
    _, out, _ = run("calendar", "--as-of", MONDAY)
    assert headings(out) == ["Thu 24 Dec 2026", "Fri 25 Dec 2026"]
    assert ids(run) == ["a", "b", "other"]


def test_an_entry_in_json_has_exactly_the_promised_values(run: Run, path: Path) -> None:
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


def test_what_nobody_said_is_null_in_json(run: Run, path: Path) -> None:
    path.write_text(entry("Last Tram") + dated("Someday", "TBA", ""))
    tba, tram = entries(run)
    assert [tram[key] for key in ("status", "window", "countdown", "episode")] == [None] * 4
    assert (tba["countdown"], tba["window"]["earliest"], tba["window"]["latest"]) == (None, None, None)


def test_json_has_the_shows_of_the_text_in_their_order(run: Run, path: Path) -> None:
    path.write_text(ALL)
    _, out, _ = run("calendar", "--as-of", MONDAY)
    rows = [line for line in out.splitlines() if line.startswith(" ")]
    for found, row in zip(entries(run), rows, strict=True):
        assert found["title"] in row


def test_overdue_says_so_in_json(run: Run, path: Path) -> None:
    path.write_text(dated("Salt Road", "2026-05-14"))
    [found] = entries(run)
    assert (found["overdue"], found["countdown"]) == (True, {"min_days": -193, "max_days": -193})


@pytest.mark.parametrize("status", ["released", "cancelled"])
@pytest.mark.parametrize("release", ["2026-05-14", "2026", "2027-01-01", ""])
def test_what_is_out_or_off_does_not_come(run: Run, path: Path, status: str, release: str) -> None:
    path.write_text(dated("A", release, status))
    code, out, err = run("calendar", "--as-of", MONDAY)
    assert (code, out) == (0, "")
    assert err
    assert entries(run) == []


@pytest.mark.parametrize("status", ["", "rumored", "filming", "postponed", "hiatus"])
def test_whatever_is_not_out_is_overdue_after_its_day(run: Run, path: Path, status: str) -> None:
    path.write_text(dated("A", "2026-11-22", status))
    assert [found["group"] for found in entries(run)] == ["Overdue"]


@pytest.mark.parametrize(
    ("day", "months", "last", "next_one"),
    [
        ("2026-11-23", "1", "2026-11-30", "2026-12-01"),
        ("2026-11-23", "2", "2026-12-31", "2027-01-01"),
        ("2026-12-31", "1", "2026-12-31", "2027-01-01"),
        ("2026-12-31", "2", "2027-01-31", "2027-02-01"),
        ("2027-01-31", "2", "2027-02-28", "2027-03-01"),
        ("2028-01-31", "2", "2028-02-29", "2028-03-01"),
        ("2026-11-01", "14", "2027-12-31", "2028-01-01"),
    ],
)
def test_so_many_months_end_with_a_month(run: Run, path: Path, day: str, months: str, last: str, next_one: str) -> None:
    path.write_text(dated(last, last) + dated(next_one, next_one))
    assert ids(run, "--months", months, on=day) == [last]


@pytest.mark.parametrize(
    ("release", "months", "is_in"),
    [
        ("2026", "1", True), ("2027", "2", False), ("2027", "3", True), ("2026-Q4", "1", True),
        ("2027-Q1", "2", False), ("2027-Q1", "3", True), ("winter 2026", "1", False), ("winter 2026", "2", True),
        ("2026-11", "1", True), ("2026-11-28/2026-12-01", "1", True), ("TBA", "999", False), ("2025", "1", True),
    ],
)  # fmt: skip
def test_what_may_come_within_these_months_is_in(run: Run, path: Path, release: str, months: str, is_in: bool) -> None:
    path.write_text(dated("A", release))
    assert (ids(run, "--months", months) == ["a"]) is is_in


def test_what_has_no_date_comes_within_no_number_of_months(run: Run, path: Path) -> None:
    path.write_text(entry("Last Tram") + dated("Someday", "TBA") + dated("Salt Road", "2026-05-14"))
    assert ids(run, "--months", "999") == ["salt-road"]


def test_months_beyond_the_end_of_the_calendar_are_no_error(run: Run, path: Path) -> None:
    path.write_text(dated("A", "9999-12-31"))
    assert ids(run, "--months", "999", on="9999-12-31") == ["a"]


@pytest.mark.parametrize("months", ["0", "-1", "-0", "x", "", " ", "1.5", "1000", "1e2", "²", "99999999999999999999"])
@pytest.mark.parametrize("form", ["{0} {1}", "{0}={1}"])
def test_a_number_of_months_that_is_none_is_refused_with_a_sentence(
    run: Run, path: Path, months: str, form: str
) -> None:
    path.write_text(ALL)
    argv = form.format("--months", months)
    code, out, err = run("calendar", *([argv] if "=" in form else argv.split(" ", 1)))
    assert (code, out) == (2, "")
    assert err.rstrip().endswith("is no number of months; write one from 1 to 999.")


@pytest.mark.parametrize("argv", [["--months"], ["--exit-code"], ["--as-of", "2026"], ["--as-of"], ["--sort", "title"]])
def test_options_that_it_does_not_have_are_refused(run: Run, path: Path, argv: list[str]) -> None:
    path.write_text(ALL)
    code, out, err = run("calendar", *argv)
    assert (code, out) == (2, "")
    assert "tracker" in err


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["ferry"], ["night-ferry"]),
        (["status:filming"], ["paper-moon", "snow-line", "two-rivers"]),
        (["-status:filming", "-status:scheduled"], ["old-mill", "someday", "last-tram"]),
        (["is:overdue"], ["salt-road"]),
        (["-is:overdue", "net:harbour"], ["first-light"]),
        (["zeppelin"], []),
    ],
)
def test_a_query_chooses_the_shows(run: Run, path: Path, query: list[str], found: list[str]) -> None:
    path.write_text(ALL)
    assert ids(run, *query) == found


def test_options_may_stand_behind_a_query_that_begins_with_a_minus(run: Run, path: Path) -> None:
    path.write_text(ALL)
    code, out, _ = run("calendar", "-status:scheduled", "--months", "3", "--json", "--as-of", MONDAY)
    assert (code, [found["id"] for found in json.loads(out)]) == (0, ["paper-moon", "snow-line", "two-rivers"])


@pytest.mark.parametrize("query", ["status:sideways", "colour:red", '"open'])
def test_a_query_that_makes_no_sense_is_refused(run: Run, path: Path, query: str) -> None:
    path.write_text(ALL)
    code, out, err = run("calendar", query)
    assert (code, out) == (2, "")
    assert err.startswith("tracker: ")


@pytest.mark.parametrize(
    ("text", "argv"),
    [("", []), ("format = 1\n", []), (ALL, ["zeppelin"]), (dated("A", "2027"), ["--months", "1"])],
)
def test_where_nothing_comes_that_is_told_on_stderr(run: Run, path: Path, text: str, argv: list[str]) -> None:
    path.write_text(text)
    code, out, err = run("calendar", "--as-of", MONDAY, *argv)
    assert (code, out) == (0, "")
    assert err
    assert run("calendar", "--as-of", MONDAY, "--json", *argv)[:2] == (0, "[]\n")


def test_a_list_that_is_not_there_cannot_be_read(run: Run) -> None:
    code, out, err = run("calendar")
    assert (code, out) == (3, "")
    assert err


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_damaged_entries_are_told_on_stderr_and_the_rest_is_printed(run: Run, path: Path, form: list[str]) -> None:
    path.write_text(entry("Sideways", status="sideways") + dated("Night Ferry", "2026-12-24"))
    code, out, err = run("calendar", "--as-of", MONDAY, *form)
    assert code == 0
    assert "Night Ferry" in out
    assert "Sideways" not in out
    assert err.startswith(f"{path}:3: ")


def test_what_was_claimed_later_is_not_known_on_a_day_of_the_past(run: Run, path: Path) -> None:
    story = (
        claim("2025-01-10", "announced", "2026"),
        claim("2026-02-01", "scheduled", "2026-05-14"),
        claim("2026-08-01", "released", "2026-08-01"),
    )
    path.write_text(entry("A", *story) + entry("Not Yet Known", claim("2026-07-01", "scheduled", "2026-07-10")))
    known = {day: entries(run, on=day) for day in ("2025-06-01", "2026-03-01", "2026-06-01", MONDAY)}
    assert {day: [(one["id"], one["group"], one["status"]) for one in found] for day, found in known.items()} == {
        "2025-06-01": [("a", "2026", "announced")],
        "2026-03-01": [("a", "Thu 14 May 2026", "scheduled")],
        "2026-06-01": [("a", "Overdue", "scheduled")],
        MONDAY: [("not-yet-known", "Overdue", "scheduled")],
    }


@pytest.mark.parametrize("argv", [["--as-of", MONDAY, "calendar"], ["calendar", "--as-of", MONDAY]])
def test_the_day_may_stand_on_either_side_of_the_command(run: Run, path: Path, argv: list[str]) -> None:
    path.write_text(dated("First Light", "2026-11-23"))
    assert headings(run(*argv)[1]) == ["Mon 23 Nov 2026 · today"]


def test_without_a_day_it_is_today(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(ALL)
    stand_on(monkeypatch, "2026-12-24")
    assert headings(run("calendar", "ferry")[1]) == ["Thu 24 Dec 2026 · today"]


def test_titles_are_aligned_in_cells_whatever_the_script(run: Run, path: Path) -> None:
    path.write_text("".join(dated(title, "2026-12-24", id=f"n{n}") for n, title in enumerate(HOSTILE)))
    rows = run("calendar", "--as-of", MONDAY)[1].splitlines()[1:]
    assert len(rows) == len(HOSTILE)
    assert all(any(title in row for row in rows) for title in HOSTILE)
    assert len({cells(row.partition("24 Dec 2026")[0]) for row in rows}) == 1
    assert len({cells(row) for row in rows}) == 1


def test_titles_are_aligned_over_all_headings(run: Run, path: Path) -> None:
    path.write_text(dated("가나다", "2026-12-24") + dated("A", "2026-12-25") + dated("ソウルメイト", "2026-12-26"))
    rows = [line for line in run("calendar", "--as-of", MONDAY)[1].splitlines() if line.startswith(" ")]
    assert len({cells(row.partition(" Dec 2026")[0]) for row in rows}) == 1


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_escape_sequence_of_the_file_reaches_the_terminal(run: Run, path: Path, form: list[str]) -> None:
    path.write_text(dated(ESCAPE, "2026-12-24", id="x", networks=[ESCAPE], ids={"tvmaze": 7}))
    code, out, err = run("calendar", "--as-of", MONDAY, *form)
    assert code == 0
    assert out.count("]52;c;Zm9v") == 2
    assert not any(char in out + err for char in "\x1b\x07\x9b")


def test_the_signs_may_be_ascii(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(dated("Night Ferry", "2026-12-24"))
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert run("calendar", "--as-of", MONDAY)[1].splitlines()[1].startswith("  d Night Ferry")


def test_looking_at_the_past_leaves_the_file_as_it_is(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), status="scheduled", release="2028"))
    before = path.read_bytes()
    run("calendar", "--as-of", MONDAY)
    assert path.read_bytes() == before


def test_a_pipe_gets_no_colour_and_whole_titles(path: Path) -> None:
    title = "The very long story of a ferry that came late and later and later still"
    path.write_text(dated(title, "2026-12-24", networks=["Harbour TV"]))
    printed = into_a_pipe(path, "calendar", "--as-of", MONDAY)
    assert printed.splitlines()[1].startswith(f"  ◆ {title}  24 Dec 2026  ")
    assert "\x1b" not in printed


def test_a_terminal_gets_colour_unless_no_color_says_otherwise(path: Path) -> None:
    path.write_text(ALL)
    assert "\x1b[" in on_a_terminal(path, "calendar", "--as-of", MONDAY)
    plain = on_a_terminal(path, "calendar", "--as-of", MONDAY, NO_COLOR="1")
    assert "Night Ferry" in plain
    assert "\x1b" not in plain


def airing(title: str, **fields: object) -> str:
    return dated(title, "2026-10-05", "airing", **fields)


def test_the_next_episode_of_what_is_on_air_stands_under_its_day(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(airing("Tide", ids={"tvmaze": 7}, networks=["Lumen"]) + dated("Night Ferry", "2026-11-30"))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-28", "2026-11-28T13:00")})
    stand_on(monkeypatch, MONDAY)
    with zone("KST-9"):
        assert squeezed(run("calendar")[1]) == [
            "Sat 28 Nov 2026",
            "▶ Tide S1E8 22:00 Lumen",
            "Mon 30 Nov 2026",
            "◆ Night Ferry 30 Nov 2026 in 7 days",
        ]


@pytest.mark.parametrize(
    ("name", "heading", "words"),
    [("KST-9", "Tue 24 Nov 2026", "S1E8 00:30"), ("EST5", "Mon 23 Nov 2026 · today", "S1E8 10:30")],
)
def test_an_episode_stands_under_the_day_of_the_machine(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, name: str, heading: str, words: str
) -> None:
    path.write_text(airing("Tide", ids={"tvmaze": 7}))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-24", "2026-11-23T15:30")})
    stand_on(monkeypatch, MONDAY)
    with zone(name):
        assert run("calendar")[1] == f"{heading}\n  ▶ Tide  {words}\n"


def test_an_episode_that_was_yesterday_here_does_not_come(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(airing("Tide", ids={"tvmaze": 7}))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-23", "2026-11-23T01:00")})
    stand_on(monkeypatch, MONDAY)
    with zone("EST5"):
        out = run("calendar")[1]
    assert "22 Nov 2026" not in out
    assert "S1E8" not in out


def test_an_episode_in_json_is_iso_and_its_moment_utc(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(airing("A", ids={"tvmaze": 7}) + airing("B", ids={"tvmaze": 8}))
    heard(
        path,
        {
            "tvmaze:7": episode(1, 8, "2026-11-24", "2026-11-24T13:00", "The “Harbour”"),
            "tvmaze:8": episode(None, None, "2026-11-26"),
        },
    )
    stand_on(monkeypatch, MONDAY)
    with zone("KST-9"):
        first, second = json.loads(run("calendar", "--json")[1])
    assert first["group"] == "Tue 24 Nov 2026"
    assert first["episode"] == {
        "season": 1, "number": 8, "title": "The “Harbour”", "on": "2026-11-24", "at": "2026-11-24T13:00:00+00:00",
    }  # fmt: skip
    assert [second["episode"][key] for key in ("season", "number", "on", "at")] == [None, None, "2026-11-26", None]


def test_what_comes_on_one_day_is_in_the_order_of_its_hours(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(airing("Late", ids={"tvmaze": 7}) + airing("Noon", ids={"tvmaze": 8}) + dated("Day", "2026-11-24"))
    heard(
        path,
        {
            "tvmaze:7": episode(1, 8, "2026-11-24", "2026-11-24T23:30"),
            "tvmaze:8": episode(1, 9, "2026-11-24", "2026-11-24T12:00"),
        },
    )
    stand_on(monkeypatch, MONDAY)
    with zone("UTC0"):
        found = [one["id"] for one in json.loads(run("calendar", "--json")[1])]
    assert found == ["day", "noon", "late"]


def test_a_service_moves_no_date_that_counts(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(dated("A", "2026-12-24", ids={"tvmaze": 7}) + dated("Late", "2026-05-14", ids={"tvmaze": 8}))
    heard(path, {"tvmaze:7": episode(1, 1, "2026-12-30"), "tvmaze:8": episode(1, 1, "2026-12-30")})
    stand_on(monkeypatch, MONDAY)
    assert headings(run("calendar")[1]) == ["Overdue", "Thu 24 Dec 2026"]


def test_the_first_episode_is_named_beside_a_date_on_its_day(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(dated("A", "2026-12-24", ids={"tvmaze": 7}))
    heard(path, {"tvmaze:7": episode(1, 1, "2026-12-24", "2026-12-24T20:00")})
    stand_on(monkeypatch, MONDAY)
    with zone("UTC0"):
        assert "S1E1 20:00" in run("calendar")[1]


@pytest.mark.parametrize(("months", "found"), [("1", ["a"]), ("2", ["a", "b"])])
def test_an_episode_counts_for_the_months_by_its_day(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, months: str, found: list[str]
) -> None:
    path.write_text(airing("A", ids={"tvmaze": 7}) + airing("B", ids={"tvmaze": 8}))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-30"), "tvmaze:8": episode(1, 8, "2026-12-01")})
    stand_on(monkeypatch, MONDAY)
    assert [one["id"] for one in json.loads(run("calendar", "--json", "--months", months)[1])] == found


def test_an_episode_of_what_is_cancelled_does_not_come(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(dated("A", "2026-10-05", "cancelled", ids={"tvmaze": 7}))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-24")})
    stand_on(monkeypatch, MONDAY)
    assert run("calendar", "--json")[1] == "[]\n"


def test_a_day_of_the_past_knows_no_episodes(run: Run, path: Path) -> None:
    path.write_text(dated("A", "2026-12-24", ids={"tvmaze": 7}) + airing("B", ids={"tvmaze": 8}))
    heard(path, {"tvmaze:7": episode(1, 1, "2026-12-24"), "tvmaze:8": episode(1, 8, "2026-11-24")})
    assert "S1E" not in run("calendar", "--as-of", MONDAY)[1]
    assert {found["episode"] for found in entries(run)} == {None}


def test_a_file_of_the_services_that_cannot_be_read_stops_nothing(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(dated("A", "2026-12-24", ids={"tvmaze": 7}))
    stand_on(monkeypatch, MONDAY)
    damaged = witness_path(Paths(path).state, path)
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"no database")
    assert headings(run("calendar")[1]) == ["Thu 24 Dec 2026"]
