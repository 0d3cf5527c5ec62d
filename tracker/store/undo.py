"""Putting pieces of text back: what undo and redo do to a file that may have changed since."""

from __future__ import annotations

from tracker.store.contents import Contents, read_contents, with_blocks
from tracker.store.document import read_block
from tracker.store.journal import Replacement


def inverse(pieces: tuple[Replacement, ...]) -> tuple[Replacement, ...]:
    """Return the replacements that undo these, last one first."""
    return tuple(piece._replace(before=piece.after, after=piece.before) for piece in reversed(pieces))


def replaced(contents: Contents, pieces: tuple[Replacement, ...]) -> Contents | None:
    """Return the contents with each piece's `before` exchanged for its `after`.

    None where a piece is no longer as it was: an entry must be there to its last byte, and nothing
    may have grown onto it.
    """
    if len(pieces) > 1 and all(map(_is_entry, pieces)):
        return _entries(contents, pieces)
    for piece in pieces:
        text = _one(contents, piece)
        if text is None:
            return None
        contents = read_contents(text, contents)
    return contents


def _is_entry(piece: Replacement) -> bool:
    return _begins_entry(piece.before) and _begins_entry(piece.after)


def _begins_entry(text: str) -> bool:
    return text.lstrip("\ufeff \t").startswith("[[")


def _entries(contents: Contents, pieces: tuple[Replacement, ...]) -> Contents | None:
    """Exchange many entries at once, each of which must be exactly as it was written."""
    wanted = {piece.before: piece for piece in pieces}
    last = len(contents.blocks) - 1
    new = {}
    for place, block in enumerate(contents.blocks):
        if (piece := wanted.pop(block.text, None)) is not None:
            if place < last and not piece.after.endswith("\n"):
                return None
            new[place] = read_block(block.kind, piece.after)
    return with_blocks(contents, new) if len(new) == len(pieces) else None


def _one(contents: Contents, piece: Replacement) -> str | None:
    if _begins_entry(piece.before):
        return _entry(contents, piece)
    text = contents.text
    if piece.gap and not piece.before:
        return _appended(text, piece)
    around = piece.lead + piece.before + piece.follow
    places = [at + len(piece.lead) for at in _occurrences(text, around)] if around else [0]
    if not places and not piece.before:
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
    return text[:at] + piece.after + text[at + len(piece.before) :]


def _entry(contents: Contents, piece: Replacement) -> str | None:
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


def _appended(text: str, piece: Replacement) -> str:
    newline = "\r\n" if "\r\n" in piece.after else "\n"
    gap = "" if not text or text.endswith(newline * 2) else newline if text.endswith("\n") else newline * 2
    return text + gap + piece.after


def _occurrences(text: str, wanted: str) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found
