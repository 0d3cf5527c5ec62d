"""Whatever the services do: no crash, the list as it was, a sentence about it, and the others are heard."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, NamedTuple

import pytest

from tests.fake_sources import FakeSources, faults
from tests.fake_sources.certificate import can_make, make
from tests.fake_sources.faults import Fault
from tests.service.conftest import Home, Ran, entry, said
from tracker.sources.http import client
from tracker.sources.http.client import ApiHost, HttpClient, TimeLimits

LABELS = {"tvmaze": "TVmaze", "tmdb": "TMDB", "wikidata": "Wikidata"}
USUAL = TimeLimits(connect=5, read=20, total=30)
HASTY = TimeLimits(connect=5, read=0.1, total=30)
"""For what says nothing."""
BRIEF = TimeLimits(connect=5, read=20, total=0.1)
"""For what never comes to an end."""


class Case(NamedTuple):
    """What goes wrong, and for how long it is waited for."""

    fault: Fault
    limits: TimeLimits = USUAL


CASES = {
    "429": Case(faults.too_many()),
    "429, after a second": Case(faults.too_many(1)),
    "429, after an hour": Case(faults.too_many(3600)),
    "429, after a word": Case(faults.too_many("soon")),
    **{str(code): Case(faults.status(code)) for code in (400, 401, 403, 404, 410, 418, 422, 500, 502, 503, 504)},
    "404 with null": Case(faults.status(404, b"null")),
    "500 with a page": Case(faults.status(500, b"<html>")),
    "html": Case(faults.html),
    "html that says it is JSON": Case(faults.bare_html),
    "cut short": Case(faults.cut_short),
    "half of the JSON": Case(faults.half_json),
    "endless": Case(faults.endless),
    "50 MB": Case(faults.huge),
    "a gzip bomb": Case(faults.gzip_bomb),
    "half of the gzip": Case(faults.half_packed),
    "no gzip": Case(faults.not_packed),
    "brotli": Case(faults.packed_strangely),
    "slow body": Case(faults.slow_body, BRIEF),
    "slow tail": Case(faults.slow_tail, BRIEF),
    "slow headers": Case(faults.slow_headers, BRIEF),
    "silence": Case(faults.silent, HASTY),
    "silence after a half": Case(faults.silent_body, HASTY),
    "latin-1": Case(faults.latin1),
    "empty": Case(faults.empty),
    "null": Case(faults.null),
    "another form": Case(faults.other_form),
    "closed": Case(faults.closed),
    "garbage": Case(faults.garbage),
    "circles": Case(faults.round_in_circles),
    "another host": Case(faults.other_host),
    "a redirect to nowhere": Case(faults.status(302)),
    "304 unasked": Case(faults.status(304)),
}
THREE = {"500": CASES["500"], "html": CASES["html"], "silence": CASES["silence"], "429": CASES["429"]}

MANY = {name: case for name, case in CASES.items() if name not in ("400", "410", "418", "422", "502", "503", "504")}
FEW = {name: CASES[name] for name in ("500", "html", "429", "closed", "silence", "cut short") if name in CASES}
"""Enough where only what is done about a fault differs; each of them is tried with a refresh."""

Patience = Callable[[str, TimeLimits], None]


class Impatient(HttpClient):
    """Has less patience with one service, so that no test has to wait for the others in a hurry."""

    hurried: ClassVar[tuple[str, TimeLimits]] = ("", USUAL)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        label, limits = self.hurried
        self._label = label
        self._hasty = HttpClient(*args, **options, limits=limits)

    def get(self, host: ApiHost, *args: Any, **options: Any) -> bytes:
        asks = self._hasty.get if host.label == self._label else super().get
        return asks(host, *args, **options)

    def close(self) -> None:
        super().close()
        self._hasty.close()


@pytest.fixture
def patience(home: Home, monkeypatch: pytest.MonkeyPatch) -> Patience:
    """A function that says how long one service is waited for."""
    del home  # which has put its own client there
    made = client.HttpClient
    assert isinstance(made, partial)
    monkeypatch.setattr(client, "HttpClient", partial(Impatient, **made.keywords))
    return lambda service, limits: monkeypatch.setattr(Impatient, "hurried", (LABELS[service], limits))


def a_list(home: Home) -> bytes:
    """Write two shows that all services know, and say the same of; let all be heard of, and return the list."""
    entries = []
    for number, title, status, release in (
        (3, "Slow Tram", "scheduled", "2026-11-27"),
        (2, "Harbour Nine", "scheduled", "2026-11-23"),
    ):
        top, claim = said(status, release)
        ids = f'ids = {{ tvmaze = 10{number}, tmdb = "tv/20{number}", wikidata = "Q99000010{number}" }}'
        entries.append(entry(title, top, ids, claims=[claim]))
    home.write(*entries)
    report = home.refresh()
    assert (report.asked, report.news, report.failures) == (6, (), ())
    home.later(days=1)
    home.forget_answers()
    return home.path.read_bytes()


def whole(ran: Ran, label: str) -> None:
    """Assert that a service is told of as a person should hear of it."""
    assert "Traceback" not in ran.err
    sentences = [line for line in ran.err.splitlines() if label in line]
    assert sentences, ran.err
    assert all("http://" not in line and "127.0.0.1" not in line for line in sentences)


@pytest.mark.parametrize("case", MANY.values(), ids=MANY)
def test_a_refresh_survives(home: Home, fake_sources: FakeSources, patience: Patience, case: Case) -> None:
    before = a_list(home)
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    ran = home.run("refresh")
    whole(ran, "TVmaze")
    assert ran.code == 5
    assert home.path.read_bytes() == before

    # The others are heard all the same.
    home.later(days=1)
    home.forget_answers()
    fake_sources.change("tmdb", "tv/203", premiered="2027-03-05")
    ran = home.run("refresh")
    assert ran.code == 5
    assert [line.split(":")[0] for line in ran.out.splitlines() if line.startswith("!")] == ["! Slow Tram"]
    assert home.show("slow-tram").history[-1].source == "tmdb"
    assert home.tracker().watchlist.check() == ()

    # What could not be said is said when it is over, and nothing is left of the fault.
    patience("tvmaze", USUAL)
    fake_sources.clear_faults()
    fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    home.later(days=1)
    home.forget_answers()
    ran = home.run("refresh")
    assert (ran.code, "TVmaze" in ran.err) == (0, False)
    assert home.show("slow-tram").history[-1].source == "tvmaze"


@pytest.mark.parametrize("case", FEW.values(), ids=FEW)
def test_a_first_refresh_survives(home: Home, fake_sources: FakeSources, patience: Patience, case: Case) -> None:
    before = home.write(entry("Slow Tram", "ids = { tvmaze = 103 }"), entry("Harbour Nine", "ids = { tvmaze = 102 }"))
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    ran = home.run("refresh")
    whole(ran, "TVmaze")
    assert home.path.read_bytes() == before
    assert ran.out == ""
    assert home.tracker()._source_database.states() == {}


@pytest.mark.parametrize("case", FEW.values(), ids=FEW)
def test_a_search_survives(home: Home, fake_sources: FakeSources, patience: Patience, case: Case) -> None:
    before = home.write(entry("Low Tide"))
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    ran = home.run("search", "slow", "tram")
    whole(ran, "TVmaze")
    assert home.path.read_bytes() == before
    assert "tmdb:tv/203" in ran.out
    assert "wikidata:Q990000103" in ran.out
    assert "tvmaze:" not in ran.out
    assert ran.code == 0
    assert home.run("search", "slow", "tram", "--source", "tvmaze").code == 5


@pytest.mark.parametrize("service", ["tmdb", "wikidata"])
@pytest.mark.parametrize("case", THREE.values(), ids=THREE)
def test_the_other_services_may_fail_as_well(
    home: Home, fake_sources: FakeSources, patience: Patience, case: Case, service: str
) -> None:
    before = a_list(home)
    patience(service, case.limits)
    fake_sources.fail(service, case.fault)
    fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    ran = home.run("refresh")
    whole(ran, LABELS[service])
    assert home.show("slow-tram").history[-1].source == "tvmaze"
    home.tracker().edits.undo()
    assert home.path.read_bytes() == before
    ran = home.run("search", "slow", "tram")
    whole(ran, LABELS[service])
    assert "tvmaze:103" in ran.out
    assert f"{service}:" not in ran.out


@pytest.mark.parametrize("fault", [faults.maxlag(), faults.status(200, b'{"error": {"code": "internal"}}')])
def test_wikidata_says_with_status_200_that_it_is_not_well(home: Home, fake_sources: FakeSources, fault: Fault) -> None:
    before = a_list(home)
    fake_sources.fail("wikidata", fault)
    ran = home.run("refresh")
    whole(ran, "Wikidata")
    assert ran.code == 5
    assert home.path.read_bytes() == before


@pytest.mark.parametrize("case", [CASES["500"], CASES["html"], CASES["429"]], ids=["500", "html", "429"])
def test_where_every_question_to_a_service_fails_the_service_failed(
    home: Home, fake_sources: FakeSources, patience: Patience, case: Case
) -> None:
    home.write(entry("Slow Tram", "ids = { tvmaze = 103 }"), entry("Harbour Nine", "ids = { tvmaze = 102 }"))
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    assert home.run("refresh").code == 5


ABOUT_ALL = {"401", "429, after a second", "429, after an hour"}
"""What is about who asks, or asks for a pause, and not about a show."""
PATIENT = {"silence": Case(faults.silent, TimeLimits(read=1)), "slow body": Case(faults.slow_body, TimeLimits(total=1))}
"""What takes long, with so much patience that the other shows of the service surely come."""
_SHOW = (
    "403",
    "404",
    "410",
    "422",
    "500",
    "503",
    "html",
    "cut short",
    "50 MB",
    "latin-1",
    "empty",
    "null",
    "closed",
    "circles",
)
GOES_ON = {name: CASES[name] for name in _SHOW if name not in ABOUT_ALL} | PATIENT


@pytest.mark.parametrize("case", GOES_ON.values(), ids=GOES_ON)
def test_one_show_that_fails_never_fails_the_rest(home: Home, patience: Patience, case: Case) -> None:
    home.ask("tvmaze")
    home.write(
        entry("Slow Tram", "ids = { tvmaze = 103 }"), entry("Harbour Nine", "ids = { tvmaze = 102 }"),
        entry("Rain Ledger", "ids = { tvmaze = 109 }"),
    )  # fmt: skip
    patience("tvmaze", case.limits)
    home.fake_sources.fail("tvmaze", case.fault, path="/shows/102")
    ran = home.run("refresh")
    whole(ran, "TVmaze")
    assert "Harbour Nine" in ran.err
    assert [show.id for show in home.tracker().watchlist.current.shows if show.history] == ["slow-tram", "rain-ledger"]
    assert ran.code == 0


# No way there


@pytest.mark.parametrize("sources", [["tvmaze"], ["tvmaze", "tmdb", "wikidata"]], ids=["one service", "three services"])
def test_where_there_is_no_network_one_quiet_line_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch, sources: list[str]
) -> None:
    before = a_list(home)
    home.ask(*sources, at={name: f"https://{name}.example" for name in LABELS})

    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    ran = home.run("refresh")
    assert ran.code == 5
    assert "there seems to be no network" in ran.err
    assert home.path.read_bytes() == before
    assert len(ran.err.splitlines()) == 1


@pytest.fixture
def nobody() -> str:
    """An address at which nobody answers."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize("words", [["refresh"], ["search", "slow", "tram"]])
