"""Rules of the house that no linter knows: sizes, layers, and how data meets markup."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "tracker").rglob("*.py"))
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tracker", "data", "tests", "screenshots"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_over_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_most_modules_are_under_150_lines() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert sum(length < 150 for length in lengths) > len(lengths) / 2


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_class_has_more_than_25_methods(path: Path) -> None:
    for node in classes(path):
        methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
        assert len(methods) <= 25, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_owns(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", [p for p in MODULES if "tui" in p.parts], ids=name_of)
def test_markup_is_never_made_from_data(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"notify\((?![^)]*markup=False)[^)]*\{", source)
    assert "from_markup(" not in source
    assert "markup=True" not in source


@pytest.mark.parametrize("path", [p for p in MODULES if "tui" in p.parts], ids=name_of)
def test_handlers_stand_in_classes_in_which_textual_finds_them(path: Path) -> None:
    # A class that derives from nothing is never asked for its `@on` methods, and nothing says so.
    for node in classes(path):
        decorated = [d for item in node.body if isinstance(item, ast.FunctionDef) for d in item.decorator_list]
        assert node.bases or not any(ast.unparse(d).startswith("on(") for d in decorated), node.name


def test_the_layers_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_nothing_else_stands_at_the_top() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    top = {name.split("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL
