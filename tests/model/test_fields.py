from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import names, plain_names, wide_windows
from tracker.errors import BadValue
from tracker.model.fields import FIELDS, find_field
from tracker.model.show import Credit, Show
from tracker.model.window import Window
from tracker.text import clean, clean_line

LISTS = ("aliases", "networks", "countries", "genres", "directors", "writers", "locations", "tags")


def again(name: str, value: object) -> object:
    field = FIELDS[name]
    return field.read(field.write(value))


@given(st.lists(names, max_size=4, unique=True).map(tuple), st.sampled_from(LISTS))
def test_names_round_trip(value: tuple[str, ...], name: str) -> None:
    assert again(name, value) == value


@pytest.mark.parametrize("name", ["Red, Green", '"Quoted"', 'Ada "Ace" Moor, Jr', '"Ace" Moor', 'a "b", c'])
def test_names_with_commas_and_quotes(name: str) -> None:
    assert again("networks", ("Lumen", name, "Kestrel")) == ("Lumen", name, "Kestrel")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Japan, kr , South Korea", ("JP", "KR")),
        ("uk\nCzechia", ("GB", "CZ")),
        ('Yugoslavia, "Japan"', ("Yugoslavia", "Japan")),
    ],
)
def test_countries_as_typed(text: str, codes: tuple[str, ...]) -> None:
    assert FIELDS["countries"].read(text) == codes


@pytest.mark.parametrize("name", ["Japan", "jp", "Congo", "uk", "Ruritania"])
def test_countries_as_written_by_hand_round_trip(name: str) -> None:
    assert again("countries", (name, "KR")) == (name, "KR")


@given(st.lists(st.builds(Credit, plain_names, plain_names | st.just(""), plain_names | st.just("")), max_size=3))
def test_cast_round_trip(cast: list[Credit]) -> None:
    assert again("cast", tuple(cast)) == tuple(cast)


@pytest.mark.parametrize(
    "credit",
    [
        Credit("Mira Solé", "Agent: Nightfall", "a spy"),
        Credit("Mira Solé", "Agent: Nightfall"),
        Credit("Mira Solé", "x = y"),
        Credit("Mira Solé", "Anna", "known as Ann: a keeper = a friend"),
        Credit("Known as Mira"),
        Credit("Mira = Solé", "Anna"),
        Credit("Seen as Mira", "Anna"),
        Credit("Mira", "", "a keeper"),
    ],
)
def test_cast_with_special_characters(credit: Credit) -> None:
    assert again("cast", (credit,)) == (credit,)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Mira Solé = Anna: keeps the light", Credit("Mira Solé", "Anna", "keeps the light")),
        ("Mira Solé as Anna", Credit("Mira Solé", "Anna")),
        ("Mira Solé → Anna", Credit("Mira Solé", "Anna")),
        ("Mira Solé", Credit("Mira Solé")),
    ],
)
def test_cast_as_typed(line: str, credit: Credit) -> None:
    assert FIELDS["cast"].read(f"\n{line}\n\n") == (credit,)


@pytest.mark.parametrize(
    ("line", "cast"),
    [
        ("Mira Solé, Jun Abe", [("Mira Solé",), ("Jun Abe",)]),
        ("Mira Solé;Jun Abe,", [("Mira Solé",), ("Jun Abe",)]),
        ("Mira Solé = Anna, Jun Abe = Ken", [("Mira Solé", "Anna"), ("Jun Abe", "Ken")]),
        ("Mira Solé=Anna;Jun Abe=Ken", [("Mira Solé", "Anna"), ("Jun Abe", "Ken")]),
        ("Mira as Anna, Jun as Ken", [("Mira", "Anna"), ("Jun", "Ken")]),
        ("Jun Abe, Mira → Anna", [("Jun Abe",), ("Mira", "Anna")]),
        ("Mira = Anna: brave, kind, Jun = Ken: old", [("Mira", "Anna", "brave, kind"), ("Jun", "Ken", "old")]),
        ('Mira = "Anna, the keeper", Jun', None), ("Mira = Anna, the keeper", None), ("Mira as Anna, Jun", None),
        ("Mira = Anna, known as Jun", None),
        ('Mira = "Anna, the keeper"; Jun = Ken', [("Mira", "Anna, the keeper"), ("Jun", "Ken")]),
        ("Han Dowon, Jr. = Ken, Jun Abe, Sr.", None), ("Han Dowon, Jr., Jun", [("Han Dowon, Jr.",), ("Jun",)]),
        ("Jun = 1,000 Guests", [("Jun", "1,000 Guests")]),
    ],
)  # fmt: skip
def test_cast_with_commas(line: str, cast: list[tuple[str, ...]] | None) -> None:
    if cast is not None:
        assert FIELDS["cast"].read(line) == tuple(Credit(*credit) for credit in cast)
        return
    with pytest.raises(BadValue, match=r"could mean two things.* quotes around"):
        FIELDS["cast"].read(line)


