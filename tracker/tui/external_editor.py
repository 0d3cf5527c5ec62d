"""Opening a file at a line in the owner's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from textual.app import App, SuspendNotSupported


def editor_command(editor: str, path: Path, line: int) -> list[str]:
    """Return the command that opens `path` at `line`; editors name lines in three ways.

    The path is given in full: no editor takes the name of the file for an option.

    Raises:
        ValueError: The editor's command has an open quote.
    """
    words, path = shlex.split(editor), path.absolute()
    name = Path(words[0]).name if words else ""
    if name in ("code", "codium", "cursor", "windsurf"):
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{line}"]
    if name in ("hx", "helix", "subl", "zed"):
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def open_in_editor(app: App[object], path: Path, line: int) -> str:
    """Leave the screen to the editor until it ends; return what went wrong as a sentence, "" for nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    problem = ""
    try:
        command = editor_command(editor, path, line)
        with app.suspend():
            # textual#6692: an exception inside of this block would leave the terminal suspended.
            try:
                code = subprocess.run(command, check=False).returncode  # noqa: S603 - the owner's own editor
                problem = f"{editor} exited with code {code}." if code else ""
            except OSError as error:
                problem = f"Can't start “{editor}”: {error.strerror}. Set $EDITOR to your editor."
    except ValueError:
        problem = f"$EDITOR has an unclosed quote: “{editor}”."
    except FileNotFoundError:
        problem = "The folder the app was started in is gone."
    except SuspendNotSupported:
        problem = f"Can't open an editor in this terminal. Open {path} at line {line} yourself."
    return problem
