"""From model to `Content`: what the panes say. Text from outside is only ever assembled, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from tracker.model.countries import country_name
from tracker.model.dates import day_label
from tracker.model.formatting import describe_effect, describe_missed, describe_slips, describe_wait, plural
from tracker.model.history import Effect, HistoryState, Step
from tracker.model.reminder import write_rules
from tracker.model.season import with_season
from tracker.model.show import Credit, Person, Show
from tracker.model.source_record import find_bad_ids, source_label
from tracker.model.status import Status, line_for
from tracker.model.watch_state import describe_mine, watch_sign
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.model.window import overdue_by
from tracker.text import MAX_PARAGRAPHS, cells
from tracker.tui.bindings import key_named
from tracker.tui.theme import STATUS_COLOURS, WATCH_COLOURS, Glyphs

MUTED = "$foreground-muted"
MAX_LINES = 500
"""How many lines of one text are laid out; a text of 300,000 takes minutes."""
NARROW = 56
"""Panes of fewer cells have lines with less room before them."""


def cut_content(text: Content) -> Content:
    """Return a text as far as it can be laid out at once; what is longer ends with an ellipsis."""
    plain = text.plain
    end, line_end = min(len(plain), MAX_PARAGRAPHS), -1
    for _ in range(MAX_LINES):
        if (line_end := plain.find("\n", line_end + 1, end)) < 0:
            break
    else:
        end = line_end
    return text if end == len(plain) else Content.assemble(text[:end], "…")


def display_title(show: Show, native: bool) -> str:
    """Return the title that the list shows, with the season of the entry."""
    return with_season((show.original_title if native else "") or show.title, show.season)


def describe_status(status: Status | None, glyphs: Glyphs) -> Content:
    """Return sign and word of a status in its colour."""
    if status is None:
        return Content.styled("no status yet", MUTED)
    return Content.styled(f"{glyphs.status(status)} {status.value}", f"${STATUS_COLOURS[status]}")


def describe_heading(show: Show, native: bool, glyphs: Glyphs) -> Content:
    """Return the two lines above the panes: titles; what is the owner's own, networks, countries, kind."""
    shown, other = display_title(show, native), show.title if native else show.original_title
    titles = Content.styled(shown, "bold")
    if other and other != shown:
        titles = Content.assemble(titles, "  ", (other, MUTED))
    facts = [", ".join(show.networks), ", ".join(map(country_name, show.countries)), show.kind, ", ".join(show.genres)]
    lines = Content.styled(glyphs.dot.join(fact for fact in facts if fact), MUTED)
    if mine := describe_mine(show.watch, show.rating):
        mine = f"{watch_sign(show.watch, is_ascii=glyphs.ascii)} {mine}"
        lines = Content(glyphs.dot).join(
            [Content.styled(mine, f"${WATCH_COLOURS[show.watch]}"), *([lines] if lines else [])]
        )
    return Content.assemble(titles, "\n", lines)


def describe_synopsis(show: Show) -> Content:
    """Return synopsis, the owner's notes, and the facts that have no pane of their own."""
    parts: list[Content] = []
    if show.synopsis:
        parts.append(Content(show.synopsis))
    if show.notes:
        parts.append(Content.assemble(("My notes  ", "bold"), show.notes))
    facts = [
        ("director", ", ".join(show.directors)),
        ("writer", ", ".join(show.writers)),
        ("locations", ", ".join(show.locations)),
        ("aliases", ", ".join(show.aliases)),
        ("tags", ", ".join(show.tags)),
        ("mine", describe_mine(show.watch, show.rating)),
        ("remind", write_rules(show.remind)),
    ]
    lines = [Content.assemble((f"{name:<9} ", MUTED), value) for name, value in facts if value]
    doubts = find_bad_ids(show)
    for name, value in show.ids.items():
        doubt = f"  {doubts[name]}" if name in doubts else ""
        lines.append(Content.assemble((f"{name:<9} ", MUTED), str(value), (doubt, MUTED)))
    if lines:
        parts.append(Content("\n").join(lines))
    if not parts:
        return Content.styled("No synopsis yet. Press e to write one.", MUTED)
    return Content("\n\n").join(parts)


def describe_credit(credit: Credit, has_card: bool, glyphs: Glyphs) -> Content:
    """Return one line of the cast, with an arrow where a person card is behind it."""
    parts: list[Content | str | tuple[str, str]] = [(credit.actor, "bold")]
    if credit.role:
        parts += [("  as ", MUTED), credit.role]
    if has_card:
        parts += [("  ", ""), (glyphs.arrow, "$text-accent")]
    if credit.about:
        parts += ["\n", (credit.about, MUTED)]
    return Content.assemble(*parts)


def describe_link(name: str, url: str, glyphs: Glyphs) -> Content:
    """Return one line of the links."""
    return Content.assemble(name, ("  ", ""), (f"{url} {glyphs.arrow}", MUTED))


