from __future__ import annotations

from datetime import date, datetime

import pytest
from edtf import parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.model.date_spellings import spelled
from tests.model.strategies import wide_windows
from tracker.errors import AmbiguousDate, BadValue
from tracker.model.window import Precision, Window, window_text
from tracker.model.window_parser import parse_said_date, parse_window

SAID_ON = date(2026, 5, 14)
"""A Thursday."""

NUMBERS = """
    2026 = 2026; 2026-05 = 2026-05; 2026-5 = 2026-05; 2026/5 = 2026-05; 2026.05 = 2026-05; 2027. 5. = 2027-05
    05/2026 = 2026-05; 05.2026 = 2026-05; 5-2026 = 2026-05; 2024-02 = 2024-02; 9999 = 9999; 0001-01-01 = 0001-01-01
    2026-05-14 = 2026-05-14; 2026/5/14 = 2026-05-14; 2026.5.14 = 2026-05-14; 2026. 5. 14. = 2026-05-14
    2026–05–14 = 2026-05-14; 20260514 = 2026-05-14; ２０２６－０５－１４ = 2026-05-14; 2024-02-29 = 2024-02-29
    14.05.2026 = 2026-05-14; 14. 5. 2026 = 2026-05-14; 07.08.2026 = 2026-08-07; 05.14.2026 = 2026-05-14
    14/05/2026 = 2026-05-14; 5/14/2026 = 2026-05-14; 14-05-2026 = 2026-05-14; 04/04/2026 = 2026-04-04
    05/14/26 = 2026-05-14; 2026-05-14T21:00 = 2026-05-14; 2026-05-14T23:30-09:00 = 2026-05-14
    2026-05-14T21:00:00.000+09:00 = 2026-05-14; 2026-05-14 21:00 = 2026-05-14; 2026-05-14T21:00Z = 2026-05-14
    2026-Q3 = 2026-35; 2026Q3 = 2026-35; 2026 q3 = 2026-35; Q3/2026 = 2026-35; Q3-2026 = 2026-35; Q3 '26 = 2026-35
    3Q 2026 = 2026-35; 3Q26 = 2026-35; Q3 26 = 2026-35; 2026-H2 = 2026-41; H2 2026 = 2026-41; 2H26 = 2026-41
    2026-21 = 2026-21; 2026-24 = 2026-24; 2026-33 = 2026-33; 2026-36 = 2026-36; 2026-40 = 2026-40
    2026-W20 = 2026-05-11/2026-05-17; 2026W20 = 2026-05-11/2026-05-17; 2026-W20-4 = 2026-05-14
    2026/2027 = 2026/2027; 2026-2027 = 2026/2027; 2026–27 = 2026/2027; 2026/27 = 2026/2027; 2026 - 2028 = 2026/2028
    2026-08/2026-10 = 2026-08/2026-10; 2026-05-14/2026-06 = 2026-05-14/2026-06-30
    2026-05-14/16 = 2026-05-14/2026-05-16; 14.–16.05.2026 = 2026-05-14/2026-05-16
    14.05.-16.05.2026 = 2026-05-14/2026-05-16; Q1-Q2 2027 = 2027-01/2027-06; Q3/Q4 2026 = 2026-07/2026-12
    1-2Q 2027 = 2027-01/2027-06; 4Q 2026–1Q 2027 = 2026-10/2027-03; 2027/.. = 2027/..; 2027-05/.. = 2027-05/..
    2027-05-14/.. = 2027-05-14/..; ../2027 = ../2027; 2027+ = 2027/..; 2027-XX = 2027; 2027-XX-XX = 2027
    2027-05-XX = 2027-05; 2027/??/?? = 2027; 2027-05-?? = 2027-05; ~2026 = 2026~; 2026~ = 2026~; 2026? = 2026~
    ≈2026 = 2026~; 2026-08~/2026-10~ = 2026-08~/2026-10~; 2026-08/~2026-10 = 2026-08~/2026-10~
    ~2026-Q3 = 2026-07~/2026-09~; 2027~/.. = 2027~/..; ../2027-05~ = ../2027-05~
"""
ENGLISH = """
    May 2026 = 2026-05; may 2026 = 2026-05; MAY, 2026 = 2026-05; May of 2026 = 2026-05; 2026 May = 2026-05
    Sept. 2026 = 2026-09; Sep 2026 = 2026-09; May '26 = 2026-05; May-2026 = 2026-05; in May 2026 = 2026-05
    May 14, 2026 = 2026-05-14; May 14 2026 = 2026-05-14; 14 May 2026 = 2026-05-14; 14-May-2026 = 2026-05-14
    May 1st, 2026 = 2026-05-01; the 2nd of May 2026 = 2026-05-02; May the 3rd, 2026 = 2026-05-03
    May twenty-first, 2026 = 2026-05-21; May 14, 26 = 2026-05-14; 14 May '26 = 2026-05-14; 2026-May-14 = 2026-05-14
    Thursday, May 14, 2026 = 2026-05-14; Thu 14 May 2026 = 2026-05-14; Thurs., 14 May 2026 = 2026-05-14
    May 14, 2026 at 9:00 pm KST = 2026-05-14; on 14 May 2026 at 9pm = 2026-05-14; third quarter of 2026 = 2026-35
    the 3rd quarter 2026 = 2026-35; final quarter of 2026 = 2026-36; last quarter of 2026 = 2026-36
    first half of 2026 = 2026-40; 2nd half of 2026 = 2026-41; the latter half of 2026 = 2026-41; 1H 2026 = 2026-40
    summer 2026 = 2026-22; Fall 2026 = 2026-23; fall of 2026 = 2026-23; the summer of '26 = 2026-22
    2026 spring = 2026-21; Summer, 2026 = 2026-22; spring 26 = 2026-21; winter 2026 = 2026-24
    winter 2026/27 = 2026-24; winter 2026-2027 = 2026-24; early 2026 = 2026-01/2026-04; mid 2026 = 2026-05/2026-08
    mid-2026 = 2026-05/2026-08; late 2026 = 2026-09/2026-12; the end of 2026 = 2026-09/2026-12
    end 2026 = 2026-09/2026-12; year-end 2026 = 2026-09/2026-12; start of 2026 = 2026-01/2026-04
    midyear 2026 = 2026-05/2026-08; late May 2026 = 2026-05-21/2026-05-31; mid-May 2026 = 2026-05-11/2026-05-20
    the beginning of May 2026 = 2026-05-01/2026-05-10; first half of May 2026 = 2026-05-01/2026-05-15
    second half of February 2027 = 2027-02-16/2027-02-28; early summer 2026 = 2026-06; late summer 2026 = 2026-08
    early Q3 2026 = 2026-07; late H2 2026 = 2026-11/2026-12; May/June 2026 = 2026-05/2026-06
    May-June 2026 = 2026-05/2026-06; May or June 2026 = 2026-05/2026-06; either May or June 2026 = 2026-05/2026-06
    May through July 2026 = 2026-05/2026-07; May/June/July 2026 = 2026-05/2026-07
    December/January 2027 = 2026-12/2027-01; Dec 2026–Jan 2027 = 2026-12/2027-01; Dec 2026 - Jan = 2026-12/2027-01
    between May and July 2026 = 2026-05/2026-07; sometime between May and July 2026 = 2026-05/2026-07
    from May to July 2026 = 2026-05/2026-07; spring/summer 2026 = 2026-03/2026-08
    spring or summer 2026 = 2026-03/2026-08; autumn/winter 2026 = 2026-09/2027-02
    winter/spring 2027 = 2026-12/2027-05; early to mid 2026 = 2026-01/2026-08; mid-to-late 2026 = 2026-05/2026-12
    early/mid 2026 = 2026-01/2026-08; early or mid May 2026 = 2026-05-01/2026-05-20
    first or second quarter of 2027 = 2027-01/2027-06; late 2026 or early 2027 = 2026-09/2027-04
    late 2026/early 2027 = 2026-09/2027-04; Q4 2026 or Q1 2027 = 2026-10/2027-03; 2026 or 2027 = 2026/2027
    14-16 May 2026 = 2026-05-14/2026-05-16; May 14–16, 2026 = 2026-05-14/2026-05-16
    May 14/15, 2026 = 2026-05-14/2026-05-15; 14 or 15 May 2026 = 2026-05-14/2026-05-15
    14 May – 2 June 2026 = 2026-05-14/2026-06-02; not before 2027 = 2027/..; no earlier than May 2027 = 2027-05/..
    2027 or later = 2027/..; from 2027 on = 2027/..; from May 2027 onwards = 2027-05/..
    2027 at the earliest = 2027/..; as early as 2027 = 2027/..; from 2027 = 2027/..; not until 2027 = 2027/..
    after 2027 = 2028/..; after May 14, 2027 = 2027-05-15/..; on or after 14 May 2027 = 2027-05-14/..
    by 2027 = ../2027; no later than 2027 = ../2027; until May 2027 = ../2027-05; by the end of 2027 = ../2027
    before 2027 = ../2026; before 14 May 2027 = ../2027-05-13; 2027 or earlier = ../2027
    May 2027 at the latest = ../2027-05; around 2026 = 2026~; c. 2026 = 2026~; about May 2026 = 2026-05~
    circa summer 2026 = 2026-06~/2026-08~; probably 2026 = 2026~; 2026-ish = 2026~
    toward the end of 2026 = 2026-09~/2026-12~; May 2026 (TBC) = 2026-05~; sometime in 2026 = 2026
    expected in summer 2026 = 2026-22; scheduled for May 14, 2026 = 2026-05-14; in the year 2026 = 2026
    slated for release in May 2026 = 2026-05; coming in 2026 = 2026; premieres May 14, 2026 = 2026-05-14
    TBA 2026 = 2026; Autumn 2026 (exact date TBA) = 2026-23; May-14-2026 = 2026-05-14; delayed to 2027 = 2027
    postponed until 2027 = 2027; starting May 14, 2026 = 2026-05-14; later in 2026 = 2026
    Christmas Day 2026 = 2026-12-25; Christmas 2026 = 2026-12-25~; Halloween 2026 = 2026-10-31
    week 20 of 2026 = 2026-05-11/2026-05-17; New Year's Day 2027 = 2027-01-01; New Year's Eve 2026 = 2026-12-31
"""
GERMAN = """
    Mai 2027 = 2027-05; im März 2027 = 2027-03; Dez. 2027 = 2027-12; Jänner 2027 = 2027-01; im Jahr 2027 = 2027
    14. Mai 2027 = 2027-05-14; am 14. Mai 2027 = 2027-05-14; 14.Mai 2027 = 2027-05-14
    Freitag, 14. Mai 2027 = 2027-05-14; Fr., 14.05.2027 = 2027-05-14; Freitag, den 14. Mai 2027 = 2027-05-14
    am 14.5.2027 um 20:15 Uhr = 2027-05-14; Frühjahr 2027 = 2027-21; Frühling 2027 = 2027-21; Sommer 2026 = 2026-22
    im Herbst 2027 = 2027-23; Winter 2026/27 = 2026-24; Anfang 2027 = 2027-01/2027-04; Mitte 2027 = 2027-05/2027-08
    Ende 2027 = 2027-09/2027-12; Jahresende 2027 = 2027-09/2027-12; Anfang Mai 2027 = 2027-05-01/2027-05-10
    Mitte Mai 2027 = 2027-05-11/2027-05-20; Ende Mai 2027 = 2027-05-21/2027-05-31; Spätsommer 2027 = 2027-08
    Frühsommer 2027 = 2027-06; Spätherbst 2027 = 2027-11; Ende des Sommers 2027 = 2027-08
    zweite Jahreshälfte 2026 = 2026-41; 1. Halbjahr 2026 = 2026-40; in der ersten Hälfte 2026 = 2026-40
    2. Quartal 2027 = 2027-34; drittes Quartal 2027 = 2027-35; im vierten Quartal 2027 = 2027-36; Q3/2027 = 2027-35
    III. Quartal 2027 = 2027-35; voraussichtlich 2027 = 2027; geplant für Mai 2027 = 2027-05; irgendwann 2027 = 2027
    im Laufe des Jahres 2027 = 2027; etwa Mai 2027 = 2027-05~; ca. 2027 = 2027~; vermutlich 2027 = 2027~
    um den 14. Mai 2027 = 2027-05-14~; gegen Ende 2027 = 2027-09~/2027-12~; ab 2027 = 2027/..
    ab Herbst 2027 = 2027-09/..; frühestens 2027 = 2027/..; nicht vor 2027 = 2027/..; 2027 oder später = 2027/..
    nach 2027 = 2028/..; bis 2027 = ../2027; spätestens 2027 = ../2027; bis Ende 2027 = ../2027; vor 2027 = ../2026
    bis zum 14. Mai 2027 = ../2027-05-14; von Mai bis Juli 2027 = 2027-05/2027-07
    zwischen Mai und Juli 2027 = 2027-05/2027-07; Mai oder Juni 2027 = 2027-05/2027-06
    Mai/Juni 2027 = 2027-05/2027-06; 14./15. Mai 2027 = 2027-05-14/2027-05-15
    14.-16. Mai 2027 = 2027-05-14/2027-05-16; Herbst/Winter 2026 = 2026-09/2027-02
    Ende 2026 oder Anfang 2027 = 2026-09/2027-04; Anfang bis Mitte 2027 = 2027-01/2027-08
    KW 20 2026 = 2026-05-11/2026-05-17; KW20/2026 = 2026-05-11/2026-05-17; Heiligabend 2026 = 2026-12-24
    Silvester 2026 = 2026-12-31
"""
JAPANESE = """
    2027年 = 2027; 2027年5月 = 2027-05; 2027年5月14日 = 2027-05-14; ２０２７年５月１４日 = 2027-05-14
    2027年05月 = 2027-05; 2027年5月14日（金） = 2027-05-14; 2027年5月14日(金曜日) = 2027-05-14
    2027年5月14日金曜日 = 2027-05-14; 2027年春 = 2027-21; 2026年夏 = 2026-22; 2027年秋公開 = 2027-23
    2027年初夏 = 2027-05/2027-06; 2027年晩夏 = 2027-08; 2027年初秋 = 2027-09; 2027年上半期 = 2027-40
    2027年下半期 = 2027-41; 2027年前半 = 2027-40; 2027年後半 = 2027-41; 2027年第4四半期 = 2027-36
    2027年第一四半期 = 2027-33; 2027年4月期 = 2027-34; 2027年初頭 = 2027-01/2027-04; 2027年半ば = 2027-05/2027-08
    2027年末 = 2027-09/2027-12; 2027年年末 = 2027-09/2027-12; 2027年5月上旬 = 2027-05-01/2027-05-10
    2027年5月中旬 = 2027-05-11/2027-05-20; 2027年5月中下旬 = 2027-05-11/2027-05-31
    2027年5月下旬 = 2027-05-21/2027-05-31; 2027年5月初め = 2027-05-01/2027-05-10
    2027年5月末 = 2027-05-21/2027-05-31; 2027年5月前半 = 2027-05-01/2027-05-15; 2027年公開予定 = 2027
    2027年5月14日放送開始 = 2027-05-14; 2027年内 = 2027; 2027年中に = 2027; 2027年に延期 = 2027; 2027年頃 = 2027~
    2027年5月ごろ = 2027-05~; 約2027年 = 2027~; 2027年以降 = 2027/..; 早ければ2027年 = 2027/..; 2027年から = 2027/..
    2027年まで = ../2027; 遅くとも2027年 = ../2027; 2027年5月より前 = ../2027-04; 2027年5月〜6月 = 2027-05/2027-06
    2027年5月～6月 = 2027-05/2027-06; 2027年5~6月 = 2027-05/2027-06; 2027年5月から6月まで = 2027-05/2027-06
    2027年5月か6月 = 2027-05/2027-06; 2026年末から2027年初頭 = 2026-09/2027-04; 2026年〜2027年 = 2026/2027
    2027年5月14日〜16日 = 2027-05-14/2027-05-16; 2026年12月〜1月 = 2026-12/2027-01; 2027年5月14日 21時 = 2027-05-14
    2027年5月14日午後9時30分 = 2027-05-14; 二〇二七年五月十四日 = 2027-05-14
"""
KOREAN = """
    2027년 = 2027; 2027년 5월 = 2027-05; 2027년 5월 14일 = 2027-05-14; 2027년5월14일 = 2027-05-14
    2027 년 5 월 = 2027-05; 2027년 5월 14일 (금) = 2027-05-14; 2027년 5월 14일(금요일) = 2027-05-14
    2027. 5. 14. = 2027-05-14; 2027 상반기 = 2027-40; 2027년 하반기 = 2027-41; 4분기 2027 = 2027-36
    2027년 4분기 = 2027-36; 27년 상반기 = 2027-40; 2027년 봄 = 2027-21; 2027 여름 = 2027-22
    2027년 가을 공개 예정 = 2027-23; 2027년 초가을 = 2027-09; 2027년 초 = 2027-01/2027-04
    2027년 중반 = 2027-05/2027-08; 2027년 말 = 2027-09/2027-12; 2027년 연말 = 2027-09/2027-12
    2027년 5월 초 = 2027-05-01/2027-05-10; 2027년 5월 중순 = 2027-05-11/2027-05-20
    2027년 5월 말 = 2027-05-21/2027-05-31; 2027년 중 = 2027; 2027년 내 공개 = 2027; 2027년 방영 예정 = 2027
    2027년 5월 14일 첫 방송 = 2027-05-14; 2027년으로 연기 = 2027; 2027년경 = 2027~; 2027년 5월쯤 = 2027-05~
    약 2027년 = 2027~; 2027년 말경 = 2027-09~/2027-12~; 2027년 이후 = 2027/..; 이르면 2027년 = 2027/..
    2027년 5월부터 = 2027-05/..; 2027년까지 = ../2027; 늦어도 2027년 = ../2027; 2027년 5월~6월 = 2027-05/2027-06
    2027년 5~6월 = 2027-05/2027-06; 2027년 5월부터 6월까지 = 2027-05/2027-06; 2027년 5월이나 6월 = 2027-05/2027-06
    2027년 5월 또는 6월 = 2027-05/2027-06; 2026년 말 또는 2027년 초 = 2026-09/2027-04
    2027년 5월 14일 오후 9시 = 2027-05-14; 2027년 5월에서 7월 사이 = 2027-05/2027-07
"""
CHINESE = """
    2027年 = 2027; 2027年5月份 = 2027-05; 2027年5月14日 = 2027-05-14; 2027年5月14号 = 2027-05-14
    二零二七年五月 = 2027-05; 2027年5月14日星期五 = 2027-05-14; 2027年5月14日（周五） = 2027-05-14
    2027年5月14日(五) = 2027-05-14; 2027年春季 = 2027-21; 2027年夏天 = 2027-22; 2027年第一季度 = 2027-33
    2027年二季度 = 2027-34; 2027年上半年 = 2027-40; 2027年下半年播出 = 2027-41; 2027年初 = 2027-01/2027-04
    2027年底 = 2027-09/2027-12; 2027年年底 = 2027-09/2027-12; 2027年5月初 = 2027-05-01/2027-05-10
    2027年5月底 = 2027-05-21/2027-05-31; 预计2027年 = 2027; 預計於2027年上映 = 2027; 2027年左右 = 2027~
    大约2027年5月 = 2027-05~; 最早2027年 = 2027/..; 2027年起 = 2027/..; 最晚2027年 = ../2027
    2027年5月至6月 = 2027-05/2027-06; 2027年5月到7月 = 2027-05/2027-07; 2027年5月或6月 = 2027-05/2027-06
    2026年底或2027年初 = 2026-09/2027-04; 2027年之后 = 2028/..; 2027年前 = ../2026; 推迟到2027年 = 2027
    延期至2027年 = 2027
"""


