"""The map in `tracker/README.md`, from the first lines of the modules: `python -m tests.contributor_map` renews it."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "tracker" / "README.md"
START, END = "<!-- map -->\n```\n", "```\n<!-- /map -->"
_COLUMN = 30
_ROOM = 90


def map_lines(folder: Path, depth: int = 0) -> Iterator[str]:
    """Yield a line for each folder and module below a folder: what it is called, and what it has."""
    modules = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    for path in [*modules, *sorted(path.parent for path in folder.glob("*/__init__.py"))]:
        is_module = path.suffix == ".py"
        name = "  " * depth + path.name + ("" if is_module else "/")
        source = (path if is_module else path / "__init__.py").read_text(encoding="utf-8")
        purpose = (ast.get_docstring(ast.parse(source)) or "").partition("\n\n")[0].replace("\n", " ").rstrip(".")
        if len(purpose) > _ROOM:
            purpose = textwrap.shorten(re.split("[:;] ", purpose)[0], _ROOM, placeholder=" …")
        yield f"{name:<{_COLUMN}}{purpose}".rstrip()
        if not is_module:
            yield from map_lines(path, depth + 1)


def main() -> None:
    """Write the map."""
    before, _, rest = README.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    lines = "\n".join(map_lines(ROOT / "tracker"))
    README.write_text(f"{before}{START}{lines}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
