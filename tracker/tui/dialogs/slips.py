"""How well release dates were kept, by network and by show; each figure with its number of cases."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.model.window import describe_days
from tracker.reports.slips import Fate, Median, SlipRecord, SlipReport, SlipStats, describe_dates, describe_record
from tracker.text import fit
from tracker.tui.content import MUTED, describe_status, display_title
from tracker.tui.dialogs.form import FORM_SHEET, ListDialog
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.scroll_page import ScrollPage

MAX_SHOWS: Final = 300
"""How many shows are listed; `tracker slips` prints all."""
_MAX_WIDTH: Final = 104
"""Cells of the widest row of figures."""
_BROKEN: Final = (Fate.LATER, Fate.WITHDRAWN, Fate.MISSED)


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
        typical = ["typical slip", "typical wait"] if self._is_wide else ["slip"]
        heads = ["dates", *(fate.value for fate in Fate), *typical]
        rows = [self._head("", heads), self._row("All shows", report.total, "bold")]
        rows += [self._row(network.name, network, "") for network in report.networks if network.has_cases]
        if sources := report.telling_sources:
            rows += [Content(""), self._head("Said by", heads)]
            rows += [self._row(source.name, source, "") for source in sources]
        width = max(10, min(_MAX_WIDTH, self.app.size.width - 10))
        return self.glyphs.translate_content(Content("\n").join([row.truncate(width) for row in rows]))

    def _head(self, name: str, heads: list[str]) -> Content:
        return Content.styled(fit(name, self._name_width) + "".join(map(fit, heads, self._widths)), MUTED)

    def _row(self, name: str, stats: SlipStats, style: str) -> Content:
        counts = [(str(stats.count(fate) or ""), "$text-error" if fate in _BROKEN else "") for fate in Fate]
        medians = [stats.slip, stats.announced_to_out] if self._is_wide else [stats.slip]
        typical = [(_describe_median(median, has_cases=self._is_wide), "") for median in medians]
        cells = [(str(len(stats.fates) or ""), style), *counts, *typical]
        return Content.assemble(
            (fit(name, self._name_width - 1, self.glyphs.ellipsis) + " ", style),
            *(
                (fit(text or "–", width), colour if text else MUTED)
                for (text, colour), width in zip(cells, self._widths, strict=True)
            ),
        )

    @property
    def _name_width(self) -> int:
        return 22 if self._is_wide else 14

    @property
    def _widths(self) -> tuple[int, ...]:
        """The widths of the columns of figures: dates, each fate, typical slip and wait."""
        fates = tuple(len(fate.value) + (2 if self._is_wide else 1) for fate in Fate)
        return (7, *fates, 16, 16) if self._is_wide else (6, *fates, 9)

    def describe(self, value: SlipRecord) -> Content:
        slips = describe_record(value) or "no slip"
        dates = f" {self.glyphs.arrow} ".join(describe_dates(value))
        title = fit(display_title(value.show, self._native), 32 if self._is_wide else 22, self.glyphs.ellipsis)
        return Content.assemble(
            describe_status(value.show.status, self.glyphs).truncate(1) if value.show.status else " ",
            f" {title}  ",
            (fit(slips, 17), "$text-error" if value.broken else MUTED),
            " ",
            (dates, MUTED),
        )

    def _note(self) -> Content:
        more = len(self._report.records) - MAX_SHOWS
        parts = ["times are medians"]
        parts += ["rumors and your own dates don't count"] if self._report.has_uncounted else []
        parts += [f"{more:,} more shows: tracker slips"] if more > 0 else []
        return Content.styled(self.glyphs.translate(self.glyphs.dot.join(parts)), MUTED)

    def pick(self, value: SlipRecord) -> None:
        self.dismiss(value.show.id)


def _describe_median(median: Median, *, has_cases: bool) -> str:
    if median.whole_days is None:
        return ""
    return describe_days(median.whole_days) + (f" ({median.cases})" if has_cases else "")
