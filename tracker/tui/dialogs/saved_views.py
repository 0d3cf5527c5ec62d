"""The saved views: the menu that applies, edits and deletes them, and the form that saves one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tracker.errors import BadValue
from tracker.model.formatting import plural
from tracker.reports.saved_view import MAX_NAME, SIGN, SavedView, find_view, is_same_name, is_view_name
from tracker.text import cells, clean_line, fit, shorten
from tracker.tui.bindings import parse_key_name
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import Form, FormField, ListDialog, Note
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.completer import Complete
from tracker.tui.widgets.hints import Hint, HintBar

ALL_SHOWS: Final = SavedView("")
"""What stands for no saved view."""
_MAX_LABEL: Final = 20
"""The most cells that a name takes in the menu."""


def describe_arrangement(view: SavedView) -> list[str]:
    """Return what a saved view changes of the arrangement, in words."""
    group = {"": "", "none": "not grouped"}.get(view.group, f"by {view.group}")
    sort = {"": "", "claim": "newest claim first"}.get(view.sort, f"sorted by {view.sort}")
    native = {None: "", True: "native titles", False: "international titles"}[view.native]
    seen = {None: "", True: "all shows", False: "watched and dropped hidden"}[view.seen]
    return [word for word in (view.view, group, sort, native, seen) if word]


def describe_view(view: SavedView, dot: str) -> str:
    """Return what a saved view is: its filter and its arrangement."""
    return dot.join(word for word in (view.query, *describe_arrangement(view)) if word)


class ViewRow(NamedTuple):
    """A saved view as the menu shows it."""

    view: SavedView
    """`ALL_SHOWS` for none."""
    show_count: int | None
    """How many shows it has; None where that is not known."""
    problem: str
    """Why its filter cannot be read, as a sentence; "" if it can."""
    is_on: bool
    key: str
    """The key that applies it, as it is written; "" for none."""


def _how_to_save(*, can_save: bool) -> str:
    """Return how to get a first saved view."""
    return "Press s to save what you see." if can_save else "Filter or arrange the list, then press V and s."


OnDone = Callable[[str, str], None]
"""Is called when the views may have changed: with the name of one, and with what went wrong, as a sentence."""


class ViewActions(NamedTuple):
    """What the keys of the menu do."""

    save: Callable[[OnDone], None]
    """Saves what is seen."""
    edit: Callable[[SavedView, OnDone], None]
    replace: Callable[[SavedView, OnDone], None]
    """Lets a view be what is seen."""
    delete: Callable[[SavedView, OnDone], None]


class SavedViewsDialog(ListDialog[SavedView, ViewRow]):
    """A menu of the saved views; ends with the one to apply.

    Args:
        load: Returns the rows as they are now.
        actions: What the keys do.
        can_save: Whether there is something to save: a filter or an arrangement.
    """

    BOX_CLASSES = "-views"
    HAS_SEARCH = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save_view", "save what is shown"),
        Binding("e", "edit_view", "edit"),
        Binding("r", "replace_view", "replace"),
        Binding("d", "delete_view", "delete"),
        Binding("V,at", "cancel", "back", show=False),
    ]

    def __init__(self, load: Callable[[], Sequence[ViewRow]], actions: ViewActions, *, can_save: bool) -> None:
        super().__init__("Saved views")
        self._load = load
        self._actions = actions
        self._can_save = can_save
        self._rows = self.values = load()
        self._problem = ""
        """What went wrong with a key."""

    @property
    def hints(self) -> Iterable[Hint]:
        is_view = self.is_mounted and self.current is not None and self.current.view != ALL_SHOWS
        yield Hint("enter", "show", "screen.pick")
        if self._can_save:
            yield Hint("s", "save current", "screen.save_view")
        if is_view:
            yield Hint("e", "edit", "screen.edit_view")
            if self._can_save:
                yield Hint("r", "replace", "screen.replace_view")
            yield Hint("d", "delete", "screen.delete_view")
        yield Hint("/", "search", "screen.search")
        yield Hint("esc", "back", "screen.cancel")

    def compose_box(self) -> ComposeResult:
        yield self.make_list(id="saved-views")
        yield Note(id="view-note")

    def on_mount(self) -> None:
        self.option_list.highlighted = next((at for at, row in enumerate(self.values) if row.is_on), 0)
        self.option_list.focus()

    def describe(self, value: ViewRow) -> Content:
        glyphs = self.glyphs
        sign = glyphs.done if value.is_on else " "
        style = "bold" if value.is_on else ""
        if value.view == ALL_SHOWS:
            return Content.assemble((f"{sign} ", "$text-accent"), ("all shows", style))
        width = min(_MAX_LABEL, max(cells(row.view.label) for row in self._rows))
        count = glyphs.damage if value.problem else "" if value.show_count is None else f"{value.show_count:,}"
        return Content.assemble(
            (f"{sign} ", "$text-accent"),
            (fit(value.view.label, width, glyphs.ellipsis), style),
            (f" {count:>5}  ", "$text-error" if value.problem else "$text-accent"),
            (f"{value.key}  " if value.key else "", "bold $footer-key-foreground"),
            (describe_view(value.view, glyphs.dot), MUTED),
        )

    @on(ChoiceList.OptionHighlighted)
    def _explain(self) -> None:
        self.query_one(HintBar).show_hints(self.hints)
        # What came of a key stays until the cursor goes on.
        problem, self._problem = self._problem, ""
        problem = problem or (self.current.problem if self.current is not None else "")
        how = f"No saved views yet. {_how_to_save(can_save=self._can_save)}" if not self._rows[1:] else ""
        self.query_one(Note).show(problem or how, is_error=bool(problem))

    def pick(self, value: ViewRow) -> None:
        self.dismiss(value.view)

    def action_save_view(self) -> None:
        if self._can_save:
            self._actions.save(self._show_again)

    def action_edit_view(self) -> None:
        self._run(self._actions.edit)

    def action_replace_view(self) -> None:
        if self._can_save:
            self._run(self._actions.replace)

    def action_delete_view(self) -> None:
        self._run(self._actions.delete)

    def _run(self, action: Callable[[SavedView, OnDone], None]) -> None:
        if (row := self.current) is not None and row.view != ALL_SHOWS:
            action(row.view, self._show_again)

    def _show_again(self, name: str, problem: str) -> None:
        """Show the views as they are now, with the cursor on the one of this name, else where it is."""
        self._problem = problem
        rows = self._rows = self._load()
        here = self.option_list.highlighted or 0
        self.show_values(rows, next((at for at, row in enumerate(rows) if name and row.view.name == name), here))


class SavedViewForm(Form[SavedView]):
    """Asks for the name, the filter and the key of a view to save; a name that is taken is asked about.

    Args:
        title: What the box is called.
        view: The view as it is so far.
        others: The saved views, but the one that is edited.
        count: Returns how many shows a filter has, or raises `BadQuery`.
        check_key: Returns why a view of this name cannot have a key, "" if it can.
        complete: Completes a filter.
        on_submit: Saves the view.
    """

    HINTS = (
        Hint("enter", "save", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    def __init__(
        self,
        title: str,
        view: SavedView,
        others: Iterable[SavedView],
        count: Callable[[str], int],
        check_key: Callable[[str, str], str],
        complete: Complete,
        on_submit: Callable[[SavedView], None],
    ) -> None:
        super().__init__(title, on_submit)
        self._view = view
        self._others = tuple(others)
        self._count = count
        self._check_key = check_key
        self._complete = complete
        self._may_replace = ""
        """The name of the other view that is replaced if the form is saved once more."""

    def compose_box(self) -> ComposeResult:
        yield FormField("name", "name", self._view.name, self._read_name, hint="e.g. korea, overdue, 한국")
        yield FormField(
            "query", "filter", self._view.query, self._read_query, hint="e.g. country:KR",
            explain=lambda value: self._describe_count(value[1]), complete=self._complete,
        )  # fmt: skip
        yield FormField("key", "key", self._view.key, self._read_key, hint="e.g. f2, ctrl+k; empty for none")
        if words := describe_arrangement(self._view):
            text = f"Arrangement: {self.glyphs.dot.join(words)}"
            yield Static(text, markup=False, classes="form-keys")

    def on_mount(self) -> None:
        self.field("name").focus_input(select=True)

    def _read_name(self, text: str) -> str:
        name = unicodedata.normalize("NFC", clean_line(text)).removeprefix(SIGN)
        if not name:
            raise BadValue("Type a name.", "name")
        if not is_view_name(name):
            raise BadValue(f"Use letters, digits, - and _ for a name, up to {MAX_NAME} characters.", "name")
        return name

    def _read_query(self, text: str) -> tuple[str, int]:
        query = clean_line(text)
        return query, self._count(query)

    @staticmethod
    def _describe_count(count: int) -> str:
        return plural(count, "show")

    def _read_key(self, text: str) -> str:
        key = parse_key_name(clean_line(text))
        if key and (why := self._check_key(key, self.field("name").text)):
            raise BadValue(why, "key")
        return key

    def on_key(self, event: events.Key) -> None:
        """Let a function key say its own name."""
        key = self.field("key")
        if key.has_focus_within and event.key in _FUNCTION_KEYS:
            key.query_one(Input).value = event.key
            event.stop()

    @on(Input.Changed)
    def _ask_again(self) -> None:
        self._may_replace = ""

    @on(Input.Submitted)
    def action_save(self) -> None:
        if not self.check_fields():
            return
        name = self._read_name(self.field("name").text)
        if self._may_replace != name and (taken := find_view(self._others, name)) is not None:
            self._may_replace = name
            what = shorten(describe_view(taken, self.glyphs.dot), 60)
            self._say(f"{taken.label} exists: {what}. Press Enter again to replace it.", is_error=True)
            return
        query, _ = self._read_query(self.field("query").text)
        self.submit(self._view._replace(name=name, query=query, key=self._key_for(name)))

    def _key_for(self, name: str) -> str:
        """Return the key; the one that was there stays with the other view where this is saved beside it."""
        key, other = self.field("key"), find_view(self._others, self._view.name)
        if not key.is_changed and other is not None and not is_same_name(other.name, name):
            return ""
        return parse_key_name(clean_line(key.text))


_FUNCTION_KEYS: Final = frozenset(f"f{number}" for number in range(2, 25))
"""The keys that are no text; f1 is help everywhere."""
