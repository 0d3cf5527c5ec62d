"""What a service says otherwise than the list, where the list is its owner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.fields import FIELDS
from tracker.model.history import authority
from tracker.model.observation import Observation, Reference
from tracker.model.show import Credit, Show
from tracker.model.window import Window
from tracker.model.word import FOLLOWABLE, Word, moved_status
from tracker.text import search_form

_NAMES: Final = frozenset({"aliases", "networks", "countries", "genres", "directors", "writers"})


class Proposal(NamedTuple):
    """A value that a service has for a field, which is applied only with a yes."""

    show_id: str
    reference: Reference
    """Whose word it is."""
    field: str
    """A field of `FIELDS`."""
    mine: Any
    """The value on the list."""
    theirs: Any
    """The value that would take its place."""
    since: date | None = None
    """Since when the service has said so."""
    url: str = ""

    @property
    def can_be_followed(self) -> bool:
        """Whether the field may follow the service from now on; status and release are claims."""
        return self.field in FOLLOWABLE

    @property
    def mark(self) -> tuple[str, str, str, str]:
        """What is remembered of it when the owner's own value is kept: the same word is not offered again."""
        return (self.reference.source, self.reference.key, self.field, FIELDS[self.field].write(self.theirs))

    def words(self, value: Any) -> str:
        """Return one of the two values as it would be typed."""
        return FIELDS[self.field].write(value)


def proposals(show: Show, words: Iterable[Word]) -> tuple[Proposal, ...]:
    """Return what services say otherwise than the list, claims first, then in the order of the fields."""
    found = []
    claim = show.standing.window_claim
    for word in words:
        if word.is_gone:
            continue
        for name, theirs in _offers(show, word.said).items():
            since = word.since_when(name)
            if name == "release" and claim is not None and claim.on and since and since < claim.on:
                # What counts was said later than this.
                continue
            one = Proposal(show.id, word.reference, name, getattr(show, name), theirs, since, word.said.url)
            found.append(one)
    order = {name: place for place, name in enumerate(("release", "status", *FOLLOWABLE))}
    return tuple(sorted(found, key=lambda one: order[one.field]))


def _offers(show: Show, said: Observation) -> Mapping[str, Any]:
    offers: dict[str, Any] = {}
    if said.release is not None and not _has_heard(show, said, said.release):
        offers["release"] = said.release
    if (status := moved_status(show, said)) is not None and not _has_status(show, said):
        offers["status"] = status
    for name in FOLLOWABLE:
        theirs = getattr(said, name)
        if (
            theirs
            and (show.follows.get(name) != said.source or getattr(show, name))
            and not _is_same(show, name, theirs)
        ):
            offers[name] = _taken(show, name, theirs)
    return offers


def _has_heard(show: Show, said: Observation, window: Window) -> bool:
    """Return whether a date is no other than what is known, or the service's own claim, overruled since."""
    if show.release is not None and window.contains(show.release):
        return True
    own = [claim.release for claim in show.history if claim.release and authority(claim.source) == said.source]
    return bool(own) and own[-1].meaning[:2] == window.meaning[:2]


def _has_status(show: Show, said: Observation) -> bool:
    own = [claim.status for claim in show.history if claim.status and authority(claim.source) == said.source]
    return bool(own) and own[-1] is said.status


def _is_same(show: Show, name: str, theirs: Any) -> bool:
    """Return whether a value says nothing else than the list."""
    mine = getattr(show, name)
    if name == "cast":
        known = {search_form(credit.actor): search_form(credit.role) for credit in mine}
        return all(
            search_form(one.actor) in known and search_form(one.role) in ("", known[search_form(one.actor)])
            for one in theirs
        )
    if name in ("title", "original_title"):
        known_titles = {search_form(title) for title in (show.title, show.original_title, *show.aliases) if title}
        return search_form(theirs) in known_titles and bool(mine)
    if name == "aliases":
        return _forms(theirs) <= _forms((show.title, show.original_title, *mine))
    if name in _NAMES:
        return _forms(theirs) <= _forms(mine)
    return bool(" ".join(mine.split()) == " ".join(theirs.split()))


def _forms(names: Iterable[str]) -> set[str]:
    return {search_form(name) for name in names}


def _taken(show: Show, name: str, theirs: Any) -> Any:
    """Return the value that a yes gives: other names add to one's own, and a cast keeps what one wrote about it."""
    if name == "aliases":
        known = _forms((show.title, show.original_title, *show.aliases))
        return (*show.aliases, *(alias for alias in theirs if search_form(alias) not in known))
    if name == "cast":
        mine = {search_form(credit.actor): credit for credit in show.cast}
        return tuple(_with_about(credit, mine.get(search_form(credit.actor))) for credit in theirs)
    return theirs


def _with_about(theirs: Credit, mine: Credit | None) -> Credit:
    return theirs if mine is None else theirs._replace(role=theirs.role or mine.role, about=mine.about)
