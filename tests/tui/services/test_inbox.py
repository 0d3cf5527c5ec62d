from __future__ import annotations

import pytest

from tests.tui.helpers import HOSTILE, NARROW, SAMPLE, Opened, shown
from tests.tui.online import LINKED, Home, ask, choose, entry_of, heard
from tests.world import World
from tracker.tui.screens.inbox import Inbox

LATER = "2027-03-05"


async def hear_news(app: Opened, home: Home) -> None:
    """Hear of three changes: a date that slips is loud, and two that are not."""
    # Only those that are known are asked about; R would search for all others, too.
    known = {"paper-lanterns", "slow-tram", "copper-moon"}
    app.shows.set_marks(known)
    await ask(app, "r")
    home.later(days=4)
    home.world.change("tvmaze", 101, synopsis="<p>They part.</p>")
    home.world.change("tvmaze", 110, network=None)
    home.world.change("tvmaze", 103, premiered=LATER)
    await ask(app, "r")
    app.shows.set_marks(())


def slipped_elsewhere(text: str) -> str:
    """Return a list as it is after another machine's program recorded that Glass Orchard slips."""
    start, end = (text.index(f'[[show]]\ntitle = "{title}"') for title in ("Glass Orchard", "Night Bakery"))
    entry = text[start:end].replace("release = 2026-11-30", "release = 2027-02-01", 1)
    claim = '[[show.history]]\non = 2026-11-22\nrelease = 2027-02-01\nsource = "Lumen"\n\n'
    return text[:start] + entry + claim + text[end:]


def news(app: Opened) -> list[str]:
    return app.options("#news")


def titles(app: Opened) -> list[str]:
    """Return whose news it is, top to bottom."""
    return [line.lstrip("● *").split("  ")[0] for line in news(app)]


def note(app: Opened) -> str:
    return app.text("#news-note")


def is_open(app: Opened) -> bool:
    return isinstance(app.screen, Inbox)


async def test_loud_things_come_first_and_the_header_counts(home: Home, world: World) -> None:
    async with home.open() as app:
        await ask(app, "R")
        home.later(days=4)
        world.change("tvmaze", 101, premiered=LATER)
        world.change("tvmaze", 102, synopsis="<p>They part.</p>")
        world.change("tvmaze", 103, cast=())
        world.change("tvmaze", 110, stage="ended")
        await ask(app, "R")
        assert "2 news" in app.counts
        await app.press("i")
        assert set(titles(app)[:2]) == {"Paper Lanterns", "Copper Moon"}
        assert titles(app)[2:] == ["Harbour Nine"]
        assert "5 Mar 2027" in app.seen
        assert "slipped" in app.seen
        assert "released" in app.seen


