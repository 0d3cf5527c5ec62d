"""A page as it is stored or sent: its bytes as text, the article in its HTML, and what it says of itself."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from tracker.clipper.dateline import published_in, read_day
from tracker.clipper.markup import Markup, find_article, fold, read_markup
from tracker.errors import ClipError
from tracker.json_reader import read_json
from tracker.model.article_draft import Article
from tracker.text import clean, clean_line, shorten

MOST_BYTES: Final = 2_000_000
"""How large a page may be, unpacked."""

_TEXT_CODECS: Final = re.compile(r"utf-8|cp\d+|iso8859-\d+|euc_\w+|gb\w+|big5\w*|shift_jis\w*|iso2022_jp|ascii|koi8-\w")
"""The encodings that pages have, as Python calls them; others are not trusted to be encodings at all."""
_ON_PAGES: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "euc_kr": "cp949", "shift_jis": "cp932",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
"""The encodings that pages mean when they name others (WHATWG Encoding, 4.2)."""
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED: Final = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_TAGGED: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title)\b", re.IGNORECASE)
_DATES: Final = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued",
)  # fmt: skip
"""The names by which pages tell the day they were published, best first."""
_ARTICLES: Final = ("Article", "BlogPosting", "Report")
"""How the names of the types end that articles have at schema.org, "NewsArticle" and "LiveBlogPosting" among them."""
_SAME_START: Final = 40
"""How many letters of a headline are compared; some are cut or have more at the end."""


def decoded(data: bytes, charset: str = "", name: str = "The text") -> str:
    """Return the bytes of a page or a text as text; a ClipError, which calls them by their name, refuses others.

    The charset is how the answer says that they are encoded, "" for not said.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\x00" in data or data.startswith((b"%PDF", b"\xff\xd8\xff", b"PK\x03\x04")):
        raise ClipError(f"{name} is not a text. Give a file with an article in it, or paste the article.")
    found = _DECLARED.search(data, 0, 4096)
    said = _codec(charset) or _codec(found[1].decode("ascii", "replace") if found else "")
    if said != "iso2022_jp":
        # What is good UTF-8 is hardly ever anything else, whatever the page says.
        with suppress(UnicodeDecodeError):
            return data.decode()
    return data.decode(said or "cp1252", "replace")


def _codec(name: str) -> str:
    """Return what Python calls the encoding of this name; "" for none."""
    with suppress(LookupError, ValueError):
        codec = codecs.lookup(name.strip("\"' ").casefold().removeprefix("x-").replace("windows-", "cp")).name
        return _ON_PAGES.get(codec, codec) if _TEXT_CODECS.fullmatch(codec) else ""
    return ""


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
    told = _told(page)
    outlet = _line(page.meta.get("og:site_name", "")) or _host(address)
    headline = _headline(page, _word(told.get("headline")), outlet)
    paragraphs, said, notes = find_article(page, headline)
    if not paragraphs:
        raise ClipError("There is no text on the page; it may need a browser. Copy the article and paste it.")
    moments = (_word(told.get("datePublished")), *(page.meta.get(name, "") for name in _DATES), *said)
    days = (day for text in moments if (day := read_day(text, today)) is not None)
    day = next(days, None) or published_in("\n".join(notes), today)
    text = "\n\n".join(filter(None, (headline, *paragraphs)))
    return Article(text, headline, day, "", address, outlet, "the page" if day else "")


def _headline(page: Markup, told: str, outlet: str) -> str:
    """Return the headline: the heading of the page, where the rest of it does not say otherwise."""
    names = (page.meta.get("og:title", ""), told, page.meta["title"])
    said = [title for name in names if (title := _without_outlet(_line(name), outlet))]
    by_fold = {fold(text): text for text in reversed(page.headings())}
    same = [by_fold[fold(title)] for title in said if fold(title) in by_fold]
    headings = [text for text in page.headings("h1") if fold(text) != fold(outlet)]
    if not same and len(headings) > 1 and said:
        return said[0]
    return next(map(_line, (*same, *headings, *said)), "")


def _without_outlet(title: str, outlet: str) -> str:
    """Return the title of a page without the name of its outlet at the end."""
    start, _, end = re.sub(r" [|–—·•»] ", " - ", title).rpartition(" - ")
    return title[: len(start)] if start and fold(end) in (fold(outlet), fold(outlet.partition(".")[0])) else title


def _line(text: str) -> str:
    """Return what a page says of itself on one line, and no longer than a headline may be."""
    return shorten(clean_line(text))


def _address(page: Markup, url: str) -> str:
    """Return the address of the page as it gives it itself, where that is on the same host."""
    with suppress(ValueError):
        said = urljoin(url, clean_line(page.meta.get("canonical", "") or page.meta.get("og:url", "")))
        if said.startswith(("https://", "http://")) and " " not in said and (not url or _host(said) == _host(url)):
            return said
    return url


def _host(url: str) -> str:
    with suppress(ValueError):
        return (urlsplit(url).hostname or "").removeprefix("www.")
    return ""


def _told(page: Markup) -> Mapping[str, Any]:
    """Return what the JSON-LD of a page says of its article, else of the page itself."""
    nodes = [node for text in page.data for node in _nodes(read_json(text))]
    articles = [node for node in nodes if _is_one_of(node, _ARTICLES)]
    starts = {fold(title)[:_SAME_START] for title in (page.meta.get("og:title", ""), *page.headings("h1"))} - {""}
    # There may be other stories among them.
    own = [node for node in articles if fold(_word(node.get("headline")))[:_SAME_START] in starts]
    pages = [node for node in nodes if _is_one_of(node, ("WebPage", "ItemPage"))]
    return next(iter((*own, *(articles if len(articles) == 1 else ()), *pages)), {})


def _is_one_of(node: Mapping[str, Any], endings: tuple[str, ...]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(endings) for kind in kinds)


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Return the objects of JSON-LD, those in a @graph or a list among them."""
    waiting = [data]
    for one in waiting:
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _word(value: Any) -> str:
    return unescape(value) if isinstance(value, str) else ""
