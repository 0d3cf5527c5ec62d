from __future__ import annotations

import pytest

from tests.model.strategies import TODAY, story
from tests.model.test_history import HARBOUR_LIGHTS
from tracker.model.diff import diff_watchlists
from tracker.model.formatting import (
    describe_claimed_window,
    describe_claims,
    describe_diff,
    describe_effect,
    describe_hand_edits,
    describe_late,
    describe_lost_edits,
    describe_missed,
    describe_new_value,
    describe_show_diff,
    describe_slips,
    describe_wait,
    overruled_note,
    plural,
)
from tracker.model.history import Claim, fold_history
from tracker.model.show import Person, Show
from tracker.model.status import Status
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.model.window_parser import parse_window

AMBER, QUARRY = (Show(title.casefold(), title) for title in ("Amber", "Quarry"))
BROKEN = DamagedEntry(3, "no title", text='title = "Amber"')
MANY = tuple(Show(name, name.upper()) for name in "abcd")


def test_plural() -> None:
    assert [plural(number, "show") for number in (0, 1, 1200)] == ["0 shows", "1 show", "1,200 shows"]
    assert [plural(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("2025-01-01 2025", ""), ("2025-01-01 2025; 2025-02-01", ""),
        ("2025-01-01 2025-08; 2026-01-01 2026-05-14", "slipped 256 days from Aug 2025"),
        ("2025-01-01 2025-08-02; 2025-02-01 2025-08-01", "brought forward 1 day from 2 Aug 2025"),
        ("2025-01-01 2025; 2025-02-01 2025-08", "narrowed from 2025"),
        ("2025-01-01 2025-08; 2025-02-01 2025", "widened from Aug 2025"),
        ("2025-01-01 2025-08; 2025-02-01 TBA", "Aug 2025 withdrawn"),
        ("2025-01-01 2025-08; 2025-02-01 Aug 2025", "confirmed"),
        ("2025-01-01 2025-08; 2025-02-01 2025-H2 @Paper", "vaguer; Aug 2025 stays"),
        ("2025-01-01 2025-08; 2025-02-01 TBA @Paper", "Aug 2025 stays"),
    ],
)  # fmt: skip
def test_describe_effect(text: str, effect: str) -> None:
    step = fold_history(story(text)).steps[-1]
    assert describe_effect(step) == effect
    label = step.claim.release.label if step.claim.release else ""
    assert describe_claimed_window(step) == (f"{label} ({effect})" if effect else label)


def test_describe_slips() -> None:
    assert describe_slips(fold_history(HARBOUR_LIGHTS)) == "slipped 1×, +256 days"


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"amber": "2026-01-01 filming 2027"}, "Amber is filming, release 2027"),
        ({"amber": "2026-01-01 2027"}, "Amber: 2027"),
        ({"amber": "2026-01-01"}, "Amber: a note"),
        ({"amber": "2026-01-01 filming", "quarry": "2026-01-01 filming"}, "2 shows are filming"),
        ({"amber": "2026-01-01 filming", "quarry": "2026-01-01 airing"}, "2 shows: status changed"),
    ],
)
def test_describe_claims(claims: dict[str, str], sentence: str) -> None:
    watchlist = Watchlist((AMBER, QUARRY))
    assert describe_claims(watchlist, {show_id: story(text)[0] for show_id, text in claims.items()}) == sentence


def test_overruled_note() -> None:
    older, newer = story("2026-01-01 filming; 2026-02-01 scheduled")
    shows = [show.with_claims(newer) for show in (AMBER, QUARRY)]
    assert overruled_note(Watchlist((shows[0], QUARRY)), {"amber": older}) == "; a newer claim says scheduled"
    assert (
        overruled_note(Watchlist(tuple(shows)), {"amber": older, "quarry": older}) == "; 2 of them have a newer claim"
    )
    assert overruled_note(Watchlist((shows[0],)), {"amber": newer}) == ""


def test_claim_of_another_country_or_medium_says_what_counts() -> None:
    cinema = Claim(TODAY, status=Status.SCHEDULED, release=parse_window("2026-12-10"), region="KR", medium="cinema")
    digital = cinema._replace(release=parse_window("2027-05-20"), medium="digital")
    out = Claim(TODAY, status=Status.RELEASED, region="JP")
    for claim, sentence, note in (
        (cinema, "Amber is scheduled, release 10 Dec 2026 cinema in KR", ""),
        (digital, "Amber is scheduled, release 20 May 2027 digital in KR", "; 10 Dec 2026 cinema in KR counts"),
        (out, "Amber is released in JP", "; 10 Dec 2026 cinema in KR counts"),
    ):
        watchlist = Watchlist((AMBER.with_claims(cinema, claim) if claim is not cinema else AMBER.with_claims(claim),))
        assert describe_claims(watchlist, {"amber": claim}) == sentence
        assert overruled_note(watchlist, {"amber": claim}) == note


def test_describe_hand_edits() -> None:
    claims = {"amber": story("2026-01-01 filming 2027")[0], "quarry": story("2026-01-01 2027")[0]}
    assert describe_hand_edits(Watchlist((AMBER, QUARRY)), claims) == "2 hand edits added to the history"
    for show, words in ((AMBER, "filming, 2027"), (QUARRY, "2027")):
        sentence = describe_hand_edits(Watchlist((show,)), {show.id: claims[show.id]})
        assert sentence == f"{show.title}: {words} added to the history"


