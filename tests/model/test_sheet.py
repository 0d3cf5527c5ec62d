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


def test_untouched() -> None:
    assert sheet().draft == read(article())
    assert not sheet().is_changed


def test_empty_lines() -> None:
    empty = sheet_of(Draft(reason="it is no news."))
    assert [line.field for line in empty.lines] == ["title", "kind", "status", "release"]
    assert empty.draft == Draft()


def test_order_of_a_list() -> None:
    names = [line.fact.value for line in sheet().lines if line.field == "cast" and line.fact]
    assert names == ["Ines Valdor", "Han Seorin", "Abel Kuro"]
    assert sheet().draft.names("cast") == ("Han Seorin", "Abel Kuro", "Ines Valdor")


def test_toggle() -> None:
    dropped = sheet().toggled(at(sheet(), "cast", "Abel Kuro"))
    assert dropped.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert dropped.is_changed
    again = dropped.toggled(at(sheet(), "cast", "Abel Kuro"))
    assert again == sheet()


def test_toggle_nothing() -> None:
    empty = sheet("")
    assert empty.toggled(at(empty, "release")) == empty


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "  Paper\n Lanterns 2 ", "Paper Lanterns 2"), ("kind", "movie", "film"),
        ("status", "in production", "filming"), ("release", " Q3 2027", "Q3 2027"),
        ("networks", "Lumen, the old", "Lumen, the old"), ("directors", "Ana Ruiz", "Ana Ruiz"),
    ],
)  # fmt: skip
def test_with_text(field: str, text: str, value: str) -> None:
    written = sheet().written(at(sheet(), field), text)
    [found] = [one for one in written.draft.facts if one.field == field]
    assert found.value == value
    assert found.quote == ""
    assert written.lines[at(sheet(), field)].is_edited


def test_with_text_release_and_status() -> None:
    draft = sheet().written(at(sheet(), "release"), "2027-Q3").written(at(sheet(), "status"), "wrapped").draft
    assert draft.release is not None
    assert draft.release.edtf == "2027-35"
    assert draft.status is Status.POST_PRODUCTION


def test_with_text_actor_and_role() -> None:
    place = at(sheet(), "cast", "Abel Kuro")
    assert sheet().lines[place].typed == "Abel Kuro = Ren"
    draft = sheet().written(place, "Abel Kurosawa = Ren the Younger").draft
    assert draft.cast[1] == Credit("Abel Kurosawa", "Ren the Younger")


@pytest.mark.parametrize(
    ("field", "text"), [("release", "sometime"), ("status", "asleep"), ("kind", "x"), ("cast", "= x")]
)
def test_with_text_bad_value(field: str, text: str) -> None:
    with pytest.raises(BadValue, match=r"“|no actor"):
        sheet().written(at(sheet(), field), text)


def test_with_text_unchanged() -> None:
    for number, line in enumerate(sheet().lines):
        assert sheet().written(number, line.typed) == sheet(), line.field


def test_with_text_empty() -> None:
    assert sheet().written(at(sheet(), "title"), " ").draft.title == ""
    by_hand = sheet("").written(at(sheet(""), "release"), "2027")
    assert by_hand.draft.release is not None
    assert by_hand.written(at(by_hand, "release"), "") == sheet("")


def test_preview_line() -> None:
    line = sheet().lines[at(sheet(), "release")]
    assert read_line(line, "2027-Q3") == "Jul–Sep 2027"
    assert read_line(line, "") == "dropped"
    assert read_line(sheet().lines[0], "Any") == ""


def test_with_matches() -> None:
    assert sheet().matched((LANTERNS, ORCHARD)).target == "paper-lanterns"
    assert sheet().matched((ORCHARD,)).target is None
    assert sheet().matched(()).target is None


def test_next_target() -> None:
    one = sheet().matched((LANTERNS, ORCHARD))
    targets = []
    for _ in range(4):
        assert one.next_match == one.elsewhere().match
        one = one.elsewhere()
        targets.append(one.target)
    assert targets == ["glass-orchard", None, "paper-lanterns", "glass-orchard"]


def test_with_matches_keeps_target() -> None:
    new = sheet().matched((LANTERNS,)).elsewhere()
    assert new.matched((LANTERNS, ORCHARD)).target is None
    picked = sheet().matched((LANTERNS, ORCHARD)).elsewhere()
    assert picked.matched((ORCHARD,)).target == "glass-orchard"
    assert picked.matched((LANTERNS,)).target == "paper-lanterns"


def test_with_draft_keeps_edits() -> None:
    mine = sheet("").toggled(at(sheet(""), "cast", "Abel Kuro")).written(at(sheet(""), "title"), "Lanterns")
    again = mine.matched((LANTERNS,)).elsewhere().read_again(read(article()))
    assert again.draft.title == "Lanterns"
    assert again.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert again.draft.release is not None
    assert again.target is None


def test_with_draft_keeps_dropped_date() -> None:
    mine = sheet().toggled(at(sheet(), "release"))
    assert mine.read_again(read(article("2024-01-01"))).draft.release is None


def test_with_draft_other_quote() -> None:
    text = "It comes in May. Or in June."
    may = sheet_of(Draft((fact(text, "release", "2027-05", "It comes in May"),))).toggled(3)
    june = may.read_again(Draft((fact(text, "release", "2027-06", "Or in June"),)))
    assert june.draft.release is not None


def test_review_of_a_list() -> None:
    draft = read(article(text=LIST))
    assert [one.value for one in draft.titles] == ["Paper Lanterns", "Tin Harbour"]
    assert sheet_of(draft).draft.facts == ()
