"""The shapes in which the main screen shows the list: list, agenda and month; one show is stood on in all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from tracker.model.days import day_name
from tracker.model.episode import episode_words
from tracker.model.labels import counted
from tracker.model.show import Show
from tracker.tui.format import MUTED
from tracker.tui.screens.looks import Looks
from tracker.tui.view import SHAPES
from tracker.tui.widgets.bars import KeyLine
from tracker.tui.widgets.row import Item

if TYPE_CHECKING:
    from tracker.model.agenda import Agenda
    from tracker.model.episode import Episode
    from tracker.tui.widgets.month_view import MonthView

# The calendar is imported and made when it is wanted first: it would take a tenth of the start.

_ACTIONS: Final = {
    "slide": ("timeline",), "scrub": ("timeline",), "believed": ("timeline",),
    "zoom": ("timeline", "month"), "now": ("timeline", "month"),
}  # fmt: skip
"""What only some shapes do."""
_MONTH_KEYS: Final = "←↑↓→ day   j k show   pgup pgdn page   home today   enter all about it"


class Shapes(Looks):
    """The half of the main screen that knows its shapes."""

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
    def episodes(self) -> Mapping[str, Episode]:
        """The next episodes that are known, by the ids of their shows."""
        raise NotImplementedError

    @property
    def agenda(self) -> Agenda | None:
        """What divides the list where it is seen as an agenda."""
        if self.view.shape != "agenda":
            return None
        from tracker.model.agenda import Agenda

        return Agenda(self.tracker.today, self.episodes, self.tracker.first_weekday)

    async def action_shape(self, shape: str) -> None:
        """See the list in another shape, standing on the same show."""
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

    def leave_shape(self) -> None:
        """Take note that another shape comes."""

    async def show_shape(self) -> None:
        """Put on the screen what the shape needs."""
        if self.view.shape in ("month", "timeline") and not self.query("#caption"):
            from tracker.tui.widgets.caption import Caption

            await self.mount(Caption(id="caption"), after="#body")
        if self.is_month and not self.query("#month"):
            from tracker.tui.widgets.month_view import MonthView

            await self.query_one("#body").mount(MonthView(self.tracker.today, self.tracker.first_weekday, id="month"))
        for name in SHAPES:
            self.set_class(name == self.view.shape, f"-{name}")
        self.query_one(KeyLine).show_shape(self.view.shape)

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

    def action_zoom(self, by: int) -> None:
        """See the whole year, or one month."""
        if (months := self.months) is not None:
            months.zoom(by)

    def action_now(self) -> None:
        """Go back to today."""
        if (months := self.months) is not None:
            months.action_today()

    def action_slips(self) -> None:
        """Show how well dates were kept, of all shows or of those that the filter lets through."""
        shows = {item.id: item for item in self.show_list.items if isinstance(item, Show)}
        self.show_slips(tuple(shows.values()), "")

    def show_slips(self, shows: Sequence[Show], when: str) -> None:
        """Show how well the dates of these shows were kept."""
        from tracker.model.slips import ledger
        from tracker.tui.screens.slips import Slips

        about = f"{counted(len(shows), 'show')}{when}"
        self.app.push_screen(Slips(ledger(shows), self.signs, about, native=self.view.native), self._go_to_chosen)

    def show_state(self) -> None:
        """Show in the header what is on the list, and how it is looked at."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of a shape do nothing in the others."""
        shapes = _ACTIONS.get(action)
        return True if shapes is None else self.view.shape in shapes

    def on_month_view_highlighted(self, event: MonthView.Highlighted) -> None:
        """Let the list stand on the same show, and the caption tell of it."""
        event.stop()
        if event.show is not None:
            self.show_list.go_to(event.show.id)
        self.describe_item()
        self.show_state()

    async def on_month_view_selected(self, event: MonthView.Selected) -> None:
        """Show everything about a show that was chosen in the calendar."""
        event.stop()
        self.show_list.go_to(event.show.id)
        await self.action_details()
