"""`tracker help`: the guides, and the options of commands."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from tracker.cli.context import Context, say
from tracker.cli.output import BOLD
from tracker.cli.parser import COMMANDS, make_parser
from tracker.errors import BadValue
from tracker.guides.layout import LineStyle, lay_out
from tracker.guides.library import TOPICS, guide_blocks, guide_text, guide_titles

_MAX_WIDTH: Final = 100
"""Cells of the longest line: longer ones are hard to read."""
_CODES: Final[dict[LineStyle, str]] = {"": "", "strong": BOLD, "heading": BOLD, "code": "36", "link": "4"}
"""SGR codes."""


def print_help(context: Context) -> None:
    """Print a guide or the options of a command; without a topic, which guides there are."""
    topic = context.arguments.topic.lower()
    if not topic:
        _print_topics(context)
    elif topic in TOPICS:
        if topic in COMMANDS:
            say(f"Options of the command: tracker {topic} --help")
        if context.width is None:
            print(guide_text(topic), end="")
        else:
            show_text("\n".join(_draw(context, topic)))
    elif topic in COMMANDS:
        make_parser([topic]).parse_args([topic, "--help"])
    else:
        raise BadValue(_no_topic(topic))


def _print_topics(context: Context) -> None:
    width = max(map(len, TOPICS))
    for topic, summary in guide_titles():
        print(context.style(f"{topic:<{width}}", BOLD), summary, sep="  ")
    say("\n`tracker help TOPIC` prints one of these, `tracker help COMMAND` the options of a command.")


def _draw(context: Context, topic: str) -> Iterator[str]:
    for line in lay_out(guide_blocks(topic), min(context.width or _MAX_WIDTH, _MAX_WIDTH)):
        yield "".join(context.style(span.text, _CODES[span.style]) for span in line)


def show_text(text: str) -> None:
    """Print a text, through the pager if it is longer than the terminal."""
    pager = shlex.split(os.environ.get("PAGER", "less"))
    if text.count("\n") + 2 <= shutil.get_terminal_size().lines or not pager or not shutil.which(pager[0]):
        print(text)
        return
    sys.stdout.flush()
    # As git does: colours are shown, and what is read stays on the screen.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    subprocess.run(pager, input=f"{text}\n", encoding="utf-8", env=environment, check=False)  # noqa: S603 - the owner's own pager


def _no_topic(topic: str) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(topic, [*TOPICS, *COMMANDS], n=3, cutoff=0.7)
    mentions = [name for name in TOPICS if topic in guide_text(name).lower()]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    hint += f" It is mentioned in: {', '.join(mentions)}." if mentions else ""
    return f"No guide is called “{topic}”.{hint or ' tracker help lists them.'}"
