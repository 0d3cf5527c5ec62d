"""What is done with saved views from the main screen: they are counted, saved, edited and deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from tracker.errors import BadValue, TrackerError
from tracker.model.search_phrase import SearchText
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.reports.listing import count_views
from tracker.reports.query import Query, parse_query, parse_view
from tracker.reports.saved_view import SIGN, SavedView, is_same_name
from tracker.service.saved_views import SavedViews
from tracker.text import fit, shorten
from tracker.tui.background import run_in_thread, then
from tracker.tui.bindings import find_key, parse_key_name
from tracker.tui.main.host import Host
from tracker.tui.view_state import ViewState
from tracker.tui.widgets.completer import Complete

if TYPE_CHECKING:
    from tracker.tui.dialogs.form import Dialog
    from tracker.tui.dialogs.saved_views import OnDone, ViewRow

MAX_LABEL: Final = 24
"""The most cells that the name of a view takes in header and bar."""
_MAX_AT_ONCE: Final = 2_000
"""How many shows are looked at while the screen waits; for more, a thread counts."""


class ViewHost(Host, Protocol):
    """The main screen, for its saved views."""

    watchlist: Watchlist
    """The list that is shown."""
    view: ViewState
    """How it is shown."""
    filter: Query
    """What of it is shown."""

    def open_dialog(self, dialog: Dialog[Any], on_done: Callable[[Any], None] | None = None) -> None:
        """Put a dialog over the screen, and call `on_done` with its result."""

    def search_text(self, show: Show) -> SearchText:
        """Return the text of a show in which words are searched for."""

    def apply_soon(self, saved: SavedView | None, before: SavedView | None = None) -> None:
        """Apply a saved view, or none, in place of `before`, when the dialog that is closing is gone."""

    def show_saved_views(self) -> None:
        """Show the saved views as they are now."""


class SavedViewEdits:
    """Saves, edits and deletes views, and knows how many shows each has.

    Args:
        host: The main screen.
        saved_views: The saved views of the settings.
        own_keys: Other keys for actions, by the action's name.
        today: Returns today.
        complete: Completes a filter.
    """

    def __init__(
        self,
        host: ViewHost,
        saved_views: SavedViews,
        own_keys: Mapping[str, str],
        today: Callable[[], date],
        complete: Complete,
    ) -> None:
        self._host = host
        self._saved = saved_views
        self._own_keys = own_keys
        self._today = today
        self._complete = complete
        self.counts: Mapping[str, int | None] = {}
        """How many shows each view has, by name, as far as it is known; None where its filter cannot be read."""
        self._counted: tuple[Watchlist, tuple[SavedView, ...], date, bool] | None = None
        self._is_counting = False
        self._keys: tuple[tuple[SavedView, ...] | None, Mapping[str, SavedView]] = (None, {})
        """The views, and those with a key by its name."""

    @property
    def all(self) -> tuple[SavedView, ...]:
        """The saved views."""
        return self._saved.all

    @property
    def current(self) -> SavedView | None:
        """The saved view that is on."""
        return self._saved.find(self._host.view.saved_view) if self._host.view.saved_view else None

    @property
    def label(self) -> str:
        """What the header says of the view that is on; "" for none. A plus says that something was changed since."""
        if (saved := self.current) is None:
            return ""
        return fit(saved.label, MAX_LABEL).rstrip() + ("" if self._is_as_saved(saved) else " +")

    def _is_as_saved(self, saved: SavedView) -> bool:
        """Return whether the list is seen as a saved view wants it."""
        return self._host.filter.text == saved.query and self._host.view.is_as_saved(saved)

    def parse(self, view: SavedView) -> Query:
        """Return the query of a view.

        Raises:
            BadQuery: It cannot be read.
        """
        return parse_view(view, self._host.watchlist.people, self.all)

    # Keys.

    def key_of(self, view: SavedView) -> str:
        """Return the name of the key that applies a view; "" for none, and for one that is another's."""
        return next((key for key, other in self._by_key().items() if other == view), "")

    def find_by_key(self, key: str) -> SavedView | None:
        """Return the view that a key applies."""
        return self._by_key().get(key)

    def _by_key(self) -> Mapping[str, SavedView]:
        # It is asked at each key.
        if self._keys[0] is not self.all:
            keys: dict[str, SavedView] = {}
            for view in self.all:
                with suppress(BadValue):
                    if (key := parse_key_name(view.key)) and not self._find_owner(key):
                        keys.setdefault(key, view)
            self._keys = (self.all, keys)
        return self._keys[1]

    def complaints(self) -> list[str]:
        """Return what is wrong with the views, as sentences: keys that others have, filters that cannot be read."""
        found = []
        for view in self.all:
            if view.key and (why := self.check_key(view.key)):
                found.append(f"{self._saved.path}: “views.{view.name}.key”: {why}")
            if why := self._problem(view):
                found.append(f"{self._saved.path}: {why}")
        return found

    def check_key(self, text: str, name: str = "") -> str:
        """Return why the view `name` cannot have a key, as a sentence, "" if it can."""
        try:
            key = parse_key_name(text)
        except BadValue as error:
            return str(error)
        if owner := self._find_owner(key):
            return f"{text} is taken by “{owner}”."
        taken = self.find_by_key(key)
        if taken is None or not name or is_same_name(taken.name, name):
            return ""
        return f"{text} is the key of {taken.label}."

    def _find_owner(self, key: str) -> str:
        if key == "ctrl+c":
            return "copy"
        owner = find_key(key, self._own_keys) if key else None
        return owner.label if owner is not None else ""

    def _problem(self, view: SavedView) -> str:
        """Return why the filter of a view cannot be read, as a sentence, "" if it can."""
        try:
            self.parse(view)
        except BadValue as error:
            return str(error)
        return ""

    # Counting.

    def count(self) -> None:
        """Count the shows of each view, unless that is done, and let them be shown."""
        watchlist, views, today = self._host.watchlist, self.all, self._today()
        wanted = (watchlist, views, today, self._host.view.without_saved(self.current).shows_seen)
        is_known = self._counted is not None and self._counted[0] is watchlist and self._counted[1:] == wanted[1:]
        if is_known or self._is_counting or not watchlist.is_complete:
            return
        self._counted = wanted
        work = partial(
            count_views, views, watchlist.shows, watchlist.people, today,
            shows_seen=wanted[3], text_of=self._host.search_text,
        )  # fmt: skip
        if len(watchlist.shows) * len(views) <= _MAX_AT_ONCE:
            self._show_counts(work())
        else:
            self._is_counting = True
            run_in_thread(self._host, "background", work, then(self._show_counts))

    def _show_counts(self, counts: dict[str, int | None] | TrackerError) -> None:
        self._is_counting = False
        if not isinstance(counts, TrackerError):
            self.counts = counts
            self._host.show_saved_views()
        # The list may have changed meanwhile.
        self.count()

    # The menu.

    def open_menu(self, on_pick: Callable[[SavedView], Any]) -> None:
        """Offer the saved views, as the settings have them now; `on_pick` is given the one to apply."""
        from tracker.tui.dialogs.saved_views import SavedViewsDialog, ViewActions

        if self._saved.read_again():
            self._show_changed()
        actions = ViewActions(self.save, self.edit, self.replace, self.delete)
        dialog = SavedViewsDialog(self._rows, actions, can_save=self._can_save)
        self._host.open_dialog(dialog, lambda view: on_pick(view) if view is not None else None)

    def _rows(self) -> list[ViewRow]:
        from tracker.tui.dialogs.saved_views import ALL_SHOWS, ViewRow

        current = self.current
        is_all = current is None and not self._host.filter.text
        return [
            ViewRow(ALL_SHOWS, len(self._host.watchlist.shows), "", is_all, ""),
            *(
                ViewRow(view, self.counts.get(view.name), self._problem(view), view == current, self.key_of(view))
                for view in self.all
            ),
        ]

    @property
    def _can_save(self) -> bool:
        return bool(self._as_seen("").values)

    def _as_seen(self, name: str, before: SavedView | None = None) -> SavedView:
        """Return what is seen now as a saved view; what the one that is on names stays named."""
        key = before.key if before is not None else ""
        return self._host.view.to_saved(name, self._host.filter.text, key, before)

    def save(self, on_done: OnDone = lambda name, problem: None) -> None:
        """Ask for a name, and save what is seen under it; the view that is on is offered to be replaced."""
        if not self._can_save:
            text = "Nothing to save. Filter or arrange the list first."
            self._host.notify(text, severity="warning", markup=False, timeout=4)
            return
        current = self.current
        view = self._as_seen(current.name if current is not None else "", current)
        self._ask("Save this view", view, "", on_done)

    def edit(self, view: SavedView, on_done: OnDone) -> None:
        """Ask for another name, filter or key of a view."""
        self._ask(f"Edit {view.label}", view, view.name, on_done)

    def replace(self, view: SavedView, on_done: OnDone) -> None:
        """Let a view be what is seen, once that is confirmed."""
        new = self._as_seen(view.name, view)
        if new == view:
            on_done(view.name, f"{view.label} already shows this.")
            return

        def save() -> None:
            try:
                self._save(new, view.name, is_applied=True)
            except TrackerError as error:
                on_done(view.name, str(error))
            else:
                on_done(new.name, "")

        from tracker.tui.dialogs.saved_views import describe_view

        what = describe_view(new, " · ")
        self._host.confirm(("Replace ", (view.label, "bold"), "?"), f"New: {shorten(what, 200)}", save)

    def delete(self, view: SavedView, on_done: OnDone) -> None:
        """Delete a view, once that is confirmed."""

        def delete() -> None:
            was_on = view == self.current
            try:
                self._saved.remove(view.name)
            except TrackerError as error:
                on_done(view.name, str(error))
                return
            self._show_changed()
            if was_on:
                self._host.apply_soon(None, view)
            on_done("", "")

        users = [user.label for user in self._saved.users(view.name) if user != view]
        hints = ["Your shows stay. This can't be undone."]
        if users:
            hints.append(f"{', '.join(users)} {'uses' if len(users) == 1 else 'use'} it and will stop working.")
        self._host.confirm(
            ("Delete ", (view.label, "bold"), "?"),
            " ".join(hints),
            delete,
        )

    def _ask(self, title: str, view: SavedView, before: str, on_done: OnDone) -> None:
        from tracker.tui.dialogs.saved_views import SavedViewForm

        def save(new: SavedView) -> None:
            self._save(new, before, is_applied=not before)
            on_done(new.name, "")

        others = [other for other in self.all if not before or not is_same_name(other.name, before)]

        def count(text: str) -> int:
            people, shows = self._host.watchlist.people, self._host.watchlist.shows
            query = (
                parse_view(view._replace(query=text), people, others)
                if view.name
                else parse_query(text, people, others)
            )
            return len(query.select(shows, self._today()))

        def check_key(key: str, name: str) -> str:
            return self.check_key(key, before or name.removeprefix(SIGN))

        self._host.open_dialog(SavedViewForm(title, view, others, count, check_key, self._complete, save))

    def _save(self, view: SavedView, before: str, *, is_applied: bool) -> None:
        """Save a view, and apply it; one that is edited only where it is on.

        Raises:
            TrackerError: It cannot be saved.
        """
        current = self.current
        was_as_saved = current is not None and self._is_as_saved(current)
        self._saved.save(view, before)
        if before and current is not None and is_same_name(current.name, before):
            self._host.view = self._host.view._replace(saved_view=view.name)
            is_applied = is_applied or was_as_saved
        self._show_changed()
        if is_applied:
            self._host.apply_soon(view)
        self._host.notify(f"Saved as {view.label}", markup=False, timeout=4)

    def _show_changed(self) -> None:
        self.count()
        self._host.show_saved_views()
