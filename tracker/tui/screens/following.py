"""What the main screen does about its file: another text, another day, copies of a sync program, edits that wait."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from textual import on, work
from textual.content import Content
from textual.message import Message

from tracker.errors import Conflict, TrackerError
from tracker.model.changes import change_words
from tracker.model.show import Show
from tracker.service import Outcome, Tracker
from tracker.service.keeping import Copy
from tracker.service.lookout import CopiesChanged, DayPassed, FileChanged, FileLost, LockChanged, Lookout, News
from tracker.service.reading import Reading
from tracker.tui.screens.deeds import Deed, Deeds
from tracker.tui.watcher import Watcher

SOON: Final = 2.0
"""Seconds after the start."""


class Following(Deeds):
    """The half of the main screen that follows the file on the disk."""

    @dataclass
    class Seen(Message):
        """Something happened to the list from the outside."""

        news: News

    def __init__(self, tracker: Tracker, look_every: float) -> None:
        super().__init__()
        self.tracker = tracker
        self.unsaved: list[Deed] = []
        self.lost = ""
        """Why the file cannot be read, "" while it can."""
        self.copies: tuple[Path, ...] = ()
        """The copies of a sync program beside the file."""
        self._lookout = Lookout(tracker)
        self._watcher = Watcher(self._watch, look_every, self._tell_failure) if look_every else None
        self._warned = False

    @property
    def watches(self) -> bool:
        """Whether the file is watched."""
        return self._watcher is not None

    @property
    def troubles(self) -> list[str]:
        """What the header says of the file, in a few words each."""
        troubles = ["the file cannot be read"] if self.lost else []
        if many := len(self.copies):
            troubles.append(f"{many} conflicted cop{'y' if many == 1 else 'ies'}: M")
        if many := len(self.unsaved):
            troubles.append(f"{many} edit{'' if many == 1 else 's'} not saved: ^s")
        return troubles

    def follow(self) -> None:
        """Begin to watch the file."""
        if self._watcher is not None:
            self._watcher.start()
            # It takes a look into the journal, for which nobody should wait at the start.
            self.set_timer(SOON, self.note_overwritten)

    def on_unmount(self) -> None:
        """Watch no more."""
        if self._watcher is not None:
            self._watcher.stop()

    def _watch(self) -> None:
        """Look, and post what is news; in the watcher's thread."""
        for news in self._lookout.glance():
            self.post_message(self.Seen(news))
        self.tracker.keep_former()

    def _tell_failure(self, reason: str) -> None:
        self.post_message(self.Seen(FileLost(f"The file cannot be watched ({reason}).")))

    def look_around(self) -> None:
        """Look at everything now."""
        for news in self._lookout.look():
            self.post_message(self.Seen(news))
        self.tracker.keep_former()

    @on(Seen)
    def _show_news(self, event: Seen) -> None:
        match event.news:
            case FileChanged(reading):
                self._show_new_text(reading)
            case FileLost(reason):
                self._tell_loss(reason)
            case DayPassed():
                self.shelve()
                self.show_item()
            case LockChanged(is_writable):
                self._tell_lock(is_writable)
            case CopiesChanged(copies):
                self._tell_copies(copies)

    def _show_new_text(self, reading: Reading) -> None:
        before, item, was_lost = self.watchlist, self.show_list.item, bool(self.lost)
        changes = self.tracker.take(reading)
        self.after_new_text()
        self.lost = ""
        if self.watchlist is before and not was_lost:
            return
        self.show_list.set_marks(changes.renamed.get(show_id, show_id) for show_id in self.show_list.marked)
        self.shelve(keep=changes.renamed.get(item.id) if isinstance(item, Show) else None)
        self.show_item()
        words = change_words(changes)
        if words or was_lost:
            told = words or "the same list as before"
            # A file that changes again and again would bury the list under its messages.
            self.app.clear_notifications()
            self.notify(told, title="The file is back" if was_lost else "The file changed", markup=False, timeout=6)
        self.note_overwritten()

    def after_new_text(self) -> None:
        """Take note that the file has another text."""

    def _tell_loss(self, reason: str) -> None:
        self.lost = reason
        self.show_state()
        self.notify(
            f"{reason} The list is shown as it was read last; it is read again when the file is back.",
            severity="error",
            markup=False,
            timeout=20,
        )

    def _tell_lock(self, is_writable: bool) -> None:
        self.show_state()
        if is_writable and (many := len(self.unsaved)):
            edits = f"{many} edit{'' if many == 1 else 's'}"
            self.notify(f"The file can be written again: {self.again_key} saves {edits}.", markup=False, timeout=15)

    def _tell_copies(self, copies: tuple[Path, ...]) -> None:
        new = [path for path in copies if path not in self.copies]
        self.copies = copies
        self.show_state()
        if new and self.tracker.as_of is None:
            self.notify(
                f"{new[0].name} lies beside the file: two machines wrote at once. M merges it.",
                title="A conflicted copy",
                severity="warning",
                markup=False,
                timeout=15,
            )

    @work(thread=True, group="noting", exit_on_error=False)
    def note_hand_edits(self) -> None:
        """Note in the histories what was edited by hand; there may be thousands in a list that was never opened."""
        if outcome := self.tracker.note_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)

    @work(thread=True, group="noting", exit_on_error=False)
    def note_overwritten(self) -> None:
        """Find edits that another program's save took back, and tell; then note what was edited by hand."""
        lost = self.tracker.note_overwritten()
        if outcome := self.tracker.note_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)
        if lost:
            self.app.call_from_thread(self.notify, lost.label, severity="warning", markup=False, timeout=15)

    def _tell_hand_edits(self, outcome: Outcome) -> None:
        self.shelve()
        self.show_item()
        # It says more of the same than that the file changed.
        self.app.clear_notifications()
        self.notify(outcome.label, title="Noted from the file; u takes it back", markup=False)

    def read_again(self) -> None:
        """Read the file again, after an editor had it."""
        for news in self._lookout.look(patient=False):
            self.post_message(self.Seen(news))

    def action_merge_copy(self) -> None:
        """Look at the first copy, and ask whether it is to be merged."""
        if not self._may_edit():
            return
        self.copies = self.tracker.copies()
        self.show_state()
        if self.copies:
            self._look_at_copy(self.copies[0])
        else:
            self.notify("No conflicted copy lies beside the file.", markup=False, timeout=4)

    @work(thread=True, group="looking at a copy", exclusive=True, exit_on_error=False)
    def _look_at_copy(self, path: Path) -> None:
        try:
            copy = self.tracker.look_at_copy(path)
        except TrackerError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False, timeout=15)
        else:
            self.app.call_from_thread(self._ask_to_merge, copy)

    def _ask_to_merge(self, copy: Copy) -> None:
        from tracker.tui.screens.choice import Question, ask_each
        from tracker.tui.screens.dialogs import Confirm

        after = "The other one stays among the earlier versions: tracker restore --list."
        why = f"The file and {copy.name} have another one each."
        questions = [
            Question(one.title, one.field or "the whole entry", one.why or why,
                     (("the file's", one.in_file), ("the copy's", one.in_copy)), after)
            for one in copy.choices
        ]  # fmt: skip

        def answered(answers: list[int]) -> None:
            self._merge(copy, {one.place: bool(answer) for one, answer in zip(copy.choices, answers, strict=True)})

        def go_on(sure: bool | None) -> None:
            if sure:
                ask_each(self.app, questions, answered)

        what = change_words(copy.changes) or "nothing new"
        asked = f"{len(questions)} value{'' if len(questions) == 1 else 's'} to choose. " if questions else ""
        hint = f"It brings: {what}. {asked}u takes the merge back; the copy goes to the earlier versions."
        self.app.push_screen(Confirm(Content.assemble("Merge ", (copy.name, "bold"), "?"), hint), go_on)

    @work(thread=True, group="merging", exclusive=True, exit_on_error=False)
    def _merge(self, copy: Copy, answers: dict[tuple[str, tuple[str, ...]], bool]) -> None:
        try:
            outcome = self.tracker.merge_copy(copy.path, answers)
        except TrackerError as error:
            self.app.call_from_thread(self._tell_refusal, error, copy.path)
        else:
            self.app.call_from_thread(self._show_merge, outcome)

    def _show_merge(self, outcome: Outcome) -> None:
        self.copies = self.tracker.copies()
        self.after_edit(outcome)

    def _tell_refusal(self, error: TrackerError, path: Path) -> None:
        self.shelve()
        self.notify(str(error), severity="error", markup=False, timeout=15)
        if isinstance(error, Conflict):
            # There is something else to decide by now.
            self._look_at_copy(path)

    def may_leave(self) -> bool:
        """Return whether the app may end; edits that are not saved are told of once."""
        if not self.unsaved or self._warned:
            return True
        self._warned = True
        many = len(self.unsaved)
        self.notify(
            f"{many} edit{' is' if many == 1 else 's are'} not saved: {self.again_key} tries again; q again leaves.",
            severity="warning",
            markup=False,
            timeout=10,
        )
        return False
