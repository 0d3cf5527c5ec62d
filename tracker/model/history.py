"""The history of a show: its claims, and what they come to when they are read one after another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.model.status import Status
from tracker.model.window import Window

_ANOTHER: Final = "?"
"""A country that no claim names."""
ME = "me"
"""The source of a person's own entries."""


class Claim(NamedTuple):
    """One dated line of a history: what was said, by whom, where."""

    on: date | None = None
    """The day by which it had been said; None for a claim that nobody dated."""
    on_text: str = ""
    """How the day was written where it was no exact day ("2025-04"); `on` is then its last day."""
    status: Status | None = None
    release: Window | None = None
    source: str = ""
    url: str = ""
    note: str = ""
    region: str = ""
    """The country that its release is about, as a code of two letters; "" for all."""
    is_elsewhere: bool = False
    """Whether its release is about another country than the owner's, see `seen_from`; no file says so."""

    @property
    def said(self) -> str:
        """The day as it was written, "" for an undated claim."""
        return self.on_text or (self.on.isoformat() if self.on else "")


class Effect(Enum):
    """What a claim did to the window that counted before it."""

    NONE = "none"
    """It gives no window."""
    FIRST = "first"
    """The first window of all."""
    CONFIRMED = "confirmed"
    """The same again, or a vaguer way to say it from somebody else."""
    NARROWED = "narrowed"
    WIDENED = "widened"
    SLIPPED = "slipped"
    FORWARD = "brought forward"
    WITHDRAWN = "withdrawn"
    """There was a date, and now there is none any more."""


class Step(NamedTuple):
    """One claim and what it changed."""

    claim: Claim
    status_before: Status | None
    window_before: Window | None
    effect: Effect
    days: int = 0
    """How far the last day moved, in days: positive for a slip, negative for brought forward."""

    @property
    def is_echo(self) -> bool:
        """Whether it only says what counts already in a vaguer way."""
        said, before = self.claim.release, self.window_before
        is_other = said is None or before is None or said.meaning != before.meaning
        return self.effect is Effect.CONFIRMED and is_other

    @property
    def moved_status(self) -> bool:
        """Whether the status is another after this claim."""
        return self.claim.status is not None and self.claim.status is not self.status_before


class Standing(NamedTuple):
    """What a history comes to on its last day."""

    status: Status | None = None
    window: Window | None = None
    steps: tuple[Step, ...] = ()
    window_claim: Claim | None = None
    """The claim whose window counts."""

    @property
    def slips(self) -> int:
        """How many times the window moved later."""
        return sum(step.effect is Effect.SLIPPED for step in self.steps)

    @property
    def is_put_off(self) -> bool:
        """Whether it was put off after its date had been given, and no date was given since or together with it."""
        put_off = False
        for step in self.steps:
            if step.claim.status is not None:
                is_off = step.claim.status in (Status.POSTPONED, Status.HIATUS)
                put_off = is_off and step.window_before is not None
            if step.effect is not Effect.NONE and not step.is_echo:
                put_off = False
        return put_off

    @property
    def slipped_days(self) -> int:
        """The days of all slips together."""
        return sum(step.days for step in self.steps if step.effect is Effect.SLIPPED)


def compare(before: Window, after: Window) -> tuple[Effect, int]:
    """Return what the second window is to the first, and by how many days its last day moved."""
    if after.meaning[:2] == before.meaning[:2]:
        return (Effect.CONFIRMED, 0)
    if after.is_tba:
        return (Effect.WITHDRAWN, 0)
    if before.is_tba:
        return (Effect.FIRST, 0)
    if before.contains(after):
        return (Effect.NARROWED, 0)
    if after.contains(before):
        return (Effect.WIDENED, 0)
    if before.latest is None or after.latest is None:
        return (Effect.FIRST, 0)
    days = (after.latest - before.latest).days
    return (Effect.SLIPPED if days > 0 else Effect.FORWARD, days)


