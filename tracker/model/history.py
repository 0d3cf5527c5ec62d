"""The history of a show: its claims, folded into today's status and window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.model.release import NO_PREFERENCE, Preference, Track, pick_track
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import name_form

ME: Final = "me"  # the source of the owner's own entries
SOURCE_NAMES: Final = ("tvmaze", "tmdb", "wikidata")  # the online sources, as claims and files name them

_ANOTHER: Final = "?"  # a country that no claim names
OF_RELEASE: Final = (Status.AIRING, Status.RELEASED, Status.POSTPONED)
"""The statuses that tell how a release goes; of another country or medium they say nothing here."""


class Claim(NamedTuple):
    """One line of a history: what was said, by whom, where."""

    on: date | None = None  # the day by which it had been said; None if undated
    on_text: str = ""  # the day as written where it is not exact ("2025-04"); `on` is then its last day
    status: Status | None = None
    release: Window | None = None
    source: str = ""
    url: str = ""
    note: str = ""
    region: str = ""  # the country of its release as a two-letter code, "" for all
    medium: str = ""  # the way in which its release comes out, one of `release.MEDIA`, "" if not said
    is_other_track: bool = False
    """It is about a country or medium that does not count for the owner, see `mark_tracks`; not in the file."""
    is_first_of_track: bool = False
    """It is the first about a further country or medium, see `mark_tracks`; not in the file."""
    is_hand_edit: bool = False
    """It was made by editing status or release in the file, and the history does not have it yet."""

    @property
    def date_text(self) -> str:
        """The day as written, "" if undated."""
        return self.on_text or (self.on.isoformat() if self.on else "")

    @property
    def track(self) -> Track:
        """What its release is about."""
        return Track(self.region, self.medium)

    @property
    def release_label(self) -> str:
        """Its release and what that is about: "14 May 2026", "10 Dec 2026 cinema in KR"; "" without one."""
        return f"{self.release.label} {self.track.label}".rstrip() if self.release is not None else ""

    @property
    def unmarked(self) -> Claim:
        """The claim as it is whatever counts for the owner."""
        return self._replace(is_other_track=False, is_first_of_track=False)

    @property
    def counting_release(self) -> Window | None:
        """Its release where that is about what counts for the owner."""
        return None if self.is_other_track else self.release

    @property
    def counting_status(self) -> Status | None:
        """Its status, unless that tells how its release goes, and this is about another country or medium."""
        return None if self.is_other_track and self.status in OF_RELEASE else self.status

    @property
    def says_out(self) -> bool:
        """Whether its counting status is one of what can be watched."""
        return self.counting_status is not None and self.counting_status.is_out


class Effect(Enum):
    """What a claim did to the window that counted before it."""

    NONE = "none"  # the claim has no window
    FIRST = "first"  # the first window of all
    CONFIRMED = "confirmed"  # the same again, or a vaguer version from another source
    NARROWED = "narrowed"
    WIDENED = "widened"
    SLIPPED = "slipped"
    FORWARD = "brought forward"
    CORRECTED = "corrected"  # moved without a slip: what only the owner or a rumour said, or of what is out already
    WITHDRAWN = "withdrawn"  # there was a date, and now there is none


class Step(NamedTuple):
    """One claim and what it changed."""

    claim: Claim
    status_before: Status | None
    window_before: Window | None
    effect: Effect
    days: int = 0  # days by which the last day moved: positive for a slip, negative if brought forward
    compared_with: Window | None = None  # the window on which the effect is: the one that counted, or the last date

    @property
    def counts(self) -> bool:
        """Whether its window counts from then on."""
        return self.effect not in (Effect.NONE, Effect.CONFIRMED)

    @property
    def is_vaguer(self) -> bool:
        """Whether it only repeats the counting window in a vaguer way."""
        release, before = self.claim.release, self.window_before
        is_other = release is None or before is None or release.key != before.key
        return self.effect is Effect.CONFIRMED and is_other

    @property
    def has_new_status(self) -> bool:
        return self.claim.counting_status not in (None, self.status_before)


class HistoryState(NamedTuple):
    """The result of folding a history."""

    status: Status | None = None
    window: Window | None = None
    steps: tuple[Step, ...] = ()
    window_claim: Claim | None = None  # the claim whose window counts

    def step_of(self, claim: Claim) -> Step:
        """Return the last step of a claim, which may have other marks by now."""
        return next(step for step in reversed(self.steps) if step.claim.unmarked == claim.unmarked)

    @property
    def slips(self) -> int:
        return sum(step.effect is Effect.SLIPPED for step in self.steps)

    @property
    def is_postponed(self) -> bool:
        """Whether the show was put off after a date was given, and no date was given since or with it."""
        is_postponed = False
        for step in self.steps:
            if step.claim.counting_status is not None:
                is_off = step.claim.counting_status in (Status.POSTPONED, Status.HIATUS)
                is_postponed = is_off and step.window_before is not None
            if step.effect is not Effect.NONE and not step.is_vaguer:
                is_postponed = False
        return is_postponed

    def missed(self, today: date) -> Window | None:
        """Return the last date that was given if it has passed and was not kept, since the show was put off.

        By how much it slips is unknown until a new date is given; then that claim is the slip.
        """
        is_put_off = self.status in (Status.POSTPONED, Status.HIATUS)
        if not is_put_off and (self.window is None or not self.window.is_tba):
            return None
        last = next((step for step in reversed(self.steps) if is_new_date(step)), None)
        if last is None or last.claim.release is None or self.status is Status.CANCELLED:
            return None
        # Without a dated claim it is not known which came first, the date or the delay; it is missed in both cases.
        is_undated = is_put_off and all(step.claim.on is None for step in self.steps)
        is_off = self.is_postponed or is_undated or (self.window is not None and self.window.is_tba)
        since = self.steps[self.steps.index(last) :]
        if not is_off or any(step.claim.says_out for step in since):
            return None
        latest = last.claim.release.latest
        return last.claim.release if latest is not None and latest < today else None

    @property
    def slipped_days(self) -> int:
        return sum(step.days for step in self.steps if step.effect is Effect.SLIPPED)


class Promise(NamedTuple):
    """A window that counted for a while."""

    window: Window
    claim: Claim
    effect: Effect
    days: int = 0  # days by which the last day moved: positive for a slip


def is_new_date(step: Step) -> bool:
    """Return whether a claim gave a date that counted then."""
    release = step.claim.release
    return release is not None and not release.is_tba and step.counts


def settle_words(claim: Claim) -> Claim:
    """Return a claim with a date that means the same on every day; "next year" becomes its note, if it has none."""
    if claim.release is None or not claim.release.words:
        return claim
    return claim._replace(release=claim.release.resolved, note=claim.note or claim.release.words)


def compare_windows(before: Window, after: Window) -> tuple[Effect, int]:
    """Return the effect of the second window after the first, and by how many days its last day moved."""
    if after.has_same_days(before):
        return (Effect.CONFIRMED, 0)
    if after.is_tba:
        return (Effect.WITHDRAWN, 0)
    if before.is_tba:
        return (Effect.FIRST, 0)
    if before.contains(after):
        return (Effect.NARROWED, 0)
    if after.contains(before):
        return (Effect.WIDENED, 0)
    if before.latest is not None and after.latest is not None:
        days = (after.latest - before.latest).days
    elif after.latest is None and after.earliest is not None and before.latest is not None:
        days = max(0, (after.earliest - before.latest).days)  # at least
    elif before.earliest is not None and after.latest is not None:
        days = min(0, (after.latest - before.earliest).days)
    else:
        days = 0
    if days == 0:
        # They overlap, and one has no last day: how far it moved, nobody said.
        return (Effect.WIDENED if after.latest is None else Effect.NARROWED, 0)
    return (Effect.SLIPPED if days > 0 else Effect.FORWARD, days)


@lru_cache(maxsize=4096)
def source_name(source: str) -> str:
    """Return the speaker of a source, to compare: the name before "via", "citing", a bracket or a comma."""
    return name_form(re.split(r",|\(|\b(?:via|citing)\b", source.casefold(), maxsplit=1)[0])


def speaker(source: str) -> str:
    """Return the speaker of a source as written: "Lumen" of "Lumen (agency), via Evening Paper"."""
    return re.split(r",|\(|\s(?:via|citing)\b", source, maxsplit=1)[0].strip()


_MOVED: Final = (Effect.SLIPPED, Effect.FORWARD, Effect.WITHDRAWN)


class _Chain(NamedTuple):
    """What has counted so far."""

    status: Status | None = None
    window: Window | None = None
    claim: Claim | None = None  # the claim whose window counts
    last_date: Window | None = None  # the last window that was a date, not TBA
    is_out: bool = False  # whether it has come out since the last date was given

    def compare(self, claim: Claim, release: Window | None) -> tuple[Effect, int]:
        """Return the effect of a claim's window, and by how many days the last day moved."""
        if release is None:
            return (Effect.NONE, 0)
        is_out = self.is_out_with(claim)
        effect, days = _compare_with_last_date(self.window, self.last_date, release)
        is_wider = effect in (Effect.WIDENED, Effect.WITHDRAWN) and self.window and release.contains(self.window)
        if is_wider and self.claim and _only_vaguer(claim, self.claim):
            return (Effect.CONFIRMED, 0)
        if self.is_out and effect is not Effect.CONFIRMED and not is_out:
            # It has come out; this is the date of what comes next.
            return (Effect.FIRST, 0)
        if self.is_out and effect in _MOVED:
            return (Effect.CORRECTED, 0)
        if effect is Effect.WIDENED and not is_out:
            return _widen_missed(self.last_date, release, claim.on)
        return (effect, days)

    def is_out_with(self, claim: Claim) -> bool:
        status = claim.counting_status or self.status
        return status is not None and status.is_out

    def follow(self, claim: Claim, release: Window | None, effect: Effect) -> _Chain:
        """Return the chain after a claim whose window has this effect on it."""
        is_out = self.is_out_with(claim)
        after = self._replace(status=claim.counting_status or self.status, is_out=is_out or self.is_out)
        if release is None or effect is Effect.CONFIRMED:
            return after
        # What comes next and has no date yet does not slip from the date of what came out.
        date_before = self.last_date if effect is not Effect.FIRST else None
        last_date = date_before if release.is_tba else release
        return after._replace(window=release.resolved, claim=claim, last_date=last_date, is_out=is_out)

    def compared_with(self, effect: Effect) -> Window | None:
        is_with_last_date = self.window is not None and self.window.is_tba and effect is not Effect.CONFIRMED
        return self.last_date or self.window if is_with_last_date else self.window


