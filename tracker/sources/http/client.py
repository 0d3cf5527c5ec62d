"""HTTP for the sources: requests that are paced, retried and cached."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Final, NamedTuple, Self

import msgspec

from tracker.errors import (
    BadResponse,
    Cancelled,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourcePaused,
)
from tracker.sources.http.article import FetchedPage, named_charset, open_page, parse_web_address
from tracker.sources.http.cache import HttpCache
from tracker.sources.http.connection import (
    IN_THE_WAY,
    REDIRECT_STATUSES,
    URL,
    ConnectionPool,
    Response,
    TimeLimits,
    format_seconds,
    join_url,
)
from tracker.sources.http.rate_limit import MAX_PAUSE, RateLimit, RateLimiter

MAX_BODY_BYTES: Final = 10_000_000  # limit of a body, after unpacking
MAX_HOPS: Final = 4
MAX_TRIES: Final = 3  # of a request to a host that has an error
RETRY_STATUSES: Final = frozenset({429, 500, 502, 503, 504})
RESERVED: Final = 2  # requests of each rate limit that are left to those who wait for an answer
FEED_LIMIT: Final = RateLimit(3, 900.0)
"""How often one feed is asked; a refresh every few minutes reads the answer that is there."""
_ACCEPT_FEED: Final = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_LONG_WAIT: Final = 1.0  # seconds; shorter waits are not told


class RequestOptions(NamedTuple):
    """How sources are asked."""

    patience: float = 15.0  # for how many seconds in all a request may be put off before it is given up
    in_background: bool = False  # whether nobody waits for the answer
    skip_cache: bool = False  # whether a fresh answer in a cache, here or on the way, is passed over
    on_wait: Callable[[str, float], None] = lambda label, seconds: None
    """Called before each longer wait with the host's name and the seconds, after it with 0; in the waiting thread."""


class ApiHost(NamedTuple):
    """An API and how often it may be asked."""

    label: str  # its name in sentences
    address: str  # where its API begins: "https://api.tvmaze.com"
    rate_limit: RateLimit


