"""The verbs of the program: what the command line and the app do with a watchlist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.errors import BadValue, ReadOnly, TrackerError, WatchlistUnreadable
from tracker.model.history import ME, Claim, fold, unclaimed
from tracker.model.labels import claim_label, hand_label, overruled, titles, told, words_of
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths, starter
from tracker.store.contents import Contents
from tracker.store.watchlist_file import WatchlistFile, reason

if TYPE_CHECKING:
    from tracker.store.check import Problem
    from tracker.store.editor import Editor
    from tracker.store.operations import Operation
    from tracker.store.remembered import Memory, Settings

# What only an edit needs is imported where an edit is made: it would double the start-up of `tracker list`.

EMPTY_LIST: Final = """\
# My watchlist. A title is all that an entry needs:
#
#     [[show]]
#     title = "A show that I wait for"
#
# Comments, order and keys of your own stay as they are. `tracker check` finds mistakes.
format = 1
"""


class Outcome(NamedTuple):
    """What an edit came to."""

    label: str
    """A sentence about it: "Soul Mate is released"."""
    show_ids: tuple[str, ...] = ()
    """The shows that it touched, by their ids after it."""
    returns: bool = False
    """Whether it brought something back, which should then be seen."""


class Tracker:
    """One watchlist, open for looking or for editing."""

    def __init__(self, paths: Paths, *, as_of: date | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        self.paths = paths
        """Where everything is."""
        self.as_of = as_of
        """The day as which the list is looked at; None is today."""
        self._now = now
        self._file = WatchlistFile(paths.watchlist)
        self._watchlist = Watchlist()
        self._unnoted: dict[str, tuple[Claim, ...]] = {}

    @cached_property
    def _editor(self) -> Editor:
        from tracker.store.editor import Editor

        return Editor(self._file, self.paths.state, self._now)

    @property
    def today(self) -> date:
        """The day from which everything is seen."""
        return self.as_of or self._now().date()

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was on `today`."""
        return self._watchlist

    @property
    def path(self) -> Path:
        """The file of the list."""
        return self.paths.watchlist

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, as a sentence; "" where it can."""
        if self.as_of is not None:
            return f"You look at the list as of {self.as_of}: the past cannot be changed."
        if not self._file.is_writable:
            return f"{self.path} cannot be written: its mode (chmod u+w), its folder or its disk says no."
        return ""

    def make_starter(self) -> bool:
        """Copy the starter list to its place if this is the first start, and return whether it was.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written.
        """
        if not self.paths.is_default or self.path.exists() or self.path.is_symlink():
            return False
        _create(self.path, starter().read_bytes())
        return True

    def make_empty(self) -> None:
        """Make an empty list where the file is missing.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written, or something is there.
        """
        if self.path.exists():
            raise WatchlistUnreadable(f"{self.path} is there already.")
        _create(self.path, EMPTY_LIST.encode())

    def open(self) -> Watchlist:
        """Read the list; what was edited by hand shows as a claim of source "me".

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        return self._show_contents(self._file.load())

    def open_in_parts(self) -> Iterator[Watchlist]:
        """Read the list and give a long one twice, an incomplete first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        for part in self._file.load_in_parts():
            yield self._show_contents(part)

    def _show_contents(self, contents: Contents) -> Watchlist:
        watchlist = contents.watchlist
        if watchlist.complete:
            self._unnoted = _hand_edits(contents, self._now().date())
            watchlist = _with_claims(watchlist, self._unnoted)
        if self.as_of is not None:
            watchlist = watchlist.as_of(self.as_of)
        self._watchlist = watchlist
        return watchlist

    def note_hand_edits(self) -> Outcome | None:
        """Append to the file the claims that were made by editing it; None if there are none.

        A file that cannot be written keeps them for the next time: they show all the same.
        """
        if not self._unnoted or self.why_read_only:
            return None
        from tracker.store.operations import NoteHandEdits

        found, self._unnoted = self._unnoted, {}
        label = hand_label(self._watchlist, found)
        if self._editor.was_undone(label):
            return None
        try:
            self._show_contents(self._editor.apply(NoteHandEdits(tuple(found), label, self._now().date())))
        except TrackerError:
            return None
        return Outcome(label, tuple(found))

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
        from tracker.store.operations import Record

        today = self._now().date()
        for claim in claims.values():
            if claim.on is not None and claim.on > today and not claim.on_text:
                raise BadValue(f"{claim.on} is still to come: a claim is dated with the day on which it was said.")
        whole = {
            show_id: (claim._replace(on=claim.on or today, source=claim.source or ME),)
            for show_id, claim in claims.items()
        }
        outcome = self._apply(Record(whole, claim_label(self._watchlist, claims), today), tuple(claims))
        return outcome._replace(label=outcome.label + overruled(self._watchlist, claims))

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
        from tracker.store.operations import Change, SetFields

        today = self._now().date()
        shows = {show_id: (seen or {}).get(show_id) or self._watchlist.get(show_id) for show_id in values}
        changes: dict[str, Change] = {}
        said: dict[str, None] = {}
        for show_id, show in shows.items():
            changed = {name: value for name, value in values[show_id].items() if getattr(show, name) != value}
            claim = _claim_in(changed, today)
            fields = {name: (getattr(show, name), value) for name, value in changed.items()}
            if fields or claim:
                changes[show_id] = Change(fields, (claim,) if claim else ())
                said.update(dict.fromkeys(name.replace("_", " ") for name in fields))
                said.update(dict.fromkeys(words_of(claim) if claim else ()))
        names = titles(shows.values())
        if not changes:
            return Outcome(f"{names}: nothing to change", tuple(values))
        return self._apply(SetFields(changes, f"{names}: {', '.join(said)}", today), tuple(values))

    def add(self, show: Show, claim: Claim | None = None) -> Outcome:
        """Put a show on the list; its id is made from its title, its status and release come from the claim.

        Raises:
            TrackerError: The list is read-only or cannot be written.
        """
        from tracker.store.operations import Add

        if claim is not None and (claim.status is not None or claim.release is not None or claim.note):
            claim = claim._replace(on=claim.on or self._now().date(), source=claim.source or ME)
            standing = fold((claim,))
            show = show._replace(history=(claim,), status=standing.status, release=standing.window)
        label = f"{show.title} added"
        self._apply(Add(show, label), ())
        # It stands at the end of the file, so it is the last of all.
        return Outcome(told(label, self._editor.trouble), (next(reversed(self._file.contents.places)),))

    def remove(self, show_ids: Sequence[str]) -> Outcome:
        """Take shows off the list; `undo` brings them back.

        Raises:
            TrackerError: The list is read-only, or see `Operation.apply`.
        """
        from tracker.store.operations import Remove

        label = f"{titles([self._watchlist.get(show_id) for show_id in show_ids])} removed"
        self._apply(Remove(tuple(show_ids), label), ())
        return Outcome(label)

    def undo(self) -> Outcome:
        """Take the last edit back.

        Raises:
            TrackerError: The list is read-only, nothing is there to undo, or the text was changed since.
        """
        self._must_be_writable()
        self.note_hand_edits()
        before = self._watchlist
        label = self._editor.undo()
        return Outcome(
            told(f"undone: {label}", self._editor.trouble),
            _changed(before, self._show_contents(self._file.contents)),
            returns=True,
        )

    def redo(self) -> Outcome:
        """Bring the last undone edit again.

        Raises:
            TrackerError: As `undo`.
        """
        self._must_be_writable()
        self.note_hand_edits()
        before = self._watchlist
        label = self._editor.redo()
        return Outcome(
            told(f"done again: {label}", self._editor.trouble),
            _changed(before, self._show_contents(self._file.contents)),
            returns=True,
        )

    def check(self) -> tuple[Problem, ...]:
        """Return every problem of the file, first lines first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        from tracker.store.check import problems

        return problems(self._file.load(), self._now().date())

    @property
    def memory(self) -> Memory:
        """What the app remembers of this list from one run to the next; a look at the past leaves no trace."""
        from tracker.store.naming import name_for
        from tracker.store.remembered import Memory

        return Memory(self.paths.state / "views" / f"{name_for(self.path)}.json", keeps=self.as_of is None)

    def line_of(self, show_id: str) -> int:
        """Return the line of the file on which the show's entry begins, 1 for an unknown one."""
        contents = self._file.contents
        place = contents.places.get(show_id)
        return 1 if place is None else contents.line(place)

    def _apply(self, operation: Operation, show_ids: Sequence[str]) -> Outcome:
        self._must_be_writable()
        self.note_hand_edits()
        places = [self._file.contents.places.get(show_id) for show_id in show_ids]
        contents = self._editor.apply(operation)
        self._show_contents(contents)
        ids = (_id_now(contents, old, place) for old, place in zip(show_ids, places, strict=True))
        return Outcome(told(operation.label, self._editor.trouble), tuple(ids))

    def _must_be_writable(self) -> None:
        if why := self.why_read_only:
            raise ReadOnly(why)


