"""The people that an article names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from tracker.clipper.lexicon import (
    ASIAN_SURNAMES,
    COMMON_NETWORKS,
    FAMILY_NAMES,
    GIVEN_NAMES,
    NETWORK,
    ORGANISATION,
    PARTICLES,
    PLACES,
)
from tracker.clipper.names import NameRun, name_runs
from tracker.clipper.text import Sentence

_DOES_SO: Final = re.compile(
    r",? who |,? (?:\d\d|aged \d\d)\b|'s (?:agency|character|role)|[ -](?:starrer|directed|led)\b|"
    r"(?: (?:will|would|is|has|have|are|been|to|set|also|be|in talks)){0,6},? (?:as (?=[A-Z])|play(?:s|ed|ing)?|"
    r"portray\w*|voic(?:e|es|ed|ing)|repris\w+|pens?|helm\w*|writ(?:es|ing|ten)|wrote|direct(?:s|ed|ing)?|cast|tapped|"
    r"said|says|told|tells|join(?:s|ed|ing)?|starred|lead|appear(?:s|ed|ing)?|star(?:s|ring)?(?! [A-Z])|returns? as)\b"
)
"""What people do."""
_IS_SO: Final = re.compile(
    r"\b(?:actor|actress|director|(?:screen)?writer|singer|idol|rapper|comedian|filmmaker|creator|producer|PD|"
    r"starring|star|co-star|by|opposite|alongside|with|Mr\.|Ms\.|newcomer|-old|nominee|winner|member)s?[: ] ?$",
    re.IGNORECASE,
)
"""Words behind which a name is a person's."""
_NO_PERSON: Final = re.compile(
    r"\b(?:the|an?|studios?|agency|company|channel|magazine|platform|in|at|from|stars? of|sequel to|remake of|"
    r"adaptation of|titled|called|series|dramas?|films?|movie|(?:such as|like|including)) $",
    re.IGNORECASE,
)
"""Words behind which a name is that of a thing."""
_LIST_GAP: Final = re.compile(
    r"(?: ?\([^()]{0,120}\))?(?:[,;] (?:and |& )?| and | & |/ ?)(?:(?:actor|actress|newcomer|star)s? )?"
)
"""What stands between the names of a list."""
_CASTS: Final = re.compile(
    r"\b(?:cast|ensemble|starring|stars|actors|featuring)"
    r"(?: (?:is|that|also|which|including|includes?|of|with|members)){0,3} $"
)
_CAPITALS: Final = r"[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30}){0,3}"
_CREDIT_LINE: Final = re.compile(
    rf"\W{{0,4}}(?:{_CAPITALS} ?(?:as|-|–|—|:|(?:portrayed|played|voiced) by)|"
    r"(?:\w+ ){0,2}(?:[Dd]irect|[Ss]creenplay|[Ss]cript|[Ww]rit)\w*(?: by|:)) "
    rf"{_CAPITALS}\W{{0,4}}"
)
"""A line that is one credit: "Ida Roe as Ann Doe", "Director: Ida Roe"."""
_MORAE: Final = re.compile(
    r"(?:(?:[kgsztdnhbpmrwjf]|[kgnhbpmr]?y|sh|ch|ts|)[aiueoōū]|n(?![aiueo])|t(?=ch))+", re.IGNORECASE
)
"""A word that can be Japanese."""
_MOST_WORDS: Final = 5


_INITIALS: Final = re.compile(r"(?:[A-Z]\.){1,3}")


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
    has_family_name = caps[-1] in FAMILY_NAMES or (caps[-1] in ASIAN_SURNAMES and len(caps) == 2)
    return is_asian or is_japanese or caps[0] in GIVEN_NAMES or has_family_name or bool(_INITIALS.fullmatch(caps[0]))


def _begins_with_network(words: Sequence[str]) -> bool:
    match = NETWORK.match(words[0])
    return match is not None and match[0] not in COMMON_NETWORKS


