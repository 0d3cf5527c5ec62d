"""The grammar of dates as people write them, in five languages and in numbers.

A text becomes tokens (`tokenize`), whose kinds are the same in every language; the tokens become what is said of each end
of the window (`Said`), and that becomes days. Where a text can mean several things, `Reading.pick` goes through all of
them; what is left after the calendar has ruled some out is the meaning, or is asked.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from tracker.errors import BadValue
from tracker.model.date_words import CHINESE, LANGUAGES, read_rows
from tracker.model.dates import day_label, days_after, full_month, full_weekday, month_end, months_after
from tracker.model.window import Precision, Window

_T = TypeVar("_T")
MAX_LENGTH: Final = 120
"""How many characters a date may have; longer texts are prose."""
RECENT_DAYS: Final = 31
"""How long ago a day without a year may be meant rather than its next one: then it is asked."""
_SEASON_MONTHS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


class NeedsDay(Exception):  # noqa: N818 - not an error: the same words are read again with a day
    """The words count from the day on which they were said."""


class NotADate(Exception):  # noqa: N818 - the caller makes the sentence, for the whole text
    """The words are no date."""


class Token(NamedTuple):
    """A word, a number or a sign."""

    kind: str
    value: Any = None
    text: str = ""


class Days(NamedTuple):
    """The days of a window, without its words; either end may be open."""

    first: date | None
    last: date | None
    precision: Precision
    code: int = 0


@dataclass
class Said:
    """What is said of one end of a window."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    half_month: int | None = None
    season: int | None = None
    months: tuple[int, int] | None = None
    part: int | None = None
    weekday: int | None = None
    number: int | None = None
    """A number of which only the other end says what it counts: 14 in "14–16 May"."""
    days: Days | None = None
    """Days that need nothing else, as those of a week."""
    has_unit: bool = False
    """Whether the month was a number with its unit, as 5月."""
    has_day_last: bool = False
    """Whether the day stands behind the month, as in "May 14"."""

    @property
    def has_unit_of_year(self) -> bool:
        """Whether it says more than a year."""
        return self.part is not None or self.has_more_than_part

    @property
    def has_more_than_part(self) -> bool:
        """Whether it says more than a year and "early", "mid" or "late"."""
        units = (self.month, self.day, self.quarter, self.half, self.season, self.months)
        return any(unit is not None for unit in units)


# Text to tokens


_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0xFF5E: "〜", 0x223C: "〜", 0x2013: "–", 0x2014: "–", 0x2015: "–", 0x2010: "-", 0x2011: "-", 0x2012: "-",
    0x2212: "-", 0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x00B4: "'", 0x0060: "'", 0x2026: "..", 0x2044: "/", 0x2248: "~",
    0x3010: "(", 0x3011: ")", 0x300C: " ", 0x300D: " ", 0x201C: " ", 0x201D: " ", 0x201E: " ",
    0x22: " ", 0x3001: ",", 0x3002: ".", 0x00A0: " ", 0x202F: " ", 0x2009: " ",
}  # fmt: skip
_HAN_DIGITS: Final = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
                      "八": 8, "九": 9}  # fmt: skip
_CJK: Final = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_BRACKETED_WEEKDAYS: Final = dict(zip("月火水木金土日월화수목금토일一二三四五六", [*range(7), *range(7), *range(6)], strict=True))


def normalize(text: str) -> str:
    """Return the text in small letters, with plain signs, without blanks where Chinese, Japanese and Korean need none."""
    text = unicodedata.normalize("NFC", text).casefold().translate(_WIDE)
    if not text.isascii():
        text = re.sub(
            r"[〇零一二三四五六七八九十廿两兩]+(?=\s?(?:年|月|日|号|號|季|四半期|天|周|週|个|個|か月|ヶ月|カ月|時|点))",
            lambda match: _han_number(match[0]), text,
        )  # fmt: skip
        text = re.sub(rf"(?<=[{_CJK}])\s+(?=[{_CJK}\d(])|(?<=[\d)])\s+(?=[{_CJK}])", "", text)
    text = re.sub(r"(?<=[a-z])'s?(?= |$)", "", text)
    return " ".join(text.split())


def _han_number(text: str) -> str:
    """Return a number of Chinese digits as a number of ours; as it is where it is none."""
    if "十" not in text and "廿" not in text:
        return "".join(str(_HAN_DIGITS[char]) for char in text)
    match = re.fullmatch(r"([二三两兩])?([十廿])([一二三四五六七八九])?", text)
    if match is None:
        return text
    tens = 2 if match[2] == "廿" else _HAN_DIGITS[match[1]] if match[1] else 1
    return str(10 * tens + (_HAN_DIGITS[match[3]] if match[3] else 0))


@lru_cache(maxsize=1)
def _words() -> dict[str, Token]:
    words: dict[str, Token] = {}
    for rows in LANGUAGES.values():
        for spelling, (kind, value) in read_rows(rows).items():
            words.setdefault(spelling, Token(kind, value, spelling))
    # Chinese puts the day behind the week: 下周四.
    for spelling, (kind, value) in read_rows(CHINESE).items():
        if kind == "rel week" and spelling[-1] in "周週期拜":
            for number, char in enumerate("一二三四五六日"):
                words[spelling + char] = Token("week day", (value, number), spelling + char)
            words[spelling + "天"] = words[spelling + "日"]
    return words


def _longest(words: dict[str, Token]) -> int:
    return max(len(word) for word in words if not word.isascii())


