"""Asking a language model of the owner's own: the chat interface of OpenAI, which ollama, llama.cpp and vLLM have."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tracker.errors import BadResponse, SourceDenied, SourceNotFound
from tracker.json_reader import read_json
from tracker.sources.http.article import parse_web_address
from tracker.sources.http.connection import Connection, TimeLimits, format_seconds, trusted_certificates

LIMITS: Final = TimeLimits(read=120.0, total=180.0)
"""A model on an ordinary computer needs minutes, and says nothing before it is done."""
MAX_BYTES: Final = 1_000_000
_MAX_TOKENS: Final = 4_000
_NOT_UNDERSTOOD: Final = (400, 422, 501)


def ask_model(
    url: str,
    model: str,
    messages: Sequence[Mapping[str, str]],
    *,
    user_agent: str,
    key: str = "",
    limits: TimeLimits | None = None,
    verify: ssl.SSLContext | None = None,
) -> str:
    """Return what a model answers.

    Args:
        url: Where the interface begins: "http://localhost:11434/v1".
        model: Its name there.
        messages: The chat, each with "role" and "content".
        user_agent: The program's name for requests.
        key: What the host asks for as a Bearer token; "" for nothing.
        limits: How long it may take; None for `LIMITS`.
        verify: As for `HttpClient`.

    Raises:
        SourceError: There is no answer; the sentence says why.
    """
    limits = limits or LIMITS
    address = parse_web_address(f"{url.rstrip('/')}/chat/completions", "http://localhost:11434/v1")
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    request: dict[str, Any] = {
        "model": model, "messages": list(messages), "temperature": 0, "stream": False, "max_tokens": _MAX_TOKENS,
    }  # fmt: skip
    connection = Connection(user_agent, "application/json", limits, lambda: verify or trusted_certificates())
    label = address.host
    too_late = f"{label} took longer than {format_seconds(limits.total)} to answer."
    too_large = f"{label} sent more than {MAX_BYTES // 1_000_000} MB."
    try:
        with connection.deadline(too_late):
            # Not every host knows how to hold a model to JSON.
            for more in ({"response_format": {"type": "json_object"}}, {}):
                content = json.dumps(request | more, ensure_ascii=False).encode("utf-8", "replace")
                with connection.get(address, label, headers, content=content) as response:
                    if response.status in _NOT_UNDERSTOOD and more:
                        continue
                    if response.status in (401, 403):
                        raise SourceDenied(f"{label} wants another key ({response.status}).", response.status)
                    if response.status == 404:
                        raise SourceNotFound(f"{label} has no model “{model}” at this address (404).", 404)
                    if response.status != 200:
                        raise BadResponse(f"{label} gave an unexpected answer ({response.status}).", response.status)
                    response.read(MAX_BYTES, noun="its answer", too_large=too_large, cut_short=f"{label} broke off.")
                    return _content(response.body, label)
    finally:
        connection.close()
    raise AssertionError("the last request always ends")  # pragma: no cover


def _content(body: bytes, label: str) -> str:
    """Return the text of the first choice."""
    value = read_json(body)
    for part in ("choices", 0, "message", "content"):
        try:
            value = value[part]
        except (TypeError, LookupError):
            value = None
    if not isinstance(value, str):
        raise BadResponse(f"{label} gave an answer of another form.")
    return value
