"""All keys, what the signs mean, and the words of the filter."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tracker.model.status import Status
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS
from tracker.tui.bindings import ALL_KEYS, GROUPS, Key
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import Form
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint, HintBar

_WINDOWS = (
    "2026   2026-05   2026-05-14   14 May 2026   2026-Q3   2026-H2\n"
    "summer 2026   early 2026   May–June 2026   ~2026   TBA"
)


class HelpDialog(Form[None]):
    """A page to read; Escape leaves it."""

    def __init__(self, glyphs: Glyphs, keys: Mapping[str | None, str]) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._own_keys = keys

    def compose(self) -> ComposeResult:
        """Make the page."""
        with Vertical(classes="form-box -tall") as box:
            box.border_title = "Help"
            with VerticalScroll(classes="form-fields"):
                yield Static(self._glyphs.translate_content(self._page()), markup=False)
            yield HintBar((Hint("esc", "back", "screen.cancel"),))

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def _page(self) -> Content:
        parts: list[Content] = []
        for group in GROUPS:
            parts.append(Content.styled(f"{group}", "bold $text-accent"))
            keys = (key for key in ALL_KEYS if key.group == group)
            parts += [Content.assemble((f"  {self._key_text(key):<8}", "bold"), key.tooltip) for key in keys]
            parts.append(Content(""))
        parts.append(Content.styled("Statuses", "bold $text-accent"))
        parts += [Content.assemble("  ", describe_status(status, self._glyphs)) for status in Status]
        parts += [Content(""), Content.styled("Filter", "bold $text-accent")]
        parts.append(Content('  words, "words as one", -not; field:value, field:one,other'))
        fields = [name for name in QUERY_FIELDS if name not in ("network", "actor")]
        parts.append(Content.assemble(("  fields  ", MUTED), " ".join(fields)))
        parts.append(Content.assemble(("  is:     ", MUTED), " ".join(IS_PROPERTIES)))
        parts += [Content(""), Content.styled("Releases", "bold $text-accent")]
        parts += [Content(f"  {line}") for line in _WINDOWS.splitlines()]
        return Content("\n").join(parts)

    def _key_text(self, key: Key) -> str:
        """Return a key as its owner has it."""
        own = self._own_keys.get(key.id, key.key_text)
        return key.key_text if own in (key.key_text, key.display) else own

    def action_save(self) -> None:
        """Leave."""
        self.dismiss(None)
