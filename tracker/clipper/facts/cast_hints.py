"""What else shows that somebody plays in a show, where no phrase says so: the company, parentheses, the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.facts.cast_phrases import NAMES, PLAYS
from tracker.clipper.language.names import tokens
from tracker.clipper.language.tagging import Tag, TaggedSentence


class Found(NamedTuple):
    """Somebody of the cast, as one sentence tells it."""

    name: str
    role: str
    coded: TaggedSentence
    weight: float


_COMPANY: Final = re.compile(
    r"\b(?:cast|castmates|ensemble|co-?stars?|supporting (?:roles?|cast|couple|actors)|lead (?:pair|roles?|cast|"
    r"actors)|leads|starring|stars\b(?! as)|special appearance|cameos?|guest[- ]stars?|appear|appears|line-?up|"
    r"actors|roster|topline\w*|headlin\w+|script[- ]?reading|table read|attended|present|as were|gather\w*|"
    r"round\w* out|added|joined|joins|join|joining)\b",
    re.IGNORECASE,
)


_BEHIND: Final = re.compile(
    r"(?:\b(?:by|from|of|author|novelist|producers?|creators?|composer|PD|director|writer|screenwriter|editor|"
    r"designer|CEO|president|head|executive|showrunner|manager|reporter|critic|and producer|said|says|told|"
    r"led by producer|novel|manga|webtoon|EP|EPs|via|for) |['’]s |\()$",
    re.IGNORECASE,
)


_SLOT: Final = re.compile(
    rf"(?:{PLAYS}|named|called|role|character|part|opposite the|meets|loves|daughter|son|wife|husband|sister|"
    rf"brother|mother|father|friend|lover|boss|detective|officer|doctor|lawyer|prince|king|queen|student|"
    rf"reporter)(?: (?:[\w'’-]+,? ){{0,4}}?)?(?:and )?$",
    re.IGNORECASE,
)


CREW: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:[Pp]roduced|[Cc]reated|[Cc]omposed|[Ee]dited|[Dd]esigned|[Dd]eveloped|[Bb]acked|[Rr]epped|"
        rf"represented|choreographed|shot|photographed|[Aa]uthored|[Dd]istributed|[Aa]nimated|scored|"
        rf"music(?: is)?|characters?|character designs?|novels?|manga|webtoon|books?|memoir|comic|"
        rf"story) (?:and (?:\w+[ -]){{1,2}})?(?:is |are |was )?by (?P<names>{NAMES})",
        rf"(?:[Pp]roducers?|[Cc]reators?|[Aa]uthors?|[Nn]ovelists?|[Cc]omposers?|[Ss]howrunners?|CEO|[Pp]resident|"
        rf"EPs?|[Cc]inematographer|mangaka|attorney|manager|agent|[Ee]ditor|[Cc]hief|[Aa]rtist|"
        rf"[Ee]xecutive)(?: is| are|s?:)? (?P<names>{NAMES})",
        rf"(?P<names>{NAMES}),? (?:\([^)]{{1,60}}\),? )?(?:(?:also|both|will|is|are|serves?|as|an?|the|,|who|"
        rf"executive|co-|and) ){{0,6}}(?:executive[ -]produc\w+|produc(?:es|ing|ers?|ed)\b|compos\w+|head of|"
        rf"president|CEO|chief|vice president|VP|showrunner|novelist|author\b|creator|creators|"
        rf"(?<!is )said(?! to)|says|(?<!is )told|"
        rf"designs?|animation)",
    )
)


def crew(reading: AnnotatedArticle, patterns: tuple[re.Pattern[str], ...] = CREW) -> frozenset[str]:
    """Return who has another part in the show than to act."""
    found = set()
    for coded in reading.coded:
        for pattern in patterns:
            for match in pattern.finditer(coded.text):
                found |= {reading.full(item.value) for item in coded.between(*match.span("names"))}
    return frozenset(found)


def in_company(
    reading: AnnotatedArticle, coded: TaggedSentence, others: frozenset[str], roles: set[str]
) -> Iterator[Found]:
    """Read the full names of a sentence that speaks of a cast, without those of whom it says something else."""
    text = coded.text
    if (
        not _COMPANY.search(text)
        or (re.search(r"\b[Pp]roducers?\b", text) and "cast" not in text)
        or ("Ⓞ" in text and "Ⓣ" not in text)
    ):
        return
    for place, item in zip(coded.places, coded.items, strict=True):
        if item.sign != "Ⓟ" or " " not in item.value:
            continue
        name = reading.full(item.value)
        before, after = text[max(0, place - 40) : place], text[place + 1 : place + 50]
        if (
            name in others
            or name in roles
            or _BEHIND.search(before)
            or _SLOT.search(before)
            or after.startswith(("'s ", "’s "))
        ):
            continue
        if re.match(
            r",? (?:who )?(?:said|says|told|wrote|direct|produc|creat|written|penned|helm)", after
        ) or subject.belongs_elsewhere(text, place, place + 1):
            continue
        yield Found(name, "", coded, 0.5)


_ROLE_PAREN: Final = re.compile(
    r"(?P<one>Ⓟ) \((?P<rank>(?:as |"
    r"plays )?(?:[a-z][\w-]+ ){0,3}(?:(?:[A-Z][\w.]+ )?))(?P<two>Ⓟ)(?: [a-z][^()Ⓟ]{2,40})?\)(?!,? (?:as|plays|"
    r"will play|direct|helm|writ|produc|pen))"
)
_RANK: Final = re.compile(
    r"^(?:as|plays|Dr|Lady|Lord|Mrs?|Ms|Prince|Princess|King|Queen|Captain|Reverend|Sir|Detective)\b"
)
_WHO_IS: Final = re.compile(r" (?:is|was) (?:an?|the) |,? (?:an?|who|whose) ")
_CAST_LIST: Final = re.compile(
    r"\b(?:cast|starr?ing|stars|features|featuring|joined by|joining|joins?|besides|alongside|along with|as well as|"
    r"return(?:s|ing)?|back|also|additions?|include[sd]?|including|veterans?|actors?|actress(?:es)?|leads?|lineup)\b",
    re.IGNORECASE,
)


def in_parentheses(
    reading: AnnotatedArticle, known: set[str], about: tuple[bool, ...], others: frozenset[str]
) -> Iterator[Found]:
    """Read “Role (Actor)” and “Actor (Role)”: which is which is known from the rest of the article."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about:
            continue
        for match in _ROLE_PAREN.finditer(coded.text):
            one, two = coded.item(match.start("one")).value, coded.item(match.start("two")).value
            outer, inner = reading.full(one), reading.full(two)
            if _RANK.match(match["rank"]) and " " in outer:
                yield Found(outer, with_title(reading, coded.item(match.start("two"))), coded, 0.8)
            elif outer in known and inner in reading.people and _occurs_outside(reading, two):
                yield Found(outer, two, coded, 0.6)
            elif _STORY.search(coded.text) and " " in inner and two not in others:
                yield Found(inner, one, coded, 0.8)
            elif " " in inner and inner not in known and _WHO_IS.match(coded.text, match.end()) and two not in others:
                yield Found(inner, one, coded, 0.7)
            elif " " in outer and inner not in known and outer not in others and _CAST_LIST.search(coded.text):
                yield Found(outer, two, coded, 0.65)
            elif (inner in known or (" " in inner and " " not in outer)) and outer not in known:
                yield Found(inner, one, coded, 0.7)


