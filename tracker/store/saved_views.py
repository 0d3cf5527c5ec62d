"""Write saved views into the settings; all other bytes of the file stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tracker.errors import SettingsUnwritable
from tracker.reports.saved_view import SavedView, is_same_name
from tracker.store.files import atomic
from tracker.store.files.stamp import read_stamp
from tracker.store.files.swap import ChangedMeanwhileError
from tracker.store.toml import parser
from tracker.store.toml.table_editor import rename_key, set_value

_TABLE: Final = "views"
_TRIES: Final = 5


def write_view(path: Path, view: SavedView, before: str = "", others: Iterable[SavedView] = ()) -> None:
    """Save a view in the settings at `path`, which need not exist; it replaces one of its name.

    Args:
        path: The file of the settings.
        view: The view.
        before: The name that it had, "" for a new one; its place, its comments and keys of the owner's own stay.
        others: Views whose filters are saved in the same step.

    Raises:
        SettingsUnwritable: The file has a line that is not TOML, is read-only, …; it is as it was.
    """
    _write(path, [(view.name, view, before), *((other.name, other, other.name) for other in others)])


def remove_view(path: Path, name: str) -> None:
    """Remove a view from the settings at `path`.

    Raises:
        SettingsUnwritable: As above.
    """
    _write(path, [(name, None, "")])


def _write(path: Path, edits: Sequence[tuple[str, SavedView | None, str]]) -> None:
    """Save or remove views: their names, what they are to be, and the names that they had."""
    for _ in range(_TRIES):
        try:
            stamp = read_stamp(path)
            text = path.read_bytes().decode() if stamp is not None else ""
            new = text
            for name, view, before in edits:
                new = _edit(new, name, view, before)
            if new == text:
                return
            if stamp is None:
                atomic.create(path, new.encode())
            else:
                atomic.write(path, new.encode(), stamp)
        except (ChangedMeanwhileError, FileExistsError, FileNotFoundError):
            continue  # somebody else saved it meanwhile, and the view goes into what they wrote
        except UnicodeDecodeError:
            raise SettingsUnwritable(f"Can't change {path}: it isn't UTF-8. Nothing was saved.") from None
        except parser.ParseError as error:
            raise SettingsUnwritable(
                f"{path}:{error.line}: {error.reason} Fix that line first. Nothing was saved."
            ) from None
        except ValueError as error:
            raise SettingsUnwritable(f"Can't change {path}: {error}. Nothing was saved.") from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SettingsUnwritable(f"Can't write {path}: {reason}. Nothing was saved.") from None
        else:
            return
    raise SettingsUnwritable(f"Another program keeps changing {path}. Nothing was saved.")


def _edit(text: str, name: str, view: SavedView | None, before: str) -> str:
    """Return the settings with a view saved or removed.

    Raises:
        ValueError: They are not TOML, or written in a way that the editor does not know.
    """
    data = parser.parse(text)
    views = data.get(_TABLE, {})
    if not isinstance(views, Mapping):
        raise ValueError(f"“{_TABLE}” is not a table")  # noqa: TRY004 - of the file, not of the program
    wanted = dict(views)
    if view is None and not _keys(views, name):
        return text  # somebody else removed it
    for key in _keys(views, name):
        if view is None or (before and not is_same_name(before, name)):
            text = set_value(text, _TABLE, key, None)
            del wanted[key]
    if view is not None:
        old = next(iter(_keys(views, before or name)), name)
        if old in wanted and old != name:
            renamed = rename_key(text, _TABLE, old, name)
            # In a table of one line no key is renamed.
            text = renamed if renamed != text else set_value(text, _TABLE, old, None)
        value = _value(view, wanted.pop(old, None))
        text = set_value(text, _TABLE, name, value)
        wanted[name] = _merge(views.get(old), value)
    if not parser.same_data(parser.parse_strictly(text), {**data, _TABLE: wanted}):
        raise ValueError("[views] is written in an unusual way")
    return text


def _keys(views: Mapping[str, Any], name: str) -> list[str]:
    """Return the names in the file that are one with `name`."""
    return [key for key in views if is_same_name(key, name)]


def _value(view: SavedView, old: object) -> str | dict[str, Any]:
    """Return what the settings are to say of a view: its filter alone where there is no more to say."""
    if not isinstance(old, Mapping) and set(view.values) == {"query"}:
        return view.query
    return {field: view.values.get(field) for field in view._fields if field != "name"}


def _merge(old: object, value: str | dict[str, Any]) -> object:
    """Return what the file says when a value is set: keys of the owner's own stay."""
    if isinstance(value, str):
        return value
    merged = {**(old if isinstance(old, Mapping) else {}), **value}
    return {field: item for field, item in merged.items() if item is not None}
