from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, said
from tracker.errors import BadQuery
from tracker.model.show import Credit, Person, Show
from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES
from tracker.model.window_parser import parse_window
from tracker.reports.listing import Listing
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS, parse_query
from tracker.text import clean_line

HARBOUR = Show(
    "harbour-lights",
    "Harbour Lights",
    original_title="ハーバーライト",
    aliases=("Café at the Harbour", "하버 라이트"),
    kind="series",
    status=Status.FILMING,
    release=parse_window("2026-08"),
    networks=("Lumen", "Kestrel TV"),
    countries=("KR", "JP"),
    genres=("slow romance",),
    directors=("Jun Abe",),
    writers=("Ida Östman",),
    locations=("Busan", "Oslo"),
    tags=("must-see", "BL"),
    watch="planned",
    synopsis="A lighthouse keeper finds a letter.",
    notes="ask Nora",
    cast=(Credit("Mira Solé", "Anna Vale"), Credit("Gatō Ken")),
    history=(
        said("2025-06-01", "2025", "Evening Paper"),
        said("2026-04-01", "2026-08", "Kestrel (agency)")._replace(note="second unit in Oslo"),
    ),
)
ROOM = Show("quiet-room", "Quiet Room", kind="film", release=parse_window("TBA"))
BARE = Show("bare", "Bare")


def hit(query: str, show: Show = HARBOUR, today: date = TODAY) -> bool:
    return parse_query(query).matches(show, today)


@pytest.mark.parametrize("query", ["", "   ", '""', '-""'])
def test_empty(query: str) -> None:
    assert parse_query(query).select([HARBOUR, ROOM], TODAY) == (HARBOUR, ROOM)


@pytest.mark.parametrize(
    "query",
    [
        "harbour", "HARBOUR", "arbo", "lights harbour", '"harbour lights"', "cafe", "CAFÉ", "cafe\u0301", "하버",
        "라이트", "ハーバー", "はーばー", "ﾊｰﾊﾞｰ", "lumen", "kestrel tv", "must-see", "mira", "sole", "vale",
        "jun abe", "ostman", "gato", "ｈａｒｂｏｕｒ",
    ],
)  # fmt: skip
def test_words_found(query: str) -> None:
    assert hit(query)


@pytest.mark.parametrize("query", ["quiet", '"lights harbour"', "harbour quiet", "lighthouse", "버하"])
def test_words_not_found(query: str) -> None:
    assert not hit(query)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("it's okay", "It’s Okay"), ("its okay", "It’s Okay"), ('"it´s okay"', "It's Okay"), ("it’s", "It's Okay"),
        ('"salt - road"', "Salt – Road"), ("salt - road", "Salt – Road"), ("salt – road", "Salt Road"),
        ("salt & road", "Salt and Road"), ("salt…", "Salt..."), ('"wait what"', "Wait... What"),
        ("saltroad", "Salt-Road: Noir"), ("salt-road", "Saltroad"), ('"salt road"', "SaltRoad"),
        ("roadnoir", "Salt-Road: Noir"),
        ("오징어게임", "오징어 게임"), ('"눈물의 여왕"', "눈물의여왕"), ("의여", "눈물의 여왕"),
        ("눈물의ㅇ", "눈물의 여왕"),
        ("ドクターX", "ドクター・X"), ("ﾄﾞｸﾀｰX", "ドクター X"), ("クターx", "ドクター X"), ("愛情", "愛。情"),
        ("spy×family", "SPY x FAMILY"), ("911", "9-1-1"), ("9-1-1", "9-1-1"), ("mash", "M*A*S*H"), ("!!!", "!!!"),
        ("salt-road", "Other"), ("“salt road”", "Salt-Road"), ("title：salt", "Salt"),
        ("salt: the road", "Salt: The Road"), ("塩：道", "塩：道"), ("소금:길", "소금: 길"),
        ("salt：road", "Salt: Road"),
    ],
)  # fmt: skip
def test_other_spelling(query: str, title: str) -> None:
    show = Show("salt-road", title)
    assert hit(query, show)
    assert not hit(query, BARE)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("rto", "Art of Salt"), ("tof", "Art of Salt"), ("fsal", "Art of Salt"), ("saltx", "Salt Road"),
        ("disney+", "Disney Salt"), ("かき", "かぎ"), ('title:"t x"', "Salt, Road"), ("-salt", "S-alt"),
    ],
)  # fmt: skip
def test_no_hit_over_words(query: str, title: str) -> None:
    assert not hit(query, Show("x", title))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("net:tvharbour", True), ('net:"tv harbour"', True), ("net:harbour+", False), ("net:lumen+", True),
        ('net:"lumen plus"', True), ("cast:o'hara", True), ("cast:ohara", True), ("tag:mustsee", True),
        ("tag:must", False),
        ("id:x-y", True), ("id:xy", False), ("director:mina", True), ("director:mi-na", True),
    ],
)  # fmt: skip
def test_field_other_spelling(query: str, found: bool) -> None:
    show = Show(
        "x-y", "X", networks=("TV Harbour", "Lumen+"), cast=(Credit("Peter O’Hara"),), tags=("must-see",),
        directors=("Sol Mina",),
    )  # fmt: skip
    assert hit(query, show) is found


