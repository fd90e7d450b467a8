"""A program in a real pseudo-terminal, timed by what it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Sequence
from typing import Self

ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")


class Terminal:
    """A child process on a pseudo-terminal of its own; a context manager that ends it."""

    def __init__(self, argv: Sequence[str], env: dict[str, str], size: tuple[int, int]) -> None:
        """Start ``argv`` at ``size`` (columns, rows)."""
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], list(argv), {**os.environ, "TERM": "xterm-256color", **env})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.seen = b""

    def until(self, marks: Sequence[str], limit: float = 60) -> float:
        """Return the seconds since start at which every mark has been written."""
        wanted = [mark.encode() for mark in marks]
        while time.perf_counter() - self.began < limit:
            if self._read(0.05) and all(w in ESCAPES.sub(b"", self.seen) for w in wanted):
                return time.perf_counter() - self.began
        raise TimeoutError(f"{marks} not seen")

    def settle(self, quiet: float = 0.4) -> None:
        """Wait until nothing has been written for ``quiet`` seconds."""
        while self._read(quiet):
            pass

    def press(self, keys: bytes, quiet: float = 0.15) -> float:
        """Send keys; return the seconds until the last byte of what they made it write."""
        began = last = time.perf_counter()
        os.write(self._fd, keys)
        while self._read(quiet if last > began else 2):
            last = time.perf_counter()
        return last - began

    def memory(self) -> float:
        """Return the resident memory of the child in MB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _read(self, wait: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], wait)
        if not ready:
            return False
        try:
            chunk = os.read(self._fd, 65536)
        except OSError:
            return False
        self.seen = (self.seen + chunk)[-2_000_000:]
        return bool(chunk)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
