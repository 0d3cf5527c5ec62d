"""Say what is wrong with an entry that is not TOML, where it is, and what to write instead.

A parser says where it stopped; people want to know what they did. Only what cannot be read comes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import AmbiguousDate, BadValue
from tracker.model.fields import SETS
from tracker.model.window_parser import parse_window
from tracker.store.toml import parser
from tracker.store.toml.parser import ParseError
from tracker.store.toml.scanner import find_long_strings, mask_code
from tracker.text import clean_line

MAX_CHARACTERS: Final = 100_000
"""Longer entries get the reason of the parser: no person wrote them."""
_MAX_EXAMPLE: Final = 80
_ANY_DAY: Final = date(2026, 1, 1)
"""From which words such as "next year" count where only their form matters."""

_NAME: Final = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_STATEMENT: Final = re.compile(rf"\s*(?P<key>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=[ \t]*(?P<value>.*)")
_HEADER: Final = re.compile(r"[ \t\ufeff]*\[\[[ \t]*(?:show|person)[ \t]*\]\]")
_OPENING: Final = re.compile(r"[\[［【]")
_BOUNDS: Final = re.compile(r"[,\[\]{}=\n]")
_DOUBLE_QUOTES: Final = "“”„‟＂«»❝❞〝〞〟"
_SINGLE_QUOTES: Final = "‘’‚‛＇‹›❛❜`´′"
_QUOTES: Final = frozenset(_DOUBLE_QUOTES + _SINGLE_QUOTES)
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_BOOLEANS: Final = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_SIGNS: Final = {
    "\u3000": "a full-width space", "\ufeff": "a byte order mark", "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
}  # fmt: skip


class _Place(NamedTuple):
    """Where the parser stopped."""

    text: str
    line: int
    column: int
    row: str
    code: str
    """The row with blanks in the place of strings and comments."""
    key: str
    value: str
    """What the row gives the key, without a comment; both are "" in a row that gives none."""
    value_column: int

    @property
    def offset(self) -> int:
        return sum(len(row) + 1 for row in self.text.split("\n")[: self.line - 1]) + self.column - 1

    @property
    def rest(self) -> str:
        return self.row[self.column - 1 :]

    def wrong(self, reason: str, column: int = 0, *, example: str = "") -> ParseError:
        """Return the error at a column of this row, or where the parser stopped."""
        return _error(reason, self.line, column or self.column, example=example)


def explain(text: str, error: ParseError) -> ParseError:
    """Return the error in words that say what to write instead, with the column that shows it where one does.

    Args:
        text: An entry that is not TOML.
        error: What `parser.parse` says of it.
    """
    text = text.removeprefix("\ufeff")
    rows = text.split("\n")
    if len(text) > MAX_CHARACTERS or not 0 < error.line <= len(rows):
        return error
    row = rows[error.line - 1].rstrip("\r")
    code = mask_code(text).split("\n")[error.line - 1]
    found = _STATEMENT.match(row)
    key, value, column = (
        (found["key"], _cut_comment(found["value"]), found.start("value") + 1) if found else ("", "", 0)
    )
    place = _Place(text, error.line, error.column, row, code, key, value, column)
    rule = next((rule for message, rule in _RULES.items() if error.message.startswith(message)), None)
    wrong = _explain_odd_sign(place, in_text=rule is _explain_open_string)
    return wrong or (rule(place) if rule is not None else None) or error


def find_misspelt_headers(text: str) -> list[tuple[int, str]]:
    """Return where lines begin that were meant to begin an entry, and the kind of the entry."""
    found, at = [], 0
    for row in mask_code(text).split("\n"):
        if (kind := _meant_header(row)) and not (at == 0 and _HEADER.match(row)):
            found.append((at, kind))
        at += len(row) + 1
    return found


def explain_header(row: str, kind: str) -> ParseError:
    """Return what is wrong with a line that was meant to begin an entry."""
    at = next((at for at, char in enumerate(row) if _is_odd(char)), -1)
    if at >= 0:
        return _error(f"{_name_sign(row[at])} in the header; write [[{kind}]]", 1, at + 1)
    at = len(row) - len(row.lstrip())
    return _error(f"“{clean_line(row)}” doesn't start an entry; write [[{kind}]]", 1, at + 1)


def _meant_header(row: str) -> str:
    if not _OPENING.search(row):
        return ""
    form = unicodedata.normalize("NFKC", row.translate({ord("【"): "[", ord("】"): "]"}))
    plain = "".join(char for char in form if not (char.isspace() or _is_odd(char))).casefold()
    found = re.fullmatch(r"\[{1,2}(show|person)(s?)\]{1,2}", plain)
    # A single table of another name may be the owner's own.
    return found[1] if found and (not found[2] or plain.startswith("[[")) else ""


def _error(reason: str, line: int, column: int, *, example: str = "") -> ParseError:
    shown = clean_line(example)
    return ParseError(f"{reason}: {shown}" if shown and len(shown) <= _MAX_EXAMPLE else f"{reason}.", line, column)


def _cut_comment(value: str) -> str:
    return value.rstrip() if value[:1] in tuple("\"'[{") else value.partition("#")[0].rstrip()


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_row(row: str) -> bool:
    """Return whether a row can be read by itself, or as a part of a list or a table."""
    return any(map(parser.is_toml, (row.strip(), f"x = [{row}\n]", f"x = {{{row}\n}}")))


def _is_odd(char: str) -> bool:
    """Return whether a sign looks like one of TOML's and is none, or cannot be seen."""
    if char in _QUOTES:
        return True
    if char.isascii():
        return char not in "\t\r" and not char.isprintable()
    form = unicodedata.normalize("NFKC", char)
    is_wide = len(form) == 1 and form.isascii() and not form.isalnum()
    return is_wide or unicodedata.category(char) in ("Cf", "Cc", "Zs", "Zl", "Zp")


