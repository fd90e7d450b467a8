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

_NOT_SHOWN = frozenset(("annotation", "ruby-text", "shapes"))


class OpenDocument:
    """Collects the sheets of a document's content; names count without their prefix."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._since: datetime | None = SINCE_1900
        self._style = ""
        self._hidden: set[str] = set()  # styles of tables that are not displayed
        self._line = self._place = 0
        self._times = 1  # how often the row that has begun is repeated
        self._row: list[tuple[int, int, Cell, Mapping[str, str]]] = []
        self._cell: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._aside = 0  # depth within what a cell does not show

    def tables(self, pieces: Iterable[bytes]) -> list[Grid]:
        """Read a document and return its sheets that hold anything."""
        parser = expat.ParserCreate()
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

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._aside or name in _NOT_SHOWN:
            self._aside += 1
            return
        if self._cell is not None:
            if name == "p" and self._text:
                self._text.append("\n")
            elif name == "s":
                self._text.append(" " * min(_times(attrs.get("text:c")), 1000))
            elif name in ("tab", "line-break"):
                self._text.append("\t" if name == "tab" else "\n")
            return
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        if name in ("table-cell", "covered-table-cell"):
            kind = attrs.get("calcext:value-type") or attributes.get("value-type", "")
            self._cell = {**attributes, "kind": kind, "tag": name}
            self._text.clear()
        elif name == "table-row":
            self._place, self._times = 0, _times(attributes.get("number-rows-repeated"))
            if attributes.get("visibility", "visible") != "visible" and self._times < 10_000:
                for line in range(self._line + 1, self._line + 1 + self._times):
                    self.grids[-1].hide(line)
        elif name == "table":
            self.grids.append(Grid(attributes.get("name", "")))
            self.grids[-1].is_hidden = attributes.get("style-name") in self._hidden
            self._line = 0
        else:
            self._learn(name, attributes)

    def _learn(self, name: str, attributes: Mapping[str, str]) -> None:
        """Learn which tables are hidden and from which day days are counted."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden.add(self._style)
        elif name == "null-date":
            try:
                self._since = datetime.fromisoformat(attributes.get("date-value", "1899-12-30"))
            except ValueError:
                self._since = None

    def _take(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell, "".join(self._text))
            self._cell = None
        elif name == "table-row":
            for line in range(self._line + 1, self._line + 1 + (self._times if self._row else 0)):
                for place, times, cell, attributes in self._row:
                    self._put(line, place, times, cell, attributes)
            self._row.clear()
            self._line += self._times

    def _end_cell(self, attributes: Mapping[str, str], text: str) -> None:
        times = _times(attributes.get("number-columns-repeated"))
        cell = _shown(attributes, text) if attributes["tag"] == "table-cell" else None
        spans = _times(attributes.get("number-columns-spanned")) > 1
        if (cell is not None and cell != "") or spans or "number-rows-spanned" in attributes:
            self._row.append((self._place, times, cell, attributes))
        self._place += times

    def _put(
        self, line: int, place: int, times: int, cell: Cell, attributes: Mapping[str, str]
    ) -> None:
        across = _times(attributes.get("number-columns-spanned"))
        down = _times(attributes.get("number-rows-spanned"))
        for each in range(place, place + times):
            self.grids[-1].put(line, each, cell, across=across, down=down)


def _shown(attributes: Mapping[str, str], text: str) -> Cell:
    """Return what a cell shows, as a number or a date where it is one."""
    kind = attributes["kind"]
    if kind == "error":
        return doubt_in(text.strip()) or doubt_in("#VALUE!")
    if kind in _NUMBERS and (value := _number(attributes.get("value", ""))) is not None:
        plain = not text.strip() or _DIGITS.fullmatch(text.strip())
        return value if plain else Shown(text.strip(), value)
    if kind == "date":
        return _moment(attributes.get("date-value", "")) or text
    if kind == "time":
        return _time(attributes.get("time-value", "")) or text
    if kind == "boolean":
        return attributes.get("boolean-value") == "true"
    if not kind and not text and "formula" in attributes:
        return doubt_in(NO_RESULT)
    return text or attributes.get("string-value", "")


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
