"""An article in which the show, other works, people, networks and dates are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from tracker.clipper.dates import dates_in
from tracker.clipper.known import NO_LIST, KnownList
from tracker.clipper.lexicon import COMMON_NETWORKS, KIND, NETWORK
from tracker.clipper.main_title import RankedTitle, rank_titles
from tracker.clipper.people import People, find_people, is_name_of_person
from tracker.clipper.scope import Clause, Whose, find_asides, find_scopes
from tracker.clipper.tagged import Tag, TaggedSentence, tag_sentence
from tracker.clipper.text import ArticleText, Sentence
from tracker.clipper.titles import Title, find_quoted, find_titles, title_key
from tracker.model.show import Show
from tracker.model.sightings import SightingIndex
from tracker.text import name_form

_BY: Final = re.compile(r"(?:\b(?:on|for|by|at|from|network|channel|to|and|via)|[,/(])\s?$")
_DOES: Final = re.compile(
    rf"'s\b|,? (?:has|will|sets|adds|gives|announced|original|limited|(?:order|pick|renew|cancel)\w+|{KIND})\b|[),]"
)
"""What stands before and behind a common word that is a network."""


class AnnotatedArticle:
    """An article in which the show, other works, people, networks and dates are told apart.

    Args:
        article: Its sentences.
        published: The day from which dates are counted; None if it is unknown.
        title: The show to read for; "" lets the article say which it is.
        known: What the owner's list knows.
    """

    def __init__(
        self, article: ArticleText, published: date | None = None, title: str = "", known: KnownList = NO_LIST
    ) -> None:
        self.article = article
        self.published = published
        self.known = known
        self.wanted = title

    @cached_property
    def _quoted(self) -> list[list[tuple[int, int]]]:
        """Where titles are in quotation marks; a title that is known is as good as in quotation marks."""
        quoted = find_quoted(self.article)
        indexes = [self.known.index] if self.known.shows else []
        for index in (*indexes, *([SightingIndex([Show("", self.wanted)])] if self.wanted else [])):
            for sentence, spans in zip(self.article.sentences, quoted, strict=True):
                found = index.find_places(sentence.text)
                spans += [(a, b) for a, b in found if not any(a < end and b > start for start, end in spans)]
        return quoted

    @cached_property
    def people(self) -> People:
        return find_people(self.article.sentences, self._quoted)

    @cached_property
    def _titles(self) -> tuple[Title, ...]:
        names = [[(one.start, one.end) for one in found] for found in self.people.mentions]
        known = {*self.known.titles, title_key(self.wanted)} - {""}
        return find_titles(self.article, self._quoted, names, known)

    @cached_property
    def works(self) -> tuple[Title, ...]:
        """What is taken for a work: in quotation marks, of several words, or beside words that say so."""
        return tuple(title for title in self._titles if title.is_quoted or not is_name_of_person(title.text.split()))

    @cached_property
    def ranked_titles(self) -> tuple[RankedTitle, ...]:
        """What the show may be called, the likeliest first."""
        return rank_titles(self.article, self.works, self._tag_sentences(frozenset()), self.known.titles)

    @cached_property
    def main_key(self) -> str:
        """The key of the title of the show that the article is about; "" for none that has a name."""
        if self.wanted:
            same = (one.text for one in self.works if name_form(one.text) == name_form(self.wanted))
            return title_key(next(same, self.wanted))
        return title_key(self.ranked_titles[0].title.text) if self.ranked_titles else ""

    @cached_property
    def _main_keys(self) -> frozenset[str]:
        """The keys of the show's title and of its other titles."""
        ranked = next((one for one in self.ranked_titles if title_key(one.title.text) == self.main_key), None)
        return frozenset({self.main_key} | (ranked.aliases if ranked else set()))

    @cached_property
    def tagged(self) -> tuple[TaggedSentence, ...]:
        """The sentences with signs."""
        return self._tag_sentences(self._main_keys)

    def _tag_sentences(self, main_keys: frozenset[str]) -> tuple[TaggedSentence, ...]:
        found: list[list[Tag]] = [list(tags) for tags in self._other_tags]
        for title in self.works:
            kind = "show" if title_key(title.text) in main_keys else "work"
            for number, start, end, is_quoted in title.mentions:
                at = self.article.sentences[number].start
                found[number].append(Tag(kind, at + start, at + end, title.text, is_quoted=is_quoted))
        return tuple(map(tag_sentence, self.article.sentences, found))

    @cached_property
    def _other_tags(self) -> list[list[Tag]]:
        """The people, dates and networks of each sentence."""
        return [[*self._find_tags(number, sentence)] for number, sentence in enumerate(self.article.sentences)]

    def _find_tags(self, number: int, sentence: Sentence) -> Iterator[Tag]:
        at, text = sentence.start, sentence.text
        for mention in self.people.mentions[number]:
            yield Tag("person", at + mention.start, at + mention.end, self.people.full(mention.name))
        for said in dates_in(text, self.published):
            yield Tag("date", at + said.start, at + said.end, said.window, said)
        for match in NETWORK.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if match[0] not in COMMON_NETWORKS or _BY.search(before) or _DOES.match(text, match.end()):
                yield Tag("network", at + match.start(), at + match.end(), match[0])

    @cached_property
    def scopes(self) -> list[list[Clause]]:
        return find_scopes(self.tagged, has_title=bool(self.main_key))

    @cached_property
    def _asides(self) -> list[list[tuple[int, int]]]:
        return [find_asides(tagged) for tagged in self.tagged]

    def whose(self, number: int, place: int) -> Whose:
        """Return what a place in a sentence with signs is about."""
        if any(start <= place < end for start, end in self._asides[number]):
            return Whose.OTHER
        return next(
            (clause.whose for clause in self.scopes[number] if clause.start <= place < clause.end), Whose.UNCLEAR
        )

    def said(self, number: int, form: re.Pattern[str]) -> list[re.Match[str]]:
        """Return where a pattern matches in a sentence with signs, but for what is about another work."""
        found = form.finditer(self.tagged[number].text)
        return [match for match in found if self.whose(number, match.start()) is not Whose.OTHER]

    def whose_at(self, offset: int) -> Whose:
        """Return what a place in the article's text is about."""
        for number, tagged in enumerate(self.tagged):
            if tagged.sentence.start <= offset < tagged.sentence.end:
                return self.whose(number, tagged.place_of(offset))
        return Whose.UNCLEAR

    @cached_property
    def _known_names(self) -> Mapping[str, frozenset[str]]:
        return self.known.names_of(self.main_key)

    def is_known(self, field: str, name: str) -> bool:
        """Return whether the list has somebody, or a network, in a field of this show."""
        return name_form(name) in self._known_names.get(field, frozenset())

    def quote(self, number: int) -> tuple[str, int]:
        """Return a sentence as it is in the article, and where it begins."""
        sentence = self.article.sentences[number]
        return self.article.text[sentence.start : sentence.end], sentence.start
