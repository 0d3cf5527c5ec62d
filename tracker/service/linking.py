"""Linking: shows of the list tied to what sources know as them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import TYPE_CHECKING

from tracker.errors import AlreadyOnList, BadValue, SeasonUnclear, SourceError
from tracker.model.formatting import join_names
from tracker.model.history import Claim
from tracker.model.matching import MatchScore, SearchResult, find_on_list, guess_season, is_season_of, match_score
from tracker.model.news import NewsItem
from tracker.model.provenance import FOLLOWABLE
from tracker.model.season import find_next_season
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, is_linked, parse_source_id, source_ids, source_label
from tracker.model.source_state import SourceState
from tracker.model.source_update import is_long_out, is_other_season, update
from tracker.model.status import LINE
from tracker.service.edits import Edits
from tracker.service.inbox import Inbox
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.service.source_states import SourceStates
from tracker.service.sources import Sources, add_failures, search_title
from tracker.text import slug

if TYPE_CHECKING:
    from tracker.sources.base import Source
    from tracker.store.source_db import SourceDatabase


@dataclass(eq=False)
class Linking:
    """What ties the shows of one watchlist to records of sources."""

    _database: SourceDatabase
    _watchlist: OpenWatchlist
    _edits: Edits
    _sources: Sources
    _states: SourceStates
    _inbox: Inbox

    def find_known(self, result: SearchResult) -> Show | None:
        return find_on_list(result, self._watchlist.current.shows)

    def add(self, source_ids: Sequence[SourceId], season: int | None = None) -> Outcome:
        """Put a show on the list as sources know it; each of its fields follows the source that it came from.

        Args:
            source_ids: The ids, of the show or of one season.
            season: The season that the entry is; 0 for the whole show, None for what the ids say.

        Raises:
            AlreadyOnList: It is on the list already.
            SourceError: None of the sources answered, or none has a title for it.
        """
        number = _choose_season(source_ids, season)
        source_ids = _with_season(source_ids, number)
        self._check_not_linked(source_ids)
        records, failures = self._fetch(source_ids)
        if number is None and (number := next((one.season for one in records if one.season is not None), None)):
            # What a source has under this id is one season, and no show.
            records = [record.for_season(number) for record in records]
        self._check_not_on_list(records)
        first = records[0]
        now, today = self._watchlist.moment, self._watchlist.today
        dated = _most_dated(records)
        standing = _furthest((dated, *records))
        claims = [dated.claim(one) for one in dated.dates]
        if standing is dated and claims:
            claims[0] = claims[0]._replace(status=standing.status)
        else:
            # Each claim is of the source that says it.
            claims.insert(0, Claim(status=standing.status, source=standing.source, url=standing.url))
        show = Show(
            f"{slug(first.title)}-{number}" if number else "", first.title, kind=first.kind or "series",
            season=number or None, ids=_combine_ids({}, records),
        )  # fmt: skip
        for record in records:
            show = update(show, None, record, now, today).apply(show, show)
        if homepage := next((record.homepage for record in records if record.homepage), ""):
            show = show._replace(links={"official page": homepage})
        outcome = self._edits.add(show, *claims)
        self._states.keep([SourceState.first(record, now, today) for record in records])
        self._inbox.close_offers("", source_ids)
        return outcome._replace(label=_add_notes(outcome.label, number, records, failures))

    def link(self, show_id: str, source_ids: Sequence[SourceId], season: int | None = None) -> Outcome:
        """Tie a show to what sources know as it: what is empty is filled and follows them, what is written stays.

        Args:
            show_id: The show.
            source_ids: The ids, of the show or of one season.
            season: The season that the entry is; 0 for the whole show, None for what the ids or the entry say.

        Raises:
            AlreadyOnList: Another show is tied to it.
            SeasonUnclear: The entry may be one season, and nobody said so.
            SourceError: None of the sources answered.
        """
        show = self._watchlist.current.get(show_id)
        number = _choose_season(source_ids, season)
        if number is None:
            number = show.season
        if number is None and (guess := guess_season(show)) is not None:
            raise SeasonUnclear(show.title, guess)
        source_ids = _with_season(source_ids, number)
        self._check_not_linked(source_ids, but=show)
        records, failures = self._fetch(source_ids)
        if number is None and (guess := _find_season_meant(show, records, self._watchlist.today)) is not None:
            raise SeasonUnclear(show.title, guess)
        records = [record._replace(season=number or None) for record in records]
        self._check_not_on_list(records, but=show)
        show = show._replace(season=number or None)
        replaced = self._replaced_ids(show, source_ids)
        own_ids = {name: value for name, value in show.ids.items() if (name, str(value)) not in replaced}
        # What followed another record of this source is no more the owner's own than what is empty.
        known = _clear_followed(show, {record.source for record in records}) if replaced else show
        now, today = self._watchlist.moment, self._watchlist.today
        claims: list[Claim] = []
        states: list[SourceState] = []
        filled: dict[str, str] = {}
        for record in records:
            first = update(known, None, record, now, today)
            known = first.apply(known, known).record(first.claims, today, self._watchlist.preference)
            filled |= dict.fromkeys(first.filled, record.source)
            claims += first.claims
            states.append(first.state)
        values = {name: getattr(known, name) for name in filled}
        values |= {"ids": _combine_ids(own_ids, records, source_ids), "season": show.season}
        if any(show.follows.get(name) != source for name, source in filled.items()):
            values["follows"] = {**show.follows, **filled}
        label = f"{show.full_title} linked to {join_names(map(str, source_ids))}"
        self._edits.apply_fields(show.id, values, claims, label)
        self._states.keep(states)
        self._inbox.close_offers(show.id, source_ids)
        return Outcome(_add_notes(label, number, records, failures), (show.id,))

    def reject(self, show_id: str, source_ids: Iterable[SourceId]) -> None:
        # No season of it is this show either.
        shows = {source_id.show for source_id in source_ids}
        self._database.reject(show_id, shows)
        matches = [item for item in self._inbox.offers(show_id) if not item.offers_entry]
        self._inbox.forget(
            [item.number for item in matches if shows & {parse_source_id(text).show for text in item.offered_ids}]
        )

    def last_searches(self) -> dict[str, datetime]:
        """Return when shows that no source knows were last searched for, in UTC, by their ids."""
        return self._database.last_searches()

    def find_match(self, show: Show, sources: Sequence[Source]) -> tuple[SearchResult, MatchScore] | None:
        """Search these sources for a show, and return the likeliest result that was not offered before.

        Raises:
            SourceError: No source answered.
        """
        found = search_title(sources, show.title)
        if not found.asked:
            raise found.failures[0]
        season = show.season or guess_season(show)
        rejected = self._database.rejected()
        self._database.save_search(show.id, self._watchlist.moment)
        offered = {item.match_offer for item in self._inbox.offers(show.id)}
        matches = [
            (result, score)
            for result in (result.for_season(season) for result in found.results)
            if not any((show.id, source_id.show) in rejected for source_id in result.source_ids)
            and self.find_known(result) is None
            and (score := match_score(show, result)).is_likely
            and " ".join(map(str, result.source_ids)) not in offered
        ]
        return max(matches, key=lambda match: match[1].score, default=None)

    def answer(self, item: NewsItem, *, yes: bool, season: int | None = None) -> Outcome:
        """Answer whether the match that a news item offers is the show of the list; `season` as in `link`."""
        offered = [parse_source_id(text) for text in item.offered_ids]
        if item.offers_entry:
            if not yes:
                self._inbox.close_offers(item.show_id, offered)
            name = f"Season {offered[0].season} of {item.title}"
            return self.add(offered) if yes else Outcome(f"{name} won't be offered again")
        if yes:
            return self.link(item.show_id, offered, season)
        self.reject(item.show_id, offered)
        return Outcome(f"{item.title} is not {item.match_offer}; it won't be offered again")

    def offer_next_season(self, show: Show, record: SourceRecord, *, dry_run: bool = False) -> NewsItem | None:
        """Return the offer to add the next season of a show, if a source lists one; once for each, ever.

        Args:
            show: An entry, of one season or the whole show.
            record: What a source says of the whole show.
            dry_run: Whether it may be offered again.
        """
        if find_next_season(record.seasons) is None or show.watch == "dropped":
            return None
        shows = self._watchlist.current.shows
        last = max((one.season for one in shows if one.season is not None and is_linked(one, record)), default=0)
        coming = find_next_season(record.seasons, last)
        if coming is None or (show.season is None and is_other_season(show, record)):
            return None
        if any(is_season_of(one, coming.number, record) for one in shows):
            return None
        enabled = self._sources.names
        ids = tuple(one._replace(season=coming.number) for one in source_ids(show) if one.source in enabled)
        keys = [(one.source, one.season_key, "next season", "") for one in ids]
        if not self._states.declined.isdisjoint(keys):
            return None
        if not dry_run:
            self._states.decline(keys)
        when = f" for {coming.release.label}" if coming.release is not None else ""
        return NewsItem(
            self._watchlist.moment, "quiet", show.id, show.title, f"Season {coming.number} is announced{when}. Add it?",
            record.source, record.key, record.url, match_offer=f"add {' '.join(map(str, ids))}",
        )  # fmt: skip

    def _check_not_linked(self, wanted: Sequence[SourceId], but: Show | None = None) -> None:
        for one, other in combinations(wanted, 2):
            if one.source == other.source:
                raise BadValue(f"{one} and {other} are two shows. Give one id for each source.")
        for show in self._watchlist.current.shows:
            if (but is None or show.id != but.id) and (same := set(source_ids(show)) & set(wanted)):
                raise AlreadyOnList(f"{next(iter(same))} is already on your list: {show.id} ({show.full_title}).")

    def _check_not_on_list(self, records: Sequence[SourceRecord], but: Show | None = None) -> None:
        others = [show for show in self._watchlist.current.shows if but is None or show.id != but.id]
        if (same := find_on_list(SearchResult(tuple(records)), others)) is not None:
            raise AlreadyOnList(f"{records[0].source_id} is already on your list: {same.id} ({same.full_title}).")

    def _replaced_ids(self, show: Show, wanted: Sequence[SourceId]) -> set[tuple[str, str]]:
        """Return the ids that came with records to which the show will be tied no more."""
        sources = {source_id.source for source_id in wanted}
        old = {source_id for source_id in source_ids(show) if source_id.source in sources} - set(wanted)
        states = [state for state in self._states.for_show(show) if state.source_id in old]
        return {pair for state in states for pair in state.record.all_ids.items()}

    def _fetch(self, source_ids: Sequence[SourceId]) -> tuple[list[SourceRecord], list[SourceError]]:
        """Return the records in the order of their ids, and why others could not be had."""
        records: dict[SourceId, SourceRecord] = {}
        failures: list[SourceError] = []
        for answer in self._sources.fetch(source_ids):
            if isinstance(answer, SourceError):
                failures.append(answer)
            else:
                records[answer.source_id.show] = answer.normalized()
        if not records:
            raise failures[0] if failures else SourceError("No source was given.")
        return [records[one.show] for one in source_ids if one.show in records], failures


def _most_dated(records: Sequence[SourceRecord]) -> SourceRecord:
    """Return the first record with a date, or one that says the same more closely."""
    dated = next((record for record in records if record.release is not None), records[0])
    for record in records:
        if dated.release is not None and record.release is not None and dated.release.contains(record.release):
            dated = dated if record.release.contains(dated.release) else record
    return dated


def _furthest(records: Sequence[SourceRecord]) -> SourceRecord:
    """Return the record whose status counts: the first one's, or a later one of the line that agrees with it."""
    standing = next((record for record in records if record.status is not None), records[0])
    for record in records:
        if record.status in LINE and standing.status in LINE and record.status in standing.compatible_statuses:
            standing = record if record.status.rank > standing.status.rank else standing
    return standing


