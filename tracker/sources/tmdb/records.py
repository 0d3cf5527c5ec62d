"""The answers of TMDB: only what is used. An absent key, null and "" all mean that TMDB does not know."""

from __future__ import annotations

from msgspec import UNSET, Raw, Struct, UnsetType, field

from tracker.sources.decode import Count, Id


class Named(Struct):
    name: str | None = None


class Part(Struct):
    character: str | None = None
    job: str | None = None
    episode_count: Count | None = None


class Member(Part):
    name: str | None = None
    order: int | None = None  # the place in the cast
    total_episode_count: Count | None = None
    roles: list[Part] | None = None  # in aggregate credits, instead of `character`
    jobs: list[Part] | None = None  # in aggregate credits, instead of `job`


class Credits(Struct):
    cast: list[Member] | None = None
    crew: list[Member] | None = None


class Ids(Struct):
    imdb_id: str | None = None
    tvdb_id: int | None = None
    wikidata_id: str | None = None


class IdsOf(Ids, kw_only=True):
    """The body of `/tv/{id}/external_ids`."""

    id: Id


class OtherTitle(Struct):
    title: str | None = None
    iso_3166_1: str | None = None
    type: str | None = None


class Titles(Struct):
    results: list[OtherTitle] | None = None  # of series
    titles: list[OtherTitle] | None = None  # of films


class Provider(Struct):
    provider_name: str | None = None


class Offers(Struct):
    """Where a title can be watched in one country; what is for sale or for rent is left out."""

    flatrate: list[Provider] | None = None
    ads: list[Provider] | None = None
    free: list[Provider] | None = None


class Providers(Struct):
    results: dict[str, Offers] | None = None


class ReleaseRow(Struct):
    release_date: str | None = None
    type: int | None = None
    note: str | None = None


class Country(Struct):
    iso_3166_1: str | None = None
    release_dates: list[ReleaseRow] | None = None


class Countries(Struct):
    results: list[Country] | None = None


class EpisodeRow(Struct):
    season_number: Count | None = None
    episode_number: Count | None = None
    name: str | None = None
    air_date: str | None = None
    episode_type: str | None = None


class SeasonRow(Struct):
    season_number: Count | None = None
    air_date: str | None = None
    episode_count: Count | None = None  # of the episodes that are listed


class Work(Struct, kw_only=True):
    """What series and films have in common."""

    id: Id
    genres: list[Named] | UnsetType | None = UNSET  # seasons, people and collections have id and name too, but none
    original_language: str | None = None
    status: str | None = None
    overview: str | None = None
    homepage: str | None = None
    origin_country: list[str] | None = None
    production_countries: list[Country] | None = None
    credits: Credits | None = None
    external_ids: Ids | None = None
    alternative_titles: Titles | None = None
    providers: Providers | None = field(default=None, name="watch/providers")


class Tv(Work, kw_only=True):
    """The body of `/tv/{id}`."""

    name: str | None = None
    original_name: str | None = None
    first_air_date: str | UnsetType | None = UNSET
    last_air_date: str | None = None
    networks: list[Named] | None = None
    created_by: list[Named] | None = None
    last_episode_to_air: EpisodeRow | None = None
    next_episode_to_air: EpisodeRow | None = None
    seasons: list[SeasonRow] | None = None
    aggregate_credits: Credits | None = None


class Movie(Work, kw_only=True):
    """The body of `/movie/{id}`."""

    title: str | None = None
    original_title: str | None = None
    release_date: str | UnsetType | None = UNSET
    imdb_id: str | None = None
    release_dates: Countries | None = None


class TitleHit(Struct):
    id: Id
    media_type: str | None = None  # given only where several kinds can be found
    name: str | None = None
    title: str | None = None
    original_name: str | None = None
    original_title: str | None = None
    original_language: str | None = None
    first_air_date: str | None = None
    release_date: str | None = None
    overview: str | None = None
    origin_country: list[str] | None = None


class Hits(Struct):
    """The body of a search."""

    results: list[TitleHit]


class EpisodeHit(Struct):
    show_id: Id | None = None


class FoundWorks(Struct):
    """The body of `/find/{id}`: what has an id of another site."""

    movie_results: list[TitleHit] | None = None
    tv_results: list[TitleHit] | None = None
    tv_episode_results: list[EpisodeHit] | None = None
    person_results: list[Raw] | None = None


class Changed(Struct):
    id: Id | None = None


class ChangesPage(Struct):
    """The body of `/tv/changes` and `/movie/changes`."""

    results: list[Changed]
    total_pages: int
