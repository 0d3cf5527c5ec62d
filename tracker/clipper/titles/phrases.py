"""Phrases around the name of a work, by which it is told from names of people and from other works."""

from __future__ import annotations

import re
from typing import Final

from tracker.clipper.language.lexicon import KIND_NOUNS, MONTHS, NETWORK, WEEKDAYS

QUOTED: Final = re.compile(
    r"“(?P<a>[^“”\n]{1,90})”|\"(?P<b>[^\"\n]{1,90})\"|"
    r"(?<![\w’'])‘(?P<c>[^‘’\n]{1,60}(?:’(?=\w)[^‘’\n]{1,40}){0,3})’(?!\w)|"
    r"(?<![\w’'])'(?P<d>(?:[^'\n]|'(?=\w)){1,80}?)'(?!\w)|[《「『〈](?P<e>[^》」』〉\n]{1,60})[》」』〉]"
)
SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "de",
        "de",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "la",
        "le",
        "my",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "our",
        "out",
        "over",
        "the",
        "to",
        "up",
        "upon",
        "vs",
        "with",
        "your",
        "no",
        "not",
        "be",
        "&",
        "x",
    ]
)
CONNECTORS: Final = frozenset(
    [
        "los",
        "las",
        "del",
        "das",
        "dos",
        "du",
        "les",
        "over",
        "under",
        "between",
        "after",
        "before",
        "through",
        "without",
        "than",
        "about",
        "against",
        "near",
        "below",
        "above",
        "behind",
        "like",
        "of",
        "the",
        "a",
        "an",
        "and",
        "in",
        "to",
        "for",
        "with",
        "on",
        "at",
        "by",
        "from",
        "my",
        "your",
        "our",
        "&",
        "or",
        "no",
        "is",
        "de",
        "la",
        "from",
        "into",
        "vs",
        "les",
        "el",
        "du",
        "und",
        "der",
        "die",
        "das",
    ]
)
NOUN_BEFORE: Final = re.compile(
    rf"(?:{KIND_NOUNS}|adaptation of|version of|season \w+ of|season of|remake of|title|"
    rf"project),?\s?(?:[–—:-]\s?)?(?:(?:tentatively |currently |provisionally )?(?:titled|called|named|entitled|"
    rf"known as|dubbed),?\s)?$",
    re.IGNORECASE,
)
ROLE_IN: Final = re.compile(
    r"(?:star(?:s|red|ring)?|lead(?:s|ing)?|cast|role|roles|headlin\w+|appear\w*|play\w*|join\w*|direct\w*|"
    r"writ\w+|for|of|new|upcoming|forthcoming|"
    r"front|frame|choice|announced?|confirm\w+|order\w*|greenl\w+|renew\w*|cancel\w*|scrap\w*|postpon\w*|delay\w*|"
    r"shelv\w*|unveil\w*|produc\w+|develop\w*|picked up|adapt\w*)"
    r"(?:\s(?:in|for|on|to|of|the cast of|the lead in|up|a role in|roles in|as|and))?\s$",
    re.IGNORECASE,
)
AFTER: Final = re.compile(
    rf"^,?\s?(?:\([^)]{{1,60}}\)\s?)?(?:,\s[^,.;]{{2,90}},\s?)?\s?(?:which |that )?(?:(?:follows|tells|centers|"
    rf"centres|revolves|depicts|chronicles|explores|premieres|airs|premiered|debuts|unfolds|adapts|tracks|"
    rf"concerns|traces|recounts|wrapped|wraps filming|went live|goes live|drops)\b|"
    r"(?:will |is |was |has |had |would |to |plans |aims |hopes |eyes |set |slated |scheduled |expected |due |"
    r"now |also |been |be |have |officially )+(?:premiere|air|debut|release|released|launch|arrive|hit|stream|"
    r"pushed|postponed|delayed|cancel+ed|scrapped|greenlit|ordered|renewed|filmed|based|adapted|written|directed|"
    r"helmed|penned|produced|about|in production|streaming|airing|filming)|"
    rf"(?:is|was|will be) (?:an?|the) (?:[\w'’-]+[ -]){{0,6}}?(?:{KIND_NOUNS}|adaptation|story|tale)\b|"
    rf"is set (?:in|over|during|against)|stars (?=[A-Z]))|"
    r"^['’]s\s(?:first|season|cast|premiere|release|director|production|official|teaser|trailer|poster|story|"
    r"writer|filming)|"
    rf"^,?\s(?:\([^)]{{1,60}}\),?\s)?(?:an?|the|its|his|her|their|Ⓝ['’]s|"
    rf"Netflix['’]s)\s(?:[\w'’-]+\s){{0,6}}?(?:{KIND_NOUNS})\b(?!['’])"
)
KIND_AFTER: Final = re.compile(
    rf"(?: \([^)]{{1,60}}\))?,\s(?:an?|the|its|his|her|their)\s(?:(?!who\b|that\b|in\b|with\b|and\b|will\b|to\b|"
    rf"is\b|has\b)[\w'’-]+\s){{0,6}}?"
    rf"(?:{KIND_NOUNS})\b(?!['’]| (?:appearance|forces|role|guest|agent|effects|star|actor|actress|lead|writer|"
    rf"director|maker))"
)
OF_NETWORK: Final = re.compile(rf"{NETWORK.pattern}['’]s? (?:(?:upcoming|new|forthcoming|original|latest) )*$")
PART_IN: Final = re.compile(
    r"(?:\b(?:call sheet|cast|casting|trailer|teaser|poster|script|plans) for|rolling(?: in \w+)? on|\b(?:leads?|"
    r"roles?|parts?|stars?|starring|star|cast|appear\w*|leading|scenes|debut|premiere|filming|"
    r"shooting|production|work) (?:in|on)|(?:committee|team|staff|company|studio|people|minds) behind) $"
)
AFTER_WEAK: Final = re.compile(
    rf"^\s(?:will|is|was|has|stars|arrives|opens|lands|marks|confirms|reveals|unveils|plans|aims|moves|gets|casts|"
    rf"adds|sets|brings|had|hits|drops|begins|{KIND_NOUNS})\b"
)
NOT_IT: Final = re.compile(
    r"\b(?:known for|best known|famous for|remembered for|fame|credits?|previous(?:ly)?|earlier|last (?:seen|"
    r"appeared)|seen in|appeared in|starred in|acted in|played in|success of|"
    r"roles? in|hits? like|such as|including|like|works? (?:like|include)|recently in|whose (?:[\w-]+ ){1,3}|"
    r"(?:offshoot|spin-?off|sequel|prequel|follow-up) (?:of|to|from)|who (?:directed|wrote|"
    r"helmed|penned|created|made|produced)|(?<!committee )(?<!team )(?<!staff )(?<!studio )behind|debut(?:ed)? in|"
    r"from|winner|took over from|"
    r"follow(?:ing|s)|after|since|ex-|writer of|director of|creator of|author of|star of|maker of|makers of|"
    r"penned|also wrote|hit(?: \w+){0,2}|filmography|resume|worked on|alongside|joins|replac\w+|succeed\w*|"
    r"(?:taking|takes|take) over (?:from|for)|predecessor|time ?slot of|(?:19|20)\d\d['’]s|(?:novel|manga|webtoon|"
    r"comic|book|memoir|song|single|album|track|ost|podcast|game|play|poem|essay|article|variety (?:show|"
    r"program\w*)|reality show|magazine|blurb|tagline|slogan|caption)s?(?: \w+){0,2}),?\s?[\"“'‘]?$",
    re.IGNORECASE,
)
HUMAN: Final = re.compile(
    r"^(?:, \d\d,|,?\s(?:said|says|told|added|who|whose|wrote on|will (?:play|portray|star|appear|direct|write|"
    r"take|lead|join|reprise)|plays|portrays|stars (?:as|in|opposite|alongside)|is (?:playing|set to play|known|"
    r"reportedly|in talks|"
    r"attached|behind the camera|at the helm|on board|currently (?:filming|appearing)|an actor|an actress|"
    r"best known)|took|has (?:joined|been cast|signed)|have (?:joined|been)|joined|joins|and \w+ (?:will|star|"
    r"are)|directs|directed|writes|wrote|penned|helms|serves|also stars|transforms|takes on)\b|['’]s (?:agency|"
    r"character|role|career|wife|husband|social))"
)
DAYS: Final = (frozenset(MONTHS) - {"may", "march"}) | frozenset(WEEKDAYS)
LABEL: Final = re.compile(
    r"(?:[•*·–-] ?)?(?:[\w’'/&-]+ ){0,3}(?:[Dd]irector|[Ww]riter|[Ss]creenwriter|[Ss]cript|[Ss]creenplay|"
    r"[Cc]omposition|[Dd]esigns?|[Mm]usic|[Cc]ast|"
    r"[Ss]tarring|[Pp]roducer|[Ss]howrunner|[Cc]reator|[Dd]irected by|[Ww]ritten by|[Ss]tars|[Nn]etwork|DIRECTOR|"
    r"WRITER|CAST)s?(?: [\w]+){0,2} ?:"
)
"""A line of credits: what stands behind the colon are names."""
OWNED: Final = re.compile(r"[A-Z][\w-]+['’]s $")
SOURCE_AFTER: Final = re.compile(
    r" (?:light novel|web novel|novel|manga|webtoon|comic|book|memoir|series|anime|trilogy)"
)
TRADE_BEFORE: Final = re.compile(
    r"(?:actor|actress|star|director|writer|screenwriter|singer|idol|PD|comedian|producer|author|artist|group|"
    r"agency|by|boyband)s?,? $"
)
HOUSE: Final = re.compile(
    r"Entertainment|Pictures|Studios?|Productions?|Awards?|Festival|University|Season|Episode|Agency"
)
ARTICLES: Final = frozenset({"The", "A", "An", "My", "Our", "Your", "His", "Her"})
ENDS_BEFORE: Final = frozenset({".", "!", "?", ":", "“", '"'})
CUES_AFTER: Final = (
    (
        re.compile(
            r"['’]s (?:people|agency|studio|fans|team|character|role|label|comeback|return|novel|book|web\w+|manga|"
            r"comic|memoir|bestseller|wife|husband|debut|career|directorial|acting|latest|upcoming|new|next)\b"
        ),
        -4.0,
    ),
    (HUMAN, -4.0),
    (re.compile(r"['’]s [A-Z]"), -3.0),
    (re.compile(r" fame\b"), -6.0),
    (re.compile(r"[^\w]{0,2}(?:Entertainment|Studios?|Pictures|Productions?|Films|Festival|Awards?)\b"), -3.0),
)
"""What stands behind people, houses and other works, with what it takes from the likelihood of a title."""
