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

from tracker.errors import Offline, TrackerError
from tracker.model.candidate import Candidate, candidate_facts, of_same_title
from tracker.service import Outcome, Tracker
from tracker.service.asking import Found, told_failures
from tracker.text import clean_line
from tracker.tui.format import MUTED
from tracker.tui.screens.form import FORM_SHEET, Form
from tracker.tui.theme import Signs
from tracker.tui.widgets.hints import Hint, Hints

HINTS: Final = (
    Hint("enter", "search, then take", "screen.take"),
    Hint("^n", "write it yourself", "screen.by_hand"),
    Hint("o", "page", "screen.page"),
    Hint("esc", "leave", "screen.cancel"),
)


class Find(Form[str]):
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

    class Heard(Message):
        """A search came to something."""

        def __init__(self, words: str, found: Found | str) -> None:
            super().__init__()
            self.words = words
            self.found = found

    class Taken(Message):
        """What was picked is on the list, or why it is not."""

        def __init__(self, outcome: Outcome | str) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self,
        tracker: Tracker,
        signs: Signs,
        *,
        title: str = "",
        heading: str,
        deed: Callable[[Candidate], Outcome],
        done: Callable[[Outcome], None],
        left: Callable[[], None],
        by_hand: bool = True,
    ) -> None:
        super().__init__()
        self._tracker = tracker
        self._signs = signs
        self._title = title
        self._heading = heading
        self._take = deed
        self._done = done
        self._left = left
        self._by_hand = by_hand
        self._candidates: tuple[Candidate, ...] = ()
        self._asked = ""
        """What was searched for last."""
        self.at_work: Thread | None = None
        """What asks at the moment; its answer comes as a message."""

    def compose(self) -> ComposeResult:
        """Make the input, the line that says what happens, and the list of what was found."""
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self._heading)
            yield Input(self._title, placeholder="a title, in any script", compact=True, classes="form-input")
            yield Static(markup=False, id="find-state")
            yield OptionList(markup=False, compact=True, id="found")
            yield Hints(hint for hint in HINTS if self._by_hand or hint.key != "^n")

    def on_mount(self) -> None:
        """Begin at the title; one that is known is searched for."""
        self.query_one(Input).focus()
        names = ", ".join(self._tracker.asking.names)
        self._say(f"enter asks {names}" if names else "No service is enabled in the settings.")
        if self._title:
            self._search()

    def _say(self, words: str, *, wrong: bool = False) -> None:
        state = self.query_one("#find-state", Static)
        state.update(self._signs.plain(words))
        state.set_class(wrong, "-wrong")

    @on(Input.Submitted)
    def _search(self) -> None:
        words = clean_line(self.query_one(Input).value)
        if not words or self.at_work is not None:
            return
        self._asked = words
        self._say("asking…")

        def ask() -> None:
            try:
                found: Found | str = self._tracker.asking.search(words)
            except TrackerError as error:
                found = str(error)
            self.post_message(self.Heard(words, found))

        self._work(ask)

    def _work(self, deed: Callable[[], None]) -> None:
        # A request that hangs must not keep the program from ending.
        self.at_work = Thread(target=deed, name="finding", daemon=True)
        self.at_work.start()

    @on(Heard)
    def _show_found(self, event: Heard) -> None:
        self.at_work = None
        found = event.found
        if isinstance(found, str):
            self._say(found, wrong=True)
            return
        self._candidates = found.candidates
        options = self.query_one("#found", OptionList)
        options.clear_options()
        options.add_options([Option(self._described(one)) for one in self._candidates])
        options.set_class(bool(self._candidates), "-some")
        failures = " ".join(told_failures(found.failures))
        many = len(self._candidates)
        words = f"{many} found at {', '.join(found.asked)}." if many else f"Nothing found at {', '.join(found.asked)}."
        by_hand = " ^n writes it yourself." if self._by_hand and not many else ""
        is_quiet = all(isinstance(one, Offline) for one in found.failures)
        self._say(f"{words if found.asked else ''} {failures}{by_hand}".strip(), wrong=not is_quiet and not many)
        if many:
            # Nothing is picked by itself: the first is only stood on.
            options.highlighted = 0
            options.focus()

    def _described(self, candidate: Candidate) -> Content:
        known = self._tracker.desk.known_as(candidate)
        facts = self._signs.dot.join(candidate_facts(candidate))
        where = ", ".join(one.source for one in candidate.references)
        lines = [
            Content.assemble((candidate.title, "bold"), "  ", (candidate.original_title, MUTED)),
            Content.assemble(f"  {facts}", (f"  {where}", "$text-accent")),
        ]
        if known is not None:
            lines.append(Content.styled(f"  on the list already: {known.title}", "$text-warning"))
        elif self._by_hand and (same := of_same_title(candidate, self._tracker.watchlist.shows)) is not None:
            words = f"  of the same title on the list: {same.id}; L there ties it"
            lines.append(Content.styled(words, "$text-warning"))
        return self._signs.drawn(Content("\n").join(lines))

    def _picked(self) -> Candidate | None:
        at = self.query_one("#found", OptionList).highlighted
        return self._candidates[at] if at is not None and at < len(self._candidates) else None

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Search; or take what is stood on."""
        candidate = self._picked()
        if self.query_one(Input).has_focus or candidate is None:
            self._search()
            return
        if self.at_work is not None:
            return
        self._say(f"asking about {candidate.title}…")

        def take() -> None:
            try:
                outcome: Outcome | str = self._take(candidate)
            except TrackerError as error:
                outcome = str(error)
            self.post_message(self.Taken(outcome))

        self._work(take)

    @on(Taken)
    def _leave_taken(self, event: Taken) -> None:
        self.at_work = None
        if isinstance(event.outcome, str):
            self._say(event.outcome, wrong=True)
            return
        self.dismiss(None)
        self._done(event.outcome)

    def action_page(self) -> None:
        """Open the page of what is stood on."""
        if (candidate := self._picked()) is not None and candidate.found[0].url:
            self.app.open_url(candidate.found[0].url)

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
            if self.at_work is not None:
                self._left()
            self.dismiss(None)
