"""A refresh: sources are asked about shows, and what they say is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.errors import (
    BadValue,
    Cancelled,
    Conflict,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceNotFound,
    TrackerError,
)
from tracker.model.dates import day_label
from tracker.model.formatting import join_names, plural
from tracker.model.history import Claim, source_name
from tracker.model.news import GRADES, NewsItem
from tracker.model.provenance import FOLLOWABLE
from tracker.model.season import with_season
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, source_ids, source_label
from tracker.model.source_state import REVERT_WITHIN, SourceState
from tracker.model.source_update import SourceUpdate, find_replaced, update
from tracker.service.edits import Edits
from tracker.service.inbox import Inbox
from tracker.service.linking import Linking
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.refresh_plan import AnswerQueue, RefreshPlan, plan_refresh
from tracker.service.source_states import SourceStates
from tracker.service.sources import Sources, describe_failures, describe_wait, fan_out
from tracker.sources.base import RecordFailure, Source

if TYPE_CHECKING:
    from tracker.model.sightings import Sighting
    from tracker.sources.feed import Feed, FeedEntry

MOST_IN_ROW: Final = 3
"""After how many failures in a row a source that is busy or broken is asked no more."""


class Progress(NamedTuple):
    """How far a refresh is."""

    done: int
    total: int
    title: str  # the show that was answered last
    waiting: str = ""  # the source that is waited for, as "TVmaze: waiting 8 s"; "" for none


class RefreshReport(NamedTuple):
    """What came of a refresh."""

    asked: int = 0  # how many records were asked about, with whatever request
    news: tuple[NewsItem, ...] = ()  # in the order in which it came
    failures: tuple[str, ...] = ()  # what went wrong, a sentence each
    is_stopped: bool = False
    is_broken: bool = False  # whether a source as a whole did not answer
    feeds: int = 0  # how many feeds were read
    unlinked: tuple[Show, ...] = ()  # shows about which nobody was asked, since they are linked to no enabled source

    @property
    def sentence(self) -> str:
        unlinked = _describe_unlinked(self.unlinked)
        if not self.asked and not self.feeds and not self.is_stopped and not self.failures:
            return unlinked or "Nothing is due for a refresh yet."
        parts = [f"Stopped after {self.asked}"] if self.is_stopped else []
        parts += [f"{self.asked} refreshed"] if not parts and (self.asked or not self.feeds) else []
        parts += [f"{plural(self.feeds, 'feed')} read"] if self.feeds else []
        if notable := [item for item in self.news if item.grade != "quiet"]:
            loud = sum(item.grade == "loud" for item in notable)
            parts.append(f"{len(notable)} news" + (f" ({loud} important)" if loud else ""))
        if quiet := len(self.news) - len(notable):
            parts.append(plural(quiet, "minor change"))
        if not self.news:
            parts.append("nothing new")
        failures = self.failures[:2]
        summary = f"{', '.join(parts)}." if self.asked or self.feeds or not failures else ""
        return " ".join(filter(None, (summary, unlinked, *failures)))


@dataclass(eq=False)
class RefreshRun:
    """One refresh of some shows; each answer is kept as it comes, so that a stop loses nothing.

    Shows that no source knows are searched for, unless one alone was asked for by name.
    """

    _watchlist: OpenWatchlist
    _edits: Edits
    _sources: Sources
    _states: SourceStates
    _linking: Linking
    _inbox: Inbox
    _shows: Sequence[Show]
    force: bool = False  # whether shows are asked about that are not due
    direct: bool = False  # whether the shows were named, so that every record is read
    reread: bool = False  # whether every record is read, whatever the sources say of what changed
    skip_cache: bool = False  # whether answers in caches are passed over
    dry_run: bool = False  # whether nothing is written and nothing remembered

    def __post_init__(self) -> None:
        self._is_stopped = False
        self._is_broken = False
        # What a dry run comes to, so that each further source is compared with that.
        self._previews: dict[str, Show] = {}
        self._preview_states: dict[SourceId, SourceState] = {}
        self._news: list[NewsItem] = []
        self._failures: dict[str, None] = {}
        self._source_errors: list[SourceError] = []

    def stop(self) -> None:
        self._is_stopped = True

    def plan(self) -> RefreshPlan:
        # One show that was named is only refreshed; to search for it is another command.
        is_search = not (self.direct and len(self._shows) == 1) and not self.dry_run
        return plan_refresh(
            self._shows, self._states.by_id, self._sources.names, self._watchlist.moment, self._watchlist.today,
            force=self.force, reread=self.direct or self.reread,
            searched=self._linking.last_searches() if is_search and self._sources.names else None,
        )  # fmt: skip

    def run(self, on_progress: Callable[[Progress], None] = lambda _: None) -> RefreshReport:
        """Ask, and return what came of it; `on_progress` is called after each answer. Blocks."""
        plan = self.plan()
        feeds = () if self.direct else self._sources.feeds(skip_cache=self.skip_cache)
        done = read = 0
        waits: dict[str, str] = {}

        def advance(title: str, by: int) -> None:
            nonlocal done
            done += by
            on_progress(Progress(done + read, plan.total + len(feeds), title, ", ".join(waits.values())))

        def tell_wait(label: str, seconds: float) -> None:
            if seconds:
                waits[label] = describe_wait(label, seconds)
            else:
                waits.pop(label, None)
            advance("", 0)

        sources = self._sources.in_background(skip_cache=self.skip_cache, on_wait=tell_wait) if plan.total else ()
        self._ask_sources(sources, plan, advance)
        try:
            for show in plan.searches:
                if self._is_stopped:
                    break
                self._search(show, sources)
                advance(show.title, 1)
        except SourceError as error:
            self._source_errors.append(error)
        for feed in self._read_feeds(feeds):
            read += 1
            advance(feed.name, 0)
        failures = dict.fromkeys((*describe_failures(self._source_errors), *self._failures))
        is_broken = self._is_broken or bool(self._source_errors)
        nothing = not (done or read or failures or self._is_stopped)
        unlinked = self._find_unlinked() if self.direct or nothing else ()
        return RefreshReport(done, tuple(self._news), tuple(failures), self._is_stopped, is_broken, read, unlinked)

    def _read_feeds(self, feeds: Sequence[Feed]) -> Iterator[Feed]:
        """Read feeds, tell of entries that name a show of the list or a followed person, and yield each feed read."""
        if not feeds or self._is_stopped:
            return
        from tracker.model.sightings import SightingIndex  # only where there are feeds

        watchlist = self._watchlist.current
        index = SightingIndex((show for show in watchlist.shows if show.watch != "dropped"), watchlist.people)
        for feed, answer in fan_out(feeds, lambda feed: [feed.read()]):
            if self._is_stopped or isinstance(answer, Cancelled):
                self._is_stopped = True
                break
            if isinstance(answer, SourceError):
                self._source_errors.append(answer)
                continue
            for entry in answer:
                self._tell_entry(feed, entry, index.find(f"{entry.title}\n{entry.summary}"))
            yield feed

    def _tell_entry(self, feed: Feed, entry: FeedEntry, sightings: Sequence[Sighting]) -> None:
        """Make an entry that names something a piece of news, once ever."""
        sighting = min(sightings, key=lambda one: (bool(one.person), one.start), default=None)
        keys = entry.told_keys(feed.address)
        if sighting is None or (self.dry_run and self._inbox.was_told(keys)):
            return
        show = sighting.choose(self._watchlist.current.shows)
        when = f" ({day_label(entry.on)})" if entry.on is not None else ""
        item = NewsItem(
            self._watchlist.moment, "normal", show.id if show is not None else "",
            show.full_title if show is not None else sighting.person,
            f"{entry.title}{when}", feed.name, entry.key, entry.url,
        )  # fmt: skip
        try:
            if self.dry_run or self._inbox.add_once(item, keys):
                self._news.append(item)
        except TrackerError as error:
            self._failures[str(error)] = None

    def _find_unlinked(self) -> tuple[Show, ...]:
        """Return the shows that are linked to no enabled source and got no offer; of a whole list only if all are."""
        names, offered = self._sources.names, {item.show_id for item in self._news if item.match_offer}
        unlinked = tuple(
            show
            for show in self._shows
            if show.id not in offered and not any(source_id.source in names for source_id in source_ids(show))
        )
        return unlinked if self.direct or len(unlinked) == len(self._shows) else ()

    def _ask_sources(self, enabled: Sequence[Source], plan: RefreshPlan, advance: Callable[[str, int], None]) -> None:
        ids = {source.name: plan.ids_by_key(source.name) for source in enabled}
        sources = {source.name: source for source in enabled if ids[source.name]}
        queue: AnswerQueue[SourceRecord | RecordFailure] = AnswerQueue(plan.due)

        def apply(answers: Iterable[tuple[SourceId, SourceRecord | RecordFailure]]) -> None:
            for source_id, answer in answers:
                advance(self._apply(plan.due[source_id], sources[source_id.source], source_id, answer), 1)

        for source, answer in fan_out([*sources.values()], lambda source: self._ask(source, plan)):
            if self._is_stopped:
                break
            match answer:
                case Cancelled():
                    self._is_stopped = True
                case SourceError():
                    self._source_errors.append(answer)
                    apply(queue.close(source.name))
                case _NoAnswer():
                    self._is_broken = True
                case _Unchanged(source_ids):
                    if not self.dry_run:
                        self._states.keep_unchanged(source_ids, self._watchlist.moment)
                    advance("", len(source_ids))
                    for source_id in source_ids:
                        apply(queue.put(source_id, None))
                case _:
                    for source_id in ids[source.name].get(answer.key, ()):
                        apply(queue.put(source_id, answer))
        # What came before a stop is not lost.
        apply(queue.close())

    def _ask(
        self, source: Source, plan: RefreshPlan
    ) -> Iterator[_Unchanged | SourceRecord | RecordFailure | _NoAnswer]:
        ids = plan.ids_by_key(source.name)
        changed = source.changed_since(plan.last_seen(source.name, self._states.by_id))
        if unchanged := [source_id for key in ids if key not in changed for source_id in ids[key]]:
            yield _Unchanged(unchanged)
        in_row, has_answered = 0, bool(unchanged)
        for answer in source.fetch([key for key in ids if key in changed]):
            if self._is_stopped:
                return
            if isinstance(answer, RecordFailure):
                has_answered = has_answered or isinstance(answer.error, SourceNotFound)
                in_row = in_row + 1 if isinstance(answer.error, SourceBusy | SourceDenied) else 0
                if in_row == MOST_IN_ROW:
                    # Each further show would only be one more that a broken source is asked in vain.
                    raise answer.error
            else:
                in_row, has_answered = 0, True
            yield answer
        if not has_answered:
            yield _NoAnswer()

    def _apply(self, show_id: str, source: Source, source_id: SourceId, answer: SourceRecord | RecordFailure) -> str:
        """Apply the answer about a show, and return its title; "" if it is no longer on the list."""
        if (show := self._watchlist.current.find(show_id)) is None:
            return ""
        try:
            if isinstance(answer, RecordFailure):
                self._apply_failure(show, source_id, source.label, answer.error)
            else:
                if answer.season not in (None, source_id.season):
                    what = f"season {answer.season} of {answer.title}"
                    raise BadValue(
                        f"{source_id.show} is {what}. Set `season = {answer.season}`, or link the show itself."
                    )
                record = answer.titled().for_season(source_id.season)
                self._apply_record(show, record._replace(season=source_id.season).normalized())
                self._add_item(self._linking.offer_next_season(show, answer, dry_run=self.dry_run))
        except (TrackerError, OSError) as error:
            # One show never fails the rest; the source says it again the next time.
            self._failures[f"{show.title}: {error}"] = None
        return show.title

    def _apply_failure(self, show: Show, source_id: SourceId, label: str, error: SourceError) -> None:
        state = self._states.by_id.get(source_id)
        if not isinstance(error, SourceNotFound) or state is None:
            self._failures[f"{show.title}: {error}"] = None
            return
        if not state.is_removed:
            self._add_news(show, state.record, "normal", f"no longer on {label}; your entry stays")
        self._keep(state._replace(is_removed=True, checked_at=self._watchlist.moment))

    def _apply_record(self, show: Show, record: SourceRecord) -> None:
        now, today = self._watchlist.moment, self._watchlist.today
        state = self._states.reread(record.source_id)
        show = self._previews.get(show.id, show)
        states = {one.source_id: one for one in self._states.for_show(show)} | {
            source_id: self._preview_states[source_id]
            for source_id in source_ids(show)
            if source_id in self._preview_states
        }
        others = [one for source_id, one in states.items() if source_id != record.source_id]
        replaced = self._find_replaced(show, record.source_id) if state is None and show.follows else None
        changes = update(show, state, record, now, today, others, replaced)
        texts: tuple[str, str] | None = ("", "")
        if changes.reverts and state is not None:
            if not self.dry_run:
                self._revert(show, state, record, changes)
        else:
            texts = self._write(show, record, changes)
        if changes.lines and texts is not None:
            grade = min((line.grade for line in changes.lines), key=GRADES.index)
            self._add_news(show, record, grade, "; ".join(line.text for line in changes.lines), *texts)
        if self.dry_run:
            after = changes.apply(show, show).record(changes.claims, today, self._watchlist.preference)
            self._previews[show.id], self._preview_states[record.source_id] = after, changes.state
        # The list comes first: what is lost between the two is said again, and then known.
        self._keep(changes.state)

    def _find_replaced(self, show: Show, source_id: SourceId) -> SourceState | None:
        linked = {one.show for entry in self._watchlist.current.shows for one in source_ids(entry)}
        states = (state for one, state in self._states.by_id.items() if one.show not in linked)
        return find_replaced(show, source_id, states)

    def _write(self, show: Show, record: SourceRecord, changes: SourceUpdate) -> tuple[str, str] | None:
        """Return the entry's text before and after; None if another process wrote the same meanwhile, and told it."""
        if self.dry_run or not changes.changes_show:
            return ("", "")
        said = "; ".join(line.text for line in changes.lines) or "more"
        return self._edits.apply_update(show, changes, f"{show.title}: {source_label(record.source)} says {said}")

    def _revert(self, show: Show, state: SourceState, record: SourceRecord, changes: SourceUpdate) -> None:
        """Replace the claim of what a source said and took back by a note."""
        text = changes.lines[0].text
        note = Claim(self._watchlist.today, source=record.source, url=record.url, note=text)
        label = f"{show.title}: {source_label(record.source)} {text}"
        # What the source changed at first since then has the claim; other news of it may have come after.
        since = state.changed_at or self._watchlist.moment - REVERT_WITHIN
        recent = [
            item
            for item in self._inbox.items(since=since)
            if (item.show_id, item.source, item.key) == (show.id, record.source, record.key) and item.can_be_undone
        ]
        first = min(recent, key=lambda item: item.number, default=None)
        # Without its claim nothing had been written, so there is nothing to take back.
        if _has_claim(show, state.record) and (first is None or not self._try_revert(show, first, note, label)):
            # The claim was deleted or edited since; what the source says now is then recorded as anything else.
            self._edits.apply_fields(show.id, {}, (note._replace(release=record.release),), label)
        current = self._watchlist.current.find(show.id)
        if current is not None:
            # What was reverted with the date, and still holds, is there again; what is left out is not taken back.
            kept = {name for name in FOLLOWABLE if getattr(show, name) == getattr(changes.state.record, name)}
            values = {name: getattr(show, name) for name in kept if getattr(current, name) != getattr(show, name)}
            values |= {name: value for name, value in changes.fields.items() if getattr(current, name) != value}
            sources = {**show.follows, **dict.fromkeys(changes.filled, record.source)}
            if follows := {name: source for name, source in sources.items() if name in values}:
                values["follows"] = {**current.follows, **follows}
            if values:
                self._edits.apply_fields(show.id, values, (), label)
        self._inbox.forget([first.number] if first is not None else [])

    def _try_revert(self, show: Show, item: NewsItem, note: Claim, label: str) -> bool:
        try:
            self._edits.revert(item, label, note)
        except Conflict:
            return False
        return True

    def _search(self, show: Show, sources: Sequence[Source]) -> None:
        """Search for a show, and offer what it may be.

        Raises:
            SourceError: No source answered.
        """
        if (match := self._linking.find_match(show, sources)) is None:
            return
        result, score = match
        title = with_season(result.title, result.records[0].season)
        parts = " · ".join(filter(None, (title, str(result.year or ""), *result.networks[:1])))
        text = f"is this it? {parts}: {', '.join(score.reasons)}"
        self._add_news(show, result.records[0], "normal", text, offer=" ".join(map(str, result.source_ids)))

    def _keep(self, state: SourceState) -> None:
        if not self.dry_run:
            self._states.keep([state])

    def _add_news(
        self,
        show: Show,
        record: SourceRecord,
        grade: str,
        text: str,
        before: str = "",
        after: str = "",
        offer: str = "",
    ) -> None:
        item = NewsItem(
            self._watchlist.moment, grade, show.id, show.full_title, text, record.source, record.key, record.url,
            before, after, match_offer=offer,
        )  # fmt: skip
        self._add_item(item)

    def _add_item(self, item: NewsItem | None) -> None:
        if item is None or (item.offers_entry and item.match_offer in (one.match_offer for one in self._news)):
            return
        self._news.append(item)
        if not self.dry_run:
            # At once, since the list is another by now, and the process may be ended at any time.
            self._inbox.add([item])


def _has_claim(show: Show, record: SourceRecord) -> bool:
    release = record.release

    def is_said_by(claim: Claim) -> bool:
        if source_name(claim.source) != record.source:
            return False
        if claim.status is not None and claim.status is record.status:
            return True
        if claim.release is None:
            return False
        return claim.release.is_tba if release is None else claim.release.key == release.key

    return any(is_said_by(claim) for claim in show.history)


def _describe_unlinked(shows: Sequence[Show]) -> str:
    """Return a sentence about shows that are linked to no enabled source, "" for no shows."""
    if len(shows) > 1:
        return f"{plural(len(shows), 'show')} aren't linked to an enabled source."
    if not shows:
        return ""
    title, labels = shows[0].title, [source_label(source_id.source) for source_id in source_ids(shows[0])]
    if labels:
        return (
            f"{title} is linked to no enabled source, only to {join_names(labels)}. Change `sources` in the settings."
        )
    return f"{title} isn't linked to a source."


class _Unchanged(NamedTuple):
    source_ids: Sequence[SourceId]


class _NoAnswer(NamedTuple):
    """A source answered no question."""
