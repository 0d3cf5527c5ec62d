from __future__ import annotations

from datetime import date

import pytest

from tests.model.strategies import said
from tracker.errors import EntryUnreadable, UnknownShow
from tracker.model.history import Claim
from tracker.model.show import Credit, Person, Show
from tracker.model.status import Status
from tracker.model.watchlist import DamagedEntry, Watchlist

HARBOUR = Show(
    "harbour-lights",
    "Harbour Lights",
    cast=(Credit("Mira Solé", "Anna"),),
    history=(said("2024-06-28", "2025", status=Status.FILMING), said("2025-02-12", "2025-08")),
)
SNOW = Show("snow-line", "Snow Line", directors=("Mira Sole",), history=(said("2025-05-01", "2026"),))
QUIET = Show("quiet-room", "Quiet Room", status=Status.ANNOUNCED)
MIRA = Person("Mira Solé", aliases=("ミラ", "미라"))
LIST = Watchlist((HARBOUR, SNOW, QUIET), (MIRA, Person("Jun Abe")), (DamagedEntry(9, "no title"),))


def test_get_and_find() -> None:
    assert LIST.get("snow-line") is SNOW
    assert LIST.find("snow-line") is SNOW
    assert LIST.find("snow") is None


@pytest.mark.parametrize(
    ("wrong", "near"), [("harbor-lights", "harbour-lights"), ("snow", "snow-line"), ("Quiet Room", "quiet-room")]
)
def test_get_unknown_suggests(wrong: str, near: str) -> None:
    with pytest.raises(UnknownShow, match=f"No show has the id “{wrong}”. Did you mean {near}?"):
        LIST.get(wrong)


def test_get_unknown() -> None:
    with pytest.raises(UnknownShow, match="`tracker list` shows them all"):
        LIST.get("zzzz")


def test_get_damaged() -> None:
    damaged = Watchlist(damaged=(DamagedEntry(9, "no title.", show_id="amber"),))
    with pytest.raises(EntryUnreadable, match="Can't read “amber”, line 9: no title"):
        damaged.get("amber")


@pytest.mark.parametrize("name", ["Mira Solé", "mira sole", "ミラ", "みら", "미라"])
def test_person(name: str) -> None:
    assert LIST.person(name) is MIRA
    assert LIST.person(name[:-1]) is None


def test_person_spelled_otherwise() -> None:
    cards = (Person("Sol Mina"), Person("Sol Min-a"), Person("Abe Jun"))
    shows = tuple(
        Show(f"{n}", "A", cast=(Credit(name),)) for n, name in enumerate(("Sol Min-a", "Sol Mi-na", "Sol Mina"))
    )
    watchlist = Watchlist(shows, cards)
    names = [
        found.name for name in ("Sol Mina", "Sol Min-a", "Sol Mi-na", "Abe-Jun") if (found := watchlist.person(name))
    ]
    assert names == ["Sol Mina", "Sol Min-a", "Sol Mina", "Abe Jun"]
    assert [show.id for show in watchlist.shows_with(("Sol Min-a",))] == ["0", "2"]


def test_shows_with() -> None:
    assert LIST.shows_with((MIRA.name, *MIRA.aliases)) == (HARBOUR, SNOW)
    assert LIST.shows_with(()) == ()


def test_as_of_shows() -> None:
    assert [show.id for show in LIST.as_of(date(2025, 3, 1)).shows] == ["harbour-lights", "quiet-room"]
    assert [show.id for show in LIST.as_of(date(2025, 5, 1)).shows] == ["harbour-lights", "snow-line", "quiet-room"]


def test_as_of_keeps_the_rest() -> None:
    then = LIST.as_of(date(2020, 1, 1))
    assert (then.people, then.damaged) == (LIST.people, LIST.damaged)


def test_as_of_undated_claim() -> None:
    show = Show("a", "A", history=(Claim(status=Status.RUMORED),))
    assert Watchlist((show,)).as_of(date(2025, 1, 1)).get("a").history == ()
