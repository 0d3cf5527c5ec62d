"""Taking back one change of one entry, however long ago it was made."""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import Conflict
from tracker.store.contents import Contents
from tracker.store.journal import Replacement
from tracker.store.operations import Operation, Plan
from tracker.store.undo import replaced
from tracker.store.whole import rewritten


class Revert(NamedTuple):
    """Give an entry back what it was before a change; what was written into it since stays."""

    before: str
    """The entry's text before the change."""
    after: str
    """Its text after it."""
    label: str
    lead: str = ""
    """The text directly before an entry that was taken away, by which its place is found again."""
    follow: str = ""
    """The text directly behind it."""
    then: Operation | None = None
    """What is done in the same edit."""

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`.

        Raises:
            Conflict: Just that was changed since.
        """
        back = replaced(contents, (Replacement(self.after, self.before, self.lead, self.follow),))
        if not isinstance(back, Contents):
            raise Conflict(f"“{self.label}” cannot be done: {back}. The file is as it was.")
        after = self.then.apply(back).contents if self.then is not None else back
        return rewritten(contents, after.text)
