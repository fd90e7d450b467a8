"""JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from seed.channels.encoding import encoding_of
from seed.channels.errors import explained
from seed.channels.table import Record, Shape


class JsonTable:
    """A .jsonl file as a table: its first record is made of all the keys that occur."""

    name = ""
    escaped = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = encoding_of(path)
        keys = (key for _, found in self._objects() for key in found or ())
        self._keys = tuple(dict.fromkeys(keys))

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the keys, then one record for every filled line."""
        yield Record(0, self._keys)
        for line, found in self._objects():
            if found is None:
                yield Record(line, (), "这一行不是完整的JSON对象")
            else:
                yield Record(line, [found.get(key) for key in self._keys])

    def _objects(self) -> Iterator[tuple[int, dict[str, str | float | None] | None]]:
        """Yield line numbers and objects, None where a line holds no object."""
        name = self._encoding.name
        with explained(self._path), self._path.open(encoding=name, errors="replace") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, _object(text)


def _object(text: str) -> dict[str, str | float | None] | None:
    """Parse one line; anything but an object is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
