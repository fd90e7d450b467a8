"""Workbooks of the binary form and open documents say what they show, as .xlsx do.

``made/`` holds one ledger, written by openpyxl and saved by LibreOffice as .xls and as .ods.
"""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from seed.channels.formats import tables_of
from seed.channels.table import Doubt, ImportFileError, Shown
from tests.seed.reading import appeals, local, one, opened, refusal, rejects
from tests.seed.workbook.test_look import ods

MADE = Path(__file__).parent / "made"

OLD, OPEN = MADE / "ledger.xls", MADE / "ledger.ods"


@pytest.mark.parametrize("path", [OLD, OPEN], ids=["xls", "ods"])
def test_a_ledger_is_read_as_it_is_shown(path: Path) -> None:
    reading = opened(path)
    first, second = appeals(reading)
    assert (first.line, first.number, first.address) == (3, "00000007", "50%")
    assert first.received_at == local(2026, 11, 20, 9, 30)
    assert (second.number, second.title, second.unit) == ("20261120000123", "井盖", "江岸区")
    assert second.received_at == local(2026, 11, 20, 12)
    assert second.closed_at == local(2026, 11, 21, 12)
    assert reading.notices == ("隐藏的工作表“备份”、“深藏”没有读", "有1行被筛选隐藏，也已读入")


@pytest.mark.parametrize("path", [OLD, OPEN], ids=["xls", "ods"])
def test_what_a_ledger_lost_costs_its_rows(path: Path) -> None:
    lost = {
        row.line: row.reason.partition("：")[0]
        for row in rejects(opened(path, now=local(2026, 11, 25)))
    }
    assert lost == {
        5: "工单编号“4.20102E+17”只留了15位，后面的数字已丢失",
        6: "办结时间“#N/A”是公式的错误值",
        7: "受理时间“#DIV/0!”是公式的错误值",
    }


def changed(path: Path, old: bytes, new: bytes) -> Path:
    """Write the binary ledger with one record changed."""
    content = OLD.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))
    return path


DATE_MODE = b"\x22\0\x02\0\0\0"


