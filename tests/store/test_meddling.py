from __future__ import annotations

import pytest

from tests.store.apart import apart


def meddled(*arguments: str) -> None:
    found = apart(*arguments)
    if "skip" in found:
        pytest.skip(found["skip"])
    assert not found["complaints"], "\n".join(found["complaints"])
    assert found["tried"] > 10


@pytest.mark.parametrize(("way", "stride"), [("in place", "5"), ("rename", "11"), ("backup", "11")])
def test_what_an_editor_saves_at_any_system_call_of_a_save_is_kept_and_so_is_the_edit(way: str, stride: str) -> None:
    meddled("meddled", "record", "--ways", way, "--stride", stride)


def test_a_list_that_an_editor_has_away_for_a_moment_is_not_made_anew() -> None:
    meddled("meddled", "add", "--ways", "backup", "--gap", "5", "--stride", "7")


@pytest.mark.parametrize("edit", ["twin", "commented"])
def test_an_edit_whose_text_stands_elsewhere_is_not_taken_for_made_when_an_editor_saves_meanwhile(edit: str) -> None:
    meddled("meddled", edit, "--ways", "rename", "--stride", "14")


@pytest.mark.parametrize("way", ["in place", "rename", "backup"])
def test_what_a_second_editor_saves_while_the_change_of_the_first_is_brought_back_is_kept(way: str) -> None:
    meddled("meddled-twice", "record", "--ways", "rename", way)


def test_a_change_is_brought_back_to_where_an_editor_has_the_list_away_for_a_moment() -> None:
    meddled("meddled-twice", "record", "--ways", "rename", "backup", "--gap", "3")


def test_what_an_editor_saved_right_before_a_save_was_killed_can_still_be_had() -> None:
    meddled("meddled-and-killed", "record", "--ways", "rename")
