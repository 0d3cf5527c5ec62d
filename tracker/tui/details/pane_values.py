"""What the items of the panes stand for, each with the show as it is seen there."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from tracker.model.history import Claim
from tracker.model.item_edit import claim_in_file
from tracker.model.show import Credit, Show


class ClaimItem(NamedTuple):
    """A claim of the history, or the baseline of an entry without one."""

    show: Show
    place: int

    @property
    def claim(self) -> Claim:
        return self.show.claims[self.place]

    @property
    def url(self) -> str:
        return self.claim.url


class CreditItem(NamedTuple):
    """A credit of the cast."""

    show: Show
    place: int

    @property
    def credit(self) -> Credit:
        return self.show.cast[self.place]


class LinkItem(NamedTuple):
    """A link of a show."""

    show: Show
    name: str

    @property
    def url(self) -> str:
        return self.show.links[self.name]


class FactsItem(NamedTuple):
    """Synopsis, notes and facts."""

    show: Show


class NoticeItem(NamedTuple):
    """What a source asks to be said, with the address of its page."""

    url: str


def claim_key(claim: Claim) -> Hashable:
    """Return the key of a claim's item in its pane; equal claims have the same."""
    return claim_in_file(claim)


def link_key(name: str) -> Hashable:
    """Return the key of a link's item in its pane."""
    return ("link", name)
