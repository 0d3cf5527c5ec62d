"""What tests ask the clip screens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from rich.color import Color
from rich.style import Style
from textual.events import Paste
from textual.widgets import Input

from tests.model.drafts import TEXT
from tests.tui.helpers import RunningApp
from tests.tui.online import PATIENCE
from tracker.tui.clipper.article_input import ArticleInputDialog
from tracker.tui.clipper.article_view import ArticleView
from tracker.tui.clipper.fact_list import FactList
from tracker.tui.clipper.review import ClipReviewScreen


async def read_out(app: RunningApp) -> None:
    """Wait until nothing is being read any more."""
    for thread in threading.enumerate():
        if thread.name == "clipping":
            await asyncio.to_thread(thread.join, PATIENCE)
            assert not thread.is_alive(), "an article is still being read"
    await app.settle()


async def paste(app: RunningApp, text: str) -> None:
    """Paste a text."""
    app.app.post_message(Paste(text))
    await app.settle()


async def press(app: RunningApp, *keys: str) -> None:
    """Press keys, and wait each time for what is read."""
    for key in keys:
        await app.press(key)
        await read_out(app)


async def clip(app: RunningApp, text: str = TEXT, published: str = "2026-11-20") -> None:
    """Paste an article and read it, as of a day."""
    await app.press("c")
    await paste(app, text)
    await app.set_text("#field-published Input", published)
    await press(app, "enter")
    assert isinstance(app.screen, ClipReviewScreen), app.seen


async def go(app: RunningApp, words: str) -> None:
    """Stand on the first row with these words in it."""
    facts = app.screen.query_one(FactList)
    texts = [f"{row.label} {row.text.plain}" for row in facts.rows]
    facts.cursor = next(n for n, text in enumerate(texts) if words in text)
    await app.settle()


async def write(app: RunningApp, words: str, text: str, *, then: str = "enter") -> None:
    """Write a text over the row with these words."""
    await go(app, words)
    await app.press("e")
    await app.set_text("#clip-edit", text)
    await press(app, then)


def is_asking(app: RunningApp) -> bool:
    """Return whether it is asked where the article is."""
    return isinstance(app.screen, ArticleInputDialog)


def rows(app: RunningApp) -> list[str]:
    """Return the lines of the draft, without the blanks between their columns."""
    return [" ".join(line.split()) for line in app.screen.query_one(FactList).plain_lines]


def row(app: RunningApp, words: str) -> str:
    """Return the line of the draft with these words."""
    return next(line for line in rows(app) if words in line)


def effects(app: RunningApp) -> list[str]:
    """Return where the draft goes and what would change."""
    return [line.removeprefix("● ") for line in app.text("#clip-effects").splitlines()]


def lit(app: RunningApp) -> str:
    """Return the passage that is stood on, as far as it is in sight, without its line breaks."""
    return _drawn(app, lambda style, colours: style.bgcolor in colours.values())


def keys(app: RunningApp) -> str:
    """Return the words in it that count."""
    return _drawn(app, lambda style, colours: style.bgcolor == colours["cursor"])


def marked(app: RunningApp) -> str:
    """Return all marks that are in sight."""
    return _drawn(app, lambda style, _: bool(style.underline))


def facts_marked(app: RunningApp) -> str:
    """Return all marks in sight that are facts."""
    return _drawn(app, lambda style, _: bool(style.underline and style.bold))


def current_mark(app: RunningApp) -> str:
    """Return the mark that is stood on."""
    return _drawn(app, lambda style, _: bool(style.reverse))


def _drawn(app: RunningApp, wanted: Callable[[Style, dict[str, Color | None]], bool]) -> str:
    view = app.screen.query_one(ArticleView)
    colours = {name: view._styles_of_theme[name].bgcolor for name in ("cursor", "day")}
    lines = (view.render_line(y) for y in range(view.size.height))
    found = ["".join(part.text for part in line if part.style and wanted(part.style, colours)) for line in lines]
    return " ".join(" ".join(found).split())


def typed(app: RunningApp) -> str:
    """Return what stands in the input of the box."""
    return app.screen.query_one("#clip-place", Input).value
