"""What two hands did to one list, sensibly and apart from each other, is all there when it is merged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final, NamedTuple

import pytest
import tomli
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.store.mutations import SAMPLE, SOME, TODAY, record, set_fields, with_line_ends
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.store.document import CONFLICT_END, CONFLICT_START
from tracker.store.merge.three_way import MergedFile, merge_files
from tracker.store.operations import AddShows, Operation, RemoveShows
from tracker.store.snapshot import Snapshot, read_snapshot
from tracker.store.toml.parser import same_data

Hand = tuple[str, int, int]
"""What is done, at which place, and which of several things."""
EDITS: Final = (
    "claim", "rating", "tag", "link", "note", "add", "remove", "comment", "uncomment", "key", "move", "unclaim",
)  # fmt: skip
HANDS: Final = st.lists(
    st.tuples(st.sampled_from(EDITS), st.integers(0, 200), st.integers(0, 3)), min_size=1, max_size=4
)
STATUSES: Final = (Status.FILMING, Status.SCHEDULED, Status.RELEASED, Status.CANCELLED)


class Merge(NamedTuple):
    """Three files and what came of them."""

    base: str
    ours: str
    theirs: str
    result: MergedFile


def by_hand(text: str, hands: list[Hand], name: str) -> str:
    """Return the text after somebody of that name did all this to it."""
    for number, (what, place, which) in enumerate(hands):
        word = f"{name} {number}"
        match what:
            case "comment":
                text = with_comment(text, place, f"# {word}\n")
            case "uncomment":
                text = without_comment(text, place)
            case "key":
                lines = re.findall(r'^"?title"? = .*\n', text, re.MULTILINE)
                line = lines[place % len(lines)] if lines else ""
                text = text.replace(line, f"{line}{name}{number} = {which}\n", 1) if line else text
            case "move":
                text = moved(text, place)
            case "unclaim":
                claims = re.findall(r"^\[\[show\.history\]\]\n(?:[a-z]+ = .*\n)+", text, re.MULTILINE)
                text = text.replace(claims[place % len(claims)], "", 1) if claims else text
            case _:
                contents = read_snapshot(text)
                operation = edit(contents, what, place, which, word)
                text = operation.apply(contents).snapshot.text if operation else text
    return text


def edit(contents: Snapshot, what: str, place: int, which: int, word: str) -> Operation | None:
    """Return what the program is asked to do."""
    if what == "add":
        return AddShows([Show("", f"{word} show", rating=which)], "x")
    shows = contents.watchlist.shows
    if not shows:
        return None
    show = shows[place % len(shows)]
    if what == "claim":
        claim = Claim(TODAY - timedelta(days=place % 90), status=STATUSES[which], source="me", note=word)
        return record(show.id, claim)
    if what == "remove":
        return RemoveShows((show.id,), "x")
    name, new = {
        "rating": ("rating", which),
        "tag": ("tags", (*show.tags, word)),
        "link": ("links", {**show.links, word: "https://example.org"}),
        "note": ("notes", f"{show.notes}\n{word}"),
    }[what]
    return set_fields(show.id, {name: (getattr(show, name), new)})


def with_comment(text: str, place: int, comment: str) -> str:
    """Return the text with a line of comment more, if there is one at that place."""
    lines = text.splitlines(keepends=True)
    at = place % (len(lines) + 1)
    return if_same(text, "".join([*lines[:at], comment, *lines[at:]]))


def without_comment(text: str, place: int) -> str:
    """Return the text without one of its lines of comment."""
    lines = text.splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if line.startswith("#")]
    at = places[place % len(places)] if places else -1
    return if_same(text, "".join([*lines[:at], *lines[at + 1 :]])) if places else text


def if_same(text: str, changed: str) -> str:
    """Return the changed text if it says the same, else the old one: a line of a string is no comment."""
    # Some hands write one key twice.
    with suppress(tomli.TOMLDecodeError):
        return changed if same_data(tomli.loads(text), tomli.loads(changed)) else text
    return text


def moved(text: str, place: int) -> str:
    """Return the text with two entries that follow each other in the other order."""
    blocks = [block.text for block in read_snapshot(text).blocks]
    at = 1 + place % max(1, len(blocks) - 2)
    if len(blocks) < 3 or not all(block.endswith("\n") for block in blocks):
        return text
    blocks[at : at + 2] = reversed(blocks[at : at + 2])
    return "".join(blocks)


def comments(text: str) -> Counter[str]:
    """Return the lines that look like comments."""
    return Counter(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


def titles(text: str) -> set[str]:
    """Return the titles of the shows that can be read."""
    return {show.title for show in read_snapshot(text).watchlist.shows}


def claims(text: str) -> dict[str, list[Claim]]:
    """Return the histories of the shows that can be read."""
    return {show.title: list(show.history) for show in read_snapshot(text).watchlist.shows}


@st.composite
def merges(draw: st.DrawFn) -> Merge:
    """Return a merge of what two hands did."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    base = by_hand(SAMPLE, draw(HANDS), "before") if draw(st.booleans()) else SAMPLE
    texts = [base, by_hand(base, draw(HANDS), "ours"), by_hand(base, draw(HANDS), "theirs")]
    for text in texts:
        # Some hands write one key twice.
        assume(read_snapshot(text).watchlist.damaged == ())
    base, ours, theirs = (with_line_ends(text, newline) for text in texts)
    result = merge_files(base, ours, theirs)
    assert with_line_ends(result.text, newline) == result.text
    return Merge(base, ours, theirs, result)


