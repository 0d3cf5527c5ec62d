"""Runs the parsers of the program over recorded answers of the sources.

`python -m tests.sources.recordings FOLDER` prints a line for each recording, damages values of each in turn, and ends
with 1 if one of them failed.
The folder has an `INDEX.json`: a list of objects with `file`, `url`, `status` and perhaps `headers`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.sources.damaged_json import Damage, damages
from tracker.errors import SourceBusy, SourceError
from tracker.model.release import Preference
from tracker.model.source_record import LABELS, SourceRecord
from tracker.sources import tvmaze
from tracker.sources.http.client import RETRY_STATUSES, ApiHost, status_error
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.tmdb import source as tmdb
from tracker.sources.wikidata import source as wikidata
from tracker.sources.wikidata.classes import ItemClass, find_kind
from tracker.sources.wikidata.records import Entity
from tracker.sources.wikidata.work import Surroundings, make_record, named_items

TODAY: Final = date(2026, 11, 23)
REGIONS: Final = ("", "JP", "KR", "US")  # the last one is what is reported

Parsed = Sequence[SourceRecord | SourceError | str]
"""What a parser made of a body: records, errors in the place of one, or a few words about other data."""


class Recording(NamedTuple):
    """An answer as it came."""

    file: str
    url: str
    status: int | None
    body: bytes
    location: str = ""


class Parser(NamedTuple):
    """What parses the answers from an address."""

    name: str
    run: Callable[[bytes], Parsed]
    is_used: bool = True  # whether the program asks there, so that the parser has to understand the answer


class Outcome(NamedTuple):
    """What became of a recording."""

    recording: Recording
    parser: str
    parsed: Parsed
    error: str = ""  # what must not happen

    @property
    def records(self) -> tuple[SourceRecord, ...]:
        return tuple(record for record in self.parsed if isinstance(record, SourceRecord))

    @property
    def line(self) -> str:
        what = self.error or "; ".join(map(summary, self.parsed)) or "nothing found"
        return f"{'FAILED' if self.error else 'fine':6} {self.recording.file} · {self.parser}: {what}"


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Run the right parser over each recording of a folder, in the order of its index."""
    for entry in json.loads((folder / "INDEX.json").read_text(encoding="utf-8")):
        location = (entry.get("headers") or {}).get("location", "")
        body = (folder / entry["file"]).read_bytes()
        yield outcome_of(Recording(entry["file"], entry.get("url") or "", entry.get("status"), body, location))


def outcome_of(recording: Recording) -> Outcome:
    """Run the right parser over a recording."""
    parser = parser_for(recording)
    status = recording.status or 200
    if 300 <= status < 400 and recording.location:
        return Outcome(recording, "client", [f"leads on to {recording.location}"])
    parsed: Parsed
    try:
        parsed = parser.run(recording.body)
    except SourceError as error:
        parsed = [error]
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Outcome(recording, parser.name, (), f"{type(error).__name__}: {error}")
    if status >= 400:
        # The client never hands such a body to a parser, which has to bear it nevertheless.
        return Outcome(recording, "client", [error_of_status(recording, status)])
    errors = [result for result in parsed if isinstance(result, SourceError)]
    if status == 200 and errors and parser.is_used and not is_refusal(recording.body):
        return Outcome(recording, parser.name, parsed, f"{type(errors[0]).__name__}: {errors[0]}")
    return Outcome(recording, parser.name, parsed)


class Damaged(NamedTuple):
    """What became of a recording with one value damaged, over many values."""

    read: int = 0
    refused: int = 0
    crashes: tuple[str, ...] = ()

    def __add__(self, other: object) -> Damaged:
        assert isinstance(other, Damaged)
        return Damaged(self.read + other.read, self.refused + other.refused, self.crashes + other.crashes)


def damage(recording: Recording, most: int = 60) -> Damaged:
    """Run the right parser over a recording with one value damaged, for at most so many values."""
    parser = parser_for(recording)
    with suppress(ValueError):
        data = json.loads(recording.body)
        return sum((_damaged(parser, one) for one in damages(data, most)), Damaged())
    return Damaged()


