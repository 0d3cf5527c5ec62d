"""TOML data to model and back.

Written by hand: importing a decoding library alone took a quarter of the time of `tracker list` (see
tests/benchmarks), and here each error can say what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final, TypeVar

from tracker.errors import BadValue
from tracker.model.history import Claim, fold_history
from tracker.model.show import Credit, Person, Show, parse_kind, parse_watch
from tracker.model.status import Status, parse_status
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
        DecodeError: A value has the wrong type or a meaning that does not exist.
    """
    history = _history(data)
    status, release = _status(data, ""), _window(data, "release", "")
    if history and (status is None or release is None):
        standing = fold_history(history)
        status, release = status or standing.status, release or standing.window
    return Show(
        id=_line(data, "id", ""),
        title=_required(data, "title"),
        original_title=_line(data, "original_title", ""),
        aliases=_names(data, "aliases"),
        kind=_read(parse_kind, _line(data, "kind", ""), "kind") if "kind" in data else "series",
        status=status,
        release=release,
        networks=_names(data, "networks"),
        countries=_names(data, "countries"),
        genres=_names(data, "genres"),
        directors=_names(data, "directors"),
        writers=_names(data, "writers"),
        locations=_names(data, "locations"),
        tags=_names(data, "tags"),
        watch=_read(parse_watch, _line(data, "watch", ""), "watch") if "watch" in data else "",
        rating=_rating(data),
        synopsis=_paragraphs(data, "synopsis", ""),
        notes=_paragraphs(data, "notes", ""),
        ids=_table(data, "ids", (str, int)),
        links=_table(data, "links", (str,)),
        follows=_table(data, "follows", (str,)),
        cast=_cast(data),
        history=history,
    )


def decode_person(data: Data) -> Person:
    """Return the person of a `[[person]]` table.

    Raises:
        DecodeError: A value has the wrong type, or the name is missing.
    """
    follow = data.get("follow", False)
    if not isinstance(follow, bool):
        raise _wrong("follow", "true or false", follow)
    return Person(
        name=_required(data, "name"),
        aliases=_names(data, "aliases"),
        about=_paragraphs(data, "about", ""),
        agency=_line(data, "agency", ""),
        known_for=_names(data, "known_for"),
        follow=follow,
    )


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
            return [encode_credit(item) if isinstance(item, Credit) else item for item in value] or None
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


def merge_cast(raw: object, cast: tuple[Credit, ...]) -> list[Any] | None:
    """Return the cast as TOML; credits that were there keep the keys that the program does not know."""
    items = list(raw) if isinstance(raw, list) else []
    known = [(_credit(item, 0), item) for item in items]
    merged: list[Any] = []
    for credit in cast:
        same = next((pair for pair in known if pair[0] == credit), None)
        same = same or next((pair for pair in known if pair[0].actor == credit.actor), None)
        if same is None:
            merged.append(encode_credit(credit))
            continue
        known.remove(same)
        if same[0] == credit:
            merged.append(same[1])
        else:
            own = {k: v for k, v in same[1].items() if k not in Credit._fields} if isinstance(same[1], Mapping) else {}
            merged.append(encode_credit(credit) | own)
    return merged or None


def encode_claim(claim: Claim) -> dict[str, Any]:
    """Return the `[[show.history]]` table of a claim."""
    table = {
        "on": claim.on_text or claim.on,
        "status": encode("status", claim.status),
        "release": encode("release", claim.release),
        "source": claim.source,
        "url": claim.url,
        "note": claim.note,
        "region": claim.region,
    }
    return {key: value for key, value in table.items() if value not in (None, "")}


def encode_show(show: Show) -> dict[str, Any]:
    """Return the whole table of a show, in the order of the file."""
    table = {name: encode(name, value) for name, value in show._asdict().items() if name != "history"}
    table["history"] = [encode_claim(claim) for claim in show.history] or None
    return {key: value for key, value in table.items() if value is not None}


_KINDS: Final = (
    (bool, "true or false"), (str, "text"), ((int, float), "a number"), (datetime, "a date with a time"),
    (date, "a date"), (time, "a time of day"), (list, "a list"), (Mapping, "a table"),
)  # fmt: skip


def _wrong(path: str, wanted: str, value: object) -> DecodeError:
    kind = next((name for kind, name in _KINDS if isinstance(value, kind)), "something else")
    path = clean_line(path)
    return DecodeError(f"“{path}” must be {wanted}, and is {kind}.", path)


