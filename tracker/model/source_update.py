"""What a new record of a source changes: its state, the claims and fields of a show, and the news of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from tracker.model.formatting import describe_claimed_window, describe_status_change
from tracker.model.history import OF_RELEASE, Claim, Effect, sort_claims, source_name
from tracker.model.provenance import FOLLOWABLE, can_fill, is_offered
from tracker.model.release import Preference, Release, Track
from tracker.model.same_values import same_words
from tracker.model.season import LONG_BREAK
from tracker.model.show import Show
from tracker.model.source_record import SOURCES, SourceId, SourceRecord, source_ids
from tracker.model.source_state import CLAIMED, REVERT_WITHIN, SourceState, differs, said_value
from tracker.model.status import LINE, Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.text import shorten

_NORMAL: Final = frozenset({"title", "networks", "cast", "directors", "writers"})
_MOST_TEXT: Final = 60
"""How many characters of a new value a piece of news shows."""
_TBA: Final = parse_window("TBA")
_WITHDRAWN: Final = "no longer has a date"


class NewsLine(NamedTuple):
    """One piece of news about a show."""

    grade: str  # one of `news.GRADES`
    field: str
    text: str  # one line, without the show's title


class SourceUpdate(NamedTuple):
    """What a new record changes."""

    state: SourceState
    claims: tuple[Claim, ...] = ()  # the claims to record
    fields: Mapping[str, Any] = {}
    """New values of fields that follow the source and that nobody edited since, or that it fills; some may be the
    show's already."""
    filled: frozenset[str] = frozenset()  # those of them that were empty, and that follow the source from now on
    lines: tuple[NewsLine, ...] = ()
    reverts: bool = False  # whether the source only returned to its earlier record

    @property
    def changes_show(self) -> bool:
        return bool(self.claims or self.fields)

    def apply(self, show: Show, seen: Show) -> Show:
        """Return the show with the new fields, but those that were edited since it was `seen`; without the claims."""
        values = {name: value for name, value in self.fields.items() if getattr(show, name) == getattr(seen, name)}
        follows = dict.fromkeys(self.filled & values.keys(), self.state.record.source)
        if follows:
            values["follows"] = {**show.follows, **follows}
        return show._replace(**values)


def update(
    show: Show,
    state: SourceState | None,
    record: SourceRecord,
    at: datetime,
    today: date,
    others: Iterable[SourceState] = (),
    replaced: SourceState | None = None,
) -> SourceUpdate:
    """Return everything that a new record of a source changes.

    Only what differs from the source's last record is news. A first record is no news: its date and status are taken
    where they agree with what is known or add to it, and become proposals otherwise. Fields that nobody wrote are
    filled, and follow the source.

    Args:
        show: The show.
        state: The last state of this source; None for a first record.
        record: What it says now.
        at: The moment, in UTC.
        today: The day of that moment for the owner.
        others: The last states of the other sources.
        replaced: The last state of the show that the entry was before its id was corrected, see `find_replaced`.
    """
    known_tracks = {one.track for one in state.record.dates} if state is not None else set()
    state = _seen_in(state, record) if state is not None else None
    before = state.record if state is not None else None
    is_reverting = state is not None and _reverts(state, record, at)
    bases = tuple(filter(None, (before, state.previous if state is not None and is_reverting else None)))
    bases += (replaced.record,) if state is None and replaced is not None else ()
    followed = _followed_values(show, record, *bases)
    filled = _filled_values(show, record, today, [*filter(None, (before,)), *(other.record for other in others)])
    claim, further = (None, ()) if is_reverting else _claims(show, before, record, known_tracks, today)
    if state is None:
        new_state = SourceState.first(record, at, today)
        lines = [_claim_line(show, claim, is_quiet=True)] if claim is not None else []
        lines += [NewsLine("quiet", name, _describe_value(name, value)) for name, value in followed.items()]
    else:
        new_state = _next_state(state, record, at, today, reverts=is_reverting)
        lines = _claimed_lines(show, state, record, claim, reverts=is_reverting)
        lines += _field_lines(show, state, record, followed)
    lines += [_further_line(show, one, is_first=state is None) for one in further]
    lines += [NewsLine("quiet", name, _describe_value(name, value)) for name, value in filled.items()]
    return SourceUpdate(
        new_state, (*((claim,) if claim is not None else ()), *further), {**followed, **filled}, frozenset(filled),
        tuple(lines), is_reverting,
    )  # fmt: skip


