"""The work of reading a page grows with the page and no faster, and not at all behind the limit.

Counted are the lines of Python that run, and the nodes that the parser makes: it is written in C, and makes what a
browser would, which can be the square of what is in the page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests.clipper.counting import count_lines
from tracker.clipper import markup
from tracker.clipper.page import article_of
from tracker.errors import ClipError

SIZES = (1_000, 4_000)
LONG = "<h1>Old Ferry</h1><p>The pilot of the Old Ferry refuses to leave her boat, and the whole harbour waits.</p>"
HOSTILE = [
    "<", "<!", "<!--", "</", "<a ", '<a b="', "<a='", "</a ", "<a/", "&#1", "<?", "<p>", "</p>", "<br>", "x<br><br>",
    "<li>", "<svg><title>", "<meta name='", "<time datetime='2026'>", "<time>x</time>", "<a = ", "<article>", "<h1>x",
    "<div>", "<div>x", "<b>", "<b><p>x", "<a href=x><div>x", "<ul><li>x", "<table><td>x", "<footer>x", "<q>x",
    "<pre>\n",
    "<div class=comments>x", "<div class=related>x", "<div class=entry-content>x", "<article><h1>Old Ferry</h1>x",
    "<script>", "<script type=application/ld+json>[]</script>", "<option>x", " ", "-", "é", "\x00", "\ud800",
    "<main>x", "<div itemscope itemtype=x>", "<h1>Old Ferry</h1>", "<p>Nov 3 2026</p>",
]  # fmt: skip
"""What is repeated until a page is as long as wanted."""


def page(unit: str, size: int) -> str:
    return f"<html>{LONG}" + unit * (size // len(unit))


def lines_run(text: str) -> int:
    """Return how many lines run to read a page."""

    def work() -> None:
        with suppress(ClipError):
            article_of(text, today=date(2026, 11, 23))

    return count_lines(work)


def nodes(html: str) -> int:
    """Return how many elements and texts the parser makes of a page."""
    root = LexborHTMLParser(html).root
    return sum(1 for _ in root.traverse(include_text=True)) if root is not None else 0


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_four_times_the_page(unit: str) -> None:
    # What is made once and kept is made by the first.
    _, small, large = (lines_run(page(unit, size)) for size in (SIZES[0], *SIZES))
    assert 100 < small <= large <= 4.5 * small


@pytest.mark.parametrize("unit", ["<p>x", "</p>", "<div>", "<b><p>x", "<article>x", "<li>", "x<br><br>"], ids=repr)
def test_behind_the_limit(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_MOST_TAGS", 500)
    few, many = (lines_run(page(unit, size)) for size in (20_000, 200_000))
    assert few == many


SCALE: dict[str, Callable[[int], str]] = {
    "open formatting": lambda n: "<p>" + "".join(f"<b i={i}>" for i in range(n)) + "</p>" + "<p>x" * n,
    "crossed formatting": lambda n: "".join(f"<a i={i}><div>" for i in range(n)) + "</a>" * n,
    "in a table": lambda n: "<table>" + "".join(f"<i i={i}>x" for i in range(n)) + "<tr><td>x" * n,
}


@pytest.mark.parametrize("name", SCALE)
def test_nodes(name: str) -> None:
    html = SCALE[name](200)
    assert nodes(markup._tamed(html)) <= 3 * html.count("<")


@given(
    st.lists(st.sampled_from(["<b>", "<b i=1>", "<A href=2>", "</a>", "</b>", "<p>", "</p>", "<td>", "<table>", "x"]))
)
def test_nodes_of_anything(pieces: list[str]) -> None:
    assert nodes(markup._tamed("".join(pieces))) <= 4 * len(pieces) + 10


def test_deep_page(monkeypatch: pytest.MonkeyPatch) -> None:
    # Behind the limit nothing is read, so deeper than this is no page.
    monkeypatch.setattr(markup, "_MOST_TAGS", 5_000)
    text = f"<html>{LONG}" + "<div>" * 100_000 + "deep"
    assert article_of(text, today=date(2026, 11, 23)).text.startswith("Old Ferry\n\nThe pilot")


def tamed(html: str) -> str:
    return markup._tamed(markup._without_raw_text(html)[0])


def test_long_tag() -> None:
    attributes = " ".join(f"a{number}='>'" for number in range(3_000))
    rest = "<p title='a < b' class='c > d'>y</p>" + "z" * 20_000
    assert tamed(f"<p {attributes}>x</p>{rest}") == "<p>x</p>" + rest


PIECES = st.sampled_from([
    "<p ", "<p>", "</p ", "N", "N", "N" * 25, "='>'", "=", ">", '"', "'", "<!--", "-->", "--!>", "<title>", "</title>",
    "<svg>", "<![CDATA[", "]]>", "<style>", "</style >", "<scr", "ipt>", "<script>", "</script>", "<?", "</3", "/", "x",
    "<", "<title/>", "&lt;", "<select>", "<textarea>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_no_tag_is_longer(pieces: list[str]) -> None:
    names = iter(range(100_000))
    html = "".join(f" n{next(names)}" if letter == "N" else letter for letter in "".join(pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_LONGEST_TAG", 40)
        root = LexborHTMLParser(tamed(html)).root
    assert root is not None
    assert max(len(node.attributes) for node in root.traverse()) <= 20


def test_raw_text() -> None:
    page = (
        "<title>A &lt;b>B</title><svg><title>C</title></svg><!-->D<!-- <script> -->E<script>F<!--</script>G"
        "<style>H</style><textarea><p>I</textarea>J<![CDATA[K]]>L<scr<!---->ipt>"
        "<script type='application/ld+json'>{\"O\": 1}</script>P<!-- Q"
    )
    text, data, title = markup._without_raw_text(page)
    assert text.replace(markup._CUT, "|") == "|<svg>|</svg>|D|E|G||J|L<scr|ipt>|P|"
    assert (data, title) == (['{"O": 1}'], "A <b>B")
