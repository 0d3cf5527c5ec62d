"""What `tracker clip` does: read an article, tell what it says of a show, and take it where that is asked for."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any, Final

from tracker.cli.output import Style, dump_json, iso_date
from tracker.errors import AlreadyOnList, ClipError
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact
from tracker.model.draft_import import Match
from tracker.service import Tracker
from tracker.text import cells, fit, wrap

STDIN: Final = "-"
_LABELS: Final = {"directors": "director", "writers": "writer", "networks": "network", "countries": "country"}
_NAME_CELLS: Final = 11
"""Cells of the column with the names of fields."""
_MAX_LINES: Final = 50
"""How many lines a quote may take."""


def open_article(tracker: Tracker, where: str, published: str) -> Article:
    """Return the article in a file, at an address, or on the standard input for "-".

    Raises:
        TrackerError: See `Clipper.open`.
    """
    clipping = tracker.clipper
    if where != STDIN:
        article = clipping.open(where, published)
    else:
        if sys.stdin.isatty():
            _say("paste the article, and end it with Ctrl+D on a line of its own.")
        article = clipping.from_stream(sys.stdin.buffer, published)
    if clipping.notice:
        _say(clipping.notice)
    return article


def print_draft(tracker: Tracker, article: Article, title: str, *, as_json: bool, pen: Style, width: int | None) -> int:
    """Print what an article says of a show, and what taking it would change."""
    draft = tracker.clipper.extract(article, title)
    found = tracker.clipper.find_matches(draft)
    if as_json:
        print(dump_json(draft_json(draft, article, found)))
        return 0
    if draft.is_abstained:
        print("\n".join([f"no draft: {draft.reason}", *_title_lines(draft, pen, width)]))
        if draft.titles:
            _say(f"--title picks one of them: tracker clip … --title {shlex.quote(draft.titles[0].value)}")
        return 0
    print(
        "\n".join(
            [
                *_fact_lines(draft, pen, width),
                *_published_lines(article, pen),
                *_effect_lines(tracker, draft, article, found, pen, width),
            ]
        )
    )
    by_title = [one for one in found if one.has_same_title]
    places = [f"--to {one.show.id}" for one in found] + ([] if by_title or not draft.title else ["--add"])
    _say(f"nothing was written; {' or '.join(places) or '--to and an id'} takes it, and undo takes it back.")
    return 0


def add_draft(tracker: Tracker, article: Article, title: str, *, as_json: bool) -> int:
    """Put what an article says on the list as a new show, and print its id.

    Raises:
        Taken: A show of that title is on the list.
        NotClipped: The article is no news of one show.
        TrackerError: The list is read-only or cannot be written.
    """
    draft = _read_draft(tracker, article, title)
    found = tracker.clipper.find_matches(draft)
    if known := [one.show.id for one in found if one.has_same_title]:
        raise AlreadyOnList(
            f"{draft.title} is on the list already: {', '.join(known)}; --to {known[0]} takes the article there."
        )
    outcome = tracker.clipper.import_draft(draft, article, None)
    _say(outcome.label)
    print(dump_json(draft_json(draft, article, found)) if as_json else outcome.show_ids[0])
    return 0


def import_draft(tracker: Tracker, article: Article, title: str, show_id: str, *, as_json: bool) -> int:
    """Add what an article says to an entry.

    Raises:
        NotClipped: The article is no news of one show.
        TrackerError: There is no such entry, or the list is read-only or cannot be written.
    """
    draft = _read_draft(tracker, article, title)
    found = tracker.clipper.find_matches(draft)
    outcome = tracker.clipper.import_draft(draft, article, show_id)
    _say(outcome.label)
    if as_json:
        print(dump_json(draft_json(draft, article, found)))
    return 0


def _read_draft(tracker: Tracker, article: Article, title: str) -> Draft:
    draft = tracker.clipper.extract(article, title)
    if draft.is_abstained:
        hint = " --title picks one of its shows." if draft.titles else ""
        raise ClipError(f"nothing was taken: {draft.reason}{hint}")
    return draft


def draft_json(draft: Draft, article: Article, found: Sequence[Match]) -> dict[str, Any]:
    """Return a draft as `clip --json` has it."""
    told: dict[str, Any] = {
        "verdict": "abstain" if draft.is_abstained else "draft",
        "reason": draft.reason or None,
        "published": iso_date(article.published),
        "titles": [{"value": one.value, "quote": one.quote} for one in draft.titles],
    }
    told |= {name: _fact_json(fact) if (fact := draft.fact(name)) is not None else None for name in SINGLE_FIELDS}
    told |= {name: [_fact_json(fact) for fact in draft.facts_of(name)] for name in LIST_FIELDS}
    return told | {"matches": [one.show.id for one in found]}


def _fact_json(fact: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {"quote": fact.quote, "confidence": round(fact.confidence, 3)}
    if fact.field == "cast":
        return {"actor": fact.value, "role": fact.role or None, **said}
    if fact.window is not None:
        window = fact.window
        said |= {"edtf": window.edtf, "earliest": iso_date(window.earliest), "latest": iso_date(window.latest)}
    return {"value": fact.value, **said}


def _fact_lines(draft: Draft, pen: Style, width: int | None) -> list[str]:
    title = draft.fact("title")
    lines = [pen(title.value, "1"), *_quote_lines(title, 0, pen, width)] if title is not None else ["no title"]
    for field in (*SINGLE_FIELDS[1:], *LIST_FIELDS):
        name = _LABELS.get(field, field)
        for fact in draft.facts_of(field):
            first, *rest = _wrap(_fact_text(fact), _NAME_CELLS + 2, width)
            lines += [
                f"  {pen(fit(name, _NAME_CELLS), '90')}{first.strip()}",
                *rest,
                *_quote_lines(fact, _NAME_CELLS + 2, pen, width),
            ]
            name = ""
    return lines


def _published_lines(article: Article, pen: Style) -> list[str]:
    """Return from which day dates were counted, and who says so."""
    if article.published is None:
        _say("the article does not say when it was published; --published gives the day.")
        return []
    on = article.published_text or article.published.isoformat()
    return [
        f"  {pen(fit('published', _NAME_CELLS), '90')}{on}{f' ({article.date_source})' if article.date_source else ''}"
    ]


def _fact_text(fact: Fact) -> str:
    """Return the value of a fact, with what it means where that is not the same."""
    if fact.field == "cast":
        return f"{fact.value} as {fact.role}" if fact.role else fact.value
    if fact.window is not None and fact.window.label != fact.value:
        return f"{fact.window.label} ({fact.value})"
    return fact.value


def _quote_lines(fact: Fact, indent: int, pen: Style, width: int | None) -> list[str]:
    """Return the words of the article that say a fact, on lines of their own."""
    words = " ".join(fact.quote.split())
    if not words or words == fact.value:
        return []
    return [pen(line, "90") for line in _wrap(f"“{words}”", indent, width)]


def _wrap(text: str, indent: int, width: int | None) -> list[str]:
    """Return a text in lines behind an indent, as a terminal of so many cells has room for; None for no end."""
    words = " ".join(text.split())
    room = max(20, (width or 0) - indent)
    lines = [words] if width is None or cells(words) <= room else wrap(words, room, _MAX_LINES)
    return [" " * indent + line.rstrip() for line in lines]


def _title_lines(draft: Draft, pen: Style, width: int | None) -> list[str]:
    return [line for one in draft.titles for line in (f"  {one.value}", *_quote_lines(one, 4, pen, width))]


def _effect_lines(
    tracker: Tracker, draft: Draft, article: Article, found: Sequence[Match], pen: Style, width: int | None
) -> list[str]:
    """Return for each entry that the article may be about what taking it would change."""
    if not found:
        return ["", "not on the list"]
    lines = [""]
    for one in found:
        lines.append(f"on the list: {pen(one.show.title, '1')} ({one.reason})  {pen(one.show.id, '90')}")
        told = tracker.clipper.plan_import(draft, article, one.show.id).effects
        lines += [line for effect in told for line in _wrap(effect, 2, width)]
    return lines


def _say(words: str) -> None:
    print(words, file=sys.stderr)
