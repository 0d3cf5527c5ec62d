"""HTML of synopses as plain text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Final

from tracker.text import MAX_PARAGRAPHS, clean, shorten

_BLOCKS: Final = frozenset({"p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4"})
_HIDDEN: Final = frozenset({"script", "style", "template"})


class _TextCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden_depth += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden_depth = max(0, self._hidden_depth - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden_depth:
            self.parts.append(re.sub(r"\s+", " ", data))


def strip_html(html: str | None) -> str:
    """Return the cleaned text of HTML with its paragraphs; plain text stays as it is. What is too long is cut."""
    if not html:
        return ""
    html = shorten(html, MAX_PARAGRAPHS)
    if "<" not in html and "&" not in html:
        return clean(html).strip()
    reader = _TextCollector()
    # For each tag that has no end, the parser looks for one up to the end of what it is given.
    end = html.rfind(">") + 1
    reader.feed(html[:end])
    reader.close()
    reader.handle_data(unescape(html[end:]))
    lines = [" ".join(line.split()) for line in clean("".join(reader.parts)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
