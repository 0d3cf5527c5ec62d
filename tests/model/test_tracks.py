from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, meaning
from tracker.model.formatting import describe_effect
from tracker.model.history import Claim, Effect, HistoryState, fold_for_all, fold_history, hand_edit_claim, mark_tracks
from tracker.model.release import MEDIA, Preference, Track
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watchlist import Watchlist
from tracker.model.window_parser import parse_window

TODAY = date(2026, 4, 15)


def said(on: str, release: str = "", region: str = "", source: str = "Lumen", status: Status | None = None) -> Claim:
    window = parse_window(release) if release else None
    return Claim(date.fromisoformat(on), "", status, window, source, region=region)


WORLD = said("2026-01-01", "2026")
JAPAN = said("2026-02-01", "2026-10-02", "JP", "Kestrel")
KOREA = said("2026-03-01", "2026-11-20", "KR", "The Evening Paper")


def fold(told: Iterable[Claim], region: str = "", *media: str, countries: tuple[str, ...] = ()) -> HistoryState:
    return fold_history(mark_tracks(tuple(told), Preference(region, media), countries))


def counting(told: Iterable[Claim], region: str = "", *media: str, countries: tuple[str, ...] = ()) -> str:
    window = fold(told, region, *media, countries=countries).window
    return window.text if window is not None else ""


@pytest.mark.parametrize(
    ("told", "region", "release"),
    [
        ([WORLD, JAPAN, KOREA], "JP", "2026-10-02"),
        ([WORLD, JAPAN, KOREA], "KR", "2026-11-20"),
        ([WORLD, KOREA, JAPAN], "KR", "2026-11-20"),
        ([WORLD, JAPAN, KOREA], "DE", "2026"),
        ([WORLD, JAPAN, KOREA], "", "2026-10-02"),
        ([JAPAN, said("2026-03-01", "2027", source="me"), KOREA], "JP", "2027"),
        ([JAPAN], "JP", "2026-10-02"),
        ([JAPAN], "DE", "2026-10-02"),
        ([JAPAN, KOREA], "DE", "2026-10-02"),
        ([JAPAN, Claim(date(2026, 2, 2), status=Status.SCHEDULED)], "DE", "2026-10-02"),
        ([JAPAN, Claim(date(2026, 2, 2), note="a note of nowhere", region="DE")], "DE", "2026-10-02"),
        ([WORLD, Claim(date(2026, 2, 2), note="of here", region="DE")], "DE", "2026"),
        ([], "JP", ""),
    ],
)
def test_region_window(told: list[Claim], region: str, release: str) -> None:
    assert counting(told, region) == release


@pytest.mark.parametrize(
    ("told", "region", "countries", "release"),
    [
        ([JAPAN, KOREA], "", ("KR",), "2026-11-20"),
        ([JAPAN, KOREA], "", ("FR", "KR"), "2026-11-20"),
        ([JAPAN, KOREA], "", ("FR",), "2026-10-02"),
        ([JAPAN, KOREA], "JP", ("KR",), "2026-10-02"),
        ([JAPAN, KOREA], "DE", ("KR",), "2026-11-20"),
        ([WORLD, JAPAN, KOREA], "DE", ("KR",), "2026"),
    ],
)
def test_window_of_the_home(told: list[Claim], region: str, countries: tuple[str, ...], release: str) -> None:
    assert counting(told, region, countries=countries) == release


PREMIERE = said("2026-02-01", "2026-09-03", "KR")._replace(medium="premiere")
CINEMA = said("2026-02-01", "2026-12-10", "KR")._replace(medium="cinema")
DIGITAL = said("2026-02-01", "2027-03-01", "KR")._replace(medium="digital")
DISC = said("2026-02-01", "2027-04-01", "KR")._replace(medium="disc")


