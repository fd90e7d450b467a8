"""The columns of a table, and how they share its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    room = max(0, width - sum(c.width + 1 for c, _ in seen if not c.later))
    found, left = list[tuple[Column, int, Cell]](), width
    for column, cell in seen:
        size = column.width + max(0, min(room, column.most - column.width))
        left -= size + 1
        if left < -1:
            break
        found.append((column, size, cell))
    return found
