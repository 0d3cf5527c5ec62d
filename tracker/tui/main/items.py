"""What is done with an item of a pane: it is opened, edited, removed, or one is added."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from tracker.model.history import ME, Claim
from tracker.model.show import Show
from tracker.service import Outcome
from tracker.service.edits import Edits
from tracker.tui.bindings import key_named
from tracker.tui.details.pane_values import ClaimItem, claim_key
from tracker.tui.main.edits import Edit, EditRunner
from tracker.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tracker.tui.dialogs.form import Dialog


class ItemHost(Protocol):
    """The main screen, for the edits of items."""

    def open_dialog(self, dialog: Dialog[Any]) -> None:
        """Put a dialog over the screen, whose result nobody waits for."""


class ItemEdits:
    """Edits the items of the panes where they are; each edit is one step of undo."""

    def __init__(self, host: ItemHost, runner: EditRunner, edits: Edits) -> None:
        self._host = host
        self._runner = runner
        self._edits = edits

    def edit_claim(self, pane: TextPane, item: ClaimItem, today: date) -> None:
        """Ask for what a claim should say; the cursor stays on it."""
        from tracker.tui.dialogs.record import RecordForm

        def save(claim: Claim) -> None:
            self._submit(pane, claim_key(claim), lambda: self._edits.edit_claim(item.show, item.place, claim))

        self._host.open_dialog(RecordForm([item.show], today, save, claim=item.claim))

    def add_claim(self, pane: TextPane, show: Show, today: date) -> None:
        """Ask for a new claim."""
        from tracker.tui.dialogs.record import RecordForm

        def save(claim: Claim) -> None:
            claim = claim._replace(on=claim.on or today, source=claim.source or ME)
            self._submit(pane, claim_key(claim), lambda: self._edits.record({show.id: claim}))

        self._host.open_dialog(RecordForm([show], today, save, pick_status=False))

    def remove_claim(self, item: ClaimItem) -> None:
        """Take a claim out of its history."""
        self._remove(lambda: self._edits.remove_claim(item.show, item.place))

    def _submit(self, pane: TextPane, key: Hashable, edit: Edit) -> None:
        pane.go_to(key)
        self._runner.submit(edit)

    def _remove(self, edit: Edit) -> None:
        def remove() -> Outcome:
            outcome = edit()
            return outcome._replace(label=f"{outcome.label}; {key_named('undo').key_text} brings it back")

        self._runner.run(remove)
