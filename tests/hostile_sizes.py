"""Very long texts for each entrance of the program.

`python -m tests.hostile_sizes list|page|answers|typed [short]` runs in a process whose processor time has a limit: what
does not end is killed, and what it was at is known. Work that grows with the square of a text takes minutes at the full
size, and 7 seconds and more at the short one.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from tracker.cli.main import main
from tracker.errors import TrackerError

IS_SHORT: Final = sys.argv[2:] == ["short"]
SIZE: Final = 70_000 if IS_SHORT else 300_000
SECONDS: Final = 5 if IS_SHORT else 200
"""Of the processor; the slowest entrance takes a quarter of it."""
UNITS: Final = (" ", '"', "[", "\n", ",", "\\", "\u00a0", "a, ", "x = ", "- ", "“A” ", "한", "\t")
"""What is repeated until a text is as long as wanted."""
TAGS: Final = (
    "<div>", "<a <", "<b><p>", "<ul><li>", '<a b="', "<", "</p>", "<article>x", "<table><td>", "<span></p>", "<!--",
    "<script>",
)  # fmt: skip
"""What is repeated in the body of a page."""


def hostile(unit: str, size: int = SIZE) -> str:
    """Return a text of this size between two letters."""
    return f"a{unit * (size // len(unit))}b"


@contextmanager
def quiet() -> Iterator[None]:
    """Print nothing, and let the program refuse."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), suppress(TrackerError, SystemExit):
        yield


def at(*place: str) -> None:
    """Say what comes next."""
    sys.stdout.write(" ".join(map(repr, place)) + "\n")
    sys.stdout.flush()


def run(*argv: str) -> None:
    with quiet():
        main(argv)


def check_list(folder: Path, units: Sequence[str]) -> None:
    """A watchlist with such texts in each place, readable and damaged."""
    entries = []
    for number, text in enumerate(map(hostile, units)):
        quoted = json.dumps(text, ensure_ascii=False)
        entries.append(
            f'[[show]]\nid = "s{number}"\ntitle = {quoted}\noriginal_title = {quoted}\nsynopsis = {quoted}\n'
            f"notes = {quoted}\nnetworks = [{quoted}]\ncast = [{{ actor = {quoted}, role = {quoted} }}]\n\n"
            f'[[show.history]]\non = 2026-01-01\nrelease = "2027"\nsource = {quoted}\nnote = {quoted}\n\n'
            f'[[show.history]]\non = 2026-02-01\nrelease = "2027-05"\nsource = "Lumen"\n\n'
        )
        entries.append(f"[[show]]\ntitle = {quoted}\nrelease = {quoted}\n\n")
    damage = ("[", "{a=", '"\\', "'", "#", "\n", ".a", "<<<<<<< x\n", "=======\n", " \n", "9", "\ufeff", "[[show")
    entries += [f'[[show]]\ntitle = "A"\nx = {part * (SIZE // len(part))}\n\n' for part in damage]
    for part in [*(["".join(entries)] if units == UNITS else []), *entries[::-1]]:
        at(part[:60])
        (folder / "list.toml").write_text(part, encoding="utf-8")
        run("list")
        run("check")
    # The last one is an entry with all of its fields.
    for argv in (["show", "s0"], ["set", "s0", "tags=x"], ["undo"], ["today"], ["list", hostile(" ")]):
        at(argv[0])
        run(*argv)


