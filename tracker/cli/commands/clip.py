"""`tracker clip`: read an article, print what it says of a show, and import it if asked to."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Final

from tracker.cli.context import Context, read_said_day, say
from tracker.cli.output import BOLD, GREY, Style
from tracker.errors import AlreadyOnList, ClipError
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact
from tracker.model.draft_import import Match
from tracker.text import cells, clean_line, fit, wrap

_STDIN: Final = "-"
_LABELS: Final = {"directors": "director", "writers": "writer", "networks": "network", "countries": "country"}
_NAME_CELLS: Final = 11
_MAX_LINES: Final = 50
"""Lines that a quote may take."""


def clip(context: Context) -> None:
    """Print the draft of an article; with --add or --to import it."""
    arguments, clipper = context.arguments, context.tracker.clipper
    if arguments.id:
        context.open().get(arguments.id)
    elif arguments.add:
        context.open_to_add()
    else:
        context.open_if_there()
    article = _open_article(context)
    draft = clipper.extract(article, clean_line(arguments.title))
    is_import = arguments.add or arguments.id
    if is_import and draft.is_abstained:
        hint = " Pick one of its shows with --title." if draft.titles else ""
        raise ClipError(f"Nothing was added: {draft.reason}{hint}")
    matches = clipper.find_matches(draft)
    outcome = None
    if arguments.add:
        _refuse_known(draft, matches)
    if is_import:
        outcome = clipper.import_draft(draft, article, arguments.id or None)
        say(outcome.label)
    if arguments.json:
        from tracker.cli.json_output import draft_json, print_json  # only --json pays for it

        print_json(draft_json(draft, article, [match.show.id for match in matches]))
    elif arguments.add and outcome is not None:
        print(outcome.show_ids[0])
    elif outcome is None:
        _print_draft(context, draft, article, matches)


def _open_article(context: Context) -> Article:
    where, published = context.arguments.where, context.arguments.published
    clipper = context.tracker.clipper
    if published.strip():
        read_said_day("--published", published, context.tracker.today)
    if where != _STDIN:
        article = clipper.open(where, published)
    else:
        if sys.stdin.isatty():
            say("Paste the article, then press Ctrl+D on a new line.")
        article = clipper.from_stream(sys.stdin.buffer, published)
    if clipper.notice:
        say(clipper.notice)
    return article


def _refuse_known(draft: Draft, matches: Sequence[Match]) -> None:
    if known := [match.show.id for match in matches if match.has_same_title]:
        ids = ", ".join(known)
        raise AlreadyOnList(
            f"{draft.title} is already on your list: {ids}. Add the article to it with --to {known[0]}."
        )


def _print_draft(context: Context, draft: Draft, article: Article, matches: Sequence[Match]) -> None:
    printer = _Printer(context.style, context.width)
    if draft.is_abstained:
        print("\n".join([f"No draft: {draft.reason}", *printer.title_lines(draft)]))
        if draft.titles:
            say(f"Pick one with --title: tracker clip … --title {shlex.quote(draft.titles[0].value)}")
        return
    lines = [*printer.fact_lines(draft), *printer.published_lines(article), ""]
    for match in matches:
        style = context.style
        lines.append(f"on your list: {style(match.show.title, BOLD)} ({match.reason})  {style(match.show.id, GREY)}")
        effects = context.tracker.clipper.plan_import(draft, article, match.show.id).effects
        lines += [line for effect in effects for line in printer.wrap(effect, 2)]
    print("\n".join(lines if matches else [*lines, "not on your list"]))
    ways = [f"--to {match.show.id}" for match in matches]
    if draft.title and not any(match.has_same_title for match in matches):
        ways.append("--add")
    say(f"Nothing was saved. To add it, use {' or '.join(ways) or '--to ID'}.")


class _Printer:
    """Lines about a draft, as wide as the terminal."""

    def __init__(self, style: Style, width: int | None) -> None:
        self._style = style
        self._width = width

    def fact_lines(self, draft: Draft) -> list[str]:
        title = draft.fact("title")
        lines = [self._style(title.value, BOLD), *self._quote_lines(title, 0)] if title is not None else ["no title"]
        for field in (*SINGLE_FIELDS[1:], *LIST_FIELDS):
            name = _LABELS.get(field, field)
            for fact in draft.facts_of(field):
                first, *rest = self.wrap(_fact_text(fact), _NAME_CELLS + 2)
                lines += [f"  {self._style(fit(name, _NAME_CELLS), GREY)}{first.strip()}", *rest]
                lines += self._quote_lines(fact, _NAME_CELLS + 2)
                name = ""
        return lines

    def title_lines(self, draft: Draft) -> list[str]:
        return [line for title in draft.titles for line in (f"  {title.value}", *self._quote_lines(title, 4))]

    def published_lines(self, article: Article) -> list[str]:
        if article.published is None:
            say("The article gives no date. Set it with --published, so that words like “next year” can be resolved.")
            return []
        on = article.published_text or article.published.isoformat()
        source = f" ({article.date_source})" if article.date_source else ""
        return [f"  {self._style(fit('published', _NAME_CELLS), GREY)}{on}{source}"]

    def wrap(self, text: str, indent: int) -> list[str]:
        """Return a text as indented lines that fit on the terminal; one line without a terminal."""
        text = " ".join(text.split())
        room = max(20, (self._width or 0) - indent)
        lines = [text] if self._width is None or cells(text) <= room else wrap(text, room, _MAX_LINES)
        return [" " * indent + line.rstrip() for line in lines]

    def _quote_lines(self, fact: Fact, indent: int) -> list[str]:
        quote = " ".join(fact.quote.split())
        if not quote or quote == fact.value:
            return []
        return [self._style(line, GREY) for line in self.wrap(f"“{quote}”", indent)]


def _fact_text(fact: Fact) -> str:
    """Return the value of a fact, with its meaning if that reads differently."""
    if fact.field == "cast":
        return f"{fact.value} as {fact.role}" if fact.role else fact.value
    if fact.window is not None and fact.window.label != fact.value:
        return f"{fact.window.label} ({fact.value})"
    return fact.value
