from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.model.episode import Episode
from tracker.model.history import Claim, fold_history, hand_edit_claim, mark_region
from tracker.model.latest_claims import latest_claims
from tracker.model.matching import SearchResult, find_on_list, merge_results
from tracker.model.news import NewsItem
from tracker.model.proposal import find_proposals
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState, next_episode, update
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.service.external_changes import find_external_changes
from tracker.sources import tvmaze
from tracker.store.settings import read_settings
from tracker.store.snapshot import read_snapshot
from tracker.store.source_db import SourceDatabase

TODAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DATED: dict[str, Any] = {
    "raw_status": "In Development",
    "compatible_statuses": (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED),
    "status": Status.SCHEDULED,
}
BASE = 'format = 1\n\n[[show]]\ntitle = "A"\n\n[[show]]\ntitle = "B"\n'


def word(**more: Any) -> SourceRecord:
    return SourceRecord(**{"source": "tvmaze", "key": "7", "title": "Old Ferry", **more})


def claim(on: str, status: Status | None = None, release: str = "", source: str = "me", region: str = "") -> Claim:
    return Claim(date.fromisoformat(on), "", status, parse_window(release) if release else None, source, region=region)


def show(*told: Claim, **more: Any) -> Show:
    return Show("old-ferry", "Old Ferry", **more).with_claims(*told)


@pytest.fixture
def tracker(make_tracker: Callable[..., Tracker]) -> Tracker:
    tracker = make_tracker(BASE)
    tracker.watchlist.open()
    tracker.external_changes.check()
    return tracker


def look(tracker: Tracker) -> list[str]:
    return [f"{one.show_id}: {one.text}" for one in tracker.external_changes.check()]


# --- the file


def test_undoing_a_removal_puts_the_entry_behind_the_head_of_the_file(tracker: Tracker) -> None:
    tracker.watchlist.path.write_text('format = 1\n\n[[show]]\ntitle = "B"\n')
    tracker.watchlist.open()
    [one] = tracker.external_changes.check()
    tracker.inbox.undo(one)
    assert tracker.watchlist.path.read_text().startswith("format = 1\n")


def region_is(code: str) -> None:
    settings = Paths(Path("unused")).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'region = "{code}"\n')


REGIONAL = """format = 1
[[show]]
title = "A"
release = 2026-10-02
[[show.history]]
on = 2026-01-01
release = "2026"
source = "Lumen"
[[show.history]]
on = 2026-02-01
release = 2026-10-02
region = "JP"
source = "Kestrel"
"""


def test_an_own_edit_in_a_country_that_no_claim_names_is_no_edit_by_hand(make_tracker: Callable[..., Tracker]) -> None:
    region_is("DE")
    tracker = make_tracker(REGIONAL)
    tracker.watchlist.open()
    tracker.edits.record({"a": Claim(status=Status.FILMING, source="Lumen")})
    tracker.watchlist.open()
    assert tracker.edits.record_hand_edits() is None


def test_a_release_for_all_is_no_edit_by_hand_in_a_country_that_no_claim_names() -> None:
    told = (claim("2026-01-01", None, "2026", "Lumen"), claim("2026-02-01", None, "2026-10-02", "Kestrel", "JP"))
    assert hand_edit_claim(None, fold_history(mark_region(told, "DE")).window, told, TODAY) is None


def test_a_list_as_of_a_day_knows_the_foreign_date_that_was_all_that_was_known(
    make_tracker: Callable[..., Tracker],
) -> None:
    region_is("JP")
    text = REGIONAL.replace('release = "2026"\n', 'release = 2026-05-14\nregion = "US"\n')
    tracker = make_tracker(text, as_of=date(2026, 1, 15))
    tracker.watchlist.open()
    assert tracker.watchlist.current.get("a").release == parse_window("2026-05-14")


def test_further_claims_count_as_they_do_after_the_next_reading() -> None:
    before = show(claim("2026-01-01", None, "2026-05-14", "Lumen", "US")).for_region("JP")
    here = claim("2026-02-01", None, "2026", "Kestrel", "JP")
    again = Show("a", "A", history=(*before.history, here)).for_region("JP")
    assert before.with_claims(here, region="JP").release == fold_history(again.history).window


# --- words


@pytest.mark.parametrize(
    ("mine", "release", "theirs"),
    [
        (Status.POSTPONED, "TBA", DATED | {"release": parse_window("2026-05-14")}),
        (
            Status.CANCELLED,
            "",
            {
                "raw_status": "Running",
                "compatible_statuses": (Status.AIRING, Status.RELEASED, Status.HIATUS),
                "status": Status.AIRING,
            },
        ),
        (
            Status.FILMING,
            "",
            {"raw_status": "Canceled", "compatible_statuses": (Status.CANCELLED,), "status": Status.CANCELLED},
        ),
    ],
)
def test_a_first_word_overrides_nothing(mine: Status, release: str, theirs: dict[str, Any]) -> None:
    found = update(show(claim("2026-03-01", mine, release)), None, word(**theirs), NOW, TODAY)
    assert found.claim is None


