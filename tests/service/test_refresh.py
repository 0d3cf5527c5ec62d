"""Asking the services what is new, and what becomes of their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from threading import Event, Thread

import pytest

from tests.fake_sources import FakeShow, FakeSources, bodies, faults
from tests.fake_sources.bodies import Record
from tests.service.conftest import Home, entry, said
from tracker.model.history import Claim, Effect
from tracker.model.news import NewsItem
from tracker.model.show import Show as Entry
from tracker.model.source_record import SourceRecord, parse_source_id
from tracker.model.source_state import SourceState
from tracker.model.status import Status
from tracker.service.refresh import Progress, RefreshReport
from tracker.sources.tvmaze import parse_show
from tracker.store.files import atomic

TOP, CLAIM = said("scheduled", "2026-11-27")
TRAM = entry("Slow Tram", TOP, "ids = { tvmaze = 103 }", claims=[CLAIM])
"""A show that is linked; TVmaze says the same of it."""
THEIRS = TRAM.replace("Lumen Post", "tvmaze")
"""The same, where nobody but TVmaze gave the date."""
TRAM_URL = "https://www.tvmaze.com/shows/103/slow-tram"


def linked(home: Home, *entries: str) -> str:
    """Write the list, let all that is linked be heard of once, and return the list."""
    home.write(*entries)
    home.refresh(force=True)
    home.fake_sources.requests.clear()
    return home.text


def changed(home: Home, id_: int = 103, days: float = 4, **fields: object) -> RefreshReport:
    """Let TVmaze say something else of a show, and ask again some days later."""
    home.later(days=days)
    home.fake_sources.change("tvmaze", id_, **fields)
    home.forget_answers()
    return home.refresh(force=True)


def told(news: Sequence[NewsItem]) -> list[tuple[str, str, str]]:
    """Return how much news matters, which show it is about, and who says so."""
    return [(one.grade, one.show_id, one.source) for one in news]


def slips(show: Entry) -> list[int]:
    """Return by how many days a date moved, each time."""
    return [step.days for step in show.history_state.steps if step.effect in (Effect.SLIPPED, Effect.FORWARD)]


# When it is time


@pytest.mark.parametrize(
    ("id_", "status", "release", "hours"),
    [
        ("tvmaze = 103", "scheduled", "2026-11-27", 12),
        ("tvmaze = 10001", "scheduled", "2026-12-05", 12),
        ("tvmaze = 10001", "scheduled", "2026-12-20", 3 * 24),
        ("tvmaze = 10001", "scheduled", "2027-02-14", 3 * 24),
        ("tvmaze = 106", "filming", "2027-08", 3 * 24),
        ("tvmaze = 107", "announced", "2028", 3 * 24),
        ("tvmaze = 108", "announced", "TBA", 7 * 24),
        ("tvmaze = 111", "released", "2025-03-01", 30 * 24),
        ('tmdb = "tv/212"', "cancelled", "2026", 90 * 24),
    ],
)
def test_the_nearer_the_release_the_oftener_it_is_asked(
    home: Home, id_: str, status: str, release: str, hours: int
) -> None:
    home.fake_sources.add_many(1)
    top, claim = said(status, release)
    linked(home, entry("One", top, f"ids = {{ {id_} }}", claims=[claim]))
    home.later(hours=hours - 0.5)
    home.forget_answers()
    assert (home.refresh().asked, home.fake_sources.requests) == (0, [])
    home.later(hours=1)
    assert home.refresh().asked == 1
    assert len(home.fake_sources.requests) == 1


def test_a_show_without_any_date_is_asked_about_weekly(home: Home) -> None:
    linked(home, entry("Rain Ledger", "ids = { tvmaze = 109 }"))
    home.later(days=6.9)
    assert home.refresh().asked == 0
    home.later(days=0.2)
    assert home.refresh().asked == 1


def test_an_airing_show_with_an_episode_soon_is_asked_about_often(home: Home) -> None:
    top, claim = said("airing", "2026-10-02")
    linked(home, entry("Copper Moon", top, "ids = { tvmaze = 110 }", claims=[claim]))
    home.later(hours=13)
    assert home.refresh().asked == 1


def test_what_was_asked_about_just_now_is_not_asked_about_again(home: Home) -> None:
    linked(home, TRAM)
    report = home.refresh()
    assert (report.asked, report.news, home.asked("tvmaze")) == (0, (), 0)


def test_force_asks_about_all(home: Home) -> None:
    linked(home, TRAM, entry("Old Ferry", "ids = { tvmaze = 111 }"))
    home.forget_answers()
    assert home.refresh(force=True).asked == 2
    assert home.asked("tvmaze") > 0


def test_a_show_that_is_named_is_asked_about_and_no_other(home: Home) -> None:
    linked(home, TRAM, entry("Old Ferry", "ids = { tvmaze = 111 }"))
    home.forget_answers()
    home.refresh("slow-tram")
    assert [one.path for one in home.fake_sources.requests] == ["/shows/103"]


def test_each_service_that_knows_a_show_is_asked_about_it(home: Home) -> None:
    home.write(entry("Slow Tram", 'ids = { tvmaze = 103, tmdb = "tv/203", wikidata = "Q990000103" }'))
    assert home.refresh().asked == 3
    assert {one.service for one in home.fake_sources.requests} == {"tvmaze", "tmdb", "wikidata"}


def test_a_service_that_is_not_enabled_is_not_asked(home: Home) -> None:
    home.ask("tvmaze")
    home.write(entry("Slow Tram", 'ids = { tvmaze = 103, tmdb = "tv/203", wikidata = "Q990000103" }'))
    assert home.refresh(force=True).asked == 1
    assert {one.service for one in home.fake_sources.requests} == {"tvmaze"}


def test_a_clock_that_was_set_back_does_not_silence_the_services(home: Home) -> None:
    linked(home, TRAM)
    home.later(days=-400)
    assert home.refresh().asked == 1


# What is asked


def know(home: Home, shows: Sequence[FakeShow]) -> None:
    """Let it be as if TVmaze had been asked about these just now."""
    tracker = home.tracker()
    moment, today = tracker.watchlist.moment, tracker.watchlist.today
    shelf = {
        str(one.tvmaze): Record(one, int(home.fake_sources.revision("tvmaze", one.tvmaze or 0)), 1) for one in shows
    }
    query = {"embed[]": ["cast", "crew", "akas", "nextepisode"]}
    answers = [bodies.tvmaze(f"/shows/{one.tvmaze}", query, shelf, home.clock()) for one in shows]
    heard = [parse_show(one.body, today).normalized() for one in answers]
    tracker._source_database.save(SourceState.first(one, moment, today) for one in heard)


def numbered(show: FakeShow) -> str:
    """Return the entry of one of many shows, which says what TVmaze says."""
    top, claim = said("scheduled", show.premiered)
    return entry(show.title, top, f"ids = {{ tvmaze = {show.tvmaze} }}", claims=[claim])


def test_of_a_thousand_shows_of_which_ten_changed_only_those_are_asked_for(home: Home) -> None:
    shows = home.fake_sources.add_many(1000)
    home.write(*map(numbered, shows))
    know(home, shows)
    home.later(days=4)
    for show in shows[::100]:
        home.fake_sources.change("tvmaze", show.tvmaze or 0, premiered="2028-01-31")
    report = home.refresh()
    assert report.asked == 1000
    assert {one.show_id for one in report.news} == {f"invented-show-{number}" for number in range(1, 1000, 100)}
    assert home.fake_sources.count("tvmaze") == len(home.fake_sources.requests) <= 1 + 10
    # All were heard of, so that nobody is asked again at once.
    assert home.refresh().asked == 0


def test_of_many_shows_that_did_not_change_none_is_asked_for(home: Home) -> None:
    shows = home.fake_sources.add_many(40)
    home.write(*map(numbered, shows))
    know(home, shows)
    home.later(days=4)
    assert home.refresh().asked == 40
    assert [one.path for one in home.fake_sources.requests] == ["/updates/shows"]


def test_tmdb_is_asked_for_its_changes_before_all_else(home: Home) -> None:
    shows = home.fake_sources.add_many(30)
    linked(home, *(entry(one.title, numbered(one).split("\n")[2], f'ids = {{ tmdb = "{one.tmdb}" }}') for one in shows))
    home.later(days=4)
    home.fake_sources.change("tmdb", "tv/20007", premiered="2028-01-31")
    home.forget_answers()
    report = home.refresh()
    assert [one.show_id for one in report.news] == ["invented-show-7"]
    assert [one.path for one in home.fake_sources.requests if one.path != "/tv/changes"] == ["/tv/20007"]
    assert home.fake_sources.count("tmdb") <= 3


def test_wikidata_is_asked_for_revisions_of_fifty_at_once(home: Home) -> None:
    shows = home.fake_sources.add_many(60)
    linked(home, *(entry(one.title, f'ids = {{ wikidata = "{one.wikidata}" }}') for one in shows))
    home.later(days=8)
    assert home.refresh().asked == 60
    assert home.fake_sources.count("wikidata") == 2


# What is told


def test_each_record_is_told_as_it_is_heard_of(home: Home) -> None:
    home.write(TRAM, entry("Old Ferry", "ids = { tvmaze = 111 }"))
    tracker, steps = home.tracker(), list[Progress]()
    tracker.refresh(tracker.watchlist.current.shows).run(steps.append)
    assert [(one.done, one.total) for one in steps] == [(1, 2), (2, 2)]
    assert [one.title for one in steps] == ["Slow Tram", "Old Ferry"]


def test_a_first_word_that_says_the_same_is_no_news(home: Home) -> None:
    before = home.write(TRAM)
    assert home.refresh().news == ()
    assert home.path.read_bytes() == before


def test_a_first_word_is_a_quiet_line_at_most(home: Home) -> None:
    # Only a difference to its own last word is news, and there is none yet.
    home.fake_sources.add_many(1)
    year = entry("One", 'release = "2027"', "ids = { tvmaze = 10001 }")
    home.write(entry("Rain Ledger", "ids = { tvmaze = 109 }"), year)
    assert {one.grade for one in home.refresh().news} <= {"quiet"}
    assert home.show("rain-ledger").status is Status.ANNOUNCED


def test_what_did_not_change_is_no_news(home: Home) -> None:
    before = linked(home, TRAM)
    home.later(days=40)
    home.forget_answers()
    report = home.refresh()
    assert (report.asked, report.news, report.failures) == (1, (), ())
    assert home.text == before


# Claims


def test_another_date_is_a_claim_with_its_source_and_its_day(home: Home) -> None:
    before = linked(home, TRAM)
    report = changed(home, premiered="2027-03-05")
    assert told(report.news) == [("loud", "slow-tram", "tvmaze")]
    assert report.news[0].url == TRAM_URL
    show = home.show("slow-tram")
    claim = show.history[-1]
    assert (claim.on, claim.source, claim.url) == (date(2026, 11, 27), "tvmaze", TRAM_URL)
    assert (claim.release and claim.release.edtf, show.release and show.release.edtf) == ("2027-03-05", "2027-03-05")
    assert slips(show) == [98]
    assert home.text.startswith(before.split("\nrelease")[0])


def test_an_earlier_date_is_brought_forward(home: Home) -> None:
    top, claim = said("scheduled", "2027-02-14")
    home.fake_sources.add_many(1)
    linked(home, entry("One", top, "ids = { tvmaze = 10001 }", claims=[claim]))
    assert told(changed(home, 10_001, premiered="2027-01-20").news) == [("loud", "one", "tvmaze")]
    assert slips(home.show("one")) == [-25]


def test_another_status_is_a_claim(home: Home) -> None:
    linked(home, TRAM)
    report = changed(home, stage="airing")
    assert told(report.news) == [("loud", "slow-tram", "tvmaze")]
    show = home.show("slow-tram")
    assert show.status is Status.AIRING
    assert (show.history[-1].status, show.history[-1].source, show.history[-1].url) == (
        Status.AIRING, "tvmaze", TRAM_URL,
    )  # fmt: skip


def test_a_cancellation_is_loud(home: Home) -> None:
    top, claim = said("scheduled", "2027-02-14")
    home.fake_sources.add_many(1)
    linked(home, entry("One", top, 'ids = { tmdb = "tv/20001" }', claims=[claim]))
    home.later(days=4)
    home.fake_sources.change("tmdb", "tv/20001", stage="cancelled")
    home.forget_answers()
    assert told(home.refresh().news) == [("loud", "one", "tmdb")]
    assert home.show("one").status is Status.CANCELLED


def test_a_service_never_drags_filming_back_to_announced(home: Home) -> None:
    home.fake_sources.add(FakeShow(title="Dry Dock", tmdb="tv/301", stage="filming"))
    state = 'status = "filming"'
    linked(home, entry("Dry Dock", state, 'ids = { tmdb = "tv/301" }', claims=[f'{state}\nsource = "Lumen Post"']))
    home.later(days=8)
    home.fake_sources.change("tmdb", "tv/301", stage="announced")
    home.forget_answers()
    report = home.refresh()
    assert report.asked == 1
    assert [one.grade for one in report.news if one.grade == "loud"] == []
    show = home.show("dry-dock")
    assert (show.status, len(show.history)) == (Status.FILMING, 1)


def test_a_word_that_covers_the_status_moves_nothing(home: Home) -> None:
    # "In Development" is all that TVmaze has to say of a show that is being filmed.
    state = 'status = "filming"'
    linked(home, entry("Rain Ledger", state, "ids = { tvmaze = 109 }", claims=[f'{state}\nsource = "Lumen Post"']))
    report = changed(home, 109, days=8, synopsis="A ledger.")
    assert report.asked == 1
    assert home.show("rain-ledger").status is Status.FILMING


def test_a_word_that_nobody_knows_is_no_status(home: Home) -> None:
    linked(home, TRAM)
    report = changed(home, word="Fermenting")
    assert [one.grade for one in report.news if one.grade == "loud"] == []
    assert any("Fermenting" in one.text for one in report.news)
    assert home.show("slow-tram").status is Status.SCHEDULED


@pytest.mark.parametrize("day", ["2028-01-01", "2027-12-31"])
def test_the_first_or_last_day_of_a_year_is_that_year(home: Home, day: str) -> None:
    linked(home, TRAM)
    changed(home, premiered=day)
    show = home.show("slow-tram")
    assert show.release is not None
    assert show.release.edtf == day[:4]


def test_a_date_that_vanished_is_a_claim_that_there_is_none(home: Home) -> None:
    linked(home, THEIRS)
    report = changed(home, days=1, premiered="")
    assert told(report.news) == [("loud", "slow-tram", "tvmaze")]
    show = home.show("slow-tram")
    assert show.release is not None
    assert show.release.is_tba
    claim = show.history[-1]
    assert claim.release is not None
    assert (claim.release.is_tba, claim.source, claim.url) == (True, "tvmaze", TRAM_URL)
    assert show.history_state.steps[-1].effect is Effect.WITHDRAWN


def test_a_date_that_vanished_at_a_service_is_not_taken_from_who_gave_it(home: Home) -> None:
    linked(home, TRAM)
    report = changed(home, days=1, premiered="")
    assert [(one.show_id, one.source) for one in report.news] == [("slow-tram", "tvmaze")]
    show = home.show("slow-tram")
    assert show.release is not None
    assert show.release.edtf == "2026-11-27"
    claim = show.history[-1]
    assert (claim.release and claim.release.is_tba, claim.source, claim.url) == (True, "tvmaze", TRAM_URL)


def test_a_date_that_comes_again_much_later_is_held_against_the_last_promise(home: Home) -> None:
    linked(home, THEIRS)
    changed(home, days=1, premiered="")
    changed(home, days=8, premiered="2027-03-05")
    show = home.show("slow-tram")
    assert [one.release.text if one.release else "" for one in show.history] == ["2026-11-27", "TBA", "2027-03-05"]
    assert slips(show) == [98]


def test_the_same_from_two_services_is_loud_once(home: Home) -> None:
    linked(home, entry("Slow Tram", TOP, 'ids = { tvmaze = 103, tmdb = "tv/203" }', claims=[CLAIM]))
    home.fake_sources.change("tmdb", "tv/203", premiered="2027-03-05")
    report = changed(home, premiered="2027-03-05")
    assert [one.grade for one in report.news].count("loud") == 1
    assert slips(home.show("slow-tram")) == [98]


@pytest.mark.parametrize(
    ("id_", "status", "release"),
    [(112, "cancelled", "2026"), (103, "postponed", "2026-11-27"), (110, "cancelled", "2026-10-02")],
)
def test_a_first_word_takes_no_cancellation_and_no_postponement_back(
    home: Home, id_: int, status: str, release: str
) -> None:
    # A project that was called off stays "In Development" at TVmaze for ever, and a day that was put off may stay too.
    top, claim = said(status, release)
    linked(home, entry("One", top, f"ids = {{ tvmaze = {id_} }}", claims=[claim]))
    assert home.show("one").status is Status(status)


# A word that is taken back


def history(home: Home) -> tuple[Claim, ...]:
    return tuple(one for one in home.show("slow-tram").history if one.status is not None or one.release is not None)


@pytest.mark.parametrize("between", ["2027-03-05", "2026-11-20", ""])
def test_a_date_that_was_taken_back_within_three_days_leaves_one_quiet_line(home: Home, between: str) -> None:
    linked(home, THEIRS)
    before = history(home)
    assert told(changed(home, days=0.6, premiered=between).news) == [("loud", "slow-tram", "tvmaze")]
    report = changed(home, days=2, premiered="2026-11-27")
    assert told(report.news) == [("quiet", "slow-tram", "tvmaze")]
    show = home.show("slow-tram")
    assert slips(show) == []
    assert history(home) == before
    assert show.release is not None
    assert show.release.edtf == "2026-11-27"
    kept = home.tracker().inbox.items()
    assert told(kept) == [("quiet", "slow-tram", "tvmaze")]


def test_a_date_that_was_taken_back_at_once_leaves_no_slip_where_a_timer_refreshes(home: Home) -> None:
    linked(home, THEIRS)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    for _ in range(14):
        home.later(hours=7)
        home.refresh()
        if home.show("slow-tram").history_state.slips:
            home.fake_sources.change("tvmaze", 103, premiered="2026-11-27")
    show = home.show("slow-tram")
    assert show.release is not None
    assert show.release.edtf == "2026-11-27"
    assert slips(show) == []


def test_a_status_that_was_taken_back_within_three_days_leaves_one_quiet_line(home: Home) -> None:
    linked(home, TRAM)
    assert told(changed(home, days=0.6, word="Ended", premiered="2026-11-01").news) == [("loud", "slow-tram", "tvmaze")]
    report = changed(home, days=2, word="In Development", premiered="2026-11-27")
    assert told(report.news) == [("quiet", "slow-tram", "tvmaze")]
    assert home.show("slow-tram").status is Status.SCHEDULED
    assert slips(home.show("slow-tram")) == []


def test_a_date_that_was_taken_back_later_is_news_twice(home: Home) -> None:
    linked(home, TRAM)
    changed(home, days=0.6, premiered="2027-03-05")
    report = changed(home, days=4, premiered="2027-02-20")
    assert told(report.news) == [("loud", "slow-tram", "tvmaze")]
    report = changed(home, days=4, premiered="2027-03-05")
    assert told(report.news) == [("loud", "slow-tram", "tvmaze")]
    assert slips(home.show("slow-tram")) == [98, -13, 13]


def test_what_was_written_since_stays_when_a_word_is_taken_back(home: Home) -> None:
    linked(home, TRAM)
    changed(home, days=0.6, premiered="2027-03-05")
    home.edit('title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n')
    changed(home, days=2, premiered="2026-11-27")
    show = home.show("slow-tram")
    assert (show.rating, slips(show)) == (9, [])
    assert "rating = 9  # after all\n" in home.text


def test_a_followed_field_keeps_up_while_a_date_goes_back_and_forth(home: Home) -> None:
    linked(home, entry("Slow Tram", TOP, "ids = { tvmaze = 103 }", 'follows = { synopsis = "tvmaze" }', claims=[CLAIM]))
    changed(home, days=0.6, premiered="2027-03-05", synopsis="Second.")
    changed(home, days=2, premiered="2026-11-27", synopsis="Third.")
    assert home.show("slow-tram").synopsis == "Third."
    assert slips(home.show("slow-tram")) == []


def test_a_followed_field_that_did_not_go_back_with_the_date_stays_as_the_service_has_it(home: Home) -> None:
    keys = ["ids = { tvmaze = 103 }", 'genres = ["comedy"]', 'follows = { genres = "tvmaze" }']
    linked(home, entry("Slow Tram", TOP, *keys, claims=[CLAIM]).replace("Lumen Post", "tvmaze"))
    changed(home, days=0.6, premiered="2027-03-05", genres=("Comedy", "Noir"))
    changed(home, days=2, premiered="2026-11-27")
    assert slips(home.show("slow-tram")) == []
    assert home.show("slow-tram").genres == ("comedy", "noir")


# Fields

FOLLOWING = entry(
    "Slow Tram", TOP, 'synopsis = "It is never late.\\nIt is never early."  # theirs', 'genres = ["farce"]',
    "ids = { tvmaze = 103 }", 'follows = { synopsis = "tvmaze" }', claims=[CLAIM],
)  # fmt: skip


def test_a_field_that_follows_takes_the_new_value(home: Home) -> None:
    linked(home, FOLLOWING)
    report = changed(home, synopsis="<p>It is late.</p>")
    assert home.show("slow-tram").synopsis == "It is late."
    assert home.show("slow-tram").follows == {"synopsis": "tvmaze"}
    assert [(one.show_id, one.source) for one in report.news] == [("slow-tram", "tvmaze")]
    assert "loud" not in [one.grade for one in report.news]


def test_no_other_byte_moves_when_a_field_follows(home: Home) -> None:
    before = linked(home, FOLLOWING)
    changed(home, synopsis="<p>It is late.</p>")
    assert home.text == before.replace('"It is never late.\\nIt is never early."', '"It is late."')


def test_a_field_that_follows_nobody_stays(home: Home) -> None:
    before = linked(home, FOLLOWING)
    changed(home, genres=("Tragedy",))
    assert home.text == before
    tracker = home.tracker()
    proposals = tracker.proposals.find(tracker.watchlist.current.get("slow-tram"))
    [proposal] = [one for one in proposals if one.field == "genres"]
    assert (proposal.mine, proposal.theirs) == (("farce",), ("tragedy",))
    assert proposal.since == date(2026, 11, 27)


def test_a_field_that_follows_another_service_stays(home: Home) -> None:
    before = linked(home, FOLLOWING.replace('"tvmaze" }', '"tmdb" }'))
    changed(home, synopsis="<p>It is late.</p>")
    assert home.text == before


def test_what_was_edited_in_the_file_meanwhile_does_not_follow(home: Home) -> None:
    linked(home, FOLLOWING)
    home.edit("It is never late.\\nIt is never early.", "My own words.")
    changed(home, synopsis="<p>It is late.</p>")
    assert home.show("slow-tram").synopsis == "My own words."
    tracker = home.tracker()
    proposals = tracker.proposals.find(tracker.watchlist.current.get("slow-tram"))
    assert [(one.field, one.theirs) for one in proposals if one.field == "synopsis"] == [("synopsis", "It is late.")]


def test_what_was_set_by_its_owner_does_not_follow_any_more(home: Home) -> None:
    linked(home, FOLLOWING)
    home.tracker().edits.set_fields({"slow-tram": {"synopsis": "My own words."}})
    assert "synopsis" not in home.show("slow-tram").follows
    changed(home, synopsis="<p>It is late.</p>")
    assert home.show("slow-tram").synopsis == "My own words."


def test_a_service_that_says_nothing_any_more_empties_no_field(home: Home) -> None:
    before = linked(home, FOLLOWING)
    changed(home, synopsis="")
    assert home.text == before


def test_an_edit_while_the_service_is_asked_is_not_written_over(home: Home) -> None:
    linked(home, FOLLOWING)
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, synopsis="<p>It is late.</p>")
    home.forget_answers()

    def edit() -> None:
        home.edit("It is never late.\\nIt is never early.", "My own words.")

    while_asked(home, edit)
    assert home.show("slow-tram").synopsis == "My own words."


# While it is asked


def while_asked(home: Home, deed: Callable[[], object], path: str = "/shows/103") -> RefreshReport:
    """Refresh, and do something when the service was asked and has not answered yet."""
    answer_now, tracker, reports = Event(), home.tracker(), list[RefreshReport]()
    home.fake_sources.fail("tvmaze", faults.held(answer_now), path=path, times=1)
    thread = Thread(target=lambda: reports.append(tracker.refresh(tracker.watchlist.current.shows).run()))
    before = home.fake_sources.count("tvmaze", path)
    thread.start()
    try:
        while home.fake_sources.count("tvmaze", path) == before:
            home.fake_sources.wait_for_requests("tvmaze", home.fake_sources.count("tvmaze") + 1)
        deed()
    finally:
        answer_now.set()
        thread.join()
    [report] = reports
    return report


def test_a_show_that_is_removed_while_it_is_asked_about_stays_away(home: Home) -> None:
    [show] = home.fake_sources.add_many(1)
    linked(home, TRAM, numbered(show))
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.fake_sources.change("tvmaze", 10_001, premiered="2027-05-05")
    home.forget_answers()
    report = while_asked(home, lambda: home.tracker().edits.remove(["slow-tram"]))
    assert [show.id for show in home.tracker().watchlist.current.shows] == ["invented-show-1"]
    assert home.show("invented-show-1").history[-1].source == "tvmaze"
    assert told(report.news) == [("loud", "invented-show-1", "tvmaze")]


def test_a_claim_that_is_made_while_it_is_asked_is_not_lost(home: Home) -> None:
    linked(home, TRAM)
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.forget_answers()
    mine = Claim(status=Status.POSTPONED, source="Lumen Post", note="said so at noon")
    while_asked(home, lambda: home.tracker().edits.record({"slow-tram": mine}))
    assert [one.source for one in home.show("slow-tram").history] == ["Lumen Post", "Lumen Post", "tvmaze"]


def test_a_stop_keeps_what_was_heard(home: Home) -> None:
    shows = home.fake_sources.add_many(6)
    home.write(*map(numbered, shows))
    know(home, shows)
    home.later(days=4)
    for show in shows:
        home.fake_sources.change("tvmaze", show.tvmaze or 0, premiered="2028-01-31")
    tracker = home.tracker()
    refresh = tracker.refresh(tracker.watchlist.current.shows)
    report = refresh.run(lambda progress: refresh.stop() if progress.done == 2 else None)
    assert report.is_stopped
    assert [one.show_id for one in report.news] == ["invented-show-1", "invented-show-2"]
    assert [len(show.history) for show in home.tracker().watchlist.current.shows] == [2, 2, 1, 1, 1, 1]
    assert [one.show_id for one in reversed(home.tracker().inbox.items())] == [
        "invented-show-1", "invented-show-2",
    ]  # fmt: skip
    tracker.sources.stop()
    # The rest is heard of the next time, and nothing twice.
    assert [one.show_id for one in home.refresh().news] == [f"invented-show-{number}" for number in (3, 4, 5, 6)]


def test_a_stop_ends_a_question_that_is_under_way(home: Home) -> None:
    before = linked(home, TRAM)
    home.later(days=4)
    home.forget_answers()
    tracker, reports = home.tracker(), list[RefreshReport]()
    home.fake_sources.fail("tvmaze", faults.silent)
    refresh = tracker.refresh(tracker.watchlist.current.shows)
    thread = Thread(target=lambda: reports.append(refresh.run()))
    thread.start()
    home.fake_sources.wait_for_requests("tvmaze")
    refresh.stop()
    tracker.sources.stop()
    thread.join()
    [report] = reports
    assert (report.is_stopped, report.news, report.failures) == (True, (), ())
    assert home.text == before


# A dry run


def test_a_dry_run_tells_and_changes_nothing_at_all(home: Home) -> None:
    linked(home, FOLLOWING)
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05", synopsis="<p>It is late.</p>")
    home.forget_answers()
    before = home.states
    assert told(home.refresh(dry_run=True).news) == [("loud", "slow-tram", "tvmaze")]
    assert home.states == before
    assert told(home.refresh().news) == [("loud", "slow-tram", "tvmaze")]


def test_a_dry_run_where_nothing_was_ever_asked_leaves_no_trace(home: Home) -> None:
    home.write(TRAM, entry("Harbour Nine"))
    before = home.states
    assert home.refresh(dry_run=True).asked == 1
    assert home.states == before


def test_a_dry_run_of_a_deletion_or_a_word_taken_back_changes_nothing(home: Home) -> None:
    linked(home, TRAM, entry("Old Ferry", "ids = { tvmaze = 111 }"))
    changed(home, days=0.6, premiered="2027-03-05")
    home.later(days=1)
    home.fake_sources.change("tvmaze", 103, premiered="2026-11-27")
    home.fake_sources.remove("tvmaze", 111)
    home.forget_answers()
    before = home.states
    assert told(home.refresh("slow-tram", dry_run=True).news) == [("quiet", "slow-tram", "tvmaze")]
    assert told(home.refresh("old-ferry", dry_run=True).news) == [("normal", "old-ferry", "tvmaze")]
    assert home.states == before


# What is gone


def test_a_show_that_the_service_deleted_stays_and_is_marked(home: Home) -> None:
    before = linked(home, TRAM)
    home.later(days=4)
    home.fake_sources.remove("tvmaze", 103)
    home.forget_answers()
    report = home.refresh()
    assert told(report.news) == [("normal", "slow-tram", "tvmaze")]
    assert report.failures == ()
    assert home.text == before
    tracker = home.tracker()
    [word] = tracker.states.for_show(tracker.watchlist.current.get("slow-tram"))
    assert word.is_removed


@pytest.mark.parametrize(("times", "days"), [(1, 31), (25, 4)], ids=["after a long time", "in the course of time"])
def test_a_show_that_was_deleted_is_noticed_among_others(home: Home, times: int, days: int) -> None:
    before = linked(home, TRAM, entry("Rain Ledger", "ids = { tvmaze = 109 }"))
    home.fake_sources.remove("tvmaze", 103)
    news: list[NewsItem] = []
    for _ in range(times):
        home.later(days=days)
        news += home.refresh(force=True).news
    assert told(news) == [("normal", "slow-tram", "tvmaze")]
    assert home.text == before


def test_a_deletion_is_news_once(home: Home) -> None:
    linked(home, TRAM)
    home.fake_sources.remove("tvmaze", 103)
    home.later(days=4)
    home.forget_answers()
    assert len(home.refresh().news) == 1
    home.later(days=4)
    home.forget_answers()
    report = home.refresh()
    assert (report.asked, report.news, report.failures) == (1, (), ())


def test_a_show_that_is_there_again_is_no_longer_marked(home: Home) -> None:
    before = linked(home, TRAM)
    kept = home.fake_sources._records["tvmaze"]["103"].show
    home.fake_sources.remove("tvmaze", 103)
    home.later(days=4)
    home.forget_answers()
    home.refresh()
    home.fake_sources.add(kept)
    home.later(days=4)
    home.forget_answers()
    assert told(home.refresh().news) == [("normal", "slow-tram", "tvmaze")]
    tracker = home.tracker()
    [word] = tracker.states.for_show(tracker.watchlist.current.get("slow-tram"))
    assert not word.is_removed
    assert home.text == before


# What no service knew

UNKNOWN = entry("Slow Tram", TOP, 'networks = ["Kestrel"]', claims=[CLAIM])
REST = entry("Low Tide", 'watch = "dropped"')


def test_a_show_that_is_not_linked_is_offered_with_reasons(home: Home) -> None:
    before = home.write(UNKNOWN, REST)
    [news] = home.refresh().news
    assert (news.show_id, news.grade) == ("slow-tram", "normal")
    assert news.match_offer.split() == ["tvmaze:103", "tmdb:tv/203", "wikidata:Q990000103"]
    assert "is this it?" in news.text
    assert all(reason in news.text for reason in ("title", "2026", "Kestrel"))
    assert home.path.read_bytes() == before


def test_an_offer_is_made_once_and_searched_for_again_after_thirty_days(home: Home) -> None:
    home.write(UNKNOWN, REST)
    home.refresh()
    home.fake_sources.requests.clear()
    home.later(days=29.9)
    report = home.refresh(force=True)
    assert (report.news, home.fake_sources.requests) == ((), [])
    home.later(days=0.2)
    home.refresh()
    assert home.fake_sources.count("tvmaze", "/search/shows") == 1


def test_nothing_likely_is_not_offered_and_searched_for_again_after_thirty_days(home: Home) -> None:
    home.write(entry("Paper Lanterns", 'status = "filming"', 'networks = ["Kestrel"]', 'countries = ["KR"]'), REST)
    assert home.refresh().news == ()
    assert home.fake_sources.count("tvmaze", "/search/shows") == 1
    home.later(days=29)
    home.refresh(force=True)
    assert home.fake_sources.count("tvmaze", "/search/shows") == 1
    home.later(days=2)
    home.refresh()
    assert home.fake_sources.count("tvmaze", "/search/shows") == 2


def test_a_show_that_a_service_knows_by_now_is_offered(home: Home) -> None:
    home.write(entry("Twin Kites", 'original_title = "쌍둥이 연"', 'countries = ["KR"]'), REST)
    assert home.refresh().news == ()
    home.fake_sources.add(FakeShow(title="Twin Kites", original_title="쌍둥이 연", tmdb="tv/301", countries=("KR",)))
    home.later(days=31)
    [news] = home.refresh().news
    assert (news.show_id, news.match_offer) == ("twin-kites", "tmdb:tv/301")


def test_what_another_entry_is_tied_to_is_not_offered(home: Home) -> None:
    home.write(UNKNOWN, entry("Tram", "ids = { tvmaze = 103 }"))
    assert [one for one in home.refresh().news if one.match_offer] == []


@pytest.mark.parametrize("keys", ['status = "released"', 'status = "cancelled"', 'watch = "dropped"'])
def test_what_nobody_waits_for_is_not_searched_for(home: Home, keys: str) -> None:
    home.write(entry("Slow Tram", keys, 'networks = ["Kestrel"]'), REST)
    home.refresh(force=True)
    assert home.fake_sources.requests == []


# What goes wrong


def test_one_show_that_fails_does_not_fail_the_rest(home: Home) -> None:
    ferry_top, ferry = said("airing", "2025-03-01")
    linked(home, TRAM, entry("Old Ferry", ferry_top, "ids = { tvmaze = 111 }", claims=[ferry]))
    home.later(days=31)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.fake_sources.change("tvmaze", 111, synopsis="Other.")
    home.fake_sources.fail("tvmaze", faults.half_json, path="/shows/103")
    home.forget_answers()
    report = home.refresh()
    assert report.asked == 2
    [failure] = report.failures
    assert "Slow Tram" in failure
    assert "TVmaze" in failure
    assert not report.is_broken
    # It is asked about again the next time, and then it is news.
    home.fake_sources.clear_faults()
    assert told(home.refresh("slow-tram").news) == [("loud", "slow-tram", "tvmaze")]


def test_a_file_that_cannot_be_written_makes_nobody_forget(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = linked(home, TRAM)
    home.later(days=4)
    home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write", full)
        report = home.refresh()
    assert home.text == before
    assert report.news == ()
    assert "Slow Tram" in "".join(report.failures)
    assert home.tracker().inbox.items() == ()
    assert told(home.refresh().news) == [("loud", "slow-tram", "tvmaze")]
    assert slips(home.show("slow-tram")) == [98]


def test_a_damaged_entry_elsewhere_is_not_in_the_way(home: Home) -> None:
    linked(home, TRAM, '[[show]]\ntitle = "Half\n\n')
    assert told(changed(home, premiered="2027-03-05").news) == [("loud", "slow-tram", "tvmaze")]
    assert '[[show]]\ntitle = "Half\n\n' in home.text


def test_what_was_kept_and_is_damaged_is_heard_anew(home: Home) -> None:
    before = linked(home, TRAM)
    [kept] = (home.paths.state / "witness").glob("*.sqlite")
    kept.write_bytes(b"no database" * 500)
    home.forget_answers()
    report = home.refresh()
    assert (report.asked, report.news) == (1, ())
    assert home.text == before


def observed(home: Home, reference: str) -> SourceRecord:
    """Return what a service says by now."""
    tracker = home.tracker()
    [one] = tracker.sources.fetch([parse_source_id(reference)])
    assert isinstance(one, SourceRecord)
    return one


def test_the_last_word_is_what_was_said_last(home: Home, fake_sources: FakeSources) -> None:
    linked(home, TRAM)
    changed(home, premiered="2027-03-05")
    tracker = home.tracker()
    [word] = tracker.states.for_show(tracker.watchlist.current.get("slow-tram"))
    assert word.record == observed(home, "tvmaze:103").normalized()
    assert (word.since_when("release"), word.since_when("synopsis")) == (date(2026, 11, 27), date(2026, 11, 23))
    assert word.record.revision == fake_sources.revision("tvmaze", 103)