def fold_history(claims: Iterable[Claim]) -> HistoryState:
    """Apply the claims oldest first.

    A later date is a slip, whoever says it, the owner too. But where only the owner or a rumour gave a date before,
    another's date corrects it; and a rumour moves nothing. Dates are compared within one country and medium, and with
    those that are about all; the first date of a further country or medium is no slip. `mark_tracks` says which those
    are.
    """
    chain, is_promised = _Chain(), False
    steps = []
    for claim in sort_claims(claims):
        release = claim.counting_release
        effect, days = chain.compare(claim, release)
        after, compared_with = chain.follow(claim, release, effect), chain.compared_with(effect)
        is_own = source_name(claim.source) == ME
        is_promise = reported_claim(claim, chain.status).release is not None
        is_correction = not is_own and not (is_promised and is_promise)
        is_correction = is_correction or claim.is_first_of_track or _says_whose(chain.claim, claim)
        if effect in _MOVED and is_correction:
            effect, days = Effect.CORRECTED, 0
        if release is not None and not release.is_tba:
            is_promised = is_promise or (is_promised and effect is not Effect.FIRST)
        steps.append(Step(claim, chain.status, chain.window, effect, days, compared_with))
        chain = after
    return HistoryState(chain.status, chain.window, tuple(steps), chain.claim)


