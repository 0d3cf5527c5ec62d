"""Three-way merging of what an entry says, as TOML data and without its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.fields import SETS, merge_names
from tracker.model.history import fold_history, hand_edit_claim
from tracker.model.show import Show
from tracker.model.window import Window
from tracker.store.codec import DecodeError, decode_show, encode
from tracker.store.merge.sequences import common_lines, merge_lines, merge_order
from tracker.store.toml.parser import same_data

Table = Mapping[str, Any]


class Absent:
    """What a side has that lacks a key."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent()


Resolver = Callable[[tuple[str, ...]], bool]
"""Says of the path of a clash whether their value is to be taken."""


class FieldConflict(NamedTuple):
    """One value that both sides changed, each to something else."""

    path: tuple[str, ...]
    """The keys that lead to it."""
    ours: Any
    """Our value, `ABSENT` where we took it away."""
    theirs: Any
    """Their value, `ABSENT` where they took it away."""


class MergedTable(NamedTuple):
    """What came of merging tables."""

    table: dict[str, Any]
    """With our value where there is a clash, unless theirs was to be taken."""
    conflicts: tuple[FieldConflict, ...]


def prefer_ours(path: tuple[str, ...]) -> bool:
    """Settle no clash for their side."""
    return False


def merge_tables(
    base: Table, ours: Table, theirs: Table, path: tuple[str, ...] = (), *, take: Resolver = prefer_ours
) -> MergedTable:
    """Return the table with the changes that both sides made to `base`.

    Args:
        base: The table before both.
        ours: The table on one side.
        theirs: The table on the other.
        path: The keys that lead to it.
        take: Whether their value is to be taken where there is a clash.
    """
    table: dict[str, Any] = {}
    clashes: list[FieldConflict] = []
    for key in merge_order(list(base), list(ours), list(theirs)):
        value, found = _merge(base.get(key, ABSENT), ours.get(key, ABSENT), theirs.get(key, ABSENT), (*path, key), take)
        clashes += found
        if value is not ABSENT:
            table[key] = value
    return MergedTable(table, tuple(clashes))


def merge_show(base: Table, ours: Table, theirs: Table, *, take: Resolver = prefer_ours) -> MergedTable:
    """Return the show with the changes of both sides.

    Histories are united; status and release are what the united history says, as long as no side
    edited them by hand without a claim.
    """
    merged = merge_tables(base, ours, theirs, take=take)
    sides = [_decoded(side) for side in (ours, theirs)]
    whole = _decoded(merged.table)
    if whole is None or not whole.history or not all(side is not None and _is_claimed(side) for side in sides):
        return merged
    standing = fold_history(whole.history)
    clashes = list(merged.conflicts)
    for name, value in (("status", standing.status), ("release", standing.window)):
        if value is None or (name not in ours and name not in theirs):
            continue
        clashes = [clash for clash in clashes if clash.path != (name,)]
        written = (
            side[name] for side, show in zip((ours, theirs), sides, strict=True)
            if name in side and _key(getattr(show, name)) == _key(value)
        )  # fmt: skip
        merged.table[name] = next(written, encode(name, value))
    return merged._replace(conflicts=tuple(clashes))


def _merge(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], take: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    if same_data(ours, theirs) or same_data(theirs, base):
        return ours, ()
    if same_data(ours, base):
        return theirs, ()
    if path == ("id",) and base is ABSENT:
        # An id that both gave: one of them is enough, and ours is known here.
        return ours, ()
    if merge := _merger(base, ours, theirs, path, take):
        value, clashes = merge(base, ours, theirs)
        # Of a list from which both took what the other left, nothing stays, not even its key.
        return (ABSENT if value == [] else value), clashes
    return (theirs if take(path) else ours), (FieldConflict(path, ours, theirs),)


def _merger(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], take: Resolver
) -> Callable[[Any, Any, Any], tuple[Any, Sequence[FieldConflict]]] | None:
    """Return how values of this kind are merged, None where they are not."""
    all_ = [side for side in (base, ours, theirs) if side is not ABSENT]
    if all(isinstance(side, Mapping) for side in all_) and ABSENT not in (ours, theirs):
        return lambda b, o, t: _tables(b, o, t, path, take)
    if all(isinstance(side, list) for side in all_):
        if path[-1] in SETS and len(path) == 1 and all(isinstance(item, str) for side in all_ for item in side):
            return lambda b, o, t: ([*merge_names(_list(b), _list(o), _list(t))], ())
        if path == ("cast",):
            return lambda b, o, t: _casts(_list(b), _list(o), _list(t), take)
        if path == ("history",) and all(isinstance(item, Mapping) for side in all_ for item in side):
            return lambda b, o, t: _histories(_list(b), _list(o), _list(t), take)
    if path == ("notes",) and all(isinstance(side, str) for side in (ours, theirs)):
        before = _lines(base) if isinstance(base, str) else common_lines(_lines(ours), _lines(theirs))
        lines = merge_lines(before, _lines(ours), _lines(theirs), both=True)
        return (lambda *_: ("\n".join(lines), ())) if lines is not None else None
    return None


