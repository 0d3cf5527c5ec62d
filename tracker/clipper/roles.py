"""Whom an actor plays: "P as Ann", "P will play a nurse named Ann", "Ann (P)", "Ann, played by P", "she plays Ann"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clipper.lexicon import NO_NAMES
from tracker.clipper.tagged import P, TaggedSentence, W

_CAPITAL: Final = rf"(?:{P}|{W}|(?<![\w'/.-])[A-Z0-9][\w'/.-]{{0,30}}(?<=[\w.]))"
NAME: Final = rf"{_CAPITAL}(?: (?:(?:de|of|the|von|van) )?{_CAPITAL}){{0,5}}"
"""How a character is named: as a person, or by words that may be taken for a title."""
_KIN: Final = r"(?:(?:her|his|their) [a-z]+ )?"
_NAMES: Final = rf"{NAME}(?:, {_KIN}{NAME}){{0,6}},? and {_KIN}{NAME}"
_PEOPLE: Final = rf"{P}(?:, {P}){{0,6}},? and {P}"
_JOB: Final = r"(?:an? |the )?(?:director|writer|producer|executive|showrunner)"
AS: Final = (
    r"(?:as(?! well\b)|playing|portraying|voicing|in the role of|"
    r"who (?:will |is set to |is to )?(?:plays?|voices?|portrays?))"
    rf"(?! {_JOB})"
)
ROLE_IN_LIST: Final = r"(?:[^,.;()]|(?<=Mr)\.|(?<=Mrs)\.|(?<=Dr)\.){1,90}?"
_ASIDE: Final = r"(?: ?\([^()]{0,120}\))?"
_PLAY: Final = (
    rf"(?:(?:will be |to be |'ll be |is going to be )(?=[A-Z{P[1:-1]}{W[1:-1]}])|"
    r"(?:plays?|played(?! by)|playing|portrays?|portraying|"
    r"voic(?:e|es|ing)|essays?|repris(?:e|es|ing)|takes? on|taking on|"
    r"(?:role|part|voice) of|gives? life to|embod(?:y|ies)|"
    r"(?:step\w*|transform\w*|turn\w*|slip\w*) into|"
    r"(?:star\w*|cast|appear\w*|return\w*|act\w*|lead\w*|featur\w*|seen) as) )"
)
_PART: Final = (
    r"(?:(?:the|his|her|their|a|new|lead|main|male|female|title|titular|leading|shoes|role|part|character)s? ){0,5}"
    r"(?:of |as )?"
)
_PHRASE_ENDS: Final = re.compile(
    r"[,;:()\"!?]|(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)\.(?= |$)| (?:who|whose|which|that|in|at|on|by|for|to|from|with|is|was|"
    r"will|has|but|while|whereas|alongside|opposite|when|after|before|and)\b"
)
_NAME: Final = re.compile(NAME)
_NAMED: Final = re.compile(r"\b(?:named|called|name of|nicknamed)[ ,] ?$")
_NO_ROLE: Final = re.compile(
    r"(?:Executive|Season|Director|Producer|Showrunner|He|She|It|They|The|In|On|Korean|American|Part|Best)\b"
)
_ITEM_AS: Final = re.compile(rf"({P}){_ASIDE},? {AS} ")
_VERB: Final = re.compile(rf"({P}){_ASIDE}(?:, \d\d,)?[^.;:{P[1:-1]}{W[1:-1]}]{{0,70}}?\b{_PLAY}{_PART}")
_PRONOUN: Final = re.compile(rf"\b(?:[Hh]e|[Ss]he)(?: \w+){{0,4}}?(?: |(?='ll)){_PLAY}{_PART}")
_PASSIVE: Final = re.compile(
    rf"({NAME})(?:,[^,.;{P[1:-1]}]{{3,60}}(?:,| and(?= is))| \([^()]{{2,30}}\))?,?(?: and|,? who)?"
    r"(?: is| will be| to be| are| being)?(?: also)? ?\(?"
    r"(?:played|portrayed|voiced|performed|essayed|brought to life)(?: \w+)? by "
    rf"(?:(?:\w+ |{W}(?:'s)? )(?:star |actor |actress )?)?({P})"
)
_POSSESSIVE: Final = re.compile(
    rf"({P})'s (?:new )?(?:character|role|part)(?: in {W})?,?(?: is| will be)?(?: named| called)? ({NAME})"
)
_LINE: Final = re.compile(
    rf"\W*(?:(?P<actor>{P}) ?(?:[-–—:]|\.{{2,}}|\bas\b) ?(?:\w+ )?(?P<role>{NAME})|"
    rf"(?P<name>{NAME}) ?(?:[-–—:]|\.{{2,}}) ?(?P<person>{P}))\W*"
)
_EACH: Final = re.compile(
    rf"(?P<actors>{_PEOPLE}){_ASIDE}(?: will| are| is| to| set| be){{0,4}},? (?:as|play|playing|voicing|portray) "
    rf"(?P<names>{_NAMES})|(?P<roles>{_NAMES}) (?:\w+ ){{1,3}}by (?P<people>{_PEOPLE})"
)
"""As many characters as actors: "P and P as Ann and Bo", "Ann and Bo are played by P and P"."""
_PARENTHESES: Final = re.compile(rf"({NAME}),? \(([^()]{{1,120}})\)")
_ACTOR_IN: Final = re.compile(
    rf"(?:(?:played|portrayed|voiced) by |actor |actress |an? [\w -]{{2,30}} )?({P})(?:, .*)?"
)
_ROLE_IN: Final = re.compile(
    rf"(?:as )?(?P<what>(?:[a-z][\w-]+ ){{0,4}})(?P<name>{NAME})(?P<more>, (?:an?|the|who|his|her) .*)?"
)
_CREDITS_IN: Final = re.compile(rf"{W},? (?:and )?{W}|{W},? (?:[A-Z0-9]|{P})|\b(?:from|of|known)\b")
_LISTS_ACTORS: Final = re.compile(
    r"\b(?:starring|stars?|cast|with|featuring|includ\w+|actors?|actress(?:es)?|alongside|joined by)\b", re.IGNORECASE
)


class Role(NamedTuple):
    """Who plays whom, as a sentence says."""

    actor: str  # the sign of the person
    name: str  # as the article has it
    form: str  # how it is said
    start: int  # in the text with signs
    end: int


def find_roles(tagged: TaggedSentence) -> list[Role]:
    """Return the roles that a sentence gives, one for each person."""
    found: dict[str, Role] = {}
    for role in _all_roles(tagged):
        if role.name and role.actor not in found and tagged.tags[role.actor].value != role.name:
            found[role.actor] = role
    characters = {char for role in found.values() for char in tagged.text[role.start : role.end]}
    return [
        role for role in found.values() if role.actor not in characters or role.form in ("played by", "role (actor)")
    ]


def _all_roles(tagged: TaggedSentence) -> Iterator[Role]:
    """Return what may be roles, the surest form of a person's first."""
    text = tagged.text
    for match in _EACH.finditer(text):
        actors, roles = ("actors", "names") if match["actors"] else ("people", "roles")
        people = re.findall(P, match[actors])
        names = list(_NAME.finditer(text, *match.span(roles)))
        if len(people) == len(names):
            for person, name in zip(people, names, strict=True):
                yield _role(tagged, person, "each", *name.span())
    for match in _PASSIVE.finditer(text):
        yield _role(tagged, match[2], "played by", *match.span(1))
    for form, pattern in (("as", _ITEM_AS), ("plays", _VERB)):
        for match in pattern.finditer(text):
            yield _of_phrase(tagged, match[1], form, match.end())
    yield from _in_parentheses(tagged)
    for match in _POSSESSIVE.finditer(text):
        yield _role(tagged, match[1], "'s character", *match.span(2))
    if line := _LINE.fullmatch(text):
        is_actor_first = line["actor"] is not None
        yield _role(tagged, line["actor"] or line["person"], "line", *line.span("role" if is_actor_first else "name"))
    if pronoun := _PRONOUN.search(text):
        people = list(dict.fromkeys(re.findall(P, text[: pronoun.start()])))
        if len(people) == 1:
            yield _of_phrase(tagged, people[0], "pronoun", pronoun.end())


