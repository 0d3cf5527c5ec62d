"""What all forms share: a box with a title, labelled inputs that say at once what they understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import ClassVar, Final, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static, TextArea

from tracker.errors import BadValue
from tracker.model.window import Window
from tracker.tui.keys import FORM
from tracker.tui.theme import signs_of

ResultT = TypeVar("ResultT")

FORM_SHEET: Final = Path(__file__).with_name("form.tcss")
"""The style sheet that every dialog has."""

Reader = Callable[[str], object]
"""Turns the text of a field into a value, or raises `BadValue`."""


class FormField(Vertical):
    """A label, an input, and below it what was understood or what is wrong."""

    def __init__(self, name: str, label: str, value: str, read: Reader, *, hint: str = "", lines: bool = False) -> None:
        super().__init__(id=f"field-{name}", classes="form-field")
        self.field = name
        """The name of the field."""
        self.first = value
        """The text with which the form was opened."""
        self._label = label
        self._read = read
        self._hint = hint
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Make label, input and the line below."""
        with Horizontal(classes="form-row"):
            yield Label(self._label, markup=False, classes="form-label")
            plain = signs_of(self).plain
            if self._lines:
                area = TextArea(self.first, soft_wrap=True, tab_behavior="focus", classes="form-area", compact=True)
                area.styles.height = min(8, max(2, self.first.count("\n") + 2, len(self.first) // 60 + 1))
                yield area
            else:
                yield Input(
                    self.first, placeholder=plain(self._hint), compact=True, select_on_focus=False, classes="form-input"
                )
        yield Static(markup=False, classes="form-note")

    @property
    def text(self) -> str:
        """The text as it is typed now."""
        return self.query_one(TextArea).text if self._lines else self.query_one(Input).value

    @property
    def is_changed(self) -> bool:
        """Whether the text is another than at first."""
        return self.text != self.first

    def value(self) -> object:
        """Return what the text means.

        Raises:
            BadValue: It means nothing that the field can take.
        """
        return self._read(self.text)

    def say(self, note: str | Content, wrong: bool = False) -> None:
        """Put a line below the input; an empty one takes no room."""
        line = self.query_one(".form-note", Static)
        line.update(signs_of(self).drawn(Content(note) if isinstance(note, str) else note))
        line.set_class(wrong, "-wrong")
        line.set_class(bool(note), "-said")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look_at_text(self) -> None:
        if self.text.strip() or self.is_changed:
            self.look()
        else:
            self.say("")

    def look(self) -> bool:
        """Say what was understood or what is wrong, and return whether it can be taken."""
        try:
            value = self.value()
        except BadValue as wrong:
            self.say(str(wrong), wrong=True)
            return False
        self.say(f"→ {value.span}" if isinstance(value, Window) else "")
        return True


class Form(ModalScreen[ResultT | None]):
    """A box over the list that ends with a result, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in FORM]
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = FORM_SHEET

    def __init__(self, deed: Callable[[ResultT], str] | None = None) -> None:
        super().__init__()
        self._deed = deed
        self._warned = False

    def on_screen_resume(self) -> None:
        """Clear messages away, which would stand on the form."""
        self.app.clear_notifications()

    def finish(self, result: ResultT) -> None:
        """Do the form's deed with the result and leave; where it is refused, say why and stay.

        A form without a deed ends with the result.
        """
        refusal = self._deed(result) if self._deed is not None else ""
        if refusal:
            self.app.notify(refusal, severity="error", markup=False, timeout=15)
        else:
            self.dismiss(result)

    @property
    def fields(self) -> list[FormField]:
        """The fields, top to bottom."""
        return list(self.query(FormField))

    def field(self, name: str) -> FormField:
        """Return the field with that name."""
        return self.query_one(f"#field-{name}", FormField)

    def checked(self) -> bool:
        """Return whether every field can be taken; the first that cannot gets the focus."""
        for field in self.fields:
            if not field.look():
                field.query_one(".form-input, .form-area").focus()
                return False
        return True

    def action_cancel(self) -> None:
        """Leave without a result; where something was typed, only when asked twice."""
        if any(field.is_changed for field in self.fields) and not self._warned:
            self._warned = True
            self.app.notify("Something was typed. esc again leaves it.", severity="warning", markup=False, timeout=4)
            return
        self.dismiss(None)

    def action_save(self) -> None:
        """End with the result, if the form can be taken."""
        raise NotImplementedError
