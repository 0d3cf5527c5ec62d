from __future__ import annotations

from datetime import date

import pytest

from tracker.store.toml.editor import edit_claims

KITE = """\
[[show]]
title = "Paper Kite"
status = "filming"  # mine

# claims, oldest first

# above one
[[show.history]]
on = 2024-01-01  # day one
# inside one
status = 'filming'
mood = "x"
# below one

# above two
[[show.history]]
on = 2025-01-01
note = "two"
[show.history.extra]
a = 1

[own]
z = 1

[[show.history]]
on = 2026-01-01
note = "three"

# behind it
"""
ONE = """
# above one
[[show.history]]
on = 2024-01-01  # day one
# inside one
status = 'filming'
mood = "x"
# below one
"""
TWO = """
# above two
[[show.history]]
on = 2025-01-01
note = "two"
[show.history.extra]
a = 1
"""
THREE = """
[[show.history]]
on = 2026-01-01
note = "three"
"""
INLINE = """\
[[show]]
title = "Paper Kite"
history = [
  # above one
  { on = 2024-01-01, status = 'filming', mood = "x" },  # one
  { on = 2025-01-01, note = "two" },  # two
]
tags = ["a"]
"""
SAME: list[tuple[int, dict[str, object]]] = [(0, {}), (1, {}), (2, {})]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_change_keeps_the_rest(newline: str) -> None:
    text = KITE.replace("\n", newline)
    assert edit_claims("show", text, SAME) == text
    after = edit_claims("show", text, [(0, {"on": date(2024, 2, 1), "status": None, "release": "2027"}), *SAME[1:]])
    changed = KITE.replace("on = 2024-01-01 ", "on = 2024-02-01 ").replace("status = 'filming'\n", "")
    changed = changed.replace("# inside one\n", '# inside one\nrelease = "2027"\n')
    assert after == changed.replace("\n", newline)


def test_move_takes_comments_along() -> None:
    after = edit_claims("show", KITE, [(1, {}), (2, {}), (0, {})])
    assert after == KITE.replace(ONE, "@").replace(TWO, "#2").replace(THREE, ONE).replace("#2", THREE).replace("@", TWO)


def test_remove_takes_its_comments() -> None:
    assert edit_claims("show", KITE, SAME[1:]) == KITE.replace(ONE, "")
    assert edit_claims("show", KITE, SAME[::2]) == KITE.replace(TWO, "")
    assert edit_claims("show", KITE, SAME[:2]) == KITE.replace(THREE, "")
    assert edit_claims("show", KITE, []) == KITE.replace(ONE, "").replace(TWO, "").replace(THREE, "")


def test_last_line_without_an_end() -> None:
    text = KITE.removesuffix("\n\n# behind it\n")
    assert edit_claims("show", text, [(2, {}), (0, {}), (1, {})]).count("[[show.history]]") == 3
    assert edit_claims("show", text, [*SAME[:2], (2, {"url": "u"})]) == text.replace(
        'note = "three"', 'url = "u"\nnote = "three"'
    )


def test_inline_claims() -> None:
    assert edit_claims("show", INLINE, [(0, {"on": date(2024, 2, 1)}), (1, {"note": None})]) == INLINE.replace(
        "on = 2024-01-01", "on = 2024-02-01"
    ).replace(', note = "two"', "")
    after = edit_claims("show", INLINE, [(1, {}), (0, {})])
    assert after.index("# two") < after.index("# above one") < after.index("# one")
    assert edit_claims("show", INLINE, [(1, {})]).count("{") == 1
    assert edit_claims("show", INLINE, []).endswith('tags = ["a"]\n')
    assert "{" not in edit_claims("show", INLINE, [])
