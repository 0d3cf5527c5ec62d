"""The cast: who plays in the show, and whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tracker.clip import binding
from tracker.clip.coded import Coded, Item, Reading
from tracker.clip.titles import key
from tracker.model.draft import Fact

_NAMES: Final = r"Ⓟ(?:(?:(?<=pairs Ⓟ) with|,| and| &|, and|,? as well as|,? along with|,? alongside|, plus|, together with| together with| or|, with) Ⓟ){0,14}"
_APPOSED: Final = r"(?:,? (?:a member of|known|best known|of|whose|who (?:is|was|rose|made|won|previously))[^Ⓣ;.]{2,110}?,|,? (?:who|an?|the|of|both|whose|known|best known|formerly|also known)[^ⓉⓅ;.]{2,90}?,|, [^,ⓅⓉ;.]{2,60},| \([^)]{1,60}\))?"
_WILL: Final = (
    r"(?: (?:both|all|also|then|now|officially|reportedly|apparently|finally|next))?(?: (?:will|would|to|is|are|was|were|has|have|been|be|set|slated|confirmed|expected|tapped|selected|chosen|going|reported|said|due|cast|down|officially|also|both|rumou?red|likely|reportedly|in talks|considering|in negotiations|"
    r"in final talks|in early talks|negotiating|attached|on board|signed on|signed up|signed|agreed|teaming up|gearing up|poised|may|might|could|can|currently|positively|reviewing|an offer|offers|offered|about|returning|back|ready|getting|decided|for)){0,8}"
)
_DESCRIBED: Final = (
    r"(?:(?:the |a |an |his |her |their |its |fellow |one of the )?(?:(?:title|titular|lead|leading|main|central|key|male|female|dual|eponymous|supporting|second|pivotal|new) ){0,3}(?:roles?|parts?|characters?|protagonists?|heroine|hero|villain|antagonist|leads?)"
    r"(?: (?:of|named|called|is|as))? )?(?:Ⓟ['’]s (?=[a-z]))?(?:(?!who\b|whose\b|with\b|opposite\b|alongside\b|and\b|that\b|to\b|loves?\b|against\b|when\b|after\b|from\b|by\b|whom\b|sister of\b)[\w'’“”\"-]+,? ){0,9}?"
)
_PLAYS: Final = (
    r"(?:plays?|playing|portrays?|portraying|voices?|voicing|tak(?:e|es|ing) on(?: the (?:role|part|character) of)?|takes? the (?:\w+ )?(?:role|part) of|takes? up the (?:role|part) of|"
    r"transforms? into|transforming into|turns? into|becomes?|became|becoming|embod(?:y|ies)|assum(?:e|es) the role of|stars? as|starring as|appears? as|appearing as|cast as|features? as|steps? into the (?:role|shoes) of|stepping into the (?:role|shoes) of|brings? to life|"
    r"taking the (?:role|part) of|in the role of|in the part of|for the role of|for the part of|for the character of|(?:the|a) role of|as|leads? as|headlines? as|joins? as|reprises? (?:his|her|their) role as|return(?:s|ing)? as|is|acts? as|essays?|inhabit(?:s|ing)?|slips? into the role of|(?:gives?|giving|lends?|bringing|breathes?) life to|turns? up as|comes? (?:in|on|aboard) as|be seen as|is on board as|lends? (?:his|her|their) voice to|on as|doubles as|carries the role of|who is|is set as|tak(?:e|es|ing) on)"
)

_STARS: Final = re.compile(
    rf"(?P<names>{_NAMES}){_APPOSED}{_WILL} (?:stars?\b|starring|lead\b|leads\b|leading\b|headlin\w+|front\b|fronts\b|co-?stars?\b|co-?starring|co-?leads?\b|topline\w*|appear\b|appears\b|feature\b|features\b|join\b|joins\b|joined\b|joining\b|"
    r"reunit\w+|team up|teams up|board\b|boards\b|boarded|round\w* out|make up|complete|take(?:s)?(?: on| up)? the (?:lead|leading|main|title|starring|female lead|male lead)|head the cast|heads the cast|head up|play\b|plays\b|cast\b|tapped|added|cameo|guest[- ]star\w*|"
    r"have been cast|has been cast|make (?:a )?(?:special|guest)|return\b|returns\b|reprises?|topbill\w*|on board|attached|also star|sign(?:s|ed)? on|confirmed|make (?:his|her|their) .{0,30}(?:debut|return|comeback)|are the leads|pair up|pairs up|in (?:early |final |advanced )?talks|as (?:the )?(?:male |female |main )?(?:leads?|hero|heroine|protagonists?)\b|opposite\b|(?:is|are) (?:its|the) (?:\w+ )?(?:stars?|leads?)\b|in it\b|supporting (?:them|him|her)|(?:unveiled|announced|named|revealed|confirmed) as (?:one of )?(?:the )?(?:\w+ )?(?:leads?|stars?|cast)|in conversation about a (?:part|role)|be (?:an?|the|senior|two|his|her|their) (?:[\w-]+ ){0,6}?(?!director|writer|producer)[\w-]+|(?:for|in) the lead\b|lead\b)"
)
_STARRING: Final = re.compile(
    rf"(?:\b(?:[Ss]tarring|[Ss]tars|[Ff]eaturing|[Hh]eadlined by|[Ll]ed by|[Tt]oplined by|[Tt]op-lined by|[Ff]ronted by|[Aa]nchored by|opposite|[Aa]longside|[Jj]oined (?:in Ⓣ |here )?by|[Jj]oining|[Pp]airing|pairs|[Rr]eunites|[Rr]eunited|brings together|(?:heroine|hero|lead|star|protagonist) is|[Ii]n (?:the|its) (?:lead|leading|main|title|starring) roles? (?:are|is)|(?:[Pp]arts|[Rr]oles) are (?:played|taken|filled) by(?:, among others,)?|[Dd]ue back (?:with (?:him|her|them) )?(?:are|is)|[Aa]lso (?:in this|starring|cast|joining|featured?|on the list|appearing|returning)(?: are| is|:)|[Aa]lready known (?:were|was|are|is)|bringing together|with a cast (?:that )?(?:led by|includ\w+|of)|ensemble (?:includes|of)|"
    rf"cast (?:also )?(?:includes|members (?:are|include)|is led by|consists of|features|comprises|list includes|is rounded out by|will include)|cast (?:are|is)|[Cc]ast: |CAST: |[Ss]tarring: |[Ss]tars: |added|adds|adding|casts|taps|tapped|signs|signed|enlists|welcomes|[Rr]ounding out the (?:main |principal |lead )?cast (?:are|is)|[Aa]lso starring(?: (?:are|is))?|"
    rf"[Aa]lso (?:in the cast|cast|on board|appearing|joining)(?: \w+){{0,3}}? (?:are|is|include|will be)|co-stars(?: (?:are|include))?|interpreters include|(?:are|is|be) played by|supporting players (?:are|include)|[Aa]lso on the (?:call sheet|list|roster):|flanked by|supported by|accompanied by|rounded out by|[Oo]pposite (?:him|her|them)(?:, [^,Ⓟ]{{2,30}})?,? (?:is|are|will be)|replaced (?:by|with)|billing with|[Ww]e get|ongoing with|(?:[Aa]lso new|newcomers?|additions?)(?: \w+){{0,2}} (?:are|is|include)|(?:[Pp]art|[Rr]ole|[Ll]ead)s? (?:has |have )?(?:went|goes|gone|go) to|(?:special|guest) appearances? by|cameos? (?:by|from)|will appear (?:are|is)|(?:was|were) to (?:have )?star(?:red)?|lineup (?:of|includes)|line-up (?:of|includes)|leads (?:are|will be)|lead (?:roles|cast|actors|pair|couple|duo)(?: (?:of|are|will be|go to|went to))|(?:main |starring |leading )(?:roles|parts) (?:will be played by|go to|are)|lead(?:ing)? role(?: \w+){{0,4}} (?:goes|went) to|"
    rf"(?:stills?|posters?|teasers?|trailers?|images?|look|photos?)(?: \w+){{0,2}}? (?:with|of|featuring)|[Ll]ead (?:pair|couple|duo|roles?): ?|[Ll]eads: ?|joins|joining|(?:It|it|cast|roster|list) (?:also )?(?:has|includes|counts|boasts)|from|also sees|will see|sees|see|[Tt]he (?:film|series|drama|show|movie) (?:also )?(?:unites|pairs|casts))(?: the (?:leads?|likes of))?|[Ww]ith)(?:,| both)? (?:(?:the )?(?:\w+ ){{0,2}}?(?:leads|pair|duo|couple|stars) )?(?P<names>{_NAMES})"
)
_AS: Final = re.compile(rf"(?P<names>{_NAMES})(?:, [^,ⓅⓉ;.]{{2,70}},| \(Ⓞ\))?,? \(?(?:as|—|–|-|→) (?P<desc>{_DESCRIBED})(?P<role>Ⓟ)(?!['’]s? (?!character|brother))")
_ROLE: Final = re.compile(
    rf"(?P<names>{_NAMES}){_APPOSED}(?:,? who)?{_WILL},? (?:\w+ly )?{_PLAYS} (?P<desc>{_DESCRIBED})(?P<role>Ⓟ)(?!['’]s? (?:\w+ ){{0,3}}(?:brother|sister|mother|father|friend|rival|wife|husband|love|boss|partner|son|daughter|lawyer|ex\b|colleague|assistant|agency|first|best))"
)
_AS_FIRST: Final = re.compile(rf"(?:^|[.;] |, )[Aa]s (?P<desc>(?:[\w'’-]+ ){{0,5}}?)(?P<role>Ⓟ)(?:, [^Ⓟ;.]{{2,80}})?, (?P<names>Ⓟ) ")
_DOES_AS: Final = re.compile(rf"(?P<names>Ⓟ)(?P<does>[^ⓅⓉ;.]{{3,110}}) as (?P<desc>{_DESCRIBED})(?P<role>Ⓟ)(?!['’]s? )")
_IS: Final = re.compile(r"(?P<names>Ⓟ)(?:, \d\d,| \([^)]{1,40}\)|, [^,ⓅⓉ;.]{2,60},)? (?:is|will be) (?P<desc>(?:(?!an?\b|of\b|the\b|in\b|on\b|at\b|to\b|for\b|with\b|from\b|not\b|set\b|back\b|still\b|also\b|joined\b|director\b|by\b|\w+ing\b|\w+ed\b)[\w'’-]+ ){0,2}?)(?P<role>Ⓟ)(?=,| and Ⓟ| as|;|\.|$)")
_WHO_IS: Final = re.compile(r"(?P<role>Ⓟ),? (?:who|which)(?:['’]s| is) (?P<names>Ⓟ)['’]s? (?:character|role|part)")
_LIFE: Final = re.compile(r"(?P<names>Ⓟ)[^ⓅⓉ.;]{0,40}(?:brings?|bringing) (?P<desc>(?:[\w'’-]+ ){0,4}?)(?P<role>Ⓟ) to life")
_ROLE_BY: Final = re.compile(
    r"(?P<role>Ⓟ)(?:, [^Ⓟ;.]{2,140}?,|,)? ?\(?,? ?(?:(?:is|are|was|will be|to be|being|who is|who will be|which is|both) )?(?:played|portrayed|voiced|brought to life|embodied|depicted|essayed) by (?:the )?(?:\w+ ){0,2}?(?P<names>Ⓟ)"
)
_ROLE_TO: Final = re.compile(r"(?:[Rr]ole|[Pp]art|[Cc]haracter),? (?:of )?(?P<desc>(?:[\w'’-]+,? ){0,8}?)(?P<role>Ⓟ),?(?:,? [^Ⓟ;.]{2,120}?,)? (?:goes to|went to|has gone to|will go to|was given to|has been offered to|was offered to|is filled by|will be taken (?:on )?by|is taken by|falls to|will be played by|belongs to|has been given to) (?P<names>Ⓟ)")
_OFFERED: Final = re.compile(r"(?:[Rr]ole|[Pp]art|[Cc]haracter|lead) (?:that (?:was|is) )?(?:offered|proposed|given|handed) to (?P<names>Ⓟ) is (?:that of |the )?(?P<desc>(?:[\w'’-]+ ){0,6}?)(?P<role>Ⓟ)")
_CHARACTER: Final = re.compile(r"(?P<names>Ⓟ)['’]s? (?:character|role|part|alter ego)(?:, | is (?:named |called )?| will be | would be )(?P<desc>(?:[\w'’-]+ ){0,6}?)(?P<role>Ⓟ)")
_ROLE_PAREN: Final = re.compile(r"(?P<one>Ⓟ) \((?:[A-Z][\w.]+ )?(?P<two>Ⓟ)\)")
_DESCRIBED_PAREN: Final = re.compile(r"[a-z] \((?:played by )?(?P<names>Ⓟ)\)")
_LINE: Final = re.compile(r"^(?:[•*·-] ?)?(?P<names>Ⓟ) ?(?:as|[-–—:/]|\.\.\.|…|\() ?(?P<desc>(?:[\w'’.-]+ ){0,4}?)(?P<role>Ⓟ)\)?(?:$|[,(.–—-])")
_LINE_CAST: Final = re.compile(rf"^(?:(?:Main |Supporting |Full )?[Cc]ast(?: members)?|CAST|[Ss]tarring|[Ss]tars|Actors?)(?: ?[:–-]) ?(?P<names>{_NAMES})")

_LEFT: Final = re.compile(
    rf"(?P<names>{_NAMES}){_APPOSED}(?: (?:has|have|had|is|was|were|also|reportedly|officially|since|will|would|ultimately|eventually|recently|previously|initially|originally|first|abruptly))* (?:withdr\w+|dropp?(?:ed|s|ing)? out|depart\w*|exit(?:s|ed|ing)?|left\b|leaves\b|leaving\b|step(?:s|ped|ping)? (?:down|away|back)|"
    r"pull(?:s|ed|ing)? out|bow(?:s|ed|ing)? out|turn(?:s|ed|ing)? (?:it |the (?:role|part|offer) )?down|declin\w+|pass(?:es|ed)? on|reject\w*|rul(?:e|ed|es) (?:him|her|them)self out|not (?:be )?(?:return|appear|star|part|in|join|reprise|tak)\w*|no longer|parted ways|who was (?:first|originally|initially|once)|who was to (?:play|star)|who had been|was offered [^.;]{0,50} but (?:passed|declined|turned)|offered [^.;]{0,50} but passed|had been (?:attached|cast|considered|offered|set|announced|named|linked)|not (?:attached|involved)|not part of|does not|did not|do not|won['’]t|wo n['’]t|"
    r"replaced|recast|let go|fired|eyed|considered|courted|tested|auditioned|unable|denied|den(?:y|ies))\b"
)
_REPLACED: Final = re.compile(rf"(?:replac(?:es|ing|ed|e)(?! by)|in place of|instead of|takes? over (?:the role )?from|taking over (?:the role )?from|steps in for|stepping in for|exit of|departure of|withdrawal of|had (?:been )?named|originally to (?:have )?star(?:red)?|originally (?:offered|meant|intended|written) (?:to|for)|first offered to|rumou?rs (?:of|about|around|that)|in the footsteps of|inspired by|not|without|loss of) (?P<names>{_NAMES})", re.IGNORECASE)
_NOT_CAST: Final = re.compile(
    r"(?:from|by|of|with) $|(?:direct|writ|produc|creat|author|helm|PD|executive|screenplay|script|novel|manga|webtoon|based on)\w*[^ⓅⓉ.;]{0,24}$", re.IGNORECASE
)
_PAST: Final = re.compile(r"(?:\bwho\b|,|\bhe\b|\bshe\b)? ?(?:starred|appeared|played|portrayed|led|joined|worked|featured|acted|co-starred|debuted)\b", re.IGNORECASE)


class Found(NamedTuple):
    """Somebody of the cast, as one sentence tells it."""

    name: str
    role: str
    coded: Coded
    weight: float


def cast(reading: Reading, behind: frozenset[str]) -> list[Fact]:
    """Return the cast with the roles that are told.

    Args:
        reading: The article.
        behind: Who writes or directs; they act only where a role is told.
    """
    about = reading.about
    found: list[Found] = []
    gone: set[str] = set()
    for coded, is_about in zip(reading.coded, about, strict=True):
        if "Ⓟ" not in coded.text:
            continue
        gone |= set(_gone(reading, coded))
        if not is_about or binding.looks_back(coded):
            continue
        found += _told(reading, coded, {one.name for one in found})
    crew = _crew(reading) | behind
    taken = {reading.full(one.role) for one in found if one.role}
    for coded, is_about in zip(reading.coded, about, strict=True):
        if is_about and not binding.looks_back(coded):
            found += _in_company(reading, coded, crew, taken)
    found += _by_standing(reading, crew, taken, about)
    found += _in_parentheses(reading, {one.name for one in found}, about, crew)
    found += _paired(reading, {one.name for one in found if not one.role} - {one.name for one in found if one.role}, {one.name for one in found}, crew, about)
    found += _of_theirs(reading, {one.name for one in found}, about)
    strictly = _crew(reading, _CREW[:2]) | behind
    return _facts(reading, found, gone, strictly)


_COMPANY: Final = re.compile(
    r"\b(?:cast|castmates|ensemble|co-?stars?|supporting (?:roles?|cast|couple|actors)|lead (?:pair|roles?|cast|actors)|leads|starring|stars\b(?! as)|special appearance|cameos?|guest[- ]stars?|appear|appears|line-?up|actors|roster|topline\w*|headlin\w+|script[- ]?reading|table read|attended|present|as were|gather\w*|round\w* out|added|joined|joins|join|joining)\b", re.IGNORECASE
)
_BEHIND: Final = re.compile(r"(?:\b(?:by|from|of|author|novelist|producers?|creators?|composer|PD|director|writer|screenwriter|editor|designer|CEO|president|head|executive|showrunner|manager|reporter|critic|and producer|said|says|told|led by producer|novel|manga|webtoon|EP|EPs|via|for) |['’]s |\()$", re.IGNORECASE)
_OF_TRADE: Final = re.compile(r"\b(?:author|novelist|producers?|creators?|composer|PD|director|writer|screenwriter|editor|designer|CEO|president|executive|showrunner|reporter|critic|novel|manga|webtoon|EP) $", re.IGNORECASE)
_SLOT: Final = re.compile(rf"(?:{_PLAYS}|named|called|role|character|part|opposite the|meets|loves|daughter|son|wife|husband|sister|brother|mother|father|friend|lover|boss|detective|officer|doctor|lawyer|prince|king|queen|student|reporter)(?: (?:[\w'’-]+,? ){{0,4}}?)?(?:and )?$", re.IGNORECASE)
_CREW: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:[Pp]roduced|[Cc]reated|[Cc]omposed|[Ee]dited|[Dd]esigned|[Dd]eveloped|[Bb]acked|[Rr]epped|represented|choreographed|shot|photographed|[Aa]uthored|[Dd]istributed|[Aa]nimated|scored|music(?: is)?|characters?|character designs?|novels?|manga|webtoon|books?|memoir|comic|story) (?:and (?:\w+[ -]){{1,2}})?(?:is |are |was )?by (?P<names>{_NAMES})",
        rf"(?:[Pp]roducers?|[Cc]reators?|[Aa]uthors?|[Nn]ovelists?|[Cc]omposers?|[Ss]howrunners?|CEO|[Pp]resident|EPs?|[Cc]inematographer|mangaka|attorney|manager|agent|[Ee]ditor|[Cc]hief|[Aa]rtist|[Ee]xecutive)(?: is| are|s?:)? (?P<names>{_NAMES})",
        rf"(?P<names>{_NAMES}),? (?:\([^)]{{1,60}}\),? )?(?:(?:also|both|will|is|are|serves?|as|an?|the|,|who|executive|co-|and) ){{0,6}}(?:executive[ -]produc\w+|produc(?:es|ing|ers?|ed)\b|compos\w+|head of|president|CEO|chief|vice president|VP|showrunner|novelist|author\b|creator|creators|said|says|told|designs?|animation)",
    )
)


def _crew(reading: Reading, patterns: tuple[re.Pattern[str], ...] = _CREW) -> frozenset[str]:
    """Return who has another part in the show than to act."""
    found = set()
    for coded in reading.coded:
        for pattern in patterns:
            for match in pattern.finditer(coded.text):
                found |= {reading.full(item.value) for item in coded.between(*match.span("names"))}
    return frozenset(found)


def _in_company(reading: Reading, coded: Coded, crew: frozenset[str], roles: set[str]) -> Iterator[Found]:
    """Read the full names of a sentence that speaks of a cast, without those of whom it says something else."""
    text = coded.text
    if not _COMPANY.search(text) or (re.search(r"\b[Pp]roducers?\b", text) and "cast" not in text) or "Ⓞ" in text and "Ⓣ" not in text:
        return
    for place, item in zip(coded.places, coded.items, strict=True):
        if item.sign != "Ⓟ" or " " not in item.value:
            continue
        name = reading.full(item.value)
        before, after = text[max(0, place - 40) : place], text[place + 1 : place + 50]
        if name in crew or name in roles or _BEHIND.search(before) or _SLOT.search(before) or after.startswith(("'s ", "’s ")):
            continue
        if re.match(r",? (?:who )?(?:said|says|told|wrote|direct|produc|creat|written|penned|helm)", after) or binding.belongs_elsewhere(text, place, place + 1):
            continue
        yield Found(name, "", coded, 0.5)


def _gone(reading: Reading, coded: Coded) -> Iterator[str]:
    for pattern in (_LEFT, _REPLACED):
        for match in pattern.finditer(coded.text):
            for item in coded.between(*match.span("names")):
                yield reading.full(item.value)


def _told(reading: Reading, coded: Coded, known: set[str]) -> Iterator[Found]:
    text = coded.text
    for pattern, weight in ((_IS, 0.7), (_WHO_IS, 0.9), (_LIFE, 0.9), (_ROLE_BY, 0.95), (_ROLE_TO, 0.95), (_OFFERED, 0.9), (_CHARACTER, 0.85), (_LINE, 0.9), (_ROLE, 0.95), (_AS, 0.85), (_AS_FIRST, 0.8), (_DOES_AS, 0.7)):
        for match in pattern.finditer(text):
            if pattern is _LINE and not coded.sentence.is_heading and len(text) > 60:
                continue
            if pattern not in (_LINE, _CHARACTER) and (binding.belongs_elsewhere(text, match.start(), match.end()) or _is_past(text, match)):
                continue
            if re.search(r"\b(?:which|that) (?:starred|featured|had|was led by)\b[^;]*$", text[: match.start("names")]):
                continue
            actors = [reading.full(item.value) for item in coded.between(*match.span("names"))]
            roles = _roles(reading, coded, match, len(actors))
            if pattern is _IS and any(role in reading.people and reading.people[role] in known for role in roles):
                continue
            if pattern is _AS and not roles:
                actors, roles = actors[-1:], [coded.item(match.start("role")).value]
            if pattern is _DOES_AS and re.search(r"\b(?:known|remember\w*|was|were|played|starred|appeared|voiced|such|well|credit\w*|serv\w+|direct\w*|writ\w*|produc\w+|won|award\w*|recogni\w+|said|says|described|hired|works?|worked|list\w*|cast(?!ed))\b", match["does"]):
                continue
            if pattern in (_ROLE, _AS, _DOES_AS) and not _may_be_role(reading, match, roles):
                continue
            for number, actor in enumerate(actors):
                role = roles[number] if len(roles) == len(actors) and number < len(roles) else ""
                yield Found(actor, role, coded, weight)
    for pattern, weight in ((_STARRING, 0.8), (_STARS, 0.8), (_LINE_CAST, 0.9), (_DESCRIBED_PAREN, 0.6)):
        for match in pattern.finditer(text):
            start, end = match.span("names")
            if "Ⓞ" in text[max(0, start - 40) : start] and "Ⓣ" not in text and pattern in (_STARRING, _STARS):
                continue
            if binding.belongs_elsewhere(text, start, match.end()) or _is_unfit(text, match, pattern is _STARRING):
                continue
            for place, item in zip(coded.places, coded.items, strict=True):
                if start <= place < end and item.sign == "Ⓟ" and not _OF_TRADE.search(text[max(0, place - 24) : place]):
                    yield Found(reading.full(item.value), "", coded, weight)


def _is_past(text: str, match: re.Match[str]) -> bool:
    between = text[match.end("names") : match.start("role")] if match.start("names") < match.start("role") else ""
    return bool(re.search(r"\b(?:played|portrayed|starred|appeared|voiced)\b(?! by)", between)) and "Ⓣ" not in text[: match.end()]


def _is_unfit(text: str, match: re.Match[str], is_starring: bool) -> bool:
    start = match.start("names")
    word = text[match.start() : start].strip().casefold()
    if is_starring:
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end("names") : match.end("names") + 40]
        if word in ("with", "from", "sees", "see", "will see", "also sees", "added", "adds", "adding", "signs", "signed", "joining", "pairs", "casts"):
            if word == "from":
                return True
            if word == "with":
                return not re.match(r",? (?:also |both |all |as well )?(?:in (?:the |a |key |supporting |main |lead)|star|lead|set to|at the|attached|headlin|on board|as (?:the )?(?:\w+ )?leads?|among (?:the|its) (?:cast|stars)|topping|cast|as (?:an?|the|his|her) |play|round|appear|co-star|join|tak|in support\b|in (?:the (?:lead|leading|main|title) roles?|other|supporting|further|minor|guest|major|pivotal) (?:roles|parts))", after)
            if word in ("see", "sees", "will see", "also sees"):
                return not re.match(r",? (?:\w+ ){0,2}?(?:star|play|reunit|lead|return|tak|portray|as|team|transform|join|step)", after)
        if re.search(r"(?:based|novel|writ\w+|direct\w+|produc\w+|created|script|previously|who (?:has )?)[^ⓅⓉ]{0,20}$", before):
            return True
        return word in ("opposite", "alongside") and bool(re.search(r"(?:starred|appeared|worked|acted|seen|played|debuted)[^.;Ⓣ]{0,40}$", before))
    return False


def _may_be_role(reading: Reading, match: re.Match[str], roles: list[str]) -> bool:
    words = match[0][: match.start("role") - match.start()]
    if re.search(r"Ⓟ,? is (?:[\w-]+ ){0,6}$", words) and not re.search(r"(?:cast|role|character|lead|play)", words):
        return " is " in words[-48:] and not re.search(r" is (?:[\w-]+ ){0,4}(?:of|from|for|by|with|at|in|on|the) $", words) and bool(roles) and " " not in words[words.rindex(" is ") + 4 :].strip().replace(" ", "", 3)
    if re.search(r"\b(?:know|knew|recogni[sz]e|remember|seen|saw) $", match.string[: match.start()]):
        return False
    return not re.search(r"\b(?:director|writer|producer|credit\w*|known|such|serve\w*|direct\w*|well|far|soon|long|much) as\b|as (?:well|much)\b", words)


def _roles(reading: Reading, coded: Coded, match: re.Match[str], many: int) -> list[str]:
    """Return the roles; where several people play, as many as there are people, in their order."""
    first = _with_title(reading, coded.item(match.start("role")))
    if many < 2:
        return [first]
    roles = [first]
    at = match.end("role")
    while len(roles) < many:
        more = re.compile(rf"(?:, [^Ⓟ;.]{{2,140}}?,?|,)?,? (?:(?:and|&|while the latter (?:plays|is)) )?(?:{_DESCRIBED})(?P<role>Ⓟ)(?!['’]s?\b)").match(coded.text, at)
        if more is None:
            return []
        roles.append(_with_title(reading, coded.item(more.start("role"))))
        at = more.end("role")
    return roles


def _in_parentheses(reading: Reading, known: set[str], about: tuple[bool, ...], crew: frozenset[str]) -> Iterator[Found]:
    """Read “Role (Actor)” and “Actor (Role)”: which is which is known from the rest of the article."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about:
            continue
        for match in _ROLE_PAREN.finditer(coded.text):
            one, two = coded.item(match.start("one")).value, coded.item(match.start("two")).value
            outer, inner = reading.full(one), reading.full(two)
            if outer in known and inner in reading.people and _occurs_outside(reading, two):
                yield Found(outer, two, coded, 0.6)
            elif _STORY.search(coded.text) and " " in inner and two not in crew:
                yield Found(inner, one, coded, 0.8)
            elif (inner in known or (" " in inner and " " not in outer)) and outer not in known:
                yield Found(inner, one, coded, 0.7)


