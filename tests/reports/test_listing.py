from __future__ import annotations

from tracker.model.show import Show
from tracker.reports.grouping import Group
from tracker.reports.listing import hide_seen


def show(title: str, watch: str = "") -> Show:
    return Show(id=title, title=title, watch=watch)


def test_hide_seen_leaves_out_watched_and_dropped() -> None:
    kept = (show("planned", "planned"), show("watching", "watching"), show("none"))
    groups = [Group("one", (show("a", "watched"), *kept)), Group("two", (show("b", "dropped"),))]
    assert hide_seen(groups) == ((Group("one", kept),), 2)


def test_hide_seen_keeps_the_show_of_an_id() -> None:
    groups = (Group("one", (show("a", "watched"), show("b", "watched"))),)
    assert hide_seen(groups, ["b"]) == ((Group("one", (show("b", "watched"),)),), 1)


def test_hide_seen_counts_a_show_of_two_groups_once() -> None:
    groups = (Group("Abel", (show("a", "watched"),)), Group("Mio", (show("a", "watched"), show("b"))))
    assert hide_seen(groups) == ((Group("Mio", (show("b"),)),), 1)


def test_hide_seen_leaves_no_divider_at_the_end() -> None:
    groups = (
        Group("May", (show("a"),)),
        Group("Before today", (), is_divider=True),
        Group("Out", (show("b", "dropped"),)),
    )
    assert hide_seen(groups) == ((groups[0],), 1)
