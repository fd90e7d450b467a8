"""Messages over a pipe between the console and the process that fills its templates."""

from __future__ import annotations

from typing import IO

LENGTH = 8  # bytes that say how long a message is


def send(pipe: IO[bytes] | None, message: bytes) -> None:
    """Write one message; OSError where nobody reads any more."""
    if pipe is None:
        raise EOFError
    pipe.write(len(message).to_bytes(LENGTH, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> bytes:
    """Return the next message; EOFError once the other side has ended."""
    if pipe is None:
        raise EOFError
    size = int.from_bytes(_exactly(pipe, LENGTH), "big")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found