@SOME
@given(merges())
def test_merged_text_is_readable(merge: Merge) -> None:
    contents = read_snapshot(merge.result.text)
    assert len(contents.watchlist.damaged) == len(merge.result.conflicts)
    if not merge.result.conflicts:
        tomli.loads(merge.result.text)


@SOME
@given(merges())
def test_merged_text_has_all_shows(merge: Merge) -> None:
    before, ours, theirs = map(titles, (merge.base, merge.ours, merge.theirs))
    there = titles(merge.result.text)
    for title in ours | theirs:
        if title not in before or title in ours & theirs:
            assert title in there or any(dispute.title == title for dispute in merge.result.conflicts)
    # What a side changed that the other took away is in dispute, and both say so.
    assert all(title in merge.result.text for title in (ours & theirs) | {d.title for d in merge.result.conflicts})


@SOME
@given(merges())
def test_merged_text_has_all_claims(merge: Merge) -> None:
    before, ours, theirs, merged = map(claims, (merge.base, merge.ours, merge.theirs, merge.result.text))
    for title, history in merged.items():
        if title not in ours or title not in theirs:
            continue
        for one, other in ((ours[title], theirs[title]), (theirs[title], ours[title])):
            stays = [claim for claim in one if claim not in before.get(title, []) or claim in other]
            assert [claim for claim in stays if claim not in history] == []
    if not merge.result.conflicts:
        new = set(merged) - set(before)
        assert new == (set(ours) | set(theirs)) - set(before)


@SOME
@given(merges())
def test_merged_text_has_each_comment_once(merge: Merge) -> None:
    before, ours, theirs, merged = map(comments, (merge.base, merge.ours, merge.theirs, merge.result.text))
    for one, other in ((ours, theirs), (theirs, ours)):
        stays = {comment for comment in one if comment not in before or comment in other}
        assert stays - set(merged) == set()
    if not merge.result.conflicts:
        assert {comment for comment in merged if merged[comment] > max(ours[comment], theirs[comment])} == set()


@SOME
@given(merges())
def test_merge_of_one_side(merge: Merge) -> None:
    assert merge_files(merge.base, merge.ours, merge.base) == (merge.ours, ())
    assert merge_files(merge.base, merge.base, merge.theirs) == (merge.theirs, ())
    assert merge_files(merge.base, merge.ours, merge.ours) == (merge.ours, ())


FIELDS: Final[dict[str, Callable[[str], str]]] = {
    "rating": lambda word: str(len(word)),
    "watch": lambda word: '"watched"' if word == "ours" else '"dropped"',
    "synopsis": lambda word: f'"{word} says"',
    "ids": lambda word: f'{{ tvmaze = "{word}" }}',
    "own": lambda word: f"[1, '{word}']",
}


