from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.bodies import Answer
from tracker.clipper.article.page import EXTRACTOR_HINT, MOST_BYTES
from tracker.errors import BadValue, ClipError, ReadOnly, SourceNotFound, TrackerError, UnknownShow
from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker

LIST = """\
# mine
format = 1

[[show]]
title = "Old Ferry"
status = "announced"
release = "2027"
networks = ["Harbour TV"]
cast = [{ actor = "Mina Doe", about = "the pilot" }]  # she is

[[show.history]]
on = 2025-06-01
status = "announced"
release = "2027"
source = "Lumen"
"""
TEXT = "Old Ferry is dated.\n\nIt comes on 14 May 2027, with Mina Doe as Ann."
ARTICLE = Article(TEXT, published=date(2026, 11, 20), url="https://pier.example/7", outlet="The Pier Post")
PAGE = f"<html><head><meta name=date content=2026-11-20></head><p>{TEXT} {'The harbour waits. ' * 20}</p></html>"


def fact(field: str, value: str, role: str = "") -> Fact:
    window = parse_window(value) if field == "release" else None
    return Fact(field, value, value if value in TEXT else "It comes", 0, 0.5, role, window)


DRAFT = Draft((
    fact("title", "Old Ferry"),
    fact("status", "scheduled"),
    fact("release", "2027-05-14"),
    fact("networks", "Pier+"),
    fact("cast", "Mina Doe", "Ann"),
    fact("cast", "Ida Roe"),
))  # fmt: skip
NEW = Draft((fact("title", "Salt Road"), fact("kind", "film"), fact("status", "filming")))

Make = Callable[..., Tracker]


@pytest.fixture
def tracker(make_tracker: Make) -> Tracker:
    tracker = make_tracker(LIST)
    tracker.watchlist.open()
    return tracker


@pytest.fixture
def fake_sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSources]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with FakeSources() as fake_sources:
        yield fake_sources


# Opening


@pytest.mark.parametrize("text", [TEXT, f"{TEXT}\n", "x" * 301])
def test_what_has_several_lines_or_is_too_long_for_a_path_is_the_article(tracker: Tracker, text: str) -> None:
    assert tracker.clipper.open(text).text == text.strip()


