"""What is the owner's own about shows: whether they watch them, and how they rate them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from tracker.model.formatting import titles_or_count
from tracker.model.show import Show
from tracker.model.watch_state import WATCH_KEYS, parse_rating, watch_sign
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import Form, FormField, ListDialog
from tracker.tui.theme import WATCH_COLOURS
from tracker.tui.widgets.hints import Hint


class WatchMenu(ListDialog[str, str]):
    """Ends with the watch state for one show or for several, "" for none."""

    BOX_CLASSES = "-small"
    HINTS = (Hint("letter or enter", "set", "screen.pick"), Hint("esc", "cancel", "screen.cancel"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("minus" if key == "-" else key, f"set({state!r})", state or "none", show=False)
        for state, key in WATCH_KEYS.items()
    ]
    values = tuple(WATCH_KEYS)

    def __init__(self, shows: Sequence[Show]) -> None:
        super().__init__(titles_or_count(shows))
        self._state = shows[0].watch

    def compose_box(self) -> ComposeResult:
        yield self.make_list(classes="form-choice")

    def describe(self, value: str) -> Content:
        key = Content.styled(f"{WATCH_KEYS[value]}  ", "bold")
        if not value:
            return Content.assemble(key, ("  none", MUTED))
        sign = watch_sign(value, is_ascii=self.glyphs.ascii)
        return Content.assemble(key, (f"{sign} {value}", f"${WATCH_COLOURS[value]}"))

    def on_mount(self) -> None:
        self.option_list.highlighted = self.values.index(self._state)
        self.option_list.focus()

    def pick(self, value: str) -> None:
        self.dismiss(value)

    def action_set(self, state: str) -> None:
        self.pick(state)


class RatingPrompt(Form[float | None]):
    """Asks for the rating of one show or of several; an empty one takes it away."""

    BOX_CLASSES = "-small"
    HINTS = (Hint("enter", "rate", "screen.save"), Hint("esc", "cancel", "screen.cancel"))

    def __init__(self, shows: Sequence[Show], on_submit: Callable[[float | None], None]) -> None:
        super().__init__(titles_or_count(shows), on_submit)
        ratings = {show.rating for show in shows}
        self._rating = ratings.pop() if len(ratings) == 1 else None

    def compose_box(self) -> ComposeResult:
        value = "" if self._rating is None else f"{self._rating:g}"
        yield FormField("rating", "rating", value, parse_rating, hint="e.g. 8 or 7.5; empty for none")

    def on_mount(self) -> None:
        field = self.field("rating")
        field.focus_input()
        field.query_one(Input).select_all()

    def action_cancel(self) -> None:
        # A number is typed again as quickly as a question about it is answered.
        self.dismiss(None)

    @on(Input.Submitted)
    def action_save(self) -> None:
        if self.check_fields():
            rating = self.field("rating").parse()
            self.submit(rating if isinstance(rating, int | float) else None)
