"""The grammar of dates as people write them, in five languages and in numbers.

The tokens of a text become the parts of a date, or of the two ends of a range, and those become days. Where words can
mean several things, `Reading.pick` takes each in turn; what the calendar does not rule out is the meaning, or is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile, zip_longest
from typing import Any, Final, NamedTuple, TypeVar

from tracker.errors import BadValue
from tracker.model.date_parts import DateParts, Days, begin_of, days_of, first_and_last, months_of_year
from tracker.model.date_tokens import LAST_SHORT_YEAR, DateToken, NotADate, normalize, tokenize
from tracker.model.date_words import DAY_FIRST_MONTHS
from tracker.model.dates import day_label, days_after, full_weekday, months_after
from tracker.model.window import Precision

_T = TypeVar("_T")
MAX_LENGTH: Final = 120
"""How many characters a date may have; longer texts are prose."""
_RECENT_DAYS: Final = {Precision.DAY: 92, Precision.MONTH: 92}
_RECENT_PERIOD: Final = 31
"""How many days ago what has no year may be what is meant; it is asked whether it is that or the next.

A day or a month is named when something came out, too; a quarter or a season rather when something is to come.
"""


class NeedsDay(Exception):
    """The words count from the day on which they were said."""


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


class Meaning(NamedTuple):
    """What a text means."""

    days: Days
    is_about: bool


_MOST_READINGS: Final = 24
_MOST_ENDS: Final = 4
"""How many dates may stand in a row, as in "April/May/June"."""


def read_all(text: str, said_on: date | None, *, is_past: bool) -> list[Meaning]:
    """Return everything that a text can mean, at least one.

    Raises:
        BadValue: It names a day that does not exist, or contradicts itself.
        NeedsDay: It counts from a day that is not given.
        NotADate: It means nothing.
    """
    tokens = tokenize(normalize(text))
    scripts: list[tuple[int, ...]] = [()]
    found: list[Meaning] = []
    wrong: list[BadValue] = []
    for _ in range(_MOST_READINGS):
        if not scripts:
            break
        reading = Reading(scripts.pop(0), said_on, is_past=is_past)
        try:
            one = Meaning(_read(tokens, reading), reading.is_about)
            if one not in found:
                found.append(one)
        except BadValue as error:
            wrong.append(error)
        except (NotADate, OverflowError):
            pass
        scripts += reading.others
    if scripts:
        raise NotADate  # nobody would choose among so many
    if not found:
        # That the weekday is wrong says more than that there is no month 14.
        raise next((error for error in wrong if " is a " in str(error)), wrong[0]) if wrong else NotADate
    return found


_TBA: Final = Days(None, None, Precision.TBA)
_PARTS: Final = frozenset({"part", "year part", "month part"})
_MARKS: Final = frozenset({"tilde", "?"})
_BETWEEN: Final = frozenset({"or", "to", "dash", "slash"})


def _read(tokens: list[DateToken], reading: Reading) -> Days:
    if any(token.kind == "fiscal" for token in tokens):
        raise BadValue(
            "fiscal years start in different months in different countries. Write the months, e.g. 2027-04/2028-03."
        )
    has_clock = any(token.kind == "clock" for token in tokens)
    rest = [
        token for token, following in zip_longest(tokens, tokens[1:], fillvalue=DateToken(""))
        if token.kind != "clock" and not (token.kind == "about" and following.kind == "clock")  # "um 20:15 Uhr"
    ]  # fmt: skip
    _refuse_prose(rest)
    rest, trailing_on = _drop_fillers(rest)
    if any(token.kind == "moved" for token in rest):
        rest = [token for token in rest if token.kind != "moved"]
        if any(token.kind in _BETWEEN or token.kind in ("bound", "lead", "and") for token in rest):
            raise NotADate  # only the last date counts of those between which it was moved
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
        if trailing_on and bound != "since":
            raise NotADate  # "March on"
    days = _read_range(rest, reading)
    if is_tba and days.precision is Precision.DAY:
        raise NotADate
    if has_clock and days.precision is not Precision.DAY:
        raise NotADate
    return _apply_bound(days, bound, reading) if bound else days


def _refuse_prose(tokens: list[DateToken]) -> None:
    """Refuse words that are dates by themselves, and something else together.

    Raises:
        NotADate: A show may air, was moved from one month to another, or something is five of nine.
    """
    for number, (token, following) in enumerate(zip_longest(tokens, tokens[1:], fillvalue=DateToken(""))):
        if token.text == "may" and following.text in _VERBS:
            raise NotADate
        if token.kind == "month day" and following.kind == "slash":
            raise NotADate  # "4.5/5", "7/8/9 May"
        if token.text in ("から", "에서") and any(other.text in _TO_THERE for other in tokens[number:]):
            raise NotADate
    kinds = {token.kind for token in tokens}
    if "gap" in kinds and not {*_BETWEEN, "wave", "tilde", "between", "bound", "lead", "and"} & kinds:
        raise NotADate  # "3日の間" is three days


_TO_THERE: Final = frozenset({"に", "로", "으로", "へ"})
_VERBS: Final = frozenset({"be", "air", "premiere", "debut", "release", "launch", "open", "start", "arrive", "stream"})


def _drop_fillers(tokens: list[DateToken]) -> tuple[list[DateToken], bool]:
    """Return the tokens that count, and whether "on" was the last: "from 2027 on"."""
    trailing = bool(tokens) and tokens[-1].text in ("on", "an")
    kept = [token for token in tokens if token.kind not in ("filler", "gap")]
    if trailing and kept and kept[-1].text == "an":
        kept.pop()
    return [token for token in kept if token.text not in ("a", "an")] if _has_no_span(kept) else kept, trailing


def _has_no_span(tokens: list[DateToken]) -> bool:
    return not any(token.kind in ("ahead", "ago", "in", "behind", "front") for token in tokens)


def _take_marks(tokens: list[DateToken], reading: Reading) -> tuple[list[DateToken], str]:
    """Take what says "about", and signs that say so; return the tokens without, and the bound that a sign may be."""
    kept: list[DateToken] = []
    bound = ""
    last = len(tokens) - 1
    for number, token in enumerate(tokens):
        before, after = tokens[number - 1 : number], tokens[number + 1 : number + 2]
        is_edge = not before or not after or before[0].kind in _BETWEEN or after[0].kind in _BETWEEN
        is_mark = token.kind in _MARKS and not _is_wave(token, (*before, *after))
        if token.kind == "about" or (is_mark and is_edge and (before or after)):
            reading.is_about = True
            if kept[-1:] and kept[-1].kind == "dash" and not after:
                kept.pop()  # "2026-ish"
        elif _is_wave(token, (*before, *after)) and number == last and before:
            # 2027年〜 is "from 2027", and ~ behind a year is "about".
            bound = reading.pick(("from", ""))
            reading.is_about = reading.is_about or not bound
        elif _is_wave(token, (*before, *after)) and number == 0 and after:
            bound = reading.pick(("until", ""))
            reading.is_about = reading.is_about or not bound
        elif token.kind == "+" and number == last:
            bound = "since"
        elif token.kind in ("wave", "tilde"):
            kept.append(DateToken("to"))
        elif token.kind in ("?", "+", "'"):
            raise NotADate
        else:
            kept.append(token)
    return kept, bound


def _is_wave(token: DateToken, around: Sequence[DateToken]) -> bool:
    """Return whether a sign may stand for "from" or "until": any tilde beside Chinese, Japanese or Korean."""
    return token.kind == "wave" or (token.kind == "tilde" and any(not near.text.isascii() for near in around))


def _take_bound(tokens: list[DateToken], reading: Reading, *, has_on: bool) -> tuple[list[DateToken], str]:
    """Take the word that makes an end open; return the tokens without it, and the bound or ""."""
    kinds = [token.kind for token in tokens]
    if kinds[-2:] == ["slash", ".."]:
        return tokens[:-2], "since"
    if kinds[:2] == ["..", "slash"]:
        return tokens[2:], "until"
    tokens = [DateToken("to") if token.kind == ".." else token for token in tokens]
    last = len(tokens) - 1
    if any(kind == "between" for kind in kinds):
        if kinds.count("between") > 1 or kinds[0] != "between" or not {"and", "to"} & {*kinds}:
            raise NotADate
        return [DateToken("to") if token.kind == "and" else token for token in tokens[1:]], ""
    kept: list[DateToken] = []
    bounds: list[str] = []
    found = [_bound_at(tokens, number) for number in range(len(tokens))]
    for number, (token, bound) in enumerate(zip(tokens, found, strict=True)):
        if not bound:
            kept.append(token)
        elif (
            bound in ("until", "from")
            and 0 < number < last
            and kept
            and tokens[number + 1].kind not in ("bound", "lead")
        ):
            kept.append(DateToken("to"))  # "May until June", 5月から6月まで
        elif bound == "until" and number == last and any(one.kind == "to" for one in kept):
            pass
        elif not (all(found[:number]) or all(found[number:])) or (number == last and token.kind == "lead"):
            raise NotADate  # "May after 2027"
        else:
            name = reading.pick(bound.split())
            has_end = any(token.kind in _PARTS and token.value == 2 and token.text != "late" for token in tokens)
            # What comes "before the end of the year" may come until its last day.
            bounds.append("until" if name == "before" and has_end else name)
    if bounds in (["from"], ["begin"]) and any(token.kind == "to" for token in kept):
        bounds = []  # "from May to June"
    return kept, _join_bounds({*bounds}, has_on=has_on)


def _join_bounds(bounds: set[str], *, has_on: bool) -> str:
    if bounds == {"from", "since"} or (has_on and bounds in ({"from"}, {"begin"})):
        return "since"  # "from 2027 on", "vom 14. Mai an"
    if len(bounds) > 1:
        raise NotADate
    return next(iter(bounds), "")


def _bound_at(tokens: Sequence[DateToken], number: int) -> str:
    """Return the bound that a token is, "" for others."""
    token = tokens[number]
    is_bound = token.kind in ("bound", "lead") or (token.kind in ("front", "behind") and not _is_span(tokens, number))
    if not is_bound:
        return ""
    return " ".join(token.value) if isinstance(token.value, tuple) else token.value or "before"


def _is_span(tokens: Sequence[DateToken], number: int) -> bool:
    """Return whether the word at this place belongs to days that are counted: "3日前", "vor zwei Wochen"."""
    around = [*tokens[:number][-2:], *tokens[number + 1 : number + 3]]
    kinds = {token.kind for token in around}
    return "span" in kinds or (bool(kinds & {"unit", "units"}) and bool(kinds & {"count", "number"}))


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


def _read_range(tokens: list[DateToken], reading: Reading) -> Days:
    """Return the days of tokens between which "to" or "or" may stand."""
    parts: list[list[DateToken]] = [[]]
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
    if len(parts) > _MOST_ENDS or not all(parts) or (len(parts) > 2 and "to" in marks):
        raise NotADate
    said = [_collect(part, reading) for part in parts]
    has_years = all(one.year is not None for one in said)
    if len(said) > 1:
        _complete(said, reading, is_choice="to" not in marks)
    ends = [_resolve(one, reading, after=said[0] if number else None) for number, one in enumerate(said)]
    is_choice = "or" in marks or len(ends) > 2 or ("slash" in marks and not has_years)
    return ends[0] if len(ends) == 1 else _join(ends, is_choice=is_choice)


_BEFORE_PART: Final = frozenset({"year", "rel year", "month with unit"})
"""What "early" and the like stand behind in Chinese, Japanese and Korean, at the end of a date."""


def _is_of_end(token: DateToken) -> bool:
    return token.kind not in ("to", "or", "dash", "slash")


def _is_joint(tokens: list[DateToken], number: int) -> bool:
    """Return whether a dash or a slash stands within one date: "mid-May", "14-May-2027", "Q4/2026"."""
    before, after = tokens[:number], tokens[number + 1 :]
    if not before or not after:
        return False
    left, right = before[-1], after[0]
    if left.kind == "to" or right.kind == "to":
        return True  # "mid-to-late"
    if tokens[number].value:
        return False
    begins = len(before) == 1 or not _is_of_end(before[-2])
    ends = len(after) == 1 or not _is_of_end(after[1])
    match left.kind, right.kind:
        case "part", kind:
            return kind != "part" and not any(
                token.kind in _BEFORE_PART for token in takewhile(_is_of_end, before[::-1])
            )
        case (("quarter" | "half" | "half of year" | "season"), "number"):
            return bool(right.value >= 20)
        case (("quarter" | "half" | "half of year" | "season" | "season part" | "month" | "week number"), "year"):
            return ends
        case (("number" | "ordinal"), "month"):
            return len(before) < 2 or before[-2].kind != "month"  # not in "Sep 30–Oct 2"
        case "year", ("quarter" | "half" | "half of year" | "season" | "month"):
            return begins and (ends or after[1].kind != "year")
        case (("number" | "ordinal"), "year"):
            return any(token.kind == "month" for token in before)
        case "month", ("number" | "ordinal"):
            # "2027-May-14", "May-14", "14-May-27"; but "14 May-16 May", and "May-27" may be a year.
            is_joined = len(before) > 2 and before[-2].kind == tokens[number].kind and before[-3].kind == "number"
            return is_joined or (
                all(token.kind in ("year", "dash", "slash") for token in before[:-1]) and right.value < 20 and ends
            )
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


def _collect(tokens: list[DateToken], reading: Reading) -> DateParts:
    """Return what the tokens of one end say."""
    said = DateParts()
    at = 0
    while at < len(tokens):
        at += _take(tokens, at, said, reading)
    return said


def _set(said: DateParts, name: str, value: Any) -> None:
    if getattr(said, name) is not None:
        raise NotADate
    setattr(said, name, value)


def _take(tokens: list[DateToken], at: int, said: DateParts, reading: Reading) -> int:
    """Put what a token says into `said`, and return how many tokens that were."""
    if (count := _take_span(tokens, at, said, reading)) > 0:
        return count
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else DateToken("")
    said.is_day_first |= token.text in DAY_FIRST_MONTHS
    if token.kind in _PLAIN:
        _set(said, token.kind.replace(" ", "_"), token.value)
        return 1
    if (taker := _TAKERS.get(token.kind)) is None:
        raise NotADate
    return 1 + (taker(token.value, following, said, reading) or 0)


def _take_month(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "month", value)
    if said.number is not None and said.day is None:  # "14 May"
        said.day, said.number = said.number, None


def _take_month_with_unit(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "month", value)
    said.has_unit = True


def _take_short_year(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    said.is_year_short = True
    _set(said, "year", value)


def _take_date(value: Sequence[tuple[int, int, int]], following: DateToken, said: DateParts, reading: Reading) -> None:
    for name, number in zip(("year", "month", "day"), reading.pick(value), strict=True):
        _set(said, name, number)


def _take_month_day(
    value: Sequence[tuple[int | None, ...]], following: DateToken, said: DateParts, reading: Reading
) -> None:
    for name, number in zip(("month", "day", "year"), reading.pick(value), strict=False):
        if number is not None:
            _set(said, name, number)


def _take_day_holiday(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _take_month_day((value,), following, said, reading)


def _take_holiday(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _take_month_day((value,), following, said, reading)
    reading.is_about = True


def _take_year_quarter(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "year", value[0])
    _set(said, "quarter", value[1])


def _take_year_half(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "year", value[0])
    _set(said, "half", value[1])


def _take_half_of_year(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "half", value)
    said.is_half_of_year = True


def _take_season_part(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "season", value[0])
    _set(said, "part", value[1])


def _take_week(value: tuple[int, ...], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "days", _iso_week(*value))


def _take_week_number(value: int, following: DateToken, said: DateParts, reading: Reading) -> int:
    year = following.value if following.kind == "year" else said.year
    if year is None:
        raise NotADate
    said.year = None
    _set(said, "days", _iso_week(year, value))
    return int(following.kind == "year")


def _take_within_or_mid(value: None, following: DateToken, said: DateParts, reading: Reading) -> None:
    if said.part is not None or following.kind in _PARTS or (said.year is None and said.month is None):
        raise NotADate
    said.part = reading.pick((None, 1))


def _take_year_part(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "part", value)
    said.is_part_of_year = True
    if said.year is None and following.kind not in ("year", "rel year", "next", "unit"):
        _set(said, "year", _this_or_next_year(said, reading))


def _take_month_part(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "part", value)
    if said.month is None:
        _set_month(said, reading.today)


def _take_rel_year(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "year", reading.today.year + value)
    said.is_year_relative = True


def _take_this_year(value: None, following: DateToken, said: DateParts, reading: Reading) -> None:
    if said.year is None and following.kind != "year":
        _take_rel_year(0, following, said, reading)


def _take_winter(value: None, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "season", 24)
    said.is_winter_vague = True


def _take_rel_either_year(value: tuple[int, ...], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "year", reading.today.year + reading.pick(value))


def _take_rel_month(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set_month(said, _month_from(reading.today, value))


def _month_from(day: date, months: int) -> date:
    """Return the first of the month that many months later."""
    month = months_after(day, months)
    if (month.year - day.year) * 12 + month.month - day.month != months:
        raise BadValue("years go from 1 to 9999.")
    return month


def _take_rel_week(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "days", _week_of(reading.today, value))


def _take_week_day(value: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    _set(said, "days", _on_weekday(_week_of(reading.today, value[0]), value[1]))


def _take_rel_day(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    day = _shifted(reading.today, value)
    _set(said, "days", Days(day, day, Precision.DAY))


def _take_nothing(value: None, following: DateToken, said: DateParts, reading: Reading) -> None:
    """Take a word that is part of others only."""


def _shifted(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    if not 1 <= ordinal <= date.max.toordinal():
        raise BadValue("years go from 1 to 9999.")
    return date.fromordinal(ordinal)


def _take_year_month(value: tuple[int, int, str, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    year, number, mark, length = value
    name, first = next((code for code in _EDTF_CODES if number in code[2]), ("month", 1, ()))[:2]
    if mark == "-" and length == 2 and name != "month":
        _set(said, "year", year)
        _set(said, name, number - first + 1 if name != "season" else number)
    elif length == 2 and number == (year + 1) % 100 and number > 12:
        if mark == "-" and said.season != 24:
            # 2026-27 might be a code too, that of an autumn.
            raise BadValue(f"there is no month {number}. For the years, write {year}/{year + 1}.")
        _take_years((year, year + 1), following, said, reading)
    else:
        _set(said, "year", year)
        _set(said, "month", number)


_EDTF_CODES: Final = (("season", 21, range(21, 25)), ("quarter", 33, range(33, 37)), ("half", 40, range(40, 42)))
"""What stands in the place of a month for a part of the year (ISO 8601-2, 4.8)."""


def _take_years(years: tuple[int, int], following: DateToken, said: DateParts, reading: Reading) -> None:
    """Take two years: those from the first to the second, or those of one winter."""
    _set(said, "year", years[0])
    _set(said, "days", Days(months_of_year(years[0], 1, 12)[0], months_of_year(years[1], 1, 12)[1], Precision.RANGE))
    if years[1] < years[0]:
        raise BadValue("the end is before the beginning.")


def _take_ordinal(value: int, following: DateToken, said: DateParts, reading: Reading) -> int:
    if following.kind == "unit" and following.value in ("quarter", "half"):
        _set(said, following.value, value)
        return 1
    if following.kind == "unit" and following.value == "half-year":
        _take_half_of_year(value, following, said, reading)
        return 1
    if following.kind in ("unit", "weekday"):
        raise NotADate  # "first week of May", "first Friday in May"
    is_day = said.month is not None or following.kind in ("month", "next", "rel month")
    _set(said, "day" if is_day else "number", value)
    return 0


def _take_roman(value: int, following: DateToken, said: DateParts, reading: Reading) -> int:
    if following.kind != "unit" or following.value not in ("quarter", "half", "half-year"):
        raise NotADate
    return _take_ordinal(value, following, said, reading)


def _take_number(value: int, following: DateToken, said: DateParts, reading: Reading) -> None:
    """Take a bare number: the day of a month, or the last two digits of a year."""
    is_short_year = 20 <= value < LAST_SHORT_YEAR and said.year is None
    if said.month is not None and said.day is not None and said.year is None:
        if not 10 <= value < LAST_SHORT_YEAR:
            raise NotADate
        if said.has_day_last:
            said.year = 2000 + value
            return
        # "14 May 27" may begin with the day or with the year.
        day, year = reading.pick(((said.day, 2000 + value), (value, 2000 + said.day)))
        said.day, said.year = day, year
    elif (said.season or said.quarter or said.half) is not None and is_short_year:
        said.year = 2000 + value
    elif said.month is not None and said.day is None:
        if said.is_day_first and value in _DAYS_OR_YEARS and said.year is None and reading.pick((True, False)):
            said.year = 2000 + value  # "Mai 27"
        else:
            said.day, said.has_day_last = value, not said.has_unit
    else:
        _set(said, "number", value)


_DAYS_OR_YEARS: Final = range(20, 30)
"""Numbers behind a month that may be its day as well as the year of these times."""


def _iso_week(year: int, week: int, day: int = 0) -> Days:
    try:
        first = date.fromisocalendar(year, week, day or 1)
        last = date.fromisocalendar(year, week, day or 7)
    except ValueError:
        raise BadValue(f"{year:04} has no week {week}.") from None
    return Days(first, last, Precision.DAY if day else Precision.RANGE)


def _week_of(today: date, weeks: int) -> Days:
    monday = _shifted(today, 7 * weeks - today.weekday())
    return Days(monday, _shifted(monday, 6), Precision.RANGE)


def _set_month(said: DateParts, month: date) -> None:
    _set(said, "year", month.year)
    _set(said, "month", month.month)


def _take_next(shift: int, following: DateToken, said: DateParts, reading: Reading) -> int:
    """Take what follows "this", "next" or "last"."""
    if following.kind == "unit":
        _take_next_unit(shift, following.value, said, reading)
    elif following.kind == "weekday":
        _set(said, "days", reading.pick(_weekdays(reading.today, shift, following.value)))
    elif following.kind in ("season", "season part", "winter", "month", "months"):
        if following.kind in _PLAIN:
            _set(said, following.kind, following.value)
        else:
            _TAKERS[following.kind](following.value, DateToken(""), said, reading)
        said.is_winter_vague = False
        if said.year is None:
            # "this 14 May" is that of this year, whether it is over or not.
            is_day_of_this_year = said.day is not None and shift == 0
            said.year = reading.today.year if is_day_of_this_year else reading.pick(_years_of(said, shift, reading))
    else:
        raise NotADate
    return 1


def _take_next_unit(shift: int, unit: str, said: DateParts, reading: Reading) -> None:
    if unit == "quarter" and shift == -1:
        _set(said, "quarter", 4)
        said.needs_year = True  # without, it is the one before this
        return
    today = reading.today
    match unit:
        case "year":
            _take_rel_year(shift, DateToken(""), said, reading)
        case "month":
            _set_month(said, _month_from(today, shift))
        case "week":
            _set(said, "days", _week_of(today, shift))
        case "quarter" if said.year is None and shift in (0, 1):
            number = today.year * 4 + (today.month - 1) // 3 + shift
            said.year, said.quarter = number // 4, number % 4 + 1
        case "weekend" if shift == 0:
            saturday = _shifted(today, 5 - today.weekday())
            _set(said, "days", Days(saturday, _shifted(saturday, 1), Precision.RANGE))
        case _:
            raise NotADate


def _years_of(said: DateParts, shift: int, reading: Reading) -> list[int]:
    """Return the years that "this", "next" or "last" may mean of a season or a month.

    "Next summer" in spring is the coming one to some, and the one after it to others; "this May" in July may be over.
    """
    today = reading.today
    year = today.year
    whole = said.with_values(year=year, part=None, day=None)
    first, last = first_and_last(whole)
    if said.season == 24 and today.month <= 2:
        year, (first, last) = year - 1, first_and_last(whole.with_values(year=year - 1))
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


def _take_coming(value: None, following: DateToken, said: DateParts, reading: Reading) -> None:
    """Take "coming": the nearest one, which is also the one without such a word."""
    if following.kind in _UNITS:
        raise NotADate  # "the coming year" is what begins today to some, and next year to others


def _take_following(value: None, following: DateToken, said: DateParts, reading: Reading) -> int:
    """Take "kommend", which is the nearest season or Friday, and the next year, month or week."""
    is_next = following.kind == "unit" and following.value in ("year", "month", "week")
    return _take_next(1, following, said, reading) if is_next else 0


def _take_unit(unit: str, following: DateToken, said: DateParts, reading: Reading) -> None:
    """Take a unit by itself: "the year 2027", "the end of the year"."""
    if unit == "year":
        if following.kind in ("year", "years", "rel year", "next", "week") or said.year is not None:
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


def _this_or_next_year(said: DateParts, reading: Reading) -> int:
    """Return the year of "the end of the year"; where that is over, the next may be meant."""
    year = reading.today.year
    is_over = (
        first_and_last(said.with_values(year=year, number=None, weekday=None))[1] < reading.today
        and not reading.is_past
    )
    return reading.pick([year, year + 1] if is_over else [year])


_UNITS: Final = frozenset({"unit", "units"})
_MONTHS_OF: Final = {"year": 12, "month": 1}


def _take_span(tokens: list[DateToken], at: int, said: DateParts, reading: Reading) -> int:
    """Take "in two weeks", "3 days ago" or "2週間後"; return how many tokens that were, 0 for none."""
    start = at
    first = tokens[at]
    ahead = {"in": 1, "front": -1}.get(first.kind, 0)
    if ahead:
        at += 1
    if at < len(tokens) and tokens[at].kind == "span":
        count, unit = tokens[at].value
        at += 1
    elif at + 1 < len(tokens) and tokens[at].kind in ("count", "number") and tokens[at + 1].kind in _UNITS:
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
    if unit not in _MONTHS_OF:
        raise NotADate
    reading.is_about = True
    number = today.year * 12 + today.month - 1 + count * _MONTHS_OF[unit]
    if unit == "month":
        return Days(*months_of_year(number // 12, number % 12 + 1, number % 12 + 1), Precision.MONTH)
    return Days(*months_of_year(number // 12, 1, 12), Precision.YEAR)


def _complete(ends: list[DateParts], reading: Reading, *, is_choice: bool) -> None:
    """Give each end of a range what only another says: the year, the month, or what a bare number counts."""
    if any(one.days is not None and one.year is not None for one in ends):
        raise NotADate  # "2027-2028-2029"
    first, last = ends[0], ends[-1]
    is_month_alone = first.month is not None and first.day is None
    if is_month_alone and last.has_day_last and first.year is last.year is None and last.day is not None:
        last.year, last.day = reading.pick(
            ((2000 + last.day, None), (None, last.day)) if last.day in _DAYS_OR_YEARS else ((None, last.day),)
        )  # "May–June 27"
    for one, other in ((ends[0], ends[-1]), *((end, ends[-1]) for end in ends[1:-1]), (ends[-1], ends[0])):
        _complete_number(one, other)
        if one.part is not None and not one.has_more_than_part and other.part is not None:
            for name in ("month", "season", "months", "quarter", "half"):
                setattr(one, name, getattr(other, name))
        elif one.part is not None and not one.has_more_than_part and one.year is None:
            raise NotADate
        if one.day is not None and one.month is None:
            one.month = other.month
    if is_choice and first.part is not None and last.part is None and first.has_more_than_part:
        # In "end of May or June", the end may be that of both.
        last.part = reading.pick((None, first.part)) if _same_unit(first, last) else None
    for one in ends[:-1]:
        _complete_year(one, last, reading)


def _same_unit(one: DateParts, other: DateParts) -> bool:
    return all(
        (getattr(one, name) is None) == (getattr(other, name) is None)
        for name in ("month", "season", "quarter", "half", "day")
    )


def _complete_number(one: DateParts, other: DateParts) -> None:
    if one.number is None:
        return
    for name in ("day", "quarter", "half"):
        if getattr(other, name) is not None and getattr(one, name) is None:
            if getattr(other, name) == one.number:
                raise NotADate
            setattr(one, name, one.number)
            break
    else:
        if other.month is None or not other.has_unit or one.month is not None:
            raise NotADate
        one.month, one.has_unit = one.number, True
    one.number = None


def _complete_year(one: DateParts, last: DateParts, reading: Reading) -> None:
    if one.days is not None or last.days is not None:
        return
    if one.year is None and last.year is None:
        return
    if one.year is None:
        if not last.has_unit_of_year:
            raise NotADate
        one.year = last.year
        if last.year is not None and _goes_over_new_year(one, last):
            one.year = last.year - 1
    elif last.year is None:
        if not one.has_unit_of_year:
            raise NotADate
        last.year = one.year
        if _goes_over_new_year(one, last):
            last.year += 1


def _goes_over_new_year(one: DateParts, other: DateParts) -> bool:
    """Return whether a range ends in the year after that of its beginning, as from December to January."""
    months = begin_of(other)[0] - begin_of(one)[0]
    return months < 0 and months + 12 <= _MOST_MONTHS


_MOST_MONTHS: Final = 6
"""How long a range over New Year is at most, if only one of its ends has a year: not from June to May."""


def _resolve(said: DateParts, reading: Reading, after: DateParts | None = None) -> Days:
    """Return the days; without a year, the nearest to the day on which it was said, or behind the range's beginning."""
    if said.number is not None:
        raise NotADate
    if said.days is not None:
        days, plain = _on_weekday(said.days, said.weekday), said.with_values(days=None, weekday=None)
        is_winter = said.season == 24 and days.last is not None and plain.year == days.last.year - 1
        if is_winter and plain.part is None:  # "winter 2026/27"
            return days_of(plain)
        if plain.has_unit_of_year or (plain.year is not None and plain.year != _first_year(days)):
            raise NotADate
        return days
    if said.year is not None:
        if said.needs_year and said.is_year_relative:
            raise NotADate
        if said.season == 24 and (said.part or (said.is_winter_vague and not said.is_year_relative)):
            # Most of winter 2026 is in 2027; "late winter 2027" may begin or end in 2027.
            said.year = reading.pick((said.year - 1, said.year))
        return _checked(said)
    return _resolve_without_year(said, reading, after)


