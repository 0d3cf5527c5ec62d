from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model import drafts
from tests.model.drafts import LIST, TEXT, fact, read
from tracker.errors import BadValue
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact, Mark, MarkKind
from tracker.model.draft_import import Match
from tracker.model.draft_review import DraftReview, find_offers, mark_fields, mark_key
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.text import name_form

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
    assert tuple(names) == sheet().draft.names("cast") == ("Han Seorin", "Abel Kuro", "Ines Valdor")


def test_toggle() -> None:
    dropped = sheet().toggle(at(sheet(), "cast", "Abel Kuro"))
    assert dropped.draft.names("cast") == ("Han Seorin", "Ines Valdor")
    assert dropped.is_changed
    again = dropped.toggle(at(sheet(), "cast", "Abel Kuro"))
    assert again == sheet()


def test_toggle_of_an_empty_line_takes_the_likeliest_offer() -> None:
    offers = tuple(Fact("title", name, name, 0, sure) for name, sure in (("Salt Road", 0.7), ("Old Ferry", 0.2)))
    review = DraftReview.of(Draft((), perhaps=offers))
    assert review.best_offer("title") == at(review, "title", "Salt Road")
    taken = review.toggle(0)
    assert (review.lines[0].field, review.lines[0].fact) == ("title", None)
    assert taken.draft.title == "Salt Road"
    assert taken.toggle(at(taken, "title", "Salt Road")).draft.title == ""
    assert review.best_offer("release") is None


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


def mark(words: str, kind: MarkKind = MarkKind.PERSON, value: str = "") -> Mark:
    """Return a mark in the invented article."""
    window = parse_window(value) if kind is MarkKind.DATE else None
    return drafts.mark(TEXT, words)._replace(kind=kind, value=value or words, window=window)


MORE = (
    fact(TEXT, "release", "2027-05", "a year later than was hoped", 0.3),
    fact(TEXT, "cast", "Ida Roe", "A lamp maker", 0.6, role="Ann"),
    fact(TEXT, "title", "Lamp Drama", "lamp drama", 0.2),
)


def offered() -> DraftReview:
    return DraftReview.of(read(article())._replace(perhaps=MORE))


def test_offers_are_by_field_and_other_titles_are_offered() -> None:
    draft = read(article())._replace(perhaps=MORE)
    other = (fact(TEXT, "title", name, "Lumen", 0.1) for name in ("paper lanterns", "Lamp Drama", "Lumen"))
    model = fact(TEXT, "cast", "Bo Vik", "Lumen", 0.7)._replace(by="llama3")
    offers = find_offers(draft._replace(titles=tuple(other), perhaps=(model, *MORE)))
    assert [(one.field, one.value) for one in offers] == [
        ("cast", "Ida Roe"), ("cast", "Bo Vik"), ("release", "2027-05"), ("title", "Lamp Drama"), ("title", "Lumen"),
    ]  # fmt: skip
    many = tuple(fact(TEXT, "title", f"Lamp {n}", "Lumen", n / 10) for n in range(9))
    assert [one.value for one in find_offers(Draft(titles=many))] == [f"Lamp {n}" for n in (8, 7, 6, 5, 4)]
    assert find_offers(read(article(text=LIST))) == ()


def test_offers_are_no_facts_until_taken() -> None:
    assert offered().draft == sheet().draft
    assert not offered().is_changed
    place = at(offered(), "cast", "Ida Roe")
    taken = offered().toggle(place)
    assert Credit("Ida Roe", "Ann") in taken.draft.cast
    assert taken.is_changed
    assert taken.toggle(place) == offered()


@pytest.mark.parametrize(("field", "value"), [("release", "2027-05"), ("title", "Lamp Drama")])
def test_taken_offer_replaces_a_single_fact(field: str, value: str) -> None:
    place, before = at(offered(), field, value), at(offered(), field)
    taken = offered().toggle(place)
    assert taken.draft.names(field) == (value,)
    assert taken.lines[before].is_replaced
    assert taken.toggle(before) == offered()
    assert taken.toggle(place) == offered()
    typed = taken.with_text(before, "2028")
    assert typed.draft.names(field) == ("2028",)


