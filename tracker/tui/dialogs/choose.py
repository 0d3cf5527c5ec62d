"""A choice between two values of one field, both of which somebody wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import ListDialog
from tracker.tui.widgets.hints import Hint


class Question(NamedTuple):
    """One field with two values."""

    title: str
    """Of the show."""
    field: str
    reason: str
    """Why there are two, as a sentence."""
    sides: tuple[tuple[str, str], tuple[str, str]]
    """Whose value it is, and the value, twice; the first is taken if nobody chooses."""
    outcome: str = ""
    """What becomes of the value that is not taken, as a sentence."""


MAX_CHARS: Final = 240
"""How many characters of a value are shown: two of them fit into the smallest terminal."""


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Return two values, long ones from shortly before the first character in which they differ."""
    if max(len(one), len(other)) <= MAX_CHARS:
        return one, other
    first_difference = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, first_difference - MAX_CHARS // 4)
    return _excerpt(one, start), _excerpt(other, start)


def _excerpt(value: str, start: int) -> str:
    end = start + MAX_CHARS
    return f"{'…' if start else ''}{value[start:end]}{'…' if end < len(value) else ''}"


class ChooseDialog(ListDialog[int, tuple[str, str]]):
    """Ends with 0 or 1, for the side that is taken."""

    BOX_CLASSES = "-small -choice"
    KEEPS_MESSAGES = True

    def __init__(self, question: Question, number: int, total: int) -> None:
        count = f" ({number} of {total})" if total > 1 else ""
        super().__init__(f"{question.title}: {question.field}{count}")
        self._question = question
        (owner, value), (other_owner, other_value) = question.sides
        value, other_value = _excerpts(value, other_value)
        self.values = ((owner, value), (other_owner, other_value))

    @property
    def hints(self) -> tuple[Hint, ...]:
        (owner, _), _ = self.values
        return (Hint("↑↓ enter", "choose", "screen.pick"), Hint("esc", f"keep {owner}", "screen.cancel"))

    def compose_box(self) -> ComposeResult:
        yield Static(self.glyphs.translate(self._question.reason), markup=False, classes="form-keys")
        yield self.make_list(classes="form-choice")
        if self._question.outcome:
            yield Static(self.glyphs.translate(self._question.outcome), markup=False, classes="form-keys")

    def describe(self, value: tuple[str, str]) -> Content:
        owner, text = value
        width = max(len(owner) for owner, _ in self._question.sides)
        return Content.assemble((f"{owner:<{width}}  ", "bold"), text or ("empty", MUTED))

    def on_mount(self) -> None:
        self.option_list.highlighted = 0
        self.option_list.focus()

    def pick(self, value: tuple[str, str]) -> None:
        self.dismiss(self.values.index(value))

    def action_cancel(self) -> None:
        self.dismiss(0)


def ask_each(app: App[object], questions: Sequence[Question], on_done: Callable[[list[int]], None]) -> None:
    """Ask one question after another, and give the answers to `on_done`."""
    answers: list[int] = []

    def go_on(answer: int | None = None) -> None:
        if answer is not None:
            answers.append(answer)
        if len(answers) == len(questions):
            on_done(answers)
        else:
            app.push_screen(ChooseDialog(questions[len(answers)], len(answers) + 1, len(questions)), go_on)

    go_on()
