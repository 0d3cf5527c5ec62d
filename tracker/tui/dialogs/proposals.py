"""Where sources differ from the owner: mine, theirs, since when, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tracker.errors import TrackerError
from tracker.model.proposal import Proposal
from tracker.model.source_record import source_label
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import FORM_SHEET, SCROLL_BINDINGS, SCROLL_HINT, ListDialog
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.scroll_page import ScrollPage


class ProposalsDialog(ListDialog[None, Proposal]):
    """Asks about proposals one after another, in any order.

    Args:
        title: Of the show.
        load: Returns the proposals that are open.
        on_decide: Does "apply", "keep" or "follow", or raises a `TrackerError`.
    """

    CSS_PATH = [FORM_SHEET, "proposals.tcss"]  # noqa: RUF012 - Textual types it as an instance's
    HINTS = (
        Hint("enter", "apply theirs", "screen.decide('apply')"),
        Hint("n", "keep mine", "screen.decide('keep')"),
        Hint("f", "follow source", "screen.decide('follow')"),
        SCROLL_HINT,
        Hint("esc", "back", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "decide('keep')", "keep mine"),
        Binding("f", "decide('follow')", "follow source"),
        *SCROLL_BINDINGS,
        Binding("p", "cancel", "back"),
    ]

    def __init__(
        self, title: str, *, load: Callable[[], Sequence[Proposal]], on_decide: Callable[[Proposal, str], None]
    ) -> None:
        super().__init__(title)
        self._load = load
        self._on_decide = on_decide

    def compose_box(self) -> ComposeResult:
        yield self.make_list(id="proposals")
        with ScrollPage(id="values", classes="text", can_focus=False):
            yield Static(markup=False, id="mine")
            yield Static(markup=False, id="theirs")

    def on_mount(self) -> None:
        self._reload()
        self.option_list.focus()

    def _reload(self, cursor: int = 0) -> None:
        if proposals := tuple(self._load()):
            self.show_values(proposals, cursor)
        else:
            self.dismiss(None)

    def describe(self, value: Proposal) -> Content:
        since = f"  since {value.since}" if value.since else ""
        name = value.field.replace("_", " ")
        return Content.assemble(
            (f"{name:<15}", "bold"), (source_label(value.source_id.source), "$text-accent"), (since, MUTED)
        )

    @on(ChoiceList.OptionHighlighted)
    def _show_both_values(self) -> None:
        if (proposal := self.current) is not None:
            theirs = ("adds", proposal.added) if proposal.added else ("theirs", proposal.theirs)
            for name, (label, value) in (("mine", ("mine", proposal.mine)), ("theirs", theirs)):
                text = proposal.value_text(value) if value else ""
                content = Content.assemble((f"{label}\n", "bold"), text or ("empty", MUTED))
                self.query_one(f"#{name}", Static).update(self.glyphs.translate_content(content))

    def pick(self, value: Proposal) -> None:
        self.action_decide("apply")

    def action_decide(self, decision: str) -> None:
        if (proposal := self.current) is None:
            return
        if decision == "follow" and not proposal.can_be_followed:
            self.notify("Status and release can't be followed. Press Enter to apply this one.", severity="warning")
            return
        try:
            self._on_decide(proposal, decision)
        except TrackerError as error:
            self.notify(str(error), severity="error", timeout=15)
        self._reload(self.values.index(proposal))
