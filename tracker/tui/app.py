"""The app: opens the list, keeps theme and memory, and leaves the terminal as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from tracker.errors import TrackerError
from tracker.model.watchlist import Watchlist
from tracker.service import Tracker
from tracker.tui.keys import ALL
from tracker.tui.screens.main import MainScreen
from tracker.tui.screens.trouble import Trouble
from tracker.tui.theme import signs_for


class TrackerApp(App[int]):
    """The release tracker on the screen."""

    TITLE = "Release tracker"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING: ClassVar[str] = "ctrl+p"

    def __init__(self, tracker: Tracker, *, first_start: bool = False) -> None:
        super().__init__()
        self.tracker = tracker
        """The list that is shown."""
        self._first_start = first_start
        self._settings = tracker.settings()
        self._main: MainScreen | None = None

    def on_mount(self) -> None:
        """Open the list, with the theme and keys of its owner."""
        theme = self.tracker.recall().get("theme")
        if isinstance(theme, str) and theme in self.available_themes:
            self.theme = theme
        self._take_keys()
        self._open()
        if self._first_start:
            self.notify(str(self.tracker.path), title="A starter list was put here", markup=False, timeout=15)

    def _take_keys(self) -> None:
        complaint = self._settings.complaint
        known = {key.id for key in ALL}
        if unknown := sorted(self._settings.keys.keys() - known):
            complaint = f"{self.tracker.paths.settings}: there is no action “{unknown[0]}”; ? lists them."
        self.set_keymap({name: key for name, key in self._settings.keys.items() if name in known})
        if complaint:
            self.notify(complaint, severity="warning", markup=False, timeout=15)

    def _open(self) -> None:
        signs = signs_for(self._settings.ascii)
        parts = self.tracker.open_in_parts()
        try:
            first = next(parts)
        except TrackerError as error:
            self.push_screen(Trouble(self.tracker, str(error)), self._open_again)
            return
        self._main = MainScreen(self.tracker, signs, _again(first, parts))
        self.push_screen(self._main)

    def _open_again(self, again: bool | None) -> None:
        if again:
            self._open()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what no key does: themes and a picture of the screen."""
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Screenshot"):
                yield command

    async def action_quit(self) -> None:
        """Leave, and remember where the cursor stood."""
        if self._main is not None:
            self.tracker.remember({**self._main.memory, "theme": self.theme})
        self.exit(0)


def _again(first: Watchlist, rest: Iterator[Watchlist]) -> Iterator[Watchlist]:
    return chain([first], rest)


def run(tracker: Tracker) -> int:
    """Run the app until it is left, and return its exit code."""
    try:
        first_start = tracker.make_starter()
    except TrackerError:
        first_start = False  # the app says why the list is not there
    app = TrackerApp(tracker, first_start=first_start)
    return app.run() or app.return_code or 0