def _resolve_without_year(said: DateParts, reading: Reading, after: DateParts | None) -> Days:
    if said.needs_year:
        raise NotADate
    if said.weekday is not None and not said.has_unit_of_year:
        return _nearest_weekday(said.weekday, reading)
    if not said.has_unit_of_year or (said.part is not None and not said.has_more_than_part):
        raise NotADate
    if said.day is not None and said.month is None:
        _set_month(said, _month_of_day(said.day, reading))
        return _checked(said)
    if after is not None and after.year is not None:
        said.year = after.year + (_goes_over_new_year(after, said))
        return _checked(said)
    return _nearest(said, reading)


def _first_year(days: Days) -> int | None:
    """Return the first of several whole years, None for other days."""
    is_whole = days.first is not None and days.last is not None and (days.first.month, days.last.month) == (1, 12)
    return days.first.year if is_whole and days.first is not None and days.precision is Precision.RANGE else None


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


def _checked(said: DateParts) -> Days:
    days = days_of(said)
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


def _month_of_day(day: int, reading: Reading) -> date:
    """Return the month of the next "18日", or of the last."""
    today = reading.today
    is_this_month = day <= today.day if reading.is_past else day >= today.day
    return _month_from(today, 0 if is_this_month else -1 if reading.is_past else 1)