def test_a_connection_that_is_refused_is_told(home: Home, nobody: str, words: list[str]) -> None:
    before = a_list(home)
    home.ask("tvmaze", "tmdb", at={"tvmaze": nobody})
    ran = home.run(*words)
    whole(ran, "TVmaze cannot be reached")
    assert home.path.read_bytes() == before
    assert ran.code == (5 if words == ["refresh"] else 0)


@pytest.mark.parametrize("words", [["refresh"], ["search", "slow", "tram"]])
def test_a_dead_proxy_is_told(home: Home, nobody: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = a_list(home)
    monkeypatch.setenv("HTTP_PROXY", nobody)
    monkeypatch.setenv("http_proxy", nobody)
    ran = home.run(*words)
    whole(ran, "proxy")
    assert home.path.read_bytes() == before
    assert ran.code == 5


def test_a_certificate_that_does_not_hold_is_told(home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not can_make():
        pytest.skip("there is no openssl to make a certificate with")
    before = a_list(home)
    certificate = make(tmp_path_factory.mktemp("certificate"))
    with FakeSources(home.clock, certificate=certificate) as forged:
        home.ask("tvmaze", "tmdb", at={"tvmaze": forged.address("tvmaze")})
        ran = home.run("refresh")
        assert forged.requests == []
    whole(ran, "certificate of TVmaze")
    assert ran.code == 5
    assert home.path.read_bytes() == before


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["show", "slow-tram"], ["check"], ["news"], ["path"]])
def test_looking_asks_nobody(home: Home, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    a_list(home)
    home.fake_sources.requests.clear()

    def never(*_: object) -> None:
        raise AssertionError("somebody was called")

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", never)
        patch.setattr(socket, "getaddrinfo", never)
        assert home.run(*words).code == 0
    assert home.fake_sources.requests == []
