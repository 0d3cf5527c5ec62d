from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tracker.errors import SettingsUnwritable
from tracker.reports.saved_view import SavedView
from tracker.store import saved_views
from tracker.store.saved_views import remove_view, write_view
from tracker.store.settings import read_settings

TEXT = """\
# my settings
ascii = true   # for the tram

[keys]
remove = "D"

[views] # what I look at
korea = "country:KR"   # at home
# soon
soon = { query = "is:month", own = 1, view = "agenda" } # two weeks
"일본" = 'country:JP'
[views.films] # see
# which
query = "kind:film" # why
own = "mine"

[tmdb]
token = "t0ken"
# the end"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


FULL_TEXT = (
    '{ query = "net:tvn", view = "agenda", group = "network", sort = "claim", native = true, seen = false, key = "f2" }'
)
FULL = SavedView("korea", "net:tvn", "agenda", "network", "claim", native=True, seen=False, key="f2")


@pytest.mark.parametrize(
    ("view", "before", "changes"),
    [
        (SavedView("new", 'cast:"a b"'), "", [("'country:JP'\n", "'country:JP'\nnew = \"cast:\\\"a b\\\"\"\n")]),
        (
            SavedView("東京", "x", seen=True),
            "",
            [("'country:JP'\n", "'country:JP'\n\"東京\" = { query = \"x\", seen = true }\n")],
        ),
        (SavedView("korea", "net:tvn"), "", [('"country:KR"', '"net:tvn"')]),
        (SavedView("korea", "net:tvn"), "korea", [('"country:KR"', '"net:tvn"')]),
        (SavedView("Korea", "country:KR"), "", [('korea = "c', 'Korea = "c')]),
        (
            FULL,
            "",
            [(
                '"country:KR"',
                FULL_TEXT,
            )],
        ),
        (
            SavedView("soon", "is:week", sort="title"),
            "",
            [('"is:month", own = 1, view = "agenda" }', '"is:week", own = 1, sort = "title" }')],
        ),
        (
            SavedView("films", "kind:film", key="f3"),
            "",
            [('own = "mine"\n', 'own = "mine"\nkey = "f3"\n')],
        ),
        (SavedView("영화", "kind:film"), "films", [("[views.films]", '[views."영화"]')]),
        (SavedView("japan", "country:JP"), "일본", [('"일본"', "japan")]),
        (SavedView("now", "is:month", view="agenda"), "SOON", [("soon = {", "now = {")]),
        # One that takes the name of another takes its place away.
        (SavedView("korea", "country:JP"), "일본", [('korea = "country:KR"   # at home\n', ""), ('"일본"', "korea")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_write_changes_nothing_else(
    path: Path, view: SavedView, before: str, changes: list[tuple[str, str]], newline: str, bom: str
) -> None:
    path.write_bytes((bom + TEXT.replace("\n", newline)).encode())
    write_view(path, view, before)
    expected = TEXT
    for old, new in changes:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert path.read_bytes().decode() == bom + expected.replace("\n", newline)
    assert view in read_settings(path).views


@pytest.mark.parametrize(
    ("name", "removed"),
    [
        ("Korea", 'korea = "country:KR"   # at home\n'), ("일본", "\"일본\" = 'country:JP'\n"), ("other", ""),
        ("films", '[views.films] # see\n# which\nquery = "kind:film" # why\nown = "mine"\n'),
    ],
)  # fmt: skip
def test_remove_changes_nothing_else(path: Path, name: str, removed: str) -> None:
    path.write_text(TEXT, encoding="utf-8")
    remove_view(path, name)
    assert path.read_text(encoding="utf-8").replace("\n\n", "\n") == TEXT.replace(removed, "").replace("\n\n", "\n")


@pytest.mark.parametrize("text", ["", 'region = "JP"\n', "[views]\n", '[views]\nother = "x"\n'])
def test_remove_what_is_gone(path: Path, text: str) -> None:
    path.write_text(text)
    remove_view(path, "korea")
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, '[views]\nnew = "x"\n'),
        ("", '[views]\nnew = "x"\n'),
        ("# nothing set", '# nothing set\n\n[views]\nnew = "x"\n'),
        ("ascii = true\n", 'ascii = true\n\n[views]\nnew = "x"\n'),
        ("[keys]\nadd = 'f2'\n", "[keys]\nadd = 'f2'\n\n[views]\nnew = \"x\"\n"),
        ("views.a = 'y'\nascii = true\n", "views.a = 'y'\nviews.new = \"x\"\nascii = true\n"),
        ("views = { a = 'y' }\n", "views = { a = 'y', new = \"x\" }\n"),
        ("[views.a]\nquery = 'y'\n", "[views]\nnew = \"x\"\n\n[views.a]\nquery = 'y'\n"),
    ],
)
def test_write_into_other_settings(path: Path, text: str | None, expected: str) -> None:
    if text is not None:
        path.write_text(text)
    write_view(path, SavedView("new", "x"))
    assert path.read_text() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("views.a = 'y'\n", "views.b = 'y'\n"),
        ("views.a.query = 'y'\nviews.a.own = 1\n", "views.b.query = 'y'\nviews.b.own = 1\n"),
        # In one line there is no key to rename.
        ("views = { a = 'y', c = 'z' }\n", "views = { c = 'z', b = \"y\" }\n"),
    ],
)
def test_rename_in_other_settings(path: Path, text: str, expected: str) -> None:
    path.write_text(text)
    write_view(path, SavedView("b", "y"), "a")
    assert path.read_text() == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"ascii = true\nregion = JP\n", "{path}:2: a value is missing"),
        (b"views = 'x'\n", "Can't change {path}: “views” is not a table."),
        (b"# caf\xe9\n", "Can't change {path}: it isn't UTF-8."),
        (b"[[views]]\na = 1\n", "Can't change {path}: "),
    ],
)
def test_settings_that_cannot_be_changed(path: Path, data: bytes, reason: str) -> None:
    path.write_bytes(data)
    with pytest.raises(SettingsUnwritable) as refused:
        write_view(path, SavedView("new", "x"))
    assert str(refused.value).startswith(reason.format(path=path))
    assert str(refused.value).endswith(" Nothing was saved.")
    assert path.read_bytes() == data


def test_settings_that_are_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    with pytest.raises(SettingsUnwritable, match="the file is read-only"):
        write_view(path, SavedView("new", "x"))
    assert path.read_text(encoding="utf-8") == TEXT


def test_settings_that_change_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(TEXT, encoding="utf-8")
    edit, others = saved_views._edit, ["ascii = false\n", "ascii = true\n"]

    def edit_late(text: str, name: str, view: SavedView | None, before: str) -> str:
        new = edit(text, name, view, before)
        if others:
            path.write_text(others.pop(0))
        return new

    monkeypatch.setattr(saved_views, "_edit", edit_late)
    write_view(path, SavedView("new", "x"))
    assert path.read_text() == 'ascii = true\n\n[views]\nnew = "x"\n'


def test_settings_behind_a_link_keep_link_and_mode(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("ascii = true\n")
    real.chmod(0o640)
    path.symlink_to(real)
    write_view(path, SavedView("new", "x"))
    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "new" in real.read_text()
