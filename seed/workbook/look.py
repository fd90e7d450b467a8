"""The look itself: which kind of workbook it is, and whether a reader may have it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from models.store import plain_file
from seed.workbook.binary import Binary
from seed.workbook.cells import is_wide, look_at_content, look_at_sheet
from seed.workbook.compound import Compound
from seed.workbook.described import SMALL_PARTS, Description
from seed.workbook.limits import MIB, MOST_OLD, MOST_STRINGS, WorkbookRefused
from seed.workbook.marking import Marking
from seed.workbook.marks import Marks
from seed.workbook.parts import BROKEN, Parts

_ZIP = b"PK\x03\x04"

_STRINGS, _CONTENT = "sharedstrings.xml", "content.xml"


@dataclass(frozen=True)
class Look:
    """What is known of a workbook besides the values of its cells.

    ``since_1904`` says in which of the two systems days are counted, None where that is not
    known. ``marks`` are those of each sheet, by its name. ``is_document`` is said of an .ods, which
    holds all of that in its content.
    """

    is_document: bool = False
    since_1904: bool | None = None
    marks: Mapping[str, Marks] = field(default_factory=dict)


def look_at(path: Path) -> Look:
    """Refuse a workbook that a reader could not hold or would not open: ``WorkbookRefused``.

    It needs a few megabytes whatever the workbook holds, and eight bytes for a marked cell.
    ``OSError`` where it cannot be read.
    """
    with plain_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if file.read(4) == _ZIP:
            return _look_at_zip(file, size)
        if size > MOST_OLD:
            raise WorkbookRefused(f"超过{MOST_OLD // MIB} MB：请另存为 .xlsx 再导入")
        file.seek(0)
        return _look_at_old(Compound(file.read(MOST_OLD)))


def _look_at_old(file: Compound) -> Look:
    """Look at a workbook of the binary form."""
    if "EncryptedPackage" in file.streams:
        raise WorkbookRefused("有密码：请用表格软件打开，去掉密码另存后再导入")
    name = next((name for name in file.streams if name.lower() in ("workbook", "book")), None)
    if name is None:
        raise WorkbookRefused("不是工作簿：请用写它的软件打开，把表格另存为 .xlsx 再导入")
    binary = Binary(file.read(name))
    return Look(since_1904=binary.since_1904, marks=binary.marks)


def _look_at_zip(file: BinaryIO, size: int) -> Look:
    parts = Parts(file, size)
    names = {name.lower() for name in parts.names}
    if "xl/workbook.bin" in names:
        raise WorkbookRefused("是 .xlsb 工作簿：请另存为 .xlsx 再导入")
    if not names & {"xl/workbook.xml", _CONTENT}:
        raise WorkbookRefused("是压缩包，不是工作簿：请解压后导入其中的文件")
    if {"xl/workbook.xml", _CONTENT} <= names:
        raise WorkbookRefused(BROKEN)
    description = Description()
    marked: dict[str, Marks] = {}
    for name, pieces in parts.in_order(SMALL_PARTS):
        found = _look_at_part(name, description.passed(name, pieces), description)
        if found is not None:
            marked[name.lower()] = found
    places = {sheet: part.lower() for sheet, part in description.parts().items()}
    marks = {sheet: marked[part] for sheet, part in places.items() if part in marked}
    return Look(_CONTENT in names, description.since_1904, marks)


def content_of(path: Path) -> Iterator[bytes]:
    """Yield the content of an .ods that was looked at, piece by piece."""
    with plain_file(path) as file:
        for name, pieces in Parts(file, os.fstat(file.fileno()).st_size).in_order((_CONTENT,)):
            if name.lower() == _CONTENT:
                yield from pieces
                return


def _look_at_part(name: str, pieces: Iterator[bytes], description: Description) -> Marks | None:
    """Read a part to its end; whatever is XML may be a sheet, by whatever name it goes."""
    first = next(pieces, b"")
    if is_wide(first) and first.replace(b"\0", b"").lstrip(b"\xff\xfe").startswith(b"<"):
        raise WorkbookRefused("里面的文字编码不认识：请用表格软件打开另存后再导入")
    pieces = chain((first,), pieces)
    if name.lower().endswith(_STRINGS):
        pieces = _bounded(pieces)
    if not first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        for _ in pieces:
            pass
        return None
    if name == _CONTENT:
        look_at_content(pieces)
        return None
    return look_at_sheet(pieces, Marking(description.formats, description.stale))


def _bounded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of the common texts, which are held in memory as a whole."""
    held = 0
    for piece in pieces:
        held += len(piece)
        if held > MOST_STRINGS:
            raise WorkbookRefused("里面的文字过多：请分成几份，或另存为 .csv 再导入")
        yield piece