def check_page(folder: Path, units: Sequence[str]) -> None:
    """A page with such texts in its head and its body."""
    (folder / "list.toml").write_text('[[show]]\ntitle = "A"\n')
    for unit in units:
        at(unit)
        text = hostile(unit, 50_000)
        names = ("og:site_name", "og:title", "description", "author", "article:published_time", "og:url")
        metas = "".join(f'<meta property="{name}" content="{text}">' for name in names)
        data = json.dumps({"@type": "NewsArticle", "headline": text, "publisher": {"name": text}})
        (folder / "page.html").write_text(
            f"<html><head><title>{text}</title>{metas}<script type='application/ld+json'>{data}</script></head><body>"
            f'<h1>{text}</h1><article><p>Lumen confirmed on Monday that its drama series "Salt Road" will premiere in '
            f"March 2027. {text}</p></article></body></html>",
            encoding="utf-8",
        )
        run("clip", str(folder / "page.html"), "--json")
    for tag in TAGS:
        at(tag)
        (folder / "tags.html").write_text(f"<html><p>Lumen confirmed “Salt Road”.</p>{hostile(tag)}")
        run("clip", str(folder / "tags.html"))
    at("attributes")
    attributes = " ".join(f"a{number}" for number in range(SIZE // 7))
    (folder / "tags.html").write_text(f"<html><p>Lumen confirmed “Salt Road”.</p><p {attributes}>x")
    run("clip", str(folder / "tags.html"))
    run("clip", str(folder / "page.html"), "--to", "a")
    run("status", "a", "scheduled", "--release", "2027", "--source", hostile(" "))
    run("list")


def check_answers(folder: Path, units: Sequence[str]) -> None:
    """Answers of sources with such texts in them."""
    from tests.sources.test_tvmaze import parse
    from tracker.sources.tmdb.source import parse_tv
    from tracker.sources.wikidata.source import parse_search as parse_items

    for unit in units:
        at(unit)
        text = hostile(unit)
        people = [{"person": {"id": 1, "name": text}, "character": {"id": 1, "name": text}}]
        with quiet():
            parse(name=text, summary=text, status=text, network={"name": text}, _embedded={"cast": people})
        with quiet():
            parse_tv(json.dumps({"id": 1, "name": text, "overview": text, "status": text}).encode(), date(2026, 11, 23))
        with quiet():
            parse_items(json.dumps({"search": [{"id": "Q1", "label": text}]}).encode())
    for text in ("<a " * (SIZE // 3), "&#" * (SIZE // 2), "<!--" * (SIZE // 4)):
        with quiet():
            parse(summary=text)


def check_typed(folder: Path, units: Sequence[str]) -> None:
    """Such texts typed in a form, the filter, the settings and as arguments."""
    from tracker.model.fields import FIELDS
    from tracker.model.window_parser import parse_said_date, parse_window
    from tracker.reports.query import parse_query
    from tracker.store.settings import read_settings

    def read_as_settings(text: str) -> None:
        (folder / "settings.toml").write_text(text, encoding="utf-8")
        read_settings(folder / "settings.toml")

    readers: dict[str, Callable[[str], object]] = {
        **{name: field.read for name, field in FIELDS.items()},
        "filter": parse_query, "value of a filter": lambda text: parse_query(f"net:{text}"), "window": parse_window,
        "day": parse_said_date, "settings": read_as_settings,
        "region": lambda text: read_as_settings(f"region = {text}"),
    }  # fmt: skip
    for name, read in readers.items():
        for unit in (*units, " - ", '\\"', "://,a=", "x as "):
            for start in ("", '"', "a = ") if units == UNITS else ("",):
                at(name, start, unit)
                with quiet():
                    read(start + hostile(unit))
    for unit in units:
        (folder / "list.toml").write_text('[[show]]\ntitle = "A"\n')
        text = hostile(unit)
        for argv in (["show", text], ["add", text], ["status", "a", "filming", "--note", text, "--source", text]):
            at(argv[0], unit)
            run(*argv)
        run("list")


ENTRANCES: Final = {"list": check_list, "page": check_page, "answers": check_answers, "typed": check_typed}

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with tempfile.TemporaryDirectory() as temporary:
        for name in ("DATA", "STATE", "CONFIG", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = temporary
        os.environ["TRACKER_WATCHLIST"] = f"{temporary}/list.toml"
        ENTRANCES[sys.argv[1]](Path(temporary), UNITS[:2] if IS_SHORT else UNITS)
