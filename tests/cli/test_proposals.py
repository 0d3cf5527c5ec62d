"""What several sources tell of one show in other words: few questions, and each one a fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.conftest import Home, at_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Home]:
    with at_home(tmp_path, monkeypatch, capsys) as home:
        yield home


def add_from(home: Home, first: str, *others: str) -> None:
    """Add the show from one source, and link it to others."""
    home.write()
    assert home.run("add", "--from", first).code == 0
    if others:
        assert home.run("link", "hansols-winter", *others).code == 0
    home.run("refresh", "--force")


def proposals(home: Home) -> list[dict[str, Any]]:
    shown = json.loads(home.run("show", "hansols-winter", "--json").out)
    return list(shown["proposals"])


def test_one_source_proposes_nothing(home: Home) -> None:
    add_from(home, "tvmaze:131")
    assert proposals(home) == []


@pytest.mark.parametrize(
    ("first", "others", "theirs"),
    [
        ("tvmaze:131", ("tmdb:tv/231", "wikidata:Q990000131"), ("tmdb", "2027-02-05")),
        ("tmdb:tv/231", ("tvmaze:131",), ("tvmaze", "2027-02-12")),
    ],
)
def test_sources_that_tell_it_in_other_words(home: Home, first: str, others: tuple[str, ...], theirs: Any) -> None:
    add_from(home, first, *others)
    found = proposals(home)
    assert [(one["field"], one["source"], one["theirs"]) for one in found] == [("release", *theirs)]
    ran = home.run("refresh", "--force", "hansols-winter")
    assert [line.split(":")[1] for line in ran.out.splitlines() if line.startswith("?")] == [" release"]


def test_other_words_of_a_second_source_are_no_news(home: Home) -> None:
    add_from(home, "tvmaze:131", "tmdb:tv/231")
    home.later(days=40)
    home.fake_sources.change("tmdb", "tv/231", synopsis="Bread.", genres=("Drama",), cast=())
    home.run("refresh", "--force")
    assert [one["field"] for one in proposals(home)] == ["release"]


def test_declined_date_stays_declined(home: Home) -> None:
    add_from(home, "tvmaze:131", "tmdb:tv/231")
    tracker = home.tracker()
    show = tracker.watchlist.current.get("hansols-winter")
    [proposal] = tracker.proposals.find(show)
    tracker.proposals.decline(proposal)
    home.fake_sources.change("tmdb", "tv/231", synopsis="In yet other words.")
    home.run("refresh", "--force")
    assert proposals(home) == []
