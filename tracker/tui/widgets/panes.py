"""What stands beside the list: synopsis, cast, status with its history, all of one item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tracker.model.show import Show
from tracker.model.watchlist import Damage, Watchlist
from tracker.tui import format as words
from tracker.tui.theme import Signs
from tracker.tui.view import PANE_NAMES
from tracker.tui.widgets.pane import Pane, Piece, fixed

if TYPE_CHECKING:
    from tracker.model.word import Word


class Said(NamedTuple):
    """What services said of a show."""

    words: tuple[Word, ...] = ()
    proposals: int = 0
    """How many things they say otherwise than the owner."""


NOTHING: Final = Said()
"""No service said anything."""


class Panes(Vertical):
    """Heading and panes; where there is room for one only, the one that was chosen last."""

    def __init__(self, signs: Signs, pane: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes=f"-{pane}")
        self._signs = signs

    def compose(self) -> ComposeResult:
        yield Static(markup=False, id="heading")
        yield Pane("Synopsis", self._signs, id="synopsis")
        yield Pane("Cast", self._signs, id="cast")
        yield Pane("Status", self._signs, id="status")

    def show_item(
        self, item: Show | Damage | None, watchlist: Watchlist, today: date, native: bool, path: str, said: Said | None
    ) -> None:
        """Show everything about an item of the list; without `said`, what services said is not known yet."""
        if self.has_class("-no-show") is isinstance(item, Show):
            self.set_class(not isinstance(item, Show), "-no-show")
        match item:
            case None:
                self._show(Content(""), [], [], [])
            case Damage():
                heading = Content.styled(item.title or f"line {item.line}", "bold $text-error")
                self._show(heading, [fixed(words.describe_damage(item, path))], [], [])
            case _:
                self._show(
                    words.describe_heading(item, native, self._signs),
                    self._synopsis(item, said.words if said else ()),
                    self._cast(item, watchlist),
                    self._status(item, today, said),
                )

    def _show(self, heading: Content, synopsis: list[Piece], cast: list[Piece], status: list[Piece]) -> None:
        # Its two lines are its size whatever they say, so nothing is laid out anew.
        self.query_one("#heading", Static).update(self._signs.drawn(heading), layout=False)
        for name, pieces in zip(PANE_NAMES, (synopsis, cast, status), strict=True):
            self.query_one(f"#{name}", Pane).show_pieces(pieces)

    def _cast(self, show: Show, watchlist: Watchlist) -> list[Piece]:
        if not show.cast:
            return [fixed(Content.styled("Nobody named yet. e adds a cast.", words.MUTED))]
        return [
            fixed(words.describe_credit(credit, watchlist.person(credit.actor) is not None, self._signs), credit.actor)
            for credit in show.cast
        ]

    def _synopsis(self, show: Show, said: Sequence[Word]) -> list[Piece]:
        pane, services = self.query_one("#synopsis", Pane), ""
        pieces = [fixed(words.describe_synopsis(show))]
        if said:
            from tracker.tui.witness import describe_notices, services_of  # only shows that services know have any

            services = services_of(said)
            pieces += [fixed(Content("")), *(fixed(text, url) for text, url in describe_notices(said, self._signs))]
        if (subtitle := f"data by {services}" if services else "") != str(pane.border_subtitle or ""):
            # The notices in full stand below the facts, where there may be no room for them without scrolling.
            pane.border_subtitle = Content(subtitle)
        return pieces

    def _status(self, show: Show, today: date, said: Said | None) -> list[Piece]:
        standing = show.standing
        pieces = [Piece(lambda width: words.describe_standing(show, standing, today, self._signs, width))]
        below: list[Piece] = []
        if said is not None and (len(standing.steps) > 1 or said.words):
            from tracker.tui.witness import describe_now, describe_past

            if said.words:
                now = describe_now(show, standing, said.words, said.proposals, today, self._signs)
                pieces += [Piece(text) for text in now]
            below = [Piece(text) for text in describe_past(show, standing, said.words, self._signs)]
        if not standing.steps:
            return [*pieces, fixed(Content.styled("No claims yet. s records the first.", words.MUTED))]
        steps = [
            Piece(partial(words.describe_step, step, self._signs), step.claim.url) for step in reversed(standing.steps)
        ]
        return pieces + steps + below

    def choose(self, pane: str) -> None:
        """Make this the pane that is seen where there is room for one only."""
        if not self.has_class(f"-{pane}"):
            self.remove_class(*(f"-{name}" for name in PANE_NAMES if name != pane))
            self.add_class(f"-{pane}")
