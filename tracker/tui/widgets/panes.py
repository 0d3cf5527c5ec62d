"""The panes beside the list: synopsis, cast, status with its history; each shows one item."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.history import Standing, Step
from tracker.model.show import Show
from tracker.model.watchlist import Damage, Watchlist
from tracker.tui import format as words
from tracker.tui.theme import Signs

PANES: Final = ("synopsis", "cast", "status")
"""The ids of the panes, top to bottom."""

SCROLL_KEYS: list[BindingType] = [
    Binding("j", "scroll_down", "down", show=False),
    Binding("k", "scroll_up", "up", show=False),
]


class SynopsisPane(VerticalScroll):
    """What the show is about, the owner's notes, and who makes it."""

    BINDINGS: ClassVar[list[BindingType]] = SCROLL_KEYS
    BORDER_TITLE = "Synopsis"

    def compose(self) -> ComposeResult:
        """Make the one text."""
        yield Static(markup=False, id="synopsis-text")

    def show_content(self, content: Content) -> None:
        """Show this text from its beginning."""
        self.query_one("#synopsis-text", Static).update(content)
        self.scroll_home(animate=False)


class Lines(OptionList):
    """A list in a pane: the keys of the list, and no markup."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False),
        Binding("k", "cursor_up", "up", show=False),
    ]

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)

    def show_lines(self, lines: list[Content], when_empty: str) -> None:
        """Show these lines, or a word about why there are none."""
        options = [Option(line) for line in lines] or [Option(Content.styled(when_empty, words.MUTED), disabled=True)]
        self.set_options(options)
        self.scroll_home(animate=False)


class CastPane(Vertical):
    """Who plays whom."""

    BORDER_TITLE = "Cast"

    @dataclass
    class PersonChosen(Message):
        """Somebody in the cast was chosen."""

        name: str

    def __init__(self, signs: Signs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._signs = signs
        self._names: list[str] = []

    def compose(self) -> ComposeResult:
        """Make the list of names."""
        yield Lines("cast-lines")

    def show_cast(self, show: Show | None, watchlist: Watchlist) -> None:
        """Show who plays in this show; None shows nobody."""
        cast = show.cast if show else ()
        self._names = [credit.actor for credit in cast]
        lines = [
            words.describe_credit(credit, watchlist.person(credit.actor) is not None, self._signs) for credit in cast
        ]
        self.query_one(Lines).show_lines(lines, "Nobody named yet. e adds a cast." if show else "")

    @on(OptionList.OptionSelected)
    def _choose_person(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._names):
            self.post_message(self.PersonChosen(self._names[event.option_index]))


class StatusPane(Vertical):
    """Where the show stands: line of life, window, and every claim with what it changed, newest first."""

    BORDER_TITLE = "Status"

    @dataclass
    class LinkChosen(Message):
        """A claim was chosen; its address, "" if it has none."""

        url: str

    def __init__(self, signs: Signs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._signs = signs
        self._steps: tuple[Step, ...] = ()
        self._drawn = -1
        self._describe_head: Callable[[int], Content] = lambda width: Content("")

    @property
    def highlighted_url(self) -> str:
        """The address of the claim under the cursor, "" if there is none."""
        at = self.query_one(Lines).highlighted
        return self._steps[at].claim.url if at is not None and at < len(self._steps) else ""

    def compose(self) -> ComposeResult:
        """Make the head and the list of claims."""
        yield Static(markup=False, id="standing")
        yield Lines("history-lines")

    def show_status(self, show: Show | None, today: date) -> None:
        """Show the history of this show; None shows nothing."""
        standing = show.standing if show is not None else Standing()
        self._describe_head = lambda width: (
            words.describe_standing(show, standing, today, self._signs, width) if show is not None else Content("")
        )
        self._steps = standing.steps[::-1]
        self._draw()

    def on_resize(self) -> None:
        """Break the lines of the history anew."""
        if self.query_one(Lines).scrollable_content_region.width != self._drawn:
            self._draw()

    def _draw(self) -> None:
        lines = self.query_one(Lines)
        self._drawn = lines.scrollable_content_region.width
        # The scroll bar is there or not, so its column is left free.
        self.query_one("#standing", Static).update(self._describe_head(self._drawn))
        claims = [words.describe_step(step, self._signs, self._drawn - 1) for step in self._steps]
        lines.show_lines(claims, "No claims yet. s records the first.")

    @on(OptionList.OptionSelected)
    def _choose_link(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._steps):
            self.post_message(self.LinkChosen(self._steps[event.option_index].claim.url))


class Panes(Vertical):
    """Heading and panes; where there is room for one only, the one that had the focus last."""

    def __init__(self, signs: Signs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._signs = signs

    def compose(self) -> ComposeResult:
        """Make heading and panes."""
        yield Static(markup=False, id="heading")
        yield SynopsisPane(id="synopsis")
        yield CastPane(self._signs, id="cast")
        yield StatusPane(self._signs, id="status")

    def show_item(self, item: Show | Damage | None, watchlist: Watchlist, today: date, native: bool, path: str) -> None:
        """Show everything about an item of the list."""
        heading, synopsis = self.query_one("#heading", Static), self.query_one(SynopsisPane)
        self.set_class(not isinstance(item, Show), "-no-show")
        show = item if isinstance(item, Show) else None
        self.query_one(CastPane).show_cast(show, watchlist)
        self.query_one(StatusPane).show_status(show, today)
        match item:
            case None:
                heading.update("")
                synopsis.show_content(Content(""))
            case Damage():
                heading.update(Content.styled(item.title or f"line {item.line}", "bold $text-error"))
                synopsis.show_content(words.describe_damage(item, path))
            case _:
                heading.update(words.describe_heading(item, native, self._signs))
                synopsis.show_content(words.describe_synopsis(item))

    def choose(self, pane: str) -> None:
        """Make this the pane that is seen where there is room for one only."""
        for name in PANES:
            self.set_class(name == pane, f"-{name}")
