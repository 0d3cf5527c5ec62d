from __future__ import annotations

import sys
from itertools import count
from types import FrameType
from typing import Any, Self

import pytest

from tracker.model.show import Credit, Person, Show
from tracker.model.sightings import SightingIndex

SHOWS = (
    Show("slow-tram", "Slow Tram", original_title="느린 전차", aliases=("The Tram",)),
    Show("slow-tram-forever", "Slow Tram Forever"),
    Show(
        "signal", "Signal", original_title="시그널호", networks=("Kestrel",), cast=(Credit("Mina Doe"), Credit("Ann"))
    ),
    Show("you", "You", networks=("Kestrel",)),
    Show("who", "Who Are You"),
    Show("moving", "Moving"),
    Show("gulls", "The Gulls", networks=("Kestrel",)),
    Show("ferry", "Old Ferry & Sons", original_title="フェリー"),
    Show("mr", "Mr. Moon: the Return"),
    Show("kin", "KinFolk"),
    Show("upper", "NIGHT PIER"),
    Show("lower", "bread and salt"),
    Show("flower", "Flower", original_title="花"),
    Show("monster", "Monster", original_title="怪物"),
    Show("season-1", "Harbour Lights"),
    Show("season-2", "Harbour Lights", season=2),
    Show("dont", "Don’t Look Up There"),
    Show("in-youp", "Cafe Émile"),
)
PEOPLE = (
    Person("Hwang In-youp", ("황인엽",), follow=True),
    Person("Rain", ("Bi",), agency="Long Pier Agency", known_for=("Old Ferry", "Mill"), follow=True),
    Person("Ada Unfollowed"),
)
INDEX = SightingIndex(SHOWS, PEOPLE)


def named(text: str) -> list[str]:
    """Return the first entry of each title, or the person, that a text names."""
    return [sighting.person or sighting.show_ids[0] for sighting in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Slow Tram gets a date", "slow-tram"),
        ("SLOW TRAM GETS A DATE", "slow-tram"),
        ("Slow Tram’s director speaks", "slow-tram"),
        ("The slow Slow-Tram", "slow-tram"),
        ("Slow Tram Forever is filmed", "slow-tram-forever"),
        ("News of Mr. Moon: the Return", "mr"),
        ("News of Mr Moon The Return", "mr"),
        ("Old Ferry and Sons comes in May", "ferry"),
        ("KinFolk is renewed", "kin"),
        ("Night Pier is renewed", "upper"),
        ("Bread and Salt is renewed", "lower"),
        ("Don't Look Up There is out", "dont"),
        ("Café Emile is out", "in-youp"),
        ("느린 전차가 온다", "slow-tram"),
        ("ドラマ「フェリー」", "ferry"),
        ("主演はフェリーの人", "ferry"),
        ("The drama Signal is filmed", "signal"),
        ("Who plays in “Signal”?", "signal"),
        ("Who plays in ‘Signal,’ and why", "signal"),
        ("New Stills Of 'Moving' Are Out", "moving"),
        ("Signal Season 2 Is Coming", "signal"),
        ("You Season 4 Is Coming", "you"),
        ("What we know of “You” today", "you"),
        ("See “Who Are You” tonight", "who"),
        ("Mina Doe Talks About Signal And More", "signal"),
        ("Kestrel's Signal Is Coming", "signal"),
        ("The cast of Signal is on its way to Kestrel", "signal"),
        ("Signal (시그널호) is filmed", "signal"),
        ("Upcoming Drama Signal: First Stills", "signal"),
        ("映画「花」の公開日", "flower"),
        ("映画「怪物」の公開日", "monster"),
        ("Hwang In Youp’s next step", "Hwang In-youp"),
        ("Hwang In-youp leaves", "Hwang In-youp"),
        ("황인엽은 간다", "Hwang In-youp"),
        ("Rain of the Long Pier Agency sings", "Rain"),
        ("What Hwang Inyoup Does", "Hwang In-youp"),
        ("Upcoming Drama ‘Signal 2’ Has a Cast", "signal"),
        ("“Slow Tram: Part 2” is near", "slow-tram"),
        ("The Gulls begins filming", "gulls"),
        ("The Gulls", "gulls"),
        ("Nobody saw it come: The Gulls returns", "gulls"),
        ("“The Gulls” Is Back", "gulls"),
        ("Kestrel’s The Gulls Is Back", "gulls"),
        ("The Gulls Season 2 Is Filmed", "gulls"),
    ],
)
def test_name_is_found(text: str, wanted: str) -> None:
    assert named(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "The slow tram is late",
        "We take a slow Tram",
        "It was slow. Tram drivers are on strike",
        "Slow, Tram",
        "Slow Trams are late",
        "old ferry and sons",
        "bread and salt",
        "Moving Fans to Tears",
        "The Gulls Are Back in Town",
        "The gulls are back in town",
        "A Moving Drama About Loss",
        "This Drama Moving Fans To Tears Is Out",
        "Moving to Kestrel in May",
        "Signal problems on the line",
        "Signal Problems Stop Kestrel",
        "The signal is on Kestrel",
        "The K-Drama You Should See On Kestrel",
        "It is You, says Kestrel",
        "Who Are You Wearing Tonight?",
        "“Slow Tram of Doom” is another film",
        "“The Signal” is another film",
        "花が咲く",
        "大怪物がいる",
        "怪物がいる",
        "フェリーボートが来る",
        "아주느린 전차",
        "느린 전차역에 있다",
        "Rain in the north",
        "Ada Unfollowed leaves",
        "",
        "“”",
    ],
)
def test_common_words_name_nothing(text: str) -> None:
    assert named(text) == []


