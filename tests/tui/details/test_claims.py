from __future__ import annotations

from datetime import date

from tests.tui.helpers import LANTERNS, NARROW, SAMPLE, Make, RunningApp, entry, open_app
from tracker.model.history import Claim
from tracker.model.status import Status
from tracker.tui.details.pane_values import ClaimItem
from tracker.tui.dialogs.record import RecordForm
from tracker.tui.widgets.text_pane import TextPane


def current(app: RunningApp) -> Claim:
    item = app.main.query_one("#status", TextPane).value
    assert isinstance(item, ClaimItem)
    return item.claim


async def test_claim_corrected_and_added(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("enter", "e", *"2026-01-26", "enter")
        assert app.file == SAMPLE.replace("on = 2026-01-27", "on = 2026-01-26")
        assert app.toasts == ["Paper Lanterns: the claim of 2026-01-27 changed"]
        assert (app.focus, current(app).on) == ("status", date(2026, 1, 26))
        await app.press("e", "shift+tab", "down", "tab", "enter")
        assert app.tracker.watchlist.current.shows[0].status is Status.AIRING
        await app.press("n", *"2026-06", "tab", *"a fan", "enter")
        assert (current(app).source, app.focus) == ("a fan", "status")


async def test_cursor_follows_a_claim_to_its_place(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("enter", "down", "down", "enter")
        assert isinstance(app.screen, RecordForm)
        await app.press(*"2025-03-01", "tab", "tab", "tab", *"https://kuro.example/1", "enter")
        assert current(app) == Claim(
            date(2025, 3, 1), status=Status.FILMING, release=current(app).release, source="Kuro agency",
            url="https://kuro.example/1", note="in the middle of it",
        )  # fmt: skip
        assert [claim.on for claim in app.tracker.watchlist.current.shows[0].history] == [
            date(2025, 2, 12), date(2025, 3, 1), date(2026, 1, 27),
        ]  # fmt: skip
        await app.press("u")
        assert app.file == SAMPLE


async def test_claim_removed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("enter", "down", "d")
        assert app.toasts == ["Paper Lanterns: the claim of 2025-02-12 removed; u brings it back"]
        assert current(app).on == date(2024, 6, 28)
        await app.press("d", "d")
        assert current(app) == Claim(status=Status.SCHEDULED, release=current(app).release, source="me")
        await app.press("d")
        assert app.pane("status").endswith("No claims yet. Press s to record the first.")
        await app.press("d")
        assert app.toasts[-1] == "Nothing to remove here"
        await app.press("u", "u", "u", "u")
        assert app.file == SAMPLE


async def test_hand_edit_is_edited_into_the_history(make_tracker: Make) -> None:
    text = SAMPLE.replace('status = "scheduled"\nrelease', 'status = "out"\nrelease', 1)
    async with open_app(make_tracker(text)) as app:
        await app.press("enter", "e", "tab", "tab", "tab", *"https://lumen.example/out", "enter")
        show = app.tracker.watchlist.current.shows[0]
        assert (show.status, len(show.history), current(app).url) == (Status.RELEASED, 4, "https://lumen.example/out")
        assert "by hand" not in app.pane("status")


async def test_claim_refused(make_tracker: Make) -> None:
    text = entry("Paper Kite", "filming", "2028")
    async with open_app(make_tracker(text)) as app:
        await app.press("enter")
        for keys, field, words in (
            (["tab", "tab", "tab", *"nowhere"], "url", "Not a link"),
            ([*"2027-01-01"], "on", "in the future"),
            (["shift+tab", "home", "tab", "tab", "ctrl+u"], "note", "A claim needs"),
        ):
            await app.press("e", *keys, "enter")
            assert words in app.note(field)
            assert app.file == text
            await app.press("escape", "escape")
            assert app.screen is app.main


async def test_claim_changed_meanwhile(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("enter", "e")
        changed = SAMPLE.replace('source = "Lumen"\nurl = "https://lumen.example/may"', 'source = "Kestrel"')
        app.tracker.path.write_text(changed)
        await app.press(*"2026-01-26", "enter")
        assert "has changed in the file" in app.seen
        assert app.file == changed


async def test_long_note_keeps_its_lines(make_tracker: Make) -> None:
    text = LANTERNS.replace('note = "in the middle of it"', 'note = "one\\ntwo"')
    async with open_app(make_tracker(text)) as app:
        await app.press("enter", "down", "down", "e", *"2024-06-29", "enter")
        assert app.file == text.replace("2024-06-28", "2024-06-29")


async def test_claim_out_of_sight_is_shown_before_it_goes(make_tracker: Make) -> None:
    claims = "".join(f'\n[[show.history]]\non = 2026-01-{day:02}\nnote = "{day}"\n' for day in range(1, 29))
    async with open_app(make_tracker(text := f'[[show]]\ntitle = "Paper Kite"\n{claims}'), NARROW) as app:
        await app.press("enter", "ctrl+d", "ctrl+d", "ctrl+d")
        pane = app.main.query_one("#status", TextPane)
        pane.scroll_to(y=0, animate=False, immediate=True, force=True)
        await app.press("d")
        assert app.file == text
        await app.press("d")
        assert app.file != text


async def test_claims_removed_in_a_burst(make_tracker: Make) -> None:
    claims = "".join(f'\n[[show.history]]\non = 2026-01-0{day}\nnote = "{day}"\n' for day in range(1, 5))
    async with open_app(make_tracker(f'[[show]]\ntitle = "Paper Kite"\n{claims}')) as app:
        await app.burst("enter", "d", "d", "d", "e", *"2026-02-02", "enter")
        [claim] = app.tracker.watchlist.current.shows[0].history
        assert (claim.on, claim.note) == (date(2026, 2, 2), "1")
