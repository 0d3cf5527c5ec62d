"""The cast: who plays in the show, and whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.facts.cast_hints import (
    CREW,
    Found,
    by_standing,
    crew,
    goes_by_one_name,
    in_company,
    in_parentheses,
    of_theirs,
    paired,
    with_title,
)
from tracker.clipper.facts.cast_phrases import (
    AS,
    AS_FIRST,
    CHARACTER,
    DESCRIBED,
    DESCRIBED_PAREN,
    DOES_AS,
    IS,
    LEFT,
    LIFE,
    LINE,
    LINE_CAST,
    OFFERED,
    PART,
    PLAYED_BY,
    PLAYING_IS,
    PRONOUN,
    REPLACED,
    REPLACES,
    ROLE,
    ROLE_BY,
    ROLE_TO,
    STARRING,
    STARS,
    THEIRS,
    THEN,
    WHO_IS,
)
from tracker.clipper.language.tagging import Tag, TaggedSentence
from tracker.clipper.titles.ranking import key
from tracker.model.article_draft import Fact


def cast(reading: AnnotatedArticle, behind: frozenset[str]) -> list[Fact]:
    """Return the cast with the roles that are told.

    Args:
        reading: The article.
        behind: Who writes or directs; they act only where a role is told.
    """
    about = reading.about
    found: list[Found] = []
    known: set[str] = set()
    gone: set[str] = set()
    for number, (coded, is_about) in enumerate(zip(reading.coded, about, strict=True)):
        if "Ⓟ" not in coded.text:
            continue
        gone |= set(_gone(reading, coded))
        if not is_about or subject.looks_back(coded):
            continue
        for more in (_told(reading, coded, known), _of_whom(reading, number, known)):
            new = list(more)
            found += new
            known |= {one.name for one in new}
    others = crew(reading) | behind
    taken = {reading.full(one.role) for one in found if one.role}
    for coded, is_about in zip(reading.coded, about, strict=True):
        if is_about and not subject.looks_back(coded):
            found += in_company(reading, coded, others, taken)
    found += by_standing(reading, others, taken, about)
    found += in_parentheses(reading, {one.name for one in found}, about, others)
    found += paired(
        reading,
        {one.name for one in found if not one.role} - {one.name for one in found if one.role},
        {one.name for one in found},
        others,
        about,
    )
    found += of_theirs(reading, {one.name for one in found}, about)
    strictly = crew(reading, CREW[:2]) | behind
    return _facts(reading, found, gone, strictly)


def _of_whom(reading: AnnotatedArticle, number: int, known: set[str]) -> Iterator[Found]:
    """Read "She plays …": of the one who was named last, in the sentence itself or in the one before."""
    coded = reading.coded[number]
    for match in (*PRONOUN.finditer(coded.text), *THEIRS.finditer(coded.text)):
        before = coded.between(0, match.start()) or (reading.coded[number - 1].between(0, 10**6) if number else [])
        names = [reading.full(one.value) for one in before if not _is_of_trade(reading, one)]
        named = [one for one in names if one in known] or [one for one in names if " " in one]
        role = with_title(reading, coded.item(match.start("role")))
        if named and not _is_past(coded.text, match) and _may_be_role(reading, match, [role]):
            yield Found(named[0], role, coded, 0.7)


_OF_TRADE: Final = re.compile(
    r"\b(?:author|novelist|producers?|creators?|composer|PD|filmmaker|helmer|director|writer|screenwriter|editor|"
    r"designer|CEO|"
    r"president|executive|showrunner|reporter|critic|novel|manga|webtoon|EP) $",
    re.IGNORECASE,
)


def _is_of_trade(reading: AnnotatedArticle, item: Tag) -> bool:
    return bool(_OF_TRADE.search(reading.passage.text[max(0, item.start - 24) : item.start]))


def _gone(reading: AnnotatedArticle, coded: TaggedSentence) -> Iterator[str]:
    for pattern in (LEFT, REPLACED):
        for match in pattern.finditer(coded.text):
            for item in coded.between(*match.span("names")):
                yield reading.full(item.value)


_WITH_ROLE: Final = (
    (IS, 0.7), (WHO_IS, 0.9), (LIFE, 0.9), (ROLE_BY, 0.95), (ROLE_TO, 0.95), (OFFERED, 0.9), (CHARACTER, 0.85),
    (LINE, 0.9), (ROLE, 0.95), (AS, 0.85), (AS_FIRST, 0.8), (DOES_AS, 0.7), (THEN, 0.8), (PLAYING_IS, 0.8),
)  # fmt: skip
_WITHOUT: Final = (
    (STARRING, 0.8),
    (STARS, 0.82),
    (PART, 0.65),
    (PLAYED_BY, 0.8),
    (REPLACES, 0.8),
    (LINE_CAST, 0.9),
    (DESCRIBED_PAREN, 0.6),
)
_OF_OTHER: Final = re.compile(r"\b(?:which|that) (?:starred|featured|had|was led by)\b[^;]*$")
_DOES_ELSE: Final = re.compile(
    r"\b(?:known|remember\w*|was|were|played|starred|appeared|voiced|such|well|credit\w*|serv\w+|direct\w*|writ\w*|"
    r"produc\w+|won|award\w*|recogni\w+|said|says|described|hired|works?|worked|list\w*|cast(?!ed))\b"
)


def _told(reading: AnnotatedArticle, coded: TaggedSentence, known: set[str]) -> Iterator[Found]:
    text = coded.text
    for pattern, weight in _WITH_ROLE:
        for match in pattern.finditer(text):
            if not _is_denied(coded, pattern, match):
                yield from _playing(reading, coded, pattern, match, weight, known)
    for pattern, weight in _WITHOUT:
        for match in pattern.finditer(text):
            start, end = match.span("names")
            if "Ⓞ" in text[max(0, start - 40) : start] and "Ⓣ" not in text and pattern in (STARRING, STARS):
                continue
            if subject.belongs_elsewhere(text, start, match.end()) or _is_unfit(text, match, pattern is STARRING):
                continue
            for place, item in zip(coded.places, coded.items, strict=True):
                if start <= place < end and item.sign == "Ⓟ" and not _OF_TRADE.search(text[max(0, place - 24) : place]):
                    yield Found(reading.full(item.value), "", coded, weight)


def _is_denied(coded: TaggedSentence, pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Return whether a phrase is of another work, of the past, or no phrase but a word in a line."""
    text = coded.text
    if pattern in (IS, ROLE) and re.search(
        r"\b(?:[Pp]laying|[Rr]ole of|[Pp]art of|[Vv]oicing|[Pp]ortraying|[Tt]aking on) (?:[\w'’-]+ ){0,4}$",
        text[: match.start("names")],
    ):
        return True
    if pattern is LINE and not coded.sentence.is_heading and len(text) > 60:
        return True
    is_elsewhere = subject.belongs_elsewhere(text, match.start(), match.end()) or _is_past(text, match)
    return (pattern not in (LINE, CHARACTER) and is_elsewhere) or bool(_OF_OTHER.search(text[: match.start("names")]))