def test_all_names_of_a_text_in_their_order() -> None:
    text = "Slow Tram Forever, Old Ferry & Sons\nand Hwang In-youp in Slow Tram. Slow Tram!"
    assert named(text) == ["slow-tram-forever", "ferry", "Hwang In-youp", "slow-tram"]


def test_entries_of_one_title_and_the_season() -> None:
    [first] = INDEX.find("Harbour Lights is back")
    assert (first.show_ids, first.season) == (("season-1", "season-2"), None)
    [second] = INDEX.find("“Harbour Lights” Season 2: all about it")
    assert (second.show_ids, second.season) == (("season-1", "season-2"), 2)


def test_title_with_its_season_is_found_without() -> None:
    [sighting] = SightingIndex([Show("x", "Quiet Mill, season 3")]).find("Quiet Mill returns for season 3")
    assert sighting.show_ids == ("x",)


class _Steps:
    """Counts the lines that Python runs, which no clock of a busy machine changes."""

    def __init__(self) -> None:
        self.count = count()

    def __enter__(self) -> Self:
        sys.settrace(self._trace)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        self.total = next(self.count)

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        next(self.count)
        return self._trace


def test_places_in_the_text_as_it_is() -> None:
    text = "½… Slow  Kestrel, then ＳＬＯＷ Kestrel: slow kestrel. 전차 조금"
    places = SightingIndex([Show("x", "Slow Kestrel", original_title="전차 조금")]).find_places(text)
    assert [text[start:end] for start, end in places] == ["Slow  Kestrel", "ＳＬＯＷ Kestrel", "전차 조금"]


def test_growth_with_the_list() -> None:
    """A text costs the same however many titles there are that it does not name."""
    text = "Slow Tram comes in May, and the Old Pier Kestrel of 전차 조금 is Signal.\n" * 5

    def steps(shows: int) -> int:
        index = SightingIndex([Show(str(n), f"Slow Kestrel {n}", original_title=f"전차 {n}호") for n in range(shows)])
        index.find(text)
        with _Steps() as counted:
            index.find(text)
        return counted.total

    assert steps(2_000) < 1.2 * steps(200)
