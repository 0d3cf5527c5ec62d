"""An article in which the show, other works, people, networks and dates are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from tracker.clipper.article.sentences import ArticleText, Sentence
from tracker.clipper.language.dates import DateMention, dates_in
from tracker.clipper.language.lexicon import NATIONS, NETWORK, PLACES, needs_context
from tracker.clipper.language.names import is_person, name_runs
from tracker.clipper.language.tagging import CHANNEL, DATE, OTHER, PERSON, RANK, SHOW, TaggedSentence, tag_sentence
from tracker.clipper.titles.mentions import is_plain
from tracker.clipper.titles.phrases import DAYS
from tracker.clipper.titles.ranking import Title, key, titles_in
from tracker.text import name_form

MOST_SIGNS: Final = 60

_Span = tuple[int, int, str, str, DateMention | None]
"""Start, end, sign, what is meant, the date that is said."""
_DOES: Final = re.compile(
    r"['’]s\b| (?:has|will|axed?|passed|ordered|orders|picked|picks|announced|said|renewed|cancel+ed|greenlit|"
    r"confirmed)\b"
)


class AnnotatedArticle:
    """An article in which the show, other works, people, networks and dates are told apart.

    Args:
        passage: The article.
        published: The day from which dates are counted.
        choose_title: Returns the title of the show that the article is about, "" for none.
        find_subject: Returns for each sentence that is news whether it is about the show.
    """

    def __init__(
        self,
        passage: ArticleText,
        published: date | None,
        choose_title: Callable[[AnnotatedArticle], str],
        find_subject: Callable[[AnnotatedArticle], tuple[bool, ...]],
    ) -> None:
        self.passage = passage
        self.published = published
        self._choose_title = choose_title
        self._find_subject = find_subject

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """What looks like titles, the likeliest first."""
        return titles_in(self.passage, self._certain)

    @cached_property
    def title(self) -> str:
        """The show that the article is about; "" for none that has a name."""
        return self._choose_title(self)

    @cached_property
    def _certain(self) -> frozenset[str]:
        """The names that are certainly people's, as title keys: somebody is said to act, direct or speak."""
        found = set()
        for one in self.passage.news:
            if one.is_heading:
                continue
            for run in name_runs(one.text):
                after = one.text[run.end : run.end + 40]
                before = one.text[max(0, run.start - 24) : run.start]
                if _SURELY_AFTER.match(after) or (len(run.words) > 1 and _SURELY_BEFORE.search(before)):
                    found.add(key(run.text))
        return frozenset(found)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Works that are not the show: in quotation marks, or after words that say so."""
        mine = key(self.title)
        own = {name_form(one) for one in (self.title, *self.aliases)}
        return tuple(one.text for one in self.titles if name_form(one.text) not in own and self._is_work(one, mine))

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Other titles of the show that stand in parentheses behind its title, or of which the article says so."""
        if not self.title:
            return ()
        mine = re.escape(self.title)
        opening = r"[“\"'‘]?"
        also = []
        for number, one in enumerate(self.titles[:40]):
            if number >= 8 and not one.is_quoted:
                continue
            other = re.escape(one.text)
            forms = (
                rf"{mine}[”\"'’]?,? \((?:[\w ]{{1,24}}:? )?{opening}{other}\b",
                rf"{other}[”\"'’]? ?\((?:[\w ]{{1,24}}:? )?{opening}{mine}\b",
                rf"(?:also known|known (?:overseas|abroad|in English|internationally)|under the title|retitled|"
                rf"renamed|now called)(?: as)? {opening}{other}\b",
            )
            if one.text != self.title and any(
                re.search(form, self.passage.text) for form in forms[: 3 if one.is_quoted else 1]
            ):
                also.append(one.text)
        return tuple(also)

    def _is_work(self, one: Title, mine: str) -> bool:
        """Return whether it is certainly a work: only then its letters are taken from names and from the show."""
        name = key(one.text)
        if name in self._certain or name in mine:
            return one.is_quoted and name not in self._certain and name not in mine
        return one.is_quoted or is_cued(one)

    @cached_property
    def capitals(self) -> dict[str, int]:
        """How often each capitalised word stands inside of a sentence, where only names are capitalised."""
        found: dict[str, int] = {}
        for one in self.passage.news:
            if not one.is_heading:
                for run in name_runs(one.text):
                    for word in run.words[run.is_first :]:
                        found[word] = found.get(word, 0) + 1
        return found

    @cached_property
    def people(self) -> dict[str, str]:
        """Each name that occurs in a sentence, with the fullest form that is meant by it."""
        full: dict[str, int] = {}
        short: set[str] = set()
        for coded in self.coded:
            for item in coded.items:
                if item.sign == PERSON:
                    if " " in item.value:
                        full[item.value] = full.get(item.value, 0) + 1
                    else:
                        short.add(item.value)
        meant = {name: name for name in full}
        turned: dict[tuple[str, ...], str] = {}
        for name in full:
            # Family name first or last: the spelling that comes first counts.
            meant[name] = turned.setdefault(tuple(sorted(name.split())), name)
        ends: dict[str, set[str]] = {}
        for name in full:
            words = name.split()
            for part in {words[-1], words[0], " ".join(words[1:])}:
                ends.setdefault(part, set()).add(name)
        for name in [*short, *full]:
            owners = {one for one in ends.get(name, ()) if one != name}
            if len(owners) > 1:
                owners = {one for one in owners if one.split()[-1] == name or one.endswith(" " + name)}
            if len(owners) == 1:
                meant[name] = owners.pop()
            else:
                meant.setdefault(name, name)
        return meant

    def full(self, name: str) -> str:
        """Return the fullest form of a name that the article has."""
        seen = name
        for _ in range(3):
            seen = self.people.get(seen, seen)
        return seen

    @cached_property
    def coded(self) -> tuple[TaggedSentence, ...]:
        """The sentences that are news, with signs."""
        return tuple(self._coded(one) for one in self.passage.news)

    @cached_property
    def about(self) -> tuple[bool, ...]:
        """For each of these sentences, whether it is about the show."""
        return self._find_subject(self)

    def _coded(self, sentence: Sentence) -> TaggedSentence:
        taken: list[_Span] = []
        used = bytearray(len(sentence.text) + 1)
        for span in sorted(self._spans(sentence), key=lambda one: (RANK[one[2]], one[0] - one[1])):
            start, end = span[:2]
            if not any(used[start:end]):
                used[start:end] = b"\1" * (end - start)
                taken.append(span)
        # What names sixty things is a list and no sentence.
        return tag_sentence(sentence, sorted(taken) if len(taken) <= MOST_SIGNS else [])

    def _spans(self, sentence: Sentence) -> Iterator[_Span]:
        line = sentence.text
        for name in (self.title, *self.aliases) if self.title else ():
            for start, end in _spots(line, name):
                yield start, end, SHOW, self.title, None
        for other in self._others_in(line):
            for start, end in _spots(line, other):
                yield start, end, OTHER, other, None
        for said in dates_in(line, self.published):
            yield said.start, said.end, DATE, line[said.start : said.end], said
        for match in NETWORK.finditer(line):
            if _is_channel(line, match):
                yield match.start(), match.end(), CHANNEL, match[0], None
        for start, end, value in self._names(sentence):
            yield start, end, PERSON, value, None

    def _others_in(self, line: str) -> Iterable[str]:
        return (one for one in self.others if one in line)

    def _names(self, sentence: Sentence) -> Iterable[tuple[int, int, str]]:
        line = sentence.text
        if sentence.is_heading and not is_plain(line):
            yield from self._names_of_heading(line)
            return
        for run in name_runs(line):
            words = run.words
            start = run.start
            if _IS_WORK.match(line, run.end) and line[:start].endswith(("the ", "The ", "hit ", "former ")):
                continue
            if _NO_PERSON.search(line[max(0, start - 20) : start]) and (
                len(words) == 1 or not line[:start].endswith((" a ", " an ", "the ", "The "))
            ):
                continue
            if _OUTLET.match(line, run.end):
                continue
            if run.is_first and len(words) == 1 and not self._is_name_at_start(words[0], line[run.end :]):
                continue
            if run.is_first and len(words) > 1 and words[0] not in self.capitals and _FIRST_WORD.fullmatch(words[0]):
                words = words[1:]
                start = run.end - len(run.text.split(" ", 1)[1])
            name = line[start : run.end]
            if words[0].startswith(("P'", "P’")) and len(words[0]) > 3:
                name = name[2:]  # what Thais call somebody older
            if is_person(words):
                yield start, run.end, name

    def _is_name_at_start(self, word: str, after: str) -> bool:
        return (
            word in self.capitals
            or bool(_SURELY_AFTER.match(after))
            or ("-" in word and word[0].isupper() and word[-1].islower() and not word.endswith("ing"))
            or bool(re.match(r",? (?:of|from) (?:the )?(?:[\w-]+ ){0,3}[A-Z0-9]{2}", after))
            or (after.startswith((" as ", " –", " -", ":")) and not word.endswith(("ed", "ing")))
        )

    def _names_of_heading(self, line: str) -> Iterable[tuple[int, int, str]]:
        """Headlines capitalise everything, so only names that sentences know count; without sentences, runs do."""
        known = self._known_names
        for run in name_runs(line):
            words = list(run.words)
            at = 0
            while at < len(words):
                for size in (4, 3, 2, 1):
                    part = " ".join(words[at : at + size])
                    if len(words) - at >= size and part in known:
                        start = line.find(part, run.start)
                        yield start, start + len(part), part
                        at += size - 1
                        break
                at += 1

    @cached_property
    def _known_names(self) -> frozenset[str]:
        found = set()
        for one in self.passage.news:
            if (
                one.is_heading
                and not is_plain(one.text)
                and not re.match(r"(?:[•*·–-] ?)?[^\W\d_][\w.'’ -]{1,40} (?:as|[-–—:(]) ?[^\W\d_]", one.text)
            ):
                continue
            for run in name_runs(one.text):
                if is_person(run.words) and (not run.is_first or len(run.words) > 1):
                    found.add(run.text)
        return frozenset(found)


