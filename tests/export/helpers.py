"""Events for the tests of the calendar, and its lines read without any library."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from hypothesis import strategies as st

from tests.model.strategies import TODAY, wide_windows
from tracker.reports.calendar_events import CalendarEvent, Certainty
from tracker.text import clean, clean_line

NOW: Final = datetime(2026, 4, 15, 12, 30, 5, tzinfo=UTC)
MOMENT: Final = datetime(2026, 11, 28, 13, tzinfo=UTC)
FERRY: Final = CalendarEvent(
    "old-ferry", "Old Ferry (some time in 2027)", "filming · Lumen\n2027, says Lumen (2026-01-05)",
    date(2027, 1, 1), date(2027, 12, 31), Certainty.TENTATIVE, revision=2, revised=date(2026, 1, 5),
    categories=("Lumen", "film"), url="https://example.org/2", edtf="2027",
)  # fmt: skip
EPISODE: Final = FERRY._replace(
    key="old-ferry\n1.3", summary="Old Ferry S1E3", certainty=Certainty.CONFIRMED, at=MOMENT, revision=0, revised=None
)
# The library takes a backslash and a capital N for the end of a line.
hostile: Final = (
    st.lists(
        st.sampled_from(
            [
                "\\", "\\n", ",", ";", ":", '"', "%2C", "%3B", "%5C", "^n", "=", " ", "\t", "[/]", "[@click=app.quit]",
                "BEGIN:VEVENT", "END:VCALENDAR", "가" * 40, "한", "é", "e\u0301", "🎬", "👩‍👩‍👧", "\u00a0",
                "\u2028", "\x85", "\r\n", "\n ", "\r", "\x1b]52;c;Zm9v\x07", "\ufeff", "\u202e",
            ]
        )
        | st.text(max_size=4),
        max_size=20,
    )
    .map("".join)
)  # fmt: skip
titles: Final = hostile.map(clean_line).filter(lambda text: "\\N" not in text)
paragraphs: Final = hostile.map(clean).filter(lambda text: "\\N" not in text)
spans: Final = wide_windows.map(lambda window: (window.earliest or TODAY, window.latest or TODAY))
moments: Final = st.datetimes(
    datetime(2, 1, 1),  # noqa: DTZ001 - the zone comes below
    datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3.5))]),
)


def _event(
    key: str, summary: str, description: str, span: tuple[date, date], certainty: Certainty, more: dict[str, Any]
) -> CalendarEvent:
    return CalendarEvent(key, summary, description, span[0], span[1], certainty)._replace(**more)


all_events: Final = st.builds(
    _event,
    st.text(max_size=10), titles, paragraphs, spans, st.sampled_from(Certainty),
    st.fixed_dictionaries(
        {
            "at": st.none() | moments,
            "revision": st.integers(0, 50),
            "revised": st.none() | st.dates(),
            "categories": st.lists(titles.filter(bool), max_size=3, unique=True).map(tuple),
            "url": st.sampled_from(["", "https://example.org/a,b;c?d=%2C&e=f#g", "https://example.org/" + "x" * 200]),
            "edtf": st.sampled_from(["", "2027", "2026-07~/2026-09~"]),
        }
    ),
)  # fmt: skip


class Entry(dict[str, str]):
    """An entry as its lines tell it, read without any library: what stands behind each name and its parameters."""

    @property
    def sequence(self) -> int:
        """Its SEQUENCE."""
        return int(self["SEQUENCE"])

    @property
    def significant(self) -> tuple[str | None, ...]:
        """What may not change without a higher SEQUENCE."""
        return tuple(self.get(name) for name in ("DTSTART", "DTEND", "DURATION", "STATUS"))


def parse_lines(data: bytes) -> list[Entry]:
    """Return the entries of a calendar in their order."""
    found: list[Entry] = []
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append(Entry())
        elif found and name != "END":
            key = name.partition(";")[0]
            assert key not in found[-1], f"{key} stands there twice"
            found[-1][key] = value
    return found
