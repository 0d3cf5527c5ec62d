"""The people that an article names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from tracker.clipper.lexicon import ASIAN_SURNAMES, GIVEN_NAMES, NETWORK, ORGANISATION, PARTICLES, PLACES
from tracker.clipper.names import NameRun, name_runs
from tracker.clipper.text import Sentence

_DOES_SO: Final = re.compile(
    r",? who |,? (?:\d\d|aged \d\d)\b|'s (?:agency|character|label|management|role)|[ -](?:starrer|directed|led)\b|"
    r"(?: (?:will|would|is|has|have|are|been|to|set|also|be|both|in talks|as well)){0,6},? "
    r"(?:as (?=[A-Z])|plays?|played|playing|"
    r"portray\w*|voic(?:e|es|ed|ing)|repris\w+|pens?|penn(?:ed|ing)|helm\w*|writ(?:es|ing|ten)|wrote|direct(?:s|ed|ing)?|"
    r"cast|tapped|said|says|told|tells|explained|join(?:s|ed|ing)?|starred|lead|headlin\w+|appear(?:s|ed|ing)?|"
    r"star(?:s|ring)?(?! [A-Z])|return(?:s|ing)? as|gives? life)\b"
)
"""What people do."""
_TRADE: Final = re.compile(r"\b(?:actor|actress|singer|idol|director|rapper|PD) $", re.IGNORECASE)
_IS_SO: Final = re.compile(
    r"(?:\b(?:actor|actress|director|writer|screenwriter|singer|PD|starring|stars?|by|idol|opposite|alongside|"
    r"featuring|comedian|rapper|filmmaker|showrunner|creator|producer|co-stars?|with|Mr\.|Ms\.|Mrs\.|newcomer|"
    r"-old|nominee|winner|member)s?[: ] ?)$",
    re.IGNORECASE,
)
"""Words behind which a name is a person's."""
_NO_PERSON: Final = re.compile(
    r"\b(?:the|an?|studios?|agency|label|company|channel|newsletter|magazine|website|platform|app|seen in|in|"
    r"starred in|stars? of|appeared in|credits include|\d{4}'s|sequel to|remake of|adaptation of|hit with|titled|"
    r"called|series|dramas?|films?|movie:?|set in|at|from|"
    r"(?:series|shows|films|movies|dramas|titles|works|projects|hits),? (?:such as|like|including)) $",
    re.IGNORECASE,
)
"""Words behind which a name is that of a thing."""
_SUBTITLE: Final = re.compile(r": [A-Z](?=.{60})")
"""What follows the first half of a title."""
_LIST_GAP: Final = re.compile(
    r"(?: ?\([^()]{0,120}\))?(?:[,;] (?:and |& )?| and | & |/ ?)(?:(?:actor|actress|newcomer|star)s? )?"
)
"""What stands between the names of a list."""
_AND: Final = re.compile(r"\band\b|&")
_CASTS: Final = re.compile(
    r"\b(?:cast|ensemble|starring|stars|actors|featuring)(?: (?:is|that|also|which)){0,3}"
    r"(?: (?:including|includes?|of|with|featuring|features|members|comprises))? $"
)
_CAPITALS: Final = r"[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30}){0,3}"
_CREDIT_LINE: Final = re.compile(
    rf"\W{{0,4}}(?:{_CAPITALS} ?(?:as|-|–|—|:|(?:portrayed|played|voiced) by)|"
    r"(?:The )?(?:\w+ )?(?:[Dd]irect|[Ss]creenplay|[Ss]cript|[Ww]rit|[Ss]tory)\w*(?: \w+)?(?: by| is|:)) "
    rf"{_CAPITALS}\W{{0,4}}"
)
"""A line that is one credit: "Ida Roe as Ann Doe", "Director: Ida Roe"."""
_MORAE: Final = re.compile(
    r"(?:(?:[kgsztdnhbpmrwjf]|[kgnhbpmr]?y|sh|ch|ts|)[aiueoōū]|n(?![aiueo])|t(?=ch))+", re.IGNORECASE
)
"""A word that can be Japanese."""
_SURNAMES: Final = frozenset(
    {"Hall", "Day", "Park", "Union", "Church", "Post", "House", "Castle", "Sun", "Court", "Street", "River"}
)
"""Family names with which the names of houses and papers end as well."""
_MIDDLE: Final = frozenset({"Van", "Von", "De", "Del", "La", "Le", "St"})
"""Words that stand inside of names."""
_MOST_WORDS: Final = 5


