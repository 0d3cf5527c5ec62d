"""A release tracker for the terminal: shows before they come out, and who said when they would."""


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: the look-up costs more than a whole `tracker list`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("release-tracker")
    except PackageNotFoundError:  # pragma: no cover - run from a folder that was never installed
        return "0+unknown"
