"""Feeds in a refresh, on real sockets of the loopback."""

from __future__ import annotations

import json
import re
from threading import Thread

import pytest

from tests.fake_sources import FakeSources, faults
from tests.fake_sources.faults import Exchange, Fault
from tests.service.conftest import Home, entry
from tracker.sources.feed import MAX_BYTES

DAY = "<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
TRAM = entry("Slow Tram", 'aliases = ["느린 전차"]')
FERRY = entry("Old Ferry", "season = 1") + entry("Old Ferry", 'id = "old-ferry-2"', "season = 2")
ADA = '[[person]]\nname = "Ada Doe"\nfollow = true\n'


def item(title: str, link: str = "https://post.example/1", guid: str = "") -> str:
    guid = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{guid}{DAY}</item>"


def feed(*items: str, **headers: str) -> Fault:
    body = f"<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>".encode()
    return faults.status(200, body, **{"content_type": "application/rss+xml", **headers})


@pytest.fixture
def post(home: Home) -> Home:
    """A machine with one feed, `post`, at /feed of TVmaze's port."""
    home.ask("tvmaze")
    settings = home.paths.settings
    address = f"{home.fake_sources.address('tvmaze')}/feed"
    settings.write_text(f'{settings.read_text()}[feeds]\npost = "{address}"\n')
    home.write(TRAM, FERRY, ADA)
    # What no source knows is searched for.
    home.fake_sources.fail("tvmaze", faults.status(200, b"[]"), path="/search/*")
    return home


def serve(home: Home, fault: Fault) -> None:
    home.fake_sources.fail("tvmaze", fault, path="/feed")
    home.later(hours=1)


def news(home: Home) -> list[tuple[str, str, str, str]]:
    return [(one.show_id, one.title, one.text, one.url) for one in home.tracker().inbox.unread()]


def test_entry_that_names_a_show_is_news_once(post: Home) -> None:
    before = post.path.read_bytes()
    serve(post, feed(item("Slow Tram gets a date"), item("The slow tram is late", "https://post.example/2")))
    report = post.refresh()
    wanted = ("slow-tram", "Slow Tram", "Slow Tram gets a date (3 Mar 2026)", "https://post.example/1")
    assert news(post) == [wanted]
    assert (report.feeds, [one.source for one in report.news], report.failures) == (1, ["post"], ())
    assert report.sentence.startswith("3 refreshed, 1 feed read, 1 news.")
    post.later(hours=1)
    assert post.refresh().sentence == "1 feed read, nothing new."
    assert news(post) == [wanted]
    # Nothing is taken by itself.
    assert post.path.read_bytes() == before


def test_feeds_without_sources(post: Home) -> None:
    settings = post.paths.settings
    settings.write_text(re.sub("(?m)^sources = .*$", "sources = []", settings.read_text()))
    serve(post, feed(item("Slow Tram gets a date")))
    assert post.refresh().sentence == "1 feed read, 1 news."


def test_state_that_cannot_be_written_is_said_once(post: Home) -> None:
    serve(post, feed(item("Slow Tram gets a date")))
    settings = post.paths.settings
    address = f"{post.fake_sources.address('tvmaze')}/feed?2"
    text = re.sub("(?m)^sources = .*$", "sources = []", settings.read_text())
    settings.write_text(f'{text}second = "{address}"\n')
    folder = post.tracker()._source_database.path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file is in the way")
    [failure] = post.refresh().failures
    assert failure.startswith("Can't save")


def test_entry_is_known_by_its_id_or_its_link(post: Home) -> None:
    serve(post, feed(item("Slow Tram gets a date", guid="1")))
    post.refresh()
    for again in (
        item("Slow Tram gets a date", guid="2"),  # another id
        item("Slow Tram gets a new date", "https://post.example/moved", guid="2"),  # and then another link
        item("Slow Tram", "http://post.example/moved/?utm_source=feed", guid="3"),
    ):
        serve(post, feed(again))
        assert post.refresh().news == ()
    post.tracker().inbox.mark_read()
    serve(post, feed(item("Slow Tram is filmed", "https://post.example/3", guid="4")))
    assert len(post.refresh().news) == 1


