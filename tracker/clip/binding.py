"""Which show a sentence is about: dates, names and verbs belong to the work that their clause names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tracker.clip.coded import Coded
from tracker.clip.lexicon import OTHER_WORK
from tracker.clip.reading import Reading

_OTHER_LEADS: Final = re.compile(
    r"^(?:(?:Meanwhile|Elsewhere|Also|In other news|Separately|Earlier|Previously|Last year|Before that|As for|"
    r"Next|Then)[, ]+)?(?:(?:his|her|their|the|its|another|hit|The|His|Her|A|Another|previous|last|recent|drama|"
    r"series|film|movie|Ⓝ['’]s?) ){0,4}"
    r"Ⓞ(?:,? (?:and|&) Ⓞ)*(?:,| (?:is|was|will|has|had|premiere|air|debut|follow|star|end|wrap|arrive|tell|comes|"
    r"came|ran|hit|and)|['’]s)"
)
_PAST_CREDIT: Final = re.compile(
    r"(?:known for|fame|credits include|filmography|most noted|breakout (?:role|hit)|previously (?:starred|"
    r"appeared|worked|directed|wrote|played)|has (?:starred|appeared) in|(?:was|were) last seen|rose to|"
    r"made (?:his|her|their) debut|best remembered|"
    r"gained (?:fame|recognition|popularity)|won (?:the|an?|his|her|best)|is remembered|last project|recent works|"
    r"past works|also (?:starred|appeared) in|made a name)",
    re.IGNORECASE,
)


_AHEAD: Final = re.compile(
    r"\b(?:will|plays|joins|joined|cast as|to star|to play|is set|are set|stars as|playing|the role of|portrays|"
    r"helm|script|screenplay|directs|[Dd]irector|PD|[Ww]riter|writes|written|[Dd]irecting|[Ww]riting|takes on|"
    r"tapped|camera|directed|megaphone|appears|stars|leads|joins|makes|takes|steps into|confirmed|(?:is|are|"
    r"be) (?:played|portrayed|voiced))\b",
    re.IGNORECASE,
)


def about(reading: Reading) -> tuple[bool, ...]:
    """Return for each sentence of the reading whether it is about the show."""
    found = []
    paragraph, other = -1, False
    for coded in reading.coded:
        if coded.sentence.paragraph != paragraph:
            paragraph, other = coded.sentence.paragraph, False
        if "Ⓣ" in coded.text:
            other = False
        elif _OTHER_LEADS.match(coded.text):
            other = True
        found.append(not other and ("Ⓣ" in coded.text or not OTHER_WORK.search(coded.text)))
    return tuple(found)


def looks_back(coded: Coded) -> bool:
    """Return whether a sentence tells what people did before."""
    return _looks_back(coded.text)


@lru_cache(maxsize=512)
def _looks_back(text: str) -> bool:
    return "Ⓣ" not in text and bool(_PAST_CREDIT.search(text)) and not _AHEAD.search(text)


def belongs_elsewhere(text: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` in a coded sentence is said of another work."""
    after = text[end : end + 80]
    before = text[max(0, start - 60) : start]
    if (
        re.match(r"[^ⓉⓅ.;,]{0,40}(?:Ⓟ[^ⓉⓅ.;,]{0,12})?\b(?:in|of|on|for|from|with)\b[^ⓉⓅ.;,]{0,30}Ⓞ", after)
        and "Ⓣ" not in before
    ):
        return True
    return bool(re.search(r"Ⓞ[^ⓉⓅ.;]{0,40}$", before)) and bool(
        re.search(r"(?:Ⓞ,? (?:which|that|who|also)|Ⓞ['’]s?|Ⓞ \()[^Ⓣ.;)]{0,30}$", before)
    )
