"""The command line: every command, its arguments, and the function that runs it."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from tracker.errors import BadValue
from tracker.model.release import MEDIA
from tracker.model.season import parse_season
from tracker.reports.grouping import SORTS
from tracker.text import clean

PRECISIONS: Final = ("day", "month", "quarter", "half", "year")
"""How exact the windows of an export may be asked to be."""
PICKED_FIELDS: Final = ("cast", "director", "writer", "network", "release", "status", "kind", "synopsis")
"""What of an article can be taken by its number."""
EXIT_CODES: Final = """\
exit codes: 0 success · 1 refused · 2 wrong usage · 3 can't read or write the watchlist
            4 conflict · 5 a source failed · 130 interrupted

guides: tracker help"""


class _Parser(ArgumentParser):
    """A parser whose errors name what was typed without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        is_words = message.startswith("unrecognized arguments: ") and " -" not in message
        super().error(clean(message) + (". Put a title of several words in quotes." if is_words else ""))


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
        description="Follow shows before they come out. Run it without a command to open the app.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
    )
    _add_arguments(parser, _COMMON)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    # Without a name argparse makes one, by way of a help formatter, which takes 2 ms.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="tracker")
    for name in [name for name in COMMANDS if name in argv] or COMMANDS:
        command = COMMANDS[name]
        description = f"{command.help[:1].upper()}{command.help[1:]}."
        subparser = commands.add_parser(
            name,
            help=command.help,
            description=description,
            epilog="\n  ".join(("examples:", *EXAMPLES[name])) if name in EXAMPLES else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[common],
        )
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


def _months_argument(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"Not a number of months: “{text.strip()}”. Write 1 to 999.")
    return int(text)


def _numbers_argument(text: str) -> tuple[int, ...]:
    """Return the numbers of a list with commas or blanks between."""
    words = text.replace(",", " ").split()
    if not words or not all(word.isdecimal() and len(word) < 6 for word in words):
        raise argparse.ArgumentTypeError(f"Not a number: “{text.strip()}”. Write 1 or 2,3.")
    return tuple(map(int, words))


def _season_argument(text: str) -> int:
    """Return the number of a season, 0 for the whole show."""
    try:
        return 0 if text.strip() == "0" else parse_season(text)
    except BadValue as error:
        raise argparse.ArgumentTypeError(str(error)) from None


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
    _arg("--watchlist", type=Path, metavar="PATH", help="use this file instead of your own watchlist"),
    _arg("--as-of", metavar="DATE", help="show the list as it was known on that day"),
)
_ID: Final = _arg("id", metavar="ID", help="id of the show, as printed by `tracker list`")
_JSON: Final = _flag("--json", "print JSON")
_QUERY: Final = _arg(
    "query",
    nargs="*",
    default=(),
    metavar="QUERY",
    help="only shows that match, as in the app's filter: status:filming, is:overdue, -tag:bl, @view …",
)  # fmt: skip
_SEASON: Final = (
    _arg("--season", type=_season_argument, metavar="N", group="season",
         help="the entry is this season of the show: its dates are that season's"),
    _flag("--whole", "the entry is the whole show, whatever its title says", group="season"),
)  # fmt: skip
_CLAIM: Final = (
    _arg("--on", metavar="D", help="when it was said, e.g. 2026-05-14, 2026-05 or yesterday (default: today)"),
    _arg("--source", metavar="S", default="", help="who says it, e.g. Netflix (default: me)"),
    _arg("--url", metavar="U", default="", help="link to the page that says it"),
    _arg("--note", metavar="N", default="", help="a note to keep with it"),
    _arg("--region", metavar="C", default="", help="country, if the date is for one only, e.g. JP or Japan"),
    _arg("--medium", metavar="M", default="", help=f"how the film comes out: {', '.join(MEDIA)}"),
)

