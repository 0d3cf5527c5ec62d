"""The commands that edit: add, status, set, remove, undo, redo."""

from __future__ import annotations

import shlex
from typing import Any

from tracker.cli.context import Context, read_said_day, say
from tracker.errors import BadValue, Conflict
from tracker.model.countries import find_country
from tracker.model.duplicates import find_duplicate, known_names
from tracker.model.history import Claim
from tracker.model.links import parse_link
from tracker.model.release import parse_medium, parse_region
from tracker.model.season import find_season
from tracker.model.show import Show, parse_kind
from tracker.model.status import parse_status
from tracker.model.watchlist import Watchlist
from tracker.model.window_parser import parse_window
from tracker.text import clean, clean_line, slug


def add(context: Context) -> None:
    """Add a show and print its id."""
    arguments, edits = context.arguments, context.tracker.edits
    if arguments.references:
        _add_from(context)
        return
    title = clean_line(arguments.title)
    if not title:
        raise BadValue("A show needs a title.")
    if ("/" in title or ":" in title) and _is_reference(title):
        raise BadValue(
            f"“{title}” is an id or an address. Run `tracker add --from {shlex.quote(title)}`, or give a title."
        )
    networks = tuple(filter(None, map(clean_line, arguments.network)))
    countries = tuple(dict.fromkeys(find_country(name) or clean_line(name) for name in arguments.country))
    kind, season = parse_kind(arguments.kind), context.season
    guess = find_season((title,)) if kind == "series" and season is None else None
    show = Show(
        f"{slug(title)}-{season}" if season else "", title, kind=kind, season=season or guess, networks=networks,
        countries=tuple(filter(None, countries)),
    )  # fmt: skip
    claim = _make_claim(context)
    before = context.open_to_add()
    [show_id] = edits.add(show, claim).show_ids
    say_duplicate(before, title, season=show.season)
    if guess:
        say(f"Added as season {guess}, as in the title. For the whole show, run `tracker set {show_id} season=`.")
    print(show_id)


def record_status(context: Context) -> None:
    """Record a claim."""
    show_id, claim = context.arguments.id, _make_claim(context)
    context.open().get(show_id)
    say(context.tracker.edits.record({show_id: claim}).label)


def set_fields(context: Context) -> None:
    """Change fields of a show."""
    from tracker.model.fields import find_field  # only this command pays for it

    show_id, edits = context.arguments.id, context.tracker.edits
    values: dict[str, Any] = {}
    for change in context.arguments.changes:
        key, equals, text = change.partition("=")
        if not equals:
            raise BadValue(f"Not a change: “{change}”. Write {change}=value.")
        field = find_field(key)
        values[field.name] = field.read_on(text, context.tracker.today)
    context.open().get(show_id)
    try:
        say(edits.set_fields({show_id: values}).label)
    except Conflict as conflict:
        edits.set_aside(show_id, values)
        raise Conflict(f"{conflict} To write your value, run `tracker redo`.") from None


def note(context: Context) -> None:
    """Record hand edits as claims."""
    context.open()
    say(context.tracker.edits.note(context.arguments.id).label)


def remove(context: Context) -> None:
    """Take a show off the list."""
    context.open().get(context.arguments.id)
    say(context.tracker.edits.remove([context.arguments.id]).label)


def undo(context: Context) -> None:
    """Undo the last edit."""
    context.open()
    say(context.tracker.edits.undo().label)


def redo(context: Context) -> None:
    """Redo the last undone edit."""
    context.open()
    say(context.tracker.edits.redo().label)


def say_duplicate(watchlist: Watchlist, *titles: str, season: int | None = None) -> None:
    """Say which show of a list, of the same season, has a title of a new one as a name or as its id."""
    shows = [show for show in watchlist.shows if show.season == season]
    if known := find_duplicate(known_names(shows), *titles):
        kind = "the same title" if known.kind == "title" else f"this as its {known.kind}"
        say(f"Note: {known.show.id} has {kind}. If it is the same show, run `tracker undo`.")


def _make_claim(context: Context) -> Claim:
    arguments, today = context.arguments, context.tracker.today
    on, on_text = read_said_day("--on", arguments.on, today) if arguments.on is not None else (today, "")
    return Claim(
        on=on,
        on_text=on_text,
        status=parse_status(arguments.status) if arguments.status else None,
        release=parse_window(clean_line(arguments.release), on, on_text) if arguments.release else None,
        source=clean_line(arguments.source),
        url=parse_link(arguments.url),
        note=clean(arguments.note).strip(),
        region=parse_region(arguments.region),
        medium=parse_medium(arguments.medium),
    )


def _is_reference(title: str) -> bool:
    from tracker.model.show_reference import is_reference  # only such a title pays for it

    return is_reference(title)


def _add_from(context: Context) -> None:
    from tracker.model.show_reference import parse_reference  # only this form pays for it

    tracker, arguments = context.tracker, context.arguments
    if arguments.title:
        raise BadValue("Give either a title or --from, not both.")
    references = list(map(parse_reference, arguments.references))
    context.say_waits()
    before = context.open_to_add()
    outcome = tracker.linking.add(tracker.sources.resolve(references), context.season)
    tracker.sources.close()
    say(outcome.label)
    show = context.watchlist.get(outcome.show_ids[0])
    say_duplicate(before, show.title, show.original_title, season=show.season)
    print(show.id)
