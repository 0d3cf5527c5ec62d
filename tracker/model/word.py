"""What each source last said about a show, and what its next record changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from tracker.model.episode import Episode, soonest
from tracker.model.history import Claim, Effect, authority, fold
from tracker.model.labels import effect_words
from tracker.model.observation import SERVICES, Observation, Reference
from tracker.model.sameness import is_same
from tracker.model.show import Show
from tracker.model.status import LINE, Status
from tracker.model.window import Window
from tracker.model.window_parse import parse_window

FOLLOWABLE: Final = (
    "title", "original_title", "aliases", "networks", "countries", "genres", "directors", "writers", "synopsis", "cast",
)  # fmt: skip
"""The fields that may follow a source."""
FLAP: Final = timedelta(days=3)
"""A source that reverts a change within this time makes no second piece of news."""
_NORMAL: Final = frozenset({"title", "networks", "cast", "directors", "writers"})


class Word(NamedTuple):
    """The last record of a source about a show."""

    said: Observation
    heard: datetime
    """When the source was last asked, in UTC."""
    since: tuple[tuple[str, date], ...] = ()
    """Since when it has said this, by field, "status" and "release" included."""
    former: Observation | None = None
    """The record before the last change of status or release."""
    turned: datetime | None = None
    """When that was."""
    is_gone: bool = False
    """Whether the source no longer has the show."""
    took_back: bool = False
    """Whether the last change was a return to `previous`."""
    read: datetime | None = None
    """When the record itself was read, not only checked for changes."""

    @property
    def reference(self) -> Reference:
        return self.said.reference

    def since_when(self, field: str) -> date | None:
        """Return the day since which the source has said this of a field."""
        return dict(self.since).get(field)


class Item(NamedTuple):
    """One piece of news about a show."""

    grade: str
    """One of `news.GRADES`."""
    field: str
    text: str
    """One line, without the show's title."""


class Findings(NamedTuple):
    """What a new word comes to for a show."""

    claim: Claim | None = None
    """The claim to record."""
    fields: Mapping[str, Any] = {}
    """New values of the fields that follow the source."""
    items: tuple[Item, ...] = ()
    takes_back: bool = False
    """Whether the source only returned to its earlier record."""


def next_episode(words: Iterable[Word], today: date) -> tuple[Episode, str] | None:
    """Return the next episode and its source; one with a time comes before one without."""
    known = [(word.said.next_episode, word.said.source) for word in words if word.said.next_episode is not None]
    return soonest(known, today)


def hear(before: Word | None, said: Observation, at: datetime, today: date) -> Word:
    """Return the last word after a service was heard.

    Args:
        before: Its last word until now.
        said: What it says now.
        at: The moment, in UTC.
        today: The day of that moment for the owner.
    """
    if before is not None:
        # What a service says no more of a field it has not taken back: it says nothing.
        kept = {name: old for name in FOLLOWABLE if (old := getattr(before.said, name)) and not getattr(said, name)}
        said = said._replace(**kept)
    if before is None:
        since = tuple((name, today) for name in ("status", "release", *FOLLOWABLE) if _value(said, name))
        return Word(said, at, since, read=at)
    old = dict(before.since)
    since = tuple(
        (name, old.get(name, today) if _value(said, name) == _value(before.said, name) else today)
        for name in ("status", "release", *FOLLOWABLE)
        if _value(said, name) or (name == "release" and before.said.release is not None)
    )
    turns = any(_value(said, name) != _value(before.said, name) for name in ("status", "release"))
    former, turned = (before.said, at) if turns else (before.former, before.turned)
    took_back = _goes_back(before, said, at) if turns else before.took_back
    return Word(said, at, since, former, turned, took_back=took_back, read=at)


def weigh(show: Show, before: Word | None, said: Observation, at: datetime, today: date) -> Findings:
    """Return what the word of a service comes to for a show.

    Only what differs from the service's own last word is news. A first word is no news of the world: it is taken
    where it agrees with what is known or adds to it, and stands beside it otherwise.
    """
    if before is not None and _goes_back(before, said, at):
        fields = followed(show, before.said, said)
        return Findings(
            None, fields, (_flap_item(before, said), *_field_items(show, before, said, fields)), takes_back=True
        )
    claim = _claim(show, before.said if before is not None else None, said, today)
    items = [_claim_item(show, claim, is_first=before is None)] if claim is not None else []
    if claim is None and before is not None and before.said.word != said.word:
        items.append(
            Item("quiet", "status", f"“{before.said.word or 'no word'}” is “{said.word or 'no word'}” there now")
        )
    fields = followed(show, before.said if before is not None else None, said)
    if before is not None:
        items += _field_items(show, before, said, fields)
    return Findings(claim, fields, tuple(items))


def _value(said: Observation, name: str) -> object:
    if name == "status":
        return (said.word, said.status)
    if name == "release":
        return said.release.meaning[:3] if said.release is not None else None
    return getattr(said, name)


def _goes_back(before: Word, said: Observation, at: datetime) -> bool:
    if before.former is None or before.turned is None or at - before.turned > FLAP or before.took_back:
        # A word that comes a second time is meant.
        return False
    turned = [name for name in ("status", "release") if _value(before.former, name) != _value(before.said, name)]
    return bool(turned) and all(_value(before.former, name) == _value(said, name) for name in ("status", "release"))


def _flap_item(before: Word, said: Observation) -> Item:
    between = before.said
    if _value(between, "release") != _value(said, "release"):
        name, there = "release", between.release.label if between.release is not None else "no date"
        back = said.release.label if said.release is not None else "no date"
    else:
        name, there, back = "status", f"“{between.word}”", f"“{said.word}”"
    return Item("quiet", name, f"said {there} for a while, and {back} again")


