from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service.conftest import Program, StubSource, entry, said, summarize
from tracker.errors import BadResponse, Cancelled, SourceBusy
from tracker.model.history import Effect
from tracker.model.season import describe_season
from tracker.model.show import Credit
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service.refresh import Progress, RefreshReport
from tracker.store.files import atomic

URL = "https://tv.example/103"
IN_DEVELOPMENT = (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED)
RUNNING: dict[str, Any] = {
    "raw_status": "Running", "compatible_statuses": (Status.AIRING, Status.RELEASED), "status": Status.AIRING,
}  # fmt: skip
CANCELLED: dict[str, Any] = {
    "raw_status": "Canceled", "compatible_statuses": (Status.CANCELLED,), "status": Status.CANCELLED,
}  # fmt: skip
RECORD = SourceRecord(
    "tvmaze", "103", "Slow Tram", url=URL, raw_status="In Development", compatible_statuses=IN_DEVELOPMENT,
    status=Status.SCHEDULED, release=parse_window("2026-11-27"), synopsis="It is never late.\nIt is never early.",
    genres=("comedy",), networks=("Kestrel",), revision="1",
)  # fmt: skip
FERRY = SourceRecord("tvmaze", "111", "Old Ferry", url="https://tv.example/111", raw_status="Ended", revision="1")

TOP, CLAIM = said("scheduled", "2026-11-27")
OWN = ('synopsis = "Mine."', 'genres = ["farce"]', 'networks = ["Kestrel"]')
TRAM = entry("Slow Tram", TOP, *OWN, "ids = { tvmaze = 103 }", claims=[CLAIM])
"""A show of which TVmaze says the same."""
THEIRS = TRAM.replace("Lumen Post", "tvmaze")
"""The same, where nobody but TVmaze gave the date."""
FOLLOWING = entry(
    "Slow Tram", TOP, 'synopsis = "It is never late.\\nIt is never early."  # theirs', 'genres = ["farce"]',
    'networks = ["Kestrel"]', "ids = { tvmaze = 103 }", 'follows = { synopsis = "tvmaze" }', claims=[CLAIM],
)  # fmt: skip
OLD_FERRY = entry("Old Ferry", "ids = { tvmaze = 111 }")
LOUD, QUIET, NORMAL = ([(grade, "slow-tram", "tvmaze")] for grade in ("loud", "quiet", "normal"))


@pytest.fixture
def tvmaze() -> StubSource:
    return StubSource("tvmaze", RECORD, FERRY)


@pytest.fixture
def program(tmp_path: Path, tvmaze: StubSource) -> Program:
    return Program(tmp_path / "list.toml", tvmaze)


def link(program: Program, *entries: str) -> str:
    """Write the list, let all of it be asked about once, and return the list."""
    program.write(*entries)
    program.refresh(force=True)
    return program.text


def change(program: Program, days: float = 4, **fields: Any) -> RefreshReport:
    """Let TVmaze say something else of the tram, and refresh some days later."""
    if isinstance(fields.get("release"), str):
        fields["release"] = parse_window(fields["release"]) if fields["release"] else None
    program.sources[0].change("103", **fields)
    return program.refresh(days=days, force=True)


def slips(program: Program) -> list[int]:
    """Return by how many days the date moved, each time."""
    steps = program.show().history_state.steps
    return [step.days for step in steps if step.effect in (Effect.SLIPPED, Effect.FORWARD)]


def release(program: Program) -> str:
    window = program.show().release
    return (window.edtf or "") if window is not None else ""


def while_asked(program: Program, action: Callable[[], object], **fields: Any) -> RefreshReport:
    """Let TVmaze say something else, and do something before it answers."""
    program.sources[0].on_fetch = action
    return change(program, **fields)


# What is asked