_STORY: Final = re.compile(
    r"\b(?:follows|tells|revolves|cent(?:er|re)s|about|story|depicts|meets?|tale|between|falls? (?:in love|for))\b",
    re.IGNORECASE,
)


_THEIRS: Final = re.compile(
    r"(?P<names>Ⓟ)['’]s (?:[a-z][\w-]* ){1,4}(?P<role>Ⓟ)(?= (?:is|was|meets|who|falls|has|gets|finds|must|and)\b|,)"
)


def of_theirs(reading: AnnotatedArticle, known: set[str], about: tuple[bool, ...]) -> Iterator[Found]:
    """Read “Ha Min's oyster farmer Gil is …”."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if is_about:
            for match in _THEIRS.finditer(coded.text):
                actor = reading.full(coded.item(match.start("names")).value)
                role = coded.item(match.start("role")).value
                if actor in known and reading.full(role) not in known:
                    yield Found(actor, role, coded, 0.6)


_LEADS_TO: Final = re.compile(
    r"(?:\bas|\b(?:play|portray|voic|embod|becom|transform|inhabit|tackl|essay)\w*|\b(?:role|part|character|shoes|"
    r"name|alias) of|named|called|\bis|\bbe|\bwas)(?: (?!with\b|and\b|who\b|whose\b|to\b|opposite\b|from\b|by\b|"
    r"against\b)[\w'’“”\"-]+,?){0,7} $"
)


_LED_BY: Final = re.compile(
    r"^(?:, [^Ⓟ;.]{2,80},)?,? (?:[\w'’,-]+ ){0,6}?(?:played|portrayed|voiced|embodied|brought to life|taken|"
    r"filled|essayed) (?:on )?by (?:[\w'’-]+ ){0,3}$"
)


def paired(
    reading: AnnotatedArticle, open_: set[str], known: set[str], others: frozenset[str], about: tuple[bool, ...]
) -> Iterator[Found]:
    """Read the role of an actor who has none yet out of a sentence in which a name that nobody else has stands next."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about or subject.looks_back(coded):
            continue
        names = [(place, item) for place, item in zip(coded.places, coded.items, strict=True) if item.sign == "Ⓟ"]
        for (at, one), (then, two) in pairwise(names):
            between = coded.text[at + 1 : then]
            if "Ⓞ" in between or "Ⓣ" in between or ";" in between or len(between) > 120:
                continue
            first, second = reading.full(one.value), reading.full(two.value)
            if (
                first in open_
                and second not in known | others
                and _LEADS_TO.search(between)
                and not re.match(r"['’]s? ", coded.text[then + 1 : then + 4])
                and not re.search(r"\b(?:known|seen|starred|played|was|won|directed|wrote)\b", between)
            ):
                yield Found(first, with_title(reading, two), coded, 0.55)
            elif second in open_ and first not in known | others and _LED_BY.search(between):
                yield Found(second, with_title(reading, one), coded, 0.55)


