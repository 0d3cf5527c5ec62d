"""All keys, what the signs mean, and the words of the filter."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.model.query import FIELDS, IS
from tracker.model.status import Status
from tracker.tui.format import MUTED, status_word
from tracker.tui.keys import ALL, GROUPS, Key
from tracker.tui.screens.form import Form
from tracker.tui.theme import Signs
from tracker.tui.widgets.hints import Hint, Hints

_WINDOWS = (
    "2026   2026-05   2026-05-14   14 May 2026   2026-Q3   2026-H2\n"
    "summer 2026   early 2026   May–June 2026   ~2026   TBA"
)


class Help(Form[None]):
    """A page to read; Escape leaves it."""

    def __init__(self, signs: Signs, keys: Mapping[str | None, str]) -> None:
        super().__init__()
        self._signs = signs
        self._own_keys = keys

    def compose(self) -> ComposeResult:
        """Make the page."""
        with Vertical(classes="form-box -tall") as box:
            box.border_title = "Help"
            with VerticalScroll(classes="form-fields"):
                yield Static(self._signs.drawn(self._page()), markup=False)
            yield Hints((Hint("esc", "back", "screen.cancel"),))

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _page(self) -> Content:
        parts: list[Content] = []
        for group in GROUPS:
            parts.append(Content.styled(f"{group}", "bold $text-accent"))
            keys = (key for key in ALL if key.group == group)
            parts += [Content.assemble((f"  {self._shown(key):<8}", "bold"), key.tooltip) for key in keys]
            parts.append(Content(""))
        parts.append(Content.styled("Statuses", "bold $text-accent"))
        parts += [Content.assemble("  ", status_word(status, self._signs)) for status in Status]
        parts += [Content(""), Content.styled("Filter", "bold $text-accent")]
        parts.append(Content('  words, "words as one", -not; field:value, field:one,other'))
        fields = [name for name in FIELDS if name not in ("network", "actor")]
        parts.append(Content.assemble(("  fields  ", MUTED), " ".join(fields)))
        parts.append(Content.assemble(("  is:     ", MUTED), " ".join(IS)))
        parts += [Content(""), Content.styled("Releases", "bold $text-accent")]
        parts += [Content(f"  {line}") for line in _WINDOWS.splitlines()]
        return Content("\n").join(parts)

    def _shown(self, key: Key) -> str:
        """Return a key as its owner has it."""
        own = self._own_keys.get(key.id, key.shown)
        return key.shown if own in (key.shown, key.display) else own

    def action_save(self) -> None:
        """Leave."""
        self.dismiss(None)
