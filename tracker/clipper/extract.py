"""From an article to its draft: what is sure enough is said, the rest is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.candidates import find_candidates
from tracker.clipper.confidence import NOT_ENGLISH, OFFERED, SAID
from tracker.clipper.known import NO_LIST, KnownList
from tracker.clipper.release import window_of
from tracker.clipper.relevance import listed_titles, reason
from tracker.clipper.text import read_text
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact, Mark, MarkKind
from tracker.model.status import Status

_MOST_TITLES: Final = 5
_MOST_OFFERED: Final = 40
_MARKS: Final = {
    "show": MarkKind.TITLE, "work": MarkKind.TITLE, "person": MarkKind.PERSON, "network": MarkKind.NETWORK,
    "date": MarkKind.DATE,
}  # fmt: skip
_ORDER: Final = (*SINGLE_FIELDS, *LIST_FIELDS)


def extract(article: Article, title: str = "", known: KnownList = NO_LIST) -> Draft:
    """Return what an article says of one show; pure, and linear in the length of the text.

    Args:
        article: The text, cleaned.
        title: The one show of a list that a person picked; "" lets the article say which.
        known: What the owner's list knows.
    """
    annotated = AnnotatedArticle(read_text(article.text, article.headline), article.published, title, known)
    candidates = find_candidates(annotated)
    facts = list(_facts(annotated, candidates, title))
    said, perhaps = _choose(facts, article.published)
    titles = tuple(sorted((fact for fact in facts if fact.field == "title"), key=_by_confidence))[:_MOST_TITLES]
    offered = tuple(sorted(perhaps, key=_by_confidence))[:_MOST_OFFERED]
    marks = tuple(_marks(annotated))
    relevance = candidates[-1]
    if not title and relevance.confidence < SAID["relevance"]:
        # What would have been said is no more than offered; in another language names and dates are all there is.
        fields = ("title", "release") if NOT_ENGLISH in relevance.signs else _ORDER
        offered = tuple(sorted((fact for fact in facts if fact.field in fields), key=_by_confidence))[:_MOST_OFFERED]
        return Draft((), reason(annotated), listed_titles(annotated), offered, marks)
    return Draft(tuple(said), "", titles, offered, marks)


def _by_confidence(fact: Fact) -> tuple[float, int]:
    return -fact.confidence, fact.start


def _facts(annotated: AnnotatedArticle, found: Iterable[Candidate], title: str) -> Iterator[Fact]:
    """Return all candidates that are likely enough to be offered, as facts; roles with their actors."""
    candidates = [one for one in found if one.field != "title" or not title]
    if title:
        yield from _fact_of_title(annotated, title)
    roles = _best_roles(candidates)
    for one in candidates:
        if one.field not in ("role", "relevance") and one.confidence >= OFFERED:
            role = roles.get(one.value) if one.field == "cast" else None
            # A sentence that gives the role says both.
            number = role.sentence if role is not None else one.sentence
            quote, start = annotated.quote(number)
            window = window_of(one.value) if one.field == "release" else None
            yield Fact(one.field, one.value, quote, start, one.confidence, role.value if role else "", window)


def _fact_of_title(annotated: AnnotatedArticle, title: str) -> Iterator[Fact]:
    """Return the title that was asked for, where the article has it."""
    for number, tagged in enumerate(annotated.tagged):
        if tagged.of_kind("show"):
            quote, start = annotated.quote(number)
            yield Fact("title", title, quote, start, 1.0)
            return


def _best_roles(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return for each actor the likeliest role, where it is likely enough to be said."""
    best: dict[str, Candidate] = {}
    for one in candidates:
        if one.field == "role" and one.confidence >= max(
            SAID["role"], best[one.of].confidence if one.of in best else 0
        ):
            best[one.of] = one
    return best


def _choose(facts: Sequence[Fact], published: date | None) -> tuple[list[Fact], list[Fact]]:
    """Return what is said, in the order of the fields, and what is only offered."""
    said = [fact for fact in facts if fact.field in LIST_FIELDS and fact.confidence >= SAID[fact.field]]
    best = {field: _best(facts, field) for field in SINGLE_FIELDS}
    status, release = best["status"], best["release"]
    if release is not None and not _fits(release, status, published):
        release = None
    if status is not None and status.value == Status.SCHEDULED.value and not _is_ahead(release, published):
        status = None
    chosen = {**best, "status": status, "release": release}
    said += [fact for fact in chosen.values() if fact is not None]
    said.sort(key=lambda fact: _ORDER.index(fact.field))
    # What a field can have once is so less likely, the likelier it is something else.
    rivals = {field: 1 - fact.confidence for field, fact in chosen.items() if fact is not None}
    left = (
        fact._replace(confidence=min(fact.confidence, rivals.get(fact.field, 1))) for fact in facts if fact not in said
    )
    return said, [fact for fact in left if fact.confidence >= OFFERED]


def _best(facts: Iterable[Fact], field: str) -> Fact | None:
    best = max((fact for fact in facts if fact.field == field), key=lambda fact: fact.confidence, default=None)
    return best if best is not None and best.confidence >= SAID[field] else None


def _fits(release: Fact, status: Fact | None, published: date | None) -> bool:
    """Return whether a release goes with a status: what is cancelled has none, and what is past is out."""
    if status is not None and status.value == Status.CANCELLED.value:
        return False
    is_out = status is not None and Status(status.value).is_out
    return is_out or published is None or _is_ahead(release, published)


def _is_ahead(release: Fact | None, published: date | None) -> bool:
    if release is None or release.window is None or release.window.latest is None:
        return False
    return published is None or release.window.latest >= published


def _marks(annotated: AnnotatedArticle) -> Iterator[Mark]:
    """Return the names, titles, networks and dates in the text; a date without a year is none that could be taken."""
    for tagged in annotated.tagged:
        sentence = (tagged.sentence.start, tagged.sentence.end)
        for tag in tagged.tags.values():
            window = window_of(tag.value) if tag.kind == "date" else None
            if tag.kind != "date" or window is not None:
                yield Mark(tag.start, tag.end, _MARKS[tag.kind], tag.value, sentence, window)
