"""The words of dates in English, German, Japanese, Korean and Chinese: all that the parser knows of a language.

A row is the kind of the words, their value, and their spellings: in small letters, with single blanks, and without any
in Chinese, Japanese and Korean. Where the value is one number, semicolons separate the spellings of that number, of the
next one, and so on. What is indented belongs to the row above. The kinds:

month, weekday, season, half, half of year, quarter, ordinal, count
                       which one it is; of seasons the code in EDTF, 21 for spring
part                   0 early, 1 mid, 2 late; `year part` and `month part` are those of a year or a month
season part, months    a part of a season with a name of its own, or the first and last month of one
unit, units            what is counted, by itself and in the plural
next                   which year, month or week: -1 last, 0 this, 1 next, 2 the one after; `coming` is the nearest, and
                       `following` the nearest season, but the next year
rel year, rel month, rel week, rel day
                       the same in one word; `rel either year` is one or the other
span                   so many days or months
in, ago, ahead         what makes of "two weeks" a day in the past or the future
front, behind          the same; elsewhere a bound
bound, lead            since, after, until, before, from, or begin, which needs an end; several, where it can be either;
                       `lead` stands before its date only
between, and, or, to   what stands between two dates
about                  what makes a date approximate
within or mid          within 2027 in Japanese, the middle of 2027 in Chinese
day holiday, holiday   month and day; of a holiday, the days around it are meant too
tba, tbc               nobody said; said, but not for sure
unclear                nothing that can be read, though its parts could
roman                  an ordinal of a quarter or a half
fiscal                 a year that begins in a different month in each country
later                  later in the year
winter                 a season that may begin or end with its year: people mean either
this year              within the year that is said, or this one
gap                    between two dates, behind them
moved                  what it was put off to
filler                 what says nothing about the date
"""

from __future__ import annotations

from typing import Final

DAY_FIRST_MONTHS: Final = frozenset({
    "januar", "jänner", "jaenner", "februar", "feber", "märz", "maerz", "mär", "mrz", "mai", "juni", "juli", "oktober",
    "okt", "dezember", "dez",
})  # fmt: skip
"""Months of languages in which the day comes first: "Mai 27" is rather a month of 2027."""

