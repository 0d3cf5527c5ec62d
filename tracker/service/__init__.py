"""The verbs of the program: what the command line and the app do with a watchlist."""

from tracker.service.outcome import Outcome
from tracker.service.tracker import Tracker

__all__ = ["Outcome", "Tracker"]
