from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.fake_sources import Certificate, FakeClock, FakeSources, faults
from tests.fake_sources.faults import Exchange, Fault
from tests.sources.conftest import AGENT, NOBODY, SHORT_READ, SHORT_TOTAL
from tracker.errors import (
    AnswerTooLarge,
    BadResponse,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourceOffline,
)
from tracker.sources.http import article
from tracker.sources.http.article import FetchedPage, fetch_page, is_local_peer
from tracker.sources.http.connection import TimeLimits

MAX_BYTES = 50_000
BODY = b"<p>Old Ferry comes in May.</p>"
IN_THE_WAY = "A proxy or a login page may be in the way."
HOST = "127.0.0.1"
INSTEAD = ". Open it in a browser, copy the article and paste it."
LATER = ". Try again later."


def page(body: bytes = BODY, content_type: str = "text/html; charset=utf-8", **headers: str) -> Fault:
    return faults.status(200, body, content_type=content_type, **headers)


def fetch(
    fake_sources: FakeSources, fault: Fault | None = None, limits: TimeLimits | None = None, path: str = "/news"
) -> FetchedPage:
    if fault is not None:
        fake_sources.fail("tvmaze", fault, path="/news")
    return fetch_page(f"{fake_sources.address('tvmaze')}{path}", AGENT, MAX_BYTES, limits=limits, verify=NOBODY)


def refusal(fake_sources: FakeSources, fault: Fault, limits: TimeLimits | None = None) -> tuple[type[SourceError], str]:
    with pytest.raises(SourceError) as caught:
        fetch(fake_sources, fault, limits)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return type(caught.value), str(caught.value)


def test_page_as_it_is(fake_sources: FakeSources) -> None:
    found = fetch(fake_sources, page(), path="/news?a=%EA%B0%80#top")
    assert found == FetchedPage(BODY, "utf-8", f"{fake_sources.address('tvmaze')}/news?a=%EA%B0%80")
    [request] = fake_sources.requests
    assert request.headers["user-agent"] == AGENT
    assert request.headers["accept"].startswith("text/html")
    assert "cookie" not in request.headers
    assert fetch(fake_sources, page(gzip.compress(BODY), content_encoding="gzip")).data == BODY


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html", ""),
        ("TEXT/HTML;Charset=EUC-KR", "EUC-KR"),
        ('text/html; charset="shift_jis"', "shift_jis"),
        ("application/xhtml+xml; x=y; charset=utf-8", "utf-8"),
        ("text/plain", ""),
        ("", ""),
    ],
)
def test_charset_of_the_answer(fake_sources: FakeSources, content_type: str, charset: str) -> None:
    assert fetch(fake_sources, page(content_type=content_type)).charset == charset


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_to_another_host(fake_sources: FakeSources, code: int) -> None:
    fake_sources.fail("wikidata", page(), path="/there")
    found = fetch(fake_sources, faults.redirect(f"{fake_sources.address('wikidata')}/there#part", code))
    assert (found.data, found.url) == (BODY, f"{fake_sources.address('wikidata')}/there")


