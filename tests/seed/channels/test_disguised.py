"""Web pages and XML spreadsheets that go by the name .xls are read as the tables they show."""

from __future__ import annotations

import zipfile
from base64 import encodebytes
from pathlib import Path

import pytest

from seed.channels.formats import tables_of
from seed.channels.table import ImportFileError, cell_text
from tests.seed.channels.test_other_workbooks import words
from tests.seed.reading import appeals, local, one, opened, refusal, rejects, written
from tests.seed.workbook.test_look import ods

HEADS = "<tr><th>工单编号</th><th>标题</th><th>承办单位</th><th>受理时间</th></tr>"

ROW = "<tr><td>A1</td><td>路灯</td><td>江岸区</td><td>2026-11-20 09:00</td></tr>"


def page(path: Path, table: str, encoding: str = "gbk", declared: str | None = None) -> Path:
    """Write a page whose body is ``table``."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared or encoding}">'
    return written(path, f"<html><head>{meta}</head><body>{table}</body></html>", encoding)


def shown(path: Path) -> list[list[list[str]]]:
    """The tables of a file as text."""
    return [[[*map(cell_text, row.cells)] for row in each.records()] for each in tables_of(path)]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gbk", "gb2312"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "unicode"),
        ("big5", "big5"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    table = f"<table><thead>{HEADS}</thead><tbody>{ROW}</tbody></table>"
    if encoding == "big5":
        table = table.replace("单", "單").replace("办", "辦").replace("标题", "title")
        table = table.replace("时间", "時間").replace("编号", "編號").replace("灯", "燈")
        table = table.replace("区", "區")
        rows = shown(page(tmp_path / "a.xls", table, encoding, declared))[0]
        assert rows[1] == ["A1", "路燈", "江岸區", "2026-11-20 09:00"]
        return
    appeal = one(page(tmp_path / "a.xls", table, encoding, declared))
    assert (appeal.number, appeal.title, appeal.unit) == ("A1", "路灯", "江岸区")
    assert appeal.received_at == local(2026, 11, 20, 9)


def test_cells_are_read_as_a_browser_shows_them(tmp_path: Path) -> None:
    style = "<style>td {mso-number-format:'\\@'}</style><script>'<td>no</td>'</script>"
    cells = (
        "<tr><td>0007<td>路&nbsp;灯\r\n   <b>不</b>亮<br>两天<td x:str='x'>江岸&amp;区"
        '<td x:num="46346.375">2026年11月20日 9:00</tr>'
        "<tr><td>&nbsp;</td></tr>"
        "<tr><td x:num='20261120000123'>2.02611E+13</td><td>井盖</td><td></td>"
        "<td x:num='46346.5'>####</td></tr>"
    )
    path = page(tmp_path / "a.xls", f"{style}<table border=1>{HEADS}{cells}</table>")
    first, second = appeals(opened(path))
    assert (first.number, first.title, first.unit) == ("0007", "路 灯 不亮 两天", "江岸&区")
    assert first.received_at == local(2026, 11, 20, 9)
    assert (second.number, second.received_at) == ("20261120000123", local(2026, 11, 20, 12))
    assert (first.line, second.line) == (2, 4)


def test_what_a_page_shows_too_short_or_broken_is_refused(tmp_path: Path) -> None:
    table = f"<table>{HEADS}{ROW.replace('2026-11-20 09:00', '#REF!')}</table>"
    assert refusal(page(tmp_path / "a.xls", table)).startswith("受理时间“#REF!”")
    long = ROW.replace("<td>A1", "<td x:num='4.2010219900101101E+17'>4.20102E+17")
    path = page(tmp_path / "b.xls", f"<table>{HEADS}{long}</table>")
    assert refusal(path).startswith("工单编号“4.20102E+17”只留了15位")
    zeros = ROW.replace("<td>A1", '<td sdval="420102199001011000">420102199001011000')
    path = page(tmp_path / "c.xls", f"<table>{HEADS}{zeros}</table>")
    assert refusal(path).startswith("工单编号“4.20102E+17”只留了15位")


def test_cells_over_several_rows_and_columns_say_the_same_of_all(tmp_path: Path) -> None:
    table = (
        f"<table><tr><td colspan=4>十一月台账</td></tr>{HEADS}"
        "<tr><td>A1<td>路灯<td rowspan=3>江岸区<td rowspan='2'>2026-11-20 09:00</tr>"
        "<tr style='display:none'><td>A2<td>井盖</tr>"
        "<tr><td colspan=2>噪声<td>2026-11-21 09:00</tr>"
        "</table>"
    )
    reading = opened(page(tmp_path / "a.xls", table))
    found = appeals(reading)
    assert {row.unit for row in found} == {"江岸区"}
    assert [row.title for row in found] == ["路灯", "井盖", "噪声"]
    assert found[1].received_at == local(2026, 11, 20, 9)
    assert found[2].received_at == local(2026, 11, 21, 9)
    assert reading.notices == ("有1行被筛选隐藏，也已读入",)


def test_a_table_within_a_layout_is_a_table_of_its_own(tmp_path: Path) -> None:
    table = f"<table><tr><td>菜单</td><td><table>{HEADS}{ROW}</table></td></tr></table>"
    path = page(tmp_path / "a.xls", table)
    assert one(path).number == "A1"
    assert [len(rows) for rows in shown(path)] == [1, 2]


def test_several_tables_are_asked_for_by_number(tmp_path: Path) -> None:
    path = page(tmp_path / "a.xls", f"<table>{HEADS}{ROW}</table>" * 2)
    with pytest.raises(ImportFileError, match="“表1”、“表2”）：请用 --sheet 指明一张"):
        opened(path)
    assert len(tables_of(path, "表2")) == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>登录已过期</p>", "是网页，里面没有表格"),
        ("<table><tr>" + "<td colspan=1000>a" * 20, "单元格过多"),
        ("<table><tr><td " + "a" * (1 << 21), "内容过长"),
    ],
)
def test_a_page_without_an_honest_table_is_refused(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(ImportFileError, match=told) as refused:
        tables_of(page(tmp_path / "a.xls", body))
    assert "\n" not in str(refused.value)


def test_bytes_that_cannot_be_read_cost_their_row(tmp_path: Path) -> None:
    path = page(tmp_path / "a.xls", f"<table>{HEADS}{ROW}{ROW.replace('A1', 'A2')}</table>")
    path.write_bytes(path.read_bytes().replace(b"A2", b"A\xff"))
    kept, lost = opened(path)
    assert appeals([kept])[0].number == "A1"
    assert rejects([lost])[0].reason.startswith("有无法识别的字节")


def test_a_page_in_one_file_with_its_parts_is_read(tmp_path: Path) -> None:
    inner = f'<html xmlns:x="a"><table>{HEADS}{ROW}</table></html>'.encode("gbk")
    text = (
        "MIME-Version: 1.0\nX-Document-Type: Workbook\n"
        'Content-Type: multipart/related; boundary="b"\n\n'
        "--b\nContent-Type: text/html\n\n<html><frameset></html>\n"
        "--b\nContent-Transfer-Encoding: base64\nContent-Type: text/html\n\n"
        f"{encodebytes(inner).decode()}\n--b--\n"
    )
    assert one(written(tmp_path / "a.xls", text)).unit == "江岸区"


def test_an_open_document_that_is_not_packed_is_read(tmp_path: Path) -> None:
    packed = ods(tmp_path / "a.ods", words("title", "unit") + words("路灯", "江岸区"))
    with zipfile.ZipFile(packed) as archive:
        content = archive.read("content.xml").decode()
    assert one(written(tmp_path / "a.fods", content)).unit == "江岸区"


XML = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<x:ExcelWorkbook>{epoch}</x:ExcelWorkbook>
<Styles><Style ss:ID="n"><NumberFormat ss:Format="00000000"/></Style>
<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="诉求"><Table>
<Row ss:Index="3"><Cell><Data ss:Type="String">工单编号</Data></Cell>
<Cell><Data ss:Type="String">标题</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">承办单位</Data></Cell>
<Cell><Data ss:Type="String">受理时间</Data></Cell></Row>
{rows}</Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVisible</Visible>
</WorksheetOptions></Worksheet>
<Worksheet ss:Name="备份"><Table><Row><Cell><Data ss:Type="String">标题</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>
</WorksheetOptions></Worksheet></Workbook>"""


