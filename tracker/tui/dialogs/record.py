"""The form that records a claim: a status, a window, who says so, where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from tracker.model.formatting import describe_effect
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status, step_status
from tracker.model.window import Window
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.text import clean, clean_line
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import FORM_SHEET, Form, FormField
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.hints import Hint

_STATUSES: tuple[Status | None, ...] = (None, *Status)


def _parse_day(text: str) -> tuple[date, str]:
    return parse_said_date(clean_line(text))


def _parse_release(text: str) -> Window | None:
    return parse_window(clean_line(text)) if text.strip() else None


class StatusList(ChoiceList):
    """The statuses: Enter records the one under the cursor, a click goes on to the fields."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.save", "record", show=False)]


class RecordForm(Form[Claim]):
    """Ends with the claim to record for one show or for several."""

    CSS_PATH = [FORM_SHEET, "record.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    HINTS = (
        Hint("enter", "record", "screen.save"),
        Hint("tab", "day, release, source", "app.focus_next"),
        Hint("esc", "leave", "screen.cancel"),
    )

    def __init__(
        self, shows: Sequence[Show], today: date, on_submit: Callable[[Claim], None], *, pick_status: bool
    ) -> None:
        super().__init__(shows[0].title if len(shows) == 1 else f"{len(shows)} shows", on_submit)
        self._shows = shows
        self._today = today
        self._pick_status = pick_status

    def compose_box(self) -> ComposeResult:
        as_it_is = Content.styled("  as it is", MUTED)
        statuses = [describe_status(status, self.glyphs) if status else as_it_is for status in _STATUSES]
        release_hint = "2026-05-14, 2026-Q3, summer 2026, TBA"
        with Horizontal(id="record"):
            yield StatusList(*map(Option, statuses), id="statuses", markup=False, compact=True)
            with Vertical(id="record-fields"):
                yield Static(self._describe_now(), id="record-before", markup=False)
                yield FormField("on", "said on", self._today.isoformat(), _parse_day)
                yield FormField("release", "release", "", _parse_release, hint=release_hint)
                yield FormField("source", "source", "", clean_line, hint="me")
                yield FormField("url", "link", "", clean_line, hint="https://…")
                yield FormField("note", "note", "", clean)

    def on_mount(self) -> None:
        statuses = self.query_one("#statuses", ChoiceList)
        if self._pick_status:
            show = self._shows[0]
            statuses.highlighted = _STATUSES.index(step_status(show.status, 1, show.kind) or show.status)
            statuses.focus()
        else:
            statuses.highlighted = 0
            self.field("release").focus_input()

    def _describe_now(self) -> Content:
        if len(self._shows) > 1:
            return Content(f"One claim each for {len(self._shows)} shows.")
        show = self._shows[0]
        release = show.release.label if show.release else "no date"
        return Content.assemble(("now ", MUTED), describe_status(show.status, self.glyphs), f"  {release}")

    @on(ChoiceList.OptionSelected, "#statuses")
    def _go_to_fields(self) -> None:
        self.field("on").focus_input()

    @on(Input.Submitted)
    def _record(self) -> None:
        self.action_save()

    @on(Input.Changed, "#field-release Input")
    def _describe_effect(self) -> None:
        field = self.field("release")
        if not field.text.strip() or not field.check():
            return
        window = field.parse()
        if isinstance(window, Window) and len(self._shows) == 1:
            claim = Claim(on=date.max, release=window, source=self.field("source").text or "me")
            last_step = self._shows[0].with_claims(claim).history_state.steps[-1]
            if effect := describe_effect(last_step):
                field.show_note(f"{self.glyphs.arrow} {window.span}{self.glyphs.dot}{effect}")

    def action_save(self) -> None:
        if not self.check_fields():
            return
        index = self.query_one("#statuses", ChoiceList).highlighted
        release = self.field("release").parse()
        on, on_text = _parse_day(self.field("on").text)
        claim = Claim(
            on=on,
            on_text=on_text,
            status=_STATUSES[index] if index is not None else None,
            release=release if isinstance(release, Window) else None,
            source=clean_line(self.field("source").text),
            url=clean_line(self.field("url").text),
            note=clean(self.field("note").text).strip(),
        )
        if claim.status is None and claim.release is None and not claim.note:
            refusal = "A claim says something: pick a status, or give a release or a note."
            self.field("note").refuse(refusal)
            return
        self.submit(claim)
