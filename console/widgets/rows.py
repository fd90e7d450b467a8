"""What a table is made of: columns that share its width, marks, windows of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = tuple[str, str]
"""A text and the name of its component style: ``red`` ``yellow`` ``blue`` ``dim`` or empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and width in cells.

    ``most`` over ``width``: it takes what is left, up to so many cells. ``frozen``: it never goes
    out on the left. ``later``: it stands beyond the right edge unless there is room.
    """

    title: str
    width: int
    most: int = 0
    frozen: bool = False
    later: bool = False
    align: str = "left"


def laid(
    columns: Sequence[Column], cells: Sequence[Cell], shift: int, width: int
) -> list[tuple[Column, int, Cell]]:
    """Return the columns from the left edge on, each with its width and its cell.

    ``shift`` of those that are not frozen have gone out on the left; a cell of room stands after
    each column. A column that would be cut at ``width`` is left out whole.
    """
    both = list(zip(columns, cells, strict=True))
    loose = [pair for pair in both if not pair[0].frozen]
    seen = [pair for pair in both if pair[0].frozen] + loose[shift:]
    more = _shared([c for c, _ in seen], width)
    found, left = list[tuple[Column, int, Cell]](), width
    for column, cell in seen:
        size = column.width + more.get(column.title, 0)
        left -= size + 1
        if left < -1:
            break
        found.append((column, size, cell))
    return found


def _shared(columns: Sequence[Column], width: int) -> dict[str, int]:
    """Return the cells that columns take of what is left, whoever wants least served first."""
    room = max(0, width - sum(c.width + 1 for c in columns if not c.later))
    more: dict[str, int] = {}
    for column in sorted(columns, key=lambda c: (c.later, c.most - c.width)):
        more[column.title] = max(0, min(room, column.most - column.width))
        room -= more[column.title]
    return more


class Marks:
    """The marked ids, the place a range began, and what was last cleared."""

    def __init__(self) -> None:
        """Begin with none."""
        self.ids: set[int] = set()
        self.anchor: int | None = None
        self._cleared: set[int] = set()

    def toggle(self, id: int, place: int) -> None:
        """Mark an id, or take its mark away."""
        self.ids ^= {id}
        self.anchor = None

    def add(self, *ids: int) -> None:
        """Mark ids."""
        self.ids.update(ids)

    def range(self, ids: Sequence[int], place: int) -> None:
        """Begin a range at ``place``, or mark everything from where one began up to it."""
        if self.anchor is None:
            self.anchor = place
            return
        low, high = sorted((self.anchor, place))
        self.ids.update(ids[low : high + 1])
        self.anchor = None

    def clear(self) -> int:
        """Take every mark away; return how many there were."""
        gone = len(self.ids)
        if gone:
            self._cleared, self.ids = self.ids, set()
        self.anchor = None
        return gone

    def unclear(self) -> int:
        """Bring back what was last cleared; return how many marks came back."""
        back = len(self._cleared)
        self.ids |= self._cleared
        self._cleared = set()
        return back

    def spend(self) -> None:
        """Take every mark away for good: an act has fallen on them."""
        self.clear()
        self._cleared = set()

    def sign(self, id: int, place: int, mark: str) -> str:
        """Return what stands before a row: its mark, where a range begins, or a blank."""
        if id in self.ids:
            return mark
        return "v" if place == self.anchor else " "


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