def reported_claim(claim: Claim, status_before: Status | None) -> Claim:
    """Return a claim without what is no promise: the owner's own words, but that it is out, and the date of a rumour.

    Args:
        claim: Any claim.
        status_before: The status before it, as others than the owner told it.
    """
    if source_name(claim.source) == ME:
        return claim._replace(release=None, status=claim.status if claim.status and claim.status.is_out else None)
    is_rumour = (claim.counting_status or status_before) is Status.RUMORED
    return claim._replace(release=None) if is_rumour and claim.release is not None else claim


def _says_whose(before: Claim | None, claim: Claim) -> bool:
    """Return whether a claim of an online source is the first to name the country of its date.

    A date without a country is the first one anywhere there: that of a festival, or of Samoa.
    """
    if before is None or before.region or before.medium or not claim.region:
        return False
    return {source_name(before.source), source_name(claim.source)} <= set(SOURCE_NAMES)


def promises(state: HistoryState) -> tuple[Promise, ...]:
    """Return the windows that counted, oldest first; the last one counts today."""
    return tuple(
        Promise(step.claim.release, step.claim, step.effect, step.days)
        for step in state.steps
        if step.claim.release is not None and step.counts
    )


def mark_tracks(
    claims: tuple[Claim, ...], preference: Preference = NO_PREFERENCE, countries: Sequence[str] = ()
) -> tuple[Claim, ...]:
    """Mark the claims that are about another country or medium than the one whose dates count for the owner.

    Args:
        claims: A history; earlier marks are replaced.
        preference: The owner's country and media.
        countries: The show's, its home first.
    """
    if not any(claim.region or claim.medium or claim.is_other_track for claim in claims):
        return claims
    counting = _pick_counting(*_find_tracks(claims), preference, countries)
    return _mark(claims, counting, countries[0] if countries else "")


