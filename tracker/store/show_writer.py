"""The one way from a changed show to the text of its entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.errors import WatchlistUnwritable
from tracker.model.show import Show
from tracker.store.codec import encode, encode_claim, merge_cast
from tracker.store.document import Block, decode_block
from tracker.store.toml import parser
from tracker.store.toml.editor import edit_block


def write_show(block: Block, after: Show) -> Block:
    """Return the block with the values that differ in `after`, and the claims that its history has more.

    Raises:
        WatchlistUnwritable: An independent parser does not find just these changes in the new text.
    """
    before = block.value
    assert isinstance(before, Show)  # noqa: S101 - only readable entries are edited
    names = [name for name in Show._fields[1:-1] if getattr(after, name) != getattr(before, name)]
    if "title" in names and not before.id:
        # The id came from the old title; whoever knows the show by it should find it still.
        names.insert(0, "id")
    claims = [encode_claim(claim) for claim in after.history[len(before.history) :]]
    try:
        intended = parser.parse(block.text)
        table = intended[block.kind][0]
        changes = {name: encode(name, getattr(after, name)) for name in names}
        if "cast" in changes:
            changes["cast"] = merge_cast(table.get("cast"), after.cast)
        text = edit_block(block.kind, block.text, changes, claims)
    except (ValueError, RecursionError) as error:
        raise WatchlistUnwritable(f"{before.title} cannot be edited here ({error}); E opens the file.") from None
    for key, value in changes.items():
        table[key] = value
        if value is None:
            del table[key]
    if claims:
        table["history"] = [*table.get("history", []), *claims]
    return decode_block(block.kind, text, verify_text(text, intended), len(text.encode()))


def verify_text(text: str, intended: Mapping[str, Any]) -> parser.Data:
    """Return what an independent parser reads in a text, which is the intended data.

    Raises:
        WatchlistUnwritable: It does not.
    """
    try:
        data = parser.parse_strictly(text)
    except parser.ParseError as error:
        raise WatchlistUnwritable(f"this edit would not read back ({error.reason}); nothing was written.") from None
    if not parser.same_data(data, intended):
        raise WatchlistUnwritable("this edit would change more than it should; nothing was written.")
    return data
