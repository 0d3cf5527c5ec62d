"""Slip statistics: how well dates were kept, by show, by network, by source and overall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from statistics import median
from typing import Final, NamedTuple

from tracker.model.formatting import plural_days
from tracker.model.history import (
    ME,
    Claim,
    Effect,
    HistoryState,
    Promise,
    Step,
    fold_history,
    mark_first_of_tracks,
    promises,
    reported_claim,
    source_name,
    speaker,
)
from tracker.model.show import Show
from tracker.model.source_record import source_label
from tracker.model.status import LINE, Status
from tracker.model.window import Window
from tracker.text import name_form, search_form

NO_NETWORK = "No network"
NO_SOURCE: Final = "no name"
PATIENCE: Final = 30  # how many days after its date a show may be reported out without the date having been missed
_OFF: Final = (Status.POSTPONED, Status.HIATUS, Status.CANCELLED)


class Fate(Enum):
    """What became of a promised date. Each has one fate, so that the figures add up."""

    KEPT = "kept"
    LATER = "later"  # moved later: a slip
    EARLIER = "earlier"  # brought forward, or out before it
    WITHDRAWN = "withdrawn"  # taken back, and no date was given instead
    MISSED = "missed"  # passed without a word
    OPEN = "open"  # still ahead


class PromisedDate(NamedTuple):
    """A date that others than the owner promised, and its fate.

    Made more exact or vaguer it stays the same promise.
    """

    window: Window  # as it was said last
    claim: Claim  # who said it so
    fate: Fate = Fate.OPEN
    days: int = 0  # days by which it was moved: positive for a slip
    was_missed: bool = False  # whether it had passed already when it was moved or withdrawn


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
    """What became of the dates given for one show."""

    show: Show
    dates: tuple[Promise, ...]  # the dates that counted one after another, those of the owner too, without TBA
    slips: tuple[int, ...]  # days of each slip, those by the owner's dates too
    promises: tuple[PromisedDate, ...]  # what others than the owner promised, the oldest first
    drift: int | None  # days from the first promised last day to the one that counts now; None if no date counts
    announced_on: date | None  # none if the history does not have the announcement
    released_on: date | None  # the day it came out; None if it has not, or the day is unknown

    @property
    def slipped_days(self) -> int:
        return sum(self.slips)

    @property
    def last_fate(self) -> Fate | None:
        return self.promises[-1].fate if self.promises else None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the last date was withdrawn and none was given since."""
        return self.last_fate is Fate.WITHDRAWN

    @property
    def missed(self) -> Window | None:
        """The last date, if it passed without a word."""
        return self.promises[-1].window if self.last_fate is Fate.MISSED else None

    @property
    def moved_later(self) -> tuple[int, ...]:
        """By how many days each promise was moved that was moved later."""
        return tuple(promise.days for promise in self.promises if promise.fate is Fate.LATER)

    @property
    def broken(self) -> int:
        """How many dates were moved later, withdrawn or missed."""
        return sum(promise.fate in (Fate.LATER, Fate.WITHDRAWN, Fate.MISSED) for promise in self.promises)

    @property
    def days_to_out(self) -> int | None:
        if self.announced_on is None or self.released_on is None or self.released_on < self.announced_on:
            return None
        return (self.released_on - self.announced_on).days


class SlipStats(NamedTuple):
    """Statistics of several shows."""

    name: str  # a network or a source, or "" for all
    shows: int
    fates: tuple[Fate, ...]  # of all promises
    promised: int  # how many shows ever had a promise
    slipped: int  # how many of these slipped at least once
    slip: Median  # days of the slips
    slipped_days: int  # of all slips together
    announced_to_out: Median

    def count(self, fate: Fate) -> int:
        return self.fates.count(fate)

    @property
    def has_cases(self) -> bool:
        return bool(self.fates or self.announced_to_out.cases)

    @property
    def has_outcome(self) -> bool:
        """Whether any of the dates is not ahead any more."""
        return any(fate is not Fate.OPEN for fate in self.fates)

    @property
    def share(self) -> float:
        """Which part of the promises was broken: moved later, withdrawn or missed."""
        broken = sum(map(self.count, (Fate.LATER, Fate.WITHDRAWN, Fate.MISSED)))
        return broken / len(self.fates) if self.fates else 0.0


