from __future__ import annotations

import json
from datetime import UTC, date, datetime
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
from tracker.model.episode import Episode
from tracker.paths import Paths
from tracker.store.naming import witness_path
from tracker.text import cells

MONDAY = "2026-11-23"
WEEK = (
    entry("Quiet Tide", claim("2026-11-23", "filming", "2028"))
    + entry("Paper Moon", claim("2026-03-01", "scheduled", "2026-11-26"))
    + entry("Salt Road", claim("2026-03-01", "filming", "2026-11-20"))
    + entry("Night Ferry", claim("2026-03-01", "scheduled", "2026-11-23"), networks=["Harbour TV"])
    + entry("Far Shore", claim("2026-03-01", "announced", "2027"))
)


def lines(run: Run, *argv: str, on: str = MONDAY) -> list[dict[str, Any]]:
    code, out, err = run("--as-of", on, "today", "--json", *argv)
    assert (code, err) == (0, "")
    return list(json.loads(out))


def kinds(run: Run, *argv: str, on: str = MONDAY) -> dict[str, list[str]]:
    return {line["id"]: line["kinds"] for line in lines(run, *argv, on=on)}


def text_of(run: Run, *argv: str, on: str = MONDAY) -> str:
    [line] = lines(run, *argv, on=on)
    return str(line["text"])


def test_each_show_of_which_there_is_something_to_tell_has_one_line(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    code, out, err = run("today", "--as-of", MONDAY)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "today      ◆ Night Ferry  comes out today",
        "overdue    ◑ Salt Road    20 Nov 2026 has passed; nobody says that it is out",
        "this week  ◆ Paper Moon   Thu 26 Nov",
        "changed    ◑ Quiet Tide   filming, 2028",
    ]


def test_a_line_in_json_has_exactly_the_promised_values(run: Run, path: Path) -> None:
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


def test_json_has_the_lines_of_the_text_in_their_order(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    told = run("today", "--as-of", MONDAY)[1].splitlines()
    for line, text in zip(lines(run), told, strict=True):
        assert line["title"] in text
        assert text.endswith(line["text"])


def test_what_nobody_said_is_null_in_json(run: Run, path: Path) -> None:
    path.write_text(
        entry("Dateless", claim("2026-11-23", "filming")) + entry("Unstated", claim("2026-11-23", "", "2028"))
    )
    told = {line["id"]: (line["status"], line["window"]) for line in lines(run)}
    assert told["dateless"] == ("filming", None)
    assert told["unstated"][0] is None


def test_tba_has_no_days_in_json(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-11-23", "", "TBA")))
    [line] = lines(run)
    assert (line["window"]["earliest"], line["window"]["latest"]) == (None, None)


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("2026-11-14", []), ("2026-11-15", []), ("2026-11-17", ["overdue"]), ("2026-11-22", ["overdue"]),
        ("2026-11-23", ["today"]), ("2026-11-24", ["week"]), ("2026-11-29", ["week"]), ("2026-11-30", []),
    ],
)  # fmt: skip
def test_seven_days_are_a_week_with_today_among_them(run: Run, path: Path, release: str, expected: list[str]) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", release)))
    assert kinds(run).get("a", []) == expected


