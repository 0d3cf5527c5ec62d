"""Words that the rules go by: who shows what, what is no name, what the months are called."""

from __future__ import annotations

import re
from typing import Final

NETWORKS: Final = tuple(
    """Netflix|Disney+|Disney Plus|Apple TV+|Apple TV Plus|Apple TV|Amazon Prime Video|Prime Video|Hulu|HBO Max|HBO|Max|Peacock|Paramount+|
Paramount Plus|Paramount Network|Showtime|Starz|FX|FXX|AMC+|AMC|Shudder|BritBox|Acorn TV|BBC One|BBC Two|BBC Three|BBC iPlayer|BBC America|BBC|
ITV1|ITV2|ITVX|ITV|Channel 4|Channel 5|Sky Atlantic|Sky Max|Sky Comedy|Sky|NOW|UKTV|Dave|Alibi|S4C|RTÉ One|RTÉ|Virgin Media|NBC|CBS|ABC|Fox|FOX|
The CW|Freeform|USA Network|Syfy|TNT|TBS|truTV|Comedy Central|MTV|Adult Swim|Cartoon Network|Nickelodeon|Disney Channel|Hallmark Channel|
Lifetime|History|National Geographic|Roku Channel|The Roku Channel|Tubi|MGM+|Epix|Crackle|Quibi|YouTube Premium|Facebook Watch|
tvN|TVN|JTBC|OCN|ENA|Channel A|TV Chosun|TV CHOSUN|MBN|MBC|KBS2|KBS 2TV|KBS2TV|KBS1|KBS|SBS|EBS|TVING|Tving|Wavve|WAVVE|Watcha|WATCHA|Coupang Play|
U+ Mobile TV|U+ Mobiletv|Studio X+U|Genie TV|Seezn|KakaoTV|Kakao TV|Naver NOW|Heavenly|GagaOOLala|Viki|Rakuten Viki|Viu|iQIYI|iQiyi|WeTV|Tencent Video|
Youku|YOUKU|Mango TV|Bilibili|bilibili|Hunan TV|Zhejiang TV|Jiangsu TV|Dragon TV|CCTV-8|CCTV-1|CCTV|Beijing TV|TVB|ViuTV|PTS|CTS|CTV|TVBS|SET TV|
Catchplay+|STARZ|SYFY|SHOWTIME|HULU|NETFLIX|PEACOCK|Hulu Japan|BS Asahi|BS-TBS|PlayPlay|Catchplay|CATCHPLAY+|myVideo|LINE TV|GMM25|GMM 25|GMMTV|One31|One 31|Channel 3|CH3|Channel 7|TrueID|oneD|Workpoint|AIS Play|
TV Asahi|TV Tokyo|Fuji TV|Nippon TV|NTV|TBS TV|NHK General|NHK BS|NHK|WOWOW|Wowow|MBS|Kansai TV|Kantele|Yomiuri TV|ABC TV|TV Osaka|Tokyo MX|TOKYO MX|
BS11|BS Fuji|BS TV Tokyo|BS-TBS|AT-X|ABEMA|AbemaTV|Abema|U-NEXT|TELASA|Telasa|TVer|Lemino|FOD|dTV|Paravi|Crunchyroll|HIDIVE|Funimation|
Canal+|CANAL+|TF1|France 2|France TV|M6|Arte|ARTE|ZDF|ARD|RTL|RTL+|Joyn|SkyShowtime|Rai 1|Rai|RAI|Mediaset|Antena 3|Atresplayer|Atresmedia|RTVE|Movistar Plus+|
Movistar+|Filmin|SVT|NRK|DR|TV2|TV 2|TV4|Viaplay|Yle|VRT|NPO|Globoplay|TV Globo|Globo|Telemundo|Univision|ViX|Televisa|Blim|
Stan|Binge|Foxtel|ABC iview|SBS On Demand|Nine Network|Seven Network|Network 10|Ten|CBC|CTV Drama|Crave|Global TV|TVNZ|Hotstar|Disney+ Hotstar|
JioCinema|SonyLIV|ZEE5|Voot|ABS-CBN|GMA|TV5|Vidio|MeWATCH|meWATCH|Mediacorp|Astro|Showmax|MultiChoice|M-Net|Pro TV|Show TV|Star TV|Kanal D|ATV|TRT 1|TRT|TVP|Polsat|HRT|RTS|Tencent|Rakuten TV|Amazon|Channel 8|WeTV|Gagaoolala|TV Setouchi|Hikari TV|Studio Dragon Channel""".replace("\n", "").split("|")
)
"""Who shows: networks, streamers and platforms, by the names that news uses. From the services' public lists."""
_NEED_CONTEXT: Final = frozenset({"Max", "Fox", "Sky", "NOW", "Dave", "History", "Ten", "Stan", "Binge", "DR", "Rai", "Globo", "Lifetime", "Joyn", "Heavenly", "TBS", "ABC", "Amazon", "ATV"})
NETWORK: Final = re.compile(
    r"(?<![\w&+])(?:" + "|".join(re.escape(one) for one in sorted(NETWORKS, key=len, reverse=True)) + r")(?![\w+]| Kyoto| Drama Awards| Entertainment Awards| Studios?\b| Studio\b| News\b| Film Festival)"
)

