from __future__ import annotations

import pytest

from tests.sources.wikidata.helpers import Json, claim, item, record_of, texts
from tracker.model.source_record import MAX_ALIASES, SourceRecord
from tracker.sources.wikidata.names import ASKED_LANGUAGES


def text(value: str, language: str) -> Json:
    return claim({"text": value, "language": language})


def named(
    labels: object, titles: list[Json] | None = None, language: int = 0, region: str = "", **more: object
) -> SourceRecord:
    claims: Json = {"P31": [claim(item(5398426))], "P495": [claim(item(17))], "P1476": titles or []}
    claims |= {"P364": [claim(item(language))]} if language else {}
    return record_of({"labels": labels, "claims": claims, **more}, region)


JAPANESE = [text("紙の灯台", "ja")]


@pytest.mark.parametrize(
    ("labels", "titles", "language", "title", "original"),
    [
        (texts(ja="紙の灯台", en="Paper Lighthouse"), JAPANESE, 5287, "Paper Lighthouse", "紙の灯台"),
        (texts(ja="紙の灯台", en="Paper Lighthouse"), JAPANESE, 0, "Paper Lighthouse", "紙の灯台"),
        # A title in another language is not the original one; the label in the language of the work is.
        (texts(ja="紙の灯台", en="Paper Lighthouse"), [text("Phare", "fr")], 5287, "Paper Lighthouse", "紙の灯台"),
        (texts(en="Paper Lighthouse"), [text("Phare", "fr")], 5287, "Paper Lighthouse", ""),
        (texts(en="Paper Lighthouse"), [text("Phare", "fr"), *JAPANESE], 5287, "Paper Lighthouse", "紙の灯台"),
        (texts(en="Fanal", ko="종이 등대"), [], 1860, "Fanal", ""),
        (texts(en="The Lamp"), [text("燈", "zh-hant")], 9192, "The Lamp", "燈"),
        # Without an English label: the original in Latin letters, `mul`, the languages of fans, any other.
        (texts(ko="종이 등대", mul="Papierleuchtturm"), [text("Phare", "fr")], 0, "Phare", ""),
        (texts(ko="종이 등대", mul="Papierleuchtturm"), JAPANESE, 0, "Papierleuchtturm", "紙の灯台"),
        (texts(ko="종이 등대"), JAPANESE, 0, "종이 등대", "紙の灯台"),
        (texts(xx="Le Phare"), [], 0, "Le Phare", ""),
        (texts(en="", ja="紙"), [], 0, "紙", ""),
        (texts(en=" Paper\u202e\nLight\x1b[31m"), [], 0, "Paper Light[31m", ""),
        ([], JAPANESE, 0, "紙の灯台", ""),
    ],
)
def test_title_and_original(labels: object, titles: list[Json], language: int, title: str, original: str) -> None:
    record = named(labels, titles, language)
    assert (record.title, record.original_title) == (title, original)


@pytest.mark.parametrize(
    ("titles", "language", "code"),
    [
        (JAPANESE, 0, "ja"), ([], 9176, "ko"), (JAPANESE, 9176, "ko"), ([text("a", "nb")], 0, "no"),
        ([text("a", "fr"), text("b", "ja")], 0, ""), ([text("a", "mul")], 0, ""), ([], 990000001, ""),
    ],
)  # fmt: skip
def test_language_of_the_original(titles: list[Json], language: int, code: str) -> None:
    assert named(texts(en="Paper Lighthouse"), titles, language).language == code


def test_aliases_of_home_owner_and_fans() -> None:
    languages = ("de", "fr", "ru", "en", "th", "zh", "ko", "ja", "es")
    labels = texts(**{code: f"Name {code}" for code in languages})
    aliases = {code: [{"value": f"Alias {code}"}, {"value": "NAME EN"}] for code in ("ja", "de", "en", "fr")}
    record = named(labels, [], 0, "DE", aliases=aliases)
    assert record.title == "Name en"
    assert record.aliases == (
        "Name ja", "Alias ja", "Name de", "Alias de", "Name ko", "Name zh", "Name th", "Alias en",
    )  # fmt: skip
    many = {"ja": [{"value": f"Alias {number}"} for number in range(20)]}
    assert len(named(labels, aliases=many).aliases) == MAX_ALIASES
    assert named(texts(en="Paper Lighthouse"), aliases={"en": [{"value": "paper-lighthouse"}]}).aliases == ()


def test_languages_asked_for() -> None:
    assert ASKED_LANGUAGES[:3] == ("en", "mul", "ja")
    assert {"zh-tw", "th", "pt-br", "tr"} <= set(ASKED_LANGUAGES)
    assert len(set(ASKED_LANGUAGES)) == len(ASKED_LANGUAGES) <= 50
