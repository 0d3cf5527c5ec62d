"""The inbox: what changed since it was looked at last, loud things first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tracker.errors import TrackerError
from tracker.model.dates import days_after
from tracker.model.formatting import plural
from tracker.model.news import NewsItem
from tracker.model.source_record import source_label
from tracker.model.window import time_between
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, ListDialog, Note
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.hints import Hint, HintBar

OFFER_HINTS: Final = (
    Hint("y", "yes, link it", "screen.answer(True)"),
    Hint("n", "no, never", "screen.answer(False)"),
    Hint("o", "open page", "screen.page"),
    Hint("enter", "go to show", "screen.pick"),
    Hint("esc", "back", "screen.cancel"),
)
ENTRY_HINTS: Final = (Hint("y", "yes, add it", "screen.answer(True)"), *OFFER_HINTS[1:])
ARTICLE_HINTS: Final = (
    Hint("c", "clip it", "screen.clip"),
    Hint("o", "open page", "screen.page"),
    Hint("enter", "go", "screen.pick"),
    Hint("s", "read", "screen.mark_read"),
    Hint("S", "all", "screen.mark_all_read"),
    Hint("esc", "back", "screen.cancel"),
)
_COLOURS: Final = {"loud": "$text-error bold", "normal": "bold", "quiet": MUTED}


class InboxDialog(ListDialog[NewsItem, NewsItem]):
    """Shows what is news; ends with the item whose show or person is to be shown.

    Args:
        now: The time from which ages are counted.
        load: Returns the unread news; with True, what was read too.
        on_read: Called with what was read.
        on_undo: Takes a change back, or raises a `TrackerError`.
        on_answer: Called with an offer and whether the offered show is the one on the list.
        on_clip: Called with the entry of a feed whose page is to be clipped.
    """

    CSS_PATH = [FORM_SHEET, "inbox.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BOX_CLASSES = "-tall"
    HAS_SEARCH = True
    HINTS = (
        Hint("enter", "go", "screen.pick"),
        Hint("s", "read", "screen.mark_read"),
        Hint("S", "all", "screen.mark_all_read"),
        Hint("u", "undo", "screen.undo"),
        Hint("o", "page", "screen.page"),
        Hint("H", "older", "screen.history"),
        Hint("/", "search", "screen.search"),
        Hint("esc", "back", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,space", "mark_read", "mark read"),
        Binding("S", "mark_all_read", "mark all read"),
        Binding("u", "undo", "undo"),
        Binding("o", "page", "open the page"),
        Binding("c", "clip", "clip the page"),
        Binding("H", "history", "older"),
        Binding("y", "answer(True)", "yes"),
        Binding("n", "answer(False)", "no"),
        Binding("i", "cancel", "back"),
    ]

    def __init__(
        self,
        now: datetime,
        *,
        load: Callable[[bool], Sequence[NewsItem]],
        on_read: Callable[[Sequence[NewsItem]], None],
        on_undo: Callable[[NewsItem], None],
        on_answer: Callable[[NewsItem, bool], None],
        on_clip: Callable[[NewsItem], None],
    ) -> None:
        super().__init__("News")
        self._now = now
        self._load = load
        self._on_read = on_read
        self._on_undo = on_undo
        self._on_answer = on_answer
        self._on_clip = on_clip
        self._with_read = False
        self._keeps_note = False

    def compose_box(self) -> ComposeResult:
        yield self.make_list(id="news")
        yield Note(id="news-note")

    def on_mount(self) -> None:
        self.option_list.focus()
        # How wide the lines may be is known after the first layout.
        self.call_after_refresh(self._reload)

    def _reload(self, cursor: int = 0) -> None:
        self.show_values(tuple(self._load(self._with_read)), cursor)
        if not self._all_values:
            older = "" if self._with_read else " Press H to see older news."
            self._show_note(f"Nothing new since you last looked.{older}")

    def describe(self, value: NewsItem) -> Content:
        width = max(20, self.option_list.scrollable_content_region.width - 6)
        lines = [Content.assemble("    ", line) for line in Content(value.text).wrap(width)]
        return Content.assemble(
            ("  " if value.is_seen else f"{self.glyphs.done} ", "$text-accent"),
            (value.title, MUTED if value.is_seen else _COLOURS.get(value.grade, "")),
            (f"  {_age(value.at, self._now)}  ", MUTED),
            (source_label(value.source) + (f" {self.glyphs.arrow}" if value.url else ""), "$text-accent"),
            "\n",
            Content("\n").join(lines),
        )

    def _show_note(self, text: str) -> None:
        self.query_one(Note).show(text)

    @on(ChoiceList.OptionHighlighted)
    def _explain(self) -> None:
        if self._keeps_note:
            # What came of a key stays until the cursor goes on.
            self._keeps_note = False
            return
        item = self.current
        self.query_one(HintBar).show_hints(self._hints_for(item))
        if item is None:
            self._show_note("")
        elif item.offers_entry:
            self._show_note("Press y to add it to your list, n to leave it.")
        elif item.match_offer:
            self._show_note(f"Is {item.match_offer} the same show? Press y or n.")
        else:
            self._show_note(item.url or ("Press u to undo it." if item.can_be_undone else ""))

    def _hints_for(self, item: NewsItem | None) -> Sequence[Hint]:
        if item is not None and item.match_offer:
            return ENTRY_HINTS if item.offers_entry else OFFER_HINTS
        return ARTICLE_HINTS if item is not None and item.is_article else self.HINTS

    def pick(self, value: NewsItem) -> None:
        if not value.match_offer:
            self._on_read([value])
        self.dismiss(value)

    def action_mark_read(self) -> None:
        if (item := self.current) is not None:
            self._on_read([item])
            self._reload(self.values.index(item))

    def action_mark_all_read(self) -> None:
        self._on_read(self.values)
        self._reload()

    def action_history(self) -> None:
        self._with_read = not self._with_read
        self._reload()

    def action_undo(self) -> None:
        if (item := self.current) is not None:
            try:
                self._on_undo(item)
                note = "Undone. Press u in the list to bring it back."
            except TrackerError as error:
                note = str(error)
            self._reload(self.values.index(item))
            self._keeps_note = bool(self.values)
            self._show_note(note)

    def action_answer(self, is_it: bool) -> None:
        if (item := self.current) is not None and item.match_offer:
            self.dismiss(None)
            self._on_answer(item, is_it)

    def action_clip(self) -> None:
        if (item := self.current) is not None and item.is_article:
            self._on_read([item])
            self.dismiss(None)
            self._on_clip(item)

    def action_page(self) -> None:
        if (item := self.current) is not None and item.url:
            self.app.open_url(item.url)


def _age(then: datetime, now: datetime) -> str:
    """Return an age in words: "just now", "3 hours ago", "2 days ago", "4 months ago"."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return "just now"
    if days := int(seconds // 86400):
        return f"{time_between(days_after(now.date(), -days), now.date())} ago"
    size, unit = (3600, "hour") if seconds >= 3600 else (60, "minute")
    return f"{plural(int(seconds // size), unit)} ago"
