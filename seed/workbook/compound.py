"""The streams of a compound file, in which the old binary workbooks (.xls) are packed."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from seed.workbook.limits import WorkbookRefused
from seed.workbook.parts import BROKEN

_HEAD = struct.Struct("<30xH8xIII4xIIIII")

_ENTRY = struct.Struct("<64sHB49xII4x")

_IN_HEAD, _HEAD_SIZE, _ENTRY_SIZE, _MINI = 109, 512, 128, 64

_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks: the end of a chain, a free sector."""

_STREAM, _ROOT = 2, 5


class _Stream(NamedTuple):
    start: int
    size: int


class Compound:
    """A compound file held in memory; what leads nowhere or in circles is refused as broken."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            head = _HEAD.unpack_from(content)
        except struct.error as error:
            raise WorkbookRefused(BROKEN) from error
        shift, *counts, self._cutoff, small, count, further, more = head
        directories, tables, directory = counts
        self._size = 1 << shift
        if shift not in (9, 12) or max(directories, tables, count, more) * self._size > len(
            content
        ):
            raise WorkbookRefused(BROKEN)
        self._next = self._table(further)
        self._small = small
        self._root = _Stream(0, 0)
        self.streams: Mapping[str, _Stream] = dict(self._entries(directory))
        if any(each.size > len(content) for each in (*self.streams.values(), self._root)):
            raise WorkbookRefused(BROKEN)

    def read(self, name: str) -> bytes:
        """Return the content of a stream."""
        start, size = self.streams[name]
        if size >= self._cutoff:
            return self._chained(start)[:size]
        body = self._chained(self._root.start)
        following = _numbers(self._chained(self._small))
        pieces = (body[n * _MINI : (n + 1) * _MINI] for n in _chain(start, following))
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._next)))

    def _table(self, further: int) -> tuple[int, ...]:
        """Return for each sector the one that follows it."""
        listed = list(_numbers(self._content[_HEAD_SIZE - 4 * _IN_HEAD : _HEAD_SIZE]))
        seen = set()
        while further < _LAST_SECTOR and further not in seen:
            seen.add(further)
            *more, further = _numbers(self._sector(further)) or (_LAST_SECTOR,)
            listed += more
        kept = [number for number in listed if number < _LAST_SECTOR]
        if len(kept) * self._size > len(self._content):
            raise WorkbookRefused(BROKEN)
        return _numbers(b"".join(map(self._sector, kept)))

    def _entries(self, directory: int) -> Iterator[tuple[str, _Stream]]:
        content = self._chained(directory)
        for at in range(0, len(content) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            name, length, kind, start, size = _ENTRY.unpack_from(content, at)
            if kind == _ROOT:
                self._root = _Stream(start, size)
            elif kind == _STREAM:
                text = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
                yield text, _Stream(start, size)


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(start: int, following: tuple[int, ...]) -> Iterator[int]:
    """Yield the sectors from ``start`` to the end of their chain."""
    left = len(following)
    while start < _LAST_SECTOR:
        if start >= len(following) or not left:
            raise WorkbookRefused(BROKEN)
        yield start
        start, left = following[start], left - 1
