"""Make the pictures of README from the real program: `python screenshots/make.py`.

They show the starter list; where sources answer, invented shows and the fake sources of the tests.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from textual.events import Paste

sys.path.insert(0, str(Path(__file__).parent.parent))

from animation import Frame, animate

from tests.fake_sources import FakeSources
from tests.tui.helpers import SAMPLE, entry
from tracker.model.source_record import SourceId
from tracker.paths import Paths, starter_list
from tracker.service import Tracker
from tracker.tui.app import TrackerApp

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
"""The moment of all pictures, so that the same program makes the same bytes."""


PASTE = "paste"
"""Instead of a key: the article below."""
ARTICLE = """\
Lumen moves “Paper Lanterns” to next September

Lumen’s drama series “Paper Lanterns” has finished filming, its producers said on Friday. It was to come out in \
May; it will now premiere in September 2027.

Han Seorin plays Mio, a maker of paper lamps, and Abel Kuro plays Ren, a diver who owes her a promise. Ines Valdor \
joins the cast as Oda, the harbour master.

“Paper Lanterns” is directed by Tove Arran and written by Mira Sol. It was shot in Lisbon and Nagasaki.

Han Seorin was last seen in “Glass Orchard”, which Kestrel shows in November.
"""
"""An invented article about an invented show."""


class Picture(NamedTuple):
    """One state of the app."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    as_of: date | None = None
    theme: str = "textual-dark"
    shows: str = "starter"
    """Which list it shows: the starter list, "invented" shows with sources or "plain" ones, or a "busy" month."""


BUSY = (
    ("Harbour Nine", "scheduled", "2026-11-23"),
    ("Slow Tram", "scheduled", "2026-11-27"),
    ("Glass Orchard", "scheduled", "2026-12-01"),
    ("밤의 빵집", "scheduled", "2026-12-04"),
    ("Copper Moon", "airing", "2026-12-04"),
    ("Tin Parade", "scheduled", "2026-12-04"),
    ("Paper Lanterns", "scheduled", "2026-12-10"),
    ("The Ninth Stair", "filming", "2026-12-18"),
    ("Old Ferry", "scheduled", "2026-12-24"),
    ("かみのあかり", "scheduled", "2026-12-24"),
    ("Quiet Signal", "scheduled", "2026-12-31"),
    ("Lamp Street", "post-production", "2026-12"),
    ("Salt Road", "post-production", "2026-12"),
    ("Winter Court", "announced", "late December 2026"),
    ("Ninth Tide", "filming", "2026-Q4"),
    ("Blue Hour Hotel", "announced", "winter 2026"),
    ("River Post", "announced", "2026-H2"),
)
"""Invented shows that fill December."""

PICTURES = (
    Picture("wide", (120, 36)),
    Picture("narrow", (80, 24), ("down", "down", "down")),
    # What is typed is what was said: nothing is made up about a real show.
    Picture("timeline", (120, 36), ("4",)),
    Picture("month", (120, 36), ("3", "0", *("right",) * 11), shows="busy"),
    Picture("status-form", (100, 30), ("s", "up", "tab", "tab", *"14 May 2026")),
    Picture("as-of", (120, 36), as_of=date(2025, 9, 1)),
    Picture("light", (120, 36), ("v", "t"), theme="textual-light"),
    Picture("sources", (120, 36), ("down",) * 4, shows="invented"),
    Picture("clip", (120, 32), ("c", PASTE, "tab", *"2026-11-20", "enter", *("down",) * 3), shows="plain"),
    Picture("find", (100, 24), ("a", *"Paper Lanterns", "enter"), shows="invented"),
)


class Scene(NamedTuple):
    """A piece of the tour: some keys, what they show, and how long that is looked at."""

    caption: str
    keys: tuple[str, ...] = ()
    seconds: float = 3.0
    key: str = ""
    """How the keys are drawn; "" draws none."""


TOUR_SIZE = (110, 30)
TOUR = (
    Scene("Soul Mate: first “next year”, then August 2025, then 14 May 2026. Every claim is kept.", seconds=5),
    Scene("Its history, newest first: who said what, and when", ("enter", *("down",) * 5), 3, "enter ↓"),
    Scene("Back to the list", ("escape",), 1, "esc"),
    Scene("Each show has its own story", ("down",) * 4, 2.5, "↓"),
    Scene("The timeline: dates, earlier dates and slips of every show", ("4",), 4, "4"),
    Scene("Back in time: what was known then", ("home", *("left_parenthesis",) * 4), 3, "("),
    Scene("And back to today", ("escape",), 1.5, "esc"),
    Scene("The agenda: what comes when", ("2",), 3.5, "2"),
    Scene("A month of the calendar", ("3",), 3, "3"),
    Scene("Filter as you type", ("1", "slash", *"net:netflix"), 3, "/"),
    Scene("Only what is overdue", (*("backspace",) * 11, *"is:overdue"), 3, "/"),
    Scene("All shows again", ("enter", "escape"), 1.5, "esc"),
    Scene("Add a claim: type the date as it was said, and see what it means", ("n", *"14 May 2026"), 5, "n"),
    Scene("Nothing is saved before you say so", ("escape", "escape"), 1.5, "esc"),
    Scene("Arrange the list: groups, order, titles in their own script", ("v", "t"), 3, "v t"),
    Scene("? has all keys and the guides. Your list stays one TOML file.", ("t", "escape", "question_mark"), 4, "?"),
)
"""A minute with the starter list. Nothing is recorded: nothing is made up about a real show."""
_TYPED, _PRESSED = 0.14, 0.5
"""How many seconds a typed letter and another key are looked at."""

