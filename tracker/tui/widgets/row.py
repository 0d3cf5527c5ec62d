"""How the lines of the list are drawn."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from tracker.model.show import Show
from tracker.model.watchlist import Damage
from tracker.model.window import countdown_words
from tracker.text import cells, fit
from tracker.tui.format import title_of
from tracker.tui.theme import STATUS_COLOURS, Signs

Item = Show | Damage

_COLOURS: Final = {
    "heading": "text-accent", "muted": "foreground-muted", "mark": "text-accent", "error": "text-error",
    **{status.value: colour for status, colour in STATUS_COLOURS.items()},
}  # fmt: skip
_BACKGROUNDS: Final = {"cursor": "block-cursor-background", "cursor-blurred": "block-cursor-blurred-background"}
"""The theme's variables for each part of the list."""


def _colour(variable: str, background: Color) -> Color:
    """Return a colour of the theme on a background; "auto 87%" is what contrasts with it."""
    if variable.startswith("auto"):
        strength = variable.removeprefix("auto").strip().rstrip("%")
        return background + background.get_contrast_text(float(strength or 100) / 100)
    return background + Color.parse(variable)


class Heading(NamedTuple):
    """The line above a group."""

    name: str
    size: int
    """How many items stand under it."""


class Look(NamedTuple):
    """How an item is to be drawn."""

    width: int
    here: bool
    """Whether the cursor stands on it."""
    marked: bool
    native: bool
    """Whether titles are in their own script."""
    today: date


class Painter:
    """Turns headings and items into styled text, with the colours of the widget's theme.

    The colours come from the theme's variables: a component class for each would double the time
    that the first paint takes for style sheets.
    """

    def __init__(self, widget: Widget, signs: Signs) -> None:
        self._widget = widget
        self._signs = signs
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None

    @property
    def base(self) -> Style:
        """The style of plain text; asking the widget for it at each line would take longer than drawing it."""
        if self._base is None:
            self._base = self._widget.rich_style
        return self._base

    def forget_styles(self) -> None:
        """Ask the theme again."""
        self._styles.clear()
        self._base = None

    def note(self, text: str, line: int, width: int) -> Strip:
        """Return a line of the text that stands in an empty list."""
        lines = ["", *text.splitlines()]
        words = self._signs.plain(lines[line]) if line < len(lines) else ""
        return Strip([Segment(fit(f"  {words}", width), self.base + self._style("muted"))], width)

    def line(self, line: Heading | Item, look: Look, *, focused: bool) -> list[Segment]:
        """Return a line of the list."""
        return self._heading(line, look.width) if isinstance(line, Heading) else self._item(line, look, focused)

    def _heading(self, heading: Heading, width: int) -> list[Segment]:
        count = f" {heading.size:,}"
        name = heading.name.upper()
        name = fit(name, min(width - len(count), cells(name)), self._signs.ellipsis)
        return [Segment(name, self._style("heading")), Segment(count, self._style("muted"))]

    def _item(self, item: Item, look: Look, focused: bool) -> list[Segment]:
        segments = self._damage(item, look) if isinstance(item, Damage) else self._show(item, look)
        if self._signs.ascii:
            segments = [Segment(self._signs.plain(text), style) for text, style, _ in segments]
        if not look.here:
            return segments
        over = self._style("cursor" if focused else "cursor-blurred")
        return [Segment(text, (style or self.base) + over) for text, style, _ in segments]

    def _damage(self, damage: Damage, look: Look) -> list[Segment]:
        lead = self._signs.cursor if look.here else " "
        text = f"{lead} {self._signs.damage} line {damage.line}: {damage.title or damage.reason}"
        return [Segment(fit(text, look.width, self._signs.ellipsis), self._style("error"))]

    def _show(self, show: Show, look: Look) -> list[Segment]:
        title, window, status, left = self._columns(show, look)
        colour = self._style(show.status.value if show.status else "muted")
        urgency = self._style("error" if show.is_overdue(look.today) else "muted")
        return [
            Segment(self._signs.cursor if look.here else " "),
            Segment(self._signs.mark if look.marked else " ", self._style("mark")),
            Segment(f"{self._signs.status(show.status)} ", colour),
            Segment(f"{title} "),
            *([Segment(f"{status} ", colour)] if status else []),
            Segment(window, urgency),
            *([Segment(f" {left}", urgency)] if left else []),
        ]

    def _columns(self, show: Show, look: Look) -> tuple[str, str, str, str]:
        """Return title, window, and where there is room the status word and the countdown."""
        more, width = self._signs.ellipsis, look.width
        window = fit(show.release.label if show.release else "", 13, more)
        status = fit(show.status.value if show.status else "", 15) if width >= 62 else ""
        left = ""
        if width >= 78:
            out = show.status is not None and show.status.is_out
            left = fit(
                "overdue" if show.is_overdue(look.today) else "" if out else countdown_words(show.release, look.today),
                18,
                more,
            )
        used = 4 + 1 + 13 + (16 if status else 0) + (19 if left else 0)
        return fit(title_of(show, look.native), max(4, width - used), more), window, status, left

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            variables, (_, background) = self._widget.app.theme_variables, self._widget.background_colors
            if name in _BACKGROUNDS:
                back = _colour(variables[_BACKGROUNDS[name]], background)
                front = _colour(variables["block-cursor-foreground"], back).rich_color if name == "cursor" else None
                self._styles[name] = Style(color=front, bgcolor=back.rich_color, bold=name == "cursor" or None)
            else:
                front = _colour(variables[_COLOURS[name]], background).rich_color
                self._styles[name] = Style(color=front, bold=True if name in ("heading", "mark") else None)
        return self._styles[name]
