"""The query language of the filter bar and of `tracker list`.

soul mate                 both words, in titles, aliases, people, networks, tags or the id
"soul mate"               the words as one; also soul-mate and soulmate
netflix,tvn               one of the words; a comma that ends a word belongs to it
netflix or is:overdue     one of two parts
status:filming,scheduled  a field; several values with commas, any of them
cast:"ok taecyeon"        quoted value
is:overdue                a property: see IS_PROPERTIES
rating:>7                 the owner's rating: also >=7, <7, <=7, 7, 7-9, 7..9, 7.., ..7
year:2027                 the window touches that year
before:2027-03            the whole window lies before; after: likewise
-tag:bl                   not
@korea                    a saved view's query; also -@korea, and @korea,japan for one of two
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from tracker.errors import BadQuery, BadValue
from tracker.model.countries import country_code, find_country
from tracker.model.search_phrase import NearPhrase, Phrase, SearchText, line_text
from tracker.model.season import parse_season
from tracker.model.show import Person, Show, parse_kind
from tracker.model.status import Status, parse_status
from tracker.model.watch_state import WATCH_STATES, parse_rating, parse_watch
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.reports.grouping import ReleaseBuckets
from tracker.reports.saved_view import SIGN, SavedView, find_view, is_same_name
from tracker.text import name_form, search_form

Predicate = Callable[[Show, date], bool]


class SearchTerm(NamedTuple):
    """A word or phrase of a query."""

    phrases: tuple[Phrase | NearPhrase, ...]
    """Words with commas between, and other names of the people they name; one of them must be found."""
    is_wanted: bool = True  # false for a negated term

    def matches(self, searched: SearchText) -> bool:
        for phrase in self.phrases:
            if phrase.is_in(searched):
                return self.is_wanted
        return not self.is_wanted


class Query(NamedTuple):
    """A parsed filter; an empty one matches everything."""

    text: str = ""
    terms: tuple[SearchTerm, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    views: tuple[SavedView, ...] = ()
    """The saved views that it names, but those behind "-"."""
    parse_near: Callable[[], Query] | None = None
    """Parses it as `near` has it; None where there are no words in it."""

    @property
    def near(self) -> Query | None:
        """The query that also lets one typing mistake through in each of its words; for where nothing matches it."""
        return self.parse_near() if self.parse_near is not None else None

    def matches(self, show: Show, today: date, text: SearchText | None = None) -> bool:
        """Return whether the show matches every part of the query; `text` is its `search_text`, if at hand."""
        if self.terms:
            searched = search_text(show) if text is None else text
            if not all(term.matches(searched) for term in self.terms):
                return False
        return all(predicate(show, today) for predicate in self.predicates)

    def select(self, shows: Iterable[Show], today: date) -> tuple[Show, ...]:
        return tuple(show for show in shows if self.matches(show, today))


_Part = SearchTerm | Predicate | Query
_VIEW_SIGNS: Final = (SIGN, "＠")
_MAX_LISTED: Final = 12
"""How many saved views a sentence names."""
_OR: Final = re.compile(r"or(?=\s+\S)", re.IGNORECASE)
_TOKEN: Final = re.compile(r'(?P<not>-)?(?:(?P<field>[^\W\d]\w*)(?:(?P<colon>:)|：))?(?P<value>(?:"[^"]*"|[^\s"])*)')
_PRINTED_QUOTES: Final = re.compile('[“„]([^“”„"]*)[”“]')
_SUBTITLE: Final = re.compile(r'(?<=\S )-([^\s"-](?:[^"-]*[^\s"-])?)-(?=\s|$)')
"""A part of a title between two dashes, as in "Salt -The Road-"; the first of them says no "not"."""


class _Given(NamedTuple):
    """What a query is parsed with."""

    people: tuple[Person, ...]
    views: tuple[SavedView, ...]
    within: tuple[SavedView, ...] = ()
    is_near: bool = False

    def phrase(self, text: str) -> Phrase | NearPhrase:
        return NearPhrase.of(text) if self.is_near else Phrase.of(text)


def parse_query(text: str, people: Iterable[Person] = (), views: Iterable[SavedView] = ()) -> Query:
    """Parse a filter; a person with a card in `people` is found by all names.

    Args:
        text: What was typed.
        people: The cards of people.
        views: The saved views that it may name.

    Raises:
        BadQuery: Unknown field, property or saved view, or a value the field cannot take.
    """
    given = _Given(tuple(people), tuple(views))
    return _parse(text, given)._replace(parse_near=lambda: _parse(text, given._replace(is_near=True)))


def parse_view(view: SavedView, people: Iterable[Person], views: Iterable[SavedView]) -> Query:
    """Parse the filter of a saved view, which may name others of `views`; nothing nearly matches it.

    Raises:
        BadQuery: As in `parse_query`, or it leads back to itself.
    """
    return _parse_view(view, _Given(tuple(people), tuple(views)))


def names_view(text: str, name: str) -> bool:
    """Return whether a filter names a saved view."""
    return rename_view(text, name, "") != text


def rename_view(text: str, name: str, new_name: str) -> str:
    """Return a filter with another name for a saved view that it names; one that cannot be read stays as it is."""
    spans: list[tuple[int, int]] = []
    try:
        tokens = [token for token, _ in _split_tokens(_type_marks(text))]
    except BadQuery:
        return text
    for token in tokens:
        at = token.start("value")
        if token["field"] is None and token["value"].startswith(_VIEW_SIGNS):
            for part in token["value"].split(","):
                bare = part[1:] if part.startswith(_VIEW_SIGNS) else part
                if is_same_name(bare, name):
                    spans.append((at + len(part) - len(bare), at + len(part)))
                at += len(part) + 1
    for start, end in reversed(spans):
        text = text[:start] + new_name + text[end:]
    return text


def _parse(text: str, given: _Given) -> Query:
    if text.count('"') % 2:
        raise BadQuery(
            f'The closing quote is missing in “{text.strip()}”. Put a second " after the last word of the phrase.'
        )
    groups: list[list[_Part]] = []
    named: list[SavedView] = []
    only_marks: list[SearchTerm] = []
    for token, is_behind_or in _split_tokens(_type_marks(text)):
        part, found = _read_token(token, given)
        named += found
        if part is None:
            continue
        if isinstance(part, SearchTerm) and not any(phrase.has_letters for phrase in part.phrases):
            # A dash between words says nothing; alone it may be a title.
            only_marks.append(part)
        elif groups and is_behind_or:
            groups[-1].append(part)
        else:
            groups.append([part])
    terms: list[SearchTerm] = []
    predicates: list[Predicate] = []
    for part in list(map(_any_part, groups)) or only_marks:
        if isinstance(part, Query):
            terms += part.terms
            predicates += part.predicates
        elif isinstance(part, SearchTerm):
            terms.append(part)
        else:
            predicates.append(part)
    return Query(text.strip(), tuple(terms), tuple(predicates), tuple(named))


def _type_marks(text: str) -> str:
    """Return a query with the marks that the language has, each in its place."""
    return _SUBTITLE.sub(r" \1 ", _PRINTED_QUOTES.sub(r'"\1"', text))


def _split_tokens(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the parts of a query, each with whether it is behind an "or"."""
    at = 0
    is_first, is_behind_or = True, False
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif not is_first and not is_behind_or and (conjunction := _OR.match(text, at)):
            at, is_behind_or = conjunction.end(), True
        else:
            token = _TOKEN.match(text, at)
            if token is None or token.end() == at:
                raise BadQuery(f"Can't read “{text[at:]}” as a filter.")
            at = token.end()
            if is_first or token[0] != "-" or not text[at:].strip():
                yield token, is_behind_or
                is_behind_or = False
            is_first = False


