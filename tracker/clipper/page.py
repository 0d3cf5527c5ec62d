"""A page as it is stored or sent: its bytes as text, the article in its HTML, and what it says of itself."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from html import unescape
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from tracker.clipper.dateline import published_in
from tracker.clipper.markup import HEADINGS, ArticleMarkup, Markup, find_article, fold, read_markup
from tracker.errors import BadValue, ClipError
from tracker.json_reader import read_json
from tracker.model.article_draft import Article
from tracker.model.window_parser import parse_said_date
from tracker.text import clean, clean_line, shorten

MOST_BYTES: Final = 2_000_000
"""How large a page may be, unpacked."""

_CHARSETS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("euc-kr", "euckr", "ks_c_5601-1987", "korean", "windows-949", "cp949", "uhc"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "cp932"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    "utf-16be": "utf-16-be", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "windows-1254": "cp1254", "iso-8859-2": "iso8859_2", "iso-8859-9": "cp1254", "iso-8859-15": "iso8859_15",
    "windows-874": "cp874", "tis-620": "cp874", "windows-1258": "cp1258",
}  # fmt: skip
"""The encodings that pages name, and how Python calls them; others are not trusted to be encodings at all."""
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED: Final = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN: Final = 4096
"""How many bytes of a page may come before it says how it is encoded."""
_BINARIES: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PK\x03\x04", "an archive"),
)
_TAGGED: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b", re.IGNORECASE)
_DATES: Final = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published", "publication_date", "parsely-pub-date",
    "sailthru.date", "dc.date", "dc.date.issued", "dc.date.created", "dc.created", "dcterms.date", "dcterms.issued",
    "dcterms.created", "article.published", "article.created", "article_date_original", "bt:pubdate",
    "rnews:datepublished", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
)  # fmt: skip
"""The names by which pages tell the day they were published, best first."""
_TIME: Final = re.compile(r"(?<![ ,T])[ ,T]++\d{1,2}:\d{2}.*$")
_OLDEST: Final = date(1990, 1, 1)
"""No page is older; what says so was never set."""


_ARTICLES: Final = ("Article", "BlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report")
"""How the names of the types end that articles have at schema.org, "NewsArticle" and "LiveBlogPosting" among them."""
_PAGES: Final = ("WebPage", "ItemPage")
_SAME_START: Final = 40
"""How many letters of a headline are compared; some are cut or have more at the end."""


class _Told(NamedTuple):
    """What the structured data of a page says of its article."""

    headline: str = ""
    published: str = ""
    outlet: str = ""
    page_published: str = ""
    """The day that it gives for the page."""


def decoded(data: bytes, charset: str = "", name: str = "The text") -> str:
    """Return the bytes of a page or a text as text.

    Args:
        data: The bytes.
        charset: How the answer says that they are encoded; "" for not said.
        name: How they are called in the sentence that refuses them.

    Raises:
        ClipError: They are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if what := next((what for start, what in _BINARIES if data.startswith(start)), ""):
        raise ClipError(f"{name} is {what}, not a text. Copy the article from it and paste that.")
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    named = (charset, found[1].decode("ascii", "replace") if found else "")
    said = next((known for one in named if (known := _CHARSETS.get(one.strip("\"' ").casefold()))), "")
    if said != "iso2022_jp":
        # What is good UTF-8 is hardly ever anything else, whatever the page says.
        with suppress(UnicodeDecodeError):
            said, text = "utf-8", data.decode()
            if "\x00" not in text:
                return text
    if not said.startswith("utf-16") and b"\x00" in data:
        raise ClipError(f"{name} is not a text. Give a file with an article in it, or paste the article.")
    return data.decode(said or "cp1252", "replace")


