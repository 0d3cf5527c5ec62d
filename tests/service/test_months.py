"""Half a year of one show, played day by day: what its sources say, and every notice that the owner gets of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from tests.fake_sources import FakeShow, FakeSources
from tests.fake_sources.shows import FARLIGHT, Aka, Episode, Maker, Part
from tests.service.conftest import Home, entry
from tracker.model.status import Status

FIRST: Final = date(2025, 12, 1)
LAST: Final = date(2026, 6, 20)
TWINS: Final = FakeShow(
    title="Harbour Twins", tvmaze=501, tmdb="tv/601", wikidata="Q990000501", original_title="みなとの双子",
    language="ja", stage="announced", web=FARLIGHT, countries=("JP",), akas=(Aka("みなとの双子", ""),),
    synopsis="<p>Two sisters run one ferry.</p>",
)  # fmt: skip
CLAIMS: Final = (
    'on = 2024-06-28\nstatus = "filming"\nrelease = "2025"\nsource = "Tidewater (agency)"',
    'on = 2025-02-12\nrelease = "2025-08"\nsource = "Farlight"',
)
"""What had been said before: announced, "next year", August; and August passed without a word."""


def say(service: str, **fields: Any) -> Callable[[FakeSources], None]:
    """Return what lets a source say something else of the show."""
    key = {"tvmaze": "501", "tmdb": "tv/601", "wikidata": "Q990000501"}[service]
    return lambda sources: sources.change(service, key, **fields)


STORY: Final[Mapping[date, tuple[Callable[[FakeSources], None], ...]]] = {
    date(2026, 1, 27): (say("tvmaze", premiered="2026-05-14", stage="scheduled"),),
    date(2026, 1, 29): (say("tmdb", premiered="2026-05-14", stage="scheduled"),),
    date(2026, 2, 10): (say("tmdb", synopsis="<p>A ferry. Two sisters – and one secret.</p>", genres=("Mystery",)),),
    date(2026, 2, 20): (say("tvmaze", cast=(Part("Han Seorin", "Mio"), Part("Abel Kuro", "Ren"))),),
    date(2026, 2, 24): (say("tmdb", cast=(Part("Seorin Han", "Mio"), Part("Abel Kuro", "Ren Aoki"))),),
    date(2026, 3, 1): (say("wikidata", premiered="2026"),),
    date(2026, 3, 10): (say("tmdb", premiered="2026-05-21"),),
    date(2026, 3, 11): (say("tmdb", premiered="2026-05-14"),),
    date(2026, 3, 20): (say("tvmaze", crew=(Maker("Director", "Ito Haruna"),)),),
    date(2026, 4, 20): (say("tvmaze", next_episode=Episode(1, 1, "Cast Off", "2026-05-14", "", "")),),
    date(2026, 5, 14): (say("tvmaze", stage="airing", next_episode=None), say("tmdb", stage="airing")),
    date(2026, 6, 10): (say("tvmaze", stage="ended", ended="2026-05-14"), say("tmdb", stage="ended")),
}


def play(home: Home) -> list[tuple[str, ...]]:
    """Play the story with the app open: a refresh and a look at the reminders each morning; return all notices."""
    home.clock.now = datetime(FIRST.year, FIRST.month, FIRST.day, 7, tzinfo=UTC).timestamp()
    home.ask(remind=["7d", "1d", "0d", "overdue"])
    home.fake_sources.add(TWINS, changed=home.clock() - 90 * 86_400)
    home.write(
        entry(
            "Harbour Twins", 'status = "filming"\nrelease = "2025-08"', 'networks = ["Farlight"]',
            'ids = { tvmaze = 501, tmdb = "tv/601", wikidata = "Q990000501" }', claims=CLAIMS,
        )
    )  # fmt: skip
    tracker = home.tracker()
    notices: list[tuple[str, ...]] = []
    day = FIRST
    while day <= LAST:
        for change in STORY.get(day, ()):
            change(home.fake_sources)
        report = tracker.refresh(tracker.watchlist.current.shows).run()
        assert not report.failures
        notices += [(f"{day:%m-%d}", item.grade, item.source, item.text) for item in report.news]
        notices += [(f"{day:%m-%d}", "reminder", "", reminder.text) for reminder in tracker.reminders.tell()]
        home.later(days=1)
        day += timedelta(days=1)
    return notices


def test_months(home: Home) -> None:
    assert play(home) == [
        # What nobody wrote is filled by the first source that knows it, and follows it.
        ("12-01", "quiet", "tvmaze", "original title: みなとの双子; countries: JP; genres: drama; new synopsis"),
        ("01-27", "loud", "tvmaze", "14 May 2026 (slipped 256 days from Aug 2025)"),
        ("01-30", "quiet", "tmdb", "14 May 2026 (confirmed)"),
        # 02-11, 02-26: TMDB words it differently; 03-01: Wikidata knows only the year.
        ("02-20", "quiet", "tvmaze", "cast: Han Seorin, Abel Kuro"),
        ("03-10", "loud", "tmdb", "21 May 2026 (slipped 7 days from 14 May 2026)"),
        ("03-11", "quiet", "tmdb", "said 21 May 2026 for a while, now 14 May 2026 again"),
        ("03-22", "quiet", "tvmaze", "directors: Ito Haruna"),
        ("05-07", "reminder", "", "is expected in 7 days, on Thu 14 May 2026 (Farlight)"),
        ("05-13", "reminder", "", "is expected tomorrow, Thu 14 May 2026 (Farlight)"),
        ("05-14", "loud", "tvmaze", "filming → airing"),
        ("06-10", "loud", "tmdb", "airing → released"),
    ]
    show = home.show("harbour-twins")
    state = show.history_state
    assert (state.slips, state.slipped_days, show.status) == (1, 256, Status.RELEASED)
    tracker = home.tracker()
    assert tracker.proposals.find(show) == ()
