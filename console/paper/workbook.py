"""Workbooks that look alike: faces, frozen headings, text that stays text, equal bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from console.paper.writing import frozen_zip
from rules.text import printable

FACE = "宋体"


class Book:
    """A workbook under way; every text cell is written as text and can never be a formula."""

    def __init__(self, title: str, author: str, made: datetime) -> None:
        """Begin an empty workbook whose properties name what, who and when, nothing else."""
        self._out = BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        stamp = made.replace(tzinfo=None, microsecond=0)
        self.workbook.set_properties({"title": title, "author": author, "created": stamp})
        plain = {"font_name": FACE, "font_size": 10.5, "valign": "vcenter"}
        ruled = {**plain, "border": 1, "border_color": "#808080"}
        add = self.workbook.add_format
        self.title = add({**plain, "font_size": 16, "bold": True, "align": "center"})
        self.note = add({**plain, "font_size": 9, "text_wrap": True, "valign": "top"})
        self.heading = add({**plain, "font_size": 16, "bold": True})
        self.plain = add(plain)
        self.head = add(
            {**ruled, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7ECF2"}
        )
        self.text = add({**ruled, "text_wrap": True})
        self.marked = add({**ruled, "text_wrap": True, "quote_prefix": True})
        written = {**ruled, "text_wrap": True, "locked": False}
        self.open = {
            "long": add(written),
            "text": add({**written, "num_format": "@"}),
            "moment": add({**written, "num_format": "yyyy-mm-dd hh:mm"}),
        }
        self.barred = add({**ruled, "bg_color": "#D9D9D9"})
        self.number = add({**ruled, "align": "center"})
        self.rate = add({**ruled, "align": "center", "num_format": "0.00%"})

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool = True) -> Any:
        """Add a sheet that prints on A4, one page wide."""
        sheet = self.workbook.add_worksheet(_sheet_name(name))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&C— &P —")
        return sheet

    def put(self, sheet: Any, row: int, column: int, cell: str | int | Fraction | None) -> None:
        """Write one cell by its kind: text, count, or rate as a percentage."""
        if cell is None:
            sheet.write_blank(row, column, None, self.text)
        elif isinstance(cell, Fraction):
            sheet.write_number(row, column, float(cell), self.rate)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self.number)
        else:
            runs = cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
            sheet.write_string(row, column, printable(cell), self.marked if runs else self.text)

    def save(self) -> bytes:
        """Return the file's bytes; equal books give equal bytes."""
        self.workbook.close()
        return frozen_zip(self._out.getvalue())


def long_list(part: Path) -> Any:
    """Open a new workbook that is written row by row; a context manager that saves it.

    What is written as a string stays one. Rows wait beside ``part``, which is private as they are.
    """
    return xlsxwriter.Workbook(str(part), {"constant_memory": True, "tmpdir": str(part.parent)})


def _sheet_name(name: str) -> str:
    """Return a name a sheet may have: at most 31 characters, no brackets, slashes or signs."""
    return "".join(c for c in printable(name) if c not in "[]:*?/\\'")[:31] or "表"