_STORY: Final = re.compile(r"\b(?:follows|tells|revolves|cent(?:er|re)s|about|story|depicts|meets?|tale|between|falls? (?:in love|for))\b", re.IGNORECASE)
_THEIRS: Final = re.compile(r"(?P<names>Ⓟ)['’]s (?:[a-z][\w-]* ){1,4}(?P<role>Ⓟ)(?= (?:is|was|meets|who|falls|has|gets|finds|must|and)\b|,)")


def _of_theirs(reading: Reading, known: set[str], about: tuple[bool, ...]) -> Iterator[Found]:
    """Read “Ha Min's oyster farmer Gil is …”."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if is_about:
            for match in _THEIRS.finditer(coded.text):
                actor = reading.full(coded.item(match.start("names")).value)
                role = coded.item(match.start("role")).value
                if actor in known and reading.full(role) not in known:
                    yield Found(actor, role, coded, 0.6)


_LEADS_TO: Final = re.compile(r"(?:\bas|\b(?:play|portray|voic|embod|becom|transform|inhabit|tackl|essay)\w*|\b(?:role|part|character|shoes|name|alias) of|named|called|\bis|\bbe|\bwas)(?: (?!with\b|and\b|who\b|whose\b|to\b|opposite\b|from\b|by\b|against\b)[\w'’“”\"-]+,?){0,7} $")
_LED_BY: Final = re.compile(r"^(?:, [^Ⓟ;.]{2,80},)?,? (?:[\w'’,-]+ ){0,6}?(?:played|portrayed|voiced|embodied|brought to life|taken|filled|essayed) (?:on )?by (?:[\w'’-]+ ){0,3}$")


def _paired(reading: Reading, open_: set[str], known: set[str], crew: frozenset[str], about: tuple[bool, ...]) -> Iterator[Found]:
    """Read the role of an actor who has none yet out of a sentence in which a name that nobody else has stands next."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about or binding.looks_back(coded):
            continue
        names = [(place, item) for place, item in zip(coded.places, coded.items, strict=True) if item.sign == "Ⓟ"]
        for (at, one), (then, two) in zip(names, names[1:], strict=False):
            between = coded.text[at + 1 : then]
            if "Ⓞ" in between or "Ⓣ" in between or ";" in between or len(between) > 120:
                continue
            first, second = reading.full(one.value), reading.full(two.value)
            if first in open_ and second not in known | crew and _LEADS_TO.search(between) and not re.match(r"['’]s? ", coded.text[then + 1 : then + 4]) and not re.search(r"\b(?:known|seen|starred|played|was|won|directed|wrote)\b", between):
                yield Found(first, _with_title(reading, two), coded, 0.55)
            elif second in open_ and first not in known | crew and _LED_BY.search(between):
                yield Found(second, _with_title(reading, one), coded, 0.55)