_LATIN: Final = r"[a-zà-öø-ÿ&]"
_NUMBER_FORMS: Final = (
    # A day with the year first, and what may be left open of it: 2027-XX.
    ("ymd", r"(\d{4})( ?[-–/] ?|\. ?)(\d{1,2})\2(\d{1,2})\.?(?!\d)(?!\2\d)"),
    ("open", r"(\d{4})(?:([-/.])(?:xx|\?\?))(?:\2(?:xx|\?\?))?(?!\w)"),
    ("open", r"(\d{4})([-/.])(\d{1,2})\2(?:xx|\?\?)(?!\w)"),
    ("week", r"(\d{4})-?w(\d{1,2})(?:-([1-7]))?(?!\d)"),
    ("week", r"(\d{4})[-/ ]?kw ?(\d{1,2})()(?!\d)"),
    ("dmy", r"(\d{1,2})( ?[-/] ?|\. ?)(\d{1,2})\2(\d{4}|\d{2})(?![\d:])"),
    ("code", r"(\d{4})[-/ ]?([qh])([1-9])(?!\d)"),
    ("years", r"(\d{4}) ?[-–/] ?(\d{4})(?!\d)"),
    ("ym", r"(\d{4})([-–/]|\. ?)(\d{1,2})\.?(?![\d:])"),
    ("my", r"(\d{1,2})([-/.])(\d{4})(?![\d年년])"),
    ("compact", r"(\d{8})(?!\d)"),
    ("clock", r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:z|[+-]\d\d:?(?:\d\d)?)?(?: (?:uhr|kst|jst|utc|gmt|[ecmp][sd]?t|cest|cet|bst))?(?!\w)"),
    ("clock", r"(\d{1,2}) ?[ap]\.?m\.?()(?: (?:kst|jst|utc|gmt|[ecmp][sd]?t|cest|cet|bst))?(?!\w)"),
    ("clock", r"(\d{1,2})(?:[時时시点點]|:)(?:(\d{1,2})[分분]|半|반|())"),
    ("fiscal", r"\d{4}\s?(?:年度|회계|학년도)"),
    ("year", r"(\d{4})\s?[年년]"),
    ("two years", r"(\d{2})\s?년(?![후전뒤])"),
    ("span", r"(\d{1,3})\s?([年년]|か月|ヶ月|ヵ月|カ月|ケ月|箇月|個月|个月|개월|달|週間|周間|주일|주|周|週|个星期|個星期|个礼拜|個禮拜|日間|天|일|日)(?=[後后후뒤前전]|之后|之後|以后|之前|内)"),
    ("term", r"(1|4|7|10)月期"),
    ("months", r"(\d{1,2})\s?[月월]份?"),
    ("days", r"(\d{1,2})\s?[日일号號]"),
    ("quarter", r"第?([1-9])\s?(?:四半期|季度|분기|/4분기|/4半期|qtr|q(?![a-z]))"),
    ("halves", r"([1-9])h(?![a-z])"),
    ("dm", r"(\d{1,2})(/|\. ?)(\d{1,2})(\.?)(?![\d:月월日일])"),
    ("ordinal", r"(\d{1,2})(?:st|nd|rd|th|\.(?!\.))(?!\w)"),
    ("number", r"(\d+)"),
)  # fmt: skip
_SIGNS: Final = {
    ",": "filler", "(": "filler", ")": "filler", "[": "filler", "]": "filler", ":": "filler", "・": "or", "/": "slash",
    "〜": "wave", "~": "tilde", "–": "dash", "-": "dash", "?": "?", "+": "+", "'": "'",
}  # fmt: skip


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a normalized text.

    Raises:
        NotADate: A word or a sign is none of a date.
    """
    words = _words()
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == " ":
            at += 1
            continue
        token, end = _lex(text, at, words)
        if token.kind in ("dash", "slash") and text[at - 1 : at] == " " and text[end : end + 1] == " ":
            token = token._replace(value=True)  # with blanks around it, it joins nothing
        tokens.append(token)
        at = end
    return tuple(tokens)


def _lex(text: str, at: int, words: dict[str, Token]) -> tuple[Token, int]:
    char = text[at]
    if char.isascii() and char.isdigit():
        return _lex_number(text, at)
    if match := re.compile(r"q ?([1-9])(?!\d)|([h])([1-9])(?!\d)").match(text, at):
        if match[1]:
            return Token("quarter", int(match[1]), match[0]), match.end()
        return Token("half", int(match[3]), match[0]), match.end()
    if match := re.compile(r"(?:kw|w|week|calendar week|kalenderwoche) ?(\d{1,2})(?!\d)").match(text, at):
        return Token("week number", int(match[1]), match[0]), match.end()
    if match := re.compile(r"t(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d(?::?\d\d)?)?(?!\w)").match(text, at):
        return _clock(match), match.end()
    if match := re.compile(r"(?:午前|午後|오전|오후|晚上|上午|下午)(\d{1,2})[時时시点點:](?:(\d{1,2})[分분]?|半|반)?").match(text, at):
        return _clock(match), match.end()
    if match := re.compile(rf"{_LATIN}+(?:[ -]{_LATIN}+){{0,5}}").match(text, at):
        return _lex_latin(match[0], text, at, words)
    if text.startswith("..", at):
        return Token("..", None, ".."), at + len(re.compile(r"\.+").match(text, at)[0])  # type: ignore[index]
    if match := re.compile(r"'(\d\d)(?!\d)").match(text, at):
        return Token("year", 2000 + int(match[1]), match[0]), match.end()
    if match := re.compile(r"\(([月火水木金土日월화수목금토일一二三四五六])\)").match(text, at):
        return Token("weekday", _BRACKETED_WEEKDAYS[match[1]], match[0]), match.end()
    if match := re.compile(r"第([1-4])季(?!度)").match(text, at):
        return Token("quarter", int(match[1]), match[0]), match.end()
    if match := re.compile(r"第([1-4])(?:四半期|季度)").match(text, at):
        return Token("quarter", int(match[1]), match[0]), match.end()
    for length in range(min(_longest(words), len(text) - at), 0, -1):
        if (token := words.get(text[at : at + length])) is not None:
            return token, at + length
    if char in _SIGNS:
        return Token(_SIGNS[char], None, char), at + 1
    if char == "." and at + 1 == len(text):
        return Token("filler", None, char), at + 1
    raise NotADate


def _lex_latin(run: str, text: str, at: int, words: dict[str, Token]) -> tuple[Token, int]:
    """Return the token of the most words at the beginning of a run."""
    while run:
        if (token := words.get(run.replace("-", " "))) is not None:
            end = at + len(run)
            return token, end + (text[end : end + 1] == "." and text[end + 1 : end + 2] != ".")
        cut = max(run.rfind(" "), run.rfind("-"))
        if cut < 0:
            break
        run = run[:cut]
    raise NotADate


def _clock(match: re.Match[str]) -> Token:
    if int(match[1]) >= 24 or (match[2] or "0") > "59":
        raise NotADate  # 25:30 is a time of the next day
    return Token("clock", None, match[0])


def _lex_number(text: str, at: int) -> tuple[Token, int]:
    for name, pattern in _NUMBER_FORMS:
        if (match := re.compile(pattern).match(text, at)) and not _is_other(name, match, text):
            end = match.end()
            if name in ("ordinal", "number") and text[end : end + 1] == "." and text[end + 1 : end + 2] != ".":
                end += 1
            return _number_token(name, match), end
    raise NotADate


def _is_other(name: str, match: re.Match[str], text: str) -> bool:
    """Return whether what looks like such a number is something else beside its neighbours."""
    if name == "span":
        return text[match.start() - 1 : match.start()] in ("月", "월", "年", "년") and match[2] in "日일"
    if name == "dm" and match[2] == "/":  # "14/15 May" is one day or another
        before, after = text[: match.start()].split(" ")[-2:-1], text[match.end() :].split()[:1]
        around = [_words().get(word.strip(".,")) for word in (*before, *after)]
        return any(token is not None and token.kind == "month" for token in around)
    return False


def _number_token(name: str, match: re.Match[str]) -> Token:
    one = match[0]
    match name:
        case "ymd":
            return Token("date", ((int(match[1]), int(match[3]), int(match[4])),), one)
        case "open":
            return Token("year month" if match.lastindex == 3 else "year", *_open(match), one)
        case "week":
            return Token("week", (int(match[1]), int(match[2]), int(match[3] or 0)), one)
        case "dmy":
            return Token("date", _day_orders(match), one)
        case "code":
            return Token("year " + ("quarter" if match[2] == "q" else "half"), (int(match[1]), int(match[3])), one)
        case "ym":
            return Token("year month", (int(match[1]), int(match[3]), match[2].strip(), match[3]), one)
        case "years":
            years = (int(match[1]), int(match[2]))
            return Token("years", years, one)
        case "my":
            return Token("year month", (int(match[3]), int(match[1]), ".", match[1]), one)
        case "compact":
            return Token("date", _compact_orders(one), one)
        case "clock":
            return _clock(match)
        case "year":
            return Token("year", int(match[1]), one)
        case "two years":
            return Token("short year", 2000 + int(match[1]), one)
        case "span":
            return Token("span", (int(match[1]), _SPANS.get(match[2], "month")), one)
        case "term":
            return Token("quarter", (int(match[1]) + 2) // 3, one)
        case "months":
            return Token("month", int(match[1]), "月")
        case "days":
            return Token("day", int(match[1]), one)
        case "quarter":
            return Token("quarter", int(match[1]), one)
        case "halves":
            return Token("half", int(match[1]), one)
        case "dm":
            first, second = int(match[1]), int(match[3])
            orders = ((second, first), (first, second))  # month and day; the day first, then the month first
            # 03.04. is written where the day stands first, 3. 4. also where the month does.
            return Token("month day", orders[:1] if match[2] == "." and match[4] else tuple(dict.fromkeys(orders)), one)
        case "ordinal":
            return Token("ordinal", int(match[1]), one)
        case "fiscal":
            return Token("fiscal", None, one)
    if len(one) == 4:
        return Token("year", int(one), one)
    if len(one) > 2:
        raise NotADate
    return Token("number", int(one), one)


_SPANS: Final = {
    "年": "year", "년": "year", "週間": "week", "周間": "week", "주일": "week", "주": "week", "周": "week", "週": "week",
    "个星期": "week", "個星期": "week", "个礼拜": "week", "個禮拜": "week", "日間": "day", "天": "day", "일": "day", "日": "day",
}  # fmt: skip


def _open(match: re.Match[str]) -> tuple[Any]:
    return ((int(match[1]), int(match[3]), "-", match[3]),) if match.lastindex == 3 else (int(match[1]),)


def _day_orders(match: re.Match[str]) -> tuple[tuple[int, int, int], ...]:
    """Return year, month and day in each order that people write; with points, the day is before the month."""
    one, mark, two, three = int(match[1]), match[2].strip(), int(match[3]), match[4]
    year = int(three) if len(three) == 4 else 2000 + int(three)
    if len(three) == 4:
        orders = [(year, two, one)]
        if mark != "." or two > 12:
            orders.append((year, one, two))
    else:
        orders = [(year, two, one), (year, one, two), (2000 + one, two, int(three))]
    return tuple(dict.fromkeys(orders))


def _compact_orders(text: str) -> tuple[tuple[int, int, int], ...]:
    orders = [(int(text[:4]), int(text[4:6]), int(text[6:]))]
    year, one, two = int(text[4:]), int(text[:2]), int(text[2:4])
    if 1900 <= year <= 2199:
        orders += [(year, two, one), (year, one, two)]
    return tuple(dict.fromkeys(orders if 1900 <= orders[0][0] <= 2199 else orders[1:] or orders))


# Tokens to days


class Reading:
    """One way to read a text; `pick` chooses between meanings and notes the ones that are left for other readings.

    Args:
        script: Which meanings to choose, in their order; the first one where it ends.
        said_on: The day on which it was said.
        is_past: Whether a date without a year is the last one rather than the next.
    """

    def __init__(self, script: tuple[int, ...], said_on: date | None, *, is_past: bool) -> None:
        self._script = script
        self._picked: tuple[int, ...] = ()
        self._said_on = said_on
        self.is_past = is_past
        self.others: list[tuple[int, ...]] = []
        self.is_about = False

    def pick(self, options: Sequence[_T]) -> _T:
        """Return the option of this reading."""
        number = len(self._picked)
        if len(options) == 1:
            return options[0]
        if number < len(self._script):
            chosen = self._script[number]
        else:
            chosen = 0
            self.others += [(*self._picked, other) for other in range(1, len(options))]
        self._picked += (chosen,)
        return options[chosen]

    @property
    def today(self) -> date:
        """The day on which it was said.

        Raises:
            NeedsDay: It is not known.
        """
        if self._said_on is None:
            raise NeedsDay
        return self._said_on


class Found(NamedTuple):
    """What a text means."""

    days: Days
    is_about: bool


_MOST_READINGS: Final = 24


def read_all(text: str, said_on: date | None, *, is_past: bool) -> list[Found]:
    """Return everything that a text can mean, at least one.

    Raises:
        BadValue: It names a day that does not exist, or contradicts itself.
        NeedsDay: It counts from a day that is not given.
        NotADate: It means nothing.
    """
    tokens = tokenize(normalize(text))
    scripts: list[tuple[int, ...]] = [()]
    found: list[Found] = []
    wrong: list[BadValue] = []
    for _ in range(_MOST_READINGS):
        if not scripts:
            break
        reading = Reading(scripts.pop(0), said_on, is_past=is_past)
        try:
            one = Found(_read(tokens, reading), reading.is_about)
            if one not in found:
                found.append(one)
        except BadValue as error:
            wrong.append(error)
        except (NotADate, OverflowError):
            pass
        scripts += reading.others
    if not found:
        raise wrong[0] if wrong else NotADate
    return found


_TBA: Final = Days(None, None, Precision.TBA)
_MARKS: Final = frozenset({"tilde", "?"})
_BETWEEN: Final = frozenset({"or", "to", "dash", "slash"})


def _read(tokens: tuple[Token, ...], reading: Reading) -> Days:
    if any(token.kind == "fiscal" for token in tokens):
        raise BadValue("a fiscal year begins in a different month in each country. Write its months: 2027-04/2028-03.")
    has_clock = any(token.kind == "clock" for token in tokens)
    rest = [token for token in tokens if token.kind != "clock"]
    rest, trailing_on = _drop_fillers(rest)
    is_tba = any(token.kind == "tba" for token in rest)
    rest = [token for token in rest if token.kind != "tba"]
    if is_tba and not rest:
        return _TBA
    if any(token.kind == "tbc" for token in rest):
        rest = [token for token in rest if token.kind != "tbc"]
        reading.is_about = True
        if not rest:
            return _TBA
    rest, bound = _take_marks(rest, reading)
    if not bound:
        rest, bound = _take_bound(rest, reading, has_on=trailing_on)
    days = _read_range(rest, reading)
    if is_tba and days.precision is not Precision.YEAR:
        raise NotADate
    if has_clock and days.precision is not Precision.DAY:
        raise NotADate
    return _apply_bound(days, bound, reading) if bound else days


def _drop_fillers(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Return the tokens that count, and whether "on" was the last: "from 2027 on"."""
    trailing = bool(tokens) and tokens[-1].text in ("on", "an")
    kept = [token for token in tokens if token.kind != "filler"]
    if trailing and kept and kept[-1].text == "an":
        kept.pop()
    return [token for token in kept if token.text not in ("a", "an")] if _has_no_span(kept) else kept, trailing


