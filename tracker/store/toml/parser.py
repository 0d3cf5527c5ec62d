"""Parse TOML: fast with `toml-rs`, and with the standard library where that fails or a second opinion is needed.

`toml-rs` is about ten times as fast as `tomllib`, whose errors name the line.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tracker.store.toml.scanner import find_deep_nesting
from tracker.text import clean_line

Data = dict[str, Any]

try:
    from toml_rs import loads as _compiled
except ImportError:  # pragma: no cover - a platform for which no compiled wheel exists
    _loads: Callable[[str], Data] = tomllib.loads
else:
    _loads = partial(_compiled, toml_version="1.0.0")


class ParseError(ValueError):
    """Text that is not TOML; `line` counts from 1 within the text."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse(text: str) -> Data:
    """Return the data of TOML text, which may begin with a BOM.

    Raises:
        ParseError: It is not TOML 1.0.
    """
    if not find_deep_nesting(text):
        try:
            return _loads(text.removeprefix("\ufeff"))
        except ValueError:
            pass
    return parse_strictly(text)


def is_toml(text: str) -> bool:
    """Return whether the text is TOML, without the reason."""
    if find_deep_nesting(text):
        return False
    try:
        _loads(text.removeprefix("\ufeff"))
    except ValueError:
        return False
    return True


def parse_strictly(text: str) -> Data:
    """Return what the standard library reads in the text; used to check what is written.

    Raises:
        ParseError: It is not TOML 1.0.
    """
    if line := find_deep_nesting(text):
        raise ParseError("brackets are nested too deeply.", line)
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _translate(clean_line(str(error)), text) from None
    except ValueError as error:
        # A date such as 2026-02-30 can come out of tomllib as the plain error of the datetime module.
        raise ParseError(f"{error}.", 1) from None


def _translate(message: str, text: str) -> ParseError:
    if found := re.search(r"^(.*?) \(at line (\d+), column (\d+)\)$", message, re.DOTALL):
        return ParseError(f"{_sentence(found[1])} (column {found[3]}).", int(found[2]))
    reason = message.removesuffix(" (at end of document)")
    return ParseError(f"{_sentence(reason)}, up to the end of the entry.", text.rstrip().count("\n") + 1)


def _sentence(reason: str) -> str:
    plain = {
        "Invalid value": "a value is missing or not written as TOML wants it; text needs quotes",
        "Expected '=' after a key in a key/value pair": "“=” is missing after a key",
        "Cannot overwrite a value": "a key stands twice",
        "Illegal character '\\n'": "a text in quotes is not closed on its line",
        "Unterminated string": "a text in quotes is not closed",
        "Expected newline or end of document after a statement": "something stands behind a value",
        "Invalid statement": "a line is no key, table or comment",
        "Unclosed array": "a list is not closed: “]” is missing",
        "Unclosed inline table": "“}” is missing",
        "Invalid date or datetime": "a date does not exist",
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
