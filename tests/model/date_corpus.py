"""How many of the dates that people write are read, and whether any is read wrongly.

    python -m tests.model.date_corpus        # the figures, and each row that is read wrongly
    python -m tests.model.date_corpus -v     # also each row that is missed

The rows in `tests/model/dates/` were written without a look at the parser, as press, fans, encyclopedias and exports
write. A row has the text, the day on which it was said (or nothing), and the answers that are right, with ` | ` between
them: a day or an interval (`2027-01-01/..` has no end, `../2026-12-31` no beginning), `TBA`, `refuse` (no date, or none
that can be known), `ask A B` (one of these days or intervals; `ask` alone: whatever they are).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import AmbiguousDate, BadValue
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

FOLDER: Final = Path(__file__).parent / "dates"
LANGUAGES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.tsv")))


class Verdict(Enum):
    """What an answer is worth."""

    READ = "read right"
    ASKED = "asked rightly"
    REFUSED = "refused rightly"
    MISSED = "refused or asked though it can be read"
    WRONG = "READ WRONGLY"


class Row(NamedTuple):
    """A date as somebody wrote it, with the answers that are right."""

    text: str
    said_on: date | None
    expected: tuple[str, ...]

    @property
    def is_readable(self) -> bool:
        """Whether to refuse it would be a miss."""
        return "refuse" not in self.expected


class Result(NamedTuple):
    """What the parser made of a row, in the words of the corpus."""

    row: Row
    answer: str
    verdict: Verdict


def read_rows(language: str) -> Iterator[Row]:
    """Yield the rows of one file of the corpus."""
    for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            text, said_on, expected = line.split("\t")
            yield Row(text, date.fromisoformat(said_on) if said_on else None, tuple(expected.split(" | ")))


def describe_days(window: Window) -> str:
    """Return the days of a window as the corpus writes them."""
    if window.is_tba:
        return "TBA"
    first = window.earliest.isoformat() if window.earliest else ".."
    last = window.latest.isoformat() if window.latest else ".."
    return first if first == last else f"{first}/{last}"


def ask_parser(row: Row) -> str:
    """Return what the parser says to a row, in the words of the corpus."""
    try:
        return describe_days(parse_window(row.text, row.said_on))
    except AmbiguousDate as error:
        return " ".join(["ask", *sorted(describe_days(parse_window(value)) for value, _label in error.choices)])
    except BadValue:
        return "refuse"


def judge(row: Row, answer: str) -> Verdict:
    """Return whether an answer is one of the right ones, an omission, or false.

    A question of which no choice is right is false: whatever is picked, it is. One that was not needed is an omission,
    unless the row is one to refuse or all of its choices are right.
    """
    choices = set(answer.split()[1:]) if answer.startswith("ask") else set()
    right = choices.intersection(word for expected in row.expected for word in expected.split())
    if answer in row.expected or (choices and "ask" in row.expected):
        return Verdict.ASKED if choices else Verdict.REFUSED if answer == "refuse" else Verdict.READ
    if right and (right == choices or not row.is_readable):
        return Verdict.ASKED
    return Verdict.MISSED if right or answer == "refuse" else Verdict.WRONG


def measure(language: str) -> list[Result]:
    """Return what the parser makes of each row of a file."""
    answers = ((row, ask_parser(row)) for row in read_rows(language))
    return [Result(row, answer, judge(row, answer)) for row, answer in answers]


def share_read(results: Sequence[Result]) -> float:
    """Return how much is read or asked rightly of what can be, from 0 to 1."""
    readable = [result for result in results if result.row.is_readable]
    return sum(result.verdict in {Verdict.READ, Verdict.ASKED} for result in readable) / len(readable)


def describe_results(name: str, results: Sequence[Result]) -> str:
    """Return one line of figures."""
    counts = Counter(result.verdict for result in results)
    figures = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict)
    return f"{name}: {len(results)} rows: {figures}; {share_read(results):.1%} read of what can be"


def main(arguments: Sequence[str]) -> int:
    """Print the figures, all rows that were read wrongly, and with `-v` all that were missed."""
    listed = {Verdict.WRONG, Verdict.MISSED} if "-v" in arguments else {Verdict.WRONG}
    measured = {language: measure(language) for language in LANGUAGES}
    for language, results in measured.items():
        for row, answer, verdict in results:
            if verdict in listed:
                said = f" (said on {row.said_on})" if row.said_on else ""
                print(f"  {language}: {verdict.value}: “{row.text}”{said}: {answer}, not {' or '.join(row.expected)}")
    for language, results in measured.items():
        print(describe_results(language, results))
    print(describe_results("all", [result for results in measured.values() for result in results]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