def test_asks_what_is_due(program: Program, tvmaze: StubSource) -> None:
    link(program, TRAM, OLD_FERRY)
    tvmaze.fetched.clear()
    assert (program.refresh().asked, program.refresh(force=True).asked) == (0, 2)
    assert tvmaze.fetched == []
    assert program.refresh("slow-tram", direct=True, force=True).asked == 1
    assert tvmaze.fetched == ["103"]


def test_fetches_what_changed(program: Program, tvmaze: StubSource) -> None:
    link(program, TRAM, OLD_FERRY)
    tvmaze.fetched.clear()
    assert change(program, release="2027-03-05").asked == 2
    assert tvmaze.fetched == ["103"]
    assert program.refresh().asked == 0


def test_asks_every_source(tmp_path: Path, tvmaze: StubSource) -> None:
    tmdb = StubSource("tmdb", RECORD._replace(source="tmdb", key="tv/203"))
    program = Program(tmp_path / "list.toml", tvmaze, tmdb)
    program.write(entry("Slow Tram", TOP, 'ids = { tvmaze = 103, tmdb = "tv/203" }', claims=[CLAIM]))
    assert program.refresh().asked == 2
    tmdb.change("tv/203", release=parse_window("2027-03-05"))
    report = change(program, release="2027-03-05")
    assert [item.grade for item in report.news].count("loud") == 1
    assert slips(program) == [98]


def test_progress(program: Program) -> None:
    program.write(TRAM, OLD_FERRY)
    tracker, steps = program.tracker(), list[Progress]()
    tracker.refresh(tracker.watchlist.current.shows).run(steps.append)
    assert steps == [Progress(1, 2, "Slow Tram"), Progress(2, 2, "Old Ferry")]


# Claims


def test_first_record_is_quiet(program: Program) -> None:
    program.write(entry("Slow Tram", 'release = "2026"', "ids = { tvmaze = 103 }"))
    assert summarize(program.refresh().news) in ([], QUIET)
    assert release(program) == "2026-11-27"


def test_unchanged_record_is_no_news(program: Program) -> None:
    before = link(program, TRAM)
    report = program.refresh(days=40)
    assert (report.asked, report.news, report.failures, program.text) == (1, (), (), before)


def test_other_date_is_a_claim(program: Program) -> None:
    before = link(program, TRAM)
    report = change(program, release="2027-03-05")
    assert summarize(report.news) == LOUD
    assert report.news[0].url == URL
    claim = program.show().history[-1]
    assert (claim.on, claim.source, claim.url) == (date(2026, 11, 27), "tvmaze", URL)
    assert (release(program), slips(program)) == ("2027-03-05", [98])
    assert program.text.startswith(before.split("\nrelease")[0])


@pytest.mark.parametrize(
    ("fields", "grades", "status"),
    [
        (RUNNING, ["loud"], Status.AIRING),
        (CANCELLED, ["loud"], Status.CANCELLED),
        ({"raw_status": "Fermenting", "compatible_statuses": (), "status": None}, ["quiet"], Status.SCHEDULED),
        ({"raw_status": "Rumored", "compatible_statuses": (Status.RUMORED,), "status": Status.RUMORED}, ["quiet"],
         Status.SCHEDULED),
    ],
)  # fmt: skip
def test_other_status(program: Program, fields: dict[str, Any], grades: list[str], status: Status) -> None:
    link(program, TRAM)
    assert [item.grade for item in change(program, **fields).news] == grades
    assert program.show().status is status


@pytest.mark.parametrize(("text", "left"), [(THEIRS, ""), (TRAM, "2026-11-27")])
def test_vanished_date_is_a_claim(program: Program, text: str, left: str) -> None:
    link(program, text)
    assert [item.show_id for item in change(program, days=1, release="").news] == ["slow-tram"]
    claim = program.show().history[-1]
    assert (claim.release and claim.release.is_tba, claim.source, claim.url) == (True, "tvmaze", URL)
    window = program.show().release
    assert window is not None
    assert ("" if window.is_tba else window.edtf) == left


# Reverts


