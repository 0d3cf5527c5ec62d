"""The dates of a film: one for each country and each way in which it comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.countries import find_country
from tracker.model.window import Window
from tracker.text import clean_line

MEDIA: Final = ("cinema", "digital", "tv", "disc", "premiere")
"""The ways in which a film comes out, in the order in which they count where the owner prefers none."""
_MEDIUM_WORDS: Final = {
    "cinemas": "cinema", "theatrical": "cinema", "theater": "cinema", "theaters": "cinema", "theatre": "cinema",
    "theatres": "cinema", "streaming": "digital", "vod": "digital", "dvd": "disc", "blu-ray": "disc", "bluray": "disc",
    "television": "tv", "festival": "premiere",
}  # fmt: skip


class Track(NamedTuple):
    """What a date is about: a country and a way of coming out; "" stands for all."""

    region: str = ""
    medium: str = ""

    def covers(self, other: Track) -> bool:
        """Return whether a date about `other` is one about this."""
        return other.region in ("", self.region) and other.medium in ("", self.medium)

    def meets(self, other: Track) -> bool:
        """Return whether dates about both can contradict each other: each is about the same, or about all."""
        return all(mine == theirs or not (mine and theirs) for mine, theirs in zip(self, other, strict=True))

    @property
    def label(self) -> str:
        """For example "cinema in DE", "in DE" or "digital"; "" for all."""
        return " ".join(filter(None, (self.medium, f"in {self.region}" if self.region else "")))


class Release(NamedTuple):
    """One date of a film, as a source knows it."""

    window: Window
    region: str = ""  # the country as a two-letter code, "" for all
    medium: str = ""  # one of `MEDIA`, "" if not said
    note: str = ""

    @property
    def track(self) -> Track:
        return Track(self.region, self.medium)


class Preference(NamedTuple):
    """Which of many dates count for the owner."""

    region: str = ""  # the owner's country as a two-letter code, "" for none
    media: tuple[str, ...] = ()  # the ways of coming out that count, best first


NO_PREFERENCE: Final = Preference()


def pick_track(tracks: Iterable[Track], preference: Preference, countries: Sequence[str] = ()) -> Track:
    """Return the track whose dates count, together with those that are about all.

    The country is the owner's. Where it has no date, dates for all countries are enough; without these, or without an
    owner's country, it is one of the show's, else the first that has a date. Premieres are not for everybody: they
    count where they are preferred or nothing else is known.

    Args:
        tracks: What the dates are about, in their order.
        preference: The owner's country and media.
        countries: The show's, the first one first.
    """
    known = list(tracks)
    if "premiere" not in preference.media:
        known = [track for track in known if track.medium != "premiere"] or known
    regions = list(dict.fromkeys(track.region for track in known))
    region = preference.region
    if not region or not {region, ""} & set(regions):
        region = next((one for one in (*countries, *regions) if one and one in regions), "")
    here = {track.medium for track in known if track.region in ("", region)}
    return Track(region, next((medium for medium in (*preference.media, *MEDIA) if medium in here), ""))


def parse_region(text: str) -> str:
    """Return the code of the country that `text` names, "" for none.

    Raises:
        BadValue: There is no such country.
    """
    region = find_country(text) or clean_line(text).upper()
    if region and not re.fullmatch("[A-Z]{2}", region):
        raise BadValue(f"Unknown country: “{clean_line(text)}”. Try its code, e.g. JP.")
    return region


def parse_medium(text: str) -> str:
    """Return the medium that `text` names, "" for none; "dvd", "theaters" and the like are understood.

    Raises:
        BadValue: There is no such medium.
    """
    word = clean_line(text).casefold()
    word = _MEDIUM_WORDS.get(word, word)
    if word and word not in MEDIA:
        raise BadValue(f"Not a medium: “{text}”. Use one of {', '.join(MEDIA)}.")
    return word
