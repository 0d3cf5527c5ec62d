from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.store.codec import DecodeError, decode_person, decode_show, encode_show
from tracker.store.toml.editor import format_block
from tracker.text import clean, clean_line

LINES = st.text(max_size=20).map(clean_line)
PARAGRAPHS = st.text(alphabet=st.sampled_from("ab\"'\\\n\t #[]=옛é\u2028"), max_size=25).map(lambda t: clean(t).strip())
NAMES = st.lists(LINES.filter(bool), max_size=3).map(tuple)
WINDOWS = st.sampled_from(["2026", "2026-05", "Q3 2026", "summer 2026", "~2027", "TBA", "2026-08/2026-10"]).map(
    parse_window
)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
CLAIMS = st.builds(
    Claim,
    on=DAYS,
    on_text=st.just(""),
    status=st.none() | st.sampled_from(Status),
    release=st.none() | WINDOWS | DAYS.map(parse_window),
    source=LINES,
    url=LINES,
    note=PARAGRAPHS,
    region=st.sampled_from(("", "JP")),
    medium=st.sampled_from(("", "cinema", "disc")),
    is_other_track=st.just(False),
    is_first_of_track=st.just(False),
    is_hand_edit=st.just(False),
)
CREDITS = st.builds(Credit, LINES.filter(bool), LINES, LINES)
PAIRS = st.dictionaries(LINES, LINES, max_size=3)
SHOWS = st.builds(
    Show,
    id=LINES,
    title=LINES.filter(bool),
    original_title=LINES,
    aliases=NAMES,
    kind=st.sampled_from(["series", "film", "special"]),
    season=st.none() | st.integers(1, 9999),
    remind=st.none() | st.lists(st.sampled_from(["30d", "2w", "0d", "overdue"]), unique=True).map(tuple),
    status=st.sampled_from(Status),
    release=WINDOWS | DAYS.map(parse_window),
    networks=NAMES,
    countries=NAMES,
    genres=NAMES,
    directors=NAMES,
    writers=NAMES,
    locations=NAMES,
    tags=NAMES,
    watch=st.sampled_from(["", "planned", "watched"]),
    rating=st.none() | st.integers(0, 10) | st.sampled_from([0.5, 7.25]),
    synopsis=PARAGRAPHS,
    notes=PARAGRAPHS,
    ids=PAIRS,
    links=PAIRS,
    follows=PAIRS,
    cast=st.lists(CREDITS, max_size=3).map(tuple),
    history=st.lists(CLAIMS, max_size=3).map(tuple),
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(show=SHOWS)
def test_show_round_trip(newline: str, show: Show) -> None:
    text = format_block("show", encode_show(show), newline)
    assert text.count("\n") == text.count(newline)
    assert decode_show(tomllib.loads(text)["show"][0]) == show


def test_decode_title_alone() -> None:
    assert decode_show({"title": "Old Ferry"}) == Show("", "Old Ferry")


def test_decode_unknown_keys() -> None:
    assert decode_show({"title": "Old Ferry", "shelf": 3, "mine": {"a": [1]}}).title == "Old Ferry"


@pytest.mark.parametrize("value", [date(2026, 5, 14), "2026-05-14"])
def test_decode_day(value: Any) -> None:
    window = decode_show({"title": "A", "release": value}).release
    assert window is not None
    assert window.earliest == window.latest == date(2026, 5, 14)


def test_decode_year() -> None:
    window = decode_show({"title": "A", "release": 2026}).release
    assert window is not None
    assert (window.earliest, window.latest) == (date(2026, 1, 1), date(2026, 12, 31))


def test_decode_tba() -> None:
    said = decode_show({"title": "A", "release": "TBA"}).release
    assert said is not None
    assert said.is_tba
    assert decode_show({"title": "A"}).release is None


def test_decode_status_from_history() -> None:
    claim = {"on": date(2026, 1, 1), "status": "in production", "release": "2027"}
    show = decode_show({"title": "A", "history": [claim]})
    assert show.status is Status.FILMING
    assert show.release == parse_window("2027")


@pytest.mark.parametrize(
    ("on", "words", "release"),
    [
        (date(2024, 6, 28), "next year", "2025"), ("2024-06", "next year", "2025"), ("2024", "next year", "2025"),
        ("2024-06", "next month", "2024-07"), (date(2024, 6, 28), "25 Nov", "2024-11-25"),
    ],
)  # fmt: skip
def test_release_of_a_claim_counts_from_its_day(on: date | str, words: str, release: str) -> None:
    show = decode_show({"title": "A", "history": [{"on": on, "release": words}]})
    assert show.release == parse_window(release)
    claimed = show.history[0].release
    assert claimed is not None
    assert claimed.words == words


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"title": "A", "release": "next year"}, "release"),
        ({"title": "A", "history": [{"release": "next year"}]}, "history[0].release"),
        ({"title": "A", "history": [{"on": "2024", "release": "next month"}]}, "history[0].release"),
        ({"title": "A", "history": [{"on": "yesterday"}]}, "history[0].on"),
        ({"title": "A", "history": [{"on": date(2024, 6, 28), "release": "03/04/2025"}]}, "history[0].release"),
        ({}, ""),
        ({"title": ""}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": 5}, "title"),
        ({"title": "A", "status": True}, "status"),
        ({"title": "A", "release": False}, "release"),
        ({"title": "A", "release": "some day"}, "release"),
        ({"title": "A", "networks": ["a", 1]}, "networks[1]"),
        ({"title": "A", "cast": [{"role": "x"}]}, "cast[0]"),
        ({"title": "A", "ids": {"tvmaze": 1.5}}, "ids.tvmaze"),
        ({"title": "A", "links": {"x": 1}}, "links.x"),
        ({"title": "A", "kind": "opera"}, "kind"),
        ({"title": "A", "watch": "maybe"}, "watch"),
        ({"title": "A", "rating": float("nan")}, "rating"),
        ({"title": "A", "rating": True}, "rating"),
        ({"title": "A", "rating": 10**400}, "rating"),
        ({"title": "A", "release": 16**5000}, "release"),
        ({"title": "A", "history": {}}, "history"),
        ({"title": "A", "history": [1]}, "history[0]"),
        ({"title": "A", "history": [{"on": 1.5}]}, "history[0].on"),
        ({"title": "A", "notes": 1}, "notes"),
        ({"title": "A", "networks": 1}, "networks"),
        ({"title": "A", "ids": []}, "ids"),
        ({"title": "A", "cast": [1]}, "cast[0]"),
        ({"title": "A", "history": [{"status": "sideways"}]}, "history[0].status"),
    ],
)
def test_decode_wrong_value(data: dict[str, Any], path: str) -> None:
    with pytest.raises(DecodeError) as refused:
        decode_show(data)
    assert refused.value.path == path


@pytest.mark.parametrize("key", ["ids", "links", "follows"])
def test_decode_error_without_escapes(key: str) -> None:
    with pytest.raises(DecodeError) as refused:
        decode_show({"title": "A", key: {"\x1b]52;c;Zm9v\x07": [1]}})
    assert refused.value.reason == clean_line(refused.value.reason)


@pytest.mark.parametrize("title", ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40])
def test_decode_hostile_title(title: str) -> None:
    assert decode_show({"title": title}).title == title


def test_decode_escape_sequence() -> None:
    assert decode_show({"title": "a\x1b]52;c;Zm9v\x07b"}).title == "a]52;c;Zm9vb"


def test_decode_person() -> None:
    assert decode_person({"name": "Mina Doe"}).name == "Mina Doe"
    with pytest.raises(DecodeError, match="name"):
        decode_person({"about": "somebody"})
