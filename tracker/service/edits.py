"""Changing a watchlist: claims, fields, shows, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.errors import BadValue, ReadOnly, TrackerError, WatchlistUnwritable
from tracker.model.diff import diff_watchlists
from tracker.model.formatting import (
    claim_parts,
    describe_claims,
    describe_hand_edits,
    describe_lost_edits,
    overruled_note,
    titles_or_count,
    with_warning,
)
from tracker.model.history import ME, Claim, fold_history
from tracker.model.show import Show
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.store.snapshot import Snapshot

if TYPE_CHECKING:
    from tracker.store.operations import Operation

# What only an edit needs is imported where an edit is made: it would double the start-up of `tracker list`.


class Edits(OpenWatchlist):
    """One watchlist, as far as it is changed."""

    def record_hand_edits(self) -> Outcome | None:
        """Append to the file the claims that were made by editing it; None if there are none.

        A file that cannot be written keeps them for the next time: they show all the same.
        """
        if not self._hand_edits or self.why_read_only:
            return None
        from tracker.store.operations import RecordHandEdits

        with self._lock:
            found, self._hand_edits = self._hand_edits, {}
            if not found:
                return None
            try:
                label = describe_hand_edits(self._watchlist, found)
                if self._writer.was_undone(label):
                    return None
                self._show_snapshot(
                    self._writer.apply(RecordHandEdits(tuple(found), label, self.now().date(), self.region))
                )
            except TrackerError:
                return None
            return Outcome(label, tuple(found))

    def set_aside_lost(self) -> Outcome | None:
        """Find edits that another program's save took back, so that redo brings them; None if there are none."""
        if self.as_of is not None:
            return None
        try:
            labels = self._writer.set_lost_edits_aside()
        except TrackerError:
            return None
        return Outcome(describe_lost_edits(labels)) if labels else None

    def record(self, show_ids: Sequence[str], claim: Claim) -> Outcome:
        """Append a claim to the history of each of these shows.

        Raises:
            TrackerError: The list is read-only, or see `Operation.apply`.
        """
        if claim.status is None and claim.release is None and not claim.note:
            raise BadValue("a claim says something: a status, a release or a note.")
        return self.record_each(dict.fromkeys(show_ids, claim))

    def record_each(self, claims: Mapping[str, Claim]) -> Outcome:
        """Append a claim of its own to the history of each show, as one edit.

        Raises:
            TrackerError: As `record`.
        """
        if not claims:
            return Outcome("nothing to record")
        from tracker.store.operations import AddClaims

        today = self.now().date()
        for claim in claims.values():
            if claim.on is not None and claim.on > today and not claim.on_text:
                raise BadValue(f"{claim.on} is still to come: a claim is dated with the day on which it was said.")
        whole = {
            show_id: (claim._replace(on=claim.on or today, source=claim.source or ME),)
            for show_id, claim in claims.items()
        }
        outcome = self._apply(
            AddClaims(whole, describe_claims(self._watchlist, claims), today, self.region), tuple(claims)
        )
        return outcome._replace(label=outcome.label + overruled_note(self._watchlist, claims))

    def set_fields(self, show_id: str, values: Mapping[str, Any], seen: Show | None = None) -> Outcome:
        """Give fields of a show new values; a status or release among them is recorded as a claim.

        Args:
            show_id: The show.
            values: Values of the model by field name, see `tracker.model.fields`.
            seen: The show as the editor saw it, for conflicts; else as it is now.

        Raises:
            TrackerError: The list is read-only, a field changed meanwhile, or see `Operation.apply`.
        """
        return self.set_each({show_id: values}, {show_id: seen} if seen is not None else {})

    def set_each(self, values: Mapping[str, Mapping[str, Any]], seen: Mapping[str, Show] | None = None) -> Outcome:
        """Give fields of several shows new values, as one edit.

        Raises:
            TrackerError: As `set_fields`.
        """
        operation = self._plan_fields(values, seen or {})
        if operation is None:
            return Outcome(
                f"{titles_or_count([self._watchlist.get(i) for i in values])}: nothing to change", tuple(values)
            )
        return self._apply(operation, tuple(values))

    def apply_fields(
        self, show_id: str, values: Mapping[str, Any], claims: Sequence[Claim], label: str
    ) -> tuple[str, str]:
        """Give fields of a show new values and record claims, as one edit; return the entry's text before and after.

        Args:
            show_id: The show.
            values: Values of the model by field name, `follows` among them, but not status and release.
            claims: With their days and sources.
            label: A sentence about it.

        Raises:
            TrackerError: As `set_fields`.
        """
        from tracker.store.operations import FieldChange, SetFields

        with self._lock:
            show = self._watchlist.get(show_id)
            fields = {name: (getattr(show, name), value) for name, value in values.items()}
            operation = SetFields({show_id: FieldChange(fields, tuple(claims))}, label, self.now().date(), self.region)
            self.record_hand_edits()
            before = self.text_of(show_id)
            self._apply(operation, (show_id,))
            return before, self.text_of(show_id)

    def revert(
        self, before: str, after: str, label: str, *, lead: str = "", follow: str = "", then: Operation | None = None
    ) -> Outcome:
        """Give an entry back what it was before a change, whatever else was written into it since.

        Args:
            before: The entry's text before the change, "" where it was not there.
            after: Its text after it, "" where it was taken away.
            label: A sentence about it.
            lead: The text of the file directly before an entry that was taken away.
            follow: The text directly behind it.
            then: What is done in the same edit.

        Raises:
            TrackerError: The list is read-only or cannot be written, or just that was changed since.
        """
        from tracker.store.operations import RevertChange

        with self._lock:
            self._require_writable()
            was = self._watchlist
            try:
                # A hand edit that was not noted yet may be just what is to be taken back.
                self._writer.apply(RevertChange(before, after, label, lead, follow, then))
            finally:
                self._show_snapshot(self._file.snapshot)
            return Outcome(label, diff_watchlists(was, self._watchlist).show_ids, returns=True)

    def revert_with_note(self, show_id: str, before: str, after: str, note: Claim, label: str) -> None:
        """Take a change of an entry back and leave a note in its place, as one edit.

        Raises:
            TrackerError: As `revert`.
        """
        from tracker.store.operations import AddClaims

        today = self.now().date()
        self.revert(before, after, label, then=AddClaims({show_id: (note,)}, label, today, self.region))

    def set_aside(self, show_id: str, values: Mapping[str, Any]) -> None:
        """Keep values that were not written for the other ones' sake: redo writes them.

        Raises:
            TrackerError: The show is not on the list.
        """
        with self._lock:
            if operation := self._plan_fields({show_id: values}, {}):
                self._writer.set_aside(operation)
            self._show_snapshot(self._file.snapshot)

    def _plan_fields(self, values: Mapping[str, Mapping[str, Any]], seen: Mapping[str, Show]) -> Operation | None:
        """Return the edit that gives fields these values, None where they have them."""
        from tracker.store.operations import FieldChange, SetFields

        today = self.now().date()
        shows = {show_id: seen.get(show_id) or self._watchlist.get(show_id) for show_id in values}
        changes: dict[str, FieldChange] = {}
        said: dict[str, None] = {}
        for show_id, show in shows.items():
            changed = {name: value for name, value in values[show_id].items() if getattr(show, name) != value}
            claim = _pop_claim(changed, today)
            fields = {name: (getattr(show, name), value) for name, value in changed.items()}
            if own := show.follows.keys() & fields.keys():
                # What its owner writes is the owner's from then on.
                follows = {name: source for name, source in show.follows.items() if name not in own}
                fields["follows"] = (show.follows, follows)
            if fields or claim:
                changes[show_id] = FieldChange(fields, (claim,) if claim else ())
                said.update(dict.fromkeys(name.replace("_", " ") for name in fields if name != "follows"))
                said.update(dict.fromkeys(claim_parts(claim) if claim else ()))
        label = f"{titles_or_count(shows.values())}: {', '.join(said)}"
        return SetFields(changes, label, today, self.region) if changes else None

    def add(self, show: Show, claim: Claim | None = None) -> Outcome:
        """Put a show on the list; its id is made from its title, its status and release come from the claim.

        Raises:
            TrackerError: The list is read-only or cannot be written.
        """
        from tracker.store.operations import AddShow

        if claim is not None and (claim.status is not None or claim.release is not None or claim.note):
            claim = claim._replace(on=claim.on or self.now().date(), source=claim.source or ME)
            standing = fold_history((claim,))
            show = show._replace(history=(claim,), status=standing.status, release=standing.window)
        label = f"{show.title} added"
        self._apply(AddShow(show, label), ())
        # It stands at the end of the file, so it is the last of all.
        return Outcome(with_warning(label, self._writer.warning), (next(reversed(self._file.snapshot.block_numbers)),))

    def remove(self, show_ids: Sequence[str]) -> Outcome:
        """Take shows off the list; `undo` brings them back.

        Raises:
            TrackerError: The list is read-only, or see `Operation.apply`.
        """
        from tracker.store.operations import RemoveShows

        label = f"{titles_or_count([self._watchlist.get(show_id) for show_id in show_ids])} removed"
        self._apply(RemoveShows(tuple(show_ids), label), ())
        return Outcome(label)

    def undo(self) -> Outcome:
        """Take the last edit back.

        Raises:
            TrackerError: The list is read-only, nothing is there to undo, or the text was changed since.
        """
        return self._step_back(self._writer.undo, "undone")

    def redo(self) -> Outcome:
        """Bring the last undone edit again.

        Raises:
            TrackerError: As `undo`.
        """
        return self._step_back(self._writer.redo, "done again")

    def _step_back(self, go: Callable[[], str], word: str) -> Outcome:
        with self._lock:
            self._require_writable()
            self.record_hand_edits()
            before = self._watchlist
            try:
                label = go()
            finally:
                after = self._show_snapshot(self._file.snapshot)
            ids = diff_watchlists(before, after).show_ids
            return Outcome(with_warning(f"{word}: {label}", self._writer.warning), ids, returns=True)

    def _apply(self, operation: Operation, show_ids: Sequence[str]) -> Outcome:
        with self._lock:
            self._require_writable()
            lost = self.set_aside_lost() if self._writer.has_external_change else None
            self.record_hand_edits()
            places = [self._file.snapshot.block_numbers.get(show_id) for show_id in show_ids]
            try:
                contents = self._writer.apply(operation)
            finally:
                # Also where it is refused: what stands in the way should be seen.
                self._show_snapshot(self._file.snapshot)
            ids = (_id_after(contents, old, place) for old, place in zip(show_ids, places, strict=True))
            label = with_warning(operation.label, self._writer.warning)
            return Outcome(f"{label}; {lost.label}" if lost else label, tuple(ids))

    def _require_writable(self) -> None:
        if self.as_of is not None:
            raise ReadOnly(self.why_read_only)
        if why := self.why_read_only:
            raise WatchlistUnwritable(why)


def _id_after(contents: Snapshot, old: str, place: int | None) -> str:
    """Return a show's id after an edit: an entry without a written id takes a new one with a new title."""
    if place is None or contents.block_numbers.get(old) == place:
        return old
    return next((show_id for show_id, at in contents.block_numbers.items() if at == place), old)


def _pop_claim(changed: dict[str, Any], today: date) -> Claim | None:
    """Take status and release out of changed fields and return the claim that they make.

    Raises:
        BadValue: One of them is emptied.
    """
    for name in ("status", "release"):
        if name in changed and changed[name] is None:
            hint = "; say TBA for a date that was taken back" if name == "release" else ""
            raise BadValue(f"a {name} is not emptied: it is what the claims say{hint}.")
    status, release = changed.pop("status", None), changed.pop("release", None)
    if status is None and release is None:
        return None
    return Claim(on=today, status=status, release=release, source=ME)
