"""Sentences about claims, steps, edits and diffs, the same on every screen and in every report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from tracker.model.diff import ShowDiff, WatchlistDiff
from tracker.model.history import Claim, Effect, HistoryState, Promise, Step
from tracker.model.release import Track
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watchlist import Watchlist
from tracker.model.window import describe_countdown

_MAX_NAMED: Final = 3  # how many things are named; more are counted


def plural(number: int, noun: str, plural_noun: str = "") -> str:
    """Return "1 show", "1,200 shows"."""
    return f"{number:,} {noun if number == 1 else plural_noun or f'{noun}s'}"


def plural_days(number: int) -> str:
    """Return "1 day", "256 days"."""
    return f"{number} day{'' if number == 1 else 's'}"


def join_names(names: Iterable[str], last: str = "and") -> str:
    """Return "TVmaze", "TVmaze and TMDB", "TVmaze, TMDB or Wikidata"; "" without names."""
    *most, end = list(names) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def titles_or_count(shows: Collection[Show]) -> str:
    """Return the title of one show, or the number of shows."""
    return next(iter(shows)).full_title if len(shows) == 1 else f"{len(shows)} shows"


def describe_new_value(name: str, value: object) -> str:
    """Return what an edit made of a field: "watched", "rated 8", "new cast", "no notes"."""
    match name:
        case "watch":
            return str(value) or "no watch state"
        case "rating":
            return "no rating" if value is None else f"rated {value:g}"
        case "release":
            return "no date" if value is None else "new date"
        case "season":
            return f"season {value}" if value else "the whole show"
        case "remind":
            return "reminders as in the settings" if value is None else "new reminders" if value else "no reminders"
        case "follows":
            return "followed sources"
    return f"{'new' if value else 'no'} {name.replace('_', ' ')}"


def claim_parts(claim: Claim) -> list[str]:
    """Return the words for status and release of a claim."""
    place = claim.track.label if claim.release is None else ""
    status = f"{claim.status.value} {place}".rstrip() if claim.status is not None else ""
    return [part for part in (status, claim.release_label) if part]


def claim_name(claim: Claim) -> str:
    """Return what a claim is called: "the claim of 2025-02-12"."""
    return f"the claim of {claim.date_text}" if claim.on else "the undated claim"


def describe_claims(watchlist: Watchlist, claims: Mapping[str, Claim]) -> str:
    """Return the sentence about claims recorded together."""
    titles = titles_or_count([watchlist.get(show_id) for show_id in claims])
    if len({tuple(claim_parts(claim)) for claim in claims.values()}) > 1:
        return f"{titles}: status changed"
    claim = next(iter(claims.values()))
    parts = claim_parts(claim)
    if claim.status is not None:
        return f"{titles} {'is' if len(claims) == 1 else 'are'} {', release '.join(parts)}"
    return f"{titles}: {next(iter(parts), 'a note')}"


def _find_counting(watchlist: Watchlist, recorded: tuple[str, Claim]) -> str:
    """Return the date that counts where a claim is about another country or medium, "" elsewhere."""
    show_id, claim = recorded
    counting = watchlist.get(show_id).history_state.window_claim
    is_other = counting is not None and claim.track != Track() and not counting.track.covers(claim.track)
    return counting.release_label if counting is not None and is_other else ""


def overruled_note(watchlist: Watchlist, claims: Mapping[str, Claim]) -> str:
    """Return the addition where a claim that was just recorded is not the one that counts."""
    if len(claims) == 1 and (other := _find_counting(watchlist, *claims.items())):
        return f"; {other} counts"
    shows = [watchlist.get(show_id) for show_id, claim in claims.items() if claim.status is not None]
    overruled = [show.status for show in shows if show.status is not claims[show.id].status]
    if len(overruled) > 1:
        return f"; {len(overruled)} of them have a newer claim"
    return f"; a newer claim says {overruled[0].value}" if overruled and overruled[0] else ""


def with_warning(label: str, warning: str) -> str:
    """Add to the sentence about an edit what went wrong beside it."""
    return f"{label} ({warning})" if warning else label


def describe_lost_edits(labels: Sequence[str]) -> str:
    """Return the sentence about edits that another program's save reverted."""
    more = f" and {len(labels) - _MAX_NAMED} more" if len(labels) > _MAX_NAMED else ""
    return f"Another program's save undid: {', '.join(labels[:_MAX_NAMED])}{more}. Redo applies it again."


def describe_hand_edits(watchlist: Watchlist, claims: Mapping[str, Claim]) -> str:
    """Return the sentence about claims made by editing the file: "Soul Mate: filming added to the history"."""
    if len(claims) > 1:
        return f"{len(claims):,} hand edits added to the history"
    [(show_id, claim)] = claims.items()
    return f"{watchlist.get(show_id).full_title}: {', '.join(claim_parts(claim))} added to the history"


def describe_slips(state: HistoryState) -> str:
    """Return "slipped 1×, +256 days"."""
    return f"slipped {state.slips}×, +{plural_days(state.slipped_days)}"


def describe_missed(state: HistoryState, today: date) -> str:
    """Return "missed May 2026, postponed" for a date that has passed after the show was put off; else ""."""
    if (window := state.missed(today)) is None:
        return ""
    word = {Status.POSTPONED: ", postponed", Status.HIATUS: ", on hiatus"}.get(state.status or Status.RUMORED, "")
    return f"missed {window.label}{word}"


