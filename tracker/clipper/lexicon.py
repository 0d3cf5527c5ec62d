"""Words that the rules go by; the long lists lie in `lists`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final


def _read_list(name: str) -> tuple[str, ...]:
    """Return the entries of a list: between bars where an entry may have spaces."""
    text = (Path(__file__).parent / "lists" / f"{name}.txt").read_text("utf-8")
    entries = text.replace("\n", "|" if "|" in text else " ").split("|" if "|" in text else None)
    return tuple(entry for entry in entries if entry)


def any_of(entries: Iterable[str]) -> str:
    """Return a pattern that matches one of these texts, the longest that fits."""
    return "(?:" + "|".join(map(re.escape, sorted(entries, key=len, reverse=True))) + ")"


NETWORK: Final = re.compile(
    rf"(?<![\w&+]){any_of(_read_list('networks'))}(?![\w+]| (?:Kyoto|Drama Awards|Entertainment Awards|Film Festival|"
    r"Studios?\b|News\b))"
)
"""Who shows: networks, streamers and platforms, by the names that news uses."""
COMMON_NETWORKS: Final = frozenset(_read_list("common_networks"))
"""Networks whose name is a common word as well, or another's: they need words around them."""
COUNTRIES: Final = dict(entry.split("=") for entry in _read_list("countries"))
"""What comes from where: "Korean" from South Korea."""
PLACES: Final = frozenset(_read_list("places"))
DEMONYMS: Final = frozenset(_read_list("demonyms"))
NO_NAMES: Final = frozenset(_read_list("no_names")) | DEMONYMS
"""Words that are written with a capital letter at times and are no part of anybody's name."""
SYLLABLES: Final = frozenset(_read_list("syllables"))
"""Common words that are also parts of names: So Ji-sub, Seo In Guk, Off Jirakit, May."""
GIVEN_NAMES: Final = frozenset(_read_list("given_names"))
"""Given names of several countries, as registers of births list them."""
FAMILY_NAMES: Final = frozenset(_read_list("family_names"))
"""Family names that come last, in English-speaking countries and India."""
ASIAN_SURNAMES: Final = frozenset(_read_list("surnames"))
"""Korean, Chinese and Japanese family names, which come first."""
PARTICLES: Final = frozenset(_read_list("particles"))
"""Words in lower case inside of names: Ana de Armas."""
ORGANISATION: Final = re.compile(rf"\b{any_of(_read_list('organisations'))}$")
"""A run of capitalised words that ends so is a company, a place or a paper."""
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KIND: Final = (
    r"(?:mini-?series|web[ -]?series|web[ -]?drama|dramedy|dorama|asadora|taiga|[kjct]-?drama|lakorn|docu-?series|"
    r"docudrama|telenovela|sitcom|drama|series|show|thriller|anime|film|movie|feature|biopic|comedy|rom-?com|"
    r"melodrama|sageuk|romance|horror|mystery|whodunit|western|musical|spin-?off|prequel|sequel|reboot|remake|"
    r"adaptation|special|OVA|project|original|epic|saga|production|procedural|BL|GL|programme|program|serial|pic|"
    r"offshoot|co-?production|fantasy|flick|blockbuster|live[ -]action)"
)
"""What a show is called."""
