"""Edits of the open watchlist: claims, fields, shows, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.errors import BadValue, ReadOnly, TrackerError, WatchlistUnwritable
from tracker.model.diff import diff_watchlists
from tracker.model.fields import edit_show
from tracker.model.formatting import (
    claim_name,
    claim_parts,
    describe_claims,
    describe_hand_edits,
    describe_lost_edits,
    describe_new_value,
    overruled_note,
    titles_or_count,
    with_warning,
)
from tracker.model.history import ME, Claim, settle_words
from tracker.model.links import parse_link
from tracker.model.news import NewsItem
from tracker.model.provenance import mark_edited
from tracker.model.show import Credit, Person, Show
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.store.snapshot import Snapshot

if TYPE_CHECKING:
    from tracker.model.item_edit import EditedShow
    from tracker.model.source_update import SourceUpdate
    from tracker.service.new_list import NewList
    from tracker.store.operations import Operation
    from tracker.store.writer import WatchlistWriter

_WHY_KEPT: Final = {
    "status": "The status comes from the history and can't be cleared. Record a new one instead.",
    "release": "The release date comes from the history and can't be cleared. If it was withdrawn, use TBA.",
}

# What only an edit needs is imported where an edit is made: it would double the start-up of `tracker list`.


class _Edit(NamedTuple):
    """What is changed in one show, see `edit_show`."""

    claims: Sequence[Claim]
    changes: Mapping[str, tuple[Any, Any]] = {}


class Edits:
    """What can be changed in a watchlist; every edit is one step of undo.

    Edits raise `TrackerError` where the list is read-only, or where the edit does not fit what the file says by then,
    see `Operation.apply`. The writer of its file is made at the first edit.
    """

    def __init__(self, watchlist: OpenWatchlist, new_list: NewList, make_writer: Callable[[], WatchlistWriter]) -> None:
        self._watchlist = watchlist
        self._new_list = new_list
        self._make_writer = make_writer

    @cached_property
    def _writer(self) -> WatchlistWriter:
        return self._make_writer()

    def record(self, claims: Mapping[str, Claim]) -> Outcome:
        """Append to the history of each of these shows a claim of its own.

        A claim without a day or a source is said today, by "me".

        Raises:
            BadValue: A claim says nothing, or is dated in the future.
        """
        if not claims:
            return Outcome("Nothing to record")
        today = self._today
        for claim in claims.values():
            _check_claim(claim, today)
        edits = {show_id: _Edit((_with_defaults(claim, today),)) for show_id, claim in claims.items()}
        label = describe_claims(self._watchlist.current, claims)
        outcome = self.apply(self._plan_updates(edits, label), tuple(claims))
        return outcome._replace(label=outcome.label + overruled_note(self._watchlist.current, claims))

    def edit_claim(self, seen: Show, index: int, claim: Claim) -> Outcome:
        """Change a claim of a show, see `tracker.model.item_edit.edit_claim`.

        Args:
            seen: The show as it is shown, with the claim that is meant.
            index: Its place in the history; 0 for the baseline of an entry without one.
            claim: What it is changed to.

        Raises:
            BadValue: The claim says nothing, or is newly dated in the future.
        """
        before = seen.claims[index]
        if claim == before:
            return Outcome(f"{seen.title}: nothing to change", (seen.id,))
        _check_claim(claim, self._today if claim.on != before.on else date.max)
        if (claim.on, claim.release) != (before.on, before.release):
            # Words that stay in the file would count from another day.
            claim = settle_words(claim)
        return self._change_claim(seen, index, claim, f"{seen.title}: {claim_name(before)} changed")

    def remove_claim(self, seen: Show, index: int) -> Outcome:
        """Take a claim out of a show's history; the arguments are those of `edit_claim`."""
        label = f"{seen.title}: {claim_name(seen.claims[index])} removed"
        if len(seen.history) == 1 and (seen.status or seen.release):
            label += "; the entry keeps its own status and date"
        return self._change_claim(seen, index, None, label)

    def _change_claim(self, seen: Show, index: int, claim: Claim | None, label: str) -> Outcome:
        from tracker.model.item_edit import edit_claim

        return self._edit_item(seen, label, partial(edit_claim, seen=seen, index=index, claim=claim))

    def edit_credit(self, seen: Show, index: int | None, credit: Credit | None) -> Outcome:
        """Change a credit of a show, remove it (`credit` None), or add one to its cast (`index` None).

        Args:
            seen: The show as it is shown.
            index: The place of the credit in its cast.
            credit: What it is changed to.
        """
        from tracker.model.item_edit import edit_credit

        before = seen.cast[index] if index is not None else None
        if credit == before:
            return Outcome(f"{seen.title}: nothing to change", (seen.id,))
        verb = "added" if before is None else "changed" if credit is not None else "removed"
        name = credit or before
        label = f"{seen.title}: {name.actor if name is not None else ''} {verb}"
        return self._edit_item(seen, label, partial(edit_credit, seen=seen, index=index, credit=credit))

    def edit_link(self, seen: Show, name: str | None, link: tuple[str, str] | None) -> Outcome:
        """Change a link of a show, remove it (`link` None), or add one (`name` None).

        Args:
            seen: The show as it is shown.
            name: The name of the link.
            link: Its new name and address.

        Raises:
            BadValue: Another link has the name.
        """
        from tracker.model.item_edit import edit_link

        if name is not None and link == (name, seen.links[name]):
            return Outcome(f"{seen.title}: nothing to change", (seen.id,))
        verb = "added" if name is None else "changed" if link is not None else "removed"
        label = f"{seen.title}: link “{link[0] if link else name}” {verb}"
        return self._edit_item(seen, label, partial(edit_link, seen=seen, name=name, link=link))

    def edit_person(self, seen: Person | None, person: Person | None) -> Outcome:
        """Change the card of a person, remove it (`person` None), or add one (`seen` None).

        Args:
            seen: The card as it is shown.
            person: What it is changed to.
        """
        from tracker.store.operations import EditPerson

        name = (person or seen or Person("")).name
        if person == seen:
            return Outcome(f"{name}: nothing to change")
        before = seen or Person(name)
        if person == before._replace(follow=not before.follow):
            label = f"{'No longer following' if before.follow else 'Following'} {name}"
        else:
            verb = "added" if seen is None else "changed" if person is not None else "removed"
            label = f"{name}: card {verb}"
        return self.apply(EditPerson(seen, person, label))

    def _edit_item(self, seen: Show, label: str, edit: Callable[..., EditedShow]) -> Outcome:
        from tracker.store.operations import EditShow

        def edit_now(show: Show) -> EditedShow:
            return edit(show, seen_on=self._watchlist.hand_edit_day(show), preference=self._watchlist.preference)

        return self.apply(EditShow(seen.id, edit_now, label), (seen.id,))

    def set_fields(self, values: Mapping[str, Mapping[str, Any]], seen: Mapping[str, Show] | None = None) -> Outcome:
        """Give fields of shows new values; a status or release among them is recorded as a claim.

        Args:
            values: For each show's id, values of the model by field name, see `tracker.model.fields`.
            seen: The shows as the editor saw them, to find conflicts; else as they are now.
        """
        operation = self._plan_fields(values, seen or {})
        if operation is None:
            shows = [self._watchlist.current.get(show_id) for show_id in values]
            return Outcome(f"{titles_or_count(shows)}: nothing to change", tuple(values))
        return self.apply(operation, tuple(values))

    def set_aside(self, show_id: str, values: Mapping[str, Any]) -> None:
        """Keep values that lost a conflict in the journal: redo writes them."""
        with self._locked():
            if operation := self._plan_fields({show_id: values}, {}):
                self._writer.set_aside(operation)
            self._show_file()

    def apply_fields(
        self, show_id: str, values: Mapping[str, Any], claims: Sequence[Claim], label: str
    ) -> tuple[str, str]:
        """Give fields of a show new values and record claims, as one edit; return the entry's text before and after.

        Unlike `set_fields` it takes `follows` as it is, neither status nor release, and whole claims.
        """
        with self._locked():
            show = self._watchlist.current.get(show_id)
            fields = {name: (getattr(show, name), value) for name, value in values.items()}
            before = self._watchlist.text_of(show_id)
            self.apply(self._plan_updates({show_id: _Edit(claims, fields)}, label), (show_id,))
            return before, self._watchlist.text_of(show_id)

    def apply_update(self, seen: Show, update: SourceUpdate, label: str) -> tuple[str, str] | None:
        """Record what a source says, as one edit.

        Fields that were edited since the show was `seen` are the owner's, and stay.

        Returns:
            The entry's text before and after; None if another process has recorded the claims meanwhile.
        """
        from tracker.model.source_update import is_recorded
        from tracker.store.operations import UpdateShows

        is_repeated = False

        def edit(show: Show) -> Show:
            nonlocal is_repeated
            after = update.apply(show, seen)
            claims = [claim for claim in update.claims if not is_recorded(show, claim)]
            is_repeated = bool(update.claims) and not claims
            if not claims and after == show:
                return show
            return after.record(claims, self._watchlist.hand_edit_day(show), self._watchlist.preference)

        with self._locked():
            before = self._watchlist.text_of(seen.id)
            self.apply(UpdateShows({seen.id: edit}, label), (seen.id,))
            return None if is_repeated else (before, self._watchlist.text_of(seen.id))

    def revert(self, item: NewsItem, label: str, note: Claim | None = None) -> Outcome:
        """Take back what a news item changed, and record a note; what else was written into its entry stays."""
        from tracker.store.operations import RevertChange

        then = self._plan_updates({item.show_id: _Edit((note,))}, label) if note is not None else None
        change = RevertChange(item.before, item.after, label, item.text_before, item.text_after, then)
        before = self._watchlist.current
        with self._editing():
            self._writer.apply(change)
        return Outcome(label, diff_watchlists(before, self._watchlist.current).show_ids, returns=True)

    def add(self, show: Show, *claims: Claim | None) -> Outcome:
        """Put a show on the list; its id is made from its title, its status and release come from the claims, if any.

        Where there is no list yet, it becomes the first of a new one, see `NewList.begin`; one that was read before and
        is gone is none of these.
        """
        from tracker.store.operations import AddShows

        told = [claim for claim in claims if claim is not None and (claim.status or claim.release or claim.note)]
        if told:
            told = [_with_defaults(claim, self._today) for claim in told]
            show = show._replace(history=(), status=None, release=None)
            show = show.with_claims(*told, preference=self._watchlist.preference)
        self._begin_list()
        outcome = self.apply(AddShows((show,), f"{show.full_title} added"))
        # The new entry is the last of the file.
        return outcome._replace(show_ids=(next(reversed(self._watchlist.snapshot.block_numbers)),))

    def add_titles(self, titles: Sequence[str]) -> Outcome:
        """Add a show for each title, as one edit; where there is no list yet, begin one."""
        from tracker.store.operations import AddShows

        self._begin_list()
        shows = [Show("", title) for title in titles]
        outcome = self.apply(AddShows(shows, f"{titles_or_count(shows)} added"))
        return outcome._replace(show_ids=tuple(self._watchlist.snapshot.block_numbers)[-len(shows) :])

    def _begin_list(self) -> None:
        file = self._watchlist.file
        if file.stamp is None and file.current_stamp is None and self._watchlist.as_of is None:
            self._new_list.begin()

    def remove(self, show_ids: Sequence[str]) -> Outcome:
        from tracker.store.operations import RemoveShows

        shows = [self._watchlist.current.get(show_id) for show_id in show_ids]
        return self.apply(RemoveShows(tuple(show_ids), f"{titles_or_count(shows)} removed"))

    def undo(self) -> Outcome:
        return self._step(self._writer.next_undo, self._writer.undo, "Undone")

    def redo(self) -> Outcome:
        return self._step(self._writer.next_redo, self._writer.redo, "Redone")

    def note(self, show_ids: Sequence[str] = ()) -> Outcome:
        """Write into the histories what was said by editing status or release in the file; by default of all shows."""
        from tracker.store.operations import UpdateShows

        for show_id in show_ids:
            self._watchlist.current.get(show_id)
        hand_edits = self._watchlist.hand_edits
        claims = {show_id: hand_edits[show_id] for show_id in show_ids or hand_edits if show_id in hand_edits}
        if not claims:
            return Outcome("Nothing to add: the history already has all edits made by hand", tuple(show_ids))

        def update(show: Show) -> Show:
            return show.record((), self._watchlist.hand_edit_day(show), self._watchlist.preference)

        label = describe_hand_edits(self._watchlist.current, claims)
        return self.apply(UpdateShows(dict.fromkeys(claims, update), label), tuple(claims))

    def set_aside_lost(self) -> Outcome | None:
        """Find edits that another program's save undid, so that redo makes them again; None if there are none."""
        if self._watchlist.as_of is not None:
            return None
        try:
            labels = self._writer.set_lost_edits_aside()
        except TrackerError:
            return None
        return Outcome(describe_lost_edits(labels)) if labels else None

    def apply(self, operation: Operation, show_ids: Sequence[str] = ()) -> Outcome:
        """Apply an edit; the outcome names these shows, by their ids before it."""
        with self._editing():
            lost = self.set_aside_lost() if self._writer.has_external_change else None
            places = [self._watchlist.snapshot.block_numbers.get(show_id) for show_id in show_ids]
            self._writer.apply(operation)
            label = with_warning(operation.label, self._writer.warning)
            ids_after = _ids_after(self._watchlist.snapshot, [*zip(show_ids, places, strict=True)])
            return Outcome(f"{label}. {lost.label}" if lost else label, ids_after)

    def _step(self, check: Callable[[], object], step: Callable[[], str], done: str) -> Outcome:
        self._check_writable()
        check()  # what is refused takes no lock and leaves no file
        with self._editing():
            before = self._watchlist.current
            label = with_warning(f"{done}: {step()}", self._writer.warning)
        return Outcome(label, diff_watchlists(before, self._watchlist.current).show_ids, returns=True)

    def _plan_fields(self, values: Mapping[str, Mapping[str, Any]], seen: Mapping[str, Show]) -> Operation | None:
        """Return the edit that gives fields these values, None where they have them."""
        shows = {show_id: seen.get(show_id) or self._watchlist.current.get(show_id) for show_id in values}
        edits: dict[str, _Edit] = {}
        parts: dict[str, None] = {}
        for show_id, show in shows.items():
            changed = {name: value for name, value in values[show_id].items() if getattr(show, name) != value}
            _check_links(changed.get("links", {}), show.links)
            claim = _pop_claim(changed, self._today)
            fields = {name: (getattr(show, name), value) for name, value in changed.items()}
            # What its owner writes is the owner's from then on, and so is what the owner clears.
            follows = mark_edited(show, fields.keys(), [name for name, value in changed.items() if not value])
            if follows != show.follows:
                fields["follows"] = (show.follows, follows)
            if fields or claim:
                edits[show_id] = _Edit((claim,) if claim else (), fields)
                parts.update(
                    dict.fromkeys(
                        describe_new_value(name, value) for name, (_, value) in fields.items() if name != "follows"
                    )
                )
                parts.update(dict.fromkeys(claim_parts(claim) if claim else ()))
        label = f"{titles_or_count(shows.values())}: {', '.join(parts)}"
        return self._plan_updates(edits, label) if edits else None

    def _plan_updates(self, edits: Mapping[str, _Edit], label: str) -> Operation:
        from tracker.store.operations import UpdateShows

        def update(edit: _Edit, show: Show) -> Show:
            seen_on, preference = self._watchlist.hand_edit_day(show), self._watchlist.preference
            if edit.claims and not edit.changes:
                return show.record(edit.claims, seen_on, preference)
            return edit_show(show, edit.changes, edit.claims, seen_on=seen_on, preference=preference)

        return UpdateShows({show_id: partial(update, edit) for show_id, edit in edits.items()}, label)

    @property
    def _today(self) -> date:
        # An edit is made today, whatever day the list is seen as of.
        return self._watchlist.now().date()

    @contextmanager
    def _editing(self) -> Iterator[None]:
        """Refuse an edit of a read-only list; show the file after the edit."""
        with self._locked():
            try:
                yield
            finally:
                # Also where it is refused: what is in the way should be seen.
                self._show_file()
            # From now on the file's own time says nothing of when they were made.
            self._watchlist.keep_hand_edit_days()

    def _check_writable(self) -> None:
        if why := self._watchlist.why_read_only:
            raise (WatchlistUnwritable if self._watchlist.as_of is None else ReadOnly)(why)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from writing, then other threads: who waits for a process must not stop the screen."""
        self._check_writable()
        with self._writer.hold(), self._watchlist.lock:
            yield

    def _show_file(self) -> None:
        self._watchlist.show_snapshot(self._watchlist.snapshot)


def _check_links(links: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Refuse links that are none; those that the file had before stay."""
    for name, url in links.items():
        if before.get(name) != url:
            parse_link(url, "links")


