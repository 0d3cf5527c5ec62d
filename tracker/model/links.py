"""Links: addresses of pages, as people type them."""

from __future__ import annotations

import re
from typing import Final

from tracker.errors import BadValue
from tracker.text import clean_line, shorten

_HOST: Final = r"(?P<host>[^\s/?#@:\[\]]++|\[[0-9A-Fa-f:.]++\])(?::\d{1,5})?"
_LINK: Final = re.compile(rf"https?://(?:[^\s/?#@]++@)?{_HOST}(?:[/?#]\S*)?", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?://)?(?P<rest>{_HOST}(?:[/?#]\S*)?)")
"""An address without its beginning."""


def find_link_fault(link: str) -> str:
    """Return why a text is no link, and what to write; "" for an http or https address with a host."""
    if (match := _LINK.fullmatch(link)) and _is_host(match["host"]):
        return ""
    bare = _BARE.fullmatch(link)
    is_complete = bare is not None and "." in bare["host"].strip(".") and _is_host(bare["host"])
    proposal = f"https://{bare['rest']}" if bare and is_complete else "an address like https://example.org/page"
    return f"Not a link: “{shorten(link, 80)}”. Try {shorten(proposal, 100)}."


def _is_host(name: str) -> bool:
    return all(name.removesuffix(".").split("."))


def parse_link(text: str, field: str = "url") -> str:
    """Return a link as it is typed, "" for none.

    Raises:
        BadValue: It is no address of the web, which `field` should have.
    """
    link = clean_line(text)
    if link and (fault := find_link_fault(link)):
        raise BadValue(fault, field)
    return link
