"""What a person sees in a workbook is what is read; what it lost is refused with the cause."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from seed.channels.formats import tables_of
from seed.channels.reading import Reading, read_file
from seed.channels.table import ImportFileError, cell_text
from tests.seed.reading import NOW, WUHAN, appeals, local, one, opened, refusal, rejects
from tests.seed.workbook.test_look import packed

HEADS = ["工单编号", "标题", "承办单位", "受理时间", "办结时间", "备注一"]

ROW = ["A1", "路灯", "江岸区", "2026-11-02 09:00", "2026-11-03 09:00", None]


def sheet_of(
    path: Path, change: Callable[[Worksheet], None], rows: Sequence[Sequence[object]] = (HEADS, ROW)
) -> Path:
    """Write one sheet of rows, changed afterwards."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    book.save(path)
    return path


def with_cell(path: Path, place: str, value: object, form: str | None = None) -> Path:
    def change(sheet: Worksheet) -> None:
        sheet[place] = value  # type: ignore[assignment]  # anything openpyxl writes
        if form:
            sheet[place].number_format = form

    return sheet_of(path, change)


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw(path: Path, rows: str, after: str = "", texts: str = "") -> Path:
    """Write one sheet whose rows are XML, prefix x allowed, and its common texts."""
    made = with_cell(path, "A1", "a")
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = f'xmlns="{SPACE}" xmlns:x="{SPACE}"'
    sheet = f"<worksheet {space}><sheetData>{rows}</sheetData>{after}</worksheet>"
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    parts["xl/sharedStrings.xml"] = f"<sst {space}>{texts}</sst>".encode()
    return packed(path, parts)


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#DIV/0!", "####"])
@pytest.mark.parametrize(
    ("place", "column"), [("A2", "工单编号"), ("B2", "标题"), ("E2", "办结时间")]
)
def test_a_broken_cell_that_is_read_costs_its_row(
    tmp_path: Path, shown: str, place: str, column: str
) -> None:
    reason = refusal(with_cell(tmp_path / "a.xlsx", place, shown))
    assert reason.startswith(f"{column}“{shown}”") and reason.endswith(("再导入", "重新导出"))


def test_a_broken_cell_that_nobody_reads_does_no_harm(tmp_path: Path) -> None:
    assert one(with_cell(tmp_path / "a.xlsx", "F2", "#REF!")).number == "A1"


def test_a_formula_that_was_never_worked_out_has_no_result(tmp_path: Path) -> None:
    reason = refusal(with_cell(tmp_path / "a.xlsx", "E2", "=D2+1"))
    assert reason == "办结时间“#无结果”公式没有结果：请用表格软件打开，另存后再导入"


def test_a_formula_with_a_result_is_its_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula("C2", '=VLOOKUP("a",A1:B2,2)', None, "江汉区")
    assert one(path).unit == "江汉区"
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>unit</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c>'
        '<c r="B2" t="str"><f>IF(A2="","b","")</f><v></v></c></row>'
    )
    assert one(raw(tmp_path / "b.xlsx", rows)).unit is None


@pytest.mark.parametrize(
    "spelt", ["<{}c r='{}' t = 'e'>", '<{}c t="e" r="{}">', '<{}c\nr="{}" t="e">']
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_an_error_is_found_however_its_tag_is_spelt(
    tmp_path: Path, spelt: str, prefix: str
) -> None:
    cell = '<{0}c r="{1}" t="inlineStr"><{0}is><{0}t>{2}</{0}t></{0}is></{0}c>'
    broken = spelt.format(prefix, "B2") + f"<{prefix}v>#N/A</{prefix}v></{prefix}c>"
    rows = (
        f'<{prefix}row r="1">{cell.format(prefix, "A1", "title")}'
        f"{cell.format(prefix, 'B1', 'unit')}</{prefix}row>"
        f'<{prefix}row r="2">{cell.format(prefix, "A2", "a")}{broken}</{prefix}row>'
    )
    assert refusal(raw(tmp_path / "a.xlsx", rows)).startswith("unit“#N/A”")


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("form", ["General", "0.00", "yyyy-mm-dd hh:mm", 'e"年"', "[h]:mm"])
def test_a_day_number_counts_from_the_epoch_of_its_workbook(
    tmp_path: Path, since_1904: bool, form: str
) -> None:
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)

    def change(sheet: Worksheet) -> None:
        assert sheet.parent
        sheet.parent.epoch = epoch if since_1904 else sheet.parent.epoch
        sheet["D2"] = (datetime(2026, 11, 2, 9, 30) - epoch) / timedelta(days=1)
        sheet["D2"].number_format = form

    assert one(sheet_of(tmp_path / "a.xlsx", change)).received_at == local(2026, 11, 2, 9, 30)


