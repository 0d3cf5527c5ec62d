"""What the keys of the main screen do without changing the list: ways to look, links, people."""

from __future__ import annotations

from textual import on
from textual.screen import Screen
from textual.widget import Widget

from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.service import Tracker
from tracker.tui.format import copied_line
from tracker.tui.theme import Signs
from tracker.tui.view import PANE_NAMES, SHAPES, WITH_PANES, View
from tracker.tui.widgets.pane import Pane
from tracker.tui.widgets.panes import Panes
from tracker.tui.widgets.row import Item
from tracker.tui.widgets.show_list import ShowList

# Dialogs are imported when one is opened: their widgets would take a tenth of the start.


class Looks(Screen[None]):
    """The looking half of the main screen."""

    signs: Signs
    """What draws statuses."""
    view: View
    """How the list is looked at."""

    tracker: Tracker
    """The list and what can be done to it."""

    @property
    def show_list(self) -> ShowList:
        """The list on the left."""
        return self.query_one(ShowList)

    @property
    def item(self) -> Item | None:
        """What is stood on."""
        raise NotImplementedError

    @property
    def stage(self) -> Widget:
        """What is seen of the list, and has the keys."""
        raise NotImplementedError

    async def action_shape(self, shape: str) -> None:
        """See the list in another shape, standing on the same show."""
        raise NotImplementedError

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was read last."""
        return self.tracker.watchlist

    def go_to(self, show_id: str) -> None:
        """Put the cursor on a show."""
        raise NotImplementedError

    def shelve(self, *, keep: str | None = None) -> None:
        """Put the list as it is now on the screen, with the cursor on the show of the id `keep`, or where it is."""
        raise NotImplementedError

    def show_item(self) -> None:
        """Let the panes follow the cursor."""
        raise NotImplementedError

    def fill_shape(self, keep: str | None = None) -> None:
        """Let what is seen follow the list."""
        raise NotImplementedError

    def _look(self, view: View) -> None:
        """Look at the list in another way."""
        self.view = view
        self.shelve()

    @on(ShowList.Selected)
    async def action_details(self) -> None:
        """Go from the list into the pane that is seen."""
        if self.view.shape not in WITH_PANES:
            await self.action_shape(SHAPES[0])
        self._focus_pane("synopsis" if not isinstance(self.item, Show) else self.view.pane)

    async def action_pane(self, by: int) -> None:
        """Go round list and panes; where there is room for one pane only, it is exchanged."""
        if self.view.shape not in WITH_PANES:
            # From the filter the way leads to what is seen of the list.
            if self.stage.has_focus:
                await self.action_details()
            else:
                self.stage.focus()
            return
        stops = ["shows", *(PANE_NAMES if isinstance(self.item, Show) else PANE_NAMES[:1])]
        here = next((n for n, stop in enumerate(stops) if self.query_one(f"#{stop}").has_focus), -1)
        # From the filter either way leads to the list.
        self._focus_pane(stops[(here + by) % len(stops)] if here >= 0 else stops[0])

    def _focus_pane(self, name: str) -> None:
        if name in PANE_NAMES:
            self.view = self.view._replace(pane=name)
            self.query_one(Panes).choose(name)
        self.query_one(f"#{name}").focus()

    def action_cycle_grouping(self) -> None:
        """Group by the next thing."""
        if self.view.shape in ("agenda", "month"):
            self.notify(f"The {self.view.shape} is by day; 1 and 4 are grouped.", markup=False, timeout=4)
            return
        self._look(self.view.next_grouping())

    def action_cycle_sort(self) -> None:
        """Sort by the next thing."""
        self._look(self.view.next_sort())

    def action_toggle_native(self) -> None:
        """Show titles in their own script, or the international ones."""
        self.view = self.view._replace(native=not self.view.native)
        self.show_list.native = self.view.native
        self.fill_shape()
        self.show_item()

    @on(Pane.Chosen, "#cast")
    def _show_person(self, event: Pane.Chosen) -> None:
        from tracker.tui.screens.dialogs import PersonCard

        person = self.watchlist.person(event.value)
        shows = self.watchlist.shows_with((person.name, *person.aliases) if person else (event.value,))
        self.app.push_screen(PersonCard(event.value, person, shows, self.signs), self._go_to_chosen)

    def _go_to_chosen(self, show_id: str | None) -> None:
        if show_id:
            self.go_to(show_id)

    @on(Pane.Chosen, "#status, #synopsis")
    def _open_chosen(self, event: Pane.Chosen) -> None:
        self._open(event.value)

    def action_open_link(self) -> None:
        """Open the link of the claim under the cursor, else the newest of the show."""
        pane, item = self.query_one("#status", Pane), self.item
        links = item.links_in_order() if isinstance(item, Show) else []
        self._open((pane.value if pane.has_focus else "") or (links[0][1] if links else ""))

    def _open(self, url: str) -> None:
        if url.startswith(("https://", "http://")):
            self.app.open_url(url)
            self.notify(url, title="Opening", markup=False, timeout=3)
        else:
            self.notify("There is no link here.", severity="warning", markup=False)

    def action_copy(self) -> None:
        """Copy the show as one line."""
        if isinstance(item := self.item, Show):
            line = copied_line(item)
            self.app.copy_to_clipboard(line)
            self.notify(line, title="Copied", markup=False, timeout=3)

    def action_help(self) -> None:
        """Show all keys."""
        from tracker.tui.screens.help import Help

        keys = {one.binding.id: self.app.get_key_display(one.binding) for one in self.active_bindings.values()}
        self.app.push_screen(Help(self.signs, keys))