@pytest.mark.parametrize(
    ("name", "text", "pairs"),
    [
        ("ids", "tvmaze = 1, imdb = tt0000001", {"tvmaze": 1, "imdb": "tt0000001"}),
        ("ids", "tvmaze=1;imdb=tt0000001,", {"tvmaze": 1, "imdb": "tt0000001"}),
        ("links", "a = https://x.example, b = https://y.example", {"a": "https://x.example", "b": "https://y.example"}),
        ("links", "first look = https://x.example/?p=1,q=2;r=3; b = https://y.example",
         {"first look": "https://x.example/?p=1,q=2;r=3", "b": "https://y.example"}),
        ("links", 'a = "https://x.example, https://y.example"', {"a": "https://x.example, https://y.example"}),
        ("ids", "tvmaze = 1, 2", None), ("ids", "tvmaze = 1,2", None),
        ("links", "a = https://x.example, https://y.example", None),
        ("links", "a = https://x.example,b = https://y.example", None),
    ],
)  # fmt: skip
def test_pairs_with_commas(name: str, text: str, pairs: dict[str, str | int] | None) -> None:
    if pairs is not None:
        assert FIELDS[name].read(text) == pairs
        return
    with pytest.raises(BadValue, match=r"could be one .* or several.* quotes"):
        FIELDS[name].read(text)


@pytest.mark.parametrize(
    ("line", "cast"),
    [
        ("Mira Solé (Anna)", [("Mira Solé", "Anna")]), ("Mira Solé (as Anna)", [("Mira Solé", "Anna")]),
        ("Mira (Anna): keeps the light", [("Mira", "Anna", "keeps the light")]),
        ("Mira (Anna), Jun (Ken)", [("Mira", "Anna"), ("Jun", "Ken")]),
        ("Mira (Anna), Jun", [("Mira", "Anna"), ("Jun",)]), ("Jun, Mira (Anna)", [("Jun",), ("Mira", "Anna")]),
        ("Mira (Anna): brave, kind, Jun (Ken)", [("Mira", "Anna", "brave, kind"), ("Jun", "Ken")]),
        ("한서린 (안나)", [("한서린", "안나")]), ("한서린（안나）", [("한서린", "안나")]),
        ("Han Dowon, Jr. (Ken)", [("Han Dowon, Jr.", "Ken")]),
        ("Mira = Anna (old, wise), Jun = Ken", [("Mira", "Anna (old, wise)"), ("Jun", "Ken")]),
        ("Mira as Anna (young)", [("Mira", "Anna (young)")]), ("Mira (Moon) = Anna", [("Mira (Moon)", "Anna")]),
        ("(S)ALT-9", [("(S)ALT-9",)]), ("(S)ALT-9 (Yuna)", [("(S)ALT-9", "Yuna")]), ("g(y)", [("g(y)",)]),
        ("(소금)아이들", [("(소금)아이들",)]), ("Mira (The Moon) Solé", [("Mira (The Moon) Solé",)]),
        ('"Mira (Anna)"', [("Mira (Anna)",)]), ('"Mira (Moon)" (Anna)', [("Mira (Moon)", "Anna")]),
        *((line, None) for line in (
            "Mira (cameo)", "Mira (voice)", "Mira (b. 1993)", "Mira (1993)", "Mira (한서린)", "한서린 (Mira)",
            "한서린(안나)", "Mira (Anna, a keeper)", "Mira (Anna / Ann)", "Mira (Anna) (Ken)", "Mira (Anna",
            "Mira Anna)", "Mira ()", "Mira (known as Ann)", "Mira (Anna) and Jun (Ken)", "Mira: Anna", "Mira - Anna",
            "Mira – Anna", "Mira stars as Anna", "Mira as Anna as Ken", "Mira Solé(Anna)", "Mira / Anna", "Mira [Anna]",
            "Mira (role: Anna)", "Anna played by Mira", "Mira plays Anna",
        )),
    ],
)  # fmt: skip
def test_cast_with_brackets(line: str, cast: list[tuple[str, ...]] | None) -> None:
    if cast is not None:
        assert FIELDS["cast"].read(line) == tuple(Credit(*credit) for credit in cast)
        return
    with pytest.raises(BadValue, match=r"could mean two things. Write .* = "):
        FIELDS["cast"].read(line)


def test_cast_without_actor() -> None:
    with pytest.raises(BadValue, match="has no actor"):
        FIELDS["cast"].read(" = Anna")


