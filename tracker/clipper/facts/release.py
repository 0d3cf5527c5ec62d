"""The release: the date that a clause ties to the show's coming out, among filming days, old and other shows' dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.article.sentences import Sentence
from tracker.clipper.facts.about import kind
from tracker.clipper.language.tagging import Tag, TaggedSentence
from tracker.errors import BadValue
from tracker.model.article_draft import Fact
from tracker.model.window_parser import parse_window

_OUT: Final = re.compile(
    r"\b(?:(?:world )?premier(?:e|es|ed|ing)|air(?:s|ed|ing)?|debut(?:s|ed|ing)?|releas(?:e|es|ed|ing)|"
    r"launch(?:es|ed|ing)?|arriv(?:e|es|ed|ing|al)|drop(?:s|ped|ping)?(?! out)|land(?:s|ed|ing)?|com(?:e|es|"
    r"ing) (?:out|to|on|in|this|next|later|soon|our way|your way|back|as (?:early|soon|late) as)|"
    r"hit(?:s|ting)? (?:\w+ )?(?:theat(?:er|re)s|cinemas|screens|the (?:small |big |airwaves|screens?|air)|Ⓝ|"
    r"television|TV|streaming)|bow(?:s|ed|ing)?(?! out)|open(?:s|ed|ing)?(?! (?:the\b|an?\b|on Ⓟ|with|up))|"
    r"stream(?:s|ed|ing)?|roll(?:s|ed|ing)? out|broadcast(?:s|ing)?|rolls? off|goes? (?:out|live)|go (?:out|live)|"
    r"on screens|on air|greets? (?:viewers|audiences|fans)|meet(?:s|ing)? (?:the )?(?:viewers|audiences?|fans)|"
    r"due(?: (?:out|to (?:air|premiere|be released)))?|slated|scheduled|set for|penciled in|pencilled in|"
    r"in theat(?:er|re)s|in cinemas|available|unveil(?:s|ed) (?:on Ⓝ|in (?:theat|cin))|kick(?:s|ing)? off|"
    r"begin(?:s|ning)? (?:its run|airing|streaming|broadcast\w*|on Ⓝ)|start(?:s|ing)? (?:its run|airing|streaming|"
    r"broadcast\w*|on Ⓝ)|starts?|starting|begins?|go(?:es)? (?:online|up)|online|reach(?:es)? (?:screens|viewers|"
    r"cinemas|theat|audiences)|"
    r"release date|air date|premiere date|date|lineup|line-up|target(?:ed|ing|s)?|eye(?:ing|d|s)|aim(?:s|ed|ing)?|"
    r"goal|expected|planned|window|simulcast|run(?:s)? from|screening|tune in|heads? to|headed (?:to|for)|"
    r"to (?:theat(?:er|re)s|cinemas|screens)|only sa(?:id|ys)|moved? (?:up|forward|back)?|push(?:ed|"
    r"es)? (?:back)?|shift(?:ed|s)?|delay(?:ed|s)?|postponed?|reschedul(?:ed|es)|bumped|slip(?:s|ped)|"
    r"bring (?:it|Ⓣ|the \w+) to (?:viewers|audiences|screens|theat\w+|cinemas)|"
    r"becom\w* an? (?:[\w-]+ ){0,3}(?:series|film|drama) (?:on|for) Ⓝ|"
    r"dated(?: for)?|dates (?:it|Ⓣ)|set (?:it|Ⓣ|the \w+) for|slotted|expect (?:it|the|Ⓣ)|look (?:out )?for (?:it|"
    r"the|Ⓣ)|"
    r"(?:will|to) be (?:unveiled|revealed|shown|presented)|touch(?:es)? down|lead(?:s)? into|"
    r"return(?:s|ing)?|be (?:seen|watched)|checks? in|meant for|intended for|clocks? in|theatrical(?:ly)?|watch|"
    r"catch|see it|brought forward|coming|mark your calendars?|save the date|calendars?|world-premieres?|"
    r"out(?= (?:on|in|this|next|by|from|Ⓓ))|fill(?:s|ing)? the slot|takes? over (?:the (?:slot|time ?slot))?|"
    r"follow(?:s|ing)? (?:Ⓞ|in the (?:slot|time))|airdate|premiers|slot)\b",
    re.IGNORECASE,
)
_WORK: Final = re.compile(
    r"\b(?:film(?:ing|ed)|film in|film this|films in|start film|shoot(?:s|ing)?|shot|cameras?|roll(?:s|"
    r"ing)? cameras|production(?! (?:company|house|team|design))|photography|script[- ]?reading|table[- ]?read|"
    r"read-through|rehears\w+|wrap(?:s|ped|ping)?|crank(?:ed)?[ -](?:in|up)|on (?:the )?floors?|on set|the set|"
    r"pre-production|post-production|began work|start(?:s)? work|record(?:ed|ing)|reshoots?|principal|casting|"
    r"auditions?|location scouting|incense|(?:opening|boot) (?:prayer|rite)|clap\w*|opening ceremony|boot ceremony)\b",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(
    r"\b(?:announc(?:e|es|ed|ing|ement)|reported|reports|report|confirm(?:s|ed)|reveal(?:s|ed)|said|told|"
    r"according|stated|posted|shared|tweeted|wrote|publish(?:ed|es|ing)?|serialis?z?(?:ed|ation)|issued|volume|"
    r"bestseller|had cast|cast (?:him|her|them)|born|married|wedding|enlist\w*|discharg\w*|"
    r"military|army|died|passed away|debuted as|won|award|awards|ended|concluded|finale|finished|since|signed|acquired|"
    r"bought|optioned|first (?:published|appeared|aired)|ran from|aged|history|founded|established|earlier|"
    r"interview|press conference|premiered|aired|came out|was released|hit|album|single|concert|tour|fan ?meeting|"
    r"set in|takes place|of the|crisis|back in|from \d|between|joined|left|withdrew|teased|dropped|unveiled|"
    r"released (?:a|the|its|an|new|two|the first) (?:first |new |official |main |second |"
    r"special )?(?:\w+ )?(?:poster|trailer|teaser|still|clip|image|photo|video|look)\w*)\b",
    re.IGNORECASE,
)
_OLD: Final = re.compile(
    r"(?:\b(?:taken for granted|widely expected|had been expected|(?<!than )original(?:ly)?|initially|previously|"
    r"at first|had (?:\w+ )?been|out of (?:its|the)|billed as|"
    r"was to |were to |was (?:first|once|supposed|meant|due|to have|to be|expected|slated|scheduled|set|aimed)|"
    r"were (?:supposed|meant|due|slated|scheduled)|(?<!than )first (?:planned|announced|set|slated|scheduled|aimed)|"
    r"earlier (?:date|plan|reports?|planned|opening|release|premiere|window)|instead of|rather than|from (?:its|"
    r"the) (?:original|earlier|previous|"
    r"initial)|prior (?:date|plan)|no longer|once (?:planned|due|set)|missed|old date|planned (?:date|release|"
    r"premiere) of|would have|ahead of (?:its|the) (?:original|planned|earlier)|former)\b[^;]{0,90}$)|"
    r"(?:\b(?:moved?|shift(?:ed|s)?|push(?:ed|es)?|delay(?:ed|s)?|postponed?|bumped|brought (?:forward|up)|"
    r"slipp?(?:ed|s)?|reschedul\w+|changed)\b[^;]{0,40}\bfrom\b[^;Ⓓ]{0,30}$)|(?:\bnot(?: be)? (?:\w+ ){0,4}(?:in|"
    r"on|until|before)? ?$)",
    re.IGNORECASE,
)
_PAST_VERB: Final = re.compile(
    r"\b(?:premiered|aired|debuted|released|launched|opened|streamed|came out|ran|was released|was broadcast|won|"
    r"screened)\b",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    r"\b(?:new (?:release |premiere |air )?date|now|instead|will now|official(?:ly)?|confirm(?:ed|s)|finally|"
    r"has been (?:moved|pushed|set|brought)|pushed (?:back )?to|moved (?:up |back |forward )?to|delayed (?:until|"
    r"to)|rescheduled (?:for|to)|fixed|locked)\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r";| and (?=that (?:the|it|this)\b)|, (?:while|whereas|but|and|with|which|who|after|before|when|where|as|"
    r"though|although|following|succeeding|"
    r"taking over|replacing)\b| (?:while|whereas|but|although|though|once|ahead of|after|before) | (?:and|"
    r"but) (?=(?:will|is|are|has|was|would|then|goes|begins|wrapped|started|premieres|airs|aims|plans)\b)| — | – |"
    r" \(|\)|: |, "
)
_SPAN: Final = re.compile(r"Ⓓ(?: and|,| or| to|,? then)? ?$")


_WEAK: Final = re.compile(
    r"(?:meant for|intended for|due|slated|scheduled|set for|penciled in|pencilled in|starts?|starting|begins?|"
    r"target(?:ed|ing|s)?|eye(?:ing|d|s)|aim(?:s|ed|ing)?|goal|expected|planned|window|date|out|kick(?:s|"
    r"ing)? off|open(?:s|ed|ing)?|roll(?:s|ed|ing)? out|moved?|push(?:ed|es)?|shift(?:ed|s)?|follow\w*|coming|"
    r"runs? from|run from|catch|watch|drop(?:s|ped|ping)?|return(?:s|ing)?|slot)",
    re.IGNORECASE,
)
"""Words that also go with work: "due to begin filming in March"."""
_OBJECT: Final = re.compile(
    r"^ (?:(?:an?|the|its|their|his|her|two|new|first|official|main|special|second|more|highlight|character|pilot|"
    r"teaser|Ⓣ['’]s)[ -]?){0,6}(?:[\w-]+ ){0,2}?(?:website|account|trailers?|teasers?|posters?|stills?|images?|"
    r"videos?|photos?|look|visuals?|PV|clips?|statement|news|list|notice|book|novel|volumes?|manga|single|album|"
    r"tickets|cast|plans?|interview)\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\b(?:(?:last|final) episodes?|finale|ends? (?:on|its|in|this)|ended|wraps up|concludes?|that series|"
    r"contract|bows? out|signs? off)\b",
    re.IGNORECASE,
)


class DateCandidate(NamedTuple):
    """A date that may be the release."""

    item: Tag
    coded: TaggedSentence
    score: float


def release(reading: AnnotatedArticle) -> Fact | None:
    """Return the release window that the article tells for the show; None where nothing is sure."""
    bids = [bid for bid in _bids(reading) if bid.score >= 1.5 and bid.item.said is not None and bid.item.said.window]
    if not bids:
        return None
    best = max(bids, key=lambda one: (one.score, one.item.said.grain if one.item.said else 0))
    said = best.item.said
    assert said is not None  # noqa: S101 - only such bids are kept
    try:
        window = parse_window(said.window)
    except BadValue:
        return None
    sentence = best.coded.sentence
    return Fact("release", window.text, sentence.text, sentence.start, min(0.99, 0.4 + best.score / 10), window=window)


def day_without_year(reading: AnnotatedArticle) -> Sentence | None:
    """Return the sentence that tells the day of coming out where the year cannot be known."""
    bids = [bid for bid in _bids(reading) if bid.item.said is not None]
    days = [
        bid
        for bid in bids
        if bid.score >= 3 and bid.item.said and bid.item.said.grain == 3 and not bid.item.said.window
    ]
    return max(days, key=lambda one: one.score).coded.sentence if days else None


def _bids(reading: AnnotatedArticle) -> Iterator[DateCandidate]:
    about = reading.about
    has_wish = reading.published
    found_kind = kind(reading)
    is_named = False
    for number, (coded, is_about) in enumerate(zip(reading.coded, about, strict=True)):
        was_named = is_named
        is_named = is_named or ("Ⓣ" in coded.text and not coded.sentence.is_heading)
        if not is_about:
            continue
        for place, item in zip(coded.places, coded.items, strict=True):
            if item.sign != "Ⓓ" or item.said is None or item.said.is_past:
                continue
            is_fronted = _FRONTED.match(coded.text[:place]) is not None
            clause = coded.text[place + 1 :].lstrip(", ") if is_fronted else coded.text[:place]
            if _is_of_unnamed(clause, found_kind.value if found_kind else "", was_named=was_named):
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
            yield DateCandidate(item, coded, score)


def _future(item: Tag, published: date | None) -> float:
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


_MOVED_TO: Final = re.compile(r"\b(?:mov|push|delay|postpon|shift|reschedul|bump)\w*\b[^.;]{0,90}\b(?:to|until) $")
_FROM: Final = re.compile(r"\bfrom (?:\w+ ){0,2}$")
_TO_NEXT: Final = re.compile(r"Ⓓ(?: \w+){0,3}? (?:to|until|into) (?:\w+ ){0,3}Ⓓ")
_ITSELF: Final = re.compile(
    r"(?:[“\"‘']Ⓟ[”\"’']? (?:[\w’']+ ){0,3}?(?:come|return|start|be seen)\w*|Ⓟ(?: \d)?[”\"’']?,? (?:which |that )?"
    r"(?:(?:will|is|was|has|to|set|also|been|finally|then|now|got|gets) )*(?:starts?|starting|premier|airs?\b|"
    r"airing|debut|out on|out in|arriv|"
    r"opens?\b|released|picked up|renewed|drops?\b|lands?\b|bows\b|launch|streams?\b|due\b|slated|scheduled)|"
    r"is Ⓟ, starring)"
)
"""A name that comes out itself is that of another work."""
_SHOOT_WHICH: Final = re.compile(r"\b(?:shoot|filming|shooting|production|photography),? which [^,;Ⓓ]{0,60}$")
_CALLED_OFF: Final = re.compile(
    r"Ⓓ (?:broadcast|release|premiere|debut|launch|airing) (?:off the table|cancel|scrap|is off|will not|won)"
)
_PERSON_DOES: Final = re.compile(r"\b(?:[Hh]e|[Ss]he)(?:['’]s)? ")
_SAID_SO: Final = re.compile(
    r"Ⓓ (?:\w+ )?(?:premiere|release|debut|launch|bow|broadcast)\b(?! (?:of Ⓞ|was))|Ⓓ as (?:the|"
    r"its) (?:\w+ )?(?:premiere|release|air|launch)?[ -]?date|Ⓓ (?:for|as) (?:the|its|a) (?:launch|premiere|"
    r"release|debut)\b"
)
_FRONTED: Final = re.compile(r"\W*(?:(?:On|From|In|Starting|Beginning|Come|By)(?: (?:on|from|in))? )$")
"""The date stands at the beginning: "On Ⓓ, it premieres"."""
_ON_ROSTER: Final = re.compile(r"\b(?:(?:on|in|(?<!out )of|to|joins?|joined) (?:its|the|Ⓝ['’]s)|for) $")
_ROSTER: Final = re.compile(r"Ⓓ (?:roster|slate|schedule|line-?up|calendar)")
_DENIED: Final = re.compile(
    r"(?:\b(?:never|without|denied|not|rumou?rs of)\b|(?<!\bca)n['’]t(?! wait))[^,;.]{0,40}$|\bno $"
)
_UNTIL: Final = re.compile(r"\b(?:until|till|through) (?:the |at least |early |late )*$")
_HELD: Final = re.compile(r"(?:delay|push|postpon|mov|held|hold|shift|not|n['’]t|shelv)\w*[^;]{0,60}$")
_FAIR: Final = re.compile(r"(?:[Ff]estival|[Mm]arket|event|fair|convention|Film Ⓟ)[^,;]{0,24}, which$")
_SERVICE_OPENS: Final = re.compile(r"Ⓝ[^Ⓣ]{0,120}\b(?:launch|open|arriv|expand)\w* (?:in|across)\b")
_SERVICE_OPENED: Final = re.compile(r"Ⓝ[^Ⓣ]{0,12}\b(?:opened|open|opens|launch\w*|arriv\w+|went|began|started)\b")
_IS_RELEASED: Final = re.compile(
    r"\b(?:be|to be|set to be|is|being|gets|get|getting) (?:\w+ )?(?:released|aired|streamed|screened|launched|opened)"
)


def _score(coded: TaggedSentence, place: int) -> float | None:
    """Return how surely the date at this place is the release; None where it is certainly something else."""
    text = coded.text
    if _is_of_other(text, place):
        return None
    cuts = [match.end() for match in _CUT.finditer(text)]
    start = max((cut for cut in cuts if cut <= place), default=0)
    end = min((match.start() for match in _CUT.finditer(text) if match.start() > place), default=len(text))
    if _MOVED_TO.search(text[:place]):
        return 4.5
    if _ROSTER.match(text, place) and _ON_ROSTER.search(text[:place]):
        return 3.0
    if _SAID_SO.match(text, place) and not _is_vetoed(text, start, place):
        return 3.5
    if _FRONTED.match(text[:place]) and text.startswith("Ⓓ, ", place):
        end = min((cut.start() for cut in _CUT.finditer(text, place + 3)), default=len(text))
    if _is_vetoed(text, start, place):
        return None
    kind = _nearest(text, start, place, end)
    if kind is None:
        return _score_of_bare(coded, start, place, cuts)
    return _score_of_clause(text, start, place, end) if kind == "out" else None


_WORKS: Final = (
    r"(?:(?:short |feature |web |mini-?|documentary |stage |[KJCT]-)?(?:film|movie|drama|series|show|sitcom|"
    r"documentary|docuseries|thriller|comedy|rom-?com|musical|anime|biopic|feature|picture|sequel|prequel|spin-?off|"
    r"remake|reboot|project|script|screenplay|production|work|title|outing|play|vehicle|collaboration|effort|role|"
    r"special|release))"
)
_THEIRS: Final = (
    r"(?:\b(?:[Hh]er|[Hh]is|[Tt]heir)|Ⓟ['’]s?|Ⓝ['’]s|\b[Tt]he (?:[\w-]+ ){0,2}(?:director|actor|actress|writer|star|"
    r"studio|network|screenwriter|singer|author|producer|agency|company|duo|pair|filmmaker|creator|broadcaster|"
    r"streamer|lead|cast|team|idol|comedian|couple|platform|channel|publisher|composer|label)s?['’]s?)"
)
_OTHER_OF_THEIRS: Final = re.compile(
    rf"(?<!is )(?<!was )(?<!be )(?<!as )(?<!marks )(?<!becomes )(?<!’s )(?<!'s )(?<!Ⓣ, ){_THEIRS} (?:own )?"
    r"(?P<which>next|new|newest|other|another|previous|last|latest|upcoming|forthcoming|coming|earlier|recent|"
    r"follow-?up|second|third|debut|first|past|former|older|subsequent|separate|solo|big-screen|small-screen)"
    rf"(?: (?!Ⓣ)[\w-]+){{0,3}}? (?P<noun>{_WORKS})s?\b(?P<rest>[^Ⓣ]*)$"
)
_MAY_BE_THIS: Final = frozenset(
    {"new", "newest", "latest", "upcoming", "forthcoming", "coming", "first", "second", "third"}
)
"""What somebody's work may be called that is the show itself; a next, last or other one is not."""
_ANOTHER: Final = re.compile(
    r"\b(?:[Aa]n ?other|[Oo]ther|[Aa] (?:different|separate|second|third)|(?:[Tt]wo|[Tt]hree|[Ss]everal|[Mm]any) "
    r"(?:more|other)|[Aa]lso (?:has|have|making|makes|preparing|prepares|producing|produces|developing|shooting|"
    r"directing|directs|writing|stars in|starring in|appears in|leads) an?)"
    rf" (?:[\w-]+ ){{0,3}}?{_WORKS}s?\b(?P<rest>[^Ⓣ]*)$"
)
_SOME_WORK: Final = re.compile(
    r"^(?:Meanwhile,? |Also,? |Elsewhere,? |Separately,? )?(?:[Aa]n? |[Tt]wo |[Tt]hree |[Ss]everal |[Ss]ome )"
    rf"(?:[\w’'-]+ ){{0,4}}?{_WORKS}s?(?P<rest>,? (?:about|by|from|starring|with|of|on|based|directed|written|set|"
    r"called|titled|featuring|that|which|is|are|will|in|for|\w+s)\b[^Ⓣ]*)$"
)
_WORKS_OF_MANY: Final = re.compile(
    r"^(?:[\w’'&-]+ ){0,5}?(?:[KJCT]-)?(?:[Dd]ramas|[Ff]ilms|[Mm]ovies|[Ss]hows|[Tt]itles|[Dd]ocumentaries|"
    r"[Ss]eries to watch|[Aa]nime to watch)\b(?P<rest>[^Ⓣ]*)$"
)
_BACK_TO_IT: Final = re.compile(
    r"(?:, |; | and | but )(?:it|this|the (?:[\w-]+ ){0,3}(?:series|drama|film|show|movie|anime|project|thriller|"
    r"comedy)) "
)


