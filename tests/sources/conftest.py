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
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.connection import TimeLimits
from tracker.sources.http.rate_limit import RateLimit, RateLimiter

AGENT = "release-tracker/0.1.0 (+https://tracker.example/contact)"
SHORT_READ = TimeLimits(connect=5, read=0.2, total=30)
SHORT_TOTAL = TimeLimits(connect=5, read=20, total=0.3)
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no certificate, and is made in no time; those of the system are read for a thirtieth of a second."""
NOT_DATABASES = [b"no database, but long enough for one" * 50, b"\x00" * 5000, b"x"]


class MakeClient(Protocol):
    """Makes clients that share a cache and a rate limit, as several runs of the program do."""

    def __call__(
        self,
        limits: TimeLimits | None = None,
        *,
        verify: ssl.SSLContext | None = NOBODY,
        wait: Callable[[float], bool] | None = ...,
    ) -> HttpClient: ...


@pytest.fixture(autouse=True)
def _no_proxy_and_no_certificates_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
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
def maze(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TVmaze", fake_sources.address("tvmaze"), RateLimit(10_000, 1))


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers.db"


@pytest.fixture
def limits_file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "limits.db"


@pytest.fixture
def make_client(clock: FakeClock, cache_file: Path, limits_file: Path) -> Iterator[MakeClient]:
    """A function that makes clients; unless told otherwise they have patience, and waiting takes them no time."""
    clients: list[HttpClient] = []

    def make_client(
        limits: TimeLimits | None = None,
        *,
        verify: ssl.SSLContext | None = NOBODY,
        wait: Callable[[float], bool] | None = clock.wait,
    ) -> HttpClient:
        cache, limiter = HttpCache(cache_file, clock), RateLimiter(limits_file, clock)
        clients.append(HttpClient(AGENT, cache, limiter, now=clock, limits=limits, verify=verify, wait=wait))
        return clients[-1]

    yield make_client
    for client in clients:
        client.close()


@pytest.fixture
def client(make_client: MakeClient) -> HttpClient:
    return make_client()


def cached_urls(cache_file: Path) -> list[str]:
    if not cache_file.exists():
        return []
    database = sqlite3.connect(cache_file)
    try:
        return [str(url) for (url,) in database.execute("SELECT url FROM answer ORDER BY url")]
    finally:
        database.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    if not can_make():
        pytest.skip("there is no openssl to make a certificate with")
    return make(tmp_path_factory.mktemp("certificate"))
