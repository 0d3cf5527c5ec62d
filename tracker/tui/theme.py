"""Colours that stand for statuses, and the signs of the screen, in Unicode or in plain ASCII."""

from __future__ import annotations

import locale
import os
from typing import Any, Final, NamedTuple

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tracker.model.status import Status

STATUS_COLOURS: Final = {
    Status.RUMORED: "foreground-muted",
    Status.ANNOUNCED: "text-primary",
    Status.PRE_PRODUCTION: "text-primary",
    Status.FILMING: "text-warning",
    Status.POST_PRODUCTION: "text-warning",
    Status.SCHEDULED: "text-success",
    Status.AIRING: "text-accent",
    Status.RELEASED: "text-secondary",
    Status.POSTPONED: "text-error",
    Status.HIATUS: "text-error",
    Status.CANCELLED: "foreground-muted",
}
"""The theme's variable for each status; all are made to be read on the theme's background."""

WATCH_COLOURS: Final = {
    "planned": "foreground-muted",
    "watching": "text-accent",
    "watched": "text-success",
    "dropped": "foreground-muted",
    "": "text-warning",
}
"""The theme's variable for each watch state; without one, for the sign of a rating."""


class Glyphs(NamedTuple):
    """The characters that draw things."""

    cursor: str
    mark: str
    damage: str
    ellipsis: str
    rail: str
    done: str
    here: str
    ahead: str
    arrow: str
    dot: str
    now: str
    line: str
    ascii: bool

    def translate(self, text: str) -> str:
        """Return the text with typographic signs made ASCII where signs are ASCII, each by one character."""
        return text.translate(_PLAIN) if self.ascii else text

    def translate_content(self, content: Content) -> Content:
        """Return styled text as `plain` does."""
        return Content(content.plain.translate(_PLAIN), list(content.spans)) if self.ascii else content

    def status(self, status: Status | None) -> str:
        """Return the sign of a status, a space for none."""
        if status is None:
            return " "
        return status.ascii_glyph if self.ascii else status.glyph


_PLAIN: Final = str.maketrans("…·→–—×“”‘’⇧⏎↑↓←", "~->--x\"\"''^^^v<")

UNICODE: Final = Glyphs("▸", "•", "!", "…", "─", "●", "◉", "○", "→", " · ", "▼", "│", ascii=False)
ASCII: Final = Glyphs(">", "+", "!", "~", "-", "*", "@", ".", "->", " - ", "v", "|", ascii=True)


def glyphs_of(widget: Widget | Screen[Any]) -> Glyphs:
    """Return the signs of the app in which a widget is."""
    return ASCII if widget.app.has_class("-ascii") else UNICODE


def choose_glyphs(wanted_ascii: bool) -> Glyphs:
    """Return ASCII signs if the settings, `$TRACKER_ASCII` or the terminal's encoding ask for them."""
    if wanted_ascii or os.environ.get("TRACKER_ASCII"):
        return ASCII
    return UNICODE if "utf" in locale.getpreferredencoding(do_setlocale=False).lower() else ASCII
