"""A client that gives the answers of a test, and remembers what it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tracker.errors import SourceError, SourceNotFound
from tracker.sources.http.client import ApiHost, HttpClient


class FakeRequest(NamedTuple):
    path: str
    params: Mapping[str, str | list[str]]
    secret: Mapping[str, str]
    headers: Mapping[str, str]


Answers = Callable[[FakeRequest], bytes | SourceError]


class FakeHttpClient(HttpClient):
    """Asks nobody.

    Args:
        answers: Bodies or errors by path, or a function from a request to one.
    """

    def __init__(self, answers: Mapping[str, bytes | SourceError] | Answers) -> None:
        self.requests: list[FakeRequest] = []
        self._answers = answers

    def get(
        self,
        host: ApiHost,
        path: str,
        params: Mapping[str, str | list[str]] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_busy: Callable[[bytes], bool] = lambda body: False,
    ) -> bytes:
        self.requests.append(request := FakeRequest(path, params or {}, secret or {}, headers or {}))
        missing = SourceNotFound("there is no such thing (404).")
        answer = self._answers(request) if callable(self._answers) else self._answers.get(path, missing)
        if isinstance(answer, SourceError):
            raise answer
        assert not is_busy(answer), "a real client would have asked again"
        return answer
