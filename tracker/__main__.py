"""The process: `tracker` and `python -m tracker`."""

import gc
import io
import os
import sys


def main() -> int:
    """Run the program and return its exit code."""
    # Everything that a start makes is kept, so looking for garbage in it finds none: 5 % of a `tracker list`.
    gc.disable()
    from tracker.cli.main import main as run

    # With a closed output there is nothing to write to, which is no error of anybody.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - stays open to the end
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Hangul shows a question mark, and no traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return run()


if __name__ == "__main__":
    sys.exit(main())
