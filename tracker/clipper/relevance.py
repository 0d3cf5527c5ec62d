"""Whether an article is news of one show at all, and if not, what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.confidence import NOT_ENGLISH
from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import D, W
from tracker.clipper.titles import title_key
from tracker.model.article_draft import Fact
from tracker.model.status import Status

_SHOWS: Final = r"(?:(?:[kcj]-?)?(?:dramas|shows|films|movies|titles|projects)|series|anime)"
_NUMBER: Final = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_OTHERS: Final = {
    "list": rf"\b(?:{_NUMBER} (?:[\w'-]+ ){{0,4}}{_SHOWS}|{_SHOWS}(?:,| and| &) {_SHOWS}|{_SHOWS} (?:to|you|we) |"
    r"line-?ups?|slate|round-?up|calendar|anticipated|best of|rank(?:ed|ing)|what's|list of|premiere dates|"
    r"watch ?list|archives|guide)\b|^\W*(?:(?:first|next) up|then there|elsewhere|finally|lastly|another|"
    r"also (?:new|coming|on|in)|meanwhile|speaking of|moving on|in other|as for|"
    r"the (?:first|second|third|next|last) (?:show|series|one|is))\b",
    "review": r"\b(?:reviews?|recap\w*|first impressions?|final thoughts|episodes? \d+|(?:the|this|last) episode|"
    r"scenes?|acting|performances?|chemistry|pacing|plot ?holes?|storyline|screenplay|watched|watching|binge\w*|"
    r"spoilers?|finale|predictable|enjoyed|loved|boring|disappoint\w+|masterpiece|impress\w+|verdict|worth|"
    r"second lead|(?:fe)?male lead|favou?rite|twists?)\b|[★☆]",
    "explainer": r"\b(?:explain\w*|ending|happened|everything|where to watch|how to|things to know|facts|polls?|quiz|"
    r"theor(?:y|ies)|true story|symboli\w+|meaning|deep[- ]dive|let's|let me|you'll|we'll|here's)\b",
    "interview": r"\b(?:interview\w*|q ?& ?a|in conversation|(?:told|tell|to|with) us|(?:speaks?|talks?) about|chats?|"
    r"opens up|looks? back|reflects?|questions?|translat\w+|what (?:was|made|did|do) (?:it|you)|thank you)\b",
    "numbers": r"[$£€₹¥]\s?\d|\d ?%|\b(?:box office|ratings?|viewership|viewers|demo|gross\w*|collections?|tickets|"
    r"weekend|percent|crores?|theaters|highest|awards?|wins|won|winners|nominat\w+|nominees|ceremony|oscars?|emmys?|"
    r"best (?:actor|actress|new|director|screenplay|picture|film|drama|supporting))\b",
    "life": r"\b(?:dies|died|dead|death|passed away|passing|funeral|tributes?|obituary|birthday|wedding|married|"
    r"divorce\w*|pregnan\w*|dating|enlist\w*|military service|discharged|wish(?:es|ed)?|instagram|scandal|"
    r"net worth|biography|(?:his|her) career|rose to fame|known for|filmography|born)\b",
    "product": r"\b(?:blu-?ray|dvd|figures?|soundtrack|merch\w*|edition|pre-?orders?|price[ds]?|cost|buy|shipping|"
    r"subscri\w+|store|hardware|devices?|apps?|remote|android|accessor\w+)\b",
}
"""What is often said in articles that are no news of one show, in headlines and in sentences."""
_NEWS: Final = {
    "cast": rf"\b(?:cast\w*|join\w*|star(?:s|ring)?|roles?|leads?|play\w*|portray\w*|signed|talks|offer(?:s|ed)?|"
    rf"considering|confirmed|exits?|replac\w+|returns?)\b[^.;]{{0,80}}(?:{W}|\b{KIND}\b)",
    "made": r"\b(?:order(?:s|ed)?|greenl\w+|commission\w*|pick(?:s|ed)? up|renew\w*|cancel+\w*|is over|final season|"
    r"will end|adapt\w+|develop\w*|in the works|announc\w+|confirm\w*|acquir\w+|remake|"
    r"(?:to|will) (?:produce|direct|helm|write|adapt|return|be made))\b",
    "filmed": r"\b(?:film(?:ing|ed)|shoot(?:ing)?|production|wrap(?:s|ped)|script reading|cameras)\b",
    "dated": rf"\b(?:premier\w+|debut\w*|air(?:s|ing|ed)?|release\w*|launch\w*|arriv\w*|open\w*|return\w*|slated|"
    rf"scheduled|set|stream\w*|broadcast\w*|out|postpon\w+|delay\w*|push\w*)\b[^.;]{{0,60}}{D}",
    "shown": r"\b(?:trailers?|teasers?|posters?|stills?|first look|key visual)\b",
    "new": rf"\b(?:upcoming|forthcoming|new|next|untitled)\b[^.;]{{0,40}}(?:\b{KIND}\b|{W})",
    "will": r"\b(?:will|(?:is|are) (?:set )?to|to (?:star|premiere|air|play|lead|direct)|slated|expected)\b",
}
"""What sentences with news of a show say."""
_OTHER_FORMS: Final = {kind: re.compile(form, re.IGNORECASE) for kind, form in _OTHERS.items()}
_NEWS_FORMS: Final = {kind: re.compile(form, re.IGNORECASE) for kind, form in _NEWS.items()}
_ENGLISH: Final = re.compile(
    r"(?:the|of|and|to|in|is|that|for|with|as|on|by|it|at|from|his|her|will|be|has|was|an|are|who|this|he|she|have|"
    r"which|been|not|but|they|their)"
)
_LEAST_ENGLISH: Final = 0.12
"""Of the words in an English article these are a quarter and more."""
_LEAST_WORDS: Final = 40
"""Fewer words tell no language: they may all be names."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_I: Final = re.compile(r"\b(?:I|my|me|[Ww]e|[Oo]ur|us)\b")
_ASKS: Final = re.compile(r"[QA]\d{0,2}[:.)]\s|.*\byour?\b.{0,200}\?", re.IGNORECASE)
_ITEM: Final = re.compile(
    r"(?:\d{1,2}[.):]|#\d{1,2}:?|\d{1,2}\s?[-–])\s?[\"']?(?P<title>(?!\s)[^\"(:\n–—]{1,60}?)[\"']?(?:\s?(?:[(:–—]|"
    r"- )|,? by |$)"
)
"""An item that begins with a number and a title."""
_NEW: Final = re.compile(
    rf"\b(?:new|upcoming|forthcoming) (?:[\w'-]+ ){{0,4}}{KIND},? (?:titled |called )?({W})", re.IGNORECASE
)
"""A show that is introduced as new."""
_REASONS: Final = {
    "list": "This is a list of several shows.",
    "review": "This is a review or a recap, not news.",
    "explainer": "This explains a show; it is not news.",
    "interview": "This is an interview, not news.",
    "numbers": "This is about ratings, takings or awards.",
    "life": "This is about a person, not about a show.",
    "product": "This is about a product, not about a show.",
}
_TOLD: Final = ("status", "cast", "release")
"""What news of a show tells."""
_LEAD: Final = 4
_SURE: Final = 0.6
_MOST: Final = 30
"""How many sentences tell what an article is."""
_MOST_LISTED: Final = 20
_LISTED: Final = 0.5
"""How sure the title of an item is."""