def _name_sign(char: str) -> str:
    code = f"U+{ord(char):04X}"
    name = _SIGNS.get(char) or unicodedata.name(char, "control character").lower()
    if unicodedata.category(char) in ("Cf", "Cc", "Zl", "Zp"):
        return f"an invisible character ({name.removeprefix('a ')}, {code})"
    return f"{name} ({code})" if char in _SIGNS else f"“{char}” ({name}, {code})"


def _explain_odd_sign(place: _Place, *, in_text: bool) -> ParseError | None:
    """Explain a sign that looks like another one, or like nothing; `in_text` if it may be a part of an open text."""
    at = next((at for at, char in enumerate(place.code[: place.column]) if _is_odd(char)), -1)
    if at < 0:
        return None
    char = place.code[at]
    if char in _QUOTES:
        straight = _straighten(place.row)
        if not straight and (in_text or at + 1 != place.column):
            return None
        return place.wrong("curly quotes; use straight ones", at + 1, example=straight or 'title = "…"')
    if in_text:
        return None
    form = unicodedata.normalize("NFKC", char)
    if form.isspace():
        return place.wrong(f"{_name_sign(char)} here; use an ordinary space or none", at + 1)
    if form and form.isascii() and form.isprintable():
        return place.wrong(f"“{char}” is a full-width character; use “{form}”", at + 1)
    return place.wrong(f"{_name_sign(char)} here; delete it", at + 1)


