"""The papers for contributors name what is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contributor_map import END, ROOT, START, map_lines

PAPERS = (
    "tracker/README.md", "tests/README.md", ".github/CONTRIBUTING.md",
    ".github/pull_request_template.md",
)  # fmt: skip
_PATH = re.compile(r"`([\w.-]*/?(?:[\w.-]+/)*[\w.-]+\.(?:py|md|toml|tcss|yml|yaml|txt)|(?:[\w.-]+/)+)`|\]\(([^)#:]+)\)")
_NAME = re.compile(r"`([\w/]+\.py)` ·\s+`([\w.]+)`")


def read(paper: str) -> str:
    path = ROOT / paper
    if not path.exists():
        pytest.skip(f"{paper} is not written yet")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS)
def test_paths_in_papers_exist(paper: str) -> None:
    bases = (ROOT, (ROOT / paper).parent, ROOT / "tracker")
    text = re.sub("^```.*?^```", "", read(paper), flags=re.DOTALL | re.MULTILINE)
    paths = {path or link for path, link in _PATH.findall(text)}
    assert [path for path in sorted(paths) if not any((base / path).exists() for base in bases)] == []


def names_of(path: Path) -> Iterator[str]:
    """Yield what a module defines: functions, classes, constants, and methods behind their class."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            methods = (item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef))
            yield from (f"{node.name}.{method.name}" for method in methods)


@pytest.mark.parametrize("paper", PAPERS)
def test_names_in_papers_exist(paper: str) -> None:
    named = _NAME.findall(read(paper))
    assert [pair for pair in named if pair[1] not in set(names_of(ROOT / "tracker" / pair[0]))] == []


def test_map_has_every_module() -> None:
    drawn = read("tracker/README.md").partition(START)[2].partition(END)[0].splitlines()
    # What modules are for is said in them; the map is renewed when a file comes or goes.
    drawn_names, names = ([line[:30].rstrip() for line in lines] for lines in (drawn, map_lines(ROOT / "tracker")))
    assert drawn_names == names, "python -m tests.contributor_map renews the map"
