from __future__ import annotations

from pathlib import Path

import pytest

from tracker.store.merge.sync_copies import find_sync_copies
from tracker.store.merge.three_way import merge_files
from tracker.store.snapshot import read_snapshot

FERRY = """\
[[show]]
title = "Old Ferry"  # by boat
status = "filming"
rating = 3

[[show.history]]
on = 2026-01-05
status = "filming"
"""
INN = '[[show]]\nid = "inn"\ntitle = "Paper Moon Inn"\nids = { tvmaze = 7 }\n'
TRAM = '[[show]]\ntitle = "Last Tram"\n'
MINA = '[[person]]\nname = "Mina Doe"\n'
BASE = f"format = 1\n\n{FERRY}\n{INN}\n{TRAM}\n{MINA}"


def merged(base: str, ours: str, theirs: str) -> str:
    result = merge_files(base, ours, theirs)
    assert result.conflicts == ()
    assert not read_snapshot(result.text).watchlist.damaged
    return result.text


def test_merge_different_entries() -> None:
    ours = BASE.replace("rating = 3", "rating = 4")
    theirs = BASE.replace('"Last Tram"\n', '"Last Tram"\nrating = 5\n').replace("format = 1", "format = 1\nown = 2")
    expected = ours.replace('"Last Tram"\n', '"Last Tram"\nrating = 5\n').replace("format = 1", "format = 1\nown = 2")
    assert merged(BASE, ours, theirs) == merged(BASE, theirs, ours) == expected


def test_merge_one_entry() -> None:
    ours = BASE.replace("# by boat", "# by slow boat").replace("rating = 3", "rating = 3  # of ten\ntags = ['pier']")
    theirs = BASE.replace("rating = 3", "# hers\nrating = 5").replace(
        'on = 2026-01-05\nstatus = "filming"\n',
        'on = 2026-01-05\nstatus = "filming"\n\n[[show.history]]\non = 2026-02-01\nnote = "x"  # said\n',
    )
    text = merged(BASE, ours, theirs)
    for piece in ("# by slow boat", "# of ten", "# hers\nrating = 5", "tags = ['pier']", 'note = "x"  # said\n'):
        assert piece in text


def test_merge_new_entries() -> None:
    text = merged(f"{INN}\n{TRAM}", f"{INN}\n{TRAM}\n{FERRY}", f"{INN}\n{MINA}\n{TRAM}")
    assert text == f"{INN}\n{MINA}\n{TRAM}\n{FERRY}"
    text = merged(TRAM, f"{TRAM}\n{FERRY}", f"{TRAM}\n{INN}")
    assert text == f"{TRAM}\n{FERRY}\n{INN}"


def test_merge_removed_entry() -> None:
    assert merged(BASE, BASE, BASE.replace(INN + "\n", "")) == BASE.replace(INN + "\n", "")
    assert merged(BASE, BASE.replace(INN + "\n", ""), BASE.replace("rating = 3", "rating = 4")) == (
        BASE.replace(INN + "\n", "").replace("rating = 3", "rating = 4")
    )


def test_merge_entry_added_twice() -> None:
    ours, theirs = TRAM + "\n" + FERRY, TRAM + "\n" + FERRY.replace("rating = 3", 'tags = ["x"]')
    assert merged(TRAM, ours, theirs).count("Old Ferry") == 1


def test_merge_matches_by_source_id_then_title() -> None:
    renamed = BASE.replace('id = "inn"\ntitle = "Paper Moon Inn"', 'id = "inn-2"\ntitle = "The Inn"')
    text = merged(BASE, renamed, BASE.replace("tvmaze = 7 }\n", 'tvmaze = 7 }\ntags = ["x"]\n'))
    assert text == renamed.replace("tvmaze = 7 }\n", 'tvmaze = 7 }\ntags = ["x"]\n')
    with_id = BASE.replace('title = "Last Tram"', 'id = "tram"\ntitle = "Last Tram"')
    text = merged(BASE, with_id, BASE.replace('title = "Last Tram"\n', 'title = "Last Tram"\nrating = 5\n'))
    assert text == with_id.replace('title = "Last Tram"\n', 'title = "Last Tram"\nrating = 5\n')


