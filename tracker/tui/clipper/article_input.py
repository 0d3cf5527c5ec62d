"""Where an article comes from: it is pasted, or lies at a path or an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static

from tracker.errors import TrackerError
from tracker.model.article_draft import Article, Draft
from tracker.model.formatting import plural
from tracker.model.window_parser import parse_said_date
from tracker.text import cells, clean_line, fit
from tracker.tui.background import run_in_thread
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, Form, FormField, Note, explain_said_day
from tracker.tui.widgets.hints import Hint

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
"""Cells of the box left and right of the preview."""
_PROMPT: Final = "Paste an article, or type a path or web address. Then press Enter."


class ClippedArticle(NamedTuple):
    """An article, and what was read out of it."""

    article: Article
    draft: Draft
    show_id: str = ""  # the entry that it is clipped to; "" leaves it to the article


def parse_location(typed: str) -> str:
    """Return what was typed as the clipper takes it: a path, an address, or a text, which ends with a line end."""
    location = typed.strip()
    if len(location) > 1 and location[0] == location[-1] and location[0] in "'\"":
        # Terminals put quotes around the name of a file that is dropped on them.
        location = location[1:-1]
    location = location.removeprefix("file://")
    is_sentence = len(location.split()) >= _SENTENCE_WORDS and "/" not in location and "\\" not in location
    return f"{location}\n" if is_sentence else location


def describe_size(text: str) -> str:
    """Return how long a pasted text is, in words."""
    lines = sum(bool(line.strip()) for line in text.splitlines())
    return f"{plural(len(text.split()), 'word')} in {plural(lines, 'line')}"


class ArticleInputDialog(Form[ClippedArticle]):
    """Asks for an article and reads it; ends with what was read.

    Args:
        clipper: Returns what opens and reads; called in a thread, for its import takes long.
        today: The day from which "yesterday" counts.
        place: The path or address to begin with.
        show_id: The entry that the article is clipped to; "" leaves it to the article.
        starts: Whether the place is read at once.
    """

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    AUTO_FOCUS = ""
    HINTS = (
        Hint("enter", "read it", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    @dataclass
    class ReadDone(Message):
        """An article was read, or why it was not."""

        number: int
        result: ClippedArticle | TrackerError

    def __init__(
        self,
        clipper: Callable[[], Clipper],
        today: date,
        place: str = "",
        show_id: str = "",
        *,
        starts: bool = False,
    ) -> None:
        super().__init__("Clip an article")
        self._clipper = clipper
        self._today = today
        self._place = place
        self._show_id = show_id
        self._starts = starts
        self._pasted = ""
        self._number = 0
        """How many articles were asked for; only the last one is waited for."""
        self.thread: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose_box(self) -> ComposeResult:
        with Horizontal(classes="form-row"):
            yield Label("article", markup=False, classes="form-label")
            hint = self.glyphs.translate("paste it, or type a path or https://…")
            yield Input(self._place, placeholder=hint, compact=True, classes="form-input", id="clip-place")
        yield Static(markup=False, id="clip-pasted")
        yield FormField(
            "published", "published", "", self._parse_day, hint="only if the page doesn't say, e.g. 2026-05-14",
            explain=explain_said_day,
        )  # fmt: skip
        yield Note(id="clip-state")

    def _parse_day(self, text: str) -> tuple[date, str] | None:
        return parse_said_date(clean_line(text), self._today) if text.strip() else None

    def on_mount(self) -> None:
        self._show_state(_PROMPT)
        if self._starts:
            # Nothing has the focus, so that further presses of the key that led here are not typed over the address.
            self.action_save()
        else:
            self._input.focus()

    @property
    def _input(self) -> Input:
        return self.query_one("#clip-place", Input)

    @property
    def _is_typed(self) -> bool:
        """Whether there is something that is nowhere else: a piece of news keeps its address."""
        return bool(self._input.value) and not (self._starts and self._input.value == self._place)

    def _show_state(self, text: str, *, is_error: bool = False) -> None:
        self.query_one("#clip-state", Note).show(text, is_error=is_error)

    def take_paste(self, text: str) -> bool:
        """Keep an article; what could be a path or an address goes into the input."""
        is_article = "\n" in text.strip() or len(text) > MAX_TYPED
        if is_article and self._input.has_focus:
            self._keep_pasted(text)
            return True
        return False

    def _keep_pasted(self, text: str) -> None:
        self._pasted = text
        self._input.value = ""
        self._input.placeholder = self.glyphs.translate("the text below is used, unless you type here")
        self._show_pasted()
        self._show_state("Press Enter to read it.")

    def _show_pasted(self) -> None:
        width = max(20, min(_BOX_WIDTH, self.app.size.width * 96 // 100) - _BOX_MARGINS)
        lines = [line for raw in self._pasted[:4000].splitlines() if (line := clean_line(raw))]
        rows = [fit(line, min(width, cells(line)), self.glyphs.ellipsis) for line in lines[:_PREVIEW_LINES]]
        size = Content.styled(f"{describe_size(self._pasted)} pasted", MUTED)
        preview = self.query_one("#clip-pasted", Static)
        preview.update(self.glyphs.translate_content(Content("\n").join([*map(Content, rows), size])))
        preview.add_class("-some")

    def on_resize(self) -> None:
        if self._pasted:
            self._show_pasted()

    @on(Input.Submitted)
    def action_save(self) -> None:
        if self.thread is not None:
            return
        typed = self._input.value
        # What was pasted is a text even where it is short.
        location = parse_location(typed) if typed.strip() else f"{self._pasted}\n"
        if not location.strip():
            self._show_state(_PROMPT, is_error=True)
            self._input.focus()
        elif self.check_fields():
            published = self.field("published").text
            self._number += 1
            self._show_state("Reading… press Esc to stop.")
            self.thread = run_in_thread(
                self, "clipping", lambda: self._read(location, published), partial(self.ReadDone, self._number)
            )

    def _read(self, location: str, published: str) -> ClippedArticle:
        clipper = self._clipper()
        article = clipper.open(location, published)
        return ClippedArticle(article, clipper.extract(article), self._show_id)

    @on(ReadDone)
    def _finish(self, event: ReadDone) -> None:
        if event.number != self._number or self.thread is None:
            return
        self.thread = None
        if isinstance(event.result, TrackerError):
            self._show_state(str(event.result), is_error=True)
            self._take_keys()
        else:
            self.dismiss(event.result)

    def _take_keys(self) -> None:
        if self.focused is None:
            self._input.focus()

    def action_cancel(self) -> None:
        """Stop waiting; else leave, where an article was pasted only when asked twice."""
        if self.thread is not None:
            self.thread = None
            self._number += 1
            self._show_state("Stopped. Press Enter to try again.")
            self._take_keys()
        elif (self._pasted or self._is_typed) and not self._was_warned:
            self._was_warned = True
            self._show_state("The article isn't read yet. Press Esc again to discard it.", is_error=True)
        else:
            self.dismiss(None)
