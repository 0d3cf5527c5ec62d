"""The calendar: a month with its shelves or a whole year, a day and a show that are stood on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tracker.model.days import MONDAY, days_after, month_end, months_after
from tracker.model.episode import Episode
from tracker.model.month import Entry, Month, Year, month_of, year_of
from tracker.model.show import Show
from tracker.tui.keys import MONTH
from tracker.tui.theme import signs_of
from tracker.tui.widgets.drawn import Cursor, Drawn
from tracker.tui.widgets.month_page import MonthPage
from tracker.tui.widgets.palette import Palette
from tracker.tui.widgets.year_page import YearPage


class MonthView(Widget, can_focus=True):
    """A page of the calendar."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MONTH]
    DEFAULT_CSS = """
    MonthView { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Highlighted(Message):
        """Another show is stood on, or none."""

        month_view: MonthView
        show: Show | None

        @property
        def control(self) -> MonthView:
            return self.month_view

    @dataclass
    class Selected(Message):
        """A show was chosen by Enter or a double click."""

        month_view: MonthView
        show: Show

        @property
        def control(self) -> MonthView:
            return self.month_view

    def __init__(self, today: date, first: int = MONDAY, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        """The day from which is seen."""
        self.day = today
        """The day that is stood on."""
        self.is_year = False
        """Whether the whole year is seen."""
        self._first = first
        self._shows: Sequence[Show] = ()
        self._episodes: Mapping[str, Episode] = {}
        self._native = False
        self._entry: Entry | None = None
        self._show: Show | None = None
        self._marked: frozenset[str] = frozenset()
        self._palette = Palette(self)
        self._page: Month | Year | None = None
        self._drawn: Drawn | None = None

    @property
    def page(self) -> Month | Year:
        """What is seen."""
        if self._page is None:
            shows, episodes = self._shows, self._episodes
            if self.is_year:
                self._page = year_of(shows, episodes, self.day.year)
            else:
                self._page = month_of(shows, episodes, self.day, self._first)
        return self._page

    @property
    def entry(self) -> Entry | None:
        """The entry that is stood on; None on a day without any, and for a show that is on no page."""
        return self._entry

    @property
    def chosen(self) -> Show | None:
        """The show that is stood on; it may have no date, and so be on no page."""
        return self._show

    def show_shows(
        self, shows: Sequence[Show], episodes: Mapping[str, Episode], today: date, *, native: bool, keep: str | None
    ) -> None:
        """Show these shows, standing on one of them wherever it is by now.

        Args:
            shows: In the order that they have on a day.
            episodes: The next episodes that are known, by the ids of their shows.
            today: The day from which is seen.
            native: Whether titles are in their own script.
            keep: The id of the show to stand on; None for none.
        """
        self._shows, self._episodes, self.today, self._native = shows, episodes, today, native
        self._page = None
        show = next((one for one in shows if one.id == keep), None)
        if show is not None:
            self.go_to(show)
        else:
            self._entry = next(iter(self.page.days.get(self.day, ())), None)
            self._show = self._entry.show if self._entry is not None else None
            self._redraw()

    def mark(self, show_ids: frozenset[str]) -> None:
        """Draw the marks of these shows."""
        self._marked = show_ids
        self._redraw()

    def go_to(self, show: Show) -> None:
        """Stand on a show: on this page if it is here, else by its day, its month, or what is nearest to today."""
        here = [one for one in self.page.entries if one.show.id == show.id]
        if not here and (day := self._day_of(show)) is not None:
            self.day = day
            self._page = None
            here = [one for one in self.page.entries if one.show.id == show.id]
        self._entry = next((one for one in here if one.day == self.day), here[0] if here else None)
        if self._entry is not None and self._entry.day is not None:
            self.day = self._entry.day
        self._show = show
        self._redraw()

    def _day_of(self, show: Show) -> date | None:
        """Return the day by which a show is found: of its next episode if it is out, else what is nearest to today."""
        window, episode = show.release, self._episodes.get(show.id)
        if show.status is not None and show.status.is_out and episode is not None and episode.day() is not None:
            return episode.day()
        if window is None or window.earliest is None or window.latest is None:
            return None
        return min(max(self.today, window.earliest), window.latest)

    def _redraw(self) -> None:
        self._drawn = None
        self.refresh()

    def _draw(self) -> Drawn:
        if self._drawn is None:
            signs, cursor = signs_of(self), Cursor(self.day, self._entry, self.has_focus, self._marked)
            page = self.page
            if isinstance(page, Year):
                self._drawn = YearPage(self._palette, signs, self.today).draw(page, cursor, self.size)
            else:
                drawer = MonthPage(self._palette, signs, self.today, native=self._native)
                self._drawn = drawer.draw(page, cursor, self.size)
        return self._drawn

    def render_line(self, y: int) -> Strip:
        lines, base = self._draw().lines, self._palette.base
        line = lines[y] if y < len(lines) else []
        return Strip(Segment.apply_style(line, base)).adjust_cell_length(self.size.width, base)

    def on_resize(self) -> None:
        self._redraw()

    def on_focus(self) -> None:
        self._redraw()

    def on_blur(self) -> None:
        self._redraw()

    def notify_style_update(self) -> None:
        self._palette.forget()
        self._drawn = None
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        hits = [hit for hit in self._draw().hits if hit.region.contains(event.x, event.y)]
        if not hits:
            return
        hit, before = hits[-1], (self.day, self._entry)
        if hit.day is not None:
            self._stand_on_day(hit.day, hit.entry)
        else:
            self._stand_on(hit.entry)
        # The first click may have turned the page under the mouse.
        if event.chain == 2 and before == (self.day, self._entry):
            self.action_select()

    def _stand_on_day(self, day: date, entry: Entry | None = None) -> None:
        """Stand on a day, and on its first show if no other is meant."""
        before, self.day = self.day, day
        if (before.year, before.month) != (day.year, day.month):
            self._page = None
        self._stand_on(entry or next(iter(self.page.days.get(day, ())), None))

    def _stand_on(self, entry: Entry | None) -> None:
        self._entry = entry
        self._show = entry.show if entry is not None else None
        self._redraw()
        self.post_message(self.Highlighted(self, self._show))

    def action_day(self, by: int) -> None:
        if self.is_year and abs(by) == 7:
            self._go_months(1 if by > 0 else -1)
        else:
            self._stand_on_day(days_after(self.day, by))

    def action_turn(self, by: int) -> None:
        self._go_months(by * 12 if self.is_year else by)

    def _go_months(self, by: int) -> None:
        first = months_after(self.day, by)
        self._stand_on_day(first.replace(day=min(self.day.day, month_end(first).day)))

    def action_today(self) -> None:
        self._stand_on_day(self.today)

    def action_entry(self, by: int) -> None:
        entries = self.page.entries
        if not entries:
            return
        if self._entry in entries:
            at = entries.index(self._entry) + by
        else:
            ahead = [n for n, one in enumerate(entries) if one.day is None or one.day >= self.day]
            at = (ahead[0] if ahead else len(entries)) + (min(0, by))
        if 0 <= at < len(entries):
            entry = entries[at]
            if entry.day is not None:
                self._stand_on_day(entry.day, entry)
            else:
                self._stand_on(entry)

    def zoom(self, by: int) -> None:
        """See the whole year, or one month."""
        if self.is_year != (by < 0):
            self.is_year = by < 0
            self._page = None
            self._redraw()
            self.post_message(self.Highlighted(self, self._show))

    def action_select(self) -> None:
        if self._show is not None:
            self.post_message(self.Selected(self, self._show))
        elif self.is_year:
            self.zoom(1)
