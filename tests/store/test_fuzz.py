"""Whatever happens to the bytes of a file: it is read as far as it goes, and nothing that cannot be read is lost."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.store.mutations import (
    JUNK,
    SAMPLE,
    SOME,
    TODAY,
    Step,
    edits,
    mutated,
    planned,
    steps,
    unreadable,
    with_line_ends,
)
from tracker.errors import WatchlistUnreadable
from tracker.store.check import find_problems
from tracker.store.document import CONFLICT_END, CONFLICT_START, read_blocks
from tracker.store.merge.three_way import merge_files
from tracker.store.snapshot import Snapshot, read_snapshot, read_snapshot_in_parts
from tracker.store.toml.parser import is_toml
from tracker.store.toml.scanner import code_lines
from tracker.store.undo import apply_changes, invert_changes
from tracker.store.watchlist_file import WatchlistFile


@contextmanager
def loaded(data: bytes) -> Iterator[Snapshot | None]:
    """Give what the program reads in a file of these bytes, None where it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.toml"
        path.write_bytes(data)
        contents = None
        with suppress(WatchlistUnreadable):
            contents = WatchlistFile(path).load()
        yield contents
        assert path.read_bytes() == data


def check_reading(contents: Snapshot, text: str) -> None:
    """See that all of the text is there, and that what is wrong is told with a line of the file."""
    assert "".join(block.text for block in contents.blocks) == contents.text == text
    assert len(contents.watchlist.damaged) >= len(unreadable(contents))
    lines = range(1, text.count("\n") + 2)
    assert all(damage.line in lines and damage.reason for damage in contents.watchlist.damaged)
    rows = text.split("\n")
    assert all(damage.column <= len(rows[damage.line - 1]) + 1 for damage in contents.watchlist.damaged)
    assert all(problem.line in lines and problem.reason for problem in find_problems(contents, TODAY))
    *_, whole = read_snapshot_in_parts(text, text.encode())
    assert whole == contents


@SOME
@given(st.binary(max_size=40), st.integers(0, len(SAMPLE)), st.integers(0, 60))
def test_fuzz_bytes_in_a_file(junk: bytes, place: int, gone: int) -> None:
    before = SAMPLE.encode()
    data = before[:place] + junk + before[place + gone :]
    with loaded(data) as contents:
        if contents is not None:
            check_reading(contents, data.decode())


@SOME
@given(st.binary(max_size=80))
def test_fuzz_bytes(data: bytes) -> None:
    with loaded(data) as contents:
        if contents is not None:
            check_reading(contents, data.decode())


@SOME
@given(steps)
def test_fuzz_read(steps: list[Step]) -> None:
    text = mutated(SAMPLE, steps)
    with loaded(text.encode()) as contents:
        if contents is not None:
            check_reading(contents, text)


@SOME
@given(steps)
def test_fuzz_edit_and_undo(steps: list[Step]) -> None:
    text = mutated(SAMPLE, steps)
    contents = read_snapshot(text)
    for _, operation in edits(contents):
        if (plan := planned(operation, contents)) is None:
            continue
        after = plan.snapshot
        assert after == read_snapshot(after.text)
        assert "".join(block.text for block in read_blocks(after.text)) == after.text
        assert [piece for piece in unreadable(contents) if piece not in after.text] == []
        back = apply_changes(after, invert_changes(plan.changes))
        assert isinstance(back, Snapshot), back
        assert back.text == text


@SOME
@given(steps, st.sampled_from(["\n", "\r\n"]))
def test_fuzz_edit_keeps_other_lines(steps: list[Step], newline: str) -> None:
    contents = read_snapshot(with_line_ends(mutated(SAMPLE, steps[:2]), newline))
    for keys, operation in edits(contents):
        if (plan := planned(operation, contents)) is None:
            continue
        before, after = (Counter(line.strip() for line in side.text.split("\n")) for side in (contents, plan.snapshot))
        gone = [line for line in before - after if line]
        entries = "\n".join(change.before for change in plan.changes)
        assert all(line in entries for line in gone)
        if keys:
            # Outside of strings, whose lines may look like keys.
            old, new = (Counter(map(str.strip, code_lines(side.text))) for side in (contents, plan.snapshot))
            names = [line.split("=")[0].strip() for line in old - new if re.match(r"[\w.]+\s*=", line)]
            assert all(name.startswith(keys) for name in names), names


