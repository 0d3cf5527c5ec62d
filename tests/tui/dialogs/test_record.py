from __future__ import annotations

from textual.widgets import Input, OptionList

from tests.tui.helpers import NARROW, SAMPLE, TODAY, Make, RunningApp, entry, open_app
from tracker.model.status import Status

RELEASE = "#field-release Input"


def last_claim(app: RunningApp, title: str) -> dict[str, object]:
    [show] = [show for show in app.tracker.watchlist.current.shows if show.title == title]
    return {name: value for name, value in show.history[-1]._asdict().items() if value}


async def test_record_the_next_status(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        before = app.file
        await app.press("s", "enter")
        assert last_claim(app, "Salt Road") == {"on": TODAY, "status": Status.POST_PRODUCTION, "source": "me"}
        assert app.toasts == ["Salt Road is post-production"]
        assert app.cursor == "Salt Road"
        claim = '[[show.history]]\non = 2026-11-23\nstatus = "post-production"\nsource = "me"\n'
        assert app.file.count(claim) == 1
        at = before.index('title = "Salt Road"')
        written = before[:at] + before[at:].replace('"filming"', '"post-production"', 1)
        assert app.file.replace(claim, "").split() == written.split()


async def test_record_another_status(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("s")
        statuses = app.options("#statuses")
        assert [line.split()[-1] for line in statuses[1:]] == [status.value for status in Status]
        at = app.screen.query_one("#statuses", OptionList).highlighted
        assert at is not None
        assert statuses[at].endswith("post-production")
        await app.press("end", "enter")
        assert last_claim(app, "Salt Road")["status"] is Status.CANCELLED
        assert app.cursor == "Salt Road"
        assert app.rows[-1].endswith("Q3 2027")


async def test_record_by_letter(make_tracker: Make) -> None:
    rows = (
        # Rumored begins with r as well; the cursor is on airing for a series, on released for a film.
        ("scheduled", "series", "r", "released"), ("scheduled", "film", "r", "released"),
        ("filming", "", "r", "released"), ("airing", "", "r", "released"), ("filming", "", "rr", "rumored"),
        ("filming", "", "p", "post-production"), ("filming", "", "pp", "postponed"), ("filming", "", "pj", "scheduled"),
    )  # fmt: skip
    text = "".join(
        entry(f"Show {number}", status, "2026-11-23", top=[f'kind = "{kind}"'] if kind else [])
        for number, (status, kind, _, _) in enumerate(rows)
    )
    async with open_app(make_tracker(text)) as app:
        for number, (*_, letters, chosen) in enumerate(rows):
            await app.select(f"Show {number}")
            await app.press("s", *letters, "enter")
            assert app.screen is app.main
            assert last_claim(app, f"Show {number}") == {"on": TODAY, "status": Status(chosen), "source": "me"}


async def test_record_shows_its_choice_in_a_small_terminal(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("s")
        await app.resize(40, 12)
        assert "airing" in app.seen


async def test_record_all_fields(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("s")
        await app.set_text("#field-on Input", "20 Nov 2026")
        await app.set_text(RELEASE, "Q4 2027")
        await app.set_text("#field-source Input", "Kestrel Press")
        await app.set_text("#field-url Input", "https://kestrel.example/late")
        await app.set_text("#field-note Input", "a year [late]")
        await app.press("ctrl+s")
        for line in (
            "on = 2026-11-20",
            'release = "Q4 2027"',
            'source = "Kestrel Press"',
            'url = "https://kestrel.example/late"',
            'note = "a year [late]"',
        ):
            assert app.file.count(f"\n{line}\n") >= 1
        assert app.file.count('"Q4 2027"') == 2
        assert "slipped 92 days from Q3 2027" in app.pane("status")


async def test_record_shows_the_effect_of_a_window(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("n", *"2026-Q")
        assert "2026-Q" in app.note("release")
        await app.press("3")
        assert "Jul–Sep 2026" in app.seen
        for typed, said in {
            "2027-Q4": "slipped 92 days",
            "2027-08": "narrowed from Q3 2027",
            "2027-Q2": "brought forward 92 days",
            "2027": "widened from Q3 2027",
        }.items():
            await app.set_text(RELEASE, typed)
            assert said in app.note("release")


async def test_record_refuses_bad_values(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("n")
        assert "next field" in app.seen
        assert "a-z" not in app.seen
        await app.press("shift+tab", "shift+tab")
        assert "a-z status" in app.seen
        await app.press("enter")
        assert "A claim needs" in app.seen
        for field, good, bad in (
            ("release", "", "2026-13"),
            ("release", "", "when it is done"),
            ("on", TODAY, "some day"),
        ):
            await app.set_text(f"#field-{field} Input", bad)
            await app.press("ctrl+s")
            assert app.screen is not app.main
            assert app.note(field)
            assert app.screen.query_one(f"#field-{field} Input").has_focus
            await app.set_text(f"#field-{field} Input", str(good))
        await app.set_text("#field-on Input", "2030-01-01")
        await app.set_text(RELEASE, "2031")
        await app.press("enter")
        assert "in the future" in app.note("on")
        assert app.screen.query_one("#field-on Input").has_focus
        await app.press("escape", "escape")
        assert app.screen is app.main
        assert app.file == before


async def test_record_a_claim_without_a_status(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("n")
        await app.set_text("#field-note Input", "a trailer")
        await app.press("enter")
        claim = last_claim(app, "Salt Road")
        assert claim["note"] == "a trailer"
        assert "status" not in claim
        assert app.tracker.watchlist.current.get("salt-road").status is Status.FILMING


async def test_step_along_the_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("right_square_bracket")
        assert last_claim(app, "Salt Road")["status"] is Status.POST_PRODUCTION
        await app.press("left_square_bracket", "left_square_bracket")
        assert last_claim(app, "Salt Road")["status"] is Status.PRE_PRODUCTION
        assert app.cursor == "Salt Road"


async def test_step_beyond_the_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("[Done]", "released", "2025"))) as app:
        before = app.file
        await app.press("right_square_bracket")
        assert "[Done]" in app.toasts[0]
        assert app.file == before


async def test_record_with_the_mouse(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.select("Salt Road")
        await app.click_text("s status", at=2)
        for words in ("Salt Road", "no change", "said on", "release", "source", "link", "note", "esc"):
            assert words in app.seen
        await app.click_text("hiatus")
        await app.click_text("enter save", at=2)
        assert app.tracker.watchlist.current.get("salt-road").status is Status.HIATUS


async def test_record_that_is_refused_stays(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("n")
        await app.set_text(RELEASE, "2027")
        app.tracker.path.unlink()
        await app.press("enter")
        assert app.screen is not app.main
        assert app.text("#form-foot")
        assert app.screen.query_one(RELEASE, Input).value == "2027"
        assert not app.toasts


async def test_record_of_words_and_of_a_date_that_can_be_two(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("n")
        await app.set_text("#field-on Input", "yesterday")
        assert app.note("on") == "→ Sun 22 Nov 2026"
        await app.set_text(RELEASE, "next year")
        assert app.note("release").startswith("→ Jan–Dec 2027")
        await app.set_text("#field-on Input", "3 Jan 2025")
        assert app.note("release").startswith("→ Jan–Dec 2026")
        await app.set_text(RELEASE, "03/04/2027")
        assert app.note("release") == "“03/04/2027” can be 3 Apr 2027 or 4 Mar 2027. Press → to choose."
        await app.press("end", "right")
        assert app.note("release").startswith("→ Sat 3 Apr 2027")
        await app.press("right")
        assert app.note("release").startswith("→ Thu 4 Mar 2027")
        await app.set_text(RELEASE, "next year")
        await app.press("enter")
        claims = next(show for show in app.tracker.watchlist.current.shows if show.title == "Salt Road").history
        assert [(claim.release.text, claim.note) for claim in claims if claim.release and claim.note] == [
            ("2026", "next year")
        ]


async def test_record_where_and_how_a_film_comes_out(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.select("Salt Road")
        await app.press("n")
        assert not app.screen.query("#field-medium")
        await app.press("escape")
        await app.select("Night Bakery")
        await app.press("n")
        await app.set_text(RELEASE, "2027-05-20")
        await app.set_text("#field-region Input", "Germany")
        await app.set_text("#field-medium Input", "radio")
        await app.press("ctrl+s")
        assert app.note("medium") == "Not a medium: “radio”. Use one of cinema, digital, tv, disc, premiere."
        await app.set_text("#field-medium Input", "Streaming")
        await app.press("ctrl+s")
        claim = last_claim(app, "Night Bakery")
        assert (claim["region"], claim["medium"]) == ("DE", "digital")
        assert 'region = "DE"\nmedium = "digital"\n' in app.file
        assert "20 May 2027 digital in DE" in app.pane("status")
