"""Names of countries and their codes."""

from __future__ import annotations

from typing import Final

from tracker.text import search_form

_CODES: Final = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "belgium": "BE", "brazil": "BR", "canada": "CA",
    "chile": "CL", "china": "CN", "mainland china": "CN", "colombia": "CO", "czech republic": "CZ", "czechia": "CZ",
    "denmark": "DK",
    "england": "GB", "finland": "FI", "france": "FR", "germany": "DE", "greece": "GR", "hong kong": "HK",
    "hungary": "HU", "iceland": "IS", "india": "IN", "indonesia": "ID", "ireland": "IE", "israel": "IL", "italy": "IT",
    "japan": "JP", "korea": "KR", "south korea": "KR", "malaysia": "MY", "mexico": "MX", "netherlands": "NL",
    "new zealand": "NZ", "nigeria": "NG", "norway": "NO", "peru": "PE", "philippines": "PH", "poland": "PL",
    "portugal": "PT", "russia": "RU", "scotland": "GB", "singapore": "SG", "south africa": "ZA", "spain": "ES",
    "sweden": "SE", "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "turkey": "TR", "turkiye": "TR",
    "uk": "GB", "united kingdom": "GB", "britain": "GB", "us": "US", "usa": "US", "united states": "US",
    "america": "US", "vietnam": "VN", "wales": "GB",
}  # fmt: skip


def country_code(name: str) -> str:
    """Return the two-letter code of a country, or the name itself if it is unknown."""
    return _CODES.get(search_form(name.strip()).removeprefix("the "), name)
