"""Where the filled cells of a sheet lie, told from its XML piece by piece.

The tags are looked for, not the tree: a sheet of millions of cells is passed in seconds, and a tag
in a comment can only make a sheet look larger than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seed.workbook.limits import (
    MOST_REPEATED,
    MOST_TAG,
    Extent,
    WorkbookRefused,
    column_number,
)

_ATTRIBUTES = rb"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: [st]="\w*")*>')

_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: [st]="\w*")*/>')

_ANY = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])" + _ATTRIBUTES)

_STARTS = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")

_PLAIN_ROW = re.compile(rb'<row r="\d+"[^>"]*(?:"[^">]*"[^>"]*)*>')

_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\s*([A-Za-z]{0,3})(\d{1,7})")

_ODS = re.compile(
    rb"<(/?)(?:[\w.-]+:)?(table-row|table-cell|covered-table-cell|table)(?=[\s/>])" + _ATTRIBUTES
)

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,12})")

_TOO_LONG = "里面有一段内容过长，不像工作簿：请用表格软件打开另存后再导入"


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces cut between tags, none inside one."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b"<")
        if cut > 0:
            yield text[:cut]
            text = text[cut:]
        if len(text) > MOST_TAG:
            raise WorkbookRefused(_TOO_LONG)
        rest = text
    yield rest


def is_wide(piece: bytes) -> bool:
    """Whether XML begins in an encoding of two bytes, which no office writes."""
    return piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in piece[:64]


def look_at_sheet(pieces: Iterable[bytes]) -> None:
    """Refuse a part of an .xlsx whose filled cells span too much."""
    extent = Extent()
    row, column = 0, 0
    for text in whole_tags(pieces):
        plain = _PLAIN.findall(text)
        starts = sum(1 for _ in _STARTS.finditer(text))
        known = len(plain) + sum(1 for _ in _EMPTY.finditer(text))
        if starts == known + len(_PLAIN_ROW.findall(text)):
            if plain:
                columns = [column_number(letters) for letters in {letters for letters, _ in plain}]
                rows = (int(plain[0][1]), int(plain[-1][1]))
                extent.add(min(rows), max(rows), min(columns), max(columns), len(plain))
                row, column = rows[1], column_number(plain[-1][0])
        else:
            row, column = _slowly(text, extent, row, column)
        extent.check()


def _slowly(text: bytes, extent: Extent, row: int, column: int) -> tuple[int, int]:
    """Take the cells of any lawful spelling; one without a place follows the one before it."""
    for kind, attributes in _ANY.findall(text):
        place = _REFERENCE.search(attributes)
        if kind == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
            continue
        column += 1
        if place and place[1]:
            row, column = int(place[2]), column_number(place[1].upper())
        if not attributes.endswith(b"/"):
            extent.add(row, row, column, column, 1)
    return row, column


def look_at_content(pieces: Iterable[bytes]) -> None:
    """Refuse an .ods whose cells, with those that each is repeated to, are too many."""
    extent, row, column, high, last, filled = Extent(), 0, 0, 1, 0, 0
    for text in whole_tags(pieces):
        for closes, kind, attributes in _ODS.findall(text):
            found = _REPEATED.search(attributes)
            times = int(found[1]) if found else 1
            if kind == b"table":
                extent, row = Extent(), 0
            elif kind == b"table-row":
                if closes or attributes.endswith(b"/"):
                    if last:
                        _check_repeated(high, filled)
                        extent.add(row + 1, row + high, 1, last, filled)
                        extent.check()
                    row, last = row + (high if closes else times), 0
                else:
                    column, high, last, filled = 0, times, 0, 0
            elif not closes:
                column += times
                if b"value-type" in attributes or not attributes.endswith(b"/"):
                    last, filled = column, filled + 1
                    _check_repeated(times, 1)


def _check_repeated(times: int, filled: int) -> None:
    if times > 1 and times * filled > MOST_REPEATED:
        raise WorkbookRefused(f"有单元格重复{times:,}次：请删去表格以外的行和列，另存后再导入")
