"""What a person sees who imports a calendar into khal, or lets khal read the file itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.model.strategies import said
from tracker.export.ics import event_uid
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.service.export import export_ics

NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONFIG: Final = """\
[calendars]
[[shows]]
path = {folder}
type = calendar

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Seoul
default_timezone = Asia/Seoul

[default]
default_calendar = shows

[sqlite]
path = {database}
"""
FIELDS: Final = ("title", "start-long", "end-long", "status", "uid", "url", "categories", "description")
SCHEDULED: Final = said("2026-01-05", "2027-05-14", "Lumen", Status.SCHEDULED)._replace(url="https://example.org/2")


class Khal:
    """A khal of its own, far from its owner's."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "shows"
        self.folder.mkdir(parents=True)
        self._home = home
        self._config = home / "config"
        self._config.write_text(CONFIG.format(folder=self.folder, database=home / "khal.db"), encoding="utf-8")

    def run(self, *words: str) -> str:
        folders = {f"XDG_{name}_HOME": str(self._home / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
        environment = {**os.environ, **folders, "HOME": str(self._home), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        argv = [sys.executable, "-m", "khal", "-c", str(self._config), *words]
        done = subprocess.run(argv, capture_output=True, encoding="utf-8", env=environment, check=False)
        # It goes on after most troubles, and only says what they were.
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def take(self, path: Path) -> None:
        self.run("import", "--batch", str(path))

    def shown(self, first: str, last: str) -> list[Mapping[str, str]]:
        fields = [word for field in FIELDS for word in ("--json", field)]
        printed = self.run("list", "--once", *fields, first, last)
        found = [event for line in printed.splitlines() for event in json.loads(line)]
        return sorted(found, key=lambda event: (event["start-long"], event["title"]))


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path / "khal")


def ferry(*told: Claim) -> Show:
    return Show("old-ferry", "Old Ferry", networks=("Lumen",), tags=("pier",)).with_claims(SCHEDULED, *told)


def exported(path: Path, *shows: Show, later: int = 0, **episodes: Episode) -> Path:
    now = NOW + timedelta(days=later)
    export_ics(shows, now.date(), now, path, episodes={key.replace("_", "-"): one for key, one in episodes.items()})
    return path


def test_khal_shows_what_was_exported(khal: Khal, tmp_path: Path) -> None:
    shows = [
        ferry(),
        Show("soul-mate", "Soul Mate").with_claims(said("2026-01-05", "2027", status=Status.ANNOUNCED)),
        Show("tram", "Last Tram").with_claims(said("2026-01-05", "2027-03-01", status=Status.CANCELLED)),
        Show("옛날-집", "[옛날] 집, " + "가" * 40 + "; \\ 🎬").with_claims(said("2026-01-05", "2027-02-01")),
        Show("tba", "No Date").with_claims(said("2026-01-05", "TBA")),
    ]
    khal.take(
        exported(
            tmp_path / "shows.ics",
            *shows,
            old_ferry=Episode(1, 3, "The Harbour", date(2026, 11, 28), datetime(2026, 11, 28, 13, tzinfo=UTC)),
            soul_mate=Episode(1, 1, on=date(2026, 11, 29)),
        )
    )
    shown = khal.shown("2026-11-23", "2027-12-30")
    assert [(one["start-long"], one["end-long"][:10], one["status"].strip(), one["title"]) for one in shown] == [
        ("2026-11-28 22:00", "2026-11-28", "CONFIRMED", "Old Ferry S1E3 “The Harbour”"),
        ("2026-11-29", "2026-11-29", "CONFIRMED", "Soul Mate S1E1"),
        ("2027-01-01", "2027-12-31", "TENTATIVE", "Soul Mate (some time in 2027)"),
        ("2027-02-01", "2027-02-01", "TENTATIVE", shows[3].title),
        ("2027-03-01", "2027-03-01", "CANCELLED", "Last Tram (cancelled)"),
        ("2027-05-14", "2027-05-14", "CONFIRMED", "Old Ferry"),
    ]
    last = shown[-1]
    assert (last["uid"], last["url"]) == (event_uid("old-ferry"), "https://example.org/2")
    assert set(last["categories"].replace(" ", "").split(",")) == {"Lumen", "series", "pier"}
    assert "14 May 2027, says Lumen (2026-01-05)" in last["description"]


def test_second_import_moves_the_entry(khal: Khal, tmp_path: Path) -> None:
    path = tmp_path / "shows.ics"
    khal.take(exported(path, ferry()))
    slipped = ferry(said("2026-11-24", "2027-08-20", "Lumen"))
    khal.take(exported(path, slipped, later=1))
    [moved] = khal.shown("2027-01-01", "2027-12-31")
    assert (moved["start-long"], moved["title"]) == ("2027-08-20", "Old Ferry")
    off = slipped.with_claims(said("2026-11-25", status=Status.CANCELLED))
    khal.take(exported(path, off, later=2))
    [cancelled] = khal.shown("2027-01-01", "2027-12-31")
    assert (cancelled["status"].strip(), cancelled["uid"]) == ("CANCELLED", moved["uid"])
    assert len(list(khal.folder.glob("*.ics"))) == 1