def test_merge_same_title_other_source_ids() -> None:
    other = INN.replace('id = "inn"', 'id = "inn-1999"').replace("tvmaze = 7", "tvmaze = 8")
    text = merged("", INN, other)
    assert len(read_snapshot(text).watchlist.shows) == 2


KITE = '[[show]]\nid = "kite"\ntitle = "Paper Kite"\n'
HARBOUR = '[[show]]\ntitle = "Harbour Nine"\n'


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        (KITE, KITE.replace("Paper Kite", "Salt Road")),
        (KITE + "ids = { tvmaze = 7 }\n", KITE + "ids = { tvmaze = 8 }\n"),
        (HARBOUR + "ids = { tvmaze = 7 }\n", HARBOUR + "ids = { tvmaze = 8 }\n"),
        (HARBOUR + "season = 2\n", HARBOUR + "season = 3\n"),
        (HARBOUR, '[[show]]\nid = "harbour-nine"\ntitle = "The Ninth Harbour"\n'),
    ],
)
@pytest.mark.parametrize("base", [TRAM, ""])
def test_merge_different_shows_of_one_id(base: str, mine: str, other: str) -> None:
    mine, other = (f"{show}tags = ['{tag}']\n" for show, tag in ((mine, "a"), (other, "b")))
    result = merge_files(base, f"{TRAM}\n{mine}", f"{TRAM}\n{other}")
    assert result.text == f"{TRAM}\n<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n"
    [conflict] = result.conflicts
    assert "the same id" in conflict.reason
    for taken, expected in ((conflict.keys, other), ((), mine)):
        assert merge_files(base, f"{TRAM}\n{mine}", f"{TRAM}\n{other}", take_theirs=taken).text.endswith(expected)


@pytest.mark.parametrize("title", ["Paper Kite", "Paper Kite!"])
def test_merge_one_show_added_on_both_sides(title: str) -> None:
    other = KITE.replace("Paper Kite", title) + "ids = { tvmaze = 7 }\nrating = 3\n"
    result = merge_files(TRAM, f"{TRAM}\n{KITE}tags = ['a']\n", f"{TRAM}\n{other}")
    assert [field.path for conflict in result.conflicts for field in conflict.fields] == [("title",)] * title.count("!")
    assert result.text.count("rating = 3") == result.text.count("tags = ['a']") == 1 + title.count("!")


def test_merge_retitled_show_without_a_written_id() -> None:
    retitled = TRAM.replace('title = "Last Tram"', 'id = "last-tram"\ntitle = "The Tram"')
    assert merged(TRAM, TRAM + "rating = 3\n", retitled) == retitled + "rating = 3\n"


def test_merge_ids_that_become_the_same() -> None:
    base = f'{INN}\n[[show]]\nid = "kite"\ntitle = "Paper Kite"\n'
    ours, theirs = base.replace('"inn"', '"new"'), base.replace('"kite"', '"new"')
    result = merge_files(base, ours, theirs)
    [conflict] = result.conflicts
    assert (conflict.title, conflict.reason) == ("Paper Kite", "“Paper Moon Inn” now has the same id, new")
    assert result.text.startswith(ours.split("\n\n")[0])
    assert len(read_snapshot(result.text).watchlist.damaged) == 1


