from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from tests.fake_sources import NOON, Certificate, FakeClock, FakeSources, faults
from tests.fake_sources.faults import Fault
from tests.sources.conftest import AGENT, SHORT_READ, SHORT_TOTAL, MakeClient, cached_urls
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
from tracker.sources.http.client import (
    MAX_HOPS,
    MAX_TRIES,
    RESERVED,
    ApiHost,
    HttpClient,
    RequestOptions,
)
from tracker.sources.http.connection import TimeLimits, trusted_certificates
from tracker.sources.http.rate_limit import RateLimit, RateLimiter
from tracker.sources.tvmaze import parse_show

SECRET = "very-secret-0123456789"
WORD = "wordofthequestion"
FAST = RateLimit(10_000, 1)
PATIENT = TimeLimits(connect=20, read=20, total=20)  # so much patience that what ends was ended
REFRESH = RequestOptions(patience=60, in_background=True)


def ask(client: HttpClient, host: ApiHost, path: str = "/shows/101") -> str:
    """Ask for a show with secrets in the question, and return its title."""
    headers = {"Authorization": f"Bearer {SECRET}"}
    body = client.get(host, path, {"q": WORD}, secret={"api_key": SECRET}, headers=headers)
    return parse_show(body, NOON.date()).title


def refusal(client: HttpClient, host: ApiHost, path: str = "/shows/101") -> tuple[type[SourceError], str]:
    """Ask for a show in vain, and return the kind and the sentence of the error, which tells no secrets."""
    with pytest.raises(SourceError) as caught:
        ask(client, host, path)
    sentence = str(caught.value)
    assert host.label in sentence
    assert sentence.endswith((".", "?"))
    assert not any(text in sentence for text in (SECRET, WORD, "api_key", "http:", "https:", "/shows", "127.0.0.1"))
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return type(caught.value), sentence


class Net:
    """Fake sources, and clients that ask them and wait by a fake clock."""

    def __init__(
        self, sources: FakeSources, clock: FakeClock, make_client: MakeClient, cache_file: Path, limits_file: Path
    ) -> None:
        self.sources = sources
        self.maze = ApiHost("TVmaze", sources.address("tvmaze"), FAST)
        self.clock = clock
        self.make_client = make_client
        self.client = make_client()
        self.cache_file = cache_file
        self.limits_file = limits_file


@pytest.fixture
def net(
    fake_sources: FakeSources, clock: FakeClock, make_client: MakeClient, cache_file: Path, limits_file: Path
) -> Net:
    return Net(fake_sources, clock, make_client, cache_file, limits_file)


