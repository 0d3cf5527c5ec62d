"""Titles in a text that has one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.model.duplicates import find_duplicate, known_names, title_form
from tracker.model.show import Show
from tracker.text import MAX_LINE, clean_line

MAX_TITLES: Final = 2_000
"""How many lines of a text are read."""
_BULLET: Final = re.compile(r"[-–—*+•‣·◦▪▸●○■□☐☑✓✔]\s+(?:\[[ xX]\]\s+)?|\[[ xX]\]\s+")
_NUMBER: Final = re.compile(r"\(?\d{1,4}[.)]\s+")


class PastedTitle(NamedTuple):
    """A title, and why it is not added by itself."""

    title: str
    reason: str = ""
    """What speaks against a new show, "" for nothing."""


class PastedTitles(NamedTuple):
    """What a text has."""

    titles: tuple[PastedTitle, ...]
    too_long: int = 0
    """How many lines are too long for a title."""
    unread: int = 0
    """How many lines were not read, because there are too many."""


def read_pasted_titles(text: str, shows: Iterable[Show]) -> PastedTitles:
    """Read a title from each line, without bullets, and without the numbers of a numbered list.

    A line with tabs is a row of a table, whose first cell that is more than a number has the title.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines, unread = lines[:MAX_TITLES], max(0, len(lines) - MAX_TITLES)
    bare = [_BULLET.sub("", _first_cell(line), count=1) for line in lines]
    # "7. Gün" alone is a title; a whole list of such lines is numbered.
    if len(bare) > 1 and sum(bool(_NUMBER.match(line)) for line in bare) * 2 > len(bare):
        bare = [line[match.end() :] if (match := _NUMBER.match(line)) else line for line in bare]
    texts = [title for line in bare if (title := clean_line(line))]
    known, seen = known_names(shows), set[str]()
    titles = []
    for title in texts:
        if len(title) > MAX_LINE:
            continue
        form = title_form(title)
        reason = "pasted twice" if form and form in seen else ""
        if duplicate := find_duplicate(known, title):
            same = clean_line(duplicate.show.title)
            reason = "already on your list" if same == title else f"already on your list: {same}"
        seen.add(form)
        titles.append(PastedTitle(title, reason))
    return PastedTitles(tuple(titles), len(texts) - len(titles), unread)


def _first_cell(line: str) -> str:
    cells = [cell for raw in line.split("\t") if (cell := raw.strip())]
    is_number = len(cells) > 1 and cells[0].rstrip(".)").isdecimal()
    return cells[is_number]
