from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.model.countries import NAMES, country_code, country_name, find_country


def test_codes_and_names_of_all_countries() -> None:
    assert len(NAMES) == 249
    for code, name in NAMES.items():
        assert find_country(code.lower()) == code
        assert country_name(code) == name
        if code != "MF":
            assert find_country(name.upper()) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("korea|South Korea|Republic of Korea|한국|kr", "KR"),
        ("USA|U.S.A.|United States|America|the United States of America", "US"),
        ("UK|Great Britain|England|gb", "GB"),
        ("Czechia|Czech Republic", "CZ"),
        ("Türkiye|turkiye|Turkey", "TR"),
        ("Côte d'Ivoire|cote d’ivoire|Ivory Coast", "CI"),
        ("日本|japan|ＪＡＰＡＮ", "JP"),
        ("the Philippines", "PH"),
        ("Guinea-Bissau|guinea bissau", "GW"),
        ("Ruritania|Yugoslavia|||EU|Koreas", ""),
    ],
)
def test_find_country(names: str, code: str) -> None:
    for name in names.split("|"):
        assert find_country(name) == code
        assert country_code(name) == (code or name)


def test_name_of_several_countries() -> None:
    with pytest.raises(BadValue, match=r"write CG for .* or CD for DR Congo"):
        find_country("Congo")
    assert country_code("Congo") == "Congo"
