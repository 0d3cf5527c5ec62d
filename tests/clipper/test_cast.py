from __future__ import annotations

import pytest

from tests.clipper.drafts import cast_of, draft_of

HEAD = "tvN orders “Old Ferry”"
SHOW = "tvN’s drama “Old Ferry”"


def cast(*paragraphs: str, headline: str = HEAD) -> dict[str, str]:
    """Return who plays in a drama that tvN will air, and whom."""
    return cast_of(draft_of(headline, *paragraphs, "tvN will air “Old Ferry” in May."))


# Roles


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ida Roe will play Hana Vik in {SHOW}.",
        f"Ida Roe plays Hana Vik, a pilot who cannot swim, in {SHOW}.",
        f"Ida Roe will play a pilot called Hana Vik in {SHOW}.",
        f"Ida Roe stars in {SHOW} as Hana Vik, a pilot.",
        f"Ida Roe takes on the role of Hana Vik in {SHOW}.",
        f"Ida Roe has been cast as the pilot Hana Vik in {SHOW}.",
        f"Ida Roe is set to portray Hana Vik in {SHOW}.",
        f"Actress Ida Roe transforms into Hana Vik in {SHOW}.",
        f"The role of Hana Vik in {SHOW} goes to Ida Roe.",
        f"Ida Roe leads {SHOW}. Her character is Hana Vik, a pilot.",
        f"Hana Vik is played by Ida Roe in {SHOW}.",
        f"Ida Roe stars in {SHOW}. Roe plays Hana Vik, a pilot.",
        f"Ida Roe stars in {SHOW}. She plays Hana Vik, a pilot.",
        f"Ida Roe stars in {SHOW}. The actress will play Hana Vik.",
        "The drama “Old Ferry” follows Hana Vik (Ida Roe), a pilot who cannot swim.",
        "“Old Ferry” stars Ida Roe (“Last Tram”) as Hana Vik.",
        "In “Old Ferry”, Ida Roe brings Hana Vik to life.",
    ],
)
def test_role(sentence: str) -> None:
    assert cast(sentence) == {"Ida Roe": "Hana Vik"}


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ida Roe and Mina Doe play Hana and Sora respectively in {SHOW}.",
        f"Ida Roe and Mina Doe will play Hana and Sora, respectively, in {SHOW}.",
        "“Old Ferry” stars Ida Roe as Hana and Mina Doe as Sora.",
        "“Old Ferry” stars Ida Roe (Hana) and Mina Doe (Sora).",
        "“Old Ferry” follows Hana (Ida Roe), who steers a boat, and Sora (Mina Doe), her sister.",
        f"Ida Roe will play Hana in {SHOW}, while Mina Doe plays her sister Sora.",
        f"Ida Roe will play Hana in {SHOW}. Opposite her, Mina Doe plays Sora.",
        f"Ida Roe will play Hana in {SHOW}. Mina Doe takes on the role of Sora, a nurse.",
        f"The role of Hana goes to Ida Roe. Sora is played by Mina Doe. {SHOW} comes in May.",
        f"Ida Roe and Mina Doe star in {SHOW}. Roe plays Hana, and Doe plays Sora.",
    ],
)
def test_roles_of_two(sentence: str) -> None:
    assert cast(sentence) == {"Ida Roe": "Hana", "Mina Doe": "Sora"}


def test_roles_respectively() -> None:
    assert cast(f"Ida Roe, Mina Doe and Jon Poe will play Hana, Sora and Minho respectively in {SHOW}.") == {
        "Ida Roe": "Hana", "Mina Doe": "Sora", "Jon Poe": "Minho",
    }  # fmt: skip


def test_hyphenated_names() -> None:
    assert cast(
        "Kim Ha-ru takes on the role of Baek Do-a, a nurse who cannot sleep, in “Old Ferry”. "
        "Opposite her, Lee Jun-oh plays Han Si-u."
    ) == {"Kim Ha-ru": "Baek Do-a", "Lee Jun-oh": "Han Si-u"}


