from __future__ import annotations

from typing import Any

import pytest

from tracker.tui.view_state import ViewState

KNOWN = ViewState(
    "network", "title", native=True, shows_seen=False, pane="cast", view="month", zoom="quarter", cursor="salt-road"
)


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
