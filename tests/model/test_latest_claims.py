from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, days, lines, said, statuses, windows
from tracker.model.history import Claim, fold_history, mark_tracks, source_name
from tracker.model.latest_claims import LatestClaim, latest_claims
from tracker.model.release import Preference, Release
from tracker.model.show import Show
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)


def state(on: str = "2026-04-02", release: str = "", text: str = "In Development", **more: Any) -> SourceState:
    window = parse_window(release) if release else None
    one = SourceRecord(**{"source": "tvmaze", "key": "7", "title": "A", "raw_status": text, "release": window, **more})
    return SourceState.first(one, NOW, date.fromisoformat(on))


def told(*words: Claim | SourceState) -> tuple[LatestClaim, ...]:
    history = tuple(one for one in words if isinstance(one, Claim))
    show = Show("a", "A").with_claims(*history)
    return latest_claims(show, show.history_state, [one for one in words if isinstance(one, SourceState)])


def rows(*words: Claim | SourceState) -> list[tuple[str, str, str]]:
    """Return who says which date, and what comes of it; why a date counts is left out."""
    return [(one.source, one.release.text if one.release else "", one.why.partition(":")[0]) for one in told(*words)]


def disagree(found: Iterable[LatestClaim]) -> bool:
    return "disagrees" in [one.why for one in found]


def test_one_row_a_source() -> None:
    found = told(
        said("2025-01-10", "2026", "Kestrel (agency)", Status.FILMING),
        said("2025-03-01", "2026-08", "Lumen"),
        said("2025-06-01", "2026-H2", "The Evening Paper"),
        said("2026-01-20", "2026-09-14", "Lumen", Status.SCHEDULED),
        said("2026-02-01", "2026-10", "me"),
        state("2026-04-02", "2026-09-14"),
    )
    assert [(one.source, one.status, one.on and one.on.isoformat()) for one in found] == [
        ("tvmaze", "In Development", "2026-04-02"),
        ("me", "", "2026-02-01"),
        ("Lumen", "scheduled", "2026-01-20"),
        ("The Evening Paper", "", "2025-06-01"),
        ("Kestrel", "filming", "2025-01-10"),
    ]
    assert [one.source for one in found if one.counts] == ["me"]


def test_date_then_status() -> None:
    [one] = told(said("2026-01-20", "2026-09", "Lumen"), said("2026-02-01", source="Lumen", status=Status.FILMING))
    assert (one.status, one.release, one.on) == ("filming", parse_window("2026-09"), date(2026, 2, 1))


def test_note_is_no_row() -> None:
    assert told(Claim(date(2026, 1, 1), source="The Evening Paper", note="seen in the harbour")) == ()


@pytest.mark.parametrize(
    ("release", "on", "why"),
    [
        ("2026-09-14", "2026-02-01", "agrees"), ("14 September 2026", "2025-02-01", "agrees"),
        ("2026-09", "2026-02-01", "vaguer"), ("second half of 2026", "2025-02-01", "vaguer"),
        ("2026-08-01", "2025-02-01", "older"), ("2026-10-01", "2025-02-01", "older"),
        ("2026-10-01", "2026-02-01", "disagrees"), ("2027", "2026-02-01", "disagrees"),
        ("2027", "2026-01-20", "disagrees"), ("TBA", "2026-02-01", "no date"),
    ],
)  # fmt: skip
def test_reason_of_a_record(release: str, on: str, why: str) -> None:
    counting = said("2026-01-20", "2026-09-14", "Lumen")
    assert sorted(rows(counting, state(on, release))) == [
        ("Lumen", "2026-09-14", "counts"), ("tvmaze", release, why),
    ]  # fmt: skip
    [counts] = [one.why for one in told(counting, state(on, release)) if one.counts]
    assert counts.removeprefix("counts: ").isprintable()
    assert counts != "counts"


@pytest.mark.parametrize(
    ("release", "why"), [("2026", "vaguer"), ("TBA", "no date"), ("2026-11", "older"), ("2026-09-20", "older")]
)
def test_reason_of_a_claim(release: str, why: str) -> None:
    paper = said("2026-01-01", release, "The Evening Paper")
    assert ("The Evening Paper", release, why) in rows(paper, said("2026-01-20", "2026-09-14", "Lumen"))


@pytest.mark.parametrize(("widened", "why"), [("2026-H2", "more exact"), ("TBA", "older")])
def test_exact_claim_before_a_vague_one(widened: str, why: str) -> None:
    # What was withdrawn is not more exact than none.
    paper = said("2025-11-10", "2026-09", "The Evening Paper")
    lumen = said("2026-01-20", "2026-10", "Lumen"), said("2026-02-20", widened, "Lumen")
    assert ("The Evening Paper", "2026-09", why) in rows(paper, *lumen)


