from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.page import article_of, decoded, is_html
from tracker.errors import ClipError
from tracker.model.article_draft import Article
from tracker.text import clean

TODAY = date(2026, 11, 23)
URL = "https://www.pier.example/news/7?from=feed"
LONG = "The pilot of the Old Ferry refuses to leave her boat, and the harbour waits for what she is going to say. " * 2
LONG = LONG.strip()
OTHER = (
    "Nobody had seen the tram since the winter in which the harbour froze, and few had asked where it could be. " * 3
)


def html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(text: str, url: str = "") -> Article:
    return article_of(text, url, today=TODAY)


def paragraphs(body: str, head: str = "") -> list[str]:
    return read(html(body, head)).text.split("\n\n")


def day_of(head: str = "", body: str = "", after: str = "") -> tuple[date | None, str, str]:
    article = read(html(f"{body}<p>{LONG}</p>{after}", head))
    return article.published, article.published_text, article.date_source


# Text


def test_plain_text() -> None:
    article = read("  Old Ferry is dated\r\n\r\nIt comes\x1b[31m in May.\n", URL)
    assert article.text == "Old Ferry is dated\n\nIt comes[31m in May."
    assert (article.headline, article.published, article.url, article.outlet) == ("", None, URL, "pier.example")


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


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\x00\x01", html(""), html("<nav><p>Home</p></nav>" * 0), html("<script>x</script>")]
)
def test_empty(text: str) -> None:
    with pytest.raises(ClipError, match="no text"):
        read(text)


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
    article = read(html(body, "<title>Old Ferry is dated | The Pier Post</title>"))
    assert article.headline == "Old Ferry is dated"
    assert article.text.split("\n\n") == [
        "Old Ferry is dated",
        "It comes on 14 May 2026…",
        LONG,
        "“We waited,” she said.",
        "It was shot in Busan.",
        "What is next",
        "first line\nsecond line",
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
    body = f"<h2>News</h2><h1>Old Ferry is dated</h1><p>{LONG}</p><p>“Old Ferry” is dated!</p><p>Old Ferry</p>"
    assert paragraphs(body) == ["Old Ferry is dated", LONG, "Old Ferry"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Lines and words.
        (f"<p>One<p>Two</p>{LONG[:-1]}!", ["One", "Two", f"{LONG[:-1]}!"]),
        ("<ul><li>One<li>Two<ul><li>Three</ul>Four</ul>", ["One", "Two", "Three", "Four"]),
        ("<table><tr><th>Role<td>Ann</tr><tr><td>By<td>Mina <b>Doe</b></table>", ["Role", "Ann", "By", "Mina Doe"]),
        ("<dl><dt>Director<dd>Ida Roe</dl><h4>Next</h4>", ["Director", "Ida Roe", "Next"]),
        ("<pre>a\n b\n\nc</pre>", ["a\nb", "c"]),
        ("<p>Mi<b>na</b> <i>D</i><span>o</span>e&shy;s<wbr>on<!-- x --> is Ann", ["Mina Doeson is Ann"]),
        ("<p>A<br>B<br/> <br>\n<br>C<br></p>", ["A\nB", "C"]),
        ("<blockquote>Tail<p>A</p>tail</blockquote>", ["Tail", "A", "tail"]),
        ("<p><ruby>옛<rt>old</rt></ruby>날", ["옛날"]),
        # What is beside the article.
        ("<p>A</p><div class='entry-relatedPosts'><p>B</p></div><div id=disqus_thread><p>C</p></div>", ["A"]),
        ("<p>A</p><ul class='share-bar'><li>B</ul><div class=author_bio><p>C</div><p class=post-date>D", ["A"]),
        ("<p>A</p><section class=most-read><li>B</section><div class=newsletter-signup><p>C</div>", ["A"]),
        ("<p>A</p><div hidden><p>C</div>", ["A"]),
        ("<p>A</p><figure><img><figcaption>B</figcaption></figure><p class=wp-caption-text>C", ["A"]),
        ("<p>A</p><article class=comment><p>B</article><ol itemtype=https://schema.org/Comment itemscope><p>C", ["A"]),
        ("<p>A<footer><p>B</footer><nav><p>C</nav><aside><p>D</aside><form><p>E</form><p><a href=/>F</a>", ["A"]),
        ("<p>A</p><div id=about-the-author><p>B</div><ul class=byline><li>C</ul>", ["A"]),
        ("<p>A</p><div><span class=author>D</span> <span class=post-date>E</span></div>", ["A"]),
        # What only sounds like it.
        ("<p>It comes on <span class=date>14 May</span>, says <i class=author>Mina Doe</i><span hidden>!</span>.",
         ["It comes on 14 May, says Mina Doe."]),
        ("<div class='entry-content share-enabled' id=share-1><p>A</p></div>", ["A"]),
        ("<p>A</p><div class='comments-open has-sidebar shareholders prelated'><p>B", ["A", "B"]),
        ("<p>A</p><figure class=wp-block-table><table><td>Mina Doe</table></figure>", ["A", "Mina Doe"]),
        ("<p>A</p><div class='content-sidebar-wrap'><p>B</div><a name=top><p>C", ["A", "B", "C"]),
    ],
)  # fmt: skip
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert paragraphs(f"<h1>Old Ferry is dated</h1><p>{LONG}</p>{body}") == ["Old Ferry is dated", LONG, *expected]


