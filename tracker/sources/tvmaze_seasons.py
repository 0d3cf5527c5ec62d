"""The seasons in TVmaze's answer about a show, told by their own episodes and dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from tracker.model.dates import day_window
