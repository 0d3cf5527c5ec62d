"""How well real articles are read: the figures that README quotes.

    ARTICLES=FOLDER[:FOLDER…] python -m tests.clipper.quality [--misses]

A folder has NNN.txt with NNN.json beside it. The labels: `published` (the day from which dates are counted), `gold`
(titles, cast with roles, director, writer, network, status, release), `accept` (equally good answers), `hard_negative`
for what is no news of one show. Articles and labels are not in the repository; without a folder there is nothing to do.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.extract import extract
from tracker.clipper.release import window_of
from tracker.clipper.text import read_text
from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.window_parser import parse_said_date

STATUS: Final = {
    "rumoured": {"rumored"}, "announced": {"announced"}, "casting": {"announced", "pre-production"},
    "pre_production": {"pre-production"}, "filming": {"filming"}, "wrapped": {"post-production"},
    "scheduled": {"scheduled"}, "airing": {"airing"}, "released": {"released", "airing"},
    "postponed": {"postponed"}, "cancelled": {"cancelled"}, "unknown": set(),
}  # fmt: skip
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_UNLABELLED: Final = ("synopsis", "countries", "locations")
_LABEL_OF: Final = {"directors": "director", "writers": "writer", "networks": "network"}


def norm(text: str | None) -> str:
    """Return a name without case, marks and accents."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    return re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def windows(label: str | None) -> set[str]:
    """Return the EDTF strings that are right for the label of a release."""
    if not label:
        return set()
    if label.startswith("XXXX"):
        return {label}
    if re.fullmatch(r"\d{4}/\d{4}", label):
        return {label, *label.split("/")}
    if found := re.fullmatch(r"(\d{4})-Q(\d)", label):
        return {f"{found[1]}-{32 + int(found[2])}"}
    if found := re.fullmatch(r"(\d{4})-H(\d)", label):
        return {f"{found[1]}-{39 + int(found[2])}"}
    if (found := re.fullmatch(r"(\d{4})-([a-z]+)", label)) and found[2] in _SEASONS:
        return {f"{found[1]}-{_SEASONS[found[2]]}"}
    return {label}


class Labelled(NamedTuple):
    """An article with what a careful person takes from it."""

    path: Path
    text: str
    label: dict[str, Any]

    @property
    def is_news(self) -> bool:
        return not self.label.get("hard_negative")

    @property
    def article(self) -> Article:
        said = self.label["published"]
        published, words = parse_said_date(said) if said else (None, "")
        return Article(self.text, published=published, published_text=words)

    def annotated(self) -> AnnotatedArticle:
        return AnnotatedArticle(read_text(self.text), self.article.published)

    @property
    def _accept(self) -> dict[str, Any]:
        return self.label.get("accept") or {}

    def answers(self, field: str) -> list[set[str]]:
        """Return what is to be found for a field: for each answer the ways to write it."""
        gold, accept = self.label["gold"], self._accept
        if field == "title":
            titles = {norm(one) for one in (*gold["titles"], *(accept.get("titles_alt") or []))}
            return [titles] if gold["titles"] else []
        if field == "cast":
            also = accept.get("alt_actor_names") or {}
            return [{norm(one["actor"]), *map(norm, also.get(one["actor"], []))} for one in gold["cast"]]
        if field == "release":
            wanted = gold["release"]["edtf"]
            return [windows(wanted)] if wanted and not wanted.startswith("XXXX") else []
        if field == "kind":
            kind = self.label.get("kind")
            return [{"film" if "film" in kind or kind == "bollywood" else "series"}] if kind else []
        if field == "status":
            return [STATUS[gold["status"]]] if STATUS[gold["status"]] else []
        return [{norm(name)} for name in gold[_LABEL_OF[field]] or []]

    def also_right(self, field: str) -> set[str]:
        """Return what is neither asked for nor wrong."""
        gold, accept = self.label["gold"], self._accept
        if field == "title":
            return {norm(one) for one in accept.get("titles_alt") or []}
        if field == "cast":
            return {
                norm(one["actor"]) for one in [*(accept.get("cast_alt") or []), *(accept.get("cast_optional") or [])]
            }
        if field == "release":
            return set().union(
                *(windows(one) for one in accept.get("edtf_alt") or []), windows(gold["release"]["edtf"])
            )
        if field == "status":
            return set().union(*(STATUS[one] for one in accept.get("status_alt") or []))
        return {norm(name) for name in accept.get(f"{_LABEL_OF.get(field, field)}_alt") or []}

    def roles_of(self, actor: str) -> set[str] | None:
        """Return the ways to write an actor's role, empty for none; None for who is not in the cast."""
        also = self._accept.get("alt_actor_names") or {}
        for one in self.label["gold"]["cast"]:
            if norm(actor) in {norm(one["actor"]), *map(norm, also.get(one["actor"], []))}:
                role = one["role"]
                return {norm(role), *map(norm, (self._accept.get("role_alt") or {}).get(role, []))} if role else set()
        return None