COMMANDS: Final[dict[str, Command]] = {
    "list": Command("list.print_list", "list your shows, or those that match a query", (
        _QUERY,
        _arg("--sort", choices=SORTS, default="", help="sort order (default: that of a saved view, or release)"),
        _flag("--json", "print JSON", group="form"),
        _flag("--ids", "print only ids, one per line", group="form"),
        _flag("--views", "print your saved views instead: name, tab, filter", group="form"),
    )),
    "show": Command("show.print_show", "print everything about one show", (_ID, _JSON)),
    "today": Command("calendar.print_today",
        "print what is out today, due this week, overdue or changed, one line per show",
        (_QUERY, _JSON, _flag("--exit-code", "exit with 1 if there is nothing to print, like grep"))),
    "calendar": Command("calendar.print_calendar",
        "print what comes out when", (
        _QUERY,
        _arg("--months", type=_months_argument, metavar="N",
             help="only the next N months, including this one"),
        _JSON,
    )),
    "slips": Command("slips.print_slips", "print how well dates were kept, by network and by show", (_QUERY, _JSON)),
    "export": Command("export.export", "write a calendar file for other programs", (
        _arg("format", choices=("ics",), help="ics: an iCalendar file"),
        _arg("file", nargs="?", default="-", metavar="FILE",
             help="file to write; - or nothing for standard output"),
        _QUERY,
        _arg("--precision", choices=PRECISIONS, metavar="P",
             help="leave out dates vaguer than this: day, month, quarter, half or year"),
        _flag("--no-episodes", "leave out episodes"),
        _flag("--alarms", "add an alarm for each reminder of an exact day"),
    )),
    "add": Command("edit.add", "add a show and print its id", (
        _arg("title", nargs="?", default="", metavar="TITLE", help="title of the show"),
        _arg("--from", dest="references", metavar="SOURCE:ID", action="append", default=[],
             help="add it from a source, e.g. tvmaze:169, tmdb:tv/1396 or the address of the show; repeatable"),
        _arg("--status", metavar="S", help="status, e.g. announced, filming or scheduled"),
        _arg("--release", metavar="W", help='release date, e.g. 2026, 2026-05, 2026-Q3, "summer 2026" or TBA'),
        _arg("--network", metavar="N", action="append", default=[],
             help="network or streamer, e.g. Netflix; can be repeated"),
        _arg("--country", metavar="C", action="append", default=[],
             help="country, by code or name, e.g. JP or Japan; can be repeated"),
        _arg("--kind", metavar="K", default="series", help="series, film or special (default: series)"),
        *_SEASON,
        *_CLAIM,
    )),
    "status": Command("edit.record_status", "record a new status, and who said so", (
        _ID,
        _arg("status", metavar="STATUS", help="new status, e.g. announced, filming, scheduled or released"),
        _arg("--release", metavar="W", help="release date as it was said, e.g. 2027 or \"summer 2026\""),
        *_CLAIM,
    )),
    "clip": Command("clip.clip",
        "read an article and print what it says about a show, with quotes", (
        _arg("where", metavar="FILE|-|URL", help="file, web address, or - for standard input; text or HTML"),
        _arg("--published", default="", metavar="D",
             help="the article's date, to resolve words like \"next year\" (default: what the page says)"),
        _arg("--title", default="", metavar="T", help="which show to read about, if the article has several"),
        _arg("--source", default="", metavar="S", help="who published it (default: what the page says)"),
        _arg("--url", default="", metavar="U", help="link to the article, if you give a file or its text"),
        *(
            _arg(f"--{name}", dest=f"pick_{name}", action="extend", type=_numbers_argument, default=[], metavar="N,…",
                 help=f"pick what is perhaps its {name}, by number{', e.g. 2,3' if name == 'cast' else ''}")
            for name in PICKED_FIELDS
        ),
        _JSON,
        _flag("--add", "add it to your list as a new show and print its id", group="import"),
        _arg("--to", dest="id", default=None, metavar="ID", help="add what is new to this show", group="import"),
    )),
    "set": Command("edit.set_fields", "change fields of a show", (
        _ID, _arg("changes", nargs="+", metavar="KEY=VALUE",
             help="a field and its new value; cast, links and ids take pairs"),
    )),
    "note": Command("edit.note", "add edits made by hand in the file to the history", (
        _arg("id", nargs="*", metavar="ID", help="only these shows (default: all)"),
    )),
    "search": Command("sources.search", "search the sources for a title", (
        _arg("words", nargs="+", metavar="WORDS", help="a title, in any script, or the address or id of a show"),
        _arg("--source", default="", metavar="S", help="search only this source: tvmaze, tmdb or wikidata"),
        _JSON,
    )),
    "link": Command("sources.link", "link a show to a source", (
        _ID,
        _arg("references", nargs="+", metavar="SOURCE:ID",
             help="as printed by `tracker search`, e.g. tvmaze:169, or the address of the show there"),
        *_SEASON,
        _flag("--not", "this is a different show: don't offer it again", dest="is_not"),
    )),
    "refresh": Command("sources.refresh", "get what is new from the sources and record it", (
        _arg("id", nargs="*", metavar="ID", help="only these shows, due or not"),
        _flag("--force", "refresh every show, due or not, and skip all caches"),
        _flag("--dry-run", "print what would change, but save nothing"),
        _JSON,
    )),
    "news": Command("sources.print_news", "print what changed since you last looked", (
        _arg("--since", metavar="D", help="print everything since that day, seen or not"),
        _flag("--mark-seen", "mark it as seen, so that it is not printed again"),
        _arg("--undo", type=int, metavar="N", help="undo change number N; --json prints the numbers"),
        _JSON,
    )),
    "remind": Command("remind.remind", "print the reminders that are due, each once", (
        _flag("--dry-run", "print them and keep them due"),
        _JSON,
    )),
    "remove": Command("edit.remove", "remove a show from your list", (_ID,)),
    "undo": Command("edit.undo", "undo the last edit"),
    "redo": Command("edit.redo", "redo the last undone edit"),
    "check": Command("files.check", "check the file and print each problem as path:line:column: reason"),
    "merge": Command("files.merge",
        "merge three files (a git merge driver), or copies left by a sync program", (
        _arg("files", nargs="*", type=Path, metavar="BASE OURS THEIRS",
             help="the common version, ours and theirs; the result is written to OURS. "
                  "Without files: merge the conflicted copies next to the watchlist"),
        _arg("--take", choices=("file", "copy"), default="",
             help="for copies: whose value to keep where both changed the same field"),
    )),
    "restore": Command("files.restore", "restore an earlier version of the whole file", (
        _arg("number", nargs="?", type=int, metavar="N", help="number of the version; 1 is the newest"),
        _flag("--list", "list the versions and what restoring each would change"),
    )),
    "path": Command("files.print_paths", "print where the program keeps its files"),
    "help": Command("help.print_help", "print a guide, or the options of a command", (
        _arg("topic", nargs="?", default="", metavar="TOPIC",
             help="a guide or a command (default: list the guides)"),
    )),
    "completion": Command("files.print_completion", "print a completion script for a shell",
                          (_arg("shell", choices=("bash", "zsh", "fish")),)),
}  # fmt: skip
EXAMPLES: Final[Mapping[str, Sequence[str]]] = {
    "list": ("tracker list status:filming country:KR", "tracker list is:overdue --json"),
    "export": ("tracker export ics shows.ics", "tracker export ics - country:KR --precision month"),
    "add": (
        'tracker add "Slow Tram" --status filming --release 2027 --network Lumen',
        "tracker add --from tvmaze:169",
    ),
    "status": (
        "tracker status slow-tram filming",
        "tracker status slow-tram scheduled --release 2027-05-14 --source Lumen --on yesterday",
    ),
    "clip": (
        "tracker clip https://example.org/news",
        "tracker clip article.txt --published 2026-11-23 --add",
        "tracker clip article.txt --cast 2,3 --release 1 --to salt-road",
    ),
    "set": (
        "tracker set slow-tram rating=9 watch=watched",
        "tracker set slow-tram 'cast=Han Seorin = Mio, Abel Kuro = Ren'",
    ),
    "search": ("tracker search soul mate",),
    "link": ("tracker link slow-tram tvmaze:12345", "tracker link slow-tram-2 tvmaze:12345 --season 2"),
    "merge": ("git config merge.tracker.driver 'tracker merge %O %A %B'",),
}
"""Lines to type, at the end of the help of a command."""
_COMMANDS_WITH_QUERY: Final = frozenset({"list", "today", "calendar", "slips", "export"})
_OPTIONS_WITH_VALUE: Final = frozenset({"--watchlist", "--as-of", "--sort", "--months", "--precision"})
"""The options of these commands that take a value."""
