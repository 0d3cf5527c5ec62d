from __future__ import annotations

import threading
import tomllib
from datetime import date
from typing import Any

import pytest
from textual.widgets import Input

from tests.model import drafts
from tests.model.drafts import LIST, TEXT
from tests.tui.clipper.helpers import (
    clip,
    current_mark,
    effects,
    facts_marked,
    go,
    keys,
    lit,
    marked,
    press,
    read_out,
    row,
    rows,
    write,
)
from tests.tui.helpers import HOSTILE, NARROW, SAMPLE, WIDE, Make, RunningApp, entry, open_app
from tests.tui.online import PATIENCE
from tests.tui.test_hostile import CONTROLS
from tracker.clipper.known import KnownList
from tracker.errors import ClipError
from tracker.model.article_draft import Article, Draft, Fact, Mark, MarkKind
from tracker.service import clipper
from tracker.tui.clipper.article_view import ArticleView
from tracker.tui.clipper.content import PERHAPS
from tracker.tui.clipper.fact_list import FactList
from tracker.tui.clipper.review import ClipReviewScreen

SLIP = "slipped 382 days: 14 May 2026 → spring 2027"


def shows(app: RunningApp) -> list[dict[str, Any]]:
    """Return the entries of the file."""
    found: list[dict[str, Any]] = tomllib.loads(app.file)["show"]
    return found