ENGLISH: Final = """
month = 1: january, jan; february, feb, febr; march, mar; april, apr; may; june, jun; july, jul; august, aug;
    september, sept, sep; october, oct; november, nov; december, dec
weekday = 0: monday, mon; tuesday, tues, tue; wednesday, weds, wed; thursday, thurs, thur, thu; friday, fri; saturday,
    sat; sunday, sun
season = 21: spring, springtime; summer, summertime; autumn, fall, autumntime; winter, wintertime
part = 0: early, start of, beginning of, early part; mid, middle, midway through, halfway through; late, end,
    latter part, later part, tail end, close of
year part = 0: start of year, start of the year, beginning of the year; midyear, mid year; year end, yearend,
    end of year, eoy
month part = 0: start of month, start of the month, beginning of the month; mid month; month end, end of month, eom
half = 1: first half, 1st half, opening half; second half, 2nd half, latter half, last half, back half
ordinal = 1: first; second; third; fourth; fifth; sixth; seventh; eighth; ninth; tenth; eleventh; twelfth; thirteenth;
    fourteenth; fifteenth; sixteenth; seventeenth; eighteenth; nineteenth; twentieth; twenty first; twenty second;
    twenty third; twenty fourth; twenty fifth; twenty sixth; twenty seventh; twenty eighth; twenty ninth; thirtieth;
    thirty first
quarter = 4: final quarter
count = 1: a, an, one; two; three; four; five; six; seven; eight; nine; ten; eleven; twelve
span = 6 month: half a year, half year
span = 2 week: a fortnight, fortnight
unit = year: year, yr
units = year: years, yrs
unit = quarter: quarter, qtr
unit = half: half
unit = month: month
units = month: months
unit = week: week
units = week: weeks
unit = weekend: weekend
unit = day: day
units = day: days
next = -1: last, past, previous; this, current; next
coming: the next, coming, upcoming, this coming, this upcoming
rel year = 2: year after next
rel month = 2: month after next
rel week = 2: week after next
rel day = -2: day before yesterday; yesterday; today, tonight; tomorrow, tomorrow night; day after tomorrow,
    overmorrow
ahead: from now, from today, hence
ago: ago
in: in
about: on or around, on or about, about, around, circa, c, ca, approximately, approx, roughly, or so, or thereabouts,
    toward, towards, near, perhaps, maybe, possibly, probably, presumably, likely, tentatively, tentative, estimated,
    est, ish
bound = since: not before, no earlier than, not earlier than, no sooner than, not until, at the earliest, earliest,
    as early as, as soon as, at earliest, or later, or after, or beyond, onwards, onward, and later, and beyond,
    and onwards, and onward, and after, on or after, in or after
lead = after: after, later than
lead = until: by, until, till, up to, no later than, not later than, on or before, in or before
bound = until: at the latest, at latest, latest, or earlier, or sooner, and earlier
lead = before: before, earlier than, prior to, ahead of
lead = from: from, as of, starting from
between: between, sometime between, some time between
and: and, &
or: or
to: to, thru, through
day holiday = 12 25: christmas day
day holiday = 12 24: christmas eve
day holiday = 12 26: boxing day
day holiday = 12 31: new year eve, new years eve
day holiday = 1 1: new year day, new years day
day holiday = 2 14: valentine day, valentines day
day holiday = 10 31: halloween
holiday = 12 25: christmas, xmas, christmas time
tba: tba, tbd, soon, coming soon, unknown, undated, unannounced, no date, no date yet, not announced,
    not yet announced, to be announced, to be determined, to be decided, yet to be announced, not known,
    not yet known, not dated, date unknown, date tba, date tbd, release date tba, release tba, no release date,
    no release date yet, no date announced, none announced, not set, not yet set, undecided, open
tbc: tbc, to be confirmed, unconfirmed
fiscal: fiscal, fiscal year, fy, financial year, school year, academic year
this year: in the course of the year, during the year, within the year
filler: exact, precise, specific, time, on, at, of, the, for, during, within, sometime, some time, sometimes,
    some point, at some point, some day, one day, expected, anticipated, scheduled, slated, planned, set for, due,
    out, release, released, releases, releasing, premiere, premieres, premiering, premiered, debut, debuts, debuting,
    air, airs, airing, arrives, arriving, arrive, opens, opening, launch, launches, launching, streaming, streams,
    in theaters, in theatres, in cinemas, theaters, theatres, cinemas, date, target, targeting, targeted, aiming,
    eyeing, hopefully, currently, starting, starts, start in, start on, to start in, beginning in, beginning on,
    begins, coming in, coming on, coming out, either, later in, all, calendar, worldwide, globally
later: later, later on, earlier
moved: delayed to, delayed until, delayed till, postponed to, postponed until, pushed to, pushed back to, moved to,
    moved up to, rescheduled for, rescheduled to
"""