SQUID = Show("squid", "Squid Tram", networks=("Lumen",), cast=(Credit("Peter O’Hara"),), tags=("must-see",))
NEAR = (SQUID, Show("squad", "Squad", networks=("Kestrel",), genres=("drama",), status=Status.FILMING))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("sqiud", "squid"), ("sqiud tarm", "squid"), ("tram sqiud", "squid"), ("net:lumne", "squid"),
        ('cast:"ohara peter"', "squid"), ('"tram squid"', "squid"), ("cast:ohaar", "squid"),
        ("tag:must-se", "squid"), ("tag:mustt-see", "squid"), ("tag:must", ""),
        ("sqxid,sqxad", "squid squad"), ("sqiud or sqaud", "squid squad"), ("sqaud,sqiud -tram", "squad"),
        ("sqaud,sqiud -trma", "squid squad"), ("-sqiud", "squid squad"), ("sqaud status:filming", "squad"),
        ("sqiud status:filming", ""), ("genre:drma", "squad"), ("country:JP", ""), ("id:sqiud", ""), ("squoo", ""),
    ],
)  # fmt: skip
def test_near(query: str, ids: str) -> None:
    near = parse_query(query).near
    assert near is not None
    assert " ".join(show.id for show in near.select(NEAR, TODAY)) == ids


@given(st.text(min_size=1) | st.text("abÉ’'‘–—…·・ 　&+×!?#가ㄱ한ーガｶﾞ愛。、()01ßİ™\u00ad", min_size=1))
def test_title_finds_itself(text: str) -> None:
    title = clean_line("".join(char for char in text if char not in '"“”„'))
    assert hit(f'"{title}"', Show("x", title))


def test_near_name_of_a_card() -> None:
    near = parse_query("mirra", (Person("Mira Ohm", ("Peter O'Hara",)),)).near
    assert near is not None
    assert near.select(NEAR, TODAY) == NEAR[:1]


@pytest.mark.parametrize(
    ("query", "kept", "is_near", "ids"),
    [
        ("squad", (), False, "squad"), ("sqaud", (), True, "squad"), ("zzzz", (), False, ""),
        ("sqaud", ("squid",), True, "squad squid"), ("zzzz", ("squid",), False, "squid"),
    ],
)  # fmt: skip
def test_selection(query: str, kept: tuple[str, ...], is_near: bool, ids: str) -> None:
    groups, was_near = Listing(NEAR, "none", "title", TODAY).select(parse_query(query), kept)
    assert was_near is is_near
    assert " ".join(show.id for group in groups for show in group.shows) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("lumen,room", ["harbour-lights", "quiet-room"]), ('nothing,"quiet room"', ["quiet-room"]),
        ("lumen or room", ["harbour-lights", "quiet-room"]), ("lumen OR room harbour", ["harbour-lights"]),
        ("is:tba or net:lumen", ["quiet-room", "harbour-lights"]), ("-lumen or mira", ["harbour-lights", "quiet-room"]),
        ("-lumen,room", []), ("lumen or nothing or room", ["harbour-lights", "quiet-room"]),
        ("lumen or", []), ("or lumen", []), ('lumen "or" room', []), ("lumen, room", []),
        ("orchid or room", ["quiet-room"]),
    ],
)  # fmt: skip
def test_or(query: str, ids: list[str]) -> None:
    assert sorted(show.id for show in parse_query(query).select([HARBOUR, ROOM], TODAY)) == sorted(ids)