@pytest.mark.parametrize("name", ["related", "share-buttons", "sidebar", "newsletter", "author-bio", "footer"])
def test_names_never_empty_a_page(name: str) -> None:
    assert paragraphs(f"<div class={name}><p>{LONG}</p><p>B</p></div>") == [LONG, "B"]
    assert paragraphs(f"<p>A</p><p class={name}>{LONG}</p>") == ["A", LONG]
    assert paragraphs(f"<div class={name}><h1>T</h1><p>{LONG}</p></div><p>{OTHER}</p>") == ["T", LONG, OTHER.strip()]


@pytest.mark.parametrize("name", ["sidebar", "related", "most-read"])
def test_more_beside_than_article(name: str) -> None:
    beside = f"<div class={name}>{f'<p>{OTHER}</p>' * 5}</div>"
    assert paragraphs(f"<h1>T</h1><p>{LONG}</p>{beside}") == ["T", LONG]
    assert paragraphs(f"{beside}<article><h1>T</h1><p>{LONG}</p></article>") == ["T", LONG]


def test_headline_again_in_the_text() -> None:
    body = f"<p>{LONG}</p><p>T</p><p>{OTHER}</p>"
    assert paragraphs(body, "<title>T</title>") == ["T", LONG, OTHER.strip()]


def test_byline_is_no_text() -> None:
    lines = "<p>By Ida Roe and Tom Vale</p><p>May 14, 2026 9:30 am</p><p>By May it was late.</p>"
    article = read(html(f"<h1>T</h1>{lines}<p>{LONG}</p><p>By Ida Roe</p>"))
    assert article.text.split("\n\n") == ["T", "By May it was late.", LONG, "By Ida Roe"]
    assert article.published == date(2026, 5, 14)


def test_comments_are_never_the_article() -> None:
    assert paragraphs(f"<p>It comes in May.</p><div id=comments><p>{LONG}</p><p>{LONG}</p></div>") == [
        "It comes in May."
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<div><h2>Shop</h2><p>{OTHER}</p></div><article><h1>T</h1><p>{LONG}</p></article>",
        "<div><p>{OTHER}</p></div><main><h1>T</h1><div>{LONG}</div></main>",
        "<article><p>{OTHER}</p></article><article><h1>T</h1><p>{LONG}</p></article><article><p>{OTHER}</p></article>",
        "<div><p>{OTHER}</p></div><h1>T</h1><div class=td-post-content><p>{LONG}</p></div><div><p>Afterwards</p></div>",
        "<article><h1>T</h1><div itemprop=articleBody><p>{LONG}</p></div><p>Tagged: boats</p></article>",
    ],
)
def test_which_part(body: str) -> None:
    assert paragraphs(body.format(LONG=LONG, OTHER=OTHER)) == ["T", LONG]