def test_two_offers_of_a_single_field_exclude_one_another() -> None:
    more = (*MORE, fact(TEXT, "release", "2027-06", "promise over ten years", 0.1))
    review = DraftReview.of(read(article())._replace(perhaps=more))
    first, second = at(review, "release", "2027-05"), at(review, "release", "2027-06")
    taken = review.toggle(first).toggle(second)
    assert taken.draft.names("release") == ("2027-06",)
    assert taken.toggle(second) == review


def test_offer_of_an_abstained_draft_makes_a_draft() -> None:
    review = DraftReview.of(Draft(reason="it is a review.", perhaps=MORE))
    taken = review.toggle(at(review, "cast")).toggle(at(review, "title", "Lamp Drama")).draft
    assert (taken.title, taken.names("cast"), taken.is_abstained) == ("Lamp Drama", ("Ida Roe",), False)


@pytest.mark.parametrize(
    ("field", "words"), [("cast", "A lamp maker"), ("directors", "Friday"), ("writers", "Lumen"), ("networks", "Mio")]
)
def test_pick_a_name(field: str, words: str) -> None:
    review = sheet().pick(mark(words), field, TEXT)
    [picked] = [line for line in review.lines if line.is_picked]
    assert picked.fact is not None
    assert (picked.field, picked.fact.value, picked.fact.confidence) == (field, words, 1.0)
    assert picked.fact.quote == next(line for line in TEXT.split("\n") if words in line)
    assert TEXT[picked.fact.start : picked.fact.end] == picked.fact.quote
    assert words in review.draft.names(field)
    assert [line.field for line in review.lines] == sorted(
        (line.field for line in review.lines), key=(*SINGLE_FIELDS, *LIST_FIELDS).index
    )
    assert not picked.is_edited
    assert review.pick(mark(words), field, TEXT) == review


def test_picked_names_are_in_the_order_of_the_text() -> None:
    review = sheet().pick(mark("A lamp maker"), "cast", TEXT).pick(mark("Friday"), "cast", TEXT)
    assert review.draft.names("cast") == ("Friday", "Han Seorin", "Abel Kuro", "Ines Valdor", "A lamp maker")


def test_pick_a_date_and_take_it_back() -> None:
    date_mark = mark("next spring", MarkKind.DATE, "2027-06")
    picked = sheet().pick(date_mark, "release", TEXT)
    assert picked.draft.names("release") == ("2027-06",)
    assert mark_key(date_mark) in picked.fact_keys
    back = picked.take_back(date_mark)
    assert back.draft == sheet().draft
    assert mark_key(date_mark) not in back.fact_keys
    assert sheet("").pick(date_mark, "release", TEXT).draft.names("release") == ("2027-06",)


def test_pick_what_is_offered_takes_it() -> None:
    maker = mark("A lamp maker", value="Ida Roe")
    review = offered().pick(maker, "cast", TEXT)
    assert Credit("Ida Roe", "Ann") in review.draft.cast
    assert len(review.lines) == len(offered().lines)
    [line] = [line for line in review.lines if line.is_picked]
    assert (line.is_offered, line.fact is not None and line.fact.confidence) == (True, 1.0)


def test_pick_a_status() -> None:
    draft = sheet().pick_status(mark("Friday"), Status.AIRING, TEXT).draft
    fact_ = draft.fact("status")
    assert (draft.status, fact_ is not None and "on Friday" in fact_.quote) == (Status.AIRING, True)


