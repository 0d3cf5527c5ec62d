"""Split a date as people write it into tokens, whose kinds are the same in every language and in numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from tracker.model.date_words import CHINESE, LANGUAGES, read_rows


class NotADate(Exception):
    """The words are no date; the caller makes the sentence, for the whole text."""


class DateToken(NamedTuple):
    """A word, a number or a sign; kinds are those of `date_words`, `_NUMBERS`, `_SIGN_FORMS` and `_SIGNS`."""

    kind: str
    value: Any = None
    text: str = ""


LAST_SHORT_YEAR: Final = 50
"""From which two digits on a year is of the last century."""
_DIGITS: Final = frozenset("0123456789")
_CJK: Final = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SIGNS: Final = {
    ",": "filler", "(": "filler", ")": "filler", "[": "filler", "]": "filler", ":": "filler", "・": "or", "、": "and",
    "/": "slash", "〜": "wave", "~": "tilde", "–": "dash", "-": "dash", "?": "?", "+": "+",
}  # fmt: skip
_PLAIN_SIGNS: Final[dict[int, str]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # those as wide as Chinese characters
    **dict.fromkeys(map(ord, '\u3000\u00a0\u202f\u2009"“”„「」'), " "),
    **dict.fromkeys(map(ord, "\uff5e\u223c"), "〜"),
    **dict.fromkeys(map(ord, "—―"), "–"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'"),
    **{ord(sign): plain for sign, plain in zip("…⁄≈【】。", ("..", "/", "~", "(", ")", "."), strict=True)},
}
_HAN_DIGITS: Final = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_HAN_UNITS: Final = "年|月|日|号|號|季|四半期|天|周|週|个|個|か月|ヶ月|カ月|時|点"


def normalize(text: str) -> str:
    """Return a text in small letters, with plain signs, and blanks only where there are words between blanks."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN_SIGNS)
    if not text.isascii():
        han = f"[{''.join(_HAN_DIGITS)}十廿]+(?= ?(?:{_HAN_UNITS}))"
        text = re.sub(han, lambda match: _han_number(match[0]), text)
        text = re.sub(rf"(?<=[{_CJK}])\s+(?=[{_CJK}\d(])|(?<=[\d)])\s+(?=[{_CJK}])", "", text)
        text = re.sub(r"(?<=\d)[,、](?=\d{1,2}[月월日일号號])", "・", text)
        text = re.sub("([上中])([中下])旬", r"\1旬〜\2旬", text)
        text = re.sub("([초상중])([중하])순", r"\1순〜\2순", text)
    if "'" in text:
        text = re.sub(r"(?<=[a-z])'s?(?= |$)", "", text)
    return " ".join(text.split())


def _han_number(text: str) -> str:
    """Return a number of Chinese digits in ours: 二〇二七, 十四; other texts as they are."""
    if "十" not in text and "廿" not in text:
        if len(text) not in (1, 4):
            return text  # 三四月 is March or April
        return "".join(str(_HAN_DIGITS[char]) for char in text)
    match = re.fullmatch(r"([二三两兩])?([十廿])([一二三四五六七八九])?", text)
    if match is None:
        return text
    tens = 2 if match[2] == "廿" else _HAN_DIGITS[match[1]] if match[1] else 1
    return str(10 * tens + (_HAN_DIGITS[match[3]] if match[3] else 0))


def tokenize(text: str) -> list[DateToken]:
    """Return the tokens of a normalized text.

    Raises:
        NotADate: A word, a number or a sign is none of a date.
    """
    tokens: list[DateToken] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token, end = _lex(text, at)
        if token.kind in ("dash", "slash") and text[at - 1 : at] == " " and text[end : end + 1] == " ":
            token = token._replace(value=" ")  # with blanks around it, it joins nothing
        tokens.append(token)
        at = end
    return tokens


def _lex(text: str, at: int) -> tuple[DateToken, int]:
    char = text[at]
    forms = _number_forms(text, at) if char in _DIGITS else (form for form in _SIGN_FORMS if char in form.following)
    for form in forms:
        if (match := re.compile(form.pattern).match(text, at)) and (token := form.make(match)) is not None:
            return token, match.end()
    if char in _DIGITS:
        raise NotADate
    if match := re.compile(r"[a-zà-öø-ÿ&]+(?:[ -][a-zà-öø-ÿ]+){0,5}").match(text, at):
        return _lex_words(match)
    words, longest = _words()
    for length in range(min(longest, len(text) - at), 0, -1):
        if (token := words.get(text[at : at + length])) is not None:
            return token, at + length
    if (kind := _SIGNS.get(char, "filler" if text[at:] == "." else "")) != "":
        return DateToken(kind, None, char), at + 1
    raise NotADate


