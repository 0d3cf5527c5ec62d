from __future__ import annotations

from textual.widgets import Input, TextArea

from tests.tui.helpers import NARROW, SAMPLE, Make, RunningApp, open_app
from tracker.model.fields import FIELDS
from tracker.model.show import Credit
from tracker.model.status import Status


async def fill(app: RunningApp, **fields: str) -> None:
    for name, text in fields.items():
        if areas := app.screen.query(f"#field-{name} TextArea"):
            areas.first(TextArea).text = text
        else:
            await app.set_text(f"#field-{name} Input", text)


async def test_add_by_title_alone(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("A", "enter")
        assert app.note("title")
        assert app.screen.query_one("#field-title Input").has_focus
        assert app.file == before
        await app.press(*"Velvet", "enter")
        assert app.cursor == "Velvet"
        assert app.toasts == ["Velvet added"]
        assert app.file.count('title = "Velvet"') == 1
        assert "status" not in app.file.split('title = "Velvet"')[1].split("[[")[0]
        assert len(app.file.splitlines()) - len(before.splitlines()) <= 5


async def test_add_with_all_fields(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A")
        await fill(app, title="밤 [bis]\u202e \x1b]52;c;eA==\x07", kind="movie", status="in production")
        await fill(app, release="summer 2027", networks="Lumen, Kestrel", countries="KR", tags="new")
        await fill(app, source="Press\u202e \x1b[31m", url=" https://kestrel.example/n ")
        await app.press("enter")
        assert app.cursor == "밤 [bis] ]52;c;eA=="
        show = app.tracker.watchlist.current.shows[-1]
        assert (show.kind, show.status, show.networks) == ("film", Status.FILMING, ("Lumen", "Kestrel"))
        [claim] = show.history
        assert (claim.source, claim.url) == ("Press [31m", "https://kestrel.example/n")
        assert not {"\x1b", "\x07", "\u202e"} & set(app.file)


async def test_add_notices_a_duplicate(make_tracker: Make) -> None:
    async with open_app(
        make_tracker(SAMPLE.replace("tags =", 'ids = { tvmaze = 101, imdb = "tt0000101" }\ntags =', 1))
    ) as app:
        await app.select("Rain Ledger")
        await app.press("A")
        await fill(app, title="tt0000102")
        assert "Not a title" in app.note("title")
        for field, text, how in (
            ("title", "the  paper-LANTERNS", ""),
            ("title", "tvmaze:101", "by its id"),
            ("title", "Night-Bakery", ""),
            ("original_title", "カミノアカリ", "by its original title"),
            ("url", "https://www.tvmaze.com/shows/101/x", "by its id"),
            ("url", "https://m.imdb.com/title/tt0000101/", "by its id"),
        ):
            await fill(app, **{"title": "Other", "original_title": "", "url": "", field: text})
            assert how in app.note(field), text
            assert "Already on your list" in app.note(field), text
        await app.press("ctrl+g")
        assert app.screen is app.main
        assert app.cursor == "Paper Lanterns"
        await app.press("A")
        await fill(app, title="Night-Bakery")
        await app.press("ctrl+g")
        assert app.cursor == "Night Bakery"
        assert app.titles.count("Other") == 0
        await app.press("A")
        await fill(app, title="slow TRAM")
        await app.press("enter")
        assert app.titles.count("slow TRAM") == 1


async def test_add_writes_the_season_that_the_title_names(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A", *"Other, season 2")
        assert app.screen.query_one("#field-season Input", Input).value == "2"
        await app.press("0")
        assert app.screen.query_one("#field-season Input", Input).value == "20"
        await app.press("backspace", "enter")
        assert app.tracker.watchlist.current.shows[-1].season == 2


async def test_add_completes_names_of_the_list(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A", *"Other", *["tab"] * 6, *"Lumen, kes", "right", "tab", *"Jap", "right", "enter")
        show = app.tracker.watchlist.current.shows[-1]
        assert (show.title, show.networks, show.countries) == ("Other", ("Lumen", "Kestrel"), ("JP",))


async def test_edit_completes_people_and_notices_an_id_of_another_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE.replace("tags =", "ids = { tvmaze = 101 }\ntags =", 1))) as app:
        await app.select("Salt Road")
        await app.press("e")
        for ids, note in (("tvmaze = 10", ""), ("tvmaze = 101", "Paper Lanterns (paper-lanterns)"), ("", "")):
            await fill(app, ids=ids)
            await app.settle()
            assert note in app.note("ids")
            assert bool(note) is bool(app.note("ids"))
        app.screen.query_one("#field-cast TextArea").focus()
        await app.press(*"Han", "right", *" (Lin)")
        assert app.note("cast").endswith("Han Seorin plays Lin")
        await app.press("ctrl+s")
        [credit] = app.tracker.watchlist.current.get("salt-road").cast
        assert credit == Credit("Han Seorin", "Lin")


async def test_form_marks_its_field_and_esc_asks_before_it_leaves(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("A", "tab", "tab")
        [marked] = [line for line in app.screen_lines if "│ ▸" in line]
        assert "kind" in marked
        assert "▌" in marked
        assert sum("▌" in line for line in app.screen_lines) == 1
        await fill(app, title="Other")
        await app.press("escape")
        assert app.screen is not app.main
        assert "Esc again" in app.text("#form-foot")
        await app.press("x", "escape")
        assert app.screen is not app.main
        await app.press("escape", "A", "escape")
        assert app.screen is app.main
        assert app.file == before


async def test_edit_many_fields_beside_a_hand_edit(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        await fill(app, title="Paper Lamps", status="wrapped", release="2027-10", synopsis="One lamp.\n\nTwo [lamps].")
        await fill(app, cast="Han Seorin = Mio: a lamp maker\nIda Voss = Lena")
        assert "Oct 2027" in app.note("release")
        app.tracker.path.write_text("# first\n" + app.file.replace('countries = ["JP"]', 'countries = ["FR"]'))
        await app.press("ctrl+s")
        assert app.cursor == "Paper Lamps"
        show = app.tracker.watchlist.current.get("paper-lanterns")
        assert show.synopsis == "One lamp.\n\nTwo [lamps]."
        assert [(credit.actor, credit.role) for credit in show.cast] == [("Han Seorin", "Mio"), ("Ida Voss", "Lena")]
        claim = show.history[-1]
        assert (claim.status, claim.source) == (Status.POST_PRODUCTION, "me")
        assert claim.release is not None
        assert claim.release.text == "2027-10"
        assert app.file.startswith("# first\n")
        assert app.file.count("# the one that moves") == 1
        assert "France" in app.text("#heading")


async def test_edit_refuses_bad_values_and_saves_one_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("e")
        for field, good, bad in (
            ("title", "Paper Lanterns", " "),
            ("status", "scheduled", "asleep"),
            ("release", "2026-05-14", ""),
        ):
            await fill(app, **{field: bad})
            await app.press("ctrl+s")
            assert app.screen is not app.main
            assert app.note(field)
            assert app.screen.query_one(f"#field-{field} Input").has_focus
            await fill(app, **{field: good})
        assert app.file == before
        await fill(app, networks="Lumen, Kestrel")
        await app.click_text("save")
        assert app.file == before.replace('networks = ["Lumen"]', 'networks = ["Lumen", "Kestrel"]', 1)
        assert "Lumen, Kestrel" in app.text("#heading")


async def test_edit_goes_to_the_first_wrong_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await app.press("e")
        await fill(app, status="asleep", rating="11", networks="Kestrel")
        await app.press("ctrl+s")
        assert app.screen.query_one("#field-status Input").has_focus
        note, box = app.screen.query_one("#field-status .form-note"), app.screen.query_one(".form-fields")
        assert box.region.contains_region(note.region)
        await fill(app, status="scheduled")
        await app.press("ctrl+s")
        assert app.screen.query_one("#field-rating Input").has_focus
        assert "0 to 10" in app.note("rating")


MINE, THEIRS = 'original_title = "灯"', 'original_title = "別"'


async def test_conflict_keeps_theirs_and_redo_writes_mine(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        await fill(app, original_title="灯", rating="4")
        app.tracker.path.write_text(app.file.replace('original_title = "かみのあかり"', THEIRS))
        await app.press("ctrl+s")
        assert "keep the file's" in app.seen
        assert "別" in app.seen
        assert "灯" in app.seen
        await app.press("escape")
        assert app.screen is app.main
        assert THEIRS in app.file
        assert "rating = 4" in app.file
        await app.press("ctrl+r")
        assert MINE in app.file
        assert "rating = 4" in app.file


async def test_conflict_asks_for_each_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        await fill(app, original_title="灯", synopsis="Mine.")
        text = app.file.replace('original_title = "かみのあかり"', THEIRS)
        app.tracker.path.write_text(text.replace("A lamp maker and a diver keep one promise.", "Theirs."))
        await app.press("ctrl+s", "down", "enter", "enter")
        assert app.screen is app.main
        assert MINE in app.file
        assert '"Theirs."' in app.file
        await app.press("u")
        assert THEIRS in app.file


async def test_edit_enter_goes_to_the_next_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("e")
        for name in FIELDS:
            assert app.screen.query(f"#field-{name}")
        await app.press(*["enter"] * list(FIELDS).index("synopsis"))
        await app.pilot.pause()
        assert app.screen.query_one("#field-synopsis TextArea").has_focus
        region, box = (
            app.screen.query_one("#field-synopsis TextArea").region,
            app.screen.query_one(".form-fields").region,
        )
        assert box.contains_region(region)
        before = app.file
        await app.press("ctrl+s")
        assert app.screen is app.main
        assert app.file == before


async def test_forms_count_words_from_today(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A")
        await app.set_text("#field-title Input", "Paper Moon")
        await app.set_text("#field-release Input", "next year")
        assert app.note("release") == "→ Jan–Dec 2027"
        await app.press("enter")
        assert 'release = "2027"\nsource = "me"\nnote = "next year"' in app.file
        await app.select("Paper Moon")
        await app.press("e")
        await app.set_text("#field-release Input", "summer next year")
        await app.press("ctrl+s")
        assert 'release = "summer 2027"\nsource = "me"\nnote = "summer next year"' in app.file