def test_the_days_go_over_the_end_of_the_year(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", "2027-01-02")))
    assert text_of(run, on="2026-12-31") == "Sat 2 Jan"


@pytest.mark.parametrize(
    ("release", "day", "expected"),
    [
        ("2026-11", "2026-11-23", []), ("2026-11", "2026-11-24", ["week"]), ("2026-11", "2026-11-30", ["week"]),
        ("2026-11", "2026-12-01", ["overdue"]), ("2026-11", "2026-12-09", []), ("2026", "2026-12-28", ["week"]),
        ("2026", "2027-01-03", ["overdue"]), ("2026", "2027-02-01", []), ("2026-Q3", "2026-10-02", ["overdue"]),
    ],
)  # fmt: skip
def test_a_vague_date_counts_by_its_last_day_and_is_never_out_today(
    run: Run, path: Path, release: str, day: str, expected: list[str]
) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", release)))
    assert kinds(run, on=day).get("a", []) == expected


def test_a_vague_date_keeps_its_words(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", "2026-11")))
    assert text_of(run, on="2026-11-25") == "Nov 2026, within 5 days"
    assert text_of(run, on="2026-12-01").startswith("Nov 2026 has passed")


@pytest.mark.parametrize(
    ("status", "words"), [("scheduled", "comes out today"), ("airing", "is out today"), ("released", "is out today")]
)
def test_only_what_somebody_says_is_out_is_out(run: Run, path: Path, status: str, words: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", status, "2026-11-23")))
    assert text_of(run) == words


@pytest.mark.parametrize("status", ["airing", "released", "cancelled"])
@pytest.mark.parametrize("release", ["2026-11-20", "2026-11-26", "2026-11"])
def test_what_is_out_or_off_is_neither_missed_nor_to_come(run: Run, path: Path, status: str, release: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", status, release)))
    assert lines(run) == []


def test_what_is_cancelled_does_not_come_out_today(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", "2026-11-23"), claim("2026-04-01", "cancelled")))
    assert lines(run) == []


@pytest.mark.parametrize("status", ["rumored", "announced", "filming", "postponed", "hiatus", ""])
def test_whatever_is_not_out_is_newly_overdue_after_its_day(run: Run, path: Path, status: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", status, "2026-11-22")))
    assert kinds(run) == {"a": ["overdue"]}


@pytest.mark.parametrize(
    ("said_on", "is_told"), [("2026-11-23", True), ("2026-11-17", True), ("2026-11-15", False), ("2026-11-24", False)]
)
def test_what_was_said_within_a_week_has_changed(run: Run, path: Path, said_on: str, is_told: bool) -> None:
    path.write_text(entry("A", claim("2026-03-01", "announced"), claim(said_on, "filming")))
    assert (kinds(run) == {"a": ["changed"]}) is is_told


def test_what_is_dated_later_than_today_has_not_changed_yet(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (claim("2026-03-01", "announced"), claim("2026-11-22", note="a picture"), claim("2026-11-24", "filming"))
    path.write_text(entry("A", *said))
    stand_on(monkeypatch, MONDAY)
    assert run("today", "--json")[1] == "[]\n"


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (claim("2026-11-22", "post-production"), "post-production"),
        (claim("2026-11-22", "cancelled"), "cancelled"),
        (claim("2026-11-22", "released"), "released"),
        (claim("2026-11-22", "", "2028"), "2028 (slipped 366 days from 2027)"),
        (claim("2026-11-22", "", "2026"), "2026 (brought forward 365 days from 2027)"),
        (claim("2026-11-22", "", "2027-05"), "May 2027 (narrowed from 2027)"),
        (claim("2026-11-22", "", "TBA"), "TBA (2027 withdrawn)"),
        (claim("2026-11-22", "scheduled", "2027-05-14"), "scheduled, 14 May 2027 (narrowed from 2027)"),
    ],
)
def test_a_change_is_told_with_what_it_did(run: Run, path: Path, later: str, words: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), later))
    [line] = lines(run)
    assert (line["kinds"], line["text"]) == (["changed"], words)


@pytest.mark.parametrize(
    "later",
    [
        claim("2026-11-22", "filming"),
        claim("2026-11-22", "", "2027-Q3", source="Harbour Post"),
        claim("2026-11-22", "", "2027", source="Evening Paper"),
        claim("2026-11-22", note="a picture from the set"),
        claim("", "scheduled"),
    ],
)
def test_what_only_says_the_same_again_is_no_change(run: Run, path: Path, later: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027-Q3", source="Harbour Post"), later))
    assert lines(run) == []


@pytest.mark.parametrize(
    ("release", "first"), [("2026-11-23", "today"), ("2026-11-26", "week"), ("2026-11-22", "overdue")]
)
def test_a_show_of_two_kinds_has_one_line_with_what_matters_most_first(
    run: Run, path: Path, release: str, first: str
) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", release), claim("2026-11-21", "post-production")))
    [line] = lines(run)
    assert line["kinds"] == [first, "changed"]
    assert line["text"].endswith("; post-production")
    assert len(run("today", "--as-of", MONDAY)[1].splitlines()) == 1


def test_within_the_week_the_nearest_comes_first(run: Run, path: Path) -> None:
    days = ["2026-11-28", "2026-11-24", "2026-11-26"]
    path.write_text("".join(entry(day[-2:], claim("2026-03-01", "scheduled", day)) for day in days))
    assert list(kinds(run)) == ["24", "26", "28"]


def test_what_was_claimed_later_is_not_known_on_a_day_of_the_past(run: Run, path: Path) -> None:
    story = (claim("2026-03-01", "scheduled", "2026-06-10"), claim("2026-06-09", "postponed", "2026-11-24"))
    path.write_text(entry("A", *story) + entry("Not Yet Known", claim("2026-07-01", "scheduled", "2026-06-10")))
    assert [(line["id"], line["text"]) for line in lines(run, on="2026-06-07")] == [("a", "Wed 10 Jun")]
    assert kinds(run, on="2026-06-10") == {"a": ["changed"]}
    assert kinds(run) == {"a": ["week"]}


@pytest.mark.parametrize("argv", [["--as-of", MONDAY, "today"], ["today", "--as-of", MONDAY]])
def test_the_day_may_stand_on_either_side_of_the_command(run: Run, path: Path, argv: list[str]) -> None:
    path.write_text(WEEK)
    assert len(run(*argv)[1].splitlines()) == 4


def test_without_a_day_it_is_today(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(WEEK)
    stand_on(monkeypatch, "2026-11-26")
    assert run("today", "moon")[1] == "today      ◆ Paper Moon  comes out today\n"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["ferry"], ["night-ferry"]),
        (["-status:scheduled"], ["salt-road", "quiet-tide"]),
        (["-status:scheduled", "-ROAD"], ["quiet-tide"]),
        (["is:overdue"], ["salt-road"]),
        (["net:harbour"], ["night-ferry"]),
        (["-is:overdue", "-net:harbour"], ["paper-moon", "quiet-tide"]),
    ],
)
def test_a_query_chooses_the_shows(run: Run, path: Path, query: list[str], found: list[str]) -> None:
    path.write_text(WEEK)
    assert list(kinds(run, *query)) == found


def test_options_may_stand_behind_a_query_that_begins_with_a_minus(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    code, out, _ = run("today", "-status:scheduled", "--json", "--exit-code", "--as-of", MONDAY)
    assert (code, [line["id"] for line in json.loads(out)]) == (0, ["salt-road", "quiet-tide"])


@pytest.mark.parametrize(
    ("argv", "code"),
    [(["ferry"], 0), (["--exit-code", "ferry"], 0), (["shore"], 0), (["--exit-code", "shore"], 1),
     (["--exit-code", "zeppelin"], 1), (["zeppelin"], 0)],
)  # fmt: skip
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_exit_code_tells_whether_there_is_something_only_if_asked(
    run: Run, path: Path, argv: list[str], code: int, form: list[str]
) -> None:
    path.write_text(WEEK)
    assert run("today", "--as-of", MONDAY, *form, *argv)[0] == code


def test_the_exit_code_changes_nothing_that_is_printed(run: Run, path: Path) -> None:
    path.write_text(WEEK)
    assert run("today", "--as-of", MONDAY, "--exit-code") == run("today", "--as-of", MONDAY)


@pytest.mark.parametrize("query", ["status:sideways", "colour:red", '"open'])
def test_a_query_that_makes_no_sense_is_told_apart_from_nothing_to_tell(run: Run, path: Path, query: str) -> None:
    path.write_text(WEEK)
    code, out, err = run("today", "--exit-code", query)
    assert (code, out) == (2, "")
    assert err.startswith("tracker: ")


def test_a_list_that_is_not_there_is_told_apart_from_nothing_to_tell(run: Run) -> None:
    code, out, err = run("today", "--exit-code")
    assert (code, out) == (3, "")
    assert err


@pytest.mark.parametrize("text", ["", "format = 1\n", entry("Far Shore", claim("2026-03-01", "announced", "2027"))])
def test_where_there_is_nothing_to_tell_nothing_is_printed(run: Run, path: Path, text: str) -> None:
    path.write_text(text)
    assert run("today", "--as-of", MONDAY)[:2] == (0, "")
    assert run("today", "--as-of", MONDAY, "--json")[:2] == (0, "[]\n")


def test_a_damaged_entry_keeps_no_other_from_being_told(run: Run, path: Path) -> None:
    path.write_text(entry("Sideways", status="sideways") + WEEK)
    code, out, _ = run("today", "--as-of", MONDAY)
    assert (code, len(out.splitlines())) == (0, 4)
    assert len(json.loads(run("today", "--as-of", MONDAY, "--json")[1])) == 4


def test_titles_are_aligned_in_cells_whatever_the_script(run: Run, path: Path) -> None:
    said = claim("2026-03-01", "scheduled", "2026-11-26")
    path.write_text("".join(entry(title, said, id=f"n{number}") for number, title in enumerate(HOSTILE)))
    rows = run("today", "--as-of", MONDAY)[1].splitlines()
    assert len(rows) == len(HOSTILE)
    assert all(any(title in row for row in rows) for title in HOSTILE)
    assert len({cells(row.removesuffix("Thu 26 Nov")) for row in rows}) == 1


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_escape_sequence_of_the_file_reaches_the_terminal(run: Run, path: Path, form: list[str]) -> None:
    path.write_text(entry(ESCAPE, claim("2026-11-20", "scheduled", "2026-11-26"), id="x", networks=[ESCAPE]))
    code, out, err = run("today", "--as-of", MONDAY, *form)
    assert code == 0
    assert "]52;c;Zm9v" in out
    assert not any(char in out + err for char in "\x1b\x07\x9b")


def test_a_title_of_two_lines_takes_one(run: Run, path: Path) -> None:
    path.write_text(entry("Night\nFerry\ttwo", claim("2026-03-01", "scheduled", "2026-11-23")))
    assert run("today", "--as-of", MONDAY)[1] == "today      ◆ Night Ferry two  comes out today\n"


def test_the_signs_may_be_ascii(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(WEEK)
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert run("today", "--as-of", MONDAY)[1].isascii()


def test_looking_leaves_the_file_as_it_is(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), status="released"))
    before = path.read_bytes()
    run("today", "--as-of", MONDAY)
    assert path.read_bytes() == before


def test_an_edit_by_hand_is_a_change_of_today(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2020"), status="released", release="2020"))
    code, out, err = run("today")
    assert (code, out) == (0, "changed    ● A  released\n")
    assert err


def test_a_pipe_gets_no_colour_and_everything_whole(path: Path) -> None:
    title = "The very long story of a ferry that came late and later and later still"
    path.write_text(entry(title, claim("2026-11-21", "scheduled", "2026-11-23")))
    assert into_a_pipe(path, "today", "--as-of", MONDAY) == (
        f"today      ◆ {title}  comes out today; scheduled, 23 Nov 2026\n"
    )


def test_a_terminal_gets_colour_unless_no_color_says_otherwise(path: Path) -> None:
    path.write_text(WEEK)
    assert "\x1b[" in on_a_terminal(path, "today", "--as-of", MONDAY)
    plain = on_a_terminal(path, "today", "--as-of", MONDAY, NO_COLOR="1")
    assert "comes out today" in plain
    assert "\x1b" not in plain


def test_a_line_fits_on_a_terminal(path: Path) -> None:
    said = (claim("2026-03-01", "filming", "2026-11-20"), claim("2026-11-21", "scheduled", "2026-11-26"))
    path.write_text("".join(entry(title * 3, *said) for title in ("Night Ferry ", "ソウルメイト", "가나다")))
    printed = on_a_terminal(path, "today", "--as-of", MONDAY, columns=80, NO_COLOR="1").splitlines()
    assert len(printed) == 3
    assert all(cells(line) <= 80 for line in printed)


AIRING = entry("Night Ferry", claim("2026-03-01", "airing", "2026-10-05"), ids={"tvmaze": 7})


@pytest.mark.parametrize(
    ("name", "at", "on", "words"),
    [
        ("KST-9", "2026-11-23T13:00", "2026-11-23", "S1E8 22:00 today"),
        ("KST-9", "2026-11-22T15:30", "2026-11-23", "S1E8 00:30 today"),
        ("EST5", "2026-11-24T01:00", "2026-11-23", "S1E8 20:00 today"),
        ("EST5", "2026-11-24T04:59", "2026-11-24", "S1E8 23:59 today"),
        ("KST-9", "2026-11-24T01:00", "2026-11-23", "S1E8 10:00 Tue 24 Nov"),
        ("EST5", "2026-11-24T13:00", "2026-11-25", "S1E8 08:00 Tue 24 Nov"),
        ("UTC0", "", "2026-11-23", "S1E8 today"),
        ("UTC0", "", "2026-11-29", "S1E8 Sun 29 Nov"),
    ],
)
def test_an_episode_is_told_by_the_clock_of_the_machine(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, name: str, at: str, on: str, words: str
) -> None:
    path.write_text(AIRING)
    heard(path, {"tvmaze:7": episode(1, 8, on, at)})
    stand_on(monkeypatch, MONDAY)
    with zone(name):
        [line] = json.loads(run("today", "--json")[1])
    assert (line["text"], line["kinds"]) == (words, ["today" if words.endswith("today") else "week"])


@pytest.mark.parametrize(
    ("season", "number", "words"),
    [(2, 1, "S2E1 today"), (None, 12, "E12 today"), (None, None, "next episode today")],
)
def test_an_episode_is_named_as_far_as_it_is_known(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, season: int | None, number: int | None, words: str
) -> None:
    path.write_text(AIRING)
    heard(path, {"tvmaze:7": episode(season, number, MONDAY)})
    stand_on(monkeypatch, MONDAY)
    assert run("today")[1] == f"today      ▶ Night Ferry  {words}\n"


@pytest.mark.parametrize("on", ["2026-11-22", "2026-11-30", ""])
def test_an_episode_of_the_past_or_a_later_week_is_not_told(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, on: str
) -> None:
    path.write_text(AIRING)
    heard(path, {"tvmaze:7": episode(1, 8, on)})
    stand_on(monkeypatch, MONDAY)
    assert run("today") == (0, "", "")


def test_an_episode_that_was_yesterday_here_is_not_told(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(AIRING)
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-23", "2026-11-23T01:00")})
    stand_on(monkeypatch, MONDAY)
    with zone("EST5"):
        assert run("today") == (0, "", "")


def test_an_episode_and_a_change_stand_on_one_line(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(AIRING + claim("2026-11-22", "hiatus"))
    heard(path, {"tvmaze:7": episode(1, 8, "2026-11-25")})
    stand_on(monkeypatch, MONDAY)
    assert run("today")[1] == "this week  ≡ Night Ferry  S1E8 Wed 25 Nov; hiatus\n"


def test_the_soonest_of_two_services_is_told(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(entry("A", claim("2026-03-01", "airing", "2026-10-05"), ids={"tvmaze": 7, "tmdb": "tv/9"}))
    heard(path, {"tvmaze:7": episode(1, 9, "2026-11-29"), "tmdb:tv/9": episode(1, 8, "2026-11-24")})
    stand_on(monkeypatch, MONDAY)
    assert run("today")[1].endswith("  S1E8 Tue 24 Nov\n")


def test_no_episode_is_told_of_what_is_cancelled_or_not_linked(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = claim("2026-03-01", "cancelled", "2026-10-05")
    path.write_text(entry("Off", said, ids={"tvmaze": 7}) + entry("Unlinked", claim("2026-03-01", "airing")))
    heard(path, {"tvmaze:7": episode(1, 8, MONDAY), "tvmaze:8": episode(1, 8, MONDAY)})
    stand_on(monkeypatch, MONDAY)
    assert run("today") == (0, "", "")


def test_a_day_of_the_past_knows_no_episodes(run: Run, path: Path) -> None:
    path.write_text(AIRING)
    heard(path, {"tvmaze:7": episode(1, 8, MONDAY)})
    assert lines(run) == []


def test_a_file_of_the_services_that_cannot_be_read_stops_nothing(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(WEEK)
    stand_on(monkeypatch, MONDAY)
    damaged = witness_path(Paths(path).state, path)
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"no database")
    code, out, _ = run("today")
    assert (code, len(out.splitlines())) == (0, 4)


@pytest.mark.parametrize(
    ("where", "day", "on", "at", "told"),
    [
        ("KST-9", "2026-11-23", date(2026, 11, 22), datetime(2026, 11, 23, 2, tzinfo=UTC), "S1E3 11:00 today"),
        ("EST5", "2026-11-24", date(2026, 11, 24), datetime(2026, 11, 24, 1, tzinfo=UTC), ""),
        ("KST-9", "2026-11-23", date(2026, 11, 23), datetime(9999, 12, 31, 23, tzinfo=UTC), "S1E3 today"),
    ],
)
def test_an_episode_is_today_where_the_clock_stands_whatever_day_the_network_has(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, where: str, day: str, on: date, at: datetime, told: str
) -> None:
    path.write_text(entry("A", claim("2026-03-01", "airing", "2026-10-01"), ids={"tvmaze": 1}))
    heard(path, {"tvmaze:1": Episode(1, 3, "", on, at)})
    stand_on(monkeypatch, day)
    with zone(where):
        assert run("today")[1] == (f"today      ▶ A  {told}\n" if told else "")
        [found] = json.loads(run("calendar", "--json")[1]) if told else [{"day": day}]
        assert found["day"] == day


def test_what_is_put_off_does_not_come_on_its_old_day_but_on_its_new_one(run: Run, path: Path) -> None:
    was = claim("2026-03-01", "scheduled", "2026-11-23")
    path.write_text(
        entry("Old", was, claim("2026-11-01", "postponed"))
        + entry("New", was, claim("2026-11-01", "postponed", "2026-11-25"))
    )
    assert text_of(run) == "Wed 25 Nov"


def test_around_a_day_is_not_that_day(run: Run, path: Path) -> None:
    path.write_text(entry("A", claim("2026-03-01", "scheduled", "~2026-11-23")))
    assert text_of(run) == "around Mon 23 Nov"


def test_an_episode_hides_neither_a_date_nor_that_it_was_missed(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(
        entry("Dated", claim("2026-03-01", "scheduled", "2026-11-25"), ids={"tvmaze": 1})
        + entry("Missed", claim("2026-03-01", "scheduled", "2026-11-20"), ids={"tvmaze": 2})
    )
    heard(path, {f"tvmaze:{key}": Episode(1, key, "", date(2026, 11, 27)) for key in (1, 2)})
    stand_on(monkeypatch, MONDAY)
    assert [(line["kinds"], line["text"]) for line in json.loads(run("today", "--json")[1])] == [
        (["overdue", "week"], "20 Nov 2026 has passed; nobody says that it is out; S1E2 Fri 27 Nov"),
        (["week"], "Wed 25 Nov; S1E1 Fri 27 Nov"),
    ]
