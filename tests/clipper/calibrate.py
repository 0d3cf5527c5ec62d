"""Measure the weights of the clipper's signs on labelled articles, and write them into `weights.json`.

    ARTICLES=FOLDER[:FOLDER…] python -m tests.clipper.calibrate [--write] [--field F] [--weights]

The figures it prints are those of articles that the weights have not seen: outlets are left out in turn.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

from tests.clipper.quality import Labelled, folders, judge_candidate, labelled
from tracker.clipper import confidence
from tracker.clipper.candidates import find_candidates

WEIGHTS: Final = Path(confidence.__file__).parent / "weights.json"
FOLDS: Final = 10
PULL: Final = 1.0
"""How strongly weights are pulled to nothing: one sign needs several articles to count."""
ROUNDS: Final = 250
LEAST: Final = 3
"""In how many articles a sign has to occur."""


class Example(NamedTuple):
    """One candidate, and whether it is right."""

    article: str
    outlet: str
    value: str
    signs: frozenset[str]
    is_right: bool


def outlet_of(one: Labelled) -> str:
    return (urlsplit(one.label.get("origin") or "").hostname or one.path.stem).removeprefix("www.")


def examples(articles: Iterable[Labelled]) -> dict[str, list[Example]]:
    """Return the candidates of all articles by field, with whether they are right."""
    found: dict[str, list[Example]] = defaultdict(list)
    for one in articles:
        for candidate in find_candidates(one.annotated()):
            verdict = judge_candidate(one, candidate)
            if verdict is not None:
                example = Example(one.path.stem, outlet_of(one), candidate.value, candidate.signs, verdict)
                found[candidate.field].append(example)
    return found


def fit(data: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each sign: logistic regression, pulled to nothing."""
    seen = Counter(sign for sign, _ in {(sign, one.article) for one in data for sign in one.signs})
    signs = [confidence.BIAS, *sorted(sign for sign, count in seen.items() if count >= LEAST)]
    places = {sign: place for place, sign in enumerate(signs)}
    rows = [([0, *(places[sign] for sign in one.signs if sign in places)], float(one.is_right)) for one in data]
    weights = [0.0] * len(signs)
    speed = [1e-8] * len(signs)
    for turn in range(ROUNDS):
        slope = [PULL * weight if place else 0.0 for place, weight in enumerate(weights)]
        for row, wanted in rows:
            total = sum(weights[place] for place in row)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - wanted
            for place in row:
                slope[place] += error
        for place, one in enumerate(slope):
            speed[place] = 0.9 * speed[place] + 0.1 * one * one
            weights[place] -= (0.12 if turn < ROUNDS // 2 else 0.03) * one / (math.sqrt(speed[place]) + 1e-6)
    return {sign: round(weight, 2) for sign, weight in zip(signs, weights, strict=True)}


def score(weights: dict[str, float], signs: Iterable[str]) -> float:
    total = weights[confidence.BIAS] + sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def unseen_scores(data: Sequence[Example]) -> list[tuple[float, Example]]:
    """Return each example with its confidence by weights that have not seen its outlet."""
    outlets = sorted({one.outlet for one in data})
    fold = {outlet: place % FOLDS for place, outlet in enumerate(sorted(outlets, key=hash_of))}
    scored = []
    for number in range(FOLDS):
        weights = fit([one for one in data if fold[one.outlet] != number])
        scored += [(score(weights, one.signs), one) for one in data if fold[one.outlet] == number]
    return scored


def hash_of(name: str) -> int:
    """Return a number that is the same in every process, so that outlets fall into the same parts."""
    return crc32(name.encode())


def print_field(field: str, data: Sequence[Example], *, misses: bool) -> None:
    scored = sorted(unseen_scores(data), key=lambda pair: -pair[0])
    if field in ("title", "release", "status", "kind"):  # one of each article counts
        best: dict[str, tuple[float, Example]] = {}
        for pair in scored:
            best.setdefault(pair[1].article, pair)
        top = sorted(best.values(), key=lambda pair: -pair[0])
    else:
        top = scored
    wanted = len({one.article for one in data if one.is_right}) if top is not scored else sum(o.is_right for o in data)
    line = []
    for least in (0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5):
        said = [one for value, one in top if value >= least]
        right = sum(one.is_right for one in said)
        line.append(f"{least}: {right}/{len(said)}={right / max(1, len(said)):.0%} r{right / max(1, wanted):.0%}")
    _print(f"{field:10} {len(data)} of {wanted} | " + "  ".join(line))
    table = []
    for low in (0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        high = {0: 0.1, 0.1: 0.3, 0.3: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
        part = [one for value, one in scored if low <= value < high]
        if part:
            table.append(f"{low}–{min(high, 1)}: {sum(o.is_right for o in part) / len(part):.0%} of {len(part)}")
    _print("           " + "  ".join(table))
    if misses:
        for value, one in top:
            if (value >= 0.7 and not one.is_right) or (value < 0.5 and one.is_right):
                verdict = "right" if one.is_right else "WRONG"
                _print(f"  {one.article} {value:.2f} {verdict} {one.value!r} {sorted(one.signs)}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Print how well the weights do, and write them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--field", default="", help="only this field")
    parser.add_argument("--weights", action="store_true", help="print the weights")
    parser.add_argument("--misses", action="store_true", help="print what is wrong or lost")
    args = parser.parse_args()
    paths = folders()
    if not paths:
        sys.exit("Name a folder of labelled articles in ARTICLES.")
    found = examples(one for folder in paths for one in labelled(folder))
    weights = json.loads(WEIGHTS.read_text("utf-8"))
    for field, data in sorted(found.items()):
        if args.field and field != args.field:
            continue
        print_field(field, data, misses=args.misses)
        weights[field] = fit(data)
        if args.weights:
            _print(f"    {sorted(weights[field].items(), key=lambda pair: pair[1])}")
    if args.write:
        text = json.dumps(weights, indent=1, ensure_ascii=False, sort_keys=True)
        WEIGHTS.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
