"""One list in four views: list, agenda, month and timeline, with the same show selected in each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker.model.show import Show
from tracker.reports.saved_view import VIEWS
from tracker.tui.theme import Glyphs
from tracker.tui.views.arrangement import Arrangement, Item, item_key
from tracker.tui.views.show_list import ShowList
from tracker.tui.widgets.more_sign import describe_hidden

if TYPE_CHECKING:
    from tracker.tui.views.month import MonthView
    from tracker.tui.views.timeline import TimelineView

# Month, timeline and caption are imported and made when they are wanted: they would take a tenth of the start.


class ViewSwitcher(Vertical):
    """The views, of which one is seen."""

    def __init__(self, today: date, glyphs: Glyphs, first_weekday: int, zoom: str, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._today, self._glyphs, self._first_weekday, self._zoom = today, glyphs, first_weekday, zoom
        self._list = ShowList(today, glyphs, id="shows")
        self._month: MonthView | None = None
        self._timeline: TimelineView | None = None
        self.view = VIEWS[0]
        """The name of the view that is seen."""
        self.arrangement = Arrangement((), (), today, native=False)
        """What it shows."""

    def compose(self) -> ComposeResult:
        yield self._list
        yield Static(markup=False, id="more")

    def on_mount(self) -> None:
        self.watch(self._list, "hidden", self._show_hidden, init=False)

    def on_resize(self) -> None:
        self._show_hidden()

    def _show_hidden(self) -> None:
        """Say how many shows are out of sight, in a line of its own or in the border of the caption."""
        text = Content(describe_hidden(*self.list.hidden, self._glyphs))
        for caption in self.query("#caption"):
            caption.border_title = text if self.timeline is not None else None
        line = self.query_one("#more", Static)
        line.update(text, layout=False)
        # Where the list fits into the height without the line, it is not there.
        line.display = self._list.display and self._list.virtual_size.height > self.size.height

    @property
    def month(self) -> MonthView | None:
        """The month or year, where it is seen."""
        return self._month if self.view == "month" else None

    @property
    def timeline(self) -> TimelineView | None:
        """The timeline, where it is seen."""
        return self._timeline if self.view == "timeline" else None

    @property
    def list(self) -> ShowList:
        """The list that is seen, of the timeline too; below a month, the one that was seen before."""
        return self.timeline.list if self.timeline is not None else self._list

    @property
    def active(self) -> MonthView | ShowList:
        """The widget that has the cursor."""
        return self.month or self.list

    @property
    def selected(self) -> Item | None:
        """The item under the cursor."""
        return self.active.selected

    @property
    def last_selected(self) -> Item | None:
        """The item under the cursor, or, on a day without shows, the one that was selected before."""
        return self.month.last if self.month is not None else self.list.selected

    @property
    def past_day(self) -> date | None:
        """The day as of which the list is seen; None for today."""
        return self.timeline.past_day if self.timeline is not None else None

    @property
    def is_year(self) -> bool:
        """Whether the month is a year."""
        return self.month is not None and self.month.is_year

    @property
    def zoom(self) -> str:
        """How near the timeline is."""
        return self._timeline.painter.zoom.name if self._timeline is not None else self._zoom

    async def switch(self, view: str) -> None:
        """Let another view be seen; what it is to show comes with `show`."""
        before = self.list
        if self._timeline is not None:
            self._timeline.reset()
        if view == "timeline" and self._timeline is None:
            from tracker.tui.views.timeline import TimelineView

            self._timeline = TimelineView(self._today, self._glyphs, self._zoom, id="timeline")
            await self._mount_view(self._timeline)
            self.watch(self._timeline.list, "hidden", self._show_hidden, init=False)
        if view == "month" and self._month is None:
            from tracker.tui.views.month import MonthView

            self._month = MonthView(self._today, self._first_weekday, id="month")
            await self._mount_view(self._month)
        if self._month is not None and view == "month" and self.view != view:
            self._month.reset()
        self.view = view
        self._list.display = view in ("list", "agenda")
        for name, widget in (("month", self._month), ("timeline", self._timeline)):
            if widget is not None:
                widget.display = name == view
        for caption in self.query("#caption"):
            caption.display = view in ("month", "timeline")
        if self.list is not before:
            self.list.copy_position(before)
        self._show_hidden()

    async def _mount_view(self, widget: Widget) -> None:
        if not self.query("#caption"):
            from tracker.tui.views.caption import Caption

            await self.mount(Caption(id="caption"))
        await self.mount(widget, before="#caption")

    def show(self, arrangement: Arrangement, keep: str = "") -> None:
        """Show the list anew, with the cursor on the item of the key `keep`, by default where it is."""
        self.arrangement = arrangement
        (self.month or self.timeline or self._list).show(arrangement, keep)

    def go_to(self, show: Show) -> bool:
        """Select a show, and return whether it is shown."""
        if self.month is not None:
            self.month.select(show)
            return True
        is_there = isinstance(self.selected, Show) and self.selected.id == show.id
        return is_there or self.list.go_to(item_key(show))

    def set_marks(self, show_ids: frozenset[str]) -> None:
        """Mark just these shows."""
        self.active.set_marks(show_ids)

    def update_caption(self) -> None:
        """Show below month and timeline what is known of the selected show."""
        from tracker.tui.views.caption import Caption

        view = self.month or self.timeline
        if view is not None:
            self.query_one(Caption).show_state(view.caption())