def find_replaced(show: Show, source_id: SourceId, states: Iterable[SourceState]) -> SourceState | None:
    """Return the state of the other show at a source from which at least half of the fields that follow it came.

    Args:
        show: An entry whose fields may still be those of a namesake.
        source_id: Its id, before anything was read for it.
        states: The states of ids that no entry has.
    """
    names = [name for name, source in show.follows.items() if source == source_id.source and name in FOLLOWABLE]

    def count(state: SourceState) -> int:
        return sum(same_words(name, getattr(show, name), getattr(state.record, name)) for name in names)

    known = (state for state in states if state.source_id.source == source_id.source)
    state = max(known, key=count, default=None)
    return state if names and state is not None and 2 * count(state) >= len(names) else None


def is_recorded(show: Show, claim: Claim) -> bool:
    """Return whether a claim is the last one of its source about this country and medium."""
    source, track = source_name(claim.source), claim.track
    own = (one for one in reversed(show.history) if source_name(one.source) == source and one.track == track)
    return _meaning(next(own, Claim())) == _meaning(claim)


def _meaning(claim: Claim) -> tuple[object, ...]:
    return (claim.on, claim.status, claim.release.key if claim.release is not None else None, claim.source)


def _next_state(state: SourceState, record: SourceRecord, at: datetime, today: date, *, reverts: bool) -> SourceState:
    # A field that a source leaves out is not withdrawn: it says nothing.
    kept = {name: old for name in FOLLOWABLE if (old := getattr(state.record, name)) and not getattr(record, name)}
    record = record._replace(**kept)
    since = tuple(
        (name, today if differs(state.record, record, name) else dict(state.since).get(name, today))
        for name in (*CLAIMED, *FOLLOWABLE)
        if said_value(record, name) or (name == "release" and state.record.release is not None)
    )
    if not any(differs(state.record, record, name) for name in CLAIMED):
        return SourceState(record, at, since, state.previous, state.changed_at, False, state.was_reverted, at)
    return SourceState(record, at, since, state.record, at, False, reverts, at)


def _reverts(state: SourceState, record: SourceRecord, at: datetime) -> bool:
    if state.previous is None or state.changed_at is None or at - state.changed_at > REVERT_WITHIN:
        return False
    # What a source says for the second time is meant.
    if state.was_reverted or not any(differs(state.previous, state.record, name) for name in CLAIMED):
        return False
    return not any(differs(state.previous, record, name) for name in CLAIMED)


def _seen_in(state: SourceState, record: SourceRecord) -> SourceState:
    """Return an earlier state with the date that counts now; the settings pick it among the dates of a film."""

    def see(before: SourceRecord) -> SourceRecord:
        if before.track == record.track or record.release is None:
            return before
        dates = [one for one in before.releases if one.track == record.track]
        dates += [one for one in before.dates if one.window.has_same_days(record.release)]
        is_same_word = before.raw_status == record.raw_status
        return before._replace(
            release=dates[0].window if dates else None, region=record.region, medium=record.medium,
            status=record.status if is_same_word else before.status,
        )  # fmt: skip

    return state._replace(record=see(state.record), previous=see(state.previous) if state.previous else None)


def last_own_date(show: Show, record: SourceRecord, track: Track) -> Window | None:
    """Return what the source of a record claimed last about a country and medium, None for nothing."""
    own = (claim for claim in reversed(show.history) if source_name(claim.source) == record.source)
    return next((claim.release for claim in own if claim.release is not None and claim.track == track), None)


