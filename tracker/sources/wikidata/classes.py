"""What an item of Wikidata is: a film, a series, a special, a season, or no show.

An item names the classes that it is an instance of (P31), and a class those that it is a subclass of (P279). Classes of
works decide; then classes of something else; then ids that only films and series have. The superclasses of a class that
is unknown here are looked up, two levels of them. Cast, director and dates tell nothing: plays and games have them too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tracker.sources.wikidata.records import ItemStatements, best_ranked, first_id

FILMS: Final = frozenset(
    {
        "Q11424",  # film
        "Q24862",  # short film
        "Q24869",  # feature film
        "Q506240",  # television film
        "Q202866",  # animated film
        "Q29168811",  # animated feature film
        "Q17517379",  # animated short film
        "Q98807719",  # animated television film
        "Q20650540",  # anime film
        "Q93204",  # documentary film
        "Q226730",  # silent film
        "Q20667187",  # silent short film
        "Q229390",  # 3D film
        "Q130232",  # drama film
        "Q157443",  # comedy film
        "Q157394",  # fantasy film
        "Q188473",  # action film
        "Q319221",  # adventure film
        "Q369747",  # war film
        "Q471839",  # science fiction film
        "Q959790",  # crime film
        "Q1054574",  # romance film
        "Q1200678",  # mystery film
        "Q172980",  # Western film
        "Q2484376",  # thriller film
        "Q842256",  # musical film
        "Q200092",  # horror film
        "Q18011172",  # film project
    }
)
"""Classes of films."""

SERIES: Final = frozenset(
    {
        "Q5398426",  # television series
        "Q15416",  # television program
        "Q1259759",  # miniseries
        "Q1366112",  # drama television series
        "Q9335576",  # comedy television series
        "Q9335577",  # crime television series
        "Q67175872",  # thriller television series
        "Q170238",  # sitcom
        "Q182415",  # reality television
        "Q336181",  # variety show
        "Q526877",  # web series
        "Q581714",  # animated series
        "Q117467246",  # animated television series
        "Q117467261",  # anime series
        "Q63952888",  # anime television series
        "Q11086742",  # anime television program
        "Q113687694",  # original video animation series
        "Q113671041",  # original net animation series
        "Q1047299",  # original net animation
        "Q1107",  # anime
    }
)
"""Classes of series."""

SPECIALS: Final = frozenset(
    {
        "Q1261214",  # television special
        "Q220898",  # original video animation
    }
)
"""Classes of works that are neither."""

SEASONS: Final = frozenset(
    {
        "Q3464665",  # television series season
        "Q100269041",  # anime television series season
    }
)
"""Classes of seasons."""

OTHERS: Final[Mapping[str, str]] = {
    "Q5": "a person",  # human
    "Q16334295": "a group of people",  # group of humans
    "Q95074": "a fictional character",  # character
    "Q15632617": "a fictional character",  # fictional human
    "Q15773317": "a fictional character",  # television character
    "Q15773347": "a fictional character",  # film character
    "Q15711870": "a fictional character",  # animated character
    "Q80447738": "a fictional character",  # anime character
    "Q87576284": "a fictional character",  # manga character
    "Q1114461": "a fictional character",  # comics character
    "Q3658341": "a fictional character",  # literary character
    "Q1569167": "a fictional character",  # video game character
    "Q101352": "a name",  # family name
    "Q202444": "a name",  # given name
    "Q215380": "a band",  # musical group
    "Q2088357": "a band",  # musical ensemble
    "Q5741069": "a band",  # rock band
    "Q216337": "a band",  # boy band
    "Q641066": "a band",  # girl group
    "Q9212979": "a band",  # musical duo
    "Q281643": "a band",  # musical trio
    "Q482994": "an album",  # album
    "Q169930": "an album",  # extended play
    "Q134556": "a song",  # single
    "Q7366": "a song",  # song
    "Q105543609": "a piece of music",  # musical work or composition
    "Q193977": "a music video",  # music video
    "Q10590726": "a music video",  # video album
    "Q571": "a book",  # book
    "Q7725634": "a book",  # literary work
    "Q47461344": "a book",  # written work
    "Q3331189": "a book",  # version, edition or translation
    "Q277759": "a series of books",  # book series
    "Q8261": "a novel",  # novel
    "Q149537": "a novel",  # novella
    "Q747381": "a novel",  # light novel
    "Q1667921": "a series of novels",  # novel series
    "Q104213567": "a series of novels",  # light novel series
    "Q49084": "a short story",  # short story
    "Q13442814": "an article",  # scholarly article
    "Q8274": "a manga",  # manga
    "Q21198342": "a manga",  # manga series
    "Q562214": "a comic",  # manhwa
    "Q74262765": "a comic",  # manhwa series
    "Q60496358": "a comic",  # webtoon
    "Q1004": "a comic",  # comic
    "Q1760610": "a comic",  # comic book
    "Q14406742": "a comic",  # comic book series
    "Q725377": "a comic",  # graphic novel
    "Q25379": "a play",  # play
    "Q2743": "a musical",  # musical
    "Q1344": "an opera",  # opera
    "Q15079786": "a ballet",  # ballet
    "Q116476516": "a work for the stage",  # dramatic work
    "Q43099500": "a work for the stage",  # performing arts production
    "Q7889": "a video game",  # video game
    "Q7058673": "a series of video games",  # video game series
    "Q131436": "a game",  # board game
    "Q196600": "a franchise",  # media franchise
    "Q24856": "a series of films",  # film series
    "Q21191270": "an episode",  # television series episode
    "Q102364578": "an episode",  # anime television series episode
    "Q1983062": "an episode",  # episode
    "Q14623351": "a radio series",  # radio series
    "Q1555508": "a radio program",  # radio program
    "Q24634210": "a podcast",  # podcast show
    "Q2001305": "a television channel",  # television channel
    "Q43229": "an organization",  # organization
    "Q783794": "a company",  # company
    "Q4830453": "a company",  # business
    "Q1762059": "a company",  # film production company
    "Q3305213": "a painting",  # painting
    "Q515": "a city",  # city
    "Q486972": "a place",  # human settlement
    "Q6256": "a country",  # country
    "Q4167410": "a disambiguation page",  # Wikimedia disambiguation page
    "Q13406463": "a list",  # Wikimedia list article
    "Q4167836": "a category",  # Wikimedia category
}
"""Classes of what is no show, with the words for it."""

IMDB_TITLE: Final = re.compile(r"tt[0-9]{1,20}")
"""Ids of titles; people have ids there too, which begin with "nm"."""
_LEVELS: Final = 3  # the classes of an item, and two levels of superclasses


class ItemClass(NamedTuple):
    """A class of items."""

    label: str
    parents: tuple[str, ...]  # the classes that it is a subclass of


class ItemKind(NamedTuple):
    """What an item is: a show of a kind, a season, or something else in words."""

    kind: str = ""  # "film", "series", "special"; "" for no show
    is_season: bool = False
    what: str = ""  # what it is if it is no show, as "a person"; "" if nobody knows

    @property
    def has_seasons(self) -> bool:
        """Whether its parts may be seasons; those of a season are episodes."""
        return self.kind == "series" and not self.is_season


def find_kind(claims: ItemStatements, known: Mapping[str, ItemClass]) -> ItemKind | frozenset[str]:
    """Return what an item is, or the classes that have to be known to tell.

    Args:
        claims: What it says of itself.
        known: Classes that were looked up; those that could not be found have no parents.
    """
    level = direct = tuple(dict.fromkeys(claim.item for claim in best_ranked(claims.classes) if claim.item))
    for depth in range(_LEVELS):
        if (kind := _kind_by_class(level, claims, is_direct=not depth)) is not None:
            return kind
        if not depth and (claims.tvmaze or claims.tmdb_tv or claims.thetvdb or claims.tmdb_movie):
            return ItemKind(_kind_by_ids(claims))
        if depth == _LEVELS - 1:
            break
        if missing := frozenset(item for item in level if item not in known):
            return missing
        level = tuple(dict.fromkeys(parent for item in level for parent in known[item].parents))
    if claims.networks or first_id(claims.imdb, IMDB_TITLE):
        return ItemKind(_kind_by_ids(claims))
    label = next((known[item].label for item in direct if item in known and known[item].label), "")
    return ItemKind(what=_with_article(label))


def is_season(claims: ItemStatements) -> bool:
    """Return whether an item says of itself that it is a season."""
    return any(claim.item in SEASONS for claim in best_ranked(claims.classes))


def _kind_by_class(level: Sequence[str], claims: ItemStatements, *, is_direct: bool) -> ItemKind | None:
    """Return what an item of these classes is, None if they do not tell."""
    classes, other = frozenset(level), next((OTHERS[item] for item in level if item in OTHERS), "")
    if not is_direct and other:
        # The superclasses of a class are many and odd: a video album is a subclass of films.
        return ItemKind(what=other)
    has_ordinal = any(claim.limits.ordinals for claim in claims.series)
    if classes & SEASONS and (has_ordinal or not classes & (SERIES | FILMS)):
        return ItemKind("series", is_season=True)
    if classes & FILMS:
        return ItemKind("film")
    if classes & SERIES:
        is_film = bool(claims.tmdb_movie) and not (claims.tmdb_tv or claims.tvmaze)
        # What is called no more than an anime may be a film.
        return ItemKind("film" if is_film and classes & SERIES == {"Q1107"} else "series")
    if classes & SPECIALS:
        return ItemKind("special")
    return ItemKind(what=other) if other else None


def _kind_by_ids(claims: ItemStatements) -> str:
    is_series = claims.tvmaze or claims.tmdb_tv or claims.thetvdb or claims.networks
    return "film" if claims.tmdb_movie and not is_series else "series"


def _with_article(noun: str) -> str:
    if not noun or noun[0].isupper():
        return noun and f"“{noun}”"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
