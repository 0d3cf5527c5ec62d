from __future__ import annotations

from datetime import date

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.release import find_releases, is_coming, read_dates, window_of
from tracker.clipper.text import read_text

PUBLISHED = date(2026, 3, 10)


def annotated(*sentences: str, published: date | None = PUBLISHED) -> AnnotatedArticle:
    lead = "The drama series “Old Ferry” is about a captain."
    return AnnotatedArticle(read_text("\n\n".join((lead, *sentences))), published, title="Old Ferry")


def coming(*sentences: str) -> list[str]:
    """Return the dates on which the show is to come out, as EDTF."""
    found = [one for one in find_releases(annotated(*sentences)) if is_coming(one.signs)]
    return [window.edtf or "" for one in found if (window := window_of(one.value))]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” premieres on May 14, 2026.",
        "“Old Ferry” will premiere May 14 on tvN.",
        "The series is set to air on tvN on May 14 at 9 p.m.",
        "It comes out on May 14.",
        "The drama, starring Ida Roe and Mina Doe, lands on Netflix on May 14.",
        "The new drama, based on the novel of the same name, arrives on May 14.",
        "Netflix will release the series on May 14.",
        "tvN premieres “Old Ferry” on May 14.",
        "On May 14, “Old Ferry” opens in cinemas.",
        "Set to air on May 14, the drama follows a captain.",
        "Filming has wrapped, and the series is due on May 14.",
        "The series will be shot in Busan and shown in cinemas on May 14.",
        "“Old Ferry”, a drama about a captain, debuts on May 14.",
        "“Old Ferry” has a May 14 release date.",
        "The first episode will be shown on May 14.",
        "Originally scheduled for March 30, “Old Ferry” will now premiere on May 14.",
        "It was announced yesterday that “Old Ferry” will stream from May 14.",
        "“Old Ferry” will follow “Low Tide” and premieres on May 14.",
    ],
)
def test_comes_out(sentence: str) -> None:
    assert coming(sentence) == ["2026-05-14"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Her next film opens on May 14, 2026.",
        "Mina Doe’s new movie hits theaters on May 14.",
        "The director’s other drama airs in May 2026.",
        "A documentary about boats premieres on May 14.",
        "Dramas coming in 2026",
        "The writer’s first film comes out on May 14.",
        "The game on which it is based launches on May 14.",
        "A second season of her hit drama returns on May 14.",
        "The page will be back on May 14.",
        "The platform, which is set to launch on May 14, has ordered scripts.",
        "Paramount+ launches on May 14.",
        "The trailer for “Old Ferry” will be released on May 14.",
        "“Old Ferry”’s first teaser drops on May 14.",
        "The book will be published on May 14.",
        "The novel comes out on May 14.",
        "Filming for the series starts on May 14.",
        "The series begins filming on May 14.",
        "Production on “Old Ferry” is set to begin in May 2026.",
        "Ida Roe returns to the stage on May 14.",
        "It was announced on March 12 that “Old Ferry” has a director.",
        "The cast will attend the festival on May 14.",
        "“Old Ferry” premiered on March 1, 2026.",
        "“Old Ferry” was to premiere on May 14.",
        "The premiere of “Old Ferry” was to be May 14, but nobody can wait.",
        "The series won't premiere on May 14.",
        "It isn't the only new show coming to HBO this year.",
        "No new comedy to premiere this year has so many viewers.",
        "“Old Ferry” is set in the year 2040.",
        "Both series are scheduled to air this summer.",
    ],
)
def test_does_not_come_out(sentence: str) -> None:
    assert coming(sentence) == []


def test_date_in_several_places_is_one() -> None:
    found = list(
        find_releases(
            annotated(
                "Tickets are sold from May 14.", "“Old Ferry” opens on May 14.", "It is May 14 that fans wait for."
            )
        )
    )
    assert [(one.value, one.sentence) for one in found] == [("2026-05-14", 2)]
    assert {"out", "of title", "only one"} <= found[0].signs


def test_year_that_nobody_knows() -> None:
    without_day = annotated("“Old Ferry” will premiere on May 14.", published=None)
    assert list(find_releases(without_day)) == []
    assert [is_coming(one.signs) for one in read_dates(without_day)] == [True]
