"""Slip statistics: how well dates were kept, by show, by network and overall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median
from typing import Final, NamedTuple

from tracker.model.formatting import plural_days
from tracker.model.history import ME, Effect, HistoryState, Promise, fold_history, promises, source_name
from tracker.model.show import Show
from tracker.model.status import LINE, Status
from tracker.model.window import Window
from tracker.text import name_form, search_form

NO_NETWORK = "No network"
PATIENCE: Final = 30  # how many days after its date a show may be reported out without the date having been missed


class Median(NamedTuple):
    """A median, with the number of cases behind it."""

    days: float | None  # none without cases
    cases: int

    @classmethod
    def of(cls, days: Iterable[int]) -> Median:
        known = list(days)
        return cls(median(known) if known else None, len(known))

    @property
    def whole_days(self) -> int | None:
        """Days, half a day rounded up."""
        return None if self.days is None else int(self.days + 0.5)


class SlipRecord(NamedTuple):
    """What became of the dates promised for one show."""

    show: Show
    promises: tuple[Promise, ...]  # the dates that counted one after another, without TBA
    slips: tuple[int, ...]  # days of each slip
    missed: Window | None  # the date that has passed since the show was put off: a slip by an unknown number of days
    drift: int | None  # days from the first promised last day to the one that counts now; None if no date counts
    is_withdrawn: bool  # whether the last date was withdrawn and none was given since
    announced_on: date | None  # none if the history does not have the announcement
    released_on: date | None  # the day it came out; None if it has not, or the day is unknown

    @property
    def has_promise(self) -> bool:
        return bool(self.promises)

    @property
    def slip_count(self) -> int:
        return len(self.slips)

    @property
    def slipped_days(self) -> int:
        return sum(self.slips)

    @property
    def days_to_out(self) -> int | None:
        if self.announced_on is None or self.released_on is None or self.released_on < self.announced_on:
            return None
        return (self.released_on - self.announced_on).days


class SlipStats(NamedTuple):
    """Statistics of several shows."""

    name: str  # a network, or "" for all
    shows: int
    promised: int  # how many shows ever had a date: the cases of `slipped`
    slipped: int  # how many of these slipped at least once
    slip: Median  # days of the slips that are over
    announced_to_out: Median

    @property
    def has_cases(self) -> bool:
        return bool(self.promised or self.announced_to_out.cases)

    @property
    def share(self) -> float:
        return self.slipped / self.promised if self.promised else 0.0


class SlipReport(NamedTuple):
    """The slips of a whole list.

    The figures count what others said, see `reported_state`; the records are of all dates, those of the owner too.
    """

    records: tuple[SlipRecord, ...]  # shows that ever had a date or a known production time, most slips first
    total: SlipStats
    networks: tuple[SlipStats, ...]  # most slips first; a show with several networks counts for each
    has_uncounted: bool = False  # whether the records have dates that the figures do not count


def reported_state(show: Show, state: HistoryState, network: str = "") -> HistoryState:
    """Return the history of a show without the dates that its network did not promise.

    Those are dates of the owner (`me`), of a show that is no more than a rumour, and of another network of the show.
    What the press or an online source says counts as the network's word; statuses all count.
    """
    others = {source_name(name) for name in show.networks} - {source_name(network)} if network else set()
    claims = []
    for step in state.steps:
        is_rumour = (step.claim.status or step.status_before) is Status.RUMORED
        is_promise = not is_rumour and source_name(step.claim.source) not in {ME, *others}
        has_date = step.claim.release is not None
        claims.append(step.claim._replace(release=None) if has_date and not is_promise else step.claim)
    is_same = all(claim is step.claim for claim, step in zip(claims, state.steps, strict=True))
    return state if is_same else fold_history(claims)


def slip_record(show: Show, today: date, state: HistoryState | None = None) -> SlipRecord:
    """Return the record of one show on a day."""
    state = state if state is not None else show.history_state
    windows = promises(state)
    dated = tuple(promise for promise in windows if not promise.window.is_tba)
    slips = tuple(step.days for step in state.steps if step.effect is Effect.SLIPPED)
    first = dated[0].window.latest if dated else None
    last = windows[-1].window.latest if windows else None
    drift = (last - first).days if first is not None and last is not None else None
    is_withdrawn = bool(dated) and windows[-1].window.is_tba
    missed = state.missed(today)
    return SlipRecord(show, dated, slips, missed, drift, is_withdrawn, _announced_on(state), _released_on(state))


def describe_record(record: SlipRecord) -> str:
    """Return "2×, +44 days", "1×, +44 days, missed" or "missed"; "" without a slip."""
    slips = f"{record.slip_count}×, +{plural_days(record.slipped_days)}" if record.slips else ""
    return ", ".join(filter(None, (slips, "missed" if record.missed is not None else "")))


def describe_dates(record: SlipRecord) -> list[str]:
    """Return the dates one after another, with what became of the last: "May 2026 (me)", "missed"."""
    dates = [describe_date(promise) for promise in record.promises]
    dates += ["withdrawn"] if record.is_withdrawn else []
    return dates + (["missed"] if record.missed is not None else [])


def describe_date(promise: Promise, effect: str = "") -> str:
    """Return a date, with an effect and where it is the owner's own: "May 2026 (me, +92 days)"."""
    remarks = ", ".join(filter(None, (ME if source_name(promise.claim.source) == ME else "", effect)))
    return f"{promise.window.label} ({remarks})" if remarks else promise.window.label


