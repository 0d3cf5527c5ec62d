"""Merging a conflicted copy: a preview, a yes, a choice for each value in conflict."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import Conflict, TrackerError
from tracker.model.formatting import describe_diff, plural
from tracker.service import Outcome
from tracker.service.sync_copies import CopyPreview, SyncCopies
from tracker.tui.background import run_in_thread, then
from tracker.tui.main.file_events import FileWatch
from tracker.tui.main.host import Host


class SyncMerge:
    """Leads through the merge of the copies that a sync program left beside the file."""

    def __init__(self, host: Host, copies: SyncCopies, files: FileWatch) -> None:
        self._host = host
        self._copies = copies
        self._files = files

    def start(self) -> None:
        """Look at the first copy, and ask whether it is to be merged."""
        copies = self._files.copies = self._copies.find()
        self._host.update_header()
        if copies:
            self._preview(copies[0])
        else:
            self._host.notify("No conflicted copy found", markup=False, timeout=4)

    def _preview(self, path: Path) -> None:
        run_in_thread(self._host, "background", lambda: self._copies.preview(path), then(self._confirm))

    def _confirm(self, copy: CopyPreview | TrackerError) -> None:
        if isinstance(copy, TrackerError):
            self._host.notify(str(copy), severity="error", markup=False, timeout=15)
            return
        what = describe_diff(copy.diff) or "nothing new"
        choices = f"{plural(len(copy.conflicts), 'value')} to choose. " if copy.conflicts else ""
        hint = f"It brings {what}. {choices}u undoes the merge; the copy is kept among the earlier versions."
        self._host.confirm(("Merge ", (copy.name, "bold"), "?"), hint, lambda: self._choose(copy))

    def _choose(self, copy: CopyPreview) -> None:
        from tracker.tui.dialogs.choose import Question

        after = "The other value is kept among the earlier versions: tracker restore --list."
        why = f"The file and {copy.name} differ here."
        questions = [
            Question(
                conflict.title,
                conflict.field or "the whole entry",
                conflict.why or why,
                (("the file's", conflict.in_file), ("the copy's", conflict.in_copy)),
                after,
            )
            for conflict in copy.conflicts
        ]

        def merge(answers: list[int]) -> None:
            sides = {conflict.place: bool(answer) for conflict, answer in zip(copy.conflicts, answers, strict=True)}
            run_in_thread(
                self._host,
                "background",
                lambda: self._copies.merge(copy.path, sides),
                then(lambda outcome: self._show(outcome, copy.path)),
            )

        self._host.ask_each(questions, merge)

    def _show(self, outcome: Outcome | TrackerError, path: Path) -> None:
        if not isinstance(outcome, TrackerError):
            self._files.copies = self._copies.find()
            self._host.show_edit(outcome)
            return
        self._host.show_watchlist()
        self._host.notify(str(outcome), severity="error", markup=False, timeout=15)
        if isinstance(outcome, Conflict):
            # There is something else to decide by now.
            self._preview(path)
