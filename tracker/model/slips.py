"""The ledger of slips: how well promises were kept, for a show, a network and a whole list, from histories alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import Final, NamedTuple

from tracker.model.history import Effect, Standing
from tracker.model.promises import Promise, promises
from tracker.model.show import Show
from tracker.model.status import LINE, Status
from tracker.text import search_form

NO_NETWORK = "No network"
"""The name under which shows without a network are counted."""
PATIENCE: Final = 30
"""How many days after its day a show may be said to be out, without the day having been missed."""


class Median(NamedTuple):
    """A figure in the middle of others."""

    days: float | None
    """In days; None of no cases."""
    cases: int
    """How many there are."""

    @classmethod
    def of(cls, days: Iterable[int]) -> Median:
        """Return the median of these."""
        known = list(days)
        return cls(median(known) if known else None, len(known))

    @property
    def whole_days(self) -> int | None:
        """The figure, a half day counted as a day more."""
        return None if self.days is None else int(self.days + 0.5)


class Record(NamedTuple):
    """What became of the promises of one show."""

    show: Show
    promises: tuple[Promise, ...]
    """The dates that were given, one after another; no TBA among them."""
    slips: tuple[int, ...]
    """By how many days each slip moved the last day."""
    drift: int | None
    """How many days the last day that counts is behind that of the first promise; negative where it is before, None
    where no date counts."""
    is_withdrawn: bool
    """Whether the last date was taken back, and none was given since."""
    announced: date | None
    """The day on which it was first said to be announced; None where that is not in the history."""
    out: date | None
    """The day on which it came out; None where it has not, or nobody said when."""

    @property
    def has_promise(self) -> bool:
        """Whether any date was ever given."""
        return bool(self.promises)

    @property
    def slipped_days(self) -> int:
        """All slips together."""
        return sum(self.slips)

    @property
    def days_to_out(self) -> int | None:
        """The days from the announcement until it was out; None where either is not known."""
        if self.announced is None or self.out is None or self.out < self.announced:
            return None
        return (self.out - self.announced).days


class Figures(NamedTuple):
    """What the records of several shows come to."""

    name: str
    """Whose they are: a network, or "" for all."""
    shows: int
    """How many shows."""
    promised: int
    """Of how many of them a date was ever given: the cases of `slipped`."""
    slipped: int
    """How many of these slipped at least once."""
    slip: Median
    """The days of one slip."""
    announced_to_out: Median
    """The days from the announcement until it was out."""

    @property
    def has_cases(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.promised or self.announced_to_out.cases)

    @property
    def share(self) -> float:
        """The part of the promised shows that slipped; 0 where none was promised."""
        return self.slipped / self.promised if self.promised else 0.0


class Ledger(NamedTuple):
    """The records of a list and what they come to."""

    records: tuple[Record, ...]
    """Of the shows of which a date was ever given, or of which it is known how long they took; who slipped most comes
    first."""
    whole: Figures
    """Of all shows."""
    networks: tuple[Figures, ...]
    """Of each network, those that slip most first; a show with several networks counts for each."""


def record_of(show: Show, standing: Standing | None = None) -> Record:
    """Return what became of a show's promises."""
    standing = standing if standing is not None else show.standing
    counted = promises(standing)
    kept = tuple(one for one in counted if not one.window.is_tba)
    slips = tuple(one.days for one in kept if one.effect is Effect.SLIPPED)
    first = kept[0].window.latest if kept else None
    last = counted[-1].window.latest if counted else None
    drift = (last - first).days if first is not None and last is not None else None
    is_withdrawn = bool(kept) and last is None
    return Record(show, kept, slips, drift, is_withdrawn, _announced(standing), _out(standing))


def ledger(shows: Iterable[Show]) -> Ledger:
    """Return the ledger of these shows."""
    records = [record_of(show) for show in shows]
    by_network: dict[str, tuple[str, list[Record]]] = {}
    for record in records:
        names = {search_form(name): name for name in reversed(record.show.networks or (NO_NETWORK,))}
        for form, name in names.items():
            by_network.setdefault(form, (name, []))[1].append(record)
    networks = [_figures(name, theirs) for name, theirs in by_network.values()]
    networks.sort(key=lambda one: (one.name == NO_NETWORK, -one.share, -one.promised, search_form(one.name)))
    ordered = sorted(
        (record for record in records if record.has_promise or record.days_to_out is not None),
        key=lambda one: (-len(one.slips), -one.slipped_days, search_form(one.show.title)),
    )
    return Ledger(tuple(ordered), _figures("", records), tuple(networks))


def _figures(name: str, records: list[Record]) -> Figures:
    return Figures(
        name,
        len(records),
        sum(record.has_promise for record in records),
        sum(bool(record.slips) for record in records),
        Median.of(days for record in records for days in record.slips),
        Median.of(days for record in records if (days := record.days_to_out) is not None),
    )


def _announced(standing: Standing) -> date | None:
    """Return the day on which it was announced.

    A history that begins later, with the filming or with a date, does not know it; and a month is no day.
    """
    said = (step.claim for step in standing.steps if step.claim.status is not Status.RUMORED)
    first = next((claim for claim in said if claim.status is not None or claim.release is not None), None)
    if first is None or first.status is not Status.ANNOUNCED or first.on_text:
        return None
    return first.on


def _out(standing: Standing) -> date | None:
    """Return the day on which it came out: the one that was given, else that of the first claim that says so.

    A day that had passed long before anybody said so was missed, and one that comes after is about something else.
    """
    step = next((one for one in standing.steps if one.claim.status is not None and one.claim.status.is_out), None)
    if step is None or (standing.status in LINE and standing.status not in (Status.AIRING, Status.RELEASED)):
        return None
    said = step.claim.on if not step.claim.on_text else None
    is_still = standing.status is not None and standing.status.is_out
    window = standing.window if is_still else step.claim.release or step.window_before
    day = window.day if window is not None else None
    if day is None or (step.claim.on is not None and day > step.claim.on):
        return said
    is_given = step.window_before is None or day != step.window_before.day
    is_near = said is None or (said - day).days <= PATIENCE
    return day if is_given or is_near else said
