"""How a year is drawn: a line a month, a place a day, and how much has no day yet."""

from __future__ import annotations

from datetime import date
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size

from tracker.model.dates import MONTHS, month_end, months_after
from tracker.reports.month import CalendarEntry, Year
from tracker.text import fit
from tracker.tui.theme import Glyphs
from tracker.tui.views.page import Cursor, HitArea, Line, Page
from tracker.tui.widgets.theme_styles import ThemeStyles

_NAME: Final = 6
_WIDTHS: Final = ((4, 20), (3, 8), (2, 8))
"""Cells of a day, and how many must be left for what has no day."""
_BOTH: Final = 16
"""Cells in which it can be told apart what comes in a month and what only may."""
_HEADS: Final = (" no day", "   no day  maybe")


def _day_numbers(wide: int) -> str:
    """Return the days of a month, as many of them as there is room for."""
    if wide > 2:
        return "".join(f"{day:>{wide}}" for day in range(1, 32))
    line = [" "] * (31 * wide)
    for day in (1, 5, 10, 15, 20, 25, 30) if wide == 1 else range(1, 32, 2):
        text = str(day)
        end = day * wide
        line[end - len(text) : end] = text
    return "".join(line)


class YearPainter:
    """Draws years."""

    def __init__(self, styles: ThemeStyles, glyphs: Glyphs, today: date) -> None:
        self._styles = styles
        self._glyphs = glyphs
        self._today = today

    def draw(self, year: Year, cursor: Cursor, size: Size) -> Page:
        """Return the page in so many cells."""
        wide = next((cells for cells, least in _WIDTHS if size.width >= _NAME + 31 * cells + least), 1)
        rest = max(0, size.width - _NAME - 31 * wide)
        high = 2 if size.height >= 25 else 1
        rows = max(1, min(12, (size.height - 1) // high))
        first = max(0, min(cursor.day.month - 1 - rows // 2, 12 - rows))
        head, muted = Segment(fit(f" {year.number:04}", _NAME), self._styles["heading"]), self._styles["muted"]
        lines: list[Line] = [
            [head, Segment(_day_numbers(wide), muted), Segment(fit(_HEADS[rest >= _BOTH], rest, ""), muted)]
        ]
        hits: list[HitArea] = []
        for month in range(first, first + rows):
            row = self._draw_month(months_after(date(year.number, 1, 1), month), year, cursor, wide, len(lines), hits)
            lines.append([*row, Segment(fit(self._vague_text(year.vague[month], rest), rest, ""), muted)])
            lines += [[Segment(" " * size.width)] for _ in range(high - 1)]
        lines = lines[: size.height]
        lines += [[Segment(" " * size.width)] for _ in range(size.height - len(lines))]
        return Page(lines, hits)

    def _draw_month(self, first: date, year: Year, cursor: Cursor, wide: int, top: int, hits: list[HitArea]) -> Line:
        line = [Segment(f" {MONTHS[first.month - 1]}  ", self._styles["plain"])]
        for number in range(1, 32):
            if number > month_end(first).day:
                line.append(Segment(" " * wide))
                continue
            day = first.replace(day=number)
            hits.append(HitArea(Region(_NAME + (number - 1) * wide, top, wide, 1), day))
            line.append(self._draw_day(day, year.days.get(day, ()), cursor, wide))
        return line

    def _vague_text(self, vague: tuple[int, int], room: int) -> str:
        dayless, wider = vague
        if room < _BOTH:
            return self._glyphs.translate(f"{dayless + wider or '–':>7}")
        return self._glyphs.translate(f"{dayless or '–':>9}{wider or '–':>7}")

    def _draw_day(self, day: date, entries: tuple[CalendarEntry, ...], cursor: Cursor, wide: int) -> Segment:
        back = Style.null()
        if day == cursor.day:
            back = self._styles["cursor" if cursor.has_focus else "cursor-blurred"]
        elif day == self._today:
            back = self._styles["day"]
        if not entries:
            style = self._styles["ghost" if day.weekday() < 5 else "grid"]
            return Segment(f"{'.' if self._glyphs.ascii else '·':>{wide}}", style + back)
        status = entries[0].show.status
        sign = self._glyphs.status(status) if len(entries) == 1 else f"{min(len(entries), 99)}"
        style = self._styles[status.value if status and len(entries) == 1 else "mark"]
        return Segment(f"{sign if sign.strip() else '*':>{wide}}", style + back)
