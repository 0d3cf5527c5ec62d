"""From an article to its draft."""

from __future__ import annotations

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.article.sentences import passage_of
from tracker.clipper.facts import about, networks, release, status
from tracker.clipper.facts.cast import cast
from tracker.clipper.facts.credits import directors, writers
from tracker.clipper.relevance import check_relevance
from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.status import Status
from tracker.text import name_form


def extract(article: Article, title: str = "") -> Draft:
    """Return what an article says of one show; pure, and linear in the length of the text.

    Args:
        article: The text, cleaned.
        title: The one show of a list that a person picked; "" lets the article say which.
    """
    passage = passage_of(article.text, article.headline)
    choose_title = (lambda _: title) if title else subject.choose_main_title
    reading = AnnotatedArticle(passage, article.published, choose_title, subject.about)
    facts = _facts(reading)
    if not title:
        reason, titles = check_relevance(reading, facts)
        if reason:
            return Draft((), reason, titles)
    return Draft(tuple(facts))


def _facts(reading: AnnotatedArticle) -> list[Fact]:
    told = release.release(reading)
    direct, write = directors(reading), writers(reading)
    behind = frozenset(fact.value for fact in (*direct, *write))
    stands = status.status(reading, told, release.day_without_year(reading))
    if stands is not None and stands.value == Status.CANCELLED.value:
        told = None
    single = [_title(reading), about.kind(reading), stands, told, about.synopsis(reading)]
    return [
        *(fact for fact in single if fact is not None),
        *networks.networks(reading),
        *cast(reading, behind),
        *direct,
        *write,
        *about.countries(reading),
        *about.locations(reading),
    ]


def _title(reading: AnnotatedArticle) -> Fact | None:
    if not reading.title:
        return None
    found = next((one for one in reading.titles if name_form(one.text) == name_form(reading.title)), None)
    if found is not None:
        mention = found.first
        return Fact(
            "title", reading.title, mention.sentence.text, mention.sentence.start, min(0.99, 0.4 + found.score / 30)
        )
    return next(
        (
            Fact("title", reading.title, one.text, one.start, 0.9)
            for one in reading.passage.sentences
            if reading.title in one.text
        ),
        None,
    )
