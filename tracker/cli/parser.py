"""The command line: every command, its arguments, and the function that runs it."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from tracker.errors import BadValue
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.reports.grouping import SORTS
from tracker.text import clean

PRECISIONS: Final = ("day", "month", "quarter", "half", "year")
"""How exact the windows of an export may be asked to be."""
EXIT_CODES: Final = """\
exit codes: 0 fine · 1 refused · 2 usage · 3 the watchlist cannot be read or written
            4 conflict · 5 a source failed · 130 interrupted"""


class _Parser(ArgumentParser):
    """A parser whose errors name what was typed without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        super().error(clean(message))


class Argument(NamedTuple):
    """What `ArgumentParser.add_argument` is called with."""

    names: tuple[str, ...]
    options: Mapping[str, Any]
    group: str = ""
    """Arguments of one group exclude one another."""


class Command(NamedTuple):
    """A command of the command line."""

    function: str
    """What runs it, in `tracker.cli.commands`; imported only then."""
    help: str
    arguments: Sequence[Argument] = ()


def make_parser(argv: Sequence[str] = ()) -> ArgumentParser:
    """Return the parser, with the commands that `argv` can mean; all without a command in `argv`.

    One command is enough to run one, and building all takes longer than reading the list.
    """
    # The options of the top are on every command too; SUPPRESS keeps a command from resetting them.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_arguments(common, _COMMON)
    parser = _Parser(
        prog="tracker",
        description="Follow shows before they come out. Without a command the app opens.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
    )
    _add_arguments(parser, _COMMON)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    # Without a name argparse makes one, by way of a help formatter, which takes 2 ms.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="tracker")
    for name in [name for name in COMMANDS if name in argv] or COMMANDS:
        command = COMMANDS[name]
        description = f"{command.help[:1].upper()}{command.help[1:]}."
        subparser = commands.add_parser(name, help=command.help, description=description, parents=[common])
        _add_arguments(subparser, command.arguments)
    return parser


def protect_dashes(argv: list[str]) -> list[str]:
    """Return the arguments so that "-status:released" after a command with a query is no option."""
    at = next((place for place, word in enumerate(argv, 1) if word in _COMMANDS_WITH_QUERY), None)
    if at is None:
        return argv
    options, others = [], []
    rest = iter(argv[at:])
    for word in rest:
        if word.startswith("--") or word == "-h":
            options += [
                word,
                *([value] if word in _OPTIONS_WITH_VALUE and (value := next(rest, None)) is not None else []),
            ]
        else:
            others.append(f" {word}" if len(word) > 1 and word[0] == "-" else word)
    # argparse wants the words of a query in one piece.
    return argv[:at] + options + others


def day_argument(text: str) -> date:
    """Parse a day."""
    try:
        window = parse_window(text)
    except BadValue as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
    if window.earliest is None or window.earliest != window.latest:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write one as in 2026-05-14.")
    return window.earliest


def said_day_argument(text: str) -> tuple[date, str]:
    """Parse the day or the month in which something was said."""
    try:
        return parse_said_date(text)
    except BadValue as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _months_argument(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"“{text.strip()}” is no number of months; write one from 1 to 999.")
    return int(text)


