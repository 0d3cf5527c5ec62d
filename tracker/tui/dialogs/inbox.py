"""The inbox: what changed since it was looked at last, loud things first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.news import NewsItem
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, Form
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

HINTS: Final = (
    Hint("enter", "go there", "screen.go"),
    Hint("s", "seen", "screen.see"),
    Hint("S", "all seen", "screen.see_all"),
    Hint("u", "undo it", "screen.undo"),
    Hint("o", "page", "screen.page"),
    Hint("h", "older", "screen.history"),
    Hint("esc", "back", "screen.cancel"),
)
OFFER_HINTS: Final = (
    Hint("y", "yes, link it", "screen.answer(True)"),
    Hint("n", "no, never", "screen.answer(False)"),
    Hint("o", "page", "screen.page"),
    Hint("enter", "go there", "screen.go"),
    Hint("esc", "back", "screen.cancel"),
)
_COLOURS: Final = {"loud": "$text-error bold", "normal": "bold", "quiet": MUTED}


class InboxDialog(Form[str]):
    """Shows what is news; ends with the id of a show to go to.

    Args:
        load: Gives what is news; with True, what was seen too.
        see: Remembers what was seen.
        undo: Takes a change back, and returns what that came to as a sentence.
        answer: Answers whether an offered show is the one of the list.
    """

    CSS_PATH = [FORM_SHEET, "inbox.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,space", "see", "seen"),
        Binding("S", "see_all", "all seen"),
        Binding("u", "undo", "undo it"),
        Binding("o", "page", "open the page"),
        Binding("h", "history", "older"),
        Binding("y", "answer(True)", "yes"),
        Binding("n", "answer(False)", "no"),
        Binding("i,q", "cancel", "back"),
        Binding("j", "app.simulate_key('down')", "down", show=False),
        Binding("k", "app.simulate_key('up')", "up", show=False),
    ]

    def __init__(
        self,
        glyphs: Glyphs,
        now: datetime,
        *,
        load: Callable[[bool], Sequence[NewsItem]],
        see: Callable[[Sequence[NewsItem]], None],
        undo: Callable[[NewsItem], str],
        answer: Callable[[NewsItem, bool], None],
    ) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._now = now
        self._load = load
        self._mark_read = see
        self._undo = undo
        self._answer = answer
        self._all = False
        self._result_note = ""
        self._news: list[NewsItem] = []

    def compose(self) -> ComposeResult:
        """Make the list, and the line below it."""
        with Vertical(classes="form-box -tall") as box:
            box.border_title = "News"
            yield OptionList(markup=False, compact=True, id="news")
            yield Static(markup=False, id="news-note")
            yield HintBar(HINTS)

    def on_mount(self) -> None:
        """Show what is news, as soon as it is known how wide the lines may be."""
        self.query_one("#news", OptionList).focus()
        self.call_after_refresh(self._fill)

    def _fill(self, at: int = 0) -> None:
        self._news = list(self._load(self._all))
        options = self.query_one("#news", OptionList)
        options.clear_options()
        options.add_options([Option(self._describe(one)) for one in self._news])
        if self._news:
            options.highlighted = min(at, len(self._news) - 1)
        else:
            older = "" if self._all else " h shows what was seen."
            self._show_note(f"Nothing new since you last looked.{older}")

    def _describe(self, news: NewsItem) -> Content:
        ago = _ago((self._now - news.at).total_seconds())
        who = news.source + (f" {self._glyphs.arrow}" if news.url else "")
        is_old = news.is_seen
        width = max(20, self.query_one("#news", OptionList).scrollable_content_region.width - 6)
        text = Content("\n").join(Content.assemble("    ", line) for line in Content(news.text).wrap(width))
        return self._glyphs.translate_content(
            Content.assemble(
                ("  " if is_old else f"{self._glyphs.done} ", "$text-accent"),
                (news.title, MUTED if is_old else _COLOURS.get(news.grade, "")),
                (f"  {ago}  ", MUTED),
                (who, "$text-accent"),
                "\n",
                text,
            )
        )

    def _show_note(self, words: str) -> None:
        self.query_one("#news-note", Static).update(self._glyphs.translate(words))

    @property
    def _current(self) -> NewsItem | None:
        at = self.query_one("#news", OptionList).highlighted
        return self._news[at] if at is not None and at < len(self._news) else None

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        news = self._current
        if self._result_note:
            # What came of a key stays, until the cursor goes on.
            self._result_note = ""
            return
        self.query_one(HintBar).show_hints(OFFER_HINTS if news is not None and news.match_offer else HINTS)
        if news is None:
            self._show_note("")
        elif news.match_offer:
            self._show_note(f"Is it {news.match_offer}?")
        else:
            self._show_note(news.url or ("u takes it back." if news.can_be_undone else ""))

    @on(OptionList.OptionSelected)
    def action_go(self) -> None:
        """End with the show that is stood on; its news was seen then."""
        if (news := self._current) is not None:
            if not news.match_offer:
                self._mark_read([news])
            self.dismiss(news.show_id)

    def action_see(self) -> None:
        """Remember that this was seen."""
        if (news := self._current) is not None:
            self._mark_read([news])
            self._fill(self._news.index(news))

    def action_see_all(self) -> None:
        """Remember that all was seen."""
        self._mark_read(self._news)
        self._fill()

    def action_history(self) -> None:
        """Show what was seen too, or no longer."""
        self._all = not self._all
        self._fill()

    def action_undo(self) -> None:
        """Take this change back."""
        if (news := self._current) is not None:
            words = self._undo(news)
            self._result_note = words
            self._fill(self._news.index(news))
            self._result_note = words if self._news else ""
            self._show_note(words)

    def action_answer(self, yes: bool) -> None:
        """Answer whether the offered show is the one of the list."""
        if (news := self._current) is not None and news.match_offer:
            self.dismiss(None)
            self._answer(news, yes)

    def action_page(self) -> None:
        """Open the page of this."""
        if (news := self._current) is not None and news.url:
            self.app.open_url(news.url)

    def action_save(self) -> None:
        """Go to the show."""
        self.action_go()


def _ago(seconds: float) -> str:
    """Return how long ago something was found: "just now", "3 hours ago", "2 days ago"."""
    if seconds < 60:
        return "just now"
    for size, unit in ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute")):
        if seconds >= size:
            many = int(seconds // size)
            return f"{many} {unit}{'' if many == 1 else 's'} ago"
    return ""
