from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest

from tests.service.conftest import Program, StubSource, entry, said
from tracker.errors import AlreadyOnList, BadResponse, SourceError, SourceOffline, TrackerError, UnknownShow
from tracker.model.matching import SearchResult
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceRecord, parse_source_id
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

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
URL = "https://tv.example/101"
IN_DEVELOPMENT = (Status.ANNOUNCED, Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED, Status.POSTPONED)
LANTERNS = SourceRecord(
    "tvmaze", "101", "Paper Lanterns", url=URL, original_title="かみのあかり", aliases=("Laternen",), kind="series",
    raw_status="In Development", compatible_statuses=IN_DEVELOPMENT, networks=("Lumen",), countries=("JP",),
    genres=("drama",), directors=("Ito Haruna",), writers=("Ines Vale",), synopsis="They keep one promise.",
    cast=(Credit("Han Seorin", "Mio"), Credit("Abel Kuro", "Ren")), ids=(("imdb", "tt101"), ("thetvdb", "990101")),
    homepage="https://lumen.example/lanterns", revision="1",
)  # fmt: skip
THEIRS_TOO = LANTERNS._replace(
    source="tmdb", key="tv/201", url="https://db.example/201", synopsis="Another one.",
    ids=(("wikidata", "Q101"), ("imdb", "tt101")),
)  # fmt: skip
TRAM = SourceRecord(
    "tvmaze", "103", "Slow Tram", url="https://tv.example/103", raw_status="In Development",
    compatible_statuses=IN_DEVELOPMENT, status=Status.SCHEDULED, release=parse_window("2026-11-27"),
    networks=("Kestrel",), revision="1",
)  # fmt: skip
OTHER_LANTERNS = SourceRecord("tvmaze", "113", "Paper Lanterns", raw_status="Ended", release=parse_window("2019"))


@pytest.fixture
def tvmaze() -> StubSource:
    return StubSource("tvmaze", LANTERNS, TRAM, OTHER_LANTERNS)


@pytest.fixture
def program(tmp_path: Path, tvmaze: StubSource) -> Program:
    program = Program(tmp_path / "list.toml", tvmaze, StubSource("tmdb", THEIRS_TOO))
    program.write(entry("Low Tide"))
    return program


def add(program: Program, *source_ids: str) -> Show:
    """Add a show, and return it as the file has it."""
    outcome = program.tracker().linking.add([parse_source_id(text) for text in source_ids])
    return program.show(outcome.show_ids[0])


def link(program: Program, show_id: str, *source_ids: str) -> Show:
    """Link a show, and return it as the file has it."""
    program.tracker().linking.link(show_id, [parse_source_id(text) for text in source_ids])
    return program.show(show_id)


def offers(program: Program) -> list[str]:
    return [item.match_offer for item in program.tracker().inbox.items() if item.match_offer]


# Adding


def test_add_takes_everything(program: Program) -> None:
    before = program.text
    show = add(program, "tvmaze:101")
    assert show == Show(
        id="paper-lanterns", title="Paper Lanterns", original_title="かみのあかり", aliases=("Laternen",),
        kind="series", networks=("Lumen",), countries=("JP",), genres=("drama",), directors=("Ito Haruna",),
        writers=("Ines Vale",), synopsis="They keep one promise.",
        cast=(Credit("Han Seorin", "Mio"), Credit("Abel Kuro", "Ren")),
        ids={"imdb": "tt101", "thetvdb": 990101, "tvmaze": 101},
        links={"official page": "https://lumen.example/lanterns"}, follows=show.follows,
    )  # fmt: skip
    assert set(show.follows.values()) == {"tvmaze"}
    assert not {"title", "kind", "links"} & show.follows.keys()
    assert program.text.startswith(before)
    program.tracker().edits.undo()
    assert program.text == before


def test_add_from_two_sources(program: Program, tvmaze: StubSource) -> None:
    tvmaze.change("101", directors=(), genres=(), release=None)
    show = add(program, "tvmaze:101", "tmdb:tv/201")
    assert show.follows["cast"] == show.follows["synopsis"] == "tvmaze"
    assert show.follows["directors"] == show.follows["genres"] == "tmdb"
    assert show.synopsis == "They keep one promise."
    assert {"tvmaze": 101, "tmdb": "tv/201", "wikidata": "Q101"}.items() <= show.ids.items()


