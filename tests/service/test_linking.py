"""Tying an entry of the list to what services know as it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import ndiff

import pytest

from tests.fake_sources import FakeSources, faults
from tests.service.conftest import Home, entry, said
from tracker.errors import SourceError, TrackerError, UnknownShow
from tracker.model.proposal import Proposal
from tracker.model.show import Credit, Show
from tracker.model.source_record import parse_source_id
from tracker.model.status import Status

MINE = """\
[[show]]  # the one that moves
title   = 'Paper Lanterns'
# Not their words.
synopsis = "A lamp maker and a diver."
tags = ["must-see"]   # mine
cast = [
  { actor = "Han Seorin", role = "Mio", about = "a lamp maker" },  # who else
]
shelf = "left"

[[show.history]]
on = 2026-01-27
status = "filming"
source = "Lumen Post"

"""


def link(home: Home, show_id: str, *references: str) -> Show:
    """Link a show in a run of the program of its own, and return it as the file has it."""
    tracker = home.tracker()
    tracker.linking.link(show_id, [parse_source_id(one) for one in references])
    tracker.sources.close()
    return home.show(show_id)


def refuse(home: Home, show_id: str, *references: str) -> None:
    home.tracker().linking.reject(show_id, [parse_source_id(one) for one in references])


def proposed(home: Home, show_id: str) -> dict[str, Proposal]:
    """Return what services say otherwise of a show, by field."""
    tracker = home.tracker()
    return {one.field: one for one in tracker.proposals.find(tracker.watchlist.current.get(show_id))}


def lost(before: str, after: str) -> list[str]:
    """Return the lines that are not there any more, or not in their order."""
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]


def offers(home: Home) -> list[str]:
    """Return what is offered as a show of the list."""
    return [one.match_offer for one in home.tracker().inbox.items() if one.match_offer]


# Filling


def test_what_was_written_stays_byte_for_byte(home: Home) -> None:
    before = home.write(entry("Low Tide"), MINE, entry("High Tide")).decode()
    link(home, "paper-lanterns", "tvmaze:101", "tmdb:tv/201", "wikidata:Q990000101")
    assert home.text != before
    assert lost(before, home.text) == []
    assert home.tracker().watchlist.check() == ()


def test_a_file_with_other_line_ends_keeps_them(home: Home) -> None:
    home.path.write_bytes(MINE.replace("\n", "\r\n").encode())
    link(home, "paper-lanterns", "tvmaze:101")
    text = home.path.read_bytes()
    assert b"tvmaze = 101" in text
    assert text.count(b"\r\n") == text.count(b"\n")


def test_the_other_entries_stay_byte_for_byte(home: Home) -> None:
    head, tail = home.write(entry("Low Tide"), MINE, entry("High Tide")).split(MINE.encode())
    link(home, "paper-lanterns", "tvmaze:101")
    assert home.path.read_bytes().startswith(head)
    assert home.path.read_bytes().endswith(tail)


def test_what_is_empty_is_filled_and_follows_the_service(home: Home) -> None:
    home.write(MINE)
    show = link(home, "paper-lanterns", "tvmaze:101")
    assert (show.original_title, show.networks, show.writers) == ("かみのあかり", ("Lumen",), ("Ines Vale",))
    filled = {"original_title", "aliases", "networks", "countries", "genres", "directors", "writers"}
    assert dict(show.follows) == dict.fromkeys(filled, "tvmaze")


def test_what_is_mine_is_mine_and_follows_nobody(home: Home) -> None:
    home.write(MINE)
    show = link(home, "paper-lanterns", "tvmaze:101")
    assert (show.title, show.synopsis) == ("Paper Lanterns", "A lamp maker and a diver.")
    assert show.cast == (Credit("Han Seorin", "Mio", "a lamp maker"),)
    assert not {"title", "synopsis", "cast"} & show.follows.keys()


def test_a_bare_title_takes_all_and_a_claim(home: Home) -> None:
    home.write(entry("Slow Tram"))
    show = link(home, "slow-tram", "tvmaze:103")
    assert show.synopsis == "It is never late.\nIt is never early."
    assert show.cast == (Credit("Bae Iseul", "The driver"),)
    [claim] = show.history
    assert (claim.on, claim.source, claim.url) == (
        date(2026, 11, 23), "tvmaze", "https://www.tvmaze.com/shows/103/slow-tram",
    )  # fmt: skip
    assert (show.status, show.release and show.release.edtf) == (Status.SCHEDULED, "2026-11-27")


def test_all_ids_that_are_known_are_written_and_mine_stay(home: Home) -> None:
    home.write(entry("Paper Lanterns", 'ids = { imdb = "tt1", mine = "shelf 4" }'))
    show = link(home, "paper-lanterns", "tvmaze:101", "tmdb:tv/201")
    assert dict(show.ids) == {
        "imdb": "tt1", "mine": "shelf 4", "thetvdb": 990101, "tvmaze": 101, "tmdb": "tv/201",
        "wikidata": "Q990000101",
    }  # fmt: skip


def test_what_the_first_service_does_not_have_comes_from_the_second(home: Home) -> None:
    home.write(entry("Paper Lanterns"))
    home.fake_sources.change("tvmaze", 101, crew=())
    show = link(home, "paper-lanterns", "tvmaze:101", "tmdb:tv/201")
    assert (show.follows["cast"], show.follows["directors"]) == ("tvmaze", "tmdb")
    assert show.directors == ("Ito Haruna",)


def test_a_link_can_be_undone(home: Home) -> None:
    before = home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101", "tmdb:tv/201")
    home.tracker().edits.undo()
    assert home.path.read_bytes() == before


def test_a_wrong_link_is_put_right_by_another(home: Home) -> None:
    home.write(entry("Paper Lanterns"))
    link(home, "paper-lanterns", "tvmaze:113")
    show = link(home, "paper-lanterns", "tvmaze:101")
    assert show.ids["tvmaze"] == 101


def test_a_link_that_is_made_again_changes_nothing(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    before = home.path.read_bytes()
    link(home, "paper-lanterns", "tvmaze:101")
    assert home.path.read_bytes() == before


# The first word


@pytest.mark.parametrize("release", ["2027-03-05", "2027", "2026-Q1"])
def test_a_first_word_that_contradicts_the_date_is_a_proposal_and_no_claim(home: Home, release: str) -> None:
    top, claim = said("scheduled", release)
    home.write(entry("Slow Tram", top, claims=[claim]))
    show = link(home, "slow-tram", "tvmaze:103")
    assert [one.source for one in show.history] == ["Lumen Post"]
    assert show.release is not None
    assert show.release.text == release
    proposal = proposed(home, "slow-tram")["release"]
    assert (proposal.mine, proposal.value_text(proposal.theirs)) == (show.release, "2026-11-27")
    assert (proposal.source_id.source, proposal.since) == ("tvmaze", date(2026, 11, 23))


def test_a_first_word_that_says_the_same_is_neither(home: Home) -> None:
    top, claim = said("scheduled", "2026-11-27")
    home.write(entry("Slow Tram", top, claims=[claim]))
    assert [one.source for one in link(home, "slow-tram", "tvmaze:103").history] == ["Lumen Post"]
    assert "release" not in proposed(home, "slow-tram")


@pytest.mark.parametrize("status", ["rumored", "filming", "post-production", "postponed"])
def test_a_first_word_that_covers_the_status_moves_nothing(home: Home, status: str) -> None:
    home.write(entry("Rain Ledger", f'status = "{status}"', claims=[f'status = "{status}"\nsource = "Lumen Post"']))
    show = link(home, "rain-ledger", "tvmaze:109")
    assert show.status is Status(status)
    assert len(show.history) == 1
    assert "status" not in proposed(home, "rain-ledger")


def test_a_service_that_knows_no_date_takes_none_away(home: Home) -> None:
    top, claim = said("announced", "2027-08")
    home.write(entry("Rain Ledger", top, claims=[claim]))
    show = link(home, "rain-ledger", "tvmaze:109")
    assert show.release is not None
    assert show.release.text == "2027-08"
    assert len(show.history) == 1


def test_what_is_written_otherwise_is_proposed(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    proposal = proposed(home, "paper-lanterns")["synopsis"]
    assert proposal.mine == "A lamp maker and a diver."
    assert proposal.theirs == "Paper Lanterns tells of a lamp maker and a diver, who keep one promise."
    assert proposal.url == "https://www.tvmaze.com/shows/101/paper-lanterns"


# Proposals


def answer(home: Home, show_id: str, field: str, *, follow: bool = False) -> Show:
    """Say yes to a proposal, and return the show as the file has it."""
    tracker = home.tracker()
    [wanted] = [one for one in tracker.proposals.find(tracker.watchlist.current.get(show_id)) if one.field == field]
    tracker.proposals.accept(wanted, follow=follow)
    return home.show(show_id)


def test_a_proposal_that_is_accepted_is_written_and_still_mine(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    show = answer(home, "paper-lanterns", "synopsis")
    assert show.synopsis == "Paper Lanterns tells of a lamp maker and a diver, who keep one promise."
    assert "synopsis" not in show.follows
    assert "synopsis" not in proposed(home, "paper-lanterns")
    home.fake_sources.change("tvmaze", 101, synopsis="Another one.")
    home.later(days=1)
    home.refresh(force=True)
    assert home.show("paper-lanterns").synopsis == show.synopsis


def test_a_field_that_follows_from_now_on_takes_the_next_value_too(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    assert answer(home, "paper-lanterns", "synopsis", follow=True).follows["synopsis"] == "tvmaze"
    home.fake_sources.change("tvmaze", 101, synopsis="Another one.")
    home.later(days=1)
    home.refresh(force=True)
    assert home.show("paper-lanterns").synopsis == "Another one."


def test_a_date_that_is_accepted_is_a_claim_of_the_service(home: Home) -> None:
    top, claim = said("scheduled", "2026-11-20")
    home.write(entry("Slow Tram", top, claims=[claim]))
    link(home, "slow-tram", "tvmaze:103")
    show = answer(home, "slow-tram", "release")
    assert (show.release and show.release.edtf, show.history_state.slips) == ("2026-11-27", 1)
    assert (show.history[-1].source, show.history[-1].on) == ("tvmaze", date(2026, 11, 23))
    assert show.history[-1].url == "https://www.tvmaze.com/shows/103/slow-tram"


def test_where_mine_is_kept_the_same_is_not_proposed_again(home: Home) -> None:
    before = home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    before = home.path.read_bytes()
    tracker = home.tracker()
    tracker.proposals.decline(proposed(home, "paper-lanterns")["synopsis"])
    assert home.path.read_bytes() == before
    assert "synopsis" not in proposed(home, "paper-lanterns")
    home.later(days=40)
    home.refresh(force=True)
    assert "synopsis" not in proposed(home, "paper-lanterns")


def test_where_mine_is_kept_something_else_is_proposed(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    home.tracker().proposals.decline(proposed(home, "paper-lanterns")["synopsis"])
    home.fake_sources.change("tvmaze", 101, synopsis="Another one.")
    home.later(days=1)
    home.refresh(force=True)
    assert proposed(home, "paper-lanterns")["synopsis"].theirs == "Another one."


def test_a_proposal_is_not_written_over_what_was_typed_meanwhile(home: Home) -> None:
    home.write(MINE)
    link(home, "paper-lanterns", "tvmaze:101")
    tracker = home.tracker()
    [wanted] = [
        one for one in tracker.proposals.find(tracker.watchlist.current.get("paper-lanterns")) if one.field != "cast"
    ]
    home.edit("A lamp maker and a diver.", "A diver and a lamp maker.")
    with pytest.raises(TrackerError):
        tracker.proposals.accept(wanted)
    assert home.show("paper-lanterns").synopsis == "A diver and a lamp maker."


# Offers


def test_a_no_is_remembered(home: Home) -> None:
    top, claim = said("scheduled", "2026-11-27")
    home.write(entry("Slow Tram", top, 'networks = ["Kestrel"]', claims=[claim]), entry("Low Tide"))
    home.refresh()
    assert len(offers(home)) == 1
    refuse(home, "slow-tram", *offers(home)[0].split())
    assert offers(home) == []
    home.later(days=31)
    assert home.refresh().news == ()
    assert offers(home) == []


def test_a_no_that_comes_first_is_remembered(home: Home) -> None:
    top, claim = said("scheduled", "2026-11-27")
    before = home.write(entry("Slow Tram", top, 'networks = ["Kestrel"]', claims=[claim]), entry("Low Tide"))
    refuse(home, "slow-tram", "tvmaze:103")
    assert home.refresh().news == ()
    assert home.path.read_bytes() == before


def test_a_yes_closes_the_offer(home: Home) -> None:
    top, claim = said("scheduled", "2026-11-27")
    home.write(entry("Slow Tram", top, 'networks = ["Kestrel"]', claims=[claim]), entry("Low Tide"))
    home.refresh()
    link(home, "slow-tram", "tvmaze:103")
    assert offers(home) == []


# Refusals


def refusals(home: Home, references: Iterable[str], kind: type[TrackerError], words: str) -> None:
    before = home.path.read_bytes()
    with pytest.raises(kind, match=words):
        link(home, "slow-tram", *references)
    assert home.path.read_bytes() == before


@pytest.mark.parametrize("references", [["tvmaze:101"], ["tmdb:tv/201"], ["tvmaze:103", "tmdb:tv/201"]])
def test_an_id_of_another_show_is_refused(home: Home, references: list[str]) -> None:
    home.write(entry("Lanterns", 'ids = { tvmaze = 101, tmdb = "tv/201" }'), entry("Slow Tram"))
    refusals(home, references, TrackerError, "lanterns")


def test_an_unknown_show_is_refused(home: Home) -> None:
    home.write(entry("Low Tide"))
    refusals(home, ["tvmaze:103"], UnknownShow, "slow-tram")
    assert home.fake_sources.requests == []


def test_an_id_that_the_service_does_not_know_is_refused(home: Home) -> None:
    home.write(entry("Slow Tram"))
    refusals(home, ["tvmaze:999"], SourceError, r"TVmaze.*999")


@pytest.mark.parametrize("fault", [faults.status(500), faults.html, faults.cut_short, faults.null])
def test_a_service_that_fails_changes_nothing(home: Home, fake_sources: FakeSources, fault: faults.Fault) -> None:
    home.write(entry("Slow Tram"))
    fake_sources.fail("tvmaze", fault)
    refusals(home, ["tvmaze:103"], SourceError, "TVmaze")
