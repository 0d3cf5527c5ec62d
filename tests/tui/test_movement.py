"""One grammar of movement: each list, pane, page and dialog obeys the same keys."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

import tracker.tui
from tests.model.drafts import TEXT
from tests.tui.clipper.helpers import clip, paste
from tests.tui.helpers import NOW, USUAL, Make, RunningApp, entry, open_app
from tracker.errors import SeasonUnclear
from tracker.model.news import NewsItem
from tracker.model.proposal import Proposal
from tracker.model.source_record import SourceId
from tracker.tui.clipper.status_dialog import ClipStatusDialog
from tracker.tui.dialogs.choose import ChooseDialog, Question
from tracker.tui.dialogs.guide import GuideDialog
from tracker.tui.dialogs.help import HelpDialog
from tracker.tui.dialogs.inbox import InboxDialog
from tracker.tui.dialogs.item_forms import CreditForm, LinkForm, PersonForm
from tracker.tui.dialogs.prompts import SeasonDialog
from tracker.tui.dialogs.proposals import ProposalsDialog
from tracker.tui.views.month import MonthView
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.navigable import Navigable

Open = Callable[[RunningApp], Awaitable[None]]

CLAIMS = "".join(
    f'[[show.history]]\non = 2025-01-{day:02}\nnote = "a word of the day {day}"\nsource = "Lumen"\n\n'
    for day in range(1, 29)
)
LONG = entry(
    "Amber Bridge", "scheduled", "2026-11-24", on="2025-02-01",
    top=[
        f'synopsis = "{"A diver keeps a promise. " * 200}"',
        "cast = [" + ", ".join(f'{{ actor = "Han Seorin", role = "Mio {n}" }}' for n in range(30)) + "]",
    ],
).replace("[[show.history]]", f"{CLAIMS}[[show.history]]", 1)  # fmt: skip
MANY = LONG + "".join(
    entry(f"Show {n:02}", "filming", f"2027-{1 + n % 12:02}", top=['cast = [{ actor = "Han Seorin", role = "Iris" }]'])
    for n in range(40)
)


def keys(*names: str) -> Open:
    async def press(app: RunningApp) -> None:
        await app.press(*names)

    return press


def screen(make: Callable[[], ModalScreen[Any]]) -> Open:
    async def push(app: RunningApp) -> None:
        app.app.push_screen(make())
        await app.settle()

    return push


async def paste_titles(app: RunningApp) -> None:
    await paste(app, "\n".join(f"New show {n}" for n in range(40)))


async def open_inbox(app: RunningApp) -> None:
    news = [NewsItem(NOW - timedelta(hours=n), "loud", f"show-{n:02}", f"Show {n:02}", "moved") for n in range(40)]
    app.app.push_screen(InboxDialog(
        NOW, load=lambda with_read: news, on_read=print, on_undo=print, on_answer=print, on_clip=print,
    ))  # fmt: skip
    await app.settle()


async def open_proposals(app: RunningApp) -> None:
    found = [Proposal("x", SourceId("tvmaze", str(n)), "synopsis", "", "new") for n in range(20)]
    app.app.push_screen(ProposalsDialog("Amber Bridge", load=lambda: found, on_decide=print))
    await app.settle()


async def open_question(app: RunningApp) -> None:
    question = Question("Amber Bridge", "synopsis", "Both changed it.", (("mine", "one"), ("theirs", "two")))
    app.app.push_screen(ChooseDialog(question, 1, 1))
    await app.settle()


async def open_person(app: RunningApp) -> None:
    app.main.query_one("#cast").focus()
    await app.press("enter")


async def open_saved_views(app: RunningApp) -> None:
    settings = app.tracker.paths.settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[views]\n" + "".join(f'view-{n} = "show {n:02}"\n' for n in range(40)), encoding="utf-8")
    await app.press("V")


async def save_view(app: RunningApp) -> None:
    await app.press("2")
    await app.act("save_view")


LISTS: dict[str, Open] = {
    "AddTitlesDialog": paste_titles,
    "ArrangeDialog": keys("v"),
    "ChooseDialog": open_question,
    "SeasonDialog": screen(lambda: SeasonDialog(SeasonUnclear("Amber Bridge", 2))),
    "ClipReviewScreen": lambda app: clip(app, TEXT),
    "ClipStatusDialog": screen(lambda: ClipStatusDialog("It was put off.", None)),
    "GuideDialog": screen(lambda: GuideDialog("keys")),
    "HelpDialog": keys("question_mark"),
    "InboxDialog": open_inbox,
    "PersonCard": open_person,
    "ProposalsDialog": open_proposals,
    "RecordForm": keys("s"),
    "SavedViewsDialog": open_saved_views,
    "SlipsDialog": keys("5"),
    "WatchMenu": keys("w"),
}
"""The dialogs that open with the focus on a list or a page."""
INPUTS: dict[str, Open] = {
    "AddShowForm": keys("A"),
    "ArticleInputDialog": keys("c"),
    "CreditForm": screen(lambda: CreditForm("Amber Bridge", None, (), print)),
    "EditShowForm": keys("e"),
    "LinkForm": screen(lambda: LinkForm("Amber Bridge", None, print)),
    "PersonForm": screen(lambda: PersonForm("Han Seorin", None, print)),
    "Prompt": keys("T"),
    "RatingPrompt": keys("*"),
    "RecordForm": keys("n"),
    "SavedViewForm": save_view,
    "SearchDialog": keys("a"),
}
"""The dialogs that open with the focus in an input."""
QUESTIONS: dict[str, Open] = {"Confirm": keys("d")}
"""The dialogs with neither."""
VIEWS: dict[str, Open] = {
    "list": keys("1"),
    "agenda": keys("2"),
    "month": keys("3"),
    "year": keys("3", "minus"),
    "timeline": keys("4"),
    "synopsis": keys("1", "g", "tab"),
    "cast": keys("tab"),
    "status": keys("tab"),
}


def subclasses(base: type[object]) -> Iterator[type[object]]:
    kinds: list[type[object]] = base.__subclasses__()
    for kind in kinds:
        yield kind
        yield from subclasses(kind)


def test_movement_is_tested_in_every_dialog() -> None:
    for module in pkgutil.walk_packages(tracker.tui.__path__, "tracker.tui."):
        importlib.import_module(module.name)
    ours = {kind.__name__ for kind in subclasses(ModalScreen) if kind.__module__.startswith("tracker.")}
    assert ours - {"Dialog", "Form", "ListDialog", "_ItemForm"} == {*LISTS, *INPUTS, *QUESTIONS}
    lists = [kind for kind in subclasses(OptionList) if kind.__module__.startswith("tracker.")]
    assert [kind for kind in lists if not issubclass(kind, ChoiceList)] == []


def place(widget: Widget) -> tuple[object, ...]:
    """Return where the cursor is, and how far is scrolled."""
    if isinstance(widget, MonthView):
        return (widget.day,)
    cursor = widget.highlighted if isinstance(widget, ChoiceList) else getattr(widget, "cursor", None)
    return cursor, widget.scroll_target_y


async def check_movement(app: RunningApp) -> None:
    widget = app.app.focused
    assert isinstance(widget, Navigable)
    await app.press("g")
    top = place(widget)
    ways = (("j", "k"), ("down", "up"), ("ctrl+d", "ctrl+u"), ("pagedown", "pageup"), ("G", "g"), ("end", "home"))
    for there, back in ways:
        await app.press(there)
        assert place(widget) != top, there
        await app.press(back)
        assert place(widget) == top, back
    await app.press("G")
    bottom = place(widget)
    if not isinstance(widget, MonthView):
        await app.press("j", "ctrl+d", "pagedown")
        assert place(widget) == bottom


async def test_movement_in_the_views(make_tracker: Make) -> None:
    async with open_app(make_tracker(MANY), USUAL) as app:
        for name, go_there in VIEWS.items():
            await app.press("g")
            await go_there(app)
            await check_movement(app)
            focused = app.app.focused
            await app.press("question_mark", "question_mark")
            assert app.screen is app.main
            assert app.app.focused is focused, name


@pytest.mark.parametrize("names", [list(LISTS)[::2], list(LISTS)[1::2]])
async def test_movement_in_the_dialogs(make_tracker: Make, names: list[str]) -> None:
    async with open_app(make_tracker(MANY), USUAL) as app:
        for name in names:
            app.shows.focus()
            await LISTS[name](app)
            dialog = app.screen
            assert type(dialog).__name__ == name
            await check_movement(app)
            if name != "HelpDialog":
                await app.press("question_mark")
                assert isinstance(app.screen, HelpDialog), name
                await app.press("question_mark")
                assert app.screen is dialog, name
            await app.press("q")
            assert app.screen is app.main, name
            app.shows.focus()
            await LISTS[name](app)
            assert type(app.screen) is type(dialog)
            await app.press("question_mark" if name == "HelpDialog" else "escape")
            assert app.screen is app.main, name


async def test_letters_are_text_in_an_input(make_tracker: Make) -> None:
    async with open_app(make_tracker(LONG), USUAL) as app:
        for name, open_dialog in INPUTS.items():
            await open_dialog(app)
            dialog, focused = app.screen, app.app.focused
            assert type(dialog).__name__ == name
            await app.burst("end", *"qjkgG?/vH")
            assert app.screen is dialog
            assert isinstance(focused, Input | TextArea)
            text = focused.value if isinstance(focused, Input) else focused.text
            assert text.endswith("qjkgG?/vH"), name
            await app.press("f1", "f1", "escape", "escape")
            assert app.screen is app.main, name


async def test_question_has_the_keys_of_dialogs(make_tracker: Make) -> None:
    async with open_app(make_tracker(MANY)) as app:
        before = app.file
        for key in ("q", "escape"):
            await app.press("d", "question_mark", "question_mark", "j", "G")
            assert app.screen is not app.main
            await app.press(key)
            assert app.screen is app.main
        assert app.file == before