def labelled(folder: Path) -> Iterator[Labelled]:
    """Return the articles of a folder."""
    for path in sorted(folder.glob("[0-9]*.txt")):
        yield Labelled(path, path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8")))


def form(field: str, value: str) -> str:
    """Return a value as labels are compared."""
    if field == "release":
        window = window_of(value)
        return (window.edtf if window is not None else None) or ""
    return value if field == "status" else norm(value)


def judge_candidate(one: Labelled, candidate: Candidate) -> bool | None:
    """Return whether a candidate is right; None where that is not known."""
    if candidate.field == "relevance":
        return one.is_news
    if not one.is_news or candidate.field in _UNLABELLED:
        return None
    if candidate.field == "role":
        roles = one.roles_of(candidate.of)
        return None if roles is None else norm(candidate.value) in roles
    value = form(candidate.field, candidate.value)
    if any(value in answer for answer in one.answers(candidate.field)):
        return True
    return None if value in one.also_right(candidate.field) else False


class Tally(NamedTuple):
    """What was said, and what was to be said."""

    said: int = 0
    right: int = 0  # of what was said and asked for
    wrong: int = 0
    wanted: int = 0
    found: int = 0  # of what was wanted, said
    offered: int = 0  # of what was wanted, said or offered

    def line(self) -> str:
        judged = self.right + self.wrong
        parts = (
            f"precision {_share(self.right, judged)}",
            f"recall {_share(self.found, self.wanted)}",
            f"with offers {_share(self.offered, self.wanted)}",
        )
        return "  ".join(parts)


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):6.1%} ({part}/{whole})"


def judge_field(one: Labelled, draft: Draft, field: str) -> tuple[Tally, list[str]]:
    """Return the figures of one field of one draft, and what is wrong or lost."""
    said = [form(field, fact.value) for fact in draft.facts_of(field)]
    maybe = {form(field, fact.value) for fact in draft.perhaps if fact.field == field}
    if field == "title":
        maybe |= {norm(fact.value) for fact in draft.titles}
    answers, also = one.answers(field), one.also_right(field)
    right = [value for value in said if any(value in answer for answer in answers)]
    wrong = [value for value in said if value not in right and value not in also]
    lost = [min(answer) for answer in answers if not answer & set(said)]
    found = len(answers) - len(lost)
    offered = sum(bool(answer & ({*said} | maybe)) for answer in answers)
    misses = [f"{field}: wrong {wrong}"] if wrong else []
    misses += [f"{field}: lost {lost}"] if lost else []
    return Tally(len(said), len(right), len(wrong), len(answers), found, offered), misses


def judge_roles(one: Labelled, draft: Draft) -> tuple[Tally, list[str]]:
    said = right = wrong = found = 0
    misses = []
    given = {norm(credit.actor): credit.role for credit in draft.cast}
    for actor, role in given.items():
        roles = one.roles_of(actor)
        if not role or roles is None:
            continue
        said += 1
        if norm(role) in roles:
            right += 1
        elif roles:
            wrong += 1
            misses.append(f"role of {actor}: {role!r} not {sorted(roles)}")
    wanted = [person for person in one.label["gold"]["cast"] if person["role"]]
    found = right
    return Tally(said, right, wrong, len(wanted), found, found), misses


