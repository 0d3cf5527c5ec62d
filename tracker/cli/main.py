"""The entry point: arguments in, data to stdout, narration to stderr, an exit code out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from tracker.cli import output
from tracker.cli.parser import make_parser, protect_dashes
from tracker.errors import BadValue, Conflict, TrackerError
from tracker.model.history import Claim
from tracker.model.show import Show, parse_kind
from tracker.model.status import parse_status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.reports.grouping import group_shows
from tracker.service import Outcome, Tracker
from tracker.text import clean, clean_line

INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = protect_dashes(list(sys.argv[1:] if argv is None else argv))
    arguments = make_parser(words).parse_args(words)
    tracker = Tracker(Paths(getattr(arguments, "watchlist", None)), as_of=getattr(arguments, "as_of", None))
    try:
        return _run(_COMMANDS[getattr(arguments, "command", None) or "app"], tracker, arguments)
    except TrackerError as error:
        say(f"tracker: {error}")
        return error.EXIT_CODE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away, as `head` does; Python would complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(command: Callable[[Tracker, argparse.Namespace], int], tracker: Tracker, arguments: argparse.Namespace) -> int:
    """Run the command, its output to the last byte."""
    try:
        code = command(tracker, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"tracker: the output cannot be written: {(error.strerror or str(error)).lower()}.")
        # What could not be written would be tried again, and told again, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def say(words: str) -> None:
    """Narrate on stderr."""
    print(words, file=sys.stderr)


def _open_list(tracker: Tracker) -> Tracker:
    if tracker.watchlist.make_starter():
        say(f"This is the first start: a starter watchlist was put at {tracker.path}")
    tracker.watchlist.open()
    if noted := tracker.edits.record_hand_edits():
        say(f"noted: {noted.label}")
    return tracker


def _style() -> output.Style:
    return output.Style(sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def _terminal_width() -> int | None:
    # A terminal that does not know its size says 0.
    return (os.get_terminal_size().columns or 80) if sys.stdout.isatty() else None


def _say_damaged(tracker: Tracker) -> None:
    for damage in tracker.watchlist.current.damaged:
        say(f"{tracker.path}:{damage.line}: {damage.title + ': ' if damage.title else ''}{damage.reason}")


def _select(tracker: Tracker, words: str) -> tuple[Show, ...]:
    from tracker.reports.query import parse_query  # only a list with a query pays for it

    return parse_query(words, tracker.watchlist.current.people).select(tracker.watchlist.current.shows, tracker.today)


def _list(tracker: Tracker, arguments: argparse.Namespace) -> int:
    shows = _find_shows(tracker, arguments)
    if arguments.ids:
        print("\n".join(show.id for show in shows))
        return 0
    by = "release" if arguments.sort == "release" else "none"
    groups = group_shows(shows, by, arguments.sort, tracker.today)
    if arguments.json:
        print(output.dump_json([output.summary_json(show, tracker.today) for one in groups for show in one.shows]))
    elif text := output.format_list(groups, tracker.today, _style(), _terminal_width()):
        print(text)
    _say_damaged(tracker)
    if not shows and not arguments.json:
        _say_nothing_found(tracker, arguments)
    return 0


def _find_shows(tracker: Tracker, arguments: argparse.Namespace) -> tuple[Show, ...]:
    """Return the shows of the opened list that the query of a command finds; all without one."""
    words = " ".join(map(clean_line, arguments.query)).strip()
    return _select(_open_list(tracker), words) if words else _open_list(tracker).watchlist.current.shows


def _say_nothing_found(tracker: Tracker, arguments: argparse.Namespace) -> int:
    """Say why there is nothing to print, where nothing else says so."""
    if arguments.query or not tracker.watchlist.current.damaged:
        say("no show matches." if arguments.query else 'the list is empty: tracker add "A title" puts a show on it.')
    return 0


def _today(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import calendar  # only what looks at time pays for it

    # Of entries that cannot be read nothing is said: it would be said at each start of a shell.
    shows = _find_shows(tracker, arguments)
    told = calendar.print_today(tracker, shows, as_json=arguments.json, pen=_style(), width=_terminal_width())
    return 0 if told or not arguments.exit_code else 1


def _calendar(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import calendar

    shows = _find_shows(tracker, arguments)
    _say_damaged(tracker)
    if not shows and not arguments.json:
        return _say_nothing_found(tracker, arguments)
    return calendar.print_calendar(
        tracker, shows, arguments.months, as_json=arguments.json, pen=_style(), width=_terminal_width()
    )


def _slips(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import slips

    shows = _find_shows(tracker, arguments)
    _say_damaged(tracker)
    if not shows and not arguments.json:
        return _say_nothing_found(tracker, arguments)
    return slips.print_slips(shows, as_json=arguments.json, pen=_style(), width=_terminal_width())


def _export(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import export

    target = export.parse_target(arguments.file)
    shows = _find_shows(tracker, arguments)
    _say_damaged(tracker)
    return export.write_export(tracker, shows, target, arguments.precision, with_episodes=not arguments.no_episodes)


def _show(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import show  # only this command pays for it

    return show.print_show(_open_list(tracker), arguments.id, as_json=arguments.json, pen=_style())


def _make_claim(arguments: argparse.Namespace) -> Claim:
    on, on_text = getattr(arguments, "on", None) or (None, "")
    return Claim(
        on=on,
        on_text=on_text,
        status=parse_status(arguments.status) if getattr(arguments, "status", None) else None,
        release=parse_window(clean_line(arguments.release)) if getattr(arguments, "release", None) else None,
        source=clean_line(arguments.source),
        url=clean_line(arguments.url),
        note=clean(arguments.note).strip(),
    )


def _add(tracker: Tracker, arguments: argparse.Namespace) -> int:
    if arguments.references:
        return _add_from(tracker, arguments)
    if not (title := clean_line(arguments.title)):
        raise BadValue("a show needs a title.")
    networks = tuple(filter(None, map(clean_line, arguments.network)))
    show = Show("", title, kind=parse_kind(arguments.kind), networks=networks)
    claim = _make_claim(arguments)
    _open_or_make_list(tracker)
    same = [known.id for known in tracker.watchlist.current.shows if known.title.casefold() == title.casefold()]
    outcome = tracker.edits.add(show, claim)
    if same:
        say(f"note: {', '.join(same)} has the same title.")
    print(outcome.show_ids[0])
    return 0


def _open_or_make_list(tracker: Tracker) -> Tracker:
    """Open the list, which is made if it is not there."""
    if tracker.as_of is None and not tracker.path.exists() and not tracker.watchlist.make_starter():
        tracker.watchlist.make_empty()
        say(f"made a new watchlist: {tracker.path}")
    return _open_list(tracker)


def _add_from(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import sources

    if arguments.title:
        raise BadValue("give either a title or --from: what a service knows has a title already.")
    return sources.add_from(_open_or_make_list(tracker), arguments.references)


def _open_list_for_sources(tracker: Tracker) -> Tracker:
    """Return the opened list of somebody who asks the services, with what is wrong with the settings told."""
    if complaint := tracker.settings.error:
        say(complaint)
    return _open_list(tracker)


def _search(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import sources  # only what asks pays for it

    words = " ".join(map(clean_line, arguments.words)).strip()
    return sources.search(
        _open_list_for_sources(tracker), words, arguments.source, as_json=arguments.json, pen=_style()
    )


def _link(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import sources

    return sources.link(_open_list_for_sources(tracker), arguments.id, arguments.references, is_not=arguments.is_not)


def _refresh(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import sources

    force, dry_run = arguments.force, arguments.dry_run
    return sources.refresh(
        _open_list_for_sources(tracker), arguments.id, force=force, dry_run=dry_run, as_json=arguments.json
    )


def _news(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import sources

    since, seen, undo = arguments.since, arguments.mark_seen, arguments.undo
    return sources.news(_open_list(tracker), since, mark_seen=seen, undo=undo, as_json=arguments.json)


def _status(tracker: Tracker, arguments: argparse.Namespace) -> int:
    claim = _make_claim(arguments)
    _open_list(tracker).watchlist.current.get(arguments.id)
    return _say_outcome(tracker.edits.record({arguments.id: claim}))


def _clip(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import clip

    as_json, title = arguments.json, clean_line(arguments.title)
    _open_or_make_list(tracker) if arguments.add else _open_list(tracker)
    if arguments.id:
        tracker.watchlist.current.get(arguments.id)
    article = clip.open_article(tracker, arguments.where, arguments.published)
    if arguments.add:
        return clip.add_draft(tracker, article, title, as_json=as_json)
    if arguments.id:
        return clip.import_draft(tracker, article, title, arguments.id, as_json=as_json)
    return clip.print_draft(tracker, article, title, as_json=as_json, pen=_style(), width=_terminal_width())


def _set(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.model.fields import find_field  # only this command pays for it

    values = {}
    for change in arguments.changes:
        key, equals, text = change.partition("=")
        if not equals:
            raise BadValue(f"“{change}” is no change; write it as {change}=value.")
        field = find_field(key)
        values[field.name] = field.read(text)
    _open_list(tracker).watchlist.current.get(arguments.id)
    try:
        return _say_outcome(tracker.edits.set_fields({arguments.id: values}))
    except Conflict as conflict:
        tracker.edits.set_aside(arguments.id, values)
        raise Conflict(f"{conflict} `tracker redo` writes yours.") from None


def _remove(tracker: Tracker, arguments: argparse.Namespace) -> int:
    _open_list(tracker).watchlist.current.get(arguments.id)
    return _say_outcome(tracker.edits.remove([arguments.id]))


def _undo(tracker: Tracker, arguments: argparse.Namespace) -> int:
    return _say_outcome(_open_list(tracker).edits.undo())


def _redo(tracker: Tracker, arguments: argparse.Namespace) -> int:
    return _say_outcome(_open_list(tracker).edits.redo())


def _say_outcome(outcome: Outcome) -> int:
    say(outcome.label)
    return 0


def _check(tracker: Tracker, arguments: argparse.Namespace) -> int:
    found = tracker.watchlist.check()
    for problem in found:
        print(f"{tracker.path}:{problem.line}: {problem.reason}")
    if not found:
        say(f"{tracker.path}: no problems.")
    return 3 if found else 0


def _merge(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import merge_restore  # few runs merge or restore

    return merge_restore.merge(tracker, arguments.files, arguments.take)


def _restore(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.commands import merge_restore

    return merge_restore.restore(tracker, arguments.number, as_list=arguments.list or arguments.number is None)


def _path(tracker: Tracker, arguments: argparse.Namespace) -> int:
    paths = tracker.paths
    print(f"watchlist  {tracker.path}\nsettings   {paths.settings}\nstate      {paths.state}\ncache      {paths.cache}")
    return 0


def _completion(tracker: Tracker, arguments: argparse.Namespace) -> int:
    from tracker.cli.completion import completion_script

    print(completion_script(arguments.shell))
    return 0


def _app(tracker: Tracker, arguments: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("tracker: the app needs a terminal; `tracker list` prints the list.")
        return 2
    # Textual reads this once, when it is imported. At its usual 60 a key waits up to 17 ms for its paint.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from tracker.tui.app import run  # Textual takes 0.2 s to import, which no other command pays

    return run(tracker)


_COMMANDS: Final[dict[str, Callable[[Tracker, argparse.Namespace], int]]] = {
    "app": _app,
    "list": _list,
    "show": _show,
    "today": _today,
    "calendar": _calendar,
    "slips": _slips,
    "export": _export,
    "add": _add,
    "status": _status,
    "clip": _clip,
    "set": _set,
    "search": _search,
    "link": _link,
    "refresh": _refresh,
    "news": _news,
    "remove": _remove,
    "undo": _undo,
    "redo": _redo,
    "check": _check,
    "merge": _merge,
    "restore": _restore,
    "path": _path,
    "completion": _completion,
}
