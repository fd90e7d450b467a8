"""What the records of a binary workbook (.xls) tell besides values: epoch, errors, formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from seed.workbook.display import NumberFormat, number_format
from seed.workbook.limits import Extent, WorkbookRefused
from seed.workbook.marks import NO_RESULT, Marks
from seed.workbook.parts import BROKEN

_BEGIN, _END, _EPOCH, _CODEPAGE, _FORMAT, _XF, _SHEET = 0x809, 0x0A, 0x22, 0x42, 0x41E, 0xE0, 0x85

_FORMULA, _TRUTH, _NUMBER, _SHORT, _SHORTS, _ROW = 0x06, 0x205, 0x203, 0x27E, 0xBD, 0x208

_EXTENT, _STRINGS, _LOCKED = 0x200, 0xFC, 0x2F

_TELLING = frozenset((_BEGIN, _END, _FORMULA, _TRUTH, _ROW, _EXTENT))

_NUMBERS = frozenset((_NUMBER, _SHORT, _SHORTS))

_FILLED = _NUMBERS | {_FORMULA, _TRUTH, 0xFD, 0x204, 0xD6}
"""Records of filled cells: numbers, truths, texts."""

_MOST_ROWS, _MOST_COLUMNS = 65_536, 256

_CELL = struct.Struct("<HHHH")
"""A record's kind and length, and the row and column that it begins with if it is of a cell."""

_NEWEST = 0x600

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?"} | {
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_BUILT_IN = {9: "0%", 10: "0.00%"}

_CALCULATED_LATER, _HIDDEN = 0x02, 0x20

_NO_NUMBER = b"\xff\xff"


Record = tuple[int, int, int]
"""One record: its kind, where its content begins and how long it is."""


