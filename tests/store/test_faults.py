from __future__ import annotations

import pytest

from tests.store.apart import apart


def faults(*arguments: str) -> None:
    found = apart("faults", *arguments)
    if "skip" in found:
        pytest.skip(found["skip"])
    assert not found["complaints"], "\n".join(found["complaints"])
    assert found["tried"] > 5


# Each call meets one of the faults in turn; the long version lets each meet them all: python -m tests.torture
IN_TURN = ("--stride", "13", "--lies", "EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT", "EINTR")


def test_a_refused_system_call_makes_an_edit_whole_or_refused_and_the_next_try_works() -> None:
    faults("record", *IN_TURN)


def test_a_refused_system_call_makes_an_undo_through_a_link_whole_or_refused_and_leaves_the_link() -> None:
    faults("undo", "--linked", *IN_TURN)


def test_a_write_that_is_not_finished_is_finished_or_told() -> None:
    faults("record", "--lies", "short write")


@pytest.mark.parametrize("edit", ["add", "undo"])
def test_a_disk_that_takes_nothing_any_more_makes_an_edit_whole_or_refused(edit: str) -> None:
    faults(edit, "--lies", "full from here on", "read-only from here on")


def test_a_disk_that_is_pulled_out_makes_an_edit_whole_or_refused() -> None:
    faults("record", "--stride", "9", "--lies", "gone from here on")


def test_a_folder_that_cannot_be_listed_any_more_makes_an_edit_whole_or_refused() -> None:
    faults("record", "--lies", "not to be listed from here on")
