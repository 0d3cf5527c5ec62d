"""What a source says differently from fields that are the owner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.model.fields import FIELDS
from tracker.model.history import source_name
from tracker.model.matching import same_value, search_forms
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import FOLLOWABLE, SourceState, status_change
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import search_form


class Proposal(NamedTuple):
    """A value that a source has for a field; applied only with a yes."""

    show_id: str
    source_id: SourceId
    field: str
    """A key of `FIELDS`."""
    mine: Any
    """The value on the list."""
    theirs: Any
    """The value that would replace it."""
    since: date | None = None
    """Since when the source has said so."""
    url: str = ""
    raw_value: Any = None
    """The source's own value, before it was merged with the owner's."""

    @property
    def can_be_followed(self) -> bool:
        """Whether the field may follow the source from now on; status and release are claims."""
        return self.field in FOLLOWABLE

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Identifies a declined proposal, so that it is not offered again."""
        return (self.source_id.source, self.source_id.key, self.field, FIELDS[self.field].write(self.raw_value))

    def value_text(self, value: Any) -> str:
        """Return one of the two values as typed text."""
        return FIELDS[self.field].write(value)


def find_proposals(show: Show, words: Iterable[SourceState]) -> tuple[Proposal, ...]:
    """Return what sources say differently, claims first, then in the order of the fields."""
    found = []
    claim = show.history_state.window_claim
    for word in words:
        if word.is_removed:
            continue
        for name, (theirs, raw) in _offers(show, word.record).items():
            since = word.since_when(name)
            if name == "release" and claim is not None and claim.on and since and since < claim.on:
                # What counts was said later than this.
                continue
            one = Proposal(show.id, word.source_id, name, getattr(show, name), theirs, since, word.record.url, raw)
            found.append(one)
    order = {name: place for place, name in enumerate(("release", "status", *FOLLOWABLE))}
    return tuple(sorted(found, key=lambda one: order[one.field]))


def _offers(show: Show, said: SourceRecord) -> Mapping[str, tuple[Any, Any]]:
    """Return the values to apply, each with the source's own, by field."""
    offers: dict[str, tuple[Any, Any]] = {}
    if said.release is not None and not _has_heard(show, said, said.release):
        offers["release"] = (said.release, said.release)
    if (status := status_change(show, said)) is not None and not _has_status(show, said, status):
        offers["status"] = (status, status)
    for name in FOLLOWABLE:
        theirs = getattr(said, name)
        if (
            theirs
            and (show.follows.get(name) != said.source or getattr(show, name))
            and not same_value(show, name, theirs)
        ):
            offers[name] = (_taken(show, name, theirs), theirs)
    return offers


def _has_heard(show: Show, said: SourceRecord, window: Window) -> bool:
    """Return whether a date is known already, or is the source's own claim, overruled since."""
    if show.release is not None and window.contains(show.release):
        return True
    own = [claim.release for claim in show.history if claim.release and source_name(claim.source) == said.source]
    return bool(own) and own[-1].has_same_days(window)


def _has_status(show: Show, said: SourceRecord, status: Status) -> bool:
    own = [claim.status for claim in show.history if claim.status and source_name(claim.source) == said.source]
    return bool(own) and own[-1] is status


def _taken(show: Show, name: str, theirs: Any) -> Any:
    """Return the value to apply: aliases and cast keep the owner's additions."""
    if name == "aliases":
        known = search_forms((show.title, show.original_title, *show.aliases))
        return (*show.aliases, *(alias for alias in theirs if search_form(alias) not in known))
    if name == "cast":
        named = search_forms(credit.actor for credit in theirs)
        others = (credit for credit in show.cast if search_form(credit.actor) not in named)
        return (*(_with_about(credit, show.cast) for credit in theirs), *others)
    return theirs


def _with_about(theirs: Credit, cast: Iterable[Credit]) -> Credit:
    """Return a credit with what the owner wrote about the actor in this role, or in the only one."""
    mine = [credit for credit in cast if search_form(credit.actor) == search_form(theirs.actor)]
    same = [credit for credit in mine if search_form(credit.role) == search_form(theirs.role)] or mine
    if len(same) != 1:
        return theirs
    return theirs._replace(role=theirs.role or same[0].role, about=same[0].about)