def test_first_counts_and_repeat_agrees() -> None:
    first = said("2026-01-01", "2026-09-14", "Lumen")
    assert rows(first, said("2026-02-01", "14 September 2026", "Kestrel")) == [
        ("Kestrel", "14 September 2026", "agrees"), ("Lumen", "2026-09-14", "counts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("later", "why"), [("2026-05", "newest"), ("~2026-05", "newest"), ("2026-H1", "most exact"), ("2026", "most exact")]
)
def test_why_it_counts(later: str, why: str) -> None:
    found = told(said("2026-01-01", "2026-05", "Lumen"), said("2026-02-01", later, "Kestrel"))
    assert [one.why for one in found if one.counts] == [f"counts: {why}"]


def test_removed_record() -> None:
    gone = state("2026-02-01", "2026-11")._replace(is_removed=True)
    found = told(said("2026-01-20", "2026-09-14", "Lumen"), gone)
    assert ("tvmaze", "gone") in [(one.source, one.why) for one in found]
    assert not disagree(found)


def test_other_season() -> None:
    found = told(said("2026-01-20", "2026-09-14", "Lumen"), state("2026-02-01", "2019-04-01", "Ended"))
    assert ("tvmaze", "earlier run") in [(one.source, one.why) for one in found]
    assert not disagree(found)


def test_record_replaces_claims() -> None:
    claimed = said("2026-01-20", "2026-09-14", "tvmaze", Status.SCHEDULED)
    [one] = told(claimed, state("2026-01-20", "2026-09-14", "Running"))
    assert (one.source, one.status, one.counts) == ("tvmaze", "Running", True)


def test_status_counts_without_date() -> None:
    found = told(
        said("2026-01-01", source="Lumen", status=Status.ANNOUNCED), said("2026-02-01", status=Status.FILMING), state()
    )
    assert [one.source for one in found if one.counts] == ["Lumen"]
    assert told(state())[0].counts is False
    assert told() == ()


def test_other_region() -> None:
    abroad = said("2026-02-01", "2026-06-01", "Lumen")._replace(region="US")
    paper = said("2026-02-02", "2026-06-02", "The Evening Paper")._replace(region="US")
    here = said("2026-01-01", "2026-05-14", "Lumen")._replace(region="JP")
    history = mark_tracks((here, abroad, paper), Preference("JP"))
    found = latest_claims(Show("a", "A", history=history), fold_history(history), [])
    assert [(one.source, one.release and one.release.text) for one in found if one.counts] == [("Lumen", "2026-05-14")]
    assert [one.release and one.release.text for one in found] == ["2026-06-02", "2026-06-01", "2026-05-14"]
    assert all("US" in one.why for one in found if not one.counts)


sources = st.sampled_from(["me", "Lumen", "lumen (press)", "Lumen via Kestrel", "Kestrel", "tvmaze", "", "(a paper)"])
any_claims = st.builds(
    lambda claim, source, other, region: claim._replace(source=source or other, region=region),
    claims, sources, lines, st.sampled_from(["", "", "JP", "US"]),
)  # fmt: skip
any_words = st.builds(
    lambda source, text, status, release, on, is_removed: SourceState.first(
        SourceRecord(source, "7", "A", raw_status=text, status=status, release=release), NOW, on
    )._replace(is_removed=is_removed),
    st.sampled_from(["tvmaze", "tmdb", "wikidata"]), lines, st.none() | statuses, st.none() | windows, days,
    st.booleans(),
)  # fmt: skip


def test_date_of_another_medium_is_no_contradiction() -> None:
    cinema, digital = (
        Claim(date(2026, 4, 1), release=parse_window(day), source="tmdb", region="DE", medium=medium)
        for day, medium in (("2027-02-11", "cinema"), ("2027-05-20", "digital"))
    )
    again = cinema._replace(source="wikidata", medium="")
    show = Show("a", "A").with_claims(cinema, digital, again, preference=Preference("DE", ("digital",)))
    releases = tuple(Release(claim.release, "DE", claim.medium) for claim in (cinema, digital) if claim.release)
    states = (
        state(release="2027-02-11", source="tmdb", region="DE", medium="cinema", releases=releases),
        state(release="2027-02-11", source="wikidata", region="DE", releases=(releases[0]._replace(medium=""),)),
    )
    found = {
        one.source: (one.release and one.release.text, one.why)
        for one in latest_claims(show, show.history_state, states)
    }
    assert found == {"tmdb": ("2027-05-20", "counts: digital in DE"), "wikidata": ("2027-02-11", "other date")}


@given(
    st.lists(any_claims, max_size=6).map(tuple), st.lists(any_words, max_size=3, unique_by=lambda one: one.source_id)
)
def test_any_history(history: tuple[Claim, ...], words: list[SourceState]) -> None:
    standing = fold_history(history)
    show = Show("a", "A", status=standing.status, release=standing.window, history=history)
    found = latest_claims(show, standing, words)
    speakers = {source_name(claim.source) for claim in history if claim.status or claim.release}
    assert len(found) == len(speakers | {one.record.source for one in words})
    assert len({source_name(one.source) if one.source != "no name" else "" for one in found}) == len(found)
    assert [one.on or date.min for one in found] == sorted((one.on or date.min for one in found), reverse=True)
    assert sum(one.counts for one in found) <= 1
    if standing.window is not None:
        assert sum(one.counts for one in found) == 1
    assert all(one.why for one in found if one.release is not None and standing.window is not None)
