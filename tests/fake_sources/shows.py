"""Invented shows as plain values; nobody in here exists, and nothing in here was ever made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple


class Channel(NamedTuple):
    """A network, or a streaming service."""

    name: str
    country: str = ""  # "" for a service that is the same all over the world
    timezone: str = ""


class Aka(NamedTuple):
    """Another title."""

    name: str
    country: str = ""


class Part(NamedTuple):
    """Who plays whom."""

    actor: str
    role: str = ""


class Maker(NamedTuple):
    """Who made it: "Director", "Writer", "Creator"."""

    job: str
    name: str


class Episode(NamedTuple):
    """An episode that is to come, as TVmaze writes it."""

    season: int
    number: int
    name: str
    airdate: str
    airtime: str = ""
    airstamp: str | None = None


class Season(NamedTuple):
    """A season, and the days of its episodes, each with a time or without; "" for one without a day."""

    number: int
    days: tuple[str, ...] = ()  # "2027-03-05", or "2027-03-05T12:00:00+00:00" for an episode with a time
    first: str = ""  # where no episode is listed
    order: int | None = None  # how many episodes it will have

    @property
    def premiered(self) -> str:
        return self.first or next((day[:10] for day in self.days if day), "")


class Release(NamedTuple):
    """The day of a film in a country; the types are those of TMDB, 3 is the cinema and 4 the net."""

    country: str
    day: str
    type: int = 3
    note: str = ""


class Offer(NamedTuple):
    """Who shows it to subscribers in a country."""

    country: str
    provider: str


@dataclass(frozen=True, kw_only=True)
class FakeShow:
    """An invented show, and its ids at the sources; None where one does not know it."""

    title: str
    tvmaze: int | None = None
    tmdb: str | None = None  # with its kind: "tv/201"
    wikidata: str | None = None
    imdb: str | None = None
    thetvdb: int | None = None
    original_title: str = ""
    language: str = "en"
    kind: str = "series"
    stage: str = "announced"  # one of `STAGES`, from which each source's own word follows
    word: str = ""  # the word of all sources, where it is another
    premiered: str = ""
    """ "2027-03-05", "2027-03", "2027", "?" where it is said to be unknown, "" where nothing is said.

    Only Wikidata can write all of these; for the other two what is no day is nothing.
    """
    ended: str = ""
    network: Channel | None = None
    web: Channel | None = None
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ("Drama",)
    synopsis: str = ""  # with HTML, as TVmaze writes it
    akas: tuple[Aka, ...] = ()
    cast: tuple[Part, ...] = ()
    crew: tuple[Maker, ...] = ()
    site: str = ""
    next_episode: Episode | None = None
    seasons: tuple[Season, ...] = ()
    releases: tuple[Release, ...] = ()
    offers: tuple[Offer, ...] = ()
    told: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # what a service says otherwise, by its name

    def as_told_by(self, service: str) -> FakeShow:
        """Return the show as a service knows it."""
        return replace(self, **self.told.get(service, {}))

    def id_at(self, service: str) -> str | None:
        """Return the id at a service, None where it is not known there."""
        found = {"tvmaze": self.tvmaze, "tmdb": self.tmdb, "wikidata": self.wikidata}[service]
        return None if found is None else str(found)

    @property
    def day(self) -> str:
        """The day on which it begins, "" where none is known."""
        return self.premiered if len(self.premiered) == 10 else ""


class Stage(NamedTuple):
    """What the sources call a stage of a show's life."""

    tvmaze: str
    tv: str
    movie: str


STAGES: Final = {
    "rumored": Stage("In Development", "Planned", "Rumored"),
    "announced": Stage("In Development", "Planned", "Planned"),
    "filming": Stage("In Development", "In Production", "In Production"),
    "post-production": Stage("In Development", "In Production", "Post Production"),
    "scheduled": Stage("In Development", "Returning Series", "Post Production"),
    "airing": Stage("Running", "Returning Series", "Released"),
    "undecided": Stage("To Be Determined", "Returning Series", "Released"),
    "ended": Stage("Ended", "Ended", "Released"),
    "cancelled": Stage("In Development", "Canceled", "Canceled"),
}

