"""Countries by code and by name: the codes of ISO 3166-1 alpha-2 as of 2023, under the English names of everyday use.

Codes and most of the names are those of `iso3166.tab` of the tz database, which is in the public domain.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from tracker.errors import BadValue
from tracker.text import clean_line, search_form

NAMES: Final = {
    "AD": "Andorra", "AE": "United Arab Emirates", "AF": "Afghanistan", "AG": "Antigua and Barbuda", "AI": "Anguilla",
    "AL": "Albania", "AM": "Armenia", "AO": "Angola", "AQ": "Antarctica", "AR": "Argentina", "AS": "American Samoa",
    "AT": "Austria", "AU": "Australia", "AW": "Aruba", "AX": "Åland Islands", "AZ": "Azerbaijan",
    "BA": "Bosnia and Herzegovina", "BB": "Barbados", "BD": "Bangladesh", "BE": "Belgium", "BF": "Burkina Faso",
    "BG": "Bulgaria", "BH": "Bahrain", "BI": "Burundi", "BJ": "Benin", "BL": "Saint Barthélemy", "BM": "Bermuda",
    "BN": "Brunei", "BO": "Bolivia", "BQ": "Caribbean Netherlands", "BR": "Brazil", "BS": "Bahamas", "BT": "Bhutan",
    "BV": "Bouvet Island", "BW": "Botswana", "BY": "Belarus", "BZ": "Belize", "CA": "Canada", "CC": "Cocos Islands",
    "CD": "DR Congo", "CF": "Central African Republic", "CG": "Republic of the Congo", "CH": "Switzerland",
    "CI": "Côte d’Ivoire", "CK": "Cook Islands", "CL": "Chile", "CM": "Cameroon", "CN": "China", "CO": "Colombia",
    "CR": "Costa Rica", "CU": "Cuba", "CV": "Cape Verde", "CW": "Curaçao", "CX": "Christmas Island", "CY": "Cyprus",
    "CZ": "Czechia", "DE": "Germany", "DJ": "Djibouti", "DK": "Denmark", "DM": "Dominica", "DO": "Dominican Republic",
    "DZ": "Algeria", "EC": "Ecuador", "EE": "Estonia", "EG": "Egypt", "EH": "Western Sahara", "ER": "Eritrea",
    "ES": "Spain", "ET": "Ethiopia", "FI": "Finland", "FJ": "Fiji", "FK": "Falkland Islands", "FM": "Micronesia",
    "FO": "Faroe Islands", "FR": "France", "GA": "Gabon", "GB": "United Kingdom", "GD": "Grenada", "GE": "Georgia",
    "GF": "French Guiana", "GG": "Guernsey", "GH": "Ghana", "GI": "Gibraltar", "GL": "Greenland", "GM": "Gambia",
    "GN": "Guinea", "GP": "Guadeloupe", "GQ": "Equatorial Guinea", "GR": "Greece", "GS": "South Georgia",
    "GT": "Guatemala", "GU": "Guam", "GW": "Guinea-Bissau", "GY": "Guyana", "HK": "Hong Kong",
    "HM": "Heard and McDonald Islands", "HN": "Honduras", "HR": "Croatia", "HT": "Haiti", "HU": "Hungary",
    "ID": "Indonesia", "IE": "Ireland", "IL": "Israel", "IM": "Isle of Man", "IN": "India",
    "IO": "British Indian Ocean Territory", "IQ": "Iraq", "IR": "Iran", "IS": "Iceland", "IT": "Italy",
    "JE": "Jersey", "JM": "Jamaica", "JO": "Jordan", "JP": "Japan", "KE": "Kenya", "KG": "Kyrgyzstan",
    "KH": "Cambodia", "KI": "Kiribati", "KM": "Comoros", "KN": "Saint Kitts and Nevis", "KP": "North Korea",
    "KR": "South Korea", "KW": "Kuwait", "KY": "Cayman Islands", "KZ": "Kazakhstan", "LA": "Laos", "LB": "Lebanon",
    "LC": "Saint Lucia", "LI": "Liechtenstein", "LK": "Sri Lanka", "LR": "Liberia", "LS": "Lesotho",
    "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "LY": "Libya", "MA": "Morocco", "MC": "Monaco",
    "MD": "Moldova", "ME": "Montenegro", "MF": "Saint Martin", "MG": "Madagascar", "MH": "Marshall Islands",
    "MK": "North Macedonia", "ML": "Mali", "MM": "Myanmar", "MN": "Mongolia", "MO": "Macau",
    "MP": "Northern Mariana Islands", "MQ": "Martinique", "MR": "Mauritania", "MS": "Montserrat", "MT": "Malta",
    "MU": "Mauritius", "MV": "Maldives", "MW": "Malawi", "MX": "Mexico", "MY": "Malaysia", "MZ": "Mozambique",
    "NA": "Namibia", "NC": "New Caledonia", "NE": "Niger", "NF": "Norfolk Island", "NG": "Nigeria", "NI": "Nicaragua",
    "NL": "Netherlands", "NO": "Norway", "NP": "Nepal", "NR": "Nauru", "NU": "Niue", "NZ": "New Zealand",
    "OM": "Oman", "PA": "Panama", "PE": "Peru", "PF": "French Polynesia", "PG": "Papua New Guinea",
    "PH": "Philippines", "PK": "Pakistan", "PL": "Poland", "PM": "Saint Pierre and Miquelon", "PN": "Pitcairn",
    "PR": "Puerto Rico", "PS": "Palestine", "PT": "Portugal", "PW": "Palau", "PY": "Paraguay", "QA": "Qatar",
    "RE": "Réunion", "RO": "Romania", "RS": "Serbia", "RU": "Russia", "RW": "Rwanda", "SA": "Saudi Arabia",
    "SB": "Solomon Islands", "SC": "Seychelles", "SD": "Sudan", "SE": "Sweden", "SG": "Singapore",
    "SH": "Saint Helena", "SI": "Slovenia", "SJ": "Svalbard and Jan Mayen", "SK": "Slovakia", "SL": "Sierra Leone",
    "SM": "San Marino", "SN": "Senegal", "SO": "Somalia", "SR": "Suriname", "SS": "South Sudan",
    "ST": "São Tomé and Príncipe", "SV": "El Salvador", "SX": "Sint Maarten", "SY": "Syria", "SZ": "Eswatini",
    "TC": "Turks and Caicos Is", "TD": "Chad", "TF": "French Southern Territories", "TG": "Togo", "TH": "Thailand",
    "TJ": "Tajikistan", "TK": "Tokelau", "TL": "East Timor", "TM": "Turkmenistan", "TN": "Tunisia", "TO": "Tonga",
    "TR": "Turkey", "TT": "Trinidad and Tobago", "TV": "Tuvalu", "TW": "Taiwan", "TZ": "Tanzania", "UA": "Ukraine",
    "UG": "Uganda", "UM": "US Outlying Islands", "US": "United States", "UY": "Uruguay", "UZ": "Uzbekistan",
    "VA": "Vatican City", "VC": "Saint Vincent and the Grenadines", "VE": "Venezuela", "VG": "British Virgin Islands",
    "VI": "US Virgin Islands", "VN": "Vietnam", "VU": "Vanuatu", "WF": "Wallis and Futuna", "WS": "Samoa",
    "YE": "Yemen", "YT": "Mayotte", "ZA": "South Africa", "ZM": "Zambia", "ZW": "Zimbabwe",
}  # fmt: skip
"""The name of each country by its code."""

_OTHER_NAMES: Final = {
    "AE": "emirates|uae", "BA": "bosnia", "BN": "brunei darussalam", "BO": "plurinational state of bolivia",
    "BS": "the bahamas", "CD": "democratic republic of the congo|congo kinshasa|drc|zaire", "CG": "congo brazzaville",
    "CI": "ivory coast", "CN": "mainland china|prc|people's republic of china|中国|中國|중국", "CV": "cabo verde",
    "CZ": "czech republic", "DE": "deutschland|federal republic of germany", "ES": "españa",
    "FK": "falklands|malvinas",
    "GB": "uk|great britain|britain|england|scotland|wales|northern ireland|イギリス|영국", "GR": "hellas",
    "HK": "hong kong sar|香港|홍콩", "IE": "republic of ireland|eire", "IR": "islamic republic of iran",
    "JP": "日本|일본|nippon", "KP": "dprk|democratic people's republic of korea|北朝鮮|북한",
    "KR": "korea|republic of korea|rok|s korea|대한민국|한국|韓国|韩国|韓國", "LA": "lao pdr",
    "MD": "republic of moldova", "MK": "macedonia", "MM": "burma", "MO": "macao|澳門|澳门", "MX": "méxico",
    "NL": "holland", "PS": "state of palestine", "RU": "russian federation", "SA": "ksa",
    "SY": "syrian arab republic", "SZ": "swaziland", "TH": "ไทย|タイ|태국|泰国|泰國", "TL": "timor leste",
    "TR": "türkiye", "TW": "republic of china|台湾|台灣|臺灣|대만", "TZ": "united republic of tanzania",
    "UA": "ukraina", "US": "usa|united states of america|america|アメリカ|미국|美国|美國", "VA": "holy see|vatican",
    "VE": "bolivarian republic of venezuela", "VN": "viet nam|베트남|越南|ベトナム",
}  # fmt: skip
"""What else people call countries."""

_AMBIGUOUS: Final = {
    "congo": ("CG", "CD"), "virgin islands": ("VG", "VI"), "st martin": ("MF", "SX"), "saint martin": ("MF", "SX"),
}  # fmt: skip
"""Names that more than one country has."""


def _form(text: str) -> str:
    """Return a name in the form in which names are compared: without case, accents, dots, hyphens and "the"."""
    return search_form(text.replace(".", "")).removeprefix("the ")


@cache
def _codes() -> dict[str, str]:
    """Return the code of each country by all its names; few runs of the program need them."""
    codes: dict[str, str] = {}
    for code, name in NAMES.items():
        codes |= dict.fromkeys(map(_form, (code, name, *_OTHER_NAMES.get(code, code).split("|"))), code)
    return codes


@lru_cache(maxsize=1024)
def find_country(text: str) -> str:
    """Return the code of the country that a code or a name means, "" where none is known by it.

    Raises:
        BadValue: It is the name of several.
    """
    form = _form(text)
    if codes := _AMBIGUOUS.get(form):
        choices = " or ".join(f"{code} for {NAMES[code]}" for code in codes)
        raise BadValue(f"“{clean_line(text)}” is the name of several countries; write {choices}.", "countries")
    return _codes().get(form, "")


def is_ambiguous(text: str) -> bool:
    """Return whether several countries have this name."""
    return _form(text) in _AMBIGUOUS


def country_code(text: str) -> str:
    """Return the code of a country, or the text itself where it names none or several."""
    try:
        return find_country(text) or text
    except BadValue:
        return text


def country_name(text: str) -> str:
    """Return the name of a country by its code, or the text itself where it is no code."""
    return NAMES.get(text.upper(), text)
