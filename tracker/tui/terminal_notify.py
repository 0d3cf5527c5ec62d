"""Notices of the terminal itself, for those that have them: OSC 9 and OSC 777."""

from __future__ import annotations

import os
from collections.abc import Mapping

from textual.app import App

from tracker.text import clean_line, shorten


def notify_sequence(environment: Mapping[str, str], title: str, text: str) -> str:
    """Return the escape sequence that shows a notice in this terminal, "" where it is not known to have any.

    OSC 9 is of iTerm2, OSC 777 of rxvt-unicode; others took over one of them.
    """
    if environment.get("TMUX") or environment.get("STY"):
        # What they inherited is of the terminal around them, which they do not let through to.
        return ""
    program, term = environment.get("TERM_PROGRAM", ""), environment.get("TERM", "")
    # What separates the parts of a sequence must not be in one, and what could end it was cleaned away.
    title, text = (shorten(clean_line(part)).replace(";", ",") for part in (title, text))
    if program in ("iTerm.app", "WezTerm", "ghostty") or term in ("xterm-ghostty", "xterm-kitty"):
        return f"\x1b]9;{title}: {text}\x1b\\"
    if term.startswith(("rxvt-unicode", "foot")) or environment.get("VTE_VERSION"):
        return f"\x1b]777;notify;{title};{text}\x1b\\"
    return ""


def notify_terminal(app: App[object], title: str, text: str) -> None:
    """Show a notice of the terminal, where it has any."""
    sequence = notify_sequence(os.environ, title, text)
    # Only the driver may write to the terminal: a sequence in the middle of another would garble the screen.
    if sequence and (driver := app._driver) is not None:  # noqa: SLF001
        driver.write(sequence)