def _is_first_of_track(show: Show, record: SourceRecord, track: Track, known_tracks: Collection[Track]) -> bool:
    """Return whether the source tells a date about a further country or medium."""
    own = last_own_date(show, record, track)
    return track != Track() and track not in known_tracks and (own is None or own.is_tba)


def _claims(
    show: Show, before: SourceRecord | None, record: SourceRecord, known_tracks: Collection[Track], today: date
) -> tuple[Claim | None, tuple[Claim, ...]]:
    """Return the claim of what counts, None for nothing new, and those of the other dates of a film."""
    claim = _claim(show, before, record, known_tracks, today)
    further = _further_claims(show, before, record, claim, known_tracks, today)
    return claim, (*further, *_withdrawals(show, before, record, today))


def _claim(
    show: Show, before: SourceRecord | None, record: SourceRecord, known_tracks: Collection[Track], today: date
) -> Claim | None:
    if is_other_season(show, record) or (before is None and _is_past(show, record, today)):
        return None
    release = _claimed_release(show, before, record, known_tracks, today)
    status = None
    if before is None:
        status = _first_status(show, record)
    elif differs(before, record, "status"):
        status = status_change(show, record, is_news=True)
    if status is None and release is not None and release.is_tba:
        status = _status_without_date(show, record, Claim(today, release=release, source=record.source))
    track = record.track if record.release is not None or before is None else before.track
    own = last_own_date(show, record, track)
    if release is not None and own is not None and own.key == release.key:
        release = None
    if release is None and status is None:
        return None
    note = ""
    if release is not None:
        note = record.dates[0].note if record.dates else _WITHDRAWN
    elif status not in OF_RELEASE:
        track = Track()
    return Claim(
        today, status=status, release=release, source=record.source, url=record.url, note=note, region=track.region,
        medium=track.medium,
    )  # fmt: skip


def _status_without_date(show: Show, record: SourceRecord, withdrawal: Claim) -> Status | None:
    """Return the status to which a show falls back that was scheduled and has no date any more; None if it does not."""
    if show.status is not Status.SCHEDULED or record.status is Status.SCHEDULED or record.status not in LINE:
        return None
    left = show.with_claims(withdrawal).release
    if left is not None and not left.is_tba:
        # Somebody else still has the date.
        return None
    before = (claim.counting_status for claim in reversed(sort_claims(show.history)))
    # A word may go with a schedule that only others know; its own is gone.
    allowed = set(record.compatible_statuses) - {Status.SCHEDULED}
    return next((status for status in before if status in allowed), record.status)


def _further_claims(
    show: Show,
    before: SourceRecord | None,
    record: SourceRecord,
    claim: Claim | None,
    known_tracks: Collection[Track],
    today: date,
) -> tuple[Claim, ...]:
    """Return claims of the other dates in the country that counts, where the one that counts was claimed."""
    is_claimed = claim is not None and claim.release is not None
    if not record.dates or not (is_claimed or last_own_date(show, record, record.track) is not None):
        return ()
    known = {one.track: one.window for one in before.releases} if before is not None else {}
    claims = []
    for one in record.dates[1:]:
        own = last_own_date(show, record, one.track)
        is_changed = one.track in known and not known[one.track].has_same_days(one.window)
        is_new = (own is None or own.is_tba) and one.track not in known_tracks
        if (is_changed or is_new) and (own is None or own.key != one.window.key):
            claims.append(record.claim(one, today))
    return tuple(claims)


def _withdrawals(show: Show, before: SourceRecord | None, record: SourceRecord, today: date) -> tuple[Claim, ...]:
    """Return claims that a film has no date any more in a country or medium, while it has one in another.

    An answer without any country tells nothing of them; a premiere that was held needs no date any more.
    """

    def is_withdrawn(track: Track) -> bool:
        last = last_own_date(show, record, track)
        if track == Track() or last is None or last.is_tba:
            return False
        return track.medium != "premiere" or last.latest is None or last.latest >= today

    if before is None or show.is_out or not any(one.region for one in record.releases):
        return ()
    known, now = ({one.track for one in told.releases} for told in (before, record))
    gone = sorted(filter(is_withdrawn, known - now))
    return tuple(record.claim(Release(_TBA, *track, _WITHDRAWN), today) for track in gone)