def _read_token(token: re.Match[str], given: _Given) -> tuple[_Part | None, list[SavedView]]:
    """Return what a part of a query asks for, None for nothing, and the saved views that it names without "-"."""
    sign, field, value = token["not"] or "", token["field"], token["value"]
    if (
        field is not None
        and field.casefold() not in QUERY_FIELDS
        and not (field.isascii() and token["colon"] and value)
    ):
        # A title with a colon, as “Salt: The Road”.
        field, value = None, token[0].removeprefix(sign)
    if sign:
        # What is not wanted is what was typed.
        given = given._replace(is_near=False)
    if field is not None:
        predicate = _field_predicate(field, value, sign, given)
        return (_negate(predicate) if sign else predicate), []
    if value.startswith(_VIEW_SIGNS):
        named = [_find_view(name, given) for name in value.split(",") if name]
        part = _any_part([_parse_view(view, given) for view in named])
        return (_negate(_as_predicate(part)), []) if sign else (part, named)
    if phrases := [phrase for word in _split_words(value) if (phrase := given.phrase(word)).words]:
        names = (name for phrase in phrases for name in (phrase, *_other_names(phrase, given.people)))
        return SearchTerm(tuple(names), not sign), []
    if token[0] == "-":
        raise BadQuery("Put a word after “-”, as in -word or -status:released.")
    return None, []