def _straighten(row: str) -> str:
    """Return the row with straight quotes, if it can be read so."""
    curly = "".join(_QUOTES)
    found = re.fullmatch(rf"([^{curly}\"']*=\s*)[{curly}\"'](.*)[{curly}\"'](\s*(?:,|#.*)?)", row)
    whole = f"{found[1]}{_quote(found[2])}{found[3]}" if found else row
    double = row.translate(dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'))
    both = double.translate(dict.fromkeys(map(ord, _SINGLE_QUOTES), '"'))
    return next((fixed.strip() for fixed in (double, both, whole) if fixed != row and _is_row(fixed)), "")


def _explain_value(place: _Place) -> ParseError | None:
    """Explain a text that is not a value, or has something behind it."""
    if place.row.lstrip().startswith("[") and not place.key:
        return place.wrong("a header needs a line of its own")
    if not place.key or place.value[:1] in ("[", "{") or (place.value and place.column < place.value_column):
        return _explain_end(place) or _explain_item(place)
    if place.value[:1] in ('"', "'"):
        return _explain_end(place) or _explain_early_end(place)
    return _explain_bare(place)


def _explain_bare(place: _Place) -> ParseError:
    key, value, column = place.key, place.value, place.value_column
    name = key.strip("\"'")
    if not value:
        return place.wrong(f"{key} has no value; write one after “=”, or delete the line", column)
    if value.startswith("="):
        return place.wrong(f"“=” appears twice; write {key} = … once", column)
    if value[-1] in ",;" and parser.is_toml(f"x = {value[:-1]}"):
        return place.wrong(f"“{value[-1]}” after the value; delete it", column + len(value) - 1)
    if boolean := _BOOLEANS.get(value.casefold()) if name == "follow" or value.casefold() in ("true", "false") else "":
        return place.wrong(f"write {boolean}, not {value}", column, example=f"{key} = {boolean}")
    if name == "rating":
        number = value.replace(",", ".")
        digits = re.match(r"[0-9]+", value)
        example = number if parser.is_toml(f"x = {number}") else digits[0] if digits else "7.5"
        return place.wrong(f"{value} is not a number that TOML can read", column, example=f"{key} = {example}")
    text = value.strip("\"'") if value[-1] in "\"'" else value
    if name in SETS:
        names = ", ".join(_quote(part.strip()) for part in text.split(",") if part.strip())
        return place.wrong(f"{value} needs quotes and brackets", column, example=f"{key} = [{names}]")
    if name in ("release", "on"):
        plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
        if plain != text and parser.is_toml(f"x = {plain}"):
            return place.wrong(f"{value} needs plain digits and hyphens", column, example=f"{key} = {plain}")
        if not _is_window(text):
            return place.wrong(
                f"{value} is not a date; write a day as {key} = 2026-05-14, anything else in quotes", column,
                example=f'{key} = "2026-05"',
            )  # fmt: skip
    return place.wrong(f"{value} needs quotes", column, example=f"{key} = {_quote(text)}")


def _is_window(text: str) -> bool:
    try:
        parse_window(text, _ANY_DAY)
    except AmbiguousDate:
        return True
    except BadValue:
        return False
    return True


def _explain_end(place: _Place) -> ParseError | None:
    """Explain what stands behind a whole value."""
    rest = place.rest.strip()
    if rest[:1] in (",", ";") and not rest[1:].strip():
        return place.wrong(f"“{rest[0]}” after the value; delete it")
    if _STATEMENT.match(rest):
        return place.wrong("a second key starts here; put it on a line of its own")
    return None


def _explain_early_end(place: _Place) -> ParseError | None:
    """Explain a text that a quote within it ends."""
    quote, value = place.value[0], place.value.split(" #")[0].rstrip()
    if place.key in SETS and parser.is_toml(f"x = [{value}]"):
        return place.wrong("a list needs brackets", place.value_column, example=f"{place.key} = [{value}]")
    inner = value[1 : value.rindex(quote)] if value.count(quote) > 2 else value[1:].rstrip("\"'")
    fixed = f"{place.key} = '{inner}'" if quote == '"' and "'" not in inner else f"{place.key} = {_quote(inner)}"
    if not _is_row(fixed):
        return None
    end = place.row.rindex(quote, 0, place.column - 1) + 1
    sign = "an apostrophe" if quote == "'" else "a quote"
    remedy = "put the text in double quotes"
    if quote == '"':
        remedy = "put the text in single quotes" if "'" not in inner else "write \\ before it"
    return place.wrong(f"{sign} ends the text too early; {remedy}", end, example=fixed)


def _explain_item(place: _Place) -> ParseError | None:
    """Explain an item of a list or a table that cannot be read, or lacks the comma before it."""
    opening = _find_open_bracket(place)
    if opening is None:
        return None
    at, bracket = opening
    closing = "]" if bracket == "[" else "}"
    begin = len(place.text[: place.offset].rstrip())
    with_comma = f"{place.text[:begin]},{place.text[begin:]}"
    line, column = place.text.count("\n", 0, at) + 1, at - place.text.rfind("\n", 0, at)
    what = "list" if bracket == "[" else "table"
    not_closed = _error(f"this {what} is not closed; “{closing}” is missing", line, column)
    if not place.rest.strip() or place.rest.lstrip()[0] in "]}":
        return not_closed if not place.rest.strip() else None
    if parser.is_toml(with_comma):
        return place.wrong("a comma is missing before this")
    if (
        parser.is_toml(f"{place.text[:begin]}{closing}{place.text[begin:]}")
        or not place.row[: place.column - 1].strip()
    ):
        return not_closed
    if place.rest[0] in "\"'[{" or _STATEMENT.match(place.rest):
        return place.wrong("a comma is missing before this")
    return _explain_bare_item(place)


def _explain_bare_item(place: _Place) -> ParseError | None:
    before = place.row[: place.column - 1]
    start = max((found.end() for found in _BOUNDS.finditer(before)), default=0)
    end = found.start() if (found := _BOUNDS.search(place.row, place.column - 1)) else len(place.row)
    item = place.row[start:end].split(" #")[0].strip()
    column = start + 1 + len(place.row[start:]) - len(place.row[start:].lstrip())
    if not item:
        return place.wrong("an item is missing; delete one of the commas")
    if all(parser.is_toml(f"x = {part}") for part in item.split()):
        return place.wrong("a comma is missing before this")
    if item[-1] in "\"'" or item[0] in "\"'":
        return place.wrong(f"a quote or a comma is missing around {item}", column)
    return place.wrong(f"{item} needs quotes", column, example=_quote(item))


def _find_open_bracket(place: _Place) -> tuple[int, str] | None:
    """Return where the last bracket was opened that is open where the parser stopped, and the bracket."""
    opened: list[tuple[int, str]] = []
    for at, char in enumerate(mask_code(place.text)[: place.offset]):
        if char in "[{":
            opened.append((at, char))
        elif char in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _explain_open_end(place: _Place) -> ParseError | None:
    """Explain a list, a table or a long text that goes on to the end of the entry."""
    long_text = next((start for start, stop in find_long_strings(place.text) if stop < 0), -1)
    if long_text >= 0:
        line, column = place.text.count("\n", 0, long_text) + 1, long_text - place.text.rfind("\n", 0, long_text)
        mark = place.text[long_text : long_text + 3]
        return _error(f"this text is not closed; {mark} is missing after it", line, column)
    return _explain_item(place._replace(line=place.text.count("\n") + 1, column=len(place.text) + 1))


def _explain_open_string(place: _Place) -> ParseError | None:
    at = next((at for at, char in enumerate(place.code) if char in "\"'"), -1)
    if at < 0:
        return None
    fixed = place.row + place.code[at]
    return place.wrong("this quote is not closed", at + 1, example=fixed.strip() if _is_row(fixed) else "")


def _explain_no_equals(place: _Place) -> ParseError | None:
    words, colon, behind = place.row.partition(":")
    if colon and re.fullmatch(rf"\s*{_NAME}\s*", words):
        value = behind.strip()
        fixed = f"{words.strip()} = {value if _is_row(f'x = {value}') else _quote(value)}"
        return place.wrong("“:” instead of “=”", len(words) + 1, example=fixed)
    name, equals, behind = place.row.partition("=")
    name = name.strip()
    column = len(place.row) - len(place.row.lstrip()) + 1
    if not equals:
        return place.wrong("this line has no “=”; write key = value, or # before a comment", column)
    if name.isascii():
        return place.wrong(f"a key can't have spaces or punctuation; use _ or quotes, as in “{name}”", column,
                           example=f"{re.sub(r'[^a-z0-9]+', '_', name.casefold())} ={behind}")  # fmt: skip
    return place.wrong("a key with letters other than A to Z needs quotes", column, example=f"{_quote(name)} ={behind}")


def _explain_backslash(place: _Place) -> ParseError:
    at = place.row.rfind("\\", 0, place.column)
    quote_free = place.value[:1] == '"' and "'" not in place.value and place.value.count('"') == 2
    fixed = f"{place.key} = '{place.value.strip(chr(34))}'" if quote_free else ""
    return place.wrong("a backslash starts an escape code; write two, or use single quotes", at + 1, example=fixed)


def _explain_control(place: _Place) -> ParseError:
    return place.wrong(f"{_name_sign(place.rest[:1] or chr(13))} here; delete it")


def _explain_repeated(place: _Place) -> ParseError | None:
    if not place.key:
        return None
    column = len(place.row) - len(place.row.lstrip()) + 1
    return place.wrong(f"{place.key} appears twice; keep one", column)


def _explain_date(place: _Place) -> ParseError:
    item = re.match(r"[^\s,\]}#]*", place.rest)
    return place.wrong(f"{item[0] if item else place.rest} is not a day in the calendar")


def _explain_header(place: _Place) -> ParseError | None:
    name = re.sub(r"[\s\[\]]|#.*", "", place.row)
    column = len(place.row) - len(place.row.lstrip()) + 1
    if re.fullmatch(r"(?:show|person)\.history|show\.cast", name):
        return place.wrong(f"the header {name} needs two brackets on each side", column, example=f"[[{name}]]")
    if place.row.count("[") != place.row.count("]"):
        return place.wrong("this header is not closed", column, example=f"[{name}]")
    return place.wrong(f"“{name}” appears twice in this entry; keep one", column)


_RULES: Final[dict[str, Callable[[_Place], ParseError | None]]] = {
    "Invalid value": _explain_value,
    "Expected newline or end of document after a statement": _explain_value,
    "Unclosed array": _explain_item,
    "Unclosed inline table": _explain_item,
    "Invalid initial character for a key part": _explain_item,
    "Unterminated string": _explain_open_end,
    "Expected \"'''\"": _explain_open_end,
    'Expected \'"""\'': _explain_open_end,
    "Illegal character '\\n'": _explain_open_string,
    'Expected "\'"': _explain_open_string,
    "Expected '=' after a key in a key/value pair": _explain_no_equals,
    "Invalid statement": _explain_no_equals,
    "Unescaped '\\' in a string": _explain_backslash,
    "Invalid hex value": _explain_backslash,
    "Illegal character": _explain_control,
    "Cannot overwrite a value": _explain_repeated,
    "Duplicate inline table key": lambda place: place.wrong("a key appears twice in this table; keep one"),
    "Cannot mutate": _explain_repeated,
    "Cannot declare": _explain_header,
    "Invalid date or datetime": _explain_date,
    "Expected ']]' at the end of an array declaration": _explain_header,
    "Expected ']' at the end of a table declaration": _explain_header,
}
"""By the beginning of what `tomli` says."""
