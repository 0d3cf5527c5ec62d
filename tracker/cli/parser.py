"""The command line: every command, its arguments, and the function that runs it."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.window_parser import parse_said_date, parse_window
from tracker.reports.grouping import SORTS

PRECISIONS: Final = ("day", "month", "quarter", "half", "year")
"""How exact the windows of an export may be asked to be."""
EXIT_CODES: Final = """\
exit codes: 0 fine · 1 refused · 2 usage · 3 the watchlist cannot be read or written
            4 conflict · 5 a source failed · 130 interrupted"""


class Command(NamedTuple):
    """A command of the command line."""

    function: str
    """What runs it, in `tracker.cli.commands`; imported only then."""
    add_arguments: Callable[[ArgumentParser], None]
    help: str


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


class _Version(argparse.Action):
    """Print the version, which is looked up only then."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from tracker import __version__

        print(f"tracker {__version__}")
        parser.exit()


def make_parser(argv: Sequence[str] = ()) -> ArgumentParser:
    """Return the parser, with the commands that `argv` can mean; all without a command in `argv`.

    One command is enough to run one, and building all takes longer than reading the list.
    """
    # The options of the top are on every command too; SUPPRESS keeps a command from resetting them.
    common = ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_common(common)
    parser = ArgumentParser(
        prog="tracker",
        description="Follow shows before they come out. Without a command the app opens.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
    )
    _add_common(parser)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    # Without a name argparse makes one, by way of a help formatter, which takes 2 ms.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="tracker")
    for name in [name for name in COMMANDS if name in argv] or COMMANDS:
        _, add_arguments, text = COMMANDS[name]
        description = f"{text[:1].upper()}{text[1:]}."
        add_arguments(commands.add_parser(name, help=text, description=description, parents=[common]))
    return parser


def _list(parser: ArgumentParser) -> None:
    _add_query(parser)
    parser.add_argument("--sort", choices=SORTS, default="release", help="the order; default: release")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print JSON")
    shape.add_argument("--ids", action="store_true", help="print ids only, one a line")


def _show(parser: ArgumentParser) -> None:
    _add_id(parser)
    _add_json(parser)


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("title", nargs="?", default="", metavar="TITLE")
    known = "add it as a service knows it: tvmaze:169, tmdb:tv/1396; may be given once for each service"
    parser.add_argument("--from", dest="references", metavar="SOURCE:ID", action="append", default=[], help=known)
    parser.add_argument("--status", metavar="S", help="where it stands: announced, filming, scheduled …")
    parser.add_argument("--release", metavar="W", help='when: 2026, 2026-05, 2026-Q3, "summer 2026", TBA …')
    parser.add_argument("--network", metavar="N", action="append", default=[], help="may be given several times")
    parser.add_argument("--kind", metavar="K", default="series", help="series, film or special")
    _add_claim(parser)


def _today(parser: ArgumentParser) -> None:
    _add_query(parser)
    _add_json(parser)
    tells = "end with 1 where there is nothing to tell, as grep does"
    parser.add_argument("--exit-code", action="store_true", help=tells)


def _calendar(parser: ArgumentParser) -> None:
    _add_query(parser)
    months = "only what may come within N months, this one among them"
    parser.add_argument("--months", type=_months_argument, metavar="N", help=months)
    _add_json(parser)


def _add_query_and_json(parser: ArgumentParser) -> None:
    _add_query(parser)
    _add_json(parser)


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("format", choices=("ics",), help="ics: a calendar")
    file = "the file to write; - or none for the standard output"
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=file)
    _add_query(parser)
    precision = "leave out what is vaguer than this: day, month, quarter, half or year"
    parser.add_argument("--precision", choices=PRECISIONS, metavar="P", help=precision)
    parser.add_argument("--no-episodes", action="store_true", help="releases only")


def _add_query(parser: ArgumentParser) -> None:
    query = "as in the app's filter: words, status:filming, is:overdue, -tag:bl …"
    parser.add_argument("query", nargs="*", metavar="QUERY", help=query)


def _months_argument(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"“{text.strip()}” is no number of months; write one from 1 to 999.")
    return int(text)