def _find_view(name: str, given: _Given) -> SavedView:
    """Return the saved view of a name that may have its sign."""
    bare = name[1:] if name.startswith(_VIEW_SIGNS) else name
    labels = {search_form(view.name): view.label for view in given.views}
    if (view := find_view(given.views, bare)) is None:
        near = labels.get(_near(search_form(bare), labels))
        hint = f" Did you mean {near}?" if near else ""
        listed = [*list(labels.values())[:_MAX_LISTED], *(["…"] if len(labels) > _MAX_LISTED else [])]
        known = f" The saved views are {', '.join(listed)}." if labels else " You have no saved views yet."
        bare = bare.replace('"', "")
        quoted = f' To search for it as words, use quotes: "{SIGN}{bare}".'
        raise BadQuery(f"There is no saved view “{SIGN}{bare}”.{hint or known + quoted}")
    if any(is_same_name(outer.name, view.name) for outer in given.within):
        raise BadQuery(f"{view.label} refers to itself.")
    return view


def _parse_view(view: SavedView, given: _Given) -> Query:
    try:
        # Nobody is typing it.
        return _parse(view.query, given._replace(within=(*given.within, view), is_near=False))
    except BadQuery as wrong:
        raise BadQuery(f"{view.label}: {wrong}") from None


def _split_words(value: str) -> list[str]:
    """Return the words of a value that commas part; one at the end of a word is a part of it, as in titles."""
    return [word.replace('"', "") for word in re.findall(r'(?:"[^"]*"|[^,"]|,(?=,|$))+', value)]


def _any_part(parts: Sequence[_Part]) -> _Part:
    """Return what matches where one of the parts does."""
    if len(parts) == 1:
        return parts[0]
    return _any(list(map(_as_predicate, parts)))


def _as_predicate(part: _Part) -> Predicate:
    if isinstance(part, Query):
        return part.matches
    if isinstance(part, SearchTerm):
        return lambda show, today: part.matches(search_text(show))
    return part


def _other_names(phrase: Phrase | NearPhrase, people: Iterable[Person]) -> set[Phrase]:
    """Return all names of the people who are found by a phrase."""
    found = (person for person in people if phrase.is_in(SearchText.of(person.names)))
    return {Phrase.of(name) for person in found for name in person.names}


def _field_predicate(field: str, value: str, sign: str, given: _Given) -> Predicate:
    name = field.casefold()
    if name not in QUERY_FIELDS:
        near = _near(name, QUERY_FIELDS)
        words = f'{sign}"{field}:{value.replace(chr(34), "")}"'
        hint = f" Did you mean {near}:?" if near else ""
        raise BadQuery(f"There is no filter “{field}:”.{hint} To search for it as words, use quotes: {words}.")
    values = [part.replace('"', "").strip() for part in re.findall(r'(?:"[^"]*"|[^,"])+', value)]
    if not (values := [part for part in values if part]):
        raise BadQuery(f"“{field}:” needs a value, for example {_EXAMPLES.get(name, name + ':word')}.")
    if name in ("cast", "actor", "director", "writer"):
        values += [other.words for part in values for other in _other_names(given.phrase(part), given.people)]
    build = QUERY_FIELDS[name]
    if given.is_near and isinstance(build, _Names):
        build = build.near
    return _any([build(part) for part in values])