_TEXT = re.compile(r'(<text\b[^>]*?\btextLength=")[\d.]+("[^>]*>)(.*?)(</text>)', re.DOTALL)
_CELL = 12.2
"""The width that Rich gives a cell in its pictures."""


def fix_widths(svg: str) -> str:
    """Return the picture with every text as wide as its cells; Rich counts characters (rich#2742)."""
    svg = _TEXT.sub(lambda m: f"{m[1]}{_CELL * cell_len(html.unescape(m[3])):g}{m[2]}{m[3]}{m[4]}", svg)
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)


async def take_picture(picture: Picture, watchlist: Path) -> str:
    """Return the picture as SVG."""
    app = TrackerApp(Tracker(Paths(watchlist), as_of=picture.as_of, now=lambda: NOW))
    app.animation_level = "none"
    async with app.run_test(size=picture.size) as pilot:
        app.theme = picture.theme
        await pilot.pause()
        # What sources said is read a moment after the start.
        await pilot.pause(0.8)
        for key in picture.keys:
            if key == PASTE:
                app.post_message(Paste(ARTICLE))
                await pilot.pause()
            else:
                await pilot.press(" " if key == " " else key)
            if key == "enter":
                # An article is read beside the screen, and may be slower than the next key.
                await pilot.pause(0.4)
        await pilot.pause(0.8)
        return fix_widths(app.export_screenshot(title="tracker"))


async def take_tour(watchlist: Path) -> str:
    """Return the tour as an animated SVG."""
    app = TrackerApp(Tracker(Paths(watchlist), now=lambda: NOW))
    app.animation_level = "none"
    frames: list[Frame] = []
    async with app.run_test(size=TOUR_SIZE) as pilot:
        await pilot.pause(0.8)
        for scene in TOUR:
            for number, key in enumerate(scene.keys or ("",), 1):
                if key:
                    await pilot.press(" " if key == " " else key)
                    await pilot.pause(0.3)
                is_last = number >= len(scene.keys)
                seconds = scene.seconds if is_last else _TYPED if len(key) == 1 else _PRESSED
                svg = fix_widths(app.export_screenshot(title="tracker"))
                frames.append(Frame(svg, seconds, scene.key, scene.caption))
    return animate(frames, "A minute with tracker")


def refresh_list(fake_sources: FakeSources, watchlist: Path) -> None:
    """Write the invented list, link a show to sources, change their records, and refresh."""
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "release-tracker" / "settings.toml"
    settings.parent.mkdir(parents=True)
    addresses = "".join(f'{name} = "{fake_sources.address(name)}"\n' for name in ("tvmaze", "tmdb", "wikidata"))
    settings.write_text(
        f'region = "JP"\nsources = ["tvmaze", "tmdb", "wikidata"]\n[tmdb]\ntoken = "{fake_sources.allow_token}"\n'
        f"[addresses]\n{addresses}"
    )
    watchlist.write_text(SAMPLE)
    tracker = Tracker(Paths(watchlist), now=lambda: NOW)
    tracker.watchlist.open()
    tracker.linking.link("paper-lanterns", [SourceId("tvmaze", "101"), SourceId("tmdb", "tv/201")])
    fake_sources.change("tvmaze", 101, premiered="2027-03-05")
    fake_sources.change("tmdb", "tv/201", synopsis="A lamp maker, a diver, and the promise that they made at sea.")
    shutil.rmtree(tracker.paths.cache)
    tracker.refresh([tracker.watchlist.current.get("paper-lanterns")], force=True, direct=True).run()
    tracker.sources.close()


def main() -> int:
    """Write every picture beside this file."""
    with tempfile.TemporaryDirectory() as folder, FakeSources() as fake_sources:
        for name in ("DATA", "STATE", "CONFIG", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        lists = {name: Path(folder) / f"{name}.toml" for name in ("starter", "invented", "plain", "busy")}
        shutil.copyfile(starter_list(), lists["starter"])
        refresh_list(fake_sources, lists["invented"])
        lists["plain"].write_text(SAMPLE, encoding="utf-8")
        lists["busy"].write_text("format = 1\n\n" + "".join(entry(*one) for one in BUSY), encoding="utf-8")
        for picture in PICTURES:
            svg = asyncio.run(take_picture(picture, lists[picture.shows]))
            (HERE / f"{picture.name}.svg").write_text(svg + "\n", encoding="utf-8", newline="\n")
            print(f"{picture.name}.svg  {picture.size[0]}x{picture.size[1]}")
        tour = asyncio.run(take_tour(lists["starter"]))
        (HERE / "tour.svg").write_text(tour, encoding="utf-8", newline="\n")
        print(f"tour.svg  {TOUR_SIZE[0]}x{TOUR_SIZE[1]}  {len(tour.encode()) / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