def _may_be_person(words: Sequence[str]) -> bool:
    text = " ".join(words)
    return (
        len(words) <= _MOST_WORDS
        and text not in PLACES
        and words[0] not in ("My", "The")
        and (not ORGANISATION.search(text) or text == "Park")
        and not NETWORK.fullmatch(text)
        and not any(char.isdigit() for char in text)
        and all(word[0].isalpha() for word in words)
    )


def _runs(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> Iterator[NameRun]:
    for run in name_runs(sentence.text):
        is_taken = any(run.start < end and run.end > start for start, end in spans)
        if not is_taken and _may_be_person(run.words) and not _begins_with_network(run.words):
            yield run


def _known_people(sentences: Sequence[Sentence], runs: Sequence[Sequence[NameRun]]) -> frozenset[str]:
    """Return the runs that are people's names: by their form, by what they do, by those they are listed with."""
    told = [pair for pair in zip(sentences, runs, strict=True) if not _tells_no_names(pair[0])]
    known = {run.text for sentence, found in told for run in found if _is_full_name(sentence, run)}
    parts = {part for name in known for part in _parts(name)}
    inside = {run.text for _, found in told for run in found if not run.is_first}
    """What is capitalised inside of a sentence, where only names are."""
    for sentence, found in told:
        for run in found:
            if len(run.words) == 1 and run.text in inside:
                known |= {run.text} if run.text in parts or _DOES_SO.match(sentence.text, run.end) else set()
        known.update(_listed(sentence.text, found, known))
    return frozenset(known)


def _is_full_name(sentence: Sentence, run: NameRun) -> bool:
    """Return whether a run is a full name, by its form or by what is told of it."""
    if _is_credit(sentence):
        return True
    before = sentence.text[max(0, run.start - 24) : run.start]
    is_thing = _NO_PERSON.search(before) is not None
    if is_name_of_person(run.words):
        return not is_thing or run.words[0] in GIVEN_NAMES
    is_told = _IS_SO.search(before) or _DOES_SO.match(sentence.text, run.end)
    return len(run.words) > 1 and not is_thing and is_told is not None


def _listed(text: str, found: Sequence[NameRun], known: set[str]) -> Iterator[str]:
    """Return who stands in a list with people or behind "cast including": "Uhm Jung Hwa, Rain and Tabu"."""
    chain: list[NameRun] = []
    for run, after in zip_longest(found, found[1:]):
        chain.append(run)
        if after is not None and _LIST_GAP.fullmatch(text, run.end, after.start):
            continue
        count = sum(one.text in known for one in chain)
        is_cast = _CASTS.search(text, max(0, chain[0].start - 40), chain[0].start) is not None
        if len(chain) > 1 and (is_cast or count > 1 or (count and " and " in text[chain[-2].end : chain[-1].start])):
            yield from (one.text for one in chain if not one.is_first or len(one.words) > 1)
        chain = []


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


def _find_known(text: str, names: frozenset[str]) -> Iterator[PersonMention]:
    """Return the known names in a headline, which capitalises everything: of those that overlap the longest."""
    for run in name_runs(text):
        places = [match.span() for match in re.finditer(r"[^ ]+", run.text)]
        while places:
            sizes = (size for size in (4, 3, 2, 1) if run.text[places[0][0] : places[:size][-1][1]] in names)
            size = next(sizes, 0)
            if size:
                start, end = run.start + places[0][0], run.start + places[:size][-1][1]
                yield PersonMention(start, end, text[start:end])
            places = places[max(size, 1) :]


def _full_names(known: frozenset[str]) -> dict[str, str]:
    """Return each name with the fullest form that is meant by it."""
    owners: dict[str, set[str]] = {}
    for name in known:
        for part in _parts(name):
            owners.setdefault(part, set()).add(name)
    full = {}
    for name in known:
        theirs = owners.get(name, set())
        theirs = theirs if len(theirs) == 1 else {one for one in theirs if one.endswith(f" {name}")}
        full[name] = next(iter(theirs)) if len(theirs) == 1 else name
    return {name: full[full[name]] for name in known}
