"""A child process that is stopped at each entry and exit of a system call: to be killed there, or to be lied to.

Linux on x86_64 only, with ptrace(2) through ctypes, so that Python is all that a machine needs. The watching
process must have one thread: it forks, and the child runs on what it inherited.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final, NamedTuple, Self

FILE_CALLS: Final = {
    0: "read", 1: "write", 2: "open", 3: "close", 4: "stat", 5: "fstat", 6: "lstat", 8: "lseek", 16: "ioctl",
    17: "pread64", 18: "pwrite64", 19: "readv", 20: "writev", 21: "access", 40: "sendfile", 72: "fcntl", 73: "flock",
    74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate", 78: "getdents", 79: "getcwd", 82: "rename",
    83: "mkdir", 84: "rmdir", 85: "creat", 86: "link", 87: "unlink", 88: "symlink", 89: "readlink", 90: "chmod",
    91: "fchmod", 92: "chown", 93: "fchown", 94: "lchown", 137: "statfs", 138: "fstatfs", 188: "setxattr",
    189: "lsetxattr", 190: "fsetxattr", 191: "getxattr", 192: "lgetxattr", 193: "fgetxattr", 194: "listxattr",
    195: "llistxattr", 196: "flistxattr", 197: "removexattr", 198: "lremovexattr", 199: "fremovexattr",
    217: "getdents64", 221: "fadvise64", 235: "utimes", 257: "openat", 258: "mkdirat", 260: "fchownat",
    262: "newfstatat", 263: "unlinkat", 264: "renameat", 265: "linkat", 266: "symlinkat", 267: "readlinkat",
    268: "fchmodat", 269: "faccessat", 280: "utimensat", 285: "fallocate", 316: "renameat2", 326: "copy_file_range",
    327: "preadv2", 328: "pwritev2", 332: "statx", 437: "openat2", 439: "faccessat2", 452: "fchmodat2",
}  # fmt: skip
"""The system calls of x86_64 that have to do with files, by number."""
SPACE_CALLS: Final = frozenset({
    "write", "pwrite64", "writev", "pwritev2", "fsync", "fdatasync", "mkdir", "mkdirat", "link", "linkat", "symlink",
    "symlinkat", "rename", "renameat", "renameat2", "truncate", "ftruncate", "fallocate", "copy_file_range",
    "sendfile", "setxattr", "fsetxattr",
})  # fmt: skip
"""Those that a full disk may refuse, beside opening a file that is not there yet."""
CHANGING_CALLS: Final = SPACE_CALLS | {
    "unlink", "unlinkat", "rmdir", "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "utimensat", "utimes",
}  # fmt: skip
"""Those that a disk refuses which became read-only meanwhile, beside opening a file for writing."""

_TRACEME, _PEEKUSER, _POKEUSER, _CONT, _SYSCALL, _SETOPTIONS = 0, 3, 6, 7, 24, 0x4200
_OPTIONS: Final = 0x1 | 0x100000
"""PTRACE_O_TRACESYSGOOD: a system call is told from a signal; PTRACE_O_EXITKILL: no child outlives its watcher."""
_RAX, _RDX, _NUMBER = 10 * 8, 12 * 8, 15 * 8
"""Where registers stand in `struct user`; the last is orig_rax, the number of the call."""
_SYSCALL_STOP: Final = signal.SIGTRAP | 0x80
_WORD: Final = (1 << 64) - 1

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


class Call(NamedTuple):
    """A stop at a system call."""

    name: str
    """"" for one that has nothing to do with files."""
    is_entry: bool
    """Whether the call is still to be made."""


class Child:
    """A forked child, stopped before it does anything; it may stop itself again with `pause`."""

    def __init__(self, body: Callable[[], int]) -> None:
        self.code: int | None = None
        """What it ended with, negative for a signal; None while it lives."""
        self.is_paused = False
        """Whether it stopped itself."""
        self._is_entry = False
        self.pid = os.fork()
        if self.pid == 0:  # pragma: no cover - the child
            code = 70
            try:
                _ptrace(_TRACEME, 0, 0, 0)
                pause()
                code = body()
            finally:
                os._exit(code)
        self._wait()
        if self.code is None:
            _ptrace(_SETOPTIONS, self.pid, 0, _OPTIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def step(self) -> Call | None:
        """Let it go to the next stop at a system call; None where it paused or ended instead."""
        if not self._go(_SYSCALL):
            return None
        self._is_entry = not self._is_entry
        return Call(FILE_CALLS.get(self._peek(_NUMBER), ""), self._is_entry)

    def steps(self, count: int) -> bool:
        """Let it go `count` stops on, and return whether it came that far."""
        for _ in range(count):
            if not self._go(_SYSCALL):
                return False
            self._is_entry = not self._is_entry
        return True

    def go_on(self) -> int | None:
        """Let it go until it pauses or ends, and return its exit code if it ended."""
        while self._go(_CONT):
            pass
        return self.code

    def kill(self) -> None:
        """Kill it where it is; at the entry of a call, the call is not made."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            while self.code is None:
                self._wait()

    def refuse(self, number: int) -> None:
        """At the entry of a call: have it refused with an errno; at the exit: deny that it was made."""
        if self._is_entry:
            self._poke(_NUMBER, -1)
            self._go(_SYSCALL)
            self._is_entry = False
        self._poke(_RAX, -number)

    def halve(self) -> None:
        """At the entry of a write: have only half of its bytes written, as where a disk gets full."""
        if (count := self._peek(_RDX)) > 1:
            self._poke(_RDX, count // 2)

    @property
    def opens_for_writing(self) -> bool:
        """At a stop of an openat: whether a file is opened to be changed."""
        return bool(self._peek(_RDX) & os.O_ACCMODE)

    @property
    def opens_anew(self) -> bool:
        """At a stop of an openat: whether a file may have to be made."""
        return bool(self._peek(_RDX) & os.O_CREAT)

    def _go(self, how: int) -> bool:
        """Resume it and return whether the next stop is one at a system call."""
        passed_on = 0
        while self.code is None:
            _ptrace(how, self.pid, 0, passed_on)
            stopped = self._wait()
            self.is_paused = stopped == signal.SIGSTOP
            if stopped in (0, signal.SIGSTOP):
                return False
            if stopped == _SYSCALL_STOP:
                return True
            passed_on = stopped
        return False

    def _wait(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSTOPPED(status):
            return os.WSTOPSIG(status)
        self.code = os.waitstatus_to_exitcode(status)
        return 0

    def _peek(self, register: int) -> int:
        return _ptrace(_PEEKUSER, self.pid, register, 0)

    def _poke(self, register: int, value: int) -> None:
        _ptrace(_POKEUSER, self.pid, register, value & _WORD)


def pause() -> None:
    """Stop here, in the child, until the watcher lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def why_not() -> str:
    """Return why no child can be watched here; "" where it can. To be asked in a process of one thread."""
    if sys.platform != "linux" or platform.machine() != "x86_64" or sys.maxsize < 2**32:
        return "system calls are watched on Linux on x86_64 only"
    try:
        with Child(lambda: 0) as child:
            while call := child.step():
                if call.is_entry:
                    break
            return "" if call else "this system lets no process watch its child (ptrace is refused)"
    except OSError as error:
        return f"this system lets no process watch its child: {os.strerror(error.errno or errno.EPERM)}"


def _ptrace(request: int, pid: int, address: int, data: int) -> int:
    ctypes.set_errno(0)
    answer: int = _libc.ptrace(request, pid, address, data)
    if answer == -1 and (number := ctypes.get_errno()):
        raise OSError(number, os.strerror(number))
    return answer