class SlipReport(NamedTuple):
    """The slips of a whole list."""

    records: tuple[SlipRecord, ...]  # shows that ever had a date or a known production time, most slips first
    total: SlipStats
    networks: tuple[SlipStats, ...]  # most broken promises first; a show with several networks counts for each
    sources: tuple[SlipStats, ...] = ()  # who said the dates, as they were said last

    @property
    def telling_sources(self) -> tuple[SlipStats, ...]:
        """The sources with a name and a date that is past, whose figures are not those of a network."""
        known = {name_form(one.name): one.fates for one in self.networks}
        named = (one for one in self.sources if one.has_outcome and one.name != NO_SOURCE)
        return tuple(one for one in named if known.get(name_form(one.name)) != one.fates)

    @property
    def has_uncounted(self) -> bool:
        """Whether the records have dates that are no promises."""
        claims = (promise.claim for record in self.records for promise in record.dates)
        return any(reported_claim(claim, None).release is None for claim in claims)


def reported_state(show: Show, state: HistoryState, network: str = "") -> HistoryState:
    """Return the history of a show without what its network did not promise.

    Those are the dates and statuses of the owner (`me`), but that it is out; dates of a show that is no more than a
    rumour, and those of another network of the show. What the press or an online source says counts as the network's
    word.
    """
    others = {name_form(name) for name in show.networks} - {name_form(network)} if network else set()
    claims: list[Claim] = []
    status: Status | None = None
    for step in state.steps:
        claim = reported_claim(step.claim, status)
        if others and claim.release is not None and name_form(who_said(claim, show)) in others:
            claim = claim._replace(release=None)
        status = claim.counting_status or status
        claims.append(claim)
    if all(claim is step.claim for claim, step in zip(claims, state.steps, strict=True)):
        return state
    # What is the first date of a country among the promises need not be the first of all.
    return fold_history(mark_first_of_tracks(tuple(claims), next(iter(show.countries), "")))


def who_said(claim: Claim, show: Show) -> str:
    """Return who said a claim: the network where its source is one, as "Lumen line-up" is, else the source."""
    name = speaker(claim.source)
    words = f"{search_form(name)} "
    networks = (network for network in show.networks if words.startswith(f"{search_form(network)} "))
    return max(networks, key=len, default=source_label(name) or NO_SOURCE)


def promised_dates(state: HistoryState, today: date) -> tuple[PromisedDate, ...]:
    """Return the promises of a reported history, the oldest first, with what became of each by today."""
    dates: list[PromisedDate] = []
    is_open = has_no_date = is_put_off = was_missed = False  # of the last of them
    for step in state.steps:
        claim, effect = step.claim, step.effect
        release = claim.release if step.counts and claim.release and not claim.release.is_tba else None
        is_off = has_no_date or is_put_off
        was_open = is_open
        if is_open:
            last, is_late = dates[-1], was_missed if is_off else _is_past(dates[-1].window, claim.on)
            if effect in (Effect.SLIPPED, Effect.FORWARD):
                fate = Fate.LATER if effect is Effect.SLIPPED else Fate.EARLIER
                dates[-1], is_open = last._replace(fate=fate, days=step.days, was_missed=is_late), False
            elif claim.says_out:
                dates[-1], is_open = (
                    last._replace(fate=Fate.KEPT if _is_kept(last.window, step) else Fate.MISSED),
                    False,
                )
            elif release is not None and is_off:
                dates[-1], is_open = last._replace(fate=Fate.WITHDRAWN, was_missed=is_late), False
            elif release is not None:
                dates[-1] = last._replace(window=release, claim=claim)
            was_missed = is_late
        is_report = claim.says_out
        is_promise = effect is not Effect.CORRECTED and (was_open or effect is Effect.FIRST)
        if release is not None and not is_open and is_promise and not is_report:
            dates.append(PromisedDate(release, claim))
            is_open = True
        if step.counts:
            has_no_date = release is None
        if claim.counting_status is not None or (effect is not Effect.NONE and not step.is_vaguer):
            is_put_off = claim.counting_status in _OFF and release is None
    if not is_open:
        return tuple(dates)
    last = dates.pop()
    if has_no_date or is_put_off:
        return (*dates, last._replace(fate=Fate.WITHDRAWN, was_missed=was_missed))
    return (*dates, last._replace(fate=Fate.MISSED if _is_past(last.window, today) else Fate.OPEN))


