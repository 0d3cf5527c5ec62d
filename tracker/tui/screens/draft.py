"""The clip screen: an article, what was read out of it, and what taking that would change."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.errors import BadValue, TrackerError
from tracker.model.article import Article
from tracker.model.draft import Draft, Fact
from tracker.model.sheet import Line, Sheet, read_line, sheet_of
from tracker.model.window_parse import read_said
from tracker.text import clean_line
from tracker.tui import clip_words as words
from tracker.tui.screens.clip import Clipped
from tracker.tui.screens.form import Form
from tracker.tui.theme import Signs
from tracker.tui.widgets.article import ArticleView, Passage
from tracker.tui.widgets.bars import Hint, Hints
from tracker.tui.widgets.facts import FactList, Row

if TYPE_CHECKING:
    from tracker.service.clipping import Clipping

Take = Callable[[Draft, Article, str | None], str]
"""Puts a draft on the list, and returns why it was refused, "" where it was not."""

HINTS: Final = (
    Hint("space", "drop", "screen.drop_or_take"),
    Hint("enter", "edit", "screen.edit"),
    Hint("m", "other", "screen.elsewhere"),
    Hint("tab", "article", "screen.turn"),
    Hint("^s", "take it", "screen.save"),
    Hint("o", "page", "screen.page"),
    Hint("esc", "leave", "screen.cancel"),
)
EDIT_HINTS: Final = (Hint("enter", "take what is typed", "screen.edit"), Hint("esc", "leave it", "screen.cancel"))
ARTICLE_HINTS: Final = (
    Hint("↑↓", "read on", "screen.turn"),
    Hint("tab", "draft", "screen.turn"),
    Hint("^s", "take it", "screen.save"),
    Hint("o", "page", "screen.page"),
    Hint("esc", "draft", "screen.cancel"),
)


class DraftScreen(Form[None]):
    """Shows a draft beside its article, to be dropped, edited and taken fact by fact.

    Args:
        clipping: Reads, finds entries, and tells what would change.
        signs: What draws.
        clipped: The article and its draft.
        take: Takes the draft.
    """

    CSS_PATH = ["form.tcss", "clip.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "drop_or_take", "drop or take"),
        Binding("e", "edit", "edit"),
        Binding("m", "elsewhere", "another entry, or a new one"),
        Binding("tab,shift+tab", "turn", "article or draft"),
        Binding("o", "page", "open the page"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    class Read(Message):
        """The article was read again."""

        def __init__(self, number: int, clipped: Clipped, title: str) -> None:
            super().__init__()
            self.number = number
            self.clipped = clipped
            self.title = title

    def __init__(self, clipping: Clipping, signs: Signs, clipped: Clipped, take: Take) -> None:
        super().__init__()
        self._clipping = clipping
        self._signs = signs
        self._take = take
        self._first = clipped
        self.article, self.read = clipped
        self.sheet = Sheet()
        """The draft as it is worked on."""
        self._title = ""
        self._editing: int | None = None
        self._number = 0
        self.at_work: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose(self) -> ComposeResult:
        """Make the article, and beside it the facts, what is to be said of one, and what would change."""
        with Horizontal(id="clip-body"):
            yield ArticleView(self._signs, id="article")
            with Vertical(id="draft"):
                with Container(id="facts-box"):
                    yield FactList(self._signs, id="facts")
                    yield Input(compact=True, select_on_focus=False, id="clip-edit")
                yield Static(markup=False, id="clip-note")
                with VerticalScroll(id="clip-match", can_focus=False):
                    yield Static(markup=False, id="clip-effects")
        yield Hints(HINTS)

    def on_mount(self) -> None:
        """Show the article and the draft."""
        self._view.show_text(self.article.text, self.article.headline)
        self._view.border_title = Content(words.article_title(self.article))
        self._facts.focus()
        self._begin(self.read)

    @property
    def _view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def _facts(self) -> FactList:
        return self.query_one(FactList)

    @property
    def _input(self) -> Input:
        return self.query_one("#clip-edit", Input)

    @property
    def _picks(self) -> tuple[Fact, ...]:
        """The shows of a list, which stand above all else until one is picked."""
        return self.read.titles if self.read.is_abstained else ()

    @property
    def _day_row(self) -> int:
        return len(self._picks)

    @property
    def _at(self) -> int | None:
        """The line of the sheet that is stood on."""
        at = self._facts.cursor - self._day_row - 1
        return at if 0 <= at < len(self.sheet.lines) else None

    @property
    def _line(self) -> Line | None:
        return self.sheet.lines[self._at] if self._at is not None else None

    def _begin(self, draft: Draft) -> None:
        """Show a draft to which nothing was done."""
        self.read, self.sheet = draft, sheet_of(draft)
        self._show(0 if self._picks else self._day_row + 1)

    def _show(self, cursor: int | None = None) -> None:
        """Show the sheet as it is now."""
        if self.sheet.draft.facts:
            self.sheet = self.sheet.matched(self._clipping.matches(self.sheet.draft))
        rows = [
            *words.title_rows(self.read if self._picks else Draft()),
            Row("published", words.day_words(self.article)),
            *words.fact_rows(self.sheet, self._signs),
        ]
        self._facts.show_rows(rows, cursor)
        spans = [(fact, number) for number, fact in enumerate(self._picks)]
        spans += [
            (line.read, number)
            for number, line in enumerate(self.sheet.lines, self._day_row + 1)
            if line.read is not None and line.is_kept
        ]
        self._view.show_passages([Passage(fact.start, fact.end, number) for fact, number in spans if fact.quote])
        many, of = sum(line.is_taken for line in self.sheet.lines), len(self.sheet.order)
        self.query_one("#draft").border_title = Content(self._title or "Draft")
        self.query_one("#draft").border_subtitle = Content(f"{many} of {of} taken" if many < of else "")
        self._show_effects()
        self._stand()

    def _show_effects(self) -> None:
        draft, lines = self.sheet.draft, []
        if self.read.is_abstained and not draft.facts:
            lines = words.abstained_words(self.read)
        elif self.sheet.target is None and not draft.title:
            lines = [words.target_words(None), Content.styled("A title is wanted first.", "$text-warning")]
        else:
            lines.append(words.target_words(self.sheet.match))
            try:
                taking = self._clipping.taking(draft, self.article, self.sheet.target)
                lines += words.effect_lines(taking.effects, self._signs)
            except TrackerError as error:
                lines.append(Content.styled(str(error), "$text-error"))
        if other := words.other_words(self.sheet):
            lines.append(other)
        self.query_one("#clip-effects", Static).update(self._signs.drawn(Content("\n").join(lines)))

    @on(FactList.Stood)
    def _stand(self) -> None:
        """Show where the article says what is stood on."""
        at, line = self._facts.cursor, self._line
        fact = line.read if line is not None else self._picks[at] if at < len(self._picks) else None
        self._view.stand_on(Passage(fact.start, fact.end, at) if fact is not None and fact.quote else None)
        if self._editing is None:
            shown = words.evidence_words(line, with_quote=self._is_narrow) if line is not None else Content("")
            self._say(shown)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    def on_resize(self) -> None:
        """Say what an article that is out of sight says."""
        self.call_after_refresh(self._stand)
        self.call_after_refresh(self._place_input)

    def _say(self, text: Content | str, *, wrong: bool = False) -> None:
        note = self.query_one("#clip-note", Static)
        content = text if isinstance(text, Content) else Content(text)
        note.update(self._signs.drawn(content))
        note.set_class(bool(content.plain), "-said")
        note.set_class(wrong, "-wrong")

    @on(ArticleView.Pointed)
    def _stand_on_passage(self, event: ArticleView.Pointed) -> None:
        self._facts.cursor = event.number

    def action_drop_or_take(self) -> None:
        """Drop the fact that is stood on, or take it again."""
        if self._at is not None and self._editing is None:
            self.sheet = self.sheet.toggled(self._at)
            self._show()

    @on(FactList.Ticked)
    def _tick(self) -> None:
        self.action_drop_or_take()

    @on(FactList.Chosen)
    def action_edit(self) -> None:
        """Read the article for the show that is stood on; else write a fact anew, or take what was written."""
        at = self._facts.cursor
        if self._editing is not None:
            self._end_edit()
        elif at < len(self._picks):
            self._read_again(self.article, self._picks[at].value)
        else:
            article = self.article
            day = article.published_text or (article.published.isoformat() if article.published else "")
            self._editing = at
            self._input.value = self._line.typed if self._line is not None else day
            self._input.cursor_position = len(self._input.value)
            self._input.add_class("-open")
            self._place_input()
            self._input.focus()
            self.query_one(Hints).show_hints(EDIT_HINTS)

    def _place_input(self) -> None:
        if self._editing is not None:
            facts = self._facts
            self._input.styles.offset = (facts.indent, facts.line_of(self._editing) - facts.scroll_offset.y)
            self._input.styles.width = max(10, facts.scrollable_content_region.width - facts.indent)

    @on(Input.Changed, "#clip-edit")
    def _look(self, event: Input.Changed) -> None:
        if self._editing is None:
            return
        try:
            meant = read_line(self._line, event.value) if self._line is not None else _day_span(event.value)
        except BadValue as wrong:
            self._say(str(wrong), wrong=True)
        else:
            self._say(f"→ {meant}" if meant else "")

    @on(Input.Submitted, "#clip-edit")
    def _end_edit(self) -> bool:
        """Take what was written; return whether it could be taken."""
        if self._editing is None:
            return True
        text, at = self._input.value, self._at
        try:
            if at is not None:
                self.sheet = self.sheet.written(at, text)
            elif text.strip() != (self.article.published_text or str(self.article.published or "")):
                day, said = read_said(clean_line(text)) if text.strip() else (None, "")
                article = self.article._replace(published=day, published_text=said, said="you" if day else "")
                self._read_again(article, self._title)
        except BadValue as wrong:
            self._say(str(wrong), wrong=True)
            self._input.focus()
            return False
        self._close_input()
        self._show()
        return True

    def _close_input(self) -> None:
        self._editing = None
        self._input.remove_class("-open")
        self._facts.focus()
        self.query_one(Hints).show_hints(HINTS)

    def _read_again(self, article: Article, title: str) -> None:
        """Read the article beside the screen, counted from another day or for another show."""
        self._number += 1
        number, clipping = self._number, self._clipping

        def read() -> None:
            self.post_message(self.Read(number, Clipped(article, clipping.read(article, title)), title))

        self.query_one("#draft").border_subtitle = Content(self._signs.plain("reading…"))
        self.at_work = Thread(target=read, name="clipping", daemon=True)
        self.at_work.start()

    @on(Read)
    def _show_read(self, event: Read) -> None:
        if event.number != self._number:
            return
        self.at_work = None
        is_other = event.title != self._title
        self.article, draft = event.clipped
        self._title = event.title
        self._view.border_title = Content(words.article_title(self.article))
        if is_other:
            self._begin(draft)
        else:
            self.read, self.sheet = draft, self.sheet.read_again(draft)
            self._show()

    def action_elsewhere(self) -> None:
        """Let it go to the next entry that it may be about, after the last of them to a new one."""
        if self._editing is None and self.sheet.matches:
            self.sheet = self.sheet.elsewhere()
            self._show()

    def action_turn(self) -> None:
        """Go from the facts to the article, or back."""
        if not self._end_edit():
            return
        to_article = not self._view.has_focus
        self.set_class(to_article, "-reading")
        (self._view if to_article else self._facts).focus()
        self.query_one(Hints).show_hints(ARTICLE_HINTS if to_article else HINTS)

    def action_page(self) -> None:
        """Open the page of the article."""
        if self.article.url:
            self.app.open_url(self.article.url)
        else:
            self._say("The article has no address.")

    def action_save(self) -> None:
        """Take the draft."""
        if not self._end_edit() or self.at_work is not None:
            return
        draft = self.sheet.draft
        if not draft.facts:
            self._say("There is nothing to take; space takes a fact, Enter writes one.", wrong=True)
        elif refusal := self._take(draft, self.article, self.sheet.target):
            self._say(refusal, wrong=True)
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave what is being written; else go from the article to the facts, or back to the list of shows, or out."""
        if self._editing is not None:
            self._close_input()
            self._show()
        elif self._view.has_focus:
            self.action_turn()
        elif self.sheet.is_changed and not self._warned:
            self._warned = True
            self._say("Something was edited or dropped. esc again leaves it.", wrong=True)
        elif self._title:
            self._title = ""
            self._begin(self._first.draft)
        else:
            self.dismiss(None)


def _day_span(text: str) -> str:
    """Return the last day that a text names, which is what it counts as.

    Raises:
        BadValue: It names none.
    """
    return f"counted from {read_said(clean_line(text))[0]}" if text.strip() else "not known"
