"""Small boxes: a question, a line of text, a choice, a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.show import Person, Show
from tracker.tui.content import MUTED, describe_person
from tracker.tui.dialogs.form import FORM_SHEET, Form
from tracker.tui.theme import Glyphs, glyphs_of
from tracker.tui.widgets.hints import Hint, HintBar


class Confirm(ModalScreen[bool]):
    """Asks a question that is answered with yes or no."""

    CSS_PATH = FORM_SHEET
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "yes"),
        Binding("n,escape", "answer(False)", "no"),
    ]

    def __init__(self, question: Content, hint: str = "") -> None:
        super().__init__()
        self._question = question
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Make the question and the keys that answer it."""
        with Vertical(classes="form-box -small"):
            yield Static(self._question, markup=False)
            if self._hint:
                yield Static(self._hint, markup=False, classes="form-keys")
            yield HintBar(
                (Hint("y, enter", "yes", "screen.answer(True)"), Hint("n, esc", "no", "screen.answer(False)"))
            )

    def action_answer(self, answer: bool) -> None:
        """End with the answer."""
        self.dismiss(answer)


class Prompt(Form[str]):
    """Asks for one line of text."""

    def __init__(self, title: Content, value: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Make the input."""
        with Vertical(classes="form-box -small") as box:
            box.border_title = self._title
            yield Input(self._value, compact=True, classes="form-input")
            yield Static(glyphs_of(self).translate(self._hint), classes="form-keys", markup=False)
            yield HintBar((Hint("enter", "take", "screen.save"), Hint("esc", "leave", "screen.cancel")))

    @on(Input.Submitted)
    def _take(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """End with the text."""
        self.dismiss(self.query_one(Input).value)


class PersonCard(Form[str]):
    """Shows who somebody is; ends with the id of a show of theirs that was chosen."""

    def __init__(self, name: str, person: Person | None, shows: Sequence[Show], glyphs: Glyphs) -> None:
        super().__init__()
        self._person_name = name
        self._person = person
        self._shows = shows
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """Make the card and the list of their shows."""
        with Vertical(classes="form-box -small -card"):
            yield Static(describe_person(self._person, self._person_name, self._glyphs), markup=False)
            yield Static("on this list", classes="form-keys")
            yield OptionList(*(Option(self._describe(show)) for show in self._shows), markup=False, compact=True)
            yield HintBar((Hint("enter", "go to the show", "screen.go"), Hint("esc", "back", "screen.cancel")))

    def _describe(self, show: Show) -> Content:
        names = {self._person_name, *((self._person.name, *self._person.aliases) if self._person else ())}
        role = next((credit.role for credit in show.cast if credit.actor in names and credit.role), "")
        return Content.assemble(show.title, (f"  {role}", MUTED))

    @on(OptionList.OptionSelected)
    def action_go(self) -> None:
        """End with the show that is stood on."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._shows[at].id)

    def action_save(self) -> None:
        """End without a choice: there is nothing to save."""
        self.dismiss(None)