@pytest.mark.parametrize(
    "query",
    ["Tide, Salt", '"Tide, Salt"', "tide, salt or pepper", "Tide,", "Salt or Pepper", "pepper,", "1,000"],
)
def test_title_with_comma(query: str) -> None:
    assert hit(query, Show("a", "Tide, Salt or Pepper, 1,000 Times"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("salt -the road-", True), ("salt -Road-", True), ("SALT –the road–", True), ("salt -the -road", False),
        ("-the road- salt", False), ("salt -the road- -bl", True), ('salt -"the road"', False),
        ("salt - the road", True),
    ],
)  # fmt: skip
def test_title_with_dashes(query: str, found: bool) -> None:
    assert hit(query, Show("a", "Salt -The Road-")) is found


@pytest.mark.parametrize("sign", ["かぎ", "カギ", "ｶｷﾞ"])
def test_kana_of_both_kinds(sign: str) -> None:
    assert hit(sign, Show("a", "秘密のカギ"))
    assert hit(sign, Show("a", "秘密のかぎ"))


@pytest.mark.parametrize(
    "query",
    [
        "status:filming", "STATUS:Filming", "status:fil", 'status:"in production"', "status:released,filming",
        "net:lumen", "net:LUM", "network:kestrel", 'net:"kestrel tv"',
        "cast:sole", 'cast:"mira solé"', "cast:vale", "actor:mira", "cast:gato",
        "director:abe", "writer:ostman", "title:harbour", "title:하버", "title:はーばー", "title:cafe",
        "genre:romance", "location:oslo", "source:kestrel", "note:nora", 'note:"second unit"',
        "tag:must-see", "tag:bl", "tag:nothing,BL", "country:kr", "country:JP", "id:harbour-lights",
        "country:korea", 'country:"South Korea"', "country:Japan,FR",
        "kind:series", "kind:film,series", "watch:planned",
        "year:2026", "before:2026-09", "before:2027", 'before:"Sep 1, 2026"', "after:2026-07", "after:2025",
        "is:upcoming", "is:new", "is:slipped",
        "status:filming net:lumen", "harbour status:filming -tag:seen",
    ],
)  # fmt: skip
def test_field_matches(query: str) -> None:
    assert hit(query)


@pytest.mark.parametrize(
    "query",
    [
        "status:scheduled", "status:released,airing", "net:netword", "cast:abe", "director:mira", "writer:abe",
        "title:mira", "genre:comedy", "location:rome", "source:lumen", "note:harbour", "tag:must", "country:k",
        "country:uk",
        "id:harbour", "kind:film", "watch:watched", "year:2025", "year:2027", "before:2026-08", "before:2026-08-15",
        "after:2026", "after:2026-08", "is:tba", "is:out", "is:overdue", "is:cancelled", "is:dated", "is:undated",
        "status:filming net:nothing", 'cast:"anna mira"',
    ],
)  # fmt: skip
def test_field_differs(query: str) -> None:
    assert not hit(query)


@pytest.mark.parametrize(
    "field", sorted(set(QUERY_FIELDS) - {"is", "kind", "status", "title", "id", "year", "before", "after"})
)
def test_field_of_bare_show(field: str) -> None:
    value = {"watch": "planned", "rating": "0", "season": "2"}.get(field, "a")
    assert not hit(f"{field}:{value}", BARE)


