from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tracker.errors import BadValue, Conflict, ReadOnly, UnknownShow, WatchlistLocked, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Credit, Person, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.service.edits import Edits
from tracker.service.outcome import Outcome
from tracker.service.tracker import Tracker
from tracker.store.app_state import state_name

FERRY = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n'
TODAY = date(2026, 11, 23)
FILMING = Claim(status=Status.FILMING)

Make = Callable[..., Tracker]


@pytest.fixture
def tracker(make_tracker: Make) -> Tracker:
    tracker = make_tracker(FERRY)
    tracker.watchlist.open()
    return tracker


def get(tracker: Tracker, show_id: str = "old-ferry") -> Show:
    return tracker.watchlist.current.get(show_id)


def test_record_defaults(tracker: Tracker) -> None:
    outcome = tracker.edits.record({"old-ferry": FILMING})
    assert get(tracker).history == (Claim(TODAY, status=Status.FILMING, source="me"),)
    assert (outcome.label, outcome.show_ids) == ("Old Ferry is filming", ("old-ferry",))
    assert tracker.edits.record({}).label == "Nothing to record"


@pytest.mark.parametrize("claim", [Claim(source="a paper"), Claim(date(2026, 12, 1), note="n")])
def test_record_refused(tracker: Tracker, claim: Claim) -> None:
    with pytest.raises(BadValue):
        tracker.edits.record({"old-ferry": claim})
    assert tracker.path.read_text() == FERRY


def test_set_status_is_a_claim(tracker: Tracker) -> None:
    tracker.edits.set_fields({"old-ferry": {"status": Status.FILMING}})
    show = get(tracker)
    assert (show.status, show.history) == (Status.FILMING, (Claim(TODAY, status=Status.FILMING, source="me"),))


@pytest.mark.parametrize("name", ["status", "release"])
def test_set_status_to_nothing(tracker: Tracker, name: str) -> None:
    tracker.edits.record({"old-ferry": Claim(status=Status.FILMING, release=parse_window("2027"))})
    before = tracker.path.read_bytes()
    with pytest.raises(BadValue):
        tracker.edits.set_fields({"old-ferry": {"rating": 5, name: None}})
    assert tracker.path.read_bytes() == before


