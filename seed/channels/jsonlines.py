"""JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from seed.channels.encoding import Encoding
from seed.channels.table import Cell, Record, Shape, explained


class JsonTable:
    """A .jsonl file as a table: its first record is made of all the keys that occur."""

    name = ""
    escaped = False

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._path = path
        self._encoding = encoding
        keys = (key for _, _, found in self._objects() for key in found or ())
        self._keys = tuple(dict.fromkeys(keys))

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the keys, then one record for every filled line."""
        yield Record(0, self._keys)
        for line, text, found in self._objects():
            if found is None:
                nothing = [None] * len(self._keys)
                yield Record(line, [*nothing, text], "这一行不是完整的JSON对象")
            else:
                yield Record(line, [found.get(key) for key in self._keys])

    def _objects(self) -> Iterator[tuple[int, str, dict[str, Cell] | None]]:
        """Yield line numbers, lines and their objects, None where a line holds none."""
        name = self._encoding.name
        with explained(self._path), self._path.open(encoding=name, errors="replace") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, text.strip(), _object(text)


def _object(text: str) -> dict[str, Cell] | None:
    """Parse one line; anything but an object is none, a nested value becomes its text."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {key: _flat(value) for key, value in found.items()}


def _flat(value: object) -> Cell:
    """Return a JSON value as a cell: a list as its members, an object as it is written."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "、".join(value)
    return json.dumps(value, ensure_ascii=False)
