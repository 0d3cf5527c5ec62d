"""Sightings: which shows and followed people of a list a headline or a short text names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.model.season import split_season
from tracker.model.show import Person, Show
from tracker.text import search_form

_CJK: Final = "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_HAS_CJK: Final = re.compile(f"[{_CJK}]")
_HAN_ONLY: Final = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_HIRAGANA_ONLY: Final = re.compile("[\u3041-\u309f]+")
_WORD: Final = re.compile(rf"[^\W_{_CJK}]+|&")
_SCRIPTS: Final = tuple(
    map(re.compile, ("[\uac00-\ud7a3\u1100-\u11ff]", "[\u30a0-\u30ff]", "[\u3400-\u4dbf\u4e00-\u9fff]"))
)
"""Scripts in which a word that goes on in the same letters is another word: Hangul, katakana, Han."""
_PARTICLES: Final = frozenset(
    re.findall(
        r"\S+",
        "은 는 이 가 을 를 의 에 와 과 도 로 으로 에서 에게 까지 부터 만 보다 처럼 이다 라는 이라는 란 이란 서 한테 께",
    )
)
"""What Korean puts behind a name without a space."""
_HANGUL_RUN: Final = re.compile("[\uac00-\ud7a3]*")
_QUOTED: Final = re.compile(
    r"“([^“”\n]{1,80})”|\"([^\"\n]{1,80})\"|‘((?:[^‘’\n]|’(?=\w)){1,80})’(?!\w)|(?<!\w)'((?:[^'\n]|'(?=\w)){1,80})'(?!\w)"
    r"|「([^「」\n]{1,80})」|『([^『』\n]{1,80})』|《([^《》\n]{1,80})》|〈([^〈〉\n]{1,80})〉|«([^«»\n]{1,80})»"
)
_SEQUEL: Final = re.compile(r"[ ,.!?:]*(?:(?:Part )?\d{1,2}[ ,.!?]*)?")
"""What a title may have behind it in its quotation marks."""
_SENTENCE_END: Final = re.compile(r"[.!?\n]")
_KIND_WORDS: Final = frozenset({
    "drama", "kdrama", "jdrama", "series", "miniseries", "sitcom", "show", "film", "movie", "special", "anime",
})  # fmt: skip
_LITTLE_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a about after again all am an and any are as at away back be because been before but by can come could
        d did do does down for from get go had has have he her here him his home how i if in into is it its
        just let like ll m make may me mine more most my never new no not now of off on once one only or other
        our out over own re s she should so some still such t than that the their them then there these they
        this those through to too under until up us ve very was we were what when where which while who whose
        why will with would yes you your
        """,
    )
)
"""Words that are no name however they are written, unless they stand in quotation marks."""
_ARTICLES: Final = ("a", "an", "the")
_MOST_NAMESAKES: Final = 20
"""How many entries of one title are looked at for what else of them a text names."""
_MOST_QUOTED_WORDS: Final = 8
_TITLE_CASE: Final = 0.8
"""Which part of the longer words of a line begins with a capital where all words do."""
_LONG_WORD: Final = 4


class Sighting(NamedTuple):
    """What a text names."""

    show_ids: tuple[str, ...]  # the entries of this title; () for a person
    person: str  # the name on a followed person's card; "" for a show
    start: int  # where it is named, in the text as `SightingIndex.find` compares it
    season: int | None = None  # the season that is named behind the title

    def choose(self, shows: Iterable[Show]) -> Show | None:
        """Return the entry that is meant: of the season that is named, else the latest that is not out."""
        named = [show for show in shows if show.id in self.show_ids]
        of_season = [show for show in named if self.season in (show.season, split_season(show.title)[1])]
        choices = of_season if self.season is not None and of_season else named
        return max(choices, key=lambda show: (not show.is_finished, not show.is_out, show.season or 0), default=None)


class _Word(NamedTuple):
    """A word of a title or a text in letters of an alphabet."""

    form: str
    has_capital: bool
    start: int
    end: int
    gap: str  # what is between it and the word before, without blanks


class _Named(NamedTuple):
    """A title of some entries, or a name of a followed person."""

    shows: tuple[Show, ...]
    person: Person | None
    words: tuple[_Word, ...] = ()  # () for a title that is written without spaces
    is_common: bool = False  # whether it needs a sign that it is meant as a name


class _Hit(NamedTuple):
    start: int
    end: int
    named: _Named
    first: int = -1  # the first and the last of the text's words; -1 for a title without spaces
    last: int = -1


