from __future__ import annotations

from datetime import date

from tracker.cli.json_output import calendar_entry_json, show_json
from tracker.model.episode import Episode
from tracker.model.show import Show

DAY = date(2026, 11, 23)


def test_unknown_values_of_an_episode_are_null() -> None:
    unknown = {"season": None, "number": None, "title": None, "on": None, "at": None}
    show = Show("a", "A")
    entry = calendar_entry_json(show, DAY, group="TBA", episode=Episode(), day=None)
    assert entry["episode"] == unknown
    full = show_json(
        show, DAY, proposals=(), latest_claims=(), next_episode=Episode(), providers=(), releases=(), notices=()
    )
    assert full["next_episode"] == unknown