def test_merge_conflict_markers() -> None:
    ours = BASE.replace("rating = 3", "rating = 4").replace('"Last Tram"\n', '"Last Tram"\nwatch = "planned"\n')
    theirs = BASE.replace("rating = 3", "rating = 5\ntags = ['x']")
    result = merge_files(BASE, ours, theirs)
    mine = FERRY.replace("rating = 3", "rating = 4\ntags = ['x']")
    other = FERRY.replace("rating = 3", "rating = 5\ntags = ['x']")
    marked = f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n\n"
    assert result.text == ours.replace(FERRY.replace("rating = 3", "rating = 4") + "\n", marked)
    [dispute] = result.conflicts
    assert (dispute.title, dispute.fields[0][1:]) == ("Old Ferry", (4, 5))
    watchlist = read_snapshot(result.text).watchlist
    [damage] = watchlist.damaged
    assert (damage.line, damage.title) == (3, "Old Ferry")
    assert "two versions" in damage.reason
    assert [show.id for show in watchlist.shows] == ["inn", "last-tram"]


@pytest.mark.parametrize("gone_here", [True, False])
def test_merge_removed_and_changed(gone_here: bool) -> None:
    changed, without = BASE.replace("tvmaze = 7", "tvmaze = 8"), BASE.replace(INN + "\n", "")
    result = merge_files(BASE, *((without, changed) if gone_here else (changed, without)))
    entry = INN.replace("tvmaze = 7", "tvmaze = 8")
    body = f"=======\n{entry}" if gone_here else f"{entry}=======\n"
    assert f"<<<<<<< ours\n{body}>>>>>>> theirs\n\n" in result.text
    assert len(result.conflicts) == 1
    assert len(read_snapshot(result.text).watchlist.damaged) == 1


@pytest.mark.parametrize("broken", ["rating = ", "rating = 3\nrating = 4", 'status = "sideways"', 'on = "never"'])
def test_merge_damaged_entry_unchanged(broken: str) -> None:
    damaged = BASE.replace("rating = 3", broken)
    other = BASE.replace('"Last Tram"\n', '"Last Tram"\nrating = 5\n')
    expected = damaged.replace('"Last Tram"\n', '"Last Tram"\nrating = 5\n')
    assert merge_files(BASE, damaged, other).text == merge_files(BASE, other, damaged).text == expected


def test_merge_damaged_entry_changed_by_both() -> None:
    damaged, changed = BASE.replace("rating = 3", "rating = "), BASE.replace("rating = 3", "rating = 5")
    result = merge_files(BASE, damaged, changed)
    assert len(result.conflicts) == 1
    assert "rating = \n" in result.text
    assert "rating = 5\n" in result.text


