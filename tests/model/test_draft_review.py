from __future__ import annotations

import pytest

from tests.model.drafts import LIST, TEXT, fact, read
from tracker.errors import BadValue
from tracker.model.article_draft import Article, Draft
from tracker.model.draft_import import Match
from tracker.model.draft_review import DraftReview
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_said_date

LANTERNS = Match(Show("paper-lanterns", "Paper Lanterns"), "same title", has_same_title=True)
ORCHARD = Match(Show("glass-orchard", "Glass Orchard"), "Han Seorin and 1 other in its cast")


def article(day: str = "2026-11-20", text: str = TEXT) -> Article:
    return Article(text, published=parse_said_date(day)[0] if day else None)


def sheet(day: str = "2026-11-20") -> DraftReview:
    return DraftReview.of(read(article(day)))


def at(sheet: DraftReview, field: str, value: str = "") -> int:
    return next(
        n
        for n, line in enumerate(sheet.lines)
        if line.field == field and (not value or (line.fact is not None and line.fact.value == value))
    )


def test_untouched() -> None:
    assert sheet().draft == read(article())
    assert not sheet().is_changed


def test_empty_lines() -> None:
    empty = DraftReview.of(Draft(reason="it is no news."))
    assert [line.field for line in empty.lines] == ["title", "kind", "status", "release"]
    assert empty.draft == Draft()


def test_order_of_a_list() -> None:
    names = [line.fact.value for line in sheet().lines if line.field == "cast" and line.fact]
    assert names == ["Ines Valdor", "Han Seorin", "Abel Kuro"]
    assert sheet().draft.names("cast") == ("Han Seorin", "Abel Kuro", "Ines Valdor")


def test_toggle() -> None:
    dropped = sheet().toggle(at(sheet(), "cast", "Abel Kuro"))
    assert dropped.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert dropped.is_changed
    again = dropped.toggle(at(sheet(), "cast", "Abel Kuro"))
    assert again == sheet()


def test_toggle_nothing() -> None:
    empty = sheet("")
    assert empty.toggle(at(empty, "release")) == empty


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "  Paper\n Lanterns 2 ", "Paper Lanterns 2"), ("kind", "movie", "film"),
        ("status", "in production", "filming"), ("release", " Q3 2027", "Q3 2027"),
        ("networks", "Lumen, the old", "Lumen, the old"), ("directors", "Ana Ruiz", "Ana Ruiz"),
    ],
)  # fmt: skip
def test_with_text(field: str, text: str, value: str) -> None:
    written = sheet().with_text(at(sheet(), field), text)
    [found] = [one for one in written.draft.facts if one.field == field]
    assert found.value == value
    assert found.quote == ""
    assert written.lines[at(sheet(), field)].is_edited


def test_with_text_release_and_status() -> None:
    draft = sheet().with_text(at(sheet(), "release"), "2027-Q3").with_text(at(sheet(), "status"), "wrapped").draft
    assert draft.release is not None
    assert draft.release.edtf == "2027-35"
    assert draft.status is Status.POST_PRODUCTION


def test_with_text_actor_and_role() -> None:
    place = at(sheet(), "cast", "Abel Kuro")
    assert sheet().lines[place].text == "Abel Kuro = Ren"
    draft = sheet().with_text(place, "Abel Kurosawa = Ren the Younger").draft
    assert draft.cast[1] == Credit("Abel Kurosawa", "Ren the Younger")


@pytest.mark.parametrize(
    ("field", "text"), [("release", "sometime"), ("status", "asleep"), ("kind", "x"), ("cast", "= x")]
)
def test_with_text_bad_value(field: str, text: str) -> None:
    with pytest.raises(BadValue, match=r"“|no actor"):
        sheet().with_text(at(sheet(), field), text)


def test_with_text_unchanged() -> None:
    for number, line in enumerate(sheet().lines):
        assert sheet().with_text(number, line.text) == sheet(), line.field


def test_with_text_empty() -> None:
    assert sheet().with_text(at(sheet(), "title"), " ").draft.title == ""
    by_hand = sheet("").with_text(at(sheet(""), "release"), "2027")
    assert by_hand.draft.release is not None
    assert by_hand.with_text(at(by_hand, "release"), "") == sheet("")


def test_preview_line() -> None:
    line = sheet().lines[at(sheet(), "release")]
    assert line.preview("2027-Q3") == "Jul–Sep 2027"
    assert line.preview("") == "dropped"
    assert sheet().lines[0].preview("Any") == ""


def test_with_matches() -> None:
    assert sheet().with_matches((LANTERNS, ORCHARD)).target == "paper-lanterns"
    assert sheet().with_matches((ORCHARD,)).target is None
    assert sheet().with_matches(()).target is None


def test_next_target() -> None:
    one = sheet().with_matches((LANTERNS, ORCHARD))
    targets = []
    for _ in range(4):
        assert one.next_match == one.next_target().match
        one = one.next_target()
        targets.append(one.target)
    assert targets == ["glass-orchard", None, "paper-lanterns", "glass-orchard"]


def test_with_matches_keeps_target() -> None:
    new = sheet().with_matches((LANTERNS,)).next_target()
    assert new.with_matches((LANTERNS, ORCHARD)).target is None
    picked = sheet().with_matches((LANTERNS, ORCHARD)).next_target()
    assert picked.with_matches((ORCHARD,)).target == "glass-orchard"
    assert picked.with_matches((LANTERNS,)).target == "paper-lanterns"


def test_with_draft_keeps_edits() -> None:
    mine = sheet("").toggle(at(sheet(""), "cast", "Abel Kuro")).with_text(at(sheet(""), "title"), "Lanterns")
    again = mine.with_matches((LANTERNS,)).next_target().with_draft(read(article()))
    assert again.draft.title == "Lanterns"
    assert again.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert again.draft.release is not None
    assert again.target is None


def test_with_draft_keeps_dropped_date() -> None:
    mine = sheet().toggle(at(sheet(), "release"))
    assert mine.with_draft(read(article("2024-01-01"))).draft.release is None


def test_with_draft_other_quote() -> None:
    text = "It comes in May. Or in June."
    may = DraftReview.of(Draft((fact(text, "release", "2027-05", "It comes in May"),))).toggle(3)
    june = may.with_draft(Draft((fact(text, "release", "2027-06", "Or in June"),)))
    assert june.draft.release is not None


def test_review_of_a_list() -> None:
    draft = read(article(text=LIST))
    assert [one.value for one in draft.titles] == ["Paper Lanterns", "Tin Harbour"]
    assert DraftReview.of(draft).draft.facts == ()
