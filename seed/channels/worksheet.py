"""The sheets of a workbook as tables: what a person sees in them is what is read."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from seed.channels.grid import chosen, visible
from seed.channels.instants import SINCE_1900, SINCE_1904
from seed.channels.merging import Merged, Span
from seed.channels.opendocument import OpenDocument
from seed.channels.table import (
    NO_RESULT,
    Cell,
    ImportFileError,
    Record,
    Shape,
    Shown,
    Table,
    doubt_in,
    explained,
)
from seed.workbook import Look, Mark, Marks, NumberFormat, WorkbookRefused, content_of, look_at

_MOST_DAYS = 2_900_000  # to the year 9840


class SheetTable:
    """One sheet of a workbook; rows are numbered as the program that shows them does.

    ``merged`` are its merged ranges in lines and places of cells. A merged cell stands in every
    cell it covers, unless it is all that its row says: a heading over the whole width.
    """

    escaped = False

    def __init__(
        self, sheet: CalamineSheet, hidden: Sequence[str], since: datetime | None, marks: Marks
    ) -> None:
        self.name = sheet.name
        self.hidden = hidden
        self.since = since
        self.filtered: Container[int] = frozenset(marks.hidden)
        self._sheet = sheet
        self._marks = marks
        self._left = sheet.start[1] if sheet.start else 0
        self.merged = self._spans()

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield every row; the grid gives all of them the same number of cells."""
        merging = Merged(self.merged)
        marked = self._marks.rows()
        line_marked, marks = next(marked, (0, []))
        for line, cells in enumerate(self._sheet.iter_rows(), start=1):
            row: list[Cell] = cells  # type: ignore[assignment]  # a list of some of our kinds
            if line == line_marked:
                self._show(row, marks)
                line_marked, marks = next(marked, (0, []))
            merging.fill(line, row)
            yield Record(line, row)

    def _show(self, row: list[Cell], marks: Sequence[tuple[int, Mark]]) -> None:
        """Put what is shown in the place of values; columns of ``marks`` count from 1."""
        for column, mark in marks:
            place = column - 1 - self._left
            if 0 <= place < len(row):
                row[place] = self._shown(row[place], mark)

    def _shown(self, value: Cell, mark: Mark) -> Cell:
        if not isinstance(mark, NumberFormat):
            return doubt_in(mark or NO_RESULT)
        if not isinstance(value, float | int):
            return value
        if mark.is_date and self.since:
            return self._day(value)
        text = mark.text(float(value))
        return value if text is None else Shown(text, float(value))

    def _day(self, days: float) -> Cell:
        """Return the date and time of a day number; table programs show ### beyond all dates."""
        assert self.since
        if not 0 <= days < _MOST_DAYS:
            return doubt_in("#####")
        return self.since + timedelta(seconds=round(days * 86400))

    def _spans(self) -> Sequence[Span]:
        """Return the merged ranges that lie within the cells, refusing those that overlap."""
        ranges = self._sheet.merged_cell_ranges or ()
        last, right_most = self._sheet.end or (0, 0)
        spans = [
            Span(top + 1, bottom + 1, left - self._left, right - self._left)
            for (top, left), (bottom, right) in ranges
        ]
        return Span.within(spans, last + 1, right_most + 1 - self._left)


def sheets_of(path: Path, wanted: str | None = None) -> Sequence[Table]:
    """Open a workbook and return its visible sheets in order, or the ``wanted`` one.

    A file that is broken, protected by a password or too large raises ImportFileError: the look
    comes first, since a reader that runs out of memory ends the process.
    """
    broken = ImportFileError(f"打不开工作簿 {path}：文件损坏或有密码，请用表格软件打开另存后再导入")
    try:
        with explained(path):
            look = look_at(path)
            if look.is_document:
                return visible(path, OpenDocument().tables(content_of(path)), wanted)
            book = CalamineWorkbook.from_path(path)
            return _opened(path, book, look, wanted)
    except WorkbookRefused as refused:
        raise ImportFileError(f"打不开工作簿 {path}：{refused}") from refused
    except CalamineError as error:
        raise broken from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own, which is no Exception
            raise broken from error
        raise


def _opened(path: Path, book: CalamineWorkbook, look: Look, wanted: str | None) -> list[SheetTable]:
    """Return the sheets that are to be read."""
    sheets = [each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
    names, beside = chosen(
        path, [(each.name, each.visible is SheetVisibleEnum.Visible) for each in sheets], wanted
    )
    if not set(names) <= look.marks.keys():  # errors would pass for empty cells
        raise WorkbookRefused("文件结构特别，看不全：请用表格软件打开，另存为 .xlsx 再导入")
    since = {True: SINCE_1904, False: SINCE_1900, None: None}[look.since_1904]
    return [
        SheetTable(book.get_sheet_by_name(name), beside, since, look.marks[name]) for name in names
    ]
