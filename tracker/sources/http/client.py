"""HTTP for the sources: paced, retried, cached, bounded in size and time. The one module that imports httpx."""

from __future__ import annotations

import logging
import os
import random
import socket
import ssl
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any, Final, NamedTuple, Self
from urllib.request import getproxies, proxy_bypass

import httpx
import msgspec

from tracker.errors import (
    AnswerTooLarge,
    BadResponse,
    Cancelled,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourceOffline,
    SourcePaused,
)
from tracker.sources.http.cache import HttpCache
from tracker.sources.http.rate_limit import MAX_PAUSE, RateLimit, RateLimiter
from tracker.text import clean_line

# They would write whole addresses, with what is secret in them, into any log that somebody turns on.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

URL = httpx.URL

MAX_BODY_BYTES: Final = 10_000_000  # limit of a body, after unpacking
MAX_HOPS: Final = 4
MAX_TRIES: Final = 3  # of a request to a host that has an error
_LONG_WAIT: Final = 1.0  # seconds; shorter waits are not told
RESERVED: Final = 2  # requests of each rate limit that are left to those who wait for an answer
REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
RETRY_STATUSES: Final = frozenset({429, 500, 502, 503, 504})
_IN_THE_WAY: Final = "A proxy or a login page may be in the way."
_CA_BUNDLES: Final = (
    "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/ca-bundle.pem",
)


class TimeLimits(NamedTuple):
    """How long a request may take, in seconds."""

    connect: float = 5.0
    read: float = 10.0  # between two pieces of an answer
    total: float = 30.0  # from the request to the last piece


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


class Response:
    """An answer; `body` is empty until it is read."""

    def __init__(self, label: str, raw: httpx.Response) -> None:
        self.status = raw.status_code
        self.headers: Mapping[str, str] = raw.headers
        self.location = str(raw.extensions.get("location", ""))
        """Where a redirect leads, unchecked; "" for nowhere."""
        self.body = b""
        self._label = label
        self._raw = raw

    def read(self, max_bytes: int, *, noun: str, too_large: str, cut_short: str) -> None:
        """Read and unpack the body; `noun` and the sentences are for error messages.

        Raises:
            AnswerTooLarge: It is larger than `max_bytes` unpacked.
            BadResponse: It is cut short, or packed in another way than gzip.
        """
        encoding = self.headers.get("content-encoding", "identity").strip().casefold()
        if encoding not in ("identity", "", "gzip", "x-gzip"):
            shown = clean_line(encoding)[:20]
            raise BadResponse(f"{self._label} compressed {noun} in an unknown way ({shown}). {_IN_THE_WAY}")
        unpacker = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
        body = bytearray()
        for chunk in self._raw.iter_raw():
            try:
                # A few bytes can unpack to gigabytes, so no more is unpacked than is allowed.
                body += unpacker.decompress(chunk, max_bytes + 1 - len(body)) if unpacker is not None else chunk
            except zlib.error:
                raise BadResponse(f"{self._label} sent something that can't be decompressed. {_IN_THE_WAY}") from None
            if len(body) > max_bytes:
                raise AnswerTooLarge(too_large)
        if unpacker is not None and body and not unpacker.eof:
            raise BadResponse(cut_short)
        self.body = bytes(body)


