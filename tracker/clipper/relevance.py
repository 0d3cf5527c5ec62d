"""Whether an article is news of one show at all."""

from __future__ import annotations

import re
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.titles.mentions import Mention
from tracker.clipper.titles.ranking import Title, key
from tracker.model.article_draft import Fact

_LIST: Final = re.compile(
    r"^\W*(?:the )?(?:top )?(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty)\b(?! (?:years|months|weeks|days|episodes|new cast|more|seasons|roles|actors|stars|"
    r"things to know about|facts about|million)\b).{0,60}\b(?:dramas?|k-dramas?|c-dramas?|j-dramas?|shows|series|"
    r"films|movies|anime|titles|releases|premieres|adaptations|BLs?|GLs?|romances|thrillers|rom-coms)\b|"
    r"\b(?:dramas|shows|movies|films|anime|titles|releases|BLs|series|everything|"
    r"what)(?: \w+){0,4} (?:to (?:watch|look forward|expect|stream|wait|add|binge|catch|know)|coming (?:to|in|"
    r"this|out)|you (?:need|should|must|can)|premiering|arriving|airing (?:in|this)|we can['’]t wait|on (?:our|"
    r"my) (?:radar|list))|"
    r"\b(?:line-?up|slate|roundup|round-up|weekly|watch ?list|calendar|most[- ]anticipated|best of|ranked|ranking|"
    r"new on|what['’]s (?:new|on|coming)|everything coming|preview of|guide to|this week(?:end)? in|full list|"
    r"complete list|year in review|premiere dates|"
    r"(?:shows|dramas|series|films|movies|titles|BLs|anime) (?:we|you|that|our))\b",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    r"\b(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|twelve) (?:new |upcoming |must-\w+ |\w+ )?(?:series|"
    r"dramas|k-dramas|c-dramas|shows|titles|films|movies|originals|BLs|GLs)\b|(?:dramas|series|shows|movies|films|"
    r"titles|anime) (?:premiering|airing|arriving|releasing|coming|debuting|returning|to (?:watch|look|stream|"
    r"binge))|plus \d+ more|line-?up of|watch guide|(?:spring|summer|fall|autumn|winter) (?:\d{4} )?(?:anime|"
    r"drama|season|preview|guide)\b.*(?:guide|preview|chart|list)|(?:this|next) (?:week|month)['’]s (?:dramas|"
    r"shows|releases|premieres)",
    re.IGNORECASE,
)
"""A headline that speaks of several shows, whatever name stands in it."""
_LIFE: Final = re.compile(
    r"\b(?:wedding|marr(?:y|ies|ied)|tie[sd]? the knot|vows|newlyweds?|army|enlist\w*|military|divorc\w*|"
    r"pregnan\w*|newborn|welcomes? (?:a|their|his|her)\b|funeral|dies|passed away|dating)\b",
    re.IGNORECASE,
)
_TALK: Final = re.compile(
    r"\b(?:our|an exclusive) interview\b|\bsat down with\b|\bspeaks? (?:to|with) us\b", re.IGNORECASE
)
_POLL: Final = re.compile(
    r"\b(?:polls?\b|who should (?:star|play)|fan[- ]?cast\w*|dream cast|wish ?list|quiz)\b", re.IGNORECASE
)
_RECAP: Final = re.compile(
    r"\b(?:recap(?:s|ped)?|ending explained|episodes? \d+(?:[-–]\d+)?(?: (?:and|&) \d+)?(?: review| recap|:| —|"
    r" –)|review\b|reviews?:|episode review|first impressions?|ep(?:s|isodes?)?\.? ?\d+(?:[-–]\d+)?\b|"
    r"drama review|takings|gross(?:es|ed)\b|tops \d+|admissions|opening weekend|crosses \d+|million tickets|"
    r"series finale|box office|(?:\w-)?ratings\b|viewership ratings?|season finale|finale explained|"
    r"what happened (?:in|to|on))\b",
    re.IGNORECASE,
)
_INTERVIEW: Final = re.compile(
    r"\b(?:interview|Q&A|Q & A|in conversation|talks about|opens up| on (?:leaving|playing|learning|becoming|"
    r"returning|life|why)\b|dishes|reflects? on|speaks? (?:about|on|out)|chats? (?:about|with)|looks back|"
    r"exclusive chat|shares? (?:his|her|their) thoughts|: \w+ \w+ on |on (?:playing|why s?he|being|"
    r"working with)\b|on (?:his|her|their) (?:role|career|life))\b",
    re.IGNORECASE,
)
_PRIVATE: Final = re.compile(
    r"\b(?:wedding|marr(?:y|ies|ied|iage)|dating|enlist\w*|enters? (?:the )?army|army|military|discharg\w*|"
    r"divorce[ds]?|pregnan\w*|birthday|fan ?meeting|brand ambassador|magazine cover|pictorial|airport|instagram|"
    r"box office|ratings|viewership|poll|vote|awards? (?:ceremony|night|winners)|fan ?cast\w*|dream cast|"
    r"wish ?list|should play|recast ideas|soundtrack|lawsuit|scandal|apolog\w*|donat\w*)\b",
    re.IGNORECASE,
)
_NEWS: Final = re.compile(
    r"\b(?:will (?:star|premiere|air|play|debut|direct|launch|stream|be released|join|lead|headline|begin)|"
    r"set to (?:star|premiere|air|debut|lead|play|begin|film)|has been (?:cast|ordered|greenlit|cancel+ed|"
    r"postponed|confirmed)|have been cast|to (?:star|lead|headline|premiere|air|direct)|joins? the cast|upcoming|"
    r"forthcoming|in talks|greenl\w+|order(?:s|ed)|commission(?:s|ed)|renew(?:s|ed)|boards|premieres (?:on|in)|"
    r"slated|is due|due (?:out|in|on)|postponed|"
    r"cancelled|canceled|scrapped|filming|in production|new (?:drama|series|film|movie|show)|announced|cast as|"
    r"confirmed|replac(?:es|ing)|could (?:come|arrive|air)|not be released before)\b",
    re.IGNORECASE,
)