def test_add_records_a_claim(program: Program) -> None:
    show = add(program, "tvmaze:103")
    [claim] = show.history
    assert (claim.on, claim.source, claim.url) == (date(2026, 11, 23), "tvmaze", TRAM.url)
    assert (
        (show.status, show.release) == (claim.status, claim.release) == (Status.SCHEDULED, parse_window("2026-11-27"))
    )
    assert (show.synopsis, show.cast) == ("", ())
    assert not {"synopsis", "cast"} & show.follows.keys()


def test_add_says_who_gave_the_date_and_who_the_status(program: Program, tvmaze: StubSource) -> None:
    tvmaze.change("101", release=parse_window("2027-03-05"))
    program.sources[1].change("tv/201", raw_status="In Production", status=Status.FILMING)
    show = add(program, "tvmaze:101", "tmdb:tv/201")
    assert [(claim.source, claim.status, claim.release and claim.release.text) for claim in show.history] == [
        ("tmdb", Status.FILMING, None), ("tvmaze", None, "2027-03-05"),
    ]  # fmt: skip


@pytest.mark.parametrize(("theirs", "status"), [(Status.FILMING, Status.FILMING), (Status.RUMORED, Status.ANNOUNCED)])
def test_add_has_the_furthest_status_that_the_first_source_allows(
    program: Program, tvmaze: StubSource, theirs: Status, status: Status
) -> None:
    undated = (Status.RUMORED, Status.ANNOUNCED, Status.FILMING)
    tvmaze.change("101", status=Status.ANNOUNCED, compatible_statuses=undated, release=parse_window("2027"))
    program.sources[1].change(
        "tv/201", status=theirs, compatible_statuses=(theirs, Status.ANNOUNCED), release=parse_window("2027-03-05")
    )
    show = add(program, "tvmaze:101", "tmdb:tv/201")
    assert (show.status, show.release) == (status, parse_window("2027-03-05"))


@pytest.mark.parametrize("source_ids", [["tvmaze:101"], ["tmdb:tv/201", "tvmaze:101"], ["tmdb:tv/201"]])
def test_add_again(program: Program, source_ids: list[str]) -> None:
    add(program, "tvmaze:101")
    before = program.text
    with pytest.raises(AlreadyOnList, match="paper-lanterns"):
        add(program, *source_ids)
    assert program.text == before


@pytest.mark.parametrize("error", [BadResponse("TVmaze gave no JSON."), SourceOffline("TVmaze is offline.")])
def test_add_without_an_answer(program: Program, tvmaze: StubSource, error: Exception) -> None:
    before = program.text
    tvmaze.records["101"] = error
    with pytest.raises(SourceError, match="TVmaze"):
        add(program, "tvmaze:101")
    assert program.text == before
    assert not program.tracker().has_source_states


def test_add_without_a_title(program: Program, tvmaze: StubSource) -> None:
    before = program.text
    tvmaze.change("101", title="", original_title="")
    with pytest.raises(SourceError, match="tvmaze:101 has no title"):
        add(program, "tvmaze:101")
    assert program.text == before
    tvmaze.change("101", original_title="종이 등")
    assert add(program, "tvmaze:101").title == "종이 등"


def test_add_with_one_failure(program: Program, tvmaze: StubSource) -> None:
    tvmaze.records["101"] = BadResponse("TVmaze gave no JSON.")
    outcome = program.tracker().linking.add([parse_source_id("tvmaze:101"), parse_source_id("tmdb:tv/201")])
    assert outcome.label == "Paper Lanterns added. TVmaze gave no JSON."


# Linking


def test_link_leaves_what_was_written(program: Program) -> None:
    before = program.write(entry("Low Tide"), MINE, entry("High Tide"))
    show = link(program, "paper-lanterns", "tvmaze:101", "tmdb:tv/201")
    lost = [line for line in ndiff(before.splitlines(), program.text.splitlines()) if line.startswith("- ")]
    assert (lost, program.tracker().watchlist.check()) == ([], ())
    head, tail = before.split(MINE)
    assert program.text.startswith(head)
    assert program.text.endswith(tail)
    assert (show.synopsis, show.cast) == ("A lamp maker and a diver.", (Credit("Han Seorin", "Mio", "a lamp maker"),))
    program.tracker().edits.undo()
    assert program.text == before


def test_link_fills_what_is_empty(program: Program) -> None:
    program.write(MINE)
    show = link(program, "paper-lanterns", "tvmaze:101")
    assert (show.original_title, show.networks, show.writers) == ("かみのあかり", ("Lumen",), ("Ines Vale",))
    filled = {"original_title", "aliases", "networks", "countries", "genres", "directors", "writers"}
    assert dict(show.follows) == dict.fromkeys(filled, "tvmaze")


