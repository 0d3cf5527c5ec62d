from __future__ import annotations

import pytest

from tests.fake_sources import FakeSources, faults
from tests.tui.clipper.helpers import read_out
from tests.tui.helpers import NARROW, SAMPLE, RunningApp
from tests.tui.online import LINKED, Home, ask, choose, entry_of, heard
from tracker.tui.clipper.review import ClipReviewScreen
from tracker.tui.dialogs.prompts import PersonCard

LATER = "2027-03-05"
ADA = '\n[[person]]\nname = "Ada Doe"\nfollow = true\n'


async def hear_news(app: RunningApp, home: Home) -> None:
    """Hear of three changes: a date that slips is loud, and two that are not."""
    # Only those that are known are asked about; R would search for all others, too.
    known = {"paper-lanterns", "slow-tram", "copper-moon"}
    app.main.marked = frozenset(known)
    await ask(app, "r")
    home.later(days=4)
    home.fake_sources.change("tvmaze", 101, word="Paused")
    home.fake_sources.change("tvmaze", 110, network=None)
    home.fake_sources.change("tvmaze", 103, premiered=LATER)
    await ask(app, "r")
    app.main.marked = frozenset()


def slipped_elsewhere(text: str) -> str:
    """Return a list as it is after another machine's program recorded that Glass Orchard slips."""
    start, end = (text.index(f'[[show]]\ntitle = "{title}"') for title in ("Glass Orchard", "Night Bakery"))
    entry = text[start:end].replace("release = 2026-11-30", "release = 2027-02-01", 1)
    claim = '[[show.history]]\non = 2026-11-22\nrelease = 2027-02-01\nsource = "Lumen"\n\n'
    return text[:start] + entry + claim + text[end:]


def news(app: RunningApp) -> list[str]:
    return app.options("#news")


def titles(app: RunningApp) -> list[str]:
    """Return whose news it is, top to bottom."""
    return [line.lstrip("● *").split("  ")[0] for line in news(app)]


def note(app: RunningApp) -> str:
    return app.text("#news-note")


