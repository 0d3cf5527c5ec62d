"""The text of an article as a reader takes it in: headline, sentences with their places, what is no news left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clipper.dateline import is_bookkeeping

MOST: Final = 20_000
"""How many characters of an article are read: news is told long before that."""
LONGEST: Final = 800
"""How long a sentence may be, in characters; what has no end for longer is cut."""
_HEADLINE: Final = 220

_ABBREVIATIONS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "jr",
        "sr",
        "st",
        "vs",
        "inc",
        "co",
        "ltd",
        "corp",
        "no",
        "vol",
        "ep",
        "eps",
        "feat",
        "etc",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "prof",
        "gen",
        "lt",
        "sgt",
        "capt",
        "rev",
        "mt",
        "ft",
        "approx",
        "est",
    ]
)
_END: Final = re.compile(r"[.!?…]{1,6}[\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]?[^\W_a-z])")
_LAST_WORD: Final = re.compile(r"(?:^|[\s(“\"'‘])([^\s(“\"'‘]{1,20})$")

_ENDS_ALL: Final = re.compile(
    r"(?:leave a (?:reply|comment)|(?:\d+ )?comments?|continue reading|related (?:articles?|posts?|stories|news|"
    r"content|reads?)|"
    r"you (?:may|might) (?:also )?like|more (?:from|on|stories|news)\b.{0,40}|trending(?: now)?|read next|"
    r"popular posts|"
    r"recommended(?: for you)?|most read|join the conversation|about the author|my thoughts|also on\b.{0,30})\W{0,3}",
    re.IGNORECASE,
)
"""A line that is only this ends the article."""
_NOISE: Final = re.compile(
    r"(?:related|trending|also read|read(?: more| also| next)?|see also|watch(?: now| here| the)?|don['’]t miss|"
    r"in other news|"
    r"more|check (?:it )?out|source|sources|via|image|images|photo|photos|picture|credits?|photo credits?|"
    r"image credits?|tags?|filed under|"
    r"topics|share(?: this)?|follow us|subscribe|sign up|newsletter|top photo|featured image|cr|posted in|"
    r"reporter|edited by|poll|up next|stream it|trailer|video|click here|recommended|popular|editor's note)"
    r"\s?(?:\([^)]{0,40}\)\s?)*[:|»]|(?:source|sources|image|images|photo|photos|picture)s?\s(?:\(\d|via|by|"
    r"courtesy|credit)|"
    r"(?:how does this article|what do you think|are you excited|stay tuned|let us know|continue reading|click |"
    r"leave a (?:reply|comment))|"
    r"(?:©|copyright\b|all rights reserved)|\S{3,30} \d{1,2}(?:st|nd|rd|th)?-\w{3}-\d{4}:|(?:u/|@)\w{2,}\W|"
    r"(?:posted )?by (?:[\w.'-]+ ){1,3}(?:on|\||·|—|–|-|,) .{0,50}$",
    re.IGNORECASE,
)
"""A line that begins like this is no part of the news."""
_COMMENT: Final = re.compile(
    r"(?:u/|@)?[a-z0-9_.\-]{3,30}(?: \(\w[^)]{0,30}\))?\s?(?::|says:|wrote:|\|)\s|\S{1,30} says:", re.ASCII
)
_DATELINE: Final = re.compile(
    r"^(?:[A-Z][A-Z .,/()\-]{2,40}[,.]?\s*)(?:(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|"
    r"Dec)\w*\.? \d{1,2}(?:, \d{4})?\s*)?"
    r"(?:\([A-Z][\w ./]{2,30}\)\s*)?(?:--|—|–|-)\s+"
)


_NUMBER: Final = re.compile(r"^#?\d{1,3}[.):]\s+")


class Sentence(NamedTuple):
    """One sentence, and where it stands."""

    text: str
    start: int
    """Where it begins in the text of the article."""
    paragraph: int
    """The number of its paragraph, the headline's is 0."""
    is_heading: bool = False
    """Whether it is a headline or a heading: written in title case, without a full stop."""
    is_aside: bool = False
    """Whether it stands in what is no news: links, sources, comments."""

    @property
    def end(self) -> int:
        """Where it ends in the text of the article."""
        return self.start + len(self.text)


class ArticleText(NamedTuple):
    """What is read of an article."""

    text: str
    """The text of the article, as far as it is read; quotes are cut from it."""
    headline: str
    sentences: tuple[Sentence, ...]
    """All of the article's, in order; asides are marked."""

    @property
    def news(self) -> tuple[Sentence, ...]:
        """The sentences that are no asides."""
        return tuple(one for one in self.sentences if not one.is_aside)


def passage_of(text: str, headline: str = "") -> ArticleText:
    """Return the sentences of an article.

    Args:
        text: The text of the article, cleaned.
        headline: The headline as the page names it; "" lets the first line be it, where it looks like one.
    """
    text = text[:MOST]
    sentences: list[Sentence] = []
    is_over = False
    first = ""
    for number, (start, line) in enumerate(_lines(text)):
        if not is_over and number and _ENDS_ALL.fullmatch(line):
            is_over = True
        is_noise = bool(_NOISE.match(line) or _COMMENT.match(line)) or is_bookkeeping(line)
        is_aside = is_over or (number > 0 and is_noise)
        is_heading = not is_aside and _is_heading(line)
        if is_heading and not first and not _is_day(line) and len(sentences) < 3:
            first = line
        parts = [(0, line)] if is_heading else _split(line)
        for at, part in parts:
            sentences.append(Sentence(part, start + at, number, is_heading, is_aside))
    return ArticleText(text, headline or first, tuple(sentences))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            yield at + raw.index(line[0]), line
        at += len(raw) + 1


def _is_heading(line: str) -> bool:
    line = _NUMBER.sub("", line) or line
    if len(line) > 2 and line[-1] in '"”' and line[0] not in '"“' and line[-2].isalnum() and _is_title_case(line):
        line = line[:-1]
    return len(line) <= _HEADLINE and line[-1] not in ".,;:…\"”" and not re.search(r"[.!?] [A-Z]", line[:-1]) and (
        line[-1].isalnum() or line[-1] in "?!'’)+"
    ) and (len(line) < 120 or _is_title_case(line))  # fmt: skip


_CALENDAR: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*|posted|published|"
    r"updated|last|"
    r"modified|date|at|on|GMT|UTC|KST|JST|EST|PST",
    re.IGNORECASE,
)


def _is_title_case(line: str) -> bool:
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _is_day(line: str) -> bool:
    return (
        len(line) < 40
        and bool(re.search(r"\d{4}|\d{1,2}[:/]\d{2}", line))
        and len(re.findall(r"[^\W\d_]{3,}", _CALENDAR.sub("", line))) <= 1
    )


def _split(line: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph with their places in it."""
    found = []
    start = 0
    dateline = _DATELINE.match(line)
    if dateline:
        start = dateline.end()
    for match in _END.finditer(line, start):
        before = _LAST_WORD.search(line[max(start, match.start() - 22) : match.start()])
        word = before[1].rstrip(".") if before else ""
        if line[match.start()] == "." and (
            word.casefold() in _ABBREVIATIONS
            or (word.isdigit() and match.start() < 4)
            or re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word)
        ):
            continue
        found.append((start, line[start : match.end()].rstrip()))
        start = match.end()
    if line[start:].strip():
        found.append((start, line[start:].rstrip()))
    cut = []
    for at, part in found:
        cut += (
            [(at + i, part[i : i + LONGEST]) for i in range(0, len(part), LONGEST)]
            if len(part) > LONGEST
            else [(at, part)]
        )
    return cut
