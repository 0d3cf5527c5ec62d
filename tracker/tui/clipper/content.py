"""From a draft to `Content`: the rows of its review, where it goes, what would change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from textual.content import Content

from tracker.model.article_draft import Article, Draft, Fact, Mark
from tracker.model.dates import day_label
from tracker.model.draft_import import article_source
from tracker.model.draft_review import DraftReview, ReviewLine, describe_confidence, field_label
from tracker.model.status import Status
from tracker.text import cells, clean_line, name_form
from tracker.tui.clipper.fact_list import FactRow
from tracker.tui.content import MUTED, describe_status
from tracker.tui.theme import Glyphs

ARTICLE_FIELDS: Final = ("published", "source", "link")
"""The rows that are of the article, not of the show."""
PERHAPS: Final = "Perhaps (how often such a fact is right)"
"""The heading of what is offered."""
BLANK: Final = Content("")
"""The value of a row that is written."""
_MAX_WORDING: Final = 40
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


def _find_time(quote: str, year: str = "") -> tuple[int, int] | None:
    """Return where a sentence names a time: the last one with this year, else the last one without any.

    The last one, for "They said on Friday that it comes next spring".
    """
    times = [(match.span(), re.search(r"\d{4}", match[0])) for match in _TIME.finditer(quote)]
    of_year = [span for span, named in times if named is not None and named[0] == year]
    without_year = [span for span, named in times if named is None]
    spans = of_year or without_year
    return spans[-1] if spans else None


def release_wording(fact: Fact) -> str:
    """Return the article's words for a release that is counted from them, "" if they name its year themselves."""
    if fact.window is None or not fact.quote:
        return ""
    numbers = re.findall(r"\d+", fact.window.label)
    if numbers and set(numbers) <= set(re.findall(r"\d+", fact.quote)):
        return ""
    quote = clean_line(fact.quote)
    span = _find_time(quote)
    wording = quote[slice(*span)] if span is not None else quote
    return wording if cells(wording) <= _MAX_WORDING else ""


def keyword_spans(fact: Fact) -> list[tuple[int, int]]:
    """Return where in the article the very words of a fact are; the sentence around them is its quote."""
    if fact.window is not None and fact.window.latest is not None:
        spans = [span] if (span := _find_time(fact.quote, str(fact.window.latest.year))) else []
    else:
        patterns = (re.escape(word) for word in (fact.value, fact.role) if word)
        matches = (re.search(pattern, fact.quote, re.IGNORECASE) for pattern in patterns)
        spans = [match.span() for match in matches if match is not None]
    return [(fact.start + start, fact.start + end) for start, end in spans]


def describe_value(line: ReviewLine, glyphs: Glyphs) -> Content:
    """Return what a line says: the value, and whose word it is."""
    fact = line.fact
    if fact is None:
        return Content.styled("not stated; Enter fills it in", MUTED)
    style = "" if line.is_included else MUTED
    match line.field:
        case "title":
            value = Content.styled(fact.value, style or "bold")
        case "status" if line.is_included:
            value = describe_status(Status(fact.value), glyphs)
        case "release" if fact.window is not None:
            value = Content.styled(fact.window.label, style or "bold")
            if wording := release_wording(fact):
                value = Content.assemble(value, (f" (said: “{wording}”)", MUTED))
        case "cast" if fact.role:
            value = Content.assemble((fact.value, style), ("  as ", MUTED), (fact.role, style))
        case _:
            value = Content.styled(fact.value, style)
    if line.is_offered and fact is line.original:
        value = Content.assemble(value, (f"  {describe_confidence(fact)}", MUTED))
    elif fact.by:
        value = Content.assemble(value, (f"  by {fact.by}", MUTED))
    if line.is_edited or line.is_picked:
        value = Content.assemble(value, ("  edited by you" if line.is_edited else "  picked by you", "$text-accent"))
    return value


def describe_date(article: Article) -> Content:
    """Return from which day the article is counted, and who says so."""
    if article.published is None:
        return Content.styled("unknown; press Enter, so that “next year” gets a year", MUTED)
    day = article.published_text or day_label(article.published)
    # A day that was typed beside the article comes as the option of the command line.
    source = "you" if article.date_source.startswith("--") else article.date_source
    return Content.assemble(day, (f"  from {source}" if source else "", MUTED))


def describe_source(article: Article) -> Content:
    """Return who says what the article says, and how that is known."""
    if article.outlet:
        return Content(article.outlet)
    if host := article_source(article):
        return Content.assemble(host, ("  from the link", MUTED))
    return Content.styled("unknown; press Enter to add it", MUTED)


def describe_link(article: Article) -> Content:
    """Return the address of the article."""
    return Content(article.url) if article.url else Content.styled("no link; press Enter to add it", MUTED)