def describe_rail(show: Show, standing: HistoryState, glyphs: Glyphs, width: int) -> Content:
    """Return the line of life: where the show was, is and has yet to go."""
    line = line_for(show.kind)
    reached = [s.claim.counting_status for s in standing.steps if s.claim.counting_status in line]
    last = show.status if show.status in line else (reached[-1] if reached else None)
    at = line.index(last) if last in line else -1
    beside = show.status is not None and show.status not in line
    colour = f"${STATUS_COLOURS[show.status]}" if show.status else MUTED
    parts: list[tuple[str, str]] = []
    for place in range(len(line)):
        if place:
            parts.append((glyphs.rail * (2 if width >= NARROW else 1), colour if place <= at else MUTED))
        if place == at and not beside:
            parts.append((glyphs.here, f"{colour} bold"))
        else:
            parts.append((glyphs.done, colour) if place <= at else (glyphs.ahead, MUTED))
    return Content.assemble(*parts, "  ", describe_status(show.status, glyphs))


def describe_status_head(show: Show, standing: HistoryState, today: date, glyphs: Glyphs, width: int) -> Content:
    """Return rail, window with countdown, and slips: the head of the status pane."""
    lines = [describe_rail(show, standing, glyphs, width)]
    if show.release is None:
        lines.append(Content.styled("No release date yet", MUTED))
    else:
        label, span = show.release.label, show.release.span
        window = [Content.styled(span if span.endswith(label) else label, "bold")]
        if not show.release.is_tba and not span.endswith(label.removeprefix("~")):
            window.append(Content.styled(span, MUTED))
        if missed := describe_missed(standing, today):
            window.append(Content.styled(missed, "$text-error"))
        elif show.is_overdue(today):
            window.append(Content.styled(f"overdue by {overdue_by(show.release, today)}", "$text-error"))
            window.append(Content.styled("no report of a release", MUTED))
        elif wait := describe_wait(show, today):
            window.append(Content(wait))
        if standing.slips:
            window.append(Content.styled(describe_slips(standing), "$text-warning"))
        lines += _fill_lines(window, glyphs.dot, width)
    return Content("\n").join([*lines, Content("")])


