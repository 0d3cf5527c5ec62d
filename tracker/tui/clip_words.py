"""What the clip screen says of a sheet: its rows, where it goes, what would change. Text is only ever assembled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from textual.content import Content

from tracker.model.article import Article
from tracker.model.days import day_label
from tracker.model.draft import Draft, Fact
from tracker.model.sheet import Line, Sheet
from tracker.model.status import Status
from tracker.model.taking import SOMEBODY, Match, source_of
from tracker.text import cells, clean_line
from tracker.tui.format import MUTED, status_word
from tracker.tui.theme import Signs
from tracker.tui.widgets.facts import Row

LABELS: Final = {
    "directors": "director",
    "writers": "writer",
    "networks": "network",
    "locations": "location",
    "countries": "country",
}
"""What stands before one name of a list."""
BLANK: Final = Content("")
"""The value of a row that is written."""
_SAID: Final = 40
"""Cells of the longest words that are told beside a release that is counted from them."""
_MONTH: Final = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_PERIOD: Final = rf"(?:year|month|week|weekend|quarter|spring|summer|autumn|fall|winter|[a-z]{{3,6}}day|{_MONTH})"
_TIME: Final = re.compile(
    rf"\b(?:(?:some ?time|early|mid|late|later|(?:the )?(?:end|start|beginning|(?:first|second) half) of) ){{0,2}}"
    rf"(?:this|next|the coming|the same) {_PERIOD}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    rf"|\b\d{{1,2}} {_MONTH}\b(?:,? \d{{4}}\b)?"
    rf"|\b(?:{_PERIOD}\.?,? (?:of )?)?(?:19|20)\d\d\b"
    rf"|\b(?:in|on) {_PERIOD}\b(?!\.?,? (?:of )?\d)",
    re.IGNORECASE,
)
"""Words that name a time, with or without its year."""


def _time_in(quote: str, year: str = "") -> tuple[int, int] | None:
    """Return where a sentence names a time: last of all with this year, else last of all without any.

    What it says last is what it says of a release: "They said on Friday that it comes next spring".
    """
    found = [(match.span(), re.search(r"\d{4}", match[0])) for match in _TIME.finditer(quote)]
    exact = [span for span, said in found if said is not None and said[0] == year]
    spans = exact or [span for span, said in found if said is None]
    return spans[-1] if spans else None


def said_as(fact: Fact) -> str:
    """Return the words of the article for a release that is counted from them, "" where they have its year already."""
    if fact.window is None or not fact.quote:
        return ""
    numbers = re.findall(r"\d+", fact.window.label)
    if numbers and all(number in re.findall(r"\d+", fact.quote) for number in numbers):
        return ""
    quote = clean_line(fact.quote)
    span = _time_in(quote)
    words = quote[slice(*span)] if span is not None else quote
    return words if cells(words) <= _SAID else ""


def key_spans(fact: Fact) -> list[tuple[int, int]]:
    """Return where in the article the very words of a fact stand; the sentence around them is its quote."""
    spans = [match.span() for word in (fact.value, fact.role) if (match := _found(word, fact.quote)) is not None]
    if fact.window is not None and fact.window.latest is not None:
        span = _time_in(fact.quote, str(fact.window.latest.year))
        spans = [span] if span is not None else []
    return [(fact.start + start, fact.start + end) for start, end in spans]


def _found(word: str, text: str) -> re.Match[str] | None:
    return re.search(re.escape(word), text, re.IGNORECASE) if word else None


def value_of(line: Line, signs: Signs) -> Content:
    """Return what a line says: the value, and whose word it is."""
    fact = line.fact
    if fact is None:
        return Content.styled("not said; enter writes it", MUTED)
    style = "" if line.is_kept else MUTED
    match line.field:
        case "title":
            value = Content.styled(fact.value, style or "bold")
        case "status" if line.is_kept:
            value = status_word(Status(fact.value), signs)
        case "release" if fact.window is not None:
            value = Content.styled(fact.window.label, style or "bold")
            if words := said_as(fact):
                value = Content.assemble(value, (f" (said as “{words}”)", MUTED))
        case "cast" if fact.role:
            value = Content.assemble((fact.value, style), ("  as ", MUTED), (fact.role, style))
        case _:
            value = Content.styled(fact.value, style)
    if line.is_edited:
        value = Content.assemble(value, ("  edited by you", "$text-accent"))
    return value


def day_words(article: Article) -> Content:
    """Return from which day the article is counted, and who says so."""
    if article.published is None:
        return Content.styled("not known; enter says when, and “next year” has a year", MUTED)
    day = article.published_text or day_label(article.published)
    # What was typed beside the article is told as the command line's option.
    said = "you" if article.said.startswith("--") else article.said
    return Content.assemble(day, (f"  {said}" if said else "", MUTED))


def fact_rows(sheet: Sheet, signs: Signs) -> list[Row]:
    """Return a row for each line of a sheet."""
    return [
        Row(LABELS.get(line.field, line.field), value_of(line, signs), line.is_kept if line.fact is not None else None)
        for line in sheet.lines
    ]


def title_rows(titles: Iterable[Fact]) -> list[Row]:
    """Return a row for each show of a list that can be picked."""
    return [Row("shows", Content.styled(fact.value, "bold")) for fact in titles]


def evidence_words(line: Line, *, with_quote: bool) -> Content:
    """Return what the article says for a fact; "" where that is seen beside it."""
    if line.is_edited:
        before = f"; the article was read as {line.read.value}" if line.read is not None else ""
        return Content(f"edited by you{before}")
    if line.fact is None or not with_quote or not line.fact.quote:
        return Content("")
    return Content(f"“{clean_line(line.fact.quote)}”")


def article_title(article: Article) -> str:
    """Return who published an article, and when."""
    who = source_of(article)
    who = "Article" if who == SOMEBODY else who
    day = article.published_text or (day_label(article.published) if article.published else "")
    return f"{who[:40]}, {day}" if day else who[:40]


def target_words(match: Match | None) -> Content:
    """Return where a sheet goes."""
    if match is None:
        return Content.styled("new show", "bold")
    return Content.assemble("add to ", (match.show.title, "bold"), (f" — {match.why}", MUTED))


def other_words(sheet: Sheet) -> Content:
    """Return what another choice of where it goes would be; "" where there is none."""
    if not sheet.matches:
        return Content("")
    other = sheet.next_match
    words = "new show" if other is None else f"add to {other.show.title} — {other.why}"
    return Content.assemble(("m", "bold $footer-key-foreground"), (f" or {words}", MUTED))


def effect_lines(effects: Iterable[str], signs: Signs) -> list[Content]:
    """Return what would become another, a line each."""
    return [Content.assemble((f"{signs.done} ", "$text-accent"), words) for words in effects]


def abstained_words(draft: Draft) -> list[Content]:
    """Return why nothing is taken, and what can be done all the same."""
    what = (
        "Enter on one of its shows reads the article for that."
        if draft.titles
        else "What you see in it can be written by hand: a title is enough."
    )
    return [Content.styled(f"Nothing is taken: {draft.reason}", "$text-warning"), Content.styled(what, MUTED)]
