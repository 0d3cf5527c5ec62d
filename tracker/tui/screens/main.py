"""The main screen: list, filter and panes, and what the keys do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from tracker.errors import BadQuery, TrackerError
from tracker.model.grouping import GROUPINGS, SORTS
from tracker.model.query import Query, parse_query
from tracker.model.shelf import Shelf
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.service import Outcome, Tracker
from tracker.tui import format as words
from tracker.tui.commands import ActionCommands, ShowCommands
from tracker.tui.keys import MAIN
from tracker.tui.screens.deeds import Deeds
from tracker.tui.theme import Signs
from tracker.tui.widgets.bars import Header, KeyLine
from tracker.tui.widgets.pane import Pane
from tracker.tui.widgets.panes import PANES, Panes
from tracker.tui.widgets.show_list import ShowList, key_of


PANE_DELAY: Final = 0.02
"""Seconds for which the cursor stands before the panes follow it: less than anybody sees, more than a key repeats."""


class MainScreen(Deeds, Screen[None]):
    """Everything about the list; edits are in `Deeds`."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MAIN]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionCommands, ShowCommands}
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (100, "-wide")]

    def __init__(self, tracker: Tracker, signs: Signs, parts: Iterator[Watchlist]) -> None:
        super().__init__(classes="-ascii" if signs.ascii else None)
        self.tracker = tracker
        self.signs = signs
        self._parts = parts
        memory = tracker.recall()
        self._grouping = memory.get("grouping") if memory.get("grouping") in GROUPINGS else GROUPINGS[0]
        self._sort = memory.get("sort") if memory.get("sort") in SORTS else SORTS[0]
        self._native = memory.get("native") is True
        self._pane = memory.get("pane") if memory.get("pane") in PANES else "status"
        self._wanted = memory.get("cursor") if isinstance(memory.get("cursor"), str) else None
        self._query = Query()
        self._pane_timer: Timer | None = None
        self._shelf = Shelf((), "none", "release", tracker.today)

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was read last."""
        return self.tracker.watchlist

    @property
    def memory(self) -> dict[str, object]:
        """What the next run should find again."""
        item = self.show_list.item
        cursor = key_of(item) if item is not None else None
        return {
            "cursor": cursor, "grouping": self._grouping, "sort": self._sort, "native": self._native, "pane": self._pane,
        }  # fmt: skip

    @property
    def show_list(self) -> ShowList:
        """The list on the left."""
        return self.query_one(ShowList)

    def compose(self) -> ComposeResult:
        """Make header, list, panes and keys; the filter is made when it is wanted."""
        yield Header(id="header")
        with Horizontal(id="body"):
            yield ShowList(self.tracker.today, self.signs, id="shows")
            yield Panes(self.signs, self._pane, id="panes")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the first part of the list and read the rest beside."""
        self.show_list.set_reactive(ShowList.native, self._native)
        self.show_list.focus()
        next(self._parts)
        self._shelve()
        if self.watchlist.complete:
            self._note_hand_edits()
        else:
            self.call_after_refresh(self._read_rest)

    @work(thread=True, group="reading", exit_on_error=False)
    def _read_rest(self) -> None:
        watchlist = next(self._parts)
        shelf = Shelf(watchlist.shows, self._grouping, self._sort, self.tracker.today)
        self.app.call_from_thread(self._take_rest, shelf)
        shelf.prepare()

    def _take_rest(self, shelf: Shelf) -> None:
        self._shelve(shelf)
        self._note_hand_edits()

    def _note_hand_edits(self) -> None:
        if outcome := self.tracker.note_hand_edits():
            self._shelve()
            self.notify(outcome.label, title="Noted from the file", markup=False)

    def _shelve(self, shelf: Shelf | None = None, keep: str | None = None) -> None:
        """Put the list as it is now on the screen."""
        today = self.tracker.today
        self._shelf = shelf or Shelf(self.watchlist.shows, self._grouping, self._sort, today, self._shelf)
        self.show_list.today = today
        self._show_list(keep)

    def _show_list(self, keep: str | None = None) -> None:
        groups = self._shelf.select(self._query)
        filtered = bool(self._query.text)
        damages = () if filtered else self.watchlist.damages
        self.show_list.empty_text = (
            f"No show matches “{self._query.text}”.\nesc clears the filter."
            if filtered
            else "Nothing on the list yet.\na adds a show, E opens the file."
        )
        self.show_list.set_items(groups, damages, keep=keep or self._wanted)
        if self.watchlist.complete:
            self._wanted = None
        self._show_header(sum(len(group.shows) for group in groups) if filtered else None)

    def _show_header(self, found: int | None = None) -> None:
        tracker, dot = self.tracker, self.signs.dot
        counts = words.count_words(self.watchlist.shows, tracker.today)
        if found is not None:
            counts.insert(0, (f"{found:,} of", "bold"))
            counts[0:2] = [(f"{found:,} of {counts[1][0]}", "bold")]
        if self.watchlist.damages:
            counts.append((f"{len(self.watchlist.damages)} cannot be read", "$text-error"))
        if marked := len(self.show_list.marked):
            counts.append((f"{marked} marked", "$text-accent"))
        left = Content(dot).join([Content.styled(*count) for count in counts])
        state = []
        if not self.watchlist.complete:
            state.append(("reading the rest…", "$text-warning"))
        if tracker.as_of is not None:
            state.append((f"AS OF {tracker.as_of}, read-only", "bold $text-warning"))
        elif tracker.why_read_only:
            state.append(("read-only", "bold $text-warning"))
        by = {"release": "", "none": "not grouped"}.get(self._grouping, f"by {self._grouping}")
        sort = "" if self._sort == "release" else f"sorted by {'newest claim' if self._sort == 'claim' else self._sort}"
        state += [(word, words.MUTED) for word in (by, sort) if word]
        self.query_one(Header).show_words(left, Content(dot).join([Content.styled(*word) for word in state]))

    def go_to(self, show_id: str) -> None:
        """Put the cursor on a show, lifting the filter if it hides it."""
        if not self.show_list.go_to(show_id) and self._query.text:
            self._query = Query()
            self.query("#filter, #filter-note").remove()
            self._show_list(keep=show_id)
        self.show_list.focus()

    def after_edit(self, outcome: Outcome) -> None:
        """Show the list after an edit, with the cursor on what was edited."""
        keep = outcome.show_ids[0] if outcome.show_ids else None
        self._shelve(keep=keep)
        # The last word counts; a row of undos would bury the list under its messages.
        self.app.clear_notifications()
        self.notify(outcome.label, markup=False, timeout=4)

    def read_again(self) -> None:
        """Read the file again, after an editor had it."""
        try:
            self.tracker.open()
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
            return
        self._shelve()
        self._note_hand_edits()

    @on(ShowList.Highlighted)
    def _show_item_soon(self) -> None:
        # The list is painted first; while a key is held down the panes wait.
        if self._pane_timer is not None:
            self._pane_timer.stop()
        self._pane_timer = self.set_timer(PANE_DELAY, self._show_item)

    def _show_item(self) -> None:
        item, path = self.show_list.item, str(self.tracker.path)
        self.query_one(Panes).show_item(item, self.watchlist, self.tracker.today, self._native, path)

    @on(ShowList.Selected)
    def _enter_panes(self) -> None:
        self.action_details()

    @on(Pane.Chosen, "#cast")
    def _show_person(self, event: Pane.Chosen) -> None:
        from tracker.tui.screens.dialogs import PersonCard

        person = self.watchlist.person(event.value)
        shows = self.watchlist.shows_with((person.name, *person.aliases) if person else (event.value,))
        self.app.push_screen(PersonCard(event.value, person, shows, self.signs), self._go_to_chosen)

    def _go_to_chosen(self, show_id: str | None) -> None:
        if show_id:
            self.go_to(show_id)

    @on(Pane.Chosen, "#status")
    def _open_chosen(self, event: Pane.Chosen) -> None:
        self._open(event.value)

    @on(DescendantFocus)
    def _choose_pane(self, event: DescendantFocus) -> None:
        if event.widget.id in PANES:
            self._pane = event.widget.id
            self.query_one(Panes).choose(self._pane)

    @on(Input.Changed, "#filter")
    async def _filter(self, event: Input.Changed) -> None:
        try:
            query = parse_query(event.value, self.watchlist.people)
        except BadQuery as wrong:
            await self._say_of_filter(str(wrong))
            return
        await self._say_of_filter("")
        if query.text != self._query.text:
            self._query = query
            self._show_list()

    async def _say_of_filter(self, words_: str) -> None:
        notes = self.query("#filter-note")
        if not words_:
            await notes.remove()
        elif notes:
            notes.first(Static).update(words_)
        else:
            await self.mount(Static(words_, id="filter-note", markup=False), before="#body")

    @on(Input.Submitted, "#filter")
    async def action_leave_filter(self) -> None:
        """Go from the filter into what it found."""
        if not self._query.text:
            await self._clear_filter()
        await self._say_of_filter("")
        self.show_list.focus()

    async def _clear_filter(self) -> None:
        await self.query("#filter, #filter-note").remove()
        if self._query.text:
            self._query = Query()
            self._show_list()

    def _open(self, url: str) -> None:
        if url.startswith(("https://", "http://")):
            self.app.open_url(url)
            self.notify(url, title="Opening", markup=False, timeout=3)
        else:
            self.notify("There is no link here.", severity="warning", markup=False)

    async def action_filter(self) -> None:
        """Go to the filter."""
        if not self.query("#filter"):
            from tracker.tui.widgets.filter import FilterInput

            await self.mount(FilterInput(id="filter"), before="#body")
        self.query_one("#filter").focus()

    async def action_clear(self) -> None:
        """Clear the filter, else the marks; from a pane, go back to the list."""
        boxes = self.query("#filter")
        if boxes and (boxes.first().has_focus or self.show_list.has_focus):
            await self._clear_filter()
        elif self.show_list.has_focus:
            self.show_list.clear_marks()
            self._show_header()
        self.show_list.focus()

    def action_details(self) -> None:
        """Go from the list into the pane that is seen."""
        self._focus_pane("synopsis" if not isinstance(self.show_list.item, Show) else self._pane)

    def action_pane(self, by: int) -> None:
        """Go round list and panes; where there is room for one pane only, it is exchanged."""
        stops = ["shows", *(PANES if isinstance(self.show_list.item, Show) else ("synopsis",))]
        here = next((n for n, stop in enumerate(stops) if self.query_one(f"#{stop}").has_focus_within), 0)
        self._focus_pane(stops[(here + by) % len(stops)])

    def _focus_pane(self, name: str) -> None:
        if name in PANES:
            self._pane = name
            self.query_one(Panes).choose(name)
        self.query_one(f"#{name}").focus()

    def action_cycle_grouping(self) -> None:
        """Group by the next thing."""
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self._shelve()

    def action_cycle_sort(self) -> None:
        """Sort by the next thing."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._shelve()

    def action_toggle_native(self) -> None:
        """Show titles in their own script, or the international ones."""
        self._native = self.show_list.native = not self._native
        self._show_item()

    def action_open_link(self) -> None:
        """Open the link of the claim under the cursor, else the newest of the show."""
        pane = self.query_one("#status", Pane)
        url = pane.value if pane.has_focus else ""
        links = self.show_list.item.links_in_order() if isinstance(self.show_list.item, Show) else []
        self._open(url or (links[0][1] if links else ""))

    def action_copy(self) -> None:
        """Copy the show as one line."""
        if isinstance(self.show_list.item, Show):
            line = words.copied_line(self.show_list.item)
            self.app.copy_to_clipboard(line)
            self.notify(line, title="Copied", markup=False, timeout=3)

    def action_mark(self) -> None:
        """Mark the show and go to the next."""
        self.show_list.toggle_mark()
        self.show_list.action_move(1)
        self._show_header()

    def action_help(self) -> None:
        """Show all keys."""
        from tracker.tui.screens.help import Help

        self.app.push_screen(Help(self.signs))
