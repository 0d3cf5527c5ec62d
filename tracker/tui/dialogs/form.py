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
from tracker.tui.bindings import FORM_KEYS
from tracker.tui.theme import glyphs_of

ResultT = TypeVar("ResultT")

FORM_SHEET: Final = Path(__file__).with_name("form.tcss")
"""The style sheet that every dialog has."""

FieldParser = Callable[[str], object]
"""Turns the text of a field into a value, or raises `BadValue`."""


class FormField(Vertical):
    """A label, an input, and below it what was understood or what is wrong."""

    def __init__(
        self, name: str, label: str, value: str, read: FieldParser, *, hint: str = "", lines: bool = False
    ) -> None:
        super().__init__(id=f"field-{name}", classes="form-field")
        self.field_name = name
        """The name of the field."""
        self.initial_text = value
        """The text with which the form was opened."""
        self._label = label
        self._parser = read
        self._hint = hint
        self._is_multiline = lines

    def compose(self) -> ComposeResult:
        """Make label, input and the line below."""
        with Horizontal(classes="form-row"):
            yield Label(self._label, markup=False, classes="form-label")
            plain = glyphs_of(self).translate
            if self._is_multiline:
                area = TextArea(
                    self.initial_text, soft_wrap=True, tab_behavior="focus", classes="form-area", compact=True
                )
                area.styles.height = min(8, max(2, self.initial_text.count("\n") + 2, len(self.initial_text) // 60 + 1))
                yield area
            else:
                yield Input(
                    self.initial_text,
                    placeholder=plain(self._hint),
                    compact=True,
                    select_on_focus=False,
                    classes="form-input",
                )
        yield Static(markup=False, classes="form-note")

    @property
    def text(self) -> str:
        """The text as it is typed now."""
        return self.query_one(TextArea).text if self._is_multiline else self.query_one(Input).value

    @property
    def is_changed(self) -> bool:
        """Whether the text is another than at first."""
        return self.text != self.initial_text

    def parse(self) -> object:
        """Return what the text means.

        Raises:
            BadValue: It means nothing that the field can take.
        """
        return self._parser(self.text)

    def show_note(self, note: str | Content, wrong: bool = False) -> None:
        """Put a line below the input; an empty one takes no room."""
        line = self.query_one(".form-note", Static)
        line.update(glyphs_of(self).translate_content(Content(note) if isinstance(note, str) else note))
        line.set_class(wrong, "-wrong")
        line.set_class(bool(note), "-said")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _check_text(self) -> None:
        if self.text.strip() or self.is_changed:
            self.check()
        else:
            self.show_note("")

    def check(self) -> bool:
        """Say what was understood or what is wrong, and return whether it can be taken."""
        try:
            value = self.parse()
        except BadValue as wrong:
            self.show_note(str(wrong), wrong=True)
            return False
        self.show_note(f"→ {value.span}" if isinstance(value, Window) else "")
        return True


class Form(ModalScreen[ResultT | None]):
    """A box over the list that ends with a result, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in FORM_KEYS]
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = FORM_SHEET

    def __init__(self, deed: Callable[[ResultT], str] | None = None) -> None:
        super().__init__()
        self._on_submit = deed
        self._has_warned = False

    def on_screen_resume(self) -> None:
        """Clear messages away, which would stand on the form."""
        self.app.clear_notifications()

    def submit(self, result: ResultT) -> None:
        """Do the form's deed with the result and leave; where it is refused, say why and stay.

        A form without a deed ends with the result.
        """
        refusal = self._on_submit(result) if self._on_submit is not None else ""
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

    def check_fields(self) -> bool:
        """Return whether every field can be taken; the first that cannot gets the focus."""
        for field in self.fields:
            if not field.check():
                field.query_one(".form-input, .form-area").focus()
                return False
        return True

    def action_cancel(self) -> None:
        """Leave without a result; where something was typed, only when asked twice."""
        if any(field.is_changed for field in self.fields) and not self._has_warned:
            self._has_warned = True
            self.app.notify("Something was typed. esc again leaves it.", severity="warning", markup=False, timeout=4)
            return
        self.dismiss(None)

    def action_save(self) -> None:
        """End with the result, if the form can be taken."""
        raise NotImplementedError