class _Text:
    """A normalized text as it is searched, with its words, its quotations and its sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split_words(self.text)
        self.quotes = [
            next((start, end) for start, end in map(found.span, range(1, 10)) if start >= 0)
            for found in _QUOTED.finditer(self.text)
        ]
        self._phrases: set[tuple[str, ...]] | None = None

    def has_phrase(self, phrase: str, most: int = 6) -> bool:
        """Return whether a name of at most `most` words is in the text, in whatever case."""
        if _HAS_CJK.search(phrase):
            return len(phrase) > 1 and _normalize(phrase) in self.text
        if self._phrases is None:
            forms = [word.form for word in self.words]
            self._phrases = {
                tuple(forms[start:end]) for start in range(len(forms)) for end in range(start + 1, start + 1 + most)
            }
        return _word_forms(phrase) in self._phrases

    def quotation(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the quotation that a passage is in or that it is; None for none."""
        return next((span for span in self.quotes if span[0] <= start and end <= span[1]), None)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        before = max((self.text.rfind(sign, 0, start) for sign in ".!?\n"), default=-1) + 1
        after = _SENTENCE_END.search(self.text, end)
        return before, after.start() if after is not None else len(self.text)

    def long_words(self, at: int) -> list[_Word]:
        """Return the longer words of the line that a place is in."""
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        return [
            word
            for word in self.words
            if start <= word.start and (end < 0 or word.end <= end) and word.end - word.start >= _LONG_WORD
        ]

    def is_title_case(self, at: int) -> bool:
        """Return whether every longer word of the line begins with a capital, so that a capital says nothing."""
        words = self.long_words(at)
        return len(words) > 2 and sum(word.has_capital for word in words) >= _TITLE_CASE * len(words)


