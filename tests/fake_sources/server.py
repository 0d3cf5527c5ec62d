"""TVmaze, TMDB and Wikidata on the loopback, with invented shows."""

from __future__ import annotations

import hashlib
import socket
import ssl
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Condition, Event, Thread
from typing import Any, Final, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from tests.fake_sources import bodies
from tests.fake_sources.bodies import Answer, Record
from tests.fake_sources.certificate import Certificate
from tests.fake_sources.clock import FakeClock
from tests.fake_sources.faults import Exchange, Fault
from tests.fake_sources.shows import SHOWS, FakeShow, numbered_show

SERVICES: Final = ("tvmaze", "tmdb", "wikidata")
_PREFIX: Final = {"tvmaze": "", "tmdb": "/3", "wikidata": ""}
_LONG_AGO: Final = 40 * 86400  # seconds since the shows last changed that are there from the beginning
_PATIENCE: Final = 30.0  # seconds after which a test that waits for a request has failed


class Request(NamedTuple):
    """A request as a source got it."""

    service: str
    path: str  # behind the source's address, without the query: "/shows/101", "/tv/201", "/w/api.php"
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]  # by their names in lower case
    time: float
    body: bytes = b""  # of a POST request


class _PlannedFault(NamedTuple):
    service: str
    fault: Fault
    path: str


