"""The commands that ask sources, and those about their answers: search, link, refresh, news."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, time

from tracker.cli.commands.remind import print_reminders, reminders_json
from tracker.cli.commands.show import format_proposal
from tracker.cli.context import Context, read_day, say
from tracker.cli.json_output import print_json, proposal_json, search_failure_json, search_result_json
from tracker.cli.output import BOLD, GREY
from tracker.errors import BadValue, NothingToUndo, ReadOnly, SeasonUnclear, SourceError, WatchlistMissing
from tracker.model.formatting import join_names, plural
from tracker.model.matching import SearchResult, find_same_title, find_seasons_on_list
from tracker.model.news import GRADES, NewsItem
from tracker.model.proposal import Proposal
from tracker.model.show import Show
from tracker.model.show_reference import parse_reference
from tracker.model.source_record import source_ids, source_label
from tracker.service.notify import run_notify_command
from tracker.service.refresh import Progress
from tracker.service.sources import describe_failures
from tracker.text import clean_line


def search(context: Context) -> int:
    """Print what the sources find."""
    tracker, arguments = context.tracker, context.arguments
    # To look is the first thing that somebody without a list does.
    with suppress(WatchlistMissing):
        context.open_for_sources()
    title = " ".join(map(clean_line, arguments.words)).strip()
    if not title:
        raise BadValue("Search for what? Give a title, or part of one.")
    answer = tracker.sources.search(title, arguments.source)
    for sentence in describe_failures(answer.failures):
        say(sentence)
    if arguments.json:
        results = [search_result_json(result, tracker.linking.find_known(result)) for result in answer.results]
        print_json([*results, *map(search_failure_json, answer.failures)])
    else:
        for result in answer.results:
            print(_format_search_result(context, result))
        if answer.results:
            for notice in dict.fromkeys(s.notice for s in tracker.sources.enabled if s.label in answer.asked):
                say(notice)
        elif answer.asked:
            say(f"Nothing found for “{title}” on {join_names(answer.asked, 'or')}.")
    tracker.sources.close()
    return SourceError.EXIT_CODE if answer.failures and not answer.results else 0


def link(context: Context) -> None:
    """Link a show to source ids, or with --not remember that it is another show."""
    tracker, arguments = context.tracker, context.arguments
    context.open_for_sources()
    references = list(map(parse_reference, arguments.references))
    show = context.watchlist.get(arguments.id)
    linked_ids = tracker.sources.resolve(references)
    if arguments.is_not:
        tracker.linking.reject(show.id, linked_ids)
        say(f"{show.title} is not {', '.join(map(str, linked_ids))}. It won't be offered again.")
        if {one.show for one in source_ids(show)} & {one.show for one in linked_ids}:
            say(f"It is still linked. To take all its links away, run `tracker set {show.id} ids=`.")
        return
    try:
        outcome = tracker.linking.link(show.id, linked_ids, context.season)
    except SeasonUnclear as unclear:
        outcome = tracker.linking.link(show.id, linked_ids, context.ask_season(unclear))
    say(outcome.label)
    tracker.sources.close()


def refresh(context: Context) -> int:
    """Ask the sources; print news and proposals."""
    tracker, arguments = context.tracker, context.arguments
    ids, dry_run = arguments.id, arguments.dry_run
    watchlist = context.open_for_sources()
    if tracker.as_of is not None:
        raise BadValue("The past can't be refreshed. Leave out --as-of.")
    shows = [watchlist.get(show_id) for show_id in ids] if ids else list(watchlist.shows)
    is_forced = arguments.force
    run = tracker.refresh(
        shows, force=is_forced or bool(ids), direct=bool(ids), reread=is_forced, skip_cache=is_forced, dry_run=dry_run
    )
    report = run.run(_progress_printer())
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    tracker.sources.close()
    refreshed = filter(None, (context.watchlist.find(show.id) for show in shows))
    proposals = [proposal for show in refreshed for proposal in tracker.proposals.find(show)]
    # Without a command nobody might read them here: then they are left to the app and to `tracker remind`.
    reminders = tracker.reminders.tell() if tracker.settings.notify and not dry_run else ()
    as_json = reminders_json(context, reminders)
    if arguments.json:
        print_json({
            "asked": report.asked,
            "feeds": report.feeds,
            "news": [item.as_json() for item in report.news],
            "proposals": [proposal_json(proposal) for proposal in proposals],
            "reminders": as_json,
            "failures": list(report.failures),
            "unlinked": [show.id for show in report.unlinked],
        })  # fmt: skip
    else:
        for item in report.news:
            print(_format_news(item))
        _print_proposals(context, proposals, has_asked=bool(report.asked))
        print_reminders(context, reminders)
    say(f"{report.sentence}{_how_to_link(report.unlinked)}")
    for sentence in report.failures[2:]:
        say(sentence)
    if not dry_run and (problem := run_notify_command(tracker.settings.notify, report.news, as_json)):
        say(problem)
    return SourceError.EXIT_CODE if report.is_broken else 0


def print_news(context: Context) -> None:
    """Print what changed since the last look, or undo one change."""
    inbox, arguments, changes = context.tracker.inbox, context.arguments, context.tracker.external_changes
    context.open()
    new: tuple[NewsItem, ...] = ()
    if arguments.undo is None and not arguments.mark_seen:
        new = changes.find()
    elif context.tracker.as_of is not None:
        raise ReadOnly(context.tracker.watchlist.why_read_only)
    else:
        changes.check()
    if arguments.undo is not None:
        item = next((item for item in inbox.items() if item.number == arguments.undo), None)
        if item is None:
            raise NothingToUndo(
                f"There is no change number {arguments.undo}. `tracker news --json` prints the numbers."
            )
        say(inbox.undo(item).label)
        return
    since = read_day("--since", arguments.since, context.tracker.today) if arguments.since is not None else None
    kept = inbox.unread() if since is None else inbox.items(datetime.combine(since, time()).astimezone())
    items = sorted((*new, *kept), key=lambda item: (*GRADES, item.grade).index(item.grade))
    if arguments.json:
        print_json([item.as_json() for item in items])
    elif items:
        for item in items:
            print(_format_news(item, has_day=True))
    else:
        say("Nothing new since you last looked." if since is None else f"Nothing new since {since}.")
    if arguments.mark_seen:
        inbox.mark_read()


def _format_search_result(context: Context, result: SearchResult) -> str:
    known = context.tracker.linking.find_known(result)
    native = f"  {result.original_title}" if result.original_title else ""
    lines = [context.style(result.title, BOLD) + native, "    " + " · ".join(result.facts)]
    wide = max(len(str(record.source_id)) for record in result.records)
    lines += [f"    {record.source_id!s:<{wide}}  {context.style(record.url, GREY)}" for record in result.records]
    if known is not None:
        lines.append(f"    already on your list: {known.id}")
    elif seasons := find_seasons_on_list(result, context.watchlist.shows):
        entries = join_names(f"season {show.season} ({show.id})" for show in seasons)
        lines.append(f"    on your list: {entries}")
    elif same := find_same_title(result, context.watchlist.shows):
        lines.append(f"    same title on your list: {same.id}; `tracker link` links it")
    return "\n".join(lines)


def _print_proposals(context: Context, proposals: list[Proposal], *, has_asked: bool) -> None:
    # Older ones were printed before, and would only hide what is new.
    today, is_named = context.tracker.today, bool(context.arguments.id)
    new = [p for p in proposals if is_named or p.since is None or p.since >= today]
    if has_asked and (older := len(proposals) - len(new)):
        say(f"{plural(older, 'older proposal')}: `tracker show ID` prints them, p in the app applies them.")
    for proposal in new:
        print(format_proposal(context.watchlist.get(proposal.show_id).full_title, proposal))


def _how_to_link(shows: Sequence[Show]) -> str:
    """Return what to do about shows that are linked to no enabled source; "" for nothing."""
    shows = [show for show in shows if not source_ids(show)]
    if not shows:
        return ""
    title, show_id = (shlex.quote(shows[0].title), shows[0].id) if len(shows) == 1 else ("TITLE", "ID")
    return f" Run `tracker search {title}`, then `tracker link {show_id} SOURCE:ID`."


def _progress_printer() -> Callable[[Progress], None]:
    """Return what prints progress on a terminal; a log gets none."""
    if not sys.stderr.isatty():
        return lambda progress: None

    def print_progress(progress: Progress) -> None:
        line = f"{progress.done} of {progress.total}  {progress.waiting or progress.title[:60]}"
        print(f"\r\x1b[K{line}", end="", flush=True, file=sys.stderr)

    return print_progress


def _format_news(item: NewsItem, *, has_day: bool = False) -> str:
    """Return a news item as lines: the show and what changed; who says so and where."""
    mark = {"loud": "!", "normal": "·"}.get(item.grade, " ")
    on = f"{item.at.astimezone().date()}  " if has_day else ""
    lines = [f"{mark} {on}{item.title}: {item.text}  — {source_label(item.source)}{f' {item.url}' if item.url else ''}"]
    # A number sign is a pattern in some shells.
    offered = [name.partition("#") for name in item.offered_ids]
    season = f" --season {offered[0][2]}" if offered and offered[0][2] else ""
    ids = [name for name, _, _ in offered]
    if item.offers_entry:
        lines.append(f"    yes: tracker add {' '.join(f'--from {name}' for name in ids)}{season}")
    elif item.match_offer:
        lines.append(f"    yes: tracker link {item.show_id} {' '.join(ids)}{season}")
        lines.append(f"    no:  tracker link {item.show_id} {' '.join(ids)} --not")
    return "\n".join(lines)
