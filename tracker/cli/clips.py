"""What `tracker clip` does: read an article, tell what it says of a show, and take it where that is asked for."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any, Final

from tracker.cli.report import Pen, dumps, iso
from tracker.errors import NotClipped, Taken
from tracker.model.article import Article
from tracker.model.draft import MANY, ONE, Draft, Fact
from tracker.model.taking import Match
from tracker.service import Tracker
from tracker.text import cells, fit, folded

STDIN: Final = "-"
_LABELS: Final = {"directors": "director", "writers": "writer", "networks": "network", "countries": "country"}
_NAME: Final = 11
"""Cells of the column with the names of fields."""
_MOST_LINES: Final = 50
"""How many lines a quote may take."""


def opened(tracker: Tracker, where: str, published: str) -> Article:
    """Return the article in a file, at an address, or on the standard input for "-".

    Raises:
        TrackerError: See `Clipping.open`.
    """
    clipping = tracker.clipping
    if where != STDIN:
        article = clipping.open(where, published)
    else:
        if sys.stdin.isatty():
            _say("paste the article, and end it with Ctrl+D on a line of its own.")
        article = clipping.of_stream(sys.stdin.buffer, published)
    if clipping.notice:
        _say(clipping.notice)
    return article


def tell(tracker: Tracker, article: Article, title: str, *, as_json: bool, pen: Pen, width: int | None) -> int:
    """Print what an article says of a show, and what taking it would change."""
    draft = tracker.clipping.read(article, title)
    found = tracker.clipping.matches(draft)
    if as_json:
        print(dumps(draft_json(draft, article, found)))
        return 0
    if draft.is_abstained:
        print("\n".join([f"no draft: {draft.reason}", *_titles(draft, pen, width)]))
        if draft.titles:
            _say(f"--title picks one of them: tracker clip … --title {shlex.quote(draft.titles[0].value)}")
        return 0
    print(
        "\n".join(
            [*_facts(draft, pen, width), *_day(article, pen), *_effects(tracker, draft, article, found, pen, width)]
        )
    )
    by_title = [one for one in found if one.is_title]
    places = [f"--to {one.show.id}" for one in found] + ([] if by_title or not draft.title else ["--add"])
    _say(f"nothing was written; {' or '.join(places) or '--to and an id'} takes it, and undo takes it back.")
    return 0


def add(tracker: Tracker, article: Article, title: str, *, as_json: bool) -> int:
    """Put what an article says on the list as a new show, and print its id.

    Raises:
        Taken: A show of that title is on the list.
        NotClipped: The article is no news of one show.
        TrackerError: The list is read-only or cannot be written.
    """
    draft = _wanted(tracker, article, title)
    found = tracker.clipping.matches(draft)
    if known := [one.show.id for one in found if one.is_title]:
        raise Taken(
            f"{draft.title} is on the list already: {', '.join(known)}; --to {known[0]} takes the article there."
        )
    outcome = tracker.clipping.take(draft, article, None)
    _say(outcome.label)
    print(dumps(draft_json(draft, article, found)) if as_json else outcome.show_ids[0])
    return 0


def take(tracker: Tracker, article: Article, title: str, show_id: str, *, as_json: bool) -> int:
    """Add what an article says to an entry.

    Raises:
        NotClipped: The article is no news of one show.
        TrackerError: There is no such entry, or the list is read-only or cannot be written.
    """
    draft = _wanted(tracker, article, title)
    found = tracker.clipping.matches(draft)
    outcome = tracker.clipping.take(draft, article, show_id)
    _say(outcome.label)
    if as_json:
        print(dumps(draft_json(draft, article, found)))
    return 0


def _wanted(tracker: Tracker, article: Article, title: str) -> Draft:
    draft = tracker.clipping.read(article, title)
    if draft.is_abstained:
        hint = " --title picks one of its shows." if draft.titles else ""
        raise NotClipped(f"nothing was taken: {draft.reason}{hint}")
    return draft


def draft_json(draft: Draft, article: Article, found: Sequence[Match]) -> dict[str, Any]:
    """Return a draft as `clip --json` has it."""
    told: dict[str, Any] = {
        "verdict": "abstain" if draft.is_abstained else "draft",
        "reason": draft.reason or None,
        "published": iso(article.published),
        "titles": [{"value": one.value, "quote": one.quote} for one in draft.titles],
    }
    told |= {name: _fact_json(fact) if (fact := draft.one(name)) is not None else None for name in ONE}
    told |= {name: [_fact_json(fact) for fact in draft.many(name)] for name in MANY}
    return told | {"matches": [one.show.id for one in found]}


def _fact_json(fact: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {"quote": fact.quote, "confidence": round(fact.confidence, 3)}
    if fact.field == "cast":
        return {"actor": fact.value, "role": fact.role or None, **said}
    if fact.window is not None:
        window = fact.window
        said |= {"edtf": window.edtf, "earliest": iso(window.earliest), "latest": iso(window.latest)}
    return {"value": fact.value, **said}


def _facts(draft: Draft, pen: Pen, width: int | None) -> list[str]:
    title = draft.one("title")
    lines = [pen(title.value, "1"), *_quote(title, 0, pen, width)] if title is not None else ["no title"]
    for field in (*ONE[1:], *MANY):
        name = _LABELS.get(field, field)
        for fact in draft.many(field):
            first, *rest = _wrapped(_words(fact), _NAME + 2, width)
            lines += [f"  {pen(fit(name, _NAME), '90')}{first.strip()}", *rest, *_quote(fact, _NAME + 2, pen, width)]
            name = ""
    return lines


def _day(article: Article, pen: Pen) -> list[str]:
    """Return from which day dates were counted, and who says so."""
    if article.published is None:
        _say("the article does not say when it was published; --published gives the day.")
        return []
    on = article.published_text or article.published.isoformat()
    return [f"  {pen(fit('published', _NAME), '90')}{on}{f' ({article.said})' if article.said else ''}"]


def _words(fact: Fact) -> str:
    """Return the value of a fact, with what it means where that is not the same."""
    if fact.field == "cast":
        return f"{fact.value} as {fact.role}" if fact.role else fact.value
    if fact.window is not None and fact.window.label != fact.value:
        return f"{fact.window.label} ({fact.value})"
    return fact.value


def _quote(fact: Fact, indent: int, pen: Pen, width: int | None) -> list[str]:
    """Return the words of the article that say a fact, on lines of their own."""
    words = " ".join(fact.quote.split())
    if not words or words == fact.value:
        return []
    return [pen(line, "90") for line in _wrapped(f"“{words}”", indent, width)]


def _wrapped(text: str, indent: int, width: int | None) -> list[str]:
    """Return a text in lines behind an indent, as a terminal of so many cells has room for; None for no end."""
    words = " ".join(text.split())
    room = max(20, (width or 0) - indent)
    lines = [words] if width is None or cells(words) <= room else folded(words, room, _MOST_LINES)
    return [" " * indent + line.rstrip() for line in lines]


def _titles(draft: Draft, pen: Pen, width: int | None) -> list[str]:
    return [line for one in draft.titles for line in (f"  {one.value}", *_quote(one, 4, pen, width))]


def _effects(
    tracker: Tracker, draft: Draft, article: Article, found: Sequence[Match], pen: Pen, width: int | None
) -> list[str]:
    """Return for each entry that the article may be about what taking it would change."""
    if not found:
        return ["", "not on the list"]
    lines = [""]
    for one in found:
        lines.append(f"on the list: {pen(one.show.title, '1')} ({one.why})  {pen(one.show.id, '90')}")
        told = tracker.clipping.taking(draft, article, one.show.id).effects
        lines += [line for effect in told for line in _wrapped(effect, 2, width)]
    return lines


def _say(words: str) -> None:
    print(words, file=sys.stderr)
