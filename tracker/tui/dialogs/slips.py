"""The ledger of slips: how well dates were kept, by network and by show; each figure with its number of cases."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.reports.slips import Median, SlipRecord, SlipReport, SlipStats
from tracker.text import fit
from tracker.tui.content import MUTED, describe_status, display_title
from tracker.tui.dialogs.form import FORM_SHEET, Form
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

MAX_SHOWS: Final = 300
"""How many shows are listed; `tracker slips` prints all."""
_SHORT: Final = ("slipped", "one slip", "announced to out")
"""The heads of the figures where there is little room; all are medians but the first."""
_MAX_WIDTH: Final = 104
"""Cells of the widest row of figures."""
_BAR_WIDTH: Final = 10
"""Cells of the bar that shows a share."""
_HINTS: Final = (
    Hint("enter", "go there", "screen.save"),
    Hint("tab", "figures or shows", "app.focus_next"),
    Hint("esc", "back", "screen.cancel"),
)


class SlipsDialog(Form[str]):
    """Shows a ledger; ends with the id of a show to go to."""

    CSS_PATH = [FORM_SHEET, "slips.tcss"]  # noqa: RUF012 - Textual types it as an instance's

    def __init__(self, ledger: SlipReport, glyphs: Glyphs, about: str, *, native: bool) -> None:
        super().__init__()
        self._native = native
        self._was_wide = True
        self._report = ledger
        self._glyphs = glyphs
        self._subject = about

    def compose(self) -> ComposeResult:
        """Make the figures, and below them the shows."""
        with Vertical(classes="form-box -tall -wide") as box:
            box.border_title = Content(f"Slips, {self._subject}")
            with VerticalScroll(id="figures"):
                yield Static(self._glyphs.translate_content(self._figures()), markup=False, id="ledger")
            yield OptionList(*self._options(), markup=False, compact=True, id="records")
            yield Static(self._glyphs.translate_content(self._note()), markup=False, id="slips-note")
            yield HintBar(_HINTS)

    def on_mount(self) -> None:
        """Begin with the shows."""
        records = self.query_one("#records", OptionList)
        records.highlighted = 0 if self._report.records else None
        records.focus()
        self._was_wide = self._is_wide

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= 100

    def on_resize(self) -> None:
        """Write everything for another width."""
        if self._is_wide != self._was_wide:
            self._was_wide = self._is_wide
            self.call_after_refresh(self._write)

    def _write(self) -> None:
        self.query_one("#ledger", Static).update(self._glyphs.translate_content(self._figures()))
        records = self.query_one("#records", OptionList)
        at = records.highlighted
        records.clear_options()
        records.add_options(self._options())
        records.highlighted = at

    def _options(self) -> list[Option]:
        return [Option(self._describe(one)) for one in self._report.records[:MAX_SHOWS]]

    def _figures(self) -> Content:
        ledger = self._report
        if not ledger.total.has_cases:
            return Content.styled("No date was ever given, so none has slipped.", MUTED)
        heads = ("slipped", "one slip, median", "announced to out, median") if self._is_wide else _SHORT
        head = f"{fit('', 22)}{fit(heads[0], _BAR_WIDTH + 14 if self._is_wide else 12)}{fit(heads[1], 18)}{heads[2]}"
        rows = [self._row("All shows", ledger.total, "bold")]
        rows += [self._row(one.name, one, "") for one in ledger.networks if one.has_cases]
        width = max(10, min(_MAX_WIDTH, self.app.size.width - 8))
        return Content("\n").join([row.truncate(width) for row in (Content.styled(head, MUTED), *rows)])

    def _row(self, name: str, one: SlipStats, style: str) -> Content:
        full = round(one.share * _BAR_WIDTH)
        bar = ("#" if self._glyphs.ascii else "█") * full
        rest = ("." if self._glyphs.ascii else "░") * (_BAR_WIDTH - full)
        share = Content.assemble((bar, "$text-error"), (rest, MUTED), " ") if self._is_wide else Content("")
        return Content.assemble(
            (fit(name, 21, self._glyphs.ellipsis) + " ", style), share,
            fit(f"{one.slipped} of {one.promised}", 13 if self._is_wide else 12),
            fit(_median(one.slip), 18), _median(one.announced_to_out),
        )  # fmt: skip

    def _describe(self, record: SlipRecord) -> Content:
        told = f"{len(record.slips)}×, +{record.slipped_days} days" if record.slips else "no slip"
        style = "$text-error" if record.slips else MUTED
        dates = f" {self._glyphs.arrow} ".join(one.window.label for one in record.promises)
        sign = describe_status(record.show.status, self._glyphs).truncate(1)
        title = fit(display_title(record.show, self._native), 32 if self._is_wide else 22, self._glyphs.ellipsis)
        return self._glyphs.translate_content(
            Content.assemble(sign, " ", title, "  ", (fit(told, 17), style), " ", (dates, MUTED))
        )

    def _note(self) -> Content:
        more = len(self._report.records) - MAX_SHOWS
        parts = ["medians, with (the number of cases); networks of which a date was given"]
        parts += [f"{more:,} more shows: tracker slips"] if more > 0 else []
        return Content.styled(self._glyphs.dot.join(parts), MUTED)

    @on(OptionList.OptionSelected)
    def action_save(self) -> None:
        """Go to the show that is stood on."""
        at = self.query_one("#records", OptionList).highlighted
        self.dismiss(self._report.records[at].show.id if at is not None and self._report.records else None)


def _median(figure: Median) -> str:
    if figure.whole_days is None:
        return "–"
    return f"{figure.whole_days:,} day{'' if figure.whole_days == 1 else 's'} ({figure.cases})"
