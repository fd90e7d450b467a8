"""Cells that show something else than the value a reader gives: where they are, what they show."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from seed.workbook.display import NumberFormat
from seed.workbook.limits import WorkbookRefused
from seed.workbook.parts import BROKEN

NO_RESULT = ""
"""What a formula shows that was never worked out."""

Mark = str | NumberFormat
"""An error value as it is shown, NO_RESULT, or the format of a number."""

_ERRORS = (
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!",
)  # fmt: skip

_MOST_UNSORTED, _MOST_KINDS = 1_000_000, 0xFFFF


def error_mark(shown: str) -> str:
    """Return an error value as it is known, whatever a file writes for it."""
    return shown if shown in _ERRORS else "#VALUE!"


class Marks:
    """The marked cells of one sheet, eight bytes each; rows and columns from 1."""

    def __init__(self) -> None:
        self._places = array("Q")
        self._kinds: dict[Mark, int] = {}
        self._sorted = True
        self.hidden = array("I")  # rows that a filter hides

    def add(self, row: int, column: int, mark: Mark) -> None:
        """Mark a cell."""
        kind = self._kinds.setdefault(mark, len(self._kinds))
        if kind > _MOST_KINDS:
            raise WorkbookRefused(BROKEN)
        place = row << 32 | column << 16 | kind
        self._sorted = self._sorted and (not self._places or self._places[-1] <= place)
        self._places.append(place)

    def rows(self) -> Iterator[tuple[int, list[tuple[int, Mark]]]]:
        """Yield the rows that have marks, in order, each with columns and marks."""
        if not self._sorted:
            if len(self._places) > _MOST_UNSORTED:
                raise WorkbookRefused(BROKEN)
            self._places, self._sorted = array("Q", sorted(self._places)), True
        kinds = list(self._kinds)
        row = 0
        found: list[tuple[int, Mark]] = []
        for place in self._places:
            if place >> 32 != row:
                if found:
                    yield row, found
                row, found = place >> 32, []
            found.append((place >> 16 & 0xFFFF, kinds[place & 0xFFFF]))
        if found:
            yield row, found
