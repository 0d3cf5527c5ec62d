"""Finding shows at the services, and putting them on the list."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fake_sources import FakeShow, FakeSources, faults
from tests.service.conftest import Home, entry
from tracker.errors import BadValue, SourceError, TrackerError
from tracker.model.matching import SearchResult
from tracker.model.show import Credit
from tracker.model.show import Show as Entry
from tracker.model.source_record import parse_source_id
from tracker.model.status import Status
from tracker.service import Tracker


@pytest.fixture
def tracker(home: Home) -> Tracker:
    home.write(entry("Low Tide"))
    return home.tracker()


def found(tracker: Tracker, words: str, only: str = "") -> list[list[str]]:
    """Return what a search finds, by where it is known."""
    return [list(map(str, one.source_ids)) for one in tracker.sources.search(words, only).results]


def add(home: Home, *references: str) -> Entry:
    """Add a show in a run of the program of its own, and return it as the file has it."""
    tracker = home.tracker()
    outcome = tracker.linking.add([parse_source_id(one) for one in references])
    tracker.sources.close()
    return home.show(outcome.show_ids[0])


# Searching


def test_one_show_at_three_services_is_one_result_by_its_ids(tracker: Tracker) -> None:
    assert found(tracker, "Harbour Nine") == [["tvmaze:102", "tmdb:tv/202", "wikidata:Q990000102"]]


def test_shows_of_the_same_name_are_two_results_that_can_be_told_apart(tracker: Tracker) -> None:
    first, second = tracker.sources.search("paper lanterns").results
    assert (first.title, first.year, first.networks, first.countries) == ("Paper Lanterns", 2026, ("Lumen",), ("JP",))
    assert (second.title, second.year, second.networks) == ("Paper Lanterns", 2019, ("Northgate",))
    assert (first.original_title, second.original_title) == ("かみのあかり", "")
    assert (first.raw_status, second.raw_status) == ("In Development", "Ended")


def test_the_same_name_alone_makes_nothing_the_same(tracker: Tracker) -> None:
    # Both services know the show, and neither knows an id of it elsewhere.
    assert found(tracker, "Rain Ledger") == [["tvmaze:109"], ["tmdb:tv/209"]]


def test_an_item_that_names_two_others_makes_all_three_one(tracker: Tracker) -> None:
    # TVmaze and TMDB know no id that they share; Wikidata knows both of theirs.
    assert found(tracker, "Salt Road") == [["tvmaze:106", "tmdb:tv/206", "wikidata:Q990000106"]]


def test_two_shows_of_one_service_are_never_merged(home: Home, tracker: Tracker) -> None:
    home.fake_sources.add(FakeShow(title="Twin Kites", tvmaze=301, imdb="tt99000301"))
    home.fake_sources.add(FakeShow(title="Twin Kites", tvmaze=302, imdb="tt99000301"))
    assert found(tracker, "Twin Kites") == [["tvmaze:301"], ["tvmaze:302"]]


def test_a_title_in_its_own_script_is_found(tracker: Tracker) -> None:
    assert found(tracker, "かみのあかり") == [["tvmaze:101", "tmdb:tv/201", "wikidata:Q990000101"]]


def test_what_only_one_service_knows_is_found_too(tracker: Tracker) -> None:
    assert found(tracker, "Night Bakery") == [["tmdb:movie/205", "wikidata:Q990000105"]]


def test_nothing_is_found_where_nothing_is(tracker: Tracker) -> None:
    result = tracker.sources.search("a show that nobody invented")
    assert (result.results, result.failures) == ((), ())
    assert result.asked == ("TVmaze", "TMDB", "Wikidata")


@pytest.mark.parametrize("only", ["tvmaze", "tmdb", "wikidata"])
def test_one_service_can_be_asked_alone(home: Home, tracker: Tracker, only: str) -> None:
    [candidate] = tracker.sources.search("Harbour Nine", only).results
    assert [one.source for one in candidate.source_ids] == [only]
    assert {one.service for one in home.fake_sources.requests} == {only}


def test_only_what_the_settings_name_is_asked(home: Home) -> None:
    home.ask("wikidata")
    home.write()
    assert found(home.tracker(), "Harbour Nine") == [["wikidata:Q990000102"]]
    assert {one.service for one in home.fake_sources.requests} == {"wikidata"}
    with pytest.raises(BadValue, match="tvmaze"):
        home.tracker().sources.search("Harbour Nine", "tvmaze")


@pytest.mark.parametrize("service", ["tvmaze", "tmdb", "wikidata"])
def test_a_service_that_fails_does_not_fail_the_others(
    tracker: Tracker, fake_sources: FakeSources, service: str
) -> None:
    fake_sources.fail(service, faults.status(404, b"gone"))
    result = tracker.sources.search("Harbour Nine")
    assert {one.source for candidate in result.results for one in candidate.source_ids} == {
        "tvmaze", "tmdb", "wikidata",
    } - {service}  # fmt: skip
    [failure] = result.failures
    assert {"tvmaze": "TVmaze", "tmdb": "TMDB", "wikidata": "Wikidata"}[service] in str(failure)


def test_where_all_fail_each_says_so(tracker: Tracker, fake_sources: FakeSources) -> None:
    for service in ("tvmaze", "tmdb", "wikidata"):
        fake_sources.fail(service, faults.html)
    result = tracker.sources.search("Harbour Nine")
    assert result.results == ()
    assert result.asked == ()
    assert sorted(str(one).split()[0] for one in result.failures) == ["TMDB", "TVmaze", "Wikidata"]


def test_a_search_picks_nothing_and_leaves_everything_as_it_was(home: Home, tracker: Tracker) -> None:
    before = home.states
    assert len(tracker.sources.search("Harbour Nine").results) == 1
    assert home.states == before


@pytest.mark.parametrize("ids", ["tvmaze = 102", 'tmdb = "tv/202"', 'imdb = "tt99000102"', "thetvdb = 990102"])
def test_what_is_on_the_list_already_is_known_by_any_id(home: Home, ids: str) -> None:
    home.write(entry("Nine Harbours", f"ids = {{ {ids} }}"))
    tracker = home.tracker()
    [candidate] = tracker.sources.search("Harbour Nine").results
    assert known(tracker, candidate) == "nine-harbours"


def test_a_show_of_the_same_name_is_not_the_one_on_the_list(home: Home) -> None:
    home.write(entry("Paper Lanterns", "ids = { tvmaze = 113 }"))
    tracker = home.tracker()
    first, second = tracker.sources.search("paper lanterns").results
    assert (known(tracker, first), known(tracker, second)) == (None, "paper-lanterns")


def known(tracker: Tracker, candidate: SearchResult) -> str | None:
    show = tracker.linking.find_known(candidate)
    return show.id if show is not None else None


# Adding


def test_a_show_comes_with_all_that_a_service_knows(home: Home, tracker: Tracker) -> None:
    show = add(home, "tvmaze:101")
    assert show == Entry(
        id="paper-lanterns", title="Paper Lanterns", original_title="かみのあかり", aliases=("Laternen aus Papier",),
        kind="series", status=show.status, release=show.release, networks=("Lumen",), countries=("JP",),
        genres=("drama", "romance"), directors=("Ito Haruna",), writers=("Ines Vale",),
        synopsis="Paper Lanterns tells of a lamp maker and a diver, who keep one promise.",
        cast=(Credit("Han Seorin", "Mio"), Credit("Abel Kuro", "Ren")),
        ids={"imdb": "tt99000101", "thetvdb": 990101, "tvmaze": 101}, links=show.links, follows=show.follows,
        history=show.history,
    )  # fmt: skip
    assert "https://lumen.example/lanterns" in show.links.values()


def test_each_field_follows_the_service_that_it_came_from(home: Home, tracker: Tracker) -> None:
    # Only TVmaze knows who is in it, and only TMDB who made it.
    home.fake_sources.change("tvmaze", 101, crew=(), genres=())
    home.fake_sources.change("tmdb", "tv/201", cast=())
    show = add(home, "tvmaze:101", "tmdb:tv/201")
    assert show.follows["cast"] == show.follows["synopsis"] == show.follows["networks"] == "tvmaze"
    assert show.follows["directors"] == show.follows["writers"] == show.follows["genres"] == "tmdb"
    assert (show.cast[0], show.directors) == (Credit("Han Seorin", "Mio"), ("Ito Haruna",))
    assert {"tvmaze": 101, "tmdb": "tv/201", "wikidata": "Q990000101"}.items() <= show.ids.items()


def test_a_field_that_no_service_fills_follows_nobody(home: Home, tracker: Tracker) -> None:
    show = add(home, "tvmaze:107")
    assert (show.title, show.synopsis, show.cast) == ("Ninth Tide", "", ())
    assert not {"synopsis", "cast", "directors", "original_title"} & show.follows.keys()


def test_the_first_claim_says_who_says_it_and_where_and_when(home: Home, tracker: Tracker) -> None:
    [claim] = add(home, "tvmaze:103").history
    assert (claim.on, claim.source, claim.url) == (
        date(2026, 11, 23), "tvmaze", "https://www.tvmaze.com/shows/103/slow-tram",
    )  # fmt: skip
    assert (claim.status, claim.release and claim.release.edtf) == (Status.SCHEDULED, "2026-11-27")


def test_the_show_stands_where_its_first_claim_says(home: Home, tracker: Tracker) -> None:
    show = add(home, "tvmaze:103")
    assert (show.status, show.release) == (show.history[0].status, show.history[0].release)


def test_a_show_without_a_date_is_added_without_one(home: Home, tracker: Tracker) -> None:
    show = add(home, "tvmaze:108")
    assert (show.status, show.release) == (Status.ANNOUNCED, None)
    assert [claim.release for claim in show.history] == [None]


@pytest.mark.parametrize("day", ["2027-01-01", "2027-12-31"])
def test_the_first_or_last_day_of_a_year_is_a_year(home: Home, tracker: Tracker, day: str) -> None:
    home.fake_sources.change("tvmaze", 103, premiered=day)
    show = add(home, "tvmaze:103")
    assert show.release is not None
    assert show.release.edtf == "2027"


def test_wikidata_gives_a_month_as_a_month(home: Home, tracker: Tracker) -> None:
    show = add(home, "wikidata:Q990000106")
    assert show.release is not None
    assert show.release.edtf == "2027-08"
    assert show.history[0].source == "wikidata"


@pytest.mark.parametrize(("region", "day"), [("DE", "2027-02-11"), ("KR", "2026-12-10")])
def test_the_region_picks_among_the_dates_of_a_film(home: Home, region: str, day: str) -> None:
    home.ask(region=region)
    home.write()
    show = add(home, "tmdb:movie/205")
    assert show.kind == "film"
    assert show.release is not None
    assert show.release.edtf == day
    assert [claim.region for claim in show.history] == [region]


def test_a_synopsis_is_text_and_no_html(home: Home, tracker: Tracker) -> None:
    synopsis = add(home, "tvmaze:115").synopsis
    assert synopsis == "Fish & chips, 3 < 4 – café talk.\n\nSecond part\ngoes on\n\n• one\n• two"


def test_a_title_with_brackets_is_that_title(home: Home, tracker: Tracker) -> None:
    show = add(home, "tvmaze:114")
    assert show.title == "[Bracket] Foo [/] bar"
    assert show.cast == (Credit("[b]Nils Arken[/b]", "[@click=app.quit]x"),)


@pytest.mark.parametrize("reference", ["tvmaze:116", "tmdb:tv/216", "wikidata:Q990000116"])
def test_what_controls_terminals_does_not_come_into_the_file(home: Home, tracker: Tracker, reference: str) -> None:
    show = add(home, reference)
    assert show.title.startswith("종소리")
    assert not [c for c in home.text if not c.isprintable() and c != "\n"]
    # A second reader agrees, for whom an escape in a string would be one again.
    told = [show.title, show.synopsis, *(f"{one.actor} {one.role}" for one in show.cast)]
    assert not [c for text in told for c in text if not c.isprintable()]


def test_the_list_is_the_old_one_with_an_entry_more(home: Home, tracker: Tracker) -> None:
    before = home.text
    add(home, "tvmaze:101")
    assert home.text.startswith(before)
    assert home.text.count("[[show]]") == 2
    assert home.tracker().watchlist.check() == ()


def test_undo_takes_it_away_again(home: Home, tracker: Tracker) -> None:
    before = home.path.read_bytes()
    add(home, "tvmaze:101")
    home.tracker().edits.undo()
    assert home.path.read_bytes() == before


def test_another_show_of_the_same_title_gets_an_id_of_its_own(home: Home, tracker: Tracker) -> None:
    assert add(home, "tvmaze:101").id == "paper-lanterns"
    assert add(home, "tvmaze:113").id == "paper-lanterns-2"


def test_the_same_show_is_not_added_twice(home: Home, tracker: Tracker) -> None:
    add(home, "tvmaze:101")
    before = home.path.read_bytes()
    with pytest.raises(TrackerError, match="paper-lanterns"):
        add(home, "tvmaze:101")
    assert home.path.read_bytes() == before


def test_what_another_entry_is_linked_to_is_not_added(home: Home) -> None:
    before = home.write(entry("Lanterns", 'ids = { tmdb = "tv/201" }'))
    with pytest.raises(TrackerError, match="lanterns"):
        add(home, "tvmaze:113", "tmdb:tv/201")
    assert home.path.read_bytes() == before


def test_a_show_is_not_added_again_from_another_service(home: Home, tracker: Tracker) -> None:
    add(home, "tvmaze:101")
    before = home.path.read_bytes()
    with pytest.raises(TrackerError, match="paper-lanterns"):
        add(home, "tmdb:tv/201")
    assert home.path.read_bytes() == before


@pytest.mark.parametrize(
    "fault", [faults.status(500), faults.html, faults.half_json, faults.too_many(3600), faults.other_form]
)
def test_what_was_not_told_is_not_added(home: Home, tracker: Tracker, fault: faults.Fault) -> None:
    before = home.states
    home.fake_sources.fail("tvmaze", fault)
    with pytest.raises(SourceError, match="TVmaze"):
        add(home, "tvmaze:101")
    assert home.states == before


def test_a_show_that_the_service_does_not_know_is_not_added(home: Home, tracker: Tracker) -> None:
    before = home.path.read_bytes()
    with pytest.raises(SourceError, match=r"TVmaze.*999"):
        add(home, "tvmaze:999")
    assert home.path.read_bytes() == before


def test_what_a_service_said_when_a_show_was_added_is_no_news_later(home: Home, tracker: Tracker) -> None:
    add(home, "tvmaze:103")
    before = home.path.read_bytes()
    home.later(days=40)
    report = home.refresh(force=True)
    assert [one for one in report.news if one.show_id == "slow-tram"] == []
    assert home.path.read_bytes() == before


def test_what_a_service_says_differently_since_a_show_was_added_is_news(home: Home, tracker: Tracker) -> None:
    add(home, "tvmaze:103")
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.later(days=1)
    [news] = home.refresh("slow-tram").news
    assert (news.grade, news.source) == ("loud", "tvmaze")
    assert home.show("slow-tram").history_state.slips == 1