def tmdb(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TMDB", fake_sources.address("tmdb"), FAST)


LATER = ". Try again later."
IN_THE_WAY = "A proxy or a login page may be in the way."
WRONG_FORM = "TVmaze gave an unexpected answer "
NO_DATA = "TVmaze sent "
A_PAGE = f"{NO_DATA}a web page instead of data; a proxy or maintenance may be in the way{LATER}"
CUT = f"{NO_DATA}data that can't be read, or was cut short{LATER}"
BROKE_OFF = f"TVmaze stopped in the middle of its answer{LATER}"
TOO_LARGE = f"TVmaze sent more than 10 MB. Nothing was used{LATER}"
ELSEWHERE = "TVmaze redirects to another host, "
TOO_LONG = f"TVmaze took longer than 1 second to answer{LATER}"
UNANSWERED = f"TVmaze didn't answer within 1 second{LATER}"
NO_ADDRESS = f"TVmaze redirects to an invalid address. {IN_THE_WAY}"
NO_PROXY = "Can't use the proxy to reach TVmaze. Check HTTPS_PROXY."
NOT_PACKED = f"TVmaze sent something that can't be decompressed. {IN_THE_WAY}"
NOT_UNDERSTOOD = "TVmaze didn't understand the request (422). A newer release-tracker may help."
REFUSED = ". Try again later, or from another network."
ODD_PACKING = "TVmaze compressed its answer in an unknown way "

TOO_MANY = faults.too_many()
FAULTS: list[tuple[str, Fault, TimeLimits | None, type[SourceError], str]] = [
    ("429", TOO_MANY, None, SourcePaused, f"TVmaze gets too many requests right now (429){LATER}"),
    ("503", faults.status(503), None, SourceBusy, f"TVmaze has an error right now (503){LATER}"),
    ("html", faults.html, None, BadResponse, A_PAGE),
    ("html as JSON", faults.bare_html, None, BadResponse, A_PAGE),
    ("cut short", faults.cut_short, None, BadResponse, BROKE_OFF),
    ("half of the JSON", faults.half_json, None, BadResponse, CUT),
    ("endless", faults.endless, None, AnswerTooLarge, TOO_LARGE),
    ("50 MB", faults.huge, None, AnswerTooLarge, TOO_LARGE),
    ("gzip bomb", faults.gzip_bomb, None, AnswerTooLarge, TOO_LARGE),
    ("half of the gzip", faults.half_packed, None, BadResponse, f"The answer from TVmaze was cut short{LATER}"),
    ("no gzip", faults.not_packed, None, BadResponse, NOT_PACKED),
    ("brotli", faults.packed_strangely, None, BadResponse, f"{ODD_PACKING}(br). {IN_THE_WAY}"),
    (
        "hostile packing", faults.status(200, b"{}", content_encoding="\x9b31m" + "x" * 99), None, BadResponse,
        f"{ODD_PACKING}(31mxxxxxxxxxxxxxxxxx). {IN_THE_WAY}",
    ),
    ("slow body", faults.slow_body, SHORT_TOTAL, SourceBusy, TOO_LONG),
    ("slow body that looks whole", faults.slow_tail, SHORT_TOTAL, SourceBusy, TOO_LONG),
    ("slow headers", faults.slow_headers, SHORT_TOTAL, SourceBusy, TOO_LONG),
    ("silence", faults.silent, SHORT_READ, SourceBusy, UNANSWERED),
    ("silence after a half", faults.silent_body, SHORT_READ, SourceBusy, UNANSWERED),
    ("latin-1", faults.latin1, None, BadResponse, "tvmaze:101 has no title at TVmaze, so it can't be used."),
    ("empty", faults.empty, None, BadResponse, f"{NO_DATA}nothing{LATER}"),
    ("null", faults.null, None, BadResponse, f"{WRONG_FORM}(it has another form){LATER}"),
    ("unexpected answer", faults.other_form, None, BadResponse, f"{WRONG_FORM}(id is missing){LATER}"),
    ("404", faults.status(404, b"null"), None, SourceNotFound, "TVmaze doesn't have that (404)."),
    ("410", faults.status(410), None, SourceNotFound, "TVmaze doesn't have that (410)."),
    ("422", faults.status(422), None, BadResponse, NOT_UNDERSTOOD),
    ("401", faults.status(401), None, SourceDenied, f"TVmaze refused the request (401){REFUSED}"),
    ("403", faults.status(403), None, SourceDenied, f"TVmaze refused the request (403){REFUSED}"),
    ("418", faults.status(418), None, BadResponse, f"TVmaze gave an unexpected answer (418){LATER}"),
    ("304 unasked", faults.status(304), None, BadResponse, f"TVmaze gave an unexpected answer (304){LATER}"),
    ("closed", faults.closed, None, BadResponse, BROKE_OFF),
    ("garbage", faults.garbage, None, BadResponse, BROKE_OFF),
    ("circles", faults.round_in_circles, None, BadResponse, f"TVmaze redirects in circles{LATER}"),
    ("no location", faults.status(302), None, BadResponse, f"TVmaze redirects in circles{LATER}"),
    ("another host", faults.other_host, None, BadResponse, f"{ELSEWHERE}elsewhere.example. {IN_THE_WAY}"),
    ("no host", faults.redirect("javascript:1"), None, BadResponse, f"{ELSEWHERE}one without a name. {IN_THE_WAY}"),
    ("no IPv6", faults.redirect("http://[::1"), None, BadResponse, NO_ADDRESS),
    ("no port", faults.redirect("http://a:b/"), None, BadResponse, NO_ADDRESS),
    ("no name", faults.redirect("http://\u00e4..\u00ff/"), None, BadResponse, NO_ADDRESS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "limits", "kind", "sentence"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_fault_becomes_a_sentence(
    net: Net, fault: Fault, limits: TimeLimits | None, kind: type[SourceError], sentence: str
) -> None:
    client = net.make_client(limits)
    net.sources.fail("tvmaze", fault)
    assert refusal(client, net.maze) == (kind, sentence)
    assert cached_urls(net.cache_file) == []
    # What is no passing trouble is not tried again.
    tries = MAX_HOPS if "circles" in sentence else MAX_TRIES if "an error right now" in sentence else 1
    if fault is not TOO_MANY:
        assert net.sources.count("tvmaze") == tries
    net.sources.clear_faults()
    # One without patience could fail for a machine that is slow.
    assert ask(client if limits is None else net.make_client(), net.maze) == "Paper Lanterns"


def test_request_says_who_asks(net: Net) -> None:
    net.sources.fail("tvmaze", faults.packed)
    assert ask(net.client, net.maze) == "Paper Lanterns"
    (request,) = net.sources.requests
    wanted = {"user-agent": AGENT, "accept": "application/json", "accept-encoding": "gzip"}
    assert {name: request.headers[name] for name in wanted} == wanted
    assert request.query == {"q": [WORD], "api_key": [SECRET]}
    assert request.headers["authorization"] == f"Bearer {SECRET}"


def test_each_host_has_one_connection(net: Net) -> None:
    shows = net.sources.add_many(20)
    secret = {"api_key": net.sources.allow_token}

    def ask_tmdb() -> None:
        for show in shows:
            net.client.get(tmdb(net.sources), f"/{show.tmdb}", secret=secret)

    with in_thread(ask_tmdb):
        titles = [ask(net.client, net.maze, f"/shows/{show.tvmaze}") for show in shows]
    assert titles == [show.title for show in shows]
    assert (net.sources.count("tvmaze"), net.sources.count("tmdb")) == (20, 20)
    assert (net.sources.connections("tvmaze"), net.sources.connections("tmdb")) == (1, 1)


def test_search_and_refresh_take_turns_at_one_host(net: Net) -> None:
    client, let = net.make_client(PATIENT), Event()
    net.sources.fail("tvmaze", faults.held(let), path="/shows/101")
    with in_thread(lambda: ask(client.with_options(REFRESH), net.maze)) as errors:
        net.sources.wait_for_requests("tvmaze")
        with in_thread(lambda: ask(client, net.maze, "/shows/102")) as more_errors:
            let.set()
    assert (errors, more_errors) == ([], [])
    assert [request.path for request in net.sources.requests] == ["/shows/101", "/shows/102"]
    assert net.sources.connections("tvmaze") == 1


# Redirects


def test_redirect_on_the_same_host(net: Net) -> None:
    net.sources.fail("tvmaze", faults.redirect(f"{net.sources.address('tvmaze')}/shows/102"), path="/shows/101")
    assert ask(net.client, net.maze._replace(rate_limit=RateLimit(1, 10))) == "Harbour Nine"
    assert [request.path for request in net.sources.requests] == ["/shows/101", "/shows/102"]
    assert "api_key" not in net.sources.requests[1].query
    assert net.clock.waits == [pytest.approx(10.001)]


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_redirect_elsewhere_is_not_followed(net: Net, scheme: str) -> None:
    target = net.sources.host("wikidata" if scheme == "http" else "tvmaze")
    net.sources.fail("tvmaze", faults.redirect(f"{scheme}://{target}/shows/101"))
    with pytest.raises(BadResponse, match=ELSEWHERE):
        ask(net.client, net.maze)
    assert (net.sources.count("tvmaze"), net.sources.connections("wikidata")) == (1, 0)


# Trying again


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_broken_host_is_asked_three_times(net: Net, code: int) -> None:
    net.sources.fail("tvmaze", faults.status(code))
    refusal(net.client, net.maze)
    assert net.sources.count("tvmaze") == MAX_TRIES
    assert 0.5 <= net.clock.waits[0] <= 1.0 <= net.clock.waits[1] <= 2.0
    assert len(net.clock.waits) == MAX_TRIES - 1


@pytest.mark.parametrize("fault", [faults.too_many(), faults.too_many(2), faults.status(503, retry_after="2")])
@pytest.mark.parametrize("options", [RequestOptions(), REFRESH])
def test_host_that_asks_to_wait_is_asked_while_patience_lasts(net: Net, fault: Fault, options: RequestOptions) -> None:
    net.sources.fail("tvmaze", fault)
    assert refusal(net.client.with_options(options), net.maze)[0] is SourcePaused
    assert options.patience / 4 < sum(net.clock.waits) < options.patience + 0.01
    assert len(net.clock.waits) >= MAX_TRIES


def test_window_of_a_host_is_waited_out(net: Net) -> None:
    """TVmaze counts ten seconds, and may not say for how long to wait."""
    waits: list[tuple[str, float]] = []
    net.sources.fail("tvmaze", lambda exchange: faults.too_many()(exchange) if net.clock.now < NOON.timestamp() + 10
                     else exchange.reply(exchange.usual))  # fmt: skip
    options = RequestOptions(on_wait=lambda *wait: waits.append(wait))
    assert ask(net.client.with_options(options), net.maze) == "Paper Lanterns"
    long = [seconds for seconds in net.clock.waits if seconds >= 1]
    assert waits == [("TVmaze", seconds) for wait in long for seconds in (wait, 0)]
    assert waits


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        (7, 7, 7.5),
        ("0055", 55, 55.5),
        (format_datetime(NOON + timedelta(seconds=30), usegmt=True), 30, 30.5),
        (format_datetime(NOON - timedelta(days=1), usegmt=True), 0.5, 1),
        ("", 0.5, 1),
        ("1e9", 0.5, 1),
        ("Mon, 01 Jan 2027 00:00:00 +99999999999999999999", 0.5, 1),
        ("Mon, 99 Jan 2027 00:00:00 GMT", 0.5, 1),
        ("\xb2", 0.5, 1),
    ],
)
def test_short_pause_is_made(net: Net, retry_after: float | str, least: float, most: float) -> None:
    net.sources.fail("tvmaze", faults.too_many(retry_after), times=1)
    assert ask(net.client.with_options(REFRESH), net.maze) == "Paper Lanterns"
    (pause,) = net.clock.waits
    assert least <= pause <= most


def test_long_pause_is_not_waited_for(net: Net) -> None:
    client, other_run = net.make_client(), net.make_client()
    ask(client, net.maze, "/shows/102")
    net.sources.fail("tvmaze", faults.too_many(3600), times=1)
    assert refusal(client, net.maze) == (SourcePaused, "TVmaze asks to wait 60 minutes. Try again then.")
    net.clock.advance(600)
    for run in (client, other_run, client.with_options(REFRESH)):
        assert refusal(run, net.maze) == (SourcePaused, "TVmaze asks to wait 50 minutes. Try again then.")
        # The cache and other hosts can be asked meanwhile.
        assert ask(run, net.maze, "/shows/102") == "Harbour Nine"
    client.get(tmdb(net.sources), "/tv/201", secret={"api_key": net.sources.allow_token})
    assert (net.sources.count("tvmaze"), net.clock.waits) == (2, [])
    net.clock.advance(3001)
    assert ask(other_run, net.maze) == "Paper Lanterns"


def test_pause_longer_than_patience_holds(net: Net) -> None:
    net.sources.fail("tvmaze", faults.too_many(20), times=1)
    assert refusal(net.client, net.maze)[1] == "TVmaze asks to wait 20 seconds. Try again then."
    assert refusal(net.client, net.maze, "/shows/102")[1] == "TVmaze asks to wait 20 seconds. Try again then."
    assert (net.sources.count("tvmaze"), net.clock.waits) == (1, [])
    assert ask(net.client.with_options(REFRESH), net.maze) == "Paper Lanterns"
    assert 20 <= net.clock.waits[0] <= 20.5


def test_pause_of_another_run_meanwhile(net: Net) -> None:
    other_run = RateLimiter(net.limits_file, net.clock)

    def wait(seconds: float) -> bool:
        other_run.pause(net.maze.address, 3600)
        return net.clock.wait(seconds)

    net.sources.fail("tvmaze", faults.status(503))
    assert refusal(net.make_client(wait=wait), net.maze)[0] is SourcePaused
    assert net.sources.count("tvmaze") == 1
    other_run.close()


def test_busy_with_status_200(net: Net) -> None:
    host = ApiHost("Wikidata", net.sources.address("wikidata"), FAST)
    params = {"action": "wbgetentities", "ids": "Q990000101", "format": "json"}
    net.sources.fail("wikidata", faults.maxlag(5))
    with pytest.raises(SourceBusy, match=r"^Wikidata asks to wait 5 seconds\. Try again then\.$"):
        net.client.get(host, "/w/api.php", params, is_busy=lambda body: b'"maxlag"' in body)
    assert net.sources.count("wikidata") == 3
    assert all(5 <= pause <= 5.5 for pause in net.clock.waits)
    assert cached_urls(net.cache_file) == []


def test_rate_limit_is_kept(net: Net) -> None:
    net.sources.add_many(40)
    for number in range(10_001, 10_041):
        ask(net.client, net.maze._replace(rate_limit=RateLimit(18, 10)), f"/shows/{number}")
    times = [request.time for request in net.sources.requests]
    assert all(later - first > 10 for first, later in zip(times, times[18:], strict=False))
    assert 20 < net.clock.now - NOON.timestamp() < 21


def test_refresh_leaves_requests_to_those_who_wait(net: Net) -> None:
    host = net.maze._replace(rate_limit=RateLimit(RESERVED + 3, 10))
    for number in range(101, 105):
        ask(net.client.with_options(REFRESH), host, f"/shows/{number}")
    assert net.clock.waits == [pytest.approx(10.001)]
    for number in range(106, 106 + RESERVED):
        ask(net.client, host, f"/shows/{number}")
    assert len(net.clock.waits) == 1


def test_request_past_the_caches(net: Net) -> None:
    ask(net.client, net.maze)
    net.sources.change("tvmaze", 101, title="Paper Lamps")
    assert ask(net.client, net.maze) == "Paper Lanterns"
    assert ask(net.client.with_options(RequestOptions(skip_cache=True)), net.maze) == "Paper Lamps"
    assert [request.headers.get("cache-control") for request in net.sources.requests] == [None, "no-cache"]
    assert ask(net.make_client(), net.maze) == "Paper Lamps"
    assert net.sources.count("tvmaze") == 2


# Stopping


@contextmanager
def in_thread(work: Callable[[], object]) -> Iterator[list[type[SourceError]]]:
    """Run something in another thread, and in the end wait for it; yields the kinds of errors that it ended with."""
    errors: list[type[SourceError]] = []

    def run() -> None:
        try:
            work()
        except SourceError as error:
            errors.append(type(error))

    thread = Thread(target=run)
    thread.start()
    try:
        yield errors
    finally:
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    "fault",
    [faults.silent, faults.silent_body, faults.slow_body, faults.slow_tail, faults.slow_headers, faults.too_many(50)],
)
def test_stop_of_a_request_that_hangs(net: Net, fault: Fault) -> None:
    client = net.make_client(PATIENT, wait=None).with_options(REFRESH)
    net.sources.fail("tvmaze", fault)
    with in_thread(lambda: ask(client, net.maze)) as errors:
        net.sources.wait_for_requests("tvmaze")
        client.stop()
    assert errors == [Cancelled]
    assert cached_urls(net.cache_file) == []


