"""What the owner set in `settings.toml`; a wrong line is told, and the others count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.model.dates import WEEK_STARTS
from tracker.store.toml import parser

SOURCES: Final = ("tvmaze", "tmdb", "wikidata")
"""The services that can be asked."""


_MOST_WRONG: Final = 20
"""How many lines that are no TOML are passed over."""


class Settings(NamedTuple):
    """What the owner wants."""

    ascii: bool = False
    """Draw with ASCII characters only."""
    keys: Mapping[str, str] = {}
    """Other keys for actions, by the action's name."""
    region: str = ""
    """The owner's country, as a code of two letters; "" for none."""
    week_starts: str = ""
    """The day on which a week begins, "monday" or another; "" leaves it to the locale."""
    sources: tuple[str, ...] | None = None
    """The services that are asked; None for all that need nothing else than what is set."""
    tmdb: Mapping[str, str] = {}
    """`token`, or `token_command` that prints one."""
    notify: str = ""
    """A command that is given news."""
    addresses: Mapping[str, str] = {}
    """Where services are reached, by their names, if not at their own address."""
    error: str = ""
    """What is wrong with the file, as a sentence; "" where nothing is."""


def read_settings(path: Path) -> Settings:
    """Return the settings of the file at `path`; a missing file has none, a wrong one says so."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(error=f"{path} cannot be read: {error}.")
    data, wrong = _parsed(text)
    complaints = [f"{path}:{line}: {reason}" for line, reason in wrong]
    if unknown := sorted(set(data) - set(_READ)):
        have = ", ".join(_READ)
        complaints.append(f"{path}: there is no setting “{unknown[0]}”; there are {have}.")
    taken: dict[str, Any] = {}
    for name, (read, wanted) in _READ.items():
        if name in data:
            value = read(data[name])
            if value is None:
                complaints.append(f"{path}: “{name}” {wanted}")
            else:
                taken[name] = value
    return Settings(**taken, error=" ".join(complaints))


def _parsed(text: str) -> tuple[Mapping[str, Any], list[tuple[int, str]]]:
    """Return what a file says without the lines that are no TOML, and what is wrong with these."""
    found: list[tuple[int, str]] = []
    lines = text.split("\n")
    for _ in range(_MOST_WRONG):
        try:
            return parser.parse("\n".join(lines)), found
        except parser.ParseError as wrong:
            place = min(max(wrong.line, 1), len(lines))
            found.append((place, wrong.reason))
            lines[place - 1] = ""
    return {}, found


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _pairs(value: object) -> dict[str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        return None
    return value


def _region(value: object) -> str | None:
    return value.upper() if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value) else None


def _week(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and value.lower() in WEEK_STARTS else None


def _sources(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(name in SOURCES for name in value):
        return None
    return tuple(value)


def _command(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _tmdb(value: object) -> dict[str, str] | None:
    pairs = _pairs(value)
    return pairs if pairs is not None and set(pairs) <= {"token", "token_command"} else None


def _addresses(value: object) -> dict[str, str] | None:
    pairs = _pairs(value)
    if pairs is None or not all(name in SOURCES and _is_safe(url) for name, url in pairs.items()):
        return None
    return pairs


def _is_safe(url: str) -> bool:
    """Return whether what is asked there, and the token, cannot be read on the way."""
    return (
        re.match(r"https://[^/\s]+", url) is not None
        or re.match(r"http://(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(/|$)", url) is not None
    )


_READ: Final[Mapping[str, tuple[Callable[[object], Any], str]]] = {
    "ascii": (_flag, "must be true or false."),
    "keys": (_pairs, 'holds lines such as remove = "D".'),
    "region": (_region, 'must be a country of two letters, as in region = "JP".'),
    "week_starts": (_week, 'must be the first day of a week, as in week_starts = "sunday".'),
    "sources": (_sources, f"must be a list of some of {', '.join(SOURCES)}."),
    "notify": (_command, 'must be a command in quotes, as in notify = "notify-news".'),
    "tmdb": (_tmdb, 'holds token = "…" or token_command = "…".'),
    "addresses": (_addresses, 'holds lines such as tvmaze = "https://…"; plain http is for this machine only.'),
}
"""Each setting, what reads it, and what it must be."""
