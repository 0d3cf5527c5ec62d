"""Finding a show at the services: what they know side by side, so that the right one of many can be told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.errors import SourceOffline, TrackerError
from tracker.model.matching import SearchResult, find_same_title
from tracker.service import Outcome, Tracker
from tracker.service.sources import SearchResults, describe_failures
from tracker.text import clean_line
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, Form
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

HINTS: Final = (
    Hint("enter", "search, then take", "screen.take"),
    Hint("^n", "write it yourself", "screen.by_hand"),
    Hint("o", "page", "screen.page"),
    Hint("esc", "leave", "screen.cancel"),
)


class SearchDialog(Form[str]):
    """Searches at the owner's word, and takes what the owner picks; ends with the title to be written by hand, or None.

    Args:
        tracker: The list.
        title: What is searched for at once, "" for nothing yet.
        deed: Takes a candidate; may take as long as the network does.
        done: Is told what it came to, on the screen's thread.
        left: Is called where this is left while something is asked.
        heading: What it is for.
        by_hand: Whether writing it by hand is offered.
    """

    CSS_PATH = [FORM_SHEET, "search.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "by_hand", "write it yourself"),
        Binding("o", "page", "open the page"),
    ]

    class SearchDone(Message):
        """A search came to something."""

        def __init__(self, words: str, found: SearchResults | str) -> None:
            super().__init__()
            self.words = words
            self.results = found

    class PickDone(Message):
        """What was picked is on the list, or why it is not."""

        def __init__(self, outcome: Outcome | str) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self,
        tracker: Tracker,
        glyphs: Glyphs,
        *,
        title: str = "",
        heading: str,
        deed: Callable[[SearchResult], Outcome],
        done: Callable[[Outcome], None],
        left: Callable[[], None],
        by_hand: bool = True,
    ) -> None:
        super().__init__()
        self._tracker = tracker
        self._glyphs = glyphs
        self._title = title
        self._heading = heading
        self._pick = deed
        self._on_done = done
        self._on_abandon = left
        self._by_hand = by_hand
        self._results: tuple[SearchResult, ...] = ()
        self._asked = ""
        """What was searched for last."""
        self.thread: Thread | None = None
        """What asks at the moment; its answer comes as a message."""

    def compose(self) -> ComposeResult:
        """Make the input, the line that says what happens, and the list of what was found."""
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self._heading)
            yield Input(self._title, placeholder="a title, in any script", compact=True, classes="form-input")
            yield Static(markup=False, id="find-state")
            yield OptionList(markup=False, compact=True, id="found")
            yield HintBar(hint for hint in HINTS if self._by_hand or hint.key != "^n")

    def on_mount(self) -> None:
        """Begin at the title; one that is known is searched for."""
        self.query_one(Input).focus()
        names = ", ".join(self._tracker.sources.names)
        self._show_state(f"enter asks {names}" if names else "No service is enabled in the settings.")
        if self._title:
            self._search()

    def _show_state(self, words: str, *, wrong: bool = False) -> None:
        state = self.query_one("#find-state", Static)
        state.update(self._glyphs.translate(words))
        state.set_class(wrong, "-wrong")

    @on(Input.Submitted)
    def _search(self) -> None:
        words = clean_line(self.query_one(Input).value)
        if not words or self.thread is not None:
            return
        self._asked = words
        self._show_state("asking…")

        def ask() -> None:
            try:
                found: SearchResults | str = self._tracker.sources.search(words)
            except TrackerError as error:
                found = str(error)
            self.post_message(self.SearchDone(words, found))

        self._run_in_thread(ask)

    def _run_in_thread(self, deed: Callable[[], None]) -> None:
        # A request that hangs must not keep the program from ending.
        self.thread = Thread(target=deed, name="finding", daemon=True)
        self.thread.start()

    @on(SearchDone)
    def _show_results(self, event: SearchDone) -> None:
        self.thread = None
        found = event.results
        if isinstance(found, str):
            self._show_state(found, wrong=True)
            return
        self._results = found.results
        options = self.query_one("#found", OptionList)
        options.clear_options()
        options.add_options([Option(self._describe(one)) for one in self._results])
        options.set_class(bool(self._results), "-some")
        failures = " ".join(describe_failures(found.failures))
        many = len(self._results)
        words = f"{many} found at {', '.join(found.asked)}." if many else f"Nothing found at {', '.join(found.asked)}."
        by_hand = " ^n writes it yourself." if self._by_hand and not many else ""
        is_quiet = all(isinstance(one, SourceOffline) for one in found.failures)
        self._show_state(f"{words if found.asked else ''} {failures}{by_hand}".strip(), wrong=not is_quiet and not many)
        if many:
            # Nothing is picked by itself: the first is only stood on.
            options.highlighted = 0
            options.focus()

    def _describe(self, candidate: SearchResult) -> Content:
        known = self._tracker.linking.find_known(candidate)
        facts = self._glyphs.dot.join(candidate.facts)
        where = ", ".join(one.source for one in candidate.source_ids)
        lines = [
            Content.assemble((candidate.title, "bold"), "  ", (candidate.original_title, MUTED)),
            Content.assemble(f"  {facts}", (f"  {where}", "$text-accent")),
        ]
        if known is not None:
            lines.append(Content.styled(f"  on the list already: {known.title}", "$text-warning"))
        elif self._by_hand and (same := find_same_title(candidate, self._tracker.watchlist.current.shows)) is not None:
            words = f"  of the same title on the list: {same.id}; L there ties it"
            lines.append(Content.styled(words, "$text-warning"))
        return self._glyphs.translate_content(Content("\n").join(lines))

    def _current(self) -> SearchResult | None:
        at = self.query_one("#found", OptionList).highlighted
        return self._results[at] if at is not None and at < len(self._results) else None

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Search; or take what is stood on."""
        candidate = self._current()
        if self.query_one(Input).has_focus or candidate is None:
            self._search()
            return
        if self.thread is not None:
            return
        self._show_state(f"asking about {candidate.title}…")

        def take() -> None:
            try:
                outcome: Outcome | str = self._pick(candidate)
            except TrackerError as error:
                outcome = str(error)
            self.post_message(self.PickDone(outcome))

        self._run_in_thread(take)

    @on(PickDone)
    def _finish_pick(self, event: PickDone) -> None:
        self.thread = None
        if isinstance(event.outcome, str):
            self._show_state(event.outcome, wrong=True)
            return
        self.dismiss(None)
        self._on_done(event.outcome)

    def action_page(self) -> None:
        """Open the page of what is stood on."""
        if (candidate := self._current()) is not None and candidate.records[0].url:
            self.app.open_url(candidate.records[0].url)

    def action_by_hand(self) -> None:
        """Leave, to write the show by hand."""
        if self._by_hand:
            self.dismiss(clean_line(self.query_one(Input).value))

    def action_save(self) -> None:
        """Do as Enter does."""
        self.action_take()

    def action_cancel(self) -> None:
        """From what was found back to the title, from there out."""
        if self.query_one("#found", OptionList).has_focus:
            self.query_one(Input).focus()
        else:
            if self.thread is not None:
                self._on_abandon()
            self.dismiss(None)
