"""Where something that looks like the name of a work stands: in quotation marks, or in capital letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clipper.article.sentences import Sentence
from tracker.clipper.language.lexicon import KIND_NOUNS, NETWORK, NO_NAMES, OTHER_WORK, PLACES
from tracker.clipper.language.names import TOKEN
from tracker.clipper.titles.phrases import (
    AFTER,
    AFTER_WEAK,
    ARTICLES,
    CONNECTORS,
    CUES_AFTER,
    DAYS,
    ENDS_BEFORE,
    HOUSE,
    KIND_AFTER,
    LABEL,
    NOT_IT,
    NOUN_BEFORE,
    OF_NETWORK,
    OWNED,
    PART_IN,
    QUOTED,
    ROLE_IN,
    SMALL,
    SOURCE_AFTER,
    TRADE_BEFORE,
)


class Mention(NamedTuple):
    """A place where something that looks like a title stands."""

    text: str
    start: int
    """In the article's text; without quotation marks."""
    sentence: Sentence
    is_quoted: bool
    score: float
    is_named: bool = False
    """Whether the word before says that it is a work: "the drama …"."""


def quoted(sentence: Sentence) -> Iterator[Mention]:
    """Read what stands in quotation marks and is written as titles are."""
    line = sentence.text
    for match in QUOTED.finditer(line):
        kind = match.lastgroup or ""
        words = match[kind]
        start = match.start(kind)
        bare = words.rstrip(" ,.;") if not words.endswith("...") else words
        if (not looks_like_title(bare) and kind != "e") or (
            re.fullmatch(r"[A-Z]\w+\.? \d{1,2}", bare) and bare.split()[0].casefold() in DAYS
        ):
            continue
        before, after = line[max(0, match.start() - 90) : match.start()], line[match.end() : match.end() + 170]
        if " " not in bare and re.match(r" [A-Z]", after) and re.search(r"(?:[A-Z]\w+|and|,) $", before):
            continue
        if re.search(
            r"(?:said|says|added|tagline|caption|slogan|reads?|wrote|nicknamed|dubbed|hashtag|song|single|album|"
            r"chapter|episode|titled? episode)[:,]?(?: \w+){0,2} ?$",
            before,
            re.IGNORECASE,
        ) and not re.search(rf"{KIND_NOUNS} $", before):
            continue
        score = 2.0 + _cues(before, after) - 3 * bool(OTHER_WORK.search(line))
        yield Mention(bare, sentence.start + start, sentence, True, score)


def looks_like_title(words: str) -> bool:
    """Return whether quoted words are written as titles are: in title case, and no sentence."""
    tokens = [match[0] for match in TOKEN.finditer(words) if match[0] != "s"]
    if (
        not tokens
        or len(tokens) > 14
        or not (words[0].isupper() or words[0].isdigit() or words[0] in "#(.¡¿" or not words[0].isascii())
    ):
        return False
    if words.endswith("?") is False and words.endswith((".", "!")) and len(tokens) > 8:
        return False
    long = [word for word in tokens if word.casefold() not in SMALL]
    capital = sum(word[0].isupper() or word[0].isdigit() or not word[0].isascii() for word in long)
    return bool(long) and capital >= 0.75 * len(long)


def _cues(before: str, after: str) -> float:
    score = 0.0
    before = re.sub(r"[\"“'‘]\s?$", "", before)
    if _MADE_INTO.match(after):
        score += 3
    elif NOT_IT.search(before[-44:]):
        score -= 5
    elif NOUN_BEFORE.search(before[-44:]):
        score += 3.5
    elif ROLE_IN.search(before[-50:]):
        score += 1.5
    if re.match(r"[”\"'’]? fame\b", after):
        score -= 6
    if before.endswith("(") or re.search(r"\([^)]{0,80}$", before):
        score -= 5
    if re.match(r" (?:won|picked up|ran\b|ended|became a hit|was a hit|earned)", after):
        score -= 3
    if _NATIVE.match(after):
        score += 2
    if AFTER.match(after[:160]):
        score += 3
    elif AFTER_WEAK.match(after[:30]):
        score += 1
    if re.match(r"\)|,? and [\"“'‘]|, [\"“'‘]", after):
        score -= 0.5
    return score


