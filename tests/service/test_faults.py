"""Whatever a source does: no crash, the list as it was, a sentence about it, and the others are heard."""

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
from tracker.model.source_record import LABELS
from tracker.sources.http import client
from tracker.sources.http.client import ApiHost, HttpClient, TimeLimits

USUAL = TimeLimits(connect=5, read=20, total=30)


class Case(NamedTuple):
    """What goes wrong, and how long the program waits for it."""

    fault: Fault
    limits: TimeLimits = USUAL


# One of each kind of error; tests/sources/http has all faults.
CASES = {
    "429": Case(faults.too_many()),
    "401": Case(faults.status(401)),
    "404": Case(faults.status(404)),
    "500": Case(faults.status(500)),
    "html": Case(faults.html),
    "cut short": Case(faults.cut_short),
    "a gzip bomb": Case(faults.gzip_bomb),
    "silence": Case(faults.silent, TimeLimits(connect=5, read=0.1, total=30)),
    "slow body": Case(faults.slow_body, TimeLimits(connect=5, read=20, total=0.1)),
    "null": Case(faults.null),
    "another form": Case(faults.other_form),
    "closed": Case(faults.closed),
    "circles": Case(faults.round_in_circles),
    "304 unasked": Case(faults.status(304)),
}
FEW = {name: CASES[name] for name in ("500", "html", "429", "silence")}
PATIENT = TimeLimits(connect=5, read=1, total=30)
GOES_ON = {name: CASES[name] for name in ("404", "500", "html", "closed")} | {"silence": Case(faults.silent, PATIENT)}

Patience = Callable[[str, TimeLimits], None]


class Impatient(HttpClient):
    """Has less patience with one source, so that no test has to wait for the others in a hurry."""

    hurried: ClassVar[tuple[str, TimeLimits]] = ("", USUAL)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        label, limits = self.hurried
        self._label = label
        self._hasty = HttpClient(*args, **options, limits=limits)

    def get(self, host: ApiHost, *args: Any, **options: Any) -> bytes:
        get = self._hasty.get if host.label == self._label else super().get
        return get(host, *args, **options)

    def close(self) -> None:
        super().close()
        self._hasty.close()


@pytest.fixture
def patience(home: Home, monkeypatch: pytest.MonkeyPatch) -> Patience:
    """A function that says how long one source is waited for."""
    del home  # which has put its own client there
    made = client.HttpClient
    assert isinstance(made, partial)
    monkeypatch.setattr(client, "HttpClient", partial(Impatient, **made.keywords))
    return lambda source, limits: monkeypatch.setattr(Impatient, "hurried", (LABELS[source], limits))


def write_known(home: Home) -> bytes:
    """Write two shows of which all sources say the same, refresh them, and return the list."""
    entries = []
    for number, title, release in ((3, "Slow Tram", "2026-11-27"), (2, "Harbour Nine", "2026-11-23")):
        top, claim = said("scheduled", release)
        ids = f'ids = {{ tvmaze = 10{number}, tmdb = "tv/20{number}", wikidata = "Q99000010{number}" }}'
        entries.append(entry(title, top, ids, claims=[claim]))
    home.write(*entries)
    report = home.refresh()
    assert (report.asked, report.news, report.failures) == (6, (), ())
    home.later(days=1)
    home.forget_answers()
    return home.path.read_bytes()


def check_told(ran: Ran, label: str) -> None:
    """Assert that a failure is told in sentences about this source."""
    assert "Traceback" not in ran.err
    sentences = [line for line in ran.err.splitlines() if label in line]
    assert sentences, ran.err
    assert all("http://" not in line and "127.0.0.1" not in line for line in sentences)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_refresh_with_a_fault(home: Home, fake_sources: FakeSources, patience: Patience, case: Case) -> None:
    before = write_known(home)
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    fake_sources.change("tmdb", "tv/203", premiered="2027-03-05")
    ran = home.run("refresh")
    check_told(ran, "TVmaze")
    assert ran.code == 5
    assert [line.split(":")[0] for line in ran.out.splitlines() if line.startswith("!")] == ["! Slow Tram"]
    assert home.show("slow-tram").history[-1].source == "tmdb"
    home.tracker().edits.undo()
    assert home.path.read_bytes() == before

    # What could not be said is said when it is over, and nothing is left of the fault.
    patience("tvmaze", USUAL)
    fake_sources.clear_faults()
    fake_sources.change("tvmaze", 103, premiered="2027-05-05")
    home.later(days=1)
    home.forget_answers()
    ran = home.run("refresh")
    assert (ran.code, "TVmaze" in ran.err) == (0, False)
    assert home.show("slow-tram").history[-1].source == "tvmaze"


