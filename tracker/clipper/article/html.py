"""The HTML of a page, read in one pass: its blocks of text, and what its head says.

The parser of the standard library takes minutes for some pages of a megabyte (`<a <a <a …`). This one is linear: what
has no end takes the rest of the page with it, as in a browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from tracker.text import clean

_NAMED: Final = frozenset({"p", "li", "h1", "h2", "h3", "blockquote"})
"""The blocks that an article is made of."""
_BREAKS: Final = _NAMED | frozenset({
    "article", "section", "main", "div", "header", "footer", "nav", "aside", "ul", "ol", "dl", "dt", "dd", "table",
    "tr", "td", "th", "h4", "h5", "h6", "pre", "hr", "address", "body", "form", "figure", "figcaption", "fieldset",
    "title",
})  # fmt: skip
"""What ends a paragraph."""
_NEVER: Final = frozenset({
    "script", "style", "template", "noscript", "svg", "iframe", "object", "select", "button", "textarea", "math",
    "video", "audio", "canvas",
})  # fmt: skip
"""What is never text."""
_BESIDE: Final = frozenset({"nav", "aside", "footer", "figure", "form", "dialog", "menu"})
"""What stands beside an article."""
_RAW: Final = frozenset({"script", "style", "textarea", "title", "iframe", "noscript"})
"""What has no tags in it."""
_VOID: Final = frozenset({"br", "hr", "img", "meta", "link", "input", "source", "wbr", "area", "base", "col", "embed"})

_MARK: Final = re.compile(r"<(?=[A-Za-z/!?])")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s>]*+))?""")
_BLANK: Final = re.compile(r"\s+")
_LINES: Final = re.compile(r"\n[ ]*\n")
_SPACE: Final = re.compile(r"[\s/]*+")


class HtmlBlock(NamedTuple):
    """A paragraph of a page."""

    kind: str
    """Its element, of those that an article is made of; "" for any other."""
    text: str
    article: int
    """The how-manieth <article> of the page it stands in; 0 for none."""
    is_main: bool
    """Whether it stands in <main>."""
    is_link: bool
    """Whether all of it is a link elsewhere."""


class Markup(NamedTuple):
    """What is in a page."""

    blocks: list[HtmlBlock]
    meta: dict[str, str]
    """The contents of <meta> and of what has an itemprop, by name in lower case, the first of each."""
    times: list[str]
    """The moments of <time>."""
    data: list[str]
    """The texts of JSON-LD."""
    canonical: str
    title: str


class _Tag(NamedTuple):
    name: str
    is_end: bool
    attributes: dict[str, str]


def parsed(html: str, *, lenient: bool = False) -> Markup:
    """Return what is in a page.

    Args:
        html: Its text.
        lenient: Whether to take the text in parts that usually stand beside an article: there are pages that are one
            large form, or never end their navigation.
    """
    reader = _Reader(lenient=lenient)
    for piece in _pieces(html):
        reader.take(piece)
    reader.flush()
    return Markup(reader.blocks, reader.meta, reader.times, reader.data, reader.canonical, reader.title)


def _pieces(html: str) -> Iterator[_Tag | str]:
    """Return tags and the texts between them; the text of a script or a style comes between its tags."""
    at, size = 0, len(html)
    while at < size:
        # Any other < is a character like all others.
        mark = _MARK.search(html, at)
        start = mark.start() if mark is not None else size
        if start > at:
            yield html[at:start]
        if mark is None:
            return
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            at = end + 3 if end >= 0 else size
        elif (found := _TAG.match(html, start)) is not None:
            tag, at = _tag(html, found)
            if tag is None:
                return
            yield tag
            if tag.name in _RAW and not tag.is_end:
                close = re.compile(rf"</{tag.name}[\s/>]", re.IGNORECASE).search(html, at)
                end = close.start() if close is not None else size
                yield html[at:end]
                at = end
        else:
            end = html.find(">", start)
            at = end + 1 if end >= 0 else size


