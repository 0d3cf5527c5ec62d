from __future__ import annotations

import pytest

from tracker.store.toml import parser


class PanicException(BaseException):
    """As pyo3 names the panic of a Rust module."""


def test_panic_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(text: str) -> parser.Data:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(parser, "_loads_fast", panic)
    assert parser.parse('title = "Salt Road"') == {"title": "Salt Road"}
    assert parser.is_toml("rating = 7")
    assert not parser.is_toml("rating = ")


def test_interrupt_is_no_panic(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(text: str) -> parser.Data:
        raise KeyboardInterrupt

    monkeypatch.setattr(parser, "_loads_fast", interrupt)
    with pytest.raises(KeyboardInterrupt):
        parser.parse("rating = 7")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{ a = 1, }', {"a": 1}), ("{\n a = 1\n}", {"a": 1}), ("{ # why\n  a = 1, # one\n # end\n}", {"a": 1}),
        ("[{\na = [\n1,\n],\n},]", [{"a": [1]}]), (r'"\e\x41"', "\x1bA"),
    ],
)  # fmt: skip
def test_toml_1_1(text: str, value: object) -> None:
    assert parser.parse(f"v = {text}") == parser.parse_strictly(f"v = {text}") == {"v": value}