def test_set_what_is_there(tracker: Tracker) -> None:
    before = tracker.path.stat()
    outcome = tracker.edits.set_fields({"old-ferry": {"title": "Old Ferry", "tags": ()}})
    assert outcome.label == "Old Ferry: nothing to change"
    assert (tracker.path.stat().st_mtime_ns, tracker.path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_set_aside_after_a_conflict(tracker: Tracker) -> None:
    seen = get(tracker)
    Tracker(tracker.paths).edits.set_fields({"old-ferry": {"rating": 3}}, {"old-ferry": seen})
    with pytest.raises(Conflict):
        tracker.edits.set_fields({"old-ferry": {"rating": 8}}, {"old-ferry": seen})
    assert get(tracker).rating == 3
    tracker.edits.set_aside("old-ferry", {"rating": 8})
    assert get(tracker).rating == 3
    tracker.edits.redo()
    assert get(tracker).rating == 8


def test_add_of_the_same_title(tracker: Tracker) -> None:
    ids = [tracker.edits.add(Show("", "Old Ferry")).show_ids[0] for _ in range(3)]
    assert ids == ["old-ferry-2", "old-ferry-3", "old-ferry-4"]
    assert tracker.watchlist.current.damaged == ()


def test_add_beside_a_damaged_entry(make_tracker: Make) -> None:
    tracker = make_tracker('[[show]]\nid = "old-ferry"\ntitle = "Old Ferry"\nstatus = "sideways"\n')
    tracker.watchlist.open()
    tracker.edits.add(Show("", "Old Ferry"))
    tracker.path.write_text(tracker.path.read_text().replace("sideways", "filming"))
    assert tracker.watchlist.open().damaged == ()


def test_past_is_read_only(make_tracker: Make, tracker: Tracker) -> None:
    tracker.edits.record({"old-ferry": Claim(date(2026, 2, 1), status=Status.FILMING, release=parse_window("2027"))})
    tracker.edits.record({"old-ferry": Claim(date(2026, 2, 20), release=parse_window("2028"))})
    text = tracker.path.read_text() + '\n[[show]]\ntitle = "Pier"\nstatus = "filming"\n'
    past = make_tracker(text, as_of=date(2026, 2, 10))
    past.watchlist.open()
    assert (get(past).status, get(past).release, len(get(past).history)) == (Status.FILMING, parse_window("2027"), 1)
    edits: list[Callable[[], object]] = [
        lambda: past.edits.record({"old-ferry": Claim(note="x")}),
        lambda: past.edits.set_fields({"old-ferry": {"rating": 5}}),
        lambda: past.edits.add(Show("", "X")),
        lambda: past.edits.remove(["old-ferry"]),
        past.edits.undo,
        past.edits.redo,
    ]
    for edit in edits:
        with pytest.raises(ReadOnly, match="2026-02-10"):
            edit()
    assert past.edits.set_aside_lost() is None
    assert past.path.read_text() == text


def test_read_only_file(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.watchlist_file.WatchlistFile.why_unwritable", "it is read-only.")
    with pytest.raises(WatchlistUnwritable, match="it is read-only"):
        tracker.edits.remove(["old-ferry"])


@pytest.mark.parametrize("show_id", ["", "nobody", "old ferry"])
def test_unknown_show(tracker: Tracker, show_id: str) -> None:
    edits: list[Callable[[], object]] = [
        lambda: tracker.edits.remove([show_id]),
        lambda: tracker.edits.set_fields({show_id: {"rating": 5}}),
        lambda: tracker.edits.record({"old-ferry": Claim(note="n"), show_id: Claim(note="n")}),
    ]
    for edit in edits:
        with pytest.raises(UnknownShow):
            edit()
    assert tracker.path.read_text() == FERRY


def test_hand_edit_in_another_region(make_tracker: Make) -> None:
    settings = Paths(Path("unused")).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('region = "DE"\n')
    claims = '[[show.history]]\non = 2026-01-01\nrelease = "2026"\n[[show.history]]\non = 2026-02-01\n'
    tracker = make_tracker(
        f'[[show]]\ntitle = "A"\nrelease = 2026-10-02\n{claims}release = 2026-10-02\nregion = "JP"\n'
    )
    tracker.watchlist.open()
    tracker.edits.record({"a": FILMING})
    tracker.watchlist.open()
    assert not tracker.watchlist.hand_edits


BY_HAND = """\
[[show]]
title = "A"
status = "released"  # at last
[[show.history]]
on = 2026-01-01
status = "filming"

[[show]]
title = "B"
status = "announced"
"""
NOTED = '\n[[show.history]]\non = 2026-11-23\nstatus = "released"\nsource = "me"\n'


@pytest.mark.parametrize("show_ids", [(), ("a",), ("a", "b")])
def test_note(make_tracker: Make, show_ids: tuple[str, ...]) -> None:
    tracker = make_tracker(BY_HAND)
    tracker.watchlist.open()
    assert tracker.edits.note(show_ids) == Outcome("A: released added to the history", ("a",))
    assert tracker.path.read_text() == BY_HAND.replace('"filming"\n', f'"filming"\n{NOTED}')
    assert not tracker.watchlist.hand_edits
    tracker.edits.undo()
    assert tracker.path.read_text() == BY_HAND
    assert list(tracker.watchlist.hand_edits) == ["a"]


@pytest.mark.parametrize("show_ids", [("b",), ()])
def test_note_nothing(make_tracker: Make, show_ids: tuple[str, ...]) -> None:
    text = BY_HAND if show_ids else BY_HAND.replace('"released"', '"filming"')
    tracker = make_tracker(text)
    tracker.watchlist.open()
    assert tracker.edits.note(show_ids).label.startswith("Nothing to add")
    assert tracker.path.read_text() == text
    with pytest.raises(UnknownShow):
        tracker.edits.note(["nobody"])


@pytest.mark.parametrize(
    "edit",
    [
        lambda edits: edits.record({"a": Claim(note="at the pier")}),
        lambda edits: edits.set_fields({"a": {"rating": 5}}),
        lambda edits: edits.apply_fields("a", {"networks": ("Lumen",)}, (), "x"),
    ],
)
def test_edit_writes_the_hand_edit(make_tracker: Make, edit: Callable[[Edits], object]) -> None:
    tracker = make_tracker(BY_HAND)
    tracker.watchlist.open()
    edit(tracker.edits)
    assert [claim.status for claim in get(tracker, "a").history][:2] == [Status.FILMING, Status.RELEASED]
    assert NOTED in tracker.path.read_text()
    tracker.edits.undo()
    assert tracker.path.read_text() == BY_HAND


@pytest.mark.parametrize(
    "edit",
    [
        lambda edits: edits.record({"b": Claim(status=Status.FILMING)}),
        lambda edits: edits.record({"b": Claim(date(2020, 1, 1), release=parse_window("2027"))}),
        lambda edits: edits.set_fields({"b": {"rating": 5, "tags": ("x",)}}),
        lambda edits: edits.add(Show("", "New")),
        lambda edits: edits.remove(["b"]),
    ],
)
def test_edit_and_undo_of_another_entry(make_tracker: Make, edit: Callable[[Edits], object]) -> None:
    tracker = make_tracker(BY_HAND)
    tracker.watchlist.open()
    edit(tracker.edits)
    assert NOTED not in tracker.path.read_text()
    assert list(tracker.watchlist.hand_edits) == ["a"]
    tracker.edits.undo()
    assert tracker.path.read_text() == BY_HAND


def test_baseline_is_kept_before_the_first_claim(make_tracker: Make) -> None:
    tracker = make_tracker(BY_HAND)
    tracker.watchlist.open()
    tracker.edits.record({"b": Claim(date(2020, 1, 1), status=Status.FILMING, source="Lumen")})
    assert get(tracker, "b").status is Status.FILMING
    assert tracker.path.read_text().endswith(
        'title = "B"\nstatus = "filming"\n\n[[show.history]]\nstatus = "announced"\nsource = "me"\n'
        '\n[[show.history]]\non = 2020-01-01\nstatus = "filming"\nsource = "Lumen"\n'
    )


def test_state_folder_that_cannot_be_written(tracker: Tracker) -> None:
    tracker.paths.state.parent.mkdir(parents=True, exist_ok=True)
    tracker.paths.state.write_text("a file is in the way")
    assert "can't be undone" in tracker.edits.set_fields({"old-ferry": {"rating": 5}}).label
    assert get(tracker).rating == 5


# Another process that writes


@pytest.fixture
def held(tracker: Tracker) -> Iterator[Tracker]:
    """Return a tracker whose lock process 1 seems to hold."""
    lock = tracker.paths.state / "locks" / f"{state_name(tracker.path)}.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text("1 tracker refresh")
    # One that was written just now may be waited for too.
    os.utime(tracker.path, (1, 1))
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield tracker


def test_locked_list_refuses_edits(held: Tracker) -> None:
    before = held.path.read_bytes()
    held.patience = lambda: 1e-9
    with pytest.raises(WatchlistLocked, match=r"locked by tracker refresh \(process 1\)"):
        held.edits.set_fields({"old-ferry": {"rating": 3}})
    with pytest.raises(WatchlistLocked):
        held.edits.remove(["old-ferry"])
    assert held.path.read_bytes() == before


def test_wait_for_another_process_leaves_threads_alone(held: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.files.lock.NOTICE_AFTER", 0)
    is_free: list[bool] = []

    def look(holder: str) -> None:
        def take() -> None:
            is_free.append(held.watchlist.lock.acquire(blocking=False))

        thread = Thread(target=take)
        thread.start()
        thread.join()
        held.patience = lambda: 1e-9

    held.on_wait = look
    with pytest.raises(WatchlistLocked):
        held.edits.set_fields({"old-ferry": {"rating": 3}})
    assert is_free == [True]


def test_look_for_lost_edits_takes_no_lock(held: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.writer.hold_lock", pytest.fail)
    assert held.edits.set_aside_lost() is None


KITE = """[[show]]
title = "Paper Kite"
status = "scheduled"  # mine
release = 2026-05-14

# the first
[[show.history]]
on = 2025-02-12
status = "in production"
release = "2025-08"
mood = "x"

[[show.history]]
on = 2026-01-27
status = "scheduled"
release = 2026-05-14
"""


@pytest.fixture
def kite(make_tracker: Make) -> Tracker:
    tracker = make_tracker(KITE)
    tracker.watchlist.open()
    return tracker


def test_edit_claim_and_undo(kite: Tracker) -> None:
    seen = get(kite, "paper-kite")
    claim = seen.history[1]._replace(on=date(2025, 1, 1), release=parse_window("2026-06"))
    outcome = kite.edits.edit_claim(seen, 1, claim)
    assert outcome.label == "Paper Kite: the claim of 2026-01-27 changed"
    after = kite.path.read_text()
    moved = KITE.index("\n# the first"), KITE.index("\n[[show.history]]\non = 2026")
    head, first, second = KITE[: moved[0]], KITE[moved[0] : moved[1]], KITE[moved[1] :]
    head = head.replace('"scheduled"', '"filming"').replace("2026-05-14", '"2025-08"')
    second = second.replace("2026-01-27", "2025-01-01").replace("2026-05-14", '"2026-06"')
    assert after == head + second + first
    kite.edits.undo()
    assert kite.path.read_text() == KITE
    kite.edits.redo()
    assert kite.path.read_text() == after


def test_edit_claim_to_the_same(kite: Tracker) -> None:
    seen = get(kite, "paper-kite")
    assert kite.edits.edit_claim(seen, 1, seen.history[1]).label == "Paper Kite: nothing to change"
    assert kite.path.read_text() == KITE


@pytest.mark.parametrize("change", [{"on": date(2026, 12, 1)}, {"status": None, "release": None}])
def test_edit_claim_refused(kite: Tracker, change: dict[str, Any]) -> None:
    seen = get(kite, "paper-kite")
    with pytest.raises(BadValue):
        kite.edits.edit_claim(seen, 1, seen.history[1]._replace(**change))
    assert kite.path.read_text() == KITE


def test_remove_claims(kite: Tracker) -> None:
    kite.edits.remove_claim(get(kite, "paper-kite"), 1)
    assert (get(kite, "paper-kite").status, len(get(kite, "paper-kite").history)) == (Status.FILMING, 1)
    assert "its own status" in kite.edits.remove_claim(get(kite, "paper-kite"), 0).label
    after = KITE[: KITE.index("\n# the first")].replace('"scheduled"', '"filming"').replace("2026-05-14", '"2025-08"')
    assert kite.path.read_text() == after
    kite.edits.remove_claim(get(kite, "paper-kite"), 0)
    assert kite.path.read_text() == '[[show]]\ntitle = "Paper Kite"\n# mine\n'
    for _ in range(3):
        kite.edits.undo()
    assert kite.path.read_text() == KITE


def test_edit_claim_that_changed_in_the_file(kite: Tracker) -> None:
    seen = get(kite, "paper-kite")
    kite.path.write_text(text := KITE.replace('"2025-08"', '"2025-09"').replace('mood = "x"', 'mood = "y"'))
    with pytest.raises(Conflict):
        kite.edits.remove_claim(seen, 0)
    assert kite.path.read_text() == text
    kite.edits.edit_claim(seen, 1, seen.history[1]._replace(note="n"))
    assert kite.path.read_text() == text + 'note = "n"\n'


def test_edit_claim_keeps_what_the_entry_leaves_out(make_tracker: Make) -> None:
    text = KITE.replace('status = "scheduled"  # mine\nrelease = 2026-05-14\n', "")
    tracker = make_tracker(text)
    tracker.watchlist.open()
    seen = get(tracker, "paper-kite")
    tracker.edits.edit_claim(seen, 1, seen.history[1]._replace(status=Status.AIRING))
    assert tracker.path.read_text() == text.replace('status = "scheduled"', 'status = "airing"')


def test_edit_claim_notes_the_hand_edit(make_tracker: Make) -> None:
    tracker = make_tracker(KITE.replace('status = "scheduled"  # mine', 'status = "out"'))
    tracker.watchlist.open()
    seen = get(tracker, "paper-kite")
    assert seen.history[-1].is_hand_edit
    tracker.edits.edit_claim(seen, 0, seen.history[0]._replace(note="n"))
    after = get(tracker, "paper-kite")
    assert [claim.status for claim in after.history] == [Status.FILMING, Status.SCHEDULED, Status.RELEASED]
    assert tracker.watchlist.hand_edits == {}
    assert 'status = "out"' in tracker.path.read_text()


CAST = """[[show]]
title = "Paper Kite"
links = { "first look" = "https://lumen.example/1", trailer = "https://lumen.example/2" }  # mine
cast = [
  { actor = "Mina Doe", role = "Ann", shoe = 38 },  # the lead
  { actor = "Jo Park" },
]

# people
[[person]]
name = "Mina Doe"  # as she writes it
aliases = ["미나 도"]
shoe = 38
"""


@pytest.fixture
def cast(make_tracker: Make) -> Tracker:
    tracker = make_tracker(CAST)
    tracker.watchlist.open()
    return tracker


def test_edit_credit_keeps_the_rest(cast: Tracker) -> None:
    seen = get(cast, "paper-kite")
    cast.edits.edit_credit(seen, 0, Credit("Min-a Doe", "Ann", "a pilot"))
    assert cast.path.read_text() == CAST.replace(
        '"Mina Doe", role = "Ann", shoe = 38', '"Min-a Doe", role = "Ann", shoe = 38, about = "a pilot"'
    )
    cast.edits.undo()
    assert cast.edits.edit_credit(seen, 0, None).label == "Paper Kite: Mina Doe removed"
    assert cast.path.read_text() == CAST.replace('  { actor = "Mina Doe", role = "Ann", shoe = 38 },  # the lead\n', "")
    with pytest.raises(Conflict):
        cast.edits.edit_credit(seen, 0, Credit("Mina Doe"))
    cast.edits.undo()
    cast.edits.edit_credit(seen, 0, Credit("Kim New", "Bo"))
    kept = CAST.replace('"Mina Doe", role = "Ann", shoe = 38 },', '"Kim New", role = "Bo", shoe = 38 },')
    assert cast.path.read_text() == kept
    cast.edits.undo()
    cast.edits.edit_credit(seen, 0, None)
    cast.edits.edit_credit(seen, None, Credit("Kim New", "Bo"))
    assert [credit.actor for credit in get(cast, "paper-kite").cast] == ["Jo Park", "Kim New"]


def test_edit_link(cast: Tracker) -> None:
    seen = get(cast, "paper-kite")
    cast.edits.edit_link(seen, "trailer", ("trailer", "https://lumen.example/3"))
    assert cast.path.read_text() == CAST.replace("example/2", "example/3")
    with pytest.raises(Conflict):
        cast.edits.edit_link(seen, "trailer", None)
    with pytest.raises(BadValue):
        cast.edits.edit_link(seen, None, ("trailer", "https://lumen.example/4"))
    cast.edits.edit_link(seen, "first look", ("teaser", "https://lumen.example/1"))
    assert {*get(cast, "paper-kite").links} == {"teaser", "trailer"}
    cast.edits.edit_link(get(cast, "paper-kite"), "teaser", None)
    cast.edits.edit_link(get(cast, "paper-kite"), None, ("more", "https://lumen.example/5"))
    assert [*get(cast, "paper-kite").links] == ["trailer", "more"]
    for _ in range(4):
        cast.edits.undo()
    assert cast.path.read_text() == CAST


def test_edit_person(cast: Tracker) -> None:
    [mina] = cast.watchlist.current.people
    outcome = cast.edits.edit_person(mina, mina._replace(follow=True))
    assert outcome.label == "Following Mina Doe"
    assert cast.path.read_text() == CAST + "follow = true\n"
    cast.edits.edit_person(mina, mina._replace(agency="Reef", aliases=("미나 도", "Mina D.")))
    assert (
        cast.path.read_text() == CAST.replace('"미나 도"', '"미나 도", "Mina D."') + 'follow = true\nagency = "Reef"\n'
    )
    with pytest.raises(Conflict):
        cast.edits.edit_person(mina, mina._replace(agency="Tide"))
    with pytest.raises(Conflict):
        cast.edits.edit_person(mina, None)
    [now] = cast.watchlist.current.people
    cast.edits.edit_person(now, None)
    assert cast.path.read_text() == CAST[: CAST.index("[[person]]")]
    for _ in range(3):
        cast.edits.undo()
    assert cast.path.read_text() == CAST


def test_add_person(cast: Tracker) -> None:
    cast.edits.edit_person(None, Person("Jo Park", about="one\ntwo", follow=True))
    added = '\n[[person]]\nname = "Jo Park"\nabout = """\none\ntwo"""\nfollow = true\n'
    assert cast.path.read_text() == CAST + added
    with pytest.raises(Conflict):
        cast.edits.edit_person(None, Person("jo park"))
    cast.edits.undo()
    assert cast.path.read_text() == CAST


def test_add_person_to_a_damaged_file(make_tracker: Make) -> None:
    tracker = make_tracker(text := "format = \n" + CAST)
    tracker.watchlist.open()
    with pytest.raises(WatchlistUnwritable):
        tracker.edits.edit_person(None, Person("Jo Park"))
    assert tracker.path.read_text() == text


def test_words_are_recorded_as_what_they_come_to(tracker: Tracker) -> None:
    tracker.edits.record({"old-ferry": Claim(release=parse_window("next year", TODAY))})
    assert 'release = "2027"\nsource = "me"\nnote = "next year"' in tracker.path.read_text()
    tracker.edits.set_fields({"last-tram": {"release": parse_window("summer next year", TODAY)}})
    assert 'release = "summer 2027"\nsource = "me"\nnote = "summer next year"' in tracker.path.read_text()


RELATIVE = """[[show]]
title = "Paper Kite"

[[show.history]]
on = 2024-06-28
release = "next year"
source = "an agency"
"""


def test_words_of_the_file_stay_until_their_day_changes(make_tracker: Make) -> None:
    tracker = make_tracker(RELATIVE)
    tracker.watchlist.open()
    show = get(tracker, "paper-kite")
    assert show.release == parse_window("2025")
    claim = show.history[0]
    tracker.edits.edit_claim(show, 0, claim._replace(source="the agency"))
    assert 'release = "next year"\nsource = "the agency"' in tracker.path.read_text()
    tracker.edits.record({"paper-kite": Claim(status=Status.FILMING)})
    assert 'release = "next year"' in tracker.path.read_text()
    show = get(tracker, "paper-kite")
    tracker.edits.edit_claim(show, 0, show.history[0]._replace(on=date(2026, 6, 28)))
    assert 'on = 2026-06-28\nrelease = "2025"\nsource = "the agency"\nnote = "next year"' in tracker.path.read_text()
