"""The review of a clipped article: what was read out of it, and what taking that would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tracker.errors import BadValue, TrackerError
from tracker.model.article_draft import Article, Draft, Mark, MarkKind
from tracker.model.draft_review import DraftReview, mark_fields
from tracker.model.status import Status
from tracker.text import clean_line
from tracker.tui.background import run_in_thread
from tracker.tui.bindings import CLIP_KEYS, DIALOG_BINDINGS, FORM_KEYS
from tracker.tui.clipper import content
from tracker.tui.clipper.article_input import ClippedArticle
from tracker.tui.clipper.article_view import ArticleView, Passage
from tracker.tui.clipper.fact_list import FactList, RowInput
from tracker.tui.clipper.review_state import ReviewState
from tracker.tui.clipper.status_dialog import ClipStatusDialog
from tracker.tui.dialogs.form import FORM_SHEET, SCROLL_BINDINGS, SCROLL_HINT, Dialog, Note
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.hints import Hint, HintBar
from tracker.tui.widgets.more_sign import describe_hidden, describe_scroll

if TYPE_CHECKING:
    from tracker.service.clipper import Clipper

ImportDraft = Callable[[Draft, Article, str | None], None]
"""Puts a draft on the list, into the entry of this id or as a new one; may refuse with a `TrackerError`."""

HINTS: Final = (
    Hint("space", "drop", "screen.drop_or_take"),
    Hint("enter", "edit", "screen.edit"),
    Hint("m", "other show", "screen.elsewhere"),
    Hint("tab", "article", "screen.turn"),
    Hint("^s", "save", "screen.save"),
    Hint("o", "page", "screen.page"),
    Hint("u", "undo", "screen.undo"),
    Hint("esc", "cancel", "screen.cancel"),
)
TITLE_HINTS: Final = (Hint("enter", "read for this show", "screen.edit"), *HINTS[3:])
EMPTY_HINTS: Final = HINTS[1:]
TAKE_HINTS: Final = (Hint("space", "take", "screen.drop_or_take"), *HINTS[1:])
EDIT_HINTS: Final = (Hint("enter", "apply", "screen.edit"), Hint("esc", "cancel", "screen.cancel"))
_STEP_HINTS: Final = (Hint("n", "", "step(1)"), Hint("N", "move", "step(-1)"))
_ARTICLE_END: Final = (
    Hint("tab", "draft", "screen.turn"),
    Hint("^s", "save", "screen.save"),
    Hint("esc", "back", "screen.cancel"),
)
ARTICLE_HINTS: Final = (Hint("↑↓", "scroll", "screen.turn"), Hint("o", "page", "screen.page"), *_ARTICLE_END)
MARK_HINTS: Final = (
    *_STEP_HINTS,
    Hint("c", "cast", "screen.pick('cast')"),
    Hint("r", "role", "screen.pick('role')"),
    Hint("d", "director", "screen.pick('directors')"),
    Hint("w", "writer", "screen.pick('writers')"),
    Hint("t", "title", "screen.pick('title')"),
    Hint("b", "network", "screen.pick('networks')"),
    Hint("s", "status", "screen.pick_status"),
    Hint("x", "drop", "screen.take_back"),
    Hint("u", "undo", "screen.undo"),
    *_ARTICLE_END,
)
DATE_HINTS: Final = (*_STEP_HINTS, Hint("r", "release", "screen.pick('role')"), *MARK_HINTS[8:])


NO_MARK: Final = "Press n to go to a name, title or date first."


class ClipReviewScreen(Dialog[None]):
    """Shows a draft beside its article, to be dropped, edited and taken fact by fact.

    Args:
        clipper: Reads, finds entries, and plans what would change.
        clipped: The article and its draft.
        on_submit: Takes the draft.
    """

    CSS_PATH = [FORM_SHEET, "article_input.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        *DIALOG_BINDINGS,
        *(key.binding for key in FORM_KEYS),
        *(key.binding for key in CLIP_KEYS),
        *SCROLL_BINDINGS,
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it as an instance's

    @dataclass
    class ReadDone(Message):
        """The article was read again."""

        number: int
        article: Article
        title: str
        draft: Draft | TrackerError

    def __init__(self, clipper: Clipper, clipped: ClippedArticle, on_submit: ImportDraft) -> None:
        super().__init__()
        self._clipper = clipper
        self._clipped = clipped
        self._on_submit = on_submit
        review = DraftReview.of(clipped.draft)
        if clipped.show_id:
            review = review._replace(target=clipped.show_id, is_target_chosen=True)
        self.state = ReviewState(clipped.article, clipped.draft, review)
        self._matched_names: tuple[object, ...] = ()
        """The title and the people for which the list was looked through."""
        self._past: list[DraftReview] = []
        """The reviews before each change, oldest first."""
        self._was_warned = False
        self._number = 0
        """How many readings were begun; only the last one is waited for."""
        self.thread: Thread | None = None
        """What reads at the moment; what it comes to is a message."""
        self._held: ClipReviewScreen.ReadDone | None = None
        """What was read while a row was edited."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="clip-body"):
            yield ArticleView(id="article")
            with Vertical(id="draft"):
                with Container(id="facts-box"):
                    yield (facts := FactList(id="facts"))
                    yield RowInput(facts, id="clip-edit")
                with VerticalScroll(id="clip-match", classes="text", can_focus=False):
                    yield Static(markup=False, id="clip-effects")
        yield Note(id="clip-note")
        yield HintBar(HINTS)

    def on_mount(self) -> None:
        self.watch(self._facts, "hidden", self._show_counts, init=False)
        self.watch(self._article, "hidden", self._show_counts, init=False)
        self.watch(self.query_one("#clip-match"), "scroll_y", self._show_counts, init=False)
        article = self.state.article
        self._article.show_text(article.text, article.headline)
        self._facts.focus()
        self._show(self.state.first_row)
        # Which keys are told depends on the focus, which comes later; a screen that comes up clears the messages.
        self.call_after_refresh(self._show_cursor)
        self.call_after_refresh(self._tell_notice, self._clipped.draft)

    def _tell_notice(self, draft: Draft) -> None:
        if draft.notice:
            self.notify(draft.notice, severity="warning", markup=False, timeout=10)

    @property
    def _article(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def _facts(self) -> FactList:
        return self.query_one(FactList)

    @property
    def _input(self) -> RowInput:
        return self.query_one(RowInput)

    @property
    def _is_editing(self) -> bool:
        return self._input.row is not None

    def _set_review(self, review: DraftReview) -> None:
        self._keep(self.state._replace(review=review))
        self._show()

    def _keep(self, state: ReviewState) -> None:
        """Replace the state by one of the same reading, so that it can be undone."""
        if state.review != self.state.review:
            self._past.append(self.state.review)
        self.state = state

    def _show(self, cursor: int | None = None) -> None:
        """Show the state, with the cursor where it was or on this row."""
        self._update_matches(is_forced=cursor is not None)
        state, glyphs = self.state, glyphs_of(self)
        self._facts.show_rows(state.rows(glyphs, self._input.row), cursor)
        self._article.show_passages(state.passages())
        self._article.show_marks(state.draft.marks, state.review.fact_keys)
        self._article.border_title = Content(content.article_title(state.article))
        self.query_one("#draft").border_title = Content(state.title or "Draft")
        self._show_counts()
        effects = Content("\n").join(self._effects())
        self.query_one("#clip-effects", Static).update(glyphs.translate_content(effects))
        self.call_after_refresh(self._show_counts)
        self._show_cursor()

    def _show_counts(self) -> None:
        """Show how many facts there are, and how much of facts and article is out of sight."""
        glyphs = glyphs_of(self)
        reading = glyphs.translate("Reading…") if self.thread is not None else ""
        parts = [reading or content.describe_count(self.state.review), describe_hidden(*self._facts.hidden, glyphs)]
        parts.append(describe_scroll(self.query_one("#clip-match")))
        self.query_one("#draft").border_subtitle = Content(glyphs.dot.join(filter(None, parts)))
        self._article.border_subtitle = Content(describe_hidden(*self._article.hidden, glyphs))

    def _update_matches(self, *, is_forced: bool) -> None:
        draft = self.state.review.draft
        names = (draft.title, *map(draft.names, ("cast", "directors", "writers")))
        # A long list takes too long to be looked through at each key.
        if is_forced or names != self._matched_names:
            self._matched_names = names
            show_id = self._clipped.show_id
            matches = self._clipper.find_matches(draft, show_id) if draft.facts or show_id else ()
            self.state = self.state._replace(review=self.state.review.with_matches(matches))

    def _effects(self) -> list[Content]:
        """Return where the draft goes and what would change there."""
        review, draft = self.state.review, self.state.review.draft
        if self.state.draft.is_abstained and not draft.facts:
            return content.describe_abstention(self.state.draft)
        lines = content.describe_targets(review)
        if review.target is None and not draft.title:
            return [*lines, Content.styled("Add a title first.", "$text-warning")]
        try:
            plan = self._clipper.plan_import(draft, self.state.article, review.target)
        except TrackerError as error:
            return [*lines, Content.styled(str(error), "$text-error")]
        return [*lines, *content.describe_effects(plan.effects, glyphs_of(self))]

    @on(FactList.CursorMoved)
    def _show_cursor(self) -> None:
        """Show the quote of the current row, and which keys do something to it."""
        row = self._facts.cursor
        if (fact := self.state.fact_at(row)) is not None and fact.quote:
            self._article.select_passage(Passage(fact.start, fact.end, row), content.keyword_spans(fact))
        else:
            self._article.select_passage(None)
        if not self._is_editing:
            line, is_narrow = self.state.line_at(row), self.app.size.width < 100
            evidence = content.describe_evidence(line, with_quote=is_narrow) if line is not None else ""
            if self._article.has_focus:
                mark = self._article.mark
                evidence = content.describe_mark(mark, self.state.review) if mark is not None else ""
            self._show_note(evidence)
            self._show_hints()

    def _hints(self) -> tuple[Hint, ...]:
        """Return the keys that do something where the cursor is."""
        idle = {
            "screen.page": not self.state.article.url,
            "screen.elsewhere": not self.state.review.matches,
            "screen.undo": not self._past,
        }
        return tuple(hint for hint in self._place_hints() if not idle.get(hint.action))

    def _place_hints(self) -> tuple[Hint, ...]:
        if self._article.has_focus:
            if (mark := self._article.mark) is not None:
                return DATE_HINTS if mark.kind is MarkKind.DATE else MARK_HINTS
            return (*_STEP_HINTS, *ARTICLE_HINTS) if self.state.draft.marks else ARTICLE_HINTS
        row = self._facts.cursor
        line = self.state.line_at(row)
        hints: tuple[Hint, ...] = HINTS
        if row < self.state.article_row:
            hints = TITLE_HINTS
        elif line is None or (line.fact is None and self.state.review.best_offer(line.field) is None):
            hints = EMPTY_HINTS
        elif not line.is_included:
            hints = TAKE_HINTS
        return (*hints, SCROLL_HINT) if self.is_low else hints

    @on(events.DescendantFocus)
    def _show_hints(self) -> None:
        if not self._is_editing:
            self.query_one(HintBar).show_hints(self._hints())

    def on_resize(self) -> None:
        self.call_after_refresh(self._input.place)
        self.call_after_refresh(self._show_cursor)

    def _show_note(self, text: str, *, is_error: bool = False) -> None:
        self.query_one(Note).show(text, is_error=is_error)

    @on(ArticleView.MarkMoved)
    def _follow_mark(self) -> None:
        self._show_cursor()

    def action_pick(self, field: str) -> None:
        """Make the current mark a fact of a field, or the role of an actor."""
        if not self._end_edit():
            return
        mark, state, text = self._article.mark, self.state, self.state.article.text
        if mark is None:
            self._show_note(NO_MARK)
            return
        if mark.kind is MarkKind.DATE and field == "role":
            field = "release"
        if field != "role" and field not in mark_fields(mark.kind):
            self._show_note("A date can only be the release. Press r.")
        elif field != "role":
            self._set_picked(state.review.pick(mark, field, text), mark)
        elif (review := state.review.pick_role(mark, state.draft.marks, text)) == state.review:
            self._show_note("Pick an actor first: go to the name and press c.")
        else:
            self._set_picked(review, mark)

    def action_pick_status(self) -> None:
        if not self._end_edit():
            return
        mark, text = self._article.mark, self.state.article.text
        if mark is None:
            self._show_note(NO_MARK)
            return

        def take(status: Status | None) -> None:
            if status is not None:
                self._set_picked(self.state.review.pick_status(mark, status, text), mark)

        sentence = clean_line(text[slice(*mark.sentence)])
        self.app.push_screen(ClipStatusDialog(sentence, self.state.review.draft.status), take)

    def action_take_back(self) -> None:
        if (mark := self._article.mark) is not None and self._end_edit():
            self._set_picked(self.state.review.take_back(mark), mark)

    def _set_picked(self, review: DraftReview, mark: Mark) -> None:
        """Show what was picked, with the cursor on its row."""
        before = [line.fact for line in self.state.review.lines]
        changed = [at for at, line in enumerate(review.lines) if line.is_included and line.fact not in before]
        lines = changed or review.lines_of(mark)
        self._keep(self.state._replace(review=review))
        row = self.state.fact_row + lines[0] if lines else self._facts.cursor
        self._show()
        self._facts.cursor = row

    @on(ArticleView.PassageClicked)
    def _select_clicked(self, event: ArticleView.PassageClicked) -> None:
        self._facts.cursor = event.number

    @on(FactList.Toggled)
    def action_drop_or_take(self) -> None:
        index = self.state.line_index(self._facts.cursor)
        if index is not None and not self._is_editing:
            self._set_review(self.state.review.toggle(index))

    @on(FactList.Picked)
    def action_edit(self) -> None:
        """Read the article for the current title; else edit the current fact, or take what was typed."""
        row = self._facts.cursor
        if self._is_editing:
            self._end_edit()
        elif row < self.state.article_row:
            self._start_reading(self.state.article, self.state.listed_titles[row].value)
        else:
            self.set_class(False, "-reading")
            self._facts.show_rows(self.state.rows(glyphs_of(self), row))
            self._input.open(row, self.state.input_text(row))
            self.query_one(HintBar).show_hints(EDIT_HINTS)

    @on(Input.Changed)
    def _show_meaning(self, event: Input.Changed) -> None:
        if (row := self._input.row) is None:
            return
        try:
            meaning = self.state.interpret(row, event.value, self._clipper.today)
        except BadValue as error:
            self._show_note(str(error), is_error=True)
        else:
            self._show_note(f"→ {meaning}" if meaning else "")

    @on(Input.Submitted)
    def _end_edit(self) -> bool:
        """Take what was typed; return False if it has no meaning."""
        if (row := self._input.row) is None:
            return True
        try:
            state = self.state.with_text(row, self._input.value, self._clipper.today)
        except BadValue as error:
            self._show_note(str(error), is_error=True)
            self._input.focus()
            return False
        self._input.close()
        if state.article.published == self.state.article.published and state.date_text == self.state.date_text:
            self._keep(state)
        else:
            self._start_reading(state.article, self.state.title)
        self._show()
        self._show_held()
        return True

    def _start_reading(self, article: Article, title: str) -> None:
        """Read the article again, counted from another day or for another show."""
        self._number += 1
        message = partial(self.ReadDone, self._number, article, title)
        self.thread = run_in_thread(self, "clipping", lambda: self._clipper.extract(article, title), message)

    @on(ReadDone)
    def _show_reading(self, event: ReadDone) -> None:
        if event.number != self._number:
            return
        if self._is_editing:
            # Rows do not move while one of them is edited.
            self._held = event
            return
        self.thread = None
        if isinstance(event.draft, TrackerError):
            self._show()
            self._show_note(str(event.draft), is_error=True)
            return
        self._tell_notice(event.draft)
        is_other = event.title != self.state.title
        self._past.clear()
        self.state = self.state.with_reading(event.article, event.draft, event.title)
        self._show(self.state.first_row if is_other else None)

    def _show_held(self) -> None:
        """Show what was read while a row was edited."""
        held, self._held = self._held, None
        if held is not None:
            self._show_reading(held)

    def action_elsewhere(self) -> None:
        if self._is_editing:
            return
        if self.state.review.matches:
            self._set_review(self.state.review.next_target())
        else:
            self._show_note("No show on your list has this title or cast. To add it to one, edit the title.")

    def action_undo(self) -> None:
        """Take back the last change to the draft since the article was read."""
        if self._is_editing:
            return
        if self._past:
            self.state = self.state._replace(review=self._past.pop())
            self._show()
        else:
            self._show_note("Nothing to undo.")

    def action_turn(self) -> None:
        if self._end_edit():
            to_article = not self._article.has_focus
            self.set_class(to_article, "-reading")
            (self._article if to_article else self._facts).focus()
            self.call_after_refresh(self._show_cursor)

    def action_page(self) -> None:
        if url := self.state.article.url:
            self.app.open_url(url)
        else:
            self._show_note("This article has no web address.")

    def action_save(self) -> None:
        # What comes up only now has not been seen.
        is_reading = self.thread is not None
        if self.is_over or not self._end_edit() or is_reading or self.thread is not None:
            return
        review = self.state.review
        if not review.draft.facts:
            self._show_note("Nothing to save. Press Space to keep a fact, or Enter to type one.", is_error=True)
            return
        try:
            self._on_submit(review.draft, self.state.article, review.target)
        except TrackerError as error:
            self._show_note(str(error), is_error=True)
        else:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave the edit, the reading, the article, the show of a list, or the screen: the first that there is."""
        if self._is_editing:
            self._input.close()
            self._show()
            self._show_held()
        elif self.thread is not None:
            self.thread, self._number = None, self._number + 1
            self._show()
        elif self._article.has_focus:
            self.action_turn()
        elif self._may_lose():
            self._warn()
        elif self.state.title:
            self._past.clear()
            self.state = self.state.with_reading(self._clipped.article, self._clipped.draft, "")
            self._show(self.state.first_row)
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Leave the screen at once, where something was edited or dropped only when asked twice."""
        if self._may_lose():
            self._warn()
        else:
            self.dismiss(None)

    def _may_lose(self) -> bool:
        is_changed = self.state.review.is_changed or self.state.article != self._clipped.article
        return is_changed and not self._was_warned

    def _warn(self) -> None:
        self._was_warned = True
        self._show_note("Unsaved changes. Press Esc again to discard them.", is_error=True)
