"""Which source a field follows, and whether a source's value fills it or is worth a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from tracker.model.history import ME
from tracker.model.same_values import new_items, same_value
from tracker.model.season import WHOLE_SHOW_FIELDS
from tracker.model.show import Show
from tracker.model.source_record import SourceRecord, source_ids

FOLLOWABLE: Final = (
    "title", "original_title", "aliases", "networks", "countries", "genres", "directors", "writers", "synopsis", "cast",
)  # fmt: skip
"""The fields that may follow a source."""
FACTS: Final = frozenset({"networks", "countries"})
"""The fields that every source may speak about, beside status and release."""


def can_fill(show: Show, name: str, record: SourceRecord, known: Iterable[SourceRecord]) -> bool:
    """Return whether an empty field takes a source's value: nobody wrote it, or cleared it.

    Where one of the `known` records, the last ones of all sources, has a value, that source had its turn, and the owner
    cleared the field. A season may have other people, another network and another synopsis than the show.
    """
    if getattr(show, name) or (record.season is not None and name in WHOLE_SHOW_FIELDS):
        return False
    is_open = show.follows.get(name, record.source) == record.source
    return is_open and not any(getattr(one, name) for one in known)


def mark_edited(show: Show, edited: Collection[str], cleared: Iterable[str]) -> dict[str, str]:
    """Return what a show's fields follow after its owner edited some, and with that cleared others.

    Of a show that is linked, what is cleared follows "me", so that no source fills it again.
    """
    follows = {name: source for name, source in show.follows.items() if name not in edited}
    if source_ids(show):
        follows |= {name: ME for name in cleared if name in FOLLOWABLE}
    return follows


def main_source(show: Show, sources: Sequence[str]) -> str:
    """Return which of a show's sources speaks for the fields that follow none: the one that most fields follow."""
    followed = list(show.follows.values())
    return max(sources, key=followed.count, default="")


def is_offered(show: Show, name: str, value: Any, source: str, sources: Sequence[str]) -> bool:
    """Return whether a source's value of a field is worth a question.

    Facts are offered by every source. Everything else is one source's to say, see `main_source`, and of what the owner
    wrote only what is new: another title, people who are missing. A cleared field is offered once more, whole.
    """
    mine, followed = getattr(show, name), show.follows.get(name, "")
    speaker = followed if followed in sources else main_source(show, sources)
    if same_value(show, name, value):
        return False
    if name in FACTS and mine:
        return True
    if source != speaker:
        return False
    if not mine:
        return True
    if name == "title":
        return show.season is None
    # Who is credited beside those on the list is a matter of taste; that nobody of them is, is not.
    return name == "cast" or (name in ("directors", "writers") and len(new_items(name, value, mine)) == len(mine))
