"""The sources that the owner enabled: TVmaze, TMDB, Wikidata; each is asked in a thread of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import zip_longest
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

import tracker
from tracker.errors import (
    BadResponse,
    BadValue,
    Cancelled,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourceOffline,
)
from tracker.model.formatting import join_names
from tracker.model.matching import SearchResult, merge_results
from tracker.model.season import split_season
from tracker.model.show_reference import ShowReference, find_reference
from tracker.model.source_record import SOURCES, SourceId, SourceRecord
from tracker.paths import Paths
from tracker.sources.base import RecordFailure
from tracker.text import keyboard_form

if TYPE_CHECKING:
    from tracker.sources.base import Source
    from tracker.sources.feed import Feed
    from tracker.sources.http.client import HttpClient, RequestOptions
    from tracker.store.settings import Settings

T = TypeVar("T")
_NAMES: Final = "{}"
"""The place of the names in a sentence about several sources."""

BACKGROUND_PATIENCE: Final = 60.0
"""For how many seconds in all a refresh puts off one request before it gives up."""
TOKEN_SECONDS: Final = 30
"""How long the owner's command may take to print a token; it may ask for a password."""


class SearchResults(NamedTuple):
    """What a search found."""

    results: tuple[SearchResult, ...]
    failures: tuple[SourceError, ...]  # why sources did not answer
    asked: tuple[str, ...]  # the labels of the sources that were asked; empty when all of them failed


class Sources:
    """The enabled sources; nothing is imported, opened or asked before the first question."""

    def __init__(self, paths: Paths, settings: Settings, now: Callable[[], datetime]) -> None:
        self._paths = paths
        self._settings = settings
        self._now = now
        self._client: HttpClient | None = None
        self._lock = Lock()
        self.on_wait: Callable[[str, float], None] = lambda label, seconds: None
        """Called when a search or a link waits for a source, see `RequestOptions.on_wait`."""
        self._retired: list[HttpClient] = []
        self._kept_token = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The enabled sources: those of the settings, else TVmaze, and TMDB where there is a token for it."""
        if self._settings.sources is not None:
            return self._settings.sources
        has_token = bool(_environment_token() or self._settings.tmdb)
        return ("tvmaze", "tmdb") if has_token else ("tvmaze",)

    @cached_property
    def enabled(self) -> tuple[Source, ...]:
        """The sources as somebody who waits asks them; the first use takes a tenth of a second."""
        from tracker.sources.http.client import RequestOptions

        return self._make(RequestOptions(on_wait=self._tell_wait))

    def in_background(
        self, *, skip_cache: bool = False, on_wait: Callable[[str, float], None] = lambda label, seconds: None
    ) -> tuple[Source, ...]:
        """Return the sources as a refresh asks them: it waits for them as long as is reasonable.

        Args:
            skip_cache: Pass over cached answers, here and on the way.
            on_wait: See `RequestOptions`.
        """
        from tracker.sources.http.client import RequestOptions

        return self._make(RequestOptions(BACKGROUND_PATIENCE, True, skip_cache, on_wait))

    def _tell_wait(self, label: str, seconds: float) -> None:
        # `on_wait` may be set when the sources are there already.
        self.on_wait(label, seconds)

    def feeds(self, *, skip_cache: bool = False) -> tuple[Feed, ...]:
        """Return the feeds of the settings, as a refresh reads them."""
        if not self._settings.feeds:
            return ()
        from tracker.sources.feed import Feed
        from tracker.sources.http.client import RequestOptions

        client = self._make_client(RequestOptions(BACKGROUND_PATIENCE, True, skip_cache))
        return tuple(Feed(name, address, client) for name, address in self._settings.feeds.items())

    def _make(self, options: RequestOptions) -> tuple[Source, ...]:
        from tracker.sources.registry import make_sources

        client = self._make_client(options)
        preference, addresses = self._settings.preference, self._settings.addresses
        return make_sources(
            self.names, client, self._now, token=self._token, preference=preference, addresses=addresses
        )

    def _make_client(self, options: RequestOptions) -> HttpClient:
        from tracker.sources.http.cache import HttpCache
        from tracker.sources.http.client import HttpClient
        from tracker.sources.http.rate_limit import RateLimiter

        with self._lock:
            if self._client is None:
                folder = self._paths.cache
                self._client = HttpClient(
                    user_agent(), HttpCache(folder / "answers.sqlite"), RateLimiter(folder / "asked.sqlite")
                )
            return self._client.with_options(options)

    def get(self, name: str) -> Source:
        """Return the enabled source of this name.

        Raises:
            BadValue: There is none, or it is not enabled.
        """
        if found := next((source for source in self.enabled if source.name == name), None):
            return found
        raise BadValue(
            f"“{name}” is not enabled. Add it to `sources` in the settings; enabled now: {', '.join(self.names)}."
        )

    def stop(self) -> None:
        """End requests under way, at once but for a look-up of a host name; the next question begins anew."""
        client, self._client = self._client, None
        self.__dict__.pop("enabled", None)
        if client is not None:
            client.stop()
            self._retired.append(client)

    def close(self) -> None:
        for client in filter(None, (*self._retired, self._client)):
            client.close()

    def search(self, words: str, only: str = "") -> SearchResults:
        """Search all sources, or one only, for a title, or for the id or the address of a show.

        Raises:
            BadValue: It is the id or the address of something else, or of a source that is not enabled.
        """
        sources = (self.get(only),) if only else self.enabled
        if (reference := find_reference(words)) is None:
            return search_title(sources, words)
        found = look_up(sources, reference)
        if not found.results and not found.failures and reference.site in SOURCES:
            self.get(reference.site)
        return found

    def resolve(self, references: Iterable[ShowReference]) -> tuple[SourceId, ...]:
        """Return the ids of shows at sources: an id of another site is looked up at all of them.

        Raises:
            SourceError: No source has such an id, or none answered.
        """
        source_ids: list[SourceId] = []
        for reference in references:
            if reference.site in SOURCES:
                source_ids.append(SourceId(*reference))
                continue
            found = look_up(self.enabled, reference)
            if not found.results:
                names = join_names(found.asked, "or")
                missing = SourceNotFound(f"No show at {names} has the id {reference}. Search for the title instead.")
                raise next(iter(found.failures), missing)
            source_ids += found.results[0].source_ids
        return tuple(dict.fromkeys(source_ids))

    def fetch(self, source_ids: Iterable[SourceId]) -> Iterator[SourceRecord | SourceError]:
        """Yield the records of these shows and seasons as they come, or why there is none."""
        wanted: dict[str, dict[str, list[int | None]]] = {}
        for source_id in source_ids:
            seasons = wanted.setdefault(self.get(source_id.source).name, {}).setdefault(source_id.key, [])
            seasons.append(source_id.season)
        sources = [source for source in self.enabled if source.name in wanted]
        for source, answer in fan_out(sources, lambda source: source.fetch(list(wanted[source.name]))):
            if isinstance(answer, SourceRecord):
                yield from _read_seasons(answer, wanted[source.name].get(answer.key, ()))
            else:
                yield answer if isinstance(answer, SourceError) else answer.error

    def _token(self) -> str:
        """Return the owner's token for TMDB: of the environment, the settings, or as their command prints it."""
        if token := self._kept_token or _environment_token() or self._settings.tmdb.get("token", "").strip():
            return token
        command = self._settings.tmdb.get("token_command", "")
        if not command:
            raise SourceDenied("TMDB needs your token. Set $TMDB_TOKEN, or token or token_command under [tmdb].")
        try:
            process = subprocess.run(  # noqa: S603 - the owner's own command
                shlex.split(command), capture_output=True, text=True, timeout=TOKEN_SECONDS, check=True
            )
        except (OSError, ValueError, subprocess.SubprocessError):
            # Neither the command nor what it printed is shown: the secret may be in it.
            raise SourceDenied("The token_command for TMDB failed. Run it yourself to see why.") from None
        words = process.stdout.split()
        if not words:
            raise SourceDenied("The token_command for TMDB printed nothing. Run it yourself to see why.")
        self._kept_token = words[0]
        return words[0]


