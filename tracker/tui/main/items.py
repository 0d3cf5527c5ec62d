"""What is done with an item of a pane: it is opened, edited, removed, or one is added."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from tracker.model.history import ME, Claim
from tracker.model.show import Credit, Person, Show
from tracker.model.watchlist import Watchlist
from tracker.service import Outcome
from tracker.service.edits import Edits
from tracker.tui.bindings import key_named
from tracker.tui.details.pane_values import ClaimItem, CreditItem, LinkItem, claim_key, link_key
from tracker.tui.main.edits import Edit, EditRunner
from tracker.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tracker.tui.dialogs.form import Dialog


class ItemHost(Protocol):
    """The main screen, for the edits of items."""

    watchlist: Watchlist
    """The list that is shown."""

    def open_dialog(self, dialog: Dialog[Any], on_done: Callable[[Any], None] | None = None) -> None:
        """Put a dialog over the screen, and call `on_done` with its result."""


class ItemEdits:
    """Edits the items of the panes where they are; each edit is one step of undo."""

    def __init__(self, host: ItemHost, runner: EditRunner, edits: Edits, may_edit: Callable[[], bool]) -> None:
        self._host = host
        self._may_edit = may_edit
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

    def edit_credit(self, pane: TextPane, show: Show, place: int | None) -> None:
        """Ask for what a credit should say, or for a new one; the cursor goes to it."""
        from tracker.tui.dialogs.item_forms import CreditForm

        def save(credit: Credit) -> None:
            self._submit(pane, credit, lambda: self._edits.edit_credit(show, place, credit))

        credit = show.cast[place] if place is not None else None
        self._host.open_dialog(CreditForm(show.title, credit, self._host.watchlist.shows, save))

    def remove_credit(self, item: CreditItem) -> None:
        """Take a credit out of its cast."""
        self._remove(lambda: self._edits.edit_credit(item.show, item.place, None))

    def edit_link(self, pane: TextPane, show: Show, name: str | None) -> None:
        """Ask for name and address of a link, or of a new one; the cursor goes to it."""
        from tracker.tui.dialogs.item_forms import LinkForm

        def save(link: tuple[str, str]) -> None:
            self._submit(pane, link_key(link[0]), lambda: self._edits.edit_link(show, name, link))

        self._host.open_dialog(LinkForm(show.title, (name, show.links[name]) if name is not None else None, save))

    def remove_link(self, item: LinkItem) -> None:
        """Take a link away."""
        self._remove(lambda: self._edits.edit_link(item.show, item.name, None))

    def open_person(self, name: str, on_picked: Callable[[str | None], None]) -> None:
        """Show the card of a person, where it can be edited; `on_picked` gets the id of a show that is picked there."""
        from tracker.tui.dialogs.prompts import PersonActions, PersonCard

        actions = PersonActions(self._edit_person, self._follow_person, self._remove_person)
        self._host.open_dialog(PersonCard(name, self._load_person, actions), on_picked)

    def _load_person(self, name: str) -> tuple[Person | None, Sequence[Show]]:
        watchlist = self._host.watchlist
        person = watchlist.person(name)
        return person, watchlist.shows_with(person.names if person is not None else (name,))

    def _edit_person(self, name: str, person: Person | None, on_done: Callable[[], None]) -> None:
        from tracker.tui.dialogs.item_forms import PersonForm

        def save(changed: Person) -> None:
            self._runner.submit(lambda: self._edits.edit_person(person, changed))
            on_done()

        if self._may_edit():
            self._host.open_dialog(PersonForm(name, person, save))

    def _follow_person(self, name: str, person: Person | None, on_done: Callable[[], None]) -> None:
        if self._may_edit():
            known = person or Person(name)
            self._runner.run(lambda: self._edits.edit_person(person, known._replace(follow=not known.follow)))
            on_done()

    def _remove_person(self, person: Person, on_done: Callable[[], None]) -> None:
        if self._may_edit():
            self._remove(lambda: self._edits.edit_person(person, None))
            on_done()

    def _submit(self, pane: TextPane, key: Hashable, edit: Edit) -> None:
        pane.go_to(key)
        self._runner.submit(edit)

    def _remove(self, edit: Edit) -> None:
        def remove() -> Outcome:
            outcome = edit()
            return outcome._replace(label=f"{outcome.label}; {key_named('undo').key_text} brings it back")

        self._runner.run(remove)
