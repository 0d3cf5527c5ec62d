"""The release: the date that a clause ties to the show's coming out, among filming days, old dates and other shows' dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.clip.coded import Coded, Item, Reading
from tracker.errors import BadValue
from tracker.model.draft import Fact
from tracker.model.window_parse import parse_window

_OUT: Final = re.compile(
    r"\b(?:(?:world )?premier(?:e|es|ed|ing)|air(?:s|ed|ing)?|debut(?:s|ed|ing)?|releas(?:e|es|ed|ing)|launch(?:es|ed|ing)?|arriv(?:e|es|ed|ing|al)|drop(?:s|ped|ping)?(?! out)|land(?:s|ed|ing)?|com(?:e|es|ing) (?:out|to|on|in|this|next|later|soon|our way|your way|back)|"
    r"hit(?:s|ting)? (?:\w+ )?(?:theat(?:er|re)s|cinemas|screens|the (?:small |big |airwaves|screens?|air)|Ⓝ|television|TV|streaming)|bow(?:s|ed|ing)?(?! out)|open(?:s|ed|ing)?(?! (?:the\b|an?\b|on Ⓟ|with|up))|stream(?:s|ed|ing)?|roll(?:s|ed|ing)? out|broadcast(?:s|ing)?|rolls? off|goes? (?:out|live)|go (?:out|live)|on screens|on air|greets? (?:viewers|audiences|fans)|meet(?:s|ing)? (?:the )?(?:viewers|audiences?|fans)|"
    r"due(?: (?:out|to (?:air|premiere|be released)))?|slated|scheduled|set for|penciled in|pencilled in|in theat(?:er|re)s|in cinemas|available|unveil(?:s|ed) (?:on Ⓝ|in (?:theat|cin))|kick(?:s|ing)? off|begin(?:s|ning)? (?:its run|airing|streaming|broadcast\w*|on Ⓝ)|start(?:s|ing)? (?:its run|airing|streaming|broadcast\w*|on Ⓝ)|starts?|starting|begins?|go(?:es)? (?:online|up)|online|reach(?:es)? (?:screens|viewers|cinemas|theat|audiences)|"
    r"release date|air date|premiere date|date|lineup|line-up|target(?:ed|ing|s)?|eye(?:ing|d|s)|aim(?:s|ed|ing)?|goal|expected|planned|window|simulcast|run(?:s)? from|screening|tune in|heads? to|headed (?:to|for)|to (?:theat(?:er|re)s|cinemas|screens)|only sa(?:id|ys)|moved? (?:up|forward|back)?|push(?:ed|es)? (?:back)?|shift(?:ed|s)?|delay(?:ed|s)?|postponed?|reschedul(?:ed|es)|bumped|slip(?:s|ped)|touch(?:es)? down|lead(?:s)? into|"
    r"return(?:s|ing)?|be (?:seen|watched)|checks? in|meant for|intended for|clocks? in|theatrical(?:ly)?|watch|catch|see it|brought forward|coming|mark your calendars?|save the date|calendars?|world-premieres?|out(?= (?:on|in|this|next|by|from|Ⓓ))|fill(?:s|ing)? the slot|takes? over (?:the (?:slot|time ?slot))?|follow(?:s|ing)? (?:Ⓞ|in the (?:slot|time))|airdate|premiers|slot)\b",
    re.IGNORECASE,
)
_WORK: Final = re.compile(
    r"\b(?:film(?:ing|ed)|film in|film this|films in|start film|shoot(?:s|ing)?|shot|cameras?|roll(?:s|ing)? cameras|production(?! (?:company|house|team|design))|photography|script[- ]?reading|table[- ]?read|read-through|rehears\w+|wrap(?:s|ped|ping)?|crank(?:ed)?[ -](?:in|up)|on (?:the )?floors?|on set|the set|pre-production|post-production|began work|start(?:s)? work|record(?:ed|ing)|reshoots?|principal|casting|auditions?|location scouting|clap\w*|opening ceremony|boot ceremony)\b",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(
    r"\b(?:announc(?:e|es|ed|ing|ement)|reported|reports|report|confirm(?:s|ed)|reveal(?:s|ed)|said|told|according|stated|posted|shared|tweeted|wrote|publish(?:ed|es|ing)?|serialis?z?(?:ed|ation)|issued|volume|bestseller|had cast|cast (?:him|her|them)|born|married|wedding|enlist\w*|discharg\w*|"
    r"military|died|passed away|debuted as|won|award|awards|ended|concluded|finale|finished|since|signed|acquired|bought|optioned|first (?:published|appeared|aired)|ran from|aged|history|founded|established|earlier|interview|press conference|premiered|aired|came out|was released|hit|album|single|concert|tour|fan ?meeting|set in|takes place|of the|crisis|back in|from \d|between|joined|left|withdrew|teased|dropped|unveiled|released (?:a|the|its|an|new|two|the first) (?:first |new |official |main |second |special )?(?:\w+ )?(?:poster|trailer|teaser|still|clip|image|photo|video|look)\w*)\b",
    re.IGNORECASE,
)
_OLD: Final = re.compile(
    r"(?:\b(?:original(?:ly)?|initially|previously|at first|had (?:\w+ )?been|out of (?:its|the)|billed as|was to |were to |was (?:first|once|supposed|meant|due|to have|to be|expected|slated|scheduled|set|aimed)|were (?:supposed|meant|due|slated|scheduled)|first (?:planned|announced|set|slated|scheduled|aimed)|earlier (?:date|plan|reports?|planned)|instead of|rather than|from (?:its|the) (?:original|earlier|previous|initial)|prior (?:date|plan)|no longer|once (?:planned|due|set)|missed|old date|planned (?:date|release|premiere) of|would have|ahead of (?:its|the) (?:original|planned|earlier)|former)\b[^;]{0,90}$)|(?:\b(?:moved?|shift(?:ed|s)?|push(?:ed|es)?|delay(?:ed|s)?|postponed?|bumped|brought (?:forward|up)|slipp?(?:ed|s)?|reschedul\w+|changed)\b[^;]{0,40}\bfrom\b[^;Ⓓ]{0,30}$)|(?:\bnot(?: be)? (?:\w+ ){0,4}(?:in|on|until|before)? ?$)",
    re.IGNORECASE,
)
_PAST_VERB: Final = re.compile(r"\b(?:premiered|aired|debuted|released|launched|opened|streamed|came out|ran|was released|was broadcast|won|screened)\b", re.IGNORECASE)
_NEW: Final = re.compile(r"\b(?:new (?:release |premiere |air )?date|now|instead|will now|official(?:ly)?|confirm(?:ed|s)|finally|has been (?:moved|pushed|set|brought)|pushed (?:back )?to|moved (?:up |back |forward )?to|delayed (?:until|to)|rescheduled (?:for|to)|fixed|locked)\b", re.IGNORECASE)
_CUT: Final = re.compile(r";|, (?:while|whereas|but|and|with|which|who|after|before|when|where|as|though|although|following|succeeding|taking over|replacing)\b| (?:while|whereas|but|although|though|once|ahead of|after|before) | (?:and|but) (?=(?:will|is|are|has|was|would|then|goes|begins|wrapped|started|premieres|airs|aims|plans)\b)| — | – | \(|\)|: |, ")
_SPAN: Final = re.compile(r"Ⓓ(?: and|,| or| to|,? then)? ?$")


_WEAK: Final = re.compile(
    r"(?:meant for|intended for|due|slated|scheduled|set for|penciled in|pencilled in|starts?|starting|begins?|target(?:ed|ing|s)?|eye(?:ing|d|s)|aim(?:s|ed|ing)?|goal|expected|planned|window|date|out|kick(?:s|ing)? off|open(?:s|ed|ing)?|roll(?:s|ed|ing)? out|moved?|push(?:ed|es)?|shift(?:ed|s)?|follow\w*|coming|runs? from|run from|catch|watch|drop(?:s|ped|ping)?|return(?:s|ing)?|slot)",
    re.IGNORECASE,
)
"""Words that also go with work: "due to begin filming in March"."""
_OBJECT: Final = re.compile(r"^ (?:(?:an?|the|its|their|his|her|two|new|first|official|main|special|second|more|highlight|character|pilot|teaser|Ⓣ['’]s)[ -]?){0,6}(?:[\w-]+ ){0,2}?(?:website|account|trailers?|teasers?|posters?|stills?|images?|videos?|photos?|look|visuals?|PV|clips?|statement|news|list|notice|book|novel|volumes?|manga|single|album|tickets|cast|plans?|interview)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"\b(?:(?:last|final) episodes?|finale|ends? (?:on|its|in|this)|ended|wraps up|concludes?|that series|contract|bows? out|signs? off)\b", re.IGNORECASE)


class Bid(NamedTuple):
    """A date that may be the release."""

    item: Item
    coded: Coded
    score: float


def release(reading: Reading) -> Fact | None:
    """Return the release window that the article tells for the show; None where nothing is sure."""
    bids = [bid for bid in _bids(reading) if bid.score >= 1.5 and bid.item.said is not None and bid.item.said.window]
    if not bids:
        return None
    best = max(bids, key=lambda one: (one.score, one.item.said.grain if one.item.said else 0))
    said = best.item.said
    assert said is not None  # noqa: S101 - only such bids are kept
    words = _ahead(said.window, said.grain, best.coded, reading.published)
    try:
        window = parse_window(words)
    except BadValue:
        return None
    sentence = best.coded.sentence
    return Fact("release", window.text, sentence.text, sentence.start, min(0.99, 0.4 + best.score / 10), window=window)


def _ahead(words: str, grain: int, coded: Coded, published: date | None) -> str:
    del grain, coded, published
    return words


def _bids(reading: Reading) -> Iterator[Bid]:
    about = reading.about
    has_wish = reading.published
    for number, (coded, is_about) in enumerate(zip(reading.coded, about, strict=True)):
        if not is_about:
            continue
        for place, item in zip(coded.places, coded.items, strict=True):
            if item.sign != "Ⓓ" or item.said is None or item.said.is_past:
                continue
            score = _score(coded, place)
            if score is None:
                continue
            if coded.sentence.is_heading:
                score += 0.5
            score += 1.0 if "Ⓣ" in coded.text else 0.0
            score += 0.3 * item.said.grain
            score += max(0.0, 1.0 - number * 0.05)
            score += _future(item, has_wish)
            yield Bid(item, coded, score)


def _future(item: Item, published: date | None) -> float:
    """Return how fit the date is for something that is still to come."""
    if published is None or item.said is None or not item.said.window:
        return 0
    try:
        latest = parse_window(item.said.window).latest
    except BadValue:
        return -5
    if latest is None:
        return -5
    if latest < published - timedelta(days=3):
        return -2.5 if latest > published - timedelta(days=60) else -5
    return 0.5 if latest.year <= published.year + 3 else -3


def _score(coded: Coded, place: int) -> float | None:
    """Return how surely the date at this place is the release; None where it is certainly something else."""
    text = coded.text
    if _is_of_other(text, place):
        return None
    cuts = [match.end() for match in _CUT.finditer(text)]
    start = max((cut for cut in cuts if cut <= place), default=0)
    end = min((match.start() for match in _CUT.finditer(text) if match.start() > place), default=len(text))
    if re.search(r"\b(?:mov|push|delay|postpon|shift|reschedul|bump)\w*\b[^.;]{0,90}\b(?:to|until) $", text[:place]):
        return 4.5
    if re.match(r"Ⓓ (?:broadcast|release|premiere|debut|launch|airing) (?:off the table|cancel|scrap|is off|will not|won)", text[place:]):
        return None
    if re.search(r"\b(?:[Hh]e|[Ss]he)(?:['’]s)? ", text[max(0, place - 60) : place]) and "Ⓣ" not in text:
        return None
    if re.search(r"\bon (?:its|the) $", text[:place]) and re.match(r"Ⓓ (?:roster|slate|schedule|line-?up|calendar)", text[place:]):
        return 3.0
    if re.search(r"\b(?:never|without|denied|not)\b[^,;.]{0,40}$", text[max(0, place - 60) : place]):
        return None
    if re.search(r"\b(?:until|till|through) $", text[:place]) and not re.search(r"(?:delay|push|postpon|mov|held|hold|shift|not|shelv)\w*[^;]{0,60}$", text[:place]):
        return None
    if _OLD.search(text[max(0, place - 130) : place]) and not _NEW.search(text[start:place]):
        return None
    if _ENDS.search(text[start:place]):
        return None
    kind = _nearest(text, start, place, end)
    if kind is None:
        # The clause of the date has no verb of its own: that of the clause before counts.
        before = max((cut for cut in [0, *cuts] if cut < start), default=0)
        kind = _nearest(text, before, place, place) if start else None
        if kind is None and re.search(r"[Mm]ark your calendars?|[Ss]ave the date", text):
            return 3.0
        if kind is None and coded.sentence.is_heading:
            return 1.2 if re.search(r"(?:for|in|on|this|:) ?$", text[start:place]) else None
        if kind is None:
            return None
        return None if kind != "out" else 2.0 + (1.5 if _NEW.search(text[before:place]) else 0)
    if kind != "out":
        return None
    score = 3.0
    if re.search(r"(?:[Ff]estival|[Mm]arket|event|fair|convention|Film Ⓟ)[^,;]{0,24}, which$", text[max(0, start - 60) : start].rstrip()):
        score -= 2
    if _NEW.search(text[start:end]):
        score += 1.5
    if re.match(r"Ⓝ[^Ⓣ]{0,120}\b(?:launch|open|arriv|expand)\w* (?:in|across)\b", text) and "Ⓣ" not in text:
        return None
    if re.search(r"Ⓝ[^Ⓣ]{0,12}\b(?:opened|open|opens|launch\w*|arriv\w+|went|began|started)\b", text[start:place]) and "Ⓣ" not in text:
        return None
    if _PAST_VERB.search(text[start:place]) and not re.search(r"\b(?:be|to be|set to be|is|being|gets|get|getting) (?:\w+ )?(?:released|aired|streamed|screened|launched|opened)", text[start:place]):
        score -= 2.5
    if _SPAN.search(text[start:place]):
        score -= 1
    return score


_THING: Final = re.compile(r"\b(?:trailers?|teasers?|posters?|videos?|PV|stills|tickets|press conference|delivery|showcase|fan ?meeting|workshops?|auditions?|manga|volumes?|novels?|books?|webtoons?|albums?|single|website|dub|English (?:release|version)|Blu-rays?|DVDs?|soundtrack|OST|theme song|festival|orders|chapter|comic|game|merchandise|exhibition|concert|first look)\b(?:[^ⓉⓅⒹ,.;:]|Ⓟ){0,40}$", re.IGNORECASE)
"""What else comes out on a date."""


def _is_thing(text: str, start: int, verb: int) -> bool:
    """Return whether something else than the show is the subject of the verb."""
    found = _THING.search(text[start:verb])
    return bool(found) and not re.search(r"\b(?:that|which|reveal\w*|announc\w*|confirm\w*|anime|series|drama|film|show|movie|it|adaptation|premiere)\b", found[0].split(" ", 1)[-1] if found else "")


def _nearest(text: str, start: int, place: int, end: int) -> str | None:
    """Return which kind of verb is nearest to the date in its clause, before it rather than behind it."""
    best: tuple[float, str] | None = None
    for name, pattern in (("out", _OUT), ("work", _WORK), ("else", _ELSE)):
        for match in pattern.finditer(text, start, end):
            if match.start() <= place < match.end() or (name == "out" and (_is_thing(text, start, match.start()) or _OBJECT.match(text[match.end() : match.end() + 60]))):
                continue
            if name == "out" and _WEAK.fullmatch(match[0]) and _WORK.search(text, start, max(place, match.end() + 24)):
                continue
            far = place - match.end() if match.end() <= place else (match.start() - place) * 1.6 + 25
            if name == "else":
                far += 4
            if best is None or far < best[0]:
                best = (far, name)
    return best[1] if best else None


def _is_of_other(text: str, place: int) -> bool:
    """Return whether another work is nearer to the date, as its subject or in its own clause."""
    before = text[:place]
    other, show = before.rfind("Ⓞ"), before.rfind("Ⓣ")
    if re.search(r"(?:slot|over) (?:[\w:&'’]+ ){0,4}from Ⓞ (?:in|on|from|during) $", before):
        return False
    if re.match(r"Ⓞ (?:programming |drama |late-night |time ?)?(?:block|slot|band|strand)", before[max(0, other) :]):
        return False
    if other > show and re.match(r"Ⓞ, (?:which|that|who)\b", before[other:]):
        return True
    if other > show and not re.search(r"[.;]|, (?:Ⓣ|(?:the|this) (?:[\w-]+ ){0,3}(?:series|drama|film|show|movie|anime|project|thriller|comedy))|it (?:is|will)", before[other:]):
        tail = before[other:]
        if re.search(r"(?:\b(?:after|following|follow\w*|succeed\w*|tak\w+ over from|replac\w+|creator of|behind|known for|from the \w+ of|based on|adaptation of|in the slot of) [^ⓉⒹ]{0,24})$", before[:other]) and re.search(r"[,)]|(?:will|is set|premieres|airs)", tail):
            return False
        return True
    return bool(re.match(r"Ⓓ['’]s? [^ⓉⓅ]{0,24}Ⓞ", text[place : place + 40]))