def _is_of_unnamed(clause: str, kind_of_show: str, *, was_named: bool) -> bool:
    """Return whether a date's clause tells of another work, without its name: "her next film opens on".

    Args:
        clause: The coded sentence up to the date, or behind one that it begins with.
        kind_of_show: "film", "series" or "" for the show of the article.
        was_named: Whether an earlier sentence named the show, so that "a film" is another one.
    """
    found = _ANOTHER.search(clause) or (None if "Ⓣ" in clause else _WORKS_OF_MANY.match(clause))
    if found is None and was_named and "Ⓣ" not in clause:
        found = _SOME_WORK.match(clause)
    if found is None and (found := _OTHER_OF_THEIRS.search(clause)) is not None and found["which"] in _MAY_BE_THIS:
        is_film = bool(re.fullmatch(r".*(?:film|movie|feature|picture|biopic)", found["noun"]))
        is_series = bool(re.fullmatch(r".*(?:drama|series|show|sitcom)", found["noun"]))
        if not (is_film and kind_of_show == "series") and not (is_series and kind_of_show == "film"):
            return False
    return found is not None and not _BACK_TO_IT.search(found["rest"])


_TURNED: Final = re.compile(r"Ⓓ, (?:it|Ⓣ|the (?:series|drama|film|show|movie)) ")