def test_a_first_word_is_no_loud_news() -> None:
    found = update(
        show(claim("2026-03-01", Status.FILMING, "2026")),
        None,
        word(release=parse_window("2026-10-02"), **DATED),
        NOW,
        TODAY,
    )
    assert [one.grade for one in found.lines] in ([], ["quiet"])


def test_the_very_date_of_the_history_is_not_of_an_earlier_run() -> None:
    story = show(claim("2026-04-01", Status.POST_PRODUCTION, "2026-03-14", "tmdb"), kind="film")
    before = word(
        source="tmdb",
        key="movie/7",
        raw_status="Post Production",
        compatible_statuses=(Status.POST_PRODUCTION,),
        status=Status.POST_PRODUCTION,
        release=parse_window("2026-03-14"),
    )
    now = before._replace(raw_status="Released", compatible_statuses=(Status.RELEASED,), status=Status.RELEASED)
    found = update(story, SourceState.first(before, NOW - 10 * DAY, TODAY - 10 * DAY), now, NOW, TODAY)
    assert found.claim is not None


def test_a_field_that_follows_still_follows_after_the_service_said_nothing_for_a_while() -> None:
    before = SourceState.first(word(synopsis="One."), NOW - 2 * DAY, TODAY)
    before = update(show(), before, word(), NOW - DAY, TODAY).state
    story = show(synopsis="One.", follows={"synopsis": "tvmaze"})
    assert update(story, before, word(synopsis="Two."), NOW, TODAY).fields == {"synopsis": "Two."}


def test_a_vaguer_date_after_the_show_is_out_is_no_claim() -> None:
    story = show(claim("2026-04-01", Status.RELEASED, "2026-04-01", "tvmaze"))
    before = SourceState.first(word(raw_status="Ended", release=parse_window("2026-04-01")), NOW - DAY, TODAY)
    assert update(story, before, word(raw_status="Ended", release=parse_window("2026")), NOW, TODAY).claim is None


def test_what_a_service_says_as_the_owner_does_is_no_news_with_yours_stays() -> None:
    found = update(
        show(networks=("Lumen",)), SourceState.first(word(), NOW - DAY, TODAY), word(networks=("Lumen",)), NOW, TODAY
    )
    assert found.lines == ()


def test_what_else_is_new_is_told_beside_a_word_that_was_taken_back() -> None:
    a, b = word(release=parse_window("2026-05-14"), **DATED), word(release=parse_window("2026-09-01"), **DATED)
    before = update(show(), SourceState.first(a, NOW - 9 * DAY, TODAY), b, NOW - DAY, TODAY).state
    found = update(
        show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14")), before, a._replace(networks=("Lumen",)), NOW, TODAY
    )
    assert found.reverts
    assert "networks" in [one.field for one in found.lines]


def test_the_episode_that_comes_next_is_the_soonest() -> None:
    late = Episode(1, 4, "", date(2026, 12, 5), datetime(2026, 12, 5, 13, tzinfo=UTC))
    soon = Episode(1, 3, "", date(2026, 11, 28))
    tvmaze_said, tmdb_said = word(next_episode=late), word(source="tmdb", key="tv/9", next_episode=soon)
    words = [SourceState.first(one, NOW, TODAY) for one in (tvmaze_said, tmdb_said)]
    assert next_episode(words, TODAY) == (soon, "tmdb")


def test_the_first_of_january_of_a_show_that_is_not_out_stays_a_year_when_the_day_has_come() -> None:
    body = json.dumps(
        {
            "id": 7,
            "name": "Old Ferry",
            "type": "Scripted",
            "status": "In Development",
            "premiered": "2027-01-01",
            "updated": 1,
            "url": "https://tv.example/7",
            "genres": [],
            "schedule": {"time": "", "days": []},
            "summary": None,
            "externals": {},
            "network": None,
            "webChannel": None,
            "officialSite": None,
        }
    ).encode()
    eve, day = (tvmaze.parse_show(body, date(2026, 12, 31)), tvmaze.parse_show(body, date(2027, 1, 1)))
    assert eve.release == day.release


# --- proposals


def test_the_same_cast_with_a_double_role_is_no_proposal() -> None:
    cast = (Credit("Mira Solé", "Anna"), Credit("Mira Solé", "Eva"))
    assert find_proposals(show(cast=cast), [SourceState.first(word(cast=cast), NOW, TODAY)]) == ()


