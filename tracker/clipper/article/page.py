"""A page as it is stored or sent: its bytes as text, the article in its HTML, and what it says of itself."""

from __future__ import annotations

import codecs
import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from html import unescape
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from tracker.clipper.article.html import HtmlBlock, Markup, parsed
from tracker.errors import BadValue, ClipError
from tracker.json_reader import read_json
from tracker.model.article_draft import Article
from tracker.model.window_parser import parse_said_date
from tracker.text import clean, clean_line, shorten

MOST_BYTES: Final = 2_000_000
"""How large a page may be, unpacked."""
EXTRACTOR_HINT: Final = (
    "Read from the paragraphs of the page. For more exact results: pip install 'release-tracker[clip]'."
)
"""What is said of an article in HTML that was read without the extractor."""

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
_ENOUGH: Final = 200
"""How many characters a part of a page must have to be its article."""
_MOST_TAGS: Final = 20_000
"""How many tags a page may have for the extractor, which takes seconds for more; pages of news have a few thousand."""
_DATES: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published", "publication_date", "parsely-pub-date",
    "sailthru.date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "article.published",
)  # fmt: skip
"""The names by which pages tell the day they were published, best first."""
_TIME: Final = re.compile(r"(?<![ ,T])[ ,T]++\d{1,2}:\d{2}.*$")
_OLDEST: Final = date(1990, 1, 1)
"""No page is older; what says so was never set."""


class _Told(NamedTuple):
    """What the structured data of a page says of its article."""

    headline: str = ""
    published: str = ""
    outlet: str = ""


def decoded(data: bytes, charset: str = "", name: str = "The text") -> str:
    """Return the bytes of a page or a text as text.

    Args:
        data: The bytes.
        charset: How the answer says that they are encoded; "" for not said.
        name: How they are called in the sentence that refuses them.

    Raises:
        NotClipped: They are no text.
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


def lacks_extractor(text: str) -> bool:
    """Return whether a text is HTML out of which no extractor could find the article."""
    return is_html(text) and _extractor() is None


def article_of(text: str, url: str = "") -> Article:
    """Return the article that a text is, or that is in the HTML of a page.

    Args:
        text: The text or the HTML.
        url: Where it is from; "" for not known.

    Raises:
        NotClipped: There is no text in it.
    """
    if not is_html(text):
        plain = clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if not plain:
            raise ClipError("There is no text to read. Give a file or an address, or paste an article.")
        return Article(plain, url=url, outlet=_host(url))
    page = parsed(text)
    told = _told(page.data)
    outlet = _line(page.meta.get("og:site_name", "") or told.outlet or page.meta.get("application-name", ""))
    headline = _headline(page, told, outlet)
    paragraphs = _extracted(text) or _paragraphs(page.blocks) or _paragraphs(parsed(text, lenient=True).blocks)
    paragraphs = [one for one in paragraphs if one != headline]
    if not paragraphs:
        raise ClipError("There is no text on the page; it may need a browser. Copy the article and paste it.")
    address = _address(page, url)
    day, words = _published(page, told)
    return Article(
        "\n\n".join(filter(None, (headline, *paragraphs))),
        headline,
        day,
        words,
        address,
        outlet or _host(address),
        "the page" if day else "",
    )


def _extractor() -> Callable[..., str | None] | None:
    """Return the function of the optional library that finds the article in a page; None where it is missing."""
    try:
        from trafilatura import extract
    except ImportError:
        return None
    # It complains in a log about pages that are broken; what cannot be read is told otherwise.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    found: Callable[..., str | None] = extract
    return found


def _extracted(html: str) -> list[str]:
    """Return the paragraphs that the extractor finds; none where it is missing, or finds nothing."""
    if html.count("<") > _MOST_TAGS or (extract := _extractor()) is None:
        return []
    try:
        found = extract(html, output_format="txt", include_comments=False, include_tables=False, fast=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # It was made for good pages.
        return []
    return [line for one in (found or "").splitlines() if (line := clean_line(one).removeprefix("- "))]


def _paragraphs(blocks: Iterable[HtmlBlock]) -> list[str]:
    """Return the text of a page as paragraphs: of its longest article, else of its main part, else of all of it."""
    every = [block for block in blocks if not (block.is_link and block.kind != "h1")]
    sizes: dict[int, int] = {}
    for block in every:
        sizes[block.article] = sizes.get(block.article, 0) + len(block.text) * (block.kind == "p")
    longest = max((number for number in sizes if number), key=lambda number: sizes[number], default=0)
    article = [block for block in every if block.article == longest and longest]
    main = [block for block in every if block.is_main]
    for part in (article, main, every):
        for kept in ([block for block in part if block.kind], part):
            if sum(len(block.text) for block in kept if block.kind != "h1") >= _ENOUGH:
                return _texts(kept)
    return _texts(every)


def _texts(blocks: Iterable[HtmlBlock]) -> list[str]:
    return [block.text for block in blocks]


def _headline(page: Markup, told: _Told, outlet: str) -> str:
    """Return the headline: the heading of the page, where the rest of it does not say otherwise."""
    said = _line(told.headline or page.meta.get("og:title", "") or page.meta.get("twitter:title", ""))
    said = said or _line(page.title)
    if outlet:
        said = re.sub(rf" [|–—·-] {re.escape(outlet)}$", "", said)
    headings = [block.text for block in page.blocks if block.kind == "h1" and block.text != outlet]
    return shorten(headings[0]) if len(headings) == 1 or (headings and not said) else said


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


def _published(page: Markup, told: _Told) -> tuple[date | None, str]:
    """Return the day on which a page says that it was published, and how it says so where that is no day."""
    first, *others = (page.meta.get(name, "") for name in _DATES)
    for text in (first, told.published, *others, *page.times):
        if (found := _day(clean_line(text))) is not None:
            return found
    return None, ""


def _day(text: str) -> tuple[date, str] | None:
    """Return the day, or the month, that a moment of a page names; None for what is neither."""
    text = _TIME.sub("", text[:60])
    if found := re.match(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)", text):
        text = "-".join(found.groups())
    elif re.match(r"[A-Za-z]{3}, \d", text):
        text = text[5:]
    with suppress(BadValue):
        day, words = parse_said_date(text)
        return (day, words) if day >= _OLDEST and (not words or re.fullmatch(r"\d{4}-\d{2}", words)) else None
    return None


def _told(data: Iterable[str]) -> _Told:
    """Return what the JSON-LD of a page says of its article, else of the page itself."""
    found = []
    for text in data:
        found += [one for one in _nodes(read_json(text)) if "datePublished" in one or "headline" in one]
    for one in sorted(found, key=lambda one: not _is_article(one.get("@type")))[:1]:
        publisher = one.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        outlet = publisher.get("name") if isinstance(publisher, dict) else publisher
        return _Told(_word(one.get("headline")), _word(one.get("datePublished")), _word(outlet))
    return _Told()


def _is_article(kinds: Any) -> bool:
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and ("Article" in name or "Posting" in name) for name in names)


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
