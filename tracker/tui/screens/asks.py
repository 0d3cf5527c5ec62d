"""What the main screen asks the services: to find a show, to link one, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from tracker.errors import TrackerError
from tracker.model.show import Show
from tracker.service import Outcome, Tracker
from tracker.tui.screens.hearing import Hears

if TYPE_CHECKING:
    from tracker.model.article import Article
    from tracker.model.candidate import Candidate
    from tracker.model.draft import Draft
    from tracker.model.news import News
    from tracker.service.refresh import Progress, Refresh, Report
    from tracker.tui.screens.clip import Clipped

# What talks to services, and the words that they said, are imported when they are wanted: a start does without.


class Asks(Hears):
    """The half of the main screen that asks the services."""

    class Progressed(Message, bubble=False):
        """A service was heard."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class Finished(Message, bubble=False):
        """All were heard, or why they were not."""

        def __init__(self, report: Report | str) -> None:
            super().__init__()
            self.report = report

    def __init__(self, tracker: Tracker, look_every: float) -> None:
        super().__init__(tracker, look_every)
        self.at_work: Thread | None = None
        """What asks the services at the moment."""
        self.activity = ""
        """How far it is, for the header."""
        self._refresh: Refresh | None = None
        self._asked_in_time = False

    @property
    def is_behind(self) -> bool:
        """Whether the list on the screen is not the one that was read last."""
        raise NotImplementedError

    def _may_ask(self) -> bool:
        if self.tracker.as_of is not None:
            self.notify("The past cannot be asked about.", severity="warning", markup=False, timeout=6)
            return False
        return self._may_edit()

    def action_find_show(self) -> None:
        """Find a show at the services and add it."""
        if not self._may_edit():
            return
        from tracker.tui.screens.find import Find

        def take(candidate: Candidate) -> Outcome:
            if (known := self.tracker.desk.known_as(candidate)) is not None:
                return Outcome(f"{known.title} is on the list already", (known.id,))
            return self.tracker.desk.add(candidate.references)

        find = Find(
            self.tracker, self.signs, heading="Find a show", deed=take, done=self._go_to_found, left=self._leave_asking
        )
        self.app.push_screen(find, self._write_by_hand)

    def _leave_asking(self) -> None:
        """Let a question that nobody waits for any more not stand in the way of the next."""
        if self.at_work is None:
            self.tracker.asking.stop()

    def _go_to_found(self, outcome: Outcome) -> None:
        self.knows_words = True
        self.after_edit(outcome)
        if outcome.show_ids:
            self.go_to(outcome.show_ids[0])

    def _write_by_hand(self, title: str | None) -> None:
        if title is not None:
            self.add_by_hand(title)

    def action_clip(self) -> None:
        """Read an article, and take what it says of a show."""
        if not self._may_edit():
            return
        from tracker.tui.screens.clip import ClipBox

        self.app.push_screen(ClipBox(lambda: self.tracker.clipping, self.signs), self._show_draft)

    def _show_draft(self, clipped: Clipped | None) -> None:
        if clipped is None:
            return
        from tracker.tui.screens.draft import DraftScreen

        def take(draft: Draft, article: Article, show_id: str | None) -> str:
            try:
                outcome = self.tracker.clipping.take(draft, article, show_id)
            except TrackerError as error:
                self.shelve()
                return str(error)
            self._go_to_found(outcome)
            return ""

        self.app.push_screen(DraftScreen(self.tracker.clipping, self.signs, clipped, take))

    def action_link_show(self) -> None:
        """Find the show under the cursor at the services and tie it to what they know."""
        if not self._may_edit() or not isinstance(show := self.item, Show):
            return
        from tracker.tui.screens.find import Find

        def take(candidate: Candidate) -> Outcome:
            return self.tracker.desk.link(show.id, candidate.references)

        heading = f"Which of them is {show.title}?"
        self.app.push_screen(
            Find(
                self.tracker,
                self.signs,
                title=show.title,
                heading=heading,
                deed=take,
                done=self._go_to_found,
                by_hand=False,
                left=self._leave_asking,
            )
        )

    def action_refresh_show(self) -> None:
        """Ask about the show, or all marked ones, be their time come or not."""
        if not self._may_ask() or not (shows := self._chosen()):
            return
        from tracker.model.observation import references

        names = self.tracker.asking.names
        linked = [show for show in shows if any(one.source in names for one in references(show))]
        if linked:
            self._ask(linked, force=True, direct=True)
        elif len(shows) == 1:
            # Nobody knows it yet, so it is looked for.
            self.action_link_show()
        else:
            self.notify("None of these is known to a service yet; R searches for them.", markup=False, timeout=6)

    def action_refresh_all(self) -> None:
        """Ask about all shows whose time has come; once more asks about all."""
        if self._may_ask():
            self._ask(self.watchlist.shows, force=self._asked_in_time)

    def _ask(self, shows: Sequence[Show], *, force: bool, direct: bool = False) -> None:
        if self.at_work is not None:
            self.notify("The services are being asked already; esc stops that.", markup=False, timeout=4)
            return
        from tracker.service.refresh import Refresh

        refresh = self._refresh = Refresh(self.tracker, shows, force=force, direct=direct)

        def ask() -> None:
            try:
                report: Report | str = refresh.run(lambda progress: self._tell(self.Progressed(progress)))
            except TrackerError as error:
                report = str(error)
            self._tell(self.Finished(report))

        self.activity = "asking the services"
        self.show_state()
        # A request that hangs must not keep the program from ending.
        self.at_work = Thread(target=ask, name="asking", daemon=True)
        self.at_work.start()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    @on(Progressed)
    def _show_progress(self, event: Progressed) -> None:
        progress = event.progress
        title = f" {progress.title[:30]}" if progress.title else ""
        self.activity = f"esc stops asking, {progress.done} of {progress.of}{title}"
        self.knows_words = True
        if self.is_behind:
            self.shelve()
            self.show_item()
        self.show_state()

    @on(Finished)
    def _show_report(self, event: Finished) -> None:
        self.at_work = self._refresh = None
        self.activity = ""
        report = event.report
        if isinstance(report, str):
            self.show_state()
            self.notify(report, severity="error", markup=False, timeout=15)
            return
        self.knows_words = True
        # Once more, right after it was said that nothing was due, asks about all.
        self._asked_in_time = not report.asked and not report.failures and not report.stopped
        again = "; R again asks all the same" if self._asked_in_time else ""
        self.unseen = self.tracker.desk.witness.count_unseen()
        self.shelve()
        self.show_item()
        loud = any(one.grade == "loud" for one in report.news)
        hint = " (i)" if report.news else ""
        self.app.clear_notifications()
        self.notify(f"{report.sentence}{hint}{again}", markup=False, timeout=8 if loud else 5)
        self._tell_owner(report.news)

    @work(thread=True, group="telling", exit_on_error=False)
    def _tell_owner(self, news: Sequence[News]) -> None:
        from tracker.service.notice import run_notice
        from tracker.tui.terminal import tell_terminal

        if problem := run_notice(self.tracker.settings.notify, news):
            self.app.call_from_thread(self.notify, problem, severity="warning", markup=False, timeout=10)
        loud = [one for one in news if one.grade == "loud"]
        if loud:
            more = f" and {len(loud) - 1} more" if len(loud) > 1 else ""
            self.app.call_from_thread(tell_terminal, self.app, loud[0].title, f"{loud[0].text}{more}")

    def stop_asking(self) -> bool:
        """Stop asking the services; return whether they were being asked."""
        if self._refresh is None:
            return False
        self._refresh.stop()
        self.tracker.asking.stop()
        self.activity = "stopping"
        self.show_state()
        return True

    def on_unmount(self) -> None:
        """Ask and watch no more."""
        if self._refresh is not None:
            self._refresh.stop()
            self.tracker.asking.stop()
        super().on_unmount()