def _is_vetoed(text: str, start: int, place: int) -> bool:
    """Return whether the words before a date say that it is not, or no more, the day of coming out."""
    if _FROM.search(text[:place]) and _TO_NEXT.match(text, place):
        return True
    if _CALLED_OFF.match(text, place) or _ENDS.search(text[start:place]):
        return True
    if "Ⓣ" not in text and (
        _ITSELF.search(text[:place])
        or _PERSON_DOES.search(text[max(0, place - 60) : place])
        or _SERVICE_OPENS.match(text)
        or _SERVICE_OPENED.search(text[start:place])
    ):
        return True
    if _SHOOT_WHICH.search(text[:place]):
        return True
    if _DENIED.search(text[max(0, place - 60) : place]) and not _UNTIL.search(text[:place]):
        return True
    if _UNTIL.search(text[:place]) and not _HELD.search(text[:place]):
        return True
    before = text[max(0, place - 130) : place]
    if turned := _TURNED.search(before):
        before = before[turned.end() :]
    return bool(_OLD.search(before)) and not _NEW.search(text[start:place])


def _score_of_bare(coded: TaggedSentence, start: int, place: int, cuts: list[int]) -> float | None:
    """Return the score of a date whose clause has no verb of its own: that of the clause before counts."""
    text = coded.text
    before = max((cut for cut in [0, *cuts] if cut < start), default=0)
    kind = _nearest(text, before, place, place) if start else None
    if kind is not None:
        return None if kind != "out" else 2.0 + (1.5 if _NEW.search(text[before:place]) else 0)
    if re.search(r"[Mm]ark your calendars?|[Ss]ave the date", text):
        return 3.0
    return 1.2 if coded.sentence.is_heading and re.search(r"(?:for|in|on|this|:) ?$", text[start:place]) else None


