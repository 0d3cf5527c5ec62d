"""Every key of the app, declared once: footer, help, palette, the guide and the owner's keymap come from here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from tracker.errors import BadValue

NO_KEY: Final = "no-key-"
"""How the keys begin that no terminal sends: Textual binds no action without a key."""


def key_in_words(text: str) -> str:
    """Return a key of a footer as sentences name it: "Ctrl+S" for "^s", "Esc", "u"."""
    if len(text) == 2 and text[0] == "^":
        return f"Ctrl+{text[1].upper()}"
    return text.capitalize() if len(text) > 1 else text


class Key(NamedTuple):
    """A key, what it does, and where it is told."""

    id: str
    """The name by which `[keys]` in the settings gives it another key."""
    keys: str
    """One key, or several with commas between; "" for an action that has a key in the settings of its owner only."""
    action: str
    label: str
    """One or two words, for the footer."""
    tooltip: str
    """A sentence, for help, palette and the guide."""
    group: str
    """The heading under which help and the guide show it."""
    footer: bool = False
    """Whether the footer shows it."""
    display: str = ""
    """How the key is drawn; "" lets Textual draw it."""

    @property
    def key_text(self) -> str:
        """The key as help and the guide show it."""
        return self.display or self.keys.split(",")[0]

    @property
    def in_words(self) -> str:
        """The key as sentences name it."""
        return key_in_words(self.key_text)

    @property
    def binding(self) -> Binding:
        """The Textual binding of this key."""
        keys = self.keys or f"{NO_KEY}{self.id}"
        return Binding(
            keys, self.action, self.label, show=self.footer, tooltip=self.tooltip, id=self.id,
            key_display=self.display or None,
        )  # fmt: skip


_FOOTER: Final = frozenset({
    "status", "claim", "watch", "add", "edit", "undo", "refresh", "news", "filter", "pane", "zoom", "agenda", "month",
    "timeline", "help", "palette", "save", "cancel",
})  # fmt: skip
"""The ids of the keys that the footer shows."""


def _keys(*groups: tuple[str, tuple[tuple[str, ...], ...]]) -> tuple[Key, ...]:
    """Return keys from rows of id, keys, action, label, tooltip and, where Textual draws it otherwise, display."""
    keys = []
    for group, rows in groups:
        for row in rows:
            key_id, key, action, label, tooltip, display = (*row, "")[:6]
            keys.append(Key(key_id, key, action, label, tooltip, group, key_id in _FOOTER, display))
    return tuple(keys)


MAIN_KEYS: Final = _keys(
    ("Record", (
        ("status", "s", "record_status", "status", "Record a status: type its first letter, then Enter"),
        ("claim", "n", "record_claim", "claim", "Add a claim: a status, a date, a source, a note"),
        ("note", "N", "note", "add to history", "Add what you edited by hand to the history"),
        ("clip", "c", "clip", "clip", "Read an article into your list: paste it, or type a path or web address"),
        ("watch", "w", "watch", "watch", "Mark as planned, watching, watched or dropped; w w is watched"),
        ("rate", "asterisk", "rate", "rate", "Rate from 0 to 10; an empty field removes the rating", "*"),
        ("forward", "right_square_bracket", "step(1)", "next status", "Move to the next status", "]"),
        ("back", "left_square_bracket", "step(-1)", "previous status", "Move back to the previous status", "["),
    )),
    ("Edit", (
        ("add", "a", "find_show", "add", "Find a show online and add it"),
        ("add-by-hand", "A", "add_show", "by hand", "Add a show by hand; a title is enough"),
        ("edit", "e", "edit_show", "edit", "Edit the show"),
        ("editor", "E", "open_editor", "editor", "Open the file at this show in your editor ($EDITOR)"),
        ("remove", "d", "remove", "remove", "Remove the show, or all marked shows"),
        ("tag", "T", "tag", "tag", "Add or remove a tag, also on all marked shows"),
        ("undo", "u", "undo", "undo", "Undo the last edit, even one from an earlier day"),
        ("redo", "ctrl+r", "redo", "redo", "Redo", "^r"),
        ("save-again", "ctrl+s", "save_again", "save", "Retry a failed save", "^s"),
        ("merge", "M", "merge_copy", "merge", "Merge a conflicted copy from a sync program"),
    )),
    ("Sources", (
        ("refresh", "r", "refresh_show", "refresh", "Refresh the show, or all marked shows, from the sources"),
        ("refresh-all", "R", "refresh_all", "refresh all", "Refresh all that are due; press again for every show"),
        ("news", "i", "inbox", "news", "See what changed since you last looked"),
        ("proposals", "p", "proposals", "proposals", "See where sources differ from you: apply theirs or keep yours"),
        ("link", "L", "link_show", "link", "Link the show to a source"),
    )),
    ("Edit", (
        ("mark", "space", "mark", "mark", "Mark or unmark a show; the next edit applies to all marked shows"),
    )),
    ("Browse", (
        ("filter", "slash", "filter", "filter", "Filter: words, status:filming, is:overdue, -tag:bl …", "/"),
        ("clear", "escape", "clear", "clear", "Clear the filter, then the marks; return to today", "esc"),
        ("details", "enter", "details", "details", "Go to the panes; Enter there opens a person or a link"),
        ("pane", "tab", "pane(1)", "pane", "Next pane", "tab"),
        ("pane-back", "shift+tab", "pane(-1)", "pane back", "Previous pane", "⇧tab"),
        ("zoom", "z", "toggle_zoom", "zoom", "Give the pane or the list the full width, or go back"),
        ("arrange", "v", "arrange", "arrange", "Arrange the list: grouping, order, what is shown"),
        ("seen", "H", "toggle_seen", "seen", "Show or hide what you have watched or dropped"),
        ("group", "", "cycle_grouping", "group", "Group by release, status, network, country … in turn"),
        ("sort", "", "cycle_sort", "sort", "Sort by title, status, newest claim, rating, release in turn"),
        ("native", "", "toggle_native", "titles", "Switch between native and international titles"),
        ("saved-views", "V,at", "saved_views", "saved views", "Saved views: switch, save, edit, delete"),
        ("save-view", "", "save_view", "save view", "Save this view: the filter and the arrangement"),
    )),
    ("Views", (
        ("list", "1", "shape('list')", "list", "List: all shows, with the details beside them"),
        ("agenda", "2", "shape('agenda')", "agenda", "Agenda: what comes when"),
        ("month", "3", "shape('month')", "month", "Month: a calendar; - shows the whole year"),
        ("timeline", "4", "shape('timeline')", "timeline", "Timeline: release dates, earlier dates and claims"),
        ("slips", "5", "slips", "slips", "Slips: how well release dates were kept"),
        ("zoom-in", "plus,equals_sign", "zoom(1)", "zoom in",
         "Zoom in: quarters, months; from the year to a month", "+"),
        ("zoom-out", "minus", "zoom(-1)", "zoom out", "Zoom out: years; from a month to its year", "-"),
        ("earlier", "", "slide(-1)", "earlier", "Timeline: move to earlier dates"),
        ("later", "", "slide(1)", "later", "Timeline: move to later dates"),
        ("today", "0", "now", "today", "Timeline and month: return to today"),
        ("scrub-back", "less_than_sign,comma", "scrub(-1)", "rewind",
         "Timeline: go back in time and see what was known then", "<"),
        ("scrub-on", "greater_than_sign,full_stop", "scrub(1)", "forward", "Timeline: go forward in time again", ">"),
        ("claim-before", "left_parenthesis", "claim_day(-1)", "previous claim",
         "Timeline: go back to the day of the show's previous claim", "("),
        ("claim-after", "right_parenthesis", "claim_day(1)", "next claim",
         "Timeline: go forward to the day of the show's next claim", ")"),
    )),
    ("Browse", (
        ("open", "o", "open_link", "open", "Open the newest link in your browser"),
        ("copy", "y", "copy", "copy", "Copy title, status, date and link"),
    )),
    ("App", (
        ("help", "question_mark,f1", "app.help", "help",
         "Show all keys, signs and filter words; press again to close", "?"),
        ("palette", "ctrl+p", "app.command_palette", "commands", "Find any command or show by name", "^p"),
        ("suspend", "ctrl+z", "app.suspend_process", "suspend",
         "Return to the shell; type fg there to come back", "^z"),
        ("quit", "q,ctrl+q", "app.quit", "quit", "Quit (all changes are saved)"),
    )),
)  # fmt: skip
"""The keys of the main screen and of its timeline."""

_MOVE: Final = "Move: days and weeks in the month, time in the timeline; in the list → opens the details, ← goes back"
_BLOCK: Final = _keys(
    ("Move", (
        ("left", "left,h", "side(-1)", "left", _MOVE, "← h"),
        ("down", "down,j", "move(1)", "down", _MOVE, "↓ j"),
        ("up", "up,k", "move(-1)", "up", _MOVE, "↑ k"),
        ("right", "right,l", "side(1)", "right", _MOVE, "→ l"),
    )),
)  # fmt: skip
"""One block of keys with one grammar; help shows it in one line."""
SIDE_KEYS: Final = tuple(key for key in _BLOCK if key.id in ("left", "right"))
"""Those of the block that are a view's or the screen's, as there is nothing beside the lines of a list."""

MOVE_KEYS: Final = tuple(key for key in _BLOCK if key not in SIDE_KEYS) + _keys(
    ("Move", (
        ("page-up", "pageup,ctrl+u", "page(-1)", "page up", "Page up", "pgup ^u"),
        ("page-down", "pagedown,ctrl+d", "page(1)", "page down", "Page down", "pgdn ^d"),
        ("top", "home,g", "top", "top", "Go to the top", "home g"),
        ("bottom", "end,G", "bottom", "bottom", "Go to the end", "end G"),
        ("group-up", "left_curly_bracket", "jump(-1)", "group up", "Go to the previous heading", "{"),
        ("group-down", "right_curly_bracket", "jump(1)", "group down", "Go to the next heading", "}"),
    )),
)  # fmt: skip
"""The keys that move, in each list, pane, page and dialog."""

_TIME_IDS: Final = ("zoom-in", "zoom-out", "today")
TIMELINE_KEYS: Final = SIDE_KEYS + tuple(
    key
    for key in MAIN_KEYS
    if key.id in (*_TIME_IDS, "earlier", "later", "scrub-back", "scrub-on", "claim-before", "claim-after")
)
"""The keys that only the timeline has, and those to its sides."""
APP_KEYS: Final = tuple(key for key in MAIN_KEYS if key.id == "suspend")
"""Those of the main keys that work in every dialog too."""
SCREEN_KEYS: Final = SIDE_KEYS + tuple(key for key in MAIN_KEYS if key not in TIMELINE_KEYS + APP_KEYS)
"""Those of the main keys that every view has, and those from the list to its sides."""

MONTH_KEYS: Final = _keys(
    ("Month", (
        ("day-before", "", "day(-1)", "day before", "Previous day"),
        ("day-after", "", "day(1)", "day after", "Next day"),
        ("week-before", "", "move(-1)", "week before", "Previous week; in a year, previous month"),
        ("week-after", "", "move(1)", "week after", "Next week; in a year, next month"),
        ("month-before", "", "page(-1)", "page before", "Previous month or year"),
        ("month-after", "", "page(1)", "page after", "Next month or year"),
        ("month-today", "", "now", "today", "Go to today"),
        ("show-before", "shift+tab", "jump(-1)", "show before", "Previous show, side lists included", "⇧tab"),
        ("show-after", "tab", "jump(1)", "show after", "Next show, side lists included", "tab"),
        ("choose", "enter", "select", "choose", "See everything about the show, in the list"),
    )),
)  # fmt: skip
"""The keys of the month and the year."""

MONTH_BINDINGS: Final = SIDE_KEYS + MOVE_KEYS + MONTH_KEYS + tuple(key for key in MAIN_KEYS if key.id in _TIME_IDS)
"""The keys of the month and the year, with those that they share with lists and timeline."""

PANE_KEYS: Final = _keys(
    ("Panes", (
        ("pane-open", "enter", "call('open')", "open", "Open the link, or the person's card", "enter"),
        ("pane-edit", "e", "call('edit')", "edit", "Edit the selected claim, cast member or link"),
        ("pane-remove", "d", "call('remove')", "remove", "Remove the selected item; u brings it back"),
        ("pane-add", "n", "call('add')", "new", "Add a claim, a cast member or a link"),
    )),
)  # fmt: skip
"""The keys of the panes; for what has no item, those of the main screen."""

DIALOG_KEYS: Final = _keys(
    ("Dialogs", (
        ("cancel", "escape", "cancel", "cancel", "Close without saving", "esc"),
        ("close", "q", "close", "close", "Close the dialog; in a text field q is a letter"),
        ("search", "slash", "search", "search", "Search the help, the news or the slips", "/"),
    )),
)  # fmt: skip
"""The keys of every dialog, beside those of help."""

CARD_KEYS: Final = _keys(
    ("Panes", (
        ("card-edit", "e", "edit_card", "edit", "In a person's card: edit it, or make one"),
        ("card-follow", "f", "follow", "follow", "In a person's card: follow or unfollow the person"),
        ("card-remove", "d", "remove_card", "remove", "In a person's card: remove the card; u brings it back"),
    )),
)  # fmt: skip
"""The keys of a person's card."""

