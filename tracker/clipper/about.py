"""What the show is: film or series, its story, where it comes from, where it is set or shot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.lexicon import COUNTRIES, KIND, NO_NAMES, PLACES, any_of
from tracker.clipper.tagged import D, T, TaggedSentence
from tracker.clipper.text import Sentence

_NOUNS: Final = {
    "film": r"(?:(?:feature )?films?|movies?|biopic|blockbuster|motion picture)",
    "series": r"(?:(?<!film )series|mini-?series|shows?|sitcom|(?:[kjct]-?)?dramas?(?! (?:film|movie|feature))|"
    r"anime|soap|docu-?series)",
}
_AT_TITLE: Final = {
    kind: re.compile(
        rf"\b{noun},? (?:titled |called )?{T}|{T},? (?:(?:is |which is )?(?:an?|the) (?:[\w'-]+ ){{0,4}})?"
        rf"(?:[\w'-]+ )?{noun}\b",
        re.IGNORECASE,
    )
    for kind, noun in _NOUNS.items()
}
_WORDS: Final = {
    "film": rf"{_NOUNS['film']}|box office|theat(?:er|re)s|cinemas?|(?:big|silver) screen|directorial|filmmaker",
    "series": rf"{_NOUNS['series']}|seasons?|episod\w+|pilot|showrunners?|tv|television|small screen|broadcast|air\w*",
}
_WORD_FORMS: Final = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()}
_STORY: Final = re.compile(
    rf"(?:{T}|\b(?<!what )the (?:[\w']+[ -]){{0,4}}(?:{KIND}|story|plot|premise|season)|\bit)"
    rf"(?:,? [^.;{T[1:-1]}]{{2,80}},)? (?:will |also |which |that |is set to ){{0,2}}(?:"
    r"follows?\b(?! (?:similar|reports?|news|the news))|tells?|cent(?:er|re)s?|revolves?|depicts?|is about|portrays?|"
    r"chronicles?|explores?|focus\w*|unfolds|is set (?:in|on|during|against|around|between|before)|"
    r"is an? (?:[\w-]+ ){0,6}(?:story|tale|romance))\b",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"\W*(?:the |official )*(?:synopsis|logline|plot|story)(?: (?:reads|of the \w+|is|says))?\s?:\s*", re.IGNORECASE
)
_NO_STORY: Final = re.compile(
    r"\b(?:under wraps|unknown|not (?:been )?(?:revealed|disclosed)|details|based on|filming|premiere\w*|said|says|"
    rf"told|directed|written by)\b|\b(?:air|release) \w+ {D}",
    re.IGNORECASE,
)
_LAND: Final = any_of(COUNTRIES)
_FROM: Final = re.compile(
    rf"\b({_LAND})(?:-language|[ -]produced)? (?:[\w'/-]+ ){{0,4}}?{KIND},? (?:titled |called )?{T}|"
    rf"{T},? (?:is |which is )?(?:an?|the) (?:[\w'-]+ ){{0,4}}?({_LAND}) (?:[\w'/-]+ ){{0,4}}?{KIND}\b"
)
_PLACE: Final = r"[A-Z]\w+(?: [A-Z]\w+){0,2}"
_SHOT: Final = re.compile(
    r"\b(?:film(?:ed|ing|s)|shot|shoot(?:s|ing)?|production|set|takes place)\b"
    r"(?: [^\W\d_]\w*){0,8}? "
    rf"(?:in|at|across) (?P<places>{_PLACE}(?:(?:, | and |, and ){_PLACE}){{0,6}})"
)
_LEAST: Final = 40
_LONGEST: Final = 600


def find_about(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return what the show may be."""
    yield from _find_kinds(annotated)
    best: dict[tuple[str, str], Candidate] = {}
    for number, tagged in enumerate(annotated.tagged):
        found = [Candidate("countries", COUNTRIES[match[1] or match[2]], number, frozenset({"by title"}))
                 for match in _FROM.finditer(tagged.text)]  # fmt: skip
        if not tagged.sentence.is_heading:
            found += [*_find_story(annotated, number, tagged), *_find_locations(annotated, tagged.sentence, number)]
        for one in found:
            key = (one.field, one.value)
            if key not in best or best[key].confidence < one.confidence:
                best[key] = one
    yield from best.values()


def _find_kinds(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    words: Counter[str] = Counter()
    at_title: Counter[str] = Counter()
    places: dict[str, int] = {}
    for number, tagged in enumerate(annotated.tagged):
        for kind, form in _WORD_FORMS.items():
            said = annotated.said(number, form)
            if said:
                places.setdefault(kind, number)
            words[kind] += len(said)
            at_title[kind] += len(_AT_TITLE[kind].findall(tagged.text))
    for kind, other in (("film", "series"), ("series", "film")):
        signs = {kind}
        for name, label in ((kind, "it"), (other, "other")):
            signs |= {f"{label} {least}" for least in (1, 3) if words[name] >= least}
            signs |= {f"{label} at title"} if at_title[name] else set()
        if words[kind] > 2 * words[other]:
            signs.add("more")
        if words[kind] and places[kind] <= places.get(other, places[kind]):
            signs.add("first")
        if words[kind]:
            yield Candidate("kind", kind, places[kind], frozenset(signs))


def _find_story(annotated: AnnotatedArticle, number: int, tagged: TaggedSentence) -> Iterator[Candidate]:
    """Return the sentence if it tells the story, or is said to."""
    label = _LABELLED.match(tagged.sentence.text)
    before = annotated.article.sentences[number - 1].text if number else ""
    is_labelled = label is not None or bool(_LABELLED.fullmatch(f"{before.rstrip(':')}:"))
    told = _STORY.search(tagged.text[:200])
    quote, _ = annotated.quote(number)
    value = " ".join(quote[label.end() if label else 0 :].split())
    if (told is None and not is_labelled) or not _LEAST <= len(value) <= _LONGEST:
        return
    signs = {"labelled" if is_labelled else annotated.whose(number, told.end() if told else 0).value}
    if told is not None:
        signs.add("tells")
    if _NO_STORY.search(tagged.text) and not is_labelled:
        signs.add("says something else")
    yield Candidate("synopsis", value, number, frozenset(signs))


def _find_locations(annotated: AnnotatedArticle, sentence: Sentence, number: int) -> Iterator[Candidate]:
    """Return where it is shot or set, by the words as they are: places in a row may look like a title."""
    for match in _SHOT.finditer(sentence.text):
        for place in re.findall(_PLACE, match["places"]):
            if place in PLACES or not (place.casefold() in NO_NAMES or place in annotated.people.full_names):
                whose = annotated.whose_at(sentence.start + match.start())
                listed = "listed" if place in PLACES else "not listed"
                yield Candidate("locations", place, number, frozenset({listed, whose.value}))