def find_relevance(annotated: AnnotatedArticle, facts: Iterable[Candidate] = ()) -> Candidate:
    """Return whether an article is news of one show: a candidate that is right if it is.

    Args:
        annotated: The article.
        facts: What it may say of its show: where a status is sure, it is news.
    """
    signs = set(_signs_of_news(annotated))
    strength = max(_strengths(annotated).values())
    signs |= {f"another kind {least}" for least in (1, 2, 3) if strength >= least}
    if _OTHER_FORMS["list"].search(_headline_without_titles(annotated)):
        signs.add("headed as a list")
    signs |= set(_signs_of_place(annotated))
    likely = [one for one in facts if one.field in _TOLD and one.confidence >= _SURE]
    signs |= {f"likely {one.field}" for one in likely}
    if any(one.field == "status" and Status(one.value).is_out for one in likely):
        signs.add("is out")
    if not _is_english(annotated):
        signs.add(NOT_ENGLISH)
    return Candidate("relevance", "news", 0, frozenset(signs))


def reason(annotated: AnnotatedArticle) -> str:
    """Return as a sentence why an article that is no news of one show is none."""
    if not _is_english(annotated):
        return "This page is not in English; nothing was read of it."
    strengths = _strengths(annotated)
    kind = max(strengths, key=lambda one: strengths[one])
    return _REASONS[kind] if strengths[kind] >= 2 else "This is no news of one show."


