from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from tests.fake_sources import shows
from tests.fake_sources.shows import Release
from tests.service.conftest import Home

BAKERY = "tmdb:movie/205"
READING = (
    ("list", "--json"), ("list", "is:slipped"), ("show", "night-bakery"), ("today",), ("calendar", "--json"),
    ("slips",), ("check",), ("export", "ics", "-"), ("news",),
)  # fmt: skip


def listed(home: Home, *words: str) -> dict[str, Any]:
    ran = home.run("show", "night-bakery", "--json", *words)
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


@pytest.mark.parametrize(
    ("settings", "release", "claimed"),
    [
        ({"region": "DE"}, "2027-02-11", {"2027-02-11 cinema DE", "2027-05-20 digital DE"}),
        ({"region": "DE", "prefer": ["digital"]}, "2027-05-20", {"2027-02-11 cinema DE", "2027-05-20 digital DE"}),
        ({"region": "US"}, "2027-01-01", {"2027-01-01 cinema US", "2027-06-01 disc US"}),
        # Its home is Korea.
        ({"region": "NZ"}, "2026-12-10", {"2026-12-03 premiere KR", "2026-12-10 cinema KR"}),
        ({}, "2026-12-10", {"2026-12-03 premiere KR", "2026-12-10 cinema KR"}),
    ],
)
def test_add_a_film_that_comes_out_in_five_countries(
    home: Home, settings: dict[str, Any], release: str, claimed: set[str]
) -> None:
    home.ask("tmdb", **settings)
    assert home.run("add", "--from", BAKERY).code == 0
    told = listed(home)
    assert (told["window"]["text"], told["status"], told["slips"], told["overdue"]) == (release, "scheduled", 0, False)
    assert {f"{claim['release']} {claim['medium']} {claim['region']}" for claim in told["history"]} == claimed
    releases = told["releases"]
    assert len({one["region"] for one in releases}) == 5
    assert {one["medium"] for one in releases} == {"premiere", "cinema", "digital", "disc", "tv"}
    assert [one["window"]["text"] for one in releases if one["counts"]] == [release]


