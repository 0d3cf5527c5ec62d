"""What services say otherwise than the owner: mine, theirs, since when, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tracker.model.proposal import Proposal
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, Form
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

HINTS: Final = (
    Hint("enter", "take theirs", "screen.decide('take')"),
    Hint("k", "keep mine", "screen.decide('keep')"),
    Hint("f", "follow from now on", "screen.decide('follow')"),
    Hint("←→", "more", "screen.scroll(1)"),
    Hint("esc", "back", "screen.cancel"),
)


class ProposalsDialog(Form[None]):
    """Asks about proposals one after another, in any order.

    Args:
        title: Of the show.
        load: Gives the proposals that are open.
        decide: Does "take", "keep" or "follow", and returns what went wrong, "" for nothing.
    """

    CSS_PATH = [FORM_SHEET, "proposals.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k,n", "decide('keep')", "keep mine"),
        Binding("f", "decide('follow')", "follow from now on"),
        Binding("right", "scroll(1)", "further down"),
        Binding("left", "scroll(-1)", "further up"),
        Binding("p,q", "cancel", "back"),
    ]

    def __init__(
        self,
        title: str,
        glyphs: Glyphs,
        *,
        load: Callable[[], Sequence[Proposal]],
        decide: Callable[[Proposal, str], str],
    ) -> None:
        super().__init__()
        self._title = title
        self._glyphs = glyphs
        self._load = load
        self._decide = decide
        self._open: list[Proposal] = []

    def compose(self) -> ComposeResult:
        """Make the list of fields, and both values of the one that is stood on."""
        with Vertical(classes="form-box") as box:
            box.border_title = Content(self._title)
            yield OptionList(markup=False, compact=True, id="proposals")
            with VerticalScroll(id="values", can_focus=False):
                yield Static(markup=False, id="mine")
                yield Static(markup=False, id="theirs")
            yield HintBar(HINTS)

    def on_mount(self) -> None:
        """Show what is open."""
        self._fill()
        self.query_one("#proposals", OptionList).focus()

    def _fill(self, at: int = 0) -> None:
        self._open = list(self._load())
        if not self._open:
            self.dismiss(None)
            return
        options = self.query_one("#proposals", OptionList)
        options.clear_options()
        options.add_options([Option(self._describe(one)) for one in self._open])
        options.highlighted = min(at, len(self._open) - 1)

    def _describe(self, proposal: Proposal) -> Content:
        since = f"  since {proposal.since}" if proposal.since else ""
        name = proposal.field.replace("_", " ")
        return self._glyphs.translate_content(
            Content.assemble((f"{name:<15}", "bold"), (proposal.source_id.source, "$text-accent"), (since, MUTED))
        )

    @property
    def _current(self) -> Proposal | None:
        at = self.query_one("#proposals", OptionList).highlighted
        return self._open[at] if at is not None and at < len(self._open) else None

    @on(OptionList.OptionHighlighted)
    def _show_values(self) -> None:
        if (proposal := self._current) is None:
            return
        for name, value in (("mine", proposal.mine), ("theirs", proposal.theirs)):
            words = proposal.value_text(value) if value else ""
            text = Content.assemble((f"{name}\n", "bold"), words or ("nothing", MUTED))
            self.query_one(f"#{name}", Static).update(self._glyphs.translate_content(text))

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.action_decide("take")

    def action_decide(self, what: str) -> None:
        """Take theirs, keep mine, or follow the service from now on."""
        if (proposal := self._current) is None:
            return
        if what == "follow" and not proposal.can_be_followed:
            self.notify("Status and release are claims: each is taken by itself.", severity="warning", markup=False)
            return
        if wrong := self._decide(proposal, what):
            self.notify(wrong, severity="error", markup=False, timeout=15)
        self._fill(self._open.index(proposal))

    def action_scroll(self, by: int) -> None:
        """Go through values that are longer than the box."""
        self.query_one("#values", VerticalScroll).scroll_relative(y=4 * by, animate=False)

    def action_save(self) -> None:
        """Take theirs."""
        self.action_decide("take")
