"""What each source last said about a show, and what its next record changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from tracker.model.episode import Episode, find_next_episode
from tracker.model.formatting import describe_claimed_window, describe_status_change
from tracker.model.history import Claim, Effect, fold_history, source_name
from tracker.model.matching import same_value
from tracker.model.show import Show
from tracker.model.source_record import SOURCES, SourceId, SourceRecord, source_ids
from tracker.model.status import LINE, Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

FOLLOWABLE: Final = (
    "title", "original_title", "aliases", "networks", "countries", "genres", "directors", "writers", "synopsis", "cast",
)  # fmt: skip
"""The fields that may follow a source."""
REVERT_WITHIN: Final = timedelta(days=3)
"""A source that reverts a change within this time makes no second piece of news."""
_NORMAL: Final = frozenset({"title", "networks", "cast", "directors", "writers"})


class SourceState(NamedTuple):
    """The last record of a source about a show."""

    record: SourceRecord
    checked_at: datetime
    """When the source was last asked, in UTC."""
    since: tuple[tuple[str, date], ...] = ()
    """Since when it has said this, by field, "status" and "release" included."""
    previous: SourceRecord | None = None
    """The record before the last change of status or release."""
    changed_at: datetime | None = None
    """When that was."""
    is_removed: bool = False
    """Whether the source no longer has the show."""
    was_reverted: bool = False
    """Whether the last change was a return to `previous`."""
    fetched_at: datetime | None = None
    """When the record itself was read, not only checked for changes."""

    @property
    def source_id(self) -> SourceId:
        return self.record.source_id

    def since_when(self, field: str) -> date | None:
        """Return the day since which the source has said this of a field."""
        return dict(self.since).get(field)


class NewsLine(NamedTuple):
    """One piece of news about a show."""

    grade: str
    """One of `news.GRADES`."""
    field: str
    text: str
    """One line, without the show's title."""


class SourceUpdate(NamedTuple):
    """What a new word comes to for a show."""

    claim: Claim | None = None
    """The claim to record."""
    fields: Mapping[str, Any] = {}
    """New values of the fields that follow the source."""
    lines: tuple[NewsLine, ...] = ()
    reverts: bool = False
    """Whether the source only returned to its earlier record."""


def next_episode(words: Iterable[SourceState], today: date) -> tuple[Episode, str] | None:
    """Return the next episode and its source; one with a time comes before one without."""
    known = [(word.record.next_episode, word.record.source) for word in words if word.record.next_episode is not None]
    return find_next_episode(known, today)


def hear(before: SourceState | None, said: SourceRecord, at: datetime, today: date) -> SourceState:
    """Return the last word after a service was heard.

    Args:
        before: Its last word until now.
        said: What it says now.
        at: The moment, in UTC.
        today: The day of that moment for the owner.
    """
    if before is not None:
        # What a service says no more of a field it has not taken back: it says nothing.
        kept = {name: old for name in FOLLOWABLE if (old := getattr(before.record, name)) and not getattr(said, name)}
        said = said._replace(**kept)
    if before is None:
        since = tuple((name, today) for name in ("status", "release", *FOLLOWABLE) if _value(said, name))
        return SourceState(said, at, since, fetched_at=at)
    old = dict(before.since)
    since = tuple(
        (name, old.get(name, today) if _value(said, name) == _value(before.record, name) else today)
        for name in ("status", "release", *FOLLOWABLE)
        if _value(said, name) or (name == "release" and before.record.release is not None)
    )
    turns = any(_value(said, name) != _value(before.record, name) for name in ("status", "release"))
    former, turned = (before.record, at) if turns else (before.previous, before.changed_at)
    took_back = _goes_back(before, said, at) if turns else before.was_reverted
    return SourceState(said, at, since, former, turned, was_reverted=took_back, fetched_at=at)


def weigh(show: Show, before: SourceState | None, said: SourceRecord, at: datetime, today: date) -> SourceUpdate:
    """Return what the word of a service comes to for a show.

    Only what differs from the service's own last word is news. A first word is no news of the world: it is taken
    where it agrees with what is known or adds to it, and stands beside it otherwise.
    """
    if before is not None and _goes_back(before, said, at):
        fields = followed(show, before.record, said)
        return SourceUpdate(
            None, fields, (_flap_item(before, said), *_field_items(show, before, said, fields)), reverts=True
        )
    claim = _claim(show, before.record if before is not None else None, said, today)
    items = [_claim_item(show, claim, is_first=before is None)] if claim is not None else []
    if claim is None and before is not None and before.record.raw_status != said.raw_status:
        items.append(
            NewsLine(
                "quiet",
                "status",
                f"“{before.record.raw_status or 'no word'}” is “{said.raw_status or 'no word'}” there now",
            )
        )
    fields = followed(show, before.record if before is not None else None, said)
    if before is not None:
        items += _field_items(show, before, said, fields)
    return SourceUpdate(claim, fields, tuple(items))


def _value(said: SourceRecord, name: str) -> object:
    if name == "status":
        return (said.raw_status, said.status)
    if name == "release":
        return said.release.key[:3] if said.release is not None else None
    return getattr(said, name)


