from __future__ import annotations

from typing import Any

import pytest

from tracker.reports.saved_view import SavedView
from tracker.tui.view_state import ViewState

KNOWN = ViewState(
    "network", "title", native=True, shows_seen=False, pane="cast", view="month", zoom="quarter", cursor="salt-road",
    saved_view="한국", base={"view": "list", "native": False},
)  # fmt: skip


def test_memory_of_a_view_is_the_view() -> None:
    assert ViewState.from_memory(KNOWN.to_memory()) == KNOWN


def test_memory_calls_the_view_a_shape() -> None:
    """As versions before did, whose files are read."""
    assert KNOWN.to_memory()["shape"] == "month"
    assert "view" not in KNOWN.to_memory()


@pytest.mark.parametrize(
    "memory",
    [
        {},
        {"cursor": 7, "grouping": ["x"], "sort": None, "native": "yes", "pane": {}, "theme": "[/]"},
        {"shape": ["month"], "zoom": 7},
        {"saved_view": 7, "base": {"view": "week", "native": "no", "pane": "cast", "cursor": "x", "sort": ["title"]}},
        {"base": ["view"]},
    ],
)
def test_memory_of_nonsense_is_passed_over(memory: dict[str, Any]) -> None:
    assert ViewState.from_memory(memory) == ViewState()


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (ViewState(), []),
        (ViewState("none", "claim"), ["not grouped", "newest claim first"]),
        (ViewState("network", view="timeline"), ["timeline", "by network"]),
        (ViewState("network", "rating", view="agenda"), ["agenda", "sorted by rating"]),
    ],
)
def test_labels(state: ViewState, labels: list[str]) -> None:
    assert state.labels == labels


AGENDA = SavedView("soon", "is:month", view="agenda", sort="title")
SEEN = SavedView("seen", "is:watched", seen=True, native=False, group="status")


def test_saved_view_changes_what_it_names() -> None:
    assert ViewState("network").with_saved(AGENDA) == ViewState(
        "network", "title", view="agenda", saved_view="soon", base={"view": "list", "sort": "release"}
    )


@pytest.mark.parametrize("state", [ViewState(), ViewState("network", "rating", native=True, view="month")])
def test_saved_view_is_left_without_a_trace(state: ViewState) -> None:
    on = state.with_saved(AGENDA)
    assert on.without_saved(AGENDA) == state
    assert on.with_saved(SEEN, AGENDA).without_saved(SEEN) == state
    assert on.with_saved(SEEN, AGENDA) == state.with_saved(SEEN)


def test_change_by_hand_outlasts_the_saved_view() -> None:
    on = ViewState().with_saved(AGENDA)._replace(view="month", native=True)
    assert on.without_saved(AGENDA) == ViewState(view="month", native=True)
    # One that is gone from the settings says nothing of what it changed.
    assert ViewState().with_saved(AGENDA).without_saved(None) == ViewState(sort="title", view="agenda")


@pytest.mark.parametrize(
    ("state", "is_same"),
    [
        (ViewState(sort="title", view="agenda"), True), (ViewState("network", "title", view="agenda"), True),
        (ViewState(view="agenda"), False), (ViewState(sort="title"), False),
    ],
)  # fmt: skip
def test_view_is_as_saved(state: ViewState, is_same: bool) -> None:
    assert state.is_as_saved(AGENDA) is is_same


@pytest.mark.parametrize(
    ("state", "before", "saved"),
    [
        (ViewState(), None, SavedView("x", "tram")),
        (
            ViewState("none", "claim", native=True, shows_seen=False, view="timeline"),
            None,
            SavedView("x", "tram", "timeline", "none", "claim", native=True, seen=False),
        ),
        (ViewState(), AGENDA, SavedView("x", "tram", view="list", sort="release")),
        (ViewState("status"), SEEN, SavedView("x", "tram", group="status", native=False, seen=True)),
    ],
)
def test_view_to_save(state: ViewState, before: SavedView | None, saved: SavedView) -> None:
    assert state.to_saved("x", "tram", before=before) == saved
    assert state.is_as_saved(saved)