def _claim(show: Show, before: Observation | None, said: Observation, today: date) -> Claim | None:
    if is_of_another_run(show, said):
        return None
    release = _release_news(show, before, said, today)
    status = None
    if before is None or _value(before, "status") != _value(said, "status"):
        status = moved_status(show, said, is_news=before is not None)
        if before is None and not _takes_first(show, said, status):
            status = None
    own = [claim for claim in show.history if authority(claim.source) == said.source]
    said_before = [claim.release for claim in own if claim.release is not None]
    if release is not None and said_before and said_before[-1].meaning == release.meaning:
        release = None
    if release is None and status is None:
        return None
    is_dropped = release is not None and said.release is None
    note = "no date there any more" if is_dropped else ""
    return Claim(today, status=status, release=release, source=said.source, url=said.url, note=note, region=said.region)


def _release_news(show: Show, before: Observation | None, said: Observation, today: date) -> Window | None:
    if before is None:
        return said.release if said.release is not None and _agrees(show, said.release, strictly=True) else None
    if _value(before, "release") == _value(said, "release"):
        return None
    is_out = show.status is not None and show.status.is_out
    if is_out and (said.release is None or said.release.earliest is None or said.release.earliest <= today):
        # A date that is corrected afterwards moves nothing; it is offered as a proposal.
        return None
    if said.release is None:
        has_date = show.release is not None and not show.release.is_tba
        return parse_window("TBA") if has_date else None
    return said.release


def _agrees(show: Show, window: Window, *, strictly: bool = False) -> bool:
    """Return whether the window of a first record repeats, narrows or sets what is known."""
    known = show.release
    if known is None:
        return True
    if known.is_tba:
        # A show that was put off has no date any more, and a first word may be older than that.
        return show.status is None or show.status in LINE
    if known.meaning[:2] == window.meaning[:2]:
        return not strictly
    return known.contains(window) or (not strictly and window.contains(known))


def is_of_another_run(show: Show, said: Observation) -> bool:
    """Return whether the record's date is older than anything said of this show: an earlier season or a namesake."""
    if said.release is None or said.release.latest is None or (show.status is not None and show.status.is_out):
        return False
    if any(
        claim.release is not None and claim.release.meaning[:2] == said.release.meaning[:2] for claim in show.history
    ):
        return False
    # What services claimed was heard when the show was added, and says nothing of when it began.
    told = (claim.on for claim in show.history if claim.on and authority(claim.source) not in SERVICES)
    first = min(told, default=None)
    return first is not None and said.release.latest < first


def moved_status(show: Show, said: Observation, *, is_news: bool = False) -> Status | None:
    """Return the status to which a record moves a show, None if it does not.

    A raw status is compatible with a set of statuses and contradicts only others. Along the line it moves a show
    forward only: sources learn of filming late, and must not drag it back to "announced". A status beside the line
    (postponed, cancelled) is left only by news, not by an old record.
    """
    today, status = show.status, said.status
    if status is None or today in said.covers:
        return None
    if status is Status.AIRING and show.kind != "series":
        status = Status.RELEASED
    if today in LINE and status in LINE and status.rank <= today.rank:
        return None
    if today is not None and today not in LINE and not is_news:
        return None
    return status if status is not today else None


def followed(show: Show, before: Observation | None, said: Observation) -> dict[str, Any]:
    """Return new values of the fields that follow this source and that nobody edited since."""
    found = {}
    for name, source in show.follows.items():
        if source != said.source or name not in FOLLOWABLE:
            continue
        mine, new = getattr(show, name), getattr(said, name)
        if new and mine != new and (not mine or (before is not None and mine == getattr(before, name))):
            found[name] = new
    return found


def _field_words(name: str, value: Any, is_followed: bool) -> str:
    label = name.replace("_", " ")
    if name in ("synopsis", "cast", "aliases"):
        words = f"another {label}"
    else:
        text = value if isinstance(value, str) else ", ".join(value)
        words = f"{label}: {text[:60]}{'…' if len(text) > 60 else ''}"
    return words if is_followed else f"{words} there (yours stays)"


def _takes_first(show: Show, said: Observation, status: Status | None) -> bool:
    """Return whether the status of a first record is taken: it is on the line and its date fits."""
    if status is not None and status not in LINE and show.status is not None:
        return False
    # What contradicts the date may be about something else, so its status is not taken either.
    return said.release is None or _agrees(show, said.release)


def _field_items(show: Show, before: Word, said: Observation, fields: Mapping[str, Any]) -> list[Item]:
    items = [
        Item("normal" if name in _NORMAL else "quiet", name, _field_words(name, getattr(said, name), name in fields))
        for name in FOLLOWABLE
        if name in fields or _is_otherwise(show, name, getattr(before.said, name), getattr(said, name))
    ]
    return [*items, Item("normal", "", "is there again")] if before.is_gone else items


def _is_otherwise(show: Show, name: str, before: Any, now: Any) -> bool:
    return bool(now) and now != before and not is_same(show, name, now)


def _claim_item(show: Show, claim: Claim, *, is_first: bool) -> Item:
    steps = fold((*show.history, claim)).steps
    step = next(step for step in reversed(steps) if step.claim is claim)
    words = []
    if claim.status is not None and claim.status is not show.status:
        words.append(f"{show.status.value} → {claim.status.value}" if show.status else claim.status.value)
    if claim.release is not None:
        words.append(claim.release.label)
        words += [f"({effect})"] if (effect := effect_words(step)) else []
    is_news = step.moved_status or step.effect not in (Effect.NONE, Effect.CONFIRMED)
    # A first word may be old: it is told, but not called out.
    grade = "quiet" if is_first else "loud" if is_news else "normal"
    return Item(grade, "release" if claim.release is not None else "status", " ".join(words))