def _in_parentheses(tagged: TaggedSentence) -> Iterator[Role]:
    """Return what parentheses tell: "Ida Roe (Ann)", "Ann (Ida Roe)", but not "Ida Roe (Old Ferry)"."""
    found = list(_PARENTHESES.finditer(tagged.text))
    has_credits = any(_CREDITS_IN.search(match[2]) or _is_quoted(tagged, match[2]) for match in found)
    kinds = {(_is_person(match[1]), _is_person(match[2])) for match in found}
    for match in found:
        is_person = _is_person(match[1])
        actor, role = _ACTOR_IN.fullmatch(match[2]), _ROLE_IN.fullmatch(match[2])
        lists_actors = (True, False) in kinds or (
            (False, True) not in kinds and _LISTS_ACTORS.search(tagged.text, max(0, match.start() - 90), match.start())
        )
        if actor and not (is_person and (has_credits or lists_actors)):
            if not is_person or actor[0] == match[2]:
                yield _role(tagged, actor[1], "role (actor)", *match.span(1))
        elif role and is_person and len(match[1]) == 1:
            name = role["name"]
            is_name = role["what"] or role["more"] or _is_person(name) or not has_credits
            words = sum(len(tagged.tags[char].value.split()) for char in name if char in tagged.tags)
            if is_name and (words < 3 or role["what"]):
                start = match.start(2)
                yield _role(tagged, match[1], "actor (role)", start + role.start("name"), start + role.end("name"))


def _is_person(text: str) -> bool:
    return bool(re.fullmatch(P, text[-1:]))


def _is_quoted(tagged: TaggedSentence, text: str) -> bool:
    return any(tagged.tags[char].is_quoted for char in text if char in tagged.tags)


def _of_phrase(tagged: TaggedSentence, actor: str, form: str, start: int) -> Role:
    """Return the role that is named at the end of the words behind "as": "the former officer Ann Doe"."""
    ends = _PHRASE_ENDS.search(tagged.text, start, start + 120)
    end = ends.start() if ends else min(len(tagged.text), start + 120)
    for match in _NAME.finditer(tagged.text, start, end):
        is_named = _NAMED.search(tagged.text, start, match.start())
        if (match.end() == end and tagged.text[end : end + 2] != "'s") or is_named:
            return _role(tagged, actor, form, *match.span())
    return Role(actor, "", form, start, end)


def _role(tagged: TaggedSentence, actor: str, form: str, start: int, end: int) -> Role:
    """Return a role; without a name where it is none."""
    text = tagged.text[start:end]
    name = "".join(tagged.tags[char].value if char in tagged.tags else char for char in text).strip(" ,.'\"")
    is_none = (
        _is_quoted(tagged, text)
        or _NO_ROLE.match(name)
        or all(word.casefold() in NO_NAMES for word in name.split())
        or len(name) < 2
    )
    return Role(actor, "" if is_none else name, form, start, end)
