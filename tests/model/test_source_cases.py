"""Records of sources against histories: cases that went wrong once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.latest_claims import latest_claims
from tracker.model.matching import SearchResult, find_on_list, merge_results
from tracker.model.proposal import find_proposals
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState, next_episode
from tracker.model.source_update import SourceUpdate, update
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

TODAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def status(raw_status: str, *compatible: Status, status: Status | None = None) -> dict[str, Any]:
    return {"raw_status": raw_status, "compatible_statuses": compatible, "status": status or compatible[0]}


DATED = status(
    "In Development", Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED, status=Status.SCHEDULED
)  # fmt: skip


def record(release: str = "", **fields: Any) -> SourceRecord:
    window = parse_window(release) if release else None
    return SourceRecord(**{"source": "tvmaze", "key": "7", "title": "Old Ferry", "release": window, **fields})


def claim(on: str, status: Status | None = None, release: str = "", source: str = "me") -> Claim:
    return Claim(date.fromisoformat(on), "", status, parse_window(release) if release else None, source)


def show(*claims: Claim, **fields: Any) -> Show:
    return Show("old-ferry", "Old Ferry", **fields).with_claims(*claims)


def claim_of(update: SourceUpdate) -> Any:
    return next(iter(update.claims), None)


def first(item: SourceRecord, days_ago: int = 1) -> SourceState:
    return SourceState.first(item, NOW - days_ago * DAY, TODAY - days_ago * DAY)


# Updates


@pytest.mark.parametrize(
    ("mine", "release", "theirs"),
    [
        (Status.POSTPONED, "TBA", record("2026-05-14", **DATED)),
        (Status.CANCELLED, "", record(**status("Running", Status.AIRING, Status.RELEASED, Status.HIATUS))),
        (Status.FILMING, "", record(**status("Canceled", Status.CANCELLED))),
    ],
)
def test_first_record_overrides_nothing(mine: Status, release: str, theirs: SourceRecord) -> None:
    assert claim_of(update(show(claim("2026-03-01", mine, release)), None, theirs, NOW, TODAY)) is None


def test_first_record_is_not_loud() -> None:
    story = show(claim("2026-03-01", Status.FILMING, "2026"))
    found = update(story, None, record("2026-10-02", **DATED), NOW, TODAY)
    assert [line.grade for line in found.lines] in ([], ["quiet"])


def test_date_of_the_history_is_of_this_season() -> None:
    story = show(claim("2026-04-01", Status.POST_PRODUCTION, "2026-03-14", "tmdb"), kind="film")
    film = record("2026-03-14", source="tmdb", key="movie/7", **status("Post Production", Status.POST_PRODUCTION))
    released = film._replace(**status("Released", Status.RELEASED))
    assert claim_of(update(story, first(film, 10), released, NOW, TODAY)) is not None


def test_field_follows_after_a_silence() -> None:
    silent = update(show(), first(record(synopsis="One."), 2), record(), NOW - DAY, TODAY).state
    story = show(synopsis="One.", follows={"synopsis": "tvmaze"})
    assert update(story, silent, record(synopsis="Two."), NOW, TODAY).fields == {"synopsis": "Two."}


def test_vaguer_date_after_release_is_no_claim() -> None:
    story = show(claim("2026-04-01", Status.RELEASED, "2026-04-01", "tvmaze"))
    before = first(record("2026-04-01", raw_status="Ended"))
    assert claim_of(update(story, before, record("2026", raw_status="Ended"), NOW, TODAY)) is None


def test_value_of_the_owner_is_no_news() -> None:
    story = show(networks=("Lumen",))
    assert update(story, first(record()), record(networks=("Lumen",)), NOW, TODAY).lines == ()


def test_revert_tells_other_changes() -> None:
    old, between = record("2026-05-14", **DATED), record("2026-09-01", **DATED)
    before = update(show(), first(old, 9), between, NOW - DAY, TODAY).state
    story = show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14"))
    found = update(story, before, old._replace(networks=("Lumen",)), NOW, TODAY)
    assert (found.reverts, "networks" in [line.field for line in found.lines]) == (True, True)


def test_next_episode_is_the_soonest() -> None:
    late = Episode(1, 4, "", date(2026, 12, 5), datetime(2026, 12, 5, 13, tzinfo=UTC))
    soon = Episode(1, 3, "", date(2026, 11, 28))
    states = [first(record(next_episode=late)), first(record(source="tmdb", key="tv/9", next_episode=soon))]
    assert next_episode(states, TODAY) == (soon, "tmdb")


# Proposals


def test_double_role_is_no_proposal() -> None:
    cast = (Credit("Mira Solé", "Anna"), Credit("Mira Solé", "Eva"))
    assert find_proposals(show(cast=cast), [first(record(cast=cast))]) == ()


@pytest.mark.parametrize(
    ("name", "one", "other", "theirs"),
    [
        ("networks", ("Lumen",), ("Lumen", "Quay"), ("Kestrel",)),
        ("cast", (Credit("Mira Solé"),), (Credit("Mira Solé", "", "keeps it"),), (Credit("Jo Vane", "Anna"),)),
    ],
)
def test_key_when_the_owner_writes_on(name: str, one: Any, other: Any, theirs: Any) -> None:
    states = [first(record(**{name: theirs}))]
    before, after = (find_proposals(show(**{name: mine}), states)[0] for mine in (one, other))
    assert before.key == after.key


def test_overruled_status_of_a_film() -> None:
    story = show(claim("2026-01-01", Status.RELEASED, "", "tvmaze"), claim("2026-02-01", Status.POSTPONED), kind="film")
    assert find_proposals(story, [first(record(**status("Running", Status.AIRING)))]) == ()


# Latest claims


def test_row_that_counts_has_the_date_that_counts() -> None:
    story = show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14", "tvmaze"), claim("2026-05-14", Status.RELEASED))
    rows = latest_claims(story, story.history_state, [first(record("2026-05-15", raw_status="Ended"))])
    assert [row.release for row in rows if row.counts] == [story.release]


def test_vanished_date_is_of_that_day() -> None:
    story = show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14", "tvmaze"))
    found = update(story, first(record("2026-05-14", **DATED), 90), record(**DATED), NOW, TODAY)
    assert claim_of(found) is not None
    story = story.with_claims(claim_of(found))
    [row] = latest_claims(story, story.history_state, [found.state])
    assert row.on == TODAY


def test_later_claim_of_a_day_comes_first() -> None:
    story = show(claim("2026-01-01", None, "2026-05-14", "Lumen"), claim("2026-01-01", None, "2026-06-14", "Kestrel"))
    assert [row.source for row in latest_claims(story, story.history_state, [])] == ["Kestrel", "Lumen"]


# Matching


def test_record_that_ties_two_others() -> None:
    tvmaze, tmdb = record(ids=(("imdb", "tt1"),)), record(source="tmdb", key="tv/9")
    wikidata = record(source="wikidata", key="Q5", ids=(("imdb", "tt1"), ("tmdb", "tv/9")))
    assert len(merge_results([wikidata, tvmaze, tmdb])) == len(merge_results([tvmaze, tmdb, wikidata])) == 1


def test_bare_tmdb_number_in_the_file() -> None:
    mine = show(ids={"tmdb": 9})
    assert find_on_list(SearchResult((record(source="wikidata", key="Q5", ids=(("tmdb", "tv/9"),)),)), [mine]) is mine
