"""What can be done with a watchlist: the parts that the command line and the app use."""

from tracker.service.outcome import Outcome
from tracker.service.tracker import Tracker

__all__ = ["Outcome", "Tracker"]