def test_a_binary_workbook_counts_days_from_its_epoch(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xls", DATE_MODE, DATE_MODE[:-2] + b"\1\0")
    rows = appeals(opened(path, now=local(2030, 12, 1)))
    assert rows[1].received_at == local(2030, 11, 21, 12)


def test_a_serial_of_a_binary_workbook_without_an_epoch_is_doubtful(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.xls", DATE_MODE, b"\x99" + DATE_MODE[1:])
    reasons = {row.line: row.reason for row in rejects(opened(path))}
    assert "1900和1904两种日期系统" in reasons[4]


def renamed(path: Path, name: str) -> Path:
    """Write the binary ledger with its stream under another name."""
    content = bytearray(OLD.read_bytes())
    at = content.index("Workbook".encode("utf-16-le"))
    struct.pack_into("<64sH", content, at, name.encode("utf-16-le"), 2 * len(name) + 2)
    path.write_bytes(content)
    return path


def circling(path: Path) -> Path:
    """Write the binary ledger with a directory that follows itself."""
    content = bytearray(OLD.read_bytes())
    directory, table = (struct.unpack_from("<I", content, at)[0] for at in (48, 76))
    struct.pack_into("<I", content, (table + 1) * 512 + 4 * directory, directory)
    path.write_bytes(content)
    return path


def test_what_is_no_honest_binary_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    for made, told in (
        (renamed(path, "EncryptedPackage"), "有密码"),
        (renamed(path.with_name("b.xls"), "WordDocument"), "不是工作簿"),
        (changed(path.with_name("e.xls"), DATE_MODE, b"\x2f" + DATE_MODE[1:]), "有密码"),
        (circling(path.with_name("c.xls")), "文件损坏"),
        (changed(path.with_name("d.xls"), OLD.read_bytes()[512:], b""), "文件损坏"),
    ):
        with pytest.raises(ImportFileError, match=told):
            tables_of(made)


@pytest.mark.parametrize("original", [OLD, OPEN], ids=["xls", "ods"])
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, original: Path) -> None:
    chance = random.Random(1)
    path = tmp_path / original.name
    for _ in range(60):
        content = bytearray(original.read_bytes())
        for _ in range(6):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            list(opened(path))
        except ImportFileError as refused:
            assert "\n" not in str(refused)


def cell(kind: str, more: str, text: str = "") -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell {more} office:value-type="{kind}">{shown}</table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def words(*texts: str) -> str:
    return row(*(cell("string", "", text) for text in texts))


def test_repeated_cells_and_rows_of_a_document_are_read_each(tmp_path: Path) -> None:
    table = words("title", "unit", "co_units", "received_at") + row(
        cell("string", "", "一<text:s text:c='2'/>二</text:p><text:p>三<text:tab/>四"),
        cell("string", 'table:number-columns-repeated="2"', "江岸区"),
        cell("date", 'office:date-value="2026-11-20"', "二〇二六年"),
        more='table:number-rows-repeated="2"',
    )
    first, again = opened(ods(tmp_path / "a.ods", table))
    (appeal,) = appeals([first])
    assert (appeal.title, appeal.unit, appeal.co_units) == ("一 二 三 四", "江岸区", ("江岸区",))
    assert appeal.received_at == local(2026, 11, 20) and appeal.date_only == {"received_at"}
    assert rejects([again])[0].line == 3


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (cell("percentage", 'office:value="0.125"', "12.5%"), Shown("12.5%", 0.125)),
        (cell("float", 'office:value="46346.5"', "46,346.50"), 46346.5),
        (cell("float", 'office:value="42"', "###"), 42.0),
        (cell("float", 'office:value="42"', "0042"), Shown("0042", 42.0)),
        (cell("currency", 'office:value="3"', "￥3.00"), Shown("￥3.00", 3.0)),
        (cell("boolean", 'office:boolean-value="true"', "真"), True),
        (cell("time", 'office:time-value="PT09H30M00S"', "9:30"), "09:30:00"),
        ('<table:table-cell table:formula="of:=A1"/>', "#无结果"),
    ],
)
def test_typed_cells_of_a_document_keep_what_they_show(
    tmp_path: Path, value: str, read: object
) -> None:
    (table,) = tables_of(ods(tmp_path / "a.ods", row(cell("string", "", "a"), value)))
    (record,) = table.records()
    found = record.cells[1]
    assert (found.shown if isinstance(found, Doubt) else found) == read or str(found) == read


def test_a_merged_cell_and_a_filter_of_a_document(tmp_path: Path) -> None:
    table = (
        words("title", "unit")
        + row(cell("string", "", "一"), cell("string", 'table:number-rows-spanned="2"', "江岸区"))
        + row(
            cell("string", "", "二"),
            '<table:covered-table-cell office:value-type="string"><text:p>旧</text:p>'
            "</table:covered-table-cell>",
            more='table:visibility="filter"',
        )
    )
    reading = opened(ods(tmp_path / "a.ods", table))
    assert [each.unit for each in appeals(reading)] == ["江岸区", "江岸区"]
    assert reading.notices == ("有1行被筛选隐藏，也已读入",)


def test_a_document_counts_days_from_its_own_first(tmp_path: Path) -> None:
    settings = '<table:null-date table:date-value="1904-01-01"/>'
    table = words("title", "received_at") + row(
        cell("string", "", "一"), cell("float", 'office:value="44884.5"', "44884.5")
    )
    path = ods(tmp_path / "a.ods", settings + table)
    assert one(path).received_at == local(2026, 11, 20, 12)
    broken = table.replace("44884.5</text:p>", "Err:502</text:p>").replace("float", "string")
    assert refusal(ods(tmp_path / "b.ods", broken)).startswith("received_at“Err:502”是公式的错误值")
