"""Entries that are one season of a show, from the sources to the list."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from datetime import date

import pytest

from tests.fake_sources import faults
from tests.fake_sources.shows import WELL, Season
from tests.service.conftest import Home, entry
from tracker.errors import AlreadyOnList, BadValue, SeasonUnclear
from tracker.model.source_record import parse_source_id
from tracker.model.status import Status

MAZE = [parse_source_id("tvmaze:117")]
COMING = (*WELL.seasons[:2], Season(3, ("2027-02-06", "2027-02-13"), order=2))


def test_link_to_a_season_takes_its_dates(home: Home) -> None:
    home.write(entry("Singing Well, season 2", 'status = "announced"'))
    tracker = home.tracker()
    tracker.linking.link("singing-well-season-2", MAZE, 2)
    show = home.show("singing-well-season-2")
    assert (show.season, show.release and show.release.text, show.status) == (2, "2026-01-10", Status.RELEASED)
    assert (show.original_title, show.countries) == ("노래하는 우물", ("KR",))


def test_link_to_a_season_leaves_the_people_of_the_show(home: Home) -> None:
    home.write(entry("Singing Well, season 3"))
    tracker = home.tracker()
    tracker.linking.link("singing-well-season-3", MAZE, 3)
    show = home.show("singing-well-season-3")
    assert (show.cast, show.directors, show.networks, show.synopsis) == ((), (), (), "")
    assert {"cast", "networks"} <= {one.field for one in tracker.proposals.find(show)}


def test_link_asks_about_the_season_that_a_title_names(home: Home) -> None:
    before = home.write(entry("우물", 'id = "우물"', 'aliases = ["Singing Well 2기"]'))
    with pytest.raises(SeasonUnclear, match="--season 2") as refusal:
        home.tracker().linking.link("우물", MAZE)
    assert refusal.value.season == 2
    assert home.path.read_bytes() == before


@pytest.mark.parametrize("listed", [2, 3])
def test_link_asks_about_the_season_of_an_entry_that_is_younger_than_the_show(home: Home, listed: int) -> None:
    home.fake_sources.change("tvmaze", 117, seasons=WELL.seasons[:listed])
    home.write(entry("Singing Well", claims=('on = 2026-06-01\nstatus = "announced"\nsource = "Kestrel"',)))
    with pytest.raises(SeasonUnclear) as refusal:
        home.tracker().linking.link("singing-well", MAZE)
    assert refusal.value.season == 3


@pytest.mark.parametrize(("key", "is_asked"), [('status = "announced"', True), ('release = "2028"', True), ("", False)])
def test_link_asks_about_an_entry_of_which_nothing_is_out(home: Home, key: str, is_asked: bool) -> None:
    home.write(entry("Singing Well", key))
    with pytest.raises(SeasonUnclear) if is_asked else nullcontext():
        home.tracker().linking.link("singing-well", MAZE)


def test_link_of_the_whole_show_reports_no_old_date(home: Home) -> None:
    home.write(entry("Singing Well", claims=('on = 2026-06-01\nstatus = "announced"\nsource = "Kestrel"',)))
    tracker = home.tracker()
    tracker.linking.link("singing-well", MAZE, 0)
    show = home.show("singing-well")
    assert (show.season, show.release, show.status) == (None, None, Status.ANNOUNCED)
    assert not {"release", "status"} & {one.field for one in tracker.proposals.find(show)}


def test_several_entries_share_one_show_and_one_request(home: Home) -> None:
    home.ask("tvmaze")
    home.write(
        entry("Singing Well", "ids = { tvmaze = 117 }"),
        entry("Singing Well 2", "season = 2", "ids = { tvmaze = 117 }"),
        entry("Singing Well 3", "season = 3", "ids = { tvmaze = 117 }"),
    )
    report = home.refresh(force=True)
    assert (report.asked, home.fake_sources.count("tvmaze", "/shows/117")) == (3, 1)
    assert [one.release and one.release.text for one in home.tracker().watchlist.current.shows] == [
        "2024-04-06", "2026-01-10", None,
    ]  # fmt: skip
    home.later(days=8)
    home.fake_sources.change("tvmaze", 117, seasons=COMING)
    home.refresh(force=True)
    show = home.show("singing-well-3")
    assert (show.release and show.release.text, show.status) == ("2027-02-06", Status.SCHEDULED)
    assert home.show("singing-well").release != show.release


def test_season_comes_out_by_its_own_episodes(home: Home) -> None:
    home.fake_sources.change("tvmaze", 117, seasons=COMING)
    home.write(entry("Singing Well 3", "season = 3", "ids = { tvmaze = 117 }"))
    home.ask("tvmaze")
    told = []
    for day in (date(2026, 11, 24), date(2027, 2, 7), date(2027, 2, 14)):
        home.later(days=(day - home.clock.moment().date()).days)
        home.refresh()
        told.append(home.show("singing-well-3").status)
    assert told == [Status.SCHEDULED, Status.AIRING, Status.RELEASED]


def test_add_a_season(home: Home) -> None:
    home.write(entry("Singing Well", "ids = { tvmaze = 117 }"))
    tracker = home.tracker()
    outcome = tracker.linking.add(MAZE, 2)
    show = home.show("singing-well-2")
    assert outcome.show_ids == ("singing-well-2",)
    assert (show.title, show.season, show.release and show.release.text) == ("Singing Well", 2, "2026-01-10")
    with pytest.raises(AlreadyOnList, match="singing-well-2"):
        home.tracker().linking.add(MAZE, 2)
    assert "no season" not in outcome.label
    assert tracker.linking.add(MAZE, 7).label.endswith("TVmaze has no season 7 yet")


def test_add_contradictory_seasons(home: Home) -> None:
    home.write()
    with pytest.raises(BadValue, match="2 and 3"):
        home.tracker().linking.add([parse_source_id("tvmaze:117#2")], 3)


def test_search_of_an_entry_with_a_season_finds_the_show(home: Home) -> None:
    home.ask("tvmaze")
    home.write(entry("Singing Well, season 3", 'networks = ["Kestrel"]', 'countries = ["KR"]', 'release = "2027"'))
    [item] = home.refresh().news
    assert item.match_offer == "tvmaze:117#3"
    assert item.text.startswith("is this it? Singing Well, season 3 · Kestrel")
    assert "yes: tracker link singing-well-season-3 tvmaze:117 --season 3" in home.run("news").out
    home.tracker().linking.answer(item, yes=True)
    assert home.show("singing-well-season-3").season == 3


def test_offer_that_is_declined_is_of_no_season_of_the_show(home: Home) -> None:
    home.ask("tvmaze")
    home.write(entry("Singing Well, season 3", 'networks = ["Kestrel"]', 'countries = ["KR"]'))
    home.refresh()
    home.run("link", "singing-well-season-3", "tvmaze:117", "--not")
    assert home.tracker().inbox.items() == ()
    home.later(days=40)
    assert home.refresh().news == ()


# On the command line


def test_search_command_names_the_seasons_on_the_list(home: Home) -> None:
    home.write(entry("Well", 'id = "well"', "season = 2", "ids = { tvmaze = 117 }"))
    assert "on your list: season 2 (well)" in home.run("search", "Singing Well").out


def test_link_command_refuses_a_guessed_season_in_a_script(home: Home) -> None:
    before = home.write(entry("Singing Well, season 2"))
    ran = home.run("link", "singing-well-season-2", "tvmaze:117")
    assert (ran.code, ran.out) == (2, "")
    assert "--season 2" in ran.err
    assert home.path.read_bytes() == before


@pytest.mark.parametrize(("flags", "season"), [(("--season", "2"), 2), (("--whole",), None), (("--season", "0"), None)])
def test_link_command_with_a_season(home: Home, flags: tuple[str, ...], season: int | None) -> None:
    home.write(entry("Singing Well, season 2"))
    assert home.run("link", "singing-well-season-2", "tvmaze:117", *flags).code == 0
    assert home.show("singing-well-season-2").season == season


def test_link_command_asks_on_a_terminal(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.write(entry("Singing Well, season 2"))
    answers = io.StringIO("2\n")
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert home.run("link", "singing-well-season-2", "tvmaze:117").code == 0
    assert home.show("singing-well-season-2").season == 2


def test_add_command_says_the_season_that_it_writes(home: Home) -> None:
    home.write()
    ran = home.run("add", "Slow Tram, season 2")
    assert "Added as season 2, as in the title." in ran.err
    assert home.show(ran.out.strip()).season == 2
    assert home.show(home.run("add", "Slow Tram", "--season", "3").out.strip()).id == "slow-tram-3"
    assert home.show(home.run("add", "Open Season 2", "--kind", "film").out.strip()).season is None


def test_season_is_shown_beside_a_title_that_does_not_say_it(home: Home) -> None:
    home.write(entry("Slow Tram", "season = 2"), entry("Harbour, season 3", "season = 3"))
    assert [
        line.split("  ")[0].strip(" –◌") for line in home.run("list", "season:2").out.splitlines() if "Tram" in line
    ]
    assert "Slow Tram, season 2" in home.run("show", "slow-tram").out
    assert "season 3, season 3" not in home.run("list").out
    assert [one["season"] for one in json.loads(home.run("list", "--json", "season:3").out)] == [3]


# The next season is offered


def season_offers(home: Home) -> list[str]:
    return [item.match_offer for item in home.tracker().inbox.items() if item.offers_entry]


def test_next_season_is_offered_once_whatever_sources_say_it(home: Home) -> None:
    home.write(entry("Singing Well", 'ids = { tvmaze = 117, tmdb = "tv/217" }'))
    [item] = [one for one in home.refresh(force=True).news if one.offers_entry]
    assert (item.grade, item.text) == ("quiet", "Season 3 is announced. Add it?")
    home.later(days=40)
    home.fake_sources.change("tvmaze", 117, seasons=COMING)
    home.fake_sources.change("tmdb", "tv/217", seasons=COMING)
    home.refresh(force=True)
    assert season_offers(home) == ["add tvmaze:117#3 tmdb:tv/217#3"]


def test_next_season_that_is_declined_never_comes_again(home: Home) -> None:
    before = home.write(entry("Singing Well", "season = 2", 'status = "released"', "ids = { tvmaze = 117 }"))
    [item] = [one for one in home.refresh(force=True).news if one.offers_entry]
    label = home.tracker().linking.answer(item, yes=False).label
    assert label == "Season 3 of Singing Well won't be offered again"
    home.later(days=40)
    assert not [one for one in home.refresh(force=True).news if one.offers_entry]
    assert season_offers(home) == []
    assert b"season = 3" not in before


def test_next_season_that_is_accepted_is_an_entry_that_can_be_undone(home: Home) -> None:
    home.ask("tvmaze")
    home.fake_sources.change("tvmaze", 117, seasons=COMING)
    home.write(entry("Singing Well", "ids = { tvmaze = 117 }"))
    [item] = [one for one in home.refresh(force=True).news if one.offers_entry]
    assert item.text == "Season 3 is announced for 6 Feb 2027. Add it?"
    before = home.text
    tracker = home.tracker()
    tracker.linking.answer(item, yes=True)
    show = home.show("singing-well-3")
    assert (show.title, show.season, show.ids["tvmaze"]) == ("Singing Well", 3, 117)
    assert (show.release and show.release.text, show.status) == ("2027-02-06", Status.SCHEDULED)
    assert season_offers(home) == []
    tracker.edits.undo()
    assert home.text == before


@pytest.mark.parametrize(
    "other",
    [
        entry("Singing Well 3", "season = 3", "ids = { tvmaze = 117 }"),
        entry("Singing Well, season 3", "ids = { tvmaze = 117 }"),
        entry("The Well", 'aliases = ["노래하는 우물 시즌 3"]'),
        entry("Singing Well", 'id = "third"', "season = 3"),
    ],
)
def test_next_season_that_is_on_the_list_is_not_offered(home: Home, other: str) -> None:
    home.ask("tvmaze")
    home.write(entry("Singing Well", "ids = { tvmaze = 117 }"), other)
    assert not [one for one in home.refresh(force=True).news if one.offers_entry]


def test_next_season_is_offered_by_the_command_that_adds_it(home: Home) -> None:
    home.ask("tvmaze")
    home.write(entry("Singing Well", "ids = { tvmaze = 117 }"))
    home.refresh(force=True)
    assert "yes: tracker add --from tvmaze:117 --season 3" in home.run("news").out
    assert home.run("add", "--from", "tvmaze:117#3").out == "singing-well-3\n"
    assert season_offers(home) == []


def test_dry_run_offers_and_remembers_nothing(home: Home) -> None:
    home.ask("tvmaze")
    home.write(entry("Singing Well", "ids = { tvmaze = 117 }"))
    for _ in range(2):
        assert [one.offers_entry for one in home.refresh(force=True, dry_run=True).news][-1]


def test_show_with_too_many_episodes_is_read_by_its_seasons(home: Home) -> None:
    home.write()
    home.fake_sources.fail("tvmaze", faults.gzip_bomb, times=1)
    home.tracker().linking.add(MAZE, 2)
    show = home.show("singing-well-2")
    assert (show.release and show.release.text, show.status) == ("2026-01-10", Status.RELEASED)
    assert ["episodes" in request.query["embed[]"] for request in home.fake_sources.requests] == [True, False]
