"""How a year is drawn: a line a month, a place a day, and how much has no day yet."""

from __future__ import annotations

from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size

from tracker.model.days import MONTHS, month_end, months_after
from tracker.model.month import Entry, Year
from tracker.text import fit
from tracker.tui.theme import Signs
from tracker.tui.widgets.drawn import Cursor, Drawn, Hit, Line
from tracker.tui.widgets.palette import Palette

_NAME = 6


class YearPage:
    """Draws years.

    Args:
        palette: The styles.
        signs: The characters of statuses.
        today: The day from which is seen.
    """

    def __init__(self, palette: Palette, signs: Signs, today: date) -> None:
        self._palette = palette
        self._signs = signs
        self._today = today

    def draw(self, year: Year, cursor: Cursor, size: Size) -> Drawn:
        """Return the page in so many cells."""
        wide = 4 if size.width >= _NAME + 31 * 4 + 20 else 3 if size.width >= _NAME + 31 * 3 + 12 else 2
        high = 2 if size.height >= 26 else 1
        numbers = "".join(f"{day:>{wide}}" if wide > 2 or day % 2 else " " * wide for day in range(1, 32))
        rest = size.width - _NAME - 31 * wide
        head = Segment(fit(f" {year.number:04}", _NAME), self._palette["heading"])
        lines: list[Line] = [
            [
                head,
                Segment(numbers, self._palette["muted"]),
                Segment(fit("   no day  wider", max(0, rest)), self._palette["muted"]),
            ]
        ]
        hits: list[Hit] = []
        for month in range(12):
            first = months_after(date(year.number, 1, 1), month)
            row = self._month(first, year, cursor, wide, len(lines), hits)
            vague = self._vague(*year.vague[month])
            lines.append([*row, Segment(fit(vague, max(0, rest)), self._palette["muted"])])
            lines += [[Segment(" " * size.width)] for _ in range(high - 1)]
        lines = lines[: size.height]
        lines += [[Segment(" " * size.width)] for _ in range(size.height - len(lines))]
        return Drawn(lines, hits)

    def _month(self, first: date, year: Year, cursor: Cursor, wide: int, top: int, hits: list[Hit]) -> Line:
        line = [Segment(f" {MONTHS[first.month - 1]}  ", self._palette["plain"])]
        for number in range(1, 32):
            if number > month_end(first).day:
                line.append(Segment(" " * wide))
                continue
            day = first.replace(day=number)
            hits.append(Hit(Region(_NAME + (number - 1) * wide, top, wide, 1), day))
            line.append(self._day(day, year.days.get(day, ()), cursor, wide))
        return line

    def _vague(self, dayless: int, wider: int) -> str:
        return self._signs.plain(f"{dayless or '–':>9}{wider or '–':>7}")

    def _day(self, day: date, entries: tuple[Entry, ...], cursor: Cursor, wide: int) -> Segment:
        back = Style.null()
        if day == cursor.day:
            back = self._palette["cursor" if cursor.has_focus else "cursor-blurred"]
        elif day == self._today:
            back = self._palette["day"]
        if not entries:
            style = self._palette["ghost" if day.weekday() < 5 else "grid"]
            return Segment(f"{'.' if self._signs.ascii else '·':>{wide}}", style + back)
        status = entries[0].show.status
        sign = self._signs.status(status) if len(entries) == 1 else f"{min(len(entries), 99)}"
        style = self._palette[status.value if status and len(entries) == 1 else "mark"]
        return Segment(f"{sign if sign.strip() else '*':>{wide}}", style + back)
