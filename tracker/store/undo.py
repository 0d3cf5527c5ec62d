"""Putting pieces of text back: what undo and redo do to a file that may have changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from tracker.model.show import Show
from tracker.store.document import Block, begins_entry, read_block
from tracker.store.journal import JournalEntry, TextChange
from tracker.store.snapshot import Snapshot, read_snapshot, replace_blocks


def invert_changes(pieces: tuple[TextChange, ...]) -> tuple[TextChange, ...]:
    """Return the replacements that undo these, last one first."""
    return tuple(piece._replace(before=piece.after, after=piece.before) for piece in reversed(pieces))


def apply_changes(contents: Snapshot, pieces: tuple[TextChange, ...]) -> Snapshot | str:
    """Return the contents with each piece's `before` exchanged for its `after`.

    An entry that was changed since keeps what was changed, as long as that is something else than the
    piece changes. Where it is not, the answer is why not, for the middle of a sentence.
    """
    if all(map(_is_entry, pieces)):
        return _entries(contents, pieces)
    for piece in pieces:
        text = _one(contents, piece)
        if text is None:
            return "what it changed was changed since"
        contents = read_snapshot(text, contents)
    return contents


def _is_entry(piece: TextChange) -> bool:
    return not piece.loose and begins_entry(piece.before) and begins_entry(piece.after)


def _entries(contents: Snapshot, pieces: tuple[TextChange, ...]) -> Snapshot | str:
    last = len(contents.blocks) - 1
    new: dict[int, Block] = {}
    exact: dict[str, list[int]] = {}
    for place, block in enumerate(contents.blocks):
        exact.setdefault(block.text, []).append(place)
    lines: dict[int, int] = {}
    for piece in pieces:
        places = exact.get(piece.before, [])
        if len(places) > 1:
            lines = lines or {place: contents.line(place) for place in places}
            places.sort(key=lambda place: abs(lines.get(place, 0) - piece.line))
        if places:
            place, text = places.pop(0), piece.after
        else:
            found = _changed_entry(contents, piece, new)
            if isinstance(found, str):
                return found
            place, text = found
        if place < last and not text.endswith("\n"):
            return "an entry was put behind it since"
        new[place] = read_block(contents.blocks[place].kind, text)
    return replace_blocks(contents, new)


def _changed_entry(contents: Snapshot, piece: TextChange, taken: Container[int]) -> tuple[int, str] | str:
    """Return the place of an entry that was changed since, and its text with the piece's changes."""
    from tracker.store.merge.conflicts import describe_conflicts
    from tracker.store.merge.entry import MergeError, merge_entry  # an edit that meets no other does without

    show = read_block("show", piece.before).value
    if not isinstance(show, Show):
        return "the entry was changed since"
    places = [place for place, block in enumerate(contents.blocks) if _is_same(block.value, show)]
    if len(places) != 1 or places[0] in taken:
        return "the entry was changed since" if places else "the entry is gone or has another name by now"
    try:
        merged = merge_entry("show", piece.before, contents.blocks[places[0]].text, piece.after)
    except MergeError:
        return "the entry was changed since"
    if merged.conflicts:
        return describe_conflicts(show.title, merged.conflicts)
    return places[0], merged.text


def _is_same(value: object, show: Show) -> bool:
    return isinstance(value, Show) and value.id == show.id and (bool(show.id) or value.title == show.title)


def _one(contents: Snapshot, piece: TextChange) -> str | None:
    if not piece.loose and begins_entry(piece.before):
        return _entry(contents, piece)
    text = contents.text
    if piece.gap and not piece.before:
        return _appended(text, piece)
    around = piece.lead + piece.before + piece.follow
    places = [at + len(piece.lead) for at in _occurrences(text, around)] if around else [0]
    if not places and piece.loose and piece.before and text.count(piece.before) == 1:
        places = _occurrences(text, piece.before)
    if not places and not piece.before and not piece.loose:
        # What stood around it changed; where one side is still there, that is its place.
        places = [at + len(piece.lead) for at in _occurrences(text, piece.lead)] if piece.lead else []
        places = places or (_occurrences(text, piece.follow) if piece.follow else [])
        if not places and text.endswith("\n"):
            places = [len(text)]
    if not places:
        return None
    at = min(places, key=lambda at: abs(text.count("\n", 0, at) + 1 - piece.line))
    if at and text[at - 1] not in "\n\ufeff":
        return None
    after, rest = piece.after, text[at + len(piece.before) :]
    if after and rest and not after.endswith("\n"):
        # What was the last line of the file is no longer.
        after += "\r\n" if "\r\n" in text else "\n"
    return text[:at] + after + rest


def _entry(contents: Snapshot, piece: TextChange) -> str | None:
    """Exchange an entry, which must be exactly as it was written."""
    places = [place for place, block in enumerate(contents.blocks) if block.text == piece.before]
    if not places:
        return None
    place = min(places, key=lambda place: abs(contents.line(place) - piece.line))
    ahead = "".join(block.text for block in contents.blocks[:place])
    behind = "".join(block.text for block in contents.blocks[place + 1 :])
    if not piece.after and piece.gap and not behind:
        ahead = ahead.removesuffix(piece.gap)
    if piece.after and behind and not piece.after.endswith("\n"):
        return None
    return ahead + piece.after + behind


def _appended(text: str, piece: TextChange) -> str:
    newline = "\r\n" if "\r\n" in piece.after else "\n"
    gap = "" if not text or text.endswith(newline * 2) else newline if text.endswith("\n") else newline * 2
    return text + gap + piece.after


def _occurrences(text: str, wanted: str) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def find_lost_edits(done: Sequence[JournalEntry], texts: Iterable[str]) -> list[int]:
    """Return the places in `done` of edits that the file lacks, as if they had never been made.

    An edit counts as taken back only if its entry is again, to the last byte, what it was before it or
    before one of the edits that led to it. An entry that somebody went on with is not looked at.

    Args:
        done: The edits that were made, oldest first.
        texts: The texts of the entries that are in the file now.
    """
    present = Counter(texts)
    settled: Counter[str] = Counter()
    """Texts that gave way to one that is in the file."""
    chains: dict[str, list[tuple[int, int]]] = {}
    """By the text that an entry must have again, the pieces that are gone if it has."""
    gone: set[tuple[int, int]] = set()
    for place in range(len(done) - 1, -1, -1):
        pieces = done[place].changes
        if not all(map(_is_change, pieces)):
            # What was added, removed or brought back says nothing of the entries before it.
            break
        for number, piece in enumerate(pieces):
            standing = settled if settled[piece.after] else present
            if standing[piece.after]:
                standing[piece.after] -= 1
                settled[piece.before] += 1
                continue
            chain = [*chains.pop(piece.after, []), (place, number)]
            if present[piece.before]:
                gone.update(chain)
            else:
                chains[piece.before] = chain
    # An edit of several entries of which some stand was not overwritten: somebody took the others back.
    return [
        place
        for place, entry in enumerate(done)
        if entry.changes and all((place, number) in gone for number in range(len(entry.changes)))
    ]


def _is_change(piece: TextChange) -> bool:
    return not piece.loose and bool(piece.before) and bool(piece.after) and not piece.lead and not piece.follow