@pytest.mark.parametrize(("here", "there"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_merge_line_ends(here: str, there: str) -> None:
    ours, theirs = BASE.replace("format = 1", "format = 1  # x"), BASE.replace("rating = 3", "rating = 4")
    text = merge_files(BASE, ours.replace("\n", here), theirs.replace("\n", there)).text
    assert text == ours.replace("rating = 3", "rating = 4").replace("\n", here)


def test_merge_bom() -> None:
    text = "\ufeff" + TRAM
    assert merged(text, text + "\n" + INN, text + "rating = 3\n") == "\ufeff" + TRAM + "rating = 3\n\n" + INN


def test_merge_persons() -> None:
    ours, theirs = BASE + 'about = "a pilot"\n', BASE + "follow = true\n"
    assert merged(BASE, ours, theirs).endswith(MINA + 'about = "a pilot"\nfollow = true\n')


def test_merge_without_base() -> None:
    ours = BASE.replace("rating = 3\n", "").replace(TRAM, "")
    theirs = BASE.replace(INN, "") + '\n[[show]]\ntitle = "New"\n'
    text = merged("", ours, theirs)
    assert [show.title for show in read_snapshot(text).watchlist.shows] == [
        "Old Ferry",
        "Paper Moon Inn",
        "Last Tram",
        "New",
    ]
    assert "rating = 3" in text


def test_merge_with_old_markers() -> None:
    conflict = f"<<<<<<< ours\n{TRAM}=======\n{TRAM}rating = 3\n>>>>>>> theirs\n"
    text = FERRY + "\n" + conflict
    assert merge_files(text, text, text.replace("rating = 3\n\n", "rating = 4\n\n")).text.endswith(conflict)


COPIES = [
    "list.sync-conflict-20261123-101500-ABCDEFG.toml",
    "list.sync-conflict-20261123-101500.toml",
    "list (Ann's conflicted copy 2026-11-23).toml",
    "list (conflicted copy 2026-11-23 101500).toml",
    "list (Case Conflict copy).toml",
    "list_conflict-20261123-101500.toml",
    "list (SFConflict ann@example.org 2026-11-23-10-15-00).toml",
    "list.Conflict.toml",
    "list (Anna (work)'s conflicted copy 2026-11-23).toml",
    "list (conflicted copy 2026-11-23 101500) (1).toml",
    "list (In Konflikt stehende Kopie von Anna 2026-11-23).toml",
    "list (Copie en conflit de Anna 2026-11-23).toml",
    "list (Case Conflict).toml",
    "list.sync-conflict-20261123-101500-ABCDEFG.sync-conflict-20261124-101500-HIJKLMN.toml",
]


def test_sync_copies_by_name(tmp_path: Path) -> None:
    for name in [*COPIES, "list.toml", "list2.toml", "list (1).toml", "list.toml~", "other.sync-conflict-1.toml"]:
        (tmp_path / name).write_text("")
    (tmp_path / "list.sync-conflict-20261123-101501-ABCDEFG.toml").mkdir()
    assert {path.name for path in find_sync_copies(tmp_path / "list.toml")} == set(COPIES)


def test_sync_copies_beside_a_link(tmp_path: Path) -> None:
    (tmp_path / "sync").mkdir()
    real = tmp_path / "sync" / "shows.toml"
    real.write_text("")
    link = tmp_path / "list.toml"
    link.symlink_to(real)
    there = real.with_name("shows.sync-conflict-20261123-101500-ABCDEFG.toml")
    there.write_text("")
    here = tmp_path / COPIES[0]
    here.write_text("")
    assert set(find_sync_copies(link)) == {there, here}


def test_sync_copies_of_a_missing_folder(tmp_path: Path) -> None:
    assert find_sync_copies(tmp_path / "gone" / "list.toml") == ()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("# list\n", "# list\n# mine\n", "# list\n# hers\n", "# list\n# mine\n# hers\n"),
        ("", "# one\n# two\n", "# one\n# two\n# three\n", "# one\n# two\n# three\n"),
        ("", TRAM + 'notes = "one\\ntwo"\n', TRAM + 'notes = "one\\ntwo\\nthree"\n', None),
        ("", "# c\n" + TRAM + "# key\nrating = 3\n", "# c\n" + TRAM + "# key\nrating = 3\nwatch = 'planned'\n", None),
        (TRAM, TRAM + "# c\nrating = 3\n", TRAM + "# c\nwatch = 'planned'\n", None),
    ],
)
def test_merge_is_idempotent(base: str, ours: str, theirs: str, expected: str | None) -> None:
    text = merged(base, ours, theirs)
    if expected is not None:
        assert text == expected
    for piece in ("# c\n", "# key\n", "# two\n"):
        assert text.count(piece) == max(ours.count(piece), theirs.count(piece))
    assert text.count("two") == max(ours.count("two"), theirs.count("two"))
    assert merged(base, text, theirs) == merged(base, text, ours) == text


def test_merge_ids_changed_by_both() -> None:
    [dispute] = merge_files(BASE, BASE.replace('"inn"', '"inn-1"'), BASE.replace('"inn"', '"inn-2"')).conflicts
    assert dispute.fields[0].path == ("id",)


def test_merge_twins() -> None:
    first, last = TRAM + "rating = 1\n", TRAM + 'tags = ["x"]\n'
    base = f"{first}\n{last}"
    ours = f"{TRAM}watch = 'dropped'\n\n{first}\n{last}notes = 'n'\n"
    text = merged(base, ours, base.replace('tags = ["x"]', 'tags = ["x", "y"]'))
    assert text == ours.replace('tags = ["x"]', 'tags = ["x", "y"]')


