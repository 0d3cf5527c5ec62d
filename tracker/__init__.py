"""A release tracker for the terminal: shows before they come out, and who said when they would."""

from typing import Final

HOME: Final = "https://github.com/release-tracker/release-tracker"
"""Where the makers can be reached, which the services ask every program to say."""


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: the look-up costs more than a whole `tracker list`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("release-tracker")
    except PackageNotFoundError:  # pragma: no cover - run from a folder that was never installed
        return "0+unknown"
