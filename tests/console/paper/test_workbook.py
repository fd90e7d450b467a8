"""Workbooks: typed cells, legible print, nothing that runs, equal bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from console.paper import Book, Cell, Drawing, Table, bars, courses
from rules.errors import DubanError
from rules.paper.sheet import CUT, SheetColumn
from tests.console.sheets import opened, table_of

MADE = datetime(2026, 11, 26, 15, 20)
SHANGHAI = timezone(timedelta(hours=8))
COLUMNS = (
    SheetColumn("编号", 19),
    SheetColumn("事项", 30),
    SheetColumn("件数", 8),
    SheetColumn("满意率", 9),
    SheetColumn("到期", 17),
    SheetColumn("日期", 12, detail=True),
)
LINE: list[Cell] = [
    "20261120001234567890",
    "停水",
    12,
    Fraction(3, 4),
    datetime(2026, 11, 26, 23, 59, 30, tzinfo=SHANGHAI),
    date(2026, 11, 26),
]


def _made(*lines: list[Cell], columns: tuple[SheetColumn, ...] = COLUMNS, named: int = 1) -> bytes:
    book = Book("表", "部", MADE)
    book.table("表", "一览", ["至2026-11-26"], columns, lines, named=named)
    return book.save()


def _long(path: Path, *lines: list[Cell]) -> Path:
    with Book("表", "部", MADE, path.parent) as book:
        book.table("表", "一览", ["至2026-11-26"], COLUMNS, iter(lines), named=1)
        path.write_bytes(book.save())
    return path


@pytest.mark.parametrize("long", [False, True])
def test_cells_are_what_they_say(long: bool, tmp_path: Path) -> None:
    told = _long(tmp_path / "a.xlsx", LINE) if long else _made(LINE)
    sheet = opened(told)["表"]
    cells = sheet[4]
    assert [cell.value for cell in cells] == [
        "20261120001234567890",
        "停水",
        12,
        0.75,
        datetime(2026, 11, 26, 23, 59, 30),
        datetime(2026, 11, 26),
    ]
    formats = [cell.number_format for cell in cells]
    assert formats[2:] == ["General", "0.00%", "yyyy-mm-dd hh:mm", "yyyy-mm-dd"]
    assert sheet.auto_filter.ref == "A3:F4" and sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["F"].outlineLevel == 1


def test_numbers_written_as_text_raise_no_green_triangle(tmp_path: Path) -> None:
    with ZipFile(_long(tmp_path / "a.xlsx", LINE)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<ignoredError sqref="A3:F4" numberStoredAsText="1"/>' in sheet


EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "＝1",
    "\t=1",
    "http://a.b/c",
    "mailto:a@b.c",
    "{=1}",
    "\x1b]0;x\x07停水\x00\u202e",
    "_x0041_",
    "<b>&amp;",
    "x" * 40_000,
]


@pytest.mark.parametrize("long", [False, True])
def test_no_text_runs_or_is_lost(long: bool, tmp_path: Path) -> None:
    lines: list[list[Cell]] = [[text, *LINE[1:]] for text in EVIL]
    told = _long(tmp_path / "a.xlsx", *lines) if long else _made(*lines)
    sheet = opened(told)["表"]
    first = 4 if long else 5  # what is too tall to be shown is said above the table
    cells = [row[0] for row in sheet.iter_rows(min_row=first)]
    seen = [cell.value for cell in cells]
    assert seen[:6] == EVIL[:6] and seen[7:9] == EVIL[7:9]
    assert seen[10] == "停水" and seen[12] == "<b>&amp;"
    assert seen[13].endswith(CUT) and len(seen[13]) <= 32_767
    quoted = [cell.quotePrefix for cell in cells]
    assert quoted[:7] == [True] * 7 and not quoted[7]


@pytest.mark.parametrize("long", [False, True])
def test_rows_are_as_tall_as_their_text_needs_in_every_program(long: bool, tmp_path: Path) -> None:
    lines: list[list[Cell]] = [LINE, ["1", "诉" * 100, *LINE[2:]], ["2", "甲\n乙", *LINE[2:]]]
    sheet = opened(_long(tmp_path / "a.xlsx", *lines) if long else _made(*lines))["表"]
    assert sheet.sheet_format.defaultRowHeight == sheet.row_dimensions[2].height
    assert sheet.row_dimensions[5].height > 7 * 15 and sheet.row_dimensions[6].height > 2 * 15
    assert sheet.row_dimensions[5].customHeight and sheet["B6"].alignment.wrap_text


def test_a_column_grows_until_its_texts_can_be_shown_whole() -> None:
    sheet = opened(_made(["1", "诉" * 800, *LINE[2:]]))["表"]
    assert 60 < sheet.column_dimensions["B"].width < 120 and sheet["A3"].value == "编号"
    assert 27 * 14 < sheet.row_dimensions[4].height <= 409
    told = opened(_made(["1", "诉" * 5_000, *LINE[2:]]))["表"]["A3"].value
    assert told == "有1格的文字比一行所能显示的高，打印不全；全文在格子里。"


def test_what_is_too_wide_for_one_page_is_printed_on_several_with_its_first_columns() -> None:
    wide = tuple(SheetColumn(f"列{n}", 20) for n in range(24))
    sheet = opened(_made([f"甲{n}" for n in range(24)], columns=wide, named=2))["表"]
    assert sheet.col_breaks.brk and sheet.print_title_cols == "$A:$B"
    assert "一览" in sheet.oddHeader.left.text and "$3" in sheet.print_area


def test_a_title_of_any_signs_is_the_running_head_and_nothing_else() -> None:
    book = Book("表", "&P" * 100, MADE)
    book.table("表", "&R&D" * 100, (), COLUMNS, [LINE])
    with ZipFile(BytesIO(book.save())) as parts:
        sheet = fromstring(parts.read("xl/worksheets/sheet1.xml"))
    [head] = [one.text or "" for one in sheet.iter() if one.tag.endswith("oddHeader")]
    face = '&9&"宋体,Regular"'
    assert head == f"&L{face}{('&R&D' * 20)[:70].replace('&', '&&')}&R{face}{'&&P' * 15}"
    assert len(head) <= 255


def test_a_table_of_more_lines_than_a_sheet_has_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("console.paper.workbook.MOST_ROWS", 5)
    assert len(table_of(opened(_made(LINE, LINE))["表"])[1]) == 2
    with pytest.raises(DubanError, match="请先筛选"):
        _made(LINE, LINE, LINE)


def test_sheets_of_one_name_stand_side_by_side() -> None:
    book = Book("表", "部", MADE)
    for name in ("市直[部门]", "市直部门", "x" * 40, "X" * 40):
        book.table(name, "一览", (), COLUMNS, [LINE])
    assert opened(book.save()).sheetnames == [
        "市直部门",
        "市直部门（2）",
        "x" * 31,
        "X" * 28 + "（2）",
    ]


def test_equal_books_are_equal_bytes(tmp_path: Path) -> None:
    assert _made(LINE) == _made(LINE)
    paths = [_long(tmp_path / name, LINE, LINE) for name in ("a.xlsx", "b.xlsx")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert load_workbook(paths[0]).properties.created == MADE


def test_a_moment_is_written_as_the_bureau_s_whatever_its_zone_says() -> None:
    told = [datetime(2026, 11, 26, 8, 0, tzinfo=zone) for zone in (None, UTC, SHANGHAI)]
    sheet = opened(_made(*([*LINE[:4], moment, None] for moment in told)))["表"]
    assert {row[4].value for row in sheet.iter_rows(min_row=4)} == {datetime(2026, 11, 26, 8, 0)}


def _rules(sheet: Any) -> dict[str, list[str]]:
    return {
        str(found.sqref): [rule.formula[0] for rule in found.rules if rule.formula]
        for found in sheet.conditional_formatting
    }


def test_shades_follow_the_values_of_their_row() -> None:
    book = Book("表", "部", MADE)
    table = book.table("表", "一览", (), COLUMNS, [LINE, LINE], named=1)
    book.shade_words(table, "事项", {"停": "red"}, also=("编号",))
    book.shade_before(table, "到期", MADE, "yellow")
    book.bars(table, "件数")
    sheet = opened(book.save())["表"]
    assert _rules(sheet) == {
        "B3:B4": ['LEFT($B3,1)="停"'],
        "A3:A4": ['LEFT($B3,1)="停"'],
        "E3:E4": ["IF(ISNUMBER($E3),$E3,IFERROR(DATEVALUE(LEFT($E3,10))+1,9E9))<46352.63888888889"],
        "C3:C4": [],
    }


@pytest.mark.parametrize("draw", [bars, courses])
def test_charts_read_the_table_and_differ_without_colours(draw: Any) -> None:
    book = Book("表", "部", MADE)
    table: Table = book.table("表", "一览", (), COLUMNS, [LINE, LINE], named=1)
    drawing = Drawing("甲&乙", "事项", ["件数", "满意率"])
    book.drawings("图", "一览", [draw(book, table, drawing)])
    [chart] = opened(book.save())["图"]._charts
    first, second = chart.series
    assert (first.val.numRef.f, first.cat.strRef.f) == ("表!$C$3:$C$4", "表!$B$3:$B$4")
    assert _look(first) != _look(second)


def _look(series: Any) -> tuple[str, ...]:
    """Return what tells a series from another when colours are gone."""
    if series.marker is not None and series.marker.symbol:
        return series.marker.symbol, series.spPr.ln.prstDash
    fill = series.spPr.pattFill
    return (fill.prst,) if fill else (str(series.spPr.solidFill.srgbClr),)
