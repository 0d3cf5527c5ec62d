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
    r"\b(?:known (?:for|to)|well[- ]known|previously|most recently|last seen|(?:was|were) recently|recently (?:starred|"
    r"appeared|seen|wrapped|completed|played|directed|won)|(?:his|her|their) (?:\w+ )?debut|rose to|shot to|fame|"
    r"popularity|nominat\w+|won (?:an?|the|best|her|his)|credits? include\w*|other credits|was born|"
    r"repped|represented by|career|graduat\w+|also (?:starred|appeared|known|set to|has|recently)|"
    r"(?:next|soon|also|can) (?:be seen|appear\w*|star\w*|seen)|currently (?:seen|starring|appearing)|filmography|"
    r"(?:coming|fresh) off|returns? to the small screen|comeback|last (?:drama|project|film|work|appear\w+)|"
    r"years? (?:since|after) (?:his|her)|following (?:his|her|the (?:success|end))|upcoming (?:projects|films|credits)|"
    r"military|enlist\w*|album|concert|tour|agency)\b",
    re.IGNORECASE,
)
"""A clause about what somebody did elsewhere, where it does not name the show."""
_RELATED: Final = re.compile(rf"\b(?:based on|adapt\w+|by|from|of|behind|as|after)\b[^.;{O[1:-1]}]{{0,50}}{O}")
"""Another work that only tells what the show or its people come from."""
_REFERS: Final = re.compile(
    rf"\b(?:the|this|its|untitled|new|upcoming|forthcoming) (?:[\w'-]+ ){{0,4}}?(?:{KIND}|cast|story|plot|title|"
    r"ensemble|synopsis|season)\b|\b(?:it|filming|production) (?:is|was|will|has|stars|follows|tells|also|began|starts|"
    r"premieres|centers)\b",
    re.IGNORECASE,
)
"""The show by another word."""
_NEW: Final = re.compile(rf"\b(?:new|upcoming|forthcoming) (?:[\w'-]+ ){{0,4}}?{KIND}\b", re.IGNORECASE)
_TURNS: Final = re.compile(r"\W*(?:meanwhile|elsewhere|separately|in other|in the meantime)\b", re.IGNORECASE)
_CUTS: Final = re.compile(r"; | — | – | - |, (?:while|whereas|but)\b|, and (?=(?:he|she|they|it)\b)")
_ASIDE: Final = re.compile(
    rf"\([^()]*{W}[^()]*\)|(?:,? )?(?:who|whose|which) (?:[\w'-]+ )?(?:is|was|has|have|had|previously|recently|made|"
    rf"starred|appeared|played|won|rose|wrote|directed|first)\b[^,;()]{{0,120}}?{O}[^,;.()]{{0,60}}|"
    r"(?:,? )?(?:best |well[- ]|widely )?known (?:for|to|from|as)\b"
    r"(?:(?!, (?:is|are|was|will|has|to|who)\b)[^;.()]){0,160}|"
    rf"(?:following|after|since|before|(?:fresh|coming) off) [^,;.()]{{0,80}}?{O}|(?:seen|starred|appeared) "
    rf"in [^,;.(){T[1:-1]}]{{0,30}}{O}(?:(?:,| and|, and) {O})*(?:,? (?:with|opposite|alongside) [^;.()]{{0,80}})?"
)
"""A part of a clause about what somebody did elsewhere."""
_CHARACTER: Final = re.compile(rf"\b(?:plays?|playing|portray\w+|as|roles? of|named|character) (?:\w+ )?{O}(?:'s)?")
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
            state = _next(state, tagged.text[start:end])
            if number < 2 and state.whose is Whose.UNCLEAR and not has_title:
                state = _State(Whose.THIS)
            clauses.append(Clause(start, end, state.whose))
        scopes.append(clauses)
    return scopes


def _next(state: _State, text: str) -> _State:
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
    return state


def find_asides(tagged: TaggedSentence) -> list[tuple[int, int]]:
    """Return the parts of a sentence with signs that are about what somebody did elsewhere."""
    return [match.span() for match in _ASIDE.finditer(tagged.text) if not re.search(T, match[0])]


def _cut(text: str) -> list[tuple[int, int]]:
    places = [0, *(match.start() for match in _CUTS.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(places) if end > start]