def _goes_back(before: SourceState, said: SourceRecord, at: datetime) -> bool:
    if (
        before.previous is None
        or before.changed_at is None
        or at - before.changed_at > REVERT_WITHIN
        or before.was_reverted
    ):
        # A word that comes a second time is meant.
        return False
    turned = [name for name in ("status", "release") if _value(before.previous, name) != _value(before.record, name)]
    return bool(turned) and all(_value(before.previous, name) == _value(said, name) for name in ("status", "release"))


def _flap_item(before: SourceState, said: SourceRecord) -> NewsLine:
    between = before.record
    if _value(between, "release") != _value(said, "release"):
        name, there = "release", between.release.label if between.release is not None else "no date"
        back = said.release.label if said.release is not None else "no date"
    else:
        name, there, back = "status", f"“{between.raw_status}”", f"“{said.raw_status}”"
    return NewsLine("quiet", name, f"said {there} for a while, and {back} again")


def _claim(show: Show, before: SourceRecord | None, said: SourceRecord, today: date) -> Claim | None:
    if is_other_season(show, said):
        return None
    release = _release_news(show, before, said, today)
    status = None
    if before is None or _value(before, "status") != _value(said, "status"):
        status = status_change(show, said, is_news=before is not None)
        if before is None and not _takes_first(show, said, status):
            status = None
    own = [claim for claim in show.history if source_name(claim.source) == said.source]
    said_before = [claim.release for claim in own if claim.release is not None]
    if release is not None and said_before and said_before[-1].key == release.key:
        release = None
    if release is None and status is None:
        return None
    is_dropped = release is not None and said.release is None
    note = "no date there any more" if is_dropped else ""
    return Claim(today, status=status, release=release, source=said.source, url=said.url, note=note, region=said.region)


def _release_news(show: Show, before: SourceRecord | None, said: SourceRecord, today: date) -> Window | None:
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
    if known.has_same_days(window):
        return not strictly
    return known.contains(window) or (not strictly and window.contains(known))


def is_other_season(show: Show, said: SourceRecord) -> bool:
    """Return whether the record's date is older than anything said of this show: an earlier season or a namesake."""
    if said.release is None or said.release.latest is None or (show.status is not None and show.status.is_out):
        return False
    if any(claim.release is not None and claim.release.has_same_days(said.release) for claim in show.history):
        return False
    # What services claimed was heard when the show was added, and says nothing of when it began.
    told = (claim.on for claim in show.history if claim.on and source_name(claim.source) not in SOURCES)
    first = min(told, default=None)
    return first is not None and said.release.latest < first


def status_change(show: Show, said: SourceRecord, *, is_news: bool = False) -> Status | None:
    """Return the status to which a record moves a show, None if it does not.

    A raw status is compatible with a set of statuses and contradicts only others. Along the line it moves a show
    forward only: sources learn of filming late, and must not drag it back to "announced". A status beside the line
    (postponed, cancelled) is left only by news, not by an old record.
    """
    today, status = show.status, said.status
    if status is None or today in said.compatible_statuses:
        return None
    if status is Status.AIRING and show.kind != "series":
        status = Status.RELEASED
    if today in LINE and status in LINE and status.rank <= today.rank:
        return None
    if today is not None and today not in LINE and not is_news:
        return None
    return status if status is not today else None


def followed(show: Show, before: SourceRecord | None, said: SourceRecord) -> dict[str, Any]:
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


def _takes_first(show: Show, said: SourceRecord, status: Status | None) -> bool:
    """Return whether the status of a first record is taken: it is on the line and its date fits."""
    if status is not None and status not in LINE and show.status is not None:
        return False
    # What contradicts the date may be about something else, so its status is not taken either.
    return said.release is None or _agrees(show, said.release)


def _field_items(show: Show, before: SourceState, said: SourceRecord, fields: Mapping[str, Any]) -> list[NewsLine]:
    items = [
        NewsLine(
            "normal" if name in _NORMAL else "quiet", name, _field_words(name, getattr(said, name), name in fields)
        )
        for name in FOLLOWABLE
        if name in fields or _is_otherwise(show, name, getattr(before.record, name), getattr(said, name))
    ]
    return [*items, NewsLine("normal", "", "is there again")] if before.is_removed else items


def _is_otherwise(show: Show, name: str, before: Any, now: Any) -> bool:
    return bool(now) and now != before and not same_value(show, name, now)


def _claim_item(show: Show, claim: Claim, *, is_first: bool) -> NewsLine:
    steps = fold_history((*show.history, claim)).steps
    step = next(step for step in reversed(steps) if step.claim is claim)
    words = []
    if claim.status is not None and claim.status is not show.status:
        words.append(describe_status_change(show.status, claim.status))
    if claim.release is not None:
        words.append(describe_claimed_window(step))
    is_news = step.has_new_status or step.effect not in (Effect.NONE, Effect.CONFIRMED)
    # A first word may be old: it is told, but not called out.
    grade = "quiet" if is_first else "loud" if is_news else "normal"
    return NewsLine(grade, "release" if claim.release is not None else "status", " ".join(words))


def next_episodes(shows: Iterable[Show], known: Mapping[SourceId, Episode], today: date) -> dict[str, Episode]:
    """Return the next known episode of each show, by show id."""
    found = {}
    for show in shows if known else ():
        said = [(known[one], one.source) for one in source_ids(show) if one in known] if show.ids else []
        if (next_one := find_next_episode(said, today)) is not None:
            found[show.id] = next_one[0]
    return found