def test_stop_of_a_wait(net: Net) -> None:
    client = net.make_client(PATIENT, wait=None).with_options(REFRESH)
    host = net.maze._replace(rate_limit=RateLimit(1, 40))
    ask(client, host)
    with in_thread(lambda: ask(client, host, "/shows/102")) as errors:
        client.stop()
    assert errors == [Cancelled]
    assert net.sources.count("tvmaze") == 1
    with pytest.raises(Cancelled):
        ask(net.make_client(wait=lambda _: True).with_options(REFRESH), host, "/shows/102")


def test_stop_of_several_hosts(net: Net) -> None:
    client = net.make_client(PATIENT)
    ask(client, net.maze, "/shows/102")
    for service in ("tvmaze", "tmdb"):
        net.sources.fail(service, faults.silent)
    with (
        in_thread(lambda: ask(client, net.maze)) as errors,
        in_thread(lambda: client.get(tmdb(net.sources), "/tv/201")) as more_errors,
    ):
        net.sources.wait_for_requests("tvmaze", 2)
        net.sources.wait_for_requests("tmdb")
        client.stop()
    assert [*errors, *more_errors] == [Cancelled, Cancelled]
    with pytest.raises(Cancelled):
        ask(client, net.maze)
    assert net.sources.count("tvmaze") == 2
    assert ask(client, net.maze, "/shows/102") == "Harbour Nine"