def table(text: str) -> list[tuple[str, str]]:
    return [
        (words.strip(), meaning.strip())
        for line in text.splitlines() if line.strip()
        for words, _, meaning in [row.rpartition("=") for row in line.split(";")]
    ]  # fmt: skip


LANGUAGES = {
    "numbers": NUMBERS, "english": ENGLISH, "german": GERMAN, "japanese": JAPANESE, "korean": KOREAN,
    "chinese": CHINESE,
}  # fmt: skip
ABSOLUTE = [row for language in LANGUAGES.values() for row in table(language)]


# A table is one test, since a thousand tests of a microsecond take seconds.
@pytest.mark.parametrize("language", LANGUAGES)
def test_absolute(language: str) -> None:
    rows = table(LANGUAGES[language])
    windows = {text: parse_window(text) for text, _ in rows}
    assert {text: window.edtf for text, window in windows.items()} == dict(rows)
    assert {(window.text, window.words) for window in windows.values()} == {(text, "") for text, _ in rows}
    assert {text: parse_window(text, SAID_ON) for text, _ in rows} == windows


TBA = (
    "TBA", "tbd", "to be announced", "coming soon", "date TBA", "no release date yet", "not yet announced", "unknown",
    "Termin offen", "noch nicht bekannt", "demnächst", "未定", "公開日未定", "近日公開", "미정", "추후 공개",
    "방영일 미정", "待定", "敬请期待", "尚未公布",
)  # fmt: skip


