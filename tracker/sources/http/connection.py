"""Connections for requests: bounded in size and time, and stopped at once. The one module that imports httpx."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any, Final, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx

from tracker.errors import (
    AnswerTooLarge,
    BadResponse,
    Cancelled,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceOffline,
)
from tracker.text import clean_line

# They would write whole addresses, with what is secret in them, into any log that somebody turns on.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

URL = httpx.URL

REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
IN_THE_WAY: Final = "A proxy or a login page may be in the way."
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
            raise BadResponse(f"{self._label} compressed {noun} in an unknown way ({shown}). {IN_THE_WAY}")
        unpacker = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
        body = bytearray()
        for chunk in self._raw.iter_raw():
            try:
                # A few bytes can unpack to gigabytes, so no more is unpacked than is allowed.
                body += unpacker.decompress(chunk, max_bytes + 1 - len(body)) if unpacker is not None else chunk
            except zlib.error:
                raise BadResponse(f"{self._label} sent something that can't be decompressed. {IN_THE_WAY}") from None
            if len(body) > max_bytes:
                raise AnswerTooLarge(too_large)
        if unpacker is not None and body and not unpacker.eof:
            raise BadResponse(cut_short)
        self.body = bytes(body)


class Connection:
    """One connection, kept alive, for requests of one thread at a time; redirects are left to the caller.

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
        content: bytes | None = None,
    ) -> Iterator[Response]:
        """Send one request; the body can be read while the `with` block lasts.

        `label` is the host in sentences. With a content it is a POST request. `check_peer` gets the address of the
        socket's other end before anything is sent, unless that is a proxy; it may raise a SourceError.

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
            request = self._client.build_request(
                "GET" if content is None else "POST", url, content=content, headers=dict(headers or {}),
                extensions={"trace": trace},
            )  # fmt: skip
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

    def get(self, address: str) -> Connection:
        """Return the connection to the host whose API begins at an address."""
        with self._lock:
            if address not in self._connections:
                self._connections[address] = Connection(
                    self._user_agent, "application/json", self.limits, self._context, self.stopped
                )
            return self._connections[address]

    @contextmanager
    def lend(self, accept: str) -> Iterator[Connection]:
        """Give a connection of its own, which a redirect may lead to any host; it is closed at the end."""
        connection = Connection(self._user_agent, accept, self.limits, self._context, self.stopped)
        name = f"lent {id(connection)}"
        self._connections[name] = connection
        try:
            yield connection
        finally:
            del self._connections[name]
            connection.close()

    def stop(self) -> None:
        """End the requests under way, and let none begin any more."""
        self.stopped.set()
        for connection in list(self._connections.values()):
            connection.shut_down()

    def close(self) -> None:
        """Close all connections."""
        for connection in list(self._connections.values()):
            connection.close()

    def _context(self) -> ssl.SSLContext:
        with self._lock:
            # Made once for all hosts: it takes longer than a whole question on a fast line.
            self._verify = self._verify or trusted_certificates()
            return self._verify


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


def format_seconds(seconds: float) -> str:
    """Return a duration in words."""
    whole = max(1, round(seconds))
    if whole < 120:
        return f"{whole} second{'' if whole == 1 else 's'}"
    return f"{round(whole / 60)} minutes" if whole < 7200 else f"{round(whole / 3600)} hours"
