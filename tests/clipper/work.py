"""How much work it is to read an article, counted and not timed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType, ModuleType
from typing import Any, Final, NamedTuple

import tracker.clipper.extract
from tracker.model.article_draft import Article, Draft

_ASKED: Final = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")
"""What patterns are asked for."""
_PLACED: Final = ("search", "match", "fullmatch", "finditer", "findall")
"""Of these, what may be asked of a part of a text."""


class Work(NamedTuple):
    """What was done."""

    lines: int
    """Lines of the package's Python that were run; each turn of a loop runs its line again."""
    characters: int
    """The lengths of all strings that were handed to regular expressions, each as often as it was."""


class Counted:
    """A pattern that adds up the lengths of what it is asked to look at."""

    def __init__(self, pattern: re.Pattern[str], seen: Callable[[int], None]) -> None:
        self._pattern = pattern
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if name not in _ASKED:
            return found

        def asked(*args: Any, **named: Any) -> Any:
            text = args[1] if name == "sub" else args[0]
            first, last = (*args[1:3], len(text))[:2] if name in _PLACED and len(args) > 1 else (0, len(text))
            self._seen(max(0, min(last, len(text)) - first))
            return found(*args, **named)

        return asked


class Re:
    """The module `re`, with patterns that count."""

    def __init__(self, wrapped: Callable[[re.Pattern[str]], Counted]) -> None:
        self._wrapped = wrapped

    def compile(self, pattern: str, flags: int = 0) -> Counted:
        return self._wrapped(re.compile(pattern, flags))

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            return getattr(re, name)

        def asked(pattern: str, *args: Any, flags: int = 0) -> Any:
            if name in _PLACED and len(args) > 1:
                args, flags = args[:1], args[1]
            return getattr(self.compile(pattern, flags), name)(*args)

        return asked


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(module for name, module in sorted(sys.modules.items()) if name.startswith("tracker.clipper."))


@contextmanager
def _counting(seen: Callable[[int], None]) -> Iterator[None]:
    """Let each pattern of the package count, wherever a module keeps it."""
    known: dict[int, tuple[re.Pattern[str], Counted]] = {}

    def wrapped(pattern: re.Pattern[str]) -> Counted:
        return known.setdefault(id(pattern), (pattern, Counted(pattern, seen)))[1]

    def swapped(value: Any) -> Any:
        match value:
            case re.Pattern():
                return wrapped(value)
            case tuple() if type(value) is tuple:
                return tuple(swapped(one) for one in value)
            case dict():
                return {name: swapped(one) for name, one in value.items()}
        return re_ if value is re else value

    re_ = Re(wrapped)
    kept = [(module, name, value) for module in _modules() for name, value in vars(module).items() if name[:2] != "__"]
    try:
        for module, name, value in kept:
            if (new := swapped(value)) is not value:
                setattr(module, name, new)
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def _forget() -> None:
    """Empty what the package remembers of texts that it has read."""
    re.purge()
    for module in _modules():
        for value in vars(module).values():
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()


def work_of(article: Article) -> tuple[Work, Draft]:
    """Read an article and return what was done for it."""
    lines = characters = 0

    def seen(many: int) -> None:
        nonlocal characters
        characters += many

    def ran(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return ran

    def called(frame: FrameType, event: str, arg: object) -> Any:
        return ran if frame.f_globals.get("__name__", "").startswith("tracker.clipper") else None

    _forget()
    before = sys.gettrace()
    with _counting(seen):
        sys.settrace(called)
        try:
            draft = tracker.clipper.extract.extract(article)
        finally:
            sys.settrace(before)
    return Work(lines, characters), draft