@pytest.mark.parametrize("text", TBA)
def test_tba(text: str) -> None:
    assert parse_window(text) == Window(text, None, None, Precision.TBA)


RELATIVE = """
    next year = 2027; this year = 2026; last year = 2025; the year after next = 2028; later this year = 2026
    early next year = 2027-01/2027-04; late this year = 2026-09/2026-12; the end of the year = 2026-09/2026-12
    the second half of next year = 2027-H2; Q1 next year = 2027-Q1; May next year = 2027-05
    summer next year = summer 2027; next year's summer = summer 2027; next May = 2027-05; next month = 2026-06
    this month = 2026-05; last month = 2026-04; late next month = 2026-06-21/2026-06-30
    the 14th of next month = 2026-06-14; this fall = autumn 2026; next spring = spring 2027
    coming fall = autumn 2026; last spring = spring 2025; next quarter = 2026-Q3; today = 2026-05-14
    tonight = 2026-05-14; tomorrow = 2026-05-15; yesterday = 2026-05-13; the day after tomorrow = 2026-05-16
    next week = 2026-05-18/2026-05-24; Friday next week = 2026-05-22; this weekend = 2026-05-16/2026-05-17
    Friday = 2026-05-15; on Monday = 2026-05-18; this Friday = 2026-05-15; next Monday = 2026-05-18
    in 3 days = 2026-05-17; in two weeks = 2026-05-28~; in 3 months = 2026-08~; in a year = 2027~
    a week from now = 2026-05-21~; 3 days ago = 2026-05-11; half a year ago = 2025-11~
    next year or 2028 = 2027/2028; by next year = ../2027; not before next year = 2027/..; 25 Nov = 2026-11-25
    Nov 25 = 2026-11-25; Nov 25th = 2026-11-25; 14 May = 2026-05-14; 1 February = 2027-02-01; May = 2026-05
    29 Feb = 2028-02-29; Q4 = 2026-Q4; Q1 = 2027-Q1; fourth quarter = 2026-Q4; H1 = 2026-H1; H2 = 2026-H2
    summer = summer 2026; late summer = 2026-08; mid-June = 2026-06-11/2026-06-20; May-June = 2026-05/2026-06
    Nov or Dec = 2026-11/2026-12; Dec–Jan = 2026-12/2027-01; 14–16 June = 2026-06-14/2026-06-16
    after June = 2026-07/..; 5/16 = 2026-05-16; 16/5 = 2026-05-16; 5.16 = 2026-05-16; 16.5. = 2026-05-16
    03.06. = 2026-06-03; Thu 14 May = 2026-05-14; nächstes Jahr = 2027; im nächsten Jahr = 2027
    kommendes Jahr = 2027; dieses Jahr = 2026; Ende des Jahres = 2026-09/2026-12
    Anfang nächsten Jahres = 2027-01/2027-04; Mai nächsten Jahres = 2027-05; nächsten Monat = 2026-06
    übernächstes Jahr = 2028; kommenden Herbst = autumn 2026; morgen = 2026-05-15; gestern = 2026-05-13
    übermorgen = 2026-05-16; heuer = 2026; nächste Woche = 2026-05-18/2026-05-24; nächste Woche Freitag = 2026-05-22
    in zwei Wochen = 2026-05-28~; vor drei Tagen = 2026-05-11; in drei Monaten = 2026-08~; Herbst = autumn 2026
    1. Halbjahr = 2026-H1; 25. November = 2026-11-25; Jahresende = 2026-09/2026-12; ab nächstem Jahr = 2027/..
    letzten Monat = 2026-04; 来年 = 2027; 今年 = 2026; 再来年 = 2028; 来年春 = spring 2027; 来春 = spring 2027
    来夏 = summer 2027; 来年早々 = 2027-01/2027-04; 今秋 = autumn 2026; 来年5月 = 2027-05; 来年5月14日 = 2027-05-14
    来月 = 2026-06; 来月14日 = 2026-06-14; 来月下旬 = 2026-06-21/2026-06-30; 年内 = 2026; 来週の金曜日 = 2026-05-22
    明日 = 2026-05-15; 昨日 = 2026-05-13; 明後日 = 2026-05-16; 3日後 = 2026-05-17; 2週間後 = 2026-05-28~
    3か月後 = 2026-08~; 5月16日 = 2026-05-16; 11月 = 2026-11; 秋 = autumn 2026; 年末 = 2026-09/2026-12
    来年上半期 = 2027-H1; 来年以降 = 2027/..; 내년 = 2027; 올해 = 2026; 내년 상반기 = 2027-H1
    내년 초 = 2027-01/2027-04; 올 여름 = summer 2026; 올해 하반기 = 2026-H2; 올 연말 = 2026-09/2026-12
    연말 = 2026-09/2026-12; 다음 달 = 2026-06; 다음달 14일 = 2026-06-14; 다음 주 금요일 = 2026-05-22
    내일 = 2026-05-15; 어제 = 2026-05-13; 모레 = 2026-05-16; 3일 후 = 2026-05-17; 2주 뒤 = 2026-05-28~
    두 달 후 = 2026-07~; 3개월 후 = 2026-08~; 5월 16일 = 2026-05-16; 4분기 = 2026-Q4; 하반기 = 2026-H2
    이르면 내년 = 2027/..; 이번 달 말 = 2026-05-21/2026-05-31; 明年 = 2027; 今年年底 = 2026-09/2026-12; 后年 = 2028
    明年第一季度 = 2027-Q1; 明年上半年 = 2027-H1; 明年春天 = spring 2027; 下个月 = 2026-06; 下個月 = 2026-06
    下周五 = 2026-05-22; 明天 = 2026-05-15; 昨天 = 2026-05-13; 三天后 = 2026-05-17; 两周后 = 2026-05-28~
    三个月后 = 2026-08~; 五月十六日 = 2026-05-16; 第四季度 = 2026-Q4; 下半年 = 2026-H2
"""