@pytest.mark.parametrize("line", ["{} as {}", "{} – {}", "• {} as {}", "{} as {}, a pilot"])
def test_cast_list(line: str) -> None:
    lines = "\n".join(
        line.format(*pair) for pair in (("Ida Roe", "Hana"), ("Mina Doe", "Sora"), ("Jon Poe", "Min Vik"))
    )
    assert cast("“Old Ferry” is a drama.", "Cast", lines) == {
        "Ida Roe": "Hana", "Mina Doe": "Sora", "Jon Poe": "Min Vik",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Emily Roe", "Fred Poe", "Kelly Doe", "Ming Wu Hai"])
def test_name_like_a_verb(name: str) -> None:
    assert cast(f"{SHOW} is late. {name} will play Hana Vik.") == {name: "Hana Vik"}


def test_single_name() -> None:
    assert cast(f"Group IVO’s Sejin will make her debut in {SHOW} as Hana, alongside Ida Roe.") == {
        "Sejin": "Hana", "Ida Roe": "",
    }  # fmt: skip


# Without a role


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ida Roe and Mina Doe will star in {SHOW}.",
        f"{SHOW} stars Ida Roe and Mina Doe.",
        f"Starring Ida Roe and Mina Doe, {SHOW} is made in Busan.",
        f"Ida Roe will star alongside Mina Doe in {SHOW}.",
        f"Ida Roe has joined the cast of {SHOW}, which stars Mina Doe.",
        f"Ida Roe will lead {SHOW}. Mina Doe also joins the cast.",
        f"{SHOW} has cast Ida Roe and Mina Doe in the lead roles.",
        f"{SHOW}, headlined by Ida Roe and Mina Doe, is made in Busan.",
        f"Ida Roe and Mina Doe are in talks to star in {SHOW}.",
        f"Ida Roe (“Last Tram”) and Mina Doe (“Night Bus”, “The Quay”) will star in {SHOW}.",
        f"{SHOW} is about a boat.\n\nCast: Ida Roe, Mina Doe",
    ],
)
def test_starring(sentence: str) -> None:
    assert cast(sentence) == {"Ida Roe": "", "Mina Doe": ""}


def test_fullest_name() -> None:
    assert cast(f"Ida Roe will star in {SHOW}. Roe is 30. Ida is glad of it.") == {"Ida Roe": ""}


def test_counted_once() -> None:
    text = f"Ida Roe will star in {SHOW}. “Old Ferry” stars Ida Roe. Ida Roe leads the cast of the drama."
    assert cast(text, headline="Ida Roe to lead “Old Ferry”") == {"Ida Roe": ""}


def test_replacement() -> None:
    assert cast(f"Mina Doe replaces Ida Roe in {SHOW}. Roe withdrew over her dates.") == {"Mina Doe": ""}


# Who is not in it


@pytest.mark.parametrize(
    "sentence",
    [
        "Mina Doe, who was to play the pilot, has left the drama.",
        "Mina Doe turned down the lead role.",
        "Mina Doe had been cast as the pilot but withdrew over her dates.",
        "Mina Doe will not appear in “Old Ferry”, her agency said.",
        "Mina Doe has dropped out of “Old Ferry”.",
        "She replaces Mina Doe, who withdrew in January.",
        "Rumors that Mina Doe will star in “Old Ferry” are untrue, tvN said.",
        "Mina Doe denied that she will star in “Old Ferry”.",
    ],
)
def test_left_or_never_in_it(sentence: str) -> None:
    assert cast(f"Ida Roe will star in {SHOW}.", sentence) == {"Ida Roe": ""}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mina Doe plays Sora in “Last Tram”, which airs on tvN now.",
        "In “Last Tram”, Mina Doe played Captain Kim.",
        "Roe last starred in “Last Tram” with Mina Doe.",
        "Roe is known for “Last Tram”, in which she starred opposite Mina Doe.",
        "Meanwhile, “Night Bus”, starring Mina Doe, ends in April.",
        "It follows “Night Bus”, which stars Mina Doe.",
    ],
)
def test_in_other_work(sentence: str) -> None:
    assert cast(f"Ida Roe will star in {SHOW}.", sentence) == {"Ida Roe": ""}


@pytest.mark.parametrize(
    "sentence",
    [
        "It is based on the novel by Zed Zoe.",
        "It is adapted from Zed Zoe’s webtoon “A Boat at Dawn”.",
        "It is produced by Zed Zoe and Pat Pim for Pier Pictures.",
        "Executive producer is Zed Zoe.",
        "It is directed by Zed Zoe, and Pat Pim writes the script.",
        "Director Zed Zoe is at the helm, with a script by writer Pat Pim.",
        "Composer Zed Zoe writes the music.",
        "“I am glad,” said producer Zed Zoe.",
        "Zed Zoe, head of drama at tvN, said that it was late.",
        "Critic Zed Zoe said that it was late.",
    ],
)
def test_other_trade(sentence: str) -> None:
    assert cast(f"Ida Roe will star in {SHOW}. {sentence}") == {"Ida Roe": ""}


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” tells of Hana Vik, a pilot, and her brother Min Vik.",
        "The drama follows Hana Vik, who meets Min Vik on a boat.",
        "Set in 1950, it is the story of the pilot Hana Vik.",
    ],
)
def test_character_without_actor(sentence: str) -> None:
    assert cast(f"{sentence} Ida Roe will star in {SHOW}.") == {"Ida Roe": ""}
    assert cast(sentence) == {}
