"""The child process that reads and fills templates: bytes in, bytes out, within limits.

A message is a head of JSON, a newline and the template; the answer ``0`` and the paper, or ``1``
and one Chinese line. It ends when its parent closes the pipe, or when a limit of the system stops
it.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

from console.paper.filling import Form
from console.paper.pipes import receive, send
from rules.errors import DubanError

if sys.platform != "win32":
    import resource

MEMORY = 512 * 1024 * 1024  # bytes of address space

SECONDS = 10  # of processor time for one paper

KEPT = 64  # templates that stay compiled


def main() -> None:
    """Answer until the pipe is closed."""
    pipe, out = sys.stdin.buffer, sys.stdout.buffer
    _limit_size()
    send(out, b"ready")
    with suppress(EOFError, OSError):
        while True:
            _limit_time()
            send(out, _answer(receive(pipe)))


def _answer(message: bytes) -> bytes:
    head, _, template = message.partition(b"\n")
    try:
        return b"0" + _done(json.loads(head), template)
    except DubanError as fault:
        return b"1" + str(fault).encode()
    except (MemoryError, RecursionError):
        return "1模板过大或过于复杂，填写时超出了内存限制：请简化模板".encode()
    except Exception as fault:
        return f"1模板无法填写（{type(fault).__name__}）：请检查模板标签后重试".encode()


def _done(asked: Any, template: bytes) -> bytes:
    form = _form(template, asked["kind"])
    if "values" not in asked:
        return json.dumps(sorted(form.words)).encode()
    values = {word: _value(told) for word, told in asked["values"].items()}
    made = datetime.fromisoformat(asked["made"]) if asked["made"] else None
    return form.fill(values, made)


@lru_cache(KEPT)
def _form(template: bytes, kind: str) -> Form:
    return Form(template, kind)


def _value(told: Any) -> Any:
    """Return a value as rules.paper has it: JSON knows no tuples."""
    return tuple(told) if isinstance(told, list) else told


def _limit_size() -> None:
    """Take memory, files and further processes away; where the system knows no such limit, not."""
    if sys.platform == "win32":  # there the parent's clock alone ends it
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _limit_time() -> None:
    """Give the next paper its own seconds: beyond them the system ends the process."""
    if sys.platform == "win32":
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = int(spent.ru_utime + spent.ru_stime) + SECONDS
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
