"""The app: opens the list, keeps theme and memory, and leaves the terminal as it was."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from threading import current_thread, main_thread
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from tracker.errors import TrackerError
from tracker.model.formatting import plural
from tracker.service import Tracker
from tracker.text import clean
from tracker.tui.bindings import ALL_KEYS, APP_KEYS, CLIP_KEYS, CLIP_MARK_KEYS, NO_KEY, key_in_words
from tracker.tui.contrast import ContrastFilter, make_visible
from tracker.tui.main.screen import STYLE_SHEET, MainScreen
from tracker.tui.paste import prepare_paste
from tracker.tui.theme import choose_glyphs
from tracker.tui.type_ahead import TypeAhead
from tracker.tui.widgets.hints import HintBar

POLL_EVERY: Final = 0.5
"""Seconds between two looks at the file."""
KEY_PATIENCE: Final = 0.1
"""Seconds for which the edit of a key waits for another process that writes: the screen stands still meanwhile."""
LAST_PATIENCE: Final = 2.0
"""The same for edits that are not saved when the app is ended from outside."""
LAST_EDIT: Final = 10.0
"""Seconds that an edit of another thread is given before the process ends."""


class TrackerApp(App[int]):
    """The release tracker on the screen."""

    TITLE = "Release tracker"
    CSS_PATH = [Path(__file__).with_suffix(".tcss"), STYLE_SHEET]  # noqa: RUF012 - Textual types it as an instance's
    # The list is the first screen of all, whose own sheet Textual would read only after its first paint.

    BINDINGS: ClassVar[list[BindingType]] = [replace(key.binding, priority=True) for key in APP_KEYS]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING: ClassVar[str] = "ctrl+p"

    def __init__(self, tracker: Tracker, *, first_start: bool = False, look_every: float = POLL_EVERY) -> None:
        super().__init__()
        tracker.patience = lambda: KEY_PATIENCE if current_thread() is main_thread() else None
        tracker.on_wait = lambda holder: self.notify(
            f"Waiting for {holder} to finish writing the watchlist.", markup=False
        )
        self.tracker = tracker
        """The list that is shown."""
        self._first_start = first_start
        self._poll_every = look_every
        self._settings = tracker.settings
        self._contrast = ContrastFilter(lambda: self.ansi_theme)
        self._no_colour = NoColor()
        self._glyphs = choose_glyphs(self._settings.ascii)
        self.set_class(self._glyphs.ascii, "-ascii")
        self._main: MainScreen | None = None
        self._load_error = ""
        self._back_at = 0.0
        """When the terminal that was lent came back last, in seconds of the monotonic clock."""
        self._type_ahead = TypeAhead(self, self._give, self._is_held)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that leaves the terminal as it was, however the app ends."""
        if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
            return super().get_driver_class()
        from tracker.tui.terminal import TerminalDriver  # Windows has none of what it needs

        return TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what is done to each line before the terminal gets it."""
        filters = [*super().get_line_filters(), self._contrast]
        if self.no_color and self.native_ansi_color:
            # Textual decides by the first theme; greys are not to be had of the terminal's own colours.
            filters = [self._no_colour if isinstance(one, Monochrome) else one for one in filters]
        return filters

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, with a frame around the focus and a cursor that can be seen."""
        variables = super().get_css_variables()
        variables.update(make_visible(variables, ("accent", "border")))
        if self.native_ansi_color:
            # Its background is that of all others there; without colours, so is that of the cursor with the focus.
            variables["block-cursor-blurred-text-style"] = "underline"
            if self.no_color:
                variables["block-cursor-text-style"] = "reverse"
        return variables

    def get_default_screen(self) -> Screen[None]:
        """Begin with the list; where it cannot be read, with an empty screen for the trouble to come."""
        try:
            self._main = self._open_main()
        except TrackerError as error:
            self._load_error = str(error)
            return super().get_default_screen()
        return self._main

    def on_mount(self) -> None:
        theme = self.tracker.app_state.load().get("theme")
        if isinstance(theme, str) and theme in self.available_themes and theme != self.theme:
            self.theme = theme
        self._apply_keymap()
        if self._load_error:
            self._show_load_error()
        elif self._first_start:
            self.notify(str(self.tracker.path), title="Starter list created", markup=False, timeout=15)

    def _apply_keymap(self) -> None:
        wanted = self._settings
        known = {key.id: key.keys for key in ALL_KEYS}
        complaints = [wanted.error] if wanted.error else []
        where = self.tracker.paths.settings
        complaints += [
            f"{where}: there is no action “{name}”. Run “tracker help keys” for their names."
            for name in wanted.keys
            if name not in known
        ]
        clip_names = {key.id for key in CLIP_KEYS + CLIP_MARK_KEYS}
        for name, key in wanted.keys.items():
            # The keys of list and article are never on one screen.
            rivals = {other for other in known if other != name and (other in clip_names) == (name in clip_names)}
            others = [other for other, keys in known.items() if other in rivals and key in keys.split(",")]
            if others and others[0] not in wanted.keys:
                complaints.append(f"{where}: “{key}” is already the key of “{others[0]}”. Give that another key too.")
        if wanted.keys:
            self.set_keymap({name: key for name, key in wanted.keys.items() if name in known})
        if self._main is not None:
            complaints += self._main.saved_views.complaints()
        for complaint in complaints:
            self.notify(complaint, severity="warning", markup=False, timeout=15)

    def _open_main(self) -> MainScreen:
        parts = self.tracker.watchlist.open_in_parts()
        # The first part is read here, so that a list that cannot be read never gets a screen.
        first = next(parts)
        return MainScreen(self.tracker, self._glyphs, chain([first], parts), self._poll_every)

    def _show_load_error(self) -> None:
        from tracker.tui.dialogs.load_error import LoadErrorScreen

        self.push_screen(LoadErrorScreen(self.tracker, self._load_error), self._retry)

    def _retry(self, again: bool | None) -> None:
        try:
            self._main = self._open_main()
        except TrackerError as error:
            self._load_error = str(error)
            self._show_load_error()
            return
        self.push_screen(self._main)

    async def on_event(self, event: events.Event) -> None:
        # What was forwarded already comes back here if nothing below takes it.
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            await self._type_ahead.take(event)
        else:
            await super().on_event(event)

    def _is_held(self, event: events.Event) -> bool:
        return self._main is not None and self.screen is self._main and self._main.holds(event)

    async def _give(self, event: events.Event) -> None:
        """Hand on what was typed."""
        if event.time < self._back_at:
            return  # for the shell or an editor, while the terminal was about to be lent
        if isinstance(event, events.Paste):
            notice = prepare_paste(event, self.screen, self.focused)
            if notice is None:
                return
            if notice:
                self.notify(notice, severity="warning", timeout=8)
        await super().on_event(event)

    def simulate_key(self, key: str) -> None:
        """Press a key, before those that were typed ahead."""
        self.call_later(super().on_event, events.Key(key, None))

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal; what was typed until it is back was not for the app."""
        with super().suspend():
            yield
        self._back_at = time.monotonic()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something; what is told is data, never markup."""
        message, title = (self._glyphs.translate(clean(text)) for text in (message, title))
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    @on(Notify)
    def _tell_once(self, event: Notify) -> None:
        # A key that is refused again and again would fill the screen with the same words.
        new = event.notification
        for shown in list(self._notifications):
            if shown is not new and (shown.title, shown.message) == (new.title, new.message):
                self._unnotify(shown, refresh=False)

    @on(Notify)
    def _forget_gone_toasts(self) -> None:
        # Of a toast that goes before its time Textual leaves the box around it, which costs every layout.
        for box in self.screen.query("ToastHolder"):
            if box.is_mounted and not box.children:
                box.remove()
        # And it keeps the drawn lines of the last 1,024 widgets, gone or not: 100 kB for each toast.
        with suppress(ImportError, AttributeError):
            from textual._styles_cache import StylesCache  # no public name leads there

            StylesCache.get_inner_outer.cache_clear()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open an address in a browser with a window of its own; one in this terminal would fight for the screen."""
        import webbrowser  # only a link needs it

        try:
            in_terminal = type(webbrowser.get()) is webbrowser.GenericBrowser
        except webbrowser.Error:
            in_terminal = True
        if in_terminal:
            self.copy_to_clipboard(url)
            self.notify("No graphical browser found; the address is copied", timeout=6)
        else:
            super().open_url(url, new_tab=new_tab)

    def get_key_display(self, binding: Binding) -> str:
        """Return how a key is written; "" for an action without a key."""
        return "" if binding.key.startswith(NO_KEY) else super().get_key_display(binding)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer what no key does: themes and a picture of the screen."""
        for command in super().get_system_commands(screen):
            if command.title == "Theme":
                yield command._replace(help="Change the colours")
            elif command.title == "Screenshot":
                yield command._replace(help="Save a picture of the screen (SVG)")

    def action_help_quit(self) -> None:
        """Say which key quits: ctrl+c, which ends other programs, copies here."""
        bindings = (active.binding for active in self.active_bindings.values())
        keys = (self.get_key_display(binding) for binding in bindings if binding.action in ("quit", "app.quit"))
        words = f"Press {key_in_words(next(keys, '^q'))} to quit."
        self.notify(words, markup=False, timeout=4)

    def action_help(self) -> None:
        """Open help over whatever is open, or close it."""
        from tracker.tui.dialogs.guide import GuideDialog  # neither is seen at the start
        from tracker.tui.dialogs.help import HelpDialog

        is_from_help = isinstance(self.screen, GuideDialog) and isinstance(self.screen_stack[-2], HelpDialog)
        if isinstance(self.screen, HelpDialog) or is_from_help:
            self.screen.dismiss(None)
            return
        own = {key.id: self._settings.keys[key.id] for key in ALL_KEYS if key.id in self._settings.keys}
        shown = {
            name: " ".join(self.get_key_display(Binding(key, "")) for key in keys.split(","))
            for name, keys in own.items()
        }
        bars = self.screen.query(HintBar) if self.screen is not self._main else ()
        self.push_screen(HelpDialog(shown, [hint for bar in bars for hint in bar.hints]))

    async def action_quit(self) -> None:
        if self._main is not None:
            if not self._main.edits.may_leave():
                return
            self._save_memory(self._main)
        self.exit(0)

    def _save_memory(self, main: MainScreen) -> None:
        self.tracker.app_state.save({**main.memory, "theme": self.theme})

    def end(self, code: int) -> None:
        """Save what can be saved, and leave the app with this exit code."""
        if not self.screen.is_mounted:
            # Textual builds a screen by halves where it is left meanwhile.
            self.set_timer(0.02, partial(self.end, code))
            return
        message = None
        if self._main is not None and self._main.is_mounted:
            if self._main.edits.unsaved:
                self.tracker.patience = lambda: LAST_PATIENCE
                self._main.edits.save_again()
            if many := len(self._main.edits.unsaved):
                message = Text(f"tracker: {plural(many, 'edit')} could not be saved.")
            self._save_memory(self._main)
        self.exit(code, message=message)

    def end_process(self, code: int) -> None:
        """End the process when the edit that is being written is finished, from any thread."""
        self.tracker.watchlist.lock.acquire(timeout=LAST_EDIT)
        os._exit(code)

    def action_suspend_process(self) -> None:
        """Stop the app and all that it was started with, as the terminal does for other programs."""
        if self.is_headless or self.is_web or sys.platform == "win32" or os.getpgrp() == os.getsid(0):
            self.notify("There is no shell to return to here.", severity="warning", timeout=4)
            return
        from tracker.tui.terminal import stop_process_group  # as above

        with self.suspend():
            # Not before the terminal is given back: the shell takes it as soon as any of these is stopped.
            stop_process_group()
        self._show_anew()

    @on(Driver.SignalResume)
    def _show_anew(self) -> None:
        self.refresh(layout=True)
        if self._main is not None and self._main.watchlist.is_complete:
            self._main.files.poll_all()


def run(tracker: Tracker) -> int:
    """Run the app until it is left, and return its exit code."""
    try:
        first_start = tracker.new_list.make_starter()
    except TrackerError:
        first_start = False  # the app says why the list is not there
    app = TrackerApp(tracker, first_start=first_start)
    code = app.run() or app.return_code or 0
    if app.return_code:
        sys.stderr.write(
            "tracker: the app crashed. This is a bug. Your list is safe, and so is every saved edit. "
            "Report it with the text above.\n"
        )
    # What a thread writes is finished, and nothing is begun any more.
    tracker.watchlist.lock.acquire(timeout=LAST_EDIT)
    return code