class _Version(argparse.Action):
    """Print the version, which is looked up only then."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from tracker import __version__

        print(f"tracker {__version__}")
        parser.exit()


def _add_arguments(parser: ArgumentParser, arguments: Iterable[Argument]) -> None:
    targets: dict[str, Any] = {"": parser}
    for names, options, group in arguments:
        if group not in targets:
            targets[group] = parser.add_mutually_exclusive_group()
        targets[group].add_argument(*names, **options)


def _arg(*names: str, group: str = "", **options: Any) -> Argument:
    return Argument(names, options, group)


def _flag(name: str, text: str, group: str = "", **options: Any) -> Argument:
    return Argument((name,), {"action": "store_true", "help": text, **options}, group)


_COMMON: Final = (
    _arg("--watchlist", type=Path, metavar="PATH", help="the file to use instead of your own"),
    _arg("--as-of", type=day_argument, metavar="DATE", help="look at the list as it was known on that day"),
)
_ID: Final = _arg("id", metavar="ID", help="the show's id, as `tracker list` prints it")
_JSON: Final = _flag("--json", "print JSON")
_QUERY: Final = _arg(
    "query",
    nargs="*",
    metavar="QUERY",
    help="as in the app's filter: words, status:filming, is:overdue, -tag:bl, @view …",
)  # fmt: skip
_CLAIM: Final = (
    _arg("--on", type=said_day_argument, metavar="D", help="the day it was said, or 2026-05; default: today"),
    _arg("--source", metavar="S", default="", help="who says it; default: me"),
    _arg("--url", metavar="U", default="", help="where it is said"),
    _arg("--note", metavar="N", default="", help="anything worth keeping"),
)

COMMANDS: Final[dict[str, Command]] = {
    "list": Command("list.print_list", "print the list, or the shows that a query finds", (
        _QUERY,
        _arg("--sort", choices=SORTS, default="", help="the order; default: that of a saved view, else release"),
        _flag("--json", "print JSON", group="form"),
        _flag("--ids", "print ids only, one a line", group="form"),
        _flag("--views", "print the saved views instead: name, tab, filter", group="form"),
    )),
    "show": Command("show.print_show", "print everything about one show", (_ID, _JSON)),
    "today": Command("calendar.print_today",
        "print what is out today, comes this week, was missed or changed: a line a show",
        (_QUERY, _JSON, _flag("--exit-code", "end with 1 where there is nothing to tell, as grep does"))),
    "calendar": Command("calendar.print_calendar",
        "print what comes when: days first, then months, quarters and years", (
        _QUERY,
        _arg("--months", type=_months_argument, metavar="N",
             help="only what may come within N months, this one among them"),
        _JSON,
    )),
    "slips": Command("slips.print_slips", "print how well dates were kept, by network and by show", (_QUERY, _JSON)),
    "export": Command("export.export", "write a calendar for other programs", (
        _arg("format", choices=("ics",), help="ics: a calendar"),
        _arg("file", nargs="?", default="-", metavar="FILE",
             help="the file to write; - or none for the standard output"),
        _QUERY,
        _arg("--precision", choices=PRECISIONS, metavar="P",
             help="leave out what is vaguer than this: day, month, quarter, half or year"),
        _flag("--no-episodes", "releases only"),
    )),
    "add": Command("edit.add", "add a show and print its id", (
        _arg("title", nargs="?", default="", metavar="TITLE"),
        _arg("--from", dest="references", metavar="SOURCE:ID", action="append", default=[],
             help="add it as a service knows it: tvmaze:169, tmdb:tv/1396; may be given once for each service"),
        _arg("--status", metavar="S", help="where it stands: announced, filming, scheduled …"),
        _arg("--release", metavar="W", help='when: 2026, 2026-05, 2026-Q3, "summer 2026", TBA …'),
        _arg("--network", metavar="N", action="append", default=[], help="may be given several times"),
        _arg("--country", metavar="C", action="append", default=[],
             help="by code or by name, JP or Japan; may be given several times"),
        _arg("--kind", metavar="K", default="series", help="series, film or special"),
        *_CLAIM,
    )),
    "status": Command("edit.record_status", "record a claim: where a show stands, and who says so", (
        _ID,
        _arg("status", metavar="STATUS", help="rumored, announced, pre-production, filming, …"),
        _arg("--release", metavar="W", help="the release as it was said"),
        *_CLAIM,
    )),
    "clip": Command("clip.clip",
        "read an article, and print what it says of a show, each fact with the words that say it", (
        _arg("where", metavar="FILE|-|URL", help="a file, an address, or - for the standard input; text or HTML"),
        _arg("--published", default="", metavar="D",
             help='the day from which "next year" is counted; else what the page says'),
        _arg("--title", default="", metavar="T", help="the one show of a list of many"),
        _JSON,
        _flag("--add", "put it on the list as a new show, and print its id", group="import"),
        _arg("--to", dest="id", default="", metavar="ID", help="add what is new to this entry", group="import"),
    )),
    "set": Command("edit.set_fields", "change fields of a show", (
        _ID, _arg("changes", nargs="+", metavar="KEY=VALUE",
             help="lists take commas: networks=Netflix,tvN; cast, links and ids too: "
                  "'cast=Ok Taecyeon = Johan, Hayato Isomura = Ren'"),
    )),
    "note": Command("edit.note", "write what was edited by hand into the history, as claims by me", (
        _arg("id", nargs="*", metavar="ID", help="only these shows; default: all"),
    )),
    "search": Command("sources.search", "ask the services for a title", (
        _arg("words", nargs="+", metavar="WORDS", help="a title, in any script"),
        _arg("--source", default="", metavar="S", help="ask this service only: tvmaze, tmdb or wikidata"),
        _JSON,
    )),
    "link": Command("sources.link", "tie a show to what a service knows as it", (
        _ID,
        _arg("references", nargs="+", metavar="SOURCE:ID", help="as `tracker search` prints it: tvmaze:169"),
        _flag("--not", "it is another show; do not offer it again", dest="is_not"),
    )),
    "refresh": Command("sources.refresh", "ask the services what is new, and record it", (
        _arg("id", nargs="*", metavar="ID", help="only these shows, be their time come or not"),
        _flag("--force", "ask about all, also those that were asked about lately"),
        _flag("--dry-run", "only print; write and remember nothing"),
        _JSON,
    )),
    "news": Command("sources.print_news", "print what changed since you looked last", (
        _arg("--since", type=day_argument, metavar="D", help="everything since that day, seen or not"),
        _flag("--mark-seen", "do not print this again"),
        _arg("--undo", type=int, metavar="N", help="take the change of this number back; --json has numbers"),
        _JSON,
    )),
    "remove": Command("edit.remove", "take a show off the list", (_ID,)),
    "undo": Command("edit.undo", "take the last edit back"),
    "redo": Command("edit.redo", "bring the last undone edit again"),
    "check": Command("files.check", "print every problem of the file as path:line:column: what is wrong"),
    "merge": Command("files.merge",
        "merge three files, as a git merge driver, or the copies that a sync program left", (
        _arg("files", nargs="*", type=Path, metavar="BASE OURS THEIRS",
             help="what both began with, ours, and theirs; the result goes into ours. "
                  "None: the copies beside the watchlist"),
        _arg("--take", choices=("file", "copy"), default="",
             help="for copies: which one counts where both have something else"),
    )),
    "restore": Command("files.restore", "bring an earlier version of the whole file back", (
        _arg("number", nargs="?", type=int, metavar="N", help="the version, 1 for the newest"),
        _flag("--list", "print the versions and what going back would change"),
    )),
    "path": Command("files.print_paths", "print where the program's files are"),
    "help": Command("help.print_help", "print a guide, or the options of a command", (
        _arg("topic", nargs="?", default="", metavar="TOPIC",
             help="a guide or a command; without one, the guides are listed"),
    )),
    "completion": Command("files.print_completion", "print the completion script of a shell",
                          (_arg("shell", choices=("bash", "zsh", "fish")),)),
}  # fmt: skip
_COMMANDS_WITH_QUERY: Final = frozenset({"list", "today", "calendar", "slips", "export"})
_OPTIONS_WITH_VALUE: Final = frozenset({"--watchlist", "--as-of", "--sort", "--months", "--precision"})
"""The options of these commands that take a value."""
