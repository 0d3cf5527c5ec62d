"""Fetching one page that its owner named: with limits, politely, and never to where a page has no business."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any, Final, NamedTuple

import httpx2

from tracker.errors import Busy, Denied, SourceError, Unknown, Unreadable
from tracker.sources.client import Limits, failure_of, proxied, shut, span
from tracker.text import clean_line

MOST_HOPS: Final = 5
"""How often a page may send us on."""
_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_INSTEAD: Final = "open it in a browser, copy the article and paste it"


class Page(NamedTuple):
    """A page as it was sent."""

    data: bytes
    """Unpacked."""
    charset: str
    """How the answer says that it is encoded; "" for not said."""
    url: str
    """Where it was in the end."""


def fetch(
    address: str, agent: str, most_bytes: int, *, limits: Limits | None = None, verify: ssl.SSLContext | None = None
) -> Page:
    """Fetch a page.

    Args:
        address: Where it is, with http:// or https:// before it.
        agent: How the program calls itself.
        most_bytes: How large it may be, unpacked.
        limits: How long something may take.
        verify: What certificates are held against; None for those that the system trusts.

    Raises:
        SourceError: There is no page, or none that can be read; the sentence says why.
    """
    try:
        url = httpx2.URL(address).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError):
        raise Unreadable("the address is no web address; it begins with https:// and a name.") from None
    if not _is_web(url):
        raise Unreadable("the address is no web address; it begins with https:// and a name.")
    waits = limits or Limits()
    with httpx2.Client(
        timeout=httpx2.Timeout(waits.read, connect=waits.connect),
        headers={
            "User-Agent": agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
            "Accept-Encoding": "gzip",
        },
        follow_redirects=False,
        verify=verify or httpx2.create_ssl_context(),
    ) as client:
        return _Fetch(client, waits, most_bytes).run(url)


class _Fetch:
    """The way to one page."""

    def __init__(self, client: httpx2.Client, limits: Limits, most_bytes: int) -> None:
        self._client = client
        self._limits = limits
        self._most_bytes = most_bytes
        self._may_be_near: bool | None = None
        """Whether the owner's own address was one of this machine or this network; None before that is known."""

    def run(self, url: httpx2.URL) -> Page:
        with self._in_time(url.host) as watch:
            for _ in range(MOST_HOPS + 1):
                answer = self._ask(url, watch)
                if isinstance(answer, Page):
                    return answer
                url = answer
        raise Unreadable(f"{url.host} sends us round in circles.")

    def _ask(self, url: httpx2.URL, watch: Callable[[socket.socket], None]) -> Page | httpx2.URL:
        """Return the page, or where it is instead."""
        host, is_refused = url.host, Event()

        def trace(event: str, info: Mapping[str, Any]) -> None:
            if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
                one = info["return_value"].get_extra_info("socket")
                watch(one)
                if event.endswith(".connect_tcp.complete") and not proxied(url) and not self._may_talk(one):
                    is_refused.set()
                    shut(one)

        try:
            request = self._client.build_request("GET", url, extensions={"trace": trace})
            response = self._client.send(request, stream=True)
            try:
                if response.status_code in _MOVED:
                    return _target(url, response.headers.get("location", ""))
                return self._page(url, response)
            finally:
                response.close()
        # A proxy of a kind that cannot be spoken to is an ImportError or a ValueError.
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, ValueError, ImportError) as error:
            if is_refused.is_set():
                raise Denied(
                    f"the page sends us to {host}, a machine of your own network; nothing was asked."
                ) from None
            raise failure_of(host, error, self._limits, is_proxied=proxied(url)) from None

    def _may_talk(self, one: socket.socket) -> bool:
        """Return whether a page may be there: none of the world leads into this machine or network, by any name."""
        near = is_near(one.getpeername())
        if self._may_be_near is None:
            self._may_be_near = near
        return self._may_be_near or not near

    def _page(self, url: httpx2.URL, response: httpx2.Response) -> Page:
        host = url.host
        if response.status_code != 200:
            raise _refusal(host, response.status_code, response.headers.get("retry-after", ""))
        said = response.headers.get("content-type", "")
        kind = said.partition(";")[0].strip().casefold()
        if kind not in _TYPES:
            raise Unreadable(f"that is no page but something else ({clean_line(kind)[:40]}); {_INSTEAD}.")
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", said, re.IGNORECASE)
        return Page(self._body(response, host), charset[1] if charset else "", str(url.copy_with(userinfo=b"")))

    def _body(self, response: httpx2.Response, host: str) -> bytes:
        packing = response.headers.get("content-encoding", "identity").strip().casefold()
        if packing not in ("identity", "", "gzip", "x-gzip"):
            raise Unreadable(f"{host} packed the page in a way that nobody asked for ({clean_line(packing)[:20]}).")
        unpack = zlib.decompressobj(wbits=31) if packing.endswith("gzip") else None
        body = bytearray()
        for piece in response.iter_raw():
            try:
                # A few bytes can unpack to gigabytes, so no more is unpacked than is allowed.
                body += unpack.decompress(piece, self._most_bytes + 1 - len(body)) if unpack is not None else piece
            except zlib.error:
                raise Unreadable(f"{host} answered with something that cannot be unpacked.") from None
            if len(body) > self._most_bytes:
                raise Unreadable(f"the page is larger than {self._most_bytes // 1_000_000} MB; {_INSTEAD}.")
        if unpack is not None and body and not unpack.eof:
            raise Unreadable(f"{host} answered with a page that was cut short; try again later.")
        return bytes(body)

    @contextmanager
    def _in_time(self, host: str) -> Iterator[Callable[[socket.socket], None]]:
        """Cut the connection when the whole takes too long: time-outs start anew with each piece that comes."""
        late = Event()
        connections: list[socket.socket] = []

        def watch(one: socket.socket) -> None:
            connections.append(one)
            if late.is_set():
                shut(one)

        def cut() -> None:
            late.set()
            for one in connections[-1:]:
                shut(one)

        timer = Timer(self._limits.whole, cut)
        timer.daemon = True
        timer.start()
        too_long = Busy(f"{host} took longer than {span(self._limits.whole)} to send the page; {_INSTEAD}.")
        try:
            yield watch
        except SourceError:
            if late.is_set():
                raise too_long from None
            raise
        finally:
            timer.cancel()
        # A page that ends where its connection does seems to be whole when that is cut.
        if late.is_set():
            raise too_long