@pytest.mark.parametrize(
    ("told", "media", "release"),
    [
        ([DISC, DIGITAL, CINEMA, PREMIERE], (), "2026-12-10"),
        ([CINEMA, DIGITAL, DISC], ("digital",), "2027-03-01"),
        ([CINEMA, DIGITAL, DISC], ("tv", "disc"), "2027-04-01"),
        ([CINEMA, PREMIERE], ("tv",), "2026-12-10"),
        ([CINEMA, PREMIERE], ("premiere",), "2026-09-03"),
        ([PREMIERE], (), "2026-09-03"),
        # A festival is not for everybody.
        ([WORLD, PREMIERE], (), "2026"),
        ([WORLD, PREMIERE], ("premiere",), "2026-09-03"),
        # A medium without a date takes nobody's day.
        ([CINEMA._replace(release=None), PREMIERE, PREMIERE._replace(medium="", source="Kestrel")], (), "2026-09-03"),
        # The country comes first.
        ([DIGITAL, CINEMA._replace(region="US")], (), "2027-03-01"),
    ],
)
def test_medium_window(told: list[Claim], media: tuple[str, ...], release: str) -> None:
    assert counting(told, "KR", *media) == release


@pytest.mark.parametrize(
    ("later", "release"),
    [
        # A source that knows no media gives the day of the cinemas again.
        (CINEMA._replace(medium="", source="wikidata"), "2027-03-01"),
        (CINEMA._replace(medium="", source="me"), "2026-12-10"),
        (CINEMA._replace(medium="", region="", source="wikidata"), "2026-12-10"),
        (said("2026-02-01", "2027-03-09", "KR", "wikidata"), "2027-03-09"),
    ],
)
def test_day_of_another_medium_does_not_count(later: Claim, release: str) -> None:
    told = (CINEMA, DIGITAL, later)
    assert counting(told, "KR", "digital") == release
    assert counting(told, "KR", "cinema") == ("2026-12-10" if later.release == CINEMA.release else release)


def test_other_region_is_no_slip() -> None:
    standing = fold((WORLD, JAPAN, KOREA), "JP")
    assert [step.effect for step in standing.steps] == [Effect.FIRST, Effect.NARROWED, Effect.NONE]
    assert [fold(told).slips for told in ((WORLD, JAPAN, KOREA), (JAPAN, KOREA), (CINEMA, DIGITAL))] == [0, 0, 0]


def test_other_region_status_counts() -> None:
    filming = said("2026-03-02", "2026-03-01", "KR", status=Status.FILMING)
    standing = fold((WORLD, JAPAN, filming), "JP")
    assert (standing.status, standing.window) == (Status.FILMING, JAPAN.release)


@pytest.mark.parametrize("status", [Status.RELEASED, Status.AIRING, Status.POSTPONED])
def test_status_of_another_release_counts_there(status: Status) -> None:
    told = (said("2026-01-01", "2026", status=Status.SCHEDULED), JAPAN, said("2026-03-02", "2026-03-01", "KR"))
    there = Claim(date(2026, 3, 3), status=status, region="KR")
    assert [fold((*told, there), region).status for region in ("JP", "KR")] == [Status.SCHEDULED, status]
    # What is called off is so everywhere.
    assert (
        fold((*told, there, Claim(date(2026, 3, 4), status=Status.CANCELLED, region="KR")), "JP").status
        is Status.CANCELLED
    )


@pytest.mark.parametrize(
    ("told", "region", "countries", "effects"),
    [
        # A later date in a further country is no slip, another date there is one; at home any later date is.
        ([WORLD, said("2026-02-01", "2027-02-11", "DE"), said("2026-03-01", "2027-03-11", "DE")], "DE", ("KR",),
         [Effect.FIRST, Effect.CORRECTED, Effect.SLIPPED]),
        ([WORLD, said("2026-02-01", "2027-02-11", "KR")], "KR", ("KR",), [Effect.FIRST, Effect.SLIPPED]),
        # Nor is one in a further medium; of a film, the date for everybody is that of the cinemas.
        ([WORLD, said("2026-02-01", "2027-02-11")._replace(medium="digital")], "", (),
         [Effect.FIRST, Effect.CORRECTED]),
        ([WORLD, said("2026-02-01", "2027-02-11")._replace(medium="cinema")], "", (),
         [Effect.FIRST, Effect.SLIPPED]),
        ([DIGITAL, said("2026-03-01", "2027-06-01", "KR")._replace(medium="digital")], "", (),
         [Effect.FIRST, Effect.SLIPPED]),
    ],
)  # fmt: skip
def test_first_date_of_a_track_is_no_slip(
    told: list[Claim], region: str, countries: tuple[str, ...], effects: list[Effect]
) -> None:
    steps = fold(told, region, countries=countries).steps
    assert [step.effect for step in steps] == effects
    words = {"first date there; 2026 before", "first date of its medium; 2026 before"}
    assert (describe_effect(steps[1]) in words) is (effects[1] is Effect.CORRECTED)