@pytest.mark.parametrize("case", FEW.values(), ids=FEW)
def test_first_refresh_and_search_with_a_fault(
    home: Home, fake_sources: FakeSources, patience: Patience, case: Case
) -> None:
    before = home.write(entry("Slow Tram", "ids = { tvmaze = 103 }"), entry("Harbour Nine", "ids = { tvmaze = 102 }"))
    patience("tvmaze", case.limits)
    fake_sources.fail("tvmaze", case.fault)
    ran = home.run("refresh")
    check_told(ran, "TVmaze")
    assert (ran.code, ran.out, home.path.read_bytes()) == (5, "", before)
    assert home.tracker()._source_database.states() == {}
    ran = home.run("search", "slow", "tram")
    check_told(ran, "TVmaze")
    assert ("tmdb:tv/203" in ran.out, "wikidata:Q990000103" in ran.out, "tvmaze:" in ran.out) == (True, True, False)
    assert (ran.code, home.run("search", "slow", "tram", "--source", "tvmaze").code) == (0, 5)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("tmdb", faults.status(500)), ("tmdb", faults.html), ("wikidata", faults.too_many()),
        ("wikidata", faults.maxlag()), ("wikidata", faults.status(200, b'{"error": {"code": "internal"}}')),
    ],
)  # fmt: skip
def test_refresh_with_another_source_at_fault(home: Home, fake_sources: FakeSources, source: str, fault: Fault) -> None:
    write_known(home)
    fake_sources.fail(source, fault)
    fake_sources.change("tvmaze", 103, premiered="2027-03-05")
    ran = home.run("refresh")
    check_told(ran, LABELS[source])
    assert (ran.code, home.show("slow-tram").history[-1].source) == (5, "tvmaze")
    ran = home.run("search", "slow", "tram")
    check_told(ran, LABELS[source])
    assert ("tvmaze:103" in ran.out, f"{source}:" in ran.out) == (True, False)


@pytest.mark.parametrize("case", GOES_ON.values(), ids=GOES_ON)
def test_refresh_with_one_show_at_fault(home: Home, patience: Patience, case: Case) -> None:
    home.ask("tvmaze")
    home.write(
        entry("Slow Tram", "ids = { tvmaze = 103 }"), entry("Harbour Nine", "ids = { tvmaze = 102 }"),
        entry("Rain Ledger", "ids = { tvmaze = 109 }"),
    )  # fmt: skip
    patience("tvmaze", case.limits)
    home.fake_sources.fail("tvmaze", case.fault, path="/shows/102")
    ran = home.run("refresh")
    check_told(ran, "TVmaze")
    assert "Harbour Nine" in ran.err
    assert [show.id for show in home.tracker().watchlist.current.shows if show.history] == ["slow-tram", "rain-ledger"]
    assert ran.code == 0


# No way there


@pytest.mark.parametrize("sources", [["tvmaze"], ["tvmaze", "tmdb", "wikidata"]], ids=["one", "three"])
def test_no_network(home: Home, monkeypatch: pytest.MonkeyPatch, sources: list[str]) -> None:
    before = write_known(home)
    home.ask(*sources, at={name: f"https://{name}.example" for name in LABELS})

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    ran = home.run("refresh")
    assert (ran.code, len(ran.err.splitlines()), home.path.read_bytes()) == (5, 1, before)
    assert "there seems to be no network" in ran.err


@pytest.fixture
def nobody() -> str:
    """An address at which nobody answers."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}"


def test_refused_connection(home: Home, nobody: str) -> None:
    before = write_known(home)
    home.ask("tvmaze", "tmdb", at={"tvmaze": nobody})
    for words, code in ((["refresh"], 5), (["search", "slow", "tram"], 0)):
        ran = home.run(*words)
        check_told(ran, "TVmaze cannot be reached")
        assert ran.code == code
    assert home.path.read_bytes() == before


def test_dead_proxy(home: Home, nobody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_known(home)
    monkeypatch.setenv("HTTP_PROXY", nobody)
    monkeypatch.setenv("http_proxy", nobody)
    for words in (["refresh"], ["search", "slow", "tram"]):
        ran = home.run(*words)
        check_told(ran, "proxy")
        assert ran.code == 5
    assert home.path.read_bytes() == before


def test_forged_certificate(home: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not can_make():
        pytest.skip("there is no openssl to make a certificate with")
    before = write_known(home)
    certificate = make(tmp_path_factory.mktemp("certificate"))
    with FakeSources(home.clock, certificate=certificate) as forged:
        home.ask("tvmaze", "tmdb", at={"tvmaze": forged.address("tvmaze")})
        ran = home.run("refresh")
        assert forged.requests == []
    check_told(ran, "certificate of TVmaze")
    assert (ran.code, home.path.read_bytes()) == (5, before)


def test_looking_asks_nobody(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write_known(home)
    home.fake_sources.requests.clear()

    def fail(*_: object) -> None:
        raise AssertionError("somebody was called")

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", fail)
        patch.setattr(socket, "getaddrinfo", fail)
        for words in (["list"], ["list", "--json"], ["show", "slow-tram"], ["check"], ["news"], ["path"]):
            assert home.run(*words).code == 0
    assert home.fake_sources.requests == []
