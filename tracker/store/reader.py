"""Reading TOML: one fast parser for everything, and the standard library's as the judge.

`toml-rs` reads about ten times as fast as `tomllib`. What it refuses, `tomllib` is asked about:
its word counts, and its message names the line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import partial
from typing import Any

from tracker.store.scan import nesting
from tracker.text import clean_line

Data = dict[str, Any]

try:
    from toml_rs import loads as _compiled
except ImportError:  # pragma: no cover - a platform for which no compiled wheel exists
    _loads: Callable[[str], Data] = tomllib.loads
else:
    _loads = partial(_compiled, toml_version="1.0.0")


class Unparsable(ValueError):
    """Text that is not TOML; `line` counts from 1 within the text."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse(text: str) -> Data:
    """Return what the TOML text says.

    Raises:
        Unparsable: It is not TOML 1.0.
    """
    if line := nesting(text):
        raise Unparsable("brackets are nested too deeply.", line)
    try:
        return _loads(text)
    except ValueError:
        pass
    return parse_strictly(text)


def is_toml(text: str) -> bool:
    """Return whether the text is TOML, without a word about why not."""
    if nesting(text):
        return False
    try:
        _loads(text)
    except ValueError:
        return False
    return True


def parse_strictly(text: str) -> Data:
    """Return what the standard library reads in the text; used to check what was written.

    Raises:
        Unparsable: It is not TOML 1.0.
    """
    if line := nesting(text):
        raise Unparsable("brackets are nested too deeply.", line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _translated(clean_line(str(error)), text) from None
    except ValueError as error:
        # A date such as 2026-02-30 can come out of tomllib as the plain error of the datetime module.
        raise Unparsable(f"{error}.", 1) from None


def _translated(message: str, text: str) -> Unparsable:
    if found := re.search(r"^(.*?) \(at line (\d+), column (\d+)\)$", message, re.DOTALL):
        return Unparsable(f"{_sentence(found[1])} (column {found[3]}).", int(found[2]))
    reason = message.removesuffix(" (at end of document)")
    return Unparsable(f"{_sentence(reason)}, up to the end of the entry.", text.rstrip().count("\n") + 1)


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
