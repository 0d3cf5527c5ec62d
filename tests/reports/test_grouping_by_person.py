from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY
from tracker.model.show import Credit, Person, Show
from tracker.model.window_parser import parse_window
from tracker.reports.grouping import SORTS, Group, group_shows
from tracker.reports.listing import Listing
from tracker.reports.query import parse_query
from tracker.text import search_form

NAMES = ("Mina Sol", "MINA SOL", "Teo Brandt", "Ines Roca", "Ínes Roca", "솔미나")
CARDS = (Person("Mina Sol", ("솔미나",), follow=True), Person("Adam Quist"))
people = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)
listed = st.lists(st.tuples(people, people, people), max_size=6).map(
    lambda told: [
        Show(f"{place}", "A", cast=tuple(Credit(name) for name in cast), directors=directors, writers=writers)
        for place, (cast, directors, writers) in enumerate(told)
    ]
)
cards = st.sampled_from([(), CARDS, (Person("Teo Brandt"), *CARDS), (Person("Ines Roca", follow=True),)])


def show(id: str, *cast: str, **more: tuple[str, ...]) -> Show:  # noqa: A002
    return Show(id, id.upper(), cast=tuple(Credit(name) for name in cast), **more)  # type: ignore[arg-type]


def names(shows: list[Show], cards: tuple[Person, ...] = (), sort: str = "title") -> list[tuple[str, str]]:
    groups = group_shows(shows, "person", sort, TODAY, cards)
    return [(found.name, "".join(one.id for one in found.shows)) for found in groups]


def test_person_in_two_shows() -> None:
    shows = [show("a", "Mina Sol", "Teo Brandt"), show("b", "Teo Brandt", "Mina Sol"), show("c", "Ines Roca")]
    assert names(shows) == [("Mina Sol", "ab"), ("Teo Brandt", "ab"), ("Other shows", "c")]


def test_card_is_enough() -> None:
    shows = [show("a", "Adam Quist"), show("b", "Teo Brandt")]
    assert names(shows, CARDS) == [("Adam Quist", "a"), ("Other shows", "b")]


def test_spellings_are_one_person() -> None:
    assert names([show("a", "Ínes Roca"), show("b", "INES ROCA")]) == [("Ínes Roca", "ab")]


def test_spaces_are_one_person() -> None:
    shows = [show("a", "Mi Na-sol"), show("b", "Mi Nasol"), show("c", "솔 미나"), show("d", "솔미나")]
    assert names(shows) == [("Mi Na-sol", "ab"), ("솔 미나", "cd")]


def test_other_division_is_another_person() -> None:
    assert names([show("a", "Sol Min-a"), show("b", "Sol Mi-na")]) == [("Other shows", "ab")]
    shows = [show("a", "Sol Mina"), show("b", "Sol Min-a"), show("c", "Sol Mi-na")]
    assert names(shows) == [("Sol Mina", "ab"), ("Other shows", "c")]


def test_order_within_a_person() -> None:
    shows = [
        show("a", "Mina Sol")._replace(release=parse_window("2027")),
        show("b", "Mina Sol")._replace(release=parse_window("2026")),
        show("c"),
        show("d")._replace(release=parse_window("2026")),
    ]
    assert names(shows, sort="release") == [("Mina Sol", "ba"), ("Other shows", "dc")]
    assert names(shows, sort="title") == [("Mina Sol", "ab"), ("Other shows", "cd")]


@given(listed, st.sampled_from(SORTS), cards)
def test_every_show_under_its_people(shows: list[Show], sort: str, known: tuple[Person, ...]) -> None:
    by_name = {search_form(name): card.name for card in known for name in (card.name, *card.aliases)}
    in_it = {
        one.id: {
            search_form(by_name.get(search_form(name), name))
            for name in (*(credit.actor for credit in one.cast), *one.directors, *one.writers)
        }
        for one in shows
    }
    groups = group_shows(shows, "person", sort, TODAY, known)
    assert [found for found in groups if not found.shows or found.is_divider] == []
    assert len({search_form(found.name) for found in groups}) == len(groups)
    places = {one.id: [search_form(found.name) for found in groups if one in found.shows] for one in shows}
    for one in shows:
        expected = {
            name
            for name in in_it[one.id]
            if any(search_form(card.name) == name for card in known)
            or sum(name in other for other in in_it.values()) > 1
        }
        assert set(places[one.id]) == (expected or {"other shows"})
        assert sum(found.shows.count(one) for found in groups) == len(places[one.id])
    followed = {search_form(card.name) for card in known if card.follow}
    forms = [search_form(found.name) for found in groups if found.name != "Other shows"]
    assert forms == sorted(forms, key=lambda form: (form not in followed, form))
    assert [found.name for found in groups].count("Other shows") == any(
        place == ["other shows"] for place in places.values()
    )
    assert groups == group_shows(shows, "person", sort, TODAY, known)


def test_filter_drops_empty_people() -> None:
    shows = [show("amber", "Mina Sol"), show("zenith", "Mina Sol", "Teo Brandt"), show("quarry", "Teo Brandt")]
    shelf = Listing(shows, "person", "title", TODAY, people=CARDS)
    assert [found.name for found in shelf.groups] == ["Mina Sol", "Teo Brandt"]
    found = shelf.select(parse_query("title:quarry")).groups
    assert [(one.name, [one.id for one in one.shows]) for one in found] == [("Teo Brandt", ["quarry"])]
    assert [one.id for one in shelf.shows] == ["amber", "zenith", "quarry", "zenith"]


def test_filter_divider() -> None:
    above, line, below = (
        Group("Above", (show("amber"),)),
        Group("The line", (), is_divider=True),
        Group("Below", (show("zenith"),)),
    )
    shelf = Listing([], "none", "title", TODAY)
    shelf.groups = (above, line, below)
    assert shelf.select(parse_query("")).groups == (above, line, below)
    assert shelf.select(parse_query("title:amber")).groups == (above,)
    assert shelf.select(parse_query("title:zenith")).groups == (line, below)
    assert shelf.select(parse_query("title:quarry")).groups == ()
    assert [one.id for one in shelf.shows] == ["amber", "zenith"]
