"""The only threads of the app: one that works and posts a message, one that polls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import Any, Protocol, TypeVar

from textual.events import Callback
from textual.message import Message

from tracker.errors import TrackerError

# All are daemons: a request or a look at a drive that hangs must not keep the process from ending.

ResultT = TypeVar("ResultT")


class Node(Protocol):
    """A screen or widget, to which any thread may post messages while it is running."""

    @property
    def is_running(self) -> bool: ...

    def post_message(self, message: Message, /) -> bool: ...


def then(callback: Callable[[ResultT | TrackerError], Any]) -> Callable[[ResultT | TrackerError], Message]:
    """Return a maker of messages for `run_in_thread` that only have `callback` called with the result."""
    return lambda result: Callback(partial(callback, result))


def run_in_thread(
    node: Node, name: str, work: Callable[[], ResultT], message: Callable[[ResultT | TrackerError], Message]
) -> Thread:
    """Run blocking work in a thread; post to `node` the message made of its result, or of the error it ended with."""

    def run() -> None:
        try:
            posted = message(work())
        except TrackerError as error:
            posted = message(error)
        except Exception as error:  # noqa: BLE001 - a bug in here ends the app as any other does, with a report
            posted = Callback(partial(_raise, error))
        if node.is_running:
            node.post_message(posted)

    thread = Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def _raise(error: Exception) -> None:
    raise error


class PollingThread:
    """Calls a function at an interval in a thread of its own until it is stopped.

    Args:
        poll: What is called; it may block.
        interval: Seconds between two calls.
        on_error: Called once with the reason why a call failed; the calls go on.
    """

    def __init__(self, poll: Callable[[], None], interval: float, on_error: Callable[[str], None]) -> None:
        self._poll = poll
        self._interval = interval
        self._on_error = on_error
        self._stopped = Event()

    def start(self) -> None:
        """Start the thread."""
        Thread(target=self._run, name="watcher", daemon=True).start()

    def stop(self) -> None:
        """Make no further call; one under way goes on."""
        self._stopped.set()

    def _run(self) -> None:
        was_reported = False
        while not self._stopped.wait(self._interval):
            try:
                self._poll()
            except Exception as error:  # noqa: BLE001 - an edge: beyond it the thread would end without a word
                if not was_reported:
                    self._on_error(f"{type(error).__name__}: {error}")
                was_reported = True
