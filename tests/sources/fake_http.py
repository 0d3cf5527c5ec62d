"""A client that gives the answers of a test, and remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.errors import SourceError, SourceNotFound
from tracker.sources.http.client import ApiHost, HttpClient


class FakeRequest(NamedTuple):
    """A request."""

    path: str
    params: Mapping[str, str | list[str]]
    secret: Mapping[str, str]
    headers: Mapping[str, str]


class FakeHttpClient(HttpClient):
    """Asks nobody.

    Args:
        answer: Returns the body for a request, or raises what the client would.
    """

    def __init__(self, answer: Callable[[FakeRequest], bytes | SourceError]) -> None:
        self.asked: list[FakeRequest] = []
        self._answer = answer

    def get(
        self,
        service: ApiHost,
        path: str,
        params: Mapping[str, str | list[str]] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_busy: Callable[[bytes], bool] = lambda body: False,
    ) -> bytes:
        asked = FakeRequest(path, params or {}, secret or {}, headers or {})
        self.asked.append(asked)
        answer = self._answer(asked)
        if isinstance(answer, SourceError):
            raise answer
        assert not is_busy(answer), "a real client would have asked again"
        return answer


def by_path(answers: Mapping[str, bytes | SourceError]) -> Callable[[FakeRequest], bytes | SourceError]:
    """Return a function that answers by the path alone, and knows nothing of others."""
    return lambda asked: answers.get(asked.path, SourceNotFound("there is no such thing (404)."))