class Connection:
    """One connection, kept alive, for GET requests of one thread at a time; redirects are left to the caller.

    `make_context` says before the first request which certificates are trusted. Who sets `stopped` calls `shut_down`.
    """

    def __init__(
        self,
        user_agent: str,
        accept: str,
        limits: TimeLimits,
        make_context: Callable[[], ssl.SSLContext],
        stopped: Event | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": accept, "Accept-Encoding": "gzip"}
        self._limits = limits
        self._make_context = make_context
        self._stopped = stopped or Event()
        self._is_late = Event()
        self._socket: socket.socket | None = None
        self.turn = Lock()
        """Held by the thread whose request is under way."""

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(
            # More than one idle connection may get an address blocked (TVmaze), and one is enough.
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=20),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect, pool=self._limits.total),
            headers=self._headers,
            follow_redirects=False,
            verify=self._make_context(),
            event_hooks={"response": [_set_location_aside]},
        )

    def close(self) -> None:
        """Close the connection."""
        if "_client" in self.__dict__:
            self._client.close()

    def shut_down(self) -> None:
        """End the request under way; call from another thread."""
        if (sock := self._socket) is not None:
            # Closing the socket would not wake the thread that reads from it.
            with suppress(OSError, ValueError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    @contextmanager
    def deadline(self, too_late: str) -> Iterator[None]:
        """Cut the connection after `limits.total` seconds; a read timeout starts anew with each piece.

        Raises:
            SourceBusy: It took too long; `too_late` is the message.
            Cancelled: Somebody stopped it.
        """
        self._is_late.clear()

        def cut() -> None:
            self._is_late.set()
            self.shut_down()

        timer = Timer(self._limits.total, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except SourceError:
            self._check_time(too_late)
            raise
        finally:
            timer.cancel()
        # An answer that ends where its connection does seems to be whole when that is cut.
        self._check_time(too_late)

    def _check_time(self, too_late: str) -> None:
        if self._stopped.is_set():
            raise Cancelled("Stopped.") from None
        if self._is_late.is_set():
            raise SourceBusy(too_late) from None

    @contextmanager
    def get(
        self,
        url: URL,
        label: str,
        headers: Mapping[str, str] | None = None,
        check_peer: Callable[[Any], None] | None = None,
    ) -> Iterator[Response]:
        """Send one request; the body can be read while the `with` block lasts.

        `label` is the host in sentences. `check_peer` gets the address of the socket's other end before anything is
        sent, unless that is a proxy; it may raise a SourceError.

        Raises:
            SourceError: There is no answer, or it breaks off; the sentence says why.
        """

        def trace(event: str, info: Mapping[str, Any]) -> None:
            # Behind a proxy the second has another socket.
            if not event.endswith((".connect_tcp.complete", ".start_tls.complete")):
                return
            self._socket = info["return_value"].get_extra_info("socket")
            if self._stopped.is_set() or self._is_late.is_set():
                self.shut_down()
            elif check_peer is not None and event.endswith(".connect_tcp.complete") and not uses_proxy(url):
                try:
                    check_peer(self._socket.getpeername())
                except SourceError:
                    info["return_value"].close()
                    raise

        try:
            request = self._client.build_request("GET", url, headers=dict(headers or {}), extensions={"trace": trace})
            raw = self._client.send(request, stream=True)
            try:
                yield Response(label, raw)
            finally:
                raw.close()
        # A proxy of a kind that cannot be spoken to is an ImportError or a ValueError.
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError, ImportError) as error:
            raise transport_error(label, error, self._limits, is_proxied=uses_proxy(url)) from None


class ConnectionPool:
    """A connection for each host, and the switch that stops all of them."""

    def __init__(self, user_agent: str, limits: TimeLimits, verify: ssl.SSLContext | None) -> None:
        self.limits = limits
        self.stopped = Event()
        self._user_agent = user_agent
        self._verify = verify
        self._connections: dict[str, Connection] = {}
        self._lock = Lock()

    def get(self, host: ApiHost) -> Connection:
        """Return the connection to a host."""
        with self._lock:
            if host.address not in self._connections:
                self._connections[host.address] = Connection(
                    self._user_agent, "application/json", self.limits, self._context, self.stopped
                )
            return self._connections[host.address]

    def stop(self) -> None:
        """End the requests under way, and let none begin any more."""
        self.stopped.set()
        for connection in list(self._connections.values()):
            connection.shut_down()

    def close(self) -> None:
        """Close all connections."""
        for connection in self._connections.values():
            connection.close()

    def _context(self) -> ssl.SSLContext:
        with self._lock:
            # Made once for all hosts: it takes longer than a whole question on a fast line.
            self._verify = self._verify or trusted_certificates()
            return self._verify


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
        condition = {"If-None-Match": cached.etag} if cached is not None and cached.etag else {}
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
                raise BadResponse(f"{host.label} redirects to an invalid address. {_IN_THE_WAY}")
            if url.scheme == "https" and target.scheme == "http":
                # Old addresses begin with http; what is asked in secret is not asked again in the clear.
                target = target.copy_with(scheme="https")
            if (target.host, target.port) != (url.host, url.port) or target.scheme != url.scheme:
                other = target.host or "one without a name"
                raise BadResponse(f"{host.label} redirects to another host, {other}. {_IN_THE_WAY}")
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
        label, limits, connection = host.label, self._pool.limits, self._pool.get(host)
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


def _describe_pause(host: ApiHost, seconds: float) -> str:
    return f"{host.label} asks to wait {format_seconds(min(seconds, MAX_PAUSE))}. Try again then."


def parse_url(text: str) -> URL | None:
    """Return an address without its fragment, None for what is none."""
    try:
        return URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        return None


def join_url(url: URL, location: str) -> URL | None:
    """Return where a redirect leads, None for an address that is none."""
    try:
        return url.join(location)
    except httpx.InvalidURL:
        return None


def trusted_certificates() -> ssl.SSLContext:
    """Return a context that trusts SSL_CERT_FILE, else SSL_CERT_DIR, else what the system trusts."""
    if path := os.environ.get("SSL_CERT_FILE"):
        return ssl.create_default_context(cafile=path)
    if path := os.environ.get("SSL_CERT_DIR"):
        return ssl.create_default_context(capath=path)
    if sys.platform in ("darwin", "win32"):
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The paths that OpenSSL was built with: empty variables would lead `load_default_certs` nowhere.
    paths = ssl.get_default_verify_paths()
    # A folder without hashed names, as Fedora's, says nothing to OpenSSL.
    folder = paths.openssl_capath if any(Path(paths.openssl_capath).glob("*.0")) else None
    file = next(filter(os.path.isfile, (paths.openssl_cafile, *(() if folder else _CA_BUNDLES))), None)
    if file or folder:
        context.load_verify_locations(file, folder)
    return context


def _set_location_aside(response: httpx.Response) -> None:
    """Hide the Location header from httpx, which parses it even where it does not follow it, and fails on a bad one."""
    response.extensions["location"] = response.headers.pop("location", "")


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


def uses_proxy(url: URL) -> bool:
    """Return whether requests to an address go through a proxy."""
    proxies = getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not proxy_bypass(url.host)


def transport_error(label: str, error: Exception, limits: TimeLimits, *, is_proxied: bool) -> SourceError:
    """Return what went wrong as a sentence; the error's own words may hold addresses, and so secrets."""
    cause: BaseException | None = error
    is_nameless = False
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message or "it can't be verified"
            what_to_do = "Nothing was sent. Check the clock and the network of this computer."
            return SourceDenied(f"The certificate of {label} is not valid ({why}). {what_to_do}")
        is_nameless = is_nameless or isinstance(cause, socket.gaierror)
        cause = cause.__cause__ or cause.__context__
    before_request = httpx.ConnectError | httpx.ConnectTimeout | httpx.InvalidURL | ValueError | ImportError
    if isinstance(error, httpx.ProxyError) or (is_proxied and isinstance(error, before_request)):
        return SourceOffline(f"Can't use the proxy to reach {label}. Check HTTPS_PROXY.")
    if is_nameless:
        return SourceOffline(f"Can't reach {label}. Are you offline?")
    match error:
        case httpx.ConnectTimeout() | httpx.ConnectError():
            return SourceOffline(f"Can't reach {label}. Try again later.")
        case httpx.TimeoutException():
            return SourceBusy(f"{label} didn't answer within {format_seconds(limits.read)}. Try again later.")
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return BadResponse(f"{label} stopped in the middle of its answer. Try again later.")
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return BadResponse(f"The address of {label} is not a web address. Check [addresses] in the settings.")
    return SourceOffline(f"Can't reach {label} ({type(error).__name__}). Try again later.")


def _is_json(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict | list)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def format_seconds(seconds: float) -> str:
    """Return a duration in words."""
    whole = max(1, round(seconds))
    if whole < 120:
        return f"{whole} second{'' if whole == 1 else 's'}"
    return f"{round(whole / 60)} minutes" if whole < 7200 else f"{round(whole / 3600)} hours"
