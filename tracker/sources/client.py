"""The one place that talks HTTP: politely, with patience and limits, and in sentences where it fails."""

from __future__ import annotations

import logging
import random
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from threading import Event, Lock, Timer
from typing import Any, Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx2
import msgspec

from tracker.errors import Busy, Denied, Offline, SourceError, Stopped, Unknown, Unreadable
from tracker.sources.cache import Cache
from tracker.sources.pacing import LONGEST_REST, Pace, Pacer
from tracker.text import clean_line

# They would write whole addresses, with what is secret in them, into any log that somebody turns on.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)

MOST_BYTES: Final = 10_000_000
"""How large an answer may be, unpacked."""
MOST_HOPS: Final = 4
MOST_TRIES: Final = 3
LONGEST_WAIT: Final = 60.0
"""Seconds for which a service that asks for a pause is waited for; for longer ones nobody waits."""
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class Limits(NamedTuple):
    """How long something may take, in seconds."""

    connect: float = 5.0
    read: float = 10.0
    """Between two pieces of an answer."""
    whole: float = 30.0
    """From the request to the last piece."""


class Service(NamedTuple):
    """A host and how it wants to be treated."""

    label: str
    """Its name in sentences."""
    address: str
    """Where its API begins: "https://api.tvmaze.com"."""
    pace: Pace


