"""Loader, RefreshRunner and SyncMerge without an app: what they do when a thread comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from textual.app import App

from tests.tui.main.fake_host import FakeHost
from tracker.errors import NothingToUndo
from tracker.service.refresh import Progress
from tracker.tui.background import run_in_thread, then
from tracker.tui.main.loading import Loader
from tracker.tui.main.refresh import RefreshRunner
from tracker.tui.main.sync_merge import SyncMerge

NO = NothingToUndo("No.")


def fail(*_: object, **__: object) -> NoReturn:
    raise NO


def finish(host: FakeHost) -> None:
    """Wait for the threads, and do what they left to do."""
    for thread in threading.enumerate():
        if thread.name in ("background", "asking"):
            thread.join(10)
    host.run_posted()


def tracker(**parts: Any) -> Any:
    """Return a tracker that has only these parts."""
    watchlist = SimpleNamespace(as_of=None, current=SimpleNamespace(shows=()))
    return SimpleNamespace(watchlist=watchlist, **parts)


def test_source_states_that_cannot_be_read_are_told() -> None:
    host = FakeHost()
    loader = Loader(host, tracker(states=SimpleNamespace(load=fail), inbox=SimpleNamespace(count=fail)))
    loader.load_source_states()
    finish(host)
    loader.count_unread()
    assert host.messages == ["No.", "No."]
    assert not loader.has_source_states


def test_refresh_that_fails_is_told_and_ends() -> None:
    host = FakeHost()
    run = SimpleNamespace(run=fail, stop=lambda: None)
    refresher = RefreshRunner(host, tracker(refresh=lambda *_, **__: run), Loader(host, tracker()))
    refresher.start_all()
    assert refresher.activity == "refreshing…"
    refresher.start_all()
    finish(host)
    assert host.messages == ["A refresh is already running. Press Esc to stop it.", "No."]
    assert (refresher.activity, refresher.stop()) == ("", False)


def test_refresh_shows_its_progress() -> None:
    host = FakeHost()
    asked, wait = threading.Event(), threading.Event()

    def ask(post: Callable[[Progress], None]) -> NoReturn:
        post(Progress(1, 3, "Amber"))
        asked.set()
        wait.wait(10)
        raise NO

    run = SimpleNamespace(run=ask, stop=wait.set)
    sources = SimpleNamespace(stop=lambda: None)
    refresher = RefreshRunner(host, tracker(refresh=lambda *_, **__: run, sources=sources), Loader(host, tracker()))
    refresher.start_all()
    assert asked.wait(10)
    host.run_posted()
    assert refresher.activity == "refreshing 1 of 3 (esc stops): Amber"
    assert refresher.stop()
    assert refresher.activity == "stopping…"
    finish(host)


def test_merge_without_a_copy_says_so() -> None:
    host = FakeHost()
    SyncMerge(host, SimpleNamespace(find=tuple), SimpleNamespace()).start()  # type: ignore[arg-type]  # what is used
    assert host.messages == ["No conflicted copy found"]


def test_copy_that_cannot_be_read_is_told() -> None:
    host = FakeHost()
    copies = SimpleNamespace(find=lambda: (Path("copy.toml"),), preview=fail)
    SyncMerge(host, copies, SimpleNamespace()).start()  # type: ignore[arg-type]  # what is used
    finish(host)
    assert host.messages == ["No."]


async def test_a_bug_in_a_thread_ends_the_app() -> None:
    def fail() -> None:
        raise LookupError("a bug")

    async def work() -> None:
        async with App[None]().run_test() as pilot:
            run_in_thread(pilot.app, "work", fail, then(lambda _: None)).join()
            await pilot.pause()

    with pytest.raises(LookupError, match="a bug"):
        await work()
