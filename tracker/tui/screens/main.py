"""The main screen: the list in its four shapes, what stands beside it, and all that its keys do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
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

from tracker.errors import Conflict, TrackerError, WatchlistDamaged, WatchlistUnreadable, WatchlistUnwritable
from tracker.model.changes import change_words
from tracker.model.days import day_label, day_name, days_after, months_after
from tracker.model.episode import episode_words
from tracker.model.fields import FIELDS
from tracker.model.history import Claim
from tracker.model.labels import counted
from tracker.model.query import Query
from tracker.model.scale import ZOOMS
from tracker.model.shelf import Shelf
from tracker.model.show import Show
from tracker.model.status import step
from tracker.model.watchlist import Damage, Watchlist
from tracker.service import Outcome, Tracker, lookout
from tracker.service.keeping import Copy
from tracker.service.lookout import CopiesChanged, DayPassed, FileChanged, FileLost, LockChanged, Lookout
from tracker.service.reading import Reading
from tracker.tui import editor
from tracker.tui import format as words
from tracker.tui.commands import ActionCommands, ShowCommands
from tracker.tui.format import MUTED, copied_line
from tracker.tui.keys import MAIN
from tracker.tui.theme import Signs
from tracker.tui.view import PANE_NAMES, SHAPES, WITH_PANES, View
from tracker.tui.watcher import Watcher
from tracker.tui.widgets.bars import Header, KeyLine
from tracker.tui.widgets.filter import FilterBar
from tracker.tui.widgets.pane import Pane
from tracker.tui.widgets.panes import NOTHING, Panes, Said
from tracker.tui.widgets.row import Item, Painter
from tracker.tui.widgets.show_list import ShowList, key_of

if TYPE_CHECKING:
    from tracker.model.agenda import Agenda
    from tracker.model.article import Article
    from tracker.model.candidate import Candidate
    from tracker.model.draft import Draft
    from tracker.model.episode import Episode
    from tracker.model.news import News
    from tracker.model.proposal import Proposal
    from tracker.service.refresh import Progress, Refresh, Report
    from tracker.tui.screens.clip import Clipped
    from tracker.tui.widgets.chart import ChartPainter
    from tracker.tui.widgets.month_view import MonthView

# What is not seen at the start is imported when it is wanted: forms, calendar, timeline, what talks to services.

STYLE_SHEET: Final = Path(__file__).with_suffix(".tcss")
PANE_DELAY: Final = 0.02
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
Deed = Callable[[], Outcome]
"""An edit that can be tried again."""
SOON: Final = 2.0
"""Seconds after the start."""
T = TypeVar("T")
WORDS_AFTER: Final = 0.3
"""Seconds after the start: what services said is read when the list stands."""


class MainScreen(Screen[None]):
    """The list, what stands beside it, and what its keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in MAIN]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionCommands, ShowCommands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    @dataclass
    class Seen(Message):
        """Something happened to the list from the outside."""

        news: lookout.News

    class Progressed(Message, bubble=False):
        """A service was heard."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class Finished(Message, bubble=False):
        """All were heard, or why they were not."""

        def __init__(self, report: Report | str) -> None:
            super().__init__()
            self.report = report

    def __init__(self, tracker: Tracker, signs: Signs, parts: Iterator[Watchlist], look_every: float) -> None:
        super().__init__()
        self.tracker = tracker
        """The list and what can be done to it."""
        self.signs = signs
        """What draws statuses."""
        self.view = View.recalled(tracker.memory.recall())
        """How the list is looked at."""
        self._parts = parts
        self._query = Query()
        self._found: int | None = None
        self._pane_timer: Timer | None = None
        self._shelf = Shelf((), "none", "release", tracker.today)
        self._shelved = tracker.watchlist
        self._counted: tuple[Watchlist, date, tuple[int, int]] | None = None
        self._chart: ChartPainter | None = None
        self._rows: Painter | None = None
        self.unsaved: list[Deed] = []
        """Edits that the file or its disk refused, oldest first."""
        self.lost = ""
        """Why the file cannot be read, "" while it can."""
        self.copies: tuple[Path, ...] = ()
        """The copies of a sync program beside the file."""
        self._lookout = Lookout(tracker)
        self._watcher = Watcher(self._watch, look_every, self._tell_failure) if look_every else None
        self._warned = False
        self.unseen = 0
        """How much news there is."""
        self.knows_words = False
        """Whether it was read what services said."""
        self.at_work: Thread | None = None
        """What asks the services at the moment."""
        self.activity = ""
        """How far it is, for the header."""
        self._refresh: Refresh | None = None
        self._asked_in_time = False

    @property
    def memory(self) -> dict[str, object]:
        """What the next run should find again."""
        item = self.show_list.item
        return self.view._replace(cursor=key_of(item) if item is not None else "")._asdict()

    def compose(self) -> ComposeResult:
        yield Header(id="header")
        with Horizontal(id="body"):
            yield ShowList(self.tracker.today, self.signs, id="shows")
            yield Panes(self.signs, self.view.pane, id="panes")
        yield KeyLine(looking_only=self.tracker.as_of is not None, id="keys")

    def on_mount(self) -> None:
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
        if not self.query(FilterBar):
            await self.mount(FilterBar(self.watchlist.people, id="filter"), before="#body")
        self.query_one(FilterBar).type()

    def action_clear(self) -> None:
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
        if isinstance(item := self.item, Show):
            self.show_list.set_marks(self.show_list.marked ^ {item.id})
        if (months := self.months) is not None:
            months.mark(self.show_list.marked)
        else:
            self.show_list.action_move(1)
        self.show_state()

    @property
    def show_list(self) -> ShowList:
        """The list on the left."""
        return self.query_one(ShowList)

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was read last."""
        return self.tracker.watchlist

    def _look(self, view: View) -> None:
        """Look at the list in another way."""
        self.view = view
        self.shelve()

    @on(ShowList.Selected)
    async def action_details(self) -> None:
        if self.view.shape not in WITH_PANES:
            await self.action_shape(SHAPES[0])
        self._focus_pane("synopsis" if not isinstance(self.item, Show) else self.view.pane)

    async def action_pane(self, by: int) -> None:
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
        if self.view.shape in ("agenda", "month"):
            self.notify(f"The {self.view.shape} is by day; 1 and 4 are grouped.", markup=False, timeout=4)
            return
        self._look(self.view.next_grouping())

    def action_cycle_sort(self) -> None:
        self._look(self.view.next_sort())

    def action_toggle_native(self) -> None:
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
        if isinstance(item := self.item, Show):
            line = copied_line(item)
            self.app.copy_to_clipboard(line)
            self.notify(line, title="Copied", markup=False, timeout=3)

    def action_help(self) -> None:
        from tracker.tui.screens.help import Help

        keys = {one.binding.id: self.app.get_key_display(one.binding) for one in self.active_bindings.values()}
        self.app.push_screen(Help(self.signs, keys))

    @property
    def is_month(self) -> bool:
        """Whether the calendar is seen."""
        return self.view.shape == "month"

    @property
    def is_chart(self) -> bool:
        """Whether the timeline is seen."""
        return self.view.shape == "timeline"

    @property
    def months(self) -> MonthView | None:
        """The calendar, where it is seen."""
        found = self.query("#month") if self.is_month else None
        return found.first() if found else None  # type: ignore[return-value]  # no other has that id

    @property
    def shape_words(self) -> list[str]:
        """What the header says of the way of looking."""
        is_year = self.months is not None and self.months.is_year
        return ["year" if is_year and word == "month" else word for word in self.view.words]

    @property
    def stage(self) -> Widget:
        """What is seen of the list, and has the keys."""
        return self.months or self.show_list

    @property
    def item(self) -> Item | None:
        """What is stood on."""
        months = self.months
        return months.chosen if months is not None else self.show_list.item

    @property
    def agenda(self) -> Agenda | None:
        """What divides the list where it is seen as an agenda."""
        if self.view.shape != "agenda":
            return None
        from tracker.model.agenda import Agenda

        return Agenda(self.tracker.today, self.episodes, self.tracker.first_weekday)

    async def action_shape(self, shape: str) -> None:
        item = self.item or self.show_list.item
        if shape != self.view.shape:
            self.leave_shape()
            self.view = self.view._replace(shape=shape)
            await self.show_shape()
            self.shelve()
            if isinstance(item, Show):
                self.stand_on(item)
            self.show_item()
        self.stage.focus()

    async def show_shape(self) -> None:
        """Put on the screen what the shape needs."""
        if self.is_chart:
            if not self.query("#axis"):
                from tracker.tui.widgets.axis import Axis

                await self.mount(Axis(id="axis"), before="#body")
            self._rows = self._rows or self.show_list.painter
        if self.view.shape in ("month", "timeline") and not self.query("#caption"):
            from tracker.tui.widgets.caption import Caption

            await self.mount(Caption(id="caption"), after="#body")
        if self.is_month and not self.query("#month"):
            from tracker.tui.widgets.month_view import MonthView

            await self.query_one("#body").mount(MonthView(self.tracker.today, self.tracker.first_weekday, id="month"))
        for name in SHAPES:
            self.set_class(name == self.view.shape, f"-{name}")
        self.query_one(KeyLine).show_shape(self.view.shape)
        if self.is_chart:
            # The list is wider from now on.
            self.call_after_refresh(self._draw_chart)

    def fill_shape(self, keep: str | None = None) -> None:
        """Let what is seen follow the list.

        Args:
            keep: The id of the show to stand on; by default the one that is stood on.
        """
        if (months := self.months) is not None:
            # Grouped by person, a show stands on the list more than once.
            shows = {item.id: item for item in self.show_list.items if isinstance(item, Show)}
            chosen = months.chosen.id if months.chosen is not None else None
            months.show_shows(
                list(shows.values()), self.episodes, self.tracker.today, native=self.view.native, keep=keep or chosen
            )
            months.mark(self.show_list.marked)
        if self.is_chart:
            if self.believed is None:
                self.chart.day = self.tracker.today
            self._draw_chart()

    def stand_on(self, show: Show) -> None:
        """Stand on a show wherever it is seen."""
        here = self.show_list.item
        if not (isinstance(here, Show) and here.id == show.id):
            self.show_list.go_to(show.id)
        if (months := self.months) is not None:
            months.go_to(show)

    def describe_item(self) -> None:
        """Say in the caption which show it is."""
        months, item = self.months, self.item
        if self.is_chart and self.believed is not None and isinstance(item, Show):
            # As it is known on the day as of which it is seen.
            known = self.chart.known(item)
            self.show_caption(known, self.chart.day, f"{item.title}: nothing had been heard of it.")
            return
        where = f"Nothing on {day_name(months.day)}." if months is not None else ""
        episode = months.entry.episode if months is not None and months.entry is not None else None
        self.show_caption(
            item if isinstance(item, Show) else None,
            self.tracker.today,
            where,
            episode_words(episode) if episode else "",
        )

    def show_caption(self, show: Show | None, today: date, empty: str = "", beside: str = "") -> None:
        """Say in the caption what is known of a show on a day, or what is said where there is none."""
        from textual.content import Content

        from tracker.tui.widgets.caption import Caption, chart_legend

        legend = chart_legend(self.signs) if self.is_chart else Content.styled(_MONTH_KEYS, MUTED)
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
        self.describe_item()
        self.show_state()

    async def on_month_view_selected(self, event: MonthView.Selected) -> None:
        event.stop()
        self.show_list.go_to(event.show.id)
        await self.action_details()

    @property
    def chart(self) -> ChartPainter:
        """What draws the timeline."""
        if self._chart is None:
            from tracker.tui.widgets.chart import ChartPainter

            self._chart = ChartPainter(self.show_list, self.signs, self.tracker.today)
            self._chart.zoom = next((zoom for zoom in ZOOMS if zoom.name == self.view.zoom), ZOOMS[0])
        return self._chart

    @property
    def believed(self) -> date | None:
        """The day as of which the timeline is seen; None for today."""
        return self._chart.day if self._chart is not None and self._chart.is_past else None

    @property
    def _width(self) -> int:
        return self.show_list.scrollable_content_region.width or self.size.width

    def leave_shape(self) -> None:
        """Go back to today, and draw the list as a list."""
        if self._chart is not None:
            self._see_as_of(self.tracker.today)
            self._chart.centre(self.tracker.today)
        if self._rows is not None:
            self.show_list.draw_with(self._rows)

    def on_resize(self) -> None:
        if self.is_chart:
            self.call_after_refresh(self._draw_chart)

    def _draw_chart(self) -> None:
        from tracker.tui.widgets.axis import Axis

        if not self.is_chart or not self.query("#axis"):
            return
        self.chart.groups_move = self.view.grouping in ("release", "status")
        self.show_list.draw_with(self.chart)
        self.query_one(Axis).show_scale(self.chart, self._width)
        self.describe_item()

    def action_zoom(self, by: int) -> None:
        if (months := self.months) is not None:
            months.zoom(by)
        if not self.is_chart:
            return
        at = ZOOMS.index(self.chart.zoom) + by
        if 0 <= at < len(ZOOMS):
            self.chart.zoom = ZOOMS[at]
            self.view = self.view._replace(zoom=ZOOMS[at].name)
            self.chart.centre(self._middle())
            self._draw_chart()
            self.show_state()

    def _middle(self) -> date:
        """Return the day around which the zoom changes: where the show's window begins, else the line of the day."""
        item = self.item
        known = self.chart.known(item) if isinstance(item, Show) else None
        window = known.release if known is not None else None
        return window.earliest if window is not None and window.earliest is not None else self.chart.day

    def action_slide(self, by: int) -> None:
        self.chart.slide(by)
        self._draw_chart()

    def action_now(self) -> None:
        if (months := self.months) is not None:
            months.action_today()
        if not self.is_chart:
            return
        self._see_as_of(self.tracker.today)
        self.chart.centre(self.tracker.today)
        self._draw_chart()
        self.show_state()

    def show_slips(self, shows: Sequence[Show], when: str) -> None:
        """Show how well the dates of these shows were kept by the day as of which they are seen."""
        from tracker.model.slips import ledger
        from tracker.tui.screens.slips import Slips

        if self.believed is not None:
            known = (self.chart.known(show) for show in shows)
            shows, when = tuple(show for show in known if show is not None), f" as of {day_label(self.believed)}"
        about = f"{counted(len(shows), 'show')}{when}"
        self.app.push_screen(Slips(ledger(shows), self.signs, about, native=self.view.native), self._go_to_chosen)

    def action_scrub(self, by: int) -> None:
        step = _STEPS[self.chart.zoom.name]
        day = self.chart.day
        if step:
            self._travel(days_after(day, by * step))
        elif by < 0 and day.day > 1:
            self._travel(day.replace(day=1))
        else:
            self._travel(months_after(day, by))

    def action_believed(self, by: int) -> None:
        item = self.item
        days = {claim.on for claim in item.history if claim.on is not None} if isinstance(item, Show) else set()
        ahead = sorted(day for day in days if (day > self.chart.day if by > 0 else day < self.chart.day))
        if ahead:
            self._travel(ahead[0] if by > 0 else ahead[-1])
        elif by > 0 and self.believed is not None:
            self._travel(self.tracker.today)
        else:
            self.notify(f"Nothing was said {'after' if by > 0 else 'before'}.", markup=False, timeout=3)

    def _travel(self, day: date) -> None:
        """See everything as of a day, no later than today."""
        self._see_as_of(min(day, self.tracker.today))
        scale = self.chart.scale(self._width)
        if not 0 <= scale.column(self.chart.day) < scale.width:
            self.chart.centre(self.chart.day)
        self._draw_chart()
        self.show_state()

    def _see_as_of(self, day: date) -> None:
        self.chart.day = day
        self.chart.is_past = day < self.tracker.today

    def _chosen(self) -> list[Show]:
        """Return the marked shows, else the one under the cursor."""
        if marked := self.show_list.marked:
            return [show for show in self.watchlist.shows if show.id in marked]
        item = self.item
        if item is None and self.watchlist.shows:
            self.notify("No show stands here.", severity="warning", markup=False, timeout=3)
        if isinstance(item, Damage):
            self.notify("This entry cannot be read; E opens it in your editor.", severity="warning", markup=False)
        return [item] if isinstance(item, Show) else []

    def _may_edit(self) -> bool:
        """Return whether an edit may begin; one that then cannot be saved is kept."""
        why = self.tracker.why_read_only if self.tracker.as_of is not None else ""
        if self.believed is not None:
            why = f"You look at what was believed on {self.believed}; 0 goes back to {self.tracker.as_of or 'today'}."
        if not why and not self.watchlist.complete:
            why = "The rest of the list is still being read; try again in a second."
        if why:
            self.notify(why, severity="warning", markup=False, timeout=6)
        return not why

    def _try(self, deed: Deed) -> str:
        """Do an edit and show what came of it; return why it was refused, "" where it was not."""
        try:
            outcome = deed()
        except TrackerError as error:
            self.shelve()
            return str(error)
        self.after_edit(outcome)
        return ""

    def _do(self, deed: Deed, *, keep: bool = True) -> None:
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
                if isinstance(error, WatchlistDamaged) or not keep
                else f" The edit is kept: {self.again_key} saves it."
            )
            if kept:
                self.unsaved.append(deed)
                self.show_state()
            self.notify(f"{error}{kept}", severity="error", markup=False, timeout=15)
        except TrackerError as error:
            self.shelve()
            self.notify(str(error), severity="error", markup=False, timeout=15)
        else:
            self.after_edit(outcome)

    @property
    def again_key(self) -> str:
        """The key that saves again."""
        return next(key for key in MAIN if key.id == "save-again").shown

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
                self.after_edit(outcome)
            del self.unsaved[0]
        self.shelve()

    def _record(self, *, pick_status: bool) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.screens.record import RecordForm

        ids = [show.id for show in shows]

        def record(claim: Claim) -> str:
            # The day is that of the first try, also where it can be saved later only.
            claim = claim._replace(on=claim.on or self.tracker.today)
            refusal = self._try(lambda: self.tracker.record(ids, claim))
            if not refusal:
                self.show_list.set_marks(())
            return refusal

        self.app.push_screen(RecordForm(shows, self.tracker.today, self.signs, record, pick_status=pick_status))

    def action_record_status(self) -> None:
        self._record(pick_status=True)

    def action_record_claim(self) -> None:
        self._record(pick_status=False)

    def action_step(self, by: int) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        claims = {}
        for show in shows:
            if (status := step(show.status, by, show.kind)) is not None:
                claims[show.id] = Claim(on=self.tracker.today, status=status)
        if claims:
            self._do(lambda: self.tracker.record_each(claims))
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
        from tracker.tui.screens.edit import Added, AddForm

        def add(added: Added) -> str:
            refusal = self._try(lambda: self.tracker.add(added.show, added.claim))
            if not refusal:
                self.go_to(self.watchlist.shows[-1].id)
            return refusal

        self.app.push_screen(AddForm((show.title for show in self.watchlist.shows), add, title))

    def action_edit_show(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            if not isinstance(self.item, Show):
                self._chosen()
            return

        from tracker.tui.screens.edit import EditForm

        def save(values: dict[str, Any]) -> str:
            if not values:
                return ""
            try:
                self.after_edit(self.tracker.set_fields(show.id, values, show))
            except Conflict as conflict:
                # The form may close: both values go on to the person.
                self.shelve()
                self._settle(show, values, conflict)
            except TrackerError as error:
                self.shelve()
                return str(error)
            return ""

        self.app.push_screen(EditForm(show, save))

    def _settle(self, show: Show, values: dict[str, Any], conflict: Conflict) -> None:
        """Ask which value counts, field by field; the other one stays in the journal."""
        from tracker.tui.screens.choice import Question, ask_each

        redo = next(key for key in MAIN if key.id == "redo").shown
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
                self._do(lambda: self.tracker.set_fields(show.id, written))
            if left:
                self._leave(show, {name: values[name] for name in left}, redo)

        self.call_after_refresh(ask_each, self.app, questions, settle)

    def _leave(self, show: Show, values: dict[str, Any], redo: str) -> None:
        try:
            self.tracker.leave(show.id, values)
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
            return
        self.shelve()
        self.notify(f"{show.title} stays as the file has it; {redo} writes yours.", markup=False, timeout=8)

    def action_tag(self) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return

        from tracker.tui.screens.dialogs import Ask

        def tag(text: str | None) -> None:
            names = FIELDS["tags"].read(text or "")
            if names:
                self._toggle_tags(names, [show for one in shows if (show := self.watchlist.find(one.id))])

        title = shows[0].title if len(shows) == 1 else f"{len(shows)} shows"
        self.app.push_screen(Ask(Content(f"Tag {title}"), "", "a tag that all have already is taken away"), tag)

    def _toggle_tags(self, names: tuple[str, ...], shows: list[Show]) -> None:
        """Take tags away that all the shows have, and give them those that not all have."""
        gone = {name for name in names if all(name in show.tags for show in shows)}
        values = {}
        for show in shows:
            tags = tuple(dict.fromkeys(tag for tag in (*show.tags, *names) if tag not in gone))
            if tags != show.tags:
                values[show.id] = {"tags": tags}
        self._do(lambda: self.tracker.set_each(values))

    def action_remove(self) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.screens.dialogs import Confirm

        what = shows[0].title if len(shows) == 1 else f"{len(shows)} marked shows"
        ids = [show.id for show in shows]

        def remove(sure: bool | None) -> None:
            if sure:
                self._do(lambda: self.tracker.remove(ids))

        question = Content.assemble("Remove ", (what, "bold"), "?")
        self.app.push_screen(Confirm(question, "u brings it back, with its whole history."), remove)

    def action_undo(self) -> None:
        if self._may_edit():
            self._do(self.tracker.undo, keep=False)

    def action_redo(self) -> None:
        if self._may_edit():
            self._do(self.tracker.redo, keep=False)

    def action_open_editor(self) -> None:
        if (self.tracker.as_of is not None or self.believed is not None) and not self._may_edit():
            return
        item = self.item
        match item:
            case Damage():
                line = item.line
            case Show():
                line = self.tracker.line_of(item.id)
            case _:
                line = 1
        problem = editor.edit(self.app, self.tracker.path, line)
        self.after_editor()
        if problem:
            self.notify(problem, severity="error", markup=False, timeout=15)
        self.read_again()

    @property
    def watches(self) -> bool:
        """Whether the file is watched."""
        return self._watcher is not None

    @property
    def troubles(self) -> list[str]:
        """What the header says of the file, in a few words each."""
        troubles = ["the file cannot be read"] if self.lost else []
        if many := len(self.copies):
            troubles.append(f"{many} conflicted cop{'y' if many == 1 else 'ies'}: M")
        if many := len(self.unsaved):
            troubles.append(f"{many} edit{'' if many == 1 else 's'} not saved: ^s")
        return troubles

    def follow(self) -> None:
        """Begin to watch the file, and soon read what services said."""
        if self._watcher is not None:
            self._watcher.start()
            # It takes a look into the journal, for which nobody should wait at the start.
            self.set_timer(SOON, self.note_overwritten)
        if self.tracker.as_of is None:
            self.set_timer(WORDS_AFTER if self.watches else 0.001, self.read_words)

    def _watch(self) -> None:
        """Look, and post what is news; in the watcher's thread."""
        for news in self._lookout.glance():
            self.post_message(self.Seen(news))
        self.tracker.keep_former()

    def _tell_failure(self, reason: str) -> None:
        self.post_message(self.Seen(FileLost(f"The file cannot be watched ({reason}).")))

    def look_around(self) -> None:
        """Look at everything now."""
        for news in self._lookout.look():
            self.post_message(self.Seen(news))
        self.tracker.keep_former()

    @on(Seen)
    def _show_news(self, event: Seen) -> None:
        match event.news:
            case FileChanged(reading):
                self._show_new_text(reading)
            case FileLost(reason):
                self._tell_loss(reason)
            case DayPassed():
                self.shelve()
                self.show_item()
            case LockChanged(is_writable):
                self._tell_lock(is_writable)
            case CopiesChanged(copies):
                self._tell_copies(copies)

    def _show_new_text(self, reading: Reading) -> None:
        before, item, was_lost = self.watchlist, self.show_list.item, bool(self.lost)
        changes = self.tracker.take(reading)
        self.after_new_text()
        self.lost = ""
        if self.watchlist is before and not was_lost:
            return
        self.show_list.set_marks(changes.renamed.get(show_id, show_id) for show_id in self.show_list.marked)
        self.shelve(keep=changes.renamed.get(item.id) if isinstance(item, Show) else None)
        self.show_item()
        words = change_words(changes)
        if words or was_lost:
            told = words or "the same list as before"
            # A file that changes again and again would bury the list under its messages.
            self.app.clear_notifications()
            self.notify(told, title="The file is back" if was_lost else "The file changed", markup=False, timeout=6)
        self.note_overwritten()

    def _tell_loss(self, reason: str) -> None:
        self.lost = reason
        self.show_state()
        self.notify(
            f"{reason} The list is shown as it was read last; it is read again when the file is back.",
            severity="error",
            markup=False,
            timeout=20,
        )

    def _tell_lock(self, is_writable: bool) -> None:
        self.show_state()
        if is_writable and (many := len(self.unsaved)):
            edits = f"{many} edit{'' if many == 1 else 's'}"
            self.notify(f"The file can be written again: {self.again_key} saves {edits}.", markup=False, timeout=15)

    def _tell_copies(self, copies: tuple[Path, ...]) -> None:
        new = [path for path in copies if path not in self.copies]
        self.copies = copies
        self.show_state()
        if new and self.tracker.as_of is None:
            self.notify(
                f"{new[0].name} lies beside the file: two machines wrote at once. M merges it.",
                title="A conflicted copy",
                severity="warning",
                markup=False,
                timeout=15,
            )

    @work(thread=True, group="noting", exit_on_error=False)
    def note_hand_edits(self) -> None:
        """Note in the histories what was edited by hand; there may be thousands in a list that was never opened."""
        if outcome := self.tracker.note_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)

    @work(thread=True, group="noting", exit_on_error=False)
    def note_overwritten(self) -> None:
        """Find edits that another program's save took back, and tell; then note what was edited by hand."""
        lost = self.tracker.note_overwritten()
        if outcome := self.tracker.note_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)
        if lost:
            self.app.call_from_thread(self.notify, lost.label, severity="warning", markup=False, timeout=15)

    def _tell_hand_edits(self, outcome: Outcome) -> None:
        self.shelve()
        self.show_item()
        # It says more of the same than that the file changed.
        self.app.clear_notifications()
        self.notify(outcome.label, title="Noted from the file; u takes it back", markup=False)

    def read_again(self) -> None:
        """Read the file again, after an editor had it."""
        for news in self._lookout.look(patient=False):
            self.post_message(self.Seen(news))

    def action_merge_copy(self) -> None:
        if not self._may_edit():
            return
        self.copies = self.tracker.copies()
        self.show_state()
        if self.copies:
            self._look_at_copy(self.copies[0])
        else:
            self.notify("No conflicted copy lies beside the file.", markup=False, timeout=4)

    @work(thread=True, group="looking at a copy", exclusive=True, exit_on_error=False)
    def _look_at_copy(self, path: Path) -> None:
        try:
            copy = self.tracker.look_at_copy(path)
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False, timeout=15)
        else:
            self.app.call_from_thread(self._ask_to_merge, copy)

    def _ask_to_merge(self, copy: Copy) -> None:
        from tracker.tui.screens.choice import Question, ask_each
        from tracker.tui.screens.dialogs import Confirm

        after = "The other one stays among the earlier versions: tracker restore --list."
        why = f"The file and {copy.name} have another one each."
        questions = [
            Question(one.title, one.field or "the whole entry", one.why or why,
                     (("the file's", one.in_file), ("the copy's", one.in_copy)), after)
            for one in copy.choices
        ]  # fmt: skip

        def answered(answers: list[int]) -> None:
            self._merge(copy, {one.place: bool(answer) for one, answer in zip(copy.choices, answers, strict=True)})

        def go_on(sure: bool | None) -> None:
            if sure:
                ask_each(self.app, questions, answered)

        what = change_words(copy.changes) or "nothing new"
        asked = f"{len(questions)} value{'' if len(questions) == 1 else 's'} to choose. " if questions else ""
        hint = f"It brings: {what}. {asked}u takes the merge back; the copy goes to the earlier versions."
        self.app.push_screen(Confirm(Content.assemble("Merge ", (copy.name, "bold"), "?"), hint), go_on)

    @work(thread=True, group="merging", exclusive=True, exit_on_error=False)
    def _merge(self, copy: Copy, answers: dict[tuple[str, tuple[str, ...]], bool]) -> None:
        try:
            outcome = self.tracker.merge_copy(copy.path, answers)
        except TrackerError as error:
            self.app.call_from_thread(self._tell_refusal, error, copy.path)
        else:
            self.app.call_from_thread(self._show_merge, outcome)

    def _show_merge(self, outcome: Outcome) -> None:
        self.copies = self.tracker.copies()
        self.after_edit(outcome)

    def _tell_refusal(self, error: TrackerError, path: Path) -> None:
        self.shelve()
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
        if self.tracker.as_of is None and self.knows_words:
            self.read_words()

    def after_editor(self) -> None:
        """Take note that its owner wrote what the file has now: it is no news to them."""
        self.tracker.desk.see_file()

    def said_of(self, show: Show) -> Said | None:
        """Return what services said of a show; None while it was not read yet."""
        if self.tracker.as_of is not None:
            return NOTHING
        if not self.knows_words:
            return None
        desk = self.tracker.desk
        return Said(desk.words_of(show), len(desk.proposals(show)))

    @property
    def episodes(self) -> Mapping[str, Episode]:
        """The next episodes that are known, by the ids of their shows; none of the past."""
        if self.tracker.as_of is not None or not self.knows_words:
            return {}
        return self.tracker.desk.coming(self.watchlist.shows)

    @work(thread=True, group="reading words", exclusive=True, exit_on_error=False)
    def read_words(self) -> None:
        """Read what services said, and find what changed in the file by other hands."""
        desk = self.tracker.desk
        try:
            is_new = desk.read()
            desk.look_at_file()
            unseen = desk.witness.count_unseen()
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="warning", markup=False, timeout=10)
            return
        self.app.call_from_thread(self._take_words, unseen, is_new)

    def _take_words(self, unseen: int, is_new: bool) -> None:
        is_new, self.knows_words = is_new or not self.knows_words, True
        self.unseen = unseen
        self.show_state()
        item = self.item
        if is_new and self.view.shape in ("agenda", "month"):
            self.shelve()
        if is_new and isinstance(item, Show):
            self.show_item()

    def action_proposals(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return
        desk = self.tracker.desk

        def load() -> Sequence[Proposal]:
            now = self.watchlist.find(show.id)
            return desk.proposals(now) if now is not None else ()

        def decide(proposal: Proposal, what: str) -> str:
            if what != "keep":
                return self._try(lambda: desk.accept(proposal, follow=what == "follow"))
            return _refusal(lambda: desk.keep_mine(proposal)) or self._after_keeping()

        if not load():
            from tracker.model.observation import references

            linked = bool(references(show))
            why = "No service says otherwise than you." if linked else "No service knows this show yet; L finds it."
            self.notify(why, markup=False, timeout=4)
            return
        from tracker.tui.screens.proposals import Proposals

        self.app.push_screen(Proposals(show.title, self.signs, load=load, decide=decide))

    def _after_keeping(self) -> str:
        self.show_item()
        return ""

    def action_inbox(self) -> None:
        if self.tracker.as_of is not None:
            self.notify("The past has no news.", severity="warning", markup=False, timeout=4)
            return
        if self.believed is not None and not self._may_edit():
            return
        from tracker.tui.screens.inbox import Inbox

        witness = self.tracker.desk.witness

        def load(with_seen: bool) -> Sequence[News]:
            return self._safely(lambda: witness.news(unseen=not with_seen)) or ()

        def see(news: Sequence[News]) -> None:
            self._safely(lambda: witness.mark_seen([one.number for one in news]))
            self.unseen = self._safely(witness.count_unseen) or 0
            self.show_state()

        def undo(news: News) -> str:
            return (
                self._try(lambda: self.tracker.desk.undo(news))
                or "It is as it was before; u in the list brings it again."
            )

        now = self.tracker.desk.moment.astimezone(UTC)
        self.app.push_screen(
            Inbox(self.signs, now, load=load, see=see, undo=undo, answer=self._answer), self._go_to_chosen
        )

    def _answer(self, news: News, yes: bool) -> None:
        def answer() -> None:
            try:
                outcome: Outcome | str = self.tracker.desk.answer(news, yes=yes)
            except TrackerError as error:
                outcome = str(error)
            self.app.call_from_thread(self._show_answer, outcome)

        Thread(target=answer, name="linking", daemon=True).start()

    def _show_answer(self, outcome: Outcome | str) -> None:
        if isinstance(outcome, str):
            self.notify(outcome, severity="error", markup=False, timeout=15)
            return
        self.unseen = self._safely(self.tracker.desk.witness.count_unseen) or 0
        self.after_edit(outcome)

    def _safely(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except TrackerError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=10)
            return None

    def _may_ask(self) -> bool:
        if self.tracker.as_of is not None:
            self.notify("The past cannot be asked about.", severity="warning", markup=False, timeout=6)
            return False
        return self._may_edit()

    def action_find_show(self) -> None:
        if not self._may_edit():
            return
        from tracker.tui.screens.find import Find

        def take(candidate: Candidate) -> Outcome:
            if (known := self.tracker.desk.known_as(candidate)) is not None:
                return Outcome(f"{known.title} is on the list already", (known.id,))
            return self.tracker.desk.add(candidate.references)

        find = Find(
            self.tracker, self.signs, heading="Find a show", deed=take, done=self._go_to_found, left=self._leave_asking
        )
        self.app.push_screen(find, self._write_by_hand)

    def _leave_asking(self) -> None:
        """Let a question that nobody waits for any more not stand in the way of the next."""
        if self.at_work is None:
            self.tracker.asking.stop()

    def _go_to_found(self, outcome: Outcome) -> None:
        self.knows_words = True
        self.after_edit(outcome)
        if outcome.show_ids:
            self.go_to(outcome.show_ids[0])

    def _write_by_hand(self, title: str | None) -> None:
        if title is not None:
            self.add_by_hand(title)

    def action_clip(self) -> None:
        if not self._may_edit():
            return
        from tracker.tui.screens.clip import ClipBox

        self.app.push_screen(ClipBox(lambda: self.tracker.clipping, self.signs), self._show_draft)

    def _show_draft(self, clipped: Clipped | None) -> None:
        if clipped is None:
            return
        from tracker.tui.screens.draft import DraftScreen

        def take(draft: Draft, article: Article, show_id: str | None) -> str:
            try:
                outcome = self.tracker.clipping.take(draft, article, show_id)
            except TrackerError as error:
                self.shelve()
                return str(error)
            self._go_to_found(outcome)
            return ""

        self.app.push_screen(DraftScreen(self.tracker.clipping, self.signs, clipped, take))

    def action_link_show(self) -> None:
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return
        from tracker.tui.screens.find import Find

        def take(candidate: Candidate) -> Outcome:
            return self.tracker.desk.link(show.id, candidate.references)

        heading = f"Which of them is {show.title}?"
        self.app.push_screen(
            Find(
                self.tracker,
                self.signs,
                title=show.title,
                heading=heading,
                deed=take,
                done=self._go_to_found,
                by_hand=False,
                left=self._leave_asking,
            )
        )

    def action_refresh_show(self) -> None:
        if not self._may_ask() or not (shows := self._chosen()):
            return
        from tracker.model.observation import references

        names = self.tracker.asking.names
        linked = [show for show in shows if any(one.source in names for one in references(show))]
        if linked:
            self._ask(linked, force=True, direct=True)
        elif len(shows) == 1:
            # Nobody knows it yet, so it is looked for.
            self.action_link_show()
        else:
            self.notify("None of these is known to a service yet; R searches for them.", markup=False, timeout=6)

    def action_refresh_all(self) -> None:
        if self._may_ask():
            self._ask(self.watchlist.shows, force=self._asked_in_time)

    def _ask(self, shows: Sequence[Show], *, force: bool, direct: bool = False) -> None:
        if self.at_work is not None:
            self.notify("The services are being asked already; esc stops that.", markup=False, timeout=4)
            return
        from tracker.service.refresh import Refresh

        refresh = self._refresh = Refresh(self.tracker, shows, force=force, direct=direct)

        def ask() -> None:
            try:
                report: Report | str = refresh.run(lambda progress: self._tell(self.Progressed(progress)))
            except TrackerError as error:
                report = str(error)
            self._tell(self.Finished(report))

        self.activity = "asking the services"
        self.show_state()
        # A request that hangs must not keep the program from ending.
        self.at_work = Thread(target=ask, name="asking", daemon=True)
        self.at_work.start()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    @on(Progressed)
    def _show_progress(self, event: Progressed) -> None:
        progress = event.progress
        title = f" {progress.title[:30]}" if progress.title else ""
        self.activity = f"esc stops asking, {progress.done} of {progress.of}{title}"
        self.knows_words = True
        if self.is_behind:
            self.shelve()
            self.show_item()
        self.show_state()

    @on(Finished)
    def _show_report(self, event: Finished) -> None:
        self.at_work = self._refresh = None
        self.activity = ""
        report = event.report
        if isinstance(report, str):
            self.show_state()
            self.notify(report, severity="error", markup=False, timeout=15)
            return
        self.knows_words = True
        # Once more, right after it was said that nothing was due, asks about all.
        self._asked_in_time = not report.asked and not report.failures and not report.stopped
        again = "; R again asks all the same" if self._asked_in_time else ""
        self.unseen = self.tracker.desk.witness.count_unseen()
        self.shelve()
        self.show_item()
        loud = any(one.grade == "loud" for one in report.news)
        hint = " (i)" if report.news else ""
        self.app.clear_notifications()
        self.notify(f"{report.sentence}{hint}{again}", markup=False, timeout=8 if loud else 5)
        self._tell_owner(report.news)

    @work(thread=True, group="telling", exit_on_error=False)
    def _tell_owner(self, news: Sequence[News]) -> None:
        from tracker.service.notice import run_notice
        from tracker.tui.terminal import tell_terminal

        if problem := run_notice(self.tracker.settings.notify, news):
            self.app.call_from_thread(self.notify, problem, severity="warning", markup=False, timeout=10)
        loud = [one for one in news if one.grade == "loud"]
        if loud:
            more = f" and {len(loud) - 1} more" if len(loud) > 1 else ""
            self.app.call_from_thread(tell_terminal, self.app, loud[0].title, f"{loud[0].text}{more}")

    def stop_asking(self) -> bool:
        """Stop asking the services; return whether they were being asked."""
        if self._refresh is None:
            return False
        self._refresh.stop()
        self.tracker.asking.stop()
        self.activity = "stopping"
        self.show_state()
        return True

    def on_unmount(self) -> None:
        if self._refresh is not None:
            self._refresh.stop()
            self.tracker.asking.stop()
        if self._watcher is not None:
            self._watcher.stop()


def _refusal(deed: Callable[[], object]) -> str:
    """Do something, and return why it was refused, "" where it was not."""
    try:
        deed()
    except TrackerError as error:
        return str(error)
    return ""