def _number_forms(text: str, at: int) -> Iterator[_Form]:
    """Return the forms that a number may have by its length and what is behind it."""
    end = at
    while text[end : end + 1] in _DIGITS and end < len(text):
        end += 1
    length = str(end - at)
    sign = text[end : end + 1]
    if sign == " ":
        sign = text[end + 1 : end + 2]
    return (
        form
        for form in _NUMBERS
        if length in form.lengths and (not form.following or (sign and sign in form.following))
    )


def _lex_words(match: re.Match[str]) -> tuple[DateToken, int]:
    """Return the token of the most words at the beginning of a run of them."""
    words, _ = _words()
    run, text = match[0], match.string
    while run:
        if (token := words.get(run.replace("-", " "))) is not None:
            end = match.start() + len(run)
            is_short = text[end : end + 1] == "." and text[end + 1 : end + 2] != "."  # "Sept."
            return token, end + is_short
        run = run[: max(run.rfind(" "), run.rfind("-"), 0)]
    raise NotADate


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, DateToken], int]:
    """Return the words of all languages, and the length of the longest that is not in Latin letters."""
    words: dict[str, DateToken] = {}
    for rows in LANGUAGES.values():
        for spelling, (kind, values) in read_rows(rows).items():
            value = values[0] if len(values) == 1 else values or None
            words.setdefault(spelling, DateToken(kind, value, spelling))
    # Chinese puts the day behind the week: 下周四.
    for spelling, (kind, values) in read_rows(CHINESE).items():
        if kind == "rel week" and spelling[-1] in "周週期拜":
            for weekday, char in enumerate("一二三四五六日"):
                words[spelling + char] = DateToken("week day", (*values, weekday), spelling + char)
            words[spelling + "天"] = words[spelling + "日"]
    return words, max(len(word) for word in words if not word.isascii())


Make = Callable[[re.Match[str]], DateToken | None]


def _as(kind: str, *groups: int) -> Make:
    """Return what makes a token whose value are the numbers in these groups."""

    def make(match: re.Match[str]) -> DateToken:
        numbers = tuple(int(match[group]) for group in groups)
        return DateToken(kind, numbers[0] if len(numbers) == 1 else numbers, match[0])

    return make


def _clock(match: re.Match[str]) -> DateToken:
    if int(match[1]) >= 24 or int(match[2] or 0) >= 60:
        raise NotADate  # 25:30 is a time of the next day
    return DateToken("clock", None, match[0])


def _year_first(match: re.Match[str]) -> DateToken:
    return DateToken("date", ((int(match[1]), int(match[3]), int(match[4])),), match[0])


def _day_or_month_first(match: re.Match[str]) -> DateToken:
    """Return year, month and day in each order that people write; with points, the day comes before the month."""
    one, mark, two, three = int(match[1]), match[2].strip(), int(match[3]), match[4]
    year = int(three) if len(three) == 4 else 2000 + int(three)
    orders = [(year, two, one)]
    if len(three) == 2:
        orders += [(year, one, two), (2000 + one, two, int(three))]
    elif mark != "." or two > 12:
        orders.append((year, one, two))
    if len(three) == 2:
        orders = [order for order in orders if order[0] < 2000 + LAST_SHORT_YEAR]
        if not orders:
            raise NotADate
    return DateToken("date", tuple(dict.fromkeys(orders)), match[0])


def _short_year(match: re.Match[str]) -> DateToken:
    if int(match[1]) >= LAST_SHORT_YEAR:
        raise NotADate
    return DateToken("year", 2000 + int(match[1]), match[0])


def _eight_digits(match: re.Match[str]) -> DateToken | None:
    text = match[0]
    orders = [(text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2]), (text[4:], text[:2], text[2:4])]
    numbers = [(int(year), int(month), int(day)) for year, month, day in orders if "1900" <= year <= "2199"]
    return DateToken("date", tuple(dict.fromkeys(numbers)), text) if numbers else None


def _without_year(match: re.Match[str]) -> DateToken | None:
    """Return month and day in both orders; 03.04. is written where the day is first, 3. 4. also where the month is."""
    if match[2] == "/" and _touches_month(match):
        return None  # "14/15 May" is one day or the other
    first, second = int(match[1]), int(match[3])
    orders = ((second, first), (first, second))
    if match[2] == "/" and len(match[1]) == len(match[3]) == 2 and second > 12:
        # 05/27 may be a month of 2027 as well.
        return DateToken("month day", ((first, second), (first, None, 2000 + second)), match[0])
    return DateToken(
        "month day", orders[: 1 if match[2] == "." and match[4] else 2] if first != second else orders[:1], match[0]
    )