@pytest.mark.parametrize(
    ("name", "one", "other", "theirs"),
    [
        ("aliases", ("Ferry",), ("Ferry", "The Boat"), ("Old Boat",)),
        ("cast", (Credit("Mira Solé"),), (Credit("Mira Solé", "", "keeps it"),), (Credit("Mira Solé", "Anna"),)),
    ],
)
def test_a_word_that_was_declined_is_not_offered_again_when_the_owner_writes_on(
    name: str, one: Any, other: Any, theirs: Any
) -> None:
    said = [SourceState.first(word(**{name: theirs}), NOW, TODAY)]
    first, later = (find_proposals(show(**{name: mine}), said)[0] for mine in (one, other))
    assert first.key == later.key


def test_a_status_of_a_film_that_was_overruled_is_not_offered_again() -> None:
    said = [
        SourceState.first(
            word(raw_status="Running", compatible_statuses=(Status.AIRING,), status=Status.AIRING), NOW, TODAY
        )
    ]
    story = show(claim("2026-01-01", Status.RELEASED, "", "tvmaze"), claim("2026-02-01", Status.POSTPONED), kind="film")
    assert find_proposals(story, said) == ()


# --- voices


def test_the_row_that_counts_shows_the_date_that_counts() -> None:
    story = show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14", "tvmaze"), claim("2026-05-14", Status.RELEASED))
    found = latest_claims(
        story,
        story.history_state,
        [SourceState.first(word(raw_status="Ended", release=parse_window("2026-05-15")), NOW, TODAY)],
    )
    assert [one.release for one in found if one.counts] == [story.release]


def test_a_service_that_dropped_its_date_said_so_on_the_day_on_which_it_did() -> None:
    story = show(claim("2026-01-01", Status.SCHEDULED, "2026-05-14", "tvmaze"))
    before = SourceState.first(word(release=parse_window("2026-05-14"), **DATED), NOW - 90 * DAY, date(2026, 1, 1))
    now = word(**DATED)
    found = update(story, before, now, NOW, TODAY)
    assert found.claim is not None
    story = story.with_claims(found.claim)
    [row] = latest_claims(story, story.history_state, [update(story, before, now, NOW, TODAY).state])
    assert row.on == TODAY


def test_of_two_claims_of_one_day_the_later_one_stands_first() -> None:
    story = show(claim("2026-01-01", None, "2026-05-14", "Lumen"), claim("2026-01-01", None, "2026-06-14", "Kestrel"))
    assert [one.source for one in latest_claims(story, story.history_state, [])] == ["Kestrel", "Lumen"]


# --- candidates


def test_records_that_a_third_one_ties_together_are_one_whatever_the_order() -> None:
    tv, tm = word(ids=(("imdb", "tt1"),)), word(source="tmdb", key="tv/9")
    wiki = word(source="wikidata", key="Q5", ids=(("imdb", "tt1"), ("tmdb", "tv/9")))
    assert len(merge_results([wiki, tv, tm])) == 1
    assert len(merge_results([tv, tm, wiki])) == 1


def test_a_bare_number_of_tmdb_in_the_file_is_known_by_what_another_service_says() -> None:
    wiki = word(source="wikidata", key="Q5", ids=(("tmdb", "tv/9"),))
    mine = show(ids={"tmdb": 9})
    assert find_on_list(SearchResult((wiki,)), [mine]) is mine


# --- elsewhere


def test_two_shows_that_were_added_here_are_no_news(tracker: Tracker) -> None:
    tracker.edits.add(Show("", "C"))
    tracker.edits.add(Show("", "D"))
    assert look(tracker) == []


def test_an_entry_with_a_comment_behind_it_that_was_removed_here_is_no_news(
    make_tracker: Callable[..., Tracker],
) -> None:
    tracker = make_tracker(BASE.replace('\n\n[[show]]\ntitle = "B"', '\n\n# about B\n[[show]]\ntitle = "B"'))
    tracker.watchlist.open()
    tracker.external_changes.check()
    tracker.edits.remove(["a"])
    assert look(tracker) == []


def test_an_own_edit_and_one_of_another_hand_are_told_apart(tracker: Tracker) -> None:
    tracker.edits.record({"a": Claim(status=Status.FILMING)})
    tracker.watchlist.path.write_text(
        tracker.watchlist.path.read_text().replace('title = "A"\n', 'title = "A"\nnotes = "x"\n')
    )
    tracker.watchlist.open()
    assert look(tracker) == ["a: notes"]


