from __future__ import annotations

from textual.widgets import TextArea

from tests.tui.helpers import NARROW, SAMPLE, Make, RunningApp, entry, open_app
from tracker.model.fields import FIELDS
from tracker.model.status import Status
from tracker.tui.dialogs.choose import ChooseDialog


async def fill(app: RunningApp, **fields: str) -> None:
    for name, text in fields.items():
        if areas := app.screen.query(f"#field-{name} TextArea"):
            areas.first(TextArea).text = text
        else:
            await app.set_text(f"#field-{name} Input", text)


async def test_add_by_title_alone(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("A", *"Velvet", "enter")
        assert app.cursor == "Velvet"
        assert app.toasts == ["Velvet added"]
        assert app.file.count('title = "Velvet"') == 1
        assert "status" not in app.file.split('title = "Velvet"')[1].split("[[")[0]
        assert len(app.file.splitlines()) - len(before.splitlines()) <= 5


async def test_add_with_all_fields(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A")
        await fill(
            app,
            title="밤 [bis]",
            kind="movie",
            status="in production",
            release="summer 2027",
            networks="Lumen, Kestrel",
        )
        await fill(app, countries="KR", tags="new", source="Kestrel Press", url="https://kestrel.example/n")
        await app.press("enter")
        assert app.cursor == "밤 [bis]"
        show = app.tracker.watchlist.current.get(app.shows.item.id)  # type: ignore[union-attr]  # a show, as the cursor says
        assert (show.kind, show.status, show.networks) == ("film", Status.FILMING, ("Lumen", "Kestrel"))
        assert [(c.source, c.url, c.release.text) for c in show.history if c.release] == [
            ("Kestrel Press", "https://kestrel.example/n", "summer 2027")
        ]


async def test_add_refuses_a_missing_title(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("A", "enter")
        assert app.note("title")
        assert app.screen.query_one("#field-title Input").has_focus
        assert app.file == before


async def test_add_warns_of_the_same_title(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A")
        await fill(app, title="slow TRAM")
        assert app.note("title")
        await app.press("enter")
        assert app.titles.count("slow TRAM") == 1
        assert len(app.titles) == 13


async def test_edit_one_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("e", "ctrl+s")
        assert app.screen is app.main
        assert app.file == before
        await app.press("e")
        await fill(app, networks="Lumen, Kestrel")
        await app.click_text("save")
        assert app.file == before.replace('networks = ["Lumen"]', 'networks = ["Lumen", "Kestrel"]', 1)
        assert "Lumen, Kestrel" in app.text("#heading")


async def test_edit_long_texts(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        app.screen.query_one("#field-synopsis TextArea", TextArea).text = "One lamp.\n\nTwo [lamps]."
        app.screen.query_one("#field-cast TextArea", TextArea).text = "Han Seorin = Mio: a lamp maker\nIda Voss = Lena"
        await app.press("ctrl+s")
        show = app.tracker.watchlist.current.get("paper-lanterns")
        assert show.synopsis == "One lamp.\n\nTwo [lamps]."
        assert [(credit.actor, credit.role) for credit in show.cast] == [("Han Seorin", "Mio"), ("Ida Voss", "Lena")]
        assert app.file.count("# the one that moves") == 1


async def test_edit_status_and_release_as_a_claim(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("e")
        await fill(app, title="Salt Lane", status="wrapped", release="2027-10")
        assert "Oct 2027" in app.note("release")
        await app.press("ctrl+s")
        assert app.cursor == "Salt Lane"
        claim = app.tracker.watchlist.current.get("salt-road").history[-1]
        assert (claim.status, claim.source) == (Status.POST_PRODUCTION, "me")
        assert claim.release is not None
        assert claim.release.text == "2027-10"


async def test_edit_refuses_bad_values(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("e")
        for field, good, bad in (
            ("title", "Paper Lanterns", " "),
            ("kind", "series", "[podcast]"),
            ("status", "scheduled", "asleep"),
            ("status", "scheduled", ""),
            ("release", "2026-05-14", "2026-02-30"),
            ("release", "2026-05-14", ""),
            ("watch", "", "perhaps"),
            ("rating", "", "11"),
        ):
            await fill(app, **{field: bad})
            await app.press("ctrl+s")
            assert app.screen is not app.main
            assert app.note(field)
            assert app.screen.query_one(f"#field-{field} Input").has_focus
            await fill(app, **{field: good})
        assert app.file == before


async def test_form_esc_leaves_without_saving(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        for key in ("e", "A"):
            await app.press(key)
            await fill(app, title="Other")
            await app.press("escape")
            assert app.screen is not app.main
            assert "esc again" in app.toasts[-1]
            await app.press("escape")
            assert app.screen is app.main
            assert app.file == before


async def test_add_strips_control_characters(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Amber"))) as app:
        await app.press("A")
        await fill(
            app,
            title="Velvet\u202e \x1b]52;c;eA==\x07",
            status="announced",
            source="Press\u202e \x1b[31m",
            url=" https://x.example ",
        )
        await app.press("enter")
        [show] = [show for show in app.tracker.watchlist.current.shows if show.title != "Amber"]
        assert show.title == "Velvet ]52;c;eA=="
        assert show.history[0].source == "Press [31m"
        assert show.history[0].url == "https://x.example"
        assert not {"\x1b", "\x07", "\u202e"} & set(app.file)
        assert "\\u" not in app.file


MINE, THEIRS = 'original_title = "灯"', 'original_title = "別"'


async def conflict(app: RunningApp) -> None:
    await app.press("e")
    await fill(app, original_title="灯", rating="4")
    app.tracker.path.write_text(app.file.replace('original_title = "かみのあかり"', THEIRS))
    await app.press("ctrl+s")
    assert isinstance(app.screen, ChooseDialog)
    assert "別" in app.seen
    assert "灯" in app.seen


async def test_conflict_keeps_theirs_and_redo_writes_mine(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await conflict(app)
        await app.press("escape")
        assert app.screen is app.main
        assert THEIRS in app.file
        assert "rating = 4" in app.file
        await app.press("ctrl+r")
        assert MINE in app.file
        assert "rating = 4" in app.file


async def test_conflict_takes_mine_and_undo_brings_theirs(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await conflict(app)
        await app.press("down", "enter")
        assert MINE in app.file
        assert "rating = 4" in app.file
        await app.press("u")
        assert THEIRS in app.file


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


async def test_edit_joins_a_hand_edit(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        await fill(app, networks="Kestrel")
        app.tracker.path.write_text("# first\n" + app.file.replace('countries = ["JP"]', 'countries = ["FR"]'))
        await app.press("ctrl+s")
        assert app.file.startswith("# first\n")
        assert 'countries = ["FR"]' in app.file
        assert "Kestrel · FR" in app.text("#heading")


async def test_edit_enter_goes_to_the_next_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("e")
        for name in FIELDS:
            assert app.screen.query(f"#field-{name}")
        await app.press(*["enter"] * 15)
        await app.pilot.pause()
        assert app.screen.query_one("#field-synopsis TextArea").has_focus
        region, box = (
            app.screen.query_one("#field-synopsis TextArea").region,
            app.screen.query_one(".form-fields").region,
        )
        assert box.contains_region(region)
