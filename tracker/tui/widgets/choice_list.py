"""A list of choices, with the movement keys and letters that go to a choice."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.widgets import OptionList

from tracker.tui.widgets.navigable import MOVE_BINDINGS, Navigable

_WORD: Final = re.compile(r"\w\w")


class ChoiceList(OptionList, Navigable):
    """Choices under headings, which are disabled options.

    A letter that is no key goes to the choice that begins with it, at the cursor or after it; once more, to the next.
    """

    BINDINGS: ClassVar[list[BindingType]] = MOVE_BINDINGS

    _last_jump: tuple[str, int | None] = ("", None)
    """The letter that was pressed last, and where it led."""

    def on_resize(self) -> None:
        self.call_after_refresh(self.scroll_to_highlight)

    def action_move(self, by: int) -> None:
        """Go so many choices up or down, without going round."""
        choices = self._choices
        if not choices:
            return
        if self.highlighted not in choices:
            self.highlighted = choices[0]
            return
        at = choices.index(self.highlighted) + by
        self.highlighted = choices[max(0, min(at, len(choices) - 1))]

    def action_page(self, by: int) -> None:
        self._move_page(-1 if by < 0 else 1)
        if self.highlighted is None and self._choices:
            # Beyond the page there is only a heading.
            self.highlighted = self._choices[0 if by < 0 else -1]
        if self._choices and self.highlighted == self._choices[0]:
            self.scroll_to_line(0)  # the heading above it

    def action_top(self) -> None:
        self.action_first()
        self.scroll_to_line(0)

    def action_bottom(self) -> None:
        self.action_last()

    def action_jump(self, by: int) -> None:
        starts = [at for at in self._choices if at and self.options[at - 1].disabled]
        here = self.highlighted or 0
        beyond = [at for at in starts if (at > here if by > 0 else at < here)]
        if beyond:
            self.highlighted = beyond[0] if by > 0 else beyond[-1]

    @property
    def _choices(self) -> list[int]:
        return [at for at, option in enumerate(self.options) if not option.disabled]

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").casefold()
        if letter.isalnum() and event.key not in self.screen.active_bindings and self._go_to_letter(letter):
            event.stop()

    def _go_to_letter(self, letter: str) -> bool:
        """Put the cursor on the next choice that begins with a letter, and return whether there is one."""
        matching = [at for at in self._choices if _first_letter(str(self.options[at].prompt)) == letter]
        if not matching:
            return False
        here = -1 if self.highlighted is None else self.highlighted
        # The same letter once more goes on; the first one may be that of the choice under the cursor.
        first = here + 1 if self._last_jump == (letter, here) else here
        self.highlighted = next((at for at in matching if at >= first), matching[0])
        self._last_jump = (letter, self.highlighted)
        return True


def _first_letter(text: str) -> str:
    """Return the first letter of the first word; a sign before it, which may be a letter in plain ASCII, is no word."""
    word = _WORD.search(text)
    return word[0][0].casefold() if word is not None else ""
