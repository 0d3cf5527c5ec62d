"""The owner's notify command."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tracker.model.news import NewsItem

SECONDS: Final = 30
"""How long the command may take."""


def run_notify_command(command: str, items: Iterable[NewsItem], reminders: Iterable[Mapping[str, Any]] = ()) -> str:
    """Give news and reminders to the owner's command, and return what went wrong, "" for nothing.

    Both are JSON on its standard input, in one object. Quiet news is left out; without anything else the command is
    not run.
    """
    given = {"news": [item.as_json() for item in items if item.grade != "quiet"], "reminders": list(reminders)}
    if not command or not any(given.values()):
        return ""
    try:
        subprocess.run(  # noqa: S603 - the owner's own command
            shlex.split(command), input=json.dumps(given, ensure_ascii=False), text=True, timeout=SECONDS,
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        return f"Can't start the notify command: {error.strerror or error}."
    except ValueError:
        return "The notify command has an unclosed quote."
    except subprocess.TimeoutExpired:
        return f"The notify command took longer than {SECONDS} seconds."
    except subprocess.CalledProcessError as error:
        return f"The notify command ended with code {error.returncode}."
    return ""
