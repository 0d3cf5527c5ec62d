"""Every text that a person can see, in one file to read aloud: `python -m tests.strings --write` renews it.

Source does not tell for certain what is seen. The rule is simple and lists rather too much: each text of several words
or with a capital first, and the short labels of `_LABELS`, but nothing that the tables of hidden things or `_is_code`
leave out. What fills a text is in braces.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
STRINGS: Final = ROOT / "tests" / "strings.txt"
_LAYERS: Final = ("cli", "tui", "service", "store", "sources", "clipper", "export", "reports", "model", "guides", "")
"""The folders in the order of the list; "" for the modules outside of them."""

_LABELS: Final = {
    "Hint": (1,),
    "Binding": (2,),
    "PaneTab": (0,),
    "Row": (0,),
    "FormField": (1,),
    "Segment": (0,),
    "notify": (0,),
    "say": (0,),
    "Static": (0,),
    "update": (0,),
    "Field": (1,),
    "flag": (1,),
    "Command": (1,),
}
"""The calls in which a single word is a label, with the place of the argument."""
_HIDDEN_KEYWORDS: Final = frozenset({"id", "classes", "action"})
_LABEL_KEYWORDS: Final = frozenset({"label", "hint", "help", "title", "placeholder", "tooltip", "metavar"})
_KEY_ROW: Final = (3, 4)
"""Label and tooltip in a row of `tui/bindings.py`."""

_HIDDEN_MODULES: Final = {
    "model/countries.py": "names of countries, as their standard has them",
    "sources/languages.py": "names of languages, as their standard has them",
    "sources/wikidata/items.py": "names of items, as Wikidata has them",
    "sources/tmdb/statuses.py": "words of TMDB",
    "model/date_words.py": "words in which people write dates",
    "model/date_tokens.py": "names of the parts of a date",
    "tui/key_parser.py": "codes of terminals",
    "cli/completion.py": "scripts for shells",
    "service/__init__.py": "names of classes",
}
"""Modules that are tables, with the reason why nobody reads them on the screen."""
_SENTENCES_ONLY: Final = {
    "clipper/": "what it looks for in articles",
    "store/source_db.py": "columns of a database",
}
"""Modules, and folders, of which only sentences are listed, with the reason: what all other texts are there."""
_HIDDEN_CALLS: Final = {
    "patterns": "compile match fullmatch search sub findall split finditer",
    "what a text is tested for": "startswith endswith removeprefix removesuffix replace partition rpartition rsplit "
    "strip lstrip rstrip count rindex index find",
    "code": "execute executemany executescript TypeVar Literal NewType cast getenv getattr setattr strftime maketrans "
    "type watch run_in_thread Request Headers",
    "selectors": "query query_one query_exactly_one query_children query_ancestor get_child_by_id add_class set_class "
    "remove_class get_component_rich_style",
}
"""Functions whose arguments nobody sees, by what those are."""
_HIDDEN_FUNCTIONS: Final = frozenset(" ".join(_HIDDEN_CALLS.values()).split())
_HIDDEN_NAMES: Final = frozenset(
    {"CSS", "DEFAULT_CSS", "SCOPED_CSS", "__all__", "CSS_PATH", "COMPONENT_CLASSES", "BINDING_GROUP"}
)
_PATTERN: Final = re.compile(r"\(\?|\\[bBdDwWsS]|\[[^\]]*\][*+?{]|\.\*")
_STYLE: Final = re.compile(
    r"(?:(?:bold|dim|italic|underline|reverse|not) )*\$[a-z-]+(?: [a-z]+)?|\{\w+\} bold|(?: ?-?-[a-z-]+)+"
)
_SQL: Final = re.compile(
    r"\s*(?:SELECT|INSERT|DELETE|UPDATE|CREATE|PRAGMA|ALTER|DROP|ATTACH|DETACH|BEGIN|COMMIT|WITH|VALUES|PREFIX|CAST)\b"
)
_STRING_METHODS: Final = frozenset(dir(str)) | {"isoformat"}
_HOLE: Final = re.compile(r"\{[^{}]*\}")


def list_strings(folder: Path = ROOT / "tracker") -> str:
    """Return the texts of the package, a line for each, under the names of their modules."""
    modules = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py")}
    lines = []
    for name in sorted(modules, key=_module_order):
        if name not in _HIDDEN_MODULES and (texts := list_module(name, modules[name].read_text(encoding="utf-8"))):
            lines += ["", f"# {name}", *texts]
    return "\n".join(lines[1:]) + "\n"


def _module_order(name: str) -> tuple[int, str]:
    folder = name.partition("/")[0] if "/" in name else ""
    return _LAYERS.index(folder), name


def list_module(name: str, source: str) -> list[str]:
    """Return the texts of a module in the order of its source, each once."""
    is_seen = _is_sentence if name.startswith(tuple(_SENTENCES_ONLY)) else _is_seen
    texts = (text.strip() for text, is_label in _texts(ast.parse(source)) if is_seen(text, is_label=is_label))
    return [text.replace("\n", "\\n") for text in dict.fromkeys(texts)]


def _is_seen(text: str, *, is_label: bool) -> bool:
    words = _HOLE.sub("0", text).strip()
    is_text = is_label or " " in words or words[:1].isupper()
    return is_text and bool(re.search(r"[^\W\d_]{2}", words)) and not _is_code(text)


def _is_sentence(text: str, *, is_label: bool) -> bool:
    return _is_seen(text, is_label=is_label) and text.endswith((".", "…"))


def _is_code(text: str) -> bool:
    """Return whether a text is a pattern, a style, a statement of a database, or a constant or name of a format."""
    return bool(
        _PATTERN.search(text)
        or _SQL.match(text)
        or _STYLE.fullmatch(text)
        or re.fullmatch(r"[A-Z0-9:/_=-]+|[a-z]+/[a-z]+[,;].*|C[a-z]|(?:[A-Z]{2} )+[A-Z]{2}", text)
    )


def _texts(node: ast.AST, *, is_label: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the texts below a node in the order of the source, and whether each is the label of something."""
    if text := rendered(node):
        yield text, is_label
        yield from _texts_of_fillings(node)
    elif isinstance(node, ast.Call):
        yield from _texts_of_call(node)
    else:
        for part in _parts(node):
            yield from _texts(part, is_label=is_label)


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    """Return the parts of a node that can hold a text for a person: no docstring, annotation, or what is compared."""
    match node:
        case ast.Compare() | ast.Set() | ast.pattern() | ast.arg() | ast.Expr(value=ast.Constant()):
            return ()
        case ast.Dict(values=parts):
            return parts
        case ast.Subscript(value=part):
            return (part,)
        case ast.AnnAssign(target=target, value=part) | ast.Assign(targets=[target, *_], value=part):
            return () if part is None or _name(target) in _HIDDEN_NAMES else (part,)
        case ast.FunctionDef(args=arguments, body=body):
            return (arguments, *body)
    return ast.iter_child_nodes(node)


