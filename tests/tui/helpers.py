"""An invented watchlist, and the app on it as a person sees it."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from rich.console import RenderableType
from textual._compositor import Compositor
from textual._queue import Queue
from textual.content import Content
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.worker import WorkerCancelled

from tracker.paths import Paths
from tracker.service import Tracker
from tracker.tui.app import TrackerApp
from tracker.tui.main.screen import MainScreen
from tracker.tui.views.show_list import ShowList
from tracker.tui.widgets.text_pane import TextPane

Make = Callable[..., Tracker]
"""The fixture `make_tracker`: a tracker for a file of this text."""

TODAY: Final = date(2026, 11, 23)
"""A Monday; the clock of `make_tracker` stands on it."""
NOW: Final = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
WIDE: Final = (120, 40)
USUAL: Final = (100, 30)
"""The smallest size with all panes side by side."""
NARROW: Final = (80, 24)


def entry(
    title: str, status: str = "", release: str = "", *, on: str = "2026-01-10", top: Iterable[str] = (), claim: str = ""
) -> str:
    """Return the text of a show whose one claim says what its top says."""
    said = []
    if status:
        said.append(f'status = "{status}"')
    if release:
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", release)
        said.append(f"release = {release}" if is_day else f'release = "{release}"')
    lines = ["[[show]]", f"title = {json.dumps(title, ensure_ascii=False)}", *said, *top]
    if said:
        lines += ["", "[[show.history]]", f"on = {on}", *said, 'source = "Lumen"']
        lines += [claim] if claim else []
    return "\n".join(lines) + "\n\n"


LANTERNS: Final = """\
[[show]]
id = "paper-lanterns"
title = "Paper Lanterns"  # the one that moves
original_title = "かみのあかり"
status = "scheduled"
release = 2026-05-14
networks = ["Lumen"]
countries = ["JP"]
tags = ["must-see"]
synopsis = "A lamp maker and a diver keep one promise."
links = { "first look" = "https://lumen.example/first" }
cast = [
  { actor = "Han Seorin", role = "Mio", about = "a lamp maker" },
  { actor = "Abel Kuro", role = "Ren" },
]

[[show.history]]
on = 2024-06-28
status = "filming"
release = "2025"
source = "Kuro agency"
note = "in the middle of it"

[[show.history]]
on = 2025-02-12
release = "2025-08"
source = "Lumen"
url = "https://lumen.example/august"

[[show.history]]
on = 2026-01-27
status = "scheduled"
release = 2026-05-14
source = "Lumen"
url = "https://lumen.example/may"

"""

PEOPLE: Final = """\
[[person]]
name = "Han Seorin"
aliases = ["한서린"]
about = "an actor and a swimmer"
agency = "Reef Office"
known_for = ["The Ninth Stair"]
"""

SAMPLE: Final = (
    "# Mine.\nformat = 1\n\n"
    + LANTERNS
    + entry("Harbour Nine", "scheduled", "2026-11-23", top=['networks = ["Kestrel"]', 'countries = ["KR"]'])
    + entry("Slow Tram", "scheduled", "2026-11-27", top=['networks = ["Kestrel"]', "rating = 9"])
    + entry("Glass Orchard", "scheduled", "2026-11-30", top=['cast = [{ actor = "Han Seorin", role = "Iris" }]'])
    + entry("Night Bakery", "filming", "2026-12", top=['kind = "film"', 'original_title = "밤의 빵집"'])
    + entry("Salt Road", "filming", "2027-Q3", on="2026-11-20", claim='url = "https://kestrel.example/salt"')
    + entry("Ninth Tide", "announced", "2028")
    + entry("Quiet Signal", "announced", "TBA")
    + entry("Rain Ledger")
    + entry("Copper Moon", "airing", "2026-10-02")
    + entry("Old Ferry", "released", "2025-03-01")
    + entry("Blue Hour Hotel", "cancelled", "2026")
    + PEOPLE
)
"""One show under every heading."""

HOSTILE: Final = (
    "[Oshi no Ko]",
    "[oshi no ko]",
    "Foo [/] bar",
    "[@click=app.quit]x",
    "[$accent]x",
    "$title [b]",
    "한" * 40,
    "Beep \x1b]52;c;eA==\x07 over",
    "Gate \u202egpj.exe",
)
"""Titles that have broken terminal programs."""


def printable(title: str) -> str:
    """Return what may be seen of a hostile title: all but its control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202e]", "", title)


SURE: Final = 5
"""How many turns of the event loop in a row nothing may be left to do until nothing comes any more."""
TOO_LONG: Final = 60
"""Seconds after which an app that is still busy never ends."""
DRAW: Final = Compositor.render_update
ALWAYS_DRAWN = False
"""Whether each state is drawn, not only the last: where texts mean harm."""


