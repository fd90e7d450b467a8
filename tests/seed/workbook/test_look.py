"""Workbooks that would end the process or fill the memory are refused in one line, in little."""

from __future__ import annotations

import io
import os
import socket
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from seed.channels.table import ImportFileError
from seed.channels.worksheet import sheets_of
from seed.workbook import limits
from seed.workbook.limits import column_name, column_number
from seed.workbook.look import look_at

BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)

RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

FOOT = b"</sheetData></worksheet>"


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write parts into an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, rows: bytes, **more: bytes) -> Path:
    """Write an .xlsx of one sheet with these rows."""
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": HEAD + rows + FOOT,
    }
    return packed(path, parts | more)


def ods(path: Path, table: str) -> Path:
    """Write an .ods of one table."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest}
    return packed(path, parts | {"content.xml": content.encode()})


CELL = '<table:table-cell {}office:value-type="string"><text:p>a</text:p></table:table-cell>'

A1 = b'<row r="1"><c r="A1"><v>1</v></c></row>'

FAR = {
    "plain": A1 + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "typed": A1 + b'<row r="1048576"><c r="XFD1048576" t="n" s="1"><v>1</v></c></row>',
    "other order": A1 + b'<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
    "single quotes": A1 + b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "line breaks": A1 + b'<row\nr="1048576"><c\n r\n=\n"XFD1048576"\n><v>1</v></c></row>',
    "prefixed": A1 + b'<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "sign in a value": A1 + b'<row r="1048576"><c s=">" r="XFD1048576"><v>1</v></c></row>',
    "small letters": A1 + b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "no place": A1 + b'<row r="1048576">' + b"<c><v>1</v></c>" * 40 + b"</row>",
    "two strays": A1 + b'<row r="2"><c r="XFD2"><v>1</v></c></row>'
    b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_stray_cell_is_named(tmp_path: Path, rows: bytes) -> None:
    with pytest.raises(ImportFileError, match=r"离表格太远（最远到 [A-Z]+1048576）") as refused:
        sheets_of(xlsx(tmp_path / "a.xlsx", rows))
    assert "\n" not in str(refused.value)


def test_a_stray_cell_of_another_part_is_found(tmp_path: Path) -> None:
    away = RELATIONS.replace(b"worksheets/sheet1.xml", b"media/picture.png")
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": away,
        "xl/media/picture.png": HEAD + FAR["plain"] + FOOT,
    }
    with pytest.raises(ImportFileError, match="离表格太远"):
        sheets_of(packed(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    "rows",
    [
        A1,
        b"",
        A1 + b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',  # a format, no content
        A1 + b'<row r="1048576" ht="15"/>',
        A1 + b'<row r="9000"><c r="AZ9000"><v>1</v></c></row>',
        b'<row><c t="inlineStr"><is><t>a&lt;c r="XFD1048576"&gt;</t></is></c></row>',
        b'<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"/></row>',
    ],
)
def test_an_ordinary_sheet_passes(tmp_path: Path, rows: bytes) -> None:
    look_at(xlsx(tmp_path / "a.xlsx", rows))


def test_what_our_own_writer_makes_passes_and_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row in range(3000):
            sheet.write_row(row, 0, [f"{row}", "=A1", "字" * 20, 1.5, "", None, True])
    [read] = sheets_of(path)
    assert sum(1 for _ in read.records()) == 3000


def test_too_many_honest_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 5)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 7))
    with pytest.raises(ImportFileError, match="有6个单元格，超过5个：请分成几份"):
        sheets_of(xlsx(tmp_path / "a.xlsx", rows))


BLANK = '<table:table-cell table:number-columns-repeated="{}"/>'

TABLES = {
    "far cell": f"<table:table-row>{CELL.format('')}</table:table-row>"
    '<table:table-row table:number-rows-repeated="1048574"/>'
    f"<table:table-row>{BLANK.format(16383)}{CELL.format('')}</table:table-row>",
    "repeated cell": "<table:table-row>"
    + CELL.format('table:number-columns-repeated="16384" ')
    + "</table:table-row>",
    "repeated row": '<table:table-row table:number-rows-repeated="1048576">'
    f"{CELL.format('')}</table:table-row>",
    "both": '<table:table-row table:number-rows-repeated="2000">'
    + CELL.format('table:number-columns-repeated="2000" ')
    + "</table:table-row>",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_repeated_cells_of_a_document_are_counted(tmp_path: Path, table: str) -> None:
    with pytest.raises(ImportFileError, match=r"离表格太远|重复"):
        sheets_of(ods(tmp_path / "a.ods", table))


def test_an_ordinary_document_passes(tmp_path: Path) -> None:
    table = (
        f"<table:table-row>{CELL.format('')}{BLANK.format(16383)}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="3">{CELL.format("")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048570">{BLANK.format(16384)}'
        "</table:table-row>"
    )
    [sheet] = sheets_of(ods(tmp_path / "a.ods", table))
    assert [list(record.cells) for record in sheet.records()] == [["a"]] * 4


def _lying(path: Path) -> Path:
    """Write an .xlsx whose directory says that a sheet of 1 MB holds 100 bytes."""
    xlsx(path, b" " * (1 << 20))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 100)
    path.write_bytes(content)
    return path


def _encrypted(path: Path) -> Path:
    xlsx(path, A1)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


def _overlapping(path: Path) -> Path:
    xlsx(path, A1)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 20, len(content) + 1)
    path.write_bytes(content)
    return path


def _nested(path: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", b"1,2")
    return packed(path, {"inner.zip": inner.getvalue(), "a.xlsx": b"PK\x03\x04"})


def _many(path: Path) -> Path:
    return packed(path, {f"{n}.xml": b"" for n in range(10_001)})


def _cut(path: Path) -> Path:
    content = xlsx(path, A1).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def _other_packing(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
    return path


BAD: Mapping[Callable[[Path], Path], str] = {
    lambda path: xlsx(path, b"<a/>" * (13 << 20)): "压缩炸弹",
    _lying: "压缩炸弹",
    _overlapping: "压缩炸弹",
    _encrypted: "有密码",
    _nested: "是压缩包，不是工作簿",
    _many: "10,001个文件",
    _cut: "文件损坏",
    _other_packing: "压缩方式不认识",
    lambda path: xlsx(path, b"<c " + b"a" * (5 << 20)): "过长",
    lambda path: packed(path, {"xl/workbook.bin": b""}): "xlsb",
    lambda path: packed(path, {"xl/workbook.xml": BOOK, "content.xml": b"<a/>"}): "文件损坏",
    lambda path: packed(path, {"xl/workbook.xml": BOOK.decode().encode("utf-16")}): "编码",
}


@pytest.mark.parametrize(("made", "told"), BAD.items())
def test_what_is_no_honest_workbook_is_refused(
    tmp_path: Path, made: Callable[[Path], Path], told: str
) -> None:
    with pytest.raises(ImportFileError, match=told) as refused:
        sheets_of(made(tmp_path / "a.xlsx"))
    assert "\n" not in str(refused.value)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
from pathlib import Path
from seed.channels.formats import tables_of
from seed.channels.table import ImportFileError
for name in sys.argv[1:]:
    try:
        tables_of(Path(name))
    except ImportFileError as refused:
        print(refused)
"""


def test_none_needs_more_than_500_megabytes(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(60):
                sheet.write(b"<a/>" * (1 << 18))
    paths = [
        xlsx(tmp_path / "far.xlsx", FAR["plain"]),
        ods(tmp_path / "both.ods", TABLES["both"]),
        _lying(tmp_path / "lying.xlsx"),
        bomb,
    ]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, paths)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == len(paths)


def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for name in ("fifo", "folder", "socket", "/dev/zero"):
            with pytest.raises(OSError):
                look_at(tmp_path / name)


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_name(number) == letters
    assert column_number(letters.encode()) == number