@pytest.mark.parametrize("between", ["2027-03-05", "2026-11-20", ""])
def test_reverted_date_leaves_a_quiet_line(program: Program, between: str) -> None:
    link(program, THEIRS)
    before = program.show().history
    assert summarize(change(program, days=0.6, release=between).news) == LOUD
    assert summarize(change(program, days=2, release="2026-11-27").news) == QUIET
    assert (release(program), slips(program)) == ("2026-11-27", [])
    assert program.show().history[:-1] == before
    assert program.inbox() == QUIET


def test_reverted_status_leaves_a_quiet_line(program: Program) -> None:
    link(program, TRAM)
    assert summarize(change(program, days=0.6, **RUNNING).news) == LOUD
    old = {name: getattr(RECORD, name) for name in RUNNING}
    assert summarize(change(program, days=2, **old).news) == QUIET
    assert program.show().status is Status.SCHEDULED


def test_reverted_later_is_news_twice(program: Program) -> None:
    link(program, TRAM)
    change(program, days=0.6, release="2027-03-05")
    assert summarize(change(program, release="2027-02-20").news) == LOUD
    assert summarize(change(program, release="2027-03-05").news) == LOUD
    assert slips(program) == [98, -13, 13]


def test_revert_takes_the_date_back_though_other_news_came_after_it(program: Program) -> None:
    link(program, THEIRS)
    change(program, days=0.6, release="2027-03-05")
    change(program, days=1, cast=(Credit("Bae Iseul"),))
    assert summarize(change(program, days=1, release="2026-11-27").news) == QUIET
    assert (release(program), slips(program)) == ("2026-11-27", [])
    assert program.show().cast == (Credit("Bae Iseul"),)


def test_revert_leaves_what_was_filled_with_the_date_and_lets_it_follow(program: Program) -> None:
    link(program, THEIRS)
    change(program, days=0.6, release="2027-03-05", cast=(Credit("Bae Iseul"),), writers=("Ines Vale",))
    change(program, days=1, release="2026-11-27", cast=(Credit("Bae Iseul"), Credit("Abel Kuro")), writers=())
    assert program.show().writers == ("Ines Vale",)
    assert {"cast", "writers"} <= {name for name, source in program.show().follows.items() if source == "tvmaze"}
    assert len(program.show().cast) == 2
    change(program, cast=(Credit("Abel Kuro"),))
    assert program.show().cast == (Credit("Abel Kuro"),)


def test_revert_keeps_what_was_written_since(program: Program) -> None:
    link(program, TRAM)
    change(program, days=0.6, release="2027-03-05")
    program.edit('title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n')
    change(program, days=2, release="2026-11-27")
    assert slips(program) == []
    assert "rating = 9  # after all\n" in program.text


def test_revert_of_an_edited_claim(program: Program) -> None:
    link(program, THEIRS)
    change(program, days=0.6, release="2027-03-05")
    program.edit(f'source = "tvmaze"\nurl = "{URL}"', 'source = "tvmaze"\nurl = "https://mine.example"')
    assert summarize(change(program, days=2, release="2026-11-27").news) == QUIET
    assert release(program) == "2026-11-27"
    assert "https://mine.example" in program.text


@pytest.mark.parametrize("last", ["Third.", "Second."])
def test_revert_of_a_date_leaves_followed_fields(program: Program, last: str) -> None:
    link(program, FOLLOWING.replace("Lumen Post", "tvmaze"))
    change(program, days=0.6, release="2027-03-05", synopsis="Second.")
    change(program, days=2, release="2026-11-27", synopsis=last)
    assert (program.show().synopsis, slips(program)) == (last, [])


# Fields


def test_followed_field(program: Program) -> None:
    before = link(program, FOLLOWING)
    report = change(program, synopsis="It is late.")
    assert program.text == before.replace('"It is never late.\\nIt is never early."', '"It is late."')
    assert [item.grade for item in report.news] == ["quiet"]


