from __future__ import annotations

import json
import os
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.fake_sources import FakeClock, FakeSources
from tests.files import write_settled
from tracker.cli import main as cli
from tracker.errors import SourceError, SourceNotFound
from tracker.model.news import NewsItem
from tracker.model.proposal import Proposal
from tracker.model.provenance import FOLLOWABLE
from tracker.model.show import Show
from tracker.model.source_record import LABELS, SourceRecord
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.service.refresh import RefreshReport
from tracker.sources.base import LastSeen, RecordFailure, is_fatal
from tracker.sources.http import cache, client, rate_limit

TRUST_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""To read the certificates of the system takes longer than most tests."""
HOUR = 3600
DAY = 24 * HOUR


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


class Home:
    """Somebody's machine: a list, settings, and the fake sources that are asked from there."""

    def __init__(
        self, fake_sources: FakeSources, clock: FakeClock, path: Path, capture: pytest.CaptureFixture[str]
    ) -> None:
        self.fake_sources = fake_sources
        self.clock = clock
        self.path = path
        self.paths = Paths(path)
        self.trackers: list[Tracker] = []
        self._capture = capture
        self.ask()

    def ask(
        self, *sources: str, tmdb: Mapping[str, str] | None = None, at: Mapping[str, str] | None = None, **more: object
    ) -> None:
        """Write the settings: who is asked (all where nobody is named), the TMDB token, other addresses."""
        token = {"token": self.fake_sources.allow_token} if tmdb is None else tmdb
        addresses = {name: self.fake_sources.address(name) for name in LABELS} | dict(at or {})
        lines = [f"{name} = {json.dumps(value)}" for name, value in {"sources": sources or [*LABELS], **more}.items()]
        for heading, pairs in (("tmdb", token), ("addresses", addresses)):
            lines += [f"[{heading}]", *(f"{name} = {json.dumps(value)}" for name, value in pairs.items())]
        self.paths.settings.parent.mkdir(parents=True, exist_ok=True)
        self.paths.settings.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def write(self, *entries: str) -> bytes:
        write_settled(self.path, ("format = 1\n\n" + "".join(entries)).encode())
        return self.path.read_bytes()

    def edit(self, old: str, new: str) -> None:
        text = self.text
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        self.path.write_bytes(text.replace(old, new).encode())

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def tracker(self) -> Tracker:
        """Start the program."""
        tracker = self.make(self.paths)
        tracker.watchlist.open()
        return tracker

    def make(self, paths: Paths, **options: object) -> Tracker:
        """Make a tracker that lives in the time of the fake sources."""
        self.trackers.append(Tracker(paths, now=lambda: _local(self.clock()), **options))  # type: ignore[arg-type]
        return self.trackers[-1]

    def show(self, show_id: str) -> Show:
        return self.tracker().watchlist.current.get(show_id)

    def refresh(self, *show_ids: str, force: bool = False, dry_run: bool = False) -> RefreshReport:
        """Ask the services, in a run of the program of its own."""
        tracker = self.tracker()
        shows = [tracker.watchlist.current.get(one) for one in show_ids] or tracker.watchlist.current.shows
        report = tracker.refresh(shows, force=force or bool(show_ids), dry_run=dry_run).run()
        tracker.sources.close()
        return report

    def run(self, *argv: str) -> Ran:
        """Run a command, in a run of the program of its own."""
        self._capture.readouterr()
        try:
            code = cli.main(argv)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        return Ran(code, *self._capture.readouterr())

    def later(self, *, days: float = 0, hours: float = 0) -> None:
        self.clock.advance(days * DAY + hours * HOUR)

    def forget_answers(self) -> None:
        """Delete the cache, so that whatever is asked is asked of the services themselves."""
        for one in self.paths.cache.glob("answers*"):
            one.unlink()


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds)  # noqa: DTZ006 - the program's clock is local time


CLEARED = "follows = {{ {} }}".format(", ".join(f'{name} = "me"' for name in FOLLOWABLE))
"""The line of an entry that no source fills, as its owner cleared what is empty."""


def entry(title: str, *keys: str, claims: Sequence[str] = ()) -> str:
    """Return the text of an entry: lines of the show itself, and what its claims say."""
    lines = ["[[show]]", f"title = {json.dumps(title, ensure_ascii=False)}", *keys]
    for claim in claims:
        lines += ["", "[[show.history]]", claim]
    return "\n".join(lines) + "\n\n"


def said(status: str, release: str, on: str = "2026-01-10", source: str = "Lumen Post") -> tuple[str, str]:
    """Return the lines of a show that stands there, and its one claim, which somebody else made."""
    dated = f"release = {release}" if release.count("-") == 2 else f'release = "{release}"'
    lines = f'status = "{status}"\n{dated}'
    return lines, f'on = {on}\n{lines}\nsource = "{source}"'