def test_relative() -> None:
    windows = {text: parse_window(text, SAID_ON) for text, _ in table(RELATIVE)}
    assert {text: window.text for text, window in windows.items()} == dict(table(RELATIVE))
    assert {text: window.words for text, window in windows.items()} == {text: text for text in windows}
    assert {text: window.key for text, window in windows.items()} == {
        text: parse_window(resolved).key for text, resolved in table(RELATIVE)
    }


def test_relative_without_day() -> None:
    for text, _ in table(RELATIVE):
        with pytest.raises(
            BadValue, match=r"has no year, and no day to count from\. Write the year, as in “May 2026”\.$"
        ):
            parse_window(text)


FISCAL = "fiscal years start in different months in different countries. Write the months, e.g. 2027-04/2028-03."
ASKED = """
    03/04/2027 = 2027-04-03, 2027-03-04; 3-4-2027 = 2027-04-03, 2027-03-04; 14.05.27 = 2027-05-14, 2014-05-27
    10122027 = 2027-12-10, 2027-10-12; 14 May 27 = 2027-05-14, 2014-05-27
    3/4 = 2027-04-03, 2027-03-04, 2026-04-03, 2026-03-04
    2027년 여름~ = 2027-06/.., ~summer 2027; March = 2027-03, 2026-03; 1 April = 2027-04-01, 2026-04-01
    3.4 = 2027-04-03, 2027-03-04, 2026-04-03, 2026-03-04; 1/2 = 2027-02-01, 2027-01-02
    next summer = summer 2026, summer 2027; this March = 2026-03, 2027-03; next Friday = 2026-05-15, 2026-05-22
    last Tuesday = 2026-05-12, 2026-05-05; Thursday = 2026-05-14, 2026-05-21; 1 May = 2027-05-01, 2026-05-01
    beginning of the year = 2026-01/2026-04, 2027-01/2027-04; late winter 2027 = 2027-02, 2028-02
    early May or June 2027 = 2027-05/2027-06, 2027-05-01/2027-06-10; from 14 May 2027 = 2027-05-14, 2027-05-14/..
    ab 14. Mai 2027 = 2027-05-14, 2027-05-14/..; nächsten Freitag = 2026-05-15, 2026-05-22
    2027年5月14日から = 2027-05-14, 2027-05-14/..; 2027年〜 = 2027/.., 2027~
    2027年5月14日〜 = 2027-05-14, 2027-05-14~, 2027-05-14/..; 2027年中 = 2027, 2027-05/2027-08
    2027年以前 = ../2026, ../2027; 내후년 = 2028, 2029; 2027년 이전 = ../2026, ../2027
    2027年以后 = 2027/.., 2028/..; 2027年の冬 = winter 2026, winter 2027; 2027년 겨울 = winter 2026, winter 2027
    April = 2027-04, 2026-04; 05/27 = 2026-05-27, 2027-05
    Mai 27 = 2027-05, 2026-05-27; Dez 26 = 2026-12, 2026-12-26; Mai/Juni 27 = 2027-05/2027-06, 2026-05-01/2026-06-27
    May or June 27 = 2027-05/2027-06, 2026-05-01/2026-06-27
"""


