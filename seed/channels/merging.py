"""Merged cells: what one says holds for every row and column it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from seed.channels.table import Cell, ImportFileError


class Span(NamedTuple):
    """A merged range: lines from 1, places from 0, all four within it."""

    top: int
    bottom: int
    left: int
    right: int

    @classmethod
    def within(cls, spans: Iterable[Span], height: int, width: int) -> Sequence[Span]:
        """Return the spans of a table from the top, cut to its size.

        Spans that cover more than the whole table overlap, which no table program allows.
        """
        cut = [
            cls(top, min(bottom, height), max(left, 0), min(right, width - 1))
            for top, bottom, left, right in spans
        ]
        kept = sorted(one for one in cut if one.top <= one.bottom and one.left <= one.right)
        area = sum((one.bottom - one.top + 1) * (one.right - one.left + 1) for one in kept)
        if area > height * width:
            raise ImportFileError("合并单元格互相重叠，文件损坏：请用表格软件打开另存后再导入")
        return kept


class Merged:
    """One pass over the rows of a table, from the top, filling merged cells."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._coming = iter(spans)
        self._next = next(self._coming, None)
        self._begun: dict[int, tuple[Span, Cell]] = {}  # by left place

    def fill(self, line: int, row: list[Cell]) -> None:
        """Fill the merged cells of one row.

        Cells that another row's cell covers are filled only beside something of the row's own. A
        cell that is all its row says is a heading or a note, and stays one cell.
        """
        if not self._next and not self._begun:
            return
        for left in [left for left, (span, _) in self._begun.items() if span.bottom < line]:
            del self._begun[left]
        while self._next and self._next.top <= line:
            said = row[self._next.left] if self._next.top == line else ""
            self._begun[self._next.left] = (self._next, said)
            self._next = next(self._coming, None)
        if not self._begun:
            return
        begins = {span.left for span, _ in self._begun.values() if span.top == line}
        for span, _ in self._begun.values():
            for place in range(span.left, span.right + 1):
                row[place] = row[place] if place in begins else ""
        own = [place for place, cell in enumerate(row) if cell is not None and cell != ""]
        for span, cell in self._begun.values():
            if own and own != [span.left]:
                row[span.left : span.right + 1] = [cell] * (span.right - span.left + 1)
