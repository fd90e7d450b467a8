"""How dirty files are written: times in every usual form, grids as text, web page or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import xlsxwriter

Cell = str | float | datetime | None


@dataclass(slots=True)
class Grid:
    """The cells of a table, which are merged (top, left, bottom, right), which rows are hidden.

    ``since_1904`` has a workbook count its days from there.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    since_1904: bool = False


Style = Callable[[datetime], Cell]

_HAN = "〇一二三四五六七八九"


def _han(number: int) -> str:
    """Write a number below sixty in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return "零" if ones == 0 else _HAN[ones]
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")


def _halved(at: datetime) -> str:
    """Write 下午3:05; noon and midnight in words that mean one hour."""
    half = "凌晨" if at.hour < 6 else "上午" if at.hour < 12 else "下午"
    hour = at.hour if at.hour <= 12 else at.hour - 12
    return f"{half}{hour}:{at:%M}"


TEXT_STYLES: dict[str, Style] = {
    "iso": lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    "minutes": lambda at: f"{at:%Y-%m-%d %H:%M}",
    "slash": lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M}",
    "dotted": lambda at: f"{at.year}.{at.month}.{at.day} {at:%H:%M}",
    "chinese": lambda at: f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute}分",
    "weekday": lambda at: f"{at:%Y-%m-%d} 星期{'一二三四五六日'[at.weekday()]} {at:%H:%M}",
    "half": lambda at: f"{at.year}/{at.month}/{at.day} {_halved(at)}",
    "halfday": lambda at: f"{at.year}年{at.month}月{at.day}日{_halved(at)}",
    "packed": lambda at: f"{at:%Y%m%d %H%M}",
    "zulu": lambda at: f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    "wide": lambda at: f"{at:%Y-%m-%d %H:%M}".translate(
        str.maketrans("0123456789-:", "０１２３４５６７８９－：")
    ),
    "han": lambda at: (
        f"{''.join(_HAN[int(d)] for d in str(at.year))}年{_han(at.month)}月{_han(at.day)}日"
        f"{_han(at.hour)}时{_han(at.minute)}分"
    ),
}


def yearless(at: datetime) -> str:
    """Write a date whose year the heading tells."""
    return f"{at.month}月{at.day}日 {at:%H:%M}"


SHEET_STYLES: dict[str, Style] = {
    "typed": lambda at: at.replace(tzinfo=None),
    "serial": lambda at: (at.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1),
}


def as_text(grid: Grid, mark: str) -> str:
    """Return the grid as delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    for row in grid.rows:
        if len(row) > 1:
            writer.writerow(row)
        else:
            out.write(f"{row[0]}\r\n")
    return out.getvalue()


def as_page(grid: Grid) -> str:
    """Return the grid as the web page that office systems call .xls."""
    spans = {
        (top, left): (bottom - top + 1, right - left + 1)
        for top, left, bottom, right in grid.merges
    }
    covered = {
        (row, place)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for place in range(left, right + 1)
    } - spans.keys()
    lines = []
    for at, row in enumerate(grid.rows):
        cells = []
        for place, cell in enumerate(row):
            if (at, place) not in covered:
                rows, columns = spans.get((at, place), (1, 1))
                cells.append(f'<td rowspan="{rows}" colspan="{columns}">{_markup(cell)}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = '<html><head><meta charset="gbk"></head><body><table border="1">'
    return f"{head}{''.join(lines)}</table></body></html>"


def _markup(cell: Cell) -> str:
    return escape(str(cell)).replace("\n", "<br>")


def write_workbook(path: Path, grid: Grid) -> None:
    """Write the grid as a workbook, an older copy of it hidden beside."""
    options = {"strings_to_formulas": False, "date_1904": grid.since_1904}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("明细")
        hidden = book.add_worksheet("上月")
        hidden.write_row(0, 0, ["标题", "内容"])
        hidden.write_row(1, 0, ["上月的件", "不要读"])
        hidden.hide()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for at, row in enumerate(grid.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell, moment)
                elif isinstance(cell, float):
                    sheet.write_number(at, place, cell)
                elif cell in ("#REF!", "#N/A"):
                    sheet.write_formula(at, place, "=1/0", None, cell)
                elif cell:
                    sheet.write_string(at, place, cell)
        for top, left, bottom, right in grid.merges:
            cell = grid.rows[top][left]
            assert isinstance(cell, str)
            sheet.merge_range(top, left, bottom, right, cell)
        for row_at in grid.hidden:
            sheet.set_row(row_at, None, None, {"hidden": True})
