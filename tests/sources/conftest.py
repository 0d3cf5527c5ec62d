from __future__ import annotations

import sqlite3
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.fake_sources import Certificate, FakeClock, FakeSources
from tests.fake_sources.certificate import can_make, make
from tracker.sources.http.cache import HttpCache
from tracker.sources.http.client import HttpClient, TimeLimits
from tracker.sources.http.rate_limit import RateLimiter

AGENT = "release-tracker/0.1.0 (+https://tracker.example/contact)"
HASTY = TimeLimits(connect=5, read=0.2, total=30)
"""For what says nothing."""
BRIEF = TimeLimits(connect=5, read=20, total=0.3)
"""For what never comes to an end; no single read takes long."""
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no certificate, and is made in no time; those of the system are read for a thirtieth of a second."""


class MakeClient(Protocol):
    """Makes clients that share a cache and a ledger, as several runs of the program do."""

    def __call__(
        self,
        limits: TimeLimits | None = None,
        *,
        verify: ssl.SSLContext | None = NOBODY,
        wait: Callable[[float], bool] | None = ...,
    ) -> HttpClient: ...


@pytest.fixture(autouse=True)
def _own_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let neither a proxy nor a certificate of this machine be in the way."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake_sources(clock: FakeClock) -> Iterator[FakeSources]:
    with FakeSources(clock) as fake_sources:
        yield fake_sources


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Where clients keep answers."""
    return tmp_path / "kept" / "answers.db"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where clients keep account of their requests."""
    return tmp_path / "kept" / "ledger.db"


@pytest.fixture
def make_client(clock: FakeClock, answers: Path, ledger: Path) -> Iterator[MakeClient]:
    """A function that makes clients; unless told otherwise they have patience, and waiting takes them no time."""
    made: list[HttpClient] = []

    def make_one(
        limits: TimeLimits | None = None,
        *,
        verify: ssl.SSLContext | None = NOBODY,
        wait: Callable[[float], bool] | None = clock.wait,
    ) -> HttpClient:
        cache, pacer = HttpCache(answers, clock), RateLimiter(ledger, clock)
        made.append(HttpClient(AGENT, cache, pacer, now=clock, limits=limits, verify=verify, wait=wait))
        return made[-1]

    yield make_one
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: MakeClient) -> HttpClient:
    return make_client()


@pytest.fixture
def kept(answers: Path) -> Callable[[], list[str]]:
    """A function that returns the addresses of which answers are kept."""

    def read() -> list[str]:
        if not answers.exists():
            return []
        table = sqlite3.connect(answers)
        try:
            return [str(url) for (url,) in table.execute("SELECT url FROM answer ORDER BY url")]
        finally:
            table.close()

    return read


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    if not can_make():
        pytest.skip("there is no openssl to make a certificate with")
    return make(tmp_path_factory.mktemp("certificate"))
