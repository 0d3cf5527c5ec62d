"""Any row of edits, undos, redos and hand edits comes to the same as on a plain model of the list."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import tomli
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.store.mutations import SAMPLE, SOME
from tracker.errors import Conflict, NothingToUndo
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.paths import Paths
from tracker.service import Tracker

NOW: Final = datetime(2031, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time
Model = dict[str, dict[str, Any]]
"""The fields of each show, by its title; claims by their notes."""
FIELDS: Final = ("rating", "watch", "tags", "notes", "status")

DOCUMENTS: Final = (SAMPLE, SAMPLE.replace("\n", "\r\n"), "\ufeff[[show]]\ntitle = 'Old Ferry'", "")

numbers: Final = st.integers(0, 100)


def read(tracker: Tracker) -> Model:
    """Return what the program says of its shows."""
    return {
        show.title: {name: getattr(show, name) for name in FIELDS}
        | {"claims": [(claim.status, claim.note) for claim in show.history]}
        for show in tracker.watchlist.current.shows
    }


class Session(RuleBasedStateMachine):
    """A file that the program and its owner edit by turns."""

    @initialize(text=st.sampled_from(DOCUMENTS))
    def begin(self, text: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "list.toml"
        self.path.write_bytes(text.encode())
        self.start()
        self.model = read(self.tracker)
        self.done: list[Callable[[Model, bool], None]] = []
        """What changes the model forth and back, one for each edit that can be undone."""
        self.undone: list[Callable[[Model, bool], None]] = []
        self.files = [self.path.read_bytes()]
        """The bytes after each edit that can be undone, as long as nobody else wrote."""
        self.is_ours = True
        self.written: list[str] = []
        self.count = 0

    def start(self) -> None:
        """Start the program anew, as it is on the next day."""
        self.tracker = Tracker(Paths(self.path), now=lambda: NOW)
        self.tracker.watchlist.open()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def some(self, number: int) -> Show | None:
        shows = self.tracker.watchlist.current.shows
        return shows[number % len(shows)] if shows else None

    def did(self, change: Callable[[Model, bool], None]) -> None:
        change(self.model, True)
        self.done.append(change)
        self.undone.clear()
        self.files[len(self.done) :] = [self.path.read_bytes()]

    @rule(number=numbers, name=st.sampled_from(["rating", "watch", "tags", "notes"]), which=st.integers(0, 2))
    def set_field(self, number: int, name: str, which: int) -> None:
        if (show := self.some(number)) is None:
            return
        old = getattr(show, name)
        new = {
            "rating": (None, 3, 8.5)[which],
            "watch": ("", "watching", "dropped")[which],
            "tags": (*old, f"tag {self.count}") if name == "tags" else (),
            "notes": ("", "a\nb", 'say "x"')[which],
        }[name]
        self.count += 1
        self.tracker.edits.set_fields({show.id: {name: new}})
        if new == old:
            return

        def change(model: Model, forth: bool) -> None:
            model[show.title][name] = new if forth else old

        self.did(change)

    @rule(number=numbers, status=st.sampled_from([*Status]))
    def record(self, number: int, status: Status) -> None:
        if (show := self.some(number)) is None:
            return
        self.count += 1
        note, old = f"claim {self.count}", show.status
        self.tracker.edits.record({show.id: Claim(status=status, note=note)})

        def change(model: Model, forth: bool) -> None:
            model[show.title]["status"] = status if forth else old
            claims = model[show.title]["claims"]
            claims.append((status, note)) if forth else claims.remove((status, note))

        self.did(change)

    @rule()
    def add(self) -> None:
        self.count += 1
        title = f"New {self.count}"
        self.tracker.edits.add(Show("", title, rating=5))

        def change(model: Model, forth: bool) -> None:
            if forth:
                model[title] = {"rating": 5, "watch": "", "tags": (), "notes": "", "status": None, "claims": []}
            else:
                del model[title]

        self.did(change)

    @rule(number=numbers)
    def remove(self, number: int) -> None:
        if (show := self.some(number)) is None:
            return
        self.tracker.edits.remove([show.id])
        fields = deepcopy(self.model[show.title])

        def change(model: Model, forth: bool) -> None:
            if forth:
                del model[show.title]
            else:
                model[show.title] = deepcopy(fields)

        self.did(change)

    @rule()
    def undo(self) -> None:
        self.go(self.tracker.edits.undo, self.done, self.undone, forth=False)

    @rule()
    def redo(self) -> None:
        self.go(self.tracker.edits.redo, self.undone, self.done, forth=True)

    def go(
        self,
        move: Callable[[], object],
        source: list[Callable[[Model, bool], None]],
        target: list[Callable[[Model, bool], None]],
        *,
        forth: bool,
    ) -> None:
        before = self.path.read_bytes()
        try:
            move()
        except NothingToUndo:
            assert not source
        except Conflict:
            # What the owner wrote since stands in the way; then nothing happens, and the next try goes beyond it.
            assert not self.is_ours
            assert self.path.read_bytes() == before
            source.pop()
        else:
            source[-1](self.model, forth)
            target.append(source.pop())
            if self.is_ours:
                assert self.path.read_bytes() == self.files[len(self.done)]

    @precondition(lambda self: self.count % 3 == 2)
    @rule()
    def write_a_comment(self) -> None:
        # Directly under an entry it would be the entry's own, and go with it.
        self.write(f"\n# hand {len(self.written)}\n")

    @precondition(lambda self: self.count % 3 == 1)
    @rule()
    def write_a_show(self) -> None:
        title = f"Hand {len(self.written)}"
        self.write(f"[[show]]\ntitle = '{title}' # hand {len(self.written)}\nrating = 2\n")
        self.model[title] = {"rating": 2, "watch": "", "tags": (), "notes": "", "status": None, "claims": []}

    def write(self, text: str) -> None:
        """Put the text at the end of the file, as its owner does in an editor."""
        before = self.path.read_bytes()
        self.path.write_bytes(before + (b"" if before.endswith(b"\n") or not before else b"\n") + text.encode())
        self.written.append(text)
        self.is_ours = False
        self.start()

    @rule()
    def start_again(self) -> None:
        self.start()

    @invariant()
    def says_what_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        assert read(self.tracker) == self.model
        fresh = Tracker(Paths(self.path), now=lambda: NOW)
        assert fresh.watchlist.open() == self.tracker.watchlist.current
        assert fresh.watchlist.current.damaged == ()
        tomli.loads(self.path.read_text(encoding="utf-8-sig"))

    @invariant()
    def has_all_comments_of_the_owner(self) -> None:
        if hasattr(self, "model"):
            text = self.path.read_text(encoding="utf-8")
            assert [line for line in self.written if "[[" not in line and line.strip() not in text] == []


TestSession = Session.TestCase
TestSession.settings = settings(SOME, stateful_step_count=15)