def _nearest(said: DateParts, reading: Reading) -> Days:
    """Return the next of these days that is not over, or the last that has begun."""
    today = reading.today
    wrong: BadValue | None = None
    found: list[tuple[int, Days]] = []
    for year in range(today.year - 9, today.year + 10):
        try:
            found.append((year, days_of(said.with_values(year=year))))
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
        recent = _RECENT_DAYS.get(days.precision, _RECENT_PERIOD)
        is_recent = days.last is not None and 0 < (today - days.last).days <= recent
        if is_recent:
            chosen = [*chosen, past[-1]]
    if not chosen:
        raise NotADate
    said.year = reading.pick(chosen)[0]
    return _checked(said)


_PLAIN: Final = frozenset({"year", "day", "quarter", "half", "half month", "season", "months", "part", "weekday"})
"""Kinds of tokens whose value is that part of the date."""
_TAKERS: Final[dict[str, Callable[[Any, DateToken, DateParts, Reading], int | None]]] = {
    "month": _take_month, "month with unit": _take_month_with_unit, "short year": _take_short_year,
    "date": _take_date, "month day": _take_month_day, "day holiday": _take_day_holiday,
    "holiday": _take_holiday, "year month": _take_year_month, "years": _take_years,
    "year quarter": _take_year_quarter, "year half": _take_year_half, "season part": _take_season_part,
    "week": _take_week, "week number": _take_week_number, "ordinal": _take_ordinal, "number": _take_number,
    "within or mid": _take_within_or_mid, "year part": _take_year_part, "month part": _take_month_part,
    "rel year": _take_rel_year, "this year": _take_this_year, "rel either year": _take_rel_either_year,
    "rel month": _take_rel_month, "winter": _take_winter, "rel week": _take_rel_week,
    "week day": _take_week_day, "rel day": _take_rel_day, "next": _take_next,
    "coming": _take_coming, "following": _take_following, "unit": _take_unit, "in": _take_nothing,
    "later": _take_nothing, "roman": _take_roman, "half of year": _take_half_of_year,
}  # fmt: skip