def _choose_season(source_ids: Iterable[SourceId], season: int | None) -> int | None:
    """Return the season that is meant: 0 for the whole show, None if nobody says.

    Raises:
        BadValue: The ids are of several seasons, or of another one.
    """
    seasons = {season} if season is not None else set()
    seasons |= {source_id.season for source_id in source_ids if source_id.season is not None}
    if len(seasons) > 1:
        raise BadValue(f"These are several seasons: {join_names(map(str, sorted(seasons)))}. Give one.")
    return next(iter(seasons), None)


def _with_season(source_ids: Iterable[SourceId], season: int | None) -> tuple[SourceId, ...]:
    return tuple(source_id._replace(season=season or None) for source_id in source_ids)


def _add_notes(label: str, season: int | None, records: Sequence[SourceRecord], failures: Iterable[SourceError]) -> str:
    """Return the sentence about an edit, followed by whether its season is unknown, and why sources did not answer."""
    if season and all(record.status is None and record.release is None for record in records):
        sources = join_names(dict.fromkeys(source_label(record.source) for record in records))
        has = "has" if len({record.source for record in records}) == 1 else "have"
        label = f"{label}. {sources} {has} no season {season} yet"
    return add_failures(label, failures)


def _find_season_meant(show: Show, records: Iterable[SourceRecord], today: date) -> int | None:
    """Return the season that an entry may be which is tied to a whole show; None for none."""
    for record in records:
        if record.season is not None:
            return record.season
        begun = [season.number for season in record.seasons if season.status is not None and season.status.is_out]
        if begun and (is_other_season(show, record) or is_long_out(show, record, today)):
            # The show was out before anybody said anything of this entry, which is hardly about its first season.
            coming = find_next_season(record.seasons)
            return coming.number if coming is not None else max(begun) + 1
    return None


def _clear_followed(show: Show, sources: Collection[str]) -> Show:
    """Return the show without the fields that follow one of these sources."""
    followed = [name for name, source in show.follows.items() if source in sources and name in FOLLOWABLE[1:]]
    empty = Show("", "")
    return show._replace(**{name: getattr(empty, name) for name in followed})


def _combine_ids(
    own_ids: Mapping[str, str | int], records: Sequence[SourceRecord], source_ids: Sequence[SourceId] = ()
) -> dict[str, str | int]:
    """Return the ids of a show with those that sources know of it; only the chosen ones replace its own."""
    ids: dict[str, str | int] = {}
    for record in records:
        for source, key in record.all_ids.items():
            ids.setdefault(source, SourceId(source, key).file_value if source != "imdb" else key)
    return {**ids, **own_ids, **{source_id.source: source_id.file_value for source_id in source_ids}}