class FakeSources:
    """Three sources on ports of their own, for as long as the `with` block lasts.

    What a test sets up holds from the next request on, and may be set up from any thread.

    Args:
        clock: What time it is.
        shows: What all sources know at the beginning.
        certificate: What the sources show; None for plain HTTP.
        as_proxy: Speak TLS only after CONNECT, as behind a proxy.
    """

    def __init__(
        self,
        clock: FakeClock | None = None,
        shows: Sequence[FakeShow] = SHOWS,
        certificate: Certificate | None = None,
        *,
        as_proxy: bool = False,
    ) -> None:
        self.clock = clock or FakeClock()
        self.requests: list[Request] = []
        """All requests, oldest first."""
        self.allow_token = "a-token-that-is-allowed"
        """What TMDB takes, as a Bearer token and as an api_key."""
        self.max_age: dict[str, int | None] = {"tvmaze": 3600, "tmdb": 21600, "wikidata": None}
        """For how many seconds answers may be cached; None for not at all."""
        self.tls = certificate.server() if certificate is not None else None
        self.as_proxy = as_proxy
        self.closed = Event()
        self.bugs: list[BaseException] = []
        self._records: dict[str, dict[str, Record]] = {service: {} for service in SERVICES}
        self._removed: dict[str, dict[str, int]] = {service: {} for service in SERVICES}
        self._revision = 1000
        self._plans: list[tuple[_PlannedFault, list[int]]] = []
        self._changed = Condition()
        self._connections: Counter[str] = Counter()
        self.add(*shows, changed=self.clock() - _LONG_AGO)
        self._listeners = {service: _Listener(self, service) for service in SERVICES}

    def __enter__(self) -> Self:
        for listener in self._listeners.values():
            listener.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        for bug in self.bugs:
            raise AssertionError("the fake sources themselves are broken") from bug

    def close(self) -> None:
        """End all connections, and wait until all threads are done."""
        self.closed.set()
        for listener in self._listeners.values():
            listener.end()

    # What a test asks

    def address(self, service: str) -> str:
        """Return where the API of a source begins."""
        scheme = "https" if self.tls is not None and not self.as_proxy else "http"
        return f"{scheme}://{self.host(service)}{_PREFIX[service]}"

    def host(self, service: str) -> str:
        """Return the host and port of a source."""
        return f"127.0.0.1:{self._listeners[service].server_address[1]}"

    def count(self, service: str, path: str | None = None) -> int:
        """Return how many requests a source got, for paths of this form (`*` stands for anything)."""
        return sum(one.service == service and fnmatchcase(one.path, path or "*") for one in self.requests)

    def connections(self, service: str) -> int:
        """Return how many connections a source has accepted."""
        return self._connections[service]

    def revision(self, service: str, id_: int | str) -> str:
        """Return what a source changes whenever it changes a record: `updated`, the ETag's seed, or `lastrevid`."""
        record = self._records[service][str(id_)]
        return str(record.revision if service == "wikidata" else record.changed)

    def wait_for_requests(self, service: str, count: int = 1) -> None:
        """Wait until a source has got so many requests."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.count(service) >= count, _PATIENCE):
                raise AssertionError(f"{service} got {self.count(service)} requests, and not {count}")

    # What a test sets up

    def add(self, *shows: FakeShow, changed: float | None = None) -> None:
        """Add shows to all sources at which they have an id."""
        for show in shows:
            for service in SERVICES:
                if (key := show.id_at(service)) is not None:
                    self._revision += 1
                    stamp = int(self.clock() if changed is None else changed)
                    self._records[service][key] = Record(show.as_told_by(service), stamp, self._revision)

    def add_many(self, count: int, changed: float | None = None) -> list[FakeShow]:
        """Add so many shows that last changed long ago, and return them."""
        shows = [numbered_show(number) for number in range(1, count + 1)]
        self.add(*shows, changed=self.clock() - _LONG_AGO if changed is None else changed)
        return shows

    def change(self, service: str, id_: int | str, **fields: Any) -> None:
        """Change a show at one source: `fake_sources.change("tvmaze", 101, premiered="2027-03-05")`."""
        old = self._records[service][str(id_)]
        self._revision += 1
        stamp = max(old.changed + 1, int(self.clock()))
        self._records[service][str(id_)] = Record(replace(old.show, **fields), stamp, self._revision)

    def remove(self, service: str, id_: int | str) -> None:
        """Delete a show at one source."""
        del self._records[service][str(id_)]
        self._removed[service][str(id_)] = int(self.clock())

    def fail(self, service: str, fault: Fault, times: int | None = None, path: str | None = None) -> None:
        """Let a fault happen instead of the usual answer; the last one counts first.

        Args:
            service: Whose answers.
            fault: What happens, see `tests.fake_sources.faults`.
            times: How often, None for always.
            path: Only for paths of this form; `*` stands for anything.
        """
        self._plans.insert(0, (_PlannedFault(service, fault, path or "*"), [-1 if times is None else times]))

    def clear_faults(self) -> None:
        """Let no fault happen any more."""
        self._plans.clear()

    # What the listeners ask

    def take_fault(self, request: Request) -> Fault | None:
        """Record a request, and return the fault that is to happen."""
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
            for plan, left in self._plans:
                if left[0] and plan.service == request.service and fnmatchcase(request.path, plan.path):
                    left[0] -= 1
                    return plan.fault
        return None

    def answer(self, request: Request) -> Answer:
        """Return what a source answers when nothing goes wrong."""
        service, records, now = request.service, dict(self._records[request.service]), self.clock()
        if service == "tvmaze":
            return self._with_cache_control(service, bodies.tvmaze(request.path, request.query, records, now))
        if service == "wikidata":
            if not request.headers.get("user-agent", "").startswith("release-tracker/"):
                return Answer(403, b"Please set a user-agent with a name of your own.", {"content-type": "text/plain"})
            return self._with_cache_control(service, bodies.wikidata(request.path, request.query, records))
        tokens = (request.headers.get("authorization", "").removeprefix("Bearer "), *request.query.get("api_key", ()))
        if self.allow_token not in tokens:
            return bodies.tmdb_error(*bodies.REFUSED)
        answer = bodies.tmdb(request.path, request.query, records, dict(self._removed[service]), now)
        if answer.status != 200:
            return answer
        etag = f'W/"{hashlib.md5(answer.body).hexdigest()}"'
        answer = self._with_cache_control(service, answer._replace(headers={**answer.headers, "etag": etag}))
        return answer._replace(status=304, body=b"") if request.headers.get("if-none-match") == etag else answer

    def _with_cache_control(self, service: str, answer: Answer) -> Answer:
        age = self.max_age[service]
        cache_control = f"public, max-age={age}" if age is not None else "private, must-revalidate, max-age=0"
        return answer._replace(headers={**answer.headers, "cache-control": cache_control})

    def count_connection(self, service: str) -> None:
        with self._changed:
            self._connections[service] += 1


class _Listener(ThreadingHTTPServer):
    """The socket of a source; each connection has a thread of its own."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, fake_sources: FakeSources, service: str) -> None:
        self.fake_sources = fake_sources
        self.service = service
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Connection)
        self.thread = Thread(target=self._accept, name=f"fake-{service}")

    def server_bind(self) -> None:
        # The HTTP server would ask a resolver for the name of this machine.
        TCPServer.server_bind(self)

    def _accept(self) -> None:
        while not self.fake_sources.closed.is_set():
            self.handle_request()

    def end(self) -> None:
        if self.thread.ident is not None:
            # By number, so that no test that plays with names is in the way.
            with socket.socket() as knock:
                knock.connect(self.server_address[:2])
            self.thread.join()
        for sock in list(self.open):
            _shut_down(sock)
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address
        # A client that goes away, or trusts no certificate, is no bug here.
        if (bug := sys.exception()) is not None and not isinstance(bug, OSError):
            self.fake_sources.bugs.append(bug)


