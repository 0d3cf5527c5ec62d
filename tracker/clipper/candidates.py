"""What may be facts, each with the signs that speak for it or against it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.clipper.about import find_about
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.confidence import ON_THE_LIST
from tracker.clipper.credits import find_credits
from tracker.clipper.networks import find_networks
from tracker.clipper.release import find_releases
from tracker.clipper.relevance import find_relevance
from tracker.clipper.status import find_statuses


def find_candidates(annotated: AnnotatedArticle) -> list[Candidate]:
    """Return what an article may say of its show; the last says whether it is news of one."""
    found = list(_find_facts(annotated))
    return [*found, find_relevance(annotated, found)]


def _find_facts(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    for ranked in annotated.ranked_titles:
        mention = ranked.title.mentions[0]
        yield Candidate("title", ranked.title.text, mention.sentence, ranked.signs)
    for candidate in (*find_credits(annotated), *find_networks(annotated)):
        if annotated.is_known(candidate.field, candidate.value):
            yield candidate._replace(signs=candidate.signs | {ON_THE_LIST})
        else:
            yield candidate
    yield from find_releases(annotated)
    yield from find_statuses(annotated)
    yield from find_about(annotated)