def _is_past(window: Window, day: date | None) -> bool:
    return window.latest is not None and day is not None and window.latest < day


def _is_kept(window: Window, step: Step) -> bool:
    """Return whether a claim that a show is out keeps a promise: on a day in it, or said soon after its last day."""
    if step.effect in (Effect.NARROWED, Effect.CONFIRMED) and not step.is_vaguer:
        return True
    said_on = step.claim.on
    return window.latest is None or said_on is None or (said_on - window.latest).days <= PATIENCE


def slip_record(show: Show, today: date, state: HistoryState | None = None) -> SlipRecord:
    """Return the record of one show on a day."""
    state = state if state is not None else show.history_state
    reported = reported_state(show, state)
    windows = promises(reported)
    dated = tuple(promise for promise in promises(state) if not promise.window.is_tba)
    first = next((promise.window.latest for promise in windows if not promise.window.is_tba), None)
    last = windows[-1].window.latest if windows else None
    drift = (last - first).days if first is not None and last is not None else None
    dates = promised_dates(reported, today)
    slips = tuple(step.days for step in state.steps if step.effect is Effect.SLIPPED)
    return SlipRecord(show, dated, slips, dates, drift, _announced_on(state), _released_on(state))


def describe_record(record: SlipRecord) -> str:
    """Return "2×, +44 days", or "withdrawn" or "missed" where nothing was moved; "" for a show that did neither."""
    return f"{len(record.slips)}×, +{plural_days(record.slipped_days)}" if record.slips else _last_word(record)


def describe_dates(record: SlipRecord) -> list[str]:
    """Return the dates one after another, with what became of the last: "May 2026 (me)", "missed"."""
    return [*map(describe_date, record.dates), *filter(None, [_last_word(record)])]


def _last_word(record: SlipRecord) -> str:
    return "withdrawn" if record.is_withdrawn else "missed" if record.missed is not None else ""


def describe_date(promise: Promise, effect: str = "") -> str:
    """Return a date, with an effect and where it is the owner's own: "May 2026 (me, +92 days)"."""
    remarks = ", ".join(filter(None, (ME if source_name(promise.claim.source) == ME else "", effect)))
    return f"{promise.window.label} ({remarks})" if remarks else promise.window.label


def slip_report(shows: Iterable[Show], today: date) -> SlipReport:
    """Return the report for these shows, as of a day."""
    records: list[SlipRecord] = []
    by_network: dict[str, tuple[str, list[SlipRecord]]] = {}
    by_source: dict[str, tuple[str, list[SlipRecord]]] = {}
    for show in shows:
        state = show.history_state
        record = slip_record(show, today, state)
        records.append(record)
        names = {name_form(name): name for name in reversed(show.networks or (NO_NETWORK,))}
        for form, name in names.items():
            own = promised_dates(reported_state(show, state, name), today) if len(names) > 1 else record.promises
            by_network.setdefault(form, (name, []))[1].append(record._replace(promises=own))
        said = [(who_said(promise.claim, show), promise) for promise in record.promises]
        for form, name in {name_form(name): name for name, _ in reversed(said)}.items():
            theirs = tuple(promise for one, promise in said if name_form(one) == form)
            by_source.setdefault(form, (name, []))[1].append(record._replace(promises=theirs, announced_on=None))
    networks, sources = ([_stats(*group) for group in groups.values()] for groups in (by_network, by_source))
    for stats in (networks, sources):
        stats.sort(key=lambda one: (one.name == NO_NETWORK, -one.share, -len(one.fates), search_form(one.name)))
    ordered = sorted(
        (record for record in records if record.dates or record.days_to_out is not None),
        key=lambda record: (-len(record.slips), -record.slipped_days, -record.broken, search_form(record.show.title)),
    )
    return SlipReport(tuple(ordered), _stats("", records), tuple(networks), tuple(sources))


def _stats(name: str, records: list[SlipRecord]) -> SlipStats:
    return SlipStats(
        name,
        len(records),
        tuple(promise.fate for record in records for promise in record.promises),
        sum(bool(record.promises) for record in records),
        sum(bool(record.moved_later) for record in records),
        Median.of(days for record in records for days in record.moved_later),
        sum(sum(record.moved_later) for record in records),
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
    step = next((step for step in state.steps if step.claim.says_out), None)
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
