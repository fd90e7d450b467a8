"""Bench of workbooks: a long list as Duban writes it, against bare xlsxwriter and openpyxl."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter

from console.paper import Book
from rules.paper import SheetColumn

START = datetime(2026, 1, 5, 9, 30)

COLUMNS = tuple(
    SheetColumn(title, width)
    for title, width in (
        ("颜色", 6),
        ("余时", 12),
        ("编号", 18),
        ("事项", 40),
        ("单位", 12),
        ("步骤", 6),
        ("状态", 8),
        ("到期", 17.5),
        ("暂定", 5),
        ("紧急程度", 6),
        ("属地", 16),
        ("渠道", 10),
        ("性质", 6),
        ("办结时间", 17.5),
    )
)

TITLES = (
    "小区夜间施工噪音扰民请尽快处理",
    "路灯不亮",
    "反映物业收费不透明、电梯长期不修、路灯不亮等多项问题",
)

Line = tuple[str | datetime | None, ...]


def lines(count: int) -> Iterator[Line]:
    """Yield the cells of so many matters of a queue."""
    for n in range(count):
        title = (
            "小区夜间施工噪音扰民请尽快处理"
            if n % 3
            else "反映物业收费不透明、电梯长期不修、路灯不亮等多项问题"
        )
        yield (
            "红1" if n % 5 else "蓝",
            f"超{n % 30}天",
            f"WH20261120-{n % 100000:05}",
            title,
            "洪山区",
            "办结",
            "办理中",
            START + timedelta(minutes=n),
            "",
            "一般",
            "洪山区关山街道",
            "12345电话",
            "投诉",
            None,
        )


def ours(path: Path, count: int) -> None:
    """Write the list as the console does."""
    book = Book("督办队列", "督办台", START, path.parent)
    book.table("督办队列", "督办队列", ["数据 2026-11-26"], COLUMNS, lines(count), named=3)
    path.write_bytes(book.save())


def bare_xlsxwriter(path: Path, count: int) -> None:
    """Write the same cells, row by row, without any layout."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for row, line in enumerate(lines(count)):
        for at, cell in enumerate(line):
            if isinstance(cell, datetime):
                sheet.write_datetime(row, at, cell, moment)
            elif cell:
                sheet.write_string(row, at, cell)
    book.close()


def bare_openpyxl(path: Path, count: int) -> None:
    """Write the same cells by the other library."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines(count):
        sheet.append(line)
    book.save(path)


def seconds(write: Callable[[Path, int], None], folder: Path, count: int, times: int) -> float:
    """Return the processor time of the best of some runs."""
    best = float("inf")
    for n in range(times):
        began = time.process_time()
        write(folder / f"{write.__name__}{n}.xlsx", count)
        best = min(best, time.process_time() - began)
    return best


def main() -> int:
    """Print how many times as long as a bare writer a long list takes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        took = {
            write: seconds(write, Path(place), given.rows, given.times)
            for write in (ours, bare_xlsxwriter, bare_openpyxl)
        }
    print(f"{given.rows:,} rows: {took[ours]:.2f} s")
    print(f"  {took[ours] / took[bare_xlsxwriter]:.2f} x bare xlsxwriter (aim 1.35)")
    print(f"  {took[ours] / took[bare_openpyxl]:.2f} x bare openpyxl (aim 1.0)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
