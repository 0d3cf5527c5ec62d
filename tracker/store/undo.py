"""Undo and redo on a file that may have changed since, and edits that another program's save took back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from tracker.model.show import Show
from tracker.store.document import Block, begins_entry, read_block
from tracker.store.journal import JournalEntry, TextChange
from tracker.store.snapshot import Snapshot, read_snapshot, replace_blocks


def invert_changes(changes: tuple[TextChange, ...]) -> tuple[TextChange, ...]:
    """Return the changes that undo these, last one first."""
    return tuple(change._replace(before=change.after, after=change.before) for change in reversed(changes))


def apply_changes(snapshot: Snapshot, changes: tuple[TextChange, ...]) -> Snapshot | str:
    """Return the snapshot with each change's `before` replaced by its `after`, or a clause that says why it cannot be.

    An entry that was changed since is merged: it keeps what was changed, as long as that is something else than the
    change changes.
    """
    if all(not change.loose and begins_entry(change.before) and begins_entry(change.after) for change in changes):
        return _change_entries(snapshot, changes)
    for change in changes:
        is_entry = not change.loose and begins_entry(change.before)
        text = _replace_entry(snapshot, change) if is_entry else _replace_lines(snapshot.text, change)
        if text is None:
            return "the same text was changed again since"
        snapshot = read_snapshot(text, snapshot)
    return snapshot


def _change_entries(snapshot: Snapshot, changes: tuple[TextChange, ...]) -> Snapshot | str:
    new: dict[int, Block] = {}
    by_text: dict[str, list[int]] = {}
    for number, block in enumerate(snapshot.blocks):
        by_text.setdefault(block.text, []).append(number)
    for change in changes:
        if numbers := by_text.get(change.before):
            number, text = _nearest(snapshot, numbers, change), change.after
            numbers.remove(number)
        else:
            merged = _merge_entry(snapshot, change, new)
            if isinstance(merged, str):
                return merged
            number, text = merged
        if number < len(snapshot.blocks) - 1 and not text.endswith("\n"):
            return "an entry was added after it since"
        new[number] = read_block(snapshot.blocks[number].kind, text)
    return replace_blocks(snapshot, new)


def _nearest(snapshot: Snapshot, numbers: Sequence[int], change: TextChange) -> int:
    if len(numbers) == 1:
        return numbers[0]
    return min(numbers, key=lambda number: abs(snapshot.line(number) - change.line))


def _merge_entry(snapshot: Snapshot, change: TextChange, changed: Container[int]) -> tuple[int, str] | str:
    """Return the number of an entry that was changed since, and its text with the change."""
    from tracker.store.merge.conflicts import describe_conflicts
    from tracker.store.merge.entry import MergeError, merge_entry  # an edit that meets no other does without

    show = read_block("show", change.before).value
    if not isinstance(show, Show):
        return "the entry was changed since"
    numbers = [number for number, block in enumerate(snapshot.blocks) if _is_same_show(block.value, show)]
    if len(numbers) != 1 or numbers[0] in changed:
        return "the entry was changed since" if numbers else "the entry was removed or renamed since"
    text = snapshot.blocks[numbers[0]].text
    try:
        merged = merge_entry("show", change.before, text, change.after)
    except MergeError:
        return "the entry was changed since"
    # Status and release that were typed over those of a claim stay when the claim goes.
    typed = {conflict.path for conflict in merged.conflicts} <= {("status",), ("release",)}
    if merged.conflicts and (not typed or merged.text == text):
        return describe_conflicts(show.title, merged.conflicts)
    return numbers[0], merged.text


def _is_same_show(value: object, show: Show) -> bool:
    return isinstance(value, Show) and value.id == show.id and (bool(show.id) or value.title == show.title)


def _replace_entry(snapshot: Snapshot, change: TextChange) -> str | None:
    """Replace an entry, which must be exactly as it was written."""
    numbers = [number for number, block in enumerate(snapshot.blocks) if block.text == change.before]
    if not numbers:
        return None
    number = _nearest(snapshot, numbers, change)
    ahead = "".join(block.text for block in snapshot.blocks[:number])
    behind = "".join(block.text for block in snapshot.blocks[number + 1 :])
    if not change.after and change.gap and not behind:
        ahead = ahead.removesuffix(change.gap)
    if change.after and behind and not change.after.endswith("\n"):
        return None
    return ahead + change.after + behind


def _replace_lines(text: str, change: TextChange) -> str | None:
    """Replace lines that are no entry, or insert an entry, found again by the text around them."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if change.gap and not change.before:
        newline = "\r\n" if "\r\n" in change.after else "\n"
        gap = "" if not text or text.endswith(newline * 2) else newline * (2 - text.endswith("\n"))
        return text + gap + change.after
    context = change.lead + change.before + change.follow
    starts = [start + len(change.lead) for start in _find_all(text, context)] if context else [0]
    if not starts and change.loose and text.count(change.before) == 1:
        starts = _find_all(text, change.before)
    if not starts and not change.before and not change.loose:
        # The text around it changed; where one side is still there, that is its place.
        starts = [start + len(change.lead) for start in _find_all(text, change.lead)] or _find_all(text, change.follow)
        starts = starts or ([len(text)] if text.endswith("\n") else [])
    if not starts:
        return None
    start = min(starts, key=lambda start: abs(text.count("\n", 0, start) + 1 - change.line))
    if start and text[start - 1] not in "\n\ufeff":
        return None
    after, rest = change.after, text[start + len(change.before) :]
    if not after and change.gap and not rest:
        return text[:start].removesuffix(change.gap)
    if after and rest and not after.endswith("\n"):
        # The last line of the file is the last no longer.
        after += newline
    return text[:start] + after + rest


def _find_all(text: str, part: str) -> list[int]:
    starts, start = [], text.find(part) if part else -1
    while start >= 0:
        starts.append(start)
        start = text.find(part, start + 1)
    return starts


def find_lost_edits(done: Sequence[JournalEntry], texts: Iterable[str]) -> list[int]:
    """Return the indexes in `done` of edits that the file lacks, as if they had never been made.

    An edit counts as lost only if its entry is again, to the last byte, what it was before the edit, or before one of
    the edits that led to it. An entry that somebody went on with is not looked at.

    Args:
        done: The edits that were made, oldest first.
        texts: The texts of the entries of the file.
    """
    present = Counter(texts)
    # Texts that were replaced by one that is in the file.
    replaced: Counter[str] = Counter()
    # The changes that are lost if an entry has this text again.
    chains: dict[str, list[tuple[int, int]]] = {}
    lost: set[tuple[int, int]] = set()
    for index in range(len(done) - 1, -1, -1):
        changes = done[index].changes
        if not all(map(_is_change_of_entry, changes)):
            # Additions, removals and restored versions say nothing of the entries before them.
            break
        for number, change in enumerate(changes):
            texts_left = replaced if replaced[change.after] else present
            if texts_left[change.after]:
                texts_left[change.after] -= 1
                replaced[change.before] += 1
                continue
            chain = [*chains.pop(change.after, []), (index, number)]
            if present[change.before]:
                lost.update(chain)
            else:
                chains[change.before] = chain
    # An edit of several entries of which some are in the file was not lost: somebody undid the others.
    return [
        index
        for index, entry in enumerate(done)
        if entry.changes and all((index, number) in lost for number in range(len(entry.changes)))
    ]


def _is_change_of_entry(change: TextChange) -> bool:
    return not change.loose and bool(change.before) and bool(change.after) and not change.lead and not change.follow