def _texts_of_call(call: ast.Call) -> Iterator[tuple[str, bool]]:
    name = _name(call.func)
    if not (name in {"split", "encode"} and isinstance(call.func, ast.Attribute)):
        yield from _texts(call.func)
    if name in _HIDDEN_FUNCTIONS:
        return
    labels = _LABELS.get(name, ())
    if name == "plural":
        yield _value(call), True
        return
    for place, argument in enumerate(call.args):
        if name == "keys" and isinstance(argument, ast.Tuple):
            yield from _texts_of_keys(argument)
        else:
            yield from _texts(argument, is_label=place in labels)
    for keyword in call.keywords:
        if keyword.arg not in _HIDDEN_KEYWORDS:
            yield from _texts(keyword.value, is_label=keyword.arg in _LABEL_KEYWORDS)


def _texts_of_keys(group: ast.Tuple) -> Iterator[tuple[str, bool]]:
    heading, rows = group.elts
    yield from _texts(heading, is_label=True)
    for row in rows.elts if isinstance(rows, ast.Tuple) else ():
        for place in _KEY_ROW:
            yield from _texts(row.elts[place], is_label=True) if isinstance(row, ast.Tuple) else ()


def _texts_of_fillings(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """Yield the texts that are made within what fills a text."""
    for part in ast.walk(node):
        if isinstance(part, ast.FormattedValue) and "|" not in (value := _value(part.value)) and value[:2] != "n ":
            yield from _texts(part.value)


def rendered(node: ast.AST) -> str:
    """Return a text with what fills it in braces; "" for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(rendered, parts))
        case ast.FormattedValue(value=value):
            return f"{{{_value(value)}}}"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            texts = rendered(left), rendered(right)
            sides = zip(texts, (left, right), strict=True)
            return "".join(text or f"{{{_value(side)}}}" for text, side in sides) if any(texts) else ""
    return ""


def _value(node: ast.expr) -> str:
    """Return a short name of what fills a text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return rendered(node)
        case ast.IfExp(body=body, orelse=orelse):
            return f"{_value(body)}|{_value(orelse)}"
        case ast.BoolOp(values=values):
            return "|".join(map(_value, values))
        case ast.Call():
            return _value_of_call(node)
        case ast.Attribute(value=value, attr="__name__") | ast.Subscript(value=value):
            return _value(value)
    return _name(node) or "…"


def _value_of_call(call: ast.Call) -> str:
    match call:
        case ast.Call(func=function, args=[_, noun, *others]) if _name(function) == "plural":
            return f"n {_value(others[0])}" if others else f"n {_value(noun)}s"
        case ast.Call(func=ast.Attribute(value=ast.Constant() as joint), args=[_, *_]):
            return f"a{_value(joint)}b"
        case ast.Call(func=ast.Name(id="len")):
            return "n"
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in _STRING_METHODS:
            return _value(value)
        case ast.Call(args=[argument]) if isinstance(argument, ast.Name | ast.Attribute):
            return _name(argument)
    return _name(call.func) or "…"


def _name(node: ast.expr) -> str:
    """Return the last name of an expression, without an underscore before it."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name if name.startswith("__") else name.removeprefix("_")
    return ""


def main() -> None:
    """Print the texts, or write them into the file."""
    if "--write" in sys.argv:
        STRINGS.write_text(list_strings(), encoding="utf-8")
    else:
        sys.stdout.write(list_strings())


if __name__ == "__main__":
    main()