_FIRST_WORD: Final = re.compile(
    r"(?:Star|Co-star|Direct|Produc|Creat|Join|Featur|Play|Return|Replac|Add|Announc|Report|Previous|Recent|"
    r"Current|Official|Sign|"
    r"Cast|Round|Lead|Head|Headlin|Help|Helm|Penn|Script|Scor|Voic|Portray|Debut|Tak|Mak|Com|Giv|Bring|Pair|"
    r"Reunit|Team|Hail|"
    r"Compos|Adapt|Bas|Set|Film|Shoot|Speak|Appear|Accord|Includ|Follow|Record|Work|Suppos|Alleg|Apparent|"
    r"Original|Final|"
    r"Actual|Interesting|Sad|Unfortunate|Happi|Lucki|Hopeful|Presumab|Probab|Real|Exclusive|Especial|Notab|"
    r"Eventual|Initial|"
    r"Separate|Similar|Meanwhil|Former|New|Titl|Call|Nam|Support|Oppos|Present|Open|Mark|Celebrat|Welcom|Confirm|"
    r"Reveal)"
    r"(?:ing|ed|ly|y)"
)
"""Words that begin sentences before names, and are no first names as Emily and Fred are."""
_SURELY_AFTER: Final = re.compile(
    r"(?:,? who | (?:is|are|will be) (?:played|portrayed|voiced) by |,? (?:said|says|told|explained)\b|"
    r" (?:will play|plays|is playing|will portray|portrays|"
    r"is set to (?:play|star|portray|lead)|is in talks|has been cast|will star|stars (?:as|opposite|alongside)|"
    r"directs\b|is directing|will direct|writes\b|wrote the|penned|helms|and \w+ (?:\w+ )?(?:will (?:star|play)|"
    r"star\b|lead\b))|['’]s (?:agency|character|label|management))"
)


