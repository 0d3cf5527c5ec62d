"""The clip screen: an article, what was read out of it, and what taking that would change."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tracker.errors import BadValue, TrackerError
from tracker.model.article_draft import Article, Draft
from tracker.model.draft_review import DraftReview
from tracker.tui.bindings import FORM_KEYS
from tracker.tui.clipper import content as words
from tracker.tui.clipper.article_input import ClippedArticle
from tracker.tui.clipper.article_view import ArticleView, Passage
from tracker.tui.clipper.fact_list import FactEditor, FactList
from tracker.tui.clipper.review_state import ReviewState
from tracker.tui.dialogs.form import FORM_SHEET
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

if TYPE_CHECKING:
    from tracker.service.clipper import Clipper

ImportDraft = Callable[[Draft, Article, str | None], str]
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
PICK_HINTS: Final = (Hint("enter", "read it for this show", "screen.edit"), *HINTS[3:])
EDIT_HINTS: Final = (Hint("enter", "take what is typed", "screen.edit"), Hint("esc", "leave it", "screen.cancel"))
ARTICLE_HINTS: Final = (
    Hint("↑↓", "read on", "screen.turn"),
    Hint("tab", "draft", "screen.turn"),
    *HINTS[4:-1],
    Hint("esc", "draft", "screen.cancel"),
)


class ClipReviewScreen(ModalScreen[None]):
    """Shows a draft beside its article, to be dropped, edited and taken fact by fact.

    Args:
        clipping: Reads, finds entries, and tells what would change.
        glyphs: What draws.
        clipped: The article and its draft.
        take: Takes the draft.
    """

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        *(key.binding for key in FORM_KEYS),
        Binding("space", "drop_or_take", "drop or take"),
        Binding("e", "edit", "edit"),
        Binding("m", "elsewhere", "another entry, or a new one"),
        Binding("tab,shift+tab", "turn", "article or draft"),
        Binding("o", "page", "open the page"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    class ReadDone(Message):
        """The article was read again."""

        def __init__(self, number: int, clipped: ClippedArticle, title: str) -> None:
            super().__init__()
            self.number = number
            self.result = clipped
            self.title = title

    def __init__(self, clipping: Clipper, glyphs: Glyphs, clipped: ClippedArticle, take: ImportDraft) -> None:
        super().__init__()
        self._clipping = clipping
        self._glyphs = glyphs
        self._take = take
        self._first = clipped
        self._notice = clipped.notice
        self.state = ReviewState(clipped.article, clipped.draft, DraftReview.of(clipped.draft))
        """What is shown and worked on."""
        self._about: tuple[object, ...] = ()
        """The title and the people for which the list was looked through."""
        self._number = 0
        self._was_warned = False
        self.thread: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose(self) -> ComposeResult:
        """Make the article, and beside it the facts, what is to be said of one, and what would change."""
        with Horizontal(id="clip-body"):
            yield ArticleView(self._glyphs, id="article")
            with Vertical(id="draft"):
                yield FactEditor(self._glyphs, id="facts-box")
                yield Static(markup=False, id="clip-note")
                with VerticalScroll(id="clip-match", can_focus=False):
                    yield Static(markup=False, id="clip-effects")
        yield HintBar(HINTS)

    def on_screen_resume(self) -> None:
        # Messages would stand on the draft.
        self.app.clear_notifications()

    def on_mount(self) -> None:
        """Show the article and the draft."""
        article = self.state.article
        self.query_one(ArticleView).show_text(article.text, article.headline)
        self._facts.focus()
        self._show(self.state.first_row)

    @property
    def _box(self) -> FactEditor:
        return self.query_one(FactEditor)

    @property
    def _facts(self) -> FactList:
        return self.query_one(FactList)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    def _set_review(self, sheet: DraftReview) -> None:
        self.state = self.state._replace(review=sheet)
        self._show()

    def _show(self, cursor: int | None = None) -> None:
        """Show everything as it is now."""
        draft = self.state.review.draft
        about = (draft.title, *map(draft.names, ("cast", "directors", "writers")))
        if about != self._about or cursor is not None:
            # A long list takes too long to be looked through at each key.
            self._about, found = about, self._clipping.find_matches(draft) if draft.facts else ()
            self.state = self.state._replace(review=self.state.review.with_matches(found))
        sheet = self.state.review
        article, box = self.query_one(ArticleView), self.query_one("#draft")
        self._facts.show_rows(self.state.rows(self._glyphs, self._box.row), cursor)
        article.show_passages(self.state.passages())
        article.border_title = Content(words.article_title(self.state.article))
        box.border_title = Content(self.state.title or "Draft")
        many, of = sum(line.is_included for line in sheet.lines), len(sheet.facts)
        reading = self._glyphs.translate("reading…") if self.thread is not None else ""
        box.border_subtitle = Content(reading or (f"{many} of {of} taken" if many < of else ""))
        effects = Content("\n").join(self._effects())
        self.query_one("#clip-effects", Static).update(self._glyphs.translate_content(effects))
        self._show_cursor()

    def _effects(self) -> list[Content]:
        """Return where it goes and what would change."""
        sheet = self.state.review
        draft, other = sheet.draft, words.describe_next_target(sheet)
        if self.state.draft.is_abstained and not draft.facts:
            return words.describe_abstention(self.state.draft)
        lines = [words.describe_target(sheet.match), *([other] if other else [])]
        if sheet.target is None and not draft.title:
            lines.append(Content.styled("A title is wanted first.", "$text-warning"))
        else:
            try:
                taking = self._clipping.plan_import(draft, self.state.article, sheet.target)
                lines += words.describe_effects(taking.effects, self._glyphs)
            except TrackerError as error:
                lines.append(Content.styled(str(error), "$text-error"))
        return lines

    @on(FactList.CursorMoved)
    def _cursor_moved(self) -> None:
        self._notice = ""
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Show where the article says what is stood on, and which keys do something to it."""
        row = self._facts.cursor
        if (fact := self.state.fact_at(row)) is not None and fact.quote:
            self.query_one(ArticleView).select_passage(Passage(fact.start, fact.end, row), words.keyword_spans(fact))
        else:
            self.query_one(ArticleView).select_passage(None)
        if self._box.row is None:
            line = self.state.line_at(row)
            said = words.describe_evidence(line, with_quote=self._is_narrow) if line is not None else Content("")
            self._show_note(self._notice or said)
            hints = PICK_HINTS if row < self.state.date_row else HINTS
            self.query_one(HintBar).show_hints(ARTICLE_HINTS if self.query_one(ArticleView).has_focus else hints)

    def on_resize(self) -> None:
        """Say what an article that is out of sight says."""
        self.call_after_refresh(self._show_cursor)

    def _show_note(self, text: Content | str, *, wrong: bool = False) -> None:
        note = self.query_one("#clip-note", Static)
        content = text if isinstance(text, Content) else Content(text)
        note.update(self._glyphs.translate_content(content))
        note.set_class(bool(content.plain), "-said")
        note.set_class(wrong, "-wrong")

    @on(ArticleView.PassageClicked)
    def _select_clicked(self, event: ArticleView.PassageClicked) -> None:
        self._facts.cursor = event.number

    @on(FactList.Toggled)
    def action_drop_or_take(self) -> None:
        """Drop the fact that is stood on, or take it again."""
        at = self.state.line_index(self._facts.cursor)
        if at is not None and self._box.row is None:
            self._set_review(self.state.review.toggle(at))

    @on(FactList.Chosen)
    def action_edit(self) -> None:
        """Read the article for the show that is stood on; else write a fact anew, or take what was written."""
        row = self._facts.cursor
        if self._box.row is not None:
            self._end_edit()
        elif row < self.state.date_row:
            self._read_again(self.state.article, self.state.listed_titles[row].value)
        else:
            self._facts.show_rows(self.state.rows(self._glyphs, row))
            self._box.edit(row, self.state.input_text(row))
            self.query_one(HintBar).show_hints(EDIT_HINTS)

    @on(FactEditor.TextChanged)
    def _show_meaning(self, event: FactEditor.TextChanged) -> None:
        """Say what is understood of what is typed."""
        if self._box.row is None:
            return
        try:
            meant = self.state.interpret(self._box.row, event.text)
        except BadValue as wrong:
            self._show_note(str(wrong), wrong=True)
        else:
            self._show_note(f"→ {meant}" if meant else "")

    @on(Input.Submitted)
    def _end_edit(self) -> bool:
        """Take what was written; return whether it could be taken."""
        row, before = self._box.row, self.state
        if row is None:
            return True
        try:
            self.state = self.state.with_text(row, self._box.text)
        except BadValue as wrong:
            self._show_note(str(wrong), wrong=True)
            self._box.refocus()
            return False
        self._box.close()
        if (article := self.state.article) != before.article:
            self.state = before
            self._read_again(article, before.title)
        self._show()
        return True

    def _read_again(self, article: Article, title: str) -> None:
        """Read the article beside the screen, counted from another day or for another show."""
        self._number += 1
        number, clipping = self._number, self._clipping

        def read() -> None:
            self.post_message(self.ReadDone(number, ClippedArticle(article, clipping.extract(article, title)), title))

        self.thread = Thread(target=read, name="clipping", daemon=True)
        self.thread.start()

    @on(ReadDone)
    def _show_read(self, event: ReadDone) -> None:
        if event.number == self._number:
            self.thread = None
            is_other = event.title != self.state.title
            self.state = self.state.with_reading(event.result.article, event.result.draft, event.title)
            self._show(self.state.first_row if is_other else None)

    def action_elsewhere(self) -> None:
        """Let it go to the next entry that it may be about, after the last of them to a new one."""
        if self._box.row is None and self.state.review.matches:
            self._set_review(self.state.review.next_target())

    def action_turn(self) -> None:
        """Go from the facts to the article, or back."""
        if self._end_edit():
            article = self.query_one(ArticleView)
            to_article = not article.has_focus
            self.set_class(to_article, "-reading")
            (article if to_article else self._facts).focus()
            self.call_after_refresh(self._show_cursor)

    def action_page(self) -> None:
        """Open the page of the article."""
        if url := self.state.article.url:
            self.app.open_url(url)
        else:
            self._show_note("The article has no address.")

    def action_save(self) -> None:
        """Take the draft."""
        if not self._end_edit() or self.thread is not None:
            return
        draft = self.state.review.draft
        if not draft.facts:
            self._show_note("There is nothing to take; space takes a fact, Enter writes one.", wrong=True)
        elif refusal := self._take(draft, self.state.article, self.state.review.target):
            self._show_note(refusal, wrong=True)
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave what is being written; else go from the article to the facts, or back to the list of shows, or out."""
        if self._box.row is not None:
            self._box.close()
            self._show()
        elif self.thread is not None:
            # What it comes to is not waited for any more.
            self.thread, self._number = None, self._number + 1
            self._show()
        elif self.query_one(ArticleView).has_focus:
            self.action_turn()
        elif self.state.review.is_changed and not self._was_warned:
            self._was_warned = True
            self._show_note("Something was edited or dropped. esc again leaves it.", wrong=True)
        elif self.state.title:
            self.state = self.state.with_reading(self._first.article, self._first.draft, "")
            self._show(self.state.first_row)
        else:
            self.dismiss(None)
