"""What every command works with: the arguments, the list and the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.output import Style
from tracker.errors import BadValue, SeasonUnclear, WatchlistMissing
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.model.window_parser import parse_said_date
from tracker.service import Tracker
from tracker.text import clean, clean_line

if TYPE_CHECKING:
    from tracker.reports.saved_view import SavedView


def say(text: str) -> None:
    """Print narration, cleaned: it may name what was typed, and files; stdout is for data."""
    print(clean(text), file=sys.stderr)


def terminal_width() -> int | None:
    """Return the cells of the terminal that stdout is, None for a pipe or a file."""
    # A terminal that does not know its size says 0.
    return (os.get_terminal_size().columns or 80) if sys.stdout.isatty() else None


def read_said_day(option: str, text: str, today: date) -> tuple[date, str]:
    """Return the day by which something was said, and the date as text if that is not an exact day.

    Raises:
        BadValue: The text is not a day, or it is a month or a year that has not begun.
    """
    try:
        return parse_said_date(clean_line(text), today)
    except BadValue as wrong:
        raise BadValue(f"{option}: {wrong}") from None


def read_day(option: str, text: str, today: date) -> date:
    """Return the day that an option is given, as 2026-05-14 or "last Friday".

    Raises:
        BadValue: The text is not a day.
    """
    day, vague = read_said_day(option, text, today)
    if vague:
        raise BadValue(f"{option}: Not a day: “{text}”. Try 2026-05-14.")
    return day


class Context:
    """One run of a command.

    Args:
        tracker: The list, not open yet.
        arguments: The parsed command line.
    """

    def __init__(self, tracker: Tracker, arguments: argparse.Namespace) -> None:
        self.tracker = tracker
        self.arguments = arguments
        self.width = terminal_width()
        has_colour = self.width is not None and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.style = Style(has_colour)
        self.saved_view: SavedView | None = None
        """The first saved view that the query names, when it has been read."""
        self.is_near = False
        """Whether the shows that were found only nearly match the query."""

    @property
    def watchlist(self) -> Watchlist:
        """The open list."""
        return self.tracker.watchlist.current

    @property
    def query(self) -> str:
        """The query of a command that takes one, "" without."""
        return " ".join(map(clean_line, self.arguments.query)).strip()

    @property
    def season(self) -> int | None:
        """The season that --season names, 0 for --whole, None without."""
        return 0 if self.arguments.whole else self.arguments.season

    def ask_season(self, unclear: SeasonUnclear) -> int:
        """Ask on a terminal which season an entry is, and return it, 0 for the whole show.

        Raises:
            SeasonUnclear: Nobody is there, or nobody answers.
        """
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise unclear
        say(unclear.question)
        print(
            f"{unclear.season} for season {unclear.season}, 0 for the whole show: ", end="", flush=True, file=sys.stderr
        )
        answer = sys.stdin.readline().strip()
        if not answer.isdecimal():
            raise unclear
        return int(answer)

    def path_text(self, path: Path) -> str:
        """Return a path as it goes to stdout: cleaned on a terminal, else as it is, for other programs."""
        return str(path) if self.width is None else clean_line(str(path))

    def open(self) -> Watchlist:
        """Open the list; say where what is there may be a part of it."""
        self.tracker.watchlist.open()
        if writer := self.tracker.watchlist.file.writer:
            say(f"The list is being written by {writer}, so this may be only part of it.")
        if late := self.tracker.find_late_writes():
            say(late)
        return self.watchlist

    def open_to_add(self) -> Watchlist:
        """Open the list; it is empty where the file is missing, and the first show that is added makes it."""
        try:
            return self.open()
        except WatchlistMissing:
            if not self.tracker.new_list.may_begin:
                raise
            say(f"No watchlist at {self.tracker.path} yet; adding a show creates it.")
            return self.watchlist

    def open_if_there(self) -> Watchlist:
        """Open the list for a command that also works without one; it is empty where the file is missing."""
        try:
            return self.open()
        except WatchlistMissing as missing:
            # Of a list that was there, its owner wants to know that it is gone.
            if not self.tracker.new_list.may_begin:
                say(str(missing))
            return self.watchlist

    def open_for_sources(self) -> Watchlist:
        """Open the list for a command that asks sources; say what is wrong with the settings."""
        if error := self.tracker.settings.error:
            say(error)
        self.say_waits()
        return self.open()

    def say_waits(self) -> None:
        """Say on a terminal, from now on, which source is waited for; a log gets none of it."""
        from tracker.service.sources import describe_wait  # only what asks sources pays for it

        def say_wait(label: str, seconds: float) -> None:
            if seconds:
                say(describe_wait(label, seconds))

        if sys.stderr.isatty():
            self.tracker.sources.on_wait = say_wait

    def find_shows(self, *, may_be_near: bool = False) -> tuple[Show, ...]:
        """Open the list and return the shows that the query selects; all without one.

        Where nothing matches and `may_be_near`, it is the near matches; `say_near` says so.
        """
        watchlist = self.open()
        if not self.query:
            return watchlist.shows
        from tracker.reports.query import parse_query  # only a list with a query pays for it

        query = parse_query(self.query, watchlist.people, self._saved_views)
        self.saved_view = next(iter(query.views), None)
        shows = query.select(watchlist.shows, self.tracker.today)
        if not shows and may_be_near and (near := query.near) is not None:
            shows = near.select(watchlist.shows, self.tracker.today)
            self.is_near = bool(shows)
        return shows

    @property
    def _saved_views(self) -> tuple[SavedView, ...]:
        """The saved views, where the query may name one; say what is wrong with the settings."""
        if not any(sign in self.query for sign in "@＠"):
            return ()
        if error := self.tracker.settings.error:
            say(error)
        return self.tracker.settings.views

    def say_near(self) -> None:
        """Say that what is printed only nearly matches, if so."""
        if self.is_near:
            say(f"Nothing matches “{self.query}”. Near matches:")

    def say_damaged(self) -> None:
        """Say which entries cannot be read, and where they are."""
        for entry in self.watchlist.damaged:
            say(f"{self.tracker.path}:{entry.place}: {entry.title + ': ' if entry.title else ''}{entry.reason}")

    def say_nothing_found(self) -> None:
        """Say why there is nothing to print, unless damaged entries say it."""
        if self.arguments.query:
            say("No show matches.")
        elif not self.watchlist.damaged:
            say('Your list is empty. Add a show: tracker add "A title"')
