from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import statuses
from tracker.errors import BadValue
from tracker.model.status import LINE, Status, line_for, parse_status, step_status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("in production", Status.FILMING), ("wrapped", Status.POST_PRODUCTION), ("planned", Status.ANNOUNCED),
        ("dated", Status.SCHEDULED), ("out", Status.RELEASED), ("delayed", Status.POSTPONED),
        ("canceled", Status.CANCELLED), ("cancelled", Status.CANCELLED), ("rumoured", Status.RUMORED),
        ("Post Production", Status.POST_PRODUCTION), ("post_production", Status.POST_PRODUCTION),
        ("postproduction", Status.POST_PRODUCTION), ("in-production", Status.FILMING),
        ("  On   Air ", Status.AIRING), ("FILMING", Status.FILMING),
    ],
)  # fmt: skip
def test_parse(word: str, status: Status) -> None:
    assert parse_status(word) is status


@given(statuses)
def test_parse_own_word(status: Status) -> None:
    assert parse_status(status.value) is status


@pytest.mark.parametrize("word", ["", "fliming", "2026", "post--production"])
def test_parse_unknown(word: str) -> None:
    with pytest.raises(BadValue, match=rf"Not a status: “{word}”. Use one of rumored, .+, cancelled\.$"):
        parse_status(word)


@given(st.text())
def test_parse_any_text(text: str) -> None:
    try:
        status = parse_status(text)
    except BadValue:
        return
    assert status in Status


def test_line_ranks() -> None:
    assert [status.value for status in LINE] == [
        "rumored", "announced", "pre-production", "filming", "post-production", "scheduled", "airing", "released",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["film", "special"])
def test_line_of_a_film(kind: str) -> None:
    assert Status.AIRING not in line_for(kind)
    assert step_status(Status.SCHEDULED, 1, kind) is Status.RELEASED
    assert step_status(Status.RELEASED, -1, kind) is Status.SCHEDULED


@pytest.mark.parametrize("kind", ["series", "film"])
def test_step_along_the_line(kind: str) -> None:
    status: Status | None = Status.RUMORED
    visited = []
    while status is not None:
        visited.append(status)
        status = step_status(status, 1, kind)
    assert tuple(visited) == line_for(kind)


@given(statuses, st.sampled_from(["series", "film"]))
def test_step_and_back(status: Status, kind: str) -> None:
    ahead = step_status(status, 1, kind)
    if status in line_for(kind) and ahead is not None:
        assert step_status(ahead, -1, kind) is status


def test_step_at_the_ends() -> None:
    assert step_status(Status.RUMORED, -1) is None
    assert step_status(Status.RELEASED, 1) is None


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.HIATUS, Status.CANCELLED])
def test_step_from_beside(status: Status) -> None:
    assert status not in LINE
    assert step_status(status, 1) in LINE
    assert step_status(status, -1) in LINE


def test_step_airing_film() -> None:
    assert step_status(Status.AIRING, 1, "film") is Status.RELEASED
    assert step_status(Status.AIRING, -1, "film") is Status.SCHEDULED


def test_step_from_none() -> None:
    assert step_status(None, 1) is Status.ANNOUNCED
    assert step_status(None, -1) is None


def test_is_out() -> None:
    assert {status for status in Status if status.is_out} == {Status.AIRING, Status.RELEASED}


def test_glyphs() -> None:
    assert len({status.glyph for status in Status}) == len(Status)
    assert len({status.ascii_glyph for status in Status}) == len(Status)
    assert all(status.ascii_glyph.isascii() for status in Status)
