"""Asking the services what is new: who is asked about what, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.errors import Busy, Conflict, Denied, SourceError, Stopped, TrackerError, Unknown
from tracker.model.cadence import READ_AGAIN, SEARCH_AGAIN, UNSETTLED, interval
from tracker.model.candidate import likeness
from tracker.model.history import Claim, authority
from tracker.model.news import GRADES, News
from tracker.model.observation import Observation, Reference, references
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.word import FLAP, Findings, Word, followed, hear, weigh
from tracker.service.asking import Asking, gather, told_failures
from tracker.service.desk import Desk

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
    of: int
    title: str
    """The show that was just heard of."""


class Report(NamedTuple):
    """What it came to."""

    asked: int = 0
    """How many records of services were asked about, with whatever request."""
    news: tuple[News, ...] = ()
    """In the order in which it came."""
    failures: tuple[str, ...] = ()
    """What went wrong, a sentence each."""
    stopped: bool = False
    broken: bool = False
    """Whether a service as a whole did not answer."""

    @property
    def sentence(self) -> str:
        """All of it in a line."""
        if not self.asked and not self.stopped and not self.failures:
            return "it is not time yet to ask about any of them"
        parts = [f"stopped after {self.asked}" if self.stopped else f"{self.asked} asked"]
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


class Refresh:
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
        self._asking: Asking = tracker.asking
        self._shows = tuple(shows)
        self._force = force
        self._direct = direct
        self._dry_run = dry_run
        self._is_stopped = False
        self._news: list[News] = []
        self._failures: dict[str, None] = {}

    def stop(self) -> None:
        """Ask nothing more; what was heard stays."""
        self._is_stopped = True

    def due(self) -> dict[Reference, str]:
        """Return what is to be asked about: records of services, with the ids of their shows."""
        found = {}
        words, moment, today = self._desk.words, self._desk.moment, self._tracker.today
        enabled = self._asking.names
        for show in self._shows:
            for reference in references(show):
                word = words.get(reference)
                # A clock that was set back must not silence the services for years.
                fresh = word is not None and timedelta(0) <= moment - word.heard < self._rest(show, word, today)
                if reference.source in enabled and (self._force or not fresh):
                    found[reference] = show.id
        return found

    def _rest(self, show: Show, word: Word, today: date) -> timedelta:
        """Return how long a service need not be asked again."""
        rest = interval(show, word.said, today)
        # What was just changed may be taken back, which should be heard in time.
        is_unsettled = word.turned is not None and self._desk.moment - word.turned <= FLAP
        return min(rest, UNSETTLED) if is_unsettled else rest

    def run(self, tell: Callable[[Progress], None] = lambda _: None) -> Report:
        """Ask, and return what came of it; for use beside the screen.

        Args:
            tell: Is told of each record that was heard of.

        Raises:
            TrackerError: The words of the services cannot be kept.
        """
        due = self._due_now = self.due()
        lost = self._strangers()
        self._done, self._of, self._tell = 0, len(due) + len(lost), tell
        broken = False
        ends: list[SourceError] = []
        sources = [source for source in self._asking.sources if any(one.source == source.name for one in due)]
        for source, answer in gather(sources, self._questions):
            if self._is_stopped:
                break
            if isinstance(answer, Stopped):
                self._is_stopped = True
            elif isinstance(answer, SourceError):
                broken = True
                ends.append(answer)
            elif isinstance(answer, _Silence):
                broken = True
            else:
                self._take(source, answer)
        for show in lost:
            if self._is_stopped:
                break
            try:
                self._search(show)
            except SourceError as error:
                broken = True
                ends.append(error)
                break
        failures = dict.fromkeys((*told_failures(ends), *self._failures))
        return Report(self._done, tuple(self._news), tuple(failures), self._is_stopped, broken)

    def _questions(self, source: Source) -> Iterator[_Same | Observation | _Failed | _Silence]:
        """Ask one service, first what moved, then only about that; in its own thread."""
        from tracker.sources.base import Failure, Known

        keys = [one.key for one in self._due_now if one.source == source.name]
        words = {one.key: word for one, word in self._desk.words.items() if one.source == source.name}
        never = Known("", None)
        known = {
            key: Known(words[key].said.stamp, words[key].heard) if key in words and not words[key].is_gone else never
            for key in keys
        }
        known.update(dict.fromkeys(self._to_read(keys, words), never))
        moved = source.moved(known)
        if same := [key for key in keys if key not in moved]:
            yield _Same(tuple(same))
        in_row, heard = 0, bool(same)
        for answer in source.observe([key for key in keys if key in moved]):
            if self._is_stopped:
                return
            if not isinstance(answer, Failure):
                in_row, heard = 0, True
                yield answer
                continue
            heard = heard or isinstance(answer.error, Unknown)
            in_row = in_row + 1 if isinstance(answer.error, Busy | Denied) else 0
            if in_row == MOST_IN_ROW:
                # Each further show would only be one more that a broken service is asked in vain.
                raise answer.error
            yield _Failed(answer.key, answer.error)
        if not heard:
            yield _Silence()

    def _to_read(self, keys: Sequence[str], words: Mapping[str, Word]) -> list[str]:
        """Return which records are to be read whatever is said of what moved: all, or a few that were not for long."""
        if self._direct:
            return list(keys)
        limit = self._desk.moment - READ_AGAIN
        old = [key for key in keys if key in words and (read := words[key].read) is not None and read < limit]
        return sorted(old, key=lambda key: words[key].read or limit)[:MOST_READ_AGAIN]

    def _take(self, source: Source, answer: _Same | Observation | _Failed) -> None:
        if isinstance(answer, _Same):
            if not self._dry_run:
                same = [Reference(source.name, key) for key in answer.keys]
                moment = self._desk.moment
                self._desk.witness.hear_again(same, moment)
                self._desk.words.update({one: self._desk.words[one]._replace(heard=moment) for one in same})
            self._progress("", len(answer.keys))
            return
        reference = Reference(source.name, answer.key)
        show = self._tracker.watchlist.find(self._due_now.get(reference, ""))
        if show is None:
            self._progress("")
            return
        try:
            if isinstance(answer, _Failed):
                self._take_failure(show, reference, source.label, answer.error)
            else:
                self._take_word(show, reference, source.label, answer)
        except (TrackerError, OSError) as error:
            # One show never fails the rest; the service says it again the next time.
            self._failures[f"{show.title}: {error}"] = None
        self._progress(show.title)

    def _take_failure(self, show: Show, reference: Reference, label: str, error: SourceError) -> None:
        word = self._desk.words.get(reference)
        if not isinstance(error, Unknown) or word is None:
            self._failures[f"{show.title}: {error}"] = None
        elif not word.is_gone:
            self._note(show, word.said, "normal", f"{label} has it no more; your entry stays")
            self._keep(word._replace(is_gone=True, heard=self._desk.moment))
        else:
            self._keep(word._replace(heard=self._desk.moment))

    def _take_word(self, show: Show, reference: Reference, label: str, said: Observation) -> None:
        # A record that was merged into another one answers under the other's id.
        said = said._replace(key=reference.key).tidied()
        moment, today = self._desk.moment, self._tracker.today
        before = self._desk.word(reference)
        findings = weigh(show, before, said, moment, today)
        texts = ("", "")
        if findings.takes_back:
            self._take_back(show, before, said, findings)
        else:
            texts = self._write(show, said, findings)
            if findings.items:
                grade = min((item.grade for item in findings.items), key=GRADES.index)
                self._note(show, said, grade, "; ".join(item.text for item in findings.items), *texts)
        # The list comes first: what is lost between the two is said again, and then known.
        self._keep(hear(before, said, moment, today))

    def _write(self, show: Show, said: Observation, findings: Findings) -> tuple[str, str]:
        """Write what a word comes to, and return the entry before and after."""
        if self._dry_run or not (findings.claim or findings.fields):
            return ("", "")
        claims = (findings.claim,) if findings.claim is not None else ()
        label = f"{show.title}: {said.source} says {'; '.join(item.text for item in findings.items) or 'more'}"
        try:
            return self._tracker.change(show.id, findings.fields, claims, label)
        except Conflict:
            # The owner is writing into the very field: it is theirs then, and the service's word a proposal.
            return self._tracker.change(show.id, {}, claims, label) if claims else ("", "")

    def _take_back(self, show: Show, before: Word | None, said: Observation, findings: Findings) -> None:
        """Fold what a service said and took back into one quiet line."""
        item = findings.items[0]
        assert before is not None  # noqa: S101 - only a word can be taken back
        recent = self._desk.moment - FLAP
        mine = [
            one
            for one in self._desk.witness.news(since=recent)
            if (one.show_id, one.source, one.key) == (show.id, said.source, said.key) and one.can_be_undone
        ]
        if not self._dry_run:
            note = Claim(self._tracker.today, source=said.source, url=said.url, note=item.text)
            label = f"{show.title}: {said.source} {item.text}"
            last = max(mine, key=lambda one: one.number, default=None)
            if not _has_claim(show, before.said):
                # Nothing had been written, so there is nothing to take back.
                pass
            elif last is None or not self._is_taken_back(show, last, note, label):
                # The claim is gone or was edited since; the word of now is then said as any other.
                self._tracker.change(show.id, {}, (note._replace(release=said.release),), label)
            now = self._tracker.watchlist.find(show.id)
            if now is not None and (left := {**followed(now, before.former or before.said, said), **findings.fields}):
                # What was taken back with the date, and is still so, follows again.
                self._tracker.change(show.id, left, (), label)
            self._desk.witness.forget_news([last.number] if last is not None else [])
        grade = min((one.grade for one in findings.items), key=GRADES.index)
        self._note(show, said, grade, "; ".join(one.text for one in findings.items))

    def _is_taken_back(self, show: Show, last: News, note: Claim, label: str) -> bool:
        try:
            self._tracker.take_back(show.id, last.before, last.after, note, label)
        except Conflict:
            return False
        return True

    def _strangers(self) -> list[Show]:
        """Return shows that no service knew and that are to be searched for again, longest ago first."""
        if len(self._shows) == 1 or self._dry_run:
            return []
        searched, moment = self._desk.witness.searched(), self._desk.moment
        waiting = [
            show
            for show in self._shows
            if not any(one.source in self._asking.names for one in references(show))
            and show.status is not Status.CANCELLED
            and not (show.status is not None and show.status.is_out)
            and show.watch != "dropped"
            and (show.id not in searched or not timedelta(0) <= moment - searched[show.id] < SEARCH_AGAIN)
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
        refused = self._desk.witness.refused()
        likely = []
        for candidate in found.candidates:
            taken = any((show.id, one) in refused for one in candidate.references)
            if not taken and self._desk.known_as(candidate) is None and (like := likeness(show, candidate)).is_likely:
                likely.append((like, candidate))
        self._desk.witness.note_search(show.id, self._desk.moment)
        asked = {one.offer for one in self._desk.witness.news() if one.show_id == show.id and one.offer}
        likely = [(like, one) for like, one in likely if " ".join(map(str, one.references)) not in asked]
        if likely:
            like, candidate = max(likely, key=lambda pair: pair[0].score)
            words = " · ".join(filter(None, (candidate.title, str(candidate.year or ""), *candidate.networks[:1])))
            offer = " ".join(map(str, candidate.references))
            self._note(
                show, candidate.found[0], "normal", f"is this it? {words}: {', '.join(like.reasons)}", offer=offer
            )
        self._progress(show.title)

    def _keep(self, word: Word) -> None:
        if not self._dry_run:
            self._desk.keep_words([word])

    def _note(
        self, show: Show, said: Observation, grade: str, text: str, before: str = "", after: str = "", offer: str = ""
    ) -> None:
        at = self._desk.moment
        news = News(at, grade, show.id, show.title, text, said.source, said.key, said.url, before, after, offer=offer)
        self._news.append(news)
        if not self._dry_run:
            # At once, since the list is another by now, and the process may be ended at any time.
            self._desk.witness.add_news([news])

    def _progress(self, title: str, by: int = 1) -> None:
        self._done += by
        self._tell(Progress(self._done, self._of, title))


def _has_claim(show: Show, said: Observation) -> bool:
    """Return whether the history has what a service said."""
    return any(
        authority(claim.source) == said.source
        and (
            (claim.release is not None and said.release is not None and claim.release.meaning == said.release.meaning)
            or (claim.release is not None and claim.release.is_tba and said.release is None)
            or (claim.status is not None and claim.status is said.status)
        )
        for claim in show.history
    )


class _Same(NamedTuple):
    """Records that are the same as before."""

    keys: tuple[str, ...]


class _Silence(NamedTuple):
    """A service answered no question."""


class _Failed(NamedTuple):
    """A record that could not be had."""

    key: str
    error: SourceError
