"""The form that records a claim: a status, a window, who says so, where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.formatting import describe_effect
from tracker.model.history import Claim, fold_history
from tracker.model.show import Show
from tracker.model.status import Status, step_status
from tracker.model.window import Window
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.text import clean, clean_line
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import FORM_SHEET, Form, FormField
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar


def _parse_day(text: str) -> tuple[date, str]:
    return parse_said_date(clean_line(text))


def _parse_release(text: str) -> Window | None:
    return parse_window(clean_line(text)) if text.strip() else None


HINTS = (
    Hint("enter", "pick", "screen.pick"),
    Hint("enter", "record", "screen.save"),
    Hint("tab", "next field", "app.focus_next"),
    Hint("esc", "leave", "screen.cancel"),
)


class RecordForm(Form[Claim]):
    """Ends with the claim to record for one show or for several."""

    CSS_PATH = [FORM_SHEET, "record.tcss"]  # noqa: RUF012 - Textual types it as an instance's

    def __init__(
        self, shows: Sequence[Show], today: date, glyphs: Glyphs, deed: Callable[[Claim], str], *, pick_status: bool
    ) -> None:
        super().__init__(deed)
        self._shows = shows
        self._today = today
        self._glyphs = glyphs
        self._pick_status = pick_status
        self._statuses: list[Status | None] = [None, *Status]

    def compose(self) -> ComposeResult:
        """Make the list of statuses and the fields beside it."""
        with Vertical(classes="form-box") as box:
            title = self._shows[0].title if len(self._shows) == 1 else f"{len(self._shows)} shows"
            box.border_title = Content(title)
            with Horizontal(id="record"):
                options = [
                    Option(describe_status(s, self._glyphs) if s else Content.styled("  as it is", MUTED))
                    for s in self._statuses
                ]
                yield OptionList(*options, id="statuses", markup=False, compact=True)
                with Vertical(id="record-fields"):
                    yield Static(self._describe_now(), id="record-before", markup=False)
                    yield FormField("on", "said on", self._today.isoformat(), _parse_day)
                    yield FormField(
                        "release", "release", "", _parse_release, hint="2026-05-14, 2026-Q3, summer 2026, TBA"
                    )
                    yield FormField("source", "source", "", clean_line, hint="me")
                    yield FormField("url", "link", "", clean_line, hint="https://…")
                    yield FormField("note", "note", "", clean)
            yield HintBar(HINTS)

    def on_mount(self) -> None:
        """Stand on the next status, or in the window of a claim."""
        statuses = self.query_one("#statuses", OptionList)
        if self._pick_status:
            show = self._shows[0]
            after = step_status(show.status, 1, show.kind) or show.status
            statuses.highlighted = self._statuses.index(after)
            statuses.focus()
        else:
            statuses.highlighted = 0
            self.field("release").query_one(Input).focus()

    def _describe_now(self) -> Content:
        if len(self._shows) > 1:
            return Content(f"One claim each for {len(self._shows)} shows.")
        show = self._shows[0]
        now = show.release.label if show.release else "no date"
        return Content.assemble(("now ", MUTED), describe_status(show.status, self._glyphs), f"  {now}")

    @on(OptionList.OptionSelected, "#statuses")
    def action_pick(self) -> None:
        """Go from the statuses to the fields."""
        self.field("on").query_one(Input).focus()

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
            standing = fold_history(
                (*self._shows[0].history, Claim(on=date.max, release=window, source=self._source()))
            )
            if words := describe_effect(standing.steps[-1]):
                field.show_note(f"{self._glyphs.arrow} {window.span}{self._glyphs.dot}{words}")

    def _source(self) -> str:
        return self.field("source").text or "me"

    def action_save(self) -> None:
        """End with the claim."""
        if not self.check_fields():
            return
        at = self.query_one("#statuses", OptionList).highlighted
        status = self._statuses[at] if at is not None else None
        release = self.field("release").parse()
        on, on_text = _parse_day(self.field("on").text)
        claim = Claim(
            on=on,
            on_text=on_text,
            status=status,
            release=release if isinstance(release, Window) else None,
            source=clean_line(self.field("source").text),
            url=clean_line(self.field("url").text),
            note=clean(self.field("note").text).strip(),
        )
        if claim.status is None and claim.release is None and not claim.note:
            self.field("note").show_note(
                "A claim says something: pick a status, or give a release or a note.", wrong=True
            )
            return
        self.submit(claim)
