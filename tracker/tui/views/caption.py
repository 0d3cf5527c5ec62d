"""The lines below month and timeline: which show it is, and every date that it was given."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from tracker.model.formatting import describe_missed, describe_promise, describe_slips, describe_wait
from tracker.model.history import Effect, Promise, promises
from tracker.model.show import Show
from tracker.model.window import overdue_by
from tracker.tui.content import MUTED, describe_status, display_title
from tracker.tui.theme import Glyphs, glyphs_of
from tracker.tui.views.timeline_painter import TimelinePainter

_COLOURS = {Effect.SLIPPED: "$text-error", Effect.WITHDRAWN: "$text-error", Effect.FORWARD: "$text-success"}


class CaptionState(NamedTuple):
    """What a caption says."""

    show: Show | None
    """The show, as it was known on the day."""
    day: date
    native: bool
    """Whether titles are shown in their own script."""
    legend: Content
    """What is said below the show."""
    empty: str = ""
    """What is said where there is no show."""
    note: str = ""
    """What else is said of the show."""


class Caption(Static):
    """A show in two lines, and a legend."""

    DEFAULT_CSS = """
    Caption { height: 4; padding: 0 1; border-top: solid $foreground 25%; border-title-align: right; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._state: CaptionState | None = None

    def on_resize(self) -> None:
        self._update_text()

    def show_state(self, state: CaptionState) -> None:
        """Show this."""
        self._state = state
        self._update_text()

    def _update_text(self) -> None:
        state, glyphs, width = self._state, glyphs_of(self), self.content_size.width
        if state is None:
            return
        if state.show is None:
            lines = [Content.styled(state.empty, MUTED), Content("")]
        else:
            lines = [_describe_headline(state.show, state, glyphs), describe_promises(state.show, glyphs, width)]
        lines = [line.truncate(max(1, width), ellipsis=True) for line in (*lines, state.legend)]
        self.update(glyphs.translate_content(Content("\n").join(lines)), layout=False)


def _describe_headline(show: Show, state: CaptionState, glyphs: Glyphs) -> Content:
    parts = [Content.styled(display_title(show, state.native), "bold"), Content.styled(state.note, "bold $text-accent")]
    parts.append(describe_status(show.status, glyphs))
    standing = show.history_state
    if show.release is not None:
        parts.append(Content.styled(show.release.label, "bold"))
        if missed := describe_missed(standing, state.day):
            parts.append(Content.styled(missed, "$text-error"))
        elif show.is_overdue(state.day):
            parts.append(Content.styled(f"overdue by {overdue_by(show.release, state.day)}", "$text-error"))
        else:
            parts.append(Content(describe_wait(show, state.day)))
    if standing.slips:
        parts.append(Content.styled(describe_slips(standing), "$text-warning"))
    if show.networks:
        parts.append(Content.styled(", ".join(show.networks), MUTED))
    return Content(glyphs.dot).join([part for part in parts if part.plain])


def describe_legend(glyphs: Glyphs) -> Content:
    """Return what the signs of the timeline mean."""
    drawn = TimelinePainter.legend(glyphs)
    return Content("   ").join([Content.assemble((sign, style), " ", (word, MUTED)) for sign, style, word in drawn])


def describe_promises(show: Show, glyphs: Glyphs, width: int) -> Content:
    """Return the dates that a show was given, one after another, with when and what each did.

    Where they are too many for a line of so many cells, the oldest are left out.
    """
    kept = [_describe_promise(one) for one in promises(show.history_state)]
    if not kept:
        return Content.styled("No release date yet", MUTED)
    arrow, first = Content.styled(f" {glyphs.arrow} ", MUTED), len(kept) - 1
    while first and arrow.join([Content(glyphs.ellipsis), *kept[first - 1 :]]).cell_length <= width:
        first -= 1
    return arrow.join([*([Content(glyphs.ellipsis)] if first else []), *kept[first:]])


def _describe_promise(promise: Promise) -> Content:
    effect = describe_promise(promise)
    said = promise.claim.date_text
    words = Content(", ").join([
        *([Content.styled(said, MUTED)] if said else []),
        *([Content.styled(effect, _COLOURS.get(promise.effect, MUTED))] if effect else []),
    ])  # fmt: skip
    return Content.assemble(promise.window.label, *((" (", words, ")") if words else ()))