def _find_tracks(claims: Iterable[Claim]) -> tuple[list[Track], list[Track]]:
    """Return what the dates of a history are about, and what all its claims are about, each once, the oldest first.

    Where everybody withdrew the date of a country or medium, that counts only if there is no other date.
    """
    in_order = sort_claims(claims)
    holders: dict[Track, str | None] = {}  # whose date counts in each, None where it was withdrawn
    for claim in in_order:
        if claim.release is not None:
            source, before = source_name(claim.source), holders.setdefault(claim.track, None)
            withdraws = source in (ME, before)
            holders[claim.track] = source if not claim.release.is_tba else None if withdraws else before
    kept = {track for track, holder in holders.items() if holder is not None or track == Track()}
    dated = [track for track in holders if track in kept or not kept]
    return dated, list(dict.fromkeys(claim.track for claim in in_order))


def _pick_counting(
    dated: Sequence[Track], told: Sequence[Track], preference: Preference, countries: Sequence[str] = ()
) -> Track:
    counting = pick_track(dated, preference, countries)
    if counting.region and counting.medium:
        return counting
    # Dates leave it open; then it is what statuses are about.
    other = pick_track(told, preference, countries)
    return Track(counting.region or other.region, counting.medium or other.medium)


def _mark(claims: tuple[Claim, ...], counting: Track, home: str) -> tuple[Claim, ...]:
    days_of_others = _days_of_other_media(claims, counting) if counting.medium else frozenset()
    others = [not counting.covers(claim.track) or _is_of_other_medium(claim, days_of_others) for claim in claims]
    if any(is_other != claim.is_other_track for is_other, claim in zip(others, claims, strict=True)):
        pairs = zip(others, claims, strict=True)
        claims = tuple(claim._replace(is_other_track=is_other) for is_other, claim in pairs)
    return mark_first_of_tracks(claims, home)


def _days_of_other_media(claims: Iterable[Claim], counting: Track) -> frozenset[tuple[object, ...]]:
    """Return the countries and days of all media but the one that counts; none where that one has no date."""
    by_medium = [(claim.track, days) for claim in claims if claim.medium and (days := _days(claim))]
    counted = {days for track, days in by_medium if track.medium == counting.medium}
    if not any(counting.covers(track) for track, _ in by_medium):
        return frozenset()
    return frozenset(days for _, days in by_medium) - counted


def _is_of_other_medium(claim: Claim, days_of_others: frozenset[tuple[object, ...]]) -> bool:
    """Return whether a source leaves open how it comes out on a day that is known to be another medium's."""
    return not claim.medium and claim.source != ME and _days(claim) in days_of_others


def _days(claim: Claim) -> tuple[object, ...]:
    """Return the country and both ends of the window, () without a date."""
    release = claim.release
    return () if release is None or release.is_tba else (claim.region, release.earliest, release.latest)


