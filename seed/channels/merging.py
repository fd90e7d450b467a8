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

    def put(self, row: list[Cell], cell: Cell) -> None:
        """Put one cell into all places of a row."""
        if self.left == self.right:
            row[self.left] = cell
        else:
            row[self.left : self.right + 1] = [cell] * (self.right - self.left + 1)

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
        self._covered: frozenset[int] = frozenset()
        self._until = 0  # the last line before one of them ends

    def fill(self, line: int, row: list[Cell]) -> None:
        """Fill the merged cells of one row.

        Cells that another row's cell covers are filled only beside something of the row's own. A
        cell that is all its row says is a heading or a note, and stays one cell.
        """
        if self._begun and line > self._until:
            self._end(line)
        if self._next and self._next.top <= line:
            self._fill_beginning(line, row)
        elif self._begun:
            own = any(
                cell is not None and cell != "" and place not in self._covered
                for place, cell in enumerate(row)
            )
            for span, cell in self._begun.values():
                span.put(row, cell if own else "")

    def _end(self, line: int) -> None:
        """Drop the spans that do not reach ``line``."""
        for left in [left for left, (span, _) in self._begun.items() if span.bottom < line]:
            del self._begun[left]
        self._settle()

    def _settle(self) -> None:
        spans = [span for span, _ in self._begun.values()]
        self._covered = frozenset(n for span in spans for n in range(span.left, span.right + 1))
        self._until = min((span.bottom for span in spans), default=0)

    def _fill_beginning(self, line: int, row: list[Cell]) -> None:
        """Fill a row in which spans begin: a span's first cell is the row's own."""
        begins = set()
        while self._next and self._next.top <= line:
            span = self._next
            begins.add(span.left)
            self._begun[span.left] = (span, row[span.left] if span.top == line else "")
            self._next = next(self._coming, None)
        self._settle()
        own = [
            place
            for place, cell in enumerate(row)
            if cell is not None and cell != "" and (place in begins or place not in self._covered)
        ]
        for span, cell in self._begun.values():
            if own and own != [span.left]:
                span.put(row, cell)
            else:
                span.put(row, "")
                row[span.left] = cell if span.left in begins else ""