def is_near(peer: Any) -> bool:
    """Return whether a socket's other end is on this machine or in this network, and not out in the world."""
    with suppress(ValueError, IndexError, TypeError):
        return not ipaddress.ip_address(str(peer[0]).partition("%")[0]).is_global
    return True


def _is_web(url: httpx2.URL) -> bool:
    return url.scheme in ("http", "https") and bool(url.host) and "%" not in url.host


def _target(url: httpx2.URL, location: str) -> httpx2.URL:
    try:
        target = url.join(location).copy_with(fragment=None)
    except httpx2.InvalidURL:
        target = None
    if target is None or not location or not _is_web(target):
        raise Unreadable(f"{url.host} sends us to an address that is none.")
    return target


def _refusal(host: str, status: int, retry_after: str) -> SourceError:
    match status:
        case 401 | 402 | 403 | 451:
            return Denied(f"{host} does not show the page to programs ({status}); {_INSTEAD}.", status)
        case 404 | 410:
            return Unknown(f"{host} has no such page ({status}); look at the address again.", status)
        case 429:
            rest = f" for {span(float(retry_after[:9]))}" if retry_after.strip().isdecimal() else " for a while"
            return Busy(f"{host} asks to be left alone{rest} (429); {_INSTEAD}.", status)
    if status >= 500:
        return Busy(f"{host} is broken at the moment ({status}); try again later.", status)
    return Unreadable(f"{host} answered in a way that nobody expected ({status}); {_INSTEAD}.", status)
