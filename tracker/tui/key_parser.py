"""Keys out of the bytes of a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key

_ESCAPE: Final = "\x1b"
_INTRODUCERS: Final = "[]OP_^\\"
"""What follows escape in ECMA-48 where more comes, or where something ends."""


class KeyParser(XTermParser):
    """Textual's parser, for which escape and another key in one read are two keys.

    A terminal without the Kitty protocol sends the same bytes for the key pressed with alt. Textual takes them for
    that, and drops the alt of a key that has a name: esc, Enter would be Enter. No key of the app has alt; those that
    move and delete by words while one types keep it.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if len(sequence) == 2 and sequence[0] == _ESCAPE and _is_two_keys(sequence):
            # At once: Textual would wait for more, and take all that is typed meanwhile for a part of it.
            alt, sequence = True, sequence[1]
        if alt:
            yield Key("escape", _ESCAPE)
        yield from super()._sequence_to_key_events(sequence)


def _is_two_keys(sequence: str) -> bool:
    """Return whether nothing that a terminal sends begins with these two characters."""
    if sequence[1] in _INTRODUCERS:
        return False
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    # Characters of a Mac's option key count as two keys too.
    return known is None or isinstance(known, str) or sequence == "\x1b\t"