def listed_titles(annotated: AnnotatedArticle) -> tuple[Fact, ...]:
    """Return the titles that an article names: of items with numbers, else in quotation marks, the likeliest first."""
    found: dict[str, Fact] = {}
    for number, sentence in enumerate(annotated.article.sentences):
        if match := _ITEM.match(sentence.text):
            quote, start = annotated.quote(number)
            text = quote[match.start("title") : match.end("title")]
            found.setdefault(title_key(text), Fact("title", text, quote, start, _LISTED))
    if len(found) < 3:
        for one in annotated.ranked_titles:
            if one.title.is_quoted or one.confidence >= _LISTED:
                quote, start = annotated.quote(one.title.mentions[0].sentence)
                found.setdefault(title_key(one.title.text), Fact("title", one.title.text, quote, start, one.confidence))
    return tuple(found.values())[:_MOST_LISTED]


def _signs_of_news(annotated: AnnotatedArticle) -> Iterator[str]:
    total = max(1, min(_MOST, len(annotated.tagged)))
    said = [
        {kind for kind, form in _NEWS_FORMS.items() if annotated.said(number, form)}
        for number in range(len(annotated.tagged[:_MOST]))
    ]
    yield from (f"{least} kinds of news" for least in (1, 2) if len(set().union(*said)) >= least)
    if any(said[:_LEAD]):
        yield "in lead"
    yield from (f"news in {least}" for least in (0.2, 0.4) if sum(map(bool, said)) >= least * total)
    if annotated.ranked_titles and annotated.ranked_titles[0].confidence >= _SURE:
        yield "title"


def _signs_of_place(annotated: AnnotatedArticle) -> Iterator[str]:
    """Return in how many of its lines an article names its show."""
    tagged = annotated.tagged[:_MOST]
    lines = {one.sentence.line for one in tagged}
    shown = {one.sentence.line for one in tagged if one.of_kind("show")}
    if len(shown) * 4 < len(lines):
        yield "show in few lines"
    if len(shown) * 2 >= len(lines):
        yield "show in most lines"


def _strengths(annotated: AnnotatedArticle) -> dict[str, int]:
    """Return how strongly an article looks like each other kind, from 0 to about 6."""
    headline = _headline_without_titles(annotated)
    found = {}
    for kind, form in _OTHER_FORMS.items():
        said = [{match[0].casefold() for match in form.finditer(one.text)} for one in annotated.tagged[:_MOST]]
        words, lead = set().union(*said), set().union(*said[:2])
        found[kind] = sum(len(words) >= least for least in (3, 5, 8)) + (len(lead) >= 2)
        if form.search(headline):
            found[kind] += 2 if annotated.article.headline else 1
    plain = [one.text for one in annotated.article.sentences[:_MOST]]
    asked = sum(bool(_ASKS.match(one)) for one in plain)
    found["interview"] += sum(asked >= least for least in (2, 3, 5))
    if sum(len(_I.findall(one)) for one in plain) >= 6:
        for kind in ("review", "explainer", *(["interview"] if asked >= 2 else [])):
            found[kind] += 1
    found["list"] += _strength_of_list(annotated)
    return found


def _headline_without_titles(annotated: AnnotatedArticle) -> str:
    """Return the headline, or what an article without one begins with."""
    sentences = annotated.article.sentences
    headline = annotated.article.headline or (sentences[0].text if sentences else "")
    for title in annotated.works:
        if title.is_quoted or title.mentions[-1].sentence > 0:
            headline = headline.replace(title.text, "")
    return headline


def _strength_of_list(annotated: AnnotatedArticle) -> int:
    sentences, tagged = annotated.article.sentences[:_MOST], annotated.tagged[:_MOST]
    numbered = sum(bool(_ITEM.match(one.text)) for one in sentences)
    dates = {tag.value for one in tagged for tag in one.of_kind("date")}
    new = {one.tags[match[1]].value for one in tagged for match in _NEW.finditer(one.text)}
    return 2 * (len(new) >= 3) + 3 * (numbered >= 3) + (len(dates) >= 6)


def _is_english(annotated: AnnotatedArticle) -> bool:
    words = [word for one in annotated.article.sentences[:_MOST] for word in _WORD.findall(one.text.casefold())]
    known = sum(bool(_ENGLISH.fullmatch(word)) for word in words)
    return len(words) < _LEAST_WORDS or known >= _LEAST_ENGLISH * len(words)