_NO_PERSON: Final = re.compile(
    r"\b(?:[Tt]he|an?|[Ss]tudios?|[Aa]gency|[Ll]abel|[Cc]ompany|channel|newsletter|magazine|website|platform|app|"
    r"island of|city of|town of|province of|maker of|makers of|makers behind|maker behind|team behind|"
    r"people behind|duo behind|"
    r"seen in|starred in|star of|stars of|appeared in|credits include|\d{4}['’]s|sequel to|remake of|"
    r"adaptation of|hit with) $"
)
"""What stands before names of things, and before no name of a person."""


_OUTLET: Final = re.compile(
    r" (?:has (?:learned|learnt|been told)|can (?:confirm|reveal)|(?:exclusively )?(?:reports|reported)(?: that|,|"
    r"\.|$)|has confirmed\.|understands)|[’']s sister site"
)


_IS_WORK: Final = re.compile(
    r"(?:['’]s)? (?:star|actor|actress|alum|alums|alumni|stars|breakout|lead|helmer|director|writer|creator|"
    r"scribe|duo|co-star|franchise|team)s?\b"
)


_SURELY_BEFORE: Final = re.compile(
    r"(?:actor|actress|director|writer|screenwriter|singer|PD|starring|directed by|written by|penned by|idol|"
    r"opposite|alongside|played by)s? $",
    re.IGNORECASE,
)