_MADE_INTO: Final = re.compile(
    r"[”\"'’]? (?:(?:is |are |will |set |to |be |being )*(?:made|adapted|turned) (?:into|as|for)|(?:to get|gets?|"
    r"is getting|"
    r"will get|receives?) (?:an? |its )?(?:own )?(?:[\w-]+[ -]){0,3}?(?:adaptation|drama|series|film|anime|"
    r"treatment|remake|version))\b"
)
"""Words behind a novel or webtoon of which a show is made: the show is called the same."""
_NATIVE: Final = re.compile(r"[”\"’']? \((?:[^()]{0,40}?)[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}")
"""A title in its own script in parentheses."""


def is_plain(line: str) -> bool:
    """Return whether a heading is written like a sentence, so that capital letters tell names."""
    if LABEL.match(line):
        return True
    long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].islower() for word in long) >= 0.4 * len(long)


def loose(sentence: Sentence) -> Iterator[Mention]:
    """Read runs of capitalised words that may be titles, whole and cut at their small words."""
    """Return runs of capitalised words that may be titles that are not marked as such."""
    line = sentence.text
    tokens = [match for match in TOKEN.finditer(line) if match[0] != "s" or line[match.start() - 1] not in "'’"]
    at = 0
    named: dict[int, bool] = {}
    is_other = bool(OTHER_WORK.search(line))
    while at < len(tokens):
        if not _opens(tokens[at][0]) or _is_kind(tokens, at):
            at += 1
            continue
        last = at
        here = at + 1
        while here < len(tokens) and here - at < 12:
            gap = line[tokens[here - 1].end() : tokens[here].start()]
            if tokens[here][0].casefold() in DAYS and (
                tokens[here - 1][0] in CONNECTORS or re.match(r"\W{1,2}\d", line[tokens[here].end() :])
            ):
                break
            if gap not in (" ", "'s ", "’s ", ": ", "! ", "'", "’", " & ", ", ", "? ") or (
                gap in (", ", ": ") and not _comma_inside(line, tokens, at, here)
            ):
                break
            if _opens(tokens[here][0]) or (tokens[here][0].isdigit() and gap == " "):
                last = here
            elif tokens[here][0] not in CONNECTORS:
                break
            here += 1
        for first, end in _cuts(line, tokens, at, last):
            start, stop = tokens[first].start(), tokens[end].end()
            if stop < len(line) and line[stop] in "!?" and line[stop + 1 : stop + 2] in (" ", ",", ""):
                stop += 1 if line[stop + 1 : stop + 3].lstrip()[:1].islower() or line[stop + 1 : stop + 2] == "," else 0
            words = line[start:stop]
            score = _loose_score(line, tokens, first, end, start, stop) if first <= end else None
            if score is not None:
                is_cut = (first, end) != (at, last)
                if start not in named:
                    named[start] = _is_named_before(line[max(0, start - 60) : start])
                is_named = named[start] or bool(KIND_AFTER.match(line[stop : stop + 120]))
                yield Mention(
                    words, sentence.start + start, sentence, False, score - 0.8 * is_cut - 3 * is_other, is_named
                )
        at = last + 1


def _is_named_before(before: str) -> bool:
    return bool(
        (NOUN_BEFORE.search(before[-44:]) and not before.endswith(", "))
        or OF_NETWORK.search(before)
        or PART_IN.search(before)
    )


def _opens(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and (len(word) > 1 and not word.isdigit()))


def _is_kind(tokens: list[re.Match[str]], at: int) -> bool:
    """Return whether a capitalised word only says what kind of work follows: "the C-drama The Last Seal"."""
    return (
        tokens[at][0].casefold()
        in ("k-drama", "c-drama", "j-drama", "kdrama", "cdrama", "bl", "gl", "tv", "sci-fi", "k-dramas")
        and at + 1 < len(tokens)
        and _opens(tokens[at + 1][0])
    )


