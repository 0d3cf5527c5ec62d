from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import (
    MAX_LINE,
    cells,
    clean,
    clean_line,
    fit,
    is_same_person,
    keyboard_form,
    name_form,
    search_form,
    shorten,
    slug,
)

_CJK = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.sampled_from("가힣나ㄱ日本語ガｶﾞがー。、「」〜ＡＢéñ·…–★")
)
_ANY = st.text() | _CJK
_DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"), ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("\x1b]0;owned\x1b\\x", "]0;owned\\x"), ("\x9b31mred", "31mred"), ("\x9d52;c;aGk=\x9cx", "52;c;aGk=x"),
        ("a\x00b\x08c\x7fd\x85e", "abcde"), ("\u202egnp.exe", "gnp.exe"),
        ("\u2066a\u2069\u200eb\u200fc\u061cd", "abcd"), ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
        ("a\ud800b", "ab"), ("a\ue000b", "ab"), ("a\r\nb", "a\nb"), ("a\u2028b\u2029c", "a\nb\nc"),
    ],
)  # fmt: skip
def test_clean_removes(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🚀", "❤\ufe0f", "👍🏽", "🇯🇵", "옥택연", "ソウル\u3000メイト", "cafe\u0301", "a\n\tb",
        "[Red Room]", "Foo [/] bar", "[@click=app.quit]x",
    ],
)  # fmt: skip
def test_clean_keeps(text: str) -> None:
    assert clean(text) == text


def test_clean_newer_emoji() -> None:
    assert clean("shaking \U0001fae8 face") == "shaking \U0001fae8 face"
    assert clean("newer \U0001fac6 print") == "newer \U0001fac6 print"


@given(st.text())
def test_clean_any(text: str) -> None:
    harmless = clean(text)
    assert not {unicodedata.category(char) for char in harmless if char not in "\n\t"} & {"Cc", "Cs"}
    assert not {unicodedata.bidirectional(char) for char in harmless} & _DIRECTIONS


@given(st.text())
def test_clean_line_any(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


def test_clean_line_joins() -> None:
    assert clean_line("  Harbour\r\n\tLights \x1b ") == "Harbour Lights"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0), ("abc", 3), ("옥택연", 6), ("ソウル", 6), ("ｿｳﾙ", 3), ("日本", 4), ("café", 4),
        ("cafe\u0301", 4), ("カ\u3099", 2), (unicodedata.normalize("NFD", "택"), 2), ("a\u200bb", 2), ("…", 1),
        ("Ａ", 2), ("😀", 2),
    ],
)  # fmt: skip
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(_ANY, st.integers(0, 40))
def test_fit_any(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width


@given(_CJK, st.integers(0, 40), st.sampled_from(["…", "...", ">", ""]))
def test_fit_any_ellipsis(text: str, width: int, ellipsis: str) -> None:
    assert cells(fit(text, width, ellipsis)) == width


@given(_ANY, st.integers(0, 40))
def test_fit_pads(text: str, more: int) -> None:
    assert fit(text, cells(text) + more) == text + " " * more


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("harbour", 4, "har…"), ("harbour", 7, "harbour"), ("옥택연", 5, "옥택…"), ("옥택연", 4, "옥… "),
        ("옥택", 1, "…"), ("옥", 0, ""),
    ],
)  # fmt: skip
def test_fit_cuts(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour Lights", "harbour-lights"), ("  Café: at the Harbour! ", "cafe-at-the-harbour"),
        ("The Keeper's Room", "the-keepers-room"), ("The Keeper’s Room", "the-keepers-room"),
        ("[Red Room]", "red-room"), ("하버 라이트", "하버-라이트"), ("ガラスの家", "ガラスの家"),
        ("snake_case", "snake-case"), ("हिन्दी कथा", "हिन्दी-कथा"), ("!!!", "show"), ("", "show"),
    ],
)  # fmt: skip
def test_slug(title: str, name: str) -> None:
    assert slug(title) == name


