"""Workbooks: .xlsx, .xls and .ods, read by calamine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from seed.channels.table import ImportFileError, Record, Shape, explained

MAGICS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip (.xlsx, .ods) and OLE (.xls)


class SheetTable:
    """One sheet of a workbook; rows are numbered as the program that shows them does."""

    escaped = False

    def __init__(self, name: str, sheet: CalamineSheet) -> None:
        self.name = name
        self._sheet = sheet

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield every row; the grid gives all of them the same number of cells."""
        for line, cells in enumerate(self._sheet.iter_rows(), start=1):
            yield Record(line, cells)


def sheets_of(path: Path) -> list[SheetTable]:
    """Open a workbook and return its sheets in order.

    A file that is broken, or protected by a password, raises ImportFileError.
    """
    try:
        with explained(path):
            book = CalamineWorkbook.from_path(path)
            return [SheetTable(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except CalamineError as error:
        raise ImportFileError(
            f"打不开工作簿 {path}：文件损坏或有密码，请用表格软件打开另存后再导入"
        ) from error