def _fill_lines(parts: list[Content], dot: str, width: int) -> list[Content]:
    """Return the parts joined by dots in as many lines as they need; no line begins or ends with a dot."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + len(dot) + part.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], dot, part)
        else:
            lines.append(part)
    return lines


_EFFECT_COLOURS = {Effect.SLIPPED: "$text-error", Effect.WITHDRAWN: "$text-error", Effect.FORWARD: "$text-success"}


def describe_step(step: Step, glyphs: Glyphs, width: int) -> Content:
    """Return one claim of the history: day, what it says and changes; who says so; the note.

    Lines are broken here, at `width` cells, so that what follows stays in its column.
    """
    claim = step.claim
    said: list[Content] = []
    if claim.status is not None:
        said.append(describe_status(claim.status, glyphs))
    if claim.release is not None:
        said.append(Content.styled(claim.release.label, "bold"))
        if track := claim.track.label:
            said.append(Content.styled(track, MUTED))
    if effect := describe_effect(step):
        said.append(Content.styled(effect, _EFFECT_COLOURS.get(step.effect, MUTED)))
    parts = [Content("  ").join(said)] if said else []
    if claim.source or claim.url:
        arrow = f" {glyphs.arrow}" if claim.url else ""
        parts.append(Content.styled(f"{source_label(claim.source) or 'no source'}{arrow}", "$text-accent"))
    parts += [Content(line) for line in claim.note.splitlines()]
    if claim.is_hand_edit:
        parts.append(
            Content.styled(f"edited by hand, not yet in the history; {key_named('note').key_text} adds it", MUTED)
        )
    day = Content.styled(f"{claim.date_text or 'undated':<10}  ", MUTED)
    indent = " " * 12
    if width < NARROW:
        indent = "  "
        if parts and said:
            parts[0] = Content.assemble(day, parts[0])
        else:
            parts.insert(0, day)
        day = Content("")
    lines = [
        line for n, part in enumerate(parts) for line in part.wrap(max(12, width - (len(indent) if n or day else 0)))
    ]
    first, *rest = lines or [Content("")]
    return Content("\n").join([Content.assemble(day, first), *(Content.assemble(indent, line) for line in rest)])


def describe_person(person: Person | None, name: str, glyphs: Glyphs) -> Content:
    """Return the card of a person, or that there is none."""
    if person is None:
        return Content.assemble((name, "bold"), ("\n\nNo card yet. Press e to make one.", MUTED))
    followed = ("  followed", "$text-success") if person.follow else ""
    lines = [Content.assemble((person.name, "bold"), followed)]
    if person.aliases:
        lines.append(Content.styled(glyphs.dot.join(person.aliases), MUTED))
    if person.about:
        lines += [Content(""), Content(person.about)]
    lines.append(Content(""))
    for label, value in (("agency", person.agency), ("known for", ", ".join(person.known_for))):
        if value:
            lines.append(Content.assemble((f"{label:<10}", MUTED), value))
    return Content("\n").join(lines)


def describe_damaged_entry(damage: DamagedEntry, path: str, width: int) -> Content:
    """Return what is wrong with an entry, and the entry as it stands in the file, with a mark below the place."""
    quoted = []
    for number, row in enumerate(damage.text.rstrip().split("\n")[:200], damage.start):
        is_wrong = number == damage.line
        shown = _replace_unprintable(row.rstrip("\r"))
        quoted.append(Content.assemble((f"{number:>5} ", MUTED), (shown, "$text-error bold" if is_wrong else MUTED)))
        # A row that is wrapped has the place on another line.
        if is_wrong and damage.column and 6 + cells(shown) < width:
            quoted.append(Content.styled(" " * (6 + cells(shown[: damage.column - 1])) + "^", "$text-error bold"))
    return Content.assemble(
        ("This entry can't be read.", "$text-error bold"),
        f"\n{path}:{damage.place}\n\n",
        damage.reason,
        ("\n\nIt stays in the file untouched. Press E to fix it there.\n\n", MUTED),
        Content("\n").join(quoted),
    )


def _replace_unprintable(row: str) -> str:
    return "".join(c if c.isprintable() else " " if c == "\t" else "�" for c in row)


def describe_empty_list(query: str, as_of: date | None, hidden: int = 0) -> str:
    """Return what stands in the list while it has no shows; `hidden` are those that are seen or dropped."""
    if hidden:
        return f"All are watched or dropped.\nPress {key_named('seen').key_text} to see them."
    if query:
        return f"No show matches “{query}”.\nPress Esc to clear the filter."
    if as_of is not None:
        return f"Nothing was known on {day_label(as_of)}.\nTry a later day with --as-of."
    return "No shows yet.\nPress a to add a show.\nPress E to edit the file."


def count_due(watchlist: Watchlist, today: date) -> tuple[int, int]:
    """Return how many shows are overdue, and how many come within a week."""
    overdue = sum(show.is_overdue(today) for show in watchlist.shows)
    return overdue, sum(_is_due_within(show, today, 7) for show in watchlist.shows)


def describe_counts(
    watchlist: Watchlist,
    counts: tuple[int, int],
    found: int | None,
    marked: int,
    unseen: int,
    hidden: int,
    *,
    is_near: bool = False,
) -> list[tuple[str, str]]:
    """Return the left side of the header with its styles.

    Args:
        watchlist: The list.
        counts: Those of `count_due`.
        found: How many shows the filter lets through; None without a filter.
        marked: How many are marked.
        unseen: How much news there is.
        hidden: How many shows are hidden since they are seen or dropped.
        is_near: Whether the filter lets through what it nearly matches, since it matches nothing.
    """
    shows = watchlist.shows
    overdue, soon = counts
    of = "" if found is None else f"{plural(found, 'near match', 'near matches')} in " if is_near else f"{found:,} of "
    words = [(f"{of}{len(shows):,} show{'' if len(shows) == 1 else 's'}", "bold $text-warning" if is_near else "bold")]
    if hidden:
        words.append((f"{hidden:,} hidden", "$text-accent"))
    if overdue:
        words.append((f"{overdue:,} overdue", "$text-error"))
    if soon:
        words.append((f"{soon:,} within a week", "$text-success"))
    if unseen:
        words.append((f"{unseen:,} unread", "bold $text-accent"))
    if watchlist.damaged:
        words.append((f"{len(watchlist.damaged):,} unreadable", "$text-error"))
    if marked:
        words.append((f"{marked:,} marked", "$text-accent"))
    if not watchlist.is_complete:
        words.append(("loading…", "$text-warning"))
    return words


def describe_state(
    saved_view: str,
    labels: Iterable[str],
    troubles: Iterable[str],
    activity: str,
    past_day: date | None,
    as_of: date | None,
    *,
    is_read_only: bool,
) -> list[tuple[str, str]]:
    """Return the right side of the header with its styles: what goes on, the past, the view, troubles."""
    state = [(activity, "$text-accent")] if activity else []
    if past_day is not None:
        state.append((f"As known on {day_label(past_day)}", "bold $text-warning"))
    state += [(saved_view, "bold $text-accent")] if saved_view else []
    state += [(label, MUTED) for label in labels]
    state += [(trouble, "bold $text-error") for trouble in troubles]
    if as_of is not None:
        state.append((f"As known on {day_label(as_of)}, read-only", "bold $text-warning"))
    elif is_read_only:
        state.append(("read-only", "bold $text-warning"))
    return state


def _is_due_within(show: Show, today: date, days: int) -> bool:
    if show.release is None or show.release.latest is None or show.is_out:
        return False
    is_off = show.status is Status.CANCELLED or show.is_postponed
    return 0 <= (show.release.latest - today).days < days and not is_off


def clipboard_line(show: Show) -> str:
    """Return what the copy key puts into the clipboard."""
    links = show.links_in_order()
    title = f"{show.full_title} ({show.original_title})" if show.original_title else show.full_title
    parts = [
        title,
        show.status.value if show.status else "",
        show.release.label if show.release else "",
        ", ".join(show.networks),
        links[0][1] if links else "",
    ]
    return " — ".join(part for part in parts if part)
