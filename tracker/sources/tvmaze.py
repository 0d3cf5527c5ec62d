"""TVmaze: series of all countries, without a key. Data under CC BY-SA 4.0, with a link back (https://www.tvmaze.com/api)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import Struct, field

from tracker.errors import BadValue, SourceError, Unknown
from tracker.model.episode import Episode
from tracker.model.observation import NOTICES, Observation
from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.sources.base import Failure, Known, address, day_of, decode, ends_all, names, window_of
from tracker.sources.client import Client, Service
from tracker.sources.markup import text_of
from tracker.sources.pacing import Pace
from tracker.text import clean_line

LABEL: Final = "TVmaze"
ADDRESS: Final = "https://api.tvmaze.com"
PACE: Final = Pace(18, 10)
"""Twenty calls in ten seconds are allowed; see the thread 6233 of their forum."""
_EMBEDS: Final = ["cast", "crew", "akas", "nextepisode"]
_UNDATED: Final = (
    Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED,
)  # fmt: skip
_DATED: Final = (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED)
_RUNS: Final = (Status.AIRING, Status.RELEASED, Status.HIATUS)
_KINDS: Final = {"Movie": "film", "TV Movie": "film"}


class _Country(Struct):
    code: str | None = None


class _Channel(Struct):
    name: str | None = None
    country: _Country | None = None


class _Person(Struct):
    name: str | None = None


class _Part(Struct):
    person: _Person | None = None
    character: _Person | None = None


class _Maker(Struct):
    type: str | None = None
    person: _Person | None = None


class _Aka(Struct):
    name: str | None = None
    country: _Country | None = None


class _Episode(Struct):
    season: int | None = None
    number: int | None = None
    name: str | None = None
    airdate: str | None = None
    airtime: str | None = None
    airstamp: str | None = None


class _Embedded(Struct):
    cast: list[_Part] = []
    crew: list[_Maker] = []
    akas: list[_Aka] = []
    next: _Episode | None = field(default=None, name="nextepisode")


class _Externals(Struct):
    thetvdb: int | None = None
    imdb: str | None = None


class _Show(Struct):
    id: int
    name: str
    genres: list[str]
    """What an episode, which has id and name too, never has."""
    url: str | None = None
    type: str | None = None
    status: str | None = None
    premiered: str | None = None
    site: str | None = field(default=None, name="officialSite")
    network: _Channel | None = None
    web: _Channel | None = field(default=None, name="webChannel")
    externals: _Externals | None = None
    summary: str | None = None
    updated: int | None = None
    embedded: _Embedded | None = field(default=None, name="_embedded")


class _Found(Struct):
    show: _Show


def parse_show(body: bytes, today: date) -> Observation:
    """Return what the body of `/shows/{id}` says.

    Raises:
        Unreadable: It is no such body.
    """
    return _observed(decode(body, _Show, LABEL), today)


def parse_search(body: bytes, today: date) -> tuple[Observation, ...]:
    """Return what the body of `/search/shows` says, best first.

    Raises:
        Unreadable: It is no such body.
    """
    return tuple(_observed(found.show, today) for found in decode(body, list[_Found], LABEL))


def parse_updates(body: bytes) -> dict[str, str]:
    """Return the stamps of shows by their ids, from the body of `/updates/shows`.

    Raises:
        Unreadable: It is no such body.
    """
    if body.strip() == b"[]":
        # No update at all.
        return {}
    return {key: str(stamp) for key, stamp in decode(body, dict[str, int], LABEL).items()}


def _observed(show: _Show, today: date) -> Observation:
    premiered = day_of(show.premiered)
    word = clean_line(show.status or "")
    covers, status = _standing(word, premiered, today)
    embedded = show.embedded or _Embedded()
    channels = [channel for channel in (show.network, show.web) if channel is not None]
    countries = [channel.country.code for channel in channels if channel.country is not None]
    externals = show.externals or _Externals()
    ids = {"imdb": externals.imdb, "thetvdb": str(externals.thetvdb) if externals.thetvdb else None}
    return Observation(
        source="tvmaze",
        key=str(show.id),
        title=clean_line(show.name),
        url=address(show.url).replace("http://", "https://"),
        original_title=_original(embedded.akas, clean_line(show.name)),
        aliases=tuple(name for name in names(aka.name for aka in embedded.akas) if name != clean_line(show.name)),
        kind=_KINDS.get(show.type or "", "series"),
        word=word,
        covers=covers,
        status=status,
        release=window_of(premiered, is_out=premiered is not None and premiered <= today and word != "In Development"),
        networks=names(channel.name for channel in channels),
        countries=names(countries),
        genres=tuple(genre.casefold() for genre in names(show.genres)),
        directors=_makers(embedded.crew, "Director"),
        writers=_makers(embedded.crew, "Writer", "Creator"),
        synopsis=text_of(show.summary),
        cast=_cast(embedded.cast),
        ids=tuple((name, clean_line(value)) for name, value in ids.items() if value),
        site=address(show.site),
        next_episode=_next(embedded.next),
        stamp=str(show.updated or ""),
    )


def _standing(word: str, premiered: date | None, today: date) -> tuple[tuple[Status, ...], Status | None]:
    """Return the statuses that agree with TVmaze's word, and the one that it comes to by itself."""
    is_out = premiered is not None and premiered <= today
    match word:
        case "In Development" | "Running" | "To Be Determined" if premiered is not None and not is_out:
            return _DATED, Status.SCHEDULED
        case "In Development":
            # A project that was called off stays here for ever, so no more than a beginning can be read from it.
            return _UNDATED, Status.ANNOUNCED
        case "Running" if is_out:
            return _RUNS, Status.AIRING
        case "To Be Determined" if is_out:
            return _RUNS, Status.RELEASED
        case "Ended" if is_out:
            # TVmaze has no word for a show that was cancelled.
            return (Status.RELEASED, Status.CANCELLED), Status.RELEASED
    return (), None


