"""Where the program's files are; nothing is made here."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Final

APP: Final = "release-tracker"


class Paths:
    """The places of one run of the program.

    Args:
        given: The watchlist that `--watchlist` names.
    """

    def __init__(self, given: Path | None = None) -> None:
        self.given = given

    @cached_property
    def watchlist(self) -> Path:
        """The watchlist: `--watchlist`, else `$TRACKER_WATCHLIST`, else the user's data folder."""
        if self.given is not None:
            return self.given.expanduser()
        if named := os.environ.get("TRACKER_WATCHLIST"):
            return Path(named).expanduser()
        import platformdirs  # 10 ms that a run with a named file does not pay

        return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "watchlist.toml"

    @property
    def is_default(self) -> bool:
        """Whether nobody named a watchlist, so that a first start may make one."""
        return self.given is None and not os.environ.get("TRACKER_WATCHLIST")

    @cached_property
    def state(self) -> Path:
        """The folder of the journal, the locks and what the app remembers."""
        import platformdirs

        return Path(platformdirs.user_state_dir(APP, appauthor=False))

    @cached_property
    def cache(self) -> Path:
        """The folder of what may be deleted at any time: answers of the services, and when they were asked."""
        import platformdirs

        return Path(platformdirs.user_cache_dir(APP, appauthor=False))

    @cached_property
    def settings(self) -> Path:
        """The file of the settings, which need not exist."""
        import platformdirs

        return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.toml"


def starter_list() -> Path:
    """Return the watchlist that comes with the program."""
    here = Path(__file__).parent
    installed = here / "data" / "watchlist.toml"
    return installed if installed.exists() else here.parent / "data" / "watchlist.toml"