def _damaged(parser: Parser, one: Damage) -> Damaged:
    try:
        parsed = parser.run(one.body)
    except SourceError:
        return Damaged(refused=1)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Damaged(crashes=(f"{parser.name}: {one.what} at {one.path}: {type(error).__name__}: {error}",))
    is_refused = any(isinstance(result, SourceError) for result in parsed)
    return Damaged(refused=1) if is_refused else Damaged(read=1)


def error_of_status(recording: Recording, status: int) -> SourceError:
    """Return what the client makes of a status."""
    label = LABELS[source_of(recording)]
    if status in RETRY_STATUSES:
        return SourceBusy(f"{label} gets too many requests or has an error right now ({status}).")
    return status_error(ApiHost(label, "", RateLimit(1, 1)), status)


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


def summary(result: SourceRecord | SourceError | str) -> str:
    """Return what was parsed on one line."""
    if isinstance(result, str):
        return result
    if isinstance(result, SourceError):
        return f"{type(result).__name__}: {result}"
    record = result
    status = record.status.value if record.status is not None else "-"
    release = record.release.text if record.release is not None else "-"
    counts = {
        "aka": record.aliases, "cast": record.cast, "dir": record.directors, "wri": record.writers,
        "at": record.providers,
    }  # fmt: skip
    parts = [
        f"{record.source_id} “{record.title}”",
        record.kind,
        f"{record.raw_status or '-'}→{status}",
        f"{release} {record.region}".strip(),
        *(",".join(names) for names in (record.networks, record.countries) if names),
        *(f"{name}={value}" for name, value in record.ids),
        *(f"{len(values)} {name}" for name, values in counts.items() if values),
    ]
    return " ".join(parts)


def source_of(recording: Recording) -> str:
    """Return the name of the source that gave an answer."""
    host = urlsplit(recording.url).hostname or recording.file
    return next((name for name in ("tvmaze", "wikidata") if name in host), "tmdb")


def parser_for(recording: Recording) -> Parser:
    """Return what parses the answers from the address of a recording, or something near to that."""
    url = urlsplit(recording.url)
    match source_of(recording):
        case "tvmaze":
            return _tvmaze(url.path)
        case "wikidata":
            action = parse_qs(url.query).get("action", [""])[0]
            return _wikidata(url.path, action, recording.body)
    path = re.sub(r"^/3(?=/)", "", url.path)
    return _tmdb(path) if path else _tmdb_by_shape(recording.body)


def _tvmaze(path: str) -> Parser:
    show = Parser("tvmaze.parse_show", lambda body: [tvmaze.parse_show(body, TODAY)])
    search = Parser("tvmaze.parse_search", lambda body: tvmaze.parse_search(body, TODAY))
    if re.fullmatch(r"/shows/\d+|/lookup/shows|/singlesearch/shows", path):
        return show
    if path == "/search/shows":
        return search
    if path == "/updates/shows":
        return Parser("tvmaze.parse_revisions", lambda body: [f"{len(tvmaze.parse_revisions(body))} revisions"])
    if re.search(r"/(episodes|seasons|cast|crew|akas|episodesbydate|shows|schedule\w*)(/web|/full)?$", path):
        return search._replace(is_used=False)
    return show._replace(is_used=False)


def _tmdb(path: str) -> Parser:
    search = Parser("tmdb.parse_search", lambda body: tmdb.parse_search(body, TODAY), is_used=False)
    changes = Parser("tmdb.parse_changes", lambda body: [_changes(body)])
    if re.fullmatch(r"/(tv|movie)/\d+/external_ids", path):
        return Parser("tmdb.parse_external_ids", lambda body: [_ids(tmdb.parse_external_ids(body))])
    if path.endswith("/changes"):
        return changes._replace(is_used=path in ("/tv/changes", "/movie/changes"))
    if path.startswith("/search/"):
        return search._replace(is_used=path.endswith(("/multi", "/tv", "/movie")))
    if path.startswith("/find/"):
        return Parser("tmdb.parse_found", lambda body: tmdb.parse_found(body, TODAY))
    if match_ := re.fullmatch(r"/(tv|movie)/\d+", path):
        kind = match_[1]
        return Parser(f"tmdb.parse_{kind}", lambda body: _details(body, kind))
    parts = "aggregate_credits|credits|alternative_titles|release_dates|watch/providers"
    if match_ := re.fullmatch(rf"/(tv|movie)/(\d+)/({parts})", path):
        # The program asks for these as parts of a larger answer.
        kind, number, part = match_.groups()
        return Parser(f"tmdb.parse_{kind} as {part}", lambda body: _part(body, kind, number, part))
    if re.match(r"/(tv|movie)/\d+/", path) and not path.endswith(("/similar", "/recommendations")):
        kind = path.split("/")[1]
        return Parser(f"tmdb.parse_{kind}", lambda body: _details(body, kind), is_used=False)
    return search


