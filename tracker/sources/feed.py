"""Feeds: RSS and Atom, read by `feedparser` behind limits that hostile XML does not pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from io import BytesIO
from time import struct_time
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

from tracker.errors import BadResponse
from tracker.sources.decode import clean_url, line_of
from tracker.sources.plain_text import strip_html
from tracker.text import clean_line, shorten

if TYPE_CHECKING:
    from tracker.sources.http.client import HttpClient

# feedparser takes 60 ms to import, which only those pay who have a feed.

MAX_BYTES: Final = 5_000_000
MAX_MALFORMED_BYTES: Final = 200_000
"""What is no well-formed XML is read with patterns, whose time grows with the square of some of it."""
MAX_ENTRIES: Final = 500
MAX_SUMMARY: Final = 2_000
_MAX_DEPTH: Final = 60
_MAX_ATTRIBUTES: Final = 60
_MAX_NAMESPACES: Final = 100
_MAX_ELEMENTS: Final = 100_000
_MAX_PIECES: Final = 400_000
"""Of text: each line and each sign with a name is one."""
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_XML_HEADER: Final = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_TYPE: Final = re.compile(r"<!(?:ENTITY|DOCTYPE[^>\[]{0,1000}\[)")
_ROOT: Final = re.compile(r"<(?:\w{1,20}:)?(rss|rdf|feed)\b", re.IGNORECASE)
_HEAD: Final = 20_000  # where the document type and the root are


class FeedEntry(NamedTuple):
    """One entry of a feed, cleaned."""

    key: str  # its id, "" for none
    title: str
    url: str  # "" for none
    summary: str = ""
    on: date | None = None  # the day on which it was published, in UTC

    def told_keys(self, address: str) -> tuple[str, ...]:
        """Return by what the entry is known again: its id and its link, for a feed at an address."""
        # A number is an id in its own feed only.
        key = self.key if ":" in self.key else f"{address} {self.key}" if self.key else ""
        keys = (_plain_link(one) for one in (key, self.url) if one)
        return tuple(dict.fromkeys(keys))


class Feed:
    """A feed that the owner set."""

    def __init__(self, name: str, address: str, client: HttpClient) -> None:
        self.name = self.label = name
        self.address = address
        self._client = client

    def read(self) -> tuple[FeedEntry, ...]:
        """Return its entries.

        Raises:
            SourceError: There is no answer, or none that can be read.
        """
        page = self._client.get_feed(self.name, self.address, MAX_BYTES)
        return read_feed(page.data, page.charset, page.url, self.name)


class _TooMuch(Exception):
    """The XML has more of something than any feed."""


def read_feed(data: bytes, charset: str, url: str, name: str) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed, in its order; without a title or a link there is none.

    Args:
        data: The body of the answer.
        charset: The encoding that the answer names; "" for none.
        url: Where it was, which links are relative to.
        name: The feed in sentences.

    Raises:
        BadResponse: It is no feed, or declares entities, or is built to take long; the sentence says which.
    """
    text = _decode(data, charset)
    head = text[:_HEAD]
    if _ROOT.search(head) is None:
        raise BadResponse(f"{name} is not a feed: there is no RSS or Atom in it. Check its address in the settings.")
    refusal = f"{name} was not read: it has XML that no feed needs. Check its address in the settings."
    if _TYPE.search(head):
        raise BadResponse(refusal)
    body = text.encode()
    try:
        is_well_formed = _check(body)
    except _TooMuch:
        raise BadResponse(refusal) from None
    if not is_well_formed and len(body) > MAX_MALFORMED_BYTES:
        raise BadResponse(f"{name} was not read: its XML is damaged. Try again later.")
    import feedparser

    # Nothing of it is shown as HTML, so it need not be made safe; no address is opened by itself.
    parsed: Any = feedparser.parse(
        BytesIO(body), resolve_relative_uris=False, sanitize_html=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )  # fmt: skip
    entries = (_read_entry(entry, url) for entry in parsed.entries[:MAX_ENTRIES])
    return tuple(entry for entry in entries if entry.title and (entry.url or entry.key))


def _decode(data: bytes, charset: str) -> str:
    """Return the text of a feed without its declaration, in the encoding that fits: named, or else usual."""
    declared = _DECLARATION.match(data[:1000])
    byte_order = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in byte_order.items() if data.startswith(mark)), "")
    named = (marked, charset, declared[1].decode("ascii", "replace") if declared else "", "utf-8")
    for encoding in filter(None, named):
        # A wrong name is no encoding, or makes no text; UTF-16 makes one of anything.
        with suppress(LookupError, ValueError):
            text = data.decode(encoding)
            if "<" in text:
                return _without_header(text)
    return _without_header(data.decode("cp1252", "replace"))


def _without_header(text: str) -> str:
    header = _XML_HEADER.match(text)
    return text[header.end() :] if header is not None else text


def _check(body: bytes) -> bool:
    """Return whether a body is well-formed XML.

    Raises:
        _TooMuch: It is deeper, or has more elements or attributes, than any feed, or a document type of its own.
    """
    parser = expat.ParserCreate("utf-8")
    depth = elements = pieces = 0
    namespaces: set[tuple[str, str]] = set()

    def begin(_: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        namespaces.update(item for item in attributes.items() if item[0].startswith("xmlns"))
        is_large = elements > _MAX_ELEMENTS or len(attributes) > _MAX_ATTRIBUTES or len(namespaces) > _MAX_NAMESPACES
        if is_large or depth > _MAX_DEPTH:
            raise _TooMuch

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def count(_: str) -> None:
        nonlocal pieces
        pieces += 1
        if pieces > _MAX_PIECES:
            raise _TooMuch

    def refuse(*_: object) -> None:
        raise _TooMuch

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = count
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _read_entry(entry: Mapping[str, Any], url: str) -> FeedEntry:
    link = ""
    with suppress(ValueError):
        link = clean_url(urljoin(url, _text(entry, "link"))) if _text(entry, "link") else ""
    key = clean_line(_text(entry, "id"))
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return FeedEntry(
        shorten(key),
        line_of(strip_html(_text(entry, "title"))),
        link or clean_url(key),
        shorten(strip_html(_text(entry, "summary")[: 10 * MAX_SUMMARY]), MAX_SUMMARY),
        _day(moment),
    )


def _plain_link(address: str) -> str:
    """Return an address without what differs between two links to one page; what is no address stays."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            query = "&".join(part for part in parts.query.split("&") if not part.startswith("utm_"))
            return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}{f'?{query}' if query else ''}"
    return address


def _text(entry: Mapping[str, Any], field: str) -> str:
    value = entry.get(field)
    return value if isinstance(value, str) else ""


def _day(moment: struct_time | None) -> date | None:
    with suppress(ValueError, TypeError):
        return date(*moment[:3]) if moment is not None else None
    return None
