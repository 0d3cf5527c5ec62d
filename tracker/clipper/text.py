"""The text of an article as a reader takes it in: headline and sentences with their places, asides left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clipper.dateline import is_bookkeeping
from tracker.clipper.lexicon import MONTHS, WEEKDAYS

MOST: Final = 20_000
"""How many characters of an article are read: news is told long before that."""
LONGEST: Final = 800
"""How long a sentence may be, in characters; what has no end for longer is cut."""
_HEADLINE: Final = 220
_PLAIN: Final = {
    ord(char): plain
    for plain, chars in {'"': "“”„‟«»", "'": "‘’‚‛`´", "-": "‐‑", " ": "\n\t\u00a0\u2009\u202f"}.items()
    for char in chars
} | dict.fromkeys(range(0xE000, 0xE500), "○")
"""Quotation marks, hyphens and blanks in one form each; what an article has of the signs of `tagged` means nothing."""
_ABBREVIATION: Final = re.compile(
    r"mrs?|ms|dr|jr|sr|st|vs|inc|co|ltd|no|vol|eps?|etc|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|prof|gen|lt|capt|"
    r"mt|ft|(?:[^\W\d_]\.)*[^\W\d_]",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?…]{1,6}[\"')\]]{0,3}\s+(?=[\"'(\[]?[^\W_a-z])")
_LAST_WORD: Final = re.compile(r"(?:^|[\s(\"'])([^\s(\"']{1,20})$")
_RUNS_ON: Final = re.compile(r"(?:,|\b(?:an?|and|as|at|by|for|from|her|his|in|its|of|on|or|the|their|to|with))$")
"""A line that ends so goes on in the next."""
_ENDS_ALL: Final = re.compile(
    r"(?:leave a (?:reply|comment)|(?:\d+ )?comments?|continue reading|related \w+|you (?:may|might) (?:also )?like|"
    r"more (?:from|on|stories|news)\b.{0,40}|trending(?: now)?|read next|popular posts|recommended(?: for you)?|"
    r"most read|about the author)\W{0,3}",
    re.IGNORECASE,
)
"""A line that is only this ends the article."""
_LABELS: Final = (
    r"(?:related|trending|(?:also )?read(?: more| also| next)?|see also|watch|don't miss|more|check out|sources?|"
    r"via|(?:image|photo|picture)s?(?: credits?)?|credits?|tags?|filed under|topics|share|newsletter|reporter|video|"
    r"edited by|trailer|editor's note)"
)
_PAPER: Final = r"(?:getty|netflix|afp|reuters|hbo|ap|disney|courtesy|nbc|abc|cbs|bbc)"
_ASIDE: Final = re.compile(
    rf"{_LABELS}\s?(?:\([^)]{{0,40}}\)\s?)?[:|»]|\[?(?:via|source)\]?$|"
    r"(?:source|image|photo|picture)s?\s(?:\(\d|via|by|courtesy|credit)|"
    r"(?:how does this article|what do you think|are you excited|stay tuned|let us know|click |recommended videos|"
    r"sign up|subscribe|follow us|©|copyright\b|all rights reserved)|"
    rf"[\w .'-]{{3,40}} ?/ ?{_PAPER}\b.{{0,40}}$|\S{{1,30}} (?:says|wrote):|"
    r"(?:posted |written )?by:? [\w.'-]{1,30}(?: [\w.'-]{1,30}){0,3} ?(?:(?:on|[|·—–,-]) .{0,50})?$",
    re.IGNORECASE,
)
"""A line that begins like this is no part of the news."""
_AUTHOR: Final = re.compile(
    r"[^\W\d_][\w.' -]{2,40} (?:is|was|has been) (?:an? |the |our )?(?:[\w']+[ -]){0,5}(?:journalist|writer|editor|"
    r"contributor|reporter|critic|correspondent|columnist)\b"
)
"""A paragraph that begins so is about who wrote the page."""
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z .,/()-]{2,40}(?:[A-Z]\w*\.? \d{1,2}(?:, \d{4})?\s*)?(?:\([A-Z][\w ./]{2,30}\)\s*)?(?:--|[—–-])\s+"
)
_NUMBER: Final = re.compile(r"#?\d{1,3}[.):]\s+")
_CALENDAR: Final = re.compile(
    rf"\b(?:{'|'.join(name[:3] for name in (*MONTHS, *WEEKDAYS))})[a-z]*|posted|published|updated|modified|gmt",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """One sentence, and where it is."""

    text: str  # with plain quotation marks and blanks; as long as it is in the article
    start: int  # where it begins in the text of the article, in characters
    line: int  # the number of its line
    is_heading: bool = False  # a headline or heading: a line without a full stop

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_title_case(self) -> bool:
        """Whether most of its words are capitalised, so that capitals tell no names."""
        return self.is_heading and _is_title_case(self.text)


class ArticleText(NamedTuple):
    """What is read of an article."""

    text: str  # the text of the article as it is, as far as it is read; quotes are cut from it
    headline: str
    sentences: tuple[Sentence, ...]  # without asides: links, credits, comments, who wrote it


def read_text(text: str, headline: str = "") -> ArticleText:
    """Return the sentences of an article.

    Args:
        text: The text of the article, cleaned.
        headline: The headline as the page names it; "" to use the first line if it has the form of one.
    """
    text = text[:MOST]
    plain = text.translate(_PLAIN)
    sentences: list[Sentence] = []
    first = ""
    for number, (start, end) in enumerate(_lines(text, plain)):
        line = plain[start:end]
        if number and _ENDS_ALL.fullmatch(line):
            break
        is_aside = (number and _ASIDE.match(line)) or (number > 2 and _AUTHOR.match(line))
        if is_aside or is_bookkeeping(line) or _is_day(line):
            continue
        is_heading = _is_heading(line)
        if is_heading and not first and len(sentences) < 3:
            first = text[start:end]
        parts = [(0, line)] if is_heading else _split(line)
        sentences += [Sentence(part, start + at, number, is_heading) for at, part in parts]
    return ArticleText(text, headline or first, tuple(sentences))


def _lines(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Return where each line begins and ends; what a link or a narrow page has broken is one line."""
    at, start, end = 0, -1, -1
    for raw in text.split("\n"):
        here = at + len(raw) - len(raw.lstrip())
        stop = at + len(raw.rstrip())
        at += len(raw) + 1
        if here >= stop:
            continue
        if start >= 0:
            goes_on = _RUNS_ON.search(plain[max(start, end - 8) : end]) or plain[here].islower() or plain[here] in ",."
            if goes_on and stop - start < LONGEST:
                end = stop
                continue
            yield start, end
        start, end = here, stop
    if start >= 0:
        yield start, end


def _is_heading(line: str) -> bool:
    line = _NUMBER.sub("", line) or line
    if len(line) > _HEADLINE or line[-1] in ".,;:…" or re.search(r"[.!?] [A-Z]", line[:-1]):
        return False
    return len(line) < 120 or _is_title_case(line)


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
    """Return the sentences of a line with their places in it."""
    found = []
    dateline = _DATELINE.match(line)
    start = dateline.end() if dateline else 0
    for match in _END.finditer(line, start):
        before = _LAST_WORD.search(line[max(start, match.start() - 22) : match.start()])
        word = before[1].rstrip(".") if before else ""
        is_short = _ABBREVIATION.fullmatch(word) or (word.isdigit() and match.start() < 4)
        if is_short and line[match.start()] == ".":
            continue
        found.append((start, line[start : match.end()].rstrip()))
        start = match.end()
    if line[start:].strip():
        found.append((start, line[start:].rstrip()))
    return [(at + cut, part[cut : cut + LONGEST]) for at, part in found for cut in range(0, len(part), LONGEST)]
