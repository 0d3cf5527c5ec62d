"""What the keys of the main screen do to the list: claims, edits, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content

from tracker.errors import Conflict, TrackerError, WatchlistDamaged, WatchlistUnreadable, WatchlistUnwritable
from tracker.model.fields import FIELDS
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import step
from tracker.model.watchlist import Damage
from tracker.service import Outcome
from tracker.tui import editor
from tracker.tui.keys import MAIN
from tracker.tui.screens.travels import Travels

# Forms are imported when one is opened: their widgets would take a tenth of the start.


Deed = Callable[[], Outcome]
"""An edit that can be tried again."""


class Deeds(Travels):
    """The editing half of the main screen."""

    unsaved: list[Deed]
    """Edits that the file or its disk refused, oldest first."""

    def show_state(self) -> None:
        """Show in the header what is on the list, and what the owner should know of its file."""
        raise NotImplementedError

    def after_edit(self, outcome: Outcome) -> None:
        """Show the list after an edit."""
        raise NotImplementedError

    def after_editor(self) -> None:
        """Take note that the owner had the file in their editor."""

    def read_again(self) -> None:
        """Read the file again."""
        raise NotImplementedError

    def _chosen(self) -> list[Show]:
        """Return the marked shows, else the one under the cursor."""
        if marked := self.show_list.marked:
            return [show for show in self.watchlist.shows if show.id in marked]
        item = self.item
        if item is None and self.watchlist.shows:
            self.notify("No show stands here.", severity="warning", markup=False, timeout=3)
        if isinstance(item, Damage):
            self.notify("This entry cannot be read; E opens it in your editor.", severity="warning", markup=False)
        return [item] if isinstance(item, Show) else []

    def _may_edit(self) -> bool:
        """Return whether an edit may begin; one that then cannot be saved is kept."""
        why = self.tracker.why_read_only if self.tracker.as_of is not None else ""
        if self.believed is not None:
            why = f"You look at what was believed on {self.believed}; 0 goes back to {self.tracker.as_of or 'today'}."
        if not why and not self.watchlist.complete:
            why = "The rest of the list is still being read; try again in a second."
        if why:
            self.notify(why, severity="warning", markup=False, timeout=6)
        return not why

    def _try(self, deed: Deed) -> str:
        """Do an edit and show what came of it; return why it was refused, "" where it was not."""
        try:
            outcome = deed()
        except TrackerError as error:
            self.shelve()
            return str(error)
        self.after_edit(outcome)
        return ""

    def _do(self, deed: Deed, *, keep: bool = True) -> None:
        """Do an edit and show what came of it; a refusal becomes a message.

        Args:
            deed: The edit.
            keep: Whether it is kept, and offered again, where the file cannot be written.
        """
        try:
            outcome = deed()
        except (WatchlistUnwritable, WatchlistUnreadable) as error:
            kept = (
                ""
                if isinstance(error, WatchlistDamaged) or not keep
                else f" The edit is kept: {self.again_key} saves it."
            )
            if kept:
                self.unsaved.append(deed)
                self.show_state()
            self.notify(f"{error}{kept}", severity="error", markup=False, timeout=15)
        except TrackerError as error:
            self.shelve()
            self.notify(str(error), severity="error", markup=False, timeout=15)
        else:
            self.after_edit(outcome)

    @property
    def again_key(self) -> str:
        """The key that saves again."""
        return next(key for key in MAIN if key.id == "save-again").shown

    def action_save_again(self) -> None:
        """Save what could not be saved, first things first."""
        if not self.unsaved:
            self.notify("Everything is saved.", markup=False, timeout=3)
        while self.unsaved:
            try:
                outcome = self.unsaved[0]()
            except (WatchlistUnwritable, WatchlistUnreadable) as error:
                self.notify(str(error), severity="error", markup=False, timeout=15)
                break
            except TrackerError as error:
                # It fits the list no more, and never will: it must not bar the others.
                self.notify(f"Given up: {error}", severity="error", markup=False, timeout=15)
            else:
                self.after_edit(outcome)
            del self.unsaved[0]
        self.shelve()

    def _record(self, *, pick_status: bool) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.screens.record import RecordForm

        ids = [show.id for show in shows]

        def record(claim: Claim) -> str:
            # The day is that of the first try, also where it can be saved later only.
            claim = claim._replace(on=claim.on or self.tracker.today)
            refusal = self._try(lambda: self.tracker.record(ids, claim))
            if not refusal:
                self.show_list.set_marks(())
            return refusal

        self.app.push_screen(RecordForm(shows, self.tracker.today, self.signs, record, pick_status=pick_status))

    def action_record_status(self) -> None:
        """Ask for a status and record it."""
        self._record(pick_status=True)

    def action_record_claim(self) -> None:
        """Ask for a claim and record it."""
        self._record(pick_status=False)

    def action_step(self, by: int) -> None:
        """Record the status `by` steps along the line."""
        if not self._may_edit() or not (shows := self._chosen()):
            return
        claims = {}
        for show in shows:
            if (status := step(show.status, by, show.kind)) is not None:
                claims[show.id] = Claim(on=self.tracker.today, status=status)
        if claims:
            self._do(lambda: self.tracker.record_each(claims))
        else:
            ends = f"{shows[0].title} stands" if len(shows) == 1 else "They all stand"
            self.notify(
                f"{ends} at the {'end' if by > 0 else 'beginning'} of the line.", severity="warning", markup=False
            )

    def action_add_show(self) -> None:
        """Ask for a title and add a show."""
        if self._may_edit():
            self.add_by_hand()

    def add_by_hand(self, title: str = "") -> None:
        """Ask for what is known of a show, and add it."""
        from tracker.tui.screens.edit import Added, AddForm

        def add(added: Added) -> str:
            refusal = self._try(lambda: self.tracker.add(added.show, added.claim))
            if not refusal:
                self.go_to(self.watchlist.shows[-1].id)
            return refusal

        self.app.push_screen(AddForm((show.title for show in self.watchlist.shows), add, title))

    def action_edit_show(self) -> None:
        """Edit the fields of the show."""
        if not self._may_edit() or not isinstance(show := self.item, Show):
            if not isinstance(self.item, Show):
                self._chosen()
            return

        from tracker.tui.screens.edit import EditForm

        def save(values: dict[str, Any]) -> str:
            if not values:
                return ""
            try:
                self.after_edit(self.tracker.set_fields(show.id, values, show))
            except Conflict as conflict:
                # The form may close: both values go on to the person.
                self.shelve()
                self._settle(show, values, conflict)
            except TrackerError as error:
                self.shelve()
                return str(error)
            return ""

        self.app.push_screen(EditForm(show, save))

    def _settle(self, show: Show, values: dict[str, Any], conflict: Conflict) -> None:
        """Ask which value counts, field by field; the other one stays in the journal."""
        from tracker.tui.screens.choice import Question, ask_each

        redo = next(key for key in MAIN if key.id == "redo").shown
        questions = [
            Question(
                show.title,
                FIELDS[one.field].label,
                "Somebody changed it in the file while you did here.",
                (("the file's", one.in_file), ("yours", one.wanted)),
                f"The other one stays in the journal: u brings the file's back, {redo} writes yours.",
            )
            for one in conflict.differences
        ]

        def settle(answers: list[int]) -> None:
            left = {one.field for one, mine in zip(conflict.differences, answers, strict=True) if not mine}
            written = {name: value for name, value in values.items() if name not in left}
            if written:
                self._do(lambda: self.tracker.set_fields(show.id, written))
            if left:
                self._leave(show, {name: values[name] for name in left}, redo)

        self.call_after_refresh(ask_each, self.app, questions, settle)

    def _leave(self, show: Show, values: dict[str, Any], redo: str) -> None:
        try:
            self.tracker.leave(show.id, values)
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
            return
        self.shelve()
        self.notify(f"{show.title} stays as the file has it; {redo} writes yours.", markup=False, timeout=8)

    def action_tag(self) -> None:
        """Ask for a tag and give it to the chosen shows, or take it from them if all have it."""
        if not self._may_edit() or not (shows := self._chosen()):
            return

        from tracker.tui.screens.dialogs import Ask

        def tag(text: str | None) -> None:
            names = FIELDS["tags"].read(text or "")
            if names:
                self._toggle_tags(names, [show for one in shows if (show := self.watchlist.find(one.id))])

        title = shows[0].title if len(shows) == 1 else f"{len(shows)} shows"
        self.app.push_screen(Ask(Content(f"Tag {title}"), "", "a tag that all have already is taken away"), tag)

    def _toggle_tags(self, names: tuple[str, ...], shows: list[Show]) -> None:
        """Take tags away that all the shows have, and give them those that not all have."""
        gone = {name for name in names if all(name in show.tags for show in shows)}
        values = {}
        for show in shows:
            tags = tuple(dict.fromkeys(tag for tag in (*show.tags, *names) if tag not in gone))
            if tags != show.tags:
                values[show.id] = {"tags": tags}
        self._do(lambda: self.tracker.set_each(values))

    def action_remove(self) -> None:
        """Ask, then take the chosen shows off the list."""
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.screens.dialogs import Confirm

        what = shows[0].title if len(shows) == 1 else f"{len(shows)} marked shows"
        ids = [show.id for show in shows]

        def remove(sure: bool | None) -> None:
            if sure:
                self._do(lambda: self.tracker.remove(ids))

        question = Content.assemble("Remove ", (what, "bold"), "?")
        self.app.push_screen(Confirm(question, "u brings it back, with its whole history."), remove)

    def action_undo(self) -> None:
        """Take the last edit back."""
        if self._may_edit():
            self._do(self.tracker.undo, keep=False)

    def action_redo(self) -> None:
        """Bring the last undone edit again."""
        if self._may_edit():
            self._do(self.tracker.redo, keep=False)

    def action_open_editor(self) -> None:
        """Open the file at this entry in $EDITOR, and read it again."""
        if (self.tracker.as_of is not None or self.believed is not None) and not self._may_edit():
            return
        item = self.item
        match item:
            case Damage():
                line = item.line
            case Show():
                line = self.tracker.line_of(item.id)
            case _:
                line = 1
        problem = editor.edit(self.app, self.tracker.path, line)
        self.after_editor()
        if problem:
            self.notify(problem, severity="error", markup=False, timeout=15)
        self.read_again()
