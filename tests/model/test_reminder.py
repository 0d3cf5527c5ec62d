from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.model.reminder import days_before, parse_rule, parse_rules, write_rules


@pytest.mark.parametrize(
    ("text", "rule", "days"),
    [
        ("7d", "7d", 7), ("0d", "0d", 0), ("2w", "2w", 14), ("07D", "7d", 7), (" 1 day ", "1d", 1),
        ("366d", "366d", 366), ("10 days", "10d", 10), ("1 week before", "1w", 7), ("3 weeks", "3w", 21),
        ("today", "0d", 0), ("Tomorrow", "1d", 1), ("overdue", "overdue", None), ("Overdue", "overdue", None),
    ],
)  # fmt: skip
def test_rule(text: str, rule: str, days: int | None) -> None:
    assert (parse_rule(text), days_before(rule)) == (rule, days)


@pytest.mark.parametrize(
    "text", ["", "7", "d", "-1d", "367d", "53w", "1m", "1 month", "soon", "7d 1d", "٧d", "1.5d", "never"]
)
def test_rule_that_is_none(text: str) -> None:
    with pytest.raises(BadValue, match="Not a reminder"):
        parse_rule(text)


@pytest.mark.parametrize(
    ("text", "rules"),
    [("", None), (" ", None), ("never", ()), ("Never", ()), ("7d, 1d,7d", ("7d", "1d")), ("overdue", ("overdue",))],
)
def test_rules_as_typed(text: str, rules: tuple[str, ...] | None) -> None:
    assert parse_rules(text) == rules
    assert parse_rules(write_rules(rules)) == rules