_TRADE_BEFORE: Final = re.compile(r"\b(?:actor|actress|idol|singer|comedian|rapper|newcomer|actor-singer|singer-actor|actors|actresses|star)s? $", re.IGNORECASE)


def _by_standing(reading: Reading, crew: frozenset[str], roles: set[str], about: tuple[bool, ...]) -> Iterator[Found]:
    """Read who is called an actor, has an earlier work in parentheses or stands in the headline, and is nothing else."""
    for coded, is_about in zip(reading.coded, about, strict=True):
        if not is_about or binding.looks_back(coded):
            continue
        text = reading.passage.text
        is_headline = coded.sentence.text == reading.passage.headline
        for place, item in zip(coded.places, coded.items, strict=True):
            if item.sign != "Ⓟ" or " " not in item.value:
                continue
            name = reading.full(item.value)
            before, after = text[max(0, item.start - 24) : item.start], text[item.end : item.end + 60]
            is_called = bool(_TRADE_BEFORE.search(before)) or (is_headline and not re.search(r"(?:[Ff]rom|[Bb]y|[Dd]irector|[Ww]riter|[Pp]roducer|[Cc]reator|PD|['’]s) $", before))
            is_credited = bool(re.match(r" \([“\"'‘]?(?:The|A|My)? ?[A-Z][^()]{2,60}\)", after)) and not coded.text[place + 1 : place + 3] == " (" and not re.search(r"\b(?:direct|writ|pen|produc|by)\w*[^ⓅⓉ]{0,20}$", coded.text[max(0, place - 30) : place])
            if not (is_called or is_credited) or name in crew or name in roles:
                continue
            if re.match(r",? (?:who )?(?:direct|writ|produc|creat|helm|said|says|is (?:\w+[- ])?director|is in charge|handles|designs|is design|compos|oversees)", coded.text[place + 1 : place + 40]) or binding.belongs_elsewhere(coded.text, place, place + 1):
                continue
            yield Found(name, "", coded, 0.45)


