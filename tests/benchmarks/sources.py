"""What the services cost: nothing at the start, and few requests later."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from tests.benchmarks.result import Result, app_command
from tests.benchmarks.terminal import Terminal
from tests.fake_sources import FakeSources
from tracker.model.source_state import SourceState
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.sources.tvmaze import parse_show

SHOWS, MOVED = 1_000, 10
_DEAD = "http://127.0.0.1:9"
"""A port on which nobody listens."""


def measure_offline_start(path: Path, environment: dict[str, str], runs: int) -> Result:
    """Measure the start behind a dead proxy, with all services enabled, against one without."""
    behind = {**environment, "HTTP_PROXY": _DEAD, "HTTPS_PROXY": _DEAD, "ALL_PROXY": _DEAD, "TMDB_TOKEN": "0" * 32}

    def opened(given: dict[str, str]) -> float:
        with Terminal(app_command(path), given) as terminal:
            return terminal.wait_for("▸".encode()) - terminal.started

    both = [(opened(behind), opened(environment)) for _ in range(runs + 1)][1:]
    ratio = median(one / other for one, other in both)
    detail = (
        f"{median(one for one, _ in both) * 1000:.0f} ms, without {median(other for _, other in both) * 1000:.0f} ms"
    )
    return Result("first rows behind a dead proxy / without", ratio, 1.05, "×", detail)


def measure_refresh(folder: Path) -> list[Result]:
    """Count the requests that a long list takes of which little changed, and measure the whole."""
    folder.mkdir()
    for name in ("STATE", "CONFIG", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
    with FakeSources() as fake_sources:
        shows = fake_sources.add_many(SHOWS)
        settings = folder / "config" / "release-tracker" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'sources = ["tvmaze"]\n[addresses]\ntvmaze = "{fake_sources.address("tvmaze")}"\n')
        entries = [f'[[show]]\ntitle = "{one.title}"\nids = {{ tvmaze = {one.tvmaze} }}\n\n' for one in shows]
        path = folder / "watchlist.toml"
        path.write_text("".join(entries))
        tracker = Tracker(Paths(path), now=_later(timedelta(days=8)))
        tracker.watchlist.open()
        bodies = (_body(fake_sources, one.tvmaze) for one in shows)
        before = datetime.now(UTC)
        words = [SourceState.first(parse_show(body, before.date()), before, before.date()) for body in bodies]
        tracker.states.keep(words)
        for one in shows[:MOVED]:
            fake_sources.change("tvmaze", one.tvmaze or 0, premiered="2028-03-05")
        asked = len(fake_sources.requests)
        start = datetime.now(UTC)
        report = tracker.refresh(tracker.watchlist.current.shows).run()
        seconds = (datetime.now(UTC) - start).total_seconds()
        requests = len(fake_sources.requests) - asked
        tracker.sources.close()
    detail = f"{report.asked:,} shows asked about, {len(report.news)} news, {seconds:.1f} s with the edits"
    return [Result(f"requests for {SHOWS:,} shows, {MOVED} changed", requests, 1 + MOVED, "", detail)]


def _later(by: timedelta) -> Callable[[], datetime]:
    return lambda: datetime.now() + by  # noqa: DTZ005 - the program's clock is local time


def _body(fake_sources: FakeSources, key: int | None) -> bytes:
    with urlopen(f"{fake_sources.address('tvmaze')}/shows/{key}") as answer:
        body: bytes = answer.read()
    return body
