from __future__ import annotations

from textual.widgets import Input

from tests.tui.helpers import SAMPLE, Make, open_app
from tracker.tui.dialogs.form import ListDialog
from tracker.tui.dialogs.result_screen import ResultScreen


async def test_form_takes_one_submit(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A", *"Velvet")
        field = app.screen.query_one("#field-title Input", Input)
        # Both are under way before the first is handled.
        for _ in range(2):
            field.post_message(Input.Submitted(field, field.value))
        await app.settle()
        assert app.file.count('title = "Velvet"') == 1
        assert app.toasts == ["Velvet added"]
        assert app.screen is app.main


async def test_list_takes_one_pick(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("5")
        dialog = app.screen
        assert isinstance(dialog, ListDialog)
        for _ in range(2):
            dialog.action_pick()
        await app.settle()
        assert app.screen is app.main


async def test_key_after_the_end_does_nothing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("d")
        dialog = app.screen
        for answer in ("False", "True", "True"):
            await dialog.run_action(f"answer({answer})")
        await app.settle()
        assert app.screen is app.main
        assert app.file == before


async def test_covered_dialog_ends_when_it_is_on_top(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("A")
        form = app.screen
        assert isinstance(form, ResultScreen)
        await app.press("ctrl+p")
        palette = app.screen
        assert palette is not form
        form.dismiss(None)
        await app.settle()
        assert app.screen is palette
        await app.press("escape")
        assert app.screen is app.main
