"""TOML data to model and back.

Written by hand: importing a decoding library alone took a quarter of the time of `tracker list` (see
tests/benchmarks), and here each error can say what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, TypeVar

from tracker.errors import BadValue
from tracker.model.history import Claim, fold_history, mark_tracks
from tracker.model.release import parse_medium
from tracker.model.reminder import parse_rule
from tracker.model.season import parse_season
from tracker.model.show import Credit, Person, Show, parse_kind
from tracker.model.status import Status, parse_status
from tracker.model.watch_state import parse_watch
from tracker.model.window import Precision, Window
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.text import clean, clean_line

Data = Mapping[str, Any]
_T = TypeVar("_T")


class DecodeError(ValueError):
    """Data that is TOML but no entry; `path` is that of the value ("cast[1].actor")."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


def decode_show(data: Data) -> Show:
    """Return the show of a `[[show]]` table; `id` is "" if the table has none.

    A status or release that the table does not name is taken from the history.

    Raises:
        DecodeError: A value has the wrong type, or cannot be understood.
    """
    show = Show(**{"id": "", **_decode(data, _SHOW, "title")})
    if show.history and (show.status is None or show.release is None):
        state = fold_history(mark_tracks(show.history, countries=show.countries))
        return show._replace(status=show.status or state.status, release=show.release or state.window)
    return show


def decode_person(data: Data) -> Person:
    """Return the person of a `[[person]]` table.

    Raises:
        DecodeError: A value has the wrong type, or the name is missing.
    """
    return Person(**_decode(data, _PERSON, "name"))


def encode(name: str, value: Any) -> Any:
    """Return the TOML value of a field; None if the key should be absent."""
    match value:
        case Status():
            return value.value
        case Window():
            return encode_window(value)
        case Mapping():
            return dict(value) or None
        case tuple():
            items = [encode_credit(item) if isinstance(item, Credit) else item for item in value]
            # No reminders at all are something else than those that are set for all shows.
            return items if items or name == "remind" else None
        case str():
            return None if value == "" or (name == "kind" and value == "series") else value
    return value


def encode_window(window: Window) -> date | str:
    """Return a day as a TOML date, any other window as its text."""
    if window.precision is Precision.DAY and window.earliest and window.text == window.earliest.isoformat():
        return window.earliest
    return window.text


def encode_credit(credit: Credit) -> dict[str, str]:
    """Return the inline table of a credit."""
    return {key: value for key, value in credit._asdict().items() if value}


def merge_cast(raw: object, cast: tuple[Credit, ...], origins: Sequence[int | None] | None = None) -> list[Any] | None:
    """Return the cast as TOML; credits that were there keep the keys that the program does not know.

    Args:
        raw: The cast as it is in the file.
        cast: The new cast.
        origins: Where each credit was; None where they are told by their actors.
    """
    items = list(raw) if isinstance(raw, list) else []
    if origins is None:
        origins = _find_credits([_credit(item, "") for item in items], cast)
    pairs = zip(cast, origins, strict=True)
    return [encode_credit(credit) if at is None else _merge_credit(items[at], credit) for credit, at in pairs] or None


def _find_credits(before: Sequence[Credit], cast: Iterable[Credit]) -> list[int | None]:
    """Return where each credit was, or another one of its actor; None for new ones."""
    left = list(range(len(before)))
    places: list[int | None] = []
    for credit in cast:
        same = next((at for at in left if before[at] == credit), None)
        same = next((at for at in left if before[at].actor == credit.actor), None) if same is None else same
        if same is not None:
            left.remove(same)
        places.append(same)
    return places


def _merge_credit(item: Any, credit: Credit) -> Any:
    if _credit(item, "") == credit:
        return item
    own = {key: value for key, value in item.items() if key not in Credit._fields} if isinstance(item, Mapping) else {}
    return encode_credit(credit) | own


def encode_claim(claim: Claim) -> dict[str, Any]:
    """Return the `[[show.history]]` table of a claim."""
    return {key: value for key, value in _claim_keys(claim).items() if value not in (None, "")}


def claim_changes(before: Claim, after: Claim) -> dict[str, Any]:
    """Return the TOML values by which a claim differs from what it was; None for a key that goes."""
    old, new = _claim_keys(before), _claim_keys(after)
    return {key: None if value == "" else value for key, value in new.items() if value != old[key]}


def _claim_keys(claim: Claim) -> dict[str, Any]:
    return {
        "on": claim.on_text or claim.on,
        "status": encode("status", claim.status),
        "release": (claim.release.words if claim.release is not None else "") or encode("release", claim.release),
        "source": claim.source,
        "url": claim.url,
        "note": claim.note,
        "region": claim.region,
        "medium": claim.medium,
    }


def encode_person(person: Person) -> dict[str, Any]:
    """Return the whole table of a person, in the order of the file."""
    table = {name: encode(name, value) for name, value in person._asdict().items()}
    return {key: value for key, value in table.items() if value not in (None, False)}


def encode_show(show: Show) -> dict[str, Any]:
    """Return the whole table of a show, in the order of the file."""
    table = {name: encode(name, value) for name, value in show._asdict().items() if name != "history"}
    table["history"] = [encode_claim(claim) for claim in show.history] or None
    return {key: value for key, value in table.items() if value is not None}


def _decode(data: Data, readers: Mapping[str, Callable[[Any, str], Any]], name: str) -> dict[str, Any]:
    values = {key: read(data[key], key) for key, read in readers.items() if key in data}
    if name not in values:
        raise DecodeError(f"“{name}” is missing; every entry needs one.", "")
    return values


_TYPES: Final = (
    (bool, "true or false"), (str, "text"), ((int, float), "a number"), (datetime, "a date with a time"),
    (date, "a date"), (time, "a time of day"), (list, "a list"), (Mapping, "a table"),
)  # fmt: skip