def describe_late(show: Show, today: date) -> str:
    """Return how a show is late: "overdue", "missed, postponed", "missed May 2026"; "" if it is not."""
    is_put_off = show.status in (Status.POSTPONED, Status.HIATUS)
    if is_put_off or (show.release is not None and show.release.is_tba):
        missed = show.history_state.missed(today)
        if missed is not None and show.release is not None and missed.has_same_days(show.release):
            return f"missed, {'on ' if show.status is Status.HIATUS else ''}{show.status.value if show.status else ''}"
        if missed is not None:
            return f"missed {missed.label}"
    return "overdue" if show.is_overdue(today) else ""


def describe_wait(show: Show, today: date) -> str:
    """Return how long it still is: "in 3–6 months"; "" where nobody waits for the date, and for one that has passed."""
    window = show.release
    if window is None or show.is_out or show.status is Status.CANCELLED or show.is_postponed:
        return ""
    return "" if window.latest is not None and window.latest < today else describe_countdown(window, today)


def describe_effect(step: Step) -> str:
    """Return what a claim did to the window: "slipped 256 days from Aug 2025", "narrowed from 2025"; "" for nothing."""
    before = step.compared_with.label if step.compared_with else ""
    match step.effect:
        case Effect.NONE | Effect.FIRST:
            return ""
        case Effect.WITHDRAWN:
            return f"{before} withdrawn"
        case Effect.CONFIRMED:
            is_date = step.claim.release is not None and not step.claim.release.is_tba
            return f"{'vaguer; ' if is_date else ''}{before} stays" if step.is_vaguer else "confirmed"
        case Effect.CORRECTED if step.claim.is_first_of_track:
            return f"first date {'there' if step.claim.region else 'of its medium'}; {before} before"
    return f"{_effect_and_days(step)} from {before}"


def describe_claimed_window(step: Step) -> str:
    """Return the window of a claim with its effect: "14 May 2026 (slipped 256 days from Aug 2025)"."""
    label, effect = step.claim.release_label, describe_effect(step)
    return f"{label} ({effect})" if effect else label


def describe_window_change(step: Step, before: str, after: str) -> str:
    """Return what a claim changes in an entry: "slipped 256 days: Aug 2025 → 14 May 2026", "date 2027"."""
    match step.effect:
        case Effect.WITHDRAWN:
            return f"{before} withdrawn"
        case Effect.SLIPPED | Effect.FORWARD:
            return f"{_effect_and_days(step)}: {before} → {after}"
        case Effect.CORRECTED | Effect.NARROWED | Effect.WIDENED:
            return f"date {step.effect.value}: {before} → {after}"
    return f"date {before} → {after}" if before else f"date {after}"


def _effect_and_days(step: Step) -> str:
    return f"{step.effect.value} {plural_days(abs(step.days))}" if step.days else step.effect.value


def describe_status_change(before: Status | None, after: Status) -> str:
    """Return "filming → scheduled", or "scheduled" if there was no status."""
    return f"{before.value} → {after.value}" if before is not None else after.value


def describe_promise(promise: Promise) -> str:
    """Return what a promise did to the one before: "+92 days", "narrowed"; "" for the first."""
    if promise.effect in (Effect.SLIPPED, Effect.FORWARD):
        return f"{promise.days:+d} day{'' if abs(promise.days) == 1 else 's'}"
    return "" if promise.effect is Effect.FIRST else str(promise.effect.value)


def describe_diff(diff: WatchlistDiff) -> str:
    """Return a diff as one line: "Soul Mate: scheduled, 14 May 2026; 4 shows added"; "" for none."""
    parts = []
    if len(diff.changed) > _MAX_NAMED:
        parts.append(f"{len(diff.changed):,} shows changed")
    else:
        parts += [f"{change.after.full_title}: {_new_values(change)}" for change in diff.changed]
    for shows, verb in ((diff.added, "added"), (diff.removed, "removed")):
        if len(shows) > _MAX_NAMED:
            parts.append(f"{len(shows):,} shows {verb}")
        elif shows:
            parts.append(f"{', '.join(show.full_title for show in shows)} {verb}")
    if diff.damaged:
        entries = plural(abs(diff.damaged), "entry", "entries")
        parts.append(f"{entries} can't be read" if diff.damaged > 0 else f"{entries} fixed")
    if diff.people and not parts:
        parts.append("a person's card")
    return "; ".join(parts)


def _new_values(diff: ShowDiff) -> str:
    """Return the changed fields of a show, status and release with their new values."""
    values = dict(zip(("status", "release"), _status_and_release(diff.after), strict=True))
    return ", ".join(values.get(name) or _new_value(diff, name) for name in diff.content_fields) or "history changed"


def describe_show_diff(diff: ShowDiff) -> str:
    """Return the changed fields of a show: "filming → scheduled; 14 May 2026 (was Aug 2025); new cast"."""
    (status_before, release_before), (status, release) = map(_status_and_release, diff)
    values = {
        "status": f"{status_before or 'no status'} → {status or 'no status'}",
        "release": f"{release or 'no date'} (was {release_before or 'no date'})",
    }
    return "; ".join(values.get(name) or _new_value(diff, name) for name in diff.content_fields) or "history changed"


def _new_value(diff: ShowDiff, name: str) -> str:
    return describe_new_value(name, getattr(diff.after, name))


def _status_and_release(show: Show) -> tuple[str, str]:
    return show.status.value if show.status else "", show.release.label if show.release else ""
