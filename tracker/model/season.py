"""Seasons: the one that a title names, and what a source says of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.episode import Episode
from tracker.model.status import DATED, STARTED, UNDATED, Status
from tracker.model.window import Precision, Window
from tracker.text import clean_line

WHOLE_SHOW_FIELDS: Final = frozenset(("networks", "directors", "writers", "synopsis", "cast"))
"""What sources say of a whole show, and what may be another in one of its seasons."""
BREAK: Final = timedelta(days=14)
"""How long after the last episode that is known one more may follow, where no source says how many there are."""
LONG_BREAK: Final = timedelta(days=180)
"""How long episodes are waited for that a source counts and does not list."""
_WHOLE_SEASON: Final = 4
"""How many episodes of one day are a season that is put out as a whole, and no beginning."""


_WORDS: Final = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "i ii iii iv v vi vii viii ix x",
        "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
        "一 二 三 四 五 六 七 八 九 十",
    )
    for number, word in enumerate(words.split(), 1)
}
_NUMBER: Final = r"0?[1-9][0-9]?"
_CARDINAL: Final = rf"{_NUMBER}|one|two|three|four|five|six|seven|eight|nine|ten|x|ix|iv|v?i{{1,3}}|v"
_ORDINAL: Final = rf"{_NUMBER}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_KANJI: Final = rf"{_NUMBER}|[一二三四五六七八九十]"
_SEASON_AT_END: Final = rf"""(?:
      (?<!\w)(?:
        (?:season|staffel)\ ?(?P<cardinal>{_CARDINAL})
      | (?:the\ )?(?P<ordinal>{_ORDINAL})\ season
      | (?P<german>{_NUMBER}\.|erste|zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte)\ ?staffel
      | s(?P<short>{_NUMBER})
      )
    | [第제]\ ?(?P<kanji>{_KANJI})\ ?(?:期|季|シーズン|기|시즌)
    | (?:시즌|シーズン)\ ?(?P<korean>{_NUMBER})
    | (?<!\d)(?P<counted>{_NUMBER})\ ?(?:기|期)
    )$"""
"""How titles say at their end which season they are of. A bare number is none (Apollo 13), nor is a part."""
_BEFORE: Final = " ,;:·-–—~(（[【「"
_AFTER: Final = " )]）】」"


class Season(NamedTuple):
    """One season of a show, as a source knows it."""

    number: int
    release: Window | None = None  # its first day; None if the source gives none
    status: Status | None = None  # as its own episodes and dates tell
    compatible_statuses: tuple[Status, ...] = ()  # the statuses that agree with them
    next_episode: Episode | None = None
    ended: date | None = None  # its last day, if the source gives one


def parse_season(text: str) -> int:
    """Return the number of a season.

    Raises:
        BadValue: It is none.
    """
    line = clean_line(text)
    if not re.fullmatch(r"[1-9][0-9]{0,3}", line):
        raise BadValue(f"Not a season: “{text}”. Use its number, e.g. 2.")
    return int(line)


def split_season(title: str) -> tuple[str, int | None]:
    """Return a title without its season, and the season that it names at its end: "Moving, season 2", "무빙 시즌2"."""
    folded = clean_line(unicodedata.normalize("NFKC", title)).rstrip(_AFTER)
    # Compiled at the first title, since few lists need it.
    match = re.search(_SEASON_AT_END, folded, re.IGNORECASE | re.VERBOSE)
    if match is None or not (name := folded[: match.start()].rstrip(_BEFORE)):
        return title, None
    said = next(filter(None, match.groups())).casefold()
    digits = re.match(r"\d+", said)
    return name, int(digits[0]) if digits else _WORDS[said]


def with_season(title: str, season: int | None) -> str:
    """Return a title with its season, unless it names that itself."""
    return title if season is None or split_season(title)[1] == season else f"{title}, season {season}"


def with_bare_titles(*titles: str) -> Iterator[str]:
    """Yield titles, and those with a season also without it."""
    for title in titles:
        yield title
        if (name := split_season(title)[0]) != title:
            yield name


def find_season(titles: Iterable[str]) -> int | None:
    """Return the season that titles of one show name; None where none does, or where they name several."""
    seasons = {season for title in titles if (season := split_season(title)[1]) is not None}
    return seasons.pop() if len(seasons) == 1 else None


def find_next_season(seasons: Sequence[Season], after: int = 0) -> Season | None:
    """Return the first season that is announced and comes after all that began, and after the number `after`."""
    begun = [season.number for season in seasons if season.status in STARTED]
    last = max([*begun, after], default=0) or min((season.number for season in seasons), default=0)
    coming = (
        season for season in seasons if season.number > last and season.status in (Status.ANNOUNCED, Status.SCHEDULED)
    )
    return min(coming, key=lambda season: season.number, default=None)


def describe_season(
    number: int,
    today: date,
    *,
    release: Window | None = None,
    episodes: Sequence[Episode] = (),
    ended: date | None = None,
    is_complete: bool | None = None,
    is_listed: bool = True,
    is_seen: bool = True,
) -> Season:
    """Return a season with the status that its own episodes and dates come to.

    Args:
        number: The season.
        today: Today's date.
        release: Its first day; that of its first episode where there is none.
        episodes: Its known episodes, with and without a day, in any order.
        ended: Its last day.
        is_complete: Whether these are all episodes; None if the source does not say.
        is_listed: Whether the source says that there is such a season; a placeholder does not.
        is_seen: Whether a first day that has passed means that it began.
    """
    days = sorted(episode.on for episode in episodes if episode.on is not None)
    first = min(episodes, key=lambda episode: episode.on or date.max, default=None)
    # A source may list its last and its next episode only.
    if release is None and days and first is not None and (first.number is None or first.number <= 1):
        release = Window(days[0].isoformat(), days[0], days[0], Precision.DAY)
    if is_complete is None and is_put_out_at_once(len(days), days):
        is_complete = True
    ahead = [episode for episode in episodes if episode.on is not None and episode.on >= today]
    following = min(ahead, key=lambda episode: episode.on or date.max, default=None)
    status, compatible = _read_status(
        today, release, days, ended, is_complete=is_complete, is_listed=is_listed, is_seen=is_seen
    )
    return Season(number, release, status, compatible, following, ended)


def is_put_out_at_once(count: int, days: Sequence[date]) -> bool:
    """Return whether a season of so many episodes, from the first to the last of these days, came out as a whole."""
    # The day of a streamer's midnight is another in the next time zone.
    return count >= _WHOLE_SEASON and max(days) - min(days) <= timedelta(days=1)


def _read_status(
    today: date,
    release: Window | None,
    days: Sequence[date],
    ended: date | None,
    *,
    is_complete: bool | None,
    is_listed: bool,
    is_seen: bool,
) -> tuple[Status | None, tuple[Status, ...]]:
    """Return the status of a season, None where its dates tell none, and those that agree with them."""
    begun = days[0] if days and days[0] <= today else None
    first = release.earliest if release is not None and release.earliest is not None else begun
    if first is None:
        if is_complete or (ended is not None and ended <= today):
            return Status.RELEASED, (Status.RELEASED,)
        return (Status.ANNOUNCED, UNDATED) if is_listed else (None, ())
    first = min([first, *days])
    if first > today:
        if release is not None and release.precision is Precision.DAY:
            return Status.SCHEDULED, DATED
        return Status.ANNOUNCED, (*UNDATED, Status.SCHEDULED)
    if not days and release is not None and (release.latest is None or release.latest > today):
        return None, (*UNDATED, Status.SCHEDULED, *STARTED)
    if not is_seen:
        return None, (Status.SCHEDULED, *STARTED, Status.POSTPONED)
    last = max([first, *days, *([ended] if ended is not None else [])])
    if last > today:
        return Status.AIRING, STARTED
    pause = today - last
    if is_complete or (is_complete is None and ended is not None and not days):
        return Status.RELEASED, (Status.RELEASED,)
    if not days and ended is None:
        return (Status.AIRING if pause <= LONG_BREAK else Status.RELEASED), STARTED
    is_over = pause > (BREAK if is_complete is None else LONG_BREAK)
    return (Status.RELEASED, (Status.RELEASED, Status.HIATUS)) if is_over else (Status.AIRING, STARTED)
