"""The main screen: list, filter and panes, and how they follow one another."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.timer import Timer

from tracker.model.query import Query
from tracker.model.shelf import Shelf
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.service import Outcome, Tracker
from tracker.tui import format as words
from tracker.tui.commands import ActionCommands, ShowCommands
from tracker.tui.keys import MAIN
from tracker.tui.screens.asks import Asks
from tracker.tui.theme import Signs
from tracker.tui.view import PANE_NAMES, SHAPES, WITH_PANES, View
from tracker.tui.widgets.bars import Header, KeyLine
from tracker.tui.widgets.filter import FilterBar
from tracker.tui.widgets.panes import Panes
from tracker.tui.widgets.show_list import ShowList, key_of

PANE_DELAY: Final = 0.02
"""Seconds for which the cursor stands before the panes follow it: the list is painted first."""


def settle_memory() -> None:
    """Let the garbage collector run from here on, without the list, which is no garbage: it would stop the screen."""
    gc.freeze()
    # A step of the cursor makes thousands of short-lived objects; after the usual 700 a look at all takes up to 50 ms.
    gc.set_threshold(5_000, 20, 50)
    gc.enable()


class MainScreen(Asks):
    """The list and what stands beside it.

    The services are in `Asks`, what they said in `Hears`, the file's fate in `Following`, edits in `Deeds`, ways
    to look in `Looks`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MAIN]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionCommands, ShowCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    def __init__(self, tracker: Tracker, signs: Signs, parts: Iterator[Watchlist], look_every: float) -> None:
        super().__init__(tracker, look_every)
        self.signs = signs
        self.view = View.recalled(tracker.memory.recall())
        self._parts = parts
        self._query = Query()
        self._found: int | None = None
        self._pane_timer: Timer | None = None
        self._shelf = Shelf((), "none", "release", tracker.today)
        self._shelved = tracker.watchlist
        self._counted: tuple[Watchlist, date, tuple[int, int]] | None = None

    @property
    def memory(self) -> dict[str, object]:
        """What the next run should find again."""
        item = self.show_list.item
        return self.view._replace(cursor=key_of(item) if item is not None else "")._asdict()

    def compose(self) -> ComposeResult:
        """Make header, list, panes and keys; the filter is made when it is wanted."""
        yield Header(id="header")
        with Horizontal(id="body"):
            yield ShowList(self.tracker.today, self.signs, id="shows")
            yield Panes(self.signs, self.view.pane, id="panes")
        yield KeyLine(looking_only=self.tracker.as_of is not None, id="keys")

    def on_mount(self) -> None:
        """Show the first part of the list and read the rest beside."""
        self.show_list.set_reactive(ShowList.native, self.view.native)
        self.show_list.focus()
        next(self._parts)
        self.shelve()
        if self.view.shape != SHAPES[0]:
            self.call_after_refresh(self._take_shape)
        if self.watchlist.complete:
            self.note_hand_edits()
            settle_memory()
            self.follow()
        else:
            self.call_after_refresh(self._read_rest)

    async def _take_shape(self) -> None:
        """See the list in the shape of the last time."""
        await self.show_shape()
        item = self.show_list.item
        self.fill_shape(item.id if isinstance(item, Show) else None)
        self.show_item()
        self.stage.focus()

    @work(thread=True, group="reading", exit_on_error=False)
    def _read_rest(self) -> None:
        watchlist = next(self._parts)
        shelf = self._shelf_of(watchlist)
        self.app.call_from_thread(self._take_rest, shelf)
        shelf.prepare()

    def _take_rest(self, shelf: Shelf) -> None:
        untouched = self.show_list.is_at_top and not self.view.cursor
        self.shelve(shelf)
        if untouched:
            self.show_list.action_top()
        self.note_hand_edits()
        settle_memory()
        self.follow()

    def _shelf_of(self, watchlist: Watchlist) -> Shelf:
        view = self.view
        return Shelf(
            watchlist.shows, view.grouping, view.sort, self.tracker.today, self._shelf,
            people=watchlist.people, agenda=self.agenda,
        )  # fmt: skip

    def shelve(self, shelf: Shelf | None = None, *, keep: str | None = None) -> None:
        """Put the list as it is now on the screen.

        Args:
            shelf: The list in its order, where that was worked out already.
            keep: The show to stand on; by default the one under the cursor.
        """
        today = self.tracker.today
        self._shelved = self.watchlist
        self._shelf = shelf or self._shelf_of(self.watchlist)
        self.show_list.today = today
        if marked := self.show_list.marked:
            self.show_list.set_marks(marked & {show.id for show in self.watchlist.shows})
        self._show_list(keep)

    def _show_list(self, keep: str | None = None) -> None:
        groups = self._shelf.select(self._query)
        filtered = bool(self._query.text)
        self.show_list.empty_text = words.empty_words(self._query.text, self.tracker.as_of)
        damages = () if filtered else self.watchlist.damages
        agenda = self.agenda
        shown = (show for group in groups for show in group.shows) if agenda is not None else ()
        self.show_list.painter.notes = {show.id: agenda.note_of(show) for show in shown} if agenda is not None else {}
        self.show_list.set_items(groups, damages, keep=keep or self.view.cursor or None)
        if self.watchlist.complete:
            # From here on the cursor itself knows where it stands.
            self.view = self.view._replace(cursor="")
        self._found = len({show.id for group in groups for show in group.shows}) if filtered else None
        self.fill_shape(keep)
        self.show_state()

    @property
    def is_behind(self) -> bool:
        """Whether the list on the screen is not the one that was read last."""
        return self._shelved is not self.watchlist

    @property
    def _counts(self) -> tuple[int, int]:
        # Ten thousand shows take 10 ms to count, which is too long for each step through time.
        watchlist, today = self.watchlist, self.tracker.today
        if self._counted is None or self._counted[0] is not watchlist or self._counted[1] != today:
            self._counted = (watchlist, today, words.tally(watchlist, today))
        return self._counted[2]

    def show_state(self) -> None:
        """Show in the header what is on the list, and what the owner should know of its file."""
        dot, marked = self.signs.dot, len(self.show_list.marked)
        # Of another day it is not known how many were overdue then.
        many = self._counts if self.believed is None else (0, 0)
        counts = words.count_words(self.watchlist, many, self._found, marked, self.unseen)
        state = words.state_words(self.tracker, self.shape_words, self.troubles, self.activity, self.believed)
        self.query_one(Header).show_words(
            Content(dot).join([Content.styled(*count) for count in counts]),
            Content(dot).join([Content.styled(*word) for word in state]),
        )

    def go_to(self, show_id: str) -> None:
        """Put the cursor on a show, lifting the filter if it hides it."""
        if not self.show_list.go_to(show_id) and self._query.text:
            self._clear_filter()
        if (show := self.watchlist.find(show_id)) is not None:
            self.stand_on(show)
        self.stage.focus()

    def after_edit(self, outcome: Outcome) -> None:
        """Show the list after an edit, with the cursor on what was edited."""
        self.lost = ""
        keep = outcome.show_ids[0] if outcome.show_ids else None
        self.shelve(keep=keep)
        if keep and outcome.returns and not self.show_list.go_to(keep):
            self.go_to(keep)
        # The last word counts; a row of undos would bury the list under its messages.
        self.app.clear_notifications()
        self.notify(outcome.label, markup=False, timeout=4)

    @on(ShowList.Highlighted)
    def _show_item_soon(self) -> None:
        if self._pane_timer is not None:
            self._pane_timer.stop()
        self._pane_timer = self.set_timer(PANE_DELAY, self.show_item)

    def show_item(self) -> None:
        """Let the panes, or the caption, follow the cursor."""
        if self.view.shape not in WITH_PANES:
            if self.query("#caption"):
                self.describe_item()
            return
        item, path = self.show_list.item, str(self.tracker.path)
        said = self.said_of(item) if isinstance(item, Show) else None
        self.query_one(Panes).show_item(item, self.watchlist, self.tracker.today, self.view.native, path, said)

    @on(DescendantFocus)
    def _choose_pane(self, event: DescendantFocus) -> None:
        if event.widget.id in PANE_NAMES:
            self.view = self.view._replace(pane=event.widget.id)
            self.query_one(Panes).choose(event.widget.id)

    @on(FilterBar.Changed)
    def _filter(self, event: FilterBar.Changed) -> None:
        if event.query.text != self._query.text:
            self._query = event.query
            self._show_list()

    @on(FilterBar.Left)
    def _leave_filter(self) -> None:
        if not self._query.text:
            self._clear_filter()
        self.stage.focus()

    def _clear_filter(self) -> None:
        self.query(FilterBar).remove()
        if self._query.text:
            self._query = Query()
            self._show_list()

    async def action_filter(self) -> None:
        """Go to the filter."""
        if not self.query(FilterBar):
            await self.mount(FilterBar(self.watchlist.people, id="filter"), before="#body")
        self.query_one(FilterBar).type()

    def action_clear(self) -> None:
        """Clear the filter, else the marks; from a pane, go back to the list."""
        bars = self.query(FilterBar)
        if self.stop_asking():
            return
        if self.believed is not None:
            self.action_now()
        elif bars and (bars.first().is_typed_in or self.stage.has_focus):
            self._clear_filter()
        elif self.stage.has_focus:
            self.show_list.set_marks(())
            self.show_state()
        self.stage.focus()

    def action_mark(self) -> None:
        """Mark the show and go to the next."""
        if isinstance(item := self.item, Show):
            self.show_list.set_marks(self.show_list.marked ^ {item.id})
        if (months := self.months) is not None:
            months.mark(self.show_list.marked)
        else:
            self.show_list.action_move(1)
        self.show_state()