def test_followed_person_and_season(post: Home) -> None:
    serve(
        post,
        feed(
            item("Ada Doe is ill", "https://post.example/a"),
            item("Old Ferry Season 1 is on disc", "https://post.example/b"),
            item("Old Ferry returns", "https://post.example/c"),
            item("전차 사진", "https://post.example/d"),
            item("느린 전차의 사진", "https://post.example/e"),
        ),
    )
    post.refresh()
    found = {one[3][-1]: one[:2] for one in news(post)}
    assert found == {
        "a": ("", "Ada Doe"), "b": ("old-ferry", "Old Ferry, season 1"), "c": ("old-ferry-2", "Old Ferry, season 2"),
        "e": ("slow-tram", "Slow Tram"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("validator", "question"),
    [
        ({"etag": '"7"'}, ("if-none-match", '"7"')),
        ({"last_modified": "Tue, 03 Mar 2026 10:00:00 GMT"}, ("if-modified-since", "Tue, 03 Mar 2026 10:00:00 GMT")),
    ],
)
def test_unchanged_feed_is_not_sent_again(post: Home, validator: dict[str, str], question: tuple[str, str]) -> None:
    def answer(exchange: Exchange) -> None:
        headers = post.fake_sources.requests[-1].headers
        if headers.get(question[0]) == question[1]:
            faults.status(304)(exchange)
        else:
            feed(item("Slow Tram gets a date"), item("Night Pier opens", "https://post.example/2"), **validator)(
                exchange
            )

    serve(post, answer)
    post.refresh()
    # What is on the list only now is found in what was sent before.
    post.write(TRAM, FERRY, ADA, entry("Night Pier"))
    post.later(hours=1)
    assert [one.show_id for one in post.refresh().news] == ["night-pier"]
    assert question[0] in post.fake_sources.requests[-1].headers


def test_feed_is_not_asked_too_often(post: Home) -> None:
    serve(post, feed(item("Slow Tram"), cache_control="max-age=600"))
    post.refresh()
    post.refresh()
    assert post.fake_sources.count("tvmaze", "/feed") == 1
    serve(post, feed(item("Slow Tram")))
    # Then what is there is read; without anything, it is said.
    assert [post.refresh().failures for _ in range(4)] == [()] * 4
    assert post.fake_sources.count("tvmaze", "/feed") == 4
    post.forget_answers()
    assert post.refresh().failures == ("post can be read again in 15 minutes.",)
    assert post.fake_sources.count("tvmaze", "/feed") == 4


def test_pause_that_a_feed_asks_for(post: Home) -> None:
    serve(post, faults.too_many(7200))
    assert post.refresh().failures == ("post has an error right now (429). Try again later.",)
    serve(post, feed(item("Slow Tram")))
    assert post.refresh().failures == ("post can be read again in 60 minutes.",)
    post.later(hours=2)
    assert len(post.refresh().news) == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (faults.status(404), "post has no feed (404). Check its address in the settings."),
        (faults.html, "post is not a feed: there is no RSS or Atom in it. Check its address in the settings."),
        (faults.huge, f"post is larger than {MAX_BYTES // 1_000_000} MB, and was not read."),
        (faults.gzip_bomb, f"post is larger than {MAX_BYTES // 1_000_000} MB, and was not read."),
        (faults.round_in_circles, "post redirects in circles."),
        (faults.closed, "post stopped in the middle of its answer. Try again later."),
    ],
)
def test_failing_feed_is_one_line(post: Home, fault: Fault, sentence: str) -> None:
    serve(post, fault)
    report = post.refresh()
    assert (report.failures, report.is_broken, report.asked) == ((sentence,), True, 3)


def test_feed_that_moved_to_another_host(post: Home) -> None:
    there = f"{post.fake_sources.address('wikidata')}/feed"
    post.fake_sources.fail("wikidata", feed(item("Slow Tram", "/news/1")), path="/feed")
    serve(post, faults.redirect(there, 301))
    assert [one.url for one in post.refresh().news] == [there.replace("/feed", "/news/1")]


def test_dry_run_tells_and_remembers_nothing(post: Home) -> None:
    serve(post, feed(item("Slow Tram")))
    assert len(post.refresh(dry_run=True).news) == len(post.refresh(dry_run=True).news) == 1
    assert news(post) == []
    post.refresh()
    assert post.refresh(dry_run=True).news == ()


def test_one_show_alone_asks_no_feed(post: Home) -> None:
    tracker = post.tracker()
    tracker.refresh(tracker.watchlist.current.shows[:1], direct=True).run()
    assert post.fake_sources.count("tvmaze", "/feed") == 0


def test_news_command(post: Home, fake_sources: FakeSources) -> None:
    serve(post, feed(item("Slow Tram [b]gets[/b] a date")))
    report = json.loads(post.run("refresh", "--json").out)
    assert (report["feeds"], [one["text"] for one in report["news"]]) == (
        1,
        ["Slow Tram [b]gets[/b] a date (3 Mar 2026)"],
    )
    assert post.run("news").out.splitlines() == [
        "· 2026-11-23  Slow Tram: Slow Tram [b]gets[/b] a date (3 Mar 2026)  — post https://post.example/1"
    ]
    [one] = json.loads(post.run("news", "--json").out)
    assert (one["id"], one["source"], one["url"]) == ("slow-tram", "post", "https://post.example/1")


def test_stop_ends_a_feed_that_is_read(post: Home) -> None:
    serve(post, faults.silent)
    tracker = post.tracker()
    run = tracker.refresh(tracker.watchlist.current.shows[:0])

    def stop() -> None:
        post.fake_sources.wait_for_requests("tvmaze")
        run.stop()
        tracker.sources.stop()

    Thread(target=stop).start()
    report = run.run()
    assert (report.is_stopped, report.failures, report.feeds) == (True, (), 0)


def test_long_link_is_still_an_address(post: Home) -> None:
    page = faults.status(200, b"<article><p>Slow Tram leaves.</p></article>", content_type="text/html")
    post.fake_sources.fail("tvmaze", page, path="/news")
    link = f"{post.fake_sources.address('tvmaze')}/news?from={'feed' * 200}"
    assert post.tracker().clipper.open(link).url == link
