"""Drawing a month: its days as a grid, and beside it the shows whose day is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size

from tracker.model.dates import WEEKDAYS, Week, month_name
from tracker.model.formatting import plural
from tracker.reports.month import CalendarEntry, Month
from tracker.text import cells, fit, wrap
from tracker.tui.content import display_title
from tracker.tui.theme import Glyphs
from tracker.tui.views.page import Cursor, HitArea, Line, Page
from tracker.tui.widgets.more_sign import describe_hidden
from tracker.tui.widgets.theme_styles import ThemeStyles

_MIN_WIDTH: Final = 56
"""From how many cells on there is room for the shelves beside the days."""
_MIN_TITLE: Final = 3
"""From how many cells on a title is begun beside the number of its day; in fewer, a sign stands for it."""
_FULL: Final = 29
"""From how many cells on the shelves have their full names."""
_MAX_LINES: Final = 3
"""How many lines a title is given where there is room."""


def _gap(width: int) -> str:
    """Return what is between sign and title."""
    return " " if width > 8 else ""


def _visible_weeks(weeks: tuple[Week, ...], day: date, most: int) -> tuple[Week, ...]:
    """Return as many weeks as there is room for, that of the day among them."""
    here = next((number for number, week in enumerate(weeks) if day in week), 0)
    first = max(0, min(here - most // 2, len(weeks) - most))
    return weeks[first : first + most]


class MonthPainter:
    """Draws months."""

    def __init__(self, styles: ThemeStyles, glyphs: Glyphs, today: date, *, native: bool) -> None:
        self._styles = styles
        self._glyphs = glyphs
        self._today = today
        self._native = native

    def draw(self, month: Month, cursor: Cursor, size: Size) -> Page:
        """Return the page in so many cells."""
        # With nothing on the shelves the days have their room.
        shelf = max(20, min(44, size.width // 4)) if month.undated or month.possible else max(16, size.width // 6)
        has_shelf = size.width >= _MIN_WIDTH
        wide = max(3, (size.width - (shelf if has_shelf else 0) - 1) // 7)
        shelf = max(0, size.width - 7 * wide - 1)
        weeks = _visible_weeks(month.weeks, cursor.day, max(1, size.height - 2))
        heights = self._heights(weeks, month, wide, size.height - 2)
        hits: list[HitArea] = []
        title = self._draw_title(month, 7 * wide, len(month.weeks) - len(weeks), with_counts=not has_shelf)
        left: list[Line] = [[title], self._draw_weekdays(weeks[0], wide)]
        for week, high in zip(weeks, heights, strict=True):
            left += self._draw_week(week, month, cursor, Size(wide, high), len(left), hits)
        left = left[: size.height] + [[Segment(" " * 7 * wide)] for _ in range(size.height - len(left))]
        right = [[Segment(" " * shelf)] for _ in range(size.height)]
        if has_shelf:
            right = self._draw_shelves(month, cursor, Size(shelf, size.height), 7 * wide + 1, hits)
        return Page([[*one, Segment(" "), *two] for one, two in zip(left, right, strict=True)], hits)

    def _heights(self, weeks: Sequence[Week], month: Month, wide: int, height: int) -> list[int]:
        """Return the lines of each week: all alike, and what is left over where titles are in want of a line."""
        heights = [max(1, height // len(weeks))] * len(weeks)
        wanted = [
            max((self._count_lines(month.days.get(day, ()), wide - 2) for day in week if day is not None), default=0)
            for week in weeks
        ]
        for _ in range(height - sum(heights)):
            wants = [lines + 1 - high for lines, high in zip(wanted, heights, strict=True)]
            if max(wants) > 0:
                heights[wants.index(max(wants))] += 1
        return heights

    def _count_lines(self, entries: Iterable[CalendarEntry], width: int) -> int:
        return sum(len(self._entry_text(entry, width, _MAX_LINES)) for entry in entries)

    def _draw_title(self, month: Month, width: int, hidden_weeks: int, *, with_counts: bool) -> Segment:
        """Return the name of the month; where shelves or weeks have no room, with how much is out of sight."""
        counts = ((len(month.undated), "without a day"), (len(month.possible), "possible"))
        words = [month_name(month.first), *(f"{count} {what}" for count, what in counts if count and with_counts)]
        words += [f"{plural(hidden_weeks, 'week')} more"] if hidden_weeks else []
        return Segment(fit(f" {self._glyphs.dot.join(words)}", width, self._glyphs.ellipsis), self._styles["heading"])

    def _draw_weekdays(self, week: Week, wide: int) -> Line:
        # A week at the edge of the calendar has days that do not exist; their names follow from the others.
        known = next((place - day.weekday() for place, day in enumerate(week) if day is not None), 0)
        names = (fit(f" {WEEKDAYS[(column - known) % 7]}", wide, "") for column in range(7))
        return [Segment(name, self._styles["muted"]) for name in names]

    def _draw_week(
        self, week: Week, month: Month, cursor: Cursor, size: Size, top: int, hits: list[HitArea]
    ) -> list[Line]:
        lines: list[Line] = [[] for _ in range(size.height)]
        for column, day in enumerate(week):
            region = Region(column * size.width, top, size.width, size.height)
            if day is None:
                cell = [[Segment(" " * size.width)] for _ in range(size.height)]
            else:
                hits.append(HitArea(region, day))
                cell = self._draw_day(day, month, cursor, region, hits)
            for number, part in enumerate(cell):
                lines[number] += part
        return lines

    def _draw_day(self, day: date, month: Month, cursor: Cursor, region: Region, hits: list[HitArea]) -> list[Line]:
        """Return the lines of a day, each of the region's width; its number is in the first."""
        entries = month.days.get(day, ())
        number = f"{day.day:>3} " if region.width > 5 else f"{day.day:>2}"[: region.width - 1]
        back, room = self._background(day, cursor), max(1, region.height - 1)
        body = max(0, region.width - 1 - len(number))
        first = max(0, entries.index(cursor.entry) - room + 1) if cursor.entry in entries else 0
        shown = entries[first : first + room]
        more = f"+{len(entries) - len(shown)}" if len(entries) > len(shown) else ""
        inside = (day.year, day.month) == (month.first.year, month.first.month)
        style = self._styles["now" if day == self._today else "plain" if inside else "ghost"] + back
        grid = self._styles["grid"] + back
        head = [Segment(number, style)]
        edge = Segment(self._glyphs.line, grid)
        if region.height == 1:
            # There is one line for each week: number and show share it.
            left = body - len(more)
            if shown and body < _MIN_TITLE:
                style_of_show = self._styles[shown[0].show.status.value if shown[0].show.status else "muted"] + back
                sign = Segment(fit(self._glyphs.status(shown[0].show.status), min(1, body)), style_of_show)
                return [[*head, sign, Segment(fit("+" if more else "", max(0, body - 1)), style), edge]]
            if shown and left > 1:
                return [[*head, self._draw_entry(shown[0], cursor, left, back), Segment(more, style), edge]]
            return [[*head, Segment(fit("+" if entries else "", body), style), edge]]
        more = more if len(more) <= body else "+"[:body]
        lines: list[Line] = [[*head, Segment(self._glyphs.rail * (body - len(more)), grid), Segment(more, style), edge]]
        spare = room - len(shown)
        for entry in shown:
            parts = self._draw_entry_lines(entry, cursor, region.width - 2, spare + 1, back)
            spare -= len(parts) - 1
            hits.append(HitArea(Region(region.x, region.y + len(lines), region.width, len(parts)), day, entry))
            lines += [[Segment(" ", back), part, edge] for part in parts]
        lines += [[Segment(" " * (region.width - 1), back), edge] for _ in range(region.height - len(lines))]
        return lines

    def _background(self, day: date, cursor: Cursor) -> Style:
        if day == cursor.day:
            return self._styles["cursor-blurred"]
        return self._styles["day"] if day == self._today else Style.null()

    def _draw_entry(self, entry: CalendarEntry, cursor: Cursor, width: int, back: Style) -> Segment:
        return self._draw_entry_lines(entry, cursor, width, 1, back)[0]

    def _draw_entry_lines(
        self, entry: CalendarEntry, cursor: Cursor, width: int, most: int, back: Style
    ) -> list[Segment]:
        """Return a show in as many lines as it needs, and no more than `most`."""
        status = entry.show.status
        style = self._styles[status.value if status else "muted"]
        if entry == cursor.entry:
            style += self._styles["cursor" if cursor.has_focus else "cursor-blurred"]
        else:
            style += back
        sign = self._glyphs.mark if entry.show.id in cursor.marked else self._glyphs.status(status)
        gap = _gap(width)
        lines = self._entry_text(entry, width, most)
        return [Segment((" " if place else sign)[:width] + gap + line, style) for place, line in enumerate(lines)]

    def _entry_text(self, entry: CalendarEntry, width: int, most: int) -> list[str]:
        """Return the words for a show, without its sign."""
        words = display_title(entry.show, self._native)
        if entry.episode is not None:
            words = " ".join(filter(None, (entry.episode.time() if width >= 20 else "", words, entry.episode.label)))
        return wrap(self._glyphs.translate(words), max(0, width - 1 - len(_gap(width))), most, self._glyphs.ellipsis)

    def _draw_shelves(self, month: Month, cursor: Cursor, size: Size, left: int, hits: list[HitArea]) -> list[Line]:
        rows: list[tuple[str, CalendarEntry | None]] = []
        name = month_name(month.first).split()[0]
        headings = (
            (f"{name}, day unknown", f"possible in {name}") if size.width >= _FULL else ("day unknown", "possible")
        )
        for heading, entries in zip(headings, (month.undated, month.possible), strict=True):
            rows += [("", None)] if rows else []
            many = f" ({len(entries)})" if entries else ": none"
            rows += [(f"{heading}{many}".upper(), None), *((heading, entry) for entry in entries)]
        at = next((place for place, (_, entry) in enumerate(rows) if entry is not None and entry == cursor.entry), 0)
        first = max(0, min(at - size.height + 2, len(rows) - size.height))
        lines: list[Line] = []
        for place, (name, entry) in enumerate(rows[first : first + size.height]):
            if entry is None:
                lines.append([Segment(fit(f" {name}", size.width), self._styles["heading" if name else "muted"])])
            else:
                hits.append(HitArea(Region(left, place, size.width, 1), None, entry))
                lines.append(self._draw_shelf_entry(entry, cursor, size.width))
        lines += [[Segment(" " * size.width)] for _ in range(size.height - len(lines))]
        above = sum(entry is not None for _, entry in rows[: first + 1]) if first else 0
        end = first + size.height
        below = sum(entry is not None for _, entry in rows[end - 1 :]) if end < len(rows) else 0
        # The cursor is on neither line: the shelves are scrolled so that there is one more on each side.
        for line, hidden in (
            (0, describe_hidden(above, 0, self._glyphs)),
            (-1, describe_hidden(0, below, self._glyphs)),
        ):
            if hidden and size.height > 2:
                lines[line] = [Segment(fit(f" {hidden}", size.width), self._styles["muted"])]
        return lines

    def _draw_shelf_entry(self, entry: CalendarEntry, cursor: Cursor, width: int) -> Line:
        label = self._glyphs.translate(entry.show.release.label if entry.show.release is not None else "")
        room = width - 2 - (cells(label) + 1 if width >= 28 else 0)
        main = self._draw_entry(entry, cursor, max(1, room), Style.null())
        late = self._styles["error" if entry.show.is_overdue(self._today) else "muted"]
        words = Segment(f" {label}", late) if width >= 28 else Segment("")
        used = 1 + max(1, room) + cells(words.text)
        return [Segment(" "), main, words, Segment(" " * max(0, width - used))]
