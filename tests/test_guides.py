"""Guides and README say what the program does, and what they show works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.helpers import set_today, squeezed
from tests.key_table import with_keys
from tracker.cli.main import main
from tracker.cli.parser import COMMANDS, make_parser, protect_dashes
from tracker.errors import AmbiguousDate, BadValue
from tracker.guides.blocks import Code
from tracker.guides.library import TOPICS, guide_blocks, guide_path, guide_text, guide_titles
from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES, watch_sign
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.reports.query import IS_PROPERTIES, QUERY_FIELDS, parse_query
from tracker.reports.saved_view import SavedView
from tracker.service import Tracker
from tracker.store.settings import Settings, read_settings
from tracker.text import cells

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *map(guide_path, TOPICS)]


def commands_of(text: str) -> Iterator[list[str]]:
    """Yield the words of each `tracker` command in the code of a page."""
    for line in re.findall(r"^ {4}(?:\$ )?(.*\btracker .*)$", text, re.MULTILINE):
        words = shlex.shlex(line.replace('"$(', "; ").replace(')"', " ;"), posix=True, punctuation_chars=True)
        words.whitespace_split = True
        found: list[str] | None = None
        for word in [*words, ";"]:
            if found is not None and set(word) <= set(";|&<>"):
                yield found[:-1] if found[-1:] == ["2"] else found
                found = None
            elif found is not None:
                found.append(word)
            elif word == "tracker":
                found = []


COMMAND_LINES = [
    pytest.param(words, id=f"{page.stem} {' '.join(words)}")
    for page in PAGES
    for words in commands_of(page.read_text(encoding="utf-8"))
]
EXAMPLES = [
    (topic, "\n".join(block.lines))
    for topic in TOPICS
    for block in guide_blocks(topic)
    if isinstance(block, Code) and block.language == "toml"
]
SAID_ON = date(2026, 11, 23)
VIEWS = [SavedView(name) for name in ("korea", "soon", "mine")]
"""Those of the examples."""


def test_topics_are_the_files() -> None:
    assert {path.stem for path in guide_path("x").parent.glob("*.md")} == set(TOPICS)


def test_titles_begin_with_the_topic() -> None:
    assert [title.topic for title in guide_titles() if not title.summary or len(title.summary) > 66] == []
    assert [topic for topic in TOPICS if not guide_text(topic).startswith(f"# {topic.capitalize()}: ")] == []


def test_key_table_matches_bindings() -> None:
    assert with_keys(guide_text("keys")) == guide_text("keys"), "python -m tests.key_table renews it"


def test_commands_are_all_described() -> None:
    assert [command for command in COMMANDS if f"`tracker {command}" not in guide_text("commands")] == []


def test_query_words_are_all_described() -> None:
    # The other names of two fields are left out there.
    words = {f"`{name}`" for name in QUERY_FIELDS if name not in ("network", "actor")}
    words |= {f"`is:{name}`" for name in IS_PROPERTIES}
    assert [word for word in words if word not in guide_text("filters")] == []


def test_settings_are_all_described() -> None:
    names = [name for name in Settings._fields if name != "error"]
    assert [name for name in names if not re.search(rf"`\[?{name}\]?`", guide_text("settings"))] == []


def test_signs_are_all_described() -> None:
    rows = [f"| `{status.glyph}` | `{status.ascii_glyph}` | `{status.value}` |" for status in Status]
    assert [row for row in rows if row not in guide_text("history")] == []
    signs = [(watch_sign(state, is_ascii=False), watch_sign(state, is_ascii=True)) for state in ("", *WATCH_STATES)]
    assert [sign for sign, plain in signs if f"| `{sign}` | `{plain}` |" not in guide_text("start")] == []


def dates_between(start: str, stop: str) -> list[str]:
    """Return what is written as code in the tables of a part of the guide of dates."""
    rows = re.findall(r"^\| (?!---).*$", guide_text("dates").split(start)[1].split(stop)[0], re.MULTILINE)
    return [text for row in rows for text in re.findall("`(.+?)`", row.split(" | ")[0])]


def test_dates_of_the_guide_can_be_read() -> None:
    dates = dates_between("## Everything", "See also")
    assert [text for text in dates if parse_window(text).text != text] == []
    words = dates_between('## "Next year"', "## What can")
    assert [text for text in words if not parse_window(text, SAID_ON).words] == []


@pytest.mark.parametrize("text", dates_between("## What can", "`14/05/2027`"))
def test_dates_that_can_be_two_are_asked(text: str) -> None:
    with pytest.raises(AmbiguousDate):
        parse_window(text, SAID_ON)


@pytest.mark.parametrize("text", dates_between("| why it is refused", "## Everything"))
def test_dates_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadValue):
        parse_window(text, SAID_ON)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
    if page != README:
        # Elsewhere than on the web a guide stands alone.
        assert [link for link in links if Path(link).stem not in TOPICS] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_code_fits_into_a_terminal(topic: str) -> None:
    code = [line for block in guide_blocks(topic) if isinstance(block, Code) for line in block.lines]
    # A line of cron has no shorter form.
    assert [line for line in code if cells(line) > 76 and " * * " not in line] == []


@pytest.mark.parametrize("words", COMMAND_LINES)
def test_commands_of_the_pages_can_be_parsed(words: list[str]) -> None:
    arguments = make_parser(words).parse_args(protect_dashes(words))
    parse_query(" ".join(getattr(arguments, "query", [])), views=VIEWS)
    if release := getattr(arguments, "release", None):
        parse_window(release, SAID_ON)


@pytest.mark.parametrize(("topic", "text"), EXAMPLES, ids=[topic for topic, _ in EXAMPLES])
def test_examples_can_be_read(tmp_path: Path, topic: str, text: str) -> None:
    path = tmp_path / "example.toml"
    path.write_text(text, encoding="utf-8")
    if "[[show]]" in text:
        assert Tracker(Paths(path)).watchlist.check() == ()
    else:
        assert read_settings(path).error == ""


def test_readme_is_short() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 200
    assert max(map(len, lines)) <= 120


def test_readme_shows_what_the_program_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(monkeypatch, "2026-11-23")
    monkeypatch.setenv("TRACKER_WATCHLIST", str(ROOT / "data" / "watchlist.toml"))
    for block in re.findall(r"^ {4}\$ tracker (.*)\n((?: {4}.*\n)+)", README.read_text(encoding="utf-8"), re.MULTILINE):
        main(shlex.split(block[0]))
        printed = squeezed(capsys.readouterr().out)
        shown = [line for line in squeezed(block[1]) if line != "…"]
        assert [line for line in printed if line in shown] == shown