def search_title(sources: Sequence[Source], title: str) -> SearchResults:
    """Search sources by title; results that are surely the same show are merged, those without a title left out.

    A title that ends with a season is searched without it as well, since sources list whole shows.
    """
    titles = dict.fromkeys((keyboard_form(title), keyboard_form(split_season(title)[0])))

    def search(source: Source) -> Iterator[tuple[SourceRecord, ...]]:
        seen: set[str] = set()
        for words in titles:
            records = tuple(record for record in source.search(words) if record.key not in seen)
            seen.update(record.key for record in records)
            yield records

    return _merge_answers(sources, fan_out(sources, search))


def look_up(sources: Sequence[Source], reference: ShowReference) -> SearchResults:
    """Look up a show at sources by its id at one of them, or at another site.

    Those that do not know it are asked again by the ids that the others know of it.
    """
    ids = {reference.site: reference.key}
    answers: list[tuple[Source, tuple[SourceRecord, ...] | SourceError]] = []
    waiting = list(sources)
    while waiting:
        known = dict(ids)
        new = list(fan_out(waiting, partial(_ask_by_ids, ids=known)))
        answers += new
        for _, answer in new:
            for record in answer if not isinstance(answer, SourceError) else ():
                ids = {**dict(record.ids), record.source: record.key, **ids}
        if known == ids:
            break
        done = {source.name for source, answer in answers if answer}
        waiting = [source for source in waiting if source.name not in done]
    found = _merge_answers(sources, answers)
    # What shares no id with it came from a mistake on the way.
    results = [
        result for result in found.results if any(reference[:2] in one.all_ids.items() for one in result.records)
    ]
    return found._replace(results=tuple(result.for_season(reference.season) for result in results))