def is_html(text: str) -> bool:
    """Return whether a text is the HTML of a page, or of a part of one."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    return bool(_TAGGED.search(start)) and (start.startswith("<") or "</p>" in text.casefold())


def article_of(text: str, url: str = "", *, today: date) -> Article:
    """Return the article that a text is, or that is in the HTML of a page.

    Args:
        text: The text or the HTML.
        url: Where it is from; "" for not known.
        today: The day; no page was published after the next one, which may have begun where it was.

    Raises:
        ClipError: There is no text in it.
    """
    if not is_html(text):
        plain = clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if not plain:
            raise ClipError("There is no text to read. Give a file or an address, or paste an article.")
        return Article(plain, url=url, outlet=_host(url))
    page = read_markup(text)
    address = _address(page, url)
    told = _told(page, address)
    outlet = _line(page.meta.get("og:site_name", "") or told.outlet or page.meta.get("application-name", ""))
    outlet = outlet or _host(address)
    headline = _headline(page, told, outlet)
    found = find_article(page, headline)
    if not found.paragraphs:
        raise ClipError("There is no text on the page; it may need a browser. Copy the article and paste it.")
    day, words = _published(page, told, found, today)
    text = "\n\n".join(filter(None, (headline, *found.paragraphs)))
    return Article(text, headline, day, words, address, outlet, "the page" if day else "")


def _headline(page: Markup, told: _Told, outlet: str) -> str:
    """Return the headline: the heading of the page, where the rest of it does not say otherwise."""
    names = (page.meta.get("og:title", ""), page.meta.get("twitter:title", ""), told.headline, page.title)
    said = [title for name in names if (title := _without_outlet(_line(name), outlet))]
    blocks = [one for one in page.blocks if one.kind in HEADINGS and page.is_read(one)]
    by_fold = {fold(block.text): block.text for block in reversed(blocks)}
    same = [by_fold[fold(title)] for title in said if fold(title) in by_fold]
    headings = [block.text for block in blocks if block.kind == "h1" and fold(block.text) != fold(outlet)]
    if not same and len(headings) > 1 and said:
        return said[0]
    return next((shorten(clean_line(text)) for text in (*same, *headings, *said)), "")


def _without_outlet(title: str, outlet: str) -> str:
    """Return the title of a page without the name of its outlet at the end."""
    for sign in ("|", "–", "—", "·", "-", "•", "»"):
        start, _, end = title.rpartition(f" {sign} ")
        if start and fold(end) and fold(end) in (fold(outlet), fold(outlet.partition(".")[0])):
            return start
    return title


def _line(text: str) -> str:
    """Return what a page says of itself on one line, and no longer than a headline may be."""
    return shorten(clean_line(text))


def _address(page: Markup, url: str) -> str:
    """Return the address of the page as it gives it itself, where that is on the same host."""
    said = clean_line(page.canonical or page.meta.get("og:url", ""))
    with suppress(ValueError):
        said = urljoin(url, said)
        if said.startswith(("https://", "http://")) and " " not in said and (not url or _host(said) == _host(url)):
            return said
    return url


def _host(url: str) -> str:
    with suppress(ValueError):
        return (urlsplit(url).hostname or "").removeprefix("www.")
    return ""


def _published(page: Markup, told: _Told, found: ArticleMarkup, today: date) -> tuple[date | None, str]:
    """Return the day on which a page says that it was published, and how it says so where that is no day."""
    for text in (told.published, *(page.meta.get(name, "") for name in _DATES), *found.said, told.page_published):
        if (day := _day(clean_line(text))) is not None and (day[0] - today).days <= 1:
            return day
    return published_in("\n".join(found.notes), today), ""


def _day(text: str) -> tuple[date, str] | None:
    """Return the day, or the month, that a moment of a page names; None for what is neither."""
    text = _TIME.sub("", text[:60])
    if found := re.match(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d(?!\d{3}(?:\d\d)?(?!\d)))", text):
        text = "-".join(found.groups())
    elif re.match(r"[A-Za-z]{3}, \d", text):
        text = text[5:]
    with suppress(BadValue):
        day, words = parse_said_date(text)
        return (day, words) if day >= _OLDEST and (not words or re.fullmatch(r"\d{4}-\d{2}", words)) else None
    return None


def _told(page: Markup, url: str) -> _Told:
    """Return what the JSON-LD of a page says of its article, else of the page itself."""
    nodes = [node for text in page.data for node in _nodes(read_json(text))]
    articles = [node for node in nodes if _is_one_of(node, _ARTICLES)]
    pages = [node for node in nodes if _is_one_of(node, _PAGES)]
    titles = (page.meta.get("og:title", ""), *(block.text for block in page.blocks if block.kind == "h1"))
    starts = {fold(title)[:_SAME_START] for title in titles} - {""}
    # There may be other stories among them.
    own = [node for node in articles if _is_at(node, url)]
    own += [node for node in articles if fold(_word(node.get("headline")))[:_SAME_START] in starts]
    if not own and len(articles) == 1 and not (url and _addresses(articles[0])):
        own = articles
    node = next(iter((*own, *pages, {})))
    publisher = node.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    return _Told(
        _word(node.get("headline")),
        "" if node in pages else _word(node.get("datePublished")),
        _word(publisher.get("name") if isinstance(publisher, dict) else publisher),
        _word(pages[0].get("datePublished")) if pages else "",
    )


def _is_one_of(node: Mapping[str, Any], endings: tuple[str, ...]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(endings) for name in names)


def _is_at(node: Mapping[str, Any], url: str) -> bool:
    """Return whether an article is the one at an address."""
    return bool(url) and _place(url) in map(_place, _addresses(node))


def _addresses(node: Mapping[str, Any]) -> list[str]:
    page = node.get("mainEntityOfPage")
    found = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return [address for address in found if isinstance(address, str) and _host(address)]


def _place(url: str) -> tuple[str, str]:
    """Return host and path of an address, which stay the same when it is followed from elsewhere."""
    return _host(url), urlsplit(url).path.rstrip("/") if _host(url) else ""


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Return the objects of JSON-LD, those in a @graph or a list among them."""
    waiting = deque([data])
    while waiting:
        one = waiting.popleft()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _word(value: Any) -> str:
    return unescape(value) if isinstance(value, str) else ""
