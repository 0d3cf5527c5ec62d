"""The app on a machine whose sources are the fake ones: `Home`, and what tests ask of it."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from textual.widgets import OptionList

from tests.fake_sources import FakeClock, FakeSources
from tests.fake_sources.faults import Exchange, held
from tests.files import write_settled
from tests.service.conftest import CLEARED
from tests.tui.helpers import SAMPLE, USUAL, RunningApp, open_app
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.sources.http import cache, client, rate_limit
from tracker.tui.dialogs.search import SearchDialog
from tracker.tui.widgets.text_pane import TextPane

SERVICES: Final = ("tvmaze", "tmdb", "wikidata")
HOUR: Final = 3600
DAY: Final = 24 * HOUR
ASKING: Final = ("asking", "finding", "linking")
"""The names of the threads in which the app waits for services."""
PATIENCE: Final = 30.0
"""Seconds after which what never comes is a failure."""


def linked(text: str, **ids: str) -> str:
    """Return a list in which shows are tied to services: `linked(SAMPLE, harbour_nine="tvmaze = 102")`.

    Nothing of them is filled: what is empty was cleared.
    """
    for name, where in ids.items():
        line = re.compile(rf'^title = "{name.replace("_", " ")}".*$', re.IGNORECASE | re.MULTILINE)
        assert len(line.findall(text)) == 1, name
        text = line.sub(rf"\g<0>\nids = {{ {where} }}\n{CLEARED}", text)
    return text


LINKED: Final = linked(
    SAMPLE,
    paper_lanterns="tvmaze = 101", harbour_nine="tvmaze = 102", slow_tram="tvmaze = 103",
    copper_moon="tvmaze = 110",
)  # fmt: skip
"""The sample, of which four shows are tied to TVmaze."""


class Home:
    """Somebody's machine: a list, settings, and the fake sources that are asked from there.

    Args:
        fake_sources: What the sources answer.
        clock: The time of the fake sources, of the program, and of its patience.
        folder: Where the list is.
    """

    def __init__(self, fake_sources: FakeSources, clock: FakeClock, folder: Path) -> None:
        self.fake_sources = fake_sources
        self.clock = clock
        self.path = folder / "watchlist.toml"
        self.trackers: list[Tracker] = []
        self.set("tvmaze")

    def set(self, *sources: str, where: dict[str, str] | None = None, **more: object) -> None:
        """Write the settings: who is asked, at what addresses if not those of the fake sources, and whatever else."""
        addresses = {name: self.fake_sources.address(name) for name in SERVICES} | (where or {})
        lines = [f"{name} = {json.dumps(value)}" for name, value in {"sources": sources, **more}.items()]
        for heading, pairs in (("tmdb", {"token": self.fake_sources.allow_token}), ("addresses", addresses)):
            lines += [f"[{heading}]", *(f"{name} = {json.dumps(value)}" for name, value in pairs.items())]
        settings = Paths(self.path).settings
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def make(self, **options: object) -> Tracker:
        """Start the program on the list as it is."""
        tracker = Tracker(Paths(self.path), now=self.now, **options)  # type: ignore[arg-type]
        self.trackers.append(tracker)
        return tracker

    def now(self) -> datetime:
        """Return the time as the program wants it."""
        return datetime.fromtimestamp(self.clock())  # noqa: DTZ006 - the program's clock is local time

    def write(self, text: str) -> None:
        """Write the list, as another program does."""
        self.path.write_bytes(text.encode())

    def later(self, *, days: float = 0, hours: float = 0) -> None:
        """Let time pass."""
        self.clock.advance(days * DAY + hours * HOUR)

    @asynccontextmanager
    async def open(
        self, text: str | None = LINKED, size: tuple[int, int] = USUAL, **options: object
    ) -> AsyncIterator[RunningApp]:
        """Run the app on a list, None for the one that is there; it has read what services said before."""
        if text is not None:
            write_settled(self.path, text.encode())
        tracker = self.make(**options)
        async with open_app(tracker, size) as app:
            await ready(app)
            yield app


async def ready(app: RunningApp) -> None:
    """Wait until the app has read what services said."""
    async with asyncio.timeout(PATIENCE):
        while app.tracker.as_of is None and not app.main.loader.has_source_states:
            await app.settle()


class Gate:
    """A fault: an answer that comes only when it is let through."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._open = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        self._asked.set()
        held(self._open)(exchange)

    def let(self) -> None:
        """Let answers through from now on."""
        self._open.set()

    async def asked(self) -> None:
        """Wait until somebody waits for the answer."""
        assert await asyncio.to_thread(self._asked.wait, PATIENCE), "nobody asked"


