"""Three-way merging of what an entry says, as TOML data and without its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.fields import SETS, merge_names
from tracker.model.history import ME, fold_history, hand_edit_claim
from tracker.model.show import Show
from tracker.model.window import Window
from tracker.store.codec import DecodeError, decode_show, encode
from tracker.store.merge.sequences import common_lines, merge_lines, merge_order
from tracker.store.toml.parser import same_data

Table = Mapping[str, Any]


class Absent:
    """The value of a key that a side does not have."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent()

Resolver = Callable[[tuple[str, ...]], bool]
"""Decides of the path of a conflict whether their value is taken."""


class FieldConflict(NamedTuple):
    """A value that both sides changed, each to something else; `ABSENT` if a side removed it."""

    path: tuple[str, ...]
    """The keys that lead to it."""
    ours: Any
    theirs: Any


class MergedTable(NamedTuple):
    """A merged table, with our value where there is a conflict, unless it was resolved for theirs."""

    table: dict[str, Any]
    conflicts: tuple[FieldConflict, ...]


def prefer_ours(path: tuple[str, ...]) -> bool:
    """Resolve no conflict for their side."""
    return False


def merge_tables(
    base: Table, ours: Table, theirs: Table, path: tuple[str, ...] = (), *, take: Resolver = prefer_ours
) -> MergedTable:
    """Return the table at `path` with the changes that both sides made to `base`."""
    table: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for key in merge_order(list(base), list(ours), list(theirs)):
        value, found = _merge(base.get(key, ABSENT), ours.get(key, ABSENT), theirs.get(key, ABSENT), (*path, key), take)
        conflicts += found
        if value is not ABSENT:
            table[key] = value
    return MergedTable(table, tuple(conflicts))


def merge_show(base: Table, ours: Table, theirs: Table, *, take: Resolver = prefer_ours) -> MergedTable:
    """Return the show with the changes of both sides.

    Histories are united. Status and release follow the united history, unless one side edited them by hand and the
    other did not note that: then they are merged like any other value.
    """
    merged = merge_tables(base, ours, theirs, take=take)
    shows = [_decode(table) for table in (ours, theirs, merged.table)]
    our_show, their_show, show = shows
    if our_show is None or their_show is None or show is None or not show.history:
        return merged
    before = _decode(base)
    state = fold_history(show.history)
    conflicts = merged.conflicts
    for name, value in (("status", state.status), ("release", state.window)):
        others = tuple(conflict for conflict in conflicts if conflict.path != (name,))
        is_written = name in merged.table or others != conflicts
        if value is None or not is_written:
            # Who leaves the key out has what the history says.
            continue
        if _is_by_hand(name, before, our_show, their_show) or _is_by_hand(name, before, their_show, our_show):
            continue
        conflicts = others
        written = (
            table[name]
            for table, side in ((ours, our_show), (theirs, their_show))
            if name in table and _key(getattr(side, name)) == _key(value)
        )
        merged.table[name] = next(written, encode(name, value))
    return MergedTable(merged.table, conflicts)


def _is_by_hand(name: str, base: Show | None, side: Show, other: Show) -> bool:
    """Return whether a side says something of status or release that neither history says, so that it must stay."""
    value = _key(getattr(side, name))
    before = _key(getattr(base, name)) if base is not None else None
    if value is None:
        return before is not None and base is not None and not base.history
    if not _is_unsaid(name, side):
        return False
    if base is not None and value == before and _is_unsaid(name, base):
        # The other side has noted or overruled what was there before, unless it says it by hand as well.
        return _is_unsaid(name, other)
    if side.history or (base is not None and not base.history):
        return True
    # The baseline of an entry whose claims are on the other side, or were taken back on this one.
    claims = other.history if base is None else base.history
    return all(_key(getattr(claim, name)) != value for claim in claims)


def _is_unsaid(name: str, show: Show) -> bool:
    """Return whether there is a status or a release that the history does not come to."""
    if not show.history:
        return getattr(show, name) is not None
    hand_edit = hand_edit_claim(show.status, show.release, show.history, date.min)
    return hand_edit is not None and getattr(hand_edit, name) is not None


def _merge(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], take: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    if same_data(ours, theirs) or same_data(theirs, base):
        return ours, ()
    if same_data(ours, base):
        return theirs, ()
    if path == ("id",) and base is ABSENT:
        # Both gave an id: one is enough, and ours is known here.
        return ours, ()
    merged = _merge_parts(base, ours, theirs, path, take)
    if merged is None:
        return (theirs if take(path) else ours), (FieldConflict(path, ours, theirs),)
    # A list from which both removed what the other left is gone, and its key too.
    return (ABSENT if merged[0] == [] else merged[0]), merged[1]