@SOME
@given(steps, steps)
def test_fuzz_undo_after_changes(one: list[Step], two: list[Step]) -> None:
    contents = read_snapshot(mutated(SAMPLE, one))
    for _, operation in edits(contents):
        if (plan := planned(operation, contents)) is None:
            continue
        meddled = read_snapshot(mutated(plan.snapshot.text, two))
        back = apply_changes(meddled, invert_changes(plan.changes))
        if isinstance(back, str):
            assert back
            continue
        assert back == read_snapshot(back.text)
        # What cannot be read is kept line by line, whatever was taken back within it; line ends may be the edit's.
        lines = [line.strip() for piece in unreadable(meddled) for line in piece.split("\n") if line.strip()]
        kept = "\n".join([back.text, *(change.after for change in plan.changes)])
        lost = Counter(lines) - Counter(map(str.strip, kept.split("\n")))
        assert not lost


def harms(text: str) -> list[set[str]]:
    """Return what each entry that cannot be read is known by: its text, or the title and the reason if it is TOML."""
    # A merge ends all lines as ours do, and may put a comment behind an entry.
    damaged = read_snapshot(text.replace("\r\n", "\n")).watchlist.damaged
    return [
        {d.title, re.sub(r"\d+", "", d.reason)} if is_toml(d.text) else {re.sub(r"(?m)^#.*\n?", "", d.text).strip()}
        for d in damaged
    ]


@st.composite
def sides(draw: st.DrawFn, most: int = 3) -> tuple[str, str, str]:
    """Return a file before both sides, and what happened to it on each, with one kind of line end."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    base = mutated(SAMPLE, draw(steps)) if draw(st.booleans()) else SAMPLE
    ours, theirs = (mutated(base, draw(steps)[:most]) for _ in range(2))
    return with_line_ends(base, newline), with_line_ends(ours, newline), with_line_ends(theirs, newline)


@SOME
@given(sides())
def test_fuzz_merge(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    merged = merge_files(base, ours, theirs)
    contents = read_snapshot(merged.text)
    assert contents.text == merged.text
    assert all(dispute.fields or dispute.reason for dispute in merged.conflicts)
    if merged.conflicts:
        marked = merged.text.count(f"\n{CONFLICT_START}") + merged.text.removeprefix("\ufeff").startswith(
            CONFLICT_START
        )
        assert marked >= len(merged.conflicts)
        assert merged.text.count(f"\n{CONFLICT_END}") >= len(merged.conflicts)
    preferred = merge_files(base, ours, theirs, take_theirs=())
    assert bool(preferred.conflicts) == bool(merged.conflicts)


@SOME
@given(sides())
def test_fuzz_merge_adds_no_damage(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    merged = merge_files(base, ours, theirs)
    known = {name for side in (ours, theirs) for harm in harms(side) for name in harm}
    if not merged.conflicts:
        assert [harm for harm in harms(merged.text) if known.isdisjoint(harm)] == []


@SOME
@given(sides())
def test_fuzz_merge_keeps_damaged_entries(texts: tuple[str, str, str]) -> None:
    base, ours, theirs = texts
    # Line ends are those of our side, should the other have come down to a single line.
    merged = with_line_ends(merge_files(base, ours, theirs).text, "\n")
    for side in (ours, theirs):
        for piece in unreadable(read_snapshot(side)):
            # Comments behind an entry are merged for themselves, and so may be the beginning of the file.
            entry = with_line_ends(piece.strip(), "\n").split("\n\n#")[0]
            if piece.lstrip().startswith("[[") and not is_toml(piece) and entry not in with_line_ends(base, "\n"):
                assert entry in merged


@SOME
@given(st.sampled_from(JUNK), st.sampled_from(JUNK))
def test_fuzz_merge_at_one_place(one: str, other: str) -> None:
    assume(one.strip() and other.strip() and one != other)
    place = SAMPLE.index("rating = 7.5")
    ours, theirs = (SAMPLE[:place] + junk + SAMPLE[place:] for junk in (one, other))
    merged = merge_files(SAMPLE, ours, theirs)
    assert read_snapshot(merged.text).text == merged.text
