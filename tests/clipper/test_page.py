from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.article.html import parsed
from tracker.clipper.article.page import article_of, decoded, is_html, lacks_extractor
from tracker.errors import ClipError
from tracker.text import clean

URL = "https://www.pier.example/news/7?from=feed"
LONG = "The pilot of the Old Ferry refuses to leave her boat, and the harbour waits for what she is going to say. " * 2
LONG = LONG.strip()


@pytest.fixture(autouse=True)
def _no_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the optional library be missing, be it installed or not."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)


def html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def paragraphs(body: str, head: str = "") -> list[str]:
    return article_of(html(body, head)).text.split("\n\n")


def day_of(head: str = "", body: str = "") -> tuple[date | None, str, str]:
    article = article_of(html(f"{body}<p>{LONG}</p>", head))
    return article.published, article.published_text, article.date_source


# Text


def test_plain_text() -> None:
    article = article_of("  Old Ferry is dated\r\n\r\nIt comes\x1b[31m in May.\n", URL)
    assert article.text == "Old Ferry is dated\n\nIt comes[31m in May."
    assert (article.headline, article.published, article.url, article.outlet) == ("", None, URL, "pier.example")
    assert not lacks_extractor("Old Ferry is dated")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Old Ferry> comes in May, <Last Tram> in June.", False),
        ("A page begins with <p> and ends with nothing.", False), ("a < b and c > d", False), ("", False),
        (" \n<!doctype HTML><title>x</title>", True), ("<p>Old Ferry</p>", True),
        ("Old Ferry <p>comes</p> in May", True), ("\ufeff<html lang=en>", True),
    ],
)  # fmt: skip
def test_html_detected(text: str, expected: bool) -> None:
    assert is_html(text) is expected
    assert lacks_extractor(text) is expected


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\x00\x01", html(""), html("<nav><p>Home</p></nav>" * 0), html("<script>x</script>")]
)
def test_empty(text: str) -> None:
    with pytest.raises(ClipError, match="no text"):
        article_of(text)


# The article in a page


def test_article_only() -> None:
    body = f"""
        <header><h2>The Pier Post</h2></header>
        <nav><ul><li><a href=/>Home</a><li>News of today</ul></nav>
        <article class=teaser><p>Another show is out on 1 January 2027, says somebody.</p></article>
        <main><article><h1>Old   Ferry
          is dated</h1>
          <p>It comes on <b>14 May</b>&nbsp;2026&hellip;<p>{LONG}
          <blockquote>“We waited,” she said.</blockquote><ul><li>It was shot in Busan.</li></ul>
          <figure><figcaption>A picture</figcaption></figure><aside><p>Read also: ten boats</p></aside>
          <form><p>Your address</p></form><p><a href=/x>Last Tram is dated for 2028</a></p>
          <script>document.write("<p>a script</p>")</script><style>p {{ color: red }}</style>
          <!-- <p>a comment</p> --><noscript><p>no script</p></noscript>
          <h2>What is next</h2><p>first line<br>second line<br><br>another paragraph</p>
        </article></main>
        <footer><p>Copyright 2026</p></footer>"""
    article = article_of(html(body, "<title>Old Ferry is dated | The Pier Post</title>"))
    assert article.headline == "Old Ferry is dated"
    assert article.text.split("\n\n") == [
        "Old Ferry is dated",
        "It comes on 14 May 2026…",
        LONG,
        "“We waited,” she said.",
        "It was shot in Busan.",
        "What is next",
        "first line second line",
        "another paragraph",
    ]


def test_page_without_paragraphs() -> None:
    assert paragraphs(f"<div>{LONG}</div><div>It comes in May.<br><br>It was late.</div>") == [
        LONG, "It comes in May.", "It was late.",
    ]  # fmt: skip


@pytest.mark.parametrize("whole", ["<form>{}</form>", "<aside>{}", "<nav><ul>{}"])
def test_page_in_a_form(whole: str) -> None:
    assert paragraphs(whole.format(f"<p>{LONG}</p>")) == [LONG]


