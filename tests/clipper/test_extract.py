from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.clipper.extract import extract
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact, MarkKind
from tracker.model.window_parser import parse_window

MOST = 2_000
"""How long the texts of these tests are, in characters."""

NAMES = [
    "Ida Roe", "Mina Doe", "Kim Ha-ru", "J.K. Poe", "Roe", "Žofia", "O'Hara Finn", "김하루", "Hana", "Emily", "Ⓟ", "Ⓣ",
]  # fmt: skip
WORKS = [
    "“Old Ferry”", '"Last Tram"', "‘The Baker’s Son’", "'Quay'", "《배》", "[Ferry no Ko]", "Old Ferry", "“Roe”", "“A”",
]  # fmt: skip
DATES = [
    "May 14, 2026", "14 May", "next year", "this fall", "Q3 2026", "2026", "on Friday", "February 30", "2027–2028",
]  # fmt: skip
WORDS = [
    " will star in ", " plays ", " as ", " and ", ", ", " (", ")", ". ", "; ", ": ", "The role of ", " goes to ",
    " directs ", "written and directed by ", " will premiere on ", " has been pushed from ", " to ", " was cancelled ",
    " respectively ", "tvN", "Netflix", " drama ", " the series ", "'s ", "’s ", " who left ", "Cast: ", " not ",
    " is played by ", " began filming ",
]  # fmt: skip
STRANGE = [
    "\n", "\n\n", "“", "”", '"', "‘", "[", "]", "(", "🚢", "👩\u200d🚀", "배가 간다.", "\u0301", "\x00", "\x1b[31m",
    "\u202e", "\ufeff", "\t", "\u2028", "\u00a0", "ǅ", "İ", "ß", "Ｑ３", "٣", "𝔉erry", "Related: ", "Q: ", "1. ",
]  # fmt: skip
TEXTS = (
    st.lists(st.sampled_from([*NAMES, *WORKS, *DATES, *WORDS, *WORDS, *WORDS, *STRANGE]), max_size=120)
    .map("".join)
    .map(lambda text: text[:MOST])
)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2060, 12, 31))
REAL = (
    "tvN orders “Old Ferry”\n\nIda Roe and Mina Doe play Hana and Sora respectively in tvN’s drama “Old Ferry” "
    "(낡은 배), which will premiere on May 14, 2026. It is directed by Jon Poe and written by Lou Lim. It is shot "
    "in Busan. “Old Ferry” follows a pilot who cannot swim, and her sister, who can."
)


def order(draft: Draft) -> list[int]:
    """Return the place of each fact's field on the screen."""
    return [(*SINGLE_FIELDS, *LIST_FIELDS).index(fact.field) for fact in draft.facts]


def promises(fact: Fact, text: str) -> Iterator[str]:
    """Return what a fact does not keep of its promises."""
    if not (fact.quote and text[fact.start : fact.end] == fact.quote):
        yield "the quote stands elsewhere"
    if not 0 <= fact.confidence <= 1:
        yield "the confidence is out of bounds"
    if not fact.value.strip() or "\n" in fact.value:
        yield "there is no value"
    if (fact.window is not None) != (fact.field == "release"):
        yield "a window is a release's"
    if fact.role and fact.field != "cast":
        yield "a role is an actor's"


def is_kept(draft: Draft, text: str) -> None:
    """Fail where a draft does not keep its promises."""
    for fact in (*draft.facts, *draft.perhaps, *draft.titles):
        assert list(promises(fact, text)) == [], fact
    assert order(draft) == sorted(order(draft))
    assert all(len(draft.facts_of(field)) <= 1 for field in SINGLE_FIELDS)
    assert not set(draft.facts) & set(draft.perhaps)
    assert [fact.confidence for fact in draft.perhaps] == sorted((f.confidence for f in draft.perhaps), reverse=True)
    if draft.is_abstained:
        assert draft.facts == ()
    else:
        assert len(draft.titles) <= 5
    at = 0
    for mark in draft.marks:
        assert at <= mark.start < mark.end <= len(text)
        assert mark.sentence[0] <= mark.start
        assert mark.end <= mark.sentence[1]
        assert (mark.window is not None) == (mark.kind is MarkKind.DATE)
        at = mark.end