def _claimed_release(
    show: Show, before: SourceRecord | None, record: SourceRecord, known_tracks: Collection[Track], today: date
) -> Window | None:
    release = record.release
    if before is None:
        return release if release is not None and _agrees(show, record, strictly=True) else None
    if not differs(before, record, "release"):
        # What the source had said already counts like its first record, where the settings are others.
        is_first = release is not None and _is_first_of_track(show, record, record.track, known_tracks)
        return release if is_first and not show.is_out and _agrees(show, record, strictly=True) else None
    if show.is_out and (release is None or release.earliest is None or release.earliest <= today):
        # A date that is corrected afterwards moves nothing; it is offered as a proposal.
        return None
    if release is None:
        has_date = show.release is not None and not show.release.is_tba
        return _TBA if has_date else None
    is_less = _is_only_vaguer(show, record, release) or _is_of_anywhere(show, record)
    return None if is_less or _only_differs(show, before, release) else release


def _is_only_vaguer(show: Show, record: SourceRecord, release: Window) -> bool:
    """Return whether a date says less than the one that counts, and its source never said more."""
    known = show.release
    if known is None or known.is_tba or not release.contains(known) or release.has_same_days(known):
        return False
    if not is_about_same(show, record):
        return False
    return not any(claim.release and source_name(claim.source) == record.source for claim in show.history)


def _only_differs(show: Show, before: SourceRecord, release: Window) -> bool:
    """Return whether a source only goes on to differ from the day that another online source gave.

    It has its first day, comes to the day beside that, since sources count in other time zones, or moves its own by no
    more than it differed already. Who had the same day before means the new one.
    """
    counting = show.history_state.window_claim
    speaker = source_name(counting.source) if counting is not None else ""
    mine, theirs = show.release.day if show.release is not None else None, release.day
    if mine is None or theirs is None or speaker not in SOURCES or speaker == before.source or mine == theirs:
        return False
    known = before.release.day if before.release is not None else None
    if known is None:
        return before.release is None
    return known != mine and (abs(theirs - mine) == timedelta(days=1) or abs(theirs - known) <= abs(known - mine))


def _is_of_anywhere(show: Show, record: SourceRecord) -> bool:
    """Return whether a source gives a film a date without a country, after it gave it one with a country."""
    if not record.releases or record.region:
        return False
    return any(claim.release and claim.region and source_name(claim.source) == record.source for claim in show.history)


def is_about_same(show: Show, record: SourceRecord) -> bool:
    """Return whether a record's date can contradict the one that counts, which may be of another country or medium."""
    counting = show.history_state.window_claim if record.track != Track() else None  # the fold is costly
    return counting is None or counting.track.meets(record.track)


def _agrees(show: Show, record: SourceRecord, *, strictly: bool = False) -> bool:
    """Return whether the date of a first record repeats, narrows or sets what is known."""
    known, window = show.release, record.release
    if known is None or window is None or not is_about_same(show, record):
        return True
    if known.is_tba:
        # A postponed show has no date any more, and a first record may be older than that.
        return show.status is None or show.status in LINE
    if known.key[:2] == window.key[:2]:
        return not strictly
    return known.contains(window) or (not strictly and window.contains(known))


def _first_status(show: Show, record: SourceRecord) -> Status | None:
    """Return the status of a first record if it is on the line and its date fits."""
    status = status_change(show, record)
    is_beside_line = status is not None and status not in LINE and show.status is not None
    # A record that contradicts the date may be about something else, so its status is not taken either.
    return None if is_beside_line or not _agrees(show, record) else status


