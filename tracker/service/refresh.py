"""Asking the services what is new: who is asked about what, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.errors import Cancelled, Conflict, SourceBusy, SourceDenied, SourceError, SourceNotFound, TrackerError
from tracker.model.history import Claim, source_name
from tracker.model.matching import match_score
from tracker.model.news import GRADES, NewsItem
from tracker.model.refresh_interval import RECHECK_CHANGED, REFETCH_AFTER, SEARCH_AGAIN_AFTER, refresh_interval
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, source_ids
from tracker.model.source_state import REVERT_WITHIN, SourceState, SourceUpdate, followed, hear, weigh
from tracker.model.status import Status
from tracker.service.source_states import Desk
from tracker.service.sources import Sources, describe_failures, fan_out

if TYPE_CHECKING:
    from tracker.service.tracker import Tracker
    from tracker.sources.base import Source

MOST_SEARCHES: Final = 20
"""How many shows without a link are searched for in one go."""


MOST_IN_ROW: Final = 3
"""After how many shows in a row a service that is busy or broken is asked no more."""
MOST_READ_AGAIN: Final = 10
"""How many records are read in one go for the only reason that they were not for long."""


class Progress(NamedTuple):
    """How far it is."""

    done: int
    total: int
    title: str
    """The show that was just heard of."""


class RefreshReport(NamedTuple):
    """What it came to."""

    asked: int = 0
    """How many records of services were asked about, with whatever request."""
    news: tuple[NewsItem, ...] = ()
    """In the order in which it came."""
    failures: tuple[str, ...] = ()
    """What went wrong, a sentence each."""
    is_stopped: bool = False
    is_broken: bool = False
    """Whether a service as a whole did not answer."""

    @property
    def sentence(self) -> str:
        """All of it in a line."""
        if not self.asked and not self.is_stopped and not self.failures:
            return "it is not time yet to ask about any of them"
        parts = [f"stopped after {self.asked}" if self.is_stopped else f"{self.asked} asked"]
        told = [one for one in self.news if one.grade != "quiet"]
        if told:
            loud = sum(one.grade == "loud" for one in told)
            parts.append(f"{len(told)} news" + (f", {loud} loud" if loud else ""))
        if quiet := len(self.news) - len(told):
            parts.append(f"{quiet} quiet line{'' if quiet == 1 else 's'}")
        if not self.news:
            parts.append("nothing new")
        failures = [failure.rstrip(".") for failure in self.failures[:2]]
        return "; ".join([*(parts if self.asked or not failures else ()), *failures])


class RefreshRun:
    """One round of questions; what is heard is kept as it comes, so that a stop loses nothing.

    Args:
        tracker: The list.
        shows: The shows to ask about.
        force: Whether also those are asked about whose time has not come.
        direct: Whether the records themselves are read, whatever the services say of what moved.
        dry_run: Whether nothing is written and nothing remembered.
    """

    def __init__(
        self,
        tracker: Tracker,
        shows: Sequence[Show],
        *,
        force: bool = False,
        direct: bool = False,
        dry_run: bool = False,
    ) -> None:
        self._tracker = tracker
        self._desk: Desk = tracker.desk
        self._asking: Sources = tracker.sources
        self._shows = tuple(shows)
        self._force = force
        self._direct = direct
        self._dry_run = dry_run
        self._is_stopped = False
        self._news: list[NewsItem] = []
        self._failures: dict[str, None] = {}

    def stop(self) -> None:
        """Ask nothing more; what was heard stays."""
        self._is_stopped = True

    def due(self) -> dict[SourceId, str]:
        """Return what is to be asked about: records of services, with the ids of their shows."""
        found = {}
        words, moment, today = self._desk.by_id, self._desk.moment, self._tracker.today
        enabled = self._asking.names
        for show in self._shows:
            for reference in source_ids(show):
                word = words.get(reference)
                # A clock that was set back must not silence the services for years.
                fresh = word is not None and timedelta(0) <= moment - word.checked_at < self._interval(
                    show, word, today
                )
                if reference.source in enabled and (self._force or not fresh):
                    found[reference] = show.id
        return found

    def _interval(self, show: Show, word: SourceState, today: date) -> timedelta:
        """Return how long a service need not be asked again."""
        rest = refresh_interval(show, word.record, today)
        # What was just changed may be taken back, which should be heard in time.
        is_unsettled = word.changed_at is not None and self._desk.moment - word.changed_at <= REVERT_WITHIN
        return min(rest, RECHECK_CHANGED) if is_unsettled else rest

    def run(self, tell: Callable[[Progress], None] = lambda _: None) -> RefreshReport:
        """Ask, and return what came of it; for use beside the screen.

        Args:
            tell: Is told of each record that was heard of.

        Raises:
            TrackerError: The words of the services cannot be kept.
        """
        due = self._due = self.due()
        lost = self._unlinked()
        self._done, self._total, self._on_progress = 0, len(due) + len(lost), tell
        broken = False
        ends: list[SourceError] = []
        sources = [source for source in self._asking.enabled if any(one.source == source.name for one in due)]
        for source, answer in fan_out(sources, self._ask):
            if self._is_stopped:
                break
            if isinstance(answer, Cancelled):
                self._is_stopped = True
            elif isinstance(answer, SourceError):
                broken = True
                ends.append(answer)
            elif isinstance(answer, _NoAnswer):
                broken = True
            else:
                self._apply(source, answer)
        for show in lost:
            if self._is_stopped:
                break
            try:
                self._search(show)
            except SourceError as error:
                broken = True
                ends.append(error)
                break
        failures = dict.fromkeys((*describe_failures(ends), *self._failures))
        return RefreshReport(self._done, tuple(self._news), tuple(failures), self._is_stopped, broken)

    def _ask(self, source: Source) -> Iterator[_Unchanged | SourceRecord | _RecordFailed | _NoAnswer]:
        """Ask one service, first what moved, then only about that; in its own thread."""
        from tracker.sources.base import LastSeen, RecordFailure

        keys = [one.key for one in self._due if one.source == source.name]
        words = {one.key: word for one, word in self._desk.by_id.items() if one.source == source.name}
        never = LastSeen("", None)
        known = {
            key: LastSeen(words[key].record.revision, words[key].checked_at)
            if key in words and not words[key].is_removed
            else never
            for key in keys
        }
        known.update(dict.fromkeys(self._reread_keys(keys, words), never))
        moved = source.changed_since(known)
        if same := [key for key in keys if key not in moved]:
            yield _Unchanged(tuple(same))
        in_row, heard = 0, bool(same)
        for answer in source.fetch([key for key in keys if key in moved]):
            if self._is_stopped:
                return
            if not isinstance(answer, RecordFailure):
                in_row, heard = 0, True
                yield answer
                continue
            heard = heard or isinstance(answer.error, SourceNotFound)
            in_row = in_row + 1 if isinstance(answer.error, SourceBusy | SourceDenied) else 0
            if in_row == MOST_IN_ROW:
                # Each further show would only be one more that a broken service is asked in vain.
                raise answer.error
            yield _RecordFailed(answer.key, answer.error)
        if not heard:
            yield _NoAnswer()

    def _reread_keys(self, keys: Sequence[str], words: Mapping[str, SourceState]) -> list[str]:
        """Return which records are to be read whatever is said of what moved: all, or a few that were not for long."""
        if self._direct:
            return list(keys)
        limit = self._desk.moment - REFETCH_AFTER
        old = [key for key in keys if key in words and (read := words[key].fetched_at) is not None and read < limit]
        return sorted(old, key=lambda key: words[key].fetched_at or limit)[:MOST_READ_AGAIN]

    def _apply(self, source: Source, answer: _Unchanged | SourceRecord | _RecordFailed) -> None:
        if isinstance(answer, _Unchanged):
            if not self._dry_run:
                same = [SourceId(source.name, key) for key in answer.keys]
                moment = self._desk.moment
                self._desk.database.touch(same, moment)
                self._desk.by_id.update({one: self._desk.by_id[one]._replace(checked_at=moment) for one in same})
            self._progress("", len(answer.keys))
            return
        reference = SourceId(source.name, answer.key)
        show = self._tracker.watchlist.find(self._due.get(reference, ""))
        if show is None:
            self._progress("")
            return
        try:
            if isinstance(answer, _RecordFailed):
                self._apply_failure(show, reference, source.label, answer.error)
            else:
                self._apply_record(show, reference, source.label, answer)
        except (TrackerError, OSError) as error:
            # One show never fails the rest; the service says it again the next time.
            self._failures[f"{show.title}: {error}"] = None
        self._progress(show.title)

    def _apply_failure(self, show: Show, reference: SourceId, label: str, error: SourceError) -> None:
        word = self._desk.by_id.get(reference)
        if not isinstance(error, SourceNotFound) or word is None:
            self._failures[f"{show.title}: {error}"] = None
        elif not word.is_removed:
            self._add_news(show, word.record, "normal", f"{label} has it no more; your entry stays")
            self._keep(word._replace(is_removed=True, checked_at=self._desk.moment))
        else:
            self._keep(word._replace(checked_at=self._desk.moment))

    def _apply_record(self, show: Show, reference: SourceId, label: str, said: SourceRecord) -> None:
        # A record that was merged into another one answers under the other's id.
        said = said._replace(key=reference.key).normalized()
        moment, today = self._desk.moment, self._tracker.today
        before = self._desk.reread(reference)
        findings = weigh(show, before, said, moment, today)
        texts = ("", "")
        if findings.reverts:
            self._revert(show, before, said, findings)
        else:
            texts = self._write(show, said, findings)
            if findings.lines:
                grade = min((item.grade for item in findings.lines), key=GRADES.index)
                self._add_news(show, said, grade, "; ".join(item.text for item in findings.lines), *texts)
        # The list comes first: what is lost between the two is said again, and then known.
        self._keep(hear(before, said, moment, today))

    def _write(self, show: Show, said: SourceRecord, findings: SourceUpdate) -> tuple[str, str]:
        """Write what a word comes to, and return the entry before and after."""
        if self._dry_run or not (findings.claim or findings.fields):
            return ("", "")
        claims = (findings.claim,) if findings.claim is not None else ()
        label = f"{show.title}: {said.source} says {'; '.join(item.text for item in findings.lines) or 'more'}"
        try:
            return self._tracker.apply_fields(show.id, findings.fields, claims, label)
        except Conflict:
            # The owner is writing into the very field: it is theirs then, and the service's word a proposal.
            return self._tracker.apply_fields(show.id, {}, claims, label) if claims else ("", "")

    def _revert(self, show: Show, before: SourceState | None, said: SourceRecord, findings: SourceUpdate) -> None:
        """Fold what a service said and took back into one quiet line."""
        item = findings.lines[0]
        assert before is not None  # noqa: S101 - only a word can be taken back
        recent = self._desk.moment - REVERT_WITHIN
        mine = [
            one
            for one in self._desk.database.news(since=recent)
            if (one.show_id, one.source, one.key) == (show.id, said.source, said.key) and one.can_be_undone
        ]
        if not self._dry_run:
            note = Claim(self._tracker.today, source=said.source, url=said.url, note=item.text)
            label = f"{show.title}: {said.source} {item.text}"
            last = max(mine, key=lambda one: one.number, default=None)
            if not _has_claim(show, before.record):
                # Nothing had been written, so there is nothing to take back.
                pass
            elif last is None or not self._try_revert(show, last, note, label):
                # The claim is gone or was edited since; the word of now is then said as any other.
                self._tracker.apply_fields(show.id, {}, (note._replace(release=said.release),), label)
            now = self._tracker.watchlist.find(show.id)
            if now is not None and (
                left := {**followed(now, before.previous or before.record, said), **findings.fields}
            ):
                # What was taken back with the date, and is still so, follows again.
                self._tracker.apply_fields(show.id, left, (), label)
            self._desk.database.delete_news([last.number] if last is not None else [])
        grade = min((one.grade for one in findings.lines), key=GRADES.index)
        self._add_news(show, said, grade, "; ".join(one.text for one in findings.lines))

    def _try_revert(self, show: Show, last: NewsItem, note: Claim, label: str) -> bool:
        try:
            self._tracker.revert_with_note(show.id, last.before, last.after, note, label)
        except Conflict:
            return False
        return True

    def _unlinked(self) -> list[Show]:
        """Return shows that no service knew and that are to be searched for again, longest ago first."""
        if len(self._shows) == 1 or self._dry_run:
            return []
        searched, moment = self._desk.database.last_searches(), self._desk.moment
        waiting = [
            show
            for show in self._shows
            if not any(one.source in self._asking.names for one in source_ids(show))
            and show.status is not Status.CANCELLED
            and not (show.status is not None and show.status.is_out)
            and show.watch != "dropped"
            and (show.id not in searched or not timedelta(0) <= moment - searched[show.id] < SEARCH_AGAIN_AFTER)
        ]
        never = self._desk.moment - timedelta(days=100_000)
        return sorted(waiting, key=lambda show: searched.get(show.id, never))[:MOST_SEARCHES]

    def _search(self, show: Show) -> None:
        """Search for a show, and offer what it may be.

        Raises:
            SourceError: No service answered.
        """
        found = self._asking.search(show.title)
        if not found.asked:
            raise found.failures[0]
        refused = self._desk.database.rejected()
        likely = []
        for candidate in found.results:
            taken = any((show.id, one) in refused for one in candidate.source_ids)
            if (
                not taken
                and self._desk.find_known(candidate) is None
                and (like := match_score(show, candidate)).is_likely
            ):
                likely.append((like, candidate))
        self._desk.database.save_search(show.id, self._desk.moment)
        asked = {one.match_offer for one in self._desk.database.news() if one.show_id == show.id and one.match_offer}
        likely = [(like, one) for like, one in likely if " ".join(map(str, one.source_ids)) not in asked]
        if likely:
            like, candidate = max(likely, key=lambda pair: pair[0].score)
            words = " · ".join(filter(None, (candidate.title, str(candidate.year or ""), *candidate.networks[:1])))
            offer = " ".join(map(str, candidate.source_ids))
            self._add_news(
                show, candidate.records[0], "normal", f"is this it? {words}: {', '.join(like.reasons)}", offer=offer
            )
        self._progress(show.title)

    def _keep(self, word: SourceState) -> None:
        if not self._dry_run:
            self._desk.keep([word])

    def _add_news(
        self, show: Show, said: SourceRecord, grade: str, text: str, before: str = "", after: str = "", offer: str = ""
    ) -> None:
        at = self._desk.moment
        news = NewsItem(
            at, grade, show.id, show.title, text, said.source, said.key, said.url, before, after, match_offer=offer
        )
        self._news.append(news)
        if not self._dry_run:
            # At once, since the list is another by now, and the process may be ended at any time.
            self._desk.database.add_news([news])

    def _progress(self, title: str, by: int = 1) -> None:
        self._done += by
        self._on_progress(Progress(self._done, self._total, title))


def _has_claim(show: Show, said: SourceRecord) -> bool:
    """Return whether the history has what a service said."""
    return any(
        source_name(claim.source) == said.source
        and (
            (claim.release is not None and said.release is not None and claim.release.key == said.release.key)
            or (claim.release is not None and claim.release.is_tba and said.release is None)
            or (claim.status is not None and claim.status is said.status)
        )
        for claim in show.history
    )


class _Unchanged(NamedTuple):
    """Records that are the same as before."""

    keys: tuple[str, ...]


class _NoAnswer(NamedTuple):
    """A service answered no question."""


class _RecordFailed(NamedTuple):
    """A record that could not be had."""

    key: str
    error: SourceError
