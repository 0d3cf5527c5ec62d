"""The commands that ask services, and those about what they said: search, add --from, link, refresh, news."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from tracker.cli.commands.show import format_proposal, proposal_json
from tracker.cli.output import Style, dump_json
from tracker.errors import BadValue, NothingToUndo, SourceError
from tracker.model.matching import SearchResult, find_same_title
from tracker.model.news import NewsItem
from tracker.model.source_record import parse_source_id
from tracker.service import Tracker
from tracker.service.notify import run_notify_command
from tracker.service.refresh import Progress
from tracker.service.sources import describe_failures


def search(tracker: Tracker, words: str, source: str, *, as_json: bool, pen: Style) -> int:
    """Print what the services find; nothing is picked.

    Raises:
        TrackerError: No service could be asked.
    """
    if not words:
        raise BadValue("search for what? Give a title, or a part of one.")
    found = tracker.sources.search(words, source)
    for sentence in describe_failures(found.failures):
        _say(sentence)
    notices = dict.fromkeys(source.notice for source in tracker.sources.enabled if source.label in found.asked)
    if as_json:
        print(dump_json([_search_result_json(tracker, one) for one in found.results]))
    else:
        for candidate in found.results:
            print(_format_search_result(tracker, candidate, pen))
        if not found.results and found.asked:
            _say(f"{' and '.join(found.asked)} found nothing for “{words}”.")
        for notice in notices if found.results else ():
            _say(notice)
    tracker.sources.close()
    return SourceError.EXIT_CODE if found.failures and not found.results else 0


def _format_search_result(tracker: Tracker, candidate: SearchResult, pen: Style) -> str:
    known = tracker.linking.find_known(candidate)
    native = f"  {candidate.original_title}" if candidate.original_title else ""
    lines = [pen(candidate.title, "1") + native, "    " + " · ".join(candidate.facts)]
    wide = max(len(str(one.source_id)) for one in candidate.records)
    lines += [f"    {one.source_id!s:<{wide}}  {pen(one.url, '90')}" for one in candidate.records]
    if known is not None:
        lines.append(f"    on the list already: {known.id}")
    elif same := find_same_title(candidate, tracker.watchlist.current.shows):
        lines.append(f"    of the same title on the list: {same.id}; tracker link ties it")
    return "\n".join(lines)


def _search_result_json(tracker: Tracker, candidate: SearchResult) -> dict[str, Any]:
    known = tracker.linking.find_known(candidate)
    return {
        "title": candidate.title,
        "original_title": candidate.original_title,
        "year": candidate.year,
        "kind": candidate.kind,
        "networks": list(candidate.networks),
        "countries": list(candidate.countries),
        "status": candidate.raw_status or None,
        "references": [str(one) for one in candidate.source_ids],
        "urls": [one.url for one in candidate.records],
        "on_list": known.id if known is not None else None,
    }


def add_from(tracker: Tracker, references: Sequence[str]) -> int:
    """Add a show as services know it, and print its id.

    Raises:
        TrackerError: It is on the list already, or they did not tell it.
    """
    before = tracker.watchlist.current.shows
    outcome = tracker.linking.add([parse_source_id(one) for one in references])
    tracker.sources.close()
    _say(outcome.label)
    added = tracker.watchlist.current.get(outcome.show_ids[0])
    if same := [known.id for known in before if known.title.casefold() == added.title.casefold()]:
        _say(f"note: {', '.join(same)} has the same title.")
    print(added.id)
    return 0


def link(tracker: Tracker, show_id: str, references: Sequence[str], *, is_not: bool) -> int:
    """Tie an entry to what services know as it, or remember that it is another show.

    Raises:
        TrackerError: There is no such show, another one is tied to it, or the service did not tell it.
    """
    wanted = [parse_source_id(one) for one in references]
    show = tracker.watchlist.current.get(show_id)
    if is_not:
        tracker.linking.reject(show_id, wanted)
        _say(f"{show.title} is not {', '.join(map(str, wanted))}; it is not offered again.")
        return 0
    _say(tracker.linking.link(show_id, wanted).label)
    tracker.sources.close()
    return 0


def refresh(tracker: Tracker, ids: Sequence[str], *, force: bool, dry_run: bool, as_json: bool) -> int:
    """Ask the services; print what is news, and what they say otherwise than the list.

    Raises:
        TrackerError: There is no such show, or what they say cannot be kept.
    """
    if tracker.as_of is not None:
        raise BadValue("the past cannot be asked about; leave --as-of out.")
    shows = (
        [tracker.watchlist.current.get(show_id) for show_id in ids] if ids else list(tracker.watchlist.current.shows)
    )
    refresh = tracker.refresh(shows, force=force or bool(ids), direct=bool(ids), dry_run=dry_run)
    tell = _progress_printer()
    report = refresh.run(tell)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    tracker.sources.close()
    proposals = [
        one for show in shows if (now := tracker.watchlist.current.find(show.id)) for one in tracker.proposals.find(now)
    ]
    if as_json:
        print(dump_json({
            "asked": report.asked,
            "news": [one.as_json() for one in report.news],
            "proposals": [proposal_json(one) for one in proposals],
            "failures": list(report.failures),
        }))  # fmt: skip
    else:
        for one in report.news:
            print(format_news(one))
        # What stands for longer was told before, and would only be in the way of what is new.
        new = [one for one in proposals if ids or one.since is None or one.since >= tracker.today]
        if report.asked and (older := len(proposals) - len(new)):
            _say(
                f"{older} older proposal{'' if older == 1 else 's'}: tracker show ID prints them, p in the app decides."
            )
        for proposal in new:
            print(format_proposal(tracker.watchlist.current.get(proposal.show_id).title, proposal))
    _say(report.sentence)
    for sentence in report.failures[2:]:
        _say(sentence)
    if not dry_run and (problem := run_notify_command(tracker.settings.notify, report.news)):
        _say(problem)
    return SourceError.EXIT_CODE if report.is_broken else 0


def _progress_printer() -> Callable[[Progress], None]:
    """Return what tells on a terminal how far it is; a log gets no such lines."""
    if not sys.stderr.isatty():
        return lambda progress: None

    def tick(progress: Progress) -> None:
        print(
            f"\r\x1b[K{progress.done} of {progress.total}  {progress.title[:60]}", end="", flush=True, file=sys.stderr
        )

    return tick


def news(tracker: Tracker, since: date | None, *, mark_seen: bool, undo: int | None, as_json: bool) -> int:
    """Print what changed since it was looked at last, or take one change back.

    Raises:
        TrackerError: It cannot be read, or not be taken back.
    """
    tracker.external_changes.check()
    if undo is not None:
        one = next((one for one in tracker.inbox.items() if one.number == undo), None)
        if one is None:
            raise NothingToUndo(f"there is no news {undo}; tracker news --json has the numbers.")
        _say(tracker.inbox.undo(one).label)
        return 0
    start = datetime.combine(since, time()).astimezone() if since is not None else None
    found = tracker.inbox.items(start) if start is not None else tracker.inbox.unread()
    if as_json:
        print(dump_json([one.as_json() for one in found]))
    else:
        for one in found:
            print(format_news(one, day=True))
        if not found:
            _say("nothing new since you last looked." if since is None else f"nothing new since {since}.")
    if mark_seen:
        tracker.inbox.mark_read()
    return 0


def format_news(news: NewsItem, *, day: bool = False) -> str:
    """Return a piece of news as lines: the show and what is another; who says so and where."""
    mark = {"loud": "!", "normal": "·"}.get(news.grade, " ")
    on = f"{news.at.astimezone().date()}  " if day else ""
    lines = [f"{mark} {on}{news.title}: {news.text}  — {news.source}{f' {news.url}' if news.url else ''}"]
    if news.match_offer:
        lines.append(f"    yes: tracker link {news.show_id} {news.match_offer}")
        lines.append(f"    no:  tracker link {news.show_id} {news.match_offer} --not")
    return "\n".join(lines)


def _say(words: str) -> None:
    print(words, file=sys.stderr)
