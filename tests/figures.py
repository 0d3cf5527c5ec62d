"""The figures of structure: `python -m tests.figures`."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent


def own_classes(cls: type) -> list[str]:
    """Return the classes of the program that a class consists of."""
    return [base.__qualname__ for base in cls.__mro__ if base.__module__.startswith("tracker.")]


def import_circles() -> list[list[str]]:
    """Return the groups of modules that import one another, also by way of others."""
    graph = grimp.build_graph("tracker")
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    reached = {module: _reach(module, imports) for module in imports}
    groups = {frozenset(other for other in reached[m] if m in reached[other]) for m in imports if m in reached[m]}
    return sorted(map(sorted, groups))


def _reach(start: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    pending = [start]
    while pending:
        for module in set(imports[pending.pop()]) - reached:
            reached.add(module)
            pending.append(module)
    return reached


def count_lines(paths: Iterable[Path]) -> int:
    """Return the number of lines in files."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def repeated_class_names() -> dict[str, list[str]]:
    """Return the names that public classes of several modules have, with the modules."""
    modules = defaultdict(list)
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(str(path.relative_to(ROOT)))
    return {name: paths for name, paths in modules.items() if len(paths) > 1}


def repeated_file_names() -> list[str]:
    """Return the names that several modules have."""
    names = Counter(path.name for path in (ROOT / "tracker").rglob("*.py") if path.name != "__init__.py")
    return sorted(name for name, count in names.items() if count > 1)


def count_tests() -> int:
    """Return the number of tests in an ordinary run."""
    argv = [sys.executable, "-m", "pytest", "-o", "addopts=", "-m", "not slow", "--collect-only", "-q"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    return sum("::" in line for line in done.stdout.splitlines())


def main() -> int:
    """Print the figures."""
    from tracker.service import Tracker
    from tracker.tui.main.screen import MainScreen

    program = list((ROOT / "tracker").rglob("*.py"))
    clipper = list((ROOT / "tracker" / "clipper").rglob("*.py"))
    tests = list((ROOT / "tests").rglob("*.py"))
    classes, files, circles = repeated_class_names(), repeated_file_names(), import_circles()
    rows = {
        "classes of ours in MainScreen": f"{len(own_classes(MainScreen))}  {', '.join(own_classes(MainScreen))}",
        "classes of ours in Tracker": f"{len(own_classes(Tracker))}  {', '.join(own_classes(Tracker))}",
        "import circles": f"{len(circles)}  {'; '.join(' '.join(circle) for circle in circles)}",
        "lines under tracker/": f"{count_lines(program):,}",
        "lines under tracker/ without the clipper": f"{count_lines(program) - count_lines(clipper):,}",
        "lines under tests/": f"{count_lines(tests):,}",
        "tests": f"{count_tests():,}",
        "class names used twice": f"{len(classes)}  {', '.join(classes)}",
        "file names used twice": f"{len(files)}  {', '.join(files)}",
    }
    for name, value in rows.items():
        print(f"{name:<42} {value}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
