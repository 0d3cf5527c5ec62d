"""Items of Wikidata with a meaning here: countries, and kinds of works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COUNTRIES: Final[Mapping[str, str]] = {
    "Q17": "JP", "Q884": "KR", "Q423": "KP", "Q148": "CN", "Q865": "TW", "Q8646": "HK", "Q14773": "MO", "Q869": "TH",
    "Q252": "ID", "Q668": "IN", "Q928": "PH", "Q881": "VN", "Q334": "SG", "Q833": "MY", "Q711": "MN", "Q408": "AU",
    "Q664": "NZ", "Q30": "US", "Q16": "CA", "Q96": "MX", "Q155": "BR", "Q414": "AR", "Q298": "CL", "Q739": "CO",
    "Q145": "GB", "Q27": "IE", "Q142": "FR", "Q183": "DE", "Q40": "AT", "Q39": "CH", "Q31": "BE", "Q55": "NL",
    "Q29999": "NL", "Q29": "ES", "Q45": "PT", "Q38": "IT", "Q41": "GR", "Q43": "TR", "Q34": "SE", "Q35": "DK",
    "Q756617": "DK", "Q20": "NO", "Q33": "FI", "Q189": "IS", "Q36": "PL", "Q213": "CZ", "Q28": "HU", "Q218": "RO",
    "Q159": "RU", "Q212": "UA", "Q801": "IL", "Q794": "IR", "Q79": "EG", "Q258": "ZA", "Q1033": "NG",
}  # fmt: skip
"""ISO codes by item."""

FILMS: Final = frozenset(
    {
        "Q11424",  # film
        "Q24862",  # short film
        "Q24869",  # feature film
        "Q506240",  # television film
        "Q202866",  # animated film
        "Q29168811",  # animated feature film
        "Q17517379",  # animated short film
        "Q20650540",  # anime film
        "Q93204",  # documentary film
        "Q226730",  # silent film
        "Q229390",  # 3D film
        "Q130232",  # drama film
        "Q18011172",  # film project
    }
)
"""Classes of films."""

SERIES: Final = frozenset(
    {
        "Q5398426",  # television series
        "Q15416",  # television program
        "Q1259759",  # miniseries
        "Q1366112",  # television drama
        "Q526877",  # web series
        "Q581714",  # animated series
        "Q117467246",  # animated television series
        "Q63952888",  # anime television series
    }
)
"""Classes of series."""

PARTS: Final = frozenset(
    {
        "Q3464665",  # television series season
        "Q21191270",  # television series episode
        "Q1983062",  # episode
    }
)
"""Classes that have a cast and a network too, and are no shows of their own."""


def country_items(region: str) -> frozenset[str]:
    """Return the items of a country by its code."""
    return frozenset(item for item, code in COUNTRIES.items() if code == region)
