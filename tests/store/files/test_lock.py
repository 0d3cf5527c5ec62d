from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import pytest

from tracker.errors import WatchlistLocked
from tracker.store.files.lock import Waiting, hold_lock

HOLD = """
import sys
from pathlib import Path
from tracker.store.files.lock import Waiting, hold_lock
with hold_lock(Path(sys.argv[1]), Waiting("tracker refresh \\x1b[1m")):
    print("held", flush=True)
    sys.stdin.read()
"""
AT_ONCE = Waiting(patience=lambda: 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "list.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start another process that holds the lock."""
    argv = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_lock_of_another_process_says_who_it_is(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(WatchlistLocked, match=f"kill {holder.pid} ends it") as locked, hold_lock(path, AT_ONCE):
        pass
    assert locked.value.holder == f"tracker refresh [1m (process {holder.pid})"
    assert locked.value.holder in str(locked.value)


def test_lock_that_is_waited_for(path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.files.lock.NOTICE_AFTER", 0)
    told = []

    def end_it(name: str) -> None:
        told.append(name)
        holder.communicate("")

    with hold_lock(path, Waiting(on_wait=end_it)):
        assert len(told) == 1
    assert f"(process {holder.pid})" in told[0]


@pytest.mark.parametrize("content", ["", "no number", "999999999 tracker set"])
def test_lock_of_an_unknown_program(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(WatchlistLocked, match="locked by another program"), hold_lock(path, AT_ONCE):
            pass
    with hold_lock(path, AT_ONCE):
        assert path.read_text().startswith(f"{os.getpid()} tracker ")
        assert path.stat().st_mode & 0o777 == 0o600


def test_lock_of_another_thread_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.files.lock.NOTICE_AFTER", 0)
    is_waiting, is_held = Event(), Event()

    def hold() -> None:
        with hold_lock(path, AT_ONCE._replace(on_wait=lambda _: is_waiting.set())):
            is_held.set()

    thread = Thread(target=hold)
    with ExitStack() as stack:
        stack.enter_context(hold_lock(path))
        thread.start()
        assert is_waiting.wait(10)
        assert not is_held.is_set()
    thread.join(10)
    assert is_held.is_set()


def test_lock_without_a_place(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with hold_lock(tmp_path / "state" / "list.lock", AT_ONCE):
        pass
