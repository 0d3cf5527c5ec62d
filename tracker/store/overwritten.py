"""Finding edits that another program took back without knowing, by saving an older text over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.store.journal import Entry, Replacement


def overwritten(done: Sequence[Entry], texts: Iterable[str]) -> list[int]:
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
        pieces = done[place].replacements
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
        if entry.replacements and all((place, number) in gone for number in range(len(entry.replacements)))
    ]


def _is_change(piece: Replacement) -> bool:
    return not piece.loose and bool(piece.before) and bool(piece.after) and not piece.lead and not piece.follow