LUMEN: Final = Channel("Lumen", "JP", "Asia/Tokyo")
KESTREL: Final = Channel("Kestrel", "KR", "Asia/Seoul")
NORTHGATE: Final = Channel("Northgate", "CA", "America/Halifax")
FARLIGHT: Final = Channel("Farlight")  # a streaming service that is the same all over the world

LANTERNS: Final = FakeShow(
    title="Paper Lanterns", tvmaze=101, tmdb="tv/201", wikidata="Q990000101", imdb="tt99000101", thetvdb=990101,
    original_title="かみのあかり", language="ja", stage="scheduled", premiered="2026-05-14",
    network=LUMEN, countries=("JP",), genres=("Drama", "Romance"),
    synopsis="<p><b>Paper Lanterns</b> tells of a lamp maker and a diver, who keep one promise.</p>",
    akas=(Aka("かみのあかり", "JP"), Aka("Laternen aus Papier", "DE")),
    cast=(Part("Han Seorin", "Mio"), Part("Abel Kuro", "Ren")),
    crew=(Maker("Director", "Ito Haruna"), Maker("Writer", "Ines Vale")),
    site="https://lumen.example/lanterns",
    offers=(Offer("JP", "Lumen Now"), Offer("DE", "Farlight")),
)  # fmt: skip
OTHER_LANTERNS: Final = FakeShow(
    title="Paper Lanterns", tvmaze=113, tmdb="tv/213", wikidata="Q990000113", imdb="tt99000113", thetvdb=990113,
    stage="ended", premiered="2019-02-03", ended="2019-04-07", network=NORTHGATE, countries=("CA",),
    genres=("Crime",), synopsis="<p>Two detectives and a fireworks factory.</p>",
    cast=(Part("Dora Quill", "Detective Marsh"),), crew=(Maker("Creator", "Otto Fenn"),),
)  # fmt: skip
"""Another show of the same name: of another year, network and country."""
HARBOUR: Final = FakeShow(
    title="Harbour Nine", tvmaze=102, tmdb="tv/202", wikidata="Q990000102", imdb="tt99000102", thetvdb=990102,
    original_title="항구 나인", language="ko", stage="scheduled", premiered="2026-11-23", network=KESTREL,
    countries=("KR",), genres=("Drama", "Mystery"), synopsis="<p>Nine berths, and one ship too many.</p>",
    akas=(Aka("항구 나인", "KR"),), cast=(Part("Bae Iseul", "Captain Noh"),),
    next_episode=Episode(1, 1, "Berth One", "2026-11-23", "21:00", "2026-11-23T12:00:00+00:00"),
)  # fmt: skip
TRAM: Final = FakeShow(
    title="Slow Tram", tvmaze=103, tmdb="tv/203", wikidata="Q990000103", imdb="tt99000103", stage="scheduled",
    premiered="2026-11-27", network=KESTREL, countries=("KR",), genres=("Comedy",),
    synopsis="<p>It is never late.<br>It is never early.</p>", cast=(Part("Bae Iseul", "The driver"),),
)  # fmt: skip
ORCHARD: Final = FakeShow(
    title="Glass Orchard", tvmaze=104, tmdb="tv/204", wikidata="Q990000104", stage="scheduled",
    premiered="2026-11-30", web=FARLIGHT, countries=("GB",), cast=(Part("Han Seorin", "Iris"),),
    next_episode=Episode(1, 1, "Seeds", "2026-11-30", "", "2026-11-30T12:00:00+00:00"),
)  # fmt: skip
"""Of a global streamer: the noon of its airstamp is made up."""
BAKERY: Final = FakeShow(
    title="Night Bakery", tmdb="movie/205", wikidata="Q990000105", imdb="tt99000105", kind="film",
    original_title="밤의 빵집", language="ko", stage="post-production", premiered="2026-12-10",
    countries=("KR",), genres=("Drama", "Comedy"), synopsis="The last loaf is never sold.",
    akas=(Aka("Bäckerei der Nacht", "DE"),), cast=(Part("Bae Iseul", "Sun"), Part("Abel Kuro", "The miller")),
    crew=(Maker("Director", "Mo Jiwoo"), Maker("Writer", "Mo Jiwoo")),
    releases=(
        Release("KR", "2026-12-10"), Release("KR", "2026-12-03", 1, "Kestrel Film Days"),
        Release("DE", "2027-02-11"), Release("DE", "2027-05-20", 4), Release("US", "2027-01-01", 2),
        Release("US", "2027-01-15"), Release("US", "2027-06-01", 5, "with a cake"), Release("FR", "2027-03-03"),
        Release("FR", "2027-09-09", 6, "Lumen"), Release("JP", "2027-04-02"),
        Release("JP", "2026-10-30", 1, "Lumen Days"),
    ),
)  # fmt: skip
"""A film, which TVmaze does not know, with another day in each country."""
SALT: Final = FakeShow(
    title="Salt Road", tvmaze=106, tmdb="tv/206", wikidata="Q990000106", stage="filming", premiered="2027-08",
    network=KESTREL, countries=("KR",),
)  # fmt: skip
TIDE: Final = FakeShow(
    title="Ninth Tide", tvmaze=107, tmdb="tv/207", wikidata="Q990000107", premiered="2028", web=FARLIGHT,
    countries=("GB",),
)  # fmt: skip
SIGNAL: Final = FakeShow(
    title="Quiet Signal", tvmaze=108, tmdb="tv/208", wikidata="Q990000108", premiered="?", web=FARLIGHT
)
LEDGER: Final = FakeShow(title="Rain Ledger", tvmaze=109, tmdb="tv/209")
MOON: Final = FakeShow(
    title="Copper Moon", tvmaze=110, tmdb="tv/210", wikidata="Q990000110", imdb="tt99000110", thetvdb=990110,
    original_title="あかがねの月", language="ja", stage="airing", premiered="2026-10-02", network=LUMEN,
    countries=("JP",), akas=(Aka("あかがねの月", "JP"),), cast=(Part("Abel Kuro", "The smith"),),
    next_episode=Episode(1, 9, "Slag", "2026-11-27", "22:30", "2026-11-27T13:30:00+00:00"),
)  # fmt: skip
FERRY: Final = FakeShow(
    title="Old Ferry", tvmaze=111, tmdb="tv/211", wikidata="Q990000111", imdb="tt99000111", stage="ended",
    premiered="2025-03-01", ended="2025-04-19", network=LUMEN, countries=("JP",),
)  # fmt: skip
HOTEL: Final = FakeShow(
    title="Blue Hour Hotel", tvmaze=112, tmdb="tv/212", wikidata="Q990000112", stage="cancelled", premiered="2026",
    web=FARLIGHT, countries=("GB",),
)  # fmt: skip
WELL: Final = FakeShow(
    title="Singing Well", tvmaze=117, tmdb="tv/217", wikidata="Q990000117", imdb="tt99000117", thetvdb=990117,
    original_title="노래하는 우물", language="ko", stage="airing", premiered="2024-04-06", network=KESTREL,
    countries=("KR",), genres=("Drama", "Fantasy"), synopsis="<p>A village, and what its well remembers.</p>",
    akas=(Aka("노래하는 우물", "KR"),), cast=(Part("Bae Iseul", "The keeper"),), crew=(Maker("Director", "Mo Jiwoo"),),
    seasons=(
        Season(1, ("2024-04-06", "2024-04-13"), order=2),
        Season(2, ("2026-01-10", "2026-01-17"), order=2),
        Season(3),
    ),
)  # fmt: skip
"""Two seasons were shown, and a third is announced."""
BRACKETS: Final = FakeShow(
    title="[Bracket] Foo [/] bar", tvmaze=114, tmdb="tv/214", wikidata="Q990000114", network=LUMEN,
    countries=("JP",), cast=(Part("[b]Nils Arken[/b]", "[@click=app.quit]x"),),
)  # fmt: skip
MARKUP: Final = FakeShow(
    title="Salt & Pepper <Live>", tvmaze=115, tmdb="tv/215", wikidata="Q990000115", web=FARLIGHT,
    synopsis=(
        "<p>Fish &amp; chips, 3 &lt; 4 &#8211; caf&eacute;&nbsp;talk.</p>\n<p>Second <i>part</i><br />goes on</p>"
        "<ul><li>one</li><li>two</li></ul><script>alert(1)</script>"
    ),
)  # fmt: skip
ESCAPES: Final = FakeShow(
    title="종소리 \x1b]52;c;eA==\x07 \u202eBell", tvmaze=116, tmdb="tv/216", wikidata="Q990000116",
    network=KESTREL, countries=("KR",), synopsis="<p>A bell\x1b[2J rings.</p>",
    cast=(Part("Bae\x07 Iseul", "The \x1b[31mbell"),),
)  # fmt: skip
WINTER: Final = FakeShow(
    title="Hansol's Winter", tvmaze=131, tmdb="tv/231", wikidata="Q990000131", imdb="tt99000131",
    original_title="한솔의 겨울", language="ko", stage="scheduled", premiered="2027-02-12", network=KESTREL,
    countries=("KR",), genres=("Drama", "Science-Fiction", "Romance"),
    synopsis="<p>A baker's son waits for the ice to break.</p>", akas=(Aka("한솔의 겨울", "KR"),),
    cast=(Part("Park Dan-bi", "Hansol"), Part("Mo Jiwoo", "The baker")), crew=(Maker("Director", "Yu Sera"),),
    told={
        "tmdb": {
            "title": "Hansol’s Winter", "premiered": "2027-02-05", "network": Channel("KESTREL Korea", "KR"),
            "genres": ("Sci-Fi & Fantasy", "Drama"), "synopsis": "Ice, bread and a promise: a son comes home.",
            "cast": (Part("Danbi Park", "Han-sol"), Part("Ji-woo Mo", "Baker"), Part("Bae Iseul", "A guest")),
            "crew": (Maker("Director", "Sera Yu"), Maker("Writer", "Ines Vale")),
        },
        "wikidata": {"genres": ("drama television series",), "premiered": "2027-02-12"},
    },
)  # fmt: skip
"""What three sources tell in other words; the one difference is that TMDB has another day."""

SHOWS: Final = (
    LANTERNS, HARBOUR, TRAM, ORCHARD, BAKERY, SALT, TIDE, SIGNAL, LEDGER, MOON, FERRY, HOTEL, OTHER_LANTERNS,
    BRACKETS, MARKUP, ESCAPES, WELL, WINTER,
)  # fmt: skip
"""What all sources know at the beginning: the shows of `tests.tui.helpers.SAMPLE`, some that are hard to show, and one
with seasons."""


def numbered_show(number: int) -> FakeShow:
    """Return one of any number of shows that are cheap to make; TVmaze 10001, tv/20001 and Q990100001 are the first."""
    return FakeShow(
        title=f"Invented Show {number}", tvmaze=10_000 + number, tmdb=f"tv/{20_000 + number}",
        wikidata=f"Q{990_100_000 + number}", stage="scheduled", premiered=f"2027-{number % 12 + 1:02}-14",
        network=KESTREL, countries=("KR",), cast=(Part(f"Actor {number % 50}", "Somebody"),),
    )  # fmt: skip