class Client:
    """Asks services, for one run of the program.

    It may be used by several threads, one for each service.

    Args:
        agent: The User-Agent: name, version, and where its makers can be reached.
        cache: Keeps answers.
        pacer: Says when a request may go.
        now: Seconds since the epoch.
        limits: How long something may take.
        verify: What certificates are held against; None for those that the system trusts.
        wait: Lets so many seconds pass, and returns whether to give up; None for a wait that `stop` ends.
    """

    def __init__(
        self,
        agent: str,
        cache: Cache,
        pacer: Pacer,
        *,
        now: Callable[[], float] = time.time,
        limits: Limits | None = None,
        verify: ssl.SSLContext | None = None,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._agent = agent
        self._cache = cache
        self._pacer = pacer
        self._now = now
        self._limits = limits or Limits()
        self._verify = verify
        self._clients: dict[str, httpx2.Client] = {}
        self._lock = Lock()
        self._stopped = Event()
        self._pass = wait or self._stopped.wait
        self._open: dict[str, socket.socket] = {}

    def stop(self) -> None:
        """End what is under way, and let nothing begin any more."""
        self._stopped.set()
        for one in list(self._open.values()):
            shut(one)

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._pacer.close()

    def get(
        self,
        service: Service,
        path: str,
        params: Mapping[str, str | list[str]] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_busy: Callable[[bytes], bool] = lambda body: False,
    ) -> bytes:
        """Return the body of an answer, from the cache where the service says that it is still the same.

        Args:
            service: Whom to ask.
            path: What for, behind the service's address.
            params: The query.
            secret: More of the query, which appears in no sentence and no file.
            headers: Further headers, which are secret too.
            is_busy: Whether a body says, with status 200, that the service is too busy.

        Raises:
            SourceError: There is no answer that is of use; the sentence says why.
        """
        url = httpx2.URL(service.address.rstrip("/") + path, params=dict(params or {}))
        kept = self._cache.get(str(url))
        if kept is not None and kept.is_fresh:
            return kept.body
        asked = url.copy_merge_params(dict(secret)) if secret else url
        extra = {"If-None-Match": kept.etag, **(headers or {})} if kept is not None and kept.etag else headers or {}
        answer = self._patiently(service, asked, extra, is_busy)
        if answer.status == 304 and kept is not None:
            self._cache.freshen(str(url), answer.headers)
            return kept.body
        if answer.status != 200:
            raise _refusal(service, answer.status)
        if _is_data(answer.body):
            # A page of a proxy, or half an answer, would be in the way for as long as it is kept.
            self._cache.put(str(url), answer.body, answer.headers)
        return answer.body

    def _patiently(
        self, service: Service, url: httpx2.URL, headers: Mapping[str, str], is_busy: Callable[[bytes], bool]
    ) -> _Answer:
        """Ask, and ask again where the service is busy or broken, when it says so or a little later each time."""
        for tries_left in reversed(range(MOST_TRIES)):
            answer = self._following(service, url, headers)
            busy = answer.status in _AGAIN or (answer.status == 200 and is_busy(answer.body))
            if not busy:
                return answer
            wanted = self._wanted_rest(answer.headers)
            if wanted and (wanted > LONGEST_WAIT or not tries_left):
                self._pacer.rest(service.address, wanted)
            if wanted and wanted > LONGEST_WAIT:
                raise Busy(f"{service.label} asks to be left alone for {span(min(wanted, LONGEST_REST))}.")
            if not tries_left:
                break
            spread = 2.0 ** (MOST_TRIES - tries_left - 1)
            # Many clients that come back at the same moment would be the next crowd.
            self._wait(wanted + random.uniform(0, 0.5) if wanted is not None else random.uniform(0.5, 1.0) * spread)  # noqa: S311
        what = "is asked too often" if answer.status == 429 else "is busy" if answer.status == 200 else "is broken"
        code = "" if answer.status == 200 else f" (it answered {answer.status})"
        raise Busy(f"{service.label} {what} at the moment{code}; ask again later.")

    def _wanted_rest(self, headers: Mapping[str, str]) -> float | None:
        """Return the seconds of `Retry-After`, which has a number or a date (RFC 9110, 10.2.3); None for none."""
        said = headers.get("retry-after", "").strip()
        if said.isdecimal():
            return float(said[:9])
        with suppress(ValueError, TypeError, OverflowError):
            return max(0.0, parsedate_to_datetime(said).timestamp() - self._now())
        return None

    def _following(self, service: Service, url: httpx2.URL, headers: Mapping[str, str]) -> _Answer:
        """Ask, and go where the service sends us, but to no other host."""
        for _ in range(MOST_HOPS):
            self._take_turn(service)
            answer = self._ask(service, url, headers)
            if answer.status not in _MOVED:
                return answer
            try:
                target = url.join(answer.headers.get("location", ""))
            except httpx2.InvalidURL:
                raise Unreadable(f"{service.label} sends us to an address that is none.") from None
            if (target.host, target.port) != (url.host, url.port) or target.scheme != url.scheme:
                raise Unreadable(f"{service.label} sends us to another host, {target.host or 'a nameless one'}.")
            url = target
        raise Unreadable(f"{service.label} sends us round in circles.")

    def _take_turn(self, service: Service) -> None:
        while True:
            # Asked each time, because somebody else may have been sent away meanwhile.
            if rest := self._pacer.resting(service.address):
                raise Busy(f"{service.label} asked to be left alone for another {span(rest)}.")
            if not (seconds := self._pacer.take_turn(service.address, service.pace)):
                return
            self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        if self._pass(seconds) or self._stopped.is_set():
            raise Stopped("stopped.")

    def _ask(self, service: Service, url: httpx2.URL, headers: Mapping[str, str]) -> _Answer:
        """Send one request and read its answer to the end."""
        if self._stopped.is_set():
            raise Stopped("stopped.")
        label, limits = service.label, self._limits
        try:
            with self._in_time(service) as trace:
                request = self._client(service).build_request(
                    "GET", url, headers=dict(headers), extensions={"trace": trace}
                )
                response = self._client(service).send(request, stream=True)
                try:
                    return _Answer(response.status_code, response.headers, self._body(response, label))
                finally:
                    response.close()
        # A proxy of a kind that cannot be spoken to is an ImportError or a ValueError.
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, ValueError, ImportError) as error:
            raise failure_of(label, error, limits, is_proxied=proxied(url)) from None

    @contextmanager
    def _in_time(self, service: Service) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
        """Cut the connection when the whole takes too long: time-outs start anew with each piece that comes."""
        late = Event()

        def trace(event: str, info: Mapping[str, Any]) -> None:
            # Behind a proxy the second comes from elsewhere.
            if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
                self._open[service.address] = one = info["return_value"].get_extra_info("socket")
                if self._stopped.is_set() or late.is_set():
                    shut(one)

        def cut() -> None:
            late.set()
            if (one := self._open.get(service.address)) is not None:
                shut(one)

        def ended() -> SourceError | None:
            if self._stopped.is_set():
                return Stopped("stopped.")
            if late.is_set():
                return Busy(f"{service.label} took longer than {span(self._limits.whole)} to answer; ask again later.")
            return None

        timer = Timer(self._limits.whole, cut)
        timer.daemon = True
        timer.start()
        try:
            yield trace
        except (httpx2.HTTPError, OSError, Unreadable):
            if (why := ended()) is not None:
                raise why from None
            raise
        finally:
            timer.cancel()
        # An answer that ends where its connection does seems to be whole when that is cut.
        if (why := ended()) is not None:
            raise why

    def _body(self, response: httpx2.Response, label: str) -> bytes:
        packing = response.headers.get("content-encoding", "identity").strip().casefold()
        if packing not in ("identity", "", "gzip", "x-gzip"):
            raise Unreadable(f"{label} packed its answer in a way that nobody asked for ({clean_line(packing)[:20]}).")
        unpack = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
        body = bytearray()
        for piece in response.iter_raw():
            try:
                # A few bytes can unpack to gigabytes, so no more is unpacked than is allowed.
                body += unpack.decompress(piece, MOST_BYTES + 1 - len(body)) if unpack is not None else piece
            except zlib.error:
                raise Unreadable(f"{label} answered with something that cannot be unpacked.") from None
            if len(body) > MOST_BYTES:
                raise Unreadable(
                    f"{label} answered with more than {MOST_BYTES // 1_000_000} MB; nothing of it was used."
                )
        if unpack is not None and body and not unpack.eof:
            raise Unreadable(f"{label} answered with data that was cut short.")
        return bytes(body)

    def _client(self, service: Service) -> httpx2.Client:
        with self._lock:
            if self._verify is None:
                # Made once for all services: it takes longer than a whole question on a fast line.
                self._verify = httpx2.create_ssl_context()
            if service.address not in self._clients:
                limits = self._limits
                self._clients[service.address] = httpx2.Client(
                    # More than one idle connection may get an address blocked (TVmaze), and one is enough.
                    limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=20),
                    timeout=httpx2.Timeout(limits.read, connect=limits.connect, pool=limits.whole),
                    headers={"User-Agent": self._agent, "Accept": "application/json", "Accept-Encoding": "gzip"},
                    follow_redirects=False,
                    verify=self._verify,
                )
            return self._clients[service.address]


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def shut(one: socket.socket) -> None:
    """End the talk on a socket that another thread may be reading from; closing it would not wake that thread."""
    with suppress(OSError, ValueError):
        socket.socket.shutdown(one, socket.SHUT_RDWR)


