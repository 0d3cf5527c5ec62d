"""How well articles are read: precision and recall over folders of labelled articles.

    python -m tests.clipper.quality [--misses] [--only NNN] [FOLDER ...]

A folder has NNN.txt with NNN.json beside it. The labels: `published` (the day that dates are counted from), `gold`
(titles, cast with roles, director, writer, network, status, release), `accept` (equally good answers), `hard_negative`
for what is no news of one show. Without a folder, both halves of the articles in this package are read.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.clipper.extract import extract
from tracker.model.article_draft import Article, Draft
from tracker.model.window_parser import parse_said_date

HERE: Final = Path(__file__).parent / "articles"
STATUS: Final = {
    "rumoured": {"rumored"}, "announced": {"announced"}, "casting": {"announced", "pre-production"},
    "pre_production": {"pre-production"}, "filming": {"filming"}, "wrapped": {"post-production"},
    "scheduled": {"scheduled"}, "airing": {"airing"}, "released": {"released", "airing"},
    "postponed": {"postponed"}, "cancelled": {"cancelled"}, "unknown": {""},
}  # fmt: skip
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
NAMES: Final = ("title", "cast", "role", "director", "writer", "network", "release")


class Tally:
    """Hits among what was found and among what is to be found."""

    def __init__(self) -> None:
        self.hits = self.made = self.wanted = 0

    def add(self, hits: int, made: int, wanted: int) -> None:
        """Count one article."""
        self.hits += hits
        self.made += made
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """The part of what was found that is right."""
        return self.hits / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """The part of what is to be found that was found."""
        return self.hits / self.wanted if self.wanted else 1.0


class Scores:
    """The figures of a set of articles."""

    def __init__(self) -> None:
        self.tallies = {name: Tally() for name in NAMES}
        self.status = Tally()
        self.abstains = Tally()
        self.broken = 0

    def lines(self) -> Iterator[str]:
        """Return the figures as lines."""
        for name, tally in self.tallies.items():
            yield (
                f"{name:9} precision {tally.precision:6.1%} ({tally.hits}/{tally.made})"
                f"  recall {tally.recall:6.1%} ({tally.hits}/{tally.wanted})"
            )
        yield f"{'status':9} {self.status.recall:6.1%} ({self.status.hits}/{self.status.wanted})"
        yield f"{'abstains':9} {self.abstains.hits}/{self.abstains.wanted}"


class Labelled(NamedTuple):
    """An article with what a careful person takes from it."""

    path: Path
    text: str
    label: dict[str, Any]

    def draft(self) -> Draft:
        """Read it."""
        said = self.label["published"]
        published, words = parse_said_date(said) if said else (None, "")
        return extract(Article(self.text, published=published, published_text=words))


def labelled(folder: Path) -> Iterator[Labelled]:
    """Return the articles of a folder."""
    for path in sorted(folder.glob("[0-9]*.txt")):
        yield Labelled(path, path.read_text("utf-8"), json.loads(path.with_suffix(".json").read_text("utf-8")))


def norm(text: str | None) -> str:
    """Return a name without case, marks and accents."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    return re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def windows(label: str) -> set[str | None]:
    """Return the EDTF strings that are right for the label of a release."""
    if label.startswith("XXXX"):
        return {None, label}
    if re.fullmatch(r"\d{4}/\d{4}", label):
        return {label, *label.split("/")}
    if found := re.fullmatch(r"(\d{4})-Q(\d)", label):
        return {f"{found[1]}-{32 + int(found[2])}"}
    if found := re.fullmatch(r"(\d{4})-H(\d)", label):
        return {f"{found[1]}-{39 + int(found[2])}"}
    if (found := re.fullmatch(r"(\d{4})-([a-z]+)", label)) and found[2] in _SEASONS:
        return {f"{found[1]}-{_SEASONS[found[2]]}"}
    return {label}


def judge(one: Labelled, scores: Scores) -> list[str]:
    """Add an article to the figures, and return what was missed in it."""
    draft, label = one.draft(), one.label
    misses = [f"no substring: {fact.quote!r}" for fact in draft.facts if one.text[fact.start : fact.end] != fact.quote]
    scores.broken += len(misses)
    if label.get("hard_negative"):
        quiet = draft.is_abstained or (draft.status is not None and draft.status.is_out)
        scores.abstains.add(int(quiet), 1, 1)
        return misses if quiet else [*misses, f"abstain: {draft.title!r} {draft.status}"]
    if draft.is_abstained:
        misses.append(f"abstained: {draft.reason}")
    return [*misses, *_names(draft, label, scores), *_release(draft, label, scores), *_status(draft, label, scores)]


