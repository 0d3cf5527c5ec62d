"""The titles that an article has: where they are mentioned, and how much speaks for each."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tracker.clipper.article.sentences import ArticleText, Sentence
from tracker.clipper.titles.mentions import Mention, is_plain, loose, quoted


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


def titles_in(passage: ArticleText, people: frozenset[str] = frozenset()) -> tuple[Title, ...]:
    """Return what looks like titles, the likeliest first.

    Args:
        passage: The article.
        people: What is certainly a person's name.
    """
    marked = [mention for one in passage.news for mention in quoted(one)]
    spots = {at for mention in marked for at in range(mention.start, mention.start + len(mention.text))}
    bare = [mention for one in passage.news if not one.is_heading or is_plain(one.text) for mention in loose(one)]
    found: dict[str, list[Mention]] = {}
    for mention in marked:
        found.setdefault(key(mention.text), []).append(mention)
    quoted_keys = set(found)
    for mention in bare:
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
