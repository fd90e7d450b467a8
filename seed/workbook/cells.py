"""Where the filled cells of a sheet lie and which are marked, told from its XML piece by piece.

The tags are looked for, not the tree: a sheet of millions of cells is passed in seconds, and a tag
in a comment can only make a sheet look larger than it is.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from seed.workbook.limits import (
    MOST_REPEATED,
    MOST_TAG,
    Extent,
    WorkbookRefused,
    column_number,
)
from seed.workbook.marking import Marking
from seed.workbook.marks import Marks

_ATTRIBUTES = rb"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"(?: [st]="\w*")*>')

_PLAIN_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: [st]="\w*")*>')

_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: [st]="\w*")*/>')

_ANY = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])" + _ATTRIBUTES)

_STARTS = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]")

_BOUNDS = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)[\s/>]|</(?:[\w.-]+:)?row\s*>")

_PLAIN_ROW = re.compile(rb'<row r="\d+"[^>"]*(?:"[^">]*"[^>"]*)*>')

_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\s*([A-Za-z]{0,3})(\d{1,7})")

_ODS = re.compile(
    rb"<(/?)(?:[\w.-]+:)?(table-row|table-cell|covered-table-cell|table)(?=[\s/>])" + _ATTRIBUTES
)

_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,12})")

_TOO_LONG = "里面有一段内容过长，不像工作簿：请用表格软件打开另存后再导入"


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces cut between tags, none inside one."""
    return _whole(pieces, lambda text: text.rfind(b"<"))


def whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces cut between cells, between tags where there are none."""
    return _whole(pieces, _between_cells)


def _whole(pieces: Iterable[bytes], place: Callable[[bytes], int]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = place(text)
        if cut > 0:
            yield text[:cut]
            text = text[cut:]
        if len(text) > MOST_TAG:
            raise WorkbookRefused(_TOO_LONG)
        rest = text
    yield rest


def _between_cells(text: bytes) -> int:
    """Return where the last cell begins or the last row ends, whichever comes later."""
    cell, row = text.rfind(b"<c "), text.rfind(b"</row>")
    if cell < 0 and row < 0:
        last = deque(_BOUNDS.finditer(text) if b"c" in text or b"row" in text else (), 1)
        if not last:
            return text.rfind(b"<")
        return last[0].end() if last[0][0].startswith(b"</") else last[0].start()
    return cell if cell > row else row + len(b"</row>")


def is_wide(piece: bytes) -> bool:
    """Whether XML begins in an encoding of two bytes, which no office writes."""
    return piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in piece[:64]


def look_at_sheet(pieces: Iterable[bytes], marking: Marking) -> Marks:
    """Refuse a part of an .xlsx whose filled cells span too much; return its marked cells."""
    extent, marks = Extent(), Marks()
    row, column = 0, 0
    for text in whole_cells(pieces):
        letters = _PLAIN.findall(text)
        if _is_plain(text, len(letters)):
            if letters:
                columns = [column_number(each) for each in set(letters)]
                first, last = _filled(text)
                rows = (int(first[2]), int(last[2]))
                extent.add(min(rows), max(rows), min(columns), max(columns), len(letters))
                row, column = rows[1], column_number(last[1])
            marking.plain(text, marks)
        else:
            row, column = _slowly(text, extent, row, column, marking, marks)
        extent.check()
    return marks


def _is_plain(text: bytes, filled: int) -> bool:
    """Whether all cells and rows are spelt as offices spell them, ``filled`` cells not empty."""
    empty = sum(1 for _ in _EMPTY.finditer(text)) if b'"/>' in text else 0
    known = filled + empty + len(_PLAIN_ROW.findall(text))
    if b":c" not in text and b":row" not in text:
        most = text.count(b"<c") - text.count(b"<col") + text.count(b"<row")
        if most == known:
            return True
    return known == sum(1 for _ in _STARTS.finditer(text))


def _filled(text: bytes) -> tuple[re.Match[bytes], re.Match[bytes]]:
    """Return the first and the last filled cell of plain XML that has one."""
    first = last = _PLAIN_PLACE.search(text)
    at = len(text)
    while (at := text.rfind(b"<c ", 0, at)) >= 0:
        if last := _PLAIN_PLACE.match(text, at):
            break
    assert first and last
    return first, last


def _slowly(
    text: bytes, extent: Extent, row: int, column: int, marking: Marking, marks: Marks
) -> tuple[int, int]:
    """Take the cells of any lawful spelling; one without a place follows the one before it."""
    found = list(_ANY.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    for each, end in zip(found, ends, strict=False):
        kind, attributes = each.groups()
        place = _REFERENCE.search(attributes)
        if kind == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
            marking.row(row, attributes, marks)
            continue
        column += 1
        if place and place[1]:
            row, column = int(place[2]), column_number(place[1].upper())
        if not attributes.endswith(b"/"):
            extent.add(row, row, column, column, 1)
            marking.cell(row, column, attributes, text[each.end() : end], marks)
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
