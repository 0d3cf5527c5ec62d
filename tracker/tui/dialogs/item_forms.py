"""The forms for one credit, one link, and the card of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from tracker.errors import BadValue
from tracker.model.fields import FIELDS
from tracker.model.links import parse_link
from tracker.model.show import Credit, Person, Show
from tracker.reports.completion import ListNames
from tracker.text import clean, clean_line
from tracker.tui.dialogs.form import Form, FormField
from tracker.tui.widgets.hints import Hint


class _ItemForm(Form[Any]):
    """A form of one item, where Enter saves and the first field is selected."""

    HINTS = (
        Hint("enter", "save", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    def on_mount(self) -> None:
        self.fields[0].focus_input(select=True)

    @on(Input.Submitted)
    def _save(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        if self.check_fields():
            # What is not touched stays as it is, also what could not be typed so.
            self.submit(self.make({field.field_name: field.parse() for field in self.fields if field.is_changed}))

    def make(self, values: dict[str, Any]) -> Any:
        """Return the item with these values."""
        raise NotImplementedError


def _required(what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not (line := clean_line(text)):
            raise BadValue(f"Type {what}.")
        return line

    return read


class CreditForm(_ItemForm):
    """Ends with a credit; without one it is new."""

    def __init__(
        self, title: str, credit: Credit | None, shows: Sequence[Show], on_submit: Callable[[Credit], None]
    ) -> None:
        super().__init__(f"{title}: {credit.actor if credit is not None else 'new cast member'}", on_submit)
        self._names = ListNames(shows)
        self._credit = credit or Credit("")

    def compose_box(self) -> ComposeResult:
        yield FormField(
            "actor", "actor", self._credit.actor, _required("a name"), hint="e.g. Han Seorin",
            complete=partial(self._names.complete, "people"),
        )  # fmt: skip
        yield FormField("role", "role", self._credit.role, clean_line, hint="e.g. Mio")
        yield FormField("about", "about", self._credit.about, clean_line, hint="who the character is, in a few words")

    def make(self, values: dict[str, Any]) -> Credit:
        return self._credit._replace(**values)


class LinkForm(_ItemForm):
    """Ends with the name and the address of a link; without them it is new."""

    def __init__(self, title: str, link: tuple[str, str] | None, on_submit: Callable[[tuple[str, str]], None]) -> None:
        super().__init__(f"{title}: {link[0] if link is not None else 'new link'}", on_submit)
        self._link = link or ("", "")

    def compose_box(self) -> ComposeResult:
        yield FormField("name", "name", self._link[0], _required("a name"), hint="e.g. trailer")
        yield FormField("url", "link", self._link[1], self._read_url, hint="https://example.org/trailer")

    @staticmethod
    def _read_url(text: str) -> str:
        return parse_link(_required("a web address")(text))

    def make(self, values: dict[str, Any]) -> tuple[str, str]:
        return values.get("name", self._link[0]), values.get("url", self._link[1])


def _read_flag(text: str) -> bool:
    word = clean_line(text).casefold()
    if word not in ("", "yes", "no", "y", "n", "true", "false"):
        raise BadValue(f"Type yes or no, not “{clean_line(text)}”.")
    return word in ("yes", "y", "true")


class PersonForm(_ItemForm):
    """Ends with a person's card; `name` is that of a new one."""

    HINTS = (
        Hint("^s", "save", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    def __init__(self, name: str, person: Person | None, on_submit: Callable[[Person], None]) -> None:
        super().__init__(person.name if person is not None else f"New card: {name}", on_submit)
        self._person = person or Person(name)

    def compose_box(self) -> ComposeResult:
        person, names = self._person, FIELDS["aliases"]
        with VerticalScroll(classes="form-fields", can_focus=False):
            yield FormField("name", "name", person.name, _required("a name"))
            yield FormField("aliases", "aliases", names.write(person.aliases), names.read, hint="e.g. 한서린, Seo-rin")
            yield FormField(
                "about", "about", person.about, lambda text: clean(text).strip(), hint="e.g. an actor and a swimmer",
                is_multiline=True,
            )  # fmt: skip
            yield FormField("agency", "agency", person.agency, clean_line, hint="e.g. Reef Office")
            yield FormField(
                "known_for", "known for", names.write(person.known_for), names.read, hint="e.g. Paper Kite, Salt Road"
            )
            yield FormField("follow", "follow", "yes" if person.follow else "no", _read_flag, hint="yes, no")

    def make(self, values: dict[str, Any]) -> Person:
        return self._person._replace(**values)
