"""Windows, each with one of the ways in which people write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from tracker.model.dates import month_end
from tracker.model.window import Precision, Window

_ENGLISH: Final = "January February March April May June July August September October November December"
_GERMAN: Final = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_HAN: Final = "一 二 三 四 五 六 七 八 九 十 十一 十二"


def _fields(day: date) -> dict[str, object]:
    """Return what templates may name of a day; of seasons and thirds, the one that stands for it here."""
    numbers = {
        "y": day.year, "yy": day.year % 100, "m": day.month, "d": day.day, "q": (day.month + 2) // 3,
        "h": (day.month + 5) // 6,
    }  # fmt: skip
    return numbers | {name: words[of(day)] for name, (of, words) in _WORDS.items()}


def _words(text: str) -> list[str]:
    return text.split()


_WORDS: Final[Mapping[str, tuple[Callable[[date], int], list[str]]]] = {
    "month": (lambda day: day.month - 1, _words(_ENGLISH)),
    "mon": (lambda day: day.month - 1, [name[:3] for name in _words(_ENGLISH)]),
    "monat": (lambda day: day.month - 1, _words(_GERMAN)),
    "han": (lambda day: day.month - 1, _words(_HAN)),
    "weekday": (date.weekday, _words(_WEEKDAYS)),
    "wd": (date.weekday, [name[:3] for name in _words(_WEEKDAYS)]),
    "ja": (date.weekday, [*"月火水木金土日"]),
    "ko": (date.weekday, [*"월화수목금토일"]),
    "zh": (date.weekday, [*"一二三四五六日"]),
    "nth": (lambda day: (day.month - 1) // 3, _words("first second third fourth")),
    "q_han": (lambda day: (day.month - 1) // 3, _words(_HAN)),
    "nth_half": (lambda day: (day.month - 1) // 6, _words("first second")),
    "erste": (lambda day: (day.month - 1) // 6, _words("erste zweite")),
    "updown": (lambda day: (day.month - 1) // 6, [*"上下"]),
    "sangha": (lambda day: (day.month - 1) // 6, [*"상하"]),
    "season": (lambda day: day.month % 4, _words("spring summer fall winter")),
    "jahreszeit": (lambda day: day.month % 4, _words("Frühjahr Sommer Herbst Winter")),
    "haru": (lambda day: day.month % 4, [*"春夏秋冬"]),
    "bom": (lambda day: day.month % 4, _words("봄 여름 가을 겨울")),
    "early": (lambda day: day.month % 3, _words("early mid late")),
    "anfang": (lambda day: day.month % 3, _words("Anfang Mitte Ende")),
    "hajime": (lambda day: day.month % 3, _words("初頭 半ば 末")),
    "cho": (lambda day: day.month % 3, _words("초 중반 말")),
    "early_month": (lambda day: day.day % 3, ["early", "mid", "the end of"]),
    "anfang_monat": (lambda day: day.day % 3, _words("Anfang Mitte Ende")),
    "jun": (lambda day: day.day % 3, [*"上中下"]),
    "cho_month": (lambda day: day.day % 3, _words("초 중순 말")),
}


class _Kind(NamedTuple):
    """A kind of window: how it is written, and the one that a day gives."""

    templates: tuple[str, ...]
    window_of: Callable[[date], Window]


def _months(day: date, precision: Precision, first: int, count: int, code: int = 0) -> Window:
    last = first + count - 1
    end = month_end(date(day.year + (last - 1) // 12, (last - 1) % 12 + 1, 1))
    return Window("", date(day.year, first, 1), end, precision, code=code)


def _quarter(day: date) -> Window:
    number = (day.month - 1) // 3
    return _months(day, Precision.QUARTER, 3 * number + 1, 3, 33 + number)


def _half(day: date) -> Window:
    number = (day.month - 1) // 6
    return _months(day, Precision.HALF, 6 * number + 1, 6, 40 + number)


def _season(day: date) -> Window:
    number = day.month % 4
    return _months(day, Precision.SEASON, 3 * number + 3, 3, 21 + number)


def _third_of_month(day: date) -> Window:
    first, last = ((1, 10), (11, 20), (21, month_end(day).day))[day.day % 3]
    return Window("", day.replace(day=first), day.replace(day=last), Precision.RANGE)


_KINDS: Final[Mapping[str, _Kind]] = {
    "day": _Kind(
        (
            "{month} {d}, {y}", "{d} {mon}. {y}", "{weekday}, {month} {d} {y}", "{wd} {d} {month} {y}",
            "scheduled for {d}-{mon}-{y}", "{d:02}.{m:02}.{y}", "am {d}. {monat} {y}", "{y}/{m}/{d}", "{y}. {m}. {d}.",
            "{y}-{m:02}-{d:02}T21:00+09:00", "{y}年{m}月{d}日（{ja}）", "{y}年{m}月{d}日に公開予定",
            "{y}년 {m}월 {d}일 ({ko})",
            "{y}年{han}月{d}号 星期{zh}",
        ),
        lambda day: Window("", day, day, Precision.DAY),
    ),
    "month": _Kind(
        (
            "{month} {y}", "in {mon}. '{yy}", "{y} {month}", "{m}/{y}", "{m:02}.{y}", "voraussichtlich {monat} {y}",
            "{y}年{m}月", "{y}年{han}月份上映", "{y}년 {m}월 방영 예정", "{y}. {m}.",
        ),
        lambda day: _months(day, Precision.MONTH, day.month, 1),
    ),
    "year": _Kind(
        ("sometime in {y}", "im Jahr {y}", "{y}年公開", "{y}년 내", "预计{y}年", "TBA {y}", "'{yy}"),
        lambda day: _months(day, Precision.YEAR, 1, 12),
    ),
    "quarter": _Kind(
        (
            "Q{q} {y}", "{q}Q{yy}", "{y}-Q{q}", "the {nth} quarter of {y}", "{q}. Quartal {y}", "{y}年第{q}四半期",
            "{y}년 {q}분기", "{y}年第{q_han}季度", "Q{q}/{y}",
        ),
        _quarter,
    ),
    "half": _Kind(
        (
            "H{h} {y}", "{h}H {y}", "{nth_half} half of {y}", "{erste} Jahreshälfte {y}", "{h}. Halbjahr {y}",
            "{y}年{updown}半期", "{y}년 {sangha}반기", "{y}年{updown}半年",
        ),
        _half,
    ),
    "season": _Kind(
        ("{season} {y}", "the {season} of '{yy}", "{jahreszeit} {y}", "{y}年{haru}", "{y}년 {bom}",
         "{y}年{haru}季"),
        _season,
    ),
    "third": _Kind(
        ("{early} {y}", "{anfang} {y}", "{y}年{hajime}", "{y}년 {cho}"),
        lambda day: _months(day, Precision.RANGE, 4 * (day.month % 3) + 1, 4),
    ),
    "third of a month": _Kind(
        (
            "{early_month} {month} {y}", "{anfang_monat} {monat} {y}", "{y}年{m}月{jun}旬", "{y}년 {m}월 {cho_month}",
        ),
        _third_of_month,
    ),
}  # fmt: skip
_RANGES: Final = (
    "{} to {}", "{} – {}", "from {} to {}", "between {} and {}", "{} bis {}", "zwischen {} und {}", "{}〜{}",
    "{} or {}", "{} oder {}", "{}/{}",
)  # fmt: skip
_OPEN: Final = (
    "not before {}", "{} or later", "no earlier than {}", "frühestens {}", "{}以降", "{} 이후", "最早{}",
    "{}/..",
)  # fmt: skip
_UNTIL: Final = ("by {}", "{} at the latest", "spätestens {}", "{}まで", "{}까지", "最晚{}", "../{}")
_ABOUT: Final = ("~{}", "around {}", "c. {}", "etwa {}", "{}頃", "{}경", "大约{}")


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, Window]:
    """Return a text and the window that it means on every day."""
    kind = _KINDS[draw(st.sampled_from(sorted(_KINDS)))]
    template = draw(st.sampled_from(kind.templates))
    day = draw(st.dates(date(2020, 1, 1), date(2048, 12, 31)))
    text, window = template.format(**_fields(day)), kind.window_of(day)
    match draw(st.sampled_from(["plain", "plain", "range", "open", "until", "about"])):
        case "range":
            later = draw(st.dates(day, date(2049, 12, 31)))
            end, last = template.format(**_fields(later)), kind.window_of(later)
            pattern = draw(st.sampled_from(_RANGES))
            is_clear = "/" not in pattern or not {"/", "-"} & {*_bare(text)}
            if is_clear and last.latest and window.earliest and last.latest >= window.earliest:
                text = pattern.format(_bare(text), _bare(end))
                window = Window("", window.earliest, last.latest, Precision.RANGE)
        case "open":
            text = draw(st.sampled_from(_OPEN)).format(_bare(text))
            window = Window("", window.earliest, None, Precision.RANGE)
        case "until":
            text = draw(st.sampled_from(_UNTIL)).format(_bare(text))
            window = Window("", None, window.latest, Precision.RANGE)
        case "about":
            # Beside Chinese, Japanese and Korean, a tilde may be "until" as well.
            text = draw(st.sampled_from(_ABOUT if text.isascii() else _ABOUT[1:])).format(_bare(text))
            window = window._replace(approximate=True)
    # In Chinese, Japanese and Korean, the winter of a year may begin or end in it.
    assume(not {"冬", "겨"} & {*text})
    return text, window


def _bare(text: str) -> str:
    """Return a text without the words around its date."""
    for word in ("scheduled for ", "in ", "am ", "sometime ", "voraussichtlich ", "TBA ", "T21:00+09:00", "公開予定"):
        text = text.replace(word, "")
    return text.removesuffix("に").removesuffix("公開")