def _has_no_span(tokens: list[Token]) -> bool:
    return not any(token.kind in ("ahead", "ago", "in", "behind", "front") for token in tokens)


def _take_marks(tokens: list[Token], reading: Reading) -> tuple[list[Token], str]:
    """Take what says "about", and signs that say so; return the tokens without, and the bound that a sign may be."""
    kept: list[Token] = []
    bound = ""
    last = len(tokens) - 1
    for number, token in enumerate(tokens):
        before, after = tokens[number - 1 : number], tokens[number + 1 : number + 2]
        is_edge = not before or not after or before[0].kind in _BETWEEN or after[0].kind in _BETWEEN
        if token.kind == "about" or (token.kind in _MARKS and is_edge and (before or after)):
            reading.is_about = True
        elif token.kind == "wave" and number == last and before:
            # 2027年〜 is "from 2027", and ~ behind a year is "about".
            bound = reading.pick(("since", ""))
            reading.is_about = reading.is_about or not bound
        elif token.kind == "wave" and number == 0:
            bound = reading.pick(("until", ""))
            reading.is_about = reading.is_about or not bound
        elif token.kind == "+" and number == last:
            bound = "since"
        elif token.kind in ("wave", "tilde"):
            kept.append(Token("to"))
        elif token.kind in ("?", "+", "'"):
            raise NotADate
        else:
            kept.append(token)
    return kept, bound