def _draw_later(compositor: Compositor, full: bool = False, **how: Any) -> RenderableType | None:
    """Leave what changed for when the app has settled, unless somebody wants the whole picture."""
    return DRAW(compositor, full=True, **how) if full else None


PARSE = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *css: Any, **how: Any) -> list[RuleSet]:
    """Parse style sheets once for all apps of the same theme."""
    key = (css, frozenset(how.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = PARSE(sheet, *css, **how)
    return _parsed[key]


def is_working() -> bool:
    """Return whether a thread of the app works on something that ends by itself."""
    return any(thread.name == "background" for thread in threading.enumerate())


def is_idle(node: MessagePump) -> bool:
    """Return whether a node and all below it wait for a message.

    To ask Textual's pilot costs a message to each widget, a third of the time of the tests.
    """
    queue: Queue[Message | None] = node._message_queue
    waits = not queue.values and (bool(queue.ready_event._waiters) or node._closed)
    return waits and all(map(is_idle, node.children if isinstance(node, Widget) else ()))


def key_name(key: str) -> str:
    """Return the name of a key, given as such or as its character."""
    if len(key) > 1 or key.isalnum():
        return key
    name = unicodedata.name(key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


class ListeningApp(TrackerApp):
    """The app, which keeps the messages that it shows."""

    def __init__(self, tracker: Tracker, **options: Any) -> None:
        super().__init__(tracker, **options)
        self.messages: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        self.messages.append(message)
        super().notify(message, **options)

    def clear_notifications(self) -> None:
        self.messages.clear()
        super().clear_notifications()


class RunningApp:
    """The running app, with the questions that tests ask it."""

    def __init__(self, app: TrackerApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.tracker = app.tracker

    async def settle(self) -> None:
        """Wait until workers, timers and messages are done, however busy the processor is."""
        quiet, late = 0, time.monotonic() + TOO_LONG
        while quiet < SURE and self.app.is_running and self.app._exception is None:
            assert time.monotonic() < late, "the app never comes to rest"
            with suppress(WorkerCancelled):  # the key that left the app was typed ahead
                await self.app.workers.wait_for_complete()
            while is_working():  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            timers = [screen._details_timer for screen in self.app.screen_stack if isinstance(screen, MainScreen)]
            if tasks := [timer._task for timer in timers if timer is not None and timer._task is not None]:
                await asyncio.wait(tasks)
            await asyncio.sleep(0)
            busy = not (is_idle(self.app) and is_idle(self.screen))
            busy = busy or bool(len(self.app.workers)) or not self.tracker.watchlist.current.is_complete
            busy = busy or is_working() or self._frame()
            quiet = 0 if busy else quiet + 1
            if quiet == SURE and ALWAYS_DRAWN and self._paint():
                quiet = 0

    def _frame(self) -> bool:
        """Do what waits for the next frame, and return whether anything did.

        Textual's own frame comes up to a sixtieth of a second later, until when one could only ask again and again.
        """
        screen = self.screen
        due = screen._layout_required or screen._scroll_required or screen._repaint_required
        due = (due or bool(screen._dirty_widgets)) and screen.is_current and not self.app._batch_count
        if due:
            with screen._context():
                screen._on_timer_update()
        return due or screen._layout_required

    def _paint(self) -> bool:
        """Draw what changed, as a terminal would be sent it, and return whether drawing asks for more."""
        screen = self.screen
        with screen._context():
            DRAW(screen._compositor, screen_stack=self.app._background_screens)
        return bool(screen._dirty_widgets) or not (is_idle(self.app) and is_idle(screen))

    async def press(self, *keys: str) -> None:
        """Press keys, each when all that the one before did is done; a text is typed at once where texts are typed."""
        left = list(keys)
        while left:
            typed = [left.pop(0)]
            if len(typed[0]) == 1 and isinstance(self.app.focused, Input | TextArea):
                while left and len(left[0]) == 1:
                    typed.append(left.pop(0))
            await self.burst(*typed)

    async def burst(self, *keys: str) -> None:
        """Press keys faster than the app works."""
        for key in keys:
            self.app.post_message(Key(key_name(key), key if len(key) == 1 else None))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def act(self, action: str) -> None:
        """Do what a key does that the owner has given to an action of the main screen."""
        await self.main.run_action(action)
        await self.settle()

    async def select(self, title: str) -> None:
        """Put the cursor on the show of this title."""
        show = next(show for show in self.tracker.watchlist.current.shows if show.title == title)
        assert self.shows.go_to(show.id)
        await self.settle()

    async def set_text(self, selector: str, text: str) -> None:
        """Replace the text of an input, as a paste does."""
        self.screen.query_one(selector, Input).value = text
        await self.settle()

    async def filter(self, query: str) -> None:
        """Put a query into the filter."""
        await self.press("slash")
        await self.set_text("#filter Input", query)

    async def click_text(self, text: str, times: int = 1, at: int = 0) -> None:
        """Click where this text is seen first, on its letter number `at`."""
        for y, line in enumerate(self.screen_lines):
            if text in line:
                before = Content(line[: line.index(text) + at]).cell_length
                await self.pilot.click(offset=(before, y), times=times)
                return await self.settle()
        raise AssertionError(f"{text!r} is not on the screen")

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""
        return self.app.screen

    @property
    def main(self) -> MainScreen:
        """The screen with the list, also when a form is over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    @property
    def shows(self) -> ShowList:
        """The list that is seen, of the timeline too."""
        return self.main.views.list

    @property
    def rows(self) -> list[str]:
        """The lines of the list that are in sight."""
        height = self.shows.scrollable_content_region.height
        return [text for y in range(height) if (text := self.shows.render_line(y).text.rstrip())]

    @property
    def titles(self) -> list[str]:
        """The titles in the list, top to bottom, damaged entries included."""
        views = self.main.views
        return [item.title for item in (views.list.items if views.month is None else views.arrangement.shows)]

    @property
    def headings(self) -> list[str]:
        """The headings in sight, with their counts."""
        return [row for row in self.rows if row[0] not in " ▸>" and row.upper() == row]

    @property
    def cursor(self) -> str:
        """The title under the cursor, "" for none."""
        item = self.main.views.last_selected
        return item.title if item is not None else ""

    @property
    def toasts(self) -> list[str]:
        """The messages that were shown, oldest first."""
        assert isinstance(self.app, ListeningApp)
        return list(self.app.messages)

    @property
    def screen_lines(self) -> list[str]:
        """What a person sees, line by line."""
        return [strip.text for strip in self.screen._compositor.render_strips()]

    @property
    def seen(self) -> str:
        """All that a person sees."""
        return "\n".join(self.screen_lines)

    @property
    def focus(self) -> str:
        """The id of the focused widget, or of its nearest parent that has one."""
        nodes = self.app.focused.ancestors_with_self if self.app.focused else []
        return next((node.id for node in nodes if node.id), "")

    @property
    def file(self) -> str:
        """The text of the watchlist file."""
        return self.tracker.path.read_bytes().decode()

    def text(self, selector: str) -> str:
        """Return the plain text of a Static."""
        return str(self.screen.query_one(selector, Static).render())

    def note(self, field: str) -> str:
        """Return what a form says below a field, "" if it shows nothing."""
        notes = self.screen.query_one(f"#field-{field}").query(".form-note").results(Static)
        return "".join(str(note.render()) for note in notes if note.display)

    def pane(self, name: str) -> str:
        """Return what a pane says, without its line breaks and columns."""
        return " ".join(self.main.query_one(f"#{name}", TextPane).plain_text.split())

    @property
    def counts(self) -> str:
        """The left side of the header."""
        return re.split(r"\s{2,}", self.text("#header").strip())[0]

    @property
    def state(self) -> str:
        """The right side of the header, "" for none."""
        return [*re.split(r"\s{2,}", self.text("#header").strip()), ""][1]

    @property
    def filter_note(self) -> str:
        """What the filter says is wrong, "" if it shows nothing."""
        return "".join(str(note.render()) for note in self.main.query("#filter Static").results(Static) if note.display)

    def options(self, selector: str) -> list[str]:
        """Return the plain texts of a list of options."""
        return [str(option.prompt) for option in self.screen.query_one(selector, OptionList).options]

    def is_seen(self, selector: str) -> bool:
        """Return whether a widget of the main screen is displayed."""
        return any(widget.display and widget.size.height > 0 for widget in self.main.query(selector))


@asynccontextmanager
async def open_app(
    tracker: Tracker, size: tuple[int, int] = USUAL, *, first_start: bool = False, look_every: float = 0
) -> AsyncIterator[RunningApp]:
    """Run the app on a tracker; it looks at the file by itself only if told how often."""
    app = ListeningApp(tracker, first_start=first_start, look_every=look_every)
    # Nobody looks at what is drawn between one state and the next; it cost a third of the tests of the app.
    with patch.object(Compositor, "render_update", _draw_later), patch.object(Stylesheet, "_parse_rules", _parse_once):
        async with app.run_test(size=size, notifications=True) as pilot:
            app.animation_level = "none"
            opened = RunningApp(app, pilot)
            await opened.settle()
            yield opened
            if app.is_running:
                opened._paint()


def reopen(tracker: Tracker) -> Tracker:
    """Return a tracker as a new run of the program would make it."""
    return Tracker(Paths(Path(tracker.path)), now=lambda: NOW)
