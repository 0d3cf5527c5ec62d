"""Words that the rules go by: who shows what, what is no name, what months are called; long lists lie in `lists`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final


def _listed(name: str) -> tuple[str, ...]:
    """Return the entries of a list: with bars between them where an entry may have spaces."""
    text = (Path(__file__).parent / "lists" / f"{name}.txt").read_text("utf-8")
    entries = text.replace("\n", "|" if "|" in text else " ").split("|" if "|" in text else None)
    return tuple(entry for entry in entries if entry)


NETWORKS: Final = _listed("networks")
"""Who shows: networks, streamers and platforms, by the names that news uses."""
_NEED_CONTEXT: Final = frozenset(
    [
        "Max",
        "Nine",
        "SET",
        "Aha",
        "Gain",
        "Bravo",
        "OWN",
        "Fox",
        "Sky",
        "NOW",
        "Dave",
        "History",
        "Ten",
        "Stan",
        "Binge",
        "DR",
        "Rai",
        "Globo",
        "Lifetime",
        "Joyn",
        "Heavenly",
        "TBS",
        "ABC",
        "Amazon",
        "ATV",
    ]
)
NETWORK: Final = re.compile(
    r"(?<![\w&+])(?:"
    + "|".join(re.escape(one) for one in sorted(NETWORKS, key=len, reverse=True))
    + r")(?![\w+]| Kyoto| Drama Awards| Entertainment Awards| Studios?\b| News\b| Film Festival)"
)

OTHER_WORK: Final = re.compile(
    r"^In other\b|\b(?:next (?:will be |be )?(?:seen|appears?|stars?|up\b)|(?:will|can) (?:also|next|"
    r"soon) be (?:seen|heard)|also (?:has|filming|shooting|working on|set to (?:star|appear) in|slated to)|"
    r"other (?:upcoming )?(?:projects|credits|originals|works)|upcoming projects|most recently|"
    r"recently (?:starred|appeared|seen|wrapped|finished)|was last seen|was recently (?:seen )?in|coming up in|"
    r"contract with|(?:Ⓟ|[A-Z]\w+)[^Ⓣ.;]{0,60}(?:can|will|may) (?:also |next |soon )?be seen|has the lead in|"
    r"slot left empty|will be filled by|repped by|represented by)\b"
)
"""A sentence about what else people do."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

KIND_NOUNS: Final = (
    r"(?:mini-?series|web[ -]?series|web[ -]?drama|dramedy|dorama|asadora|taiga|[kjct]-?drama|lakorn|docuseries|"
    r"docudrama|telenovela|sitcom|"
    r"drama|series|show|thriller|anime|film|movie|feature|biopic|comedy|rom-?com|romcom|melodrama|sageuk|romance|"
    r"horror|mystery|whodunit|"
    r"western|musical|spin-?off|prequel|sequel|reboot|remake|adaptation|special|OVA|project|original|epic|saga|"
    r"production|procedural|BL|GL|"
    r"miniseries|programme|program|serial|picture|pic|offshoot|neo-western|co-?production|fantasy|live[ -]action)"
)
"""What a show is called."""

COUNTRIES: Final = dict(entry.split("=") for entry in _listed("countries"))
"""A show that is called so comes from there."""

NO_NAMES: Final = frozenset(_listed("no_names"))
"""Words that are written with a capital letter at times and are no part of anybody's name."""
SYLLABLES: Final = frozenset(_listed("syllables"))
"""Common words that are also parts of names: So Ji-sub, Seo In Guk, Off Jirakit, May."""
DEMONYMS: Final = frozenset(_listed("demonyms"))
"""What people, languages and times are called; no names of people."""
NATIONS: Final = DEMONYMS | {
    "korean", "japanese", "chinese", "american", "british", "thai", "french", "german", "spanish", "italian",
    "european",
}  # fmt: skip
"""The same, with those that are common words too."""
PARTICLES: Final = frozenset({
    "de", "del", "della", "di", "da", "das", "dos", "du", "la", "le", "van", "von", "der", "den", "bin", "binti", "ibn",
    "al", "el", "ter", "ten", "y",
})  # fmt: skip
COMPANY: Final = re.compile(
    r"(?:Entertainment|Studios?|Pictures|Productions?|Films?|Media|Agency|Company|Group|Television|Labels?|"
    r"Animation|Works|Network|Inc|Ltd|"
    r"Corp|Books|Press|Publishing|Comics|Magazine|University|School|College|Academy|Festival|Awards?|Hospital|"
    r"Police|Island|City|Street|Hotel|"
    r"Castle|Palace|River|Mountain|Park|Prize|Times|Daily|News|Herald|Reporter|Hall|House|Province|Prefecture|"
    r"County|District|Club|Team|Records|Music|Guild|Fair|War|"
    r"Management|Actors|Creative|Partners|Holdings|TV|Channel|Girls|Boys|Band|Day|Week|Weekly|Post|Sun|Mail|"
    r"Guardian|Journal|Report|Church|Bank|Court|Ministry|Department|Bureau|Agency|Association|Union)\b"
)
"""A run of capitalised words that ends so is a company, a place or a paper."""
PLACES: Final = frozenset(_listed("places"))
"""Where shows are shot and set; no names of people."""


def needs_context(network: str) -> bool:
    """Return whether a name is also a common word, so that only a phrase around it tells a network."""
    return network in _NEED_CONTEXT