def _tmdb_by_shape(body: bytes) -> Parser:
    try:
        data = json.loads(body)
    except ValueError:
        data = {}
    keys = set(data) if isinstance(data, dict) else set()
    if {"first_air_date", "genres"} <= keys:
        return _tmdb("/tv/1")
    if {"release_date", "genres"} <= keys:
        return _tmdb("/movie/1")
    if "tv_results" in keys:
        return _tmdb("/find/1")
    if "results" in keys:
        first = data["results"][0] if isinstance(data["results"], list) and data["results"] else None
        if isinstance(first, dict) and "release_dates" in first:
            return _tmdb("/movie/1/release_dates")
        return _tmdb("/search/multi")._replace(is_used=isinstance(first, dict) and "media_type" in first)
    return _tmdb("/tv/1")._replace(is_used=False)


def _details(body: bytes, kind: str) -> Parsed:
    parse = tmdb.parse_tv if kind == "tv" else tmdb.parse_movie
    return [parse(body, TODAY, region) for region in REGIONS][-1:]


def _part(body: bytes, kind: str, number: str, part: str) -> Parsed:
    work = f'{{"id": {number}, "name": "a part", "title": "a part", "genres": [], "{part}": '
    return _details(work.encode() + body + b"}", kind)


def _ids(ids: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{name}={value}" for name, value in ids) or "no ids"


def _changes(body: bytes) -> str:
    changes = tmdb.parse_changes(body)
    return f"{len(changes.ids)} changed, page 1 of {changes.pages}"


def _wikidata(path: str, action: str, body: bytes) -> Parser:
    if action == "wbsearchentities" or (not action and b'"search"' in body[:2000]):
        return Parser("wikidata.parse_search", lambda body: [" ".join(wikidata.parse_search(body)) or "no items"])
    is_used = path.startswith("/wiki/Special:EntityData/") or action in ("wbgetentities", "")
    return Parser("wikidata.parse_entity", _entities, is_used=is_used and not path.startswith("/sparql"))


def _entities(body: bytes) -> Parsed:
    wikidata.parse_revisions(body)
    wikidata.parse_labels(body)
    wikidata.parse_classes(body)
    return [_entity(key, entity) for key, entity in wikidata.parse_entities(body).items()]


def _entity(key: str, entity: Entity | SourceError) -> SourceRecord | SourceError | str:
    if isinstance(entity, SourceError):
        return entity
    # No class is known beside those in the program.
    nowhere: dict[str, ItemClass] = {}
    while isinstance(kind := find_kind(entity.claims, nowhere), frozenset):
        nowhere |= dict.fromkeys(kind, ItemClass("", ()))
    around = Surroundings({item: f"name of {item}" for item in named_items(entity)})
    try:
        return [make_record(entity, key, kind, TODAY, Preference(region), around) for region in REGIONS][-1]
    except SourceError as error:
        return error if kind.kind or entity.is_missing else str(error)


def main(arguments: Sequence[str]) -> int:
    """Print the report about a folder, and return 1 if a recording failed."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tests.sources.recordings FOLDER\n")
        return 2
    results = list(outcomes(Path(arguments[0])))
    failed = sum(bool(outcome.error) for outcome in results)
    damaged = sum((damage(outcome.recording) for outcome in results if outcome.records), Damaged())
    report = [
        *(outcome.line for outcome in results),
        *(f"CRASH  {crash}" for crash in damaged.crashes),
        f"{damaged.read} damaged bodies read, {damaged.refused} refused, {len(damaged.crashes)} crashes",
        f"{len(results)} recordings, {failed} failed",
    ]
    sys.stdout.write("\n".join(report) + "\n")
    return 1 if failed or damaged.crashes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
