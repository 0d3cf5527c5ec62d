"""The styles of what is drawn line by line, from the colours of the theme.

They come from the theme's variables: a component class for each would double the time that the first paint
takes for style sheets.
"""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from tracker.tui.theme import STATUS_COLOURS, WATCH_COLOURS

_COLOURS: Final = {
    "heading": "text-accent", "muted": "foreground-muted", "mark": "text-accent", "error": "text-error",
    "plain": "foreground", "now": "text-accent", "slip": "text-error", "ghost": "foreground", "grid": "foreground",
    "link": "text-error", "rating": "text-warning",
    "person": "text-primary", "title": "text-accent", "network": "text-success", "date": "text-warning",
    **{status.value: colour for status, colour in STATUS_COLOURS.items()},
    **{state: colour for state, colour in WATCH_COLOURS.items() if state},
}  # fmt: skip
"""The theme's variable for each part."""
_FAINT: Final = {"ghost": 0.4, "grid": 0.16, "link": 0.6}
"""How strongly a colour is seen on its background, where not fully."""
_BACKGROUNDS: Final = {
    "cursor": "block-cursor-background", "cursor-blurred": "block-cursor-blurred-background", "day": "accent",
}  # fmt: skip
_BOLD: Final = frozenset({"heading", "mark", "now"})


def resolve_colour(variable: str, background: Color) -> Color:
    """Return a colour of the theme on a background; "auto 87%" contrasts with it, "ansi_default 50%" stays as it is."""
    name, _, percent = variable.partition(" ")
    strength = float(percent.rstrip("%") or 100) / 100
    colour = Color.automatic(100 * strength) if name == "auto" else Color.parse(name).multiply_alpha(strength)
    return background + colour


class ThemeStyles:
    """The styles of a widget."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}
        self._base: Style | None = None

    @property
    def base(self) -> Style:
        """The style of plain text; asking the widget for it at each line would take longer than drawing it."""
        if self._base is None:
            self._base = self._widget.rich_style
        return self._base

    def clear(self) -> None:
        """Take the colours of another theme."""
        self._styles.clear()
        self._base = None

    def __getitem__(self, name: str) -> Style:
        """Return the style of a part: a status or watch state by its word, else one of the names above."""
        if name not in self._styles:
            self._styles[name] = self._make_style(name)
        return self._styles[name]

    def _make_style(self, name: str) -> Style:
        variables, (_, background) = self._widget.app.theme_variables, self._widget.background_colors
        if name in _BACKGROUNDS:
            back = resolve_colour(variables[_BACKGROUNDS[name]], background)
            if name == "day":
                return Style(bgcolor=background.blend(back, 0.25).rich_color)
            ink = resolve_colour(variables["block-cursor-foreground"], back).rich_color if name == "cursor" else None
            look = (
                variables["block-cursor-text-style"]
                if name == "cursor"
                else variables["block-cursor-blurred-text-style"]
            )
            return Style(
                color=ink, bgcolor=back.rich_color, bold=name == "cursor" or None, reverse=look == "reverse" or None
            )
        front = resolve_colour(variables[_COLOURS[name]], background)
        is_faint = name in _FAINT
        if is_faint and front.ansi is None:
            front = background.blend(front, _FAINT[name])
        # The terminal's own colours cannot be mixed.
        return Style(
            color=front.rich_color, bold=name in _BOLD or None, dim=(is_faint and front.ansi is not None) or None
        )