def _touches_month(match: re.Match[str]) -> bool:
    words, _ = _words()
    before = re.split("[ /-]", match.string[: match.start()].rstrip(" /-"))[-1:]
    after = match.string[match.end() :].split()[:1]
    tokens = [words.get(word.strip(".,")) for word in (*before, *after)]
    return any(token is not None and token.kind == "month" for token in tokens)


def _month_year(match: re.Match[str]) -> DateToken | None:
    # "May-14-2027"
    return None if _touches_month(match) else DateToken("year month", (int(match[2]), int(match[1]), ".", 2), match[0])


def _two_years(match: re.Match[str]) -> DateToken | None:
    year = int(match[1])
    return DateToken("years", (year, year + 1), match[0]) if int(match[2]) == (year + 1) % 100 else None


def _year_month(match: re.Match[str]) -> DateToken | None:
    has_word = re.compile(" ?[a-z]").match(match.string, match.end()) is not None
    is_ordinal = has_word and match[0].endswith(".") and match[2].strip() != "."
    if is_ordinal or _touches_month(match):
        return None  # "1 Jan 2026–1 Feb 2027", "2. Halbjahr 2026/1. Halbjahr 2027"
    return DateToken("year month", (int(match[1]), int(match[3]), match[2].strip(), len(match[3])), match[0])


def _part_of_year(match: re.Match[str]) -> DateToken:
    kind = "year quarter" if match[2] == "q" else "year half"
    return DateToken(kind, (int(match[1]), int(match[3])), match[0])


def _span(match: re.Match[str]) -> DateToken | None:
    before = match.string[match.start() - 1 : match.start()]
    if match[2] in ("日", "일") and before and before in "月월年년":
        return None  # the day of a month: 5月3日前
    if match[2] == "日" and match.string[match.end()] in "前之以":
        raise NotADate  # "3日前" is three days ago, or before the third; as 3日之后
    return DateToken("span", (int(match[1]), _SPANS.get(match[2], "month")), match[0])


_SPANS: Final = {
    **dict.fromkeys(("年", "년"), "year"),
    **dict.fromkeys(("週間", "周間", "주일", "주", "周", "週", "个星期", "個星期", "个礼拜", "個禮拜"), "week"),
    **dict.fromkeys(("日間", "天", "일", "日"), "day"),
}
_SPAN_STARTS: Final = "年년週周주个個か月ヶヵカケ箇개달日天일"
_SPAN_UNITS: Final = "|".join(("か月", "ヶ月", "ヵ月", "カ月", "ケ月", "箇月", "個月", "个月", "개월", "달", *_SPANS))
_TIMES_OF_DAY: Final = "午前|午後|오전|오후|晚上|上午|下午|夜|よる|朝|밤|저녁|아침"
_ZONE: Final = "(?: (?:uhr|kst|jst|utc|gmt|[ecmp][sd]?t|cest|cet|bst))?"
_SEPARATORS: Final = "-–/.~〜"


class _Form(NamedTuple):
    """A form of numbers or signs.

    Few of the patterns are compiled for a text: those that may match by the length of the digits and what is next.
    """

    lengths: str  # how many digits it begins with, "" for none
    following: str  # what may stand behind these digits, a blank left out; "" for anything
    pattern: str
    make: Make


