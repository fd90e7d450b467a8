"""Finding units and places by the words that sources use for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Rows = Callable[..., list[tuple[Any, ...]]]


def plain(text: str) -> str:
    """Return a word without its spaces and in one case, as it is compared."""
    return "".join(text.split()).casefold()


class UnitBook:
    """Every word for a unit: its code, name, short name and aliases, in this precedence."""

    def __init__(self, rows: Rows) -> None:
        """Read the units; ``rows`` is a reader's or a work's ``rows``."""
        self._by_word: dict[str, int] = {}
        self._followed: dict[int, tuple[date, int]] = {}
        self.names: dict[int, str] = {}
        units = rows("SELECT id, code, name, short_name, valid_to, successor_id FROM unit")
        for id, _, _, short_name, valid_to, successor in units:
            self.names[id] = short_name
            if valid_to is not None and successor is not None:
                last = valid_to if isinstance(valid_to, date) else date.fromisoformat(valid_to)
                self._followed[id] = (last, successor)
        for column in (1, 2, 3):
            for unit in units:
                self._by_word.setdefault(plain(unit[column]), unit[0])
        for alias, id in rows("SELECT alias, unit_id FROM unit_alias ORDER BY id"):
            self._by_word.setdefault(plain(alias), id)

    def find(self, word: str, on: date) -> int | None:
        """Return the unit a word means on a day; a dissolved unit's work is its successor's."""
        found = self._by_word.get(word)
        if found is None:
            found = self._by_word.get(plain(word))
        seen = 0
        while found in self._followed and self._followed[found][0] < on and seen < 9:
            found, seen = self._followed[found][1], seen + 1
        return found


class GridBook:
    """The names of districts and streets behind grid codes."""

    def __init__(self, rows: Rows) -> None:
        """Read the two levels that make a place readable."""
        found = rows("SELECT code, name FROM grid WHERE length(code) IN (6, 9)")
        self._names: dict[str, str] = {code: name for code, name in found}

    def area(self, grid: str | None) -> str | None:
        """Return district and street of a code; a place that is no code stands for itself."""
        if not grid:
            return None
        if not grid.isdecimal():
            return grid
        district = self._names.get(grid[:6], "")
        street = self._names.get(grid[:9], "") if len(grid) >= 9 else ""
        return (district + street) or None
