"""Proposals: what a source says of a field that is the owner's own."""

from __future__ import annotations

from tracker.errors import Conflict
from tracker.model.history import Claim
from tracker.model.proposal import Proposal, find_proposals, parse_meaning
from tracker.model.show import Show
from tracker.model.source_record import source_label
from tracker.service.edits import Edits
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.service.source_states import SourceStates


class Proposals:
    """The proposals for the shows of one watchlist."""

    def __init__(self, watchlist: OpenWatchlist, states: SourceStates, edits: Edits) -> None:
        self._watchlist = watchlist
        self._states = states
        self._edits = edits
        self._declined: dict[tuple[str, str, str], list[frozenset[str]]] = {}
        self._declined_keys: frozenset[tuple[str, str, str, str]] = frozenset()

    def find(self, show: Show) -> tuple[Proposal, ...]:
        """Return the proposals for a show that the owner has not declined; what two sources say alike comes once."""
        found: dict[tuple[str, str], Proposal] = {
            proposal.meaning: proposal for proposal in reversed(find_proposals(show, self._states.for_show(show)))
        }
        return tuple(proposal for proposal in reversed([*found.values()]) if not self._is_declined(proposal))

    def _is_declined(self, proposal: Proposal) -> bool:
        """Return whether a proposal was declined, in whatever words, or of a list one that had all of it."""
        if (keys := self._states.declined) is not self._declined_keys:
            self._declined_keys, self._declined = keys, {}
            for source, key, field, value in keys:
                items = frozenset(parse_meaning(field, value).split("\n"))
                self._declined.setdefault((source, key, field), []).append(items)
        *place, value = proposal.key
        known = self._declined.get((place[0], place[1], place[2]), ())
        return any(frozenset(value.split("\n")) <= items for items in known)

    def accept(self, proposal: Proposal, *, follow: bool = False) -> Outcome:
        """Take a source's value; with `follow`, also whatever it says of the field from now on."""
        show = self._watchlist.current.get(proposal.show_id)
        source, name = proposal.source_id.source, proposal.field
        label = f"{show.title}: {name.replace('_', ' ')} from {source_label(source)}"
        if name in ("status", "release"):
            record = self._states.by_id[proposal.source_id].record
            claim = Claim(
                self._watchlist.today, source=source, url=proposal.url, region=record.region, medium=record.medium
            )._replace(**{name: proposal.theirs})
            self._edits.apply_fields(show.id, {}, (claim,), label)
            return Outcome(label, (show.id,))
        if getattr(show, name) != proposal.mine:
            raise Conflict(f"{show.title}: “{name}” has changed. Look at the proposal again.")
        follows = {field: followed for field, followed in show.follows.items() if field != name}
        if follow:
            follows = {**show.follows, name: source}
        value = proposal.followed_value if follow else proposal.theirs
        values = {name: value, **({"follows": follows} if follows != show.follows else {})}
        self._edits.apply_fields(show.id, values, (), label)
        return Outcome(label + (", followed from now on" if follow else ""), (show.id,))

    def decline(self, proposal: Proposal) -> None:
        """Keep the owner's value, as long as the source says the same; so for all sources that say it."""
        show = self._watchlist.current.get(proposal.show_id)
        self._states.decline(
            [
                other.key
                for other in find_proposals(show, self._states.for_show(show))
                if other.meaning == proposal.meaning
            ]
        )
