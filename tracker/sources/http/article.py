"""Fetching one page that the user named: with limits, and never into the user's own network because a page says so."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final, NamedTuple

from tracker.errors import BadResponse, SourceBusy, SourceDenied, SourceError, SourceNotFound
from tracker.sources.http.connection import (
    REDIRECT_STATUSES,
    URL,
    Connection,
    Response,
    TimeLimits,
    format_seconds,
    join_url,
    parse_url,
    trusted_certificates,
)
from tracker.text import clean_line

MAX_REDIRECTS: Final = 5
_ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.9"
_CONTENT_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_WITH_IPV4: Final = tuple(
    map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"))
)
"""What is in these ends with an IPv4 address: RFC 4291, 2.5.5; RFC 2765, 2.1; RFC 6052, 2.1; RFC 8215."""
_INSTEAD: Final = "Open it in a browser, copy the article and paste it."


class FetchedPage(NamedTuple):
    """A page as it was sent."""

    data: bytes  # unpacked
    charset: str  # the encoding that the answer names; "" for none
    url: str  # where it was after all redirects


def fetch_page(
    address: str,
    user_agent: str,
    max_bytes: int,
    *,
    limits: TimeLimits | None = None,
    verify: ssl.SSLContext | None = None,
) -> FetchedPage:
    """Fetch a page of at most `max_bytes` unpacked; `limits` include redirects, `verify` is as for `HttpClient`.

    Raises:
        SourceError: There is no page, or none that can be read; the sentence says why.
    """
    url = parse_web_address(address, "https://example.org/page")
    limits = limits or TimeLimits()
    connection = Connection(user_agent, _ACCEPT, limits, lambda: verify or trusted_certificates())
    too_late = f"{url.host} took longer than {format_seconds(limits.total)} to send the page. {_INSTEAD}"
    try:
        with connection.deadline(too_late), open_page(connection, url, noun="page") as (final_url, response):
            return _read_page(final_url, response, max_bytes)
    finally:
        connection.close()


def parse_web_address(address: str, example: str) -> URL:
    """Return an address without its fragment.

    Raises:
        BadResponse: It is none of the web.
    """
    if (url := parse_url(address)) is None or not _is_web(url):
        raise BadResponse(f"Not a web address. Try {example}.")
    return url


@contextmanager
def open_page(
    connection: Connection, url: URL, *, noun: str, label: str = "", headers: Mapping[str, str] | None = None
) -> Iterator[tuple[URL, Response]]:
    """Send a request, follow its redirects to any host, and yield where it ended and the answer, unread.

    Args:
        connection: A new one: where its first request leads, the owner chose.
        noun: What is at the address: "page", "feed".
        label: Who is asked, in sentences; "" for the host.
        headers: Further headers.

    Raises:
        SourceError: There is no answer, or a redirect leads nowhere or into this machine or network.
    """
    may_be_local: bool | None = None

    def check_peer(peer: Any) -> None:
        """Refuse a redirect from the world into this machine or network, by whatever name."""
        nonlocal may_be_local
        is_local = is_local_peer(peer)
        # The first address is the user's own choice.
        may_be_local = is_local if may_be_local is None else may_be_local
        if is_local and not may_be_local:
            raise SourceDenied(f"The {noun} redirects to {url.host}, a machine in your own network. It was not opened.")

    for _ in range(MAX_REDIRECTS + 1):
        with connection.get(url, label or url.host, headers, check_peer=check_peer) as response:
            if response.status not in REDIRECT_STATUSES:
                yield url, response
                return
            target = join_url(url, response.location) if response.location else None
        if target is None or not _is_web(target):
            raise BadResponse(f"{label or url.host} redirects to an invalid address.")
        url = target.copy_with(fragment=None)
    raise BadResponse(f"{label or url.host} redirects in circles.")


def _read_page(url: URL, response: Response, max_bytes: int) -> FetchedPage:
    host = url.host
    if response.status != 200:
        raise _status_error(host, response.status, response.headers.get("retry-after", ""))
    content_type = response.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().casefold()
    if kind not in _CONTENT_TYPES:
        raise BadResponse(f"Not a web page ({clean_line(kind)[:40]}). {_INSTEAD}")
    too_large = f"The page is larger than {max_bytes // 1_000_000} MB. {_INSTEAD}"
    cut_short = f"The page from {host} was cut short. Try again later."
    response.read(max_bytes, noun="the page", too_large=too_large, cut_short=cut_short)
    return FetchedPage(response.body, named_charset(content_type), str(url.copy_with(userinfo=b"")))


def named_charset(content_type: str) -> str:
    """Return the encoding that a content type names, "" for none."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    return charset[1] if charset else ""


def is_local_peer(peer: Any) -> bool:
    """Return whether a socket's peer is on this machine or network, and not out in the world."""
    with suppress(ValueError, IndexError, TypeError):
        address = _inner_address(ipaddress.ip_address(str(peer[0]).partition("%")[0]))
        is_site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
        return not address.is_global or address.is_multicast or is_site_local
    return True


def _inner_address(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the address that an IPv6 address only wraps for a translator or a tunnel, else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo is not None:
        return address.teredo[1]
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in _WITH_IPV4) and not address.is_loopback:
        return ipaddress.IPv4Address(address.packed[12:])
    return address


def _is_web(url: URL) -> bool:
    return url.scheme in ("http", "https") and bool(url.host) and "%" not in url.host


def _status_error(host: str, status: int, retry_after: str) -> SourceError:
    match status:
        case 401 | 402 | 403 | 451:
            return SourceDenied(f"{host} doesn't show this page to programs ({status}). {_INSTEAD}", status)
        case 404 | 410:
            return SourceNotFound(f"{host} has no such page ({status}). Check the address.", status)
        case 429:
            rest = (
                f" for {format_seconds(float(retry_after[:9]))}" if retry_after.strip().isdecimal() else " for a while"
            )
            return SourceBusy(f"{host} accepts no requests{rest} (429). {_INSTEAD}", status)
    if status >= 500:
        return SourceBusy(f"{host} has an error right now ({status}). Try again later.", status)
    return BadResponse(f"{host} gave an unexpected answer ({status}). {_INSTEAD}", status)