@pytest.mark.parametrize(("text", "choices"), table(ASKED))
def test_asked(text: str, choices: str) -> None:
    with pytest.raises(AmbiguousDate, match=r" can be .+ or .+\. Write .+ or .+") as asked:
        parse_window(text, SAID_ON)
    assert [choice for choice, _ in asked.value.choices] == choices.split(", ")
    assert [parse_window(choice).label for choice, _ in asked.value.choices] == [
        label for _, label in asked.value.choices
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-13", "“2026-13”: there is no month 13."), ("2026-00", "“2026-00”: there is no month 0."),
        ("13/2026", "“13/2026”: there is no month 13."), ("2026-13-01", "“2026-13-01”: there is no month 13."),
        ("31 April 2026", "“31 April 2026”: April has 30 days."), ("31.04.2026", "“31.04.2026”: April has 30 days."),
        ("2026-02-30", "“2026-02-30”: February has at most 29 days."),
        ("32. Mai 2026", "“32. Mai 2026”: May has 31 days."),
        ("2025-02-29", "“2025-02-29”: February 2025 has 28 days."), ("2026-05-00", "“2026-05-00”: there is no day 0."),
        ("2026-Q5", "“2026-Q5”: there is no quarter 5."), ("H3 2026", "“H3 2026”: there is no half 3."),
        ("2026-W60", "“2026-W60”: 2026 has no week 60."), ("0000", "“0000”: years go from 1 to 9999."),
        ("winter 9999", "“winter 9999”: years go from 1 to 9999."),
        ("2026-10/2026-08", "“2026-10/2026-08”: the end is before the beginning."),
        ("Friday, May 14, 2026", "“Friday, May 14, 2026”: 14 May 2026 is a Thursday."),
        ("2027年5月14日（木）", "“2027年5月14日（木）”: 14 May 2027 is a Friday."),
        ("2026-27", "“2026-27”: there is no month 27. For the years, write 2026/2027."),
        ("FY2027", f"“FY2027”: {FISCAL}"), ("2027年度", f"“2027年度”: {FISCAL}"),
        ("foo", "Not a date: “foo”. Try 2026-05-14, 2026-05 or “May 2026”."),
        ("", "A date is missing. Try 2026-05-14, 2026-05 or “May 2026”."),
        ("May " * 40, "A date has at most 120 characters. Try 2026-05-14, 2026-05 or “May 2026”."),
    ],
)  # fmt: skip
def test_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_window(text, SAID_ON)
    assert str(refused.value) == sentence


