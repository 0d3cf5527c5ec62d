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

from tracker.model.history import Claim, fold
from tracker.model.labels import effect_words
from tracker.model.show import Show
from tracker.model.status import Status, step
from tracker.model.window import Window
from tracker.model.window_parse import parse_window, read_said
from tracker.text import clean, clean_line
from tracker.tui.format import MUTED, status_word
from tracker.tui.screens.form import FORM_SHEET, Form, FormField
from tracker.tui.theme import Signs
from tracker.tui.widgets.hints import Hint, Hints


def _said(text: str) -> tuple[date, str]:
    return read_said(clean_line(text))


def _window(text: str) -> Window | None:
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
        self, shows: Sequence[Show], today: date, signs: Signs, deed: Callable[[Claim], str], *, pick_status: bool
    ) -> None:
        super().__init__(deed)
        self._shows = shows
        self._today = today
        self._signs = signs
        self._pick_status = pick_status
        self._statuses: list[Status | None] = [None, *Status]

    def compose(self) -> ComposeResult:
        """Make the list of statuses and the fields beside it."""
        with Vertical(classes="form-box") as box:
            title = self._shows[0].title if len(self._shows) == 1 else f"{len(self._shows)} shows"
            box.border_title = Content(title)
            with Horizontal(id="record"):
                options = [
                    Option(status_word(s, self._signs) if s else Content.styled("  as it is", MUTED))
                    for s in self._statuses
                ]
                yield OptionList(*options, id="statuses", markup=False, compact=True)
                with Vertical(id="record-fields"):
                    yield Static(self._before(), id="record-before", markup=False)
                    yield FormField("on", "said on", self._today.isoformat(), _said)
                    yield FormField("release", "release", "", _window, hint="2026-05-14, 2026-Q3, summer 2026, TBA")
                    yield FormField("source", "source", "", clean_line, hint="me")
                    yield FormField("url", "link", "", clean_line, hint="https://…")
                    yield FormField("note", "note", "", clean)
            yield Hints(HINTS)

    def on_mount(self) -> None:
        """Stand on the next status, or in the window of a claim."""
        statuses = self.query_one("#statuses", OptionList)
        if self._pick_status:
            show = self._shows[0]
            after = step(show.status, 1, show.kind) or show.status
            statuses.highlighted = self._statuses.index(after)
            statuses.focus()
        else:
            statuses.highlighted = 0
            self.field("release").query_one(Input).focus()

    def _before(self) -> Content:
        if len(self._shows) > 1:
            return Content(f"One claim each for {len(self._shows)} shows.")
        show = self._shows[0]
        now = show.release.label if show.release else "no date"
        return Content.assemble(("now ", MUTED), status_word(show.status, self._signs), f"  {now}")

    @on(OptionList.OptionSelected, "#statuses")
    def action_pick(self) -> None:
        """Go from the statuses to the fields."""
        self.field("on").query_one(Input).focus()

    @on(Input.Submitted)
    def _record(self) -> None:
        self.action_save()

    @on(Input.Changed, "#field-release Input")
    def _say_what_it_does(self) -> None:
        field = self.field("release")
        if not field.text.strip() or not field.look():
            return
        window = field.value()
        if isinstance(window, Window) and len(self._shows) == 1:
            standing = fold((*self._shows[0].history, Claim(on=date.max, release=window, source=self._source())))
            if words := effect_words(standing.steps[-1]):
                field.say(f"{self._signs.arrow} {window.span}{self._signs.dot}{words}")

    def _source(self) -> str:
        return self.field("source").text or "me"

    def action_save(self) -> None:
        """End with the claim."""
        if not self.checked():
            return
        at = self.query_one("#statuses", OptionList).highlighted
        status = self._statuses[at] if at is not None else None
        release = self.field("release").value()
        on, on_text = _said(self.field("on").text)
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
            self.field("note").say("A claim says something: pick a status, or give a release or a note.", wrong=True)
            return
        self.finish(claim)
