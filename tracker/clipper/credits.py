"""Who acts in the show, directs it and writes it, and whom the actors play."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.cues import FIELDS, WHO, find_cues, find_making, kind_of_list
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
_PERSON: Final = re.compile(P)
_PARENTHESES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CREDITS: Final = re.compile(rf" ?\([^()]{{0,120}}?(?:{W}|\b(?:from|known|of|who) )")
"""What somebody is known for, behind the name: "P (O)"."""
_BIOGRAPHY: Final = re.compile(rf"{O}(?:'s?|,)?(?: (?:star|alum|actor|actress|breakout|leader|member)s?)? $")
"""The same before the name: "O star P"."""
_AGAINST: Final = frozenset({"<source", "<other director", ">'s", "<other", "<past", ">produces", "<boss", "biography"})
"""What speaks against that somebody makes the show."""
_GENERAL: Final = frozenset({"lead", "full name", "formed as a name"})


class PersonContext(NamedTuple):
    """Where a person is named, and what is around."""

    tag: Tag
    sentence: int
    whose: Whose
    signs: frozenset[str]
    goes_on: bool  # whether it is of another work only because the sentence before is


def find_credits(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return who may act in the show, direct it or write it, then whom the actors may play."""
    contexts: dict[str, list[PersonContext]] = defaultdict(list)
    roles: list[tuple[int, Role]] = []
    for number, tagged in enumerate(annotated.tagged):
        found = find_roles(tagged)
        roles += [(number, role) for role in found]
        for context in _contexts(annotated, number, tagged, {role.actor: role for role in found}):
            contexts[context.tag.value].append(context)
    characters = {role.name for _, role in roles}
    for name, places in contexts.items():
        signs = _signs_of(annotated, name, places) | ({"character"} if name in characters else set())
        best = max(places, key=lambda one: (one.whose is Whose.THIS, one.whose is Whose.UNCLEAR, len(one.signs)))
        yield Candidate("cast", name, best.sentence, frozenset(signs))
        for field in FIELDS:
            if makes := set(_signs_of_maker(field, places)):
                yield Candidate(field, name, best.sentence, frozenset(makes | (signs & _GENERAL)))
    for number, role in roles:
        given = frozenset({f"by {role.form}", annotated.whose(number, role.start).value})
        yield Candidate("role", role.name, number, given, of=annotated.tagged[number].tags[role.actor].value)


def _signs_of(annotated: AnnotatedArticle, name: str, found: Sequence[PersonContext]) -> set[str]:
    """Return what tells whether a person acts: what each place says with whose it is, and how often it is said."""
    whose = {one.whose for one in found}
    prefix = {Whose.THIS: "this: ", Whose.OTHER: "other: ", Whose.UNCLEAR: ""}
    signs = {prefix[one.whose] + sign for one in found for sign in one.signs}
    signs.add("full name" if " " in name else "one word")
    for sign, holds in {
        "only other": whose == {Whose.OTHER},
        "this": Whose.THIS in whose,
        "formed as a name": is_name_of_person(name.split()),
        "lead": min(one.sentence for one in found) < 2,
        "headline": annotated.tagged[found[0].sentence].sentence.is_heading,
    }.items():
        signs |= {sign} if holds else set()
    return signs


def _signs_of_maker(field: str, found: Sequence[PersonContext]) -> Iterator[str]:
    """Return what tells that a person makes a show, with what speaks against it; nothing where nothing tells it."""
    said = {sign for one in found for sign in one.signs}
    if not any(sign.startswith(field) for sign in said):
        return
    yield from (sign for sign in said if sign.startswith(field) or sign in _AGAINST)
    whose = [(Whose.UNCLEAR if one.goes_on else one.whose, one) for one in found]
    yield from (f"{state.value}: {sign}" for state, one in whose for sign in one.signs if sign.startswith(field))
    states = {state for state, _ in whose}
    yield from (
        sign for sign, holds in (("this", Whose.THIS in states), ("only other", states == {Whose.OTHER})) if holds
    )


def _contexts(
    annotated: AnnotatedArticle, number: int, tagged: TaggedSentence, roles: Mapping[str, Role]
) -> Iterator[PersonContext]:
    """Return where a sentence names people: those of a list share what is said of it."""
    text = tagged.text
    has_other = re.search(O, text) is not None
    characters = {char for role in roles.values() for char in text[role.start : role.end] if char in tagged.tags}
    for group in _LIST.finditer(text):
        found = list(_PERSON.finditer(text, group.start(), group.end()))
        count = sum(match[0] not in characters for match in found)
        shared = {*find_cues(text, *group.span()), *find_making(text, *group.span(), count)}
        shared.add(kind_of_list(shared, count))
        asides = [aside.span() for aside in _PARENTHESES.finditer(text, group.start(), group.end())]
        for match in found:
            place = match.start()
            whose = annotated.whose(number, place)
            here = set(shared)
            if any(start < place < end for start, end in asides):
                here = {"in parentheses"}
            if match[0] in characters:
                here = {"character here"}
            elif ">leaves" in here:
                here = {">leaves"}
            else:
                here |= {"credits"} if _CREDITS.match(text, place + 1) else set()
                here |= {"biography"} if _BIOGRAPHY.search(text, max(0, place - 40), place) else set()
                here |= {"has role", f"role by {roles[match[0]].form}"} if match[0] in roles else set()
            is_beside_other = "<other" in here and "<with" in here and "<show" not in here
            whose = Whose.OTHER if "<past" in here or is_beside_other else whose
            goes_on = whose is Whose.OTHER and not has_other and "<past" not in here
            yield PersonContext(tagged.tags[match[0]], number, whose, frozenset(here), goes_on)