def _merge_parts(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], take: Resolver
) -> tuple[Any, Sequence[FieldConflict]] | None:
    """Merge tables, lists and notes part by part; return None for other values."""
    sides = [side for side in (base, ours, theirs) if side is not ABSENT]
    if all(isinstance(side, Mapping) for side in sides) and ABSENT not in (ours, theirs):
        merged = merge_tables({} if base is ABSENT else base, ours, theirs, path, take=take)
        return merged.table, merged.conflicts
    if all(isinstance(side, list) for side in sides):
        b, o, t = ([] if side is ABSENT else side for side in (base, ours, theirs))
        if len(path) == 1 and path[0] in SETS and all(isinstance(item, str) for item in (*b, *o, *t)):
            return [*merge_names(b, o, t)], ()
        if path == ("cast",):
            return _merge_casts(b, o, t, take)
        if path == ("history",) and all(isinstance(item, Mapping) for item in (*b, *o, *t)):
            return _merge_histories(b, o, t, take)
    if path == ("notes",) and all(isinstance(side, str) for side in (ours, theirs)):
        b, o, t = (side.split("\n") if isinstance(side, str) else [] for side in (base, ours, theirs))
        lines = merge_lines(b if isinstance(base, str) else common_lines(o, t), o, t, both=True)
        return None if lines is None else ("\n".join(lines), ())
    return None


def _merge_casts(
    base: list[Any], ours: list[Any], theirs: list[Any], take: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    """Merge credits one by one, known by the actor."""
    merged = merge_tables(_by_actor(base), _by_actor(ours), _by_actor(theirs), ("cast",), take=take)
    return [*merged.table.values()], merged.conflicts


def _by_actor(cast: list[Any]) -> dict[str, Any]:
    """Return the credits by actor, with a number from an actor's second credit on."""
    credits_: dict[str, Any] = {}
    for credit in cast:
        name = actor = str(credit.get("actor", "") if isinstance(credit, Mapping) else credit)
        number = 2
        while name in credits_:
            name, number = f"{actor} ({number})", number + 1
        credits_[name] = credit
    return credits_


def _merge_histories(
    base: list[Table], ours: list[Table], theirs: list[Table], take: Resolver
) -> tuple[list[Table], Sequence[FieldConflict]]:
    """Unite histories: what either side added is in, what either removed is not."""
    came, mine = _subtract(theirs, base), _subtract(ours, base)
    # Where all claims were taken back the entry says the baseline; claims of the other side need it before them.
    baseline = [claim for claim in base if claim.get("source") == ME and "on" not in claim]
    ours, theirs = ours or (baseline if came else []), theirs or (baseline if mine else [])
    united, conflicts = list(ours), []
    for gone in _subtract(base, theirs):
        here = _index(united, gone)
        new, own = find_successor(gone, came), find_successor(gone, mine)
        if here is not None:
            united[here : here + 1] = [new] if new is not None else []
        elif own is None and new is None:
            continue
        elif own is None or new is None:
            conflicts.append(FieldConflict(("history",), own or ABSENT, new or ABSENT))
            if take(("history",)):
                united = [claim for claim in united if claim is not own] + ([new] if new is not None else [])
        else:
            # Both changed one claim: it stays one if the changes do not touch, otherwise both stay.
            both = merge_tables(gone, own, new)
            if both.conflicts:
                continue
            united[_index(united, own) or 0] = both.table
        came = [claim for claim in came if claim is not new]
    came = _subtract(came, mine)
    return (_add_claims(united, came) if came else united), conflicts


def find_successor(gone: Table, claims: list[Table]) -> Table | None:
    """Return what a claim was changed to: one of the same day and source."""
    return next(
        (claim for claim in claims if all(same_data(claim.get(k), gone.get(k)) for k in ("on", "source"))), None
    )


def _add_claims(history: list[Table], came: list[Table]) -> list[Table]:
    """Add claims and sort all by day, newest first if they are kept so."""
    days = [_day(claim) for claim in history]
    newest_first = len(set(days)) > 1 and days == sorted(days, reverse=True)
    return sorted([*history, *came], key=_day, reverse=newest_first)


def _day(claim: Table) -> date:
    try:
        return decode_show({"title": "x", "history": [claim]}).history[0].on or date.min
    except DecodeError:
        return date.min


def _subtract(claims: list[Table], others: list[Table]) -> list[Table]:
    """Return the claims that are not among the others; each of these matches one."""
    left = list(others)
    found = []
    for claim in claims:
        place = _index(left, claim)
        if place is None:
            found.append(claim)
        else:
            del left[place]
    return found


def _index(claims: Sequence[Table], claim: Table) -> int | None:
    return next((at for at, one in enumerate(claims) if same_data(one, claim)), None)


def _decode(table: Table) -> Show | None:
    try:
        return decode_show(table)
    except DecodeError:
        return None


def _key(value: object) -> object:
    return value.key if isinstance(value, Window) else value
