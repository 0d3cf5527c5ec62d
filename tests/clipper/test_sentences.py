from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.article.sentences import MOST, passage_of

HEAD = "Old Ferry is dated"
BODY = "Harbour TV said that the drama comes in May."


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that are news."""
    return [one.text for one in passage_of(text).news]


def read_of(line: str) -> list[str]:
    """Return what is news of a line that stands between a headline and a paragraph."""
    return sentences(f"{HEAD}\n\n{line}\n\n{BODY}")[1:-1]


# The headline


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"{HEAD}\n\n{BODY}", HEAD),
        (f"\n\n  {HEAD}  \n{BODY}", HEAD),
        (f"“Old Ferry” Is Dated for May!\n\n{BODY}", "“Old Ferry” Is Dated for May!"),
        (f"Will “Old Ferry” come?\n\n{BODY}", "Will “Old Ferry” come?"),
        (f"Nov 3 2026\n\n{HEAD}\n\n{BODY}", HEAD),
        (f"2026-11-03 09:30\n\n{HEAD}\n\n{BODY}", HEAD),
        (BODY, ""),
        (f"{BODY}\n\n{BODY}\n\n{BODY}\n\n{HEAD}", ""),
        ("", ""),
    ],
)
def test_headline(text: str, headline: str) -> None:
    assert passage_of(text).headline == headline


def test_headline_of_page() -> None:
    passage = passage_of(f"{HEAD}\n\n{BODY}", "Another headline")
    assert passage.headline == "Another headline"
    assert [one.text for one in passage.sentences] == [HEAD, BODY]


# Sentences


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It was late. It comes in May.", ["It was late.", "It comes in May."]),
        ("Will it come? Yes! It will…  In May.", ["Will it come?", "Yes!", "It will…", "In May."]),
        ("“We waited.” They did.", ["“We waited.”", "They did."]),
        ("They said: “It comes.” “When?” Nobody knows.", ["They said: “It comes.”", "“When?”", "Nobody knows."]),
        ("It sank (it really did.) She swims.", ["It sank (it really did.)", "She swims."]),
        ("배가 간다. 그녀는 온다.", ["배가 간다.", "그녀는 온다."]),
        ("It is late. Mr. Roe plays the pilot.", ["It is late.", "Mr. Roe plays the pilot."]),
        ("It is late. J.K. Doe wrote it. It is long.", ["It is late.", "J.K. Doe wrote it.", "It is long."]),
        ("It grew by 8.5 percent. 3.4 of ten saw it.", ["It grew by 8.5 percent.", "3.4 of ten saw it."]),
        ("See pier.example for more. it is a page.", ["See pier.example for more. it is a page."]),
    ],
)
def test_sentences(line: str, expected: list[str]) -> None:
    assert read_of(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "It is Mr. Roe who plays her father.", "The ferry of Mrs. Doe and Dr. Kim sinks near St. Clair.",
        "A tale by J.K. Doe is behind it.", "A tale by J. K. Doe is behind it.", "The No. 1 drama of the week ends.",
        "It came out on Jan. 5 and Sept. 3 of that year.", "The U.S. Navy lent a boat.",
        "It was made by Pier Inc. Studios of Busan.", "Vol. 3 of the tale and Ep. 4 of the drama differ.",
        "Robert Roe Jr. Returns to the sea.", "It is Ferry vs. Tram again.",
    ],
)  # fmt: skip
def test_abbreviations(line: str) -> None:
    assert read_of(line) == [line]


def test_lines_are_paragraphs() -> None:
    passage = passage_of(f"{HEAD}\n\nIt was late. It comes.\nThe boat sinks\n\n\n   It floats.   ")
    assert [(one.text, one.paragraph) for one in passage.sentences] == [
        (HEAD, 0), ("It was late.", 1), ("It comes.", 1), ("The boat sinks", 2), ("It floats.", 3),
    ]  # fmt: skip


def test_sentence_without_end() -> None:
    passage = passage_of("word " * 1_000)
    assert max(len(one.text) for one in passage.sentences) < 1_000
    assert sum(len(one.text) for one in passage.sentences) > 4_900


@pytest.mark.parametrize(
    "start",
    [
        "SEOUL, Nov. 3 (Pier Press) -- ",
        "SEOUL (Pier Press) — ",
        "BUSAN, SOUTH KOREA – ",
        "LOS ANGELES, November 3, 2026 - ",
    ],
)
def test_dateline_dropped(start: str) -> None:
    assert read_of(f"{start}The drama comes in May. It was late.") == ["The drama comes in May.", "It was late."]


# What is no news


@pytest.mark.parametrize(
    "line",
    [
        "Related: Last Tram premieres on May 3, 2027", "Also read: Last Tram premieres on May 3, 2027",
        "READ MORE: Last Tram Premieres on May 3, 2027", "See also: “Last Tram”", "Don’t miss: “Last Tram”",
        "Source: Pier Press", "Source (1) (2)", "Sources: Pier Press, Quay Daily", "Via: Quay Daily",
        "Photo: Harbour TV", "Image courtesy of Harbour TV", "Photo credit: Ida Roe", "Tags: Last Tram, Zed Zoe",
        "Filed under: news", "Editor's note: this was corrected.", "By Mina Doe | November 3, 2026",
        "Posted by Mina Doe on November 3, 2026", "What do you think of “Last Tram”?",
        "How does this article make you feel?", "Stay tuned for “Last Tram”!", "Are you excited for “Last Tram”?",
        "Last updated on May 3, 2027 10:15 am KST", "Updated May 3, 2027", "Page last modified: 3 May 2027",
        "Fact-checked by Mina Doe on May 3, 2027", "Retrieved on 2027-05-03", "Date: 2027-05-03", "Time: May 3, 2027",
        "Press release, May 3, 2027", "FOR IMMEDIATE RELEASE: May 3, 2027", "Photo taken on May 3, 2027",
        "Reporting by Mina Doe on May 3, 2027", "Most read in May 2027",
        "New on Lumen in May 2027", "Archive, May 2027",
        "© 2026 The Pier Post", "Copyright 2026 The Pier Post. All rights reserved.",
        "ferryfan_99: I hope that “Last Tram” comes in May 2027", "u/ferryfan_99 says it comes in 2027",
    ],
)  # fmt: skip
def test_noise(line: str) -> None:
    assert read_of(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Release date: May 3, 2027", "Coming to Lumen on May 3, 2027", "Updated release date: May 3, 2027",
        "May 3, 2027",
        "Photo of the set, which opens on May 3, 2027",
    ],
)  # fmt: skip
def test_news_with_a_date(line: str) -> None:
    assert read_of(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Related Articles", "Related stories:", "You may also like", "More from The Pier Post", "Comments",
        "3 comments", "Leave a comment", "Leave a Reply", "Trending now", "Read next", "Most read",
        "About the author",
    ],
)  # fmt: skip
def test_after_the_end(line: str) -> None:
    text = f"{HEAD}\n\n{BODY}\n\n{line}\n\nLast Tram premieres on May 3, 2027\n\nIt stars Zed Zoe. She is great."
    assert sentences(text) == [HEAD, BODY]
    assert passage_of(text).sentences[-1].is_aside


# Anything


def test_limit() -> None:
    passage = passage_of("It was late. " * 200_000)
    assert len(passage.text) == MOST
    assert passage.sentences[-1].end <= MOST


PIECES = st.lists(
    st.sampled_from([
        "It comes", ". ", "? ", "…", "\n", "\n\n", " ", "Mr. ", "J.K. ", "“", "”", "(", ")", "Related: ", "Comments",
        "SEOUL -- ", "2026", "Old Ferry", "배", "🚢", ":", "1. ", "\u2028", "\u00a0", "x" * 900,
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES, st.sampled_from(["", HEAD]))
def test_any_text(text: str, headline: str) -> None:
    passage = passage_of(text, headline)
    at = 0
    for one in passage.sentences:
        assert text[one.start : one.end] == one.text != ""
        assert at <= one.start
        at = one.end
    numbers = [one.paragraph for one in passage.sentences]
    assert numbers == sorted(numbers)
