"""What dialogs share: a box over the list; in it values to pick from, or inputs that say what they understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePath
from typing import Any, ClassVar, Final, Generic, TypeVar, cast

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.filter import LineFilter
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea
from textual.widgets.option_list import Option

from tracker.errors import AmbiguousDate, BadValue, TrackerError
from tracker.model.dates import day_name
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.tui.bindings import DIALOG_BINDINGS, FORM_KEYS, key_named
from tracker.tui.contrast import ContrastFilter
from tracker.tui.dialogs.result_screen import ResultScreen
from tracker.tui.first_styles import add_size_classes
from tracker.tui.theme import Glyphs, glyphs_of
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.completer import ChoiceInput, Complete, Completer
from tracker.tui.widgets.hints import Hint, HintBar
from tracker.tui.widgets.line_search import LineSearch, has_words
from tracker.tui.widgets.more_sign import BoxSign

ResultT = TypeVar("ResultT")
ValueT = TypeVar("ValueT")

FORM_SHEET: Final = Path(__file__).with_name("form.tcss")
"""The style sheet of every dialog."""

LOW: Final = 20
"""Below how many lines a dialog has all the height."""
SCROLL_BINDINGS: Final[list[BindingType]] = [
    Binding("right,l", "scroll(1)", "scroll down"),
    Binding("left,h", "scroll(-1)", "scroll up"),
]
"""The keys of a dialog with a text that scrolls while a list has the focus: one with the class `text`."""
SCROLL_HINT: Final = Hint("←→", "scroll", "screen.scroll(1)")

FieldParser = Callable[[str], object]
"""Turns the text of a field into a value, or raises `BadValue`."""


class Dialog(ResultScreen[ResultT], ModalScreen[ResultT | None]):
    """A box over the list with a title and a line of keys; ends with a result, or with None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [*DIALOG_BINDINGS, key_named("search").binding]
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = FORM_SHEET
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-roomy")]  # noqa: RUF012 - Textual types it as an instance's
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (LOW, "-upright")]  # noqa: RUF012 - as above
    HINTS: ClassVar[Sequence[Hint]] = ()
    BOX_CLASSES: ClassVar[str] = ""
    KEEPS_MESSAGES: ClassVar[bool] = False
    """Whether messages stay, though they are above the box: where it is asked about what they say."""
    HAS_SEARCH: ClassVar[bool] = False
    """Whether its lines can be searched."""

    def __init__(self, title: str | Content = "") -> None:
        super().__init__()
        self._box_title = Content(title) if isinstance(title, str) else title
        self._searched: Widget | None = None
        """What had the focus before the search."""

    def compose(self) -> ComposeResult:
        add_size_classes(self)
        with Vertical(classes=f"form-box {self.BOX_CLASSES}") as box:
            if self._box_title:
                box.border_title = self._box_title
            yield from self.compose_box()
            yield from self.compose_foot()

    def compose_box(self) -> ComposeResult:
        """Yield what stands between the title and the keys."""
        raise NotImplementedError

    def compose_foot(self) -> ComposeResult:
        """Yield the last lines of the box."""
        if self.HAS_SEARCH:
            yield LineSearch()
        yield HintBar(self.hints)

    @property
    def glyphs(self) -> Glyphs:
        """What draws signs."""
        return glyphs_of(self)

    @property
    def hints(self) -> Iterable[Hint]:
        """The keys at the bottom of the box."""
        return self.HINTS

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave what is below the dialog as faint as it is meant to be."""
        return [
            line_filter for line_filter in super().get_line_filters() if not isinstance(line_filter, ContrastFilter)
        ]

    def on_mount(self) -> None:
        for box in self.query(".form-box"):
            BoxSign(self, box)

    @property
    def is_low(self) -> bool:
        """Whether the terminal has few lines."""
        return self.app.size.height < LOW

    def action_scroll(self, direction: int) -> None:
        for text in self.query(".text"):
            text.scroll_relative(y=4 * direction, animate=False)

    def on_screen_resume(self, event: ScreenResume) -> None:
        if not self.KEEPS_MESSAGES:
            self.app.clear_notifications()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "search" and not self.HAS_SEARCH else super().check_action(action, parameters)

    def narrow(self, words: Sequence[str]) -> int:
        """Show only what has these words, and return how much that is."""
        raise NotImplementedError

    @on(LineSearch.Changed, "LineSearch")
    def _narrow(self) -> None:
        words = self.query_one(LineSearch).words
        many = self.narrow(words)
        found = f"{self.glyphs.dot}{many:,} found" if words else ""
        self.query_one(".form-box").border_title = self._box_title + found

    def action_search(self) -> None:
        self._searched = self.focused
        self.query_one(LineSearch).open()

    def action_leave_search(self) -> None:
        self.set_focus(self._searched)

    def action_cancel(self) -> None:
        """Leave the search first, if there is one."""
        if any(line.is_open for line in self.query(LineSearch)):
            self.query_one(LineSearch).close()
            self.action_leave_search()
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        for line in self.query(LineSearch):
            line.close()
        self.action_cancel()

    def action_copy_text(self) -> None:
        try:
            super().action_copy_text()
        except SkipAction:  # nothing is selected
            self.app.action_help_quit()


class ListDialog(Dialog[ResultT], Generic[ResultT, ValueT]):
    """A dialog with a list of values, of which the one under the cursor is the current one."""

    values: Sequence[ValueT] = ()
    """Those that are shown."""
    _all_values: Sequence[ValueT] | None = None
    """Those that are searched; None for the ones of the beginning."""

    def describe(self, value: ValueT) -> Content:
        """Return the lines of the list that stand for a value."""
        raise NotImplementedError

    def is_heading(self, value: ValueT) -> bool:
        """Return whether a value is a heading, which the cursor passes over."""
        return False

    def pick(self, value: ValueT) -> None:
        """Do what Enter or a click on a value does."""
        raise NotImplementedError

    def make_list(self, *, id: str | None = None, classes: str | None = None) -> ChoiceList:  # noqa: A002
        """Return the widget with the values, to be composed."""
        return ChoiceList(*self._options(), markup=False, compact=True, id=id, classes=classes)

    def _options(self) -> list[Option]:
        glyphs = self.glyphs
        return [
            Option(glyphs.translate_content(self.describe(value)), disabled=self.is_heading(value))
            for value in self.values
        ]

    @property
    def option_list(self) -> ChoiceList:
        """The widget with the values."""
        return self.query_one(ChoiceList)

    @property
    def current(self) -> ValueT | None:
        """The value under the cursor; None in an empty list."""
        index = self.option_list.highlighted
        return self.values[index] if index is not None and index < len(self.values) else None

    def show_values(self, values: Sequence[ValueT], cursor: int | None = 0) -> None:
        """Show other values, with the cursor on the one of this number, or on the last one before it."""
        self._all_values = values
        self._show_values(cursor)

    def narrow(self, words: Sequence[str]) -> int:
        self._show_values(0)
        return len(self.values)

    def _show_values(self, cursor: int | None) -> None:
        if self._all_values is None:
            self._all_values = self.values
        words = [word for line in self.query(LineSearch) for word in line.words]
        self.values = [value for value in self._all_values if has_words(self.describe(value).plain, words)]
        options = self.option_list
        options.clear_options()
        options.add_options(self._options())
        if self.values and cursor is not None:
            options.highlighted = min(cursor, len(self.values) - 1)

    def action_pick(self) -> None:
        if (value := self.current) is not None and not self.is_over:
            self.pick(value)

    @on(ChoiceList.OptionSelected)
    def _pick_selected(self) -> None:
        self.action_pick()


class Note(Static):
    """A line that says what happened or what is wrong."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id, classes=classes)

    def show(self, text: str, *, is_error: bool = False) -> None:
        """Say this; "" for nothing."""
        self.update(glyphs_of(self).translate(text))
        self.set_class(bool(text), "-said")
        self.set_class(is_error, "-wrong")


