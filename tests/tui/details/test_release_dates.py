from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import pytest

from tracker.model.history import Claim
from tracker.model.release import Preference, Release
from tracker.model.release_dates import ReleaseDates, find_release_dates
from tracker.model.show import Show
from tracker.model.source_record import SourceRecord
from tracker.model.source_state import SourceState
from tracker.model.window_parser import parse_window
from tracker.tui.details.release_dates import describe_dates_elsewhere, describe_near_dates
from tracker.tui.theme import UNICODE

TODAY: Final = date(2026, 11, 23)
DATES: Final = (
    Release(parse_window("2026-10-30"), "JP", "premiere", "Lumen Days"),
    Release(parse_window("2026-12-10"), "KR", "cinema"),
    Release(parse_window("2027-01-01"), "US", "cinema"),
    Release(parse_window("2027-02-11"), "DE", "cinema"),
    Release(parse_window("2027-05-20"), "DE", "digital"),
)


def state(*releases: Release) -> SourceState:
    record = SourceRecord("tmdb", "movie/205", "Night Bakery", region="DE", medium="cinema", releases=releases)
    return SourceState.first(record, datetime(2026, 11, 23, tzinfo=UTC), TODAY)


def claimed(release: Release, source: str = "tmdb") -> Claim:
    return Claim(TODAY, release=release.window, source=source, region=release.region, medium=release.medium)


def dates_of(*claims: Claim, releases: tuple[Release, ...] = DATES) -> ReleaseDates:
    show = Show("a", "A", countries=("KR",)).with_claims(*claims, preference=Preference("DE"))
    return find_release_dates(show, show.history_state, [state(*releases)] if releases else ())


def lines(dates: ReleaseDates, width: int) -> list[str]:
    found = (*describe_near_dates(dates, UNICODE), *describe_dates_elsewhere(dates, UNICODE))
    return [line(width).plain.rstrip() for line in found]


def test_dates_of_a_film() -> None:
    dates = dates_of(claimed(DATES[3]), claimed(DATES[4]))
    assert lines(dates, 60) == [
        "Release dates  1 more country below the history",
        "▸ DE  cinema    11 Feb 2027  TMDB",
        "  DE  digital   20 May 2027  TMDB",
        "  KR  cinema    10 Dec 2026  TMDB",
        "  JP  premiere  30 Oct 2026  TMDB  Lumen Days",
        "",
        "",
        "Release dates in other countries",
        "  US  cinema    1 Jan 2027   TMDB",
    ]
    assert all(len(line) <= 40 for line in lines(dates, 40)[1:6])


def test_dates_that_others_than_a_source_say() -> None:
    other = claimed(Release(parse_window("2027-03-18"), "DE", "cinema"), "Lumen (line-up), via Evening Paper")
    assert lines(dates_of(claimed(DATES[3]), other), 60)[1:4] == [
        "  DE  cinema    11 Feb 2027  TMDB",
        "▸ DE  cinema    18 Mar 2027  Lumen",
        "  DE  digital   20 May 2027  TMDB",
    ]


@pytest.mark.parametrize("claims", [(), (claimed(DATES[3]),), (claimed(Release(DATES[3].window)), claimed(DATES[0]))])
def test_one_date_is_no_list(claims: tuple[Claim, ...]) -> None:
    assert dates_of(*claims, releases=()) == ReleaseDates()


def test_many_countries_are_counted() -> None:
    many = [Release(parse_window("2027-01-01"), f"{a}{b}", "cinema") for a in "QXZ" for b in "ABCDEFGHIJKLMNO"]
    dates = dates_of(releases=(*DATES, *many))
    assert (len(dates.near), dates.countries_elsewhere) == (4, 46)


def test_day_without_its_medium_agrees_with_one_that_has_it() -> None:
    same, other = Release(DATES[3].window, "DE"), Release(DATES[3].window, "KR")
    found = lines(dates_of(claimed(DATES[3]), claimed(same, "wikidata"), claimed(other, "press")), 60)
    assert [line[2:] for line in found if "11 Feb" in line] == [
        "DE  cinema    11 Feb 2027  TMDB, Wikidata",
        "KR            11 Feb 2027  press",
    ]