def _take_bound(tokens: list[Token], reading: Reading, *, has_on: bool) -> tuple[list[Token], str]:
    """Take the word that makes an end open; return the tokens without it, and the bound or ""."""
    kinds = [token.kind for token in tokens]
    if kinds[-1:] == [".."]:
        return tokens[: -2 if kinds[-2:-1] == ["slash"] else -1], "since"
    if kinds[:1] == [".."]:
        return tokens[2 if kinds[1:2] == ["slash"] else 1 :], "until"
    tokens = [Token("to") if token.kind == ".." else token for token in tokens]
    last = len(tokens) - 1
    if any(kind == "between" for kind in kinds):
        if kinds.count("between") > 1 or kinds[0] != "between" or not {"and", "to"} & {*kinds}:
            raise NotADate
        return [Token("to") if token.kind == "and" else token for token in tokens[1:]], ""
    kept: list[Token] = []
    bounds: list[str] = []
    for number, token in enumerate(tokens):
        bound = _bound_at(tokens, number)
        if not bound:
            kept.append(token)
        elif bound in ("until", "from") and 0 < number < last and kept and tokens[number + 1].kind != "bound":
            kept.append(Token("to"))  # "May until June", 5月から6月まで
        elif bound == "until" and number == last and any(one.kind == "to" for one in kept):
            pass
        else:
            bounds.append(reading.pick(bound.split("|")))
    if bounds == ["from"] and any(token.kind == "to" for token in kept):
        bounds = []  # "from May to June"
    names = {*bounds}
    if names == {"from", "since"} or (names == {"from"} and has_on):
        names = {"since"}
    if len(names) > 1:
        raise NotADate
    return kept, names.pop() if names else ""


def _bound_at(tokens: Sequence[Token], number: int) -> str:
    """Return the bound that a token is, "" for others."""
    token = tokens[number]
    if token.kind == "bound":
        return str(token.value)
    if token.kind in ("front", "behind") and not _is_span(tokens, number):
        return token.value or "before"
    return ""


def _is_span(tokens: Sequence[Token], number: int) -> bool:
    """Return whether the word at this place belongs to days that are counted: "3日前", "vor zwei Wochen"."""
    around = [*tokens[:number][-2:], *tokens[number + 1 : number + 3]]
    kinds = {token.kind for token in around}
    return "span" in kinds or ("unit" in kinds and bool(kinds & {"count", "number"}))


def _apply_bound(days: Days, bound: str, reading: Reading) -> Days:
    first, last = days.first, days.last
    if first is None or last is None:
        raise NotADate
    if bound == "from":
        if days.precision is Precision.DAY:
            # "from 14 May" is the day on which it comes out, or the first of those on which it may.
            return reading.pick((days, Days(first, None, Precision.RANGE)))
        return Days(first, None, Precision.RANGE)
    match bound:
        case "since":
            return Days(first, None, Precision.RANGE)
        case "after" if last < date.max:
            return Days(days_after(last, 1), None, Precision.RANGE)
        case "until":
            return Days(None, last, Precision.RANGE)
        case "before" if first > date.min:
            return Days(None, days_after(first, -1), Precision.RANGE)
    raise NotADate


