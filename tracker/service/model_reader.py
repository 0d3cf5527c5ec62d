"""The owner's own language model as a second reader of articles, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from tracker.clipper.reader import Checks, make_checks, make_messages, read_answer, with_model_facts
from tracker.errors import SourceError
from tracker.model.article_draft import Article, Draft
from tracker.text import clean_line, shorten

if TYPE_CHECKING:
    from tracker.sources.http.connection import TimeLimits

Ask = Callable[[list[dict[str, str]]], str]
"""Sends messages to a model and returns its answer; raises a SourceError where there is none."""
_MAX_NAME: Final = 40


class ModelReader:
    """Offers what a model finds in an article and the article bears out; what the rules say stays as it is.

    Args:
        model: The name of the model.
        ask: Asks it; waits for the network.
        make_checks: Returns how the program itself reads an article for a show, "" for the one that it is about.
    """

    def __init__(self, model: str, ask: Ask, make_checks: Callable[[Article, str], Checks]) -> None:
        self._model = shorten(clean_line(model), _MAX_NAME)
        self._ask = ask
        self._make_checks = make_checks
        self._last: tuple[str, str] = ("", "")
        self._answer = ""

    def complete(self, draft: Draft, article: Article, title: str) -> Draft:
        """Return a draft with what the model offers, or with a notice that it did not answer. Blocks.

        A list of shows is not sent before one of them is picked.
        """
        if draft.is_abstained and draft.titles and not title:
            return draft
        try:
            answer = self._answer_about(article, title)
        except SourceError as error:
            return draft._replace(notice=f"The model {self._model} did not answer: {error}")
        facts = read_answer(answer, article, self._model, self._make_checks(article, title))
        if facts is None:
            return draft._replace(notice=f"The model {self._model} did not answer in JSON, so nothing of it was used.")
        return with_model_facts(draft, facts)

    def _answer_about(self, article: Article, title: str) -> str:
        # Read again for another day, the same text needs no other answer: dates are resolved here.
        key = (article.text, title)
        if key != self._last:
            self._answer = self._ask(make_messages(article, title))
            self._last = key
        return self._answer


def make_reader(settings: Mapping[str, str], limits: TimeLimits | None = None) -> ModelReader:
    """Return the reader of the settings: `url`, `model`, and perhaps `key`; `limits` are those of `ask_model`."""

    def ask(messages: list[dict[str, str]]) -> str:
        from tracker.service.sources import user_agent
        from tracker.sources.http.chat import ask_model  # the HTTP library takes a tenth of a second

        return ask_model(
            settings["url"], settings["model"], messages,
            user_agent=user_agent(), key=settings.get("key", ""), limits=limits,
        )  # fmt: skip

    return ModelReader(settings["model"], ask, make_checks)
