"""What can go wrong between the program and a source.

A fault is a function that gets an `Exchange` in the place of the usual answer. An exchange that is left without a whole
reply ends with its connection.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Final

from tests.fake_sources.bodies import Answer, data, wikidata_error

DRIP: Final = 0.02  # seconds between two bytes of a slow answer
_JSON: Final = "application/json; charset=UTF-8"
_PAGE: Final = b"\r\n<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Please log in.</body></html>"


@dataclass
class Exchange:
    """A request that waits for its answer."""

    path: str
    make_answer: Callable[[], Answer]
    send: Callable[[bytes], None]  # sends bytes as they are
    pause: Callable[[float | None], bool]
    """Waits for seconds, None for ever, and returns whether the fake sources were closed meanwhile."""
    is_replied: bool = False

    @property
    def usual(self) -> Answer:
        """What the answer would be."""
        return self.make_answer()

    def reply(self, answer: Answer) -> None:
        """Send an answer as HTTP wants it."""
        self.send(answer.encode())
        self.is_replied = True

    def reply_with(self, body: bytes, code: int = 200, **headers: str) -> None:
        """Send JSON, or what is said to be; underscores in the names of headers become hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.reply(Answer(code, body, {"content-type": _JSON, **named}))

    def start(self, *headers: str, body: bytes = b"") -> None:
        """Send a head and the beginning of a body."""
        head = ["HTTP/1.1 200 OK", f"Content-Type: {_JSON}", *headers, "", ""]
        self.send("\r\n".join(head).encode() + body)

    def drip(self, byte: bytes) -> None:
        """Send a byte again and again, so often that no read takes long."""
        while not self.pause(DRIP):
            self.send(byte)


Fault = Callable[[Exchange], None]


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Answer with a status."""
    return lambda exchange: exchange.reply_with(body, code, **headers)


def too_many(retry_after: float | str | None = None) -> Fault:
    """Answer 429, with a pause in seconds or as text."""
    if retry_after is None:
        return status(429, b"{}")
    return status(429, b"{}", retry_after=retry_after if isinstance(retry_after, str) else f"{retry_after:g}")


def maxlag(retry_after: int = 5) -> Fault:
    """Answer as Wikidata does when its copies lag behind: with status 200."""
    envelope = wikidata_error("maxlag", "Waiting for all: 3.45 seconds lagged.")
    return lambda exchange: exchange.reply(data(envelope, retry_after=str(retry_after), mediawiki_api_error="maxlag"))


def redirect(location: str, code: int = 302) -> Fault:
    return status(code, b"null", location=location)


def held(until: Event) -> Fault:
    """Answer as usual, but only when the event is set."""

    def hold(exchange: Exchange) -> None:
        while not until.wait(DRIP):
            if exchange.pause(0):
                return
        exchange.reply(exchange.usual)

    return hold


def html(exchange: Exchange) -> None:
    """Answer with a page for people and status 200, as a hotel's network does."""
    exchange.reply_with(_PAGE, content_type="text/html; charset=utf-8", cache_control="max-age=600")


def bare_html(exchange: Exchange) -> None:
    """Answer with a page for people that says that it is JSON, and may be cached."""
    exchange.reply(exchange.usual._replace(status=200, body=b"<html><body>Sorry!</body></html>"))


def cut_short(exchange: Exchange) -> None:
    """Say how long the answer is, and end before that."""
    body = exchange.usual.body
    exchange.start(f"Content-Length: {len(body)}", body=body[: len(body) // 2])


def half_json(exchange: Exchange) -> None:
    """Answer with half of the body, and the right length for it."""
    usual = exchange.usual
    exchange.reply(usual._replace(body=usual.body[: len(usual.body) // 2]))


def endless(exchange: Exchange) -> None:
    """Send pieces for ever, as fast as they go."""
    exchange.start("Transfer-Encoding: chunked", body=b"1\r\n[\r\n")
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while not exchange.pause(0):
        exchange.send(piece)


def slow_body(exchange: Exchange) -> None:
    """Send a body of a known length byte by byte; it never ends."""
    exchange.start("Content-Length: 100000", body=b"[")
    exchange.drip(b" ")


def slow_tail(exchange: Exchange) -> None:
    """Send a body that lasts until its connection ends byte by byte; what is there already looks whole."""
    exchange.start("Connection: close", body=b"[]")
    exchange.drip(b" ")


def slow_headers(exchange: Exchange) -> None:
    """Send the headers byte by byte; they never end."""
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    exchange.drip(b"x")


def silent(exchange: Exchange) -> None:
    """Take the request and say nothing."""
    exchange.pause(None)


def silent_body(exchange: Exchange) -> None:
    """Say nothing more after the first half of the body."""
    cut_short(exchange)
    exchange.pause(None)


def latin1(exchange: Exchange) -> None:
    """Answer in another encoding than JSON has."""
    exchange.reply_with('{"id": 101, "name": "Café", "genres": []}'.encode("latin-1"))


def huge(exchange: Exchange) -> None:
    """Answer with fifty megabytes of good JSON."""
    exchange.start("Content-Length: 50000002", body=b"[")
    for _ in range(50):
        exchange.send(b" " * 1_000_000)
    exchange.send(b"]")


def gzip_bomb(exchange: Exchange) -> None:
    """Answer with a few kilobytes that unpack to twenty megabytes of good JSON."""
    exchange.reply_with(gzip.compress(b"[" + b" " * 20_000_000 + b"]"), content_encoding="gzip")


def packed(exchange: Exchange) -> None:
    """Answer as usual, packed as the client said that it can read."""
    exchange.reply_with(gzip.compress(exchange.usual.body), content_encoding="gzip")


def half_packed(exchange: Exchange) -> None:
    """Answer with half of a packed body, and the right length for it."""
    body = gzip.compress(exchange.usual.body)
    exchange.reply_with(body[: len(body) // 2], content_encoding="gzip")


def not_packed(exchange: Exchange) -> None:
    """Say that the answer is packed, where it is not."""
    exchange.reply_with(exchange.usual.body, content_encoding="gzip")


def packed_strangely(exchange: Exchange) -> None:
    """Pack the answer in a way that nobody asked for."""
    exchange.reply_with(exchange.usual.body, content_encoding="br")


def round_in_circles(exchange: Exchange) -> None:
    """Send the client to where it is."""
    exchange.reply_with(b"null", 302, location=exchange.path)


other_host: Final = redirect("https://elsewhere.example/shows/101?api_key=caught")
empty: Final = status(200)
null: Final = status(200, b"null")
other_form: Final = status(200, b'{"show": {"id": "a hundred and one"}}')


def closed(exchange: Exchange) -> None:
    """End the connection without an answer."""


def garbage(exchange: Exchange) -> None:
    """Answer with what is no HTTP."""
    exchange.send(b"\x00\xffSSH-2.0-nonsense\r\n\r\n")
