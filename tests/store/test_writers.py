from __future__ import annotations

import pytest

from tests.store.apart import apart


def test_three_processes_and_an_editor_that_write_one_list_lose_nothing_of_each_other() -> None:
    found = apart("processes", "--edits", "60")
    if "skip" in found:
        pytest.skip(found["skip"])
    assert not found["complaints"], "\n".join(found["complaints"])
    assert found["edits"] == 180
    assert all(found["changes"][way] for way in ("in place", "rename", "backup"))


def test_two_threads_with_a_tracker_each_lose_nothing_of_each_other() -> None:
    found = apart("threads", "--edits", "60")
    if "skip" in found:
        pytest.skip(found["skip"])
    assert not found["complaints"], "\n".join(found["complaints"])
    assert found["edits"] == 120