class HttpClient:
    """GET requests for the sources: paced, retried, cached. For several threads.

    Args:
        user_agent: Name and version of the program, see `tracker.HOME`.
        now: Seconds since the epoch.
        verify: Which certificates are trusted; None for those that the system trusts.
        wait: Sleeps for so many seconds, and returns whether to give up; None for a sleep that `stop` ends.
    """

    options = RequestOptions()

    def __init__(
        self,
        user_agent: str,
        cache: HttpCache,
        rate_limiter: RateLimiter,
        *,
        now: Callable[[], float] = time.time,
        limits: TimeLimits | None = None,
        verify: ssl.SSLContext | None = None,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._pool = ConnectionPool(user_agent, limits or TimeLimits(), verify)
        self._cache = cache
        self._rate_limiter = rate_limiter
        self._now = now
        self._sleep = wait or self._pool.stopped.wait

    def with_options(self, options: RequestOptions) -> Self:
        """Return this client, with the same connections, cache and rate limits, for requests of another kind."""
        client = copy(self)
        client.options = options
        return client

    def stop(self) -> None:
        """End the requests under way, and let none begin any more; call from any thread."""
        self._pool.stop()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
        self._rate_limiter.close()

    def get(
        self,
        host: ApiHost,
        path: str,
        params: Mapping[str, str | list[str]] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_busy: Callable[[bytes], bool] = lambda body: False,
    ) -> bytes:
        """Return the body of an answer, from the cache while it is fresh or unchanged.

        Args:
            path: Appended to the host's address.
            params: The query.
            secret: More of the query, which appears in no message and no file.
            headers: Further headers, which are secret too.
            is_busy: Whether a body with status 200 says that the host is too busy.

        Raises:
            SourceError: There is no usable answer; the sentence says why.
        """
        url = URL(host.address.rstrip("/") + path, params=dict(params or {}))
        cached = None if self.options.skip_cache else self._cache.get(str(url))
        if cached is not None and cached.is_fresh:
            return cached.body
        full_url = url.copy_merge_params(dict(secret)) if secret else url
        condition = cached.condition if cached is not None else {}
        # No cache on the way may answer by itself (RFC 9111, 5.2.1.4).
        condition |= {"Cache-Control": "no-cache"} if self.options.skip_cache else {}
        answer = self._request_with_retries(host, full_url, {**condition, **(headers or {})}, is_busy)
        if answer.status == 304 and cached is not None:
            self._cache.mark_fresh(str(url), answer.headers)
            return cached.body
        if answer.status != 200:
            raise status_error(host, answer.status)
        if _is_json(answer.body):
            # The page of a proxy, or half an answer, would be in the way for as long as it is fresh.
            self._cache.put(str(url), answer.body, answer.headers)
        return answer.body

    def get_feed(self, name: str, address: str, max_bytes: int) -> FetchedPage:
        """Return a feed, from the cache while it is fresh or unchanged; it may have moved to another host.

        It is asked once for each refresh, and not too often: who waits for it can do without.

        Raises:
            SourceError: There is no usable answer; the sentence says why and calls the feed `name`.
        """
        url = parse_web_address(address, "https://example.org/feed")
        cached = None if self.options.skip_cache else self._cache.get(str(url))
        pause = self._rate_limiter.pause_left(url.host)
        if cached is not None and (cached.is_fresh or pause or self._rate_limiter.take_slot(str(url), FEED_LIMIT)):
            return _unwrap(cached.body)
        if pause := pause or (self._rate_limiter.take_slot(str(url), FEED_LIMIT) if cached is None else 0):
            raise SourcePaused(f"{name} can be read again in {format_seconds(pause)}.")
        headers = cached.condition if cached is not None else {}
        headers |= {"Cache-Control": "no-cache"} if self.options.skip_cache else {}
        too_late = f"{name} took longer than {format_seconds(self._pool.limits.total)} to answer. Try again later."
        too_large = f"{name} is larger than {max_bytes // 1_000_000} MB, and was not read."
        cut_short = f"The answer from {name} was cut short. Try again later."
        with (
            self._pool.lend(_ACCEPT_FEED) as connection,
            connection.deadline(too_late),
            open_page(connection, url, noun="feed", label=name, headers=headers) as (final_url, response),
        ):
            if response.status == 304 and cached is not None:
                self._cache.mark_fresh(str(url), response.headers)
                return _unwrap(cached.body)
            if response.status in RETRY_STATUSES:
                if seconds := self._retry_after(response.headers):
                    self._rate_limiter.pause(url.host, seconds)
                raise SourceBusy(f"{name} has an error right now ({response.status}). Try again later.")
            if response.status != 200:
                raise BadResponse(f"{name} has no feed ({response.status}). Check its address in the settings.")
            response.read(max_bytes, noun="the feed", too_large=too_large, cut_short=cut_short)
        charset = named_charset(response.headers.get("content-type", ""))
        page = FetchedPage(response.body, charset, str(final_url.copy_with(userinfo=b"")))
        self._cache.put(str(url), _wrap(page), response.headers)
        return page

    def _request_with_retries(
        self, host: ApiHost, url: URL, headers: Mapping[str, str], is_busy: Callable[[bytes], bool]
    ) -> Response:
        """Ask again while the host wants to be asked later and patience lasts, or a few times if it has an error."""
        patience = _Patience(host.label, self.options, self._sleep, self._pool.stopped)
        backoff, errors = 1.0, 0
        while True:
            answer = self._request_with_redirects(host, url, headers, patience)
            if answer.status not in RETRY_STATUSES and not (answer.status == 200 and is_busy(answer.body)):
                return answer
            pause = self._retry_after(answer.headers)
            match answer.status:
                case 200:
                    sentence = f"{host.label} is busy right now. Try again later."
                case 429:
                    sentence = f"{host.label} gets too many requests right now (429). Try again later."
                case _:
                    sentence = f"{host.label} has an error right now ({answer.status}). Try again later."
                    errors += pause is None
            if pause:
                # Other requests, of other processes too, wait as well.
                self._rate_limiter.pause(host.address, pause)
                sentence = _describe_pause(host, pause)
            if errors == MAX_TRIES:
                raise SourceBusy(sentence)
            # Jitter, so that many clients do not come back at the same moment.
            seconds = random.uniform(0.5, 1.0) * backoff  # noqa: S311
            if pause:
                seconds = max(seconds, pause + random.uniform(0, 0.5))  # noqa: S311
            elif patience.left > 0:
                # The last try comes when patience ends, which is after the window that a host counts in as a rule.
                seconds = min(seconds, patience.left)
            patience.wait(seconds, sentence)
            backoff *= 2

    def _retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Return `Retry-After` in seconds, which may be a number or a date (RFC 9110, 10.2.3)."""
        text = headers.get("retry-after", "").strip()
        if text.isdecimal():
            return float(text[:9])
        with suppress(ValueError, TypeError, OverflowError):
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._now())
        return None

    def _request_with_redirects(
        self, host: ApiHost, url: URL, headers: Mapping[str, str], patience: _Patience
    ) -> Response:
        """Follow redirects, but to no other host."""
        for _ in range(MAX_HOPS):
            self._wait_for_turn(host, patience)
            answer = self._request(host, url, headers)
            if answer.status not in REDIRECT_STATUSES:
                return answer
            if (target := join_url(url, answer.location)) is None:
                raise BadResponse(f"{host.label} redirects to an invalid address. {IN_THE_WAY}")
            if url.scheme == "https" and target.scheme == "http":
                # Old addresses begin with http; what is asked in secret is not asked again in the clear.
                target = target.copy_with(scheme="https")
            if (target.host, target.port) != (url.host, url.port) or target.scheme != url.scheme:
                other = target.host or "one without a name"
                raise BadResponse(f"{host.label} redirects to another host, {other}. {IN_THE_WAY}")
            url = target
        raise BadResponse(f"{host.label} redirects in circles. Try again later.")

    def _wait_for_turn(self, host: ApiHost, patience: _Patience) -> None:
        limit, address = host.rate_limit, host.address
        if self.options.in_background:
            limit = limit._replace(requests=max(1, limit.requests - RESERVED))
        while True:
            # Read each time: another process may have been sent away meanwhile.
            if pause := self._rate_limiter.pause_left(address):
                patience.wait(pause + random.uniform(0, 0.5), _describe_pause(host, pause))  # noqa: S311
            elif seconds := self._rate_limiter.take_slot(address, limit):
                patience.wait(seconds, f"Other trackers are using {host.label}. Try again later.")
            else:
                return

    def _request(self, host: ApiHost, url: URL, headers: Mapping[str, str]) -> Response:
        label, limits, connection = host.label, self._pool.limits, self._pool.get(host.address)
        too_late = f"{label} took longer than {format_seconds(limits.total)} to answer. Try again later."
        too_large = f"{label} sent more than {MAX_BODY_BYTES // 1_000_000} MB. Nothing was used. Try again later."
        cut_short = f"The answer from {label} was cut short. Try again later."
        with connection.turn:
            if self._pool.stopped.is_set():
                raise Cancelled("Stopped.")
            with connection.deadline(too_late), connection.get(url, label, headers) as response:
                response.read(MAX_BODY_BYTES, noun="its answer", too_large=too_large, cut_short=cut_short)
                return response


class _Patience:
    """What is left of the patience for one request."""

    def __init__(self, label: str, options: RequestOptions, sleep: Callable[[float], bool], stopped: Event) -> None:
        self._label = label
        self.left = options.patience
        self._on_wait = options.on_wait
        self._sleep = sleep
        self._stopped = stopped

    def wait(self, seconds: float, sentence: str) -> None:
        """Wait.

        Raises:
            SourcePaused: There is not so much patience left; `sentence` is the message.
            Cancelled: Somebody stopped it.
        """
        if seconds > self.left:
            raise SourcePaused(sentence)
        self.left -= seconds
        is_long = seconds >= _LONG_WAIT
        if is_long:
            self._on_wait(self._label, seconds)
        is_given_up = self._sleep(seconds)
        if is_long:
            self._on_wait(self._label, 0)
        if is_given_up or self._stopped.is_set():
            raise Cancelled("Stopped.")


def _wrap(page: FetchedPage) -> bytes:
    """Return a page as the cache keeps it: what its headers said comes before it."""
    return f"{page.charset}\n{page.url}\n".encode() + page.data


def _unwrap(body: bytes) -> FetchedPage:
    charset, _, rest = body.partition(b"\n")
    url, _, data = rest.partition(b"\n")
    return FetchedPage(data, charset.decode(errors="replace"), url.decode(errors="replace"))


def _describe_pause(host: ApiHost, seconds: float) -> str:
    return f"{host.label} asks to wait {format_seconds(min(seconds, MAX_PAUSE))}. Try again then."


def status_error(host: ApiHost, status: int) -> SourceError:
    """Return the error that an HTTP status of 400 or more means."""
    match status:
        case 401 | 403:
            return SourceDenied(
                f"{host.label} refused the request ({status}). Try again later, or from another network.", status
            )
        case 404 | 410:
            return SourceNotFound(f"{host.label} doesn't have that ({status}).", status)
        case 400 | 422:
            return BadResponse(
                f"{host.label} didn't understand the request ({status}). A newer release-tracker may help.", status
            )
    return BadResponse(f"{host.label} gave an unexpected answer ({status}). Try again later.", status)


def _is_json(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict | list)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