def test_a_refused_row_keeps_the_dates_of_its_epoch(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent
        sheet.parent.epoch = datetime(1904, 1, 1)
        sheet["D2"], sheet["E2"] = 44884.5, "#REF!"

    (row,) = rejects(opened(sheet_of(tmp_path / "a.xlsx", change)))
    assert row.raw["受理时间"] == "2026-11-20 12:00:00"


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml"])
def test_marks_find_their_sheet_wherever_it_is_pointed_to(tmp_path: Path, target: str) -> None:
    path = with_cell(tmp_path / "a.xlsx", "E2", "#REF!")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/_rels/workbook.xml.rels"
    moved = parts[name].replace(b"/xl/worksheets/sheet1.xml", target.encode())
    assert refusal(packed(path, parts | {name: moved})).startswith("办结时间“#REF!”")


def test_digits_that_are_a_date_are_read_as_they_show(tmp_path: Path) -> None:
    shown = with_cell(tmp_path / "a.xlsx", "D2", 20261102, '0000"年"00"月"00"日"')
    assert one(shown).received_at == local(2026, 11, 2)
    assert one(with_cell(tmp_path / "b.xlsx", "D2", 20261102093000)).received_at == local(
        2026, 11, 2, 9, 30
    )


def test_a_serial_of_a_file_without_an_epoch_is_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title":"a","received_at":46346.5}\n', encoding="utf-8")
    assert "1900和1904两种日期系统" in refusal(path)


@pytest.mark.parametrize(
    ("value", "form", "number"),
    [
        (42, "00000000", "00000042"),
        (20261120000123, "General", "20261120000123"),
        (20261120000123, "0.00E+00", "20261120000123"),
        (7, '"WH"0000', "WH0007"),
        (1001, "0.00", "1001"),
    ],
)
def test_a_number_is_whole_with_the_zeros_that_show(
    tmp_path: Path, value: float, form: str, number: str
) -> None:
    assert one(with_cell(tmp_path / "a.xlsx", "A2", value, form)).number == number


def test_a_number_of_eighteen_digits_lost_the_last(tmp_path: Path) -> None:
    path = with_cell(tmp_path / "a.xlsx", "A2", 420102199001011234)
    (row,) = rejects(opened(path))
    assert row.reason.startswith("工单编号“4.20102E+17”只留了15位")
    assert row.raw["工单编号"] == "4.20102E+17"


def test_a_merged_cell_says_the_same_of_all_it_covers(tmp_path: Path) -> None:
    rows = [HEADS] + [[f"A{n}", "路灯", *["江岸区" if n == 0 else None] * 1] for n in range(500)]

    def change(sheet: Worksheet) -> None:
        sheet["D2"] = "2026-11-02 09:00"
        for line in range(3, 502):
            sheet.cell(line, 5, "2026-11-05 09:00")
        sheet.merge_cells("C2:C501")
        sheet.merge_cells("D2:D501")
        sheet.merge_cells("D503:E503")

    found = appeals(opened(sheet_of(tmp_path / "a.xlsx", change, rows)))
    assert {row.unit for row in found} == {"江岸区"} and len(found) == 500
    assert {row.received_at for row in found} == {local(2026, 11, 2, 9)}


def test_a_merged_heading_or_note_stays_one_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["十一月台账"], [*HEADS], [*ROW], ["制表人：甲"]]

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("A4:F5")
        sheet.merge_cells("D3:E3")

    path = sheet_of(tmp_path / "a.xlsx", change, rows)
    (table,) = tables_of(path)
    shown = [[cell_text(cell) for cell in record.cells] for record in table.records()]
    assert shown[0] == ["十一月台账", "", "", "", "", ""]
    assert shown[2][3] == shown[2][4] == ROW[3]
    assert shown[3] == ["制表人：甲", "", "", "", "", ""]