GERMAN: Final = """
month = 1: januar, jänner, jaenner; februar, feber; märz, maerz, mär, mrz; april; mai; juni; juli; august; september;
    oktober, okt; november; dezember, dez
weekday = 0: montag, montags, mo; dienstag, di; mittwoch, mi; donnerstag, do; freitag, fr; samstag, sonnabend, sa;
    sonntag, so
season = 21: frühling, frühlings, frühjahr, frühjahrs, fruehling, fruehjahr; sommer, sommers; herbst, herbsts,
    herbstes; winter, winters
season part = 22 0: frühsommer
season part = 22 2: spätsommer
season part = 23 0: frühherbst
season part = 23 2: spätherbst
part = 0: anfang, beginn, anfangs, früh; mitte, mitten; ende, spät
year part = 0: jahresanfang, jahresbeginn; jahresmitte; jahresende, jahresschluss
month part = 0: monatsanfang, monatsbeginn; monatsmitte; monatsende
ordinal = 1: erste, ersten, erster, erstes, erstem; zweite, zweiten, zweiter, zweites, zweitem; dritte, dritten,
    dritter, drittes, drittem; vierte, vierten, vierter, viertes, viertem
roman = 1: i; ii; iii; iv
this year: im laufe des jahres, noch im laufe des jahres
count = 1: ein, eine, einem, einen, einer; zwei; drei; vier; fünf, fuenf; sechs; sieben; acht; neun; zehn; elf; zwölf,
    zwoelf
span = 6 month: einem halben jahr
span = 14 day: vierzehn tagen
unit = year: jahr, jahres, jahrs, jahre
units = year: jahren
unit = quarter: quartal, quartals, vierteljahr
unit = half: hälfte, haelfte
unit = half-year: hj, halbjahr, halbjahres, halbjahrs, jahreshälfte, jahreshaelfte
unit = month: monat, monats
units = month: monate, monaten
unit = week: woche
units = week: wochen
unit = weekend: wochenende
unit = day: tag
units = day: tage, tagen
next = -1: letzte, letzten, letzter, letztes, letztem, vergangene, vergangenen, vergangener, vergangenes, vergangenem,
    vorige, vorigen, voriger, voriges, vorigem; diese, diesen, dieser, dieses, diesem, laufende, laufenden, laufendes;
    nächste, nächsten, nächster, nächstes, nächstem, naechste, naechsten, naechster, naechstes; übernächste,
    übernächsten, übernächster, übernächstes, übernächstem
following: kommende, kommenden, kommender, kommendes, kommendem, folgenden
rel year = 0: heuer
rel day = -2: vorgestern; gestern; heute; morgen; übermorgen, uebermorgen
about: etwa, ungefähr, ungefaehr, um, gegen, rund, zirka, vermutlich, wahrscheinlich, wohl, vielleicht,
    möglicherweise, eventuell, circa, schätzungsweise
bound = since: nicht vor, frühestens, fruehestens, nicht früher als, oder später, oder spaeter, und später,
    frühestens ab, frühestens im, ab frühestens
lead = after: nach
bound = until: bis, bis zum, bis zur, spätestens, spaetestens, bis spätestens, spätestens bis, nicht später als,
    oder früher
front: vor
bound = from: ab, ab dem, ab der
lead = begin: von, vom
between: zwischen
and: und
or: oder, beziehungsweise, bzw
day holiday = 12 24: heiligabend, heiliger abend
day holiday = 12 31: silvester
day holiday = 1 1: neujahr
day holiday = 2 14: valentinstag
holiday = 12 25: weihnachten
tba: termin offen, offen, noch offen, unbekannt, noch unbekannt, nicht bekannt, noch nicht bekannt,
    noch nicht angekündigt, nicht angekündigt, noch nicht bekanntgegeben, noch nicht bekannt gegeben,
    wird noch bekannt gegeben, wird noch bekanntgegeben, steht noch nicht fest, noch kein termin, kein termin,
    ohne termin, termin unbekannt, termin folgt, termin noch offen, datum offen, datum unbekannt, demnächst,
    demnaechst, in kürze, bald, starttermin offen, starttermin unbekannt, noch ohne termin, unangekündigt
tbc: unbestätigt, noch nicht bestätigt
fiscal: geschäftsjahr, geschaeftsjahr, geschäftsjahres, wirtschaftsjahr, schuljahr
filler: erst, geplante, geplanter, geplantes, voraussichtlicher, vorauss, zu, im, am, an, dem, den, der, die, das,
    des, auf, zum, zur, für, fuer, voraussichtlich, erwartet, geplant, soll, wird, kommt, kommen, erscheint, startet,
    startend, start, veröffentlichung, kinostart, kino, kinos, im kino, premiere, ausstrahlung, irgendwann, laufe,
    verlauf, im laufe, im laufe von, uhr, vorgesehen, angekündigt für, entweder, noch, termin, datum
moved: verschoben auf, verlegt auf
"""

