"""How files hold tables: delimited text whole or damaged, JSON lines, workbooks."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Container, Iterator, Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import TextIO

from models.store import plain_file
from seed.channels.delimiters import COMMON, delimiter_of
from seed.channels.disguised import disguised
from seed.channels.documents import document_of
from seed.channels.encoding import ESCAPED, Encoding, encoding_of
from seed.channels.table import Cell, ImportFileError, Record, Shape, Table, explained
from seed.channels.worksheet import sheets_of

MAGICS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip (.xlsx, .ods) and OLE (.xls)

_TOO_LONG = "单元格太长（超过131072字），或引号没有配对"

_UNPAIRED = "引号没有配对，这一行到此为止"

_UNREADABLE = "有无法识别的字节，文件在这里损坏"


def tables_of(
    path: Path, sheet: str | None = None, known: Set[str] = frozenset()
) -> Sequence[Table]:
    """Return the visible sheets of a workbook, or the one table of any other file.

    ``sheet`` names the one that is wanted, hidden or not; ImportFileError where there is none.
    ``known`` are names of columns in normal form that the header may have, beside those of the
    exchange form: they tell the delimiter of a text.
    """
    with explained(path), plain_file(path) as file:
        head = file.read(4096)
    if head.startswith(MAGICS):
        return sheets_of(path, sheet)
    encoding = encoding_of(path)
    text = head.decode(encoding.name, errors="replace").lstrip("\ufeff \t\r\n")
    if (document := document_of(path, encoding, text)) is not None:
        return [document]
    if (grids := disguised(path, encoding, text, sheet)) is not None:
        return grids
    if sheet is not None:
        raise ImportFileError(f"{path} 不是工作簿，没有工作表“{sheet}”：请去掉 --sheet 再导入")
    if text.startswith("{") or path.suffix.lower() in (".jsonl", ".ndjson"):
        return [JsonTable(path, encoding)]
    return [TextTable(path, encoding, known)]


class _Whole:
    """A file that is one table, without sheets, filters and an epoch of its own."""

    name = ""
    since: datetime | None = None
    filtered: Container[int] = ()
    hidden: Sequence[str] = ()


class TextTable(_Whole):
    """A delimited text file; quoted cells may hold line breaks."""

    escaped = True

    def __init__(self, path: Path, encoding: Encoding, known: Set[str]) -> None:
        self._path = path
        self._encoding = encoding
        with explained(path), self._open("\n") as file:
            sample = file.read(1 << 16)
        if "\0" in sample and sample.count("\0") * 4 > len(sample):
            raise ImportFileError(f"{path} 不是文本，也不是能打开的表格，请换一份文件")
        self._ending = "\n" if "\n" in sample or "\r" not in sample else "\r"
        self._delimiter = delimiter_of(sample.replace("\r", "\n"), COMMON | known)

    def _open(self, ending: str) -> TextIO:
        """Open the file with bytes that cannot be decoded kept apart from all others."""
        name = self._encoding.name
        errors = "replace" if name.startswith("utf-16") else "surrogateescape"
        return self._path.open(encoding=name, errors=errors, newline=ending)

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield every record; a stray quote costs its own line and never those after it."""
        with explained(self._path), self._open(self._ending) as file:
            lines = _Lines(file)
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while record := self._next(reader, lines, shape):
                if record.cells:
                    yield record

    def _next(
        self, reader: Iterator[list[str]], lines: _Lines, shape: Shape | None
    ) -> Record | None:
        """Read one record; what does not fit gives back all its lines but the first."""
        first = lines.number + 1
        lines.taken = []
        try:
            cells, fault = next(reader), None
        except StopIteration:
            return None
        except csv.Error:
            cells, fault = self._alone(lines.taken)
        if fault is None and shape and cells:
            fault = _misfit(cells, shape)
        if self._encoding.damaged and any(map(ESCAPED.search, lines.taken)):
            fault = _UNREADABLE
        if fault and len(lines.taken) > 1:
            fault = _UNPAIRED
            lines.give_back()
        if fault:
            cells = lines.taken[0].rstrip("\n").split(self._delimiter)
        return Record(first, cells, fault)

    def _alone(self, taken: Sequence[str]) -> tuple[list[str], str | None]:
        """Read leniently what a strict reading refused, if it is one line; else say it is broken.

        A quote inside a line is harmless; one that runs on would swallow the rows after it.
        """
        try:
            cells = next(csv.reader(taken, delimiter=self._delimiter))
        except csv.Error:
            return [], _TOO_LONG
        return cells, None if len(taken) == 1 else _UNPAIRED


class _Lines:
    """The physical lines of a file, which a damaged record can hand back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else _plain(next(self._file))
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Keep the first line of the record and hand the others back to be read anew."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        del self.taken[1:]


def _plain(line: str) -> str:
    """End a line with one newline, whatever ended it; a CR inside becomes a line separator."""
    if "\r" not in line:
        return line
    return line.rstrip("\r\n").replace("\r", "\u2028") + "\n"


def _misfit(cells: Sequence[str], shape: Shape) -> str | None:
    """Say what is wrong with the number of cells, if anything is."""
    count = len(cells)
    if count < shape.least:
        return f"只有{count}列，表头有{shape.most}列"
    if count > shape.most and any(cell.strip() for cell in cells[shape.most :]):
        return f"有{count}列，表头只有{shape.most}列"
    return None


class JsonTable(_Whole):
    """A .jsonl file as a table: its first record is made of all the keys that occur."""

    escaped = False

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._path = path
        self._encoding = encoding
        keys = (key for _, _, found in self._objects() for key in found or ())
        self._keys = tuple(dict.fromkeys(keys))

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the keys, then one record for every filled line."""
        yield Record(0, self._keys)
        for line, text, found in self._objects():
            if found is None:
                nothing = [None] * len(self._keys)
                yield Record(line, [*nothing, text], "这一行不是完整的JSON对象")
            else:
                yield Record(line, [found.get(key) for key in self._keys])

    def _objects(self) -> Iterator[tuple[int, str, dict[str, Cell] | None]]:
        """Yield line numbers, lines and their objects, None where a line holds none."""
        name = self._encoding.name
        with explained(self._path), self._path.open(encoding=name, errors="replace") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, text.strip(), _object(text)


def _object(text: str) -> dict[str, Cell] | None:
    """Parse one line; anything but an object is none, a nested value becomes its text."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {key: _flat(value) for key, value in found.items()}


def _flat(value: object) -> Cell:
    """Return a JSON value as a cell: a list as its members, an object as it is written."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "、".join(value)
    return json.dumps(value, ensure_ascii=False)
