from __future__ import annotations

from datetime import date

import pytest

from tests.clipper.drafts import draft_of, release_of

SHOW = "tvN’s drama “Old Ferry”"


def release(*paragraphs: str, published: date | None = date(2026, 3, 10)) -> str | None:
    """Return the release that an article about a drama tells, in EDTF."""
    draft = draft_of("tvN tells of “Old Ferry”", *paragraphs, "Ida Roe will star in “Old Ferry”.", published=published)
    assert not draft.is_abstained
    return release_of(draft)


# Clauses that tell it


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"{SHOW} will premiere on May 14, 2026.", "2026-05-14"),
        (f"{SHOW} will premiere on 14 May 2026.", "2026-05-14"),
        (f"{SHOW} will air in May 2026.", "2026-05"),
        (f"{SHOW} is slated for the second half of 2026.", "2026-41"),
        (f"{SHOW} is set for release in the third quarter of 2026.", "2026-35"),
        (f"{SHOW} arrives in summer 2026.", "2026-22"),
        (f"{SHOW} is scheduled to debut in 2027.", "2027"),
        (f"{SHOW} is expected in early 2027.", "2027"),
        (f"{SHOW} is due out in the fall of 2026.", "2026-23"),
        (f"{SHOW} comes out in June 2026.", "2026-06"),
        (f"{SHOW} hits screens on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} launches on 3 September 2026.", "2026-09-03"),
        (f"{SHOW} tells of a boat. It will be released on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} tells of a boat. The series is to stream from September 3, 2026.", "2026-09-03"),
        (f"tvN has set September 3, 2026 as the premiere date of {SHOW}.", "2026-09-03"),
        (f"{SHOW} aims for a release sometime in 2027.", "2027"),
        ("The film “Old Ferry” opens in cinemas on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} has been dated for September 3, 2026.", "2026-09-03"),
        (f"{SHOW} could come as early as 2027.", "2027"),
        (f"{SHOW} will premiere in May or June 2027.", "2027-05/2027-06"),
        (f"If all goes well, {SHOW} will premiere in 2027.", "2027"),
        (f"{SHOW} may be released in May 2027, sources said.", "2027-05"),
        (f"{SHOW} will air on Fridays from September 3, 2027.", "2027-09-03"),
        (f"The first season of {SHOW} aired in May 2024. It returns in May 2027.", "2027-05"),
        (f"{SHOW} tells of a boat.\n\nRelease date: September 3, 2026", "2026-09-03"),
        (f"{SHOW} stars Ida Roe. Her new drama premieres on September 3, 2026.", "2026-09-03"),
        (f"{SHOW}, her next project, airs on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} stars Ida Roe. It is her first drama and airs on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} stars Ida Roe. Unlike other dramas, it will premiere on September 3, 2026.", "2026-09-03"),
        (f"{SHOW} stars Ida Roe. After another drama ends, the series will air on September 3, 2026.", "2026-09-03"),
    ],
)
def test_release(sentence: str, expected: str) -> None:
    assert release(sentence) == expected
    assert release(sentence, published=None) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"{SHOW} will premiere next year.", "2027"),
        (f"{SHOW} is to air later this year.", "2026"),
        (f"{SHOW} will premiere this fall.", "2026-23"),
        (f"{SHOW} will premiere next month.", "2026-04"),
        (f"{SHOW} will premiere on Friday.", "2026-03-13"),
        (f"{SHOW} will premiere on December 24.", "2026-12-24"),
        (f"{SHOW} will premiere in January.", "2027-01"),
        (f"{SHOW} will be released on Christmas Day.", "2026-12-25"),
        (f"{SHOW} is slated for the first half of next year.", "2027-40"),
    ],
)
def test_relative(sentence: str, expected: str) -> None:
    assert release(sentence) == expected
    assert release(sentence, published=None) is None


# Dates of something else


