"""How well release dates were kept, by network and by show; each figure with its number of cases."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.model.window import describe_days
from tracker.reports.slips import Median, SlipRecord, SlipReport, SlipStats, describe_dates, describe_record
from tracker.text import fit
from tracker.tui.content import MUTED, describe_status, display_title
from tracker.tui.dialogs.form import FORM_SHEET, ListDialog
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.scroll_page import ScrollPage

MAX_SHOWS: Final = 300
"""How many shows are listed; `tracker slips` prints all."""
_MAX_WIDTH: Final = 104
"""Cells of the widest row of figures."""
_BAR_WIDTH: Final = 10
"""Cells of the bar that shows a share."""


class SlipsDialog(ListDialog[str, SlipRecord]):
    """Shows a report; ends with the id of a show to go to.

    Args:
        report: What is shown.
        subject: Of which shows it is.
        native: Whether titles are in their own script.
    """

    CSS_PATH = [FORM_SHEET, "slips.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BOX_CLASSES = "-tall -wide"
    HAS_SEARCH = True
    HINTS = (
        Hint("enter", "go to show", "screen.pick"),
        Hint("tab", "figures or shows", "app.focus_next"),
        Hint("/", "search", "screen.search"),
        Hint("esc", "back", "screen.cancel"),
    )

    def __init__(self, report: SlipReport, subject: str, *, native: bool) -> None:
        super().__init__(f"Slips, {subject}")
        self.values = report.records[:MAX_SHOWS]
        self._report = report
        self._native = native
        self._was_wide = True

    def compose_box(self) -> ComposeResult:
        with ScrollPage(id="figures"):
            yield Static(self._figures(), markup=False, id="ledger")
        yield self.make_list(id="records")
        yield Static(self._note(), markup=False, id="slips-note")

    def on_mount(self) -> None:
        self.option_list.highlighted = 0 if self.values else None
        self.option_list.focus()
        self._was_wide = self._is_wide

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= 100

    def on_resize(self) -> None:
        if self._is_wide != self._was_wide:
            self._was_wide = self._is_wide
            self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        self.query_one("#ledger", Static).update(self._figures())
        self._show_values(self.option_list.highlighted)

    def _figures(self) -> Content:
        report = self._report
        if not report.total.has_cases:
            return Content.styled("No dates yet, so none has slipped.", MUTED)
        is_wide = self._is_wide
        slipped = fit("slipped", _BAR_WIDTH + 14 if is_wide else 12)
        heading = f"{fit('', 22)}{slipped}{fit('typical slip', 18)}typical wait"
        rows = [Content.styled(heading, MUTED), self._row("All shows", report.total, "bold")]
        rows += [self._row(network.name, network, "") for network in report.networks if network.has_cases]
        width = max(10, min(_MAX_WIDTH, self.app.size.width - 8))
        return self.glyphs.translate_content(Content("\n").join([row.truncate(width) for row in rows]))

    def _row(self, name: str, stats: SlipStats, style: str) -> Content:
        full, empty = "#." if self.glyphs.ascii else "█░"
        length = round(stats.share * _BAR_WIDTH)
        share = ((full * length, "$text-error"), (empty * (_BAR_WIDTH - length), MUTED), " ")
        return Content.assemble(
            (fit(name, 21, self.glyphs.ellipsis) + " ", style),
            *(share if self._is_wide else ()),
            fit(f"{stats.slipped} of {stats.promised}", 13 if self._is_wide else 12),
            fit(_describe_median(stats.slip), 18),
            _describe_median(stats.announced_to_out),
        )

    def describe(self, value: SlipRecord) -> Content:
        slips = describe_record(value) or "no slip"
        dates = f" {self.glyphs.arrow} ".join(describe_dates(value))
        title = fit(display_title(value.show, self._native), 32 if self._is_wide else 22, self.glyphs.ellipsis)
        return Content.assemble(
            describe_status(value.show.status, self.glyphs).truncate(1) if value.show.status else " ",
            f" {title}  ",
            (fit(slips, 17), "$text-error" if value.slip_count else MUTED),
            " ",
            (dates, MUTED),
        )

    def _note(self) -> Content:
        more = len(self._report.records) - MAX_SHOWS
        parts = ["typical is the median, with the number of cases"]
        parts += ["rumors and your own dates don't count"] if self._report.has_uncounted else []
        parts += [f"{more:,} more shows: tracker slips"] if more > 0 else []
        return Content.styled(self.glyphs.translate(self.glyphs.dot.join(parts)), MUTED)

    def pick(self, value: SlipRecord) -> None:
        self.dismiss(value.show.id)


def _describe_median(median: Median) -> str:
    return "–" if median.whole_days is None else f"{describe_days(median.whole_days)} ({median.cases})"
