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
from tracker.tui.screens.form import Form, FormField
from tracker.tui.widgets.hints import Hint, Hints

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


def form_field(name: str, text: str) -> FormField:
    """Return the form's field for a field of a show."""
    field = FIELDS[name]
    return FormField(name, field.label, text, field.read, hint=field.hint, lines=field.lines)


class Added(NamedTuple):
    """What the form for a new show ends with."""

    show: Show
    claim: Claim


class AddForm(Form[Added]):
    """Asks for a title; all the rest may be left for later."""

    def __init__(self, titles: Iterable[str], deed: Callable[[Added], str], title: str = "") -> None:
        super().__init__(deed)
        self._title = title
        self._known = {known.casefold() for known in titles}

    def compose(self) -> ComposeResult:
        """Make the fields that a new show is likely to have."""
        with Vertical(classes="form-box") as box:
            box.border_title = "New show"
            with VerticalScroll(classes="form-fields", can_focus=False):
                yield form_field("title", self._title)
                for name in ("original_title", "kind", "status", "release", "networks", "countries", "tags"):
                    yield form_field(name, "")
                yield FormField("source", "source", "", clean_line, hint="me")
                yield FormField("url", "link", "", clean_line, hint="https://…")
            yield Hints(ADD_HINTS)

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
            field.say("A show of this title is on the list already; this will be a second one.")

    def action_save(self) -> None:
        """End with the show and what is known about it."""
        if not self.checked():
            return
        values: dict[str, Any] = {f.field: f.value() for f in self.fields}
        claim = Claim(
            status=values.pop("status"),
            release=values.pop("release"),
            source=values.pop("source"),
            url=values.pop("url"),
        )
        self.finish(Added(Show(id="", **values), claim))


class EditForm(Form[dict[str, Any]]):
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
                    yield form_field(name, field.text_of(self._show))
            yield Hints(EDIT_HINTS)

    def on_mount(self) -> None:
        """Begin at the title."""
        self.field("title").query_one(Input).focus()

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        """End with what was changed."""
        for name in ("status", "release"):
            if self.field(name).first and not self.field(name).text.strip():
                hint = "; write TBA for a date that was taken back" if name == "release" else ""
                self.field(name).say(f"It is what the claims say and is not emptied{hint}.", wrong=True)
                self.field(name).query_one(Input).focus()
                return
        if self.checked():
            self.finish({field.field: field.value() for field in self.fields if field.is_changed})