def make_article_rows(article: Article) -> list[FactRow]:
    """Return the rows that tell when, by whom and where the article was published, see `ARTICLE_FIELDS`."""
    values = (describe_date(article), describe_source(article), describe_link(article))
    return [FactRow(field, value) for field, value in zip(ARTICLE_FIELDS, values, strict=True)]


def make_fact_rows(review: DraftReview, glyphs: Glyphs) -> list[FactRow]:
    """Return a row for each line of a review; those of what is offered have a heading."""
    rows: list[FactRow] = []
    heading = PERHAPS
    for line in review.lines:
        mark = line.is_included if line.fact is not None else None
        row = FactRow(field_label(line.field), describe_value(line, glyphs), mark)
        if line.fact is None and line.is_replaced:
            taken = [describe_value(one, glyphs) for one in review.lines if one.field == line.field and one.is_included]
            row = row._replace(text=Content.assemble(*taken, ("  taken below", MUTED)))
        elif line.fact is None and (at := review.best_offer(line.field)) is not None:
            row = row._replace(text=_describe_offer(review.lines[at], glyphs))
        if line.is_offered:
            row, heading = row._replace(heading=heading), ""
        rows.append(row)
    return rows


def _describe_offer(offer: ReviewLine, glyphs: Glyphs) -> Content:
    """Return what an empty row can take: "perhaps Salt Road  72 %; Space adds it"."""
    return Content.assemble(("perhaps ", MUTED), describe_value(offer, glyphs), ("; Space adds it", MUTED))


def make_title_rows(titles: Iterable[Fact]) -> list[FactRow]:
    """Return a row for each show of a list that can be picked."""
    return [FactRow("shows", Content.styled(fact.value, "bold")) for fact in titles]


def describe_evidence(line: ReviewLine, *, with_quote: bool) -> str:
    """Return what the article says for a fact; "" where that is seen beside it."""
    if line.is_edited:
        before = f"; read as {line.original.value}" if line.original is not None else ""
        return f"edited by you{before}"
    if line.fact is None or not with_quote or not line.fact.quote:
        return ""
    return f"“{clean_line(line.fact.quote)}”"


def describe_mark(mark: Mark, review: DraftReview) -> str:
    """Return what a marked passage names, and which facts it is."""
    uses = [_describe_use(review.lines[at], mark) for at in review.lines_of(mark)]
    if not uses and (offers := review.offers_of(mark)):
        uses = ["not in the draft; perhaps " + " or ".join(_describe_use(line, mark) for line in offers)]
    value = mark.window.label if mark.window is not None else mark.value
    return f"{value}: {', '.join(uses) or f'not in the draft; looks like a {mark.kind.value}'}"


def _describe_use(line: ReviewLine, mark: Mark) -> str:
    fact = line.fact
    is_role = fact is not None and fact.role and name_form(fact.role) == name_form(mark.value)
    return f"role of {fact.value}" if is_role and fact else field_label(line.field)


def article_title(article: Article) -> str:
    """Return who published an article, and when."""
    who = article_source(article) or "Article"
    day = article.published_text or (day_label(article.published) if article.published else "")
    return f"{who[:40]}, {day}" if day else who[:40]


def describe_count(review: DraftReview) -> str:
    """Return how many of the facts that were read are kept, "" for all."""
    total = len(review.facts)
    count = total - sum(line.original is not None and not line.is_extra and not line.is_kept for line in review.lines)
    return f"{count} of {total} kept" if count < total else ""


def describe_targets(review: DraftReview) -> list[Content]:
    """Return where the draft goes, and where else it could."""
    lines = [Content.styled("Add as a new show", "bold")]
    if (match := review.match) is not None:
        lines = [Content.assemble("Add to ", (match.show.title, "bold"), (f" — {match.reason}", MUTED))]
    if review.matches:
        other = review.next_match
        target = "add as a new show instead"
        if other is not None:
            target = f"add to {other.show.title} instead — {other.reason}"
        lines.append(Content.assemble(("m", "bold $footer-key-foreground"), (f": {target}", MUTED)))
    return lines


def describe_effects(effects: Iterable[str], glyphs: Glyphs) -> list[Content]:
    """Return what would change, a line each."""
    return [Content.assemble((f"{glyphs.done} ", "$text-accent"), effect) for effect in effects]


def describe_abstention(draft: Draft) -> list[Content]:
    """Return why nothing is filled in, and what can be done nevertheless."""
    hint = "You can fill it in by hand: a title is enough."
    if draft.perhaps:
        hint = "Press Space to take what is perhaps so, or fill it in by hand: a title is enough."
    if draft.titles:
        hint = "Press Enter on a show to read the article for it."
    return [Content.styled(f"No draft: {draft.reason}", "$text-warning"), Content.styled(hint, MUTED)]
