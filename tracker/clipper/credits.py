"""Who acts in the show, directs it and writes it, and whom the actors play."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.cues import FIELDS, WHO, find_cues, find_making
from tracker.clipper.people import is_name_of_person
from tracker.clipper.roles import AS, ROLE_IN_LIST, Role, find_roles
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import O, P, Tag, TaggedSentence, W

_ASIDE: Final = r"(?: ?\([^()]{0,160}\)| ?\[[^\[\]]{0,80}\])"
_ITEM: Final = (
    rf"{P}{_ASIDE}?(?:,? {AS} {ROLE_IN_LIST}(?=[,.;()]|$| and {WHO}{{0,4}}{P}| alongside| opposite| in {W}))?"
    rf"{_ASIDE}?(?:, \d\d(?=,))?(?: (?:of|from) {O})?"
)
_GAP: Final = rf"(?:,? and |,? & |, |; (?:and )?| / |/|,? as well as |,? along with ){WHO}{{0,5}}"
_LIST: Final = re.compile(rf"{_ITEM}(?:{_GAP}{_ITEM}){{0,40}}")
"""People with what is said of each: "P (O), P as Ann, 24, and newcomer P"."""
_PREFIX: Final = {Whose.THIS: "this: ", Whose.OTHER: "other: ", Whose.UNCLEAR: ""}
_PERSON: Final = re.compile(P)
_PARENTHESES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AGAINST: Final = frozenset({"<past", "<other"})
"""What speaks against that somebody makes the show."""


class PersonContext(NamedTuple):
    """Where a person is named, and what is around."""

    tag: Tag
    sentence: int
    whose: Whose
    signs: frozenset[str]
    making: frozenset[str]  # what says that somebody directs or writes
    whose_made: Whose  # whose it is for that: not of another work only because the sentence before is


def find_credits(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return who may act in the show, direct it or write it, then whom the actors may play."""
    contexts: dict[str, list[PersonContext]] = defaultdict(list)
    roles: list[tuple[int, Role]] = []
    for number, tagged in enumerate(annotated.tagged):
        found = find_roles(tagged)
        roles += [(number, role) for role in found]
        for context in _contexts(annotated, number, tagged, found):
            contexts[context.tag.value].append(context)
    characters = {role.name for _, role in roles}
    for name, places in contexts.items():
        best = max(places, key=lambda one: (one.whose is Whose.THIS, one.whose is Whose.UNCLEAR, len(one.signs)))
        general = _general_signs(annotated, name, places)
        cast = {_PREFIX[one.whose] + sign for one in places for sign in one.signs if sign != "<other"}
        cast |= {"character"} if name in characters else set()
        yield Candidate("cast", name, best.sentence, frozenset(cast | general))
        for field in FIELDS:
            makes = {_PREFIX[one.whose_made] + sign for one in places for sign in one.making if sign.startswith(field)}
            if makes:
                against = {sign for one in places for sign in one.signs} & _AGAINST
                yield Candidate(field, name, best.sentence, frozenset(makes | against | general))
    for number, role in roles:
        given = frozenset({f"by {role.form}", annotated.whose(number, role.start).value})
        yield Candidate("role", role.name, number, given, of=annotated.tagged[number].tags[role.actor].value)


def _general_signs(annotated: AnnotatedArticle, name: str, found: Sequence[PersonContext]) -> set[str]:
    """Return what tells whether a name is a person's of this show, wherever it stands."""
    first = min(one.sentence for one in found)
    signs = {
        "this": any(one.whose is Whose.THIS for one in found),
        "full name": " " in name,
        "formed as a name": is_name_of_person(name.split()),
        "lead": first < 2,
        "headline": annotated.tagged[first].sentence.is_heading,
    }
    return {sign for sign, holds in signs.items() if holds}


def _contexts(
    annotated: AnnotatedArticle, number: int, tagged: TaggedSentence, roles: Sequence[Role]
) -> Iterator[PersonContext]:
    """Return where a sentence names people: those of a list share what is said of it."""
    text = tagged.text
    characters = {char for role in roles for char in text[role.start : role.end]}
    actors = {role.actor for role in roles}
    for group in _LIST.finditer(text):
        found = list(_PERSON.finditer(text, *group.span()))
        count = sum(match[0] not in characters for match in found)
        making = frozenset(find_making(text, *group.span(), count))
        shared = {*find_cues(text, *group.span()), *(["long list"] if count > 3 else ["list"] if count > 1 else [])}
        asides = [aside.span() for aside in _PARENTHESES.finditer(text, *group.span())]
        for match in found:
            is_apart = match[0] in characters or any(start < match.start() < end for start, end in asides)
            here = set() if is_apart else set(shared)
            here |= {"character here"} if match[0] in characters else {"has role"} if match[0] in actors else set()
            whose = Whose.OTHER if "<past" in here else annotated.whose(number, match.start())
            goes_on = whose is Whose.OTHER and not tagged.of_kind("work") and "<past" not in here
            made = Whose.UNCLEAR if goes_on else whose
            yield PersonContext(
                tagged.tags[match[0]], number, whose, frozenset(here), frozenset() if is_apart else making, made
            )
