from __future__ import annotations

import re
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
from threading import Thread
from types import SimpleNamespace

import pytest

from tests.fake_sources import NOON, Certificate, FakeClock, FakeSources, faults
from tests.fake_sources.faults import Fault
from tests.sources.conftest import AGENT, BRIEF, HASTY, MakeClient
from tracker.errors import BadResponse, Cancelled, SourceBusy, SourceDenied, SourceError, SourceNotFound, SourceOffline
from tracker.sources.http.client import ApiHost, HttpClient, TimeLimits, trusted_certificates
from tracker.sources.http.rate_limit import RateLimit, RateLimiter
from tracker.sources.tvmaze import parse_show

SECRET = "very-secret-0123456789"
WORD = "wordofthequestion"
TODAY = NOON.date()
FAST = RateLimit(10_000, 1)
MANY_HOPS = 4
TRIES = 3


def maze(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TVmaze", fake_sources.address("tvmaze"), FAST)


def ask(client: HttpClient, service: ApiHost, path: str = "/shows/101") -> str:
    """Ask for a show with secrets in the question, read the answer, and return the title."""
    headers = {"Authorization": f"Bearer {SECRET}"}
    body = client.get(service, path, {"q": WORD}, secret={"api_key": SECRET}, headers=headers)
    return parse_show(body, TODAY).title


def refused(client: HttpClient, service: ApiHost, path: str = "/shows/101") -> SourceError:
    """Ask for a show in vain, and return the refusal, which tells no secrets."""
    with pytest.raises(SourceError) as caught:
        ask(client, service, path)
    sentence = str(caught.value)
    assert service.label in sentence
    assert sentence.endswith(".")
    assert not any(told in sentence for told in (SECRET, WORD, "api_key", "http:", "https:", "/shows", "127.0.0.1"))
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


LATER = "; ask again later."
WRONG_FORM = "TVmaze answered in another form than it used to "
NO_DATA = "TVmaze did not answer with data, but with "
A_PAGE = f"{NO_DATA}a web page, as a proxy or a site under maintenance does."
CUT = f"{NO_DATA}something that cannot be read, or that was cut short."
BROKE_OFF = f"TVmaze broke off in the middle of its answer{LATER}"
ELSEWHERE = "TVmaze sends us to another host, "
TOO_LONG = f"TVmaze took longer than 1 second to answer{LATER}"
NO_ADDRESS = "TVmaze sends us to an address that is none."

FAULTS: list[tuple[str, Fault, TimeLimits | None, type[SourceError], str]] = [
    ("429", faults.too_many(), None, SourceBusy, f"TVmaze is asked too often at the moment (it answered 429){LATER}"),
    *(
        (
            str(code), faults.status(code), None, SourceBusy,
            f"TVmaze is broken at the moment (it answered {code}){LATER}",
        )
        for code in (500, 502, 503, 504)
    ),
    ("html", faults.html, None, BadResponse, A_PAGE),
    ("html that says it is JSON", faults.bare_html, None, BadResponse, A_PAGE),
    ("cut short", faults.cut_short, None, BadResponse, BROKE_OFF),
    ("half of the JSON", faults.half_json, None, BadResponse, CUT),
    ("endless", faults.endless, None, BadResponse, "TVmaze answered with more than 10 MB; nothing of it was used."),
    ("50 MB", faults.huge, None, BadResponse, "TVmaze answered with more than 10 MB; nothing of it was used."),
    ("gzip bomb", faults.gzip_bomb, None, BadResponse, "TVmaze answered with more than 10 MB; nothing of it was used."),
    ("half of the gzip", faults.half_packed, None, BadResponse, "TVmaze answered with data that was cut short."),
    (
        "no gzip", faults.not_packed, None, BadResponse, "TVmaze answered with something that cannot be unpacked."
    ),
    (
        "unspeakable packing", faults.status(200, b"{}", content_encoding="\x9b31m" + "x" * 99), None, BadResponse,
        "TVmaze packed its answer in a way that nobody asked for (31mxxxxxxxxxxxxxxxxx).",
    ),
    (
        "brotli", faults.packed_strangely, None, BadResponse,
        "TVmaze packed its answer in a way that nobody asked for (br).",
    ),
    ("slow body", faults.slow_body, BRIEF, SourceBusy, TOO_LONG),
    ("slow body that looks whole", faults.slow_tail, BRIEF, SourceBusy, TOO_LONG),
    ("slow headers", faults.slow_headers, BRIEF, SourceBusy, TOO_LONG),
    ("silence", faults.silent, HASTY, SourceBusy, f"TVmaze did not answer within 1 second{LATER}"),
    ("silence after a half", faults.silent_body, HASTY, SourceBusy, f"TVmaze did not answer within 1 second{LATER}"),
    ("latin-1", faults.latin1, None, BadResponse, CUT),
    ("empty", faults.empty, None, BadResponse, f"{NO_DATA}nothing."),
    ("null", faults.null, None, BadResponse, f"{WRONG_FORM}(Expected `object`, got `null`)."),
    (
        "another form", faults.other_form, None, BadResponse,
        f"{WRONG_FORM}(Object missing required field `id`).",
    ),
    ("404 empty", faults.status(404), None, SourceNotFound, "TVmaze does not know that (404)."),
    ("404 null", faults.status(404, b"null"), None, SourceNotFound, "TVmaze does not know that (404)."),
    ("410", faults.status(410), None, SourceNotFound, "TVmaze does not know that (410)."),
    ("400", faults.status(400), None, BadResponse, "TVmaze does not understand the question (400)."),
    ("422", faults.status(422), None, BadResponse, "TVmaze does not understand the question (422)."),
    ("401", faults.status(401), None, SourceDenied, "TVmaze refuses to answer (401)."),
    ("403", faults.status(403), None, SourceDenied, "TVmaze refuses to answer (403)."),
    ("418", faults.status(418), None, BadResponse, "TVmaze answered in a way that nobody expected (418)."),
    ("304 unasked", faults.status(304), None, BadResponse, "TVmaze answered in a way that nobody expected (304)."),
    ("closed", faults.closed, None, BadResponse, BROKE_OFF),
    ("garbage", faults.garbage, None, BadResponse, BROKE_OFF),
    ("circles", faults.round_in_circles, None, BadResponse, "TVmaze sends us round in circles."),
    ("no location", faults.status(302), None, BadResponse, "TVmaze sends us round in circles."),
    ("another host", faults.other_host, None, BadResponse, f"{ELSEWHERE}elsewhere.example."),
    ("no host", faults.redirect("javascript:alert(1)"), None, BadResponse, f"{ELSEWHERE}a nameless one."),
    ("no IPv6", faults.redirect("http://[::1"), None, BadResponse, NO_ADDRESS),
    ("no port", faults.redirect("http://a:b/"), None, BadResponse, NO_ADDRESS),
    ("no name", faults.redirect("http://\u00e4..\u00ff/"), None, BadResponse, NO_ADDRESS),
]  # fmt: skip
"""What happens, with which patience, and what is said about it."""


@pytest.mark.parametrize(
    ("fault", "limits", "kind", "sentence"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_fault_is_told_in_a_sentence_and_leaves_nothing_behind(
    fake_sources: FakeSources,
    make_client: MakeClient,
    kept: Callable[[], list[str]],
    fault: Fault,
    limits: TimeLimits | None,
    kind: type[SourceError],
    sentence: str,
) -> None:
    client = make_client(limits)
    fake_sources.fail("tvmaze", fault)
    refusal = refused(client, maze(fake_sources))
    assert (type(refusal), str(refusal)) == (kind, sentence)
    assert kept() == []
    fake_sources.clear_faults()
    # One without patience could fail for a machine that is slow.
    assert ask(client if limits is None else make_client(), maze(fake_sources)) == "Paper Lanterns"


@pytest.mark.parametrize("fault", [faults.packed, faults.redirect("/shows/102")], ids=["gzip", "redirect"])
def test_what_is_no_fault_works(fake_sources: FakeSources, client: HttpClient, fault: Fault) -> None:
    fake_sources.fail("tvmaze", fault, path="/shows/101")
    assert ask(client, maze(fake_sources)) in ("Paper Lanterns", "Harbour Nine")


# Who asks, and how


def test_every_request_says_who_asks(fake_sources: FakeSources, client: HttpClient) -> None:
    ask(client, maze(fake_sources))
    (request,) = fake_sources.requests
    assert request.headers["user-agent"] == AGENT
    assert re.fullmatch(r"[\w-]+/[\d.]+ \(\+https://\S+\)", request.headers["user-agent"])
    assert request.headers["accept"] == "application/json"
    assert request.headers["accept-encoding"] == "gzip"


def test_the_question_and_the_secrets_arrive(fake_sources: FakeSources, client: HttpClient) -> None:
    ask(client, maze(fake_sources))
    (request,) = fake_sources.requests
    assert request.query == {"q": [WORD], "api_key": [SECRET]}
    assert request.headers["authorization"] == f"Bearer {SECRET}"


def test_all_requests_to_a_service_go_by_one_connection(fake_sources: FakeSources, client: HttpClient) -> None:
    shows = fake_sources.add_many(40)
    for show in shows:
        assert ask(client, maze(fake_sources), f"/shows/{show.tvmaze}") == show.title
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    client.get(
        ApiHost("TMDB", fake_sources.address("tmdb"), FAST), "/tv/201", secret={"api_key": fake_sources.allow_token}
    )
    assert (fake_sources.count("tvmaze"), fake_sources.connections("tvmaze"), fake_sources.connections("tmdb")) == (
        41,
        1,
        1,
    )


def test_services_can_be_asked_at_the_same_time(fake_sources: FakeSources, client: HttpClient) -> None:
    tmdb = ApiHost("TMDB", fake_sources.address("tmdb"), FAST)
    fake_sources.add_many(20)

    def ask_all() -> None:
        for number in range(20_001, 20_021):
            client.get(tmdb, f"/tv/{number}", secret={"api_key": fake_sources.allow_token})

    with in_thread(ask_all):
        titles = [ask(client, maze(fake_sources), f"/shows/{number}") for number in range(10_001, 10_021)]
    assert len(set(titles)) == fake_sources.count("tvmaze") == fake_sources.count("tmdb") == 20


def test_a_connection_that_the_service_ended_is_made_anew(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.cut_short, times=1)
    refused(client, maze(fake_sources))
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    assert fake_sources.connections("tvmaze") == 2


# Redirects


def test_a_redirect_is_followed_on_the_same_host(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.redirect(f"{fake_sources.address('tvmaze')}/shows/102"), path="/shows/101")
    assert ask(client, maze(fake_sources)) == "Harbour Nine"
    assert [request.path for request in fake_sources.requests] == ["/shows/101", "/shows/102"]
    assert "api_key" not in fake_sources.requests[1].query


def test_no_other_host_is_ever_asked(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.redirect(f"{fake_sources.address('wikidata')}/shows/101"))
    with pytest.raises(BadResponse, match=ELSEWHERE):
        ask(client, maze(fake_sources))
    assert (fake_sources.count("tvmaze"), fake_sources.connections("wikidata")) == (1, 0)


def test_a_redirect_to_another_scheme_is_not_followed(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.redirect(f"ftp://{fake_sources.host('tvmaze')}/shows/101"))
    with pytest.raises(BadResponse):
        ask(client, maze(fake_sources))
    assert fake_sources.count("tvmaze") == 1


def test_redirects_are_followed_a_few_times_only(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.round_in_circles)
    refused(client, maze(fake_sources))
    assert fake_sources.count("tvmaze") == MANY_HOPS


# Trying again


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_busy_service_is_asked_three_times_with_growing_pauses(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock, code: int
) -> None:
    fake_sources.fail("tvmaze", faults.status(code))
    refused(client, maze(fake_sources))
    assert fake_sources.count("tvmaze") == TRIES
    assert 0.5 <= clock.waits[0] <= 1.0 <= clock.waits[1] <= 2.0
    assert len(clock.waits) == TRIES - 1


@pytest.mark.parametrize(
    "fault",
    [*(faults.status(code) for code in (400, 401, 403, 404, 410, 418, 422)), faults.html, faults.closed],
)
def test_nothing_else_is_tried_again(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock, fault: Fault
) -> None:
    fake_sources.fail("tvmaze", fault)
    refused(client, maze(fake_sources))
    assert (fake_sources.count("tvmaze"), clock.waits) == (1, [])


def test_a_service_that_recovers_gives_its_answer(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.status(503), times=1)
    fake_sources.fail("tvmaze", faults.too_many(), times=1)
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    assert fake_sources.count("tvmaze") == TRIES


@pytest.mark.parametrize(
    ("said", "least"),
    [
        (7, 7),
        (0, 0),
        ("0060", 60),
        (format_datetime(NOON + timedelta(seconds=30), usegmt=True), 30),
        (format_datetime(NOON - timedelta(days=1), usegmt=True), 0),
    ],
)
def test_a_short_pause_that_the_service_asks_for_is_made(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock, said: float | str, least: float
) -> None:
    fake_sources.fail("tvmaze", faults.too_many(said), times=1)
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    (pause,) = clock.waits
    assert least <= pause <= least + 0.5


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "-5",
        "1e9",
        "Mon, 01 Jan 2027 00:00:00 +99999999999999999999",
        "Mon, 99 Jan 2027 00:00:00 GMT",
        "\xb2",
    ],
)
def test_a_pause_that_cannot_be_read_is_none(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock, said: str
) -> None:
    fake_sources.fail("tvmaze", faults.too_many(said), times=1)
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    (pause,) = clock.waits
    assert 0.5 <= pause <= 1.0


def test_for_a_long_pause_nobody_waits_and_nobody_asks_while_it_lasts(
    fake_sources: FakeSources, make_client: MakeClient, clock: FakeClock
) -> None:
    client, other_run = make_client(), make_client()
    fake_sources.fail("tvmaze", faults.too_many(3600), times=1)
    refusal = refused(client, maze(fake_sources))
    assert (type(refusal), str(refusal)) == (SourceBusy, "TVmaze asks to be left alone for 60 minutes.")
    clock.advance(600)
    for one in (client, other_run):
        refusal = refused(one, maze(fake_sources))
        assert (type(refusal), str(refusal)) == (SourceBusy, "TVmaze asked to be left alone for another 50 minutes.")
    assert (fake_sources.count("tvmaze"), clock.waits) == (1, [])
    clock.advance(3001)
    assert ask(other_run, maze(fake_sources)) == "Paper Lanterns"


def test_a_pause_is_about_one_service_only(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.fail("tvmaze", faults.too_many(3600))
    refused(client, maze(fake_sources))
    client.get(
        ApiHost("TMDB", fake_sources.address("tmdb"), FAST), "/tv/201", secret={"api_key": fake_sources.allow_token}
    )
    assert fake_sources.count("tmdb") == 1


def test_what_is_kept_is_given_also_while_the_pause_lasts(fake_sources: FakeSources, client: HttpClient) -> None:
    ask(client, maze(fake_sources))
    fake_sources.fail("tvmaze", faults.too_many(3600))
    refused(client, maze(fake_sources), "/shows/102")
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"


def test_no_pause_is_longer_than_a_day(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    fake_sources.fail("tvmaze", faults.too_many("999999999999999999999"), times=1)
    assert str(refused(client, maze(fake_sources))) == "TVmaze asks to be left alone for 24 hours."
    clock.advance(86_401)
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"


def test_the_last_short_pause_is_kept_too(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    fake_sources.fail("tvmaze", faults.too_many(20))
    refused(client, maze(fake_sources))
    assert fake_sources.count("tvmaze") == TRIES
    refusal = refused(client, maze(fake_sources), "/shows/102")
    assert str(refusal) == "TVmaze asked to be left alone for another 20 seconds."
    assert fake_sources.count("tvmaze") == TRIES
    fake_sources.clear_faults()
    clock.advance(21)
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"


def test_a_pause_that_somebody_else_is_told_meanwhile_is_made_too(
    fake_sources: FakeSources, make_client: MakeClient, ledger: Path, clock: FakeClock
) -> None:
    other_run = RateLimiter(ledger, clock)

    def wait(seconds: float) -> bool:
        other_run.pause(fake_sources.address("tvmaze"), 3600)
        return clock.wait(seconds)

    fake_sources.fail("tvmaze", faults.status(503))
    assert isinstance(refused(make_client(wait=wait), maze(fake_sources)), SourceBusy)
    assert fake_sources.count("tvmaze") == 1
    other_run.close()


def test_a_service_that_is_busy_with_status_200_is_asked_again(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock, kept: Callable[[], list[str]]
) -> None:
    service = ApiHost("Wikidata", fake_sources.address("wikidata"), FAST)
    params = {"action": "wbgetentities", "ids": "Q990000101", "format": "json"}
    fake_sources.fail("wikidata", faults.maxlag(5))
    with pytest.raises(SourceBusy, match=r"^Wikidata is busy at the moment; ask again later\.$"):
        client.get(service, "/w/api.php", params, is_busy=lambda body: b'"maxlag"' in body)
    assert fake_sources.count("wikidata") == TRIES
    assert all(5 <= pause <= 5.5 for pause in clock.waits)
    assert kept() == []
    fake_sources.clear_faults()
    clock.advance(6)
    assert b"Paper Lanterns" in client.get(service, "/w/api.php", params, is_busy=lambda body: b'"maxlag"' in body)


# Turns


def test_turns_are_waited_for(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    fake_sources.add_many(40)
    service = ApiHost("TVmaze", fake_sources.address("tvmaze"), RateLimit(18, 10))
    for number in range(10_001, 10_041):
        ask(client, service, f"/shows/{number}")
    times = [request.time for request in fake_sources.requests]
    assert all(later - first > 10 for first, later in zip(times, times[18:], strict=False))
    assert 20 < clock.now - NOON.timestamp() < 21


def test_each_step_of_a_redirect_takes_a_turn(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    fake_sources.fail("tvmaze", faults.redirect("/shows/102"), path="/shows/101")
    ask(client, ApiHost("TVmaze", fake_sources.address("tvmaze"), RateLimit(1, 10)))
    assert clock.waits == [pytest.approx(10.001)]


# Stopping


@contextmanager
def in_thread(work: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Do something in another thread, and at the end wait for it; it gives the errors that it ended with."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except SourceError as error:
            errors.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield errors
    finally:
        thread.join(60)
        assert not thread.is_alive()


ENDLESS = TimeLimits(connect=20, read=20, total=20)
"""So much patience that what ends was ended."""


@pytest.mark.parametrize(
    "fault",
    [faults.silent, faults.silent_body, faults.slow_body, faults.slow_tail, faults.slow_headers, faults.too_many(50)],
    ids=["silence", "half", "slow body", "slow tail", "slow headers", "pause"],
)
def test_a_request_that_hangs_can_be_stopped(
    fake_sources: FakeSources, make_client: MakeClient, kept: Callable[[], list[str]], fault: Fault
) -> None:
    client = make_client(ENDLESS, wait=None)
    fake_sources.fail("tvmaze", fault)
    with in_thread(lambda: ask(client, maze(fake_sources))) as errors:
        fake_sources.wait_for_requests("tvmaze")
        client.stop()
    assert [type(error) for error in errors] == [Cancelled]
    assert kept() == []


def test_waiting_for_a_turn_can_be_stopped(fake_sources: FakeSources, make_client: MakeClient) -> None:
    client = make_client(ENDLESS, wait=None)
    service = ApiHost("TVmaze", fake_sources.address("tvmaze"), RateLimit(1, 40))
    ask(client, service)
    with in_thread(lambda: ask(client, service, "/shows/102")) as errors:
        client.stop()
    assert [type(error) for error in errors] == [Cancelled]
    assert fake_sources.count("tvmaze") == 1


def test_several_services_are_stopped_at_once(fake_sources: FakeSources, make_client: MakeClient) -> None:
    client = make_client(ENDLESS)
    tmdb = ApiHost("TMDB", fake_sources.address("tmdb"), FAST)
    fake_sources.fail("tvmaze", faults.silent)
    fake_sources.fail("tmdb", faults.silent)
    with (
        in_thread(lambda: ask(client, maze(fake_sources))) as some,
        in_thread(lambda: client.get(tmdb, "/tv/201")) as others,
    ):
        fake_sources.wait_for_requests("tvmaze")
        fake_sources.wait_for_requests("tmdb")
        client.stop()
    assert [type(error) for error in (*some, *others)] == [Cancelled, Cancelled]


def test_nothing_begins_after_a_stop(fake_sources: FakeSources, client: HttpClient) -> None:
    ask(client, maze(fake_sources), "/shows/102")
    client.stop()
    with pytest.raises(Cancelled):
        ask(client, maze(fake_sources))
    assert fake_sources.count("tvmaze") == 1
    assert ask(client, maze(fake_sources), "/shows/102") == "Harbour Nine"


def test_a_wait_that_is_given_up_ends_the_question(fake_sources: FakeSources, make_client: MakeClient) -> None:
    fake_sources.fail("tvmaze", faults.status(503))
    with pytest.raises(Cancelled):
        ask(make_client(wait=lambda _: True), maze(fake_sources))
    assert fake_sources.count("tvmaze") == 1


# The way there


def test_a_name_that_nobody_knows_is_no_network(client: HttpClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)
    refusal = refused(client, ApiHost("TVmaze", "http://no-such-host.invalid", FAST))
    assert isinstance(refusal, SourceOffline)
    assert str(refusal) == "TVmaze cannot be found: there seems to be no network; ask again when there is one."


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, so that nobody else can listen there, and at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_port_at_which_nobody_listens_cannot_be_reached(client: HttpClient, closed_port: int) -> None:
    refusal = refused(client, ApiHost("TVmaze", f"http://127.0.0.1:{closed_port}", FAST))
    assert (type(refusal), str(refusal)) == (SourceOffline, f"TVmaze cannot be reached{LATER}")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ["{}_proxy", "all_proxy"])
def test_a_dead_proxy_is_named_as_what_is_wrong(
    fake_sources: FakeSources,
    client: HttpClient,
    closed_port: int,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    name: str,
) -> None:
    monkeypatch.setenv(name.format(scheme), f"http://user:{SECRET}@127.0.0.1:{closed_port}")
    refusal = refused(client, ApiHost("TVmaze", f"{scheme}://{fake_sources.host('tvmaze')}", FAST))
    assert isinstance(refusal, SourceOffline)
    assert str(refusal) == "the proxy on the way to TVmaze cannot be used; see HTTPS_PROXY."
    assert fake_sources.connections("tvmaze") == 0


@pytest.mark.parametrize("proxy", ["telnet://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[", "http://a:b"])
def test_a_proxy_that_is_none_is_named_as_what_is_wrong(
    fake_sources: FakeSources, client: HttpClient, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    refusal = refused(client, maze(fake_sources))
    assert str(refusal) == "the proxy on the way to TVmaze cannot be used; see HTTPS_PROXY."


def test_a_proxy_that_lets_nobody_through_is_named_as_what_is_wrong(
    fake_sources: FakeSources, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", fake_sources.address("wikidata"))
    refusal = refused(client, ApiHost("TVmaze", f"https://{fake_sources.host('tvmaze')}", FAST))
    assert str(refusal) == "the proxy on the way to TVmaze cannot be used; see HTTPS_PROXY."


def test_a_proxy_that_works_is_used(
    fake_sources: FakeSources, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", fake_sources.address("tvmaze"))
    assert ask(client, ApiHost("TVmaze", "http://tvmaze.invalid", FAST)) == "Paper Lanterns"


def test_a_host_that_needs_no_proxy_is_asked_without_it(
    fake_sources: FakeSources, client: HttpClient, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert ask(client, maze(fake_sources)) == "Paper Lanterns"
    fake_sources.fail("tvmaze", faults.closed)
    assert str(refused(client, maze(fake_sources), "/shows/102")) == BROKE_OFF


# Certificates


@pytest.fixture
def tls_fake_sources(clock: FakeClock, certificate: Certificate) -> Iterator[FakeSources]:
    with FakeSources(clock, certificate=certificate) as fake_sources:
        yield fake_sources


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls_fake_sources: FakeSources, make_client: MakeClient
) -> None:
    refusal = refused(make_client(verify=None), maze(tls_fake_sources))
    assert isinstance(refusal, SourceDenied)
    assert re.fullmatch(
        r"the certificate of TVmaze does not hold \(self.signed certificate\); nothing was asked\.", str(refusal)
    )
    assert tls_fake_sources.requests == []


def test_a_certificate_that_is_trusted_is_accepted(
    tls_fake_sources: FakeSources, make_client: MakeClient, certificate: Certificate
) -> None:
    client = make_client(verify=certificate.client())
    assert ask(client, maze(tls_fake_sources)) == "Paper Lanterns"
    assert ask(client, maze(tls_fake_sources), "/shows/102") == "Harbour Nine"
    assert tls_fake_sources.connections("tvmaze") == 1


def trust_by_file(certificate: Certificate, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SSL_CERT_FILE", str(certificate.file))
    patch.setenv("SSL_CERT_DIR", "/nowhere")


def trust_by_folder(certificate: Certificate, patch: pytest.MonkeyPatch) -> None:
    folder = certificate.file.parent / "trusted"
    folder.mkdir(exist_ok=True)
    shutil.copy(certificate.file, folder)
    subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
    patch.setenv("SSL_CERT_DIR", str(folder))


def trust_by_system(certificate: Certificate, patch: pytest.MonkeyPatch) -> None:
    paths = ssl.get_default_verify_paths()._replace(openssl_cafile=str(certificate.file), openssl_capath="/nowhere")
    patch.setattr(ssl, "get_default_verify_paths", lambda: paths)


@pytest.mark.parametrize("trust", [trust_by_file, trust_by_folder, trust_by_system])
def test_certificates_trusted_by_environment_or_system(
    tls_fake_sources: FakeSources,
    make_client: MakeClient,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    trust: Callable[[Certificate, pytest.MonkeyPatch], None],
) -> None:
    trust(certificate, monkeypatch)
    assert ask(make_client(verify=None), maze(tls_fake_sources)) == "Paper Lanterns"


def test_certificates_of_macos_and_windows_come_from_their_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setitem(sys.modules, "truststore", SimpleNamespace(SSLContext=lambda _: made))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert trusted_certificates() is made


def test_a_certificate_for_another_host_is_refused(
    tls_fake_sources: FakeSources, make_client: MakeClient, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tls_fake_sources.host("tvmaze").split(":")
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (there[0], int(there[1])))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)
    client = make_client(verify=certificate.client())
    assert isinstance(refused(client, ApiHost("TVmaze", "https://tvmaze.invalid", FAST)), SourceDenied)
    assert tls_fake_sources.requests == []


def test_a_service_that_speaks_no_tls_cannot_be_reached(
    fake_sources: FakeSources, make_client: MakeClient, certificate: Certificate
) -> None:
    client = make_client(HASTY, verify=certificate.client())
    assert isinstance(refused(client, ApiHost("TVmaze", f"https://{fake_sources.host('tvmaze')}", FAST)), SourceOffline)


@pytest.mark.parametrize(
    ("fault", "limits", "kind"),
    [
        (faults.silent, HASTY, SourceBusy),
        (faults.slow_body, BRIEF, SourceBusy),
        (faults.slow_tail, BRIEF, SourceBusy),
        (faults.slow_headers, BRIEF, SourceBusy),
        (faults.closed, None, BadResponse),
        (faults.cut_short, None, BadResponse),
    ],
    ids=["silence", "slow body", "slow tail", "slow headers", "closed", "cut short"],
)
@pytest.mark.parametrize("by_proxy", [False, True], ids=["directly", "by a proxy"])
def test_faults_behind_tls_are_the_same(
    clock: FakeClock,
    make_client: MakeClient,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    limits: TimeLimits | None,
    kind: type[SourceError],
    by_proxy: bool,
) -> None:
    with FakeSources(clock, certificate=certificate, as_proxy=by_proxy) as fake_sources:
        client, service = make_client(limits, verify=certificate.client()), reached(fake_sources, monkeypatch)
        fake_sources.fail("tvmaze", fault)
        assert type(refused(client, service)) is kind
        fake_sources.clear_faults()
        assert ask(make_client(verify=certificate.client()), service) == "Paper Lanterns"


@pytest.mark.parametrize("by_proxy", [False, True], ids=["directly", "by a proxy"])
def test_a_request_that_hangs_behind_tls_can_be_stopped(
    clock: FakeClock,
    make_client: MakeClient,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    by_proxy: bool,
) -> None:
    with FakeSources(clock, certificate=certificate, as_proxy=by_proxy) as fake_sources:
        client, service = make_client(ENDLESS, verify=certificate.client()), reached(fake_sources, monkeypatch)
        fake_sources.fail("tvmaze", faults.silent)
        with in_thread(lambda: ask(client, service)) as errors:
            fake_sources.wait_for_requests("tvmaze")
            client.stop()
        assert [type(error) for error in errors] == [Cancelled]


def reached(fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch) -> ApiHost:
    """Return a host with TLS; where they are a proxy, one that can be reached in that way only."""
    if not fake_sources.as_proxy:
        return maze(fake_sources)
    monkeypatch.setenv("https_proxy", fake_sources.address("tvmaze"))
    return ApiHost("TVmaze", "https://127.0.0.1:9", FAST)


def test_a_certificate_is_looked_at_also_behind_a_proxy(
    clock: FakeClock, client: HttpClient, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeSources(clock, certificate=certificate, as_proxy=True) as fake_sources:
        assert isinstance(refused(client, reached(fake_sources, monkeypatch)), SourceDenied)
        assert fake_sources.requests == []


def test_a_broken_list_of_certificates_is_no_crash(
    tls_fake_sources: FakeSources, make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    assert isinstance(refused(make_client(verify=None), maze(tls_fake_sources)), SourceOffline)