def _comma_inside(line: str, tokens: list[re.Match[str]], at: int, here: int) -> bool:
    """Return whether a comma or colon can be part of the title: only the colon can be told."""
    gap = line[tokens[here - 1].end() : tokens[here].start()]
    return gap == ": " and _opens(tokens[here][0]) and here - at <= 5 and tokens[at].start() > 0


def _cuts(line: str, tokens: list[re.Match[str]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Return the whole run, and what is left of it when it is cut at its small words."""
    start = first
    while (
        start < last
        and tokens[start][0].casefold() in NO_NAMES
        and tokens[start].start() == 0
        and tokens[start][0]
        not in (
            "The",
            "A",
            "An",
            "My",
            "Our",
            "His",
            "Her",
            "Your",
            "No",
            "When",
            "Love",
            "Good",
            "First",
            "Little",
            "Big",
        )
    ):
        start += 1
    yield start, last
    for at in range(start + 1, last + 1):
        word = tokens[at][0]
        if line[tokens[at - 1].end() : tokens[at].start()] in ("'s ", "’s "):
            yield at, last
            yield start, at - 1
        if at < last and word in ("in", "for", "of", "to", "with", "and", "on", "from", "by") and at < last:
            # "Keanu Reeves in The Long Night" has "The Long Night".
            yield at + 1, last
            yield start, at - 1


def _loose_score(line: str, tokens: list[re.Match[str]], first: int, end: int, start: int, stop: int) -> float | None:
    """Return how much the words around a run speak for a title, None for what cannot be one."""
    words = line[start:stop]
    if end < first or tokens[first][0].casefold() in DAYS or words in PLACES or len(words) < 2:
        return None
    inner = [match[0] for match in tokens[first : end + 1]]
    if NETWORK.fullmatch(words) or inner[0] in CONNECTORS or inner[-1] in CONNECTORS:
        return None
    if len(inner) < 2 and inner[0].casefold() in NO_NAMES:
        return None
    before, after = line[max(0, start - 90) : start], line[stop : stop + 170]
    return _around(before, after) + _inside(line, words, inner, start, after)


def _around(before: str, after: str) -> float:
    cues = sum(weight for pattern, weight in CUES_AFTER if pattern.match(after))
    if OWNED.search(before) and SOURCE_AFTER.match(after):
        cues += 3
    if NOUN_BEFORE.search(before[-44:]):
        cues += 3.5
    elif re.search(r"(?:in|of|for|on)\s$", before) and ROLE_IN.search(before[-50:]):
        cues += 1.5
    if AFTER.match(after[:160]):
        cues += 3
    elif AFTER_WEAK.match(after[:30]):
        cues += 0.5
    if NOT_IT.search(before[-44:]) or re.search(r"\([^)]{0,80}$", before):
        cues -= 4
    return cues - 3 * bool(TRADE_BEFORE.search(before[-24:]))


def _inside(line: str, words: str, inner: list[str], start: int, after: str) -> float:
    cues = 0.0
    if re.match(r"['’]s [A-Z]", after):
        cues -= 2 * (len(inner) in (2, 3))
    if re.match(r"['’]s (?:star )?[A-Z]", after) and any(word in CONNECTORS for word in inner):
        cues -= 4
    if not start and len(inner) > 1 and inner[0] in ("The", "A") and inner[1].casefold() not in NO_NAMES:
        cues += 1
    if inner[0] in ARTICLES and start and line[start - 1] == " " and line[start - 2 : start - 1] not in ENDS_BEFORE:
        cues += 2.5
    if NETWORK.match(words):
        cues -= 3
    if re.search(r"['’]s [A-Z]", words) and inner[0] not in ("The", "A", "My", "Our"):
        cues -= 1.5
    return cues - 3 * any(HOUSE.fullmatch(word) for word in inner)
