"""What the show is: its kind, its story, where it comes from and where it is shot or set."""

from __future__ import annotations

import re
from typing import Final

from tracker.clipper import subject
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.language.lexicon import COUNTRIES, KIND_NOUNS, PLACES
from tracker.model.article_draft import Fact

_FILM: Final = re.compile(
    r"\b(?:film|movie|feature|picture|biopic|box office|in theat(?:er|re)s|in cinemas|big screen|feature-length|"
    r"motion picture)s?\b(?! (?:company|festival|director|maker|studio|industry|star|career))",
    re.IGNORECASE,
)
_SERIES: Final = re.compile(
    r"\b(?:series|dramas?|k-?drama|season|episodes?|show|sitcom|miniseries|anime|TV|limited series|showrunner|"
    r"broadcast|premieres? on|part(?:er)?|web drama|sageuk|rom-com series)\b",
    re.IGNORECASE,
)
_STORY: Final = re.compile(
    rf"(?:Ⓣ|[Tt]he (?:upcoming |new |forthcoming )?(?:\w+[ -]){{0,3}}?(?:{KIND_NOUNS}|story|plot|tale|narrative)|"
    rf"[Ii]t|[Ss]et in [^,]{{2,60}}, (?:Ⓣ|it|the (?:series|drama|film|"
    rf"show)))(?:, [^,]{{2,120}},)? (?:will )?(?:also )?(?:follows?|tells?|cent(?:er|re)s?|revolves?|depicts?|"
    rf"is about|portrays?|chronicles?|explores?|concerns?|tracks?|charts?|focus\w*|begins when|begins with|"
    rf"turns on|deals with|unfolds|sees a|traces|is set|is a (?:[\w-]+ ){{0,6}}(?:story|tale|romance|thriller|"
    rf"comedy|mystery)|captures|recounts)\b"
)
_SYNOPSIS: Final = re.compile(
    r"^(?:SYNOPSIS|Synopsis|Logline|Plot|Story|The official (?:synopsis|logline)[^:]{0,40}|Official synopsis|"
    r"Per the (?:official )?(?:synopsis|logline)|Here['’]s the (?:official )?(?:synopsis|logline))\s?:\s*"
)
_FROM: Final = re.compile(
    r"\b(?P<land>"
    + "|".join(re.escape(one) for one in sorted(COUNTRIES, key=len, reverse=True))
    + rf")(?:-language|[ -]produced)? (?:(?:\w|[-/])+ ){{0,3}}?(?:{KIND_NOUNS}|original|BL|GL|remake|title)\b"
)
_AT: Final = re.compile(
    r"\b(?:film(?:ed|ing|s)?|shot|shoots?|shooting|set|locations?|spans?|takes place|unfold\w*|"
    r"cameras[^,.;]{0,40}|production(?: \w+){0,4}|lensing|lensed|travel\w*|on location|across|"
    r"backdrop of)\b[^.;]{0,60}?\b(?:in|at|of|across|around|between|on location in|through)\b"
)


def kind(reading: AnnotatedArticle) -> Fact | None:
    """Return whether it is a film or a series, where the article says so."""
    film, series = 0.0, 0.0
    first = None
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        if not is_about:
            continue
        weight = 2.0 if "Ⓣ" in coded.text else 1.0
        films, many = len(_FILM.findall(coded.text)), len(_SERIES.findall(coded.text))
        film, series = film + weight * films, series + weight * many
        near = re.search(
            rf"(?P<noun>{KIND_NOUNS}),? (?:titled |called )?Ⓣ|Ⓣ[^.;]{{0,40}}?(?:is|,) (?:an?|"
            rf"the) (?:[\w-]+ ){{0,5}}?(?P<noun2>{KIND_NOUNS})\b",
            coded.text,
        )
        if near:
            noun = (near["noun"] or near["noun2"]).casefold()
            film += 3 * bool(re.fullmatch(r"film|movie|feature|biopic|picture|pic", noun))
            series += 3 * bool(re.fullmatch(r"series|[kjc]?-?drama|show|sitcom|mini-?series|anime|web.*", noun))
        if first is None and (films or many):
            first = coded.sentence
    if first is None or film == series:
        return None
    return Fact("kind", "film" if film > series else "series", first.text, first.start, 0.7)


def synopsis(reading: AnnotatedArticle) -> Fact | None:
    """Return the sentence that tells the story."""
    for coded in reading.coded:
        if match := _SYNOPSIS.match(coded.sentence.text):
            text = coded.sentence.text[match.end() :]
            if len(text) > 20:
                return Fact("synopsis", text, text, coded.sentence.start + match.end(), 0.9)
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        sentence = coded.sentence
        if is_about and not sentence.is_heading and len(sentence.text) > 50 and _STORY.search(coded.text[:160]):
            return Fact("synopsis", sentence.text, sentence.text, sentence.start, 0.7)
    return None


def countries(reading: AnnotatedArticle) -> list[Fact]:
    """Return where the show comes from: what the article calls it."""
    found: dict[str, Fact] = {}
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        if not is_about or subject.looks_back(coded):
            continue
        for match in _FROM.finditer(coded.text):
            near = coded.text[match.start() : match.end() + 30]
            if ("Ⓞ" in near and "Ⓣ" not in near) or re.search(
                r"(?:based on|adapt\w+ (?:of|from)|remake of|original) (?:an?|the)? ?$", coded.text[: match.start()]
            ):
                continue
            land = COUNTRIES[match["land"]]
            found.setdefault(land, Fact("countries", land, coded.sentence.text, coded.sentence.start, 0.6))
    return list(found.values())[:1]


def locations(reading: AnnotatedArticle) -> list[Fact]:
    """Return where it is shot or set."""
    found: dict[str, Fact] = {}
    for coded, is_about in zip(reading.coded, reading.about, strict=True):
        if not is_about or subject.looks_back(coded) or coded.sentence.is_heading:
            continue
        for match in _AT.finditer(coded.sentence.text):
            rest = coded.sentence.text[match.end() : match.end() + 90]
            at = 0
            while place := re.match(
                r"(?:,? ?(?:and |the |both |cities of |downtown |several |"
                r"parts of )*)(?P<place>[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})",
                rest[at:],
            ):
                name = _place(place["place"])
                if not name:
                    break
                found.setdefault(name, Fact("locations", name, coded.sentence.text, coded.sentence.start, 0.6))
                at += place.start("place") + len(name)
    return list(found.values())


def _place(words: str) -> str:
    parts = words.split(" ")
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[:size])
        for form in (name, name.rstrip(".,")):
            if form in PLACES:
                return form
    return ""