def xml(path: Path, rows: str, encoding: str = "gb2312", epoch: str = "") -> Path:
    return written(path, XML.format(encoding=encoding, rows=rows, epoch=epoch), encoding)


def test_an_xml_spreadsheet_has_gaps_types_and_merged_cells(tmp_path: Path) -> None:
    rows = (
        '<Row ss:Index="5"><Cell ss:StyleID="n"><Data ss:Type="Number">7</Data></Cell>'
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">路<B>灯</B></ss:Data>'
        '<Comment><ss:Data ss:Type="String">批注</ss:Data></Comment></Cell>'
        '<Cell ss:Index="4" ss:MergeDown="1"><Data ss:Type="String">江岸区</Data></Cell>'
        '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2026-11-20T09:30:00.000</Data></Cell></Row>'
        '<Row ss:Hidden="1"><Cell><Data ss:Type="Number">20261120000123</Data></Cell>'
        '<Cell><Data ss:Type="String">井盖</Data></Cell>'
        '<Cell ss:Index="5"><Data ss:Type="DateTime">2026-11-21T00:00:00.000</Data></Cell></Row>'
    )
    reading = opened(xml(tmp_path / "a.xls", rows))
    first, second = appeals(reading)
    assert (first.line, first.number, first.title, first.unit) == (5, "00000007", "路灯", "江岸区")
    assert first.received_at == local(2026, 11, 20, 9, 30)
    assert (second.number, second.unit) == ("20261120000123", "江岸区")
    assert second.date_only == {"received_at"}
    assert reading.notices == ("隐藏的工作表“备份”没有读", "有1行被筛选隐藏，也已读入")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<Data ss:Type="Error">#N/A</Data>', "受理时间“#N/A”是公式的错误值"),
        ("", "受理时间“#无结果”公式没有结果"),
    ],
)
def test_a_broken_cell_of_an_xml_spreadsheet_costs_its_row(
    tmp_path: Path, cell: str, reason: str
) -> None:
    rows = (
        '<Row><Cell><Data ss:Type="String">A1</Data></Cell>'
        '<Cell><Data ss:Type="String">路灯</Data></Cell>'
        f'<Cell ss:Index="5" ss:Formula="=RC[-1]">{cell}</Cell></Row>'
    )
    assert refusal(xml(tmp_path / "a.xls", rows)).startswith(reason)


@pytest.mark.parametrize(("epoch", "day"), [("", 46346.5), ("<x:Date1904/>", 44884.5)])
def test_an_xml_spreadsheet_counts_days_from_its_epoch(
    tmp_path: Path, epoch: str, day: float
) -> None:
    rows = (
        '<Row><Cell ss:Index="2"><Data ss:Type="String">路灯</Data></Cell>'
        f'<Cell ss:Index="5"><Data ss:Type="Number">{day}</Data></Cell></Row>'
    )
    path = xml(tmp_path / "a.xml", rows, "utf-8", epoch)
    assert one(path).received_at == local(2026, 11, 20, 12)


@pytest.mark.parametrize("extra", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<Broken>"])
def test_an_xml_spreadsheet_that_declares_or_breaks_is_refused(tmp_path: Path, extra: str) -> None:
    path = xml(tmp_path / "a.xls", "", "utf-8")
    text = path.read_text("utf-8").replace("<Workbook", f"{extra}<Workbook")
    with pytest.raises(ImportFileError, match="文件损坏"):
        tables_of(written(path, text))
