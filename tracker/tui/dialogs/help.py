"""All keys, what the signs mean, and the words of the filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES, short_rating, watch_sign
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS
from tracker.tui.bindings import ALL_KEYS, GROUPS, Key
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import Dialog
from tracker.tui.theme import WATCH_COLOURS
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.line_search import has_words
from tracker.tui.widgets.scroll_page import ScrollPage

_WINDOWS: Final = (
    "2026   2026-05   2026-05-14   14 May 2026   2026-Q3   2026-H2",
    "summer 2026   early 2026   May–June 2026   ~2026   TBA",
)

_KEY_CELLS: Final = 10
"""The cells before what a key does."""


class Section(NamedTuple):
    """A heading, and the lines below it."""

    heading: str
    lines: Sequence[Content]


class SectionText(Visual):
    """The text of a section: what does not fit into a line goes on below where it began, not below its key."""

    def __init__(self, lines: Sequence[Content]) -> None:
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join(line.plain for line in self._lines)

    def _wrap(self, width: int) -> Content:
        lines: list[Content] = []
        for line in self._lines:
            if line.cell_length <= width:
                lines.append(line)
                continue
            first, *more = line[_KEY_CELLS:].wrap(max(_KEY_CELLS, width - _KEY_CELLS))
            lines += [line[:_KEY_CELLS] + first, *(Content(" " * _KEY_CELLS) + part for part in more)]
        return Content("\n").join(lines)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max(line.cell_length for line in self._lines)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._wrap(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._wrap(width).render_strips(width, height, style, options)


class HelpDialog(Dialog[None]):
    """A page to read.

    Args:
        own_keys: The keys that their owner has changed, by the id of their binding.
        here: The keys of the dialog over which it is opened.
    """

    BOX_CLASSES = "-tall"
    HAS_SEARCH = True
    HINTS = (Hint("/", "search", "screen.search"), Hint("?", "", "screen.cancel"), Hint("esc", "back", "screen.cancel"))

    def __init__(self, own_keys: Mapping[str, str], here: Sequence[Hint] = ()) -> None:
        super().__init__("Help")
        self._own_keys = own_keys
        self._here = here
        self._sections: list[Section] = []

    def compose_box(self) -> ComposeResult:
        self._sections = [section for section in self._page() if section.lines]
        with ScrollPage(classes="form-fields"):
            for section in self._sections:
                yield Static(self._draw(section), markup=False, classes="help-section")

    def on_mount(self) -> None:
        # Let the arrows scroll.
        self.query_one(ScrollPage).focus()

    def _draw(self, section: Section) -> SectionText:
        lines = [Content.styled(section.heading, "bold $text-accent"), *section.lines]
        return SectionText([self.glyphs.translate_content(line) for line in lines])

    def narrow(self, words: Sequence[str]) -> int:
        found = 0
        for section, widget in zip(self._sections, self.query(".help-section").results(Static), strict=True):
            lines = [line for line in section.lines if has_words(f"{section.heading} {line.plain}", words)]
            found += len(lines)
            widget.display = bool(lines)
            widget.update(self._draw(section._replace(lines=lines)))
        self.query_one(ScrollPage).action_top()
        return found

    def _page(self) -> Iterator[Section]:
        yield Section("Here", [Content.assemble((f"  {hint.key:<8}", "bold"), hint.label) for hint in self._here])
        for group in GROUPS:
            keys = [(self._key_text(key), key.tooltip) for key in ALL_KEYS if key.group == group]
            yield Section(group, [Content.assemble((f"  {key:<8}", "bold"), does) for key, does in keys if key])
        yield Section("Statuses", [Content.assemble("  ", describe_status(status, self.glyphs)) for status in Status])
        yield Section("Mine", list(self._mine_lines()))
        fields = [name for name in QUERY_FIELDS if name not in ("network", "actor")]
        yield Section("Filter", [
            Content('  words, "words as one", -not; one,other; this or that; field:value, field:one,other'),
            Content.assemble(("  fields  ", MUTED), " ".join(fields)),
            Content.assemble(("  is:     ", MUTED), " ".join(IS_PROPERTIES)),
            Content.assemble(("  rating: ", MUTED), "8 >7 >=7 <5 7-9 7.. ..5"),
        ])  # fmt: skip
        yield Section("Releases", [Content(f"  {line}") for line in _WINDOWS])

    def _mine_lines(self) -> Iterator[Content]:
        for state in WATCH_STATES:
            sign = watch_sign(state, is_ascii=self.glyphs.ascii)
            yield Content.assemble("  ", (f"{sign} {state}", f"${WATCH_COLOURS[state]}"))
        star, half = (watch_sign("", is_ascii=self.glyphs.ascii), short_rating(7.5, is_ascii=self.glyphs.ascii))
        yield Content.assemble("  ", (f"{star} 8 {half} 10", f"${WATCH_COLOURS['']}"), ("  ratings", MUTED))

    def _key_text(self, key: Key) -> str:
        """Return a key as its owner has it."""
        return self._own_keys.get(key.id, key.key_text)
