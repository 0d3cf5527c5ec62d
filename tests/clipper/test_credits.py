from __future__ import annotations

import pytest

from tests.clipper.drafts import draft_of
from tracker.model.article_draft import Draft

SHOW = "tvN’s drama “Old Ferry”"


def draft(*paragraphs: str) -> Draft:
    """Return the draft of an article about a drama in which Ida Roe plays."""
    return draft_of("tvN orders “Old Ferry”", *paragraphs, "Ida Roe will star in “Old Ferry”, which tvN airs in May.")


# Directors


@pytest.mark.parametrize(
    "sentence",
    [
        f"Jon Poe will direct {SHOW}.",
        f"Jon Poe directs {SHOW}.",
        f"{SHOW} is directed by Jon Poe.",
        f"Directed by Jon Poe, {SHOW} tells of a boat.",
        f"Director Jon Poe is at the helm of {SHOW}.",
        f"Jon Poe helms {SHOW}.",
        f"PD Jon Poe takes the megaphone for {SHOW}.",
        f"Jon Poe, who made “Last Tram”, will direct {SHOW}.",
        f"Jon Poe (“Last Tram”) is directing {SHOW}.",
        f"{SHOW} is helmed by Jon Poe of “Last Tram”.",
        f"{SHOW} is a boat’s tale. Jon Poe is attached to direct.",
        f"{SHOW} is a boat’s tale. Jon Poe is on board as director.",
        f"{SHOW} is a boat’s tale.\n\nDirector: Jon Poe",
    ],
)
def test_directs(sentence: str) -> None:
    assert draft(sentence).names("directors") == ("Jon Poe",)
    assert draft(sentence).names("writers") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        f"Jon Poe and Lou Lim will direct {SHOW}.",
        f"{SHOW} is directed by Jon Poe and Lou Lim.",
        f"{SHOW} is a boat’s tale, directed by Jon Poe and Lou Lim.",
    ],
)
def test_two_direct(sentence: str) -> None:
    assert draft(sentence).names("directors") == ("Jon Poe", "Lou Lim")


# Writers


@pytest.mark.parametrize(
    "sentence",
    [
        f"Mina Doe writes {SHOW}.",
        f"{SHOW} is written by Mina Doe.",
        f"{SHOW} is penned by Mina Doe.",
        f"Mina Doe pens the script of {SHOW}.",
        f"Mina Doe is writing the script for {SHOW}.",
        f"Screenwriter Mina Doe is behind {SHOW}.",
        f"{SHOW} comes from a script by Mina Doe.",
        f"{SHOW} is a boat’s tale. Mina Doe wrote the screenplay.",
        f"{SHOW} is a boat’s tale. The script is by Mina Doe (“Last Tram”).",
        f"{SHOW} is a boat’s tale.\n\nWriter: Mina Doe",
    ],
)
def test_writes(sentence: str) -> None:
    assert draft(sentence).names("writers") == ("Mina Doe",)
    assert draft(sentence).names("directors") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} is written and directed by Jon Poe.",
        f"Jon Poe writes and directs {SHOW}.",
        f"Jon Poe will write and direct {SHOW}.",
        f"Written and directed by Jon Poe, {SHOW} tells of a boat.",
    ],
)
def test_writes_and_directs(sentence: str) -> None:
    found = draft(sentence)
    assert (found.names("directors"), found.names("writers")) == (("Jon Poe",), ("Jon Poe",))


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} is directed by Jon Poe and written by Mina Doe.",
        f"Jon Poe directs {SHOW} from a script by Mina Doe.",
        f"Mina Doe writes {SHOW}, and Jon Poe directs it.",
        f"Director Jon Poe and writer Mina Doe make {SHOW}.",
        f"{SHOW} is helmed by Jon Poe of “Last Tram”, with a script by Mina Doe of “Night Bus”.",
        f"{SHOW} is a boat’s tale.\n\nDirector: Jon Poe\nWriter: Mina Doe",
    ],
)
def test_directors_and_writers(sentence: str) -> None:
    found = draft(sentence)
    assert (found.names("directors"), found.names("writers")) == (("Jon Poe",), ("Mina Doe",))


# Neither


@pytest.mark.parametrize(
    "sentence",
    [
        "It is based on the novel by Zed Zoe.",
        "It is based on the novel “A Boat at Dawn”, written by Zed Zoe.",
        "It is based on a bestselling novel that was written by Zed Zoe.",
        "It is adapted from the webtoon of the same name by Zed Zoe.",
        "Zed Zoe wrote the novel behind it.",
        "The novel, which Zed Zoe wrote in 1987, sold well.",
        "Zed Zoe writes the music.",
        "Zed Zoe is the author of the manga.",
        "It is produced by Zed Zoe.",
        "Casting director Zed Zoe said that it was hard.",
        "Zed Zoe is the art director.",
        "Zed Zoe is the director of photography.",
        "Zed Zoe, head of drama at tvN, said that it was late.",
        "The theme song is written by Zed Zoe.",
    ],
)
def test_neither(sentence: str) -> None:
    found = draft(f"{SHOW} tells of a boat. {sentence}")
    assert (found.names("directors"), found.names("writers")) == ((), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe is known for “Last Tram”, which Zed Zoe directed and Lou Lim wrote.",
        "Roe was last seen in “Last Tram”, directed by Zed Zoe.",
        "Meanwhile, “Night Bus” is written by Lou Lim and directed by Zed Zoe.",
        "It follows “Night Bus”, directed by Zed Zoe.",
        "Jon Poe replaces director Zed Zoe, who left in January.",
        "Zed Zoe was originally to direct it.",
    ],
)
def test_other_work_or_left(sentence: str) -> None:
    found = draft(f"Jon Poe directs {SHOW}, and Mina Doe writes it.", sentence)
    assert (found.names("directors"), found.names("writers")) == (("Jon Poe",), ("Mina Doe",))


def test_past_credit() -> None:
    found = draft(f"{SHOW} is directed by Jon Poe (“Last Tram”, “Night Bus”), who made it for Pier Pictures.")
    assert found.names("directors") == ("Jon Poe",)


def test_director_is_no_actor() -> None:
    found = draft(f"Jon Poe writes and directs {SHOW}.")
    assert [one.actor for one in found.cast] == ["Ida Roe"]


def test_nobody_named() -> None:
    found = draft(f"{SHOW} is written and directed by newcomers, whose names are not known.")
    assert (found.names("directors"), found.names("writers")) == ((), ())
