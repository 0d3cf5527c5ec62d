"""Keys typed ahead: each goes where it belongs when all that came before it is done."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import App
from textual.events import Event, MouseMove
from textual.screen import Screen
from textual.widget import Widget

PATIENCE: Final = 5.0
"""Seconds that a key waits for what came before it: something that never ends must not bar the way out."""
PAINT_EVERY: Final = 0.1
"""Seconds between two pictures while more keys come than can be painted."""
_EAGER_LOOKS: Final = 200
"""How often in a row it is looked whether all is done before the processor is left to others for a moment."""
_LOOK_EVERY: Final = 0.002
"""Seconds between two looks from then on."""


class TypeAhead:
    """Gives keys, pastes and clicks to an app one at a time.

    Textual posts a key to the widget that has the focus when it is read. What follows `A` in one read would go to the
    list as commands, while the form is being made. Here an event waits until nothing is under way any more: every
    message is handled, the screen on top is mounted, and what was to be done after its first layout is done.

    Args:
        app: The app.
        give: Hands an event on to the app.
        is_held: Tells whether an event waits for more than that.
    """

    def __init__(
        self, app: App[int], give: Callable[[Event], Awaitable[None]], is_held: Callable[[Event], bool]
    ) -> None:
        self._app = app
        self._give = give
        self._is_held = is_held
        self._waiting: deque[Event] = deque()
        self._is_giving = False
        self._late = 0.0
        """When the next event is given whatever is under way, in seconds of the monotonic clock."""
        self._screen: Screen[object] | None = None
        """The screen that was on top when it was looked last."""
        self._is_drawn = True
        """Whether that screen had its turn since it is on top."""

    async def take(self, event: Event) -> None:
        """Hand an event on at once if nothing is under way, else as soon as nothing is any more."""
        if not self._waiting and not self._is_giving and self._may_give(event):
            await self._give(event)
            return
        if isinstance(event, MouseMove) and self._waiting and isinstance(self._waiting[-1], MouseMove):
            self._waiting.pop()  # only where the mouse is counts
        self._waiting.append(event)
        if not self._is_giving:
            self._is_giving = True
            self._app.run_worker(self._give_all(), name="type-ahead", group="type-ahead")

    async def _give_all(self) -> None:
        try:
            while self._waiting:
                await self._wait()
                # Nobody sees what is painted between two keys of a burst.
                with self._app.batch_update():
                    await self._give_some()
                self._app.screen.check_idle()
                await asyncio.sleep(0)
        finally:
            self._is_giving = False

    async def _give_some(self) -> None:
        """Give what waits, for a moment, or until it leads elsewhere: what is new needs its layout first."""
        place, pause = self._place, time.monotonic() + PAINT_EVERY
        while self._waiting and time.monotonic() < pause:
            # In its own turn, as if the app had read it just now.
            turn = asyncio.Event()
            if not self._app.call_later(self._give_next, turn):
                self._waiting.clear()  # the app has ended
                return
            await turn.wait()
            await self._wait(place, pause)
            if self._place != place:
                return

    async def _wait(self, place: object = None, until: float = float("inf")) -> None:
        """Wait until the next event may be given, until keys go to another place than this, or until a moment."""
        self._late = time.monotonic() + PATIENCE
        looks = 0
        while self._waiting and not self._may_give(self._waiting[0]) and time.monotonic() < min(until, self._late):
            looks += 1
            await asyncio.sleep(0 if looks < _EAGER_LOOKS else _LOOK_EVERY)
            if place is not None and self._place != place:
                return

    @property
    def _place(self) -> tuple[Screen[object], Widget | None]:
        """Where keys go to."""
        return self._app.screen, self._app.focused

    async def _give_next(self, turn: asyncio.Event) -> None:
        try:
            # What the app was busy with may have begun something.
            if self._waiting and (self._may_give(self._waiting[0]) or time.monotonic() >= self._late):
                await self._give(self._waiting.popleft())
        finally:
            turn.set()

    def _may_give(self, event: Event) -> bool:
        return self._is_quiet() and not self._is_held(event)

    def _is_quiet(self) -> bool:
        """Return whether nothing is under way that may change who gets the next key."""
        app = self._app
        if app.message_queue_size or not app.screen_stack:
            return False
        screen = app.screen
        if screen is not self._screen:
            self._screen, self._is_drawn = screen, False
            screen.call_after_refresh(self._note_drawn, screen)
            return False
        if not self._is_drawn or any(below.message_queue_size for below in app.screen_stack):
            return False
        if any(worker.node is screen and not worker.is_finished for worker in app.workers):
            return False  # the command palette is searching
        return _is_settled(screen)

    def _note_drawn(self, screen: Screen[object]) -> None:
        if screen is self._screen:
            self._is_drawn = True


def _is_settled(node: Widget) -> bool:
    """Return whether a node and all below it are mounted and have handled their messages."""
    return node.is_mounted and not node.message_queue_size and all(map(_is_settled, node.children))
