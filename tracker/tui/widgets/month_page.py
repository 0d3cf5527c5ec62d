"""How a month is drawn: its days as a grid, and beside it the shows whose day is not known."""

from __future__ import annotations

from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size

from tracker.model.days import WEEKDAYS, Week, month_name
from tracker.model.month import Entry, Month
from tracker.text import cells, fit, folded
from tracker.tui.format import title_of
from tracker.tui.theme import Signs
from tracker.tui.widgets.drawn import Cursor, Drawn, Hit, Line
from tracker.tui.widgets.palette import Palette


class MonthPage:
    """Draws months.

    Args:
        palette: The styles.
        signs: The characters of statuses.
        today: The day from which is seen.
        native: Whether titles are in their own script.
    """

    def __init__(self, palette: Palette, signs: Signs, today: date, *, native: bool) -> None:
        self._palette = palette
        self._signs = signs
        self._today = today
        self._native = native

    def draw(self, month: Month, cursor: Cursor, size: Size) -> Drawn:
        """Return the page in so many cells."""
        shelf = max(20, min(44, size.width // 4))
        wide = max(3, (size.width - shelf - 1) // 7)
        shelf = max(0, size.width - 7 * wide - 1)
        heights = self._heights(month, size.height - 2)
        hits: list[Hit] = []
        left: list[Line] = [[self._title(month, 7 * wide)], self._weekdays(month.weeks[0], wide)]
        for week, high in zip(month.weeks, heights, strict=True):
            left += self._week(week, month, cursor, Size(wide, high), len(left), hits)
        left = left[: size.height] + [[Segment(" " * 7 * wide)] for _ in range(size.height - len(left))]
        right = self._shelves(month, cursor, Size(shelf, size.height), 7 * wide + 1, hits)
        rail = Segment(" ")
        return Drawn([[*one, rail, *two] for one, two in zip(left, right, strict=True)], hits)

    def _heights(self, month: Month, height: int) -> list[int]:
        """Return the lines of each week: all alike, and what is left over where there are shows in want of a line."""
        heights = [max(1, height // len(month.weeks))] * len(month.weeks)
        most = [
            max((len(month.days.get(day, ())) for day in week if day is not None), default=0) for week in month.weeks
        ]
        for _ in range(height - sum(heights)):
            wants = [wanted + 1 - high for wanted, high in zip(most, heights, strict=True)]
            if max(wants) > 0:
                heights[wants.index(max(wants))] += 1
        return heights

    def _title(self, month: Month, width: int) -> Segment:
        return Segment(fit(f" {month_name(month.first)}", width), self._palette["heading"])

    def _weekdays(self, week: Week, wide: int) -> Line:
        # A week at the edge of the calendar has days that do not exist, of which the others tell the names.
        known = next((place - day.weekday() for place, day in enumerate(week) if day is not None), 0)
        names = (fit(f" {WEEKDAYS[(column - known) % 7]}", wide) for column in range(7))
        return [Segment(name, self._palette["muted"]) for name in names]

    def _week(self, week: Week, month: Month, cursor: Cursor, size: Size, top: int, hits: list[Hit]) -> list[Line]:
        lines: list[Line] = [[] for _ in range(size.height)]
        for column, day in enumerate(week):
            region = Region(column * size.width, top, size.width, size.height)
            if day is None:
                cell = [[Segment(" " * size.width)] for _ in range(size.height)]
            else:
                hits.append(Hit(region, day))
                cell = self._day(day, month, cursor, region, hits)
            for number, part in enumerate(cell):
                lines[number] += part
        return lines

    def _day(self, day: date, month: Month, cursor: Cursor, region: Region, hits: list[Hit]) -> list[Line]:
        width, entries = region.width, month.days.get(day, ())
        inside = (day.year, day.month) == (month.first.year, month.first.month)
        back = self._background(day, cursor)
        room = region.height - 1
        shown = entries[:room] if room else entries[:1]
        more = f"+{len(entries) - len(shown)}" if len(entries) > len(shown) else ""
        number = f"{day.day:>3}"
        style = self._palette["now" if day == self._today else "plain" if inside else "ghost"]
        if not room:
            # There is one line for each week: number and show share it.
            rest = width - 4
            first = [Segment(number + " ", style + back)]
            if shown and rest > 1:
                return [[*first, self._entry(shown[0], cursor, rest - len(more), back), Segment(more, style + back)]]
            return [[*first, Segment(fit("+" * bool(entries), max(0, rest)), style + back)]]
        rule, edge = self._signs.rail * max(0, width - 5 - len(more)), self._signs.line
        grid = self._palette["grid"] + back
        lines: list[Line] = [
            [Segment(f"{number} ", style + back), Segment(rule, grid), Segment(more, style + back), Segment(edge, grid)]
        ]
        spare = room - len(shown)
        for entry in shown:
            parts = self._folded(entry, cursor, width - 2, spare + 1, back)
            spare -= len(parts) - 1
            hits.append(Hit(Region(region.x, region.y + len(lines), width, len(parts)), day, entry))
            lines += [[Segment(" ", back), part, Segment(edge, grid)] for part in parts]
        empty = [Segment(" " * (width - 1), back), Segment(edge, grid)]
        lines += [empty for _ in range(region.height - len(lines))]
        return lines

    def _background(self, day: date, cursor: Cursor) -> Style:
        if day == cursor.day:
            return self._palette["cursor-blurred"]
        return self._palette["day"] if day == self._today else Style.null()

    def _entry(self, entry: Entry, cursor: Cursor, width: int, back: Style) -> Segment:
        return self._folded(entry, cursor, width, 1, back)[0]

    def _folded(self, entry: Entry, cursor: Cursor, width: int, most: int, back: Style) -> list[Segment]:
        """Return a show in as many lines as it needs, and no more than `most`."""
        status = entry.show.status
        words = title_of(entry.show, self._native)
        if entry.episode is not None:
            words = " ".join(filter(None, (entry.episode.time() if width >= 20 else "", words, entry.episode.label)))
        sign = f"{self._signs.status(status)} " if width > 6 else ""
        lines = folded(self._signs.plain(words), width - len(sign), most, self._signs.ellipsis)
        style = self._palette[status.value if status else "muted"]
        if entry == cursor.entry:
            style += self._palette["cursor" if cursor.has_focus else "cursor-blurred"]
        else:
            style += back
        return [Segment((" " * len(sign) if place else sign) + line, style) for place, line in enumerate(lines)]

    def _shelves(self, month: Month, cursor: Cursor, size: Size, left: int, hits: list[Hit]) -> list[Line]:
        rows: list[tuple[str, Entry | None]] = []
        for name, entries in (("No day yet", month.dayless), ("Wider windows", month.wider)):
            rows += [("", None)] if rows else []
            rows += [(f"{name.upper()} {len(entries) or '–'}", None), *((name, entry) for entry in entries)]
        at = next((place for place, (_, entry) in enumerate(rows) if entry is not None and entry == cursor.entry), 0)
        first = max(0, min(at - size.height + 2, len(rows) - size.height))
        lines: list[Line] = []
        for place, (name, entry) in enumerate(rows[first : first + size.height]):
            if entry is None:
                lines.append([Segment(fit(f" {name}", size.width), self._palette["heading" if name else "muted"])])
            else:
                hits.append(Hit(Region(left, place, size.width, 1), None, entry))
                lines.append(self._shelved(entry, cursor, size.width))
        lines += [[Segment(" " * size.width)] for _ in range(size.height - len(lines))]
        return lines

    def _shelved(self, entry: Entry, cursor: Cursor, width: int) -> Line:
        label = entry.show.release.label if entry.show.release is not None else ""
        room = width - 2 - (cells(label) + 1 if width >= 28 else 0)
        main = self._entry(entry, cursor, max(1, room), Style.null())
        late = self._palette["error" if entry.show.is_overdue(self._today) else "muted"]
        words = Segment(f" {label}", late) if width >= 28 else Segment("")
        used = 1 + max(1, room) + cells(words.text)
        return [Segment(" "), main, words, Segment(" " * max(0, width - used))]