def _original(akas: Sequence[_Aka], title: str) -> str:
    """Return the first other name in another script, which is the title at home as a rule."""
    if not title.isascii():
        return ""
    return next(
        (name for name in names(aka.name for aka in akas) if not any(c.isascii() and c.isalpha() for c in name)), ""
    )


def _makers(crew: Iterable[_Maker], *types: str) -> tuple[str, ...]:
    return names(maker.person.name for maker in crew if maker.type in types and maker.person is not None)


def _cast(parts: Iterable[_Part]) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    for part in parts:
        name = clean_line(part.person.name or "") if part.person is not None else ""
        role = clean_line(part.character.name or "") if part.character is not None else ""
        if name and name not in found:
            found[name] = Credit(name, role)
    return tuple(found.values())


def _next(episode: _Episode | None) -> Episode | None:
    if episode is None:
        return None
    at = None
    # Without a time of day the stamp's noon is made up, for a global streamer as a rule.
    if episode.airtime and episode.airstamp:
        try:
            at = datetime.fromisoformat(episode.airstamp).astimezone(UTC)
        except (ValueError, OverflowError):
            at = None
    return Episode(episode.season, episode.number, clean_line(episode.name or ""), day_of(episode.airdate), at)


class Tvmaze:
    """TVmaze as a source."""

    name = "tvmaze"
    label = LABEL
    notice = NOTICES["tvmaze"]

    def __init__(self, client: Client, now: Callable[[], datetime], at: str = "") -> None:
        self._client = client
        self._now = now
        self._service = Service(LABEL, at or ADDRESS, PACE)

    def search(self, words: str) -> tuple[Observation, ...]:
        """See `Source`; TVmaze gives ten at the most."""
        return parse_search(self._client.get(self._service, "/search/shows", {"q": words}), self._now().date())

    def moved(self, known: Mapping[str, Known]) -> frozenset[str]:
        """See `Source`: one request for the stamps of all that changed since the oldest was asked for."""
        new = frozenset(key for key, before in known.items() if not before.stamp or before.asked is None)
        old = known.keys() - new
        if len(old) <= 1:
            return frozenset(known)
        age = self._now().astimezone(UTC) - min(asked for key in old if (asked := known[key].asked) is not None)
        # A day more than needed: their feed and their pages are cached apart.
        spans = (("day", timedelta(hours=23)), ("week", timedelta(days=6)), ("month", timedelta(days=27)))
        since = next(({"since": word} for word, span in spans if age < span), {})
        stamps = parse_updates(self._client.get(self._service, "/updates/shows", since))
        # What is not in the feed of all times is gone; one of the last weeks says nothing of what it has not.
        is_whole = not since
        return new | {key for key in old if stamps.get(key, "" if is_whole else known[key].stamp) != known[key].stamp}

    def observe(self, keys: Sequence[str]) -> Iterator[Observation | Failure]:
        """See `Source`: one request a show."""
        for key in keys:
            if not key.isdecimal():
                raise BadValue(f"“{key}” is no id of TVmaze.")
            try:
                yield parse_show(
                    self._client.get(self._service, f"/shows/{key}", {"embed[]": _EMBEDS}), self._now().date()
                )
            except Unknown:
                yield Failure(key, Unknown(f"TVmaze has no show {key}."))
            except SourceError as error:
                if ends_all(error):
                    raise
                yield Failure(key, error)