def check_relevance(reading: AnnotatedArticle, facts: list[Fact]) -> tuple[str, tuple[Fact, ...]]:
    """Return why nothing is taken, "" for news of one show; and for a list the shows that it names."""
    headline = reading.passage.headline
    listed = _listed(reading)
    text = " ".join(one.text for one in reading.passage.news)
    if len(text) < 40:
        return "there is too little text.", ()
    if _is_list(reading, headline, listed):
        return "it is a list of several shows.", tuple(_title_fact(one) for one in listed[:20])
    if _is_recap(reading, headline):
        return "it is a recap or a review.", ()
    if _is_interview(reading, headline, facts):
        return "it is an interview.", ()
    strong = [fact for fact in facts if fact.field in ("cast", "release", "directors", "writers", "networks")]
    if _POLL.search(headline):
        return "it is a readers' poll.", ()
    if _LIFE.search(headline) and not _NEWS.search(headline):
        return "it is about a person's life, not about a show.", ()
    if _PRIVATE.search(headline) and not _has_news(reading, headline):
        return "it is not about an upcoming show.", ()
    if not strong and not reading.title:
        return "it names no show.", ()
    told = {fact.field: fact.value for fact in facts}
    if (
        not {"release", "cast", "directors", "writers"} & told.keys()
        and told.get("status", "announced") == "announced"
        and not _NEWS.search(text)
    ):
        return "it has no news of an upcoming show.", ()
    return "", ()


def _has_news(reading: AnnotatedArticle, headline: str) -> bool:
    return bool(_NEWS.search(headline)) or (bool(reading.title) and key(reading.title) in key(headline))


