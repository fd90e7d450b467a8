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
from xlsxwriter.utility import xl_rowcol_to_cell

from rules.paper import (
    FACE_SIZE,
    MARGIN,
    MOST_ROWS,
    Printing,
    day_number,
    holdable,
    lines_in,
    pixels,
    printing,
    row_height,
)
from rules.text import guarded
from seed.putting import ExportFileError, replacing

Written = str | bool | date | datetime | None  # datetimes are local and naive, except in .jsonl

Rows = Iterable[Sequence[Written]]

FACE = "宋体"

_MADE = datetime(1980, 1, 1)  # the first day a zip can tell: equal rows are equal bytes

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
        widths, last = [column.width for column in columns], len(columns) - 1
        count = 0
        for row in rows:
            count += 1
            if count >= MOST_ROWS:
                raise ExportFileError("超过一张工作表的行数上限，请导出为 .csv")
            long = {
                place: lines_in(value, widths[place])
                for place, value in enumerate(row)
                if type(value) is str and (len(value) * 2 >= widths[place] or "\n" in value)
            }
            if long:
                sheet.set_row(count, row_height(max(long.values())))
            for place, value in enumerate(row):
                _write_cell(sheet, forms, count, place, value, place in long)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(count, last)}"})
        sheet.print_area(0, 0, count, last)
    return count


def new_book(packed: BytesIO, beside: Path | None = None) -> Any:
    """Begin a workbook whose strings are never links, numbers or formulas.

    With ``beside`` its rows wait in files there, each to be written once, from the first to the
    last. Columns count by the digits of the normal face, 7 pixels wide.
    """
    waiting = {"constant_memory": True, "tmpdir": str(beside)} if beside else {"in_memory": True}
    options = {
        **waiting,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_column_width": 64,
        "default_format_properties": {
            "font_name": FACE,
            "font_size": FACE_SIZE,
            "font_scheme": False,
            "valign": "vcenter",
        },
    }
    return xlsxwriter.Workbook(packed, options)


def print_legibly(sheet: Any, how: Printing, running: str = "", author: str = "") -> None:
    """Set a sheet up to be printed on its side: running head, numbered pages, where pages begin.

    Head and foot keep their size however much the page is made smaller.
    """
    sheet.set_landscape()
    sheet.set_paper(how.paper.code)
    sheet.set_margins(left=MARGIN / 72, right=MARGIN / 72, top=0.75, bottom=0.75)
    left, right = running[:70].replace("&", "&&"), author[:30].replace("&", "&&")  # 255 signs fit
    face, as_large = f'&9&"{FACE},Regular"', {"scale_with_doc": False}
    if running:
        sheet.set_header(f"&L{face}{left}&R{face}{right}", as_large)
    sheet.set_footer(f"&C{face}第 &P 页　共 &N 页", as_large)
    if how.breaks:
        sheet.set_print_scale(how.percent)
        sheet.set_v_pagebreaks(list(how.breaks))
    else:
        sheet.fit_to_pages(1, 0)


@contextmanager
def workbook(part: Path) -> Iterator[Any]:
    """Open a workbook whose strings are never links, numbers or formulas.

    It is packed in memory and written at once: an archive whose disk fills up while it is
    packed cannot be closed any more, and says so on stderr when it is collected.
    """
    packed = BytesIO()
    book = new_book(packed, part.parent)
    book.set_properties({"created": _MADE})
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
    wrapped: Any

    @classmethod
    def of(cls, book: Any) -> Forms:
        """Make them in ``book``."""
        return cls(
            head=book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
            ),
            moment=book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
            quoted=book.add_format({"quote_prefix": True, "text_wrap": True}),
            text=book.add_format({"num_format": "@"}),
            wrapped=book.add_format({"text_wrap": True}),
        )


def write_header(sheet: Any, forms: Forms, columns: Sequence[Column]) -> None:
    """Write the header, keep it in sight and on every page, give the columns their widths."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    print_legibly(sheet, printing([column.width for column in columns]), sheet.get_name())
    sheet.set_row(0, row_height(max(lines_in(column.label, column.width) for column in columns)))
    for place, column in enumerate(columns):
        sheet.set_column_pixels(place, place, pixels(column.width))
        sheet.write_string(0, place, column.label, forms.head)


def _write_cell(sheet: Any, forms: Forms, row: int, place: int, value: Written, long: bool) -> None:
    """Write one cell; an exact midnight goes as text, which a date cell could not tell from one."""
    if isinstance(value, datetime) and value.time() != time():
        sheet.write_number(row, place, day_number(value), forms.moment)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_number(row, place, day_number(value), forms.day)
    elif text := as_text(value):
        shown = holdable(text, _CUT)
        form = forms.quoted if guarded(shown) != shown else forms.wrapped if long else None
        sheet.write_string(row, place, shown, form)


def as_text(value: Written) -> str:
    """Return a value as a delimited file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value
