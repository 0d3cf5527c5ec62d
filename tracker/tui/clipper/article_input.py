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
from tracker.model.article_draft import Article, Draft
from tracker.model.window_parser import parse_said_date
from tracker.text import cells, clean_line, fit
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, Form, FormField
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

if TYPE_CHECKING:
    from tracker.service.clipper import Clipper

MAX_TYPED: Final = 300
"""Characters of the longest text that is put into the input; what is pasted beyond is the article itself."""
_SENTENCE_WORDS: Final = 6
"""How many words make a text of something that could be a path."""
_PREVIEW_LINES: Final = 4
"""How many lines of a pasted text are shown."""
_BOX_WIDTH: Final = 84
"""Cells of the box where there is room for it."""
_BOX_MARGINS: Final = 22
"""Cells of the box that are left and right of what was pasted."""
_HINTS: Final = (
    Hint("enter", "read it", "screen.save"),
    Hint("tab", "next field", "app.focus_next"),
    Hint("esc", "leave", "screen.cancel"),
)
_PROMPT: Final = "Paste an article, text or HTML, or type a path or an address; then Enter."


class ClippedArticle(NamedTuple):
    """An article, and what was read out of it."""

    article: Article
    draft: Draft
    notice: str = ""
    """What is to be known of how it was read; "" for nothing."""


def parse_location(typed: str) -> str:
    """Return what was typed as the clipper takes it: a path, an address, or a text, which has a line end behind it."""
    place = typed.strip()
    if len(place) > 1 and place[0] == place[-1] and place[0] in "'\"":
        # Terminals put quotes around the name of a file that is dropped on them.
        place = place[1:-1]
    place = place.removeprefix("file://")
    is_sentence = len(place.split()) >= _SENTENCE_WORDS and "/" not in place and "\\" not in place
    return f"{place}\n" if is_sentence else place


def describe_size(text: str) -> str:
    """Return how long a pasted text is, in words."""
    words, paragraphs = len(text.split()), sum(bool(line.strip()) for line in text.splitlines())
    return f"{words:,} word{'' if words == 1 else 's'} in {paragraphs:,} line{'' if paragraphs == 1 else 's'}"


def _parse_day(text: str) -> tuple[date, str] | None:
    return parse_said_date(clean_line(text)) if text.strip() else None


class ArticleInput(Input):
    """An input for a path or an address, to which a whole article can be pasted."""

    class Pasted(Message):
        """More was pasted than a path or an address."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Let a whole article not be cut down to its first line."""
        if "\n" in event.text.strip() or len(event.text) > MAX_TYPED:
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(event.text))


class ArticleInputDialog(Form[ClippedArticle]):
    """Asks for an article and reads it; ends with what was read.

    Args:
        clipping: Opens and reads; may take as long as the network does.
        glyphs: What draws.
    """

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's

    class ReadDone(Message):
        """An article was read, or why it was not."""

        def __init__(self, number: int, came_to: ClippedArticle | str) -> None:
            super().__init__()
            self.number = number
            self.result = came_to

    def __init__(self, clipping: Callable[[], Clipper], glyphs: Glyphs) -> None:
        super().__init__()
        self._clipping = clipping
        self._glyphs = glyphs
        self._pasted = ""
        self._number = 0
        """How many articles were asked for; only the last one is waited for."""
        self.thread: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose(self) -> ComposeResult:
        """Make the input, what was pasted, the day, and the line that says what happens."""
        with Vertical(classes="form-box") as box:
            box.border_title = "Clip an article"
            with Horizontal(classes="form-row"):
                yield Label("article", markup=False, classes="form-label")
                hint = self._glyphs.translate("paste it, or type a path or https://…")
                yield ArticleInput(placeholder=hint, compact=True, classes="form-input", id="clip-place")
            yield Static(markup=False, id="clip-pasted")
            yield FormField(
                "published", "published", "", _parse_day, hint="a day, if its page does not say: 2026-05-14"
            )
            yield Static(markup=False, id="clip-state")
            yield HintBar(_HINTS)

    def on_mount(self) -> None:
        """Begin at the article."""
        self.query_one(ArticleInput).focus()
        self._show_state(_PROMPT)

    def _show_state(self, words: str, *, wrong: bool = False) -> None:
        state = self.query_one("#clip-state", Static)
        state.update(self._glyphs.translate(words))
        state.set_class(wrong, "-wrong")

    @on(ArticleInput.Pasted)
    def _keep_pasted(self, event: ArticleInput.Pasted) -> None:
        self._pasted = event.text
        place = self.query_one(ArticleInput)
        place.value = ""
        place.placeholder = self._glyphs.translate("the text below; a path typed here counts instead")
        self._show_pasted()
        self._show_state("Enter reads it.")

    def _show_pasted(self) -> None:
        width = max(20, min(_BOX_WIDTH, self.app.size.width * 96 // 100) - _BOX_MARGINS)
        lines = [clean_line(line) for line in self._pasted[:4000].splitlines()]
        shown = [line for line in lines if line][:_PREVIEW_LINES]
        rows = [fit(line, min(width, cells(line)), self._glyphs.ellipsis) for line in shown]
        size = Content.styled(f"{describe_size(self._pasted)} pasted", MUTED)
        below = self.query_one("#clip-pasted", Static)
        below.update(self._glyphs.translate_content(Content("\n").join([*map(Content, rows), size])))
        below.add_class("-some")

    def on_resize(self) -> None:
        """Show as much of what was pasted as there is room for."""
        if self._pasted:
            self._show_pasted()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Read what was typed or pasted."""
        if self.thread is not None:
            return
        typed = self.query_one(ArticleInput).value
        where = parse_location(typed) if typed.strip() else self._pasted
        if not where.strip():
            self._show_state(_PROMPT, wrong=True)
            self.query_one(ArticleInput).focus()
            return
        if not self.check_fields():
            return
        # What was pasted is a text even where it is short.
        where = where if typed.strip() else f"{where}\n"
        published = self.field("published").text
        self._number += 1
        number, clipping = self._number, self._clipping

        def read() -> None:
            try:
                article = clipping().open(where, published)
                came_to: ClippedArticle | str = ClippedArticle(article, clipping().extract(article), clipping().notice)
            except TrackerError as error:
                came_to = str(error)
            self.post_message(self.ReadDone(number, came_to))

        self._show_state("reading… esc stops waiting")
        # A page that hangs must not keep the program from ending.
        self.thread = Thread(target=read, name="clipping", daemon=True)
        self.thread.start()

    @on(ReadDone)
    def _finish(self, event: ReadDone) -> None:
        if event.number != self._number or self.thread is None:
            return
        self.thread = None
        if isinstance(event.result, str):
            self._show_state(event.result, wrong=True)
        else:
            self.dismiss(event.result)

    def action_cancel(self) -> None:
        """Wait no longer; else leave, and where an article was pasted only when asked twice."""
        if self.thread is not None:
            self.thread = None
            self._number += 1
            self._show_state("Nothing was read. Enter tries again.")
        elif (self._pasted or self.query_one(ArticleInput).value) and not self._has_warned:
            self._has_warned = True
            self._show_state("Nothing was read yet. esc again leaves.", wrong=True)
        else:
            self.dismiss(None)