def test_merged_cells_begin_at_the_column_of_the_table(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_cols(1, 2)
        sheet["C2"] = "#REF!"
        sheet["H2"] = 1
        sheet.merge_cells("E2:E3")
        sheet["D3"] = "井盖"

    lost, read = opened(sheet_of(tmp_path / "a.xlsx", change))
    assert rejects([lost])[0].reason.startswith("工单编号“#REF!”")
    assert appeals([read])[0].unit == "江岸区"


def test_merged_cells_that_overlap_are_refused(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>1</v></c></row>'
    merged = "<mergeCells>" + '<mergeCell ref="A1:C3"/>' * 9 + "</mergeCells>"
    path = raw(tmp_path / "a.xlsx", rows, merged)
    with pytest.raises(ImportFileError, match="合并单元格互相重叠"):
        tables_of(path)


def book_of(path: Path, **states: str) -> Path:
    """Write a workbook of sheets, each visible, hidden or veryHidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet("图")
    book.create_sheet("空表")
    for name, state in states.items():
        sheet = book.create_sheet(name)
        sheet.append(HEADS)
        sheet.append([name, *ROW[1:]])
        sheet.sheet_state = state
    book.save(path)
    return path


def named(path: Path, sheet: str | None) -> Reading:
    return read_file(path, sheet=sheet, zone=WUHAN, now=NOW)


def test_hidden_sheets_are_left_alone_and_named(tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", 甲="visible", 乙="hidden", 丙="veryHidden")
    reading = opened(path)
    assert [row.number for row in appeals(reading)] == ["甲"]
    assert reading.notices == ("隐藏的工作表“乙”、“丙”没有读",)


def test_hidden_sheets_are_named_where_nothing_else_is_known(tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", 甲="hidden")
    with pytest.raises(ImportFileError, match="隐藏的工作表“甲”没有看，要读请用 --sheet"):
        opened(path)
    book = openpyxl.Workbook()
    book.worksheets[0].title, book.worksheets[0].sheet_state = "甲", "hidden"
    book.create_chartsheet("图")
    book.active = 1
    book.save(path)
    with pytest.raises(ImportFileError, match="只有隐藏的工作表“甲”：要读请用 --sheet"):
        opened(path)


def test_one_of_several_sheets_is_asked_for_by_name(tmp_path: Path) -> None:
    path = book_of(tmp_path / "a.xlsx", 甲="visible", 乙="visible", 丙="hidden")
    with pytest.raises(ImportFileError, match="“甲”、“乙”）：请用 --sheet 指明一张"):
        opened(path)
    assert [row.number for row in appeals(named(path, "乙"))] == ["乙"]
    assert [row.number for row in appeals(named(path, " 丙 "))] == ["丙"]
    with pytest.raises(ImportFileError, match="没有工作表“丁”：有 “空表”、“甲”、“乙”、“丙”"):
        named(path, "丁")


def test_rows_that_a_filter_hides_are_read_and_counted(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for line in (3, 4, 6):
            sheet.row_dimensions[line].hidden = True

    rows = [HEADS, *([f"A{n}", "路灯"] for n in range(4))]
    reading = opened(sheet_of(tmp_path / "a.xlsx", change, rows))
    assert len(appeals(reading)) == 4
    assert reading.notices == ("有2行被筛选隐藏，也已读入",)


def test_rich_text_is_read_without_its_sounds(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    )
    texts = "<si><r><t>a_x000D_</t></r><r><t>b</t></r><rPh sb='0' eb='1'><t>PHONETIC</t></rPh></si>"
    assert one(raw(tmp_path / "a.xlsx", rows, texts=texts)).title == "a b"
