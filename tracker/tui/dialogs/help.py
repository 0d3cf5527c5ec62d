"""All keys, what the signs mean, the words of the filter, and the guides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets.option_list import Option

from tracker.guides.library import guide_titles
from tracker.guides.search import find_in_guides
from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES, short_rating, watch_sign
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS
from tracker.text import clean_line, shorten
from tracker.tui.bindings import key_lines
from tracker.tui.content import MUTED, describe_status
from tracker.tui.dialogs.form import ListDialog
from tracker.tui.dialogs.guide import GuideDialog
from tracker.tui.theme import WATCH_COLOURS
from tracker.tui.widgets.hints import Hint, join_keys
from tracker.tui.widgets.line_search import has_words

DATE_EXAMPLES: Final = (
    "2026   2026-05   2026-05-14   14 May 2026   2026-Q3   2026-H2",
    "summer 2026   early 2026   May–June 2026   14.05.2027   ~2026   TBA",
    "not before 2027   by May 2027   next year   25 Nov   in two weeks",
)

_KEY_CELLS: Final = 11
"""The cells before what a key does."""
_MAX_SNIPPET: Final = 160
"""How many characters of a place in a guide are shown."""


class HelpLine(NamedTuple):
    """A heading, or a line below one, which leads to a place in a guide."""

    text: Content
    heading: str = ""
    """The heading above; "" for a heading."""
    topic: str = ""
    place: str = ""
    """The text of the guide there; "" for its beginning."""


class HangingText(Visual):
    """A line of which what does not fit goes on below where it began, not below its key."""

    def __init__(self, line: Content) -> None:
        self._line = line

    def __str__(self) -> str:
        return self._line.plain

    def _wrap(self, width: int) -> Content:
        line = self._line
        if line.cell_length <= width:
            return line
        first, *more = line[_KEY_CELLS:].wrap(max(_KEY_CELLS, width - _KEY_CELLS))
        return Content("\n").join([line[:_KEY_CELLS] + first, *(Content(" " * _KEY_CELLS) + part for part in more)])

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._line.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._wrap(width).get_height(rules, width)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self._wrap(width).render_strips(width, height, style, options)


class HelpDialog(ListDialog[None, HelpLine]):
    """All keys and signs, each of which leads to its guide, and the guides.

    Args:
        own_keys: The keys that their owner has changed, by the id of their binding.
        here: The keys of the dialog over which it is opened.
    """

    BOX_CLASSES = "-tall"
    HAS_SEARCH = True
    HINTS = (
        Hint("enter", "read more", "screen.pick"),
        Hint("/", "search all guides", "screen.search"),
        Hint("?", "", "screen.cancel"),
        Hint("esc", "back", "screen.cancel"),
    )

    def __init__(self, own_keys: Mapping[str, str], here: Sequence[Hint] = ()) -> None:
        super().__init__("Help")
        self._own_keys = own_keys
        self._here = here
        self._words: Sequence[str] = ()
        self._lines: Sequence[HelpLine] = ()

    def compose_box(self) -> ComposeResult:
        self.values = self._lines = tuple(_with_headings(self._page()))
        yield self.make_list(id="help")

    def on_mount(self) -> None:
        self.option_list.action_top()
        self.option_list.focus()

    def describe(self, value: HelpLine) -> Content:
        return value.text

    def is_heading(self, value: HelpLine) -> bool:
        return not value.heading

    def pick(self, value: HelpLine) -> None:
        self.app.push_screen(GuideDialog(value.topic, value.place, self._words))

    def _options(self) -> list[Option]:
        texts = [self.glyphs.translate_content(line.text) for line in self.values]
        return [
            Option(HangingText(text), disabled=self.is_heading(line))
            for text, line in zip(texts, self.values, strict=True)
        ]

    def narrow(self, words: Sequence[str]) -> int:
        self._words = words
        lines = [line for line in self._lines if line.heading and has_words(f"{line.heading} {line.text.plain}", words)]
        self.values = tuple(_with_headings([*lines, *self._find(words)])) if words else self._lines
        self.option_list.clear_options()
        self.option_list.add_options(self._options())
        self.option_list.action_top()
        return sum(not self.is_heading(line) for line in self.values)

    def _find(self, words: Sequence[str]) -> Iterator[HelpLine]:
        """Yield the places of the guides that have the words."""
        for topic, text in find_in_guides(lambda text: has_words(text, words)):
            yield HelpLine(_key_line(topic, _snippet(text, words)), "In the guides", topic, text)

    def _page(self) -> Iterator[HelpLine]:
        yield from (HelpLine(_key_line(keys, label), "Here", "keys") for keys, label in join_keys(self._here))
        yield from (HelpLine(_key_line(topic, summary), "Guides", topic) for topic, summary in guide_titles())
        default_keys = {line.tooltip: line.keys for line in key_lines()}
        for group, keys, tooltip in key_lines(self._own_keys):
            place = f"{default_keys.get(tooltip, '')} {tooltip}"
            yield HelpLine(_key_line(keys, tooltip), group, "keys", place)
        for status in Status:
            yield HelpLine(Content.assemble("  ", describe_status(status, self.glyphs)), "Statuses", "history")
        yield from (HelpLine(line, "Yours", "start") for line in self._mine_lines())
        fields = [name for name in QUERY_FIELDS if name not in ("network", "actor")]
        for line in (
            _key_line("words", 'all of them; "exact phrase", -not, one,other, this or that'),
            _key_line("@name", "a saved view; V lists them"),
            _key_line("fields", " ".join(fields)),
            _key_line("is:", " ".join(IS_PROPERTIES)),
            _key_line("rating:", "8 >7 >=7 <5 7-9 7.. ..5"),
        ):
            yield HelpLine(line, "Filter", "filters")
        yield from (HelpLine(Content(f"  {line}"), "Dates", "dates") for line in DATE_EXAMPLES)

    def _mine_lines(self) -> Iterator[Content]:
        for state in WATCH_STATES:
            sign = watch_sign(state, is_ascii=self.glyphs.ascii)
            yield Content.assemble("  ", (f"{sign} {state}", f"${WATCH_COLOURS[state]}"))
        star, half = (watch_sign("", is_ascii=self.glyphs.ascii), short_rating(7.5, is_ascii=self.glyphs.ascii))
        yield Content.assemble("  ", (f"{star} 8 {half} 10", f"${WATCH_COLOURS['']}"), ("  ratings", MUTED))


def _key_line(key: str, does: str) -> Content:
    return Content.assemble((f" {key:<{_KEY_CELLS - 1}}", "bold"), does)


def _with_headings(lines: Iterable[HelpLine]) -> Iterator[HelpLine]:
    """Yield lines below their headings."""
    heading = ""
    for line in lines:
        if line.heading != heading:
            if heading:
                yield HelpLine(Content(" "))
            heading = line.heading
            yield HelpLine(Content.styled(heading, "bold $text-accent"))
        yield line


def _snippet(text: str, words: Sequence[str]) -> str:
    """Return the part of a text around the first of the words."""
    line = clean_line(text)
    at = max(0, line.casefold().find(words[0].casefold()) - _MAX_SNIPPET // 2)
    start = line.rfind(" ", 0, at) + 1
    return shorten(("…" if start else "") + line[start:], _MAX_SNIPPET)