class SightingIndex:
    """All titles of a list and the names of its followed people, to find which of them a text names.

    Its size and the time of `find` grow with the list and the text, not with their product.

    A title or a name of two or more words counts wherever it is written as a name: with its capitals, or with more.
    One that is a single word, or little words only ("Signal", "Who Are You"), counts in quotation marks, with its
    season, or with what else is known of it: after "drama", its network before it or in its sentence, a person or
    another title of it anywhere in the text.
    Titles in Hangul and kana count from two letters on, in Han from three. Of two titles the longer one counts.
    """

    def __init__(self, shows: Iterable[Show], people: Iterable[Person] = ()) -> None:
        self._named: dict[tuple[str, ...], list[_Named]] = {}
        self._unspaced: dict[str, _Named] = {}
        self._first_names: set[str] = set()
        self._joined: dict[str, _Named] = {}
        entries: dict[str, dict[str, Show]] = {}
        for show in shows:
            for title in dict.fromkeys((show.title, show.original_title, *show.aliases)):
                for name in dict.fromkeys((title, split_season(title)[0])):
                    if name:
                        entries.setdefault(name, {})[show.id] = show
        for title, namesakes in entries.items():
            self._add(title, _Named(tuple(namesakes.values()), None))
        for person in people:
            if person.follow:
                for name in person.names:
                    self._add(name, _Named((), person))
        # Which lengths there are, the longest first, by how a title begins.
        self._lengths = _lengths_by((words[0], len(words)) for words in self._named)
        self._unspaced_lengths = _lengths_by((title[:2], len(title)) for title in self._unspaced)

    def _add(self, name: str, named: _Named) -> None:
        normal = _normalize(name)
        if _HAS_CJK.search(normal):
            is_short = len(normal) < 2 or (_HAN_ONLY.fullmatch(normal) and len(normal) < 3)
            # Japanese has no spaces: a few hiragana are in any sentence.
            is_short = is_short or (_HIRAGANA_ONLY.fullmatch(normal) is not None and len(normal) < 4)
            known = self._unspaced.get(normal)
            shows = (*known.shows, *named.shows) if known is not None else named.shows
            self._unspaced[normal] = named._replace(shows=shows, is_common=bool(is_short))
        elif words := tuple(split_words(normal)):
            is_common = " " not in normal or all(word.form in _LITTLE_WORDS for word in words)
            is_common = is_common and not re.search("[a-z][A-Z]", normal)
            is_common = is_common or _is_word_with_article(words)
            key = tuple(word.form for word in words)
            if named.person is not None and len(words) > 1:
                self._first_names.add(key[0])
                self._joined["".join(key)] = named
            self._named.setdefault(key, []).append(named._replace(words=words, is_common=is_common))

    def find(self, text: str) -> tuple[Sighting, ...]:
        """Return what a text names, each once, in its order."""
        lines = (" ".join(line.split()) for line in unicodedata.normalize("NFKC", text).split("\n"))
        read = _Text("\n".join(lines))
        sightings: dict[tuple[tuple[str, ...], str], Sighting] = {}
        for hit in self._find_hits(read):
            ids = tuple(show.id for show in hit.named.shows)
            person = hit.named.person.name if hit.named.person is not None else ""
            sighting = Sighting(ids, person, hit.start, _season_behind(read, hit))
            if (ids, person) not in sightings or sighting.start < sightings[ids, person].start:
                sightings[ids, person] = sighting
        return tuple(sorted(sightings.values(), key=lambda sighting: sighting.start))

    def find_places(self, text: str) -> list[tuple[int, int]]:
        """Return where a text names something, in its order: each place, in characters of the text as it is."""
        plain = [unicodedata.normalize("NFKC", sign) for sign in text]
        read = _Text("".join(new if len(new) == 1 else old for old, new in zip(text, plain, strict=True)))
        return sorted((hit.start, hit.end) for hit in self._find_hits(read))

    def _find_hits(self, read: _Text) -> Iterator[_Hit]:
        """Yield what is meant as a name: the longest first, then what begins first."""
        taken: list[tuple[int, int]] = []
        for hit in sorted(
            (*self._find_words(read), *self._find_unspaced(read)), key=lambda hit: (hit.start - hit.end, hit.start)
        ):
            if any(start < hit.end and hit.start < end for start, end in taken):
                continue
            if self._is_part_of_title(read, hit):
                continue
            taken.append((hit.start, hit.end))
            if not hit.named.is_common or self._is_meant(read, hit):
                yield hit

    def _find_words(self, read: _Text) -> Iterator[_Hit]:
        words = read.words
        forms = [word.form for word in words]
        for first, form in enumerate(forms):
            for length in self._lengths.get(form, ()):
                last = first + length - 1
                found = self._named.get(tuple(forms[first : last + 1]), ()) if last < len(forms) else ()
                written = tuple(words[first : last + 1])
                for named in found:
                    if is_written_as(written, named.words):
                        yield _Hit(words[first].start, words[last].end, named, first, last)

            if form in self._first_names:
                yield from self._find_split_name(words, first)

    def _find_split_name(self, words: Sequence[_Word], first: int) -> Iterator[_Hit]:
        """Yield a person whose name has its syllables apart: "Min Seo" is "Minseo"."""
        for last in range(first + 1, min(first + 4, len(words))):
            if not words[last].has_capital or words[last].gap not in ("", "-"):
                return
            named = self._joined.get("".join(word.form for word in words[first : last + 1]))
            if named is not None and words[first].has_capital:
                yield _Hit(words[first].start, words[last].end, named, first, last)

    def _find_unspaced(self, read: _Text) -> Iterator[_Hit]:
        for start in range(len(read.text) - 1):
            for length in self._unspaced_lengths.get(read.text[start : start + 2], ()):
                end = start + length
                if (named := self._unspaced.get(read.text[start:end])) is not None and _is_whole(read.text, start, end):
                    yield _Hit(start, end, named)
        for start, end in read.quotes:
            # A title of one letter is found here only.
            if end - start == 1 and (named := self._unspaced.get(read.text[start:end])) is not None:
                yield _Hit(start, end, named)

    def _is_part_of_title(self, read: _Text, hit: _Hit) -> bool:
        """Return whether a hit is a part of what is another title by its quotation marks."""
        span = read.quotation(hit.start, hit.end)
        if span is None or hit.first < 0 or span == (hit.start, hit.end):
            return False
        words = [word for word in read.words if span[0] <= word.start and word.end <= span[1]]
        is_title = len(words) <= _MOST_QUOTED_WORDS and all(
            word.has_capital or word.form in _LITTLE_WORDS for word in words
        )
        is_own = hit.start == span[0] and (
            _SEQUEL.fullmatch(read.text, hit.end, span[1]) is not None or _season_behind(read, hit) is not None
        )
        return is_title and not is_own

    def _is_meant(self, read: _Text, hit: _Hit) -> bool:
        """Return whether a title or a name that may be a common word stands there as a name."""
        named, person = hit.named, hit.named.person
        shows = named.shows[:_MOST_NAMESAKES]
        if person is not None:
            known = (*filter(_is_telling, person.known_for), person.agency)
            return any(map(read.has_phrase, filter(None, known)))
        span = read.quotation(hit.start, hit.end)
        if span is not None and span[0] == hit.start and _SEQUEL.fullmatch(read.text, hit.end, span[1]):
            return True
        if _season_behind(read, hit) is not None:
            return True
        if hit.first >= 0 and all(word.form in _LITTLE_WORDS for word in named.words):
            return False
        if _is_word_with_article(named.words):
            # “The Boys are back” is the show, “The Boys Are Back” may be anybody.
            others = [word for word in read.long_words(hit.start) if not hit.start <= word.start < hit.end]
            if not others or any(not word.has_capital and word.form not in _LITTLE_WORDS for word in others):
                return True
        titles = {title for show in shows for title in (show.title, show.original_title, *show.aliases)}
        names = (name for name in (*titles, *(name for show in shows for name in show.people)) if _is_telling(name))
        if any(read.has_phrase(name) for name in names if _normalize(name) != read.text[hit.start : hit.end]):
            return True
        if hit.first < 0:
            return False
        networks = (network for show in shows for network in show.networks)
        return self._follows_kind(read, hit) or any(self._is_beside(read, hit, network) for network in networks)

    def _follows_kind(self, read: _Text, hit: _Hit) -> bool:
        before = read.words[hit.first - 1] if hit.first > 0 else None
        if before is None or before.form not in _KIND_WORDS or read.words[hit.first].gap:
            return False
        # “This Drama Moving Fans to Tears”: where all words have capitals, the title has to end something.
        following = read.words[hit.last + 1] if hit.last + 1 < len(read.words) else None
        return following is None or bool(following.gap) or not read.is_title_case(hit.start)

    def _is_beside(self, read: _Text, hit: _Hit, network: str) -> bool:
        """Return whether a network is named in the same sentence, where a capital means a name, or right before."""
        form = _word_forms(network)
        if not form:
            return False
        start, end = read.sentence(hit.start, hit.end)
        before = tuple(word.form for word in read.words[max(0, hit.first - len(form) - 1) : hit.first])
        if before[-len(form) :] == form or (before[-1:] == ("s",) and before[:-1][-len(form) :] == form):
            return True
        if read.is_title_case(hit.start) or not read.text[start : hit.start].strip(" “\"‘'"):
            return False
        words = [word.form for word in read.words if start <= word.start and word.end <= end]
        return any(tuple(words[at : at + len(form)]) == form for at in range(len(words)))


