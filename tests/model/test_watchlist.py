from __future__ import annotations

from datetime import date

import pytest

from tests.model.strategies import said
from tracker.errors import UnknownShow
from tracker.model.history import Claim
from tracker.model.show import Credit, Person, Show
from tracker.model.status import Status
from tracker.model.watchlist import Damage, Watchlist

HARBOUR = Show(
    "harbour-lights",
    "Harbour Lights",
    cast=(Credit("Mira Solé", "Anna"),),
    history=(said("2024-06-28", "2025", status=Status.FILMING), said("2025-02-12", "2025-08")),
)
SNOW = Show("snow-line", "Snow Line", directors=("Mira Sole",), history=(said("2025-05-01", "2026"),))
QUIET = Show("quiet-room", "Quiet Room", status=Status.ANNOUNCED)
MIRA = Person("Mira Solé", aliases=("ミラ", "미라"))
LIST = Watchlist((HARBOUR, SNOW, QUIET), (MIRA, Person("Jun Abe")), (Damage(9, "no title"),))


def test_a_show_is_found_by_its_id() -> None:
    assert LIST.get("snow-line") is SNOW
    assert LIST.find("snow-line") is SNOW
    assert LIST.find("snow") is None


@pytest.mark.parametrize(
    ("wrong", "near"), [("harbor-lights", "harbour-lights"), ("snow", "snow-line"), ("Quiet Room", "quiet-room")]
)
def test_an_unknown_id_is_refused_with_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UnknownShow, match=f"no show has the id “{wrong}”. Did you mean {near}?"):
        LIST.get(wrong)


def test_an_id_like_no_other_is_sent_to_the_list() -> None:
    with pytest.raises(UnknownShow, match="`tracker list` shows all"):
        LIST.get("zzzz")


@pytest.mark.parametrize("name", ["Mira Solé", "mira sole", "ミラ", "みら", "미라"])
def test_a_person_is_found_by_name_and_alias_in_any_script(name: str) -> None:
    assert LIST.person(name) is MIRA


def test_nobody_goes_by_part_of_a_name() -> None:
    assert LIST.person("Mira") is None


def test_the_shows_of_a_person_are_those_they_play_in_direct_or_write() -> None:
    assert LIST.shows_with((MIRA.name, *MIRA.aliases)) == (HARBOUR, SNOW)
    assert LIST.shows_with(()) == ()


def test_the_list_of_a_past_day_lacks_shows_of_which_nothing_was_claimed() -> None:
    assert [show.id for show in LIST.as_of(date(2025, 3, 1)).shows] == ["harbour-lights", "quiet-room"]
    assert [show.id for show in LIST.as_of(date(2025, 5, 1)).shows] == ["harbour-lights", "snow-line", "quiet-room"]


def test_a_show_without_claims_says_nothing_of_the_past() -> None:
    then = LIST.as_of(date(2025, 3, 1)).get("quiet-room")
    assert (then.status, then.release) == (None, None)


def test_the_past_keeps_people_and_damaged_entries() -> None:
    then = LIST.as_of(date(2020, 1, 1))
    assert (then.people, then.damages) == (LIST.people, LIST.damages)


def test_the_past_knows_no_claim_that_nobody_dated() -> None:
    show = Show("a", "A", history=(Claim(status=Status.RUMORED),))
    assert Watchlist((show,)).as_of(date(2025, 1, 1)).get("a").history == ()
