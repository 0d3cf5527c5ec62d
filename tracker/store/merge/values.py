"""Three-way merging of what an entry says, as TOML data and without its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.fields import SETS, merge_names
from tracker.model.history import ME, fold_history, hand_edit_claim, mark_tracks
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
    base: Table, ours: Table, theirs: Table, path: tuple[str, ...] = (), *, takes_theirs: Resolver = prefer_ours
) -> MergedTable:
    """Return the table at `path` with the changes that both sides made to `base`."""
    table: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for key in merge_order(list(base), list(ours), list(theirs)):
        values = (side.get(key, ABSENT) for side in (base, ours, theirs))
        value, new_conflicts = _merge(*values, path=(*path, key), takes_theirs=takes_theirs)
        conflicts += new_conflicts
        if value is not ABSENT:
            table[key] = value
    return MergedTable(table, tuple(conflicts))


def merge_show(base: Table, ours: Table, theirs: Table, *, takes_theirs: Resolver = prefer_ours) -> MergedTable:
    """Return the show with the changes of both sides.

    Histories are united. Status and release follow the united history, unless one side edited them by hand and the
    other did not note that: then they are merged like any other value.
    """
    ours, theirs = _note_once(base, ours, theirs)
    merged = merge_tables(base, ours, theirs, takes_theirs=takes_theirs)
    base_show, our_show, their_show, show = map(_decode, (base, ours, theirs, merged.table))
    if our_show is None or their_show is None or show is None or not show.history:
        return merged
    state = fold_history(mark_tracks(show.history, countries=show.countries))
    conflicts = merged.conflicts
    for name, value in (("status", state.status), ("release", state.window)):
        others = tuple(conflict for conflict in conflicts if conflict.path != (name,))
        is_written = name in merged.table or others != conflicts
        if value is None or not is_written:
            # Who leaves the key out has what the history says.
            continue
        if _is_by_hand(name, base_show, our_show, their_show) or _is_by_hand(name, base_show, their_show, our_show):
            continue
        conflicts = others
        written = (
            table[name]
            for table, side in ((ours, our_show), (theirs, their_show))
            if name in table and _key(getattr(side, name)) == _key(value)
        )
        merged.table[name] = next(written, encode(name, value))
    return MergedTable(merged.table, conflicts)


def _note_once(base: Table, ours: Table, theirs: Table) -> tuple[Table, Table]:
    """Return the sides without the later of two claims that note the hand edit of the base, where both noted it."""
    show = _decode(base)
    edit = hand_edit_claim(show.status, show.release, show.history, date.min) if show and show.history else None
    if show is None or edit is None:
        return ours, theirs
    notes = []
    for table in (ours, theirs):
        side = _decode(table)
        new = ((index, claim) for index, claim in enumerate(side.history if side else ()) if claim not in show.history)
        # It is noted in the same step as the next edit, before the claims of that.
        index, note = next(new, (0, None))
        if note is None or note._replace(on=edit.on, on_text="") != edit:
            return ours, theirs
        notes.append((note.on or date.min, index))
    (our_day, our_index), (their_day, their_index) = notes
    if our_day == their_day:
        return ours, theirs
    if our_day < their_day:
        return ours, _without_claim(theirs, their_index)
    return _without_claim(ours, our_index), theirs


def _without_claim(table: Table, index: int) -> Table:
    history = table["history"]
    return {**table, "history": [*history[:index], *history[index + 1 :]]}


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
    base: Any, ours: Any, theirs: Any, *, path: tuple[str, ...], takes_theirs: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    if same_data(ours, theirs) or same_data(theirs, base):
        return ours, ()
    if same_data(ours, base):
        return theirs, ()
    if path == ("id",) and base is ABSENT:
        # Both gave an id: one is enough, and ours is known here.
        return ours, ()
    merged = _merge_parts(base, ours, theirs, path, takes_theirs)
    if merged is None:
        return (theirs if takes_theirs(path) else ours), (FieldConflict(path, ours, theirs),)
    # A list from which both removed what the other left is gone, and its key too.
    return (ABSENT if merged[0] == [] else merged[0]), merged[1]


def _merge_parts(
    base: Any, ours: Any, theirs: Any, path: tuple[str, ...], takes_theirs: Resolver
) -> tuple[Any, Sequence[FieldConflict]] | None:
    """Merge tables, lists and notes part by part; return None for other values."""
    sides = [side for side in (base, ours, theirs) if side is not ABSENT]
    if all(isinstance(side, Mapping) for side in sides) and ABSENT not in (ours, theirs):
        merged = merge_tables({} if base is ABSENT else base, ours, theirs, path, takes_theirs=takes_theirs)
        return merged.table, merged.conflicts
    if all(isinstance(side, list) for side in sides):
        items = [[] if side is ABSENT else side for side in (base, ours, theirs)]
        if len(path) == 1 and path[0] in SETS and all(isinstance(item, str) for side in items for item in side):
            return [*merge_names(*items)], ()
        if path == ("cast",):
            return _merge_casts(*items, takes_theirs=takes_theirs)
        if path == ("history",) and all(isinstance(item, Mapping) for side in items for item in side):
            return _merge_histories(*items, takes_theirs=takes_theirs)
    if path == ("notes",) and isinstance(ours, str) and isinstance(theirs, str):
        our_lines, their_lines = ours.split("\n"), theirs.split("\n")
        base_lines = base.split("\n") if isinstance(base, str) else common_lines(our_lines, their_lines)
        lines = merge_lines(base_lines, our_lines, their_lines, both=True)
        return None if lines is None else ("\n".join(lines), ())
    return None


def _merge_casts(
    base: list[Any], ours: list[Any], theirs: list[Any], *, takes_theirs: Resolver
) -> tuple[Any, Sequence[FieldConflict]]:
    """Merge the credits of each actor."""
    merged = merge_tables(_by_actor(base), _by_actor(ours), _by_actor(theirs), ("cast",), takes_theirs=takes_theirs)
    return [*merged.table.values()], merged.conflicts


def _by_actor(cast: list[Any]) -> dict[str, Any]:
    """Return the credits by actor; from the second credit of an actor on, the key has a number."""
    credits_: dict[str, Any] = {}
    for credit in cast:
        name = actor = str(credit.get("actor", "") if isinstance(credit, Mapping) else credit)
        number = 2
        while name in credits_:
            name, number = f"{actor} ({number})", number + 1
        credits_[name] = credit
    return credits_


def _merge_histories(
    base: list[Table], ours: list[Table], theirs: list[Table], *, takes_theirs: Resolver
) -> tuple[list[Table], Sequence[FieldConflict]]:
    """Unite histories: what either side added is in, what either removed is not."""
    our_new, their_new = _subtract(ours, base), _subtract(theirs, base)
    # Where all claims were taken back the entry says the baseline; claims of the other side need it before them.
    baseline = [claim for claim in base if claim.get("source") == ME and "on" not in claim]
    ours, theirs = ours or (baseline if their_new else []), theirs or (baseline if our_new else [])
    our_edits, their_edits = _find_edits(base, ours), _find_edits(base, theirs)
    united, conflicts = list(ours), []
    moved: list[Table] = []
    for claim, their_version in their_edits:
        their_new = [new for new in their_new if new is not their_version]
        if (index := _index(united, claim)) is not None:
            moved += _replace_claim(united, index, their_version)
            continue
        at = next((at for at, (before, _) in enumerate(our_edits) if same_data(before, claim)), None)
        our_version = our_edits.pop(at)[1] if at is not None else None
        if our_version is None and their_version is None:
            continue
        if our_version is None or their_version is None:
            conflicts.append(FieldConflict(("history",), our_version or ABSENT, their_version or ABSENT))
            if takes_theirs(("history",)):
                united = [kept for kept in united if kept is not our_version]
                moved += [their_version] if their_version is not None else []
            continue
        # Both changed one claim: it stays one if the changes do not touch, otherwise both stay.
        both = merge_tables(claim, our_version, their_version)
        if both.conflicts:
            their_new.append(their_version)
        else:
            moved += _replace_claim(united, _index(united, our_version) or 0, both.table)
    new = [*moved, *_subtract(their_new, our_new)]
    return (_add_claims(united, new) if new else united), conflicts


def _replace_claim(history: list[Table], index: int, version: Table | None) -> list[Table]:
    """Replace a claim, or remove it for None; return the new one where its day is another, so that it has to move."""
    [before] = history[index : index + 1]
    stays = version is not None and _day(version) == _day(before)
    history[index : index + 1] = [version] if version is not None and stays else []
    return [] if version is None or stays else [version]


def _find_edits(base: list[Table], side: list[Table]) -> list[tuple[Table, Table | None]]:
    """Return the claims of the base that a side has no more, each with what it was changed to, None for nothing."""
    gone, new = _subtract(base, side), _subtract(side, base)
    versions = pair_claims(gone, new)
    return [(claim, new[versions[at]] if at in versions else None) for at, claim in enumerate(gone)]


def pair_claims(before: Sequence[Table], after: Sequence[Table]) -> dict[int, int]:
    """Return which claims were changed to which, by their indexes; the most alike first.

    They are of the same day and source, or differ in the day only, or in less than they have in common.
    """
    likeness = {}
    for index, old in enumerate(before):
        for other, new in enumerate(after):
            keys = old.keys() | new.keys()
            changed = {key for key in keys if not same_data(old.get(key), new.get(key))}
            if changed.isdisjoint(("on", "source")) or changed == {"on"} or len(changed) * 2 < len(keys):
                likeness[index, other] = len(keys) - 2 * len(changed)
    pairs: dict[int, int] = {}
    for index, other in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if index not in pairs and other not in pairs.values():
            pairs[index] = other
    return pairs


def _add_claims(history: list[Table], claims: list[Table]) -> list[Table]:
    """Add claims and sort all by day, newest first if they are kept so."""
    days = [_day(claim) for claim in history]
    newest_first = len(set(days)) > 1 and days == sorted(days, reverse=True)
    return sorted([*history, *claims], key=_day, reverse=newest_first)


def _day(claim: Table) -> date:
    try:
        return decode_show({"title": "x", "history": [claim]}).history[0].on or date.min
    except DecodeError:
        return date.min


def _subtract(claims: list[Table], others: list[Table]) -> list[Table]:
    """Return the claims that are not among the others; each of these matches one."""
    unmatched = list(others)
    rest = []
    for claim in claims:
        index = _index(unmatched, claim)
        if index is None:
            rest.append(claim)
        else:
            del unmatched[index]
    return rest


def _index(claims: Sequence[Table], claim: Table) -> int | None:
    return next((index for index, other in enumerate(claims) if same_data(other, claim)), None)


def _decode(table: Table) -> Show | None:
    try:
        return decode_show(table)
    except DecodeError:
        return None


def _key(value: object) -> object:
    return value.key if isinstance(value, Window) else value