def _is_word_with_article(words: Sequence[_Word]) -> bool:
    return len(words) == 2 and words[0].form in _ARTICLES and not words[1].gap


def split_words(text: str) -> list[_Word]:
    """Return the words of a normalized text in letters of an alphabet; each "&" is one too."""
    words: list[_Word] = []
    end = 0
    for found in _WORD.finditer(text):
        gap = text[end : found.start()].replace(" ", "") if words else ""
        word, end = found[0], found.end()
        # “In-youp” is written “In Youp” as well.
        is_joined = gap in ("-", "‐") and words[-1].has_capital
        has_capital = is_joined or not word[0].islower()
        words.append(_Word("and" if word == "&" else search_form(word), has_capital, found.start(), end, gap))
    return words


@lru_cache(maxsize=16384)
def _word_forms(name: str) -> tuple[str, ...]:
    return tuple(word.form for word in split_words(_normalize(name)))


def is_written_as(words: Sequence[_Word], title: Sequence[_Word]) -> bool:
    """Return whether words of a text, of the same letters, are written as a title is.

    A capital of the title is one in the text; a title without any has them all. Between the words is what is in the
    title, or nothing.
    """
    has_capitals = any(word.has_capital and word.form not in _LITTLE_WORDS for word in title)
    for word, wanted in zip(words, title, strict=True):
        needs_capital = wanted.has_capital if has_capitals else wanted.form not in _LITTLE_WORDS
        if needs_capital and not word.has_capital and word.form != "and":
            return False
    joints = ((word.gap, wanted.gap) for word, wanted in zip(words[1:], title[1:], strict=True))
    return all(_plain(gap) in ("", _plain(wanted)) or gap == "-" for gap, wanted in joints)


def _plain(gap: str) -> str:
    return gap.replace("’", "'").replace("‐", "-")


def _season_behind(read: _Text, hit: _Hit) -> int | None:
    """Return the season that is named right behind a title."""
    rest = read.text[hit.end : hit.end + 30].lstrip(" .,:'’\"”」』》〉")
    # As much of it as can be a season: "season 2", "s2", "시즌 2".
    parts = rest.split(" ")
    for count in (1, 2):
        found = split_season(f"x {' '.join(parts[:count]).rstrip('.,:;!?’”')}")
        if found[0] == "x" and found[1] is not None and not _is_roman(parts[0]):
            return found[1]
    return None


def _is_telling(name: str) -> bool:
    """Return whether a name is more than one word, so that it names one thing wherever it is."""
    return " " in name or _HAS_CJK.search(name) is not None


def _is_roman(word: str) -> bool:
    return word.casefold() in ("i", "v", "x")


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a passage in Hangul, kana or Han is no part of a longer word."""
    for script in _SCRIPTS:
        if start and script.match(text[start]) and script.match(text[start - 1]):
            return False
        if end < len(text) and script.match(text[end - 1]) and script.match(text[end]):
            run = _HANGUL_RUN.match(text, end)
            return run is not None and run[0] in _PARTICLES
    return True


def _normalize(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _lengths_by(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for beginning, length in pairs:
        lengths.setdefault(beginning, set()).add(length)
    return {beginning: tuple(sorted(known, reverse=True)) for beginning, known in lengths.items()}