class PersonMention(NamedTuple):
    """A name in a sentence."""

    start: int  # in the sentence, in characters
    end: int
    name: str  # as it is there


class People(NamedTuple):
    """Who is named, and where."""

    mentions: tuple[tuple[PersonMention, ...], ...]  # for each sentence, in order
    full_names: dict[str, str]  # each name that occurs, with the fullest form that is meant by it

    def full(self, name: str) -> str:
        return self.full_names.get(name, name)


def find_people(sentences: Sequence[Sentence], taken: Sequence[Sequence[tuple[int, int]]]) -> People:
    """Return the people that sentences name.

    Args:
        sentences: All of an article's.
        taken: For each of them the spans that are titles in quotation marks, where no name is looked for.
    """
    runs = [list(_runs(sentence, spans)) for sentence, spans in zip(sentences, taken, strict=True)]
    known = _known_people(sentences, runs)
    mentions = []
    for sentence, found in zip(sentences, runs, strict=True):
        whole = [] if _tells_no_names(sentence) else [run for run in found if run.text in known]
        spans = [(run.start, run.end) for run in whole]
        parts = [
            one
            for one in _find_known(sentence.text, known)
            if (" " in one.name or sentence.is_title_case)
            and not any(one.start < end and one.end > start for start, end in spans)
        ]
        mentions.append(tuple(sorted([*(PersonMention(run.start, run.end, run.text) for run in whole), *parts])))
    return People(tuple(mentions), _full_names(known))


def is_name_of_person(words: Sequence[str]) -> bool:
    """Return whether several words have the form of a person's full name, by lists of given and family names."""
    caps = [word for word in words if word not in PARTICLES]
    if not 2 <= len(caps) <= 4 or not _may_be_person(words):
        return False
    is_asian = caps[0].split("-")[0] in ASIAN_SURNAMES and len(caps) <= 3
    is_japanese = len(caps) == 2 and all(len(word) > 2 and _MORAE.fullmatch(word) for word in caps)
    return is_asian or is_japanese or caps[0] in GIVEN_NAMES or (caps[-1] in ASIAN_SURNAMES and len(caps) == 2)


def _may_be_person(words: Sequence[str]) -> bool:
    text = " ".join(words)
    return (
        len(words) <= _MOST_WORDS
        and text not in PLACES
        and words[0] not in ("My", "The")
        and (not ORGANISATION.search(text) or text == "Park" or (words[0] in GIVEN_NAMES and words[-1] in _SURNAMES))
        and not NETWORK.fullmatch(text)
        and not any(char.isdigit() for char in text)
        and all(word[0].isalpha() for word in words)
    )


