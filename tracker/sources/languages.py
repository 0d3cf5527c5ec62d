"""Languages: their codes, the country that some of them stand for, and their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple


class Language(NamedTuple):
    """A language in which shows are made."""

    code: str  # of ISO 639-1
    countries: tuple[str, ...] = ()  # where it is spoken; shows in it are as a rule from the one, where it is one
    scripts: frozenset[str] = frozenset()  # as the names of its letters in Unicode begin; none for Latin letters

    @property
    def own_country(self) -> tuple[str, ...]:
        """The one country that it stands for, if there is one."""
        return self.countries if len(self.countries) == 1 else ()


UNKNOWN: Final = Language("")

_TABLE: Final = """
af|Afrikaans|ZA|
ar|Arabic|EG SA AE LB SY JO KW QA BH OM IQ MA TN DZ LY SD YE PS|ARABIC
az|Azerbaijani|AZ|
be|Belarusian|BY|CYRILLIC
bg|Bulgarian|BG|CYRILLIC
bn|Bengali|BD IN|BENGALI
bs|Bosnian|BA|
ca|Catalan|ES|
cs|Czech|CZ|
cy|Welsh|GB|
da|Danish|DK|
de|German|DE AT CH|
el|Greek|GR|GREEK
en|English|US GB CA AU NZ IE ZA|
es|Spanish|ES MX AR CO CL PE UY VE EC BO PY CU DO CR PA GT HN SV NI PR|
et|Estonian|EE|
eu|Basque|ES|
fa|Persian|IR AF|ARABIC
fi|Finnish|FI|
fr|French|FR BE CA CH LU|
ga|Irish|IE|
gd|Scottish Gaelic|GB|
gl|Galician|ES|
gu|Gujarati|IN|GUJARATI
he|Hebrew|IL|HEBREW
hi|Hindi|IN|DEVANAGARI
hr|Croatian|HR|
hu|Hungarian|HU|
hy|Armenian|AM|ARMENIAN
id|Indonesian|ID|
is|Icelandic|IS|
it|Italian|IT|
ja|Japanese|JP|HIRAGANA KATAKANA CJK
ka|Georgian|GE|GEORGIAN
kk|Kazakh|KZ|CYRILLIC
km|Khmer|KH|KHMER
kn|Kannada|IN|KANNADA
ko|Korean|KR|HANGUL
lb|Luxembourgish|LU|
lo|Lao|LA|LAO
lt|Lithuanian|LT|
lv|Latvian|LV|
ml|Malayalam|IN|MALAYALAM
mn|Mongolian|MN|CYRILLIC
mr|Marathi|IN|DEVANAGARI
ms|Malay|MY SG BN|
my|Burmese|MM|MYANMAR
nl|Dutch|NL BE|
no|Norwegian|NO|
pa|Panjabi|IN PK|GURMUKHI ARABIC
pl|Polish|PL|
pt|Portuguese|BR PT AO MZ|
ro|Romanian|RO MD|
ru|Russian|RU UA BY KZ|CYRILLIC
si|Sinhalese|LK|SINHALA
sk|Slovak|SK|
sl|Slovenian|SI|
sq|Albanian|AL XK|
sr|Serbian|RS ME BA|CYRILLIC
sv|Swedish|SE|
ta|Tamil|IN LK SG MY|TAMIL
te|Telugu|IN|TELUGU
th|Thai|TH|THAI
tl|Tagalog|PH|
tr|Turkish|TR|
uk|Ukrainian|UA|CYRILLIC
ur|Urdu|PK IN|ARABIC
uz|Uzbek|UZ|
vi|Vietnamese|VN|
zh|Chinese|CN TW HK|CJK
"""
_BY_NAME: Final = {
    name.casefold(): Language(code, tuple(countries.split()), frozenset(scripts.split()))
    for code, name, countries, scripts in (row.split("|") for row in _TABLE.split("\n") if row)
}
_BY_CODE: Final = {language.code: language for language in _BY_NAME.values()}
_OTHER_CODES: Final = {"cn": "zh", "nb": "no", "nn": "no", "iw": "he", "in": "id", "sh": "sr"}
"""What else sources write; "cn" is TMDB's for Cantonese."""


def find_language(text: str) -> Language:
    """Return the language with this English name or code, `UNKNOWN` for none."""
    word = text.casefold()
    return _BY_NAME.get(word) or _BY_CODE.get(_OTHER_CODES.get(word, word), UNKNOWN)


def is_written_in(text: str, language: Language) -> bool:
    """Return whether a text has letters that are the language's own; never for one with Latin letters."""
    if not language.scripts or text.isascii():
        return False
    names = (unicodedata.name(char, "") for char in text if char.isalpha())
    return any(name.partition(" ")[0].partition("-")[0] in language.scripts for name in names)


def home_country(language: Language, countries: Sequence[str]) -> str:
    """Return the one of a show's countries that its language is of, else the first; "" for none.

    Of a show without one it is the country that its language stands for.
    """
    ordered = (*(code for code in language.countries if code in countries), *countries, *language.own_country)
    return next(iter(ordered), "")