def test_field_that_follows_nobody(program: Program) -> None:
    before = link(program, FOLLOWING)
    change(program, title="Slower Tram")
    assert program.text == before
    proposal = program.proposals()["title"]
    assert (proposal.mine, proposal.theirs, proposal.since) == ("Slow Tram", "Slower Tram", date(2026, 11, 27))


@pytest.mark.parametrize("synopsis", ["It is late.", ""])
def test_field_that_stays(program: Program, synopsis: str) -> None:
    # It follows another source, or this one says no more of it.
    before = link(program, FOLLOWING if not synopsis else FOLLOWING.replace('"tvmaze" }', '"tmdb" }'))
    change(program, synopsis=synopsis)
    assert program.text == before


def test_followed_field_edited_by_hand(program: Program) -> None:
    link(program, FOLLOWING)
    program.edit("It is never late.\\nIt is never early.", "My own words.")
    change(program, synopsis="It is late.")
    assert program.show().synopsis == "My own words."
    assert "synopsis" not in program.proposals()


def test_followed_field_set_by_its_owner(program: Program) -> None:
    link(program, FOLLOWING)
    program.tracker().edits.set_fields({"slow-tram": {"synopsis": "My own words."}})
    change(program, synopsis="It is late.")
    assert (program.show().synopsis, program.show().follows) == ("My own words.", {})


# While it is asked


def test_edit_while_asked(program: Program) -> None:
    link(program, FOLLOWING)
    mine = {"synopsis": "My own words."}
    while_asked(program, lambda: program.tracker().edits.set_fields({"slow-tram": mine}), synopsis="It is late.")
    assert program.show().synopsis == "My own words."


def test_removal_while_asked(program: Program) -> None:
    link(program, TRAM, OLD_FERRY)
    report = while_asked(program, lambda: program.tracker().edits.remove(["slow-tram"]), release="2027-03-05")
    assert [show.id for show in program.tracker().watchlist.current.shows] == ["old-ferry"]
    assert (report.asked, report.news) == (2, ())


def test_stop_keeps_what_was_answered(program: Program, tvmaze: StubSource) -> None:
    shows = [RECORD._replace(key=str(number), title=f"Show {number}") for number in range(1, 5)]
    tvmaze.records = {record.key: record for record in shows}
    link(program, *(entry(one.title, TOP, f"ids = {{ tvmaze = {one.key} }}", claims=[CLAIM]) for one in shows))
    for record in shows:
        tvmaze.change(record.key, release=parse_window("2028-01-31"))
    tracker = program.tracker()
    refresh = tracker.refresh(tracker.watchlist.current.shows, force=True)
    report = refresh.run(lambda progress: refresh.stop() if progress.done == 2 else None)
    assert (report.is_stopped, [item.show_id for item in report.news]) == (True, ["show-1", "show-2"])
    assert report.sentence == "Stopped after 2, 2 news (2 important)."
    assert [item.show_id for item in program.refresh(force=True).news] == ["show-3", "show-4"]


def test_stop_before_it_begins(program: Program, tvmaze: StubSource) -> None:
    program.write(TRAM, entry("Old Ferry"))
    tracker = program.tracker()
    refresh = tracker.refresh(tracker.watchlist.current.shows)
    refresh.stop()
    report = refresh.run()
    assert (report.asked, report.is_stopped, report.news) == (0, True, ())


def test_stop_of_a_request(program: Program, tvmaze: StubSource) -> None:
    before = link(program, TRAM)
    tvmaze.records["103"] = Cancelled("stopped")
    report = program.refresh(days=4)
    assert (report.is_stopped, report.news, report.failures, report.is_broken) == (True, (), (), False)
    assert program.text == before


# A dry run


