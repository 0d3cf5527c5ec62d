"""Whatever a source does: no crash, the list as it was, a sentence about it, and the others are heard."""

from __future__ import annotations

import socket

import pytest

from tests.fake_sources import FakeSources, faults
from tests.fake_sources.faults import Fault
from tests.service.conftest import Home, Ran, entry, said
from tracker.model.source_record import LABELS

# One of each kind of error; tests/sources/http has all faults.
FAULTS = {
    "401": faults.status(401),
    "404": faults.status(404),
    "html": faults.html,
    "closed": faults.closed,
}


def write_known(home: Home) -> bytes:
    """Write two shows of which all sources say the same, refresh them, and return the list."""
    entries = []
    for number, title, release in ((3, "Slow Tram", "2026-11-27"), (4, "Glass Orchard", "2026-11-30")):
        top, claim = said("scheduled", release)
        ids = f'ids = {{ tvmaze = 10{number}, tmdb = "tv/20{number}", wikidata = "Q99000010{number}" }}'
        entries.append(entry(title, top, ids, claims=[claim]))
    home.write(*entries)
    report = home.refresh()
    assert (report.asked, {item.grade for item in report.news}, report.failures) == (6, {"quiet"}, ())
    home.later(days=1)
    home.forget_answers()
    return home.path.read_bytes()


def check_told(ran: Ran, label: str) -> None:
    """Assert that a failure is told in sentences about this source."""
    assert "Traceback" not in ran.err
    sentences = [line for line in ran.err.splitlines() if label in line]
    assert sentences, ran.err
    assert all("http://" not in line and "127.0.0.1" not in line for line in sentences)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_refresh_with_a_fault(home: Home, fake_sources: FakeSources, fault: Fault) -> None:
    before = write_known(home)
    fake_sources.fail("tvmaze", fault)
    fake_sources.change("tmdb", "tv/203", premiered="2027-03-05")
    ran = home.run("refresh")
    check_told(ran, "TVmaze")
    assert ran.code == 5
    assert [line.split(":")[0] for line in ran.out.splitlines() if line.startswith("!")] == ["! Slow Tram"]
    assert home.show("slow-tram").history[-1].source == "tmdb"
    home.tracker().edits.undo()
    assert home.path.read_bytes() == before

    # What could not be said is said when it is over, and nothing is left of the fault.
    fake_sources.clear_faults()
    fake_sources.change("tvmaze", 103, premiered="2027-05-05")
    home.later(days=1)
    home.forget_answers()
    ran = home.run("refresh")
    assert (ran.code, "TVmaze" in ran.err) == (0, False)
    assert home.show("slow-tram").history[-1].source == "tvmaze"


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
    assert "Are you offline?" in ran.err


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
