from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.history import SOURCE_NAMES
from tracker.reports.saved_view import SavedView
from tracker.store.settings import Settings, read_settings

RIGHT: Final[dict[str, tuple[str, object]]] = {
    "ascii": ("ascii = true", True),
    "region": ('region = "jp"', "JP"),
    "prefer": ('prefer = ["digital", "cinema"]', ("digital", "cinema")),
    "week_starts": ('week_starts = "Sunday"', "sunday"),
    "sources": ('sources = ["wikidata", "tvmaze"]', ("wikidata", "tvmaze")),
    "notify": ('notify = "notify-news --from \\"tracker\\""', 'notify-news --from "tracker"'),
    "remind": ('remind = ["7d", "2 weeks", "0d", "Overdue", "7d"]', ("7d", "2w", "0d", "overdue")),
    "remind_tags": (
        'remind_tags = { must-see = ["30d"], "다시 볼" = [] }',
        {"must-see": ("30d",), "다시 볼": ()},
    ),
    "keys": ('keys = { remove = "D", add = "f2" }', {"remove": "D", "add": "f2"}),
    "tmdb": ('tmdb = { token = "t0ken", token_command = "pass" }', {"token": "t0ken", "token_command": "pass"}),
    "views": (
        'views = { korea = "country:KR", soon = { query = "is:month", view = "agenda" } }',
        (SavedView("korea", "country:KR"), SavedView("soon", "is:month", view="agenda")),
    ),
    "reader": (
        'reader = { url = "http://localhost:11434/v1", model = "tiny" }',
        {"url": "http://localhost:11434/v1", "model": "tiny"},
    ),
    "feeds": ('feeds = { "My  post" = "http://post.example/feed" }', {"My post": "http://post.example/feed"}),
    "addresses": ('addresses = { tvmaze = "https://mirror.example/tv" }', {"tvmaze": "https://mirror.example/tv"}),
}  # fmt: skip
WRONG: Final = {
    "ascii": ['"yes"', "1", "[]", "2026-01-01"],
    "region": ['""', '"J"', '"JPN"', '"日本"', "81", '["JP"]', '"J\\n"', '" JP"'],
    "prefer": ['"cinema"', '["film"]', "[1]", "[[]]", "{ cinema = true }", "true"],
    "week_starts": ['"tuesday"', '""', "7", '["sunday"]'],
    "sources": ['"tvmaze"', '["tvmaze", "imdb"]', "[1]", "[[]]", '["TVmaze"]', "true", "{ tvmaze = true }"],
    "notify": ["true", '["notify-news"]', "1"],
    "remind": ['"7d"', '["7"]', '["soon"]', "[7]", "true", '["-1d"]', '["999d"]', '[["7d"]]', '["٧d"]'],
    "remind_tags": ['["7d"]', '{ must-see = "7d" }', '{ must-see = ["soon"] }', "{ must-see = true }", '"7d"'],
    "keys": ['"D"', "{ remove = 1 }", '{ remove = ["D"] }', '{ a = { b = "c" } }'],
    "tmdb": ['"t0ken"', "{ token = 1 }", '{ tokn = "t0ken" }', '{ token = "t0ken", key = "k" }'],
    "views": ['"korea"', '["country:KR"]', "true"],
    "reader": [
        '"http://localhost:11434/v1"', '{ url = "http://localhost:11434/v1" }', '{ model = "tiny" }',
        '{ url = "localhost:11434", model = "tiny" }', '{ url = "http://localhost/v1", model = " " }',
        '{ url = "http://model.example/v1", model = "tiny", key = "s3cret" }',
        '{ url = "http://localhost/v1", model = "tiny", temperature = "1" }',
    ],
    "feeds": [
        '"https://post.example/feed"', "{ post = 1 }", '{ post = "post.example/feed" }',
        '{ post = "file:///etc/hosts" }',
        '{ tvmaze = "https://post.example/feed" }', '{ me = "https://post.example/feed" }',
        '{ post = "https:///feed" }',
        '{ "" = "https://post.example/feed" }', '{ post = "https://post.example/a b" }',
    ],
    "addresses": [
        '"https://mirror.example"', "{ tvmaze = 1 }", '{ imdb = "https://mirror.example" }',
        '{ tvmaze = "http://mirror.example" }',
    ],
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def settings(path: Path, text: str) -> Settings:
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_settings_all_have_cases() -> None:
    assert set(RIGHT) == set(WRONG) == set(Settings._fields) - {"error"}


@pytest.mark.parametrize("text", [None, "", "# nothing set\n", "\ufeff# from another system\r\n"])
def test_settings_default(path: Path, text: str | None) -> None:
    assert (read_settings(path) if text is None else settings(path, text)) == Settings()
    assert Settings().sources is None
    assert Settings().region == ""


@pytest.mark.parametrize("name", RIGHT)
def test_setting_is_read(path: Path, name: str) -> None:
    line, value = RIGHT[name]
    assert settings(path, f"{line}\n")._asdict() == Settings()._asdict() | {name: value}


def test_settings_together(path: Path) -> None:
    found = settings(path, "\n".join(line for line, _ in RIGHT.values()))
    assert found._asdict() == {name: value for name, (_, value) in RIGHT.items()} | {"error": ""}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_setting_is_wrong(path: Path, name: str, value: str) -> None:
    others = {other: right for other, right in RIGHT.items() if other != name}
    found = settings(path, "\n".join([f"{name} = {value}", *(line for line, _ in others.values())]))
    assert found.error.startswith(f"{path}: “{name}” ")
    assert found.error.endswith(".")
    plain = Settings()._asdict()[name]
    assert found._asdict() == {other: right for other, (_, right) in others.items()} | {
        name: plain, "error": found.error,
    }  # fmt: skip


def test_setting_at_the_end_is_in_the_last_table(path: Path) -> None:
    found = settings(path, '[addresses]\ntvmaze = "https://mirror.example"\nremind = ["7d"]\n')
    assert found.error == f"{path}: “remind” is part of [addresses] there. Move it above the first line in brackets."
    assert found.addresses == {"tvmaze": "https://mirror.example"}


def test_wrong_line_of_a_table_leaves_the_others(path: Path) -> None:
    found = settings(path, '[feeds]\npost = "https://post.example/feed"\ntvmaze = "https://a.example/feed"\nx = 1\n')
    assert found.feeds == {"post": "https://post.example/feed"}
    assert found.error.startswith(f"{path}: “feeds” must have lines like")
    assert found.error.endswith("Wrong: tvmaze, x.")


def test_setting_is_unknown(path: Path) -> None:
    found = settings(path, 'regoin = "JP"\nascii = true\n')
    assert found.ascii
    told, _, names = found.error.removesuffix(".").partition(". Settings are ")
    assert told == f"{path}: there is no setting “regoin”"
    assert set(names.split(", ")) == set(RIGHT)


@pytest.mark.parametrize(
    "url",
    [
        "https://mirror.example", "https://mirror.example:8443/tv/", "http://127.0.0.1", "http://127.0.0.1:8000",
        "http://127.8.9.1:8000/tv", "http://localhost:8000/", "http://[::1]:8000/tv",
    ],
)  # fmt: skip
def test_settings_addresses(path: Path, url: str) -> None:
    found = settings(path, f"[addresses]\ntmdb = '{url}'\n")
    assert (found.addresses, found.error) == ({"tmdb": url}, "")


@pytest.mark.parametrize(
    "url",
    [
        "", "mirror.example", "ftp://mirror.example", "file:///etc/passwd", "http://mirror.example",
        "http://10.0.0.1:8000", "http://0.0.0.0", "http://128.0.0.1", "http://[::2]", "http://localhost.mirror.example",
        "http://127.0.0.1.mirror.example", "http://127.0.0.1@mirror.example", "http://localhost:80@mirror.example",
        "http://mirror.example/127.0.0.1", "http://mirror.example#localhost", "httpx://127.0.0.1",
        " http://localhost", "http:/localhost", "http://localhost:80.mirror.example",
    ],
)  # fmt: skip
def test_settings_plain_http(path: Path, url: str) -> None:
    found = settings(path, f"[addresses]\ntmdb = '{url}'\n")
    assert found.addresses == {}
    assert "plain http works only for this machine" in found.error


@given(st.lists(st.sampled_from(SOURCE_NAMES), unique=True))
def test_settings_sources(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    found = settings(tmp_path_factory.getbasetemp() / "settings-of-sources.toml", f"sources = {names}")
    assert (found.sources, found.error) == (tuple(names), "")


@pytest.mark.parametrize("text", ['region = "JP"\nascii = yes\n', "\nregion = \n", '\nregion = "JP\n'])
def test_settings_not_toml(path: Path, text: str) -> None:
    found = settings(path, text)
    assert found.error.startswith(f"{path}:2: ")
    assert found == Settings(region="JP" if text.startswith("region") else "", error=found.error)


@pytest.mark.parametrize("kind", ["folder", "latin-1"])
def test_settings_unreadable(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(b'region = "JP"  # caf\xe9\n')
    assert read_settings(path) == Settings(error=read_settings(path).error)
    reason = "is a directory" if kind == "folder" else "it isn't UTF-8"
    assert read_settings(path).error == f"Can't read {path}: {reason}."


@pytest.mark.parametrize(
    "text",
    [
        'tmdb = "t0ken"', 'tmdb = { tokn = "t0ken" }', '[tmdb]\ntoken = "t0ken', "[tmdb]\ntoken = t0ken",
        '[tmdb]\ntoken = ["t0ken"]', '[tmdb]\ntoken = "t0ken" "t0ken"', '[tmdb]\ntoken = "t0ken"\ntoken = "t0ken"',
    ],
)  # fmt: skip
def test_settings_error_hides_token(path: Path, text: str) -> None:
    complaint = settings(path, text).error
    assert complaint
    assert "t0ken" not in complaint
