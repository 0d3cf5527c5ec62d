"""Shows with their credits, and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.history import Claim, HistoryState, fold_history, hand_edit_claim, mark_region, windows_by_region
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import clean_line

KINDS: Final = ("series", "film", "special")
WATCH: Final = ("planned", "watching", "watched", "dropped")
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


class Show(NamedTuple):
    """A series, film or special on the list; fields as in the file, cleaned."""

    id: str
    title: str
    original_title: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "series"
    status: Status | None = None  # what the last claims say
    release: Window | None = None  # the window that counts; None is unknown, which is not TBA
    networks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    watch: str = ""  # the owner's own state, one of `WATCH`, or ""
    rating: float | None = None  # 0 to 10, the owner's own
    synopsis: str = ""
    notes: str = ""
    ids: Mapping[str, str | int] = _NONE
    links: Mapping[str, str] = _NONE
    follows: Mapping[str, str] = _NONE
    cast: tuple[Credit, ...] = ()
    history: tuple[Claim, ...] = ()

    @property
    def history_state(self) -> HistoryState:
        """The folded history; computed at each call."""
        return fold_history(self.history)

    @property
    def people(self) -> tuple[str, ...]:
        return (*(credit.actor for credit in self.cast), *self.directors, *self.writers)

    @property
    def is_out(self) -> bool:
        return self.status is not None and self.status.is_out

    @property
    def is_postponed(self) -> bool:
        """Whether it was put off and its date is older than that."""
        return self.status in (Status.POSTPONED, Status.HIATUS) and self.history_state.is_postponed

    def is_overdue(self, today: date) -> bool:
        """Return whether the window has passed and the show is neither out nor cancelled."""
        if self.release is None or self.release.latest is None or self.release.latest >= today:
            return False
        return not (self.is_out or self.status is Status.CANCELLED)

    def as_of(self, day: date) -> Show:
        """Return the show as its dated claims told it on the evening of `day`."""
        history = tuple(claim for claim in self.history if claim.on is not None and claim.on <= day)
        return self._replace(history=(), status=None, release=None).with_claims(*history)

    def with_claims(self, *claims: Claim, region: str = "") -> Show:
        history = mark_region((*self.history, *claims), region)
        state = fold_history(history)
        return self._replace(history=history, status=state.status, release=state.window)

    def record(self, claims: Iterable[Claim], today: date, region: str = "") -> Show:
        """Return the show with claims recorded, behind a hand edit that no claim says yet.

        Status and release follow the history; where that says the same as they do, the owner's wording stays.

        Args:
            claims: New claims.
            today: The day on which a hand edit counts as said.
            region: The owner's country, whose releases count.
        """
        hand_edit = hand_edit_claim(self.status, self.release, self.history, today)
        history = (*self.history, *((hand_edit,) if hand_edit is not None else ()), *claims)
        if history == self.history:
            return self
        state = fold_history(mark_region(history, region))
        release = state.window or self.release
        if self.release is not None and release is not None and release.key == self.release.key:
            release = self.release
        return self._replace(history=history, status=state.status or self.status, release=release)

    def for_region(self, region: str) -> Show:
        """Return the show with the release that counts in a country."""
        history = mark_region(self.history, region)
        if history is self.history:
            return self
        keys = {window.key for window in windows_by_region(self.history) if window is not None}
        is_hand_edit = self.release is not None and self.release.key not in keys
        return self._replace(history=history, release=self.release if is_hand_edit else fold_history(history).window)

    def links_in_order(self) -> list[tuple[str, str]]:
        """Return name and address of everything that can be opened, the newest claim's first."""
        claims = {claim.url: claim.source or "claim" for claim in reversed(self.history) if claim.url}
        return [(name, url) for url, name in claims.items()] + list(self.links.items())


def parse_kind(text: str) -> str:
    """Return the kind that `text` names; "movie", "drama" and the like are understood."""
    word = clean_line(text).casefold()
    word = _KIND_WORDS.get(word, word) or "series"
    if word not in KINDS:
        raise BadValue(f"“{text}” is not a kind; it is one of {', '.join(KINDS)}.")
    return word


def parse_watch(text: str) -> str:
    """Return the watch state that `text` names, "" for none."""
    word = clean_line(text).casefold()
    if word and word not in WATCH:
        raise BadValue(f"“{text}” is not a watch state; it is one of {', '.join(WATCH)}.")
    return word
