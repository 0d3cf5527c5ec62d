"""Addresses and ids of shows as people copy them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadValue
from tracker.model.show_reference import KEYS, ShowReference, find_reference, parse_reference

UNDERSTOOD = {
    "tvmaze:169": [
        "tvmaze:169", "TVmaze: 169", "https://www.tvmaze.com/shows/169/breaking-bad", "http://tvmaze.com/shows/169",
        "tvmaze.com/shows/169/", "www.tvmaze.com/shows/169?utm_source=x", "https://www.tvmaze.com/shows/169/x/episodes",
        "https://www.tvmaze.com/shows/169/breaking-bad/cast#top", "https://api.tvmaze.com/shows/169?embed=cast",
        "//www.tvmaze.com/shows/169", "HTTPS://WWW.TVMAZE.COM/shows/169", "<https://www.tvmaze.com/shows/169>.",
        "https://www.tvmaze.com:443/shows/169/%E3%82%BD%E3%82%A6%E3%83%AB",
    ],
    "tvmaze:169#2": ["tvmaze:169#2", "tvmaze: 169#02"],
    "tmdb:tv/1396": [
        "tmdb:tv/1396", "tmdb:tv/1396-breaking-bad", "tv/1396-breaking-bad", "TV/1396", "https://www.themoviedb.org/tv/1396-breaking-bad",
        "https://www.themoviedb.org/tv/1396?language=ko-KR", "themoviedb.org/tv/1396-a/seasons", "tmdb.org/tv/1396",
        "https://www.themoviedb.org/tv/1396-breaking-bad/cast", "https://api.themoviedb.org/3/tv/1396?language=en",
        "“https://www.themoviedb.org/tv/1396-소울메이트”", "https://www.themoviedb.org/tv/1396-24",
    ],
    "tmdb:tv/1396#2": [
        "tmdb:tv/1396#2", "tv/1396#2", "https://www.themoviedb.org/tv/1396-breaking-bad/season/2",
        "https://www.themoviedb.org/tv/1396/season/2/?language=de#cast", "api.themoviedb.org/3/tv/1396/season/2",
    ],
    "tmdb:movie/550": [
        "tmdb:movie/550", "https://www.themoviedb.org/movie/550-fight-club", "themoviedb.org/movie/550/",
        "Fight Club (1999) — https://www.themoviedb.org/movie/550-fight-club, look",
    ],
    "imdb:tt0903747": [
        "tt0903747", " TT0903747 ", "imdb:tt0903747", "https://www.imdb.com/title/tt0903747/",
        "https://m.imdb.com/title/tt0903747", "imdb.com/title/tt0903747/?ref_=ext_shr_lnk",
        "https://www.imdb.com/de/title/tt0903747/", "https://www.imdb.com/es-es/title/tt0903747/reference",
        "https://www.imdb.com/title/tt0903747/fullcredits#cast", "http://pro.imdb.com/title/tt0903747",
        "Breaking Bad (2008) https://www.imdb.com/title/tt0903747/",
    ],
    "imdb:tt0903747#2": ["https://www.imdb.com/title/tt0903747/episodes/?season=2", "imdb:tt0903747#2"],
    "thetvdb:81189": [
        "thetvdb:81189", "tvdb:81189", "https://thetvdb.com/dereferrer/series/81189",
        "https://www.thetvdb.com/?tab=series&id=81189&lid=7", "http://thetvdb.com/index.php?id=81189",
        "https://api4.thetvdb.com/v4/series/81189/extended",
    ],
    "wikidata:Q1079": [
        "Q1079", "q1079", "wikidata:Q1079", "https://www.wikidata.org/wiki/Q1079", "wikidata.org/wiki/Q1079#P161",
        "https://m.wikidata.org/wiki/Q1079?uselang=ko", "http://www.wikidata.org/entity/Q1079",
        "https://www.wikidata.org/wiki/Special:EntityData/Q1079.json", "https://www.wikidata.org/wiki/Talk:Q1079",
        "https://www.wikidata.org/w/index.php?title=Q1079&action=history",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "reference"), [(text, key) for key, texts in UNDERSTOOD.items() for text in texts])
def test_reference(text: str, reference: str) -> None:
    assert str(find_reference(text)) == reference
    assert str(parse_reference(text)) == reference


REFUSED = {
    "a person": [
        "nm0186505", "imdb:nm0186505", "https://www.imdb.com/name/nm0186505/", "https://m.imdb.com/fr/name/nm0186505",
        "https://www.tvmaze.com/people/14245/bryan-cranston", "https://www.themoviedb.org/person/17419-bryan-cranston",
        "https://thetvdb.com/people/250516",
    ],
    "a list": [
        "ls041322734", "https://www.imdb.com/list/ls041322734/", "https://www.themoviedb.org/list/28",
        "https://www.imdb.com/chart/top/", "https://www.thetvdb.com/lists/7",
    ],
    "an episode": [
        "https://www.tvmaze.com/episodes/12192/breaking-bad-1x01-pilot",
        "https://www.themoviedb.org/tv/1396-breaking-bad/season/1/episode/1", "thetvdb.com/dereferrer/episode/349232",
        "https://thetvdb.com/?tab=episode&seriesid=81189&id=349232",
    ],
    "a season": ["https://www.tvmaze.com/seasons/672/breaking-bad-season-2", "https://thetvdb.com/dereferrer/season/7"],
    "specials": ["https://www.themoviedb.org/tv/1396/season/0", "tvmaze:169#0"],
    "a film": ["https://thetvdb.com/movies/fight-club", "https://www.thetvdb.com/dereferrer/movie/42"],
    "a name at TheTVDB": ["https://thetvdb.com/series/breaking-bad", "https://www.thetvdb.com/series/24/seasons/all"],
    "not the address of a show": [
        "https://www.tvmaze.com/shows", "https://www.themoviedb.org/movie", "https://www.themoviedb.org/tv/airing-today",
        "https://www.wikidata.org/wiki/Property:P345", "https://www.wikidata.org/wiki/Wikidata:Main_Page",
        "https://www.imdb.com/", "https://www.imdb.com/title/", "https://www.imdb.com/title/tt/", "tvmaze.com/x/169",
        "https://www.themoviedb.org/tv/0", "https://www.tvmaze.com/shows/99999999999999999999",
    ],
    "Not an id of TVmaze": ["tvmaze:0", "tvmaze:-7", "tvmaze:7/../8", "tvmaze:99999999999", "tvmaze:１６９"],
    "Not an id of TMDB": ["tmdb:1/7", "tmdb:550", "tmdb:tv/0", "tmdb:person/7"],
    "Not an id of IMDb": ["imdb:0903747", "imdb:tt12x"],
    "Not an id of Wikidata": ["wikidata:7", "wikidata:Q0", "wikidata:P31", "wikidata:L7"],
    "netflix.com is not": ["https://netflix.com/title/81"],
    "not.imdb.com.example is not": ["https://not.imdb.com.example/title/tt0903747"],
    "notimdb.com is not": ["https://notimdb.com/title/tt0903747"],
    "Not a web address": ["https://[imdb.com/title/tt0903747"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), [(text, words) for words, texts in REFUSED.items() for text in texts])
def test_reference_to_something_else(text: str, words: str) -> None:
    with pytest.raises(BadValue) as refusal:
        find_reference(text)
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "title",
    [
        "", "Soul Mate", "24", "1923", "Q", "Q5", "1Q84", "tt", "tt12", "TT Games", "and/or", "Fate/Zero", "Dr. Who/x",
        "TVmaze: the story", "wikidata:", "Steins;Gate 0", "notimdb.com/title/tt0903747", "ソウルメイト", "S.W.A.T./x",
        "Season #2", "http:", "imdb.com", ".hack//SIGN", "//", "a//b.c/d", "tv/x", "movie/0", "24/7",
    ],
)  # fmt: skip
def test_title_is_no_reference(title: str) -> None:
    assert find_reference(title) is None
    with pytest.raises(BadValue, match="Try"):
        parse_reference(title)


@given(
    st.sampled_from(sorted(KEYS)).flatmap(
        lambda site: st.tuples(st.just(site), st.from_regex(KEYS[site], fullmatch=True))
    )
)
def test_reference_round_trip(pair: tuple[str, str]) -> None:
    assert find_reference(":".join(pair)) == ShowReference(*pair)


@given(
    st.sampled_from(["https://www.", "", "//"]),
    st.sampled_from(["tvmaze.com", "themoviedb.org", "imdb.com", "thetvdb.com", "wikidata.org"]),
    st.lists(st.text(max_size=12), max_size=5),
)
def test_any_address_is_understood_or_refused(start: str, host: str, parts: list[str]) -> None:
    try:
        reference = find_reference(f"{start}{host}/{'/'.join(parts)}")
    except BadValue:
        return
    assert reference is None or KEYS[reference.site].fullmatch(reference.key)