def _read_range(tokens: list[Token], reading: Reading) -> Days:
    """Return the days of tokens between which "to" or "or" may stand."""
    parts: list[list[Token]] = [[]]
    marks: list[str] = []
    for number, token in enumerate(tokens):
        if token.kind in ("dash", "slash") and _is_joint(tokens, number):
            continue
        if token.kind in ("to", "or", "dash", "slash"):
            marks.append("to" if token.kind == "dash" else token.kind)
            parts.append([])
        elif token.kind == "and":
            raise NotADate
        else:
            parts[-1].append(token)
    if len(parts) > 4 or not all(parts) or (len(parts) > 2 and "to" in marks):
        raise NotADate
    said = [_collect(part, reading) for part in parts]
    if len(said) > 1:
        _complete(said, reading, is_choice="to" not in marks)
    ends = [_resolve(one, reading, after=said[0] if number else None) for number, one in enumerate(said)]
    return ends[0] if len(ends) == 1 else _join(ends, is_choice="or" in marks or len(ends) > 2)


_PARTS_OF_YEAR: Final = frozenset({"quarter", "half", "season", "season part", "months"})


def _is_joint(tokens: list[Token], number: int) -> bool:
    """Return whether a dash or a slash stands within one date: "mid-May", "14-May-2027", "Q4/2026"."""
    before, after = tokens[:number], tokens[number + 1 :]
    if not before or not after:
        return True
    left, right = before[-1], after[0]
    if left.kind == "to" or right.kind == "to":
        return True  # "mid-to-late"
    if tokens[number].value:
        return False
    begins = len(before) == 1 or before[-2].kind in ("to", "or", "dash", "slash")
    ends = len(after) == 1 or after[1].kind in ("to", "or", "dash", "slash")
    match left.kind, right.kind:
        case "part", kind:
            return kind != "part"
        case ("quarter" | "half" | "season" | "season part" | "week number"), "number":
            return right.value >= 20
        case ("quarter" | "half" | "season" | "season part" | "month" | "week number"), "year":
            return ends
        case ("number" | "ordinal"), "month":
            return right.text != "月"
        case "year", ("quarter" | "half" | "season" | "month"):
            return begins and (ends or after[1].kind != "year")
        case "month", ("number" | "ordinal"):
            # "2027-May-14", "May-14"; but "14 May-16 May", and "May-27" may be a year.
            return all(token.kind in ("year", "dash") for token in before[:-1]) and right.value < 20 and ends
    return False


def _join(ends: list[Days], *, is_choice: bool) -> Days:
    firsts, lasts = [end.first for end in ends], [end.last for end in ends]
    if None in firsts or None in lasts:
        raise NotADate
    first, last = firsts[0], lasts[-1]
    if is_choice:
        first, last = min(filter(None, firsts)), max(filter(None, lasts))
    if first is None or last is None or last < first:
        raise BadValue("the end is before the beginning.")
    return Days(first, last, Precision.RANGE)


def _collect(tokens: list[Token], reading: Reading) -> Said:
    """Return what the tokens of one end say."""
    said = Said()
    at = 0
    while at < len(tokens):
        at += _take(tokens, at, said, reading)
    return said


def _set(said: Said, name: str, value: Any) -> None:
    if getattr(said, name) is not None:
        raise NotADate
    setattr(said, name, value)


def _take(tokens: list[Token], at: int, said: Said, reading: Reading) -> int:
    """Put what a token says into `said`, and return how many tokens that were."""
    kind, value, text = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else Token("")
    if (count := _take_span(tokens, at, said, reading)) > 0:
        return count
    match kind:
        case "year" | "day" | "quarter" | "half" | "half month" | "season" | "part" | "weekday" | "months":
            _set(said, kind.replace(" ", "_"), value)
        case "month":
            _set(said, "month", value)
            said.has_unit = text == "月"
            if said.number is not None and said.day is None and not said.has_unit:
                said.day, said.number = said.number, None
        case "years":
            _take_years(value, said)
        case "short year":
            if len(tokens) == 1:
                raise NotADate
            _set(said, "year", value)
        case "date":
            for name, part in zip(("year", "month", "day"), reading.pick(value), strict=True):
                _set(said, name, part)
        case "month day":
            for name, part in zip(("month", "day"), reading.pick(value), strict=True):
                _set(said, name, part)
        case "year month":
            _take_year_month(value, said, reading)
        case "year quarter" | "year half":
            _set(said, "year", value[0])
            _set(said, kind.removeprefix("year "), value[1])
        case "season part":
            _set(said, "season", value[0])
            _set(said, "part", value[1])
        case "day holiday" | "holiday":
            _set(said, "month", value[0])
            _set(said, "day", value[1])
            reading.is_about = reading.is_about or kind == "holiday"
        case "week":
            _set(said, "days", _week(*value))
        case "week number":
            year = following.value if following.kind == "year" else said.year
            if year is None:
                raise NotADate
            said.year = None
            _set(said, "days", _week(year, value, 0))
            return 2 if following.kind == "year" else 1
        case "ordinal":
            return _take_ordinal(tokens, at, said)
        case "number":
            _take_number(value, text, said, reading)
        case "within|mid":
            # Within 2027 in Japanese, the middle of 2027 in Chinese.
            if said.year is None and said.month is None:
                raise NotADate
            said.part = reading.pick((None, 1)) if said.part is None else said.part
        case "year part":
            _set(said, "part", value)
            if said.year is None and following.kind not in ("year", "rel year", "next", "unit"):
                _set(said, "year", _this_or_next_year(said, reading))
        case "month part":
            _set(said, "part", value)
            if said.month is None:
                raise NotADate
        case "in" | "later":
            pass
        case "rel year":
            _set(said, "year", reading.today.year + value)
        case "rel year|":
            _set(said, "year", reading.today.year + reading.pick(value))
        case "rel month":
            _set_month(said, months_after(reading.today, value))
        case "rel week":
            _set(said, "days", _week_of(reading.today, value))
        case "week day":
            _set(said, "days", _day_of_week(reading.today, *value))
        case "rel day":
            day = _shifted(reading.today, value)
            _set(said, "days", Days(day, day, Precision.DAY))
        case "next":
            return 1 + _take_next(value, following, said, reading)
        case "coming" | "following":
            return 1 + _take_coming(following, said, reading, is_next=kind == "following")
        case "unit":
            _take_unit(value, following, said, reading)
        case _:
            raise NotADate
    return 1


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _take_year_month(value: tuple[int, int, str, str], said: Said, reading: Reading) -> None:
    year, number, mark, digits = value
    if len(digits) == 2 and number == (year + 1) % 100 and number > 12:
        # 2026/27 is two years; 2026-27 might be the code of an autumn, which nobody types.
        if mark == "-" and 21 <= number <= 41:
            raise BadValue(f"there is no month {number}. For the years, write {year}/{year + 1}.")
        _take_years((year, year + 1), said)
        return
    _set(said, "year", year)
    if mark == "-" and len(digits) == 2 and (21 <= number <= 24):
        _set(said, "season", number)
    elif mark == "-" and len(digits) == 2 and 33 <= number <= 36:
        _set(said, "quarter", number - 32)
    elif mark == "-" and len(digits) == 2 and number in (40, 41):
        _set(said, "half", number - 39)
    else:
        _set(said, "month", number)


