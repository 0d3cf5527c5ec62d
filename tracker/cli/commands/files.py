"""The commands about the file as a whole and the program: check, merge, restore, path, completion."""

from __future__ import annotations

from datetime import datetime

from tracker.cli.context import Context, say
from tracker.errors import BadValue, Conflict


def check(context: Context) -> int:
    """Print every problem of the file; return 3 if there are any."""
    path = context.tracker.path
    problems = context.tracker.watchlist.check()
    for problem in problems:
        place = f"{problem.line}:{problem.column}" if problem.column else problem.line
        print(f"{context.path_text(path)}:{place}: {problem.reason}")
    if not problems:
        say(f"{path}: no problems found.")
    return 3 if problems else 0


def merge(context: Context) -> int:
    """Merge three files into the second, or without files the sync copies; return 4 on conflicts."""
    from tracker.service.sync_copies import merge_files

    files = context.arguments.files
    if not files:
        _merge_copies(context)
        return 0
    if len(files) != 3:
        raise BadValue("Give three files (BASE OURS THEIRS) or none.")
    merge = merge_files(*files)
    if merge.note:
        say(merge.note)
    for sentence in merge.conflicts:
        say(f"Conflict: {sentence}")
    return Conflict.EXIT_CODE if merge.conflicts else 0


def restore(context: Context) -> None:
    """Bring a version back, or print which there are."""
    backups, number = context.tracker.backups, context.arguments.number
    if number is not None and not context.arguments.list:
        was_there = context.tracker.path.exists()
        outcome = backups.restore(number)
        back = "Your list is back"
        if was_there:
            back = "`tracker undo` takes it back" if outcome.returns else "The text it replaced is version 2 now"
        say(f"{outcome.label}. {back}.")
        return
    versions = backups.list_all()
    if not versions:
        say("No earlier versions yet. Each edit keeps one.")
        return
    say("Number, time, size, and what restoring it would change:")
    for backup, is_current, summary in versions:
        # In local time, as every date on the screen.
        at = datetime.fromtimestamp(backup.at).strftime("%Y-%m-%d %H:%M:%S")  # noqa: DTZ006
        change = "nothing, same as the file now" if is_current else summary or "only comments or layout"
        print(f"{backup.number:>3}  {at}  {backup.size:>10,} bytes  {change}")
    say(f"The versions are in {versions[0].backup.path.parent}")


def print_paths(context: Context) -> None:
    """Print where the program's files are."""
    paths = context.tracker.paths
    places = {"watchlist": context.tracker.path, "settings": paths.settings, "state": paths.state, "cache": paths.cache}
    print("\n".join(f"{name:<9}  {context.path_text(path)}" for name, path in places.items()))


def print_completion(context: Context) -> None:
    """Print the completion script of a shell."""
    from tracker.cli.completion import completion_script  # the library is of no use to anything else

    print(completion_script(context.arguments.shell))


def _merge_copies(context: Context) -> None:
    outcomes = 0
    for outcome in context.tracker.sync_copies.merge_all(context.arguments.take):
        outcomes += 1
        say(outcome.label)
    if not outcomes:
        say(f"No conflicted copies next to {context.tracker.path}.")