def test_link_to_another_record(program: Program) -> None:
    program.write(entry("Paper Lanterns"))
    link(program, "paper-lanterns", "tvmaze:101")
    show = link(program, "paper-lanterns", "tvmaze:113")
    assert (show.ids["tvmaze"], "thetvdb" in show.ids, show.networks) == (113, False, ("Lumen",))
    before = program.text
    link(program, "paper-lanterns", "tvmaze:113")
    assert program.text == before


@pytest.mark.parametrize("release", ["2027-03-05", "2027", "2026-Q1"])
def test_link_with_another_date(program: Program, release: str) -> None:
    top, claim = said("scheduled", release)
    program.write(entry("Slow Tram", top, claims=[claim]))
    show = link(program, "slow-tram", "tvmaze:103")
    assert [one.source for one in show.history] == ["Lumen Post"]
    proposal = program.proposals()["release"]
    assert (proposal.mine, proposal.value_text(proposal.theirs)) == (show.release, "2026-11-27")
    assert (proposal.source_id.source, proposal.since) == ("tvmaze", date(2026, 11, 23))


@pytest.mark.parametrize(("status", "release"), [("scheduled", "2026-11-27"), ("filming", "2026")])
def test_link_that_agrees(program: Program, status: str, release: str) -> None:
    top, claim = said(status, release)
    program.write(entry("Slow Tram", top, claims=[claim]))
    link(program, "slow-tram", "tvmaze:103")
    assert {"release", "status"}.isdisjoint(program.proposals())


def refuse(program: Program, action: Callable[[], object], error: type[TrackerError], words: str) -> None:
    before = program.text
    with pytest.raises(error, match=words):
        action()
    assert program.text == before


@pytest.mark.parametrize(
    ("entries", "source_ids", "error", "words"),
    [
        ([entry("Lanterns", "ids = { tvmaze = 101 }")], ["tvmaze:101"], AlreadyOnList, "lanterns"),
        ([entry("Lanterns", 'ids = { tmdb = "tv/201" }')], ["tvmaze:103", "tmdb:tv/201"], AlreadyOnList, "lanterns"),
        ([entry("Lanterns", 'ids = { imdb = "tt101" }')], ["tvmaze:101"], AlreadyOnList, "lanterns"),
        ([], ["tvmaze:999"], SourceError, "TVmaze.*999"),
    ],
)
def test_link_refused(
    program: Program, entries: list[str], source_ids: list[str], error: type[TrackerError], words: str
) -> None:
    program.write(*entries, entry("Slow Tram"))
    refuse(program, lambda: link(program, "slow-tram", *source_ids), error, words)


def test_link_of_an_unknown_show(program: Program, tvmaze: StubSource) -> None:
    refuse(program, lambda: link(program, "slow-tram", "tvmaze:103"), UnknownShow, "slow-tram")
    assert tvmaze.fetched == []


@pytest.mark.parametrize("ids", ["tvmaze = 101", 'imdb = "tt101"', "thetvdb = 990101"])
def test_find_known(program: Program, ids: str) -> None:
    program.write(entry("Lanterns", f"ids = {{ {ids} }}"))
    linking = program.tracker().linking
    known = [linking.find_known(SearchResult((record,))) for record in (LANTERNS, OTHER_LANTERNS)]
    assert [show.id if show else None for show in known] == ["lanterns", None]


# Proposals


QUAY = MINE.replace('shelf = "left"', 'networks = ["Quay"]\nshelf = "left"')


def linked(program: Program) -> Program:
    program.write(QUAY)
    link(program, "paper-lanterns", "tvmaze:101")
    return program


def accept(program: Program, show_id: str, field: str, *, follow: bool = False) -> Show:
    program.tracker().proposals.accept(program.proposals(show_id)[field], follow=follow)
    return program.show(show_id)


def proposed(program: Program) -> object:
    proposal = program.proposals("paper-lanterns").get("networks")
    return proposal.theirs if proposal is not None else None


@pytest.mark.parametrize(("follow", "later"), [(False, "Lumen"), (True, "Kestrel")])
def test_accept(program: Program, tvmaze: StubSource, follow: bool, later: str) -> None:
    show = accept(linked(program), "paper-lanterns", "networks", follow=follow)
    assert (show.networks, "networks" in show.follows) == (("Lumen",), follow)
    assert proposed(program) is None
    tvmaze.change("101", networks=("Kestrel",))
    program.refresh(days=1, force=True)
    assert program.show("paper-lanterns").networks == (later,)