def test_describe_lost_edits() -> None:
    assert describe_lost_edits(["a", "b"]) == "Another program's save undid: a, b. Redo applies it again."
    assert describe_lost_edits([*"abcd"]) == "Another program's save undid: a, b, c and 1 more. Redo applies it again."


@pytest.mark.parametrize(
    ("before", "after", "line", "show_line"),
    [
        ("2026-01-01 filming 2026", "2026-01-01 filming 2026", "", ""),
        (
            "2026-01-01 filming 2026", "2026-01-01 filming 2026; 2026-02-01 scheduled 2026-05-14",
            "Amber: scheduled, 14 May 2026", "filming → scheduled; 14 May 2026 (was 2026)",
        ),
        ("", "2026-01-01 filming 2026", "Amber: filming, 2026", "no status → filming; 2026 (was no date)"),
        ("2026-01-01 2026", "", "Amber: no date", "no date (was 2026)"),
        ("", "2026-01-01", "Amber: history changed", "history changed"),
    ],
)  # fmt: skip
def test_describe_show_diff(before: str, after: str, line: str, show_line: str) -> None:
    diff = diff_watchlists(*(Watchlist((AMBER.with_claims(*story(text)),)) for text in (before, after)))
    assert describe_diff(diff) == line
    assert "".join(map(describe_show_diff, diff.changed)) == show_line


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (Watchlist(), Watchlist((AMBER, QUARRY)), "Amber, Quarry added"),
        (Watchlist(MANY), Watchlist(), "4 shows removed"),
        (Watchlist(MANY), Watchlist(tuple(show._replace(kind="film") for show in MANY)), "4 shows changed"),
        (Watchlist((AMBER,)), Watchlist((AMBER._replace(watch="watched"), QUARRY)), "Amber: watched; Quarry added"),
        (Watchlist((AMBER,)), Watchlist(damaged=(BROKEN,)), "1 entry can't be read"),
        (Watchlist(damaged=(BROKEN, BROKEN)), Watchlist(), "2 entries fixed"),
        (Watchlist(people=(Person("Ada Moor"),)), Watchlist(), "a person's card"),
        (Watchlist((AMBER,), (Person("Ada Moor"),)), Watchlist(), "Amber removed"),
    ],
)  # fmt: skip
def test_describe_diff(before: Watchlist, after: Watchlist, line: str) -> None:
    assert describe_diff(diff_watchlists(before, after)) == line


def test_diff_of_a_new_title() -> None:
    """An entry without an id of its own has another one with another title."""
    before, after = AMBER._replace(kind="film"), QUARRY._replace(kind="film")
    diff = diff_watchlists(Watchlist((before,)), Watchlist((after,)))
    assert (diff.renamed_ids, diff.show_ids, diff.added, diff.removed) == ({"amber": "quarry"}, ("quarry",), (), ())
    assert diff_watchlists(Watchlist((AMBER,)), Watchlist((QUARRY,))).changed == ()


@pytest.mark.parametrize(
    ("text", "late", "missed"),
    [
        ("2025-01-01 2026-03", "overdue", ""), ("2025-01-01 2026-05", "", ""),
        ("2025-01-01 2026-03; 2026-02-01 postponed", "missed, postponed", "missed Mar 2026, postponed"),
        ("2025-01-01 2026-03; 2026-02-01 hiatus", "missed, on hiatus", "missed Mar 2026, on hiatus"),
        ("2025-01-01 2026-03; 2026-02-01 postponed TBA", "missed Mar 2026", "missed Mar 2026, postponed"),
        ("2025-01-01 filming 2026-03; 2026-02-01 TBA", "missed Mar 2026", "missed Mar 2026"),
        ("2025-01-01 2026-05; 2026-02-01 postponed", "", ""),
        ("2025-01-01 2026-03; 2026-02-01 postponed 2026-04-10", "overdue", ""),
        ("2025-01-01 airing 2026-03; 2026-04-01 hiatus", "", ""), ("2025-01-01 cancelled 2026-03", "", ""),
    ],
)  # fmt: skip
def test_late(text: str, late: str, missed: str) -> None:
    show = Show("a", "A").with_claims(*story(text))
    assert describe_late(show, TODAY) == late
    assert describe_missed(show.history_state, TODAY) == missed
    assert show.is_overdue(TODAY) or late in ("", "missed Mar 2026")


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("2025-01-01 2026-04-20", "in 5 days"), ("2025-01-01 2026", "within 9 months"),
        ("2025-01-01 TBA", ""), ("", ""),
        ("2025-01-01 2026-03", ""), ("2025-01-01 airing 2026-04-20", ""), ("2025-01-01 cancelled 2026-04-20", ""),
        # nobody counts on the date of a show that was put off
        ("2025-01-01 2026-04-20; 2026-02-01 postponed", ""),
        ("2025-01-01 2026-02; 2026-03-01 postponed 2026-04-20", "in 5 days"),
        ("2025-01-01 airing 2026-03; 2026-04-01 hiatus", ""),
    ],
)  # fmt: skip
def test_wait(text: str, wait: str) -> None:
    assert describe_wait(Show("a", "A").with_claims(*story(text)), TODAY) == wait


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("cast", (), "no cast"),
        ("rating", 8.0, "rated 8"),
        ("season", 2, "season 2"),
        ("season", None, "the whole show"),
    ],
)
def test_new_value(name: str, value: object, text: str) -> None:
    assert describe_new_value(name, value) == text
