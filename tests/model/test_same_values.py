from __future__ import annotations

import pytest

from tracker.model.same_values import network_form, same_value, value_key
from tracker.model.show import Credit, Show

SHOW = Show("old-ferry", "Old Ferry")


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("title", "It's a Road – Salt", "It’s a Road - Salt"), ("title", "솔 로드", "솔로드"),
        ("title", "Salt & Road", "Salt and Road"), ("aliases", ("Salt-Road",), ("Saltroad", "Salt Road")),
        ("networks", ("TV Lumen",), ("TVLumen",)), ("networks", ("Lumen+",), ("Lumen Plus",)),
        ("directors", ("Jin-Woo Han",), ("Jin–Woo Han",)), ("genres", ("sci-fi",), ("Sci-Fi",)),
        ("cast", (Credit("Peter O'Hara", "Kim's friend"),), (Credit("Peter O’Hara", "Kim’s friend"),)),
        ("synopsis", "She said: 'It's here' - now.", "She said:  “It’s here” – now."),
    ],
)  # fmt: skip
def test_same_value(field: str, mine: object, theirs: object) -> None:
    show = SHOW._replace(**{field: mine})  # type: ignore[arg-type]
    assert same_value(show, field, theirs)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("TV Tokyo", "TV TOKYO", True), ("JTBC", "jtbc", True), ("Netflix", "Netflix Japan", True),
        ("Netflix", "Netflix Korea", True), ("Netflix (US)", "NETFLIX", True),
        ("Prime Video", "Amazon Prime Video", True),
        ("Disney+", "Disney Plus", True), ("Disney+", "Disney+ Hotstar", True), ("Apple TV+", "Apple TV", True),
        ("HBO Max", "Max", True), ("The CW", "CW", True), ("SBS", "SBS TV", True), ("Fuji TV", "Fuji Television", True),
        ("Nippon TV", "NTV", True), ("KBS 2", "KBS2", True), ("U-NEXT", "UNEXT", True),
        ("KBS1", "KBS2", False), ("BBC One", "BBC Two", False), ("TV Tokyo", "Tokyo MX", False), ("tvN", "JTBC", False),
        ("Netflix", "Hulu", False), ("Channel 4", "Channel 5", False), ("TV Asahi", "TV Aichi", False),
        ("Japan TV", "Korea TV", False), ("TV", "Channel", False),
    ],
)  # fmt: skip
def test_networks(one: str, other: str, is_same: bool) -> None:
    assert (network_form(one) == network_form(other)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Park Seo-joon", "Seo Joon Park", True), ("Park Seo-joon", "PARK SEOJOON", True),
        ("Seojoon Park", "Park Seo Joon", True),
        ("Isomura Hayato", "Hayato Isomura", True), ("Zoë O’Neil", "Zoe O'Neil", True), ("Mo Jiwoo", "Ji-woo Mo", True),
        ("Park Seo-joon", "Park Hyung-sik", False), ("Park Min-a", "Park Mi-na", False), ("Mina", "Amin", False),
        ("Ito Haruna", "Ito Haruka", False), ("김태희", "김태리", False),
    ],
)  # fmt: skip
def test_people_in_any_order(one: str, other: str, is_same: bool) -> None:
    for field, value in (("writers", str), ("cast", Credit)):
        show = SHOW._replace(**{field: (value(one),)})  # type: ignore[arg-type]
        assert same_value(show, field, (value(other),)) is is_same
    if is_same:
        assert value_key("writers", (one,)) == value_key("writers", (other,))


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("title", "Love 101", "Love 10 1"), ("title", "The Ferry Man", "Ferry Man"),
        ("networks", ("Lumen+",), ("Lumen",)),
        ("networks", ("Lumen",), ("Lumen 2",)), ("synopsis", "It rains.", "It rained."), ("title", "Salt 2", "Salt 3"),
    ],
)  # fmt: skip
def test_other_value(field: str, mine: object, theirs: object) -> None:
    show = SHOW._replace(**{field: mine})  # type: ignore[arg-type]
    assert not same_value(show, field, theirs)
