"""The main screen: one of four views of the list, the details of the selected show, header and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.content import Content
from textual.events import DescendantFocus, Event, Key, MouseEvent, ScreenResume
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from tracker.errors import BadQuery, SeasonUnclear, TrackerError
from tracker.model.dates import day_label
from tracker.model.diff import WatchlistDiff
from tracker.model.fields import FIELDS
from tracker.model.formatting import join_names, plural
from tracker.model.history import Claim
from tracker.model.search_phrase import SearchText
from tracker.model.show import Show
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.reports.completion import ListNames
from tracker.reports.listing import Listing, hide_seen
from tracker.reports.query import Query
from tracker.reports.saved_view import VIEWS, SavedView, is_same_name
from tracker.service import Outcome, Tracker
from tracker.text import clean_line, shorten
from tracker.tui import external_editor
from tracker.tui.background import run_in_thread, then
from tracker.tui.bindings import MOVE_KEYS, SCREEN_KEYS
from tracker.tui.content import clipboard_line, count_due, describe_counts, describe_empty_list, describe_state
from tracker.tui.details.pane_tabs import PaneTabs
from tracker.tui.details.pane_values import ClaimItem, CreditItem, FactsItem, LinkItem, NoticeItem
from tracker.tui.details.panes import DetailPanes
from tracker.tui.first_styles import add_size_classes, keep_first_styles
from tracker.tui.main.body import Body
from tracker.tui.main.edits import EditRunner, describe_last_step, step_claims, toggle_tags
from tracker.tui.main.file_events import FileWatch
from tracker.tui.main.filter_bar import FilterBar
from tracker.tui.main.header import Header, HeaderState, KeyBar
from tracker.tui.main.items import ItemEdits
from tracker.tui.main.loading import SOURCE_STATES_DELAY, Loader
from tracker.tui.main.palette import ActionCommands, GuideCommands, SavedViewCommands, ShowCommands
from tracker.tui.main.refresh import RefreshRunner
from tracker.tui.main.reminders import ReminderTeller
from tracker.tui.main.saved_views import SavedViewEdits
from tracker.tui.main.sync_merge import SyncMerge
from tracker.tui.main.view_bar import ViewBar
from tracker.tui.theme import Glyphs
from tracker.tui.view_state import PANE_NAMES, VIEWS_WITH_PANES, ViewState
from tracker.tui.views.arrangement import Arrangement, Item, ShowActivated, ShowSelected, TimeChanged, item_key
from tracker.tui.views.switcher import ViewSwitcher
from tracker.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tracker.model.article_draft import Article, Draft
    from tracker.model.matching import SearchResult
    from tracker.model.news import NewsItem
    from tracker.model.proposal import Proposal
    from tracker.reports.agenda import Agenda
    from tracker.tui.clipper.article_input import ClippedArticle
    from tracker.tui.dialogs.choose import Question
    from tracker.tui.dialogs.form import Dialog

# What is not seen at the start is imported when it is wanted: dialogs, month, timeline, what talks to sources.

STYLE_SHEET: Final = Path(__file__).with_suffix(".tcss")
DETAILS_DELAY: Final = 0.02
"""Seconds for which the cursor rests before the details follow it: the list is painted first."""


READING_TIME: Final = 5.0
"""Seconds for which keys wait at most for the rest of a long list."""
_WHILE_READING: Final = frozenset(key for keys in MOVE_KEYS for key in keys.keys.split(",")) | {"q", "ctrl+q", "escape"}
"""The keys that need no more than what was read already."""


class MainScreen(Screen[None]):
    """The list, what is known of the selected show, and what its keys do.

    The screen holds the state, and is the one place that puts it on the screen: `show_watchlist` and the watchers
    below it. Its parts (`edits`, `files`, `loader`, `refresher`, `reminders`, `merge`) see it as their `Host`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in SCREEN_KEYS]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        ActionCommands, GuideCommands, SavedViewCommands, ShowCommands
    }  # fmt: skip
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (64, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual types them
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high"), (25, "-tall")]  # noqa: RUF012

    watchlist: var[Watchlist] = var(Watchlist(), init=False, always_update=True)
    """The list that is shown."""
    view: var[ViewState] = var(ViewState(), init=False)
    """How it is shown."""
    filter: var[Query] = var(Query(), init=False)
    """What of it is shown."""
    marked: var[frozenset[str]] = var(frozenset(), init=False)
    """The ids of the marked shows; those that the filter hides keep their marks."""

    def __init__(self, tracker: Tracker, glyphs: Glyphs, parts: Iterator[Watchlist], poll_every: float) -> None:
        super().__init__()
        self.tracker = tracker
        self.glyphs = glyphs
        self.edits = EditRunner(self, tracker.edits)
        self.items = ItemEdits(self, self.edits, tracker.edits, self._may_edit)
        self.files = FileWatch(self, tracker, self.edits, poll_every)
        self.loader = Loader(self, tracker)
        self.refresher = RefreshRunner(self, tracker, self.loader)
        self.reminders = ReminderTeller(self, tracker, self.loader)
        self.merge = SyncMerge(self, tracker.sync_copies, self.files)
        self.saved_views = SavedViewEdits(
            self, tracker.saved_views, tracker.settings.keys, lambda: tracker.today, self._complete_query
        )
        self.set_reactive(MainScreen.view, ViewState.from_memory(tracker.app_state.load()))
        self._parts = parts
        self._listing = Listing((), "none", "release", tracker.today)
        self._next_listing: Listing | None = None
        """The list that is shown next, where a thread brought it into order already."""
        self._wanted = self.view.cursor
        """The key of the item to select when the list is shown next; "" for the one that is selected."""
        self._match_count: int | None = None
        self._is_near = False
        """Whether nothing matches the filter but with a typing mistake."""
        self._names = ListNames(())
        self._hidden_count = 0
        """How many shows are hidden, since they are watched or dropped."""
        self._kept: frozenset[str] = frozenset()
        """The ids of those that are shown all the same, since somebody went to one or has just edited it."""
        self._due_counts: tuple[Watchlist, date, tuple[int, int]] | None = None
        self._details_timer: Timer | None = None
        """What lets the details follow soon; None if they do already."""
        self._is_reading = False
        """Whether the rest of a long list comes soon."""

    def compose(self) -> ComposeResult:
        add_size_classes(self)
        yield Header(id="header")
        if self.saved_views.all:
            yield ViewBar(id="view-bar")
        with Body(id="body"):
            first_weekday = self.tracker.first_weekday
            yield ViewSwitcher(self.tracker.today, self.glyphs, first_weekday, self.view.zoom, id="views")
            yield DetailPanes(self.glyphs, self.view.pane, id="panes")
        yield KeyBar(read_only=self.tracker.as_of is not None, id="keys")

    def on_screen_resume(self, event: ScreenResume) -> None:
        keep_first_styles(self, event)

    def on_mount(self) -> None:
        self.focus_view()
        next(self._parts)
        self._restore_saved_view()
        self.show_watchlist()
        if self.view.view != VIEWS[0]:
            self.call_after_refresh(self._restore_view)
        if self.watchlist.is_complete:
            self._start()
        else:
            self._is_reading = True
            self.set_timer(READING_TIME, self._stop_holding)
            self.call_after_refresh(self.loader.read_rest, self._parts, self._arrange, self._show_rest)

    def _stop_holding(self) -> None:
        self._is_reading = False

    async def _restore_view(self) -> None:
        await self._switch(self.view, self.views.selected)
        self.update_details()

    def _restore_saved_view(self) -> None:
        """Filter by the saved view that was on when the app was left."""
        if not self.view.saved_view:
            return
        saved = self.saved_views.current
        try:
            query = self.saved_views.parse(saved) if saved is not None else Query()
        except BadQuery:  # which is told with what else is wrong with the settings
            saved, query = None, Query()
        if saved is None:
            self.set_reactive(MainScreen.view, self.view._replace(saved_view="", base={}))
        self.set_reactive(MainScreen.filter, query)

    def _show_rest(self, listing: Listing) -> None:
        is_untouched = self.views.list.is_at_top and not self._wanted
        if (saved := self.saved_views.current) is not None and self.filter.text == saved.query:
            # It may name people whose cards were not read yet.
            with suppress(BadQuery):
                self.set_reactive(MainScreen.filter, self.saved_views.parse(saved))
        self._next_listing = listing
        self.show_watchlist()
        if is_untouched:
            self.views.list.action_top()
        self._start()

    def _start(self) -> None:
        self.loader.start(is_polling=self.files.is_polling)
        self.files.start()
        if self.tracker.as_of is None:
            self.set_timer(SOURCE_STATES_DELAY if self.files.is_polling else 0.001, self.tell_reminders)

    def on_unmount(self) -> None:
        self.refresher.stop()
        self.files.stop()

    @property
    def memory(self) -> dict[str, object]:
        """What the next run should find again."""
        item = self.views.last_selected
        cursor = item_key(item) if item is not None else ""
        return self.view._replace(cursor=cursor, zoom=self.views.zoom).to_memory()

    @property
    def views(self) -> ViewSwitcher:
        """The views of the list."""
        return self.query_one(ViewSwitcher)

    @property
    def selected(self) -> Item | None:
        """The item under the cursor.

        Asked of the view itself: its message may still be under way when the next key is pressed.
        """
        return self.views.selected

    # Showing the state.

    def show_watchlist(self, keep: str = "") -> None:
        """Show the list as it was read last, with the cursor on the show `keep`, by default where it is."""
        self._wanted = keep or self._wanted
        self.watchlist = self.tracker.watchlist.current

    def watch_watchlist(self) -> None:
        if self.marked:
            self.marked &= {show.id for show in self.watchlist.shows}
        self._rearrange()

    def watch_view(self, before: ViewState, after: ViewState) -> None:
        if (before.view, before.grouping, before.sort) != (after.view, after.grouping, after.sort):
            self._rearrange()
        elif before.native is not after.native or before.shows_seen is not after.shows_seen:
            self._kept = frozenset()
            self._show_groups()
            self.update_details()
        if before.pane != after.pane:
            self.query_one(DetailPanes).show_pane(after.pane)

    def watch_filter(self) -> None:
        self._kept = frozenset()
        self._show_groups()

    def watch_marked(self) -> None:
        self.views.set_marks(self.marked)
        self.update_header()

    def _rearrange(self) -> None:
        """Bring the list into its order and groups, and show it."""
        self._listing = self._next_listing or self._arrange(self.watchlist)
        self._next_listing = None
        self._show_groups()

    def _arrange(self, watchlist: Watchlist) -> Listing:
        return Listing(
            watchlist.shows, self.view.grouping, self.view.sort, self.tracker.today, self._listing,
            people=watchlist.people, agenda=self._agenda,
        )  # fmt: skip

    def _show_groups(self) -> None:
        """Show what the filter lets through."""
        (groups, self._is_near), agenda = self._listing.select(self.filter, self._kept), self._agenda
        self._hidden_count = 0
        if not self.view.shows_seen:
            groups, self._hidden_count = hide_seen(groups, self._kept)
        is_filtered = bool(self.filter.text)
        arrangement = Arrangement(
            groups,
            () if is_filtered else self.watchlist.damaged,
            self.tracker.today,
            self.view.native,
            self.marked,
            describe_empty_list(self.filter.text, self.tracker.as_of, self._hidden_count),
            episodes=self.loader.next_episodes(self.watchlist.shows) if self.view.view == "month" else {},
            groups_move=self.view.grouping in ("release", "status"),
        )
        if agenda is not None:
            arrangement = arrangement._replace(notes={show.id: agenda.note(show) for show in arrangement.shows})
        self._match_count = sum(1 for _ in arrangement.shows) if is_filtered else None
        self.views.show(arrangement, self._wanted)
        if self.watchlist.is_complete:
            # From here on the cursor itself knows where it is.
            self._wanted = ""
        self.update_header()

    @property
    def _agenda(self) -> Agenda | None:
        """What divides the list where it is seen as an agenda."""
        if self.view.view != "agenda":
            return None
        from tracker.reports.agenda import Agenda

        episodes = self.loader.next_episodes(self.watchlist.shows)
        return Agenda(self.tracker.today, episodes, self.tracker.first_weekday)

    def _count_due(self) -> tuple[int, int]:
        # Ten thousand shows take 10 ms to count, which is too long for each step through time.
        watchlist, today = self.watchlist, self.tracker.today
        if self._due_counts is None or self._due_counts[0] is not watchlist or self._due_counts[1] != today:
            self._due_counts = (watchlist, today, count_due(watchlist, today))
        return self._due_counts[2]

    def update_header(self) -> None:
        past_day, labels = self.views.past_day, self.view.labels
        if self.views.is_year:
            labels = ["year" if label == "month" else label for label in labels]
        # Of another day it is not known how many were overdue then.
        due = self._count_due() if past_day is None else (0, 0)
        counts = describe_counts(
            self.watchlist, due, self._match_count, len(self.marked), self.loader.unread, self._hidden_count,
            is_near=self._is_near,
        )  # fmt: skip
        state = describe_state(
            self.saved_views.label, labels, self.files.troubles, self.refresher.activity, past_day, self.tracker.as_of,
            is_read_only=bool(self.tracker.watchlist.why_read_only),
        )  # fmt: skip
        self.query_one(Header).state = HeaderState(tuple(counts), tuple(state))
        self.saved_views.count()
        self._update_view_bar()

    def _update_view_bar(self) -> None:
        saved = self.saved_views.current
        current = saved.name if saved is not None else None if self.filter.text else ""
        for bar in self.query(ViewBar):
            bar.show_views(self.saved_views.all, current, self.saved_views.counts)

    @on(ShowSelected)
    def _follow_selection(self) -> None:
        if self._details_timer is not None:
            self._details_timer.stop()
        self._details_timer = self.set_timer(DETAILS_DELAY, self.update_details)

    @on(TimeChanged)
    def _follow_time(self) -> None:
        self.views.update_caption()
        self.update_header()

    def update_details(self) -> None:
        if self._details_timer is not None:
            self._details_timer.stop()
            self._details_timer = None
        if self.view.view not in VIEWS_WITH_PANES:
            self.views.update_caption()
            return
        item = self.selected
        info = self.loader.source_info(item) if isinstance(item, Show) else None
        self.query_one(DetailPanes).show_item(
            item, self.watchlist, self.tracker.today, self.view.native, clean_line(str(self.tracker.path)), info
        )

    # What the parts of the screen ask of it.

    def show_edit(self, outcome: Outcome) -> None:
        self.files.read_error = ""
        edited = outcome.show_ids[0] if outcome.show_ids else ""
        # The next key is for the same show, also where it is watched now.
        self._kept = frozenset(outcome.show_ids)
        # What is done with marked shows moves the cursor to none of them.
        is_of_marked = bool(self.marked) and self.marked.issuperset(outcome.show_ids)
        self.show_watchlist("" if is_of_marked else edited)
        if edited and outcome.returns and self._is_hidden(edited):
            self.go_to(edited)
        if isinstance(self.focused, TextPane):
            self.update_details()  # the next key is for what the pane shows
        # The last message counts; a row of undos would bury the list under its messages.
        self.clear_notifications()
        self.notify(outcome.label, markup=False, timeout=4)

    def show_file_change(self, diff: WatchlistDiff, *, is_same: bool) -> None:
        self.loader.check_changed_file()
        if is_same:
            return
        item = self.views.last_selected
        self.set_reactive(
            MainScreen.marked, frozenset(diff.renamed_ids.get(show_id, show_id) for show_id in self.marked)
        )
        self.show_watchlist(diff.renamed_ids.get(item.id, "") if isinstance(item, Show) else "")
        self.update_details()
        self.loader.find_lost_edits()

    def show_source_states(self) -> None:
        if self.view.view in ("agenda", "month"):
            self._rearrange()
        if isinstance(self.selected, Show):
            self.update_details()

    def clear_notifications(self) -> None:
        self.app.clear_notifications()

    def tell_reminders(self) -> None:
        self.reminders.tell()

    def notify_terminal(self, title: str, text: str) -> None:
        from tracker.tui.terminal_notify import notify_terminal

        notify_terminal(self.app, title, text)

    def ask_each(self, questions: Sequence[Question], on_answers: Callable[[list[int]], None]) -> None:
        from tracker.tui.dialogs.choose import ask_each

        # A form that closes takes its turn first.
        self.call_after_refresh(ask_each, self.app, questions, on_answers)

    def confirm(self, question: Sequence[str | tuple[str, str]], hint: str, on_yes: Callable[[], None]) -> None:
        from tracker.tui.dialogs.prompts import Confirm

        self.app.push_screen(Confirm(Content.assemble(*question), hint), lambda is_sure: on_yes() if is_sure else None)

    @on(FileWatch.Seen)
    def _handle_file_event(self, event: FileWatch.Seen) -> None:
        self.files.handle(event.event)

    # Going to a show, and round the screen.

    def go_to(self, show_id: str) -> None:
        """Put the cursor on a show; one that was seen or dropped is shown for once, a filter in the way is lifted."""
        if (show := self.watchlist.find(show_id)) is not None:
            if self._is_hidden(show_id) and not self.filter.matches(show, self.tracker.today):
                self._clear_filter()
            if self._is_hidden(show_id):
                self._kept = frozenset({show_id})
                self._show_groups()
            self.views.go_to(show)
        self.focus_view()

    def _is_hidden(self, show_id: str) -> bool:
        return all(show.id != show_id for show in self.views.arrangement.shows)

    def _go_to_chosen(self, show_id: str | None) -> None:
        if show_id:
            self.go_to(show_id)

    def focus_view(self) -> None:
        """Give the keys to the view that is seen, at once: the next key may be one of its own."""
        self.set_focus(self.views.active)

    async def action_shape(self, shape: str) -> None:
        if shape != self.view.view:
            await self._switch(self.view._replace(view=shape), self.selected or self.views.last_selected)
            self.update_details()
        elif self.views.month is not None and isinstance(show := self.views.last_selected, Show):
            self.views.month.select(show)
            self.views.update_caption()
        self.focus_view()

    async def _switch(self, view: ViewState, item: Item | None) -> None:
        """Let the list be seen in another way, with the same item selected."""
        await self.views.switch(view.view)
        self.query_one(Body).has_no_panes = view.view not in VIEWS_WITH_PANES
        self._wanted = item_key(item) if item is not None else ""
        self.set_reactive(MainScreen.view, view)
        self._rearrange()
        if isinstance(item, Show) and self.views.month is None and not self._is_hidden(item.id):
            self.views.go_to(item)
        self.focus_view()
        self.query_one(KeyBar).show_view(view.view)

    @on(ShowActivated)
    async def action_details(self) -> None:
        if self.view.view not in VIEWS_WITH_PANES:
            await self.action_shape(VIEWS[0])
        self._focus_pane("synopsis" if not isinstance(self.selected, Show) else self.view.pane)

    async def action_side(self, by: int) -> None:
        """Go from the list to the details on its right, and back."""
        if by > 0 and self.views.active.has_focus:
            await self.action_details()
        elif by < 0 and self.query_one(Body).is_in_panes:
            self._focus_pane("shows")

    async def action_pane(self, by: int) -> None:
        if self.view.view not in VIEWS_WITH_PANES:
            # From the filter the way leads to the view.
            if self.views.active.has_focus:
                await self.action_details()
            else:
                self.focus_view()
            return
        stops = ["shows", *(PANE_NAMES if isinstance(self.selected, Show) else PANE_NAMES[:1])]
        here = next((n for n, stop in enumerate(stops) if self.query_one(f"#{stop}").has_focus), -1)
        # From the filter either way leads to the list.
        self._focus_pane(stops[(here + by) % len(stops)] if here >= 0 else stops[0])

    def _focus_pane(self, name: str) -> None:
        if self._details_timer is not None:
            self.update_details()  # the next key is for what the pane shows
        if name in PANE_NAMES:
            self.view = self.view._replace(pane=name)
        self.query_one(f"#{name}").focus()

    @on(PaneTabs.Clicked)
    def _open_tab(self, event: PaneTabs.Clicked) -> None:
        self._focus_pane(event.name)

    @on(DescendantFocus)
    def _follow_focus(self, event: DescendantFocus) -> None:
        pane = event.widget.id if event.widget.id in PANE_NAMES else ""
        if pane:
            self.view = self.view._replace(pane=pane)
        self.query_one(Body).is_in_panes = bool(pane)
        self.query_one(KeyBar).show_pane("filter" if isinstance(event.widget, Input) else pane)

    def action_toggle_zoom(self) -> None:
        has_all = self.has_class("-tiny") and not self.query_one(Body).is_zoomed
        if self.view.view in VIEWS_WITH_PANES and not has_all:
            self._zoom(is_zoomed=not self.query_one(Body).is_zoomed)
        else:
            self.notify("Already at full width", markup=False, timeout=4)

    def _zoom(self, *, is_zoomed: bool) -> None:
        self.query_one(Body).is_zoomed = is_zoomed
        self.query_one(KeyBar).show_zoom(is_zoomed=is_zoomed)

    @property
    def _list_names(self) -> ListNames:
        """The names by which what is typed is completed."""
        if self._names.shows is not self.watchlist.shows:
            self._names = ListNames(self.watchlist.shows)
        return self._names

    def _complete_query(self, text: str) -> str:
        return self._list_names.complete_query(text, self.saved_views.all)

    async def action_filter(self) -> None:
        if not self.query(FilterBar):
            await self.mount(
                FilterBar(
                    self.filter.text,
                    self.watchlist.people,
                    lambda: self.saved_views.all,
                    self._complete_query,
                    id="filter",
                ),
                before="#body",
            )
        self.query_one(FilterBar).focus_input()

    @on(FilterBar.QueryChanged)
    def _set_filter(self, event: FilterBar.QueryChanged) -> None:
        if event.query.text != self.filter.text:
            self.filter = event.query

    @on(FilterBar.Closed)
    async def _leave_filter(self) -> None:
        named = self.filter.views
        if not self.filter.text:
            await self.apply_view(None)
        elif len(named) == 1 and is_same_name(self.filter.text[1:], named[0].name):
            # Its name alone is the view with all that it arranges.
            await self.apply_view(named[0])
        self.focus_view()

    def _clear_filter(self) -> None:
        """Show all shows, arranged as they are."""
        self.query(FilterBar).remove()
        self.view = self.view._replace(saved_view="", base={})
        if self.filter.text:
            self.filter = Query()
        else:
            self.update_header()

    async def action_clear(self) -> None:
        bars, view = self.query(FilterBar), self.views
        if self.refresher.stop():
            self.update_header()
            return
        if self.query_one(Body).is_zoomed and not (bars and bars.first().has_input_focus):
            self._zoom(is_zoomed=False)
            return
        if view.past_day is not None and view.timeline is not None:
            view.timeline.action_now()
        elif (bars or self.filter.text or self.view.saved_view) and (
            view.active.has_focus or (bars and bars.first().has_input_focus)
        ):
            await self.apply_view(None)
        elif view.active.has_focus:
            self.marked = frozenset()
        self.focus_view()

    # Saved views.

    async def apply_view(self, saved: SavedView | None, before: SavedView | None = None) -> None:
        """Show the list as a saved view wants it; None for all shows, as they were arranged before.

        `before` is the saved view that was on, by default the one that is.
        """
        before = before or self.saved_views.current
        try:
            query = self.saved_views.parse(saved) if saved is not None else Query()
        except BadQuery as error:
            self.notify(str(error), severity="warning", markup=False, timeout=10)
            return
        self.query(FilterBar).remove()
        self._kept = frozenset()
        self.set_reactive(MainScreen.filter, query)
        view = self.view.with_saved(saved, before) if saved is not None else self.view.without_saved(before)
        await self._switch(view, self.selected or self.views.last_selected)
        self.update_details()

    def search_text(self, show: Show) -> SearchText:
        return self._listing.search_text(show)

    def apply_soon(self, saved: SavedView | None, before: SavedView | None = None) -> None:
        self.call_later(self.apply_view, saved, before)

    async def _apply_picked(self, saved: SavedView) -> None:
        await self.apply_view(saved if saved.name else None)

    def show_saved_views(self) -> None:
        if self.saved_views.all and not self.query(ViewBar):
            self.mount(ViewBar(id="view-bar"), after="#header")
        elif not self.saved_views.all:
            self.query(ViewBar).remove()
        self.update_header()

    @on(ViewBar.Picked)
    async def _apply_clicked(self, event: ViewBar.Picked) -> None:
        if event.name is None:
            self.action_saved_views()
        else:
            await self.apply_view(self.tracker.saved_views.find(event.name) if event.name else None)

    async def on_key(self, event: Key) -> None:
        """Apply the saved view that has the key."""
        if (saved := self.saved_views.find_by_key(event.key)) is not None:
            event.stop()
            await self.apply_view(saved)

    def action_saved_views(self) -> None:
        self.saved_views.open_menu(self._apply_picked)

    def action_save_view(self) -> None:
        self.saved_views.save()

    @on(FilterBar.SaveWanted)
    def _save_view(self) -> None:
        self.action_save_view()

    # Looking.

    def action_arrange(self) -> None:
        from tracker.tui.dialogs.arrange import ArrangeDialog

        self.app.push_screen(ArrangeDialog(self.view, self._change_view))

    def _change_view(self, view: ViewState) -> None:
        if view.grouping != self.view.grouping and view.view in ("agenda", "month"):
            words = f"The {view.view} is always by day. Press 1 or 4 to see the groups."
            self.notify(words, markup=False, timeout=4)
        self.view = view

    def action_cycle_grouping(self) -> None:
        self._change_view(self.view.next_grouping())

    def action_cycle_sort(self) -> None:
        self._change_view(self.view.next_sort())

    def action_toggle_seen(self) -> None:
        self._change_view(self.view._replace(shows_seen=not self.view.shows_seen))

    def action_toggle_native(self) -> None:
        self._change_view(self.view._replace(native=not self.view.native))

    def action_mark(self) -> None:
        if isinstance(show := self.selected, Show):
            self.marked ^= {show.id}
        if self.views.month is None:
            self.views.list.action_move(1)

    def action_slips(self) -> None:
        from tracker.reports.slips import slip_report
        from tracker.tui.dialogs.slips import SlipsDialog

        shows, when, day = list(self.views.arrangement.shows), "", self.tracker.today
        if (timeline := self.views.timeline) is not None and timeline.past_day is not None:
            known = (timeline.painter.as_of_day(show) for show in shows)
            shows, day = [show for show in known if show is not None], timeline.past_day
            when = f" as known on {day_label(day)}"
        about = f"{plural(len(shows), 'show')}{when}"
        dialog = SlipsDialog(slip_report(shows, day), about, native=self.view.native)
        self.app.push_screen(dialog, self._go_to_chosen)

    @on(TextPane.Called)
    def _handle_item(self, event: TextPane.Called) -> None:
        match event.action, event.value:
            case "open", CreditItem() as item:
                self.items.open_person(item.credit.actor, self._go_to_chosen)
            case "open", (ClaimItem() | LinkItem() | NoticeItem()) as item if item.url:
                self._open(item.url)
            case (("open" | "edit"), FactsItem()):
                self._edit_show("synopsis")
            case "edit", NoticeItem():
                self.action_edit_show()
            case "remove", FactsItem() | NoticeItem() | None:
                self.notify("Nothing to remove here", severity="warning", markup=False, timeout=3)
            case _ if self._may_edit():
                self._edit_item(event.pane, event.action, event.value)

    def _edit_item(self, pane: TextPane, action: str, value: object) -> None:
        show, today = self.selected, self.tracker.today
        match action, value:
            case "add", _ if isinstance(show, Show):
                if pane.id == "cast":
                    self.items.edit_credit(pane, show, None)
                elif pane.id == "synopsis":
                    self.items.edit_link(pane, show, None)
                else:
                    self.items.add_claim(pane, show, today)
            case "remove", ClaimItem() as item:
                self.items.remove_claim(item)
            case "remove", CreditItem() as item:
                self.items.remove_credit(item)
            case "remove", LinkItem() as item:
                self.items.remove_link(item)
            case _, ClaimItem() as item:
                self.items.edit_claim(pane, item, today)
            case _, CreditItem() as item:
                self.items.edit_credit(pane, item.show, item.place)
            case _, LinkItem() as item:
                self.items.edit_link(pane, item.show, item.name)

    def open_dialog(self, dialog: Dialog[Any], on_done: Callable[[Any], None] | None = None) -> None:
        self.app.push_screen(dialog, on_done)

    def action_open_link(self) -> None:
        show = self.selected
        links = show.links_in_order() if isinstance(show, Show) else []
        focused = self.focused.value if isinstance(self.focused, TextPane) else None
        url = focused.url if isinstance(focused, ClaimItem | LinkItem | NoticeItem) else ""
        self._open(url or (links[0][1] if links else ""))

    def _open(self, url: str) -> None:
        if url.startswith(("https://", "http://")):
            self.app.open_url(url)
            self.notify(url, title="Opening", markup=False, timeout=3)
        else:
            self.notify("No link here", severity="warning", markup=False)

    def action_copy(self) -> None:
        if isinstance(show := self.selected, Show):
            line = clipboard_line(show)
            self.app.copy_to_clipboard(line)
            self.notify(line, title="Copied", markup=False, timeout=3)

    # Editing.

    def holds(self, event: Event) -> bool:
        """Return whether what is typed waits until the list is read whole, as an edit does; moving does not."""
        if self.watchlist.is_complete or not self._is_reading:
            return False
        return not isinstance(event, MouseEvent) and not (isinstance(event, Key) and event.key in _WHILE_READING)

    def _may_edit(self) -> bool:
        """Return whether an edit may begin; one that then cannot be saved is kept."""
        why = self.tracker.watchlist.why_read_only if self.tracker.as_of is not None else ""
        if (past_day := self.views.past_day) is not None:
            now = day_label(self.tracker.as_of) if self.tracker.as_of is not None else "today"
            why = f"You are looking at {day_label(past_day)}. Press 0 to return to {now}."
        if not why and not self.watchlist.is_complete:
            why = "The list is still loading. Try again in a second."
        if why:
            self.notify(why, severity="warning", markup=False, timeout=6)
        return not why

    def _chosen(self) -> list[Show]:
        """Return the marked shows, else the selected one; say why there is none."""
        if self.marked:
            return [show for show in self.watchlist.shows if show.id in self.marked]
        item = self.selected
        if item is None:
            words = "No show here" if self.watchlist.shows else "No shows yet. Press a to add one."
            self.notify(words, severity="warning", markup=False, timeout=3)
        if isinstance(item, DamagedEntry):
            words = "This entry can't be read. Press E to open it in your editor."
            self.notify(words, severity="warning", markup=False)
        return [item] if isinstance(item, Show) else []

    def _chosen_for_edit(self) -> list[Show]:
        return self._chosen() if self._may_edit() else []

    def action_record_status(self) -> None:
        self._record(pick_status=True)

    def action_record_claim(self) -> None:
        self._record(pick_status=False)

    def _record(self, *, pick_status: bool) -> None:
        if not (shows := self._chosen_for_edit()):
            return
        from tracker.tui.dialogs.record import RecordForm

        def record(claim: Claim) -> None:
            # The day is that of the first try, also where it can be saved later only.
            claim = claim._replace(on=claim.on or self.tracker.today)
            claims = {show.id: claim for show in shows}
            self.edits.submit(lambda: self.tracker.edits.record(claims))
            self.marked = frozenset()

        self.app.push_screen(RecordForm(shows, self.tracker.today, record, pick_status=pick_status))

    def action_step(self, by: int) -> None:
        if not (shows := self._chosen_for_edit()):
            return
        if claims := step_claims(shows, by, self.tracker.today):
            self.edits.run(lambda: self.tracker.edits.record(claims))
        else:
            self.notify(describe_last_step(shows, by), severity="warning", markup=False)

    def action_add_show(self) -> None:
        if self._may_edit():
            self._add_by_hand("")

    def _add_by_hand(self, title: str | None) -> None:
        """Ask for what is known of a show, and add it; None for a search that was left."""
        if title is None:
            return
        from tracker.tui.dialogs.show_form import AddShowForm, NewShow

        def add(new: NewShow) -> None:
            self.edits.submit(lambda: self.tracker.edits.add(new.show, new.claim))
            self.go_to(self.watchlist.shows[-1].id)

        self.app.push_screen(
            AddShowForm(self.watchlist.shows, self.tracker.today, add, self.go_to, self._add_titles, title)
        )

    def take_paste(self, text: str) -> bool:
        """Offer to add what is pasted into the list: a show for each line; an address is an article to clip."""
        if isinstance(self.focused, Input) or not (text := text.strip()):
            return False
        if self._may_edit():
            if "\n" in text:
                self._add_titles(text)
            elif text.startswith(("https://", "http://")):
                self._clip(text)
            else:
                self._add_by_hand(shorten(clean_line(text)))
        return True

    def _add_titles(self, text: str) -> None:
        from tracker.model.pasted_titles import read_pasted_titles
        from tracker.tui.dialogs.add_titles import AddTitlesDialog

        def add(titles: tuple[str, ...] | None) -> None:
            if titles:
                self.edits.run(lambda: self.tracker.edits.add_titles(titles))

        self.app.push_screen(AddTitlesDialog(read_pasted_titles(text, self.watchlist.shows)), add)

    def action_edit_show(self) -> None:
        pane = self.focused
        if isinstance(pane, TextPane) and pane.id == "cast" and pane.value is None and isinstance(self.selected, Show):
            # There is no cast yet, and the pane says that this key adds to it.
            if self._may_edit():
                self._edit_item(pane, "add", None)
        else:
            self._edit_show("title")

    def _edit_show(self, field: str) -> None:
        if not self._may_edit():
            return
        if not isinstance(show := self.selected, Show):
            self._chosen()
            return
        from tracker.tui.dialogs.show_form import EditShowForm

        self.app.push_screen(
            EditShowForm(show, self.watchlist.shows, self.tracker.today, partial(self.edits.set_fields, show), field)
        )

    def action_tag(self) -> None:
        if not (shows := self._chosen_for_edit()):
            return
        from tracker.tui.dialogs.prompts import Prompt

        def tag(text: str | None) -> None:
            if names := FIELDS["tags"].read(text or ""):
                still_there = [show for shown in shows if (show := self.watchlist.find(shown.id))]
                values = toggle_tags(still_there, names)
                self.edits.run(lambda: self.tracker.edits.set_fields(values))

        title = shows[0].full_title if len(shows) == 1 else f"{len(shows)} shows"
        hint = "a tag it already has is removed" if len(shows) == 1 else "a tag they all have is removed"
        complete = partial(self._list_names.complete, "tags")
        self.app.push_screen(Prompt(Content(f"Tag {title}"), "", hint, complete), tag)

    def action_watch(self) -> None:
        if shows := self._chosen_for_edit():
            from tracker.tui.dialogs.mine import WatchMenu

            self.app.push_screen(
                WatchMenu(shows), lambda state: self._set_mine(shows, "watch", state) if state is not None else None
            )

    def action_rate(self) -> None:
        if shows := self._chosen_for_edit():
            from tracker.tui.dialogs.mine import RatingPrompt

            self.app.push_screen(RatingPrompt(shows, partial(self._set_mine, shows, "rating")))

    def _set_mine(self, shows: Sequence[Show], field: str, value: object) -> None:
        values = {show.id: {field: value} for show in shows if self.watchlist.find(show.id) is not None}
        self.edits.run(lambda: self.tracker.edits.set_fields(values))
        self.marked = frozenset()

    def action_note(self) -> None:
        if shows := self._chosen_for_edit():
            self.edits.run(lambda: self.tracker.edits.note([show.id for show in shows]))

    def action_remove(self) -> None:
        if not (shows := self._chosen_for_edit()):
            return
        what = shows[0].full_title if len(shows) == 1 else f"{len(shows)} marked shows"
        ids = [show.id for show in shows]
        self.confirm(
            ("Remove ", (what, "bold"), "?"),
            f"u brings {'it' if len(shows) == 1 else 'them'} back, history included.",
            lambda: self.edits.run(lambda: self.tracker.edits.remove(ids)),
        )

    def action_undo(self) -> None:
        if self._may_edit():
            self.edits.run(self.tracker.edits.undo, keep=False)

    def action_redo(self) -> None:
        if self._may_edit():
            self.edits.run(self.tracker.edits.redo, keep=False)

    def action_save_again(self) -> None:
        self.edits.save_again()

    def action_merge_copy(self) -> None:
        if self._may_edit():
            self.merge.start()

    def action_open_editor(self) -> None:
        if (self.tracker.as_of is not None or self.views.past_day is not None) and not self._may_edit():
            return
        match self.selected:
            case DamagedEntry() as damaged:
                line = damaged.line
            case Show() as show:
                line = self.tracker.watchlist.line_of(show.id)
            case _:
                line = 1
        problem = external_editor.open_in_editor(self.app, self.tracker.path, line)
        # Its owner wrote what the file has now: it is no news to them.
        self.tracker.external_changes.mark_seen()
        if problem:
            self.notify(problem, severity="error", markup=False, timeout=15)
        self.files.poll_all(patient=False)

    # Sources.

    def _may_refresh(self) -> bool:
        if self.tracker.as_of is not None:
            self.notify("The past can't be refreshed.", severity="warning", markup=False, timeout=6)
            return False
        return self._may_edit()

    def action_refresh_show(self) -> None:
        if not self._may_refresh() or not (shows := self._chosen()):
            return
        from tracker.model.source_record import source_ids

        names = self.tracker.sources.names
        if any(source_id.source in names for show in shows for source_id in source_ids(show)):
            self.refresher.start_direct(shows)
        elif len(shows) == 1:
            # Nobody knows it yet, so it is looked for.
            self._search_for(shows[0], f"{shows[0].full_title} isn't linked to a source. Which one is it?")
        else:
            self.notify("None of these is linked to a source yet. Press R to search for them.", markup=False, timeout=6)

    def action_refresh_all(self) -> None:
        if not self._may_refresh():
            return
        if self.watchlist.shows:
            self.refresher.start_all()
        else:
            self._chosen()  # says that there are none

    def action_find_show(self) -> None:
        if not self._may_edit():
            return
        linking = self.tracker.linking

        def add(result: SearchResult, season: int | None) -> Outcome:
            if (known := linking.find_known(result.for_season(season or None))) is not None:
                return Outcome(f"{known.full_title} is already on your list", (known.id,))
            return linking.add(result.source_ids, season)

        self._search("Find a show", add, can_write=True)

    def action_link_show(self) -> None:
        if not self._may_edit():
            return
        if not isinstance(show := self.selected, Show):
            self._chosen()  # says why there is none
            return

        self._search_for(show, f"Which one is {show.full_title}?")

    def _search_for(self, show: Show, heading: str) -> None:
        def link(result: SearchResult, season: int | None) -> Outcome:
            return self.tracker.linking.link(show.id, result.source_ids, season)

        self._search(heading, link, title=show.title)

    def _search(
        self,
        heading: str,
        on_pick: Callable[[SearchResult, int | None], Outcome],
        *,
        title: str = "",
        can_write: bool = False,
    ) -> None:
        from tracker.tui.dialogs.search import SearchDialog

        dialog = SearchDialog(
            self.tracker, heading, title=title, on_pick=on_pick, on_done=self._show_linked,
            on_abandon=self.refresher.stop_unneeded, can_write=can_write,
        )  # fmt: skip
        self.app.push_screen(dialog, self._add_by_hand)

    def _show_linked(self, outcome: Outcome) -> None:
        self.loader.has_source_states = True
        self.show_edit(outcome)
        if outcome.show_ids:
            self.go_to(outcome.show_ids[0])

    def action_clip(self) -> None:
        if self._may_edit():
            self._clip()

    def _clip(self, place: str = "", show_id: str = "", *, starts: bool = False) -> None:
        from tracker.tui.clipper.article_input import ArticleInputDialog

        today = self.tracker.today
        dialog = ArticleInputDialog(lambda: self.tracker.clipper, today, place, show_id, starts=starts)
        self.app.push_screen(dialog, self._review)

    def _review(self, clipped: ClippedArticle | None) -> None:
        if clipped is None:
            return
        from tracker.tui.clipper.review import ClipReviewScreen

        def import_draft(draft: Draft, article: Article, show_id: str | None) -> None:
            try:
                outcome = self.tracker.clipper.import_draft(draft, article, show_id)
            except TrackerError:
                self.show_watchlist()
                raise
            self._show_linked(outcome)

        self.app.push_screen(ClipReviewScreen(self.tracker.clipper, clipped, import_draft))

    def action_proposals(self) -> None:
        if not self._may_edit():
            return
        if not isinstance(show := self.selected, Show):
            self._chosen()  # says why there is none
            return
        proposals = self.tracker.proposals

        def load() -> Sequence[Proposal]:
            now = self.watchlist.find(show.id)
            return proposals.find(now) if now is not None else ()

        def decide(proposal: Proposal, decision: str) -> None:
            if decision == "keep":
                proposals.decline(proposal)
                self.update_details()
            else:
                self.edits.submit(lambda: proposals.accept(proposal, follow=decision == "follow"))

        if not load():
            from tracker.model.source_record import source_ids

            why = "No proposals for this show" if source_ids(show) else "Not linked to a source. Press L to find it."
            if others := [other.full_title for other in self.watchlist.shows if proposals.find(other)]:
                names = join_names([*others[:2], *([f"{len(others) - 2} more"] if len(others) > 2 else [])])
                why = f"{why.removesuffix('.')}. There are some for {names}."
            self.notify(why, markup=False, timeout=4)
            return
        from tracker.tui.dialogs.proposals import ProposalsDialog

        self.app.push_screen(ProposalsDialog(show.full_title, load=load, on_decide=decide))

    def action_inbox(self) -> None:
        if self.tracker.as_of is not None:
            self.notify("There is no news in the past.", severity="warning", markup=False, timeout=4)
            return
        if self.views.past_day is not None and not self._may_edit():
            return
        from tracker.tui.dialogs.inbox import InboxDialog

        inbox = self.tracker.inbox

        def load(with_read: bool) -> Sequence[NewsItem]:
            try:
                return inbox.items() if with_read else inbox.unread()
            except TrackerError as error:
                self.notify(str(error), severity="warning", markup=False, timeout=10)
                return ()

        def mark_read(news: Sequence[NewsItem]) -> None:
            try:
                inbox.mark_read([item.number for item in news])
            except TrackerError as error:
                self.notify(str(error), severity="warning", markup=False, timeout=10)
            self.loader.count_unread()

        def undo(item: NewsItem) -> None:
            self.edits.submit(lambda: inbox.undo(item))

        moment = self.tracker.watchlist.moment
        dialog = InboxDialog(
            moment, load=load, on_read=mark_read, on_undo=undo, on_answer=self._answer, on_clip=self._clip_news
        )
        self.app.push_screen(dialog, self._show_news)

    def _show_news(self, item: NewsItem | None) -> None:
        """Go to the show of a piece of news, or to the card of its person."""
        if item is not None and item.show_id:
            self.go_to(item.show_id)
        elif item is not None:
            self.items.open_person(item.title, self._go_to_chosen)

    def _clip_news(self, item: NewsItem) -> None:
        if self._may_edit():
            self._clip(item.url, item.show_id, starts=True)

    def _answer(self, item: NewsItem, yes: bool, season: int | None = None) -> None:
        def answer() -> Outcome:
            return self.tracker.linking.answer(item, yes=yes, season=season)

        run_in_thread(self, "linking", answer, then(partial(self._show_answer, item)))

    def _show_answer(self, item: NewsItem, outcome: Outcome | TrackerError) -> None:
        if isinstance(outcome, SeasonUnclear):
            from tracker.tui.dialogs.prompts import SeasonDialog

            def link(season: int | None) -> None:
                if season is not None:
                    self._answer(item, True, season)

            self.app.push_screen(SeasonDialog(outcome), link)
            return
        if isinstance(outcome, TrackerError):
            self.notify(str(outcome), severity="error", markup=False, timeout=15)
            return
        self.loader.count_unread()
        self.show_edit(outcome)