def _take_years(years: tuple[int, int], said: Said) -> None:
    """Take two years: those from the first to the second, or those of one winter."""
    _set(said, "year", years[0])
    _set(said, "days", Days(_span_of_year(years[0], 1, 12)[0], _span_of_year(years[1], 1, 12)[1], Precision.RANGE))
    if years[1] < years[0]:
        raise BadValue("the end is before the beginning.")


def _take_ordinal(tokens: list[Token], at: int, said: Said) -> int:
    value = tokens[at].value
    following = tokens[at + 1] if at + 1 < len(tokens) else Token("")
    if following.kind == "unit" and following.value in ("quarter", "half"):
        _set(said, following.value, value)
        return 2
    if following.kind in ("unit", "weekday"):
        raise NotADate  # "first week of May", "first Friday in May"
    _set(said, "number" if said.day is not None or not _has_month(tokens) else "day", value)
    return 1


def _has_month(tokens: list[Token]) -> bool:
    return any(token.kind in ("month", "rel month") for token in tokens) or any(
        token.kind == "unit" and token.value == "month" for token in tokens
    )


def _take_number(value: int, text: str, said: Said, reading: Reading) -> None:
    """Take a bare number: the day of a month, or the last two digits of a year."""
    is_short_year = len(text) == 2 and value >= 20
    if said.month is not None and said.day is not None and said.year is None and len(text) == 2:
        if said.has_day_last:
            said.year = 2000 + value
            return
        # "14 May 27" may begin with the day or with the year.
        day, year = reading.pick(((said.day, 2000 + value), (value, 2000 + said.day)))
        said.day, said.year = day, year
    elif (said.season or said.quarter or said.half) is not None and said.year is None and is_short_year:
        said.year = 2000 + value
    elif said.month is not None and said.day is None:
        said.day, said.has_day_last = value, not said.has_unit
    else:
        _set(said, "number", value)


def _week(year: int, week: int, day: int) -> Days:
    try:
        first = date.fromisocalendar(year, week, day or 1)
        last = date.fromisocalendar(year, week, day or 7)
    except ValueError:
        raise BadValue(f"{year:04} has no week {week}.") from None
    return Days(first, last, Precision.DAY if day else Precision.RANGE)


def _day_of_week(today: date, weeks: int, weekday: int) -> Days:
    day = _shifted(today, 7 * weeks - today.weekday() + weekday)
    return Days(day, day, Precision.DAY)


def _week_of(today: date, weeks: int) -> Days:
    monday = _shifted(today, 7 * weeks - today.weekday())
    return Days(monday, _shifted(monday, 6), Precision.RANGE)


def _set_month(said: Said, month: date) -> None:
    _set(said, "year", month.year)
    _set(said, "month", month.month)


def _take_next(shift: int, following: Token, said: Said, reading: Reading) -> int:
    """Take what follows "this", "next" or "last"; return how many tokens that were."""
    today = reading.today
    match following.kind, following.value:
        case "unit", "year":
            _set(said, "year", today.year + shift)
        case "unit", "month":
            _set_month(said, months_after(today, shift))
        case "unit", "week":
            _set(said, "days", _week_of(today, shift))
        case "unit", "quarter":
            if said.year is not None or shift not in (0, 1):
                raise NotADate  # "last quarter" is the one before, or the fourth
            number = today.year * 4 + (today.month - 1) // 3 + shift
            said.year, said.quarter = number // 4, number % 4 + 1
        case "unit", "weekend" if shift == 0:
            saturday = _shifted(today, 5 - today.weekday())
            _set(said, "days", Days(saturday, _shifted(saturday, 1), Precision.RANGE))
        case "season" | "month" | "months" | "season part", value:
            name = following.kind
            if name == "season part":
                said.part = value[1]
                name, value = "season", value[0]
            _set(said, name, value)
            if said.year is None and not (name == "month" and said.day is not None and shift == 0):
                _set(said, "year", reading.pick(_years_of(said, shift, reading)))
            elif said.year is None:
                _set(said, "year", today.year)
        case "weekday", value:
            _set(said, "days", reading.pick(_weekdays(today, shift, value)))
        case _:
            raise NotADate
    return 1


def _years_of(said: Said, shift: int, reading: Reading) -> list[int]:
    """Return the years that "this", "next" or "last" may mean of a season or a month.

    "Next summer" in spring is the coming one to some, and the one after it to others; "this May" in July may be over.
    """
    today = reading.today
    year = today.year
    whole = replace(said, year=year, part=None, day=None)
    first, last = _ends(whole)
    if said.season == 24 and today.month <= 2:
        year, (first, last) = year - 1, _ends(replace(whole, year=year - 1))
    is_over, is_ahead = last < today, today < first
    match shift:
        case 0:
            return [year, year + 1] if is_over and not reading.is_past else [year]
        case 1:
            if said.season == 24 and is_ahead and today.month <= 8:
                return [year]
            return [year, year + 1] if is_ahead else [year + 1]
        case -1:
            return [year, year - 1] if is_over else [year - 1]
    raise NotADate


def _weekdays(today: date, shift: int, weekday: int) -> list[Days]:
    """Return the days that "this", "next" or "last" may mean of a day of the week."""
    this = _shifted(today, weekday - today.weekday())
    match shift:
        case 0:
            days = [this] if this >= today else [this, _shifted(this, 7)]
        case 1:
            days = [_shifted(this, 7)] if this <= today else [this, _shifted(this, 7)]
        case -1:
            days = [_shifted(this, -7)] if this >= today else [this, _shifted(this, -7)]
        case _:
            raise NotADate
    return [Days(day, day, Precision.DAY) for day in days]


def _take_coming(following: Token, said: Said, reading: Reading, *, is_next: bool) -> int:
    """Take what follows "coming": the nearest one, which is also the one without such a word."""
    if following.kind == "unit":
        if not is_next or following.value not in ("year", "month", "week"):
            raise NotADate
        return _take_next(1, following, said, reading)
    return 0


