"""What the main screen shows of what services said: beside the shows, as proposals, and as news."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar

from textual import work

from tracker.errors import TrackerError
from tracker.model.show import Show
from tracker.service import Outcome, Tracker
from tracker.tui.screens.following import Following
from tracker.tui.widgets.panes import NOTHING, Said

if TYPE_CHECKING:
    from tracker.model.episode import Episode
    from tracker.model.news import News
    from tracker.model.proposal import Proposal

T = TypeVar("T")

WORDS_AFTER: Final = 0.3
"""Seconds after the start: what services said is read when the list stands."""


class Hears(Following):
    """The half of the main screen that knows what services said."""

    def __init__(self, tracker: Tracker, look_every: float) -> None:
        super().__init__(tracker, look_every)
        self.unseen = 0
        """How much news there is."""
        self.knows_words = False
        """Whether it was read what services said."""

    def after_new_text(self) -> None:
        """Find out whether that is news."""
        if self.tracker.as_of is None and self.knows_words:
            self.read_words()

    def after_editor(self) -> None:
        """Take note that its owner wrote what the file has now: it is no news to them."""
        self.tracker.desk.see_file()

    def said_of(self, show: Show) -> Said | None:
        """Return what services said of a show; None while it was not read yet."""
        if self.tracker.as_of is not None:
            return NOTHING
        if not self.knows_words:
            return None
        desk = self.tracker.desk
        return Said(desk.words_of(show), len(desk.proposals(show)))

    @property
    def episodes(self) -> Mapping[str, Episode]:
        """The next episodes that are known, by the ids of their shows; none of the past."""
        if self.tracker.as_of is not None or not self.knows_words:
            return {}
        return self.tracker.desk.coming(self.watchlist.shows)

    def follow(self) -> None:
        """Begin to watch the file, and soon read what services said."""
        super().follow()
        if self.tracker.as_of is None:
            self.set_timer(WORDS_AFTER if self.watches else 0.001, self.read_words)

    @work(thread=True, group="reading words", exclusive=True, exit_on_error=False)
    def read_words(self) -> None:
        """Read what services said, and find what changed in the file by other hands."""
        desk = self.tracker.desk
        try:
            is_new = desk.read()
            desk.look_at_file()
            unseen = desk.witness.count_unseen()
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="warning", markup=False, timeout=10)
            return
        self.app.call_from_thread(self._take_words, unseen, is_new)

    def _take_words(self, unseen: int, is_new: bool) -> None:
        is_new, self.knows_words = is_new or not self.knows_words, True
        self.unseen = unseen
        self.show_state()
        item = self.item
        if is_new and self.view.shape in ("agenda", "month"):
            self.shelve()
        if is_new and isinstance(item, Show):
            self.show_item()

    def action_proposals(self) -> None:
        """Show what services say otherwise of the show than its owner."""
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return
        desk = self.tracker.desk

        def load() -> Sequence[Proposal]:
            now = self.watchlist.find(show.id)
            return desk.proposals(now) if now is not None else ()

        def decide(proposal: Proposal, what: str) -> str:
            if what != "keep":
                return self._try(lambda: desk.accept(proposal, follow=what == "follow"))
            return _refusal(lambda: desk.keep_mine(proposal)) or self._after_keeping()

        if not load():
            from tracker.model.observation import references

            linked = bool(references(show))
            why = "No service says otherwise than you." if linked else "No service knows this show yet; L finds it."
            self.notify(why, markup=False, timeout=4)
            return
        from tracker.tui.screens.proposals import Proposals

        self.app.push_screen(Proposals(show.title, self.signs, load=load, decide=decide))

    def _after_keeping(self) -> str:
        self.show_item()
        return ""

    def action_inbox(self) -> None:
        """Show what changed since it was looked at last."""
        if self.tracker.as_of is not None:
            self.notify("The past has no news.", severity="warning", markup=False, timeout=4)
            return
        if self.believed is not None and not self._may_edit():
            return
        from tracker.tui.screens.inbox import Inbox

        witness = self.tracker.desk.witness

        def load(with_seen: bool) -> Sequence[News]:
            return self._safely(lambda: witness.news(unseen=not with_seen)) or ()

        def see(news: Sequence[News]) -> None:
            self._safely(lambda: witness.mark_seen([one.number for one in news]))
            self.unseen = self._safely(witness.count_unseen) or 0
            self.show_state()

        def undo(news: News) -> str:
            return (
                self._try(lambda: self.tracker.desk.undo(news))
                or "It is as it was before; u in the list brings it again."
            )

        now = self.tracker.desk.moment.astimezone(UTC)
        self.app.push_screen(
            Inbox(self.signs, now, load=load, see=see, undo=undo, answer=self._answer), self._go_to_chosen
        )

    def _answer(self, news: News, yes: bool) -> None:
        def answer() -> None:
            try:
                outcome: Outcome | str = self.tracker.desk.answer(news, yes=yes)
            except TrackerError as error:
                outcome = str(error)
            self.app.call_from_thread(self._show_answer, outcome)

        Thread(target=answer, name="linking", daemon=True).start()

    def _show_answer(self, outcome: Outcome | str) -> None:
        if isinstance(outcome, str):
            self.notify(outcome, severity="error", markup=False, timeout=15)
            return
        self.unseen = self._safely(self.tracker.desk.witness.count_unseen) or 0
        self.after_edit(outcome)

    def _safely(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except TrackerError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=10)
            return None


def _refusal(deed: Callable[[], object]) -> str:
    """Do something, and return why it was refused, "" where it was not."""
    try:
        deed()
    except TrackerError as error:
        return str(error)
    return ""