_TITLED: Final = re.compile(r"(?:\b(?:Crown )?(?:Prince|Princess|King|Queen|Lord|Lady|Madam|Emperor|Empress|Director|Ms\.|Old Man|Grandma|Auntie|Uncle|Sister|Father|Brother|Captain)) $")


def _with_title(reading: Reading, item: Item) -> str:
    """Return a role with the title that is a part of it: "Prince Gyeongan"."""
    before = reading.passage.text[max(0, item.start - 16) : item.start]
    found = _TITLED.search(before)
    return (found[0] if found and " " not in item.value else "") + item.value


def _occurs_outside(reading: Reading, name: str) -> bool:
    return len(re.findall(rf"(?<!\()(?<!\w){re.escape(name)}(?![\w)])", reading.passage.text)) > 0


def _is_loud(name: str) -> bool:
    return name.isupper() and len(name.split()) > 2


def _goes_by_one_name(reading: Reading, name: str) -> bool:
    """Return whether a single word is how an actor is called: of a group, called an actor, or in a row with full names."""
    text, word = reading.passage.text, re.escape(name)
    full = r"[A-Z][\w.'’-]+ [A-Z][\w.'’-]+"
    forms = (
        rf"(?:[A-Z0-9][\w&+-]+['’]s|[Aa]ctor|[Aa]ctress|[Ii]dol|[Ss]inger|[Mm]ember|[Rr]apper|[Mm]odel|star) {word}\b",
        rf"\b{word}(?:,)? (?:of|from) (?:the )?(?:[\w-]+ )*?[“\"']?[A-Z0-9]{{2}}",
        rf"{full},? (?:and|&|,) {word}\b(?! [A-Z])",
        rf"{full}, {word}\b(?! [A-Z])",
        rf"(?:^|[,.(] |\b[a-z]+ |& ){word}(?:,| and| &) {full}",
    )
    return any(re.search(form, text) for form in forms) and not re.search(rf"\b{word} (?:has learned|can (?:confirm|reveal)|reports|reported)", text)


def _facts(reading: Reading, found: list[Found], gone: set[str], behind: frozenset[str]) -> list[Fact]:
    roles = {reading.full(one.role) for one in found if one.role}
    best: dict[str, Found] = {}
    for one in found:
        if one.name in gone or (one.name in behind and not one.role and one.weight <= 0.8) or key(one.name) in key(reading.title):
            continue
        if one.name in roles and not one.role:
            continue
        if (" " not in one.name and not _goes_by_one_name(reading, one.name)) or _is_loud(one.name):
            continue
        before = best.get(one.name)
        if before is None:
            best[one.name] = one
        elif one.role and (not before.role or len(one.role) > len(before.role)):
            best[one.name] = one._replace(weight=max(one.weight, before.weight))
    actors = {one.name for one in best.values()}
    facts = []
    for one in best.values():
        role = reading.full(one.role) if one.role else ""
        if role in actors:
            role = ""
        sentence = one.coded.sentence
        facts.append(Fact("cast", one.name, sentence.text, sentence.start, one.weight, role))
    return facts