def _check_claim(claim: Claim, today: date) -> None:
    if claim.status is None and claim.release is None and not claim.note:
        raise BadValue("A claim needs a status, a release date or a note.", "note")
    if claim.on is not None and claim.on > today and not claim.on_text:
        raise BadValue(f"{claim.on} is in the future. Enter the day it was said.", "on")


def _with_defaults(claim: Claim, today: date) -> Claim:
    return settle_words(claim)._replace(on=claim.on or today, source=claim.source or ME)


def _ids_after(snapshot: Snapshot, places: Sequence[tuple[str, int | None]]) -> tuple[str, ...]:
    # An entry without a written id gets a new one with a new title.
    numbers = snapshot.block_numbers
    moved = {place: old for old, place in places if place is not None and numbers.get(old) != place}
    new_ids = {moved[place]: show_id for show_id, place in numbers.items() if place in moved} if moved else {}
    return tuple(new_ids.get(old, old) for old, _ in places)


def _pop_claim(changed: dict[str, Any], today: date) -> Claim | None:
    """Take status and release out of changed fields and return the claim that they make.

    Raises:
        BadValue: One of them is emptied.
    """
    for name in ("status", "release"):
        if name in changed and changed[name] is None:
            raise BadValue(_WHY_KEPT[name], name)
    status, release = changed.pop("status", None), changed.pop("release", None)
    if status is None and release is None:
        return None
    return settle_words(Claim(on=today, status=status, release=release, source=ME))
