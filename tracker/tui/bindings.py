"""Every key of the app, declared once: footer, help, palette, README and the owner's keymap come from here."""

from __future__ import annotations

from typing import Final, NamedTuple

from textual.binding import Binding, BindingType

NO_KEY: Final = "no-key-"
"""How the keys begin that no terminal sends: Textual binds no action without a key."""


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
    """A sentence, for help, palette and README."""
    group: str
    """The heading under which help and README show it."""
    footer: bool = False
    """Whether the footer shows it."""
    display: str = ""
    """How the key is drawn; "" lets Textual draw it."""

    @property
    def key_text(self) -> str:
        """The key as help and README show it."""
        return self.display or self.keys.split(",")[0]

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
        ("status", "s", "record_status", "status", "Record a status as of today: a letter goes to it, then Enter"),
        ("claim", "n", "record_claim", "claim", "Add a claim: a date, a source, a note"),
        ("note", "N", "note", "note", "Write what was edited by hand into the history"),
        ("clip", "c", "clip", "clip", "Clip an article: paste it, or type a path or an address"),
        ("watch", "w", "watch", "watch", "Planned, watching, watched or dropped; w w is watched"),
        ("rate", "asterisk", "rate", "rate", "Rate from 0 to 10; an empty rating takes it away", "*"),
        ("forward", "right_square_bracket", "step(1)", "next", "One step forward along the line", "]"),
        ("back", "left_square_bracket", "step(-1)", "back", "One step back along the line", "["),
    )),
    ("Edit", (
        ("add", "a", "find_show", "add", "Find a show at the services and add it"),
        ("add-by-hand", "A", "add_show", "by hand", "Add a show by hand; a title is enough"),
        ("edit", "e", "edit_show", "edit", "Edit the fields of the show"),
        ("editor", "E", "open_editor", "editor", "Open the file at this show in $EDITOR"),
        ("remove", "d", "remove", "remove", "Remove the show, or all marked ones"),
        ("tag", "T", "tag", "tag", "Add or take away a tag, for all marked shows"),
        ("undo", "u", "undo", "undo", "Undo the last edit, also one of an earlier day"),
        ("redo", "ctrl+r", "redo", "redo", "Do again what was undone", "^r"),
        ("save-again", "ctrl+s", "save_again", "save", "Save again what file or disk refused", "^s"),
        ("merge", "M", "merge_copy", "merge", "Merge a conflicted copy that a sync program left"),
    )),
    ("Ask", (
        ("refresh", "r", "refresh_show", "ask", "Ask the services about the show, or all marked ones"),
        ("refresh-all", "R", "refresh_all", "ask all", "Ask about all that are due; once more asks about all"),
        ("news", "i", "inbox", "news", "What changed since you last looked: the inbox"),
        ("proposals", "p", "proposals", "proposals", "What services say otherwise: take it, keep yours, follow"),
        ("link", "L", "link_show", "link", "Find the show at the services and tie it to what they know"),
    )),
    ("Edit", (
        ("mark", "space", "mark", "mark", "Mark or unmark; the next edit takes all that are marked"),
    )),
    ("Look", (
        ("filter", "slash", "filter", "filter", "Filter: words, status:filming, is:overdue, -tag:bl …", "/"),
        ("clear", "escape", "clear", "clear",
         "Clear the filter, then the marks; leave the timeline’s past", "esc"),
        ("details", "enter", "details", "details", "Go into the panes; there Enter opens a person or a link"),
        ("pane", "tab", "pane(1)", "pane", "The next pane", "tab"),
        ("pane-back", "shift+tab", "pane(-1)", "pane back", "The pane before", "⇧tab"),
        ("zoom", "z", "toggle_zoom", "zoom", "The pane or the list over the whole width, and back"),
        ("arrange", "v", "arrange", "arrange", "Arrange the list: groups, order, what is shown"),
        ("seen", "H", "toggle_seen", "seen", "Hide or show what I have watched or dropped"),
        ("group", "", "cycle_grouping", "group", "Group by the next of release, status, network, country …"),
        ("sort", "", "cycle_sort", "sort", "Sort by title, status, newest claim, rating, release in turn"),
        ("native", "", "toggle_native", "titles", "Native or international titles"),
    )),
    ("Time", (
        ("list", "1", "shape('list')", "list", "The list, with everything about the show"),
        ("agenda", "2", "shape('agenda')", "agenda", "What comes when: day by day, then the vaguer windows"),
        ("month", "3", "shape('month')", "month", "A month of the calendar; - shows the whole year"),
        ("timeline", "4", "shape('timeline')", "timeline", "Windows, earlier promises and claims along the time"),
        ("slips", "5", "slips", "slips", "How well dates were kept: the ledger of slips"),
        ("zoom-in", "plus,equals_sign", "zoom(1)", "nearer",
         "Nearer: quarters, months; from the year to a month", "+"),
        ("zoom-out", "minus", "zoom(-1)", "farther", "Farther: years; from a month to its year", "-"),
        ("earlier", "left,h", "slide(-1)", "earlier", "Timeline: earlier", "← h"),
        ("later", "right,l", "slide(1)", "later", "Timeline: later", "→ l"),
        ("today", "0", "now", "today", "Timeline and month: back to today"),
        ("scrub-back", "less_than_sign,comma", "scrub(-1)", "believed before",
         "Timeline: what was believed some time before", "<"),
        ("scrub-on", "greater_than_sign,full_stop", "scrub(1)", "believed after",
         "Timeline: what was believed some time after", ">"),
        ("claim-before", "left_parenthesis", "believed(-1)", "claim before",
         "Timeline: to the day of the show's claim before", "("),
        ("claim-after", "right_parenthesis", "believed(1)", "claim after",
         "Timeline: to the day of the show's next claim", ")"),
    )),
    ("Look", (
        ("open", "o", "open_link", "open", "Open the newest link in the browser"),
        ("copy", "y", "copy", "copy", "Copy title, status, release and link"),
    )),
    ("App", (
        ("help", "question_mark,f1", "app.help", "help", "All keys, signs and filter words; again closes it", "?"),
        ("palette", "ctrl+p", "app.command_palette", "find", "Find any action or show by name", "^p"),
        ("suspend", "ctrl+z", "app.suspend_process", "stop", "Go back to the shell for a while; its fg returns", "^z"),
        ("quit", "q,ctrl+q", "app.quit", "quit", "Leave; every edit was saved when it was made"),
    )),
)  # fmt: skip
"""The keys of the main screen and of its timeline."""

