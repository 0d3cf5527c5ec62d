"""The names of an item: its title, the original one, and those by which people know it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from tracker.model.source_record import MAX_ALIASES, distinct_names
from tracker.sources.decode import line_of
from tracker.sources.wikidata.items import LANGUAGES
from tracker.sources.wikidata.records import Entity, best_ranked

_TAIWANESE: Final = ("zh-tw", "zh-hant", "zh")
_FANS: Final = ("ja", "ko", "zh", "zh-hans", "zh-cn", *_TAIWANESE[:2], "th", "en")
"""The languages in which fans look for shows, after those of the country and of the owner."""
_SPOKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "JP": ("ja",), "KR": ("ko",), "KP": ("ko",), "CN": ("zh", "zh-hans", "zh-cn"), "TW": _TAIWANESE,
    "HK": ("zh-hk", "zh-hant", "zh"), "MO": ("zh-hk", "zh-hant", "zh"), "SG": ("en", "zh"), "TH": ("th",),
    "VN": ("vi",), "ID": ("id",), "MY": ("ms",), "PH": ("tl",), "IN": ("hi", "ta", "te", "ml"), "BD": ("bn",),
    "PK": ("ur",), "DE": ("de",), "AT": ("de",), "CH": ("de", "fr"),
    "FR": ("fr",), "BE": ("nl", "fr"), "NL": ("nl",), "ES": ("es",), "MX": ("es",), "AR": ("es",), "CO": ("es",),
    "CL": ("es",), "PE": ("es",), "VE": ("es",), "UY": ("es",), "CU": ("es",), "PT": ("pt",), "BR": ("pt-br", "pt"),
    "IT": ("it",), "SE": ("sv",), "DK": ("da",), "NO": ("nb",), "FI": ("fi",), "PL": ("pl",),
    "CZ": ("cs",), "SK": ("sk",), "HU": ("hu",), "RO": ("ro",), "BG": ("bg",), "GR": ("el",), "TR": ("tr",),
    "RU": ("ru",), "UA": ("uk",), "RS": ("sr",), "HR": ("hr",), "IL": ("he",),
    "IR": ("fa",), "EG": ("ar",), "SA": ("ar",), "AE": ("ar",), "LB": ("ar",), "AM": ("hy",), "GE": ("ka",),
}  # fmt: skip
"""The languages of countries; where it is English nothing is missing."""
ASKED_LANGUAGES: Final = tuple(
    dict.fromkeys(("en", "mul", *_FANS, *(language for languages in _SPOKEN.values() for language in languages)))
)
"""The languages in which names of shows are asked for: at most 50, which is what one request may name."""
NAME_LANGUAGES: Final = ("en", "mul", "ja", "ko", "zh", "zh-hant", "th")
"""The languages in which names of people and networks are asked for."""


class Names(NamedTuple):
    """The names of a show."""

    title: str
    original: str  # "" if it is the title
    aliases: tuple[str, ...]
    language: str  # of the original, as a code of two letters; "" if that is not known


def read_names(entity: Entity, countries: Iterable[str], region: str) -> Names:
    """Return the names of a show.

    Args:
        entity: The item.
        countries: The countries that it comes from.
        region: The owner's country, "" for none.
    """
    originals = [
        (_base(claim.mainsnak.value.language or ""), name)
        for claim in best_ranked(entity.claims.original_titles)
        if (name := line_of(claim.text))
    ]
    spoken = [LANGUAGES[claim.item] for claim in best_ranked(entity.claims.languages) if claim.item in LANGUAGES]
    if spoken:
        language, original = next(((code, name) for code, name in originals if code in spoken), (spoken[0], ""))
        # No foreign title is the original one; a label in that language is.
        original = original or next((name for code, name in entity.labels.items() if _base(code) == language), "")
    else:
        original = next((name for _, name in originals), "")
        language = originals[0][0] if len({code for code, _ in originals}) == 1 else ""
    latin = original if _is_latin(original) else ""
    title = entity.labels.get("en") or latin or label_of(entity) or original
    home = [code for country in countries for code in _SPOKEN.get(country, ())]
    codes = dict.fromkeys((*home, *_SPOKEN.get(region, ()), *_FANS))
    others = (name for code in codes for name in (entity.labels.get(code, ""), *entity.aliases.get(code, ())))
    chosen = distinct_names(others, (title, original))[:MAX_ALIASES]
    return Names(title, original if original != title else "", chosen, language if len(language) == 2 else "")


def label_of(entity: Entity) -> str:
    """Return the label in the first of `ASKED_LANGUAGES` that there is, or in any language."""
    return _preferred(entity.labels)


def description_of(entity: Entity) -> str:
    """Return what an item is in a few words, in the language of its label if it can be."""
    return _preferred(entity.descriptions)


def _preferred(texts: Mapping[str, str]) -> str:
    return next((texts[code] for code in ASKED_LANGUAGES if code in texts), "") or next(iter(texts.values()), "")


def _base(code: str) -> str:
    base = code.casefold().partition("-")[0]
    return {"nb": "no", "nn": "no", "yue": "zh", "cmn": "zh"}.get(base, base)


def _is_latin(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
