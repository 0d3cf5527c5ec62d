"""A release tracker for the terminal: shows before they come out, and who said when they would."""

from typing import Final

HOME: Final[str] = ""
"""Where people find this program and its makers: a web page, or a mail address. Its owner sets it.

Requests then say `release-tracker/VERSION (+HOME)`, without it `release-tracker/VERSION`. TVmaze recommends a name of
one's own (https://www.tvmaze.com/api#rate-limiting). Wikimedia asks for name, version and a way to reach the makers
(https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy).
"""


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: the look-up costs more than a whole `tracker list`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("release-tracker")
    except PackageNotFoundError:  # pragma: no cover - run from a folder that was never installed
        return "0+unknown"
