"""The paragraphs of a page, those of its article told apart from what stands around them, and what markup says of it.

`selectolax` parses as browsers do, which has no limit: a hundred kilobytes of unclosed <b> become gigabytes, and deep
nesting or a tag with ten thousand attributes takes minutes. So it is given no more tags than pages have, none that is
opened again by itself in each paragraph, and no very long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.clipper.dateline import is_byline
from tracker.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST_TAGS: Final = 20_000
"""How many tags that begin an element are read of a page; pages of news have a few thousand."""
_LONGEST_TAG: Final = 5_000
"""How many characters a tag may have; a longer one loses its attributes."""
_LONGEST_VALUE: Final = 1_000
"""How many characters of an attribute are read."""
_ENOUGH: Final = 200
"""How many characters a part of a page must have to be its article."""
_PARAGRAPH: Final = 80
"""How many characters a text that is in no element for paragraphs must have to be one."""
_LONGEST_NOTE: Final = 400
"""How many characters a byline, a caption or the like has at the most."""

_NAMED: Final = frozenset(
    {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "dt", "dd", "pre", "caption"}
)
"""The elements for paragraphs."""
_LISTS: Final = frozenset({"li", "td", "th", "dt", "dd"})
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS: Final = _NAMED | frozenset({
    "address", "article", "aside", "body", "center", "details", "dialog", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav", "ol", "search",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
"""What ends a paragraph."""
_NEVER: Final = frozenset({
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "button", "textarea",
    "video", "audio", "canvas", "datalist", "noframes", "noembed", "rt", "rp", "title",
})  # fmt: skip
"""What is never text; the reading of a character is none either."""
_FORMATTING: Final = re.compile(
    r"<(/?)(?=(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>])", re.IGNORECASE
)
"""Tags that a browser opens again in each paragraph until they are closed."""
_PREFIX: Final = "x-"
_START: Final = re.compile(r"<(?:[A-Za-z]|/(?:p|br)[\s/>])", re.IGNORECASE)
"""What begins an element; the ends of two kinds do so where nothing has begun."""
_TAG: Final = re.compile(
    r"""(</?[A-Za-z][^ \t\n\f\r/>]*+)"""
    r"""(?:[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"""
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]*+))?+)*+"""
)
"""A tag without its end, as the HTML standard divides it into attributes (WHATWG, 13.2.5.32 to 13.2.5.39)."""
_RAW: Final = re.compile(
    r"<(?:(script|style|textarea|title|iframe|xmp|noembed|noframes)(?=[\s/>])|!--|[!?]|/(?![A-Za-z]))", re.IGNORECASE
)
"""What begins a text in which tags are none."""
_TAG_END: Final = re.compile(">")
_COMMENT_END: Final = re.compile(r"--!?>")
_JOINT: Final = "\u00ad"
"""What stands where something was taken out of an unfinished tag, so that no other tag arises; `clean` drops it."""
_BLANK: Final = re.compile(r"\s+")
_EMPTY_LINE: Final = re.compile(r"\n[ ]*\n")

_BESIDE_TAGS: Final = frozenset({"nav", "aside", "figure", "figcaption", "form", "dialog", "menu", "search"})
_BESIDE_ROLES: Final = frozenset({
    "navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "form",
})  # fmt: skip
_BESIDE: Final = re.compile(
    r"(?:^|-)(?:ads?|advert(?:isement)?s?|adsense|addthis|addtoany|breadcrumbs?|consent|cookies?|gdpr|modal|outbrain|"
    r"pager|pagination|popular|popup|promos?|promotion|recirc(?:ulation)?|recommend(?:ed|ations?)|related(?:posts)?|"
    r"shar(?:es?|ebar|edaddy|ethis|ing)|signup|social|sponsor(?:ed)?|subscribe|subscription|newsletters?|taboola|toc|"
    r"trending|most-?(?:read|popular|viewed|shared|commented)|top-(?:stories|news)|"
    r"more-(?:from|on|stories|news|articles|posts)|read-(?:more|next|also)|also-(?:read|like)|(?:you-)?may-like|you-may|"
    r"up-next|see-also|(?:next|prev|previous)-(?:post|article|story)|post-nav|bio|author-?(?:bio|box|info|card|profile|"
    r"description|about)|about-(?:the-)?author|widget-area|(?:latest|recent)-(?:news|posts|stories|articles)|table-of-contents|"
    r"skip-link|sign-up|follow-us|screen-reader|visually-hidden|sr-only)(?=-|$)"
)
"""Words in the names of what stands beside an article."""
_NEIGHBOUR: Final = re.compile(r"(?:^|-)(?:sidebar|nav|navbar|navigation|menu|masthead)(?=-|$)")
_AROUND: Final = re.compile(r"(?:^|-)(?:content|main|layout|page|with|wrap|wrapper)(?=-|$)")
"""Words in names of what has a sidebar or a menu in it, and the article too."""
_COMMENTS: Final = re.compile(r"(?:^|-)(?:comments?|commentlist|disqus|respond)(?=-|$)")
_STATE: Final = re.compile(
    r"^(?:has|hide|is|no|not|with|without)-|-(?:closed|disabled|enabled|off|on|open|status)(?=-|$)"
)
"""Words in names that say how the element is: what is called "has-sidebar" or "comments-open" is neither."""
_NOTE: Final = re.compile(
    r"(?:^|-)(?:authors?(?:-name)?|reporter|contributor|byline|caption(?:-text)?|categories|copyright|credits?|date(?:line|time)?|meta|posted(?:-on|-by)?|"
    r"published|tags|(?:tag|cat)-links|timestamp|(?:read(?:ing)?-)?time)$"
)
"""Names of what says by whom and when an article or a picture was made."""
_BODY: Final = re.compile(
    r"(?:[a-z]+-){0,3}?(?:article|entry|post|story|news|blog)-?(?:content|body|text|copy)(?:-(?:inner|wrapper|wrap))?"
    r"|field-name-body"
)
"""Names of what has the text of an article and nothing else."""
_WORD: Final = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")
_PUBLISHED: Final = frozenset(
    {"datepublished", "dc:date", "dc:created", "schema:datepublished", "published", "pubdate"}
)
_CHANGED: Final = frozenset({"updated", "modified", "datemodified"})


class PagePart(NamedTuple):
    """A paragraph of a page."""

    kind: str
    """Its element, of those for paragraphs; "" for any other."""
    text: str
    """Its lines, as many as there are line breaks in it."""
    container: int
    """The number of the container that it stands in."""
    is_link: bool
    """Whether all of it is a link elsewhere."""


class Container(NamedTuple):
    """An element that has a meaning for what is in it."""

    kind: str
    """"page", "main", "article" (not in another one), "body" (the text of an article), "comments", "beside", "footer",
    or "note" (a byline, a caption)."""
    parent: int
    part: int
    """The number of the article, the main part or the page that it stands in."""
    is_out: bool = False
    """Whether nothing in it is text of an article."""


class Moment(NamedTuple):
    """A day that stands in the body of a page."""

    text: str
    container: int
    at: int
    """How many paragraphs stand before it."""
    is_said: bool
    """Whether the markup says that it is the day of publication."""
    is_listed: bool
    """Whether it stands in a list or a table, and not in one about the article."""


class Markup(NamedTuple):
    """What is in a page."""

    blocks: list[PagePart]
    containers: list[Container]
    """The page itself is the first; what stands in another comes after it."""
    moments: list[Moment]
    meta: dict[str, str]
    """The contents of <meta>, by name in lower case, the first of each."""
    data: list[str]
    """The texts of JSON-LD."""
    canonical: str
    title: str

    def is_read(self, block: PagePart) -> bool:
        """Return whether a paragraph stands in no part of the page that is left out."""
        return not self.containers[block.container].is_out

    def sizes(self, *, of_all: bool = False) -> list[int]:
        """Return how many characters are in each container that are no links, of what is not left out or of all.

        Comments count in none but their own.
        """
        found = [0] * len(self.containers)
        for block in self.blocks:
            if not block.is_link and (of_all or self.is_read(block)):
                found[block.container] += len(block.text)
        for number in range(len(found) - 1, 0, -1):
            if self.containers[number].kind != "comments":
                found[self.containers[number].parent] += found[number]
        return found


class ArticleMarkup(NamedTuple):
    """The article of a page."""

    paragraphs: list[str]
    said: list[str]
    """The days that its markup gives as that of its publication, best first."""
    notes: list[str]
    """The lines about it: who wrote it, and when."""


def read_markup(html: str) -> Markup:
    """Return what is in a page."""
    # The parser takes longer to be loaded than a text without tags takes to be read.
    from selectolax.lexbor import LexborHTMLParser

    text, data = _without_raw_text(html)
    reader = _Reader()
    root = LexborHTMLParser(_tamed(text)).root
    if root is not None:
        reader.read(root)
    markup = Markup(reader.blocks, reader.containers, reader.moments, reader.meta, data, reader.canonical, reader.title)
    return markup._replace(containers=_without_surroundings(markup))


def _without_raw_text(html: str) -> tuple[str, list[str]]:
    """Return a page without comments, scripts and the like, and the scripts that are JSON-LD.

    What has no end takes the rest of the page with it, as in a browser.
    """
    kept, data, at = [], [], 0
    while (start := _RAW.search(html, at)) is not None:
        before, name = html[at : start.start()], start[1]
        is_unfinished = before.rfind("<") > before.rfind(">")
        if is_unfinished and name is None:
            # It is a part of an attribute.
            kept.append(f"{before}&lt;")
            at = start.start() + 1
            continue
        kept.append(before + _JOINT if is_unfinished else before)
        if name is not None:
            end = _raw_end(name.casefold()).search(html, start.end())
        else:
            end = (_COMMENT_END if start[0] == "<!--" else _TAG_END).search(html, start.start() + 2)
        tag, _, text = html[start.end() : end.start() if end is not None else len(html)].partition(">")
        if name is not None and name.casefold() == "script" and "ld+json" in tag[:_LONGEST_VALUE]:
            data.append(text)
        elif name is not None and name.casefold() == "title":
            is_picture = tag.endswith("/")
            kept.append("" if is_picture else f"<title>{text.replace('<', '&lt;')}</title>")
            if is_picture:
                at = start.end() + len(tag) + 1
                continue
        if end is None:
            return "".join(kept), data
        at = html.find(">", end.end() - 1) + 1 or len(html)
    return "".join((*kept, html[at:])), data


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _tamed(html: str) -> str:
    """Return a page of which a parser without limits can make no more than is in it, see the module."""
    if (last := next(islice(_START.finditer(html), _MOST_TAGS, None), None)) is not None:
        html = html[: last.start()]
    html = _TAG.sub(lambda found: found[1] if len(found[0]) > _LONGEST_TAG else found[0], html)
    return _FORMATTING.sub(rf"<\1{_PREFIX}", html)


class _Place(NamedTuple):
    """Where a text stands."""

    kind: str = ""
    container: int = 0
    is_link: bool = False
    is_preformatted: bool = False
    is_other: bool = False
    """Whether it is about something else than the page or its article, as microdata say."""


class _Reader:
    """Goes through the elements of a page in their order."""

    def __init__(self) -> None:
        self.blocks: list[PagePart] = []
        self.containers = [Container("page", 0, 0)]
        self.moments: list[Moment] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.title = ""
        self._place = _Place()
        self._text: list[str] = []
        self._linked = 0
        self._size = 0

    def read(self, root: LexborNode) -> None:
        """Take an element, and all that is in it."""
        around: list[tuple[LexborNode, _Place]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag or "-"
            if tag == "-text":
                self._take(node.text_content or "")
            elif not tag.startswith("-"):
                place = self._place
                if self._enter(node, tag) and (child := node.first_child) is not None:
                    around.append((node, place))
                    node = child
                    continue
                self._leave(tag, place)
            while node is not None and (following := node.next) is None and around:
                node, place = around.pop()
                self._leave(node.tag or "-", place)
            node = following if node is not None else None
        self._flush()

    def _take(self, text: str) -> None:
        if not self._place.is_preformatted:
            # A line of the source is no line of the text.
            text = _BLANK.sub(" ", text)
        size = len(text) - text.count(" ")
        self._text.append(text)
        self._size += size
        self._linked += size if self._place.is_link else 0

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Enter an element, and return whether there may be text in it."""
        attributes = {name: (value or "")[:_LONGEST_VALUE] for name, value in node.attributes.items()}
        if tag in _BREAKS:
            self._flush()
        elif tag == "br":
            self._text.append("\n")
        elif tag == "q":
            self._text.append("“")
        self._note(node, tag, attributes)
        place = self._place
        names = [*attributes.get("class", "").split(), attributes.get("id", "")]
        kind = "" if tag in ("html", "body") else _kind(tag, names, attributes)
        if kind == "article" and self.containers[self._part()].kind == "article":
            kind = ""
        if tag not in _BREAKS and (place.kind or self._size):
            # Words of a paragraph are in it, whatever they are called.
            if _is_hidden(attributes):
                return False
            kind = ""
        if kind:
            self._flush()
            self.containers.append(Container(kind, place.container, self._part()))
        self._place = _Place(
            tag if tag in _NAMED else place.kind,
            len(self.containers) - 1 if kind else place.container,
            place.is_link or (tag == f"{_PREFIX}a" and "href" in attributes),
            place.is_preformatted or tag == "pre",
            not _may_date(attributes["itemtype"]) if attributes.get("itemtype") else place.is_other,
        )
        return tag not in _NEVER

    def _leave(self, tag: str, place: _Place) -> None:
        """Leave an element, for the place around it."""
        if tag in _BREAKS or self._place.container != place.container:
            self._flush()
        elif tag == "q":
            self._text.append("”")
        self._place = place

    def _part(self) -> int:
        """Return the number of the article, the main part or the page around."""
        container = self.containers[self._place.container]
        return self._place.container if container.kind in ("page", "main", "article") else container.part

    def _note(self, node: LexborNode, tag: str, attributes: dict[str, str]) -> None:
        """Note what an element says of the page."""
        words = {attributes.get("name", "").strip().casefold()} - {""}
        words.update(*(attributes.get(key, "").casefold().split() for key in ("property", "itemprop")))
        content = attributes.get("content", "")
        if tag == "title":
            self.title = self.title or _text_of(node)
        elif tag == "link" and "canonical" in attributes.get("rel", "").casefold().split():
            self.canonical = self.canonical or attributes.get("href", "")
        elif tag == "meta" and content and not self._place.is_other and self._place.container == 0:
            for name in words:
                self.meta.setdefault(name, content)
        words |= set(attributes.get("class", "").casefold().split()) | ({"pubdate"} & attributes.keys())
        is_said = bool(words & _PUBLISHED)
        if (tag == "time" or is_said) and not words & _CHANGED and not self._place.is_other:
            text = content or attributes.get("datetime") or (is_said and attributes.get("title")) or _text_of(node)
            container = self._place.container
            is_listed = self._place.kind in _LISTS and self.containers[container].kind != "note"
            self.moments.append(Moment(text, container, len(self.blocks), is_said, is_listed))

    def _flush(self) -> None:
        """End a paragraph."""
        text = "".join(self._text)
        if text.strip():
            kind, container = self._place.kind, self._place.container
            is_link = self._linked * 5 >= self._size * 4
            for part in _EMPTY_LINE.split(clean(text)):
                lines = [line for one in part.split("\n") if (line := " ".join(one.split()))]
                if lines:
                    joined = (" " if kind in HEADINGS else "\n").join(lines)
                    self.blocks.append(PagePart(kind, joined, container, is_link))
        self._text, self._linked, self._size = [], 0, 0


def _text_of(node: LexborNode) -> str:
    """Return the text at the beginning of an element that has nothing but text."""
    child = node.first_child
    return (child.text_content or "")[:_LONGEST_VALUE] if child is not None else ""


def _may_date(kind: str) -> bool:
    """Return whether what microdata are about is the page, or an article."""
    name = kind.rstrip("/").rpartition("/")[2]
    return name.endswith(("Article", "BlogPosting", "WebPage", "Blog")) or name == "CreativeWork"


def _kind(tag: str, names: Iterable[str], attributes: dict[str, str]) -> str:
    """Return the kind of container that an element is, "" for none."""
    names = ["-".join(map(str.casefold, _WORD.findall(name))) for name in names]
    role = attributes.get("role", "")
    if attributes.get("itemtype", "").endswith("/Comment") or any(_is_so(_COMMENTS, name) for name in names):
        return "comments"
    if tag in ("article", "main") or role == "main":
        return "article" if tag == "article" else "main"
    if tag == "figure" and any("table" in name for name in names):
        return ""
    if tag in _BESIDE_TAGS or role in _BESIDE_ROLES or _is_hidden(attributes):
        return "beside"
    if tag == "footer" or any(name.endswith("footer") for name in names):
        return "footer"
    if "articleBody" in attributes.get("itemprop", "").split() or any(map(_is_body, names)):
        return "body"
    if any(_is_so(_BESIDE, name) or (_is_so(_NEIGHBOUR, name) and not _AROUND.search(name)) for name in names):
        return "beside"
    return "note" if tag == "address" or any(map(_NOTE.search, names)) else ""


def _is_body(name: str) -> bool:
    return _BODY.fullmatch(name) is not None and not _BESIDE.search(name)


def _is_so(words: re.Pattern[str], name: str) -> bool:
    """Return whether a name has such words, and does not only say that what is in the element does."""
    return words.search(name) is not None and not _STATE.search(name)


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").casefold()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or "display:none" in style


def _without_surroundings(markup: Markup) -> list[Container]:
    """Return the containers of a page, those marked that are left out.

    Where a text follows the headline without them, all are left out that are no part of an article. Else what has two
    thirds of the text around it is never left out, and nothing but comments is where less than a third would stay: a
    page may be one large form, or never end its navigation.
    """
    sizes = markup.sizes(of_all=True)
    bold = markup._replace(containers=_marked(markup.containers, sizes, most=1))
    blocks = [block for block in markup.blocks if bold.is_read(block)]
    title_at = next((number for number, block in enumerate(blocks) if block.kind == "h1"), len(blocks))
    if any(map(_is_long, blocks[title_at:])):
        return bold.containers
    strict = markup._replace(containers=_marked(markup.containers, sizes))
    left = strict.sizes()
    bare = {number for number, size in enumerate(sizes) if 3 * left[number] < size}
    return _marked(markup.containers, sizes, bare)


def _marked(
    containers: Sequence[Container], sizes: list[int], bare: Iterable[int] = (), most: float = 2 / 3
) -> list[Container]:
    """Return containers, those marked that are left out: none with the body of the article, or more than a share.

    Args:
        containers: All of the page.
        sizes: How much text each has.
        bare: The numbers of the parts in which only comments are left out.
        most: The share.
    """
    around_body = [one.kind == "body" and 2 * sizes[number] >= sizes[one.part] for number, one in enumerate(containers)]
    for number in range(len(containers) - 1, 0, -1):
        around_body[containers[number].parent] |= around_body[number]
    marked: list[Container] = []
    for number, one in enumerate(containers):
        is_small = sizes[number] <= most * sizes[one.part] and (one.kind != "note" or sizes[number] <= _LONGEST_NOTE)
        is_small = is_small and not around_body[number]
        is_out = one.kind in ("beside", "footer", "note") and is_small and one.part not in bare
        is_out = is_out or (one.kind == "comments" and sizes[0] > 0)
        marked.append(one._replace(is_out=is_out or (number > 0 and marked[one.parent].is_out)))
    return marked


def find_article(markup: Markup, headline: str) -> ArticleMarkup:
    """Return the article of a page with this headline: its longest <article>, else its main part, else all of it."""
    title = fold(headline)
    part = _find_part(markup, title)
    is_inside = _inside(markup.containers, part)
    numbers = [number for number, block in enumerate(markup.blocks) if markup.is_read(block)]
    same = [number for number in numbers if title and fold(markup.blocks[number].text) == title]
    title_at = next((number for number in same if markup.blocks[number].kind in HEADINGS), -1)
    if title_at < 0 and same and not any(_is_long(block) for block in markup.blocks[: same[0]]):
        title_at = same[0]
    head_start = max(title_at, 0)
    # What stands before the headline is the head of the site, unless the headline comes late.
    first = head_start if 2 * _size(markup.blocks[head_start:]) >= _size(markup.blocks) else 0
    last = len(markup.blocks)
    if body := _find_body(markup, is_inside):
        is_body = _inside(markup.containers, body)
        in_body = [number for number in numbers if is_body[markup.blocks[number].container]]
        first, last = max(first, title_at) if title_at < in_body[0] else first, in_body[-1] + 1
        if not part and title_at < 0:
            is_inside = is_body
    is_list = not part and sum(one.kind == "article" for one in markup.containers) > 2
    numbers = [number for number in numbers if first <= number < last and is_inside[markup.blocks[number].container]]
    kept = [
        block
        for block in map(markup.blocks.__getitem__, numbers)
        if not block.is_link or block.kind == "h1" or (is_list and block.kind in HEADINGS)
    ]
    if 2 * _size(block for block in kept if block.kind) >= _size(kept):
        kept = [block for block in kept if block.kind or len(block.text) >= _PARAGRAPH]
    head_end = next((n for n in numbers if _is_long(markup.blocks[n])), numbers[-1] if numbers else 0)
    head = range(head_start, head_end)
    is_beside = [False]
    for one in markup.containers[1:]:
        is_beside.append(is_beside[one.parent] or (one.is_out and one.kind in ("beside", "comments")))
    moments = [one for one in markup.moments if not (is_list or one.is_listed or is_beside[one.container])]
    said = [one.text for one in moments if one.is_said and (is_inside[one.container] or one.at in head)]
    said += [one.text for one in moments if not one.is_said and one.at in head]
    lines = [markup.blocks[number] for number in head]
    notes = [block.text for block in lines if not is_beside[block.container] and _is_note(markup, block)]
    above = {id(block) for block in lines if _is_note(markup, block) and is_byline(block.text)}
    kept = [block for block in kept if id(block) not in above]
    return ArticleMarkup([block.text for block in kept if fold(block.text) != title], said, notes)


def _find_part(markup: Markup, title: str) -> int:
    """Return the number of the container that has the article and as little else as possible."""
    left = markup.sizes()
    articles = [n for n, one in enumerate(markup.containers) if one.kind == "article" and not one.is_out]
    titled = {
        markup.containers[block.container].part
        if markup.containers[block.container].kind != "article"
        else block.container
        for block in markup.blocks
        if block.kind == "h1" and fold(block.text) == title
    }
    own = [number for number in articles if number in titled][:1]
    longest = max(own or articles, key=left.__getitem__, default=0)
    mains = [n for n, one in enumerate(markup.containers) if one.kind == "main" and not one.is_out]
    main = max(mains, key=left.__getitem__, default=0)
    if not own and 2 * left[longest] < sum(left[number] for number in articles):
        # A list of articles.
        longest = 0
    for part in (longest, main):
        if part and left[part] >= _ENOUGH and 5 * left[part] >= left[0]:
            return part
    return 0


def _find_body(markup: Markup, is_inside: Sequence[bool]) -> int:
    """Return the number of the container that has the text of the article, if there is one with most of it."""
    left = markup.sizes()
    bodies = [n for n, one in enumerate(markup.containers) if one.kind == "body" and is_inside[n] and not one.is_out]
    body = max(bodies, key=left.__getitem__, default=0)
    around = left[is_inside.index(True)]
    return body if body and left[body] >= _ENOUGH and 3 * left[body] >= around else 0


def _inside(containers: Sequence[Container], part: int) -> list[bool]:
    """Return of each container whether it is this one, or in it."""
    found: list[bool] = []
    for number, one in enumerate(containers):
        found.append(number == part or (number > 0 and found[one.parent]))
    return found


def _size(blocks: Iterable[PagePart]) -> int:
    return sum(len(block.text) for block in blocks if not block.is_link)


def _is_note(markup: Markup, block: PagePart) -> bool:
    """Return whether a line above the text may be one about the article; a date in a table is of something else."""
    return markup.containers[block.container].kind == "note" or block.kind not in (HEADINGS | _LISTS)


def _is_long(block: PagePart) -> bool:
    """Return whether a paragraph is one of the text, and no line above it."""
    return len(block.text) >= _PARAGRAPH and not block.is_link and block.kind not in HEADINGS


def fold(text: str) -> str:
    """Return the letters and digits of a text, by which it is the same as another."""
    return "".join(filter(str.isalnum, text.casefold()))
