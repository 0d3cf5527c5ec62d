"""The forms that add a show and edit one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static, TextArea

from tracker.errors import BadValue
from tracker.model.countries import NAMES
from tracker.model.duplicates import KnownName, find_duplicate, known_names
from tracker.model.fields import FIELDS
from tracker.model.history import Claim
from tracker.model.links import parse_link
from tracker.model.season import find_season
from tracker.model.show import Credit, Show
from tracker.model.show_reference import find_reference, is_reference
from tracker.model.source_record import read_key, source_ids
from tracker.reports.completion import ListNames
from tracker.text import clean_line, shorten
from tracker.tui.dialogs.form import Form, FormField, explain_window
from tracker.tui.widgets.hints import Hint, HintBar

_MAX_LINES: Final = 2_000
"""How many lines a text may have in a form; those of a longer one take seconds to be laid out."""


_COMPLETED: Final = frozenset({"networks", "countries", "genres", "directors", "writers", "locations", "tags", "cast"})
"""Fields with names that are completed."""


def make_field(name: str, text: str, names: ListNames, today: date) -> FormField:
    """Return the form's field for a field of a show; what is typed is completed with names of the list."""
    field = FIELDS[name]
    explain: Callable[[Any], str] = explain_window
    if name == "countries":
        explain = _explain_countries
    elif name == "cast":
        explain = _explain_cast(text)
    return FormField(
        name, field.label, text, partial(field.read_on, today=today), hint=field.hint, is_multiline=field.is_multiline,
        explain=explain,
        complete=partial(names.complete, name) if name in _COMPLETED else None,
    )  # fmt: skip


def _explain_countries(names: tuple[str, ...]) -> str:
    known, others = [NAMES[name] for name in names if name in NAMES], [name for name in names if name not in NAMES]
    said = [f"→ {', '.join(known)}"] if known else []
    said += [f"Unknown country: “{name}”. It is kept as typed." for name in others]
    return "; ".join(said)


def _explain_cast(before: str) -> Callable[[tuple[Credit, ...]], str]:
    """Return what says who plays whom in the lines that are new or changed."""

    def explain(cast: tuple[Credit, ...]) -> str:
        known = FIELDS["cast"].read(before)
        roles = [f"{credit.actor} plays {credit.role}" for credit in cast if credit.role and credit not in known]
        return shorten(f"→ {', '.join(roles)}", 150) if roles else ""

    return explain


class NewShow(NamedTuple):
    """What the form for a new show ends with."""

    show: Show
    claim: Claim


