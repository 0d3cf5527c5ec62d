"""What people copy to name a show: addresses and ids of five sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.errors import BadValue
from tracker.text import clean_line, shorten

SITES: Final[Mapping[str, str]] = {
    "tvmaze": "TVmaze", "tmdb": "TMDB", "imdb": "IMDb", "thetvdb": "TheTVDB", "wikidata": "Wikidata"
}  # fmt: skip
"""The sites whose pages and ids are understood, by the name for people."""
_DOMAINS: Final = {
    "tvmaze.com": "tvmaze", "themoviedb.org": "tmdb", "tmdb.org": "tmdb", "imdb.com": "imdb",
    "thetvdb.com": "thetvdb", "wikidata.org": "wikidata",
}  # fmt: skip
_PREFIXES: Final = {**{name: name for name in SITES}, "tvdb": "thetvdb", "moviedb": "tmdb"}
KEYS: Final[Mapping[str, re.Pattern[str]]] = {
    "tvmaze": re.compile(r"[1-9][0-9]{0,9}"),
    "tmdb": re.compile(r"(?:tv|movie)/[1-9][0-9]{0,9}"),
    "imdb": re.compile(r"tt[0-9]{1,12}"),
    "thetvdb": re.compile(r"[1-9][0-9]{0,9}"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,11}"),
}
"""The form of their ids."""
_EXAMPLES: Final = {
    "tvmaze": "tvmaze:169", "tmdb": "tmdb:tv/1396 or tmdb:movie/550", "imdb": "imdb:tt0903747",
    "thetvdb": "thetvdb:81189", "wikidata": "wikidata:Q1079",
}  # fmt: skip
_SEASON: Final = re.compile(r"#([0-9]{1,4})$")
_BARE_ID: Final = re.compile(
    r"(?:tt|nm|ls|ur|co|ch|ev)[0-9]{7,12}|Q[0-9]{3,12}|(?:tv|movie)/[1-9][0-9]*(?:-\S*|#[0-9]+)?", re.IGNORECASE
)
"""An id without the name of its site; shorter ones may be titles."""
_ADDRESS: Final = re.compile(
    rf"https?://\S+|(?<![\w.-])(?:[a-z0-9-]{{1,40}}\.){{0,3}}(?:{'|'.join(map(re.escape, _DOMAINS))})/\S*",
    re.IGNORECASE,
)
"""An address, or one of these sites without its beginning."""
_AROUND: Final = " \t<>\"'“”‘’«»()[]{}"
"""What stands around an address in a text."""
_IMDB_IDS: Final = {
    "nm": "a person", "ls": "a list", "ur": "a user", "co": "a company", "ch": "a character",
    "ev": "an event",
}  # fmt: skip


class ShowReference(NamedTuple):
    """The id of a show at a site, or of a season of it."""

    site: str  # one of `SITES`
    key: str  # as "169", "tv/1396", "tt0903747", "81189", "Q1079"
    season: int | None = None

    def __str__(self) -> str:
        return f"{self.site}:{self.key}" + (f"#{self.season}" if self.season is not None else "")


class _Page(NamedTuple):
    """The parts of an address."""

    parts: tuple[str, ...]  # of the path, without empty ones
    query: Mapping[str, list[str]]

    def part(self, index: int) -> str:
        return self.parts[index] if index < len(self.parts) else ""


def find_reference(text: str) -> ShowReference | None:
    """Return the show that a text refers to: an id with or without its site, or an address, alone or among words.

    None for words.

    Raises:
        BadValue: It is an address or an id, but of something else, or of a site that isn't known here; says of what.
    """
    line = clean_line(text).strip(_AROUND)
    if match := _ADDRESS.search(line):
        return _read_address(match[0].rstrip(f"{_AROUND}.,;!"))
    prefix, colon, rest = line.partition(":")
    site, key = _PREFIXES.get(prefix.strip().casefold(), ""), rest.strip()
    if colon and site and re.fullmatch(r"\S*\d\S*", key):
        return _read_id(site, key, text)
    if _BARE_ID.fullmatch(line):
        site = "tmdb" if "/" in line else "wikidata" if line[0] in "qQ" else "imdb"
        return _read_id(site, line, text)
    return None


def is_reference(text: str) -> bool:
    """Return whether a text is an id or an address, of whatever, and no title."""
    try:
        return find_reference(text) is not None
    except BadValue:
        return True


def parse_reference(text: str) -> ShowReference:
    """Parse the reference that a text has to be; see `find_reference`.

    Raises:
        BadValue: It is none.
    """
    if (reference := find_reference(text)) is not None:
        return reference
    prefix = clean_line(text).partition(":")[0].casefold()
    if prefix in SITES:
        raise BadValue(f"Not an id of {SITES[prefix]}: “{text}”. Try {_EXAMPLES[prefix]}.")
    raise BadValue(f"Not an id or an address of a show: “{text}”. Try tvmaze:169, tmdb:tv/1396 or imdb:tt0903747.")


def _read_id(site: str, key: str, text: str) -> ShowReference:
    season = ""
    if match := _SEASON.search(key):
        key, season = key[: match.start()], match[1]
    key = key.upper() if site == "wikidata" else key.casefold()
    if site == "tmdb" and (match := re.match(r"((?:tv|movie)/[0-9]+)-", key)):
        key = match[1]
    if site == "imdb" and key[:2] in _IMDB_IDS:
        raise BadValue(
            f"“{key}” is the id of {_IMDB_IDS[key[:2]]} at IMDb. Give the id of a show, which begins with tt."
        )
    if not KEYS[site].fullmatch(key):
        raise BadValue(f"Not an id of {SITES[site]}: “{text}”. Try {_EXAMPLES[site]}.")
    return _reference(site, key, season)


def _read_address(address: str) -> ShowReference:
    try:
        url = urlsplit(address if "//" in address[:8] else f"//{address}")
        host = (url.hostname or "").casefold()
    except ValueError:
        raise BadValue(f"Not a web address: “{shorten(address, 80)}”.") from None
    site = next((site for domain, site in _DOMAINS.items() if host == domain or host.endswith(f".{domain}")), "")
    if not site:
        raise BadValue(
            f"{host or 'That'} is not TVmaze, TMDB, IMDb, TheTVDB or Wikidata. Search for the title instead, or read"
            " the page with `tracker clip`."
        )
    parts = tuple(part for part in map(unquote, url.path.split("/")) if part)
    return _READERS[site](_Page(parts, parse_qs(url.query)))


def _refuse(site: str, what: str, instead: str = "Give the address of a show.") -> BadValue:
    if not what:
        return BadValue(f"That is not the address of a show at {SITES[site]}. Open the page of a show and copy that.")
    return BadValue(f"That is the address of {what} at {SITES[site]}. {instead}")


def _reference(site: str, key: str, season: str = "") -> ShowReference:
    if not KEYS[site].fullmatch(key) or len(season) > 4:
        raise _refuse(site, "")
    if season and not int(season):
        raise _refuse(site, "specials", "Give the show, or one of its numbered seasons.")
    return ShowReference(site, key, int(season) if season else None)


def _number(part: str) -> str:
    """Return the number with which a part of a path begins: "1396-breaking-bad"; "" for none."""
    match = re.match(r"([0-9]{1,10})(?![^\W_])", part)
    return match[1] if match else ""


def _read_tvmaze(page: _Page) -> ShowReference:
    match page.part(0).casefold():
        case "shows" if number := _number(page.part(1)):
            return _reference("tvmaze", number)
        case "shows" | "":
            raise _refuse("tvmaze", "")
        case "episodes":
            raise _refuse("tvmaze", "an episode", "Give the address of its show.")
        case "seasons":
            # Its number counts the seasons of all shows, and nobody can be asked whose it is.
            raise _refuse("tvmaze", "a season", "Give the address of its show.")
        case kind:
            raise _refuse("tvmaze", _KINDS.get(kind, ""))


def _read_tmdb(page: _Page) -> ShowReference:
    # The API's addresses begin with its version.
    parts = page.parts[1:] if page.part(0) in ("3", "4") else page.parts
    page = page._replace(parts=parts)
    kind, number = page.part(0).casefold(), _number(page.part(1))
    if kind in ("tv", "movie") and number:
        if "episode" in parts:
            raise _refuse("tmdb", "an episode", "Give the address of its show or season.")
        season = page.part(3) if kind == "tv" and page.part(2) == "season" else ""
        return _reference("tmdb", f"{kind}/{number}", _number(season))
    raise _refuse("tmdb", _KINDS.get(kind, ""))


def _read_imdb(page: _Page) -> ShowReference:
    # A language or a country may come first: /de/title/…, /es-es/title/….
    parts = page.parts[1:] if re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", page.part(0).casefold()) else page.parts
    page = page._replace(parts=parts)
    kind, key = page.part(0).casefold(), page.part(1).casefold()
    if kind == "title" and KEYS["imdb"].fullmatch(key):
        season = page.query.get("season", [""])[0] if page.part(2) == "episodes" else ""
        return _reference("imdb", key, _number(season))
    raise _refuse("imdb", _KINDS.get(kind, ""))


def _read_thetvdb(page: _Page) -> ShowReference:
    tab = page.query.get("tab", ["series"])[0].casefold()
    if "id" in page.query:
        if tab == "series":
            return _reference("thetvdb", page.query["id"][0])
        raise _refuse("thetvdb", _KINDS.get(tab, ""))
    # Of the API, or of the pages that lead to others.
    has_numbers = bool(re.fullmatch(r"v[0-9]|dereferrer", page.part(0).casefold()))
    parts = page.parts[1:] if has_numbers else page.parts
    kind, name = (*parts[:2], "", "")[:2]
    match kind.casefold():
        case "series" if has_numbers:
            return _reference("thetvdb", _number(name))
        case "series" if name:
            raise BadValue(
                f"“{shorten(name, 40)}” is a name at TheTVDB, which can't be looked up. Give the number that its page"
                " calls “Series ID”, as thetvdb:81189."
            )
        case "movie" | "movies":
            raise _refuse("thetvdb", "a film", "Films can't be looked up there. Give its address at TMDB or IMDb.")
    raise _refuse("thetvdb", _KINDS.get(kind.casefold(), ""))


def _read_wikidata(page: _Page) -> ShowReference:
    title = page.query.get("title", [page.parts[-1] if page.parts else ""])[0]
    # Special:EntityData/Q1079.json, Talk:Q1079
    key = re.sub(r"\.\w+$", "", title.rpartition(":")[2]).upper()
    return _reference("wikidata", key)


_KINDS: Final = {
    "people": "a person", "person": "a person", "name": "a person", "characters": "a character",
    "episode": "an episode", "episodes": "an episode", "season": "a season", "seasons": "a season",
    "list": "a list", "lists": "a list", "chart": "a list", "user": "a user", "u": "a user", "users": "a user",
    "collection": "a collection of films", "network": "a network", "networks": "a network",
    "webchannels": "a network", "company": "a company", "companies": "a company", "search": "a search",
    "find": "a search", "keyword": "a keyword", "interest": "a keyword", "news": "news", "articles": "news",
}  # fmt: skip
"""What an address is of, by the word in its path."""
_READERS: Final[Mapping[str, Callable[[_Page], ShowReference]]] = {
    "tvmaze": _read_tvmaze, "tmdb": _read_tmdb, "imdb": _read_imdb, "thetvdb": _read_thetvdb,
    "wikidata": _read_wikidata,
}  # fmt: skip