_TRADE_BEFORE: Final = re.compile(
    r"\b(?:actor|actress|idol|singer|comedian|rapper|newcomer|actor-singer|singer-actor|actors|actresses|star)s? $",
    re.IGNORECASE,
)


def by_standing(
    reading: AnnotatedArticle, others: frozenset[str], roles: set[str], about: tuple[bool, ...]
) -> Iterator[Found]:
    """Read who is called an actor, has an earlier work in parentheses or stands in the headline, and nothing else."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about or subject.looks_back(coded):
            continue
        text = reading.passage.text
        is_headline = coded.sentence.text == reading.passage.headline
        for place, item in zip(coded.places, coded.items, strict=True):
            if item.sign != "Ⓟ" or " " not in item.value:
                continue
            name = reading.full(item.value)
            before, after = text[max(0, item.start - 24) : item.start], text[item.end : item.end + 60]
            is_called = bool(_TRADE_BEFORE.search(before)) or (
                is_headline
                and not re.search(r"(?:[Ff]rom|[Bb]y|[Dd]irector|[Ww]riter|[Pp]roducer|[Cc]reator|PD|['’]s) $", before)
            )
            is_credited = (
                bool(re.match(r" \([“\"'‘]?(?:The|A|My)? ?[A-Z][^()]{2,60}\)", after))
                and coded.text[place + 1 : place + 3] != " ("
                and not re.search(
                    r"\b(?:direct|writ|pen|produc|by)\w*[^ⓅⓉ]{0,20}$", coded.text[max(0, place - 30) : place]
                )
            )
            if not (is_called or is_credited) or name in others or name in roles:
                continue
            if re.match(
                r",? (?:who )?(?:direct|writ|wrote|penn|produc|creat|helm|said|says|added|is (?:\w+[- ])?director|"
                r"is in charge|"
                r"handles|designs|is design|compos|oversees)",
                coded.text[place + 1 : place + 40],
            ) or subject.belongs_elsewhere(coded.text, place, place + 1):
                continue
            yield Found(name, "", coded, 0.45)


_TITLED: Final = re.compile(
    r"(?:\b(?:Crown )?(?:Prince|Princess|King|Queen|Lord|Lady|Madam|Emperor|Empress|Director|Ms\.|Old Man|Grandma|"
    r"Auntie|Uncle|Aunt|Captain|Mrs\.?|Mr\.?|Miss|Ms|Eunuch|Agent)) $"
)


def with_title(reading: AnnotatedArticle, item: Tag) -> str:
    """Return a role with the title that is a part of it: "Prince Gyeongan"."""
    before = reading.passage.text[max(0, item.start - 16) : item.start]
    found = _TITLED.search(before)
    return (found[0] if found and " " not in item.value else "") + item.value


def _occurs_outside(reading: AnnotatedArticle, name: str) -> bool:
    return len(re.findall(rf"(?<!\()(?<!\w){re.escape(name)}(?![\w)])", reading.passage.text)) > 0


def goes_by_one_name(reading: AnnotatedArticle, name: str) -> bool:
    """Return whether one word is how an actor is called: of a group, called an actor, or in a row with full names."""
    return name in _single_names(reading.passage.text)


_FULL: Final = r"[A-Z][\w.'’-]{1,30} [A-Z][\w.'’-]{1,30}"
_SINGLE_BEFORE: Final = re.compile(
    rf"(?:(?:[A-Z0-9][\w&+-]{{1,30}}['’]s|[Aa]ctor|[Aa]ctress|[Ii]dol|[Ss]inger|[Mm]ember|[Rr]apper|[Mm]odel|star) |"
    rf"(?P<row>{_FULL}(?:,? (?:and|&)|,) ))$"
)
_SINGLE_AFTER: Final = re.compile(r",? (?:of|from) (?:the )?(?:[\w-]+ ){0,6}?[“\"']?[A-Z0-9]{2}")
_ROW_BEFORE: Final = re.compile(r"(?:^|[,.(] |\b[a-z]+ |& )$")
_ROW_AFTER: Final = re.compile(rf"(?:,| and| &) {_FULL}")
_REPORTS: Final = re.compile(r" (?:has learned|can (?:confirm|reveal)|reports|reported)")


@lru_cache(maxsize=8)
def _single_names(text: str) -> frozenset[str]:
    found, reporting = set(), set()
    for one in tokens(text):
        if not one.is_capital:
            continue
        before = text[max(0, one.start - 70) : one.start]
        if _REPORTS.match(text, one.end):
            reporting.add(one.text)
        led = _SINGLE_BEFORE.search(before)
        if (
            (led and not (led["row"] and re.match(r" [A-Z]", text[one.end : one.end + 2])))
            or _SINGLE_AFTER.match(text, one.end)
            or (_ROW_AFTER.match(text, one.end) and _ROW_BEFORE.search(before))
        ):
            found.add(one.text)
    return frozenset(found - reporting)
