"""What becomes of items of Wikidata on a list."""

from __future__ import annotations

import pytest

from tests.fake_sources.bodies import item_of, season_item
from tests.fake_sources.shows import FERRY, WELL
from tests.service.conftest import Home, entry
from tracker.model.status import Status

SECOND = season_item(WELL, 2)


@pytest.fixture(autouse=True)
def asks_wikidata(home: Home) -> None:
    home.ask("wikidata")


@pytest.mark.parametrize(
    ("key", "what"),
    [(item_of("Han Seorin"), "a person"), (item_of("Lumen"), "a television channel"), ("Q17", "a country")],
)
def test_what_is_no_show_is_neither_added_nor_linked(home: Home, key: str, what: str) -> None:
    before = home.write(entry("Old Ferry"))
    for command in (("add", "--from", f"wikidata:{key}"), ("link", "old-ferry", f"wikidata:{key}")):
        ran = home.run(*command)
        assert (ran.code, ran.out) == (5, "")
        assert f"{key} is {what}, not a show." in ran.err
    assert home.path.read_bytes() == before


def test_link_to_what_is_no_show_any_more_stays_and_is_said(home: Home) -> None:
    key = item_of("Han Seorin")
    home.write(entry("Old Ferry", f'ids = {{ wikidata = "{key}" }}'))
    report = home.refresh(force=True)
    assert report.failures == (f"Old Ferry: {key} is a person, not a show.",)
    assert home.tracker().inbox.items() == ()


def test_what_ended_long_ago_is_out(home: Home) -> None:
    home.write()
    assert home.run("add", "--from", f"wikidata:{FERRY.wikidata}").code == 0
    show = home.show("old-ferry")
    assert (show.status, show.release and show.release.text) == (Status.RELEASED, "2025-03-01")


def test_date_that_passed_is_no_premiere(home: Home) -> None:
    home.write(entry("Paper Lanterns", 'ids = { wikidata = "Q990000101" }'))
    home.refresh(force=True)
    show = home.show("paper-lanterns")
    assert (show.status, show.release and show.release.text) == (None, "2026-05-14")


def test_item_of_a_season_is_an_entry_of_that_season(home: Home) -> None:
    home.write()
    assert home.run("add", "--from", f"wikidata:{SECOND}").code == 0
    (show,) = home.tracker().watchlist.current.shows
    assert (show.title, show.season, show.release and show.release.text) == ("Singing Well", 2, "2026-01-10")
    assert show.status is Status.RELEASED


@pytest.mark.parametrize("season", ["", "season = 3"])
def test_entry_of_something_else_takes_nothing_of_a_season(home: Home, season: str) -> None:
    before = home.write(entry("Well", season, f'ids = {{ wikidata = "{SECOND}" }}'))
    assert home.refresh(force=True).failures == (
        f"Well: wikidata:{SECOND} is season 2 of Singing Well. Set `season = 2`, or link the show itself.",
    )
    assert home.path.read_bytes() == before


def test_season_of_a_series_by_its_own_item(home: Home) -> None:
    home.write(entry("Singing Well", "season = 3", f'ids = {{ wikidata = "{WELL.wikidata}" }}'))
    home.refresh(force=True)
    assert home.tracker().watchlist.current.shows[0].release is None
    home.later(days=8)
    seasons = (*WELL.seasons[:2], WELL.seasons[2]._replace(first="2027-02-06"))
    home.fake_sources.change("wikidata", WELL.wikidata or "", seasons=seasons)
    home.refresh(force=True)
    show = home.tracker().watchlist.current.shows[0]
    assert (show.release and show.release.text, show.status) == ("2027-02-06", Status.SCHEDULED)
