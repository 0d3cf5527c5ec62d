from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import lines, names, plain_names, statuses, wide_windows
from tracker.errors import BadValue
from tracker.model.fields import FIELDS, field_named
from tracker.model.show import KINDS, WATCH, Credit, Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parse import parse_window
from tracker.text import clean

LISTS = ("aliases", "networks", "countries", "genres", "directors", "writers", "locations", "tags")


def again(name: str, value: object) -> object:
    field = FIELDS[name]
    return field.read(field.write(value))


@given(st.lists(names, max_size=4, unique=True).map(tuple), st.sampled_from(LISTS))
def test_a_list_of_names_is_read_as_it_is_written(value: tuple[str, ...], name: str) -> None:
    assert again(name, value) == value


@pytest.mark.parametrize("name", ["Red, Green", '"Quoted"', 'Ada "Ace" Moor, Jr', '"Ace" Moor', 'a "b", c'])
def test_a_name_with_commas_and_quotes_is_read_as_it_is_written(name: str) -> None:
    assert again("networks", ("Lumen", name, "Kestrel")) == ("Lumen", name, "Kestrel")


@given(st.lists(st.builds(Credit, plain_names, plain_names | st.just(""), plain_names | st.just("")), max_size=3))
def test_a_cast_of_plain_names_is_read_as_it_is_written(cast: list[Credit]) -> None:
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
def test_a_credit_with_signs_in_it_is_read_as_it_is_written(credit: Credit) -> None:
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
def test_a_credit_is_typed_as_people_write_it(line: str, credit: Credit) -> None:
    assert FIELDS["cast"].read(f"\n{line}\n\n") == (credit,)


def test_a_credit_without_an_actor_is_refused() -> None:
    with pytest.raises(BadValue, match="names no actor"):
        FIELDS["cast"].read(" = Anna")


@given(st.dictionaries(names.filter(lambda name: "=" not in name), names, max_size=3))
def test_links_are_read_as_they_are_written(links: dict[str, str]) -> None:
    assert again("links", links) == links


@given(st.dictionaries(plain_names, st.integers(0, 10**9) | st.from_regex(r"[a-z]{1,3}/?\d{0,5}", fullmatch=True)))
def test_ids_are_read_as_they_are_written(ids: dict[str, str | int]) -> None:
    assert again("ids", ids) == ids


def test_an_id_in_digits_stays_the_text_that_it_is() -> None:
    assert again("ids", {"tvmaze": 12, "imdb": "12"}) == {"tvmaze": 12, "imdb": "12"}


@pytest.mark.parametrize("line", ["https://lumen.example", "name =", "= value", "name"])
@pytest.mark.parametrize("name", ["links", "ids"])
def test_a_line_that_is_no_pair_is_refused(name: str, line: str) -> None:
    with pytest.raises(BadValue, match="write name = "):
        FIELDS[name].read(line)


@given(wide_windows)
def test_a_release_is_read_as_it_is_written(window: Window) -> None:
    assert again("release", window) == window


@given(statuses)
def test_a_status_is_read_as_it_is_written(status: Status) -> None:
    assert again("status", status) is status


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_read_as_it_is_written(kind: str) -> None:
    assert again("kind", kind) == kind


@pytest.mark.parametrize("watch", ["", *WATCH])
def test_a_watch_state_is_read_as_it_is_written(watch: str) -> None:
    assert again("watch", watch) == watch


@given(st.none() | st.integers(0, 10) | st.integers(0, 100).map(lambda tenths: tenths / 10))
def test_a_rating_is_read_as_it_is_written(rating: float | None) -> None:
    assert again("rating", rating) == rating


@given(st.text(max_size=60).map(lambda text: clean(text).strip()), st.sampled_from(["synopsis", "notes"]))
def test_paragraphs_are_read_as_they_are_written(text: str, name: str) -> None:
    assert again(name, text) == text


@given(lines)
def test_an_original_title_is_read_as_it_is_written(text: str) -> None:
    assert again("original_title", text) == text


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"title"}))
def test_no_text_is_the_value_of_a_show_that_has_nothing_there(name: str) -> None:
    assert FIELDS[name].read("") == getattr(Show("a", "A"), name)
    assert FIELDS[name].text_of(Show("a", "A")) == ("series" if name == "kind" else "")


@given(st.text(), st.sampled_from([*FIELDS]))
def test_a_field_reads_any_text_or_refuses_it(text: str, name: str) -> None:
    field = FIELDS[name]
    try:
        value = field.read(text)
    except BadValue:
        return
    assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("title", "  ", "a show needs a title"),
        ("kind", "opera", "is not a kind"),
        ("status", "fliming", "is not a status"),
        ("release", "someday", "is not a release"),
        ("watch", "later", "is not a watch state"),
        ("rating", "11", "is a number from 0 to 10"),
        ("rating", "10.5", "is a number from 0 to 10"),
        ("rating", "-1", "is a number from 0 to 10"),
        ("rating", "nan", "is a number from 0 to 10"),
        ("rating", "good", "is a number from 0 to 10"),
    ],
)
def test_a_value_that_a_field_cannot_take_is_refused_in_a_sentence(name: str, text: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        FIELDS[name].read(text)


def test_a_rating_may_have_a_comma() -> None:
    assert FIELDS["rating"].read("8,5") == 8.5


def test_names_are_cleaned_and_named_once() -> None:
    assert FIELDS["tags"].read(' red ,, green\nred,"a, b" ') == ("red", "green", "a, b")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("release", "release"), ("network", "networks"), ("country", "countries"), ("alias", "aliases"),
        ("Original Title", "original_title"), ("original-title", "original_title"), ("tag", "tags"),
    ],
)  # fmt: skip
def test_a_field_goes_by_its_singular_too(word: str, name: str) -> None:
    assert field_named(word) is FIELDS[name]


def test_a_number_too_long_for_toml_is_an_id_in_letters() -> None:
    assert FIELDS["ids"].read("tmdb = " + "9" * 5000) == {"tmdb": "9" * 5000}


@pytest.mark.parametrize("word", ["id", "history", "follows"])
def test_what_only_the_file_has_is_not_edited_here(word: str) -> None:
    with pytest.raises(BadValue, match="is not edited here"):
        field_named(word)


@pytest.mark.parametrize("word", ["", "colour"])
def test_an_unknown_field_is_refused_with_those_that_there_are(word: str) -> None:
    with pytest.raises(BadValue, match=rf"“{word}” is not a field; it is one of title, .+, ids\.$"):
        field_named(word)


def test_a_field_shows_a_show_as_it_would_be_typed() -> None:
    show = Show("a", "A", networks=("Lumen", "Red, Green"), release=parse_window("Q3 2026"), rating=8.5)
    assert [FIELDS[name].text_of(show) for name in ("networks", "release", "rating")] == [
        'Lumen, "Red, Green"', "Q3 2026", "8.5",
    ]  # fmt: skip
