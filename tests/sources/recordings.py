"""Runs the parsers of the program over recorded answers of the services.

`python -m tests.sources.recordings FOLDER` prints a line for each recording, and ends with 1 where one of them failed.
The folder has an `INDEX.json`: a list of objects with `file`, `url`, `status` and perhaps `headers`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tracker.errors import SourceBusy, SourceError
from tracker.model.source_record import SourceRecord
from tracker.sources import tvmaze
from tracker.sources.http.client import RETRY_STATUSES, ApiHost, status_error
from tracker.sources.tmdb import source as tmdb
from tracker.sources.wikidata import source as wikidata

TODAY: Final = date(2026, 11, 23)
REGIONS: Final = ("", "JP", "KR", "US")
"""The last one is what is reported."""

Found = Sequence[SourceRecord | SourceError | str]
"""What a parser made of a body: observations, what stands in the place of one, or a few words about other data."""


class Recording(NamedTuple):
    """An answer as it came."""

    file: str
    url: str
    status: int | None
    body: bytes
    location: str = ""


class Reader(NamedTuple):
    """What reads the answers from an address."""

    name: str
    run: Callable[[bytes], Found]
    is_asked: bool = True
    """Whether the program asks there, so that its parser has to understand the answer."""


class Outcome(NamedTuple):
    """What became of a recording."""

    recording: Recording
    reader: str
    found: Found
    error: str = ""
    """What went wrong in a way that it must not."""

    @property
    def observations(self) -> tuple[SourceRecord, ...]:
        return tuple(one for one in self.found if isinstance(one, SourceRecord))

    @property
    def line(self) -> str:
        what = self.error or "; ".join(map(in_short, self.found)) or "nothing found"
        return f"{'FAILED' if self.error else 'fine':6} {self.recording.file} · {self.reader}: {what}"


def recordings_in(folder: Path) -> tuple[Recording, ...]:
    """Return all recordings of a folder, in the order of its index."""
    found = []
    for entry in json.loads((folder / "INDEX.json").read_text(encoding="utf-8")):
        location = (entry.get("headers") or {}).get("location", "")
        body = (folder / entry["file"]).read_bytes()
        found.append(Recording(entry["file"], entry.get("url") or "", entry.get("status"), body, location))
    return tuple(found)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Run the right parser over each recording of a folder."""
    return (outcome_of(recording) for recording in recordings_in(folder))


def outcome_of(recording: Recording) -> Outcome:
    """Run the right parser over a recording."""
    reader = reader_for(recording)
    status = recording.status or 200
    if 300 <= status < 400 and recording.location:
        return Outcome(recording, "client", [f"leads on to {recording.location}"])
    found: Found
    try:
        found = reader.run(recording.body)
    except SourceError as error:
        found = [error]
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Outcome(recording, reader.name, (), f"{type(error).__name__}: {error}")
    if status >= 400:
        # The client never hands such a body to a parser, which has to bear it nevertheless.
        return Outcome(recording, "client", [refusal_of(recording, status)])
    errors = [one for one in found if isinstance(one, SourceError)]
    if status == 200 and errors and reader.is_asked and not is_refusal(recording.body):
        return Outcome(recording, reader.name, found, f"{type(errors[0]).__name__}: {errors[0]}")
    return Outcome(recording, reader.name, found)


def refusal_of(recording: Recording, status: int) -> SourceError:
    """Return what the client makes of a status."""
    label = {"tvmaze": tvmaze.LABEL, "tmdb": tmdb.LABEL, "wikidata": wikidata.LABEL}[service_of(recording)]
    if status in RETRY_STATUSES:
        return SourceBusy(f"{label} is asked too often or is broken at the moment ({status}).")
    return status_error(ApiHost(label, "", tvmaze.RATE_LIMIT), status)


def is_refusal(body: bytes) -> bool:
    """Return whether a body has nothing to be read in it, by its own words."""
    try:
        data = json.loads(body)
    except ValueError:
        return True
    if not isinstance(data, dict):
        return data is None
    entities = data.get("entities")
    if isinstance(entities, dict) and entities:
        return any(isinstance(entity, dict) and "missing" in entity for entity in entities.values())
    return "error" in data or "status_code" in data


def in_short(one: SourceRecord | SourceError | str) -> str:
    """Return what was found on one line."""
    if isinstance(one, str):
        return one
    if isinstance(one, SourceError):
        return f"{type(one).__name__}: {one}"
    status = one.status.value if one.status is not None else "-"
    when = one.release.text if one.release is not None else "-"
    counts = {
        "aka": one.aliases, "cast": one.cast, "dir": one.directors, "wri": one.writers, "at": one.providers,
    }  # fmt: skip
    parts = [
        f"{one.source_id} “{one.title}”",
        one.kind,
        f"{one.raw_status or '-'}→{status}",
        f"{when} {one.region}".strip(),
        *(",".join(several) for several in (one.networks, one.countries) if several),
        *(f"{name}={value}" for name, value in one.ids),
        *(f"{len(several)} {name}" for name, several in counts.items() if several),
    ]
    return " ".join(parts)


def service_of(recording: Recording) -> str:
    """Return the name of the service that gave an answer."""
    host = urlsplit(recording.url).hostname or recording.file
    return next((name for name in ("tvmaze", "wikidata") if name in host), "tmdb")


def reader_for(recording: Recording) -> Reader:
    """Return what reads the answers from the address of a recording, or something near to that."""
    url = urlsplit(recording.url)
    match service_of(recording):
        case "tvmaze":
            return _tvmaze(url.path)
        case "wikidata":
            action = parse_qs(url.query).get("action", [""])[0]
            return _wikidata(url.path, action, recording.body)
    path = re.sub(r"^/3(?=/)", "", url.path)
    return _tmdb(path) if path else _tmdb_by_shape(recording.body)