@lru_cache(maxsize=4096)
def authority(source: str) -> str:
    """Return who speaks in a source: the name before "via", "citing", a bracket or a comma."""
    return re.split(r"\s*(?:,|\(|\bvia\b|\bciting\b)", source.casefold().strip(), maxsplit=1)[0].strip()


def fold(claims: Iterable[Claim]) -> Standing:
    """Read the claims oldest first and return where the show stands after the last of them."""
    status: Status | None = None
    window: Window | None = None
    dated: Window | None = None
    held_by: Claim | None = None
    steps = []
    for claim in in_order(claims):
        effect, days = Effect.NONE, 0
        said = None if claim.is_elsewhere else claim.release
        if said is not None:
            effect, days = _weigh(window, dated, said)
            wider = window is not None and said.contains(window) and effect in (Effect.WIDENED, Effect.WITHDRAWN)
            if wider and held_by and _only_vaguer(claim, held_by):
                effect = Effect.CONFIRMED
        steps.append(Step(claim, status, window, effect, days))
        status = claim.status or status
        if said is not None and (window is None or effect not in (Effect.NONE, Effect.CONFIRMED)):
            window, held_by = said, claim
            dated = dated if said.is_tba else said
    return Standing(status, window, tuple(steps), held_by)


def seen_from(claims: tuple[Claim, ...], region: str) -> tuple[Claim, ...]:
    """Return the claims with those marked whose release is about another country.

    Where no release is about this country or about all, one from elsewhere is better than none.

    Args:
        claims: A history.
        region: The owner's country; "" counts all alike.
    """
    if not region or not any(claim.region for claim in claims):
        return claims
    if not any(claim.release is not None and claim.region in ("", region) for claim in claims):
        return claims
    return tuple(claim._replace(is_elsewhere=claim.region not in ("", region)) for claim in claims)


def windows_from(claims: tuple[Claim, ...]) -> tuple[Window | None, ...]:
    """Return the windows that count for owners in the countries that a history names, in another one, and in none."""
    regions = dict.fromkeys(("", _ANOTHER, *(claim.region for claim in claims if claim.region)))
    return tuple(fold(seen_from(claims, region)).window for region in regions)


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims oldest first; undated ones first of all, same days as they stand."""
    return sorted(claims, key=lambda claim: claim.on or date.min)


def _weigh(window: Window | None, dated: Window | None, said: Window) -> tuple[Effect, int]:
    if window is None:
        return (Effect.FIRST, 0)
    if window.is_tba and dated is not None and not said.is_tba:
        # A date that was taken back and comes again is held against the last promise, not against nothing.
        effect, days = compare(dated, said)
        return (Effect.FIRST, 0) if effect is Effect.CONFIRMED else (effect, days)
    return compare(window, said)


def _only_vaguer(claim: Claim, held_by: Claim) -> bool:
    """Return whether a wider window is somebody else's vaguer way to say what already counts.

    The same source may widen, and so may the owner of the list; a claim that puts the show off
    says that the date is gone, whoever says it.
    """
    if claim.status in (Status.POSTPONED, Status.CANCELLED):
        return False
    speaker = authority(claim.source)
    return speaker != ME and speaker != authority(held_by.source)


def unclaimed(status: Status | None, release: Window | None, claims: tuple[Claim, ...], today: date) -> Claim | None:
    """Return the claim that a person made by editing status or release by hand, or None.

    Both are what the last claims say; where they say something else, their owner said it today.
    """
    standing = fold(claims)
    said_status = status if status is not standing.status else None
    # The file may have been written by an owner in another country.
    known = windows_from(claims) if any(claim.region for claim in claims) else (standing.window,)
    said_release = release
    if release is None or any(window is not None and window.meaning[:2] == release.meaning[:2] for window in known):
        said_release = None
    if said_status is None and said_release is None:
        return None
    # Never before the claims that it overrules, be they dated in the future.
    day = max((claim.on for claim in claims if claim.on), default=today)
    return Claim(on=max(day, today), status=said_status, release=said_release, source=ME)
