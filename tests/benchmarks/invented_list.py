"""Watchlists of invented shows, of any length, the same at each run."""

from __future__ import annotations

import random
from pathlib import Path

_LIFE = ("rumored", "announced", "pre-production", "filming", "post-production", "scheduled", "released")
_WINDOWS = ("TBA", "2027", "2026-Q4", "summer 2027", "2027-03", "2026-12-24", "second half of 2027")
_WORDS = (
    "river", "winter", "letter", "silent", "harbour", "two", "lantern",
    "garden", "borrowed", "midnight", "paper", "orchard", "last", "summer",
)  # fmt: skip


def watchlist(shows: int, seed: int = 1) -> str:
    """Return the text of a list of about 1.2 kB a show; each history says what the show's fields say."""
    dice = random.Random(seed)
    return "# An invented list\nformat = 1\n" + "".join(_show(number, dice) for number in range(shows))


def _show(number: int, dice: random.Random) -> str:
    reached = dice.randint(1, len(_LIFE))
    life = _LIFE[max(0, reached - 3) : reached]
    window = dice.choice(_WINDOWS)
    claims = "".join(
        f"\n[[show.history]]\non = {2022 + place}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}\n"
        f'status = "{status}"\n'
        f'release = "{window if place == len(life) - 1 else 2026}"\nsource = "me"\n'
        f'url = "https://example.invalid/{number}/{place}"\nnote = "said at an event that nobody held"\n'
        for place, status in enumerate(life)
    )
    words = " ".join(dice.choice(_WORDS) for _ in range(60))
    return f"""
[[show]]
id = "invented-{number}"
title = "Invented {dice.choice(_WORDS)} {number}"
original_title = "발명된 이야기 {number}"
kind = "series"
status = "{life[-1]}"
release = "{window}"
networks = ["Network {number % 17}"]
countries = ["KR"]
genres = ["drama"]
directors = ["Director {number % 211}"]
tags = ["tag{number % 5}"]
synopsis = \"\"\"
{words}\"\"\"
cast = [
  {{ actor = "Actor {number % 503}", role = "Role A", about = "somebody" }},
  {{ actor = "Actor {number % 499}", role = "Role B" }},
]
{claims}"""


def hand_written(shows: int, seed: int = 1) -> str:
    """Return the text of a list as somebody types it first: titles, statuses and windows, without ids and histories."""
    dice = random.Random(seed)
    return "".join(
        f'[[show]]\ntitle = "Invented {dice.choice(_WORDS)} {number}"\nstatus = "{dice.choice(_LIFE)}"\n'
        f'release = "{dice.choice(_WINDOWS)}"\n\n'
        for number in range(shows)
    )


def write(path: Path, shows: int) -> Path:
    """Write a list to `path` and return the path."""
    path.write_text(watchlist(shows), encoding="utf-8")
    return path
