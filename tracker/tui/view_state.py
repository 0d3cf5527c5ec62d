"""How the list is looked at: what the next run should find again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from tracker.reports.grouping import GROUPINGS, SORTS
from tracker.reports.saved_view import VIEWS, SavedView
from tracker.reports.time_scale import ZOOMS

PANE_NAMES = ("synopsis", "cast", "status")
"""The panes, top to bottom."""
VIEWS_WITH_PANES = ("list", "agenda")
"""The views beside which the panes are."""

_CHOICES: Final = (
    ("grouping", GROUPINGS), ("sort", SORTS), ("pane", PANE_NAMES), ("view", VIEWS),
    ("zoom", tuple(zoom.name for zoom in ZOOMS)),
)  # fmt: skip

_MEMORY_KEYS: Final = {"shape": "view"}
"""The fields that have another name in the file of the app's state."""


class ViewState(NamedTuple):
    """The owner's way to look at the list."""

    grouping: str = GROUPINGS[0]
    sort: str = SORTS[0]
    native: bool = False
    """Whether titles are shown in their own script."""
    shows_seen: bool = True
    """Whether shows are shown that the owner has watched or dropped."""
    pane: str = PANE_NAMES[-1]
    """The pane that is seen where there is room for one only."""
    view: str = VIEWS[0]
    """One of `VIEWS`."""
    zoom: str = ZOOMS[0].name
    """How near the timeline is."""
    cursor: str = ""
    """The item under the cursor, by its key."""
    saved_view: str = ""
    """The name of the saved view that is on; "" for none."""
    base: Mapping[str, Any] = {}
    """What the saved view has changed, as it was before, by field."""

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any]) -> Self:
        """Return what was remembered; what makes no sense is passed over."""
        known = {_MEMORY_KEYS.get(name, name): value for name, value in memory.items()}
        values = {name: known[name] for name, choices in _CHOICES if known.get(name) in choices}
        cursor, saved_view, base = (known.get(name) for name in ("cursor", "saved_view", "base"))
        base = base if isinstance(base, dict) else {}
        return cls(
            **values,
            native=known.get("native") is True,
            shows_seen=known.get("shows_seen") is not False,
            cursor=cursor if isinstance(cursor, str) else "",
            saved_view=saved_view if isinstance(saved_view, str) else "",
            base={name: value for name, value in base.items() if _is_arrangement(name, value)},
        )

    def to_memory(self) -> dict[str, object]:
        """Return what is to be remembered."""
        names = {field: name for name, field in _MEMORY_KEYS.items()}
        return {names.get(field, field): value for field, value in self._asdict().items()}

    def with_saved(self, saved: SavedView, before: SavedView | None = None) -> Self:
        """Return the view as a saved one wants it, instead of the one that is on; what it does not name stays."""
        view = self.without_saved(before)
        changes = _arrangement(saved)
        base = {field: getattr(view, field) for field in changes}
        return view._replace(**changes, saved_view=saved.name, base=base)

    def without_saved(self, saved: SavedView | None) -> Self:
        """Return the view as it was before the saved one that is on; what was changed since by hand stays."""
        given = _arrangement(saved) if saved is not None else {}
        changes = {
            field: value
            for field, value in self.base.items()
            if field in given and getattr(self, field) == given[field]
        }
        return self._replace(**changes, saved_view="", base={})

    def is_as_saved(self, saved: SavedView) -> bool:
        """Return whether the list is arranged as a saved view wants it."""
        return all(getattr(self, field) == value for field, value in _arrangement(saved).items())

    def to_saved(self, name: str, query: str, key: str = "", before: SavedView | None = None) -> SavedView:
        """Return a saved view of what is seen: what is not usual, and what `before`, which it replaces, names too."""
        usual, named = ViewState(), _arrangement(before) if before is not None else {}
        values = {
            saved_field: getattr(self, field)
            for saved_field, field in _SAVED_FIELDS.items()
            if getattr(self, field) != getattr(usual, field) or field in named
        }
        return SavedView(name, query, key=key, **values)

    def next_grouping(self) -> Self:
        """Return the view with the next grouping."""
        return self._replace(grouping=GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)])

    def next_sort(self) -> Self:
        """Return the view with the next order."""
        return self._replace(sort=SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)])

    @property
    def labels(self) -> list[str]:
        """What the header says of grouping and order; nothing where they are the usual ones."""
        by = {"release": "", "none": "not grouped"}.get(self.grouping, f"by {self.grouping}")
        by = by if self.view in ("list", "timeline") else ""
        view = "" if self.view == VIEWS[0] else self.view
        sort = {"release": "", "claim": "newest claim first"}.get(self.sort, f"sorted by {self.sort}")
        return [word for word in (view, by, sort) if word]


_SAVED_FIELDS: Final = {
    "view": "view", "group": "grouping", "sort": "sort", "native": "native", "seen": "shows_seen",
}  # fmt: skip
"""The fields of a saved view, and what they are called here."""


def _arrangement(saved: SavedView) -> dict[str, Any]:
    """Return what a saved view changes, by field."""
    return {field: saved.values[name] for name, field in _SAVED_FIELDS.items() if name in saved.values}


def _is_arrangement(field: object, value: object) -> bool:
    """Return whether a field of the arrangement may have a value."""
    choices = dict(_CHOICES).get(str(field), ())
    return field in _SAVED_FIELDS.values() and (value in choices or (not choices and isinstance(value, bool)))