def _score_of_clause(text: str, start: int, place: int, end: int) -> float:
    """Return the score of a date to which a word for coming out is nearest."""
    score = 3.0
    if _FAIR.search(text[max(0, start - 60) : start].rstrip()):
        score -= 2
    if _NEW.search(text[start:end]):
        score += 1.5
    if _PAST_VERB.search(text[start:place]) and not _IS_RELEASED.search(text[start:place]):
        score -= 2.5
    if _SPAN.search(text[start:place]):
        score -= 1
    return score


_THING: Final = re.compile(
    r"\b(?:translation|cast|details|news|announcement|report|word|trailers?|teasers?|posters?|videos?|PV|stills|"
    r"tickets|press conference|"
    r"delivery|showcase|fan ?meeting|"
    r"workshops?|auditions?|manga|volumes?|novels?|books?|webtoons?|albums?|single|website|dub|English (?:release|"
    r"version)|Blu-rays?|DVDs?|soundtrack|OST|theme song|festival|orders|chapter|comic|game|merchandise|"
    r"exhibition|concert|first look|writers[’'] room)\b(?:[^ⓉⓅⒹ,.;:]|Ⓟ){0,40}$",
    re.IGNORECASE,
)
"""What else comes out on a date."""


def _is_thing(text: str, start: int, verb: int) -> bool:
    """Return whether something else than the show is the subject of the verb."""
    found = _THING.search(text[start:verb])
    return bool(found) and not re.search(
        r"\b(?:that|which|reveal\w*|announc\w*|confirm\w*|anime|series|drama|film|show|movie|it|adaptation|premiere)\b",
        found[0].split(" ", 1)[-1] if found else "",
    )


