"""The one way from a changed show to the text of its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.errors import WatchlistUnwritable
from tracker.model.show import Person, Show
from tracker.store.codec import claim_changes, encode, encode_claim, merge_cast
from tracker.store.document import Block, decode_block
from tracker.store.toml import parser
from tracker.store.toml.editor import edit_block, edit_claims


def write_show(
    block: Block, after: Show, origins: Sequence[int] | None = None, credit_origins: Sequence[int | None] | None = None
) -> Block:
    """Return the block with the values that differ in `after`, and its claims.

    Args:
        block: The entry.
        after: The show as it should be.
        origins: The former indexes of its claims, see `EditedShow`; None where claims are added only.
        credit_origins: Those of its credits; None where these are told by their actors.

    Raises:
        WatchlistUnwritable: An independent parser does not find just these changes in the new text.
    """
    before = block.value
    assert isinstance(before, Show)  # noqa: S101 - only readable entries are edited
    names = [name for name in Show._fields[1:-1] if getattr(after, name) != getattr(before, name)]
    if "title" in names and not before.id:
        # The id came from the old title; whoever knows the show by it should find it still.
        names.insert(0, "id")
    kept = len(before.history) if origins is None else len(origins)
    new_claims = [encode_claim(claim) for claim in after.history[kept:]]
    try:
        intended = parser.parse(block.text)
        table = intended[block.kind][0]
        text = block.text
        if origins is not None and "history" in table:
            edited = [
                (place, claim_changes(before.history[place], claim))
                for place, claim in zip(origins, after.history, strict=False)
            ]
            text = edit_claims(block.kind, text, edited)
            table["history"] = [_with_changes(table["history"][place], changes) for place, changes in edited]
        if origins is not None and before.history and after.history:
            # An entry that leaves them to its history does so still.
            names = [name for name in names if name in table or name not in ("status", "release")]
        changes = {name: encode(name, getattr(after, name)) for name in names}
        if "cast" in changes:
            changes["cast"] = merge_cast(table.get("cast"), after.cast, credit_origins)
        text = edit_block(block.kind, text, changes, new_claims)
    except (ValueError, KeyError, RecursionError) as error:
        raise WatchlistUnwritable(f"Can't edit {before.title} here ({error}). Edit the file itself.") from None
    table = _with_changes(table, changes)
    if origins is not None or new_claims:
        table = _with_changes(table, {"history": [*table.get("history", ()), *new_claims] or None})
    intended[block.kind] = [table]
    return decode_block(block.kind, text, verify_text(text, intended), len(text.encode()))


def write_person(block: Block, after: Person) -> Block:
    """Return the block of a person's card with the values that differ in `after`.

    Raises:
        WatchlistUnwritable: As `write_show`.
    """
    before = block.value
    assert isinstance(before, Person)  # noqa: S101 - only readable entries are edited
    names = [name for name in Person._fields if getattr(after, name) != getattr(before, name)]
    changes = {name: encode(name, getattr(after, name)) for name in names}
    try:
        intended = parser.parse(block.text)
        text = edit_block(block.kind, block.text, changes)
    except (ValueError, RecursionError) as error:
        raise WatchlistUnwritable(f"Can't edit {before.name} here ({error}). Edit the file itself.") from None
    intended[block.kind] = [_with_changes(intended[block.kind][0], changes)]
    return decode_block(block.kind, text, verify_text(text, intended), len(text.encode()))


def _with_changes(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**table, **changes}.items() if value is not None}


def verify_text(text: str, intended: Mapping[str, Any]) -> parser.Data:
    """Return what an independent parser reads in a text, which is the intended data.

    Raises:
        WatchlistUnwritable: It does not.
    """
    try:
        data = parser.parse_strictly(text)
    except parser.ParseError as error:
        raise WatchlistUnwritable(f"This edit could not be read back ({error.reason}). Nothing was written.") from None
    if not parser.same_data(data, intended):
        raise WatchlistUnwritable("This edit would change more than it should. Nothing was written.")
    return data