def _take_unit(unit: str, following: Token, said: Said, reading: Reading) -> None:
    """Take a unit by itself: "the year 2027", "the end of the year"."""
    if unit == "year":
        if following.kind in ("year", "rel year", "next", "week") or said.year is not None:
            return
        if said.part is None and said.half is None and said.quarter is None:
            raise NotADate
        _set(said, "year", _this_or_next_year(said, reading))
    elif unit == "month":
        if following.kind in ("month", "next") or said.month is not None:
            return
        if said.part is None and said.number is None:
            raise NotADate
        _set_month(said, reading.today)
        if said.number is not None:
            said.day, said.number = said.number, None
    else:
        raise NotADate


def _this_or_next_year(said: Said, reading: Reading) -> int:
    """Return the year of "the end of the year"; where that is over, the next may be meant."""
    year = reading.today.year
    is_over = _ends(replace(said, year=year, number=None, weekday=None))[1] < reading.today and not reading.is_past
    return reading.pick([year, year + 1] if is_over else [year])


_PLURALS: Final = {"year": 12, "month": 1}


def _take_span(tokens: list[Token], at: int, said: Said, reading: Reading) -> int:
    """Take "in two weeks", "3 days ago" or "2週間後"; return how many tokens that were, 0 for none."""
    start = at
    first = tokens[at]
    ahead = {"in": 1, "front": -1}.get(first.kind, 0)
    if ahead:
        at += 1
    if at < len(tokens) and tokens[at].kind == "span":
        count, unit = tokens[at].value
        at += 1
    elif at + 1 < len(tokens) and tokens[at].kind in ("count", "number") and tokens[at + 1].kind == "unit":
        count, unit = tokens[at].value, tokens[at + 1].value
        at += 2
    else:
        return 0
    if at < len(tokens) and tokens[at].kind in ("ahead", "behind", "ago", "front"):
        after = 1 if tokens[at].kind in ("ahead", "behind") else -1
        if ahead not in (0, after):
            raise NotADate
        ahead, at = after, at + 1
    if not ahead or start or at != len(tokens):
        raise NotADate
    said.days = _days_from(reading, ahead * count, unit)
    return at - start