def _wrong(path: str, wanted: str, value: object) -> DecodeError:
    found = next((name for types, name in _TYPES if isinstance(value, types)), "something else")
    path = clean_line(path)
    return DecodeError(f"“{path}” must be {wanted}, not {found}.", path)


def _parse(parse: Callable[[Any], _T], value: Any, path: str) -> _T:
    try:
        return parse(value)
    except BadValue as error:
        raise DecodeError(str(error), path) from None


def _line(value: Any, path: str) -> str:
    if type(value) is not str:
        raise _wrong(path, "text in quotes", value)
    return clean_line(value)


def _paragraphs(value: Any, path: str) -> str:
    if type(value) is not str:
        raise _wrong(path, "text in quotes", value)
    return clean(value).strip()


def _required(value: Any, path: str) -> str:
    if not (text := _line(value, path)):
        raise DecodeError(f"“{path}” is empty; every entry needs one.", path)
    return text


def _flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(path, "true or false", value)
    return value


def _names(value: Any, path: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise _wrong(path, "a list in [ ] of texts in quotes", value)
    return tuple(filter(None, [_line(item, f"{path}[{number}]") for number, item in enumerate(value)]))


def _table(value: Any, path: str, types: tuple[type, ...] = (str,)) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(path, "a table in { }", value)
    for name, item in value.items():
        if not isinstance(item, types) or isinstance(item, bool):
            raise _wrong(
                f"{path}.{name}", "text in quotes or a whole number" if int in types else "text in quotes", item
            )
    return {clean_line(name): clean_line(item) if isinstance(item, str) else item for name, item in value.items()}


def _tables(value: Any, path: str, read: Callable[[Any, str], _T]) -> tuple[_T, ...]:
    if isinstance(value, Mapping):
        raise DecodeError(f"“{path}” must be a list of tables; write [[show.{path}]], with two brackets.", path)
    if not isinstance(value, list):
        raise _wrong(path, "a list of tables", value)
    return tuple(read(item, f"{path}[{number}]") for number, item in enumerate(value))


def _credit(value: Any, path: str) -> Credit:
    if isinstance(value, str):
        return Credit(clean_line(value))
    if not isinstance(value, Mapping):
        raise _wrong(path, "a name or a table like { actor = “…” }", value)
    if "actor" not in value:
        raise DecodeError(f"“{path}” has no actor.", path)
    return Credit(**{key: _line(value[key], f"{path}.{key}") for key in Credit._fields if key in value})


def _claim(value: Any, path: str) -> Claim:
    if not isinstance(value, Mapping):
        raise _wrong(path, "a table", value)
    on, on_text = _claim_date(value.get("on"), f"{path}.on")
    claim = Claim(
        on, on_text, **{key: read(value[key], f"{path}.{key}") for key, read in _CLAIM.items() if key in value}
    )
    if "release" in value:
        claim = claim._replace(release=_window(value["release"], f"{path}.release", on, on_text))
    return claim


def _claim_date(value: Any, path: str) -> tuple[date | None, str]:
    """Return the last day on which a claim may have been made, and its text if that is no day."""
    if type(value) is date or value is None:
        return (value, "")
    if isinstance(value, datetime):
        return (value.date(), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _wrong(path, "a date, or a month in quotes", value)
    return _parse(parse_said_date, clean_line(str(value)), path)


def _status(value: Any, path: str) -> Status | None:
    text = _line(value, path)
    return _parse(parse_status, text, path) if text else None


def _window(value: Any, path: str, said_on: date | None = None, said_text: str = "") -> Window | None:
    if value == "":
        return None
    if isinstance(value, str):
        value = clean_line(value)
    elif isinstance(value, bool) or not isinstance(value, int | date):
        raise _wrong(path, "a date, a year or text in quotes", value)
    return _parse(lambda value: parse_window(value, said_on, said_text), value, path)


def _season(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(path, "a whole number", value)
    return _parse(lambda value: parse_season(str(value)), value, path)


def _rules(value: Any, path: str) -> tuple[str, ...]:
    rules = (_parse(parse_rule, item, f"{path}[{number}]") for number, item in enumerate(_names(value, path)))
    return tuple(dict.fromkeys(rules))


def _rating(value: Any, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(path, "a number from 0 to 10", value)
    if not 0 <= value <= 10:
        text = f"{value:g}" if abs(value) < 1e9 else "one that large"
        raise DecodeError(f"“{path}” must be a number from 0 to 10, not {text}.", path)
    return value


_CLAIM: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "status": _status,
    "source": _line,
    "url": _line,
    "note": _paragraphs,
    "region": lambda value, path: _line(value, path).upper(),
    "medium": lambda value, path: _parse(parse_medium, _line(value, path), path),
}
_SHOW: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "history": lambda value, path: _tables(value, path, _claim),
    "status": _status,
    "release": _window,
    "id": _line,
    "title": _required,
    "original_title": _line,
    "kind": lambda value, path: _parse(parse_kind, _line(value, path), path),
    "watch": lambda value, path: _parse(parse_watch, _line(value, path), path),
    "season": _season,
    "rating": _rating,
    "remind": _rules,
    "synopsis": _paragraphs,
    "notes": _paragraphs,
    "ids": lambda value, path: _table(value, path, (str, int)),
    "links": _table,
    "follows": _table,
    "cast": lambda value, path: _tables(value, path, _credit),
    **dict.fromkeys(
        ("aliases", "networks", "countries", "genres", "directors", "writers", "locations", "tags"), _names
    ),
}
_PERSON: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "follow": _flag,
    "name": _required,
    "aliases": _names,
    "about": _paragraphs,
    "agency": _line,
    "known_for": _names,
}