def test_merge_comment_in_a_corrected_claim() -> None:
    ours = BASE.replace('on = 2026-01-05\nstatus = "filming"', 'on = 2026-01-05\nstatus = "filming"\nnote = "n"')
    theirs = BASE.replace(
        'on = 2026-01-05\nstatus = "filming"', '# of the pier\non = 2026-01-05\nstatus = "filming" # x'
    )
    text = merged(BASE, ours, theirs)
    assert '[[show.history]]\n# of the pier\non = 2026-01-05\nstatus = "filming" # x\nnote = "n"\n' in text


def test_merge_claim_that_moved_with_its_comment() -> None:
    first = '[[show.history]]\non = 2026-01-05\nstatus = "filming"\n'
    second = '\n[[show.history]]\non = 2026-02-01\nnote = "pier"\n'
    base = TRAM + 'status = "filming"\n\n# of the pier\n' + first + second
    theirs = TRAM + 'status = "filming"\n' + second + "\n# of the pier\n" + first.replace("01-05", "03-01")
    linked = base.replace('note = "pier"\n', 'note = "pier"\nurl = "u"\n')
    assert merged(base, linked, theirs) == theirs.replace('note = "pier"\n', 'note = "pier"\nurl = "u"\n')


def test_merge_own_tables_behind_a_show() -> None:
    base = TRAM + "[own]\nx = 1\ny = 1\n"
    assert merged(base, base.replace("x = 1", "x = 2 # a"), base.replace("y = 1", "y = 3")) == (
        TRAM + "[own]\nx = 2 # a\ny = 3\n"
    )


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (TRAM + "'say \"hi\"' = 1\n", TRAM + "'say \"hi\"' = 2\n"),
        (TRAM + "'a\\b' = 'x'\n", TRAM + "'a\\b' = 'y'\n"),
        (TRAM + "[own]\nx = 1\n", TRAM + "[own]\nx = 2\n"),
        (MINA + "agency = 'a'\n", MINA + "agency = 'b'\n"),
        ("own = 1\n", "own = 2\n"),
        (TRAM + "rating = \n", TRAM + "rating = 2\n"),
        (TRAM + "ids = { tvmaze = 1, imdb = 'x' }\n", TRAM + "ids = { tvmaze = 1, imdb = 'y' }\n"),
        (
            TRAM + "cast = [{ actor = 'A', role = 'r' }, { actor = 'A', role = 's' }]\n",
            TRAM + "cast = [{ actor = 'A', role = 'r' }, { actor = 'A', role = 't' }]\n",
        ),
    ],
)
def test_merge_with_resolved_conflicts(ours: str, theirs: str, taken: bool) -> None:
    [dispute] = merge_files("", ours, theirs, take_theirs=()).conflicts
    text = merge_files("", ours, theirs, take_theirs=dispute.keys if taken else ()).text
    # What is taken into our layout may get our kind of quotes.
    assert text.replace('"', "'") == (theirs if taken else ours).replace('"', "'")


def test_merge_entries_that_run_into_one_another() -> None:
    base = f"{TRAM}\n{INN}\n{MINA}"
    ours = base.replace('"Last Tram"\n', "\"Last Tram\"\nnotes = '''\n")
    theirs = base.replace("tvmaze = 7 }\n", "tvmaze = 7 }\nnotes = '''\n")
    result = merge_files(base, ours, theirs)
    assert [conflict.title for conflict in result.conflicts] == ["line 1"]
    assert [person.name for person in read_snapshot(result.text).watchlist.people] == ["Mina Doe"]
    [conflict] = merge_files(base, ours, theirs, take_theirs=()).conflicts
    assert "run together" in conflict.reason
    assert merge_files(base, ours, theirs, take_theirs=conflict.keys).text == theirs
