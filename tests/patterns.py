"""Every regular expression of the program, found in its source, so that a new one is in the tests by itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from typing import Any, Final, NamedTuple

import tracker

_FUNCTIONS: Final = {
    "match": "match", "fullmatch": "fullmatch", "search": "search", "split": "search", "sub": "search",
    "subn": "search", "findall": "search", "finditer": "search", "compile": "",
}  # fmt: skip
"""How the functions of `re` go through a text; a compiled pattern may do it in any way."""
_FOLDER: Final = Path(tracker.__file__).parent


class PatternUse(NamedTuple):
    """A pattern, and how it goes through texts: "match" and "fullmatch" begin at one place, "search" anywhere."""

    place: str
    pattern: str
    flags: int
    mode: str


def patterns(module: str) -> list[PatternUse]:
    """Return the patterns in the source of a module."""
    path = _FOLDER.joinpath(*module.split(".")[1:]).with_suffix(".py")
    return list(_find(module, ast.parse(path.read_text(encoding="utf-8"))))


def modules() -> list[str]:
    """Return the names of all modules that use regular expressions."""
    files = (file for file in sorted(_FOLDER.rglob("*.py")) if "import re\n" in file.read_text(encoding="utf-8"))
    return [".".join(("tracker", *file.relative_to(_FOLDER).with_suffix("").parts)) for file in files]


def _find(name: str, tree: ast.Module) -> Iterator[PatternUse]:
    uses = _uses(tree)
    names = _tables(tree, vars(import_module(name)))
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), function), [pattern, *_]) if function in _FUNCTIONS:
                options = " ".join(map(ast.unparse, (*node.args[1:], *(word.value for word in node.keywords))))
                flags = reduce(or_, (getattr(re, flag) for flag in re.findall(r"\bre\.([A-Z]+)\b", options)), 0)
                mode = _FUNCTIONS[function] or uses.get(node, "search")
                for text in _texts(pattern, names):
                    yield PatternUse(f"{name}:{node.lineno}", text, int(flags), mode)


def _uses(tree: ast.Module) -> dict[ast.AST, str]:
    """Return how patterns that have a name of their own go through texts, by the call that makes them."""
    made = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Call)
    }
    modes: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ast.Name(name), function) if name in made and function in _FUNCTIONS:
                modes.setdefault(name, set()).add(_FUNCTIONS[function])
            case ast.Call(ast.Attribute(ast.Name(name), "match"), [_, _, *_]) if name in made:
                modes.setdefault(name, set()).add("search")
            case ast.Call(ast.Attribute(ast.Name("re"), function), [ast.Name(name), *_]) if (
                name in made and function in _FUNCTIONS
            ):
                modes.setdefault(name, set()).add(_FUNCTIONS[function])
    return {made[name]: next(iter(kinds)) for name, kinds in modes.items() if len(kinds) == 1}


def _texts(node: ast.expr, names: dict[str, Any]) -> list[str]:
    """Return what a pattern in the source is; what only a run knows is a letter, or each of the texts of a table."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.Constant(bytes(data)):
            return [data.decode("latin-1")]
        case ast.JoinedStr(parts):
            return ["".join(_texts(part, names)[0] for part in parts)]
        case ast.FormattedValue(value):
            return _texts(value, names)
        case ast.Attribute(value, "pattern"):
            return _texts(value, names)
        case ast.BinOp(left, ast.Add(), right):
            return [_texts(left, names)[0] + _texts(right, names)[0]]
        case ast.Call():
            return ["x"]
        case _:
            value = names.get(ast.unparse(node), "x")
            return value if isinstance(value, list) else [getattr(value, "pattern", value)]


def _tables(tree: ast.Module, names: dict[str, Any]) -> dict[str, Any]:
    """Return the names of a module, with those of its loops over tables: all the texts that they are."""
    values = dict(names)
    for node in ast.walk(tree):
        match node:
            case (ast.For() | ast.comprehension()) as loop:
                targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
                with suppress(NameError, TypeError, KeyError, AttributeError):
                    rows = list(eval(ast.unparse(loop.iter), names))
                    for place, target in enumerate(targets):
                        texts = [row[place] if isinstance(loop.target, ast.Tuple) else row for row in rows]
                        if isinstance(target, ast.Name) and texts and all(isinstance(text, str) for text in texts):
                            values[target.id] = texts
    return values
