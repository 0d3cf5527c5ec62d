"""The status: what the article says of where the show stands."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.article.sentences import Sentence
from tracker.clipper.language.tagging import TaggedSentence
from tracker.model.article_draft import Fact
from tracker.model.status import Status
from tracker.model.window import Precision

_NOT: Final = r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!no )"
_CANCELLED: Final = re.compile(
    r"\b(?:has been|have been|was|were|is|been|being|got|gets)(?: officially| reportedly| quietly|"
    r" now)? (?:cancel+ed|scrapped|axed|killed(?! by| in)|dropped by|abandoned|canned|called off)\b|\b(?:cancels|"
    r"axes|scraps|cancel+ed|scrapped|axed) (?:by Ⓝ|Ⓣ|the|after|plans)|pull(?:s|ed|ing) the plug|"
    r"(?:will not|won['’]t|not) (?:be |to )?(?:mov(?:e|ing) forward|go(?:ing)? ahead|go(?:ing)? forward|"
    r"proceed\w*|be made|happen|get made)|no longer (?:moving|going) (?:forward|ahead)|pass(?:es|ed) on Ⓣ|"
    r"will no longer (?:go ahead|be made|happen|move)|(?:the )?plug (?:was|has been|is|being) pulled|"
    r"decided not to (?:proceed|move|go|make)|Ⓝ (?:cancels|axes|scraps|kills)|shelved (?:for good|permanently)|"
    r"production (?:has been|was) (?:cancelled|canceled|scrapped)|fallen through|terminated|will not be made|"
    r"fell (?:through|apart)|(?:is|are) dead (?:at|in the water)|fallen apart|no longer in (?:development|"
    r"the works|production)|cancellation of Ⓣ",
    re.IGNORECASE,
)
_POSTPONED: Final = re.compile(
    r"\b(?:postpon(?:e|es|ed|ement|ing)|put(?:s|ting)? (?:[\w'’Ⓣ-]+ ){0,8}?on (?:hold|ice|the back burner)|on hold|"
    r"(?:has|have|had|is|are) (?:delay(?:ed|ing)|push(?:ed|ing) back|shelv(?:ed|ing)|pulled Ⓣ)|pull(?:ed|s|"
    r"ing) (?:Ⓣ|it|the \w+) from|indefinitely|(?:has|have) been (?:delayed|pushed|held back|shelved|pulled)|(?:is|"
    r"was|been|be|being|gets|"
    r"got) (?:\w+ )?(?:delayed|pushed back|held back|shelved|pulled from)|delays? (?:the )?(?:release|premiere|Ⓣ)|"
    r"pushe[sd] back|delayed (?:to|until|due|after|because)|pulled from (?:the|its) schedule|"
    r"(?:has|have) (?:been )?(?:suspended|halted|paused)|(?:suspends|halts|pauses)|in limbo|unspecified (?:period|"
    r"date)|will no longer (?:air|premiere|be released) (?:in|on)|shelv\w+|later date|(?:not|"
    r"unable to) (?:be able to )?(?:keep|make|meet) (?:its|the) (?:\w+ ){0,3}(?:date|premiere|release|Ⓓ)|"
    r"taken off the schedule|"
    r"rescheduled|push\w* Ⓣ[^;.]{0,120} out of|(?:does not|doesn[’']t) have a new (?:\w+ )?date|no new (?:\w+ )?date|"
    r"(?:broadcast|release|premiere) (?:is|has been|was) adjusted|(?:will not|won[’']t) (?:air|launch|premiere|"
    r"open) as (?:planned|scheduled))\b",
    re.IGNORECASE,
)
_FILMED: Final = re.compile(
    r"\b(?:(?:wrap(?:s|ped|ping)?|finish(?:es|ed)|complet(?:es?|ed)|conclud(?:es|ed)|end(?:s|ed))(?: up| its| the|"
    r" on| all| principal| main| of| their| official\w*| final)* (?:film\w*|shoot\w*|production|photography|"
    r"recording|principal)|(?:film\w*|shoot\w*|production|photography)(?: \w+){0,3}? (?:has |have |is |was |"
    r"were )?(?:already |now |just |officially |recently |been )*(?:wrapped|finished|completed|concluded|ended|"
    r"complete|done|in the can)|"
    r"cameras (?:have )?stopped|(?:was|were) (?:shot|filmed) (?:last|earlier|between)|it['’]s a wrap|"
    r"that['’]s a wrap|post-?production|has wrapped|have wrapped|just wrapped|wrapped up|(?:has|"
    r"have) (?:already )?been (?:shot|filmed)|in the can|wrap party|crank(?:ed)?[ -]up|pre-?produced|fully filmed|"
    r"already (?:been )?(?:shot|filmed)|finished (?:filming|shooting)|end of (?:a|the|"
    r"its) (?:\w+[- ]){0,3}(?:shoot|filming)|editing (?:room|stage|is)|being edited|wraps(?= (?:and|after|in|on|"
    r"with|production|filming)\b|,|$|!)|wrapped(?= (?:in|on|last|this|earlier|yesterday|today)\b|\.|$))\b",
    re.IGNORECASE,
)
_FILMING: Final = re.compile(
    r"\b(?:(?:is|are|currently|now|already|has been|have been|was|were|been) (?:\w+ ){0,2}?(?:filming|shooting|"
    r"in production|in the middle of (?:filming|production|shooting))|(?:film(?:ing)?|shoot(?:ing)?|production|"
    r"cameras?|principal photography|photography|the shoot)(?: on [^,.;]{1,40}| for [^,.;]{1,40}|"
    r" of [^.;]{1,70}?)? (?:has |have |is |are |was |were |recently |officially |already |just |now )*(?:begun|"
    r"began|started|kicked off|commenced|under ?way|rolling|ongoing|in progress|in full swing|got under way|"
    r"taking place|continues|continuing)|"
    r"(?:began|begun|started|kicked off|commenced|start(?:s|ing)|begins|entered|enters|"
    r"kicks off)(?: \w+){0,2}? (?:filming|shooting|production|photography|work on set|rolling)|cameras (?:are|"
    r"were|began|have|started) (?!stopped)\w+|currently (?:in production|filming|shooting)|in the midst of (?:filming|"
    r"shooting|production)|went (?:before|in front of) (?:the )?cameras?|crank(?:ed)?[ -]in|filming (?:is|"
    r"was) (?:\w+ )?(?:in|at|on)|in production\b|on set\b(?= (?:in|of|this|since))|mid-shoot|(?:is|"
    r"being) (?:being )?(?:shot|filmed) (?:in|on|at|across|around)|booting ceremony|shot scenes|(?:film|"
    r"shoot)(?:s|ing)? scenes|cameras? rolling|seen filming|spotted filming|on the set of|back (?:at work|on set)|"
    r"(?:has |have )?(?:gone|went) into production|(?:is|are) (?:now |currently |being )*(?:lensing|shooting|"
    r"shot)(?= (?:in|on|at|around|across|now)\b)|"
    r"(?:is|are|now|currently|stood|been) (?:in front of|before) (?:the )?cameras?|(?:filming|shooting|"
    r"shoot)(?:[’']s| has| is) been going on|"
    r"(?:burn\w*|lit) (?:its|the|an|their) (?:opening )?incense|held (?:its|an|the|their) (?:opening|"
    r"boot\w*) ceremony|(?:shoot|filming|production)\b[^.;]{0,40} (?:past |at |over )?(?:the )?half-?way|"
    r"half-?way through (?:the |its )?(?:shoot|filming|production)|(?:been )?(?:filming|"
    r"shooting) since|"
    r"(?:the )?(?:shoot|filming|production),? which (?:began|started|kicked off|got under way)|rolled cameras|"
    r"cameras rolled|"
    r"(?:filming|shooting|the shoot|production|cameras?) (?:is |are )?(?:expected to |set to |due to |will |"
    r"to )(?:wrap|finish|end|conclude|continue|run|last)(?! of)|"
    r"(?:shoot|filming|shooting|production) (?:runs?|continues|lasts|goes on) (?:until|till|through)|"
    r"(?:filming|production|shooting) (?:is )?(?:now )?under ?way|Now Filming|Begins Filming|Starts (?:Filming|"
    r"Shooting|Production))\b",
    re.IGNORECASE,
)
_TO_FILM: Final = re.compile(
    r"\b(?:(?:will|to|set to|due to|slated to|scheduled to|expected to|plans? to|aim(?:s|ing)? to|about to|"
    r"preparing to|gear(?:s|ing) up to|hop(?:es|ing) to|is to|are to) (?:(?!the\b|a\b|an\b)\w+ )?(?:(?:begin|"
    r"start|kick off|commence|enter|go into)(?: (?:its|the|principal|in|with|main|on))* (?:filming|shooting|shoot|"
    r"production|photography|cameras?|rolling|work)|shoot\b|film\b|be shot(?! again)|be filmed|roll\b|get under ?way|"
    r"go (?:before|in front of))|"
    r"(?:filming|shoot(?:ing)?|production|cameras|photography|the shoot)(?: [^,.;ⓅⓉ]{1,30})? (?:will|is set|"
    r"is due|is slated|is scheduled|is expected|are expected|is planned|are set|are due|set|slated|scheduled|"
    r"expected|planned|is to|are to|begins|starts|kicks off|starting|was supposed|to (?:begin|start))|"
    r"goes into production|go into production|going into production|goes before (?:the )?cameras|"
    r"cameras (?:will )?roll\b|cameras roll|"
    r"go(?:es)? on (?:the )?(?:floors?|set)|enter(?:s|ing)? the set|first day of (?:filming|shooting)|"
    r"(?:first )?script[- ]?reading|table[- ]?read|read-through|pre-?production|shoots? (?:in|this|next|later|"
    r"from|begins|starts)|films? (?:in|this|next|later) Ⓓ|eyeing a (?:\w+ )?(?:start|shoot)|(?:start|begin)(?:s|"
    r"ing)? (?:filming|shooting|production|principal) (?:in|on|this|next|later|early|as|around|soon|at))\b",
    re.IGNORECASE,
)
_RUMORED: Final = re.compile(
    r"\b(?:rumou?r(?:s|ed)?|reportedly (?:in (?:the )?(?:works|development)|developing|working on|planning|being|"
    r"considering|in talks|eyeing|mulling)|sources (?:say|claim|told|tell)|insiders? (?:say|claim)|unconfirmed|"
    r"(?:has|have) (?:not|yet to) (?:been )?(?:confirm|comment|announce)\w*|neither [^.]{1,60} has (?:confirmed|"
    r"commented)|speculat\w+|according to (?:rumou?rs|insiders)|(?:is|are) said to be|linked (?:with|to)|"
    r"no (?:formal )?(?:offer|deal)|early (?:stages? of )?(?:talks|discussions|development|point)|"
    r"could be (?:in the works|on the way|heading)|has not been (?:officially )?(?:confirmed|announced|greenlit)|"
    r"nothing (?:has been |is |was )?(?:confirmed|decided|official)|tight-lipped|declined to comment|whispers|"
    r"gossip)\b",
    re.IGNORECASE,
)
_OUT: Final = re.compile(
    r"\b(?:(?:is|are) (?:now )?(?:streaming|airing|available|out now|now out|out on|in theaters|in cinemas|"
    r"on air)(?! (?:in|on|from|to|by) Ⓓ)(?! from)|(?:premiered|debuted|launched|dropped|arrived|"
    r"aired its first)(?: (?:on|in|at|to|last|earlier|this|with|yesterday|today)\b)|now (?:streaming|airing|"
    r"available|playing)|currently (?:airing|streaming)|has (?:premiered|debuted|arrived|dropped|aired|"
    r"been released)|hit (?:theaters|cinemas|Ⓝ) (?:on|last|this|yesterday)|aired (?:its|the) (?:first|premiere|"
    r"second|third|finale)|(?:latest|new|last|final|this week['’]s|tonight['’]s) episode|came to an end|"
    r"finale (?:aired|airs)|(?:it|Ⓣ|the (?:series|drama|show|anime)) (?:ended|concluded)(?= (?:on|in|its|last|"
    r"this|with)\b)|"
    r"(?:it|Ⓣ|the (?:film|movie|series|drama)) (?:was|were) released (?:in|on|to)(?! (?:\w+ ){0,2}Ⓓ['’]s))\b",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(
    r"\b(?:ended|finale|final episode|came to an end|concluded its run|last episode|finished airing)\b", re.IGNORECASE
)
_CASTING: Final = re.compile(
    r"\b(?:in (?:early |final )?talks|considering|offered|eyed|in discussions?|reviewing|courted|top choice|"
    r"reportedly)\b",
    re.IGNORECASE,
)
_ANNOUNCED: Final = re.compile(
    r"\b(?:announc\w+|order(?:s|ed)?|greenl\w+|green-l\w+|commission\w*|confirm\w*|cast\b|casting|star(?:s|ring)?|"
    r"lead(?:s|ing)?|join\w*|develop\w*|in the works|adapt\w*|picks? up|picked up|renew\w*|upcoming|forthcoming|"
    r"set to|reveal\w*|unveil\w*|tapped|talks|considering|offer\w*|direct\w*|plans?|board\w*|will)\b",
    re.IGNORECASE,
)


def status(reading: AnnotatedArticle, release: Fact | None, day: Sentence | None = None) -> Fact | None:
    """Return where the show stands by the article; None where it says nothing of it.

    Args:
        reading: The article.
        release: The window that it tells.
        day: The sentence that tells a day of a year that is not known.
    """
    told = [
        coded
        for coded, is_about in zip(reading.coded, reading.about, strict=True)
        if is_about and not subject.looks_back(coded)
    ]
    return _off(reading, told, release) or _on_its_way(reading, told, release, day)


def _is_exact(release: Fact | None, *kinds: Precision) -> bool:
    return release is not None and release.window is not None and release.window.precision in kinds


def _off(reading: AnnotatedArticle, told: list[TaggedSentence], release: Fact | None) -> Fact | None:
    """Return that it is cancelled, put off or out already; None for what is still to come."""
    exact = _is_exact(release, Precision.DAY, Precision.MONTH)
    ahead = exact and _is_ahead(reading, release)
    if found := _first(told[:4] if ahead else told, _CANCELLED, near=True):
        return _fact(found, Status.CANCELLED, 0.85)
    postponed = _first(told, _POSTPONED, near=True)
    if postponed and (release is None or (not exact and postponed in told[:4])):
        return _fact(postponed, Status.POSTPONED, 0.8)
    out = _first(told[:8], _OUT, near=True)
    if out is not None and not ahead and not (release is not None and _is_ahead(reading, release)):
        return _fact(out, Status.RELEASED if _first(told, _ENDED) else Status.AIRING, 0.6)
    return None


def _on_its_way(
    reading: AnnotatedArticle, told: list[TaggedSentence], release: Fact | None, day: Sentence | None
) -> Fact | None:
    """Return how far a show that is to come has come."""
    if told and told[0].sentence.is_heading and re.match(r"\W*rumou?r", told[0].text, re.IGNORECASE):
        return _fact(told[0], Status.RUMORED, 0.7)
    if release is not None and _is_exact(release, Precision.DAY):
        return Fact("status", Status.SCHEDULED.value, release.quote, release.start, 0.85)
    if release is None and day is not None:
        return Fact("status", Status.SCHEDULED.value, day.text, day.start, 0.7)
    if told and told[0].sentence.is_heading and re.search(r"\brumou?rs?\b", told[0].text, re.IGNORECASE):
        return _fact(told[0], Status.RUMORED, 0.7)
    return _in_the_making(reading, told, release) or _spoken_of(told)


def _in_the_making(reading: AnnotatedArticle, told: list[TaggedSentence], release: Fact | None) -> Fact | None:
    if found := _first(told, _FILMED, near=True, unless=_TO_FILM):
        return _fact(found, Status.POST_PRODUCTION, 0.85)
    to_film = _first(told, _TO_FILM, near=True) or _first(told, _BEGINS, near=True)
    filming = _first(told, _FILMING, near=True, unless=_TO_FILM, published=reading.published)
    if filming and not (to_film and to_film.sentence.start < filming.sentence.start):
        return _fact(filming, Status.FILMING, 0.8)
    if (
        release is not None
        and _is_exact(release, Precision.MONTH)
        and not any(_CASTING.search(one.text) for one in told[:2])
    ):
        return Fact("status", Status.SCHEDULED.value, release.quote, release.start, 0.7)
    if to_film:
        return _fact(to_film, Status.PRE_PRODUCTION, 0.75)
    return None


def _spoken_of(told: list[TaggedSentence]) -> Fact | None:
    rumored = _first(told[:6], _RUMORED)
    if rumored and not _is_settled(told):
        return _fact(rumored, Status.RUMORED, 0.5)
    if found := _first(told, _ANNOUNCED):
        return _fact(found, Status.ANNOUNCED, 0.6)
    return None


def _is_ahead(reading: AnnotatedArticle, release: Fact | None) -> bool:
    if release is None or release.window is None or release.window.latest is None:
        return False
    return reading.published is None or release.window.latest >= reading.published


def _is_settled(told: list[TaggedSentence]) -> bool:
    """Return whether somebody who decides has said that the show is made."""
    return any(
        re.search(
            r"Ⓝ[^.;Ⓞ]{0,40}\b(?:said|will|announced|ordered|confirmed|greenlit|commissioned|unveiled|picked up|"
            r"revealed)\b|\b(?:has|have) (?:been )?(?:confirmed|cast|greenlit|ordered)\b|officially|"
            r"confirmed (?:to|that|for)|\bhas (?:joined|boarded)|Ⓟ (?:has|have) been cast",
            one.text,
        )
        for one in told
    )


def _first(
    told: list[TaggedSentence],
    pattern: re.Pattern[str],
    *,
    near: bool = False,
    unless: re.Pattern[str] | None = None,
    published: date | None = None,
) -> TaggedSentence | None:
    """Return the first sentence in which the pattern is said of the show, and not of another, a plan, or its denial."""
    for coded in told:
        for match in pattern.finditer(coded.text):
            if near and _is_of_other(coded.text, match.start(), match.end()):
                continue
            before = coded.text[max(0, match.start() - 30) : match.start()]
            if pattern in (_CANCELLED, _POSTPONED) and _DENIED.search(coded.text[: match.start()]):
                continue
            if re.search(
                r"\b(?:not|n['’]t|never|no plans to|without|if|whether|until|unless|before|once)\b[^,;]{0,28}$", before
            ) and pattern not in (_CANCELLED, _RUMORED, _ANNOUNCED):
                continue
            if (
                "Ⓣ" not in coded.text
                and re.match(r"(?:is|are|currently|now) ", match[0])
                and re.search(r"(?:Ⓟ|\b[Ss]?he|who)\W[^Ⓣ;]{0,24}$", before)
            ):
                continue
            if pattern is _RUMORED and re.search(r"Ⓟ,? $", before):
                continue
            if pattern is _OUT and (
                re.search(r", which $|Ⓝ which $", before)
                or re.search(r"(?:photography|filming|production|shoot)\b[^.;]{0,50}$", coded.text[: match.start()])
                or ("Ⓣ" not in coded.text and coded.text.startswith("Ⓟ"))
            ):
                continue
            if pattern is _TO_FILM and _TO_WRAP.match(coded.text, match.end()):
                continue
            if pattern is _FILMING and not _UNTIL.search(match[0]) and _is_to_come(coded, match.end(), published):
                continue
            if unless is not None and any(
                other.start() <= match.start() < other.end() or match.start() <= other.start() < match.end()
                for other in unless.finditer(coded.text)
                if not _TO_WRAP.match(coded.text, other.end())
            ):
                continue
            return coded
    return None


_TO_WRAP: Final = re.compile(r" (?:to )?(?:wrap|finish|end|conclude|continue|run|last)\b")
_UNTIL: Final = re.compile(r"\b(?:until|till|through)$")
_AND: Final = re.compile(r"\b(?:and|but|for|aim\w*|ahead|until|till|through)\b")
_DENIED: Final = re.compile(r"\b(?:denie[sd]|reject\w*|dismiss\w*|rumou?rs? that|fears? that)\b[^;.]{0,90}$")
_BEGINS: Final = re.compile(
    r"\b(?:[Pp]roduction|[Ff]ilming|[Ss]hooting|[Cc]ameras?)\b[^.;]{0,40}\b(?:gets under ?way|begins|starts|"
    r"kicks off)\b"
)


def _is_to_come(coded: TaggedSentence, place: int, published: date | None) -> bool:
    """Return whether a day that is still to come stands right behind."""
    for at, item in zip(coded.places, coded.items, strict=True):
        if (
            place <= at < place + 30
            and not _AND.search(coded.text[place:at])
            and item.said is not None
            and item.said.window
            and published is not None
        ):
            return item.said.window[:7] > published.isoformat()[:7] and item.said.window[:4].isdigit()
    return False


def _is_of_other(text: str, start: int, end: int) -> bool:
    before = text[:start]
    other, show = before.rfind("Ⓞ"), before.rfind("Ⓣ")
    if other > show and not re.search(r"[;]|, (?:Ⓣ|(?:but|and|while) )", before[other:]):
        return True
    return bool(re.match(r"[^ⓉⓅ,.;]{0,20}Ⓞ", text[end : end + 24])) and "Ⓣ" not in before


def _fact(coded: TaggedSentence, status: Status, confidence: float) -> Fact:
    return Fact("status", status.value, coded.sentence.text, coded.sentence.start, confidence)