def is_other_season(show: Show, record: SourceRecord) -> bool:
    """Return whether the record's date is older than anything said of this show: an earlier season or a namesake.

    The record of a season has no date but its own.
    """
    release = record.release
    if record.season is not None or release is None or release.latest is None or show.is_out:
        return False
    if any(claim.release is not None and claim.release.key[:2] == release.key[:2] for claim in show.history):
        return False
    # Claims of sources date from when the show was added, and say nothing of when it began.
    said_on = (claim.on for claim in show.history if claim.on and source_name(claim.source) not in SOURCES)
    first = min(said_on, default=None)
    return first is not None and release.latest < first


def is_long_out(show: Show, record: SourceRecord, today: date) -> bool:
    """Return whether an entry without a history awaits a show that has been out for long."""
    is_awaited = show.status is not None or (show.release is not None and (show.release.latest or date.max) >= today)
    latest = record.release.latest if record.release is not None else None
    return is_awaited and not show.is_out and not show.history and latest is not None and today - latest > LONG_BREAK


def _is_past(show: Show, record: SourceRecord, today: date) -> bool:
    """Return whether the first record of a source has a date of the past for a show that its baseline has not out."""
    latest = record.release and record.release.latest
    is_old = latest is not None and latest < today and record.season is None
    return bool(is_old and show.status and not show.is_out and not show.history)


def status_change(show: Show, record: SourceRecord, *, is_news: bool = False) -> Status | None:
    """Return the status to which a record moves a show, None if it does not.

    A raw status is compatible with a set of statuses and contradicts only others. Along the line it moves a show
    forward only: sources learn of filming late, and must not drag it back to "announced". A status beside the line
    (postponed, cancelled) is left only by news, not by an old record.
    """
    current, new_status = show.status, record.status
    if new_status is None or current in record.compatible_statuses:
        return None
    if new_status is Status.AIRING and show.kind != "series":
        new_status = Status.RELEASED
    if current in LINE and new_status in LINE and new_status.rank <= current.rank:
        return None
    if current is not None and current not in LINE and not is_news:
        return None
    return new_status if new_status is not current else None


def _followed_values(show: Show, record: SourceRecord, *bases: SourceRecord) -> dict[str, Any]:
    """Return the record's values of fields that follow its source and are as in one of `bases`."""
    values = {}
    for name, source in show.follows.items():
        if source != record.source or name not in FOLLOWABLE:
            continue
        mine, new = getattr(show, name), getattr(record, name)
        is_untouched = bool(mine) and any(same_words(name, mine, getattr(base, name)) for base in bases)
        if new and is_untouched and (mine != new or len(bases) > 1):
            values[name] = new
    return values


def _filled_values(show: Show, record: SourceRecord, today: date, known: Sequence[SourceRecord]) -> dict[str, Any]:
    is_other = is_other_season(show, record) or (record.season is None and is_long_out(show, record, today))
    if is_other:
        return {}
    values = {name: getattr(record, name) for name in FOLLOWABLE}
    return {name: value for name, value in values.items() if value and can_fill(show, name, record, known)}


def _claimed_lines(
    show: Show, state: SourceState, record: SourceRecord, claim: Claim | None, *, reverts: bool
) -> list[NewsLine]:
    """Return the news of status and release."""
    before = state.record
    if reverts:
        return [_revert_line(before, record)]
    word = _differing_day(show, before, record)
    if before.raw_status != record.raw_status and show.status not in record.compatible_statuses:
        text = f"status there: “{before.raw_status or 'none'}” → “{record.raw_status or 'none'}”"
        word.append(NewsLine("quiet", "status", text))
    if claim is not None:
        # What the source had said already counts now, since the settings are others.
        # A word without a status is news of its own.
        is_mute = claim.status is None and record.status is None
        more = [line for line in word if is_mute or line.field == "release"]
        return [_claim_line(show, claim, is_quiet=_is_told(before, claim)), *more]
    return word


def _revert_line(before: SourceRecord, record: SourceRecord) -> NewsLine:
    if differs(before, record, "release"):
        name = "release"
        between, now = (one.release.label if one.release is not None else "no date" for one in (before, record))
    else:
        name, between, now = "status", f"“{before.raw_status}”", f"“{record.raw_status}”"
    return NewsLine("quiet", name, f"said {between} for a while, now {now} again")


