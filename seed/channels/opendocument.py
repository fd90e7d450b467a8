"""A workbook in the open document form (.ods), read as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from xml.parsers import expat

from seed.channels.grid import Grid
from seed.channels.instants import SINCE_1900
from seed.channels.table import NO_RESULT, Cell, Shown, doubt_in
from seed.workbook import WorkbookRefused

_BROKEN = "文件损坏或有密码：请用表格软件打开，去掉密码另存后再导入"

_DIGITS = re.compile(r"[-(]?(?:0|[1-9][\d,]*)(?:\.\d+)?\)?(?:E[+-]?\d+)?|#+", re.IGNORECASE)
"""A number that shows no more than its digits, or that its column is too narrow for."""

_SPAN = re.compile(r"PT(\d{1,9})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")

_NUMBERS = frozenset(("float", "percentage", "currency"))

_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0|"
    for name in ("office", "table", "text", "style")
)

_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|value-type"

_ROW, _CELL, _PARAGRAPH = _TABLE + "table-row", _TABLE + "table-cell", _TEXT + "p"

_CELLS = frozenset((_CELL, _TABLE + "covered-table-cell"))

_ACROSS, _DOWN = _TABLE + "number-columns-spanned", _TABLE + "number-rows-spanned"

_NOT_SHOWN = frozenset((_OFFICE + "annotation", _TEXT + "ruby-text", _TABLE + "shapes"))

_MOST_HIDDEN = 100_000

Attributes = Mapping[str, str]
"""Attributes of a tag by their names, each after the address of its vocabulary."""


class OpenDocument:
    """Collects the sheets of a document's content."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._since: datetime | None = SINCE_1900
        self._style = ""
        self._hidden: set[str] = set()  # styles of tables that are not displayed
        self._line = self._place = 0
        self._times = 1  # how often the row that has begun is repeated
        self._row: list[tuple[int, int, Cell, Attributes]] = []
        self._cell: Attributes | None = None
        self._text: list[str] = []
        self._aside = 0  # depth within what a cell does not show

    def tables(self, pieces: Iterable[bytes] | Iterable[str]) -> list[Grid]:
        """Read a document and return its sheets that hold anything."""
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise WorkbookRefused(_BROKEN) from error
        for grid in self.grids:
            grid.since = self._since
        return [grid for grid in self.grids if grid.close()]

    def _start(self, tag: str, attributes: Attributes) -> None:
        if self._aside or tag in _NOT_SHOWN:
            self._aside += 1
        elif self._cell is not None:
            self._start_text(tag, attributes)
        elif tag in _CELLS:
            self._cell = attributes
            self._text.clear()
        elif tag == _ROW:
            self._place, self._times = 0, _times(attributes.get(_TABLE + "number-rows-repeated"))
            shown = attributes.get(_TABLE + "visibility", "visible") == "visible"
            if not shown and self._times < _MOST_HIDDEN:
                for line in range(self._line + 1, self._line + 1 + self._times):
                    self.grids[-1].hide(line)
        elif tag == _TABLE + "table":
            self.grids.append(Grid(attributes.get(_TABLE + "name", "")))
            self.grids[-1].is_hidden = attributes.get(_TABLE + "style-name") in self._hidden
            self._line = 0
        else:
            self._learn(tag, attributes)

    def _start_text(self, tag: str, attributes: Attributes) -> None:
        """Take what stands for blanks and breaks within a cell."""
        if tag == _PARAGRAPH:
            if self._text:
                self._text.append("\n")
        elif tag == _TEXT + "s":
            self._text.append(" " * min(_times(attributes.get(_TEXT + "c")), 1000))
        elif tag == _TEXT + "tab":
            self._text.append("\t")
        elif tag == _TEXT + "line-break":
            self._text.append("\n")

    def _learn(self, tag: str, attributes: Attributes) -> None:
        """Learn which tables are hidden and from which day days are counted."""
        if tag == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif tag == _STYLE + "table-properties":
            if attributes.get(_TABLE + "display") == "false":
                self._hidden.add(self._style)
        elif tag == _TABLE + "null-date":
            try:
                first = attributes.get(_TABLE + "date-value", "1899-12-30")
                self._since = datetime.fromisoformat(first)
            except ValueError:
                self._since = None

    def _take(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag in _CELLS and self._cell is not None:
            self._end_cell(tag, self._cell, "".join(self._text))
            self._cell = None
        elif tag == _ROW:
            for line in range(self._line + 1, self._line + 1 + (self._times if self._row else 0)):
                for place, times, cell, attributes in self._row:
                    self._put(line, place, times, cell, attributes)
            self._row.clear()
            self._line += self._times

    def _end_cell(self, tag: str, attributes: Attributes, text: str) -> None:
        """Keep a cell that shows anything or covers others until its row ends."""
        times = _times(attributes.get(_TABLE + "number-columns-repeated"))
        cell = _shown(attributes, text) if tag == _CELL else None
        if (cell is not None and cell != "") or _ACROSS in attributes or _DOWN in attributes:
            self._row.append((self._place, times, cell, attributes))
        self._place += times

    def _put(self, line: int, place: int, times: int, cell: Cell, attributes: Attributes) -> None:
        across, down = _times(attributes.get(_ACROSS)), _times(attributes.get(_DOWN))
        for each in range(place, place + times):
            self.grids[-1].put(line, each, cell, across=across, down=down)


def _shown(attributes: Attributes, text: str) -> Cell:
    """Return what a cell shows, as a number or a date where it is one."""
    kind = attributes.get(_KIND) or attributes.get(_OFFICE + "value-type")
    if kind == "string":
        return text or attributes.get(_OFFICE + "string-value", "")
    if kind == "error":
        return doubt_in(text.strip()) or doubt_in("#VALUE!")
    if kind in _NUMBERS:
        value = _number(attributes.get(_OFFICE + "value", ""))
        plain = not text.strip() or _DIGITS.fullmatch(text.strip())
        return text if value is None else value if plain else Shown(text.strip(), value)
    if kind == "date":
        return _moment(attributes.get(_OFFICE + "date-value", "")) or text
    if kind == "time":
        return _time(attributes.get(_OFFICE + "time-value", "")) or text
    if kind == "boolean":
        return attributes.get(_OFFICE + "boolean-value") == "true"
    if not text and _TABLE + "formula" in attributes:
        return doubt_in(NO_RESULT)
    return text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _moment(text: str) -> Cell:
    """Return a date and time, a date alone at midnight, nothing for what is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.time() != time() else moment.date()


def _time(text: str) -> Cell:
    """Return a time of day, or a span of a day and more."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    span = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3]))
    return span if span.days else (datetime.min + span).time()


def _times(text: str | None) -> int:
    return max(int(text), 1) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _refuse(*_: object) -> None:
    raise WorkbookRefused(_BROKEN)
