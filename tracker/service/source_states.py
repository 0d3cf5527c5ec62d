"""What the services said of the shows of one list, and what is done about it: links, proposals, news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tracker.errors import AlreadyOnList, Conflict, NothingToUndo, SourceError
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.matching import SearchResult, find_on_list
from tracker.model.news import NewsItem
from tracker.model.proposal import Proposal, find_proposals
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, parse_source_id, source_ids
from tracker.model.source_state import FOLLOWABLE, SourceState, hear, next_episodes, weigh
from tracker.service.outcome import Outcome
from tracker.service.sources import describe_failures
from tracker.store.app_state import source_db_path
from tracker.store.source_db import SourceDatabase

if TYPE_CHECKING:
    from tracker.service.tracker import Tracker

_IMPORTED_FIELDS: Final = tuple(name for name in FOLLOWABLE if name != "title")


def with_failures(label: str, failures: Iterable[SourceError]) -> str:
    """Return the sentence about an edit with why services did not tell what they were asked."""
    return "; ".join([label, *describe_failures(failures)])


class Desk:
    """Words, links, proposals and news of one list."""

    def __init__(self, tracker: Tracker, now: Callable[[], datetime]) -> None:
        self._tracker = tracker
        self._now = now
        self._states: dict[SourceId, SourceState] | None = None
        self._stamp: tuple[int, int] | None = None
        self._declined: frozenset[tuple[str, str, str, str]] | None = None

    @cached_property
    def database(self) -> SourceDatabase:
        """Where all of it is kept."""
        return SourceDatabase(source_db_path(self._tracker.paths.state, self._tracker.path))

    @property
    def moment(self) -> datetime:
        """Now, in UTC."""
        return self._now().astimezone(UTC)

    def load(self) -> bool:
        """Read what is kept, if it was not read yet or another process has written; return whether it was read.

        For use beside the screen.

        Raises:
            TrackerError: It cannot be read.
        """
        stamp = self.database.stamp
        if self._states is None or stamp != self._stamp:
            self._declined = self.database.declined()
            self._states, self._stamp = self.database.states(), stamp
            return True
        return False

    @property
    def by_id(self) -> dict[SourceId, SourceState]:
        """The last words of the services."""
        if self._states is None:
            self.load()
        return self._states or {}

    def reread(self, reference: SourceId) -> SourceState | None:
        """Return the last word about a show as it is kept by now: another process may have asked meanwhile."""
        found = self.database.state(reference)
        if found is not None:
            self.by_id[reference] = found
        return found

    def for_show(self, show: Show) -> tuple[SourceState, ...]:
        """Return the last words about a show, in the order of the services."""
        return tuple(self.by_id[one] for one in source_ids(show) if one in self.by_id)

    def next_episodes(self, shows: Iterable[Show]) -> dict[str, Episode]:
        """Return the next episode of each of these shows of which a service named one, by the show's id."""
        known = {
            one: word.record.next_episode for one, word in self.by_id.items() if word.record.next_episode is not None
        }
        return next_episodes(shows, known, self._tracker.today)

    def keep(self, words: Sequence[SourceState]) -> None:
        """Keep these as the last words."""
        kept = self.by_id
        self.database.save(words)
        kept.update({word.source_id: word for word in words})
        self._states, self._stamp = kept, self.database.stamp

    def find(self, show: Show) -> tuple[Proposal, ...]:
        """Return what the services say otherwise of a show than its owner."""
        words = self.for_show(show)
        declined = self._declined or frozenset()
        if not words:
            return ()
        # What two services say alike is asked once.
        found = {(one.field, one.value_text(one.theirs)): one for one in reversed(find_proposals(show, words))}
        return tuple(one for one in reversed(found.values()) if one.key not in declined)

    def accept(self, proposal: Proposal, *, follow: bool = False) -> Outcome:
        """Take a service's value; with `follow`, also whatever it says of the field from now on.

        Raises:
            TrackerError: The list is read-only or cannot be written, or the field was changed meanwhile.
        """
        show = self._tracker.watchlist.get(proposal.show_id)
        source, name = proposal.source_id.source, proposal.field
        label = f"{show.title}: {name.replace('_', ' ')} as {source} has it"
        if name in ("status", "release"):
            said = self.by_id[proposal.source_id].record
            claim = Claim(self._tracker.today, source=source, url=proposal.url, region=said.region)
            claim = (
                claim._replace(status=proposal.theirs) if name == "status" else claim._replace(release=proposal.theirs)
            )
            self._tracker.apply_fields(show.id, {}, (claim,), label)
            return Outcome(label, (show.id,))
        if getattr(show, name) != proposal.mine:
            raise Conflict(f"{show.title}: “{name}” was changed meanwhile; look at the proposal again.")
        follows = {**show.follows, name: source} if follow else {k: v for k, v in show.follows.items() if k != name}
        values = {name: proposal.theirs, **({"follows": follows} if follows != show.follows else {})}
        self._tracker.apply_fields(show.id, values, (), label)
        return Outcome(label + (", and follows it from now on" if follow else ""), (show.id,))

    def decline(self, proposal: Proposal) -> None:
        """Remember that the owner keeps their own value, as long as the service says the same.

        Raises:
            TrackerError: It cannot be remembered.
        """
        show = self._tracker.watchlist.get(proposal.show_id)
        offers = find_proposals(show, self.for_show(show))
        same = [one.key for one in offers if (one.field, one.theirs) == (proposal.field, proposal.theirs)]
        for mark in same:
            self.database.decline(mark)
        self._declined = (self._declined or frozenset()) | set(same)

    def find_known(self, candidate: SearchResult) -> Show | None:
        """Return the show of the list that a candidate is already."""
        return find_on_list(candidate, self._tracker.watchlist.shows)

    def add(self, wanted: Sequence[SourceId]) -> Outcome:
        """Put a show on the list as the services know it; each of its fields follows the one that it came from.

        Raises:
            Taken: It is on the list already.
            SourceError: None of them told it.
            TrackerError: The list is read-only or cannot be written.
        """
        self._check_not_linked(wanted)
        told, failures = self._fetch(wanted)
        self._check_not_on_list(told)
        first = told[0]
        taken: dict[str, object] = {}
        follows: dict[str, str] = {}
        for name in _IMPORTED_FIELDS:
            if (said := next((one for one in told if getattr(one, name)), None)) is not None:
                taken[name], follows[name] = getattr(said, name), said.source
        dated = next((one for one in told if one.release is not None), first)
        status = next((one.status for one in (dated, *told) if one.status is not None), None)
        claim = Claim(
            None, status=status, release=dated.release, source=dated.source, url=dated.url, region=dated.region
        )
        show = Show(
            "", first.title, kind=first.kind or "series", ids=_combine_ids({}, told), follows=follows, **taken,  # type: ignore[arg-type]
        )  # fmt: skip
        if site := next((one.homepage for one in told if one.homepage), ""):
            show = show._replace(links={"official page": site})
        outcome = self._tracker.add(show, claim)
        self.keep([hear(None, one, self.moment, self._tracker.today) for one in told])
        return outcome._replace(label=with_failures(outcome.label, failures))

    def link(self, show_id: str, wanted: Sequence[SourceId]) -> Outcome:
        """Tie an entry to what services know as it: what is empty is filled and follows them, what is written stays.

        Raises:
            Taken: Another show is tied to it.
            SourceError: None of them told it.
            TrackerError: The list is read-only or cannot be written.
        """
        show = self._tracker.watchlist.get(show_id)
        self._check_not_linked(wanted, but=show)
        told, failures = self._fetch(wanted)
        self._check_not_on_list(told, but=show)
        left = self._replaced_ids(show, wanted)
        own = {name: value for name, value in show.ids.items() if (name, str(value)) not in left}
        values: dict[str, object] = {"ids": _combine_ids(own, told, wanted)}
        follows = dict(show.follows)
        claims: list[Claim] = []
        for said in told:
            for name in _IMPORTED_FIELDS:
                theirs = getattr(said, name)
                # What followed another record of this service is no more the owner's own than what is empty.
                is_open = not getattr(show, name) or (bool(left) and follows.get(name) == said.source)
                if theirs and is_open and name not in values:
                    values[name], follows[name] = theirs, said.source
            known = show.with_claims(*claims, region=self._tracker.region) if claims else show
            claim = weigh(known, None, said, self.moment, self._tracker.today).claim
            claims += [claim] if claim is not None else []
        if follows != show.follows:
            values["follows"] = follows
        label = f"{show.title} is {', '.join(map(str, wanted))}"
        self._tracker.apply_fields(show.id, values, claims, label)
        self.keep([hear(None, one, self.moment, self._tracker.today) for one in told])
        self._close_offers(show.id, wanted)
        return Outcome(with_failures(label, failures), (show.id,))

    def reject(self, show_id: str, wanted: Iterable[SourceId]) -> None:
        """Remember that these are another show.

        Raises:
            TrackerError: It cannot be remembered.
        """
        wanted = tuple(wanted)
        self.database.reject(show_id, wanted)
        self._close_offers(show_id, wanted)

    def answer(self, news: NewsItem, *, yes: bool) -> Outcome:
        """Answer whether a show that was found is the one of the list.

        Raises:
            TrackerError: As `link`.
        """
        offered = [parse_source_id(one) for one in news.match_offer.split()]
        if yes:
            outcome = self.link(news.show_id, offered)
        else:
            self.reject(news.show_id, offered)
            outcome = Outcome(f"{news.title} is not {news.match_offer}; it is not offered again")
        return outcome

    def undo(self, news: NewsItem) -> Outcome:
        """Take back what a piece of news changed on the list, however long ago.

        Raises:
            NothingToUndo: It changed nothing.
            TrackerError: Just that was changed since, or the list cannot be written.
        """
        if not news.can_be_undone:
            raise NothingToUndo("this changed nothing on your list.")
        outcome = self._tracker.revert(
            news.before,
            news.after,
            f"{news.title} as it was before: {news.text}",
            lead=news.text_before,
            follow=news.text_after,
        )
        self.database.mark_read([news.number])
        return outcome

    def check_file(self) -> tuple[NewsItem, ...]:
        """Find what changed in the list by other hands since it was looked at last, and keep it as news.

        Raises:
            TrackerError: It cannot be kept.
        """
        if self._tracker.as_of is not None or not self._tracker.watchlist.is_complete:
            return ()
        return self._tracker.external_changes.check(self._tracker.snapshot)

    def mark_file_seen(self) -> None:
        """Take note that the owner knows the file as it is: they wrote it themselves just now."""
        if self._tracker.as_of is None and self._tracker.external_changes.last_seen.exists:
            with suppress(OSError):
                self._tracker.external_changes.last_seen.save(self._tracker.path.read_bytes())

    def _close_offers(self, show_id: str, wanted: Iterable[SourceId]) -> None:
        """Ask no more whether these are a show: that is known now."""
        names = set(map(str, wanted))
        answered = [
            one for one in self.database.news() if one.show_id == show_id and names & set(one.match_offer.split())
        ]
        self.database.delete_news([one.number for one in answered])

    def _check_not_linked(self, wanted: Sequence[SourceId], but: Show | None = None) -> None:
        for show in self._tracker.watchlist.shows:
            if (but is None or show.id != but.id) and (same := set(source_ids(show)) & set(wanted)):
                raise AlreadyOnList(f"{next(iter(same))} is on the list already: {show.id} ({show.title}).")

    def _replaced_ids(self, show: Show, wanted: Sequence[SourceId]) -> set[tuple[str, str]]:
        """Return the ids that came with records to which a show is tied no more."""
        sources = {one.source for one in wanted}
        old = [one for one in source_ids(show) if one.source in sources and one not in wanted]
        return {pair for one in old if one in self.by_id for pair in self.by_id[one].record.all_ids.items()}

    def _check_not_on_list(self, told: Sequence[SourceRecord], but: Show | None = None) -> None:
        """Refuse what has an id that a show of the list has, be it at another service."""
        others = [show for show in self._tracker.watchlist.shows if but is None or show.id != but.id]
        if (same := find_on_list(SearchResult(tuple(told)), others)) is not None:
            raise AlreadyOnList(f"{told[0].source_id} is on the list already: {same.id} ({same.title}).")

    def _fetch(self, wanted: Sequence[SourceId]) -> tuple[list[SourceRecord], list[SourceError]]:
        """Return what services say, in the order in which they are wanted, and why others do not."""
        told: dict[SourceId, SourceRecord] = {}
        failures: list[SourceError] = []
        for one in self._tracker.sources.fetch(wanted):
            if isinstance(one, SourceError):
                failures.append(one)
            else:
                told[one.source_id] = one.normalized()
        if not told:
            raise failures[0] if failures else SourceError("no service was asked.")
        return [told[reference] for reference in wanted if reference in told], failures


def _combine_ids(
    mine: Mapping[str, str | int], told: Sequence[SourceRecord], wanted: Sequence[SourceId] = ()
) -> dict[str, str | int]:
    """Return the ids of a show with those that services know of it; none but the wanted is written over."""
    ids: dict[str, str | int] = {}
    for said in told:
        for source, key in said.all_ids.items():
            ids.setdefault(source, SourceId(source, key).file_value if source != "imdb" else key)
    return {**ids, **mine, **{one.source: one.file_value for one in wanted}}
