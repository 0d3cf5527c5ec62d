"""Settings of the owner in `settings.toml`; a wrong line is reported, and the others count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.dates import WEEK_STARTS
from tracker.model.history import SOURCE_NAMES
from tracker.model.release import MEDIA, Preference
from tracker.model.reminder import parse_rule
from tracker.reports.saved_view import SavedView, is_view_name, parse_saved_views
from tracker.store.toml import parser
from tracker.text import clean_line

_MAX_WRONG_LINES: Final = 20
_MAX_NAME: Final = 40
_TAKEN_NAMES: Final = frozenset({*SOURCE_NAMES, "me", "file", ""})
"""Who else says something in the news."""


class Settings(NamedTuple):
    """What the owner set."""

    ascii: bool = False
    """Draw with ASCII characters only."""
    keys: Mapping[str, str] = {}
    """Other keys for actions, by the action's name."""
    region: str = ""
    """The owner's country, as a code of two letters; "" for none."""
    prefer: tuple[str, ...] = ()
    """The ways of coming out that count for films, best first; () for the usual order."""
    week_starts: str = ""
    """The first day of a week, as "monday"; "" leaves it to the locale."""
    sources: tuple[str, ...] | None = None
    """The enabled sources; None for all that need no further settings."""
    tmdb: Mapping[str, str] = {}
    """`token`, or `token_command` that prints one."""
    notify: str = ""
    """A command that is given news and reminders."""
    remind: tuple[str, ...] = ()
    """When the owner is told of a release: rules of `model.reminder`, for all shows; () for never."""
    remind_tags: Mapping[str, tuple[str, ...]] = {}
    """The rules for shows with a tag, instead of those for all."""
    addresses: Mapping[str, str] = {}
    """URLs of sources by their names, instead of their own."""
    feeds: Mapping[str, str] = {}
    """Feeds of news, RSS or Atom: URLs by the names that the owner gives them."""
    reader: Mapping[str, str] = {}
    """`url` and `model` of the owner's own language model, and perhaps `key`; {} for none."""
    views: tuple[SavedView, ...] = ()
    """The saved views, in the order of the file."""
    error: str = ""
    """What is wrong with the file, a sentence on each line; "" for nothing."""

    @property
    def preference(self) -> Preference:
        """Which dates count for the owner."""
        return Preference(self.region, self.prefer)


