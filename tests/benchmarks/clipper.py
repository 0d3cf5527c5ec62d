"""What reading an article costs: long ones, and a megabyte that means harm."""

from __future__ import annotations

import time
from datetime import date
from itertools import cycle, islice
from statistics import median

from tests.benchmarks.result import Result
from tests.clipper.test_extract import REAL
from tracker.clipper.extract import extract
from tracker.model.article_draft import Article

WORDS = 2_000
MEGABYTE = 1_000_000
PUBLISHED = date(2026, 3, 10)
HOSTILE = {
    "nested brackets": "([{“\"'",
    "endless sentence": "Ida Roe and ",
    "dates": "May 14, 2026 ",
    "casts": "Ida Roe as Hana Vik, ",
    "possessives": "Ida's Hana's ",
    "parentheses": "Ida Roe (Hana Vik) ",
    "titles": "“Old Ferry” ",
    "lines": "Ida Roe as Hana Vik\n",
    "capitals": "Aa ",
}
"""What stands again and again in a megabyte of text."""


def _seconds(text: str) -> float:
    started = time.perf_counter()
    extract(Article(text, published=PUBLISHED))
    return time.perf_counter() - started


def measure_clipper(runs: int) -> list[Result]:
    """Measure the reading of 2,000 words, and of the worst of several megabytes."""
    words = " ".join(islice(cycle(REAL.split(" ")), WORDS))
    _seconds(words)
    long = median(_seconds(words) for _ in range(max(5, runs)))
    worst = {name: _seconds(unit * (MEGABYTE // len(unit))) for name, unit in HOSTILE.items()}
    name = max(worst, key=lambda one: worst[one])
    return [
        Result(
            "an article of 2,000 words",
            long * 1000,
            50,
            " ms",
            f"{len(words):,} characters of one article again and again",
        ),
        Result("1 MB of hostile text, the worst", worst[name], 2, " s", f"{name}, of {len(worst)} kinds"),
    ]
