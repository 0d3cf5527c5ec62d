from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.bodies import Answer
from tracker.clipper.page import MOST_BYTES
from tracker.errors import BadValue, ClipError, ReadOnly, SourceNotFound, UnknownShow
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
def test_open_text(tracker: Tracker, text: str) -> None:
    assert tracker.clipper.open(text).text == text.strip()


@pytest.mark.parametrize("name", ["article.txt", "a b.html", "[x].txt", "옛날.txt"])
def test_open_file(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    for where in (f" {tmp_path / name} ", f"~/{name}"):
        article = tracker.clipper.open(where)
        assert (article.text, article.published, article.date_source, article.url) == (TEXT, None, "", "")


def test_open_html(tracker: Tracker) -> None:
    article = tracker.clipper.open(PAGE + "\n")
    assert article.text.startswith("Old Ferry is dated. It comes on 14 May 2027")
    assert (article.published, article.date_source) == (date(2026, 11, 20), "the page")


@pytest.mark.parametrize(
    ("published", "day", "words"),
    [
        ("2026-11-01", date(2026, 11, 1), ""),
        (" Nov 1, 2026", date(2026, 11, 1), ""),
        ("2026-10", date(2026, 10, 31), "2026-10"),
    ],
)
def test_published_day(tracker: Tracker, published: str, day: date, words: str) -> None:
    for text in (f"{PAGE}\n", f"Nov 3 2026\n\n{TEXT}"):
        article = tracker.clipper.open(text, published)
        assert (article.published, article.published_text, article.date_source) == (day, words, "--published")


def test_published_day_in_the_text(tracker: Tracker) -> None:
    article = tracker.clipper.open(f"Nov 3 2026\n\n{TEXT}")
    assert (article.published, article.published_text, article.date_source) == (date(2026, 11, 3), "", "the text")
    assert article.text.startswith("Nov 3 2026")
    with pytest.raises(BadValue, match="Not a date: “someday”"):
        tracker.clipper.open(TEXT, "someday")


def test_stream(tracker: Tracker) -> None:
    assert tracker.clipper.from_stream(io.BytesIO(TEXT.encode())).text == TEXT
    with pytest.raises(ClipError, match="Standard input is larger than 2 MB"):
        tracker.clipper.from_stream(io.BytesIO(b"x" * (MOST_BYTES + 1)))


def test_open_refused(tracker: Tracker, tmp_path: Path) -> None:
    for name, data in (("large", b"x" * (MOST_BYTES + 1)), ("picture", b"\x89PNG\x00"), ("empty", b" \n")):
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe")
    for where, reason in (
        ("", "Clip what"),
        (str(tmp_path / "none.txt"), "none.txt does not exist"),
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "pipe"), "is not a file"),
        (str(tmp_path / "large"), "large is larger than 2 MB"),
        (str(tmp_path / "picture"), "picture is not a text"),
        (str(tmp_path / "empty"), "There is no text to read"),
        ("a\x00b", "is not a path|does not exist"),
        ("x" * 290, "Can.t read|does not exist"),
    ):
        with pytest.raises(ClipError, match=reason) as refusal:
            tracker.clipper.open(where)
        assert str(refusal.value).endswith(".")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_open_forbidden(tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(TEXT)
    (tmp_path / "secret").chmod(0)
    with pytest.raises(ClipError, match="permission denied"):
        tracker.clipper.open(str(tmp_path / "secret"))


def test_open_page(tracker: Tracker, fake_sources: FakeSources) -> None:
    body = PAGE.replace("Old Ferry", "옛날 집").encode("cp949")
    headers = {"content-type": "text/html; charset=euc-kr"}
    fake_sources.fail("tvmaze", lambda exchange: exchange.reply(Answer(200, body, headers)), times=1)
    url = f"{fake_sources.address('tvmaze')}/news/7"
    article = tracker.clipper.open(url)
    assert article.text.startswith("옛날 집 is dated.")
    assert (article.url, article.outlet) == (url, "127.0.0.1")
    assert fake_sources.requests[0].headers["user-agent"].startswith("release-tracker/")
    fake_sources.fail("tvmaze", lambda exchange: exchange.reply(Answer(404, b"", {})))
    with pytest.raises(SourceNotFound, match="has no such page"):
        tracker.clipper.open(url.upper())


@pytest.mark.parametrize("text", [TEXT, "x", "가", "?" * 1000, "A\n\nB"])
def test_extract_quotes(tracker: Tracker, text: str) -> None:
    assert all(fact.quote in text for fact in tracker.clipper.extract(Article(text)).facts)


# Importing


def test_find_matches(tracker: Tracker) -> None:
    assert [(one.show.id, one.reason) for one in tracker.clipper.find_matches(DRAFT)] == [("old-ferry", "same title")]
    assert tracker.clipper.find_matches(NEW) == ()


def test_plan_import(tracker: Tracker) -> None:
    before = tracker.path.read_bytes()
    assert tracker.clipper.plan_import(DRAFT, ARTICLE, "old-ferry").effects == (
        "date narrowed: 2027 → 14 May 2027",
        "status announced → scheduled",
        "1 name added to the cast",
        "1 role filled in",
        "Pier+ added to the networks",
    )
    assert tracker.path.read_bytes() == before
    with pytest.raises(UnknownShow):
        tracker.clipper.plan_import(DRAFT, ARTICLE, "no-such-show")


def test_import(tracker: Tracker) -> None:
    before = tracker.path.read_bytes()
    planned = tracker.clipper.plan_import(DRAFT, ARTICLE, "old-ferry").show
    outcome = tracker.clipper.import_draft(DRAFT, ARTICLE, "old-ferry")
    assert outcome.show_ids == ("old-ferry",)
    assert outcome.label.startswith("Old Ferry: date narrowed: 2027 → 14 May 2027; status announced → scheduled; ")
    assert outcome.label.endswith("; 2 more")
    show = Tracker(tracker.paths).watchlist.open().get("old-ferry")
    assert show == planned == tracker.watchlist.current.get("old-ferry")
    assert (show.status, show.release and show.release.text) == (Status.SCHEDULED, "2027-05-14")
    assert show.cast == (Credit("Mina Doe", "Ann", "the pilot"), Credit("Ida Roe"))
    claim = show.history[-1]
    assert (claim.on, claim.source, claim.url, claim.note) == (
        date(2026, 11, 20), "The Pier Post", "https://pier.example/7", "“It comes”",
    )  # fmt: skip
    assert b"# mine" in tracker.path.read_bytes()
    after = tracker.path.read_bytes()
    again = tracker.clipper.import_draft(DRAFT, ARTICLE, "old-ferry")
    assert again.label == "Old Ferry: nothing new: already recorded on 2026-11-20"
    assert tracker.path.read_bytes() == after
    tracker.edits.undo()
    assert tracker.path.read_bytes() == before


def test_import_of_a_new_show(tracker: Tracker) -> None:
    before = tracker.path.read_bytes()
    planned = tracker.clipper.plan_import(NEW, ARTICLE, None).show
    outcome = tracker.clipper.import_draft(NEW, ARTICLE, None)
    assert (outcome.label, outcome.show_ids) == ("Salt Road added", ("salt-road",))
    assert Tracker(tracker.paths).watchlist.open().get("salt-road") == planned._replace(id="salt-road")
    tracker.edits.undo()
    assert tracker.path.read_bytes() == before


@pytest.mark.parametrize(
    ("draft", "show_id", "reason"),
    [
        (Draft(reason="it is a recap."), "old-ferry", "Nothing was added: it is a recap."),
        (Draft(reason="it is a recap."), None, "Nothing was added: it is a recap."),
        (Draft((fact("status", "filming"),)), None, "a new show needs a title"),
    ],
)
def test_import_of_too_little(tracker: Tracker, draft: Draft, show_id: str | None, reason: str) -> None:
    before = tracker.path.read_bytes()
    with pytest.raises(ClipError, match=reason):
        tracker.clipper.import_draft(draft, ARTICLE, show_id)
    assert tracker.path.read_bytes() == before


@pytest.mark.parametrize("show_id", ["old-ferry", None])
def test_import_into_the_past(make_tracker: Make, show_id: str | None) -> None:
    tracker = make_tracker(LIST, as_of=date(2026, 1, 1))
    tracker.watchlist.open()
    with pytest.raises(ReadOnly):
        tracker.clipper.import_draft(DRAFT, ARTICLE, show_id)
    assert tracker.path.read_text() == LIST


@pytest.mark.parametrize(("published", "text"), [(None, ""), (date(2026, 10, 31), "2026-10")])
def test_import_of_a_vague_day(tracker: Tracker, published: date | None, text: str) -> None:
    article = ARTICLE._replace(published=published, published_text=text)
    tracker.clipper.import_draft(DRAFT, article, "old-ferry")
    claim = Tracker(tracker.paths).watchlist.open().get("old-ferry").history[-1]
    assert (claim.on is None, claim.date_text if claim.on else "") == (published is None, text)
