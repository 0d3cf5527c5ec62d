from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import Conflict
from tracker.model.history import Claim
from tracker.model.news import NewsItem
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker
from tracker.service.external_changes import find_external_changes
from tracker.store.snapshot import read_snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FERRY = """\
[[show]]
title = "Old Ferry"  # mine
status = "filming"
networks = ["Lumen"]

[[show.history]]
on = 2026-01-05
status = "filming"
source = "The Harbour Post"

"""
TRAM = '[[show]]\ntitle = "Last Tram"\n'
LIST = f"format = 1\n\n{FERRY}{TRAM}"


def found(before: str, now: str) -> list[tuple[str, str, str]]:
    """Return how loud each piece of news is, whose it is, and its words."""
    news = find_external_changes(before.encode(), read_snapshot(now), NOW)
    assert all((one.at, one.source, one.is_seen, one.match_offer) == (NOW, "file", False, "") for one in news)
    return [(one.grade, one.show_id, one.text) for one in news]


@pytest.mark.parametrize(
    ("old", "new", "grade", "words"),
    [
        ('"filming"\nnetworks', '"cancelled"\nnetworks', "loud", "filming → cancelled"),
        ("networks", "release = 2026-12-04\nnetworks", "loud", "4 Dec 2026 (was no date)"),
        ('["Lumen"]', '["Kestrel"]', "normal", "networks"),
        ("networks", 'synopsis = "A ferry."\noriginal_title = "옛 배"\nnetworks', "normal", "original title; synopsis"),
        ("networks", "rating = 8\nnetworks", "quiet", "rating"),
        ("networks", 'tags = ["soon"]\nwatch = "planned"\nnotes = "x"\nnetworks', "quiet", "tags; watch; notes"),
        ("networks", "rating = 8\nstatus_of_mine = 1\ncountries = ['KR']\nnetworks", "normal", "countries; rating"),
        ("[[show.history]]", '[[show.history]]\nnote = "seen"\n[[show.history]]', "quiet", "history"),
    ],
)
def test_what_another_hand_changed_is_told_as_loud_as_it_matters(old: str, new: str, grade: str, words: str) -> None:
    [(how, show_id, text)] = found(LIST, LIST.replace(old, new, 1))
    assert (how, show_id) == (grade, "old-ferry")
    assert set(text.split("; ")) == set(words.split("; "))


@pytest.mark.parametrize(
    "now",
    [
        LIST,
        LIST.replace("# mine", "# not mine"),
        LIST.replace('status = "filming"\nnetworks', "status   =   'in production'\nnetworks"),
        LIST.replace("networks", "colour = 'red'\nnetworks"),
        LIST.replace("\n", "\r\n"),
        "\ufeff# a comment\n" + LIST,
        f"format = 1\n\n{TRAM}\n{FERRY}",
    ],
)
def test_what_no_show_says_is_no_news(now: str) -> None:
    assert found(LIST, now) == []


def test_shows_that_came_and_went_are_told() -> None:
    assert found(LIST, LIST + '\n[[show]]\ntitle = "Snow Line"\n') == [("normal", "snow-line", "added")]
    assert found(LIST, LIST.replace(TRAM, "")) == [("normal", "last-tram", "removed")]
    assert found("", LIST) == [("normal", "old-ferry", "added"), ("normal", "last-tram", "added")]
    assert found(LIST, "") == [("normal", "old-ferry", "removed"), ("normal", "last-tram", "removed")]


@pytest.fixture
def tracker(make_tracker: Callable[..., Tracker]) -> Tracker:
    tracker = make_tracker(LIST)
    tracker.watchlist.open()
    assert tracker.external_changes.check() == ()
    return tracker


def write(tracker: Tracker, old: str, new: str) -> None:
    """Edit the file as another machine does."""
    text = tracker.watchlist.path.read_text(encoding="utf-8")
    assert old in text
    tracker.watchlist.path.write_text(text.replace(old, new, 1), encoding="utf-8")
    tracker.watchlist.open()


def look(tracker: Tracker) -> list[tuple[str, str, str]]:
    """Return what is news to somebody who starts the program now."""
    return [(one.grade, one.show_id, one.text) for one in tracker.external_changes.check()]


CLAIM = Claim(date(2026, 11, 1), release=parse_window("2027"), source="tvmaze")
OWN: dict[str, Callable[[Tracker], object]] = {
    "status": lambda tracker: tracker.edits.record({"old-ferry": Claim(status=Status.SCHEDULED)}),
    "status of two": lambda tracker: tracker.edits.record(
        {"old-ferry": Claim(status=Status.CANCELLED), "last-tram": Claim(status=Status.CANCELLED)}
    ),
    "field": lambda tracker: tracker.edits.set_fields({"old-ferry": {"rating": 8}}),
    "title": lambda tracker: tracker.edits.set_fields({"last-tram": {"title": "The Last Tram"}}),
    "add": lambda tracker: tracker.edits.add(Show("", "Snow Line")),
    "remove": lambda tracker: tracker.edits.remove(["last-tram"]),
    "service": lambda tracker: tracker.edits.apply_fields("old-ferry", {"synopsis": "A ferry."}, (CLAIM,), "x"),
}


