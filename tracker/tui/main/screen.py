"""The main screen: the list in its four shapes, what stands beside it, and all that its keys do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tracker.errors import Conflict, EntryUnreadable, TrackerError, WatchlistUnreadable, WatchlistUnwritable
from tracker.model.dates import day_label, day_name, days_after, months_after
from tracker.model.episode import describe_episode
from tracker.model.fields import FIELDS
from tracker.model.formatting import describe_diff, plural
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import step_status
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.reports.listing import Listing
from tracker.reports.query import Query
from tracker.reports.time_scale import ZOOMS
from tracker.service import Outcome, Tracker, file_monitor
from tracker.service.file_monitor import CopiesChanged, DayChanged, FileChanged, FileLost, LockChanged
from tracker.service.open_watchlist import FileVersion
from tracker.service.sync_copies import CopyPreview
from tracker.tui import content as words
from tracker.tui import external_editor
from tracker.tui.background import PollingThread
from tracker.tui.bindings import MAIN_KEYS
from tracker.tui.content import MUTED, clipboard_line
from tracker.tui.details.panes import NO_SOURCE_INFO, DetailPanes, SourceInfo
from tracker.tui.main.filter_bar import FilterBar
from tracker.tui.main.header import Header, KeyBar
from tracker.tui.main.palette import ActionCommands, ShowCommands
from tracker.tui.theme import Glyphs
from tracker.tui.view_state import PANE_NAMES, VIEWS, VIEWS_WITH_PANES, ViewState
from tracker.tui.views.list_painter import Item, ListPainter
from tracker.tui.views.show_list import ShowList, item_key
from tracker.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tracker.model.article_draft import Article, Draft
    from tracker.model.episode import Episode
    from tracker.model.matching import SearchResult
    from tracker.model.news import NewsItem
    from tracker.model.proposal import Proposal
    from tracker.reports.agenda import Agenda
    from tracker.service.refresh import Progress, RefreshReport, RefreshRun
    from tracker.tui.clipper.article_input import ClippedArticle
    from tracker.tui.views.month import MonthView
    from tracker.tui.views.timeline_painter import TimelinePainter

# What is not seen at the start is imported when it is wanted: forms, calendar, timeline, what talks to services.

STYLE_SHEET: Final = Path(__file__).with_suffix(".tcss")
DETAILS_DELAY: Final = 0.02
"""Seconds for which the cursor stands before the panes follow it: the list is painted first."""


def settle_memory() -> None:
    """Let the garbage collector run from here on, without the list, which is no garbage: it would stop the screen."""
    gc.freeze()
    # A step of the cursor makes thousands of short-lived objects; after the usual 700 a look at all takes up to 50 ms.
    gc.set_threshold(5_000, 20, 50)
    gc.enable()


_ACTIONS: Final = {
    "slide": ("timeline",), "scrub": ("timeline",), "believed": ("timeline",),
    "zoom": ("timeline", "month"), "now": ("timeline", "month"),
}  # fmt: skip
"""What only some shapes do."""
_MONTH_KEYS: Final = "←↑↓→ day   j k show   pgup pgdn page   home today   enter all about it"
_STEPS: Final = {"year": 0, "quarter": 7, "month": 1}
"""By how many days the scrubber moves, at each zoom; 0 stands for a month."""
Edit = Callable[[], Outcome]
"""An edit that can be tried again."""
LOST_EDITS_DELAY: Final = 2.0
"""Seconds after the start."""
T = TypeVar("T")
SOURCE_STATES_DELAY: Final = 0.3
"""Seconds after the start: what services said is read when the list stands."""


class MainScreen(Screen[None]):
    """The list, what stands beside it, and what its keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MAIN_KEYS]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionCommands, ShowCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    @dataclass
    class FileEventSeen(Message):
        """Something happened to the list from the outside."""

        event: file_monitor.FileEvent

    class RefreshProgress(Message, bubble=False):
        """A service was heard."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class RefreshDone(Message, bubble=False):
        """All were heard, or why they were not."""

        def __init__(self, report: RefreshReport | str) -> None:
            super().__init__()
            self.report = report

    def __init__(self, tracker: Tracker, glyphs: Glyphs, parts: Iterator[Watchlist], look_every: float) -> None:
        super().__init__()
        self.tracker = tracker
        """The list and what can be done to it."""
        self.glyphs = glyphs
        """What draws statuses."""
        self.view = ViewState.from_memory(tracker.app_state.load())
        """How the list is looked at."""
        self._parts = parts
        self._query = Query()
        self._match_count: int | None = None
        self._details_timer: Timer | None = None
        self._listing = Listing((), "none", "release", tracker.today)
        self._shown_watchlist = tracker.watchlist.current
        self._cached_counts: tuple[Watchlist, date, tuple[int, int]] | None = None
        self._timeline: TimelinePainter | None = None
        self._list_painter: ListPainter | None = None
        self.unsaved: list[Edit] = []
        """Edits that the file or its disk refused, oldest first."""
        self.read_error = ""
        """Why the file cannot be read, "" while it can."""
        self.copies: tuple[Path, ...] = ()
        """The copies of a sync program beside the file."""
        self._monitor = tracker.monitor
        self._polling = PollingThread(self._poll, look_every, self._tell_failure) if look_every else None
        self._warned = False
        self.unread = 0
        """How much news there is."""
        self.has_source_states = False
        """Whether it was read what services said."""
        self.thread: Thread | None = None
        """What asks the services at the moment."""
        self.activity = ""
        """How far it is, for the header."""
        self._refresh: RefreshRun | None = None
        self._nothing_was_due = False

    @property
    def memory(self) -> dict[str, object]:
        """What the next run should find again."""
        item = self.show_list.item
        return self.view._replace(cursor=item_key(item) if item is not None else "")._asdict()

    def compose(self) -> ComposeResult:
        yield Header(id="header")
        with Horizontal(id="body"):
            yield ShowList(self.tracker.today, self.glyphs, id="shows")
            yield DetailPanes(self.glyphs, self.view.pane, id="panes")
        yield KeyBar(looking_only=self.tracker.as_of is not None, id="keys")

    def on_mount(self) -> None:
        self.show_list.set_reactive(ShowList.native, self.view.native)
        self.show_list.focus()
        next(self._parts)
        self.rearrange()
        if self.view.shape != VIEWS[0]:
            self.call_after_refresh(self._restore_view)
        if self.watchlist.is_complete:
            self.record_hand_edits()
            settle_memory()
            self.follow()
        else:
            self.call_after_refresh(self._read_rest)

    async def _restore_view(self) -> None:
        """See the list in the shape of the last time."""
        await self.show_view()
        item = self.show_list.item
        self.fill_view(item.id if isinstance(item, Show) else None)
        self.update_details()
        self.active_view.focus()

    @work(thread=True, group="reading", exit_on_error=False)
    def _read_rest(self) -> None:
        watchlist = next(self._parts)
        shelf = self._make_listing(watchlist)
        self.app.call_from_thread(self._take_rest, shelf)
        shelf.prepare()

    def _take_rest(self, shelf: Listing) -> None:
        untouched = self.show_list.is_at_top and not self.view.cursor
        self.rearrange(shelf)
        if untouched:
            self.show_list.action_top()
        self.record_hand_edits()
        settle_memory()
        self.follow()

    def _make_listing(self, watchlist: Watchlist) -> Listing:
        view = self.view
        return Listing(
            watchlist.shows, view.grouping, view.sort, self.tracker.today, self._listing,
            people=watchlist.people, agenda=self.agenda,
        )  # fmt: skip

    def rearrange(self, shelf: Listing | None = None, *, keep: str | None = None) -> None:
        """Put the list as it is now on the screen.

        Args:
            shelf: The list in its order, where that was worked out already.
            keep: The show to stand on; by default the one under the cursor.
        """
        today = self.tracker.today
        self._shown_watchlist = self.watchlist
        self._listing = shelf or self._make_listing(self.watchlist)
        self.show_list.today = today
        if marked := self.show_list.marked:
            self.show_list.set_marks(marked & {show.id for show in self.watchlist.shows})
        self._show_list(keep)

    def _show_list(self, keep: str | None = None) -> None:
        groups = self._listing.select(self._query)
        filtered = bool(self._query.text)
        self.show_list.empty_text = words.describe_empty_list(self._query.text, self.tracker.as_of)
        damages = () if filtered else self.watchlist.damaged
        agenda = self.agenda
        shown = (show for group in groups for show in group.shows) if agenda is not None else ()
        self.show_list.painter.notes = {show.id: agenda.note(show) for show in shown} if agenda is not None else {}
        self.show_list.set_items(groups, damages, keep=keep or self.view.cursor or None)
        if self.watchlist.is_complete:
            # From here on the cursor itself knows where it stands.
            self.view = self.view._replace(cursor="")
        self._match_count = len({show.id for group in groups for show in group.shows}) if filtered else None
        self.fill_view(keep)
        self.update_header()

    @property
    def is_behind(self) -> bool:
        """Whether the list on the screen is not the one that was read last."""
        return self._shown_watchlist is not self.watchlist

    @property
    def _counts(self) -> tuple[int, int]:
        # Ten thousand shows take 10 ms to count, which is too long for each step through time.
        watchlist, today = self.watchlist, self.tracker.today
        if self._cached_counts is None or self._cached_counts[0] is not watchlist or self._cached_counts[1] != today:
            self._cached_counts = (watchlist, today, words.count_due(watchlist, today))
        return self._cached_counts[2]

    def update_header(self) -> None:
        """Show in the header what is on the list, and what the owner should know of its file."""
        dot, marked = self.glyphs.dot, len(self.show_list.marked)
        # Of another day it is not known how many were overdue then.
        many = self._counts if self.past_day is None else (0, 0)
        counts = words.describe_counts(self.watchlist, many, self._match_count, marked, self.unread)
        state = words.describe_state(self.tracker, self.view_labels, self.troubles, self.activity, self.past_day)
        self.query_one(Header).show_words(
            Content(dot).join([Content.styled(*count) for count in counts]),
            Content(dot).join([Content.styled(*word) for word in state]),
        )

    def go_to(self, show_id: str) -> None:
        """Put the cursor on a show, lifting the filter if it hides it."""
        if not self.show_list.go_to(show_id) and self._query.text:
            self._clear_filter()
        if (show := self.watchlist.find(show_id)) is not None:
            self.select(show)
        self.active_view.focus()

    def show_edit(self, outcome: Outcome) -> None:
        """Show the list after an edit, with the cursor on what was edited."""
        self.read_error = ""
        keep = outcome.show_ids[0] if outcome.show_ids else None
        self.rearrange(keep=keep)
        if keep and outcome.returns and not self.show_list.go_to(keep):
            self.go_to(keep)
        # The last word counts; a row of undos would bury the list under its messages.
        self.app.clear_notifications()
        self.notify(outcome.label, markup=False, timeout=4)

    @on(ShowList.Highlighted)
    def _update_details_soon(self) -> None:
        if self._details_timer is not None:
            self._details_timer.stop()
        self._details_timer = self.set_timer(DETAILS_DELAY, self.update_details)

    def update_details(self) -> None:
        """Let the panes, or the caption, follow the cursor."""
        if self.view.shape not in VIEWS_WITH_PANES:
            if self.query("#caption"):
                self.update_caption()
            return
        item, path = self.show_list.item, str(self.tracker.path)
        said = self.source_info(item) if isinstance(item, Show) else None
        self.query_one(DetailPanes).show_item(item, self.watchlist, self.tracker.today, self.view.native, path, said)

    @on(DescendantFocus)
    def _choose_pane(self, event: DescendantFocus) -> None:
        if event.widget.id in PANE_NAMES:
            self.view = self.view._replace(pane=event.widget.id)
            self.query_one(DetailPanes).show_pane(event.widget.id)

    @on(FilterBar.QueryChanged)
    def _filter(self, event: FilterBar.QueryChanged) -> None:
        if event.query.text != self._query.text:
            self._query = event.query
            self._show_list()

    @on(FilterBar.Closed)
    def _leave_filter(self) -> None:
        if not self._query.text:
            self._clear_filter()
        self.active_view.focus()

    def _clear_filter(self) -> None:
        self.query(FilterBar).remove()
        if self._query.text:
            self._query = Query()
            self._show_list()

    async def action_filter(self) -> None:
        if not self.query(FilterBar):
            await self.mount(FilterBar(self.watchlist.people, id="filter"), before="#body")
        self.query_one(FilterBar).focus_input()

    def action_clear(self) -> None:
        bars = self.query(FilterBar)
        if self.stop_refresh():
            return
        if self.past_day is not None:
            self.action_now()
        elif bars and (bars.first().has_input_focus or self.active_view.has_focus):
            self._clear_filter()
        elif self.active_view.has_focus:
            self.show_list.set_marks(())
            self.update_header()
        self.active_view.focus()

    def action_mark(self) -> None:
        if isinstance(item := self.item, Show):
            self.show_list.set_marks(self.show_list.marked ^ {item.id})
        if (months := self.month_view) is not None:
            months.set_marks(self.show_list.marked)
        else:
            self.show_list.action_move(1)
        self.update_header()

    @property
    def show_list(self) -> ShowList:
        """The list on the left."""
        return self.query_one(ShowList)

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was read last."""
        return self.tracker.watchlist.current

    def _set_view(self, view: ViewState) -> None:
        """Look at the list in another way."""
        self.view = view
        self.rearrange()

    @on(ShowList.Selected)
    async def action_details(self) -> None:
        if self.view.shape not in VIEWS_WITH_PANES:
            await self.action_shape(VIEWS[0])
        self._focus_pane("synopsis" if not isinstance(self.item, Show) else self.view.pane)

    async def action_pane(self, by: int) -> None:
        if self.view.shape not in VIEWS_WITH_PANES:
            # From the filter the way leads to what is seen of the list.
            if self.active_view.has_focus:
                await self.action_details()
            else:
                self.active_view.focus()
            return
        stops = ["shows", *(PANE_NAMES if isinstance(self.item, Show) else PANE_NAMES[:1])]
        here = next((n for n, stop in enumerate(stops) if self.query_one(f"#{stop}").has_focus), -1)
        # From the filter either way leads to the list.
        self._focus_pane(stops[(here + by) % len(stops)] if here >= 0 else stops[0])

    def _focus_pane(self, name: str) -> None:
        if name in PANE_NAMES:
            self.view = self.view._replace(pane=name)
            self.query_one(DetailPanes).show_pane(name)
        self.query_one(f"#{name}").focus()

    def action_cycle_grouping(self) -> None:
        if self.view.shape in ("agenda", "month"):
            self.notify(f"The {self.view.shape} is by day; 1 and 4 are grouped.", markup=False, timeout=4)
            return
        self._set_view(self.view.next_grouping())

    def action_cycle_sort(self) -> None:
        self._set_view(self.view.next_sort())

    def action_toggle_native(self) -> None:
        self.view = self.view._replace(native=not self.view.native)
        self.show_list.native = self.view.native
        self.fill_view()
        self.update_details()

    @on(TextPane.Chosen, "#cast")
    def _show_person(self, event: TextPane.Chosen) -> None:
        from tracker.tui.dialogs.prompts import PersonCard

        person = self.watchlist.person(event.value)
        shows = self.watchlist.shows_with((person.name, *person.aliases) if person else (event.value,))
        self.app.push_screen(PersonCard(event.value, person, shows), self._go_to_chosen)

    def _go_to_chosen(self, show_id: str | None) -> None:
        if show_id:
            self.go_to(show_id)

    @on(TextPane.Chosen, "#status, #synopsis")
    def _open_chosen(self, event: TextPane.Chosen) -> None:
        self._open(event.value)

    def action_open_link(self) -> None:
        pane, item = self.query_one("#status", TextPane), self.item
        links = item.links_in_order() if isinstance(item, Show) else []
        self._open((pane.value if pane.has_focus else "") or (links[0][1] if links else ""))

    def _open(self, url: str) -> None:
        if url.startswith(("https://", "http://")):
            self.app.open_url(url)
            self.notify(url, title="Opening", markup=False, timeout=3)
        else:
            self.notify("There is no link here.", severity="warning", markup=False)

    def action_copy(self) -> None:
        if isinstance(item := self.item, Show):
            line = clipboard_line(item)
            self.app.copy_to_clipboard(line)
            self.notify(line, title="Copied", markup=False, timeout=3)

    def action_help(self) -> None:
        from tracker.tui.dialogs.help import HelpDialog

        keys = {one.binding.id: self.app.get_key_display(one.binding) for one in self.active_bindings.values()}
        self.app.push_screen(HelpDialog(keys))

    @property
    def is_month(self) -> bool:
        """Whether the calendar is seen."""
        return self.view.shape == "month"

    @property
    def is_timeline(self) -> bool:
        """Whether the timeline is seen."""
        return self.view.shape == "timeline"

    @property
    def month_view(self) -> MonthView | None:
        """The calendar, where it is seen."""
        found = self.query("#month") if self.is_month else None
        return found.first() if found else None  # type: ignore[return-value]  # no other has that id

    @property
    def view_labels(self) -> list[str]:
        """What the header says of the way of looking."""
        is_year = self.month_view is not None and self.month_view.is_year
        return ["year" if is_year and word == "month" else word for word in self.view.labels]

    @property
    def active_view(self) -> Widget:
        """What is seen of the list, and has the keys."""
        return self.month_view or self.show_list

    @property
    def item(self) -> Item | None:
        """What is stood on."""
        months = self.month_view
        return months.selected if months is not None else self.show_list.item

    @property
    def agenda(self) -> Agenda | None:
        """What divides the list where it is seen as an agenda."""
        if self.view.shape != "agenda":
            return None
        from tracker.reports.agenda import Agenda

        return Agenda(self.tracker.today, self.episodes, self.tracker.first_weekday)

    async def action_shape(self, shape: str) -> None:
        item = self.item or self.show_list.item
        if shape != self.view.shape:
            self.leave_view()
            self.view = self.view._replace(shape=shape)
            await self.show_view()
            self.rearrange()
            if isinstance(item, Show):
                self.select(item)
            self.update_details()
        self.active_view.focus()

    async def show_view(self) -> None:
        """Put on the screen what the shape needs."""
        if self.is_timeline:
            if not self.query("#axis"):
                from tracker.tui.views.timeline import Axis

                await self.mount(Axis(id="axis"), before="#body")
            self._list_painter = self._list_painter or self.show_list.painter
        if self.view.shape in ("month", "timeline") and not self.query("#caption"):
            from tracker.tui.views.caption import Caption

            await self.mount(Caption(id="caption"), after="#body")
        if self.is_month and not self.query("#month"):
            from tracker.tui.views.month import MonthView

            await self.query_one("#body").mount(MonthView(self.tracker.today, self.tracker.first_weekday, id="month"))
        for name in VIEWS:
            self.set_class(name == self.view.shape, f"-{name}")
        self.query_one(KeyBar).show_view(self.view.shape)
        if self.is_timeline:
            # The list is wider from now on.
            self.call_after_refresh(self._draw_timeline)

    def fill_view(self, keep: str | None = None) -> None:
        """Let what is seen follow the list.

        Args:
            keep: The id of the show to stand on; by default the one that is stood on.
        """
        if (months := self.month_view) is not None:
            # Grouped by person, a show stands on the list more than once.
            shows = {item.id: item for item in self.show_list.items if isinstance(item, Show)}
            chosen = months.selected.id if months.selected is not None else None
            months.set_shows(
                list(shows.values()), self.episodes, self.tracker.today, native=self.view.native, keep=keep or chosen
            )
            months.set_marks(self.show_list.marked)
        if self.is_timeline:
            if self.past_day is None:
                self.timeline.day = self.tracker.today
            self._draw_timeline()

    def select(self, show: Show) -> None:
        """Stand on a show wherever it is seen."""
        here = self.show_list.item
        if not (isinstance(here, Show) and here.id == show.id):
            self.show_list.go_to(show.id)
        if (months := self.month_view) is not None:
            months.go_to(show)

    def update_caption(self) -> None:
        """Say in the caption which show it is."""
        months, item = self.month_view, self.item
        if self.is_timeline and self.past_day is not None and isinstance(item, Show):
            # As it is known on the day as of which it is seen.
            known = self.timeline.as_of_day(item)
            self.show_caption(known, self.timeline.day, f"{item.title}: nothing had been heard of it.")
            return
        where = f"Nothing on {day_name(months.day)}." if months is not None else ""
        episode = months.entry.episode if months is not None and months.entry is not None else None
        self.show_caption(
            item if isinstance(item, Show) else None,
            self.tracker.today,
            where,
            describe_episode(episode) if episode else "",
        )

    def show_caption(self, show: Show | None, today: date, empty: str = "", beside: str = "") -> None:
        """Say in the caption what is known of a show on a day, or what is said where there is none."""
        from textual.content import Content

        from tracker.tui.views.caption import Caption, describe_legend

        legend = describe_legend(self.glyphs) if self.is_timeline else Content.styled(_MONTH_KEYS, MUTED)
        self.query_one(Caption).show_show(show, today, self.view.native, legend, empty, beside)

    def action_slips(self) -> None:
        shows = {item.id: item for item in self.show_list.items if isinstance(item, Show)}
        self.show_slips(tuple(shows.values()), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        shapes = _ACTIONS.get(action)
        return True if shapes is None else self.view.shape in shapes

    def on_month_view_highlighted(self, event: MonthView.Highlighted) -> None:
        event.stop()
        if event.show is not None:
            self.show_list.go_to(event.show.id)
        self.update_caption()
        self.update_header()

    async def on_month_view_selected(self, event: MonthView.Selected) -> None:
        event.stop()
        self.show_list.go_to(event.show.id)
        await self.action_details()

    @property
    def timeline(self) -> TimelinePainter:
        """What draws the timeline."""
        if self._timeline is None:
            from tracker.tui.views.timeline_painter import TimelinePainter

            self._timeline = TimelinePainter(self.show_list, self.glyphs, self.tracker.today)
            self._timeline.zoom = next((zoom for zoom in ZOOMS if zoom.name == self.view.zoom), ZOOMS[0])
        return self._timeline

    @property
    def past_day(self) -> date | None:
        """The day as of which the timeline is seen; None for today."""
        return self._timeline.day if self._timeline is not None and self._timeline.is_past else None

    @property
    def _width(self) -> int:
        return self.show_list.scrollable_content_region.width or self.size.width

    def leave_view(self) -> None:
        """Go back to today, and draw the list as a list."""
        if self._timeline is not None:
            self._set_past_day(self.tracker.today)
            self._timeline.centre(self.tracker.today)
        if self._list_painter is not None:
            self.show_list.draw_with(self._list_painter)

    def on_resize(self) -> None:
        if self.is_timeline:
            self.call_after_refresh(self._draw_timeline)

    def _draw_timeline(self) -> None:
        from tracker.tui.views.timeline import Axis

        if not self.is_timeline or not self.query("#axis"):
            return
        self.timeline.groups_move = self.view.grouping in ("release", "status")
        self.show_list.draw_with(self.timeline)
        self.query_one(Axis).show_scale(self.timeline, self._width)
        self.update_caption()

    def action_zoom(self, by: int) -> None:
        if (months := self.month_view) is not None:
            months.zoom(by)
        if not self.is_timeline:
            return
        at = ZOOMS.index(self.timeline.zoom) + by
        if 0 <= at < len(ZOOMS):
            self.timeline.zoom = ZOOMS[at]
            self.view = self.view._replace(zoom=ZOOMS[at].name)
            self.timeline.centre(self._middle())
            self._draw_timeline()
            self.update_header()

    def _middle(self) -> date:
        """Return the day around which the zoom changes: where the show's window begins, else the line of the day."""
        item = self.item
        known = self.timeline.as_of_day(item) if isinstance(item, Show) else None
        window = known.release if known is not None else None
        return window.earliest if window is not None and window.earliest is not None else self.timeline.day

    def action_slide(self, by: int) -> None:
        self.timeline.slide(by)
        self._draw_timeline()

    def action_now(self) -> None:
        if (months := self.month_view) is not None:
            months.action_today()
        if not self.is_timeline:
            return
        self._set_past_day(self.tracker.today)
        self.timeline.centre(self.tracker.today)
        self._draw_timeline()
        self.update_header()

    def show_slips(self, shows: Sequence[Show], when: str) -> None:
        """Show how well the dates of these shows were kept by the day as of which they are seen."""
        from tracker.reports.slips import slip_report
        from tracker.tui.dialogs.slips import SlipsDialog

        if self.past_day is not None:
            known = (self.timeline.as_of_day(show) for show in shows)
            shows, when = tuple(show for show in known if show is not None), f" as of {day_label(self.past_day)}"
        about = f"{plural(len(shows), 'show')}{when}"
        self.app.push_screen(SlipsDialog(slip_report(shows), about, native=self.view.native), self._go_to_chosen)

    def action_scrub(self, by: int) -> None:
        step = _STEPS[self.timeline.zoom.name]
        day = self.timeline.day
        if step:
            self._go_to_day(days_after(day, by * step))
        elif by < 0 and day.day > 1:
            self._go_to_day(day.replace(day=1))
        else:
            self._go_to_day(months_after(day, by))

    def action_believed(self, by: int) -> None:
        item = self.item
        days = {claim.on for claim in item.history if claim.on is not None} if isinstance(item, Show) else set()
        ahead = sorted(day for day in days if (day > self.timeline.day if by > 0 else day < self.timeline.day))
        if ahead:
            self._go_to_day(ahead[0] if by > 0 else ahead[-1])
        elif by > 0 and self.past_day is not None:
            self._go_to_day(self.tracker.today)
        else:
            self.notify(f"Nothing was said {'after' if by > 0 else 'before'}.", markup=False, timeout=3)

    def _go_to_day(self, day: date) -> None:
        """See everything as of a day, no later than today."""
        self._set_past_day(min(day, self.tracker.today))
        scale = self.timeline.scale(self._width)
        if not 0 <= scale.column(self.timeline.day) < scale.width:
            self.timeline.centre(self.timeline.day)
        self._draw_timeline()
        self.update_header()

    def _set_past_day(self, day: date) -> None:
        self.timeline.day = day
        self.timeline.is_past = day < self.tracker.today

    def _chosen(self) -> list[Show]:
        """Return the marked shows, else the one under the cursor."""
        if marked := self.show_list.marked:
            return [show for show in self.watchlist.shows if show.id in marked]
        item = self.item
        if item is None and self.watchlist.shows:
            self.notify("No show stands here.", severity="warning", markup=False, timeout=3)
        if isinstance(item, DamagedEntry):
            self.notify("This entry cannot be read; E opens it in your editor.", severity="warning", markup=False)
        return [item] if isinstance(item, Show) else []

    def _may_edit(self) -> bool:
        """Return whether an edit may begin; one that then cannot be saved is kept."""
        why = self.tracker.watchlist.why_read_only if self.tracker.as_of is not None else ""
        if self.past_day is not None:
            why = f"You look at what was believed on {self.past_day}; 0 goes back to {self.tracker.as_of or 'today'}."
        if not why and not self.watchlist.is_complete:
            why = "The rest of the list is still being read; try again in a second."
        if why:
            self.notify(why, severity="warning", markup=False, timeout=6)
        return not why

    def _try_edit(self, deed: Edit) -> None:
        """Do an edit and show what came of it.

        Raises:
            TrackerError: It was refused; what the file says now is shown.
        """
        try:
            outcome = deed()
        except TrackerError:
            self.rearrange()
            raise
        self.show_edit(outcome)

    def _run_edit(self, deed: Edit, *, keep: bool = True) -> None:
        """Do an edit and show what came of it; a refusal becomes a message.

        Args:
            deed: The edit.
            keep: Whether it is kept, and offered again, where the file cannot be written.
        """
        try:
            outcome = deed()
        except (WatchlistUnwritable, WatchlistUnreadable) as error:
            kept = (
                ""
                if isinstance(error, EntryUnreadable) or not keep
                else f" The edit is kept: {self.again_key} saves it."
            )
            if kept:
                self.unsaved.append(deed)
                self.update_header()
            self.notify(f"{error}{kept}", severity="error", markup=False, timeout=15)
        except TrackerError as error:
            self.rearrange()
            self.notify(str(error), severity="error", markup=False, timeout=15)
        else:
            self.show_edit(outcome)

    @property
    def again_key(self) -> str:
        """The key that saves again."""
        return next(key for key in MAIN_KEYS if key.id == "save-again").key_text

    def action_save_again(self) -> None:
        if not self.unsaved:
            self.notify("Everything is saved.", markup=False, timeout=3)
        while self.unsaved:
            try:
                outcome = self.unsaved[0]()
            except (WatchlistUnwritable, WatchlistUnreadable) as error:
                self.notify(str(error), severity="error", markup=False, timeout=15)
                break
            except TrackerError as error:
                # It fits the list no more, and never will: it must not bar the others.
                self.notify(f"Given up: {error}", severity="error", markup=False, timeout=15)
            else:
                self.show_edit(outcome)
            del self.unsaved[0]
        self.rearrange()

    def _record(self, *, pick_status: bool) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.dialogs.record import RecordForm

        ids = [show.id for show in shows]

        def record(claim: Claim) -> None:
            # The day is that of the first try, also where it can be saved later only.
            claim = claim._replace(on=claim.on or self.tracker.today)
            self._try_edit(lambda: self.tracker.edits.record(dict.fromkeys(ids, claim)))
            self.show_list.set_marks(())

        self.app.push_screen(RecordForm(shows, self.tracker.today, record, pick_status=pick_status))

    def action_record_status(self) -> None:
        self._record(pick_status=True)

    def action_record_claim(self) -> None:
        self._record(pick_status=False)

    def action_step(self, by: int) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        claims = {}
        for show in shows:
            if (status := step_status(show.status, by, show.kind)) is not None:
                claims[show.id] = Claim(on=self.tracker.today, status=status)
        if claims:
            self._run_edit(lambda: self.tracker.edits.record(claims))
        else:
            ends = f"{shows[0].title} stands" if len(shows) == 1 else "They all stand"
            self.notify(
                f"{ends} at the {'end' if by > 0 else 'beginning'} of the line.", severity="warning", markup=False
            )

    def action_add_show(self) -> None:
        if self._may_edit():
            self.add_by_hand()

    def add_by_hand(self, title: str = "") -> None:
        """Ask for what is known of a show, and add it."""
        from tracker.tui.dialogs.show_form import AddShowForm, NewShow

        def add(new: NewShow) -> None:
            self._try_edit(lambda: self.tracker.edits.add(new.show, new.claim))
            self.go_to(self.watchlist.shows[-1].id)

        self.app.push_screen(AddShowForm((show.title for show in self.watchlist.shows), add, title))

    def action_edit_show(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            if not isinstance(self.item, Show):
                self._chosen()
            return

        from tracker.tui.dialogs.show_form import EditShowForm

        def save(values: dict[str, Any]) -> None:
            if not values:
                return
            try:
                self._try_edit(lambda: self.tracker.edits.set_fields({show.id: values}, {show.id: show}))
            except Conflict as conflict:
                # The form may close: both values go on to the person.
                self._settle(show, values, conflict)

        self.app.push_screen(EditShowForm(show, save))

    def _settle(self, show: Show, values: dict[str, Any], conflict: Conflict) -> None:
        """Ask which value counts, field by field; the other one stays in the journal."""
        from tracker.tui.dialogs.choose import Question, ask_each

        redo = next(key for key in MAIN_KEYS if key.id == "redo").key_text
        questions = [
            Question(
                show.title,
                FIELDS[one.field].label,
                "Somebody changed it in the file while you did here.",
                (("the file's", one.in_file), ("yours", one.wanted)),
                f"The other one stays in the journal: u brings the file's back, {redo} writes yours.",
            )
            for one in conflict.differences
        ]

        def settle(answers: list[int]) -> None:
            left = {one.field for one, mine in zip(conflict.differences, answers, strict=True) if not mine}
            written = {name: value for name, value in values.items() if name not in left}
            if written:
                self._run_edit(lambda: self.tracker.edits.set_fields({show.id: written}))
            if left:
                self._leave(show, {name: values[name] for name in left}, redo)

        self.call_after_refresh(ask_each, self.app, questions, settle)

    def _leave(self, show: Show, values: dict[str, Any], redo: str) -> None:
        try:
            self.tracker.edits.set_aside(show.id, values)
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
            return
        self.rearrange()
        self.notify(f"{show.title} stays as the file has it; {redo} writes yours.", markup=False, timeout=8)

    def action_tag(self) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return

        from tracker.tui.dialogs.prompts import Prompt

        def tag(text: str | None) -> None:
            names = FIELDS["tags"].read(text or "")
            if names:
                self._toggle_tags(names, [show for one in shows if (show := self.watchlist.find(one.id))])

        title = shows[0].title if len(shows) == 1 else f"{len(shows)} shows"
        self.app.push_screen(Prompt(Content(f"Tag {title}"), "", "a tag that all have already is taken away"), tag)

    def _toggle_tags(self, names: tuple[str, ...], shows: list[Show]) -> None:
        """Take tags away that all the shows have, and give them those that not all have."""
        gone = {name for name in names if all(name in show.tags for show in shows)}
        values = {}
        for show in shows:
            tags = tuple(dict.fromkeys(tag for tag in (*show.tags, *names) if tag not in gone))
            if tags != show.tags:
                values[show.id] = {"tags": tags}
        self._run_edit(lambda: self.tracker.edits.set_fields(values))

    def action_remove(self) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.dialogs.prompts import Confirm

        what = shows[0].title if len(shows) == 1 else f"{len(shows)} marked shows"
        ids = [show.id for show in shows]

        def remove(sure: bool | None) -> None:
            if sure:
                self._run_edit(lambda: self.tracker.edits.remove(ids))

        question = Content.assemble("Remove ", (what, "bold"), "?")
        self.app.push_screen(Confirm(question, "u brings it back, with its whole history."), remove)

    def action_undo(self) -> None:
        if self._may_edit():
            self._run_edit(self.tracker.edits.undo, keep=False)

    def action_redo(self) -> None:
        if self._may_edit():
            self._run_edit(self.tracker.edits.redo, keep=False)

    def action_open_editor(self) -> None:
        if (self.tracker.as_of is not None or self.past_day is not None) and not self._may_edit():
            return
        item = self.item
        match item:
            case DamagedEntry():
                line = item.line
            case Show():
                line = self.tracker.watchlist.line_of(item.id)
            case _:
                line = 1
        problem = external_editor.open_in_editor(self.app, self.tracker.path, line)
        self.after_editor()
        if problem:
            self.notify(problem, severity="error", markup=False, timeout=15)
        self.reread()

    @property
    def watches(self) -> bool:
        """Whether the file is watched."""
        return self._polling is not None

    @property
    def troubles(self) -> list[str]:
        """What the header says of the file, in a few words each."""
        troubles = ["the file cannot be read"] if self.read_error else []
        if many := len(self.copies):
            troubles.append(f"{many} conflicted cop{'y' if many == 1 else 'ies'}: M")
        if many := len(self.unsaved):
            troubles.append(f"{many} edit{'' if many == 1 else 's'} not saved: ^s")
        return troubles

    def follow(self) -> None:
        """Begin to watch the file, and soon read what services said."""
        if self._polling is not None:
            self._polling.start()
            # It takes a look into the journal, for which nobody should wait at the start.
            self.set_timer(LOST_EDITS_DELAY, self.find_lost_edits)
        if self.tracker.as_of is None:
            self.set_timer(SOURCE_STATES_DELAY if self.watches else 0.001, self.load_source_states)

    def _poll(self) -> None:
        """Look, and post what is news; in the watcher's thread."""
        for news in self._monitor.poll():
            self.post_message(self.FileEventSeen(news))
        self.tracker.backups.back_up_replaced()

    def _tell_failure(self, reason: str) -> None:
        self.post_message(self.FileEventSeen(FileLost(f"The file cannot be watched ({reason}).")))

    def poll_all(self) -> None:
        """Look at everything now."""
        for news in self._monitor.poll_all():
            self.post_message(self.FileEventSeen(news))
        self.tracker.backups.back_up_replaced()

    @on(FileEventSeen)
    def _show_news(self, event: FileEventSeen) -> None:
        match event.event:
            case FileChanged(reading):
                self._show_new_text(reading)
            case FileLost(reason):
                self._tell_loss(reason)
            case DayChanged():
                self.rearrange()
                self.update_details()
            case LockChanged(is_writable):
                self._tell_lock(is_writable)
            case CopiesChanged(copies):
                self._tell_copies(copies)

    def _show_new_text(self, reading: FileVersion) -> None:
        before, item, was_lost = self.watchlist, self.show_list.item, bool(self.read_error)
        changes = self.tracker.watchlist.adopt(reading)
        self.after_new_text()
        self.read_error = ""
        if self.watchlist is before and not was_lost:
            return
        self.show_list.set_marks(changes.renamed_ids.get(show_id, show_id) for show_id in self.show_list.marked)
        self.rearrange(keep=changes.renamed_ids.get(item.id) if isinstance(item, Show) else None)
        self.update_details()
        words = describe_diff(changes)
        if words or was_lost:
            told = words or "the same list as before"
            # A file that changes again and again would bury the list under its messages.
            self.app.clear_notifications()
            self.notify(told, title="The file is back" if was_lost else "The file changed", markup=False, timeout=6)
        self.find_lost_edits()

    def _tell_loss(self, reason: str) -> None:
        self.read_error = reason
        self.update_header()
        self.notify(
            f"{reason} The list is shown as it was read last; it is read again when the file is back.",
            severity="error",
            markup=False,
            timeout=20,
        )

    def _tell_lock(self, is_writable: bool) -> None:
        self.update_header()
        if is_writable and (many := len(self.unsaved)):
            edits = f"{many} edit{'' if many == 1 else 's'}"
            self.notify(f"The file can be written again: {self.again_key} saves {edits}.", markup=False, timeout=15)

    def _tell_copies(self, copies: tuple[Path, ...]) -> None:
        new = [path for path in copies if path not in self.copies]
        self.copies = copies
        self.update_header()
        if new and self.tracker.as_of is None:
            self.notify(
                f"{new[0].name} lies beside the file: two machines wrote at once. M merges it.",
                title="A conflicted copy",
                severity="warning",
                markup=False,
                timeout=15,
            )

    @work(thread=True, group="noting", exit_on_error=False)
    def record_hand_edits(self) -> None:
        """Note in the histories what was edited by hand; there may be thousands in a list that was never opened."""
        if outcome := self.tracker.edits.record_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)

    @work(thread=True, group="noting", exit_on_error=False)
    def find_lost_edits(self) -> None:
        """Find edits that another program's save took back, and tell; then note what was edited by hand."""
        lost = self.tracker.edits.set_aside_lost()
        if outcome := self.tracker.edits.record_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)
        if lost:
            self.app.call_from_thread(self.notify, lost.label, severity="warning", markup=False, timeout=15)

    def _tell_hand_edits(self, outcome: Outcome) -> None:
        self.rearrange()
        self.update_details()
        # It says more of the same than that the file changed.
        self.app.clear_notifications()
        self.notify(outcome.label, title="Noted from the file; u takes it back", markup=False)

    def reread(self) -> None:
        """Read the file again, after an editor had it."""
        for news in self._monitor.poll_all(patient=False):
            self.post_message(self.FileEventSeen(news))

    def action_merge_copy(self) -> None:
        if not self._may_edit():
            return
        self.copies = self.tracker.sync_copies.find()
        self.update_header()
        if self.copies:
            self._look_at_copy(self.copies[0])
        else:
            self.notify("No conflicted copy lies beside the file.", markup=False, timeout=4)

    @work(thread=True, group="looking at a copy", exclusive=True, exit_on_error=False)
    def _look_at_copy(self, path: Path) -> None:
        try:
            copy = self.tracker.sync_copies.preview(path)
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False, timeout=15)
        else:
            self.app.call_from_thread(self._ask_to_merge, copy)

    def _ask_to_merge(self, copy: CopyPreview) -> None:
        from tracker.tui.dialogs.choose import Question, ask_each
        from tracker.tui.dialogs.prompts import Confirm

        after = "The other one stays among the earlier versions: tracker restore --list."
        why = f"The file and {copy.name} have another one each."
        questions = [
            Question(one.title, one.field or "the whole entry", one.why or why,
                     (("the file's", one.in_file), ("the copy's", one.in_copy)), after)
            for one in copy.conflicts
        ]  # fmt: skip

        def answered(answers: list[int]) -> None:
            self._merge(copy, {one.place: bool(answer) for one, answer in zip(copy.conflicts, answers, strict=True)})

        def go_on(sure: bool | None) -> None:
            if sure:
                ask_each(self.app, questions, answered)

        what = describe_diff(copy.diff) or "nothing new"
        asked = f"{len(questions)} value{'' if len(questions) == 1 else 's'} to choose. " if questions else ""
        hint = f"It brings: {what}. {asked}u takes the merge back; the copy goes to the earlier versions."
        self.app.push_screen(Confirm(Content.assemble("Merge ", (copy.name, "bold"), "?"), hint), go_on)

    @work(thread=True, group="merging", exclusive=True, exit_on_error=False)
    def _merge(self, copy: CopyPreview, answers: dict[tuple[str, tuple[str, ...]], bool]) -> None:
        try:
            outcome = self.tracker.sync_copies.merge(copy.path, answers)
        except TrackerError as error:
            self.app.call_from_thread(self._tell_refusal, error, copy.path)
        else:
            self.app.call_from_thread(self._show_merge, outcome)

    def _show_merge(self, outcome: Outcome) -> None:
        self.copies = self.tracker.sync_copies.find()
        self.show_edit(outcome)

    def _tell_refusal(self, error: TrackerError, path: Path) -> None:
        self.rearrange()
        self.notify(str(error), severity="error", markup=False, timeout=15)
        if isinstance(error, Conflict):
            # There is something else to decide by now.
            self._look_at_copy(path)

    def may_leave(self) -> bool:
        """Return whether the app may end; edits that are not saved are told of once."""
        if not self.unsaved or self._warned:
            return True
        self._warned = True
        many = len(self.unsaved)
        self.notify(
            f"{many} edit{' is' if many == 1 else 's are'} not saved: {self.again_key} tries again; q again leaves.",
            severity="warning",
            markup=False,
            timeout=10,
        )
        return False

    def after_new_text(self) -> None:
        """Find out whether that is news."""
        if self.tracker.as_of is None and self.has_source_states:
            self.load_source_states()

    def after_editor(self) -> None:
        """Take note that its owner wrote what the file has now: it is no news to them."""
        self.tracker.external_changes.mark_seen()

    def source_info(self, show: Show) -> SourceInfo | None:
        """Return what services said of a show; None while it was not read yet."""
        if self.tracker.as_of is not None:
            return NO_SOURCE_INFO
        if not self.has_source_states:
            return None
        return SourceInfo(self.tracker.states.for_show(show), len(self.tracker.proposals.find(show)))

    @property
    def episodes(self) -> Mapping[str, Episode]:
        """The next episodes that are known, by the ids of their shows; none of the past."""
        if self.tracker.as_of is not None or not self.has_source_states:
            return {}
        return self.tracker.states.next_episodes(self.watchlist.shows)

    @work(thread=True, group="reading words", exclusive=True, exit_on_error=False)
    def load_source_states(self) -> None:
        """Read what services said, and find what changed in the file by other hands."""
        try:
            is_new = self.tracker.states.load()
            self.tracker.external_changes.check()
            unseen = self.tracker.inbox.count()
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="warning", markup=False, timeout=10)
            return
        self.app.call_from_thread(self._show_source_states, unseen, is_new)

    def _show_source_states(self, unseen: int, is_new: bool) -> None:
        is_new, self.has_source_states = is_new or not self.has_source_states, True
        self.unread = unseen
        self.update_header()
        item = self.item
        if is_new and self.view.shape in ("agenda", "month"):
            self.rearrange()
        if is_new and isinstance(item, Show):
            self.update_details()

    def action_proposals(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return

        def load() -> Sequence[Proposal]:
            now = self.watchlist.find(show.id)
            return self.tracker.proposals.find(now) if now is not None else ()

        def decide(proposal: Proposal, decision: str) -> None:
            if decision == "keep":
                self.tracker.proposals.decline(proposal)
                self.update_details()
            else:
                self._try_edit(lambda: self.tracker.proposals.accept(proposal, follow=decision == "follow"))

        if not load():
            from tracker.model.source_record import source_ids

            linked = bool(source_ids(show))
            why = "No service says otherwise than you." if linked else "No service knows this show yet; L finds it."
            self.notify(why, markup=False, timeout=4)
            return
        from tracker.tui.dialogs.proposals import ProposalsDialog

        self.app.push_screen(ProposalsDialog(show.title, load=load, on_decide=decide))

    def action_inbox(self) -> None:
        if self.tracker.as_of is not None:
            self.notify("The past has no news.", severity="warning", markup=False, timeout=4)
            return
        if self.past_day is not None and not self._may_edit():
            return
        from tracker.tui.dialogs.inbox import InboxDialog

        inbox = self.tracker.inbox

        def load(with_seen: bool) -> Sequence[NewsItem]:
            return self._safely(lambda: inbox.items() if with_seen else inbox.unread()) or ()

        def see(news: Sequence[NewsItem]) -> None:
            self._safely(lambda: inbox.mark_read([one.number for one in news]))
            self.unread = self._safely(inbox.count) or 0
            self.update_header()

        def undo(item: NewsItem) -> None:
            self._try_edit(lambda: self.tracker.inbox.undo(item))

        now = self.tracker.watchlist.moment
        dialog = InboxDialog(now, load=load, on_read=see, on_undo=undo, on_answer=self._answer)
        self.app.push_screen(dialog, self._go_to_chosen)

    def _answer(self, news: NewsItem, yes: bool) -> None:
        def answer() -> None:
            try:
                outcome: Outcome | str = self.tracker.linking.answer(news, yes=yes)
            except TrackerError as error:
                outcome = str(error)
            self.app.call_from_thread(self._show_answer, outcome)

        Thread(target=answer, name="linking", daemon=True).start()

    def _show_answer(self, outcome: Outcome | str) -> None:
        if isinstance(outcome, str):
            self.notify(outcome, severity="error", markup=False, timeout=15)
            return
        self.unread = self._safely(self.tracker.inbox.count) or 0
        self.show_edit(outcome)

    def _safely(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except TrackerError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=10)
            return None

    def _may_refresh(self) -> bool:
        if self.tracker.as_of is not None:
            self.notify("The past cannot be asked about.", severity="warning", markup=False, timeout=6)
            return False
        return self._may_edit()

    def action_find_show(self) -> None:
        if not self._may_edit():
            return
        from tracker.tui.dialogs.search import SearchDialog

        def take(candidate: SearchResult) -> Outcome:
            if (known := self.tracker.linking.find_known(candidate)) is not None:
                return Outcome(f"{known.title} is on the list already", (known.id,))
            return self.tracker.linking.add(candidate.source_ids)

        search = SearchDialog(
            self.tracker, "Find a show", on_pick=take, on_done=self._go_to_found, on_abandon=self._leave_asking
        )
        self.app.push_screen(search, self._write_by_hand)

    def _leave_asking(self) -> None:
        """Let a question that nobody waits for any more not stand in the way of the next."""
        if self.thread is None:
            self.tracker.sources.stop()

    def _go_to_found(self, outcome: Outcome) -> None:
        self.has_source_states = True
        self.show_edit(outcome)
        if outcome.show_ids:
            self.go_to(outcome.show_ids[0])

    def _write_by_hand(self, title: str | None) -> None:
        if title is not None:
            self.add_by_hand(title)

    def action_clip(self) -> None:
        if not self._may_edit():
            return
        from tracker.tui.clipper.article_input import ArticleInputDialog

        self.app.push_screen(ArticleInputDialog(lambda: self.tracker.clipper), self._show_draft)

    def _show_draft(self, clipped: ClippedArticle | None) -> None:
        if clipped is None:
            return
        from tracker.tui.clipper.review import ClipReviewScreen

        def import_draft(draft: Draft, article: Article, show_id: str | None) -> None:
            try:
                outcome = self.tracker.clipper.import_draft(draft, article, show_id)
            except TrackerError:
                self.rearrange()
                raise
            self._go_to_found(outcome)

        self.app.push_screen(ClipReviewScreen(self.tracker.clipper, clipped, import_draft))

    def action_link_show(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return
        from tracker.tui.dialogs.search import SearchDialog

        def take(candidate: SearchResult) -> Outcome:
            return self.tracker.linking.link(show.id, candidate.source_ids)

        heading = f"Which of them is {show.title}?"
        self.app.push_screen(
            SearchDialog(
                self.tracker,
                heading,
                title=show.title,
                on_pick=take,
                on_done=self._go_to_found,
                on_abandon=self._leave_asking,
                can_write=False,
            )
        )

    def action_refresh_show(self) -> None:
        if not self._may_refresh() or not (shows := self._chosen()):
            return
        from tracker.model.source_record import source_ids

        names = self.tracker.sources.names
        linked = [show for show in shows if any(one.source in names for one in source_ids(show))]
        if linked:
            self._start_refresh(linked, force=True, direct=True)
        elif len(shows) == 1:
            # Nobody knows it yet, so it is looked for.
            self.action_link_show()
        else:
            self.notify("None of these is known to a service yet; R searches for them.", markup=False, timeout=6)

    def action_refresh_all(self) -> None:
        if self._may_refresh():
            self._start_refresh(self.watchlist.shows, force=self._nothing_was_due)

    def _start_refresh(self, shows: Sequence[Show], *, force: bool, direct: bool = False) -> None:
        if self.thread is not None:
            self.notify("The services are being asked already; esc stops that.", markup=False, timeout=4)
            return

        refresh = self._refresh = self.tracker.refresh(shows, force=force, direct=direct)

        def ask() -> None:
            try:
                report: RefreshReport | str = refresh.run(lambda progress: self._tell(self.RefreshProgress(progress)))
            except TrackerError as error:
                report = str(error)
            self._tell(self.RefreshDone(report))

        self.activity = "asking the services"
        self.update_header()
        # A request that hangs must not keep the program from ending.
        self.thread = Thread(target=ask, name="asking", daemon=True)
        self.thread.start()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    @on(RefreshProgress)
    def _show_progress(self, event: RefreshProgress) -> None:
        progress = event.progress
        title = f" {progress.title[:30]}" if progress.title else ""
        self.activity = f"esc stops asking, {progress.done} of {progress.total}{title}"
        self.has_source_states = True
        if self.is_behind:
            self.rearrange()
            self.update_details()
        self.update_header()

    @on(RefreshDone)
    def _show_report(self, event: RefreshDone) -> None:
        self.thread = self._refresh = None
        self.activity = ""
        report = event.report
        if isinstance(report, str):
            self.update_header()
            self.notify(report, severity="error", markup=False, timeout=15)
            return
        self.has_source_states = True
        # Once more, right after it was said that nothing was due, asks about all.
        self._nothing_was_due = not report.asked and not report.failures and not report.is_stopped
        again = "; R again asks all the same" if self._nothing_was_due else ""
        self.unread = self.tracker.inbox.count()
        self.rearrange()
        self.update_details()
        loud = any(one.grade == "loud" for one in report.news)
        hint = " (i)" if report.news else ""
        self.app.clear_notifications()
        self.notify(f"{report.sentence}{hint}{again}", markup=False, timeout=8 if loud else 5)
        self._notify_owner(report.news)

    @work(thread=True, group="telling", exit_on_error=False)
    def _notify_owner(self, news: Sequence[NewsItem]) -> None:
        from tracker.service.notify import run_notify_command
        from tracker.tui.terminal_notify import notify_terminal

        if problem := run_notify_command(self.tracker.settings.notify, news):
            self.app.call_from_thread(self.notify, problem, severity="warning", markup=False, timeout=10)
        loud = [one for one in news if one.grade == "loud"]
        if loud:
            more = f" and {len(loud) - 1} more" if len(loud) > 1 else ""
            self.app.call_from_thread(notify_terminal, self.app, loud[0].title, f"{loud[0].text}{more}")

    def stop_refresh(self) -> bool:
        """Stop asking the services; return whether they were being asked."""
        if self._refresh is None:
            return False
        self._refresh.stop()
        self.tracker.sources.stop()
        self.activity = "stopping"
        self.update_header()
        return True

    def on_unmount(self) -> None:
        if self._refresh is not None:
            self._refresh.stop()
            self.tracker.sources.stop()
        if self._polling is not None:
            self._polling.stop()
