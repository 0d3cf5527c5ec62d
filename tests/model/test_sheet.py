from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.model.article import Article
from tracker.model.draft import Draft
from tracker.model.sheet import Sheet, read_line, sheet_of
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.taking import Match
from tracker.model.window_parse import read_said

from .drafts import LIST, TEXT, fact, read

LANTERNS = Match(Show("paper-lanterns", "Paper Lanterns"), "same title", is_title=True)
ORCHARD = Match(Show("glass-orchard", "Glass Orchard"), "Han Seorin and 1 other in its cast")


def article(day: str = "2026-11-20", text: str = TEXT) -> Article:
    return Article(text, published=read_said(day)[0] if day else None)


def sheet(day: str = "2026-11-20") -> Sheet:
    return sheet_of(read(article(day)))


def at(sheet: Sheet, field: str, value: str = "") -> int:
    return next(
        n
        for n, line in enumerate(sheet.lines)
        if line.field == field and (not value or (line.fact is not None and line.fact.value == value))
    )


def test_untouched_it_gives_back_the_draft_that_was_read() -> None:
    assert sheet().draft == read(article())
    assert not sheet().is_changed


def test_what_is_not_said_has_a_line_to_be_written_in() -> None:
    empty = sheet_of(Draft(reason="it is no news."))
    assert [line.field for line in empty.lines] == ["title", "kind", "status", "release"]
    assert empty.draft == Draft()


def test_within_a_list_the_surest_comes_first_and_is_taken_in_the_articles_order() -> None:
    names = [line.fact.value for line in sheet().lines if line.field == "cast" and line.fact]
    assert names == ["Ines Valdor", "Han Seorin", "Abel Kuro"]
    assert sheet().draft.names("cast") == ("Han Seorin", "Abel Kuro", "Ines Valdor")


def test_a_fact_is_dropped_and_taken_again() -> None:
    dropped = sheet().toggled(at(sheet(), "cast", "Abel Kuro"))
    assert dropped.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert dropped.is_changed
    again = dropped.toggled(at(sheet(), "cast", "Abel Kuro"))
    assert again == sheet()


def test_nothing_cannot_be_dropped() -> None:
    empty = sheet("")
    assert empty.toggled(at(empty, "release")) == empty


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "  Paper\n Lanterns 2 ", "Paper Lanterns 2"),
        ("kind", "movie", "film"),
        ("status", "in production", "filming"),
        ("release", " Q3 2027", "Q3 2027"),
        ("networks", "Lumen, the old", "Lumen, the old"),
        ("directors", "Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_a_fact_is_written_anew(field: str, text: str, value: str) -> None:
    written = sheet().written(at(sheet(), field), text)
    [found] = [one for one in written.draft.facts if one.field == field]
    assert found.value == value
    assert found.quote == ""
    assert written.lines[at(sheet(), field)].is_edited


def test_a_written_release_has_a_window_and_a_status_is_one() -> None:
    draft = sheet().written(at(sheet(), "release"), "2027-Q3").written(at(sheet(), "status"), "wrapped").draft
    assert draft.release is not None
    assert draft.release.edtf == "2027-35"
    assert draft.status is Status.POST_PRODUCTION


def test_actor_and_role_are_written_together() -> None:
    place = at(sheet(), "cast", "Abel Kuro")
    assert sheet().lines[place].typed == "Abel Kuro = Ren"
    draft = sheet().written(place, "Abel Kurosawa = Ren the Younger").draft
    assert draft.cast[1] == Credit("Abel Kurosawa", "Ren the Younger")


@pytest.mark.parametrize(
    ("field", "text"), [("release", "sometime"), ("status", "asleep"), ("kind", "x"), ("cast", "= x")]
)
def test_what_is_no_value_is_refused_in_a_sentence(field: str, text: str) -> None:
    with pytest.raises(BadValue, match=r"“|no actor"):
        sheet().written(at(sheet(), field), text)


def test_the_articles_own_words_typed_again_are_no_edit() -> None:
    for number, line in enumerate(sheet().lines):
        assert sheet().written(number, line.typed) == sheet(), line.field


def test_nothing_typed_drops_what_was_read_and_forgets_what_was_written() -> None:
    assert sheet().written(at(sheet(), "title"), " ").draft.title == ""
    by_hand = sheet("").written(at(sheet(""), "release"), "2027")
    assert by_hand.draft.release is not None
    assert by_hand.written(at(by_hand, "release"), "") == sheet("")


def test_it_is_said_what_a_text_means() -> None:
    line = sheet().lines[at(sheet(), "release")]
    assert read_line(line, "2027-Q3") == "Jul–Sep 2027"
    assert read_line(line, "") == "dropped"
    assert read_line(sheet().lines[0], "Any") == ""


def test_an_entry_of_the_same_title_is_proposed_people_alone_are_a_hint() -> None:
    assert sheet().matched((LANTERNS, ORCHARD)).target == "paper-lanterns"
    assert sheet().matched((ORCHARD,)).target is None
    assert sheet().matched(()).target is None


def test_another_choice_goes_through_the_matches_and_a_new_show() -> None:
    one = sheet().matched((LANTERNS, ORCHARD))
    targets = []
    for _ in range(4):
        assert one.next_match == one.elsewhere().match
        one = one.elsewhere()
        targets.append(one.target)
    assert targets == ["glass-orchard", None, "paper-lanterns", "glass-orchard"]


def test_what_was_picked_stays_while_it_is_there() -> None:
    new = sheet().matched((LANTERNS,)).elsewhere()
    assert new.matched((LANTERNS, ORCHARD)).target is None
    picked = sheet().matched((LANTERNS, ORCHARD)).elsewhere()
    assert picked.matched((ORCHARD,)).target == "glass-orchard"
    assert picked.matched((LANTERNS,)).target == "paper-lanterns"


def test_another_reading_keeps_what_was_done() -> None:
    mine = sheet("").toggled(at(sheet(""), "cast", "Abel Kuro")).written(at(sheet(""), "title"), "Lanterns")
    again = mine.matched((LANTERNS,)).elsewhere().read_again(read(article()))
    assert again.draft.title == "Lanterns"
    assert again.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert again.draft.release is not None
    assert again.target is None


def test_a_dropped_date_that_is_another_after_another_reading_stays_dropped() -> None:
    mine = sheet().toggled(at(sheet(), "release"))
    assert mine.read_again(read(article("2024-01-01"))).draft.release is None


def test_a_fact_of_another_quote_is_a_new_one() -> None:
    text = "It comes in May. Or in June."
    may = sheet_of(Draft((fact(text, "release", "2027-05", "It comes in May"),))).toggled(3)
    june = may.read_again(Draft((fact(text, "release", "2027-06", "Or in June"),)))
    assert june.draft.release is not None


def test_a_list_has_titles_and_an_empty_sheet() -> None:
    draft = read(article(text=LIST))
    assert [one.value for one in draft.titles] == ["Paper Lanterns", "Tin Harbour"]
    assert sheet_of(draft).draft.facts == ()
