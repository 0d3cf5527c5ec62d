"""A guide as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from tracker.guides.blocks import block_texts
from tracker.guides.layout import LineSpan, LineStyle, lay_out
from tracker.guides.library import TOPICS, guide_blocks
from tracker.guides.search import Section, narrow_section, split_at, split_sections
from tracker.tui.dialogs.form import Dialog
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.hints import Hint
from tracker.tui.widgets.line_search import LineSearch, has_words
from tracker.tui.widgets.scroll_page import ScrollPage

_STYLES: Final[dict[LineStyle, str]] = {
    "": "", "strong": "bold", "heading": "bold $text-accent", "code": "$text-warning", "link": "underline",
}  # fmt: skip
_INDENT: Final = 1


class GuideText(Visual):
    """The text of a section, laid out for the width that it has.

    Args:
        section: What is shown.
        glyphs: What draws signs.
        words: Words that are marked.
    """

    def __init__(self, section: Section, glyphs: Glyphs, words: Sequence[str] = ()) -> None:
        self._section = section
        self._glyphs = glyphs
        self._words = words
        self._drawn: tuple[int, Content] | None = None

    def _draw(self, width: int) -> Content:
        if self._drawn is None or self._drawn[0] != width:
            lines = lay_out(self._section, width, _INDENT)
            content = Content("\n").join(
                Content.assemble(*((span.text, _style_of(span)) for span in line)) for line in lines
            )
            for word in self._words:
                content = content.highlight_regex(re.compile(re.escape(word), re.IGNORECASE), style="reverse")
            self._drawn = width, self._glyphs.translate_content(content)
        return self._drawn[1]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return len(lay_out(self._section, width, _INDENT))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._draw(width).render_strips(width, height, style, options)


def _style_of(span: LineSpan) -> str | Style:
    topic = span.target.removesuffix(".md")
    if topic in TOPICS:
        return Style(underline=True) + Style.from_meta({"@click": f"screen.open_guide({topic!r})"})
    return _STYLES[span.style]


class SectionText(Static):
    """A section of a guide, or what of it is found."""

    def __init__(self, section: Section, glyphs: Glyphs, words: Sequence[str]) -> None:
        super().__init__(GuideText(section, glyphs, words), markup=False, classes="help-section")
        self.section = section


class GuideDialog(Dialog[None]):
    """A guide to read; Tab and clicks on links go to others.

    Args:
        topic: Which guide.
        place: The text of the block at which it opens; "" for the beginning.
        words: Words that are marked.
    """

    BOX_CLASSES = "-tall"
    HAS_SEARCH = True
    HINTS = (
        Hint("/", "search", "screen.search"),
        Hint("tab", "next guide", "screen.turn(1)"),
        Hint("esc", "back", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn(1)", "next guide"),
        Binding("shift+tab", "turn(-1)", "previous guide"),
    ]

    def __init__(self, topic: str, place: str = "", words: Sequence[str] = ()) -> None:
        super().__init__()
        self._place = place
        self._words = words
        self._read(topic)

    def _read(self, topic: str) -> None:
        title, *blocks = guide_blocks(topic)
        self._topic = topic
        self._sections = split_sections(blocks)
        self._box_title = Content(block_texts(title)[0])

    def compose_box(self) -> ComposeResult:
        with ScrollPage(classes="form-fields"):
            yield from self._make_sections()

    def _make_sections(self) -> Iterator[SectionText]:
        for section in self._sections:
            yield SectionText(section, self.glyphs, self._words)

    def on_mount(self) -> None:
        self._page.focus()
        if self._place:
            self.call_after_refresh(self._go_to_place)

    @property
    def _page(self) -> ScrollPage:
        return self.query_one(ScrollPage)

    def _go_to_place(self) -> None:
        for widget in self._page.query(SectionText):
            above, found = split_at(widget.section, self._place)
            if found:
                line = len(lay_out(above, widget.size.width, _INDENT))
                # The heading stays in sight where it can.
                top = widget.virtual_region.y
                is_near = line < self._page.page_size // 2
                self._page.scroll_to_line(top if is_near else top + line - 1)
                return

    async def action_open_guide(self, topic: str) -> None:
        """Show another guide from its beginning."""
        self.query_one(LineSearch).close()
        self._read(topic)
        self._words = ()
        async with self.batch():
            await self._page.remove_children()
            await self._page.mount(*self._make_sections())
        self._page.action_top()
        self._page.focus()
        self.query_one(".form-box").border_title = self._box_title

    async def action_turn(self, by: int) -> None:
        await self.action_open_guide(TOPICS[(TOPICS.index(self._topic) + by) % len(TOPICS)])

    def narrow(self, words: Sequence[str]) -> int:
        found = 0
        # While another guide is being opened, its sections are not there yet.
        for widget in self._page.query(SectionText):
            section = widget.section
            shown = narrow_section(section, lambda text: has_words(text, words)) if words else section
            found += sum(has_words(text, words) for block in section for text in block_texts(block))
            widget.display = bool(shown)
            widget.update(GuideText(shown, self.glyphs, words))
        self._page.action_top()
        return found