async def test_inbox_shows_loud_news_first(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await app.press("i")
        assert news(app) == []
        assert "Nothing new" in note(app)
        await app.press("escape")
        await ask(app, "R")
        home.later(days=4)
        fake_sources.change("tvmaze", 101, premiered=LATER)
        fake_sources.change("tvmaze", 102, word="Paused")
        fake_sources.change("tvmaze", 103, cast=())
        fake_sources.change("tvmaze", 110, stage="ended")
        await ask(app, "R")
        assert "2 unread" in app.counts
        await app.press("i")
        assert set(titles(app)[:2]) == {"Paper Lanterns", "Copper Moon"}
        assert titles(app)[2:] == ["Harbour Nine"]
        for words in ("5 Mar 2027", "slipped", "released"):
            assert words in app.seen


async def test_inbox_marks_news_read(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.press("i", "escape")
        assert "1 unread" in app.counts
    async with home.open(None) as app:
        assert "1 unread" in app.counts
        await app.press("i")
        before = titles(app)
        assert before[0] == "Slow Tram"
        await app.press("s")
        assert titles(app) == before[1:]
        await app.press("H")
        assert sorted(titles(app)) == sorted(before)
        await app.press("H", "S")
        assert news(app) == []
        assert "Nothing new" in note(app)
        await app.press("escape")
        assert "news" not in app.counts
    async with home.open(None) as app:
        assert "news" not in app.counts
        await app.press("i")
        assert news(app) == []


async def test_inbox_enter_goes_to_the_show(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open() as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await hear_news(app, home)
        await app.filter("copper")
        await app.press("enter", "i")
        await choose(app, "Slow Tram")
        await app.press("o")
        assert opened == ["https://www.tvmaze.com/shows/103/slow-tram"]
        await app.press("enter")
        assert app.screen is app.main
        assert app.cursor == "Slow Tram"
        assert app.focus == "shows"
        assert "slipped" in app.pane("status")
        assert "news" not in app.counts


async def test_inbox_undo_takes_one_change_back(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.select("Slow Tram")
        await app.press("T", *"late", "enter")
        edited, entry = app.file, entry_of(app, "Slow Tram")
        assert LATER in entry
        await app.press("i")
        await choose(app, "Slow Tram")
        await app.press("u")
        assert "u in the list to bring it back" in note(app)
        await app.press("escape")
        now = entry_of(app, "Slow Tram")
        assert app.file == edited.replace(entry, now)
        assert "release = 2026-11-27" in now
        assert 'tags = ["late"]' in now
        await app.press("u")
        assert app.file == edited


async def test_inbox_undo_that_is_refused(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        edited = app.file.replace('source = "tvmaze"', 'source = "tvmaze"\nnote = "hardly"')
        home.write(edited)
        app.main.files.poll_all()
        await app.settle()
        await app.press("i")
        await choose(app, "slipped")
        await app.press("u")
        assert app.file == edited
        assert note(app)
        await choose(app, "Paper Lanterns")
        await app.press("u")
        assert "nothing" in note(app)
        assert app.file == edited


async def test_inbox_offer_accepted(home: Home) -> None:
    async with home.open(SAMPLE) as app:
        await ask(app, "R")
        await app.press("i")
        await choose(app, "Harbour Nine")
        [offer] = [line for line in news(app) if "Harbour Nine" in line]
        assert "is this it?" in offer
        for reason in ("title", "2026", "Kestrel", "KR"):
            assert reason in " ".join(offer.split()), reason
        assert "yes, link it" in app.seen
        await app.press("y")
        await heard(app)
        assert app.screen is app.main
        assert "tvmaze = 102" in entry_of(app, "Harbour Nine")
        assert app.cursor == "Harbour Nine"
        await app.press("i")
        assert "Harbour Nine" not in titles(app)


async def test_inbox_offer_declined(home: Home) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "R")
        await app.press("i")
        await choose(app, "Harbour Nine")
        await app.press("n")
        await heard(app)
        assert app.file == before
        await app.press("i")
        assert titles(app)
        assert "Harbour Nine" not in titles(app)


async def test_inbox_asks_which_season_an_offer_is(home: Home) -> None:
    home.set("tvmaze", "tmdb")
    text = '[[show]]\ntitle = "Singing Well"\noriginal_title = "노래하는 우물"\nstatus = "announced"\n'
    async with home.open(text + 'countries = ["KR"]\n') as app:
        await ask(app, "R")
        await app.press("i")
        await ask(app, "y")
        assert app.options(".form-choice")[0].startswith("Season 3")
        assert "ids" not in app.file
        await ask(app, "enter")
        assert app.tracker.watchlist.current.shows[0].season == 3


async def test_inbox_adds_the_next_season(home: Home) -> None:
    async with home.open('[[show]]\ntitle = "Singing Well"\nids = { tvmaze = 117 }\n') as app:
        await ask(app, "R")
        await app.press("i")
        await choose(app, "Season 3 is announced")
        assert "yes, add it" in app.seen
        await ask(app, "y")
        assert [(show.title, show.season) for show in app.tracker.watchlist.current.shows] == [
            ("Singing Well", None), ("Singing Well", 3),
        ]  # fmt: skip
        await app.press("u")
        assert len(app.tracker.watchlist.current.shows) == 1


async def test_inbox_offer_whose_record_is_gone(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "R")
        fake_sources.remove("tvmaze", 102)
        await app.press("i")
        await choose(app, "Harbour Nine")
        await app.press("y")
        await heard(app)
        assert app.file == before
        assert "TVmaze" in app.toasts[-1]
        await app.press("i")
        assert "Harbour Nine" in titles(app)


async def test_inbox_has_edits_of_another_machine(home: Home) -> None:
    async with home.open() as app:
        await app.select("Salt Road")
        await app.press("right_square_bracket")
        written = app.file
    home.write(slipped_elsewhere(written))
    async with home.open(None) as app:
        assert "1 unread" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]
        assert "1 Feb 2027" in app.seen
        assert "30 Nov 2026" in app.seen
        await app.press("u")
        assert app.file == written


async def test_inbox_counts_edits_while_the_app_is_open(home: Home) -> None:
    async with home.open() as app:
        home.write(app.file.replace("release = 2026-11-30", "release = 2027-02-01", 1))
        app.main.files.poll_all()
        await app.settle()
        assert "1 unread" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]


async def test_inbox_fits_a_narrow_terminal(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(LINKED, NARROW) as app:
        await ask(app, "R")
        home.later(days=4)
        changes = {"premiered": LATER, "network": None, "cast": (), "crew": (), "stage": "cancelled"}
        fake_sources.change("tvmaze", 103, synopsis="<p>x</p>", **changes)
        await ask(app, "R")
        await app.press("i")
        [told] = news(app)
        seen = " ".join(" ".join(line.strip(" │") for line in app.screen_lines).split())
        for word in told.split():
            assert word in seen, word
        for hint in ("enter go", "s read", "S all", "u undo", "o page", "H older", "/ search", "esc back"):
            assert hint in seen, hint


async def test_entries_of_feeds_are_clipped_and_lead_to_persons(home: Home, fake_sources: FakeSources) -> None:
    at = fake_sources.address("tvmaze")
    settings = home.make().paths.settings
    settings.write_text(f'{settings.read_text()}[feeds]\npost = "{at}/feed"\n')
    items = (("Copper Moon is near", "moon"), ("Ada Doe is ill", "ada"))
    entries = "".join(f"<item><title>{title}</title><link>{at}/{page}</link></item>" for title, page in items)
    fake_sources.fail("tvmaze", faults.status(200, f"<rss><channel>{entries}</channel></rss>".encode()), path="/feed")
    page = b"<article><p>Nothing here says which show it is, or when it comes. It is a page.</p></article>"
    fake_sources.fail("tvmaze", faults.status(200, page, content_type="text/html"), path="/moon")
    async with home.open(LINKED + ADA) as app:
        before = app.file
        await ask(app, "R")
        await app.press("i")
        assert sorted(titles(app)) == ["Ada Doe", "Copper Moon"]
        await choose(app, "Ada Doe")
        await app.press("enter")
        card = app.screen
        assert isinstance(card, PersonCard)
        await app.press("escape", "i")
        await choose(app, "Copper Moon")
        await app.press("c")
        await read_out(app)
        review = app.screen
        assert isinstance(review, ClipReviewScreen)
        assert review.state.review.target == "copper-moon"
        assert app.file == before
        await app.press("escape", "i")
        assert news(app) == []
