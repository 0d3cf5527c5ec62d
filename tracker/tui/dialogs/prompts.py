"""Small boxes: a question, a line of text, a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tracker.model.show import Person, Show
from tracker.tui.content import MUTED, describe_person
from tracker.tui.dialogs.form import Dialog, Form, ListDialog
from tracker.tui.widgets.completer import Complete, Completer
from tracker.tui.widgets.hints import Hint


class Confirm(Dialog[bool]):
    """Asks a question that is answered with yes or no."""

    BOX_CLASSES = "-small"
    KEEPS_MESSAGES = True
    HINTS = (Hint("y, enter", "yes", "screen.answer(True)"), Hint("n, esc", "no", "screen.answer(False)"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "yes"),
        Binding("n,escape", "answer(False)", "no"),
    ]

    def __init__(self, question: Content, hint: str = "") -> None:
        super().__init__()
        self._question = question
        self._hint = hint

    def compose_box(self) -> ComposeResult:
        yield Static(self._question, markup=False)
        if self._hint:
            yield Static(self._hint, markup=False, classes="form-keys")

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)


class Prompt(Form[str]):
    """Asks for one line of text."""

    BOX_CLASSES = "-small"
    HINTS = (Hint("enter", "take", "screen.save"), Hint("esc", "leave", "screen.cancel"))

    def __init__(self, title: Content, value: str, hint: str, complete: Complete) -> None:
        super().__init__(title)
        self._complete = complete
        self._value = value
        self._hint = hint

    def compose_box(self) -> ComposeResult:
        yield Input(self._value, compact=True, classes="form-input", suggester=Completer(self._complete))
        yield Static(self.glyphs.translate(self._hint), classes="form-keys", markup=False)

    @on(Input.Submitted)
    def action_save(self) -> None:
        self.submit(self.query_one(Input).value)


class PersonCard(ListDialog[str, Show]):
    """Shows who somebody is; ends with the id of a show of theirs that was picked."""

    BOX_CLASSES = "-small -card"
    HINTS = (Hint("enter", "go to the show", "screen.pick"), Hint("esc", "back", "screen.cancel"))

    def __init__(self, name: str, person: Person | None, shows: Sequence[Show]) -> None:
        super().__init__()
        self._person_name = name
        self._person = person
        self.values = shows

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(classes="card-text", can_focus=False):
            yield Static(describe_person(self._person, self._person_name, self.glyphs), markup=False)
        yield Static("on this list", classes="form-keys")
        yield self.make_list()

    def describe(self, value: Show) -> Content:
        names = {self._person_name, *((self._person.name, *self._person.aliases) if self._person else ())}
        role = next((credit.role for credit in value.cast if credit.actor in names and credit.role), "")
        return Content.assemble(value.title, (f"  {role}", MUTED))

    def pick(self, value: Show) -> None:
        self.dismiss(value.id)