def _claim_line(show: Show, claim: Claim, *, is_quiet: bool = False) -> NewsLine:
    # As it is for an owner for whom its country and medium count.
    preference = Preference(claim.region, tuple(filter(None, (claim.medium,))))
    if claim.release is not None and claim.release.is_tba:
        # Another country or medium may count from now on.
        show = show._replace(history=tuple(one for one in show.history if claim.track.covers(one.track)))
    step = show.with_claims(claim, preference=preference).history_state.step_of(claim)
    parts = []
    if claim.status is not None and claim.status is not show.status:
        parts.append(describe_status_change(show.status, claim.status))
    if claim.release is not None:
        parts.append(describe_claimed_window(step))
    is_news = step.has_new_status or step.effect not in (Effect.NONE, Effect.CONFIRMED)
    # A first record may be old: it is mentioned, but not loud. That another source says the same is good to know.
    is_same = step.effect is Effect.CONFIRMED and not step.is_vaguer
    grade = "quiet" if is_quiet else "loud" if is_news else "quiet" if is_same else "normal"
    return NewsLine(grade, "release" if claim.release is not None else "status", " ".join(parts))


def _further_line(show: Show, claim: Claim, *, is_first: bool) -> NewsLine:
    """Return the news of a date beside the one that a record says counts; loud only where the counting one is gone."""
    counting, release = show.history_state.window_claim, claim.release
    if counting is not None and release is not None and release.is_tba and claim.track == counting.track:
        return _claim_line(show, claim)
    # It is not the date that counts, and with that it is not compared.
    is_further = _is_further(show, claim)
    line = _claim_line(show, claim, is_quiet=is_first or is_further)
    line = line._replace(text=claim.release_label) if is_further else line
    return line._replace(grade="normal") if line.grade == "loud" else line


def _differing_day(show: Show, before: SourceRecord, record: SourceRecord) -> list[NewsLine]:
    """Return a line about a new day that becomes no claim but a proposal."""
    release = record.release
    if release is None or show.release is None or show.is_out or is_other_season(show, record):
        return []
    if not differs(before, record, "release") or not _only_differs(show, before, release):
        return []
    return [NewsLine("quiet", "release", f"{release.label} there ({show.release.label} stays)")]


def _is_told(before: SourceRecord, claim: Claim) -> bool:
    """Return whether a record had the date of a claim among its dates."""
    release = claim.release
    return release is not None and any(
        one.track == claim.track and one.window.has_same_days(release) for one in before.releases
    )


def _is_further(show: Show, claim: Claim) -> bool:
    """Return whether a claim is the first about a country or medium, of a show that has a date."""
    if show.release is None or claim.release is None or claim.track == Track():
        return False
    return not any(known.release is not None and known.track == claim.track for known in show.history)


def _field_lines(show: Show, state: SourceState, record: SourceRecord, followed: Mapping[str, Any]) -> list[NewsLine]:
    """Return the news of the other fields: what the show takes over, and what it is worth to be asked about."""
    sources = list(dict.fromkeys((*(source_id.source for source_id in source_ids(show)), record.source)))
    lines = []
    for name in FOLLOWABLE:
        mine, new = getattr(show, name), getattr(record, name)
        if name in followed:
            text = _describe_value(name, new) if mine != new else ""
        else:
            is_news = bool(mine and new and new != getattr(state.record, name))
            is_news = is_news and is_offered(show, name, new, record.source, sources)
            text = f"{_describe_value(name, new)} there (yours stays)" if is_news else ""
        if text:
            lines.append(NewsLine("normal" if name in _NORMAL else "quiet", name, text))
    return [*lines, NewsLine("normal", "", "is back")] if state.is_removed else lines


def _describe_value(name: str, value: Any) -> str:
    label = name.replace("_", " ")
    if name == "synopsis":
        return f"new {label}"
    if name == "cast":
        value = tuple(credit.actor for credit in value)
    return f"{label}: {shorten(value if isinstance(value, str) else ', '.join(value), _MOST_TEXT)}"
