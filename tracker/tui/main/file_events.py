"""What happens to the file from the outside: another text, another day, a lock, copies of a sync program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from tracker.model.formatting import describe_diff, plural
from tracker.service import Tracker, file_monitor
from tracker.service.file_monitor import (
    CopiesChanged,
    DayChanged,
    FileChanged,
    FileLost,
    LateWritesFound,
    LockChanged,
)
from tracker.service.open_watchlist import FileVersion
from tracker.tui.background import PollingThread
from tracker.tui.bindings import key_named
from tracker.tui.main.edits import EditRunner
from tracker.tui.main.host import Host


class FileWatch:
    """Polls the file in a thread, and shows what happened to it.

    Args:
        host: Gets a `FileWatch.Seen` for each event, and gives it back to `handle`.
        tracker: The list.
        edits: Has the edits that wait for a file that can be written.
        poll_every: Seconds between two looks at the file; 0 for none.
    """

    @dataclass
    class Seen(Message):
        """Something happened to the file."""

        event: file_monitor.FileEvent

    def __init__(self, host: Host, tracker: Tracker, edits: EditRunner, poll_every: float) -> None:
        self._host = host
        self._tracker = tracker
        self._edits = edits
        self._monitor = tracker.monitor
        self._thread = PollingThread(self._poll, poll_every, self._report) if poll_every else None
        self.read_error = ""
        """Why the file cannot be read, "" while it can."""
        self.copies: tuple[Path, ...] = ()
        """The copies of a sync program beside the file."""

    @property
    def is_polling(self) -> bool:
        """Whether the file is looked at by itself."""
        return self._thread is not None

    @property
    def troubles(self) -> list[str]:
        """What the header says of the file, in a few words each."""
        troubles = ["can't read the file"] if self.read_error else []
        if self.copies:
            troubles.append(f"{plural(len(self.copies), 'conflicted copy', 'conflicted copies')} (M)")
        if many := len(self._edits.unsaved):
            troubles.append(f"{plural(many, 'edit')} not saved ({key_named('save-again').key_text})")
        return troubles

    def start(self) -> None:
        """Begin to poll."""
        if self._thread is not None:
            self._thread.start()

    def stop(self) -> None:
        """Poll no more."""
        if self._thread is not None:
            self._thread.stop()

    def _poll(self) -> None:
        self._post(self._monitor.poll())

    def poll_all(self, *, patient: bool = True) -> None:
        """Look at everything now; a file that cannot be read is given some more looks if `patient`."""
        self._post(self._monitor.poll_all(patient=patient))

    def _post(self, events: list[file_monitor.FileEvent]) -> None:
        for event in events:
            self._host.post_message(self.Seen(event))
        self._tracker.backups.back_up_replaced()

    def _report(self, reason: str) -> None:
        self._host.post_message(self.Seen(FileLost(f"Can't watch the file for changes ({reason}).")))

    def handle(self, event: file_monitor.FileEvent) -> None:
        """Show what happened."""
        match event:
            case FileChanged(version):
                self._show_change(version)
            case FileLost(reason):
                self._show_loss(reason)
            case DayChanged():
                self._host.show_watchlist()
                self._host.update_details()
                self._host.tell_reminders()
            case LockChanged(is_writable):
                self._show_lock(is_writable)
            case CopiesChanged(copies):
                self._show_copies(copies)
            case LateWritesFound(sentence):
                self._host.notify(sentence, severity="warning", markup=False, timeout=15)

    def _show_change(self, version: FileVersion) -> None:
        before, was_lost = self._tracker.watchlist.current, bool(self.read_error)
        diff = self._tracker.watchlist.adopt(version)
        self.read_error = ""
        is_same = self._tracker.watchlist.current is before and not was_lost
        self._host.show_file_change(diff, is_same=is_same)
        words = describe_diff(diff)
        if not is_same and (words or was_lost):
            # A file that changes again and again would bury the list under its messages.
            self._host.clear_notifications()
            title = "The file is back" if was_lost else "The file changed"
            self._host.notify(words or "the list is the same as before", title=title, markup=False, timeout=6)

    def _show_loss(self, reason: str) -> None:
        self.read_error = reason
        self._host.update_header()
        self._host.notify(
            f"{reason} You see the list as last read. It reloads when the file is back.",
            severity="error",
            markup=False,
            timeout=20,
        )

    def _show_lock(self, is_writable: bool) -> None:
        self._host.update_header()
        if is_writable and (many := len(self._edits.unsaved)):
            again = key_named("save-again").in_words
            words = f"The file can be written again. Press {again} to save {plural(many, 'edit')}."
            self._host.notify(words, markup=False, timeout=15)

    def _show_copies(self, copies: tuple[Path, ...]) -> None:
        new = [path for path in copies if path not in self.copies]
        self.copies = copies
        self._host.update_header()
        if new and self._tracker.watchlist.as_of is None:
            self._host.notify(
                f"{new[0].name}: two machines changed the file at once. Press M to merge.",
                title="Conflicted copy",
                severity="warning",
                markup=False,
                timeout=15,
            )