def test_dry_run(program: Program, tvmaze: StubSource) -> None:
    before = link(program, FOLLOWING, OLD_FERRY, entry("Low Tide"))
    change(program, days=0.6, release="2027-03-05")
    after, news = program.text, program.inbox()
    tvmaze.change("103", release=RECORD.release, synopsis="It is late.")
    del tvmaze.records["111"]
    found = set(summarize(program.refresh(days=1, force=True, dry_run=True).news))
    assert found == {*QUIET, ("normal", "old-ferry", "tvmaze")}
    assert (program.text, program.inbox()) == (after, news)
    assert program.tracker().inbox.count() == 1
    assert before != after
    assert summarize(program.refresh(force=True).news)


def test_dry_run_leaves_no_trace(program: Program) -> None:
    program.write(TRAM, entry("Harbour Nine"))
    assert program.refresh(dry_run=True).asked == 1
    assert not program.tracker().has_source_states


# What is gone


def test_record_without_a_title_is_not_used(program: Program) -> None:
    before = link(program, TRAM)
    report = change(program, title="", original_title="", release="")
    assert report.failures == ("Slow Tram: tvmaze:103 has no title at TVmaze, so it can't be used.",)
    assert (program.text, report.news) == (before, ())


def test_removed_record(program: Program, tvmaze: StubSource) -> None:
    before = link(program, TRAM)
    del tvmaze.records["103"]
    report = program.refresh(days=4)
    assert (summarize(report.news), report.failures) == (NORMAL, ())
    assert program.tracker().states.by_id[SourceId("tvmaze", "103")].is_removed
    assert program.refresh(days=4).news == ()
    tvmaze.records["103"] = RECORD
    assert summarize(program.refresh(days=4).news) == NORMAL
    assert not program.tracker().states.by_id[SourceId("tvmaze", "103")].is_removed
    assert program.text == before


def test_record_that_was_never_there(program: Program) -> None:
    program.write(entry("Slow Tram", "ids = { tvmaze = 999 }"))
    report = program.refresh()
    assert (report.news, report.failures) == ((), ("Slow Tram: TVmaze has no 999.",))


# What no source knew

UNKNOWN = entry("Slow Tram", TOP, 'networks = ["Kestrel"]', claims=[CLAIM])
REST = entry("Low Tide", 'watch = "dropped"')


def test_offer(program: Program) -> None:
    before = program.write(UNKNOWN, REST)
    [item] = program.refresh().news
    assert (item.show_id, item.grade, item.match_offer) == ("slow-tram", "normal", "tvmaze:103")
    assert item.text.startswith("is this it? Slow Tram · 2026 · Kestrel: ")
    assert program.text == before
    # It is made once.
    assert program.refresh(days=31).news == ()


def test_offer_of_what_a_source_knows_by_now(program: Program, tvmaze: StubSource) -> None:
    program.write(entry("Twin Kites", 'original_title = "쌍둥이 연"', 'countries = ["KR"]'), REST)
    assert program.refresh().news == ()
    kites = SourceRecord("tvmaze", "301", "Twin Kites", original_title="쌍둥이 연", countries=("KR",))
    tvmaze.records["301"] = kites
    assert program.refresh(days=29).news == ()
    assert [item.match_offer for item in program.refresh(days=2).news] == ["tvmaze:301"]


@pytest.mark.parametrize(
    "entries",
    [
        [entry("Slow Tram", 'networks = ["Other"]', 'countries = ["KR"]', 'release = "2019"'), REST],
        [UNKNOWN, entry("Tram", "ids = { tvmaze = 103 }")],
    ],
    ids=["unlikely", "on the list"],
)
def test_no_offer(program: Program, entries: list[str]) -> None:
    program.write(*entries)
    assert [item for item in program.refresh().news if item.match_offer] == []


@pytest.mark.parametrize(("direct", "offers"), [(False, ["tvmaze:103"]), (True, [])])
def test_one_show_is_searched_for_unless_it_was_named(program: Program, direct: bool, offers: list[str]) -> None:
    program.write(UNKNOWN)
    assert [item.match_offer for item in program.refresh(direct=direct).news] == offers