OTHER_WORK: Final = re.compile(r"^In other\b|\b(?:next (?:will be |be )?(?:seen|appears?|stars?|up\b)|(?:will|can) (?:also|next|soon) be (?:seen|heard)|also (?:has|filming|shooting|working on|set to (?:star|appear) in|slated to)|other (?:upcoming )?(?:projects|credits|originals|works)|upcoming projects|most recently|recently (?:starred|appeared|seen|wrapped|finished)|was last seen|was recently (?:seen )?in|coming up in|contract with|(?:Ⓟ|[A-Z]\w+)[^Ⓣ.;]{0,60}(?:can|will|may) (?:also |next |soon )?be seen|has the lead in|slot left empty|will be filled by|repped by|represented by)\b")
"""A sentence about what else people do."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

KIND_NOUNS: Final = (
    r"(?:mini-?series|web[ -]?series|web[ -]?drama|dramedy|dorama|asadora|taiga|[kjct]-?drama|lakorn|docuseries|docudrama|telenovela|sitcom|"
    r"drama|series|show|thriller|anime|film|movie|feature|biopic|comedy|rom-?com|romcom|melodrama|sageuk|romance|horror|mystery|whodunit|"
    r"western|musical|spin-?off|prequel|sequel|reboot|remake|adaptation|special|OVA|project|original|epic|saga|production|procedural|BL|GL|"
    r"miniseries|programme|program|serial|picture|pic|fantasy|live[ -]action)"
)
"""What a show is called."""

COUNTRIES: Final = {
    "Korean": "South Korea", "South Korean": "South Korea", "K-drama": "South Korea", "Japanese": "Japan", "J-drama": "Japan",
    "Chinese": "China", "C-drama": "China", "Mainland Chinese": "China", "Taiwanese": "Taiwan", "Thai": "Thailand", "Filipino": "Philippines",
    "Philippine": "Philippines", "Vietnamese": "Vietnam", "Indonesian": "Indonesia", "Malaysian": "Malaysia", "Singaporean": "Singapore",
    "Hong Kong": "Hong Kong", "Indian": "India", "Spanish": "Spain", "German": "Germany", "French": "France", "Italian": "Italy",
    "British": "United Kingdom", "Irish": "Ireland", "Scottish": "United Kingdom", "Welsh": "United Kingdom", "Danish": "Denmark", "Swedish": "Sweden", "Norwegian": "Norway",
    "Finnish": "Finland", "Icelandic": "Iceland", "Dutch": "Netherlands", "Belgian": "Belgium", "Polish": "Poland", "Turkish": "Turkey",
    "Brazilian": "Brazil", "Mexican": "Mexico", "Argentine": "Argentina", "Argentinian": "Argentina", "Colombian": "Colombia", "Chilean": "Chile",
    "Australian": "Australia", "Canadian": "Canada", "American": "United States", "U.S.": "United States", "Nigerian": "Nigeria", "South African": "South Africa",
    "Israeli": "Israel", "Greek": "Greece", "Portuguese": "Portugal", "Austrian": "Austria", "Swiss": "Switzerland", "Czech": "Czechia", "Hungarian": "Hungary",
}  # fmt: skip
"""A show that is called so comes from there."""

NO_NAMES: Final = frozenset(
    """a an the this that these those it its he she they we you i his her their our your my who whom whose which what when where why how