def test_an_own_edit_that_was_undone_and_followed_by_another_is_no_news(tracker: Tracker) -> None:
    tracker.edits.set_fields({"a": {"rating": 5}})
    look(tracker)
    tracker.edits.undo()
    tracker.edits.set_fields({"a": {"rating": 7}})
    assert look(tracker) == []


def test_an_own_edit_of_the_last_entry_before_an_own_addition_is_no_news(tracker: Tracker) -> None:
    tracker.edits.set_fields({"b": {"rating": 5}})
    tracker.edits.add(Show("", "C"))
    assert look(tracker) == []


def test_a_version_that_was_restored_here_is_no_news(tracker: Tracker) -> None:
    tracker.edits.set_fields({"a": {"rating": 5}})
    tracker.edits.remove(["b"])
    look(tracker)
    tracker.backups.restore(len(tracker.backups.list_all()))
    assert look(tracker) == []


def test_an_entry_that_cannot_be_read_any_more_was_not_removed() -> None:
    broken = read_snapshot(BASE.replace('title = "A"', 'title = "A"\nstatus = "sideways"'))
    assert [one.text for one in find_external_changes(BASE.encode(), broken, NOW)] != ["removed"]


def test_a_show_with_another_title_was_not_removed_and_added() -> None:
    before = BASE.replace('"A"', '"A"\nrating = 5')
    renamed = read_snapshot(before.replace('"A"', '"Alpha"'))
    assert len(find_external_changes(before.encode(), renamed, NOW)) == 1


def test_a_status_by_another_hand_can_be_undone_also_where_it_was_not_noted_yet(
    make_tracker: Callable[..., Tracker],
) -> None:
    text = BASE.replace('"A"\n', '"A"\nstatus = "filming"\n\n[[show.history]]\non = 2026-01-05\nstatus = "filming"\n')
    tracker = make_tracker(text)
    tracker.watchlist.open()
    tracker.external_changes.check()
    tracker.watchlist.path.write_text(text.replace('"filming"', '"cancelled"', 1))
    tracker.watchlist.open()
    [one] = tracker.external_changes.check()
    tracker.inbox.undo(one)
    assert tracker.watchlist.current.get("a").status is Status.FILMING


# --- state and settings


@pytest.mark.parametrize("column", ["at", "text"])
def test_damage_within_the_file_of_the_witness_stops_nothing(tmp_path: Path, column: str) -> None:
    witness = SourceDatabase(tmp_path / "a.sqlite")
    witness.add_news([NewsItem(NOW, "loud", "a", "A", "one"), NewsItem(NOW, "loud", "a", "A", "two")])
    with closing(sqlite3.connect(witness.path)) as database:
        database.execute(f"UPDATE news SET {column} = CAST(X'FF' AS TEXT) WHERE text = 'one'")
        database.commit()
    assert [one.text for one in witness.news()] in (["two"], ["two", "\ufffd"])


@pytest.mark.parametrize("table", ["news", "searched"])
def test_a_moment_that_is_none_stops_nothing(tmp_path: Path, table: str) -> None:
    witness = SourceDatabase(tmp_path / "a.sqlite")
    witness.add_news([NewsItem(NOW, "loud", "a", "A", "one")])
    witness.save_search("a", NOW)
    with closing(sqlite3.connect(witness.path)) as database:
        database.execute(f"UPDATE {table} SET at = 'yesterday'")
        database.commit()
    assert not (witness.news() if table == "news" else witness.last_searches())


def test_a_file_of_an_earlier_version_is_no_reason_to_stop(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        database.execute(
            "CREATE TABLE word (source, key, said, heard, since, former, turned, gone, PRIMARY KEY (source, key))"
        )
    witness = SourceDatabase(tmp_path / "a.sqlite")
    witness.save([SourceState(word(), NOW)])
    assert len(witness.states()) == 1


def test_looking_for_what_was_kept_fails_with_a_sentence_or_not_at_all(tmp_path: Path) -> None:
    assert SourceDatabase(tmp_path / ("x" * 300) / "a.sqlite").states() == {}


def test_nothing_to_tell_makes_no_file(tmp_path: Path) -> None:
    SourceDatabase(tmp_path / "a.sqlite").add_news([])
    assert not (tmp_path / "a.sqlite").exists()


def test_a_wrong_line_does_not_spoil_the_others(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('sources = ["wikidata"]\nascii = yes\n')
    assert read_settings(tmp_path / "settings.toml").sources == ("wikidata",)


def test_an_address_has_a_host(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('addresses = { tvmaze = "https://" }\n')
    assert read_settings(tmp_path / "settings.toml").addresses == {}


def test_every_wrong_line_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('region = "JPN"\nascii = 1\n')
    assert all(name in read_settings(tmp_path / "settings.toml").error for name in ("region", "ascii"))