@dataclass
class Binary:
    """A stream of records read once: the epoch, None where it does not say, and marks by sheet."""

    stream: bytes
    since_1904: bool | None = None
    marks: dict[str, Marks] = field(default_factory=dict)
    _newest: bool = True
    _codepage: str = "cp1252"
    _codes: dict[int, str] = field(default_factory=dict)
    _formats: list[NumberFormat | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stream += bytes(_CELL.size)
        sheets: list[tuple[str, int]] = []
        if self._word(0) != _BEGIN:
            raise WorkbookRefused("格式太旧：请用表格软件打开，另存为 .xlsx 再导入")
        for record in self._records(0):
            self._take(record, sheets)
            if record[0] == _END:
                break
        for name, at in sheets:
            self.marks[name] = self._marked(at)

    def _records(self, at: int) -> Iterator[Record]:
        """Yield the records from a place on; what is cut off at the end is none."""
        stream, end = self.stream, len(self.stream) - 4
        unpack = struct.Struct("<HH").unpack_from
        while at <= end:
            kind, length = unpack(stream, at)
            if at + 4 + length > len(stream):
                return
            yield kind, at + 4, length
            at += 4 + length

    def _take(self, record: Record, sheets: list[tuple[str, int]]) -> None:
        """Learn from a record of the workbook as a whole."""
        kind, at, length = record
        if kind == _BEGIN and length >= 2:
            self._newest = self._word(at) == _NEWEST
        elif kind == _EPOCH and length >= 2:
            self.since_1904 = self._word(at) == 1
        elif kind == _CODEPAGE and length >= 2:
            self._codepage = f"cp{self._word(at)}"
        elif kind == _FORMAT and length > 4:
            self._codes[self._word(at)] = self._text(at + 2, at + length, wide=self._newest)
        elif kind == _LOCKED:
            raise WorkbookRefused("有密码：请用表格软件打开，去掉密码另存后再导入")
        elif kind == _STRINGS and length >= 8:
            _limit(self._long(at + 4), len(self.stream))
        elif kind == _XF and length >= 4:
            known = self._word(at + 2)
            code = self._codes.get(known) or _BUILT_IN.get(known)
            self._formats.append(number_format(code) if code else None)
        elif kind == _SHEET and length > 7:
            sheets.append((self._text(at + 6, at + length, wide=False), self._long(at)))

    def _word(self, at: int) -> int:
        return int.from_bytes(self.stream[at : at + 2], "little")

    def _long(self, at: int) -> int:
        return int.from_bytes(self.stream[at : at + 4], "little")

    def _text(self, at: int, end: int, *, wide: bool) -> str:
        """Read a text with its length before it, in two bytes if ``wide``."""
        count = self._word(at) if wide else self.stream[at]
        at += 2 if wide else 1
        if not self._newest:
            try:
                return self.stream[at : min(at + count, end)].decode(self._codepage, "replace")
            except LookupError:
                return ""
        if self.stream[at] & 1:
            return self.stream[at + 1 : min(at + 1 + 2 * count, end)].decode("utf-16-le", "replace")
        return self.stream[at + 1 : min(at + 1 + count, end)].decode("latin-1")

    def _marked(self, at: int) -> Marks:
        """Return the marks of the sheet that begins at a place; charts within it are passed."""
        marks, depth, extent = Marks(), 0, Extent()
        telling = _TELLING | _NUMBERS if any(self._formats) else _TELLING
        stream, end, unpack = self.stream, len(self.stream) - _CELL.size, _CELL.unpack_from
        rows, columns = {0}, {0}
        filled = 0
        while at <= end:
            kind, length, row, column = unpack(stream, at)
            if kind in _FILLED:
                filled += 1
                rows.add(row)
                columns.add(column)
                if kind == _SHORTS:
                    filled += length // 6
                    columns.add(column + (length - 6) // 6 - 1)
            if kind in telling:
                if kind == _BEGIN:
                    depth += 1
                elif kind == _END:
                    depth -= 1
                    if depth <= 0:
                        break
                elif depth == 1:
                    self._mark((kind, at + 4, length), marks)
            at += 4 + length
        _limit(max(columns), _MOST_COLUMNS - 1)
        extent.add(min(rows) + 1, max(rows) + 1, min(columns) + 1, max(columns) + 1, filled)
        extent.check()
        return marks

    def _mark(self, record: Record, marks: Marks) -> None:
        """Mark what one record of a sheet tells."""
        kind, at, length = record
        if kind == _ROW:
            if length >= 14 and self.stream[at + 12] & _HIDDEN:
                marks.hidden.append(self._word(at) + 1)
            return
        if length < 8:
            return
        if kind == _EXTENT:
            self._check_extent(at, length)
            return
        row, column = self._word(at) + 1, self._word(at + 2) + 1
        if kind == _SHORTS:
            for n in range((length - 6) // 6):
                self._mark_format(row, column + n, self._word(at + 4 + 6 * n), marks)
        elif kind == _TRUTH:
            if self.stream[at + 7]:
                marks.add(row, column, _ERRORS.get(self.stream[at + 6], "#VALUE!"))
        elif kind == _FORMULA and length >= 16:
            self._mark_formula(row, column, at, marks)
        elif kind in _NUMBERS:
            self._mark_format(row, column, self._word(at + 4), marks)

    def _check_extent(self, at: int, length: int) -> None:
        """Refuse a sheet that claims more than any has: the reader makes room for all of it."""
        if self._newest and length >= 12:
            _limit(self._long(at), self._long(at + 4), _MOST_ROWS)
            at += 4
        _limit(self._word(at + 4), self._word(at + 6), _MOST_COLUMNS)

    def _mark_formula(self, row: int, column: int, at: int, marks: Marks) -> None:
        result = self.stream[at + 6 : at + 14]
        if result.endswith(_NO_NUMBER):
            if result[0] == 2:
                marks.add(row, column, _ERRORS.get(result[2], "#VALUE!"))
        elif not any(result) and self._word(at + 14) & _CALCULATED_LATER:
            marks.add(row, column, NO_RESULT)
        else:
            self._mark_format(row, column, self._word(at + 4), marks)

    def _mark_format(self, row: int, column: int, number: int, marks: Marks) -> None:
        shown = self._formats[number] if number < len(self._formats) else None
        if shown:
            marks.add(row, column, shown)


def _limit(*rising: int) -> None:
    if any(first > second for first, second in pairwise(rising)):
        raise WorkbookRefused(BROKEN)