def test_headline_once() -> None:
    body = f"<h2>News</h2><h1>Old Ferry is dated</h1><p>{LONG}</p>"
    assert paragraphs(body) == ["Old Ferry is dated", "News", LONG]


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        ('<meta property="og:title" content="A &amp; B | The Pier Post">', "", "A & B"),
        ("<title>A – The Pier Post</title>", "", "A"),
        ("<title>A</title>", "<h1>The Pier Post</h1>", "A"),
        ("<title>A</title>", "<h1>B</h1><h1>C</h1>", "A"),
        ("<title>B</title>", "<h1>B</h1><h1>C</h1>", "B"),
        ("<title>A</title>", "<h1>B</h1>", "B"),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "D &quot;E&quot;"}</script>',
            "",
            'D "E"',
        ),
    ],
)
def test_headline(head: str, body: str, headline: str) -> None:
    site = '<meta property="og:site_name" content="The Pier Post">'
    assert article_of(html(f"{body}<p>{LONG}</p>", site + head)).headline == headline


# What a page says of itself

JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-05-14T23:30:00+09:00">', ""),
        ("<META CONTENT='2026-05-14' NAME='Date'>", ""),
        ('<meta name="dc.date.issued" content="20260514">', ""),
        ('<meta name="pubdate" content="Thu, 14 May 2026 09:00:00 GMT">', ""),
        ('<meta name="publish-date" content="May 14, 2026 9:00 AM">', ""),
        (JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2026-05-14T09:00:00Z"}'), ""),
        (JSON_LD.format('[{"@graph": [{"@type": "Page"}, {"@type": "Article", "datePublished": "2026-05-14"}]}]'), ""),
        (JSON_LD.format("{ broken") + JSON_LD.format('{"@type": "BlogPosting", "datePublished": "2026-05-14"}'), ""),
        (JSON_LD.format("[" * 100_000) + '<meta name="date" content="2026-05-14">', ""),
        ("", '<meta itemprop="datePublished" content="2026-05-14">'),
        ("", '<span itemprop=datePublished content=2026-05-14></span>'),
        ("", '<time itemprop="datePublished" datetime="2026-05-14">14 May</time>'),
        ("", '<aside><time datetime="2020-01-01">x</time></aside><time datetime="2026-05-14T09:00">14 May</time>'),
        ('<meta name="date" content="not a day"><meta name="pubdate" content="2026-05-14">', ""),
        ('<meta name="date" content="1970-01-01"><meta name="pubdate" content="2026-05-14">', ""),
    ],
)  # fmt: skip
def test_published(head: str, body: str) -> None:
    assert day_of(head, body) == (date(2026, 5, 14), "", "the page")


def test_published_before_other_dates() -> None:
    head = (
        '<meta name="date" content="2026-01-01"><meta property="article:modified_time" content="2027-01-01">'
        + JSON_LD.format('{"@type": "Event", "datePublished": "2026-02-02"}')
        + JSON_LD.format('{"@type": "Article", "datePublished": "2026-05-14", "dateModified": "2026-06-01"}')
    )
    assert day_of(head)[0] == date(2026, 5, 14)


def test_published_month() -> None:
    assert day_of('<meta name="date" content="2026-05">') == (date(2026, 5, 31), "2026-05", "the page")
    assert day_of('<meta name="date" content="2026">') == (None, "", "")
    assert day_of() == (None, "", "")


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="The Pier Post">', "The Pier Post"),
        (JSON_LD.format('{"@type": "Article", "headline": "x", "publisher": {"name": "Pier"}}'), "Pier"),
        (JSON_LD.format('{"@type": "Article", "headline": "x", "publisher": [{"name": "Pier"}]}'), "Pier"),
        (JSON_LD.format('{"@type": "Article", "headline": "x", "publisher": "Pier"}'), "Pier"),
        (JSON_LD.format('{"@type": "Article", "headline": 7, "publisher": {"name": null}}'), "pier.example"),
        ("", "pier.example"),
    ],
)
def test_outlet(head: str, outlet: str) -> None:
    assert article_of(html(f"<p>{LONG}</p>", head), URL).outlet == outlet


@pytest.mark.parametrize(
    ("said", "url", "expected"),
    [
        ("https://pier.example/news/7", URL, "https://pier.example/news/7"),
        ("/news/seven", URL, "https://www.pier.example/news/seven"),
        ("https://elsewhere.example/news/7", URL, URL),
        ("javascript:alert(1)", URL, URL),
        ("https://[broken", URL, URL),
        ("", URL, URL),
        ("https://pier.example/news/7", "", "https://pier.example/news/7"),
        ("/news/seven", "", ""),
    ],
)
def test_url(said: str, url: str, expected: str) -> None:
    assert article_of(html(f"<p>{LONG}</p>", f'<link rel="canonical" href="{said}">'), url).url == expected


# The extractor


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., str | None]], None]:
    """A function that puts another in the place of the optional library's."""

    def install(extract: Callable[..., str | None]) -> None:
        module = ModuleType("trafilatura")
        module.extract = extract  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "trafilatura", module)

    return install


