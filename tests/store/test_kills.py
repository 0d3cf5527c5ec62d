from __future__ import annotations

import pytest

from tests.store.apart import apart


def kills(*arguments: str) -> None:
    found = apart("kills", *arguments)
    if "skip" in found:
        pytest.skip(found["skip"])
    assert not found["complaints"], "\n".join(found["complaints"])
    assert found["tried"] > 15


def test_a_save_killed_at_any_system_call_leaves_the_old_or_the_new_text_and_the_next_one_works() -> None:
    # Some of them; the long version is killed at the entry and the exit of each.
    kills("record", "--stride", "5")


# These are killed where something on the disk is about to change; between two such calls all that a kill leaves is
# the same. The long version kills them everywhere: python -m tests.torture


@pytest.mark.parametrize("edit", ["first", "set", "add", "remove", "undo", "redo", "restore"])
def test_an_edit_killed_before_any_change_of_the_disk_leaves_the_old_or_the_new_text(edit: str) -> None:
    kills(edit, "--changing")


def test_a_save_through_a_link_that_is_killed_leaves_the_link_and_a_whole_text() -> None:
    kills("record", "--linked", "--changing")


def test_a_save_killed_where_two_files_cannot_change_places_leaves_a_whole_text() -> None:
    kills("record", "--no-exchange", "--changing")


def test_a_killed_save_of_a_large_file_whose_old_text_is_moved_away_leaves_a_whole_text() -> None:
    kills("record", "--size", "1100000", "--changing")