JAPANESE: Final = """
unclear: 来冬
weekday = 0: 月曜日, 月曜; 火曜日, 火曜; 水曜日, 水曜; 木曜日, 木曜; 金曜日, 金曜; 土曜日, 土曜; 日曜日, 日曜
season = 21: 春, 春季, 春期; 夏, 夏季, 夏期; 秋, 秋季, 秋期
winter: 冬, 冬季, 冬期
months = 5 6: 初夏
months = 3 8: 春夏
months = 9 14: 秋冬
season part = 22 2: 晩夏
season part = 23 0: 初秋
season part = 23 2: 晩秋
part = 0: 初頭, 初め, はじめ, 始め, 初旬, 早々, 上旬, 序盤, 頭, あたま, 初; 半ば, なかば, 中頃, 中ごろ, 中旬, 中盤;
    末, 終わり, おわり, 終盤, 下旬, 暮れ
year part = 0: 年初, 年始, 年頭, 年明け, 年初め; 年央, 年半ば; 年末, 年の瀬, 年の暮れ, 年の終わり
month part = 0: 月初, 月初め, 月頭; 月半ば; 月末
half = 1: 前半; 後半
half of year = 1: 上半期, 前半期; 下半期, 後半期
next = -1: 前の; 今, 今度の; 次の, 次
rel year = -2: 一昨年, おととし; 去年, 昨年; 今年, 本年, 当年, ことし, 今年中, 今年内; 来年, 来年中, 来年内, 来;
    再来年, さ来年
rel month = -1: 先月; 今月, 本月, 当月; 来月; 再来月, さ来月
rel week = -1: 先週; 今週, 本週; 来週; 再来週, さ来週
rel day = -2: 一昨日, おととい; 昨日, きのう; 今日, 本日, きょう, 今夜, 今晩; 明日, あす, あした; 明後日, あさって
behind = after: 後
front: 前
about: 頃, ごろ, ころ, 約, およそ, おおよそ, だいたい, あたり, 辺り, 前後, くらい, ぐらい, おそらく, 多分, たぶん
bound = since: 以降, 以後, 早くても, 早ければ, 早くて
bound = until: まで, までに, 遅くとも, 遅くても
bound = before until: 以前
bound = before: より前
bound = after: より後
bound = from: から, より, 開始から
or: か, または, 又は, もしくは, あるいは, ないし
within or mid: 中
day holiday = 12 24: クリスマスイブ, クリスマス・イブ
day holiday = 12 31: 大晦日
day holiday = 1 1: 元日, 元旦
day holiday = 2 14: バレンタインデー
day holiday = 10 31: ハロウィン, ハロウィーン
holiday = 12 25: クリスマス
tba: 未定, 近日公開, 近日放送, 近日配信, 近日発売, 近日, 近々, 近日中, 未発表, 日程未定, 公開日未定, 放送日未定,
    配信日未定, 発売日未定, 時期未定, 公開時期未定, 放送時期未定, 配信時期未定, 公開未定, 放送未定, 配信未定,
    日時未定, 時期は未定, 後日発表, 調整中, 不明, まもなく, 間もなく, 近日発表, 続報を待て
fiscal: 今年度, 来年度, 本年度, 去年度, 年度, 会計年度, 上期, 下期, 学年
filler: 決定, 以内, 之内, の, に, は, を, で, が, も, 公開, 放送, 放映, 配信, 上映, 開始, 予定, 公開予定, 放送予定,
    配信予定, 発売, 発売予定, 開始予定, リリース, スタート, オンエア, 初回, 全国, 全国公開, 世界, 独占, 独占配信,
    世界配信, 配信開始, 放送開始, 内, 内に, 中に, 年中に, 中旬予定, 公開日, 放送日, 配信日, 発売日, 上映予定, 見込み,
    ロードショー, 劇場公開
gap: 間, の間, 间
moved: に延期, へ延期, に変更, へ変更
this year: 年内
"""