@settings(max_examples=60)
@given(TEXTS, DAYS)
@example(REAL, date(2026, 3, 10))
@example(REAL[: REAL.index("respectively")], None)
def test_any_text(text: str, published: date | None) -> None:
    is_kept(extract(Article(text, published=published)), text)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), DAYS)
def test_any_characters(text: str, published: date | None) -> None:
    is_kept(extract(Article(text, published=published)), text)


@settings(max_examples=40)
@given(TEXTS, st.sampled_from([*NAMES, "Old Ferry", "The Baker’s Son", "(", "[", "\\", "*", "배"]))
def test_any_title(text: str, title: str) -> None:
    draft = extract(Article(text, published=date(2026, 3, 10)), title)
    is_kept(draft, text)
    assert not draft.is_abstained
    assert draft.title in ("", title)


@settings(max_examples=40)
@given(TEXTS, st.sampled_from(["", "Old Ferry is dated", "“Old Ferry”", "("]))
def test_headline_not_in_text(text: str, headline: str) -> None:
    is_kept(extract(Article(text, headline, date(2026, 3, 10))), text)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("소금 길", "소금길"), ("소금길", "소금 길"), ("塩の 道", "塩の道"), ("It's Salt", "It’s Salt"),
        ("It’s Salt", "Its Salt"),
        ("Salt-Road: Noir", "Salt–Road: Noir"), ("Cafe - Salt", "Cafe — Salt"), ("Salt - Road", "Salt – Road"),
    ],
)  # fmt: skip
def test_title_spelled_otherwise(title: str, named: str) -> None:
    text = f"tvN’s drama “{named}” will premiere on May 14, 2027.\n\n“Last Tram” will premiere on June 3, 2027."
    facts = {fact.field: fact for fact in extract(Article(text=text, published=date(2026, 11, 23)), title).facts}
    assert (facts["title"].value, facts["release"].window) == (title, parse_window("2027-05-14"))
    assert named in facts["title"].quote


@settings(max_examples=30)
@given(TEXTS)
def test_deterministic(text: str) -> None:
    article = Article(text, published=date(2026, 3, 10))
    assert extract(article) == extract(article)


def test_values_parse() -> None:
    draft = extract(Article(REAL, published=date(2026, 3, 10)))
    assert (draft.title, draft.names("networks"), draft.names("cast")) == (
        "Old Ferry",
        ("tvN",),
        ("Ida Roe", "Mina Doe"),
    )
    (release,) = [fact for fact in (*draft.facts, *draft.perhaps) if fact.field == "release"]
    assert parse_window(release.value) == release.window == parse_window("2026-05-14")


@pytest.mark.parametrize("fact", ["title", "release", "networks", "cast", "directors", "writers"])
def test_quote_says_the_fact(fact: str) -> None:
    for one in extract(Article(REAL, published=date(2026, 3, 10))).facts_of(fact):
        said = "May 14, 2026" if fact == "release" else one.value
        assert said in one.quote
        assert one.role in one.quote


@pytest.mark.parametrize("shift", [0, 1, 999])
def test_position_after_any_prefix(shift: int) -> None:
    text = f"{'🚢' * shift}\n\n{REAL}"
    draft = extract(Article(text, "tvN orders “Old Ferry”", date(2026, 3, 10)))
    is_kept(draft, text)
    assert draft.title == "Old Ferry"


def test_text_alone_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file is opened")

    extract(Article(REAL))
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_text", refuse)
    assert extract(Article(REAL, published=date(2026, 3, 10))).title == "Old Ferry"