def mark_first_of_tracks(claims: tuple[Claim, ...], home: str) -> tuple[Claim, ...]:
    """Mark, of claims whose tracks are marked, the first about a further country or medium; earlier such marks go."""
    regions, media = {"", home}, {"", "cinema"}
    first = set()
    for place, claim in sorted(enumerate(claims), key=lambda item: item[1].on or date.min):
        if claim.counting_release is not None:
            if claim.region not in regions or claim.medium not in media:
                first.add(place)
            regions.add(claim.region)
            media.add(claim.medium)
    if all((place in first) == claim.is_first_of_track for place, claim in enumerate(claims)):
        return claims
    return tuple(claim._replace(is_first_of_track=place in first) for place, claim in enumerate(claims))


def fold_for_all(claims: tuple[Claim, ...]) -> Iterator[HistoryState]:
    """Give what a history comes to for each owner, whatever the country and media; slips as they are at home."""
    dated, told = _find_tracks(claims)
    media = dict.fromkeys(track.medium for track in told if track.medium)
    counting = {
        _pick_counting(dated, told, Preference(region, preferred))
        for region in {_ANOTHER, *(track.region for track in told)}
        for preferred in ((), *((medium,) for medium in media))
    }
    return (fold_history(_mark(claims, track, track.region)) for track in sorted(counting))


def sort_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims oldest first; undated ones come before all, equal days keep their order."""
    return sorted(claims, key=lambda claim: claim.on or date.min)


def _compare_with_last_date(window: Window | None, last_date: Window | None, release: Window) -> tuple[Effect, int]:
    if window is None:
        return (Effect.FIRST, 0)
    if window.is_tba and last_date is not None and not release.is_tba:
        # A date that was withdrawn and comes again is compared with the last promise.
        effect, days = compare_windows(last_date, release)
        return (Effect.FIRST, 0) if effect is Effect.CONFIRMED else (effect, days)
    return compare_windows(window, release)


def _widen_missed(before: Window | None, after: Window, said_on: date | None) -> tuple[Effect, int]:
    """Return the effect of a wider window: of one that has passed already when it was said, it is a slip."""
    if before is None or before.latest is None or after.latest is None or said_on is None or said_on <= before.latest:
        return (Effect.WIDENED, 0)
    days = (after.latest - before.latest).days
    return (Effect.SLIPPED, days) if days > 0 else (Effect.WIDENED, 0)


def _only_vaguer(claim: Claim, window_claim: Claim) -> bool:
    """Return whether a wider window is another source's vaguer version of what already counts.

    The same source may widen, and so may the owner; a claim that puts the show off withdraws the date, whoever
    makes it.
    """
    if claim.counting_status in (Status.POSTPONED, Status.CANCELLED):
        return False
    return source_name(claim.source) not in (ME, source_name(window_claim.source))


def baseline_claim(status: Status | None, release: Window | None) -> Claim | None:
    """Return what an entry without a history says as a claim older than all others, None if it says nothing."""
    return None if status is None and release is None else Claim(status=status, release=release, source=ME)


def hand_edit_claim(
    status: Status | None, release: Window | None, claims: tuple[Claim, ...], seen_on: date
) -> Claim | None:
    """Return the claim made by editing status or release in the file, None if they are what the history says.

    An entry without a history says them as its baseline: nobody edited anything. What the history says to an owner in
    another country, or with other media, is no edit either: the file may be from there.

    Args:
        status: What the entry says.
        release: What the entry says.
        claims: The history of the entry.
        seen_on: The day on which the edit was first seen.
    """
    if not claims:
        return None
    has_tracks = any(claim.region or claim.medium for claim in claims)
    new_status, new_release = status, release
    for state in fold_for_all(claims) if has_tracks else (fold_history(claims),):
        if status is state.status:
            new_status = None
        if new_release is not None and state.window is not None and state.window.has_same_days(new_release):
            new_release = None
        if new_status is None and new_release is None:
            return None
    # Never before the claims that it overrules, even if they are dated in the future.
    last_day = max((claim.on for claim in claims if claim.on), default=seen_on)
    return Claim(on=max(last_day, seen_on), status=new_status, release=new_release, source=ME)
