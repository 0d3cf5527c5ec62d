"""Windows, claims and texts for the tests of the model."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from hypothesis import strategies as st

from tracker.model.dates import MONTHS
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.text import clean_line

TODAY: Final = date(2026, 4, 15)
"""A Wednesday in the middle of a month."""

SEASONS: Final = ("spring", "summer", "autumn", "fall", "winter")


def _points(days: st.SearchStrategy[date]) -> st.SearchStrategy[str]:
    return st.one_of(
        days.map(date.isoformat),
        days.map(lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year:04}"),
        days.map(lambda day: f"{day.year:04}-{day.month:02}"),
        days.map(lambda day: f"{MONTHS[day.month - 1]} {day.year:04}"),
        days.map(lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}"),
        days.map(lambda day: f"H{(day.month + 5) // 6} {day.year:04}"),
        days.map(lambda day: f"{SEASONS[day.day % 5]} {day.year:04}"),
        days.map(lambda day: f"{('early', 'mid', 'late')[day.day % 3]} {day.year:04}"),
        days.map(lambda day: f"{day.year:04}"),
    )


def _texts(days: st.SearchStrategy[date]) -> st.SearchStrategy[str]:
    ranges = st.tuples(days, days).map(sorted).map(lambda ends: f"{ends[0]}/{ends[1]}")
    return st.one_of(
        _points(days), ranges, st.tuples(st.sampled_from(["~", "c. ", "about "]), _points(days)).map("".join)
    )


_near: Final = st.dates(date(2024, 1, 1), date(2028, 12, 31))
_far: Final = st.dates(date(1, 1, 1), date(9998, 12, 31))

tba: Final = st.sampled_from(["TBA", "tbd", "to be announced", "미정"]).map(parse_window)
dated: Final = _texts(_near).map(parse_window)
"""Windows close enough to one another to overlap often."""
windows: Final = dated | tba
wide_windows: Final = _texts(_far).map(parse_window) | tba
"""Windows of any year that TOML and the calendar have."""

days: Final = _near
statuses: Final = st.sampled_from(Status)
sources: Final = st.sampled_from(["me", "Lumen", "Evening Paper", "Kestrel (agency)", ""])
claims: Final = st.builds(
    Claim,
    on=st.none() | _near,
    status=st.none() | statuses,
    release=st.none() | windows,
    source=sources,
    region=st.just(""),
    medium=st.just(""),
    is_other_track=st.just(False),
    is_first_of_track=st.just(False),
    is_hand_edit=st.just(False),
)

lines: Final = st.text(max_size=20).map(clean_line)
"""Cleaned text on one line, as a show's fields hold it; may be empty."""
names: Final = lines.filter(bool)
plain_names: Final = names.filter(lambda name: not set(name) & set(',"=:→') and " as " not in name)
"""Names without a character that means something in a form."""

edges: Final = st.sampled_from(
    [
        "0001", "0001-01", "0001-01-01", "~0001-Q1", "0001/9999", "9999-12-31", "~9999-12-31", "9999-12", "9999-H2",
        "9999",
    ]
).map(parse_window)  # fmt: skip
"""Windows at the ends of the calendar."""
open_windows: Final = st.sampled_from(
    [
        "2026/..",
        "2027-05/..",
        "~2026/..",
        "0001/..",
        "9999-12-31/..",
        "../2026",
        "../2025-05",
        "../2027~",
        "../0001-01-01",
    ]
).map(parse_window)
"""Windows without a last or a first day."""
all_windows: Final = windows | wide_windows | edges | open_windows
all_days: Final = _near | st.dates() | st.sampled_from([date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
episodes: Final = st.builds(
    Episode,
    season=st.none() | st.integers(1, 3),
    number=st.none() | st.integers(1, 20),
    title=st.sampled_from(["", "The Harbour"]),
    on=st.none() | _near | all_days,
    at=st.none() | st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
_told: Final = st.tuples(st.sampled_from(["Amber", "Élan", "Zenith"]), st.none() | statuses, st.none() | all_windows)
listed: Final = st.lists(_told, max_size=6).map(
    lambda told: [
        Show(name, title, status=status, release=release)
        for name, (title, status, release) in zip("abcdef", told, strict=False)
    ]
)
"""Shows of one list."""
next_ones: Final = st.dictionaries(st.sampled_from("abcdef"), episodes, max_size=4)
"""Next episodes of some of them."""


def said(on: str, release: str = "", source: str = "Lumen", status: Status | None = None) -> Claim:
    """Return a claim from the words that a file has for it."""
    return Claim(date.fromisoformat(on), "", status, parse_window(release) if release else None, source)


def story(text: str) -> tuple[Claim, ...]:
    """Return claims from "2025-01-10 filming 2026-05 @Paper; 2025-04 airing; ? TBA": day, status, release, source."""
    claims = []
    for part in text.split(";") if text else ():
        said_there, _, source = part.partition("@")
        day, *words = said_there.split()
        status = Status(words.pop(0)) if words and words[0] in {one.value for one in Status} else None
        on, on_text = (None, "") if day == "?" else parse_said_date(day)
        claims.append(Claim(on, on_text, status, parse_window(" ".join(words)) if words else None, source or "Lumen"))
    return tuple(claims)


def meaning(window: Window | None) -> tuple[date | None, date | None] | None:
    """Return the days that a window allows, None where nobody said."""
    return None if window is None else (window.earliest, window.latest)
