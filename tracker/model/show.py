"""Shows with their credits, and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.history import (
    Claim,
    HistoryState,
    baseline_claim,
    fold_for_all,
    fold_history,
    hand_edit_claim,
    mark_tracks,
)
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.season import with_season
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import clean_line

KINDS: Final = ("series", "film", "special")
_KIND_WORDS: Final = {
    "movie": "film", "tv": "series", "show": "series", "drama": "series", "anime": "series",
    "miniseries": "series", "ova": "special",
}  # fmt: skip

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Credit(NamedTuple):
    """One name in a cast."""

    actor: str
    role: str = ""
    about: str = ""  # who the role is, in a few words


class Person(NamedTuple):
    """A person's card, joined to casts by name or alias."""

    name: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    agency: str = ""
    known_for: tuple[str, ...] = ()
    follow: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Show(NamedTuple):
    """A series, film or special on the list; fields as in the file, cleaned."""

    id: str
    title: str
    original_title: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "series"
    season: int | None = None  # where the entry is one season of a show
    status: Status | None = None  # what the last claims say
    release: Window | None = None  # the window that counts; None is unknown, which is not TBA
    networks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    watch: str = ""  # the owner's own state, one of `WATCH_STATES`, or ""
    rating: float | None = None  # 0 to 10, the owner's own
    remind: tuple[str, ...] | None = None  # rules of `reminder`, () for never; None leaves them to the settings
    synopsis: str = ""
    notes: str = ""
    ids: Mapping[str, str | int] = _NONE
    links: Mapping[str, str] = _NONE
    follows: Mapping[str, str] = _NONE
    cast: tuple[Credit, ...] = ()
    history: tuple[Claim, ...] = ()

    @property
    def full_title(self) -> str:
        """The title, with the season of the entry unless it names that itself."""
        return with_season(self.title, self.season)

    @property
    def history_state(self) -> HistoryState:
        """The folded history, or the baseline where there is none; computed at each call."""
        return fold_history(self.claims)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The history, or the baseline as a claim where there is none."""
        return self.history or self._baseline

    @property
    def _baseline(self) -> tuple[Claim, ...]:
        claim = None if self.history else baseline_claim(self.status, self.release)
        return (claim,) if claim is not None else ()

    @property
    def people(self) -> tuple[str, ...]:
        return (*(credit.actor for credit in self.cast), *self.directors, *self.writers)

    @property
    def is_out(self) -> bool:
        return self.status is not None and self.status.is_out

    @property
    def is_finished(self) -> bool:
        """Whether its owner is done with it: watched or dropped."""
        return self.watch in ("watched", "dropped")

    @property
    def is_postponed(self) -> bool:
        """Whether it was put off and its date is older than that."""
        return self.status in (Status.POSTPONED, Status.HIATUS) and self.history_state.is_postponed

    def is_overdue(self, today: date) -> bool:
        """Return whether the window has passed and the show is neither out nor cancelled; a premiere is never late."""
        if self.release is None or self.release.latest is None or self.release.latest >= today:
            return False
        if self.status in (Status.POSTPONED, Status.HIATUS):
            # What has come out and pauses is not late.
            return not any(claim.says_out for claim in self.history)
        if self.is_out or self.status is Status.CANCELLED:
            return False
        if not any(claim.medium == "premiere" for claim in self.history):
            return True
        # A premiere is no release for everybody.
        counting = self.history_state.window_claim
        return counting is None or counting.medium != "premiere"

    def as_of(self, day: date) -> Show:
        """Return the show as its claims told it on the evening of `day`.

        Claims without a day are older than the others: they are known from the first day that a claim has.
        """
        past = any(claim.on is not None and claim.on <= day for claim in self.history)
        history = (claim for claim in self.history if past and (claim.on is None or claim.on <= day))
        return self._replace(history=(), status=None, release=None).with_claims(*history)

    def with_claims(self, *claims: Claim, preference: Preference = NO_PREFERENCE) -> Show:
        """Return the show with more claims, and status and release as they come to.

        The first claims of an entry keep its baseline before them, unless they say the same.
        """
        baseline = (claim for claim in self._baseline if not _repeat(claims, claim))
        history = mark_tracks((*baseline, *self.history, *claims), preference, self.countries)
        state = fold_history(history)
        return self._replace(history=history, status=state.status, release=state.window)

    def record(self, claims: Sequence[Claim], seen_on: date, preference: Preference = NO_PREFERENCE) -> Show:
        """Return the show with claims recorded, after a hand edit that no claim says yet.

        Status and release follow the history; where that says the same as they do, the owner's wording stays.

        Args:
            claims: New claims.
            seen_on: The day on which the hand edit was first seen.
            preference: Whose dates count.
        """
        hand_edit = hand_edit_claim(self.status, self.release, self.history, seen_on)
        new = (*((hand_edit,) if hand_edit is not None else ()), *claims)
        if not new:
            return self
        after = self.with_claims(*new, preference=preference)
        release = after.release or self.release
        if self.release is not None and release is not None and release.key == self.release.key:
            release = self.release
        return after._replace(status=after.status or self.status, release=release)

    def for_preference(self, preference: Preference) -> Show:
        """Return the show with the status and release that count for an owner; what was edited by hand stays."""
        history = mark_tracks(self.history, preference, self.countries)
        if not any(claim.region or claim.medium for claim in history):
            return self
        state = fold_history(history)
        status, release = state.status, state.window
        if self.release is not None and release is not None and self.release.key == release.key:
            release = self.release
        if self.status is not status or (self.release is not None and self.release is not release):
            states = tuple(fold_for_all(self.history))
            if all(self.status is not known.status for known in states):
                status = self.status
            keys = {known.window.key for known in states if known.window is not None}
            if self.release is not None and self.release.key not in keys:
                release = self.release
        return self._replace(history=history, status=status, release=release)

    def links_in_order(self) -> list[tuple[str, str]]:
        """Return name and address of everything that can be opened, the newest claim's first."""
        claims = {claim.url: claim.source or "claim" for claim in reversed(self.history) if claim.url}
        return [(name, url) for url, name in claims.items()] + list(self.links.items())


def _repeat(claims: Sequence[Claim], baseline: Claim) -> bool:
    """Return whether claims say all that a baseline says."""
    key = baseline.release and baseline.release.key
    return (baseline.status is None or any(claim.status is baseline.status for claim in claims)) and (
        key is None or any(claim.release is not None and claim.release.key == key for claim in claims)
    )


def parse_kind(text: str) -> str:
    """Return the kind that `text` names; "movie", "drama" and the like are understood."""
    word = clean_line(text).casefold()
    word = _KIND_WORDS.get(word, word) or "series"
    if word not in KINDS:
        raise BadValue(f"Not a kind: “{text}”. Use one of {', '.join(KINDS)}.")
    return word
