"""Proposals: what a source says of a field that is the owner's own."""

from __future__ import annotations

from tracker.errors import Conflict
from tracker.model.history import Claim
from tracker.model.proposal import Proposal, find_proposals
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

    def find(self, show: Show) -> tuple[Proposal, ...]:
        """Return the proposals for a show that the owner has not declined; what two sources say alike comes once."""
        found: dict[tuple[str, str], Proposal] = {
            (proposal.field, proposal.value_text(proposal.theirs)): proposal
            for proposal in reversed(find_proposals(show, self._states.for_show(show)))
        }
        return tuple(proposal for proposal in reversed([*found.values()]) if not self._states.is_declined(proposal.key))

    def accept(self, proposal: Proposal, *, follow: bool = False) -> Outcome:
        """Take a source's value; with `follow`, also whatever it says of the field from now on."""
        show = self._watchlist.current.get(proposal.show_id)
        source, name = proposal.source_id.source, proposal.field
        label = f"{show.title}: {name.replace('_', ' ')} from {source_label(source)}"
        if name in ("status", "release"):
            region = self._states.by_id[proposal.source_id].record.region
            claim = Claim(self._watchlist.today, source=source, url=proposal.url, region=region)
            claim = (
                claim._replace(status=proposal.theirs) if name == "status" else claim._replace(release=proposal.theirs)
            )
            self._edits.apply_fields(show.id, {}, (claim,), label)
            return Outcome(label, (show.id,))
        if getattr(show, name) != proposal.mine:
            raise Conflict(f"{show.title}: “{name}” has changed. Look at the proposal again.")
        follows = {field: followed for field, followed in show.follows.items() if field != name}
        if follow:
            follows = {**show.follows, name: source}
        values = {name: proposal.theirs, **({"follows": follows} if follows != show.follows else {})}
        self._edits.apply_fields(show.id, values, (), label)
        return Outcome(label + (", followed from now on" if follow else ""), (show.id,))

    def decline(self, proposal: Proposal) -> None:
        """Keep the owner's value, as long as the source says the same; so for all sources that say it."""
        show = self._watchlist.current.get(proposal.show_id)
        self._states.decline(
            [
                other.key
                for other in find_proposals(show, self._states.for_show(show))
                if (other.field, other.theirs) == (proposal.field, proposal.theirs)
            ]
        )