def _tvmaze(path: str) -> Reader:
    def show(body: bytes) -> Found:
        return [tvmaze.parse_show(body, TODAY)]

    def search(body: bytes) -> Found:
        return tvmaze.parse_search(body, TODAY)

    def updates(body: bytes) -> Found:
        return [f"{len(tvmaze.parse_revisions(body))} stamps"]

    if re.fullmatch(r"/shows/\d+|/lookup/shows|/singlesearch/shows", path):
        return Reader("tvmaze.parse_show", show)
    if path == "/search/shows":
        return Reader("tvmaze.parse_search", search)
    if path == "/updates/shows":
        return Reader("tvmaze.parse_updates", updates)
    if re.search(r"/(episodes|seasons|cast|crew|akas|episodesbydate|shows|schedule\w*)(/web|/full)?$", path):
        return Reader("tvmaze.parse_search", search, is_asked=False)
    return Reader("tvmaze.parse_show", show, is_asked=False)


def _tmdb(path: str) -> Reader:
    if re.fullmatch(r"/(tv|movie)/\d+/external_ids", path):
        return Reader("tmdb.parse_external_ids", lambda body: [_pairs(tmdb.parse_external_ids(body))])
    if re.fullmatch(r"/(tv|movie)/changes", path):
        return Reader("tmdb.parse_changes", lambda body: [_changes(body)])
    if path.startswith("/search/"):
        is_show = path.endswith(("/multi", "/tv", "/movie"))
        return Reader("tmdb.parse_search", lambda body: tmdb.parse_search(body, TODAY), is_asked=is_show)
    if found := re.fullmatch(r"/(tv|movie)/\d+", path):
        kind = found[1]
        return Reader(f"tmdb.parse_{kind}", lambda body: _details(body, kind))
    parts = "aggregate_credits|credits|alternative_titles|release_dates|watch/providers"
    if found := re.fullmatch(rf"/(tv|movie)/(\d+)/({parts})", path):
        # The program asks for these as parts of a larger answer.
        kind, number, part = found.groups()
        return Reader(f"tmdb.parse_{kind} as {part}", lambda body: _part(body, kind, number, part))
    if path.endswith("/changes"):
        return Reader("tmdb.parse_changes", lambda body: [_changes(body)], is_asked=False)
    if re.match(r"/(tv|movie)/\d+/", path) and not path.endswith(("/similar", "/recommendations")):
        kind = path.split("/")[1]
        return Reader(f"tmdb.parse_{kind}", lambda body: _details(body, kind), is_asked=False)
    return Reader("tmdb.parse_search", lambda body: tmdb.parse_search(body, TODAY), is_asked=False)


def _tmdb_by_shape(body: bytes) -> Reader:
    try:
        data = json.loads(body)
    except ValueError:
        data = {}
    keys = set(data) if isinstance(data, dict) else set()
    if {"first_air_date", "genres"} <= keys:
        return _tmdb("/tv/1")
    if {"release_date", "genres"} <= keys:
        return _tmdb("/movie/1")
    if "results" in keys:
        first = data["results"][0] if isinstance(data["results"], list) and data["results"] else None
        if isinstance(first, dict) and "release_dates" in first:
            return _tmdb("/movie/1/release_dates")
        return _tmdb("/search/multi")._replace(is_asked=isinstance(first, dict) and "media_type" in first)
    return _tmdb("/tv/1")._replace(is_asked=False)


def _details(body: bytes, kind: str) -> Found:
    parse = tmdb.parse_tv if kind == "tv" else tmdb.parse_movie
    return [parse(body, TODAY, region) for region in REGIONS][-1:]


def _part(body: bytes, kind: str, number: str, part: str) -> Found:
    work = f'{{"id": {number}, "name": "a part", "title": "a part", "genres": [], "{part}": '
    return _details(work.encode() + body + b"}", kind)


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{name}={value}" for name, value in pairs) or "no ids"


def _changes(body: bytes) -> str:
    changes = tmdb.parse_changes(body)
    return f"{len(changes.ids)} changed, page 1 of {changes.pages}"


def _wikidata(path: str, action: str, body: bytes) -> Reader:
    if action == "wbsearchentities" or (not action and b'"search"' in body[:2000]):
        return Reader("wikidata.parse_found", lambda body: [" ".join(wikidata.parse_search(body)) or "no items"])
    is_asked = path.startswith("/wiki/Special:EntityData/") or action in ("wbgetentities", "")
    return Reader("wikidata.parse_entity", _entities, is_asked=is_asked and not path.startswith("/sparql"))


def _entities(body: bytes) -> Found:
    wikidata.parse_revisions(body)
    wikidata.parse_labels(body)
    return [_entity(key, one) for key, one in wikidata.parse_entities(body).items()]


def _entity(key: str, body: bytes) -> SourceRecord | SourceError:
    names = {item: f"name of {item}" for item in wikidata.referenced_items(body)}
    try:
        wikidata.parse_work(body, key, TODAY)
        return [wikidata.parse_entity(body, key, TODAY, region, names) for region in REGIONS][-1]
    except SourceError as error:
        return error


def main(arguments: Sequence[str]) -> int:
    """Print the report about a folder, and return 1 where a recording failed."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.sources.recordings FOLDER\n")
        return 2
    all_of_them = list(outcomes(Path(arguments[0])))
    failed = sum(bool(one.error) for one in all_of_them)
    report = [*(one.line for one in all_of_them), f"{len(all_of_them)} recordings, {failed} failed"]
    sys.stdout.write("\n".join(report) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