KOREAN: Final = """
weekday = 0: 월요일; 화요일; 수요일; 목요일; 금요일; 토요일; 일요일
season = 21: 봄, 봄철; 여름, 여름철; 가을, 가을철
winter: 겨울, 겨울철
month = 1: 일월; 이월; 삼월; 사월; 오월; 유월; 칠월; 팔월; 구월; 시월; 십일월; 십이월
months = 5 6: 초여름
season part = 21 2: 늦봄
season part = 22 2: 늦여름
season part = 23 0: 초가을
season part = 23 2: 늦가을
part = 0: 초, 초반, 초순, 상순, 초반기, 초기; 중순, 중반, 중반기, 중엽; 말, 하순, 말미
year part = 0: 연초, 년초; 연중반; 연말, 년말, 세밑
month part = 0: 월초; 월중순; 월말
half = 1: 전반; 후반
half of year = 1: 상반기, 전반기; 하반기, 후반기
count = 1: 한; 두; 세, 석; 네, 넉; 다섯; 여섯; 일곱; 여덟; 아홉; 열
unit = quarter: 분기
unit = month: 달, 개월
unit = week: 주, 주일, 주간
unit = year: 해
unit = day: 일
span = 6 month: 반년
span = 1 day: 하루
span = 2 day: 이틀
span = 3 day: 사흘
span = 7 day: 일주일
next = -1: 지난; 이번; 다음
rel year = -2: 재작년, 지지난해; 작년, 지난해; 올해, 올, 금년, 이번해, 당해, 올해안; 내년, 명년, 다음해, 내년도
rel either year = 2 3: 내후년, 후년
rel month = -1: 지난달, 저번달; 이번달, 이달, 금월; 다음달, 내달, 차월; 다다음달
rel week = -1: 지난주, 저번주; 이번주, 금주; 다음주, 내주, 차주; 다다음주
rel day = -2: 그저께, 그제; 어제; 오늘, 금일, 오늘밤; 내일, 명일; 모레, 내일모레; 글피
behind = after: 후, 뒤
bound = since: 이후, 이르면, 빠르면, 빨라야, 일러야
bound = until: 까지, 늦어도
bound = before until: 이전
front: 전
bound = from: 부터
about: 경, 쯤, 즈음, 무렵, 께, 약, 대략, 전후, 정도, 아마, 아마도, 가량
or: 또는, 혹은, 이나, 나, 아니면
to: 에서
and: 와, 과
day holiday = 12 24: 크리스마스이브
day holiday = 2 14: 발렌타인데이, 밸런타인데이
day holiday = 10 31: 핼러윈, 할로윈
holiday = 12 25: 크리스마스, 성탄절
tba: 미정, 추후공개, 추후공지, 추후발표, 추후결정, 미공개, 미발표, 미확정, 공개일미정, 방영일미정, 방송일미정,
    개봉일미정, 날짜미정, 일정미정, 편성미정, 시기미정, 방영미정, 개봉미정, 공개미정, 공개시기미정, 방영시기미정,
    곧공개, 곧, 조만간, 공개예정일미정, 알수없음, 불명
tbc: 잠정
fiscal: 회계연도, 회계년도, 학년도
filler: 확정, 에, 의, 은, 는, 로, 으로, 중, 중에, 내, 내에, 안, 안에, 안으로, 방송, 방영, 공개, 개봉, 예정, 방송예정,
    방영예정, 공개예정, 개봉예정, 첫방송, 첫방, 첫공개, 편성, 론칭, 출시, 예상, 목표, 년도, 도, 경에, 전세계, 단독,
    스트리밍, 시작, 도중, 중으로
gap: 사이, 사이에
moved: 로연기, 으로연기, 로변경, 으로변경
this year: 연내
coming: 오는
"""