def test_list_of_articles() -> None:
    entries = "".join(f"<article><h2><a href=/{n}>Show {n}</a></h2><p>{LONG} {n}</p></article>" for n in range(4))
    expected = [text for n in range(4) for text in (f"Show {n}", f"{LONG} {n}")]
    assert paragraphs(f"<h1>Shows</h1>{entries}") == ["Shows", *expected]


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        ('<meta property="og:title" content="A &amp; B | The Pier Post">', "", "A & B"),
        ("<title>A – The Pier Post</title>", "", "A"),
        ("<title>A</title>", "<h1>The Pier Post</h1>", "A"),
        ("<title>A</title>", "<h1>B</h1><h1>C</h1>", "A"),
        ("<title>B</title>", "<h1>B</h1><h1>C</h1>", "B"),
        ("<title>A</title>", "<h1>B</h1>", "B"),
        ("<title>A - The Pier Post</title>", "<h1>B</h1><h1>The Pier Post</h1>", "B"),
        ("<title>“A”</title>", "<h1>B</h1><h1>A<br>!</h1>", "A !"),
        ("<title>A » THE PIER POST</title>", "", "A"),
        ("<title>The Post: A</title><meta property=og:title content=A>", "<h1>The Post</h1><h3>A</h3>", "A"),
        ("<title>A – B | C</title>", "", "A – B | C"),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "D &quot;E&quot;"}</script>',
            "",
            'D "E"',
        ),
    ],
)
def test_headline(head: str, body: str, headline: str) -> None:
    site = '<meta property="og:site_name" content="The Pier Post">'
    assert read(html(f"{body}<p>{LONG}</p>", site + head)).headline == headline


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
        (JSON_LD.format('[{"@graph": [{"@type": "Event"}, {"@type": "Article", "datePublished": "2026-05-14"}]}]'), ""),
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


META = '<meta property="article:published_time" content="{}">'
ARTICLE = JSON_LD.format('{"@type": "NewsArticle", "headline": "T", "datePublished": "2026-05-14"}')
TIME = "<time datetime=2026-05-16>16 May</time>"


def test_published_order() -> None:
    meta = META.format("2026-05-15")
    assert [day_of(head, f"<h1>T</h1><p>By Ida Roe {TIME}</p>")[0] for head in (meta + ARTICLE, meta, "")] == [
        date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 16),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["TVSeries", "Movie", "Event", "Comment", "VideoObject", "WebSite", "JobPosting", "Person"]
)
def test_published_of_another_thing(kind: str) -> None:
    data = (
        f'{{"@type": "{kind}", "datePublished": "2026-02-02", "uploadDate": "2026-02-03", "dateCreated": "2026-02-04"}}'
    )
    scope = f"<div itemscope itemtype=https://schema.org/{kind}>"
    body = f"<article><h1>T</h1>{scope}<time itemprop=datePublished datetime=2026-02-02>x</time>{TIME}</div>"
    assert day_of(JSON_LD.format(data), body) == (None, "", "")
    assert day_of(JSON_LD.format(f'[{data}, {{"@type": ["Article"], "datePublished": "2026-05-14"}}]'))[0] == date(
        2026, 5, 14
    )