def test_accept_of_a_list_keeps_mine_unless_it_is_followed(program: Program, tvmaze: StubSource) -> None:
    tvmaze.change("101", networks=("Lumen", "Kestrel"))
    for follow, networks in ((False, ("Quay", "LUMEN", "Kestrel")), (True, ("Lumen", "Kestrel"))):
        program.write(QUAY.replace('["Quay"]', '["Quay", "LUMEN"]'))
        link(program, "paper-lanterns", "tvmaze:101")
        assert accept(program, "paper-lanterns", "networks", follow=follow).networks == networks


def test_accept_of_a_field_that_follows_another(program: Program) -> None:
    program.write(QUAY.replace('shelf = "left"', 'follows = { networks = "tmdb" }'))
    link(program, "paper-lanterns", "tvmaze:101")
    assert "networks" not in accept(program, "paper-lanterns", "networks").follows


def test_accept_of_a_date_is_a_claim(program: Program) -> None:
    top, claim = said("scheduled", "2026-11-20")
    program.write(entry("Slow Tram", top, claims=[claim]))
    link(program, "slow-tram", "tvmaze:103")
    show = accept(program, "slow-tram", "release")
    assert (show.release, show.history_state.slips) == (parse_window("2026-11-27"), 1)
    assert (show.history[-1].source, show.history[-1].on, show.history[-1].url) == (
        "tvmaze",
        date(2026, 11, 23),
        TRAM.url,
    )


def test_accept_after_an_edit(program: Program, tvmaze: StubSource) -> None:
    tvmaze.change("101", title="Lanterns")
    program.write(QUAY.replace("title ", 'id = "paper-lanterns"\ntitle ', 1))
    link(program, "paper-lanterns", "tvmaze:101")
    tracker = program.tracker()
    proposal = program.proposals("paper-lanterns")["title"]
    program.edit("'Paper Lanterns'", "'My Lanterns'")
    refuse(program, lambda: tracker.proposals.accept(proposal), TrackerError, "Changed in the file")
    tracker.watchlist.open()
    refuse(program, lambda: tracker.proposals.accept(proposal), TrackerError, "Look at the proposal again")


def test_decline(program: Program, tvmaze: StubSource) -> None:
    before = linked(program).text
    tracker = program.tracker()
    tracker.proposals.decline(program.proposals("paper-lanterns")["networks"])
    assert "networks" not in {one.field for one in tracker.proposals.find(program.show("paper-lanterns"))}
    program.refresh(days=40, force=True)
    assert (program.text, proposed(program)) == (before, None)
    tvmaze.change("101", networks=("LUMEN Japan",))
    program.refresh(days=1, force=True)
    assert proposed(program) is None
    tvmaze.change("101", networks=("Kestrel",))
    program.refresh(days=1, force=True)
    assert proposed(program) == ("Kestrel",)


def test_proposal_of_two_sources_comes_once(program: Program, tvmaze: StubSource) -> None:
    tvmaze.change("101", networks=("LUMEN",))
    program.write(QUAY)
    link(program, "paper-lanterns", "tvmaze:101", "tmdb:tv/201")
    assert program.proposals("paper-lanterns")["networks"].source_id.source == "tvmaze"
    program.tracker().proposals.decline(program.proposals("paper-lanterns")["networks"])
    assert proposed(program) is None
    tvmaze.change("101", networks=("Kestrel",))
    program.refresh(days=1, force=True)
    assert proposed(program) == ("Kestrel",)


# Offers


def offered(program: Program) -> Program:
    top, claim = said("scheduled", "2026-11-27")
    program.write(entry("Slow Tram", top, 'networks = ["Kestrel"]', claims=[claim]), entry("Low Tide"))
    return program


def answers(program: Program, *, yes: bool) -> Sequence[str]:
    tracker = program.tracker()
    [item] = [item for item in tracker.inbox.items() if item.match_offer]
    return (tracker.linking.answer(item, yes=yes).label, *offers(program))


def test_offer_answered_with_no(program: Program) -> None:
    offered(program).refresh()
    assert answers(program, yes=False) == ("Slow Tram is not tvmaze:103; it won't be offered again",)
    assert program.refresh(days=31).news == ()
    assert offers(program) == []


def test_offer_answered_with_yes(program: Program) -> None:
    offered(program).refresh()
    assert answers(program, yes=True) == ("Slow Tram linked to tvmaze:103",)
    assert program.show().ids == {"tvmaze": 103}


def test_reject_before_the_offer(program: Program) -> None:
    before = offered(program).text
    program.tracker().linking.reject("slow-tram", [parse_source_id("tvmaze:103")])
    assert (program.refresh().news, program.text) == ((), before)
