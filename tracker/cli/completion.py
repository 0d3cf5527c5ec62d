"""Completion scripts for the shells, made from the parser; ids and saved views are asked of the program itself."""

from __future__ import annotations

import argparse
from typing import Any, Final

import shtab

from tracker.cli.parser import COMMANDS, make_parser
from tracker.guides.library import TOPICS
from tracker.model.status import Status

_IDS: Final = {
    "bash": '_tracker_ids() { compgen -W "$(tracker list --ids 2>/dev/null)" -- "$1"; }\n',
    "zsh": '_tracker_ids() { local -a ids; ids=(${(f)"$(tracker list --ids 2>/dev/null)"}); compadd -a ids; }\n',
    "fish": "",
}
_VIEWS: Final = {
    # bash may take @ for a word of its own, and still replaces both.
    "bash": """\
_tracker_views() {
  local typed="$1"
  [[ "${COMP_WORDS[COMP_CWORD-1]}" == @ ]] && typed="@$1"
  [[ "$typed" == @* ]] && compgen -W "$(tracker list --views 2>/dev/null | cut -f1)" -- "$typed"
}
""",
    "zsh": """\
_tracker_views() { local -a views; views=(${(f)"$(tracker list --views 2>/dev/null | cut -f1)"}); compadd -a views; }
""",
    "fish": "",
}
_COMPLETE_VIEW: Final[dict[str, Any]] = {
    "bash": "_tracker_views",
    "zsh": "_tracker_views",
    "fish": "(tracker list --views 2>/dev/null)",
}
_COMPLETE_ID: Final[dict[str, Any]] = {
    "bash": "_tracker_ids",
    "zsh": "_tracker_ids",
    "fish": "(tracker list --ids 2>/dev/null)",
}


def completion_script(shell: str) -> str:
    """Return the completion script of `shell`: "bash", "zsh" or "fish"."""
    parser = make_parser()
    for command in _commands(parser):
        for action in command._actions:  # noqa: SLF001 - argparse has no other way to its arguments
            if action.dest == "id":
                action.complete = _COMPLETE_ID  # type: ignore[attr-defined]  # what shtab looks for
            elif action.dest == "query":
                action.complete = _COMPLETE_VIEW  # type: ignore[attr-defined]  # as above
            elif action.dest == "status":
                action.choices = [status.value for status in Status]
            elif action.dest == "topic":
                action.choices = sorted({*TOPICS, *COMMANDS})
            elif action.dest in ("watchlist", "where"):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    preamble = {name: ids + _VIEWS[name] for name, ids in _IDS.items()}
    text: str = shtab.complete(parser, shell=shell, preamble=preamble)  # type: ignore[arg-type]  # takes both
    return text


def _commands(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    parsers = [parser]
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            parsers += action.choices.values()
    return parsers
