"""Rows out to a file by its suffix: .csv, .tsv, .xlsx or .jsonl; no cell can run."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from rules.text import guarded
from seed.putting import ExportFileError, replacing

Written = str | bool | date | datetime | None  # datetimes are local and naive, except in .jsonl

Rows = Iterable[Sequence[Written]]

_MOST_ROWS = 1_048_575  # below the header of one sheet

_MOST_SIGNS = 32_000  # of the 32,767 that a cell may hold

_CUT = "（余下文字超出单元格上限，请导出为 .csv）"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name for people, its key in .jsonl, its width in a sheet."""

    label: str
    key: str
    width: int = 16


def write_rows(
    path: Path,
    columns: Sequence[Column],
    rows: Rows,
    *,
    recorded: Callable[[int], None] | None = None,
    fresh: bool = False,
) -> int:
    """Write a header and ``rows`` to ``path`` and return how many rows there were.

    ``recorded`` is given their number once all are written: what it raises leaves no file.
    """
    writers: dict[str, Callable[[Path, Sequence[Column], Rows], int]] = {
        ".csv": _csv,
        ".tsv": _tsv,
        ".xlsx": _xlsx,
        ".jsonl": _jsonl,
    }
    if (write := writers.get(path.suffix.lower())) is None:
        names = "、".join(writers)
        raise ExportFileError(f"不会写 {path.suffix or '没有后缀'} 的文件，请改用 {names}")
    with replacing(path, fresh=fresh) as part:
        count = write(part, columns, rows)
        if recorded is not None:
            recorded(count)
        return count


def _csv(part: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write commas, with the byte order mark by which Excel knows UTF-8."""
    return _delimited(part, columns, rows, ",")


def _tsv(part: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write tabs."""
    return _delimited(part, columns, rows, "\t")


def _delimited(part: Path, columns: Sequence[Column], rows: Rows, delimiter: str) -> int:
    """Write delimited text."""
    count = 0
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(guarded(column.label) for column in columns)
        for row in rows:
            writer.writerow([guarded(as_text(value)) for value in row])
            count += 1
    return count


def _jsonl(part: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write one object a line; instants carry their offset."""
    count = 0
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            pairs = zip(columns, row, strict=True)
            found = {column.key: _json_value(value) for column, value in pairs}
            file.write(json.dumps(found, ensure_ascii=False) + "\n")
            count += 1
    return count


def _json_value(value: Written) -> str | bool | None:
    """Return a value as JSON has it."""
    return value if value is None or isinstance(value, bool | str) else value.isoformat()


def _xlsx(part: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write one sheet; text stays text whatever it begins with."""
    with workbook(part) as book:
        sheet = book.add_worksheet("诉求")
        forms = Forms.of(book)
        write_header(sheet, forms, columns)
        count = 0
        for row in rows:
            count += 1
            if count > _MOST_ROWS:
                raise ExportFileError("超过一张工作表的行数上限，请导出为 .csv")
            for place, value in enumerate(row):
                _write_cell(sheet, forms, count, place, value)
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


@contextmanager
def workbook(part: Path) -> Iterator[Any]:
    """Open a workbook whose strings are never links, numbers or formulas.

    It is packed in memory and written at once: an archive whose disk fills up while it is
    packed cannot be closed any more, and says so on stderr when it is collected.
    """
    options = {
        "constant_memory": True,
        "tmpdir": str(part.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, options)
    try:
        yield book
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(*error.args[0].args) from error
    part.write_bytes(packed.getbuffer())


@dataclass(frozen=True, slots=True)
class Forms:
    """The cell formats of a workbook."""

    head: Any
    moment: Any
    day: Any
    quoted: Any
    text: Any

    @classmethod
    def of(cls, book: Any) -> Forms:
        """Make them in ``book``."""
        return cls(
            head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
            quoted=book.add_format({"quote_prefix": True}),
            text=book.add_format({"num_format": "@"}),
        )


def write_header(sheet: Any, forms: Forms, columns: Sequence[Column]) -> None:
    """Write the header, keep it in sight, and give the columns their widths."""
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.label, forms.head)


def _write_cell(sheet: Any, forms: Forms, row: int, place: int, value: Written) -> None:
    """Write one cell; an exact midnight goes as text, which a date cell could not tell from one."""
    if isinstance(value, datetime) and value.time() != time():
        sheet.write_datetime(row, place, value, forms.moment)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, place, datetime.combine(value, time()), forms.day)
    elif text := as_text(value):
        shown = text if len(text) <= _MOST_SIGNS else text[:_MOST_SIGNS] + _CUT
        sheet.write_string(row, place, shown, forms.quoted if guarded(shown) != shown else None)


def as_text(value: Written) -> str:
    """Return a value as a delimited file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value