@pytest.mark.parametrize("edit", OWN.values(), ids=OWN)
def test_ones_own_edits_are_no_news_nor_when_they_are_undone_and_done_again(
    tracker: Tracker, edit: Callable[[Tracker], object]
) -> None:
    edit(tracker)
    assert look(tracker) == []
    tracker.edits.undo()
    assert look(tracker) == []
    tracker.edits.redo()
    assert look(tracker) == []


_lists = count()
steps = st.sampled_from(["status", "field", "service", "look"])


@settings(max_examples=25)
@given(st.lists(steps, max_size=5), st.lists(st.sampled_from(["undo", "look"]), max_size=4))
def test_however_many_of_ones_own_edits_lie_between_two_looks_they_are_no_news(
    make_tracker: Callable[..., Tracker], there: list[str], back: list[str]
) -> None:
    tracker = make_tracker(LIST, f"list-{next(_lists)}.toml")
    tracker.watchlist.open()
    assert look(tracker) == []
    done = 0
    for step in [*there, *back, "look"]:
        if step == "look":
            assert look(tracker) == []
        elif step != "undo":
            before = tracker.watchlist.path.read_bytes()
            OWN[step](tracker)
            done += tracker.watchlist.path.read_bytes() != before
        elif done:
            tracker.edits.undo()
            done -= 1


def test_a_status_by_another_hand_is_loud_also_after_it_was_noted_here(tracker: Tracker) -> None:
    write(tracker, 'status = "filming"\nnetworks', 'status = "cancelled"\nnetworks')
    assert tracker.edits.record_hand_edits() is not None
    # It was found when it was noted.
    assert look(tracker) == []
    assert [(one.grade, one.show_id, one.text) for one in tracker.inbox.items()] == [
        ("loud", "old-ferry", "filming → cancelled")
    ]


def test_what_was_found_is_kept_and_counted_until_it_is_seen(tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    write(tracker, TRAM, TRAM + "rating = 3\n")
    assert [grade for grade, _, _ in look(tracker)] == ["loud", "quiet"]
    assert tracker.inbox.count() == 1
    assert [one.show_id for one in tracker.inbox.items()] == ["old-ferry", "last-tram"]


def test_the_first_look_at_a_list_finds_nothing_new_in_it(make_tracker: Callable[..., Tracker]) -> None:
    tracker = make_tracker(LIST)
    tracker.watchlist.open()
    assert tracker.external_changes.check() == ()
    assert tracker.inbox.items() == ()


def test_what_the_owner_has_seen_is_no_news(tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    tracker.external_changes.mark_seen()
    assert look(tracker) == []


def test_the_past_is_looked_at_without_a_trace(make_tracker: Callable[..., Tracker], tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    text = tracker.watchlist.path.read_text(encoding="utf-8")
    past = make_tracker(text, as_of=date(2026, 2, 1))
    past.watchlist.open()
    assert look(past) == []
    past.external_changes.mark_seen()
    assert len(look(tracker)) == 1


def undone(tracker: Tracker) -> Iterator[NewsItem]:
    for one in tracker.external_changes.check():
        assert one.can_be_undone
        tracker.inbox.undo(next(kept for kept in tracker.inbox.items() if kept.text == one.text))
        yield one


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("networks", 'synopsis = "A ferry."\nnetworks'),
        ('networks = ["Lumen"]\n', ""),
        ("# mine", "# theirs\nrating = 1"),
    ],
)
def test_an_edit_of_another_hand_can_be_undone_to_the_last_byte(tracker: Tracker, old: str, new: str) -> None:
    write(tracker, old, new)
    assert len(list(undone(tracker))) == 1
    assert tracker.watchlist.path.read_text(encoding="utf-8") == LIST
    assert tracker.inbox.count() == 0
    assert look(tracker) == []


def test_an_edit_that_was_noted_here_can_be_undone_with_its_note(tracker: Tracker) -> None:
    write(tracker, 'status = "filming"\nnetworks', 'status = "cancelled"\nnetworks')
    tracker.edits.record_hand_edits()
    [one] = tracker.inbox.items()
    tracker.inbox.undo(one)
    assert tracker.watchlist.path.read_text(encoding="utf-8") == LIST


def test_what_was_written_since_stays_when_another_hands_edit_is_undone(tracker: Tracker) -> None:
    write(tracker, "networks", 'synopsis = "A ferry."\nnetworks')
    [one] = tracker.external_changes.check()
    tracker.edits.set_fields({"old-ferry": {"rating": 8}})
    tracker.inbox.undo(one)
    show = tracker.watchlist.current.get("old-ferry")
    assert (show.synopsis, show.rating) == ("", 8)
    tracker.edits.set_fields({"old-ferry": {"synopsis": "Mine."}})
    with pytest.raises(Conflict):
        tracker.inbox.undo(one._replace(before=one.after, after=one.before))
    assert tracker.watchlist.current.get("old-ferry").synopsis == "Mine."


def test_a_show_that_another_hand_added_is_taken_off_again(tracker: Tracker) -> None:
    write(tracker, TRAM, f'{TRAM}\n[[show]]\ntitle = "Snow Line"\n')
    assert [one.text for one in undone(tracker)] == ["added"]
    assert [show.id for show in tracker.watchlist.current.shows] == ["old-ferry", "last-tram"]
