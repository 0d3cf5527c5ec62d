"""Merging and restoring: what keeps a list safe, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tracker.errors import BadValue, Conflict
from tracker.service import Tracker
from tracker.service.sync_copies import merge_files


def merge(tracker: Tracker, files: Sequence[Path], take: str) -> int:
    """Merge three files into the second of them, or without files the copies beside the watchlist.

    Raises:
        TrackerError: They cannot be merged; exit code 4 says that the merged file has conflict markers.
    """
    if not files:
        merged = 0
        for outcome in tracker.sync_copies.merge_all(take):
            merged += 1
            _say(outcome.label)
        if not merged:
            _say(f"no conflicted copy lies beside {tracker.path}.")
        return 0
    if len(files) != 3:
        raise BadValue("merge takes three files, BASE OURS THEIRS, or none.")
    disputes = merge_files(*files)
    for sentence in disputes:
        _say(f"conflict: {sentence}")
    return Conflict.EXIT_CODE if disputes else 0


def restore(tracker: Tracker, number: int | None, *, as_list: bool) -> int:
    """Bring a version back, or print which there are."""
    if number is not None and not as_list:
        outcome = tracker.backups.restore(number)
        back = "`tracker undo` takes it back" if outcome.returns else "what was there is version 2 now"
        _say(f"{outcome.label}; {back}.")
        return 0
    versions = tracker.backups.list_all()
    if not versions:
        _say("no earlier version is kept yet; each edit keeps one.")
        return 0
    _say("number, when it was written, size, and what going back to it would change:")
    for version, is_current, words in versions:
        # The clock of the owner, as every date on the screen.
        at = datetime.fromtimestamp(version.at).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006
        what = "nothing, the file is so now" if is_current else words or "comments or layout"
        print(f"{version.number:>3}  {at}  {version.size:>10,} bytes  {what}")
    _say(f"they lie in {versions[0].backup.path.parent}")
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)