def slip_report(shows: Iterable[Show], today: date) -> SlipReport:
    """Return the report for these shows, as of a day."""
    records: list[SlipRecord] = []
    reported: list[SlipRecord] = []
    by_network: dict[str, tuple[str, list[SlipRecord]]] = {}
    for show in shows:
        state = show.history_state
        record = slip_record(show, today, state)
        records.append(record)
        reported.append(_reported_record(record, today, state))
        names = {name_form(name): name for name in reversed(show.networks or (NO_NETWORK,))}
        for form, name in names.items():
            theirs = _reported_record(record, today, state, name) if len(names) > 1 else reported[-1]
            by_network.setdefault(form, (name, []))[1].append(theirs)
    networks = [_stats(name, network_records) for name, network_records in by_network.values()]
    networks.sort(key=lambda stats: (stats.name == NO_NETWORK, -stats.share, -stats.promised, search_form(stats.name)))
    ordered = sorted(
        (record for record in records if record.has_promise or record.days_to_out is not None),
        key=lambda record: (-record.slip_count, -record.slipped_days, search_form(record.show.title)),
    )
    has_uncounted = any(one.promises != other.promises for one, other in zip(records, reported, strict=True))
    return SlipReport(tuple(ordered), _stats("", reported), tuple(networks), has_uncounted)


def _reported_record(record: SlipRecord, today: date, state: HistoryState, network: str = "") -> SlipRecord:
    """Return what a network, or all of them, can be held to; when a show came out is known, whoever says it."""
    reported = reported_state(record.show, state, network)
    if reported is state:
        return record
    found = slip_record(record.show, today, reported)
    return found._replace(announced_on=record.announced_on, released_on=record.released_on)


def _stats(name: str, records: list[SlipRecord]) -> SlipStats:
    return SlipStats(
        name,
        len(records),
        sum(record.has_promise for record in records),
        sum(bool(record.slips or record.missed) for record in records),
        Median.of(days for record in records for days in record.slips),
        Median.of(days for record in records if (days := record.days_to_out) is not None),
    )


def _announced_on(state: HistoryState) -> date | None:
    """Return the day of the announcement.

    A history that begins later, with filming or a date, does not have it; a month is no day.
    """
    claims = (step.claim for step in state.steps if step.claim.status is not Status.RUMORED)
    first = next((claim for claim in claims if claim.status is not None or claim.release is not None), None)
    return first.on if first is not None and first.status is Status.ANNOUNCED and not first.on_text else None


def _released_on(state: HistoryState) -> date | None:
    """Return the day a show came out: the promised day, else the day of the first claim that says so.

    A day long before that claim was missed, and a later one is about something else.
    """
    step = next((step for step in state.steps if step.claim.status is not None and step.claim.status.is_out), None)
    is_out = state.status is not None and state.status.is_out
    if step is None or (state.status in LINE and not is_out):
        return None
    claim = step.claim
    said_on = claim.on if not claim.on_text else None
    window = state.window if is_out else claim.release or step.window_before
    day = window.day if window is not None else None
    if day is None or (claim.on is not None and day > claim.on):
        return said_on
    is_given = step.window_before is None or day != step.window_before.day
    is_near = said_on is None or (said_on - day).days <= PATIENCE
    return day if is_given or is_near else said_on
