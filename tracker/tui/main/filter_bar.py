"""The line in which a filter is typed, and the note that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tracker.errors import BadQuery
from tracker.model.show import Person
from tracker.reports.query import Query, parse_query
from tracker.reports.saved_view import SavedView
from tracker.tui.bindings import FILTER_KEYS
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.completer import Complete, Completer

HINT = "filter: words, status:filming, is:overdue, net:netflix, -tag:bl"


class FilterBar(Vertical):
    """Reads a query at each key press; one that cannot be read leaves the list as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "to the list", show=False),
        *(key.binding for key in FILTER_KEYS),
    ]
    DEFAULT_CSS = """
    FilterBar {
        height: auto;
        Input { height: 1; border: none; padding: 0 1; background: $boost; }
        Static { display: none; height: auto; padding: 0 1; color: $text-error; }
        Static.-wrong { display: block; }
    }
    """

    class QueryChanged(Message):
        """Another query was understood."""

        def __init__(self, query: Query) -> None:
            super().__init__()
            self.query = query

    class Closed(Message):
        """The typing is done; the filter stays."""

    class SaveWanted(Message):
        """The filter is to be saved as a view."""

    def __init__(
        self,
        text: str,
        people: Iterable[Person],
        views: Callable[[], Iterable[SavedView]],
        complete: Complete,
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._text = text
        self._views = views
        self._complete = complete
        self._people = tuple(people)

    @property
    def has_input_focus(self) -> bool:
        """Whether keys go into the filter."""
        return self.query_one(Input).has_focus

    def compose(self) -> ComposeResult:
        yield Input(self._text, placeholder=HINT, compact=True, suggester=Completer(self._complete))
        yield Static(markup=False)

    def focus_input(self) -> None:
        """Let keys go into the filter."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _parse(self, event: Input.Changed) -> None:
        event.stop()
        note = self.query_one(Static)
        try:
            query = parse_query(event.value, self._people, self._views())
        except BadQuery as wrong:
            note.update(glyphs_of(self).translate(str(wrong)))
            note.add_class("-wrong")
            return
        note.remove_class("-wrong")
        self.post_message(self.QueryChanged(query))

    def action_save_view(self) -> None:
        if not self.query_one(Static).has_class("-wrong"):
            self.post_message(self.SaveWanted())

    @on(Input.Submitted)
    def action_leave(self) -> None:
        if not self.query_one(Static).has_class("-wrong"):
            self.post_message(self.Closed())