def _ask_by_ids(source: Source, ids: Mapping[str, str]) -> Iterator[tuple[SourceRecord, ...]]:
    """Yield what a source has under one of these ids, by site; its own is asked for first."""
    if key := ids.get(source.name):
        for answer in source.fetch([key]):
            if isinstance(answer, RecordFailure):
                raise answer.error
            yield (answer,)
        return
    for site in ("imdb", "thetvdb", "wikidata", "tvmaze", "tmdb"):
        if site in ids and (found := source.look_up(site, ids[site])):
            # It was found by this id, whether it names it or not.
            yield tuple(record._replace(ids=(*record.ids, (site, ids[site]))) for record in found)
            return


def _merge_answers(
    sources: Sequence[Source], answers: Iterable[tuple[Source, tuple[SourceRecord, ...] | SourceError]]
) -> SearchResults:
    records: dict[str, tuple[SourceRecord, ...]] = {source.name: () for source in sources}
    failures = []
    for source, answer in answers:
        if isinstance(answer, SourceError):
            failures.append(answer)
        else:
            records[source.name] += tuple(one.titled() for one in answer if one.title or one.original_title)
    ranked = (record for rank in zip_longest(*records.values()) for record in rank if record is not None)
    asked = tuple(source.label for source in sources) if len(failures) < len(sources) else ()
    return SearchResults(merge_results(ranked), tuple(failures), asked)


def _read_seasons(record: SourceRecord, seasons: Iterable[int | None]) -> Iterator[SourceRecord | SourceError]:
    """Yield the records of seasons, None for the whole show, or why there is none."""
    try:
        record = record.titled()
    except BadResponse as error:
        yield error
        return
    for season in seasons:
        if record.season is not None and season is not None and season != record.season:
            what = f"season {record.season} of {record.title}"
            yield SourceNotFound(f"{record.source_id.show} is {what}, not season {season}.")
        else:
            yield record.for_season(season)


def describe_wait(label: str, seconds: float) -> str:
    """Return for how long a source is waited for, "TVmaze: waiting 8 s"."""
    return f"{label}: waiting {max(1, round(seconds))} s"


def user_agent() -> str:
    """Return the program's name for requests: name and version, and the address that its owner set, if any."""
    name = f"release-tracker/{tracker.__version__}"
    return f"{name} (+{tracker.HOME})" if tracker.HOME else name


def _environment_token() -> str:
    return (os.environ.get("TMDB_TOKEN") or os.environ.get("TMDB_API_KEY") or "").strip()


class _Asked(Protocol):
    """A source or a feed, each with its own thread."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...


_AskedT = TypeVar("_AskedT", bound=_Asked)


def fan_out(
    sources: Sequence[_AskedT], work: Callable[[_AskedT], Iterable[T]]
) -> Iterator[tuple[_AskedT, T | SourceError]]:
    """Run work for each source in a thread of its own, and yield what it yields as it comes.

    A failure ends the work for its source and is the last thing yielded for it.
    """
    answers: SimpleQueue[tuple[_AskedT, T | SourceError | None]] = SimpleQueue()

    def run(source: _AskedT) -> None:
        try:
            for answer in work(source):
                answers.put((source, answer))
        except SourceError as error:
            error.source = source.label
            answers.put((source, error))
        except Exception as error:  # noqa: BLE001 - an edge: beyond it the thread would end without a word
            where = f" Report it: {tracker.HOME}" if tracker.HOME else ""
            sentence = f"{source.label} failed: a bug in this program ({type(error).__name__}: {error}).{where}"
            answers.put((source, SourceError(sentence)))
        finally:
            answers.put((source, None))

    for source in sources:
        # A thread that hangs in the resolver must not keep the program from ending.
        Thread(target=run, args=(source,), name=f"asking {source.name}", daemon=True).start()
    running = len(sources)
    while running:
        source, answer = answers.get()
        if answer is None:
            running -= 1
        else:
            yield source, answer


def describe_failures(failures: Iterable[SourceError]) -> list[str]:
    """Return why sources did not answer, in one sentence where none can be reached; a stop is no failure."""
    offline: dict[str, list[str]] = {}
    sentences = []
    for failure in failures:
        sentence = str(failure)
        if isinstance(failure, SourceOffline) and failure.source and failure.source in sentence:
            offline.setdefault(sentence.replace(failure.source, _NAMES, 1), []).append(failure.source)
        elif not isinstance(failure, Cancelled):
            sentences.append(sentence)
    joined = [text.replace(_NAMES, join_names(dict.fromkeys(names))) for text, names in offline.items()]
    return list(dict.fromkeys([*joined, *sentences]))


def add_failures(label: str, failures: Iterable[SourceError]) -> str:
    """Return the sentence about an edit, followed by why sources did not answer."""
    return ". ".join([label, *([" ".join(sentences)] if (sentences := describe_failures(failures)) else ())])
