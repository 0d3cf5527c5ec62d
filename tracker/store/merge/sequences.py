"""Merge sequences: lines of text, and the order of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)


def merge_order(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T]:
    """Return all items of ours and theirs in the order of the side that changed it, of ours if both did or neither.

    An item of the other side only comes behind what it is behind there. No sequence has an item twice.
    """
    first, second = (theirs, ours) if _is_reordered(base, theirs) and not _is_reordered(base, ours) else (ours, theirs)
    result, present, common = list(first), set(first), {*base, *second}
    before: T | None = None
    for item in second:
        if item not in present:
            index = _index_of_first(result, second) if before is None else _index_behind(result, before, common)
            result.insert(index, item)
            present.add(item)
        before = item
    return result


def _is_reordered(before: Sequence[T], after: Sequence[T]) -> bool:
    """Return whether the common items are in another order."""
    common = set(before) & set(after)
    return [item for item in before if item in common] != [item for item in after if item in common]


def _index_behind(result: list[T], before: T, common: set[T]) -> int:
    """Return the index for an item that comes behind another, and behind what is new on our side there."""
    index = result.index(before) + 1
    while index < len(result) and result[index] not in common:
        index += 1
    return index


def _index_of_first(result: list[T], other: Sequence[T]) -> int:
    """Return the index for items that come first: before what follows them, else behind everything."""
    follower = next((item for item in other if item in result), None)
    return result.index(follower) if follower is not None else len(result)


def merge_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, both: bool) -> list[str] | None:
    """Return the lines with the changes of both sides; None if these touch.

    Args:
        base: The lines before both.
        ours: The lines on one side.
        theirs: The lines on the other side.
        both: Whether lines that both inserted at one place are all kept, ours first.
    """
    changes = [(*change, side) for side, lines in enumerate((ours, theirs)) for change in _find_changes(base, lines)]
    changes.sort(key=lambda change: (change[0], change[1], change[3]))
    result: list[str] = []
    end, last = 0, (-1, -1, [""])
    for start, stop, lines, _ in changes:
        if (start, stop, lines) == last:
            continue
        is_same_place = start == stop == last[0] == last[1]
        if start < end or (is_same_place and not both):
            return None
        result += [*base[end:start], *lines]
        end, last = stop, (start, stop, lines)
    return [*result, *base[end:]]


def _find_changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, list[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(a, b, list(after[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


class Hunk(NamedTuple):
    """Successive lines of both sides of a merge, which differ in a conflict."""

    ours: Sequence[str]
    theirs: Sequence[str]


def merge_hunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, long_run: int = 4
) -> Iterator[Hunk]:
    """Yield the lines with the changes of both sides; changes that touch are in conflict, as in diff3.

    Args:
        base: The lines before both.
        ours: The lines on one side.
        theirs: The lines on the other side.
        long_run: How many successive lines of both sides divide a conflict in two.
    """
    in_ours, in_theirs = (_match_lines(base, side) for side in (ours, theirs))
    start = our_start = their_start = 0
    # The lines that both sides kept divide what they changed.
    for kept in [*sorted(in_ours.keys() & in_theirs.keys()), len(base)]:
        our_end, their_end = in_ours.get(kept, len(ours)), in_theirs.get(kept, len(theirs))
        before, mine, other = base[start:kept], ours[our_start:our_end], theirs[their_start:their_end]
        if mine == before:
            yield Hunk(other, other)
        elif other == before:
            yield Hunk(mine, mine)
        else:
            yield from _split_hunk(mine, other, long_run)
        yield Hunk(base[kept : kept + 1], base[kept : kept + 1])
        start, our_start, their_start = kept + 1, our_end + 1, their_end + 1


def _match_lines(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return the index in `after` of each line of `before` that is still there."""
    blocks = SequenceMatcher(None, before, after).get_matching_blocks()
    return {a + offset: b + offset for a, b, size in blocks for offset in range(size)}


def _split_hunk(ours: Sequence[str], theirs: Sequence[str], long_run: int) -> Iterator[Hunk]:
    """Yield a hunk in parts, with the long runs of lines that both sides have by themselves."""
    our_start = their_start = 0
    for first, second, size in SequenceMatcher(None, ours, theirs).get_matching_blocks():
        # The last block is an empty one at the ends.
        if size >= long_run or first == len(ours):
            yield Hunk(ours[our_start:first], theirs[their_start:second])
            yield Hunk(ours[first : first + size], theirs[second : second + size])
            our_start, their_start = first + size, second + size


def common_lines(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return what both have in common, in its order: it serves as a base that is not known."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [line for start, _, size in matcher.get_matching_blocks() for line in one[start : start + size]]


def merge_comments(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return lines of comments with the changes of both sides.

    Where both changed the same lines, the new ones of both stay; no line is repeated more often than on one side.
    """
    lines = merge_lines(base or common_lines(ours, theirs), ours, theirs, both=True)
    if lines is None:
        lines = [*ours, *(line for line in theirs if line not in base)]
    left = Counter(line.strip() for line in ours) | Counter(line.strip() for line in theirs)
    kept = []
    for line in lines:
        left[line.strip()] -= 1
        if not line.strip() or left[line.strip()] >= 0:
            kept.append(line)
    return kept