def _is_list(reading: AnnotatedArticle, headline: str, listed: list[Title]) -> bool:
    numbered = sum(
        bool(re.match(r"(?:\d{1,2}[.)]|#\d{1,2}|\d{1,2}\s?[-–:]) ?[\"'“‘]?[^\W_]", one.text))
        for one in reading.passage.sentences
        if one.is_heading or len(one.text) < 100
    )
    counted = bool(
        re.search(
            r"\b(?:three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:\w+[ -]){0,4}(?:dramas|series|shows|films|"
            r"movies|titles|originals|projects|anime)\b",
            " ".join(one.text for one in reading.passage.news[:4]),
        )
    )
    is_mine = bool(reading.title) and key(reading.title) in key(headline)
    labels = [match[1] for one in reading.passage.sentences if (match := _LABEL.match(one.text))]
    if any(labels.count(label) >= 3 for label in set(labels)):
        return True
    if numbered >= 3 and not is_mine:
        return True
    if _MANY.search(headline) and (len(listed) >= 2 or not is_mine):
        return True
    if _LIST.search(headline) and not is_mine and len(listed) >= 2:
        return True
    spread = {mention.sentence.paragraph for one in listed for mention in one.mentions}
    return counted and not is_mine and len(listed) >= 3 and len(spread) >= 3


_LABEL: Final = re.compile(
    r"\W{0,3}(Where|When|Release date|Release|Premieres?|Premiere date|Air date|Airs|Network|Platform|Episodes|"
    r"Starring|Cast|Genre)"
    r"(?: to watch)?\s?:",
    re.IGNORECASE,
)
"""A line of particulars; the same three times is a list of shows."""


def _listed(reading: AnnotatedArticle) -> list[Title]:
    """Return what an article that is a list seems to list."""
    found = [
        one for one in reading.titles if (one.is_quoted and one.score > -3) or (not one.is_quoted and one.score > 3)
    ]
    names: dict[str, Title] = {}
    for one in reading.passage.sentences:
        if one.is_heading and (
            match := re.match(
                r"(?:\d{1,2}[.)]|#\d{1,2}:?|•|\d{1,2}\s?[-–:]|[^\w\s\"'“‘(\[<]{1,3}(?= )|"
                r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|"
                r"\d{1,2} [A-Z][a-z]{2,8})(?: \([A-Z]\w+\))?\s?[-–:]) ?[\"'“‘]?(?P<title>[^\"”’\n(]{2,80})",
                one.text,
            )
        ):
            name = re.split(r" [–—-] |: ", match["title"])[0].strip(" '’,–-:")
            at = one.start + one.text.index(name)
            names[key(name)] = Title(name, 9, (Mention(name, at, one, False, 9),), False)
    if len(names) >= 3:
        return list(names.values())
    return [*names.values(), *(one for one in found if key(one.text) not in names)]


def _is_recap(reading: AnnotatedArticle, headline: str) -> bool:
    if _RECAP.search(headline) and not re.search(
        r"\b(?:renewed|season \d+ (?:confirmed|announced)|will premiere|cast)\b", headline, re.IGNORECASE
    ):
        return True
    heads = [one.text for one in reading.passage.sentences[:6] if one.is_heading]
    return any(re.fullmatch(r"(?:Episodes? \d+(?:[-–]\d+)?|Recap|Review)\W*", one, re.IGNORECASE) for one in heads)


def _is_interview(reading: AnnotatedArticle, headline: str, facts: list[Fact]) -> bool:
    questions = sum(
        bool(re.match(r"(?:Q\d{0,2}|A\d{0,2}|[A-Z][\w ]{1,20})[.:] ", one.text)) for one in reading.passage.sentences
    )
    asked = sum(one.text.endswith("?") and len(one.text) < 160 for one in reading.passage.news)
    if any(
        re.fullmatch(r"(?:the )?(?:\w+ ){0,2}interview\W*", one.text, re.IGNORECASE)
        for one in reading.passage.sentences[:5]
        if one.is_heading
    ):
        return True
    if questions >= 4 and (asked >= 3 or re.search(r"\bQ\d{0,2}[.:]", reading.passage.text)):
        return True
    if not _NEWS.search(headline) and any(_TALK.search(one.text) for one in reading.passage.news[1:4]):
        return True
    if asked >= 4 and _INTERVIEW.search(headline):
        return True
    return bool(_INTERVIEW.search(headline)) and not any(fact.field == "release" for fact in facts)


def _title_fact(title: Title) -> Fact:
    mention = title.first
    return Fact("title", title.text, mention.sentence.text, mention.sentence.start, 0.5)