FIELDS: Final = ("title", "cast", "directors", "writers", "networks", "release", "status")


def measure(articles: Iterable[Labelled], *, misses: bool = False) -> list[str]:
    """Read all articles and return the figures as lines."""
    tallies = {field: Tally() for field in (*FIELDS, "role")}
    buckets: dict[str, list[bool]] = {}
    counts = Counter[str]()
    for one in articles:
        draft = extract(one.article)
        lines = [f"no substring: {fact.quote!r}" for fact in (*draft.facts, *draft.perhaps, *draft.titles)
                 if one.text[fact.start : fact.end] != fact.quote]  # fmt: skip
        counts["articles"] += 1
        counts["broken"] += len(lines)
        if not one.is_news:
            is_quiet = draft.is_abstained or (draft.status is not None and draft.status.is_out)
            counts["negatives"] += 1
            counts["abstained"] += is_quiet
            counts["wrong"] += not is_quiet
            counts["clean"] += is_quiet
            counts["false"] += not is_quiet and (draft.status is not None or draft.release is not None)
            counts["said"] += len(draft.facts)
            lines += [] if is_quiet else [f"should abstain ({one.label['hard_negative']}): {draft.title!r}"]
        else:
            counts["news"] += 1
            counts["abstained wrongly"] += draft.is_abstained
            lines += [f"abstained: {draft.reason}"] if draft.is_abstained else []
            before = counts["wrong"]
            results = {field: judge_field(one, draft, field) for field in FIELDS} | {"role": judge_roles(one, draft)}
            for field, (tally, missed) in results.items():
                tallies[field] = Tally(*(a + b for a, b in zip(tallies[field], tally, strict=True)))
                lines += missed
                counts["wrong"] += tally.wrong
                counts["said"] += tally.said
                counts["false"] += tally.wrong if field in ("release", "status") else 0
            counts["clean"] += counts["wrong"] == before
            for fact in (*draft.facts, *draft.perhaps):
                _note_confidence(one, fact, buckets)
        if misses:
            for line in lines:
                sys.stdout.write(f"{one.path.stem}: {line}\n")
    found = [f"{field:10} {tally.line()}" for field, tally in tallies.items()]
    found += [
        f"wrong      {_share(counts['wrong'], counts['said'])} of the facts",
        f"clean      {_share(counts['clean'], counts['articles'])} of the articles",
        f"false      {counts['false']} dates or statuses",
        f"abstains   {_share(counts['abstained'], counts['negatives'])}",
        f"           {_share(counts['abstained wrongly'], counts['news'])} of the news, wrongly",
    ]
    found += [f"broken     {counts['broken']} quotes"] if counts["broken"] else []
    return [*found, *_confidence_table(buckets)]


def _note_confidence(one: Labelled, fact: Fact, buckets: dict[str, list[bool]]) -> None:
    if fact.field not in FIELDS:
        return
    verdict = judge_candidate(one, Candidate(fact.field, fact.value, 0, frozenset()))
    if verdict is not None:
        low = next(low for low in (0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1, 0.0) if fact.confidence >= low)
        buckets.setdefault(f"{low:.2f}", []).append(verdict)


def _confidence_table(buckets: Mapping[str, list[bool]]) -> list[str]:
    return ["confidence  right"] + [
        f"from {low}   {sum(right) / len(right):5.0%} of {len(right)}"
        for low, right in sorted(buckets.items(), reverse=True)
    ]


def folders() -> list[Path]:
    """Return the folders that the environment names."""
    return [Path(name) for name in os.environ.get("ARTICLES", "").split(":") if name]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what is wrong or lost")
    args = parser.parse_args()
    if not folders():
        sys.exit("Name a folder of labelled articles in ARTICLES.")
    articles = (one for folder in folders() for one in labelled(folder))
    sys.stdout.write("\n".join([*measure(articles, misses=args.misses), ""]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
