"""Templates are filled in a process of their own: what one of them does ends there.

The process starts once, before the transaction that needs it, and serves every paper of this one.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from threading import Lock, Timer

from console.paper.defaults import default_template
from console.paper.pipes import receive, send
from rules.errors import Refused
from rules.paper import Content, filled

WAIT = 20.0  # seconds for one paper, wall clock

START = 30.0  # seconds for the process to be ready on a machine under load


class Press:
    """The child process and the pipes to it; one paper at a time, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ready(self) -> None:
        """Start the process where none runs; it gets ready while others do their work."""
        with self._lock:
            self._running()

    def shipped(self, kind: str) -> bytes:
        """Return the template of a kind that is shipped."""
        return default_template(kind)

    def fill(self, template: bytes, content: Content) -> bytes:
        """Return the paper's bytes; equal contents give equal bytes.

        ``Refused``, in one line, where the template or the values do not go together.
        """
        head = {
            "kind": content.kind,
            "values": filled(content),
            "made": content.at.isoformat() if content.at else "",
        }
        return self._ask(head, template)

    def words(self, template: bytes, kind: str) -> frozenset[str]:
        """Return the fields a template uses; ``Refused`` for what no template may hold."""
        return frozenset(json.loads(self._ask({"kind": kind}, template)))

    def close(self) -> None:
        """End the process, at once."""
        with self._lock:
            self._end()

    def _ask(self, head: Mapping[str, object], template: bytes) -> bytes:
        message = json.dumps(head, ensure_ascii=False).encode() + b"\n" + template
        with self._lock:
            try:
                child = self._running()
                with _watched(child, WAIT):
                    send(child.stdin, message)
                    answer = receive(child.stdout)
            except (OSError, EOFError) as fault:
                self._end()
                raise Refused(
                    "按模板填写超出了时间或内存限制，已中止：请简化模板，或改回随附模板后重试"
                ) from fault
        if answer[:1] == b"1":
            raise Refused(answer[1:].decode())
        return answer[1:]

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, started anew after its end and in a process that was forked."""
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None:
            self._end()
            self._child, self._owner = _started(), os.getpid()
            atexit.register(self.close)
            with _watched(self._child, START):
                receive(self._child.stdout)
        return self._child

    def _end(self) -> None:
        if self._child is not None and self._owner == os.getpid():
            self._child.kill()
            with suppress(OSError), self._child:
                pass  # closes the pipes, and waits
        self._child = None


def _started() -> subprocess.Popen[bytes]:
    """Start the process: none of the terminal's keys, no variable but what Python starts with."""
    return subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", "console.paper.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_kept(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )


def _kept() -> dict[str, str]:
    names = ("LD_LIBRARY_PATH", "PATH", "SYSTEMROOT")
    return {name: os.environ[name] for name in names if name in os.environ}


@contextmanager
def _watched(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """End a process that does not answer in time: what waits for it then finds its pipe closed."""
    watch = Timer(seconds, child.kill)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


@cache
def press() -> Press:
    """Return the press of this process."""
    return Press()
