"""The watchlist as an immutable value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tracker.errors import EntryUnreadable, UnknownShow
from tracker.model.release import Preference
from tracker.model.search_phrase import NearPhrase, Phrase, SearchText
from tracker.model.show import Person, Show
from tracker.text import is_same_person, name_form, search_form


class DamagedEntry(NamedTuple):
    """An entry of the file that cannot be read."""

    line: int  # line of the error, from 1
    reason: str  # one sentence: what is wrong and how to fix it
    title: str = ""  # may be empty, as `show_id`
    text: str = ""  # the entry's text
    start: int = 0  # first line of the entry, from 1
    show_id: str = ""
    column: int = 0  # of that line, from 1; 0 if the line as a whole is meant

    @property
    def place(self) -> str:
        """Line and column as compilers print them."""
        return f"{self.line}:{self.column}" if self.column else str(self.line)


class _Entries(NamedTuple):
    shows: tuple[Show, ...] = ()
    people: tuple[Person, ...] = ()
    damaged: tuple[DamagedEntry, ...] = ()
    is_complete: bool = True  # false while the rest of a long file is being read


class Watchlist(_Entries):
    """Everything that the file says, in its order."""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {show.id: place for place, show in enumerate(self.shows)}

    def find(self, show_id: str) -> Show | None:
        place = self._places.get(show_id)
        return None if place is None else self.shows[place]

    def update_shows(self, shows: tuple[Show, ...]) -> Watchlist:
        """Return the list with other values of its shows, which have the same ids in the same order."""
        after = self._replace(shows=shows)
        if "_places" in vars(self):
            # To make them takes longer than most edits.
            vars(after)["_places"] = self._places
        return after

    def get(self, show_id: str) -> Show:
        """Return the show with this id; EntryUnreadable or UnknownShow, which names the nearest, if there is none."""
        if (show := self.find(show_id)) is not None:
            return show
        for damage in self.damaged:
            if show_id and damage.show_id == show_id:
                raise EntryUnreadable(f"Can't read “{show_id}”, line {damage.line}: {damage.reason}")
        raise UnknownShow(f"No show has the id “{show_id}”.{self._nearest(show_id)}")

    def _nearest(self, show_id: str) -> str:
        from difflib import get_close_matches  # costs 3 ms of start-up, and only a mistake needs it

        texts = {show.id: SearchText.of((show.id, show.title)) for show in self.shows} if show_id.strip() else {}
        phrase, near_phrase = Phrase.of(show_id), NearPhrase.of(show_id)
        near = [other for other, text in texts.items() if phrase.is_in(text)]
        near = near or [other for other, text in texts.items() if near_phrase.is_in(text)]
        near = near or get_close_matches(show_id, [show.id for show in self.shows], n=3)
        return f" Did you mean {', '.join(near[:3])}?" if near else " `tracker list` shows them all."

    def person(self, name: str) -> Person | None:
        """Return the card of a person by one of the names; of several the one that spells it alike."""
        cards = [card for card in self.people if any(is_same_person(name, known) for known in card.names)]
        exact = (card for card in cards if search_form(name) in map(search_form, card.names))
        return next(exact, cards[0] if cards else None)

    def shows_with(self, names: Iterable[str]) -> tuple[Show, ...]:
        names = tuple(names)
        forms = set(map(name_form, names))

        def is_wanted(person: str) -> bool:
            return name_form(person) in forms and any(is_same_person(person, name) for name in names)

        return tuple(show for show in self.shows if any(map(is_wanted, show.people)))

    def for_preference(self, preference: Preference) -> Watchlist:
        return self.update_shows(tuple(show.for_preference(preference) for show in self.shows))

    def as_of(self, day: date) -> Watchlist:
        """Return the list as known on `day`, without shows that nobody had claimed anything of.

        A show without any dated claim stays, without status and window.
        """
        past = (
            show.as_of(day)
            for show in self.shows
            if not show.history or any(claim.on is None or claim.on <= day for claim in show.history)
        )
        return self._replace(shows=tuple(past))
