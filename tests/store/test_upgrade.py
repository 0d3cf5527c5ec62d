"""A state folder that an earlier version of the program left: undo, redo, news and proposals go on working.

`upgrade/state` was made with the program as it was before its journal and its database had their present owners;
`upgrade/expected.json` is what that version made of it, each text of the list by its hash.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pytest

from tracker.errors import TrackerError
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store.app_state import state_name

FOLDER: Final = Path(__file__).parent / "upgrade"
EXPECTED: Final[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
NOW: Final = datetime(2026, 12, 1, 12)  # noqa: DTZ001 - the program's clock is local time


@pytest.fixture
def upgraded(tmp_path: Path) -> Tracker:
    path = tmp_path / "list.toml"
    shutil.copy2(FOLDER / "list.toml", path)
    paths = Paths(path)
    for file in filter(Path.is_file, (FOLDER / "state").rglob("*")):
        target = paths.state / str(file.relative_to(FOLDER / "state")).replace("NAME", state_name(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    tracker = Tracker(paths, now=lambda: NOW)
    tracker.watchlist.open()
    return tracker


def digest(tracker: Tracker) -> str:
    return blake2b(tracker.path.read_bytes(), digest_size=6).hexdigest()


def attempt(edit: Callable[[], str]) -> str:
    try:
        return edit()
    except TrackerError as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", ["undo", "redo"])
def test_upgrade_undo_and_redo(upgraded: Tracker, name: str) -> None:
    steps = []
    for verb, *_ in EXPECTED[name]:
        label = attempt(lambda: upgraded.edits.undo().label if verb == "undo" else upgraded.edits.redo().label)  # noqa: B023
        steps.append([verb, label, digest(upgraded)])
    assert steps == EXPECTED[name]


def test_upgrade_news(upgraded: Tracker) -> None:
    steps = []
    for item in upgraded.inbox.items():
        label = attempt(lambda: upgraded.inbox.undo(item).label) if item.can_be_undone else "nothing"  # noqa: B023
        steps.append([item.number, item.grade, item.text, label, digest(upgraded)])
    assert steps == EXPECTED["news"]


def test_upgrade_source_states(upgraded: Tracker) -> None:
    upgraded.states.load()
    offers = [
        [show.id, str(offer.source_id), offer.field, offer.value_text(offer.mine), offer.value_text(offer.theirs)]
        for show in upgraded.watchlist.current.shows
        for offer in upgraded.proposals.find(show)
    ]
    assert offers == EXPECTED["proposals"]
    [episode] = upgraded.states.next_episodes(upgraded.watchlist.current.shows).values()
    assert (episode.title, episode.on) == ("Pilot", date(2027, 3, 5))


def test_upgrade_backups(upgraded: Tracker) -> None:
    assert [backup.summary for backup in upgraded.backups.list_all()] == EXPECTED["backups"]