def _days_from(reading: Reading, count: int, unit: str) -> Days:
    """Return the day, month or year that is so far from today; but for days, nobody means it exactly."""
    today = reading.today
    if unit in ("day", "week"):
        day = _shifted(today, count * (7 if unit == "week" else 1))
        reading.is_about = reading.is_about or unit == "week"
        return Days(day, day, Precision.DAY)
    reading.is_about = True
    number = today.year * 12 + today.month - 1 + count * _PLURALS.get(unit, 1)
    if unit == "month":
        return Days(*_span_of_year(number // 12, number % 12 + 1, number % 12 + 1), Precision.MONTH)
    if unit == "year":
        return Days(*_span_of_year(number // 12, 1, 12), Precision.YEAR)
    raise NotADate


def _complete(ends: list[Said], reading: Reading, *, is_choice: bool) -> None:
    """Give each end of a range what only another says: the year, the month, or what a bare number counts."""
    for one, other in ((ends[0], ends[-1]), *((end, ends[-1]) for end in ends[1:-1]), (ends[-1], ends[0])):
        _complete_number(one, other)
        if one.part is not None and not one.has_more_than_part and other.part is not None:
            for name in ("month", "season", "months", "quarter", "half"):
                setattr(one, name, getattr(other, name))
        elif one.part is not None and not one.has_more_than_part and one.year is None:
            raise NotADate
        if one.day is not None and one.month is None:
            one.month = other.month
    first, last = ends[0], ends[-1]
    if is_choice and first.part is not None and last.part is None and first.has_more_than_part:
        # In "end of May or June", the end may be that of both.
        last.part = reading.pick((None, first.part)) if _same_unit(first, last) else None
    for one in ends[:-1]:
        _complete_year(one, last, reading)


def _same_unit(one: Said, other: Said) -> bool:
    return all(
        (getattr(one, name) is None) == (getattr(other, name) is None)
        for name in ("month", "season", "quarter", "half", "day")
    )


def _complete_number(one: Said, other: Said) -> None:
    if one.number is None:
        return
    for name in ("day", "quarter", "half"):
        if getattr(other, name) is not None and getattr(one, name) is None:
            setattr(one, name, one.number)
            break
    else:
        if other.month is None or not other.has_unit or one.month is not None:
            raise NotADate
        one.month, one.has_unit = one.number, True
    one.number = None


def _complete_year(one: Said, last: Said, reading: Reading) -> None:
    if one.days is not None or last.days is not None:
        return
    if one.year is None and last.year is None:
        return
    if one.year is None:
        if not last.has_unit_of_year:
            raise NotADate
        one.year = last.year
        if last.year is not None and _begin(one) > _begin(last):
            one.year = last.year - 1
    elif last.year is None:
        if not one.has_unit_of_year:
            raise NotADate
        last.year = one.year
        if _begin(one) > _begin(last):
            last.year += 1


def _begin(said: Said) -> tuple[int, int]:
    """Return the month in which something of a year begins, and its day or part."""
    if said.month is not None:
        return (said.month, said.day or 10 * (said.part or 0))
    if said.season is not None:
        return (_SEASON_MONTHS[said.season][0], said.part or 0)
    if said.months is not None:
        return (said.months[0], 0)
    if said.quarter is not None:
        return (3 * said.quarter - 2, 0)
    if said.half is not None:
        return (6 * said.half - 5, 0)
    return (4 * (said.part or 0) + 1, 0)


def _resolve(said: Said, reading: Reading, after: Said | None = None) -> Days:
    """Return the days; without a year those next to the day on which it was said, or behind the beginning of a range."""
    if said.number is not None:
        raise NotADate
    if said.days is not None:
        days, plain = _on_weekday(said.days, said.weekday), replace(said, days=None, weekday=None)
        is_winter = said.season == 24 and days.last is not None and plain.year == days.last.year - 1
        if is_winter and plain.part is None:  # "winter 2026/27"
            return _days_of(plain)
        if plain.has_unit_of_year or (plain.year is not None and days.precision is not Precision.RANGE):
            raise NotADate
        return days
    if said.year is not None:
        if said.season == 24 and said.part:
            # Most of winter 2026 is in 2027; "late winter 2027" may begin or end in 2027.
            said.year = reading.pick((said.year - 1, said.year))
        return _checked(said)
    if said.weekday is not None and not said.has_unit_of_year:
        return _nearest_weekday(said.weekday, reading)
    if not said.has_unit_of_year or (said.part is not None and not said.has_more_than_part):
        raise NotADate
    if after is not None and after.year is not None:
        said.year = after.year + (_begin(after) > _begin(said))
        return _checked(said)
    return _nearest(said, reading)


def _on_weekday(days: Days, weekday: int | None) -> Days:
    """Return the day of a week, or the day itself where it is that day of the week."""
    if weekday is None or days.first is None or days.last is None:
        return days
    if (days.last - days.first).days == 6 and days.first.weekday() == 0:
        day = _shifted(days.first, weekday)
        return Days(day, day, Precision.DAY)
    if days.precision is not Precision.DAY:
        raise NotADate
    if days.first.weekday() != weekday:
        raise _contradiction(days.first)
    return days


def _checked(said: Said) -> Days:
    days = _days_of(said)
    if said.weekday is not None:
        if days.precision is not Precision.DAY or days.first is None:
            raise NotADate
        if days.first.weekday() != said.weekday:
            raise _contradiction(days.first)
    return days


def _contradiction(day: date | None) -> BadValue:
    if day is None:
        raise NotADate
    return BadValue(f"{day_label(day)} is a {full_weekday(day)}.")


def _nearest_weekday(weekday: int, reading: Reading) -> Days:
    today = reading.today
    shift = (weekday - today.weekday()) % 7
    if reading.is_past:
        shift = shift - 7 if shift else 0
    options = [_shifted(today, shift)] if shift or reading.is_past else [today, _shifted(today, 7)]
    return reading.pick([Days(day, day, Precision.DAY) for day in options])


def _nearest(said: Said, reading: Reading) -> Days:
    """Return the next of these days that is not over, or the last that has begun."""
    today = reading.today
    wrong: BadValue | None = None
    found: list[tuple[int, Days]] = []
    for year in range(today.year - 9, today.year + 10):
        try:
            found.append((year, _days_of(replace(said, year=year))))
        except BadValue as error:
            wrong = error
        except OverflowError:
            continue
    past = [one for one in found if one[1].first is not None and one[1].first <= today]
    ahead = [one for one in found if one[1].last is not None and one[1].last >= today]
    if not found and wrong is not None:
        raise wrong
    chosen = past[-1:] if reading.is_past else ahead[:1]
    if not reading.is_past and past and chosen:
        days = past[-1][1]
        is_recent = days.last is not None and 0 < (today - days.last).days <= RECENT_DAYS
        if days.precision is Precision.DAY and is_recent:
            chosen = [*chosen, past[-1]]
    if not chosen:
        raise NotADate
    said.year = reading.pick(chosen)[0]
    return _checked(said)


def _ends(said: Said) -> tuple[date, date]:
    days = _days_of(said)
    if days.first is None or days.last is None:
        raise NotADate
    return days.first, days.last


def _days_of(said: Said) -> Days:
    """Return the days of one end that has its year.

    Raises:
        BadValue: There is no such day, month, quarter or half.
    """
    year = said.year
    if year is None or said.number is not None:
        raise NotADate
    if not 0 < year <= 9999:
        raise BadValue("years go from 1 to 9999.")
    names = [
        name for name in ("month", "quarter", "half", "season", "months") if getattr(said, name) is not None
    ]
    match names:
        case []:
            return _year_days(said, year)
        case ["month"] | ["month", "half"]:
            return _month_days(said, year)
        case [name] if said.day is None and said.half_month is None:
            return _part_days(said, name, year)
    raise NotADate


def _year_days(said: Said, year: int) -> Days:
    if said.day is not None or said.half_month is not None:
        raise NotADate
    if said.part is not None:
        return Days(*_span_of_year(year, 4 * said.part + 1, 4 * said.part + 4), Precision.RANGE)
    return Days(*_span_of_year(year, 1, 12), Precision.YEAR)


def _month_days(said: Said, year: int) -> Days:
    month = said.month or 0
    if not 1 <= month <= 12:
        raise BadValue(f"there is no month {month}.")
    length = monthrange(year, month)[1]
    half = said.half if said.half is not None else said.half_month
    if said.day is not None:
        if said.part is not None or half is not None:
            raise NotADate
        if not 1 <= said.day <= length:
            raise BadValue(_wrong_day(year, month, said.day))
        day = date(year, month, said.day)
        return Days(day, day, Precision.DAY)
    if half is not None:
        if said.part is not None or half not in (1, 2):
            raise NotADate
        ends = (1, 15) if half == 1 else (16, length)
    elif said.part is not None:
        ends = ((1, 10), (11, 20), (21, length))[said.part]
    else:
        return Days(date(year, month, 1), date(year, month, length), Precision.MONTH)
    return Days(date(year, month, ends[0]), date(year, month, ends[1]), Precision.RANGE)


def _wrong_day(year: int, month: int, day: int) -> str:
    if day == 0:
        return "there is no day 0."
    if month != 2:
        return f"{full_month(month)} has {monthrange(year, month)[1]} days."
    return f"February {year:04} has 28 days." if day == 29 else "February has at most 29 days."


def _part_days(said: Said, name: str, year: int) -> Days:
    if name == "months" and said.months is not None:
        if said.part is not None:
            raise NotADate
        return Days(*_span_of_year(year, *said.months), Precision.RANGE)
    if name == "season":
        code = said.season or 0
        precision, (first, last) = Precision.SEASON, _SEASON_MONTHS[code]
    else:
        number = getattr(said, name)
        count = {"quarter": 4, "half": 2}[name]
        if not 1 <= number <= count:
            raise BadValue(f"there is no {name} {number}.")
        size = 12 // count
        precision, code = Precision(name), number + {"quarter": 32, "half": 39}[name]
        first, last = size * (number - 1) + 1, size * number
    if said.part is None:
        return Days(*_span_of_year(year, first, last), precision, code)
    size = (last - first + 1) // 3
    start = first + size * said.part
    return Days(*_span_of_year(year, start, start + size - 1), Precision.MONTH if size == 1 else Precision.RANGE)


def _span_of_year(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the days from the first of a month to the end of another; months beyond 12 are of the next year."""
    if not 0 < year <= 9999 or (year == 9999 and last > 12):
        raise BadValue("years go from 1 to 9999.")
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    return start, month_end(date(year + (last - 1) // 12, (last - 1) % 12 + 1, 1))
