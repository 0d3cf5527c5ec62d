"""What can go wrong on the way to a service and back.

Each is a function that gets an exchange in the place of the usual answer; some make one, as `status(503)` does. An
exchange that is left without a whole reply ends with its connection.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from threading import Event
from typing import Final, Protocol

from tests.fake_sources.bodies import Answer, data, wikidata_error

DRIP: Final = 0.02
"""Seconds between two drops."""
_JSON: Final = "application/json; charset=UTF-8"


class Exchange(Protocol):
    """A request that waits for its answer."""

    @property
    def path(self) -> str:
        """What was asked for."""
        ...

    @property
    def usual(self) -> Answer:
        """What the answer would be."""
        ...

    def reply(self, answer: Answer) -> None:
        """Answer as HTTP wants it."""
        ...

    def send(self, piece: bytes) -> None:
        """Send bytes as they are."""
        ...

    def pause(self, seconds: float | None) -> bool:
        """Let seconds pass, None for all, and return whether the world ended meanwhile."""
        ...


Fault = Callable[[Exchange], None]


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Answer with a status; underscores in the names of headers become hyphens."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.reply(Answer(code, body, {"content-type": _JSON, **said}))


def too_many(retry_after: float | str | None = None) -> Fault:
    """Answer 429, with a pause in seconds, with one that is written out, or with none."""
    if retry_after is None:
        return status(429, b"{}")
    return status(429, b"{}", retry_after=retry_after if isinstance(retry_after, str) else f"{retry_after:g}")


def maxlag(retry_after: int = 5) -> Fault:
    """Answer as Wikidata does when its copies lag behind: with status 200."""
    envelope = wikidata_error("maxlag", "Waiting for all: 3.45 seconds lagged.")
    return lambda exchange: exchange.reply(data(envelope, retry_after=str(retry_after), mediawiki_api_error="maxlag"))


def redirect(location: str, code: int = 302) -> Fault:
    """Send the client somewhere."""
    return status(code, b"null", location=location)


def held(until: Event) -> Fault:
    """Answer as usual, but only when somebody lets it."""

    def hold(exchange: Exchange) -> None:
        while not until.wait(DRIP):
            if exchange.pause(0):
                return
        exchange.reply(exchange.usual)

    return hold


def html(exchange: Exchange) -> None:
    """Answer with a page for people and status 200, as a hotel's network does."""
    page = b"\r\n<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please log in.</body></html>"
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "max-age=600"}
    exchange.reply(Answer(200, page, headers))


def bare_html(exchange: Exchange) -> None:
    """Answer with a page for people that says that it is JSON, and may be kept."""
    exchange.reply(exchange.usual._replace(status=200, body=b"<html><body>Sorry!</body></html>"))


def cut_short(exchange: Exchange) -> None:
    """Say how long the answer is, and end before that."""
    body = exchange.usual.body
    exchange.send(_head(f"Content-Length: {len(body)}") + body[: len(body) // 2])


def half_json(exchange: Exchange) -> None:
    """Answer with half of the body, and the right length for it."""
    usual = exchange.usual
    exchange.reply(usual._replace(body=usual.body[: len(usual.body) // 2]))


def endless(exchange: Exchange) -> None:
    """Send pieces for ever, as fast as they go."""
    exchange.send(_head("Transfer-Encoding: chunked") + b"1\r\n[\r\n")
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while not exchange.pause(0):
        exchange.send(piece)


def slow_body(exchange: Exchange) -> None:
    """Send a body of a known length byte by byte; so slowly that it never ends, so often that no read takes long."""
    exchange.send(_head("Content-Length: 100000") + b"[")
    _drip(exchange, b" ")


def slow_tail(exchange: Exchange) -> None:
    """Send a body that lasts until its connection ends byte by byte; what is there already looks whole."""
    exchange.send(_head("Connection: close") + b"[]")
    _drip(exchange, b" ")


def slow_headers(exchange: Exchange) -> None:
    """Send the headers byte by byte, and never come to their end."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(exchange, b"x")


def silent(exchange: Exchange) -> None:
    """Take the request and say nothing."""
    exchange.pause(None)


def silent_body(exchange: Exchange) -> None:
    """Say nothing more after the first half of the body."""
    body = exchange.usual.body
    exchange.send(_head(f"Content-Length: {len(body)}") + body[: len(body) // 2])
    exchange.pause(None)


def latin1(exchange: Exchange) -> None:
    """Answer in another encoding than JSON has."""
    body = json.dumps({"id": 101, "name": "Café", "genres": []}, ensure_ascii=False).encode("latin-1")
    exchange.reply(Answer(200, body, {"content-type": "application/json; charset=ISO-8859-1"}))


def huge(exchange: Exchange) -> None:
    """Answer with fifty megabytes of good JSON."""
    piece, count = b" " * 1_000_000, 50
    exchange.send(_head(f"Content-Length: {count * len(piece) + 2}") + b"[")
    for _ in range(count):
        exchange.send(piece)
    exchange.send(b"]")


def gzip_bomb(exchange: Exchange) -> None:
    """Answer with a few kilobytes that unpack to twenty megabytes of good JSON."""
    body = gzip.compress(b"[" + b" " * 20_000_000 + b"]")
    exchange.reply(Answer(200, body, {"content-type": _JSON, "content-encoding": "gzip"}))


def packed(exchange: Exchange) -> None:
    """Answer as usual, packed as the client said that it can read."""
    usual = exchange.usual
    exchange.reply(Answer(usual.status, gzip.compress(usual.body), {**usual.headers, "content-encoding": "gzip"}))


def half_packed(exchange: Exchange) -> None:
    """Answer with half of a packed body, and the right length for it."""
    body = gzip.compress(exchange.usual.body)
    exchange.reply(Answer(200, body[: len(body) // 2], {"content-type": _JSON, "content-encoding": "gzip"}))


def not_packed(exchange: Exchange) -> None:
    """Say that the answer is packed, where it is not."""
    exchange.reply(exchange.usual._replace(headers={"content-type": _JSON, "content-encoding": "gzip"}))


def packed_strangely(exchange: Exchange) -> None:
    """Pack the answer in a way that nobody asked for."""
    exchange.reply(exchange.usual._replace(headers={"content-type": _JSON, "content-encoding": "br"}))


def round_in_circles(exchange: Exchange) -> None:
    """Send the client to where it is."""
    exchange.reply(Answer(302, b"null", {"location": exchange.path}))


def other_host(exchange: Exchange) -> None:
    """Send the client to somebody else."""
    exchange.reply(Answer(302, b"null", {"location": "https://elsewhere.example/shows/101?api_key=caught"}))


def empty(exchange: Exchange) -> None:
    """Answer with nothing, and status 200."""
    exchange.reply(exchange.usual._replace(status=200, body=b""))


def null(exchange: Exchange) -> None:
    """Answer with `null`, and status 200."""
    exchange.reply(exchange.usual._replace(status=200, body=b"null"))


def other_form(exchange: Exchange) -> None:
    """Answer with good JSON of another shape."""
    exchange.reply(Answer(200, b'{"show": {"id": "a hundred and one"}}', {"content-type": _JSON}))


def closed(exchange: Exchange) -> None:
    """End the connection without an answer."""


def garbage(exchange: Exchange) -> None:
    """Answer with what is no HTTP."""
    exchange.send(b"\x00\xffSSH-2.0-nonsense\r\n\r\n")


def _head(*headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {_JSON}", *headers, "", ""]).encode()


def _drip(exchange: Exchange, drop: bytes) -> None:
    while not exchange.pause(DRIP):
        exchange.send(drop)