class _Connection(BaseHTTPRequestHandler):
    """A connection, with one request after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener
    connection: socket.socket

    def setup(self) -> None:
        super().setup()
        self._watch(self.connection)
        fake_sources = self.server.fake_sources
        fake_sources.count_connection(self.server.service)
        if fake_sources.tls is not None and not fake_sources.as_proxy:
            self._start_tls(fake_sources.tls)

    def finish(self) -> None:
        super().finish()
        self._forget(self.connection)

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers["content-length"])))

    def _reply(self, body: bytes = b"") -> None:
        fake_sources, service, url = self.server.fake_sources, self.server.service, urlsplit(self.path)
        path = url.path.removeprefix(_PREFIX[service]) if url.path.startswith(f"{_PREFIX[service]}/") else url.path
        headers = {name.casefold(): value for name, value in self.headers.items()}
        request = Request(
            service, path, parse_qs(url.query, keep_blank_values=True), headers, fake_sources.clock(), body
        )
        fault = fake_sources.take_fault(request)
        exchange = Exchange(
            url.path, lambda: fake_sources.answer(request), self.connection.sendall, fake_sources.closed.wait
        )
        try:
            if fault is None:
                exchange.reply(exchange.usual)
            else:
                fault(exchange)
        except OSError:
            # The client has had enough.
            self.close_connection = True
        self.close_connection |= not exchange.is_replied

    def do_CONNECT(self) -> None:
        if (tls := self.server.fake_sources.tls) is None:
            self.connection.sendall(b"HTTP/1.1 403 Not through me\r\ncontent-length: 0\r\n\r\n")
        else:
            self.connection.sendall(b"HTTP/1.1 200 Go ahead\r\n\r\n")
            self._start_tls(tls)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so the base class calls it
        pass

    def _start_tls(self, tls: ssl.SSLContext) -> None:
        self.rfile.close()
        plain = self.connection
        self.connection = tls.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        self.server.open.discard(plain)
        self._watch(self.connection)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        try:
            self.connection.settimeout(_PATIENCE)
            self.connection.do_handshake()
        except OSError:
            super().finish()
            self._forget(self.connection)
            raise
        self.connection.settimeout(None)

    def _watch(self, sock: socket.socket) -> None:
        self.server.open.add(sock)
        if self.server.fake_sources.closed.is_set():
            _shut_down(sock)

    def _forget(self, sock: socket.socket) -> None:
        self.server.open.discard(sock)
        if isinstance(sock, ssl.SSLSocket):
            # The listener knows only the plain socket, of which nothing is left.
            _shut_down(sock)
            sock.close()


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
