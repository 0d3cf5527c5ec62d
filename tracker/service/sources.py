"""Asking the services: who is asked, with what, each in a thread of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import zip_longest
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tracker import HOME
from tracker.errors import BadValue, Cancelled, SourceDenied, SourceError, SourceOffline
from tracker.model.matching import SearchResult, merge_results
from tracker.model.source_record import SourceId, SourceRecord
from tracker.paths import Paths

if TYPE_CHECKING:
    from tracker.sources.base import Source
    from tracker.sources.http.client import HttpClient
    from tracker.store.settings import Settings

T = TypeVar("T")

TOKEN_SECONDS: Final = 30
"""How long the owner's command may take to print a token; it may ask for a password."""


class SearchResults(NamedTuple):
    """What a search came to."""

    results: tuple[SearchResult, ...]
    failures: tuple[SourceError, ...]
    """Why services did not answer."""
    asked: tuple[str, ...]
    """The labels of those that did."""


class Sources:
    """The services as the owner wants them; nothing is imported, opened or asked before the first question.

    Args:
        paths: Where the cache is.
        settings: What the owner set.
        now: The clock of the owner.
    """

    def __init__(self, paths: Paths, settings: Settings, now: Callable[[], datetime]) -> None:
        self._paths = paths
        self._settings = settings
        self._now = now
        self._client: HttpClient | None = None
        self._retired: list[HttpClient] = []
        self._kept_token = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The services that are asked: those of the settings, else TVmaze, and TMDB where there is a token for it."""
        if self._settings.sources is not None:
            return self._settings.sources
        has_token = bool(_environment_token() or self._settings.tmdb)
        return ("tvmaze", "tmdb") if has_token else ("tvmaze",)

    @cached_property
    def enabled(self) -> tuple[Source, ...]:
        """The services; the first use takes a tenth of a second."""
        from tracker.sources.http.cache import HttpCache
        from tracker.sources.http.client import HttpClient
        from tracker.sources.http.rate_limit import RateLimiter
        from tracker.sources.registry import make_sources

        folder = self._paths.cache
        self._client = HttpClient(
            user_agent(), HttpCache(folder / "answers.sqlite"), RateLimiter(folder / "asked.sqlite")
        )
        region, addresses = self._settings.region, self._settings.addresses
        return make_sources(self.names, self._client, self._now, token=self._token, region=region, addresses=addresses)

    def get(self, name: str) -> Source:
        """Return the service of this name, be it enabled or not asked by itself.

        Raises:
            BadValue: There is none, or it is not enabled.
        """
        for source in self.enabled:
            if source.name == name:
                return source
        raise BadValue(
            f"“{name}” is not asked; name it in `sources` of the settings. Asked are {', '.join(self.names)}."
        )

    def stop(self) -> None:
        """End what is under way, at once but for a look-up of a name; the next question begins anew."""
        client, self._client = self._client, None
        self.__dict__.pop("sources", None)
        if client is not None:
            client.stop()
            self._retired.append(client)

    def close(self) -> None:
        """Let go of all connections."""
        for client in (*self._retired, *([self._client] if self._client is not None else [])):
            client.close()

    def search(self, words: str, only: str = "") -> SearchResults:
        """Return the shows that the services find by a title, merged where they are surely the same.

        Args:
            words: The title, or a part of it.
            only: The one service to be asked; "" for all.

        Raises:
            BadValue: That service is not enabled.
        """
        sources = (self.get(only),) if only else self.enabled
        found: dict[str, tuple[SourceRecord, ...]] = {source.name: () for source in sources}
        failures = []
        for source, one in fan_out(sources, lambda source: [source.search(words)]):
            if isinstance(one, SourceError):
                failures.append(one)
            else:
                found[source.name] = one
        ranked = (one for rank in zip_longest(*found.values()) for one in rank if one is not None)
        failed = len(failures) == len(sources)
        return SearchResults(
            merge_results(ranked), tuple(failures), () if failed else tuple(source.label for source in sources)
        )

    def fetch(self, references: Iterable[SourceId]) -> Iterator[SourceRecord | SourceError]:
        """Ask for these shows, and give each answer, or why there is none.

        Raises:
            BadValue: A service is not enabled.
        """
        wanted: dict[str, list[str]] = {}
        for reference in references:
            wanted.setdefault(self.get(reference.source).name, []).append(reference.key)
        sources = [source for source in self.enabled if source.name in wanted]
        for _, one in fan_out(sources, lambda source: source.fetch(wanted[source.name])):
            yield one if isinstance(one, SourceRecord | SourceError) else one.error

    def _token(self) -> str:
        """Return the owner's token for TMDB: of the environment, else of the settings, else as their command prints it.

        Raises:
            Denied: There is none.
        """
        if token := self._kept_token or _environment_token() or self._settings.tmdb.get("token", "").strip():
            return token
        command = self._settings.tmdb.get("token_command", "")
        if not command:
            raise SourceDenied("TMDB needs a token of yours: set $TMDB_TOKEN, or token or token_command under [tmdb].")
        try:
            done = subprocess.run(  # noqa: S603 - the owner's own command
                shlex.split(command), capture_output=True, text=True, timeout=TOKEN_SECONDS, check=True
            )
        except (OSError, ValueError, subprocess.SubprocessError):
            # Neither the command nor what it printed is told: it may have the secret in it.
            raise SourceDenied("the token_command for TMDB failed; run it yourself to see why.") from None
        lines = done.stdout.split()
        if not lines:
            raise SourceDenied("the token_command for TMDB printed nothing.")
        self._kept_token = lines[0]
        return lines[0]


def user_agent() -> str:
    """Return how the program calls itself, as the services ask for: name, version, where its makers are."""
    from tracker import __version__

    return f"release-tracker/{__version__} (+{HOME})"


def _environment_token() -> str:
    return (os.environ.get("TMDB_TOKEN") or os.environ.get("TMDB_API_KEY") or "").strip()


def fan_out(
    sources: Sequence[Source], work: Callable[[Source], Iterable[T]]
) -> Iterator[tuple[Source, T | SourceError]]:
    """Do work for each service in a thread of its own, and give what it brings as it comes.

    A failure ends the work for its service, and comes as the last thing of it.
    """
    arrived: SimpleQueue[tuple[Source, T | SourceError | None]] = SimpleQueue()

    def run(source: Source) -> None:
        try:
            for one in work(source):
                arrived.put((source, one))
        except SourceError as error:
            error.source = source.label
            arrived.put((source, error))
        except Exception as error:  # noqa: BLE001 - an edge: beyond it the thread would end without a word
            arrived.put((source, SourceError(f"{source.label} could not be asked ({type(error).__name__}: {error}).")))
        finally:
            arrived.put((source, None))

    for source in sources:
        # A thread that hangs in the resolver must not keep the program from ending.
        Thread(target=run, args=(source,), name=f"asking {source.name}", daemon=True).start()
    at_work = len(sources)
    while at_work:
        source, one = arrived.get()
        if one is None:
            at_work -= 1
        else:
            yield source, one


def _join_names(names: Iterable[str]) -> str:
    """Return names as in a sentence: "TVmaze, TMDB and Wikidata"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def describe_failures(failures: Iterable[SourceError]) -> list[str]:
    """Return why services did not answer, in one sentence where none can be reached; a stop is no reason."""
    nobody: dict[str, list[str]] = {}
    told = []
    for one in failures:
        sentence = str(one)
        if isinstance(one, SourceOffline) and one.source and sentence.startswith(one.source):
            nobody.setdefault(sentence.removeprefix(one.source), []).append(one.source)
        elif not isinstance(one, Cancelled):
            told.append(sentence)
    unreached = [f"{_join_names(dict.fromkeys(names))}{rest}" for rest, names in nobody.items()]
    return list(dict.fromkeys([*unreached, *told]))