def _text(data: Data, key: str, path: str) -> str:
    value = data.get(key, "")
    if type(value) is not str:
        raise _wrong(path + key, "text in quotes", value)
    return value


def _line(data: Data, key: str, path: str) -> str:
    return clean_line(_text(data, key, path)) if key in data else ""


def _paragraphs(data: Data, key: str, path: str) -> str:
    return clean(_text(data, key, path)).strip() if key in data else ""


def _required(data: Data, key: str) -> str:
    if key not in data:
        raise DecodeError(f"“{key}” is missing; every entry needs one.", "")
    if not (value := _line(data, key, "")):
        raise DecodeError(f"the {key} is empty; every entry needs one.", key)
    return value


def _names(data: Data, key: str) -> tuple[str, ...]:
    if key not in data:
        return ()
    value = data[key]
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise _wrong(key, "a list of texts in [ ]", value)
    for place, item in enumerate(value):
        if not isinstance(item, str):
            raise _wrong(f"{key}[{place}]", "text in quotes", item)
    return tuple(name for name in map(clean_line, value) if name)


def _table(data: Data, key: str, kinds: tuple[type, ...]) -> Mapping[str, Any]:
    if key not in data:
        return _EMPTY
    value = data[key]
    if not isinstance(value, Mapping):
        raise _wrong(key, "a table in { }", value)
    for name, item in value.items():
        if not isinstance(item, kinds) or isinstance(item, bool):
            raise _wrong(f"{key}.{name}", "text in quotes", item)
    return {clean_line(name): clean_line(item) if isinstance(item, str) else item for name, item in value.items()}


_EMPTY: Final[Mapping[str, Any]] = Show("", "").ids


def _tables(data: Data, key: str) -> list[Any]:
    value = data[key]
    if not isinstance(value, list):
        raise _wrong(key, "a list of tables", value)
    return value


def _cast(data: Data) -> tuple[Credit, ...]:
    if "cast" not in data:
        return ()
    return tuple(_credit(item, place) for place, item in enumerate(_tables(data, "cast")))


def _credit(item: object, place: int) -> Credit:
    if isinstance(item, str):
        return Credit(clean_line(item))
    path = f"cast[{place}]"
    if not isinstance(item, Mapping):
        raise _wrong(path, "a name or a table such as { actor = “…” }", item)
    if "actor" not in item:
        raise DecodeError(f"“{path}” has no actor.", path)
    path += "."
    return Credit(_line(item, "actor", path), _line(item, "role", path), _line(item, "about", path))


def _history(data: Data) -> tuple[Claim, ...]:
    if "history" not in data:
        return ()
    return tuple(_claim(item, f"history[{place}]") for place, item in enumerate(_tables(data, "history")))


def _claim(item: object, path: str) -> Claim:
    if not isinstance(item, Mapping):
        raise _wrong(path, "a table", item)
    path += "."
    on, on_text = _said_on(item, path)
    return Claim(
        on=on,
        on_text=on_text,
        status=_status(item, path),
        release=_window(item, "release", path),
        source=_line(item, "source", path),
        url=_line(item, "url", path),
        note=_paragraphs(item, "note", path),
        region=_line(item, "region", path).upper() if "region" in item else "",
    )


def _said_on(item: Data, path: str) -> tuple[date | None, str]:
    """Return the last day on which a claim may have been made, and its text if that is no day."""
    value = item.get("on")
    if type(value) is date or value is None:
        return (value, "")
    if isinstance(value, datetime):
        return (value.date(), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _wrong(f"{path}on", "a date, or a month in quotes", value)
    return _read(parse_said_date, clean_line(str(value)), f"{path}on")


def _status(data: Data, path: str) -> Status | None:
    word = _line(data, "status", path)
    return _read(parse_status, word, f"{path}status") if word else None


def _window(data: Data, key: str, path: str) -> Window | None:
    value = data.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = clean_line(value)
    elif isinstance(value, bool) or not isinstance(value, int | date):
        raise _wrong(path + key, "a date, a year or text in quotes", value)
    return _read(parse_window, value, path + key)


def _rating(data: Data) -> float | None:
    value = data.get("rating")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong("rating", "a number from 0 to 10", value)
    if not 0 <= value <= 10:
        raise DecodeError(f"“rating” must be a number from 0 to 10, and is {_short(value)}.", "rating")
    return value


def _short(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e9 else "beyond it"


def _read(reader: Callable[[Any], _T], value: Any, path: str) -> _T:
    try:
        return reader(value)
    except BadValue as wrong:
        raise DecodeError(f"“{path}”: {wrong}", path) from None
