"""Decode the answers of sources: JSON into records, and their values into clean ones."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Annotated, Final, TypeVar

import msgspec

from tracker.errors import BadResponse
from tracker.model.countries import NAMES
from tracker.model.show import Credit
from tracker.model.show_reference import KEYS
from tracker.model.source_record import distinct_names
from tracker.model.window import Precision, Window
from tracker.text import clean_line, shorten

T = TypeVar("T")
_MAX_URL: Final = 2_000
_DAY: Final = re.compile(r"(1[89]\d\d|2[01]\d\d)-(\d\d)-(\d\d)(?![^T\s])", re.ASCII)
"""A day that a work may have; 0001-01-01 and 9999-12-31 stand for none."""
MAX_CAST: Final = 20
MAX_CREW: Final = 4
"""The most directors and writers; a series has one for each episode."""
MAX_ROLES: Final = 3
Id = Annotated[int, msgspec.Meta(ge=1, le=9_999_999_999)]
Count = Annotated[int, msgspec.Meta(ge=0, le=99_999)]
"""The number of a season or an episode, or how many there are."""
_ROLE_NOTES: Final = re.compile(
    r"[(\[](?:voice|uncredited|credit only|archive[\w ]*|credited as [^()\[\]]*)[)\]]", re.IGNORECASE
)
_SELF: Final = re.compile(r"(?:self|himself|herself|themselves|themself)(?: ?[-–—:/,] ?|$)", re.IGNORECASE)


def decode(body: bytes, shape: type[T], label: str) -> T:
    """Decode a JSON body; an odd value costs what it says and nothing else, see `decode_leniently`.

    Raises:
        BadResponse: It is no JSON, or what it is about can't be told from it; the sentence says why.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    # Only where it is needed: it takes a hundred times as long, and the module costs the start.
    from tracker.sources.lenient_json import Misfit, decode_leniently

    try:
        return decode_leniently(body, shape)
    except Misfit as misfit:
        raise BadResponse(f"{label} gave an unexpected answer ({clean_line(str(misfit))}). Try again later.") from None
    except (ValueError, RecursionError):
        raise BadResponse(f"{label} sent {_describe_body(body)}. Try again later.") from None


def _describe_body(body: bytes) -> str:
    start = body.lstrip()[:200].lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "a web page instead of data; a proxy or maintenance may be in the way"
    return "data that can't be read, or was cut short"


def parse_day(text: object) -> date | None:
    """Parse "2026-05-14" with or without a time; None for no date, a wrong one, or one that only fills a gap."""
    match = _DAY.match(text) if isinstance(text, str) else None
    try:
        return date(*map(int, match.groups())) if match is not None else None
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
    """Return ids by source as cleaned text, without empty ones and those that are none."""
    keys = ((source, clean_line(str(value))) for source, value in ids.items() if value)
    return tuple((source, key) for source, key in keys if source not in KEYS or KEYS[source].fullmatch(key))


def clean_countries(codes: Iterable[str | None]) -> tuple[str, ...]:
    """Return codes of countries in upper case, each once, without those that are none."""
    cleaned = ({"UK": "GB"}.get(code, code) for code in (line_of(code).upper() for code in codes))
    return tuple(dict.fromkeys(code for code in cleaned if code in NAMES))


def clean_country(code: str | None) -> str:
    """Return the code of a country in upper case, "" for none."""
    return next(iter(clean_countries([code])), "")


def clean_genres(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return the names of genres cleaned, in lower case, each once."""
    return tuple(name.casefold() for name in clean_names(names))


def clean_cast(parts: Iterable[tuple[str | None, Iterable[str | None]]]) -> tuple[Credit, ...]:
    """Return a cast from pairs of actor and roles: the first `MAX_CAST` actors, each once with all roles.

    A role says whom somebody plays: who appears as themselves has none, and "(voice)" is no part of it.
    """
    roles_of: dict[str, list[str]] = {}
    for actor, roles in parts:
        if name := line_of(actor):
            roles_of.setdefault(name, []).extend(_clean_role(role, name) for role in clean_names(roles))
    cast = list(roles_of.items())[:MAX_CAST]
    return tuple(Credit(name, shorten(" / ".join(distinct_names(roles)[:MAX_ROLES]))) for name, roles in cast)


def _clean_role(role: str, actor: str) -> str:
    role = " ".join(_ROLE_NOTES.sub("", role).split())
    if (match := _SELF.match(role)) is not None:
        role = role[match.end() :]
    return "" if role == actor else role


def clean_url(url: str | None) -> str:
    """Return a web address cleaned, "" if it is none, or too long for one."""
    cleaned = clean_line(url or "")
    is_url = cleaned.startswith(("https://", "http://")) and " " not in cleaned
    return cleaned if is_url and len(cleaned) <= _MAX_URL else ""