def _near(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def _negate(predicate: Predicate) -> Predicate:
    return lambda show, today: not predicate(show, today)


def _any(predicates: list[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]
    return lambda show, today: any(predicate(show, today) for predicate in predicates)


def search_text(show: Show) -> SearchText:
    """Return the text that free words are searched in."""
    cast = (text for credit in show.cast for text in (credit.actor, credit.role))
    people = (*cast, *show.directors, *show.writers)
    return SearchText.of((
        show.title, show.original_title, *show.aliases, *people, *show.networks, *show.tags, show.id
    ))  # fmt: skip


@dataclass(frozen=True)
class _Names:
    """A field of a query whose values are words: titles, names, tags."""

    pick: Callable[[Show], Iterable[str]]
    is_whole: bool = False  # whether a value is the whole name

    def __call__(self, value: str) -> Predicate:
        if self.is_whole:
            wanted = name_form(value)
            return lambda show, today: wanted in map(name_form, self.pick(show))
        return self._contains(Phrase.of(value))

    def near(self, value: str) -> Predicate:
        """Return what also matches with one typing mistake."""
        phrase = NearPhrase.of(value)
        if self.is_whole:
            exact = self(value)
            return lambda show, today: exact(show, today) or any(map(phrase.is_all_of, self.pick(show)))
        return self._contains(phrase)

    def _contains(self, phrase: Phrase | NearPhrase) -> Predicate:
        return lambda show, today: any(phrase.is_in(line_text(text)) for text in self.pick(show))


def _read(field: str, reader: Callable[[str], object], pick: Callable[[Show], object]) -> Callable[[str], Predicate]:
    def build(value: str) -> Predicate:
        try:
            wanted = reader(value)
        except BadValue as wrong:
            raise BadQuery(f"{field}:{value}: {wrong}") from None
        return lambda show, today: pick(show) == wanted

    return build


def _status(value: str) -> Predicate:
    wanted = value.casefold()
    started = [status for status in Status if status.value.startswith(wanted)]
    try:
        statuses = {parse_status(value)}
    except BadValue as wrong:
        if not started:
            raise BadQuery(str(wrong)) from None
        statuses = set(started)
    return lambda show, today: show.status in statuses


_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">=": operator.ge, "<=": operator.le, "≥": operator.ge, "≤": operator.le, ">": operator.gt, "<": operator.lt,
    "=": operator.eq, "": operator.eq,
}  # fmt: skip
"""What a sign before a rating means; the longer signs come first."""


def _rating(value: str) -> Predicate:
    try:
        matches = _compare_ratings(value)
    except BadValue:
        raise BadQuery(
            f"rating:{value} is not a rating from 0 to 10. "
            "Try rating:8, rating:>7, rating:<=5, rating:7-9 or is:unrated."
        ) from None
    return lambda show, today: show.rating is not None and matches(show.rating)


def _compare_ratings(value: str) -> Callable[[float], bool]:
    if dash := next((dash for dash in ("..", "-", "–") if dash in value), ""):
        first, _, last = value.partition(dash)
        is_open = dash == ".." and bool(first or last)
        low = 0 if is_open and not first else _number(first)
        high = 10 if is_open and not last else _number(last)
        return lambda rating: min(low, high) <= rating <= max(low, high)
    sign = next(sign for sign in _COMPARISONS if value.startswith(sign))
    compare, number = _COMPARISONS[sign], _number(value.removeprefix(sign))
    return lambda rating: compare(rating, number)


def _number(text: str) -> float:
    if (number := parse_rating(text)) is None:
        raise BadValue("A number is missing.")
    return number


def _country(value: str) -> Predicate:
    try:
        wanted = name_form(find_country(value) or value)
    except BadValue as wrong:
        raise BadQuery(f"country:{value}: {wrong}") from None
    return lambda show, today: any(name_form(country_code(name)) == wanted for name in show.countries)


def _year(value: str) -> Predicate:
    with suppress(BadValue):
        read = _read_date(value)
        if all(map(_is_years, map(read, _DAYS))):
            return lambda show, today: show.release is not None and show.release.overlaps(*_days_of(read(today)))
    raise BadQuery(f"year:{value} is not a year. Use four digits, as in year:2027.")


def _is_years(window: Window) -> bool:
    """Return whether a date is whole years."""
    first, last = _days_of(window)
    return not (window.approximate or window.is_tba) and (first.month, first.day, last.month, last.day) == (
        1,
        1,
        12,
        31,
    )


def _days_of(window: Window) -> tuple[date, date]:
    """Return the first and the last day of a date, of all time where it has none."""
    return window.earliest or date.min, window.latest or date.max


_DAYS: Final = tuple(date(2026, 1, 1) + timedelta(days=26 * number) for number in range(14))
"""Days of a year and of the week from which words are read, so that what means two things on one of them is refused."""


def _read_date(value: str) -> Callable[[date], Window]:
    """Return what a date is on a day, from which words such as "next year" or next-year count.

    Raises:
        BadValue: It is no date, or means two things on some day.
    """
    if value.replace("-", "").isalpha():
        value = value.replace("-", " ")
    windows = [parse_window(value, day) for day in _DAYS]
    if not any(window.words for window in windows):
        return lambda today: windows[0]
    return partial(parse_window, value)


def _bound(field: str) -> Callable[[str], Predicate]:
    def build(value: str) -> Predicate:
        try:
            read = _read_date(value)
        except BadValue as wrong:
            hint = f' Put words in quotes, as in {field}:"next year".' if value.isalpha() else ""
            raise BadQuery(f"{field}:{value}: {wrong}{hint}") from None
        end = operator.attrgetter("earliest" if field == "before" else "latest")
        if end(read(_DAYS[0])) is None:
            raise BadQuery(f"{field}:{value} has no date. Try {field}:2027-03.")

        def matches(show: Show, today: date) -> bool:
            window = show.release
            try:
                bound = end(read(today))
            except BadValue:
                return False
            if window is None:
                return False
            if field == "before":
                return window.latest is not None and window.latest < bound
            return window.earliest is not None and window.earliest > bound

        return matches

    return build


def _in_group(*names: str) -> Predicate:
    return lambda show, today: ReleaseBuckets(today).bucket_of(show)[2] in names


def _has_slipped(show: Show, today: date) -> bool:
    return show.history_state.slips > 0


def _has_watch_state(state: str) -> Predicate:
    return lambda show, today: show.watch == state


def _fresh(show: Show, today: date) -> bool:
    since = today - timedelta(days=30)
    return any(claim.on is not None and since <= claim.on <= today for claim in show.history)


IS_PROPERTIES: Final[dict[str, Predicate]] = {
    "overdue": lambda show, today: show.is_overdue(today),
    "tba": lambda show, today: show.release is not None and show.release.is_tba,
    "undated": lambda show, today: show.release is None or show.release.is_tba,
    "dated": lambda show, today: show.release is not None and show.release.earliest == show.release.latest != None,  # noqa: E711
    "out": lambda show, today: show.is_out,
    "upcoming": lambda show, today: not (show.is_out or show.status is Status.CANCELLED),
    "cancelled": lambda show, today: show.status is Status.CANCELLED,
    "today": _in_group("Today"),
    "week": _in_group("Today", "This week"),
    "month": _in_group("Today", "This week", "This month"),
    "slipped": _has_slipped,
    "new": _fresh,
    **{state: _has_watch_state(state) for state in WATCH_STATES},
    "unwatched": lambda show, today: not show.is_finished,
    "rated": lambda show, today: show.rating is not None,
    "unrated": lambda show, today: show.rating is None,
}
"""Properties of `is:`; "dated" has an exact day, "undated" no date at all, "new" a claim of the last 30 days.

"unwatched" is neither watched nor dropped.
"""

_NETWORK: Final = _Names(lambda show: show.networks)
_CAST: Final = _Names(lambda show: [t for c in show.cast for t in (c.actor, c.role)])


def _is(value: str) -> Predicate:
    wanted = value.casefold().replace("canceled", "cancelled")
    if wanted not in IS_PROPERTIES:
        near = _near(wanted, IS_PROPERTIES)
        hint = f"Did you mean is:{near}?" if near else f"Use one of {', '.join(IS_PROPERTIES)}."
        raise BadQuery(f"There is no filter “is:{value}”. {hint}")
    return IS_PROPERTIES[wanted]


QUERY_FIELDS: Final[dict[str, Callable[[str], Predicate]]] = {
    "status": _status,
    "is": _is,
    "year": _year,
    "before": _bound("before"),
    "after": _bound("after"),
    "net": _NETWORK,
    "network": _NETWORK,
    "cast": _CAST,
    "actor": _CAST,
    "director": _Names(lambda show: show.directors),
    "writer": _Names(lambda show: show.writers),
    "title": _Names(lambda show: (show.title, show.original_title, *show.aliases)),
    "genre": _Names(lambda show: show.genres),
    "location": _Names(lambda show: show.locations),
    "source": _Names(lambda show: [claim.source for claim in show.history]),
    "note": _Names(lambda show: (show.notes, *(claim.note for claim in show.history))),
    "tag": _Names(lambda show: show.tags, is_whole=True),
    "country": _country,
    "id": lambda value: lambda show, today: show.id == value.casefold(),
    "kind": _read("kind", parse_kind, lambda show: show.kind),
    "season": _read("season", parse_season, lambda show: show.season),
    "watch": _read("watch", parse_watch, lambda show: show.watch),
    "rating": _rating,
}
"""The fields of a query, each a function from value to predicate."""

_EXAMPLES: Final = {
    "status": "status:filming", "is": "is:overdue", "year": "year:2027", "before": "before:2027-03",
    "after": "after:2027", "tag": "tag:must-see", "country": "country:KR", "kind": "kind:film", "season": "season:2",
    "watch": "watch:planned", "rating": "rating:>7",
}  # fmt: skip
