"""What a source says differently from fields that are the owner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.fields import FIELDS
from tracker.model.genres import fold_genres
from tracker.model.history import source_name
from tracker.model.provenance import FACTS, FOLLOWABLE, is_offered
from tracker.model.same_values import name_forms, new_items, value_key
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
from tracker.model.source_update import is_about_same, is_other_season, last_own_date, status_change
from tracker.model.window import Window
from tracker.text import name_form

_NEAR: Final = timedelta(days=1)


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
        """Identifies a declined proposal, so that it is not offered again in other words."""
        return (self.source_id.source, self.source_id.season_key, *self.meaning)

    @property
    def meaning(self) -> tuple[str, str]:
        """The field, and what is said of it in whatever words: what two sources say alike is one proposal."""
        return (self.field, value_key(self.field, self.raw_value))

    @property
    def added(self) -> Any:
        """What would be added to the owner's list, where all of that stays; empty for other proposals."""
        is_list = isinstance(self.mine, tuple) and bool(self.mine) and self.theirs[: len(self.mine)] == self.mine
        return self.theirs[len(self.mine) :] if is_list else ()

    @property
    def followed_value(self) -> Any:
        """The value with which a field begins to follow the source: as the source has it, or it would count as edited.

        Of a cast what the owner wrote about the roles stays.
        """
        if self.field == "cast" and any(credit.about for credit in self.mine):
            return self.theirs
        return fold_genres(self.raw_value) if self.field == "genres" else self.raw_value

    def value_text(self, value: Any) -> str:
        return FIELDS[self.field].write(value)


def parse_meaning(field: str, text: str) -> str:
    """Return what a declined value means, also where it was kept as it was written, as earlier versions did."""
    try:
        value = FIELDS[field].read(text) if field in FIELDS else None
    except BadValue:
        value = None
    return text if value is None else value_key(field, value)


def find_proposals(show: Show, states: Iterable[SourceState]) -> tuple[Proposal, ...]:
    """Return what sources say differently and is worth a question, claims first, then in the order of the fields."""
    present = [state for state in states if not state.is_removed]
    sources = [state.source_id.source for state in present]
    proposals = []
    claim = show.history_state.window_claim
    for state in present:
        source_id, url = state.source_id, state.record.url
        for name, (value, raw_value) in _offers(show, state.record, sources).items():
            since = state.since_when(name)
            if name == "release" and claim is not None and claim.on and since and since < claim.on:
                # The date that counts was given later.
                continue
            if name in ("release", "status") and is_other_season(show, state.record):
                continue
            proposals.append(Proposal(show.id, source_id, name, getattr(show, name), value, since, url, raw_value))
    order = ("release", "status", *FOLLOWABLE)
    return tuple(sorted(proposals, key=lambda proposal: order.index(proposal.field)))


def _offers(show: Show, record: SourceRecord, sources: Sequence[str]) -> Mapping[str, tuple[Any, Any]]:
    """Return the values to apply, each with the source's own, by field."""
    offers: dict[str, tuple[Any, Any]] = {}
    # The source's own last claim is not offered again after the owner overruled it.
    release = record.release if is_about_same(show, record) else None
    if release is not None and not _is_same_date(show, release, record.source):
        own_release = last_own_date(show, record, record.track)
        if own_release is None or not own_release.has_same_days(release):
            offers["release"] = (release, release)
    if (status := status_change(show, record)) is not None:
        own_claims = (claim for claim in reversed(show.history) if source_name(claim.source) == record.source)
        if next((claim.status for claim in own_claims if claim.status), None) is not status:
            offers["status"] = (status, status)
    for name in FOLLOWABLE:
        value = getattr(record, name)
        if value and is_offered(show, name, value, record.source, sources):
            offers[name] = (_with_mine(show, name, value), value)
    return offers


def _is_same_date(show: Show, release: Window, source: str) -> bool:
    """Return whether a date asks nothing: it is vaguer, or of what is out a day off, as days are across the world.

    A source that corrects its own date means it.
    """
    if show.release is None:
        return False
    mine, theirs = show.release.day, release.day
    is_near = mine is not None and theirs is not None and abs(mine - theirs) <= _NEAR
    claim = show.history_state.window_claim
    is_own = claim is not None and source_name(claim.source) == source
    return release.contains(show.release) or (show.is_out and is_near and not is_own)


def _with_mine(show: Show, name: str, theirs: Any) -> Any:
    """Return the value to apply: lists keep what the owner has and how it is spelled."""
    mine = getattr(show, name)
    if name == "aliases":
        known = name_forms((show.title, show.original_title, *mine))
        return (*mine, *(alias for alias in theirs if name_form(alias) not in known))
    if name == "cast":
        return (*mine, *new_items(name, mine, theirs))
    if name == "genres":
        return fold_genres(theirs)
    if name in FACTS:
        new = new_items(name, mine, theirs)
        return (*mine, *new) if len(new) < len(theirs) else theirs
    return theirs