@pytest.mark.parametrize(
    ("query", "release", "status", "found"),
    [
        ("is:overdue", "2026-04-14", Status.SCHEDULED, True), ("is:overdue", "2026-04-15", Status.SCHEDULED, False),
        ("is:overdue", "2026-04-14", Status.RELEASED, False), ("is:overdue", "TBA", None, False),
        ("is:tba", "TBA", None, True), ("is:tba", "2026", None, False), ("is:tba", None, None, False),
        ("is:undated", "TBA", None, True), ("is:undated", None, None, True), ("is:undated", "2026", None, False),
        ("is:dated", "2026-05-14", None, True), ("is:dated", "2026-05", None, False),
        ("is:dated", "TBA", None, False), ("is:out", "2026", Status.AIRING, True),
        ("is:out", "2026", Status.RELEASED, True), ("is:out", "2026", Status.SCHEDULED, False),
        ("is:cancelled", None, Status.CANCELLED, True), ("is:canceled", None, Status.CANCELLED, True),
        ("is:cancelled", None, None, False), ("is:upcoming", None, None, True),
        ("is:upcoming", "2026", Status.CANCELLED, False), ("is:today", "2026-04-15", None, True),
        ("is:today", "2026-04-16", None, False), ("is:week", "2026-04-15", None, True),
        ("is:week", "2026-04-19", None, True), ("is:week", "2026-04-20", None, False),
        ("is:month", "2026-04-30", None, True), ("is:month", "2026-05-01", None, False),
        ("year:2027", "winter 2026", None, True), ("year:2026", "winter 2026", None, True),
        ("year:2027", "TBA", None, False), ("year:2027", None, None, False),
        ("before:2027-03", "2027-02", None, True), ("before:2027-03", "2027-03", None, False),
        ("before:2027-03", "2027", None, False), ("before:2027-03", "TBA", None, False),
        ("before:2027-03", None, None, False), ("after:2027-03", "2027-04", None, True),
        ("after:2027-03", "2027-03-31", None, False), ("after:2027-03", "TBA", None, False),
        ('year:"next year"', "2027-05", None, True), ('year:"next year"', "2026-05", None, False),
        ("year:내년", "2027", None, True), ("year:next-year", "2027", None, True),
        ("year:2026-2027", "2027", None, True),
        ("year:2026-2027", "2028", None, False), ("year:2027/..", "2031", None, True),
        ("before:next-year", "2026-12", None, True), ("before:nächstes-jahr", "2027", None, False),
    ],
)  # fmt: skip
def test_property(query: str, release: str | None, status: Status | None, found: bool) -> None:
    show = Show("a", "A", status=status, release=parse_window(release) if release else None)
    assert hit(query, show) is found
    assert hit(f"-{query}", show) is not found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rating:>7", "7.5 8 10"), ("rating:>=7", "7 7.5 8 10"), ("rating:≥7", "7 7.5 8 10"), ("rating:<5", "0"),
        ("rating:<=7", "0 7"), ("rating:8", "8"), ("rating:=8", "8"), ("rating:8.0", "8"), ("rating:7.5", "7.5"),
        ("rating:7-8", "7 7.5 8"), ("rating:8-7", "7 7.5 8"), ("rating:7..8", "7 7.5 8"), ("rating:7.5..", "7.5 8 10"),
        ("rating:..7", "0 7"), ("rating:0,>8", "0 10"), ("is:rated", "0 7 7.5 8 10"), ("is:unrated", "None"),
        ("-rating:>7", "None 0 7"),
    ],
)  # fmt: skip
def test_rating(query: str, found: str) -> None:
    ratings = (None, 0, 7, 7.5, 8, 10)
    assert " ".join(str(rating) for rating in ratings if hit(query, BARE._replace(rating=rating))) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:planned", "planned"), ("is:watching", "watching"), ("is:watched", "watched"), ("is:dropped", "dropped"),
        ("is:unwatched", ",planned,watching"), ("-is:watched", ",planned,watching,dropped"),
    ],
)  # fmt: skip
def test_watch_state(query: str, found: str) -> None:
    assert ",".join(state for state in ("", *WATCH_STATES) if hit(query, BARE._replace(watch=state))) == found


@pytest.mark.parametrize(
    "query", ["harbour", "quiet", '"harbour lights"', "tag:bl", "tag:nothing", "status:filming,out"]
)
def test_minus(query: str) -> None:
    assert hit(f"-{query}") is not hit(query)


def test_hyphen_inside_word() -> None:
    assert hit("must-see")
    assert not hit("must -see")


def test_quoted_colon() -> None:
    assert hit('"re:zone"', Show("a", "Re:Zone"))
    assert hit('title:"re:zone"', Show("a", "Re:Zone"))