def test_extractor(extractor: Callable[..., None]) -> None:
    extractor(lambda text, **_: "Old Ferry is dated\nIt comes in May.\n\n- It was\u202e late.")
    source = html(f"<h1>Old Ferry is dated</h1><p>{LONG}</p>", '<meta name="date" content="2026-05-14">')
    article = article_of(source)
    assert article.text == "Old Ferry is dated\n\nIt comes in May.\n\nIt was late."
    assert article.published == date(2026, 5, 14)
    assert not lacks_extractor(source)


@pytest.mark.parametrize("found", [None, "", " \n"])
def test_extractor_finds_nothing(extractor: Callable[..., None], found: str | None) -> None:
    extractor(lambda text, **_: found)
    assert paragraphs(f"<p>{LONG}</p>") == [LONG]


def test_extractor_spared(extractor: Callable[..., None]) -> None:
    extractor(lambda text, **_: "Old Ferry is dated")
    assert paragraphs(f"<p>{LONG}</p>" + "<i>" * 20_000) == [LONG]


def test_extractor_breaks(extractor: Callable[..., None]) -> None:
    def broken(text: str, **_: object) -> str:
        raise ValueError(text)

    extractor(broken)
    assert paragraphs(f"<p>{LONG}</p>") == [LONG]


# Bytes

KOREAN, JAPANESE, FRENCH = "옛날 집은 5월에 온다", "古い渡し船は五月に来る", "Café, “déjà vu” – 14 mai"


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        (KOREAN, "utf-8", ""), (KOREAN, "utf-8", "euc-kr"), (KOREAN, "utf-8-sig", "iso-8859-1"),
        (KOREAN, "utf-16", ""), (KOREAN, "cp949", "EUC-KR"), (KOREAN, "cp949", "ks_c_5601-1987"),
        (JAPANESE, "cp932", "Shift_JIS"), (JAPANESE, "euc_jp", '"euc-jp"'), (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (FRENCH, "cp1252", "iso-8859-1"), (FRENCH, "cp1252", ""), (FRENCH, "cp1252", "no-such-thing"),
        (FRENCH, "cp1252", "rot13"), ("", "utf-8", "utf-8"),
    ],
)  # fmt: skip
def test_charset_of_answer(text: str, encoding: str, charset: str) -> None:
    assert decoded(text.encode(encoding), charset) == text


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="euc-kr">', "<META http-equiv=Content-Type content='text/html; charset=EUC-KR'>",
     '<?xml version="1.0" encoding="euc-kr"?><html>'],
)  # fmt: skip
def test_charset_of_page(declaration: str) -> None:
    text = f"{declaration}<p>{KOREAN}</p>"
    assert decoded(text.encode("cp949")) == text


def test_charset_wrong_bytes() -> None:
    assert decoded(b"Caf\xff\xfe in May", "utf-8") == "Caf\ufffd\ufffd in May"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x00\x01\x02", b"text\x00text",
        b"\x7fELF\x00",
    ],
)  # fmt: skip
def test_no_text(data: bytes) -> None:
    with pytest.raises(ClipError, match=r"^a\.bin is "):
        decoded(data, "", "a.bin")


# Anything

PIECES = st.lists(
    st.sampled_from([
        "<", ">", "</", "<!--", "-->", "<!", "<p>", "</p>", "<a b='", '"', "'", "<script>", "</script>", "<title>",
        "<li", " ", "=", "&amp;", "&#x110000;", "\x00", "é", "<br>", "<article>", "</article>", "<aside>", LONG, "{}",
        '<script type="application/ld+json">', "<meta name=date content=", "<time datetime=2026>",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES)
def test_any_html(source: str) -> None:
    try:
        article = article_of(f"<html>{source}")
    except ClipError:
        return
    assert article.text == clean(article.text).strip()
    assert article.text.startswith(article.headline)


HOSTILE = [
    "<", "<!", "<!--", "</", "<a ", '<a b="', "<a='", "</a ", "<a/", "&#1", "<?", "<p>", "<br>", "<li>", "<svg><title>",
    "<meta name='", "<time datetime='2026'>", "<a = ", "<article>", "<h1>x",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_read_once(unit: str) -> None:
    # A parser that goes back at each of these would not end within the patience of anybody.
    source = f"<html><p>{LONG}</p>" + unit * (200_000 // len(unit))
    assert parsed(source).blocks[0].text.startswith(LONG)
