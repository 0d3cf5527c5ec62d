"""`tracker clip`: read an article, print what it says of a show, and import it if asked to."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tracker.cli.context import Context, read_said_day, say
from tracker.cli.output import BOLD, GREY, Style
from tracker.cli.parser import PICKED_FIELDS
from tracker.errors import AlreadyOnList, ClipError
from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Article, Draft, Fact
from tracker.model.draft_import import Match, article_source
from tracker.model.draft_review import describe_confidence, field_label, find_offers, number_offers, take_offers
from tracker.model.links import parse_link
from tracker.text import cells, clean_line, fit, wrap

_STDIN: Final = "-"
_NAME_CELLS: Final = 12
_MAX_LINES: Final = 50
"""Lines that a quote may take."""


def clip(context: Context) -> None:
    """Print the draft of an article; with --add or --to import it."""
    arguments, clipper = context.arguments, context.tracker.clipper
    if error := context.tracker.settings.error:
        # Where they cannot be read, no language model reads along.
        say(error)
    if arguments.id is not None:
        context.open().get(arguments.id)
    elif arguments.add:
        context.open_to_add()
    else:
        context.open_if_there()
    article = _open_article(context)
    draft = _read(context, article, title := clean_line(arguments.title))
    offers = number_offers(draft)
    numbers = {name: picked for name in PICKED_FIELDS if (picked := getattr(arguments, f"pick_{name}"))}
    draft = take_offers(draft, numbers)
    if numbers and title and not draft.title:
        draft = draft._replace(facts=(_given_title(title, article.text), *draft.facts))
    is_import = arguments.add or arguments.id is not None
    if is_import and draft.is_abstained:
        hint = " Pick one of its shows with --title." if draft.titles else ""
        raise ClipError(f"Nothing was added: {draft.reason}{hint}")
    matches = clipper.find_matches(draft)
    outcome = None
    if arguments.add:
        _refuse_known(draft, matches)
    if is_import:
        outcome = clipper.import_draft(draft, article, arguments.id)
        say(outcome.label)
    if arguments.json:
        from tracker.cli.json_output import draft_json, print_json  # only --json pays for it

        print_json(draft_json(draft, article, [match.show.id for match in matches], offers))
    elif arguments.add and outcome is not None:
        print(outcome.show_ids[0])
    elif outcome is None:
        offers = tuple((number, fact) for number, fact in offers if fact in find_offers(draft))
        _print_draft(context, draft, article, matches, offers)


def _read(context: Context, article: Article, title: str) -> Draft:
    """Return what an article says, and tell what its reader has to know."""
    draft = context.tracker.clipper.extract(article, title)
    if draft.notice:
        say(draft.notice)
    if title and not draft.title:
        say(f"The article doesn't name “{title}”.")
    return draft


def _given_title(title: str, text: str) -> Fact:
    """Return the title that was typed, as the article has it."""
    start = text.find(title)
    return Fact("title", title, title if start >= 0 else "", max(0, start), 1.0)


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
    source, url = clean_line(context.arguments.source), parse_link(context.arguments.url)
    return article._replace(outlet=source or article.outlet, url=url or article.url)


def _refuse_known(draft: Draft, matches: Sequence[Match]) -> None:
    if known := [match.show.id for match in matches if match.has_same_title]:
        ids = ", ".join(known)
        raise AlreadyOnList(
            f"{draft.title} is already on your list: {ids}. Add the article to it with --to {known[0]}."
        )


def _print_draft(
    context: Context, draft: Draft, article: Article, matches: Sequence[Match], offers: Sequence[tuple[int, Fact]]
) -> None:
    printer = _Printer(context.style, context.width)
    if draft.is_abstained:
        print("\n".join([f"No draft: {draft.reason}", *printer.title_lines(draft), *printer.offer_lines(offers)]))
        if draft.titles:
            say(f"Pick one with --title: tracker clip … --title {shlex.quote(draft.titles[0].value)}")
        _say_how_to_take(offers)
        return
    lines = [*printer.fact_lines(draft), *printer.article_lines(article), *printer.offer_lines(offers), ""]
    for match in matches:
        style = context.style
        lines.append(f"on your list: {style(match.show.title, BOLD)} ({match.reason})  {style(match.show.id, GREY)}")
        effects = context.tracker.clipper.plan_import(draft, article, match.show.id).effects
        lines += [line for effect in effects for line in printer.wrap(effect, 2)]
    if not matches:
        lines.append(f"{draft.title or 'this show'} is not on your list")
    print("\n".join(lines))
    _say_how_to_take(offers)
    ways = [f"--to {match.show.id}" for match in matches]
    if draft.title and not any(match.has_same_title for match in matches):
        ways.append("--add")
    say(f"Nothing was saved. To add it, use {' or '.join(ways) or '--to ID'}.")


def _say_how_to_take(offers: Sequence[tuple[int, Fact]]) -> None:
    if offers:
        number, fact = max(offers, key=lambda offer: (offer[1].field != "title", offer[1].confidence))
        if fact.field == "title":
            say(f"To take a title that is perhaps right, name it: --title {shlex.quote(fact.value)}.")
        else:
            say(f"To take what is perhaps so, give its number, e.g. --{field_label(fact.field)} {number}.")


class _Printer:
    """Lines about a draft, as wide as the terminal."""

    def __init__(self, style: Style, width: int | None) -> None:
        self._style = style
        self._width = width

    def fact_lines(self, draft: Draft) -> list[str]:
        title = draft.fact("title")
        lines = [self._style(title.value, BOLD), *self._quote_lines(title, 0)] if title is not None else ["no title"]
        for field in (*SINGLE_FIELDS[1:], *LIST_FIELDS):
            name = field_label(field)
            for _, group in groupby(draft.facts_of(field), key=lambda fact: fact.start):
                # A sentence that names a whole cast is said once.
                for fact in (facts := list(group)):
                    lines += self._named_lines(name, _fact_text(fact))
                    name = ""
                lines += self._quote_lines(facts[-1], _NAME_CELLS + 2)
        return lines

    def title_lines(self, draft: Draft) -> list[str]:
        return [line for title in draft.titles for line in (f"  {title.value}", *self._quote_lines(title, 4))]

    def offer_lines(self, offers: Sequence[tuple[int, Fact]]) -> list[str]:
        """Return what is perhaps so; what can be taken by its number has one."""
        lines = ["", f"{self._style('perhaps', BOLD)} (how often such a fact is right)"] if offers else []
        for number, fact in offers:
            label = field_label(fact.field)
            value = f"{_fact_text(fact._replace(by=''))} ({describe_confidence(fact)})"
            lines += self._named_lines(f"{label} {number}" if label in PICKED_FIELDS else label, value)
            # There may be many, so one line has to do for each sentence.
            quote = fact.quote if self._width is None else _excerpt(fact, self._width - _NAME_CELLS - 4)
            lines += self._quote_lines(fact._replace(quote=quote), _NAME_CELLS + 2)
        return lines

    def article_lines(self, article: Article) -> list[str]:
        """Return when an article was published, and by whom, as far as that is known."""
        source = article_source(article)
        lines = self._named_lines("source", source) if source else []
        if article.published is None:
            say("The article gives no date. Set it with --published, so that words like “next year” can be resolved.")
            return lines
        on = article.published_text or article.published.isoformat()
        # A day that was typed comes as the option.
        where = article.date_source if article.date_source.startswith("--") else f"from {article.date_source}"
        date_source = f" ({where})" if article.date_source else ""
        return [*self._named_lines("published", f"{on}{date_source}"), *lines]

    def _named_lines(self, name: str, value: str) -> list[str]:
        first, *rest = self.wrap(value, _NAME_CELLS + 2)
        return [f"  {self._style(fit(name, _NAME_CELLS), GREY)}{first.strip()}", *rest]

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


def _excerpt(fact: Fact, room: int) -> str:
    """Return as much of a quote as there is room for, with the value in it."""
    quote = clean_line(fact.quote)
    if cells(quote) <= room:
        return quote
    start = max(0, min(quote.find(fact.value) - room // 3, len(quote) - room))
    start = quote.find(" ", start) + 1 if start else 0
    return fit(f"{'…' if start else ''}{quote[start:]}", room).rstrip()


def _fact_text(fact: Fact) -> str:
    """Return the value of a fact, a date as it is shown everywhere, and the model that says it."""
    value = fact.window.label if fact.window is not None else fact.value
    if fact.role:
        value += f" as {fact.role}"
    return f"{value} (by {fact.by})" if fact.by else value