def test_quoted_comma() -> None:
    show = Show("a", "A", tags=("red, green", "blue"))
    assert hit('tag:"red, green"', show)
    assert not hit("tag:red,green", show)


def test_empty_values() -> None:
    assert hit("tag:,BL,")
    assert not hit("tag:,nothing,")


def test_select_keeps_order() -> None:
    assert parse_query("kind:film,series").select([ROOM, HARBOUR, BARE], TODAY) == (ROOM, HARBOUR, BARE)
    assert parse_query("kind:film").select([HARBOUR, ROOM, BARE], TODAY) == (ROOM,)


@pytest.mark.parametrize(
    ("query", "wrong", "right"),
    [
        ("stauts:filming", "stauts:", "Did you mean status:"),
        ("newtork:lumen", "newtork:", "Did you mean network:"),
        ("zzz:1", "zzz:", "use quotes"),
        ("status:fliming", "fliming", "filming"),
        ("status:", "status:", "status:filming"),
        ("tag:,", "tag:", "tag:must-see"),
        ("is:overdu", "is:overdu", "Did you mean is:overdue"),
        ("is:zzz", "is:zzz", "one of overdue"),
        ("kind:opera", "kind:opera", "one of series, film, special"),
        ("watch:later", "watch:later", "one of planned"),
        ("rating:good", "rating:good", "rating:>7"),
        ("rating:11", "rating:11", "from 0 to 10"),
        ("rating:>", "rating:>", "rating:>7"),
        ("rating:..", "rating:..", "rating:7-9"),
        ("rating:7-", "rating:7-", "rating:7-9"),
        ("country:congo", "country:congo", "CD for DR Congo"),
        ("year:26", "year:26", "year:2027"),
        ("year:0000", "year:0000", "year:2027"),
        ("year:٠٠٠٠", "year:٠٠٠٠", "year:2027"),
        ("year:TBA", "year:TBA", "year:2027"),
        ("year:2027-05", "year:2027-05", "year:2027"),
        ("before:next year", "before:next", 'before:"next year"'),
        ("before:someday", "before:someday", "2026-05"),
        ("before:2026-02-30", "2026-02-30", "February has at most 29 days"),
        ("before:TBA", "before:TBA", "before:2027-03"),
        ("after:TBA", "after:TBA", "after:2027-03"),
        ('"open', "quote", "second"),
        ('tag:"open', "quote", "second"),
        ("harbour -", "-", "a word after"),
    ],
)
def test_refusal(query: str, wrong: str, right: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_query(query)
    assert wrong in str(refused.value)
    assert right in str(refused.value)


@pytest.mark.parametrize(
    ("query", "title", "found"),
    [
        ("xyzzy:zone", "Xyzzy:Zone", True), ("xyzzy:zone", "Zone", False),
        ('xyzzy:"the zone"', "Xyzzy:The Zone", True), ("-xyzzy:zone", "Xyzzy:Zone", False),
        ("-xyzzy:zone", "Zone", True),
    ],
)  # fmt: skip
def test_refusal_suggests_words(query: str, title: str, found: bool) -> None:
    with pytest.raises(BadQuery) as refused:
        parse_query(query)
    offered = str(refused.value).split("use quotes: ")[1].removesuffix(".")
    assert hit(offered, Show("a", title)) is found


_PIECES = st.sampled_from(
    [*QUERY_FIELDS, *IS_PROPERTIES, ":", "-", '"', ",", " ", "2027", "2027-03", "TBA", "0000", "가", "ガ"]
)


@given(
    st.text() | st.lists(_PIECES).map("".join) | st.builds("{}:{}".format, st.sampled_from([*QUERY_FIELDS]), st.text())
)
def test_any_text(text: str) -> None:
    try:
        query = parse_query(text)
    except BadQuery:
        return
    assert query.matches(HARBOUR, TODAY) in (True, False)


@given(st.sampled_from(["harbour", "tag:bl", "kind:film", "is:new"]), st.sampled_from(["quiet", "-lumen", "year:2026"]))
def test_parts_are_joined(one: str, other: str) -> None:
    assert hit(f"{one} {other}") == (hit(one) and hit(other)) == hit(f"{other}  {one}")
