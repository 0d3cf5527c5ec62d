"""The month with its shelves, or the whole year, with a cursor on a day and a show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.strip import Strip

from tracker.model.dates import MONDAY, day_name, days_after, month_end, months_after
from tracker.model.episode import Episode, describe_episode
from tracker.model.show import Show
from tracker.reports.month import CalendarEntry, Month, Year, build_month, build_year
from tracker.tui.bindings import MONTH_BINDINGS, key_named
from tracker.tui.content import MUTED
from tracker.tui.theme import glyphs_of
from tracker.tui.views.arrangement import Arrangement, ShowActivated, ShowSelected, TimeChanged
from tracker.tui.views.caption import CaptionState
from tracker.tui.views.month_page import MonthPainter
from tracker.tui.views.page import Cursor, Page
from tracker.tui.views.year_page import YearPainter
from tracker.tui.widgets.navigable import Navigable
from tracker.tui.widgets.theme_styles import ThemeStyles

_KEYS: Final = "←↓↑→ hjkl {}   tab show   pgup pgdn {}   0 today   enter details"


class MonthView(Navigable, can_focus=True):
    """A page of the calendar."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MONTH_BINDINGS]
    DEFAULT_CSS = """
    MonthView { height: 1fr; width: 1fr; }
    """

    def __init__(self, today: date, first: int = MONDAY, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        """Today, as the list is seen."""
        self.day = today
        """The day under the cursor."""
        self.is_year = False
        """Whether the whole year is shown."""
        self._first_weekday = first
        self._shows: Sequence[Show] = ()
        self._episodes: Mapping[str, Episode] = {}
        self._native = False
        self._entry: CalendarEntry | None = None
        self._selected: Show | None = None
        self.last: Show | None = None
        """The show that was selected last, though the cursor may be on a day without any by now."""
        self._marked: frozenset[str] = frozenset()
        self._turns_to_today = False
        self._styles = ThemeStyles(self)
        self._period: Month | Year | None = None
        self._page: Page | None = None

    @property
    def period(self) -> Month | Year:
        """What is seen."""
        if self._period is None:
            shows, episodes = self._shows, self._episodes
            if self.is_year:
                self._period = build_year(shows, episodes, self.day.year, today=self.today)
            else:
                self._period = build_month(shows, episodes, self.day, self._first_weekday, today=self.today)
        return self._period

    @property
    def entry(self) -> CalendarEntry | None:
        """The entry under the cursor; None on a day without any, and for a show that is on no page."""
        return self._entry

    @property
    def selected(self) -> Show | None:
        """The selected show; it may have no date, and so be on no page."""
        return self._selected

    def show(self, arrangement: Arrangement, keep: str = "") -> None:
        """Show the list anew, with the cursor on the show `keep`, by default on its own.

        The page turns only after a show that had the cursor and has moved.
        """
        self._shows, self._episodes = tuple(arrangement.shows), arrangement.episodes
        self.today, self._native, self._marked = arrangement.today, arrangement.native, arrangement.marked
        self._period = None
        if self._turns_to_today:
            self.day, self._turns_to_today = self.today, False
        had_cursor = self._entry.show.id if self._entry is not None else ""
        wanted = keep or (self._selected.id if self._selected is not None else "")
        show = next((show for show in self._shows if show.id == wanted), None)
        if show is not None:
            self.select(show, turns=show.id == had_cursor)
        else:
            self._entry = next(iter(self.period.days.get(self.day, ())), None)
            self._remember(self._entry.show if self._entry is not None else None)
            self._redraw()
        self.post_message(ShowSelected(self._selected))

    def caption(self) -> CaptionState:
        """Return what is said of the selected show, or of a day without any."""
        episode = describe_episode(self.entry.episode) if self.entry is not None and self.entry.episode else ""
        legend, empty = (
            Content.styled(_KEYS.format(*("day, month", "year") if self.is_year else ("day, week", "month")), MUTED),
            f"Nothing on {day_name(self.day)}.",
        )
        is_elsewhere = self._selected is not None and self._entry is None and self._day_of(self._selected) is not None
        if is_elsewhere and not self.is_year:
            episode = f"not on this page; {key_named('month').key_text} goes to it"
        return CaptionState(self._selected, self.today, self._native, legend, empty, episode)

    def _remember(self, show: Show | None) -> None:
        self._selected = show
        if show is not None:
            self.last = show

    def set_marks(self, show_ids: frozenset[str]) -> None:
        """Draw the marks of these shows."""
        self._marked = show_ids
        self._redraw()

    def reset(self) -> None:
        """Turn to the today of what is shown next; the show that is selected stays so."""
        self._entry = self._period = None
        self._turns_to_today = True

    def select(self, show: Show, *, turns: bool = True) -> None:
        """Select a show: on this page if it is here, else the page turns to it, unless it is not to."""
        entries = [entry for entry in self.period.entries if entry.show.id == show.id]
        if turns and not entries and (day := self._day_of(show)) is not None:
            self.day = day
            self._period = None
            entries = [entry for entry in self.period.entries if entry.show.id == show.id]
        self._entry = next((entry for entry in entries if entry.day == self.day), entries[0] if entries else None)
        if self._entry is not None and self._entry.day is not None:
            self.day = self._entry.day
        self._remember(show)
        self._redraw()

    def _day_of(self, show: Show) -> date | None:
        """Return the day by which a show is found: of its next episode if it is out, else what is nearest to today."""
        window, episode = show.release, self._episodes.get(show.id)
        if show.is_out and episode is not None and episode.day() is not None:
            return episode.day()
        if window is None or window.is_tba:
            return None
        return min(max(self.today, window.earliest or self.today), window.latest or date.max)

    def _redraw(self) -> None:
        self._page = None
        self.refresh()

    def _draw(self) -> Page:
        if self._page is None:
            glyphs, cursor = glyphs_of(self), Cursor(self.day, self._entry, self.has_focus, self._marked)
            page = self.period
            if isinstance(page, Year):
                self._page = YearPainter(self._styles, glyphs, self.today).draw(page, cursor, self.size)
            else:
                drawer = MonthPainter(self._styles, glyphs, self.today, native=self._native)
                self._page = drawer.draw(page, cursor, self.size)
        return self._page

    def render_line(self, y: int) -> Strip:
        lines, base = self._draw().lines, self._styles.base
        line = lines[y] if y < len(lines) else []
        return Strip(Segment.apply_style(line, base)).adjust_cell_length(self.size.width, base)

    def on_resize(self) -> None:
        self._redraw()

    def on_focus(self) -> None:
        self._redraw()

    def on_blur(self) -> None:
        self._redraw()

    def notify_style_update(self) -> None:
        self._styles.clear()
        self._page = None
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        hits = [hit for hit in self._draw().areas if hit.region.contains(event.x, event.y)]
        if not hits:
            return
        hit, before = hits[-1], (self.day, self._entry)
        if hit.day is not None:
            self._select_day(hit.day, hit.entry)
        else:
            self._select_entry(hit.entry)
        # The first click may have turned the page under the mouse.
        if event.chain == 2 and before == (self.day, self._entry):
            self.action_select()

    def _select_day(self, day: date, entry: CalendarEntry | None = None) -> None:
        """Select a day, and its first show if no other is given."""
        before, self.day = self.day, day
        if (before.year, before.month) != (day.year, day.month):
            self._period = None
        self._select_entry(entry or next(iter(self.period.days.get(day, ())), None))

    def _select_entry(self, entry: CalendarEntry | None) -> None:
        self._entry = entry
        self._remember(entry.show if entry is not None else None)
        self._redraw()
        self.post_message(ShowSelected(self._selected))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_page(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_page(-1)

    def action_side(self, by: int) -> None:
        self.action_day(by)

    def action_day(self, by: int) -> None:
        self._select_day(days_after(self.day, by))

    def action_move(self, by: int) -> None:
        """Go so many weeks down, in a year months."""
        if self.is_year:
            self._go_months(by)
        else:
            self.action_day(7 * by)

    def action_page(self, by: int) -> None:
        self._go_months(by * 12 if self.is_year else by)

    def action_top(self) -> None:
        """Go to the first day of the page."""
        first = self.day.replace(day=1)
        self._select_day(first.replace(month=1) if self.is_year else first)

    def action_bottom(self) -> None:
        """Go to the last day of the page."""
        self._select_day(month_end(self.day.replace(month=12, day=1) if self.is_year else self.day))

    def _go_months(self, by: int) -> None:
        first = months_after(self.day, by)
        self._select_day(first.replace(day=min(self.day.day, month_end(first).day)))

    def action_now(self) -> None:
        self._select_day(self.today)

    def action_jump(self, by: int) -> None:
        """Go to the next show, or the one before."""
        entries = self.period.entries
        if not entries:
            return
        if self._entry in entries:
            at = entries.index(self._entry) + by
        else:
            ahead = [n for n, entry in enumerate(entries) if entry.day is None or entry.day >= self.day]
            at = (ahead[0] if ahead else len(entries)) + (min(0, by))
        if 0 <= at < len(entries):
            entry = entries[at]
            if entry.day is not None:
                self._select_day(entry.day, entry)
            else:
                self._select_entry(entry)

    def action_zoom(self, by: int) -> None:
        if self.is_year != (by < 0):
            self.is_year = by < 0
            self._period = None
            self._redraw()
            self.post_message(TimeChanged())

    def action_select(self) -> None:
        if self._selected is not None:
            self.post_message(ShowActivated(self._selected))
        elif self.is_year:
            self.action_zoom(1)
