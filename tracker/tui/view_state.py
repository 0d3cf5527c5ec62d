"""How the list is looked at: what the next run should find again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self

from tracker.reports.grouping import GROUPINGS, SORTS
from tracker.reports.saved_view import VIEWS
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

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any]) -> Self:
        """Return what was remembered; what makes no sense is passed over."""
        known = {_MEMORY_KEYS.get(name, name): value for name, value in memory.items()}
        values = {name: known[name] for name, choices in _CHOICES if known.get(name) in choices}
        cursor = known.get("cursor")
        return cls(
            **values,
            native=known.get("native") is True,
            shows_seen=known.get("shows_seen") is not False,
            cursor=cursor if isinstance(cursor, str) else "",
        )

    def to_memory(self) -> dict[str, object]:
        """Return what is to be remembered."""
        names = {field: name for name, field in _MEMORY_KEYS.items()}
        return {names.get(field, field): value for field, value in self._asdict().items()}

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
