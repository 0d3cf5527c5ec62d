"""What the keys of the main screen do to the list: claims, edits, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen

from tracker.errors import TrackerError
from tracker.model.fields import FIELDS
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import step
from tracker.model.watchlist import Damage, Watchlist
from tracker.service import Outcome, Tracker
from tracker.tui import editor
from tracker.tui.theme import Signs
from tracker.tui.widgets.show_list import ShowList

# Forms are imported when one is opened: their widgets would take a tenth of the start.

if TYPE_CHECKING:
    _Base = Screen[None]
else:
    _Base = object


class Deeds(_Base):
    """The editing half of the main screen."""

    tracker: Tracker
    """The list and what can be done to it."""
    signs: Signs
    """What draws statuses."""

    if TYPE_CHECKING:

        @property
        def show_list(self) -> ShowList:
            """The list on the left."""

        @property
        def watchlist(self) -> Watchlist:
            """The list as it was read last."""

        def after_edit(self, outcome: Outcome) -> None:
            """Show the list after an edit."""

        def read_again(self) -> None:
            """Read the file again."""

    def _chosen(self) -> list[Show]:
        """Return the marked shows, else the one under the cursor."""
        if marked := self.show_list.marked:
            return [show for show in self.watchlist.shows if show.id in marked]
        item = self.show_list.item
        if isinstance(item, Damage):
            self.notify("This entry cannot be read; E opens it in your editor.", severity="warning", markup=False)
        return [item] if isinstance(item, Show) else []

    def _may_edit(self) -> bool:
        why = self.tracker.why_read_only
        if not why and not self.watchlist.complete:
            why = "The rest of the list is still being read; try again in a second."
        if why:
            self.notify(why, severity="warning", markup=False, timeout=6)
        return not why

    def _do(self, deed: Callable[[], Outcome]) -> Outcome | None:
        """Do an edit and show what came of it; a refusal becomes a message."""
        try:
            outcome = deed()
        except TrackerError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
            return None
        self.after_edit(outcome)
        return outcome

    def _record(self, *, pick_status: bool) -> None:
        if not self._may_edit() or not (shows := self._chosen()):
            return
        from tracker.tui.screens.record import RecordForm

        ids = [show.id for show in shows]

        def record(claim: Claim | None) -> None:
            if claim is not None and self._do(lambda: self.tracker.record(ids, claim)):
                self.show_list.clear_marks()

        self.app.push_screen(RecordForm(shows, self.tracker.today, self.signs, pick_status=pick_status), record)

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
        for show in shows:
            if (status := step(show.status, by, show.kind)) is not None:
                self._do(lambda show=show, status=status: self.tracker.record([show.id], Claim(status=status)))  # type: ignore[misc]
            else:
                self.notify(f"{show.title} stands at the end of the line.", severity="warning", markup=False)

    def action_add_show(self) -> None:
        """Ask for a title and add a show."""
        if not self._may_edit():
            return
        from tracker.tui.screens.edit import Added, AddForm

        def add(added: Added | None) -> None:
            if added is not None:
                self._do(lambda: self.tracker.add(added.show, added.claim))

        self.app.push_screen(AddForm(show.title for show in self.watchlist.shows), add)

    def action_edit_show(self) -> None:
        """Edit the fields of the show."""
        if not self._may_edit() or not isinstance(show := self.show_list.item, Show):
            if isinstance(self.show_list.item, Damage):
                self._chosen()
            return

        from tracker.tui.screens.edit import EditForm

        def save(values: dict[str, object] | None) -> None:
            if values:
                self._do(lambda: self.tracker.set_fields(show.id, values, show))

        self.app.push_screen(EditForm(show), save)

    def action_tag(self) -> None:
        """Ask for a tag and give it to the chosen shows, or take it from them if all have it."""
        if not self._may_edit() or not (shows := self._chosen()):
            return

        from tracker.tui.screens.dialogs import Ask

        def tag(text: str | None) -> None:
            for name in FIELDS["tags"].read(text or ""):
                self._toggle_tag(name, shows)

        title = shows[0].title if len(shows) == 1 else f"{len(shows)} shows"
        self.app.push_screen(Ask(Content(f"Tag {title}"), "", "a tag that all have already is taken away"), tag)

    def _toggle_tag(self, name: str, shows: list[Show]) -> None:
        current = [self.watchlist.get(show.id) for show in shows]
        everywhere = all(name in show.tags for show in current)
        for show in current:
            rest = tuple(tag for tag in show.tags if tag != name)
            tags = rest if everywhere else (*rest, name)
            if tags != show.tags:
                self._do(lambda show=show, tags=tags: self.tracker.set_fields(show.id, {"tags": tags}))  # type: ignore[misc]

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
            self._do(self.tracker.undo)

    def action_redo(self) -> None:
        """Bring the last undone edit again."""
        if self._may_edit():
            self._do(self.tracker.redo)

    def action_open_editor(self) -> None:
        """Open the file at this entry in $EDITOR, and read it again."""
        item = self.show_list.item
        match item:
            case Damage():
                line = item.line
            case Show():
                line = self.tracker.line_of(item.id)
            case _:
                line = 1
        if problem := editor.edit(self.app, self.tracker.path, line):
            self.notify(problem, severity="error", markup=False, timeout=15)
        self.read_again()