@pytest.mark.parametrize(
    "sentence",
    [
        f"Filming of {SHOW} begins in May 2026.",
        f"{SHOW} will begin filming in May 2026.",
        f"{SHOW} is due to start shooting in May 2026 in Busan.",
        f"{SHOW} wrapped filming in February 2026.",
        f"Production of {SHOW} is set to start in the second half of 2026.",
        f"Cameras roll on {SHOW} next month.",
        f"The first script reading for {SHOW} was held on March 2, 2026.",
        f"{SHOW} is in post-production since February 2026.",
        f"{SHOW} is based on a 1987 novel.",
        f"{SHOW} is based on a novel that was published in May 2024.",
        f"{SHOW}, which is set in 2030, tells of a boat.",
        f"{SHOW} takes place in the summer of 2027.",
        f"tvN announced {SHOW} on March 9, 2026.",
        f"{SHOW} was announced in January 2026.",
        f"{SHOW} was ordered last year.",
        f"{SHOW} stars Ida Roe, who was born on May 3, 2001.",
        f"{SHOW} stars Ida Roe, who will enlist on May 3, 2026.",
        f"{SHOW} tells of a boat. A teaser was released on March 9, 2026.",
        f"{SHOW} tells of a boat. Tickets go on sale on May 1, 2026.",
        f"{SHOW} tells of a boat. The press conference is on May 1, 2026.",
        f"{SHOW} tells of a boat. The book will be released in May 2026.",
        f"{SHOW} tells of a boat. Roe’s album drops on May 1, 2026.",
        f"{SHOW} tells of a boat. Roe will host an award show on May 14, 2026.",
        f"{SHOW} tells of a boat. The first poster will be unveiled on March 20, 2026.",
    ],
)
def test_other_dates(sentence: str) -> None:
    assert release(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} stars Ida Roe. “Last Tram” will premiere on May 14, 2026.",
        f"{SHOW} stars Ida Roe. Meanwhile, “Last Tram” is slated for May 14, 2026.",
        f"{SHOW} stars Ida Roe, whose film “Last Tram” comes out on May 14, 2026.",
        f"{SHOW} stars Ida Roe. Roe will next be seen in “Last Tram”, which premieres on May 14, 2026.",
        f"{SHOW} is by the writer of “Last Tram” (2024).",
        f"{SHOW} is by the makers of “Last Tram”, which aired in May 2024.",
        f"{SHOW} stars Ida Roe. She debuted in 2019.",
        f"{SHOW} stars Ida Roe. “Last Tram” premiered on May 14, 2024.",
        f"{SHOW} stars Ida Roe. Her next film opens on May 14, 2026.",
        f"{SHOW} stars Ida Roe. Her new movie hits theaters on May 14, 2026.",
        f"{SHOW} stars Ida Roe. Ida Roe’s next drama airs in May 2026.",
        f"{SHOW} stars Ida Roe. The actress's upcoming movie is due in June 2026.",
        f"{SHOW} stars Ida Roe. tvN's other drama premieres on May 14, 2026.",
        f"{SHOW} stars Ida Roe. Another series by the writer is set to premiere in 2027.",
        f"{SHOW} stars Ida Roe. A documentary about boats premieres on May 14, 2026.",
        f"{SHOW} stars Ida Roe. On May 14, 2026, a documentary about boats premieres.",
        f"{SHOW} stars Ida Roe. The studio is also making a film for release in May 2026.",
        f"{SHOW} stars Ida Roe.\n\nK-dramas coming in 2027",
    ],
)
def test_other_works(sentence: str) -> None:
    assert release(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} began filming in January 2026 and will premiere in September 2026.",
        f"{SHOW} will premiere in September 2026. Filming wraps in May 2026.",
        f"Filming of {SHOW} starts in May 2026; it will be released in September 2026.",
        f"{SHOW} will premiere in September 2026, after “Last Tram”, which ends in August 2026.",
        f"{SHOW} will premiere in September 2026. “Last Tram” will premiere in May 2026.",
        f"{SHOW}, based on a novel of May 2024, will premiere in September 2026.",
        f"{SHOW} will premiere in September 2026, tvN announced on March 9, 2026.",
        f"{SHOW} will start filming in May 2026, aiming for a release in September 2026.",
        f"{SHOW} will film from May 2026 to August 2026 for a September 2026 release.",
        f"{SHOW} takes over the slot of “Last Tram” and will premiere in September 2026. “Last Tram” ends on May 8.",
        f"“Last Tram” premieres on May 14, 2026, followed by {SHOW} in September 2026.",
        f"{SHOW} will premiere in September 2026, two years after “Last Tram” aired in May 2024.",
    ],
)
def test_among_other_dates(sentence: str) -> None:
    assert release(sentence) == "2026-09"


# Old dates


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} has been pushed from May 14, 2026 to September 3, 2026.",
        f"{SHOW} has been moved up to September 3, 2026 from November 5, 2026.",
        f"{SHOW} has been delayed to September 3, 2026. It was originally scheduled for May 14, 2026.",
        f"Originally slated for May 14, 2026, {SHOW} will now premiere on September 3, 2026.",
        f"{SHOW} will premiere on September 3, 2026 instead of May 14, 2026.",
        f"{SHOW} moves to September 3, 2026. It had been due on May 14, 2026.",
        f"{SHOW} was to premiere on May 14, 2026. The new release date is September 3, 2026.",
    ],
)
def test_superseded(sentence: str) -> None:
    assert release(sentence) == "2026-09-03"


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW} will not premiere on May 14, 2026 as planned.",
        f"{SHOW} has been postponed indefinitely. It was originally scheduled for May 14, 2026.",
        f"{SHOW} will no longer air in May 2026. No new date is known.",
        f"{SHOW} has no release date yet.",
        f"{SHOW} tells of a boat. When it comes out is not known.",
    ],
)
def test_denied(sentence: str) -> None:
    assert release(sentence) is None


def test_quote() -> None:
    draft = draft_of("tvN tells of “Old Ferry”", f"{SHOW} stars Ida Roe. It will premiere on May 14, 2026. It is long.")
    fact = draft.fact("release")
    assert fact is not None
    assert fact.quote == "It will premiere on May 14, 2026."