NO_DATES = (
    "someday", "26", "~", "2026-W20-9", "May and June 2026", "first week of May 2026", "the coming year", "next",
    "early",
    "early – 2026", "14 May - 2026", "spring to 2026", "2026 summer 2027", "May 2026 June", "14 14 May 2026",
    "2027年第四季", "last quarter",
    "May 32 14 2026",
    "midsummer 2026", "in a few weeks", "2026.05.14.16", "5月14日 25:30", "3日前", "14日以后", "27年夏", "2027夏アニメ",
    "昭和27年", "令和9年",
    "Monday May 2026", "3 weeks", "May-27", "14 May 2026 TBA", "cancelled", "never", "not 2026",
    "2026-08/10", "a 2026 b", "½ 2026", "2026²", "14 May 202６x", "TBA or 2027", "ago 2026", "or later", "2027 or",
)  # fmt: skip


def test_no_date() -> None:
    for text in NO_DATES:
        with pytest.raises(BadValue) as refused:
            parse_window(text, SAID_ON)
        assert not isinstance(refused.value, AmbiguousDate), text


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2026-05-14", "2026-05-14", ""), ("14 May 2026", "2026-05-14", ""), ("2026-05", "2026-05-31", "2026-05"),
        ("spring 2026", "2026-05-31", "spring 2026"), ("yesterday", "2026-05-13", ""), ("today", "2026-05-14", ""),
        ("25 Nov", "2025-11-25", ""), ("14 May", "2026-05-14", ""), ("15 May", "2025-05-15", ""),
        ("March", "2026-03-31", "2026-03"), ("May", "2026-05-31", "2026-05"), ("Friday", "2026-05-08", ""),
        ("Thursday", "2026-05-14", ""), ("last month", "2026-04-30", "2026-04"), ("3 days ago", "2026-05-11", ""),
        ("last week", "2026-05-10", "2026-05-04/2026-05-10"), ("letzte Woche Freitag", "2026-05-08", ""),
        ("gestern", "2026-05-13", ""), ("昨日", "2026-05-13", ""), ("5월 1일", "2026-05-01", ""),
        ("this March", "2026-03-31", "2026-03"),
    ],
)  # fmt: skip
def test_said_date(text: str, day: str, words: str) -> None:
    assert parse_said_date(text, SAID_ON) == (date.fromisoformat(day), words)