CLIP_KEYS: Final = _keys(
    ("Clip", (
        ("clip-take", "space", "drop_or_take", "drop or take", "In a draft: drop a fact, or take one under Perhaps"),
        ("clip-edit", "e", "edit", "edit", "In a draft: edit the selected row"),
        ("clip-target", "m", "elsewhere", "other show", "In a draft: add it to another show, or as a new one"),
        ("clip-undo", "u", "undo", "undo", "In a draft: undo the last change to it"),
        ("clip-turn", "tab,shift+tab", "turn", "article", "Switch between draft and article", "tab"),
        ("clip-page", "o", "page", "page", "Open the article's page in your browser"),
    )),
)  # fmt: skip
"""The keys of the screen with an article and its draft."""

CLIP_MARK_KEYS: Final = _keys(
    ("Clip", (
        ("mark-next", "n", "step(1)", "next mark", "In the article: next name, title, network or date"),
        ("mark-before", "N", "step(-1)", "previous mark", "In the article: previous name, title, network or date"),
        ("pick-cast", "c", "screen.pick('cast')", "cast", "In the article: add the name to the cast"),
        ("pick-role", "r", "screen.pick('role')", "role",
         "In the article: make the name the role of the nearest actor, again: of the next; make a date the release"),
        ("pick-director", "d", "screen.pick('directors')", "director", "In the article: add the name to the directors"),
        ("pick-writer", "w", "screen.pick('writers')", "writer", "In the article: add the name to the writers"),
        ("pick-title", "t", "screen.pick('title')", "title", "In the article: make the name the title"),
        ("pick-network", "b", "screen.pick('networks')", "network", "In the article: add the name to the networks"),
        ("pick-status", "s", "screen.pick_status", "status", "In the article: say which status the sentence tells of"),
        ("pick-none", "x,space", "screen.take_back", "drop", "In the article: remove the mark from the draft", "x"),
    )),
)  # fmt: skip
"""The keys that make a fact of what is marked in an article."""

