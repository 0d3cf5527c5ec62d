"""Small boxes: a question, a line of text, a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from tracker.errors import SeasonUnclear
from tracker.model.show import Person, Show
from tracker.tui.bindings import CARD_KEYS
from tracker.tui.content import MUTED, describe_person
from tracker.tui.dialogs.form import SCROLL_BINDINGS, SCROLL_HINT, Dialog, Form, ListDialog
from tracker.tui.widgets.completer import Complete, Completer
from tracker.tui.widgets.hints import Hint, HintBar


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


class SeasonDialog(ListDialog[int, int]):
    """Asks whether an entry is one season; ends with the season, 0 for the whole show, None for neither."""

    BOX_CLASSES = "-small -choice"
    KEEPS_MESSAGES = True
    HINTS = (Hint("↑↓ enter", "choose", "screen.pick"), Hint("esc", "cancel", "screen.cancel"))

    def __init__(self, unclear: SeasonUnclear) -> None:
        super().__init__("Season")
        self._unclear = unclear
        self.values = (unclear.season, 0)

    def compose_box(self) -> ComposeResult:
        yield Static(self.glyphs.translate(self._unclear.question), markup=False, classes="form-keys")
        yield self.make_list(classes="form-choice")

    def describe(self, value: int) -> Content:
        return Content(f"Season {value}: its dates are that season's" if value else "The whole show")

    def on_mount(self) -> None:
        self.option_list.highlighted = 0
        self.option_list.focus()

    def pick(self, value: int) -> None:
        self.dismiss(value)


class Prompt(Form[str]):
    """Asks for one line of text."""

    BOX_CLASSES = "-small"
    HINTS = (Hint("enter", "save", "screen.save"), Hint("esc", "cancel", "screen.cancel"))

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


class PersonActions(NamedTuple):
    """What the keys of a person's card do; each calls back when the card may have changed."""

    edit: Callable[[str, Person | None, Callable[[], None]], None]
    follow: Callable[[str, Person | None, Callable[[], None]], None]
    remove: Callable[[Person, Callable[[], None]], None]


class PersonCard(ListDialog[str, Show]):
    """Shows who somebody is, with the keys that edit it; ends with the id of a show of theirs that was picked."""

    BOX_CLASSES = "-small -card"
    BINDINGS: ClassVar[list[BindingType]] = [*(key.binding for key in CARD_KEYS), *SCROLL_BINDINGS]

    def __init__(
        self, name: str, load: Callable[[str], tuple[Person | None, Sequence[Show]]], actions: PersonActions
    ) -> None:
        super().__init__()
        self._person_name = name
        self._load = load
        self._actions = actions
        self._person, self.values = load(name)

    @property
    def hints(self) -> Iterable[Hint]:
        has_card = self._person is not None
        yield Hint("e", "edit" if has_card else "make a card", "screen.edit_card")
        yield Hint("f", "unfollow" if self._person is not None and self._person.follow else "follow", "screen.follow")
        if has_card:
            yield Hint("d", "remove", "screen.remove_card")
        if self.is_low:
            yield SCROLL_HINT
        yield Hint("enter", "go to the show", "screen.pick")
        yield Hint("esc", "back", "screen.cancel")

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(classes="card-text text", can_focus=False):
            yield Static(describe_person(self._person, self._person_name, self.glyphs), markup=False, id="card")
        yield Static("on your list", classes="form-keys")
        yield self.make_list()

    def describe(self, value: Show) -> Content:
        names = {self._person_name, *((self._person.name, *self._person.aliases) if self._person else ())}
        role = next((credit.role for credit in value.cast if credit.actor in names and credit.role), "")
        return Content.assemble(value.title, (f"  {role}", MUTED))

    def pick(self, value: Show) -> None:
        self.dismiss(value.id)

    def action_edit_card(self) -> None:
        self._actions.edit(self._person_name, self._person, self._show_card)

    def action_follow(self) -> None:
        self._actions.follow(self._person_name, self._person, self._show_card)

    def action_remove_card(self) -> None:
        if self._person is not None:
            # On the screen below, u brings it back.
            self._actions.remove(self._person, self.action_cancel)

    def _show_card(self) -> None:
        self._person, shows = self._load(self._person_name)
        self.query_one("#card", Static).update(describe_person(self._person, self._person_name, self.glyphs))
        self.query_one(HintBar).show_hints(self.hints)
        self.show_values(shows, self.option_list.highlighted)
