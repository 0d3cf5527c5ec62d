"""Who shows it: the network or streamer of the show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.language.lexicon import KIND_NOUNS
from tracker.clipper.language.tagging import TaggedSentence
from tracker.model.article_draft import Fact

_STRONG: Final = re.compile(
    r"(?:(?:air|premier|stream|debut|broadcast|releas|launch|arriv|available|land|come|show|exclusiv|drop|bow|hit|"
    r"head|screen|goes? out|picked up|order|greenl|commission|renew|run|unveil|play|watch|place|box set|episodes?|"
    r"live|see you|found|return|open|roll|start|follow|distribut|catch|carr)\w*\b[^Ⓝ;.]{0,70}?\b(?:on|for|at|by|"
    r"to|via|through|"
    r"from)? ?(?:the )?(?:\w+ ){0,4}?$)|(?:Ⓝ(?:,? (?:and|&|/) ?)$)"
)
_AFTER: Final = re.compile(
    rf"(?:['’]s?)? ?(?:on )?(?:(?:\w|[-&/ⓅⒹ])+ ){{0,6}}?(?:{KIND_NOUNS}|original|Original|lineup|slot|timeslot|"
    rf"order|ordered|orders|announced|announces|confirmed|confirms|revealed|reveals|unveiled|unveils|released|"
    rf"releases|has|will|is set|greenl\w+|commission\w+|picks? up|picked up|sets|set|said|says|dropped|drops|"
    rf"renews|renewed|cancels|cancelled|canceled|scrap\w*|pulled|shared|plans|fixed|delays|postpone\w*|pushe\w*|"
    rf"moves|moved|decided|official|exclusive|made public|taking care|handling|carrying|streaming|distributing|"
    rf"boards?|teaming|team up|teams up|join forces)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"(?:former(?:ly)?|previous(?:ly)?|aired on|ran on|was on|once|hit|known for|ex-|instead of|rather than|left|"
    r"rival|unlike|as with|like|starred in|appeared in|seen (?:in|on)|from the makers of|who (?:made|ran)|"
    r"reported by|according to|told|via|outbid\w*|beat(?:ing)?|over|against|head of|executive at|worked (?:at|"
    r"for)|deal with|first aired on|(?:version|remake|adaptation) of the|originally (?:at|on|for)|"
    r"in development at|seasons? (?:1|one|1[-–]\d)[^.;]{0,40} on|ended [^.;]{0,30} (?:run|on|at)(?: (?:at|on))?|"
    r"originally (?:ordered|developed|commissioned|set up) (?:by|at|for)|earlier [^.;]{0,40} at|"
    r"(?:did|made|wrote|directed|penned) (?:that|the|an?)) (?:the )?(?:[\wⒹ]+ ){0,2}$",
    re.IGNORECASE,
)
_NEWS: Final = re.compile(
    r"(?: News| (?:will |would )?no longer| has dropped|['’]s (?:[\w-]+ ){0,4}(?:platform|service|streamer|app|"
    r"channel),? Ⓝ|['’]s? (?:report|interview|president|[A-Z]\w+ [A-Z])|,? reported| (?:reports|reported) that|"
    r"['’]s? (?:hit|popular|acclaimed|recent|previous|Emmy[\w-]*|award[\w-]*|long-running|own|current|ongoing|"
    r"smash|beloved)\b[^Ⓣ,;.]{0,40}Ⓞ|['’]s? (?:\w+ ){0,5}Ⓞ| (?:series|drama|hit|show|film|sitcom|comedy|original|"
    r"thriller|mystery|adaptation|anime|dramedy|miniseries|crime drama|period drama|variety show|"
    r"limited series)?,? ?(?:\w+ )?Ⓞ)"
)


def networks(reading: AnnotatedArticle) -> list[Fact]:
    """Return the networks and streamers that show, ordered or carry the show."""
    found: dict[str, Fact] = {}
    about = reading.about
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about or subject.looks_back(coded):
            continue
        for place, weight in _weighed(coded):
            name = coded.item(place).value
            if weight > 0 and (name not in found or found[name].confidence < weight):
                sentence = coded.sentence
                found[name] = Fact("networks", name, sentence.text, sentence.start, weight)
    best = max((fact.confidence for fact in found.values()), default=0)
    facts = [fact for fact in found.values() if fact.confidence >= min(best, 0.5)]
    facts = [one for one in facts if not (one.value.isupper() and _is_told_better(one, facts))]
    sure = [fact.value for fact in facts if fact.confidence >= 0.8]
    return [fact for fact in facts if not any(_is_part(fact.value, other) for other in sure)]


def _is_told_better(fact: Fact, facts: list[Fact]) -> bool:
    return any(one.value != fact.value and one.value.casefold() == fact.value.casefold() for one in facts)


_ROW: Final = re.compile(r"Ⓝ(?:(?:, and|, as well as| as well as|,| and| &| ?/) (?:on |the )?Ⓝ)*")


def _weighed(coded: TaggedSentence) -> Iterator[tuple[int, float]]:
    """Weigh the networks of a sentence; those in a row weigh the same."""
    for row in _ROW.finditer(coded.text):
        places = [at for at in range(*row.span()) if coded.text[at] == "Ⓝ"]
        weights = [_weight(coded, at) for at in places]
        both = max(weights) if weights[0] > 0 else 0
        yield from ((at, both if weight > 0 else 0) for at, weight in zip(places, weights, strict=True))


def _is_part(name: str, other: str) -> bool:
    """Return whether a name is that of a house of which the other is a channel or the full name."""
    return other.endswith(" " + name) or bool(re.fullmatch(re.escape(name) + r" ?(?:\d|One|Two|Three|Four)", other))


def _weight(coded: TaggedSentence, place: int) -> float:
    text = coded.text
    before, after = text[max(0, place - 110) : place], text[place + 1 : place + 90]
    if _NEWS.match(after) or _NOT.search(before):
        return 0
    if before.endswith("(") and re.search(r"[ⓅⓄ] \($", before):
        return 0
    if re.search(r"Ⓞ[^Ⓣ]{0,40}$", before) and re.search(r"Ⓞ(?:,? (?:which|that)?[^ⓉⓅ;,]{0,30}| \()$", before):
        return 0
    if re.match(r"[^ⓉⓅ;.]{0,20}Ⓞ", after) and "Ⓣ" not in before[-50:]:
        return 0
    here = 0.3
    if _STRONG.search(before):
        here = 0.9
    elif _AFTER.match(after):
        here = 0.8
    if "Ⓣ" in text:
        here += 0.05
    return here
