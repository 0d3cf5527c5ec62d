"""Changing, removing and adding one claim, credit or link of a show, each found again by what was seen of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from tracker.errors import BadValue, Conflict
from tracker.model.history import ME, Claim, baseline_claim, fold_history, hand_edit_claim, mark_tracks
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.show import Credit, Show

ItemT = TypeVar("ItemT", bound=Hashable)
_HAS_CHANGED: Final = "has changed in the file. Nothing was written; look at it again."


class EditedShow(NamedTuple):
    """A show after an edit, and where its claims and credits were before it."""

    show: Show
    claims: tuple[int, ...] | None = None
    """The former indexes of the claims that were there before, in their new order; new claims follow them.
    None if all are where they were."""
    credits: tuple[int | None, ...] | None = None
    """The former index of each credit, None for a new one. None for all if they are told by their actors."""


def find_again(items: Sequence[ItemT], seen: Sequence[ItemT], index: int, what: str) -> int:
    """Return the index of the item that was seen at `index`; among equal ones it is the same of them.

    Raises:
        Conflict: It was changed or removed meanwhile; `what` names it.
    """
    wanted = seen[index]
    places = [place for place, item in enumerate(items) if item == wanted]
    if len(places) != seen.count(wanted):
        raise Conflict(f"{what} {_HAS_CHANGED}")
    return places[seen[:index].count(wanted)]


def edit_credit(
    show: Show,
    seen: Show,
    index: int | None,
    credit: Credit | None,
    *,
    seen_on: date,
    preference: Preference = NO_PREFERENCE,
) -> EditedShow:
    """Return the show with a credit changed, removed where `credit` is None, or added where `index` is None.

    The other arguments are those of `edit_claim`.

    Raises:
        Conflict: The credit was changed or removed meanwhile.
    """
    cast = list(show.cast)
    origins: list[int | None] = [*range(len(cast))]
    place = len(cast) if index is None else find_again(show.cast, seen.cast, index, f"{show.title}: the cast member")
    new = () if credit is None else (credit,)
    cast[place : place + 1] = new
    origins[place : place + 1] = [None if index is None else place for _ in new]
    after = show._replace(cast=tuple(cast))
    return EditedShow(_with_hand_edit(show, after, seen_on, preference), credits=tuple(origins))


def edit_link(
    show: Show,
    seen: Show,
    name: str | None,
    link: tuple[str, str] | None,
    *,
    seen_on: date,
    preference: Preference = NO_PREFERENCE,
) -> EditedShow:
    """Return the show with a link changed, removed where `link` is None, or added where `name` is None.

    A link is its name and its address; the other arguments are those of `edit_claim`.

    Raises:
        BadValue: Another link has the name.
        Conflict: The link was changed or removed meanwhile.
    """
    if name is not None and show.links.get(name) != seen.links[name]:
        raise Conflict(f"{show.title}: the link {_HAS_CHANGED}")
    if link is not None and link[0] != name and link[0] in show.links:
        raise BadValue(f"{show.title} has a link “{link[0]}” already.", "name")
    links: dict[str, str] = {}
    for known, url in show.links.items():
        if known != name:
            links[known] = url
        elif link is not None:
            links[link[0]] = link[1]
    if link is not None and name is None:
        links[link[0]] = link[1]
    return EditedShow(_with_hand_edit(show, show._replace(links=links), seen_on, preference))


def _with_hand_edit(show: Show, after: Show, seen_on: date, preference: Preference) -> Show:
    return after.record((), seen_on, preference) if after != show else show


def claim_in_file(claim: Claim) -> Claim:
    """Return the claim without what only the program knows of it."""
    return claim.unmarked._replace(is_hand_edit=False)


def edit_claim(
    show: Show, seen: Show, index: int, claim: Claim | None, *, seen_on: date, preference: Preference = NO_PREFERENCE
) -> EditedShow:
    """Return the show with one of its claims changed, or removed where `claim` is None.

    Status and release follow the history again; where that says the same as they do, the owner's wording stays. A hand
    edit that no claim says yet becomes one in the same step.

    Where the last claim is removed, status and release stay as the entry has them: they are its baseline from then on,
    as if the claim's lines had been deleted in an editor. The owner may have typed them before the claim came, and who
    finds them wrong too removes the baseline in a second step.

    The claim may also be one that the history does not have: the baseline becomes the first claim, or stays one if it
    is still undated and by the owner; a hand edit becomes the claim, or is taken back.

    Args:
        show: The show as the file has it.
        seen: The show as it was seen, with its hand edit as the last claim.
        index: The place of the claim in the history as it was seen; 0 for a baseline.
        claim: What it is changed to.
        seen_on: The day on which the hand edit was first seen.
        preference: Whose dates count.

    Raises:
        Conflict: The claim was changed or removed meanwhile.
    """
    what = f"{show.title}: the claim"
    if not seen.history:
        return EditedShow(_edit_baseline(show, seen, claim, preference, what))
    in_file = tuple(claim_in_file(known) for known in seen.history if not known.is_hand_edit)
    hand_edit = hand_edit_claim(show.status, show.release, show.history, seen_on)
    if seen.history[index].is_hand_edit:
        if hand_edit is None or hand_edit[2:4] != seen.history[index][2:4]:
            raise Conflict(f"{what} {_HAS_CHANGED}")
        return EditedShow(
            _follow_history(show, (*show.history, claim) if claim is not None else show.history, preference)
        )
    place = find_again(show.history, in_file, index, what)
    origins = [known for known in range(len(show.history)) if claim is not None or known != place]
    history = list(show.history)
    if claim is None:
        del history[place]
    else:
        target = _place_of(show.history, place, claim)
        del history[place]
        history.insert(target, claim_in_file(claim))
        origins.insert(target, origins.pop(place))
    if (
        hand_edit is not None
        and (unsaid := _leave_out_said(hand_edit, mark_tracks(tuple(history), preference, show.countries), seen_on))
        is not None
    ):
        history.append(unsaid)
    return EditedShow(_follow_history(show, tuple(history), preference), tuple(origins))


def _edit_baseline(show: Show, seen: Show, claim: Claim | None, preference: Preference, what: str) -> Show:
    if show.history or (show.status, show.release) != (seen.status, seen.release):
        raise Conflict(f"{what} {_HAS_CHANGED}")
    if claim is None:
        return show._replace(status=None, release=None)
    claim = claim._replace(source=claim.source or ME)
    if claim == baseline_claim(claim.status, claim.release):
        return show._replace(status=claim.status, release=claim.release)
    return _follow_history(show, (claim,), preference)


def _follow_history(show: Show, history: tuple[Claim, ...], preference: Preference) -> Show:
    """Return the show with this history, and what that comes to as its status and release."""
    history = mark_tracks(history, preference, show.countries)
    if not history:
        return show._replace(history=())
    state = fold_history(history)
    is_same = show.release is not None and state.window is not None and show.release.key == state.window.key
    return show._replace(history=history, status=state.status, release=show.release if is_same else state.window)


def _leave_out_said(hand_edit: Claim, history: Sequence[Claim], seen_on: date) -> Claim | None:
    """Return a hand edit without what a history says by now, as its newest claim; None if that is all."""
    state = fold_history(history)
    status = None if hand_edit.status is state.status else hand_edit.status
    is_said = hand_edit.release and state.window and state.window.has_same_days(hand_edit.release)
    release = None if is_said else hand_edit.release
    if status is None and release is None:
        return None
    newest = max((claim.on for claim in history if claim.on), default=seen_on)
    return hand_edit._replace(on=max(newest, seen_on), status=status, release=release)


def _place_of(history: Sequence[Claim], place: int, claim: Claim) -> int:
    """Return where a changed claim stands, which was at `place`: a day that still fits its neighbours leaves it there.

    A history that is newest first stays so; in one that has no order only this claim is moved.
    """
    days = [known.on or date.min for known in history]
    day = claim.on or date.min
    newest_first = len(set(days)) > 1 and all(earlier >= later for earlier, later in pairwise(days))
    if newest_first:
        days, place = days[::-1], len(days) - 1 - place
    del days[place]
    fits = (place == 0 or days[place - 1] <= day) and (place == len(days) or day <= days[place])
    if not fits:
        place = next((index for index, other in enumerate(days) if other > day), len(days))
    return len(days) - place if newest_first else place
