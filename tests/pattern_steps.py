"""Count the steps of a regular expression, which Python's own engine does not tell.

A small backtracking matcher over the tree that `re` parses. It takes the same ways in the same order as `re`, without
its shortcuts, so that what grows here may be quick there, and what is linear here is linear there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

Node = tuple[Any, Any]
_LINE_ENDS: Final = "\n"
_MOST_TURNS: Final = 4
_WITH_WAYS: Final = frozenset({op.SUBPATTERN, op.BRANCH, op.MAX_REPEAT, op.MIN_REPEAT, op.GROUPREF})
"""Nodes that may end in several places."""


class TooManySteps(Exception):
    """The pattern took more steps than it may."""


class Matcher:
    """Runs a pattern and counts each look at a character, a place or a way to go on."""

    def __init__(self, pattern: str, flags: int, most: int = 100_000) -> None:
        state = parser.parse(pattern, flags)
        self._nodes = list(state)
        self._flags = state.state.flags
        self._most = most
        self._groups: dict[int, tuple[int, int]] = {}
        self.steps = 0

    def match(self, text: str) -> int | None:
        """Return where a match at the beginning of the text ends; None for no match."""
        self.steps, self._groups = 0, {}
        return next(self._sequence(self._nodes, 0, text, 0), None)

    def count(self, text: str, mode: str) -> int:
        """Return the steps in a text: of one `match` or `fullmatch`, or of all matches of a `search`."""
        self.steps, self._groups = 0, {}
        if mode != "search":
            for end in self._sequence(self._nodes, 0, text, 0):
                if mode == "match" or end == len(text):
                    break
            return self.steps
        at = 0
        while at <= len(text):
            found = next(self._sequence(self._nodes, 0, text, at), None)
            at = at + 1 if found is None or found == at else found
        return self.steps

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self._most:
            raise TooManySteps

    def _sequence(self, nodes: list[Node], number: int, text: str, at: int) -> Iterator[int]:
        """Yield where the nodes from this one on may end, in the order in which `re` tries them."""
        while number < len(nodes):
            name, value = nodes[number]
            if name in _WITH_WAYS:
                for end in self._ways(name, value, text, at):
                    yield from self._sequence(nodes, number + 1, text, end)
                return
            if (only_end := self._only_end(name, value, text, at)) is None:
                return
            at = only_end
            number += 1
        yield at

    def _only_end(self, name: Any, value: Any, text: str, at: int) -> int | None:
        """Return where a node ends that ends in one place at most; None where it does not match."""
        if (is_match := _single(name, value, self._flags)) is not None:
            self._step()
            return at + 1 if at < len(text) and is_match(text[at]) else None
        match name:
            case op.AT:
                self._step()
                return at if self._is_at(value, text, at) else None
            case op.ATOMIC_GROUP:
                return next(self._sequence(list(value), 0, text, at), None)
            case op.POSSESSIVE_REPEAT:
                return next(self._repeat(value, text, at, is_greedy=True), None)
            case op.ASSERT | op.ASSERT_NOT:
                direction, inner = value
                start = at if direction > 0 else at - inner.getwidth()[0]
                is_there = start >= 0 and next(self._sequence(list(inner), 0, text, start), None) is not None
                return at if is_there is (name is op.ASSERT) else None
        raise NotImplementedError(name)

    def _ways(self, name: Any, value: Any, text: str, at: int) -> Iterator[int]:
        if name is op.SUBPATTERN:
            group, _, _, inner = value
            for end in self._sequence(list(inner), 0, text, at):
                if group is not None:
                    self._groups[group] = (at, end)
                yield end
        elif name is op.BRANCH:
            for inner in value[1]:
                yield from self._sequence(list(inner), 0, text, at)
        elif name in (op.MAX_REPEAT, op.MIN_REPEAT):
            yield from self._repeat(value, text, at, is_greedy=name is op.MAX_REPEAT)
        elif name is op.GROUPREF:
            start, stop = self._groups.get(value, (0, 0))
            self._step()
            if text.startswith(text[start:stop], at):
                yield at + stop - start
        else:
            raise NotImplementedError(name)

    def _repeat(self, value: Any, text: str, at: int, *, is_greedy: bool) -> Iterator[int]:
        least, most, inner = value
        # A repetition with an end costs the same for any text: with a few of its turns, small texts show the others.
        least, most = min(least, _MOST_TURNS), most if most is op.MAXREPEAT else min(most, _MOST_TURNS)
        nodes = list(inner)
        places = [at]
        open_ways: list[Iterator[int]] = []
        if not is_greedy and least == 0:
            yield at
        while True:
            count = len(places) - 1
            if len(open_ways) <= count and (most is op.MAXREPEAT or count < most):
                self._step()
                open_ways.append(self._sequence(nodes, 0, text, places[-1]))
            if len(open_ways) > count and (end := next(open_ways[-1], None)) is not None:
                if end == places[-1] and count >= least:
                    continue
                places.append(end)
                if not is_greedy and count + 1 >= least:
                    yield end
                continue
            if is_greedy and count >= least:
                yield places[-1]
            if len(open_ways) > count:
                open_ways.pop()
            if not open_ways:
                return
            places.pop()

    def _is_at(self, where: Any, text: str, at: int) -> bool:
        match where:
            case op.AT_BEGINNING:
                return at == 0 or (bool(self._flags & re.MULTILINE) and text[at - 1] == _LINE_ENDS)
            case op.AT_BEGINNING_STRING:
                return at == 0
            case op.AT_END:
                is_last = at == len(text) or (at == len(text) - 1 and text[at] == _LINE_ENDS)
                return is_last or (bool(self._flags & re.MULTILINE) and text[at] == _LINE_ENDS)
            case op.AT_END_STRING:
                return at == len(text)
        is_word = [place in range(len(text)) and bool(re.match(r"\w", text[place])) for place in (at - 1, at)]
        return (is_word[0] != is_word[1]) is (where is op.AT_BOUNDARY)


def _single(name: Any, value: Any, flags: int) -> Callable[[str], bool] | None:
    """Return what tells whether a character fits a node that takes exactly one; None for any other node."""
    if name not in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.CATEGORY):
        return None
    return _fitting(name, tuple(value) if isinstance(value, list) else value, flags)


@cache
def _fitting(name: Any, value: Any, flags: int) -> Callable[[str], bool]:
    """Return what tells whether a character is one of a set."""
    if name is op.ANY:
        return lambda char: bool(flags & re.DOTALL) or char != _LINE_ENDS
    parts = [(name, value)] if name is not op.IN else list(value)
    is_negated = name is op.NOT_LITERAL or (parts[0][0] is op.NEGATE)

    @cache
    def is_match(char: str) -> bool:
        forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
        return any(_fits(part, form) for part in parts for form in forms) is not is_negated

    return is_match


def _fits(part: Node, char: str) -> bool:
    name, value = part
    match name:
        case op.LITERAL | op.NOT_LITERAL:
            return ord(char) == int(value)
        case op.RANGE:
            return int(value[0]) <= ord(char) <= int(value[1])
        case op.CATEGORY:
            kind = str(value).removeprefix("CATEGORY_").removeprefix("NOT_")
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[kind]
            return bool(re.match(f"\\{letter.upper() if 'NOT' in str(value) else letter}", char))
    return False


def hostile_texts(pattern: str, flags: int, size: int) -> Iterator[str]:
    """Yield texts of about this size on which this pattern may be slow, made of what it looks for."""
    nodes = list(parser.parse(pattern, flags))
    starts = dict.fromkeys(["", *_beginnings(nodes)])
    characters = list(dict.fromkeys([*" a0\n", *_characters(nodes)]))
    specials = [char for char in characters if not char.isalnum() or char in "a0"][:8]
    alphabet = specials + [char for char in characters if char not in specials][:3]
    for start in starts:
        for char in alphabet:
            # What fits nowhere comes last, so that all ways are tried.
            yield start + char * size + "\x01"
            if start:
                yield (start + char) * max(1, size // (len(start) + 1))
    for one, other in permutations(specials, 2):
        yield (one + other) * (size // 2) + "\x01"


def _beginnings(nodes: Iterable[Node], before: str = "") -> Iterator[str]:
    """Yield a text that leads to each repetition without an end."""
    for name, value in nodes:
        match name:
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                yield from _beginnings(value[2], before)
                if value[1] is op.MAXREPEAT or value[1] > 10:
                    yield before
                before += _sample(value[2]) * max(value[0], 1 if value[1] is op.MAXREPEAT else 0)
                continue
            case op.SUBPATTERN:
                yield from _beginnings(value[3], before)
            case op.BRANCH:
                for inner in value[1]:
                    yield from _beginnings(inner, before)
            case op.ATOMIC_GROUP:
                yield from _beginnings(value, before)
            case op.ASSERT:
                yield from _beginnings(value[1], before)
                continue
        before += _sample([(name, value)])


def _sample(nodes: Iterable[Node]) -> str:
    """Return a text that the nodes match, more or less."""
    text = ""
    for name, value in nodes:
        match name:
            case op.LITERAL:
                text += chr(value)
            case op.ANY | op.NOT_LITERAL | op.IN | op.CATEGORY:
                text += next(_characters([(name, value)]), "a")
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                text += _sample(value[2]) * max(value[0], 0)
            case op.SUBPATTERN:
                text += _sample(value[3])
            case op.BRANCH:
                text += _sample(value[1][0])
            case op.ATOMIC_GROUP:
                text += _sample(value)
    return text


def _characters(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield characters that the nodes look for, one for each set."""
    for name, value in nodes:
        match name:
            case op.LITERAL | op.NOT_LITERAL:
                yield chr(value)
            case op.RANGE:
                yield chr(value[0])
            case op.CATEGORY:
                yield {"DIGIT": "0", "SPACE": " ", "WORD": "a"}[str(value).rpartition("_")[2]]
            case op.IN:
                is_match = _fitting(name, tuple(value), 0)
                inside = [char for char in _characters(value) if is_match(char)]
                yield from inside[:4] or [char for char in 'a0 -".\n' if is_match(char)][:1]
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                yield from _characters(value[2])
            case op.SUBPATTERN:
                yield from _characters(value[3])
            case op.BRANCH:
                for inner in value[1]:
                    yield from _characters(inner)
            case op.ATOMIC_GROUP:
                yield from _characters(value)
            case op.ASSERT | op.ASSERT_NOT:
                yield from _characters(value[1])