def _id_now(contents: Contents, old: str, place: int | None) -> str:
    """Return a show's id after an edit: an entry without a written id takes a new one with a new title."""
    if place is None or contents.places.get(old) == place:
        return old
    return next((show_id for show_id, at in contents.places.items() if at == place), old)


def _changed(before: Watchlist, after: Watchlist) -> tuple[str, ...]:
    """Return the shows that are new or other ones than before."""
    known = {show.id: show for show in before.shows}
    return tuple(show.id for show in after.shows if known.get(show.id) != show)


def _hand_edits(contents: Contents, today: date) -> dict[str, tuple[Claim, ...]]:
    """Return the claims that were made by editing the file and are not noted yet."""
    edited = set(contents.edited)
    return {
        show.id: (claim,)
        for show in (contents.watchlist.shows if edited else ())
        if show.id in edited and (claim := unclaimed(show.status, show.release, show.history, today))
    }


def _with_claims(watchlist: Watchlist, claims: Mapping[str, tuple[Claim, ...]]) -> Watchlist:
    """Return the list as if these claims stood in it already."""
    if not claims:
        return watchlist
    return watchlist._replace(
        shows=tuple(
            show._replace(history=(*show.history, *claims[show.id])) if show.id in claims else show
            for show in watchlist.shows
        )
    )


def settings(paths: Paths) -> Settings:
    """Return the settings of the owner."""
    from tracker.store.remembered import read_settings

    return read_settings(paths.settings)


def _create(path: Path, data: bytes) -> None:
    from tracker.store import atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, data)
    except OSError as error:
        raise WatchlistUnreadable(f"{path} cannot be made: {reason(error)}.") from None


def _claim_in(changed: dict[str, Any], today: date) -> Claim | None:
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
