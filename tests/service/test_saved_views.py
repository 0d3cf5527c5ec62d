from __future__ import annotations

from pathlib import Path

import pytest

from tracker.errors import BadValue, SettingsUnwritable
from tracker.reports.saved_view import SavedView
from tracker.service.saved_views import SavedViews
from tracker.store.settings import read_settings

TEXT = '[views]\nkorea = "country:KR"\nboth = "@korea or country:JP"\n'
KOREA = SavedView("korea", "country:KR")
BOTH = SavedView("both", "@korea or country:JP")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(TEXT)
    return path


@pytest.fixture
def saved_views(path: Path) -> SavedViews:
    settings = read_settings(path)
    return SavedViews(path, lambda: settings)


def test_views_are_saved_and_removed(saved_views: SavedViews) -> None:
    new = SavedView("new", "@both is:overdue", sort="title")
    saved_views.save(new)
    assert saved_views.all == (KOREA, BOTH, new)
    saved_views.save(new._replace(name="late"), "new")
    assert saved_views.find("LATE") == new._replace(name="late")
    saved_views.remove("korea")
    assert [view.name for view in saved_views.all] == ["both", "late"]


@pytest.mark.parametrize(
    ("view", "before", "reason"),
    [
        (SavedView("a b", "x"), "", "Use letters, digits"),
        (SavedView("new"), "", "There is nothing to save"),
        (SavedView("new", key="f2"), "", "There is nothing to save"),
        (SavedView("new", "colour:red"), "", "@new: "),
        (SavedView("new", "@other"), "", "@new: There is no saved view “@other”"),
        (SavedView("korea", "@both"), "", "@korea: @both: @korea"),
        (SavedView("south", "@korea"), "korea", "@south: There is no saved view “@korea”"),
    ],
)
def test_view_that_is_not_saved(saved_views: SavedViews, path: Path, view: SavedView, before: str, reason: str) -> None:
    with pytest.raises(BadValue) as refused:
        saved_views.save(view, before)
    assert str(refused.value).startswith(reason)
    assert path.read_text() == TEXT
    assert saved_views.all == (KOREA, BOTH)


def test_views_stay_while_the_settings_are_broken(saved_views: SavedViews, path: Path) -> None:
    assert saved_views.all == (KOREA, BOTH)
    path.write_bytes(b"# caf\xe9\n")
    assert not saved_views.read_again()
    with pytest.raises(SettingsUnwritable):
        saved_views.save(SavedView("new", "x"))
    assert saved_views.all == (KOREA, BOTH)
    path.write_text("")
    assert saved_views.read_again()
    assert not saved_views.all


def test_view_is_renamed_in_other_filters(saved_views: SavedViews, path: Path) -> None:
    path.write_text(
        TEXT + 'late = { query = "-@KOREA,both \\"@korea\\" or @both", key = "f2" } # soon\nbad = "@korea \\""\n'
    )
    saved_views.read_again()
    assert [view.name for view in saved_views.users("korea")] == ["both", "late"]
    saved_views.save(SavedView("남한", "country:KR"), "korea")
    assert path.read_text(encoding="utf-8") == (
        '[views]\n"남한" = "country:KR"\nboth = "@남한 or country:JP"\n'
        'late = { query = "-@남한,both \\"@korea\\" or @both", key = "f2" } # soon\nbad = "@korea \\""\n'
    )