tracked = st.builds(
    lambda claim, region, medium: claim._replace(region=region, medium=medium),
    claims, st.sampled_from(["", "", "JP", "KR", "US"]), st.sampled_from(["", "", *MEDIA]),
)  # fmt: skip
histories = st.lists(tracked, max_size=6).map(tuple)
preferences = st.builds(
    Preference, st.sampled_from(["", "JP", "KR", "DE"]), st.lists(st.sampled_from(MEDIA), unique=True).map(tuple)
)
homes = st.sampled_from([(), ("JP",), ("DE", "KR")])


def unmarked(told: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return tuple(claim.unmarked for claim in told)


@given(histories, preferences, preferences, homes)
def test_mark_tracks_only_marks(
    told: tuple[Claim, ...], one: Preference, other: Preference, countries: tuple[str, ...]
) -> None:
    seen = mark_tracks(told, one, countries)
    assert unmarked(seen) == told
    assert mark_tracks(seen, one, countries) is seen
    # What counted under another setting leaves no trace.
    assert mark_tracks(mark_tracks(told, other, countries), one, countries) == seen


@given(histories, preferences, homes)
def test_window_of_any_preference(told: tuple[Claim, ...], preference: Preference, countries: tuple[str, ...]) -> None:
    given_one = [claim for claim in told if claim.release is not None]
    seen = mark_tracks(told, preference, countries)
    standing = fold_history(seen)
    assert (standing.window is None) is not bool(given_one)
    counting_claims = [claim for claim in seen if claim.counting_release is not None]
    assert len({claim.region for claim in counting_claims} - {""}) <= 1
    assert len({claim.medium for claim in counting_claims} - {""}) <= 1
    given_one = [claim for claim in given_one if claim.medium != "premiere" or "premiere" in preference.media]
    here = [claim for claim in given_one if claim.region in ("", preference.region)]
    # Where a date was withdrawn, one of a premiere or of another country may be all that is left.
    is_withdrawn = any(claim.release is not None and claim.release.is_tba for claim in told)
    if here and preference.region and not is_withdrawn:
        assert meaning(standing.window) in {meaning(claim.release) for claim in here}


@given(histories, preferences, preferences, homes)
def test_setting_makes_no_hand_edit(
    told: tuple[Claim, ...], one: Preference, other: Preference, countries: tuple[str, ...]
) -> None:
    """A file written under one setting reads the same under another, and as it was under the first again."""
    empty = Show("a", "A", countries=countries)
    written = empty.with_claims(*told, preference=one)
    in_file = written._replace(history=unmarked(written.history))
    if told:
        assert hand_edit_claim(in_file.status, in_file.release, in_file.history, TODAY) is None
    seen = in_file.for_preference(other)
    expected = empty.with_claims(*told, preference=other)
    assert (seen.status, meaning(seen.release), seen.history) == (
        expected.status, meaning(expected.release), expected.history,
    )  # fmt: skip
    again = seen.for_preference(one)
    assert (again.status, meaning(again.release), again.history) == (
        written.status, meaning(written.release), written.history,
    )  # fmt: skip
    assert unmarked(seen.history) == told


@given(histories, preferences, homes)
def test_fold_for_all_knows_each(told: tuple[Claim, ...], preference: Preference, countries: tuple[str, ...]) -> None:
    standing = fold_history(mark_tracks(told, preference, countries))
    assert (standing.status, standing.window) in [(state.status, state.window) for state in fold_for_all(told)]


def test_hand_edit_has_no_region() -> None:
    show = Show("a", "A", history=(WORLD, JAPAN, KOREA), release=parse_window("2027-01"))
    assert show.for_preference(Preference("JP")).release == parse_window("2027-01")
    claim = hand_edit_claim(show.status, show.release, show.history, TODAY)
    assert claim is not None
    assert claim.release == parse_window("2027-01")
    assert counting((*show.history, claim), "JP") == "2027-01"


def test_list_without_regions() -> None:
    plain = Show("a", "A", history=(WORLD,), release=WORLD.release)
    assert Watchlist((plain,)).for_preference(Preference("JP")).shows[0] is plain


def test_with_claims_of_region() -> None:
    show = Show("a", "A").with_claims(WORLD, JAPAN, KOREA).for_preference(Preference("JP"))
    later = said("2026-04-01", "2026-10-09", "JP", "Kestrel")
    after = show.with_claims(later, preference=Preference("JP"))
    assert (after.release, after.history_state.slipped_days) == (later.release, 7)


@pytest.mark.parametrize("track", [Track("KR"), Track("", "digital"), Track("KR", "tv")])
def test_status_where_no_date_says_of_what(track: Track) -> None:
    out = Claim(date(2026, 3, 3), status=Status.RELEASED, region=track.region, medium=track.medium)
    assert fold((WORLD, out)).status is Status.RELEASED
    assert fold((WORLD, out), "KR").status is Status.RELEASED
    assert fold((out,)).status is Status.RELEASED


def test_premiere_is_never_overdue() -> None:
    late = said("2026-01-01", "2026-03-03", "KR")
    for claim, is_overdue in (
        (late, True),
        (late._replace(medium="cinema"), True),
        (late._replace(medium="premiere"), False),
    ):
        assert Show("a", "A").with_claims(claim).is_overdue(TODAY) is is_overdue


@pytest.mark.parametrize(
    ("first", "source", "effect"),
    [
        # What an online source has without a country is the first date anywhere; it then only says whose it is.
        ("tmdb", "tmdb", Effect.CORRECTED),
        ("wikidata", "tmdb", Effect.CORRECTED),
        ("Lumen Post", "tmdb", Effect.SLIPPED),
        ("tmdb", "Lumen Post", Effect.SLIPPED),
    ],
)
def test_source_says_of_which_country_its_date_is(first: str, source: str, effect: Effect) -> None:
    told = [
        said("2026-01-01", "2026-12-16")._replace(source=first),
        said("2026-02-01", "2026-12-18", "KR")._replace(source=source),
        said("2026-03-01", "2027-01-18", "KR")._replace(source=source),
    ]
    steps = fold(told, "KR", countries=("KR",)).steps
    assert [(step.effect, step.days) for step in steps[1:]] == [
        (effect, 2 if effect is Effect.SLIPPED else 0),
        (Effect.SLIPPED, 31),
    ]


@pytest.mark.parametrize(
    ("source", "withdrawn_by", "release"),
    [("tmdb", "tmdb", "2027-03-01"), ("me", "tmdb", "2026-12-10"), ("tmdb", "me", "2027-03-01")],
)
def test_date_that_is_withdrawn_leaves_the_next_one(source: str, withdrawn_by: str, release: str) -> None:
    withdrawal = CINEMA._replace(on=date(2026, 4, 1), release=parse_window("TBA"), source=withdrawn_by)
    assert counting([CINEMA._replace(source=source), DIGITAL, withdrawal], "KR") == release
    assert counting([CINEMA._replace(source=source), withdrawal], "KR") == (
        "TBA" if release != "2026-12-10" else release
    )


def test_date_of_nobody_in_particular_counts() -> None:
    premiere = Claim(release=parse_window("2027-01-01"), source="Lumen", medium="premiere")
    cinema = Claim(release=parse_window("2027-01-02"), medium="cinema")
    for told in ((premiere, cinema), (cinema, premiere)):
        window = fold_history(mark_tracks(told, Preference("JP"))).window
        assert window is not None
        assert window.text == "2027-01-02"
