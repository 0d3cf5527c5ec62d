"""Phrases that tell who plays in a show, and whom, over sentences with signs; see `coded`."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = (
    r"Ⓟ(?:(?:(?<=pairs Ⓟ) with|,| and| &|, and|,? as well as|,? along with|,? alongside|, plus|, together with|"
    r" together with| or|, with) Ⓟ){0,14}"
)
APPOSED: Final = (
    r"(?:,? (?:a member of|known|best known|of|whose|who (?:is|was|rose|made|won|previously|starred|appeared|"
    r"played|has|had|led|debuted|returned|shot))[^Ⓣ;.]{2,110}?,|"
    r",? (?:who|an?|the|of|both|whose|known|best known|formerly|also known)[^ⓉⓅ;.]{2,90}?,|, [^,ⓅⓉ;.]{2,60},|"
    r" \([^)]{1,60}\))?"
)
WILL: Final = (
    r"(?: (?:both|all|also|then|now|officially|reportedly|apparently|finally|next))?(?: (?:will|would|to|is|are|"
    r"was|were|has|have|been|be|set|slated|confirmed|expected|tapped|selected|chosen|going|reported|said|due|cast|"
    r"down|officially|also|both|rumou?red|likely|reportedly|in talks|considering|in negotiations|"
    r"in final talks|in early talks|negotiating|attached|on board|signed on|signed up|signed|agreed|teaming up|"
    r"gearing up|poised|may|might|could|can|currently|positively|reviewing|an offer|received|offers|offered|about|"
    r"returning|back|ready|getting|decided|for)){0,8}"
)
DESCRIBED: Final = (
    r"(?:(?:the |a |an |his |her |their |its |fellow |one of the )?(?:(?:title|titular|lead|leading|main|central|"
    r"key|male|female|dual|eponymous|supporting|second|pivotal|new) ){0,3}(?:roles?|parts?|characters?|"
    r"protagonists?|heroine|hero|villain|antagonist|leads?)"
    r"(?: (?:of|named|called|is|as))? )?(?:Ⓟ['’]s (?=[a-z]))?(?:(?!who\b|whose\b|with\b|opposite\b|alongside\b|"
    r"and\b|that\b|to\b|loves?\b|against\b|when\b|after\b|from\b|by\b|whom\b|sister of\b)(?:(?:Dr|Mrs?|Ms|St|Lt|"
    r"Sgt|Prof|Capt|Det)\.|[\w'’“”\"-]+,?) ){0,9}?"
    r"(?:(?:(?:who|from|in|at|of) [^Ⓟ;,.]{2,40})?(?:named|called|nicknamed|by the name of|under the name of|known as|"
    r"who goes by) )?"
)
PLAYS: Final = (
    r"(?:plays?|playing|portrays?|portraying|voices?|voicing|tak(?:e|es|ing) on(?: the (?:role|part|"
    r"character) of)?|takes? the (?:\w+ )?(?:role|part) of|takes? up the (?:role|part) of|"
    r"transforms? into|transforming into|turns? into|becomes?|became|becoming|embod(?:y|ies)|assum(?:e|"
    r"es) the role of|stars? as|starring as|appears? as|appearing as|cast as|features? as|steps? into the (?:role|"
    r"shoes) of|stepping into the (?:role|shoes) of|brings? to life|"
    r"land(?:s|ed|ing)? the (?:role|part) of|(?:has|have|had) the (?:\w+ )?(?:role|part) of|tackl(?:es?|"
    r"ing)(?: the (?:role|part) of)?|"
    r"taking the (?:role|part) of|in the role of|in the part of|for the role of|for the part of|"
    r"for the character of|(?:the|a) role of|as|leads? as|headlines? as|joins? as|reprises? (?:his|her|"
    r"their) role as|return(?:s|ing)? as|is|acts? as|essays?|inhabit(?:s|ing)?|slips? into the role of|(?:gives?|"
    r"giving|lends?|bringing|breathes?) life to|turns? up as|comes? (?:in|on|aboard) as|(?:be )?seen as|heard as|"
    r"is on board as|(?:takes?|taking) over (?:as|the (?:role|part) of|from Ⓟ as)|"
    r"inherits? the (?:role|part) of|"
    r"lends? (?:his|her|their) voice to|on as|doubles as|carries the role of|who is|is set as|tak(?:e|es|ing) on)"
)
STARS: Final = re.compile(
    rf"(?P<names>{NAMES}){APPOSED}{WILL} (?:stars?\b|starring|lead\b|leads\b|leading\b|headlin\w+|front\b|"
    rf"fronts\b|co-?stars?\b|co-?starring|co-?leads?\b|topline\w*|appear\b|appears\b|feature\b|features\b|join\b|"
    rf"joins\b|joined\b|joining\b|"
    r"reunit\w+|team up|teams up|board\b|boards\b|boarded|round\w* out|make up|complete|take(?:s)?(?: on|"
    r" up)? the (?:lead|leading|main|title|starring|female lead|male lead)|head the cast|heads the cast|head up|"
    r"play\b|plays\b|cast\b|tapped|added|cameo|guest[- ]star\w*|"
    r"have been cast|has been cast|make (?:a )?(?:special|guest)|return\b|returns\b|reprises?|topbill\w*|on board|"
    r"attached|also star|sign(?:s|ed)? on|confirmed|make (?:his|her|their) .{0,30}(?:debut|return|comeback)|"
    r"are the leads|pair up|pairs up|in (?:early |final |advanced )?talks|as (?:the )?(?:male |female |"
    r"main )?(?:leads?|hero|heroine|protagonists?)\b|opposite\b|(?:is|are) (?:its|the) (?:\w+ )?(?:stars?|"
    r"leads?)\b|in it\b|supporting (?:them|him|her)|(?:unveiled|announced|named|revealed|"
    r"confirmed) as (?:one of )?(?:the )?(?:\w+ )?(?:leads?|stars?|cast)|in conversation about a (?:part|role)|"
    r"be (?:an?|the|senior|two|his|her|their) (?:[\w-]+ ){0,6}?(?!director|writer|producer)[\w-]+|(?:for|"
    r"in) the lead\b|lead\b(?! (?:writer|director|producer|animator)))"
    r"(?! as (?:the |its |an? )?(?:\w+ )?(?:director|writer|helmer|producer|showrunner|screenwriter|creator|"
    r"EP)\b)(?! to (?:help|helm|direct|write|produce|pen|adapt|executive|oversee)\b| that\b|[:,] [“\"])"
)
STARRING: Final = re.compile(
    rf"(?:\b(?:[Ss]tarring|[Ss]tars|[Ff]eaturing|[Hh]eadlined by|[Ll]ed by|[Tt]oplined by|[Tt]op-lined by|"
    rf"[Ff]ronted by|team(?:s|ed|ing)? up with|(?:[Pp]art|[Rr]ole|[Ll]ead),? which (?:went|goes|has gone) to|"
    rf"[Aa]nchored by|opposite|[Aa]longside|[Jj]oined (?:in Ⓣ |here )?by|[Jj]oining|[Pp]airing|"
    rf"pairs|[Rr]eunites|[Rr]eunited|brings together|(?:heroine|hero|lead|star|protagonist) is|[Ii]n (?:the|"
    rf"its) (?:lead|leading|main|title|starring) roles? (?:are|is)|(?:[Pp]arts|[Rr]oles) are (?:played|taken|"
    rf"filled) by(?:, among others,)?|[Dd]ue back (?:with (?:him|her|them) )?(?:are|is)|[Aa]lso (?:in this|"
    rf"starring|cast|joining|featured?|on the list|appearing|returning)(?: are| is|:)|[Aa]lready known (?:were|"
    rf"was|are|is)|bringing together|with a cast (?:that )?(?:led by|includ\w+|of)|ensemble (?:includes|of)|"
    rf"cast (?:also )?(?:includes|members (?:are|include)|is led by|consists of|features|comprises|list includes|"
    rf"is rounded out by|will include)|cast (?:are|is)|[Cc]ast: |CAST: |[Ss]tarring: |[Ss]tars: |added|adds|"
    rf"adding|casts|taps|tapped|signs|signed|enlists|welcomes|[Rr]ounding out the (?:main |principal |"
    rf"lead )?cast (?:are|is)|[Aa]lso starring(?: (?:are|is))?|"
    rf"[Aa]lso (?:in the cast|cast|on board|appearing|joining)(?: \w+){{0,3}}? (?:are|is|include|will be)|"
    rf"co-stars(?: (?:are|include))?|interpreters include|(?:are|is|be) played by|supporting players (?:are|"
    rf"include)|[Aa]lso on the (?:call sheet|list|roster):|flanked by|supported by|accompanied by|rounded out by|"
    rf"[Oo]pposite (?:him|her|them)(?:, [^,Ⓟ]{{2,30}})?,? (?:is|are|will be)|replaced (?:by|with)|billing with|"
    rf"[Ww]e get|ongoing with|(?:[Aa]lso new|newcomers?|additions?)(?: \w+){{0,2}} (?:are|is|include)|(?:[Pp]art|"
    rf"[Rr]ole|[Ll]ead)s? (?:has |have )?(?:went|goes|gone|go) to|(?:special|guest) appearances? by|cameos? (?:by|"
    rf"from)|will appear (?:are|is)|(?:was|were) to (?:have )?star(?:red)?|lineup (?:of|includes)|line-up (?:of|"
    rf"includes)|leads (?:are|will be)|lead (?:roles|cast|actors|pair|couple|duo)(?: (?:of|are|will be|go to|"
    rf"went to))|(?:main |starring |leading )(?:roles|parts) (?:will be played by|go to|are)|"
    rf"lead(?:ing)? role(?: \w+){{0,4}} (?:goes|went) to|"
    rf"(?:stills?|posters?|teasers?|trailers?|images?|look|photos?)(?: \w+){{0,2}}? (?:with|of|featuring)|"
    rf"[Ll]ead (?:pair|couple|duo|roles?): ?|[Ll]eads: ?|joins|joining|(?:It|it|cast|roster|"
    rf"list) (?:also )?(?:has|includes|counts|boasts)|from|also sees|will see|sees|see|[Tt]he (?:film|series|"
    rf"drama|show|movie) (?:also )?(?:unites|pairs|casts))(?: the (?:leads?|likes of))?|[Ww]ith)(?:,|"
    rf" both)? (?:(?:the )?(?:\w+ ){{0,2}}?(?:leads|pair|duo|couple|stars) )?(?P<names>{NAMES})"
)
AS: Final = re.compile(
    rf"(?P<names>{NAMES})(?:, [^,ⓅⓉ;.]{{2,70}},| \(Ⓞ\))?,? \(?(?:as|—|–|-|"
    rf"→) (?P<desc>{DESCRIBED})(?P<role>Ⓟ)(?!['’]s? (?!character|brother))"
)
ROLE: Final = re.compile(
    rf"(?P<names>{NAMES}){APPOSED}(?:,? (?:(?:both|all) of whom|who)(?:['’](?:ll|d|s))?)?{WILL},? (?:\w+ly )?{PLAYS} "
    rf"(?P<desc>{DESCRIBED})(?P<role>Ⓟ)(?!['’]s? (?:\w+ ){{0,3}}(?:brother|sister|mother|father|friend|rival|"
    rf"wife|husband|love|boss|partner|son|daughter|lawyer|ex\b|colleague|assistant|agency|first|best))"
)
THEN: Final = re.compile(
    rf"{PLAYS} [^.;]{{2,120}}?[,;]? (?:and|while) (?P<names>Ⓟ),? (?:that of|the (?:role|part) of|to) "
    rf"(?P<desc>{DESCRIBED})(?P<role>Ⓟ)"
)
PLAYING_IS: Final = re.compile(
    rf"(?:[Pp]laying|[Ii]n the (?:role|part) of|[Tt]aking on (?:the (?:role|part) of )?|[Pp]ortraying|"
    rf"voicing) (?P<desc>{DESCRIBED})(?P<role>Ⓟ)(?:, [^Ⓟ;.]{{2,80}})?,? "
    r"(?:is|will be|comes|we get|appears|stars) (?P<names>Ⓟ)"
)
PRONOUN: Final = re.compile(
    r"(?:^|[;,—] |\b(?:and|where|which|when|in it) |^In [^Ⓟ,]{2,60}, )(?:[Hh]ere,? |now |In it,? )?(?:[Hh]e|"
    r"[Ss]he|[Tt]he (?:\w+ )?"
    rf"(?:actor|actress|singer|idol|star))(?:['’](?:ll|d|"
    rf"s))?{WILL},? (?:\w+ly )?(?:{PLAYS}) (?P<desc>{DESCRIBED})(?P<role>Ⓟ)"
    r"(?!['’]s? (?:\w+ ){0,3}(?:brother|sister|mother|father|friend|rival|wife|husband|love|boss|partner|son|daughter|"
    r"lawyer|ex\b|colleague|assistant|agency|first|best))"
)
THEIRS: Final = re.compile(
    r"\b(?:[Hh]er|[Hh]is|[Tt]heir) (?:character|role|part)(?:, | is (?:named |called )?|"
    r" will be )(?P<desc>(?:[\w'’-]+ ){0,6}?)(?P<role>Ⓟ)"
)
AS_FIRST: Final = re.compile(
    r"(?:^|[.;] |, )[Aa]s (?P<desc>(?:[\w'’-]+ ){0,5}?)(?P<role>Ⓟ)(?:, [^Ⓟ;.]{2,80})?, (?P<names>Ⓟ) "
)
REPLACES: Final = re.compile(
    rf"(?P<names>Ⓟ){WILL} (?:replac(?:e|es|ing)|step(?:s|ping)? in for|tak(?:e|es|ing) over (?:the (?:role|"
    rf"part)(?: of Ⓟ)? )?from) Ⓟ"
)
DOES_AS: Final = re.compile(rf"(?P<names>Ⓟ)(?P<does>[^ⓅⓄ;.]{{3,110}}) as (?P<desc>{DESCRIBED})(?P<role>Ⓟ)(?!['’]s? )")
IS: Final = re.compile(
    r"(?P<names>Ⓟ)(?:, \d\d,| \([^)]{1,40}\)|, [^,ⓅⓉ;.]{2,60},)? (?:is|will be) (?P<desc>(?:(?!an?\b|of\b|the\b|"
    r"in\b|on\b|at\b|to\b|for\b|with\b|from\b|not\b|set\b|back\b|still\b|also\b|joined\b|director\b|by\b|\w+ing\b|"
    r"\w+ed\b)[\w'’-]+ ){0,2}?)(?P<role>Ⓟ)(?=,| and Ⓟ| as|;|\.|$)"
)
WHO_IS: Final = re.compile(r"(?P<role>Ⓟ),? (?:who|which)(?:['’]s| is) (?P<names>Ⓟ)['’]s? (?:character|role|part)")
LIFE: Final = re.compile(
    r"(?P<names>Ⓟ)[^ⓅⓉ.;]{0,40}(?:brings?|bringing) (?P<desc>(?:[\w'’-]+ ){0,4}?)(?P<role>Ⓟ) to life"
)
ROLE_BY: Final = re.compile(
    r"(?P<role>Ⓟ)(?:, [^Ⓟ;.]{2,140}?,|, [^Ⓟ;.,]{2,60}|,)? ?\(?,? ?(?:(?:is|are|was|will be|to be|being|who is|"
    r"who will be|"
    r"which is|both) )?(?:played|portrayed|voiced|brought to life|embodied|depicted|"
    r"essayed) by (?:the )?(?:\w+ ){0,2}?(?P<names>Ⓟ)"
)
ROLE_TO: Final = re.compile(
    r"(?:[Rr]ole|[Pp]art|"
    r"[Cc]haracter),? (?:of )?(?P<desc>(?:[\w'’-]+,? ){0,8}?)(?P<role>Ⓟ),?(?:,? [^Ⓟ;.]{2,120}?,|"
    r" in [^ⓅⓄ;.]{2,60}?)? (?:goes to|"
    r"went to|has gone to|will go to|was given to|has been offered to|was offered to|is filled by|"
    r"will be taken (?:on )?by|is taken by|falls to|will be played by|belongs to|has been given to) (?P<names>Ⓟ)"
)
OFFERED: Final = re.compile(
    r"(?:[Rr]ole|[Pp]art|[Cc]haracter|lead) (?:that (?:was|is) )?(?:offered|proposed|given|"
    r"handed) to (?P<names>Ⓟ) is (?:that of |the )?(?P<desc>(?:[\w'’-]+ ){0,6}?)(?P<role>Ⓟ)"
)
CHARACTER: Final = re.compile(
    r"(?P<names>Ⓟ)['’]s? (?:character|role|part|alter ego)(?:, | is (?:named |called )?| will be |"
    r" would be | goes by (?:the (?:stage )?name(?: of)? )?)(?P<desc>(?:[\w'’-]+ ){0,6}?)(?P<role>Ⓟ)"
)
DESCRIBED_PAREN: Final = re.compile(r"[a-z] \((?:played by )?(?P<names>Ⓟ)\)")
LINE: Final = re.compile(
    r"^(?:[•*·-] ?)?(?P<names>Ⓟ) ?(?:as|[-–—:/]|\.\.\.|…|\() ?(?P<desc>(?:[\w'’.-]+ ){0,4}?)(?P<role>Ⓟ)\)?(?:$|"
    r"[,(.–—-])"
)
LINE_CAST: Final = re.compile(
    rf"^(?:(?:Main |Supporting |Full )?[Cc]ast(?: members)?|CAST|[Ss]tarring|[Ss]tars|"
    rf"Actors?)(?: ?[:–-]) ?(?P<names>{NAMES})"
)
PART: Final = re.compile(
    rf"(?P<names>{NAMES}){APPOSED}(?:,? (?:(?:both|all) of whom|who)(?:['’](?:ll|d|"
    rf"s))?)?{WILL},? (?:\w+ly )?(?!is |becom|became)"
    rf"(?:{PLAYS}|makes (?:his|her|their) (?:[\w-]+ ){{1,3}}debut as) (?:well, )?(?:an?|the|her|his|their|one|two|"
    rf"Ⓟ['’]s|Ⓣ['’]s|another) "
    r"(?!(?:\w+[ -]){0,4}?(?:director|writer|producer|creator|author|host|choice|successor|replacement|composer|"
    r"editor|result|head|"
    r"helmer|showrunner|slot|story|series|drama|film|show|movie|time)\b)[a-z]"
)
PLAYED_BY: Final = re.compile(
    rf"\b(?:is|are|be|was|,|also) (?:played|portrayed|voiced|brought to life|"
    rf"embodied) by (?:the )?(?:[a-z]+ ){{0,2}}(?P<names>{NAMES})"
)
LEFT: Final = re.compile(
    rf"(?P<names>{NAMES}){APPOSED}(?: (?:has|have|had|is|was|were|also|reportedly|officially|since|will|would|"
    rf"ultimately|eventually|recently|previously|initially|originally|first|abruptly))* (?:withdr\w+|walk(?:s|ed|"
    rf"ing) away|dropp?(?:ed|"
    rf"s|ing)? out|depart\w*|exit(?:s|ed|ing)?|left\b|leaves\b|leaving\b|step(?:s|ped|ping)? (?:down|away|back)|"
    r"pull(?:s|ed|ing)? out|bow(?:s|ed|ing)? out|turn(?:s|ed|ing)? (?:it |the (?:role|part|offer) )?down|"
    r"[^ⓅⓉ;]{0,70}\b(?:he|she) (?:had |has )?(?:turned (?:it|the part|the role) down|declined|passed)|declin\w+|"
    r"pass(?:es|ed)? on|reject\w*|rul(?:e|ed|es) (?:him|her|them)self out|not (?:be )?(?:return|appear|"
    r"star|part|in|join|reprise|tak)\w*|no longer|parted ways|,? who was (?:first|originally|initially|once)|"
    r",? who was to (?:play|star)|,? who had been|was offered [^.;]{0,50} but (?:passed|declined|turned)|"
    r"offered [^.;]{0,50} but passed|had been (?:attached|cast|considered|offered|set|announced|named|linked)|"
    r"not (?:attached|involved)|not part of|does not|did not|do not|won['’]t|wo n['’]t|"
    r"replaced|recast|let go|fired|eyed|considered|courted|tested|auditioned|unable|denied|den(?:y|ies))\b"
)
REPLACED: Final = re.compile(
    rf"(?:replac(?:es|ing|ed|e)(?! by)|in place of|instead of|takes? over (?:the role )?from|"
    rf"taking over (?:the role )?from|steps in for|stepping in for|exit of|departure of|withdrawal of|"
    rf"had (?:been )?named|originally to (?:have )?star(?:red)?|originally (?:offered|meant|intended|"
    rf"written) (?:to|for)|first offered to|rumou?rs (?:of|about|around|that)|in the footsteps of|inspired by|not|"
    rf"without|loss of) (?P<names>{NAMES})",
    re.IGNORECASE,
)
