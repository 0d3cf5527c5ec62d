"""Whose clause it is: about the show, about another work or somebody's life, or unclear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import O, P, T, TaggedSentence, W


class Whose(Enum):
    """What a clause is about."""

    THIS = "this"  # the show, by its title or as "the series"
    OTHER = "other"  # another work, or the life of somebody
    UNCLEAR = "unclear"


class Clause(NamedTuple):
    """A part of a sentence, and what it is about."""

    start: int  # in the text with signs
    end: int
    whose: Whose


LIFE: Final = re.compile(
    r"\b(?:best known|known for|well[- ]known|known to|previously|most recently|last seen|was recently|recently "
    r"(?:starred|appeared|seen|wrapped|finished|completed|played|directed|made|won|concluded)|made (?:his|her|their) "
    r"(?:\w+ )?debut|debuted (?:as|in (?:19|20)\d\d)|rose to|rise to|shot to|gained (?:fame|popularity|recognition)|"
    r"fame|nominat\w+|won (?:an?|the|two|three|best|her|his)|credits? include\w*|other credits|was born|born in|"
    r"repped|represented by|is with|career|graduat\w+|also (?:starred|appeared|known|set to (?:star|appear)|starring|"
    r"be seen|has|recently|working on|filming)|next (?:be seen|appear\w*|star\w*|seen)|(?:will|can) (?:next|also|soon|"
    r"currently) be (?:seen|heard)|can be seen|currently (?:seen|starring|appearing|can be)|filmography|resume|"
    r"coming off|hot off|fresh off|past works?|earlier works?|her work in|his work in|returns? to the small screen|"
    r"comeback|last (?:drama|project|film|work|appear\w+)|years? (?:since|after) (?:his|her)|following (?:his|her|the "
    r"(?:success|end|finale))|upcoming (?:projects|films|credits)|military|enlist\w*|album|concert|tour|agency)\b",
    re.IGNORECASE,
)
"""A clause about what somebody did elsewhere, where it does not name the show."""
_RELATED: Final = re.compile(
    rf"(?:based (?:on|upon)|adapt\w+|remake|version|reboot|revival|sequel|prequel|spin-?off|inspired|novels?|webtoon|"
    rf"manga|book|comics?|memoir|play|game|franchise|universe|author|story|original)\b[^{O[1:-1]}]{{0,60}}{O}|"
    rf"{O}(?:'s)? (?:novel|webtoon|manga|book|memoir|franchise|universe|author|spin-?off|sequel|prequel|remake)|"
    rf"(?:creators?|directors?|writers?|producers?|makers|team|duo|star|stars|alum|behind|author|showrunner|studio|"
    rf"helmer|scribe|PD|hit|by|from|like|as|after|replac\w+|timeslot|slot)\b[^.;{O[1:-1]}]{{0,50}}{O}|"
    rf"{O}(?:'s)?(?: and {O})? (?:star|alum|creator|director|writer|actor|actress|producer|breakout|helmer|scribe|fame|"
    rf"veteran|team|makers|duo|showrunner|boss|EP)"
)
"""Another work that only tells what the show or its people come from."""
_REFERS: Final = re.compile(
    rf"\b(?:the|this|its|untitled|new|upcoming|forthcoming) (?:[\w'-]+ ){{0,4}}?(?:{KIND}|cast|story|plot|title|"
    rf"production|pilot|adaptation|ensemble|synopsis|logline|premise|first season|season)\b|"
    rf"\b(?:it|the ensemble|filming|production|shooting) (?:is|was|will|has|stars|follows|tells|also|begins|began|"
    rf"started|starts|premieres|centers|revolves|marks)\b",
    re.IGNORECASE,
)
"""The show by another word."""
_NEW: Final = re.compile(rf"\b(?:new|upcoming|forthcoming) (?:[\w'-]+ ){{0,4}}?{KIND}\b", re.IGNORECASE)
_TURNS: Final = re.compile(
    r"\W*(?:meanwhile|elsewhere|separately|in other|in the meantime|on the other hand|also in the works)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\W*(?:he|she|they|his|her|their|the (?:actor|actress|star|singer|pair|duo|director))\b", re.IGNORECASE
)
_CUTS: Final = re.compile(r"; | — | – | - |, (?:while|whereas|but)\b|, and (?=(?:he|she|they|it)\b)")
_ASIDE: Final = re.compile(
    rf"\([^()]*{W}[^()]*\)|(?:,? )?(?:who|whose|which) (?:[\w'-]+ )?(?:is|was|are|were|has|have|had|previously|"
    r"recently|also|made|starred|appeared|played|gained|won|rose|wrote|directed|created|first|most)\b"
    rf"[^,;()]{{0,120}}?{O}[^,;.()]{{0,60}}|(?:,? )?(?:best |well[- ]|mostly |widely )?known (?:for|to|from|as)\b"
    r"(?:(?!, (?:is|are|was|will|has|have|to|who)\b)[^;.()]){0,160}|"
    rf"(?:following|after|since|before|fresh off|coming off) [^,;.()]{{0,80}}?{O}|(?:seen|starred|appeared|featured) "
    rf"in [^,;.(){T[1:-1]}]{{0,30}}{O}(?:(?:,| and|, and) {O})*(?:,? (?:with|opposite|alongside) [^;.()]{{0,80}})?"
)
"""A part of a clause about what somebody did elsewhere."""


_CHARACTER: Final = re.compile(
    rf"\b(?:plays?|playing|portray(?:s|ed|ing)|as|roles? of|named|character|voic(?:es|ing)) (?:\w+ )?{O}(?:'s)?"
)
"""A name of one word behind these is a character's, though it may look like a title."""