FORM_KEYS: Final = _keys(
    ("Dialogs", (
        ("save", "ctrl+s", "save", "save", "Save the form", "^s"),
    )),
)  # fmt: skip
"""The keys that forms have besides."""

FILTER_KEYS: Final = _keys(
    ("Browse", (
        ("filter-save", "ctrl+s", "save_view", "save this view", "While you type a filter: save it as a view", "^s"),
    )),
)  # fmt: skip
"""The keys of the filter, beside those of every line of text."""

GROUPS: Final = ("Record", "Edit", "Sources", "Browse", "Views", "Move", "Month", "Panes", "Clip", "Dialogs", "App")
"""The headings, in the order in which they are shown."""

ALL_KEYS: Final = (
    MAIN_KEYS
    + FILTER_KEYS
    + _BLOCK
    + MOVE_KEYS[2:]
    + MONTH_KEYS
    + PANE_KEYS
    + CARD_KEYS
    + CLIP_KEYS
    + CLIP_MARK_KEYS
    + FORM_KEYS
    + DIALOG_KEYS
)

DIALOG_BINDINGS: Final[list[BindingType]] = [
    *(key.binding for key in DIALOG_KEYS if key.id != "search"),
    *(key.binding for key in MAIN_KEYS if key.id == "help"),
]
"""The bindings of all that is over the list."""