class TextBox(TextArea):
    """A text of several lines, where ctrl+_ undoes as in a shell: ctrl+z stops the app."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+underscore", "undo", "undo", show=False)]

    complete: Complete | None = None
    """Completes the line before the cursor."""

    def update_suggestion(self) -> None:
        row, column = self.cursor_location
        line = self.document[row]
        completed = self.complete(line) if self.complete is not None and 0 < column == len(line) else ""
        # It is put behind what was typed, which therefore has to be spelt as the name is.
        self.suggestion = completed[column:] if completed.startswith(line) else ""


def explain_window(value: object) -> str:
    """Return the days that a window was understood as."""
    return f"→ {value.meant_days}" if isinstance(value, Window) else ""


def explain_said_day(value: object) -> str:
    """Return the day that was understood, or the days of a vaguer date."""
    match value:
        case (date() as day, ""):
            return f"→ {day_name(day)}"
        case (date(), str(words)):
            return f"→ {parse_window(words).meant_days}"
    return ""


class FormField(Vertical):
    """A label, an input, and below it what was understood or what is wrong.

    Args:
        name: The name of the field.
        label: What the form calls it.
        value: The text at first.
        parser: Reads the text.
        hint: An example, seen while there is no text.
        is_multiline: Whether the text may have several lines.
        explain: Returns what is said of a value that was read, "" for nothing.
        complete: Completes what is typed.
    """

    def __init__(
        self,
        name: str,
        label: str,
        value: str,
        parser: FieldParser,
        *,
        hint: str = "",
        is_multiline: bool = False,
        explain: Callable[[Any], str] = explain_window,
        complete: Complete | None = None,
    ) -> None:
        super().__init__(id=f"field-{name}", classes="form-field")
        self.field_name = name
        self.initial_text = value
        self._label = label
        self._parser = parser
        self._hint = hint
        self._is_multiline = is_multiline
        self._explain = explain
        self._complete = complete

    def compose(self) -> ComposeResult:
        with Horizontal(classes="form-row"):
            yield Label(self._draw_name(has_focus=False), markup=False, classes="form-name")
            text, glyphs = self.initial_text, glyphs_of(self)
            hint = glyphs.translate(self._hint)
            if glyphs.ascii:
                # An example in another script is none there.
                hint = ", ".join(example for example in hint.split(", ") if example.isascii())
            if self._is_multiline:
                area = TextBox(
                    text, soft_wrap=True, tab_behavior="focus", classes="form-area", compact=True, placeholder=hint
                )
                area.complete = self._complete
                area.styles.height = min(8, max(2, text.count("\n") + 2, len(text) // 60 + 1))
                yield area
            else:
                suggester = Completer(self._complete) if self._complete is not None else None
                yield ChoiceInput(
                    text, placeholder=hint, compact=True, select_on_focus=False, classes="form-input",
                    suggester=suggester,
                )  # fmt: skip

    def _draw_name(self, *, has_focus: bool) -> Content:
        """Return the label behind the sign of what has the focus."""
        return Content.assemble((glyphs_of(self).cursor if has_focus else " ", "$text-accent"), " ", self._label)

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

    def value_or(self, default: ValueT) -> ValueT:
        """Return what the text means, or the default where it means nothing."""
        with suppress(BadValue):
            return cast("ValueT", self.parse())
        return default

    def focus_input(self, *, select: bool = False) -> None:
        """Give the focus to the input, with its text selected if the next letter is to replace it."""
        self._input.focus()
        if select:
            self._input.select_all()

    @property
    def _input(self) -> Input | TextArea:
        return self.query_one(TextArea) if self._is_multiline else self.query_one(Input)

    def refuse(self, reason: str) -> None:
        """Say what is wrong, and go there."""
        self.show_note(reason, is_error=True)
        self.focus_input()

    def on_descendant_focus(self) -> None:
        self.query_one(".form-name", Label).update(self._draw_name(has_focus=True), layout=False)
        self._scroll_into_sight()

    def on_descendant_blur(self) -> None:
        self.query_one(".form-name", Label).update(self._draw_name(has_focus=False), layout=False)

    def _scroll_into_sight(self) -> None:
        # In a small box the note counts more than the first lines of a text.
        self.call_after_refresh(self.scroll_visible, animate=False)
        for note in self.query(Note):
            self.call_after_refresh(note.scroll_visible, animate=False)

    def show_note(self, text: str, *, is_error: bool = False) -> None:
        """Put a line below the input; "" for none."""
        notes = list(self.query(Note))
        if not notes and text:
            notes = [Note(classes="form-note")]  # a widget of its own only where there is something to say
            self.mount(*notes)
        for note in notes:
            note.show(text, is_error=is_error)
        if text and self.has_focus_within:
            self._scroll_into_sight()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _check_text(self) -> None:
        if self.text.strip() or self.is_changed:
            self.check()
        else:
            self.show_note("")

    def _offer(self, asked: AmbiguousDate) -> None:
        """Let the right arrow take one of the dates that the text can be."""
        for typing in self.query(ChoiceInput):
            typing.choices = [text for text, _ in asked.choices]
        self.show_note(f"{asked.question} Press → to choose.", is_error=True)

    @property
    def is_as_it_was(self) -> bool:
        """Whether the text is what the list has, which may be more than what is taken from a hand."""
        return bool(self.initial_text.strip()) and not self.is_changed

    def check(self) -> bool:
        """Show what was understood or what is wrong, and return whether the text has a meaning."""
        try:
            value = self.parse()
        except AmbiguousDate as asked:
            self._offer(asked)
            return False
        except BadValue as error:
            self.show_note(str(error), is_error=True)
            return False
        self.show_note(self._explain(value) if self.is_changed else "")
        return True


class Form(Dialog[ResultT]):
    """A dialog with fields; `on_submit` takes what they say, and may refuse it with a `TrackerError`."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in FORM_KEYS]

    def __init__(self, title: str | Content = "", on_submit: Callable[[ResultT], None] | None = None) -> None:
        super().__init__(title)
        self._on_submit = on_submit
        self._was_warned = False

    def compose_foot(self) -> ComposeResult:
        yield Note(id="form-foot")
        yield from super().compose_foot()

    def submit(self, result: ResultT) -> None:
        """End with the result; if it is refused, show why and stay."""
        if self.is_over:
            return
        try:
            if self._on_submit is not None:
                self._on_submit(result)
        except TrackerError as error:
            self.refuse(error)
        else:
            self.dismiss(result)

    def refuse(self, error: TrackerError) -> None:
        """Show why nothing was saved: below the field that the error names, else at the foot of the box."""
        name = error.field if isinstance(error, BadValue) else ""
        if field := next((field for field in self.fields if field.field_name == name), None):
            field.refuse(str(error))
        else:
            self._say(str(error), is_error=True)

    def _say(self, text: str, *, is_error: bool = False) -> None:
        self.query_one("#form-foot", Note).show(text, is_error=is_error)

    @property
    def fields(self) -> list[FormField]:
        """The fields, top to bottom."""
        return list(self.query(FormField))

    def field(self, name: str) -> FormField:
        """Return the field of that name."""
        return self.query_one(f"#field-{name}", FormField)

    def action_complete(self) -> None:
        """Do what the right arrow does, for the mouse."""
        if isinstance(typing := self.focused, Input | TextArea):
            typing.action_cursor_right()

    def check_fields(self) -> bool:
        """Return whether every field has a meaning; the first without one gets the focus."""
        wrong = [field for field in self.fields if not field.is_as_it_was and not field.check()]
        if wrong:
            wrong[0].focus_input()
        return not wrong

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _forget_what_was_said(self) -> None:
        self._was_warned = False
        self._say("")

    def action_cancel(self) -> None:
        if any(field.is_changed for field in self.fields) and not self._was_warned:
            self._was_warned = True
            self._say("Unsaved changes. Press Esc again to discard them.", is_error=True)
            return
        self.dismiss(None)
