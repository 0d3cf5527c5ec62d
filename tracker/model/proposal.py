"""What a source says differently from fields that are the owner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.model.fields import FIELDS
from tracker.model.history import source_name
from tracker.model.matching import name_forms, same_value
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import FOLLOWABLE, SourceState, is_other_season, status_change
from tracker.text import name_form


class Proposal(NamedTuple):
    """A value that a source has for a field; applied only with a yes."""

    show_id: str
    source_id: SourceId
    field: str  # a key of `FIELDS`
    mine: Any  # the value on the list
    theirs: Any  # the value that would replace it
    since: date | None = None  # since when the source has said so
    url: str = ""
    raw_value: Any = None  # the source's own value, before it was merged with the owner's

    @property
    def can_be_followed(self) -> bool:
        """Whether the field may follow the source from now on; status and release are claims."""
        return self.field in FOLLOWABLE

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Identifies a declined proposal, so that it is not offered again."""
        return (self.source_id.source, self.source_id.season_key, self.field, FIELDS[self.field].write(self.raw_value))

    def value_text(self, value: Any) -> str:
        return FIELDS[self.field].write(value)


def find_proposals(show: Show, states: Iterable[SourceState]) -> tuple[Proposal, ...]:
    """Return what sources say differently, claims first, then in the order of the fields."""
    proposals = []
    claim = show.history_state.window_claim
    for state in states:
        if state.is_removed:
            continue
        source_id, url = state.source_id, state.record.url
        for name, (value, raw_value) in _offers(show, state.record).items():
            since = state.since_when(name)
            if name == "release" and claim is not None and claim.on and since and since < claim.on:
                # The date that counts was given later.
                continue
            if name in ("release", "status") and is_other_season(show, state.record):
                continue
            proposals.append(Proposal(show.id, source_id, name, getattr(show, name), value, since, url, raw_value))
    order = ("release", "status", *FOLLOWABLE)
    return tuple(sorted(proposals, key=lambda proposal: order.index(proposal.field)))


def _offers(show: Show, record: SourceRecord) -> Mapping[str, tuple[Any, Any]]:
    """Return the values to apply, each with the source's own, by field."""
    offers: dict[str, tuple[Any, Any]] = {}
    own_claims = [claim for claim in show.history if source_name(claim.source) == record.source]
    # The source's own last claim is not offered again after the owner overruled it.
    if (release := record.release) is not None and not (show.release is not None and release.contains(show.release)):
        own_release = next((claim.release for claim in reversed(own_claims) if claim.release), None)
        if own_release is None or not own_release.has_same_days(release):
            offers["release"] = (release, release)
    if (status := status_change(show, record)) is not None:
        own_status = next((claim.status for claim in reversed(own_claims) if claim.status), None)
        if own_status is not status:
            offers["status"] = (status, status)
    for name in FOLLOWABLE:
        value = getattr(record, name)
        is_open = show.follows.get(name) != record.source or getattr(show, name)
        if value and is_open and not same_value(show, name, value):
            offers[name] = (_with_mine(show, name, value), value)
    return offers


def _with_mine(show: Show, name: str, theirs: Any) -> Any:
    """Return the value to apply: aliases and cast keep the owner's additions."""
    if name == "aliases":
        known = name_forms((show.title, show.original_title, *show.aliases))
        return (*show.aliases, *(alias for alias in theirs if name_form(alias) not in known))
    if name == "cast":
        actors = name_forms(credit.actor for credit in theirs)
        others = (credit for credit in show.cast if name_form(credit.actor) not in actors)
        return (*(_with_about(credit, show.cast) for credit in theirs), *others)
    return theirs


def _with_about(theirs: Credit, cast: Iterable[Credit]) -> Credit:
    """Return a credit with what the owner wrote about the actor in this role, or in the only one."""
    mine = [credit for credit in cast if name_form(credit.actor) == name_form(theirs.actor)]
    same = [credit for credit in mine if name_form(credit.role) == name_form(theirs.role)] or mine
    if len(same) != 1:
        return theirs
    return theirs._replace(role=theirs.role or same[0].role, about=same[0].about)
