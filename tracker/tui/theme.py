"""Colours that stand for statuses, and the signs of the screen, in Unicode or in plain ASCII."""

from __future__ import annotations

import locale
import os
from typing import Final, NamedTuple

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


class Signs(NamedTuple):
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
    rule: str
    ascii: bool

    def status(self, status: Status | None) -> str:
        """Return the sign of a status, a space for none."""
        if status is None:
            return " "
        return status.ascii_glyph if self.ascii else status.glyph


UNICODE: Final = Signs("▸", "✓", "!", "…", "─", "●", "◉", "○", "→", " · ", "─", ascii=False)
ASCII: Final = Signs(">", "+", "!", "~", "-", "*", "@", "o", "->", " - ", "-", ascii=True)


def signs_for(wanted_ascii: bool) -> Signs:
    """Return ASCII signs if the settings, `$TRACKER_ASCII` or the terminal's encoding ask for them."""
    if wanted_ascii or os.environ.get("TRACKER_ASCII"):
        return ASCII
    return UNICODE if "utf" in locale.getpreferredencoding(do_setlocale=False).lower() else ASCII