def key_named(key_id: str) -> Key:
    """Return the key of this id."""
    return next(key for key in ALL_KEYS if key.id == key_id)


def parse_key_name(text: str) -> str:
    """Return the name of a key as it is written in the settings: "f2", "ctrl+k" or a character; "" for none.

    Raises:
        BadValue: There is no such key.
    """
    if len(text) <= 1:
        return _name_key(text)
    *modifiers, base = text.lower().split("+")
    is_known = base in _KEY_NAMES or (len(base) == 1 and not base.isspace()) or _is_character(base)
    if not is_known or not _MODIFIERS.issuperset(modifiers):
        raise BadValue(f"“{text}” is not a key. Try f2, ctrl+k or a letter.", "key")
    return text.lower()


_KEY_NAMES: Final = frozenset({*(key.value for key in Keys), *KEY_NAME_REPLACEMENTS.values()})
_MODIFIERS: Final = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})


def _name_key(key: str) -> str:
    """Return the name of a key that may be given as its character."""
    return next(iter(Binding.make_bindings([(key, "", "")]))).key if len(key) == 1 else key


def _is_character(name: str) -> bool:
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def find_key(name: str, own_keys: Mapping[str, str]) -> Key | None:
    """Return the key that has this name in the list, its panes and its calendars; the owner's own keys count."""
    for key in (*MAIN_KEYS, *SIDE_KEYS, *MOVE_KEYS, *MONTH_KEYS, *PANE_KEYS):
        keys = own_keys.get(key.id, key.keys)
        if name in map(_name_key, keys.split(",") if len(keys) > 1 else [keys]):
            return key
    return None


