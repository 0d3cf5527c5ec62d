"""The title: what the article is about, among everything that looks like the name of a work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clip.lexicon import KIND_NOUNS, NETWORK, NO_NAMES, OTHER_WORK, PLACES
from tracker.clip.passage import Passage, Sentence
from tracker.clip.title_phrases import (
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
from tracker.clip.words import TOKEN


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


class Title(NamedTuple):
    """Something that looks like the name of a work."""

    text: str
    score: float
    mentions: tuple[Mention, ...]
    is_quoted: bool

    @property
    def first(self) -> Mention:
        """The mention that tells most, the first of equals."""
        return max(self.mentions, key=lambda one: (not one.sentence.is_heading, one.score))


def titles_in(passage: Passage, people: frozenset[str] = frozenset()) -> tuple[Title, ...]:
    """Return what looks like titles, the likeliest first.

    Args:
        passage: The article.
        people: What is certainly a person's name.
    """
    quoted = [mention for one in passage.news for mention in _quoted(one, passage.text)]
    spots = {at for mention in quoted for at in range(mention.start, mention.start + len(mention.text))}
    loose = [
        mention
        for one in passage.news
        if not one.is_heading or is_plain(one.text)
        for mention in _loose(one, passage.text)
    ]
    found: dict[str, list[Mention]] = {}
    for mention in quoted:
        found.setdefault(key(mention.text), []).append(mention)
    quoted_keys = set(found)
    for mention in loose:
        name = key(mention.text)
        if mention.start in spots:
            continue
        if " " not in name and mention.start == mention.sentence.start and not _is_subject(mention):
            continue
        if name in people or name in quoted_keys:
            if name in quoted_keys:
                found[name].append(mention)
            continue
        found.setdefault(name, []).append(mention)
    headline = next((one for one in passage.sentences if one.text == passage.headline), None)
    last = max((one.paragraph for one in passage.news), default=0)
    asides = " ".join(key(one.text) for one in passage.sentences if one.is_aside)
    titles = [_judged(name, mentions, headline, name in quoted_keys, asides, last) for name, mentions in found.items()]
    return tuple(sorted(titles, key=lambda one: -one.score))


def _is_subject(mention: Mention) -> bool:
    """Return whether a word at the beginning of a sentence is more than its first word: a verb follows it."""
    after = mention.sentence.text[len(mention.text) :]
    return (
        bool(re.match(r"(?:['’]s|,| (?:is|was|will|has|had|follows|stars|tells|premieres|airs|wraps|to)\b)", after))
        or not after
    )


def key(title: str) -> str:
    """Return the form by which two spellings of a title are the same."""
    return re.sub(r"[^\w]+", " ", title.casefold().replace("’", "'")).strip()


def _judged(
    name: str, mentions: list[Mention], headline: Sentence | None, is_quoted: bool, asides: str, last: int
) -> Title:
    best = max(mentions, key=lambda one: one.score)
    score = sum(sorted((one.score for one in mentions), reverse=True)[:5])
    score += min(len(mentions), 6) * 0.8
    if headline is not None and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", key(headline.text)):
        score += 6 if is_quoted or (" " in name and any(one.is_named for one in mentions)) else 4
    first = min(one.sentence.paragraph for one in mentions)
    score += 2.5 if first <= 1 else 1.5 if first <= 2 else 0.5 if first <= 4 else 0
    if name in asides:
        score += 1.5
    if not is_quoted:
        score -= _likeness(best.text, mentions)
    if headline is not None and first >= 4 and first > 0.6 * last:
        score -= 2
    if len(name.split()) == 1 and not is_quoted:
        score -= 1
    text = (
        next((one.text for one in mentions if not one.text.isupper()), best.text) if best.text.isupper() else best.text
    )
    return Title(text, score, tuple(mentions), is_quoted)


def _likeness(words: str, mentions: list[Mention]) -> float:
    """Return how much a name without quotation marks looks like a person's."""
    parts = words.split()
    if re.fullmatch(r"[A-Z][\w-]+ (?:[A-Z][\w-]+ ?){1,2} ?(?:and|&) [A-Z][\w-]+(?: [A-Z][\w-]+){1,2}", words):
        return 5
    if (
        any(part.islower() or part in ("The", "A", "An", "My", "Our") or part[0].isdigit() for part in parts)
        or not 2 <= len(parts) <= 3
    ):
        return 0
    if re.fullmatch(r"[A-Z]\w+-[A-Za-z]\w+", parts[-1]):
        return 8
    if any(one.is_named for one in mentions):
        return 0
    if re.fullmatch(r"[A-Z]\w{1,3} [A-Z]\w{1,4} [A-Z]\w{1,4}", words):
        return 8
    if any(_in_row(one) for one in mentions):
        return 6
    alone = (
        rf"(?<!{re.escape(parts[0])} )\b{re.escape(parts[-1])}(?:['’]s|,| (?:will|is|was|has|said|told|plays|also|"
        rf"and|who|had|made|won|joins))"
    )
    return 3 + 3 * any(re.search(alone, one.sentence.text) for one in mentions)


_ROW_BEFORE: Final = re.compile(r"(?:^|[\s(])[A-Z][\w-]+ [A-Z][\w-]+(?:,? (?:and|&)|,) $")
_ROW_AFTER: Final = re.compile(r",? (?:and|&) [A-Z][\w-]+ [A-Z][\w-]+")


def _in_row(mention: Mention) -> bool:
    """Return whether it stands in a row with names of the same shape, as people do."""
    line, at = mention.sentence.text, mention.start - mention.sentence.start
    return bool(_ROW_BEFORE.search(line[:at]) or _ROW_AFTER.match(line, at + len(mention.text)))


def _quoted(sentence: Sentence, text: str) -> Iterator[Mention]:
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


def _loose(sentence: Sentence, text: str) -> Iterator[Mention]:
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
