"""Finding a show at the sources: what they know side by side, so that the right one of many can be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from tracker.errors import SeasonUnclear, SourceOffline, TrackerError
from tracker.model.formatting import join_names
from tracker.model.matching import SearchResult, find_same_title, find_seasons_on_list
from tracker.model.season import find_season
from tracker.model.show_reference import is_reference
from tracker.model.source_record import source_label
from tracker.service import Outcome, Tracker
from tracker.service.sources import SearchResults, describe_failures, describe_wait
from tracker.text import clean_line
from tracker.tui.background import run_in_thread
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, ListDialog, Note
from tracker.tui.dialogs.prompts import SeasonDialog
from tracker.tui.widgets.hints import Hint


class SearchDialog(ListDialog[str, SearchResult]):
    """Searches and hands on what is picked; ends with the title to be written by hand, or None.

    Args:
        tracker: The list and its sources.
        heading: What it is for.
        title: What is searched for at once, "" for nothing yet.
        on_pick: Does what is wanted with a result and a season (0 for the whole show, None if nobody said); runs in a
            thread and may take as long as the network does.
        on_done: Called with what that came to, on the screen's thread.
        on_abandon: Called when the dialog is left while a source is asked.
        can_write: Whether writing by hand is offered.
    """

    CSS_PATH = [FORM_SHEET, "search.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    HINTS = (
        Hint("enter", "search, then pick", "screen.pick"),
        Hint("^n", "add by hand", "screen.by_hand"),
        Hint("o", "open page", "screen.page"),
        Hint("esc", "cancel", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "by_hand", "add by hand"),
        Binding("o", "page", "open the page"),
    ]

    @dataclass
    class Waiting(Message):
        """A source is waited for, or was."""

        sentence: str

    @dataclass
    class SearchDone(Message):
        """A search came to something."""

        results: SearchResults | TrackerError

    @dataclass
    class PickDone(Message):
        """What was picked is on the list, or why it is not."""

        outcome: Outcome | TrackerError

    def __init__(
        self,
        tracker: Tracker,
        heading: str,
        *,
        title: str = "",
        on_pick: Callable[[SearchResult, int | None], Outcome],
        on_done: Callable[[Outcome], None],
        on_abandon: Callable[[], None],
        can_write: bool = True,
    ) -> None:
        super().__init__(heading)
        self._tracker = tracker
        self._title = title
        self._on_pick = on_pick
        self._on_done = on_done
        self._on_abandon = on_abandon
        self._can_write = can_write
        self._picked: SearchResult | None = None
        self.thread: Thread | None = None
        """What asks at the moment; its answer comes as a message."""

    @property
    def hints(self) -> tuple[Hint, ...]:
        return tuple(hint for hint in self.HINTS if self._can_write or hint.key != "^n")

    def compose_box(self) -> ComposeResult:
        yield Input(
            self._title,
            placeholder="a title in any language, an address, or an id",
            compact=True,
            classes="form-input",
        )
        yield Note(id="find-state")
        yield self.make_list(id="found")

    def on_mount(self) -> None:
        self._tracker.sources.on_wait = self._post_wait
        self._input.focus()
        names = join_names([source_label(name) for name in self._tracker.sources.names])
        self._note.show(f"Press Enter to search {names}." if names else "No source is enabled in settings.toml.")
        if self._title:
            self._search()

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def _note(self) -> Note:
        return self.query_one(Note)

    @on(Input.Submitted)
    def _search(self) -> None:
        title = clean_line(self._input.value)
        if title and self.thread is None:
            self._note.show("Searching…")
            self.thread = run_in_thread(self, "finding", lambda: self._tracker.sources.search(title), self.SearchDone)

    def _post_wait(self, label: str, seconds: float) -> None:
        if self.is_running:
            self.post_message(self.Waiting(describe_wait(label, seconds) if seconds else "Searching"))

    @on(Waiting)
    def _show_wait(self, event: Waiting) -> None:
        if self.thread is not None:
            self._note.show(f"{event.sentence}…")

    @on(SearchDone)
    def _show_results(self, event: SearchDone) -> None:
        self.thread = None
        if isinstance(event.results, TrackerError):
            self._note.show(str(event.results), is_error=True)
            return
        # Nothing is picked by itself: the cursor only stands on the first.
        self.show_values(event.results.results)
        self.option_list.set_class(bool(self.values), "-some")
        if self.values:
            self.option_list.focus()
        self._show_summary(event.results)

    def _show_summary(self, search: SearchResults) -> None:
        count, asked = len(search.results), search.asked
        parts = []
        if asked and count:
            parts.append(f"{count} found on {join_names(asked)}.")
        elif asked:
            parts.append(f"Nothing found on {join_names(asked, 'or')}.")
        parts += describe_failures(search.failures)
        if not count:
            write, paste = "Press Ctrl+N to add it by hand.", "Try another title, or paste the address of its page."
            parts.append(write if self._can_write else paste)
        is_offline = all(isinstance(failure, SourceOffline) for failure in search.failures)
        self._note.show(" ".join(parts), is_error=not is_offline and not count)

    def describe(self, value: SearchResult) -> Content:
        facts = self.glyphs.dot.join(value.facts)
        names = ", ".join(source_label(source_id.source) for source_id in value.source_ids)
        lines = [
            Content.assemble((value.title, "bold"), "  ", (value.original_title, MUTED)),
            Content.assemble(f"  {facts}", (f"  {names}", "$text-accent")),
        ]
        if (known := self._tracker.linking.find_known(value)) is not None:
            lines.append(Content.styled(f"  already on your list: {known.title}", "$text-warning"))
        elif seasons := find_seasons_on_list(value, self._tracker.watchlist.current.shows):
            entries = join_names(f"season {show.season}" for show in seasons)
            lines.append(Content.styled(f"  on your list: {entries}", "$text-warning"))
        elif self._can_write and (same := find_same_title(value, self._tracker.watchlist.current.shows)) is not None:
            note = f"  same title on your list: {same.id}; press L there to link it"
            lines.append(Content.styled(note, "$text-warning"))
        return Content("\n").join(lines)

    def action_pick(self) -> None:
        if self._input.has_focus or self.current is None:
            self._search()
        else:
            super().action_pick()

    def pick(self, value: SearchResult) -> None:
        if self.thread is not None:
            return
        season = find_season((self._input.value,)) if self._can_write else None
        if season is not None and find_season((value.title,)) is None and value.records[0].season is None:
            self._ask_season(value, SeasonUnclear(clean_line(self._input.value), season))
        else:
            self._fetch(value)

    def _fetch(self, result: SearchResult, season: int | None = None) -> None:
        self._picked = result
        self._note.show(f"Fetching {result.title}…")
        self.thread = run_in_thread(self, "finding", lambda: self._on_pick(result, season), self.PickDone)

    def _ask_season(self, result: SearchResult, unclear: SeasonUnclear) -> None:
        def answer(season: int | None) -> None:
            if season is not None:
                self._fetch(result, season)

        self.app.push_screen(SeasonDialog(unclear), answer)

    @on(PickDone)
    def _finish_pick(self, event: PickDone) -> None:
        self.thread = None
        if isinstance(event.outcome, SeasonUnclear) and self._picked is not None:
            self._note.show("")
            self._ask_season(self._picked, event.outcome)
        elif isinstance(event.outcome, TrackerError):
            self._note.show(str(event.outcome), is_error=True)
        else:
            self.dismiss(None)
            self._on_done(event.outcome)

    def action_page(self) -> None:
        if (result := self.current) is not None and result.records[0].url:
            self.app.open_url(result.records[0].url)

    def action_by_hand(self) -> None:
        if self._can_write:
            words = clean_line(self._input.value)
            self.dismiss("" if is_reference(words) else words)

    def action_cancel(self) -> None:
        """Go from the results back to the title, from there out."""
        if self.option_list.has_focus:
            self._input.focus()
        else:
            self.action_close()

    def action_close(self) -> None:
        if self.thread is not None:
            self._on_abandon()
        self.dismiss(None)