def test_redirects_are_followed_five_times(fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", page(), times=1, path="/news")
    for _ in range(5):
        fake_sources.fail("tvmaze", faults.redirect("news"), times=1, path="/news")
    assert fetch(fake_sources).data == BODY
    assert refusal(fake_sources, faults.redirect("/news"))[1] == f"{HOST} redirects in circles."
    assert fake_sources.count("tvmaze") == 12


@pytest.mark.parametrize(
    "target", ["", "ftp://x.example/", "file:///etc/hosts", "javascript:alert(1)", "https://", "http://[x"]
)
def test_redirect_to_no_web_address(fake_sources: FakeSources, target: str) -> None:
    sentence = f"{HOST} redirects to an invalid address."
    assert refusal(fake_sources, faults.redirect(target)) == (BadResponse, sentence)


def test_redirect_into_the_own_network(fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    far = int(fake_sources.host("tvmaze").rpartition(":")[2])
    monkeypatch.setattr(article, "is_local_peer", lambda peer: peer[1] != far)
    assert refusal(fake_sources, faults.redirect(f"{fake_sources.address('wikidata')}/there")) == (
        SourceDenied,
        f"The page redirects to {HOST}, a machine in your own network. It was not opened.",
    )
    assert fake_sources.count("wikidata") == 0


@pytest.mark.parametrize(
    ("peer", "is_local"),
    [
        (("127.0.0.1", 80), True), (("10.1.2.3", 80), True), (("192.168.1.1", 80), True), (("169.254.1.1", 80), True),
        (("100.64.0.1", 80), True), (("::1", 80), True), (("fe80::1%eth0", 80, 0, 2), True), (("fd00::1", 80), True),
        (("64:ff9b::7f00:1", 80), True), (("64:ff9b::a01:203", 80), True), (("64:ff9b:1::c0a8:101", 80), True),
        (("2001:0:4136:e378:8000:63bf:f5fe:fdfe", 80), True), (("::127.0.0.1", 80), True),
        (("::ffff:10.1.2.3", 80), True), (("::ffff:0:127.0.0.1", 80), True), (("::", 80), True),
        (("fec0::1", 80), True), (("2002:7f00:1::1", 80), True), (("224.0.0.1", 80), True),
        (("64:ff9b::808:808", 443), False), (("2002:808:808::1", 443), False),
        (("::ffff:8.8.8.8", 443), False), (("64:ff9b:1::808:808", 443), False),
        (("8.8.8.8", 443), False), (("2606:4700::1111", 443, 0, 0), False), ("", True), (None, True),
    ],
)  # fmt: skip
def test_is_local_peer(peer: Any, is_local: bool) -> None:
    assert is_local_peer(peer) is is_local


def endless(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>")
    while not exchange.pause(0):
        exchange.send(b"x" * 10_000)


def dripping(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>")
    exchange.drip(b"x")


TOO_LARGE = f"The page is larger than 0 MB{INSTEAD}"
TOO_LONG = f"{HOST} took longer than 1 second to send the page{INSTEAD}"
BROKE_OFF = f"{HOST} stopped in the middle of its answer. Try again later."
FAULTS: list[tuple[Fault, TimeLimits | None, type[SourceError], str]] = [
    *(
        (faults.status(code), None, SourceDenied, f"{HOST} doesn't show this page to programs ({code}){INSTEAD}")
        for code in (401, 403, 451)
    ),
    (faults.status(404), None, SourceNotFound, f"{HOST} has no such page (404). Check the address."),
    (faults.too_many(), None, SourceBusy, f"{HOST} accepts no requests for a while (429){INSTEAD}"),
    (faults.too_many(600), None, SourceBusy, f"{HOST} accepts no requests for 10 minutes (429){INSTEAD}"),
    (faults.status(503), None, SourceBusy, f"{HOST} has an error right now (503){LATER}"),
    (faults.status(418), None, BadResponse, f"{HOST} gave an unexpected answer (418){INSTEAD}"),
    (
        page(content_type="application/pdf"), None, BadResponse,
        f"Not a web page (application/pdf){INSTEAD}",
    ),
    (page(b"x" * (MAX_BYTES + 1)), None, AnswerTooLarge, TOO_LARGE),
    (page(gzip.compress(b"x" * 5_000_000), content_encoding="gzip"), None, AnswerTooLarge, TOO_LARGE),
    (endless, None, AnswerTooLarge, TOO_LARGE),
    (
        page(gzip.compress(BODY)[:-9], content_encoding="gzip"), None, BadResponse,
        f"The page from {HOST} was cut short{LATER}",
    ),
    (
        page(content_encoding="gzip"), None, BadResponse,
        f"{HOST} sent something that can't be decompressed. {IN_THE_WAY}",
    ),
    (
        page(content_encoding="br"), None, BadResponse,
        f"{HOST} compressed the page in an unknown way (br). {IN_THE_WAY}",
    ),
    (dripping, SHORT_TOTAL, SourceBusy, TOO_LONG),
    (faults.slow_headers, SHORT_TOTAL, SourceBusy, TOO_LONG),
    (faults.silent, SHORT_READ, SourceBusy, f"{HOST} didn't answer within 1 second. Try again later."),
    (faults.closed, None, BadResponse, BROKE_OFF),
    (faults.garbage, None, BadResponse, BROKE_OFF),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "limits", "kind", "sentence"), FAULTS, ids=range(len(FAULTS)))
def test_fault_becomes_a_sentence(
    fake_sources: FakeSources, fault: Fault, limits: TimeLimits | None, kind: type[SourceError], sentence: str
) -> None:
    assert refusal(fake_sources, fault, limits) == (kind, sentence)
    assert len(fake_sources.requests) == 1


@pytest.mark.parametrize("address", ["https://", "http://[x", "ftp://x.example/", "news", "http://x.example:port/"])
def test_address_that_is_none(address: str) -> None:
    with pytest.raises(BadResponse, match="Not a web address"):
        fetch_page(address, AGENT, MAX_BYTES, verify=NOBODY)


@pytest.mark.parametrize("name", ["http_proxy", "SSL_CERT_FILE"])
def test_proxy_or_certificates_that_are_none(
    fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://[")
    with pytest.raises(SourceOffline, match="proxy" if name == "http_proxy" else "Can't reach"):
        fetch_page(f"{fake_sources.address('tvmaze')}/news", AGENT, MAX_BYTES)


def test_certificate(clock: FakeClock, certificate: Certificate) -> None:
    with FakeSources(clock, certificate=certificate) as fake_sources:
        with pytest.raises(SourceDenied, match="The certificate of 127"):
            fetch(fake_sources, page())
        address = f"{fake_sources.address('tvmaze')}/news"
        assert fetch_page(address, AGENT, MAX_BYTES, verify=certificate.client()).data == BODY


def test_password_in_the_address_is_not_kept(fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", page())
    found = fetch_page(f"http://me:secret@{fake_sources.host('tvmaze')}/news", AGENT, MAX_BYTES, verify=NOBODY)
    assert found.url == f"{fake_sources.address('tvmaze')}/news"