class AddShowForm(Form[NewShow]):
    """Asks for a title; all the rest may be left for later.

    Several lines that are pasted into the empty form are titles of several shows: it ends, and `on_lines` has the text.
    """

    HINTS = (
        Hint("enter", "add (a title is enough)", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("→", "complete", "screen.complete"),
        Hint("esc", "cancel", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+g", "go_to", "go to the show", show=False)]

    def __init__(
        self,
        shows: Sequence[Show],
        today: date,
        on_submit: Callable[[NewShow], None],
        on_go_to: Callable[[str], None],
        on_lines: Callable[[str], None],
        title: str = "",
    ) -> None:
        super().__init__("New show", on_submit)
        self._shows = shows
        self._today = today
        self._on_go_to = on_go_to
        self._on_lines = on_lines
        self._title = title
        self._guessed_season = ""
        self._duplicate: Show | None = None
        """The show on the list that the new one seems to be."""

    @cached_property
    def _known_names(self) -> dict[str, KnownName]:
        # Ten thousand shows take a moment, which is too long for each key.
        ids = {
            f"{site}:{key}": KnownName(show, "id")
            for show in self._shows
            for site, value in show.ids.items()
            if (key := read_key(site, value, show.kind))
        }
        return known_names(self._shows) | ids

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(classes="form-fields", can_focus=False):
            names = ListNames(self._shows)
            yield make_field("title", self._title, names, self._today)
            for name in ("original_title", "kind", "season", "status", "release", "networks", "countries", "tags"):
                yield make_field(name, "", names, self._today)
            yield FormField("source", "source", "", clean_line, hint="me", complete=partial(names.complete, "source"))
            yield FormField("url", "link", "", parse_link, hint="https://…")

    def on_mount(self) -> None:
        self.field("title").focus_input()

    @on(Input.Submitted)
    def _add(self) -> None:
        self.action_save()

    @on(Input.Changed, "#field-title Input, #field-kind Input")
    def _guess_season(self) -> None:
        """Write the season that the title names into its field, as long as nobody else writes there."""
        field = self.field("season")
        if field.text != self._guessed_season:
            return
        is_series = self.field("kind").value_or("series") == "series"
        season = find_season((self.field("title").text,)) if is_series else None
        self._guessed_season = str(season or "")
        field.query_one(Input).value = self._guessed_season

    @on(Input.Changed, "#field-title Input, #field-original_title Input, #field-url Input")
    def _look_for_duplicate(self) -> None:
        known = None
        for name in ("title", "original_title", "url"):
            field = self.field(name)
            found = self._find_on_list(field.text)
            if found is not None and known is None:
                field.show_note(f"{found.sentence} Press Enter to add it anyway.")
                known = found
            elif name == "title" and is_reference(field.text):
                field.show_note("Not a title. To look it up, press Esc, then a.")
            elif field.text.strip():
                field.check()
        duplicate = known.show if known else None
        if duplicate is not self._duplicate:
            self._duplicate = duplicate
            self.query_one(HintBar).show_hints(self.hints)

    @property
    def hints(self) -> Sequence[Hint]:
        go_to = Hint("^g", f"go to {shorten(self._duplicate.title, 20)}", "screen.go_to") if self._duplicate else None
        return (*self.HINTS[:-1], *((go_to,) if go_to else ()), self.HINTS[-1])

    def _find_on_list(self, text: str) -> KnownName | None:
        if known := find_duplicate(self._known_names, text):
            return known
        try:
            reference = find_reference(text)
        except BadValue:
            return None
        return self._known_names.get(str(reference._replace(season=None))) if reference is not None else None

    def take_paste(self, text: str) -> bool:
        """End with a paste of several lines, if nothing was typed yet."""
        is_empty = not any(field.text for field in self.fields)
        if is_empty and "\n" in text.strip() and self.field("title").query_one(Input).has_focus:
            self.dismiss(None)
            self._on_lines(text)
            return True
        return False

    def action_go_to(self) -> None:
        if self._duplicate is not None:
            self.dismiss(None)
            self._on_go_to(self._duplicate.id)

    def action_save(self) -> None:
        if not self.check_fields():
            return
        values: dict[str, Any] = {field.field_name: field.parse() for field in self.fields}
        claim = Claim(**{name: values.pop(name) for name in ("status", "release", "source", "url")})
        self.submit(NewShow(Show(id="", **values), claim))


class EditShowForm(Form[dict[str, Any]]):
    """Ends with the fields that were changed, by name."""

    BOX_CLASSES = "-tall"
    HINTS = (
        Hint("^s", "save", "screen.save"),
        Hint("enter", "next field", "app.focus_next"),
        Hint("→", "complete", "screen.complete"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    def __init__(
        self,
        show: Show,
        shows: Sequence[Show],
        today: date,
        on_submit: Callable[[dict[str, Any]], None],
        first: str = "title",
    ) -> None:
        super().__init__(show.full_title, on_submit)
        self._shows = shows
        self._names = ListNames(shows)
        self._today = today
        self._show = show
        self._first = first

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(classes="form-fields", can_focus=False):
            for name, field in FIELDS.items():
                text = field.text_of(self._show)
                if text.count("\n") <= _MAX_LINES:
                    yield make_field(name, text, self._names, self._today)
                else:
                    note = f"{field.label}: too long to edit here. Press E in the list to edit the file."
                    yield Static(note, classes="form-note -said", markup=False)

    def on_mount(self) -> None:
        # One that is too long to be edited here has no field.
        names = [field.field_name for field in self.fields]
        self.field(self._first if self._first in names else "title").focus_input()

    @on(TextArea.Changed, "#field-ids TextArea")
    def _look_for_shared_id(self) -> None:
        field = self.field("ids")
        if not field.is_changed or not field.check():
            return
        ids: Any = field.parse()
        mine = set(source_ids(self._show._replace(ids=ids)))
        others = (show for show in self._shows if show.id != self._show.id)
        if other := next((show for show in others if mine.intersection(source_ids(show))), None):
            field.show_note(f"{other.title} ({other.id}) already has this id.")

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        for name in ("status", "release"):
            field = self.field(name)
            if field.initial_text and not field.text.strip():
                way = "Type TBA if the date was withdrawn." if name == "release" else "Press Esc, then s to change it."
                field.refuse(f"This comes from the history and can't be cleared here. {way}")
                return
        if self.check_fields():
            self.submit({field.field_name: field.parse() for field in self.fields if field.is_changed})
