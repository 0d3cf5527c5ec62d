"""A thread that looks at something again and again, so that a slow disk never stops the screen."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


class PollingThread:
    """Calls a function at an interval, in a thread of its own, until it is stopped.

    Args:
        look: What is called; it may block.
        every: Seconds between two calls.
        failed: Is told once why a call failed; the calls go on.
    """

    def __init__(self, look: Callable[[], None], every: float, failed: Callable[[str], None]) -> None:
        self._poll = look
        self._on_error = failed
        self._interval = every
        self._stopped = Event()

    def start(self) -> None:
        """Begin to look."""
        # A look that hangs, on a drive that is gone, must not keep the program from ending.
        Thread(target=self._run, name="watcher", daemon=True).start()

    def stop(self) -> None:
        """Look no more; a look under way goes on."""
        self._stopped.set()

    def _run(self) -> None:
        told = False
        while not self._stopped.wait(self._interval):
            try:
                self._poll()
            except Exception as error:  # noqa: BLE001 - an edge: beyond it the thread would end without a word
                if not told:
                    self._on_error(f"{type(error).__name__}: {error}")
                told = True