@pytest.mark.parametrize(
    ("head", "body", "after"),
    [
        # Days that are no day of publication, or not of this article.
        (META.format("2026-11-25"), "", ""),
        (JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2027-05-14"}'), "", ""),
        (JSON_LD.format('{"@type": "NewsArticle", "dateModified": "2026-05-14"}'), "", ""),
        ('<meta property="article:modified_time" content="2026-05-14">', "", ""),
        ("", "<h1>T</h1><time class='entry-date updated' datetime=2026-05-14>x</time>", ""),
        ("", "<h1>T</h1><time itemprop=dateModified datetime=2026-05-14>x</time>", ""),
        ("", f"{TIME}<h1>T</h1>", ""),
        ("", f"<h1>T</h1><ul><li>First shown: {TIME}</ul>", ""),
        ("", "<h1>T</h1><table><td>Premiere<td><time class=published>May 14, 2026</time></table>", ""),
        ("", f"<h1>T</h1><aside><p>Old Ferry</p>{TIME}</aside>", ""),
        ("", "<h1>T</h1>", TIME),
        ("", "<h1>T</h1>", f"<div class=comments><article><p>So late!</p>{TIME}</article></div>"),
        ("", "<h1>T</h1>", "<ul class=related><li><time class=published datetime=2026-05-14>x</time></ul>"),
        ("", f"<h1>T</h1><p>{LONG} It comes on {TIME}.</p>", ""),
        ("", "<h1>T</h1>" + f"<article><h2>A</h2>{TIME}<p>{LONG}</p></article>" * 4, ""),
        ("", f"<h1>T</h1><p class=byline>Updated May 14, 2026</p><p>{LONG}</p>", ""),
        ("", "<h1>T</h1><time>2 hours ago</time>", ""),
        ('<meta name="date" content="1778716800">', "", ""),
        ('<meta name="Last Modified Date" content="2026-05-14">', "", ""),
    ],
)
def test_not_published(head: str, body: str, after: str) -> None:
    assert day_of(head, body, after) == (None, "", "")


@pytest.mark.parametrize(
    ("head", "body", "after"),
    [
        (META.format("2027-05-14") + '<meta name="date" content="2026-05-14">', "", ""),
        ("", "<h1>T</h1><p>By Ida Roe</p><p><time>May 14, 2026</time></p>", ""),
        ("", "<header><h1>T</h1><time datetime=2026-05-14>x</time></header>", ""),
        ("", "<h1>T</h1><ul class=post-meta><li>Ida Roe<li><time datetime=2026-05-14>x</time></ul>", ""),
        ("", "<h1>T</h1><div class=entry-meta>May 14, 2026 | By Ida Roe</div>", ""),
        ("", "<h1>T</h1><p>By Ida Roe</p><p>Published: 14 May 2026, 09:30</p>", ""),
        ("", "<h1>T</h1><abbr class=published title=2026-05-14T09:00+09:00>x</abbr>", ""),
        ("", "<h1>T</h1><span property='dc:date dc:created' content='2026-05-14T09:00'>x</span>", ""),
        ("", "<article itemtype=http://schema.org/BlogPosting><meta itemprop=datePublished content=2026-05-14>", ""),
        ('<meta property="article:published" itemprop="datePublished dateCreated" content="2026-05-14">', "", ""),
        (JSON_LD.format('{"@graph": [{"@type": "WebPage", "datePublished": "2026-05-15"},'
         '{"@type": "NewsArticle", "headline": "Other", "datePublished": "2026-05-16"},'
         '{"@type": "NewsArticle", "headline": "T", "datePublished": "2026-05-14"}]}'), "<h1>T</h1>", ""),
        (JSON_LD.format('{"@type": "WebPage", "datePublished": "2026-05-14"}'), "", ""),
        (JSON_LD.format('{"mainEntity": {"@type": "Article", "datePublished": "2026-05-14"}}'), "", ""),
    ],
)  # fmt: skip
def test_published_in_its_head(head: str, body: str, after: str) -> None:
    assert day_of(head, body, after) == (date(2026, 5, 14), "", "the page")


def test_published_tomorrow() -> None:
    assert day_of(META.format("2026-11-24T00:10:00+09:00"))[0] == date(2026, 11, 24)


def test_no_whole_day() -> None:
    for said in ("2026-05", "2026", "20260532", "1420190512"):
        assert day_of(f'<meta name="date" content="{said}">') == (None, "", "")
    assert day_of() == (None, "", "")


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<meta property="og:site_name" content="The Pier Post">', "The Pier Post"),
        (JSON_LD.format('{"@type": "Article", "headline": 7, "datePublished": {"name": null}}'), "pier.example"),
        ("", "pier.example"),
    ],
)
def test_outlet(head: str, outlet: str) -> None:
    assert read(html(f"<p>{LONG}</p>", head), URL).outlet == outlet


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
    assert read(html(f"<p>{LONG}</p>", f'<link rel="canonical" href="{said}">'), url).url == expected


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
        b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x00\x01\x02", b"text\x00text",
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
        article = read(f"<html>{source}")
    except ClipError:
        return
    assert article.text == clean(article.text).strip()
    assert article.text.startswith(article.headline)