def _status(parser: ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument("status", metavar="STATUS", help="rumored, announced, pre-production, filming, …")
    parser.add_argument("--release", metavar="W", help="the release as it was said")
    _add_claim(parser)


def _clip(parser: ArgumentParser) -> None:
    where = "a file, an address, or - for the standard input; text or HTML"
    parser.add_argument("where", metavar="FILE|-|URL", help=where)
    published = 'the day from which "next year" is counted; else what the page says'
    parser.add_argument("--published", default="", metavar="D", help=published)
    parser.add_argument("--title", default="", metavar="T", help="the one show of a list of many")
    _add_json(parser)
    taken = parser.add_mutually_exclusive_group()
    taken.add_argument("--add", action="store_true", help="put it on the list as a new show, and print its id")
    taken.add_argument("--to", dest="id", default="", metavar="ID", help="add what is new to this entry")


def _set(parser: ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument("changes", nargs="+", metavar="KEY=VALUE", help="lists take commas: networks=Netflix,tvN")


def _search(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a title, in any script")
    parser.add_argument("--source", default="", metavar="S", help="ask this service only: tvmaze, tmdb or wikidata")
    _add_json(parser)


def _link(parser: ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument("references", nargs="+", metavar="SOURCE:ID", help="as `tracker search` prints it: tvmaze:169")
    parser.add_argument("--not", dest="is_not", action="store_true", help="it is another show; do not offer it again")


def _refresh(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="*", metavar="ID", help="only these shows, be their time come or not")
    parser.add_argument("--force", action="store_true", help="ask about all, also those that were asked about lately")
    parser.add_argument("--dry-run", action="store_true", help="only print; write and remember nothing")
    _add_json(parser)


def _news(parser: ArgumentParser) -> None:
    parser.add_argument("--since", type=day_argument, metavar="D", help="everything since that day, seen or not")
    parser.add_argument("--mark-seen", action="store_true", help="do not print this again")
    parser.add_argument("--undo", type=int, metavar="N", help="take the change of this number back; --json has numbers")
    _add_json(parser)


def _merge(parser: ArgumentParser) -> None:
    files = "what both began with, ours, and theirs; the result goes into ours. None: the copies beside the watchlist"
    parser.add_argument("files", nargs="*", type=Path, metavar="BASE OURS THEIRS", help=files)
    take = "for copies: which one counts where both have something else"
    parser.add_argument("--take", choices=("file", "copy"), default="", help=take)


def _restore(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="the version, 1 for the newest")
    parser.add_argument("--list", action="store_true", help="print the versions and what going back would change")


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _add_nothing(parser: ArgumentParser) -> None:
    pass


def _add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the show's id, as `tracker list` prints it")


def _add_claim(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--on", type=said_day_argument, metavar="D", help="the day it was said, or 2026-05; default: today"
    )
    parser.add_argument("--source", metavar="S", default="", help="who says it; default: me")
    parser.add_argument("--url", metavar="U", default="", help="where it is said")
    parser.add_argument("--note", metavar="N", default="", help="anything worth keeping")


COMMANDS: Final[dict[str, Command]] = {
    "list": Command("list.print_list", _list, "print the list, or the shows that a query finds"),
    "show": Command("show.print_show", _show, "print everything about one show"),
    "today": Command("calendar.print_today", _today,
                     "print what is out today, comes this week, was missed or changed: a line a show"),
    "calendar": Command("calendar.print_calendar", _calendar,
                        "print what comes when: days first, then months, quarters and years"),
    "slips": Command("slips.print_slips", _add_query_and_json,
                     "print how well dates were kept, by network and by show"),
    "export": Command("export.export", _export, "write a calendar for other programs"),
    "add": Command("edit.add", _add, "add a show and print its id"),
    "status": Command("edit.record_status", _status, "record a claim: where a show stands, and who says so"),
    "clip": Command("clip.clip", _clip,
                    "read an article, and print what it says of a show, each fact with the words that say it"),
    "set": Command("edit.set_fields", _set, "change fields of a show"),
    "search": Command("sources.search", _search, "ask the services for a title"),
    "link": Command("sources.link", _link, "tie a show to what a service knows as it"),
    "refresh": Command("sources.refresh", _refresh, "ask the services what is new, and record it"),
    "news": Command("sources.print_news", _news, "print what changed since you looked last"),
    "remove": Command("edit.remove", _add_id, "take a show off the list"),
    "undo": Command("edit.undo", _add_nothing, "take the last edit back"),
    "redo": Command("edit.redo", _add_nothing, "bring the last undone edit again"),
    "check": Command("files.check", _add_nothing, "print every problem of the file as path:line: what is wrong"),
    "merge": Command("files.merge", _merge,
                     "merge three files, as a git merge driver, or the copies that a sync program left"),
    "restore": Command("files.restore", _restore, "bring an earlier version of the whole file back"),
    "path": Command("files.print_paths", _add_nothing, "print where the program's files are"),
    "completion": Command("files.print_completion", _completion, "print the completion script of a shell"),
}  # fmt: skip
_COMMANDS_WITH_QUERY: Final = frozenset({"list", "today", "calendar", "slips", "export"})
_OPTIONS_WITH_VALUE: Final = frozenset({"--watchlist", "--as-of", "--sort", "--months", "--precision"})
"""The options of these commands that take a value."""


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--watchlist", type=Path, metavar="PATH", help="the file to use instead of your own")
    parser.add_argument(
        "--as-of", type=day_argument, metavar="DATE", help="look at the list as it was known on that day"
    )


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