@pytest.mark.parametrize("name", ["article.txt", "a b.html", "[x].txt", "옛날.txt"])
def test_a_file_is_read(tracker: Tracker, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    article = tracker.clipper.open(f" {tmp_path / name} ")
    assert (article.text, article.published, article.date_source, article.url) == (TEXT, None, "", "")
    assert tracker.clipper.notice == ""


def test_a_file_in_the_home_folder_is_found(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    assert tracker.clipper.open("~/article.txt").text == TEXT


def test_pasted_html_is_read_as_a_page(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    article = tracker.clipper.open(PAGE + "\n")
    assert article.text.startswith("Old Ferry is dated. It comes on 14 May 2027")
    assert (article.published, article.date_source) == (date(2026, 11, 20), "the page")
    assert tracker.clipper.notice == EXTRACTOR_HINT
    tracker.clipper.open(TEXT)
    assert tracker.clipper.notice == ""


@pytest.mark.parametrize(
    ("published", "day", "words"),
    [
        ("2026-11-01", date(2026, 11, 1), ""),
        (" Nov 1, 2026", date(2026, 11, 1), ""),
        ("2026-10", date(2026, 10, 31), "2026-10"),
    ],
)
def test_the_day_that_is_given_counts_more_than_the_page(
    tracker: Tracker, published: str, day: date, words: str
) -> None:
    article = tracker.clipper.open(PAGE + "\n", published)
    assert (article.published, article.published_text, article.date_source) == (day, words, "--published")


def test_a_line_of_the_text_gives_the_day_where_nothing_else_does(tracker: Tracker) -> None:
    article = tracker.clipper.open(f"Nov 3 2026\n\n{TEXT}")
    assert (article.published, article.published_text, article.date_source) == (date(2026, 11, 3), "", "the text")
    assert article.text.startswith("Nov 3 2026")
    assert tracker.clipper.open(f"Nov 3 2026\n\n{TEXT}", "2026-11-01").published == date(2026, 11, 1)


def test_a_day_that_is_none_is_refused(tracker: Tracker) -> None:
    with pytest.raises(BadValue, match="is no day on which something was said"):
        tracker.clipper.open(TEXT, "yesterday")


def test_a_stream_is_read_as_far_as_it_may_be(tracker: Tracker) -> None:
    assert tracker.clipper.from_stream(io.BytesIO(TEXT.encode())).text == TEXT
    with pytest.raises(ClipError, match="the standard input is larger than 2 MB"):
        tracker.clipper.from_stream(io.BytesIO(b"x" * (MOST_BYTES + 1)))


def test_what_cannot_be_read_is_refused_with_the_reason(tracker: Tracker, tmp_path: Path) -> None:
    for name, data in (("large", b"x" * (MOST_BYTES + 1)), ("picture", b"\x89PNG\x00"), ("empty", b" \n")):
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe")
    for where, reason in (
        ("", "clip what"),
        (str(tmp_path / "none.txt"), "none.txt is not there"),
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "pipe"), "is no file"),
        (str(tmp_path / "large"), "large is larger than 2 MB"),
        (str(tmp_path / "picture"), "picture is a picture"),
        (str(tmp_path / "empty"), "there is no text to read"),
        ("a\x00b", "is no path|is not there"),
        ("x" * 290, "cannot be read|is not there"),
    ):
        with pytest.raises(ClipError, match=reason) as caught:
            tracker.clipper.open(where)
        assert str(caught.value).endswith(".")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(TEXT)
    (tmp_path / "secret").chmod(0)
    with pytest.raises(ClipError, match="permission is denied"):
        tracker.clipper.open(str(tmp_path / "secret"))


def test_a_page_is_fetched(tracker: Tracker, fake_sources: FakeSources) -> None:
    body = PAGE.replace("Old Ferry", "옛날 집").encode("cp949")
    fake_sources.fail(
        "tvmaze", lambda exchange: exchange.reply(Answer(200, body, {"content-type": "text/html; charset=euc-kr"}))
    )
    article = tracker.clipper.open(f"{fake_sources.address('tvmaze')}/news/7")
    assert article.text.startswith("옛날 집 is dated.")
    assert (article.url, article.outlet) == (f"{fake_sources.address('tvmaze')}/news/7", "127.0.0.1")
    assert fake_sources.requests[0].headers["user-agent"].startswith("release-tracker/")


def test_a_page_that_is_not_there_is_refused(tracker: Tracker, fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", lambda exchange: exchange.reply(Answer(404, b"", {})))
    with pytest.raises(SourceNotFound, match="has no such page"):
        tracker.clipper.open(f"{fake_sources.address('tvmaze').upper()}/news/7")


# Taking


def test_a_draft_is_held_against_the_list(tracker: Tracker) -> None:
    assert [(one.show.id, one.reason) for one in tracker.clipper.find_matches(DRAFT)] == [("old-ferry", "same title")]
    assert tracker.clipper.find_matches(NEW) == ()


def test_what_taking_would_change_is_told_before_it_changes(tracker: Tracker) -> None:
    before = tracker.watchlist.path.read_bytes()
    found = tracker.clipper.plan_import(DRAFT, ARTICLE, "old-ferry")
    assert found.effects == (
        "window narrowed: 2027 → 14 May 2027",
        "status announced → scheduled",
        "1 name added to the cast",
        "1 role filled in",
        "Pier+ added to the networks",
    )
    assert tracker.watchlist.path.read_bytes() == before
    with pytest.raises(UnknownShow):
        tracker.clipper.plan_import(DRAFT, ARTICLE, "no-such-show")


def test_taking_is_one_edit_that_undo_takes_back(tracker: Tracker) -> None:
    before = tracker.watchlist.path.read_bytes()
    foreseen = tracker.clipper.plan_import(DRAFT, ARTICLE, "old-ferry").show
    outcome = tracker.clipper.import_draft(DRAFT, ARTICLE, "old-ferry")
    assert outcome.show_ids == ("old-ferry",)
    assert outcome.label.startswith("Old Ferry: window narrowed: 2027 → 14 May 2027; status announced → scheduled; ")
    assert tracker.watchlist.current.get("old-ferry") == foreseen
    show = Tracker(tracker.paths).watchlist.open().get("old-ferry")
    assert (show.status, show.release and show.release.text) == (Status.SCHEDULED, "2027-05-14")
    assert show.cast == (Credit("Mina Doe", "Ann", "the pilot"), Credit("Ida Roe"))
    assert show.networks == ("Harbour TV", "Pier+")
    claim = show.history[-1]
    assert (claim.on, claim.source, claim.url, claim.note) == (
        date(2026, 11, 20), "The Pier Post", "https://pier.example/7", "“It comes”",
    )  # fmt: skip
    assert b"# mine" in tracker.watchlist.path.read_bytes()
    tracker.edits.undo()
    assert tracker.watchlist.path.read_bytes() == before
    tracker.edits.redo()
    assert tracker.watchlist.current.get("old-ferry") == foreseen


def test_taking_the_same_again_writes_nothing(tracker: Tracker) -> None:
    tracker.clipper.import_draft(DRAFT, ARTICLE, "old-ferry")
    before = tracker.watchlist.path.read_bytes()
    outcome = tracker.clipper.import_draft(DRAFT, ARTICLE, "old-ferry")
    assert outcome.label == "Old Ferry: nothing new: already said on 2026-11-20"
    assert tracker.watchlist.path.read_bytes() == before


def test_a_new_show_is_added_with_its_claim(tracker: Tracker) -> None:
    before = tracker.watchlist.path.read_bytes()
    foreseen = tracker.clipper.plan_import(NEW, ARTICLE, None).show
    outcome = tracker.clipper.import_draft(NEW, ARTICLE, None)
    assert (outcome.label, outcome.show_ids) == ("Salt Road added", ("salt-road",))
    assert Tracker(tracker.paths).watchlist.open().get("salt-road") == foreseen._replace(id="salt-road")
    tracker.edits.undo()
    assert tracker.watchlist.path.read_bytes() == before


@pytest.mark.parametrize(
    ("draft", "show_id", "reason"),
    [
        (Draft(reason="it is a recap."), "old-ferry", "nothing was taken: it is a recap."),
        (Draft(reason="it is a recap."), None, "nothing was taken: it is a recap."),
        (Draft((fact("status", "filming"),)), None, "a new show needs a title"),
    ],
)
def test_what_says_too_little_is_not_taken(tracker: Tracker, draft: Draft, show_id: str | None, reason: str) -> None:
    before = tracker.watchlist.path.read_bytes()
    with pytest.raises(ClipError, match=reason):
        tracker.clipper.import_draft(draft, ARTICLE, show_id)
    assert tracker.watchlist.path.read_bytes() == before


@pytest.mark.parametrize("show_id", ["old-ferry", None])
def test_nothing_is_taken_into_the_past(make_tracker: Make, show_id: str | None) -> None:
    tracker = make_tracker(LIST, as_of=date(2026, 1, 1))
    tracker.watchlist.open()
    before = tracker.watchlist.path.read_bytes()
    with pytest.raises(ReadOnly):
        tracker.clipper.import_draft(DRAFT, ARTICLE, show_id)
    assert tracker.watchlist.path.read_bytes() == before


def test_a_claim_of_an_unknown_day_is_kept_as_such(tracker: Tracker) -> None:
    tracker.clipper.import_draft(DRAFT, ARTICLE._replace(published=None), "old-ferry")
    show = Tracker(tracker.paths).watchlist.open().get("old-ferry")
    assert show.history[-1].on is None
    assert show.status is Status.ANNOUNCED


def test_a_month_in_which_something_was_said_is_kept_as_such(tracker: Tracker) -> None:
    month = ARTICLE._replace(published=date(2026, 10, 31), published_text="2026-10")
    tracker.clipper.import_draft(DRAFT, month, "old-ferry")
    assert Tracker(tracker.paths).watchlist.open().get("old-ferry").history[-1].date_text == "2026-10"


def test_reading_an_article_never_raises(tracker: Tracker) -> None:
    for text in (TEXT, "x", "가", "?" * 1000, "A\n\nB"):
        draft = tracker.clipper.extract(Article(text))
        assert all(one.quote in text for one in draft.facts)


def test_refusals_are_all_of_one_kind() -> None:
    assert issubclass(ClipError, TrackerError)
    assert ClipError.EXIT_CODE == 1
