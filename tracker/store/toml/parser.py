"""Parse TOML 1.1: fast with `toml-rs`, and with `tomli` where that fails or a second opinion is needed.

`toml-rs` is about ten times as fast as `tomli`, whose errors are those that are told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from tracker.store.toml.scanner import find_deep_nesting
from tracker.text import clean_line

Data = dict[str, Any]

_loads_fast: Callable[[str], Data]
try:
    from toml_rs import loads as _loads_fast
except ImportError:  # pragma: no cover - a platform for which no compiled wheel exists
    from tomli import loads as _loads_fast


class ParseError(ValueError):
    """Text that is not TOML; `line` and `column` count from 1 within the text, a column of 0 is unknown."""

    def __init__(self, reason: str, line: int, column: int = 0, message: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.message = message
        """What the parser itself says; "" if it does not."""


def parse(text: str) -> Data:
    """Return the data of TOML text, which may begin with a BOM.

    Raises:
        ParseError: It is not TOML 1.1.
    """
    data = None if find_deep_nesting(text) else _parse_fast(text)
    return parse_strictly(text) if data is None else data


def is_toml(text: str) -> bool:
    """Return whether the text is TOML, without the reason."""
    return not find_deep_nesting(text) and _parse_fast(text) is not None


def _parse_fast(text: str) -> Data | None:
    """Return the data of TOML text, None if it is none; another parser reads it where the fast one breaks."""
    try:
        return _loads_fast(text.removeprefix("\ufeff"))
    except ValueError:
        return None
    except BaseException as error:
        # A panic of Rust code is a class of its own beside all other errors, which nothing exports.
        if type(error).__name__ != "PanicException":
            raise
    try:
        return parse_strictly(text)
    except ParseError:
        return None


def parse_strictly(text: str) -> Data:
    """Return what the independent parser reads in the text; used to check what is written.

    Raises:
        ParseError: It is not TOML 1.1.
    """
    import tomli  # only edits and errors pay for it

    if line := find_deep_nesting(text):
        raise ParseError("brackets or keys are nested too deeply.", line)
    try:
        return tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError as error:
        message = clean_line(error.msg)
        reason, line, column = _sentence(message), error.lineno, error.colno
        written = error.doc.rstrip(" \t\r\n")
        if error.pos > len(written):
            # Not the blank lines behind the entry.
            reason = f"{reason}, up to the end of the entry"
            line, column = written.count("\n") + 1, len(written) - written.rfind("\n")
        raise ParseError(f"{reason}.", line, column, message) from None
    except ValueError as error:
        # A number of thousands of digits is refused by Python itself.
        raise ParseError(f"{error}.", 1) from None


def _sentence(reason: str) -> str:
    plain = {
        "Invalid value": "a value is missing or is not valid TOML; text needs quotes",
        "Expected '=' after a key in a key/value pair": "“=” is missing after a key",
        "Cannot overwrite a value": "a key appears twice",
        "Illegal character '\\n'": "a text in quotes is not closed on its line",
        "Unterminated string": "a text in quotes is not closed",
        "Expected newline or end of document after a statement": "there is something after a value",
        "Invalid statement": "a line is not a key, a table or a comment",
        "Unclosed array": "a list is not closed: “]” is missing",
        "Unclosed inline table": "“}” is missing",
        "Invalid date or datetime": "there is no such date",
        "Expected \"'''\"": "a text in triple quotes is not closed",
        'Expected \'"""\'': "a text in triple quotes is not closed",
    }
    return plain.get(reason, f"not TOML: {reason[:1].lower()}{reason[1:]}")


def same_data(one: object, two: object) -> bool:
    """Compare TOML data; "nan" equals itself here, and true is not 1."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return one.keys() == two.keys() and all(same_data(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same_data, one, two))
    if isinstance(one, float) and isinstance(two, float) and math.isnan(one):
        return math.isnan(two)
    return one == two and isinstance(one, bool) is isinstance(two, bool)
