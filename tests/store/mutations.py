"""A rich watchlist, and what can happen to the bytes of a file: the ground for fuzzing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.model.fields import edit_show
from tracker.model.history import Claim
from tracker.model.item_edit import edit_claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.store.document import CONFLICT_START, BlockError
from tracker.store.operations import AddShows, EditPlan, EditShow, Operation, RemoveShows, UpdateShows
from tracker.store.snapshot import Snapshot

TODAY: Final = date(2026, 3, 1)
SOME: Final = settings(
    max_examples=settings().max_examples if settings.get_current_profile_name() == "slow" else 8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
"""A text that fails is not made smaller: with so much in it that takes minutes."""

SAMPLE: Final = '''\
# My list. Anything here stays.
format = 1

[[show]]                                  # the shortest entry that works
title = "Night Bus"

# the ferry, at last
[[show]]
id = "old-ferry"
title = 'Old Ferry'                       # a literal
aliases = ["Ferry", "The Ferry"]
status = "filming"
release = 2026-05-14
networks = [ "Lumen",  # home
  "Kestrel",
]
"own key" = { a = 1, b = [ 2 ] }
mine.shelf = 3
rating = 7.5
synopsis = """
A ferry that nobody takes. \\
  \\u00e9t\\u00e9
[[show]] is no header here
"""
notes = \'\'\'
# text, and no comment
\'\'\'
cast = [
  { actor = "Mina Doe", role = "Ann", shoe = 38 },  # the lead
  { actor = "Jo Park" },
]

[show.ids]
tvmaze = 7
imdb = "tt0000001"

[[show.history]]
on = 2025-06-28
status = "announced"
release = "2026"
source = "The Harbour Post"
# a comment within a claim

[[show.history]]
on = 2026-01-05T10:00:00Z
status = "filming"
release = 2026-05-14
note = "seen at the pier"

# --- between ---

[own]
x  =  1
when = 1979-05-27T07:32:00-08:00

[[own.list]]
deep = [[1, 2], ["a", {b = "c"}]]

[[show]]
title = "Paper Moon Inn"
status = "in production"
history = [
  { on = "2025-04", status = "announced", source = "Evening Paper" },  # first word
  { on = 2025-09-01, status = "filming" },
]

[[person]]
name = "Mina Doe"
aliases = ["미나 도"]
follow = true

[["show"]]
"title" = "Last Tram"
tags = ["must see", 'late']
links = {
  "first look" = "https://example.org/tram?a=1#b",  # mine
}
# the end
'''

JUNK: Final = (
    '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "=", "#", ",", ".", "\\", "\ufeff", "\r", "\r\n", "\n",
    "\n\n", "\t", " ", "\x00", "\x7f", "\u2028", "\x85", "\x0c", "é", "🎬", "\n<<<<<<< ours\n", "\n=======\n",
    "\n>>>>>>> theirs\n", "<<<<<<< ours\n", "\n[[show]]\n", "\n[[person]]\n", "\n[show]\n", "\n[[show.history]]\n",
    "\n[own]\n", "[show.ids]\n", '\n[[show]]\ntitle = "Old Ferry"\n', 'title = "Second"\n', 'status = "released"\n',
    "rating = 11\n", "x = nan\n", "[" * 150, "[" * 250, "x = " + "[" * 300 + "]" * 300 + "\n", "a" * 5000,
    "# " + "=" * 5000 + "\n", "\n[[show.x.y]]\n", 'id = "old-ferry"\n', "on = 2026-02-30\n",
    "release = 99999999999999999999\n", '[""]\n', '"" = 1\n', "\\uD800", "\n# one more comment\n", "history = []\n",
    "format = 2\n", "show = 3\n", "show.x = 1\n", "cast = [1]\n",
)  # fmt: skip
"""What is put in at random places."""

_places: Final = st.integers(0, 1 << 16)
_steps: Final = st.one_of(
    st.tuples(st.just("insert"), _places, st.sampled_from(JUNK), _places),
    st.tuples(st.sampled_from(["delete", "double", "swap", "cut"]), _places, st.just(""), st.integers(0, 60)),
    st.tuples(st.sampled_from(["drop lines", "double lines", "move lines"]), _places, st.just(""), _places),
)
steps: Final = st.lists(_steps, min_size=1, max_size=5)
Step = tuple[str, int, str, int]


def mutated(text: str, steps: list[Step]) -> str:
    """Return the text after something was done to it at some places."""
    for name, place, junk, other in steps:
        if name.endswith("lines"):
            text = _with_lines(text, name, place, other)
            continue
        at = place % (len(text) + 1)
        end = min(len(text), at + other)
        match name:
            case "insert":
                text = text[:at] + junk + text[at:]
            case "delete":
                text = text[:at] + text[end:]
            case "double":
                text = text[:end] + text[at:end] + text[end:]
            case "swap":
                text = text[:at] + text[at:end][::-1] + text[end:]
            case "cut":
                text = text[:at]
    return text


def _with_lines(text: str, name: str, place: int, other: int) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    if not lines:
        return text
    first = place % len(lines)
    last = min(len(lines), first + 1 + other % 8)
    piece = lines[first:last]
    if name != "double lines":
        del lines[first:last]
    if name != "drop lines":
        to = other % (len(lines) + 1)
        lines[to:to] = piece
    return "".join(lines)


def with_line_ends(text: str, newline: str) -> str:
    """Return the text with one kind of line end."""
    return re.sub("\r*\n", newline, text)


def record(show_id: str, *claims: Claim, today: date = TODAY) -> UpdateShows:
    """Return the edit that records claims of a show."""
    return UpdateShows({show_id: partial(edit_show, changes={}, claims=claims, seen_on=today)}, "x")


def set_fields(
    show_id: str, changes: Mapping[str, tuple[Any, Any]], *claims: Claim, today: date = TODAY
) -> UpdateShows:
    """Return the edit that gives fields of a show new values, each with its old one."""
    return UpdateShows({show_id: partial(edit_show, changes=changes, claims=claims, seen_on=today)}, "x")


def edit_claim_at(show: Show, index: int, claim: Claim | None) -> EditShow:
    """Return the edit that changes a claim of a show, or removes it."""
    place = range(len(show.history))[index]
    return EditShow(show.id, partial(edit_claim, seen=show, index=place, claim=claim, seen_on=TODAY), "x")


def edits(snapshot: Snapshot) -> list[tuple[tuple[str, ...], Operation]]:
    """Return an edit of each kind for each show that can be read, with the keys that may change; () for all."""
    operations: list[tuple[tuple[str, ...], Operation]] = [
        (("none",), AddShows([Show("", "Old Ferry", rating=3)], "x"))
    ]
    for show in snapshot.watchlist.shows:
        claim = Claim(TODAY, status=Status.RELEASED, source="me", note='a "b"\nc')
        changes = {
            "rating": 4 if show.rating != 4 else None,
            "tags": (*show.tags, "new"),
            "notes": 'say "x"\nends in "',
            "cast": (*show.cast, Credit("Kim New", role='the "pilot"')),
            "ids": {**show.ids, "a b": "x'y"},
        }
        operations += [(("status", "release", "history"), record(show.id, claim)), ((), RemoveShows((show.id,), "x"))]
        if show.history:
            moved = show.history[0]._replace(on=TODAY, on_text="", note='a "b"\nc', url="")
            keys = ("status", "release", "history", "on", "note", "url")
            operations += [(keys, edit_claim_at(show, 0, moved)), ((), edit_claim_at(show, -1, None))]
        operations += [
            ((name, "status", "release", "history"), set_fields(show.id, {name: (getattr(show, name), value)}))
            for name, value in changes.items()
        ]
    return operations


def planned(operation: Operation, contents: Snapshot) -> EditPlan | None:
    """Return what the operation comes to, None where the program refuses it."""
    try:
        return operation.apply(contents)
    except TrackerError:
        return None


def unreadable(contents: Snapshot) -> list[str]:
    """Return the text of everything that cannot be read."""
    return [block.text for block in contents.blocks if isinstance(block.value, BlockError)]


def has_markers(text: str) -> bool:
    """Return whether a line of the text begins as a conflict marker does."""
    return any(line.startswith(CONFLICT_START) for line in text.split("\n"))
