from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import statuses
from tracker.errors import BadValue
from tracker.model.status import LINE, Status, line_for, parse_status, step


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("in production", Status.FILMING),
        ("wrapped", Status.POST_PRODUCTION),
        ("planned", Status.ANNOUNCED),
        ("dated", Status.SCHEDULED),
        ("out", Status.RELEASED),
        ("delayed", Status.POSTPONED),
        ("canceled", Status.CANCELLED),
        ("cancelled", Status.CANCELLED),
        ("rumoured", Status.RUMORED),
        ("Post Production", Status.POST_PRODUCTION),
        ("post_production", Status.POST_PRODUCTION),
        ("postproduction", Status.POST_PRODUCTION),
        ("in-production", Status.FILMING),
        ("  On   Air ", Status.AIRING),
        ("FILMING", Status.FILMING),
    ],
)
def test_the_words_that_people_use_name_a_status(word: str, status: Status) -> None:
    assert parse_status(word) is status


@given(statuses)
def test_every_status_is_read_back_from_its_own_word(status: Status) -> None:
    assert parse_status(status.value) is status


@pytest.mark.parametrize("word", ["", "fliming", "2026", "post--production"])
def test_a_word_that_is_no_status_is_refused_with_those_that_are(word: str) -> None:
    with pytest.raises(BadValue, match=rf"“{word}” is not a status; it is one of rumored, .+, cancelled\.$"):
        parse_status(word)


@given(st.text())
def test_any_text_is_a_status_or_is_refused(text: str) -> None:
    try:
        status = parse_status(text)
    except BadValue:
        return
    assert status in Status


def test_the_line_runs_from_rumour_to_release() -> None:
    assert [status.value for status in LINE] == [
        "rumored", "announced", "pre-production", "filming", "post-production", "scheduled", "airing", "released",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["film", "special"])
def test_a_film_goes_from_scheduled_to_released(kind: str) -> None:
    assert Status.AIRING not in line_for(kind)
    assert step(Status.SCHEDULED, 1, kind) is Status.RELEASED
    assert step(Status.RELEASED, -1, kind) is Status.SCHEDULED


def test_a_series_airs_before_it_is_released() -> None:
    assert step(Status.SCHEDULED, 1) is Status.AIRING
    assert step(Status.AIRING, 1) is Status.RELEASED
    assert step(Status.RELEASED, -1) is Status.AIRING


@pytest.mark.parametrize("kind", ["series", "film"])
def test_steps_along_the_line_visit_every_place_and_end(kind: str) -> None:
    status: Status | None = Status.RUMORED
    visited = []
    while status is not None:
        visited.append(status)
        status = step(status, 1, kind)
    assert tuple(visited) == line_for(kind)


@given(statuses, st.sampled_from(["series", "film"]))
def test_a_step_back_undoes_a_step_along_the_line(status: Status, kind: str) -> None:
    ahead = step(status, 1, kind)
    if status in line_for(kind) and ahead is not None:
        assert step(ahead, -1, kind) is status


def test_the_line_ends_on_both_sides() -> None:
    assert step(Status.RUMORED, -1) is None
    assert step(Status.RELEASED, 1) is None


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.HIATUS, Status.CANCELLED])
def test_what_stands_beside_the_line_can_come_back_to_it(status: Status) -> None:
    assert status not in LINE
    assert step(status, 1) in LINE
    assert step(status, -1) in LINE


def test_a_film_that_airs_by_mistake_finds_the_line_again() -> None:
    assert step(Status.AIRING, 1, "film") is Status.RELEASED
    assert step(Status.AIRING, -1, "film") is Status.SCHEDULED


def test_a_show_without_a_status_enters_the_line_as_announced() -> None:
    assert step(None, 1) is Status.ANNOUNCED
    assert step(None, -1) is None


def test_only_what_airs_or_is_released_is_out() -> None:
    assert {status for status in Status if status.is_out} == {Status.AIRING, Status.RELEASED}


def test_every_status_has_a_glyph_of_its_own_in_both_modes() -> None:
    assert len({status.glyph for status in Status}) == len(Status)
    assert len({status.ascii_glyph for status in Status}) == len(Status)
    assert all(status.ascii_glyph.isascii() for status in Status)