@pytest.mark.parametrize("text", ["TBA", "2026/..", "not before 2026", "by 2026", "../2026"])
def test_said_date_without_day(text: str) -> None:
    with pytest.raises(BadValue, match="Not a day: "):
        parse_said_date(text)


@pytest.mark.parametrize(
    "text", ["2027", "2026-06", "next month", "next week", "summer 2026", "내년", "2026-06/2026-07"]
)
def test_said_date_in_the_future(text: str) -> None:
    with pytest.raises(BadValue, match="is in the future"):
        parse_said_date(text, SAID_ON)


@pytest.mark.parametrize("text", ["yesterday", "25 Nov", "last month"])
def test_said_date_without_today(text: str) -> None:
    with pytest.raises(BadValue, match="no day to count from"):
        parse_said_date(text)


def test_date_value() -> None:
    assert parse_window(date(2026, 5, 14)) == parse_window("2026-05-14")


def test_time_value() -> None:
    assert parse_window(datetime(2026, 5, 14, 12)) == parse_window("2026-05-14")  # noqa: DTZ001


def test_year_value() -> None:
    assert parse_window(2026) == parse_window("2026")


def test_space_is_stripped() -> None:
    assert parse_window("  2026-Q3\n").text == "2026-Q3"


@pytest.mark.parametrize("number", [True, -1, 0, 20260514])
def test_bad_number(number: int) -> None:
    with pytest.raises(BadValue):
        parse_window(number)


