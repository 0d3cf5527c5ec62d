"""Where an article comes from: it is pasted, or lies at a path or an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from tracker.errors import TrackerError
from tracker.model.article import Article
from tracker.model.draft import Draft
from tracker.model.window_parse import read_said
from tracker.text import cells, clean_line, fit
from tracker.tui.format import MUTED
from tracker.tui.screens.form import FORM_SHEET, Form, FormField
from tracker.tui.theme import Signs
from tracker.tui.widgets.hints import Hint, Hints

if TYPE_CHECKING:
    from tracker.service.clipping import Clipping

LONGEST: Final = 300
"""Characters of the longest text that is put into the input; what is pasted beyond is the article itself."""
_SENTENCE: Final = 6
"""How many words make a text of something that could be a path."""
_SHOWN: Final = 4
"""How many lines of a pasted text are shown."""
_BOX: Final = 84
"""Cells of the box where there is room for it."""
_BESIDE: Final = 22
"""Cells of the box that are left and right of what was pasted."""
_HINTS: Final = (
    Hint("enter", "read it", "screen.save"),
    Hint("tab", "next field", "app.focus_next"),
    Hint("esc", "leave", "screen.cancel"),
)
_ASK: Final = "Paste an article, text or HTML, or type a path or an address; then Enter."


class Clipped(NamedTuple):
    """An article, and what was read out of it."""

    article: Article
    draft: Draft
    notice: str = ""
    """What is to be known of how it was read; "" for nothing."""


def place_of(typed: str) -> str:
    """Return what was typed as the clipper takes it: a path, an address, or a text, which has a line end behind it."""
    place = typed.strip()
    if len(place) > 1 and place[0] == place[-1] and place[0] in "'\"":
        # Terminals put quotes around the name of a file that is dropped on them.
        place = place[1:-1]
    place = place.removeprefix("file://")
    is_sentence = len(place.split()) >= _SENTENCE and "/" not in place and "\\" not in place
    return f"{place}\n" if is_sentence else place


def size_words(text: str) -> str:
    """Return how long a pasted text is, in words."""
    words, paragraphs = len(text.split()), sum(bool(line.strip()) for line in text.splitlines())
    return f"{words:,} word{'' if words == 1 else 's'} in {paragraphs:,} line{'' if paragraphs == 1 else 's'}"


def _day(text: str) -> tuple[date, str] | None:
    return read_said(clean_line(text)) if text.strip() else None


class Place(Input):
    """An input for a path or an address, to which a whole article can be pasted."""

    class Pasted(Message):
        """More was pasted than a path or an address."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Let a whole article not be cut down to its first line."""
        if "\n" in event.text.strip() or len(event.text) > LONGEST:
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(event.text))


class ClipBox(Form[Clipped]):
    """Asks for an article and reads it; ends with what was read.

    Args:
        clipping: Opens and reads; may take as long as the network does.
        signs: What draws.
    """

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's

    class Read(Message):
        """An article was read, or why it was not."""

        def __init__(self, number: int, came_to: Clipped | str) -> None:
            super().__init__()
            self.number = number
            self.came_to = came_to

    def __init__(self, clipping: Callable[[], Clipping], signs: Signs) -> None:
        super().__init__()
        self._clipping = clipping
        self._signs = signs
        self._pasted = ""
        self._number = 0
        """How many articles were asked for; only the last one is waited for."""
        self.at_work: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose(self) -> ComposeResult:
        """Make the input, what was pasted, the day, and the line that says what happens."""
        with Vertical(classes="form-box") as box:
            box.border_title = "Clip an article"
            with Horizontal(classes="form-row"):
                yield Label("article", markup=False, classes="form-label")
                hint = self._signs.plain("paste it, or type a path or https://…")
                yield Place(placeholder=hint, compact=True, classes="form-input", id="clip-place")
            yield Static(markup=False, id="clip-pasted")
            yield FormField("published", "published", "", _day, hint="a day, if its page does not say: 2026-05-14")
            yield Static(markup=False, id="clip-state")
            yield Hints(_HINTS)

    def on_mount(self) -> None:
        """Begin at the article."""
        self.query_one(Place).focus()
        self._say(_ASK)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        state = self.query_one("#clip-state", Static)
        state.update(self._signs.plain(words))
        state.set_class(wrong, "-wrong")

    @on(Place.Pasted)
    def _keep_pasted(self, event: Place.Pasted) -> None:
        self._pasted = event.text
        place = self.query_one(Place)
        place.value = ""
        place.placeholder = self._signs.plain("the text below; a path typed here counts instead")
        self._show_pasted()
        self._say("Enter reads it.")

    def _show_pasted(self) -> None:
        width = max(20, min(_BOX, self.app.size.width * 96 // 100) - _BESIDE)
        lines = [clean_line(line) for line in self._pasted[:4000].splitlines()]
        shown = [line for line in lines if line][:_SHOWN]
        rows = [fit(line, min(width, cells(line)), self._signs.ellipsis) for line in shown]
        size = Content.styled(f"{size_words(self._pasted)} pasted", MUTED)
        below = self.query_one("#clip-pasted", Static)
        below.update(self._signs.drawn(Content("\n").join([*map(Content, rows), size])))
        below.add_class("-some")

    def on_resize(self) -> None:
        """Show as much of what was pasted as there is room for."""
        if self._pasted:
            self._show_pasted()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Read what was typed or pasted."""
        if self.at_work is not None:
            return
        typed = self.query_one(Place).value
        where = place_of(typed) if typed.strip() else self._pasted
        if not where.strip():
            self._say(_ASK, wrong=True)
            self.query_one(Place).focus()
            return
        if not self.checked():
            return
        # What was pasted is a text even where it is short.
        where = where if typed.strip() else f"{where}\n"
        published = self.field("published").text
        self._number += 1
        number, clipping = self._number, self._clipping

        def read() -> None:
            try:
                article = clipping().open(where, published)
                came_to: Clipped | str = Clipped(article, clipping().read(article), clipping().notice)
            except TrackerError as error:
                came_to = str(error)
            self.post_message(self.Read(number, came_to))

        self._say("reading… esc stops waiting")
        # A page that hangs must not keep the program from ending.
        self.at_work = Thread(target=read, name="clipping", daemon=True)
        self.at_work.start()

    @on(Read)
    def _leave_with_it(self, event: Read) -> None:
        if event.number != self._number or self.at_work is None:
            return
        self.at_work = None
        if isinstance(event.came_to, str):
            self._say(event.came_to, wrong=True)
        else:
            self.dismiss(event.came_to)

    def action_cancel(self) -> None:
        """Wait no longer; else leave, and where an article was pasted only when asked twice."""
        if self.at_work is not None:
            self.at_work = None
            self._number += 1
            self._say("Nothing was read. Enter tries again.")
        elif (self._pasted or self.query_one(Place).value) and not self._warned:
            self._warned = True
            self._say("Nothing was read yet. esc again leaves.", wrong=True)
        else:
            self.dismiss(None)
