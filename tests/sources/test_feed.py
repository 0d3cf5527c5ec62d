from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import BadResponse
from tracker.sources.feed import MAX_MALFORMED_BYTES, FeedEntry, read_feed

URL = "https://post.example/feed"
ITEM = "<item><title>Slow Tram leaves</title><link>https://post.example/1</link><guid>one</guid></item>"
ENTRY = FeedEntry("one", "Slow Tram leaves", "https://post.example/1")
UNREAD = "post was not read: it has XML that no feed needs. Check its address in the settings."
NO_FEED = "post is not a feed: there is no RSS or Atom in it. Check its address in the settings."


def rss(body: str = ITEM, before: str = "", encoding: str = "utf-8") -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{before}<rss version="2.0"><channel>{body}</channel></rss>'


def read(text: str | bytes, charset: str = "") -> tuple[FeedEntry, ...]:
    return read_feed(text if isinstance(text, bytes) else text.encode(), charset, URL, "post")


def refusal(text: str | bytes) -> str:
    with pytest.raises(BadResponse) as caught:
        read(text)
    return str(caught.value)


def test_rss_2() -> None:
    item = """<item><title>“Slow Tram” &amp;amp; &lt;b&gt;more&lt;/b&gt;</title><link>/news/1?a=1&amp;b=2</link>
        <guid isPermaLink="false">17</guid><pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate>
        <description><![CDATA[<p>One&nbsp;word</p><script>x()</script><p>\x1b[31mred</p>]]></description></item>"""
    # A control character is no XML, and costs nothing but itself.
    [entry] = read(rss(item))
    assert entry == FeedEntry(
        "17",
        "“Slow Tram” & more",
        "https://post.example/news/1?a=1&b=2",
        "One word\n\n[31mred",
        date(2026, 3, 4),
    )


def test_atom() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>
        <title type="html">Slow &lt;i&gt;Tram&lt;/i&gt;</title><id>tag:post.example,2026:1</id>
        <link rel="alternate" href="https://post.example/1"/><updated>2026-03-03T10:00:00Z</updated>
        <summary>It leaves.</summary></entry></feed>"""
    url = "https://post.example/1"
    assert read(text) == (FeedEntry("tag:post.example,2026:1", "Slow Tram", url, "It leaves.", date(2026, 3, 3)),)


def test_rss_1_and_older() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://{}">
        <item rdf:about="https://post.example/1"><title>Slow Tram</title><link>https://post.example/1</link></item>
        </rdf:RDF>"""
    for namespace in ("purl.org/rss/1.0/", "my.netscape.com/rdf/simple/0.9/"):
        assert [(one.title, one.url) for one in read(rdf.format(namespace))] == [
            ("Slow Tram", "https://post.example/1")
        ]
    dtd = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
    assert read(rss(before=dtd)) == (ENTRY,)


def test_damaged_xml_is_read_as_far_as_it_goes() -> None:
    assert [one.title for one in read(rss(f"<item><title>Tom & Ann</title><guid>x</guid></item>{ITEM}"))] == [
        "Tom & Ann", "Slow Tram leaves",
    ]  # fmt: skip
    assert read(rss() + "<trailing") == (ENTRY,)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (rss(ITEM.replace("leaves", "größer"), encoding="utf-16").encode(), ""),
        (rss(ITEM.replace("leaves", "größer")).encode("latin-1"), ""),
        (rss(ITEM.replace("leaves", "größer"), encoding="iso-8859-1").encode("latin-1"), ""),
        (rss(ITEM.replace("leaves", "größer")).encode("latin-1"), "iso-8859-1"),
        (rss(ITEM.replace("leaves", "größer"), encoding="no-such").encode(), "neither"),
        (b"\xef\xbb\xbf" + rss(ITEM.replace("leaves", "größer"), encoding="latin-1").encode(), ""),
        (rss(ITEM.replace("leaves", "größer"), encoding="utf-16").encode("utf-16"), "utf-8"),
    ],
)
def test_wrong_encodings(data: bytes, charset: str) -> None:
    assert read(data, charset) == (ENTRY._replace(title="Slow Tram größer"),)


def test_encodings_of_the_east() -> None:
    assert [one.title for one in read(rss(ITEM.replace("leaves", "느린"), encoding="euc-kr").encode("euc-kr"))] == [
        "Slow Tram 느린"
    ]


def test_entries_without_title_or_address_are_none() -> None:
    assert read(rss("<item><link>https://post.example/1</link></item><item><title>Only</title></item>")) == ()
    [entry] = read(rss("<item><title>Bad link</title><guid>5</guid><link>javascript:alert(1)</link></item>"))
    assert entry.url == ""


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss SYSTEM "x" [ <!ATTLIST rss a CDATA "x"> ]>',
        "<!DOCTYPE rss\n[\n" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>",
    ],
)
def test_entities_are_refused(before: str) -> None:
    assert refusal(rss(before=before)) == UNREAD


@pytest.mark.parametrize(
    "body",
    [
        "<a>" * 1_000_000,
        "<item><title>" + "<b>" * 100_000,
        "<a " + " ".join(f'x{n}="1"' for n in range(100_000)) + "/>",
        "".join(f'<n{n}:a xmlns:n{n}="u{n}"/>' for n in range(20_000)),
        "<item>" + "<guid>x</guid>" * 150_000 + "</item>",
        "<item><title>" + "\n" * 500_000 + "</title></item>",
    ],
    ids=["depth", "depth of a title", "attributes", "namespaces", "elements", "lines"],
)
def test_what_takes_long_is_refused(body: str) -> None:
    assert refusal(rss(body)) == UNREAD


def test_much_damaged_xml_is_refused() -> None:
    assert refusal(rss("&" * MAX_MALFORMED_BYTES)) == "post was not read: its XML is damaged. Try again later."


@pytest.mark.parametrize(
    "text",
    ["", "<html><body>Log in</body></html>", '{"a": 1}', " " * 3_000_000, "\0" * 3_000_000, "<!DOCTYPE " * 99_999],
    ids=["nothing", "page", "JSON", "blanks", "zeros", "types"],
)
def test_what_is_no_feed(text: str) -> None:
    assert refusal(text) == NO_FEED


def test_what_an_entry_is_known_by() -> None:
    one = FeedEntry("17", "T", "https://Post.example/1/?utm_source=rss&id=3#top")
    assert one.told_keys(URL) == ("post.example/feed 17", "post.example/1?id=3")
    assert FeedEntry("tag:a,b:1", "T", "").told_keys(URL) == ("tag:a,b:1",)
    link = "http://post.example/1"
    assert FeedEntry(link, "T", link.replace("http:", "https:")).told_keys(URL) == ("post.example/1",)