def read_settings(path: Path) -> Settings:
    """Return the settings of the file at `path`, which need not exist."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        return Settings(error=f"Can't read {path}: it isn't UTF-8.")
    except OSError as error:
        return Settings(error=f"Can't read {path}: {(error.strerror or str(error)).lower()}.")
    data, wrong_lines = _parse_lines(text)
    errors = [f"{path}:{line}: {reason}" for line, reason in wrong_lines]
    names = [*_READ, "views"]
    if unknown := sorted(set(data) - set(names)):
        errors.append(f"{path}: there is no setting “{unknown[0]}”. Settings are {', '.join(names)}.")
    values: dict[str, Any] = {}
    if "views" in data:
        values["views"], wrong = parse_saved_views(data["views"])
        errors += [f"{path}: {reason}" for reason in wrong]
    for name, (read, hint) in _READ.items():
        if name not in data:
            continue
        setting = data[name]
        if (value := read(setting)) is None and (misplaced := _find_misplaced(setting)):
            errors.append(
                f"{path}: “{misplaced[0]}” is part of [{name}] there. Move it above the first line in brackets."
            )
            setting = {key: item for key, item in setting.items() if key not in misplaced}
            value = read(setting)
        if value is None:
            wrong = []
            if name in _LINES and isinstance(setting, dict):
                # One wrong line takes none of the others away.
                wrong = [key for key, item in setting.items() if read({key: item}) is None]
                value = read({key: item for key, item in setting.items() if key not in wrong})
            errors.append(
                f"{path}: “{name}” {hint}" + (f" Wrong: {', '.join(map(clean_line, wrong))}." if wrong else "")
            )
        if value is not None:
            values[name] = value
    return Settings(**values, error="\n".join(errors))


def _find_misplaced(table: object) -> list[str]:
    """Return the settings that were added at the end of a file, where they became part of its last table."""
    return [name for name in table if name in _READ and name not in SOURCE_NAMES] if isinstance(table, dict) else []


def _parse_lines(text: str) -> tuple[Mapping[str, Any], list[tuple[int, str]]]:
    """Return the data of a file without the lines that are no TOML, and the errors of these."""
    errors: list[tuple[int, str]] = []
    lines = text.split("\n")
    for _ in range(_MAX_WRONG_LINES):
        try:
            return parser.parse("\n".join(lines)), errors
        except parser.ParseError as error:
            number = min(max(error.line, 1), len(lines))
            errors.append((number, _explain_name(lines[number - 1]) or error.reason))
            lines[number - 1] = ""
    return {}, errors


def _explain_name(line: str) -> str:
    """Return what is wrong with a line that names a saved view as it is called in a script other than Latin."""
    name = line.strip()
    name = name[1:].partition("]")[0].rpartition(".")[2] if name.startswith("[") else name.partition("=")[0].rstrip()
    if name.isascii() or not is_view_name(name):
        return ""
    return f'a name with letters other than A to Z needs quotes: "{name}".'


def _read_flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _read_pairs(value: object) -> dict[str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        return None
    return value


def _read_region(value: object) -> str | None:
    return value.upper() if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2}", value) else None


def _read_week_start(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and value.lower() in WEEK_STARTS else None


def _read_sources(value: object) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(name in SOURCE_NAMES for name in value) else None


def _read_media(value: object) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(name in MEDIA for name in value) else None


def _read_command(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _read_rules(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    try:
        return tuple(dict.fromkeys(map(parse_rule, value)))
    except BadValue:
        return None


def _read_tag_rules(value: object) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(value, dict):
        return None
    rules = {tag: _read_rules(item) for tag, item in value.items()}
    return {tag: item for tag, item in rules.items() if item is not None} if None not in rules.values() else None


def _read_tmdb(value: object) -> dict[str, str] | None:
    pairs = _read_pairs(value)
    return pairs if pairs is not None and set(pairs) <= {"token", "token_command"} else None


def _read_addresses(value: object) -> dict[str, str] | None:
    pairs = _read_pairs(value)
    if pairs is None or not all(name in SOURCE_NAMES and _is_safe(url) for name, url in pairs.items()):
        return None
    return pairs


def _read_feeds(value: object) -> dict[str, str] | None:
    pairs = _read_pairs(value)
    if pairs is None or any(name in _TAKEN_NAMES or not 0 < len(clean_line(name)) <= _MAX_NAME for name in pairs):
        return None
    if not all(re.fullmatch(r"https?://[^\s/]\S*", url) for url in pairs.values()):
        return None
    return {clean_line(name): url for name, url in pairs.items()}


def _read_reader(value: object) -> dict[str, str] | None:
    pairs = _read_pairs(value)
    if pairs is None or not {"url", "model"} <= set(pairs) <= {"url", "model", "key"}:
        return None
    # A model in one's own network has no certificate; a key is sent to none of those.
    is_web = re.fullmatch(r"https?://[^\s/]\S*", pairs["url"]) is not None
    return pairs if is_web and pairs["model"].strip() and (not pairs.get("key") or _is_safe(pairs["url"])) else None


def _is_safe(url: str) -> bool:
    """Return whether requests, and the token in them, cannot be read on the way."""
    return (
        re.match(r"https://[^/\s]+", url) is not None
        or re.match(r"http://(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(/|$)", url) is not None
    )


_RULES: Final = '["7d", "1d", "0d", "overdue"]'
_READ: Final[Mapping[str, tuple[Callable[[object], Any], str]]] = {
    "ascii": (_read_flag, "must be true or false."),
    "keys": (_read_pairs, 'must have lines like remove = "D".'),
    "region": (_read_region, 'must be a two-letter country code, e.g. region = "JP".'),
    "prefer": (_read_media, f"must be a list of media, best first, any of {', '.join(MEDIA)}."),
    "week_starts": (_read_week_start, 'must be the first day of your week, e.g. week_starts = "sunday".'),
    "sources": (_read_sources, f"must be a list of sources, any of {', '.join(SOURCE_NAMES)}."),
    "notify": (_read_command, 'must be a command in quotes, e.g. notify = "notify-news".'),
    "remind": (_read_rules, f"must be a list like {_RULES}."),
    "remind_tags": (_read_tag_rules, f"must have lines like must-see = {_RULES}."),
    "tmdb": (_read_tmdb, 'must have token = "…" or token_command = "…".'),
    "addresses": (
        _read_addresses,
        'must have lines like tvmaze = "https://…"; plain http works only for this machine.',
    ),
    "reader": (
        _read_reader,
        'must have url = "http://localhost:11434/v1" and model = "…"; a key needs https, or this machine.',
    ),
    "feeds": (
        _read_feeds,
        'must have lines like soompi = "https://…/feed", each with a short name that no source has.',
    ),
}
"""Each setting, what reads it, and what it must be."""
_LINES: Final = ("keys", "remind_tags", "addresses", "feeds")
"""Settings whose lines have nothing to do with each other."""
