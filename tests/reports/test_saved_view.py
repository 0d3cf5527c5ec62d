from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY
from tests.reports.test_query import BARE, HARBOUR, ROOM
from tracker.errors import BadQuery
from tracker.reports.listing import count_views
from tracker.reports.query import names_view, parse_query, rename_view
from tracker.reports.saved_view import SavedView, find_view, is_view_name, parse_saved_views

KOREA = SavedView("korea", "country:KR")
FILMS = SavedView("films", "kind:film")
BOTH = SavedView("both", "@korea or @films")
HANGUK = SavedView("한국", "@korea lights", sort="claim")
VIEWS = (KOREA, FILMS, BOTH, HANGUK, SavedView("all-of_it"), SavedView("broken", "statsu:out"))
UNKNOWN = (
    "There is no saved view “@zzz”. The saved views are @korea, @films, @both, @한국, @all-of_it, @broken. "
    'To search for it as words, use quotes: "@zzz".'
)
BROKEN = (
    '@broken: There is no filter “statsu:”. Did you mean status:? To search for it as words, use quotes: "statsu:out".'
)
ALL = (HARBOUR, ROOM, BARE)


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ("@korea", [HARBOUR]), ("@KOREA", [HARBOUR]), ("＠korea", [HARBOUR]), ("-@korea", [ROOM, BARE]),
        ("@korea @films", []), ("@korea or @films", [HARBOUR, ROOM]), ("@korea,@films", [HARBOUR, ROOM]),
        ("@korea,films", [HARBOUR, ROOM]), ("-@korea,films", [BARE]), ("@both", [HARBOUR, ROOM]),
        ("-@both", [BARE]), ("@한국", [HARBOUR]), ("@korea -lights", []), ("quiet or @korea", [HARBOUR, ROOM]),
        ("@films quiet", [ROOM]), ("@all-of_it", ALL), ("-@all-of_it", []), ('"@korea"', []),
    ],
)  # fmt: skip
def test_view_in_a_query(query: str, shows: list[object]) -> None:
    assert parse_query(query, (), VIEWS).select(ALL, TODAY) == tuple(shows)


def test_query_knows_the_views_that_it_names() -> None:
    assert parse_query("-@both lights @한국 or @korea", (), VIEWS).views == (HANGUK, KOREA)


def test_query_of_a_view_is_searched_as_if_it_were_typed() -> None:
    """Its words are among the terms, for which the list has a cache."""
    assert parse_query("@한국", (), VIEWS).terms == parse_query("lights").terms


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("@koera", "There is no saved view “@koera”. Did you mean @korea?"),
        ("-@fims", "There is no saved view “@fims”. Did you mean @films?"),
        ("@zzz", UNKNOWN),
        (
            "@broken",
            BROKEN,
        ),
    ],
)
def test_view_that_cannot_be_read(query: str, reason: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_query(query, (), VIEWS)
    assert str(refused.value) == reason


def test_view_without_any() -> None:
    with pytest.raises(BadQuery, match="You have no saved views yet"):
        parse_query("@korea")


@pytest.mark.parametrize(
    ("queries", "reason"),
    [
        ({"a": "@a"}, "@a: @a refers to itself."),
        ({"a": "x or @B", "b": "-@c", "c": "@A"}, "@a: @b: @c: @a refers to itself."),
    ],
)
def test_circle_of_views(queries: dict[str, str], reason: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_query("@a", (), [SavedView(name, query) for name, query in queries.items()])
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        ("korea", True), ("2027", True), ("한국", True), ("हिन्दी", True), ("ภาษาไทย", True), ("_a-b", True),
        ("", False), ("a b", False), ("a.b", False), ("-a", False), ("a:b", False), ('"', False), ("a\u202eb", False),
        ("x" * 40, True), ("x" * 41, False), ("🎬", False),
    ],
)  # fmt: skip
def test_name_of_a_view(name: str, is_right: bool) -> None:
    assert is_view_name(name) is is_right


def test_name_is_found_in_another_case_and_width() -> None:
    assert find_view(VIEWS, "Ｋｏｒｅａ") == KOREA
    assert find_view(VIEWS, "kore") is None


