"""Find strings, comments and tables in TOML text without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_NEXT: Final = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*\'|#[^\n]*|\\.')
"""A backslash outside of strings is read as in one, so that what is not closed is looked through once."""
_PUNCTUATION: Final = re.compile(rf"{_NEXT.pattern}|[\[\]{{}}\n]")
_BREAKS: Final = re.compile(r"[^\n]")
_HEADER: Final = re.compile(r"^[ \t\ufeff]*(\[\[?)([^\n]*?)\]\]?[ \t\r]*(?:#[^\n]*)?$", re.MULTILINE)
MAX_NESTING: Final = 200
"""Depth of brackets, or parts of a dotted key, that no person writes; parsers crash at thousands."""
_NOT_DOTTED: Final = re.compile(r"[^\w.\- \t]+")


def split_lines(text: str) -> list[str]:
    """Return the lines with their ends, which are line feeds only."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def unterminated_string(text: str) -> str:
    '''Return the mark of the multi-line string that is open at the end: `"""`, `\'\'\'` or "".'''
    for start, stop in find_long_strings(text):
        if stop < 0:
            return text[start : start + 3]
    return ""


def find_long_strings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each multi-line string begins and ends; the end of an open one is -1."""
    at = 0
    while found := _NEXT.search(text, at):
        at = found.end()
        if found[0] in ('"""', "'''"):
            stop = _closing(text, at, found[0])
            yield found.start(), stop
            if stop < 0:
                return
            at = stop


def _closing(text: str, at: int, mark: str) -> int:
    """Return the end of the string that was opened before `at`, behind its closing mark; -1 if it has none."""
    while (at := text.find(mark, at)) >= 0:
        slashes = 0
        while mark == '"""' and text[at - 1 - slashes] == "\\":
            slashes += 1
        if slashes % 2 == 0:
            # Up to two quotes more belong to the text.
            stop = at + 3
            while stop < at + 5 and text[stop : stop + 1] == mark[0]:
                stop += 1
            return stop
        at += 1
    return -1


def find_value_end(text: str, start: int) -> int:
    """Return where the value ends that begins at `start`, without the blanks and the comment behind it."""
    at, depth = start, 0
    while found := _PUNCTUATION.search(text, at):
        at, mark = found.end(), found[0]
        if mark in ('"""', "'''"):
            at = _closing(text, at, mark)
        elif depth == 0 and mark[0] in "#\n":
            at = found.start()
            break
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
    else:
        at = len(text)
    return start + len(text[start:at].rstrip(" \t\r"))


def mask_strings(text: str) -> str:
    """Return the text with blanks in multi-line strings, on the same lines."""
    pieces, at = [], 0
    for start, stop in find_long_strings(text):
        end = len(text) if stop < 0 else stop
        pieces += [text[at : start + 3], _BREAKS.sub(" ", text[start + 3 : end])]
        at = end
    return "".join(pieces) + text[at:]


def mask_code(text: str) -> str:
    """Return the text with blanks in strings and comments, on the same lines and columns."""
    return _NEXT.sub(lambda found: " " * len(found[0]), mask_strings(text))


def find_tables(text: str) -> list[tuple[int, str]]:
    """Return the offset of each line that looks like a table's header, and the first part of the name."""
    found = []
    for header in _HEADER.finditer(mask_strings(text)):
        name = header[2].strip().split(".")[0].strip()
        if name and "=" not in header[2] and "," not in header[2]:
            found.append((header.start(), name.strip("\"'")))
    return found


def code_lines(text: str) -> list[str]:
    """Return the lines without strings and comments."""
    return [_NEXT.sub("", row) for row in mask_strings(text).split("\n")]


class Comment(NamedTuple):
    """A comment, from the number sign to the end of its line; lines count from 0."""

    line: int
    text: str


def find_comments(text: str) -> list[Comment]:
    """Return the comments of a text in their order."""
    return [
        Comment(number, match[0].rstrip("\r"))
        for number, line in enumerate(mask_strings(text).split("\n"))
        for match in (_NEXT.finditer(line) if "#" in line else ())
        if match[0].startswith("#")
    ]


def find_deep_nesting(text: str) -> int:
    """Return the line, from 1, on which brackets or the parts of a key are nested too deeply; 0 if none is."""
    if text.count("[") + text.count("{") <= MAX_NESTING and text.count(".") <= MAX_NESTING:
        return 0
    depth = 0
    for line, row in enumerate(code_lines(text), 1):
        if row.count(".") > MAX_NESTING and max(part.count(".") for part in _NOT_DOTTED.split(row)) > MAX_NESTING:
            return line
        for char in row:
            depth += (char in "[{") - (char in "]}")
            if depth > MAX_NESTING:
                return line
    return 0
