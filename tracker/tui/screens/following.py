"""What the main screen does about its file: another text, another day, copies of a sync program, edits that wait."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from textual import on, work
from textual.content import Content
from textual.message import Message

from tracker.errors import TrackerError, WatchlistUnreadable
from tracker.model.changes import change_words
from tracker.model.show import Show
from tracker.service import Outcome, Tracker
from tracker.service.keeping import Copy
from tracker.service.reading import Reading
from tracker.tui.screens.deeds import Deed, Deeds
from tracker.tui.watcher import Watcher

FURTHER: Final = 5
"""At every how many looks at the file folder and clock are looked at too."""
PATIENCE: Final = 2
"""How many more looks a file that is gone or unreadable is given: some editors delete it before they save."""


class Following(Deeds):
    """The half of the main screen that follows the file on the disk."""

    @dataclass
    class FileChanged(Message):
        """Somebody else wrote the file."""

        reading: Reading

    @dataclass
    class FileLost(Message):
        """The file is gone, or can no longer be read."""

        reason: str

    @dataclass
    class CopiesFound(Message):
        """The copies of a sync program beside the file are others than before."""

        copies: tuple[Path, ...]

    class DayPassed(Message):
        """It is another day than the one that is shown."""

    class LockedUp(Message):
        """The file can be written no more, or again."""

    def __init__(self, tracker: Tracker, look_every: float) -> None:
        super().__init__()
        self.tracker = tracker
        self.unsaved: list[Deed] = []
        self.lost = ""
        """Why the file cannot be read, "" while it can."""
        self.copies: tuple[Path, ...] = ()
        """The copies of a sync program beside the file."""
        self._watcher = Watcher(self._peek, look_every) if look_every else None
        self._day = tracker.today
        self._missed: tuple[int, str] = (0, "")
        self._was_writable = not tracker.why_read_only
        self._folder_seen = -1
        self._looks = -1
        self._warned = False

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

    def on_unmount(self) -> None:
        """Watch no more."""
        if self._watcher is not None:
            self._watcher.stop()

    def _peek(self) -> None:
        """Look at the file, and now and then at the rest; for the watcher's thread."""
        self._looks += 1
        if self._looks % FURTHER:
            self._look_at_file()
        else:
            self.look_around()

    def look_around(self) -> None:
        """Look at file, folder and clock once, and post what is news."""
        self._look_at_file()
        if self.tracker.today != self._day:
            self._day = self.tracker.today
            self.post_message(self.DayPassed())
        writable = not self.tracker.why_read_only
        if writable is not self._was_writable:
            self._was_writable = writable
            self.post_message(self.LockedUp())
        if (seen := self.tracker.folder_stamp()) != self._folder_seen:
            self._folder_seen = seen
            if (copies := self.tracker.copies()) != self.copies:
                self.post_message(self.CopiesFound(copies))

    def _look_at_file(self) -> None:
        try:
            reading = self.tracker.look_again()
        except WatchlistUnreadable as error:
            self._missed = (PATIENCE, str(error))
            return
        left, reason = self._missed
        if reading is not None:
            self._missed = (0, "")
            self.post_message(self.FileChanged(reading))
            self.tracker.keep_former()
        elif reason:
            self._missed = (left - 1, reason if left > 0 else "")
            if left == 0:
                self.post_message(self.FileLost(reason))

    @on(FileChanged)
    def _show_new_text(self, event: FileChanged) -> None:
        before = self.watchlist
        item = self.show_list.item
        changes = self.tracker.take(event.reading)
        back = bool(self.lost)
        self.lost = ""
        if self.watchlist is before and not back:
            return
        self.show_list.set_marks(changes.renamed.get(show_id, show_id) for show_id in self.show_list.marked)
        self.shelve(keep=changes.renamed.get(item.id) if isinstance(item, Show) else None)
        self.show_item()
        words = change_words(changes)
        if words or back:
            told = words or "the same list as before"
            self.notify(told, title="The file is back" if back else "The file changed", markup=False, timeout=6)
        self.note_hand_edits()

    @on(FileLost)
    def _tell_loss(self, event: FileLost) -> None:
        self.lost = event.reason
        self.show_state()
        self.notify(
            f"{event.reason} The list is shown as it was read last; it is read again when the file is back.",
            severity="error",
            markup=False,
            timeout=20,
        )

    @on(DayPassed)
    def _show_new_day(self) -> None:
        self.shelve()
        self.show_item()

    @on(LockedUp)
    def _offer_again(self) -> None:
        self.show_state()
        if not (many := len(self.unsaved)) or not self._was_writable:
            return
        self.notify(
            f"The file can be written again: {self.again_key} saves {many} edit{'' if many == 1 else 's'}.",
            markup=False,
            timeout=15,
        )

    @on(CopiesFound)
    def _tell_copies(self, event: CopiesFound) -> None:
        new = [path for path in event.copies if path not in self.copies]
        self.copies = event.copies
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
        if lost := self.tracker.note_overwritten():
            self.app.call_from_thread(self.notify, lost.label, severity="warning", markup=False, timeout=15)
        if outcome := self.tracker.note_hand_edits():
            self.app.call_from_thread(self._tell_hand_edits, outcome)

    def _tell_hand_edits(self, outcome: Outcome) -> None:
        self.shelve()
        self.show_item()
        self.app.clear_notifications()
        self.notify(outcome.label, title="Noted from the file; u takes it back", markup=False)

    def read_again(self) -> None:
        """Read the file again, after an editor had it."""
        self._look_at_file()
        if self._missed[1]:
            self.post_message(self.FileLost(self._missed[1]))
            self._missed = (0, "")

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

    @work(thread=True, group="merging", exclusive=True, exit_on_error=False)
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

        why = f"The file and {copy.path.name} have different values."
        after = "The other one stays among the earlier versions: tracker restore --list."
        questions = [
            Question(one.title, one.field, why, (("the file's", one.in_file), ("the copy's", one.in_copy)), after)
            for one in copy.choices
        ]

        def merge(answers: list[int]) -> None:
            taken = [one.place for one, theirs in zip(copy.choices, answers, strict=True) if theirs]
            self._do(lambda: self.tracker.merge_copy(copy.path, taken))
            self.copies = self.tracker.copies()
            self.show_state()

        def go_on(sure: bool | None) -> None:
            if sure:
                ask_each(self.app, questions, merge)

        what = change_words(copy.changes) or "nothing new"
        many = len(questions)
        asked = f"{many} value{'' if many == 1 else 's'} to choose. " if many else ""
        odd = "".join(f"{sentence} " for sentence in copy.odd)
        hint = f"It brings: {what}. {asked}{odd}u takes the merge back; the copy goes to the earlier versions."
        self.app.push_screen(Confirm(Content.assemble("Merge ", (copy.path.name, "bold"), "?"), hint), go_on)

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