def _playing(
    reading: AnnotatedArticle,
    coded: TaggedSentence,
    pattern: re.Pattern[str],
    match: re.Match[str],
    weight: float,
    known: set[str],
) -> Iterator[Found]:
    actors = [reading.full(item.value) for item in coded.between(*match.span("names"))]
    roles = _roles(reading, coded, match, len(actors))
    if pattern is IS and any(role in reading.people and reading.people[role] in known for role in roles):
        return
    if pattern is AS and not roles:
        actors, roles = actors[-1:], [coded.item(match.start("role")).value]
    if pattern is DOES_AS and _DOES_ELSE.search(match["does"]):
        return
    if pattern in (ROLE, AS, DOES_AS) and not _may_be_role(reading, match, roles):
        return
    for number, actor in enumerate(actors):
        yield Found(actor, roles[number] if len(roles) == len(actors) else "", coded, weight)


def _is_past(text: str, match: re.Match[str]) -> bool:
    start = match.end("names") if "names" in match.re.groupindex else match.start()
    between = text[start : match.start("role")] if start < match.start("role") else ""
    between = between.rsplit(", ", 1)[-1]
    return (
        bool(re.search(r"\b(?:played|portrayed|starred|appeared|voiced)\b(?! by)", between))
        and "Ⓣ" not in text[: match.end()]
    )


