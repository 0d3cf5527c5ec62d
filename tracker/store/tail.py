"""What stands behind an entry and belongs to nobody."""

from __future__ import annotations

import re

from tracker.store import reader
from tracker.store.same import equal
from tracker.store.scan import long_strings


def split_tail(kind: str, text: str) -> tuple[str, str]:
    """Return the entry proper, and the blank lines and comments behind it, which belong to nobody.

    A comment directly under the last line of the entry is still the entry's own.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    # What looks like a comment can be a line of a text in triple quotes.
    ends = [len(text) if stop < 0 else stop for _, stop in long_strings(text)]
    least = text.count("\n", 0, ends[-1]) + 1 if ends else 0
    first = len(lines)
    while first > least and (not lines[first - 1].strip() or lines[first - 1].lstrip().startswith("#")):
        first -= 1
    while first < len(lines) and lines[first].strip():
        first += 1
    at = sum(map(len, lines[:first]))
    if at == len(text):
        return text, ""
    body = text[:at]
    if "#" not in text[at:]:
        return body, text[at:]
    try:
        if equal(reader.parse(body.removeprefix("\ufeff")), reader.parse(text.removeprefix("\ufeff"))):
            return body, text[at:]
    except reader.Unparsable:
        pass
    return text, ""