_AT_EVENT: Final = re.compile(
    r"\b(?:at|during) (?:the |a |an )?[^,;.Ⓓ]{0,40}(?:festival|Festival|fair|market|event|showcase|conference|"
    r"convention|Con|ceremony)\b"
)


def _nearest(text: str, start: int, place: int, end: int) -> str | None:
    """Return which kind of verb is nearest to the date in its clause, before it rather than behind it."""
    best: tuple[float, str] | None = None
    for name, pattern in (("out", _OUT), ("work", _WORK), ("else", _ELSE)):
        for match in pattern.finditer(text, start, end):
            if match.start() <= place < match.end() or (
                name == "out"
                and (
                    _AT_EVENT.search(text, match.end(), max(place, match.end()))
                    or _is_thing(text, start, match.start())
                    or _OBJECT.match(text[match.end() : match.end() + 60])
                )
            ):
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
    if re.search(
        r"(?:follow\w*|succeed\w*|replac\w*|after|over (?:from|the (?:\w+ ){0,2}(?:slot|time ?slot)(?: of|"
        r" from)?)|slot of) Ⓞ (?:on|in|from) $",
        before,
    ):
        return False
    if re.match(r"Ⓞ (?:programming |drama |late-night |time ?)?(?:block|slot|band|strand)", before[max(0, other) :]):
        return False
    if 0 <= show < other and re.search(
        r"Ⓞ[^ⓉⒹ]{0,20}? and (?:will|is set|premieres|airs|starts|begins|debuts)\b", before[other:]
    ):
        return False
    if other > show and re.match(r"Ⓞ, (?:which|that|who)\b", before[other:]):
        return True
    if other > show and not re.search(
        r"[.;]|, (?:Ⓣ|(?:the|this) (?:[\w-]+ ){0,3}(?:series|drama|film|show|movie|anime|project|thriller|"
        r"comedy))|, it \w|it (?:is|will)",
        before[other:],
    ):
        tail = before[other:]
        return not (
            re.search(
                r"(?:\b(?:after|following|follow\w*|succeed\w*|tak\w+ over from|replac\w+|creator of|behind|"
                r"known for|from the \w+ of|based on|adaptation of|in the slot of) [^ⓉⒹ]{0,24})$",
                before[:other],
            )
            and re.search(r"[,)]|(?:will|is set|premieres|airs)", tail)
        )
    return bool(re.match(r"Ⓓ['’]s? [^ⓉⓅ]{0,24}Ⓞ", text[place : place + 40]))
