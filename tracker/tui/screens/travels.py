"""The timeline of the main screen: how near it is, which time is seen, and as of which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from tracker.model.days import day_label, days_after, months_after
from tracker.model.scale import ZOOMS
from tracker.model.show import Show
from tracker.tui.screens.shapes import Shapes
from tracker.tui.widgets.row import Painter

if TYPE_CHECKING:
    from tracker.tui.widgets.chart import ChartPainter

# What draws the timeline is imported when it is wanted first: it would take a tenth of the start.

_STEPS: Final = {"year": 0, "quarter": 7, "month": 1}
"""By how many days the scrubber moves, at each zoom; 0 stands for a month."""


class Travels(Shapes):
    """The half of the main screen that goes through time."""

    _chart: ChartPainter | None = None
    _rows: Painter | None = None

    @property
    def chart(self) -> ChartPainter:
        """What draws the timeline."""
        if self._chart is None:
            from tracker.tui.widgets.chart import ChartPainter

            self._chart = ChartPainter(self.show_list, self.signs, self.tracker.today)
            self._chart.zoom = next((zoom for zoom in ZOOMS if zoom.name == self.view.zoom), ZOOMS[0])
        return self._chart

    @property
    def believed(self) -> date | None:
        """The day as of which the timeline is seen; None for today."""
        return self._chart.day if self._chart is not None and self._chart.is_past else None

    @property
    def _width(self) -> int:
        return self.show_list.scrollable_content_region.width or self.size.width

    def leave_shape(self) -> None:
        """Go back to today, and draw the list as a list."""
        if self._chart is not None:
            self._see_as_of(self.tracker.today)
            self._chart.centre(self.tracker.today)
        if self._rows is not None:
            self.show_list.draw_with(self._rows)

    async def show_shape(self) -> None:
        """Put on the screen what the shape needs."""
        if self.is_chart:
            if not self.query("#axis"):
                from tracker.tui.widgets.axis import Axis

                await self.mount(Axis(id="axis"), before="#body")
            self._rows = self._rows or self.show_list.painter
        await super().show_shape()
        if self.is_chart:
            # The list is wider from now on.
            self.call_after_refresh(self._draw_chart)

    def fill_shape(self, keep: str | None = None) -> None:
        """Let what is seen follow the list."""
        super().fill_shape(keep)
        if self.is_chart:
            if self.believed is None:
                self.chart.day = self.tracker.today
            self._draw_chart()

    def on_resize(self) -> None:
        """Draw the axis for another size."""
        if self.is_chart:
            self.call_after_refresh(self._draw_chart)

    def _draw_chart(self) -> None:
        from tracker.tui.widgets.axis import Axis

        if not self.is_chart or not self.query("#axis"):
            return
        self.chart.groups_move = self.view.grouping in ("release", "status")
        self.show_list.draw_with(self.chart)
        self.query_one(Axis).show_scale(self.chart, self._width)
        self.describe_item()

    def describe_item(self) -> None:
        """Say in the caption which show it is, as it is known on the day as of which it is seen."""
        item = self.item
        if not self.is_chart or self.believed is None or not isinstance(item, Show):
            super().describe_item()
            return
        known = self.chart.known(item)
        self.show_caption(known, self.chart.day, f"{item.title}: nothing had been heard of it.")

    def action_zoom(self, by: int) -> None:
        """See more or less time, around the day."""
        if not self.is_chart:
            super().action_zoom(by)
            return
        at = ZOOMS.index(self.chart.zoom) + by
        if 0 <= at < len(ZOOMS):
            self.chart.zoom = ZOOMS[at]
            self.view = self.view._replace(zoom=ZOOMS[at].name)
            self.chart.centre(self._middle())
            self._draw_chart()
            self.show_state()

    def _middle(self) -> date:
        """Return the day around which the zoom changes: where the show's window begins, else the line of the day."""
        item = self.item
        known = self.chart.known(item) if isinstance(item, Show) else None
        window = known.release if known is not None else None
        return window.earliest if window is not None and window.earliest is not None else self.chart.day

    def action_slide(self, by: int) -> None:
        """See an earlier or later time."""
        self.chart.slide(by)
        self._draw_chart()

    def action_now(self) -> None:
        """Go back to today."""
        if not self.is_chart:
            super().action_now()
            return
        self._see_as_of(self.tracker.today)
        self.chart.centre(self.tracker.today)
        self._draw_chart()
        self.show_state()

    def show_slips(self, shows: Sequence[Show], when: str) -> None:
        """Show how well the dates of these shows were kept by the day as of which they are seen."""
        if self.believed is not None:
            known = (self.chart.known(show) for show in shows)
            shows, when = tuple(show for show in known if show is not None), f" as of {day_label(self.believed)}"
        super().show_slips(shows, when)

    def action_scrub(self, by: int) -> None:
        """See what was believed some time before or after."""
        step = _STEPS[self.chart.zoom.name]
        day = self.chart.day
        if step:
            self._travel(days_after(day, by * step))
        elif by < 0 and day.day > 1:
            self._travel(day.replace(day=1))
        else:
            self._travel(months_after(day, by))

    def action_believed(self, by: int) -> None:
        """Go to the day on which the show's claim before, or its next one, was made."""
        item = self.item
        days = {claim.on for claim in item.history if claim.on is not None} if isinstance(item, Show) else set()
        ahead = sorted(day for day in days if (day > self.chart.day if by > 0 else day < self.chart.day))
        if ahead:
            self._travel(ahead[0] if by > 0 else ahead[-1])
        elif by > 0 and self.believed is not None:
            self._travel(self.tracker.today)
        else:
            self.notify(f"Nothing was said {'after' if by > 0 else 'before'}.", markup=False, timeout=3)

    def _travel(self, day: date) -> None:
        """See everything as of a day, no later than today."""
        self._see_as_of(min(day, self.tracker.today))
        scale = self.chart.scale(self._width)
        if not 0 <= scale.column(self.chart.day) < scale.width:
            self.chart.centre(self.chart.day)
        self._draw_chart()
        self.show_state()

    def _see_as_of(self, day: date) -> None:
        self.chart.day = day
        self.chart.is_past = day < self.tracker.today