# The way there


def test_name_that_cannot_be_resolved(client: HttpClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert refusal(client, ApiHost("TVmaze", "http://no-such-host.invalid", FAST)) == (
        SourceOffline,
        "Can't reach TVmaze. Are you offline?",
    )


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, so that nobody else can listen there, and at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_port_where_nobody_listens(client: HttpClient, closed_port: int) -> None:
    host = ApiHost("TVmaze", f"http://127.0.0.1:{closed_port}", FAST)
    assert refusal(client, host) == (SourceOffline, f"Can't reach TVmaze{LATER}")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ["{}_proxy", "all_proxy"])
def test_dead_proxy(net: Net, closed_port: int, monkeypatch: pytest.MonkeyPatch, scheme: str, name: str) -> None:
    monkeypatch.setenv(name.format(scheme), f"http://user:{SECRET}@127.0.0.1:{closed_port}")
    host = ApiHost("TVmaze", f"{scheme}://{net.sources.host('tvmaze')}", FAST)
    assert refusal(net.client, host) == (SourceOffline, NO_PROXY)
    assert net.sources.connections("tvmaze") == 0


@pytest.mark.parametrize("proxy", ["telnet://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[", "http://a:b"])
def test_proxy_that_is_none(net: Net, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    assert refusal(net.client, net.maze)[1] == NO_PROXY


def test_proxy_that_refuses(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", net.sources.address("wikidata"))
    assert refusal(net.client, ApiHost("TVmaze", f"https://{net.sources.host('tvmaze')}", FAST))[1] == NO_PROXY


def test_proxy_that_works(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", net.sources.address("tvmaze"))
    assert ask(net.client, ApiHost("TVmaze", "http://tvmaze.invalid", FAST)) == "Paper Lanterns"


def test_host_that_needs_no_proxy(net: Net, closed_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert ask(net.client, net.maze) == "Paper Lanterns"
    net.sources.fail("tvmaze", faults.closed)
    assert refusal(net.client, net.maze, "/shows/102")[1] == BROKE_OFF


# Certificates


@pytest.fixture(params=[False, True], ids=["direct", "by a proxy"])
def tls_sources(
    request: pytest.FixtureRequest, clock: FakeClock, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeSources]:
    with FakeSources(clock, certificate=certificate, as_proxy=request.param) as fake_sources:
        if request.param:
            monkeypatch.setenv("https_proxy", fake_sources.address("tvmaze"))
        yield fake_sources


def tls_host(fake_sources: FakeSources) -> ApiHost:
    """Return a host with TLS; behind a proxy, one that can be reached in that way only."""
    return ApiHost("TVmaze", "https://127.0.0.1:9" if fake_sources.as_proxy else fake_sources.address("tvmaze"), FAST)


def test_certificate_that_is_not_trusted(tls_sources: FakeSources, make_client: MakeClient) -> None:
    kind, sentence = refusal(make_client(verify=None), tls_host(tls_sources))
    assert kind is SourceDenied
    assert sentence.replace("self-signed", "self signed") == (
        "The certificate of TVmaze is not valid (self signed certificate). Nothing was sent."
        " Check the clock and the network of this computer."
    )
    assert tls_sources.requests == []


def trust_file(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")


def trust_folder(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = certificate.file.parent / "trusted"
    folder.mkdir(exist_ok=True)
    shutil.copy(certificate.file, folder)
    subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))


def trust_system(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ssl.get_default_verify_paths()._replace(openssl_cafile=str(certificate.file), openssl_capath="/nowhere")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)


@pytest.mark.parametrize("trust", [trust_file, trust_folder, trust_system])
@pytest.mark.parametrize("tls_sources", [False], indirect=True)
def test_certificate_that_is_trusted(
    tls_sources: FakeSources,
    make_client: MakeClient,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    trust: Callable[[Certificate, pytest.MonkeyPatch], None],
) -> None:
    trust(certificate, monkeypatch)
    assert ask(make_client(verify=None), tls_host(tls_sources)) == "Paper Lanterns"


def test_certificates_of_macos_and_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setitem(sys.modules, "truststore", SimpleNamespace(SSLContext=lambda _: context))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert trusted_certificates() is context


@pytest.mark.parametrize("tls_sources", [False], indirect=True)
def test_certificate_of_another_host(
    tls_sources: FakeSources, make_client: MakeClient, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, port = tls_sources.host("tvmaze").split(":")
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, int(port)))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    client = make_client(verify=certificate.client())
    assert refusal(client, ApiHost("TVmaze", "https://tvmaze.invalid", FAST))[0] is SourceDenied
    assert tls_sources.requests == []


@pytest.mark.parametrize("tls_sources", [False], indirect=True)
def test_certificate_file_that_is_missing(net: Net, tls_sources: FakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/none.pem")
    assert refusal(net.make_client(verify=None), tls_host(tls_sources))[0] is SourceOffline


@pytest.mark.parametrize("tls_sources", [False], indirect=True)
def test_redirect_to_an_old_address(
    tls_sources: FakeSources, make_client: MakeClient, certificate: Certificate
) -> None:
    tls_sources.fail("tvmaze", faults.redirect(f"http://{tls_sources.host('tvmaze')}/shows/102"), path="/shows/101")
    assert ask(make_client(verify=certificate.client()), tls_host(tls_sources)) == "Harbour Nine"


def test_host_without_tls(net: Net, certificate: Certificate) -> None:
    client = net.make_client(SHORT_READ, verify=certificate.client())
    assert refusal(client, ApiHost("TVmaze", f"https://{net.sources.host('tvmaze')}", FAST))[0] is SourceOffline


@pytest.mark.parametrize(
    ("fault", "limits", "kind"),
    [
        (faults.silent, SHORT_READ, SourceBusy),
        (faults.slow_tail, SHORT_TOTAL, SourceBusy),
        (faults.slow_headers, SHORT_TOTAL, SourceBusy),
        (faults.cut_short, None, BadResponse),
    ],
    ids=["silence", "slow tail", "slow headers", "cut short"],
)
def test_fault_behind_tls(
    tls_sources: FakeSources,
    make_client: MakeClient,
    certificate: Certificate,
    fault: Fault,
    limits: TimeLimits | None,
    kind: type[SourceError],
) -> None:
    client, host = make_client(limits, verify=certificate.client()), tls_host(tls_sources)
    tls_sources.fail("tvmaze", fault)
    assert refusal(client, host)[0] is kind
    tls_sources.clear_faults()
    assert ask(make_client(verify=certificate.client()), host) == "Paper Lanterns"


def test_stop_behind_tls(tls_sources: FakeSources, make_client: MakeClient, certificate: Certificate) -> None:
    client = make_client(PATIENT, verify=certificate.client())
    tls_sources.fail("tvmaze", faults.silent)
    with in_thread(lambda: ask(client, tls_host(tls_sources))) as errors:
        tls_sources.wait_for_requests("tvmaze")
        client.stop()
    assert errors == [Cancelled]
