"""What changed since it was looked at last: by services, by other hands; and taking it back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fake_sources.shows import LUMEN
from tests.service.conftest import Home, entry, said
from tracker.errors import NothingToUndo, TrackerError
from tracker.model.history import Claim
from tracker.model.news import NewsItem
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.paths import Paths

TOP, CLAIM = said("scheduled", "2026-11-27")
TRAM = entry(
    "Slow Tram", TOP, 'synopsis = "It is never late.\\nIt is never early."  # theirs', "ids = { tvmaze = 103 }",
    'follows = { synopsis = "tvmaze" }', claims=[CLAIM],
)  # fmt: skip
NINE_TOP, NINE = said("filming", "2027-08")
SALT = entry("Salt Road", NINE_TOP, "tags = []", claims=[NINE])
LOW = entry("Low Tide", "# a tide")


def look(home: Home) -> list[NewsItem]:
    """Look what is new, in a run of the program of its own, and return what was not seen."""
    tracker = home.tracker()
    tracker.edits.record_hand_edits()
    tracker.external_changes.check()
    return list(tracker.inbox.unread())


def seen(home: Home) -> str:
    """Look at everything, say that it was seen, and return the list."""
    look(home)
    home.tracker().inbox.mark_read()
    assert look(home) == []
    return home.text


def undo(home: Home, news: NewsItem) -> None:
    """Take a change back, in a run of the program of its own."""
    home.tracker().inbox.undo(news)


def told(news: list[NewsItem]) -> list[tuple[str, str, str]]:
    """Return how much news matters, which show it is about, and who says so."""
    return [(one.grade, one.show_id, one.source) for one in news]


def refreshed(home: Home, days: float = 4, **fields: object) -> str:
    """Let TVmaze say something else of the tram, refresh, and return the list as it was before."""
    home.later(days=days)
    home.fake_sources.change("tvmaze", 103, **fields)
    home.forget_answers()
    before = home.text
    home.refresh(force=True)
    return before


@pytest.fixture
def known(home: Home) -> Home:
    """A list of which all was heard, and all was seen."""
    home.ask("tvmaze")
    home.write(LOW, TRAM, SALT)
    home.refresh()
    seen(home)
    return home


# What is new


def test_what_a_service_said_is_new_until_it_was_seen(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    assert told(look(known)) == [("loud", "slow-tram", "tvmaze")]
    assert told(look(known)) == [("loud", "slow-tram", "tvmaze")]
    known.tracker().inbox.mark_read()
    assert look(known) == []
    assert [one.is_seen for one in known.tracker().inbox.items()] == [True]


def test_what_came_since_a_moment_is_there_seen_or_not(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    first = known.tracker().watchlist.moment
    seen(known)
    refreshed(known, premiered="2027-04-05")
    inbox = known.tracker().inbox
    assert len(inbox.items(since=first + timedelta(hours=1))) == 1
    assert len(inbox.items(since=first)) == 2


def test_what_is_loud_comes_first_and_then_what_is_newest(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    refreshed(known, synopsis="Other.")
    refreshed(known, network=LUMEN)
    known.edit("# a tide", "rating = 3")
    news = look(known)
    assert [one.grade for one in news] == ["loud", "normal", "quiet", "quiet"]
    assert [one.show_id for one in news] == ["slow-tram", "slow-tram", "low-tide", "slow-tram"]


def test_what_is_quiet_does_not_count(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    known.edit("# a tide", "rating = 3")
    assert len(look(known)) == 2
    assert known.tracker().inbox.count() == 1
    known.tracker().inbox.mark_read()
    assert known.tracker().inbox.count() == 0


def test_one_piece_of_news_can_be_seen_alone(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    refreshed(known, premiered="2027-04-05")
    first = look(known)[-1]
    known.tracker().inbox.mark_read([first.number])
    assert [one.number for one in look(known)] == [first.number + 1]


# Other hands


def test_a_list_that_is_looked_at_for_the_first_time_has_no_news(home: Home) -> None:
    home.write(LOW, SALT)
    assert look(home) == []


@pytest.mark.parametrize(
    ("old", "new", "grade", "words"),
    [
        ('status = "filming"\nrelease = "2027-08"\ntags', 'status = "post-production"\nrelease = "2027-08"\ntags',
         "loud", ["filming", "post-production"]),
        ('release = "2027-08"\ntags', 'release = "2028"\ntags', "loud", ["2028", "Aug 2027"]),
        ("tags = []", 'networks = ["Kestrel"]', "normal", ["networks"]),
        ("tags = []", 'tags = ["salty"]', "quiet", ["tags"]),
    ],
)  # fmt: skip
def test_what_another_machine_wrote_is_news(known: Home, old: str, new: str, grade: str, words: list[str]) -> None:
    known.edit(old, new)
    [news] = look(known)
    assert (news.grade, news.show_id, news.title, news.source) == (grade, "salt-road", "Salt Road", "file")
    assert all(word in news.text for word in words)


def test_what_another_machine_added_or_removed_is_news(known: Home) -> None:
    known.path.write_text(known.text.replace(SALT, entry("New Moon")))
    assert {(one.title, one.text) for one in look(known)} == {("New Moon", "added"), ("Salt Road", "removed")}


def test_a_claim_of_another_machine_is_news(known: Home) -> None:
    known.edit('source = "Lumen Post"\n\n[[show]]\ntitle = "Salt', (
        'source = "Lumen Post"\n\n[[show.history]]\non = 2026-11-20\nnote = "so they say"\nsource = "Tide Post"\n\n'
        '[[show]]\ntitle = "Salt'
    ))  # fmt: skip
    [news] = look(known)
    assert (news.show_id, news.source) == ("slow-tram", "file")


@pytest.mark.parametrize(
    ("old", "new"),
    [("# a tide", "# a tide that ebbs"), ('title = "Low Tide"', "title = 'Low Tide'"), ("\n\n", "\n\n\n")],
)
def test_what_says_the_same_in_other_words_is_no_news(known: Home, old: str, new: str) -> None:
    known.path.write_text(known.text.replace(old, new, 1))
    assert look(known) == []


def test_news_of_other_hands_is_told_once(known: Home) -> None:
    known.edit("tags = []", 'networks = ["Kestrel"]')
    assert len(look(known)) == 1
    assert len(look(known)) == 1
    known.tracker().inbox.mark_read()
    assert look(known) == []


def test_own_edits_are_no_news(known: Home) -> None:
    known.tracker().edits.set_fields({"low-tide": {"networks": ("Kestrel",)}})
    known.tracker().edits.record({"salt-road": Claim(status=Status.POST_PRODUCTION, source="Lumen Post")})
    known.tracker().edits.add(Show("", "New Moon"))
    known.tracker().edits.remove(["low-tide"])
    known.tracker().edits.undo()
    known.tracker().edits.undo()
    known.tracker().edits.redo()
    assert look(known) == []


def test_what_a_service_changed_is_not_told_a_second_time_as_an_edit(known: Home) -> None:
    refreshed(known, premiered="2027-03-05", synopsis="Other.")
    assert told(look(known)) == [("loud", "slow-tram", "tvmaze")]


def test_an_edit_of_another_machine_is_news_also_beside_own_ones(known: Home) -> None:
    known.tracker().edits.set_fields({"low-tide": {"networks": ("Kestrel",)}})
    known.edit("tags = []", 'genres = ["salt"]')
    assert told(look(known)) == [("normal", "salt-road", "file")]


def test_only_what_the_other_machine_wrote_is_told_where_both_wrote(known: Home) -> None:
    known.tracker().edits.set_fields({"salt-road": {"networks": ("Kestrel",)}})
    known.edit("tags = []", 'genres = ["salt"]')
    [news] = look(known)
    assert "genres" in news.text
    assert "networks" not in news.text


def test_only_what_the_other_machine_wrote_is_taken_back_where_both_wrote(known: Home) -> None:
    known.tracker().edits.set_fields({"salt-road": {"networks": ("Kestrel",)}})
    before = known.text
    known.edit("tags = []", 'genres = ["salt"]')
    [news] = look(known)
    undo(known, news)
    assert known.text == before


def test_what_a_service_changed_is_not_told_again_because_of_an_edit_beside_it(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    known.edit('title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n')
    assert told(look(known)) == [("loud", "slow-tram", "tvmaze"), ("quiet", "slow-tram", "file")]


def test_what_another_machine_heard_of_a_service_is_told_once(
    known: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other_machine:
        for name in ("STATE", "CACHE"):
            other_machine.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
        here, known.paths = known.paths, Paths(known.path)
        known.refresh(force=True)
        refreshed(known, premiered="2027-03-05", synopsis="Other.")
        theirs, known.paths = known.text, here
    known.forget_answers()
    known.refresh(force=True)
    assert [one.grade for one in look(known)].count("loud") == 1
    assert known.text == theirs


def test_a_look_at_the_past_finds_and_keeps_nothing(known: Home) -> None:
    known.edit("tags = []", 'networks = ["Kestrel"]')
    before = known.states
    tracker = known.make(known.paths, as_of=known.tracker().watchlist.today)
    tracker.watchlist.open()
    assert tracker.external_changes.check() == ()
    assert known.states == before


# Taking back


def test_a_date_that_is_taken_back_leaves_the_file_as_it_was(known: Home) -> None:
    before = refreshed(known, premiered="2027-03-05", synopsis="Other.")
    assert known.text != before
    undo(known, look(known)[0])
    assert known.text == before
    assert look(known) == []


def test_what_was_written_since_stays(known: Home) -> None:
    before = refreshed(known, premiered="2027-03-05")
    known.edit('title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n')
    known.edit("# a tide", "# a tide that ebbs")
    [news] = [one for one in look(known) if one.source == "tvmaze"]
    undo(known, news)
    assert known.text == before.replace("# a tide", "# a tide that ebbs").replace(
        'title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n'
    )


def test_an_older_change_can_be_taken_back_and_the_newer_stays(known: Home) -> None:
    before = refreshed(known, synopsis="Other.")
    refreshed(known, premiered="2027-03-05")
    older = known.tracker().inbox.items()[-1]
    undo(known, older)
    show = known.show("slow-tram")
    assert show.synopsis == "It is never late.\nIt is never early."
    assert (show.release and show.release.edtf, len(show.history)) == ("2027-03-05", 2)
    assert '"It is never late.\\nIt is never early."' in before


def test_two_changes_are_taken_back_one_after_the_other(known: Home) -> None:
    before = refreshed(known, premiered="2027-03-05")
    refreshed(known, premiered="2027-04-05")
    for news in look(known):
        undo(known, news)
    assert known.text == before


def test_undo_of_a_taken_back_change_brings_it_again(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    after = known.text
    undo(known, look(known)[0])
    known.tracker().edits.undo()
    assert known.text == after


def test_an_edit_of_another_machine_is_taken_back(known: Home) -> None:
    before = known.text
    known.edit("tags = []", 'networks = ["Kestrel"]')
    undo(known, look(known)[0])
    assert known.text == before


def test_a_show_that_another_machine_added_is_taken_away(known: Home) -> None:
    before = known.text
    known.path.write_text(before + entry("New Moon"))
    undo(known, look(known)[0])
    assert [show.id for show in known.tracker().watchlist.current.shows] == ["low-tide", "slow-tram", "salt-road"]
    assert known.text.rstrip() == before.rstrip()


def test_a_show_that_another_machine_removed_comes_back(known: Home) -> None:
    known.path.write_text(known.text.replace(SALT, ""))
    undo(known, look(known)[0])
    assert SALT.rstrip() in known.text


def test_a_show_that_another_machine_removed_leaves_the_head_of_the_file_alone(known: Home) -> None:
    known.path.write_text(known.text.replace(SALT, ""))
    undo(known, look(known)[0])
    assert known.text.startswith("format = 1\n")


def test_a_show_that_another_machine_removed_comes_back_to_its_place(known: Home) -> None:
    before = known.text
    known.path.write_text(before.replace(TRAM, ""))
    undo(known, look(known)[0])
    assert known.text == before


def test_a_change_of_which_the_very_field_was_changed_since_stays(known: Home) -> None:
    refreshed(known, synopsis="Other.")
    known.edit('"Other."', '"My own."')
    before = known.text
    with pytest.raises(TrackerError, match="My own"):
        undo(known, look(known)[-1])
    assert known.text == before


def test_a_change_of_a_show_that_is_gone_cannot_be_taken_back(known: Home) -> None:
    refreshed(known, premiered="2027-03-05")
    [news] = look(known)
    known.tracker().edits.remove(["slow-tram"])
    before = known.text
    with pytest.raises(TrackerError):
        undo(known, news)
    assert known.text == before


def test_what_changed_nothing_cannot_be_taken_back(known: Home) -> None:
    before = refreshed(known, word="Fermenting")
    [news] = look(known)
    assert not news.can_be_undone
    with pytest.raises(NothingToUndo):
        undo(known, news)
    assert known.text == before


def test_what_was_taken_back_is_not_said_again_by_the_next_refresh(known: Home) -> None:
    before = refreshed(known, premiered="2027-03-05")
    undo(known, look(known)[0])
    known.later(days=40)
    known.forget_answers()
    known.refresh(force=True)
    assert known.text == before
    assert look(known) == []
    # But it is still what the service says.
    tracker = known.tracker()
    fields = [one.field for one in tracker.proposals.find(tracker.watchlist.current.get("slow-tram"))]
    assert "release" in fields
