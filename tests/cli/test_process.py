"""The program as a process: its output, its terminal and its exit code."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest


def process(path: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    shell = f'"{sys.executable}" -m tracker --watchlist "{path}" {command}'
    return subprocess.run(shell, shell=True, capture_output=True, text=True, check=False, env=environment or None)


def run_on_terminal(path: Path, *command: str, columns: int = 0, **environment: str) -> str:
    """Return what a command prints on a terminal of so many columns, 0 for one that does not know."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    base = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "COLUMNS")}
    subprocess.run(
        [sys.executable, "-m", "tracker", "--watchlist", str(path), *command],
        stdout=far, stderr=subprocess.DEVNULL, env={**base, "TERM": "xterm-256color", **environment}, check=True,
    )  # fmt: skip
    os.close(far)
    text = b""
    while True:
        try:
            more = os.read(near, 65536)
        except OSError:
            break
        if not more:
            break
        text += more
    os.close(near)
    return text.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_full_disk_behind_stdout(path: Path) -> None:
    done = process(path, "list > /dev/full")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Can't write" in done.stderr


def test_closed_stdout(path: Path) -> None:
    done = process(path, "list >&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_letters_unknown_to_the_terminal(path: Path) -> None:
    path.write_text('[[show]]\ntitle = "한국"\n')
    done = process(path, "list", PYTHONIOENCODING="ascii", PATH="/usr/bin:/bin")
    assert done.returncode == 0
    assert "??" in done.stdout


def test_closed_pipe(path: Path) -> None:
    path.write_text("".join(f"[[show]]\ntitle = 'Show {n}'\n" for n in range(3000)))
    command = [sys.executable, "-m", "tracker", "--watchlist", str(path), "list"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait()) == (b"", 0)
    process.stderr.close()


def test_exit_code_reaches_the_shell(path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "--watchlist", str(path), "show", "nobody"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_terminal_gets_colour_unless_no_color_is_set(path: Path) -> None:
    assert "\x1b[" in run_on_terminal(path, "list", columns=80)
    plain = run_on_terminal(path, "list", NO_COLOR="1")
    assert "Old Ferry" in plain
    assert "\x1b" not in plain