async def until(app: RunningApp, is_so: Callable[[], bool]) -> None:
    """Wait until something is seen, which other threads bring about."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await app.settle()
            # A loop that never blocks starves the threads that it waits for: they hardly get the interpreter's lock.
            await asyncio.to_thread(time.sleep, 0)


async def heard(app: RunningApp) -> None:
    """Wait until no service is being asked, and what they said is on the screen."""
    for thread in threading.enumerate():
        if thread.name in ASKING:
            await asyncio.to_thread(thread.join, PATIENCE)
            assert not thread.is_alive(), "a service is still being asked"
    await app.settle()


async def ask(app: RunningApp, *keys: str) -> None:
    """Press keys, and wait each time for what services say."""
    for key in keys:
        await app.press(key)
        await heard(app)


async def find(app: RunningApp, title: str, key: str = "a") -> None:
    """Open the search, put a title into it, and search."""
    await app.press(key)
    assert is_finding(app)
    await app.set_text("Input", title)
    await ask(app, "enter")


def is_finding(app: RunningApp) -> bool:
    """Return whether the search is open."""
    return isinstance(app.screen, SearchDialog)


async def choose(app: RunningApp, word: str) -> None:
    """Stand on the first line with this word in it, of the list on the screen."""
    options = app.screen.query_one(OptionList)
    options.highlighted = next(n for n, option in enumerate(options.options) if word in str(option.prompt))
    await app.settle()


def voices(app: RunningApp) -> dict[str, str]:
    """Return what the status pane says of each source: the row behind its name, by that name."""
    lines = app.main.query_one("#status", TextPane).plain_text.splitlines()
    found = [re.fullmatch(r"([▸>]| ) (\S.*?) {2,}(.*)", line) for line in lines]
    return {row[2]: row[3] + (" (this one)" if row[1].strip() else "") for row in found if row}


def entry_of(app: RunningApp, title: str) -> str:
    """Return the text of an entry in the file."""
    [found] = [part for part in re.split(r"(?m)^(?=\[\[(?:show|person)\]\])", app.file) if f'title = "{title}"' in part]
    return found


@contextmanager
def in_zone(patch: pytest.MonkeyPatch, zone: str) -> Iterator[None]:
    """Live somewhere."""
    with patch.context() as inner:
        inner.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


def drawn_outside(lines: Sequence[str]) -> set[str]:
    """Return what is no ASCII, apart from Textual's own frames and scroll bars."""
    return {char for line in lines for char in line if not char.isascii()} - set("▁▂▃▄▅▆▇█▊▎▌▐▔▕▖▗▘▝")


@contextmanager
def at_home(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Home]:
    """Give a machine that lives in the time of its fake sources, on which waiting takes no time."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        patch.delenv(name, raising=False)
        patch.delenv(name.upper(), raising=False)
    for name in ("TMDB_TOKEN", "TMDB_API_KEY", "TERM_PROGRAM", "VTE_VERSION"):
        patch.delenv(name, raising=False)
    clock = FakeClock()
    patch.setattr(client, "HttpClient", partial(client.HttpClient, now=clock, wait=clock.wait))
    patch.setattr(cache, "HttpCache", partial(cache.HttpCache, now=clock))
    patch.setattr(rate_limit, "RateLimiter", partial(rate_limit.RateLimiter, now=clock))
    with in_zone(patch, "UTC"), FakeSources(clock) as fake_sources:
        # Whatever is asked is asked of the services themselves.
        fake_sources.max_age = dict.fromkeys(SERVICES)
        home = Home(fake_sources, clock, folder)
        try:
            yield home
        finally:
            for tracker in home.trackers:
                tracker.sources.stop()
            for thread in threading.enumerate():
                if thread.name.startswith(ASKING):
                    thread.join(PATIENCE)
            for tracker in home.trackers:
                tracker.sources.close()
