"""XML Spreadsheet 2003, which systems export under the name .xls or .xml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from xml.parsers import expat

from seed.channels.grid import Grid
from seed.channels.instants import SINCE_1900, SINCE_1904
from seed.channels.table import NO_RESULT, Cell, Shown, doubt_in
from seed.workbook import NumberFormat, WorkbookRefused, number_format

_BROKEN = "文件损坏：请用表格软件打开另存后再导入"

_NAMED = {"Percent": "0.00%"}
"""Formats that go by a name and show more than digits."""

_DAY_0 = (datetime(1899, 12, 30).date(), datetime(1899, 12, 31).date(), datetime(1904, 1, 1).date())


class XmlSpreadsheet:
    """Collects the sheets of a file; tags and attributes count by their names without prefix."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._since = SINCE_1900
        self._formats: dict[str, NumberFormat | None] = {}
        self._style = ""
        self._path: list[str] = []
        self._line = self._place = 0
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._text: list[str] | None = None  # of the Data that has begun, or of Visible
        self._value: Cell = None

    def tables(self, pieces: Iterator[str]) -> list[Grid]:
        """Read a file and return its sheets that hold anything."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        try:
            for piece in pieces:
                whole = piece.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                parser.Parse(whole, False)
            parser.Parse("", True)
        except expat.ExpatError as error:
            raise WorkbookRefused(_BROKEN) from error
        for grid in self.grids:
            grid.since = self._since
        return [grid for grid in self.grids if grid.close()]

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self._path.append(name)
        if name == "Worksheet":
            self.grids.append(Grid(attributes.get("Name", "")))
            self._line = 0
        elif name == "Row" and self.grids:
            self._line = _number(attributes, "Index") or self._line + 1
            self._place = 0
            if attributes.get("Hidden") == "1":
                self.grids[-1].hide(self._line)
            self._line += _number(attributes, "Span")
        elif name == "Cell":
            self._place = _number(attributes, "Index") or self._place + 1
            self._cell, self._kind, self._value = attributes, "", None
        elif name == "Data" and "Comment" not in self._path:
            self._kind, self._text = attributes.get("Type", "String"), []
        elif name == "Visible":
            self._text = []
        elif name == "Style":
            self._style = attributes.get("ID", "")
        elif name == "NumberFormat":
            code = attributes.get("Format", "")
            code = _NAMED.get(code, "General" if code.replace(" ", "").isalpha() else code)
            self._formats[self._style] = number_format(code)
        elif name == "Date1904":
            self._since = SINCE_1904

    def _take(self, text: str) -> None:
        if self._text is not None and "PhoneticText" not in self._path:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = self._path.pop()
        if name == "Data" and self._text is not None and "Comment" not in self._path:
            self._value, self._text = self._read("".join(self._text)), None
        elif name == "Visible" and self._text is not None:
            if self.grids:
                self.grids[-1].is_hidden = "".join(self._text).strip() != "SheetVisible"
            self._text = None
        elif name == "Cell" and self.grids:
            self._put()

    def _put(self) -> None:
        """Put the cell that ended."""
        if self._value is None and "Formula" in self._cell:
            self._value = doubt_in(NO_RESULT)
        across = _number(self._cell, "MergeAcross")
        down = _number(self._cell, "MergeDown")
        self.grids[-1].put(
            self._line, self._place - 1, self._value, across=across + 1, down=down + 1
        )
        self._place += across

    def _read(self, text: str) -> Cell:
        """Return the value of a cell by its type."""
        if self._kind == "Number":
            return self._number(text)
        if self._kind == "DateTime":
            return _moment(text)
        if self._kind == "Boolean":
            return text.strip() == "1"
        if self._kind == "Error":
            return doubt_in(text) or doubt_in("#VALUE!")
        return text

    def _number(self, text: str) -> Cell:
        try:
            value = float(text)
        except ValueError:
            return text
        form = self._formats.get(self._cell.get("StyleID", ""))
        shown = form.text(value) if form else None
        return value if shown is None else Shown(shown, value)


def _moment(text: str) -> Cell:
    """Return a date and time; a date alone at midnight, a time alone on day 0."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    if moment.date() in _DAY_0:
        return moment.time()
    return moment if moment.time() != time() else moment.date()


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _refuse(*_: object) -> None:
    raise WorkbookRefused(_BROKEN)
