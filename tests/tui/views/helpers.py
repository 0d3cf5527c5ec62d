"""What tests of the shapes ask the app besides what all tests ask it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from textual.command import CommandList
from textual.widgets import Static

from tests.tui.helpers import SAMPLE, RunningApp, entry
from tests.tui.online import linked
from tracker.model.episode import Episode
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState
from tracker.service import Tracker
from tracker.tui.views.month import MonthView
from tracker.tui.views.timeline_painter import TimelinePainter, label_width

SHAPES: Final = {"1": "", "2": "agenda", "3": "month", "4": "timeline"}
"""The key of each shape, and what the header says of it."""
SHELVED: Final = SAMPLE + entry("Velvet Stair", "filming", "2026-11") + entry("Tin Harbour", "filming", "2026-Q4")
"""The sample, and in its month something without a day and something vaguer."""
LINKED: Final = linked(SAMPLE, harbour_nine="tvmaze = 102", slow_tram="tvmaze = 103", copper_moon="tvmaze = 110")
"""The sample, of which three shows are tied to TVmaze."""


def item(app: RunningApp) -> str:
    """Return the title of what is stood on, "" for nothing."""
    return app.main.selected.title if app.main.selected is not None else ""


def caption(app: RunningApp) -> list[str]:
    """Return the lines below month and timeline."""
    return [line.rstrip() for line in str(app.main.query_one("#caption", Static).render()).splitlines()]


def calendar(app: RunningApp) -> MonthView:
    """Return the calendar."""
    return app.main.query_one(MonthView)


def day(app: RunningApp) -> str:
    """Return the day that is stood on in the calendar."""
    return calendar(app).day.isoformat()


def turn_to(app: RunningApp, text: str) -> None:
    """Stand on a day of the calendar."""
    calendar(app)._select_day(date.fromisoformat(text))


def lit(app: RunningApp) -> str:
    """Return what the calendar draws in the colours of the cursor, without its blanks and line breaks."""
    view = calendar(app)
    colour = view._styles["cursor"].bgcolor
    lines = [view.render_line(y) for y in range(view.size.height)]
    found = (part.text for line in lines for part in line if part.style and part.style.bgcolor == colour)
    return "".join("".join(found).split())


def weekdays(app: RunningApp) -> list[str]:
    """Return the names above the days of the month."""
    return calendar(app).render_line(1).text.split()[:7]


def chart(app: RunningApp) -> TimelinePainter:
    """Return what draws the timeline."""
    timeline = app.main.views.timeline
    assert timeline is not None
    return timeline.painter


def axis(app: RunningApp) -> list[str]:
    """Return the two lines above the timeline, without what stands above the titles."""
    wide = label_width(app.shows.scrollable_content_region.width)
    return [line[wide:] for line in str(app.main.query_one("#axis", Static).render()).splitlines()]


def row(app: RunningApp, title: str) -> str:
    """Return what the timeline draws behind a title."""
    wide = label_width(app.shows.scrollable_content_region.width)
    return next(line[wide:] for line in app.rows if title in line[:wide])


def sign(app: RunningApp, title: str) -> str:
    """Return the sign of the status before a title of the timeline."""
    return next(line[2] for line in app.rows if title in line)


async def offered(app: RunningApp, text: str = "") -> str:
    """Return what the palette offers for some words."""
    await app.press("ctrl+p")
    await app.pilot.press(*text)
    await app.pilot.pause()
    found = "\n".join(str(option.prompt) for option in app.screen.query_one(CommandList).options)
    while app.screen is not app.main:
        await app.press("escape")
    return found


def say(tracker: Tracker, **episodes: Episode) -> None:
    """Let TVmaze have said which episode comes next: `say(tracker, tvmaze_103=Episode(…))`."""
    now = datetime.now(UTC)
    said = [
        SourceRecord("tvmaze", name.removeprefix("tvmaze_"), "", next_episode=one) for name, one in episodes.items()
    ]
    tracker._source_database.save([SourceState(one, now) for one in said])
