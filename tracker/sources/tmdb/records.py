"""The answers of TMDB: only what is used. An absent key, null and "" all mean that TMDB does not know."""

from __future__ import annotations

from msgspec import Struct, field


class Named(Struct):
    """A genre, a network, or whoever created a series."""

    name: str | None = None


class Place(Struct):
    """A country that a film was made in."""

    iso_3166_1: str | None = None


class Role(Struct):
    """Whom somebody plays in some of the episodes."""

    character: str | None = None


class Job(Struct):
    """What somebody did for some of the episodes."""

    job: str | None = None


class Member(Struct):
    """Somebody in front of the camera or behind it."""

    name: str | None = None
    character: str | None = None
    roles: list[Role] | None = None
    """In aggregate credits, instead of `character`."""
    job: str | None = None
    jobs: list[Job] | None = None
    """In aggregate credits, instead of `job`."""


class Credits(Struct):
    """The part `credits` or `aggregate_credits`."""

    cast: list[Member] | None = None
    crew: list[Member] | None = None


class Ids(Struct):
    """The part `external_ids`."""

    imdb_id: str | None = None
    tvdb_id: int | None = None
    wikidata_id: str | None = None


class IdsOf(Ids, kw_only=True):
    """The body of `/tv/{id}/external_ids`."""

    id: int


class Title(Struct):
    """Another title."""

    title: str | None = None


class Titles(Struct):
    """The part `alternative_titles`."""

    results: list[Title] | None = None
    """Of series."""
    titles: list[Title] | None = None
    """Of films."""


class Provider(Struct):
    """A place to watch at."""

    provider_name: str | None = None


class Offers(Struct):
    """Where a title can be watched in one country; what is for sale or for rent is left out."""

    flatrate: list[Provider] | None = None
    ads: list[Provider] | None = None
    free: list[Provider] | None = None


class Providers(Struct):
    """The part `watch/providers`."""

    results: dict[str, Offers] | None = None


class Release(Struct):
    """One release of a film in a country."""

    release_date: str | None = None
    type: int | None = None


class Country(Struct):
    """All releases of a film in a country."""

    iso_3166_1: str | None = None
    release_dates: list[Release] | None = None


class Countries(Struct):
    """The part `release_dates`."""

    results: list[Country] | None = None


class Episode(Struct):
    """The part `next_episode_to_air`."""

    season_number: int | None = None
    episode_number: int | None = None
    name: str | None = None
    air_date: str | None = None


class Work(Struct, kw_only=True):
    """What series and films have in common."""

    id: int
    genres: list[Named]
    """What seasons, people and collections, which have id and name too, never have."""
    status: str | None = None
    overview: str | None = None
    homepage: str | None = None
    origin_country: list[str | None] | None = None
    credits: Credits | None = None
    external_ids: Ids | None = None
    alternative_titles: Titles | None = None
    providers: Providers | None = field(default=None, name="watch/providers")


class Tv(Work, kw_only=True):
    """The body of `/tv/{id}`."""

    name: str
    original_name: str | None = None
    first_air_date: str | None = None
    last_air_date: str | None = None
    networks: list[Named] | None = None
    created_by: list[Named] | None = None
    last_episode_to_air: Episode | None = None
    next_episode_to_air: Episode | None = None
    aggregate_credits: Credits | None = None


class Movie(Work, kw_only=True):
    """The body of `/movie/{id}`."""

    title: str
    original_title: str | None = None
    release_date: str | None = None
    imdb_id: str | None = None
    production_countries: list[Place] | None = None
    release_dates: Countries | None = None


class Hit(Struct):
    """A series, a film or something else that was found."""

    id: int
    media_type: str | None = None
    """Given only where several kinds can be found."""
    name: str | None = None
    title: str | None = None
    original_name: str | None = None
    original_title: str | None = None
    first_air_date: str | None = None
    release_date: str | None = None
    overview: str | None = None
    origin_country: list[str | None] | None = None


class Hits(Struct):
    """The body of a search."""

    results: list[Hit]


class Changed(Struct):
    """A series or film that was changed."""

    id: int | None = None


class ChangesPage(Struct):
    """The body of `/tv/changes` and `/movie/changes`."""

    results: list[Changed]
    total_pages: int