_ODD_TEXTS = st.text(alphabet='ab ,;:=→"()（）-가\\1', max_size=12).map(clean_line)


@given(st.lists(st.builds(Credit, _ODD_TEXTS.filter(bool), _ODD_TEXTS, _ODD_TEXTS), max_size=3))
def test_cast_with_odd_texts_round_trip(cast: list[Credit]) -> None:
    assert again("cast", tuple(cast)) == tuple(cast)


@given(st.dictionaries(st.sampled_from(["a", "first look"]), _ODD_TEXTS.filter(bool), max_size=3))
def test_pairs_with_odd_texts_round_trip(pairs: dict[str, str]) -> None:
    assert again("links", pairs) == again("ids", pairs) == pairs


@given(st.dictionaries(names.filter(lambda name: "=" not in name), names, max_size=3))
def test_links_round_trip(links: dict[str, str]) -> None:
    assert again("links", links) == links


@given(st.dictionaries(plain_names, st.integers(0, 10**9) | st.from_regex(r"[a-z]{1,3}/?\d{0,5}", fullmatch=True)))
def test_ids_round_trip(ids: dict[str, str | int]) -> None:
    assert again("ids", ids) == ids


def test_links_that_are_none() -> None:
    for line in ("a = lumen.example/x", "a = https://x.example; b = lumen.example/x"):
        with pytest.raises(BadValue, match=r". Try https://lumen\.example/x"):
            FIELDS["links"].read(line)
    assert again("links", {"a": "by hand"}) == {"a": "by hand"}


@pytest.mark.parametrize("line", ["https://lumen.example", "name =", "= value", "name"])
@pytest.mark.parametrize("name", ["links", "ids"])
def test_pairs_malformed(name: str, line: str) -> None:
    with pytest.raises(BadValue, match="Write name = "):
        FIELDS[name].read(line)


@given(wide_windows)
def test_release_round_trip(window: Window) -> None:
    assert again("release", window) == window


@given(st.none() | st.integers(0, 10) | st.integers(0, 100).map(lambda tenths: tenths / 10))
def test_rating_round_trip(rating: float | None) -> None:
    assert again("rating", rating) == rating


@given(st.text(max_size=60).map(lambda text: clean(text).strip()), st.sampled_from(["synopsis", "notes"]))
def test_paragraphs_round_trip(text: str, name: str) -> None:
    assert again(name, text) == text


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"title"}))
def test_empty_text(name: str) -> None:
    assert FIELDS[name].read("") == getattr(Show("a", "A"), name)
    assert FIELDS[name].text_of(Show("a", "A")) == ("series" if name == "kind" else "")


@given(st.text(), st.sampled_from([*FIELDS]))
def test_any_text_round_trip(text: str, name: str) -> None:
    field = FIELDS[name]
    try:
        value = field.read(text)
    except BadValue:
        return
    assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("title", "  ", "A show needs a title"), ("kind", "opera", "Not a kind"),
        ("status", "fliming", "Not a status"), ("release", "someday", "Not a date: “someday”"),
        ("watch", "later", "Not a watch state"), ("rating", "11", "a number from 0 to 10"),
        ("rating", "10.5", "a number from 0 to 10"), ("rating", "-1", "a number from 0 to 10"),
        ("rating", "nan", "a number from 0 to 10"), ("rating", "good", "a number from 0 to 10"),
    ],
)  # fmt: skip
def test_bad_value(name: str, text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        FIELDS[name].read(text)


def test_rating_with_comma() -> None:
    assert FIELDS["rating"].read("8,5") == 8.5


def test_names_cleaned_and_unique() -> None:
    assert FIELDS["tags"].read(' red ,, green\nred,"a, b" ') == ("red", "green", "a, b")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("release", "release"), ("network", "networks"), ("country", "countries"), ("alias", "aliases"),
        ("Original Title", "original_title"), ("original-title", "original_title"), ("tag", "tags"),
    ],
)  # fmt: skip
def test_find_field(word: str, name: str) -> None:
    assert find_field(word) is FIELDS[name]


def test_ids_too_long_for_toml() -> None:
    assert FIELDS["ids"].read("tmdb = " + "9" * 5000) == {"tmdb": "9" * 5000}


@pytest.mark.parametrize("word", ["id", "history", "follows"])
def test_find_field_file_only(word: str) -> None:
    with pytest.raises(BadValue, match="can't be edited here"):
        find_field(word)


@pytest.mark.parametrize("word", ["", "colour"])
def test_find_field_unknown(word: str) -> None:
    with pytest.raises(BadValue, match=rf"Not a field: “{word}”. Use one of title, .+, ids\.$"):
        find_field(word)
