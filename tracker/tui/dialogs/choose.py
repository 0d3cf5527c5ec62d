"""A choice between two values of one field, both of which somebody wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, NamedTuple

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.hints import Hint, HintBar


class Question(NamedTuple):
    """One field with two values."""

    title: str
    """Of the show."""
    field: str
    reason: str
    """What happened, as a sentence."""
    sides: tuple[tuple[str, str], tuple[str, str]]
    """Whose value it is, and the value, twice; the first is taken where nobody chooses."""
    outcome: str = ""
    """What becomes of the value that is not taken, as a sentence."""


MAX_CHARS: Final = 240
"""How many characters of a value are shown: two of them fit into the smallest terminal."""


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Return two values, long ones from shortly before the first character in which they differ."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - MAX_CHARS // 4) if max(len(one), len(other)) > MAX_CHARS else 0
    first, second = (("…" if start else "") + value[start : start + MAX_CHARS] for value in (one, other))
    return (
        first + ("…" if start + MAX_CHARS < len(one) else ""),
        second + ("…" if start + MAX_CHARS < len(other) else ""),
    )


class ChooseDialog(ModalScreen[int]):
    """Ends with 0 or 1, for the side that is taken."""

    CSS_PATH = FORM_SHEET
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave it")]

    def __init__(self, question: Question, number: int, of: int) -> None:
        super().__init__()
        self._question = question
        self._number = f" ({number} of {of})" if of > 1 else ""

    def compose(self) -> ComposeResult:
        """Make both values."""
        question, glyphs = self._question, glyphs_of(self)
        with Vertical(classes="form-box -small") as box:
            box.border_title = Content(f"{question.title}: {question.field}{self._number}")
            yield Static(glyphs.translate(question.reason), markup=False, classes="form-keys")
            wide = max(len(whose) for whose, _ in question.sides)
            values = _excerpts(*(value for _, value in question.sides))
            yield OptionList(
                *(
                    Option(Content.assemble((f"{whose:<{wide}}  ", "bold"), value or ("empty", MUTED)))
                    for (whose, _), value in zip(question.sides, values, strict=True)
                ),
                markup=False,
                compact=True,
                classes="form-choice",
            )
            if question.outcome:
                yield Static(glyphs.translate(question.outcome), markup=False, classes="form-keys")
            first = question.sides[0][0]
            yield HintBar((Hint("↑↓ enter", "take", "screen.take"), Hint("esc", f"leave {first}", "screen.leave")))

    def on_mount(self) -> None:
        """Stand on the first."""
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Take the value that is stood on."""
        self.dismiss(self.query_one(OptionList).highlighted or 0)

    def action_leave(self) -> None:
        """Take the first value."""
        self.dismiss(0)


def ask_each(app: App[object], questions: Sequence[Question], done: Callable[[list[int]], None]) -> None:
    """Ask one question after another, and give the answers to `done`."""
    answers: list[int] = []

    def go_on(answer: int | None = None) -> None:
        if answer is not None:
            answers.append(answer)
        if len(answers) == len(questions):
            done(answers)
        else:
            app.push_screen(ChooseDialog(questions[len(answers)], len(answers) + 1, len(questions)), go_on)

    go_on()
