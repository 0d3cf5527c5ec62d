"""Rules of the house that ruff does not know: layers, markup and handlers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.figures import import_circles, own_classes, repeated_class_names
from tracker.service import Tracker
from tracker.tui.main.screen import MainScreen

ROOT = Path(__file__).parent.parent
TUI = sorted((ROOT / "tracker" / "tui").rglob("*.py"))
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tracker", "data", "tests", "screenshots"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_markup_is_never_made_from_data() -> None:
    markup = re.compile(r"notify\((?![^)]*markup=False)[^)]*\{|from_markup\(|markup=True")
    assert [name_of(path) for path in TUI if markup.search(path.read_text(encoding="utf-8"))] == []


def test_handlers_are_in_widgets() -> None:
    # A class that derives from nothing is never asked for its `@on` methods, and nothing says so.
    lost = [
        f"{name_of(path)}: {node.name}"
        for path in TUI
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.bases
        for item in node.body
        if isinstance(item, ast.FunctionDef) and any(ast.unparse(d).startswith("on(") for d in item.decorator_list)
    ]
    assert lost == []


@pytest.mark.parametrize("cls", [MainScreen, Tracker])
def test_large_classes_are_composed(cls: type) -> None:
    # Parts are attributes: a class is never split over files by inheritance.
    assert own_classes(cls) == [cls.__name__]


def test_class_names_are_unique() -> None:
    assert repeated_class_names() == {}


def test_no_import_circles() -> None:
    assert import_circles() == []


def test_layers_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_top_level_is_tidy() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    top = {name.split("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL
