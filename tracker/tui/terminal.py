"""The terminal of the app: given back when the app is stopped or ended from outside, let go of when it is gone."""

from __future__ import annotations

import os
import select
import signal
import time
from contextlib import suppress
from threading import Thread
from typing import Any, Final, Protocol, cast

from textual.app import App
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tracker.tui.key_parser import KeyParser

ENDING_SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
"""What `kill`, a window that closes, and a system that shuts down send."""
PATIENCE: Final = 5.0
"""Seconds in which the app ends by itself after a signal: with a last edit that waits for another program, or with a
terminal that takes no output, it may be unable to."""
PATIENCE_WITHOUT_TERMINAL: Final = 0.5
"""The same where the terminal is gone, so that nothing is to be restored."""


class EndableApp(Protocol):
    """An app that can be ended from outside."""

    def end(self, code: int) -> None:
        """Save what can be saved, and leave the app with this exit code."""

    def end_process(self, code: int) -> None:
        """End the process when the edit that is being written is finished, from any thread."""


def stop_process_group() -> None:
    """Stop this process and all that it was started with, and return when the shell continues them.

    The system stops it, not Textual's handler, which may come so late that the shell has continued the group before.
    """
    handlers = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTSTP, signal.SIGCONT)}
    os.kill(0, signal.SIGTSTP)
    for number, handler in handlers.items():
        signal.signal(number, handler)


class TerminalDriver(LinuxDriver):
    """Textual's driver, which also ends the app by a signal, or when the terminal is gone.

    The exit code is 128 and the number of the signal, as shells report it; that of SIGHUP where the terminal is gone.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._call_app = app.call_later
        self._endable = cast("EndableApp", app)
        self._is_lent = False
        """Whether a shell or an editor has the terminal."""
        self._is_gone = False
        self._is_ending = False
        for number in ENDING_SIGNALS:
            # `nohup`, and shells without job control for a job in the background, have some ignored on purpose.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end_by_signal)
        if hasattr(select, "poll"):
            Thread(target=self._watch, name="terminal", daemon=True).start()

    def run_input_thread(self) -> None:
        """Read keys until the terminal is given back."""
        # Textual makes its parser by this name, and takes no other.
        setattr(linux_driver, "XTermParser", KeyParser)  # noqa: B010 - a name that it does not export
        super().run_input_thread()

    def suspend_application_mode(self) -> None:
        """Give the terminal to a shell or an editor."""
        super().suspend_application_mode()
        self._is_lent = True

    def resume_application_mode(self) -> None:
        """Take the terminal back."""
        if self._is_ending and self._is_lent:
            return
        if not self._is_lent:
            # After `kill -STOP`, which leaves no time to give it back. A second start on top of the first would have
            # two threads that read half of each key.
            super().suspend_application_mode()
            self.send_message(self.SignalResume())
        super().resume_application_mode()
        self._is_lent = False

    def _end_by_signal(self, number: int, _frame: object) -> None:
        if number in (signal.SIGINT, signal.SIGQUIT) and self._is_lent:
            return  # typed for the editor
        self._end(128 + number, PATIENCE)

    def _watch(self) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)
        # Without an event to wait for, only the end of the terminal is told.
        if any(told & select.POLLHUP for _, told in poll.poll()):
            self._is_gone = True
            # Reading from it would return at once for ever, and writing would end the thread that writes.
            nowhere = os.open(os.devnull, os.O_RDWR)
            for handle in (0, 1, 2):
                os.dup2(nowhere, handle)
            self._end(128 + signal.SIGHUP, PATIENCE_WITHOUT_TERMINAL)

    def _end(self, code: int, patience: float) -> None:
        self._is_ending = True
        Thread(target=self._insist, args=(code, patience), name="ending", daemon=True).start()
        with suppress(RuntimeError):  # the app has just ended
            self._loop.call_soon_threadsafe(self._call_app, self._finish, code)

    def _finish(self, code: int) -> None:
        self._endable.end(code)
        if self._is_lent or self._is_gone:
            # Nothing is to be restored.
            self._endable.end_process(code)

    def _insist(self, code: int, patience: float) -> None:
        """End the process where the app does not do it; an editor is given the time that its user takes."""
        was_lent = True
        while was_lent:
            was_lent = self._is_lent
            time.sleep(patience)
        if not self._is_gone:
            restoring = Thread(target=self._restore, name="ending", daemon=True)
            restoring.start()
            restoring.join(1)
        self._endable.end_process(code)

    def _restore(self) -> None:
        # The mouse is left on by what follows, outside of the main thread.
        self.write("\x1b[?1000;1003;1006;1015l")
        self.suspend_application_mode()