and or but nor so yet if then than as at by for from in into of off on onto out over to up with within without about above after against
along amid among around before behind below beneath beside besides between beyond despite down during except inside like near
outside past per since through throughout till toward towards under until upon via while although though because unless whether once
is are was were be been being am has have had do does did will would shall should can could may might must not no yes also just only even
still already again ever never now today yesterday tomorrow here there meanwhile however moreover furthermore finally additionally instead
later earlier recently currently previously originally initially according following directed written starring featuring based set both
either neither each every all any some many much more most other others another such several few one two three four five six seven eight nine
ten first second third last next new upcoming final full main lead leads leading male female role roles cast casting drama dramas series
film films movie movies show shows season seasons episode episodes part pilot anime manga webtoon novel book books comic comics story
actor actors actress actresses star stars idol singer rapper comedian director directors writer writers screenwriter producer producers
showrunner creator author pd mr mrs ms dr sir dame lord lady detective officer captain president ceo professor king queen prince princess
netflix disney hulu hbo amazon apple korea korean south north japan japanese china chinese taiwan taiwanese thai thailand american british
america uk us usa u.s english spanish french german italian european asian hollywood bollywood seoul tokyo london bl gl tv ott k-drama k-dramas
c-drama j-drama kdrama kdramas cdrama jdrama asadora taiga sageuk lakorn rom-com oscar oscars emmy emmys golden globe award awards festival academy entertainment studio studios pictures
productions production company agency media group network channel television broadcasting inc ltd co corp news press association exclusive
breaking update watch look photo photos image via source sources related trending trailer teaser poster still stills synopsis plot cast
premiere release date january february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday spring summer autumn fall winter christmas halloween valentine's day year years month week weekend
things everything nothing something anyone someone everyone fans viewers audiences deadline variety soompi collider yonhap osen instagram twitter
youtube facebook weibo tiktok x reddit rumor rumors report reports sign deal young old big little good great best top
long-time veteran rookie newcomer fellow adds joins join confirmed confirms announces announced reveals revealed unveils unveiled
plus let let's don't it's that's there's what's here's he's she's they're we're i'm i've isn't ok okay well oh ah yes no wow hey hi dear thanks
see know meet check get like find take make come go say says ask tell think keep give gives read hear scriptwriter scriptwriters screenwriters showrunners filmmaker filmmakers playwright novelist mangaka aunt uncle grandma grandpa newcomers veterans idols singers rookies comedians others series-regular thanks both together still next-up
directing writing playing starring heading leading joining opposite alongside rounding behind produced executive helmed penned
filming shooting production principal photography script screenplay season's chapter volume vol episode's title working literal
christmas easter ramadan lunar eve halloween new-year's oct nov dec jan feb aug sept mar apr jun jul
""".split()
)
"""Words that are written with a capital letter at times and are no part of anybody's name."""
SYLLABLES: Final = frozenset("so in do an no on oh ok go my to will may june april max yes all you we if he she i by off us la le art king song young sun star over under ah jun so hey wow".split())
"""Common words that are also parts of names: So Ji-sub, Seo In Guk, Off Jirakit, May."""
DEMONYMS: Final = frozenset(
    "australian canadian mexican brazilian argentine colombian chilean danish swedish norwegian finnish icelandic dutch belgian swiss austrian viennese polish czech "
    "hungarian romanian bulgarian greek turkish russian ukrainian israeli egyptian nigerian kenyan indian tamil hindi bengali marathi telugu malayalam pakistani "
    "indonesian malaysian singaporean filipino filipina vietnamese mongolian mandarin cantonese hokkien taiwanese thai portuguese irish scottish welsh catalan basque "
    "nordic scandinavian african latin hispanic jewish christian catholic buddhist victorian edwardian joseon goryeo hanyang ming qing tang edo meiji showa republican "
    "parisian londoner californian texan hawaiian".split()
)
PARTICLES: Final = frozenset("de del della di da das dos du la le van von der den bin binti ibn al el ter ten y".split())
COMPANY: Final = re.compile(
    r"(?:Entertainment|Studios?|Pictures|Productions?|Films?|Media|Agency|Company|Group|Television|Labels?|Animation|Works|Network|Inc|Ltd|"
    r"Corp|Books|Press|Publishing|Comics|Magazine|University|School|College|Academy|Festival|Awards?|Hospital|Police|Island|City|Street|Hotel|"
    r"Castle|Palace|River|Mountain|Park|Prize|Times|Daily|News|Herald|Reporter|Hall|House|Province|Prefecture|County|District|Club|Team|Records|Music|Guild|Fair|War|"
    r"Management|Actors|Creative|Partners|Holdings|TV|Channel|Girls|Boys|Band|Day|Week|Weekly|Post|Sun|Mail|Guardian|Journal|Report|Church|Bank|Court|Ministry|Department|Bureau|Agency|Association|Union)\b"
)
"""A run of capitalised words that ends so is a company, a place or a paper."""
PLACES: Final = frozenset(
    """Seoul Busan Jeju Incheon Daegu Gyeongju Jeonju Tokyo Osaka Kyoto Hokkaido Okinawa Nagoya Fukuoka Sapporo Kobe Yokohama Nagasaki Hiroshima Beijing Shanghai Hengdian Chongqing
Chengdu Xiamen Hangzhou Taipei Tainan Kaohsiung Bangkok Phuket Manila Cebu Jakarta Bali Hanoi Singapore London Manchester Liverpool Edinburgh Glasgow
Cardiff Bristol Belfast Dublin Galway Paris Lyon Marseille Berlin Hamburg Munich Cologne Vienna Rome Milan Naples Venice Madrid Barcelona Seville Valencia Lisbon Porto
Athens Istanbul Copenhagen Stockholm Oslo Helsinki Reykjavik Prague Budapest Warsaw Brussels Amsterdam Zurich Geneva Moscow Toronto Vancouver Montreal
Calgary Atlanta Chicago Boston Philadelphia Pittsburgh Miami Orlando Dallas Austin Houston Denver Seattle Portland Detroit Cleveland Nashville Memphis
Baltimore Brooklyn Manhattan Hawaii Alaska Texas Georgia California Florida Nevada Louisiana Wales Scotland England Ireland Iceland Spain Portugal France
Germany Italy Austria Switzerland Greece Croatia Malta Hungary Czechia Poland Romania Bulgaria Turkey Morocco Egypt Jordan Israel India Mumbai Delhi Kolkata Chennai Nepal Mongolia Vietnam
Thailand Malaysia Indonesia Philippines Japan China Taiwan Korea Australia Sydney Melbourne Brisbane Perth Canada Mexico Brazil Argentina Chile Colombia Peru Cuba Cornwall Yorkshire
Devon Kent Sussex Norway Sweden Denmark Finland Netherlands Belgium Leeds Birmingham Sheffield Newcastle Oxford Cambridge Brighton Andalusia Galicia Bilbao Mallorca Tenerife Sicily Tuscany Ukraine Albuquerque Wilmington Savannah Chiang""".split()
    + ["New York", "Los Angeles", "San Francisco", "Las Vegas", "New Orleans", "New Mexico", "New Zealand", "Hong Kong", "Chiang Mai", "Ho Chi Minh City",
       "Cape Town", "South Africa", "Buenos Aires", "Rio de Janeiro", "Sao Paulo", "São Paulo", "Mexico City", "South Korea", "North Carolina", "New Jersey", "British Columbia", "Nova Scotia",
       "Washington D.C.", "Washington, D.C.", "Northern Ireland", "United Kingdom", "United States", "Canary Islands", "Jeju Island", "San Diego", "Santa Monica", "Beverly Hills", "Los Gatos", "Culver City", "Salt Lake City", "St. Petersburg", "Gangwon Province", "Chiang Rai"]
)  # fmt: skip
"""Where shows are shot and set; no names of people."""


def needs_context(network: str) -> bool:
    """Return whether a name is also a common word, so that only a phrase around it tells a network."""
    return network in _NEED_CONTEXT