_NUMBERS: Final = (
    _Form("12", ".u", r"(\d{1,2})(?:\.(\d\d))? ?uhr\b", _clock),
    _Form(
        "4", "-–/.", r"(\d{4})( ?[-–/] ?|\. ?)(\d{1,2})\2(\d{1,2})\.?(?: ?[+-]\d\d:\d\d|z(?!\w))?(?!\d)", _year_first
    ),
    _Form("4", "-/.", r"(\d{4})[-/.](?:xx|\?\?)(?:[-/.](?:xx|\?\?))?(?!\w)", _as("year", 1)),  # EDTF: not specified
    _Form("4", "-/.", r"(\d{4})([-/.])(\d\d)[-/.](?:xx|\?\?)(?!\w)", _year_month),
    _Form("4", "-w", r"(\d{4})-?w(\d{1,2})(?!\d|-\d)", _as("week", 1, 2)),  # ISO 8601, 5.2.4: weeks and their days
    _Form("4", "-w", r"(\d{4})-?w(\d{1,2})-?([1-7])(?!\d)", _as("week", 1, 2, 3)),
    _Form("4", "-/k", r"(\d{4})[-/ ]?kw ?(\d{1,2})(?!\d)", _as("week", 1, 2)),
    _Form("12", "-/.", r"(\d{1,2})( ?[-/] ?|\. ?)(\d{1,2})\2(\d{4}|\d{2})(?!\d|:\d)", _day_or_month_first),
    _Form("4", "qh", r"(\d{4})([qh])([1-9])(?!\d)", _part_of_year),
    _Form("4", "-–/", r"(\d{4}) ?[-–/] ?(\d{4})(?![\d年년]|[-/.] ?\d)", _as("years", 1, 2)),
    _Form("4", "-–/~〜", r"(\d{4}) ?[-–/~〜] ?(\d\d) ?[년年]", _two_years),
    _Form("4", "-–/.", r"(\d{4})([-–/]|\. ?)(\d{1,2})(?:\.(?!\d)|(?![\da-z年년月월日일]|:\d))", _year_month),
    _Form("12", "-/.", r"(\d{1,2})[-/.](\d{4})(?![\d年년])", _month_year),
    _Form("8", "", r"\d{8}(?!\d)", _eight_digits),
    _Form(
        "12", ":", rf"(\d{{1,2}}):(\d\d)(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?:z|[+-]\d\d(?::?\d\d)?)?{_ZONE}(?!\w)", _clock
    ),
    _Form("12", "ap", rf"(\d{{1,2}})() ?[ap]\.?m\b\.?{_ZONE}(?!\w)", _clock),
    _Form("12", "時时시点點", r"(\d{1,2})[時时시点點](?:(\d{1,2})[分분]|半|반)?", _clock),
    _Form("4", "年회학", r"\d{4}(?:年度|회계|학년도)", _as("fiscal")),
    _Form("4", "年년", r"(\d{4})[年년]", _as("year", 1)),
    _Form("2", "년", r"(\d\d)년(?![후전뒤])", lambda match: DateToken("short year", 2000 + int(match[1]))),
    _Form(
        "12", "月", r"(1|4|7|10)月期", lambda match: DateToken("quarter", (int(match[1]) + 2) // 3)
    ),  # of Japanese television
    _Form("12", "月월", r"(\d{1,2})[月월]份?(?!間|间|以内)", lambda match: DateToken("month with unit", int(match[1]))),
    _Form("12", "日일号號", r"(\d{1,2})[日일号號](?![後后후뒤前전間间内以간안내])", _as("day", 1)),
    _Form("123", _SPAN_STARTS, rf"(\d{{1,3}})({_SPAN_UNITS})(?=[後后후뒤前전]|之后|之後|以后|之前)", _span),
    _Form("12", "日일号號", r"(\d{1,2})[日일号號](?![間间内간안내]|以内)", _as("day", 1)),
    _Form("1", "四季분/q", r"([1-9]) ?(?:四半期|季度|분기|/ ?4분기|/4半期|qtr|q(?![a-z]))", _as("quarter", 1)),
    _Form("1", "h", r"([1-9])h(?![a-z])", _as("half of year", 1)),
    _Form("12", "/.", r"(\d{1,2})(/|\. ?)(\d{1,2})(\.?)(?![\da-z:月월日일])", _without_year),
    _Form("12", "snrt", r"(\d{1,2})(?:st|nd|rd|th)\b", _as("ordinal", 1)),
    _Form("12", ".", r"(\d{1,2})\.(?![\d.])", _as("ordinal", 1)),
    _Form("4", "", r"(\d{4})", _as("year", 1)),
    _Form("12", "", r"(\d{1,2})", _as("number", 1)),
)
_SIGN_FORMS: Final = (
    _Form("", "q", r"q ?([1-9])(?!\d)", _as("quarter", 1)),
    _Form("", "h", r"h([1-9])(?!\d)", _as("half of year", 1)),
    _Form("", "kwc", r"(?:kw|w|week|calendar week|kalenderwoche) ?(\d{1,2})(?!\d)", _as("week number", 1)),
    _Form("", "t", r"t(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d(?::?\d\d)?)?(?!\w)", _clock),
    _Form(
        "",
        "".join({word[0] for word in _TIMES_OF_DAY.split("|")}),
        rf"(?:{_TIMES_OF_DAY})(\d{{1,2}})[時时시点點:](?:(\d{{1,2}})[分분]?|半|반)?",
        _clock,
    ),
    _Form("", "'", r"'(\d\d)년?(?!\d)", _short_year),
    _Form(
        "",
        "(",
        r"\(([月火水木金土日])(?:・?祝)?\)",
        lambda match: DateToken("weekday", "月火水木金土日".index(match[1])),
    ),
    _Form("", "(", r"\(([월화수목금토일])\)", lambda match: DateToken("weekday", "월화수목금토일".index(match[1]))),
    _Form("", "(", r"\(([一二三四五六])\)", lambda match: DateToken("weekday", "一二三四五六".index(match[1]))),
    _Form("", "第", r"第([1-9])(?:四半期|季度)", _as("quarter", 1)),
    _Form("", ".", r"\.\.+", lambda match: DateToken("..")),
)