def _refusal(service: Service, status: int) -> SourceError:
    match status:
        case 401 | 403:
            return Denied(f"{service.label} refuses to answer ({status}).", status)
        case 404 | 410:
            return Unknown(f"{service.label} does not know that ({status}).", status)
        case 400 | 422:
            return Unreadable(f"{service.label} does not understand the question ({status}).", status)
    return Unreadable(f"{service.label} answered in a way that nobody expected ({status}).", status)


def proxied(url: httpx2.URL) -> bool:
    """Return whether the way to an address leads through a proxy."""
    proxies = getproxies()
    return bool(proxies.get(url.scheme) or proxies.get("all")) and not proxy_bypass(url.host)


def failure_of(label: str, error: Exception, limits: Limits, *, is_proxied: bool) -> SourceError:
    """Return what went wrong as a sentence; the error's own words may hold addresses, and so secrets."""
    cause: BaseException | None = error
    is_nameless = False
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message or "it cannot be verified"
            return Denied(f"the certificate of {label} does not hold ({why}); nothing was asked.")
        is_nameless = is_nameless or isinstance(cause, socket.gaierror)
        cause = cause.__cause__ or cause.__context__
    outset = httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.InvalidURL | ValueError | ImportError
    never_began = isinstance(error, outset)
    if isinstance(error, httpx2.ProxyError) or (is_proxied and never_began):
        return Offline(f"the proxy on the way to {label} cannot be used; see HTTPS_PROXY.")
    if is_nameless:
        return Offline(f"{label} cannot be found: there seems to be no network; ask again when there is one.")
    match error:
        case httpx2.ConnectTimeout() | httpx2.ConnectError():
            return Offline(f"{label} cannot be reached; ask again later.")
        case httpx2.TimeoutException():
            return Busy(f"{label} did not answer within {span(limits.read)}; ask again later.")
        case httpx2.RemoteProtocolError() | httpx2.ReadError() | httpx2.WriteError():
            return Unreadable(f"{label} broke off in the middle of its answer; ask again later.")
        case httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
            return Unreadable(f"the address of {label} is no web address.")
    return Offline(f"{label} cannot be reached ({type(error).__name__}); ask again later.")


def _is_data(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict | list)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def span(seconds: float) -> str:
    """Return how long something takes, in words."""
    whole = max(1, round(seconds))
    if whole < 120:
        return f"{whole} second{'' if whole == 1 else 's'}"
    return f"{round(whole / 60)} minutes" if whole < 7200 else f"{round(whole / 3600)} hours"
