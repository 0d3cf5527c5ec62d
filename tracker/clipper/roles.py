"""Whom an actor plays: "P as Ann", "P will play a nurse named Ann", "Ann (P)", "P (Ann)", "Ann, played by P"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clipper.lexicon import NO_NAMES
from tracker.clipper.tagged import P, TaggedSentence, W

_CAPITAL: Final = rf"(?:{P}|{W}|(?<![\w'/.-])[A-Z0-9][\w'/.-]{{0,30}}(?<=[\w.]))"
_NAME: Final = rf"{_CAPITAL}(?: (?:(?:de|of|the|von|van) )?{_CAPITAL}){{0,5}}"
"""How a character is named: as a person, or by words that may be taken for a title."""
AS: Final = (
    r"(?:as(?! well\b)|playing|portraying|voicing|in the role of|who (?:will |is set to )?(?:plays?|voices?|portrays?))"
    r"(?! (?:an? |the )?(?:director|writer|producer|executive|showrunner))"
)
ROLE_IN_LIST: Final = r"(?:[^,.;()]|(?<=Mr)\.|(?<=Mrs)\.|(?<=Dr)\.){1,90}?"
_ASIDE: Final = r"(?: ?\([^()]{0,120}\))?"
_PLAYS: Final = (
    r"(?:plays?|played(?! by)|playing|portrays?|portraying|voic(?:e|es|ing)|repris(?:e|es|ing)|takes? on|taking on|"
    r"(?:role|part|voice) of|(?:step\w*|transform\w*) into|(?:star\w*|cast|appear\w*|return\w*|seen) as) "
    r"(?:(?:the|his|her|a|new|lead|main|male|female|title|titular|role|part|character)s? ){0,5}(?:of |as )?"
)
_PHRASE_ENDS: Final = re.compile(
    r"[,;:()\"!?]|(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)\.(?= |$)| (?:who|whose|which|that|in|at|on|by|for|to|from|with|is|was|"
    r"will|has|but|while|alongside|opposite|when|after|before|and)\b"
)
_NAMED: Final = re.compile(r"\b(?:named|called|nicknamed)[ ,] ?$")
_NO_ROLE: Final = re.compile(r"(?:Executive|Season|Director|Producer|Showrunner|He|She|It|They|The|In|On|Part)\b")
_PHRASES: Final = {
    "as": re.compile(rf"({P}){_ASIDE},? {AS} "),
    "plays": re.compile(rf"({P}){_ASIDE}(?:, \d\d,)?[^.;:{P[1:-1]}{W[1:-1]}]{{0,70}}?\b{_PLAYS}"),
}
"""What stands before words at whose end the character is named."""
_PLAYED_BY: Final = re.compile(
    rf"(?P<role>{_NAME})(?:,[^,.;{P[1:-1]}]{{3,60}},| \([^()]{{2,30}}\))?,?(?: and|,? who)?(?: is| will be| are)?"
    rf" ?\(?(?:played|portrayed|voiced)(?: \w+)? by (?:(?:\w+ |{W}(?:'s)? )(?:star |actor |actress )?)?(?P<actor>{P})"
)
_PEOPLE: Final = rf"{P}(?:, {P}){{0,6}},? and {P}"
_NAMES: Final = rf"{_NAME}(?:, {_NAME}){{0,6}},? and {_NAME}"
_EACH: Final = re.compile(
    rf"(?P<actors>{_PEOPLE}){_ASIDE}(?: will| are| to| set| be){{0,4}},? "
    rf"(?:star(?:ring)? )?(?:as|play|playing|voicing|portray) (?P<names>{_NAMES})|"
    rf"(?P<roles>{_NAMES}) (?:\w+ ){{1,3}}by (?P<people>{_PEOPLE})"
)
"""As many characters as actors: "P and P as Ann and Bo", "Ann and Bo are played by P and P"."""
_PARENTHESES: Final = re.compile(rf"({_NAME}),? \(([^()]{{1,120}})\)")
_ACTOR_IN: Final = re.compile(rf"(?:(?:played|portrayed|voiced) by |actor |actress )?(?P<actor>{P})(?:, .*)?")
_ROLE_IN: Final = re.compile(
    rf"(?:as )?(?P<what>(?:[a-z][\w-]+ ){{0,4}})(?P<role>{_NAME})(?:, (?:an?|the|who|his|her) .*)?"
)
_CREDITS_IN: Final = re.compile(rf"{W},? (?:and )?{W}|{W},? (?:[A-Z0-9]|{P})|\b(?:from|of|known)\b")
"""What tells that parentheses hold what somebody is known for."""
_LISTS_ACTORS: Final = re.compile(r"\b(?:starring|stars?|cast|with|featuring|includ\w+|actors?)\b", re.IGNORECASE)


_IN_LIST: Final = re.compile(rf"{P},? (?:and|&) $")
_OF_ONE: Final = re.compile(r"\b(?:plays|stars|portrays|voices|takes|is|has|as)\b(?<!star as)(?<!appear as)")


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
        people = re.findall(P, match["actors"] or match["people"])
        at, names = match.start("names" if match["names"] else "roles"), match["names"] or match["roles"]
        found = [name.span() for name in re.finditer(_NAME, names)]
        for person, (start, end) in zip(people, found, strict=True) if len(people) == len(found) else ():
            yield _role(tagged, person, "each", at + start, at + end)
    for match in _PLAYED_BY.finditer(text):
        yield _role(tagged, match["actor"], "played by", *match.span("role"))
    for form, pattern in _PHRASES.items():
        for match in pattern.finditer(text):
            if _IN_LIST.search(text, 0, match.start()) and not _OF_ONE.search(match[0]):
                continue  # "Ida Roe and Mina Doe star as Ann and Eve": whose name comes first is another's
            yield _of_phrase(tagged, match[1], form, match.end())
    yield from _in_parentheses(tagged)


def _in_parentheses(tagged: TaggedSentence) -> Iterator[Role]:
    """Return what parentheses tell: "Ida Roe (Ann)", "Ann (Ida Roe)", but not "Ida Roe (Old Ferry)"."""
    found = list(_PARENTHESES.finditer(tagged.text))
    has_credits = any(
        _CREDITS_IN.search(match[2]) or any(tag.is_quoted for char, tag in tagged.tags.items() if char in match[2])
        for match in found
    )
    for match in found:
        is_person = re.fullmatch(P, match[1]) is not None
        actor, role = _ACTOR_IN.fullmatch(match[2]), _ROLE_IN.fullmatch(match[2])
        lists_actors = _LISTS_ACTORS.search(tagged.text, max(0, match.start() - 90), match.start())
        if actor and not (is_person and (has_credits or lists_actors)):
            yield _role(tagged, actor["actor"], "role (actor)", *match.span(1))
        elif role and is_person and not has_credits and (role["what"] or not re.search(W, role["role"])):
            start, end = role.span("role")
            yield _role(tagged, match[1], "actor (role)", match.start(2) + start, match.start(2) + end)


def _of_phrase(tagged: TaggedSentence, actor: str, form: str, start: int) -> Role:
    """Return the role that is named at the end of the words behind "as": "the former officer Ann Doe"."""
    ends = _PHRASE_ENDS.search(tagged.text, start, start + 120)
    end = ends.start() if ends else min(len(tagged.text), start + 120)
    for match in re.compile(_NAME).finditer(tagged.text, start, end):
        is_last = match.end() == end and tagged.text[end : end + 2] != "'s"
        if is_last or _NAMED.search(tagged.text, start, match.start()):
            return _role(tagged, actor, form, *match.span())
    return Role(actor, "", form, start, end)


def _role(tagged: TaggedSentence, actor: str, form: str, start: int, end: int) -> Role:
    """Return a role; without a name where it is none."""
    text = tagged.text[start:end]
    name = "".join(tagged.tags[char].value if char in tagged.tags else char for char in text).strip(" ,.'\"")
    is_quoted = any(tag.is_quoted for char, tag in tagged.tags.items() if char in text)
    is_common = len(name) < 2 or all(word.casefold() in NO_NAMES for word in name.split())
    return Role(actor, "" if is_quoted or is_common or _NO_ROLE.match(name) else name, form, start, end)
