"""From an item of Wikidata to a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import BadResponse, SourceNotFound
from tracker.model.release import MEDIA, Preference, Release
from tracker.model.season import Season, describe_season, find_season, split_season
from tracker.model.source_record import MAX_ALIASES, SourceRecord, distinct_names
from tracker.model.window import Window
from tracker.sources.decode import MAX_CAST, MAX_CREW, clean_cast, clean_countries, clean_ids, clean_names, clean_url
from tracker.sources.wikidata.classes import IMDB_TITLE, ItemKind, is_season
from tracker.sources.wikidata.dates import find_start, is_kept, last_day, read_releases, read_stage
from tracker.sources.wikidata.items import COUNTRIES
from tracker.sources.wikidata.names import description_of, label_of, read_names
from tracker.sources.wikidata.records import Entity, ItemStatement, ItemStatements, best_ranked, first_id

MAX_PARTS: Final = 40
"""How many parts of a series may be its seasons; more are its episodes."""

_NUMBER: Final = re.compile(r"[1-9]\d{0,9}")


class Surroundings(NamedTuple):
    """What the items around an item are."""

    labels: Mapping[str, str] = {}  # names of the items that it refers to
    parts: Mapping[str, Entity] = {}  # items of its seasons


NOTHING_AROUND: Final = Surroundings()


def named_items(entity: Entity) -> frozenset[str]:
    """Return the ids of the items whose names are part of what an item says."""
    claims = entity.claims
    of_series = claims.series if is_season(claims) else ()
    named = (claims.networks, claims.genres, claims.directors, claims.writers, claims.creators, of_series)
    items = {claim.item for statements in named for claim in best_ranked(statements)}
    for claim in _cast_claims(claims):
        items |= {claim.item, *(role.item for role in claim.limits.roles)}
    return frozenset(items - {""})


def part_items(entity: Entity) -> tuple[str, ...]:
    """Return the ids of the items that may be the seasons of a series."""
    items = tuple(dict.fromkeys(claim.item for claim in best_ranked(entity.claims.parts) if claim.item))
    return items if len(items) <= MAX_PARTS else ()


def make_record(
    entity: Entity, key: str, kind: ItemKind, today: date, preference: Preference, around: Surroundings = NOTHING_AROUND
) -> SourceRecord:
    """Return the record of an item.

    Args:
        entity: The item.
        key: The id that it was asked for.
        kind: What it is.
        today: Today's date.
        preference: Which dates count for the owner.
        around: The items around it; without them there are no people, networks, genres and seasons.

    Raises:
        SourceNotFound: There is no such item.
        BadResponse: It is no show, or has no name in any language.
    """
    if entity.is_missing:
        raise SourceNotFound(f"Wikidata has no item {key}. Check the id, or search for the title.")
    if not kind.kind:
        # Not "not found": that would say of an item on the list that it is gone.
        raise BadResponse(_describe_other(entity, key, kind))
    claims, labels = entity.claims, around.labels
    is_series = kind.kind == "series"
    countries = clean_countries(COUNTRIES.get(claim.item) for claim in best_ranked(claims.countries))
    names = read_names(entity, countries, preference.region)
    releases = () if is_series else read_releases(claims)
    counting = _count(releases, preference, countries)
    if is_series:
        release, region = find_start(claims, preference.region, next(iter(countries), ""))
    else:
        release, region = (counting.window, counting.region) if counting is not None else (None, "")

    def names_of(*statements: ItemStatement) -> tuple[str, ...]:
        return clean_names(labels.get(claim.item) for claim in statements)

    stage = read_stage(claims, release, today, is_film=not is_series)
    most = MAX_CREW if is_series else None
    writers = (*(best_ranked(claims.creators) if is_series else ()), *best_ranked(claims.writers))
    record = SourceRecord(
        source="wikidata",
        key=key,
        title=names.title,
        url=f"https://www.wikidata.org/wiki/{key}",
        original_title=names.original,
        aliases=names.aliases,
        kind=kind.kind,
        raw_status=stage.words,
        compatible_statuses=stage.compatible,
        status=stage.status,
        release=release,
        region=region,
        medium=counting.medium if counting is not None else "",
        networks=names_of(*best_ranked(claims.networks)),
        countries=countries,
        genres=tuple(name.casefold() for name in names_of(*best_ranked(claims.genres))),
        directors=names_of(*best_ranked(claims.directors))[:most],
        writers=names_of(*writers)[:most],
        cast=clean_cast((labels.get(claim.item), _roles(claim, labels)) for claim in _cast_claims(claims)),
        ids=_external_ids(claims, is_film=not is_series),
        homepage=next(filter(None, (clean_url(claim.text) for claim in best_ranked(claims.sites))), ""),
        revision=_revision(entity, around.parts),
        seasons=read_seasons(around.parts, key, today, preference.region),
        releases=releases,
        language=names.language,
        ended=stage.ended,
    ).titled()
    return _as_season(record, entity, labels, today) if kind.is_season else record


def _count(releases: Sequence[Release], preference: Preference, countries: Sequence[str]) -> Release | None:
    """Return the date of a film that counts for the owner, None for none.

    It is of the owner's country, else for all; who has none takes that of the film's country first. A date of another
    country counts where there is nothing else. A date without a medium is the usual one.
    """
    regions = [release.region for release in releases]
    wanted = (preference.region, "") if preference.region else ()
    region = next((one for one in (*wanted, *countries, "", *regions) if one in regions), "")
    here = [release for release in releases if release.region == region]
    by_medium = {release.medium: release for release in here}
    return next((by_medium[medium] for medium in (*preference.media, "", *MEDIA) if medium in by_medium), None)


def read_seasons(parts: Mapping[str, Entity], key: str, today: date, region: str) -> tuple[Season, ...]:
    """Return the seasons of a series that items of its parts are, by their numbers."""
    seasons: dict[int, Season] = {}
    for entity in parts.values():
        if (number := _season_number(entity, key)) is not None:
            release, _ = find_start(entity.claims, region, "")
            seasons.setdefault(number, _describe(entity, number, release, today))
    return tuple(seasons[number] for number in sorted(seasons))


def _describe(entity: Entity, number: int, release: Window | None, today: date) -> Season:
    is_seen = release is None or is_kept(release, today)
    return describe_season(number, today, release=release, ended=last_day(entity.claims), is_seen=is_seen)


def _as_season(record: SourceRecord, entity: Entity, labels: Mapping[str, str], today: date) -> SourceRecord:
    """Return the record of an item that is one season: under the title of its series, with its number."""
    number = _season_number(entity)
    if number is None:
        raise BadResponse(f"{record.key} is a season, but Wikidata does not say which one. Link the show instead.")
    season = _describe(entity, number, record.release, today)
    series = next((labels[claim.item] for claim in best_ranked(entity.claims.series) if labels.get(claim.item)), "")
    title, original = series or split_season(record.title)[0], split_season(record.original_title)[0]
    # Its own names are those of the season; "Lighthouse, season 2" says no more than show and number.
    own = (split_season(name)[0] for name in (record.title, *record.aliases))
    names = distinct_names(own, (title, original))[:MAX_ALIASES]
    return record._replace(
        title=title, original_title=original if original != title else "", aliases=names, season=number,
        seasons=(season,), raw_status="", status=season.status, compatible_statuses=season.compatible_statuses,
        ended=season.ended,
    )  # fmt: skip


def _season_number(entity: Entity, series: str = "") -> int | None:
    """Return the number of a season in its series, or that its name gives; None for what is no season of it."""
    of_series = best_ranked(entity.claims.series)
    claims = [claim for claim in of_series if not series or claim.item == series]
    if of_series and not claims:
        return None
    named = find_season((label_of(entity),))
    if not is_season(entity.claims):
        # An episode has a number in its series too.
        return named
    return next((claim.ordinal for claim in claims if claim.ordinal is not None), named)


def _revision(entity: Entity, parts: Mapping[str, Entity]) -> str:
    """Return the revision of an item, and those of the items of its seasons: "2200000001 Q12:33 Q13:44"."""
    others = (f"{key}:{part.revision}" for key, part in sorted(parts.items()) if part.revision)
    return " ".join((entity.revision, *others)) if entity.revision else ""


def _describe_other(entity: Entity, key: str, kind: ItemKind) -> str:
    if kind.what:
        return f"{key} is {kind.what}, not a show."
    if description := description_of(entity):
        return f"{key} is “{description}”, not a show."
    return f"Wikidata does not say what {key} is, so it can't be read as a show."


def _external_ids(claims: ItemStatements, *, is_film: bool) -> tuple[tuple[str, str], ...]:
    series, film = first_id(claims.tmdb_tv, _NUMBER), first_id(claims.tmdb_movie, _NUMBER)
    tmdb = (series and f"tv/{series}", film and f"movie/{film}")
    return clean_ids(
        {
            "imdb": first_id(claims.imdb, IMDB_TITLE),
            "thetvdb": first_id(claims.thetvdb, _NUMBER),
            "tvmaze": first_id(claims.tvmaze, _NUMBER),
            "tmdb": tmdb[is_film] or tmdb[not is_film],
        }
    )


def _roles(claim: ItemStatement, labels: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return the names of a role as it is credited, else those of its character."""
    names = tuple(name.text for name in claim.limits.role_names if name.text)
    return names or tuple(labels.get(role.item) for role in claim.limits.roles)


def _cast_claims(claims: ItemStatements) -> tuple[ItemStatement, ...]:
    """Return the cast in the order that its numbers give, and without them as it comes."""
    cast: Iterable[ItemStatement] = (*best_ranked(claims.cast), *best_ranked(claims.voices))
    return tuple(sorted(cast, key=lambda claim: claim.ordinal or 9999))[:MAX_CAST]