_TIME_IDS: Final = ("zoom-in", "zoom-out", "today")
TIMELINE_KEYS: Final = tuple(
    key
    for key in MAIN_KEYS
    if key.id in (*_TIME_IDS, "earlier", "later", "scrub-back", "scrub-on", "claim-before", "claim-after")
)
"""Those of the main keys that only the timeline has."""
APP_KEYS: Final = tuple(key for key in MAIN_KEYS if key.id == "suspend")
"""Those of the main keys that work in every dialog too."""
SCREEN_KEYS: Final = tuple(key for key in MAIN_KEYS if key not in TIMELINE_KEYS + APP_KEYS)
"""Those of the main keys that every view has."""

MOVE_KEYS: Final = _keys(
    ("Move", (
        ("up", "up,k", "move(-1)", "up", "One up", "↑ k"),
        ("down", "down,j", "move(1)", "down", "One down", "↓ j"),
        ("page-up", "pageup,ctrl+u", "page(-1)", "page up", "A page up", "pgup ^u"),
        ("page-down", "pagedown,ctrl+d", "page(1)", "page down", "A page down", "pgdn ^d"),
        ("top", "home,g", "top", "top", "To the beginning", "home g"),
        ("bottom", "end,G", "bottom", "bottom", "To the end", "end G"),
        ("group-up", "left_curly_bracket", "jump(-1)", "group up", "To the heading above", "{"),
        ("group-down", "right_curly_bracket", "jump(1)", "group down", "To the heading below", "}"),
    )),
)  # fmt: skip
"""The keys that move, in each list, pane, page and dialog."""

