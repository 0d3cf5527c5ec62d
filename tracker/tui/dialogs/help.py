"""All keys, what the signs mean, and the words of the filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES, short_rating, watch_sign
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS
from tracker.tui.bindings import ALL_KEYS, GROUPS, Key
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import Dialog
from tracker.tui.theme import WATCH_COLOURS
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.scroll_page import ScrollPage

_WINDOWS: Final = (
    "2026   2026-05   2026-05-14   14 May 2026   2026-Q3   2026-H2",
    "summer 2026   early 2026   May–June 2026   ~2026   TBA",
)


class HelpDialog(Dialog[None]):
    """A page to read.

    Args:
        keys: The keys as the owner has them, by the id of their binding.
    """

    BOX_CLASSES = "-tall"
    HINTS = (Hint("esc", "back", "screen.cancel"),)

    def __init__(self, keys: Mapping[str | None, str]) -> None:
        super().__init__("Help")
        self._own_keys = keys

    def compose_box(self) -> ComposeResult:
        with ScrollPage(classes="form-fields"):
            yield Static(self.glyphs.translate_content(self._page()), markup=False)

    def on_mount(self) -> None:
        # Let the arrows scroll.
        self.query_one(ScrollPage).focus()

    def _page(self) -> Content:
        lines: list[Content] = []
        for group in GROUPS:
            keys = (key for key in ALL_KEYS if key.group == group and self._key_text(key))
            lines += _section(
                group, *(Content.assemble((f"  {self._key_text(key):<8}", "bold"), key.tooltip) for key in keys)
            )
        lines += _section(
            "Statuses", *(Content.assemble("  ", describe_status(status, self.glyphs)) for status in Status)
        )
        lines += _section("Mine", *self._mine_lines())
        fields = [name for name in QUERY_FIELDS if name not in ("network", "actor")]
        lines += _section(
            "Filter",
            Content('  words, "words as one", -not; one,other; this or that; field:value, field:one,other'),
            Content.assemble(("  fields  ", MUTED), " ".join(fields)),
            Content.assemble(("  is:     ", MUTED), " ".join(IS_PROPERTIES)),
            Content.assemble(("  rating: ", MUTED), "8 >7 >=7 <5 7-9 7.. ..5"),
        )
        lines += _section("Releases", *(Content(f"  {line}") for line in _WINDOWS))
        return Content("\n").join(lines[:-1])

    def _mine_lines(self) -> Iterator[Content]:
        for state in WATCH_STATES:
            sign = watch_sign(state, is_ascii=self.glyphs.ascii)
            yield Content.assemble("  ", (f"{sign} {state}", f"${WATCH_COLOURS[state]}"))
        star, half = (watch_sign("", is_ascii=self.glyphs.ascii), short_rating(7.5, is_ascii=self.glyphs.ascii))
        yield Content.assemble("  ", (f"{star} 8 {half} 10", f"${WATCH_COLOURS['']}"), ("  ratings", MUTED))

    def _key_text(self, key: Key) -> str:
        """Return a key as its owner has it."""
        own = self._own_keys.get(key.id, key.key_text)
        return key.key_text if own in (key.key_text, key.display) else own


def _section(heading: str, *lines: Content) -> list[Content]:
    return [Content.styled(heading, "bold $text-accent"), *lines, Content("")]