def _list(side: Any) -> list[Any]:
    return [] if side is ABSENT else side


def _lines(side: Any) -> list[str]:
    return side.split("\n") if isinstance(side, str) else []


def _tables(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], take: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    merged = merge_tables({} if base is ABSENT else base, ours, theirs, path, take=take)
    return merged.table, merged.conflicts


def _casts(
    base: list[Any], ours: list[Any], theirs: list[Any], take: Resolver
) -> tuple[list[Any], Sequence[FieldConflict]]:
    """Merge credits one by one, as they are told apart by the actor."""
    b, o, t = (_by_actor(side) for side in (base, ours, theirs))
    merged: list[Any] = []
    clashes: list[FieldConflict] = []
    for key in merge_order(list(b), list(o), list(t)):
        value, found = _merge(
            b.get(key, ABSENT), o.get(key, ABSENT), t.get(key, ABSENT), ("cast", _credited(key)), take
        )
        clashes += found
        if value is not ABSENT:
            merged.append(value)
    return merged, clashes


def _credited(key: tuple[str, int]) -> str:
    """Return what a credit is called in a path: the actor, with a number from the second credit on."""
    actor, number = key
    return f"{actor} ({number + 1})" if number else actor


def _by_actor(cast: list[Any]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for credit in cast:
        actor = str(credit.get("actor", "")) if isinstance(credit, Mapping) else str(credit)
        number = sum(name == actor for name, _ in found)
        found[actor, number] = credit
    return found


def _histories(
    base: list[Table], ours: list[Table], theirs: list[Table], take: Resolver
) -> tuple[list[Table], Sequence[FieldConflict]]:
    """Unite histories: what either side added is there, what either took away is not."""
    united, clashes = list(ours), []
    came, mine = _without(theirs, base), _without(ours, base)
    for gone in _without(base, theirs):
        here = _place(united, gone)
        new, own = find_successor(gone, came), find_successor(gone, mine)
        if here is not None:
            united[here : here + 1] = [new] if new is not None else []
        elif own is None and new is None:
            continue
        elif own is None or new is None:
            clashes.append(FieldConflict(("history",), own or ABSENT, new or ABSENT))
            if take(("history",)):
                united = [claim for claim in united if claim is not own] + ([new] if new is not None else [])
        else:
            # Both worked on one claim: it stays one where their work does not touch, else both stay.
            both = merge_tables(gone, own, new)
            if both.conflicts:
                continue
            united[_place(united, own) or 0] = both.table
        came = [claim for claim in came if claim is not new]
    came = [claim for claim in came if _place(united, claim) is None]
    return (_sorted(united, came) if came else united), clashes


def find_successor(gone: Table, claims: list[Table]) -> Table | None:
    """Return what became of a claim: one of the same day and source."""
    return next(
        (claim for claim in claims if all(same_data(claim.get(k), gone.get(k)) for k in ("on", "source"))), None
    )


def _sorted(history: list[Table], came: list[Table]) -> list[Table]:
    """Put claims to others and sort them by day, newest first where somebody keeps them so."""
    days = [_day(claim) for claim in history]
    newest_first = len(set(days)) > 1 and days == sorted(days, reverse=True)
    return sorted([*history, *came], key=_day, reverse=newest_first)


def _day(claim: Table) -> date:
    try:
        return decode_show({"title": "x", "history": [claim]}).history[0].on or date.min
    except DecodeError:
        return date.min


def _without(claims: list[Table], others: list[Table]) -> list[Table]:
    """Return the claims that are not among the others, each of which stands for one."""
    left = list(others)
    found = []
    for claim in claims:
        place = _place(left, claim)
        if place is None:
            found.append(claim)
        else:
            del left[place]
    return found


def _place(claims: Sequence[Table], claim: Table) -> int | None:
    return next((at for at, one in enumerate(claims) if same_data(one, claim)), None)


def _decoded(table: Table) -> Show | None:
    try:
        return decode_show(table)
    except DecodeError:
        return None


def _is_claimed(show: Show | None) -> bool:
    """Return whether status and release are what the history says."""
    return show is not None and hand_edit_claim(show.status, show.release, show.history, date.min) is None


def _key(value: object) -> object:
    return value.key if isinstance(value, Window) else value
