"""The dialog that adds a show for each line of a paste."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tracker.model.formatting import plural
from tracker.model.pasted_titles import PastedTitles
from tracker.tui.content import MUTED
from tracker.tui.dialogs.form import ListDialog
from tracker.tui.widgets.hints import Hint


class AddTitlesDialog(ListDialog[tuple[str, ...], int]):
    """Shows which titles were pasted; ends with those to add. Its values are the numbers of the titles."""

    HINTS = (
        Hint("enter", "add them", "screen.pick"),
        Hint("space", "skip or add", "screen.take_or_leave"),
        Hint("esc", "cancel", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "take_or_leave", "skip or add", show=False)]

    def __init__(self, pasted: PastedTitles) -> None:
        super().__init__("Add a show for each line")
        self.values = range(len(pasted.titles))
        self._pasted = pasted
        self._taken = {number for number, title in enumerate(pasted.titles) if not title.reason}

    def compose_box(self) -> ComposeResult:
        yield self.make_list(id="titles")
        yield Static(self._summary(), id="titles-summary", markup=False, classes="form-keys")

    def on_mount(self) -> None:
        self.option_list.highlighted = 0 if self.values else None
        self.option_list.focus()

    def describe(self, value: int) -> Content:
        title, reason = self._pasted.titles[value]
        note = f"  {reason}" if reason else ""
        if value not in self._taken:
            return Content.styled(f"  {title}{note}", MUTED)
        return Content.assemble(("+ ", "$text-success bold"), title, (note, MUTED))

    def _summary(self) -> Content:
        left_out = len(self.values) - len(self._taken)
        parts = [f"{plural(len(self._taken), 'show')} to add"]
        parts += [f"{left_out:,} skipped"] if left_out else []
        parts += [f"{plural(self._pasted.too_long, 'line')} too long for a title"] if self._pasted.too_long else []
        parts += [f"{plural(self._pasted.unread, 'more line')}: paste them next"] if self._pasted.unread else []
        return self.glyphs.translate_content(Content(self.glyphs.dot.join(parts)))

    def pick(self, value: int) -> None:
        """Add all that are taken, wherever the cursor is."""
        self.dismiss(tuple(self._pasted.titles[number].title for number in sorted(self._taken)))

    def action_take_or_leave(self) -> None:
        if (number := self.current) is not None:
            self._taken ^= {number}
            self.option_list.replace_option_prompt_at_index(
                number, self.glyphs.translate_content(self.describe(number))
            )
            self.query_one("#titles-summary", Static).update(self._summary())
            self.option_list.action_move(1)
