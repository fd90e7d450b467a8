"""A workbook read back as a person meets it: what its sheets hold, how large they print."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, range_boundaries

from rules.paper.sheet import A3, A4, LEAST_SIZE

PAPERS = {str(paper.code): paper for paper in (A4, A3)}


def opened(content: bytes | Path) -> Any:
    """Return a workbook of which every sheet was found to be fit to be printed and harmless."""
    book = load_workbook(BytesIO(content) if isinstance(content, bytes) else content)
    assert not book.defined_names
    for sheet in book:
        fit_to_print(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d", "inlineStr") and not cell.hyperlink
    return book


def fit_to_print(sheet: Any) -> None:
    """Hold that a sheet prints on its side, legibly, with numbered pages and repeated headings."""
    assert sheet.page_setup.orientation == "landscape"
    assert points_printed(sheet) >= LEAST_SIZE, sheet.title
    assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    assert sheet.oddHeader.left.text
    if sheet.freeze_panes:
        top, repeated = _row(sheet.freeze_panes) - 1, sheet.print_title_rows
        assert repeated == f"${top}:${top}"


def points_printed(sheet: Any) -> float:
    """Return the size of the smallest text on paper, by the file's own widths and page set-up."""
    area = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
    left, right = area[0] or 1, area[2] or 1
    widths = {n: _points(sheet, n) for n in range(left, right + 1)}
    setup, margins = sheet.page_setup, sheet.page_margins
    room = PAPERS[str(setup.paperSize)].width - 72 * (margins.left + margins.right)
    if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
        assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
        scale = min(1.0, room / sum(widths.values()))
    else:
        scale = (setup.scale or 100) / 100
        lead = _repeated(sheet)
        breaks = [one.id + 1 for one in sheet.col_breaks.brk]
        starts = [max((0, *lead)) + 1, *breaks]
        for first, end in zip(starts, [*breaks, right + 1], strict=True):
            page = sum(map(widths.__getitem__, (*lead, *range(first, end))))
            assert page * scale <= room, (sheet.title, first)
    sizes = {
        cell.font.size for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
    }
    return float(scale * min(sizes, default=10.5))


def _points(sheet: Any, number: int) -> float:
    """Return how wide a column is: the file counts digits of 7 pixels."""
    for letters, column in sheet.column_dimensions.items():
        first = column.min or column_index_from_string(letters)
        if first <= number <= (column.max or first):
            return 0.0 if column.hidden else int(float(column.width) * 7) * 0.75
    raise AssertionError(f"{sheet.title} leaves the width of column {number} open")


def _repeated(sheet: Any) -> list[int]:
    if not (told := sheet.print_title_cols):
        return []
    first, last = map(column_index_from_string, told.replace("$", "").split(":"))
    return list(range(first, last + 1))


def _row(place: str) -> int:
    return int("".join(sign for sign in place if sign.isdigit()))


def table_of(sheet: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the headings of a sheet's table and its lines."""
    head = _row(sheet.freeze_panes) - 1
    heads, *lines = sheet.iter_rows(min_row=head, values_only=True)
    return list(heads), lines