CHINESE: Final = """
weekday = 0: 星期一, 周一, 週一, 礼拜一, 禮拜一; 星期二, 周二, 週二, 礼拜二, 禮拜二; 星期三, 周三, 週三, 礼拜三,
    禮拜三; 星期四, 周四, 週四, 礼拜四, 禮拜四; 星期五, 周五, 週五, 礼拜五, 禮拜五; 星期六, 周六, 週六, 礼拜六,
    禮拜六; 星期日, 星期天, 周日, 週日, 周天, 礼拜天, 禮拜天, 礼拜日, 禮拜日
season = 21: 春天; 夏天; 秋天
winter: 冬天
part = 0: 初期, 开头, 開頭, 伊始; 中期, 中叶; 底, 末期, 尾声
year part = 0: 年初, 年头; 年中, 年中旬; 年底, 年尾, 岁末, 歲末
month part = 0: 月初; 月中旬; 月底
half = 1: 上半; 下半, 后半
half of year = 1: 上半年, 前半年; 下半年, 后半年, 後半年
half month = 1: 上半月; 下半月
span = 6 month: 半年
rel year = -2: 前年; 去年; 今年内, 今年, 本年; 明年, 明年内, 明年年内, 明; 后年
rel month = -1: 上个月, 上個月, 上月; 这个月, 這個月, 本月, 这月; 下个月, 下個月, 下月; 下下个月, 下下個月
rel week = -1: 上周, 上週, 上星期, 上礼拜, 上个星期, 上個星期; 本周, 本週, 这周, 這週, 这星期, 這星期, 这个星期; 下周,
    下週, 下星期, 下礼拜, 下禮拜, 下个星期, 下個星期; 下下周, 下下週
rel day = -2: 前天; 昨天; 今天, 今晚; 明天, 明晚; 后天, 後天; 大后天, 大後天
behind = after: 之后, 之後
behind = since after: 以后, 后
front: 之前
about: 约, 大约, 大約, 大概, 左右, 前后, 可能, 或许, 或許, 也许, 也許, 许是
bound = since: 最早, 最快, 不早于, 不早於, 及以后, 及以後
bound = until: 最晚, 最迟, 最遲, 不晚于, 不晚於, 截至
bound = from: 起, 自, 从, 從
or: 或, 或者, 还是, 還是
lead = until: 至, 到, 直到
and: 和, 与, 與
day holiday = 12 24: 平安夜
day holiday = 1 1: 元旦
day holiday = 2 14: 情人节, 情人節
day holiday = 10 31: 万圣节, 萬聖節
holiday = 12 25: 圣诞节, 圣诞, 聖誕節, 聖誕
tba: 待定, 待公布, 待公佈, 未公布, 未公佈, 尚未公布, 尚未公佈, 待宣布, 待宣佈, 日期待定, 时间待定, 時間待定, 档期待定,
    檔期待定, 播出时间待定, 上映时间待定, 即将上映, 即將上映, 即将上线, 即將上線, 即将播出, 即將播出, 即将开播,
    敬请期待, 敬請期待, 未知, 不详, 未确定, 未確定, 尚未确定, 待播, 时间未定, 時間未定, 尚未定档, 未定档, 暂无
tbc: 待确认, 待確認
fiscal: 财年, 財年, 财政年度, 財政年度, 学年度
filler: 的, 在, 于, 於, 将, 將, 将于, 將於, 预计, 預計, 预定, 計劃, 计划, 有望, 定档, 定檔, 播出, 上映, 上线, 上線,
    开播, 開播, 首播, 公映, 推出, 期间, 份, 开始, 開始, 全球, 独播, 时候, 某时, 某個時候, 某个时候, 播放, 发布, 發佈,
    年份, 拟
gap: 之间, 之間
moved: 推迟到, 推遲到, 推迟至, 推遲至, 延期到, 延期至, 延至, 改至, 改到
this year: 年内
"""

LANGUAGES: Final = {
    "English": ENGLISH, "German": GERMAN, "Japanese": JAPANESE, "Korean": KOREAN, "Chinese": CHINESE,
}  # fmt: skip


def read_rows(rows: str) -> dict[str, tuple[str, tuple[str | int, ...]]]:
    """Return kind and values of every spelling; of two rows with the same one, the first counts."""
    words: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for row in rows.strip().replace("\n    ", " ").splitlines():
        head, _, spellings = row.partition(": ")
        kind, _, text = head.partition(" = ")
        values = tuple(int(value) if value.lstrip("-").isdecimal() else value for value in text.split())
        for number, group in enumerate(spellings.split(";")):
            numbered = (values[0] + number,) if len(values) == 1 and isinstance(values[0], int) else values
            for spelling in group.split(","):
                words.setdefault(spelling.strip(), (kind, numbered))
    return words