class KeyLine(NamedTuple):
    """A line of the help: one key, or several that do one thing."""

    group: str
    keys: str
    """As they are shown."""
    tooltip: str


def key_lines(own: Mapping[str, str] = MappingProxyType({})) -> Iterator[KeyLine]:
    """Yield the keys as help and guide show them, by group.

    Args:
        own: The keys that their owner has changed, by id, as they are shown.
    """
    for name in GROUPS:
        shown = [key for key in ALL_KEYS if key.group == name and own.get(key.id, key.key_text)]
        for tooltip, group in groupby(shown, key=lambda key: key.tooltip):
            texts = [own.get(key.id, key.key_text).split() for key in group]
            # Of a block of keys first all arrows, then all letters.
            parts = ["".join(column) if len(column) > 1 else column[0] for column in zip(*texts, strict=False)]
            is_block = len({len(text) for text in texts}) == 1
            yield KeyLine(name, " ".join(parts if is_block else chain.from_iterable(texts)), tooltip)


def markdown_table() -> str:
    """Return the keys that everybody has as the Markdown table of the guide."""
    lines = ["| key | does |", "| --- | --- |"]
    for name, group in groupby(key_lines(), key=lambda line: line.group):
        lines.append(f"| **{name}** | |")
        lines += [f"| `{line.keys}` | {line.tooltip} |" for line in group]
    return "\n".join(lines)


def markdown_names() -> str:
    """Return the names by which the settings know the keys, for the guide."""
    return ", ".join(f"`{key.id}`" for key in ALL_KEYS)
