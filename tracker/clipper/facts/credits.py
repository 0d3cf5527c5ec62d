"""Who directs and who writes the show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.language.tagging import TaggedSentence
from tracker.model.article_draft import Fact

_NAMES: Final = (
    r"Ⓟ(?:(?:,| and| &|, and| and to| and (?:his|her|their) (?:[a-z-]+ ){1,3}|,? as well as|,? along with|"
    r",? together with| with) Ⓟ){0,7}"
)
_APPOSED: Final = (
    r"(?:,? (?:whose|an?|the|of|known|best known|also|both|fresh off|behind|who (?:is|was|has|made|wrote|directed|"
    r"helmed|created|also|previously|recently|worked|won|received|earned|gave|did))[^Ⓣ;.]{2,140}?,|"
    r", [^,ⓅⓉ;.]{2,60},| \([^)]{1,60}\)| of [^ⓅⓉ,;.]{0,30}(?:Ⓞ(?:,? and Ⓞ|, Ⓞ){0,3})(?: fame)?,?)?"
)
_WILL: Final = (
    r"(?:,? (?:will|would|to|is|are|was|were|has|have|been|be|set|slated|confirmed|expected|tapped|also|both|who|"
    r"reportedly|attached|on board|signed on|agreed|currently|in talks|co-|due|had|once|come|comes|came|aboard|on|"
    r"onboard|remains|stays|going|joining|again|back|returning|returns|to)){0,6}"
)
_LEAD: Final = r"(?:,? (?:by|from|is|are|was|will be|to be|:)|:| –| -)?"

_DIRECTS: Final = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:[Dd]irected|[Hh]elmed|[Cc]o-directed|[Cc]aptained|[Mm]egged|"
        rf"[Ss]teered) (?:and (?:\w+[ -]){{1,2}})?by (?P<names>{_NAMES})",
        rf"(?:[Dd]irection|[Dd]irecting|helm) (?:is |will be |comes |are |falls |fell |goes |went )?(?:handled |"
        rf"led |taken on |"
        rf"in the hands )?(?:by|of|is|are|(?<=comes )from|to) (?P<names>{_NAMES})",
        rf"[Dd]irector['’]s (?:seat|chair) (?:will be |is |to be |has been )?(?:occupied|filled|taken|"
        rf"manned)(?: up)? by (?P<names>{_NAMES})",
        rf"[Dd]irecting(?: duties)? (?:is|are|will be|falls to|fall to|fell to|went to|goes to|go to|is down to|"
        rf"are handled by)(?: handled by)? (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:directs?\b|directing\b|direct and|directed (?:the|both|all|Ⓣ|"
        rf"it|every|season|episodes?)|helms?\b|helming\b|"
        rf"at the helm|behind the camera|in the director['’]s chair|sit in the director|take the director|"
        rf"taking the director|takes the director|on directing duties|responsible for (?:the )?direct\w+|(?:hold|"
        rf"holding|holds|take|takes|taking|grab|grabs|wield|wields) (?:up )?(?:the )?megaphone|mak(?:e|es|"
        rf"ing) (?:his|her|their) (?:\w+[ -]){0, 3}direct(?:ing|orial) debut|directed from|"
        rf"share(?:s)? (?:the )?direct\w+|split(?:s)? (?:the )?direct\w+|calls the shots|call the shots|"
        rf"handles? (?:the )?direct|(?:sits?|sitting|is|settles|steps?|stepping) (?:\w+ )?(?:in|"
        rf"into) the director['’]s|taking the helm|takes? the helm|takes? over (?:the )?direct\w+|"
        rf"takes? charge of (?:the )?direct|in charge of (?:the )?direct|oversee(?:s|"
        rf"ing)? (?:the )?direct)(?! (?:of (?:photography|music|animation)))",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:co-)?(?:writ\w+|wrote|penned) and (?:to )?(?:co-)?direct\w*",
        rf"(?<!casting )(?<!music )(?<!art )(?<!sub-)(?<!assistant )(?<!sound )(?<!animation )(?<!photography "
        rf")(?<!creative )(?<!stunt )(?<!series )(?<!episode )(?<!managing )(?<!deputy )(?<!unit )(?<!executive "
        rf")(?<!Art )(?<!Music )(?<!Casting )(?<!Sub-)(?<!Assistant )\b(?:[Dd]irectors?|[Ff]ilmmakers?|"
        rf"[Hh]elmers?|PDs?|Producing [Dd]irector|[Cc]hief [Dd]irector|[Dd]irector-writer|[Ww]riter-director|"
        rf"[Ww]riter/director|[Ww]riter and director|[Dd]irector and (?:co-)?writer|auteur|"
        rf"DIRECTOR)(?: \([^)]{{1,30}}\))?(?:(?: for the (?:series|drama|film|project|show))? (?:is|are|will be|"
        rf"(?:is |was |are )?(?:rumou?red|said|expected|set|believed) to be|"
        rf"has been named as)|s?:| –| -|,)? (?P<names>{_NAMES})",
        rf"(?:by|from) (?:\w+ ){{0,2}}?(?:director|filmmaker|helmer|PD|writer-director|"
        rf"writer/director)s? (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}),? (?:is |are |serves |will serve |attached |on board |returns |is on board |"
        rf"is attached |will be |acts )?(?:as )?(?:the |its |lead |series['’]? |show['’]s |film['’]s |drama['’]s |"
        rf"co-|writer and |writer-)*(?:director|directors|helmer|PD)\b(?! of (?:photography|Ⓞ)| Ⓟ)",
        rf"(?:[Aa]t the helm|[Bb]ehind the camera|[Ii]n the director['’]s chair|"
        rf"[Ii]n charge of (?:the )?direct\w+|[Oo]n (?:the )?direct\w+ duties)(?: (?:of|for|"
        rf"on) [^Ⓟ,.;]{{1,40}})?,? (?:is|are|will be|sits|stands|for|:) (?P<names>{_NAMES})",
        rf"(?:[Uu]nder the direction of|with direction by|reins (?:are |go |handed )?(?:to|in the hands of)|"
        rf"hands of (?:director )?) ?(?P<names>{_NAMES})",
        rf"with (?P<names>{_NAMES}){_APPOSED} (?:direct\w+|helming|at the helm|as (?:the )?director|set to direct|"
        rf"attached to direct|behind the camera|on board to direct|in the director)",
        rf"direct\w*\b[^.;]{{0,60}}, with (?P<names>{_NAMES}) (?:taking over|handling|doing|on|following|"
        rf"stepping behind)",
        rf"(?:tap\w*|hired|hires|from|by|with|brought in|is|are) (?:the )?(?:director|helmer|filmmaker|"
        rf"PD)s? (?:of|behind) "
        rf"(?:Ⓞ|Ⓟ)(?:(?:, |,? and )(?:Ⓞ|Ⓟ)){{0,2}}, (?P<names>{_NAMES})",
        rf"[Cc]alling the shots(?: on [^Ⓟ,.;]{{1,30}})? (?:is|are) (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} co-?(?:direct|helm)\w*",
        r"direct\w*\b[^.;Ⓟ]{0,60}, (?:and )?(?P<names>Ⓟ) (?:the rest|the others?|the (?:remaining|last|final|"
        r"other)|episodes?)",
        rf"(?P<names>{_NAMES}) (?:has |have )?(?:signs?|signed) (?:on )?as (?:the )?(?:director|helmer)",
        rf"(?:directorial|feature|directing) debut (?:of|for) (?:\w+ ){{0,2}}?(?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:makes?|making|made) (?:his|her|"
        rf"their) (?:\w+[ -]){{0,2}}(?:directorial|directing) debut",
        rf"[Tt]he (?:director|helmer)s? (?:of|for|on) (?:the|this) (?:\w+ )?(?:drama|series|film|show|movie|"
        rf"project) (?:is|are|will be) (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}), (?:the |its )?(?:director|helmer)s?(?: (?:of|behind) (?:the|"
        rf"this) (?:\w+ )?(?:drama|series|film|show|movie|project|adaptation))?,",
        rf"(?:[Uu]nder|[Uu]nder the) direction of (?:\w+ ){{0,2}}?(?P<names>{_NAMES})",
        rf"[Ww]riter[-/](?:and[-/])?director (?P<names>{_NAMES})",
        r"(?P<names>Ⓟ)-(?:directed|helmed)",
        r"(?P<names>Ⓟ) (?:has |is )?(?:replace[sd]|replacing|takes over from|taking over from|succeeds|"
        r"took over from) Ⓟ as (?:the )?(?:\w+ )?director",
        rf"megaphone (?:is|will be|goes|has been) (?:\w+ )?(?:held by|to|in the hands of|handed to) "
        rf"(?P<names>{_NAMES})",
        rf"^(?:DIRECTOR|[Dd]irector|[Dd]irected by|Directing|Chief Director)s? ?[:–—-] ?(?P<names>{_NAMES})",
    )
)
_WRITES: Final = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:[Ww]ritten|[Pp]enned|[Ss]cripted|[Cc]o-written|"
        rf"[Ss]creenwritten) (?:and (?:\w+[ -]){{1,3}})?by (?:(?:the )?(?:\w+[ -]){{0,2}}(?:duo|team|pair|trio|"
        rf"couple|siblings|sisters|brothers|author|writer)(?: of)? )?(?P<names>{_NAMES})",
        rf"(?:[Ss]cripts?|[Ss]creenplay|[Tt]eleplay|[Ww]riting|[Ss]creenwriting|[Ss]eries composition|"
        rf"[Ss]tory and script)(?: duties)?(?: (?:for|of|on) [^ⓅⓄ,.;]{{1,40}})?(?:,? (?:that|it|which))?(?:,|"
        rf" (?:is|are|was|will be|comes|came|"
        rf"come|has been|have been|being|falls|goes|fell|went))?(?: (?:itself |again |once more |"
        rf"also )?(?:handled|penned|written|adapted|signed|"
        rf"credited|provided|led|taken on|supervised|overseen|in the hands|down|"
        rf"the work))? (?:an original )?(?:by|from|of|to|is|are) (?:(?:head|lead|chief|main) (?:author|"
        rf"writer) )?(?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:writ(?:es?|ing)(?! (?:for|about|(?:the |his |her |"
        rf"its )?(?:\w+ )?(?:music|songs?|scores?|lyrics|soundtrack|theme)))\b|(?:wrote|"
        rf"written) (?:(?:all (?:of )?)?(?:the|that|this|a|its) (?:\w+ )?(?:script|screenplay|series|drama|show|"
        rf"film|scripts|teleplay|"
        rf"adaptation|premiere|pilot|episodes)|(?:(?:all|both|most|\w+) (?:of the )?)?(?:\w+ )?episodes|Ⓣ|it\b|"
        rf"all)|pens?\b(?! name)|penned (?:the|Ⓣ|it\b)|penning|script(?:s|ing)\b|adapt(?:s|ed|"
        rf"ing)?\b(?! by)(?![^.;]{{0,60}}character designs?)|creat\w+ and (?:will |is |also )?(?:co-)?(?:writ\w+|"
        rf"wrote|pen\w*)|sign(?:s|ed)? the (?:scripts?|screenplay)|co-wr\w+|"
        rf"in charge of (?:the )?(?:series )?(?:scripts?|screenplay|composition|writing)|"
        rf"handl\w+ (?:the )?(?:script|screenplay|series|writing)|oversee\w* (?:the )?(?:script|series (?:script|"
        rf"composition)|writing)|on script|responsible for the (?:script|screenplay)|"
        rf"supervis\w+ (?:the )?(?:script|series))",
        rf"(?<!original )(?<!Original )(?<!web novel )(?<!novel )(?<!comic )(?<!manga )(?<!webtoon )(?<!light "
        rf"novel )(?<!source "
        rf")\b(?:[Ss]creenwriters?|[Ss]criptwriters?|(?<!co-executive )[Ww]riters?|[Hh]ead writers?|"
        rf"[Ll]ead writers?|[Ww]riter-director|[Ww]riter/director|[Ww]riter and director|[Ww]riter-creator|"
        rf"[Ww]riter-showrunner|[Ww]riter and showrunner|[Dd]irector-writer|[Ww]riter/showrunner|"
        rf"[Ww]riter/(?:executive )?producer|[Ww]riter-producer|[Ww]riter/creator|[Cc]reator/writer|[Pp]laywright|"
        rf"[Ss]creenwriting duo|[Ww]riting (?:duo|team|partners)|scribes?)(?: (?:is|are|will be)|s?:| –| -|"
        rf",)? (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES})(?:{_APPOSED})(?:,| who)? (?:is |are |serves |will serve |attached |on board |"
        rf"returns |will be |"
        rf"remains |stays |acts )?(?:as )?(?:the |its |lead |head |chief |series['’]? |show['’]s |film['’]s |"
        rf"drama['’]s |co-|"
        rf"sole |director and )*(?:writer|writers|screenwriter|screenwriters|scriptwriter|scribe|"
        rf"head writer)\b(?! of (?:the (?:novel|webtoon|manga|book|original)|Ⓞ)| Ⓟ)",
        rf"[Ww]riting(?: and (?:running|directing|producing|creating|executive producing))?(?: (?:the|it|this|"
        rf"Ⓣ)(?: \w+)?)? (?:is|are) (?P<names>{_NAMES})",
        rf"(?:[Pp]utting pen to paper|[Oo]n script duties|[Oo]n writing duties) (?:is|are) (?P<names>{_NAMES})",
        rf"with (?P<names>{_NAMES}){_APPOSED} (?:writing|penning|on script|scripting|as (?:the )?(?:writer|"
        rf"screenwriter)|attached to write|set to write|adapting)",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:(?:direct\w*|helm\w*) and (?:to )?(?:co-)?(?:writ\w+|wrote|"
        rf"penned)|(?:co-)?(?:wrote|writ\w+|penned|pens) and (?:to )?(?:co-)?direct\w*)",
        rf"(?P<names>{_NAMES}),? (?:who )?(?:also )?(?:writ\w+|oversee\w*|supervis\w+|handl\w+|"
        rf"pens?) (?:the )?(?:scripts?|series composition|screenplay)",
        rf"(?:writ(?:es|ing)|wrote|pen(?:s|ned|ning)) (?:it|them|the (?:scripts?|screenplay|series|"
        rf"show|that script|this script))? ?(?:together |along |jointly )?(?:with|alongside) (?:(?:his|her|their|"
        rf"the) )?(?:[A-Za-z][\w-]+,? ){{0,2}}(?P<names>{_NAMES})",
        r"(?P<names>Ⓟ)(?: \([^)]{1,40}\))?(?:,? (?:is|will|are|to|also|who|set))* direct\w*[^;.]{0,60} from (?:a|"
        r"the|his|her) "
        r"(?:script|screenplay) (?:that )?(?:s?he|they) (?:co-)?(?:wrote|penned)",
        r"(?P<names>Ⓟ)[^;.]{0,40}\b(?:direct|helm)\w*[^;.Ⓟ]{0,40} from (?:a|the) (?:script|"
        r"screenplay) by (?:himself|herself|themselves)",
        rf"(?:script|screenplay) by (?:himself|herself|themselves) and (?P<names>{_NAMES})",
        rf"(?:creat\w+ by|hails? from|comes? from|series from) (?P<names>{_NAMES}),? (?:both of whom|"
        rf"who)[^ⓉⓅ;.]{{0,60}} (?:wrote|writ\w+|penned)\b",
        rf"(?:from|by|is) the (?:writer|pen|creator-writer|screenwriter) (?:of|behind) (?:Ⓞ|"
        rf"Ⓟ)(?:[^Ⓟ;.,]{{0,20}})?(?:(?:, |,? and )(?:Ⓞ|Ⓟ)){{0,2}}, "
        rf"(?P<names>{_NAMES})",
        rf"adapted (?:for (?:the screen|television|TV) )?by (?P<names>{_NAMES})",
        rf"writers['’] room (?:is|are)(?: led by)? (?P<names>{_NAMES})",
        rf"(?:pen of|from the pen of|words of|written for the screen by|new work (?:by|"
        rf"from) (?:\w+ )?writer) (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}) (?:holds?|takes? up|has taken up|picks? up) (?:the|a|her|his) pen",
        rf"[Tt]he (?:screen|script)?writers? (?:of|for|on) (?:the|this) (?:\w+ )?(?:drama|series|film|show|movie|"
        rf"project) (?:is|are|will be) (?P<names>{_NAMES})",
        rf"[Aa]dapted (?:for (?:the screen|television|TV) )?(?:from Ⓟ['’]s [^.;Ⓟ]{{2,40}} )?by (?P<names>{_NAMES})",
        rf"(?:[Cc]reated|[Dd]eveloped) by (?P<names>{_NAMES}),? (?:both of whom|who) (?:also |will |"
        rf"both )*(?:writ\w+|wrote|pen\w*)",
        rf"[Cc]o-?(?:written|penned|scripted) by (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:hired|brought in|tapped|attached|set|"
        rf"recruited) to (?:co-)?(?:write|pen|script|adapt)",
        rf"(?P<names>{_NAMES}) (?:is |are )?behind the (?:script|screenplay|scripts|teleplay)",
        rf"(?P<names>{_NAMES}) (?:has |have )?(?:signs?|signed) (?:on )?as (?:the )?(?:\w+ )?(?:writer|screenwriter)",
        r"(?P<names>Ⓟ)-(?:penned|scripted|written)",
        rf"from a (?:script|screenplay|teleplay)(?: written| penned)? by (?P<names>{_NAMES})",
        rf"^(?:WRITER|[Ww]riter|[Ss]creenwriter|[Ss]cript|[Ss]creenplay|[Ww]ritten by|[Ss]cripts?|"
        rf"[Ss]eries [Cc]omposition)s? ?[:–—-] ?(?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES})['’]s? (?:script|screenplay|teleplay)\b",
    )
)
_NOVEL: Final = re.compile(
    r"(?:novels?|manga|webtoons?|comics?|books?|memoirs?|plays?|stor(?:y|ies)|trilogy|manhwa|manhua|bestsell\w+|"
    r"original work|graphic|articles?|podcasts?|songs?|theme|column|essay|poems?|source material|comic strip|OST|"
    r"opening|lyrics|games?|fiction|text|work|light novel|series of novels|letter|post|op-ed|source)\b"
    r"(?:,? (?:of the same (?:name|title)|by the same name|Ⓣ|Ⓞ|series|that (?:was|is)|which (?:was|is)|originally|"
    r"from \d+|was|is|entitled|titled|called|first|\([^)]{1,40}\)|also|he|she|they|itself|had been|[12]\d{3}|"
    r"bestselling|popular|published in Ⓓ|,))*,? ?$",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(
    r"\b(?:hospital|company|school|museum|medical|bank|festival|department|program|institute|centre|center) $|"
    r"\b(?:casting|sound|sub|assistant|creative|managing|"
    r"unit|stunt|deputy|chief animation|music|photography|action|animation|characters?|art|stunts?|produced|"
    r"edited|costumes?|designed|song|theme|choreograph\w+|review|article|text|dubbed|previously|earlier|"
    r"then)\b[^Ⓟ,;.]{0,12}$",
    re.IGNORECASE,
)
_WAS: Final = re.compile(
    r"(?:originally|previously|(?:was|were|who) first|first (?:attached|announced|set|linked|named|slated|choice)|"
    r"had been|was to have been|was to be|once|initially|formerly|"
    r"at one point) [^ⓉⓅ,;.]{0,40}$|(?:replac\w+|instead of|in place of|taking over from|takes over from|"
    r"following the exit of|after|departure of|exit of|loss of|without|firing of) (?:\w+ )?$",
    re.IGNORECASE,
)


_ONE: Final = re.compile(
    r"\b(?:[Dd]irector|PD|[Ww]riter|[Ff]ilmmaker|[Ss]creenwriter|[Ww]riter-director|[Hh]elmer)(?: \([^)]*\))? $"
)
"""One person is named by such a word, and who comes after "and" does something else."""


def directors(reading: AnnotatedArticle) -> list[Fact]:
    """Return who directs the show."""
    return _credits(reading, "directors", _DIRECTS)


def writers(reading: AnnotatedArticle) -> list[Fact]:
    """Return who writes the script; not who wrote the novel behind it."""
    return _credits(reading, "writers", _WRITES)


def _credits(reading: AnnotatedArticle, field: str, patterns: tuple[re.Pattern[str], ...]) -> list[Fact]:
    facts = _told(reading, field, patterns)
    if not facts:
        facts = _alone(reading, field)
    return list(facts.values())


_HINTS: Final = {
    "directors": re.compile(
        r"direct|helm|PD|camera|megaphone|filmmaker|captain|megged|steer|auteur|shots", re.IGNORECASE
    ),
    "writers": re.compile(
        r"writ|wrote|script|screenplay|teleplay|pen|adapt|scribe|composition|playwright|showrunner|words of",
        re.IGNORECASE,
    ),
}
"""Without any of these a sentence says nothing of the trade."""
_WORDS: Final = {
    "directors": re.compile(
        r"\b(?<!casting )(?<!music )(?<!art )(?<!sound )(?<!executive )(?<!managing )(?:direct(?:s|ed|ing|"
        r"or)\b(?! of)|helm\w*|PD\b|behind the camera|filmmaker)",
        re.IGNORECASE,
    ),
    "writers": re.compile(
        r"\b(?:scripts?\b(?![- ]?read)|scripted|screenplay|screenwriters?|scriptwriters?|teleplay|head writer|"
        r"penn(?:ed|ing|s)\b|pens\b|writer\b(?! of)|written by|writes\b|wrote\b)",
        re.IGNORECASE,
    ),
}
_CLAUSES: Final = re.compile(r"[;:—–]|, (?=(?:with|while|and|who|which|but|as)\b)|(?<=[.!?]) ")


def _alone(reading: AnnotatedArticle, field: str) -> dict[str, Fact]:
    """Return the only names of a clause that speaks of the trade, where no phrase that is known tells more."""
    facts: dict[str, Fact] = {}
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        if not is_about or coded.sentence.is_heading or subject.looks_back(coded):
            continue
        at = 0
        for piece in [*_CLAUSES.split(coded.text)]:
            start = coded.text.index(piece, at)
            at = start + len(piece)
            groups = list(re.finditer(_NAMES, piece))
            if (
                len(groups) != 1
                or re.match(r"\W*(?:which|whose)\b", piece)
                or "Ⓞ" in piece
                or not _WORDS[field].search(piece)
                or _NOVEL_ANY.search(piece)
                or _SAYS.search(piece)
                or re.search(r"(?:wrote|writes) (?:[\w-]+ )?Ⓟ", piece)
                or any(
                    _ELSE.search(piece[: one.start()]) or _WAS.search(piece[: one.start()])
                    for one in _WORDS[field].finditer(piece)
                )
            ):
                continue
            for item in coded.between(start + groups[0].start(), start + groups[0].end()):
                name = reading.full(item.value)
                if " " in name:
                    facts.setdefault(name, Fact(field, name, coded.sentence.text, coded.sentence.start, 0.5))
        if facts:
            return facts
    return facts


_NOVEL_ANY: Final = re.compile(
    r"\b(?:music|songs?|score|lyrics|soundtrack|theme song|novel|manga|webtoon|book|comic|memoir|author|cast as|"
    r"plays?|stars?|role|character|producer|"
    r"Ⓟ['’]s (?:character|agency)|based on|adapted from)\b",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"\b(?:said|says|told|thanked|praised|explained|left|departed|exit\w*|replaced|previous\w*|known|award|won|"
    r"debut as|interview)\b",
    re.IGNORECASE,
)


def _told(reading: AnnotatedArticle, field: str, patterns: tuple[re.Pattern[str], ...]) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        if not is_about or subject.looks_back(coded):
            continue
        if "Ⓟ" not in coded.text or not _HINTS[field].search(coded.text):
            continue
        for pattern in patterns:
            for match in pattern.finditer(coded.text):
                if _is_elsewhere(coded, match):
                    continue
                for name in _names(reading, coded, match):
                    sentence = coded.sentence
                    facts.setdefault(name, Fact(field, name, sentence.text, sentence.start, 0.9))
    return facts


def _names(reading: AnnotatedArticle, coded: TaggedSentence, match: re.Match[str]) -> Iterator[str]:
    items = coded.between(*match.span("names"))
    if re.match(r",? who\b(?! (?:both|all)\b)", match[0][match.end("names") - match.start() :]):
        items = items[-1:]
    elif _ONE.search(match[0][: match.start("names") - match.start()]):
        items = items[:1]
    for item in items:
        yield reading.full(item.value)


_TRADE: Final = re.compile(r"(?:\w+[- ])?(?:director|helmer|filmmaker|PD|writer|screenwriter|scribe|duo|creator)s?,? Ⓟ")
"""“Last Tram” director Ana Poe: what somebody is known for."""


def _is_elsewhere(coded: TaggedSentence, match: re.Match[str]) -> bool:
    text = coded.text
    before = text[: match.start()]
    after = text[match.end() : match.end() + 60]
    if _NOVEL.search(before[-70:]) or _ELSE.search(before[-30:]) or _WAS.search(before[-50:]):
        return True
    if re.match(r"[^ⓉⓅ,.;]{0,24}Ⓞ(?! (?:fame|and will))", after) and match[0][-1] != "Ⓟ":
        return True
    if re.search(r"Ⓞ[^ⓉⓅ;.:]{0,12}$", before) and not _TRADE.match(match[0]) and not re.search(r"Ⓣ", before[-60:]):
        return True
    if re.search(r"\bwho (?:also |previously |has )?$", before[-20:]) and re.search(r"Ⓞ", after):
        return True
    return bool(
        re.match(
            r",? (?:has |have |was |were )?(?:quit|resign|fired|let go|replaced|bowed out|walked|makes way|"
            r"is replaced|hands over|denied|declined|turned (?:it |the \w+ )?down|"
            r"left|withdr|stepped|exited|dropped out|departed)",
            after,
        )
    )
