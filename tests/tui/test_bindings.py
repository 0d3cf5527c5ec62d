from __future__ import annotations

from collections import Counter

import pytest
from textual.dom import DOMNode

from tests.tui.helpers import NARROW, SAMPLE, Make, open_app
from tracker.errors import BadValue
from tracker.tui.bindings import (
    ALL_KEYS,
    DIALOG_KEYS,
    FORM_KEYS,
    GROUPS,
    MAIN_KEYS,
    MONTH_BINDINGS,
    MOVE_KEYS,
    SCREEN_KEYS,
    SIDE_KEYS,
    TIMELINE_KEYS,
    Key,
    find_key,
    key_in_words,
    key_lines,
    key_named,
    markdown_table,
    parse_key_name,
)
from tracker.tui.widgets.choice_list import ChoiceList


def resolve(node: DOMNode, key: Key) -> bool:
    """Return whether an action with its arguments exists on the node, or on the app for `app.…`."""
    name = key.action.split("(")[0]
    target: DOMNode = node.app if name.startswith("app.") else node
    return callable(getattr(target, f"action_{name.removeprefix('app.')}", None))


async def test_keys_have_actions(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        assert [key.id for key in SCREEN_KEYS if not resolve(app.main, key)] == []
        assert [key.id for key in MOVE_KEYS if not resolve(app.shows, key)] == []
        await app.press("4")
        assert [key.id for key in TIMELINE_KEYS if not resolve(app.main.views.query_one("#timeline"), key)] == []
        await app.press("3")
        assert [key.id for key in MONTH_BINDINGS if not resolve(app.main.views.active, key)] == []
        for opens in ("s", "n", "A", "e", "T"):
            await app.press(opens)
            assert [key.id for key in FORM_KEYS + DIALOG_KEYS if not resolve(app.screen, key)] == []
            await app.press("escape")


def test_key_ids_are_unique() -> None:
    assert [id_ for id_, count in Counter(key.id for key in ALL_KEYS).items() if count > 1] == []


@pytest.mark.parametrize("keys", [MAIN_KEYS + MOVE_KEYS, FORM_KEYS + DIALOG_KEYS], ids=["main", "form"])
def test_keys_are_unique_on_a_screen(keys: tuple[Key, ...]) -> None:
    pressed = Counter(name for key in keys for name in key.keys.split(",") if name)
    assert [name for name, count in pressed.items() if count > 1] == []


def test_keys_have_label_tooltip_and_group() -> None:
    assert {key.group for key in ALL_KEYS} == set(GROUPS)
    assert all(key.label and key.tooltip for key in ALL_KEYS)
    assert {line.split("|")[2].strip() for line in markdown_table().splitlines()[2:]} >= {
        key.tooltip for key in ALL_KEYS if key.keys
    }


def test_arrows_and_letters_are_one_block() -> None:
    """One line, one grammar; a key of the owner's own is told beside the others."""
    [line] = [line for line in key_lines() if "hjkl" in line.keys]
    assert (line.group, line.keys) == ("Move", "←↓↑→ hjkl")
    moves = [line.keys for line in key_lines({"left": "b"}) if line.tooltip == key_named("left").tooltip]
    assert moves == ["b ↓ j ↑ k → l"]
    sideways = {name for key in ALL_KEYS for name in key.keys.split(",")} & {"left", "right", "h", "l"}
    assert sideways == {name for key in SIDE_KEYS for name in key.keys.split(",")}


def test_key_in_words() -> None:
    keys = ("^s", "^", "u", "T", "esc", "f10", "?")
    assert [key_in_words(key) for key in keys] == ["Ctrl+S", "^", "u", "T", "Esc", "F10", "?"]


async def test_footer_shows_its_keys(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (160, 30)) as app:
        for key in MAIN_KEYS:
            if key.footer:
                assert f"{key.key_text} {key.label}" in app.screen_lines[-1]


async def test_help_shows_every_key_and_sign(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark")
        page = "\n".join(str(option.prompt) for option in app.screen.query_one(ChoiceList).options)
        for key in ALL_KEYS:
            assert (key.tooltip in page) is bool(key.keys)
        for words in ("◑ filming", "× cancelled", "is:", "summer 2026"):
            assert words in page
        await app.press("escape")
        assert app.screen is app.main


async def test_key_of_the_settings(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text('[keys]\nremove = "X"\nstatus = "ctrl+t"\n')
    async with open_app(tracker) as app:
        await app.press("d")
        assert app.screen is app.main
        assert "^t status" in app.screen_lines[-1]
        await app.press("X")
        assert "Remove Paper Lanterns?" in app.seen


async def test_help_shows_keys_of_the_settings(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text('[keys]\nremove = "X"\n')
    async with open_app(tracker, (120, 90)) as app:
        await app.press("question_mark")
        [line] = [line for line in app.screen_lines if "Remove the show" in line]
        assert line[: line.index("Remove")].strip(" │").endswith("X")


async def test_action_without_a_key_gets_one_in_the_settings(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text('[keys]\ngroup = "x"\n')
    async with open_app(tracker, (120, 90)) as app:
        await app.press("x")
        assert app.state == "by status"
        assert app.toasts == []
        await app.press("question_mark")
        await app.press("slash", *"group by")
        assert "x         Group by" in app.seen


@pytest.mark.parametrize(
    ("keys", "settings", "said"),
    [
        ("", "", "Press q to quit."),
        ("A", 'quit = "Q"', "Press Ctrl+Q to quit."),
        ("", 'quit = "f10"', "Press F10 to quit."),
    ],
)
async def test_ctrl_c_says_how_to_quit(make_tracker: Make, keys: str, settings: str, said: str) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text(f"[keys]\n{settings}\n")
    async with open_app(tracker) as app:
        await app.press(*keys.split(), "ctrl+c")
        assert app.toasts == [said]
        assert f" {said} " in app.seen


@pytest.mark.parametrize(
    ("text", "name", "taken"),
    [
        ("f2", "f2", ""), ("F2", "f2", ""), ("ctrl+k", "ctrl+k", ""), ("Ctrl+S", "ctrl+s", "save-again"),
        ("b", "b", ""), ("B", "B", ""), ("s", "s", "status"), ("@", "at", "saved-views"),
        ("?", "question_mark", "help"),
        ("question_mark", "question_mark", "help"), ("g", "g", "top"), ("=", "equals_sign", "zoom-in"), ("", "", None),
        ("alt+7", "alt+7", ""), ("space", "space", "mark"), ("h", "h", "left"),
    ],
)  # fmt: skip
def test_key_by_name(text: str, name: str, taken: str | None) -> None:
    assert parse_key_name(text) == name
    if taken is not None:
        owner = find_key(name, {})
        assert (owner.id if owner is not None else "") == taken


@pytest.mark.parametrize("text", ["foo", "ctrl+foo", "ctrl+", "hold+k", "f99", "  ", "ctrl+ "])
def test_key_that_is_none(text: str) -> None:
    with pytest.raises(BadValue, match="is not a key"):
        parse_key_name(text)


def test_key_of_its_owner() -> None:
    own = {"remove": "b", "filter": "?", "group": "f2"}
    assert {name: key.id for name in ("b", "d", "f2", "slash") if (key := find_key(name, own))} == {
        "b": "remove", "d": "pane-remove", "f2": "group",
    }  # fmt: skip