def _names(draft: Draft, label: dict[str, Any], scores: Scores) -> Iterator[str]:
    gold, accept = label["gold"], label.get("accept") or {}
    titles = {norm(title) for title in (*gold["titles"], *(accept.get("titles_alt") or []))}
    right = norm(draft.title) in titles and bool(draft.title)
    scores.tallies["title"].add(int(right), int(bool(draft.title)), int(bool(gold["titles"])))
    if not right and (draft.title or gold["titles"]):
        yield f"title: {draft.title!r} not {gold['titles']}"
    spellings = accept.get("alt_actor_names") or {}
    spare = {norm(c["actor"]) for c in [*(accept.get("cast_alt") or []), *(accept.get("cast_optional") or [])]}
    actors = [credit.actor for credit in draft.cast if norm(credit.actor) not in spare]
    yield from _sets(scores.tallies["cast"], "cast", actors, [c["actor"] for c in gold["cast"]], spellings)
    yield from _roles(draft, gold, accept, spellings, scores.tallies["role"])
    for field in ("director", "writer", "network"):
        also = {norm(name) for name in accept.get(f"{field}_alt") or []}
        got = [name for name in draft.names(f"{field}s") if norm(name) not in also]
        yield from _sets(scores.tallies[field], field, got, gold[field] or [], {})


def _sets(tally: Tally, field: str, got: list[str], wanted: list[str], also: dict[str, list[str]]) -> Iterator[str]:
    alike = [{norm(one), *(norm(other) for other in also.get(one, []))} for one in wanted]
    hits = sum(any(norm(one) in names for one in got) for names in alike)
    bad = [one for one in got if not any(norm(one) in names for names in alike)]
    tally.add(hits, len(bad) + hits, len(wanted))
    lost = [one for one, names in zip(wanted, alike, strict=True) if not any(norm(other) in names for other in got)]
    if bad or lost:
        yield f"{field}: wrong {bad} lost {lost}"


def _roles(
    draft: Draft, gold: dict[str, Any], accept: dict[str, Any], spellings: dict[str, list[str]], tally: Tally
) -> Iterator[str]:
    roles = {norm(credit.actor): credit.role for credit in draft.cast}
    for person in gold["cast"]:
        if not person["role"]:
            continue
        fine = {norm(person["role"]), *(norm(one) for one in (accept.get("role_alt") or {}).get(person["role"], []))}
        keys = [norm(person["actor"]), *(norm(one) for one in spellings.get(person["actor"], []))]
        got = next((roles[name] for name in keys if name in roles), "")
        tally.add(int(norm(got) in fine), int(bool(got)), 1)
        if norm(got) not in fine:
            yield f"role of {person['actor']}: {got!r} not {person['role']!r}"


def _release(draft: Draft, label: dict[str, Any], scores: Scores) -> Iterator[str]:
    wanted = label["gold"]["release"]["edtf"]
    got = draft.release.edtf if draft.release is not None else None
    fine = windows(wanted) if wanted else {None}
    for other in (label.get("accept") or {}).get("edtf_alt") or []:
        fine |= windows(other) if other else {None}
    sure = bool(wanted) and not wanted.startswith("XXXX")
    scores.tallies["release"].add(int(got is not None and got in fine), int(got is not None), int(sure))
    if got not in fine:
        yield f"release: {got!r} not {wanted!r}"


def _status(draft: Draft, label: dict[str, Any], scores: Scores) -> Iterator[str]:
    fine = set(STATUS[label["gold"]["status"]])
    for other in (label.get("accept") or {}).get("status_alt") or []:
        fine |= STATUS[other]
    got = draft.status.value if draft.status is not None else ""
    scores.status.add(int(got in fine), 1, 1)
    if got not in fine:
        yield f"status: {got!r} not {sorted(fine)}"


def measure(folders: Iterable[Path], *, misses: bool = False, only: str = "") -> Scores:
    """Read all articles of these folders and return the figures."""
    scores = Scores()
    for folder in folders:
        for one in labelled(folder):
            if only and not one.path.stem.startswith(only):
                continue
            for miss in judge(one, scores):
                if misses:
                    print(f"{folder.name}/{one.path.stem}: {miss}")  # noqa: T201 - what this command is for
    return scores


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    parser.add_argument("--only", default="", help="only articles whose number begins so")
    args = parser.parse_args()
    scores = Scores()
    for folder in args.folders or sorted(HERE.iterdir()):
        scores = measure([folder], misses=args.misses, only=args.only)
        print(f"{folder}:", *scores.lines(), sep="\n")  # noqa: T201
    return int(scores.broken > 0)


if __name__ == "__main__":
    raise SystemExit(main())
