"""The timeline: shows along the time, below an axis; how near it is, which time and which day is seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tracker.model.dates import day_label, day_name, days_after, months_after
from tracker.model.show import Show
from tracker.reports.time_scale import ZOOMS, Tick
from tracker.text import fit
from tracker.tui.bindings import TIMELINE_KEYS
from tracker.tui.content import MUTED
from tracker.tui.theme import Glyphs, glyphs_of
from tracker.tui.views.arrangement import Arrangement, TimeChanged
from tracker.tui.views.caption import CaptionState, describe_legend
from tracker.tui.views.show_list import ShowList
from tracker.tui.views.timeline_painter import TimelinePainter, label_width

_STEPS: Final = {"year": 0, "quarter": 7, "month": 1}
"""By how many days `scrub` goes at each zoom; 0 stands for a month."""


class TimelineView(Vertical):
    """An axis above a list whose rows are drawn along the time, as of today or of a day before."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in TIMELINE_KEYS]

    def __init__(self, today: date, glyphs: Glyphs, zoom: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.list = ShowList(today, glyphs)
        """The rows."""
        self.painter = TimelinePainter(self.list, glyphs, today)
        """What draws them."""
        self.painter.zoom = next((known for known in ZOOMS if known.name == zoom), ZOOMS[0])
        self.list.painter = self.painter
        self._glyphs = glyphs
        self._native = False

    def compose(self) -> ComposeResult:
        yield Axis(id="axis")
        yield self.list

    @property
    def past_day(self) -> date | None:
        """The day as of which the shows are seen; None for today."""
        return self.painter.day if self.painter.is_past else None

    def show(self, arrangement: Arrangement, keep: str = "") -> None:
        """Show the list anew, with the cursor on the show `keep`, by default where it is."""
        self._native = arrangement.native
        self.painter.groups_move = arrangement.groups_move
        if not self.painter.is_past:
            self.painter.day = arrangement.today
        self.list.show(arrangement, keep)
        self._draw()

    def caption(self) -> CaptionState:
        """Return what is said of the show under the cursor, as it was known on the day that is seen."""
        show, day = self.list.selected, self.painter.day
        legend = describe_legend(self._glyphs)
        if not isinstance(show, Show):
            return CaptionState(None, day, self._native, legend)
        known = self.painter.as_of_day(show)
        return CaptionState(known, day, self._native, legend, f"{show.title}: nothing was known yet.")

    @property
    def _width(self) -> int:
        return self.list.scrollable_content_region.width or self.screen.size.width

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self.list.invalidate()
        self.query_one(Axis).show_scale(self.painter, self._width)

    def _change(self) -> None:
        self._draw()
        self.post_message(TimeChanged())

    def _set_day(self, day: date) -> None:
        self.painter.day = min(day, self.list.today)
        self.painter.is_past = day < self.list.today

    def _go_to_day(self, day: date) -> None:
        """See everything as of a day, no later than today."""
        self._set_day(day)
        scale = self.painter.scale(self._width)
        if not 0 <= scale.column(self.painter.day) < scale.width:
            self.painter.centre(self.painter.day)
        self._change()

    def reset(self) -> None:
        """Go back to today, unseen."""
        self._set_day(self.list.today)
        self.painter.centre(self.list.today)

    def action_now(self) -> None:
        self.reset()
        self._change()

    def action_zoom(self, by: int) -> None:
        at = ZOOMS.index(self.painter.zoom) + by
        if 0 <= at < len(ZOOMS):
            self.painter.zoom = ZOOMS[at]
            self.painter.centre(self._zoom_centre())
            self._change()

    def _zoom_centre(self) -> date:
        """Return the day around which the zoom changes: where the show's window begins, else the day that is seen."""
        show = self.list.selected
        known = self.painter.as_of_day(show) if isinstance(show, Show) else None
        window = known.release if known is not None else None
        return window.earliest if window is not None and window.earliest is not None else self.painter.day

    def action_side(self, by: int) -> None:
        self.action_slide(by)

    def action_slide(self, by: int) -> None:
        self.painter.slide(by)
        self._draw()

    def action_scrub(self, by: int) -> None:
        day = self.painter.day
        if step := _STEPS[self.painter.zoom.name]:
            self._go_to_day(days_after(day, by * step))
        elif by < 0 and day.day > 1:
            self._go_to_day(day.replace(day=1))
        else:
            self._go_to_day(months_after(day, by))

    def action_claim_day(self, by: int) -> None:
        show, seen = self.list.selected, self.painter.day
        days = {claim.on for claim in show.history if claim.on is not None} if isinstance(show, Show) else set()
        ahead = sorted(day for day in days if (day > seen if by > 0 else day < seen))
        if ahead:
            self._go_to_day(ahead[0] if by > 0 else ahead[-1])
        elif by > 0 and self.painter.is_past:
            self._go_to_day(self.list.today)
        else:
            self.notify(f"No {'later' if by > 0 else 'earlier'} claim", markup=False, timeout=3)


class Axis(Static):
    """Two lines: the units that are named in full, and their parts."""

    DEFAULT_CSS = """
    Axis { height: 2; background: $panel; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)

    def show_scale(self, painter: TimelinePainter, width: int) -> None:
        """Show what stands where above rows of so many cells."""
        scale, wide = painter.scale(width), label_width(width)
        glyphs = glyphs_of(self)
        day = f"on {day_label(painter.day)}" if painter.is_past else day_name(painter.day)
        style = "bold $text-warning" if painter.is_past else MUTED
        now = scale.column(painter.day)
        parts = _format_ticks(scale.minor_ticks(), scale.width)
        lines = [
            Content.assemble(
                (fit(f" by {scale.zoom.name}", wide - 1) + " ", MUTED),
                (_format_ticks(scale.major_ticks(), scale.width), "bold $text-accent"),
            ),
            Content.assemble(
                (fit(f" {day}", wide - 1, glyphs.ellipsis) + " ", style), *_mark_day(parts, now, glyphs.now)
            ),
        ]
        self.update(glyphs.translate_content(Content("\n").join(lines)), layout=False)


def _format_ticks(ticks: Iterable[Tick], width: int) -> str:
    """Return the words of an axis at their places, each whole or not at all."""
    line, known = "", list(ticks)
    if len(known) > 1 and known[1].column <= len(known[0].label):
        # What begins left of the edge makes room for what begins here.
        known = known[1:]
    for tick in known:
        if len(line) > tick.column and line:
            continue
        placed = line.ljust(tick.column) + tick.label
        if len(placed) > width:
            break
        line = f"{placed} "
    return line[:width].ljust(width)


def _mark_day(line: str, at: int, sign: str) -> list[tuple[str, str]]:
    """Return a line with the sign of the day in its place."""
    if not 0 <= at < len(line):
        return [(line, MUTED)]
    return [(line[:at], MUTED), (sign, "bold $text-accent"), (line[at + 1 :], MUTED)]
