"""The paragraphs of a page, those of its article told apart from what stands around them, and what markup says of it.

`selectolax` parses as browsers do, which has no limit: a hundred kilobytes of unclosed <b> become gigabytes, and deep
nesting or a tag with ten thousand attributes takes minutes. So it is given no more tags than pages have, none that is
opened again by itself in each paragraph, and no very long one.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.clipper.dateline import is_byline
from tracker.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST_TAGS: Final = 20_000  # that begin an element; pages of news have a few thousand
_LONGEST_TAG: Final = 5_000  # in characters; a longer one loses its attributes
_LONGEST_VALUE: Final = 1_000  # of an attribute, in characters
_ENOUGH: Final = 200  # characters that a part of a page must have to be its article
_PARAGRAPH: Final = 80  # characters of a text that is no line above or beside an article

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS: Final = frozenset({"li", "td", "th", "dt", "dd"})
_NO_NOTES: Final = _HEADINGS | _CELLS | {"said", "time"}
_NAMED: Final = _HEADINGS | _CELLS | {"p", "blockquote", "pre", "caption"}  # the elements for paragraphs
_BREAKS: Final = _NAMED | {
    "address", "article", "aside", "body", "center", "details", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "hr", "html", "main", "nav", "ol", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
}  # fmt: skip
"""What ends a paragraph."""
_NEVER: Final = frozenset({
    "aside", "audio", "button", "dialog", "figcaption", "footer", "form", "math", "nav", "noscript", "object", "rp",
    "rt", "select", "svg", "template", "video",
})  # fmt: skip
"""What is never text of an article; the reading of a character is none either."""
_UNREAD: Final = re.compile(
    r"<(script|style|textarea|title|iframe|xmp|noembed|noframes)(?=[\s/>])(?P<text>.*?)(?:</\1(?=[\s/>])[^>]*+>?|\Z)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![A-Za-z]))[^>]*+>?",
    re.IGNORECASE | re.DOTALL,
)
"""Elements and comments in which tags are none; what has no end takes the rest of the page with it, as in a browser."""
_CUT: Final = "\f"  # stands where something was taken out: a blank, so that no other tag arises, and no text
_FORMATTING: Final = re.compile(
    r"<(/?)(?=(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])", re.IGNORECASE
)
"""Tags that a browser opens again in each paragraph until they are closed."""
_START: Final = re.compile(r"<(?:[A-Za-z]|/(?:p|br)[\s/>])", re.IGNORECASE)
"""What begins an element; the ends of two kinds do so where nothing has begun."""
_TAG: Final = re.compile(
    r"""(</?[A-Za-z][^ \t\n\f\r/>]*+)"""
    r"""(?:[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"""
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]*+))?+)*+"""
)
"""A tag without its end, as the HTML standard divides it into attributes (WHATWG, 13.2.5.32 to 13.2.5.39)."""

_WORD: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_COMMENTS: Final = re.compile(r"-(?:comments?|commentlist|disqus|respond)-(?!open|closed)")
_BESIDE: Final = re.compile(
    r"(?<!-has)(?<!-no)(?<!-with)(?<!-content)-(?:ads?|advert\w*|author-?(?:bio|box|info)|about-author|bio|cookies?|footer|menu|nav|"
    r"newsletters?|outbrain|popular|promos?|recirc\w*|recommend\w*|related(?:posts)?|shar(?:es?|ing)|sidebar|signup|social|"
    r"sponsor\w*|subscri\w+|taboola|trending|(?:most|read|more)-(?:from|more|next|news|on|read|stories))-"
    r"(?!open|closed|enabled)"
)
_NOTE: Final = re.compile(
    r"-(?:authors?|byline|caption|caption-text|copyright|credits?|date|meta|posted-on|published|tags|timestamp|time)- "
)
_BODY: Final = re.compile(r"-(?:article|entry|post|story|news)-?(?:content|body|text)- ")
_HOLDERS: Final = (
    "h1, main, [itemprop~=articleBody], [class*=entry-content], [class*=article-body], [class*=post-content]"
)
"""What nothing that stands beside an article has in it, however it is called."""
_PUBLISHED: Final = frozenset({"datepublished", "dc:date", "schema:datepublished", "published", "pubdate"})
_CHANGED: Final = frozenset({"updated", "modified", "datemodified"})


class PageParagraph(NamedTuple):
    """A paragraph of a page; or a day that its markup gives: "said" is the kind of that of publication, or "time"."""

    kind: str  # its element, of those for paragraphs; "" for any other
    text: str  # its lines, as many as there are line breaks in it
    part: int  # the number of the part of the page that it stands in
    is_link: bool  # whether most of it is a link elsewhere
    is_note: bool = False  # whether it is named as a byline, a caption or the like

    @property
    def size(self) -> int:
        """How many characters of an article it may be."""
        return 0 if self.is_link or self.is_note else len(self.text)

    @property
    def is_long(self) -> bool:
        """Whether it is one of the text, and no line above it."""
        return self.size >= _PARAGRAPH and self.kind not in _HEADINGS


class Markup(NamedTuple):
    """What is in a page."""

    blocks: list[PageParagraph]
    parents: list[int]  # of each part the one around it; the page is the first, others may be its article
    meta: dict[str, str]  # by name in lower case, the first of each; "canonical" and "title" among them
    data: list[str]  # the texts of JSON-LD

    def headings(self, *kinds: str) -> list[str]:
        """Return the headings of some kinds, all without any."""
        return [block.text for block in self.blocks if block.kind in (kinds or _HEADINGS)]


def read_markup(html: str) -> Markup:
    """Return what is in a page."""
    # The parser takes longer to be loaded than a text without tags takes to be read.
    from selectolax.lexbor import LexborHTMLParser

    text, data, title = _without_raw_text(html)
    root = LexborHTMLParser(_tamed(text)).root
    reader = _Reader(title, root)
    if not any(block.is_long for block in reader.blocks):
        # A page may be one large form, or never end its navigation.
        reader = _Reader(title, root, is_all=True)
    return Markup(reader.blocks, reader.parents, reader.meta, data)


def _without_raw_text(html: str) -> tuple[str, list[str], str]:
    """Return a page without comments, scripts and the like, the scripts that are JSON-LD, and the title."""
    data, titles = [], [""]

    def take(found: re.Match[str]) -> str:
        tag, _, text = (found["text"] or "").partition(">")
        if (found[1] or "").casefold() == "title":
            titles.append(unescape(text))
        elif "ld+json" in tag:
            data.append(text)
        return _CUT

    return _UNREAD.sub(take, html.replace(_CUT, " ")), data, titles[:2][-1]


def _tamed(html: str) -> str:
    """Return a page without what makes the parser work on and on: too many tags, long ones, formatting that reopens."""
    if (last := next(islice(_START.finditer(html), _MOST_TAGS, None), None)) is not None:
        html = html[: last.start()]
    html = _TAG.sub(lambda found: found[1] if len(found[0]) > _LONGEST_TAG else found[0], html)
    return _FORMATTING.sub(r"<\1x-", html)


class _Place(NamedTuple):
    """Where a text stands."""

    kind: str = ""
    part: int = 0
    is_link: bool = False
    note: int = 0  # the number of the byline, caption or the like that it stands in
    is_other: bool = False  # whether it is about something else than the page or its article, as microdata say


class _Reader:
    """Goes through the elements of a page in their order."""

    def __init__(self, title: str, root: LexborNode | None, *, is_all: bool = False) -> None:
        self.blocks: list[PageParagraph] = []
        self.parents = [0]
        self.meta = {"title": title}
        self._is_all = is_all
        self._around: set[int] = set()
        self._text: list[str] = []
        self._days: list[PageParagraph] = []
        self._notes = self._linked = self._size = 0
        if root is not None:
            self._read(root)

    def _read(self, root: LexborNode) -> None:
        for inner in root.css(_HOLDERS):
            around: LexborNode | None = inner
            while around is not None and around.mem_id not in self._around:
                self._around.add(around.mem_id)
                around = around.parent
        waiting: list[tuple[LexborNode | None, _Place]] = [(root, _Place())]
        while waiting:
            node, place = waiting.pop()
            if node is None:
                self._flush(place)
                continue
            waiting += [(node.next, place)] if node.next is not None else []
            tag = node.tag or "-"
            if tag == "-text":
                self._take(node.text_content or "", place)
            elif tag == "br":
                self._text.append("\n")
            elif not tag.startswith("-") and (inside := self._enter(node, tag, place)) is not None:
                if tag in _BREAKS or inside.note != place.note:
                    self._flush(place)
                    waiting.append((None, inside))
                waiting += [(node.first_child, inside)] if node.first_child is not None else []
        self._flush(_Place())

    def _take(self, text: str, place: _Place) -> None:
        # A line of the source is no line of the text.
        text = text.replace(_CUT, "") if place.kind == "pre" else re.sub(r"\s+", " ", text.replace(_CUT, ""))
        self._text.append(text)
        size = len(text) - text.count(" ")
        self._size += size
        self._linked += size if place.is_link else 0

    def _enter(self, node: LexborNode, tag: str, place: _Place) -> _Place | None:
        """Return the place in an element; None where nothing in it is text of an article."""
        attributes = {name: (value or "")[:_LONGEST_VALUE] for name, value in node.attributes.items()}
        # Words of a paragraph are in it, whatever they are called.
        is_inline = tag not in _BREAKS and bool(place.kind or self._size)
        kind = "" if is_inline or tag in ("html", "body") else _kind(tag, attributes)
        is_beside = tag in _NEVER or "hidden" in attributes or kind == "beside"
        if (kind == "comments" or (is_beside and not self._is_all)) and node.mem_id not in self._around:
            return None
        if kind == "part":
            self.parents.append(place.part)
        self._notes += kind == "note"
        subject = attributes.get("itemtype", "").rstrip("/")
        is_own = subject.endswith(("Article", "BlogPosting", "WebPage", "Blog", "/CreativeWork"))
        place = _Place(
            tag if tag in _NAMED else place.kind,
            len(self.parents) - 1 if kind == "part" else place.part,
            place.is_link or (tag == "x-a" and "href" in attributes),
            self._notes if kind == "note" else place.note,
            not is_own if subject else place.is_other,
        )
        if not place.is_other:
            self._note(node, tag, attributes, place)
        return place

    def _note(self, node: LexborNode, tag: str, attributes: dict[str, str], place: _Place) -> None:
        """Note what an element says of the page."""
        words = {attributes.get("name", "").casefold()} - {""}
        words.update(*(attributes.get(key, "").casefold().split() for key in ("property", "itemprop")))
        content = attributes.get("content", "")
        if tag == "link" and attributes.get("rel", "").casefold() == "canonical":
            self.meta.setdefault("canonical", attributes.get("href", ""))
        elif tag == "meta" and content and place.part == 0:
            for name in words:
                self.meta.setdefault(name, content)
        words.update(attributes.get("class", "").casefold().split(), {"pubdate"} & attributes.keys())
        is_said = bool(words & _PUBLISHED)
        if (tag == "time" or is_said) and not words & _CHANGED and (place.note or place.kind not in _CELLS):
            child = node.first_child
            text = (child.text_content or "")[:_LONGEST_VALUE] if child is not None else ""
            text = content or attributes.get("datetime") or (is_said and attributes.get("title")) or text
            self._days.append(PageParagraph("said" if is_said else "time", text, place.part, is_link=True))

    def _flush(self, place: _Place) -> None:
        """End a paragraph."""
        is_link = self._linked * 5 >= self._size * 4
        for part in re.split(r"\n *\n", clean("".join(self._text))) if self._size else ():
            if lines := [line for one in part.split("\n") if (line := " ".join(one.split()))]:
                text = (" " if place.kind in _HEADINGS else "\n").join(lines)
                self.blocks.append(PageParagraph(place.kind, text, place.part, is_link, place.note > 0))
        self.blocks += self._days
        self._text, self._days, self._linked, self._size = [], [], 0, 0


def _kind(tag: str, attributes: dict[str, str]) -> str:
    """Return what an element is of a page: "comments", "part", "beside", "note", or "" for no more than its tag."""
    names = [*attributes.get("class", "").split(), attributes.get("id", "")]
    name = "".join(f"-{'-'.join(map(str.casefold, _WORD.findall(one)))}- " for one in names)
    if attributes.get("itemtype", "").endswith("/Comment") or _COMMENTS.search(name):
        return "comments"
    if tag in ("article", "main") or "articleBody" in attributes.get("itemprop", "") or _BODY.search(name):
        return "part"
    return "beside" if _BESIDE.search(name) else "note" if tag == "address" or _NOTE.search(name) else ""


def find_article(markup: Markup, headline: str) -> tuple[list[str], list[str], list[str]]:
    """Return the article of a page with this headline: what stands in its smallest part with most of the text.

    Returns:
        Its paragraphs; the days that markup gives as that of its publication, best first; and the lines about it, which
        say who wrote it, and when.
    """
    title, blocks = fold(headline), markup.blocks
    # What stands before the headline is the head of the site.
    heads = (number for number, block in enumerate(blocks) if block.kind in _HEADINGS and fold(block.text) == title)
    first = next(heads, 0)
    inside = _find_part(markup, first)
    is_list = 0 in inside and len(markup.parents) > 3
    own = [block for block in blocks[first:] if block.part in inside]
    start = next((block for block in own if block.is_long), None)
    head = list(takewhile(lambda block: block is not start, blocks[first:]))
    above = {id(block) for block in head if is_byline(block.text)}
    kept = [block for block in own if block.size or (is_list and block.kind in _HEADINGS)]
    kept = [block for block in kept if id(block) not in above and fold(block.text) != title]
    if 2 * sum(block.size for block in kept if block.kind) >= sum(block.size for block in kept):
        kept = [block for block in kept if block.kind or block.is_long]
    days = [block.text for block in (*blocks[:first], *own) if block.kind == "said" and block.part in inside]
    days += [block.text for block in head if block.kind in ("said", "time")]
    notes = [block.text for block in head if block.is_note or block.kind not in _NO_NOTES]
    return [block.text for block in kept], [] if is_list else days, notes


def _find_part(markup: Markup, first: int) -> set[int]:
    """Return the smallest part that has most of the text of the headline's part, and the parts in it."""
    sizes = [0] * len(markup.parents)
    for block in markup.blocks[first:]:
        sizes[block.part] += block.size
    for number in range(len(sizes) - 1, 0, -1):
        sizes[markup.parents[number]] += sizes[number]
    own = part = markup.blocks[first].part if first and sizes[markup.blocks[first].part] >= _ENOUGH else 0
    for number, parent in enumerate(markup.parents):
        if number and parent == part and 3 * sizes[number] >= 2 * sizes[own]:
            part = number
    inside = {part}
    inside.update(number for number, parent in enumerate(markup.parents) if number and parent in inside)
    return inside


def fold(text: str) -> str:
    """Return the letters and digits of a text, by which it is the same as another."""
    return "".join(filter(str.isalnum, text.casefold()))