@given(wide_windows)
def test_text_round_trip(window: Window) -> None:
    assert parse_window(window.text) == window


def _means_the_same(one: Window, other: Window) -> bool:
    # A range of whole months or years is written as they are, and EDTF has no approximate quarter.
    is_range = Precision.RANGE in (one.precision, other.precision)
    return one.key == other.key or (is_range and one.has_same_days(other) and one.approximate == other.approximate)


@given(wide_windows)
def test_what_is_written_is_read(window: Window) -> None:
    for text in (window.edtf, window.label, window_text(window)):
        assert text is None or _means_the_same(parse_window(text), window)


@settings(max_examples=200)
@given(spelled())
def test_spelling(case: tuple[str, Window]) -> None:
    text, window = case
    read = parse_window(text)
    assert (read.key, read.code) == (window.key, window.code)


@settings(max_examples=10)  # the package takes its time
@given(spelled())
def test_spelling_has_edtf(case: tuple[str, Window]) -> None:
    text, window = case
    assert window.edtf is not None
    assert parse_edtf(parse_window(text).edtf)


@settings(max_examples=100)
@given(spelled(), st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_absolute_spelling_needs_no_day(case: tuple[str, Window], said_on: date) -> None:
    text, window = case
    assert parse_window(text, said_on).key == window.key


@given(
    st.dates(date(1990, 1, 1), date(2080, 12, 31)),
    st.sampled_from(["next year", "来年", "내년", "明年", "nächstes Jahr"]),
)
def test_next_year_counts_from_the_day(said_on: date, text: str) -> None:
    assert parse_window(text, said_on).key == parse_window(said_on.year + 1).key


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)), st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_day_without_year_is_the_next(said_on: date, day: date) -> None:
    text = f"{day.day} {day:%B}"
    try:
        window = parse_window(text, said_on)
    except AmbiguousDate as asked:
        window = parse_window(asked.choices[0][0])
    assert window.earliest is not None
    assert said_on <= window.earliest
    assert (window.earliest.month, window.earliest.day) == (day.month, day.day)
    last, _ = parse_said_date(text, said_on)
    assert last <= said_on
    assert (last.month, last.day) == (day.month, day.day)


_PIECES = st.sampled_from(
    ["2026", "9999", "0000", "05", "31", "May", "winter", "Q3", "H2", "early", "second", "half", "of", "to", "between",
     "and", "from", "/", "-", "..", "~", "?", ",", " ", "년", "月", "日", "〜", "next", "year", "in", "weeks", "ago",
     "or", "later", "前", "後", "来年", "다음", "Ende", "第", "(", "金", ")", "by", "14.", "3/4", "未定", "周五",
     "T21:00", "+", "'26"]
)  # fmt: skip


@settings(max_examples=100)
@given(st.text() | st.lists(_PIECES).map("".join) | st.lists(_PIECES).map(" ".join), st.none() | st.dates())
def test_any_text(text: str, said_on: date | None) -> None:
    try:
        window = parse_window(text, said_on)
    except BadValue:
        return
    assert window.earliest is None or window.latest is None or window.earliest <= window.latest
    assume(window.edtf is not None)
    assert parse_window(window.text) == window._replace(words="")


@pytest.mark.parametrize(
    "text", ["Friday", "next week", "tomorrow", "100日後", "next month", "next year", "来週の金曜日"]
)
def test_nothing_is_after_the_calendar(text: str) -> None:
    for said_on in (date.max, date(9999, 12, 30)):
        try:
            assert parse_window(text, said_on).latest is not None
        except BadValue as refused:
            assert "years go from 1 to 9999" in str(refused)  # noqa: PT017 - either is right


@pytest.mark.parametrize("text", ["last Friday", "last week", "yesterday", "100日前", "last month", "last year"])
def test_nothing_is_before_the_calendar(text: str) -> None:
    with pytest.raises(BadValue):
        parse_window(text, date.min)


@given(st.integers())
def test_any_number(number: int) -> None:
    try:
        window = parse_window(number)
    except BadValue:
        return
    assert window.earliest == date(number, 1, 1)
