from __future__ import annotations

import gzip
import socket
from typing import Any

import pytest

from tests.fake_sources import Certificate, FakeClock, FakeSources, faults
from tests.fake_sources.bodies import Answer
from tests.fake_sources.faults import Exchange, Fault
from tests.sources.conftest import AGENT, BRIEF, HASTY, NOBODY
from tracker.errors import BadResponse, SourceBusy, SourceDenied, SourceError, SourceNotFound, SourceOffline
from tracker.sources.http import article
from tracker.sources.http.article import FetchedPage, fetch_page, is_local_peer
from tracker.sources.http.client import TimeLimits

MOST = 50_000
BODY = b"<p>Old Ferry comes in May.</p>"
HOST = "127.0.0.1"
INSTEAD = "; open it in a browser, copy the article and paste it."


def answer(body: bytes = BODY, kind: str = "text/html; charset=utf-8", **headers: str) -> Fault:
    """Answer with a page; underscores in the names of headers become hyphens."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.reply(Answer(200, body, {"content-type": kind, **said} if kind else said))


def get(
    fake_sources: FakeSources, fault: Fault | None = None, limits: TimeLimits | None = None, path: str = "/news"
) -> FetchedPage:
    if fault is not None:
        fake_sources.fail("tvmaze", fault, path="/news")
    return fetch_page(f"{fake_sources.address('tvmaze')}{path}", AGENT, MOST, limits=limits, verify=NOBODY)


def refused(fake_sources: FakeSources, fault: Fault, limits: TimeLimits | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        get(fake_sources, fault, limits)
    assert str(caught.value).endswith(".")
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


def test_a_page_is_fetched_as_it_is(fake_sources: FakeSources) -> None:
    found = get(fake_sources, answer(), path="/news?a=%EA%B0%80#top")
    assert found == FetchedPage(BODY, "utf-8", f"{fake_sources.address('tvmaze')}/news?a=%EA%B0%80")
    [request] = fake_sources.requests
    assert request.headers["user-agent"] == AGENT
    assert request.headers["accept"].startswith("text/html")
    assert "cookie" not in request.headers


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html", ""),
        ("TEXT/HTML;Charset=EUC-KR", "EUC-KR"),
        ('text/html; charset="shift_jis"', "shift_jis"),
        ("application/xhtml+xml; x=y; charset=utf-8", "utf-8"),
        ("text/plain", ""),
        ("", ""),
    ],
)
def test_the_encoding_is_the_one_of_the_answer(fake_sources: FakeSources, kind: str, charset: str) -> None:
    assert get(fake_sources, answer(kind=kind)).charset == charset


def test_a_packed_page_is_unpacked(fake_sources: FakeSources) -> None:
    assert get(fake_sources, answer(gzip.compress(BODY), content_encoding="gzip")).data == BODY


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_page_that_has_moved_is_found_where_it_is(fake_sources: FakeSources, code: int) -> None:
    fake_sources.fail("wikidata", answer(), path="/there")
    found = get(fake_sources, faults.redirect(f"{fake_sources.address('wikidata')}/there#part", code))
    assert (found.data, found.url) == (BODY, f"{fake_sources.address('wikidata')}/there")


def test_a_page_may_move_five_times_and_no_more(fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", answer(), times=1, path="/news")
    for _ in range(5):
        fake_sources.fail("tvmaze", faults.redirect("news"), times=1, path="/news")
    assert get(fake_sources).data == BODY
    assert str(refused(fake_sources, faults.redirect("/news"))) == "127.0.0.1 sends us round in circles."
    assert fake_sources.count("tvmaze") == 12


@pytest.mark.parametrize(
    "target", ["", "ftp://x.example/", "file:///etc/hosts", "javascript:alert(1)", "https://", "http://[x"]
)
def test_nobody_is_followed_to_what_is_no_page(fake_sources: FakeSources, target: str) -> None:
    error = refused(fake_sources, faults.redirect(target))
    assert (type(error), str(error)) == (BadResponse, "127.0.0.1 sends us to an address that is none.")


def test_a_page_of_the_world_cannot_send_us_into_our_own_network(
    fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = int(fake_sources.host("tvmaze").rpartition(":")[2])
    monkeypatch.setattr(article, "is_local_peer", lambda peer: peer[1] != far)
    error = refused(fake_sources, faults.redirect(f"{fake_sources.address('wikidata')}/there"))
    assert type(error) is SourceDenied
    assert str(error) == "the page sends us to 127.0.0.1, a machine of your own network; nothing was asked."
    assert fake_sources.count("wikidata") == 0


@pytest.mark.parametrize(
    ("peer", "near"),
    [
        (("127.0.0.1", 80), True), (("10.1.2.3", 80), True), (("192.168.1.1", 80), True), (("169.254.1.1", 80), True),
        (("100.64.0.1", 80), True), (("::1", 80), True), (("fe80::1%eth0", 80, 0, 2), True), (("fd00::1", 80), True),
        (("8.8.8.8", 443), False), (("2606:4700::1111", 443, 0, 0), False), ("", True), (None, True),
    ],
)  # fmt: skip
def test_what_is_near_is_told_by_its_number(peer: Any, near: bool) -> None:
    assert is_local_peer(peer) is near


LATER = "; try again later."
FAULTS: list[tuple[str, Fault, TimeLimits | None, type[SourceError], str]] = [
    *(
        (
            str(code), faults.status(code), None, SourceDenied,
            f"{HOST} does not show the page to programs ({code}){INSTEAD}",
        )
        for code in (401, 403, 451)
    ),
    *(
        (
            str(code), faults.status(code), None, SourceNotFound,
            f"{HOST} has no such page ({code}); look at the address again.",
        )
        for code in (404, 410)
    ),
    ("429", faults.too_many(), None, SourceBusy, f"{HOST} asks to be left alone for a while (429){INSTEAD}"),
    (
        "429 and a time", faults.too_many(600), None, SourceBusy,
        f"{HOST} asks to be left alone for 10 minutes (429){INSTEAD}",
    ),
    *(
        (str(code), faults.status(code), None, SourceBusy, f"{HOST} is broken at the moment ({code}){LATER}")
        for code in (500, 502, 503)
    ),
    (
        "418", faults.status(418), None, BadResponse, f"{HOST} answered in a way that nobody expected (418){INSTEAD}",
    ),
    (
        "a PDF", answer(kind="application/pdf"), None, BadResponse,
        f"that is no page but something else (application/pdf){INSTEAD}",
    ),
    ("large", answer(b"x" * (MOST + 1)), None, BadResponse, f"the page is larger than 0 MB{INSTEAD}"),
    (
        "gzip bomb", answer(gzip.compress(b"x" * 5_000_000), content_encoding="gzip"), None, BadResponse,
        f"the page is larger than 0 MB{INSTEAD}",
    ),
    (
        "half of the gzip", answer(gzip.compress(BODY)[:-9], content_encoding="gzip"), None, BadResponse,
        f"{HOST} answered with a page that was cut short{LATER}",
    ),
    (
        "no gzip", answer(content_encoding="gzip"), None, BadResponse,
        "127.0.0.1 answered with something that cannot be unpacked.",
    ),
    (
        "packed strangely", answer(content_encoding="br"), None, BadResponse,
        "127.0.0.1 packed the page in a way that nobody asked for (br).",
    ),
    *(
        (name, fault, BRIEF, SourceBusy, f"{HOST} took longer than 1 second to send the page{INSTEAD}")
        for name, fault in (("slow headers", faults.slow_headers),)
    ),
    ("silence", faults.silent, HASTY, SourceBusy, "127.0.0.1 did not answer within 1 second; ask again later."),
    ("closed", faults.closed, None, BadResponse, "127.0.0.1 broke off in the middle of its answer; ask again later."),
    ("garbage", faults.garbage, None, BadResponse, "127.0.0.1 broke off in the middle of its answer; ask again later."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "limits", "kind", "sentence"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_each_trouble_is_told_in_a_sentence(
    fake_sources: FakeSources, fault: Fault, limits: TimeLimits | None, kind: type[SourceError], sentence: str
) -> None:
    error = refused(fake_sources, fault, limits)
    assert (type(error), str(error)) == (kind, sentence)
    assert len(fake_sources.requests) == 1


def test_a_page_that_never_ends_is_cut_off(fake_sources: FakeSources) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>")
        while not exchange.pause(0):
            exchange.send(b"x" * 10_000)

    def dripping(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>")
        while not exchange.pause(faults.DRIP):
            exchange.send(b"x")

    assert str(refused(fake_sources, endless)) == f"the page is larger than 0 MB{INSTEAD}"
    assert str(refused(fake_sources, dripping, BRIEF)) == f"{HOST} took longer than 1 second to send the page{INSTEAD}"


@pytest.mark.parametrize("address", ["https://", "http://[x", "ftp://x.example/", "news", "http://x.example:port/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadResponse, match="no web address"):
        fetch_page(address, AGENT, MOST, verify=NOBODY)


def test_no_network_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(SourceOffline, match=r"news\.example cannot be found: there seems to be no network"):
        fetch_page("https://news.example/7", AGENT, MOST, verify=NOBODY)


def test_nobody_there_is_told(unused: int) -> None:
    with pytest.raises(SourceOffline, match=r"127\.0\.0\.1 cannot be reached"):
        fetch_page(f"http://127.0.0.1:{unused}/", AGENT, MOST, verify=NOBODY)


@pytest.fixture
def unused() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_certificate_that_does_not_hold_is_told(clock: FakeClock, certificate: Certificate) -> None:
    with (
        FakeSources(clock, certificate=certificate) as fake_sources,
        pytest.raises(SourceDenied, match="the certificate of 127"),
    ):
        get(fake_sources, answer())


def test_a_certificate_that_holds_is_good(clock: FakeClock, certificate: Certificate) -> None:
    with FakeSources(clock, certificate=certificate) as fake_sources:
        fake_sources.fail("tvmaze", answer())
        assert (
            fetch_page(f"{fake_sources.address('tvmaze')}/news", AGENT, MOST, verify=certificate.client()).data == BODY
        )


def test_a_password_in_the_address_is_not_kept(fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", answer())
    found = fetch_page(f"http://me:secret@{fake_sources.host('tvmaze')}/news", AGENT, MOST, verify=NOBODY)
    assert found.url == f"{fake_sources.address('tvmaze')}/news"