MONTH_KEYS: Final = _keys(
    ("Month", (
        ("day-before", "left,h", "day(-1)", "day before", "The day before", "← h"),
        ("day-after", "right,l", "day(1)", "day after", "The day after", "→ l"),
        ("week-before", "", "move(-1)", "week before", "The week before; in a year, the month"),
        ("week-after", "", "move(1)", "week after", "The week after; in a year, the month"),
        ("month-before", "", "page(-1)", "page before", "The month or year before"),
        ("month-after", "", "page(1)", "page after", "The month or year after"),
        ("month-today", "", "now", "today", "Today"),
        ("show-before", "shift+tab", "jump(-1)", "show before", "The show before, also on the shelves", "⇧tab"),
        ("show-after", "tab", "jump(1)", "show after", "The next show, shelves included", "tab"),
        ("choose", "enter", "select", "choose", "Everything about the show, in the list"),
    )),
)  # fmt: skip
"""The keys of the month and the year."""

MONTH_BINDINGS: Final = MOVE_KEYS + MONTH_KEYS + tuple(key for key in MAIN_KEYS if key.id in _TIME_IDS)
"""The keys of the month and the year, with those that they share with lists and timeline."""

PANE_KEYS: Final = _keys(
    ("Pane", (
        ("pane-open", "enter", "call('open')", "open", "Open the link, or the card of the person", "enter"),
        ("pane-edit", "e", "call('edit')", "edit", "Edit what is under the cursor: a claim, a credit, a link"),
        ("pane-remove", "d", "call('remove')", "remove", "Remove it; u brings it back"),
        ("pane-add", "n", "call('add')", "new", "Add a claim, a credit or a link"),
    )),
)  # fmt: skip
"""The keys of the panes; for what has no item, those of the main screen."""

DIALOG_KEYS: Final = _keys(
    ("Dialog", (
        ("cancel", "escape", "cancel", "cancel", "Leave without saving", "esc"),
        ("close", "q", "close", "close", "Close the dialog; in an input q is text"),
        ("search", "slash", "search", "search", "Search help, news and slips for words", "/"),
    )),
)  # fmt: skip
"""The keys of every dialog, beside those of help."""

CARD_KEYS: Final = _keys(
    ("Pane", (
        ("card-edit", "e", "edit_card", "edit", "In a person's card: edit it, or make one"),
        ("card-follow", "f", "follow", "follow", "In a person's card: follow the person, or no longer"),
        ("card-remove", "d", "remove_card", "remove", "In a person's card: remove it; u brings it back"),
    )),
)  # fmt: skip
"""The keys of a person's card."""

FORM_KEYS: Final = _keys(
    ("Dialog", (
        ("save", "ctrl+s", "save", "save", "Save the form", "^s"),
    )),
)  # fmt: skip
"""The keys that forms have besides."""

GROUPS: Final = ("Record", "Edit", "Ask", "Look", "Time", "Move", "Month", "Pane", "Dialog", "App")
"""The headings, in the order in which they are shown."""

ALL_KEYS: Final = MAIN_KEYS + MOVE_KEYS + MONTH_KEYS + PANE_KEYS + CARD_KEYS + FORM_KEYS + DIALOG_KEYS

DIALOG_BINDINGS: Final[list[BindingType]] = [
    *(key.binding for key in DIALOG_KEYS if key.id != "search"),
    *(key.binding for key in MAIN_KEYS if key.id == "help"),
]
"""The bindings of all that is over the list."""


def key_named(key_id: str) -> Key:
    """Return the key of this id."""
    return next(key for key in ALL_KEYS if key.id == key_id)


def markdown_table() -> str:
    """Return the keys that everybody has as the Markdown table of README."""
    lines = ["| key | does |", "| --- | --- |"]
    for name in GROUPS:
        lines.append(f"| **{name}** | |")
        lines += [f"| `{key.key_text}` | {key.tooltip} |" for key in ALL_KEYS if key.group == name and key.keys]
    return "\n".join(lines)


def markdown_names() -> str:
    """Return the names by which the settings know the keys, for README."""
    return ", ".join(f"`{key.id}`" for key in ALL_KEYS)


if __name__ == "__main__":
    print(markdown_table(), markdown_names(), sep="\n\n")  # noqa: T201 - made to be pasted
