"""The forms that add a show and edit one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from tracker.model.fields import FIELDS
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.text import clean_line
from tracker.tui.dialogs.form import Form, FormField
from tracker.tui.widgets.hints import Hint, HintBar

ADD_HINTS = (
    Hint("enter", "add, a title is enough", "screen.save"),
    Hint("tab", "next field", "app.focus_next"),
    Hint("esc", "leave", "screen.cancel"),
)
EDIT_HINTS = (
    Hint("^s", "save", "screen.save"),
    Hint("enter", "next field", "app.focus_next"),
    Hint("esc", "leave without saving", "screen.cancel"),
)


def make_field(name: str, text: str) -> FormField:
    """Return the form's field for a field of a show."""
    field = FIELDS[name]
    return FormField(name, field.label, text, field.read, hint=field.hint, lines=field.is_multiline)


class NewShow(NamedTuple):
    """What the form for a new show ends with."""

    show: Show
    claim: Claim


class AddShowForm(Form[NewShow]):
    """Asks for a title; all the rest may be left for later."""

    def __init__(self, titles: Iterable[str], deed: Callable[[NewShow], str], title: str = "") -> None:
        super().__init__(deed)
        self._title = title
        self._known = {known.casefold() for known in titles}

    def compose(self) -> ComposeResult:
        """Make the fields that a new show is likely to have."""
        with Vertical(classes="form-box") as box:
            box.border_title = "New show"
            with VerticalScroll(classes="form-fields", can_focus=False):
                yield make_field("title", self._title)
                for name in ("original_title", "kind", "status", "release", "networks", "countries", "tags"):
                    yield make_field(name, "")
                yield FormField("source", "source", "", clean_line, hint="me")
                yield FormField("url", "link", "", clean_line, hint="https://…")
            yield HintBar(ADD_HINTS)

    def on_mount(self) -> None:
        """Begin at the title."""
        self.field("title").query_one(Input).focus()

    @on(Input.Submitted)
    def _add(self) -> None:
        self.action_save()

    @on(Input.Changed, "#field-title Input")
    def _warn_of_same_title(self) -> None:
        field = self.field("title")
        if field.text.strip().casefold() in self._known:
            field.show_note("A show of this title is on the list already; this will be a second one.")

    def action_save(self) -> None:
        """End with the show and what is known about it."""
        if not self.check_fields():
            return
        values: dict[str, Any] = {f.field_name: f.parse() for f in self.fields}
        claim = Claim(
            status=values.pop("status"),
            release=values.pop("release"),
            source=values.pop("source"),
            url=values.pop("url"),
        )
        self.submit(NewShow(Show(id="", **values), claim))


class EditShowForm(Form[dict[str, Any]]):
    """Ends with the fields that were changed, by name."""

    def __init__(self, show: Show, deed: Callable[[dict[str, Any]], str]) -> None:
        super().__init__(deed)
        self._show = show

    def compose(self) -> ComposeResult:
        """Make every field of the show."""
        with Vertical(classes="form-box -tall") as box:
            box.border_title = Content(self._show.title)
            with VerticalScroll(classes="form-fields", can_focus=False):
                for name, field in FIELDS.items():
                    yield make_field(name, field.text_of(self._show))
            yield HintBar(EDIT_HINTS)

    def on_mount(self) -> None:
        """Begin at the title."""
        self.field("title").query_one(Input).focus()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        """End with what was changed."""
        for name in ("status", "release"):
            if self.field(name).initial_text and not self.field(name).text.strip():
                hint = "; write TBA for a date that was taken back" if name == "release" else ""
                self.field(name).show_note(f"It is what the claims say and is not emptied{hint}.", wrong=True)
                self.field(name).query_one(Input).focus()
                return
        if self.check_fields():
            self.submit({field.field_name: field.parse() for field in self.fields if field.is_changed})
