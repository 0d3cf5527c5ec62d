from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidates import find_candidates
from tracker.clipper.confidence import ON_THE_LIST
from tracker.clipper.known import KnownList
from tracker.clipper.text import read_text
from tracker.clipper.titles import title_key
from tracker.model.show import Credit, Show

FERRY = Show(
    "ferry",
    "Old Ferry",
    original_title="낡은 배",
    aliases=("The Boat Home", "Ferrymen"),
    networks=("tvN",),
    directors=("Jon Poe",),
    cast=(Credit("Ida Roe", "Anna"),),
)
NEXT = Show("ferry-2", "Old Ferry", season=2, cast=(Credit("Mina Doe"),))


def annotated(*sentences: str, shows: tuple[Show, ...] = (FERRY,), title: str = "") -> AnnotatedArticle:
    return AnnotatedArticle(read_text("\n\n".join(sentences)), title=title, known=KnownList(shows))


def test_list() -> None:
    known = KnownList([FERRY, NEXT])
    assert known.titles["oldferry"] == [FERRY, NEXT]
    assert known.titles[title_key("낡은 배")] == known.titles["boathome"] == [FERRY]
    assert known.titles[title_key(NEXT.full_title)] == [NEXT]
    assert known.names_of("oldferry")["cast"] == {"idaroe", "minadoe"}
    assert not any(known.names_of("lasttram").values())


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("Ida Roe will star in Old Ferry, a drama after her film Last Tram.", "oldferry"),
        ("Ida Roe To Lead The Boat Home Beside Jon Poe", "boathome"),
        ("Ida Roe is seen in the drama “Ferrymen”.", "ferrymen"),
    ],
)
def test_show_of_the_list(sentence: str, key: str) -> None:
    read = annotated(sentence)
    assert read.main_key == key
    assert ON_THE_LIST in read.ranked_titles[0].signs


def test_people_of_the_list() -> None:
    read = annotated("Ida Roe stars in “Old Ferry”, a drama by director Jon Poe that tvN and JTBC show.")
    known = {(one.field, one.value) for one in find_candidates(read) if ON_THE_LIST in one.signs}
    assert known == {("title", "Old Ferry"), ("cast", "Ida Roe"), ("directors", "Jon Poe"), ("networks", "tvN")}


def test_without_a_list() -> None:
    read = annotated("Ida Roe will star in “Old Ferry” on tvN.", shows=())
    assert not any(ON_THE_LIST in one.signs for one in find_candidates(read))


def test_wanted_title() -> None:
    assert annotated("Ida Roe will star in Last Tram, she says.", shows=(), title="Last Tram").main_key == "lasttram"
