"""Parse a window from what people and files write.

`parse_window` reads a release, `parse_said_date` the day on which something was said. The usual forms of files are read
here; words, and numbers in the order of some country, by `date_grammar`, which is loaded for the first of them.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tracker.errors import AmbiguousDate, BadValue
from tracker.model.dates import month_end
from tracker.model.window import Precision, Window, window_text

if TYPE_CHECKING:
    from tracker.model.date_grammar import Meaning

TRY: Final = "Try 2026-05-14, 2026-05 or “May 2026”."


def parse_window(value: str | int | date, said_on: date | None = None, said_text: str = "") -> Window:
    """Return the window of a date, a year, or words.

    Args:
        value: What a file has, or a person types.
        said_on: The day from which "next year" and dates without a year count. The window then has the date that
            comes to as its text, and the words as `words`.
        said_text: The day as it was written. Where that is a month or a year, `said_on` is its last day.

    Raises:
        AmbiguousDate: The words can mean several windows.
        BadValue: The words are no window, name a day that does not exist, or count from a day that is not given.
    """
    match value:
        case datetime():
            return parse_window(value.date())
        case date():
            return Window(value.isoformat(), value, value, Precision.DAY)
        case bool():
            raise BadValue(f"A date can't be true or false. {TRY}")
        case int() if not 0 < value <= 9999:
            raise BadValue(f"Years go from 1 to 9999. {TRY}")
        case int():
            return _parse_text(f"{value:04}", None)
    window = _parse_text(value.strip(), said_on)
    if window.words and said_text:
        begin = _parse_text(said_text, None).earliest
        if begin is None or _parse_text(value.strip(), begin).key != window.key:
            raise BadValue(
                f"“{window.words}” counts from a day, and “{said_text}” isn't one. Write the date, or the day."
            )
    return window


def parse_said_date(text: str, today: date | None = None) -> tuple[date, str]:
    """Return the day by which something was said, and the date as text if that is not an exact day.

    Args:
        text: A day, a month or a year; or words such as "yesterday", where `today` is given.
        today: The day from which the words count; a date without a year is the last one that is not in the future.

    Raises:
        AmbiguousDate: The words can mean several days.
        BadValue: The words are no day, month or year, or a month or a year that has not begun.
    """
    window = _parse_text(text.strip(), today, is_past=True)
    if window.latest is None or window.earliest is None:
        raise BadValue(f"Not a day: “{text}”. Try 2026-05-14 or 2026-05.")
    if today is not None and window.earliest > today and window.precision is not Precision.DAY:
        raise BadValue(f"“{text}” is in the future. Enter a past day.")
    return (window.latest, "" if window.precision is Precision.DAY else window.text)


def _parse_text(text: str, said_on: date | None, *, is_past: bool = False) -> Window:
    window = _parse_absolute(text)
    if window is None:
        window = _parse_words(text, said_on, is_past) if said_on is not None else None
    if window is None:
        # Words without a year are those that a person knows how to complete.
        raise BadValue(f"“{text}” has no year, and no day to count from. Write the year, as in “May 2026”.")
    return window


@lru_cache(maxsize=4096)
def _parse_absolute(text: str) -> Window | None:
    """Return the window of words that mean the same on every day; None for others."""
    if plain := _plain(text):
        return Window(text, *plain)
    return _parse_words(text, None, False)


@lru_cache(maxsize=1024)
def _parse_words(text: str, said_on: date | None, is_past: bool) -> Window | None:
    # A file with nothing but plain dates does not pay for the words of five languages.
    from tracker.model.date_grammar import MAX_LENGTH, NeedsDay, read_all
    from tracker.model.date_tokens import NotADate

    if not text:
        raise BadValue(f"A date is missing. {TRY}")
    if len(text) > MAX_LENGTH:
        raise BadValue(f"A date has at most {MAX_LENGTH} characters. {TRY}")
    try:
        found = read_all(text, said_on, is_past=is_past)
    except NeedsDay:
        return None
    except NotADate:
        raise BadValue(f"Not a date: “{text}”. {TRY}") from None
    except BadValue as wrong:
        raise BadValue(f"“{text}”: {wrong}") from None
    windows = [_window(text, one) for one in found]
    if len(windows) > 1:
        raise _ambiguous(text, windows)
    window = windows[0]
    # What counts from a day is stored as what it comes to, which nobody has to count again.
    return window if said_on is None else window._replace(text=window_text(window), words=text)


def _window(text: str, found: Meaning) -> Window:
    days = found.days
    is_about = found.is_about and days.precision is not Precision.TBA
    return Window(text, days.first, days.last, days.precision, is_about, days.code)


def _ambiguous(text: str, windows: list[Window]) -> AmbiguousDate:
    labels = [window.label for window in windows]
    question = f"“{text}” can be {', '.join(labels[:-1])} or {labels[-1]}."
    return AmbiguousDate(question, [(window_text(window), window.label) for window in windows])


Parsed = tuple[date, date, Precision, bool, int]


def _plain(text: str) -> Parsed | None:
    """Parse the usual forms of files (2026, 2026-05, 2026-05-14, 2026-Q3) without regular expressions, for speed."""
    year, mark, rest = text[:4], text[4:5], text[5:]
    if not (text.isascii() and year.isdecimal() and year > "0000"):
        return None
    if len(text) == 4:
        return (date(int(year), 1, 1), date(int(year), 12, 31), Precision.YEAR, False, 0)
    if mark != "-" or len(text) not in (7, 10):
        return None
    if rest in ("Q1", "Q2", "Q3", "Q4"):
        number = int(rest[1])
        first = date(int(year), 3 * number - 2, 1)
        return (first, month_end(first.replace(month=3 * number)), Precision.QUARTER, False, 32 + number)
    if len(rest) == 2 and "01" <= rest <= "12" and rest.isdecimal():
        first = date(int(year), int(rest), 1)
        return (first, month_end(first), Precision.MONTH, False, 0)
    if len(rest) == 5 and (rest[:2] + rest[3:]).isdecimal():
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return (day, day, Precision.DAY, False, 0)
    return None
