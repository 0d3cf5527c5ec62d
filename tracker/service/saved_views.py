"""The saved views of the owner: read from the settings, and written there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tracker.errors import BadValue
from tracker.reports.query import names_view, parse_view, rename_view
from tracker.reports.saved_view import MAX_NAME, SavedView, find_view, is_same_name, is_view_name
from tracker.store.settings import Settings, read_settings


class SavedViews:
    """The saved views in the order of the file.

    Args:
        path: The file of the settings.
        settings: Returns the settings as they were read.
    """

    def __init__(self, path: Path, settings: Callable[[], Settings]) -> None:
        self.path = path
        self._settings = settings
        self._newer: tuple[SavedView, ...] | None = None

    @property
    def all(self) -> tuple[SavedView, ...]:
        """The saved views, as they were read last."""
        return self._settings().views if self._newer is None else self._newer

    def find(self, name: str) -> SavedView | None:
        """Return the saved view of that name."""
        return find_view(self.all, name)

    def read_again(self) -> bool:
        """Read the file, which its owner may have edited, and return whether the views are others now.

        They stay as they are where the file cannot be read.
        """
        before, now = self.all, read_settings(self.path)
        if now.views or not now.error:
            self._newer = now.views
        return self.all != before

    def check(self, view: SavedView, before: str = "") -> None:
        """Check a view that is to be saved; `before` is the name that it had.

        Raises:
            BadValue: Its name is none, it says nothing, or its filter cannot be read.
        """
        if not is_view_name(view.name):
            raise BadValue(f"Use letters, digits, - and _ for a name, up to {MAX_NAME} characters.", "name")
        if not view.values.keys() - {"key"}:
            raise BadValue("There is nothing to save: no filter and no arrangement.", "query")
        parse_view(view, (), [*self._others(view, before), view])

    def users(self, name: str) -> list[SavedView]:
        """Return the saved views whose filters name a view."""
        return [view for view in self.all if names_view(view.query, name)]

    def _others(self, view: SavedView, before: str) -> list[SavedView]:
        """Return the views beside one that is to be saved, with its new name in their filters."""
        others = [other for other in self.all if not is_same_name(other.name, view.name)]
        if not before:
            return others
        others = [other for other in others if not is_same_name(other.name, before)]
        return [other._replace(query=rename_view(other.query, before, view.name)) for other in others]

    def save(self, view: SavedView, before: str = "") -> None:
        """Save a view; it replaces one of its name, and the one that had the name `before`, also in other filters.

        Raises:
            BadValue: As `check` does.
            SettingsUnwritable: The file refuses.
        """
        from tracker.store.saved_views import write_view  # loads what writes TOML

        self.check(view, before)
        write_view(self.path, view, before, [other for other in self._others(view, before) if other not in self.all])
        self.read_again()

    def remove(self, name: str) -> None:
        """Remove a view.

        Raises:
            SettingsUnwritable: The file refuses.
        """
        from tracker.store.saved_views import remove_view  # as above

        remove_view(self.path, name)
        self.read_again()