def test_settings_change_what_counts_and_nothing_else(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    home.run("status", "night-bakery", "scheduled", "--release", "2027-03-18", "--source", "Lumen", "--region", "DE",
             "--medium", "cinema")  # fmt: skip
    home.run(
        "status", "night-bakery", "released", "--region", "South Korea", "--medium", "cinema", "--release", "today"
    )
    file, before = home.path.read_bytes(), listed(home)
    assert (before["window"]["text"], before["slips"], before["status"]) == ("2027-03-18", 1, "scheduled")
    seen = set()
    for region, prefer in product(("DE", "KR", "NZ", "US"), ([], ["digital"], ["disc", "premiere"])):
        home.ask("tmdb", region=region, prefer=prefer)
        told = listed(home)
        seen.add((told["status"], told["window"]["text"]))
        assert not any(claim["by_hand"] for claim in told["history"])
        for words in READING:
            ran = home.run(*words)
            assert (ran.code, "by hand" in ran.out + ran.err) == (0, False), words
        assert home.run("note").out + home.run("note").err != ""
        assert home.path.read_bytes() == file
    assert len(seen) > 2
    home.ask("tmdb", region="DE")
    assert listed(home) == before


def test_edit_under_another_setting_is_undone(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    file = home.path.read_bytes()
    home.ask("tmdb", region="KR", prefer=["premiere"])
    home.run("set", "night-bakery", "rating=8")
    assert home.path.read_bytes().replace(b"rating = 8\n", b"") == file
    home.run("undo")
    assert home.path.read_bytes() == file


def refresh(home: Home) -> list[tuple[str, str]]:
    """Return grade and text of the news of a day later."""
    home.later(days=1)
    assert home.run("refresh", "--force").code == 0
    news = [(one["grade"], one["text"]) for one in json.loads(home.run("news", "--json").out)]
    home.run("news", "--mark-seen")
    return news


def move(home: Home, *changed: Release) -> None:
    """Give the film these dates instead of those it began with."""
    tracks = {(one.country, one.type) for one in changed}
    kept = (one for one in shows.BAKERY.releases if (one.country, one.type) not in tracks)
    home.fake_sources.change("tmdb", "movie/205", releases=(*kept, *changed))


def test_refresh_tells_of_the_dates_of_the_country_that_counts(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    assert refresh(home) == []
    move(home, Release("DE", "2027-03-18"), Release("FR", "2027-03-10"), Release("KR", "2027-01-05"))
    assert refresh(home) == [("loud", "18 Mar 2027 cinema in DE (slipped 35 days from 11 Feb 2027)")]
    move(home, Release("DE", "2027-03-18"), Release("DE", "2027-12-24", 6), Release("DE", "2027-06-10", 4))
    assert refresh(home) == [
        ("normal", "10 Jun 2027 digital in DE (slipped 21 days from 20 May 2027); 24 Dec 2027 tv in DE")
    ]
    told = listed(home)
    assert (told["window"]["text"], told["slips"], told["slipped_days"]) == ("2027-03-18", 1, 35)


def test_date_that_is_withdrawn_counts_no_more(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    elsewhere = [one for one in shows.BAKERY.releases if one.country != "DE"]
    for dates, told, window in (
        ([Release("DE", "2027-05-20", 4)], "TBA cinema in DE (11 Feb 2027 withdrawn)", "2027-05-20"),
        ([], "TBA digital in DE (20 May 2027 withdrawn)", "2026-12-10"),
        ([Release("DE", "2027-03-11")], "11 Mar 2027 cinema in DE (slipped 28 days from 11 Feb 2027)", "2027-03-11"),
    ):
        home.later(days=5)
        home.fake_sources.change("tmdb", "movie/205", releases=(*elsewhere, *dates))
        [(grade, text), *_] = refresh(home)
        assert (grade, told in text, listed(home)["window"]["text"]) == ("loud", True, window), text
    home.fake_sources.change("tmdb", "movie/205", releases=(), premiered="2026-12-03")
    assert refresh(home) == []  # an answer without any country


def test_refresh_after_a_change_of_settings_is_quiet(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    home.ask("tmdb", region="KR", prefer=["premiere"])
    assert [grade for grade, _ in refresh(home)] == ["quiet"]
    told, file = listed(home), home.path.read_bytes()
    assert (told["window"]["text"], told["slips"], len(told["history"])) == ("2026-12-03", 0, 4)
    home.ask("tmdb", region="DE")
    assert refresh(home) == []
    assert (listed(home)["window"]["text"], home.path.read_bytes()) == ("2027-02-11", file)
    home.ask("tmdb", region="KR", prefer=["premiere"])
    assert (refresh(home), home.path.read_bytes()) == ([], file)


def test_own_date_stays_where_only_the_settings_changed(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    home.later(days=1)
    home.run("status", "night-bakery", "scheduled", "--release", "2026-11-30")
    home.ask("tmdb", region="JP")
    file = home.path.read_bytes()
    assert refresh(home) == []
    assert (listed(home)["window"]["text"], listed(home)["slips"]) == ("2026-11-30", 0)
    assert home.path.read_bytes() == file


def test_show_names_the_dates(home: Home) -> None:
    home.ask("tmdb", region="DE")
    home.run("add", "--from", BAKERY)
    out = home.run("show", "night-bakery").out
    assert "> DE    cinema    11 Feb 2027   TMDB\n  DE    digital   20 May 2027   TMDB\n" in out
    assert "  KR    premiere  3 Dec 2026    TMDB  Kestrel Film Days\n" in out
    assert "  also in FR, US; --json has all dates\n" in out


def test_check_names_a_medium_that_is_none(home: Home) -> None:
    home.write('[[show]]\ntitle = "Night Bakery"\n\n[[show.history]]\nrelease = 2026-12-10\nmedium = "film"\n')
    ran = home.run("check")
    assert ran.code == 3
    assert ":8: " in ran.out + ran.err
    assert "Not a medium: “film”" in ran.out + ran.err


@pytest.mark.parametrize("words", [("--medium", "film"), ("--region", "Nowhere")])
def test_refused_where_and_how(home: Home, words: tuple[str, ...]) -> None:
    file = home.write('[[show]]\ntitle = "Night Bakery"\n')
    ran = home.run("status", "night-bakery", "scheduled", *words)
    assert (ran.code, words[1] in ran.err, home.path.read_bytes()) == (2, True, file)
