from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.model.links import parse_link


@pytest.mark.parametrize(
    "link",
    [
        "", "https://lumen.example", "HTTP://lumen.example/a?b=c#d", "https://localhost:8080/x", "https://한국.example/쇼",
        "https://ada@lumen.example/", "http://[::1]/x", "https://lumen.example./", "https://lumen.example?a=https://b",
    ],
)  # fmt: skip
def test_link(link: str) -> None:
    assert parse_link(f" {link} ") == link


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("lumen.example/x", "https://lumen.example/x"),
        ("www.lumen.example", "https://www.lumen.example"),
        ("//lumen.example:80/x?y", "https://lumen.example:80/x?y"),
        *((wrong, "https://example.org/page") for wrong in (
            "lumen", "see their page", "https://", "https:///x", "https://a b", "http:/lumen.example", "ftp://x.example",
            "https://a..example", "https://.example", "javascript:alert(1)", "mailto:ada@lumen.example", "h", "...",
            "https://lumen.example/a b",
        )),
    ],
)  # fmt: skip
def test_link_that_is_none(text: str, right: str) -> None:
    with pytest.raises(BadValue, match="Not a link: ") as refused:
        parse_link(text)
    assert right in str(refused.value)
    assert refused.value.field == "url"