def test_pick_a_role_of_the_nearest_actor() -> None:
    names = ("Han Seorin", "Mio", "Abel Kuro", "Ren", "Ines Valdor", "the Diver", "Tove Arran")
    marks = {name: mark(name) for name in names}
    bare = DraftReview.of(Draft(tuple(fact(TEXT, "cast", name, name) for name in names[:5:2])))

    def pick(review: DraftReview, *roles: str) -> dict[str, str]:
        for role in roles:
            review = review.pick_role(marks[role], tuple(marks.values()), TEXT)
        return {credit.actor: credit.role for credit in review.draft.cast if credit.role}

    assert pick(bare, "Ren", "Mio") == {"Abel Kuro": "Ren", "Han Seorin": "Mio"}
    assert pick(bare, "Ren", "Ren") == {"Han Seorin": "Ren"}
    assert pick(bare, "Ren", "Ren", "Ren", "Ren") == {"Abel Kuro": "Ren"}
    assert pick(bare, "Mio", "Ren", "the Diver") == {
        "Han Seorin": "Mio", "Abel Kuro": "Ren", "Ines Valdor": "the Diver",
    }  # fmt: skip
    nobody = DraftReview.of(Draft())
    assert nobody.pick_role(marks["Mio"], tuple(marks.values()), TEXT) == nobody


def test_take_back_a_role_leaves_the_actor() -> None:
    review = sheet().take_back(mark("Mio"))
    assert review.draft.cast[0] == Credit("Han Seorin")
    assert sheet().take_back(mark("Han Seorin")).draft.names("cast") == ("Abel Kuro", "Ines Valdor")
    again = review.pick_role(mark("Mio"), (mark("Han Seorin"), mark("Mio")), TEXT)
    assert again == sheet()


def test_picked_fact_is_dropped_and_edited() -> None:
    review = sheet().pick(mark("Friday"), "cast", TEXT)
    place = at(review, "cast", "Friday")
    assert review.with_text(place, "Friday") == review
    assert review.with_text(place, "Friday = Mio").lines[place].is_edited
    assert review.with_text(place, "").draft == sheet().draft
    assert review.toggle(place).toggle(place) == review


def test_with_draft_keeps_picks_and_taken_offers() -> None:
    review = offered().toggle(at(offered(), "cast", "Ida Roe")).pick(mark("Friday"), "directors", TEXT)
    review = review.pick(mark("next spring", MarkKind.DATE, "2027-06"), "release", TEXT)
    again = review.with_draft(read(article("2024-01-01"))._replace(perhaps=MORE))
    assert again.draft.names("release") == ("2027-06",)
    assert "Ida Roe" in again.draft.names("cast")
    assert again.draft.names("directors") == ("Friday", "Tove Arran")


KINDS = st.sampled_from(("cast", "directors", "title", "release", "role", "status", "toggle", "text", "back", "again"))


@given(st.lists(st.tuples(KINDS, st.integers(0, 30)), max_size=12))
def test_any_picks_keep_one_fact_of_a_kind_and_quotes_of_the_text(steps: list[tuple[str, int]]) -> None:
    draft = drafts.read_more(article())
    review = DraftReview.of(draft)
    for step, number in steps:
        mark_, at_ = draft.marks[number % len(draft.marks)], number % len(review.lines)
        match step:
            case "toggle":
                review = review.toggle(at_)
            case "text":
                review = review.with_text(at_, review.lines[at_].text)
            case "back":
                review = review.take_back(mark_)
                assert review.lines_of(mark_) == []
                assert mark_key(mark_) not in review.fact_keys
            case "again":
                review = review.with_draft(draft)
            case "role" if mark_.kind is not MarkKind.DATE:
                review = review.pick_role(mark_, draft.marks, TEXT)
            case "status":
                review = review.pick_status(mark_, Status.AIRING, TEXT)
            case field if field in mark_fields(mark_.kind):
                review = review.pick(mark_, field, TEXT)
                assert mark_key(mark_) in review.fact_keys
        facts = review.draft.facts
        keys = [(fact_.field, "" if fact_.field in SINGLE_FIELDS else name_form(fact_.value)) for fact_ in facts]
        assert len(keys) == len(set(keys))
        assert all(TEXT[fact_.start : fact_.end] == fact_.quote for fact_ in facts)