async def test_what_was_seen_is_gone_and_comes_again_among_the_older(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        assert "1 news" in app.counts
        await app.press("i")
        before = titles(app)
        assert before[0] == "Slow Tram"
        await app.press("s")
        assert titles(app) == before[1:]
        await app.press("h")
        assert sorted(titles(app)) == sorted(before)
        await app.press("h")
        assert titles(app) == before[1:]
        await app.press("escape")
        assert "news" not in app.counts


async def test_all_is_seen_with_one_key_also_after_a_restart(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.press("i")
        assert len(news(app)) > 1
        await app.press("S")
        assert news(app) == []
        assert "Nothing new" in note(app)
        await app.press("escape")
        assert "news" not in app.counts
    async with home.open(None) as app:
        assert "news" not in app.counts
        await app.press("i")
        assert news(app) == []
        await app.press("h")
        assert "Slow Tram" in titles(app)


async def test_what_was_not_seen_is_there_after_a_restart(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
    async with home.open(None) as app:
        assert "1 news" in app.counts
        await app.press("i")
        assert titles(app)[0] == "Slow Tram"


async def test_looking_does_not_make_it_seen(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.press("i", "escape")
        assert "1 news" in app.counts


async def test_enter_goes_to_the_show_be_it_hidden_by_a_filter(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.filter("copper")
        await app.press("enter", "i")
        await choose(app, "Slow Tram")
        await app.press("enter")
        assert app.screen is app.main
        assert app.cursor == "Slow Tram"
        assert app.focus == "shows"
        assert "slipped" in app.pane("status")


async def test_u_takes_exactly_this_change_back_also_after_other_edits(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        assert LATER in entry_of(app, "Slow Tram")
        # Edits of the same show and of another one.
        await app.stand_on("Slow Tram")
        await app.press("T", *"late", "enter")
        await app.stand_on("Salt Road")
        await app.press("right_square_bracket")
        edited, entry = app.file, entry_of(app, "Slow Tram")
        await app.press("i")
        await choose(app, "Slow Tram")
        await app.press("u")
        await app.press("escape")
        now = entry_of(app, "Slow Tram")
        assert app.file == edited.replace(entry, now)
        assert LATER not in now
        assert "release = 2026-11-27" in now
        assert 'tags = ["late"]' in now
        assert "rating = 9" in now
        assert "tvmaze.com" not in now
        assert now.count("[[show.history]]") == 1


async def test_taking_back_is_an_edit_that_u_takes_back_in_turn(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        told = app.file
        await app.press("i", "u", "escape")
        assert app.file != told
        await app.press("u")
        assert app.file == told


async def test_u_takes_one_of_many_changes_back(home: Home, world: World) -> None:
    async with home.open() as app:
        await ask(app, "R")
        home.later(days=4)
        for number in (102, 103, 110):
            world.change("tvmaze", number, premiered=LATER)
        before = app.file
        await ask(app, "R")
        first, last = entry_of(app, "Harbour Nine"), entry_of(app, "Copper Moon")
        await app.press("i")
        await choose(app, "Slow Tram")
        await app.press("u")
        assert entry_of(app, "Slow Tram") in before
        assert entry_of(app, "Harbour Nine") == first
        assert entry_of(app, "Copper Moon") == last
        assert LATER in first


async def test_u_leaves_a_newer_date_of_mine_where_it_is(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        await app.stand_on("Slow Tram")
        await app.press("e")
        await app.put("#field-release Input", "2027-Q2")
        await app.press("ctrl+s", "i")
        await choose(app, "Slow Tram")
        await app.press("u")
        entry = entry_of(app, "Slow Tram")
        assert 'release = "2027-Q2"' in entry
        assert 'source = "me"' in entry
        assert "tvmaze.com" not in entry


async def test_u_loses_nothing_of_what_was_written_into_the_very_claim(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        edited = app.file.replace('source = "tvmaze"', 'source = "tvmaze"\nnote = "hardly"')
        home.write(edited)
        app.main.look_around()
        await app.settle()
        await app.press("i")
        await choose(app, "slipped")
        await app.press("u")
        assert app.file == edited
        assert is_open(app)
        assert note(app)


async def test_news_that_changed_nothing_cannot_be_taken_back_and_that_is_said(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        before = app.file
        await app.press("i")
        await choose(app, "Paper Lanterns")
        await app.press("u")
        assert app.file == before
        assert "nothing" in note(app)


async def test_o_opens_the_page_of_the_news(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open() as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await hear_news(app, home)
        await app.press("i", "o")
        assert opened == ["https://www.tvmaze.com/shows/103/slow-tram"]
        assert is_open(app)


async def test_an_offer_asks_with_reasons_and_a_yes_links(home: Home) -> None:
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
        entry = entry_of(app, "Harbour Nine")
        assert "tvmaze = 102" in entry
        assert 'networks = ["Kestrel"]' in entry
        assert "release = 2026-11-23" in entry
        assert app.cursor == "Harbour Nine"
        await app.press("i")
        assert "Harbour Nine" not in titles(app)


async def test_a_no_to_an_offer_is_remembered(home: Home) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "R")
        await app.press("i")
        await choose(app, "Harbour Nine")
        await app.press("n")
        await heard(app)
        assert app.file == before
        await app.press("i")
        assert "Harbour Nine" not in titles(app)
    home.later(days=40)
    async with home.open(None) as app:
        await ask(app, "R")
        await app.press("i")
        assert titles(app)
        assert "Harbour Nine" not in titles(app)


async def test_an_answer_that_fails_leaves_the_offer(home: Home, world: World) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "R")
        world.remove("tvmaze", 102)
        await app.press("i")
        await choose(app, "Harbour Nine")
        await app.press("y")
        await heard(app)
        assert app.file == before
        assert "TVmaze" in app.toasts[-1]
        await app.press("i")
        assert "Harbour Nine" in titles(app)


async def test_an_edit_of_another_machine_is_there_and_one_of_mine_is_not(home: Home) -> None:
    async with home.open() as app:
        await app.stand_on("Salt Road")
        await app.press("right_square_bracket")
        await app.stand_on("Ninth Tide")
        await app.press("T", *"mine", "enter")
        written = app.file
    home.write(slipped_elsewhere(written))
    async with home.open(None) as app:
        assert "1 news" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]
        assert "1 Feb 2027" in app.seen
        assert "30 Nov 2026" in app.seen


async def test_an_edit_of_another_machine_is_there_while_the_app_is_open(home: Home) -> None:
    async with home.open() as app:
        home.write(slipped_elsewhere(app.file))
        app.main.look_around()
        await app.settle()
        assert "1 news" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]


async def test_an_edit_of_another_machine_can_be_taken_back(home: Home) -> None:
    async with home.open() as app:
        before = app.file
    home.write(slipped_elsewhere(before))
    async with home.open(None) as app:
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]
        await app.press("u")
        assert app.file == before


async def test_a_show_that_another_machine_added_is_news_to_go_to(home: Home) -> None:
    async with home.open() as app:
        written = app.file
    home.write(written + '\n[[show]]\ntitle = "Velvet Quay"\n')
    async with home.open(None) as app:
        await app.press("i")
        assert titles(app) == ["Velvet Quay"]
        await app.press("enter")
        assert app.cursor == "Velvet Quay"


async def test_the_first_start_has_no_news(home: Home) -> None:
    async with home.open() as app:
        assert "news" not in app.counts
        await app.press("i")
        assert news(app) == []
        assert "Nothing new" in note(app)


async def test_hostile_titles_are_text_in_the_inbox(home: Home) -> None:
    text = "".join(f'[[show]]\ntitle = "{shown(title)}"\n\n' for title in HOSTILE)
    async with home.open(text):
        pass
    home.write("".join(f'[[show]]\ntitle = "{shown(title)}"\nkind = "film"\n\n' for title in HOSTILE))
    async with home.open(None, (140, 50)) as app:
        await app.press("i")
        assert sorted(titles(app)) == sorted(map(shown, HOSTILE))
        for title in HOSTILE:
            assert shown(title)[:30] in app.seen
        await app.press("S")
        assert news(app) == []


@pytest.mark.parametrize("size", [NARROW, (200, 50)], ids=["80x24", "200x50"])
async def test_a_long_piece_of_news_and_all_keys_are_seen_at_each_size(
    home: Home, world: World, size: tuple[int, int]
) -> None:
    async with home.open(LINKED, size) as app:
        await ask(app, "R")
        home.later(days=4)
        world.change(
            "tvmaze", 103, premiered=LATER, network=None, cast=(), crew=(), synopsis="<p>x</p>", stage="cancelled"
        )
        await ask(app, "R")
        await app.press("i")
        [told] = news(app)
        seen = " ".join(" ".join(line.strip(" │") for line in app.screen_lines).split())
        for word in told.split():
            assert word in seen, word
        for hint in ("go there", "seen", "all seen", "undo it", "page", "older", "back"):
            assert hint in seen, hint
