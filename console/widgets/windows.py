"""The rows at hand of a table of any length, and which are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

KEPT = 4000
"""Rows kept before those out of sight are let go."""


class Windows:
    """Rows by id."""

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[int, Any] = {}
        self._asked = range(0)

    def get(self, id: int) -> Any | None:
        """Return a row that is at hand."""
        return self._rows.get(id)

    def restart(self, rows: Mapping[int, Any]) -> None:
        """Forget every row but these."""
        self._rows = dict(rows)
        self._asked = range(0)

    def take(self, rows: Mapping[int, Any], near: Sequence[int], around: range) -> None:
        """Take rows that were asked for; of very many keep those ``around`` the view only."""
        self._asked = range(0)
        self._rows.update(rows)
        if len(self._rows) > KEPT:
            close = {near[i] for i in around}
            self._rows = {id: row for id, row in self._rows.items() if id in close}

    def missing(self, ids: Sequence[int], soon: range, later: range) -> tuple[int, ...]:
        """Return what to ask for now: nothing while all that is seen ``soon`` is at hand or asked.

        What lies farther off, in ``later``, is asked for along with it.
        """
        if all(ids[i] in self._rows or i in self._asked for i in soon):
            return ()
        self._asked = later
        return tuple(ids[i] for i in later if ids[i] not in self._rows)