class StubSource:
    """A source that says what a test sets, without a network."""

    notice = ""

    def __init__(self, name: str, *records: SourceRecord) -> None:
        self.name = name
        self.label = LABELS[name]
        self.records: dict[str, SourceRecord | Exception] = {record.key: record for record in records}
        self.fetched: list[str] = []
        self.on_fetch: Callable[[], object] = lambda: None

    def change(self, key: str, **fields: object) -> None:
        """Say something else of a show."""
        record = self.records[key]
        assert isinstance(record, SourceRecord)
        revision = str(int(record.revision or 0) + 1)
        self.records[key] = record._replace(**{"revision": revision, **fields})  # type: ignore[arg-type]

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        return tuple(one for one in self.records.values() if isinstance(one, SourceRecord) and one.title == words)

    def look_up(self, site: str, key: str) -> tuple[SourceRecord, ...]:
        records = (one for one in self.records.values() if isinstance(one, SourceRecord))
        return tuple(record for record in records if (site, key) in record.ids)

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        return frozenset(key for key, last in known.items() if self._revision(key) != last.revision)

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        for key in keys:
            self.fetched.append(key)
            self.on_fetch()
            answer = self.records.get(key, SourceNotFound(f"{self.label} has no {key}."))
            if isinstance(answer, SourceRecord):
                yield answer
            elif isinstance(answer, SourceError) and not is_fatal(answer):
                yield RecordFailure(key, answer)
            else:
                raise answer

    def _revision(self, key: str) -> str | None:
        record = self.records.get(key)
        return record.revision if isinstance(record, SourceRecord) else None


class Program:
    """A list whose sources are stubs; every call is a run of the program of its own."""

    def __init__(self, path: Path, *sources: StubSource) -> None:
        self.path = path
        self.sources = sources
        self.now = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the program's clock is local time
        names = json.dumps([source.name for source in sources])
        settings = Paths(path).settings
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"sources = {names}\n")

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode()

    def write(self, *entries: str) -> str:
        write_settled(self.path, ("format = 1\n\n" + "".join(entries)).encode())
        return self.text

    def edit(self, old: str, new: str) -> None:
        assert self.text.count(old) == 1
        self.path.write_bytes(self.text.replace(old, new).encode())

    def tracker(self, **options: Any) -> Tracker:
        tracker = Tracker(Paths(self.path), now=lambda: self.now, **options)
        tracker.sources.enabled = self.sources
        tracker.sources.in_background = lambda **_: self.sources  # type: ignore[method-assign]
        tracker.watchlist.open()
        return tracker

    def show(self, show_id: str = "slow-tram") -> Show:
        return self.tracker().watchlist.current.get(show_id)

    def refresh(self, *show_ids: str, days: float = 0, **options: bool) -> RefreshReport:
        """Refresh some shows, or all, some days later."""
        self.now += timedelta(days=days)
        tracker = self.tracker()
        shows = [tracker.watchlist.current.get(show_id) for show_id in show_ids] or tracker.watchlist.current.shows
        return tracker.refresh(shows, **options).run()

    def proposals(self, show_id: str = "slow-tram") -> dict[str, Proposal]:
        """Return the proposals for a show, by field."""
        tracker = self.tracker()
        return {one.field: one for one in tracker.proposals.find(tracker.watchlist.current.get(show_id))}

    def inbox(self) -> list[tuple[str, str, str]]:
        return summarize(self.tracker().inbox.items())


def summarize(news: Iterable[NewsItem]) -> list[tuple[str, str, str]]:
    """Return grade, show and source of news."""
    return [(item.grade, item.show_id, item.source) for item in news]


@contextmanager
def in_greenwich() -> Iterator[None]:
    """Let noon of the fake sources be noon here, and its days the days of the claims."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        os.environ.update({} if before is None else {"TZ": before})
        time.tzset()


@contextmanager
def at_home(folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> Iterator[Home]:
    """Give a machine that lives in the time of its fake sources, on which waiting takes no time."""
    # Neither a proxy, nor a certificate, nor a token of this machine may be in the way.
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        patch.delenv(name, raising=False)
        patch.delenv(name.upper(), raising=False)
    for name in ("TMDB_TOKEN", "TMDB_API_KEY"):
        patch.delenv(name, raising=False)
    clock = FakeClock()
    patch.setattr(client, "HttpClient", partial(client.HttpClient, now=clock, wait=clock.wait, verify=TRUST_NOBODY))
    patch.setattr(cache, "HttpCache", partial(cache.HttpCache, now=clock))
    patch.setattr(rate_limit, "RateLimiter", partial(rate_limit.RateLimiter, now=clock))
    with in_greenwich(), FakeSources(clock) as fake_sources:
        home = Home(fake_sources, clock, folder / "list.toml", capture)
        patch.setattr(cli, "Paths", lambda given: Paths(given or home.path))
        patch.setattr(cli, "Tracker", home.make)
        try:
            yield home
        finally:
            for tracker in home.trackers:
                tracker.sources.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Home]:
    with at_home(tmp_path, monkeypatch, capsys) as home:
        yield home


@pytest.fixture
def fake_sources(home: Home) -> FakeSources:
    return home.fake_sources