def test_search_that_fails(program: Program, tvmaze: StubSource) -> None:
    program.write(UNKNOWN, REST)
    tvmaze.search = lambda words: (_ for _ in ()).throw(BadResponse("TVmaze gave no JSON."))  # type: ignore[method-assign]
    report = program.refresh()
    assert (report.is_broken, report.failures) == (True, ("TVmaze gave no JSON.",))


# What goes wrong


def test_one_record_that_fails(program: Program, tvmaze: StubSource) -> None:
    link(program, TRAM, OLD_FERRY)
    tvmaze.records["111"] = BadResponse("TVmaze gave no JSON.")
    report = change(program, release="2027-03-05")
    assert (report.asked, summarize(report.news), report.is_broken) == (2, LOUD, False)
    assert report.failures == ("Old Ferry: TVmaze gave no JSON.",)
    assert report.sentence == "2 refreshed, 1 news (1 important). Old Ferry: TVmaze gave no JSON."


@pytest.mark.parametrize("error", [BadResponse("TVmaze gave no JSON."), RuntimeError("a mistake")])
def test_source_that_fails(program: Program, tvmaze: StubSource, error: Exception) -> None:
    before = link(program, TRAM)
    tvmaze.records["103"] = error
    report = program.refresh(days=4)
    assert (report.news, report.is_broken, program.text) == ((), True, before)
    assert len(report.failures) == 1
    assert str(error).rstrip(".") in report.failures[0]


def test_busy_source_is_asked_no_more(program: Program, tvmaze: StubSource) -> None:
    program.write(*(entry(f"Show {number}", f"ids = {{ tvmaze = {number} }}") for number in range(1, 7)))
    tvmaze.records = {str(number): SourceBusy("TVmaze is busy.") for number in range(1, 7)}
    report = program.refresh()
    assert (tvmaze.fetched, report.asked, report.is_broken) == (["1", "2", "3"], 2, True)


