"""Telling the owner of news outside of the program: by a command of theirs."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterable
from typing import Final

from tracker.model.news import NewsItem

SECONDS: Final = 30
"""How long the command may take."""


def run_notify_command(command: str, news: Iterable[NewsItem]) -> str:
    """Give news to the owner's command, as JSON on its standard input; return what went wrong, "" for nothing.

    What is quiet is not told. Without anything to tell, the command is not run.
    """
    told = [one.as_json() for one in news if one.grade != "quiet"]
    if not command or not told:
        return ""
    try:
        subprocess.run(  # noqa: S603 - the owner's own command
            shlex.split(command), input=json.dumps({"news": told}, ensure_ascii=False), text=True, timeout=SECONDS,
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        return f"the notify command cannot be started: {error.strerror or error}."
    except ValueError:
        return "the notify command has an open quote."
    except subprocess.TimeoutExpired:
        return f"the notify command took longer than {SECONDS} seconds."
    except subprocess.CalledProcessError as error:
        return f"the notify command ended with code {error.returncode}."
    return ""
