from __future__ import annotations

import pytest

from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.reports.completion import ListNames
from tracker.reports.saved_view import SavedView

NAMES = ListNames(
    (
        Show(
            "a", "Salt Road", networks=("Harbour TV", "Lumen"), tags=("must-see",), countries=("KR",),
            cast=(Credit("Han Seorin", "Mio"), Credit("한서린")), history=(Claim(source="Lumen Press"),),
        ),
        Show("b", "Slow Tram", networks=("Lumen", "Harbour, Inc"), tags=("music", "must-see"), directors=("Ida Voss",)),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "completed"),
    [
        ("networks", "har", "Harbour TV"), ("networks", "Kestrel,  lu", "Kestrel,  Lumen"),
        ("networks", "Lumen, lu", ""),
        ("tags", "mu", "must-see"), ("tags", "must-see, mu", "must-see, music"), ("tags", "music", ""),
        ("tags", "", ""),
        ("tags", "music, ", ""), ("networks", "Harbour,", ""), ("networks", '"Har', ""),
        ("countries", "sou", "South Korea"), ("countries", "kr, jap", "kr, Japan"), ("countries", "x", ""),
        ("directors", "ida", "Ida Voss"), ("source", "lumen", "Lumen Press"),
        ("cast", "Ida Voss = Lena\nHan", "Ida Voss = Lena\nHan Seorin"), ("cast", "Han Seorin = H", ""),
        ("cast", "Jun Abe, 하", "Jun Abe, 한서린"), ("networks", "harbourt", "Harbour TV"),
        ("networks", "harbour t", "Harbour TV"), ("networks", "harb ", ""), ("tags", "must-", "must-see"),
    ],
)  # fmt: skip
def test_complete_field(field: str, text: str, completed: str) -> None:
    assert NAMES.complete(field, text) == completed


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("tag:mus", "tag:must-see"), ("salt -tag:mus", "salt -tag:must-see"), ("tag:bl,mus", "tag:bl,must-see"),
        ("net:lu", "net:Lumen"), ("network:harbourt", ""), ('net:"har', 'net:"Harbour, Inc"'),
        ('net:"harbour-t', 'net:"Harbour TV"'),
        ("country:s", 'country:South" Korea"'), ("cast:ha", 'cast:Han" Seorin"'), ("status:fil", "status:filming"),
        ("is:over", "is:overdue"), ("watch:wat", "watch:watching"), ("tag:", ""), ("mus", ""), ("zzz:mus", ""),
        ('net:"Harbour TV" ', ""), ("net:harbour, ", ""), ('"tag:mus', ""),
    ],
)  # fmt: skip
def test_complete_query(text: str, completed: str) -> None:
    assert NAMES.complete_query(text) == completed


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("@", "@korea"), ("@ko", "@korea"), ("-@KO", "-@korea"), ("tram @soo", "tram @soon"), ("@korea", ""),
        ("@korea,so", "@korea,soon"), ("@korea,@so", "@korea,@soon"), ("@x", ""),
        ("@하", "@하늘"), ('"@ko', ""), ("a@ko", ""),
    ],
)  # fmt: skip
def test_complete_saved_view(text: str, completed: str) -> None:
    views = [SavedView("korea"), SavedView("soon"), SavedView("하늘")]
    assert NAMES.complete_query(text, views) == completed