def _is_unfit(text: str, match: re.Match[str], is_starring: bool) -> bool:
    start = match.start("names")
    word = text[match.start() : start].strip().casefold()
    if is_starring:
        before, after = (
            text[max(0, match.start() - 40) : match.start()],
            text[match.end("names") : match.end("names") + 40],
        )
        if word in (
            "with",
            "from",
            "sees",
            "see",
            "will see",
            "also sees",
            "added",
            "adds",
            "adding",
            "signs",
            "signed",
            "joining",
            "pairs",
            "casts",
        ):
            if word == "from":
                return True
            if word == "with":
                return not re.match(
                    r",? (?:also |both |all |as well )?(?:in (?:the |a |key |supporting |main |lead)|star|lead|"
                    r"set to|at the|attached|headlin|on board|as (?:the )?(?:\w+ )?leads?|among (?:the|"
                    r"its) (?:cast|stars)|topping|cast|as (?:an?|the|his|her) |play|round|appear|co-star|join|tak|"
                    r"in support\b|in (?:the (?:lead|leading|main|title) roles?|other|supporting|further|minor|"
                    r"guest|major|pivotal) (?:roles|parts))",
                    after,
                )
            if word in ("see", "sees", "will see", "also sees"):
                return not re.match(
                    r",? (?:\w+ ){0,2}?(?:star|play|reunit|lead|return|tak|portray|as|team|transform|join|step)", after
                )
        if re.search(
            r"(?:based|novel|writ\w+|direct\w+|produc\w+|created|script|previously|different|original(?:ly)?|"
            r"earlier|who (?:has )?)[^ⓅⓉ]{0,20}$",
            before,
        ):
            return True
        return word in ("opposite", "alongside") and bool(
            re.search(r"(?:starred|appeared|worked|acted|seen|played|debuted)[^.;Ⓣ]{0,40}$", before)
        )
    return False


def _may_be_role(reading: AnnotatedArticle, match: re.Match[str], roles: list[str]) -> bool:
    words = match[0][: match.start("role") - match.start()]
    if re.search(r"Ⓟ,? is (?:[\w-]+ ){0,6}$", words) and not re.search(
        r"(?:cast|role|character|lead|play|taking on|portray|voic|embod|becom|transform|inhabit|stepping|tackl)", words
    ):
        return (
            " is " in words[-48:]
            and not re.search(r" is (?:[\w-]+ ){0,4}(?:of|from|for|by|with|at|in|on|the) $", words)
            and bool(roles)
            and " " not in words[words.rindex(" is ") + 4 :].strip().replace(" ", "", 3)
        )
    if re.search(r"\b(?:know|knew|recogni[sz]e|remember|seen|saw) $", match.string[: match.start()]):
        return False
    return not re.search(
        r"\b(?:director|writer|producer|credit\w*|known|such|serve\w*|direct\w*|well|far|soon|long|much) as\b|"
        r"as (?:well|much)\b",
        words,
    )


def _roles(reading: AnnotatedArticle, coded: TaggedSentence, match: re.Match[str], many: int) -> list[str]:
    """Return the roles; where several people play, as many as there are people, in their order."""
    first = with_title(reading, coded.item(match.start("role")))
    if many < 2:
        return [first]
    roles = [first]
    at = match.end("role")
    while len(roles) < many:
        more = re.compile(
            rf"(?:, [^Ⓟ;.]{{2,140}}?,?|,)?,? (?:(?:and|&|while the latter (?:plays|"
            rf"is)) )?(?:{DESCRIBED})(?P<role>Ⓟ)(?!['’]s?\b)"
        ).match(coded.text, at)
        if more is None:
            return []
        roles.append(with_title(reading, coded.item(more.start("role"))))
        at = more.end("role")
    return roles


def _is_loud(name: str) -> bool:
    return name.isupper() and len(name.split()) > 2


def _is_fuller(role: str, before: str) -> bool:
    return len(role) > len(before) and before in role


def _facts(reading: AnnotatedArticle, found: list[Found], gone: set[str], behind: frozenset[str]) -> list[Fact]:
    plain = {one.name for one in found if not one.role and one.weight >= 0.8}
    roles = {
        reading.full(one.role)
        for one in found
        if one.role and not (" " not in one.role and reading.full(one.role) in plain)
    }
    best: dict[str, Found] = {}
    for one in found:
        if (
            one.name in gone
            or (one.name in behind and not one.role and one.weight <= 0.8)
            or key(one.name) in key(reading.title)
        ):
            continue
        if one.name in roles and not one.role:
            continue
        if (" " not in one.name and not goes_by_one_name(reading, one.name)) or _is_loud(one.name):
            continue
        before = best.get(one.name)
        if before is None:
            best[one.name] = one
        elif one.role and (not before.role or one.weight > before.weight or _is_fuller(one.role, before.role)):
            best[one.name] = one._replace(weight=max(one.weight, before.weight))
    actors = {one.name for one in best.values()}
    facts = []
    for one in best.values():
        role = reading.full(one.role) if one.role else ""
        if role in actors:
            role = ""
        sentence = one.coded.sentence
        facts.append(Fact("cast", one.name, sentence.text, sentence.start, one.weight, role))
    return facts
