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
from textual.widgets import Input, Static

from tracker.errors import BadValue, TrackerError
from tracker.model.article import Article
from tracker.model.draft import Draft
from tracker.model.sheet import Sheet, sheet_of
from tracker.tui import clip_words as words
from tracker.tui.bench import Bench
from tracker.tui.screens.clip import Clipped
from tracker.tui.screens.form import FORM_SHEET, Form
from tracker.tui.theme import Signs
from tracker.tui.widgets.article import ArticleView, Passage
from tracker.tui.widgets.facts import FactList
from tracker.tui.widgets.facts_box import FactsBox
from tracker.tui.widgets.hints import Hint, Hints

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
PICK_HINTS: Final = (Hint("enter", "read it for this show", "screen.edit"), *HINTS[3:])
EDIT_HINTS: Final = (Hint("enter", "take what is typed", "screen.edit"), Hint("esc", "leave it", "screen.cancel"))
ARTICLE_HINTS: Final = (
    Hint("↑↓", "read on", "screen.turn"),
    Hint("tab", "draft", "screen.turn"),
    *HINTS[4:-1],
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

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's
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
        self._notice = clipped.notice
        self.bench = Bench(clipped.article, clipped.draft, sheet_of(clipped.draft))
        """What is shown and worked on."""
        self._about: tuple[object, ...] = ()
        """The title and the people for which the list was looked through."""
        self._number = 0
        self.at_work: Thread | None = None
        """What reads at the moment; what it comes to is a message."""

    def compose(self) -> ComposeResult:
        """Make the article, and beside it the facts, what is to be said of one, and what would change."""
        with Horizontal(id="clip-body"):
            yield ArticleView(self._signs, id="article")
            with Vertical(id="draft"):
                yield FactsBox(self._signs, id="facts-box")
                yield Static(markup=False, id="clip-note")
                with VerticalScroll(id="clip-match", can_focus=False):
                    yield Static(markup=False, id="clip-effects")
        yield Hints(HINTS)

    def on_mount(self) -> None:
        """Show the article and the draft."""
        article = self.bench.article
        self.query_one(ArticleView).show_text(article.text, article.headline)
        self._facts.focus()
        self._show(self.bench.first)

    @property
    def _box(self) -> FactsBox:
        return self.query_one(FactsBox)

    @property
    def _facts(self) -> FactList:
        return self.query_one(FactList)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    def _work_on(self, sheet: Sheet) -> None:
        self.bench = self.bench._replace(sheet=sheet)
        self._show()

    def _show(self, cursor: int | None = None) -> None:
        """Show everything as it is now."""
        draft = self.bench.sheet.draft
        about = (draft.title, *map(draft.names, ("cast", "directors", "writers")))
        if about != self._about or cursor is not None:
            # A long list takes too long to be looked through at each key.
            self._about, found = about, self._clipping.matches(draft) if draft.facts else ()
            self.bench = self.bench._replace(sheet=self.bench.sheet.matched(found))
        sheet = self.bench.sheet
        article, box = self.query_one(ArticleView), self.query_one("#draft")
        self._facts.show_rows(self.bench.rows(self._signs, self._box.row), cursor)
        article.show_passages(self.bench.passages())
        article.border_title = Content(words.article_title(self.bench.article))
        box.border_title = Content(self.bench.title or "Draft")
        many, of = sum(line.is_taken for line in sheet.lines), len(sheet.order)
        reading = self._signs.plain("reading…") if self.at_work is not None else ""
        box.border_subtitle = Content(reading or (f"{many} of {of} taken" if many < of else ""))
        effects = Content("\n").join(self._effects())
        self.query_one("#clip-effects", Static).update(self._signs.drawn(effects))
        self._stand()

    def _effects(self) -> list[Content]:
        """Return where it goes and what would change."""
        sheet = self.bench.sheet
        draft, other = sheet.draft, words.other_words(sheet)
        if self.bench.read.is_abstained and not draft.facts:
            return words.abstained_words(self.bench.read)
        lines = [words.target_words(sheet.match), *([other] if other else [])]
        if sheet.target is None and not draft.title:
            lines.append(Content.styled("A title is wanted first.", "$text-warning"))
        else:
            try:
                taking = self._clipping.taking(draft, self.bench.article, sheet.target)
                lines += words.effect_lines(taking.effects, self._signs)
            except TrackerError as error:
                lines.append(Content.styled(str(error), "$text-error"))
        return lines

    @on(FactList.Stood)
    def _move(self) -> None:
        self._notice = ""
        self._stand()

    def _stand(self) -> None:
        """Show where the article says what is stood on, and which keys do something to it."""
        row = self._facts.cursor
        if (fact := self.bench.fact(row)) is not None and fact.quote:
            self.query_one(ArticleView).stand_on(Passage(fact.start, fact.end, row), words.key_spans(fact))
        else:
            self.query_one(ArticleView).stand_on(None)
        if self._box.row is None:
            line = self.bench.line(row)
            said = words.evidence_words(line, with_quote=self._is_narrow) if line is not None else Content("")
            self._say(self._notice or said)
            hints = PICK_HINTS if row < self.bench.day_row else HINTS
            self.query_one(Hints).show_hints(ARTICLE_HINTS if self.query_one(ArticleView).has_focus else hints)

    def on_resize(self) -> None:
        """Say what an article that is out of sight says."""
        self.call_after_refresh(self._stand)

    def _say(self, text: Content | str, *, wrong: bool = False) -> None:
        note = self.query_one("#clip-note", Static)
        content = text if isinstance(text, Content) else Content(text)
        note.update(self._signs.drawn(content))
        note.set_class(bool(content.plain), "-said")
        note.set_class(wrong, "-wrong")

    @on(ArticleView.Pointed)
    def _stand_on_passage(self, event: ArticleView.Pointed) -> None:
        self._facts.cursor = event.number

    @on(FactList.Ticked)
    def action_drop_or_take(self) -> None:
        """Drop the fact that is stood on, or take it again."""
        at = self.bench.at(self._facts.cursor)
        if at is not None and self._box.row is None:
            self._work_on(self.bench.sheet.toggled(at))

    @on(FactList.Chosen)
    def action_edit(self) -> None:
        """Read the article for the show that is stood on; else write a fact anew, or take what was written."""
        row = self._facts.cursor
        if self._box.row is not None:
            self._end_edit()
        elif row < self.bench.day_row:
            self._read_again(self.bench.article, self.bench.picks[row].value)
        else:
            self._facts.show_rows(self.bench.rows(self._signs, row))
            self._box.write(row, self.bench.typed(row))
            self.query_one(Hints).show_hints(EDIT_HINTS)

    @on(FactsBox.Typed)
    def _look(self, event: FactsBox.Typed) -> None:
        """Say what is understood of what is typed."""
        if self._box.row is None:
            return
        try:
            meant = self.bench.meant(self._box.row, event.text)
        except BadValue as wrong:
            self._say(str(wrong), wrong=True)
        else:
            self._say(f"→ {meant}" if meant else "")

    @on(Input.Submitted)
    def _end_edit(self) -> bool:
        """Take what was written; return whether it could be taken."""
        row, before = self._box.row, self.bench
        if row is None:
            return True
        try:
            self.bench = self.bench.written(row, self._box.text)
        except BadValue as wrong:
            self._say(str(wrong), wrong=True)
            self._box.again()
            return False
        self._box.close()
        if (article := self.bench.article) != before.article:
            self.bench = before
            self._read_again(article, before.title)
        self._show()
        return True

    def _read_again(self, article: Article, title: str) -> None:
        """Read the article beside the screen, counted from another day or for another show."""
        self._number += 1
        number, clipping = self._number, self._clipping

        def read() -> None:
            self.post_message(self.Read(number, Clipped(article, clipping.read(article, title)), title))

        self.at_work = Thread(target=read, name="clipping", daemon=True)
        self.at_work.start()

    @on(Read)
    def _show_read(self, event: Read) -> None:
        if event.number == self._number:
            self.at_work = None
            is_other = event.title != self.bench.title
            self.bench = self.bench.read_as(event.clipped.article, event.clipped.draft, event.title)
            self._show(self.bench.first if is_other else None)

    def action_elsewhere(self) -> None:
        """Let it go to the next entry that it may be about, after the last of them to a new one."""
        if self._box.row is None and self.bench.sheet.matches:
            self._work_on(self.bench.sheet.elsewhere())

    def action_turn(self) -> None:
        """Go from the facts to the article, or back."""
        if self._end_edit():
            article = self.query_one(ArticleView)
            to_article = not article.has_focus
            self.set_class(to_article, "-reading")
            (article if to_article else self._facts).focus()
            self.call_after_refresh(self._stand)

    def action_page(self) -> None:
        """Open the page of the article."""
        if url := self.bench.article.url:
            self.app.open_url(url)
        else:
            self._say("The article has no address.")

    def action_save(self) -> None:
        """Take the draft."""
        if not self._end_edit() or self.at_work is not None:
            return
        draft = self.bench.sheet.draft
        if not draft.facts:
            self._say("There is nothing to take; space takes a fact, Enter writes one.", wrong=True)
        elif refusal := self._take(draft, self.bench.article, self.bench.sheet.target):
            self._say(refusal, wrong=True)
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave what is being written; else go from the article to the facts, or back to the list of shows, or out."""
        if self._box.row is not None:
            self._box.close()
            self._show()
        elif self.at_work is not None:
            # What it comes to is not waited for any more.
            self.at_work, self._number = None, self._number + 1
            self._show()
        elif self.query_one(ArticleView).has_focus:
            self.action_turn()
        elif self.bench.sheet.is_changed and not self._warned:
            self._warned = True
            self._say("Something was edited or dropped. esc again leaves it.", wrong=True)
        elif self.bench.title:
            self.bench = self.bench.read_as(self._first.article, self._first.draft, "")
            self._show(self.bench.first)
        else:
            self.dismiss(None)
