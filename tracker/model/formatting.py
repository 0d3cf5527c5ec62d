"""Sentences about claims, steps and edits, the same on every screen and in every report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tracker.model.history import Claim, Effect, HistoryState, Step
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist


def titles_or_count(shows: Collection[Show]) -> str:
    """Return the title of one show, or the number of shows."""
    return next(iter(shows)).title if len(shows) == 1 else f"{len(shows)} shows"


def claim_parts(claim: Claim) -> list[str]:
    """Return the words for status and release of a claim."""
    return [word for word in (claim.status and claim.status.value, claim.release and claim.release.label) if word]


def describe_claims(watchlist: Watchlist, claims: Mapping[str, Claim]) -> str:
    """Return the sentence about claims recorded together."""
    names = titles_or_count([watchlist.get(show_id) for show_id in claims])
    words = {tuple(claim_parts(claim)) for claim in claims.values()}
    if len(words) > 1:
        return f"{names} moved along the line"
    claim = next(iter(claims.values()))
    if claim.status is not None:
        return f"{names} {'is' if len(claims) == 1 else 'are'} {claim.status.value}"
    return f"{names}: {claim.release.label if claim.release is not None else 'a note'}"


def overruled_note(watchlist: Watchlist, claims: Mapping[str, Claim]) -> str:
    """Return the addition where a newer claim overrules one that was just recorded."""
    shows = [watchlist.get(show_id) for show_id, claim in claims.items() if claim.status is not None]
    still = [show for show in shows if show.status is not claims[show.id].status]
    if len(still) > 1:
        return f"; newer claims say otherwise of {len(still)}"
    return f"; a newer claim says {still[0].status.value}" if still and still[0].status else ""


def with_warning(label: str, trouble: str) -> str:
    """Add to the sentence about an edit what went wrong beside it."""
    return f"{label} ({trouble})" if trouble else label


def describe_lost_edits(labels: Sequence[str]) -> str:
    """Return the sentence about edits that another program's save reverted."""
    named = ", ".join(labels[:3]) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")
    return f"another program's save took back: {named} (redo brings it)"


def describe_hand_edits(watchlist: Watchlist, found: Mapping[str, Sequence[Claim]]) -> str:
    """Return the sentence about claims made by editing the file."""
    if len(found) > 1:
        return f"{len(found):,} shows as your file has them"
    [(show_id, claims)] = found.items()
    said = claims[0].status.value if claims[0].status else claims[0].release.label if claims[0].release else ""
    return f"{watchlist.get(show_id).title} is {said} by your own hand"


def plural(number: int, noun: str) -> str:
    """Return "1 show", "1,200 shows"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plural_days(number: int) -> str:
    """Return "1 day", "256 days"."""
    return f"{number} day{'' if number == 1 else 's'}"


def describe_slips(standing: HistoryState) -> str:
    """Return "slipped 1×, +256 days"."""
    return f"slipped {standing.slips}×, +{plural_days(standing.slipped_days)}"


def describe_effect(step: Step) -> str:
    """Return what a claim did to the window: "slipped 256 days", "narrowed from 2025"; "" for nothing."""
    before = step.window_before.label if step.window_before else ""
    match step.effect:
        case Effect.SLIPPED:
            return f"slipped {plural_days(step.days)} from {before}"
        case Effect.FORWARD:
            return f"brought forward {plural_days(-step.days)} from {before}"
        case Effect.NARROWED | Effect.WIDENED:
            return f"{step.effect.value} from {before}"
        case Effect.WITHDRAWN:
            return f"{before} withdrawn"
        case Effect.CONFIRMED:
            said = step.claim.release
            same = said is not None and step.window_before is not None and said.key == step.window_before.key
            return "confirmed" if same else f"vaguer, {before} counts"
    return ""
