"""The entry point: parse the command line, run one command, return an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Final

from tracker.cli.context import Context, read_day, say
from tracker.cli.parser import COMMANDS, make_parser, protect_dashes
from tracker.errors import BadValue, TrackerError, UnknownShow, WatchlistUnreadable
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.text import clean_line

INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = protect_dashes(list(sys.argv[1:] if argv is None else argv))
    try:
        "".join(words).encode()
    except UnicodeEncodeError as error:
        # Bytes that are not UTF-8 become lone surrogates.
        shown = next(word for word in words if error.object[error.start] in word)
        shown = clean_line(shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        say(f"tracker: “{shown}” is not UTF-8. Set your terminal, or save your script, to UTF-8.")
        return BadValue.EXIT_CODE
    arguments = make_parser(words).parse_args(words)
    try:
        text = getattr(arguments, "as_of", None)
        as_of = read_day("--as-of", text, datetime.now().date()) if text is not None else None  # noqa: DTZ005 - the owner's day
    except BadValue as error:
        say(f"tracker: {error}")
        return error.EXIT_CODE
    tracker = Tracker(Paths(getattr(arguments, "watchlist", None)), as_of=as_of)
    tracker.program = f"tracker {getattr(arguments, 'command', '') or ''}".strip()
    tracker.on_wait = lambda holder: say(f"Waiting for {holder} to finish writing the watchlist …")
    name = getattr(arguments, "command", None)
    try:
        return _run(find_command(name) if name else open_app, Context(tracker, arguments))
    except UnknownShow as error:
        if not (writer := tracker.watchlist.file.writer):
            say(f"tracker: {error}")
            return error.EXIT_CODE
        say(f"tracker: {tracker.path} is being written by {writer}. Try again when it has finished.")
        return WatchlistUnreadable.EXIT_CODE
    except TrackerError as error:
        say(f"tracker: {error}")
        return error.EXIT_CODE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away, as `head` does; Python would complain when it closes stdout.
        _discard_stdout()
        return 0


def find_command(name: str) -> Callable[[Context], int | None]:
    """Import a command and return its function, which returns the exit code, None for 0."""
    module, function = COMMANDS[name].function.split(".")
    command: Callable[[Context], int | None] = getattr(import_module(f"tracker.cli.commands.{module}"), function)
    return command


def open_app(context: Context) -> int:
    """Open the app."""
    # Textual reads stdin and draws on stderr; an app whose stdout is a file was meant to print the list.
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        say("tracker: The app needs a terminal. To print your list, run `tracker list`.")
        return 2
    # Textual reads this once, when it is imported. At its usual 60 a key waits up to 17 ms for its paint.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from tracker.tui.app import run  # Textual takes 0.2 s to import, which no other command pays

    return run(context.tracker)


def _run(command: Callable[[Context], int | None], context: Context) -> int:
    """Run the command, and write its output to the last byte."""
    try:
        code = command(context) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"tracker: Can't write the output: {(error.strerror or str(error)).lower()}.")
        # What could not be written would be tried again, and reported again, when Python ends.
        _discard_stdout()
        return 1
    return code


def _discard_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