def _runs(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> Iterator[NameRun]:
    for run in name_runs(sentence.text):
        if any(run.start < end and run.end > start for start, end in spans) or not _may_be_person(run.words):
            continue
        if NETWORK.search(run.text) and NETWORK.match(run.words[0]) and len(run.words) > 1:
            continue
        yield run


def _known_people(sentences: Sequence[Sentence], runs: Sequence[Sequence[NameRun]]) -> frozenset[str]:
    """Return the runs that are people's names: by their form, by what they do, by those they are listed with."""
    listed = [run for sentence, found in zip(sentences, runs, strict=True) for run in found if _is_credit(sentence)]
    told = [pair for pair in zip(sentences, runs, strict=True) if not _tells_no_names(pair[0])]
    known = {name for sentence, found in told for run in found for name in _full_forms(sentence.text, run)}
    known -= {run.text for sentence, found in told for run in found if _SUBTITLE.match(sentence.text, run.end)}
    known.update(run.text for run in listed)
    parts = {part for name in known for part in _parts(name)}
    inside = {run.text for _, found in told for run in found if not run.is_first}
    """What is capitalised inside of a sentence, where only names are."""
    for sentence, found in told:
        for run in found:
            if len(run.words) == 1:
                is_inside = not run.is_first or run.text in inside
                does = _DOES_SO.match(sentence.text, run.end) and is_inside
                has_trade = _TRADE.search(sentence.text, max(0, run.start - 24), run.start)
                if does or has_trade or (run.text in parts and (is_inside or len(run.text) > 3)):
                    known.add(run.text)
        known.update(_listed(sentence.text, found, known))
    return frozenset(name for name in known if is_name_of_person(name.split()) or not _has_known_end(name, known))


def _full_forms(text: str, run: NameRun) -> Iterator[str]:
    """Return the full name in a run, by its form or by what is told of it."""
    before = text[max(0, run.start - 24) : run.start]
    is_thing = _NO_PERSON.search(before) is not None
    if is_name_of_person(run.words) and not (is_thing and run.words[0] not in GIVEN_NAMES):
        yield run.text
    elif len(run.words) > 1 and not is_thing:
        is_cued = _IS_SO.search(before) and not text.startswith((" and the ", " with the "), run.end)
        if is_cued or _DOES_SO.match(text, run.end):
            yield run.text
        elif len(run.words) > 3:  # "Great Club Ida Roe"
            tails = [run.words[at:] for at in range(len(run.words) - 3, len(run.words) - 1)]
            yield from (" ".join(tail) for tail in tails if tail[0] not in _MIDDLE and is_name_of_person(tail))


def _listed(text: str, found: Sequence[NameRun], known: set[str]) -> Iterator[str]:
    """Return who stands in a list with people or behind "cast including": "Uhm Jung Hwa, Rain and Tabu"."""
    chain: list[NameRun] = []
    for run, after in zip_longest(found, found[1:]):
        chain.append(run)
        if after is not None and _LIST_GAP.fullmatch(text, run.end, after.start):
            continue
        count = sum(one.text in known for one in chain)
        has_and = len(chain) > 1 and _AND.search(text, chain[-2].end, chain[-1].start) is not None
        is_cast = _CASTS.search(text, max(0, chain[0].start - 40), chain[0].start) is not None
        for one in chain if len(chain) > 1 and (is_cast or count) else ():
            is_sure = len(one.words) > 1 or has_and or is_cast or count > 1
            if is_sure and (not one.is_first or len(one.words) > 1) and (count > 1 or has_and or is_cast):
                yield one.text
        chain = []


def _has_known_end(name: str, known: set[str]) -> bool:
    """Return whether more than a name was taken for one: "Picture Ida Roe", where "Ida Roe" is known."""
    words = name.split()
    return any(" ".join(words[at:]) in known for at in range(1, len(words) - 1))


def _tells_no_names(sentence: Sentence) -> bool:
    """Return whether everything is capitalised in a sentence; in a list of credits only names are."""
    return sentence.is_title_case and not _is_credit(sentence)


def _is_credit(sentence: Sentence) -> bool:
    is_long = sentence.text.count(" ") > 2 or ":" in sentence.text
    return sentence.is_heading and is_long and _CREDIT_LINE.fullmatch(sentence.text) is not None


def _parts(name: str) -> set[str]:
    """Return the short forms by which a person is called: family name, given name."""
    words = name.split()
    if len(words) < 2:
        return set()
    return {words[-1], words[0], " ".join(words[1:])} - {name}


def _find_known(text: str, known: Iterable[str]) -> Iterator[PersonMention]:
    """Return the known names in a headline, which capitalises everything."""
    names = set(known)
    for run in name_runs(text):
        words = run.text.split(" ")
        at = place = 0
        while place < len(words):
            size = next((size for size in (4, 3, 2, 1) if " ".join(words[place : place + size]) in names), 0)
            part = " ".join(words[place : place + max(size, 1)])
            start = run.start + at
            if size and text[start : start + len(part)] == part:
                yield PersonMention(start, start + len(part), part)
            at += len(part) + 1
            place += max(size, 1)


def _full_names(known: Iterable[str]) -> dict[str, str]:
    """Return each name with the fullest form that is meant by it."""
    names = sorted(known)
    full = {name: name for name in names}
    owners: dict[str, set[str]] = {}
    for name in names:
        for part in _parts(name):
            owners.setdefault(part, set()).add(name)
    for name in names:
        theirs = owners.get(name, set())
        if len(theirs) > 1:
            theirs = {one for one in theirs if one.endswith(f" {name}")}
        if len(theirs) == 1:
            full[name] = theirs.pop()
    return {name: full.get(full[name], full[name]) for name in names}