class _State(NamedTuple):
    """What the text is about up to a place."""

    whose: Whose = Whose.UNCLEAR
    is_life: bool = False  # about what somebody did elsewhere
    is_final: bool = False  # until the show is named again


def find_scopes(sentences: Sequence[TaggedSentence], *, has_title: bool) -> list[list[Clause]]:
    """Return the clauses of each sentence; what a clause is about lasts until another subject or line comes."""
    state, line = _State(), -1
    scopes = []
    for number, tagged in enumerate(sentences):
        if tagged.sentence.line != line and state.whose is Whose.OTHER and not state.is_final:
            state = _State()
        line = tagged.sentence.line
        clauses = []
        for start, end in _cut(tagged.text):
            state = _next(state, tagged.text[start:end], is_begun=start > 0)
            if number < 2 and state.whose is Whose.UNCLEAR and not has_title:
                state = _State(Whose.THIS)
            clauses.append(Clause(start, end, state.whose))
        scopes.append(clauses)
    return scopes


def _next(state: _State, text: str, *, is_begun: bool) -> _State:
    """Return what a clause is about, after what was before it."""
    bare = _CHARACTER.sub(" ", _ASIDE.sub(" ", text))
    has_other = re.search(O, bare) is not None
    if re.search(T, bare):
        return _State(Whose.THIS)
    if _TURNS.match(text) and (has_other or re.search(P, text)):
        return _State(Whose.OTHER, is_final=True)
    if state.is_final:
        return state
    if has_other and not _RELATED.search(bare):
        return _State(Whose.OTHER, is_life=bool(LIFE.search(bare)))
    refers = _REFERS.search(bare)
    if LIFE.search(bare) and not refers:
        return _State(Whose.OTHER, is_life=True)
    if _NEW.search(bare) or (refers and (state.whose is not Whose.OTHER or state.is_life)):
        return _State(Whose.THIS)
    if state.is_life and not is_begun and not _GOES_ON.match(text):
        return _State()
    return state


def find_asides(tagged: TaggedSentence) -> list[tuple[int, int]]:
    """Return the parts of a sentence with signs that are about what somebody did elsewhere."""
    return [match.span() for match in _ASIDE.finditer(tagged.text) if not re.search(T, match[0])]


def _cut(text: str) -> list[tuple[int, int]]:
    places = [0, *(match.start() for match in _CUTS.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(places) if end > start]