@given(_ANY)
def test_slug_any(title: str) -> None:
    name = slug(title)
    assert 0 < len(name) <= 60
    assert slug(name) == name
    assert not name.startswith("-")
    assert not name.endswith("-")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"), ("CAFÉ", "cafe\u0301"), ("ソウル", "そうる"), ("ｶﾞﾗｽ", "がらす"),
        ("Ｈａｒｂｏｕｒ", "harbour"), ("옥택연", unicodedata.normalize("NFD", "옥택연")), ("Straße", "STRASSE"),
        ("Harbour™", "harbour"), ("𝕊oul", "soul"),
    ],
)  # fmt: skip
def test_search_form_equal(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It’s Okay", "its okay"), ("It's Okay", "its okay"), ("It‛s `Okay´", "its okay"), ("Itʼs Oʻkay", "its okay"),
        ("Peter O′Hara", "peter ohara"), ("“Red” «Room» „It‟", "red room it"), ("「赤い」『部屋』", "赤い 部屋"),
        ("Café – Noir", "cafe noir"), ("Cafe—Noir", "cafe noir"), ("Cafe ‐ ‑ − ⸺ Noir", "cafe noir"),
        ("Wait…", "wait"), ("Wait... What", "wait what"), ("Wait⋯What", "wait what"),
        ("ドクター・X", "どくたー x"), ("ﾄﾞｸﾀｰ･Ｘ", "どくたー x"), ("A·B‧C•D", "a b c d"), ("가ㆍ나·다", "가 나 다"),
        ("東京〜大阪", "東京 大阪"), ("東京～大阪", "東京 大阪"), ("東京~大阪", "東京 大阪"),
        ("ソウル\u3000メイト", "そうる めいと"),
        ("Who？ Me！", "who me"), ("Salt & Road", "salt and road"), ("Salt＆Road", "salt and road"),
        ("SPY×FAMILY", "spy x family"), ("Lumen+", "lumen plus"), ("Lumen＋", "lumen plus"), ("Road™", "road"),
        ("sa\u00adlt\u200b\u2060", "salt"), ("Kızıl Łódź Ærø", "kizil lodz aero"), ("1.5 & 2", "1 5 and 2"),
        ("三ヶ月", "三け月"), ("○○妻", "〇〇妻"),
        ("#Salt", "#salt"), ("Ke$ha 100%", "ke$ha 100%"), ("❤️ Salt ★", "salt"), ("!!!", "!!!"), ("? !", "?!"), ("", ""),
    ],
)  # fmt: skip
def test_search_form(text: str, form: str) -> None:
    assert search_form(text) == unicodedata.normalize("NFKD", form) or search_form(text) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spider-Man: Noir", "spiderman noir"), ("오징어 게임", "오징어게임"), ("ドクター X", "ドクターX"),
        ("Ok Taec-yeon", "Ok Taecyeon"), ("J.J. Voss", "J. J. Voss"), ("TV Tokyo", "TVTokyo"), ("Lumen+", "Lumen Plus"),
        ("Rock ’n’ Roll", "Rock'n'Roll"), ("M*A*S*H", "Mash"), ("Salt 101", "Salt101"), ("Part 1–2", "Part 1/2"),
    ],
)  # fmt: skip
def test_name_form_equal(one: str, other: str) -> None:
    assert name_form(one) == name_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salt 101", "Salt 10 1"), ("1.5", "15"), ("Salt 2", "Salt 3"), ("Salt II", "Salt 2"), ("Lumen+", "Lumen"),
        ("#Salt", "Salt"), ("100% Salt", "100 Salt"), ("The Salt", "Salt"), ("かぎ", "かき"), ("ソール", "ソル"),
    ],
)  # fmt: skip
def test_name_form_differs(one: str, other: str) -> None:
    assert name_form(one) != name_form(other)


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("It’s “Okay” – Salt…", "It's \"Okay\" - Salt..."),
        ("Ｓａｌｔ：　Ｒｏａｄ！", "Salt: Road!"),
        ("soft\u00adly", "softly"),
        ("Café Łódź", "Café Łódź"), ("ドクター・X〜", "ドクター・X〜"),
        ("오징어 게임", "오징어 게임"), ("cafe\u0301", "café"), ("", ""),
    ],
)  # fmt: skip
def test_keyboard_form(printed: str, typed: str) -> None:
    assert keyboard_form(printed) == typed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sol Mi-na", "Sol Mina", True), ("Sol Min-a", "Sol Mina", True), ("Sol Min-a", "Sol Mi-na", False),
        ("솔 미나", "솔미나", True), ("Peter O’Hara", "Peter O'Hara", True), ("Mina Sol", "Sol Mina", False),
    ],
)  # fmt: skip
def test_is_same_person(one: str, other: str, same: bool) -> None:
    assert is_same_person(one, other) is is_same_person(other, one) is same


@pytest.mark.parametrize(("one", "other"), [("かぎ", "かき"), ("옥", "억"), ("soul", "sou")])
def test_search_form_differs(one: str, other: str) -> None:
    assert search_form(one) != search_form(other)


@given(_ANY)
def test_search_form_twice(text: str) -> None:
    assert search_form(search_form(text)) == search_form(text)
    assert name_form(name_form(text)) == name_form(text)


def test_clean_line_blanks() -> None:
    assert clean_line("  Salt" + " " * 300_000 + "Road  ") == "Salt Road"
    assert clean_line("Salt" + "\u00a0\t\n" * 100_000 + "Road") == "Salt Road"


def test_shorten() -> None:
    assert shorten("Salt Road") == "Salt Road"
    assert shorten("a" * 300_000) == "a" * (MAX_LINE - 1) + "…"