def test_file_that_cannot_be_written(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    before = link(program, TRAM)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write", fail)
        report = change(program, release="2027-03-05")
    assert (program.text, report.news, program.inbox()) == (before, (), [])
    assert "Slow Tram" in "".join(report.failures)
    # Nothing was remembered, so it is news the next time.
    assert summarize(program.refresh(force=True).news) == LOUD


def test_damaged_database(program: Program) -> None:
    before = link(program, TRAM)
    program.tracker()._source_database.path.write_bytes(b"no database" * 500)
    report = program.refresh()
    assert (report.asked, report.news, program.text) == (1, (), before)


def test_database_that_cannot_be_made(program: Program) -> None:
    program.write(TRAM)
    folder = program.tracker()._source_database.path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file is in the way")
    assert "Can't save what the sources said" in program.refresh().failures[0]


def test_last_state(program: Program) -> None:
    link(program, TRAM)
    change(program, release="2027-03-05")
    [state] = program.tracker().states.for_show(program.show())
    assert state.record == program.sources[0].records["103"]
    assert (state.since_when("release"), state.since_when("synopsis")) == (date(2026, 11, 27), date(2026, 11, 23))


# Filling


def test_empty_fields_are_filled_and_follow(program: Program) -> None:
    link(program, OLD_FERRY)
    cast = (Credit("Mira Solé", "Anna"),)
    program.sources[0].change("111", cast=cast, synopsis="A ferry.")
    report = program.refresh(days=400, force=True)
    assert [(item.grade, item.text) for item in report.news] == [("quiet", "new synopsis; cast: Mira Solé")]
    show = program.show("old-ferry")
    assert (show.cast, show.follows) == (cast, {"synopsis": "tvmaze", "cast": "tvmaze"})
    program.sources[0].change("111", synopsis="A boat.")
    program.refresh(days=4, force=True)
    assert program.show("old-ferry").synopsis == "A boat."


def test_filling_undone_is_not_done_again(program: Program) -> None:
    before = link(program, OLD_FERRY)
    program.sources[0].change("111", cast=(Credit("Mira Solé"),))
    program.refresh(days=4, force=True)
    program.tracker().edits.undo()
    assert program.text == before
    program.sources[0].change("111", cast=(Credit("Mira Solé"), Credit("Ivo Brandt")))
    program.refresh(days=4, force=True)
    assert program.text == before
    assert list(program.proposals("old-ferry")) == ["cast"]


def test_field_cleared_by_its_owner_stays_empty(program: Program) -> None:
    link(program, FOLLOWING)
    program.tracker().edits.set_fields({"slow-tram": {"synopsis": ""}})
    assert program.show().follows == {"synopsis": "me"}
    change(program, synopsis="It is late.")
    assert program.show().synopsis == ""
    assert list(program.proposals()) == ["synopsis"]


def test_dry_run_fills_nothing(program: Program) -> None:
    before = program.write(TRAM.replace('synopsis = "Mine."\n', ""))
    assert summarize(program.refresh(dry_run=True).news) == QUIET
    assert program.text == before


def test_id_that_is_corrected_by_hand_takes_the_fields_of_the_other_show_away(program: Program) -> None:
    other = RECORD._replace(key="113", synopsis="Another tram.", genres=("crime",), networks=("Northgate",))
    program.sources[0].records["113"] = other
    link(program, entry("Slow Tram", "ids = { tvmaze = 113 }", 'synopsis = "Mine."'))
    program.edit("Northgate", "Northgate 2")
    program.edit("tvmaze = 113", "tvmaze = 103")
    program.refresh(days=1)
    show = program.show()
    assert (show.genres, show.networks, show.synopsis) == (("comedy",), ("Northgate 2",), "Mine.")


steps = st.lists(
    st.tuples(
        st.sampled_from([0.3, 1, 2, 5]),
        st.fixed_dictionaries(
            {},
            optional={
                "release": st.sampled_from(["2026-11-27", "2027-03-05", "2027-04", ""]),
                "synopsis": st.sampled_from(["", "A.", "B."]),
                "cast": st.sampled_from([(), (Credit("Bae Iseul"),), (Credit("Bae Iseul"), Credit("Abel Kuro"))]),
            },
        ),
    ),
    max_size=6,
)


@settings(max_examples=25)
@given(steps)
def test_list_is_as_its_one_source_says_however_often_that_changes_its_mind(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, dict[str, Any]]]
) -> None:
    source = StubSource("tvmaze", RECORD)
    program = Program(tmp_path_factory.mktemp("list") / "list.toml", source)
    link(program, entry("Slow Tram", "ids = { tvmaze = 103 }"))
    for days, fields in changes:
        change(program, days=days, **fields)
        show, record = program.show(), source.records["103"]
        assert isinstance(record, SourceRecord)
        assert release(program) == (record.release.edtf if record.release is not None else "")
        for name in ("synopsis", "cast"):
            assert getattr(record, name) in ((), "", getattr(show, name))


def test_dry_run_tells_what_a_refresh_would(tmp_path: Path) -> None:
    maze = RECORD._replace(seasons=(describe_season(1, date(2026, 11, 23)), describe_season(2, date(2026, 11, 23))))
    other = maze._replace(source="tmdb", key="tv/203", synopsis="Ice.", release=parse_window("2026-12-27"))
    other = other._replace(networks=("Lumen",), cast=(Credit("Bae Iseul"),))
    program = Program(tmp_path / "list.toml", StubSource("tvmaze", maze), StubSource("tmdb", other))
    program.write(entry("Slow Tram", 'ids = { tvmaze = 103, tmdb = "tv/203" }'))
    preview = [(item.source, item.text) for item in program.refresh(dry_run=True).news]
    assert preview == [(item.source, item.text) for item in program.refresh().news]
    assert len(preview) == 3
