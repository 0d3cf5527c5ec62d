"""Decode the answers of sources: JSON into records, and their values into clean ones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

import msgspec

from tracker.errors import BadResponse
from tracker.model.show import Credit
from tracker.model.window import Precision, Window
from tracker.text import MAX_LINE, clean_line, shorten

T = TypeVar("T")
_MAX_URL: Final = 2_000


def decode(body: bytes, shape: type[T], label: str) -> T:
    """Decode a JSON body.

    Raises:
        BadResponse: It is no JSON, or of another shape; the sentence says where.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise BadResponse(f"{label} gave an unexpected answer ({clean_line(str(error))}).") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadResponse(f"{label} sent {_describe_body(body)}.") from None


def _describe_body(body: bytes) -> str:
    start = body.lstrip()[:200].lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "a web page instead of data; a proxy or maintenance may be in the way"
    return "data that can't be read, or was cut short"


def parse_day(text: str | None) -> date | None:
    """Parse "2026-05-14" with or without a time; None for no date, or a wrong one."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day_window(day: date | None) -> Window | None:
    """Return the window of one day."""
    return Window(day.isoformat(), day, day, Precision.DAY) if day is not None else None


def bare_day_window(day: date | None, *, is_out: bool, known_days: Container[date | None] = ()) -> Window | None:
    """Return the window of a date of a source that can write days only.

    Until a show is out, 1 January and 31 December mean the year: people enter them who know no more
    (jellyfin-androidtv#2360).

    Args:
        day: The date.
        is_out: Whether the show is out, so that the day is known.
        known_days: Days that the same answer gives for something that has a day, as an episode.
    """
    if day is not None and not is_out and day not in known_days and (day.month, day.day) in ((1, 1), (12, 31)):
        return year_window(day.year)
    return day_window(day)


def year_window(year: int) -> Window:
    """Return the window of a whole year."""
    return Window(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def line_of(text: str | None) -> str:
    """Return a line of an answer cleaned, and cut where it is too long for any name; "" for none."""
    return shorten(clean_line(text or ""))


def clean_names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return names cleaned, each once, without empty ones."""
    return tuple(dict.fromkeys(name for text in texts if text and (name := line_of(text))))


def clean_ids(ids: Mapping[str, str | int | None]) -> tuple[tuple[str, str], ...]:
    """Return ids by source as cleaned text, without empty ones and those too long to be any."""
    keys = ((source, clean_line(str(value))) for source, value in ids.items() if value)
    return tuple((source, key) for source, key in keys if 0 < len(key) <= MAX_LINE)


def clean_cast(parts: Iterable[tuple[str | None, Iterable[str | None]]]) -> tuple[Credit, ...]:
    """Return a cast from pairs of actor and roles: each actor once, with the first role that has a name."""
    cast: dict[str, Credit] = {}
    for actor, roles in parts:
        name = line_of(actor)
        if name and name not in cast:
            cast[name] = Credit(name, next(iter(clean_names(roles)), ""))
    return tuple(cast.values())


def clean_url(url: str | None) -> str:
    """Return a web address cleaned, "" if it is none, or too long for one."""
    cleaned = clean_line(url or "")
    is_url = cleaned.startswith(("https://", "http://")) and " " not in cleaned
    return cleaned if is_url and len(cleaned) <= _MAX_URL else ""