@pytest.mark.parametrize("name", FIELDS)
@SOME
@given(hands=HANDS, newline=st.sampled_from(["\n", "\r\n"]))
def test_conflict_markers_have_both_values(name: str, hands: list[Hand], newline: str) -> None:
    hands = [hand for hand in hands if hand[0] in ("comment", "tag", "claim", "key", "add")]
    entry = '\n[[show]]\ntitle = "Ferry of Two"\n'
    sides = [by_hand(SAMPLE, hands, word) + f"{entry}{name} = {FIELDS[name](word)}\n" for word in ("ours", "theirs")]
    ours, theirs = (with_line_ends(side, newline) for side in sides)
    merged = merge_files(with_line_ends(SAMPLE + entry, newline), ours, theirs)
    assert "Ferry of Two" in [dispute.title for dispute in merged.conflicts]
    lines = with_line_ends(merged.text, "\n")
    found = re.findall(
        rf"^{CONFLICT_START} ours\n(.*?)^=======\n(.*?)^{CONFLICT_END} theirs\n", lines, re.MULTILINE | re.DOTALL
    )
    [(mine, other)] = [pair for pair in found if "Ferry of Two" in pair[0]]
    assert f"{name} = {FIELDS[name]('ours')}" in mine
    assert f"{name} = {FIELDS[name]('theirs')}" in other
    assert lines.replace(mine, "").count("Ferry of Two") == 1


SHOW: Final = "[[show]]\ntitle = 'A'\n"
CLAIMED: Final = SHOW + "\n[[show.history]]\n%son = 2026-01-05\nnote = 'n'\n"
PLACES: Final = {
    "a file of comments": ("# list\n", "# list\n# mine\n", "# list\n# theirs\n"),
    "an empty file": ("", "# mine\n", "# theirs\n"),
    "the head": ("# list\n\n" + SHOW, "# list\n# mine\n\n" + SHOW, "# list\n# theirs\n\n" + SHOW),
    "above a key": (SHOW + "rating = 1\n", SHOW + "# mine\nrating = 1\n", SHOW + "# theirs\nrating = 1\n"),
    "above a table that one takes away": (
        SHOW + "ids = { a = 1 }\n", SHOW + "# mine\nids = { a = 1 }\n", SHOW + "# theirs\n",
    ),
    "within a claim": (CLAIMED % "", CLAIMED % "# mine\n", CLAIMED % "# theirs\n"),
    "within a list": (SHOW + "own = [\n]\n", SHOW + "own = [\n# mine\n]\n", SHOW + "own = [\n# theirs\n]\n"),
    "the end of an entry": (SHOW, SHOW + "# mine\n", SHOW + "# theirs\n"),
    "the end of an entry, the file before both unknown": ("", SHOW + "# mine\n", SHOW + "# theirs\n"),
    "behind an entry": (SHOW, SHOW + "\n# mine\n", SHOW + "\n# theirs\n"),
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("base", "ours", "theirs"), PLACES.values(), ids=PLACES)
def test_merge_comments_at_one_place(base: str, ours: str, theirs: str, newline: str) -> None:
    base, ours, theirs = (text.replace("\n", newline) for text in (base, ours, theirs))
    merged = merge_files(base, ours, theirs)
    lines = merged.text.split(newline)
    assert ("# mine" in lines, "# theirs" in lines) == (True, True)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "# c\n", "[[show]]\ntitle = 'A'\n"])
def test_merge_empty_list(text: str) -> None:
    assert merge_files(text, "", text) == ("", ())
    assert merge_files(text, text, "") == ("", ())
    assert merge_files(text, text, text) == (text, ())


def test_merge_first_entry() -> None:
    text = "# my list\n[[show]]\ntitle = 'A'\n"
    assert merge_files("# my list\n", text, "# my list\n") == (text, ())
    assert merge_files("# my list\n", "# my list\n", text) == (text, ())
