"""The form that records a claim: a status, a window, who says so, where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from tracker.model.formatting import claim_name, describe_effect
from tracker.model.history import Claim
from tracker.model.links import parse_link
from tracker.model.release import Track, parse_medium, parse_region
from tracker.model.show import Show
from tracker.model.status import Status, step_status
from tracker.model.window import Window
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.reports.completion import ListNames
from tracker.text import clean, clean_line
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import FORM_SHEET, Form, FormField, explain_said_day
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.hints import Hint, HintBar

_STATUSES: tuple[Status | None, ...] = (None, *Status)


class StatusList(ChoiceList):
    """The statuses: Enter records the one under the cursor, a click goes on to the fields."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.save", "save", show=False)]


class RecordForm(Form[Claim]):
    """Ends with a claim: one to record for a show or for several, or one of a show's claims as it should be.

    Args:
        shows: The shows.
        today: The day of a new claim.
        on_submit: Takes the claim.
        pick_status: Whether the status is picked first; else the focus is on the fields.
        claim: The claim that is edited, of the one show; None for a new one.
    """

    CSS_PATH = [FORM_SHEET, "record.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    HINTS = (
        Hint("a-z", "status", "screen.focus_statuses"),
        Hint("enter", "save", "screen.save"),
        Hint("tab", "date, source, note", "app.focus_next"),
        Hint("esc", "cancel", "screen.cancel"),
    )

    FIELD_HINTS = (
        Hint("enter", "save", "screen.save"),
        Hint("tab", "next field", "app.focus_next"),
        Hint("⇧tab", "status", "app.focus_previous"),
        Hint("esc", "cancel", "screen.cancel"),
    )
    """The keys in the fields, where a letter goes to no status."""

    def __init__(
        self,
        shows: Sequence[Show],
        today: date,
        on_submit: Callable[[Claim], None],
        *,
        pick_status: bool = False,
        claim: Claim | None = None,
    ) -> None:
        title = shows[0].full_title if len(shows) == 1 else f"{len(shows)} shows"
        super().__init__(f"{title}: {claim_name(claim)}" if claim is not None else title, on_submit)
        self._claim = claim
        self._shows = shows
        self._today = today
        self._pick_status = pick_status

    @property
    def hints(self) -> Iterable[Hint]:
        in_fields = self.focused is not None and not isinstance(self.focused, StatusList)
        return self.FIELD_HINTS if in_fields else self.HINTS

    def on_descendant_focus(self) -> None:
        self.query_one(HintBar).show_hints(self.hints)

    def compose_box(self) -> ComposeResult:
        claim = self._claim or Claim(on=self._today)
        no_status = Content.styled("  no change" if self._claim is None else "  no status", MUTED)
        statuses = [describe_status(status, self.glyphs) if status else no_status for status in _STATUSES]
        release_hint = "2026-05-14, May 2026, next year"
        complete = partial(ListNames(self._shows).complete, "source")
        with VerticalScroll(id="record", can_focus=False):
            yield StatusList(*map(Option, statuses), id="statuses", markup=False, compact=True)
            with Vertical(id="record-fields"):
                yield Static(self._describe_now(), id="record-before", markup=False)
                yield FormField(
                    "on", "said on", claim.date_text, self._parse_day, hint="undated", explain=explain_said_day
                )
                release = claim.release.text if claim.release else ""
                yield FormField("release", "release", release, self._parse_release, hint=release_hint)
                yield FormField(
                    "source", "source", claim.source, clean_line, hint="" if self._claim else "me", complete=complete
                )
                yield FormField("url", "link", claim.url, parse_link, hint="https://…")
                yield FormField(
                    "note", "note", claim.note, clean, hint="what was said, in your words",
                    is_multiline="\n" in claim.note,
                )  # fmt: skip
                yield FormField("region", "region", claim.region, parse_region, hint="e.g. Japan, if only there")
                if claim.medium or any(show.kind == "film" for show in self._shows):
                    yield FormField("medium", "medium", claim.medium, parse_medium, hint="e.g. cinema or digital")

    def _parse_day(self, text: str) -> tuple[date | None, str]:
        # What had a day needs one.
        has_day = self._claim is None or self._claim.on is not None
        return parse_said_date(clean_line(text), self._today) if has_day or text.strip() else (None, "")

    def _parse_release(self, text: str) -> Window | None:
        if not text.strip():
            return None
        day, day_text = self.field("on").value_or((None, ""))
        return parse_window(clean_line(text), day, day_text)

    def on_mount(self) -> None:
        statuses = self.query_one("#statuses", ChoiceList)
        if self._claim is not None:
            statuses.highlighted = _STATUSES.index(self._claim.status)
            self.field("on").focus_input(select=True)
        elif self._pick_status:
            show = self._shows[0]
            statuses.highlighted = _STATUSES.index(step_status(show.status, 1, show.kind) or show.status)
            statuses.focus()
            self.call_after_refresh(statuses.scroll_to_highlight)
        else:
            statuses.highlighted = 0
            self.field("release").focus_input()

    def _describe_now(self) -> Content:
        if len(self._shows) > 1:
            return Content(f"Adds this claim to {len(self._shows)} shows.")
        show = self._shows[0]
        release = show.release.label if show.release else "no date"
        return Content.assemble(("now ", MUTED), describe_status(show.status, self.glyphs), f"  {release}")

    def action_focus_statuses(self) -> None:
        self.query_one(StatusList).focus()

    @on(ChoiceList.OptionSelected, "#statuses")
    def _go_to_fields(self) -> None:
        self.field("on").focus_input()

    @on(Input.Submitted)
    def _record(self) -> None:
        self.action_save()

    @on(Input.Changed, "#field-on Input, #field-release Input")
    def _describe_effect(self) -> None:
        field = self.field("release")
        if not field.is_changed or not field.text.strip() or not field.check():
            return
        window = field.parse()
        if isinstance(window, Window) and len(self._shows) == 1 and self._claim is None:
            last_day = max((claim.on for claim in self._shows[0].history if claim.on), default=self._today)
            source = self.field("source").text or "me"
            said = {field.field_name: field for field in self.fields}
            region, medium = (said[name].value_or("") if name in said else "" for name in Track._fields)
            day = max(last_day, self._today)
            claim = Claim(on=day, release=window, source=source, region=region, medium=medium)
            last_step = self._shows[0].with_claims(claim).history_state.step_of(claim)
            if effect := describe_effect(last_step):
                field.show_note(f"{self.glyphs.arrow} {window.meant_days}{self.glyphs.dot}{effect}")

    def action_save(self) -> None:
        if not self.check_fields():
            return
        index = self.query_one("#statuses", ChoiceList).highlighted
        claim = self._claim or Claim()
        values: dict[str, Any] = {
            # What is not touched stays as it is, also what could not be typed so.
            field.field_name: field.parse()
            for field in self.fields
            if field.is_changed or self._claim is None
        }
        if "on" in values:
            values["on"], values["on_text"] = values["on"]
        if "note" in values:
            values["note"] = values["note"].strip()
        claim = claim._replace(**values, status=_STATUSES[index] if index is not None else None, is_hand_edit=False)
        if claim.status is None and claim.release is None and not claim.note:
            refusal = "A claim needs a status, a release date or a note."
            self.field("note").refuse(refusal)
            return
        self.submit(claim)
