"""The panes beside the list: synopsis, cast, and status with its history, all of one item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.layout import WidgetPlacement
from textual.widget import Widget
from textual.widgets import Static

from tracker.model.release_dates import find_release_dates
from tracker.model.show import Show
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.tui import content
from tracker.tui.details.pane_heights import share_lines
from tracker.tui.details.pane_tabs import PaneTab, PaneTabs
from tracker.tui.details.pane_values import ClaimItem, CreditItem, FactsItem, LinkItem, NoticeItem, claim_key, link_key
from tracker.tui.details.release_dates import describe_dates_elsewhere, describe_near_dates
from tracker.tui.theme import Glyphs
from tracker.tui.view_state import PANE_NAMES
from tracker.tui.widgets.text_pane import PaneItem, TextPane, fixed_item

if TYPE_CHECKING:
    from tracker.model.source_state import SourceState


class SourceInfo(NamedTuple):
    """What sources say of a show."""

    states: tuple[SourceState, ...] = ()
    proposal_count: int = 0
    """How many things they say otherwise than the owner."""


NO_SOURCE_INFO: Final = SourceInfo()
"""No source says anything."""
_WEIGHTS: Final = {"synopsis": 1, "cast": 1, "status": 2}
"""How strongly a pane claims lines where there are too few."""


class DetailPanes(Vertical):
    """Heading and panes; where there is room for one only, tabs, and the pane that was chosen last."""

    def __init__(self, glyphs: Glyphs, pane: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes=f"-{pane}")
        self._glyphs = glyphs
        self._tabs = PaneTabs(glyphs, pane, id="tabs")
        self._room = 0
        """How many lines the panes share."""

    def compose(self) -> ComposeResult:
        yield Static(markup=False, id="heading")
        yield self._tabs
        yield TextPane("Synopsis", self._glyphs, id="synopsis")
        yield TextPane("Cast", self._glyphs, id="cast")
        yield TextPane("Status", self._glyphs, id="status")

    def process_layout(self, placements: list[WidgetPlacement]) -> list[WidgetPlacement]:
        """Give the panes, which fill all the room, the heights that their contents ask for."""
        panes = [(place.widget, place.region) for place in placements if isinstance(place.widget, TextPane)]
        self._room = sum(region.height for _, region in panes)
        heights = self._divide_room([(pane, region.width) for pane, region in panes])
        y = min((region.y for _, region in panes), default=0)
        regions: dict[Widget, Region] = {}
        for (pane, region), height in zip(panes, heights, strict=True):
            regions[pane] = Region(region.x, y, region.width, height)
            y += height
        return [place._replace(region=regions.get(place.widget, place.region)) for place in placements]

    def _divide_room(self, panes: Sequence[tuple[TextPane, int]]) -> tuple[int, ...]:
        """Return the heights of panes of so many cells; the one of the open tab has all the room."""
        if len(panes) == 1 and self._tabs.display:
            return (self._room,)
        frames = [pane.styles.gutter for pane, _ in panes]
        wanted = [
            max(1, pane.count_lines(width - frame.width - pane.styles.scrollbar_size_vertical))
            for (pane, width), frame in zip(panes, frames, strict=True)
        ]
        weights = [_WEIGHTS[pane.id or ""] for pane, _ in panes]
        shares = share_lines(wanted, weights, self._room - sum(frame.height for frame in frames))
        return tuple(frame.height + lines for frame, lines in zip(frames, shares, strict=True))

    def _fit_heights(self) -> None:
        """Lay the panes out anew, if what they show now asks for other heights."""
        if self._tabs.display:
            return
        panes = [pane for pane in self.query(TextPane) if pane.display]
        heights = self._divide_room([(pane, pane.outer_size.width) for pane in panes])
        if self._room and heights != tuple(pane.outer_size.height for pane in panes):
            # Of what a pane asks for, Textual tells all that is around it; of itself a container would be told nothing.
            panes[0].refresh(layout=True)

    def show_item(
        self,
        item: Show | DamagedEntry | None,
        watchlist: Watchlist,
        today: date,
        native: bool,
        path: str,
        info: SourceInfo | None,
    ) -> None:
        """Show everything about an item of the list; without `info` it is not known yet what sources say."""
        if self.has_class("-no-show") is isinstance(item, Show):
            self.set_class(not isinstance(item, Show), "-no-show")
        match item:
            case None:
                nothing = fixed_item(Content.styled("No show selected", content.MUTED))
                self._show(None, Content(""), [nothing], [], [])
            case DamagedEntry():
                heading = Content.styled(item.title or f"line {item.line}", "bold $text-error")
                self._show(None, heading, [PaneItem(partial(content.describe_damaged_entry, item, path))], [], [])
            case _:
                self._tabs.show_tabs(
                    (
                        PaneTab("synopsis", None, not (item.synopsis or item.notes)),
                        PaneTab("cast", len(item.cast), not item.cast),
                        PaneTab("status", len(item.history_state.steps), not item.history_state.steps),
                    )
                )
                self._show(
                    item.id,
                    content.describe_heading(item, native, self._glyphs),
                    self._synopsis(item, info.states if info else ()),
                    self._cast(item, watchlist),
                    self._status(item, today, info),
                )

    def _show(
        self,
        show_id: str | None,
        heading: Content,
        synopsis: list[PaneItem],
        cast: list[PaneItem],
        status: list[PaneItem],
    ) -> None:
        # Its two lines are its size whatever they say, so nothing is laid out anew.
        heading = self._glyphs.translate_content(content.cut_content(heading))
        self.query_one("#heading", Static).update(heading, layout=False)
        for name, pieces in zip(PANE_NAMES, (synopsis, cast, status), strict=True):
            self.query_one(f"#{name}", TextPane).show_items(pieces, show_id)
        self._fit_heights()

    def _cast(self, show: Show, watchlist: Watchlist) -> list[PaneItem]:
        if not show.cast:
            return [fixed_item(Content.styled("No cast yet. Press e to add.", content.MUTED))]
        return [
            fixed_item(
                content.describe_credit(credit, watchlist.person(credit.actor) is not None, self._glyphs),
                CreditItem(show, index),
                credit,
            )
            for index, credit in enumerate(show.cast)
        ]

    def _synopsis(self, show: Show, info: Sequence[SourceState]) -> list[PaneItem]:
        pane, sources = self.query_one("#synopsis", TextPane), ""
        facts = content.describe_synopsis(show)
        pieces = [PaneItem(lambda width: facts, FactsItem(show), "facts", is_marked=False)]
        if show.links:
            pieces += [fixed_item(Content("")), fixed_item(Content.styled("Links", "bold"))]
            pieces += [
                fixed_item(content.describe_link(name, url, self._glyphs), LinkItem(show, name), link_key(name))
                for name, url in show.links.items()
            ]
        if info:
            from tracker.tui.details.sources_content import (  # only shows that sources know have any
                describe_notices,
                source_names,
            )

            sources = source_names(info)
            pieces += [
                fixed_item(Content("")),
                *(fixed_item(text, NoticeItem(url), url) for text, url in describe_notices(info, self._glyphs)),
            ]
        # The notices in full stand below the facts, where there may be no room for them without scrolling.
        pane.show_subtitle(f"data from {sources}" if sources else "")
        return pieces

    def _status(self, show: Show, today: date, info: SourceInfo | None) -> list[PaneItem]:
        standing = show.history_state
        pieces = [PaneItem(lambda width: content.describe_status_head(show, standing, today, self._glyphs, width))]
        below: list[PaneItem] = []
        if info is not None and (len(standing.steps) > 1 or info.states):
            from tracker.tui.details.sources_content import describe_now, describe_past

            if info.states:
                now = describe_now(show, standing, info.states, info.proposal_count, today, self._glyphs)
                pieces += [PaneItem(text) for text in now]
            below = [PaneItem(text) for text in describe_past(show, standing, info.states, self._glyphs)]
        dates = find_release_dates(show, standing, info.states if info is not None else ())
        pieces += [PaneItem(text) for text in describe_near_dates(dates, self._glyphs)]
        below += [PaneItem(text) for text in describe_dates_elsewhere(dates, self._glyphs)]
        if not standing.steps:
            return [*pieces, fixed_item(Content.styled("No claims yet. Press s to record the first.", content.MUTED))]
        # Steps are in the order of the days, items need the place in the history; equal claims are in its order.
        places = sorted(range(len(show.claims)), key=lambda index: show.claims[index].on or date.min)
        steps = [
            PaneItem(partial(content.describe_step, step, self._glyphs), ClaimItem(show, index), claim_key(step.claim))
            for index, step in reversed([*zip(places, standing.steps, strict=True)])
        ]
        return pieces + steps + below

    def show_pane(self, pane: str) -> None:
        """Make this the pane that is seen where there is room for one only."""
        if not self.has_class(f"-{pane}"):
            self.remove_class(*(f"-{name}" for name in PANE_NAMES if name != pane))
            self.add_class(f"-{pane}")
            self._tabs.show_open(pane)