async def test_review_shows_facts_and_selects_their_quotes(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        assert rows(app) == [
            "published 20 Nov 2026 from you",
            "source unknown; press Enter to add it",
            "link no link; press Enter to add it",
            "☑ title Paper Lanterns",
            "☑ kind series",
            "☑ status ◕ post-production",
            "☑ release spring 2027 (said: “next spring”)",
            "☑ network Lumen",
            "☑ cast Han Seorin as Mio",
            "☑ Abel Kuro as Ren",
            "☑ Ines Valdor as the Diver",
            "☑ director Tove Arran",
        ]
        assert lit(app) == "Paper Lanterns"
        await app.press("down", "j")
        assert lit(app) == "Paper Lanterns has finished filming"
        await app.press("k")
        assert lit(app) == "the Lumen series"
        await app.press("home")
        assert lit(app) == ""
        for words, bright in {"release": "next spring", "Mio": "Han SeorinMio"}.items():
            await go(app, words)
            assert keys(app) == bright


async def test_review_shows_what_would_change(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        told = effects(app)
        assert told[0] == "Add to Paper Lanterns — same title"
        assert SLIP in told
        assert "1 name added to the cast" in told
        assert told[1] == "m: add as a new show instead"
        await go(app, "release")
        await app.press("space")
        assert row(app, "release").startswith("☐ ")
        assert SLIP not in effects(app)
        await app.press("space")
        assert SLIP in effects(app)
        await write(app, "release", "2026-12")
        assert "slipped 231 days: 14 May 2026 → Dec 2026" in effects(app)
        await app.press("m")
        assert effects(app)[0] == "Add as a new show"
        assert "m: add to Paper Lanterns instead — same title" in effects(app)
        await app.press("m", "o")
        assert effects(app)[0] == "Add to Paper Lanterns — same title"
        assert app.text("#clip-note") == "This article has no web address."


async def test_import_into_a_show(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Article(TEXT, published=date(2026, 11, 20), url="https://kestrel.example/lamp")
    monkeypatch.setattr(clipper.Clipper, "open", lambda *_: page)
    opened: list[str] = []
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        monkeypatch.setattr(app.app, "open_url", opened.append)
        before = app.file
        await app.select("Rain Ledger")
        await app.press("c", *"https://kestrel.example/lamp")
        await press(app, "enter", "o", "ctrl+s")
        assert opened == [page.url]
        assert app.screen is app.main
        assert app.cursor == "Paper Lanterns"
        [entry_] = [show for show in shows(app) if show["title"] == "Paper Lanterns"]
        *earlier, claim = entry_["history"]
        assert len(earlier) == 3
        assert claim["status"] == "post-production"
        assert claim["release"] == "spring 2027"
        assert claim["source"] == "kestrel.example"
        assert claim["url"] == "https://kestrel.example/lamp"
        assert claim["note"] == "“They now hope to show it next spring”"
        assert str(claim["on"]) == "2026-11-20"
        assert [credit["actor"] for credit in entry_["cast"]] == ["Han Seorin", "Abel Kuro", "Ines Valdor"]
        assert entry_["synopsis"] == "A lamp maker and a diver keep one promise."
        assert "Paper Lanterns: slipped 382 days" in app.toasts[-1]
        await app.press("u")
        assert app.file == before


async def test_import_as_a_new_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        before = app.file
        await clip(app)
        await app.press("m")
        await write(app, "title", "Paper Lanterns 2")
        await go(app, "Ren")
        await app.press("space", "ctrl+s")
        assert app.cursor == "Paper Lanterns 2"
        new = shows(app)[-1]
        assert new["title"] == "Paper Lanterns 2"
        assert [credit["actor"] for credit in new["cast"]] == ["Han Seorin", "Ines Valdor"]
        assert len(new["history"]) == 1
        await app.press("u")
        assert app.file == before


async def test_review_refuses_a_bad_value(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        before = app.file
        await clip(app)
        await write(app, "release", "one day", then="enter")
        assert "Not a date: “one day”" in app.text("#clip-note")
        assert app.focus == "clip-edit"
        await press(app, "ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        assert app.file == before
        await app.set_text("#clip-edit", "2027-Q3")
        assert "Jul–Sep 2027" in app.text("#clip-note")
        await app.press("enter")
        assert "Q3 2027 edited by you" in row(app, "release")


async def test_review_esc_leaves_step_by_step(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await write(app, "title", "Else", then="escape")
        assert "Paper Lanterns" in row(app, "title")
        await app.press("space", "escape")
        assert "Esc again" in app.text("#clip-note")
        await app.press("escape")
        assert app.screen is app.main


async def test_review_reads_again_for_another_day(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app, published="")
        assert "not stated" in row(app, "release")
        await go(app, "Ren")
        await app.press("space")
        await write(app, "published", "2026-02")
        assert row(app, "published") == "published 2026-02 from you"
        assert "spring 2027" in row(app, "release")
        assert row(app, "Ren").startswith("☐")
        await write(app, "published", "someday")
        assert "Not a date: “someday”" in app.text("#clip-note")
        await app.press("escape")
        await write(app, "published", "")
        assert "unknown" in row(app, "published")
        assert "not stated" in row(app, "release")


async def test_review_of_a_list_of_shows(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app, LIST)
        assert "it names several shows." in effects(app)[0]
        assert rows(app)[:2] == ["shows Paper Lanterns", "Tin Harbour"]
        await press(app, "ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        await press(app, "down")
        assert lit(app) == "Tin Harbour"
        await press(app, "enter")
        assert row(app, "title") == "☑ title Tin Harbour"
        assert effects(app)[0] == "Add as a new show"
        await press(app, "escape")
        assert rows(app)[:2] == ["shows Paper Lanterns", "Tin Harbour"]
        await press(app, "down", "enter", "ctrl+s")
        assert app.cursor == "Tin Harbour"


async def test_reading_that_ends_while_a_row_is_edited(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app, LIST)
        gate = threading.Event()

        def slow(article: Article, title: str, shows: KnownList) -> Draft:
            assert gate.wait(PATIENCE)
            return drafts.read(article, title, shows)

        monkeypatch.setattr(clipper, "extract", slow)
        await app.press("down", "enter", "end", "e", *"2028")
        gate.set()
        await read_out(app)
        assert app.focus == "clip-edit"
        assert app.screen.query_one("#clip-edit", Input).value == "2028"
        assert row(app, "Tin Harbour") == "Tin Harbour"
        # What comes up now is not saved unseen.
        await app.press("ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        assert row(app, "title") == "☑ title Tin Harbour"


async def test_review_of_no_news(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        before = app.file
        await clip(app, "The weather.\n\nIt rains.")
        assert "it is no news of a show." in effects(app)[0]
        await app.press("ctrl+s")
        assert "Nothing to save" in app.text("#clip-note")
        await write(app, "status", "filming")
        assert "Add a title first." in effects(app)
        await app.press("ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        assert app.file == before
        await write(app, "title", "Rain")
        await app.press("ctrl+s")
        assert app.cursor == "Rain"


async def test_import_that_is_refused(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await go(app, "Ren")
        await app.press("space")
        app.tracker.path.unlink()
        await app.press("ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        assert app.text("#clip-note")
        assert row(app, "Ren").startswith("☐")


async def test_review_with_the_mouse(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await app.click_text("Abel Kuro  as")
        assert lit(app) == "Abel Kuro plays Ren"
        await app.click_text("Tove Arran directs")
        assert app.screen.query_one(FactList).cursor == 11
        for row_number in (3, 5):
            await app.click_text("Paper Lanterns has finished")
            assert app.screen.query_one(FactList).cursor == row_number
        await app.click_text("☑ director")
        assert row(app, "director").startswith("☐")
        await app.click_text("Abel Kuro  as", times=2)
        assert app.focus == "clip-edit"
        await app.press("escape")
        await app.click_text("m other show")
        assert effects(app)[0] == "Add as a new show"


async def test_review_on_a_narrow_terminal(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await clip(app)
        assert "Lumen moves its lamp drama" not in app.seen
        await go(app, "release")
        assert "“They now hope to show it next spring”" in app.text("#clip-note")
        for words in (
            "title",
            "director",
            "Add to Paper Lanterns",
            SLIP,
            "m: add as a new show instead",
            "^s save",
            "esc cancel",
        ):
            assert words in app.seen, words
        await app.press("tab")
        assert "Lumen moves its lamp drama" in app.seen
        assert "Add to Paper Lanterns" not in app.seen
        assert lit(app) == "They now hope to show it next spring"
        await app.press("escape")
        assert "Add to Paper Lanterns" in app.seen
        assert isinstance(app.screen, ClipReviewScreen)
        for size in (WIDE, (60, 15)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            assert ("Lumen moves its lamp drama" in app.seen) is (size == WIDE)


async def test_review_esc_stops_a_reading(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    let = threading.Event()
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)

        def slow(article: Article, title: str, _known: object) -> Draft:
            assert let.wait(PATIENCE)
            return drafts.read(article, title)

        monkeypatch.setattr(clipper, "extract", slow)
        await go(app, "published")
        await app.press("e")
        await app.set_text("#clip-edit", "2020-01-01")
        await app.press("enter")
        assert "Reading…" in app.seen
        await app.press("ctrl+s")
        assert isinstance(app.screen, ClipReviewScreen)
        await app.press("escape")
        let.set()
        await press(app, "home")
        assert row(app, "published") == "published 20 Nov 2026 from you"


async def test_review_shows_why_it_cannot_go_on(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Draft:
        raise ClipError("It cannot be read.")

    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        monkeypatch.setattr(clipper, "extract", refuse)
        await write(app, "published", "2026-02")
        assert app.text("#clip-note") == "It cannot be read."
        assert "Reading…" not in app.seen
        assert row(app, "published") == "published 20 Nov 2026 from you"
        monkeypatch.setattr(clipper.Clipper, "plan_import", refuse)
        await app.press("m")
        assert effects(app)[-1] == "It cannot be read."


async def test_review_of_hostile_texts(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(article: Article, title: str = "", _known: object = None) -> Draft:
        del title
        lines = [line for line in article.text.split("\n") if line]
        facts = [Fact("title", lines[0], lines[0], 0, 1)]
        facts += [Fact("cast", line, line, article.text.index(line), 1, line) for line in lines]
        starts = [(article.text.index(line), line) for line in lines]
        marks = [
            Mark(start, start + len(line), MarkKind.PERSON, line, (start, start + len(line))) for start, line in starts
        ]
        return Draft(tuple(facts), perhaps=tuple(facts), marks=tuple(marks))

    monkeypatch.setattr(clipper, "extract", read)
    async with open_app(make_tracker("".join(map(entry, HOSTILE))), (200, 50)) as app:
        await clip(app, "\n".join(HOSTILE))
        for _ in range(len(HOSTILE) + 2):
            assert not CONTROLS.search("".join(app.screen_lines))
            await app.press("down")
        for text in ("[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "[$accent]x", "한" * 40):
            assert app.seen.count(text) >= 2, text
        await app.click_text("[@click=app.quit]x")
        for _ in HOSTILE:
            await app.press("n", "d", "s")
            assert not CONTROLS.search("".join(app.screen_lines))
            await app.press("escape")
        await app.press("tab", "space", "e", "enter", "ctrl+s")
        assert app.app.is_running
        assert app.screen is app.main


async def test_review_of_a_megabyte(make_tracker: Make) -> None:
    text = TEXT + "\n\n" + "한국 드라마 [b] " * 60_000
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app, text)
        await app.press("tab", "end", "pageup", "tab", "down", "down")
        assert lit(app) == "Paper Lanterns has finished filming"
        await app.pilot.resize_terminal(150, 40)
        await app.settle()
        assert lit(app) == "Paper Lanterns has finished filming"


async def test_review_of_forty_columns_scrolls_what_would_change(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await clip(app)
        effects_box = app.screen.query_one("#clip-match")
        assert (effects_box.scroll_offset.y, effects_box.max_scroll_y > 0) == (0, True)
        await app.press("right")
        assert effects_box.scroll_offset.y > 0


@pytest.fixture
def _reads_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader mark names and dates, and offer what it does not say."""
    monkeypatch.setattr(clipper, "extract", drafts.read_more)


@pytest.mark.usefixtures("_reads_more")
async def test_article_marks_are_moved_among(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        assert marked(app) == "Lumen Paper Lanterns Friday next springa year later Han SeorinMioAbel KuroRenInes Valdor"
        app.screen.query_one(ArticleView).focus()
        await app.settle()
        assert "N move" in app.seen
        assert "space drop" not in app.seen
        await app.press("tab")
        assert "space drop" in app.seen
        assert facts_marked(app) == "Lumen Paper Lanterns next spring Han SeorinMioAbel KuroRenInes Valdor"
        await app.press("tab")
        assert current_mark(app) == ""
        await app.press("n", "n", "n")
        assert current_mark(app) == "Friday"
        assert app.text("#clip-note") == "Friday: not in the draft; looks like a person"
        assert "c cast" in app.seen
        await app.press("N")
        assert current_mark(app) == "Paper Lanterns"
        assert app.text("#clip-note") == "Paper Lanterns: title"
        await app.press("N", "N")
        assert current_mark(app) == "Lumen"
        await app.click_text("Ren;")
        assert current_mark(app) == "Ren"
        assert app.text("#clip-note") == "Ren: role of Abel Kuro"
        assert row(app, "Abel Kuro") == rows(app)[app.screen.query_one(FactList).cursor]
        await app.press("tab")
        assert current_mark(app) == ""
        await app.press("tab", "n")
        assert current_mark(app) == "Ines Valdor"
        await app.click_text("b network")
        assert app.text("#clip-note") == "Ines Valdor: network, cast"
        await app.click_text("N move")
        assert current_mark(app) == "Ren"


@pytest.mark.usefixtures("_reads_more")
async def test_article_marks_go_on_from_what_is_in_sight(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app, f"{drafts.TEXT}\n\n" + "It is long.\n\n" * 80)
        await app.press("tab", "n")
        assert current_mark(app) == "Lumen"
        await app.press("G", "N")
        assert current_mark(app) == "Ines Valdor"


@pytest.mark.usefixtures("_reads_more")
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_article_keys_pick_the_mark(make_tracker: Make, size: tuple[int, int]) -> None:
    async with open_app(make_tracker(SAMPLE), size) as app:
        await clip(app)
        await app.press("tab", "c")
        assert "Press n to go to a name" in app.text("#clip-note")
        await app.press("n", "n", "n")
        assert "u undo" not in app.seen
        told = rows(app), effects(app)
        for key, label in {"d": "director", "w": "writer", "b": "network", "c": "cast"}.items():
            await app.press(key)
            assert label in app.text("#clip-note")
        await app.press("u", "u", "u", "u")
        assert (rows(app), effects(app)) == told
        assert "u undo" not in app.seen
        await app.press("u")
        assert app.text("#clip-note") == "Nothing to undo."
        await app.press("d", "w", "b", "c")
        assert "Friday" in facts_marked(app)
        assert app.text("#clip-note") == "Friday: network, cast, director, writer"
        await app.press("x")
        assert app.text("#clip-note") == "Friday: not in the draft; looks like a person"
        await app.press("r")
        assert app.text("#clip-note") == "Friday: role of Han Seorin"
        await app.press("space", "t", "tab")
        assert app.screen.query_one(FactList).cursor == 4
        assert rows(app)[3:5] == ["☐ title Paper Lanterns", "☑ Friday picked by you"]
        assert effects(app)[0] == "Add as a new show"
        await app.press("tab", "x", "tab")
        assert "☑ title Paper Lanterns" in rows(app)


@pytest.mark.usefixtures("_reads_more")
async def test_article_keys_pick_a_date_and_a_status(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await app.press("tab", *"nnnnn")
        assert current_mark(app) == "a year later"
        assert "r release" in app.seen
        assert "c cast" not in app.seen
        await app.press("c")
        assert "A date can only be the release" in app.text("#clip-note")
        await app.press("r")
        assert "☑ 2028" in " ".join(rows(app))
        assert row(app, "spring 2027").startswith("☐ release")
        assert "slipped" in " ".join(effects(app))
        await app.press("s")
        assert "They now hope to show it" in app.seen
        await app.press("p", "p", "enter")
        assert isinstance(app.screen, ClipReviewScreen)
        assert "postponed picked by you" in " ".join(rows(app))
        await app.press("s", "escape", "ctrl+s")
        [entry_] = [show for show in shows(app) if show["title"] == "Paper Lanterns"]
        claim = entry_["history"][-1]
        assert (claim["status"], claim["release"]) == ("postponed", "2028")
        assert claim["note"] == "“They now hope to show it next spring, a year later than was hoped.”"


@pytest.mark.usefixtures("_reads_more")
async def test_article_role_needs_an_actor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        for name in ("Ines Valdor", "Han Seorin", "Abel Kuro"):
            await go(app, name)
            await app.press("space")
        await app.press("tab", *"nnnnnnnn")
        await app.press("r")
        assert "Pick an actor first" in app.text("#clip-note")
        await app.press("N", "c", "n", "r")
        assert app.text("#clip-note") == "Abel Kuro: role of Mio"
        assert row(app, "Mio as") == "☑ Mio as Abel Kuro picked by you"
        await app.press("e")
        assert app.focus == "clip-edit"


@pytest.mark.usefixtures("_reads_more")
async def test_perhaps_is_taken(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        told = effects(app)
        await go(app, "Jun 2027")
        assert "a year later than was hoped" in lit(app)
        assert "space take" in app.seen
        assert effects(app) == told
        await app.press("space")
        assert row(app, "Jun 2027").startswith("☑")
        assert row(app, "spring 2027").startswith("☐")
        assert effects(app) != told
        await app.press("space")
        assert effects(app) == told
        await app.press("home", "right_curly_bracket")
        assert app.screen.query_one(FactList).rows[app.screen.query_one(FactList).cursor].heading == PERHAPS
        await go(app, "Lamp ")
        await app.press("space")
        assert effects(app)[0] == "Add as a new show"


@pytest.mark.usefixtures("_reads_more")
async def test_source_and_link_go_into_the_claim(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await write(app, "link", "kestrel", then="enter")
        assert "Not a link" in app.text("#clip-note")
        await app.set_text("#clip-edit", "https://kestrel.example/lamp")
        await app.press("enter")
        assert row(app, "source") == "source kestrel.example from the link"
        await write(app, "source", "Kestrel News")
        assert "Kestrel News, 20 Nov 2026" in app.seen
        await app.press("escape")
        assert "Esc again" in app.text("#clip-note")
        await write(app, "published", "2026-11-19")
        assert row(app, "source") == "source Kestrel News"
        await app.press("ctrl+s")
        [entry_] = [show for show in shows(app) if show["title"] == "Paper Lanterns"]
        claim = entry_["history"][-1]
        assert (claim["source"], claim["url"]) == ("Kestrel News", "https://kestrel.example/lamp")


async def test_pasted_article_has_no_source(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        await app.press("ctrl+s")
        [entry_] = [show for show in shows(app) if show["title"] == "Paper Lanterns"]
        assert "source" not in entry_["history"][-1]
        await app.press("4")
        assert app.app.is_running


async def test_perhaps_of_an_abstained_article(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(
        reason="it is a review.",
        perhaps=(drafts.fact(TEXT, "cast", "Ida Roe", "A lamp maker", 0.5),),
        marks=(drafts.mark(TEXT, "Paper Lanterns"),),
    )
    monkeypatch.setattr(clipper, "extract", lambda *_: draft)
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        assert effects(app) == [
            "No draft: it is a review.",
            "Press Space to take what is perhaps so, or fill it in by hand: a title is enough.",
        ]
        await go(app, "Ida Roe")
        await app.press("space")
        assert effects(app)[-1] == "Add a title first."
        await app.press("tab", "n", "t", "ctrl+s")
        assert app.screen is app.main
        [entry_] = [show for show in shows(app) if show["title"] == "Paper Lanterns"]
        assert [credit["actor"] for credit in entry_["cast"]][-1] == "Ida Roe"


async def test_notice_about_the_reading_is_told(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The model tiny did not answer: localhost is silent."
    monkeypatch.setattr(clipper, "extract", lambda *given: drafts.read(*given)._replace(notice=words))
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await clip(app)
        assert words in app.toasts
