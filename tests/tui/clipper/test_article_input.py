from __future__ import annotations

import asyncio
import threading
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.model.drafts import TEXT
from tests.tui.clipper.helpers import is_asking, paste, press, read_out, rows, typed
from tests.tui.helpers import HOSTILE, NARROW, SAMPLE, Make, entry, open_app
from tests.tui.online import PATIENCE
from tests.tui.test_hostile import CONTROLS
from tracker.model.article_draft import Article
from tracker.service.clipper import Clipper
from tracker.tui.clipper.article_input import ArticleInputDialog, describe_size, parse_location
from tracker.tui.clipper.article_view import ArticleView
from tracker.tui.clipper.review import ClipReviewScreen


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("  a.html ", "a.html"),
        ("~/news/a.html", "~/news/a.html"),
        ("'my news.txt'", "my news.txt"),
        ("file:///tmp/a.txt", "/tmp/a.txt"),
        ("https://lumen.example/a?b=c", "https://lumen.example/a?b=c"),
        ("my news of this week.txt", "my news of this week.txt"),
        ("/home/me/my news of the whole week now.txt", "/home/me/my news of the whole week now.txt"),
        ("Paper Lanterns comes to Lumen on 14 May 2027", "Paper Lanterns comes to Lumen on 14 May 2027\n"),
    ],
)
def test_parse_location(text: str, place: str) -> None:
    assert parse_location(text) == place


def test_describe_size() -> None:
    assert describe_size("one") == "1 word in 1 line"
    assert describe_size("one two\n\nthree\n") == "3 words in 2 lines"


async def test_input_of_a_pasted_article(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c")
        assert is_asking(app)
        await paste(app, TEXT.replace("\n", "\r"))
        assert "Lumen moves its lamp drama" in app.seen
        assert describe_size(TEXT) in app.seen
        await press(app, "enter")
        assert isinstance(app.screen, ClipReviewScreen)
        assert "title Paper Lanterns" in " ".join(rows(app))
        assert app.screen.state.article.text.split("\n")[0] == "Lumen moves its lamp drama"


async def test_input_of_a_path(make_tracker: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "lamp.txt").write_text(TEXT, encoding="utf-8")
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c", *"~/lamp.txt")
        await press(app, "enter")
        assert isinstance(app.screen, ClipReviewScreen)


async def test_input_of_an_address(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def opened(_: Clipper, where: str, published: str = "") -> Article:
        asked.append((where, published, threading.current_thread().name))
        return Article(TEXT, url=where, outlet="Kestrel News")

    monkeypatch.setattr(Clipper, "open", opened)
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c", *"https://kestrel.example/lamp", "tab", *"2026-11")
        await press(app, "enter")
        assert isinstance(app.screen, ClipReviewScreen)
        assert asked == [("https://kestrel.example/lamp", "2026-11", "clipping")]
        view = app.screen.query_one(ArticleView)
        assert "Kestrel News" in str(view.border_title)


async def test_input_that_cannot_be_read(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c", *"/nowhere.txt", "tab", *"2026-11")
        await press(app, "enter")
        assert is_asking(app)
        assert "/nowhere.txt does not exist" in app.text("#clip-state")
        assert typed(app) == "/nowhere.txt"
        assert app.screen.query_one("#field-published Input", Input).value == "2026-11"
        await app.set_text("#field-published Input", "some day")
        await press(app, "enter")
        assert "Not a date: “some day”" in app.note("published")


async def test_input_of_nothing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await press(app, "c", "enter")
        assert is_asking(app)
        assert "Paste an article" in app.text("#clip-state")
        await app.press("escape")
        assert app.screen is app.main


async def test_input_prefers_the_typed_path(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c")
        await paste(app, TEXT)
        await app.press(*"/nowhere.txt")
        await press(app, "enter")
        assert "/nowhere.txt does not exist" in app.text("#clip-state")
        await app.set_text("#clip-place", "")
        await press(app, "enter")
        assert isinstance(app.screen, ClipReviewScreen)


async def test_input_esc_stops_waiting(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    gates = [threading.Event(), threading.Event()]
    waiting = iter(gates)

    def slow(_: Clipper, where: str, published: str = "") -> Article:
        assert next(waiting).wait(PATIENCE)
        return Article(TEXT, url=where)

    monkeypatch.setattr(Clipper, "open", slow)
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c", *"https://kestrel.example", "enter")
        assert "press Esc to stop" in app.text("#clip-state")
        [first] = [thread for thread in threading.enumerate() if thread.name == "clipping"]
        await app.press("escape")
        assert typed(app) == "https://kestrel.example"
        await app.press("/", "enter")
        gates[0].set()
        await asyncio.to_thread(first.join, PATIENCE)
        await app.settle()
        assert is_asking(app)
        await app.press("escape")
        gates[1].set()
        await read_out(app)
        assert is_asking(app)
        await app.press("escape")
        assert "Esc again to discard" in app.text("#clip-state")
        await app.press("escape")
        assert app.screen is app.main


async def test_address_of_news_outlasts_a_burst_of_keys(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(Clipper, "open", lambda *_: release.wait(PATIENCE) and Article(TEXT))
    async with open_app(make_tracker(SAMPLE)) as app:
        tracker = app.app.tracker
        address = "https://kestrel.example/lamp"
        app.app.push_screen(ArticleInputDialog(lambda: tracker.clipper, date(2026, 11, 20), address, starts=True))
        await app.settle()
        await app.press("c", "c", "escape")
        release.set()
        await read_out(app)
        assert app.screen.query_one("#clip-place", Input).value == address
        assert "Stopped. Press Enter to try again." in app.seen
        # Nothing was typed, so nothing is asked.
        await app.press("escape")
        assert not is_asking(app)


async def test_quit_while_a_page_hangs(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    let = threading.Event()
    monkeypatch.setattr(Clipper, "open", lambda *_: let.wait(PATIENCE) and Article(TEXT))
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("c", *"https://kestrel.example", "enter", "ctrl+q")
        assert not app.app.is_running
    let.set()


async def test_input_in_the_past(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 1, 1))) as app:
        await app.press("c")
        assert app.screen is app.main


async def test_input_of_hostile_texts(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Plain")), NARROW) as app:
        await app.press("c")
        await paste(app, "\n".join(HOSTILE))
        assert not CONTROLS.search("".join(app.screen_lines))
        assert "[Oshi no Ko]" in app.seen
        assert "Foo [/] bar" in app.seen
        await paste(app, "[/] " * 100_000)
        assert "100,000 words" in app.seen