FULL: dict[str, Any] = {
    "query": "country:KR", "view": "agenda", "group": "network", "sort": "claim", "native": True, "seen": False,
    "key": "f2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "views"),
    [
        ({"korea": "country:KR"}, [KOREA]),
        ({"korea": {"query": " country:KR\t"}}, [KOREA]),
        ({"korea": FULL, "a": {}}, [SavedView("korea", **FULL), SavedView("a")]),
        ({"가".encode().decode(): "x", "e\u0301": "y"}, [SavedView("가", "x"), SavedView("é", "y")]),
    ],
)
def test_setting_is_read(data: object, views: list[SavedView]) -> None:
    assert parse_saved_views(data) == (tuple(views), [])


@pytest.mark.parametrize(
    ("data", "views", "reason"),
    [
        ([], [], "“views” must have lines like"),
        ({"a b": "x", "b": "y"}, [SavedView("b", "y")], "“views.a b”: use letters, digits"),
        (
            {"Korea": "x", "ｋorea": "y"},
            [SavedView("Korea", "x")],
            "“views.ｋorea” and “views.Korea” are the same name.",
        ),
        ({"a": 1, "b": "y"}, [SavedView("b", "y")], "“views.a” must be a filter in quotes"),
        (
            {"a": {"view": "week", "sort": "title"}},
            [SavedView("a", sort="title")],
            "“views.a.view” must be one of list",
        ),
        ({"a": {"group": ["x"]}}, [SavedView("a")], "“views.a.group” must be one of release"),
        ({"a": {"native": 1}}, [SavedView("a")], "“views.a.native” must be true or false."),
        ({"a": {"querry": "x"}}, [SavedView("a")], "“views.a.querry” is unknown. Use query, view"),
        (
            {"a": {"key": "f2"}, "b": {"query": "x", "key": "f2"}},
            [SavedView("a", key="f2"), SavedView("b", "x")],
            "“views.b.key”: f2 is the key of @a.",
        ),
    ],
)
def test_setting_is_wrong(data: object, views: list[SavedView], reason: str) -> None:
    found, reasons = parse_saved_views(data)
    assert found == tuple(views)
    [told] = reasons
    assert told.startswith(reason)
    assert told.endswith(".")


@given(st.recursive(
    st.text(max_size=5) | st.booleans() | st.integers() | st.none(),
    lambda inner: st.dictionaries(st.text(max_size=5) | st.sampled_from([*FULL]), inner, max_size=4) | st.lists(inner),
))  # fmt: skip
def test_setting_may_be_anything(data: object) -> None:
    views, _ = parse_saved_views(data)
    assert all(is_view_name(view.name) for view in views)


def test_values_are_what_the_settings_say() -> None:
    assert SavedView("korea", **FULL).values == FULL
    assert SavedView("a", native=False).values == {"native": False}


def test_shows_of_views_are_counted() -> None:
    seen = ROOM._replace(watch="watched")
    views = (*VIEWS, SavedView("seen", "kind:film", seen=True), SavedView("unseen", "kind:film", seen=False))
    counts = count_views(views, (HARBOUR, seen, BARE), (), TODAY, shows_seen=True)
    assert counts == {
        "korea": 1, "films": 1, "both": 2, "한국": 1, "all-of_it": 3, "broken": None, "seen": 1, "unseen": 0,
    }  # fmt: skip
    hidden = count_views(views, (HARBOUR, seen, BARE), (), TODAY, shows_seen=False)
    assert hidden == counts | {"films": 0, "both": 1, "all-of_it": 2}


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("@korea", "@x"), ("-@Korea is:out", "-@x is:out"), ("@films,korea,@korea", "@films,x,@x"),
        ("@korean korea or @korea", "@korean korea or @x"), ('"@korea"', '"@korea"'),
        ("“@korea” @korea", "“@korea” @x"),
        ("title:@korea", "title:@korea"), ('@korea "', '@korea "'), ("＠korea", "＠x"), ("", ""),
    ],
)  # fmt: skip
def test_view_is_renamed_in_a_query(text: str, renamed: str) -> None:
    assert rename_view(text, "korea", "x") == renamed
    assert names_view(text, "korea") is (renamed != text)