def _tag(html: str, found: re.Match[str]) -> tuple[_Tag | None, int]:
    """Return a tag and where it ends; None where it has no end."""
    attributes: dict[str, str] = {}
    at = found.end()
    while True:
        space = _SPACE.match(html, at)
        at = space.end() if space is not None else at
        if html.startswith(">", at):
            return _Tag(found[2].casefold(), bool(found[1]), attributes), at + 1
        if (one := _ATTRIBUTE.match(html, at)) is None:
            return None, len(html)
        attributes.setdefault(one[1].casefold(), one[2] or "")
        at = one.end()


class _Reader:
    """Puts pieces of a page together.

    Args:
        lenient: As for `parsed`.
    """

    def __init__(self, *, lenient: bool) -> None:
        self.blocks: list[HtmlBlock] = []
        self.meta: dict[str, str] = {}
        self.times: list[str] = []
        self.data: list[str] = []
        self.canonical = ""
        self.title = ""
        self._silent_tags = _NEVER if lenient else _NEVER | _BESIDE
        self._open: Counter[str] = Counter()
        self._silent = 0
        self._kind = ""
        self._articles = 0
        self._raw = ""
        self._text: list[str] = []
        self._linked = 0
        self._size = 0

    def take(self, piece: _Tag | str) -> None:
        """Take the next piece."""
        if isinstance(piece, str):
            self._take_text(piece)
        elif piece.is_end:
            self._take_end(piece.name)
        else:
            self._take_start(piece)

    def _take_text(self, text: str) -> None:
        if self._raw == "title":
            self.title = self.title or unescape(text)
        elif self._raw == "json":
            self.data.append(text)
        elif not self._raw and not self._silent:
            # A line of the source is no line of the text.
            text = _BLANK.sub(" ", unescape(text))
            size = len(text) - text.count(" ")
            self._text.append(text)
            self._size += size
            self._linked += size if self._open["a"] else 0

    def _take_start(self, tag: _Tag) -> None:
        name = tag.name
        self._note(tag)
        if name in _BREAKS:
            self.flush()
            self._kind = name if name in _NAMED else ""
        if name == "br":
            self._text.append("\n")
        if name in _RAW:
            is_data = tag.attributes.get("type", "").strip("\"'").casefold() == "application/ld+json"
            self._raw = "json" if is_data else name
        if name in _VOID:
            return
        if name == "article" and not self._open["article"]:
            self._articles += 1
        self._open[name] += 1
        self._silent += self._is_silent(name)

    def _take_end(self, name: str) -> None:
        if name in _BREAKS:
            self.flush()
            self._kind = ""
        if name in _RAW:
            self._raw = ""
        if not self._open[name]:
            return
        self._silent -= self._is_silent(name)
        self._open[name] -= 1

    def _is_silent(self, name: str) -> bool:
        return name in self._silent_tags

    def _note(self, tag: _Tag) -> None:
        """Note what a tag says of the page."""
        said = {key: unescape(value.strip("\"'")).strip() for key, value in tag.attributes.items()}
        content = said.get("content", "")
        if tag.name == "meta" or "itemprop" in said:
            for key in ("property", "name", "itemprop"):
                if (name := said.get(key, "").casefold()) and (value := content or said.get("datetime", "")):
                    self.meta.setdefault(name, value)
        if tag.name == "link" and "canonical" in said.get("rel", "").casefold().split():
            self.canonical = self.canonical or said.get("href", "")
        if tag.name == "time" and not self._silent and said.get("datetime"):
            self.times.append(said["datetime"])

    def flush(self) -> None:
        """End a paragraph."""
        text = "".join(self._text)
        if text.strip():
            is_link = self._linked * 5 >= self._size * 4
            article = self._articles if self._open["article"] else 0
            for part in _LINES.split(clean(text)):
                if line := " ".join(part.split()):
                    self.blocks.append(HtmlBlock(self._kind, line, article, self._open["main"] > 0, is_link))
        self._text, self._linked, self._size = [], 0, 0
