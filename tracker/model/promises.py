"""The windows of a history that counted, one after another."""

from __future__ import annotations

from typing import NamedTuple

from tracker.model.history import Claim, Effect, Standing
from tracker.model.window import Window


class Promise(NamedTuple):
    """A window that counted for a while."""

    window: Window
    claim: Claim
    effect: Effect
    """Compared with the promise before it."""
    days: int = 0
    """Days by which the last day moved: positive for a slip."""

    @property
    def words(self) -> str:
        """What it changed: "+92 days", "narrowed"; "" for the first."""
        if self.effect in (Effect.SLIPPED, Effect.FORWARD):
            return f"{self.days:+d} day{'' if abs(self.days) == 1 else 's'}"
        return "" if self.effect is Effect.FIRST else str(self.effect.value)


def promises(standing: Standing) -> tuple[Promise, ...]:
    """Return the windows that counted, oldest first; the last one counts today."""
    found = (
        Promise(step.claim.release, step.claim, step.effect, step.days)
        for step in standing.steps
        if step.claim.release is not None and step.effect not in (Effect.NONE, Effect.CONFIRMED)
    )
    return tuple(found)