_BY: Final = re.compile(r"(?:\bon|for|by|at|from|network|channel|broadcaster|streamer|to|and|,)\s$")


def _is_channel(line: str, match: re.Match[str]) -> bool:
    """Return whether a name that may be a common word is a network here."""
    before = line[max(0, match.start() - 14) : match.start()]
    return not needs_context(match[0]) or bool(_BY.search(before)) or bool(_DOES.match(line, match.end()))


def is_cued(title: Title) -> bool:
    """Return whether the words around a name that is not in quotation marks say that it is a work."""
    words = title.text.split()
    if (
        NETWORK.search(title.text)
        or re.search(r"\b(?:19|20)\d\d\b|\d$", title.text)
        or any(word.casefold() in DAYS for word in words)
    ):
        return False
    if re.fullmatch(r"[A-Z][\w-]+ (?:[A-Z][\w-]+ ?){1,2} ?(?:and|&) [A-Z][\w-]+(?: [A-Z][\w-]+){1,2}", title.text):
        return False
    if "and" in words[1:-1] and words[0] not in ("The", "A"):
        return any(one.is_named for one in title.mentions)
    if len(words) < 2:
        return False
    first = next((one for one in words if one[:1].isupper()), "")
    if first in PLACES or " ".join(words[:2]) in PLACES or words[-1].casefold() in NATIONS:
        return False
    if _NAME.match(title.text) or re.match(r"The \w+ (?:is|are) ", title.text):
        return False
    small = [at for at, word in enumerate(words) if word.islower()]
    is_phrase = bool(small) and (small[0] == 1 or words[small[0]] in ("of", "the", "to", "a"))
    is_phrase = is_phrase or (len(words) > 1 and words[0] in ("The", "A", "My"))
    return any(
        (one.is_named or (one.score <= -3 and is_phrase))
        and not _OF_SOMEBODY.search(one.sentence.text[: one.start - one.sentence.start])
        for one in title.mentions
    )


_NAME: Final = re.compile(
    r"[A-Z][a-z]+ [A-Z][a-z]+-[A-Za-z][a-z]+(?: (?:of|and|&) |$)|[A-Z][a-z]+ (?:del|van|von|da|di|bin|al|dos|"
    r"ter) [A-Z]\w+$"
)
"""What is written like a name of a person: Oh Na-kyung, Ana del Rio."""
_OF_SOMEBODY: Final = re.compile(
    r"(?:\b(?:actor|actress|star|director|singer|idol|idol-actor|comedian|rapper|model|by)s? |[A-Z]\w+['’]s |"
    r"^Starring [^.;]*)$"
)


def _spots(line: str, title: str) -> Iterable[tuple[int, int]]:
    for match in _spelling_of(title).finditer(line):
        yield match.span()


_DASHES: Final = "-‐‑‒–—―−"


@lru_cache(maxsize=512)
def _spelling_of(title: str) -> re.Pattern[str]:
    """Return what finds a title, whatever its quotes, dashes and spaces look like."""
    if not any(map(str.isalnum, title)):
        return re.compile(re.escape(title))
    pattern = ""
    for before, char, after in zip(f" {title}", title, f"{title[1:]} ", strict=False):
        is_unspaced = before > _LAST_SPACED or after > _LAST_SPACED
        if char in "'’‘ʼ´`":
            pattern += "['’‘ʼ´`]?"
        elif char in f" \u3000·・{_DASHES}":
            pattern += rf"[{_DASHES} \u3000·・]{{{0 if is_unspaced or char in _DASHES else 1},3}}"
        else:
            pattern += re.escape(char)
            pattern += " ?" if char > _LAST_SPACED and after > _LAST_SPACED else ""
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE if title.isupper() or len(title) > 8 else 0)


_LAST_SPACED: Final = "\u2e7f"
"""Behind it are the scripts of East Asia, in which spaces are not where everybody puts them."""
